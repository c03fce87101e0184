"""The sessions of a diary one after the other, as they are looked back on."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from .catalogue import Catalogue
from .decision import Decision, Outcome as Decided, Rule
from .diary import (
    Context,
    Entry,
    ExerciseDone,
    Kind,
    Logged,
    Measure,
    Outcome,
    Rating,
    SessionEnded,
    SessionStarted,
)
from .exposure import highest, merged
from .plan import ZERO, Side, StepKind, exercise_steps, prescribe
from .settings import Timing

TOLD_BY: Final = frozenset(
    {
        Kind.SESSION_STARTED,
        Kind.EXERCISE_DONE,
        Kind.SESSION_ENDED,
        Kind.RATING,
        Kind.DECISION,
    }
)
"""The kinds of entries that a history is made of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What was done of one exercise in a session; both counts as `ExerciseDone` has."""

    exercise: str
    done: int
    planned: int
    stopped: bool
    """It was stopped for pain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastSession:
    """A session that is over; pain is 0 to 10, None where nobody said."""

    id: str
    at: datetime
    """When it began, UTC."""
    length: timedelta
    """From its beginning to its end, or to the last thing recorded in it."""
    outcome: Outcome
    kind: str
    routine: str
    work: timedelta
    """How long what was done takes nominally, rests and words left out: the dose."""
    pain_before: int | None
    pain_after: int | None
    pain_next_day: int | None
    pain_peak: int | None
    """The worst in it, by the ratings of its exercises."""
    effort: int | None
    """The hardest, 0 to 10, of the whole or of an exercise."""
    turns: tuple[Turn, ...]
    decisions: tuple[Decision, ...]
    """What it led to, in the order of recording."""


@dataclass(slots=True, kw_only=True)
class _Record:
    """A session while its entries are gathered."""

    entry: Entry
    started: SessionStarted
    last: datetime
    ended: SessionEnded | None = None
    pain_before: int | None = None
    pain_after: int | None = None
    pain_next_day: int | None = None
    pain_peak: int | None = None
    effort: int | None = None
    done: dict[str, ExerciseDone] = field(default_factory=dict)
    decisions: list[Decision] = field(default_factory=list)


def history(
    catalogue: Catalogue,
    timing: Timing,
    entries: Iterable[Entry],
    *,
    going_on: bool = False,
) -> tuple[PastSession, ...]:
    """Return the sessions that begin in some entries, the newest first.

    `entries` are those of the kinds in `TOLD_BY` in the order of recording; others do
    no harm, nor do those of a session that began before them. The last session is left
    out while it is `going_on`.
    """
    records: dict[str, _Record] = {}
    record: _Record | None = None
    for entry in entries:
        if isinstance(entry.payload, SessionStarted):
            record = records[entry.id] = _begun(entry, entry.payload)
        elif isinstance(entry.payload, Logged) and entry.payload.session:
            _take(records.get(entry.payload.session), entry)
        else:
            _take(record, entry)
    found = list(records.values())
    if going_on and found and found[-1].ended is None:
        del found[-1]
    return tuple(_told(catalogue, timing, each) for each in reversed(found))


def decision_of(logged: Logged) -> Decision | None:
    """Return the decision that was logged; None where this version knows no such."""
    try:
        return Decision(
            rule=Rule(logged.rule),
            outcome=Decided(logged.outcome),
            exercise=logged.exercise,
            value=logged.value,
            until=logged.until,
            routine=logged.routine,
            other=logged.other,
            variant=logged.variant,
            inputs=logged.inputs,
        )
    except ValueError:
        return None


def _begun(entry: Entry, started: SessionStarted) -> _Record:
    return _Record(
        entry=entry, started=started, last=entry.at, pain_before=started.pain_before
    )


def _take(record: _Record | None, entry: Entry) -> None:
    """Take an entry as one of a session's; there may be none that it is of."""
    match entry.payload:
        case _ if record is None:
            pass
        case ExerciseDone() as done:
            before = record.done.get(done.exercise)
            record.done[done.exercise] = merged(before, done) if before else done
            record.pain_peak = highest(record.pain_peak, done.pain_peak)
            record.effort = highest(record.effort, done.effort)
            _last(record, entry)
        case SessionEnded() as ended if record.ended is None:
            record.ended = ended
            if ended.pain_after is not None:
                record.pain_after = ended.pain_after
            record.effort = highest(record.effort, ended.effort)
            record.last = entry.at
        case Rating(measure=Measure.PAIN, exercise=None) as rating:
            _rate(record, rating)
        case Rating(measure=Measure.PAIN) as rating:
            record.pain_peak = highest(record.pain_peak, rating.value)
        case Rating(context=Context.DURING | Context.AFTER) as rating:
            record.effort = highest(record.effort, rating.value)
        case Logged() as logged:
            if decision := decision_of(logged):
                record.decisions.append(decision)
        case _:
            pass


def _last(record: _Record, entry: Entry) -> None:
    if record.ended is None:
        record.last = entry.at


def _rate(record: _Record, rating: Rating) -> None:
    match rating.context:
        case Context.BEFORE if record.ended is None and record.pain_before is None:
            record.pain_before = rating.value
        case Context.AFTER:
            record.pain_after = rating.value
        case Context.NEXT_DAY:
            record.pain_next_day = rating.value
        case Context.DURING:
            record.pain_peak = highest(record.pain_peak, rating.value)
        case _:
            pass


def _told(catalogue: Catalogue, timing: Timing, record: _Record) -> PastSession:
    planned = {each.exercise: each.planned for each in record.started.prescriptions}
    ids = dict.fromkeys((*planned, *record.done))
    works = (_work(catalogue, timing, each) for each in record.done.values())
    return PastSession(
        id=record.entry.id,
        at=record.entry.at,
        length=record.last - record.entry.at,
        outcome=record.ended.outcome if record.ended else Outcome.PARTIAL,
        kind=record.started.kind,
        routine=record.started.routine,
        work=sum(works, ZERO),
        pain_before=record.pain_before,
        pain_after=record.pain_after,
        pain_next_day=record.pain_next_day,
        pain_peak=record.pain_peak,
        effort=record.effort,
        turns=tuple(_turn(id_, planned, record.done.get(id_)) for id_ in ids),
        decisions=tuple(record.decisions),
    )


def _turn(exercise: str, planned: dict[str, int], done: ExerciseDone | None) -> Turn:
    return Turn(
        exercise=exercise,
        done=done.done if done else 0,
        planned=planned.get(exercise, done.planned if done else 0),
        stopped=bool(done and (done.sharp or done.stopped_for_pain)),
    )


def _work(catalogue: Catalogue, timing: Timing, done: ExerciseDone) -> timedelta:
    """Return how long what was done of an exercise takes; none of one unknown here."""
    exercise = catalogue.exercises.get(done.exercise)
    if exercise is None or not done.planned:
        return ZERO
    ladder = exercise.ladder
    index = min(max(done.index, ladder.lowest), ladder.highest)
    steps = exercise_steps(prescribe(exercise, index), timing, Side.RIGHT)
    whole = sum((each.duration for each in steps if each.kind is StepKind.WORK), ZERO)
    return whole * min(1.0, done.done / done.planned)
