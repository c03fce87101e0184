"""What cards ask for: to be shown a person, and the pages of their history."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from homeassistant.auth.permissions.const import POLICY_READ
from homeassistant.components import websocket_api
from homeassistant.components.websocket_api import ActiveConnection
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError, Unauthorized
from homeassistant.helpers import config_validation as cv, entity_registry as er
from homeassistant.helpers.service import async_get_config_entry
from homeassistant.helpers.translation import async_get_translations
from homeassistant.util.json import JsonArrayType
import voluptuous as vol

from .browser import Heard
from .const import DOMAIN
from .coordinator import BackExerciseConfigEntry, Coordinator
from .engine.diary import Kind
from .engine.history import TOLD_BY, history
from .engine.screen import LISTS
from .fields import moment
from .phrases import async_load_phrases
from .refusal import refusal
from .sheet_view import async_sheet_link
from .view import Words, page
from .viewer import Viewer, entities_of, may

PAGE: Final = 30
"""So many sessions are on a page of the history."""

_LOCKED_UNTIL: Final = ("assessed", "agreed", "screen", "advice")
_LONGEST: Final = 3600  # seconds; no sound is longer
_INSTANT: Final = timedelta(microseconds=1)


@callback
def async_register(hass: HomeAssistant) -> None:
    """Register the commands."""
    for command in (_subscribe, _heard, _history, _sheet):
        websocket_api.async_register_command(hass, command)


@websocket_api.websocket_command(
    {
        vol.Required("type"): f"{DOMAIN}/subscribe",
        vol.Required("entity_id"): cv.entity_id,
        vol.Required("language"): cv.string,
        vol.Optional("listen", default=False): cv.boolean,
    }
)
@websocket_api.async_response
async def _subscribe(
    hass: HomeAssistant, connection: ActiveConnection, msg: dict[str, Any]
) -> None:
    """Show a person from now on."""
    words = await _async_words(hass, msg["language"])
    coordinator = _person(hass, connection, msg)
    if coordinator:
        viewer = Viewer(
            hass, connection, msg["id"], coordinator, words, listens=msg["listen"]
        )
        connection.subscriptions[msg["id"]] = viewer
        connection.send_result(msg["id"])
        viewer.begin()


@websocket_api.websocket_command(
    {
        vol.Required("type"): f"{DOMAIN}/heard",
        vol.Required("subscription"): int,
        vol.Required("track"): cv.string,
        vol.Required("position"): vol.All(
            vol.Coerce(float), vol.Range(min=0, max=_LONGEST)
        ),
        vol.Required("state"): vol.Coerce(Heard),
    }
)
@callback
def _heard(
    hass: HomeAssistant, connection: ActiveConnection, msg: dict[str, Any]
) -> None:
    """Take what a browser tells of what it plays; what is over is of no interest."""
    viewer = connection.subscriptions.get(msg["subscription"])
    if isinstance(viewer, Viewer):
        position = timedelta(seconds=msg["position"])
        viewer.heard(msg["track"], position, msg["state"])
    connection.send_result(msg["id"])


@websocket_api.websocket_command(
    {
        vol.Required("type"): f"{DOMAIN}/history",
        vol.Required("entity_id"): cv.entity_id,
        vol.Required("language"): cv.string,
        vol.Optional("before"): moment("before"),
    }
)
@websocket_api.async_response
async def _history(
    hass: HomeAssistant, connection: ActiveConnection, msg: dict[str, Any]
) -> None:
    """Answer with a page of a person's sessions, the newest first."""
    words = await _async_words(hass, msg["language"])
    coordinator = _person(hass, connection, msg)
    if coordinator:
        answer = await _async_page(coordinator, msg.get("before"), words)
        connection.send_result(msg["id"], answer)


@websocket_api.websocket_command(
    {
        vol.Required("type"): f"{DOMAIN}/sheet",
        vol.Required("entity_id"): cv.entity_id,
        vol.Required("language"): cv.string,
    }
)
@callback
def _sheet(
    hass: HomeAssistant, connection: ActiveConnection, msg: dict[str, Any]
) -> None:
    """Answer with a fresh link to the page for a person's therapist."""
    coordinator = _person(hass, connection, msg)
    if coordinator:
        link = async_sheet_link(coordinator, language=msg["language"])
        connection.send_result(msg["id"], {"path": link.path})


def _person(
    hass: HomeAssistant, connection: ActiveConnection, msg: dict[str, Any]
) -> Coordinator | None:
    """Return whose entity is named, or answer why there is nobody to be seen.

    Raises Unauthorized where the user may not see all that is known of the person.
    """
    entity = er.async_get(hass).async_get(msg["entity_id"])
    try:
        if entity is None or entity.platform != DOMAIN or not entity.config_entry_id:
            raise refusal("not_ours")
        entry: BackExerciseConfigEntry = async_get_config_entry(
            hass, DOMAIN, entity.config_entry_id
        )
    except HomeAssistantError as err:
        connection.send_error(
            msg["id"],
            websocket_api.ERR_NOT_FOUND,
            str(err),
            translation_domain=err.translation_domain,
            translation_key=err.translation_key,
            translation_placeholders=err.translation_placeholders,
        )
        return None
    coordinator = entry.runtime_data
    if not may(connection.user, entities_of(hass, coordinator), POLICY_READ):
        raise Unauthorized(
            entity_id=msg["entity_id"],
            permission=POLICY_READ,
            user_id=connection.user.id,
        )
    return coordinator


async def _async_words(hass: HomeAssistant, language: str) -> Words:
    """Return the words of a language, English where there are none of ours."""
    phrases = await async_load_phrases(hass, language)
    texts: dict[str, str] = {}
    for category in ("common", "options", "selector"):
        texts |= await async_get_translations(
            hass, phrases.language, category, [DOMAIN]
        )
    common = f"component.{DOMAIN}.common.card_unlock"
    return Words(
        sentences=phrases.words,
        texts={each: texts[f"{common}_{each}"] for each in _LOCKED_UNTIL},
        signs=_signs(texts),
    )


def _signs(texts: Mapping[str, str]) -> JsonArrayType:
    """Return the lists of the safety questions as these are asked."""
    asked = f"component.{DOMAIN}.options.step.screen"
    item = f"component.{DOMAIN}.selector.screen_item.options"
    return [
        {
            "title": texts[f"{asked}.data.{name}"],
            "advice": texts[f"{asked}.data_description.{name}"],
            "items": [texts[f"{item}.{each}"] for each in items],
        }
        for name, items in LISTS.items()
    ]


async def _async_page(
    coordinator: Coordinator, before: datetime | None, words: Words
) -> dict[str, Any]:
    """Read the sessions that began before a moment. Raises DiaryError."""
    diary = coordinator.diary
    begun = await diary.async_read(
        kinds=(Kind.SESSION_STARTED,), end=before, limit=PAGE + 1, newest_first=True
    )
    if not begun:
        return page((), None, words)
    wanted, more = begun[:PAGE], begun[PAGE:]
    # the session that follows closes the one before at the moment it begins
    end = before + _INSTANT if before else None
    entries = await diary.async_read(start=wanted[-1].at, end=end, kinds=TOLD_BY)
    ids = {each.id for each in wanted}
    sessions = history(
        coordinator.catalogue,
        diary.programme.settings.timing,
        entries,
        going_on=before is None and coordinator.is_active,
    )
    return page(
        (each for each in sessions if each.id in ids),
        wanted[-1].at.isoformat() if more else None,
        words,
    )
