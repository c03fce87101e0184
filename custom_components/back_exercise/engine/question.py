"""The question of the day after a session: when it is asked, and what comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from .course import day_of
from .diary import Reminded, ReminderOutcome, ReminderReason
from .exposure import ASKED_FROM, CLOSES_AFTER
from .occasions import ONE_DAY, moment_from
from .reminded import NEXT_DAY, Key, Story
from .situation import View

ASKED_UNTIL: Final = timedelta(hours=36)
"""So long after its end a session's next day is asked for (4.1)."""

STANDS_LEAST: Final = timedelta(minutes=60)
"""So long there is to answer it, at whatever time it is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """The question of the day after a session, while it is due."""

    day: date
    """On which it is asked, where the person is."""
    at: datetime
    until: datetime
    """Then it is not asked any more; the next session asks for it (G-7)."""
    is_new: bool
    """It is to be asked now, once its entry is recorded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What there is to do about it."""

    question: Question | None = None
    record: tuple[Reminded, ...] = ()
    moments: tuple[datetime, ...] = ()
    """When something may change about it by itself."""


def next_day(view: View) -> Asking:
    """Return what there is to do about the question of the day after.

    It is asked at its time on the day after the session, but 12 to 36 hours after
    its end; wherever the person is, for it asks for nothing that needs a mat.
    """
    stories = {
        key: story for key, story in view.told.stories.items() if key[0] == NEXT_DAY
    }
    session, clock = view.unanswered, view.wishes.question_at
    if session is None or clock is None or view.now - session.ended >= CLOSES_AFTER:
        reason = None if clock else ReminderReason.CHANGED
        return Asking(record=_over(stories, reason))
    until = session.ended + ASKED_UNTIL
    at = moment_from(session.day + ONE_DAY, clock, view.zone)
    at = min(max(at, session.ended + ASKED_FROM), until - STANDS_LEAST)
    key = (NEXT_DAY, day_of(at, view.zone))
    for each, told in stories.items():
        if told.planned > session.ended:
            # as it was asked, though the time zone may be another by now
            key, at = each, told.planned
    story = stories.pop(key, None)
    asking = _asking(view, Question(day=key[1], at=at, until=until, is_new=not story))
    if story and story.is_over:
        asking = Asking()
    return replace(asking, record=(*_over(stories), *asking.record))


def _asking(view: View, question: Question) -> Asking:
    """Return what there is to do about a question that is not over."""
    key, at, until = (NEXT_DAY, question.day), question.at, question.until
    if view.now < at:
        return Asking(moments=(at,))
    if view.now >= until:
        new = question.is_new
        reason = ReminderReason.PASSED if new else ReminderReason.UNANSWERED
        return Asking(record=(_recorded(key, at, ReminderOutcome.MISSED, reason),))
    if view.barred is ReminderReason.LOCKED:
        entry = _recorded(key, at, ReminderOutcome.NOT_PLANNED, view.barred)
        return Asking(record=(entry,))
    if view.is_still:
        return Asking(moments=(until,))
    record = (_recorded(key, at, ReminderOutcome.DUE),) if question.is_new else ()
    return Asking(question=question, record=record, moments=(until,))


def _over(
    stories: Mapping[Key, Story], reason: ReminderReason | None = None
) -> tuple[Reminded, ...]:
    """Return what has become of questions that are not to be asked any more.

    `reason` is why, if it is not that they were answered or another session came.
    """
    outcome = ReminderOutcome.NOT_PLANNED if reason else ReminderOutcome.MISSED
    return tuple(
        _recorded(key, story.planned, ReminderOutcome.DONE)
        if story.answered
        else _recorded(key, story.planned, outcome, reason or ReminderReason.SUPERSEDED)
        for key, story in stories.items()
        if not story.is_over
    )


def _recorded(
    key: Key,
    planned: datetime,
    outcome: ReminderOutcome,
    reason: ReminderReason | None = None,
) -> Reminded:
    return Reminded(
        reminder=key[0], day=key[1], outcome=outcome, planned=planned, reason=reason
    )
