"""What becomes of sessions where very much is asked of Home Assistant at once."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
import itertools
from pathlib import Path
import random
import time
from typing import Final

import pytest

from demo import setup
from demo.home import Home, RefusedError

from .parts import Parts, assemble
from .person import Person, add_person, log_of, watching
from .routine import shorten

SECTION: Final = "Commands"

COMMANDS: Final = (
    *("pause", "resume", "next", "previous"),
    *("repeat", "explain", "easier", "sharp_pain"),
)
SENTENCES: Final = ("pause my exercises", "resume my exercises", "my back is 1")
LEGAL: Final = {"idle", "preparing", "running", "asking", "paused"}
FLOOD: Final = timedelta(seconds=10)
PER_S: Final = 20
ANSWERED_S: Final = 0.25
"""By then another client has its answer, most often."""
STUCK_S: Final = 2.0
"""It never waits so long, on a machine with something else to do."""

PEOPLE: Final = 10
ROOMS: Final = [f"Room {number}" for number in range(1, PEOPLE + 1)]
LATENESS: Final = Path(__file__).resolve().parent / "lateness"
TOGETHER: Final = timedelta(seconds=100)
BUDGET_S: Final = 0.02
"""So late, at most, is a session told the time 99 times of 100."""
ENOUGH: Final = 80

type Deed = Callable[[], Awaitable[object]]


async def card(home: Home, person: Person) -> None:
    """Be a card that is opened, asks for the past, and is closed again."""
    asked = {"entity_id": person.entities["session"], "language": "en"}
    async with home.subscription("back_exercise/subscribe", **asked):
        await home.ask("back_exercise/history", **asked)


def deeds(home: Home, person: Person) -> list[Deed]:
    """Return what may be done about a session, from all sides."""
    session = person.entities["session"]
    pressed = {"action": "BACK_EXERCISE_no_such_button", "tag": "none"}
    return [
        *(lambda name=name: person.perform(name) for name in COMMANDS),
        *(lambda name=name: person.press(name) for name in COMMANDS),
        lambda: person.perform("rate", {"pain": 1}),
        lambda: person.rate("pain_now", 2),
        lambda: person.perform("start", {"pain_before": 1, "override": True}),
        lambda: person.perform("get_plan"),
        lambda: card(home, person),
        *(
            lambda text=text: home.ask("conversation/process", text=text, language="en")
            for text in SENTENCES
        ),
        lambda: home.rest(
            "POST", "/api/events/mobile_app_notification_action", pressed
        ),
        lambda: home.rest("GET", f"/api/states/{session}"),
    ]


async def flood(home: Home, person: Person, seed: int) -> int:
    """Do very much at once; what makes no sense is refused. Return how much."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    possible = deeds(home, person)
    doing: list[asyncio.Task[None]] = []

    async def do(deed: Deed) -> None:
        with suppress(RefusedError):
            await deed()

    begin = time.monotonic()
    for number in itertools.count(1):
        doing.append(asyncio.create_task(do(chance.choice(possible))))
        await asyncio.sleep(begin + number / PER_S - time.monotonic())
        if time.monotonic() - begin >= FLOOD.total_seconds():
            break
    async with asyncio.timeout(30):
        await asyncio.gather(*doing)
    return len(doing)


async def pings(home: Home) -> list[float]:
    """Return how long another client waits for an answer, in seconds, until ended."""
    waits: list[float] = []
    with suppress(asyncio.CancelledError):
        while True:
            at = time.monotonic()
            await home.ask("ping")
            waits.append(time.monotonic() - at)
            await asyncio.sleep(0.05)
    return waits


def share(values: list[float], part: float) -> float:
    """Return what so large a part of some values does not exceed."""
    return sorted(values)[int(part * (len(values) - 1))]


async def balance(person: Person) -> tuple[int, int]:
    """Return how many sessions of the diary were begun, and how many ended."""
    kinds = ["session_started", "session_ended"]
    diary = await person.perform("get_diary", {"kinds": kinds, "limit": 1000})
    found = [each["kind"] for each in diary["entries"]]
    return found.count(kinds[0]), found.count(kinds[1])


