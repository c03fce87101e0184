"""Folds a diary through the rules into a programme."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from .apply import accept, apply, decline, set_index, settle_offers
from .catalogue import Catalogue
from .closing import close
from .correction import restrict
from .decision import Decision, Rule
from .diary import (
    Activity,
    Context,
    Correction,
    Entry,
    ExerciseDone,
    Gate,
    Kind,
    Measure,
    OfferAnswered,
    Outcome,
    ProgrammeSet,
    Rating,
    Screen,
    SessionEnded,
    SessionKind,
    SessionStarted,
    Setting,
)
from .exposure import ASKED_FROM, CLOSES_AFTER, highest, merged
from .programme import (
    BALANCE,
    LEVEL_SURFACE,
    Mode,
    Programme,
    Record,
    above,
    limit_of,
    lowest_of,
    name_of,
    new_programme,
)
from .rules.absence import come_back
from .rules.hand import x1
from .rules.week import w2, w3
from .screen import screened
from .settings import SettingRefused
from .turn import take_turn

GIVEN_UP: Final = timedelta(hours=3)
"""So long after the last thing recorded in it a session is taken as over."""

ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A decision and when it was taken."""

    at: datetime
    session: str | None
    """The id of the session it is about."""
    closing: bool
    """It was taken when the session was closed."""
    decision: Decision


