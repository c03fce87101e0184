"""What a diary of twenty years costs: adding to it, starting with it, today's plan."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
import random
from statistics import median, quantiles
import time
from typing import Any, override

from homeassistant.core import HomeAssistant

from custom_components.back_exercise.diary import Diary, log_entry, path_of
from custom_components.back_exercise.engine.course import Log
from custom_components.back_exercise.engine.diary import (
    Context,
    Entry,
    Intensity,
    Kind,
    Rating,
)
from custom_components.back_exercise.engine.fold import fold
from custom_components.back_exercise.engine.programme import Programme
from custom_components.back_exercise.engine.today import Ask, today
from custom_components.back_exercise.store import Store
from tests.engine.builders import CATALOGUE
from tests.engine.lives import Life, day

SESSIONS = 7300
DIARY = "0" * 32
TICK_S = 0.001
PAINS = (0, 1, 1, 2, 2, 3, 4)
CHANGES = (-1, 0, 0, 0, 0, 1, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class DiaryCost:
    """What was measured; seconds."""

    sessions: int
    entries: int
    bytes: int
    append_s: list[float]
    """From the call of one that waits until it has been committed."""
    start_s: list[float]
    """From a checkpoint, as after Home Assistant was restarted."""
    start_blocked_s: float
    """The longest that the event loop stood still meanwhile."""
    plan_s: list[float]
    """The programme with time passed, and what it means today; in the event loop."""
    anew_s: float
    """A start with other rules: everything is read and folded, and none is lost."""
    anew_blocked_s: float
    edit_s: float
    """An entry of the first year is changed."""

    @property
    def append_p99_s(self) -> float:
        """The longest of a hundred."""
        return quantiles(self.append_s, n=100)[98]


class LongLife(Life):
    """Somebody who goes on for many years; every session folds only what is new."""

    def __init__(self) -> None:
        """Begin with a clear screen."""
        self._programme: Programme | None = None
        self._folded = 0
        self.recorded: list[Entry] = []
        super().__init__()

    @override
    def programme(self, number: float | None = None) -> Programme:
        """Return what follows, and log what was decided on the way."""
        new = self.entries[self._folded :]
        log = Log()
        self._programme = fold(CATALOGUE, new, self._programme, log=log)
        self._folded = len(self.entries)
        self.recorded += [*new, *(log_entry(each, self.zone) for each in log.taken)]
        if number is None:
            return self._programme
        return fold(CATALOGUE, (), self._programme, now=day(number))


def live(sessions: int) -> LongLife:
    """Return the diary of somebody who does a session whenever one is allowed."""
    life = LongLife()
    chance = random.Random(1)  # noqa: S311 - no secret
    number = done = 0
    while done < sessions:
        pain = chance.choice(PAINS)
        if number % 7 == 0:
            life.activity(number - 0.3, 30, Intensity.MODERATE)
        if life.programme(number).locked or number % 28 == 0:
            agreed = {"assessed": True, "clinician_agreed": True, "advice_taken": True}
            life.screen(number - 0.01, **agreed)
        if life.today(number, pain).plan:
            next_day = min(10, max(0, pain + chance.choice(CHANGES)))
            life.session(number, pain=pain, next_day=next_day)
            done += 1
        number += 1
    life.programme()
    return life


async def measure(folder: Path, sessions: int = SESSIONS) -> DiaryCost:
    """Make such a diary, and use it as Home Assistant does."""
    life = await asyncio.to_thread(live, sessions)
    hass = HomeAssistant(str(folder))
    path = path_of(hass, DIARY)
    store = Store.open(path, "Bench")
    store.append(life.recorded)
    store.close()
    try:
        anew_s, anew_blocked_s, diary = await watched(lambda: begin(hass))
        await diary.async_close()
        starts = []
        blocked = []
        for _ in range(20):
            seconds, blocked_s, diary = await watched(lambda: begin(hass))
            starts.append(seconds)
            blocked.append(blocked_s)
            await diary.async_close()
        diary = await begin(hass)
        now = life.entries[-1].at + timedelta(hours=2)
        plans = [plan(diary, now + timedelta(minutes=number)) for number in range(200)]
        appends = [
            await append(diary, now + timedelta(minutes=number))
            for number in range(500)
        ]
        rating = next(each for each in life.entries if each.kind is Kind.RATING)
        edit_s, _, _ = await watched(
            lambda: diary.async_edit(rating.id, {"value": 3}, source="bench")
        )
        await diary.async_close()
    finally:
        await hass.async_stop(force=True)
    return DiaryCost(
        sessions=sessions,
        entries=len(life.recorded),
        bytes=path.stat().st_size,
        append_s=appends,
        start_s=starts,
        start_blocked_s=median(blocked),
        plan_s=plans,
        anew_s=anew_s,
        anew_blocked_s=anew_blocked_s,
        edit_s=edit_s,
    )


async def begin(hass: HomeAssistant) -> Diary:
    """Open the diary as an entry does."""
    return await Diary.async_open(hass, DIARY, "Bench", CATALOGUE)


async def append(diary: Diary, now: datetime) -> float:
    """Record a rating; return how long whoever gave it waits."""
    rating = Rating(value=2, context=Context.AT_LARGE)
    start = time.perf_counter()
    await diary.async_add(rating, source="bench", at=now)
    return time.perf_counter() - start


def plan(diary: Diary, now: datetime) -> float:
    """Make today's plan; return how long it takes."""
    start = time.perf_counter()
    today(diary.at(now), CATALOGUE, Ask(now=now, zone="UTC", pain=1))
    return time.perf_counter() - start


async def watched(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """Do something; return how long it takes and how long the loop stood still."""
    longest = 0.0

    async def tick() -> None:
        nonlocal longest
        while True:
            start = time.perf_counter()
            await asyncio.sleep(TICK_S)
            longest = max(longest, time.perf_counter() - start - TICK_S)

    ticking = asyncio.create_task(tick())
    await asyncio.sleep(10 * TICK_S)
    longest = 0.0
    start = time.perf_counter()
    result = await work()
    seconds = time.perf_counter() - start
    ticking.cancel()
    return seconds, longest, result