async def finish(person: Person) -> None:
    """Stop the session, if one is going on."""
    with suppress(RefusedError):
        await person.perform("stop")
    await person.parts.home.until(person.entities["session"], "idle")


@pytest.mark.case("twenty commands a second from all sides")
async def test_flooded(parts: Parts) -> None:
    gil = await add_person(parts, "Gil", [parts.mpd])
    before = len(log_of(parts.house.config))
    begun = time.monotonic()
    await gil.perform("start", {"pain_before": 1})
    async with watching(parts.home) as watch, parts.house.connect() as other:
        await gil.until_session(watch, "running", begun, timedelta(seconds=30))
        pinging = asyncio.create_task(pings(other))
        count = await flood(parts.home, gil, seed=20)
        pinging.cancel()
        waits = await pinging
        told = {each.state for each in watch.of(gil.entities["session"])}
        state = await parts.home.state(gil.entities["session"])
        await finish(gil)
    await parts.until_quiet("mpd")
    started, ended = await balance(gil)

    tell(f"{count} commands; answered after {share(waits, 0.5):.3f} s, at most")
    tell(f"{max(waits):.3f} s; {started} sessions")
    assert count >= PER_S * FLOOD.total_seconds() * 0.9
    assert state["state"] in LEGAL
    assert told <= LEGAL
    assert started == ended
    assert share(waits, 0.5) < ANSWERED_S
    assert max(waits) < STUCK_S
    assert "Traceback" not in log_of(parts.house.config)[before:]


@pytest.fixture
async def full(tmp_path: Path) -> AsyncIterator[Parts]:
    """Have a Home Assistant with ten rooms up."""
    component = shorten(setup.BACK_EXERCISE, tmp_path, {"pelvic_tilts": 30}, hold_s=1)
    parts = tmp_path / "parts"
    parts.mkdir()
    settings = {"lateness": ROOMS}
    async with assemble(parts, [component, LATENESS], settings) as assembled:
        yield assembled


@pytest.mark.long
@pytest.mark.case("ten sessions at once")
async def test_ten_sessions(full: Parts) -> None:
    people = [
        await add_person(full, f"Kim {number}", [speaker])
        for number, speaker in enumerate(await speakers(full), 1)
    ]
    path = full.house.config / "lateness.txt"
    async with watching(full.home) as watch:
        begun = time.monotonic()
        await asyncio.gather(*(each.begin() for each in people))
        for each in people:
            await each.until_session(watch, "running", begun, timedelta(seconds=60))
        await full.home.act("lateness.flush")
        path.unlink(missing_ok=True)
        await asyncio.sleep(TOGETHER.total_seconds())
        states = [
            (await full.home.state(each.entities["session"]))["state"]
            for each in people
        ]
        await full.home.act("lateness.flush")
        for each in people:
            await finish(each)

    noted = [float(line) for line in path.read_text().split()]
    late = [max(0.0, each) for each in noted]
    stalls = full.stalls_s(begun, time.monotonic())
    tell(
        f"{len(late)} moments: half at most {share(late, 0.5) * 1000:.1f} ms late,"
        f" 99 % {share(late, 0.99) * 1000:.1f} ms, all {max(late) * 1000:.1f} ms;"
        f" the machine stood still {len(stalls)} times, {sum(stalls):.2f} s"
    )
    assert set(states) <= {"running", "asking", "preparing"}
    assert len(late) >= ENOUGH
    assert share(late, 0.99) <= BUDGET_S
    assert [await balance(each) for each in people] == [(1, 1)] * PEOPLE
    assert "Traceback" not in log_of(full.house.config)


async def speakers(parts: Parts) -> list[str]:
    """Return the speakers of the ten rooms."""
    entities = await parts.home.entities("lateness")
    return [entities[name] for name in ROOMS]


def tell(line: str) -> None:
    """Tell who runs it with -s what was measured."""
    print(line, flush=True)  # noqa: T201
