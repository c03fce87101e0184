"""Holds what a speaker was heard to say against what was due.

What is due follows from the engine alone: its plan, laid out with the lengths of the
phrases as the voice made them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
import json
from pathlib import Path

from custom_components.back_exercise.engine.catalogue import Routine, read_catalogue
from custom_components.back_exercise.engine.plan import (
    CheckIn,
    Plan,
    build_plan,
    prescribe,
)
from custom_components.back_exercise.engine.timeline import Timeline, lay, stretches
from custom_components.back_exercise.phrases import Phrases
from custom_components.back_exercise.voice import read_clip

from .hearing import Heard
from .parts import Parts

CUT = 0.9
"""A phrase of which less was heard counts as cut."""
SECOND = timedelta(seconds=1)
TOUCH_S = 0.05
"""By so much the ear may take a phrase to be longer than it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A phrase that is to be heard."""

    text: str
    at: float
    """Seconds from the beginning of its track to its first audible sound."""
    length: float
    """From its first to its last audible sound."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """What one track is to say."""

    timeline: Timeline
    dues: tuple[Due, ...]

    @property
    def length(self) -> float:
        """From the beginning of the track to that of the next one, in seconds."""
        return self.timeline.length.total_seconds()

    @property
    def texts(self) -> list[str]:
        """What it says, in order."""
        return [due.text for due in self.dues]


def phrases_of(component: Path) -> Phrases:
    """Return the English sentences of a component."""
    words = json.loads((component / "speech" / "en.json").read_text())
    return Phrases(language="en", words=words)


def plan_of(component: Path, check_in: CheckIn = CheckIn.START_AND_END) -> Plan:
    """Write out the beginner routine of a component, as it is first played.

    Nothing has changed yet that would be said, and the pain before is known.
    """
    content = json.loads((component / "content" / "exercises.json").read_text())
    exercises = read_catalogue(content).routine(Routine.BEGINNER)
    return build_plan(
        Routine.BEGINNER,
        [prescribe(exercise) for exercise in exercises],
        check_in=check_in,
        ask_before=False,
    )


def timetables(
    component: Path, parts: Parts, check_in: CheckIn = CheckIn.START_AND_END
) -> list[Timetable]:
    """Lay out the beginner routine of a component, as the voice of the parts speaks it.

    What the voice was not asked for yet is taken to need a second.
    """
    lengths = {}
    for line in parts.requests():
        sound = (parts.folder / "clips" / f"{line['clip']}.wav").read_bytes()
        if clip := read_clip(sound):
            lengths[str(line["text"])] = clip.length
    phrases = phrases_of(component)
    plan = plan_of(component, check_in)
    timelines = [
        lay(plan, stretch, lambda cue: lengths.get(phrases.text(cue), SECOND))
        for stretch in stretches(plan)
    ]
    return [
        Timetable(
            timeline=timeline,
            dues=tuple(
                Due(
                    text=phrases.text(spoken.cue),
                    at=spoken.offset.total_seconds(),
                    length=spoken.length.total_seconds(),
                )
                for spoken in timeline.spoken
            ),
        )
        for timeline in timelines
    ]


def match(texts: Sequence[str], heard: Sequence[Heard]) -> list[Heard | None]:
    """Give each text the phrase heard for it, both in order; None where there is none.

    By the longest common subsequence.
    """
    best = [[0] * (len(heard) + 1) for _ in range(len(texts) + 1)]
    for i in reversed(range(len(texts))):
        for j in reversed(range(len(heard))):
            same = texts[i] == heard[j].text
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + same)
    found: list[Heard | None] = []
    j = 0
    for i, text in enumerate(texts):
        while j < len(heard) and best[i][j] == best[i][j + 1]:
            j += 1
        is_hit = j < len(heard) and heard[j].text == text
        if is_hit and best[i][j] == best[i + 1][j + 1] + 1:
            found.append(heard[j])
            j += 1
        else:
            found.append(None)
    return found


def cut(heard: Sequence[Heard]) -> list[str]:
    """Return the phrases that were not heard whole."""
    return [f"{each.text} {each.share:.0%}" for each in heard if each.share < CUT]


def overlapping(heard: Sequence[Heard]) -> list[str]:
    """Return the phrases that began before the one before was over."""
    return [
        f"{before.text} | {after.text}"
        for before, after in pairwise(heard)
        if after.on < before.off - TOUCH_S
    ]


def errors_s(dues: Sequence[Due], heard: Sequence[Heard | None]) -> list[float]:
    """Return how late each phrase of a track was, counted from the first one heard."""
    hits = [(due, each) for due, each in zip(dues, heard, strict=True) if each]
    if not hits:
        return []
    zero = hits[0][1].on - hits[0][0].at
    return [each.on - zero - due.at for due, each in hits]
