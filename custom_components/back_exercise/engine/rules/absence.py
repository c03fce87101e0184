"""Coming back after days away (A-0 to A-4)."""

from collections.abc import Iterator
from typing import Final

from ..catalogue import Catalogue, Routine
from ..decision import Decision, Outcome, Rule
from ..programme import ROUTINES, Programme, lowest_of, preceding

SOME: Final = 7
LONG: Final = 14
VERY_LONG: Final = 28
ANEW: Final = 90
HALF: Final = -3
LOWER: Final = -2


def a0(programme: Programme, catalogue: Catalogue, days: int) -> Iterator[Decision]:
    """A-0: less than a week changes nothing, and nothing is made up for."""
    if days < SOME:
        yield Decision(rule=Rule.A_0, outcome=Outcome.NOTHING, inputs={"days": days})


def a1(programme: Programme, catalogue: Catalogue, days: int) -> Iterator[Decision]:
    """A-1: after 7 to 13 days every exercise is one step lower."""
    if SOME <= days < LONG:
        yield from _back(Rule.A_1, days)
        for name in _names(programme, catalogue, programme.routine):
            index = programme.standings[name].index - 1
            yield _ease(Rule.A_1, catalogue, name, index)


def a2(programme: Programme, catalogue: Catalogue, days: int) -> Iterator[Decision]:
    """A-2: after 14 to 27 days every exercise begins at half its dose."""
    if LONG <= days < VERY_LONG:
        yield from _back(Rule.A_2, days)
        for name in _names(programme, catalogue, programme.routine):
            index = min(programme.standings[name].index, HALF)
            yield _ease(Rule.A_2, catalogue, name, index)


def a3(programme: Programme, catalogue: Catalogue, days: int) -> Iterator[Decision]:
    """A-3: after 28 to 89 days one level down, at -2; no trial, no building."""
    if VERY_LONG <= days < ANEW:
        yield from _anew(
            Rule.A_3, programme, catalogue, days, preceding(programme.level)
        )


def a4(programme: Programme, catalogue: Catalogue, days: int) -> Iterator[Decision]:
    """A-4: after 90 days it begins anew: beginner, at -2."""
    if days >= ANEW:
        yield from _anew(Rule.A_4, programme, catalogue, days, Routine.BEGINNER)


def _anew(
    rule: Rule, programme: Programme, catalogue: Catalogue, days: int, level: Routine
) -> Iterator[Decision]:
    yield Decision(
        rule=rule,
        outcome=Outcome.RETURN,
        routine=level,
        inputs={"days": days},
    )
    for name in _names(programme, catalogue, programme.routine):
        index = min(programme.standings[name].index, LOWER)
        yield _ease(rule, catalogue, name, index)


def _back(rule: Rule, days: int) -> Iterator[Decision]:
    yield Decision(rule=rule, outcome=Outcome.RETURN, inputs={"days": days})


def _ease(rule: Rule, catalogue: Catalogue, name: str, index: int) -> Decision:
    return Decision(
        rule=rule,
        outcome=Outcome.EASE,
        exercise=name,
        value=max(index, lowest_of(catalogue, name)),
        variant="exercise",
    )


def _names(
    programme: Programme, catalogue: Catalogue, highest: Routine
) -> Iterator[str]:
    """Yield what may be met now: every exercise up to a routine."""
    for name in programme.standings:
        exercise = catalogue.exercises.get(name)
        if exercise is None or ROUTINES.index(exercise.level) <= ROUTINES.index(
            highest
        ):
            yield name


ABSENCE: Final = (a0, a1, a2, a3, a4)


def come_back(
    programme: Programme, catalogue: Catalogue, days: int | None
) -> tuple[Decision, ...]:
    """Return what so many days without a session lead to; nothing before the first."""
    if days is None:
        return ()
    if days < SOME:  # as nearly always: the others have nothing to say
        return tuple(a0(programme, catalogue, days))
    return tuple(
        decision for rule in ABSENCE for decision in rule(programme, catalogue, days)
    )
