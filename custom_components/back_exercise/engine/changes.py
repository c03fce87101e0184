"""What changes a plan while it is played: always to something easier."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from .catalogue import Dose, Pattern
from .plan import (
    Detail,
    Place,
    Plan,
    Prescription,
    Step,
    StepKind,
    build_plan,
)


def leave_out(plan: Plan, exercises: Collection[str]) -> Plan:
    """Write a session out anew without some of its exercises.

    Raises ValueError where none would be left.
    """
    return _rewritten(
        plan, [p for p in plan.prescriptions if p.exercise.id not in exercises]
    )


def ask_about(plan: Plan, exercise: str) -> Plan:
    """Have it asked how much an exercise hurt, where anything is asked at all."""
    return _rewritten(plan, plan.prescriptions, hurt=(*plan.hurt, exercise))


def in_full(plan: Plan, exercise: str) -> Plan:
    """Have the instructions of an exercise said in full."""
    return _with(plan, replace(plan.prescription(exercise), detail=Detail.FULL))


def ease(plan: Plan, place: Place) -> tuple[Plan, Place] | None:
    """Make the exercise at a place one step easier from there on.

    No set gets longer than it was: the smaller amount is shared out over sets of
    at most the present length. Returns the new plan and where to go on in it, or
    None at the lowest step of the ladder: then the exercise is to end. Where as
    much as the smaller dose has been done already, the place is behind it.
    """
    step = plan.steps[place.step]
    prescription = plan.prescription(step.exercise or "")
    lighter = _lighter(prescription)
    if lighter is None:
        return None
    exercise = prescription.exercise
    if exercise.pattern is Pattern.LAPS and step.kind is StepKind.WORK:
        lighter = _shorten_walk(prescription, lighter, step.set, place.repetition)
    eased = _with(plan, lighter)
    begin = eased.first_step(exercise.id)
    if place.step < begin:
        return eased, place
    question = eased.first_step_after(exercise.id) - 1
    return eased, _same_place(eased, step, place, begin, question)


def _with(plan: Plan, prescription: Prescription) -> Plan:
    """Write a session out anew with another prescription of one exercise."""
    id_ = prescription.exercise.id
    return _rewritten(
        plan,
        [prescription if p.exercise.id == id_ else p for p in plan.prescriptions],
    )


def _rewritten(
    plan: Plan,
    prescriptions: Sequence[Prescription],
    *,
    hurt: tuple[str, ...] | None = None,
) -> Plan:
    ids = {each.exercise.id for each in prescriptions}
    asked_about = plan.hurt if hurt is None else hurt
    return build_plan(
        plan.routine,
        prescriptions,
        timing=plan.timing,
        check_in=plan.check_in,
        first_side=plan.first_side,
        ask_before=plan.ask_before,
        ask_next_day=plan.ask_next_day,
        remarks=plan.remarks,
        hurt=tuple(each for each in asked_about if each in ids),
    )


def _same_place(plan: Plan, step: Step, place: Place, begin: int, end: int) -> Place:
    """Find in an eased plan the place that was at a step of the exercise."""
    for index in range(begin, end):
        each = plan.steps[index]
        if (each.kind, each.set, each.side) == (step.kind, step.set, step.side):
            if place.repetition < len(each.repetitions) or not each.repetitions:
                return Place(step=index, repetition=place.repetition)
            return Place(step=index + 1)
    return Place(step=end)


def _shorten_walk(
    prescription: Prescription, lighter: Prescription, lap: int, walked: int
) -> Prescription:
    """Share a smaller walk out so that who is under way gets back to the start.

    `walked` counts the steps and turns of the present lap. On the way out it may end
    at once; on the way back it stays as it is.
    """
    laps = prescription.dose.sets
    aim = lighter.dose.sets[lap - 1] if lap <= len(lighter.dose.sets) else 0
    present = laps[lap - 1]
    if walked <= present:
        present = max(walked, min(aim, present))
    begun = (*laps[: lap - 1], present)
    left = max(0, lighter.dose.volume - sum(begun))
    return replace(lighter, dose=Dose(sets=begun + _shared(left, max(laps))))


def _lighter(prescription: Prescription) -> Prescription | None:
    """Return the exercise with the next smaller amount of its ladder, if there is."""
    ladder = prescription.exercise.ladder
    longest = max(prescription.dose.sets)
    for index in range(prescription.index - 1, ladder.lowest - 1, -1):
        dose = ladder.dose(index)
        if dose.volume >= prescription.dose.volume:
            continue
        if max(dose.sets) > longest:
            dose = Dose(sets=_shared(dose.volume, longest))
        return replace(prescription, index=index, dose=dose)
    return None


def _shared(volume: int, longest: int) -> tuple[int, ...]:
    """Share an amount out over sets of at most some length."""
    whole, part = divmod(volume, longest)
    return (longest,) * whole + ((part,) if part else ())
