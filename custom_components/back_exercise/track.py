"""Joins phrases and silence, sample by sample, into what a speaker plays."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
import io
from typing import Final
from uuid import uuid4
import wave

from .engine.cues import Cue, CueKind
from .engine.plan import ZERO, Step, StepKind
from .engine.timeline import Spoken, Stretch, TimedStep, Timeline
from .voice import RATE, WIDTH, Clip

LEAD_IN: Final = timedelta(milliseconds=100)
"""Silence at the beginning of a file, for speakers that swallow the first moment."""

PIECE_LIMIT: Final = timedelta(seconds=10)
"""A longer piece could not be cut in time where announcements can't be stopped."""

BREAK: Final = timedelta(seconds=1)
"""A longer silence ends a piece, but not within a repetition."""

BREATHER: Final = timedelta(milliseconds=300)
"""After a single sentence."""

type Later = tuple[timedelta, Cue]
"""What is said so long after something else."""

_WITHIN_REPETITION: Final = {
    CueKind.HOLD,
    CueKind.HALFWAY,
    CueKind.RELEASE,
    CueKind.LOWER,
    CueKind.ONE_MORE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of a track that is played by itself, its silences left out."""

    start: timedelta
    """From the beginning of the track to its first sound."""
    length: timedelta
    spoken: tuple[Spoken, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """A stretch of timeline with the sound for it."""

    timeline: Timeline
    clips: Mapping[Cue, Clip]
    id: str = field(default_factory=lambda: uuid4().hex)
    """Another one of the same stretch has another."""

    @property
    def length(self) -> timedelta:
        """From its first to its last moment."""
        return self.timeline.length

    @property
    def whole(self) -> Piece:
        """Return all of it, to where somebody else begins to ask."""
        timeline = self.timeline
        length = timeline.left[0].offset if timeline.left else self.length
        return Piece(start=ZERO, length=length, spoken=timeline.spoken)

    def pieces(self) -> Iterator[Piece]:
        """Yield it in pieces of at most one repetition, or instructions of 10 s."""
        group: list[Spoken] = []
        for spoken in self.timeline.spoken:
            kind = spoken.cue.kind
            is_apart = kind is CueKind.COUNT or (
                group
                and kind not in _WITHIN_REPETITION
                and spoken.offset - group[-1].end > BREAK
            )
            if group and (is_apart or spoken.end - group[0].offset > PIECE_LIMIT):
                yield _piece(group)
                group = []
            group.append(spoken)
        if group:
            yield _piece(group)

    def render(self, piece: Piece) -> bytes:
        """Return a piece as a WAV file of exact length. Takes a while."""
        count = _samples(LEAD_IN) + _samples(piece.length)
        pcm = bytearray(count * WIDTH)
        for spoken in piece.spoken:
            clip = self.clips[spoken.cue]
            at = _samples(LEAD_IN) + _samples(spoken.offset - piece.start) - clip.lead
            begin = max(0, at) * WIDTH
            sound = clip.pcm[begin - at * WIDTH :]
            end = min(begin + len(sound), len(pcm))
            pcm[begin:end] = sound[: end - begin]
        file = io.BytesIO()
        with wave.open(file, "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(WIDTH)
            out.setframerate(RATE)
            out.writeframes(pcm)
        return file.getvalue()


def words_alone(
    clips: Mapping[Cue, Clip],
    cue: Cue,
    *later: Later,
    length_of: Callable[[Cue], timedelta],
) -> Track:
    """Return a single sentence outside of a plan as a track.

    Of what is said later the time counts from the end of the sentence; nothing
    overlaps.
    """
    end = length_of(cue)
    spoken = [Spoken(offset=ZERO, length=end, cue=cue)]
    for at, each in [(end + time, each) for time, each in later]:
        offset, length = max(at, end), length_of(each)
        spoken.append(Spoken(offset=offset, length=length, cue=each))
        end = offset + length
    step = Step(kind=StepKind.PREPARE, duration=ZERO)
    timeline = Timeline(
        stretch=Stretch(steps=(step,), first=0),
        steps=(TimedStep(step=step, start=ZERO, end=end + BREATHER),),
        spoken=tuple(spoken),
    )
    return Track(timeline=timeline, clips=clips)


def _piece(spoken: Sequence[Spoken]) -> Piece:
    start = spoken[0].offset
    # a little more than the last audible sound, so that it can fade
    length = spoken[-1].end - start + LEAD_IN
    return Piece(start=start, length=length, spoken=tuple(spoken))


def _samples(duration: timedelta) -> int:
    return round(duration.total_seconds() * RATE)
