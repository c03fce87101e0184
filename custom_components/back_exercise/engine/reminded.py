"""What the diary tells of reminders, and of the sessions that answered them."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Final

from .course import day_of
from .diary import (
    Context,
    Entry,
    Kind,
    Measure,
    Outcome,
    Rating,
    Reminded,
    ReminderOutcome,
    ReminderReason,
    SessionEnded,
    SessionStarted,
)
from .occasions import Wishes

NEXT_DAY: Final = "next_day"
"""Under this name the question of the day after a session is recorded."""

NEEDED: Final = frozenset(
    {Kind.REMINDER, Kind.SESSION_STARTED, Kind.SESSION_ENDED, Kind.RATING}
)
"""The kinds of entries that tell something here."""

OVERLAP: Final = timedelta(days=4)
"""So far before the last that was recorded something may still be open, or matter."""

SETTLED: Final = timedelta(days=2)
"""So long before the last that was recorded all that has no entry was not planned."""

STEP: Final = timedelta(minutes=1)
"""A clock that goes back by less was not wrong."""

FARTHEST: Final = timedelta(days=400)
"""What lies further back is not made up for: the clock was wrong, most likely."""

ENDINGS: Final = frozenset(
    {
        ReminderOutcome.DONE,
        ReminderOutcome.SKIPPED,
        ReminderOutcome.MISSED,
        ReminderOutcome.NOT_PLANNED,
    }
)
"""After these nothing follows on that day."""

type Key = tuple[str, date]
"""A reminder and a day: asked for once."""


def horizon(wishes: Wishes, now: datetime, last: datetime | None) -> datetime:
    """Return from when on the entries of the kinds in `NEEDED` have to be known.

    `last` is the time of the latest entry of Kind.REMINDER until now, of whichever
    reminder; None where there is none.
    """
    oldest = min((each.since for each in wishes.reminders), default=now)
    known = min(last or oldest, now)
    return max(known - OVERLAP, now - FARTHEST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What has become so far of a reminder on a day."""

    begun: datetime
    """When its first entry was recorded."""
    at: datetime
    """When its last entry was."""
    planned: datetime
    outcome: ReminderOutcome
    moment: datetime
    """Since when it is due, or when it will be again."""
    was_asked: bool = False
    asked: bool = False
    """It was asked since `moment`."""
    snoozes: int = 0
    reason: ReminderReason | None = None
    answered: bool = False
    """Only of a question: a rating was recorded after it."""

    @property
    def is_over(self) -> bool:
        """Whether nothing follows."""
        return self.outcome in ENDINGS

    @property
    def is_kept(self) -> bool:
        """Whether the person saw to the day, whatever is changed about it then."""
        return self.outcome is ReminderOutcome.DONE or (
            self.outcome is ReminderOutcome.SKIPPED
            and self.reason is not ReminderReason.REFUSED
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A session as far as reminders are concerned."""

    start: datetime
    end: datetime | None = None
    is_completed: bool = False


@dataclass(slots=True, kw_only=True)
class Told:
    """What the entries add up to."""

    stories: dict[Key, Story] = field(default_factory=dict)
    loose: dict[Key, Story] = field(default_factory=dict)
    """What was open when the reminder was changed, or by a clock that was wrong."""
    turns: list[Turn] = field(default_factory=list)
    completed: set[date] = field(default_factory=set)
    """Days on which a session was completed."""
    hurt: set[date] = field(default_factory=set)
    """Days on which one was ended for pain."""
    skipped: set[date] = field(default_factory=set)
    """Days that the person skipped."""
    last: datetime | None = None
    """When something was recorded of a reminder last."""


def tell(wishes: Wishes, entries: Iterable[Entry], now: datetime, zone: str) -> Told:
    """Return what entries, in the order of recording, add up to."""
    told = Told()
    since = {each.id: each.since for each in wishes.reminders}
    for entry in entries:
        match entry.payload:
            case Reminded() as payload:
                _take(told, entry, payload, since.get(payload.reminder))
                if entry.at <= now:
                    told.last = max(told.last or entry.at, entry.at)
            case SessionStarted():
                told.turns.append(Turn(start=entry.at))
            case SessionEnded(outcome=outcome):
                _end(told, entry, outcome, zone)
            case Rating(context=Context.NEXT_DAY, measure=Measure.PAIN):
                _answer(told)
            case _:
                pass
    for key, story in list(told.stories.items()):
        if not _stands(story, since.get(key[0]), now):
            del told.stories[key]
            if not story.is_over:
                told.loose[key] = story
    return told


def _take(told: Told, entry: Entry, payload: Reminded, since: datetime | None) -> None:
    key = (payload.reminder, payload.day)
    story = told.stories.get(key)
    if story and (story.is_over or (since and story.begun < since <= entry.at)):
        story = None
    told.stories[key] = _follow(story, entry, payload)
    if payload.outcome is ReminderOutcome.SKIPPED and payload.reason is None:
        told.skipped.add(payload.day)


def _follow(story: Story | None, entry: Entry, payload: Reminded) -> Story:
    """Return a story with what follows."""
    planned = payload.planned
    outcome = payload.outcome
    begun = story.begun if story else entry.at
    story = (
        replace(story, at=entry.at)
        if story
        else Story(
            begun=begun, at=begun, planned=planned, outcome=outcome, moment=planned
        )
    )
    match outcome:
        case ReminderOutcome.WAITING:
            return replace(story, outcome=outcome, reason=payload.reason)
        case ReminderOutcome.DUE:
            moment = story.moment if story.was_asked else planned
            return replace(
                story,
                outcome=outcome,
                planned=planned,
                moment=moment,
                was_asked=True,
                asked=True,
                reason=None,
            )
        case ReminderOutcome.SNOOZED:
            return replace(
                story,
                outcome=outcome,
                moment=payload.until or story.moment,
                was_asked=True,
                asked=False,
                snoozes=story.snoozes + 1,
                reason=None,
            )
        case _:
            return replace(story, outcome=outcome, reason=payload.reason)


def _stands(story: Story, since: datetime | None, now: datetime) -> bool:
    """Return whether a story is still true.

    Not what was before the reminder was changed, nor what a clock that was ahead
    has made of a time at which nobody was asked.
    """
    if story.is_kept:
        return True
    if since and story.begun < since:
        return False
    return story.was_asked or story.at - now <= STEP


def _end(told: Told, entry: Entry, outcome: Outcome, zone: str) -> None:
    turn = Turn(start=entry.at)
    if told.turns and told.turns[-1].end is None:
        turn = told.turns.pop()
    is_completed = outcome is Outcome.COMPLETED
    told.turns.append(replace(turn, end=entry.at, is_completed=is_completed))
    # where the person is now, and where they were: travelling makes no day of two
    days = {
        day_of(moment, where)
        for moment in (turn.start, entry.at)
        for where in (entry.zone, zone)
    }
    if is_completed:
        told.completed |= days
    elif outcome is Outcome.PAIN:
        told.hurt |= days


def _answer(told: Told) -> None:
    for key, story in told.stories.items():
        if key[0] == NEXT_DAY and not story.is_over:
            told.stories[key] = replace(story, answered=True)
