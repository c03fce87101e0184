"""Makes stretches of a session ready to be played, ahead of their time."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Final

from homeassistant.core import HomeAssistant

from .announcer import Announcer, Loaded
from .engine.cues import Cue
from .engine.plan import Plan
from .engine.timeline import Stretch, cues_of, lay, leave_questions
from .track import Later, Track, words_alone
from .voice import Clip, Voice

ZERO: Final = timedelta(0)


class Preparer:
    """Speaks, measures, lays out and renders what a session wants or will want."""

    def __init__(
        self,
        hass: HomeAssistant,
        voice: Voice,
        announcer: Announcer,
        is_asked: Callable[[], bool] = lambda: False,
    ) -> None:
        """Prepare for the speakers of an announcer.

        `is_asked` tells whether questions are put by somebody who can listen.
        """
        self._is_asked = is_asked
        self._hass = hass
        self._voice = voice
        self._announcer = announcer
        self._ahead: tuple[Plan, Stretch, asyncio.Task[Loaded]] | None = None
        self.speaks = True
        """Whether there is to be speech; a change counts from the next stretch on."""

    @property
    def is_silent(self) -> bool:
        """Whether there is no speech, or nobody who would hear it."""
        return not self.speaks or not self._announcer.is_listened_to

    def ahead(self, plan: Plan, stretch: Stretch | None) -> asyncio.Task[Loaded] | None:
        """Begin to prepare a stretch that will be wanted."""
        if self._ahead and self._ahead[:2] == (plan, stretch):
            return self._ahead[2]
        self.drop()
        if stretch is None:
            return None
        task = self._hass.async_create_background_task(
            self._prepare(plan, stretch), "back_exercise prepare"
        )
        self._ahead = (plan, stretch, task)
        return task

    def is_ready(self, plan: Plan, stretch: Stretch) -> bool:
        """Whether a stretch was prepared ahead and only has to be played."""
        if self._ahead is None or self._ahead[:2] != (plan, stretch):
            return False
        return self._ahead[2].done()

    async def stretch(self, plan: Plan, stretch: Stretch) -> Loaded:
        """Return a stretch ready to be played, prepared ahead or now."""
        while True:
            task = self.ahead(plan, stretch)
            assert task  # noqa: S101 - only a stretch of None gives none
            await asyncio.wait({task})
            if not task.cancelled():
                break  # else it is to be prepared in another way now
        self._ahead = None
        return task.result()

    async def words(self, cue: Cue, *later: Later) -> Loaded | None:
        """Return a single sentence ready to be played, None where nothing is said.

        Of what is said later the time counts from the end of the sentence; nothing
        overlaps.
        """
        if self.is_silent:
            return None
        clips = await self._voice.clips([cue, *(each for _, each in later)])
        return await self._announcer.load(
            words_alone(clips, cue, *later, length_of=partial(self._length, clips))
        )

    def remaining(self, plan: Plan, stretch: Stretch) -> timedelta:
        """Return how long the engine will still need for a stretch, by its pace."""
        if self.is_silent:
            return ZERO
        return self._voice.missing(cues_of(plan, stretch)) * self._voice.pace

    async def warm(self, *cues: Cue) -> None:
        """Have sentences spoken that may be wanted at any moment."""
        if not self.is_silent:
            await self._voice.clips(cues)

    def drop(self) -> None:
        """Give up what was begun ahead."""
        if self._ahead is None:
            return
        *_, task = self._ahead
        self._ahead = None
        task.cancel()
        if task.done() and not task.cancelled() and not task.exception():
            self._announcer.unload(task.result())

    async def _prepare(self, plan: Plan, stretch: Stretch) -> Loaded:
        if self.is_silent:
            silent = replace(lay(plan, stretch, lambda _: ZERO), spoken=())
            return Loaded(track=Track(timeline=silent, clips={}))
        clips = await self._voice.clips(cues_of(plan, stretch))
        timeline = lay(plan, stretch, lambda cue: self._length(clips, cue))
        if self._is_asked():
            timeline = leave_questions(timeline)
        return await self._announcer.load(Track(timeline=timeline, clips=clips))

    def _length(self, clips: Mapping[Cue, Clip], cue: Cue) -> timedelta:
        clip = clips.get(cue)
        return clip.length if clip else self._voice.length(cue)
