"""Many sessions in one Home Assistant, with faults: nothing may be left behind.

`script/soak` plays two hundred; without it there are a few, as a part of the tests.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
import gc
import os
from pathlib import Path
from random import Random
import threading
import tracemalloc
from typing import Any, Final

from homeassistant.components.media_player import MediaPlayerState
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util
from homeassistant.util.async_ import get_scheduled_timer_handles
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.back_exercise.const import CONF_SPEAKERS
from custom_components.back_exercise.engine.session import Command
from tests.conftest import SESSION, SPOKEN, Ask, PassTime, Past, build_past
from tests.fakes import FakeVoice
from tests.room import Room, RoomPlayer

SESSIONS: Final = int(os.environ.get("BACK_EXERCISE_SOAK", "12"))
WARM: Final = 10
"""After so many sessions everything that is kept once has been kept."""
GROWTH: Final = 5_000_000
"""Bytes that all the sessions after that may add."""
LONGEST: Final = timedelta(hours=1)
SEED: Final = 20261129
AGREED: Final = dict.fromkeys(("assessed", "clinician_agreed", "advice_taken"), True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Footprint:
    """What a Home Assistant at rest holds."""

    tasks: int
    timers: int
    listeners: int
    threads: int
    files: int
    """Open ones of the process."""
    tracks: int
    """That can be fetched, and files of such."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """A home with a person, two speakers and a voice, all of which can fail."""

    hass: HomeAssistant
    ask: Ask
    pass_time: PassTime
    room: Room
    players: tuple[RoomPlayer, RoomPlayer]
    voice: FakeVoice
    chance: Random

    @property
    def is_idle(self) -> bool:
        """Whether no session is going on."""
        return self.hass.states.is_state(SESSION, "idle")

    def footprint(self) -> Footprint:
        """Return what is held now."""
        gc.collect()
        return Footprint(
            tasks=len(asyncio.all_tasks()),
            timers=len(get_scheduled_timer_handles(self.hass.loop)),
            listeners=sum(self.hass.bus.async_listeners().values()),
            threads=threading.active_count(),
            files=len([*Path("/proc/self/fd").iterdir()]),
            tracks=len(self.room.served) + len(self.room.files),
        )

    async def fault(self) -> None:
        """Have something go wrong, or a person change their mind."""
        player, hass = self.chance.choice(self.players), self.hass

        async def command() -> None:
            # to be refused is an answer too
            with suppress(HomeAssistantError):
                await self.ask(self.chance.choice([*Command][1:]))

        async def rate() -> None:
            with suppress(HomeAssistantError):
                await self.ask("rate", pain=self.chance.randint(0, 5), effort=3)

        async def reload() -> None:
            [entry] = hass.config_entries.async_entries("back_exercise")
            task = hass.async_create_background_task(
                hass.config_entries.async_reload(entry.entry_id), "reload"
            )
            while not task.done():
                await self.pass_time(timedelta(seconds=1))

        def misbehave(kind: str) -> Callable[[], None]:
            def begin() -> None:
                getattr(player, kind).add(self.chance.choice(["play_media"]))

            return begin

        faults: list[Callable[[], Any]] = [
            command,
            command,
            rate,
            reload,
            misbehave("fails"),
            misbehave("hangs"),
            player.vanishes,
            lambda: setattr(player, "ignores", True),
            lambda: setattr(self.voice, "fails", True),
            lambda: setattr(self.voice, "takes", timedelta(seconds=3)),
            lambda: setattr(self.voice, "gives", lambda _: b""),
            lambda: player.becomes(MediaPlayerState.PAUSED),
        ]
        done = self.chance.choice(faults)()
        if asyncio.iscoroutine(done):
            await done

    def mend(self) -> None:
        """Have everything work again."""
        self.voice.fails, self.voice.takes = False, timedelta(0)
        self.voice.gives = type(self.voice)().gives
        for player in self.players:
            player.fails.clear()
            player.hangs.clear()
            player.ignores = False
            player.returns()
            player.calls.clear()
            player.asked.clear()
            player.played.clear()
            player.volumes.clear()
        self.voice.texts.clear()

    async def start(self) -> None:
        """Start; what a person has to do for that is done."""
        if self.hass.states.is_state("binary_sensor.alex_locked", "on"):
            await self.ask("screen", items=[], **AGREED)
        try:
            await self.ask("start", pain_before=2)
        except HomeAssistantError:
            # so much was sharp that every exercise is out: somebody else begins
            await self.ask("delete_diary", confirmed=True)
            await self.ask("screen", items=[], **AGREED)
            await self.ask("start", pain_before=2)

    async def session(self) -> None:
        """Do a session in which things go wrong; then let some days pass."""
        await self.start()
        begun = dt_util.utcnow()
        while not self.is_idle and dt_util.utcnow() - begun < LONGEST:
            await self.pass_time(timedelta(seconds=self.chance.uniform(5, 240)))
            if self.chance.random() < 0.5:
                await self.fault()
        if not self.is_idle:
            await self.ask("stop")
        self.mend()
        # the day after has a question of its own
        await self.pass_time(timedelta(hours=23))
        await self.ask("rate", pain=self.chance.randint(0, 2))
        await self.pass_time(timedelta(hours=25))


@pytest.fixture
def options() -> dict[str, Any]:
    """Have Alex's sessions spoken on two speakers."""
    return {**SPOKEN, CONF_SPEAKERS: ["media_player.test", "media_player.other"]}


@pytest.fixture
def past() -> Past:
    """Return the diary of someone who is asked after each exercise."""
    return build_past(check_in="each_exercise")


@pytest.fixture
def home(
    hass: HomeAssistant,
    room: Room,
    player: RoomPlayer,
    other_player: RoomPlayer,
    voice: FakeVoice,
    set_up: MockConfigEntry,
    ask: Ask,
    pass_time: PassTime,
) -> Home:
    """Return the home."""
    return Home(
        hass=hass,
        ask=ask,
        pass_time=pass_time,
        room=room,
        players=(player, other_player),
        voice=voice,
        chance=Random(SEED),
    )


@pytest.mark.timeout(60 * max(SESSIONS, 10))
async def test_sessions_leave_nothing_behind(
    home: Home, record_property: Callable[[str, object], None]
) -> None:
    for _ in range(WARM):
        await home.session()
    before = home.footprint()
    tracemalloc.start()
    gc.collect()
    held, _ = tracemalloc.get_traced_memory()
    for _ in range(SESSIONS - WARM):
        await home.session()
    gc.collect()
    grown = tracemalloc.get_traced_memory()[0] - held
    tracemalloc.stop()
    record_property("grown_bytes", grown)
    assert home.footprint() == before
    assert grown < GROWTH, f"{grown / 1e6:.2f} MB"
