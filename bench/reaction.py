"""How soon a command is heard and shown, and what the speaker itself needs for it."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
import time
import wave

import numpy as np

from tests.e2e.hearing import AUDIBLE, RATE, Heard, Phrase, Sound, load_recording
from tests.e2e.parts import Parts
from tests.e2e.person import Person, watching

SPEAK_S = 2.5
"""A command comes so long after the first word, in the middle of a sentence."""
GAP = int(0.04 * RATE)
"""Silence from which on it counts as silent."""
PATIENCE = timedelta(seconds=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """What became of a start and a pause, each in seconds from the command."""

    first_word: float
    started: float
    """Until a state of the session was told."""
    silent: float
    paused: float
    """Until the state "paused" was told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """The same of the speaker alone: a finished file, played and stopped."""

    first_word: float
    silent: float


async def react(person: Person) -> Reaction:
    """Start a session, pause it in the middle of the first sentence, and stop it."""
    parts, session = person.parts, person.entities["session"]
    async with watching(parts.home) as watch:
        begin = await person.begin()
        started = await watch.until(session, lambda _: True, since=begin)
        await person.until_session(watch, "running", begin, PATIENCE)
        await asyncio.sleep(SPEAK_S)
        command = await person.press("pause")
        paused = await person.until_session(watch, "paused", command)
        await asyncio.sleep(1.5)
        stopped = await person.press("stop")
        await person.until_session(watch, "idle", stopped)
        await parts.until_quiet("mpd", timedelta(seconds=3))
    [first, *_] = await parts.heard("mpd", begin, command + 1)
    return Reaction(
        first_word=first.on - begin,
        started=started.at - begin,
        silent=silent_from(parts, first) - command,
        paused=paused.at - command,
    )


async def floor(parts: Parts, phrase: Phrase) -> Floor:
    """Have the speaker play a file that begins with a phrase, and stop it."""
    name = "floor.wav"
    write(parts, name, phrase.sound)
    target = {"entity_id": parts.mpd}
    begin = time.monotonic()
    await parts.home.act(
        "media_player.play_media",
        {
            "media_content_id": f"{parts.house.url}/local/{name}",
            "media_content_type": "music",
        },
        target,
    )
    await asyncio.sleep(SPEAK_S)
    command = time.monotonic()
    await parts.home.act("media_player.media_stop", {}, target)
    await parts.until_quiet("mpd")
    [first, *_] = await parts.heard("mpd", begin)
    return Floor(
        first_word=first.on - begin, silent=silent_from(parts, first) - command
    )


def write(parts: Parts, name: str, sound: Sound) -> None:
    """Make a WAV file that Home Assistant serves."""
    with wave.open(str(parts.house.config / "www" / name), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(sound.astype(np.int16).tobytes())


def silent_from(parts: Parts, cut: Heard) -> float:
    """Return when a phrase that was cut ended.

    The ear tells it to 60 ms; from there on the next silence is looked for.
    """
    begin = cut.off - 0.06
    sound = load_recording(parts.folder / "ear", "mpd", begin, cut.off + 0.5)
    loud = np.flatnonzero(np.abs(sound) > AUDIBLE)
    silences = np.diff(loud, append=len(sound)) > GAP
    at = int(loud[silences][0]) if silences.any() else 0
    return begin + at / RATE
