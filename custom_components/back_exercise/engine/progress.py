"""What somebody has done so far: weeks, minutes, the last session; no blame in it."""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from .decision import Decision
from .plan import Detail
from .programme import Aerobic, LastSession, Programme, Record
from .rules.closing import BASELINE
from .rules.facts import median
from .rules.week import w3

type Known = tuple[int | None, datetime]
"""A rating, if it was given, and when."""

ONE_DAY: Final = timedelta(days=1)
ONE_WEEK: Final = timedelta(days=7)
LOOKED_BACK: Final = timedelta(days=28)
"""So many days adherence looks back on (R12)."""

EXPLAINED: Final = 3
"""So many times an exercise is explained in full (product.md 4)."""

FORGOTTEN: Final = timedelta(days=14)
"""After so long it is explained in full again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What is shown of a person's progress at a moment; None where nothing is known.

    Pain and effort are 0 to 10. Weeks begin on Monday, where the person is.
    """

    sessions_this_week: int
    """Those that count (4.1)."""
    weekly_target: int
    """Sessions."""
    streak: int
    """Weeks on target one after the other; this one counts once it is."""
    aerobic_minutes: int
    """Of this week, vigorous ones twice (W-2)."""
    aerobic_target: int
    """Minutes a week."""
    adherence: int | None
    """Sessions of the last 28 days by the target, percent up to 100."""
    pain: int | None
    """The latest that is known."""
    pain_at: datetime | None
    effort: int | None
    effort_at: datetime | None
    pain_before: int | None
    """Of the last session, as are the next two."""
    pain_after: int | None
    pain_next_day: int | None
    pain_trend: int | None
    """How far the usual pain before sessions lies above that of the beginning."""
    last_session: datetime | None
    """When it ended."""
    last: LastSession | None
    done_today: bool
    """A session was completed today."""


# What the fold keeps


def monday_of(day: date) -> date:
    """Return the first day of a day's week."""
    return day - ONE_DAY * day.weekday()


def take_session(programme: Programme, record: Record) -> None:
    """Take a session that ended; it belongs to the week in which it began."""
    progress = programme.progress
    for name, done in record.done.items():
        if done.done:
            times, _ = progress.met.get(name, (0, None))
            progress.met[name] = (times + 1, record.day)
    begin_week(programme, record.day)
    if record.counts:
        progress.sessions += 1
        progress.counted = (*_within(progress.counted, record.day), record.day)


def begin_week(programme: Programme, today: date) -> None:
    """End the week that was counted, if it is over, with the target valid by now."""
    progress = programme.progress
    if _is_over(progress.week, today):
        monday = monday_of(today)
        progress.sessions, progress.streak = _week_at(programme, monday)
        progress.week = monday


def _is_over(week: date | None, today: date) -> bool:
    return week is None or today - week >= ONE_WEEK


def _week_at(programme: Programme, monday: date) -> tuple[int, int]:
    """Return the sessions of the week of a Monday, and the weeks on target before."""
    progress = programme.progress
    if progress.week is None or monday <= progress.week:
        return progress.sessions, progress.streak
    follows = monday - progress.week == ONE_WEEK
    if follows and progress.sessions >= programme.settings.weekly_sessions:
        return 0, progress.streak + 1
    return 0, 0


def _within(days: Iterable[date], today: date) -> list[date]:
    return [day for day in days if today - day < LOOKED_BACK]


def end_week(
    programme: Programme, aerobic: Aerobic, today: date
) -> tuple[Decision, ...]:
    """End the week whose minutes are counted, if it is over (W-3).

    `aerobic` is the programme's, or a copy of it; it is changed, all but the
    target: what is decided about that is returned.
    """
    if not _is_over(aerobic.week, today):
        return ()
    monday = monday_of(today)
    if aerobic.week is None:
        aerobic.week = monday
        return ()
    if len(aerobic.weeks) < 3:  # noqa: PLR2004  # the third is not looked at
        aerobic.weeks = (*aerobic.weeks, aerobic.minutes)
    record = programme.session
    if record is not None and record.day < monday:
        aerobic.troubled = True  # its answer is missing
    decisions = tuple(w3(aerobic, programme.settings.aerobic_ceiling))
    aerobic.week = monday
    aerobic.minutes = 0
    aerobic.troubled = False
    return decisions


