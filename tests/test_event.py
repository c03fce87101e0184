"""What happens in sessions, told to automations."""

from datetime import timedelta
from typing import Any

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


@pytest.fixture
def attributes(hass: HomeAssistant, set_up: MockConfigEntry) -> list[dict[str, Any]]:
    """Return all that has been told."""
    attributes: list[dict[str, Any]] = []

    @callback
    def listen(event: Event[EventStateChangedData]) -> None:
        state = event.data["new_state"]
        assert state
        attributes.append(dict(state.attributes))

    async_track_state_change_event(hass, EVENTS, listen)
    return attributes


def of_type(
    attributes: list[dict[str, Any]], event_type: str, *names: str
) -> list[tuple[Any, ...]]:
    """Return values of what was told of a type."""
    return [
        tuple(each[name] for name in names)
        for each in attributes
        if each[ATTR_EVENT_TYPE] == event_type
    ]


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


async def test_every_rating_is_told_with_its_number_and_what_it_is_of(
    ask: Ask, pass_time: PassTime, attributes: list[dict[str, Any]]
) -> None:
    await ask("start", pain_before=3)
    await pass_time(timedelta(seconds=50))
    await ask("rate", pain=3, effort=5)
    await ask("stop")
    await ask("rate", pain=4)

    names = ("measure", "value", "context", "exercise")
    assert of_type(attributes, "rated", *names) == [
        ("pain", 3, "before", None),
        ("pain", 3, "during", "pelvic_tilts"),
        ("effort", 5, "during", "pelvic_tilts"),
        ("pain", 4, "after", None),
    ]


async def test_a_decision_is_told_with_its_sentence_and_without_a_number(
    ask: Ask, pass_time: PassTime, attributes: list[dict[str, Any]]
) -> None:
    await ask("start", pain_before=2)
    await pass_time(timedelta(seconds=50))
    await ask("rate", pain=4)

    sentence = (
        "That one stirred things up. We leave it for today and move on after a rest."
    )
    names = ("rule", "decision", "exercise", "sentence")
    (told,) = (each for each in attributes if each.get("rule") == "I-3")
    assert of_type(attributes, "decision_made", *names) == [
        ("I-3", "stop_exercise", "pelvic_tilts", sentence)
    ]
    assert not any(isinstance(value, int) for value in told.values())


async def test_what_follows_from_a_rating_is_told_after_it(
    ask: Ask, pass_time: PassTime, attributes: list[dict[str, Any]]
) -> None:
    await ask("start", pain_before=1)
    await pass_time(timedelta(minutes=20))
    await pass_time(timedelta(hours=14))
    await ask("rate", pain=5)

    types = [each[ATTR_EVENT_TYPE] for each in attributes]
    last = len(types) - types[::-1].index("rated") - 1
    assert set(types[last + 1 :]) == {"decision_made"}
    assert ("P-2",) in of_type(attributes[last:], "decision_made", "rule")
