"""Which routine: offered upward, never taken by itself (L-1 to L-7)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from ..catalogue import Routine
from ..decision import Decision, Outcome, Rule
from ..diary import OfferKind, SessionKind
from ..programme import (
    Mode,
    Programme,
    Standing,
    Status,
    cap_of,
    following,
    preceding,
)
from .facts import ClosingFacts

BAD_RUN: Final = 2
LOCK_RUN: Final = 3
LEVEL_HOLD: Final = 2
TRIAL_SESSIONS: Final = 3
STRUGGLES: Final = 2
"""So many trial exposures make an exercise a struggle; so many of them end a trial."""
BUILT: Final = 2
"""The index at which an exercise counts as built up (L-3b)."""
LOWER: Final = -2


def l4(facts: ClosingFacts) -> Iterator[Decision]:
    """L-4: two bad sessions in a row lower the level, its exercises by one; hold 2."""
    if (
        facts.bad
        and facts.programme.bad_run >= BAD_RUN
        and facts.level is not Routine.BEGINNER
        and facts.mode is not Mode.TRIAL
    ):
        yield Decision(
            rule=Rule.L_4,
            outcome=Outcome.LEVEL_DOWN,
            routine=preceding(facts.level),
            inputs={"bad_run": facts.programme.bad_run},
        )


def l5(facts: ClosingFacts) -> Iterator[Decision]:
    """L-5: two bad in a row at beginner put all at -2 or below; hold 2, advice."""
    if not _bad_at_beginner(facts, BAD_RUN):
        return
    inputs = {"bad_run": facts.programme.bad_run}
    for name in facts.catalogue.routines[Routine.BEGINNER]:
        yield Decision(
            rule=Rule.L_5,
            outcome=Outcome.EASE,
            exercise=name,
            value=min(facts.start[name], LOWER),
            inputs=inputs,
        )
    yield Decision(
        rule=Rule.L_5,
        outcome=Outcome.HOLD,
        value=LEVEL_HOLD,
        variant="advice",
        inputs=inputs,
    )


def l6(facts: ClosingFacts) -> Iterator[Decision]:
    """L-6: three bad in a row at beginner lock until advice was taken."""
    if _bad_at_beginner(facts, LOCK_RUN):
        yield Decision(
            rule=Rule.L_6,
            outcome=Outcome.LOCK,
            inputs={"bad_run": facts.programme.bad_run},
        )


def _bad_at_beginner(facts: ClosingFacts, run: int) -> bool:
    return (
        facts.bad and facts.programme.bad_run >= run and facts.level is Routine.BEGINNER
    )


def struggling(programme: Programme) -> list[str]:
    """Return the exercises that a trial shows to be a struggle (L-2)."""
    return [
        name for name, times in programme.trial.struggles.items() if times >= STRUGGLES
    ]


def l3(facts: ClosingFacts) -> Iterator[Decision]:
    """L-3: a bad trial session, or two struggling exercises: back, and build."""
    if facts.mode is not Mode.TRIAL:
        return
    names = struggling(facts.programme)
    over = facts.programme.trial.sessions >= TRIAL_SESSIONS
    if facts.bad or (over and len(names) >= STRUGGLES):
        yield Decision(
            rule=Rule.L_3,
            outcome=Outcome.BUILD,
            routine=facts.level,
            inputs={"struggling": names, "bad": facts.bad},
        )


def l2(facts: ClosingFacts) -> Iterator[Decision]:
    """L-2: three trial sessions without a bad one or two struggles confirm."""
    programme = facts.programme
    if (
        programme.mode is Mode.TRIAL
        and facts.may_rise
        and facts.record.kind is SessionKind.TRIAL
        and programme.trial.answered >= TRIAL_SESSIONS
    ):
        yield Decision(
            rule=Rule.L_2,
            outcome=Outcome.LEVEL_UP,
            routine=following(facts.level),
            inputs={"sessions": programme.trial.sessions},
        )


def mastered(standing: Standing) -> bool:
    """Return whether an exercise is mastered (4.1)."""
    return (
        standing.status is Status.ACTIVE
        and standing.index >= 0
        and standing.clean == (True, True)
    )


def _mastered(facts: ClosingFacts) -> list[str]:
    standings = facts.programme.standings
    ids = facts.catalogue.routines[facts.level]
    return [id_ for id_ in ids if mastered(standings[id_])]


def _may_offer(facts: ClosingFacts, mode: Mode) -> bool:
    return (
        facts.programme.mode is mode
        and facts.programme.level is facts.level
        and facts.may_rise
        and facts.record.kind is SessionKind.NORMAL
        and facts.record.routine == facts.level
        and facts.level is not Routine.ADVANCED
        and all(offer.kind is not OfferKind.LEVEL for offer in facts.programme.offers)
        and not facts.was_declined(OfferKind.LEVEL)
    )


def l1(facts: ClosingFacts) -> Iterator[Decision]:
    """L-1: most of a routine mastered, six sessions and 14 days: offer a trial.

    The offer stays open, for accepting it is up to the person, and is not made
    again while it is; nor within 14 days after it was declined (nothing pushes;
    14 days are what L-1 and L-3b wait for themselves).
    """
    programme, settings = facts.programme, facts.settings
    if (
        not _may_offer(facts, Mode.NORMAL)
        or programme.sessions_at_level < settings.min_sessions
        or programme.level_since is None
        or facts.record.day - programme.level_since < timedelta(settings.min_days)
    ):
        return
    names = _mastered(facts)
    if len(names) >= settings.mastered_of_4:
        yield Decision(
            rule=Rule.L_1,
            outcome=Outcome.OFFER,
            routine=following(facts.level),
            inputs={
                "sessions": programme.sessions_at_level,
                "days": (facts.record.day - programme.level_since).days,
                "mastered": names,
            },
        )


def l3b(facts: ClosingFacts) -> Iterator[Decision]:
    """L-3b: built up for 14 days, most at +2 or their cap: offer the trial again."""
    programme, settings = facts.programme, facts.settings
    if (
        not _may_offer(facts, Mode.BUILD)
        or programme.build_since is None
        or facts.record.day - programme.build_since < timedelta(settings.min_days)
    ):
        return
    names = [
        name
        for name in _mastered(facts)
        if programme.standings[name].index
        >= min(BUILT, cap_of(facts.catalogue, programme, name))
    ]
    if len(names) >= settings.mastered_of_4:
        yield Decision(
            rule=Rule.L_3B,
            outcome=Outcome.OFFER,
            routine=following(facts.level),
            inputs={
                "days": (facts.record.day - programme.build_since).days,
                "mastered": names,
            },
        )


def l7(facts: ClosingFacts) -> Iterator[Decision]:
    """L-7: the advanced routine mastered: keep going, within the article's ranges.

    It stays mastered; it is said once in 28 days.
    """
    if (
        facts.level is Routine.ADVANCED
        and facts.programme.level is Routine.ADVANCED
        and facts.record.kind is SessionKind.NORMAL
        and not facts.was_told(Rule.L_7)
        and len(names := _mastered(facts)) >= facts.settings.mastered_of_4
    ):
        yield Decision(
            rule=Rule.L_7, outcome=Outcome.MESSAGE, inputs={"mastered": names}
        )
