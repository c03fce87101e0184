"""Gives one person's session the time, and publishes what becomes of it."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
import json
from pathlib import Path
from typing import Final, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.event import async_track_point_in_utc_time
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator
from homeassistant.util import dt as dt_util
from homeassistant.util.json import JsonValueType

from .announcer import SpeakerHealth
from .conductor import Conductor
from .const import (
    CONF_CLINICIAN_AGREED,
    CONF_ROUTINE,
    CONF_SPEECH,
    CONF_VOLUME,
    DOMAIN,
    LOGGER,
)
from .engine.catalogue import Catalogue, Routine, read_catalogue
from .engine.events import Event, PauseReason, RepetitionDone
from .engine.plan import CheckIn, Plan, StepKind, build_plan, nominal_of, prescribe
from .engine.session import (
    Command,
    CommandNotAllowed,
    Session,
    SessionState,
    Snapshot,
)
from .engine.timeline import Stretch, Timeline, lay, stretches
from .http import Tracks
from .phrases import Phrases
from .preflight import check_address, check_free, check_speakers
from .refusal import refusal
from .rehearsal import async_rehearse
from .wiring import Wiring, volume_of

_CATALOGUE: Final = Path(__file__).parent / "content" / "exercises.json"

type BackExerciseConfigEntry = ConfigEntry[Coordinator]


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What a person's entities show."""

    session: Snapshot | None = None
    """None while no session is going on."""
    routine: Routine = Routine.BEGINNER
    routines: tuple[Routine, ...] = (Routine.BEGINNER,)
    """Those that may be started."""
    speech: bool = True
    volume: float | None = None
    """0 to 1; None leaves that of the speaker."""
    speakers: Mapping[str, SpeakerHealth] = field(default_factory=dict)


def load_catalogue() -> Catalogue:
    """Load the exercises. Reads the disk."""
    return read_catalogue(json.loads(_CATALOGUE.read_text(encoding="utf-8")))


