"""What is shown of Back Exercise on the page of the system: parts and numbers only."""

from collections.abc import Sized
from typing import Any

from homeassistant.components import tts
from homeassistant.components.system_health import SystemHealthRegistration
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant, callback
from homeassistant.loader import async_get_integration

from .address import async_address_fault
from .const import DOMAIN
from .coordinator import BackExerciseConfigEntry
from .frontend import is_card_shown
from .listening import is_heard


@callback
def async_register(hass: HomeAssistant, register: SystemHealthRegistration) -> None:
    """Register what is shown."""
    register.async_register_info(async_info)


async def async_info(hass: HomeAssistant) -> dict[str, Any]:
    """Return it; nothing tells of whom, nor of anybody's health."""
    integration = await async_get_integration(hass, DOMAIN)
    entries: list[BackExerciseConfigEntry]
    entries = hass.config_entries.async_loaded_entries(DOMAIN)
    persons = [entry.runtime_data for entry in entries]
    engines = {each.wiring.engine for each in persons} - {None}
    speakers = {speaker for each in persons for speaker in each.wiring.speakers}
    sizes = [await each.diary.async_size() for each in persons]
    return {
        "version": str(integration.version),
        "persons": len(hass.config_entries.async_entries(DOMAIN)),
        "persons_loaded": len(persons),
        "sessions": sum(each.is_active for each in persons),
        "diaries_saved": _of(sum(each.diary.is_saved for each in persons), persons),
        "diaries_size": f"{sum(sizes) / 1000:.0f} kB",
        "engines_reachable": _of(
            sum(_has_engine(hass, str(each)) for each in engines), engines
        ),
        "speakers_reachable": _of(
            sum(_is_reachable(hass, each) for each in speakers), speakers
        ),
        "address": await async_address_fault(hass) or "ok",
        "sentences": is_heard(hass),
        "card": is_card_shown(hass),
    }


def _of(some: int, all_of_them: Sized) -> str:
    return f"{some}/{len(all_of_them)}"


def _has_engine(hass: HomeAssistant, entity_id: str) -> bool:
    is_there = tts.get_engine_instance(hass, entity_id) is not None
    return is_there and not hass.states.is_state(entity_id, STATE_UNAVAILABLE)


def _is_reachable(hass: HomeAssistant, entity_id: str) -> bool:
    state = hass.states.get(entity_id)
    return state is not None and state.state != STATE_UNAVAILABLE
