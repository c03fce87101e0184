"""A card as the tests have one: what it asks for, and what it is shown."""

import json
import logging
from typing import Any
from unittest.mock import Mock

from homeassistant.auth.models import User
from homeassistant.components.websocket_api import ActiveConnection
from homeassistant.core import HomeAssistant

from custom_components.back_exercise.const import DOMAIN

SESSION = "sensor.alex_session"


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
        while not (answers := self._answers(number)):
            await self._hass.async_block_till_done(wait_background_tasks=True)
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
