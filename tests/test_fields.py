"""Whatever is wrong with a field of an action is refused by its name and range."""

from typing import Any, Final

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers.service import async_get_all_descriptions
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.back_exercise.const import DOMAIN

from .conftest import Ask

NUMBERS: Final[tuple[Any, ...]] = (
    "four",
    2.5,
    float("inf"),
    float("nan"),
    10**400,
    True,
    None,
    [],
    {},
)
"""What is no whole number."""
FLAGS: Final[tuple[Any, ...]] = ("perhaps", [], {}, None)
MOMENTS: Final[tuple[Any, ...]] = (
    "yesterday",
    5,
    None,
    [],
    "2026-13-01 00:00:00",
    "9999-12-31 23:00:00",
)

RATING: Final[tuple[Any, ...]] = (-1, 11, *NUMBERS)
DAYS: Final[tuple[Any, ...]] = ("yesterday", 5, None, [], "2026-13-01")
NAMES: Final[tuple[Any, ...]] = ("nothing", 1, None, [], {})
LISTS: Final[tuple[Any, ...]] = ("nothing", ["nothing"], [1], [None], {"a": 1})
TEXTS: Final[tuple[Any, ...]] = ("", " ", "so " * 100, [], None)
OBJECTS: Final[tuple[Any, ...]] = ("nothing", "[1]", [], 5, None)

ROUTINE: Final[dict[str, tuple[Any, ...]]] = {"routine": NAMES}
GATE: Final[dict[str, tuple[Any, ...]]] = {
    **ROUTINE,
    "pain_before": RATING,
    "override": FLAGS,
}

BAD: Final[dict[str, dict[str, tuple[Any, ...]]]] = {
    "start": GATE,
    "get_plan": GATE,
    "stop": {"reason": ("so " * 100, [], None)},
    "rate": {
        "pain": RATING,
        "effort": RATING,
        "exercise": NAMES,
        "context": NAMES,
        "at": MOMENTS,
    },
    "log_activity": {
        "activity": TEXTS,
        "minutes": (0, 1441, -5, *NUMBERS),
        "intensity": NAMES,
        "at": MOMENTS,
    },
    "screen": {
        "items": LISTS,
        "reported": LISTS,
        "anything_new": FLAGS,
        "assessed": FLAGS,
        "clinician_agreed": FLAGS,
        "advice_taken": FLAGS,
    },
    "set_programme": {
        **ROUTINE,
        "exercise": NAMES,
        "index": (-4, 12, *NUMBERS),
        "form": NAMES,
        "re_enable": FLAGS,
        "clinician_agreed": FLAGS,
    },
    "answer_offer": {"offer": NAMES, "accepted": FLAGS, "exercise": NAMES},
    "get_diary": {
        "start": MOMENTS,
        "end": MOMENTS,
        "kinds": LISTS,
        "limit": (0, 1001, *NUMBERS),
    },
    "get_sheet": {"weeks": (0, 53, *NUMBERS)},
    "edit_entry": {"entry_id": TEXTS, "changes": ("nothing", [], 5, None)},
    "delete_entry": {"entry_id": TEXTS},
    "export": {"format": NAMES},
    "get_summary": {"day": DAYS},
    "import": {"diary": OBJECTS},
    "delete_diary": {"confirmed": FLAGS},
}
"""Values that make no sense, by action and field."""

NEEDED: Final[dict[str, dict[str, Any]]] = {
    "log_activity": {"activity": "walking", "minutes": 20},
    "answer_offer": {"offer": "level", "accepted": True},
    "edit_entry": {"entry_id": "none", "changes": {}},
}


FIELDS: Final = [(action, field) for action, fields in BAD.items() for field in fields]


async def test_every_field_of_every_action_is_tried(
    hass: HomeAssistant, set_up: MockConfigEntry
) -> None:
    described = (await async_get_all_descriptions(hass))[DOMAIN]
    fields = {name: set(each["fields"]) for name, each in described.items()}

    assert {name: each for name, each in fields.items() if each} == {
        name: set(each) for name, each in BAD.items()
    }


@pytest.mark.parametrize(("action", "field"), FIELDS)
async def test_what_makes_no_sense_is_refused_and_nothing_recorded(
    hass: HomeAssistant, ask: Ask, *, action: str, field: str
) -> None:
    before = await ask("get_diary")
    for value in BAD[action][field]:
        with pytest.raises(ServiceValidationError) as refused:
            await ask(action, **NEEDED.get(action, {}) | {field: value})

        told = refused.value.translation_placeholders or {}
        assert refused.value.translation_domain == DOMAIN
        assert refused.value.translation_key == "field_not_allowed", value
        assert told["field"] == field, value
        assert told["allowed"]
    assert await ask("get_diary") == before
    assert hass.states.is_state("sensor.alex_session", "idle")
