"""The rules of clinical.md, a function for each; which comes first stands here."""

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Final

from ..decision import Outcome
from . import closing, dose, level, suspension
from .facts import ClosingFacts, Decisions

type ClosingRule = Callable[[ClosingFacts], Decisions]


class When(StrEnum):
    """When a rule of a closing can apply at all; it decides the rest itself."""

    ALWAYS = "always"
    BAD = "bad"
    EASING = "easing"
    """An exposure was worsening or too hard, or the day after amber."""
    RISING = "rising"
    """Nothing forbids rising: known, not bad, no hold, no lock (P-4, D-6)."""


CLOSING: Final[tuple[tuple[When, ClosingRule], ...]] = (
    # suspensions
    (When.ALWAYS, suspension.s6),
    # reductions
    (When.EASING, closing.p2),
    (When.EASING, dose.d4),
    (When.EASING, dose.d3),
    (When.ALWAYS, closing.p1),
    (When.ALWAYS, closing.p3),
    (When.ALWAYS, closing.p4),
    (When.ALWAYS, closing.p5),
    (When.ALWAYS, closing.p6),
    # level down
    (When.BAD, level.l4),
    (When.BAD, level.l5),
    (When.BAD, level.l6),
    # recovery, step-up
    (When.RISING, suspension.reactivation),
    (When.RISING, dose.d2),
    (When.RISING, dose.d1),
    # the result of a trial
    (When.ALWAYS, level.l3),
    (When.RISING, level.l2),
    # offers
    (When.RISING, level.l1),
    (When.RISING, level.l3b),
    (When.ALWAYS, level.l7),
    (When.RISING, suspension.s3),
    # the hold counter
    (When.ALWAYS, dose.d6),
)
"""The order of a closing (4.2), after exposures and the suspensions they lead to."""


def applicable(facts: ClosingFacts) -> Iterator[ClosingRule]:
    """Yield the rules that can apply, in order, so that a long diary folds quickly.

    Whether anything may rise is looked at anew each time: the rules before decide.
    """
    eases = facts.amber or any(
        exposure.eases or exposure.hard for exposure in facts.exposures.values()
    )
    for when, rule in CLOSING:
        if (
            when is When.ALWAYS
            or (when is When.EASING and eases)
            or (when is When.BAD and facts.bad)
            or (when is When.RISING and facts.may_rise)
        ):
            yield rule


PRECEDENCE: Final = {outcome: number for number, outcome in enumerate(Outcome)}
"""Which outcome wins, the strictest first (4.2); `Outcome` stands in that order."""