class Fold:
    """A programme that entries are added to, in the order they were recorded."""

    def __init__(
        self,
        catalogue: Catalogue,
        programme: Programme | None = None,
        *,
        log: list[Taken] | None = None,
    ) -> None:
        """Take the programme to go on from; it is changed in place.

        Decisions are added to `log`, if there is one.
        """
        self.catalogue = catalogue
        self.programme = programme or new_programme(catalogue)
        self.log = log

    def add(self, entry: Entry) -> None:
        """Let an entry have its effect.

        An entry of an earlier time than the last is taken as of now: nothing that
        was decided is decided anew by what is told late.
        """
        self.pass_time(entry.at, entry.zone)
        handler = _HANDLERS.get(entry.kind)
        if handler:
            handler(self, entry, entry.payload)

    def pass_time(self, now: datetime, zone: str) -> None:
        """Let time pass: what was left open is closed, weeks end."""
        programme = self.programme
        if programme.clock is None or now > programme.clock:
            programme.clock = now
        record = programme.session
        if record is None:
            return
        if record.ended is None and programme.clock - record.last > GIVEN_UP:
            self._end(record, record.last, Outcome.PARTIAL)
        if record.ended and programme.clock - record.ended >= CLOSES_AFTER:
            self.close(record.ended + CLOSES_AFTER, None)

    def begin_gate(self, now: datetime, zone: str) -> bool:
        """Close what is open because a session is to begin (G-7).

        Returns whether the next-day answer of the session before was missing.
        """
        self.pass_time(now, zone)
        record = self.programme.session
        if record is None:
            return False
        if record.ended is None:
            self._end(record, record.last, Outcome.PARTIAL)
        self.close(self.programme.clock or now, None)
        return True

    def come_back(self, today: date, zone: str) -> tuple[Decision, ...]:
        """Take back what days away ask for (A-1 to A-4); return the decisions."""
        last = self.programme.recent.last_ended
        days = (today - _day(last, zone)).days if last else None
        decisions = come_back(self.programme, self.catalogue, days)
        for decision in decisions:
            apply(self.programme, self.catalogue, decision, today)
        return decisions

    def close(self, at: datetime, next_day: int | None) -> None:
        """Close the session that waits, with the next day's answer or without."""
        record = self.programme.session
        if record is None:
            return
        on = _day(at, record.zone)
        decisions = close(self.programme, self.catalogue, record, on, next_day)
        self._note(at, record.id, decisions, closing=True)
        settle_offers(self.programme, self.catalogue, on)

    def _note(
        self,
        at: datetime,
        session: str | None,
        decisions: Iterable[Decision],
        *,
        closing: bool = False,
    ) -> None:
        if self.log is not None:
            self.log += [
                Taken(at=at, session=session, closing=closing, decision=decision)
                for decision in decisions
            ]

    # Sessions

    def _start(self, entry: Entry, payload: SessionStarted) -> None:
        at, zone = entry.at, entry.zone
        today = _day(at, zone)
        self.begin_gate(at, zone)
        self._roll_week(today)
        self._note(at, entry.id, self.come_back(today, zone))
        programme = self.programme
        kind = _kind_of(programme, payload)
        _remember_gate(
            programme, today, payload.pain_before, eased=kind is SessionKind.GENTLE
        )
        recent = programme.recent
        if payload.pain_before is not None:
            recent.before = (*recent.before, (today, payload.pain_before))[-5:]
            if len(recent.first) < 5:  # noqa: PLR2004  # P-5
                recent.first = (*recent.first, payload.pain_before)
        recent.first_on = recent.first_on or today
        programme.level_since = programme.level_since or today
        programme.session = Record(
            id=entry.id,
            routine=payload.routine,
            kind=kind,
            started=at,
            zone=zone,
            day=today,
            pain_before=payload.pain_before,
            planned={
                name_of(each.exercise, each.form): (each.index, each.planned)
                for each in payload.prescriptions
            },
            check_in=payload.check_in,
            settings=programme.settings,
            last=at,
            locked=programme.locked,
        )

    def _exercise(self, entry: Entry, done: ExerciseDone) -> None:
        record = self.programme.session
        if record is None or record.ended is not None:
            return
        record.last = entry.at
        name = name_of(done.exercise, done.form)
        if name in record.done:
            done = merged(record.done[name], done)
        if name in record.rated:
            done = _rated(done, *record.rated[name])
        record.done[name] = done
        self._note(
            entry.at,
            record.id,
            take_turn(self.programme, self.catalogue, record, name),
        )

    def _ended(self, entry: Entry, payload: SessionEnded) -> None:
        record = self.programme.session
        if record is None or record.ended is not None:
            return
        self._end(record, entry.at, payload.outcome)
        record.pain_after = highest(record.pain_after, payload.pain_after)
        record.effort = highest(record.effort, payload.effort)

    def _end(self, record: Record, at: datetime, outcome: Outcome) -> None:
        record.ended = at
        record.outcome = outcome
        recent = self.programme.recent
        recent.last_ended = at
        if outcome is Outcome.COMPLETED:
            recent.last_completed = at

    # Answers

    def _rating(self, entry: Entry, rating: Rating) -> None:
        record = self.programme.session
        if rating.measure is Measure.PAIN:
            self._pain(entry, rating)
        if record is None:
            return
        if rating.context is Context.NEXT_DAY:
            self._next_day(entry, rating, record)
        elif rating.exercise is not None:
            self._rate_exercise(entry, rating, record, rating.exercise)
        elif rating.context is Context.AFTER and rating.measure is Measure.PAIN:
            record.pain_after = highest(record.pain_after, rating.value)
        elif rating.context is Context.AFTER:
            record.effort = highest(record.effort, rating.value)
        elif (
            rating.context is Context.BEFORE
            and rating.measure is Measure.PAIN
            and record.ended is None
            and record.pain_before is None
        ):
            # too late for the gate, but what comes is compared with it
            record.pain_before = rating.value

    def _pain(self, entry: Entry, rating: Rating) -> None:
        recent = self.programme.recent
        recent.rating = (rating.value, entry.at)
        if rating.context not in (Context.BEFORE, Context.AT_LARGE):
            return
        if rating.context is Context.BEFORE:
            _remember_day(self.programme, _day(entry.at, entry.zone), rating.value)
        if rating.value >= self.programme.settings.gate_block_from:
            recent.not_today = (*recent.not_today, entry.at)[-2:]

    def _next_day(self, entry: Entry, rating: Rating, record: Record) -> None:
        if record.ended is None or rating.measure is not Measure.PAIN:
            return
        before = record.pain_before
        early = entry.at - record.ended < ASKED_FROM
        flares = before is not None and (
            rating.value - before >= self.programme.settings.nd_rise
        )
        if not early or flares:  # too early to have settled, but not to ease
            self.close(entry.at, rating.value)

    def _rate_exercise(
        self, entry: Entry, rating: Rating, record: Record, exercise: str
    ) -> None:
        name = exercise
        if exercise == BALANCE and LEVEL_SURFACE in record.planned:
            name = LEVEL_SURFACE
        pain, effort = record.rated.get(name, (None, None))
        if rating.measure is Measure.PAIN:
            pain = highest(pain, rating.value)
        else:
            effort = highest(effort, rating.value)
        record.rated[name] = (pain, effort)
        if record.ended is None:
            record.last = entry.at
        if name in record.done:
            record.done[name] = _rated(record.done[name], pain, effort)
            self._note(
                entry.at,
                record.id,
                take_turn(self.programme, self.catalogue, record, name),
            )

    def _gate(self, entry: Entry, gate: Gate) -> None:
        if gate.result != "not_today":
            return
        self.begin_gate(entry.at, entry.zone)
        day = _day(entry.at, entry.zone)
        _remember_gate(self.programme, day, gate.pain_before, eased=True)
        recent = self.programme.recent
        block = self.programme.settings.gate_block_from
        if gate.pain_before is not None and gate.pain_before >= block:
            recent.not_today = (*recent.not_today, entry.at)[-2:]

    def _screen(self, entry: Entry, answers: Screen) -> None:
        programme = self.programme
        today = _day(entry.at, entry.zone)
        programme.screening = screened(programme.screening, answers, today)
        if answers.advice_taken:
            programme.soft_lock = None
        if programme.locked:
            programme.offers = ()

    def _offer(self, entry: Entry, answer: OfferAnswered) -> None:
        if answer.accepted:
            accept(self.programme, answer.offer, answer.exercise)
            settle_offers(self.programme, self.catalogue, _day(entry.at, entry.zone))
        else:
            decline(self.programme, answer.offer, answer.exercise)

    def _set(self, entry: Entry, wish: ProgrammeSet) -> None:
        today = _day(entry.at, entry.zone)
        for decision in x1(self.programme, self.catalogue, wish, today):
            apply(self.programme, self.catalogue, decision, today)
            self._note(entry.at, None, (decision,))

    # What is said of the person, and the week

    def _setting(self, entry: Entry, setting: Setting) -> None:
        programme = self.programme
        before = programme.settings
        try:
            settings = before.changed(
                setting.name, setting.value, agreed=setting.clinician_agreed
            )
        except SettingRefused:
            return  # what a stricter setting excludes has no effect
        programme.settings = settings
        for id_ in settings.forbidden:
            if id_ not in before.forbidden and id_ in programme.standings:
                lowest = lowest_of(self.catalogue, id_)
                set_index(programme.standings[id_], lowest, Rule.LIMIT)
        for id_ in settings.highest_repetitions:
            if id_ in self.catalogue.exercises:
                lowest = lowest_of(self.catalogue, id_)
                index = max(lowest, limit_of(self.catalogue, settings, id_))
                set_index(programme.standings[id_], index, Rule.LIMIT)
        aerobic = programme.aerobic
        if setting.name == "aerobic_start":
            aerobic.target = min(settings.aerobic_start, settings.aerobic_ceiling)
        aerobic.target = min(aerobic.target, settings.aerobic_ceiling)

    def _activity(self, entry: Entry, activity: Activity) -> None:
        today = _day(entry.at, entry.zone)
        self._roll_week(today)
        aerobic = self.programme.aerobic
        if aerobic.week is not None and today >= aerobic.week:
            aerobic.minutes += w2(activity)

    def _roll_week(self, today: date) -> None:
        """Let the weeks that are over have their effect on the target (W-3)."""
        aerobic = self.programme.aerobic
        monday = today - ONE_DAY * today.weekday()
        if aerobic.week is None:
            aerobic.week = monday
        elif monday > aerobic.week:
            if len(aerobic.weeks) < 3:  # noqa: PLR2004  # the third is not looked at
                aerobic.weeks = (*aerobic.weeks, aerobic.minutes)
            record = self.programme.session
            if record is not None and record.day < monday:
                aerobic.troubled = True  # its answer is missing
            for decision in w3(aerobic, self.programme.settings.aerobic_ceiling):
                apply(self.programme, self.catalogue, decision, today)
                self._note(self.programme.clock or datetime.min, None, (decision,))
            aerobic.week = monday
            aerobic.minutes = 0
            aerobic.troubled = False

    def _correct(self, entry: Entry, correction: Correction) -> None:
        restrict(self.programme, correction.effects)


