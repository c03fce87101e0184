"""What Home Assistant offers to speak with, and what can be expected of it."""

from collections.abc import Mapping
from typing import Final

from homeassistant.components import tts
from homeassistant.components.media_player import (
    DOMAIN as PLAYER,
    MediaPlayerEntityFeature,
)
from homeassistant.components.notify import DOMAIN as NOTIFY
from homeassistant.core import HomeAssistant, split_entity_id
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.entity import get_supported_features
from homeassistant.helpers.selector import (
    EntitySelector,
    EntitySelectorConfig,
    SelectOptionDict,
)
from homeassistant.util.language import matches

from .phrases import choose_language
from .satellite import SATELLITE
from .speaker import playing_entity
from .wiring import Mode

_NEEDED: Final[Mapping[str, int]] = {
    PLAYER: MediaPlayerEntityFeature.PLAY_MEDIA,
    SATELLITE: 1,  # AssistSatelliteEntityFeature.ANNOUNCE, not imported: as there
    NOTIFY: 0,
}
"""What an entity of each domain must be able to do to be a speaker."""

_STOPS: Final = MediaPlayerEntityFeature.STOP | MediaPlayerEntityFeature.PAUSE

# These filters are the interface's alone: unfit() says the same to everybody.
SPEAKERS: Final = EntitySelector(
    EntitySelectorConfig(
        multiple=True,
        reorder=True,
        filter=[
            {
                "domain": PLAYER,
                "supported_features": [
                    "media_player.MediaPlayerEntityFeature.PLAY_MEDIA"
                ],
            },
            # its features are checked below: naming them here imports all of Assist
            {"domain": SATELLITE},
            {"domain": NOTIFY},
        ],
    )
)
ENGINE: Final = EntitySelector(EntitySelectorConfig(filter={"domain": tts.DOMAIN}))


def name_of(hass: HomeAssistant, entity_id: str) -> str:
    """Return what people call an entity."""
    state = hass.states.get(entity_id)
    return state.name if state else entity_id


def unfit(hass: HomeAssistant, entity_id: str) -> str | None:
    """Return why an entity can't be a speaker, as a translation key; None if it can."""
    try:
        features = get_supported_features(hass, entity_id)
    except HomeAssistantError:
        return "speaker_unknown"
    needed = _NEEDED.get(split_entity_id(entity_id)[0])
    if needed is None or features & needed != needed:
        return "speaker_unsuitable"
    return None


def needs_engine(entity_id: str) -> bool:
    """Whether a speaker is given sound; else it is given words."""
    return not entity_id.startswith(f"{NOTIFY}.")


def kind_of(hass: HomeAssistant, speaker: str, mode: Mode) -> str:
    """Return what to expect of a speaker, as a translation key."""
    entity_id = playing_entity(hass, speaker)
    domain = split_entity_id(entity_id)[0]
    if domain != PLAYER:
        return domain
    features = get_supported_features(hass, entity_id)
    if mode is Mode.PHRASES:
        announces = features & MediaPlayerEntityFeature.MEDIA_ANNOUNCE
        return "announcing_player" if announces else "interrupting_player"
    return "player" if features & _STOPS else "unstoppable_player"


def default_engine(hass: HomeAssistant) -> str | None:
    """Return the text-to-speech engine that Home Assistant prefers."""
    engine = tts.async_default_engine(hass)
    return engine if find_engine(hass, engine) else None


def find_engine(
    hass: HomeAssistant, entity_id: str | None
) -> tts.TextToSpeechEntity | None:
    """Return a text-to-speech engine; None where it is gone or of the old kind."""
    return hass.data[tts.DATA_COMPONENT].get_entity(entity_id) if entity_id else None


def languages_of(engine: tts.TextToSpeechEntity | None, ours: list[str]) -> list[str]:
    """Return the languages of an engine that there are sentences in."""
    return [
        language
        for language in (engine.supported_languages if engine else ())
        if choose_language(language, ours)
    ]


def household_language(
    hass: HomeAssistant, engine: tts.TextToSpeechEntity, offered: list[str]
) -> str:
    """Return which of some languages of an engine suits the household best."""
    wanted = matches(hass.config.language, offered, hass.config.country)
    if engine.default_language in offered:
        wanted.append(engine.default_language)
    return next(iter(wanted), offered[0])


def voices_of(engine: tts.TextToSpeechEntity, language: str) -> list[SelectOptionDict]:
    """Return the voices that an engine has in a language."""
    if tts.ATTR_VOICE not in (engine.supported_options or ()):
        return []
    return [
        SelectOptionDict(value=voice.voice_id, label=voice.name)
        for voice in engine.async_get_supported_voices(language) or ()
    ]
