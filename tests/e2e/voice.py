"""The voice of the demo, offered to Home Assistant as a Wyoming server.

Run as a program. With `--log` it notes every request as a line of JSON, with
`--clips` it keeps what it made as the file that this line names, and `--delay-file`
names a file with the seconds that each synthesis shall take longer. `--fault-file`
names one with a fault and how often that happens: `fail 3` with every third request.
"""

import argparse
import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
import hashlib
import itertools
import json
import os
from pathlib import Path
import signal
import sys
import time
from typing import override

import audioop
from wyoming.asr import Transcript
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.error import Error
from wyoming.event import Event
from wyoming.info import (
    AsrModel,
    AsrProgram,
    Attribution,
    Describe,
    Info,
    TtsProgram,
    TtsVoice,
)
from wyoming.server import AsyncEventHandler, AsyncServer
from wyoming.tts import Synthesize

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from demo.custom_components.computer_voice.espeak import (
    LANGUAGES,
    RATE,
    WIDTH,
    say,
    wav,
)

NAME = "espeak-ng"

UNDERSTOOD = "bananas and blankets"
"""What is made of all speech."""

RATES = (16000, 44100, 48000, 22050)
"""Samples per second, one after the other, of a voice that changes them."""

ATTRIBUTION = Attribution(name=NAME, url="https://github.com/espeak-ng/espeak-ng")
INFO = Info(
    asr=[
        AsrProgram(
            name="noise",
            attribution=ATTRIBUTION,
            installed=True,
            description="hears the same whatever is said",
            version="1",
            models=[
                AsrModel(
                    name="noise",
                    attribution=ATTRIBUTION,
                    installed=True,
                    description="noise",
                    version="1",
                    languages=list(LANGUAGES),
                )
            ],
        )
    ],
    tts=[
        TtsProgram(
            name=NAME,
            attribution=ATTRIBUTION,
            installed=True,
            description=NAME,
            version="1",
            voices=[
                TtsVoice(
                    name=language,
                    attribution=ATTRIBUTION,
                    installed=True,
                    description=language,
                    version="1",
                    languages=[language],
                )
                for language in LANGUAGES
            ],
        )
    ],
)


class Fault(StrEnum):
    """What may go wrong with a request, once it was written down."""

    FAIL = "fail"
    """An error is answered."""
    EMPTY = "empty"
    """A sound without samples."""
    GARBAGE = "garbage"
    """Bytes that are nothing, then the end of the connection."""
    CUT = "cut"
    """The first half of the sound only."""
    RATES = "rates"
    """All of it, in another sample rate each time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """What is written down about the requests, and what is to go wrong."""

    log: Path | None
    clips: Path | None
    delay: Path | None
    fault: Path | None
    counts: Iterator[int]
    """The number of the next request, from 1 on."""

    def next_fault(self) -> tuple[Fault | None, int]:
        """Return what shall go wrong with the next request, and its number."""
        number = next(self.counts)
        if self.fault is None or not self.fault.exists():
            return None, number
        kind, every = self.fault.read_text().split()
        return (Fault(kind) if number % int(every) == 0 else None), number

    def delay_s(self) -> float:
        """Return how much longer a synthesis shall take now."""
        if self.delay is None or not self.delay.exists():
            return 0.0
        return float(self.delay.read_text() or 0)

    def write(self, line: dict[str, object], pcm: bytes) -> None:
        """Note a request and what was made of it."""
        key = f"{line['language']} {line['text']}"
        clip = hashlib.sha1(key.encode()).hexdigest()  # noqa: S324 a name
        if self.clips:
            # as a whole: other voices write the same, and somebody may be reading it
            written = self.clips / f"{clip}.{os.getpid()}"
            written.write_bytes(wav(pcm))
            written.replace(self.clips / f"{clip}.wav")
        if self.log:
            with self.log.open("a") as log:
                log.write(json.dumps(line | {"clip": clip}) + "\n")


class Speaking(AsyncEventHandler):
    """One connection of Home Assistant."""

    def __init__(
        self,
        lock: asyncio.Lock,
        notes: Notes,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        super().__init__(reader, writer)
        self._lock = lock
        self._notes = notes

    @override
    async def handle_event(self, event: Event) -> bool:
        if Describe.is_type(event.type):
            await self.write_event(INFO.event())
        elif AudioStop.is_type(event.type):
            await self.write_event(Transcript(text=UNDERSTOOD).event())
        elif Synthesize.is_type(event.type):
            await self._speak(Synthesize.from_event(event))
        return True

    async def _speak(self, request: Synthesize) -> None:
        asked, wall = time.monotonic(), time.time()
        voice = request.voice and (request.voice.name or request.voice.language)
        language = voice or LANGUAGES[0]
        async with self._lock:
            pcm = await asyncio.to_thread(say, request.text, language)
        made = time.monotonic()
        delay = self._notes.delay_s()
        await asyncio.sleep(delay)
        fault, number = self._notes.next_fault()
        line: dict[str, object] = {
            "mono": asked,
            "wall": wall,
            "text": request.text,
            "language": language,
            "synth_s": round(made - asked, 4),
            "delay_s": delay,
            "audio_s": round(len(pcm) / WIDTH / RATE, 4),
            "fault": fault,
        }
        # before the answer, so that who has heard it can look it up
        await asyncio.to_thread(self._notes.write, line, pcm)
        if fault is Fault.FAIL:
            await self.write_event(Error(text="The voice fails").event())
            return
        rate = RATE
        if fault is Fault.RATES:
            rate = RATES[number % len(RATES)]
            pcm, _ = audioop.ratecv(pcm, WIDTH, 1, RATE, rate, None)
        elif fault is Fault.EMPTY:
            pcm = b""
        elif fault is Fault.CUT:
            pcm = pcm[: len(pcm) // 2 // WIDTH * WIDTH]
        await self.write_event(AudioStart(rate=rate, width=WIDTH, channels=1).event())
        if fault is Fault.GARBAGE:
            self.writer.write(pcm[:1000] + b"\n")
            await self.writer.drain()
            self.writer.close()
            return
        await self.write_event(
            AudioChunk(rate=rate, width=WIDTH, channels=1, audio=pcm).event()
        )
        await self.write_event(AudioStop().event())


async def serve(port: int, notes: Notes) -> None:
    """Speak until told to end."""
    lock = asyncio.Lock()
    server = AsyncServer.from_uri(f"tcp://127.0.0.1:{port}")
    serving = asyncio.ensure_future(
        server.run(lambda reader, writer: Speaking(lock, notes, reader, writer))
    )
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, serving.cancel)
    await asyncio.wait([serving])
    if not serving.cancelled():
        serving.result()


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--log", type=Path)
    parser.add_argument("--clips", type=Path)
    parser.add_argument("--delay-file", type=Path)
    parser.add_argument("--fault-file", type=Path)
    options = parser.parse_args()
    if options.clips:
        options.clips.mkdir(parents=True, exist_ok=True)
    notes = Notes(
        log=options.log,
        clips=options.clips,
        delay=options.delay_file,
        fault=options.fault_file,
        counts=itertools.count(1),
    )
    asyncio.run(serve(options.port, notes))


if __name__ == "__main__":
    main()
