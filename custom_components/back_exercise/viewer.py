"""Somebody who looks at a person, and is shown what changes in what they see."""

import asyncio
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from homeassistant.auth.models import User
from homeassistant.auth.permissions.const import POLICY_CONTROL, POLICY_READ
from homeassistant.components.websocket_api import ActiveConnection
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.event import async_track_point_in_utc_time
from homeassistant.util import dt as dt_util
from homeassistant.util.json import JsonArrayType, JsonObjectType

from .browser import Browser, Heard, Sound
from .const import DOMAIN
from .coordinator import Coordinator
from .engine.course import Taken
from .engine.diary import Entry
from .engine.history import TOLD_BY
from .view import Sight, Words, fades_at, speakers, view

_UNTOLD: Final = ("now",)
"""What is no reason to show anything by itself."""


def may(user: User, entities: Iterable[str], policy: str) -> bool:
    """Tell whether a user may do something with all entities of a person."""
    permissions = user.permissions
    return permissions.access_all_entities(policy) or all(
        permissions.check_entity(entity_id, policy) for entity_id in entities
    )


def entities_of(hass: HomeAssistant, coordinator: Coordinator) -> list[str]:
    """Return the entities of a person."""
    entry_id = coordinator.config_entry.entry_id
    registry = er.async_get(hass)
    return [
        each.entity_id for each in er.async_entries_for_config_entry(registry, entry_id)
    ]


class Viewer:
    """A subscription: to be called when it ends.

    It is shown everything at first, then whenever something else is to be seen, at
    most once in a turn of the event loop. It ends by itself with the entry.
    """

    def __init__(  # noqa: PLR0913 - who looks, at whom, and how
        self,
        hass: HomeAssistant,
        connection: ActiveConnection,
        number: int,
        coordinator: Coordinator,
        words: Words,
        *,
        listens: bool,
    ) -> None:
        """Look at a person for a connection; `number` is the subscription's.

        Who `listens` is to hear everything too, if they may control what is heard.
        """
        self._hass = hass
        self._connection = connection
        self._number = number
        self._coordinator = coordinator
        self._words = words
        self._listens = listens
        self._browser: Browser | None = None
        self._refused: str | None = None  # why it can't listen
        self._history = uuid4().hex
        self._shown: Mapping[str, Any] = {}
        self._due: asyncio.Handle | None = None
        self._fading: CALLBACK_TYPE | None = None
        self._ends: list[CALLBACK_TYPE] = []

    @callback
    def begin(self) -> None:
        """Show what there is, and what changes from now on."""
        self._ends = [
            self._coordinator.async_add_listener(self.changed),
            self._coordinator.diary.async_listen(self._recorded),
            self._coordinator.async_on_close(self),
        ]
        if self._listens:
            self._listen()
        self._show()

    def _listen(self) -> None:
        if not self._may(POLICY_CONTROL):
            self._refused = "not_allowed"
        elif not (browser := self._coordinator.async_listen_in(self.changed)):
            self._refused = "no_engine"
        else:
            self._browser = browser

    @callback
    def heard(self, sound_id: str, position: timedelta, state: Heard) -> None:
        """Take what the browser tells of a sound; `position` is that in the file."""
        if self._browser:
            self._browser.heard(sound_id, position, state)

    @callback
    def __call__(self) -> None:
        """Look no more."""
        for end in self._ends:
            end()
        self._ends = []
        if self._browser:
            self._coordinator.async_leave(self._browser)
            self._browser = None
        if self._due:
            self._due.cancel()
        if self._fading:
            self._fading()
        self._due = self._fading = None

    @callback
    def changed(self) -> None:
        """Show what has changed, once all has that changes now."""
        if self._due is None and self._ends:
            self._due = self._hass.loop.call_soon(self._show)

    @callback
    def _recorded(self, entries: tuple[Entry, ...], taken: tuple[Taken, ...]) -> None:
        is_told = any(each.kind in TOLD_BY for each in entries)
        if is_told or taken or not entries:
            self._history = uuid4().hex
            self.changed()

    @callback
    def _faded(self, _: datetime) -> None:
        self._fading = None
        self._show()

    @callback
    def _show(self) -> None:
        if self._due:
            self._due.cancel()  # what it would show is shown now
            self._due = None
        if not self._may(POLICY_READ):
            self()
            return
        sight = self._look()
        seen = self._seen(sight)
        told = {key: each for key, each in seen.items() if key not in _UNTOLD}
        if told != self._shown:
            self._shown = told
            self._connection.send_event(self._number, seen)
        self._wait_for(fades_at(sight))

    def _wait_for(self, at: datetime | None) -> None:
        if self._fading:
            self._fading()
            self._fading = None
        if at:
            self._fading = async_track_point_in_utc_time(self._hass, self._faded, at)

    def _look(self) -> Sight:
        coordinator = self._coordinator
        return Sight(
            now=dt_util.utcnow(),
            state=coordinator.data,
            session=coordinator.session,
            playing=coordinator.playing,
            today=None if coordinator.session else coordinator.today(),
            length_of=coordinator.length_of,
            counting_down_to=coordinator.scheduler.counting_down_to,
        )

    def _seen(self, sight: Sight) -> JsonObjectType:
        """Return what this one sees."""
        browser = self._browser
        return view(sight, self._words) | {
            "subscription": self._number,
            "name": self._coordinator.name,
            "device_id": self._device_id,
            "may_control": self._may(POLICY_CONTROL),
            "speakers": speakers(sight.state) + self._own_speaker,
            "listening": browser is not None,
            "sound": _sound(browser.sound) if browser and browser.sound else None,
            "history_changed": self._history,
        }

    @property
    def _own_speaker(self) -> JsonArrayType:
        """The browser that it is shown in, where that is to be a speaker."""
        if not self._listens:
            return []
        error = self._browser.error if self._browser else self._refused
        return [{"entity_id": "browser", "error": error}]

    def _may(self, policy: str) -> bool:
        entities = entities_of(self._hass, self._coordinator)
        return may(self._connection.user, entities, policy)

    @property
    def _device_id(self) -> str | None:
        entry = self._coordinator.config_entry
        device = dr.async_get(self._hass).async_get_device_by_identifier(
            (DOMAIN, str(entry.unique_id)), entry.entry_id
        )
        return device.id if device else None


def _sound(sound: Sound) -> JsonObjectType:
    begun_at = sound.begun_at.isoformat() if sound.begun_at else None
    return {"id": sound.id, "url": sound.path, "begun_at": begun_at}
