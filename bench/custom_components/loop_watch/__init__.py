"""Measures, from within, the Home Assistant that it is loaded in; for the bench only.

Times of the event loop are those of its thread on a processor: what other programs
take of a shared machine does not count.
"""

import asyncio
from asyncio.events import Handle
import gc
from pathlib import Path
import sys
import threading
from time import perf_counter, process_time, thread_time
import tracemalloc
from types import CodeType
from typing import Any, Final

from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
)
from homeassistant.helpers.typing import ConfigType

DOMAIN: Final = "loop_watch"
WATCHED: Final = "back_exercise"
PACKAGE: Final = f"custom_components.{WATCHED}"
FOLDER: Final = f"/{WATCHED}/"
NOTABLE_S: Final = 0.002
"""Blocks from this length on are listed."""


class LoopWatch:
    """What the event loop did since it was last asked."""

    def __init__(self) -> None:
        """Begin to watch."""
        self._run = Handle._run  # noqa: SLF001 - there is no other way
        self._thread = threading.get_ident()
        self._is_ours = False
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

    def clear(self) -> None:
        """Begin anew."""
        self.total_s = 0.0
        self.ours_s = 0.0
        self.longest_s = 0.0
        self.blocks: list[tuple[float, bool, str]] = []

    def _entered(self, code: CodeType, _: int) -> object:
        """Note that code of the integration runs; of other code never tell again."""
        if FOLDER not in code.co_filename:
            return sys.monitoring.DISABLE
        if threading.get_ident() == self._thread:
            self._is_ours = True
        return None

    def run(self, handle: Handle) -> None:
        """Run what the event loop has next, and measure it."""
        self._is_ours = False
        begin = thread_time()
        self._run(handle)
        took = thread_time() - begin
        self.total_s += took
        if self._is_ours:
            self.ours_s += took
            self.longest_s = max(self.longest_s, took)
        if took >= NOTABLE_S:
            self.blocks.append((took, self._is_ours, name_of(handle)))

    def report(self) -> dict[str, Any]:
        """Return all of it, and begin anew."""
        blocks = sorted(self.blocks, reverse=True)
        report = {
            "total_s": self.total_s,
            "ours_s": self.ours_s,
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


async def set_up(hass: HomeAssistant, *, trace: bool) -> dict[str, Any]:
    """Set the disabled entry up, with everything that is imported for it."""
    entry = hass.config_entries.async_entries(WATCHED)[0]
    imported = [name for name in sys.modules if name.startswith(PACKAGE)]
    gc.collect()
    if trace:
        tracemalloc.start()
    resident = await hass.async_add_executor_job(resident_bytes)
    begin, begin_cpu = perf_counter(), process_time()
    entry_id, disabler = entry.entry_id, None
    await hass.config_entries.async_set_disabled_by(entry_id, disabler)
    took, took_cpu = perf_counter() - begin, process_time() - begin_cpu
    traced = 0
    if trace:
        gc.collect()
        traced, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    return {
        "state": entry.state,
        "imported_before": imported,
        "s": took,
        "cpu_s": took_cpu,
        "resident_bytes": await hass.async_add_executor_job(resident_bytes) - resident,
        "traced_bytes": traced,
    }


async def reload(hass: HomeAssistant) -> float:
    """Set the entry up once more, all of it imported; return the seconds it took."""
    [entry] = hass.config_entries.async_entries(WATCHED)
    await hass.config_entries.async_set_disabled_by(
        entry.entry_id, ConfigEntryDisabler.USER
    )
    begin = perf_counter()
    await hass.config_entries.async_set_disabled_by(entry.entry_id, None)
    return perf_counter() - begin


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Watch from now on."""
    watch = LoopWatch()

    async def read(_: ServiceCall) -> ServiceResponse:
        return watch.report()

    async def measure_set_up(call: ServiceCall) -> ServiceResponse:
        first = await set_up(hass, trace=call.data["trace"])
        return first | {"again_s": await reload(hass)}

    for name, action in (("read", read), ("set_up", measure_set_up)):
        hass.services.async_register(
            DOMAIN, name, action, supports_response=SupportsResponse.ONLY
        )
    return True
