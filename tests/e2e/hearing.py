"""Finds which phrases a speaker was heard to say, when, and how much of each.

A phrase is recognised by normalised cross-correlation of the recording with the sound
that the voice made of it. It counts as heard from the first to the last audible sample
of that sound that is really there. Moments are those of the monotonic clock.
"""

from dataclasses import dataclass
import itertools
import json
import math
from pathlib import Path
import wave

import numpy as np

RATE = 22050
STEP = 2
"""The search works on every second sample."""
HEAD = int(0.45 * RATE)
"""A phrase is recognised by so much of its beginning."""
ENOUGH = 0.6
"""Correlation that counts as recognised."""
BLOCK = int(0.06 * RATE)
"""How much of it was heard is judged in such blocks."""
BLOCK_ENOUGH = 0.4
WHOLE = 0.95
DROPOUT = int(0.25 * RATE)
"""So much silence may come into a phrase where a busy machine holds the player up."""
AGAIN = 0.8
"""Correlation that counts as the phrase going on after it."""
FRAME = RATE // 100
AUDIBLE = 60
"""Of 32767, about -55 dBFS."""
WAV_HEADER = 44

type Sound = np.ndarray[tuple[int], np.dtype[np.float32]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """What the voice made of one text."""

    text: str
    sound: Sound
    """From the first to the last audible sample."""
    head_s: float
    """Silence before it."""

    @property
    def length_s(self) -> float:
        """Return its audible length."""
        return len(self.sound) / RATE


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One phrase heard on a speaker."""

    text: str
    on: float
    off: float
    share: float
    """Of the phrase's audible length."""

    @property
    def whole(self) -> bool:
        """Return whether nothing was cut."""
        return self.share >= WHOLE


def read_requests(log: Path) -> list[dict[str, object]]:
    """Return what the voice was asked, in order."""
    if not log.exists():
        return []
    return [json.loads(line) for line in log.read_text().splitlines()]


def load_phrases(log: Path, clips: Path) -> list[Phrase]:
    """Load every text that the voice was asked for."""
    names = {str(line["text"]): line["clip"] for line in read_requests(log)}
    phrases = []
    for text, name in names.items():
        with wave.open(str(clips / f"{name}.wav")) as clip:
            samples = np.frombuffer(clip.readframes(clip.getnframes()), np.int16)
        loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > 2 * AUDIBLE)
        if not len(loud):
            continue
        sound = samples[loud[0] : loud[-1] + 1].astype(np.float32)
        phrases.append(Phrase(text=text, sound=sound, head_s=float(loud[0]) / RATE))
    return phrases


def load_recording(folder: Path, speaker: str, begin: float, end: float) -> Sound:
    """Return what a speaker rendered between two moments, by the ear or by itself."""
    start = json.loads((folder / f"{speaker}.json").read_text())["start"]
    path, header = folder / f"{speaker}.pcm", 0
    if not path.exists():
        path, header = folder / f"{speaker}.wav", WAV_HEADER
    first = max(0, round((begin - start) * RATE))
    count = round((end - begin) * RATE)
    with path.open("rb") as file:
        file.seek(header + 2 * first)
        samples = np.frombuffer(file.read(2 * count), np.int16).astype(np.float32)
    return np.pad(samples, (0, count - len(samples)))


