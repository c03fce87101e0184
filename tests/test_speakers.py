"""What each kind of speaker is given, and what its own ways do to a session."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from homeassistant.components.media_player import (
    MediaPlayerEntityFeature,
    MediaPlayerState,
)
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import (
    device_registry as dr,
    entity_registry as er,
)
import pytest

from custom_components.back_exercise.player import HICCUP

from .conftest import IN_REPETITION, SESSION, SPOKEN, Ask, PassTime
from .repairing import issues
from .room import Room, RoomNotifier, RoomPlayer, RoomSatellite

pytestmark = pytest.mark.usefixtures("spoken_to")

IN_INSTRUCTION: Final = timedelta(seconds=29)
IN_SECOND: Final = timedelta(minutes=3)
SOON: Final = timedelta(seconds=8)
ANNOUNCING: Final = {**SPOKEN, "mode": "phrases"}
SATELLITE: Final = {**SPOKEN, "speakers": ["assist_satellite.test"]}
NOTIFY: Final = {**SPOKEN, "speakers": ["notify.test"], "engine": None}


def step_of(hass: HomeAssistant) -> str:
    """Return the step that is shown."""
    exercise = hass.states.get("sensor.alex_exercise")
    assert exercise
    return str(exercise.attributes["step"])


# A media player that is used by others, too


@pytest.mark.usefixtures("voice")
@pytest.mark.parametrize("state", ["paused", "off", "on"])
async def test_who_stops_the_speaker_itself_pauses_the_session(
    hass: HomeAssistant, player: RoomPlayer, ask: Ask, pass_time: PassTime, state: str
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    player.calls.clear()
    player.becomes(MediaPlayerState(state))
    await pass_time(SOON)

    assert hass.states.is_state(SESSION, "paused")
    assert player.calls == []
    assert player.texts[-1] == "Three."


@pytest.mark.usefixtures("voice")
async def test_a_speaker_that_says_it_is_idle_and_plays_on_is_stopped_in_the_pause(
    hass: HomeAssistant, player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    player.calls.clear()
    player.becomes(MediaPlayerState.IDLE)
    await pass_time(SOON)
    await ask("stop")
    await pass_time(SOON)

    assert player.calls[0] == "media_stop"
    assert player.calls.count("media_stop") == 1


@pytest.mark.usefixtures("voice")
@pytest.mark.parametrize("state", ["idle", "off", "on"])
async def test_a_speaker_that_says_for_a_moment_that_it_is_silent_pauses_nothing(
    hass: HomeAssistant, player: RoomPlayer, ask: Ask, pass_time: PassTime, state: str
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    for _ in range(2):
        player.becomes(MediaPlayerState(state))
        await pass_time(HICCUP / 2)
        player.becomes(MediaPlayerState.PLAYING)
        await pass_time(HICCUP)

    assert hass.states.is_state(SESSION, "running")


@pytest.mark.usefixtures("voice")
async def test_a_session_that_was_paused_on_the_speaker_can_be_resumed(
    hass: HomeAssistant, player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    player.becomes(MediaPlayerState.PAUSED)
    await pass_time(SOON)
    await ask("resume")
    await pass_time(SOON)

    assert "We go on with Pelvic tilts. Number three is next." in player.texts


@pytest.mark.usefixtures("voice")
async def test_what_another_app_plays_pauses_the_session_and_is_never_stopped(
    hass: HomeAssistant, player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    player.plays("http://radio/stream")
    await ask("start")
    await pass_time(IN_REPETITION)
    player.calls.clear()
    player.becomes(MediaPlayerState.IDLE)
    player.plays("spotify:track:1")
    await pass_time(SOON)
    assert hass.states.is_state(SESSION, "paused")
    await ask("stop")
    await pass_time(SOON)

    # the last words are said over it, but nothing is stopped or put back
    assert player.calls == ["play_media"]


@pytest.mark.usefixtures("voice")
async def test_other_media_without_a_pause_between_is_noticed_too(
    hass: HomeAssistant, player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    player.calls.clear()
    player.plays("spotify:track:1")
    await pass_time(SOON)

    assert hass.states.is_state(SESSION, "paused")
    assert player.calls == []


@pytest.mark.usefixtures("voice")
async def test_a_speaker_that_tells_nothing_of_what_it_plays_is_left_to_play(
    hass: HomeAssistant, player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    player.reports = False
    await ask("start")
    await pass_time(IN_REPETITION)
    player.async_write_ha_state()
    await pass_time(SOON)

    assert hass.states.is_state(SESSION, "running")


@pytest.mark.usefixtures("voice")
async def test_the_end_of_a_track_is_not_taken_for_a_pause(
    hass: HomeAssistant, player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(timedelta(seconds=19))
    player.becomes(MediaPlayerState.IDLE)  # a second early, as some are
    await pass_time(SOON)

    assert hass.states.is_state(SESSION, "running")


@pytest.mark.usefixtures("voice")
async def test_a_speaker_without_stop_is_paused_instead(
    player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    player._attr_supported_features &= ~MediaPlayerEntityFeature.STOP  # noqa: SLF001
    player.async_write_ha_state()
    await ask("start")
    await pass_time(IN_REPETITION)
    await ask("pause")

    assert player.calls[-2:] == ["media_pause", "play_media"]


@pytest.mark.usefixtures("voice")
@pytest.mark.parametrize("options", [{**SPOKEN, "volume": 0.6}])
async def test_a_speaker_that_can_only_play_is_spoken_through_all_the_same(
    hass: HomeAssistant, player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    player._attr_supported_features = MediaPlayerEntityFeature.PLAY_MEDIA  # noqa: SLF001
    player.async_write_ha_state()
    await ask("start")
    await pass_time(IN_REPETITION)
    await ask("pause")
    await pass_time(SOON)

    assert set(player.calls) == {"play_media"}
    assert player.texts[-1] == "Paused."
    assert hass.states.is_state(SESSION, "paused")


# Music that was on


@pytest.mark.usefixtures("voice")
async def test_music_that_was_on_goes_on_after_the_last_word_from_where_it_was(
    player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    player.plays("media-source://podcast/1", at=60)
    await pass_time(timedelta(minutes=1))
    await ask("start")
    await pass_time(IN_REPETITION)
    await ask("stop")
    await pass_time(SOON)

    assert player.asked[-1]["media_id"] == "media-source://podcast/1"
    assert player.sought == pytest.approx([120])


@pytest.mark.usefixtures("voice")
async def test_music_does_not_begin_by_itself_after_a_pause_nobody_came_back_from(
    hass: HomeAssistant, player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    player.plays("media-source://podcast/1")
    await ask("start")
    await pass_time(IN_REPETITION)
    await ask("pause")
    await pass_time(timedelta(minutes=16))

    assert hass.states.is_state(SESSION, "idle")
    assert all("/track/" in asked["media_id"] for asked in player.asked)


@pytest.mark.usefixtures("voice")
async def test_music_of_unknown_position_goes_on_too(
    player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    player.plays("http://radio/stream", at=None)
    await ask("start")
    await pass_time(IN_REPETITION)
    await ask("stop")
    await pass_time(SOON)

    assert player.asked[-1]["media_id"] == "http://radio/stream"
    assert player.sought == []


@pytest.mark.usefixtures("voice")
@pytest.mark.parametrize(
    "prepare",
    [
        lambda _: None,
        lambda player: (
            player.plays("http://radio/stream"),
            player.becomes(MediaPlayerState.PAUSED),
        ),
        lambda player: player.plays("spotify:track:1"),
        lambda player: player.plays("http://radio/stream", media_type=""),
        lambda player: player.plays("http://10.0.0.2:8123/api/back_exercise/track/x"),
    ],
    ids=["silence", "paused", "only its app can", "of no kind", "ours"],
)
async def test_nothing_is_put_on_that_was_not_on_or_can_not_be(
    player: RoomPlayer,
    ask: Ask,
    pass_time: PassTime,
    prepare: Callable[[RoomPlayer], None],
) -> None:
    prepare(player)
    await ask("start")
    await pass_time(IN_REPETITION)
    await ask("stop")
    await pass_time(SOON)

    assert "/track/" in player.asked[-1]["media_id"]
    assert player.texts[-1].startswith("We stop here.")


@pytest.mark.usefixtures("voice")
async def test_music_that_was_not_interrupted_is_not_put_on_again(
    player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    player.plays("http://radio/stream")
    player.fails = {"play_media"}
    await ask("start")
    await pass_time(IN_REPETITION)
    await ask("stop")
    await pass_time(SOON)

    assert "media_stop" not in player.calls
    assert all("/track/" in asked["media_id"] for asked in player.asked)


@pytest.mark.usefixtures("voice")
async def test_music_that_can_not_be_put_on_again_hurts_nobody(
    hass: HomeAssistant, player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    player.plays("http://radio/stream", at=60)
    await ask("start")
    await pass_time(IN_REPETITION)
    await ask("stop")
    await pass_time(timedelta(seconds=1))
    player.fails = {"play_media"}
    await pass_time(SOON)

    assert hass.states.is_state(SESSION, "idle")
    assert player.sought == []


# Its own clock


@pytest.mark.usefixtures("voice", "all_enabled")
async def test_the_session_follows_the_speaker_that_tells_when_it_began(
    hass: HomeAssistant, player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    player.starts_after = timedelta(seconds=1.5)
    await ask("start")
    await pass_time(timedelta(seconds=46))
    first = [word.at for word in player.words if word.text == "One."][-1]
    exercise = hass.states.get("sensor.alex_exercise")

    assert exercise
    assert step_of(hass) == "work"
    assert abs(exercise.last_updated - first) < timedelta(milliseconds=20)
    assert hass.states.is_state("sensor.alex_test_start_delay", "1.5")


@pytest.mark.usefixtures("voice")
async def test_the_delay_of_a_speaker_is_learned_for_the_tracks_to_come(
    hass: HomeAssistant, player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    player.starts_after = timedelta(seconds=1.5)
    await ask("start")
    await pass_time(timedelta(seconds=2))
    player.reports = False
    await pass_time(timedelta(seconds=44))
    first = [word.at for word in player.words if word.text == "One."][-1]
    exercise = hass.states.get("sensor.alex_exercise")

    assert exercise
    assert step_of(hass) == "work"
    assert abs(exercise.last_updated - first) < timedelta(milliseconds=20)


@pytest.mark.usefixtures("voice", "all_enabled")
@pytest.mark.parametrize(
    ("position", "delay"),
    [(2.5, "0.5"), (3, "unknown"), (0.25, "unknown"), (60.5, "unknown")],
    ids=["exact", "whole seconds", "too late", "of something else"],
)
async def test_only_a_position_that_is_exact_sets_the_clock(
    hass: HomeAssistant,
    player: RoomPlayer,
    ask: Ask,
    pass_time: PassTime,
    position: float,
    delay: str,
) -> None:
    player.reports = False
    player.starts_after = timedelta(seconds=0.5)
    await ask("start")
    await pass_time(timedelta(seconds=3 if position != 0.25 else 10))
    player.reports_position(position)
    await pass_time()

    assert hass.states.is_state("sensor.alex_test_start_delay", delay)


# Media players that announce


@pytest.mark.parametrize("options", [ANNOUNCING])
@pytest.mark.usefixtures("voice")
async def test_an_announcing_player_says_each_thing_at_its_moment(
    hass: HomeAssistant, player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(timedelta(seconds=70))

    assert {asked.get("announce") for asked in player.asked} == {True}
    counts = [word for word in player.words if word.text in ("One.", "Two.", "Three.")]
    assert [word.text for word in counts] == ["Two.", "One.", "One.", "Two.", "Three."]
    first, second, third = (word.at for word in counts[2:])
    for late in (second - first, third - second):
        assert abs(late - timedelta(seconds=9)) < timedelta(milliseconds=20)


@pytest.mark.parametrize("options", [ANNOUNCING])
@pytest.mark.usefixtures("voice")
async def test_the_music_of_an_announcing_player_is_left_to_it(
    player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    player.plays("http://radio/stream")
    await ask("start")
    await pass_time(IN_REPETITION)
    await ask("stop")
    await pass_time(SOON)

    assert set(player.calls) == {"play_media"}
    assert all("/track/" in asked["media_id"] for asked in player.asked)


@pytest.mark.parametrize("options", [ANNOUNCING, SATELLITE])
@pytest.mark.usefixtures("voice", "player", "satellite")
async def test_nothing_of_pieces_is_left_to_be_fetched(
    room: Room, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    await ask("next")
    await pass_time(IN_REPETITION)
    await ask("stop")
    await pass_time(timedelta(seconds=30))

    assert not room.served
    assert not room.files


# Assist satellites


@pytest.mark.parametrize("options", [SATELLITE])
@pytest.mark.usefixtures("voice")
async def test_a_satellite_says_each_thing_at_its_moment(
    satellite: RoomSatellite, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(timedelta(seconds=70))

    assert {call["preannounce"] for call in satellite.asked} == {False}
    assert all(played.length < timedelta(seconds=11) for played in satellite.played)
    counts = [word for word in satellite.words if word.text in ("Two.", "Three.")]
    first, second, third = (word.at for word in counts)
    assert abs(third - second - timedelta(seconds=9)) < timedelta(milliseconds=20)
    assert abs(second - first - timedelta(seconds=11)) < timedelta(milliseconds=20)


@pytest.mark.parametrize("options", [SATELLITE])
@pytest.mark.parametrize("state", ["listening", "processing", "responding"])
@pytest.mark.usefixtures("voice")
async def test_nothing_is_announced_while_somebody_talks_to_the_satellite(
    hass: HomeAssistant,
    satellite: RoomSatellite,
    ask: Ask,
    pass_time: PassTime,
    state: str,
) -> None:
    await ask("start")
    await pass_time(timedelta(seconds=57))
    announced = len(satellite.asked)
    satellite.becomes(state)
    await pass_time(timedelta(seconds=5))
    assert len(satellite.asked) == announced
    satellite.becomes("processing")
    await pass_time()
    satellite.becomes("idle")
    await pass_time(timedelta(seconds=20))

    # what was due while it was busy is left out, what comes after is on time
    assert "Three." not in satellite.texts
    assert "Four." in satellite.texts
    assert issues(hass) == set()


@pytest.mark.parametrize("options", [SATELLITE])
@pytest.mark.usefixtures("voice")
async def test_a_satellite_that_stays_busy_is_told_of_and_used_when_it_is_free(
    hass: HomeAssistant, satellite: RoomSatellite, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(timedelta(seconds=57))
    satellite.becomes("processing")
    await pass_time(timedelta(seconds=15))
    assert issues(hass) == {"speaker_unreachable assist_satellite.test"}
    satellite.becomes("idle")
    await pass_time(timedelta(seconds=25))

    assert "Six." in satellite.texts
    assert issues(hass) == set()


@pytest.mark.parametrize("options", [SATELLITE])
@pytest.mark.usefixtures("voice")
async def test_who_ends_an_announcement_wants_a_pause(
    hass: HomeAssistant, satellite: RoomSatellite, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(IN_INSTRUCTION)
    satellite.is_interrupted()
    await pass_time(SOON)

    assert hass.states.is_state(SESSION, "paused")
    assert satellite.texts[-1].endswith("–")


@pytest.mark.parametrize("options", [SATELLITE])
@pytest.mark.usefixtures("voice")
async def test_a_busy_satellite_misses_one_piece_only(
    hass: HomeAssistant,
    satellite: RoomSatellite,
    ask: Ask,
    pass_time: PassTime,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await ask("start")
    await pass_time(timedelta(seconds=57))
    satellite.error = HomeAssistantError("Satellite is busy")
    await pass_time(timedelta(seconds=20))

    assert "Three." not in satellite.texts
    assert "Four." in satellite.texts
    assert issues(hass) == set()
    assert [
        each.message for each in caplog.records if "for speech" in each.message
    ] == [
        "assist_satellite.test can't be used for speech: failed",
        "assist_satellite.test can be used for speech again",
    ]


@pytest.mark.parametrize("options", [SATELLITE])
@pytest.mark.usefixtures("voice")
async def test_a_command_is_answered_once_the_satellite_has_ended_its_sentence(
    satellite: RoomSatellite, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(IN_INSTRUCTION)
    await ask("pause")
    await pass_time(SOON)

    assert satellite.texts[-1] == "Paused."
    assert not satellite.texts[-2].endswith("–")


@pytest.fixture
def box(
    hass: HomeAssistant,
    device_registry: dr.DeviceRegistry,
    entity_registry: er.EntityRegistry,
    player: RoomPlayer,
) -> None:
    """Have player and satellite be one device."""
    registered = entity_registry.async_get(player.entity_id)
    assert registered
    entry = hass.config_entries.async_get_entry(str(registered.config_entry_id))
    assert entry
    device = device_registry.async_get_or_create(
        config_entry_id=entry.entry_id, identifiers={(entry.domain, "box")}
    )
    entity_registry.async_update_entity(player.entity_id, device_id=device.id)
    entity_registry.async_get_or_create(
        "assist_satellite",
        entry.domain,
        "satellite",
        config_entry=entry,
        device_id=device.id,
        suggested_object_id="test",
    )


@pytest.mark.parametrize(
    "options",
    [SATELLITE, {**SPOKEN, "speakers": ["assist_satellite.test", "media_player.test"]}],
)
@pytest.mark.usefixtures("voice", "box")
async def test_of_a_satellite_with_a_player_the_player_is_used_and_once(
    player: RoomPlayer, satellite: RoomSatellite, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(SOON)

    assert satellite.asked == []
    assert player.calls == ["play_media"]


@pytest.mark.parametrize("options", [SATELLITE])
@pytest.mark.usefixtures("voice", "box")
async def test_a_track_does_not_begin_before_the_device_has_answered_the_person(
    hass: HomeAssistant,
    player: RoomPlayer,
    satellite: RoomSatellite,
    ask: Ask,
    pass_time: PassTime,
) -> None:
    satellite.becomes("responding")
    await ask("start")
    await pass_time(timedelta(seconds=6))
    assert player.calls == []
    satellite.becomes("idle")
    await pass_time(timedelta(seconds=1))
    assert player.calls == ["play_media"]

    satellite.becomes("responding")
    await ask("next")
    await pass_time(timedelta(seconds=11))
    # but no device may keep a session waiting
    assert player.calls == ["play_media", "media_stop", "play_media"]


@pytest.mark.parametrize("options", [SATELLITE])
@pytest.mark.parametrize("state", ["processing", "unavailable"])
@pytest.mark.usefixtures("voice")
async def test_a_satellite_that_is_not_free_at_first_joins_in_as_soon_as_it_is(
    hass: HomeAssistant,
    satellite: RoomSatellite,
    ask: Ask,
    pass_time: PassTime,
    state: str,
) -> None:
    await ask("start")
    await pass_time(SOON)
    satellite.becomes(state)
    await ask("next")
    await pass_time(timedelta(seconds=30))
    assert satellite.texts[-1].endswith(".")
    heard = len(satellite.texts)
    satellite.becomes("idle")
    await pass_time(timedelta(seconds=45))

    assert hass.states.is_state(SESSION, "running")
    assert "Hold." in satellite.texts[heard:]
    assert issues(hass) == set()


@pytest.mark.parametrize("options", [SATELLITE])
@pytest.mark.usefixtures("voice")
async def test_who_speaks_into_an_announcement_is_answered_before_the_next_one(
    hass: HomeAssistant, satellite: RoomSatellite, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(timedelta(seconds=52))
    assert satellite.texts[-1] in ("Two.", "Hold.")
    satellite.becomes("listening")
    # at the end of the announcement Home Assistant calls it idle
    await pass_time(timedelta(seconds=9))
    announced = len(satellite.asked)
    assert hass.states.is_state(satellite.entity_id, "idle")
    assert "Three." not in satellite.texts
    satellite.becomes("responding")
    await pass_time(timedelta(seconds=2))
    assert len(satellite.asked) == announced
    satellite.becomes("idle")
    await pass_time(timedelta(seconds=12))

    assert "Four." in satellite.texts


@pytest.mark.parametrize("options", [SATELLITE])
@pytest.mark.usefixtures("voice")
async def test_a_satellite_that_goes_away_in_mid_word_does_not_pause_the_session(
    hass: HomeAssistant, satellite: RoomSatellite, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(IN_INSTRUCTION)
    satellite.vanishes()
    await pass_time(SOON)

    assert hass.states.is_state(SESSION, "running")


# Notify entities


@pytest.mark.parametrize("options", [NOTIFY])
async def test_a_notifier_is_sent_the_words_of_each_step_and_no_counts(
    notifier: RoomNotifier, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(timedelta(minutes=15))

    assert len(notifier.texts) == 10
    assert notifier.texts[0].startswith("Welcome. This is your beginner routine:")
    assert notifier.texts[1].startswith("Pelvic tilts. Lie on your back,")
    assert notifier.texts[1].endswith("Ten times.")
    assert notifier.texts[2] == "Good. Rest a little. Next: Isometric hip flexion."
    assert notifier.texts[-1].startswith("That was the last one.")


@pytest.mark.parametrize("options", [NOTIFY])
async def test_what_is_asked_is_confirmed_by_a_notifier(
    notifier: RoomNotifier, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    await ask("pause")
    await ask("resume")
    await pass_time()

    assert notifier.texts[-2] == "Paused."
    assert notifier.texts[-1].startswith("We go on with Pelvic tilts.")


@pytest.mark.parametrize("options", [NOTIFY])
async def test_a_notifier_that_fails_is_told_of_once_until_it_works_again(
    hass: HomeAssistant,
    notifier: RoomNotifier,
    ask: Ask,
    pass_time: PassTime,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await ask("start")
    await pass_time(timedelta(seconds=20))
    notifier.fails = True
    await pass_time(timedelta(minutes=8))
    assert issues(hass) == {"speaker_unreachable notify.test"}
    notifier.fails = False
    await pass_time(timedelta(minutes=6))

    assert issues(hass) == set()
    assert [
        each.message for each in caplog.records if "for speech" in each.message
    ] == [
        "notify.test can't be used for speech: failed",
        "notify.test can be used for speech again",
    ]


@pytest.mark.parametrize("options", [NOTIFY])
async def test_of_a_notifier_that_fails_for_a_moment_one_message_is_missed(
    hass: HomeAssistant, notifier: RoomNotifier, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(timedelta(minutes=2, seconds=20))
    sent = len(notifier.texts)
    notifier.fails = True
    await pass_time(timedelta(seconds=20))
    assert issues(hass) == {"speaker_unreachable notify.test"}
    notifier.fails = False
    await pass_time(timedelta(minutes=5))

    assert notifier.texts[sent - 1].endswith("Next: Isometric hip flexion.")
    assert notifier.texts[sent].endswith("Next: Bridges.")
    assert issues(hass) == set()


@pytest.mark.parametrize("options", [NOTIFY])
async def test_a_notifier_that_is_away_does_not_hold_up_the_session(
    hass: HomeAssistant, notifier: RoomNotifier, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    hass.states.async_set("notify.test", "unavailable")
    await pass_time(timedelta(minutes=4))

    assert hass.states.is_state("sensor.alex_exercise", "isometric_hip_flexion")
    assert issues(hass) == {"speaker_unreachable notify.test"}
