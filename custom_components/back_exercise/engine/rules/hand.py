"""What the person changes by hand (X-1): less at any time, more only by a step."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from ..catalogue import Catalogue
from ..decision import Decision, Outcome, Rule
from ..diary import Form, ProgrammeSet
from ..programme import (
    BALANCE,
    LEVEL_SURFACE,
    ROUTINES,
    Mode,
    Programme,
    Standing,
    Status,
    above,
    cap_of,
    lowest_of,
    name_of,
)
from .level import mastered

GAP: Final = timedelta(days=7)


def x1(
    programme: Programme, catalogue: Catalogue, wish: ProgrammeSet, today: date
) -> Iterator[Decision]:
    """X-1: lower is always possible, higher by one step a week within the rules.

    Never past the cap, nor through a lock, a hold, a suspension or an open answer.
    """
    if wish.routine is not None:
        yield _routine(programme, wish)
    if wish.exercise is not None:
        name = name_of(wish.exercise, wish.form or Form.USUAL)
        if name not in programme.standings:
            yield _refused("unknown", wish.exercise)
        elif wish.re_enable:
            yield _re_enable(programme, catalogue, name, today)
        elif wish.index is not None:
            yield _dose(programme, catalogue, name, wish.index, today)
        elif wish.exercise == BALANCE and wish.form is Form.LEVEL_SURFACE:
            yield Decision(
                rule=Rule.R_22, outcome=Outcome.LEVEL_SURFACE, exercise=BALANCE
            )
        elif wish.exercise == BALANCE and wish.form is Form.USUAL:
            yield _cushion(programme, catalogue, today)


def may_rise(programme: Programme) -> bool:
    """Return whether anything may be made harder by hand or by accepting an offer."""
    return (
        not programme.locked
        and programme.hold == 0
        and programme.session is None
        and programme.recent.answered
    )


def _routine(programme: Programme, wish: ProgrammeSet) -> Decision:
    routine = wish.routine or ""
    if routine not in ROUTINES:
        return _refused("unknown")
    if not above(routine, programme.level):
        return Decision(rule=Rule.X_1, outcome=Outcome.LEVEL_DOWN, routine=routine)
    if not wish.clinician_agreed:
        return Decision(
            rule=Rule.R_1, outcome=Outcome.REFUSED, routine=programme.routine
        )
    if not may_rise(programme):
        return _refused("not_now")
    return Decision(
        rule=Rule.X_1, outcome=Outcome.LEVEL_UP, routine=routine, variant="agreed"
    )


def _dose(
    programme: Programme, catalogue: Catalogue, name: str, index: int, today: date
) -> Decision:
    standing = programme.standings[name]
    if index <= standing.index:
        return Decision(
            rule=Rule.X_1,
            outcome=Outcome.EASE,
            exercise=name,
            value=max(index, lowest_of(catalogue, name)),
            variant="lower",
        )
    if not _may_rise_now(programme, standing):
        return _refused("not_now", name)
    if (
        index > standing.index + 1
        or index > cap_of(catalogue, programme, name)
        or _rose_lately(standing, today)
    ):
        return _refused("too_much", name)
    return Decision(
        rule=Rule.X_1,
        outcome=Outcome.STEP_UP,
        exercise=name,
        value=index,
        variant="higher",
    )


def _may_rise_now(programme: Programme, standing: Standing) -> bool:
    return (
        may_rise(programme)
        and programme.mode is not Mode.TRIAL
        and standing.status is Status.ACTIVE
    )


def _rose_lately(standing: Standing, today: date) -> bool:
    recent = (standing.stepped_on, standing.raised_by_hand)
    return any(day is not None and today - day < GAP for day in recent)


def _cushion(programme: Programme, catalogue: Catalogue, today: date) -> Decision:
    """R22: back from the level surface to the cushion, at the lowest dose.

    clinical.md has no rule for the way back, so none takes it by itself: only by
    hand, within X-1, and only where the balance on the level surface is mastered
    (at its full dose, the last two times clean). Where it was suspended on the
    cushion, the way back is the re-trial that S-3 offers.
    """
    soft, firm = programme.standings[BALANCE], programme.standings[LEVEL_SURFACE]
    if not _may_rise_now(programme, soft):
        return _refused("not_now", BALANCE)
    if not soft.level_surface or not programme.settings.cushion:
        return _refused("cushion", BALANCE)
    if not mastered(firm):
        return _refused("not_now", BALANCE)
    if _rose_lately(soft, today) or _rose_lately(firm, today):
        return _refused("too_much", BALANCE)
    return Decision(
        rule=Rule.R_22,
        outcome=Outcome.CUSHION,
        exercise=BALANCE,
        value=lowest_of(catalogue, BALANCE),
        variant="cushion",
    )


def _re_enable(
    programme: Programme, catalogue: Catalogue, name: str, today: date
) -> Decision:
    """Bring a retired exercise into a re-trial, with its warning (S-4)."""
    standing = programme.standings[name]
    if (
        standing.status is not Status.RETIRED
        or not may_rise(programme)
        or (standing.cool_off is not None and today < standing.cool_off)
    ):
        return _refused("not_now", name)
    return Decision(
        rule=Rule.X_1,
        outcome=Outcome.RETRIAL,
        exercise=name,
        value=lowest_of(catalogue, name),
        variant="re_enabled",
    )


def _refused(variant: str, exercise: str | None = None) -> Decision:
    return Decision(
        rule=Rule.X_1, outcome=Outcome.REFUSED, exercise=exercise, variant=variant
    )
