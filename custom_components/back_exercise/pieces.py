"""Speakers that are given a track piece by piece, each at its moment."""

import asyncio
from datetime import datetime, timedelta
from typing import Final, override

from homeassistant.components.media_player import (
    ATTR_MEDIA_ANNOUNCE,
    ATTR_MEDIA_CONTENT_ID,
    ATTR_MEDIA_CONTENT_TYPE,
    DOMAIN as PLAYER,
    SERVICE_PLAY_MEDIA,
    MediaType,
)
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util

from .clock import steady, steady_at
from .http import Served, Tracks
from .satellite import SATELLITE, Attention, until_free
from .speaker import CALL_LIMIT, DEAD, MARGIN, Listener, Speaker, SpeakerError
from .track import LEAD_IN, Piece, Track

LATE: Final = timedelta(seconds=1)
"""A piece that could only be heard so late is left out."""


class PieceSpeaker(Speaker):
    """A speaker that is given a track piece by piece, each at its moment."""

    def __init__(
        self, hass: HomeAssistant, entity_id: str, tracks: Tracks, listener: Listener
    ) -> None:
        """Speak through an entity that announces."""
        super().__init__(hass, entity_id, tracks, listener)
        self._going_on: asyncio.Task[None] | None = None

    async def announce(self, url: str, length: timedelta) -> None:
        """Have a file of a length played. Raises SpeakerError where that fails."""
        raise NotImplementedError

    def is_over(self, piece: Piece, called_at: float) -> None:
        """Look at how an announcement ended, called by the clock that is never set."""

    async def until_free(self) -> None:
        """Wait until the speaker is not busy with the person."""

    @override
    async def play(self, track: Track, media: Served | None) -> datetime:
        self._end()
        if not track.clips:
            raise SpeakerError("failed")  # there is no engine to speak it
        pieces = list(track.pieces())
        try:
            self.check()
            await self.until_free()
            first = await self._render(track, pieces[0])
            call = await self._call(pieces[0], first)
        except SpeakerError:
            # the session goes on; it joins in as soon as it can
            self._begin(track, pieces[1:], dt_util.utcnow(), None)
            raise
        at = (first.fetched_at or dt_util.utcnow()) + LEAD_IN - pieces[0].start
        at += self.delay.value
        self._begin(track, pieces[1:], at, call)
        return at

    def _begin(
        self,
        track: Track,
        pieces: list[Piece],
        at: datetime,
        call: asyncio.Task[None] | None,
    ) -> None:
        self._going_on = self.hass.async_create_background_task(
            self._go_on(track, pieces, at, call), f"{self.entity_id} track"
        )

    async def _go_on(
        self,
        track: Track,
        pieces: list[Piece],
        at: datetime,
        call: asyncio.Task[None] | None,
    ) -> None:
        """Play the rest of a track."""
        begun, lag = steady_at(at), 0.0
        for piece in pieces:
            try:
                served = await self._render(track, piece)
                offset = piece.start - LEAD_IN - self.delay.value
                due = begun + offset.total_seconds() - lag
                await self._wait_for(call, due, served)
                called_at = dt_util.utcnow()
                if steady() - due > LATE.total_seconds():
                    self.tracks.withdraw(served)
                    continue
                call = await self._call(piece, served)
            except SpeakerError as err:
                # whoever was busy, or away for a moment, is tried with the next one
                self.listener.speaker_failed(self.entity_id, err.code)
            else:
                fetched_at = served.fetched_at or called_at
                lag = (fetched_at - called_at).total_seconds()
                self.listener.speaker_recovered(self.entity_id)

    async def _wait_for(
        self, call: asyncio.Task[None] | None, due: float, served: Served
    ) -> None:
        """Wait until a piece may be played: the one before is over, it is its time.

        That is by the clock that is never set.
        """
        try:
            if call:
                await asyncio.wait({call})
            await asyncio.sleep(due - steady())
            self.check()
            await self.until_free()
        except asyncio.CancelledError, SpeakerError:
            self.tracks.withdraw(served)
            raise

    async def _render(self, track: Track, piece: Piece) -> Served:
        try:
            return await self.tracks.async_serve(lambda: track.render(piece))
        except (HomeAssistantError, OSError) as err:
            raise SpeakerError("failed") from err

    async def _call(self, piece: Piece, served: Served) -> asyncio.Task[None]:
        async def announce() -> None:
            called_at = steady()
            try:
                await self.announce(served.url, piece.length)
            finally:
                self.tracks.withdraw(served)
            self.is_over(piece, called_at)

        return await self.reach(announce(), served)

    def _end(self) -> None:
        if self._going_on:
            self._going_on.cancel()
            self._going_on = None

    @override
    async def stop(self) -> None:
        self._end()

    @override
    async def close(self) -> None:
        self._end()


class Satellite(PieceSpeaker):
    """An Assist satellite; an announcement on it can't be cut."""

    def __init__(
        self, hass: HomeAssistant, entity_id: str, tracks: Tracks, listener: Listener
    ) -> None:
        """Speak through a satellite."""
        super().__init__(hass, entity_id, tracks, listener)
        self._attention = Attention(hass, entity_id)

    @override
    async def announce(self, url: str, length: timedelta) -> None:
        data = {"media_id": url, "preannounce": False}
        calling = self.call(SATELLITE, "announce", data, length + CALL_LIMIT)
        await self._attention.during(calling)

    @override
    def is_over(self, piece: Piece, called_at: float) -> None:
        enough = piece.length - MARGIN
        is_early = steady() - called_at < enough.total_seconds()
        is_there = self.state is not None and self.state.state not in DEAD
        # who ends an announcement early, on the satellite, wants a pause
        if self._going_on and is_early and is_there:
            self._end()
            self.listener.speaker_paused(self.entity_id)

    @override
    async def until_free(self) -> None:
        await self._attention.until_answered(CALL_LIMIT)
        try:
            await until_free(self.hass, self.entity_id, CALL_LIMIT)
        except TimeoutError as err:
            raise SpeakerError("timeout") from err


class AnnouncingPlayer(PieceSpeaker):
    """A media player that announces, so that its music goes on beneath."""

    @override
    async def announce(self, url: str, length: timedelta) -> None:
        await self.call(
            PLAYER,
            SERVICE_PLAY_MEDIA,
            {
                ATTR_MEDIA_CONTENT_ID: url,
                ATTR_MEDIA_CONTENT_TYPE: MediaType.MUSIC,
                ATTR_MEDIA_ANNOUNCE: True,
            },
            length + CALL_LIMIT,
        )
