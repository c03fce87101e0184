"""Which exercises are taken out, and when they may be tried again (S-1 to S-6)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from ..decision import Decision, Outcome, Rule
from ..diary import OfferKind
from ..programme import Mode, Status, following, preceding
from .facts import ClosingFacts, Decisions, TurnFacts, median

COOL_OFF: Final = timedelta(days=14)
COOL_OFF_AGAIN: Final = timedelta(days=28)
SHARP_WITHIN: Final = timedelta(days=28)
SHARP_LIMIT: Final = 3
RETRIALS: Final = 2
"""So many re-trials without worsening bring an exercise back; so many failed retire."""
OUT_LIMIT: Final = 3
SESSIONS_BEFORE: Final = 4
SETTLED: Final = 3
"""The median pain before sessions up to which a re-trial is offered."""

OUT: Final = (Status.SUSPENDED, Status.RETIRED)


def s1(facts: TurnFacts) -> Decisions:
    """S-1: sharp pain suspends the exercise now, for at least 14 days."""
    if facts.done.sharp and facts.status is not Status.RETIRED:
        yield _suspend(Rule.S_1, facts, COOL_OFF)


def s4(facts: TurnFacts) -> Decisions:
    """S-4: worse in a re-trial, suspended for 28 days; the second time retired."""
    if not facts.worsening or facts.status is not Status.RETRIAL:
        return
    if facts.failed + 1 >= RETRIALS:
        yield Decision(
            rule=Rule.S_4,
            outcome=Outcome.RETIRE,
            exercise=facts.name,
            variant="retired",
            inputs={"failed": facts.failed + 1},
        )
    else:
        yield _suspend(Rule.S_4, facts, COOL_OFF_AGAIN)


def s2(facts: TurnFacts) -> Decisions:
    """S-2: two worsening among the last three exposures suspend for 14 days."""
    if facts.status is not Status.ACTIVE or facts.done.sharp:
        return
    last = (*facts.marks, facts.worsening)[-facts.settings.suspension_window :]
    if sum(last) >= facts.settings.suspension_count:
        yield _suspend(Rule.S_2, facts, COOL_OFF)


def s5(facts: TurnFacts) -> Decisions:
    """S-5: three sharp pains in 28 days want a professional's advice first."""
    if facts.done.sharp and len(facts.sharp) >= SHARP_LIMIT:
        yield Decision(
            rule=Rule.S_5,
            outcome=Outcome.LOCK,
            inputs={"sharp": len(facts.sharp)},
        )


def _suspend(rule: Rule, facts: TurnFacts, cool_off: timedelta) -> Decision:
    return Decision(
        rule=rule,
        outcome=Outcome.SUSPEND,
        exercise=facts.name,
        value=cool_off.days,
        until=facts.on + cool_off,
        inputs={
            "sharp": facts.done.sharp,
            "marks": [*facts.marks, facts.worsening],
        },
    )


TURN: Final = (s1, s4, s2, s5)
"""At once when an exercise ends or is rated; S-2 and S-4 again at the closing."""


def reactivation(facts: ClosingFacts) -> Iterator[Decision]:
    """S-3: two re-trials that made nothing worse bring an exercise back.

    As whatever rises, not while there is a hold or lock, or no answer.
    """
    for name in facts.exposures:
        standing = facts.programme.standings[name]
        if standing.status is Status.RETRIAL and standing.passed >= RETRIALS:
            yield Decision(
                rule=Rule.S_3,
                outcome=Outcome.REACTIVATE,
                exercise=name,
                variant="back",
                inputs={"passed": standing.passed},
            )


def s6(facts: ClosingFacts) -> Iterator[Decision]:
    """S-6: three of a routine's four suspended lower the level; at beginner, lock."""
    if not facts.record.suspended:
        return
    standings = facts.programme.standings

    def out() -> int:
        ids = facts.catalogue.routines[level]
        return sum(standings[id_].status in OUT for id_ in ids)

    level = facts.level
    if facts.mode is Mode.TRIAL:
        level = following(level)
        if out() >= OUT_LIMIT:
            yield Decision(
                rule=Rule.S_6,
                outcome=Outcome.BUILD,
                routine=facts.level,
                inputs={"out": out()},
            )
        level = facts.level
    while out() >= OUT_LIMIT:
        if level is preceding(level):
            yield Decision(
                rule=Rule.S_6,
                outcome=Outcome.LOCK,
                variant="lock",
                inputs={"out": out()},
            )
            return
        level = preceding(level)
        yield Decision(
            rule=Rule.S_6,
            outcome=Outcome.LEVEL_DOWN,
            routine=level,
            inputs={"below": str(level)},
        )


def s3(facts: ClosingFacts) -> Iterator[Decision]:
    """S-3: after the cool-off, four sessions and no trouble, a re-trial is offered.

    As L-1: not again while it is open, nor within 14 days after it was declined.
    """
    recent = facts.programme.recent
    suspended = [
        (name, standing)
        for name, standing in facts.programme.standings.items()
        if standing.status is Status.SUSPENDED
    ]
    last = recent.gates[-3:]
    if (
        not suspended
        or not facts.may_rise
        or any(recent.bad)
        or len(last) < 3  # noqa: PLR2004
        or median(last) > SETTLED
    ):
        return
    offered = {
        offer.exercise
        for offer in facts.programme.offers
        if offer.kind is OfferKind.RETRIAL
    }
    for name, standing in suspended:
        if (
            name not in offered
            and not facts.was_declined(name)
            and standing.cool_off is not None
            and facts.on >= standing.cool_off
            and standing.closed_since >= SESSIONS_BEFORE
        ):
            yield Decision(
                rule=Rule.S_3,
                outcome=Outcome.OFFER,
                exercise=name,
                inputs={"sessions": standing.closed_since, "median": median(last)},
            )
