"""What the day after leads to (P-1 to P-6)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from ..decision import Decision, Outcome, Rule
from ..programme import Recent
from .facts import ClosingFacts, median

AMBER_HOLD: Final = 2
REVIEW_AFTER: Final = timedelta(days=42)
REVIEW_SESSIONS: Final = 12
BASELINE: Final = 5
"""So many first, and last, ratings are compared."""
NOTABLE: Final = 3
"""A baseline below is not reviewed (P-5)."""
CHANGE: Final = 2
SHARE: Final = 0.3


def p1(facts: ClosingFacts) -> Iterator[Decision]:
    """P-1: pain 2 higher after the session than before holds for at least one."""
    before, after = facts.record.pain_before, facts.record.pain_after
    if before is not None and after is not None and after - before >= CHANGE:
        yield Decision(
            rule=Rule.P_1,
            outcome=Outcome.HOLD,
            value=1,
            inputs={"pain_before": before, "pain_after": after},
        )


def p2(facts: ClosingFacts) -> Iterator[Decision]:
    """P-2: not settled by the next day, every exercise goes down one; hold 2."""
    if not facts.amber:
        return
    inputs = {"nd_rise": facts.nd_rise}
    for name in dict.fromkeys((*facts.record.planned, *facts.exposures)):
        yield Decision(
            rule=Rule.P_2,
            outcome=Outcome.EASE,
            exercise=name,
            value=facts.lower(name),
            inputs=inputs,
        )
    yield Decision(
        rule=Rule.P_2,
        outcome=Outcome.HOLD,
        value=AMBER_HOLD,
        variant="hold",
        inputs=inputs,
    )


def p3(facts: ClosingFacts) -> Iterator[Decision]:
    """P-3: one point more on the next day is within the noise; nothing changes."""
    if facts.nd_rise == 1 and not facts.amber:
        yield Decision(
            rule=Rule.P_3, outcome=Outcome.NOTHING, inputs={"nd_rise": facts.nd_rise}
        )


def p4(facts: ClosingFacts) -> Iterator[Decision]:
    """P-4: without an answer for the next day nothing gets harder."""
    if not facts.known:
        yield Decision(rule=Rule.P_4, outcome=Outcome.NOTHING)


def p5(facts: ClosingFacts) -> Iterator[Decision]:
    """P-5: little change in six weeks and twelve sessions is worth a review.

    It is true at every closing from then on; it is said once in 28 days.
    """
    recent = facts.programme.recent
    if (
        facts.was_told(Rule.P_5)
        or recent.first_on is None
        or facts.on - recent.first_on < REVIEW_AFTER
        or recent.closed < REVIEW_SESSIONS
        or len(recent.first) < BASELINE
    ):
        return
    baseline, now = median(recent.first), median(recent.gates)
    lower = baseline - now
    if baseline >= NOTABLE and lower < CHANGE and lower < SHARE * baseline:
        yield Decision(
            rule=Rule.P_5,
            outcome=Outcome.MESSAGE,
            inputs={"baseline": baseline, "now": now},
        )


def gone_up(recent: Recent) -> bool:
    """Return whether the usual pain is 2 above what it was at the beginning (P-6)."""
    return (
        len(recent.first) == BASELINE
        and max(recent.gates) - min(recent.first) >= CHANGE  # quicker than medians
        and median(recent.gates) - median(recent.first) >= CHANGE
    )


def p6(facts: ClosingFacts) -> Iterator[Decision]:
    """P-6: the usual pain has gone up; only gentle sessions until it is below.

    The gate gives that reason each time; the message comes once in 28 days.
    """
    if gone_up(facts.programme.recent) and not facts.was_told(Rule.P_6):
        yield Decision(rule=Rule.P_6, outcome=Outcome.MESSAGE)
