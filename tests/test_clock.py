"""A session goes on as it was, where the clock of the machine is set meanwhile."""

from collections.abc import Callable, Generator
from datetime import datetime, timedelta
import time
from types import SimpleNamespace
from typing import Any, Final
from unittest.mock import patch

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest

from custom_components.back_exercise.clock import Clock

from .conftest import EXERCISE, IN_REPETITION, SESSION, SPOKEN, Ask, PassTime
from .room import RoomPlayer, RoomSatellite, sounds

pytestmark = pytest.mark.usefixtures("spoken_to")

LONGER: Final = timedelta(minutes=1, seconds=40)
HOUR: Final = timedelta(hours=1)
FURTHER: Final = ("running", "isometric_hip_flexion", "prepare", None)
NAMES: Final = ["Pelvic tilts.", "Isometric hip flexion."]
SATELLITE: Final = {**SPOKEN, "speakers": ["assist_satellite.test"]}

type SetClock = Callable[[timedelta], None]

either_way = pytest.mark.parametrize(
    "by", [timedelta(0), HOUR, -HOUR], ids=["not", "on", "back"]
)


@pytest.fixture
def set_clock() -> Generator[SetClock]:
    """Return what sets the clock of the machine, but not the one that timers go by."""
    now, ahead = dt_util.utcnow, timedelta(0)

    def set_clock(by: timedelta) -> None:
        nonlocal ahead
        ahead += by

    def utcnow() -> datetime:
        return now() + ahead

    clock = SimpleNamespace(time=lambda: time.time() + ahead.total_seconds())
    with (
        patch("homeassistant.util.dt.utcnow", utcnow),
        patch("homeassistant.helpers.event.time", clock),
    ):
        yield set_clock


def place(hass: HomeAssistant) -> tuple[Any, ...]:
    """Return where a session is."""
    session, exercise = hass.states.get(SESSION), hass.states.get(EXERCISE)
    assert session
    assert exercise
    shown = exercise.attributes
    return session.state, exercise.state, shown.get("step"), shown.get("repetition")


def words(speaker: RoomPlayer | RoomSatellite) -> list[str]:
    """Return what a speaker was given to say."""
    return [sound.text for each in speaker.played for sound in sounds(each.wav)]


@either_way
@pytest.mark.usefixtures("voice", "player")
async def test_it_is_paused_where_it_was(
    hass: HomeAssistant, ask: Ask, pass_time: PassTime, set_clock: SetClock, by: Any
) -> None:
    await ask("start", pain_before=2)
    await pass_time(IN_REPETITION)
    set_clock(by)
    await pass_time(timedelta(seconds=1))
    await ask("pause")

    assert place(hass) == ("paused", "pelvic_tilts", "work", 3)


@either_way
@pytest.mark.usefixtures("voice")
async def test_a_player_is_given_what_follows_when_it_is_due(
    hass: HomeAssistant,
    player: RoomPlayer,
    ask: Ask,
    pass_time: PassTime,
    set_clock: SetClock,
    by: Any,
) -> None:
    await ask("start", pain_before=2)
    await pass_time(IN_REPETITION)
    set_clock(by)
    await pass_time(LONGER)

    assert place(hass) == FURTHER
    assert [text for text in words(player) if text in NAMES] == NAMES


@either_way
@pytest.mark.usefixtures("voice")
@pytest.mark.parametrize("options", [SATELLITE])
async def test_a_satellite_is_given_each_piece_when_it_is_due(
    hass: HomeAssistant,
    satellite: RoomSatellite,
    ask: Ask,
    pass_time: PassTime,
    set_clock: SetClock,
    by: Any,
) -> None:
    await ask("start", pain_before=2)
    await pass_time(IN_REPETITION)
    set_clock(by)
    await pass_time(LONGER)

    assert place(hass) == FURTHER
    assert words(satellite).count("Hold.") == 10
    assert [text for text in words(satellite) if text in NAMES] == NAMES


@pytest.mark.usefixtures("voice", "player")
async def test_a_pause_waits_as_long_as_it_should(
    hass: HomeAssistant, ask: Ask, pass_time: PassTime, set_clock: SetClock
) -> None:
    await ask("start", pain_before=2)
    await pass_time(IN_REPETITION)
    await ask("pause")
    set_clock(HOUR)
    await pass_time(timedelta(minutes=14))
    waiting = hass.states.get(SESSION)
    await pass_time(timedelta(minutes=2))

    assert waiting
    assert waiting.state == "paused"
    assert hass.states.is_state(SESSION, "idle")


def test_a_clock_that_only_runs_a_little_faster_is_not_set(
    set_clock: SetClock,
) -> None:
    clock = Clock()
    set_clock(timedelta(milliseconds=20))
    faster = clock.was_set()
    set_clock(HOUR)
    by = clock.was_set()

    assert faster == timedelta(0)
    assert abs(by - HOUR) < timedelta(seconds=1)
    assert clock.was_set() == timedelta(0)
