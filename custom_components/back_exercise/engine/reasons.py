"""Why today's plan is what it is, in one decision for each change.

Some decisions hold for a day (gentle, back after days away), some until they are
lifted (left out, swapped), some are of the last closing alone. What is said in the
welcome says only what is new; `why` says all of it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from .composition import OUT
from .decision import Decision, Outcome, Rule
from .diary import Form, SessionKind
from .programme import BALANCE, LEVEL_SURFACE, Mode, Programme, Standing, Status
from .rules import PRECEDENCE
from .rules.gate import FINAL
from .today import Today

MOST: Final = 2
"""So many remarks a welcome has at most."""

_GENTLE: Final = (Rule.G_4, Rule.P_6, Rule.G_6, Rule.G_5, Rule.G_8)
"""Why a session is gentle, the weightiest first."""

_COMPOSITION: Final = (Outcome.SUBSTITUTE, Outcome.LEAVE_OUT, Outcome.ADD)
_TAKEN_OUT: Final = (Outcome.SUSPEND, Outcome.RETIRE)
_OF_LEVEL: Final = (Outcome.LEVEL_DOWN, Outcome.LEVEL_UP, Outcome.BUILD)

_TOGETHER: Final = (Rule.D_1, Rule.D_2, Rule.D_3, Rule.D_4)
"""Rules with a sentence for several exercises at once."""

_DOSE_VARIANTS: Final = {
    Rule.D_1: None,
    Rule.D_2: "exercise",
    Rule.D_3: None,
    Rule.D_4: None,
    Rule.P_2: None,
    Rule.L_2: "exercise",
    Rule.L_4: "exercise",
    Rule.L_5: None,
    Rule.S_3: "back",
    Rule.S_6: "exercise",
    Rule.A_1: "exercise",
    Rule.A_2: "exercise",
    Rule.A_3: "exercise",
    Rule.A_4: "exercise",
    Rule.LIMIT: "dose",
    Rule.R_22: "cushion",
}
"""Which of a rule's sentences says why an exercise has the dose it has."""


def remarks(today: Today) -> tuple[Decision, ...]:
    """Return what is said in the welcome of today's change and its reason.

    At most two, the weightiest first: being back, gentle, what is left out, swapped
    or added, what the last closing changed, what is offered. Nothing where nothing
    changed, and nothing that was said before and has held since. None where there
    is no session.
    """
    if today.plan is None:
        return ()
    before = today.programme.progress.told
    back = [each for each in today.decisions if each.outcome is Outcome.RETURN]
    new = [each for each in _holding(today) if topic(each) not in before]
    gentle = [each for each in new if each.outcome is Outcome.GENTLE]
    rest = [each for each in new if each.outcome is not Outcome.GENTLE]
    changes = _together(_changes(today, is_back=bool(back)))
    return _once((*back, *gentle[:1], *rest, *changes))[:MOST]


def told(today: Today) -> tuple[str, ...]:
    """Return what has been said by now and holds, as `SessionStarted.told` has it.

    That is not said again, as long as it holds from session to session.
    """
    said = {*today.programme.progress.told, *map(topic, remarks(today))}
    return tuple(name for name in map(topic, _holding(today)) if name in said)


def why(today: Today) -> tuple[Decision, ...]:
    """Return everything that explains today, one decision for each change.

    First what today is, then what the programme is at, then the exercises one by
    one. An ordinary session without any change has G-0 alone.
    """
    found = [
        each
        for each in today.decisions
        if each.outcome in (*FINAL, Outcome.RETURN, Outcome.GENTLE, Outcome.MESSAGE)
    ]
    if today.plan is not None:
        found += _of_programme(today)
        found += _of_composition(today)
        found += _of_doses(today)
    nothing = (each for each in today.decisions if each.rule is Rule.G_0)
    return _once(found) or tuple(nothing)


def topic(decision: Decision) -> str:
    """Return what a decision is about: its sentence, and the exercise in it."""
    key, exercise = decision.key, decision.exercise
    return f"{key} {exercise}" if exercise else key


