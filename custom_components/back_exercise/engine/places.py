"""Finds the way about in a plan: what is where, before and after."""

from collections.abc import Collection

from .plan import ZERO, Place, Plan, Question, Step, StepKind


def step_at(plan: Plan, place: Place) -> Step:
    """Return the step of a place; the last one at the end of the plan."""
    return plan.steps[min(place.step, len(plan.steps) - 1)]


def exercise_before(
    plan: Plan, place: Place, without: Collection[str] = ()
) -> str | None:
    """Return the exercise before that of a place, but for some; None at the first."""
    ids = [p.exercise.id for p in plan.prescriptions]
    step = step_at(plan, place)
    if step.exercise is None:
        at = len(ids) if step.question is Question.AFTER else 0
    else:
        at = ids.index(step.exercise)
    before = [id_ for id_ in ids[:at] if id_ not in without]
    return before[-1] if before else None


def exercise_after(plan: Plan, place: Place) -> str | None:
    """Return the exercise after that of a place; None at the last."""
    exercise = step_at(plan, place).exercise
    later = plan.steps[place.step :]
    ids = (each.exercise for each in later if each.kind is StepKind.PREPARE)
    return next((id_ for id_ in ids if id_ not in (None, exercise)), None)


def place_of_work(plan: Plan, place: Place) -> Place | None:
    """Return the place of the exercise's next repetition; None if all are done."""
    step = step_at(plan, place)
    if place.repetition < len(step.repetitions):
        return place
    for index in range(place.step + 1, len(plan.steps)):
        each = plan.steps[index]
        if each.kind is StepKind.WORK and each.exercise == step.exercise:
            return Place(step=index)
    return None


def place_past_work(plan: Plan, place: Place) -> Place:
    """Return the place itself, or the next step where only the last pause is left."""
    repetitions = step_at(plan, place).repetitions
    if repetitions and place.repetition == len(repetitions):
        return Place(step=place.step + 1)
    return place


def place_of_way_to(plan: Plan, exercise: str) -> Place:
    """Return where an exercise is introduced, or the change of position before it."""
    first = plan.first_step(exercise)
    is_moving = plan.steps[first - 1].kind is StepKind.CHANGE_POSITION
    return Place(step=first - is_moving)


def place_behind(plan: Plan, exercise: str, *, is_asked: bool = True) -> Place:
    """Return the place of the question after an exercise, or of what follows it.

    Who leaves an exercise early needs no rest before the next one.
    """
    behind = plan.first_step_after(exercise)
    if is_asked and plan.steps[behind - 1].asked:
        return Place(step=behind - 1)
    is_rest = plan.steps[behind].kind is StepKind.REST
    return Place(step=behind + is_rest)


def lies_ahead(plan: Plan, place: Place, exercise: str) -> bool:
    """Tell whether a plan still leads to an exercise, from another one's place."""
    return any(
        step.exercise == exercise and step.kind is StepKind.PREPARE
        for step in plan.steps[place.step + 1 :]
        if step_at(plan, place).exercise != exercise
    )


def progress_at(plan: Plan, place: Place) -> float:
    """Return which share of a plan lies behind, 0 to 1, by nominal time."""
    steps = [step for step in plan.steps if step.kind is not StepKind.ASK]
    behind = [
        step for step in plan.steps[: place.step] if step.kind is not StepKind.ASK
    ]
    done = step_at(plan, place).repetitions[: place.repetition]
    spent = sum((step.duration for step in behind), ZERO)
    spent += sum((each.duration for each in done), ZERO)
    return spent / sum((step.duration for step in steps), ZERO)
