"""The rules of clinical.md, a function for each; which comes first stands here."""

from collections.abc import Callable
from typing import Final

from ..decision import Outcome
from . import closing, dose, level, suspension
from .facts import ClosingFacts, Decisions

CLOSING: Final[tuple[Callable[[ClosingFacts], Decisions], ...]] = (
    # suspensions
    suspension.reactivation,
    suspension.s6,
    # reductions
    closing.p2,
    dose.d4,
    dose.d3,
    closing.p1,
    closing.p3,
    closing.p4,
    closing.p5,
    closing.p6,
    # level down
    level.l4,
    level.l5,
    level.l6,
    # recovery, step-up
    dose.d2,
    dose.d1,
    # the result of a trial
    level.l3,
    level.l2,
    # offers
    level.l1,
    level.l3b,
    level.l7,
    suspension.s3,
    # the hold counter
    dose.d6,
)
"""The order of a closing (4.2), after exposures and the suspensions they lead to."""

PRECEDENCE: Final = {outcome: number for number, outcome in enumerate(Outcome)}
"""Which outcome wins, the strictest first (4.2); `Outcome` stands in that order."""
