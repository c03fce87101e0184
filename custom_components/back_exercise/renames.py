"""Follows what was chosen for a person when it is renamed; tells when it is removed."""

from collections.abc import Mapping
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers.entity_registry import (
    EVENT_ENTITY_REGISTRY_UPDATED,
    EventEntityRegistryUpdatedData,
)

from .faults import Faults
from .wiring import Wiring


@callback
def async_follow_renames(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Follow entities by their names as long as an entry is loaded."""
    faults = Faults(hass, entry)

    @callback
    def changed(event: Event[EventEntityRegistryUpdatedData]) -> None:
        data = event.data
        if data["action"] == "update" and (old := data.get("old_entity_id")):
            _rename(hass, entry, str(old), data["entity_id"])
            return
        wiring = Wiring.from_options(entry.options)
        is_gone = data["action"] == "remove"
        if data["entity_id"] in wiring.speakers:
            if is_gone:
                faults.of_speaker(data["entity_id"], "missing")
            else:
                faults.found(data["entity_id"])
        elif data["entity_id"] == wiring.engine:
            faults.of_engine(data["entity_id"], is_missing=is_gone)

    entry.async_on_unload(hass.bus.async_listen(EVENT_ENTITY_REGISTRY_UPDATED, changed))


def _rename(hass: HomeAssistant, entry: ConfigEntry, old: str, new: str) -> None:
    """Have the entry and its reminders name an entity as it is called now."""
    entries = hass.config_entries
    for subentry in list(entry.subentries.values()):
        if (renamed := _renamed(subentry.data, old, new)) != dict(subentry.data):
            entries.async_update_subentry(entry, subentry, data=renamed)
    options, data = _renamed(entry.options, old, new), _renamed(entry.data, old, new)
    if options != dict(entry.options) or data != dict(entry.data):
        Faults(hass, entry).of_speaker(old, None)
        entries.async_update_entry(entry, options=options, data=data)


def _renamed(stored: Mapping[str, Any], old: str, new: str) -> dict[str, Any]:
    def of(value: Any) -> Any:  # noqa: ANN401 - JSON
        if isinstance(value, list):
            return [of(each) for each in value]
        return new if value == old else value

    return {key: of(value) for key, value in stored.items()}
