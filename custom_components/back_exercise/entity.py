"""What all entities of a person have in common."""

from typing import TYPE_CHECKING

from homeassistant.helpers.device_registry import DeviceEntryType, DeviceInfo
from homeassistant.helpers.entity import EntityDescription
from homeassistant.helpers.update_coordinator import CoordinatorEntity

from .const import DOMAIN
from .coordinator import Coordinator


class BackExerciseEntity(CoordinatorEntity[Coordinator]):
    """An entity of a person's device."""

    _attr_has_entity_name = True

    def __init__(
        self, coordinator: Coordinator, description: EntityDescription
    ) -> None:
        """Belong to the person whose diary it is, whatever they are called."""
        super().__init__(coordinator)
        diary_id = coordinator.config_entry.unique_id
        if TYPE_CHECKING:
            assert diary_id  # every entry is made with one
        self.entity_description = description
        self._attr_translation_key = description.translation_key or description.key
        self._attr_unique_id = f"{diary_id}_{description.key}"
        self._attr_device_info = DeviceInfo(
            entry_type=DeviceEntryType.SERVICE,
            identifiers={(DOMAIN, diary_id)},
            model="Back Exercise",
            name=coordinator.config_entry.title,
        )
