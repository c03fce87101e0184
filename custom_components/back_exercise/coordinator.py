"""The one door to a person's session and diary, and what is shown of them."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
import json
from pathlib import Path
from typing import Final, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import EVENT_CORE_CONFIG_UPDATE
from homeassistant.core import (
    CALLBACK_TYPE,
    Event as HassEvent,
    HomeAssistant,
    callback,
)
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.event import async_track_point_in_utc_time
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator
from homeassistant.util import dt as dt_util
from homeassistant.util.json import JsonObjectType

from .announcer import SpeakerHealth
from .answers import plan_answer
from .aside import Aside, others
from .browser import Browser
from .const import (
    CONF_ROUTINE,
    CONF_SPEECH,
    LOGGER,
)
from .diary import Diary, DiaryError
from .driver import Driver
from .engine.agenda import Agenda
from .engine.catalogue import Catalogue, Routine, read_catalogue
from .engine.course import Taken
from .engine.cues import Cue, cue_of
from .engine.decision import Decision, Outcome
from .engine.diary import (
    Context,
    Entry,
    Gate,
    OfferAnswered,
    Payload,
    ProgrammeSet,
    Rating,
    Screen,
    ScreenForm,
)
from .engine.events import (
    DecisionMade,
    Event,
    Rated,
)
from .engine.reasons import remarks, why
from .engine.rules.gate import FINAL
from .engine.rules.hand import x1
from .engine.session import Command, Session, SessionState, Snapshot
from .engine.today import Ask, Result, Today, today
from .http import Tracks
from .on_phone import OnPhone
from .outlook import Outlook, look
from .pain_input import PainInput
from .phrases import Phrases
from .preferences import Preferences
from .preflight import check_free
from .ratings import ratings_of
from .refusal import explained, refusal
from .rehearsal import async_rehearse
from .scheduler import Scheduler
from .scribe import Scribe
from .track import Track
from .wiring import Wiring, volume_of
from .wishes import reminders_of

_CATALOGUE: Final = Path(__file__).parent / "content" / "exercises.json"

type BackExerciseConfigEntry = ConfigEntry[Coordinator]


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What a person's entities show."""

    outlook: Outlook
    agenda: Agenda
    """What somebody is reminded of, and when."""
    session: Snapshot | None = None
    """None while no session is going on."""
    routine: Routine = Routine.BEGINNER
    """What is started when nothing else is said."""
    speech: bool = True
    volume: float | None = None
    """0 to 1; None leaves that of the speaker."""
    speakers: Mapping[str, SpeakerHealth] = field(default_factory=dict)


@cache
def load_catalogue() -> Catalogue:
    """Load the exercises. Reads the disk, once."""
    return read_catalogue(json.loads(_CATALOGUE.read_text(encoding="utf-8")))


def _titles(entry: ConfigEntry) -> dict[str, str]:
    """Return the names of a person's reminders, by their ids."""
    return {key: each.title for key, each in reminders_of(entry).items()}


