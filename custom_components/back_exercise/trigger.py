"""Lets automations begin with what happens to a person: sessions, pain, reminders.

They are handed no states and no words of the person's own, only what they may need:
Home Assistant keeps what an automation was handed in its trace.
"""

from asyncio import Task
from collections.abc import Collection
from enum import StrEnum
from typing import Any, ClassVar, Final, override

from homeassistant.components.binary_sensor import DOMAIN as BINARY_SENSOR
from homeassistant.components.event import ATTR_EVENT_TYPE, DOMAIN as EVENT
from homeassistant.const import ATTR_ENTITY_ID, CONF_OPTIONS, STATE_ON
from homeassistant.core import (
    CALLBACK_TYPE,
    Context as HassContext,
    HomeAssistant,
    State,
    callback,
)
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.trigger import (
    ENTITY_STATE_TRIGGER_SCHEMA,
    EntityTriggerBase,
    NotTriggeredReasonReporter,
    StatelessEntityTriggerBase,
    Trigger,
    TriggerActionRunner,
    TriggerNotTriggeredReporter,
)
from homeassistant.helpers.typing import VolDictType
import voluptuous as vol

from .binary_sensor import DUE
from .engine.decision import Outcome
from .engine.diary import Context, Measure
from .engine.events import SessionOutcome
from .event import SESSION_EVENTS, EventType
from .targets import async_entry_of, async_siblings

MIN_PAIN: Final = "min_pain"


def _some_of(kind: type[StrEnum]) -> Any:  # noqa: ANN401  # a validator
    return vol.All(cv.ensure_list, [vol.In([each.value for each in kind])])


def _schema(options: VolDictType) -> vol.Schema:
    default: dict[str, Any] = {}
    return ENTITY_STATE_TRIGGER_SCHEMA.extend(
        {vol.Required(CONF_OPTIONS, default=default): options}
    )


class PersonTrigger(EntityTriggerBase):
    """Follows one entity of everyone who is targeted, by whichever of theirs."""

    _schema = ENTITY_STATE_TRIGGER_SCHEMA
    _domain: ClassVar[str]
    _key: ClassVar[str]
    """What the entity is called in unique ids."""
    _handed: ClassVar[tuple[str, ...]]
    """The attributes that the automation is handed."""

    @override
    def entity_filter(self, entities: set[str]) -> set[str]:
        """Return the entities to follow."""
        return async_siblings(self._hass, entities, self._domain, self._key)

    @override
    async def async_attach_runner(
        self,
        run_action: TriggerActionRunner,
        did_not_trigger: TriggerNotTriggeredReporter | None = None,
    ) -> CALLBACK_TYPE:
        """Hand the automation what it may need, instead of states."""

        @callback
        def run(
            extra_trigger_payload: dict[str, Any],
            description: str,
            context: HassContext | None = None,
        ) -> Task[Any]:
            payload = self._payload(extra_trigger_payload["to_state"])
            return run_action(payload, description, context)

        return await super().async_attach_runner(run, did_not_trigger)

    def _payload(self, state: State) -> dict[str, Any]:
        entry = async_entry_of(self._hass, state.entity_id)
        return {
            ATTR_ENTITY_ID: state.entity_id,
            "person": entry.title if entry else None,
            **{name: state.attributes.get(name) for name in self._handed},
        }


class EventTrigger(PersonTrigger, StatelessEntityTriggerBase):
    """Triggers on events of some types, each time one happens."""

    _schema = ENTITY_STATE_TRIGGER_SCHEMA
    _domain = EVENT
    _key = SESSION_EVENTS.key
    _types: ClassVar[Collection[EventType]]
    _filters: ClassVar[tuple[str, ...]] = ()
    """Attributes that options of the same names may restrict, each to some values."""

    @override
    def is_valid_state(
        self, state: State, report_not_triggered: NotTriggeredReasonReporter
    ) -> bool:
        """Tell whether it is such an event, and one that is wanted."""
        attributes = state.attributes
        return attributes.get(ATTR_EVENT_TYPE) in self._types and all(
            attributes.get(name) in wanted
            for name in self._filters
            if (wanted := self._options.get(name))
        )


class SessionStarted(EventTrigger):
    """A session began."""

    _types = (EventType.SESSION_STARTED,)
    _handed = ("routine",)


class ExerciseStarted(EventTrigger):
    """An exercise began, whichever or one of some."""

    _types = (EventType.EXERCISE_STARTED,)
    _filters = ("exercise",)
    _handed = ("exercise",)
    _schema = _schema({vol.Optional("exercise"): vol.All(cv.ensure_list, [cv.string])})


class SessionFinished(EventTrigger):
    """A session ended, however or in one of some ways."""

    _types = (EventType.SESSION_ENDED,)
    _filters = ("outcome",)
    _handed = ("outcome",)
    _schema = _schema({vol.Optional("outcome"): _some_of(SessionOutcome)})


class PainReported(EventTrigger):
    """Somebody said how much it hurts."""

    _types = (EventType.RATED,)
    _filters = ("context",)
    _handed = ("context", "exercise")
    _schema = _schema(
        {
            vol.Optional(MIN_PAIN, default=0): vol.All(
                vol.Coerce(int), vol.Range(min=0, max=10)
            ),
            vol.Optional("context"): _some_of(Context),
        }
    )

    @override
    def is_valid_state(
        self, state: State, report_not_triggered: NotTriggeredReasonReporter
    ) -> bool:
        """Tell whether it is a rating of pain, and as high as is wanted."""
        attributes = state.attributes
        return (
            super().is_valid_state(state, report_not_triggered)
            and attributes["measure"] == Measure.PAIN
            and attributes["value"] >= self._options[MIN_PAIN]
        )

    @override
    def _payload(self, state: State) -> dict[str, Any]:
        return {**super()._payload(state), "pain": state.attributes["value"]}


class DecisionMade(EventTrigger):
    """A rule decided something, an offer included."""

    _types = (EventType.DECISION_MADE, EventType.OFFER_MADE)
    _filters = ("decision",)
    _handed = ("rule", "decision", "exercise", "routine", "sentence")
    _schema = _schema({vol.Optional("decision"): _some_of(Outcome)})


class ReminderDue(PersonTrigger):
    """A reminder became due: its time came, or that of its snooze."""

    _domain = BINARY_SENSOR
    _key = DUE.key
    _handed = ("reminder", "mode", "until", "snoozes_left")

    @override
    def is_valid_state(
        self, state: State, report_not_triggered: NotTriggeredReasonReporter
    ) -> bool:
        """Tell whether one is due."""
        return state.state == STATE_ON

    @override
    def is_valid_transition(self, from_state: State, to_state: State) -> bool:
        """Tell whether it was not due before: none was, or another."""
        return from_state.state != STATE_ON or _which(from_state) != _which(to_state)


def _which(state: State) -> tuple[object, object]:
    """Return what tells a reminder that is due from the next one."""
    return state.attributes.get("reminder"), state.attributes.get("until")


TRIGGERS: Final[dict[str, type[Trigger]]] = {
    "session_started": SessionStarted,
    "exercise_started": ExerciseStarted,
    "session_finished": SessionFinished,
    "pain_reported": PainReported,
    "reminder_due": ReminderDue,
    "decision_made": DecisionMade,
}


async def async_get_triggers(hass: HomeAssistant) -> dict[str, type[Trigger]]:
    """Return the triggers."""
    return TRIGGERS
