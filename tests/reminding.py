"""A phone, and reminders: what the tests of being reminded share."""

from typing import Any, Final

from homeassistant.components.button import DOMAIN as BUTTON, SERVICE_PRESS
from homeassistant.components.notify import DOMAIN as NOTIFY
from homeassistant.config_entries import ConfigSubentryDataWithId
from homeassistant.const import ATTR_ENTITY_ID, STATE_ON
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.back_exercise.const import REMINDER
from custom_components.back_exercise.engine.diary import Kind
from custom_components.back_exercise.notifications import CLEAR, PRESSED

ALWAYS: Final = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

PHONE: Final = "notify.mobile_app_phone"
BERLIN: Final = "Europe/Berlin"
"""Where it is 8 in the morning, of a Monday, when the tests begin."""

DUE: Final = "binary_sensor.alex_reminder_due"
NEXT: Final = "sensor.alex_next_session"
SNOOZE: Final = "button.alex_snooze"


def build_reminder(
    at: str | None = "09:00:00",
    subentry_id: str = "01REMINDER",
    title: str = "Reminder",
    **more: Any,
) -> ConfigSubentryDataWithId:
    """Return a reminder, by default of each day at nine."""
    data = {
        "days": ALWAYS,
        "time": at,
        "schedule": None,
        "blocks": [],
        "what": "remind",
        "routine": None,
        "at_home": True,
        "since": "2026-11-23T00:00:00+00:00",
    }
    return ConfigSubentryDataWithId(
        data={**data, **more},
        subentry_id=subentry_id,
        subentry_type=REMINDER,
        title=title,
        unique_id=None,
    )


class Phone:
    """A phone with the app: it shows notifications until they are taken back."""

    def __init__(self, hass: HomeAssistant, name: str = "phone") -> None:
        """Be reached by an action of a name."""
        self._hass = hass
        self.target = f"{NOTIFY}.mobile_app_{name}"
        self.received: list[dict[str, Any]] = []
        """All that was sent, what takes something back included."""
        self.shown: dict[str, dict[str, Any]] = {}
        """What it shows, by its tag."""
        self.error: Exception | None = None
        """What being sent something raises."""
        hass.services.async_register(NOTIFY, f"mobile_app_{name}", self._receive)

    async def _receive(self, call: ServiceCall) -> None:
        if self.error:
            raise self.error
        self.received.append(dict(call.data))
        tag = call.data["data"]["tag"]
        if call.data["message"] == CLEAR:
            self.shown.pop(tag, None)
        else:
            self.shown[tag] = dict(call.data)

    @property
    def messages(self) -> list[str]:
        """The texts that it was sent."""
        texts = [each["message"] for each in self.received]
        return [text for text in texts if text != CLEAR]

    @property
    def buttons(self) -> dict[str, str]:
        """The buttons that it shows, and the actions they have."""
        return {
            action["title"]: action["action"]
            for each in self.shown.values()
            for action in each["data"].get("actions", ())
        }

    def press(self, button: str, reply: str | None = None) -> None:
        """Press a button that it shows."""
        self.send(self.buttons[button], reply)

    def send(self, action: str, reply: str | None = None) -> None:
        """Tell Home Assistant that a button was pressed."""
        data = {"action": action, **({"reply_text": reply} if reply else {})}
        self._hass.bus.async_fire(PRESSED, data)


def is_due(hass: HomeAssistant) -> bool:
    """Return whether a reminder is due."""
    return hass.states.is_state(DUE, STATE_ON)


def next_session(hass: HomeAssistant) -> str | None:
    """Return when the next session is, where Alex is."""
    state = hass.states.get(NEXT)
    assert state
    moment = dt_util.parse_datetime(state.state)
    return dt_util.as_local(moment).strftime("%a %H:%M") if moment else state.state


async def told(entry: MockConfigEntry) -> list[str]:
    """Return what the diary tells of reminders, in order."""
    entries = await entry.runtime_data.diary.async_read(kinds=(Kind.REMINDER,))
    return [
        " ".join(filter(None, (each.payload.outcome, each.payload.reason)))
        for each in entries
    ]


async def press(hass: HomeAssistant, entity_id: str) -> None:
    """Press a button."""
    await hass.services.async_call(
        BUTTON, SERVICE_PRESS, {ATTR_ENTITY_ID: entity_id}, blocking=True
    )
