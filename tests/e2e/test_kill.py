"""Nothing that was confirmed is lost when Home Assistant is killed.

A real process is killed with SIGKILL at random moments: of a session, while ratings
are being written, and while it starts. BACK_EXERCISE_KILLS says how often (5 unless
told), BACK_EXERCISE_SEED repeats a run.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
import json
import os
from pathlib import Path
import random
import shutil
import sqlite3
import time
from typing import Any

import aiohttp
import pytest

from demo import setup
from demo.home import Home, Json, RefusedError
from demo.part import free_port

from .bare import BareHouse
from .person import Change, Watch, log_of, watching
from .routine import hurry, shorten

KILLS = int(os.environ.get("BACK_EXERCISE_KILLS", "5"))
SEED = int(os.environ.get("BACK_EXERCISE_SEED", random.randrange(10**6)))  # noqa: S311

FIRST = "pelvic_tilts"
REPETITIONS = {FIRST: 40, "simplified_piriformis_stretch": 25}
HOLD_S = 0.8
QUICK = {
    "lift": 0.3,
    "lower": 0.4,
    "pause_same": 0.2,
    "side_change": 1,
    "getting_ready": 1,
    "introduction": 1,
}
"""Seconds of what would take long."""
DONE_S = QUICK["lift"] + HOLD_S + QUICK["lower"]
CYCLE_S = DONE_S + QUICK["pause_same"]

LONGEST_S = 14.0
"""At most so long a session goes on before it is killed."""
SETTLED_S = 0.7
"""What was told so long before the kill must be kept: the disk may be busy."""
OLDEST = timedelta(hours=70)
"""The ratings are of moments from then on, so that each can be told from the others."""
MOST = 1000
"""So many entries are answered at once."""
LATE = timedelta(minutes=31)
"""A session is gone on with within half an hour."""
PAIN = 1
"""Never enough for the rules to end anything."""

FIRST_START = 3
"""A kill in the start comes within so many seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a diary's file holds."""

    integrity: str
    entries: tuple[tuple[str, str, Json], ...]
    """Kind, time and content, in the order of recording."""
    session: Json
    """The one that is going on; None where there is none."""

    @property
    def ratings(self) -> set[str]:
        """The times of the ratings."""
        return {at for kind, at, _ in self.entries if kind == "rating"}

    @property
    def last(self) -> list[tuple[str, Json]]:
        """What was recorded of the last session: kind and content."""
        found: list[tuple[str, Json]] = []
        for kind, _, data in self.entries:
            if kind == "session_started":
                found.clear()
            found.append((kind, data))
        return found

    @property
    def sessions(self) -> int:
        """How many sessions were begun."""
        return [kind for kind, *_ in self.entries].count("session_started")

    @property
    def outcome(self) -> str | None:
        """How the last session ended."""
        ends = [data for kind, data in self.last if kind == "session_ended"]
        return ends[-1]["outcome"] if ends else None

    @property
    def turned(self) -> int:
        """How many repetitions of the first exercise the last session is filed with."""
        turns = [data for kind, data in self.last if kind == "exercise_done"]
        return sum(turn["done"] for turn in turns if turn["exercise"] == FIRST)

    @property
    def done(self) -> int:
        """How many repetitions of the session that is going on are done."""
        return sum(count for *_, count in self._counts)

    @property
    def done_of_first(self) -> int:
        """How many of these are of the first exercise, which has no sides."""
        return sum(count for name, *_, count in self._counts if name == FIRST)

    @property
    def _counts(self) -> list[tuple[str, int, str, int]]:
        """Exercise, set, side, and how many repetitions of it are done."""
        return self.session["session"]["done"] if self.session else []


