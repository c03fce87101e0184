"""A person whose sessions are played on the real parts, and watched."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
import sqlite3
import time

from demo.home import Home, Json

from .parts import Parts

COMMIT_S = 6.5
"""The recorder writes its rows every five seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An entity as Home Assistant told it, and when that arrived here."""

    at: float
    clock: float
    """What the clock said then, in seconds; it may be set at any time."""
    entity: str
    state: str
    attributes: Json


@dataclass(kw_only=True)
class Watch:
    """What entities were told to be, in order."""

    changes: list[Change] = field(default_factory=list)

    def of(self, entity: str, since: float = 0.0) -> list[Change]:
        """Return the changes of an entity."""
        return [
            each for each in self.changes if each.entity == entity and each.at >= since
        ]

    async def until(
        self,
        entity: str,
        is_it: Callable[[Change], bool],
        *,
        since: float = 0.0,
        within: timedelta = timedelta(seconds=15),
    ) -> Change:
        """Wait for a change of an entity and return it."""
        try:
            async with asyncio.timeout(within.total_seconds()):
                while True:
                    for change in self.of(entity, since):
                        if is_it(change):
                            return change
                    await asyncio.sleep(0.02)
        except TimeoutError:
            known = [each.state for each in self.of(entity)[-5:]]
            raise TimeoutError(f"{entity} was {known} at last") from None


@asynccontextmanager
async def watching(home: Home) -> AsyncIterator[Watch]:
    """Note every change of a state."""
    watch = Watch()
    async with home.events("state_changed") as queue:

        async def note() -> None:
            while True:
                data = (await queue.get())["data"]
                if new := data["new_state"]:
                    change = Change(
                        at=time.monotonic(),
                        clock=time.time(),
                        entity=data["entity_id"],
                        state=new["state"],
                        attributes=new["attributes"],
                    )
                    watch.changes.append(change)

        noting = asyncio.create_task(note())
        try:
            yield watch
        finally:
            noting.cancel()


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone who exercises."""

    parts: Parts
    entry_id: str
    entities: dict[str, str]
    """Key of an entity → entity id."""

    async def press(self, command: str) -> float:
        """Press the button of a command; return when."""
        at = time.monotonic()
        target = {"entity_id": self.entities[command]}
        await self.parts.home.act("button.press", {}, target)
        return at

    async def rate(self, key: str, value: int) -> float:
        """Say by the number entity of pain or effort how it is; return when."""
        at = time.monotonic()
        target = {"entity_id": self.entities[key]}
        await self.parts.home.act("number.set_value", {"value": value}, target)
        return at

    async def begin(self, pain: int = 1) -> float:
        """Start a session with the pain before it, so that it is not asked for."""
        at = time.monotonic()
        await self.perform("start", {"pain_before": pain})
        return at

    async def perform(self, action: str, data: Json = None) -> Json:
        """Perform an action of the integration; return what it answers."""
        session = self.entities["session"]
        answer = await self.parts.home.act(
            f"back_exercise.{action}", data, {"entity_id": session}, response=True
        )
        return next(iter(answer.values()))

    async def until_at(
        self, watch: Watch, step: str, exercise: str, since: float
    ) -> Change:
        """Wait until the session is at a step of an exercise."""
        return await watch.until(
            self.entities["exercise"],
            lambda change: (
                change.state == exercise and change.attributes.get("step") == step
            ),
            since=since,
            within=timedelta(seconds=60),
        )

    async def until_track(self, watch: Watch, since: float, after: str = "") -> str:
        """Return the address of a track once the media player has it."""
        name = "media_content_id"
        change = await watch.until(
            self.parts.mpd,
            lambda change: (
                "/track/" in change.attributes.get(name, "")
                and change.attributes[name] != after
            ),
            since=since,
            within=timedelta(minutes=1),
        )
        return str(change.attributes[name])

    async def until_session(
        self,
        watch: Watch,
        state: str,
        since: float,
        within: timedelta = timedelta(seconds=15),
    ) -> Change:
        """Wait until the session is told to be in a state."""
        return await watch.until(
            self.entities["session"],
            lambda change: change.state == state,
            since=since,
            within=within,
        )


async def add_person(
    parts: Parts,
    name: str,
    speakers: Sequence[str],
    volume: int | None = None,
    diary: str = "new",
) -> Person:
    """Set up a person by the config flow, with nothing that stands against it.

    The volume is in percent. A diary that is there is named by its id.
    """
    home = parts.home
    voice: dict[str, object] = {"speakers": [*speakers], "engine": parts.tts}
    if volume is not None:
        voice["volume"] = volume
    known = await home.entities("back_exercise")
    entry = await home.add_entry(
        "back_exercise",
        {
            "user": {"name": name, "accepted": True},
            "diary": {"diary": diary},
            "screen": {},
            "voice": voice,
            "language": {"language": "en", "voice": "en"},
            "test": {"next_step_id": "finish"},
            "reminder": {},
        },
    )
    entities = await home.entities("back_exercise")
    return Person(
        parts=parts,
        entry_id=entry["entry_id"],
        entities={
            unique_id.partition("_")[2]: entity_id
            for unique_id, entity_id in entities.items()
            if unique_id not in known
        },
    )


def state_rows(config: Path) -> dict[str, int]:
    """Return how many rows of states the recorder has written so far, by entity."""
    query = (
        "select states_meta.entity_id, count(*) from states"
        " join states_meta using (metadata_id) group by 1"
    )
    path = f"file:{config}/home-assistant_v2.db?mode=ro"
    with closing(sqlite3.connect(path, uri=True)) as database:
        return dict(database.execute(query).fetchall())


def log_of(config: Path) -> str:
    """Return what Home Assistant has logged so far."""
    return (config / "home-assistant.log").read_text()
