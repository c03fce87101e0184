"""The voice as Home Assistant sees it."""

import asyncio
from typing import Any, override

from homeassistant.components.tts import (
    ATTR_VOICE,
    TextToSpeechEntity,
    TtsAudioType,
    Voice,
)
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .const import DOMAIN, NAME
from .espeak import LANGUAGES, say, wav

PARALLEL_UPDATES = 0

VARIANTS = {"": "Deep", "+f3": "High"}
"""The library's name of a voice, after that of the language."""


async def async_setup_entry(
    hass: HomeAssistant,
    entry: ConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the one entity."""
    async_add_entities([ComputerVoice(entry.entry_id)])


class ComputerVoice(TextToSpeechEntity):
    """Speaks one text at a time."""

    _attr_default_language = LANGUAGES[0]
    _attr_name = NAME  # a voice without one of its own is refused

    def __init__(self, unique_id: str) -> None:
        self._attr_supported_languages = list(LANGUAGES)
        self._attr_supported_options = [ATTR_VOICE]
        self._attr_unique_id = unique_id
        self._attr_device_info = DeviceInfo(
            identifiers={(DOMAIN, unique_id)}, name=NAME
        )
        self._turn = asyncio.Lock()

    @callback
    @override
    def async_get_supported_voices(self, language: str) -> list[Voice]:
        return [Voice(f"{language}{end}", name) for end, name in VARIANTS.items()]

    @override
    async def async_get_tts_audio(
        self, message: str, language: str, options: dict[str, Any]
    ) -> TtsAudioType:
        voice = options.get(ATTR_VOICE, language)
        async with self._turn:
            pcm = await self.hass.async_add_executor_job(say, message, voice)
        return "wav", wav(pcm)
