"""Some weeks of a diary as a therapist reads them: doses, sessions, pain, decisions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from .catalogue import Catalogue
from .course import day_of
from .decision import Decision, Outcome
from .diary import (
    Activity,
    Entry,
    Gate,
    Intensity,
    Kind,
    Logged,
    Screen,
    ScreenForm,
    SessionKind,
    SessionStarted,
)
from .history import PastSession, decision_of, history
from .programme import Programme, Standing, Status, exercise_of, name_of
from .progress import ONE_WEEK, monday_of, progress_at
from .reasons import topic
from .rules.facts import median
from .summary import Summary, summarise

TOLD_BY: Final = frozenset(
    {
        Kind.SESSION_STARTED,
        Kind.EXERCISE_DONE,
        Kind.SESSION_ENDED,
        Kind.RATING,
        Kind.DECISION,
        Kind.ACTIVITY,
        Kind.GATE,
        Kind.SCREEN,
    }
)
"""The kinds of entries that a sheet is made of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A dose that sessions have had from a day on."""

    day: date
    index: int
    """Where it is on the exercise's ladder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dosed:
    """An exercise of the programme, and how its dose came to be what it is."""

    name: str
    """As the programme has it, the level surface apart from the cushion."""
    standing: Standing
    is_forbidden: bool
    """The person wants it left out."""
    changes: tuple[Change, ...]
    """What sessions prescribed, the oldest first; gentle ones are not counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Active:
    """What somebody did of one activity in a week."""

    activity: str
    intensity: Intensity
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """A week of the sheet."""

    summary: Summary
    active: tuple[Active, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attended:
    """A session, and when it was."""

    day: date
    session: PastSession
    gate: tuple[str, ...]
    """The rules that made it other than an ordinary one, by their ids."""
    done: int
    """So many exercises were done to at least 80 % of what was planned."""

    @property
    def stopped(self) -> tuple[str, ...]:
        """The exercises that were stopped for pain."""
        return tuple(each.exercise for each in self.session.turns if each.stopped)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision and the day on which it was taken."""

    day: date
    decision: Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """That the safety questions were answered; not what was marked."""

    day: date
    form: ScreenForm
    is_marked: bool
    """Something was marked, or is new."""
    is_cleared: bool
    """An assessment, or a clinician's agreement or advice, was confirmed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """The median of the ratings at one place of the sessions, 0 to 10."""

    median: float | None
    """None where there is no rating."""
    known: int
    """From so many sessions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Some weeks of a diary, everything in the order of time."""

    first: date
    """A Monday, that of the first session at the earliest."""
    last: date
    routine: str
    is_locked: bool
    adherence: int | None
    """Sessions of the last 28 days by the target, percent up to 100."""
    before: Usual
    after: Usual
    next_day: Usual
    doses: tuple[Dosed, ...]
    weeks: tuple[Week, ...]
    sessions: tuple[Attended, ...]
    turned_away: tuple[date, ...]
    """The days on which there was too much pain for a session to begin."""
    decisions: tuple[Decided, ...]
    screens: tuple[Answered, ...]


_MOST: Final = 0.8
"""From this share on an exercise was done (4.1)."""

_ORDINARY: Final = "G-0"


def begins_on(programme: Programme, today: date, weeks: int) -> date:
    """Return the Monday on which a sheet of so many weeks begins."""
    first = monday_of(today) - (weeks - 1) * ONE_WEEK
    begun = programme.recent.first_on
    return max(first, monday_of(begun)) if begun else monday_of(today)


def sheet(  # noqa: PLR0913  # whose, of when, and from what
    catalogue: Catalogue,
    programme: Programme,
    entries: Iterable[Entry],
    *,
    first: date,
    now: datetime,
    zone: str,
    going_on: bool = False,
) -> Sheet:
    """Return the sheet of the days from the first to now, where the person is.

    `programme` is as time has passed until now; `entries` are those of the kinds in
    `TOLD_BY` in the order of recording, more do no harm. A session that is
    `going_on` is left out.
    """
    last = day_of(now, zone)
    told = [each for each in entries if first <= day_of(each.at, zone) <= last]
    past = history(catalogue, programme.settings.timing, told, going_on=going_on)
    begun = {
        each.id: each.payload
        for each in told
        if isinstance(each.payload, SessionStarted)
    }
    sessions = tuple(_attended(each, begun[each.id], zone) for each in reversed(past))
    return Sheet(
        first=first,
        last=last,
        routine=programme.routine.value,
        is_locked=programme.locked,
        adherence=progress_at(programme, now, zone).adherence,
        before=_usual(each.session.pain_before for each in sessions),
        after=_usual(each.session.pain_after for each in sessions),
        next_day=_usual(each.session.pain_next_day for each in sessions),
        doses=_doses(catalogue, programme, sessions, begun),
        weeks=_weeks(programme, told, first, last, zone),
        sessions=sessions,
        turned_away=tuple(
            dict.fromkeys(
                day_of(each.at, zone)
                for each in told
                if isinstance(each.payload, Gate) and each.payload.result == "not_today"
            )
        ),
        decisions=_decisions(told, zone),
        screens=tuple(
            _answered(day_of(each.at, zone), each.payload)
            for each in told
            if isinstance(each.payload, Screen)
        ),
    )


def _attended(session: PastSession, begun: SessionStarted, zone: str) -> Attended:
    return Attended(
        day=day_of(session.at, zone),
        session=session,
        gate=tuple(rule for rule in dict.fromkeys(begun.gate) if rule != _ORDINARY),
        done=sum(
            each.planned > 0 and each.done >= _MOST * each.planned
            for each in session.turns
        ),
    )


def _usual(ratings: Iterable[int | None]) -> Usual:
    known = [each for each in ratings if each is not None]
    return Usual(median=median(known) if known else None, known=len(known))


def _doses(
    catalogue: Catalogue,
    programme: Programme,
    sessions: Iterable[Attended],
    begun: dict[str, SessionStarted],
) -> tuple[Dosed, ...]:
    changes: dict[str, list[Change]] = {}
    for attended in sessions:
        for each in begun[attended.session.id].prescriptions:
            found = changes.setdefault(name_of(each.exercise, each.form), [])
            if attended.session.kind == SessionKind.GENTLE:
                continue
            if not found or found[-1].index != each.index:
                found.append(Change(day=attended.day, index=each.index))
    forbidden = programme.settings.forbidden
    out = (
        name
        for name, standing in programme.standings.items()
        if standing.status is not Status.ACTIVE or name in forbidden
    )
    names = dict.fromkeys((*catalogue.routines[programme.routine], *changes, *out))
    return tuple(
        Dosed(
            name=name,
            standing=programme.standing(name),
            is_forbidden=exercise_of(name) in forbidden,
            changes=tuple(changes.get(name, ())),
        )
        for name in names
        if exercise_of(name) in catalogue.exercises
    )


def _weeks(
    programme: Programme, entries: Sequence[Entry], first: date, last: date, zone: str
) -> tuple[Week, ...]:
    by_monday: dict[date, list[Entry]] = {}
    monday = first
    while monday <= last:
        by_monday[monday] = []
        monday += ONE_WEEK
    for entry in entries:
        day = day_of(entry.at, zone)
        monday = monday_of(day)
        by_monday[monday].append(entry)
        if first < monday == day:
            # of a session that began before midnight, perhaps
            by_monday[monday - ONE_WEEK].append(entry)
    return tuple(
        Week(
            summary=summarise(programme, told, monday, with_pain=False),
            active=_active(told, monday, zone),
        )
        for monday, told in by_monday.items()
    )


def _active(entries: Iterable[Entry], monday: date, zone: str) -> tuple[Active, ...]:
    minutes: dict[tuple[str, Intensity], int] = {}
    for entry in entries:
        payload = entry.payload
        if (
            isinstance(payload, Activity)
            and monday_of(day_of(entry.at, zone)) == monday
        ):
            key = (payload.activity, payload.intensity)
            minutes[key] = minutes.get(key, 0) + payload.minutes
    return tuple(
        Active(activity=activity, intensity=intensity, minutes=total)
        for (activity, intensity), total in minutes.items()
    )


def _decisions(entries: Iterable[Entry], zone: str) -> tuple[Decided, ...]:
    found: dict[tuple[date, str], Decided] = {}
    for entry in entries:
        if not isinstance(entry.payload, Logged):
            continue
        decision = decision_of(entry.payload)
        if decision is not None and decision.outcome is not Outcome.NOTHING:
            day = day_of(entry.at, zone)
            key = (day, f"{topic(decision)} {decision.value}")
            found.setdefault(key, Decided(day=day, decision=decision))
    return tuple(found.values())


def _answered(day: date, answers: Screen) -> Answered:
    return Answered(
        day=day,
        form=answers.form,
        is_marked=bool(answers.flags or answers.anything_new),
        is_cleared=(
            answers.assessed or answers.clinician_agreed or answers.advice_taken
        ),
    )
