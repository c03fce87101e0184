"""Tells what happens in sessions and is decided, for automations and the logbook."""

from dataclasses import asdict
from enum import StrEnum
from typing import Final, override

from homeassistant.components.event import EventEntity, EventEntityDescription
from homeassistant.const import ATTR_ENTITY_ID, ATTR_NAME
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .const import DOMAIN
from .coordinator import BackExerciseConfigEntry
from .engine.decision import Decision, Outcome, explain
from .engine.events import (
    DecisionMade,
    Event,
    ExerciseEnded,
    ExerciseStarted,
    Rated,
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
    RATED = "rated"
    DECISION_MADE = "decision_made"
    OFFER_MADE = "offer_made"


_TOLD: Final[dict[type[Event], EventType]] = {
    SessionStarted: EventType.SESSION_STARTED,
    ExerciseStarted: EventType.EXERCISE_STARTED,
    ExerciseEnded: EventType.EXERCISE_ENDED,
    SessionPaused: EventType.SESSION_PAUSED,
    SessionResumed: EventType.SESSION_RESUMED,
    SessionEnded: EventType.SESSION_ENDED,
    SharpPain: EventType.SHARP_PAIN,
    Rated: EventType.RATED,
}
"""The other events, of repetitions and steps, are not told; decisions have words."""

SESSION_TOLD: Final = f"{DOMAIN}_session"
"""What the logbook is told: a session began, or how it ended."""
ATTR_WHAT: Final = "what"

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

    _unrecorded_attributes = frozenset({"value", "sentence", "reason"})

    @override
    async def async_added_to_hass(self) -> None:
        """Listen to the sessions."""
        await super().async_added_to_hass()
        self.async_on_remove(self.coordinator.async_subscribe_events(self._tell))

    @callback
    def _tell(self, event: Event) -> None:
        """Tell an event, if it is one to be told."""
        if isinstance(event, DecisionMade):
            self._tell_decision(event.decision)
        elif told := _TOLD.get(type(event)):
            attributes = asdict(event)
            del attributes["at"]
            attributes.pop("because", None)  # a decision, which is told by itself
            self._trigger_event(told, attributes)
            self.async_write_ha_state()
            self._tell_logbook(event)

    @callback
    def _tell_logbook(self, event: Event) -> None:
        """Tell the logbook in few words what it can show as a sentence."""
        match event:
            case SessionStarted(routine=routine):
                what = f"started_{routine.value}"
            case SessionEnded(outcome=outcome):
                what = f"ended_{outcome.value}"
            case _:
                return
        person = {ATTR_ENTITY_ID: self.entity_id, ATTR_NAME: self.coordinator.name}
        self.hass.bus.async_fire(SESSION_TOLD, {**person, ATTR_WHAT: what})

    @callback
    def _tell_decision(self, decision: Decision) -> None:
        """Tell what was decided and why, without the numbers it was decided from."""
        is_offer = decision.outcome is Outcome.OFFER
        self._trigger_event(
            EventType.OFFER_MADE if is_offer else EventType.DECISION_MADE,
            {
                "rule": decision.rule.value,
                "decision": decision.outcome.value,
                "exercise": decision.exercise,
                "routine": decision.routine,
                "sentence": explain(decision, self.coordinator.phrases.words),
            },
        )
        self.async_write_ha_state()
