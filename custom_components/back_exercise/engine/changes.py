"""What changes a plan while it is played: always to something easier."""

from collections.abc import Collection
from dataclasses import replace

from .catalogue import Dose, Pattern
from .plan import (
    Place,
    Plan,
    Prescription,
    Step,
    StepKind,
    build_plan,
    exercise_steps,
)


def leave_out(plan: Plan, exercises: Collection[str]) -> Plan:
    """Write a session out anew without some of its exercises.

    Raises ValueError where none would be left.
    """
    return build_plan(
        plan.routine,
        [p for p in plan.prescriptions if p.exercise.id not in exercises],
        timing=plan.timing,
        check_in=plan.check_in,
        first_side=plan.first_side,
    )


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
    begin = plan.first_step(exercise.id)
    end = plan.first_step_after(exercise.id)
    asks = plan.steps[end - 1 : end]  # the question after it stays as it is
    steps = (*exercise_steps(lighter, plan.timing, plan.first_side), *asks)
    eased = replace(
        plan,
        prescriptions=tuple(
            lighter if p.exercise is exercise else p for p in plan.prescriptions
        ),
        steps=(*plan.steps[:begin], *steps, *plan.steps[end:]),
    )
    if place.step < begin:
        return eased, place
    return eased, _same_place(eased, step, place, begin, begin + len(steps) - 1)


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
