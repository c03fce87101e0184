"""Closes a session once its next day is known, or will never be."""

from datetime import date, timedelta
from typing import Final

from .apply import apply
from .catalogue import Catalogue
from .decision import Decision, Outcome, Rule
from .diary import Outcome as Ended, SessionKind
from .exposure import MOST, expose, rise_of, was_stopped, was_tried
from .programme import (
    Exposure,
    Mode,
    Programme,
    Record,
    Standing,
    Status,
)
from .progress import as_last
from .rules import applicable
from .rules.facts import ClosingFacts, TurnFacts
from .rules.level import LEVEL_HOLD
from .rules.suspension import s2, s4
from .settings import Settings

STOPPED: Final = 2
"""So many exercises stopped for pain make a session bad (4.1)."""

WEEK: Final = timedelta(days=7)


def close(
    programme: Programme,
    catalogue: Catalogue,
    record: Record,
    on: date,
    next_day: int | None,
) -> tuple[Decision, ...]:
    """Close a session; change the programme, and return what was decided.

    `next_day` is the pain of the day after, None where it is unknown.
    """
    settings = record.settings.stricter(programme.settings)
    nd_rise = None
    if next_day is not None and record.pain_before is not None:
        nd_rise = next_day - record.pain_before
    amber = nd_rise is not None and nd_rise >= settings.nd_rise
    bad = amber or _went_badly(record, settings)
    exposures: dict[str, Exposure] = {}
    for name, done in record.done.items():
        standing = programme.standings.setdefault(name, Standing())
        if was_tried(done):
            exposures[name] = expose(name, done, record, standing, settings, nd_rise)
    facts = ClosingFacts(
        programme=programme,
        catalogue=catalogue,
        record=record,
        settings=settings,
        on=on,
        exposures=exposures,
        nd_rise=nd_rise,
        amber=amber,
        bad=bad,
        level=programme.level,
        mode=programme.mode,
        hold=programme.hold,
        start={name: each.index for name, each in programme.standings.items()},
    )
    decisions = _suspensions(facts)
    _remember(facts)
    for rule in applicable(facts):
        for decision in rule(facts):
            _take(facts, decision)
            decisions.append(decision)
    programme.progress.last = as_last(record, next_day)
    programme.session = None
    programme.gentle_kept = False
    programme.changes = tuple(decisions)
    return programme.changes


def _went_badly(record: Record, settings: Settings) -> bool:
    """Return whether it was bad already on its day (4.1)."""
    if record.outcome is Ended.PAIN:
        return True
    stopped = 0
    for done in record.done.values():
        peak, rise = done.pain_peak, rise_of(done, record.pain_before)
        if peak is not None and peak >= settings.pain_end:
            return True
        if rise is not None and rise >= settings.rise_end:
            return True
        stopped += was_stopped(done, record)
    return stopped >= STOPPED


def _take(facts: ClosingFacts, decision: Decision) -> None:
    """Apply a decision, and let the rules after it know."""
    if decision.outcome is Outcome.HOLD:
        if decision.rule is Rule.D_6:
            facts.programme.hold = decision.value or 0
        else:
            facts.held = max(facts.held, decision.value or 0)
        return
    if decision.outcome is Outcome.LEVEL_DOWN:
        facts.held = max(facts.held, LEVEL_HOLD)
    elif decision.outcome in (Outcome.EASE, Outcome.REACTIVATE) and decision.exercise:
        facts.settled.add(decision.exercise)
    apply(facts.programme, facts.catalogue, decision, facts.on, facts.start)


def _suspensions(facts: ClosingFacts) -> list[Decision]:
    """Take the suspensions that only the next day shows (S-2, S-4)."""
    decisions: list[Decision] = []
    for name, exposure in facts.exposures.items():
        if not exposure.worsening or name in facts.record.suspended:
            continue
        standing = facts.programme.standings[name]
        turn = TurnFacts(
            name=name,
            done=facts.record.done[name],
            worsening=True,
            status=standing.status,
            marks=standing.marks,
            failed=standing.failed,
            sharp=(),
            settings=facts.settings,
            on=facts.on,
        )
        for decision in (*s4(turn), *s2(turn)):
            apply(facts.programme, facts.catalogue, decision, facts.on)
            decisions.append(decision)
    return decisions


def _remember(facts: ClosingFacts) -> None:
    """Add the session to what the rules look back on."""
    programme, record = facts.programme, facts.record
    for name, exposure in facts.exposures.items():
        _expose(programme.standings[name], exposure)
    if facts.bad:
        programme.bad_run += 1
    elif facts.known:
        programme.bad_run = 0
    recent = programme.recent
    recent.closed += 1
    recent.answered = facts.known
    recent.bad = (*recent.bad, facts.bad)[-2:]
    completed = frozenset(
        done.exercise
        for done in record.done.values()
        if done.done and done.done >= MOST * done.planned
    )
    recent.sessions = (
        *(each for each in recent.sessions if record.day - each[0] < WEEK),
        (record.day, completed, record.counts),
    )
    programme.aerobic.troubled |= facts.bad
    if record.counts:
        for name, standing in programme.standings.items():
            if standing.status is Status.SUSPENDED and name not in record.suspended:
                standing.closed_since += 1
    if facts.mode is Mode.TRIAL:
        _remember_trial(facts)
    elif (
        record.counts
        and record.kind is SessionKind.NORMAL
        and record.routine == programme.level
    ):
        programme.sessions_at_level += 1


def _expose(standing: Standing, exposure: Exposure) -> None:
    standing.marks = (*standing.marks, exposure.worsening)[-4:]
    standing.clean = (*standing.clean, exposure.clean)[-2:]
    standing.run = standing.run + 1 if exposure.clean else 0
    standing.hard_run = standing.hard_run + 1 if exposure.hard else 0
    if standing.status is Status.RETRIAL and exposure.known:
        standing.passed += not exposure.eases


def _remember_trial(facts: ClosingFacts) -> None:
    if facts.record.kind is not SessionKind.TRIAL:
        return
    trial = facts.programme.trial
    for name, exposure in facts.exposures.items():
        if exposure.struggle:
            trial.struggles[name] = trial.struggles.get(name, 0) + 1
    if facts.record.counts:
        trial.sessions += 1
        trial.answered += all(
            name in facts.exposures and facts.exposures[name].known
            for name in facts.record.planned
        )
