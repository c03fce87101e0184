"""Measures, from within, the Home Assistant that it is loaded in; for the bench only.

Times of the event loop are those of its thread on a processor: what other programs
take of a shared machine does not count.
"""

import asyncio
from asyncio.events import Handle
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
import gc
from pathlib import Path
import sys
import threading
from time import perf_counter, process_time, thread_time
import tracemalloc
from types import CodeType
from typing import Any, Final

from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
)
from homeassistant.helpers.typing import ConfigType
from homeassistant.loader import async_get_integration

DOMAIN: Final = "loop_watch"
WATCHED: Final = "back_exercise"
PACKAGE: Final = f"custom_components.{WATCHED}"
FOLDER: Final = f"/{WATCHED}/"
MANY: Final = 10_000
NOTABLE_S: Final = 0.002
"""Blocks from this length on are listed."""


class LoopWatch:
    """What the event loop did since it was last asked."""

    def __init__(self) -> None:
        """Begin to watch."""
        self._run = Handle._run  # noqa: SLF001 - there is no other way
        self._thread = threading.get_ident()
        self._since: float | None = None
        self.clear()
        self._entering_s = self._measure_entering()
        self.clear()
        watch = self

        def run(handle: Handle) -> None:
            watch.run(handle)

        setattr(Handle, "_run", run)  # noqa: B010 - as above
        tool, events = sys.monitoring.PROFILER_ID, sys.monitoring.events
        sys.monitoring.use_tool_id(tool, DOMAIN)
        for event in (events.PY_START, events.PY_RESUME):
            sys.monitoring.register_callback(tool, event, self._entered)
        sys.monitoring.set_events(tool, events.PY_START | events.PY_RESUME)

    def end(self) -> None:
        """Watch no more: to watch takes time too."""
        sys.monitoring.set_events(sys.monitoring.PROFILER_ID, 0)
        setattr(Handle, "_run", self._run)  # noqa: B010 - as above

    def clear(self) -> None:
        """Begin anew."""
        self.total_s = 0.0
        self.ours_s = 0.0
        self.longest_s = 0.0
        self.blocks: list[tuple[float, bool, str]] = []
        self._entered_times = 0

    def _entered(self, code: CodeType, _: int) -> object:
        """Note that code of the integration runs; of other code never tell again."""
        if FOLDER not in code.co_filename:
            return sys.monitoring.DISABLE
        if threading.get_ident() == self._thread:
            self._entered_times += 1
            if self._since is None:
                self._since = thread_time()
        return None

    def _measure_entering(self) -> float:
        """Return what it takes to note once that code of ours runs."""
        code = compile("", f"{FOLDER}measured", "exec")
        begin = thread_time()
        for _ in range(MANY):
            self._entered(code, 0)
        return (thread_time() - begin) / MANY

    def run(self, handle: Handle) -> None:
        """Run what the event loop has next, and measure it."""
        self._since = None
        begin = thread_time()
        self._run(handle)
        end = thread_time()
        took, since = end - begin, self._since
        self.total_s += took
        if since is not None:
            # what came before in the step would have been done without us
            self.ours_s += end - since
            self.longest_s = max(self.longest_s, took)
        if took >= NOTABLE_S:
            self.blocks.append((took, since is not None, name_of(handle)))

    def report(self) -> dict[str, Any]:
        """Return all of it, and begin anew."""
        blocks = sorted(self.blocks, reverse=True)
        report = {
            "total_s": self.total_s,
            "ours_s": self.ours_s - self._entered_times * self._entering_s,
            "longest_s": self.longest_s,
            "blocks": [
                {"s": took, "ours": ours, "name": name} for took, ours, name in blocks
            ],
        }
        self.clear()
        return report


def name_of(handle: Handle) -> str:
    """Return what a step of the event loop belongs to."""
    callback = handle._callback  # type: ignore[attr-defined]  # noqa: SLF001 - to tell
    owner = getattr(callback, "__self__", None)
    if isinstance(owner, asyncio.Task):
        return f"{owner.get_name()} {getattr(owner.get_coro(), '__qualname__', '')}"
    return repr(callback)[:120]


def resident_bytes() -> int:
    """Return the memory that the process has."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096


@dataclass(kw_only=True)
class Stage:
    """What a part of a set-up takes of time and memory."""

    s: float = 0.0
    cpu_s: float = 0.0
    """Of all threads."""
    loop_s: float = 0.0
    """Of the event loop's alone."""
    traced_bytes: int = 0
    resident_bytes: int = 0

    @contextmanager
    def measured(self) -> Iterator[None]:
        """Measure what is done meanwhile; must be used in the event loop."""
        gc.collect()
        traced, resident = traced_bytes(), resident_bytes()
        begin = perf_counter(), process_time(), thread_time()
        yield
        end = perf_counter(), process_time(), thread_time()
        self.s, self.cpu_s, self.loop_s = (
            after - before for before, after in zip(begin, end, strict=True)
        )
        gc.collect()
        self.traced_bytes = traced_bytes() - traced
        self.resident_bytes = resident_bytes() - resident


def traced_bytes() -> int:
    """Return the memory that Python has allocated since it is traced."""
    return tracemalloc.get_traced_memory()[0]


def modules() -> set[str]:
    """Return the modules that are imported."""
    return set(sys.modules)


async def set_up(hass: HomeAssistant, *, trace: bool) -> dict[str, Any]:
    """Import the integration as Home Assistant does, and set up its disabled entries.

    The entries are those of two persons, one after the other.
    """
    first, second = hass.config_entries.async_entries(WATCHED)
    known = modules()
    imports, entry, another = Stage(), Stage(), Stage()
    if trace:
        tracemalloc.start()
    with imports.measured():
        integration = await async_get_integration(hass, WATCHED)
        component: Any = await integration.async_get_component()
        await integration.async_get_platforms(component.PLATFORMS)
    for stage, each in ((entry, first), (another, second)):
        with stage.measured():
            await hass.config_entries.async_set_disabled_by(each.entry_id, None)
            await hass.async_block_till_done()
    tracemalloc.stop()
    new = sorted(modules() - known)
    return {
        "states": [first.state, second.state],
        "imported_before": [name for name in known if name.startswith(PACKAGE)],
        "imported_of_others": [name for name in new if not name.startswith(PACKAGE)],
        "imports": asdict(imports),
        "entry": asdict(entry),
        "another": asdict(another),
    }


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Watch from now on."""
    watch = LoopWatch()

    async def read(_: ServiceCall) -> ServiceResponse:
        return watch.report()

    async def measure_set_up(call: ServiceCall) -> ServiceResponse:
        watch.end()
        return await set_up(hass, trace=call.data["trace"])

    for name, action in (("read", read), ("set_up", measure_set_up)):
        hass.services.async_register(
            DOMAIN, name, action, supports_response=SupportsResponse.ONLY
        )
    return True
