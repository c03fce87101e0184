"""Gives tracks to all speakers of a session at once, each with its own faults."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util

from .const import LOGGER
from .http import Served, Tracks
from .notifier import Notifier
from .phrases import Phrases
from .pieces import AnnouncingPlayer, Satellite
from .player import Player
from .satellite import SATELLITE
from .speaker import NOTIFY, Listener, Speaker, SpeakerError, playing_entity
from .track import Track
from .wiring import Mode, Wiring

PROMPT: Final = timedelta(seconds=1)
"""Who has not become silent by then must not keep the others from speaking."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerHealth:
    """What is known of a speaker."""

    start_delay: float | None = None
    """Seconds from fetching a track to its first sound, once the speaker told."""
    error: str | None = None
    """The last fault: unreachable, not_fetched, timeout or failed; None when fine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A track that is ready to be played."""

    track: Track
    media: Mapping[str, Served] = field(default_factory=dict)
    """All of it as a file, for each speaker that takes it whole, by entity id."""


class Audience(Protocol):
    """Who wants to know how speaking goes."""

    def speech_paused(self) -> None:
        """Somebody paused or stopped playback on a speaker."""

    def speech_anchored(self, track: Track, at: datetime) -> None:
        """A track is known to have begun at a moment."""

    def speaker_changed(self, entity_id: str, error: str | None) -> None:
        """A speaker has failed, or can be used again."""


