"""A week in a few figures, to be told in words; no pain is in it as a number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from .course import day_of
from .diary import Activity, Entry, ExerciseDone, Kind, SessionEnded, SessionStarted
from .exposure import counts, merged
from .programme import Programme, Record, name_of
from .progress import ONE_WEEK, monday_of
from .rules.week import w2

TOLD_BY: Final = frozenset(
    {Kind.SESSION_STARTED, Kind.EXERCISE_DONE, Kind.SESSION_ENDED, Kind.ACTIVITY}
)
"""The kinds of entries that a summary is made of."""

LEAST: Final = 2
"""So many ratings a week must have to be compared."""

NOTICEABLE: Final = 1
"""From this difference of the usual ratings on it is one."""


class PainChange(StrEnum):
    """How the pain before sessions was, against the week before."""

    LESS = "less"
    SAME = "same"
    MORE = "more"


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What somebody did in a week."""

    monday: date
    """Its first day."""
    sessions: int
    """Those that count (4.1)."""
    weekly_target: int
    """Sessions, as it is now."""
    minutes: int
    """Of all sessions, from the start to the end."""
    aerobic_minutes: int
    """Vigorous ones twice (W-2)."""
    aerobic_target: int
    """Minutes a week, as it is now."""
    pain: PainChange | None
    """None where it is not wanted, or too little is known."""


@dataclass(slots=True, kw_only=True)
class _Week:
    """A week while it is added up."""

    records: list[Record]
    aerobic: int = 0

    @property
    def minutes(self) -> int:
        lengths = (each.ended - each.started for each in self.records if each.ended)
        return round(sum(lengths, timedelta()) / timedelta(minutes=1))

    @property
    def pain(self) -> float | None:
        ratings = [
            each.pain_before for each in self.records if each.pain_before is not None
        ]
        return sum(ratings) / len(ratings) if len(ratings) >= LEAST else None


def summarise(
    programme: Programme, entries: Sequence[Entry], day: date, *, with_pain: bool
) -> Summary:
    """Return the summary of the week that a day is in, as far as it has got.

    `entries` are those of the kinds in `TOLD_BY`, in the order of recording, from
    the Monday before that week on; more do no harm. A session belongs to the week
    in which it began.
    """
    monday = monday_of(day)
    weeks = {monday: _Week(records=[]), monday - ONE_WEEK: _Week(records=[])}
    for entry in entries:
        week = weeks.get(monday_of(day_of(entry.at, entry.zone)))
        if isinstance(entry.payload, Activity) and week:
            week.aerobic += w2(entry.payload)
    for record in _records(programme, entries):
        week = weeks.get(monday_of(record.day))
        if week:
            week.records.append(record)
    this, before = weeks[monday], weeks[monday - ONE_WEEK]
    return Summary(
        monday=monday,
        sessions=sum(bool(each.ended) and counts(each) for each in this.records),
        weekly_target=programme.settings.weekly_sessions,
        minutes=this.minutes,
        aerobic_minutes=this.aerobic,
        aerobic_target=programme.aerobic.target,
        pain=_change(before.pain, this.pain) if with_pain else None,
    )


def _records(programme: Programme, entries: Iterable[Entry]) -> list[Record]:
    records: list[Record] = []
    for entry in entries:
        match entry.payload:
            case SessionStarted() as started:
                records.append(_begun(programme, entry, started))
            case ExerciseDone() as done if records:
                name = name_of(done.exercise, done.form)
                earlier = records[-1].done.get(name)
                records[-1].done[name] = merged(earlier, done) if earlier else done
            case SessionEnded() if records:
                records[-1].ended = records[-1].ended or entry.at
            case _:
                pass
    return records


def _begun(programme: Programme, entry: Entry, started: SessionStarted) -> Record:
    return Record(
        id=entry.id,
        routine=started.routine,
        kind=started.kind,
        started=entry.at,
        zone=entry.zone,
        day=day_of(entry.at, entry.zone),
        pain_before=started.pain_before,
        planned={
            name_of(each.exercise, each.form): (each.index, each.planned)
            for each in started.prescriptions
        },
        check_in=started.check_in,
        settings=programme.settings,
        last=entry.at,
    )


def _change(before: float | None, after: float | None) -> PainChange | None:
    if before is None or after is None:
        return None
    if after - before >= NOTICEABLE:
        return PainChange.MORE
    return PainChange.LESS if before - after >= NOTICEABLE else PainChange.SAME
