"""When somebody is to be reminded: times of the week as moments, in any time zone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import chain
from typing import Final
from zoneinfo import ZoneInfo

from .course import day_of

ONE_DAY: Final = timedelta(days=1)
MINUTE: Final = timedelta(minutes=1)
SECOND: Final = timedelta(seconds=1)


class ReminderMode(StrEnum):
    """What a reminder does, from gentle to strong."""

    NOTIFY = "notify"
    """It only notifies."""
    REMIND = "remind"
    """It speaks, and notifies."""
    START = "start"
    """It starts by itself, after a countdown that can be refused."""


STRENGTH: Final = {mode: number for number, mode in enumerate(ReminderMode)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Weekly:
    """A time of the week, as the clock shows it where the person is."""

    day: int
    """0 is Monday, 6 Sunday."""
    at: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """What somebody wants to be reminded of, and when."""

    id: str
    """The same for as long as it exists; nothing is told by it."""
    times: tuple[Weekly, ...]
    since: datetime
    """Since when it is as it is: added, changed or switched on. Nothing is planned
    before that, so a new time that is over today begins tomorrow."""
    mode: ReminderMode = ReminderMode.REMIND
    routine: str | None = None
    """None for the programme's."""
    must_be_home: bool = False
    """Only when the person is at home."""
    enabled: bool = True
    given: tuple[datetime, ...] = ()
    """Moments that something else has worked out, besides the times of the week."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """The one moment of a day at which a reminder is planned."""

    reminder: Reminder
    day: date
    """Where the person is."""
    at: datetime
    """UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """A part of every day, also across midnight, in which nothing is asked.

    Empty where both ends are the same.
    """

    start: time
    end: time
    """The first moment that is not quiet any more."""

    def cover(self, moment: datetime, zone: str) -> bool:
        """Return whether the clock shows a quiet time."""
        clock = moment.astimezone(ZoneInfo(zone)).time()
        if self.start <= self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end

    def change_after(self, moment: datetime, zone: str) -> datetime:
        """Return when next, after a moment, they may begin or end (UTC)."""
        today = day_of(moment, zone)
        return min(
            each
            for number in range(-1, 3)
            for clock in (self.start, self.end)
            for each in _moments_of(today + number * ONE_DAY, clock, zone)
            if each > moment
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a person wants to be asked, and when not."""

    reminders: tuple[Reminder, ...] = ()
    """In the order in which they are shown; it settles what nothing else does."""
    quiet: QuietHours | None = None
    question_at: time | None = time(9)
    """When the next day is asked for; None for never."""


# The clock


def moment_from(day: date, clock: time, zone: str) -> datetime:
    """Return the first moment (UTC) from which a clock shows a time or a later one.

    Of a time that a clock shows twice it is the first; of one that it leaves out,
    the moment at which it jumps.
    """
    shown = datetime.combine(day, clock.replace(microsecond=0, fold=0), tzinfo=None)
    where = ZoneInfo(zone)
    moment = shown.replace(tzinfo=where).astimezone(UTC)
    if moment.astimezone(where).replace(tzinfo=None) == shown:
        return moment
    # both readings of a time that is left out lie around the jump
    before = shown.replace(tzinfo=where, fold=1).astimezone(UTC)
    offset = moment.astimezone(where).utcoffset()
    while moment - before > SECOND:
        middle = before + (moment - before) // 2 // SECOND * SECOND
        if middle.astimezone(where).utcoffset() == offset:
            moment = middle
        else:
            before = middle
    return moment


def moment_on(day: date, clock: time, zone: str) -> datetime | None:
    """Return the moment (UTC) that stands for a time on a day.

    Where the clock leaves that time out, it is the first moment after, or the last
    minute before if the day is over by then. None where there is no such day.
    """
    moment = moment_from(day, clock, zone)
    if day_of(moment, zone) != day:
        moment -= MINUTE
    return moment if day_of(moment, zone) == day else None


def _moments_of(day: date, clock: time, zone: str) -> tuple[datetime, datetime]:
    again = datetime.combine(day, clock.replace(fold=1), tzinfo=ZoneInfo(zone))
    return moment_from(day, clock, zone), again.astimezone(UTC)


# What is planned


def occasion_on(reminder: Reminder, day: date, zone: str) -> Occasion | None:
    """Return the occasion of a day: its first moment. None where it has none.

    Whether the reminder is switched on, and since when, is not looked at.
    """
    moments = chain(
        (
            moment_on(day, each.at, zone)
            for each in reminder.times
            if each.day == day.weekday()
        ),
        (each for each in reminder.given if day_of(each, zone) == day),
    )
    at = min((each.astimezone(UTC) for each in moments if each), default=None)
    return Occasion(reminder=reminder, day=day, at=at) if at else None


def occasions(
    reminder: Reminder, zone: str, first: date, last: date
) -> Iterator[Occasion]:
    """Yield what is planned from one day to another, both included."""
    day = first
    while reminder.enabled and day <= last:
        occasion = occasion_on(reminder, day, zone)
        if occasion and occasion.at >= reminder.since:
            yield occasion
        day += ONE_DAY


def planned(
    reminders: Iterable[Reminder], zone: str, start: datetime, end: datetime
) -> tuple[Occasion, ...]:
    """Return what is planned from one moment until before another, by time.

    What has become of it is not looked at: a calendar of what is to come.
    """
    # a clock that goes back over midnight shows a day twice
    first, last = day_of(start, zone) - ONE_DAY, day_of(end, zone) + ONE_DAY
    found = (
        each
        for reminder in reminders
        for each in occasions(reminder, zone, first, last)
        if start <= each.at < end
    )
    return tuple(sorted(found, key=lambda each: each.at))


def beginnings(
    blocks: Mapping[int, Sequence[tuple[time, time]]],
) -> tuple[tuple[Weekly, ...], ...]:
    """Return when the blocks of a week begin: the first of each day, and so on.

    `blocks` has by weekday (0 is Monday) where each begins and ends, in order; one
    until the end of the day ends at `time.max`. A block that begins as another
    ends is not a beginning. Each of what is returned makes a reminder of its own.
    """
    found: list[list[Weekly]] = []
    for day in range(7):
        evening = blocks.get((day - 1) % 7, ())
        over = time.min if evening and evening[-1][1] == time.max else None
        number = 0
        for start, end in blocks.get(day, ()):
            if start != over:
                if number == len(found):
                    found.append([])
                found[number].append(Weekly(day=day, at=start))
                number += 1
            over = end
    return tuple(tuple(times) for times in found)
