"""What stands before a session (G-0 to G-9)."""

from collections.abc import Callable, Iterator
from typing import Final

from ..decision import Decision, Outcome, Rule
from ..programme import above
from ..screen import full_due
from .closing import gone_up
from .facts import GateFacts

HIGH_DAYS: Final = 3
EASED_GATES: Final = 3
MOST_IN_WEEK: Final = 5


def g1(facts: GateFacts) -> Iterator[Decision]:
    """G-1: a sign of an emergency locks until assessed and screened anew."""
    if facts.programme.screening.emergency:
        yield Decision(
            rule=Rule.G_1,
            outcome=Outcome.LOCK,
            inputs={"items": sorted(facts.programme.screening.emergency)},
        )


def g2(facts: GateFacts) -> Iterator[Decision]:
    """G-2: a sign to be seen today locks in the same way."""
    if facts.programme.screening.urgent:
        yield Decision(
            rule=Rule.G_2,
            outcome=Outcome.LOCK,
            inputs={"items": sorted(facts.programme.screening.urgent)},
        )


def g3(facts: GateFacts) -> Iterator[Decision]:
    """G-3: an open caution item locks until a clinician agreed."""
    if facts.programme.screening.caution:
        yield Decision(
            rule=Rule.G_3,
            outcome=Outcome.LOCK,
            inputs={"items": sorted(facts.programme.screening.caution)},
        )


def soft(facts: GateFacts) -> Iterator[Decision]:
    """S-5, S-6, L-6: a soft lock stands until advice was taken."""
    if facts.programme.soft_lock:
        variant = "lock" if facts.programme.soft_lock is Rule.S_6 else None
        yield Decision(
            rule=facts.programme.soft_lock, outcome=Outcome.LOCK, variant=variant
        )


def screen(facts: GateFacts) -> Iterator[Decision]:
    """Lock while the full list is due, or the one question was answered with yes."""
    programme = facts.programme
    last = programme.recent.last_ended
    last_day = last.astimezone(facts.now.tzinfo).date() if last else None
    if facts.anything_new or full_due(programme.screening, facts.today, last_day):
        new = facts.anything_new or programme.screening.anything_new
        yield Decision(
            rule=Rule.SCREEN,
            outcome=Outcome.LOCK,
            variant="new" if new else None,
            inputs={"days_away": facts.days_away},
        )


def r1(facts: GateFacts) -> Iterator[Decision]:
    """R1: a routine above the programme's is refused."""
    if above(facts.routine, facts.programme.routine):
        yield Decision(
            rule=Rule.R_1, outcome=Outcome.REFUSED, routine=facts.programme.routine
        )


def g7(facts: GateFacts) -> Iterator[Decision]:
    """G-7: the day after the last session is asked for now, and unknown otherwise."""
    if facts.can_answer:
        yield Decision(rule=Rule.G_7, outcome=Outcome.ASK)
    elif facts.unanswered:
        yield Decision(rule=Rule.G_7, outcome=Outcome.NOTHING, variant="unknown")


def g6(facts: GateFacts) -> Iterator[Decision]:
    """G-6: one completed session a day; started anyway, it is gentle."""
    if facts.completed_today:
        yield Decision(
            rule=Rule.G_6,
            outcome=Outcome.GENTLE if facts.override else Outcome.NOT_TODAY,
            variant="anyway" if facts.override else None,
        )


def w1(facts: GateFacts) -> Iterator[Decision]:
    """W-1: at most five guided sessions in seven days."""
    if facts.sessions_in_week >= MOST_IN_WEEK:
        yield Decision(
            rule=Rule.W_1,
            outcome=Outcome.NOT_TODAY,
            inputs={"sessions": facts.sessions_in_week},
        )


def g8(facts: GateFacts) -> Iterator[Decision]:
    """G-8: without a rating before, the session is gentle (product.md 13)."""
    if facts.pain is None:
        yield Decision(rule=Rule.G_8, outcome=Outcome.GENTLE)


