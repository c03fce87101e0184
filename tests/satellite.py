"""An Assist satellite that can ask, and that has somebody beside it."""

import asyncio
from collections import deque
from datetime import timedelta
from typing import Any, Final, override

from homeassistant.components.assist_pipeline import PipelineEvent, PipelineEventType
from homeassistant.components.assist_satellite import (
    AssistSatelliteAnnouncement,
    AssistSatelliteConfiguration,
    AssistSatelliteEntity,
    AssistSatelliteEntityFeature,
)
from homeassistant.components.assist_satellite.entity import AssistSatelliteState
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util
from yarl import URL

from custom_components.back_exercise.http import PATH

from .room import Heard, Playing, Room

SILENCE: Final = None
"""Nothing is said until the satellite gives up."""

HANGS: Final = "(hangs)"
"""The satellite never comes back."""

THINKS: Final = timedelta(seconds=2)
"""How long somebody takes to answer, or is waited for."""


class AskingSatellite(Heard, AssistSatelliteEntity):
    """A satellite of Home Assistant's own kind, with an answer for each question."""

    _attr_name = "Test"
    _attr_supported_features = (
        AssistSatelliteEntityFeature.ANNOUNCE
        | AssistSatelliteEntityFeature.START_CONVERSATION
    )
    _attr_unique_id = "satellite"

    def __init__(self, room: Room) -> None:
        """Stand in a room."""
        self.played = []
        self.asked: list[str] = []
        """What it was told to ask, in words."""
        self.answers: deque[str | None] = deque()
        """What is answered, one after the other; after that there is silence."""
        self.error: Exception | None = None
        """What it does instead of asking."""
        self.takes_files = True
        self.is_talked_over = False
        """Whether it was ever given something to say while somebody spoke to it."""
        self._room = room

    @override
    @property
    def pipeline_entity_id(self) -> None:
        return None

    @override
    def async_get_configuration(self) -> AssistSatelliteConfiguration:
        raise NotImplementedError

    @override
    async def async_set_configuration(self, config: Any) -> None:
        raise NotImplementedError

    @override
    def on_pipeline_event(self, event: PipelineEvent) -> None:
        """Show nothing."""

    @override
    async def async_announce(self, announcement: AssistSatelliteAnnouncement) -> None:
        await self._play(announcement)

    @override
    async def async_start_conversation(
        self, start_announcement: AssistSatelliteAnnouncement
    ) -> None:
        if error := self.error:
            raise error
        if PATH in start_announcement.media_id and not self.takes_files:
            raise HomeAssistantError("Only text can be spoken")
        await self._play(start_announcement)
        self.asked.append(start_announcement.message or self.texts[-1])
        answer = self.answers.popleft() if self.answers else SILENCE
        if answer != HANGS:
            self.hass.async_create_background_task(self._listen(answer), "listen")

    async def _play(self, announcement: AssistSatelliteAnnouncement) -> None:
        if PATH not in announcement.media_id:
            return
        wav = self._room.fetch(URL(announcement.media_id).path)
        playing = Playing(begun=dt_util.utcnow(), wav=wav)
        self.played.append(playing)
        try:
            await asyncio.sleep(playing.length.total_seconds())
        finally:
            playing.ended = min(playing.ended, dt_util.utcnow())

    async def _listen(self, answer: str | None) -> None:
        self.emits(PipelineEventType.STT_START)
        await asyncio.sleep(THINKS.total_seconds())
        if answer is not SILENCE:
            self.emits(PipelineEventType.STT_END, stt_output={"text": answer})
        self.emits(PipelineEventType.RUN_END)

    async def resolve(
        self, message: str, media_id: str | None, **_: Any
    ) -> AssistSatelliteAnnouncement:
        """Return what is to be said, without a pipeline that would speak it."""
        return AssistSatelliteAnnouncement(
            message=message,
            media_id=media_id or "http://10.0.0.2:8123/own",
            original_media_id=media_id or "",
            tts_token=None,
            media_id_source="url",
        )

    def emits(self, kind: PipelineEventType, **data: Any) -> None:
        """Let its pipeline get on."""
        self._internal_on_pipeline_event(PipelineEvent(kind, data or None))

    def becomes(self, state: AssistSatelliteState) -> None:
        """Be in a state, as when somebody speaks to it."""
        self._set_state(state)

    def vanishes(self) -> None:
        """Become unavailable."""
        self._attr_available = False
        self.async_write_ha_state()
