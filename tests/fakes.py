"""A voice and a speaker that need nothing, remember everything and can misbehave."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import timedelta
from enum import StrEnum
import io
from typing import Any, Final, override
import wave

from homeassistant.components.media_player import (
    MediaPlayerEntity,
    MediaPlayerEntityFeature,
    MediaPlayerState,
    MediaType,
)
from homeassistant.components.tts import ATTR_VOICE, TextToSpeechEntity, TtsAudioType
from homeassistant.config_entries import ConfigEntry, ConfigFlow
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.entity_platform import AddEntitiesCallback
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    MockModule,
    MockPlatform,
    mock_config_flow,
    mock_integration,
    mock_platform,
)
from yarl import URL

RATE: Final = 22050
"""Samples per second of what the voice says; mono, 16 bit."""
PACE: Final = RATE // 20
"""Samples that a character takes."""
FIRST_LETTER: Final = 1000
"""How loud a character is, above its number; so what is heard can be read."""

type Fetch = Callable[[str], Coroutine[Any, Any, bytes]]


def spoken(text: str) -> bytes:
    """Return the WAV file of a text: each letter a steady sound of its own height."""
    file = io.BytesIO()
    with wave.open(file, "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(RATE)
        wav.writeframes(
            b"".join(
                (FIRST_LETTER + ord(letter)).to_bytes(2, "little") * PACE
                for letter in text
            )
        )
    return file.getvalue()


class FakeVoice(TextToSpeechEntity):
    """A text-to-speech engine, `tts.test`."""

    _attr_default_language = "en"
    _attr_name = "Test"
    _attr_unique_id = "voice"

    def __init__(self) -> None:
        """Be a voice that works."""
        self._attr_supported_languages = ["en", "de"]
        self._attr_supported_options = [ATTR_VOICE]
        self.texts: list[str] = []
        """What it was asked to say, in order."""
        self.fails = False
        self.takes = timedelta(0)
        """How long it takes for a phrase."""
        self.gives: Callable[[str], bytes] = spoken
        """What a text becomes."""
        self.wanted: dict[str, Any] = {}
        """The options of the last text."""

    @override
    async def async_get_tts_audio(
        self, message: str, language: str, options: dict[str, Any]
    ) -> TtsAudioType:
        self.texts.append(message)
        self.wanted = options
        if self.fails:
            raise HomeAssistantError("The voice fails")
        if self.takes:
            await asyncio.sleep(self.takes.total_seconds())
        return "wav", self.gives(message)


class Mood(StrEnum):
    """What a speaker does when it is told to play."""

    PLAYS = "plays"
    IGNORES = "ignores"
    """It takes the call and does nothing: it can't reach Home Assistant."""
    FAILS = "fails"
    HANGS = "hangs"


class FakeSpeaker(MediaPlayerEntity):
    """A media player that plays until somebody stops it."""

    _attr_should_poll = False
    _attr_state = MediaPlayerState.IDLE
    _attr_supported_features = (
        MediaPlayerEntityFeature.PAUSE
        | MediaPlayerEntityFeature.PLAY_MEDIA
        | MediaPlayerEntityFeature.STOP
        | MediaPlayerEntityFeature.VOLUME_SET
    )
    _attr_volume_level = 0.3

    def __init__(self, fetch: Fetch, name: str = "Test") -> None:
        """Be a speaker that fetches what it plays."""
        self._attr_name = name
        self._attr_unique_id = name
        self.mood = Mood.PLAYS
        self.calls: list[str] = []
        """The actions that were performed on it, in order."""
        self.heard: list[bytes] = []
        """The files that it has played, in order."""
        self._fetch = fetch

    @override
    async def async_play_media(
        self, media_type: MediaType | str, media_id: str, **kwargs: Any
    ) -> None:
        self.calls.append("play_media")
        if self.mood is Mood.FAILS:
            raise HomeAssistantError("The speaker fails")
        if self.mood is Mood.HANGS:
            await asyncio.Event().wait()
        if self.mood is Mood.PLAYS:
            fetching = self._fetch(URL(media_id).path)
            self.heard.append(await self.hass.async_create_task(fetching))
            self.becomes(MediaPlayerState.PLAYING)

    @override
    async def async_media_stop(self) -> None:
        self.calls.append("media_stop")
        self.becomes(MediaPlayerState.IDLE)

    @override
    async def async_media_pause(self) -> None:
        self.calls.append("media_pause")
        self.becomes(MediaPlayerState.PAUSED)

    @override
    async def async_set_volume_level(self, volume: float) -> None:
        self.calls.append("volume_set")
        self._attr_volume_level = volume
        self.async_write_ha_state()

    def becomes(self, state: MediaPlayerState) -> None:
        """Change its state, as with a button of its own."""
        self._attr_state = state
        playing = state is MediaPlayerState.PLAYING
        self._attr_media_position = 0 if playing else None
        self._attr_media_position_updated_at = dt_util.utcnow() if playing else None
        self.async_write_ha_state()


async def async_add_entity(
    hass: HomeAssistant, platform: Platform, entity: Entity
) -> None:
    """Add an entity, with an integration of its own that it belongs to."""
    domain = f"test_{entity.unique_id}".lower()

    async def async_setup_entry(hass: HomeAssistant, entry: ConfigEntry) -> bool:
        await hass.config_entries.async_forward_entry_setups(entry, [platform])
        return True

    async def async_unload_entry(hass: HomeAssistant, entry: ConfigEntry) -> bool:
        return await hass.config_entries.async_unload_platforms(entry, [platform])

    async def async_add(
        hass: HomeAssistant,
        entry: ConfigEntry,
        async_add_entities: AddEntitiesCallback,
    ) -> None:
        async_add_entities([entity])

    mock_integration(
        hass,
        MockModule(
            domain,
            async_setup_entry=async_setup_entry,
            async_unload_entry=async_unload_entry,
        ),
    )
    mock_platform(hass, f"{domain}.config_flow")
    mock_platform(
        hass, f"{domain}.{platform}", MockPlatform(async_setup_entry=async_add)
    )
    entry = MockConfigEntry(domain=domain)
    entry.add_to_hass(hass)
    with mock_config_flow(domain, ConfigFlow):
        assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