@dataclass(kw_only=True)
class Ratings:
    """Ratings that are posted, and which of them were confirmed."""

    home: Home
    entity: str
    moments: list[datetime]
    """Still to be used: each rating has one of its own to be known by."""
    sent: int = 0
    confirmed: set[str] = field(default_factory=set)

    async def post(self) -> None:
        """Post a rating and note whether it was confirmed."""
        at = self.moments.pop().isoformat()
        self.sent += 1
        await self.home.rest(
            "POST",
            "/api/services/back_exercise/rate?return_response",
            {
                "entity_id": self.entity,
                "pain": PAIN,
                "context": "at_large",
                "at": at,
            },
        )
        self.confirmed.add(at)

    @asynccontextmanager
    async def posting(self, posters: int, pause_s: float) -> AsyncIterator[None]:
        """Have so many ratings posted at once, again and again."""

        async def go_on() -> None:
            # until the process is gone
            with suppress(aiohttp.ClientError, ConnectionError):
                while True:
                    await self.post()
                    await asyncio.sleep(pause_s)

        tasks = [asyncio.create_task(go_on()) for _ in range(posters)]
        try:
            yield
        finally:
            results = await asyncio.gather(*tasks, return_exceptions=True)
            assert not [each for each in results if each]


@dataclass(kw_only=True)
class Life:
    """A person, the Home Assistant they have, and what must never be lost."""

    house: BareHouse
    folder: Path
    entities: dict[str, str]
    confirmed: set[str] = field(default_factory=set)
    sent: int = 0
    moments: list[datetime]

    @property
    def diary(self) -> Path:
        """The file of the diary."""
        [path] = (self.house.config / "back_exercise").glob("*.db")
        return path

    def look(self) -> Kept:
        """Return what a copy of the diary holds, as a start would find it."""
        copy = self.folder / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        copy.mkdir()
        for path in self.diary.parent.iterdir():
            assert path.name.startswith(self.diary.name)
            if not path.name.endswith("-shm"):  # made anew from the log
                shutil.copy(path, copy)
        with closing(sqlite3.connect(copy / self.diary.name)) as database:
            [[integrity]] = database.execute("PRAGMA integrity_check")
            rows = database.execute("SELECT kind, at, data FROM entries ORDER BY seq")
            entries = tuple((kind, at, json.loads(data)) for kind, at, data in rows)
            sessions = database.execute("SELECT data FROM open_session").fetchall()
        return Kept(
            integrity=integrity,
            entries=entries,
            session=json.loads(sessions[0][0]) if sessions else None,
        )

    def files(self) -> set[str]:
        """Return what lies beside the diary's file, by what follows its name."""
        name = self.diary.name
        return {path.name.removeprefix(name) for path in self.diary.parent.iterdir()}

    async def state(self, home: Home, key: str) -> Json:
        """Return the state of one of the person's entities."""
        return await home.state(self.entities[key])

    async def act(self, home: Home, action: str, data: Json = None) -> Json:
        """Perform an action for the person; return what it answers."""
        target = {"entity_id": self.entities["session"]}
        answer = await home.act(f"back_exercise.{action}", data, target, response=True)
        return next(iter(answer.values()))


@pytest.fixture
def settings() -> dict[str, Json]:
    """Return what Home Assistant is to have besides."""
    return {}


@pytest.fixture
async def life(tmp_path: Path, settings: dict[str, Json]) -> AsyncIterator[Life]:
    """Return a person whose sessions are silent and quick."""
    component = shorten(setup.BACK_EXERCISE, tmp_path, REPETITIONS, HOLD_S)
    hurry(component, QUICK)
    config = tmp_path / "config"
    config.mkdir()
    house = BareHouse(
        config=config, port=free_port(), components=[component], settings=settings
    )
    await house.start()
    try:
        async with house.connect() as home:
            answers = {
                "user": {"name": "Kim", "accepted": True},
                "screen": {},
                "reminder": {},
                "voice": {},
            }
            await home.add_entry("back_exercise", answers)
            entities = await home.entities("back_exercise")
        await house.stop()  # so that the entry is written down
        await house.start()
        first = (datetime.now(UTC) - OLDEST).replace(microsecond=0)
        yield Life(
            house=house,
            folder=tmp_path,
            entities={
                unique_id.partition("_")[2]: entity_id
                for unique_id, entity_id in entities.items()
            },
            moments=[first + timedelta(seconds=n) for n in range(100_000)],
        )
    finally:
        await house.stop()