def _day(at: datetime, zone: str) -> date:
    return at.astimezone(ZoneInfo(zone)).date()


def _kind_of(programme: Programme, payload: SessionStarted) -> SessionKind:
    """Return what a session is for; whatever does not fit counts as gentle.

    So nothing that was started under a lock, without a rating, with too much pain,
    once more on a day or above the level ever makes anything harder.
    """
    pain, kind = payload.pain_before, payload.kind
    tried = programme.mode is Mode.TRIAL and payload.routine == programme.routine
    if (
        pain is None
        or pain >= programme.settings.gate_gentle_from
        or payload.override
        or programme.locked
        or above(payload.routine, programme.routine)
        or (kind is SessionKind.TRIAL and not tried)
    ):
        return SessionKind.GENTLE
    return SessionKind.TRIAL if tried and kind is SessionKind.NORMAL else kind


def _remember_gate(
    programme: Programme, day: date, pain: int | None, *, eased: bool
) -> None:
    recent = programme.recent
    recent.eased_gates = recent.eased_gates + 1 if eased else 0
    if pain is not None:
        recent.gates = (*recent.gates, pain)[-5:]
        _remember_day(programme, day, pain)


def _remember_day(programme: Programme, day: date, pain: int) -> None:
    recent = programme.recent
    days = dict(recent.rated)
    days[day] = max(pain, days.get(day, pain))
    recent.rated = tuple(days.items())[-7:]


