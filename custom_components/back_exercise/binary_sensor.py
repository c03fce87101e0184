"""Tells whether a session is going on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, override

from homeassistant.components.binary_sensor import (
    BinarySensorDeviceClass,
    BinarySensorEntity,
    BinarySensorEntityDescription,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import BackExerciseConfigEntry, State
from .entity import BackExerciseEntity

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


async def async_setup_entry(
    hass: HomeAssistant,
    entry: BackExerciseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the binary sensors of a person."""
    async_add_entities(
        BackExerciseBinarySensor(entry.runtime_data, description)
        for description in BINARY_SENSORS
    )


class BackExerciseBinarySensor(BackExerciseEntity, BinarySensorEntity):
    """Tells whether something is true of a person's state."""

    entity_description: BackExerciseBinarySensorDescription

    @property
    @override
    def is_on(self) -> bool:
        """Whether it is true."""
        return self.entity_description.is_on_fn(self.coordinator.data)