@pytest.mark.timeout(300 + 60 * KILLS)
async def test_nothing_that_was_confirmed_is_lost_by_kills(life: Life) -> None:
    tell(f"\n{KILLS} kills, BACK_EXERCISE_SEED={SEED}")
    chance = random.Random(SEED)  # noqa: S311 - no secret
    after = life.look()
    for number in range(KILLS):
        before = after
        watch, killed_at = await live(life, chance)
        after = life.look()
        done = before.done if before.sessions == after.sessions else 0
        least, most = (done + each for each in repetitions(life, watch, killed_at))
        tell(
            f"kill {number + 1}: {len(after.entries)} entries,"
            f" {len(life.confirmed)} of {life.sent} ratings confirmed,"
            f" repetitions {done} → {after.done} of {least} to {most},"
            f" at {shown_of(life, watch)}"
        )
        assert after.integrity == "ok"
        assert life.files() <= {"", "-wal", "-shm"}
        assert life.confirmed <= after.ratings
        assert len(after.ratings) <= life.sent
        if after.session:
            assert least <= after.done <= most
        else:
            assert most == done or after.outcome
        if chance.random() < 0.2:
            await life.house.part.start()
            await asyncio.sleep(chance.uniform(0, FIRST_START))
            await life.house.kill()
        await life.house.start()
        async with life.house.connect() as home:
            await check_shown(life, home, after)
    async with life.house.connect() as home:
        await finish(life, home)
        asked = {"kinds": ["rating"], "limit": MOST}
        diary = await life.act(home, "get_diary", asked)
        known = await home.ask("repairs/list_issues")
    listed = {str(each["at"]) for each in diary["entries"]}
    assert life.confirmed <= listed or len(listed) == MOST
    assert [each for each in known["issues"] if each["domain"] == "back_exercise"] == []
    await life.house.stop()
    assert life.files() == {""}
    finished = life.look()
    assert life.confirmed <= finished.ratings
    assert finished.session is None
    assert finished.outcome == "completed"
    if after.session:
        assert finished.turned >= after.done_of_first
    assert "Traceback" not in log_of(life.house.config)


async def test_a_session_that_nobody_goes_on_with_is_filed_as_partial(
    life: Life,
) -> None:
    async with life.house.connect() as home, watching(home) as watch:
        await go_on(life, home)
        await watch.until(
            life.entities["exercise"],
            lambda change: change.attributes.get("step") == "work",
            within=timedelta(seconds=30),
        )
        await asyncio.sleep(DONE_S + SETTLED_S)
        await life.house.kill()
    cut_off = life.look()

    make_older(life.diary, LATE)
    await life.house.start()
    async with life.house.connect() as home:
        assert (await life.state(home, "session"))["state"] == "idle"
    await life.house.stop()

    filed = life.look()
    assert cut_off.done >= 1
    assert filed.session is None
    assert filed.outcome == "partial"
    assert filed.turned == cut_off.done_of_first


def make_older(diary: Path, age: timedelta) -> None:
    """Let a session have been cut off some time ago."""
    with closing(sqlite3.connect(diary, autocommit=True)) as database:
        [[text]] = database.execute("SELECT data FROM open_session")
        data = json.loads(text)
        data["at"] = (datetime.fromisoformat(data["at"]) - age).isoformat()
        database.execute("UPDATE open_session SET data = ?", (json.dumps(data),))


