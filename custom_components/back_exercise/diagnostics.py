"""What helps to find a fault: wiring, speakers and session; nobody's name."""

from dataclasses import asdict
from typing import Any, Final

from homeassistant.components.diagnostics import async_redact_data
from homeassistant.const import CONF_NAME
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from .const import CONF_NOTIFY, CONF_PERSON, CONF_SECRET
from .coordinator import BackExerciseConfigEntry

TO_REDACT: Final = {CONF_NAME, CONF_NOTIFY, CONF_PERSON, CONF_SECRET}


async def async_get_config_entry_diagnostics(
    hass: HomeAssistant, entry: BackExerciseConfigEntry
) -> dict[str, Any]:
    """Return the diagnostics of a person's entry."""
    coordinator = entry.runtime_data
    state = coordinator.data
    return {
        "data": async_redact_data(entry.data, TO_REDACT),
        "options": async_redact_data(entry.options, TO_REDACT),
        "session": (
            asdict(state.session) | {"allowed": sorted(state.session.allowed)}
            if state.session
            else None
        ),
        "routines": list(state.outlook.routines),
        "engine": _entity(hass, coordinator.wiring.engine),
        "speakers": {
            entity_id: {**_entity(hass, entity_id), **asdict(health)}
            for entity_id, health in state.speakers.items()
        },
    }


def _entity(hass: HomeAssistant, entity_id: str | None) -> dict[str, Any]:
    """Return what an entity is and can do, but not what it is called or plays."""
    if entity_id is None:
        return {}
    state = hass.states.get(entity_id)
    entity = er.async_get(hass).async_get(entity_id)
    return {
        "integration": entity.platform if entity else None,
        "state": state.state if state else None,
        "supported_features": state.attributes.get("supported_features")
        if state
        else None,
    }
