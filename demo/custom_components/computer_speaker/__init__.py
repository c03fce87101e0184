"""The computer that Home Assistant runs on, as a speaker."""

from pathlib import Path

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import EVENT_HOMEASSISTANT_STOP, Platform
from homeassistant.core import Event, HomeAssistant

from .device import Device
from .player import Player
from .recording import Recording

PLATFORMS = [Platform.MEDIA_PLAYER]

type ComputerSpeakerEntry = ConfigEntry[Player]


def _open(folder: Path) -> Player:
    return Player(Recording(folder, "heard"), Device())


async def async_setup_entry(hass: HomeAssistant, entry: ComputerSpeakerEntry) -> bool:
    """Open the sound device and begin the recording."""
    folder = Path(hass.config.config_dir)
    player = await hass.async_add_executor_job(_open, folder)
    entry.runtime_data = player

    async def close(_: Event) -> None:
        await hass.async_add_executor_job(player.close)

    entry.async_on_unload(hass.bus.async_listen_once(EVENT_HOMEASSISTANT_STOP, close))
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
    return True


async def async_unload_entry(hass: HomeAssistant, entry: ComputerSpeakerEntry) -> bool:
    """Close both."""
    unloaded = await hass.config_entries.async_unload_platforms(entry, PLATFORMS)
    if unloaded:
        await hass.async_add_executor_job(entry.runtime_data.close)
    return unloaded
