"""The ear: takes the sound of every speaker in real time and keeps it.

A speaker is either a FIFO of 44.1 kHz stereo 16-bit samples that its writer (MPD)
fills in real time, or the Wyoming satellite served here. Run as a program. For each
speaker:
  <dir>/<name>.pcm    everything heard, 22.05 kHz mono 16 bit, silence included
  <dir>/<name>.json   monotonic and wall time of the first sample
  <dir>/stalls.jsonl  moments in which this machine stood still, or a writer was late
What is written to <dir>/tell is done by the satellite: `talk 8` has somebody speak to
it for so many seconds, `leave 12` lets it be gone for so long.
"""

import argparse
import asyncio
import json
import os
from pathlib import Path
import threading
import time
from typing import override

import numpy as np
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.event import Event
from wyoming.info import Attribution, Describe, Info, Satellite
from wyoming.ping import Ping, Pong
from wyoming.pipeline import PipelineStage, RunPipeline
from wyoming.server import AsyncEventHandler, AsyncServer
from wyoming.snd import Played

RATE = 22050
MICROPHONE = 16000
STEREO_PAIR = 8
"""Bytes of two samples of two channels at 44.1 kHz, which make one here."""
JITTER_S = 0.03
"""Sound that comes so late still joins what went before it."""
LATE_S = 0.15
"""Sound that comes later still is not late, but what is played next."""
TICK_S = 0.01
SATELLITE = Satellite(
    name="Ear",
    attribution=Attribution(name="ear", url=""),
    installed=True,
    description="plays announcements",
    version="1",
)

type Samples = np.ndarray[tuple[int], np.dtype[np.int16]]


class Watchdog(threading.Thread):
    """Notices when the machine stands still, which a speaker of its own would not."""

    def __init__(self, folder: Path) -> None:
        super().__init__(daemon=True)
        self._log = folder / "stalls.jsonl"
        self._stalls: list[tuple[float, float]] = []
        self._alive = time.monotonic()

    @override
    def run(self) -> None:
        while True:
            time.sleep(TICK_S)
            now = time.monotonic()
            if now - self._alive > TICK_S + JITTER_S:
                self._stalls = [*self._stalls[-9:], (self._alive, now)]
                self.note(self._alive, now)
            self._alive = now

    def note(self, begin: float, end: float) -> None:
        """Write down that something was held up."""
        with self._log.open("a") as log:
            log.write(json.dumps({"mono": begin, "s": end - begin}) + "\n")

    def stalled(self, begin: float, end: float) -> float:
        """Return for how long the machine stood still between two moments."""
        stalls = [*self._stalls, (self._alive + TICK_S, end)]
        return sum(max(0.0, min(b, end) - max(a, begin)) for a, b in stalls)


class Speaker:
    """The sound of one speaker along time."""

    def __init__(self, folder: Path, name: str, watchdog: Watchdog) -> None:
        self._watchdog = watchdog
        self._start = time.monotonic()
        self.plays_until = self._start
        """When the sample after the last one is due."""
        self._pcm = (folder / f"{name}.pcm").open("wb")
        (folder / f"{name}.json").write_text(
            json.dumps({"start": self._start, "wall": time.time(), "rate": RATE})
        )

    def feed(self, samples: Samples, arrival: float) -> None:
        """Take samples; they play on arrival, or after what is still playing."""
        late = arrival - self.plays_until
        if late > JITTER_S + self._watchdog.stalled(self.plays_until, arrival):
            if late < LATE_S:
                self._watchdog.note(self.plays_until, arrival)
            self.plays_until = arrival
        self._pcm.seek(2 * round((self.plays_until - self._start) * RATE))
        self._pcm.write(samples.tobytes())
        self._pcm.flush()
        self.plays_until += len(samples) / RATE


def read_fifo(speaker: Speaker, path: str) -> None:
    """Feed a speaker from a FIFO, for ever."""
    handle = os.open(path, os.O_RDWR)  # a writer too, so that it never ends
    left = b""
    while True:
        data = left + os.read(handle, 16384)
        arrival = time.monotonic()
        whole = len(data) // STEREO_PAIR * STEREO_PAIR
        left = data[whole:]
        pairs = np.frombuffer(data[:whole], np.int16).reshape(-1, 4)
        speaker.feed(pairs.mean(axis=1).astype(np.int16), arrival)


