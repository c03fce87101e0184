"""Turns cues into measured sound with a text-to-speech engine of Home Assistant."""

from array import array
import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
import math
from time import monotonic
from typing import Any, Final

import audioop
from homeassistant.components import tts
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError

from .const import DOMAIN, LOGGER
from .engine.cues import Cue, CueKind
from .phrases import Phrases
from .wiring import Wiring

RATE: Final = 22050
"""Samples per second of everything that is played; mono, 16 bit."""
WIDTH: Final = 2

AUDIBLE: Final = 120
"""Samples that go beyond this (of 32767) can be heard; about -49 dBFS."""
BLOCK: Final = RATE // 1000
PRE_ROLL: Final = RATE // 50
TAIL: Final = RATE // 16

PATIENCE: Final = timedelta(seconds=20)
"""How long an engine may take for one phrase."""
AT_ONCE: Final = 2
"""So many phrases are asked for at the same time."""

_EXTENSIBLE: Final = 0xFFFE
_READABLE: Final = {(1, 2), (1, 3), (1, 4)}
"""Coding and bytes per sample of WAV files: whole numbers, not fractions."""

_READING_SPEED: Final = timedelta(seconds=1) / 14
"""What a character of an unmeasured sentence is taken to need."""

_TONES: Final = {
    CueKind.COUNT: (880, 120),
    CueKind.COUNT_IN: (660, 120),
    CueKind.HOLD: (990, 250),
    CueKind.RELEASE: (550, 250),
    CueKind.LOWER: (550, 250),
}
"""Hertz and milliseconds of what stands for a cue that could not be spoken."""
_OTHER_TONE: Final = (440, 400)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """A phrase as sound: samples, and where in them it is heard."""

    pcm: bytes
    lead: int
    """Samples before the first audible one."""
    audible: int
    """Samples from the first to the last audible one."""

    @property
    def length(self) -> timedelta:
        """How long it is heard."""
        return timedelta(seconds=self.audible / RATE)


class Voice:
    """One person's voice: sentences of a language, spoken by an engine."""

    def __init__(self, hass: HomeAssistant, wiring: Wiring, phrases: Phrases) -> None:
        """Take the engine from the wiring and the words from the phrases."""
        self.phrases = phrases
        self.has_failed = False
        """Whether the last phrase asked for could not be spoken."""
        self.pace = timedelta(0)
        """How long a phrase has taken of late, several at once considered."""
        self._hass = hass
        self._wiring = wiring
        self._clips: dict[str, Clip] = {}
        self._lengths: dict[str, timedelta] = {}
        self._turn = asyncio.Semaphore(AT_ONCE)
        self._hangs = False

    @property
    def has_engine(self) -> bool:
        """Whether there is an engine; without one sentences are only sent as text."""
        return self._wiring.engine is not None

    @property
    def engine(self) -> str | None:
        """The entity id of the engine."""
        return self._wiring.engine

    def check(self) -> None:
        """Raise HomeAssistantError, translated, where the engine can't be used."""
        engine, language = self._wiring.engine, self._wiring.language
        instance = tts.get_engine_instance(self._hass, engine) if engine else None
        if instance is None:
            raise HomeAssistantError(
                translation_domain=DOMAIN,
                translation_key="engine_missing",
                translation_placeholders={"engine": engine or "-"},
            )
        if language not in (instance.supported_languages or ()):
            raise HomeAssistantError(
                translation_domain=DOMAIN,
                translation_key="language_unsupported",
                translation_placeholders={"engine": str(engine), "language": language},
            )

    async def clips(self, cues: Iterable[Cue]) -> dict[Cue, Clip]:
        """Return each cue as sound; a tone where the engine fails.

        Without an engine there is no sound for any.
        """
        if not self.has_engine:
            return {}
        texts = {cue: self.phrases.text(cue) for cue in cues}
        async with asyncio.TaskGroup() as group:
            tasks = {
                text: group.create_task(self._clip(text))
                for text in dict.fromkeys(texts.values())
            }
        return {
            cue: tasks[text].result() or tone(cue.kind) for cue, text in texts.items()
        }

    def missing(self, cues: Iterable[Cue]) -> int:
        """Return how many phrases of some cues have not been spoken yet."""
        return len({self.phrases.text(cue) for cue in cues} - self._clips.keys())

    def length(self, cue: Cue) -> timedelta:
        """Return how long a cue is heard; an estimate where it never was measured."""
        text = self.phrases.text(cue)
        return self._lengths.get(text) or len(text) * _READING_SPEED

    def forget(self) -> None:
        """Free the memory; Home Assistant keeps the phrases in its cache."""
        self._clips.clear()
        self.has_failed = False
        self._hangs = False

    def try_again(self) -> None:
        """Ask an engine that hung once more, now that there is time for it."""
        self._hangs = False

    async def _clip(self, text: str) -> Clip | None:
        # what is there already must not wait for what a slow engine still has to say
        if clip := self._clips.get(text):
            return clip
        async with self._turn:
            if clip := self._clips.get(text):
                return clip
            if self._hangs:
                return None  # one phrase after the other would take for ever
            begun = monotonic()
            clip = await self._synthesise(text)
            took = timedelta(seconds=monotonic() - begun)
            if clip is None and not self.has_failed and took < PATIENCE:
                # Home Assistant keeps bad sound that came without an error; a text that
                # differs by what nobody hears is asked for anew
                clip = await self._synthesise(f"{text} ")
            self.pace = took / AT_ONCE
            self.has_failed = clip is None
            self._hangs = clip is None and took >= PATIENCE
            if clip:
                self._clips[text] = clip
                self._lengths[text] = clip.length
            return clip

    def _voice_of_language(self) -> str | None:
        """Return a voice of the language, for engines that go by the voice alone.

        In its own language an engine is left to choose.
        """
        language = self._wiring.language
        engine = tts.get_engine_instance(self._hass, str(self._wiring.engine))
        if engine is None or engine.default_language == language:
            return None
        if tts.ATTR_VOICE not in (engine.supported_options or ()):
            return None
        voices = engine.async_get_supported_voices(language) or ()
        return next((voice.voice_id for voice in voices), None)

    async def _synthesise(self, text: str) -> Clip | None:
        options: dict[str, Any] = {
            tts.ATTR_PREFERRED_FORMAT: "wav",
            tts.ATTR_PREFERRED_SAMPLE_RATE: RATE,
            tts.ATTR_PREFERRED_SAMPLE_CHANNELS: 1,
            tts.ATTR_PREFERRED_SAMPLE_BYTES: WIDTH,
        }
        if voice := self._wiring.voice or self._voice_of_language():
            options[tts.ATTR_VOICE] = voice
        try:
            async with asyncio.timeout(PATIENCE.total_seconds()):
                source = tts.generate_media_source_id(
                    self._hass,
                    text,
                    engine=self._wiring.engine,
                    language=self._wiring.language,
                    options=options,
                    cache=True,
                )
                _, data = await tts.async_get_media_source_audio(self._hass, source)
        except Exception as err:  # noqa: BLE001 - an engine may raise anything
            LOGGER.debug("%s could not speak: %r", self._wiring.engine, err)
            return None
        clip = await self._hass.async_add_executor_job(read_clip, data)
        if clip is None:
            LOGGER.debug("%s gave no sound", self._wiring.engine)
        return clip


