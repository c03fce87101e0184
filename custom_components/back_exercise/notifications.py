"""Notifications that can be answered: sent, taken back, and whose answers count.

A button of a notification is known to nobody else: it is made of a secret of the
person's, what it does, and what it is about. So it works once, for that alone, and
also after a restart.
"""

import asyncio
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
import hashlib
import hmac
import secrets
from typing import Any, Final

from homeassistant.components.notify import (
    ATTR_DATA,
    ATTR_MESSAGE,
    ATTR_TITLE,
    DOMAIN as NOTIFY,
    SERVICE_SEND_MESSAGE,
)
from homeassistant.config_entries import ConfigEntry
from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util
import voluptuous as vol

from .const import CONF_NOTIFY, CONF_SECRET, DOMAIN, LOGGER
from .faults import Faults, is_missing
from .texts import async_texts

PRESSED: Final = "mobile_app_notification_action"
"""The event of every button of every notification of the phone app."""

CLEAR: Final = "clear_notification"
PHONE: Final = "mobile_app_"
"""So the actions of phones begin, which know buttons and can take back."""

PATIENCE: Final = timedelta(seconds=10)
"""How long a target may take."""

BY_PHONE: Final = "notification"
"""The source of what is answered."""

_RATINGS: Final = {str(number): number for number in range(11)}
_NOT_A_TARGET: Final = {SERVICE_SEND_MESSAGE, "persistent_notification", NOTIFY}
_TEXTS: Final = "notification"


class Subject(StrEnum):
    """What a notification is about; a newer one replaces an older one."""

    REMINDER = "reminder"
    QUESTION = "question"
    SESSION = "session"
    SUMMARY = "summary"


class Verb(StrEnum):
    """What a button does."""

    START = "start"
    SNOOZE = "snooze"
    SKIP = "skip"
    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"
    NUMBER = "number"
    """The answer is written."""
    RESUME = "resume"
    STOP = "stop"


OF_REMINDER: Final = (Verb.START, Verb.SNOOZE, Verb.SKIP)
OF_QUESTION: Final = (Verb.LOW, Verb.MIDDLE, Verb.HIGH, Verb.NUMBER)
OF_EFFORT: Final = (Verb.NUMBER,)
OF_CUT_OFF: Final = (Verb.RESUME, Verb.STOP)

RANGES: Final[Mapping[Verb, int]] = {Verb.LOW: 3, Verb.MIDDLE: 5, Verb.HIGH: 10}
"""What a range of ratings counts as: its highest, so that it never counts as better
than it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What a notification says, and what its answers are about."""

    subject: Subject
    key: str
    """Of its text."""
    about: str = ""
    """What exactly it is about: an answer to anything else is not taken."""
    verbs: tuple[Verb, ...] = ()
    until: datetime | None = None
    """Then it has no use any more."""
    text: str | None = None
    """Instead of the one of the key."""


