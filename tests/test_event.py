"""What happens in sessions, told to automations."""

from datetime import timedelta

from homeassistant.components.event import ATTR_EVENT_TYPE
from homeassistant.const import Platform
from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.event import async_track_state_change_event
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    snapshot_platform,
)
from syrupy.assertion import SnapshotAssertion

from .conftest import Ask, PassTime

EVENTS = "event.alex_session_events"
VALUES = ("rule", "routine", "exercise", "outcome", "done", "planned", "reason")

type Told = list[tuple[object, ...]]


@pytest.fixture
def platforms() -> list[Platform]:
    """Load this platform alone."""
    return [Platform.EVENT]


@pytest.fixture
def told(hass: HomeAssistant, set_up: MockConfigEntry) -> Told:
    """Return what has been told: types and the values that came with them."""
    told: Told = []

    @callback
    def listen(event: Event[EventStateChangedData]) -> None:
        state = event.data["new_state"]
        assert state
        told_type = state.attributes.get(ATTR_EVENT_TYPE)
        values = (state.attributes[each] for each in VALUES if each in state.attributes)
        told.append((told_type, *values))

    async_track_state_change_event(hass, EVENTS, listen)
    return told


async def test_entities(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    entity_registry: er.EntityRegistry,
    snapshot: SnapshotAssertion,
) -> None:
    await snapshot_platform(hass, entity_registry, snapshot, set_up.entry_id)


async def test_a_whole_session_is_told_exercise_by_exercise(
    ask: Ask, pass_time: PassTime, told: Told
) -> None:
    await ask("start")
    await pass_time(timedelta(minutes=20))

    assert told == [
        ("session_started", "beginner"),
        ("exercise_started", "pelvic_tilts"),
        ("exercise_ended", "pelvic_tilts", "done", 10, 10),
        ("exercise_started", "isometric_hip_flexion"),
        ("exercise_ended", "isometric_hip_flexion", "done", 10, 10),
        ("exercise_started", "bridges"),
        ("exercise_ended", "bridges", "done", 10, 10),
        ("exercise_started", "simplified_piriformis_stretch"),
        ("exercise_ended", "simplified_piriformis_stretch", "done", 5, 5),
        ("session_ended", "completed", None),
    ]


async def test_what_the_person_asks_is_told(
    ask: Ask, pass_time: PassTime, told: Told
) -> None:
    await ask("start")
    await pass_time(timedelta(seconds=50))
    await ask("pause")
    await ask("resume")
    await ask("next")
    await pass_time(timedelta(seconds=30))
    await ask("sharp_pain")
    await pass_time(timedelta(minutes=1, seconds=30))
    await ask("stop", reason="The doorbell rang")

    assert told == [
        ("session_started", "beginner"),
        ("exercise_started", "pelvic_tilts"),
        ("session_paused", "person"),
        ("session_resumed",),
        ("exercise_ended", "pelvic_tilts", "skipped", 1, 10),
        ("exercise_started", "isometric_hip_flexion"),
        ("sharp_pain", "isometric_hip_flexion"),
        ("decision_made", "I-1", None, "isometric_hip_flexion"),
        ("exercise_ended", "isometric_hip_flexion", "pain", 0, 10),
        ("decision_made", "S-1", None, "isometric_hip_flexion"),
        ("exercise_started", "bridges"),
        ("exercise_ended", "bridges", "unfinished", 6, 10),
        ("session_ended", "stopped", "The doorbell rang"),
    ]


async def test_a_session_that_is_cut_off_with_the_integration_has_not_ended(
    hass: HomeAssistant, ask: Ask, set_up: MockConfigEntry, told: Told
) -> None:
    await ask("start")
    await hass.config_entries.async_unload(set_up.entry_id)

    assert "session_ended" not in {each[0] for each in told}
