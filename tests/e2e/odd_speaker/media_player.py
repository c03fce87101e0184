"""Media players that play in real time, record what they play, and have a mood.

`<folder>/<name>.mood` tells the mood of each; without that file it works. It is looked
at with every command.
"""

import asyncio
from enum import StrEnum
from pathlib import Path
import sys
from typing import Any, override

from homeassistant.components.media_player import MediaPlayerState, MediaType
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.entity_platform import AddEntitiesCallback
from homeassistant.helpers.typing import ConfigType, DiscoveryInfoType

sys.path.append(str(Path(__file__).resolve().parent.parent.parent.parent))

from demo.custom_components.computer_speaker.device import Device
from demo.custom_components.computer_speaker.media_player import ComputerSpeaker
from demo.custom_components.computer_speaker.player import Player
from demo.custom_components.computer_speaker.recording import Recording

SLOW_S = 2.5
"""What every command takes on a slow speaker."""
ODD_AFTER_S = 3.0
"""So long after the beginning of a track something wrong is reported."""
FLICKER_S = 0.3


class Mood(StrEnum):
    """How a speaker behaves."""

    WELL = "well"
    GONE = "gone"
    """It is not available, once it was looked after."""
    SLOW = "slow"
    HANGS = "hangs"
    """No command ever returns."""
    REFUSES = "refuses"
    """It raises the error that Home Assistant expects."""
    BREAKS = "breaks"
    """It raises an error that nobody expects."""
    CHOKES = "chokes"
    """It fetches the file, can't play it, and reports to be idle."""
    SILENT = "silent"
    """It plays, and nothing is heard."""
    NEVER_PLAYS = "never_plays"
    """It plays, and reports to be idle all the time."""
    PLAYS_FOR_EVER = "plays_for_ever"
    """It reports to play, once it has played something, whatever it does."""
    SAYS_IDLE = "says_idle"
    """It reports to be idle in mid-track, and plays on."""
    FLICKERS = "flickers"
    """It reports to be idle for a moment in mid-track, and plays on."""


class NoDevice(Device):
    """A sound device that nobody hears: there is the recording."""

    def __init__(self) -> None:
        self._device = 0


async def async_setup_platform(
    hass: HomeAssistant,
    config: ConfigType,
    async_add_entities: AddEntitiesCallback,
    discovery_info: DiscoveryInfoType | None = None,
) -> None:
    """Add the speakers that the configuration names."""
    folder = Path(config["folder"])

    def make() -> list[OddSpeaker]:
        return [OddSpeaker(name, folder) for name in config["names"]]

    async_add_entities(await hass.async_add_executor_job(make))


class OddSpeaker(ComputerSpeaker):
    """A speaker with a mood."""

    _attr_has_entity_name = False

    def __init__(self, name: str, folder: Path) -> None:
        super().__init__(f"odd_{name}", Player(Recording(folder, name), NoDevice()))
        self.entity_id = f"media_player.odd_{name}"
        self._attr_device_info = None
        self._file = folder / f"{name}.mood"
        self._mood = Mood.WELL

    async def async_update(self) -> None:
        """Look after it."""
        self._mood = await self.hass.async_add_executor_job(self._read)
        self._attr_available = self._mood is not Mood.GONE

    def _read(self) -> Mood:
        return Mood(self._file.read_text()) if self._file.exists() else Mood.WELL

    async def _told(self) -> None:
        """Be told anything at all."""
        self._mood = await self.hass.async_add_executor_job(self._read)
        if self._mood is Mood.SLOW:
            await asyncio.sleep(SLOW_S)
        elif self._mood is Mood.HANGS:
            await asyncio.Event().wait()

    @override
    async def async_play_media(
        self, media_type: MediaType | str, media_id: str, **kwargs: Any
    ) -> None:
        await self._told()
        if self._mood is Mood.REFUSES:
            raise HomeAssistantError("The speaker refuses the file")
        if self._mood is Mood.BREAKS:
            raise LookupError("nobody expects this")
        if self._mood is Mood.CHOKES:
            await self._samples(media_id)
            self._show(MediaPlayerState.IDLE)
            return
        self._player.volume = (
            0 if self._mood is Mood.SILENT else (self._attr_volume_level or 0)
        )
        await super().async_play_media(media_type, media_id, **kwargs)
        if self._mood in (Mood.SAYS_IDLE, Mood.FLICKERS):
            self.hass.loop.call_later(ODD_AFTER_S, self._say_idle, self._plays)

    def _say_idle(self, play: int) -> None:
        if play != self._plays:
            return
        self._show(MediaPlayerState.IDLE)
        if self._mood is Mood.FLICKERS:
            self.hass.loop.call_later(FLICKER_S, self._say_playing, play)

    def _say_playing(self, play: int) -> None:
        if play == self._plays:
            self._show(MediaPlayerState.PLAYING)

    @override
    async def async_media_stop(self) -> None:
        await self._told()
        await super().async_media_stop()

    @override
    async def async_media_pause(self) -> None:
        await self._told()
        await super().async_media_pause()

    @override
    async def async_set_volume_level(self, volume: float) -> None:
        await self._told()
        await super().async_set_volume_level(volume)

    @override
    def _show(self, state: MediaPlayerState) -> None:
        if self._mood is Mood.NEVER_PLAYS:
            return
        if self._mood is Mood.PLAYS_FOR_EVER and state is MediaPlayerState.IDLE:
            return
        super()._show(state)