@callback
def async_make_secret(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Give a person the secret that their buttons are made of, if they have none."""
    if CONF_SECRET not in entry.data:
        data = {**entry.data, CONF_SECRET: secrets.token_hex()}
        hass.config_entries.async_update_entry(entry, data=data)


def action_of(entry: ConfigEntry, verb: Verb, about: str) -> str:
    """Return the id of a button, which nobody can guess."""
    token = hmac.new(
        entry.data[CONF_SECRET].encode(), f"{verb}|{about}".encode(), hashlib.sha256
    )
    return f"BE_{verb.upper()}_{token.hexdigest()[:32]}"


def verb_of(
    entry: ConfigEntry, action: object, about: str, verbs: Iterable[Verb]
) -> Verb | None:
    """Return what a button that was pressed does; None where it is another's."""
    given = str(action).encode()
    for verb in verbs:
        if hmac.compare_digest(action_of(entry, verb, about).encode(), given):
            return verb
    return None


def number_of(reply: object) -> int | None:
    """Return the rating that somebody has written, 0 to 10; None where it is none."""
    text = str(reply).strip()
    return _RATINGS.get(text)


def targets(hass: HomeAssistant) -> dict[str, bool]:
    """Return what can be sent notifications; the value is whether it is an entity."""
    services = hass.services.async_services_for_domain(NOTIFY)
    found = {
        f"{NOTIFY}.{name}": False for name in services if name not in _NOT_A_TARGET
    }
    for entity_id in hass.states.async_entity_ids(NOTIFY):
        found.setdefault(entity_id, True)
    return found


class Notifications:
    """The notifications of one person."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry) -> None:
        """Send to what the person has chosen."""
        self._hass = hass
        self._entry = entry
        self._faults = Faults(hass, entry)
        self._looked_for: set[str] = set()
        self._in_turn = asyncio.Lock()

    @property
    def targets(self) -> Collection[str]:
        """What the person has chosen."""
        chosen: Collection[str] = self._entry.options.get(CONF_NOTIFY, ())
        return chosen

    def _tag(self, subject: Subject) -> str:
        person = hashlib.sha256(str(self._entry.unique_id).encode()).hexdigest()[:12]
        return f"{DOMAIN}_{person}_{subject}"

    @callback
    def check(self) -> None:
        """Tell as repair issues what was chosen and is not there (any more)."""
        targets = set(self.targets)
        for target in self._looked_for - targets:
            self._faults.of_notifier(target, is_missing=False)
        for target in targets:
            self._faults.of_notifier(target, is_missing=self._is_missing(target))
        self._looked_for = targets

    def _is_missing(self, target: str) -> bool:
        return self._is_entity(target) and is_missing(self._hass, target)

    async def async_send(self, message: Message) -> None:
        """Send a notification everywhere; where that fails, the others get theirs."""
        if not self.targets:
            return
        texts = await async_texts(self._hass, _TEXTS)
        name = self._entry.title
        text = message.text or texts[message.key].format(name=name)
        title = texts["title"].format(name=name)
        data = self._data(message, texts)
        async with self._in_turn:
            calls = (self._call(each, title, text, data) for each in self.targets)
            await asyncio.gather(*calls)

    def _data(self, message: Message, texts: Mapping[str, str]) -> dict[str, Any]:
        data: dict[str, Any] = {"tag": self._tag(message.subject)}
        if message.until:
            left = (message.until - dt_util.utcnow()).total_seconds()
            data["timeout"] = max(1, round(left))
        if message.verbs:
            data["actions"] = [
                self._action(each, message, texts) for each in message.verbs
            ]
        return data

    def _action(
        self, verb: Verb, message: Message, texts: Mapping[str, str]
    ) -> dict[str, str]:
        action = {
            "action": action_of(self._entry, verb, message.about),
            "title": texts[f"do_{verb}"],
        }
        if verb is Verb.NUMBER:
            action |= {
                "behavior": "textInput",
                "textInputButtonTitle": texts["send"],
                "textInputPlaceholder": "0–10",
            }
        return action

    async def async_clear(self, *subjects: Subject) -> None:
        """Take back notifications from every phone that may show them."""
        phones = [
            each
            for each in self.targets
            if each.startswith(f"{NOTIFY}.{PHONE}") and not self._is_entity(each)
        ]
        async with self._in_turn:
            calls = (
                self._call(phone, None, CLEAR, {"tag": self._tag(subject)})
                for phone in phones
                for subject in subjects
            )
            await asyncio.gather(*calls)

    def _is_entity(self, target: str) -> bool:
        name = target.partition(".")[2]
        return not self._hass.services.has_service(NOTIFY, name)

    async def _call(
        self, target: str, title: str | None, text: str, data: dict[str, Any]
    ) -> None:
        content: dict[str, Any] = {ATTR_MESSAGE: text}
        if title:
            content[ATTR_TITLE] = title
        if self._is_entity(target):
            if self._is_missing(target):
                LOGGER.warning("%s can't be notified: it is not there", target)
                return
            service = SERVICE_SEND_MESSAGE
            content = {ATTR_MESSAGE: text, ATTR_ENTITY_ID: target}
        else:
            service = target.partition(".")[2]
            content[ATTR_DATA] = data
        try:
            async with asyncio.timeout(PATIENCE.total_seconds()):
                await self._hass.services.async_call(
                    NOTIFY, service, content, blocking=True
                )
        except (HomeAssistantError, vol.Invalid, OSError) as err:
            LOGGER.warning("%s could not be notified: %s", target, err)
