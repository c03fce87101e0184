"""A session that is cut off comes back, and nothing recorded is lost."""

from datetime import timedelta
from typing import Any, Final
from unittest.mock import patch

from homeassistant.const import STATE_UNKNOWN
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.back_exercise.coordinator import load_catalogue
from custom_components.back_exercise.diary import Diary
from custom_components.back_exercise.engine.diary import (
    Payload,
    SessionKind,
    SessionStarted,
)
from custom_components.back_exercise.http import PATH

from .conftest import (
    EXERCISE,
    SESSION,
    SPOKEN,
    Ask,
    PassTime,
    Play,
    Recorded,
    build_past,
    record,
)
from .engine.exercises import BRIDGES, HIP, TILTS
from .room import RoomPlayer

pytestmark = pytest.mark.usefixtures("asked_after_each")

EVENTS: Final = "event.alex_session_events"


@pytest.fixture
def cut_off(hass: HomeAssistant, set_up: MockConfigEntry, pass_time: PassTime) -> Any:
    """Return what lets Home Assistant be away for some time."""

    async def cut_off(away: timedelta = timedelta(0)) -> None:
        unloading = hass.async_create_background_task(
            hass.config_entries.async_unload(set_up.entry_id), "unload"
        )
        while not unloading.done():
            await pass_time(timedelta(seconds=1))
        await pass_time(away)
        assert await hass.config_entries.async_setup(set_up.entry_id)
        await pass_time()

    return cut_off


def place(hass: HomeAssistant) -> tuple[Any, ...]:
    """Return where a session is."""
    session, exercise = hass.states.get(SESSION), hass.states.get(EXERCISE)
    assert session
    assert exercise
    return session.state, exercise.state, exercise.attributes.get("repetition")


async def test_it_comes_back_paused_at_the_last_completed_repetition(
    hass: HomeAssistant, ask: Ask, play: Play, pass_time: PassTime, cut_off: Any
) -> None:
    await play(2, to=BRIDGES)
    await pass_time(timedelta(seconds=15))
    await cut_off()

    # two of six seconds each are done, and the third has begun
    assert place(hass) == ("paused", BRIDGES, 3)


async def test_it_can_be_gone_on_with_to_its_end(
    hass: HomeAssistant,
    ask: Ask,
    play: Play,
    follow: Play,
    pass_time: PassTime,
    recorded: Recorded,
    cut_off: Any,
) -> None:
    await play(2, to=BRIDGES)
    await pass_time(timedelta(seconds=15))
    await cut_off(timedelta(minutes=10))
    await ask("resume")
    await follow(2)

    done = await recorded("exercise_done")
    assert [(each["exercise"], each["done"], each["planned"]) for each in done] == [
        (TILTS, 10, 10),
        (HIP, 10, 10),
        (BRIDGES, 10, 10),
        ("simplified_piriformis_stretch", 5, 5),
    ]
    assert len(await recorded("session_started")) == 1
    assert [each["outcome"] for each in await recorded("session_ended")] == [
        "completed"
    ]


async def test_however_often_it_is_cut_off(
    hass: HomeAssistant,
    ask: Ask,
    play: Play,
    follow: Play,
    pass_time: PassTime,
    recorded: Recorded,
    cut_off: Any,
) -> None:
    await play(2, to=TILTS)
    for _ in range(5):
        await pass_time(timedelta(seconds=40))
        await cut_off()
        await ask("resume")
    await follow(2)

    done = {each["exercise"]: each["done"] for each in await recorded("exercise_done")}
    assert done == {TILTS: 10, HIP: 10, BRIDGES: 10, "simplified_piriformis_stretch": 5}
    assert [each["outcome"] for each in await recorded("session_ended")] == [
        "completed"
    ]


