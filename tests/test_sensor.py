"""What a session is doing, and how its speakers do."""

from collections import Counter
from datetime import timedelta

from homeassistant.const import EVENT_STATE_CHANGED, STATE_UNKNOWN, Platform
from homeassistant.core import Event, EventStateChangedData, HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_capture_events,
    snapshot_platform,
)
from syrupy.assertion import SnapshotAssertion

from custom_components.back_exercise import PLATFORMS
from custom_components.back_exercise.engine.catalogue import Routine

from .conftest import (
    ADVANCED,
    EXERCISE,
    SESSION,
    SPOKEN,
    Ask,
    PassTime,
    Play,
    build_past,
)
from .fakes import FakeSpeaker, Mood
from .watching import shown

PROGRESS = "sensor.alex_progress"
STEP_ENDS = "sensor.alex_step_ends"
START_DELAY = "sensor.alex_test_start_delay"
LAST_ERROR = "sensor.alex_test_last_error"

ROWS = 120
"""What a session of 20 minutes may cost the recorder."""


@pytest.fixture
def platforms() -> list[Platform]:
    """Load this platform alone."""
    return [Platform.SENSOR]


def attribute(hass: HomeAssistant, name: str) -> object:
    """Return an attribute of the exercise."""
    state = hass.states.get(EXERCISE)
    assert state
    return state.attributes.get(name)


@pytest.mark.usefixtures("all_enabled")
async def test_entities(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    entity_registry: er.EntityRegistry,
    snapshot: SnapshotAssertion,
) -> None:
    await snapshot_platform(hass, entity_registry, snapshot, set_up.entry_id)


async def test_entities_during_a_session(
    hass: HomeAssistant, ask: Ask, pass_time: PassTime, snapshot: SnapshotAssertion
) -> None:
    await ask("start")
    await pass_time(timedelta(minutes=1))

    assert hass.states.async_all("sensor") == snapshot


async def test_a_pause_shows_where_the_session_stands(
    hass: HomeAssistant, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(timedelta(minutes=1))
    at_work = attribute(hass, "repetition")
    await ask("pause")

    assert shown(hass, SESSION) == "paused"
    assert shown(hass, STEP_ENDS) == STATE_UNKNOWN
    assert (at_work, attribute(hass, "repetition")) == (1, 3)


async def test_nothing_is_shown_of_a_session_that_is_over(
    hass: HomeAssistant, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(timedelta(minutes=20))

    assert shown(hass, SESSION) == "idle"
    assert shown(hass, EXERCISE) == STATE_UNKNOWN
    assert shown(hass, PROGRESS) == STATE_UNKNOWN
    assert attribute(hass, "step") is None


async def test_repetitions_change_nothing_that_is_shown(
    hass: HomeAssistant, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(timedelta(seconds=45))
    changes = async_capture_events(hass, EVENT_STATE_CHANGED)
    before = attribute(hass, "step")
    await pass_time(timedelta(seconds=30))

    assert before == attribute(hass, "step") == "work"
    assert changes == []


@pytest.mark.parametrize("platforms", [PLATFORMS])
@pytest.mark.parametrize("past", [build_past(ADVANCED)])
@pytest.mark.parametrize("routine", list(Routine))
async def test_a_session_costs_the_recorder_few_rows(
    hass: HomeAssistant, ask: Ask, pass_time: PassTime, routine: Routine
) -> None:
    changes: list[Event[EventStateChangedData]] = async_capture_events(
        hass, EVENT_STATE_CHANGED
    )
    await ask("start", routine=routine)
    await pass_time(timedelta(minutes=25))

    rows = Counter(change.data["entity_id"] for change in changes)
    assert rows.total() <= ROWS, rows


@pytest.mark.xfail(
    reason="Each question makes three buttons unavailable and available again",
    strict=True,
)
@pytest.mark.parametrize("platforms", [PLATFORMS])
@pytest.mark.parametrize("past", [build_past(check_in="each_exercise")])
async def test_a_session_with_answers_costs_the_recorder_few_rows(
    hass: HomeAssistant, play: Play
) -> None:
    changes: list[Event[EventStateChangedData]] = async_capture_events(
        hass, EVENT_STATE_CHANGED
    )
    await play(2, effort=4)

    rows = Counter(change.data["entity_id"] for change in changes)
    assert rows.total() <= ROWS, rows


@pytest.mark.parametrize("options", [SPOKEN])
@pytest.mark.usefixtures("voice", "speaker", "all_enabled")
async def test_entities_of_a_speaker(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    entity_registry: er.EntityRegistry,
    snapshot: SnapshotAssertion,
) -> None:
    for entity_id in (START_DELAY, LAST_ERROR):
        assert hass.states.get(entity_id) == snapshot
        assert entity_registry.async_get(entity_id) == snapshot


@pytest.mark.parametrize("options", [SPOKEN])
@pytest.mark.usefixtures("voice", "speaker")
async def test_sensors_of_speakers_are_disabled_until_someone_wants_them(
    set_up: MockConfigEntry, entity_registry: er.EntityRegistry
) -> None:
    for entity_id in (START_DELAY, LAST_ERROR):
        entity = entity_registry.async_get(entity_id)
        assert entity
        assert entity.disabled_by is er.RegistryEntryDisabler.INTEGRATION


@pytest.mark.parametrize("options", [SPOKEN])
@pytest.mark.usefixtures("voice", "all_enabled")
async def test_a_fault_of_a_speaker_is_shown_until_it_plays_again(
    hass: HomeAssistant, speaker: FakeSpeaker, ask: Ask
) -> None:
    speaker.mood = Mood.FAILS
    await ask("start")
    assert shown(hass, LAST_ERROR) == "failed"

    speaker.mood = Mood.PLAYS
    await ask("next")
    assert shown(hass, LAST_ERROR) == "none"


@pytest.mark.parametrize("options", [SPOKEN])
@pytest.mark.usefixtures("voice", "speaker", "all_enabled")
async def test_sensors_go_with_their_speaker(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    entity_registry: er.EntityRegistry,
    pass_time: PassTime,
) -> None:
    hass.config_entries.async_update_entry(set_up, options={**SPOKEN, "speakers": []})
    await pass_time()

    assert entity_registry.async_get(START_DELAY) is None
    assert entity_registry.async_get(LAST_ERROR) is None
    assert entity_registry.async_get(SESSION)
