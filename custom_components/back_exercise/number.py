"""How loud sessions are."""

from typing import Final, override

from homeassistant.components.number import (
    NumberEntity,
    NumberEntityDescription,
    NumberMode,
)
from homeassistant.const import EntityCategory, UnitOfRatio
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import BackExerciseConfigEntry
from .entity import BackExerciseEntity

PARALLEL_UPDATES = 0

VOLUME: Final = NumberEntityDescription(
    key="volume",
    entity_category=EntityCategory.CONFIG,
    entity_registry_enabled_default=False,
    mode=NumberMode.SLIDER,
    native_max_value=100,
    native_min_value=0,
    native_step=1,
    native_unit_of_measurement=UnitOfRatio.PERCENTAGE,
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: BackExerciseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the volume of a person's sessions."""
    async_add_entities([VolumeNumber(entry.runtime_data, VOLUME)])


class VolumeNumber(BackExerciseEntity, NumberEntity):
    """Sets how loud the speakers are during a session."""

    @property
    @override
    def native_value(self) -> float | None:
        """The volume; unknown where the speakers keep their own."""
        volume = self.coordinator.data.volume
        return None if volume is None else round(volume * 100)

    @override
    async def async_set_native_value(self, value: float) -> None:
        """Set the volume."""
        await self.coordinator.async_set_volume(value / 100)