async def test_it_waits_for_half_an_hour_and_is_filed_as_partial_then(
    hass: HomeAssistant,
    ask: Ask,
    play: Play,
    pass_time: PassTime,
    recorded: Recorded,
    cut_off: Any,
) -> None:
    await play(2, to=BRIDGES)
    await cut_off()
    await pass_time(timedelta(minutes=29))
    assert place(hass)[0] == "paused"
    await pass_time(timedelta(minutes=2))

    assert place(hass)[0] == "idle"
    assert [each["outcome"] for each in await recorded("session_ended")] == ["partial"]
    assert [each["exercise"] for each in await recorded("exercise_done")] == [
        TILTS,
        HIP,
        BRIDGES,
    ]


@pytest.mark.parametrize("away", [timedelta(minutes=31), timedelta(days=4)])
async def test_what_was_cut_off_too_long_ago_is_filed_at_once(
    hass: HomeAssistant,
    ask: Ask,
    play: Play,
    recorded: Recorded,
    cut_off: Any,
    away: timedelta,
) -> None:
    await play(2, to=BRIDGES)
    await cut_off(away)

    assert place(hass) == ("idle", STATE_UNKNOWN, None)
    assert [each["outcome"] for each in await recorded("session_ended")] == ["partial"]
    assert (await recorded("exercise_done"))[-1]["exercise"] == BRIDGES


async def test_it_can_be_stopped_instead(
    hass: HomeAssistant, ask: Ask, play: Play, recorded: Recorded, cut_off: Any
) -> None:
    await play(2, to=BRIDGES)
    await cut_off()
    await ask("stop")

    assert place(hass)[0] == "idle"
    assert [each["outcome"] for each in await recorded("session_ended")] == ["stopped"]


async def test_once_it_has_ended_nothing_comes_back(
    hass: HomeAssistant, ask: Ask, play: Play, recorded: Recorded, cut_off: Any
) -> None:
    await play(2, to=BRIDGES)
    await ask("stop")
    await cut_off()

    assert place(hass)[0] == "idle"
    assert len(await recorded("session_ended")) == 1


@pytest.mark.parametrize("past", [build_past(check_in="each_exercise")[:-1]])
async def test_cut_off_at_the_gate_nothing_had_begun(
    hass: HomeAssistant, ask: Ask, recorded: Recorded, cut_off: Any
) -> None:
    await ask("start")
    await cut_off()

    assert place(hass)[0] == "idle"
    assert await recorded("session_started") == []
    assert await recorded("session_ended") == []


async def test_what_was_stopped_for_pain_before_is_remembered(
    hass: HomeAssistant,
    ask: Ask,
    play: Play,
    follow: Play,
    recorded: Recorded,
    cut_off: Any,
) -> None:
    await play(2, to=TILTS)
    await ask("sharp_pain")
    await follow(2, to=HIP)
    await cut_off()
    await ask("resume")
    await follow(2, to=HIP)
    await ask("rate", pain=4)

    assert place(hass)[0] == "idle"
    assert ("I-5", "end_session") in [
        (each["rule"], each["outcome"]) for each in await recorded("decision")
    ]


async def test_the_kind_of_session_outlasts_it(
    ask: Ask, play: Play, cut_off: Any
) -> None:
    await play(4, to=TILTS)
    await cut_off()

    assert (await ask("resume"))["kind"] == "gentle"


@pytest.mark.parametrize(
    "kept",
    [
        {},
        {"at": "yesterday", "session": {}, "prescriptions": [], "volumes": {}},
        {"at": "2026-11-23T07:00:00+00:00", "session": None},
        {"at": 5, "session": [], "prescriptions": 7, "volumes": "loud"},
    ],
)
async def test_what_can_not_be_made_out_any_more_is_filed_as_partial(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    ask: Ask,
    pass_time: PassTime,
    recorded: Recorded,
    kept: dict[str, Any],
) -> None:
    begun: Payload = SessionStarted(
        routine="beginner", kind=SessionKind.NORMAL, pain_before=2, prescriptions=()
    )
    await hass.config_entries.async_unload(set_up.entry_id)
    await record(hass, set_up, [begun])
    await keep(hass, set_up, kept)
    assert await hass.config_entries.async_setup(set_up.entry_id)
    await pass_time()

    assert place(hass)[0] == "idle"
    assert [each["outcome"] for each in await recorded("session_ended")] == ["partial"]
    assert (await ask("start", pain_before=2))["state"] == "running"