def g4(facts: GateFacts) -> Iterator[Decision]:
    """G-4: pain of 6 or more, not today; lower again on that day, gentle at most."""
    block = facts.programme.settings.gate_block_from
    inputs = {"pain": facts.pain, "from": block}
    if facts.pain is not None and facts.pain >= block:
        yield Decision(rule=Rule.G_4, outcome=Outcome.NOT_TODAY, inputs=inputs)
    elif facts.too_high_today:
        yield Decision(
            rule=Rule.G_4, outcome=Outcome.GENTLE, variant="earlier", inputs=inputs
        )


def g5(facts: GateFacts) -> Iterator[Decision]:
    """G-5: pain of 4 or 5 (a), or 2 above the usual (b), makes the session gentle."""
    settings = facts.programme.settings
    if facts.pain is None:
        return
    inputs = {"pain": facts.pain, "usual": facts.usual}
    if facts.pain >= settings.gate_gentle_from:
        yield Decision(
            rule=Rule.G_5, outcome=Outcome.GENTLE, inputs=inputs | {"case": "a"}
        )
    elif _flares(facts, facts.pain):
        yield Decision(
            rule=Rule.G_5, outcome=Outcome.GENTLE, inputs=inputs | {"case": "b"}
        )


def _flares(facts: GateFacts, pain: int) -> bool:
    """Return whether pain is too far above the usual, or was before a correction."""
    kept, usual = facts.programme.gentle_from, facts.usual
    return (
        usual is not None and pain - usual >= facts.programme.settings.flare_rise
    ) or (kept is not None and facts.today <= kept[1] and pain >= kept[0])


def p6(facts: GateFacts) -> Iterator[Decision]:
    """P-6: gentle sessions only, while the usual pain is 2 above the beginning's."""
    if facts.programme.gentle_kept or gone_up(facts.programme.recent):
        yield Decision(rule=Rule.P_6, outcome=Outcome.GENTLE)


def g9(facts: GateFacts, *, eased: bool) -> Iterator[Decision]:
    """G-9: high on 3 of the last 7 rated days, or three eased gates: a message."""
    recent = facts.programme.recent
    days = dict(recent.rated)
    if facts.pain is not None:
        days[facts.today] = max(facts.pain, days.get(facts.today, 0))
    block = facts.programme.settings.gate_block_from
    high = sum(pain >= block for pain in list(days.values())[-7:])
    in_a_row = recent.eased_gates + 1 if eased and facts.pain is not None else 0
    if high >= HIGH_DAYS or in_a_row >= EASED_GATES:
        yield Decision(
            rule=Rule.G_9,
            outcome=Outcome.MESSAGE,
            inputs={"high_days": high, "in_a_row": in_a_row},
        )


LOCKS: Final[tuple[Callable[[GateFacts], Iterator[Decision]], ...]] = (
    g1,
    g2,
    g3,
    soft,
    screen,
)
"""What stands before every session, the gravest first (4.2)."""

GATE: Final[tuple[Callable[[GateFacts], Iterator[Decision]], ...]] = (
    *LOCKS,
    r1,
    g7,
    g6,
    w1,
    g8,
    g4,
    g5,
    p6,
)
"""The order of 4.2; the first that locks, refuses or postpones ends it."""

FINAL: Final = (Outcome.LOCK, Outcome.REFUSED, Outcome.NOT_TODAY)


def pass_gate(facts: GateFacts) -> tuple[Decision, ...]:
    """Return what the gate decides, in order; the last says whether to go on.

    A single G-0 where nothing stands in the way. A lock, a refusal or NOT_TODAY is
    the last of all but for a message (G-9).
    """
    decisions: list[Decision] = []
    for rule in GATE:
        decisions += rule(facts)
        if decisions and decisions[-1].outcome in FINAL:
            break
    outcomes = {decision.outcome for decision in decisions}
    if not outcomes & {Outcome.LOCK, Outcome.REFUSED}:
        eased = bool(outcomes & {Outcome.GENTLE, Outcome.NOT_TODAY})
        message = tuple(g9(facts, eased=eased))
        if not eased:
            decisions.append(Decision(rule=Rule.G_0, outcome=Outcome.NOTHING))
        return (*decisions, *message)
    return tuple(decisions)
