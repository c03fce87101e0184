"""Several speakers at once, and speakers that fail: each by itself."""

from datetime import timedelta
from typing import Any, Final
from unittest.mock import patch

from homeassistant.components.media_player import MediaPlayerState
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from .conftest import (
    IN_REPETITION,
    SESSION,
    SPOKEN,
    Ask,
    PassTime,
    build_entry,
    build_past,
    record,
)
from .fakes import FakeVoice, async_add_entity
from .repairing import issues
from .room import Room, RoomPlayer

pytestmark = pytest.mark.usefixtures("spoken_to")

BOTH: Final = {**SPOKEN, "speakers": ["media_player.test", "media_player.other"]}

IN_SECOND: Final = timedelta(minutes=3)
SOON: Final = timedelta(seconds=8)
AT_ONCE: Final = timedelta(milliseconds=20)


def told(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what the log says of speakers."""
    return [
        f"{each.levelname}: {each.getMessage()}"
        for each in caplog.records
        if "for speech" in each.message
    ]


# A speaker that fails


def fails(player: RoomPlayer) -> None:
    """Raise an error at every call."""
    player.fails = {"play_media"}


def hangs(player: RoomPlayer) -> None:
    """Never return from any call."""
    player.hangs = {"play_media", "media_stop", "volume_set"}


def ignores(player: RoomPlayer) -> None:
    """Take every call, and fetch nothing."""
    player.ignores = True


def vanishes(player: RoomPlayer) -> None:
    """Be unavailable."""
    player.vanishes()


def recovers(player: RoomPlayer) -> None:
    """Be as new."""
    player.fails = set()
    player.hangs = set()
    player.ignores = False
    player.returns()


FAULTS: Final = pytest.mark.parametrize(
    ("breaks", "issue", "code"),
    [
        (fails, "speaker_unreachable", "failed"),
        (hangs, "speaker_unreachable", "timeout"),
        (ignores, "speaker_no_fetch", "not_fetched"),
        (vanishes, "speaker_unreachable", "unreachable"),
    ],
)


@FAULTS
@pytest.mark.usefixtures("voice")
async def test_a_session_goes_on_without_its_speaker_and_says_so_once(
    hass: HomeAssistant,
    player: RoomPlayer,
    ask: Ask,
    pass_time: PassTime,
    caplog: pytest.LogCaptureFixture,
    breaks: Any,
    issue: str,
    code: str,
) -> None:
    breaks(player)
    await ask("start")
    await pass_time(timedelta(minutes=6))

    assert hass.states.is_state("sensor.alex_exercise", "isometric_hip_flexion")
    assert issues(hass) == {f"{issue} media_player.test"}
    assert told(caplog) == [
        f"WARNING: media_player.test can't be used for speech: {code}"
    ]


@FAULTS
@pytest.mark.usefixtures("voice")
async def test_a_speaker_that_is_back_is_used_from_the_next_exercise_on(
    hass: HomeAssistant,
    player: RoomPlayer,
    ask: Ask,
    pass_time: PassTime,
    caplog: pytest.LogCaptureFixture,
    breaks: Any,
    issue: str,
    code: str,
) -> None:
    breaks(player)
    await ask("start")
    await pass_time(IN_REPETITION)
    recovers(player)
    await pass_time(timedelta(minutes=3))

    assert "Right, one." in player.texts
    assert issues(hass) == set()
    assert told(caplog)[1:] == [
        "WARNING: media_player.test can be used for speech again"
    ]


@FAULTS
@pytest.mark.parametrize("options", [{**BOTH, "volume": 0.6}])
@pytest.mark.usefixtures("voice")
async def test_a_broken_speaker_does_not_disturb_the_other(
    hass: HomeAssistant,
    player: RoomPlayer,
    other_player: RoomPlayer,
    ask: Ask,
    pass_time: PassTime,
    breaks: Any,
    issue: str,
    code: str,
) -> None:
    breaks(player)
    begun_at = dt_util.utcnow()
    await ask("start")
    await pass_time(IN_REPETITION)
    paused_at = dt_util.utcnow()
    await ask("pause")
    await pass_time(SOON)

    assert player.texts == []
    assert other_player.words[0].at - begun_at < timedelta(seconds=1.5)
    assert other_player.texts[-1] == "Paused."
    assert other_player.words[-1].at - paused_at < timedelta(seconds=1.5)
    assert issues(hass) == {f"{issue} media_player.test"}
    await ask("stop")
    await pass_time(timedelta(seconds=40))
    assert other_player.volumes == [0.6, 0.3]


@pytest.mark.usefixtures("voice")
async def test_a_speaker_that_goes_in_mid_track_does_not_end_the_session(
    hass: HomeAssistant, player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    player.vanishes()
    await pass_time(SOON)

    assert hass.states.is_state(SESSION, "running")
    assert issues(hass) == {"speaker_unreachable media_player.test"}


@pytest.mark.usefixtures("voice")
async def test_a_speaker_whose_state_is_removed_does_not_end_the_session(
    hass: HomeAssistant, player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    await player.async_remove()
    await ask("next")
    await pass_time(SOON)
    await ask("stop")
    await pass_time(SOON)

    assert hass.states.is_state(SESSION, "idle")
    assert issues(hass) == {"speaker_unreachable media_player.test"}


@pytest.mark.usefixtures("voice")
@pytest.mark.parametrize("breaks", [hangs, ignores])
async def test_a_command_does_not_wait_until_a_speaker_is_given_up(
    hass: HomeAssistant,
    player: RoomPlayer,
    ask: Ask,
    pass_time: PassTime,
    breaks: Any,
) -> None:
    breaks(player)
    await ask("start")
    await pass_time(timedelta(seconds=1))
    recovers(player)
    await ask("stop")
    await pass_time(SOON)

    assert hass.states.is_state(SESSION, "idle")
    assert player.texts == ["We stop here. Rest as long as you like."]
    assert issues(hass) == set()


@pytest.mark.usefixtures("voice")
@pytest.mark.parametrize("options", [{**SPOKEN, "volume": 0.6}])
async def test_commands_are_obeyed_while_a_speaker_is_slow_to_be_let_go(
    hass: HomeAssistant,
    player: RoomPlayer,
    room: Room,
    ask: Ask,
    pass_time: PassTime,
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    await ask("stop")
    player.hangs = {"volume_set"}
    await pass_time(timedelta(seconds=1))
    for command in ("start", "pause", "stop", "start"):
        await ask(command)
        await pass_time(timedelta(seconds=1))
    player.hangs = set()
    await pass_time(timedelta(seconds=30))

    assert hass.states.is_state(SESSION, "running")
    assert not player.is_silent
    assert "Paused." not in player.texts


# Several speakers


@pytest.mark.parametrize("options", [BOTH])
@pytest.mark.usefixtures("voice")
async def test_two_speakers_say_the_same(
    player: RoomPlayer, other_player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    await ask("pause")
    await pass_time(SOON)

    assert player.words == other_player.words
    assert player.texts[-1] == "Paused."


@pytest.mark.parametrize("options", [BOTH])
@pytest.mark.usefixtures("voice")
async def test_two_speakers_are_heard_together_once_their_delays_are_known(
    player: RoomPlayer, other_player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    player.starts_after = timedelta(seconds=0.2)
    other_player.starts_after = timedelta(seconds=1.2)
    await ask("start")
    await pass_time(IN_REPETITION)

    early, late = player.played, other_player.played
    assert late[0].begun - early[0].begun == pytest.approx(
        timedelta(seconds=1), abs=AT_ONCE
    )
    assert late[1].begun - early[1].begun == pytest.approx(timedelta(0), abs=AT_ONCE)


@pytest.mark.parametrize("options", [BOTH])
@pytest.mark.usefixtures("voice")
async def test_a_speaker_that_is_late_does_not_begin_after_it_was_silenced(
    player: RoomPlayer, other_player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    other_player.fetches_after = timedelta(seconds=3)
    await ask("start")
    await pass_time(timedelta(seconds=2))
    await ask("stop")
    await pass_time(timedelta(seconds=20))

    assert player.texts[0].startswith("Welcome.")
    assert "Welcome." not in " ".join(other_player.texts)


@pytest.mark.parametrize("options", [BOTH])
@pytest.mark.usefixtures("voice")
async def test_stopping_one_speaker_by_itself_pauses_both(
    hass: HomeAssistant,
    player: RoomPlayer,
    other_player: RoomPlayer,
    ask: Ask,
    pass_time: PassTime,
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    player.becomes(MediaPlayerState.PAUSED)
    await pass_time(SOON)

    assert hass.states.is_state(SESSION, "paused")
    assert other_player.calls[-1] == "media_stop"
    assert player.calls[-1] == "play_media"


# What makes a start useless


@pytest.mark.parametrize("options", [BOTH])
@pytest.mark.usefixtures("voice", "player")
async def test_without_one_of_its_speakers_a_session_is_heard_on_the_other(
    hass: HomeAssistant, player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(SOON)

    assert player.texts[0].startswith("Welcome.")
    assert "speaker_missing media_player.other" in issues(hass)


@pytest.mark.usefixtures("voice")
async def test_without_any_of_its_speakers_a_session_is_not_started(
    hass: HomeAssistant, ask: Ask
) -> None:
    with pytest.raises(ServiceValidationError) as refused:
        await ask("start")

    assert refused.value.translation_key == "speakers_missing"
    assert hass.states.is_state(SESSION, "idle")
    assert issues(hass) == {"speaker_missing media_player.test"}


@pytest.mark.usefixtures("player")
async def test_without_its_engine_a_session_is_not_started(
    hass: HomeAssistant, ask: Ask
) -> None:
    with pytest.raises(HomeAssistantError) as refused:
        await ask("start")

    assert refused.value.translation_key == "engine_missing"
    assert hass.states.is_state(SESSION, "idle")
    assert issues(hass) == {"engine_missing tts.test"}


@pytest.mark.usefixtures("player")
async def test_the_issue_of_an_engine_is_gone_when_it_is_back(
    hass: HomeAssistant, ask: Ask
) -> None:
    with pytest.raises(HomeAssistantError):
        await ask("start")
    with patch(
        "custom_components.back_exercise.voice.tts.get_engine_instance",
        return_value=FakeVoice(),
    ):
        await ask("start")

    assert "engine_missing tts.test" not in issues(hass)


@pytest.mark.usefixtures("voice")
async def test_the_issue_of_a_missing_speaker_is_gone_when_it_is_back(
    hass: HomeAssistant, room: Room, ask: Ask
) -> None:
    with pytest.raises(ServiceValidationError):
        await ask("start")
    await async_add_entity(hass, Platform.MEDIA_PLAYER, RoomPlayer(room))
    await ask("start")

    assert issues(hass) == set()


@pytest.mark.parametrize("options", [{**SPOKEN, "language": "fr"}])
@pytest.mark.usefixtures("voice", "player")
async def test_in_a_language_the_engine_can_not_speak_a_session_is_not_started(
    hass: HomeAssistant, ask: Ask
) -> None:
    with pytest.raises(HomeAssistantError) as refused:
        await ask("start")

    assert refused.value.translation_key == "language_unsupported"
    assert hass.states.is_state(SESSION, "idle")


@pytest.fixture
async def without_address(hass: HomeAssistant, room: Room) -> None:
    """Let Home Assistant know no address of its own."""
    await hass.config.async_update(internal_url=None)
    hass.config.api = None


@pytest.mark.usefixtures("voice", "player", "without_address")
async def test_without_an_address_to_fetch_from_a_session_is_not_started(
    hass: HomeAssistant, ask: Ask
) -> None:
    with pytest.raises(HomeAssistantError) as refused:
        await ask("start")

    assert refused.value.translation_key == "no_address"
    assert hass.states.is_state(SESSION, "idle")


@pytest.mark.parametrize("mode", ["track", "phrases"])
@pytest.mark.usefixtures("voice", "player")
async def test_when_the_address_is_lost_the_session_goes_on_in_silence(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    ask: Ask,
    pass_time: PassTime,
    mode: str,
) -> None:
    hass.config_entries.async_update_entry(
        set_up, options={**set_up.options, "mode": mode}
    )
    await pass_time()
    await ask("start")
    await pass_time(IN_REPETITION)
    await hass.config.async_update(internal_url=None)
    hass.config.api = None
    await ask("next")
    await pass_time(SOON)

    assert hass.states.is_state(SESSION, "running")
    assert issues(hass) == {"speaker_unreachable media_player.test"}


@pytest.mark.usefixtures("voice", "player")
async def test_a_speaker_that_somebody_else_exercises_with_is_left_to_them(
    hass: HomeAssistant, ask: Ask, pass_time: PassTime
) -> None:
    kim = build_entry("Kim", SPOKEN)
    kim.add_to_hass(hass)
    await record(hass, kim, build_past())
    assert await hass.config_entries.async_setup(kim.entry_id)
    await pass_time()
    await hass.services.async_call(
        "button", "press", {"entity_id": "button.kim_start"}, blocking=True
    )
    await pass_time(SOON)
    with pytest.raises(ServiceValidationError) as refused:
        await ask("start")

    assert refused.value.translation_key == "speaker_busy"
    assert refused.value.translation_placeholders == {"speaker": "Test", "name": "Kim"}
    assert hass.states.is_state(SESSION, "idle")
    assert hass.states.is_state("sensor.kim_session", "running")
    assert await hass.config_entries.async_unload(kim.entry_id)


@pytest.mark.parametrize("options", [BOTH])
@pytest.mark.usefixtures("voice", "player", "other_player")
async def test_two_persons_can_exercise_in_two_rooms(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    player: RoomPlayer,
    other_player: RoomPlayer,
    ask: Ask,
    pass_time: PassTime,
) -> None:
    hass.config_entries.async_update_entry(set_up, options=SPOKEN)
    kim = build_entry("Kim", {**SPOKEN, "speakers": ["media_player.other"]})
    kim.add_to_hass(hass)
    await record(hass, kim, build_past())
    assert await hass.config_entries.async_setup(kim.entry_id)
    await pass_time()
    await hass.services.async_call(
        "button", "press", {"entity_id": "button.kim_start"}, blocking=True
    )
    await ask("start")
    await pass_time(SOON)

    assert player.texts == other_player.texts
    assert await hass.config_entries.async_unload(kim.entry_id)
