"""What a decision does to a programme; the only place where rules change one."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from .catalogue import Catalogue, Routine
from .decision import Decision, Outcome, Rule
from .diary import OfferKind
from .programme import (
    STRICTNESS,
    Mode,
    Offer,
    Programme,
    Standing,
    Status,
    Trial,
    following,
    lowest_of,
)
from .rules.level import LEVEL_HOLD

TRIAL_INDEX: Final = -1


def apply(
    programme: Programme,
    catalogue: Catalogue,
    decision: Decision,
    on: date,
    start: Mapping[str, int] | None = None,
) -> None:
    """Do to a programme what a decision says.

    `start` are the indices that a fall in level is reckoned from, so that
    reductions never add up; else those of now.
    """
    name = decision.exercise
    if name is not None:
        change = _EXERCISE.get(decision.outcome)
        if change:
            standing = programme.standings.setdefault(name, Standing())
            change(programme, standing, decision, on)
    if decision.outcome is Outcome.LEVEL_DOWN:
        _level_down(programme, catalogue, decision, on, start or {})
    elif decision.outcome in _LEVELS and decision.routine:
        mode = _LEVELS[decision.outcome]
        set_level(programme, Routine(decision.routine), on, mode)
    elif decision.outcome is Outcome.LOCK:
        programme.soft_lock = programme.soft_lock or decision.rule
    elif decision.outcome is Outcome.OFFER:
        programme.offers = (*programme.offers, _offer(decision, on))
    elif decision.outcome is Outcome.MESSAGE:
        programme.messages[decision.rule] = on
    elif decision.outcome is Outcome.TARGET and decision.value is not None:
        programme.aerobic.target = decision.value


def _ease(
    programme: Programme, standing: Standing, decision: Decision, on: date
) -> None:
    set_index(standing, decision.value or 0, decision.rule)


def _to_level_surface(
    programme: Programme, standing: Standing, decision: Decision, on: date
) -> None:
    standing.level_surface = True
    standing.rule = decision.rule
    standing.hard_run = 0


def _to_cushion(
    programme: Programme, standing: Standing, decision: Decision, on: date
) -> None:
    """Go back to the cushion at the lowest dose, as if it were a step by hand."""
    standing.level_surface = False
    standing.index = min(standing.index, decision.value or 0)
    standing.rule = decision.rule
    standing.clean = ()
    standing.run = 0
    standing.hard_run = 0
    standing.stepped_on = on
    standing.raised_by_hand = on


def _reactivate(
    programme: Programme, standing: Standing, decision: Decision, on: date
) -> None:
    """Begin anew with an exercise, but for what a further failure counts with."""
    standing.status = Status.ACTIVE
    standing.rule = decision.rule
    standing.marks = ()
    standing.clean = ()
    standing.run = 0
    standing.hard_run = 0
    standing.passed = 0
    standing.cool_off = None


def _re_enable(
    programme: Programme, standing: Standing, decision: Decision, on: date
) -> None:
    _retry(standing, decision.value or 0, decision.rule)


def set_index(standing: Standing, index: int, rule: Rule) -> None:
    """Lower an index; one that is not lower is left, for easings never add up."""
    if index < standing.index:
        standing.index = index
        standing.rule = standing.rule if standing.cool_off else rule
        standing.run = 0
    standing.hard_run = 0


def _step_up(
    programme: Programme, standing: Standing, decision: Decision, on: date
) -> None:
    standing.index = decision.value or 0
    standing.rule = decision.rule
    standing.run = 0
    standing.hard_run = 0
    standing.stepped_on = on
    if decision.rule is Rule.X_1:
        standing.raised_by_hand = on


def _suspend(
    programme: Programme, standing: Standing, decision: Decision, on: date
) -> None:
    status = Status.RETIRED if decision.outcome is Outcome.RETIRE else Status.SUSPENDED
    standing.rule = decision.rule
    standing.status = max(standing.status, status, key=STRICTNESS.__getitem__)
    until = decision.until or on + timedelta(days=28)
    standing.cool_off = max(until, standing.cool_off or until)
    standing.closed_since = 0
    standing.failed += decision.rule is Rule.S_4
    standing.passed = 0
    standing.run = 0
    programme.offers = tuple(
        offer for offer in programme.offers if offer.exercise != decision.exercise
    )
    if programme.session and decision.exercise:
        programme.session.suspended.add(decision.exercise)


_EXERCISE: Final = {
    Outcome.EASE: _ease,
    Outcome.STEP_UP: _step_up,
    Outcome.SUSPEND: _suspend,
    Outcome.RETIRE: _suspend,
    Outcome.REACTIVATE: _reactivate,
    Outcome.RETRIAL: _re_enable,
    Outcome.LEVEL_SURFACE: _to_level_surface,
    Outcome.CUSHION: _to_cushion,
}

_LEVELS: Final = {
    Outcome.RETURN: Mode.NORMAL,
    Outcome.BUILD: Mode.BUILD,
    Outcome.LEVEL_UP: Mode.NORMAL,
}


def _retry(standing: Standing, lowest: int, rule: Rule) -> None:
    standing.status = Status.RETRIAL
    standing.index = min(standing.index, lowest)
    standing.rule = rule
    standing.passed = 0
    standing.run = 0
    standing.hard_run = 0


def _offer(decision: Decision, on: date) -> Offer:
    return Offer(
        kind=OfferKind.RETRIAL if decision.exercise else OfferKind.LEVEL,
        on=on,
        exercise=decision.exercise,
        routine=Routine(decision.routine) if decision.routine else None,
        rule=decision.rule,
    )


def set_level(
    programme: Programme, level: Routine, on: date, mode: Mode = Mode.NORMAL
) -> None:
    """Begin a level or mode: its sessions and the clean runs count from now."""
    programme.level = level
    programme.mode = mode
    programme.level_since = on
    programme.build_since = on if mode is Mode.BUILD else None
    programme.sessions_at_level = 0
    programme.trial = Trial()
    programme.offers = tuple(
        offer for offer in programme.offers if offer.kind is not OfferKind.LEVEL
    )
    for standing in programme.standings.values():
        standing.run = 0


def begin_trial(programme: Programme, catalogue: Catalogue, on: date) -> None:
    """Begin the trial of the next routine, its exercises at -1 or lower (L-2)."""
    since, sessions = programme.level_since, programme.sessions_at_level
    set_level(programme, programme.level, on, Mode.TRIAL)
    programme.level_since, programme.sessions_at_level = since, sessions
    for id_ in catalogue.routines[following(programme.level)]:
        set_index(programme.standings[id_], TRIAL_INDEX, Rule.L_2)


def _level_down(
    programme: Programme,
    catalogue: Catalogue,
    decision: Decision,
    on: date,
    start: Mapping[str, int],
) -> None:
    level = Routine(decision.routine or "")
    if decision.rule is Rule.X_1:
        if level is not programme.level or programme.mode is Mode.TRIAL:
            set_level(programme, level, on)
        return
    order = list(Routine)
    if order.index(level) < order.index(programme.level):
        set_level(programme, level, on)
    for id_ in catalogue.routines[level]:
        standing = programme.standings[id_]
        index = min(start.get(id_, standing.index), 0) - 1
        lowest = lowest_of(catalogue, id_)
        set_index(standing, max(lowest, index), decision.rule)
    programme.hold = max(programme.hold, LEVEL_HOLD)


def settle_offers(programme: Programme, catalogue: Catalogue, on: date) -> None:
    """Let an accepted offer take effect, once nothing speaks against it.

    It waits while an answer is missing, and goes where there is a hold or a lock.
    """
    if not programme.offers or programme.session is not None:
        return
    if programme.hold or programme.locked or any(programme.recent.bad[-1:]):
        programme.offers = ()
        return
    if not programme.recent.answered:
        return
    for offer in programme.offers:
        if not offer.accepted:
            continue
        programme.offers = tuple(each for each in programme.offers if each != offer)
        if offer.kind is OfferKind.LEVEL:
            begin_trial(programme, catalogue, on)
            continue
        name = offer.exercise or ""
        standing = programme.standings[name]
        if standing.status is Status.SUSPENDED and on >= (standing.cool_off or on):
            _retry(standing, lowest_of(catalogue, name), offer.rule)


def accept(programme: Programme, kind: OfferKind, exercise: str | None) -> None:
    """Mark the offer as accepted; nothing happens where there is none."""
    programme.offers = tuple(
        replace(offer, accepted=True)
        if offer.kind is kind and exercise in (None, offer.exercise)
        else offer
        for offer in programme.offers
    )


def decline(
    programme: Programme, kind: OfferKind, exercise: str | None, on: date
) -> None:
    """Take an offer back that was declined; it is not made again for a while."""
    declined = [
        offer
        for offer in programme.offers
        if offer.kind is kind and exercise in (None, offer.exercise)
    ]
    programme.offers = tuple(
        offer for offer in programme.offers if offer not in declined
    )
    for offer in declined:
        programme.declined[offer.exercise or offer.kind] = on
