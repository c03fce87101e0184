"""What all entities of a person have in common."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, override

from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.core import callback
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.device_registry import DeviceEntryType, DeviceInfo
from homeassistant.helpers.entity import EntityDescription
from homeassistant.helpers.update_coordinator import CoordinatorEntity

from .const import DOMAIN
from .coordinator import Coordinator
from .wishes import async_change


def device_of(entry: ConfigEntry) -> DeviceInfo:
    """Return the device of a person."""
    return DeviceInfo(
        entry_type=DeviceEntryType.SERVICE,
        identifiers={(DOMAIN, str(entry.unique_id))},
        model="Back Exercise",
        name=entry.title,
    )


class _Entity(CoordinatorEntity[Coordinator]):
    """An entity whose state is written where something of it has changed.

    With every step of a session all of them are told, and most show none of it.
    """

    _attr_has_entity_name = True
    _written: tuple[object, ...] = ()

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        if self._appearance() != self._written:
            super()._handle_coordinator_update()

    @callback
    @override
    def _async_write_ha_state(self) -> None:
        self._written = self._appearance()
        super()._async_write_ha_state()

    def _appearance(self) -> tuple[object, ...]:
        """Return all of its state that ever changes."""
        if not self.available:
            return (False,)
        return (
            self.state,
            self.capability_attributes,
            self.state_attributes,
            self.extra_state_attributes,
        )


class BackExerciseEntity(_Entity):
    """An entity of a person's device."""

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
        self._attr_device_info = device_of(coordinator.config_entry)


class ReminderEntity(_Entity):
    """An entity of a reminder's device."""

    def __init__(
        self,
        coordinator: Coordinator,
        reminder: ConfigSubentry,
        description: EntityDescription,
    ) -> None:
        """Belong to a reminder, whatever it is called."""
        super().__init__(coordinator)
        entry, self._subentry_id = coordinator.config_entry, reminder.subentry_id
        self.entity_description = description
        self._attr_translation_key = description.translation_key or description.key
        self._attr_unique_id = f"{self._subentry_id}_{description.key}"
        person = dr.async_get(coordinator.hass).async_get_device_by_identifier(
            (DOMAIN, str(entry.unique_id)), entry.entry_id
        )
        self._attr_device_info = DeviceInfo(
            entry_type=DeviceEntryType.SERVICE,
            identifiers={(DOMAIN, self._subentry_id)},
            model="Back Exercise",
            name=f"{entry.title} {reminder.title}",
        )
        if person:
            self._attr_device_info["via_device_id"] = person.id

    @property
    def reminder(self) -> Mapping[str, Any]:
        """The reminder as it is stored; empty once it is gone."""
        found = self.coordinator.config_entry.subentries.get(self._subentry_id)
        return found.data if found else {}

    @callback
    def change(self, **changes: object) -> None:
        """Change the reminder, without a reload."""
        entry = self.coordinator.config_entry
        async_change(self.hass, entry, self._subentry_id, **changes)
        self.async_write_ha_state()