def as_last(record: Record, next_day: int | None) -> LastSession | None:
    """Return a session that ended as it is shown."""
    if record.ended is None or record.outcome is None:
        return None
    return LastSession(
        id=record.id,
        started=record.started,
        ended=record.ended,
        outcome=record.outcome,
        routine=record.routine,
        kind=record.kind,
        pain_before=record.pain_before,
        pain_after=record.pain_after,
        effort=record.effort,
        next_day=next_day,
    )


# What is shown of it


def progress_at(programme: Programme, now: datetime, zone: str) -> Shown:
    """Return what is shown at a moment to a person in a time zone.

    `programme` is as time has passed until then. A week that is over is over,
    though nothing was recorded since.
    """
    today = now.astimezone(ZoneInfo(zone)).date()
    settings, recent = programme.settings, programme.recent
    sessions, streak = _week_at(programme, monday_of(today))
    minutes, target = _minutes_at(programme, today)
    last = _last(programme)
    pain, pain_at = _latest(recent.rating, *_pains(last))
    efforts = [(last.effort, last.ended)] if last else []
    effort, effort_at = _latest(programme.progress.effort, *efforts)
    completed = recent.last_completed
    return Shown(
        sessions_this_week=sessions,
        weekly_target=settings.weekly_sessions,
        streak=streak + (sessions >= settings.weekly_sessions),
        aerobic_minutes=minutes,
        aerobic_target=target,
        adherence=_adherence(programme, today),
        pain=pain,
        pain_at=pain_at,
        effort=effort,
        effort_at=effort_at,
        pain_before=last.pain_before if last else None,
        pain_after=last.pain_after if last else None,
        pain_next_day=last.next_day if last else None,
        pain_trend=_trend(programme),
        last_session=last.ended if last else None,
        last=last,
        done_today=(
            completed is not None
            and completed.astimezone(ZoneInfo(zone)).date() == today
        ),
    )


def _minutes_at(programme: Programme, today: date) -> tuple[int, int]:
    """Return the minutes of this week, and its target, as a week that ended made it."""
    aerobic = copy(programme.aerobic)
    target = aerobic.target
    for decision in end_week(programme, aerobic, today):
        target = target if decision.value is None else decision.value
    return aerobic.minutes, target


def _last(programme: Programme) -> LastSession | None:
    """Return the last session that ended, also if it waits for its next day."""
    record = programme.session
    waiting = as_last(record, None) if record else None
    return waiting or programme.progress.last


def _pains(last: LastSession | None) -> tuple[Known, ...]:
    if last is None:
        return ()
    return (last.pain_before, last.started), (last.pain_after, last.ended)


def _latest(*ratings: Known | None) -> Known | tuple[None, None]:
    """Return the latest rating that was given, and when."""
    given = [each for each in ratings if each and each[0] is not None]
    return max(given, key=lambda each: each[1], default=(None, None))


def _adherence(programme: Programme, today: date) -> int | None:
    """Return the sessions of 28 days by their target (R12); of fewer at the beginning.

    None before the first session.
    """
    first = programme.recent.first_on
    if first is None:
        return None
    days = min(max(today - first + ONE_DAY, ONE_WEEK), LOOKED_BACK)
    target = programme.settings.weekly_sessions * days / ONE_WEEK
    done = len(_within(programme.progress.counted, today))
    return min(round(100 * done / target), 100)


def _trend(programme: Programme) -> int | None:
    """Return the change of the usual pain, as P-6 looks at it; None below five."""
    recent = programme.recent
    if len(recent.first) < BASELINE:
        return None
    return round(median(recent.gates) - median(recent.first))


def detail_of(programme: Programme, exercise: str, today: date) -> Detail:
    """Return how much is said of an exercise, by its name in the programme.

    All of it the first three times, and after 14 days without it.
    """
    times, last = programme.progress.met.get(exercise, (0, today))
    if times < EXPLAINED or today - last >= FORGOTTEN:
        return Detail.FULL
    return Detail.SHORT