async def live(life: Life, chance: random.Random) -> tuple[Watch, float]:
    """Exercise and rate for a while, then be killed; return what was seen, and when."""
    async with life.house.connect() as home:
        ratings = Ratings(
            home=home, entity=life.entities["session"], moments=life.moments
        )
        with suppress(ConnectionError):
            async with watching(home) as watch:
                await go_on(life, home)
                is_burst = chance.random() < 0.5
                async with ratings.posting(1, 0.4):
                    await asyncio.sleep(chance.uniform(0, LONGEST_S))
                    if chance.random() < 0.3:
                        await command(life, home, chance)
                    async with ratings.posting(4 * is_burst, 0):
                        await asyncio.sleep(chance.uniform(0, 1))
                        killed_at = time.monotonic()
                        await life.house.kill()
    life.confirmed |= ratings.confirmed
    life.sent += ratings.sent
    return watch, killed_at


async def command(life: Life, home: Home, chance: random.Random) -> None:
    """Do what a person may do at any moment, where it makes sense then."""
    allowed = {"pause", "next", "easier"}
    if (await life.state(home, "session"))["state"] == "asking":
        allowed = {"pause"}  # the next thing would be the end
    with suppress(RefusedError):
        await life.act(home, chance.choice(sorted(allowed)))


def repetitions(life: Life, watch: Watch, killed_at: float) -> tuple[int, int]:
    """Return how many repetitions must be kept, and how many can have been done."""
    changes = watch.of(life.entities["exercise"])
    least = most = 0
    ends = [*(each.at for each in changes), killed_at][1:]
    for change, end in zip(changes, ends, strict=True):
        if change.attributes.get("step") == "work":
            left = change.attributes["of"] - change.attributes["repetition"] + 1
            least += min(left, count(min(end, killed_at - SETTLED_S) - change.at))
            most += min(left, count(end - change.at + SETTLED_S))
    return least, most


def count(seconds: float) -> int:
    """Return how many repetitions are done after some seconds of work."""
    return max(0, int((seconds - DONE_S) // CYCLE_S) + 1)


def shown_of(life: Life, watch: Watch) -> str:
    """Return where the session was shown to be at last."""
    changes: Sequence[Change] = watch.of(life.entities["exercise"])
    if not changes:
        return "nothing"
    last = changes[-1]
    return f"{last.state} {last.attributes.get('step')}"


async def check_shown(life: Life, home: Home, kept: Kept) -> None:
    """See that the session that was kept is back, paused where it was."""
    session = await life.state(home, "session")
    if kept.session is None:
        assert session["state"] == "idle"
        return
    assert session["state"] == "paused"
    exercise = await life.state(home, "exercise")
    remembered = kept.session["session"]
    if remembered["current"]:
        assert exercise["state"] == remembered["current"]
    shown: dict[str, Any] = exercise["attributes"]
    if shown["step"] == "work":
        done = sum(
            count
            for name, set_, side, count in remembered["done"]
            if (name, set_, side) == (exercise["state"], shown["set"], shown["side"])
        )
        assert shown["repetition"] == min(done + 1, shown["of"])


async def finish(life: Life, home: Home) -> None:
    """Go on with the session to its end."""
    async with watching(home) as watch:
        await go_on(life, home)
        session = life.entities["session"]
        while (await life.state(home, "exercise"))["state"] != "unknown":
            await home.until(session, "running")
            await life.act(home, "next")
        await home.until(session, "asking", within=timedelta(seconds=20))
        for key in ("pain_now", "effort"):
            await home.act(
                "number.set_value", {"value": PAIN}, {"entity_id": life.entities[key]}
            )
        await watch.until(session, lambda change: change.state == "idle")


async def go_on(life: Life, home: Home) -> None:
    """Go on with the session that waits, or begin one."""
    if (await life.state(home, "session"))["state"] == "paused":
        if (await life.state(home, "exercise"))["state"] != "unknown":
            await life.act(home, "resume")
            return
        await life.act(home, "stop")  # only the last question is left
    await life.act(home, "start", {"pain_before": PAIN, "override": True})


def tell(line: str) -> None:
    """Tell who runs it with -s how it goes, and otherwise who has to look into it."""
    print(line, flush=True)  # noqa: T201