class Announcer:
    """The speakers of one person's sessions."""

    def __init__(
        self,
        hass: HomeAssistant,
        wiring: Wiring,
        tracks: Tracks,
        phrases: Phrases,
    ) -> None:
        """Speak through the speakers of a wiring."""
        self._hass = hass
        self._tracks = tracks
        self.audience: Audience | None = None
        """Who is told how it goes."""
        self._errors: dict[str, str] = {}
        self._lead: str | None = None  # the speaker that the session's clock follows
        self._anchor: datetime | None = None  # when it told that the track began
        self._media: Mapping[str, Served] = {}
        self._is_open = False
        self._told: dict[Speaker, asyncio.Task[None]] = {}  # besides playing
        self._joining: set[asyncio.Task[datetime | None]] = set()
        self.speakers = make_speakers(hass, wiring, tracks, self, phrases)

    @property
    def health(self) -> Mapping[str, SpeakerHealth]:
        """What is known of each speaker, by entity id."""
        return {
            speaker.entity_id: SpeakerHealth(
                start_delay=speaker.delay.value.total_seconds()
                if speaker.delay.is_known
                else None,
                error=self._errors.get(speaker.entity_id),
            )
            for speaker in self.speakers
        }

    @property
    def needs_sound(self) -> bool:
        """Whether any of the speakers plays sound, rather than show words."""
        return not all(isinstance(each, Notifier) for each in self.speakers)

    @property
    def volumes(self) -> dict[str, float]:
        """How loud players were before a session changed it, 0 to 1, by entity id."""
        return {
            each.entity_id: each.volume_before
            for each in self.speakers
            if isinstance(each, Player) and each.volume_before is not None
        }

    async def reclaim(self, volumes: Mapping[str, float]) -> None:
        """Stop tracks that still play from an earlier run, and put volumes back."""
        players = [each for each in self.speakers if isinstance(each, Player)]
        await self._tell(
            players, lambda each: each.reclaim(volumes.get(each.entity_id)), PROMPT
        )

    async def load(self, track: Track) -> Loaded:
        """Make a track ready to be played."""
        media: dict[str, Served] = {}
        players = [each.entity_id for each in self.speakers if isinstance(each, Player)]
        if track.clips and players:
            try:
                served = await self._tracks.async_serve(
                    lambda: track.render(track.whole)
                )
            except (HomeAssistantError, OSError) as err:
                LOGGER.warning("A track can't be served to speakers: %s", err)
            else:
                # each has an address of its own, so that it shows who has fetched it
                media = {each: self._tracks.share(served) for each in players[1:]}
                media[players[0]] = served
        return Loaded(track=track, media=media)

    def unload(self, loaded: Loaded) -> None:
        """Forget a track that will not be played."""
        if loaded.media is not self._media:
            self._withdraw(loaded.media)

    def _withdraw(self, media: Mapping[str, Served]) -> None:
        for each in media.values():
            self._tracks.withdraw(each)

    async def open(self, volume: float | None) -> None:
        """Make all speakers ready for a session, once, at a volume of 0 to 1."""
        if not self._is_open:
            self._is_open = True
            await self._tell(self.speakers, lambda each: each.open(volume), PROMPT)

    async def play(self, loaded: Loaded) -> datetime:
        """Begin to play on all speakers; return when the first moment is heard.

        That is when the first speaker that can be reached plays it; the others
        join as they can. If none can, it counts as heard now; so does a track in
        which nothing is said.
        """
        if self._media is not loaded.media:
            self._withdraw(self._media)
        self._media = loaded.media
        self._lead = self._anchor = None
        self._end_joining()
        pending = self._joining = {
            self._hass.async_create_background_task(
                self._play_on(speaker, loaded), f"{speaker.entity_id} begin"
            )
            for speaker in self.speakers
            if loaded.track.timeline.spoken
        }
        try:
            while pending:
                done, pending = await asyncio.wait(
                    pending, return_when=asyncio.FIRST_COMPLETED
                )
                for task in done:
                    if at := task.result():
                        return self._anchor or at
        except asyncio.CancelledError:
            self._end_joining()
            raise
        return dt_util.utcnow()

    async def until_joined(self) -> None:
        """Wait until every speaker plays, or is known not to."""
        if self._joining:
            await asyncio.wait(self._joining)

    def _end_joining(self) -> None:
        """Keep speakers that have not begun from joining in any more."""
        for task in self._joining:
            task.cancel()
        self._joining = set()

    async def _play_on(self, speaker: Speaker, loaded: Loaded) -> datetime | None:
        if told := self._told.get(speaker):
            await asyncio.wait({told})
        # the quicker ones wait for the slowest, so that all are heard together
        slowest = max(each.delay.value for each in self.speakers)
        await asyncio.sleep((slowest - speaker.delay.value).total_seconds())
        try:
            media = loaded.media.get(speaker.entity_id)
            at = await speaker.play(loaded.track, media)
        except SpeakerError as err:
            self.speaker_failed(speaker.entity_id, err.code)
            return None
        self.speaker_recovered(speaker.entity_id)
        self._lead = self._lead or speaker.entity_id
        return at

    async def stop(self) -> None:
        """Silence all speakers at once, as far as they can."""
        self._end_joining()
        await self._tell(self.speakers, lambda each: each.stop(), PROMPT)

    async def close(self) -> None:
        """Leave all speakers as they were found."""
        self._end_joining()
        if self._is_open:
            self._is_open = False
            await self._tell(self.speakers, lambda each: each.close())
        self._withdraw(self._media)
        self._media = {}

    def forget_music(self) -> None:
        """Leave speakers silent at the end, whatever they played before."""
        for each in self.speakers:
            each.forget_music()

    async def set_volume(self, volume: float) -> None:
        """Change the volume of what plays, 0 to 1."""
        if self._is_open:
            players = [each for each in self.speakers if isinstance(each, Player)]
            await self._tell(players, lambda each: each.set_volume(volume), PROMPT)

    async def _tell[SpeakerT: Speaker](
        self,
        speakers: Sequence[SpeakerT],
        what: Callable[[SpeakerT], Coroutine[Any, Any, None]],
        patience: timedelta | None = None,
    ) -> None:
        """Tell speakers something, each after what it was told before.

        Those who take longer than is waited for do it all the same, before they play
        the next time.
        """

        async def tell(speaker: SpeakerT, before: asyncio.Task[None] | None) -> None:
            if before:
                await asyncio.wait({before})
            await what(speaker)

        telling: set[asyncio.Task[None]] = set()
        for speaker in speakers:
            task = self._hass.async_create_background_task(
                tell(speaker, self._told.get(speaker)), f"{speaker.entity_id} told"
            )
            self._told[speaker] = task
            telling.add(task)
        if telling:
            timeout = patience.total_seconds() if patience else None
            done, _ = await asyncio.wait(telling, timeout=timeout)
            for task in done:
                task.result()

    # What the speakers tell

    def speaker_paused(self, entity_id: str) -> None:
        """Playback was paused or stopped on the speaker itself."""
        LOGGER.debug("%s was paused by somebody", entity_id)
        if self.audience:
            self.audience.speech_paused()

    def speaker_anchored(self, entity_id: str, track: Track, at: datetime) -> None:
        """The speaker reported when a track really began."""
        if self.audience and entity_id == self._lead:
            self._anchor = at
            self.audience.speech_anchored(track, at)

    def speaker_failed(self, entity_id: str, code: str) -> None:
        """The speaker can't be used; it is tried again with the next track."""
        if entity_id not in self._errors:
            LOGGER.warning("%s can't be used for speech: %s", entity_id, code)
        self._errors[entity_id] = code
        if self.audience:
            self.audience.speaker_changed(entity_id, code)

    def speaker_recovered(self, entity_id: str) -> None:
        """The speaker could be used; tell it, if it could not be before."""
        if self._errors.pop(entity_id, None):
            LOGGER.warning("%s can be used for speech again", entity_id)
            if self.audience:
                self.audience.speaker_changed(entity_id, None)


def make_speakers(
    hass: HomeAssistant,
    wiring: Wiring,
    tracks: Tracks,
    listener: Listener,
    phrases: Phrases,
) -> list[Speaker]:
    """Return a speaker of the right kind for each entity, each entity once."""
    speakers: dict[str, Speaker] = {}
    for chosen in wiring.speakers:
        entity_id = playing_entity(hass, chosen)
        if entity_id in speakers:
            continue
        match entity_id.partition(".")[0]:
            case domain if domain == SATELLITE:
                speaker: Speaker = Satellite(hass, entity_id, tracks, listener)
            case domain if domain == NOTIFY:
                speaker = Notifier(hass, entity_id, tracks, listener, phrases)
            case _ if wiring.mode is Mode.PHRASES:
                speaker = AnnouncingPlayer(hass, entity_id, tracks, listener)
            case _:
                satellite = chosen if chosen != entity_id else None
                speaker = Player(hass, entity_id, tracks, listener, satellite)
        speakers[entity_id] = speaker
    return list(speakers.values())
