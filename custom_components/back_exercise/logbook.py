"""Tells in the logbook who began and ended a session; no pain, and no reasons."""

from collections.abc import Callable
from typing import Any, Final

from homeassistant.components.logbook import (
    LOGBOOK_ENTRY_ENTITY_ID,
    LOGBOOK_ENTRY_MESSAGE,
    LOGBOOK_ENTRY_NAME,
    LazyEventPartialState,
)
from homeassistant.const import ATTR_ENTITY_ID, ATTR_NAME
from homeassistant.core import HomeAssistant, callback

from .const import DOMAIN
from .event import ATTR_WHAT, SESSION_TOLD
from .texts import known_texts

type Describe = Callable[[LazyEventPartialState], dict[str, Any]]

OTHERWISE: Final = "ended"
"""What is told of a session that was not completed, for whatever reason."""


@callback
def async_describe_events(
    hass: HomeAssistant, async_describe_event: Callable[[str, str, Describe], None]
) -> None:
    """Describe what is told of sessions."""

    @callback
    def describe(event: LazyEventPartialState) -> dict[str, Any]:
        data = event.data
        texts = known_texts(hass, "logbook")
        message = texts.get(data[ATTR_WHAT]) or texts[OTHERWISE]
        return {
            LOGBOOK_ENTRY_NAME: data[ATTR_NAME],
            LOGBOOK_ENTRY_MESSAGE: message,
            LOGBOOK_ENTRY_ENTITY_ID: data[ATTR_ENTITY_ID],
        }

    async_describe_event(DOMAIN, SESSION_TOLD, describe)
