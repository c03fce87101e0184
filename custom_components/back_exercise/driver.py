"""Gives one person's session the time, and tells everyone what becomes of it."""

from collections import deque
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Final, Protocol

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later
from homeassistant.helpers.start import async_at_started
from homeassistant.util import dt as dt_util

from .clock import Clock
from .comeback import STALE, bring_back, keep
from .conductor import Conductor
from .const import LOGGER
from .diary import Diary
from .engine.catalogue import Catalogue
from .engine.cues import Cue, CueKind
from .engine.diary import Outcome, SessionEnded
from .engine.events import Event, PauseReason, RepetitionDone
from .engine.session import Command, CommandNotAllowed, Session, SessionState
from .engine.timeline import Stretch, Timeline
from .http import Tracks
from .phrases import Phrases
from .refusal import refusal
from .scribe import Scribe

OURS: Final = "session"
"""The source of what is recorded of a session that nobody has commanded."""


class Audience(Protocol):
    """Who shows what a session is doing."""

    def session_changed(self) -> None:
        """What is to be shown of the session or the speakers has changed."""

    def event_happened(self, event: Event) -> None:
        """Something happened, once and in order."""

    async def async_next_session(self) -> datetime | None:
        """Return when the next session is planned."""


class Driver:
    """Drives one person's sessions: the only timer of them is here."""

    def __init__(  # noqa: PLR0913, PLR0917 - all that a session needs
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        catalogue: Catalogue,
        diary: Diary,
        phrases: Phrases,
        tracks: Tracks,
        audience: Audience,
    ) -> None:
        """Drive the sessions of an entry for an audience; none goes on yet."""
        self.conductor = Conductor(hass, entry, phrases, tracks, self)
        self.session: Session | None = None
        """The one that is going on."""
        self.scribe = Scribe()
        """Who writes it down."""
        self.source = OURS
        """By which way the person asked last."""
        self._hass = hass
        self._entry = entry
        self._catalogue = catalogue
        self._diary = diary
        self._audience = audience
        self._clock = Clock()
        self._timer: CALLBACK_TYPE | None = None
        self._untold: deque[Event] = deque()
        self._idle_listeners: list[Callable[[], None]] = []

    @callback
    def when_idle(self, action: Callable[[], None]) -> None:
        """Perform an action once no session is going on: now, or after it."""
        if self.session is None:
            action()
        else:
            self._idle_listeners.append(action)

    # What it is told to do

    @callback
    def start(self, session: Session, scribe: Scribe, source: str) -> None:
        """Begin a session."""
        self.session, self.scribe, self.source = session, scribe, source
        self.publish(session.handle(Command.START, self._now()))

    @callback
    def command(self, command: Command, source: str, reason: str | None = None) -> None:
        """Do what the person asks of the session.

        Raises ServiceValidationError, translated, where it makes no sense now;
        nothing is changed then.
        """
        session = self.advanced()
        if session is None:
            raise refusal("command_not_allowed")
        self.source = source
        try:
            events = session.handle(command, self._now(), reason=reason)
        except CommandNotAllowed as err:
            raise refusal("command_not_allowed") from err
        self.publish(events, cut=True)

    @callback
    def advanced(self) -> Session | None:
        """Return the session as it is now: what was due before comes first."""
        if self.session:
            self.publish(self.session.advance(self._now()))
        return self.session

    @callback
    def publish(
        self, events: list[Event], *, cut: bool = False, is_answer: bool = False
    ) -> None:
        """Tell everyone what happened, and see to what the session wants now.

        What is being said is `cut` where a person asked for something.
        """
        session = self.session
        if session is None:
            return
        if session.state is SessionState.ENDED:
            self.session = None
        self._arm()
        self._write_down(session, events)
        has_news = cut or any(not isinstance(each, RepetitionDone) for each in events)
        # the moment between two stretches would only be two more rows to record
        is_passing = (is_answer or not cut) and self.conductor.is_ready(session)
        # what follows may begin at once, and is to be told after this
        self._untold += events
        self.conductor.follow(session, events, cut=cut)
        if has_news and not is_passing:
            self._audience.session_changed()
        while self._untold:
            self._audience.event_happened(self._untold.popleft())
        if self.session is None:
            listeners, self._idle_listeners = self._idle_listeners, []
            for action in listeners:
                action()

    def _write_down(self, session: Session, events: Collection[Event]) -> None:
        """Have recorded what happened, and where it would go on after a cut."""
        if payloads := tuple(self.scribe.note(events)):
            self._diary.add_soon(*payloads, source=self.source)
        if self.session is None:
            self._diary.keep(None)
        elif not session.at_gate:
            volumes = self.conductor.announcer.volumes
            self._diary.keep(keep(session, self.scribe, volumes, dt_util.utcnow()))

    # Time

    @callback
    def _tick(self, _: datetime) -> None:
        self._timer = None
        if self.session:
            now = self._now()
            # a timer that fires a hair early still counts
            due = self.session.next_at or now
            self.publish(self.session.advance(max(now, due)))

    @callback
    def _arm(self) -> None:
        if self._timer:
            self._timer()
            self._timer = None
        if self.session and (at := self.session.next_at):
            # not at a moment of the clock: that may be set meanwhile
            delay = max(at - dt_util.utcnow(), timedelta(0))
            self._timer = async_call_later(self._hass, delay, self._tick)

    def _now(self) -> datetime:
        """Return the time; where the clock was set, the session goes along with it."""
        if (by := self._clock.was_set()) and self.session:
            LOGGER.debug("%s: the clock was set by %s", self._entry.title, by)
            self.session.clock_set(by)
        return dt_util.utcnow()

    # What the conductor tells

    @callback
    def stretch_begun(self, stretch: Stretch, timeline: Timeline, at: datetime) -> None:
        """What the session wanted is heard from a moment on."""
        self._now()  # the moment is one of the clock as it is
        if self.session and self.session.wanted is stretch:
            self.publish(self.session.begin(timeline, at))

    @callback
    def stretch_anchored(self, at: datetime) -> None:
        """Set the session's clock by when a track really began."""
        self._now()
        if self.session:
            self.session.anchor(at)
            self._arm()
            self._audience.session_changed()

    @callback
    def speech_paused(self) -> None:
        """Pause: somebody paused or stopped playback on a speaker."""
        session = self.advanced()
        if session and Command.PAUSE in session.allowed:
            events = session.handle(
                Command.PAUSE, self._now(), pause_reason=PauseReason.SPEAKER
            )
            self.publish(events, cut=True)

    @callback
    def speech_broke(self, error: BaseException) -> None:
        """End the session rather than leave it hanging in silence."""
        LOGGER.error("The session of %s broke off", self._entry.title, exc_info=error)
        if self.session:
            self.publish(self.session.interrupt(self._now()), cut=True)

    @callback
    def health_changed(self) -> None:
        """Show the health of the speakers."""
        self._audience.session_changed()

    async def async_next_session(self) -> datetime | None:
        """Return when the next session is planned, after one that has just ended."""
        return await self._audience.async_next_session()

    # Being away, and coming back

    @callback
    def come_back(self) -> None:
        """Take up the session that was cut off when Home Assistant went away.

        It waits paused to be gone on with; one that was cut off long ago is filed.
        """
        kept = self._diary.open_session
        if kept is None:
            return
        now = self._now()
        comeback = bring_back(kept, self._catalogue, now)
        if comeback is None:
            LOGGER.warning("The session of %s can't be gone on with", self._entry.title)
            self._diary.add_soon(SessionEnded(outcome=Outcome.PARTIAL), source=OURS)
            self._diary.keep(None)
            return
        self.session, self.scribe = comeback.session, comeback.scribe
        if now - comeback.cut_off_at > STALE:
            self.publish(comeback.session.interrupt(now))
        self._arm()

        async def offer(_: HomeAssistant) -> None:
            await self.conductor.reclaim(comeback.volumes)
            if self.session is comeback.session:
                self.conductor.tell(Cue(kind=CueKind.CUT_OFF))

        self._entry.async_on_unload(async_at_started(self._hass, offer))

    async def async_close(self) -> None:
        """Let go of the speakers; a session that is going on waits for its return."""
        self._idle_listeners.clear()  # whatever they waited for, this comes first
        session = self.advanced()
        self.session = None
        self._arm()
        if session and session.at_gate:
            self._diary.keep(None)
        await self.conductor.leave()
