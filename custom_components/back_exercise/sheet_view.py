"""Gives a therapist's sheet to who holds a signed link that has not expired."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from aiohttp import web
from homeassistant.auth.models import User
from homeassistant.auth.permissions.const import POLICY_READ
from homeassistant.components.http import KEY_HASS, KEY_HASS_USER, HomeAssistantView
from homeassistant.components.http.auth import async_sign_path
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.importlib import async_import_module
from homeassistant.helpers.network import NoURLAvailableError, get_url
from homeassistant.util import dt as dt_util
import voluptuous as vol
from yarl import URL

from .const import DOMAIN
from .coordinator import BackExerciseConfigEntry, Coordinator
from .diary import DiaryError
from .viewer import entities_of, may

PATH: Final = f"/api/{DOMAIN}/sheet"
LIFETIME: Final = timedelta(hours=1)
"""So long a link can be opened."""

WEEKS: Final = 12
"""So many weeks are on a sheet by default."""
MOST_WEEKS: Final = 52

_LANGUAGE: Final = "language"
_WEEKS: Final = "weeks"

_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLink:
    """Where a sheet can be read, for a while."""

    path: str
    """Within Home Assistant."""
    url: str
    """With its address, where that is known."""
    valid_until: datetime
    """UTC."""


@callback
def async_sheet_link(
    coordinator: Coordinator, *, language: str | None = None, weeks: int = WEEKS
) -> SheetLink:
    """Return a link to a person's sheet, signed for the user who asks for it.

    Whoever opens it is taken for that user, and may be refused what the user may
    no longer see.
    """
    hass, entry = coordinator.hass, coordinator.config_entry
    language = language or coordinator.phrases.language
    path = async_sign_path(
        hass,
        str(
            URL(f"{PATH}/{entry.entry_id}").with_query(
                {_LANGUAGE: language, _WEEKS: weeks}
            )
        ),
        LIFETIME,
    )
    try:
        base = get_url(hass)
    except NoURLAvailableError:
        base = ""
    return SheetLink(
        path=path, url=base + path, valid_until=dt_util.utcnow() + LIFETIME
    )


class SheetView(HomeAssistantView):
    """Answers with a sheet; Home Assistant has checked the signature before."""

    url = f"{PATH}/{{entry_id}}"
    name = f"api:{DOMAIN}:sheet"

    async def get(self, request: web.Request, entry_id: str) -> web.Response:
        """Send the sheet of a person."""
        hass = request.app[KEY_HASS]
        coordinator = _visible(hass, request[KEY_HASS_USER], entry_id)
        try:
            weeks = _checked_weeks(request.query.get(_WEEKS, WEEKS))
        except vol.Invalid as err:
            raise web.HTTPBadRequest from err
        # many homes never see a sheet: what writes it is imported with the first
        await async_import_module(hass, f"{__package__}.sheet_writer")
        from .sheet_page import policy  # noqa: PLC0415 - only for a sheet
        from .sheet_writer import async_write  # noqa: PLC0415 - only for a sheet

        try:
            page = await async_write(
                coordinator, request.query.get(_LANGUAGE, "en"), weeks
            )
        except DiaryError as err:
            raise web.HTTPServiceUnavailable from err
        headers = {**_HEADERS, "Content-Security-Policy": policy()}
        return web.Response(
            text=page, content_type="text/html", charset="utf-8", headers=headers
        )


_checked_weeks = vol.All(vol.Coerce(int), vol.Range(min=1, max=MOST_WEEKS))


def _visible(hass: HomeAssistant, user: User, entry_id: str) -> Coordinator:
    """Return a person whom a user may see; others seem not to exist."""
    entry: BackExerciseConfigEntry | None = hass.config_entries.async_get_entry(
        entry_id
    )
    if (
        entry is None
        or entry.domain != DOMAIN
        or entry.state is not ConfigEntryState.LOADED
        or not may(user, entities_of(hass, entry.runtime_data), POLICY_READ)
    ):
        raise web.HTTPNotFound
    return entry.runtime_data
