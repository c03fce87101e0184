"""The voice: espeak-ng from a wheel, offered to Home Assistant as a Wyoming server.

Run as a program. With `--log` it notes every request as a line of JSON, with
`--clips` it keeps what it made as the file that this line names, and `--delay-file`
names a file with the seconds that each synthesis shall take longer.
"""

import argparse
import asyncio
import ctypes
from dataclasses import dataclass
import hashlib
import json
from pathlib import Path
import signal
import time
from typing import override
import wave

import espeakng_loader
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.event import Event
from wyoming.info import Attribution, Describe, Info, TtsProgram, TtsVoice
from wyoming.server import AsyncEventHandler, AsyncServer
from wyoming.tts import Synthesize

NAME = "espeak-ng"
RATE = 22050
WORDS_PER_MINUTE = 145
PITCH = 42
LANGUAGES = ("en", "de", "es", "fr", "it", "nl", "pl", "pt", "sv")

ATTRIBUTION = Attribution(name=NAME, url="https://github.com/espeak-ng/espeak-ng")
INFO = Info(
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
    ]
)

# espeak-ng/speak_lib.h
AUDIO_OUTPUT_SYNCHRONOUS = 2
PARAMETER_RATE = 1
PARAMETER_PITCH = 3
POSITION_CHARACTER = 1
CHARS_UTF8 = 1
GO_ON = 0
SYNTH_CALLBACK = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
)


class EspeakError(RuntimeError):
    """The library refused."""


def say(text: str, language: str) -> bytes:
    """Return the text as mono 16-bit samples, the same each time.

    The library carries a state from one text to the next, which is heard; so it is
    loaded anew. One call at a time.
    """
    espeak = ctypes.CDLL(espeakng_loader.get_library_path())
    sound = bytearray()

    def take(samples: ctypes._Pointer[ctypes.c_short], count: int, _: int) -> int:
        if samples and count > 0:
            sound.extend(ctypes.string_at(samples, 2 * count))
        return GO_ON

    callback = SYNTH_CALLBACK(take)
    path = espeakng_loader.get_data_path().encode()
    if espeak.espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, path, 0) != RATE:
        raise EspeakError(f"espeak-ng does not start with the data in {path.decode()}")
    try:
        espeak.espeak_SetSynthCallback(callback)
        if espeak.espeak_SetVoiceByName(language.encode()):
            raise EspeakError(f"espeak-ng has no voice {language}")
        espeak.espeak_SetParameter(PARAMETER_RATE, WORDS_PER_MINUTE, 0)
        espeak.espeak_SetParameter(PARAMETER_PITCH, PITCH, 0)
        data = text.encode()
        espeak.espeak_Synth(
            ctypes.c_char_p(data),
            ctypes.c_size_t(len(data) + 1),
            *(0, POSITION_CHARACTER, 0, CHARS_UTF8, None, None),
        )
    finally:
        espeak.espeak_Terminate()
        ctypes.CDLL(None).dlclose(ctypes.c_void_p(espeak._handle))  # noqa: SLF001
    return bytes(sound)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """What is written down about the requests."""

    log: Path | None
    clips: Path | None
    delay: Path | None

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
            with wave.open(str(self.clips / f"{clip}.wav"), "wb") as out:
                out.setnchannels(1)
                out.setsampwidth(2)
                out.setframerate(RATE)
                out.writeframes(pcm)
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
        line: dict[str, object] = {
            "mono": asked,
            "wall": wall,
            "text": request.text,
            "language": language,
            "synth_s": round(made - asked, 4),
            "delay_s": delay,
            "audio_s": round(len(pcm) / 2 / RATE, 4),
        }
        # before the answer, so that who has heard it can look it up
        await asyncio.to_thread(self._notes.write, line, pcm)
        await self.write_event(AudioStart(rate=RATE, width=2, channels=1).event())
        await self.write_event(
            AudioChunk(rate=RATE, width=2, channels=1, audio=pcm).event()
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
    options = parser.parse_args()
    if options.clips:
        options.clips.mkdir(parents=True, exist_ok=True)
    notes = Notes(log=options.log, clips=options.clips, delay=options.delay_file)
    asyncio.run(serve(options.port, notes))


if __name__ == "__main__":
    main()
