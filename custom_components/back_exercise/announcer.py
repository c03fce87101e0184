"""Gives tracks to all speakers of a session at once, each with its own faults."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util

from .browser import Browser
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
    media: dict[str, Served] = field(default_factory=dict)
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
        self._at: datetime | None = None  # when the track began, as far as is known
        self._loaded: Loaded | None = None  # what was played last
        self._is_heard = False  # it has not ended yet, or is about to be heard
        self._is_open = False
        self._was_listened_to = False  # by a browser, since it was opened
        self._told: dict[Speaker, asyncio.Task[None]] = {}  # besides playing
        self._joining: set[asyncio.Task[datetime | None]] = set()
        self.chosen = make_speakers(hass, wiring, tracks, self, phrases)
        self.browsers: list[Browser] = []
        """Those that play along now."""

    @property
    def speakers(self) -> Sequence[Speaker]:
        """Everything that speaks now."""
        return (*self.chosen, *self.browsers)

    @property
    def is_listened_to(self) -> bool:
        """Whether anybody hears what is said.

        Where only a browser did, it may come back until this is closed: a page that
        is loaded again is gone for a moment.
        """
        return bool(self.speakers) or self._was_listened_to

    @property
    def health(self) -> Mapping[str, SpeakerHealth]:
        """What is known of each speaker that was chosen, by entity id."""
        return {
            speaker.entity_id: SpeakerHealth(
                start_delay=speaker.delay.value.total_seconds()
                if speaker.delay.is_known
                else None,
                error=self._errors.get(speaker.entity_id),
            )
            for speaker in self.chosen
        }

    @property
    def needs_sound(self) -> bool:
        """Whether any of the speakers plays sound, rather than show words."""
        return not all(isinstance(each, Notifier) for each in self.speakers)

    @property
    def needs_address(self) -> bool:
        """Whether any of them has to find Home Assistant in the network."""
        return not all(isinstance(each, Notifier) for each in self.chosen)

    # Browsers come and go

    @callback
    def join(self, browser: Browser) -> None:
        """Speak through a browser too, at once where something is being said."""
        self.browsers.append(browser)
        self._was_listened_to = True
        if self._is_heard and self._loaded:
            self._hass.async_create_background_task(
                self._catch_up(browser, self._loaded), f"{browser.entity_id} join"
            )

    @callback
    def leave(self, browser: Browser) -> None:
        """Speak through a browser no more."""
        self.browsers.remove(browser)
        self._errors.pop(browser.entity_id, None)
        self._was_listened_to = self._is_open
        browser.goes()

    async def _catch_up(self, browser: Browser, loaded: Loaded) -> None:
        media = await self._media_for(browser, loaded)
        if media and self._loaded is not loaded:
            self._tracks.withdraw(media)
        elif media and self._is_heard and browser in self.browsers:
            browser.give(loaded.track, media, self._at)

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
        loaded = Loaded(track=track)
        for speaker in self.speakers:
            if speaker.takes_tracks and not await self._media_for(speaker, loaded):
                break
        return loaded

    async def _media_for(self, speaker: Speaker, loaded: Loaded) -> Served | None:
        """Return a track as a file for a speaker; None where there is no way to it."""
        media, track = loaded.media, loaded.track
        if speaker.entity_id in media:
            return media[speaker.entity_id]
        if not (speaker.takes_tracks and track.clips):
            return None
        if media:
            # each has an address of its own, so that it shows who has fetched it
            served = self._tracks.share(next(iter(media.values())))
        else:
            try:
                served = await self._tracks.async_serve(
                    lambda: track.render(track.whole), by_path=not self.needs_address
                )
            except (HomeAssistantError, OSError) as err:
                LOGGER.warning("A track can't be served to speakers: %s", err)
                return None
        media[speaker.entity_id] = served
        return served

    def unload(self, loaded: Loaded) -> None:
        """Forget a track that will not be played."""
        if loaded is not self._loaded:
            self._withdraw(loaded)

    def _withdraw(self, loaded: Loaded | None) -> None:
        for each in loaded.media.values() if loaded else ():
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
        if self._loaded is not loaded:
            self._withdraw(self._loaded)
        self._loaded, self._is_heard = loaded, True
        self._lead = self._at = None
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
                        return self._begun(loaded.track, self._at or at)
        except asyncio.CancelledError:
            self._end_joining()
            raise
        return self._begun(loaded.track, dt_util.utcnow())

    def _begun(self, track: Track, at: datetime) -> datetime:
        """Keep browsers in step with a track that began at a moment; return that."""
        self._at = at
        for browser in self.browsers:
            browser.follow(track, at)
        return at

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
            if media is None and speaker in self.browsers:
                # it came after the track was made ready
                media = await self._media_for(speaker, loaded)
            at = await speaker.play(loaded.track, media)
        except SpeakerError as err:
            self.speaker_failed(speaker.entity_id, err.code)
            return None
        self.speaker_recovered(speaker.entity_id)
        self._lead = self._lead or speaker.entity_id
        return at

    async def stop(self) -> None:
        """Silence all speakers at once, as far as they can."""
        self._is_heard = False
        self._end_joining()
        await self._tell(self.speakers, lambda each: each.stop(), PROMPT)

    async def close(self) -> None:
        """Leave all speakers as they were found."""
        self._is_heard = False
        self._end_joining()
        if self._is_open:
            self._is_open = False
            await self._tell(self.speakers, lambda each: each.close())
        self._was_listened_to = bool(self.browsers)
        self._withdraw(self._loaded)
        self._loaded = None

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
            self._begun(track, at)
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
