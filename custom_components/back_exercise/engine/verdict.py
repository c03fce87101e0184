"""What becomes of a reminder on a day, and which of several asks."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Final

from .diary import Reminded, ReminderOutcome, ReminderReason
from .occasions import STRENGTH, Occasion, Reminder
from .reminded import Story, Turn
from .situation import View

STANDS: Final = timedelta(minutes=60)
"""So long from its time a reminder is due, and again from the end of a snooze."""

SNOOZE: Final = timedelta(minutes=15)
SNOOZES: Final = 3
"""So many times a reminder can be snoozed."""

STARTING: Final = timedelta(minutes=10)
"""So long a session may take to begin once it was asked for."""

type Ending = tuple[ReminderOutcome, ReminderReason | None]


class Stage(Enum):
    """How far an occasion has got."""

    OVER = auto()
    AHEAD = auto()
    """Snoozed, or its time is yet to come."""
    WAITING = auto()
    """Its time has come, and something stands in the way."""
    READY = auto()
    ASKED = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An occasion that is looked at."""

    occasion: Occasion
    story: Story | None
    moment: datetime
    stage: Stage
    record: Reminded | None = None

    @property
    def until(self) -> datetime:
        """When it is over, if nothing happens."""
        return self.moment + STANDS

    @property
    def was_asked(self) -> bool:
        """Whether it was asked, before it was snoozed or since."""
        return self.story is not None and self.story.was_asked


def recorded(
    occasion: Occasion, outcome: ReminderOutcome, reason: ReminderReason | None = None
) -> Reminded:
    """Return what is recorded of an occasion."""
    return Reminded(
        reminder=occasion.reminder.id,
        day=occasion.day,
        outcome=outcome,
        planned=occasion.at,
        reason=reason,
    )


def snooze_of(view: View, items: Iterable[Item]) -> Item | None:
    """Return the occasion that is snoozed; not one of a clock that was ahead."""
    for item in items:
        is_ahead = item.stage is Stage.AHEAD and not (item.story and item.story.asked)
        if is_ahead and item.moment - view.now <= SNOOZE:
            return item
    return None


# What becomes of each


def judge(view: View, occasion: Occasion) -> Item:
    """Return how far an occasion has got, and what there is to record of it."""
    story = view.told.stories.get((occasion.reminder.id, occasion.day))
    moment = occasion.at
    if story and story.was_asked:
        # as it was planned then, whatever the time zone is now
        occasion, moment = replace(occasion, at=story.planned), story.moment
    item = Item(
        occasion=occasion,
        story=story,
        moment=moment,
        stage=Stage.AHEAD if view.now < moment else Stage.READY,
    )
    ending = _ending(view, item)
    if ending:
        return _over(item, *ending)
    if item.stage is Stage.AHEAD:
        return item
    if story and story.asked:
        return replace(item, stage=Stage.ASKED)
    reason = _in_the_way(view, occasion.reminder)
    if reason is None:
        return item
    record = None
    if story is None or story.reason is not reason:
        record = recorded(occasion, ReminderOutcome.WAITING, reason)
    return replace(item, stage=Stage.WAITING, record=record)


def _over(item: Item, outcome: ReminderOutcome, reason: ReminderReason | None) -> Item:
    record = recorded(item.occasion, outcome, reason)
    return replace(item, stage=Stage.OVER, record=record)


def _ending(view: View, item: Item) -> Ending | None:  # noqa: PLR0911  # by precedence
    """Return what an occasion comes to, and why; None while it is open."""
    day, turns = item.occasion.day, _turns(view, item)
    is_completed = any(each.is_completed for each in turns)
    # past midnight a session of today counts as well: it bars another (G-6)
    days = {day} if view.now >= item.until else {day, view.today}
    if is_completed or days & view.told.completed:
        return ReminderOutcome.DONE, None
    if view.running and (turns or view.now < item.until + STARTING):
        return None
    if turns:
        return ReminderOutcome.DONE, ReminderReason.PARTLY
    if day in view.told.skipped:
        return ReminderOutcome.SKIPPED, ReminderReason.DAY
    if day in view.told.hurt:
        return ReminderOutcome.NOT_PLANNED, ReminderReason.NOT_TODAY
    if view.now >= item.until:
        return ReminderOutcome.MISSED, _why_missed(item.story)
    if view.barred:
        return ReminderOutcome.NOT_PLANNED, view.barred
    return None


def _turns(view: View, item: Item) -> list[Turn]:
    """Return the sessions that went on at some time while an occasion was open."""
    return [
        each
        for each in view.told.turns
        if each.start <= item.until
        and (each.end or (view.now if view.running else each.start)) >= item.occasion.at
    ]


def _why_missed(story: Story | None) -> ReminderReason:
    if story and story.asked:
        return ReminderReason.UNANSWERED
    return (story and story.reason) or ReminderReason.PASSED


def _in_the_way(view: View, reminder: Reminder) -> ReminderReason | None:
    if view.running:
        return ReminderReason.SESSION
    if view.is_quiet:
        return ReminderReason.QUIET
    if reminder.must_be_home and not view.home:
        return ReminderReason.ABSENT
    return None


def settle(view: View, items: list[Item]) -> list[Item]:
    """Return the occasions with one that asks, at most.

    The latest asks, and of those of the same minute the one that does most; what
    came before it, or while another was snoozed, is over.
    """
    is_snoozed = snooze_of(view, items) is not None
    ready = [each for each in items if each.stage in {Stage.READY, Stage.ASKED}]
    winner = None
    if not is_snoozed:
        winner = max(
            ready,
            key=lambda each: (each.moment, STRENGTH[each.occasion.reminder.mode]),
            default=None,
        )
    settled: list[Item] = []
    for item in items:
        if item.stage in {Stage.OVER, Stage.AHEAD}:
            settled.append(item)
        elif item is winner:
            settled.append(_asked(item))
        elif is_snoozed or (winner and item.moment <= winner.moment):
            settled.append(_superseded(item))
        else:
            settled.append(item)
    return settled


def _asked(item: Item) -> Item:
    if item.stage is Stage.ASKED:
        return item
    record = recorded(item.occasion, ReminderOutcome.DUE)
    return replace(item, stage=Stage.ASKED, record=record)


def _superseded(item: Item) -> Item:
    if item.was_asked:
        return _over(item, ReminderOutcome.MISSED, ReminderReason.SUPERSEDED)
    return _over(item, ReminderOutcome.NOT_PLANNED, ReminderReason.MERGED)
