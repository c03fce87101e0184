"""What a session costs: processor, event loop, rows of the recorder."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
import os
from pathlib import Path
import time
from typing import Self

from demo.home import Json
from tests.e2e.parts import Parts
from tests.e2e.person import COMMIT_S, state_rows

TICKS_PER_S = os.sysconf("SC_CLK_TCK")


def cpu_s(pid: int) -> float:
    """Return the processor time of a process and of the children it has waited for."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return sum(map(int, fields[11:15])) / TICKS_PER_S


def loop_s(pid: int) -> float:
    """Return the processor time of a process's first thread: the event loop."""
    nanoseconds = Path(f"/proc/{pid}/task/{pid}/schedstat").read_text().split()[0]
    return int(nanoseconds) / 1e9


def machine_ticks() -> tuple[int, int]:
    """Return the time the host took from this machine, and all its time."""
    line = Path("/proc/stat").read_text().splitlines()[0]
    times = [int(each) for each in line.split()[1:9]]
    return times[7], sum(times)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What was used between two moments."""

    seconds: float
    cpu_s: float
    """Of Home Assistant."""
    loop_s: float
    """Of its event loop."""
    ours_s: float
    """Of that, from where our code begins in a step of the loop to the step's end."""
    longest_s: float
    """The longest of these steps, all of it."""
    blocks: list[Json]
    """All long steps of the event loop."""
    rows: Mapping[str, int]
    """Rows of the recorder, by entity."""
    stalls_s: list[float]
    """How long the machine stood still, each time."""
    steal: float
    """Share of its time that the host did not give to this machine."""

    def per_minute(self, seconds: float) -> float:
        """Return what an amount of this cost is per minute."""
        return 60 * seconds / self.seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Meter:
    """The state of everything that is counted, at a moment."""

    parts: Parts
    at: float
    cpu: float
    loop: float
    rows: dict[str, int]
    ticks: tuple[int, int]

    @classmethod
    async def begin(cls, parts: Parts) -> Self:
        """Count from now on. The recorder must have had the time to write."""
        pid = parts.house.part.pid
        await parts.home.act("loop_watch.read", response=True)
        return cls(
            parts=parts,
            at=time.monotonic(),
            cpu=cpu_s(pid),
            loop=loop_s(pid),
            rows=state_rows(parts.house.config),
            ticks=machine_ticks(),
        )

    async def end(self) -> Cost:
        """Return what was used up to now."""
        pid = self.parts.house.part.pid
        now, cpu, loop = time.monotonic(), cpu_s(pid), loop_s(pid)
        stolen, ticks = machine_ticks()
        watched = await self.parts.home.act("loop_watch.read", response=True)
        await asyncio.sleep(COMMIT_S)
        rows = state_rows(self.parts.house.config)
        added = {each: rows[each] - self.rows.get(each, 0) for each in rows}
        return Cost(
            seconds=now - self.at,
            cpu_s=cpu - self.cpu,
            loop_s=loop - self.loop,
            ours_s=watched["ours_s"],
            longest_s=watched["longest_s"],
            blocks=watched["blocks"],
            rows={entity: count for entity, count in added.items() if count},
            stalls_s=self.parts.stalls_s(self.at, now),
            steal=(stolen - self.ticks[0]) / max(1, ticks - self.ticks[1]),
        )
