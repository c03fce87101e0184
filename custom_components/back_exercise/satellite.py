"""Assist satellites: whether one is free, and whether it can ask."""

import asyncio
from collections.abc import Awaitable, Iterable
from contextlib import suppress
from datetime import timedelta
from typing import Final

from homeassistant.const import ATTR_SUPPORTED_FEATURES
from homeassistant.core import (
    Event,
    EventStateChangedData,
    HomeAssistant,
    State,
    callback,
)
from homeassistant.helpers.event import async_track_state_change_event

SATELLITE: Final = "assist_satellite"  # not imported: it brings all of Assist

_FREE: Final = "idle"  # the state of a satellite that is not busy with the person
_LISTENS: Final = ("listening", "processing")
_ASKS: Final = 2  # AssistSatelliteEntityFeature.START_CONVERSATION


def asking_satellite(hass: HomeAssistant, speakers: Iterable[str]) -> str | None:
    """Return the first of some speakers that can ask now; None where none can."""
    return next((each for each in speakers if _can_ask(hass.states.get(each))), None)


def _can_ask(state: State | None) -> bool:
    # the features of one that is unavailable are not told
    return (
        state is not None
        and state.domain == SATELLITE
        and bool(state.attributes.get(ATTR_SUPPORTED_FEATURES, 0) & _ASKS)
    )


def _is_free(state: State | None) -> bool:
    return state is None or state.state == _FREE


class Attention:
    """Whether somebody began to speak to a satellite while it announced something.

    At the end of an announcement Home Assistant says that the satellite is idle, even
    if it listens.
    """

    def __init__(self, hass: HomeAssistant, entity_id: str) -> None:
        """Watch a satellite."""
        self._hass = hass
        self._entity_id = entity_id
        self._seen: list[str] = []
        self._is_called = False

    async def during[T](self, announcing: Awaitable[T]) -> T:
        """Return what an announcement returns, and notice who speaks meanwhile."""
        self._seen.clear()

        @callback
        def changed(event: Event[EventStateChangedData]) -> None:
            if state := event.data["new_state"]:
                self._seen.append(state.state)

        unwatch = async_track_state_change_event(self._hass, self._entity_id, changed)
        try:
            return await announcing
        finally:
            unwatch()
            busy = [each for each in self._seen if each != _FREE]
            self._is_called = bool(busy) and busy[-1] in _LISTENS

    async def until_answered(self, limit: timedelta) -> None:
        """Wait, but not longer than a limit, until that somebody was answered."""
        if not self._is_called:
            return
        self._is_called = False
        answered = asyncio.Event()

        @callback
        def changed(event: Event[EventStateChangedData]) -> None:
            if _is_free(event.data["new_state"]):
                answered.set()

        unwatch = async_track_state_change_event(self._hass, self._entity_id, changed)
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(limit.total_seconds()):
                    await answered.wait()
        finally:
            unwatch()


async def until_free(hass: HomeAssistant, entity_id: str, limit: timedelta) -> None:
    """Wait until a satellite is not busy with the person.

    Raises TimeoutError where that takes longer than a limit.
    """
    if _is_free(hass.states.get(entity_id)):
        return
    free = asyncio.Event()

    @callback
    def changed(event: Event[EventStateChangedData]) -> None:
        if _is_free(event.data["new_state"]):
            free.set()

    unwatch = async_track_state_change_event(hass, entity_id, changed)
    try:
        async with asyncio.timeout(limit.total_seconds()):
            await free.wait()
    finally:
        unwatch()
