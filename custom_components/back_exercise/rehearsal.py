"""Plays a test sentence, so that a person hears what a session will sound like."""

import asyncio

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util

from .announcer import Announcer
from .const import DOMAIN
from .engine.cues import Cue, CueKind
from .http import async_get_tracks
from .phrases import async_load_phrases
from .preparer import Preparer
from .voice import Voice
from .wiring import Wiring


async def async_rehearse(
    hass: HomeAssistant, wiring: Wiring, volume: float | None
) -> dict[str, str | None]:
    """Play the test sentence on the speakers of a wiring, at a volume of 0 to 1.

    Returns the fault of each speaker: unreachable, not_fetched, timeout or failed;
    None where it was played. Raises HomeAssistantError, translated, where there is
    nothing that could be played.
    """
    phrases = await async_load_phrases(hass, wiring.language)
    voice = Voice(hass, wiring, phrases)
    if voice.has_engine:
        voice.check()
    announcer = Announcer(hass, wiring, async_get_tracks(hass), phrases)
    words = await Preparer(hass, voice, announcer).words(Cue(kind=CueKind.TEST))
    if words and voice.has_failed:
        announcer.unload(words)
        raise HomeAssistantError(
            translation_domain=DOMAIN,
            translation_key="synthesis_failed",
            translation_placeholders={"engine": wiring.engine or "-"},
        )
    try:
        await announcer.open(volume)
        if words:
            at = await announcer.play(words)
            await announcer.until_joined()
            over = max(at, dt_util.utcnow()) + words.track.length
            await asyncio.sleep((over - dt_util.utcnow()).total_seconds())
    finally:
        await announcer.close()
    return {entity_id: health.error for entity_id, health in announcer.health.items()}
