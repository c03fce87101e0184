"""Serves what speakers play, under names that nobody can guess and that expire."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
import secrets
import shutil
from typing import Final

from aiohttp import web
from homeassistant.components.http import HomeAssistantView
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.event import async_call_later
from homeassistant.helpers.network import NoURLAvailableError, get_url
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from .const import DOMAIN

PATH: Final = f"/api/{DOMAIN}/track"
LIFETIME: Final = timedelta(minutes=30)
"""Nothing is served longer than this, whatever becomes of the session."""


@dataclass(slots=True, kw_only=True)
class Served:
    """A file that speakers can fetch."""

    name: str
    file: Path
    url: str
    """Where speakers find it; without a host where no address is known."""
    fetched: asyncio.Event = field(default_factory=asyncio.Event)
    fetched_at: datetime | None = None
    """When it was first asked for."""
    expire: Callable[[], None] | None = None

    @property
    def path(self) -> str:
        """Where it is found by whoever talks to Home Assistant already."""
        return f"{PATH}/{self.name}"


class Tracks:
    """The files that can be fetched now."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Keep the files in Home Assistant's cache folder, which is not backed up."""
        self._hass = hass
        self._folder = Path(hass.config.cache_path(DOMAIN))
        self._served: dict[str, Served] = {}

    async def async_clear(self) -> None:
        """Remove whatever an earlier run has left behind."""
        await self._hass.async_add_executor_job(
            lambda: shutil.rmtree(self._folder, ignore_errors=True)
        )

    async def async_serve(
        self, render: Callable[[], bytes], *, by_path: bool = False
    ) -> Served:
        """Render a WAV file off the event loop and serve it.

        Raises HomeAssistantError, translated, where Home Assistant knows no address
        that speakers could fetch it from, unless all of them find it `by_path`.
        """
        try:
            base = get_url(self._hass)
        except NoURLAvailableError as err:
            if not by_path:
                raise HomeAssistantError(
                    translation_domain=DOMAIN, translation_key="no_address"
                ) from err
            base = ""
        name = f"{secrets.token_urlsafe(24)}.wav"
        file = self._folder / name
        writing = self._hass.async_add_executor_job(self._write, file, render)
        try:
            await asyncio.shield(writing)
        except asyncio.CancelledError:
            writing.add_done_callback(lambda _: self._remove(file))
            raise
        return self._serve(name, file, base)

    @callback
    def share(self, served: Served) -> Served:
        """Serve a file under another name too, to tell who fetches it."""
        base = served.url.removesuffix(f"{PATH}/{served.name}")
        return self._serve(f"{secrets.token_urlsafe(24)}.wav", served.file, base)

    def _serve(self, name: str, file: Path, base: str) -> Served:
        served = Served(name=name, file=file, url=f"{base}{PATH}/{name}")

        @callback
        def expire(_: datetime) -> None:
            self.withdraw(served)

        served.expire = async_call_later(self._hass, LIFETIME, expire)
        self._served[name] = served
        return served

    @callback
    def fetch(self, name: str) -> Path | None:
        """Return the file of a name, and note that it was asked for."""
        served = self._served.get(name)
        if served is None:
            return None
        if not served.fetched.is_set():
            served.fetched_at = dt_util.utcnow()
            served.fetched.set()
        return served.file

    @callback
    def withdraw(self, served: Served) -> None:
        """Serve a file no longer, and remove it with its last name."""
        if self._served.pop(served.name, None) and served.expire:
            served.expire()
            if all(each.file != served.file for each in self._served.values()):
                self._remove(served.file)

    @callback
    def _remove(self, file: Path) -> None:
        self._hass.async_add_executor_job(lambda: file.unlink(missing_ok=True))

    @staticmethod
    def _write(file: Path, render: Callable[[], bytes]) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(render())


DATA_TRACKS: HassKey[Tracks] = HassKey(f"{DOMAIN}_tracks")


class TrackView(HomeAssistantView):
    """Answers speakers, which have no way to log in: the name is the key."""

    requires_auth = False
    url = f"{PATH}/{{name}}"
    name = f"api:{DOMAIN}:track"

    def __init__(self, tracks: Tracks) -> None:
        """Serve these tracks."""
        self._tracks = tracks

    async def get(self, _: web.Request, name: str) -> web.StreamResponse:
        """Send a file or the range of it that is asked for."""
        file = self._tracks.fetch(name)
        if file is None:
            raise web.HTTPNotFound
        return web.FileResponse(
            file, headers={"Content-Type": "audio/wav", "Cache-Control": "no-store"}
        )

    head = get


@callback
def async_get_tracks(hass: HomeAssistant) -> Tracks:
    """Return what is served by this Home Assistant, and begin to serve."""
    if DATA_TRACKS not in hass.data:
        hass.data[DATA_TRACKS] = tracks = Tracks(hass)
        hass.http.register_view(TrackView(tracks))
    return hass.data[DATA_TRACKS]
