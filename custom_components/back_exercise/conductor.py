"""Has what a session wants prepared and heard, and the speakers let go after it."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util

from .announcer import Announcer, Loaded
from .browser import Browser
from .const import DOMAIN
from .engine.cues import Cue, CueKind, cue_of, farewell
from .engine.decision import Rule
from .engine.events import (
    Event,
    PauseReason,
    SessionEnded,
    SessionOutcome,
    SharpPain,
)
from .engine.plan import Plan
from .engine.session import Session, SessionState
from .engine.timeline import Stretch, Timeline
from .faults import Faults
from .http import Tracks
from .phrases import Phrases
from .preflight import check_address, check_speakers
from .preparer import Preparer
from .questioner import Questioner
from .track import Later, Track
from .voice import Voice
from .wiring import Wiring

PATIENCE: Final = timedelta(seconds=60)
"""How long the welcome may wait for the phrases of the first exercise."""
UNEASY: Final = timedelta(seconds=3)
"""Silence after which the person is told that it goes on in a moment."""
FADE: Final = timedelta(seconds=1)
"""Left to the last word of a session before the volume is put back."""

_ANY_TIME: Final = (
    *(
        Cue(kind=kind)
        for kind in (
            CueKind.PAUSED,
            CueKind.STOPPED,
            CueKind.STOPPED_FOR_PAIN,
            CueKind.SKIPPED,
            CueKind.EASED,
            CueKind.TOO_HARD,
            CueKind.PAIN,
            CueKind.SMALLER,
            CueKind.ONE_MOMENT,
        )
    ),
    *(Cue(kind=CueKind.DECISION, key=key) for key in (Rule.I_3, Rule.I_4, Rule.I_5)),
)
"""Sentences that may be wanted at any moment."""

_LAST_WORDS: Final = {
    SessionOutcome.STOPPED: CueKind.STOPPED,
    SessionOutcome.PAIN: CueKind.STOPPED_FOR_PAIN,
}


class Stage(Protocol):
    """Who is told how the session is heard."""

    def stretch_begun(self, stretch: Stretch, timeline: Timeline, at: datetime) -> None:
        """What was wanted is heard from a moment on."""

    def stretch_anchored(self, at: datetime) -> None:
        """What plays is known to have begun at a moment."""

    def speech_paused(self) -> None:
        """Somebody paused or stopped playback on a speaker."""

    def speech_broke(self, error: BaseException) -> None:
        """The session can't be played any longer."""

    def health_changed(self) -> None:
        """A speaker has failed, or can be used again."""

    async def async_next_session(self) -> datetime | None:
        """Return when the next session is planned."""


