"""What setting up an entry takes, in a Home Assistant that has not imported it yet.

Nothing that Home Assistant itself would import or load for other integrations counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from demo.home import Json, store
from demo.part import free_port
from tests.e2e.bare import BareHouse

LOADED = (
    *("binary_sensor", "button", "calendar", "event", "image"),
    *("number", "select", "sensor", "switch", "time"),
    *("media_player", "schedule", "tts"),
)
"""What is Home Assistant's own: it is loaded before, and not counted."""

PERSONS = ("Bench", "Bank")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What a part of a set-up took."""

    s: float
    """By the clock, with whatever else the machine did meanwhile."""
    cpu_s: float
    """Of the processor, in all threads of Home Assistant."""
    loop_s: float
    """Of these, in the event loop."""
    traced_bytes: int
    """What Python allocated for it and still had after it; 0 where not traced."""
    resident_bytes: int
    """By how much the process grew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUp:
    """What it took, part by part."""

    imports: Stage
    """All modules that Home Assistant imports for an entry, from their bytecode."""
    entry: Stage
    """The first entry, with what is set up once for all."""
    another: Stage
    """That of a second person."""
    others: Sequence[str]
    """Modules that were imported meanwhile and are not ours, but counted."""

    @property
    def cpu_s(self) -> float:
        """What the first entry took of the processor, imports included."""
        return self.imports.cpu_s + self.entry.cpu_s

    @property
    def traced_bytes(self) -> int:
        """What was allocated for the first entry, imports included."""
        return self.imports.traced_bytes + self.entry.traced_bytes


async def measure(folder: Path, components: Sequence[Path], *, trace: bool) -> SetUp:
    """Start a Home Assistant with disabled entries, and enable them.

    To trace memory takes much time, so the times are of no use then.
    """
    house = BareHouse(
        config=folder,
        port=free_port(),
        components=components,
        settings=dict.fromkeys((*LOADED, "loop_watch")),
    )
    storage = folder / ".storage"
    storage.mkdir(parents=True)
    entries = [entry(name) for name in PERSONS]
    store(storage / "core.config_entries", 1, {"entries": entries}, minor=5)
    await house.start()
    try:
        async with house.connect() as home:
            answer = await home.act(
                "loop_watch.set_up", {"trace": trace}, response=True
            )
    finally:
        await house.stop()
    if answer["imported_before"] or {*answer["states"]} != {"loaded"}:
        raise RuntimeError(answer)
    return SetUp(
        imports=Stage(**answer["imports"]),
        entry=Stage(**answer["entry"]),
        another=Stage(**answer["another"]),
        others=answer["imported_of_others"],
    )


def entry(name: str) -> Json:
    """Return the entry of a person as Home Assistant stores it, disabled."""
    moment = "2026-01-01T00:00:00+00:00"
    return {
        "created_at": moment,
        "modified_at": moment,
        "entry_id": f"01{name.upper()}",
        "version": 1,
        "minor_version": 1,
        "domain": "back_exercise",
        "title": name,
        "data": {"name": name, "accepted": moment},
        "options": {
            "speakers": ["media_player.bench"],
            "engine": "tts.bench",
            "language": "en",
            "voice": None,
            "volume": None,
            "mode": "track",
            "routine": None,
            "speech": True,
        },
        "subentries": [],
        "pref_disable_new_entities": False,
        "pref_disable_polling": False,
        "source": "user",
        "unique_id": name.lower(),
        "disabled_by": "user",
        "discovery_keys": {},
    }
