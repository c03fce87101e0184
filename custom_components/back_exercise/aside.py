"""What is said to a person outside of their sessions, when the speakers are free."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from homeassistant.core import callback
from homeassistant.exceptions import HomeAssistantError

from .conductor import Conductor
from .const import DOMAIN, LOGGER
from .engine.catalogue import Routine
from .engine.cues import Cue
from .preflight import shared_speakers
from .track import Later

if TYPE_CHECKING:
    from .coordinator import BackExerciseConfigEntry, Coordinator

_UNEASY: Final = timedelta(seconds=2)
"""After so long it is seen again whether a speaker is free."""


class Aside:
    """Speaks to one person by itself, and talks over nobody."""

    def __init__(self, person: Coordinator, conductor: Conductor) -> None:
        """Speak as the sessions of the person do."""
        self._person = person
        self._conductor = conductor

    @property
    def is_occupied(self) -> bool:
        """Whether something is said to the person, or is about to begin."""
        return (
            self._person.is_active
            or self._conductor.is_speaking
            or self._person.scheduler.is_counting_down
        )

    async def async_until_free(self) -> None:
        """Wait until nobody needs the speakers, last words of a session included."""
        while (other := self._rival()) or self._conductor.is_speaking:
            if other:
                await _changed(other)
            else:
                await self._conductor.quiet()

    async def async_prompt(self, cue: Cue, *later: Later) -> None:
        """Say something that was not asked for, to its end, if it can be said."""
        person = self._person
        is_heard = person.data.speech and self._conductor.announcer.speakers
        if person.is_active or not is_heard:
            return
        try:
            self._conductor.check()
        except HomeAssistantError as err:
            LOGGER.warning("Nothing can be said to %s: %s", person.name, err)
            return
        self._conductor.tell(cue, *later)
        await self._conductor.quiet()

    async def async_ask_next_day(self) -> bool:
        """Ask aloud how the day after was; tell whether that could be asked."""
        if self._person.is_active or not self._person.data.speech:
            return False
        return await self._conductor.questioner.ask_next_day()

    @callback
    def hush(self) -> None:
        """Cut what is being said outside of a session."""
        if not self._person.is_active:
            self._conductor.hush()

    async def async_start_allowed(self, routine: Routine | None, source: str) -> None:
        """Begin a session with a routine, or the programme's where it may not be.

        Raises as `Coordinator.async_start`.
        """
        is_allowed = routine in self._person.data.outlook.routines
        await self._person.async_start(
            routine=routine if is_allowed else None, source=source
        )

    def _rival(self) -> Coordinator | None:
        """Return somebody who is heard on one of this person's speakers now."""
        for other in others(self._person):
            if not other.aside.is_occupied or not self._person.data.speech:
                continue
            if shared_speakers(self._person.hass, self._person.wiring, other.wiring):
                return other
        return None


def others(person: Coordinator) -> Iterable[Coordinator]:
    """Return everybody else who is set up."""
    entries: list[BackExerciseConfigEntry]
    entries = person.hass.config_entries.async_loaded_entries(DOMAIN)
    return (entry.runtime_data for entry in entries if entry is not person.config_entry)


async def _changed(person: Coordinator) -> None:
    """Wait a moment, or until something is shown of somebody that was not before."""
    changed = asyncio.Event()
    unsubscribe = person.async_add_listener(changed.set)
    try:
        with suppress(TimeoutError):
            async with asyncio.timeout(_UNEASY.total_seconds()):
                await changed.wait()
    finally:
        unsubscribe()