def _rated(done: ExerciseDone, pain: int | None, effort: int | None) -> ExerciseDone:
    return replace(
        done,
        pain_peak=highest(done.pain_peak, pain),
        effort=highest(done.effort, effort),
    )


_HANDLERS: Final = {
    Kind.SESSION_STARTED: Fold._start,
    Kind.GATE: Fold._gate,
    Kind.EXERCISE_DONE: Fold._exercise,
    Kind.SESSION_ENDED: Fold._ended,
    Kind.RATING: Fold._rating,
    Kind.ACTIVITY: Fold._activity,
    Kind.SCREEN: Fold._screen,
    Kind.SETTING: Fold._setting,
    Kind.OFFER_ANSWERED: Fold._offer,
    Kind.PROGRAMME_SET: Fold._set,
    Kind.CORRECTION: Fold._correct,
}
"""Reminders and logged decisions have no effect."""


def fold(
    catalogue: Catalogue,
    entries: Iterable[Entry],
    programme: Programme | None = None,
    *,
    now: datetime | None = None,
    zone: str = "UTC",
    log: list[Taken] | None = None,
) -> Programme:
    """Return the programme that follows from entries, in the order of recording.

    Goes on from `programme`, which is left as it is, or from the beginning. With
    `now`, time has passed until then: what stayed open for 72 hours is closed.
    Decisions are added to `log`, if there is one.
    """
    folding = Fold(catalogue, programme.copy() if programme else None, log=log)
    for entry in entries:
        folding.add(entry)
    if now:
        folding.pass_time(now, zone)
    return folding.programme
