"""What was written as plain data is the same when it is read again."""

import json
from typing import Any

from hypothesis import given, strategies as st
from hypothesis.strategies import SearchStrategy
import pytest

from custom_components.back_exercise.engine.diary import (
    KINDS,
    PAYLOADS,
    Correction,
    Form,
    Kind,
    Prescribed,
    Rating,
)
from custom_components.back_exercise.engine.export import plain
from custom_components.back_exercise.engine.programme import Programme
from custom_components.back_exercise.engine.restore import restored

from .lives import Life


def again(value: Any) -> Any:
    """Return a value that was written as JSON and read again."""
    return restored(type(value), json.loads(json.dumps(plain(value))))


JSON: SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda each: st.lists(each) | st.dictionaries(st.text(), each),
)
ANY: dict[Kind, dict[str, SearchStrategy[Any]]] = {
    Kind.SETTING: {"value": JSON},
    Kind.DECISION: {"inputs": st.dictionaries(st.text(), JSON)},
}
"""Fields of which the type does not say what they may be."""


@pytest.mark.parametrize("kind", Kind)
@given(data=st.data())
def test_what_an_entry_holds_is_the_same_again(kind: Kind, data: st.DataObject) -> None:
    payload: Any = data.draw(st.builds(PAYLOADS[kind], **ANY.get(kind, {})))

    assert KINDS[type(payload)] is kind
    assert again(payload) == payload


def test_a_programme_is_the_same_again_on_every_day() -> None:
    life = Life()
    for number in range(30):
        trouble = {"bridges": {"sharp": number == 9, "pain_peak": number % 4}}
        if number % 10 == 0:
            life.screen(number * 2)
        life.session(number * 2, pain=number % 3, turns=trouble if number % 3 else None)
        assert again(life.programme()) == life.programme()
        assert again(life.programme(number * 2 + 1)) == life.programme(number * 2 + 1)


def test_fields_of_another_version_are_passed_over_or_as_by_default() -> None:
    data = plain(Prescribed(exercise="bridges", index=0, planned=8))
    del data["form"]
    data["of_a_later_version"] = 1

    assert restored(Prescribed, data).form is Form.USUAL


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (Rating, {"value": 3}),
        (Rating, {"value": 3, "context": "nowhere"}),
        (Rating, []),
        (Rating, None),
        (Rating, "text"),
        (Correction, {"action": "edit", "target": None, "effects": 1}),
        (Correction, {"action": "edit", "target": None, "effects": [[]]}),
        (Programme, {"recent": {"rating": [1]}}),
        (Programme, {"level_since": "someday"}),
    ],
)
def test_what_is_of_another_form_is_refused(kind: type, data: Any) -> None:
    with pytest.raises((TypeError, ValueError, AttributeError)):
        restored(kind, data)
