"""What a person wants to be asked by itself, as it is stored, and when."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, time
from typing import Any, Final

from homeassistant.components.schedule.const import (
    CONF_FROM,
    CONF_TO,
    DOMAIN as SCHEDULE,
    SERVICE_GET,
    WEEKDAY_TO_CONF,
)
from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.const import ATTR_ENTITY_ID, WEEKDAYS
from homeassistant.core import (
    CALLBACK_TYPE,
    Event,
    EventStateChangedData,
    EventStateReportedData,
    HomeAssistant,
    callback,
)
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.event import (
    async_track_state_change_event,
    async_track_state_report_event,
)
from homeassistant.util import dt as dt_util

from .const import (
    CONF_AT_HOME,
    CONF_BLOCKS,
    CONF_DAYS,
    CONF_ENABLED,
    CONF_QUESTION_AT,
    CONF_QUIET_END,
    CONF_QUIET_START,
    CONF_REMINDERS,
    CONF_REMINDERS_SINCE,
    CONF_ROUTINE,
    CONF_SCHEDULE,
    CONF_SINCE,
    CONF_TIME,
    CONF_WHAT,
    LOGGER,
    REMINDER,
)
from .engine.occasions import (
    QuietHours,
    Reminder,
    ReminderMode,
    Weekly,
    Wishes,
    beginnings,
)

QUESTION_AT: Final = "09:00:00"
"""When the next day is asked for, where nothing else was chosen."""

type Data = Mapping[str, Any]
type Blocks = list[list[list[int | str]]]
"""Beginnings of the blocks of a schedule: weekday and time, the first ones of all
days together, the second ones, and so on."""


def reminders_of(entry: ConfigEntry) -> dict[str, ConfigSubentry]:
    """Return the reminders of a person, by their ids."""
    return {
        subentry.subentry_id: subentry
        for subentry in entry.get_subentries_of_type(REMINDER)
    }


def subentry_id_of(reminder: Reminder) -> str:
    """Return the id of the subentry that a reminder is of."""
    return reminder.id.partition(".")[0]


def time_of(text: str | None) -> time | None:
    """Return a time as it was entered; None where there is none."""
    return dt_util.parse_time(text) if text else None


def wishes_of(entry: ConfigEntry) -> Wishes:
    """Return what a person wants to be asked, and when not."""
    options = entry.options
    is_on = options.get(CONF_REMINDERS, True)
    since = _moment(options.get(CONF_REMINDERS_SINCE))
    start, end = (
        time_of(options.get(key)) for key in (CONF_QUIET_START, CONF_QUIET_END)
    )
    question_at = time_of(options.get(CONF_QUESTION_AT, QUESTION_AT))
    reminders = (
        each
        for subentry in reminders_of(entry).values()
        for each in _reminders(subentry, is_on=is_on, since=since)
    )
    return Wishes(
        reminders=tuple(reminders),
        quiet=QuietHours(start=start, end=end) if start and end else None,
        question_at=question_at if is_on else None,
    )


def _reminders(
    subentry: ConfigSubentry, *, is_on: bool, since: datetime
) -> Iterator[Reminder]:
    data = subentry.data
    for number, times in enumerate(_times(data)):
        yield Reminder(
            # each block of a day is a reminder of its own
            id=f"{subentry.subentry_id}.{number}" if number else subentry.subentry_id,
            times=times,
            since=max(since, _moment(data.get(CONF_SINCE))),
            mode=ReminderMode(data.get(CONF_WHAT, ReminderMode.REMIND)),
            routine=data.get(CONF_ROUTINE),
            must_be_home=data.get(CONF_AT_HOME, True),
            enabled=is_on and data.get(CONF_ENABLED, True),
        )


def _times(data: Data) -> Iterator[tuple[Weekly, ...]]:
    if data.get(CONF_SCHEDULE):
        for block in data.get(CONF_BLOCKS, ()):
            clocks = ((day, time_of(clock)) for day, clock in block)
            yield tuple(Weekly(day=day, at=at) for day, at in clocks if at is not None)
    elif (at := time_of(data.get(CONF_TIME))) is not None:
        yield tuple(
            Weekly(day=WEEKDAYS.index(day), at=at) for day in data.get(CONF_DAYS, ())
        )


def _moment(text: str | None) -> datetime:
    moment = dt_util.parse_datetime(text) if text else None
    return dt_util.as_utc(moment) if moment else dt_util.utc_from_timestamp(0)


# Changing them


def changed(data: Data, **changes: object) -> dict[str, Any]:
    """Return a reminder with changes; what it plans counts from now on.

    Nothing is new about it where its times, and whether it is on, stay as they are.
    """
    after = {**data, **changes}
    is_same = _plan(data) == _plan(after)
    since = data.get(CONF_SINCE) if is_same else None
    return {**after, CONF_SINCE: since or dt_util.utcnow().isoformat()}


def _plan(data: Data) -> object:
    return data.get(CONF_ENABLED, True), [*_times(data)]


@callback
def async_change(
    hass: HomeAssistant, entry: ConfigEntry, subentry_id: str, **changes: object
) -> None:
    """Change a reminder, without a reload."""
    if subentry := entry.subentries.get(subentry_id):
        hass.config_entries.async_update_subentry(
            entry, subentry, data=changed(subentry.data, **changes)
        )


# Schedules


async def async_blocks(hass: HomeAssistant, schedule: str) -> Blocks | None:
    """Return when the blocks of a schedule begin; None where it is not there."""
    try:
        answer: Any = await hass.services.async_call(
            SCHEDULE,
            SERVICE_GET,
            {ATTR_ENTITY_ID: schedule},
            blocking=True,
            return_response=True,
        )
    except HomeAssistantError as err:
        LOGGER.debug("%s could not be read: %s", schedule, err)
        return None
    week = (answer or {}).get(schedule)
    if week is None:
        return None
    found = beginnings(
        {
            day: [(each[CONF_FROM], each[CONF_TO]) for each in _sorted(week[name])]
            for day, name in WEEKDAY_TO_CONF.items()
        }
    )
    # lists, as they come back from the disk
    return [[[each.day, each.at.isoformat()] for each in times] for times in found]


def _sorted(blocks: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return sorted(blocks, key=lambda each: each[CONF_FROM])


async def async_read_schedules(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Take over what has changed in the schedules that reminders follow.

    A schedule that is not there leaves its reminder as it was.
    """
    for subentry_id, subentry in reminders_of(entry).items():
        schedule = subentry.data.get(CONF_SCHEDULE)
        blocks = await async_blocks(hass, schedule) if schedule else None
        if blocks is not None:
            async_change(hass, entry, subentry_id, **{CONF_BLOCKS: blocks})


@callback
def async_follow_schedules(
    hass: HomeAssistant, entry: ConfigEntry, changed: Callable[[], None]
) -> CALLBACK_TYPE:
    """Tell when a schedule that a reminder follows may have changed."""
    schedules = {
        schedule
        for subentry in reminders_of(entry).values()
        if (schedule := subentry.data.get(CONF_SCHEDULE))
    }

    @callback
    def written(
        _: Event[EventStateChangedData] | Event[EventStateReportedData],
    ) -> None:
        changed()

    # what is edited far ahead is written, but changes nothing that is shown
    unfollow = (
        async_track_state_change_event(hass, schedules, written),
        async_track_state_report_event(hass, schedules, written),
    )

    @callback
    def stop() -> None:
        for each in unfollow:
            each()

    return stop
