"""Refuses to start, or to test, what nobody could hear."""

from collections.abc import Iterable

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import EVENT_CORE_CONFIG_UPDATE
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.network import NoURLAvailableError, get_url
from homeassistant.helpers.start import async_at_started

from .address import async_address_fault
from .choices import needs_engine
from .const import DOMAIN
from .faults import Faults, is_missing
from .refusal import refusal
from .speaker import playing_entity
from .wiring import Wiring


def missing_speakers(hass: HomeAssistant, speakers: Iterable[str]) -> list[str]:
    """Return the speakers that Home Assistant does not know (any more)."""
    return [each for each in speakers if is_missing(hass, each)]


def check_speakers(
    hass: HomeAssistant, wiring: Wiring, faults: Faults, *, is_heard: bool
) -> None:
    """Note the speakers that were removed.

    Raises ServiceValidationError, translated, where there is none left and it is not
    heard in another way either.
    """
    missing = missing_speakers(hass, wiring.speakers)
    for entity_id in wiring.speakers:
        if entity_id in missing:
            faults.of_speaker(entity_id, "missing")
        else:
            faults.found(entity_id)
    if len(missing) == len(wiring.speakers) and not is_heard:
        raise refusal("speakers_missing", speakers=", ".join(missing))


def check_free(hass: HomeAssistant, wiring: Wiring, other: Wiring, name: str) -> None:
    """Raise ServiceValidationError where another person's session has a speaker."""
    if shared := shared_speakers(hass, wiring, other):
        state = hass.states.get(shared[0])
        speaker = state.name if state else shared[0]
        raise refusal("speaker_busy", speaker=speaker, name=name)


def shared_speakers(hass: HomeAssistant, wiring: Wiring, other: Wiring) -> list[str]:
    """Return the entities that two persons are heard on."""
    mine = {playing_entity(hass, each) for each in wiring.speakers}
    theirs = {playing_entity(hass, each) for each in other.speakers}
    return sorted(mine & theirs)


def check_address(hass: HomeAssistant) -> None:
    """Raise HomeAssistantError where speakers have no address to fetch tracks from."""
    try:
        get_url(hass)
    except NoURLAvailableError as err:
        raise HomeAssistantError(
            translation_domain=DOMAIN, translation_key="no_address"
        ) from err


@callback
def async_watch_address(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Tell of a wrong address as long as an entry is loaded that has speakers."""
    faults = Faults(hass, entry)
    if not any(map(needs_engine, Wiring.from_options(entry.options).speakers)):
        faults.of_address(None)
        return

    async def look(_: HomeAssistant | Event) -> None:
        faults.of_address(await async_address_fault(hass))

    entry.async_on_unload(async_at_started(hass, look))
    entry.async_on_unload(hass.bus.async_listen(EVENT_CORE_CONFIG_UPDATE, look))