class House:
    """Who is connected to the satellite, and whether it is there at all."""

    def __init__(self, folder: Path) -> None:
        self.connections: set[Hearing] = set()
        self.is_gone = False
        self._tell = folder / "tell"

    async def obey(self) -> None:
        """Do what is written, for ever."""
        while True:
            await asyncio.sleep(0.05)
            if not self._tell.exists():
                continue
            what, time_s = self._tell.read_text().split()
            self._tell.unlink()
            connections = list(self.connections)
            if what == "talk":
                await asyncio.gather(
                    *(each.talk(float(time_s)) for each in connections)
                )
            else:
                self.is_gone = True
                for each in connections:
                    each.leave()
                await asyncio.sleep(float(time_s))
                self.is_gone = False


class Hearing(AsyncEventHandler):
    """A satellite that tells when it has played, and has a microphone of a kind."""

    def __init__(
        self,
        speaker: Speaker,
        house: House,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        super().__init__(reader, writer)
        self._speaker = speaker
        self._house = house
        self._telling: set[asyncio.Task[None]] = set()

    @override
    async def handle_event(self, event: Event) -> bool:
        if self._house.is_gone:
            return False
        self._house.connections.add(self)
        if Describe.is_type(event.type):
            await self.write_event(Info(satellite=SATELLITE).event())
        elif Ping.is_type(event.type):
            await self.write_event(Pong(text=Ping.from_event(event).text).event())
        elif AudioStart.is_type(event.type):
            if (rate := AudioStart.from_event(event).rate) != RATE:
                raise ValueError(rate)
        elif AudioChunk.is_type(event.type):
            chunk = AudioChunk.from_event(event)
            samples = np.frombuffer(chunk.audio, np.int16)
            self._speaker.feed(samples, time.monotonic())
        elif AudioStop.is_type(event.type):
            task = asyncio.create_task(self._tell())
            self._telling.add(task)
            task.add_done_callback(self._telling.discard)
        return True

    @override
    async def disconnect(self) -> None:
        self._house.connections.discard(self)

    async def talk(self, time_s: float) -> None:
        """Have somebody speak to the satellite, of whom only noise is heard."""
        run = RunPipeline(start_stage=PipelineStage.ASR, end_stage=PipelineStage.TTS)
        await self.write_event(run.event())
        noise = np.random.default_rng(1).integers(-2000, 2000, MICROPHONE // 10)
        chunk = AudioChunk(
            rate=MICROPHONE, width=2, channels=1, audio=noise.astype("<i2").tobytes()
        )
        for _ in range(round(time_s * 10)):
            await self.write_event(chunk.event())
            await asyncio.sleep(0.1)
        await self.write_event(AudioStop().event())

    def leave(self) -> None:
        """Break the connection off."""
        self.writer.close()

    async def _tell(self) -> None:
        await asyncio.sleep(max(0.0, self._speaker.plays_until - time.monotonic()))
        await self.write_event(Played().event())


async def serve(folder: Path, fifos: list[str], port: int) -> None:
    """Hear, until ended."""
    watchdog = Watchdog(folder)
    watchdog.start()
    for fifo in fifos:
        name, _, path = fifo.partition("=")
        arguments = (Speaker(folder, name, watchdog), path)
        threading.Thread(target=read_fifo, args=arguments, daemon=True).start()
    satellite = Speaker(folder, "satellite", watchdog)
    server = AsyncServer.from_uri(f"tcp://127.0.0.1:{port}")
    house = House(folder)
    obeying = asyncio.create_task(house.obey())
    await server.run(lambda reader, writer: Hearing(satellite, house, reader, writer))
    obeying.cancel()


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dir", type=Path, required=True)
    parser.add_argument("--fifo", action="append", default=[], metavar="NAME=PATH")
    parser.add_argument("--satellite", type=int, metavar="PORT", required=True)
    options = parser.parse_args()
    asyncio.run(serve(options.dir, options.fifo, options.satellite))


if __name__ == "__main__":
    main()
