"""Figures of a session as it was heard, the same for whatever played it."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from tests.e2e.hearing import Heard
from tests.e2e.score import CUT, Timetable, errors_s, match, overlapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How far off something was, without sign, in seconds."""

    median: float
    p95: float
    max: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How a session was heard."""

    cues: int
    lost: int
    cut: int
    unbidden: int
    """Heard, but not due at that place."""
    overlapping: int
    within: Spread
    """Errors counted from the first cue of each exercise."""
    drift: float
    """Error of the last cue of the exercise in which it is largest, with its sign."""
    overall: Spread
    """Errors counted from the first cue of the session."""
    overall_drift: float
    """Error of the last cue of the session, with its sign."""
    first_word: float
    """Seconds from the command to the first cue."""
    length: float
    intended: float
    dead_air: float
    """Silence beyond the intended silence."""


def spread(errors: Sequence[float]) -> Spread:
    """Return how far off the values are."""
    ordered = sorted(abs(each) for each in errors) or [0.0]
    nearest_rank = max(0, round(0.95 * len(ordered) + 0.5) - 1)
    return Spread(
        median=median(ordered),
        p95=ordered[min(nearest_rank, len(ordered) - 1)],
        max=ordered[-1],
    )


def global_cues(timetables: Sequence[Timetable]) -> list[tuple[float, str]]:
    """Return all cues of a session, in seconds from its beginning."""
    cues: list[tuple[float, str]] = []
    start = 0.0
    for timetable in timetables:
        cues += [(start + due.at, due.text) for due in timetable.dues]
        start += timetable.length
    return cues


def judge(
    timetables: Sequence[Timetable], heard: Sequence[Heard], begin: float
) -> Score:
    """Compare what was heard with what was due."""
    cues = global_cues(timetables)
    found = match([text for _, text in cues], heard)
    hits = [(at, each) for (at, _), each in zip(cues, found, strict=True) if each]
    if not hits:
        raise LookupError("nothing of the session was heard")
    places = iter(found)
    by_track = [
        errors_s(timetable.dues, [next(places) for _ in timetable.dues])
        for timetable in timetables
    ]
    (first_at, first), (_, last) = hits[0], hits[-1]
    overall = [each.on - first.on - (at - first_at) for at, each in hits]
    dues = [due for timetable in timetables for due in timetable.dues]
    intended = cues[-1][0] + dues[-1].length - cues[0][0]
    length = last.off - first.on
    spoken = sum(each.off - each.on for each in heard)
    return Score(
        cues=len(cues),
        lost=len(cues) - len(hits),
        cut=sum(each.share < CUT for _, each in hits),
        unbidden=len(heard) - len(hits),
        overlapping=len(overlapping(heard)),
        within=spread([error for errors in by_track for error in errors[1:]]),
        drift=max((errors[-1] for errors in by_track if errors), key=abs),
        overall=spread(overall[1:]),
        overall_drift=overall[-1],
        first_word=first.on - begin,
        length=length,
        intended=intended,
        dead_air=length - spoken - (intended - sum(due.length for due in dues)),
    )
