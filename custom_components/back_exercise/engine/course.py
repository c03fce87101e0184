"""Lets time pass over a programme: sessions close, weeks end, days away count."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from .apply import apply, settle_offers
from .catalogue import Catalogue
from .closing import close
from .decision import Decision
from .diary import Outcome
from .exposure import CLOSES_AFTER, counts
from .programme import Programme, Record, new_programme
from .progress import end_week, take_session
from .rules.absence import come_back

GIVEN_UP: Final = timedelta(hours=3)
"""So long after the last thing recorded in it a session is taken as over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A decision and when it was taken."""

    at: datetime
    session: str | None
    """The id of the session it is about."""
    decision: Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """What was decided in the course of a diary."""

    taken: list[Taken] = field(default_factory=list)
    closed: dict[str, datetime] = field(default_factory=dict)
    """When each session was closed, by its id."""


def day_of(at: datetime, zone: str) -> date:
    """Return the date of a moment where the person was."""
    return at.astimezone(ZoneInfo(zone)).date()


class Course:
    """A programme in time: sessions close, weeks end, days away are taken back."""

    def __init__(
        self,
        catalogue: Catalogue,
        programme: Programme | None = None,
        *,
        log: Log | None = None,
    ) -> None:
        """Take the programme to go on from; it is changed in place.

        Decisions are added to `log`, if there is one.
        """
        self.catalogue = catalogue
        self.programme = programme or new_programme(catalogue)
        self.log = log

    def pass_time(self, now: datetime) -> None:
        """Let time pass: what was left open is closed, weeks end."""
        programme = self.programme
        if programme.clock is None or now > programme.clock:
            programme.clock = now
        record = programme.session
        if record is None:
            return
        if record.ended is None and programme.clock - record.last > GIVEN_UP:
            self.end(record, record.last, Outcome.PARTIAL)
        if record.ended and programme.clock - record.ended >= CLOSES_AFTER:
            self.close(record, record.ended + CLOSES_AFTER, None)

    def begin_gate(self, now: datetime) -> bool:
        """Close what is open because a session is to begin (G-7).

        Returns whether the next-day answer of the session before was missing.
        """
        self.pass_time(now)
        record = self.programme.session
        if record is None:
            return False
        if record.ended is None:
            self.end(record, record.last, Outcome.PARTIAL)
        self.close(record, self.programme.clock or now, None)
        return True

    def come_back(self, today: date, zone: str) -> tuple[Decision, ...]:
        """Take back what days away ask for (A-1 to A-4); return the decisions."""
        last = self.programme.recent.last_ended
        days = (today - day_of(last, zone)).days if last else None
        decisions = come_back(self.programme, self.catalogue, days)
        for decision in decisions:
            apply(self.programme, self.catalogue, decision, today)
        return decisions

    def close(self, record: Record, at: datetime, next_day: int | None) -> None:
        """Close the session that waits, with the next day's answer or without."""
        on = day_of(at, record.zone)
        decisions = close(self.programme, self.catalogue, record, on, next_day)
        self.note(at, record.id, decisions)
        if self.log is not None:
            self.log.closed[record.id] = at
        settle_offers(self.programme, self.catalogue, on)

    def note(
        self,
        at: datetime,
        session: str | None,
        decisions: Iterable[Decision],
    ) -> None:
        """Add decisions to the log, if there is one."""
        if self.log is not None:
            self.log.taken.extend(
                Taken(at=at, session=session, decision=decision)
                for decision in decisions
            )

    def end(self, record: Record, at: datetime, outcome: Outcome) -> None:
        """Take a session as ended."""
        record.ended = at
        record.outcome = outcome
        record.counts = counts(record)
        take_session(self.programme, record)
        recent = self.programme.recent
        recent.last_ended = at
        if outcome is Outcome.COMPLETED:
            recent.last_completed = at

    def roll_week(self, today: date, at: datetime) -> None:
        """Let the weeks that are over have their effect on the target (W-3)."""
        for decision in end_week(self.programme, self.programme.aerobic, today):
            apply(self.programme, self.catalogue, decision, today)
            self.note(at, None, (decision,))
