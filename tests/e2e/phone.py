"""A phone with the app of Home Assistant, as far as Home Assistant can tell.

It registers as the app does, is sent notifications over the app's own connection, and
answers by the app's webhook: nothing in Home Assistant stands in for anything.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
import time

from demo.home import Home, Json

CLEAR = "clear_notification"
"""The message that takes a notification back."""
PRESSED = "mobile_app_notification_action"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A notification as it arrived, or what takes one back."""

    at: float
    """Of the monotonic clock."""
    title: str | None
    message: str
    tag: str
    buttons: dict[str, str]
    """What is written on each → its id."""

    @property
    def is_clearing(self) -> bool:
        """Whether it takes back what was sent under its tag."""
        return self.message == CLEAR


@dataclass(kw_only=True)
class Phone:
    """A phone: what it was sent, what it shows, and its buttons."""

    home: Home
    target: str
    """The action that sends to it."""
    webhook: str
    sent: list[Sent] = field(default_factory=list)

    @property
    def shown(self) -> dict[str, Sent]:
        """What it shows now, by tag."""
        shown: dict[str, Sent] = {}
        for each in self.sent:
            shown.pop(each.tag, None)
            if not each.is_clearing:
                shown[each.tag] = each
        return shown

    async def until_sent(self, since: float, *, within_s: float = 15.0) -> Sent:
        """Wait for a notification that came after a moment, and return it."""
        return await self._until(since, within_s, is_clearing=False)

    async def until_cleared(self, since: float, *, within_s: float = 15.0) -> Sent:
        """Wait until a notification was taken back after a moment."""
        return await self._until(since, within_s, is_clearing=True)

    async def _until(self, since: float, within_s: float, *, is_clearing: bool) -> Sent:
        async with asyncio.timeout(within_s):
            while True:
                for each in self.sent:
                    if each.at >= since and each.is_clearing is is_clearing:
                        return each
                await asyncio.sleep(0.02)

    async def press(self, action: str) -> float:
        """Press the button that has an id, as the app tells it; return when."""
        at = time.monotonic()
        event = {"event_type": PRESSED, "event_data": {"action": action}}
        await self.home.rest(
            "POST",
            f"/api/webhook/{self.webhook}",
            {"type": "fire_event", "data": event},
        )
        return at


@asynccontextmanager
async def connected(home: Home, name: str) -> AsyncIterator[Phone]:
    """Register a phone under a name, and keep its connection open."""
    registered = await home.rest(
        "POST",
        "/api/mobile_app/registrations",
        {
            "app_id": "io.robbie.HomeAssistant",
            "app_name": "Home Assistant",
            "app_version": "2026.11",
            "device_name": name,
            "device_id": name,
            "manufacturer": "Nobody",
            "model": "Phone",
            "os_name": "Android",
            "os_version": "17",
            "supports_encryption": False,
            "app_data": {"push_websocket_channel": True},
        },
    )
    webhook = registered["webhook_id"]
    phone = Phone(home=home, target=f"notify.mobile_app_{name}", webhook=webhook)
    async with home.subscription(
        "mobile_app/push_notification_channel", webhook_id=webhook
    ) as queue:
        receiving = asyncio.create_task(_receive(phone, queue))
        try:
            yield phone
        finally:
            receiving.cancel()


async def _receive(phone: Phone, queue: asyncio.Queue[Json]) -> None:
    while True:
        push = await queue.get()
        data = push.get("data", {})
        phone.sent.append(
            Sent(
                at=time.monotonic(),
                title=push.get("title"),
                message=push["message"],
                tag=data.get("tag", ""),
                buttons={
                    each["title"]: each["action"] for each in data.get("actions", ())
                },
            )
        )
