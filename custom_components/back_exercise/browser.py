"""A browser that plays what is said on the device that shows a card."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, override
from uuid import uuid4

from homeassistant.core import HomeAssistant, callback
from homeassistant.util import dt as dt_util

from .http import Served, Tracks
from .speaker import MARGIN, REACH_LIMIT, Listener, Speaker, SpeakerError
from .track import LEAD_IN, Track

TOLERANCE: Final = timedelta(milliseconds=500)
"""A browser can't have begun earlier than that before it was told to."""


NOTICEABLE: Final = timedelta(milliseconds=50)
"""By less than that no clock is set."""


class Heard(StrEnum):
    """What a browser tells of what it plays."""

    PLAYING = "playing"
    STOPPED = "stopped"
    BLOCKED = "blocked"
    """It plays nothing before somebody has pressed something on the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """What a browser is to play."""

    id: str
    path: str
    begun_at: datetime | None = None
    """When the first sample of the file is heard; None: as soon as it can."""


class Browser(Speaker):
    """A page that somebody has open; it comes and goes."""

    takes_tracks = True

    def __init__(
        self,
        hass: HomeAssistant,
        tracks: Tracks,
        listener: Listener,
        changed: Callable[[], None],
    ) -> None:
        """Play nothing yet; `changed` is told when `sound` or `error` is another."""
        super().__init__(hass, f"browser {uuid4().hex[:8]}", tracks, listener)
        self.sound: Sound | None = None
        """What it is to play now; None where it is to be silent."""
        self.error: str | None = None
        """The last fault; None when fine."""
        self._changed = changed
        self._track: Track | None = None
        self._told_at = dt_util.utcnow()  # what to play
        self._known: tuple[Track, datetime] | None = None  # when a track began
        self._answer: asyncio.Future[datetime] | None = None

    @callback
    def give(self, track: Track, media: Served, at: datetime | None) -> None:
        """Have a track played whose first moment is heard at `at`, if that is known."""
        self._track = track
        self._told_at = dt_util.utcnow()
        begun_at = at - LEAD_IN if at else None
        self.sound = Sound(id=track.id, path=media.path, begun_at=begun_at)
        self._changed()

    @callback
    def follow(self, track: Track, at: datetime) -> None:
        """Be in step with what is heard of a track, whoever leads."""
        self._known = (track, at)
        begun_at = at - LEAD_IN
        if self.sound and track is self._track and self.sound.begun_at != begun_at:
            self.sound = replace(self.sound, begun_at=begun_at)
            self._changed()

    @override
    async def play(self, track: Track, media: Served | None) -> datetime:
        if media is None:
            raise self._fault("failed")  # there was no way to serve it
        answer: asyncio.Future[datetime] = self.hass.loop.create_future()
        self._answer = answer
        known, at = self._known or (None, None)
        self.give(track, media, at if known is track else None)
        try:
            async with asyncio.timeout(REACH_LIMIT.total_seconds()):
                begun_at = await answer
        except TimeoutError as err:
            is_fetched = media.fetched.is_set()
            raise self._fault("timeout" if is_fetched else "not_fetched") from err
        except SpeakerError as err:
            raise self._fault(err.code) from err
        finally:
            self._answer = None
        return begun_at + LEAD_IN

    @callback
    def heard(self, sound_id: str, position: timedelta, state: Heard) -> None:
        """Take what the browser tells of a sound; `position` is that in the file."""
        track = self._track
        if self.sound is None or track is None or sound_id != self.sound.id:
            return
        if state is Heard.PLAYING:
            self._plays(track, position)
        elif state is Heard.BLOCKED:
            self._fails("blocked")
        elif position < LEAD_IN + track.length - MARGIN:
            self._fails("stopped")

    @callback
    def goes(self) -> None:
        """Be waited for no longer: the page was left."""
        self.sound = None
        if self._answer and not self._answer.done():
            self._answer.set_exception(SpeakerError("unreachable"))

    @override
    async def stop(self) -> None:
        if self.sound:
            self.sound = None
            self._changed()

    @override
    async def close(self) -> None:
        await self.stop()

    def _plays(self, track: Track, position: timedelta) -> None:
        now = dt_util.utcnow()
        begun_at = now - position
        if self.sound and self.sound.begun_at is None:
            begun_at = max(begun_at, self._told_at - TOLERANCE)
            self.delay.learn(begun_at - self._told_at)
        if self.error:
            self.error = None
            self.listener.speaker_recovered(self.entity_id)
            self._changed()
        known = self.sound.begun_at if self.sound else None
        if self._answer and not self._answer.done():
            self._answer.set_result(begun_at)
        elif known is None or abs(begun_at - known) > NOTICEABLE:
            self.listener.speaker_anchored(self.entity_id, track, begun_at + LEAD_IN)

    def _fails(self, code: str) -> None:
        if self._answer and not self._answer.done():
            self._answer.set_exception(SpeakerError(code))
            return
        self._fault(code)
        self.listener.speaker_failed(self.entity_id, code)

    def _fault(self, code: str) -> SpeakerError:
        self.error = code
        self._changed()
        return SpeakerError(code)
