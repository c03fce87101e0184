"""Every action with whatever may be sent to it."""

from typing import Any, Final

from homeassistant.const import ATTR_DEVICE_ID
from homeassistant.core import HomeAssistant, SupportsResponse
from hypothesis import given, strategies as st
import pytest

from custom_components.back_exercise.const import DOMAIN
from custom_components.back_exercise.engine.diary import Entry, Kind
from custom_components.back_exercise.engine.export import read_diary

from .anything import BRIEF, MOMENTS, NUMBERS, TEXTS, fields, is_refused_well, run

RATING: Final = st.integers(0, 10)
YES: Final = st.booleans()
ROUTINE: Final = st.sampled_from(["beginner", "intermediate", "advanced"])
EXERCISE: Final = st.sampled_from(["bridges", "dead_bugs", "side_planks"])
ITEM: Final = st.sampled_from(["chest_pain", "falls", "pregnancy", "lump_or_shape"])
KIND: Final = st.sampled_from([kind.value for kind in Kind])
CONTEXT: Final = st.sampled_from(["before", "during", "after", "next_day", "at_large"])
GATE: Final = {"routine": ROUTINE, "pain_before": RATING, "override": YES}

ACTIONS: Final[dict[str, dict[str, st.SearchStrategy[Any]]]] = {
    "start": GATE,
    "get_plan": GATE,
    "stop": {"reason": TEXTS},
    **{
        action: {}
        for action in (
            "pause",
            "resume",
            "next",
            "previous",
            "repeat",
            "explain",
            "easier",
            "sharp_pain",
            "snooze",
            "skip_today",
        )
    },
    "rate": {
        "pain": RATING,
        "effort": RATING,
        "exercise": EXERCISE,
        "context": CONTEXT,
        "at": MOMENTS,
    },
    "log_activity": {
        "activity": st.sampled_from(["walking", "sit-ups"]),
        "minutes": st.integers(1, 1440),
        "intensity": st.sampled_from(["moderate", "vigorous"]),
        "at": MOMENTS,
    },
    "screen": {
        "items": st.lists(ITEM, max_size=2),
        "reported": st.lists(st.sampled_from(["dizziness", "cold_sweat"]), max_size=2),
        "anything_new": YES,
        "assessed": YES,
        "clinician_agreed": YES,
        "advice_taken": YES,
    },
    "set_programme": {
        "routine": ROUTINE,
        "exercise": EXERCISE,
        "index": st.integers(-3, 11),
        "form": st.sampled_from(["usual", "level_surface"]),
        "re_enable": YES,
        "clinician_agreed": YES,
    },
    "answer_offer": {
        "offer": st.sampled_from(["level", "retrial"]),
        "accepted": YES,
        "exercise": EXERCISE,
    },
    "get_diary": {
        "start": MOMENTS,
        "end": MOMENTS,
        "kinds": st.lists(KIND, max_size=3),
        "limit": st.integers(1, 1000),
    },
    "export": {"format": st.sampled_from(["json", "csv"])},
    "delete_diary": {"confirmed": YES},
    "get_summary": {"day": st.dates().map(str)},
}
"""What is likely to be sent to each action."""

OF_TARGETS: Final = {"area_id", "entity_id", "floor_id", "label_id"}
"""What Home Assistant itself takes, and refuses in its own way."""

RECORDS_WHAT_IT_REFUSES: Final = {"start"}
"""That a session was not for today is worth knowing, and so is the rating."""


@pytest.fixture
def entries(hass: HomeAssistant, ask_now: Any) -> list[str]:
    """Return the ids of entries that there are."""
    return [each["id"] for each in ask_now("get_diary")["entries"]]


@pytest.fixture
def ask_now(hass: HomeAssistant, device_id: str) -> Any:
    """Return what performs an action and returns its answer."""

    def ask_now(action: str, **data: object) -> Any:
        wanted = hass.services.supports_response(DOMAIN, action)
        doing = hass.services.async_call(
            DOMAIN,
            action,
            {ATTR_DEVICE_ID: device_id, **data},
            blocking=True,
            return_response=wanted is not SupportsResponse.NONE,
        )
        answers: Any = hass.loop.run_until_complete(doing)
        return answers[device_id]

    return ask_now


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.timeout(3600)
def test_an_action_does_it_or_refuses_with_words_and_records_nothing(
    hass: HomeAssistant, device_id: str, written: list[Entry], action: str
) -> None:
    @BRIEF
    @given(data=fields(**ACTIONS[action]))
    def check(data: dict[str, Any]) -> None:
        data = {key: each for key, each in data.items() if key not in OF_TARGETS}
        written.clear()
        error = run(
            hass,
            hass.services.async_call(
                DOMAIN,
                action,
                {**data, ATTR_DEVICE_ID: device_id},
                blocking=True,
                return_response=True,
            ),
        )
        assert error is None or is_refused_well(error), repr(error)
        assert error is None or action in RECORDS_WHAT_IT_REFUSES or not written

    check()


@pytest.mark.usefixtures("at_once")
@pytest.mark.timeout(3600)
def test_an_entry_is_changed_to_something_that_makes_sense_or_not_at_all(
    hass: HomeAssistant, device_id: str, ask_now: Any, entries: list[str]
) -> None:
    names = ("value", "measure", "context", "form", "items", "name", "exercise")
    changes = fields(**dict.fromkeys(names, NUMBERS | TEXTS))

    @BRIEF
    @given(entry=st.sampled_from(entries) | TEXTS, changes=changes)
    def check(entry: str, changes: dict[str, Any]) -> None:
        before = ask_now("export")["diary"]
        error = run(
            hass,
            hass.services.async_call(
                DOMAIN,
                "edit_entry",
                {ATTR_DEVICE_ID: device_id, "entry_id": entry, "changes": changes},
                blocking=True,
                return_response=True,
            ),
        )
        after = ask_now("export")["diary"]
        assert error is None or is_refused_well(error), repr(error)
        assert error is None or after["entries"] == before["entries"]
        read_diary(after)

    check()
