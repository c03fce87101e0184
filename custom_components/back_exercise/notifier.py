"""A notify entity, which is given the words of each step to show or to say."""

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import override

from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from .clock import steady, steady_at
from .engine.cues import CueKind
from .engine.plan import StepKind
from .http import Served, Tracks
from .phrases import Phrases
from .speaker import NOTIFY, Listener, Speaker, SpeakerError
from .track import Track


class Notifier(Speaker):
    """A notify entity, which is given the words of each step."""

    def __init__(
        self,
        hass: HomeAssistant,
        entity_id: str,
        tracks: Tracks,
        listener: Listener,
        phrases: Phrases,
    ) -> None:
        """Send the words of some phrases to an entity."""
        super().__init__(hass, entity_id, tracks, listener)
        self._phrases = phrases
        self._going_on: asyncio.Task[None] | None = None

    @override
    def check(self) -> None:
        """Let it be tried: the state of a notify entity is when it was last used."""
        if self.state is None or self.state.state == STATE_UNAVAILABLE:
            raise SpeakerError("unreachable")

    @override
    async def play(self, track: Track, media: Served | None) -> datetime:
        self.check()
        await self.stop()
        at = dt_util.utcnow()
        texts = list(self._texts(track))
        for _, text in texts[:1]:
            await self._send(text)
        self._going_on = self.hass.async_create_background_task(
            self._go_on(texts[1:], at), f"{self.entity_id} track"
        )
        return at

    def _texts(self, track: Track) -> Iterator[tuple[timedelta, str]]:
        """Yield the words of each step and its beginning."""
        for timed in track.timeline.steps:
            text = " ".join(
                self._phrases.text(each.cue)
                for each in track.timeline.spoken
                if timed.start <= each.offset < timed.end
                and each.cue.kind is not CueKind.COUNT_IN
            )
            if timed.step.kind is not StepKind.WORK and text:
                yield timed.start, text

    async def _go_on(self, texts: list[tuple[timedelta, str]], at: datetime) -> None:
        """Send the rest of a track."""
        begun = steady_at(at)
        for start, text in texts:
            await asyncio.sleep(begun + start.total_seconds() - steady())
            try:
                await self._send(text)
            except SpeakerError as err:
                self.listener.speaker_failed(self.entity_id, err.code)
            else:
                self.listener.speaker_recovered(self.entity_id)

    async def _send(self, text: str) -> None:
        await self.call(NOTIFY, "send_message", {"message": text})

    @override
    async def stop(self) -> None:
        if self._going_on:
            self._going_on.cancel()
            self._going_on = None
