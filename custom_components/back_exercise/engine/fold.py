"""Folds a diary through the rules into a programme."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from .apply import accept, apply, decline, set_index, settle_offers
from .catalogue import Catalogue
from .correction import restrict
from .course import Course, Log, day_of
from .decision import Outcome, Rule
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
    ProgrammeSet,
    Rating,
    Screen,
    SessionEnded,
    SessionKind,
    SessionStarted,
    Setting,
)
from .exposure import ASKED_FROM, highest, merged
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
)
from .progress import begin_week
from .rules.closing import gone_up
from .rules.hand import x1
from .rules.week import w2
from .screen import screened
from .settings import SettingRefused
from .turn import take_turn

# Sessions


def _start(course: Course, entry: Entry, payload: SessionStarted) -> None:
    at, zone = entry.at, entry.zone
    today = day_of(at, zone)
    course.begin_gate(at)
    course.roll_week(today, entry.at)
    returning = course.come_back(today, zone)
    course.note(at, entry.id, returning)
    programme = course.programme
    kind = _kind_of(programme, payload, today, zone)
    if kind is not SessionKind.GENTLE and any(
        decision.outcome is Outcome.RETURN for decision in returning
    ):
        kind = SessionKind.RETURN
    _remember_gate(
        programme, today, payload.pain_before, eased=kind is SessionKind.GENTLE
    )
    recent = programme.recent
    if payload.pain_before is not None:
        recent.before = (*recent.before, (today, payload.pain_before))[-5:]
        if len(recent.first) < 5:  # noqa: PLR2004  # P-5
            recent.first = (*recent.first, payload.pain_before)
    recent.first_on = recent.first_on or today
    programme.progress.told = payload.told
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
    )


def _exercise(course: Course, entry: Entry, done: ExerciseDone) -> None:
    record = course.programme.session
    if record is None or record.ended is not None:
        return
    record.last = entry.at
    name = name_of(done.exercise, done.form)
    if name in record.done:
        done = merged(record.done[name], done)
    if name in record.rated:
        done = _rated(done, *record.rated[name])
    record.done[name] = done
    course.note(
        entry.at,
        record.id,
        take_turn(course.programme, course.catalogue, record, name),
    )


def _ended(course: Course, entry: Entry, payload: SessionEnded) -> None:
    record = course.programme.session
    if record is None or record.ended is not None:
        return
    course.end(record, entry.at, payload.outcome)
    record.pain_after = highest(record.pain_after, payload.pain_after)
    record.effort = highest(record.effort, payload.effort)


# Answers


def _rating(course: Course, entry: Entry, rating: Rating) -> None:
    record = course.programme.session
    if rating.measure is Measure.PAIN:
        _pain(course, entry, rating)
    else:
        course.programme.progress.effort = (rating.value, entry.at)
    if record is None:
        return
    if rating.context is Context.NEXT_DAY:
        _next_day(course, entry, rating, record)
    elif rating.exercise is not None:
        _rate_exercise(course, entry, rating, record, rating.exercise)
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


def _pain(course: Course, entry: Entry, rating: Rating) -> None:
    recent = course.programme.recent
    is_newer = recent.rating is None or entry.at >= recent.rating[1]
    if is_newer and not rating.recalled:  # that is how it was, not how it is
        recent.rating = (rating.value, entry.at)
    if rating.context not in (Context.BEFORE, Context.AT_LARGE):
        return
    if rating.context is Context.BEFORE:
        _remember_day(course.programme, day_of(entry.at, entry.zone), rating.value)
    if rating.value >= course.programme.settings.gate_block_from:
        recent.not_today = (*recent.not_today, entry.at)[-2:]


def _next_day(course: Course, entry: Entry, rating: Rating, record: Record) -> None:
    if record.ended is None or rating.measure is not Measure.PAIN:
        return
    before = record.pain_before
    early = entry.at - record.ended < ASKED_FROM
    flares = before is not None and (
        rating.value - before >= course.programme.settings.nd_rise
    )
    if not early or flares:  # too early to have settled, but not to ease
        course.close(record, entry.at, rating.value)


def _rate_exercise(
    course: Course, entry: Entry, rating: Rating, record: Record, exercise: str
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
        course.note(
            entry.at,
            record.id,
            take_turn(course.programme, course.catalogue, record, name),
        )


def _gate(course: Course, entry: Entry, gate: Gate) -> None:
    if gate.result != "not_today":
        return
    # the session before stays open: how the day after it is may still be told
    course.pass_time(entry.at)
    day = day_of(entry.at, entry.zone)
    _remember_gate(course.programme, day, gate.pain_before, eased=True)
    recent = course.programme.recent
    block = course.programme.settings.gate_block_from
    if gate.pain_before is not None and gate.pain_before >= block:
        recent.not_today = (*recent.not_today, entry.at)[-2:]


def _screen(course: Course, entry: Entry, answers: Screen) -> None:
    programme = course.programme
    today = day_of(entry.at, entry.zone)
    programme.screening = screened(programme.screening, answers, today)
    if answers.advice_taken:
        programme.soft_lock = None
    if programme.locked:
        programme.offers = ()


def _offer(course: Course, entry: Entry, answer: OfferAnswered) -> None:
    if answer.accepted:
        accept(course.programme, answer.offer, answer.exercise)
        settle_offers(course.programme, course.catalogue, day_of(entry.at, entry.zone))
    else:
        on = day_of(entry.at, entry.zone)
        decline(course.programme, answer.offer, answer.exercise, on)


def _set(course: Course, entry: Entry, wish: ProgrammeSet) -> None:
    today = day_of(entry.at, entry.zone)
    for decision in x1(course.programme, course.catalogue, wish, today):
        apply(course.programme, course.catalogue, decision, today)
        course.note(entry.at, None, (decision,))


# What is said of the person, and the week


def _setting(course: Course, entry: Entry, setting: Setting) -> None:
    programme = course.programme
    before = programme.settings
    try:
        settings = before.changed(
            setting.name, setting.value, agreed=setting.clinician_agreed
        )
    except SettingRefused:
        return  # what a stricter setting excludes has no effect
    if settings.weekly_sessions != before.weekly_sessions:
        begin_week(programme, day_of(entry.at, entry.zone))
    programme.settings = settings
    for id_ in settings.forbidden:
        if id_ not in before.forbidden and id_ in programme.standings:
            lowest = lowest_of(course.catalogue, id_)
            set_index(programme.standings[id_], lowest, Rule.LIMIT)
    for id_ in settings.highest_repetitions:
        if id_ in course.catalogue.exercises:
            lowest = lowest_of(course.catalogue, id_)
            index = max(lowest, limit_of(course.catalogue, settings, id_))
            set_index(programme.standings[id_], index, Rule.LIMIT)
    aerobic = programme.aerobic
    if setting.name == "aerobic_start":
        aerobic.target = min(settings.aerobic_start, settings.aerobic_ceiling)
    aerobic.target = min(aerobic.target, settings.aerobic_ceiling)


def _activity(course: Course, entry: Entry, activity: Activity) -> None:
    today = day_of(entry.at, entry.zone)
    course.roll_week(today, entry.at)
    aerobic = course.programme.aerobic
    if aerobic.week is not None and today >= aerobic.week:
        aerobic.minutes += w2(activity)


def _correct(course: Course, entry: Entry, correction: Correction) -> None:
    restrict(course.programme, correction.effects)


def _kind_of(
    programme: Programme, payload: SessionStarted, today: date, zone: str
) -> SessionKind:
    """Return what a session is for; whatever does not fit counts as gentle.

    So nothing that was started under a lock, without a rating, with too much pain,
    once more on a day or above the level ever makes anything harder.
    """
    pain, kind, recent = payload.pain_before, payload.kind, programme.recent
    moments = (*recent.not_today, *filter(None, (recent.last_completed,)))
    tried = programme.mode is Mode.TRIAL and payload.routine == programme.routine
    if (
        pain is None
        or pain >= programme.settings.gate_gentle_from
        or payload.override
        or programme.locked
        or above(payload.routine, programme.routine)
        or (kind is SessionKind.TRIAL and not tried)
        or programme.gentle_kept
        or gone_up(recent)
        or any(day_of(moment, zone) == today for moment in moments)
    ):
        return SessionKind.GENTLE
    return SessionKind.TRIAL if tried and kind is SessionKind.NORMAL else kind


def _remember_gate(
    programme: Programme, day: date, pain: int | None, *, eased: bool
) -> None:
    recent = programme.recent
    if pain is not None:  # gentle for want of a rating says nothing of pain (G-9)
        recent.eased_gates = recent.eased_gates + 1 if eased else 0
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


_HANDLERS: Final[Mapping[Kind, Callable[[Course, Entry, Any], None]]] = {
    Kind.SESSION_STARTED: _start,
    Kind.GATE: _gate,
    Kind.EXERCISE_DONE: _exercise,
    Kind.SESSION_ENDED: _ended,
    Kind.RATING: _rating,
    Kind.ACTIVITY: _activity,
    Kind.SCREEN: _screen,
    Kind.SETTING: _setting,
    Kind.OFFER_ANSWERED: _offer,
    Kind.PROGRAMME_SET: _set,
    Kind.CORRECTION: _correct,
}
"""Reminders have no effect but that time has passed; logged decisions have none."""


def fold(
    catalogue: Catalogue,
    entries: Iterable[Entry],
    programme: Programme | None = None,
    *,
    now: datetime | None = None,
    log: Log | None = None,
) -> Programme:
    """Return the programme that follows from entries, in the order of recording.

    Goes on from `programme`, which is left as it is, or from the beginning. With
    `now`, time has passed until then: what stayed open for 72 hours is closed.
    Decisions are added to `log`, if there is one.

    An entry of an earlier time than the last is taken as of now: nothing that was
    decided is decided anew by what is told late.
    """
    course = Course(catalogue, programme.copy() if programme else None, log=log)
    for entry in entries:
        if entry.kind is Kind.DECISION:
            continue  # not even its time: it is only a log
        course.pass_time(entry.at)
        handler = _HANDLERS.get(entry.kind)
        if handler:
            handler(course, entry, entry.payload)
    if now:
        course.pass_time(now)
    return course.programme
