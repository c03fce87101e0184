"""What every kind of speaker can do, and how it fails."""

import asyncio
from collections import deque
from collections.abc import Coroutine
from datetime import datetime, timedelta
from typing import Any, ClassVar, Final, Protocol

from homeassistant.components.media_player import DOMAIN as PLAYER
from homeassistant.const import ATTR_ENTITY_ID, STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import entity_registry as er

from .const import LOGGER
from .http import Served, Tracks
from .satellite import SATELLITE
from .track import Track

NOTIFY: Final = "notify"

REACH_LIMIT: Final = timedelta(seconds=5)
"""A speaker that has not fetched its track by then is not reached."""
CALL_LIMIT: Final = timedelta(seconds=10)
"""A speaker that has not answered by then hangs."""
MARGIN: Final = timedelta(seconds=2)
"""An end that comes so much early was nobody's doing."""

DEAD: Final = {None, STATE_UNAVAILABLE}
"""States of an entity that can't be used."""


class SpeakerError(Exception):
    """A speaker could not be given what it should play."""

    def __init__(self, code: str) -> None:
        """Name the fault: unreachable, not_fetched, timeout or failed."""
        super().__init__(code)
        self.code = code


class StartDelay:
    """How long a speaker takes from fetching a track to its first sound."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._seen: deque[timedelta] = deque(maxlen=9)

    def learn(self, delay: timedelta) -> None:
        """Take an observation into account."""
        if timedelta(0) <= delay <= CALL_LIMIT:
            self._seen.append(delay)

    @property
    def is_known(self) -> bool:
        """Whether it was ever observed."""
        return bool(self._seen)

    @property
    def value(self) -> timedelta:
        """The usual delay; none while nothing is known."""
        return sorted(self._seen)[len(self._seen) // 2] if self._seen else timedelta(0)


class Listener(Protocol):
    """Who wants to know what becomes of a track."""

    def speaker_paused(self, entity_id: str) -> None:
        """Playback was paused or stopped on the speaker itself."""

    def speaker_anchored(self, entity_id: str, track: Track, at: datetime) -> None:
        """The speaker reported when the track really began."""

    def speaker_failed(self, entity_id: str, code: str) -> None:
        """The speaker went silent in the middle of a track."""

    def speaker_recovered(self, entity_id: str) -> None:
        """The speaker speaks, perhaps again."""


class Speaker:
    """What every kind of speaker can do."""

    takes_tracks: ClassVar = False
    """Whether it is given all of a track as a file."""

    def __init__(
        self, hass: HomeAssistant, entity_id: str, tracks: Tracks, listener: Listener
    ) -> None:
        """Speak through an entity."""
        self.hass = hass
        self.entity_id = entity_id
        self.tracks = tracks
        self.listener = listener
        self.delay = StartDelay()

    async def open(self, volume: float | None) -> None:
        """Make ready for a session."""

    async def play(self, track: Track, media: Served | None) -> datetime:
        """Begin to play a track; return when its first moment is heard.

        Raises SpeakerError where it can't.
        """
        raise NotImplementedError

    async def stop(self) -> None:
        """Be silent at once, as far as the speaker can."""

    async def close(self) -> None:
        """Leave the speaker as it was found."""

    def forget_music(self) -> None:
        """Not go on, when it is closed, with what was played before."""

    @property
    def state(self) -> State | None:
        """The state of the entity."""
        return self.hass.states.get(self.entity_id)

    def check(self) -> None:
        """Raise SpeakerError where Home Assistant can't reach the speaker now."""
        if (self.state.state if self.state else None) in DEAD:
            raise SpeakerError("unreachable")

    async def call(
        self,
        domain: str,
        service: str,
        data: dict[str, Any],
        limit: timedelta = CALL_LIMIT,
    ) -> None:
        """Perform an action on the entity. Raises SpeakerError where it fails."""
        data = {ATTR_ENTITY_ID: self.entity_id, **data}
        try:
            async with asyncio.timeout(limit.total_seconds()):
                await self.hass.services.async_call(
                    domain, service, data, blocking=True
                )
        except TimeoutError as err:
            raise SpeakerError("timeout") from err
        except Exception as err:
            # the integration of a speaker may raise anything
            LOGGER.debug("%s: %s.%s: %r", self.entity_id, domain, service, err)
            raise SpeakerError("failed") from err

    async def try_call(self, domain: str, service: str, data: dict[str, Any]) -> bool:
        """Perform an action that nothing depends on; tell whether it worked."""
        try:
            await self.call(domain, service, data)
        except SpeakerError:
            return False
        return True

    async def reach(
        self, calling: Coroutine[Any, Any, None], media: Served
    ) -> asyncio.Task[None]:
        """Make a call that should fetch a file; return it once that is so.

        Raises SpeakerError where the call fails, or nothing is fetched in time.
        """
        call = self.hass.async_create_background_task(calling, f"{self.entity_id} play")
        fetched = self.hass.async_create_background_task(
            media.fetched.wait(), f"{self.entity_id} fetch"
        )
        try:
            async with asyncio.timeout(REACH_LIMIT.total_seconds()):
                await asyncio.wait({call, fetched}, return_when=asyncio.FIRST_COMPLETED)
                if not media.fetched.is_set():
                    await call
                    await fetched
        except TimeoutError as err:
            call.cancel()
            raise SpeakerError("timeout" if not call.done() else "not_fetched") from err
        except asyncio.CancelledError, SpeakerError:
            call.cancel()
            raise
        finally:
            fetched.cancel()
        # what becomes of the call is of no interest once the file was fetched
        call.add_done_callback(lambda task: task.cancelled() or task.exception())
        return call


def playing_entity(hass: HomeAssistant, entity_id: str) -> str:
    """Return the media player of a satellite's device, which can be cut, or itself."""
    registry = er.async_get(hass)
    entity = registry.async_get(entity_id)
    if entity is None or entity.domain != SATELLITE or entity.device_id is None:
        return entity_id
    players = (
        each.entity_id
        for each in er.async_entries_for_device(registry, entity.device_id)
        if each.domain == PLAYER
    )
    return next(players, entity_id)
