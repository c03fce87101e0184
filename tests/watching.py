"""A dashboard as the tests have one: a card, and the picture of the exercise."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
import json
import logging
from typing import Any, Final, override
from unittest.mock import Mock

from homeassistant.auth.models import User
from homeassistant.components.websocket_api import ActiveConnection
from homeassistant.core import HomeAssistant, State
from homeassistant.util import dt as dt_util

from custom_components.back_exercise.const import DOMAIN

from .room import ZERO, Heard, Playing, Room

NOTICEABLE: Final = timedelta(milliseconds=80)
"""By so much what is heard may be off before it is corrected."""

SESSION = "sensor.alex_session"
IMAGE = "image.alex_figure"


class Card:
    """A card on a dashboard, whose connection takes no time."""

    def __init__(self, hass: HomeAssistant, user: User) -> None:
        """Be on the dashboard of a user."""
        self.messages: list[dict[str, Any]] = []
        """Everything that it was sent, in order."""
        self._hass = hass
        self._connection = ActiveConnection(
            Mock(spec=logging.LoggerAdapter), hass, self._take, user, None, None
        )
        self._last = 0

    def _take(self, message: Any) -> None:
        if not isinstance(message, dict):
            message = json.loads(message)
        self.messages.append(message)

    def send(self, command: str, **data: Any) -> int:
        """Send a command; return its number."""
        self._last += 1
        self._connection.async_handle({"id": self._last, "type": command, **data})
        return self._last

    async def ask(self, command: str, **data: Any) -> dict[str, Any]:
        """Send a command of ours about a person, and return the answer."""
        data = {"entity_id": SESSION, "language": "en"} | data
        number = self.send(f"{DOMAIN}/{command}", **data)
        # other background tasks may wait for a time that does not pass here
        while not (answers := self._answers(number)):  # noqa: ASYNC110
            await asyncio.sleep(0)
        return answers[0]

    async def subscribe(self, **data: Any) -> int:
        """Be shown a person from now on; return the subscription's number."""
        answer = await self.ask("subscribe", **data)
        assert answer["success"], answer
        number: int = answer["id"]
        return number

    async def history(self, **data: Any) -> dict[str, Any]:
        """Return a page of a person's history."""
        answer = await self.ask("history", **data)
        assert answer["success"], answer
        page: dict[str, Any] = answer["result"]
        return page

    def leaves(self) -> None:
        """Close the page that it is on."""
        self._connection.async_handle_close()

    def _answers(self, number: int) -> list[dict[str, Any]]:
        return [
            each
            for each in self.messages
            if (each["type"], each["id"]) == ("result", number)
        ]

    @property
    def views(self) -> list[dict[str, Any]]:
        """Everything that it was shown, in order."""
        return [each["event"] for each in self.messages if each["type"] == "event"]

    @property
    def view(self) -> dict[str, Any]:
        """What it shows."""
        return self.views[-1]


class Page(Card, Heard):
    """A card that plays what is said; it does what `card/src/sound.ts` does."""

    def __init__(self, room: Room, user: User) -> None:
        """Be in a browser that is in the room."""
        super().__init__(room.hass, user)
        self._room = room
        self.played: list[Playing] = []
        self.starts_after = ZERO
        """From being told what to play to its first sound."""
        self.is_blocked = False
        """Whether it plays nothing, as nobody has pressed anything."""
        self.ignores = False
        """Whether it never does what it is told."""
        self.number = 0
        self._sound: dict[str, Any] | None = None

    async def listens(self) -> None:
        """Be shown a person, and play what is said to them."""
        self.number = await self.subscribe(listen=True)

    def is_pressed(self) -> None:
        """Play from now on: somebody has pressed something."""
        self.is_blocked = False
        self._begin(self._sound)

    def is_paused(self) -> None:
        """Be silent, though that was not asked for."""
        self._stop()
        self._tell("stopped")

    @override
    def _take(self, message: Any) -> None:
        super()._take(message)
        if self.messages[-1]["type"] == "event":
            self._follow(self.view["sound"])

    def _follow(self, sound: dict[str, Any] | None) -> None:
        before, self._sound = self._sound, sound
        if sound and before and sound["id"] == before["id"]:
            self._keep_up(sound)
        elif sound != before:
            self._stop()
            if sound and not self.ignores:
                delay = self.starts_after.total_seconds()
                self._room.hass.loop.call_later(delay, self._begin, sound)

    def _keep_up(self, sound: dict[str, Any]) -> None:
        """Go to where it should be where that is noticeably elsewhere."""
        if sound["begun_at"] and self.played and not self.is_silent:
            begun = datetime.fromisoformat(sound["begun_at"])
            if abs(begun - self.played[-1].begun) > NOTICEABLE:
                self.played[-1] = replace(self.played[-1], begun=begun)

    def _begin(self, sound: dict[str, Any] | None) -> None:
        if sound is None or self._sound is None or sound["id"] != self._sound["id"]:
            return
        wav = self._room.fetch(sound["url"])
        if self.is_blocked:
            self._tell("blocked")
            return
        begun = dt_util.utcnow()
        if self._sound["begun_at"]:
            begun = datetime.fromisoformat(self._sound["begun_at"])
        self.played.append(Playing(begun=begun, wav=wav))
        self._tell("playing")

    def _tell(self, state: str) -> None:
        begun = self.played[-1].begun if self.played else dt_util.utcnow()
        self.send(
            f"{DOMAIN}/heard",
            subscription=self.number or self.view["subscription"],
            track=self._sound["id"] if self._sound else "none",
            position=max(0.0, (dt_util.utcnow() - begun).total_seconds()),
            state=state,
        )


def picture(hass: HomeAssistant) -> State:
    """Return the state of the picture."""
    state = hass.states.get(IMAGE)
    assert state
    return state


def shown(hass: HomeAssistant, entity_id: str) -> str:
    """Return the state of an entity."""
    state = hass.states.get(entity_id)
    assert state
    return state.state
