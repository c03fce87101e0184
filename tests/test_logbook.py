"""The logbook tells who began and ended a session."""

from typing import Any, Final

from homeassistant.components.logbook import (
    LOGBOOK_ENTRY_ENTITY_ID,
    LOGBOOK_ENTRY_MESSAGE,
    LOGBOOK_ENTRY_NAME,
)
from homeassistant.const import Platform
from homeassistant.core import Event, HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_capture_events,
)

from custom_components.back_exercise.engine.catalogue import Routine
from custom_components.back_exercise.event import SESSION_TOLD
from custom_components.back_exercise.logbook import Describe, async_describe_events

from .conftest import ADVANCED, SCREENED, Ask, Past, Play, build_past

EVENTS: Final = "event.alex_session_events"


@pytest.fixture
def platforms() -> list[Platform]:
    """Load the platforms that tell, and show what a test waits for."""
    return [Platform.EVENT, Platform.SENSOR]


@pytest.fixture
def told(hass: HomeAssistant) -> list[Event]:
    """Return what the logbook has been told."""
    return async_capture_events(hass, SESSION_TOLD)


def entries(hass: HomeAssistant, told: list[Event]) -> list[dict[str, Any]]:
    """Return the entries that the logbook makes of it."""
    described: dict[str, Any] = {}

    def note(domain: str, name: str, describe: Describe) -> None:
        described[name] = describe

    async_describe_events(hass, note)
    return [described[str(event.event_type)](event) for event in told]


def sentences(hass: HomeAssistant, told: list[Event]) -> list[str]:
    """Return the entries as they are read."""
    return [
        f"{each[LOGBOOK_ENTRY_NAME]} {each[LOGBOOK_ENTRY_MESSAGE]}"
        for each in entries(hass, told)
    ]


async def test_a_session_is_told_from_start_to_end_and_nothing_between(
    hass: HomeAssistant, set_up: MockConfigEntry, play: Play, told: list[Event]
) -> None:
    await play()

    assert sentences(hass, told) == [
        "Alex started a session of the beginner routine",
        "Alex completed the session",
    ]
    assert {each[LOGBOOK_ENTRY_ENTITY_ID] for each in entries(hass, told)} == {EVENTS}


async def test_neither_pain_nor_a_reason_is_told(
    hass: HomeAssistant, set_up: MockConfigEntry, ask: Ask, told: list[Event]
) -> None:
    await ask("start", pain_before=3)
    await ask("stop", reason="My leg is numb")

    assert sentences(hass, told)[1:] == ["Alex ended the session early"]
    assert "numb" not in str([event.data for event in told])


@pytest.mark.parametrize("past", [[*SCREENED]])
async def test_no_session_for_the_pain_before_is_told_without_it(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    ask: Ask,
    told: list[Event],
    past: Past,
) -> None:
    await ask("start")
    await ask("rate", pain=8)

    assert sentences(hass, told)[1:] == ["Alex has no session today"]


@pytest.mark.parametrize("routine", list(Routine))
@pytest.mark.parametrize("past", [build_past(ADVANCED)])
async def test_every_routine_has_a_name_there(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    ask: Ask,
    told: list[Event],
    *,
    routine: Routine,
    past: Past,
) -> None:
    await ask("start", routine=routine.value)

    assert sentences(hass, told) == [
        f"Alex started a session of the {routine.value} routine"
    ]
