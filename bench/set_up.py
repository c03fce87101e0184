"""What setting up an entry takes, in a Home Assistant that has not imported it yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from demo.home import House, Json, store
from demo.part import free_port

LOADED = (
    *("binary_sensor", "button", "event", "number", "select", "sensor", "switch"),
    *("media_player", "tts"),
)
"""What every home with a speaker and a voice has loaded already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUp:
    """What it took, its imports included."""

    first_s: float
    first_cpu_s: float
    again_s: float
    """With everything imported."""
    resident_bytes: int
    """By how much the process grew."""
    traced_bytes: int
    """What Python allocated for it and still had after it; 0 where not traced."""


async def measure(folder: Path, components: Sequence[Path], *, trace: bool) -> SetUp:
    """Start a Home Assistant with a disabled entry, and enable it.

    To trace memory takes much time, so the times are of no use then.
    """
    house = House(
        config=folder,
        port=free_port(),
        components=components,
        settings=dict.fromkeys((*LOADED, "loop_watch")),
    )
    storage = folder / ".storage"
    storage.mkdir(parents=True)
    store(storage / "core.config_entries", 1, {"entries": [entry()]}, minor=5)
    await house.start()
    try:
        async with house.connect() as home:
            answer = await home.act(
                "loop_watch.set_up", {"trace": trace}, response=True
            )
    finally:
        await house.stop()
    if answer["imported_before"] or answer["state"] != "loaded":
        raise RuntimeError(answer)
    return SetUp(
        first_s=answer["s"],
        first_cpu_s=answer["cpu_s"],
        again_s=answer["again_s"],
        resident_bytes=answer["resident_bytes"],
        traced_bytes=answer["traced_bytes"],
    )


def entry() -> Json:
    """Return an entry as Home Assistant stores it, disabled."""
    moment = "2026-01-01T00:00:00+00:00"
    return {
        "created_at": moment,
        "modified_at": moment,
        "entry_id": "01BENCH",
        "version": 1,
        "minor_version": 1,
        "domain": "back_exercise",
        "title": "Bench",
        "data": {"name": "Bench", "accepted": moment},
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
        "unique_id": "bench",
        "disabled_by": "user",
        "discovery_keys": {},
    }