async def keep(
    hass: HomeAssistant, entry: MockConfigEntry, kept: dict[str, Any]
) -> None:
    """Leave a session that goes on in the diary of a person who is not loaded."""
    catalogue = await hass.async_add_executor_job(load_catalogue)
    diary = await Diary.async_open(hass, str(entry.unique_id), entry.title, catalogue)
    diary.keep(kept)
    await diary.async_close()


@pytest.fixture
async def killed(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    player: RoomPlayer,
    ask: Ask,
    play: Play,
    pass_time: PassTime,
) -> None:
    """Leave the person as a kill in mid-session does, and not loaded yet."""
    with patch.object(Diary, "keep") as keeping:
        await play(2, to=BRIDGES)
        kept = keeping.call_args.args[0]
    await ask("stop")
    await pass_time(timedelta(seconds=20))
    await hass.config_entries.async_unload(set_up.entry_id)
    await keep(hass, set_up, kept)


# Spoken


@pytest.mark.parametrize("options", [SPOKEN])
@pytest.mark.usefixtures("voice")
async def test_it_says_that_it_waits_and_where_it_goes_on(
    player: RoomPlayer, ask: Ask, play: Play, pass_time: PassTime, cut_off: Any
) -> None:
    await play(2, to=BRIDGES)
    await pass_time(timedelta(seconds=15))
    await cut_off()
    await pass_time(timedelta(seconds=10))
    waits = player.texts[-1]
    assert player.is_silent
    heard = len(player.words)
    await ask("resume")
    await pass_time(timedelta(seconds=60))

    assert waits == (
        "Your session was cut off. It waits where you were. Press resume to go on."
    )
    assert "We go on with Bridges. Number three is next." in player.texts[heard:]
    assert "Three." in player.texts[heard:]


@pytest.mark.parametrize("options", [{**SPOKEN, "volume": 0.6}])
@pytest.mark.usefixtures("voice")
async def test_the_volume_is_put_back_when_it_is_cut_off(
    hass: HomeAssistant,
    player: RoomPlayer,
    play: Play,
    cut_off: Any,
    pass_time: PassTime,
) -> None:
    await play(2, to=BRIDGES)
    assert player.volumes[-1] == 0.6
    await cut_off()
    await pass_time(timedelta(seconds=30))

    assert player.volumes[-1] == 0.3


@pytest.mark.parametrize("options", [{**SPOKEN, "volume": 0.6}])
@pytest.mark.usefixtures("voice")
async def test_after_a_kill_a_track_of_ours_is_silenced_and_the_volume_put_back(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    player: RoomPlayer,
    killed: None,
    pass_time: PassTime,
) -> None:
    player.plays(f"http://10.0.0.2:8123{PATH}/left.wav")
    player._attr_volume_level = 0.6  # noqa: SLF001 - as the session had it
    player.async_write_ha_state()
    player.calls.clear()
    assert await hass.config_entries.async_setup(set_up.entry_id)
    await pass_time(timedelta(seconds=30))

    assert player.calls[0] == "media_stop"
    assert player.volumes[-1] == 0.3
    assert place(hass)[0] == "paused"


@pytest.mark.parametrize("options", [SPOKEN])
@pytest.mark.usefixtures("voice")
async def test_music_that_plays_after_a_restart_is_left_alone(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    player: RoomPlayer,
    killed: None,
    pass_time: PassTime,
) -> None:
    player.plays("http://music/song.mp3")
    player.calls.clear()
    assert await hass.config_entries.async_setup(set_up.entry_id)
    await pass_time()

    assert "media_stop" not in player.calls
