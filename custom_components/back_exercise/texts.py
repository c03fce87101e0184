"""Our own texts where they are filled into others, in the household's language.

Who looks at a flow is not known to it, so the language of the household stands in.
"""

from collections.abc import Mapping

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.translation import (
    async_get_cached_translations,
    async_get_translations,
)

from .const import DOMAIN


async def async_texts(hass: HomeAssistant, selector: str) -> dict[str, str]:
    """Return the texts of the options of a selector, by key."""
    texts = await async_get_translations(
        hass, hass.config.language, "selector", [DOMAIN]
    )
    return _options(texts, selector)


def known_texts(hass: HomeAssistant, selector: str) -> dict[str, str]:
    """Return the same without waiting, once they have been loaded: with us, as a rule.

    May be called from other threads.
    """
    texts = async_get_cached_translations(
        hass, hass.config.language, "selector", DOMAIN
    )
    return _options(texts, selector)


def _options(texts: Mapping[str, str], selector: str) -> dict[str, str]:
    prefix = f"component.{DOMAIN}.selector.{selector}.options."
    return {
        key.removeprefix(prefix): text
        for key, text in texts.items()
        if key.startswith(prefix)
    }


async def async_message(
    hass: HomeAssistant, error: HomeAssistantError, language: str | None = None
) -> str:
    """Return what an error says, in the household's language or another."""
    domain, key = error.translation_domain, error.translation_key
    if domain and key:
        found = await async_get_translations(
            hass, language or hass.config.language, "exceptions", [domain]
        )
        if text := found.get(f"component.{domain}.exceptions.{key}.message"):
            return text.format(**(error.translation_placeholders or {}))
    return str(error)
