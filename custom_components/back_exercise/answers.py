"""What actions answer: plans, decisions and entries as plain data with sentences."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from homeassistant.util.json import JsonArrayType, JsonObjectType

from .engine.decision import Decision, Outcome, explain
from .engine.diary import Entry
from .engine.export import plain, write_entry
from .engine.plan import Plan, StepKind, nominal_of
from .engine.programme import Offer, name_of
from .engine.reasons import why
from .engine.timeline import LengthOf, lay, stretches
from .engine.today import Today


def plan_answer(
    today: Today, words: Mapping[str, Any], length_of: LengthOf
) -> JsonObjectType:
    """Return what would be done today, and why.

    Durations are in seconds: nominal, with phrases of no length, and spoken, with
    those of this voice as far as they have been measured; null where there is no
    session. `decisions` has every decision with its rule and inputs, `why` one
    sentence for each change.
    """
    plan = today.plan
    answer: JsonObjectType = {
        "result": today.result.value,
        "kind": today.kind.value if today.kind else None,
        "routine": today.routine.value if today.routine else None,
        "nominal_seconds": plan.nominal.total_seconds() if plan else None,
        "spoken_seconds": _spoken(plan, length_of) if plan else None,
        "why": [explain(decision, words) for decision in why(today)],
        "decisions": decisions_answer(today.decisions, words),
        "exercises": _exercises(today) if plan else [],
        "steps": _steps(plan) if plan else [],
    }
    return answer


def decisions_answer(
    decisions: Iterable[Decision], words: Mapping[str, Any]
) -> JsonArrayType:
    """Return decisions, each with its sentence."""
    return [
        {
            "rule": decision.rule.value,
            "outcome": decision.outcome.value,
            "exercise": decision.exercise,
            "inputs": plain(decision.inputs),
            "sentence": explain(decision, words),
        }
        for decision in decisions
    ]


def offer_answer(offer: Offer, words: Mapping[str, Any]) -> JsonObjectType:
    """Return an offer with its sentence."""
    return {
        "offer": offer.kind.value,
        "exercise": offer.exercise,
        "routine": offer.routine.value if offer.routine else None,
        "since": offer.on.isoformat(),
        "sentence": explain(decision_of(offer), words),
    }


def entry_answer(entry: Entry) -> JsonObjectType:
    """Return an entry as it is exported."""
    answer: JsonObjectType = write_entry(entry)
    return answer


def decision_of(offer: Offer) -> Decision:
    """Return the decision that an offer came from."""
    return Decision(
        rule=offer.rule,
        outcome=Outcome.OFFER,
        exercise=offer.exercise,
        routine=offer.routine,
    )


def _spoken(plan: Plan, length_of: LengthOf) -> float:
    lengths = (lay(plan, stretch, length_of).length for stretch in stretches(plan))
    return round(sum(lengths, timedelta(0)).total_seconds(), 1)


def _exercises(today: Today) -> JsonArrayType:
    programme = today.programme
    return [
        {
            "exercise": slot.exercise.id,
            "form": slot.form.value,
            "index": slot.index,
            "sets": list(slot.prescription.dose.sets),
            "pattern": slot.exercise.pattern.value,
            "hold_seconds": slot.exercise.hold.total_seconds(),
            "seconds": nominal_of(
                slot.prescription, programme.settings.timing
            ).total_seconds(),
            "position": slot.exercise.position.value,
            "status": programme.standing(
                name_of(slot.exercise.id, slot.form)
            ).status.value,
        }
        for slot in today.slots
    ]


def _steps(plan: Plan) -> JsonArrayType:
    return [
        {
            "kind": step.kind.value,
            "exercise": step.exercise,
            "side": step.side.value if step.side else None,
            "set": step.set,
            "seconds": step.duration.total_seconds(),
        }
        for step in plan.steps
        if step.kind is not StepKind.ASK or step.asked
    ]
