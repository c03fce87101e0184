"""Asks what is due: speaks, notifies, or counts down to a session."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util

from .const import DOMAIN, LOGGER
from .engine.agenda import Due
from .engine.catalogue import Routine
from .engine.cues import Cue, CueKind
from .engine.occasions import ReminderMode
from .engine.question import Question
from .notifications import (
    OF_QUESTION,
    OF_REMINDER,
    Message,
    Notifications,
    Subject,
)
from .refusal import logged
from .track import Later

COUNTDOWN: Final = timedelta(seconds=15)
"""So long somebody has to refuse a session that starts by itself, once they know."""

LAST: Final = 5
"""The last seconds are counted aloud."""

SECOND: Final = timedelta(seconds=1)

SOURCE: Final = "reminder"


class Company(Protocol):
    """Whom is asked, as far as it is needed to ask."""

    async def async_until_free(self) -> None:
        """Wait until nobody else needs the speakers."""

    async def async_prompt(self, cue: Cue, *later: Later) -> None:
        """Say something that was not asked for, to its end, if it can be said."""

    async def async_ask_next_day(self) -> bool:
        """Ask aloud how the day after was; tell whether that could be asked."""

    def hush(self) -> None:
        """Cut what is being said outside of a session."""

    async def async_start_allowed(self, routine: Routine | None, source: str) -> None:
        """Begin a session with a routine, or the programme's where it may not be."""


def about_reminder(due: Due) -> str:
    """Return what exactly an answer to a reminder is about."""
    occasion = due.occasion
    return f"{occasion.reminder.id}|{occasion.day}|{due.at.isoformat()}"


def about_question(question: Question) -> str:
    """Return what exactly an answer to the question of the next day is about."""
    return f"{question.day}|{question.at.isoformat()}"


def _question(question: Question, key: str) -> Message:
    return Message(
        subject=Subject.QUESTION,
        key=key,
        about=about_question(question),
        verbs=OF_QUESTION,
        until=question.until,
    )


class Prompter:
    """Asks one person one thing after the other, as long as it is wanted."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        company: Company,
        changed: Callable[[], None],
    ) -> None:
        """Ask for an entry; `changed` is told when a countdown begins or ends."""
        self.notifications = Notifications(hass, entry)
        self._hass = hass
        self._entry = entry
        self._company = company
        self._changed = changed
        self._reminding: asyncio.Task[None] | None = None
        self._questioning: asyncio.Task[None] | None = None
        self._speaking = asyncio.Lock()
        self._is_heard: asyncio.Task[Any] | None = None
        self.counting_down_to: datetime | None = None
        """When a session will start by itself, unless somebody refuses."""

    @property
    def is_counting_down(self) -> bool:
        """Whether a session will start by itself unless somebody refuses."""
        return self.counting_down_to is not None

    # What is asked

    @callback
    def remind(self, due: Due, mode: ReminderMode) -> None:
        """Remind, in one of the ways."""
        self.stop_reminding()
        self._reminding = self._begin(self._remind(due, mode))

    @callback
    def ask(self, question: Question) -> None:
        """Ask how the day after a session is."""
        self.stop_asking()
        self._questioning = self._begin(self._ask(question))

    @callback
    def ask_again(self, question: Question) -> None:
        """Ask on the phone once more, as the answer could not be taken."""
        self._begin(
            self.notifications.async_send(_question(question, "question_again"))
        )

    @callback
    def tell(self, text: str) -> None:
        """Tell the summary of a week."""
        message = Message(subject=Subject.SUMMARY, key="summary", text=text)
        self._begin(self.notifications.async_send(message))

    @callback
    def stop_reminding(self, *, clear: bool = False) -> None:
        """Remind no more, in mid-word."""
        self._stop(self._reminding)
        self._reminding = None
        if self.is_counting_down:
            self._count_down(None)
        if clear:
            self._begin(self.notifications.async_clear(Subject.REMINDER))

    @callback
    def stop_asking(self, *, clear: bool = False) -> None:
        """Ask no more for the day after."""
        self._stop(self._questioning)
        self._questioning = None
        if clear:
            self._begin(self.notifications.async_clear(Subject.QUESTION))

    @callback
    def not_started(self) -> None:
        """Tell on the phone that a session could not be started."""
        message = Message(subject=Subject.REMINDER, key="not_started")
        self._begin(self.notifications.async_send(message))

    def _begin(self, doing: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        return self._entry.async_create_background_task(
            self._hass, doing, f"{DOMAIN} prompt {self._entry.entry_id}"
        )

    @callback
    def _stop(self, task: asyncio.Task[None] | None) -> None:
        if task is None or task.done():
            return
        task.cancel()
        if self._is_heard is task:
            self._company.hush()

    # How it is asked

    async def _remind(self, due: Due, mode: ReminderMode) -> None:
        starts = mode is ReminderMode.START
        message = Message(
            subject=Subject.REMINDER,
            key="start" if starts else "remind",
            about=about_reminder(due),
            verbs=OF_REMINDER,
            until=due.until,
        )
        if not starts:
            await self.notifications.async_send(message)
        if mode is ReminderMode.REMIND:
            await self._speak(Cue(kind=CueKind.REMINDER))
        if starts:
            await self._start(due, message)

    async def _ask(self, question: Question) -> None:
        await self.notifications.async_send(_question(question, "question"))
        async with self._speaking:
            await self._company.async_until_free()
            is_asked = await self._company.async_ask_next_day()
        if not is_asked:
            await self._speak(Cue(kind=CueKind.NEXT_DAY))

    async def _speak(self, cue: Cue, *later: Later) -> None:
        """Say something when it is its turn, if it can be said at all."""
        async with self._speaking:
            await self._company.async_until_free()
            self._is_heard = asyncio.current_task()
            try:
                await self._company.async_prompt(cue, *later)
            finally:
                self._is_heard = None

    async def _start(self, due: Due, message: Message) -> None:
        """Count down, and start; whoever refuses stops this."""
        await self._company.async_until_free()
        begun = dt_util.utcnow()
        self._count_down(begun + COUNTDOWN)
        self._begin(self.notifications.async_send(message))
        seconds = round(COUNTDOWN / SECOND)
        cue = Cue(kind=CueKind.COUNTDOWN, seconds=seconds)
        counts = (
            (
                COUNTDOWN - number * SECOND,
                Cue(kind=CueKind.COUNT_IN, number=number, turn=1),
            )
            for number in range(LAST, 0, -1)
        )
        await self._speak(cue, *counts)
        left = begun + COUNTDOWN - dt_util.utcnow()
        await asyncio.sleep(left.total_seconds())
        # from here on it can only be stopped as any session can
        self._reminding = None
        self._count_down(None)
        routine = due.occasion.reminder.routine
        try:
            await self._company.async_start_allowed(
                Routine(routine) if routine else None, SOURCE
            )
        except HomeAssistantError as err:
            LOGGER.warning(
                "The session of %s did not start by itself: %s",
                self._entry.title,
                logged(err),
            )
            self.not_started()

    @callback
    def _count_down(self, to: datetime | None) -> None:
        self.counting_down_to = to
        self._changed()
