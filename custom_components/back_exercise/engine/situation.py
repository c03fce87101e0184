"""How things are when the agenda is looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from .course import day_of
from .diary import Entry, ReminderReason
from .occasions import Wishes
from .programme import Programme
from .reminded import Told, tell
from .rules.gate import MOST_IN_WEEK
from .today import WEEK, Ask, lock_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """A session whose next day was not answered yet."""

    day: date
    """On which it began, where the person was."""
    ended: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """How things are at the moment of looking."""

    now: datetime
    zone: str
    entries: Sequence[Entry]
    """Of the kinds in `NEEDED`, from `horizon` on, in the order of recording; more
    do no harm."""
    unanswered: Unanswered | None = None
    """As `unanswered_of` returns it."""
    home: bool = True
    """The person is at home, or nobody was linked."""
    running: bool = False
    """A session goes on, is being started, or waits to be continued."""
    barred: ReminderReason | None = None
    """What stands before every session now, as `barred_by` returns it."""


def unanswered_of(programme: Programme) -> Unanswered | None:
    """Return the session whose next day is to be asked for; None where there is none.

    Not one in which nothing was done.
    """
    record = programme.session
    if record is None or record.ended is None or not record.done:
        return None
    return Unanswered(day=record.day, ended=record.ended)


def barred_by(programme: Programme, now: datetime, zone: str) -> ReminderReason | None:
    """Return what stands before every session now; None where nothing does.

    `programme` is as time has passed until then. LOCKED, NOT_TODAY or ENOUGH.
    """
    if lock_of(programme, Ask(now=now, zone=zone)):
        return ReminderReason.LOCKED
    today, recent = day_of(now, zone), programme.recent
    if any(day_of(moment, zone) == today for moment in recent.not_today):
        return ReminderReason.NOT_TODAY
    week = [day for day, _, counted in recent.sessions if counted]
    if sum(today - day < WEEK for day in week) >= MOST_IN_WEEK:
        return ReminderReason.ENOUGH
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What is wished for, how things are, and what the diary tells of it."""

    wishes: Wishes
    now: datetime
    zone: str
    today: date
    told: Told
    unanswered: Unanswered | None
    home: bool
    running: bool
    barred: ReminderReason | None
    is_quiet: bool

    @property
    def is_still(self) -> bool:
        """Nothing is asked of anybody, whatever it is."""
        return self.is_quiet or self.running

    @property
    def blocked(self) -> set[date]:
        """Days on which nobody is reminded any more."""
        blocked = self.told.completed | self.told.hurt | self.told.skipped
        return blocked | {self.today} if self.barred else blocked


def view_of(wishes: Wishes, situation: Situation) -> View:
    """Return what is looked at."""
    now, zone = situation.now, situation.zone
    return View(
        wishes=wishes,
        now=now,
        zone=zone,
        today=day_of(now, zone),
        told=tell(wishes, situation.entries, now, zone),
        unanswered=situation.unanswered,
        home=situation.home,
        running=situation.running,
        barred=situation.barred,
        is_quiet=wishes.quiet is not None and wishes.quiet.cover(now, zone),
    )
