"""Tells what happens in sessions, for automations and the logbook."""

from dataclasses import asdict
from enum import StrEnum
from typing import Final, override

from homeassistant.components.event import EventEntity, EventEntityDescription
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import BackExerciseConfigEntry
from .engine.events import (
    Event,
    ExerciseEnded,
    ExerciseStarted,
    SessionEnded,
    SessionPaused,
    SessionResumed,
    SessionStarted,
    SharpPain,
)
from .entity import BackExerciseEntity

PARALLEL_UPDATES = 0


class EventType(StrEnum):
    """What can be told."""

    SESSION_STARTED = "session_started"
    EXERCISE_STARTED = "exercise_started"
    EXERCISE_ENDED = "exercise_ended"
    SESSION_PAUSED = "session_paused"
    SESSION_RESUMED = "session_resumed"
    SESSION_ENDED = "session_ended"
    SHARP_PAIN = "sharp_pain"


_TOLD: Final[dict[type[Event], EventType]] = {
    SessionStarted: EventType.SESSION_STARTED,
    ExerciseStarted: EventType.EXERCISE_STARTED,
    ExerciseEnded: EventType.EXERCISE_ENDED,
    SessionPaused: EventType.SESSION_PAUSED,
    SessionResumed: EventType.SESSION_RESUMED,
    SessionEnded: EventType.SESSION_ENDED,
    SharpPain: EventType.SHARP_PAIN,
}
"""The other events, of repetitions and steps, are not told."""

SESSION_EVENTS: Final = EventEntityDescription(
    key="session_events", event_types=[event_type.value for event_type in EventType]
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: BackExerciseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the events of a person's sessions."""
    async_add_entities([SessionEvents(entry.runtime_data, SESSION_EVENTS)])


class SessionEvents(BackExerciseEntity, EventEntity):
    """Tells each event of a session once, with what it says of itself."""

    @override
    async def async_added_to_hass(self) -> None:
        """Listen to the sessions."""
        await super().async_added_to_hass()
        self.async_on_remove(self.coordinator.async_subscribe_events(self._tell))

    @callback
    def _tell(self, event: Event) -> None:
        """Tell an event, if it is one to be told."""
        if told := _TOLD.get(type(event)):
            attributes = asdict(event)
            del attributes["at"]
            self._trigger_event(told, attributes)
            self.async_write_ha_state()