def read_clip(wav: bytes) -> Clip | None:
    """Measure the sound of a WAV file; None where there is nothing to hear.

    The sizes in its header are not looked at: those of a file that came through a
    pipe say nothing.
    """
    form, data = wav.find(b"fmt "), wav.find(b"data")
    if not wav.startswith(b"RIFF") or form < 0 or data < form:
        return None
    coding = int.from_bytes(wav[form + 8 : form + 10], "little")
    if coding == _EXTENSIBLE:
        coding = int.from_bytes(wav[form + 32 : form + 34], "little")
    channels = int.from_bytes(wav[form + 10 : form + 12], "little")
    rate = int.from_bytes(wav[form + 12 : form + 16], "little")
    width = int.from_bytes(wav[form + 22 : form + 24], "little") // 8
    if (coding, width) not in _READABLE or channels not in (1, 2) or not rate:
        return None
    pcm = wav[data + 8 :]
    pcm = pcm[: len(pcm) // (width * channels) * (width * channels)]
    if width != WIDTH:
        pcm = audioop.lin2lin(pcm, width, WIDTH)
    if channels == 2:  # noqa: PLR2004 - stereo
        pcm = audioop.tomono(pcm, WIDTH, 0.5, 0.5)
    if rate != RATE:
        pcm, _ = audioop.ratecv(pcm, WIDTH, 1, rate, RATE, None)
    return trim(pcm)


def trim(pcm: bytes) -> Clip | None:
    """Cut the silence round a phrase, but for a little that may hold a soft onset."""
    size = BLOCK * WIDTH
    loud = [
        at
        for at in range(0, len(pcm), size)
        if audioop.max(pcm[at : at + size], WIDTH) > AUDIBLE
    ]
    if not loud:
        return None
    first = loud[0] // WIDTH
    last = min(loud[-1] + size, len(pcm)) // WIDTH
    begin = max(0, first - PRE_ROLL)
    return Clip(
        pcm=pcm[begin * WIDTH : (last + TAIL) * WIDTH],
        lead=first - begin,
        audible=last - first,
    )


def tone(kind: CueKind) -> Clip:
    """Return the tone that stands for a cue that could not be spoken."""
    hertz, milliseconds = _TONES.get(kind, _OTHER_TONE)
    count = RATE * milliseconds // 1000
    edge = RATE // 100
    wave = array(
        "h",
        (
            round(
                8000
                * min(1, at / edge, (count - at) / edge)
                * math.sin(2 * math.pi * hertz * at / RATE)
            )
            for at in range(count)
        ),
    )
    return Clip(pcm=wave.tobytes(), lead=0, audible=count)
