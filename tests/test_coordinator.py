"""The one door to a session: what is let through, and what is told of it."""

from datetime import timedelta

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.media_player import MediaPlayerState
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.back_exercise.engine.events import Event

from .conftest import IN_REPETITION, SESSION, SILENT, SPOKEN, Ask, PassTime
from .room import RoomPlayer

pytestmark = pytest.mark.usefixtures("spoken_to")


@pytest.fixture
def told(set_up: MockConfigEntry) -> list[Event]:
    """Return all events that are told."""
    told: list[Event] = []
    set_up.runtime_data.async_subscribe_events(told.append)
    return told


@pytest.mark.parametrize("options", [SILENT, SPOKEN])
@pytest.mark.usefixtures("voice", "player")
async def test_events_are_told_in_the_order_in_which_they_happened(
    told: list[Event], ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    await ask("next")
    await pass_time(IN_REPETITION)
    await ask("stop")

    names = [type(event).__name__ for event in told]
    assert names[:3] == ["SessionStarted", "GatePassed", "StepStarted"]
    assert names[-1] == "SessionEnded"
    assert [event.at for event in told] == sorted(event.at for event in told)


@pytest.mark.usefixtures("voice", "player")
async def test_a_second_start_is_refused_and_changes_nothing(
    hass: HomeAssistant, player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    with pytest.raises(ServiceValidationError) as refused:
        await ask("start")

    assert refused.value.translation_key == "already_running"
    assert hass.states.is_state(SESSION, "running")
    assert not player.is_silent


@pytest.mark.usefixtures("voice")
async def test_the_test_sentence_is_not_said_into_a_session(
    player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    with pytest.raises(ServiceValidationError) as refused:
        await ask("say")

    assert refused.value.translation_key == "already_running"
    assert player.calls == ["play_media"] * 2


@pytest.mark.usefixtures("voice", "player")
@pytest.mark.parametrize("command", ["pause", "resume", "next", "stop", "sharp_pain"])
async def test_without_a_session_there_is_nothing_to_command(
    ask: Ask, command: str
) -> None:
    with pytest.raises(ServiceValidationError) as refused:
        await ask(command)

    assert refused.value.translation_key == "command_not_allowed"


@pytest.mark.usefixtures("voice", "player")
async def test_a_command_that_makes_no_sense_now_is_refused_and_cuts_nothing(
    player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    with pytest.raises(ServiceValidationError):
        await ask("resume")

    assert not player.is_silent


@pytest.mark.usefixtures("voice", "player")
async def test_a_routine_that_is_not_for_this_person_is_refused(
    hass: HomeAssistant, ask: Ask
) -> None:
    with pytest.raises(ServiceValidationError) as refused:
        await ask("start", routine="advanced")

    assert refused.value.translation_key == "rule"
    assert refused.value.translation_placeholders
    assert refused.value.translation_placeholders["rule"] == "R1"
    assert hass.states.is_state(SESSION, "idle")


@pytest.mark.usefixtures("voice", "player")
async def test_a_command_after_the_machine_slept_finds_the_session_over(
    hass: HomeAssistant,
    ask: Ask,
    pass_time: PassTime,
    freezer: FrozenDateTimeFactory,
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    await ask("pause")
    freezer.tick(timedelta(hours=8))
    with pytest.raises(ServiceValidationError) as refused:
        await ask("resume")
    await pass_time(timedelta(seconds=5))

    assert refused.value.translation_key == "command_not_allowed"
    assert hass.states.is_state(SESSION, "idle")


@pytest.mark.usefixtures("voice")
async def test_a_speaker_that_is_stopped_as_the_session_ends_pauses_nothing(
    hass: HomeAssistant,
    player: RoomPlayer,
    ask: Ask,
    pass_time: PassTime,
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    await ask("stop")
    player.becomes(MediaPlayerState.PAUSED)
    await pass_time(timedelta(seconds=10))

    assert hass.states.is_state(SESSION, "idle")


@pytest.mark.usefixtures("voice")
async def test_a_speaker_that_is_stopped_after_the_machine_slept_pauses_what_is_due(
    hass: HomeAssistant,
    player: RoomPlayer,
    ask: Ask,
    pass_time: PassTime,
    freezer: FrozenDateTimeFactory,
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    freezer.tick(timedelta(seconds=20))
    player.becomes(MediaPlayerState.PAUSED)
    await pass_time(timedelta(seconds=5))
    exercise = hass.states.get("sensor.alex_exercise")

    assert hass.states.is_state(SESSION, "paused")
    assert exercise
    assert exercise.attributes["repetition"] == 5


@pytest.mark.usefixtures("voice", "player")
async def test_the_plan_is_known_before_and_after_phrases_were_measured(
    ask: Ask, pass_time: PassTime
) -> None:
    before = await ask("get_plan")
    await ask("start")
    await pass_time(timedelta(days=1))
    after = await ask("get_plan", pain_before=2)

    assert before["nominal_seconds"] == after["nominal_seconds"]
    # 11 minutes and 13 seconds, as it was heard; the rest is between the tracks
    assert after["spoken_seconds"] == pytest.approx(672, abs=2)
