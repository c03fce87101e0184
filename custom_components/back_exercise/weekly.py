"""The summary of a week: when it is told, and its words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from homeassistant.const import WEEKDAYS
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from .const import CONF_SUMMARY_AT, CONF_SUMMARY_DAY, CONF_SUMMARY_SINCE
from .diary import Diary
from .engine.course import day_of
from .engine.diary import Entry, Reminded, ReminderOutcome
from .engine.occasions import ONE_DAY, moment_from, moment_on
from .engine.progress import ONE_WEEK, monday_of
from .engine.summary import TOLD_BY, Summary, summarise
from .wishes import time_of

WEEKLY: Final = "weekly_summary"
"""Under this name it is recorded that a summary was told."""

SUMMARY_AT: Final = "18:00:00"

TOLD_WITHIN: Final = timedelta(hours=24)
"""So long after its time a summary is still told."""


async def async_summarise(
    hass: HomeAssistant, diary: Diary, day: date | None = None, *, with_pain: bool
) -> Summary:
    """Return the summary of the week that a day is in, or today. Raises DiaryError."""
    now, zone = dt_util.utcnow(), hass.config.time_zone
    day = day or day_of(now, zone)
    start = moment_from(monday_of(day) - ONE_WEEK, time(0), zone) - ONE_DAY
    entries = await diary.async_read(start=start, kinds=TOLD_BY)
    return summarise(diary.at(now), entries, day, with_pain=with_pain)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """When the summary of a week is told."""

    due: Reminded | None = None
    """What is to be recorded when it is told now; None where it is not due."""
    next_at: datetime | None = None


def telling(
    options: Mapping[str, Any], entries: Iterable[Entry], now: datetime, zone: str
) -> Telling:
    """Return whether a summary is due, and when the next one is."""
    name, at = options.get(CONF_SUMMARY_DAY), time_of(options.get(CONF_SUMMARY_AT))
    if name is None or at is None:
        return Telling()
    since = dt_util.parse_datetime(options.get(CONF_SUMMARY_SINCE) or "")
    told = {
        each.payload.day
        for each in entries
        if isinstance(each.payload, Reminded) and each.payload.reminder == WEEKLY
    }
    due: Reminded | None = None
    next_at: datetime | None = None
    today = day_of(now, zone)
    for number in range(-2, 9):
        day = today + number * ONE_DAY
        moment = moment_on(day, at, zone)
        if day.weekday() != WEEKDAYS.index(name) or moment is None:
            continue
        if moment > now:
            next_at = next_at or moment
        elif now - moment < TOLD_WITHIN and day not in told:
            is_new = since is None or moment >= since
            if is_new:
                due = Reminded(
                    reminder=WEEKLY,
                    day=day,
                    outcome=ReminderOutcome.DONE,
                    planned=moment,
                )
    return Telling(due=due, next_at=next_at)


def summary_text(summary: Summary, words: Mapping[str, Any]) -> str:
    """Return a summary in words."""
    texts, monday = words["summary"], summary.monday
    month = words["months"][monday.month - 1]
    sentences = [
        texts["sessions"].format(
            date=words["date"].format(day=monday.day, month=month),
            sessions=summary.sessions,
            target=summary.weekly_target,
            minutes=summary.minutes,
        ),
        texts["aerobic"].format(
            minutes=summary.aerobic_minutes, target=summary.aerobic_target
        ),
    ]
    if summary.sessions >= summary.weekly_target:
        sentences.append(texts["reached"])
    if summary.pain:
        sentences.append(texts["pain"][summary.pain])
    return " ".join(sentences)
