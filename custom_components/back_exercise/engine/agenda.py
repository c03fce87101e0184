"""What is to be asked now, what has to be recorded of it, and when to look again.

Nothing is remembered here: all of it follows from the wishes, the diary and the
moment, so a restart, a changed clock or another time zone only mean to look again.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from .course import day_of
from .diary import Reminded, ReminderOutcome, ReminderReason
from .occasions import Occasion, Wishes, occasions
from .question import Question, next_day
from .reminded import NEXT_DAY, SETTLED, Key, horizon
from .situation import Situation, View, view_of
from .verdict import SNOOZE, SNOOZES, Item, Stage, judge, recorded, settle, snooze_of

LOOKED_AHEAD: Final = timedelta(days=15)
"""Within this every reminder has another time, though this week's be settled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The reminder that is due."""

    occasion: Occasion
    at: datetime
    """Since when: its time, or the end of the last snooze."""
    until: datetime
    """Then it is missed."""
    snoozes_left: int
    is_new: bool
    """It is to be asked now, once its entry in `record` is recorded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """What there is to do."""

    due: Due | None = None
    question: Question | None = None
    record: tuple[Reminded, ...] = ()
    """To be recorded now, in this order and at once. With it nothing is left to
    record at this moment."""
    next_at: datetime | None = None
    """When to look again, if nothing happens before; None for never."""
    next_session: datetime | None = None
    """When somebody is reminded next, a snooze included; None while locked."""
    snoozed_until: datetime | None = None
    day: date
    """The day that can be skipped: today, but yesterday while its reminder goes on."""
    open: tuple[Occasion, ...] = ()
    """What is open or to come on that day."""


# What the person answers


def snoozed(due: Due, now: datetime) -> Reminded:
    """Return what is recorded when it is to be asked again in 15 minutes.

    After three times it is missed instead.
    """
    if not due.snoozes_left:
        return recorded(due.occasion, ReminderOutcome.MISSED, ReminderReason.SNOOZED)
    snooze = recorded(due.occasion, ReminderOutcome.SNOOZED)
    return replace(snooze, until=now + SNOOZE)


def refused(due: Due, *, is_absent: bool = False) -> Reminded:
    """Return what is recorded when a session must not start by itself now.

    `is_absent` says that nobody refused, but the person left. Only this reminder is
    over by that, not the day.
    """
    if is_absent:
        return recorded(due.occasion, ReminderOutcome.MISSED, ReminderReason.ABSENT)
    return recorded(due.occasion, ReminderOutcome.SKIPPED, ReminderReason.REFUSED)


def skipped(agenda: Agenda) -> tuple[Reminded, ...]:
    """Return what is recorded when the day is to be skipped: all that is open on it.

    Empty where nothing is.
    """
    return tuple(
        recorded(occasion, ReminderOutcome.SKIPPED) for occasion in agenda.open
    )


# Looking


def look(wishes: Wishes, situation: Situation) -> Agenda:
    """Return what there is to do at a moment."""
    view = view_of(wishes, situation)
    pending, unplanned = _pending(view)
    items = settle(view, [judge(view, occasion) for occasion in pending])
    coming = tuple(_coming(view))
    asking = next_day(view)
    due = next((_due_of(each) for each in items if each.stage is Stage.ASKED), None)
    due = None if view.is_still else due
    snooze = snooze_of(view, items)
    day = due.occasion.day if due else view.today
    day = snooze.occasion.day if snooze else day
    left = [each.occasion for each in items if each.stage is not Stage.OVER]
    moments = [
        *asking.moments,
        *(each.at for each in coming),
        *(
            each.moment if each.stage is Stage.AHEAD else each.until
            for each in items
            if each.stage is not Stage.OVER
        ),
    ]
    if wishes.quiet and (left or asking.moments):
        moments.append(wishes.quiet.change_after(view.now, view.zone))
    about = (each.record for each in items if each.record)
    return Agenda(
        due=due,
        question=asking.question,
        record=(*unplanned, *about, *asking.record),
        next_at=min((each for each in moments if each > view.now), default=None),
        next_session=_next_session(view, snooze, coming),
        snoozed_until=snooze.moment if snooze else None,
        day=day,
        open=tuple(each for each in (*left, *coming) if each.day == day),
    )


def _next_session(
    view: View, snooze: Item | None, coming: Iterable[Occasion]
) -> datetime | None:
    if view.barred is ReminderReason.LOCKED:
        return None
    blocked = view.blocked
    free = [each.at for each in coming if each.day not in blocked]
    return min([snooze.moment, *free] if snooze else free, default=None)


# The occasions that are there


def _pending(view: View) -> tuple[list[Occasion], list[Reminded]]:
    """Return what has come and is not over, by time.

    And what is to be recorded of what was open and is not planned any more.
    """
    told, zone = view.told, view.zone
    start = horizon(view.wishes, view.now, told.last) + SETTLED
    found: dict[Key, Occasion] = {}
    for reminder in view.wishes.reminders:
        for each in occasions(reminder, zone, day_of(start, zone), view.today):
            story = told.stories.get((reminder.id, each.day))
            if start <= each.at <= view.now and not (story and story.is_over):
                found[reminder.id, each.day] = each
    unplanned: list[Reminded] = []
    for key, story in (*told.stories.items(), *told.loose.items()):
        if key in found or story.is_over or key[0] == NEXT_DAY:
            continue
        occasion = _planned_on(view, key)
        if occasion is None:
            unplanned.append(
                Reminded(
                    reminder=key[0],
                    day=key[1],
                    outcome=ReminderOutcome.NOT_PLANNED,
                    planned=story.planned,
                    reason=ReminderReason.CHANGED,
                )
            )
        elif story.was_asked and key in told.stories:
            found[key] = occasion
    return sorted(found.values(), key=lambda each: each.at), unplanned


def _planned_on(view: View, key: Key) -> Occasion | None:
    id_, day = key
    wished = (each for each in view.wishes.reminders if each.id == id_)
    found = (each for one in wished for each in occasions(one, view.zone, day, day))
    return next(found, None)


def _coming(view: View) -> Iterator[Occasion]:
    """Yield what comes next of each reminder, until one on a day that is free."""
    last, blocked = view.today + LOOKED_AHEAD, view.blocked
    for reminder in view.wishes.reminders:
        for each in occasions(reminder, view.zone, view.today, last):
            story = view.told.stories.get((reminder.id, each.day))
            if each.at <= view.now or (story and (story.is_over or story.was_asked)):
                continue
            yield each
            if each.day not in blocked:
                break


def _due_of(item: Item) -> Due:
    return Due(
        occasion=item.occasion,
        at=item.moment,
        until=item.until,
        snoozes_left=max(0, SNOOZES - (item.story.snoozes if item.story else 0)),
        is_new=item.record is not None,
    )
