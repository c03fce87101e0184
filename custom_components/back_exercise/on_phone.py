"""What a session asks on a person's phones, where nobody answers it otherwise.

A question before or after it that was not answered for a moment, and whether a session
that was cut off goes on. Questions after an exercise are over too soon for a phone.
"""

from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import (
    CALLBACK_TYPE,
    Event as HassEvent,
    HomeAssistant,
    callback,
)
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.event import async_call_later
from homeassistant.helpers.start import async_at_started
from homeassistant.util import dt as dt_util

from .comeback import STALE
from .const import DOMAIN, LOGGER
from .engine.context import AFTER_WITHIN
from .engine.diary import Context, Measure
from .engine.events import Event, PauseReason, Rated
from .engine.plan import Question
from .engine.session import Command, Session
from .notifications import (
    BY_PHONE,
    OF_CUT_OFF,
    OF_EFFORT,
    OF_QUESTION,
    PRESSED,
    RANGES,
    Message,
    Notifications,
    Subject,
    Verb,
    number_of,
    verb_of,
)
from .questioner import Door

PATIENCE: Final = timedelta(seconds=8)
"""Who answers sooner, on the screen or aloud, is not disturbed by a phone."""

_COMMANDS: Final = {Verb.RESUME: Command.RESUME, Verb.STOP: Command.STOP}
_CONTEXTS: Final = {
    Question.NEXT_DAY: Context.NEXT_DAY,
    Question.BEFORE: Context.BEFORE,
    Question.AFTER: Context.AFTER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What may be asked on a phone."""

    key: str
    """Of its text."""
    verbs: tuple[Verb, ...]
    lasts: timedelta
    """So long it may be answered."""
    context: Context | None = None
    """What a rating is of; None where no rating is asked for."""
    measure: Measure = Measure.PAIN


CUT_OFF: Final = Matter(key="cut_off", verbs=OF_CUT_OFF, lasts=STALE)


def matter_of(session: Session) -> Matter | None:
    """Return what a session asks that can be answered on a phone."""
    if session.snapshot.pause_reason is PauseReason.RESTART:
        return CUT_OFF
    context = _CONTEXTS.get(session.question) if session.question else None
    if context is None or not session.unanswered:
        return None
    measure = session.unanswered[0]
    return Matter(
        key=f"{measure}_{context}",
        verbs=OF_QUESTION if measure is Measure.PAIN else OF_EFFORT,
        lasts=AFTER_WITHIN,
        context=context,
        measure=measure,
    )


class OnPhone:
    """Asks one person on their phones, one thing at a time."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry, door: Door) -> None:
        """Ask what comes up from now on, and take what is answered."""
        self._hass = hass
        self._entry = entry
        self._door = door
        self._notifications = Notifications(hass, entry)
        self._matter: Matter | None = None
        self._since = dt_util.utcnow()
        self._timer: CALLBACK_TYPE | None = None
        self._is_sent = False
        self._is_answering = False
        self._unlisten: CALLBACK_TYPE = hass.bus.async_listen(PRESSED, self._pressed)

    @callback
    def end(self) -> None:
        """Ask nothing any more; what is shown lapses by itself."""
        self._unlisten()
        self._stop_timer()

    @callback
    def session_changed(self, session: Session | None) -> None:
        """Ask what a session asks now; how it was after it, also when it has ended."""
        if session is None:
            is_over = self._matter is not None and self._matter.context is Context.AFTER
            if not is_over:
                self._ask(None)
            return
        matter = matter_of(session)
        if matter != self._matter:
            self._ask(matter)
        if session.timeline and session.timeline.left:
            # a satellite that listens asks first, and tells if that was in vain
            self._stop_timer()

    @callback
    def event_happened(self, event: Event) -> None:
        """Ask no more what was answered in another way."""
        matter = self._matter
        if (
            isinstance(event, Rated)
            and matter
            and (event.measure, event.context) == (matter.measure, matter.context)
        ):
            self._ask(None)

    @callback
    def not_answered(self) -> None:
        """Ask what was asked aloud in vain."""
        if self._matter and not self._is_sent:
            self._send(self._matter.key)

    @callback
    def _ask(self, matter: Matter | None) -> None:
        self._stop_timer()
        was_sent, self._is_sent = self._is_sent, False
        self._matter, self._since = matter, dt_util.utcnow()
        if was_sent:
            self._begin(self._notifications.async_clear(Subject.SESSION))
        if matter:
            self._timer = async_call_later(self._hass, PATIENCE, self._waited)

    @callback
    def _waited(self, _: datetime) -> None:
        self._timer = async_at_started(self._hass, self._started)

    @callback
    def _started(self, _: HomeAssistant) -> None:
        self.not_answered()

    @callback
    def _stop_timer(self) -> None:
        if self._timer:
            self._timer()
            self._timer = None

    # What is sent, and answered

    @property
    def _about(self) -> str:
        """What exactly is asked: no button of an earlier question answers it."""
        return f"{self._matter and self._matter.key}|{self._since.isoformat()}"

    @callback
    def _send(self, key: str) -> None:
        matter = self._matter
        if matter is None or not self._notifications.targets:
            return
        self._is_sent = True
        message = Message(
            subject=Subject.SESSION,
            key=key,
            about=self._about,
            verbs=matter.verbs,
            until=self._since + matter.lasts,
        )
        self._begin(self._notifications.async_send(message))

    def _begin(self, doing: Coroutine[Any, Any, None]) -> None:
        self._entry.async_create_background_task(
            self._hass, doing, f"{DOMAIN} phone {self._entry.entry_id}"
        )

    @callback
    def _pressed(self, event: HassEvent) -> None:
        """Do what a button says, if it is one of what is asked now."""
        matter = self._matter
        if matter is None or not self._is_sent or self._is_answering:
            return
        action = event.data.get("action")
        if verb := verb_of(self._entry, action, self._about, matter.verbs):
            number = RANGES.get(verb, number_of(event.data.get("reply_text")))
            self._is_answering = True
            self._begin(self._answer(matter, verb, number))

    async def _answer(self, matter: Matter, verb: Verb, number: int | None) -> None:
        try:
            if command := _COMMANDS.get(verb):
                await self._door.async_command(command, source=BY_PHONE)
            elif number is None:
                self._send("question_again")
            else:
                await self._door.async_rate(
                    **{matter.measure.value: number},
                    context=matter.context,
                    source=BY_PHONE,
                )
        except HomeAssistantError as err:
            LOGGER.warning("An answer of %s was not taken: %s", self._entry.title, err)
            if matter is self._matter:
                self._send("question_again" if matter.context else matter.key)
        finally:
            self._is_answering = False
