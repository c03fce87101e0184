"""Commands to press."""

from datetime import timedelta

from homeassistant.components.button import DOMAIN as BUTTON, SERVICE_PRESS
from homeassistant.const import (
    ATTR_ENTITY_ID,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
    Platform,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    snapshot_platform,
)
from syrupy.assertion import SnapshotAssertion

from custom_components.back_exercise.engine.session import Command

from .conftest import PassTime

FIRST_EXERCISE = timedelta(seconds=45)
"""After the start; by then it has been introduced."""
SECOND_EXERCISE = timedelta(minutes=3, seconds=30)


@pytest.fixture
def platforms() -> list[Platform]:
    """Load this platform alone."""
    return [Platform.BUTTON]


async def press(hass: HomeAssistant, command: str) -> None:
    """Press Alex's button for a command."""
    await hass.services.async_call(
        BUTTON, SERVICE_PRESS, {ATTR_ENTITY_ID: f"button.alex_{command}"}, blocking=True
    )


def pressable(hass: HomeAssistant) -> set[str]:
    """Return the commands whose buttons can be pressed."""
    return {
        state.entity_id.removeprefix("button.alex_")
        for state in hass.states.async_all(BUTTON)
        if state.state != STATE_UNAVAILABLE
    }


async def test_entities(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    entity_registry: er.EntityRegistry,
    snapshot: SnapshotAssertion,
) -> None:
    await snapshot_platform(hass, entity_registry, snapshot, set_up.entry_id)


async def test_only_a_start_is_offered_before_a_session(
    hass: HomeAssistant, set_up: MockConfigEntry
) -> None:
    assert pressable(hass) == {Command.START}


async def test_what_makes_sense_is_offered_during_a_session(
    hass: HomeAssistant, set_up: MockConfigEntry, pass_time: PassTime
) -> None:
    await press(hass, Command.START)
    await pass_time()
    in_welcome = pressable(hass)
    await pass_time(FIRST_EXERCISE)
    in_first = pressable(hass)
    await pass_time(SECOND_EXERCISE - FIRST_EXERCISE)
    in_second = pressable(hass)
    await press(hass, Command.PAUSE)
    in_pause = pressable(hass)
    await press(hass, Command.STOP)
    after_it = pressable(hass)

    everywhere = {Command.PAUSE, Command.NEXT, Command.SHARP_PAIN, Command.STOP}
    in_exercise = everywhere | {Command.REPEAT, Command.EXPLAIN, Command.EASIER}
    assert in_welcome == everywhere
    assert in_first == in_exercise
    assert in_second == in_exercise | {Command.PREVIOUS}
    assert in_pause == in_second - {Command.PAUSE} | {Command.RESUME}
    assert after_it == {Command.START}


@pytest.mark.parametrize("platforms", [[Platform.BUTTON, Platform.SENSOR]])
@pytest.mark.parametrize(
    ("command", "session", "exercise"),
    [
        (Command.PAUSE, "paused", "isometric_hip_flexion"),
        (Command.NEXT, "running", "bridges"),
        (Command.PREVIOUS, "running", "pelvic_tilts"),
        (Command.REPEAT, "running", "isometric_hip_flexion"),
        (Command.EXPLAIN, "running", "isometric_hip_flexion"),
        (Command.EASIER, "running", "isometric_hip_flexion"),
        (Command.STOP, "idle", STATE_UNKNOWN),
    ],
)
async def test_a_press_does_what_the_button_says(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    pass_time: PassTime,
    *,
    command: Command,
    session: str,
    exercise: str,
) -> None:
    await press(hass, Command.START)
    await pass_time(SECOND_EXERCISE)

    await press(hass, command)
    await pass_time(timedelta(seconds=3))

    assert hass.states.is_state("sensor.alex_session", session)
    assert hass.states.is_state("sensor.alex_exercise", exercise)


async def test_a_pause_is_left_by_resuming(
    hass: HomeAssistant, set_up: MockConfigEntry, pass_time: PassTime
) -> None:
    await press(hass, Command.START)
    await pass_time(FIRST_EXERCISE)

    await press(hass, Command.PAUSE)
    await press(hass, Command.RESUME)
    await pass_time()

    assert Command.PAUSE in pressable(hass)


async def test_the_second_sharp_pain_ends_the_session(
    hass: HomeAssistant, set_up: MockConfigEntry, pass_time: PassTime
) -> None:
    await press(hass, Command.START)
    await pass_time(FIRST_EXERCISE)

    await press(hass, Command.SHARP_PAIN)
    await pass_time(timedelta(minutes=2))
    after_first = pressable(hass)
    await press(hass, Command.SHARP_PAIN)

    assert Command.SHARP_PAIN in after_first
    assert pressable(hass) == {Command.START}


async def test_a_button_that_is_not_offered_does_nothing(
    hass: HomeAssistant, set_up: MockConfigEntry
) -> None:
    await press(hass, Command.STOP)

    assert pressable(hass) == {Command.START}