class Coordinator(DataUpdateCoordinator[State]):
    """Where everyone asks for a person's session and diary, and sees what they do."""

    config_entry: BackExerciseConfigEntry

    def __init__(  # noqa: PLR0913, PLR0917 - all that a session needs
        self,
        hass: HomeAssistant,
        entry: BackExerciseConfigEntry,
        catalogue: Catalogue,
        diary: Diary,
        phrases: Phrases,
        tracks: Tracks,
    ) -> None:
        """Make what a session needs; nothing is spoken yet."""
        super().__init__(hass, LOGGER, config_entry=entry, name=entry.title)
        self.diary = diary
        self.catalogue = catalogue
        self.phrases = phrases
        self._driver = Driver(
            hass, entry, catalogue, diary, phrases, tracks, audience=self
        )
        self._conductor = self._driver.conductor
        self._conductor.questioner.door = self
        self._asked_for: Routine | None = None
        self._override = False
        self._starting = asyncio.Lock()
        self._midnight: CALLBACK_TYPE | None = None
        self._unlisten: tuple[CALLBACK_TYPE, ...] = ()
        self._listeners_to_events: list[Callable[[Event], None]] = []
        self._on_close: list[Callable[[], None]] = []
        self._reminders = _titles(entry)
        self.aside = Aside(self, self._conductor)
        self.preferences = Preferences(self, self._conductor)
        self._on_phone = OnPhone(hass, entry, self)
        self.pain_input = PainInput(hass, entry, self.async_rate)
        self.scheduler = Scheduler(hass, entry, diary, self, self.aside)
        self._outlook = self._look()
        self.data = self._state()
        self._conductor.volume = self.data.volume
        self._conductor.speaks = self.data.speech
        self._follow_outlook()
        self._unlisten = (
            diary.async_listen(self._diary_changed),
            hass.bus.async_listen(EVENT_CORE_CONFIG_UPDATE, self._clock_changed),
        )

    # What it shows

    @override
    async def _async_update_data(self) -> State:
        return self._state()

    def _state(self) -> State:
        options = self.config_entry.options
        routines = self._outlook.routines
        routine = options.get(CONF_ROUTINE)
        session = self._driver.session
        return State(
            outlook=self._outlook,
            agenda=self.scheduler.agenda,
            session=session.snapshot if session else None,
            routine=Routine(routine) if routine in routines else routines[-1],
            speech=options.get(CONF_SPEECH, True),
            volume=volume_of(options),
            speakers=self._conductor.announcer.health,
        )

    def _look(self) -> Outlook:
        now = dt_util.utcnow()
        return look(self.diary.at(now), now, self.hass.config.time_zone)

    @callback
    def _follow_outlook(self) -> None:
        """Show what the diary means now, and again when another day begins."""
        if self._midnight:
            self._midnight()
        self._midnight = async_track_point_in_utc_time(
            self.hass,
            self._day_began,
            dt_util.start_of_local_day(dt_util.now() + timedelta(days=1)),
        )
        outlook = self._look()
        self._conductor.faults.of_lock(outlook.lock)
        if outlook != self._outlook:
            self._outlook = outlook
            self.async_refresh_state()

    @callback
    def _day_began(self, _: datetime) -> None:
        self._midnight = None
        self._follow_outlook()

    @callback
    def _clock_changed(self, _: HassEvent) -> None:
        self._follow_outlook()
        self.async_refresh_state()

    @callback
    def _diary_changed(
        self, entries: tuple[Entry, ...], taken: tuple[Taken, ...]
    ) -> None:
        self._follow_outlook()
        for entry in entries:
            if isinstance(entry.payload, Rating):
                self.event_happened(_rated(entry.at, entry.payload))
        for each in taken:
            if each.decision.outcome is not Outcome.NOTHING:
                self.event_happened(DecisionMade(at=each.at, decision=each.decision))

    @property
    def wiring(self) -> Wiring:
        """The speakers and the voice."""
        return self._conductor.wiring

    @property
    def is_outdated(self) -> bool:
        """Whether wiring or names were changed, or a reminder added, since the set-up.

        One that was taken away has taken its entities along.
        """
        entry = self.config_entry
        wiring = Wiring.from_options(entry.options)
        reminders = _titles(entry).items() - self._reminders.items()
        return (wiring, entry.title) != (self.wiring, self.name) or bool(reminders)

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
        return self._driver.session is not None

    @property
    def time_left(self) -> timedelta | None:
        """How long the session still takes, about; None where none is going on."""
        session = self._driver.session
        if session is None:
            return None
        return session.plan.nominal * (1 - session.snapshot.progress)

    @property
    def reasons(self) -> tuple[Decision, ...]:
        """Why the session that is going on, or today's, is what it is."""
        session = self._driver.session
        return session.plan.remarks if session else tuple(why(self.today()))

    @property
    def session(self) -> Session | None:
        """The session that goes on, to be looked at."""
        return self._driver.session

    @property
    def playing(self) -> Track | None:
        """The track of the session that plays, heard or not; None where none does."""
        session, track = self._driver.session, self._conductor.playing
        is_its = session and track and track.timeline is session.timeline
        return track if is_its else None

    @property
    def allowed(self) -> frozenset[Command]:
        """The commands that make sense now."""
        session = self._driver.session
        if session:
            return session.allowed
        refusing = {Command.STOP} if self.scheduler.is_counting_down else set()
        return frozenset({Command.START, *refusing})

    @callback
    def length_of(self, cue: Cue) -> timedelta:
        """Return how long a cue is heard, as far as it is known; none where silent."""
        return self._conductor.length_of(cue)

    @callback
    def async_subscribe_events(
        self, listener: Callable[[Event], None]
    ) -> CALLBACK_TYPE:
        """Be told of every event of sessions and decision, each once and in order."""
        self._listeners_to_events.append(listener)
        return lambda: self._listeners_to_events.remove(listener)

    @callback
    def async_on_close(self, action: Callable[[], None]) -> CALLBACK_TYPE:
        """Perform an action when the entry is unloaded; return what takes it back."""
        self._on_close.append(action)
        return lambda: self._on_close.remove(action)

    @callback
    def async_when_idle(self, action: Callable[[], None]) -> None:
        """Perform an action once no session is going on: now, or after it."""
        self._driver.when_idle(action)

    def today(
        self,
        *,
        routine: Routine | None = None,
        pain: int | None = None,
        override: bool = False,
    ) -> Today:
        """Return what would be done now."""
        now = dt_util.utcnow()
        ask = Ask(
            now=now,
            zone=self.hass.config.time_zone,
            pain=pain,
            override=override,
            routine=routine or self.data.routine,
        )
        return today(self.diary.at(now), self.catalogue, ask)

    @callback
    def async_listen_in(self, changed: Callable[[], None]) -> Browser | None:
        """Speak through a browser too; None where there is no engine to speak.

        `changed` is told when the browser is to do something else.
        """
        if self.wiring.engine is None:
            return None
        return self._conductor.listen_in(changed)

    @callback
    def async_leave(self, browser: Browser) -> None:
        """Speak through a browser no more."""
        self._conductor.announcer.leave(browser)

    # What it is asked

    async def async_start(
        self,
        *,
        routine: Routine | None = None,
        pain: int | None = None,
        override: bool = False,
        source: str,
    ) -> None:
        """Begin a session, if the gate lets it.

        Raises ServiceValidationError or HomeAssistantError, translated, where there
        is none now; a rating that was given with it stays recorded if it was the
        reason.
        """
        async with self._starting:
            if self.is_active:
                raise refusal("already_running", name=self.name)
            result = self.today(routine=routine, pain=pain, override=override)
            if result.result in (Result.LOCKED, Result.REFUSED):
                raise self._turned_away(result.decisions)
            self._check_speech()
            if pain is not None:
                rating = Rating(value=pain, context=Context.BEFORE)
                await self.diary.async_add(rating, source=source)
            if result.plan is None or result.kind is None:
                gate = Gate(result=result.result.value, pain_before=result.pain)
                await self.diary.async_add(gate, source=source)
                raise self._turned_away(result.decisions)
            self._asked_for, self._override = routine, override
            scribe = Scribe()
            scribe.take(result, override=override)
            session = Session(
                replace(result.plan, remarks=remarks(result)),
                kind=result.kind,
                pain_before=result.pain,
                settings=result.programme.settings,
            )
            self._driver.start(session, scribe, source)

    def _turned_away(self, decisions: tuple[Decision, ...]) -> HomeAssistantError:
        """Say why there is no session now, and return the error that says it."""
        decision = next(each for each in reversed(decisions) if each.outcome in FINAL)
        self._conductor.tell(cue_of(decision))
        return explained(decision, self.phrases.words)

    async def async_command(
        self, command: Command, *, reason: str | None = None, source: str
    ) -> None:
        """Do what the person asks, by whichever way they ask it.

        Raises ServiceValidationError or HomeAssistantError, translated, where it
        can't be done; nothing is changed then.
        """
        if command is Command.START:
            await self.async_start(source=source)
            return
        if not self.is_active and self.scheduler.refuse(source):
            return
        self._driver.command(command, source, reason)

    async def async_rate(  # noqa: PLR0913 - all that may be said of a rating
        self,
        *,
        pain: int | None = None,
        effort: int | None = None,
        exercise: str | None = None,
        context: Context | None = None,
        at: datetime | None = None,
        source: str,
    ) -> Context:
        """Record how it is, 0 to 10, and act on it where a session is going on.

        What it is of follows from the moment it comes, where it is not said. Returns
        that. Raises ServiceValidationError, translated, where it makes no sense, and
        HomeAssistantError where it could not be saved; nothing is recorded then.
        """
        going_on = self._driver.advanced()
        session = going_on if at is None else None
        moment = at or dt_util.utcnow()
        ratings = ratings_of(
            self.diary.at(dt_util.utcnow()),
            session,
            pain=pain,
            effort=effort,
            exercise=exercise,
            context=context,
            at=moment,
            now=dt_util.utcnow(),
            zone=self.hass.config.time_zone,
        )
        what = ratings[0].context
        try:
            await self.diary.async_add(*ratings, source=source, at=at)
        finally:
            # what hurts is not gone on with, even where that can't be saved
            if going_on and (session or what is Context.NEXT_DAY):
                self._heed(going_on, pain, effort, ratings[0])
        return what

    def _heed(
        self,
        session: Session,
        pain: int | None,
        effort: int | None,
        rating: Rating,
    ) -> None:
        """Let a rating have its effect on the session that is going on."""
        now = dt_util.utcnow()
        if self._driver.advanced() is not session:
            return
        is_of_last = rating.context is Context.NEXT_DAY
        if session.at_gate:
            if pain is not None:
                self._pass_gate(session, session.pain_before if is_of_last else pain)
            return
        if is_of_last:
            return
        # in a pause nothing is being said that could be cut
        is_paused = session.state is SessionState.PAUSED
        events = session.rate(now, pain=pain, effort=effort, exercise=rating.exercise)
        self._driver.publish(events, cut=not is_paused, is_answer=True)

    def _pass_gate(self, session: Session, pain: int | None) -> None:
        """Go on as a rating says that was waited for.

        `pain` is that before the session, None while only the day after the last
        one is known.
        """
        now = dt_util.utcnow()
        # not that of the plan so far: without a rating it was a gentle one
        result = self.today(routine=self._asked_for, pain=pain, override=self._override)
        if result.plan is None or result.kind is None:
            gate = Gate(result=result.result.value, pain_before=result.pain)
            self.diary.add_soon(gate, source=self._driver.source)
            events = session.turn_away(now, result.decisions)
            self._driver.publish(events, cut=True)
            return
        self._driver.scribe.take(result, override=self._override)
        plan = replace(result.plan, remarks=remarks(result))
        events = session.pass_gate(now, plan, kind=result.kind, pain_before=result.pain)
        self._driver.publish(events, cut=True)

    async def async_screen(self, answers: Screen, *, source: str) -> None:
        """Record answers to the safety screen; what they forbid ends at once.

        Raises HomeAssistantError where they could not be saved; what locks does so
        all the same, and is written as soon as that works.
        """
        try:
            await self.diary.async_add(answers, source=source)
        except DiaryError:
            if answers.flags or answers.anything_new:
                self.diary.add_soon(answers, source=source)
                await self.diary.async_settled()
                self._heed_screen(answers)
            raise
        self._heed_screen(answers)

    def _heed_screen(self, answers: Screen) -> None:
        """Let answers to the screen have their effect on a session that goes on."""
        session = self._driver.advanced()
        if session is None:
            return
        now = dt_util.utcnow()
        if answers.form is ScreenForm.REPORT:
            self._driver.publish(session.report(now, answers.flags), cut=True)
        elif self.diary.programme.locked:
            result = self.today(routine=session.plan.routine)
            events = session.turn_away(now, result.decisions)
            self._driver.publish(events, cut=True)

    async def async_record(
        self, *payloads: Payload, source: str, at: datetime | None = None
    ) -> None:
        """Record what the person does or wants.

        Raises ServiceValidationError, translated, where the rules refuse it (X-1) or
        there is no such offer, and HomeAssistantError where it could not be saved;
        nothing is recorded then.
        """
        for payload in payloads:
            if isinstance(payload, ProgrammeSet):
                self._check_wish(payload)
            elif isinstance(payload, OfferAnswered):
                self._check_offer(payload)
        await self.diary.async_add(*payloads, source=source, at=at)

    def _check_wish(self, wish: ProgrammeSet) -> None:
        now = dt_util.now(dt_util.get_default_time_zone())
        programme = self.diary.at(now)
        for decision in x1(programme, self.catalogue, wish, now.date()):
            if decision.outcome is Outcome.REFUSED:
                raise explained(decision, self.phrases.words)

    def _check_offer(self, answer: OfferAnswered) -> None:
        for offer in self.data.outlook.offers:
            if offer.kind is answer.offer and answer.exercise in (
                None,
                offer.exercise,
            ):
                return
        raise refusal("no_offer")

    def _check_speech(self) -> None:
        """Refuse where nobody could hear anything that is to be heard."""
        if not self.data.speech or not self._conductor.announcer.speakers:
            return
        for other in others(self):
            if other.is_active:
                check_free(
                    self.hass, self.wiring, other.wiring, other.config_entry.title
                )
        self._conductor.check()

    @callback
    def async_plan(
        self,
        *,
        routine: Routine | None = None,
        pain: int | None = None,
        override: bool = False,
    ) -> JsonObjectType:
        """Return what would be done today and why, as `plan_answer` has it."""
        result = self.today(routine=routine, pain=pain, override=override)
        length_of = self._conductor.voice.length
        return plan_answer(result, self.phrases.words, length_of)

    async def async_say(self) -> JsonObjectType:
        """Play the test sentence; return what came of it on each speaker."""
        if self.is_active:
            raise refusal("already_running", name=self.name)
        self._check_speech()
        results = await async_rehearse(self.hass, self.wiring, self.data.volume)
        return {
            "speakers": {
                entity_id: error or "played" for entity_id, error in results.items()
            }
        }

    # What the driver tells

    @callback
    def session_changed(self) -> None:
        """Show what the session and the speakers do."""
        self.async_set_updated_data(self._state())
        self.scheduler.session_changed()
        self._on_phone.session_changed(self._driver.session)

    @callback
    def event_happened(self, event: Event) -> None:
        """Tell everyone who listens."""
        self._on_phone.event_happened(event)
        for listener in list(self._listeners_to_events):
            listener(event)

    @callback
    def not_answered(self) -> None:
        """Ask on the phones what was asked aloud in vain."""
        self._on_phone.not_answered()

    async def async_next_session(self) -> datetime | None:
        """Return when somebody is reminded next, with all of the diary in view."""
        await self.diary.async_settled()
        self.scheduler.look_again()
        return self.scheduler.agenda.next_session

    # What is asked by itself

    @callback
    def agenda_changed(self) -> None:
        """Show the agenda, what can be pressed, and the day where another one is."""
        self._follow_outlook()
        self.async_set_updated_data(self._state())

    # Being away, and coming back

    @callback
    def async_come_back(self) -> None:
        """Take up the session that was cut off when Home Assistant went away."""
        self._driver.come_back()
        self._on_phone.session_changed(self._driver.session)
        self.data = self._state()

    async def async_close(self) -> None:
        """Let go of the speakers and the diary; a session waits for its return."""
        self.scheduler.end()
        self.pain_input.end()
        self._on_phone.end()
        unlisten, self._unlisten = self._unlisten, ()
        for unsubscribe in (*unlisten, self._midnight):
            if unsubscribe:
                unsubscribe()
        self._midnight = None
        await self._driver.async_close()
        await self.diary.async_close()
        for action in list(self._on_close):
            action()


def _rated(at: datetime, rating: Rating) -> Rated:
    """Return the event of a rating."""
    return Rated(
        at=at,
        measure=rating.measure,
        value=rating.value,
        context=rating.context,
        exercise=rating.exercise,
    )
