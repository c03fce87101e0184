"""The speaker as Home Assistant sees it."""

import asyncio
from datetime import timedelta
import io
from typing import Any, override
import wave

from aiohttp import ClientError
from homeassistant.components import media_source
from homeassistant.components.ffmpeg import get_ffmpeg_manager
from homeassistant.components.media_player import (
    BrowseMedia,
    MediaPlayerDeviceClass,
    MediaPlayerEntity,
    MediaPlayerEntityFeature,
    MediaPlayerState,
    MediaType,
    async_process_play_media_url,
)
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util
import numpy as np

from . import ComputerSpeakerEntry
from .const import DOMAIN, NAME
from .player import Player, Samples
from .recording import RATE, WIDTH

PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant,
    entry: ComputerSpeakerEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the one entity."""
    async_add_entities([ComputerSpeaker(entry.entry_id, entry.runtime_data)])


class ComputerSpeaker(MediaPlayerEntity):
    """Plays one thing at a time."""

    _attr_device_class = MediaPlayerDeviceClass.SPEAKER
    _attr_has_entity_name = True
    _attr_name = None
    _attr_should_poll = False
    _attr_state = MediaPlayerState.IDLE
    _attr_supported_features = (
        MediaPlayerEntityFeature.PLAY_MEDIA
        | MediaPlayerEntityFeature.BROWSE_MEDIA
        | MediaPlayerEntityFeature.PLAY
        | MediaPlayerEntityFeature.PAUSE
        | MediaPlayerEntityFeature.STOP
        | MediaPlayerEntityFeature.VOLUME_SET
    )

    def __init__(self, unique_id: str, player: Player) -> None:
        self._player = player
        self._attr_unique_id = unique_id
        self._attr_device_info = DeviceInfo(
            identifiers={(DOMAIN, unique_id)}, name=NAME
        )
        self._attr_volume_level = player.volume
        self._plays = 0

    @override
    async def async_will_remove_from_hass(self) -> None:
        self._player.stop()

    @override
    async def async_browse_media(
        self,
        media_content_type: MediaType | str | None = None,
        media_content_id: str | None = None,
    ) -> BrowseMedia:
        return await media_source.async_browse_media(
            self.hass,
            media_content_id,
            content_filter=lambda item: item.media_content_type.startswith("audio/"),
        )

    @override
    async def async_play_media(
        self, media_type: MediaType | str, media_id: str, **kwargs: Any
    ) -> None:
        self._plays += 1
        play = self._plays
        samples = await self._samples(media_id)
        if play != self._plays:
            # told to stop, or to play something else, in the meantime
            return
        self._attr_media_content_id = media_id
        self._attr_media_content_type = media_type
        self._attr_media_duration = round(len(samples) / RATE)

        def ended() -> None:
            self.hass.loop.call_soon_threadsafe(self._ended, play)

        self._player.play(samples, ended)
        self._show(MediaPlayerState.PLAYING)

    @override
    async def async_media_play(self) -> None:
        if self.state is MediaPlayerState.PAUSED:
            self._player.resume()
            self._show(MediaPlayerState.PLAYING)

    @override
    async def async_media_pause(self) -> None:
        if self.state is MediaPlayerState.PLAYING:
            self._player.pause()
            self._show(MediaPlayerState.PAUSED)

    @override
    async def async_media_stop(self) -> None:
        self._plays += 1
        self._player.stop()
        self._show(MediaPlayerState.IDLE)

    @override
    async def async_set_volume_level(self, volume: float) -> None:
        self._player.volume = self._attr_volume_level = volume
        self.async_write_ha_state()

    @callback
    def _ended(self, play: int) -> None:
        if play == self._plays:
            self._show(MediaPlayerState.IDLE)

    def _show(self, state: MediaPlayerState) -> None:
        self._attr_state = state
        if state is MediaPlayerState.IDLE:
            self._attr_media_content_id = None
            self._attr_media_content_type = None
            self._attr_media_duration = None
            self._attr_media_position = None
            self._attr_media_position_updated_at = None
        else:
            # whole seconds only: what is beyond goes into the moment
            whole, rest = divmod(self._player.position, timedelta(seconds=1))
            self._attr_media_position = whole
            self._attr_media_position_updated_at = dt_util.utcnow() - rest
        self.async_write_ha_state()

    async def _samples(self, media_id: str) -> Samples:
        """Fetch the media and return its sound."""
        if media_source.is_media_source_id(media_id):
            found = await media_source.async_resolve_media(
                self.hass, media_id, self.entity_id
            )
            media_id = found.url
        url = async_process_play_media_url(self.hass, media_id)
        session = async_get_clientsession(self.hass)
        try:
            async with session.get(url, raise_for_status=True) as answer:
                data = await answer.read()
        except ClientError as error:
            raise HomeAssistantError(
                translation_domain=DOMAIN,
                translation_key="not_found",
                translation_placeholders={"media": media_id, "error": str(error)},
            ) from error
        samples = read_wav(data)
        if samples is None:
            samples = await convert(get_ffmpeg_manager(self.hass).binary, data)
        if not len(samples):
            raise HomeAssistantError(
                translation_domain=DOMAIN,
                translation_key="not_sound",
                translation_placeholders={"media": media_id},
            )
        return samples


def read_wav(data: bytes) -> Samples | None:
    """Return the samples of a file that has them as they are wanted."""
    try:
        with wave.open(io.BytesIO(data)) as file:
            if file.getparams()[:3] != (1, WIDTH, RATE):
                return None
            told = file.getnframes() * WIDTH
    except wave.Error, EOFError:
        return None
    begin = data.index(b"data") + 8
    there = (len(data) - begin) // WIDTH * WIDTH
    # a streamed file has no length in its head, or one that is too long
    length = min(told or there, there)
    return np.frombuffer(data[begin : begin + length], np.int16)


async def convert(ffmpeg: str, data: bytes) -> Samples:
    """Return the samples of any other file."""
    process = await asyncio.create_subprocess_exec(
        *(ffmpeg, "-loglevel", "error", "-i", "pipe:0"),
        *("-f", "s16le", "-ac", "1", "-ar", str(RATE), "pipe:1"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    sound, _ = await process.communicate(data)
    return np.frombuffer(sound, np.int16)