class Coordinator(DataUpdateCoordinator[State]):
    """The one door to a person's session."""

    config_entry: BackExerciseConfigEntry

    def __init__(
        self,
        hass: HomeAssistant,
        entry: BackExerciseConfigEntry,
        catalogue: Catalogue,
        phrases: Phrases,
        tracks: Tracks,
    ) -> None:
        """Make what a session needs; nothing is spoken yet."""
        super().__init__(hass, LOGGER, config_entry=entry, name=entry.title)
        self.catalogue = catalogue
        self._conductor = Conductor(hass, entry, phrases, tracks, self)
        self._session: Session | None = None
        self._timer: CALLBACK_TYPE | None = None
        self._listeners_to_events: list[Callable[[Event], None]] = []
        self._untold: deque[Event] = deque()
        self._idle_listeners: list[Callable[[], None]] = []
        self.data = self._state()
        self._conductor.volume = self.data.volume
        self._conductor.speaks = self.data.speech

    # What it shows

    @override
    async def _async_update_data(self) -> State:
        return self._state()

    def _state(self) -> State:
        options = self.config_entry.options
        allowed = tuple(Routine)
        if not options.get(CONF_CLINICIAN_AGREED, False):
            allowed = allowed[:1]
        routine = Routine(options.get(CONF_ROUTINE, Routine.BEGINNER))
        return State(
            session=self._session.snapshot if self._session else None,
            routine=routine if routine in allowed else Routine.BEGINNER,
            routines=allowed,
            speech=options.get(CONF_SPEECH, True),
            volume=volume_of(options),
            speakers=self._conductor.announcer.health,
        )

    @property
    def wiring(self) -> Wiring:
        """The speakers and the voice."""
        return self._conductor.wiring

    @property
    def is_outdated(self) -> bool:
        """Whether the wiring or the name was changed since the entry was set up."""
        wiring = Wiring.from_options(self.config_entry.options)
        return (wiring, self.config_entry.title) != (self.wiring, self.name)

    @callback
    def async_refresh_state(self) -> None:
        """Use and show settings that were changed."""
        state = self._state()
        self._conductor.volume = state.volume
        self._conductor.speaks = state.speech
        self.async_set_updated_data(state)

    @property
    def is_active(self) -> bool:
        """Whether a session is going on."""
        return self._session is not None

    @property
    def allowed(self) -> frozenset[Command]:
        """The commands that make sense now."""
        if self._session is None:
            return frozenset({Command.START})
        return self._session.allowed

    @callback
    def async_subscribe_events(
        self, listener: Callable[[Event], None]
    ) -> CALLBACK_TYPE:
        """Be told of every event of sessions, each once and in order."""
        self._listeners_to_events.append(listener)
        return lambda: self._listeners_to_events.remove(listener)

    @callback
    def async_when_idle(self, action: Callable[[], None]) -> None:
        """Perform an action once no session is going on: now, or after it."""
        if self._session is None:
            action()
        else:
            self._idle_listeners.append(action)

    # What it is asked

    async def async_command(
        self,
        command: Command,
        *,
        routine: Routine | None = None,
        reason: str | None = None,
    ) -> None:
        """Do what the person asks, by whichever way they ask it.

        Raises ServiceValidationError or HomeAssistantError, translated, where it
        can't be done; nothing is changed then.
        """
        if command is Command.START:
            self._start(routine)
            return
        session = self._session
        if session:
            # what was due before the command comes first
            self._publish(session.advance(dt_util.utcnow()))
        if session is None or self._session is not session:
            raise refusal("command_not_allowed", command=command, state="idle")
        try:
            events = session.handle(command, dt_util.utcnow(), reason=reason)
        except CommandNotAllowed as err:
            raise refusal(
                "command_not_allowed", command=command, state=err.state
            ) from err
        self._publish(events, cut=True)

    def _start(self, routine: Routine | None) -> None:
        if self._session:
            raise refusal("already_running", name=self.name)
        routine = routine or self.data.routine
        if routine not in self.data.routines:
            raise refusal("routine_not_allowed", routine=routine)
        self._check_speech()
        self._session = Session(self._plan(routine))
        self._publish(self._session.handle(Command.START, dt_util.utcnow()))

    def _plan(self, routine: Routine) -> Plan:
        # ratings come with the diary; until then nothing is asked
        return build_plan(
            routine,
            [prescribe(exercise) for exercise in self.catalogue.routine(routine)],
            check_in=CheckIn.OFF,
        )

    def _check_speech(self) -> None:
        """Refuse where nobody could hear anything that is to be heard."""
        wiring = self.wiring
        if not self.data.speech or not wiring.speakers:
            return
        check_speakers(self.hass, wiring, self._conductor.faults)
        entries: list[BackExerciseConfigEntry]
        entries = self.hass.config_entries.async_loaded_entries(DOMAIN)
        for entry in entries:
            if entry is not self.config_entry and entry.runtime_data.is_active:
                check_free(self.hass, wiring, entry.runtime_data.wiring, entry.title)
        if self._conductor.announcer.needs_sound:
            self._check_engine()
            check_address(self.hass)

    def _check_engine(self) -> None:
        try:
            self._conductor.voice.check()
        except HomeAssistantError:
            self._conductor.faults.of_engine(str(self.wiring.engine), is_missing=True)
            raise
        self._conductor.faults.of_engine(str(self.wiring.engine), is_missing=False)

    async def async_set_routine(self, routine: Routine) -> None:
        """Choose what is started when nothing else is said."""
        if routine not in self.data.routines:
            raise refusal("routine_not_allowed", routine=routine)
        self._set_option(CONF_ROUTINE, routine)

    async def async_set_speech(self, on: bool) -> None:  # noqa: FBT001 - as a switch is
        """Speak, or be silent and leave it to the screen; from now on."""
        self._set_option(CONF_SPEECH, on)
        await self._conductor.set_speech(on=on)

    async def async_set_volume(self, volume: float) -> None:
        """Set how loud sessions are, 0 to 1; at once where one is going on."""
        self._set_option(CONF_VOLUME, volume)
        await self._conductor.set_volume(volume)

    @callback
    def _set_option(self, key: str, value: JsonValueType) -> None:
        self.hass.config_entries.async_update_entry(
            self.config_entry, options={**self.config_entry.options, key: value}
        )
        self.async_refresh_state()

    @callback
    def async_plan(self, routine: Routine | None = None) -> dict[str, JsonValueType]:
        """Return what would be done today.

        Durations are in seconds: nominal, with phrases of no length, and spoken, with
        those of this voice as far as they have been measured.
        """
        routine = routine or self.data.routine
        if routine not in self.data.routines:
            raise refusal("routine_not_allowed", routine=routine)
        plan = self._plan(routine)
        spoken = sum(
            (
                lay(plan, stretch, self._conductor.voice.length).length
                for stretch in stretches(plan)
            ),
            timedelta(0),
        )
        return {
            "routine": routine.value,
            "nominal_seconds": plan.nominal.total_seconds(),
            "spoken_seconds": round(spoken.total_seconds(), 1),
            "exercises": [
                {
                    "exercise": each.exercise.id,
                    "index": each.index,
                    "sets": list(each.dose.sets),
                    "pattern": each.exercise.pattern.value,
                    "hold_seconds": each.exercise.hold.total_seconds(),
                    "seconds": nominal_of(each).total_seconds(),
                    "position": each.exercise.position.value,
                }
                for each in plan.prescriptions
            ],
            "steps": [
                {
                    "kind": step.kind.value,
                    "exercise": step.exercise,
                    "side": step.side.value if step.side else None,
                    "set": step.set,
                    "seconds": step.duration.total_seconds(),
                }
                for step in plan.steps
                if step.kind is not StepKind.ASK or step.asked
            ],
        }

    # Time

    @callback
    def _tick(self, now: datetime) -> None:
        self._timer = None
        if self._session:
            # a timer that fires a hair early still counts
            due = self._session.next_at or now
            self._publish(self._session.advance(max(now, due)))

    @callback
    def _publish(self, events: list[Event], *, cut: bool = False) -> None:
        """Tell everyone what happened, and see to what the session wants now."""
        session = self._session
        if session is None:
            return
        if session.state is SessionState.ENDED:
            self._session = None
        self._arm()
        has_news = cut or any(not isinstance(each, RepetitionDone) for each in events)
        # the moment between two stretches would only be two more rows to record
        is_passing = not cut and self._conductor.is_ready(session)
        # what follows may begin at once, and is to be told after this
        self._untold += events
        self._conductor.follow(session, events, cut=cut)
        if has_news and not is_passing:
            self.async_set_updated_data(self._state())
        while self._untold:
            event = self._untold.popleft()
            for listener in list(self._listeners_to_events):
                listener(event)
        if self._session is None:
            listeners, self._idle_listeners = self._idle_listeners, []
            for action in listeners:
                action()

    @callback
    def _arm(self) -> None:
        if self._timer:
            self._timer()
            self._timer = None
        if self._session and (at := self._session.next_at):
            self._timer = async_track_point_in_utc_time(self.hass, self._tick, at)

    # What the conductor tells

    @callback
    def stretch_begun(self, stretch: Stretch, timeline: Timeline, at: datetime) -> None:
        """What the session wanted is heard from a moment on."""
        if self._session and self._session.wanted is stretch:
            self._publish(self._session.begin(timeline, at))

    @callback
    def stretch_anchored(self, at: datetime) -> None:
        """Set the session's clock by when a track really began."""
        if self._session:
            self._session.anchor(at)
            self._arm()
            self.async_refresh_state()

    @callback
    def speech_paused(self) -> None:
        """Pause: somebody paused or stopped playback on a speaker."""
        session = self._session
        if session is None:
            return
        self._publish(session.advance(dt_util.utcnow()))
        if Command.PAUSE in session.allowed:
            events = session.handle(
                Command.PAUSE, dt_util.utcnow(), pause_reason=PauseReason.SPEAKER
            )
            self._publish(events, cut=True)

    @callback
    def speech_broke(self, error: BaseException) -> None:
        """End the session rather than leave it hanging in silence."""
        LOGGER.error("The session of %s broke off", self.name, exc_info=error)
        if self._session:
            self._publish(self._session.interrupt(dt_util.utcnow()), cut=True)

    @callback
    def health_changed(self) -> None:
        """Show the health of the speakers."""
        self.async_refresh_state()

    async def async_say(self) -> dict[str, JsonValueType]:
        """Play the test sentence; return what came of it on each speaker."""
        if self._session:
            raise refusal("already_running", name=self.name)
        self._check_speech()
        results = await async_rehearse(self.hass, self.wiring, self.data.volume)
        return {
            "speakers": {
                entity_id: error or "played" for entity_id, error in results.items()
            }
        }

    async def async_close(self) -> None:
        """End a session that is going on, and let go of the speakers."""
        self._idle_listeners.clear()  # whatever they waited for, this comes first
        if self._session:
            self._publish(self._session.interrupt(dt_util.utcnow()), cut=True)
        await self._conductor.close()
