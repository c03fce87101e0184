"""Shows what a session is doing, how its speakers do, and how it went over time.

Nothing here changes with a repetition or a second: a whole session is to cost the
recorder a hundred rows, not thousands.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, override

from homeassistant.components.sensor import (
    DOMAIN as SENSOR,
    SensorDeviceClass,
    SensorEntity,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.const import EntityCategory, UnitOfRatio, UnitOfTime
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.typing import StateType
from homeassistant.util import dt as dt_util

from .answers import offer_answer
from .coordinator import BackExerciseConfigEntry, State
from .engine.diary import OfferKind
from .engine.session import SessionState, Snapshot
from .entity import BackExerciseEntity

PARALLEL_UPDATES = 0

IDLE: Final = "idle"
NO_ERROR: Final = "none"
NO_OFFER: Final = "none"

NOTICEABLE: Final = 5
"""Per cent of a session; by less the share that is done is not shown anew."""

START_DELAY: Final = "start_delay"
LAST_ERROR: Final = "last_error"
_OF_SPEAKERS: Final = {START_DELAY, LAST_ERROR}


@dataclass(frozen=True, slots=True, kw_only=True)
class BackExerciseSensorDescription(SensorEntityDescription):
    """Describes a sensor by what it shows of a person's state."""

    value_fn: Callable[[State], StateType | datetime]


SENSORS: Final = (
    BackExerciseSensorDescription(
        key="session",
        device_class=SensorDeviceClass.ENUM,
        options=[
            IDLE,
            SessionState.PREPARING.value,
            SessionState.RUNNING.value,
            SessionState.ASKING.value,
            SessionState.PAUSED.value,
        ],
        value_fn=lambda state: state.session.state if state.session else IDLE,
    ),
    BackExerciseSensorDescription(
        key="step_ends",
        device_class=SensorDeviceClass.TIMESTAMP,
        value_fn=lambda state: state.session.step_ends_at if state.session else None,
    ),
)

SHARE: Final = BackExerciseSensorDescription(
    key="progress",
    native_unit_of_measurement=UnitOfRatio.PERCENTAGE,
    suggested_display_precision=0,
    value_fn=lambda state: (
        round(state.session.progress * 100) if state.session else None
    ),
)

PROGRESS: Final = (
    BackExerciseSensorDescription(
        key="pain",
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        value_fn=lambda state: state.outlook.progress.pain,
    ),
    BackExerciseSensorDescription(
        key="next_session",
        device_class=SensorDeviceClass.TIMESTAMP,
        value_fn=lambda state: state.agenda.next_session,
    ),
    BackExerciseSensorDescription(
        key="last_session",
        device_class=SensorDeviceClass.TIMESTAMP,
        value_fn=lambda state: state.outlook.progress.last_session,
    ),
    BackExerciseSensorDescription(
        key="sessions_this_week",
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        value_fn=lambda state: state.outlook.progress.sessions_this_week,
    ),
    BackExerciseSensorDescription(
        key="streak",
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        value_fn=lambda state: state.outlook.progress.streak,
    ),
    BackExerciseSensorDescription(
        key="pain_before",
        entity_registry_enabled_default=False,
        state_class=SensorStateClass.MEASUREMENT,
        value_fn=lambda state: state.outlook.progress.pain_before,
    ),
    BackExerciseSensorDescription(
        key="pain_after",
        entity_registry_enabled_default=False,
        state_class=SensorStateClass.MEASUREMENT,
        value_fn=lambda state: state.outlook.progress.pain_after,
    ),
    BackExerciseSensorDescription(
        key="pain_next_day",
        entity_registry_enabled_default=False,
        state_class=SensorStateClass.MEASUREMENT,
        value_fn=lambda state: state.outlook.progress.pain_next_day,
    ),
    BackExerciseSensorDescription(
        key="pain_trend",
        entity_registry_enabled_default=False,
        state_class=SensorStateClass.MEASUREMENT,
        value_fn=lambda state: state.outlook.progress.pain_trend,
    ),
    BackExerciseSensorDescription(
        key="adherence",
        entity_registry_enabled_default=False,
        native_unit_of_measurement=UnitOfRatio.PERCENTAGE,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        value_fn=lambda state: state.outlook.progress.adherence,
    ),
)

ACTIVE_MINUTES: Final = BackExerciseSensorDescription(
    key="aerobic_minutes",
    device_class=SensorDeviceClass.DURATION,
    native_unit_of_measurement=UnitOfTime.MINUTES,
    state_class=SensorStateClass.TOTAL,
    suggested_display_precision=0,
    value_fn=lambda state: state.outlook.progress.aerobic_minutes,
)

OFFER: Final = BackExerciseSensorDescription(
    key="offer",
    device_class=SensorDeviceClass.ENUM,
    options=[NO_OFFER, *(kind.value for kind in OfferKind)],
    value_fn=lambda state: (
        state.outlook.offers[0].kind if state.outlook.offers else NO_OFFER
    ),
)

EXERCISE: Final = BackExerciseSensorDescription(
    key="exercise",
    device_class=SensorDeviceClass.ENUM,
    # in the welcome, the one that comes: unknown would tell nobody anything
    value_fn=lambda state: (
        state.session.exercise or state.session.next_exercise if state.session else None
    ),
)


