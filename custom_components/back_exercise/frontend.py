"""Serves the card, and has every dashboard load it."""

from hashlib import sha256
from pathlib import Path
from typing import Final

from homeassistant.components.frontend import (
    DATA_EXTRA_MODULE_URL,
    add_extra_js_url,
    remove_extra_js_url,
)
from homeassistant.components.http import StaticPathConfig
from homeassistant.core import HomeAssistant, callback
from homeassistant.util.hass_dict import HassKey

from .const import DOMAIN, LOGGER

FOLDER: Final = Path(__file__).parent / "frontend"
CARD: Final = "back-exercise-card.js"
PATH: Final = f"/{DOMAIN}/frontend"

_ADDRESS: HassKey[str] = HassKey(f"{DOMAIN}_card")
"""Where the card is served, once it is."""


async def async_serve_card(hass: HomeAssistant) -> None:
    """Serve the folder of the card; its address is another one with another content."""
    content = await hass.async_add_executor_job(_read)
    if content is None:
        LOGGER.warning("The card is missing: install Back Exercise again")
        return
    await hass.http.async_register_static_paths([StaticPathConfig(PATH, str(FOLDER))])
    hass.data[_ADDRESS] = f"{PATH}/{CARD}?v={sha256(content).hexdigest()[:16]}"


@callback
def async_show_card(hass: HomeAssistant) -> None:
    """Have every dashboard load the card, however many people exercise."""
    address = hass.data.get(_ADDRESS)
    if address and DATA_EXTRA_MODULE_URL in hass.data:
        add_extra_js_url(hass, address)


@callback
def async_hide_card(hass: HomeAssistant) -> None:
    """Have no dashboard load the card any more, as nobody exercises."""
    if is_card_shown(hass):
        remove_extra_js_url(hass, hass.data[_ADDRESS])


@callback
def is_card_shown(hass: HomeAssistant) -> bool:
    """Return whether every dashboard loads the card."""
    address = hass.data.get(_ADDRESS)
    modules = hass.data.get(DATA_EXTRA_MODULE_URL)
    return bool(address and modules and address in modules.urls)


def _read() -> bytes | None:
    file = FOLDER / CARD
    return file.read_bytes() if file.exists() else None
