"""A media player that is given whole tracks, which it plays exactly and can cut."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final, override

from homeassistant.components.media_player import (
    ATTR_MEDIA_CONTENT_ID,
    ATTR_MEDIA_CONTENT_TYPE,
    ATTR_MEDIA_POSITION,
    ATTR_MEDIA_POSITION_UPDATED_AT,
    ATTR_MEDIA_SEEK_POSITION,
    ATTR_MEDIA_VOLUME_LEVEL,
    DATA_COMPONENT,
    DOMAIN as PLAYER,
    SERVICE_PLAY_MEDIA,
    MediaPlayerEntityFeature,
    MediaPlayerState,
    MediaType,
)
from homeassistant.const import (
    ATTR_SUPPORTED_FEATURES,
    SERVICE_MEDIA_PAUSE,
    SERVICE_MEDIA_SEEK,
    SERVICE_MEDIA_STOP,
    SERVICE_VOLUME_SET,
)
from homeassistant.core import (
    CALLBACK_TYPE,
    Event,
    EventStateChangedData,
    HomeAssistant,
    State,
    callback,
)
from homeassistant.helpers.event import (
    async_call_later,
    async_track_state_change_event,
)
from homeassistant.util import dt as dt_util

from .clock import steady, steady_at
from .http import PATH, Served, Tracks
from .satellite import until_free
from .speaker import (
    CALL_LIMIT,
    DEAD,
    MARGIN,
    REACH_LIMIT,
    Listener,
    Speaker,
    SpeakerError,
)
from .track import LEAD_IN, Track

_SILENT: Final = {
    MediaPlayerState.PAUSED,
    MediaPlayerState.IDLE,
    MediaPlayerState.OFF,
    MediaPlayerState.ON,
}
_PLAYING: Final = {MediaPlayerState.PLAYING, MediaPlayerState.BUFFERING}
HICCUP: Final = timedelta(seconds=1)
"""So long a player may say that it is idle and play on; who stops it is silent."""
_RESUMABLE: Final = ("http:", "https:", "media-source:", "library:")
"""How the names of media begin that a player can be told to play again."""


class Player(Speaker):
    """A media player that is given whole tracks."""

    takes_tracks = True

    def __init__(
        self,
        hass: HomeAssistant,
        entity_id: str,
        tracks: Tracks,
        listener: Listener,
        satellite: str | None = None,
    ) -> None:
        """Speak through a media player, perhaps that of a satellite's device."""
        self._satellite = satellite
        super().__init__(hass, entity_id, tracks, listener)
        self.volume_before: float | None = None
        """How loud it was before a session changed that; None where none did."""
        self._music: State | None = None
        self._position: float | None = None  # of the music, in seconds
        self._unwatch: CALLBACK_TYPE | None = None
        self._undoubt: CALLBACK_TYPE | None = None  # while it may be stopped, or not
        self._is_ours = False  # what plays; nothing else is ever stopped
        self._shows_media = False  # the player tells the address of what it plays

    @property
    def _features(self) -> MediaPlayerEntityFeature:
        attributes = self.state.attributes if self.state else {}
        return MediaPlayerEntityFeature(attributes.get(ATTR_SUPPORTED_FEATURES, 0))

    @override
    async def open(self, volume: float | None) -> None:
        state = self.state
        if state is None:
            return
        self._is_ours = False
        self._music = state if state.state == MediaPlayerState.PLAYING else None
        self._position = _position(state)
        if volume is not None:
            await self.set_volume(volume)

    async def set_volume(self, volume: float) -> None:
        """Set how loud it is until it is closed, 0 to 1."""
        before = self._volume_level()
        is_set = MediaPlayerEntityFeature.VOLUME_SET in self._features and (
            await self._set_volume(volume)
        )
        if is_set and self.volume_before is None:
            self.volume_before = before

    def _volume_level(self) -> float | None:
        """Return how loud it is; the state of a player that is off does not tell."""
        attributes = self.state.attributes if self.state else {}
        level: float | None = attributes.get(ATTR_MEDIA_VOLUME_LEVEL)
        players = self.hass.data.get(DATA_COMPONENT)
        player = players.get_entity(self.entity_id) if players else None
        return player.volume_level if level is None and player else level

    async def _set_volume(self, volume: float) -> bool:
        data = {ATTR_MEDIA_VOLUME_LEVEL: volume}
        return await self.try_call(PLAYER, SERVICE_VOLUME_SET, data)

    @override
    async def play(self, track: Track, media: Served | None) -> datetime:
        self.check()
        self._end_watch()
        if media is None:
            raise SpeakerError("failed")  # there was no way to serve it
        if self._satellite:
            # what the person says to the device, and what it answers, comes first
            with suppress(TimeoutError):
                await until_free(self.hass, self._satellite, CALL_LIMIT)
        # from the call on: it may be heard before it returns
        was_ours, self._is_ours = self._is_ours, True
        data = {
            ATTR_MEDIA_CONTENT_ID: media.url,
            ATTR_MEDIA_CONTENT_TYPE: MediaType.MUSIC,
        }
        try:
            await self.reach(self.call(PLAYER, SERVICE_PLAY_MEDIA, data), media)
        except SpeakerError as err:
            if err.code == "failed":
                self._is_ours = was_ours
            raise
        fetched_at = media.fetched_at or dt_util.utcnow()
        at = fetched_at + self.delay.value + LEAD_IN
        return self._watch(track, media, fetched_at, at) or at

    def _watch(
        self, track: Track, media: Served, fetched_at: datetime, at: datetime
    ) -> datetime | None:
        """Follow what the player says of itself while it plays a track.

        Returns when the track began, if it says so already.
        """
        over = steady_at(at + track.whole.length - MARGIN)
        state = self.state
        # what was reported before may be about the track before
        seen = (
            state is not None
            and state.last_reported >= fetched_at
            and state.state in _PLAYING
        )
        anchor = self._report_start(state, track, fetched_at) if seen else None

        @callback
        def changed(event: Event[EventStateChangedData]) -> None:
            nonlocal seen, anchor
            state = event.data["new_state"]
            if steady() >= over:
                self._end_watch()
            elif state is None or state.state in DEAD:
                self._end_watch()
                self.listener.speaker_failed(self.entity_id, "unreachable")
            elif state.state in _PLAYING:
                seen = True
                self._end_doubt()
                anchor = anchor or self._report_start(state, track, fetched_at)
                self._note_other_media(state, media)
            elif seen and state.state == MediaPlayerState.PAUSED:
                self._taken()
            elif seen and state.state in _SILENT and self._undoubt is None:
                self._undoubt = async_call_later(self.hass, HICCUP, self._stayed_silent)

        self._unwatch = async_track_state_change_event(
            self.hass, self.entity_id, changed
        )
        return anchor

    def _report_start(
        self, state: State | None, track: Track, fetched_at: datetime
    ) -> datetime | None:
        """Use the position that a player reports, if it is exact, and return the start.

        Many report whole seconds: of those only the beginning is.
        """
        attributes = state.attributes if state else {}
        position = attributes.get(ATTR_MEDIA_POSITION)
        updated_at = attributes.get(ATTR_MEDIA_POSITION_UPDATED_AT)
        if position is None or not isinstance(updated_at, datetime):
            return None
        began = updated_at - timedelta(seconds=position)
        delay = began - fetched_at
        is_exact = position == 0 or position % 1 != 0
        if not is_exact or not timedelta(0) <= delay <= REACH_LIMIT:
            return None
        self.delay.learn(delay)
        self.listener.speaker_anchored(self.entity_id, track, began + LEAD_IN)
        return began + LEAD_IN

    def _note_other_media(self, state: State, media: Served) -> None:
        """Notice that something else is played on the speaker."""
        content = str(state.attributes.get(ATTR_MEDIA_CONTENT_ID) or "")
        if media.name in content:
            self._shows_media = True
        elif content and self._shows_media:
            self._taken()

    @callback
    def _stayed_silent(self, _: datetime) -> None:
        self._undoubt = None
        state = self.state
        # idle, it plays nothing of anybody's: where it does play on, that is our track,
        # which the pause that follows can still stop
        is_idle = state is not None and state.state == MediaPlayerState.IDLE
        self._leave()
        self._is_ours = is_idle
        self.listener.speaker_paused(self.entity_id)

    def _end_doubt(self) -> None:
        if self._undoubt:
            self._undoubt()
            self._undoubt = None

    def _taken(self) -> None:
        """Pause, as somebody has paused the player or plays something else on it."""
        self._leave()
        self.listener.speaker_paused(self.entity_id)

    def _leave(self) -> None:
        """Leave the player to whoever uses it now."""
        self._end_watch()
        self._is_ours = False
        self._music = None

    def _end_watch(self) -> None:
        self._shows_media = False
        self._end_doubt()
        if self._unwatch:
            self._unwatch()
            self._unwatch = None

    @override
    async def stop(self) -> None:
        self._end_watch()
        if not self._is_ours:
            return
        self._is_ours = False
        features = self._features
        if MediaPlayerEntityFeature.STOP in features:
            await self.try_call(PLAYER, SERVICE_MEDIA_STOP, {})
        elif MediaPlayerEntityFeature.PAUSE in features:
            await self.try_call(PLAYER, SERVICE_MEDIA_PAUSE, {})

    @override
    async def close(self) -> None:
        self._end_watch()
        self._is_ours = False
        before, self.volume_before = self.volume_before, None
        if before is not None:
            await self._set_volume(before)
        music, self._music = self._music, None
        if music:
            await self._resume(music)

    @override
    def forget_music(self) -> None:
        self._music = None

    async def reclaim(self, volume: float | None) -> None:
        """Stop a track of an earlier run that still plays, and put the volume back."""
        state = self.state
        content = str(state.attributes.get(ATTR_MEDIA_CONTENT_ID)) if state else ""
        self._is_ours = PATH in content
        await self.stop()
        if volume is not None:
            await self._set_volume(volume)

    async def _resume(self, music: State) -> None:
        """Play again what was interrupted, where the player tells what it was."""
        content = str(music.attributes.get(ATTR_MEDIA_CONTENT_ID) or "")
        kind = music.attributes.get(ATTR_MEDIA_CONTENT_TYPE)
        if not kind or not content.startswith(_RESUMABLE) or PATH in content:
            return
        state = self.state
        if (
            state
            and state.state == MediaPlayerState.PLAYING
            and state.attributes.get(ATTR_MEDIA_CONTENT_ID) == content
        ):
            return  # it never was interrupted
        data = {ATTR_MEDIA_CONTENT_ID: content, ATTR_MEDIA_CONTENT_TYPE: kind}
        if not await self.try_call(PLAYER, SERVICE_PLAY_MEDIA, data):
            return
        if self._position and MediaPlayerEntityFeature.SEEK in self._features:
            data = {ATTR_MEDIA_SEEK_POSITION: self._position}
            await self.try_call(PLAYER, SERVICE_MEDIA_SEEK, data)


def _position(state: State) -> float | None:
    """Return where in what it plays a player is now, in seconds."""
    position = state.attributes.get(ATTR_MEDIA_POSITION)
    updated_at = state.attributes.get(ATTR_MEDIA_POSITION_UPDATED_AT)
    if position is None or not isinstance(updated_at, datetime):
        return None
    return float(position) + (dt_util.utcnow() - updated_at).total_seconds()