def audible_s(sound: Sound) -> float:
    """Return for how long it is audible at all."""
    frames = sound[: len(sound) // FRAME * FRAME].reshape(-1, FRAME)
    loud = np.sqrt((frames**2).mean(axis=1)) > AUDIBLE
    return float(loud.sum()) * FRAME / RATE


def listen(sound: Sound, begin: float, phrases: list[Phrase]) -> list[Heard]:
    """Return the phrases in a sound that began at a moment, in order."""
    places = [
        (*heard_part(sound[at:], phrase.sound), at, phrase)
        for phrase in phrases
        for head in find(sound, phrase.sound[:HEAD])
        for at in [beginning(sound, phrase.sound[:BLOCK], head)]
    ]
    # Several phrases may begin alike: a whole one was rather said than a part of
    # another, and the one of which most is there rather than the others.
    places.sort(
        key=lambda place: (place[0] >= WHOLE * len(place[-1].sound), place[0]),
        reverse=True,
    )
    heard: list[Heard] = []
    taken: list[int] = []
    for part, dropout, at, phrase in places:
        if part and all(abs(at - other) >= 0.15 * RATE for other in taken):
            taken.append(at)
            on = begin + at / RATE
            off = on + (part + dropout) / RATE
            share = part / len(phrase.sound)
            heard.append(Heard(text=phrase.text, on=on, off=off, share=share))
    heard = [item for item in heard if not any(within(item, each) for each in heard)]
    return sorted(heard, key=lambda item: item.on)


def within(part: Heard, other: Heard) -> bool:
    """Return whether a phrase is only words of another one that was said.

    A part of it, in the midst of another one that is whole, is what both have.
    """
    words = part.text.strip(".").lower()
    is_longer = len(other.text) > len(part.text) and words in other.text.lower()
    is_shred = other.whole and not part.whole
    return (is_longer or is_shred) and other.on <= part.on and part.off <= other.off


def find(sound: Sound, head: Sound) -> list[int]:
    """Return where the beginning of a phrase is in the sound."""
    if len(sound) <= len(head):
        return []
    score = correlate(sound[::STEP], head[::STEP])
    near = int(0.2 * RATE / STEP)
    found = []
    while score[peak := int(score.argmax())] > ENOUGH:
        found.append(peak * STEP)
        score[max(0, peak - near) : peak + near] = 0
    return found


def beginning(sound: Sound, first: Sound, head: int) -> int:
    """Return where the first block of a phrase is, whose head is at a place.

    A dropout within the head puts the block before where most of the head is.
    """
    early = max(0, head - DROPOUT)
    score = correlate(sound[early : head + len(first)], first)
    return early + int(score.argmax()) if score.max() >= AGAIN else head


def correlate(sound: Sound, piece: Sound) -> Sound:
    """Return the normalised correlation of the piece at every place of the sound."""
    size = 1 << (len(sound) + len(piece) - 1).bit_length()
    spectrum = np.fft.rfft(sound, size) * np.conj(np.fft.rfft(piece, size))
    places = len(sound) - len(piece) + 1
    product = np.fft.irfft(spectrum, size)[:places]
    sums = np.concatenate([[0.0], np.cumsum(sound.astype(np.float64) ** 2)])
    energy = sums[len(piece) :] - sums[:places]
    least = AUDIBLE**2 * len(piece)
    scale = np.sqrt(np.maximum(energy, least) * (piece**2).sum())
    score: Sound = (product / scale).astype(np.float32)
    return score


def heard_part(sound: Sound, phrase: Sound) -> tuple[int, int]:
    """Return how many samples of the phrase, from its beginning, are in the sound.

    And how many of silence came into it.
    """
    end = dropout = 0
    for at in range(0, len(phrase), BLOCK):
        want = phrase[at : at + BLOCK]
        power = float((want**2).sum())
        if power < AUDIBLE**2 * len(want):
            continue  # a pause within the phrase proves nothing
        if not is_there(sound[at + dropout :], want):
            more = going_on(sound[at + dropout :], phrase[at:])
            if not more or dropout + more > DROPOUT:
                break
            dropout += more
        end = at + len(want)
    return end, dropout


def is_there(sound: Sound, want: Sound) -> bool:
    """Return whether a sound begins with a block of a phrase."""
    have = sound[: len(want)]
    if len(have) < len(want):
        return False
    # players may delay by a fraction of a sample: allow a small shift
    best = max(float((np.roll(have, shift) * want).sum()) for shift in range(-2, 3))
    energy = float((want**2).sum()) * max(float((have**2).sum()), 1.0)
    return best >= BLOCK_ENOUGH * math.sqrt(energy)


def going_on(sound: Sound, phrase: Sound) -> int:
    """Return after how many samples the phrase goes on; 0 where it does not.

    It does so with its first block, or where that came apart with the next audible one.
    """
    audible = (
        at
        for at in range(0, len(phrase), BLOCK)
        if float((phrase[at : at + BLOCK] ** 2).sum()) >= AUDIBLE**2 * BLOCK
    )
    for skipped in itertools.islice(audible, 2):
        rest = phrase[skipped : skipped + BLOCK]
        place = sound[skipped : skipped + DROPOUT + len(rest)]
        if len(rest) < BLOCK // 2 or len(place) < len(rest):
            break
        score = correlate(place, rest)
        if score.max() >= AGAIN:
            return int(score.argmax())
    return 0