class Conductor:
    """One person's sessions, as the speakers are concerned with them.

    One thing is done at a time: what begins ends what was going on.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        phrases: Phrases,
        tracks: Tracks,
        stage: Stage,
    ) -> None:
        """Conduct the speakers of an entry for a stage; nothing is spoken yet."""
        self.wiring = Wiring.from_options(entry.options)
        self.voice = Voice(hass, self.wiring, phrases)
        self.announcer = Announcer(hass, self.wiring, tracks, phrases)
        self.announcer.audience = self
        self.faults = Faults(hass, entry)
        self._hass = hass
        self._entry = entry
        self._tracks = tracks
        self._stage = stage
        self.questioner = Questioner(
            hass, entry, self.wiring, self.voice, tracks, phrases, self
        )
        self._preparer = Preparer(
            hass,
            self.voice,
            self.announcer,
            lambda: self.questioner.satellite is not None,
        )
        self._doing: asyncio.Task[None] | None = None
        self._wanted: Stretch | None = None
        self._track: Track | None = None  # what plays
        self._is_open = False  # the speakers are ours
        self._is_paused = False  # the session that was followed last
        self._has_last_words = False  # what is being said is to be heard to its end
        self.volume: float | None = None
        """0 to 1, of the sessions to come; None leaves that of the speaker."""

    @callback
    def follow(self, session: Session, events: list[Event], *, cut: bool) -> None:
        """Do what a session wants after some events.

        What is being said is `cut` where a person asked for something.
        """
        self.questioner.follow(session)
        was_paused = self._is_paused
        self._is_paused = session.state is SessionState.PAUSED
        if session.state is SessionState.ENDED:
            for event in events:
                if isinstance(event, SessionEnded):
                    if was_paused and event.outcome is SessionOutcome.PARTIAL:
                        # nobody is there any more who would want to hear it
                        self.announcer.forget_music()
                    self._do(self._finish(session.plan, event, cut=cut))
        elif session.state is SessionState.PAUSED:
            if cut:
                is_pain = any(isinstance(event, SharpPain) for event in events)
                kind = CueKind.PAIN if is_pain else CueKind.PAUSED
                self._do(self._pause(session, kind))
        elif session.wanted and session.wanted is not self._wanted:
            self._do(self._play(session, session.wanted, cut=cut))
        self._wanted = session.wanted

    def is_ready(self, session: Session) -> bool:
        """Whether what a session wants can be played without a wait."""
        wanted = session.wanted
        return bool(wanted and self._preparer.is_ready(session.plan, wanted))

    @property
    def speaks(self) -> bool:
        """Whether there is to be speech."""
        return self._preparer.speaks

    @speaks.setter
    def speaks(self, on: bool) -> None:
        self._preparer.speaks = on

    async def set_speech(self, *, on: bool) -> None:
        """Speak, or be silent; what is being said is cut."""
        self.speaks = on
        self._preparer.drop()
        if not on:
            self.questioner.end()
            await self.announcer.stop()

    async def set_volume(self, volume: float) -> None:
        """Set how loud it is, 0 to 1; at once where a session is going on."""
        self.volume = volume
        if self._is_open:
            await self.announcer.set_volume(volume)

    def check(self) -> None:
        """Raise a translated error where nobody could hear what is to be heard."""
        is_heard = bool(self.announcer.browsers)
        check_speakers(self._hass, self.wiring, self.faults, is_heard=is_heard)
        if not self.announcer.needs_sound:
            return
        engine = str(self.wiring.engine)
        try:
            self.voice.check()
        except HomeAssistantError:
            self.faults.of_engine(engine, is_missing=True)
            raise
        self.faults.of_engine(engine, is_missing=False)
        if self.announcer.needs_address:
            check_address(self._hass)

    @callback
    def listen_in(self, changed: Callable[[], None]) -> Browser:
        """Speak through a browser from now on; `changed` is told what it is to do."""
        browser = Browser(self._hass, self._tracks, self.announcer, changed)
        was_silent = self._preparer.is_silent
        self.announcer.join(browser)
        if was_silent:
            self._preparer.drop()  # it was prepared without words
        return browser

    @callback
    def tell(self, cue: Cue, *later: Later) -> None:
        """Say a sentence outside of a session, and let go of the speakers again.

        Where that can't be done, nothing is said: it is shown too.
        """
        self._do(self._tell(cue, *later))

    @callback
    def say_question(self, cue: Cue) -> None:
        """Say a question of a session that could not be asked with an open ear."""

        async def say() -> None:
            await self._say(cue)

        self._do(say())

    @property
    def playing(self) -> Track | None:
        """What plays of a session; None while it is paused or prepared."""
        return self._track

    def length_of(self, cue: Cue) -> timedelta:
        """Return how long a cue is heard, as far as it is known; none where silent."""
        is_silent = self._preparer.is_silent or not self.voice.has_engine
        return timedelta(0) if is_silent else self.voice.length(cue)

    @property
    def is_speaking(self) -> bool:
        """Whether something is being said, or about to be."""
        return self._doing is not None and not self._doing.done()

    async def quiet(self) -> None:
        """Wait until what is being said is over."""
        if self._doing:
            await asyncio.wait({self._doing})

    @callback
    def hush(self) -> None:
        """Cut what is being said outside of a session."""
        if self._is_open or self.is_speaking:
            self._do(self._leave())

    async def reclaim(self, volumes: Mapping[str, float]) -> None:
        """Silence what is left of a session that was cut off, and undo its volume.

        `volumes` is how loud each player had been before, 0 to 1, by entity id.
        """
        await self.announcer.reclaim(volumes)

    async def leave(self) -> None:
        """Cut what is being said, let go of the speakers and wait until that is done.

        Last words that are being said are heard to their end.
        """
        self.questioner.end()
        if self._is_open and not self._has_last_words:
            self._do(self._leave())
        if self._doing:
            await asyncio.wait({self._doing})
        self._preparer.drop()

    @callback
    def _do(self, doing: Coroutine[Any, Any, None]) -> None:
        before, self._track = self._doing, None

        async def do() -> None:
            if before and not before.done():
                before.cancel()
                try:
                    await asyncio.wait({before})
                except asyncio.CancelledError:
                    # something newer: it is not to begin before that has ended either
                    doing.close()
                    await asyncio.wait({before})
                    raise
            await doing

        self._doing = self._entry.async_create_background_task(
            self._hass, do(), f"{DOMAIN} {self._entry.entry_id}"
        )
        self._doing.add_done_callback(self._done)

    @callback
    def _done(self, task: asyncio.Task[None]) -> None:
        # a session must not be left hanging in silence, whatever broke
        if not task.cancelled() and (error := task.exception()):
            self._stage.speech_broke(error)

    async def _play(self, session: Session, stretch: Stretch, *, cut: bool) -> None:
        """Play what the session wants, and tell when it is heard."""
        preparing = self._preparer.ahead(session.plan, stretch)
        is_first, self._is_open = not self._is_open, True
        if not self._preparer.is_silent:
            await self.announcer.open(self.volume)
        if cut:
            await self.announcer.stop()
        if preparing and not is_first:
            await self._reassure(preparing)
        loaded = await self._preparer.stretch(session.plan, stretch)
        if not is_first:
            self.voice.try_again()
        following = self._preparer.ahead(session.plan, session.upcoming)
        if following and is_first:
            try:
                await self._wait_for(session, following, loaded.track.length)
            except asyncio.CancelledError:
                self.announcer.unload(loaded)
                raise
        if self.voice.has_engine:
            self.faults.of_voice(
                str(self.voice.engine), has_failed=self.voice.has_failed
            )
        at = await self.announcer.play(loaded)
        if session.wanted is not stretch:
            return
        self._track = loaded.track
        self._stage.stretch_begun(stretch, loaded.track.timeline, at)
        await self._warm(session, following if is_first else None)

    async def _warm(
        self, session: Session, following: asyncio.Task[Loaded] | None
    ) -> None:
        """Have sentences made that may be wanted soon, behind what follows."""
        if following:
            await asyncio.wait({following})
            await self._preparer.warm(*_ANY_TIME)
        if session.upcoming is None and (words := await self._farewell(session.plan)):
            await self._preparer.warm(words)

    async def _wait_for(
        self, session: Session, following: asyncio.Task[Loaded], time: timedelta
    ) -> None:
        """Wait until a slow engine can have the next stretch ready in some time."""
        begun = dt_util.utcnow()
        while not following.done() and dt_util.utcnow() - begun < PATIENCE:
            upcoming = session.upcoming
            if not upcoming or self._preparer.remaining(session.plan, upcoming) < time:
                break
            await asyncio.wait({following}, timeout=0.5)

    async def _reassure(self, preparing: asyncio.Task[Loaded]) -> None:
        """Say that it goes on in a moment, where it does not at once."""
        await asyncio.wait({preparing}, timeout=UNEASY.total_seconds())
        is_ready = not self.voice.missing([Cue(kind=CueKind.ONE_MOMENT)])
        if is_ready and not preparing.done() and not self.voice.has_failed:
            over = await self._say(Cue(kind=CueKind.ONE_MOMENT))
            await asyncio.sleep((over - dt_util.utcnow()).total_seconds())

    async def _pause(self, session: Session, kind: CueKind) -> None:
        self._preparer.ahead(session.plan, session.upcoming)
        await self.announcer.stop()
        if session.snapshot.pause_reason is PauseReason.PERSON:
            await self._say(Cue(kind=kind))

    async def _finish(self, plan: Plan, ended: SessionEnded, *, cut: bool) -> None:
        """Say the last words and leave the speakers as they were found."""
        self._has_last_words = True
        try:
            self._preparer.drop()
            if cut:
                await self.announcer.stop()
            if cue := await self._last_words(plan, ended):
                over = await self._say(cue)
                await asyncio.sleep((over - dt_util.utcnow()).total_seconds())
            if ended.outcome is not SessionOutcome.PARTIAL:
                await asyncio.sleep(FADE.total_seconds())
        finally:
            await self._let_go()

    async def _last_words(self, plan: Plan, ended: SessionEnded) -> Cue | None:
        """Return what is said when a session has ended; None where nothing is."""
        if ended.because:
            return cue_of(ended.because)
        if ended.outcome is SessionOutcome.COMPLETED:
            return await self._farewell(plan)
        kind = _LAST_WORDS.get(ended.outcome)
        return Cue(kind=kind) if kind else None

    async def _farewell(self, plan: Plan) -> Cue | None:
        """Return what is said after a session that was completed."""
        zone = dt_util.get_default_time_zone()
        at = await self._stage.async_next_session()
        day = at.astimezone(zone).date() if at else None
        return farewell(plan, dt_util.now(zone).date(), day)

    async def _tell(self, cue: Cue, *later: Later) -> None:
        self._has_last_words = True
        try:
            if not self._preparer.is_silent:
                self._is_open = True
                await self.announcer.open(self.volume)
            over = await self._say(cue, *later)
            await asyncio.sleep((over - dt_util.utcnow()).total_seconds())
        except asyncio.CancelledError:
            # once they were let go, speakers can't be told to stop
            await self.announcer.stop()
            raise
        finally:
            await self._let_go()

    async def _leave(self) -> None:
        try:
            self._preparer.drop()
            await self.announcer.stop()
        finally:
            await self._let_go()

    async def _let_go(self) -> None:
        await self.announcer.close()
        self._is_open = self._has_last_words = False
        self.voice.forget()

    async def _say(self, cue: Cue, *later: Later) -> datetime:
        """Say a sentence; return when it will be over."""
        words = await self._preparer.words(cue, *later)
        if words is None:
            return dt_util.utcnow()
        return await self.announcer.play(words) + words.track.length

    # What the announcer tells

    @callback
    def speech_paused(self) -> None:
        """Pass on that somebody paused or stopped playback on a speaker."""
        if self._track:
            self._stage.speech_paused()

    @callback
    def speech_anchored(self, track: Track, at: datetime) -> None:
        """Pass on when what plays is known to have begun."""
        if track is self._track:
            self._stage.stretch_anchored(at)

    @callback
    def speaker_changed(self, entity_id: str, error: str | None) -> None:
        """Tell of a speaker that has failed, or can be used again."""
        if entity_id in self.announcer.health:
            self.faults.of_speaker(entity_id, error)
        self._stage.health_changed()
