"""Looks at the agenda whenever it may have changed, and has asked what is due.

Only the next moment is waited for. What there is to do at it follows from the diary and
the wishes; nothing else is remembered that a restart could lose.
"""

from collections.abc import Coroutine, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final, Protocol

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import (
    EVENT_CORE_CONFIG_UPDATE,
    STATE_HOME,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
)
from homeassistant.core import (
    CALLBACK_TYPE,
    Event as HassEvent,
    EventStateChangedData,
    HomeAssistant,
    callback,
)
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.event import (
    async_track_point_in_utc_time,
    async_track_state_change_event,
)
from homeassistant.helpers.start import async_at_started
from homeassistant.util import dt as dt_util

from .const import CONF_PERSON, CONF_REMINDERS, DOMAIN, LOGGER
from .diary import Diary
from .engine.agenda import Agenda, Due, look, refused, skipped, snoozed
from .engine.catalogue import Routine
from .engine.course import Taken, day_of
from .engine.diary import Context, Entry, Kind, Reminded, ReminderOutcome
from .engine.occasions import ONE_DAY, ReminderMode
from .engine.question import Question
from .engine.reminded import ENDINGS, NEEDED, NEXT_DAY, STEP, horizon
from .engine.situation import Situation, barred_by, unanswered_of
from .notifications import (
    BY_PHONE,
    OF_QUESTION,
    OF_REMINDER,
    PRESSED,
    RANGES,
    Verb,
    async_make_secret,
    number_of,
    verb_of,
)
from .phrases import Phrases
from .prompter import SOURCE, Company, Prompter, about_question, about_reminder
from .refusal import logged, refusal
from .weekly import async_summarise, summary_text, telling
from .wishes import async_follow_schedules, async_read_schedules, wishes_of

LONGEST: Final = timedelta(minutes=5)
"""The agenda is looked at that often at least: a clock may be put forward."""

_NOWHERE: Final = (STATE_UNAVAILABLE, STATE_UNKNOWN)


class Person(Protocol):
    """Whose agenda it is."""

    phrases: Phrases

    @property
    def is_active(self) -> bool:
        """Whether a session is going on."""

    def agenda_changed(self) -> None:
        """The agenda is another now, or a countdown has begun or ended."""

    async def async_rate(
        self, *, pain: int | None, context: Context | None, source: str
    ) -> Context:
        """Record how it is."""


