"""The sessions that were done, as a calendar shows them."""

from datetime import datetime, timedelta
from typing import Final, override

from homeassistant.components.calendar import (
    CalendarEntity,
    CalendarEntityDescription,
    CalendarEvent,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util

from .coordinator import BackExerciseConfigEntry
from .engine.diary import Entry, Kind, SessionEnded, SessionStarted
from .entity import BackExerciseEntity

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
    """Shows when sessions were done."""

    @property
    @override
    def event(self) -> CalendarEvent | None:
        """The session that is going on; done ones are over."""
        record = self.coordinator.diary.programme.session
        if record is None or record.ended or not self.coordinator.is_active:
            return None
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
        """Return the sessions that were done in a time."""
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
        return events

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
