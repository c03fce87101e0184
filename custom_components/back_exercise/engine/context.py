"""What a rating is of that arrives while no session is going on."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from .diary import Context, Measure
from .exposure import ASKED_FROM, CLOSES_AFTER
from .programme import Programme, Record

AFTER_WITHIN: Final = timedelta(hours=1)
"""So long after the end of a session a rating is of how it is after it."""

ASKED_UNTIL: Final = timedelta(hours=36)
"""Until then the next-day answer is one; later it is recalled (4.1)."""

OLDEST: Final = timedelta(hours=72)
"""How far back a rating may lie."""

SLACK: Final = timedelta(minutes=1)
"""So far two clocks may be apart."""


class Reason(StrEnum):
    """Why a rating can't be what it is said to be."""

    FUTURE = "future"
    TOO_OLD = "too_old"
    """More than 72 hours ago."""
    NO_SESSION = "no_session"
    """There is none that it could be of, or its answer is there already."""
    NOT_GOING_ON = "not_going_on"
    """No session was going on then."""
    TOO_EARLY = "too_early"
    """Of the next day, less than 12 hours after the session."""
    TOO_LATE = "too_late"
    """Of how it is after a session, more than an hour after it."""
    EFFORT = "effort"
    """Effort is that of an exercise or a session, and nothing else."""


ALLOWED: Final = {
    Reason.FUTURE: "a moment of the last 72 hours",
    Reason.TOO_OLD: "a moment of the last 72 hours",
    Reason.NO_SESSION: "before or at_large, until a session has been done",
    Reason.NOT_GOING_ON: "before, after, next_day or at_large",
    Reason.TOO_EARLY: "next_day from 12 hours after the session on",
    Reason.TOO_LATE: "after, up to one hour after the session",
    Reason.EFFORT: "effort during a session or up to one hour after it",
}


class ContextRefused(Exception):
    """A rating that can't be what it is said to be; nothing was recorded."""

    def __init__(self, field: str, reason: Reason) -> None:
        """Remember which field of the rating is wrong, and why."""
        super().__init__(f"{field} must be {ALLOWED[reason]}")
        self.field = field
        self.reason = reason
        self.allowed = ALLOWED[reason]


def context_at(
    programme: Programme, at: datetime, zone: str, measure: Measure = Measure.PAIN
) -> Context:
    """Return what a rating is of, by the moment of it alone.

    `programme` is as time has passed until then. Up to an hour after a session it is
    of how it is after it, where that is not known yet; from 12 to 36 hours after it,
    if not on the same day, of the next day, as long as that is waited for; else
    at large (and then it is the pain before a session that is begun within two
    hours). Effort is of the session, up to an hour after it: ContextRefused is
    raised later, and where there was none.
    """
    record = programme.session
    since = _since(record, at)
    if record is None or since is None or since < timedelta():
        if measure is Measure.EFFORT:
            raise ContextRefused("effort", Reason.EFFORT)
        return Context.AT_LARGE
    known = record.pain_after if measure is Measure.PAIN else None
    if since <= AFTER_WITHIN and known is None:
        return Context.AFTER
    if measure is Measure.EFFORT:
        raise ContextRefused("effort", Reason.EFFORT)
    if ASKED_FROM <= since <= ASKED_UNTIL and _is_later_day(at, since, zone):
        return Context.NEXT_DAY
    return Context.AT_LARGE


def next_day_missing(programme: Programme, at: datetime, zone: str) -> bool:
    """Return whether the next day of the last session can be told, and was not yet.

    `programme` is as time has passed until then. From 12 to 72 hours after a session
    in which something was done, if not on the same day.
    """
    record = programme.session
    since = _since(record, at)
    return (
        record is not None
        and since is not None
        and bool(record.done)
        and ASKED_FROM <= since < CLOSES_AFTER
        and _is_later_day(at, since, zone)
    )


def check_context(  # noqa: PLR0913  # all that is said of a rating
    programme: Programme,
    context: Context,
    at: datetime,
    *,
    now: datetime | None = None,
    value: int | None = None,
    measure: Measure = Measure.PAIN,
    at_gate: bool = False,
) -> bool:
    """Return whether a rating of a context is recalled; see to it that it makes sense.

    `programme` is as time has passed until `now`, at which it is given; `at` is the
    moment it is of. Recalled is what is of the next day and told more than 36 hours
    after the session, or `at_gate`: asked for because the next one was started
    (G-7). Raises ContextRefused where the moment is
    in the future or more than 72 hours ago, where there is no session it could be
    of, and where it is too early or late for it. Pain (`value`, 0 to 10) that has
    flared up may be of the next day before 12 hours are over: that only eases.
    """
    now = now or programme.clock or at
    if at - now > SLACK:
        raise ContextRefused("at", Reason.FUTURE)
    if now - at > OLDEST:
        raise ContextRefused("at", Reason.TOO_OLD)
    if measure is Measure.EFFORT and context not in (Context.DURING, Context.AFTER):
        raise ContextRefused("context", Reason.EFFORT)
    record = programme.session
    match context:
        case Context.DURING:
            if record is None or record.ended or at < record.started:
                raise ContextRefused("context", Reason.NOT_GOING_ON)
        case Context.AFTER:
            _check_after(record, at)
        case Context.NEXT_DAY:
            return _check_next_day(programme, at, now, value) or at_gate
        case _:
            pass
    return False


def _check_after(record: Record | None, at: datetime) -> None:
    since = _since(record, at)
    if since is None or since < timedelta():
        raise ContextRefused("context", Reason.NO_SESSION)
    if since > AFTER_WITHIN:
        raise ContextRefused("context", Reason.TOO_LATE)


def _check_next_day(
    programme: Programme, at: datetime, now: datetime, value: int | None
) -> bool:
    record = programme.session
    since = _since(record, at)
    if record is None or since is None or since > CLOSES_AFTER:
        raise ContextRefused("context", Reason.NO_SESSION)
    before = record.pain_before
    flares = (
        value is not None
        and before is not None
        and value - before >= programme.settings.nd_rise
    )
    if since < ASKED_FROM and not (flares and since >= timedelta()):
        raise ContextRefused("context", Reason.TOO_EARLY)
    return now - at + since > ASKED_UNTIL


def _is_later_day(at: datetime, since: timedelta, zone: str) -> bool:
    """Return whether a moment is on a later day than so long before it."""
    where = ZoneInfo(zone)
    return at.astimezone(where).date() > (at - since).astimezone(where).date()


def _since(record: Record | None, at: datetime) -> timedelta | None:
    """Return how long after the end of a session a moment is; None without one."""
    return None if record is None or record.ended is None else at - record.ended
