"""How a session shares an Assist satellite with whoever speaks to it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
import time

import pytest

from custom_components.back_exercise.engine.plan import CheckIn

from .parts import Parts
from .person import Person, Watch, log_of, watching
from .score import cut, overlapping, timetables

FIRST = "pelvic_tilts"
TALK_S = 12.0
PIECE_S = 6.5
"""The announcement of a repetition takes so long."""
GONE_S = 14.0
AWAY_S = 25.0
"""Home Assistant takes up to 13 s more to find a satellite again."""


@pytest.fixture
async def watch(parts: Parts) -> AsyncIterator[Watch]:
    """Note every change of a state, and see that nothing of ours broke meanwhile."""
    before = len(log_of(parts.house.config))
    async with watching(parts.home) as noted:
        yield noted
    told = log_of(parts.house.config)[before:].split("Traceback")[1:]
    assert not [each for each in told if "back_exercise" in each]


async def at_work(person: Person, watch: Watch) -> float:
    """Start a session; return when it began, once the first repetition is done."""
    begin = await person.begin()
    await person.until_at(watch, "work", FIRST, begin)
    return begin


async def finish(person: Person, watch: Watch) -> None:
    """Stop the session, and wait until the last words were said."""
    at = await person.press("stop")
    await person.until_session(watch, "idle", at)
    await person.parts.until_quiet("satellite")


async def test_nothing_is_said_while_somebody_speaks_to_the_satellite(
    parts: Parts, cleo: Person, watch: Watch, component: Path
) -> None:
    begin = await at_work(cleo, watch)
    # in the middle of a repetition: what is being said of it can't be cut
    await asyncio.sleep(1.0)
    told_at = time.monotonic()
    parts.tell_satellite(f"talk {TALK_S}")
    listening = await watch.until(
        parts.satellite, lambda change: change.state == "listening", since=told_at
    )
    understood = await watch.until(
        parts.satellite,
        lambda change: change.state == "processing",
        since=listening.at,
        within=timedelta(seconds=TALK_S + 10.0),
    )
    await asyncio.sleep(20.0)
    await finish(cleo, watch)

    heard = await parts.heard("satellite", begin)
    ours = {
        text
        for table in timetables(component, parts, CheckIn.EACH_EXERCISE)
        for text in table.texts
    }
    meanwhile = [
        each.text
        for each in heard
        if listening.at + PIECE_S < each.on < understood.at and each.text in ours
    ]
    assert meanwhile == []
    assert understood.at - listening.at > PIECE_S + 1.0
    assert [each for each in heard if each.on > understood.at and each.text in ours]
    assert cut(heard) == []
    assert overlapping(heard) == []


async def test_a_satellite_that_is_gone_for_a_while_does_not_stop_the_session(
    parts: Parts, cleo: Person, watch: Watch
) -> None:
    begin = await at_work(cleo, watch)
    await asyncio.sleep(1.0)
    parts.tell_satellite(f"leave {GONE_S}")
    gone_at = time.monotonic()
    await cleo.until_session(watch, "asking", begin, timedelta(seconds=90))
    await asyncio.sleep(max(0.0, gone_at + GONE_S + AWAY_S - time.monotonic()))
    at = time.monotonic()
    await cleo.rate("pain_now", 1)
    await cleo.rate("effort", 4)
    await asyncio.sleep(10.0)
    states = [each.state for each in watch.of(cleo.entities["session"], begin)]
    await finish(cleo, watch)

    assert "paused" not in states
    assert await parts.heard("satellite", at)