def _speaker_sensors(
    hass: HomeAssistant, speaker: str
) -> Iterator[BackExerciseSensorDescription]:
    """Describe the sensors of a speaker."""
    found = hass.states.get(speaker)
    placeholders = {"speaker": found.name if found else speaker}
    yield BackExerciseSensorDescription(
        key=f"{START_DELAY}_{speaker}",
        translation_key=START_DELAY,
        translation_placeholders=placeholders,
        device_class=SensorDeviceClass.DURATION,
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        native_unit_of_measurement=UnitOfTime.SECONDS,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=2,
        value_fn=lambda state: state.speakers[speaker].start_delay,
    )
    yield BackExerciseSensorDescription(
        key=f"{LAST_ERROR}_{speaker}",
        translation_key=LAST_ERROR,
        translation_placeholders=placeholders,
        device_class=SensorDeviceClass.ENUM,
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        options=[NO_ERROR, "unreachable", "not_fetched", "timeout", "failed"],
        value_fn=lambda state: state.speakers[speaker].error or NO_ERROR,
    )


async def async_setup_entry(
    hass: HomeAssistant,
    entry: BackExerciseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the sensors of a person."""
    coordinator = entry.runtime_data
    speakers = [
        BackExerciseSensor(coordinator, description)
        for speaker in coordinator.data.speakers
        for description in _speaker_sensors(hass, speaker)
    ]
    _forget_other_speakers(hass, entry, {each.unique_id for each in speakers})
    async_add_entities(
        (
            ExerciseSensor(coordinator, EXERCISE),
            OfferSensor(coordinator, OFFER),
            ActiveMinutesSensor(coordinator, ACTIVE_MINUTES),
            *(BackExerciseSensor(coordinator, each) for each in SENSORS),
            ShareSensor(coordinator, SHARE),
            *(BackExerciseSensor(coordinator, each) for each in PROGRESS),
            *speakers,
        )
    )


@callback
def _forget_other_speakers(
    hass: HomeAssistant, entry: BackExerciseConfigEntry, wanted: set[str | None]
) -> None:
    """Remove the sensors of speakers that are no longer chosen."""
    registry = er.async_get(hass)
    for known in er.async_entries_for_config_entry(registry, entry.entry_id):
        if (
            known.domain == SENSOR
            and known.translation_key in _OF_SPEAKERS
            and known.unique_id not in wanted
        ):
            registry.async_remove(known.entity_id)


class BackExerciseSensor(BackExerciseEntity, SensorEntity):
    """Shows one thing of a person's state."""

    entity_description: BackExerciseSensorDescription

    @property
    @override
    def native_value(self) -> StateType | datetime:
        """The value."""
        return self.entity_description.value_fn(self.coordinator.data)


class OfferSensor(BackExerciseSensor):
    """Shows what the programme offers; only an answer makes it happen."""

    _unrecorded_attributes = frozenset({"offers"})

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any]:
        """The offers, each with its sentence."""
        words = self.coordinator.phrases.words
        offers = self.coordinator.data.outlook.offers
        return {"offers": [offer_answer(offer, words) for offer in offers]}


class ActiveMinutesSensor(BackExerciseSensor):
    """Counts the active minutes of the week, vigorous ones twice (W-2)."""

    @property
    @override
    def last_reset(self) -> datetime:
        """When the week began."""
        today = dt_util.start_of_local_day()
        return today - timedelta(days=today.weekday())

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any]:
        """What the week aims at."""
        return {"target": self.coordinator.data.outlook.progress.aerobic_target}


class ShareSensor(BackExerciseSensor):
    """Shows how much of a session is done, whenever that has grown noticeably."""

    _shown: int | None = None

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        """Show a change, unless it is small and the next one will show it too."""
        session = self.coordinator.data.session
        share = round(session.progress * 100) if session else None
        is_small = (
            share is not None
            and self._shown is not None
            and abs(share - self._shown) < NOTICEABLE
        )
        if not is_small:
            self._shown = share
            super()._handle_coordinator_update()


class ExerciseSensor(BackExerciseSensor):
    """Shows the exercise, and where in it the session is.

    Side and repetition change all the time. They are as they were at the last change
    of step or state; while it is paused, that is where it stands.
    """

    _shown: tuple[object, ...] | None = None

    @property
    @override
    def options(self) -> list[str]:
        """The exercises there are."""
        return list(self.coordinator.catalogue.exercises)

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any] | None:
        """Where in the exercise the session is."""
        session = self.coordinator.data.session
        if session is None:
            return None
        return {
            "step": session.step,
            "side": session.side,
            "set": session.set,
            "sets": session.sets,
            "repetition": session.repetition,
            "of": session.repetitions,
            "next_exercise": session.next_exercise,
        }

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        """Show a change, unless it is only that of a repetition."""
        session = self.coordinator.data.session
        shown = _without_repetition(session) if session else None
        if shown != self._shown:
            self._shown = shown
            super()._handle_coordinator_update()


def _without_repetition(session: Snapshot) -> tuple[object, ...]:
    """Return what is shown of a session that does not change with a repetition."""
    return (
        session.state,
        session.step,
        session.exercise,
        session.set,
        session.sets,
        session.repetitions,
        session.next_exercise,
    )