class Scheduler:
    """Keeps to one person's agenda."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        diary: Diary,
        person: Person,
        company: Company,
    ) -> None:
        """Know an empty agenda; `async_begin` begins."""
        self._hass = hass
        self._entry = entry
        self._diary = diary
        self._person = person
        self._company = company
        self._prompter = Prompter(hass, entry, company, person.agenda_changed)
        self._wishes = wishes_of(entry)
        self._entries: list[Entry] = []
        self._reading: list[list[Entry]] = []
        """What has been recorded since each reading of the entries was begun."""
        self._has_started = False
        self._is_looking = False
        self._was_active = False
        self._is_ending = False
        """A session has ended, and is not in the diary as it ended yet."""
        self._looked_at = dt_util.utcnow()
        self._in_hand: set[str] = set()
        """What was answered from a phone, while that is being done."""
        self._timer: CALLBACK_TYPE | None = None
        self._unfollow: list[CALLBACK_TYPE] = []
        self._unlisten: list[CALLBACK_TYPE] = []
        self.agenda = Agenda(day=day_of(self._looked_at, hass.config.time_zone))
        """As it is now; nothing is due in it before Home Assistant has started."""

    # Beginning and ending

    async def async_begin(self) -> None:
        """Read what the diary tells of reminders, and keep to the agenda from now on.

        Raises DiaryError.
        """
        async_make_secret(self._hass, self._entry)
        self._entries = await self._read()
        self._unlisten = [
            self._diary.async_listen(self._recorded),
            self._hass.bus.async_listen(EVENT_CORE_CONFIG_UPDATE, self._config_changed),
            self._hass.bus.async_listen(PRESSED, self._pressed),
            async_at_started(self._hass, self._started),
        ]
        self._follow()
        self.look_again()

    @callback
    def end(self) -> None:
        """Wait for nothing any more."""
        self._prompter.stop_reminding()
        self._prompter.stop_asking()
        for unsubscribe in (*self._unlisten, *self._unfollow, self._timer):
            if unsubscribe:
                unsubscribe()
        self._unlisten, self._unfollow, self._timer = [], [], None

    async def _started(self, _: HomeAssistant) -> None:
        await async_read_schedules(self._hass, self._entry)
        self._wishes = wishes_of(self._entry)
        self._has_started = True
        self.look_again()

    # What the diary tells

    async def _read(self) -> list[Entry]:
        """Return the entries that the agenda needs."""
        now = dt_util.utcnow()
        last = await self._diary.async_read(
            kinds=(Kind.REMINDER,), end=now + STEP, limit=1, newest_first=True
        )
        start = horizon(self._wishes, now, last[0].at if last else None)
        return await self._diary.async_read(start=start, kinds=NEEDED)

    @callback
    def _recorded(self, entries: tuple[Entry, ...], _: tuple[Taken, ...]) -> None:
        if not entries:
            # something earlier was corrected
            self._read_again()
            return
        self._remember(entries)
        self.look_again()

    @callback
    def _remember(self, entries: Iterable[Entry]) -> None:
        known = {each.id for each in self._entries}
        new = [each for each in entries if each.kind in NEEDED and each.id not in known]
        self._entries += new
        for fresh in self._reading:
            fresh.extend(new)

    @callback
    def _read_again(self) -> None:
        self._entry.async_create_background_task(
            self._hass, self._take_anew(), f"{DOMAIN} agenda {self._entry.entry_id}"
        )

    async def _take_anew(self) -> None:
        fresh: list[Entry] = []
        self._reading.append(fresh)
        try:
            entries = await self._read()
        except HomeAssistantError as err:
            LOGGER.warning(
                "The agenda of %s is not up to date: %s", self._entry.title, err
            )
            return
        finally:
            self._reading = [each for each in self._reading if each is not fresh]
        self._entries = entries
        self._remember(fresh)
        self.look_again()

    # What else changes it

    @callback
    def wishes_changed(self) -> None:
        """Take over reminders and options that were changed."""
        self._wishes = wishes_of(self._entry)
        self._follow()
        self.look_again()

    @callback
    def _follow(self) -> None:
        """Follow the schedules of the reminders, and where the person is."""
        for unfollow in self._unfollow:
            unfollow()
        written = self._schedule_written
        self._unfollow = [async_follow_schedules(self._hass, self._entry, written)]
        if person := self._entry.data.get(CONF_PERSON):
            self._unfollow.append(
                async_track_state_change_event(self._hass, person, self._moved)
            )

    @callback
    def _schedule_written(self) -> None:
        if self._has_started:
            self._entry.async_create_background_task(
                self._hass,
                async_read_schedules(self._hass, self._entry),
                f"{DOMAIN} schedules {self._entry.entry_id}",
            )

    @callback
    def session_changed(self) -> None:
        """Look again where a session has begun, or has ended and been filed."""
        if self._person.is_active:
            if not self._was_active:
                self.look_again()
        elif self._was_active and not self._is_ending:
            self._is_ending = True
            self._entry.async_create_background_task(
                self._hass, self._file(), f"{DOMAIN} end {self._entry.entry_id}"
            )

    async def _file(self) -> None:
        """Wait until the diary tells how a session has ended, and look again."""
        await self._diary.async_settled()
        self._is_ending = False
        self.look_again()

    @callback
    def _config_changed(self, _: HassEvent) -> None:
        self.look_again()

    @callback
    def _moved(self, event: HassEvent[EventStateChangedData]) -> None:
        before, state = event.data["old_state"], event.data["new_state"]
        has_left = before is not None and before.state == STATE_HOME and not self._home
        is_known = state is not None and state.state not in _NOWHERE
        due = self.agenda.due
        if has_left and is_known and due and self._prompter.is_counting_down:
            self._answer(refused(due, is_absent=True), source=SOURCE)
            return
        self.look_again()

    @property
    def _home(self) -> bool:
        """Whether the person is at home, as far as is known."""
        person = self._entry.data.get(CONF_PERSON)
        state = self._hass.states.get(person) if person else None
        return state is None or state.state in (STATE_HOME, *_NOWHERE)

    @property
    def _is_surely_home(self) -> bool:
        """Whether the person is known to be at home, or nobody was linked."""
        person = self._entry.data.get(CONF_PERSON)
        return person is None or self._hass.states.is_state(person, STATE_HOME)

    # Looking

    @callback
    def look_again(self, _: datetime | None = None) -> None:
        """Record and ask what there is to, and wait for the next moment."""
        if self._is_looking or not self._unlisten:
            return
        self._is_looking = True
        try:
            self._look()
        finally:
            self._is_looking = False

    def _look(self) -> None:
        now = dt_util.utcnow()
        before, self._looked_at = self._looked_at, now
        if now < before - STEP:
            # the clock went back: what was left behind may be needed again, and
            # without it somebody could be asked twice
            self._wait(now)
            self._read_again()
            return
        self._was_active = self._person.is_active or self._is_ending
        agenda = look(self._wishes, self._situation(now))
        week = telling(
            self._entry.options, self._entries, now, self._hass.config.time_zone
        )
        if self._has_started:
            self._prompter.notifications.check()
            self._record(agenda.record, SOURCE)
            self._see_to(agenda)
            if week.due and self._may_tell(now):
                self._record((week.due,), SOURCE)
                # on a Monday it is about the week that is over
                day = week.due.day - ONE_DAY
                self._entry.async_create_background_task(
                    self._hass, self._tell_week(day), f"{DOMAIN} week"
                )
        else:
            agenda = _as_not_begun(agenda)
        is_new = agenda != self.agenda
        self.agenda = agenda
        self._forget(now)
        quiet = self._wishes.quiet
        unquiet = None
        if week.due and quiet:
            unquiet = quiet.change_after(now, self._hass.config.time_zone)
        self._wait(now, agenda.next_at, week.next_at, unquiet)
        if is_new:
            self._person.agenda_changed()

    def _situation(self, now: datetime) -> Situation:
        zone = self._hass.config.time_zone
        programme = self._diary.at(now)
        return Situation(
            now=now,
            zone=zone,
            entries=self._entries,
            unanswered=unanswered_of(programme),
            home=self._home,
            running=self._was_active,
            barred=barred_by(programme, now, zone),
        )

    def _record(self, payloads: Iterable[Reminded], source: str) -> None:
        """Record something, which counts at once even where the disk fails."""
        if payloads := tuple(payloads):
            self._remember(self._diary.add_soon(*payloads, source=source))

    def _see_to(self, agenda: Agenda) -> None:
        """Ask what is new, and leave what is over."""
        before = self.agenda
        over = self._asked_before(agenda)
        if agenda.due and agenda.due.is_new:
            self._prompter.remind(agenda.due, self._mode_of(agenda.due))
        elif before.due and not _is_same(before.due, agenda.due):
            self._prompter.stop_reminding(clear=True)
        elif agenda.due is None and over - {NEXT_DAY}:
            # it was asked before a restart
            self._prompter.stop_reminding(clear=True)
        if agenda.question and agenda.question.is_new:
            self._prompter.ask(agenda.question)
        elif agenda.question is None and (before.question or NEXT_DAY in over):
            self._prompter.stop_asking(clear=True)

    def _asked_before(self, agenda: Agenda) -> set[str]:
        """Return what had been asked of what is over now, by its ids."""
        asked = {
            (each.payload.reminder, each.payload.day)
            for each in self._entries
            if isinstance(each.payload, Reminded)
            and each.payload.outcome is ReminderOutcome.DUE
        }
        return {
            each.reminder
            for each in agenda.record
            if each.outcome in ENDINGS and (each.reminder, each.day) in asked
        }

    def _mode_of(self, due: Due) -> ReminderMode:
        """Return how it is asked: nothing starts for somebody who may be away."""
        mode = due.occasion.reminder.mode
        if mode is ReminderMode.START and not self._is_surely_home:
            return ReminderMode.REMIND
        return mode

    def _forget(self, now: datetime) -> None:
        """Let go of entries that do not matter any more."""
        reminded = [
            each.at
            for each in self._entries
            if each.kind is Kind.REMINDER and each.at <= now
        ]
        start = horizon(self._wishes, now, max(reminded, default=None))
        self._entries = [each for each in self._entries if each.at >= start]

    def _wait(self, now: datetime, *moments: datetime | None) -> None:
        if self._timer:
            self._timer()
        self._timer = async_track_point_in_utc_time(
            self._hass,
            self._moment_came,
            min(each for each in (*moments, now + LONGEST) if each),
        )

    @callback
    def _moment_came(self, _: datetime) -> None:
        self._timer = None
        self.look_again()

    # What the person answers

    @property
    def is_counting_down(self) -> bool:
        """Whether a session will start by itself unless somebody refuses."""
        return self._prompter.is_counting_down

    @property
    def counting_down_to(self) -> datetime | None:
        """When a session will start by itself, unless somebody refuses."""
        return self._prompter.counting_down_to

    @callback
    def refuse(self, source: str) -> bool:
        """Refuse the session that would start by itself; tell whether there is one."""
        due = self.agenda.due
        if due is None or not self._prompter.is_counting_down:
            return False
        self._answer(refused(due), source=source)
        return True

    @callback
    def snooze(self, source: str) -> datetime | None:
        """Have it asked again in 15 minutes; after three times it is missed instead.

        Returns when, None where it is not asked again. Raises ServiceValidationError,
        translated, where nothing is due.
        """
        self.look_again()
        due = self.agenda.due
        if due is None:
            raise refusal("nothing_due")
        answer = snoozed(due, dt_util.utcnow())
        self._answer(answer, source=source)
        return answer.until

    @callback
    def skip(self, source: str) -> None:
        """Skip what is open on this day.

        Raises ServiceValidationError, translated, where nothing is.
        """
        self.look_again()
        answers = skipped(self.agenda)
        if not answers:
            raise refusal("nothing_to_skip")
        self._answer(*answers, source=source)

    @callback
    def _answer(self, *answers: Reminded, source: str) -> None:
        self._record(answers, source)
        self.look_again()

    # What is pressed on a phone

    @callback
    def _pressed(self, event: HassEvent) -> None:
        """Do what a button says, if it is one of what is asked now."""
        self.look_again()
        action, agenda = event.data.get("action"), self.agenda
        if due := agenda.due:
            about = about_reminder(due)
            match verb_of(self._entry, action, about, OF_REMINDER):
                case Verb.START:
                    self._do(about, self._start(due))
                case Verb.SNOOZE:
                    self.snooze(BY_PHONE)
                case Verb.SKIP:
                    self.skip(BY_PHONE)
                case _:
                    pass
        if question := agenda.question:
            about = about_question(question)
            if verb := verb_of(self._entry, action, about, OF_QUESTION):
                number = RANGES.get(verb, number_of(event.data.get("reply_text")))
                self._do(about, self._rate(question, number))

    def _do(self, about: str, doing: Coroutine[Any, Any, None]) -> None:
        """Do what was answered, unless the same was answered a moment ago."""
        if about in self._in_hand:
            doing.close()
            return
        self._in_hand.add(about)
        task = self._entry.async_create_background_task(
            self._hass, doing, f"{DOMAIN} answer {self._entry.entry_id}"
        )
        task.add_done_callback(lambda _: self._in_hand.discard(about))

    async def _start(self, due: Due) -> None:
        # whatever is being said or counted, it has been answered
        self._prompter.stop_reminding()
        routine = due.occasion.reminder.routine
        try:
            await self._company.async_start_allowed(
                Routine(routine) if routine else None, BY_PHONE
            )
        except HomeAssistantError as err:
            LOGGER.warning(
                "The session of %s was not started from a phone: %s",
                self._entry.title,
                logged(err),
            )
            self._prompter.not_started()

    async def _rate(self, question: Question, number: int | None) -> None:
        """Record an answer; ask again for one that can't be understood."""
        if number is None:
            self._prompter.ask_again(question)
            return
        try:
            await self._person.async_rate(
                pain=number, context=Context.NEXT_DAY, source=BY_PHONE
            )
        except HomeAssistantError as err:
            LOGGER.warning(
                "An answer of %s was not recorded: %s", self._entry.title, err
            )
            self._prompter.ask_again(question)

    # The week

    def _may_tell(self, now: datetime) -> bool:
        quiet, zone = self._wishes.quiet, self._hass.config.time_zone
        is_quiet = quiet is not None and quiet.cover(now, zone)
        is_on = self._entry.options.get(CONF_REMINDERS, True)
        return is_on and not is_quiet and not self._person.is_active

    async def _tell_week(self, day: date) -> None:
        try:
            summary = await async_summarise(
                self._hass, self._diary, day, with_pain=False
            )
        except HomeAssistantError as err:
            LOGGER.warning("No summary for %s: %s", self._entry.title, err)
            return
        self._prompter.tell(summary_text(summary, self._person.phrases.words))


def _as_not_begun(agenda: Agenda) -> Agenda:
    """Return an agenda of which nothing is done yet."""
    return replace(agenda, due=None, question=None, record=())


def _is_same(due: Due, other: Due | None) -> bool:
    return other is not None and about_reminder(due) == about_reminder(other)
