"""Files and helpers with whatever may be in them."""

import copy
from typing import Any, Final

from homeassistant.const import ATTR_DEVICE_ID
from homeassistant.core import HomeAssistant
from hypothesis import given, strategies as st
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.back_exercise.const import CONF_PAIN_INPUT, DOMAIN
from custom_components.back_exercise.engine.export import read_diary
from tests.conftest import SILENT, Past, build_past, lived
from tests.engine.lives import Life

from .anything import ANYTHING, BRIEF, NUMBERS, TEXTS, is_refused_well, run

HELPER: Final = "input_number.back"


@pytest.fixture
def options() -> dict[str, Any]:
    """Have pain taken from a helper."""
    return {**SILENT, CONF_PAIN_INPUT: HELPER}


@pytest.fixture
def past() -> Past:
    """Return the diary of some sessions."""
    life = Life()
    for day in range(0, 12, 3):
        life.session(day)
    return [*lived(life), *build_past()]


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return where something is in JSON."""
    inner: Any = ()
    if isinstance(value, dict):
        inner = value.items()
    elif isinstance(value, list):
        inner = enumerate(value)
    return [
        path,
        *(each for key, below in inner for each in places(below, (*path, key))),
    ]


def put(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    """Return JSON with something else at a place."""
    if not path:
        return new
    value = copy.deepcopy(value)
    at = value
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = new
    return value


@pytest.mark.usefixtures("at_once")
@pytest.mark.timeout(3600)
def test_a_file_is_imported_as_a_whole_or_not_at_all(
    hass: HomeAssistant, device_id: str, set_up: MockConfigEntry
) -> None:
    def perform(action: str, **data: object) -> Any:
        return hass.services.async_call(
            DOMAIN,
            action,
            {ATTR_DEVICE_ID: device_id, **data},
            blocking=True,
            return_response=True,
        )

    def export() -> Any:
        answer: Any = hass.loop.run_until_complete(perform("export"))
        return answer[device_id]["diary"]

    whole = export()
    somewhere = st.sampled_from(places(whole))
    ids = st.sampled_from(["new", whole["entries"][0]["id"], "0" * 26])

    @BRIEF
    @given(
        changes=st.lists(st.tuples(somewhere, ANYTHING | NUMBERS), max_size=2),
        file=st.none() | ANYTHING,
        id_=ids,
    )
    def check(changes: list[Any], file: Any, id_: str) -> None:
        before = export()
        diary = whole if file is None else file
        for path, new in changes if file is None else ():
            if path in places(diary):
                diary = put(diary, path, new)
        if file is None and isinstance(diary, dict) and diary.get("entries"):
            diary = copy.deepcopy(diary)
            if isinstance(diary["entries"], list) and isinstance(
                diary["entries"][-1], dict
            ):
                diary["entries"][-1]["id"] = id_
        error = run(hass, perform("import", diary=diary))
        after = export()
        assert error is None or is_refused_well(error), repr(error)
        assert error is None or after["entries"] == before["entries"]
        read_diary(after)

    check()


@pytest.mark.usefixtures("at_once")
@pytest.mark.timeout(3600)
def test_a_helper_is_a_rating_of_0_to_10_or_none(
    hass: HomeAssistant, set_up: MockConfigEntry
) -> None:
    person = set_up.runtime_data
    ratings: list[int] = []
    person.diary.async_listen(
        lambda entries, _: ratings.extend(
            each.payload.value for each in entries if each.kind == "rating"
        )
    )

    @BRIEF
    @given(states=st.lists(NUMBERS.map(str) | TEXTS, max_size=4))
    def check(states: list[str]) -> None:
        ratings.clear()
        for state in states:
            hass.states.async_set(HELPER, state[:255])
        hass.loop.run_until_complete(hass.async_block_till_done())
        assert all(0 <= each <= 10 for each in ratings)
        assert len(ratings) <= len(states)

    check()
