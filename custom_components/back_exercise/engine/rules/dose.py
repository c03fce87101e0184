"""How much of an exercise: easing at once, raising slowly (D-1 to D-6)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from ..composition import session_length
from ..decision import Decision, Outcome, Rule
from ..diary import SessionKind
from ..programme import BALANCE, Mode, Standing, Status, cap_of, exercise_of
from .facts import ClosingFacts

CLEAN_RUN: Final = 2
HARD_RUN: Final = 2


def d4(facts: ClosingFacts) -> Iterator[Decision]:
    """D-4: a single worsening exposure, not amber, lowers that exercise by one."""
    if facts.amber:
        return
    for name, exposure in facts.exposures.items():
        status = facts.programme.standings[name].status
        if exposure.eases and status is Status.ACTIVE:
            yield Decision(
                rule=Rule.D_4,
                outcome=Outcome.EASE,
                exercise=name,
                value=facts.lower(name),
            )


def d3(facts: ClosingFacts) -> Iterator[Decision]:
    """D-3: too hard twice in a row lowers by one; balance first by firm ground."""
    for name, exposure in facts.exposures.items():
        standing = facts.programme.standings[name]
        if (
            not exposure.hard
            or standing.hard_run < HARD_RUN
            or name in facts.settled
            or standing.status is not Status.ACTIVE
        ):
            continue
        if name == BALANCE and not standing.level_surface:
            yield Decision(
                rule=Rule.D_3,
                outcome=Outcome.LEVEL_SURFACE,
                exercise=name,
                variant="level_surface",
            )
        else:
            yield Decision(
                rule=Rule.D_3,
                outcome=Outcome.EASE,
                exercise=name,
                value=facts.lower(name),
            )


def d2(facts: ClosingFacts) -> Iterator[Decision]:
    """D-2: below the article's dose, an acceptable session brings one step back."""
    if not facts.may_rise or facts.record.kind not in (
        SessionKind.NORMAL,
        SessionKind.RETURN,
    ):
        return
    for name, exposure in facts.exposures.items():
        standing = facts.programme.standings[name]
        if (
            standing.index < 0
            and exposure.acceptable
            and not exposure.eases
            and standing.status is Status.ACTIVE
            and name not in facts.settled
            and standing.index < cap_of(facts.catalogue, facts.programme, name)
        ):
            yield Decision(
                rule=Rule.D_2,
                outcome=Outcome.STEP_UP,
                exercise=name,
                value=standing.index + 1,
            )


def d1(facts: ClosingFacts) -> Iterator[Decision]:
    """D-1: two clean exposures in a row raise by one; two exercises at a closing.

    Those whose last step is longest ago come first, then the article's order. A
    step that would make the session too long is left out (D-5).
    """
    if not facts.may_rise or facts.record.kind is not SessionKind.NORMAL:
        return
    programme = facts.programme
    ready = [
        name
        for name, exposure in facts.exposures.items()
        if exposure.clean
        and name not in facts.settled
        and _may_step(facts, name, programme.standings[name])
    ]
    order = list(facts.catalogue.exercises)
    ready.sort(
        key=lambda name: (
            programme.standings[name].stepped_on or date.min,
            order.index(exercise_of(name)),
        )
    )
    for name in ready[: facts.settings.max_step_ups]:
        index = programme.standings[name].index + 1
        length = session_length(programme, facts.catalogue, facts.on, {name: index})
        if length > timedelta(minutes=facts.settings.session_cap):
            yield Decision(
                rule=Rule.D_5,
                outcome=Outcome.SKIP_STEP,
                exercise=name,
                value=facts.settings.session_cap,
                inputs={"seconds": length.total_seconds()},
            )
        else:
            yield Decision(
                rule=Rule.D_1,
                outcome=Outcome.STEP_UP,
                exercise=name,
                value=index,
                inputs={"run": programme.standings[name].run},
            )


def _may_step(facts: ClosingFacts, name: str, standing: Standing) -> bool:
    gap = timedelta(days=facts.settings.step_gap_days)
    return (
        standing.status is Status.ACTIVE
        and standing.index >= 0
        and standing.run >= CLEAN_RUN
        and (standing.stepped_on is None or facts.on - standing.stepped_on >= gap)
        and standing.index < cap_of(facts.catalogue, facts.programme, name)
        and facts.mode is not Mode.TRIAL
    )


def d6(facts: ClosingFacts) -> Iterator[Decision]:
    """D-6: a hold counts down by one at each closing that is known not to be amber."""
    counted = facts.known and not facts.amber
    left = max(facts.held, facts.hold - counted, 0)
    if facts.hold or facts.held:
        yield Decision(
            rule=Rule.D_6,
            outcome=Outcome.HOLD,
            value=left,
            variant="over" if not left else None,
            inputs={"hold": facts.hold},
        )
