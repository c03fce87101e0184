"""Tells whether a session is going on, is due, or is locked."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, override

from homeassistant.components.binary_sensor import (
    BinarySensorDeviceClass,
    BinarySensorEntity,
    BinarySensorEntityDescription,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import BackExerciseConfigEntry, State
from .engine.decision import explain
from .entity import BackExerciseEntity
from .wishes import reminders_of, subentry_id_of

PARALLEL_UPDATES = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BackExerciseBinarySensorDescription(BinarySensorEntityDescription):
    """Describes a binary sensor by what is true of a person's state."""

    is_on_fn: Callable[[State], bool]


BINARY_SENSORS: Final = (
    BackExerciseBinarySensorDescription(
        key="active",
        device_class=BinarySensorDeviceClass.RUNNING,
        is_on_fn=lambda state: state.session is not None,
    ),
)

DUE: Final = BackExerciseBinarySensorDescription(
    key="due", is_on_fn=lambda state: state.agenda.due is not None
)

LOCKED: Final = BackExerciseBinarySensorDescription(
    key="locked",
    device_class=BinarySensorDeviceClass.PROBLEM,
    is_on_fn=lambda state: state.outlook.lock is not None,
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: BackExerciseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the binary sensors of a person."""
    coordinator = entry.runtime_data
    async_add_entities(
        (
            *(BackExerciseBinarySensor(coordinator, each) for each in BINARY_SENSORS),
            DueSensor(coordinator, DUE),
            LockedSensor(coordinator, LOCKED),
        )
    )


class BackExerciseBinarySensor(BackExerciseEntity, BinarySensorEntity):
    """Tells whether something is true of a person's state."""

    entity_description: BackExerciseBinarySensorDescription

    @property
    @override
    def is_on(self) -> bool:
        """Whether it is true."""
        return self.entity_description.is_on_fn(self.coordinator.data)


class DueSensor(BackExerciseBinarySensor):
    """Tells whether a reminder is due, and what can be done about it."""

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any]:
        """Which it is, until when, and how often it can still be snoozed."""
        due = self.coordinator.data.agenda.due
        if due is None:
            return {}
        reminder = due.occasion.reminder
        reminders = reminders_of(self.coordinator.config_entry)
        found = reminders.get(subentry_id_of(reminder))
        return {
            "reminder": found.title if found else None,
            "mode": reminder.mode.value,
            "until": due.until,
            "snoozes_left": due.snoozes_left,
        }


class LockedSensor(BackExerciseBinarySensor):
    """Tells whether sessions are locked, by which rule, and what unlocks them."""

    _unrecorded_attributes = frozenset({"rule", "reason"})

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any]:
        """The rule that locks, and its sentence; none of what was marked."""
        lock = self.coordinator.data.outlook.lock
        words = self.coordinator.phrases.words
        return {
            "rule": lock.rule.value if lock else None,
            "reason": explain(lock, words) if lock else None,
        }
