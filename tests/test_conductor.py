"""What a command, a slow voice or a fault does to what is being said."""

from datetime import timedelta
from typing import Any, Final
from unittest.mock import patch

from homeassistant.components.number import DOMAIN as NUMBER, SERVICE_SET_VALUE
from homeassistant.components.switch import DOMAIN as SWITCH
from homeassistant.const import (
    ATTR_ENTITY_ID,
    SERVICE_TURN_OFF,
    SERVICE_TURN_ON,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from .conftest import IN_REPETITION, NOW, SESSION, SPOKEN, Ask, PassTime
from .fakes import FakeVoice, spoken
from .room import Room, RoomPlayer

pytestmark = pytest.mark.usefixtures("spoken_to")

IN_WELCOME: Final = timedelta(seconds=3)
IN_SENTENCE: Final = timedelta(minutes=2, seconds=33)
"""When the movement of the second exercise is explained."""
SOON: Final = timedelta(seconds=8)
AT_ONCE: Final = timedelta(milliseconds=300)
ISSUE: Final = "synthesis_failed_01K0ALEX000000000000000000_tts.test"


def since(seconds: float) -> timedelta:
    """Return how long ago a second of the test was."""
    now = dt_util.parse_datetime(NOW)
    assert now
    return dt_util.utcnow() - now - timedelta(seconds=seconds)


# Commands


@pytest.mark.usefixtures("voice")
@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("pause", "Paused."),
        ("next", "All right, we leave that one out."),
        ("previous", "Pelvic tilts."),
        ("repeat", "Isometric hip flexion."),
        ("explain", "Isometric hip flexion."),
        ("easier", "All right, a little less."),
        ("sharp_pain", "Stop there and rest. Well done for noticing."),
        ("stop", "We stop here. Rest as long as you like."),
    ],
)
async def test_a_command_cuts_what_is_said_and_is_answered_at_once(
    player: RoomPlayer, ask: Ask, pass_time: PassTime, command: str, answer: str
) -> None:
    await ask("start")
    await pass_time(IN_SENTENCE)
    told_at = dt_util.utcnow()
    player.calls.clear()
    await ask(command)
    await pass_time(SOON)

    assert player.calls[:2] == ["media_stop", "play_media"]
    cut = next(word for word in player.words if word.text.endswith("–"))
    assert cut.text.startswith("Raise one knee above the hip, and")
    said = player.words[player.words.index(cut) + 1]
    assert said.text.startswith(answer)
    assert said.at - told_at < AT_ONCE