def _once(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return decisions without those that would be the same sentence again."""
    found: dict[str, Decision] = {}
    for decision in decisions:
        found.setdefault(topic(decision), decision)
    return tuple(found.values())


# What holds


def _holding(today: Today) -> Iterator[Decision]:
    """Yield what makes today's plan other than the routine, the weightiest first."""
    for rule in _GENTLE:
        for decision in today.decisions:
            if decision.rule is rule and decision.outcome is Outcome.GENTLE:
                yield decision
    yield from (each for each in today.decisions if each.outcome is Outcome.MESSAGE)
    yield from _trial(today)
    yield from _of_composition(today)


def _trial(today: Today) -> Iterator[Decision]:
    if today.kind is SessionKind.TRIAL:
        yield Decision(
            rule=Rule.L_2,
            outcome=Outcome.MESSAGE,
            routine=today.routine,
            variant="trial",
        )


def _of_composition(today: Today) -> Iterator[Decision]:
    """Yield what is left out, swapped and added, each after its reason."""
    for decision in today.decisions:
        if decision.rule is Rule.D_5:
            yield decision
        if decision.outcome not in _COMPOSITION:
            continue
        reason = _reason(today.programme, decision)
        if reason:
            yield reason
        if not (reason and _says_it_all(reason, decision)):
            yield decision


def _says_it_all(reason: Decision, decision: Decision) -> bool:
    return (
        reason.outcome is Outcome.LEVEL_SURFACE or decision.outcome is Outcome.LEAVE_OUT
    )


def _reason(programme: Programme, decision: Decision) -> Decision | None:
    """Return the decision that is behind leaving out or swapping an exercise (S-7)."""
    if decision.rule is not Rule.S_7 or decision.exercise is None:
        return None
    names = [decision.exercise]
    if decision.exercise == BALANCE:
        names.append(LEVEL_SURFACE)
    for name in names:
        standing = programme.standing(name)
        if standing.status in OUT:
            return _taken_out(name, standing)
    standing = programme.standing(BALANCE)
    if decision.variant == Form.LEVEL_SURFACE and standing.level_surface:
        return _on_level_surface(standing)
    return None


def _taken_out(name: str, standing: Standing) -> Decision | None:
    if standing.rule not in (Rule.S_1, Rule.S_2, Rule.S_4):
        return None
    retired = standing.status is Status.RETIRED
    return Decision(
        rule=Rule.S_4 if retired else standing.rule,
        outcome=Outcome.RETIRE if retired else Outcome.SUSPEND,
        exercise=name,
        until=standing.cool_off,
        variant="retired" if retired else None,
    )


def _on_level_surface(standing: Standing) -> Decision | None:
    variants = {Rule.D_3: "level_surface", Rule.R_22: None}
    if standing.rule not in variants:
        return None
    return Decision(
        rule=standing.rule,
        outcome=Outcome.LEVEL_SURFACE,
        exercise=BALANCE,
        variant=variants[standing.rule],
    )


# What the last closing changed


def _changes(today: Today, *, is_back: bool) -> list[Decision]:
    """Return what the last closing changed and today's plan shows, offers last."""
    found = [
        each
        for each in today.programme.changes
        if each.outcome in _TAKEN_OUT or (not is_back and _is_seen(today, each))
    ]
    return sorted(
        found,
        key=lambda each: (each.outcome is Outcome.OFFER, PRECEDENCE[each.outcome]),
    )


def _is_seen(today: Today, decision: Decision) -> bool:
    """Return whether today's plan is other for a decision of the last closing."""
    indices = {slot.name: slot.index for slot in today.slots}
    match decision.outcome:
        case Outcome.MESSAGE:
            is_seen = True
        case Outcome.HOLD:
            is_seen = decision.rule is not Rule.D_6
        case Outcome.OFFER:
            is_seen = today.kind is SessionKind.NORMAL and any(
                offer.rule is decision.rule
                and offer.exercise == decision.exercise
                and not offer.accepted
                for offer in today.programme.offers
            )
        case Outcome.BUILD:
            is_seen = (
                today.programme.mode is Mode.BUILD and today.kind is SessionKind.NORMAL
            )
        case Outcome.LEVEL_DOWN | Outcome.LEVEL_UP:
            is_seen = decision.routine == today.routine
        case Outcome.EASE | Outcome.STEP_UP:
            # of an amber day and of two bad ones, one sentence says it for all
            is_seen = (
                decision.rule not in (Rule.P_2, Rule.L_5)
                and indices.get(decision.exercise or "") == decision.value
            )
        case Outcome.REACTIVATE:
            is_seen = decision.exercise in indices
        case _:
            is_seen = False
    return is_seen


def _together(decisions: list[Decision]) -> Iterator[Decision]:
    """Yield decisions, those of a rule about several exercises as one."""
    for decision in decisions:
        alike = [
            each
            for each in decisions
            if (each.key, each.outcome) == (decision.key, decision.outcome)
        ]
        if decision.rule not in _TOGETHER or len(alike) == 1:
            yield decision
        elif decision.rule is Rule.D_1:
            first, second, *_ = alike
            yield replace(first, other=second.exercise, variant="both")
        else:
            yield replace(decision, exercise=None, value=None, variant="several")


# What explains all of it


def _of_programme(today: Today) -> Iterator[Decision]:
    """Yield what the programme is at: trial, level, building, holding steady."""
    programme = today.programme
    yield from _trial(today)
    changes = [
        each
        for each in programme.changes
        if each.outcome in _OF_LEVEL and _is_seen(today, each)
    ]
    yield from changes
    if programme.mode is Mode.BUILD and not changes:
        yield Decision(rule=Rule.L_3, outcome=Outcome.BUILD, variant="build")
    holds = [each for each in programme.changes if each.outcome is Outcome.HOLD]
    if programme.hold:
        reasons = [each for each in holds if each.rule is not Rule.D_6]
        steady = Decision(rule=Rule.D_6, outcome=Outcome.HOLD, value=programme.hold)
        yield from reasons or [steady]
    # while the last session waits for its next day, that may still be told
    is_open = any(each.rule is Rule.G_7 for each in today.decisions)
    for decision in programme.changes:
        is_unknown = decision.rule is Rule.P_4 and not is_open
        if decision.outcome is Outcome.MESSAGE or is_unknown:
            yield decision


def _of_doses(today: Today) -> Iterator[Decision]:
    """Yield why exercises of the plan have another dose than usual, or a new one."""
    programme = today.programme
    for slot in today.slots:
        standing = programme.standing(slot.name)
        if slot.index != standing.index:
            continue  # the session as a whole says why
        changed = [
            each
            for each in programme.changes
            if each.exercise == slot.name
            and (
                each.outcome is Outcome.SKIP_STEP
                or (
                    each.outcome in (Outcome.EASE, Outcome.STEP_UP)
                    and (each.rule, each.value) == (standing.rule, standing.index)
                )
            )
        ]
        if changed:
            yield from changed
        elif slot.index or standing.status is Status.RETRIAL:
            yield from _dose(slot.name, standing)


def _dose(name: str, standing: Standing) -> Iterator[Decision]:
    """Yield the decision that gave an exercise its dose; nothing if none is known."""
    rule, outcome = standing.rule, Outcome.EASE
    variants: dict[Rule, str | None] = dict(_DOSE_VARIANTS)
    if standing.index > 0:
        outcome = Outcome.STEP_UP
        variants[Rule.X_1] = "higher"
    else:
        variants[Rule.X_1] = "lower"
    if standing.status is Status.RETRIAL:
        outcome = Outcome.RETRIAL
        variants = {Rule.S_3: "retrial", Rule.X_1: "re_enabled"}
    if rule in variants:
        yield Decision(
            rule=rule,
            outcome=outcome,
            exercise=name,
            value=standing.index,
            variant=variants[rule],
        )
