"""The sessions that were done and those to come, as a calendar shows them."""

from datetime import datetime, timedelta
from typing import Final, override

from homeassistant.components.calendar import (
    CalendarEntity,
    CalendarEntityDescription,
    CalendarEvent,
)
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util

from .coordinator import BackExerciseConfigEntry
from .engine.catalogue import Routine
from .engine.diary import Entry, Kind, SessionEnded, SessionStarted
from .engine.occasions import Reminder, planned
from .entity import BackExerciseEntity
from .wishes import wishes_of

PARALLEL_UPDATES = 0

SESSIONS: Final = CalendarEntityDescription(key="sessions")

SHOWN: Final = timedelta(minutes=30)
"""Nobody knows how long a session will take; it is shown to take so long, or longer."""

LONGEST: Final = timedelta(hours=4)
"""A session that began longer before is not looked for."""


async def async_setup_entry(
    hass: HomeAssistant,
    entry: BackExerciseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the calendar of a person's sessions."""
    async_add_entities([SessionCalendar(entry.runtime_data, SESSIONS)])


class SessionCalendar(BackExerciseEntity, CalendarEntity):
    """Shows when sessions were done, and when somebody will be reminded of one."""

    _shown: CalendarEvent | None = None

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        """Show what is another now: to set its alarms anew costs more than the rest."""
        if (event := self.event) != self._shown:
            self._shown = event
            super()._handle_coordinator_update()

    @property
    @override
    def event(self) -> CalendarEvent | None:
        """The session that is going on, else the next that is planned."""
        record = self.coordinator.diary.programme.session
        if record is None or record.ended or not self.coordinator.is_active:
            return self._next()
        # not from minute to minute: each end is a row of the recorder
        elapsed = max(dt_util.utcnow() - record.started, timedelta())
        end = record.started + (elapsed // SHOWN + 1) * SHOWN
        return CalendarEvent(
            start=dt_util.as_local(record.started),
            end=dt_util.as_local(end),
            summary=self._summary(record.routine),
        )

    @override
    async def async_get_events(
        self, hass: HomeAssistant, start_date: datetime, end_date: datetime
    ) -> list[CalendarEvent]:
        """Return the sessions that were done in a time, and are planned in it."""
        entries = await self.coordinator.diary.async_read(
            start=dt_util.as_utc(start_date) - LONGEST,
            end=dt_util.as_utc(end_date) + LONGEST,
            kinds=(Kind.SESSION_STARTED, Kind.SESSION_ENDED),
        )
        events: list[CalendarEvent] = []
        begun: Entry | None = None
        for entry in entries:
            if entry.kind is Kind.SESSION_STARTED:
                begun = entry
            elif begun and isinstance(entry.payload, SessionEnded):
                if begun.at < end_date and entry.at > start_date:
                    events.append(self._done(begun, entry, entry.payload))
                begun = None
        return events + self._planned(start_date, end_date)

    def _next(self) -> CalendarEvent | None:
        at = self.coordinator.data.agenda.next_session
        return self._to_come(at, None) if at else None

    def _planned(self, start: datetime, end: datetime) -> list[CalendarEvent]:
        """Return what is planned from the next session on, one for each day."""
        first = self.coordinator.data.agenda.next_session
        if first is None:
            return []
        wishes = wishes_of(self.coordinator.config_entry)
        occasions = planned(
            wishes.reminders,
            self.hass.config.time_zone,
            max(dt_util.as_utc(start), first),
            dt_util.as_utc(end),
        )
        by_day = {each.day: each for each in reversed(occasions)}
        return [
            self._to_come(each.at, each.reminder)
            for each in sorted(by_day.values(), key=lambda each: each.at)
        ]

    def _to_come(self, at: datetime, reminder: Reminder | None) -> CalendarEvent:
        shown = self.coordinator.data
        routine = shown.routine
        if reminder and reminder.routine in shown.outlook.routines:
            routine = Routine(reminder.routine)
        return CalendarEvent(
            start=dt_util.as_local(at),
            end=dt_util.as_local(at + SHOWN),
            summary=self._summary(routine),
            description=self.coordinator.phrases.words["planned"],
        )

    def _done(self, begun: Entry, ended: Entry, payload: SessionEnded) -> CalendarEvent:
        routine = ""
        if isinstance(begun.payload, SessionStarted):
            routine = begun.payload.routine
        outcomes = self.coordinator.phrases.words["outcomes"]
        return CalendarEvent(
            start=dt_util.as_local(begun.at),
            end=dt_util.as_local(max(ended.at, begun.at + timedelta(minutes=1))),
            summary=self._summary(routine),
            description=outcomes[payload.outcome],
            uid=begun.id,
        )

    def _summary(self, routine: str) -> str:
        words = self.coordinator.phrases.words["routines"]
        name: str = words.get(routine, routine)
        return name[:1].upper() + name[1:]