@pytest.mark.usefixtures("voice")
async def test_a_pause_keeps_the_repetition_and_resuming_counts_in(
    hass: HomeAssistant, player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    await ask("pause")
    await pass_time(timedelta(minutes=10))
    paused = hass.states.get("sensor.alex_exercise")
    assert hass.states.is_state(SESSION, "paused")
    assert player.is_silent
    assert player.texts[-1] == "Paused."
    await ask("resume")
    await pass_time(timedelta(seconds=15))

    assert paused
    assert paused.attributes["repetition"] == 3
    resumed = player.texts.index("Paused.") + 1
    assert player.texts[resumed : resumed + 6] == [
        "We go on with Pelvic tilts. Number three is next.",
        "In three.",
        "Two.",
        "One.",
        "Three.",
        "Hold.",
    ]


@pytest.mark.usefixtures("voice")
async def test_a_pause_of_a_quarter_of_an_hour_ends_the_session_quietly(
    hass: HomeAssistant, player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    await ask("pause")
    await pass_time(timedelta(minutes=14))
    assert hass.states.is_state(SESSION, "paused")
    await pass_time(timedelta(minutes=2))

    assert hass.states.is_state(SESSION, "idle")
    assert player.texts[-1] == "Paused."


@pytest.mark.usefixtures("voice")
async def test_what_is_asked_in_a_pause_begins_when_it_is_resumed(
    player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(IN_SENTENCE)
    await ask("pause")
    await ask("easier")
    await ask("resume")
    await pass_time(timedelta(seconds=30))

    assert player.texts[-7:-5] == [
        "Eight on each side, changing sides every time. Right first.",
        "In three.",
    ]


@pytest.mark.usefixtures("voice")
async def test_stopping_cuts_also_the_last_words_of_a_finished_session(
    hass: HomeAssistant, player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(timedelta(minutes=11, seconds=10))
    await ask("stop")
    await pass_time(SOON)

    assert player.texts[-2].endswith("–")
    assert player.texts[-1] == "We stop here. Rest as long as you like."


@pytest.mark.usefixtures("voice")
async def test_the_second_sharp_pain_ends_the_session_with_advice(
    hass: HomeAssistant, player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    await ask("sharp_pain")
    await pass_time(timedelta(minutes=2))
    await ask("sharp_pain")
    await pass_time(timedelta(seconds=20))

    assert hass.states.is_state(SESSION, "idle")
    assert player.texts[-1].startswith("Two were uncomfortable, so we’ll finish here.")


@pytest.mark.usefixtures("voice")
@pytest.mark.parametrize(
    ("first", "second", "heard"),
    [
        ("pause", "resume", "We go on with Pelvic tilts. Number three is next."),
        ("next", "next", "All right, we leave that one out."),
        ("pause", "stop", "We stop here. Rest as long as you like."),
        ("next", "pause", "Paused."),
    ],
)
async def test_of_two_commands_in_one_moment_the_last_is_heard(
    hass: HomeAssistant,
    player: RoomPlayer,
    set_up: MockConfigEntry,
    ask: Ask,
    pass_time: PassTime,
    first: str,
    second: str,
    heard: str,
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    before = len(player.texts)
    for command in (first, second):
        await hass.services.async_call(
            "button",
            "press",
            {ATTR_ENTITY_ID: f"button.alex_{command}"},
            blocking=True,
        )
    await pass_time(timedelta(seconds=5))

    assert player.texts[before].startswith(heard)


@pytest.mark.usefixtures("voice")
async def test_a_new_start_cuts_the_last_words_of_the_session_before(
    hass: HomeAssistant, player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    await ask("stop")
    await pass_time(timedelta(seconds=1))
    await ask("start")
    await pass_time(timedelta(seconds=3))

    assert hass.states.is_state(SESSION, "running")
    assert player.texts[-2].startswith("We stop here.")
    assert player.texts[-2].endswith("–")
    assert player.texts[-1].startswith("Welcome.")


# Volume


@pytest.mark.usefixtures("voice")
@pytest.mark.parametrize("options", [{**SPOKEN, "volume": 0.6}])
async def test_the_volume_is_set_for_the_session_and_put_back_after_the_last_word(
    player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    assert player.calls[0] == "volume_set"
    assert player.volumes == [0.6]
    await ask("stop")
    await pass_time(timedelta(seconds=1.5))
    assert player.volumes == [0.6]
    await pass_time(SOON)

    assert player.volumes == [0.6, 0.3]


@pytest.mark.usefixtures("voice")
async def test_without_a_volume_of_its_own_a_session_leaves_it_alone(
    player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    await ask("stop")
    await pass_time(SOON)

    assert player.volumes == []


@pytest.mark.usefixtures("voice")
@pytest.mark.parametrize("options", [{**SPOKEN, "volume": 0.6}])
async def test_of_a_speaker_that_tells_no_volume_none_is_put_back(
    player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    player._attr_volume_level = None  # noqa: SLF001 - how an entity is made
    player.async_write_ha_state()
    await ask("start")
    await ask("stop")
    await pass_time(SOON)

    assert player.volumes == [0.6]


@pytest.mark.usefixtures("voice", "all_enabled")
@pytest.mark.parametrize("volume", [None, 0.6])
@pytest.mark.parametrize("options", [SPOKEN])
async def test_a_volume_that_is_changed_during_a_session_is_put_back_too(
    hass: HomeAssistant,
    player: RoomPlayer,
    set_up: MockConfigEntry,
    ask: Ask,
    pass_time: PassTime,
    volume: float | None,
) -> None:
    hass.config_entries.async_update_entry(
        set_up, options={**set_up.options, "volume": volume}
    )
    await pass_time()
    await ask("start")
    await pass_time(IN_REPETITION)
    await hass.services.async_call(
        NUMBER,
        SERVICE_SET_VALUE,
        {ATTR_ENTITY_ID: "number.alex_volume", "value": 80},
        blocking=True,
    )
    assert player.volumes[-1] == 0.8
    assert not player.is_silent
    await ask("stop")
    await pass_time(SOON)

    assert player.volumes[-1] == 0.3


@pytest.mark.usefixtures("voice")
@pytest.mark.parametrize("options", [{**SPOKEN, "volume": 0.6}])
async def test_a_session_that_is_unloaded_is_silent_and_the_volume_is_put_back(
    hass: HomeAssistant,
    player: RoomPlayer,
    set_up: MockConfigEntry,
    ask: Ask,
    pass_time: PassTime,
    room: Room,
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    await hass.config_entries.async_unload(set_up.entry_id)

    assert player.is_silent
    assert player.calls[-2:] == ["media_stop", "volume_set"]
    assert player.volumes == [0.6, 0.3]
    assert not room.served


@pytest.mark.usefixtures("voice")
@pytest.mark.parametrize("options", [{**SPOKEN, "volume": 0.6}])
async def test_when_home_assistant_stops_the_speaker_is_let_go(
    hass: HomeAssistant, player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    # the first that Home Assistant does when it stops
    for each in hass._shutdown_jobs:  # noqa: SLF001 - stopping all would end the test
        hass.async_run_hass_job(each.job, *each.args)
    await pass_time()

    assert player.is_silent
    assert player.volumes == [0.6, 0.3]


# Silence


async def switch(hass: HomeAssistant, action: str) -> None:
    """Switch Alex's speech."""
    await hass.services.async_call(
        SWITCH, action, {ATTR_ENTITY_ID: "switch.alex_speech"}, blocking=True
    )


@pytest.mark.usefixtures("voice")
async def test_speech_can_be_switched_off_and_on_in_mid_session(
    hass: HomeAssistant, player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    await switch(hass, SERVICE_TURN_OFF)
    assert player.is_silent
    heard = len(player.texts)
    await pass_time(timedelta(minutes=2))
    assert hass.states.is_state("sensor.alex_exercise", "isometric_hip_flexion")
    assert len(player.texts) == heard
    await switch(hass, SERVICE_TURN_ON)
    await pass_time(timedelta(minutes=4))

    assert player.texts[heard].startswith("That one is done. Rest. Next: Bridges.")


@pytest.mark.usefixtures("voice", "all_enabled")
@pytest.mark.parametrize("options", [{**SPOKEN, "speech": False}])
async def test_a_volume_that_is_changed_in_a_silent_session_is_for_the_next(
    hass: HomeAssistant, player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    await hass.services.async_call(
        NUMBER,
        SERVICE_SET_VALUE,
        {ATTR_ENTITY_ID: "number.alex_volume", "value": 80},
        blocking=True,
    )

    assert player.calls == []
    assert hass.states.is_state("number.alex_volume", "80")


@pytest.mark.usefixtures("voice")
@pytest.mark.parametrize("options", [{**SPOKEN, "speech": False, "volume": 0.6}])
async def test_a_silent_session_leaves_speaker_and_music_alone(
    hass: HomeAssistant, player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    player.plays("http://radio/stream")
    await ask("start")
    await pass_time(timedelta(minutes=12))

    assert hass.states.is_state(SESSION, "idle")
    assert player.calls == []


@pytest.mark.usefixtures("voice")
@pytest.mark.parametrize("options", [{**SPOKEN, "speech": False, "volume": 0.6}])
async def test_speech_that_is_switched_on_is_as_loud_as_was_chosen(
    hass: HomeAssistant, player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(timedelta(seconds=1))
    await switch(hass, SERVICE_TURN_ON)
    await pass_time(timedelta(seconds=30))
    assert player.calls[:2] == ["volume_set", "play_media"]
    await ask("stop")
    await pass_time(SOON)

    assert player.volumes == [0.6, 0.3]


@pytest.mark.parametrize("options", [{**SPOKEN, "speakers": [], "engine": None}])
async def test_without_speakers_a_session_takes_its_nominal_time(
    hass: HomeAssistant, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(timedelta(seconds=39))
    assert hass.states.is_state("sensor.alex_exercise", "pelvic_tilts")
    exercise = hass.states.get("sensor.alex_exercise")
    assert exercise
    assert exercise.attributes["step"] == "prepare"
    await pass_time(timedelta(seconds=2))
    exercise = hass.states.get("sensor.alex_exercise")

    assert exercise
    assert exercise.attributes["step"] == "work"


# A slow voice, or one that fails


async def test_with_a_slow_engine_the_welcome_waits_and_nothing_else_does(
    voice: FakeVoice, player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    voice.takes = timedelta(seconds=2)
    await ask("start")
    await pass_time(timedelta(minutes=13))

    words = player.words
    assert "One moment, please." not in player.texts
    assert words[-1].text.startswith("That was the last one.")
    assert words[-1].at - words[0].at < timedelta(minutes=11, seconds=10)
    # three sentences, two at a time; then what the first exercise needs beyond it
    assert timedelta(seconds=4) < since(0) - (dt_util.utcnow() - words[0].at)


async def test_nothing_is_left_of_a_welcome_that_was_never_played(
    voice: FakeVoice, player: RoomPlayer, room: Room, ask: Ask, pass_time: PassTime
) -> None:
    voice.takes = timedelta(seconds=3)
    await ask("start")
    await pass_time(timedelta(seconds=8))
    assert room.served
    assert player.texts == []
    await ask("stop")
    await pass_time(timedelta(seconds=20))

    assert not room.served
    assert not room.files


async def test_an_engine_that_is_removed_in_mid_session_is_replaced_by_tones(
    hass: HomeAssistant,
    voice: FakeVoice,
    player: RoomPlayer,
    issue_registry: ir.IssueRegistry,
    ask: Ask,
    pass_time: PassTime,
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    await voice.async_remove()
    await ask("next")
    await ask("next")
    await pass_time(timedelta(seconds=30))

    assert hass.states.is_state(SESSION, "running")
    assert "(400 ms)" in player.texts
    assert issue_registry.async_get_issue("back_exercise", ISSUE)


async def test_who_is_quicker_than_the_engine_is_told_to_wait_a_moment(
    voice: FakeVoice, player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    voice.takes = timedelta(seconds=4)
    heard = len(player.texts)
    await ask("next")
    await ask("next")
    told_at = dt_util.utcnow()
    await pass_time(timedelta(minutes=2))

    assert player.texts[heard] == "One moment, please."
    assert player.words[heard].at - told_at < timedelta(seconds=3.5)
    assert player.texts[heard + 1] == "All right, we leave that one out."


async def test_the_wait_is_over_only_after_it_was_announced(
    voice: FakeVoice, player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    voice.takes = timedelta(seconds=2)
    await ask("next")
    await ask("next")
    await pass_time(timedelta(minutes=1))

    assert "One moment, please." in player.texts
    assert [text for text in player.texts if text.endswith("–")] == []


async def test_a_phrase_that_fails_is_a_tone_and_the_others_are_spoken(
    voice: FakeVoice, player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    def fails_now_and_then(text: str) -> bytes:
        return {"Two.": b"", "Hold.": b"RIFF"}.get(text.rstrip(), spoken(text))

    voice.gives = fails_now_and_then
    await ask("start")
    await pass_time(timedelta(minutes=1))

    assert player.texts[8:14] == [
        "In three.",
        "(120 ms)",
        "One.",
        "One.",
        "(250 ms)",
        "Let go slowly.",
    ]


@pytest.mark.parametrize("audio", [b"", b"RIFF"])
async def test_a_phrase_that_fails_once_is_asked_for_again(
    voice: FakeVoice,
    player: RoomPlayer,
    ask: Ask,
    pass_time: PassTime,
    audio: bytes,
) -> None:
    # Home Assistant would give the same sound again for the same text
    voice.gives = lambda text: audio if text == "Two." else spoken(text.rstrip())
    await ask("start")
    await pass_time(timedelta(minutes=1))

    assert player.texts[8:11] == ["In three.", "Two.", "One."]
    assert voice.texts.count("Two.") == 1
    assert voice.texts.count("Two. ") == 1


@pytest.mark.parametrize(
    "audio",
    [b"", b"RIFF....WAVE", spoken(""), b"<html>Not found</html>"],
    ids=["nothing", "header", "silence", "page"],
)
async def test_without_usable_sound_a_session_is_led_by_tones_and_says_so(
    voice: FakeVoice,
    player: RoomPlayer,
    issue_registry: ir.IssueRegistry,
    ask: Ask,
    pass_time: PassTime,
    audio: bytes,
) -> None:
    voice.gives = lambda _: audio
    await ask("start")
    await pass_time(timedelta(seconds=50))

    assert set(player.texts) == {"(120 ms)", "(250 ms)", "(400 ms)"}
    assert issue_registry.async_get_issue("back_exercise", ISSUE)


async def test_the_issue_of_a_voice_is_gone_when_it_speaks_again(
    voice: FakeVoice,
    player: RoomPlayer,
    issue_registry: ir.IssueRegistry,
    ask: Ask,
    pass_time: PassTime,
) -> None:
    voice.fails = True
    await ask("start")
    await pass_time(timedelta(seconds=10))
    assert issue_registry.async_get_issue("back_exercise", ISSUE)
    voice.fails = False
    await pass_time(timedelta(minutes=3))

    assert issue_registry.async_get_issue("back_exercise", ISSUE) is None
    assert "Right, one." in player.texts


async def test_with_an_engine_that_hangs_the_session_begins_after_one_try(
    voice: FakeVoice,
    player: RoomPlayer,
    issue_registry: ir.IssueRegistry,
    ask: Ask,
    pass_time: PassTime,
) -> None:
    voice.takes = timedelta(hours=1)
    await ask("start")
    await pass_time(timedelta(minutes=2))

    assert player.texts[0] == "(400 ms)"
    assert player.words[0].at <= dt_util.utcnow() - timedelta(minutes=1, seconds=30)
    assert "(120 ms)" in player.texts
    assert issue_registry.async_get_issue("back_exercise", ISSUE)
    assert len(voice.texts) < 6


async def test_an_engine_that_is_slow_to_wake_up_speaks_later_in_the_session(
    voice: FakeVoice, player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    voice.takes = timedelta(seconds=25)
    await ask("start")
    await pass_time(timedelta(seconds=30))
    voice.takes = timedelta(0)
    await pass_time(timedelta(minutes=3))

    assert player.texts[0] == "(400 ms)"
    assert "Right, one." in player.texts


# What must not happen


async def test_what_breaks_ends_the_session_with_an_error_in_the_log(
    hass: HomeAssistant,
    voice: FakeVoice,
    player: RoomPlayer,
    ask: Ask,
    pass_time: PassTime,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    with patch(
        "custom_components.back_exercise.preparer.lay", side_effect=ValueError("Broken")
    ):
        await ask("next")
    await pass_time(SOON)

    assert hass.states.is_state(SESSION, "idle")
    assert player.is_silent
    errors = [each for each in caplog.records if each.levelname == "ERROR"]
    assert [each.message for each in errors] == ["The session of Alex broke off"]
    await ask("start")
    await pass_time(SOON)
    assert "You can stop, pause or skip at any time." in player.texts
    caplog.clear()  # else it would count against the test


@pytest.mark.usefixtures("voice")
async def test_what_breaks_in_the_last_words_is_logged(
    hass: HomeAssistant,
    player: RoomPlayer,
    ask: Ask,
    pass_time: PassTime,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    with patch(
        "custom_components.back_exercise.preparer.Preparer.words",
        side_effect=ValueError("Broken"),
    ):
        await ask("stop")

    assert hass.states.is_state(SESSION, "idle")
    assert "The session of Alex broke off" in caplog.text
    caplog.clear()


@pytest.mark.usefixtures("voice")
async def test_after_the_machine_slept_the_session_catches_up(
    hass: HomeAssistant, player: RoomPlayer, ask: Ask, pass_time: PassTime, freezer: Any
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    freezer.tick(timedelta(minutes=5))
    await pass_time(timedelta(seconds=3))

    assert hass.states.is_state("sensor.alex_exercise", "isometric_hip_flexion")
    assert player.texts[-1] == "Good. Rest a little. Next: Isometric hip flexion."


@pytest.mark.usefixtures("voice")
async def test_nothing_is_left_behind_by_a_session_of_many_changes(
    room: Room, player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    for command in ("next", "pause", "resume", "next", "explain", "previous"):
        await pass_time(timedelta(seconds=7))
        await ask(command)
    await ask("stop")
    await pass_time(SOON)

    assert not room.served
    assert not room.files


async def test_speech_that_is_switched_off_while_it_is_prepared_holds_nothing_up(
    hass: HomeAssistant,
    voice: FakeVoice,
    player: RoomPlayer,
    ask: Ask,
    pass_time: PassTime,
) -> None:
    voice.takes = timedelta(seconds=5)
    await ask("start")
    await pass_time(timedelta(seconds=2))
    assert hass.states.is_state(SESSION, "preparing")
    await switch(hass, SERVICE_TURN_OFF)
    await pass_time(SOON)

    assert hass.states.is_state(SESSION, "running")
    assert player.texts == []
