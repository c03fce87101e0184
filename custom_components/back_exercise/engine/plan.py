"""Today's session written out as steps, before it starts and whenever it changes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from .catalogue import Dose, Exercise, Pattern, Pause, Position, Routine
from .decision import Decision
from .diary import Form
from .settings import Timing

ZERO = timedelta(0)


class StepKind(StrEnum):
    """What happens in a step."""

    ASK = "ask"
    PREPARE = "prepare"
    WORK = "work"
    REST = "rest"
    CHANGE_SIDE = "change_side"
    CHANGE_POSITION = "change_position"


class Side(StrEnum):
    """The side that a repetition is for."""

    BOTH = "both"
    RIGHT = "right"
    LEFT = "left"
    ALTERNATING = "alternating"
    """Of a step only: its repetitions change sides."""

    @property
    def other(self) -> Side:
        """The opposite side."""
        return Side.LEFT if self is Side.RIGHT else Side.RIGHT


class Move(StrEnum):
    """What a repetition is."""

    REPETITION = "repetition"
    STEP = "step"
    TURN = "turn"


class CheckIn(StrEnum):
    """When pain and effort are asked for."""

    EACH_EXERCISE = "each_exercise"
    START_AND_END = "start_and_end"
    OFF = "off"


class Detail(StrEnum):
    """How much of an exercise's instructions is said."""

    FULL = "full"
    SHORT = "short"


class Question(StrEnum):
    """What an ask step is about."""

    NEXT_DAY = "next_day"
    """The day after the session before (G-7)."""
    BEFORE = "before"
    EXERCISE = "exercise"
    AFTER = "after"


AT_GATE: Final = frozenset({Question.NEXT_DAY, Question.BEFORE})
"""What is asked before a session has begun."""


class Lead(StrEnum):
    """Why a stretch begins with words that are not in the plan."""

    RESUMED = "resumed"
    EXPLAINED = "explained"
    REPEATED = "repeated"
    EASED = "eased"
    SKIPPED = "skipped"
    TOO_HARD = "too_hard"
    PAIN = "pain"
    HURT = "hurt"
    """A rating stopped the exercise before (I-3)."""
    SMALLER = "smaller"
    """A rating suggests smaller and slower movement (I-2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repetition:
    """One repetition, step or turn: lift, hold, lower and the pause after it."""

    number: int
    """As it is counted aloud, from 1."""
    side: Side
    move: Move = Move.REPETITION
    lift: timedelta
    hold: timedelta = ZERO
    lower: timedelta = ZERO
    pause: timedelta = ZERO

    @property
    def duration(self) -> timedelta:
        """The whole cycle, its pause included."""
        return self.lift + self.hold + self.lower + self.pause


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A stretch of time in which one thing happens."""

    kind: StepKind
    duration: timedelta
    """Nominal, with phrases of no length."""
    exercise: str | None = None
    """None in the welcome and the closing."""
    side: Side | None = None
    """Of work: its side. Of a change of side: the side that comes."""
    set: int = 1
    """The set that this step belongs to, or leads to; from 1."""
    repetitions: tuple[Repetition, ...] = ()
    """Of work, in order."""
    position: Position | None = None
    """Of a change of position, of preparing, and of a lead: where it leads to."""
    detail: Detail = Detail.FULL
    """Of preparing: how much is said."""
    question: Question | None = None
    """Of an ask step."""
    asked: bool = False
    """Whether an ask step waits for an answer."""
    with_effort: bool = False
    """Whether an ask step is about effort besides pain."""
    wait: timedelta = ZERO
    """Of an ask step: how long an answer is waited for after the words."""
    lead: Lead | None = None
    """Why the step was put in while the session was played; None in a plan."""
    upcoming: Repetition | None = None
    """Of a lead to work: the repetition it goes on with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prescription:
    """One exercise of a session and how much of it."""

    exercise: Exercise
    dose: Dose
    index: int = 0
    """Its place on the exercise's ladder."""
    detail: Detail = Detail.FULL
    form: Form = Form.USUAL


def prescribe(
    exercise: Exercise, index: int = 0, detail: Detail = Detail.FULL
) -> Prescription:
    """Return the exercise at an index of its ladder.

    Raises ValueError where the index is not on the ladder.
    """
    return Prescription(
        exercise=exercise,
        index=index,
        dose=exercise.ladder.dose(index),
        detail=detail,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A point in a plan: a step, and a repetition where it is work.

    The place after the last step is the end of the plan.
    """

    step: int
    repetition: int = 0
    """Index of the first repetition not yet completed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A session written out flat."""

    routine: Routine
    prescriptions: tuple[Prescription, ...]
    steps: tuple[Step, ...]
    timing: Timing
    check_in: CheckIn
    first_side: Side
    ask_before: bool = True
    """Whether the question before it may be asked; not where that is known."""
    ask_next_day: bool = False
    """Whether the day after the session before may be asked for; that comes first."""
    remarks: tuple[Decision, ...] = ()
    """What is said in the welcome of why it is as it is."""
    hurt: tuple[str, ...] = ()
    """Exercises whose question is about pain alone, asked whenever any is (I-1)."""

    @property
    def nominal(self) -> timedelta:
        """How long it takes with phrases of no length and every question waited for."""
        return sum((step.duration for step in self.steps), ZERO)

    def prescription(self, exercise: str) -> Prescription:
        """Return what is prescribed of an exercise of this plan."""
        return next(p for p in self.prescriptions if p.exercise.id == exercise)

    def first_step(self, exercise: str) -> int:
        """Return the index of the step that introduces an exercise."""
        return next(
            i
            for i, step in enumerate(self.steps)
            if step.exercise == exercise and step.kind is StepKind.PREPARE
        )

    def first_step_after(self, exercise: str) -> int:
        """Return the index of the first step that no longer belongs to an exercise."""
        last = max(i for i, s in enumerate(self.steps) if s.exercise == exercise)
        return last + 1

    def first_work(self, exercise: str, number: int) -> int:
        """Return the index of the first work step of a set."""
        return next(
            i
            for i, step in enumerate(self.steps)
            if step.exercise == exercise
            and step.kind is StepKind.WORK
            and step.set == number
        )


def build_plan(  # noqa: PLR0913  # what a session consists of
    routine: Routine,
    prescriptions: Sequence[Prescription],
    *,
    timing: Timing | None = None,
    check_in: CheckIn = CheckIn.EACH_EXERCISE,
    first_side: Side = Side.RIGHT,
    ask_before: bool = True,
    ask_next_day: bool = False,
    remarks: tuple[Decision, ...] = (),
    hurt: tuple[str, ...] = (),
) -> Plan:
    """Write out a session.

    The nominal duration does not depend on what is asked: a question that is not
    asked keeps its place and is passed over when the session is played. That of the
    day after the session before has a place only where it may be asked, and shares
    the time of the one behind it.
    Raises ValueError where nothing is prescribed.
    """
    if not prescriptions:
        raise ValueError("a session needs at least one exercise")
    timing = timing or Timing()
    is_asking = check_in is not CheckIn.OFF
    steps = [
        Step(
            kind=StepKind.ASK,
            duration=ZERO,
            question=Question.NEXT_DAY,
            asked=is_asking,
            wait=timing.answer_before,
        )
    ] * ask_next_day
    steps += [
        Step(
            kind=StepKind.ASK,
            duration=timing.opening,
            question=Question.BEFORE,
            asked=is_asking and ask_before,
            wait=timing.answer_before,
        ),
        Step(
            kind=StepKind.PREPARE,
            duration=timing.getting_ready,
            position=prescriptions[0].exercise.position,
        ),
    ]
    previous: Exercise | None = None
    for prescription in prescriptions:
        exercise = prescription.exercise
        if previous:
            steps += _between(previous, exercise, timing)
        steps += exercise_steps(prescription, timing, first_side)
        each_time = check_in is CheckIn.EACH_EXERCISE
        has_hurt = exercise.id in hurt
        steps.append(
            Step(
                kind=StepKind.ASK,
                duration=timing.rating,
                exercise=exercise.id,
                question=Question.EXERCISE,
                asked=each_time or (is_asking and has_hurt),
                with_effort=each_time and not has_hurt,
                wait=timing.answer,
            )
        )
        previous = exercise
    steps.append(
        Step(
            kind=StepKind.ASK,
            duration=timing.closing,
            question=Question.AFTER,
            asked=is_asking,
            with_effort=check_in is CheckIn.START_AND_END,
            wait=timing.answer,
        )
    )
    return Plan(
        routine=routine,
        prescriptions=tuple(prescriptions),
        steps=tuple(steps),
        timing=timing,
        check_in=check_in,
        first_side=first_side,
        ask_before=ask_before,
        ask_next_day=ask_next_day,
        remarks=remarks,
        hurt=hurt,
    )


def _between(previous: Exercise, following: Exercise, timing: Timing) -> Iterator[Step]:
    """Write out the rest and the change of position that lead to an exercise."""
    yield Step(kind=StepKind.REST, duration=timing.rest, exercise=following.id)
    if previous.position is not following.position:
        yield Step(
            kind=StepKind.CHANGE_POSITION,
            duration=_transition(previous.position, following.position, timing),
            exercise=following.id,
            position=following.position,
        )


def _transition(before: Position, after: Position, timing: Timing) -> timedelta:
    pair = {before, after}
    if Position.STANDING in pair:
        return timing.floor_to_standing
    if Position.QUADRUPED in pair:
        return timing.lying_to_knees
    return timing.lying_to_side


def exercise_steps(
    prescription: Prescription, timing: Timing, first_side: Side
) -> Iterator[Step]:
    """Write out an exercise: its introduction, sets, sides and the rests between."""
    exercise = prescription.exercise
    yield Step(
        kind=StepKind.PREPARE,
        duration=timing.introduction + exercise.setup,
        exercise=exercise.id,
        position=exercise.position,
        detail=prescription.detail,
    )
    for number, count in enumerate(prescription.dose.sets, start=1):
        if number > 1 and exercise.pattern is not Pattern.LAPS:
            yield Step(
                kind=StepKind.REST,
                duration=timing.set_rest,
                exercise=exercise.id,
                set=number,
            )
        yield from _set(exercise, number, count, timing, first_side)


def _set(
    exercise: Exercise, number: int, count: int, timing: Timing, first: Side
) -> Iterator[Step]:
    counts = range(1, count + 1)
    match exercise.pattern:
        case Pattern.BOTH_TOGETHER:
            sequence = [(n, Side.BOTH) for n in counts]
        case Pattern.ALTERNATING_PAIRS:
            sequence = [(n, side) for n in counts for side in (first, first.other)]
        case Pattern.ALTERNATING:
            sequence = [(n, first if n % 2 else first.other) for n in counts]
        case Pattern.LAPS:
            yield _lap(exercise, number, count, timing, first)
            return
        case _:  # all on one side, then all on the other
            yield _work(exercise, number, first, [(n, first) for n in counts], timing)
            yield Step(
                kind=StepKind.CHANGE_SIDE,
                duration=timing.side_change,
                exercise=exercise.id,
                side=first.other,
                set=number,
            )
            sequence = [(n, first.other) for n in counts]
            yield _work(exercise, number, first.other, sequence, timing)
            return
    side = Side.BOTH if sequence[0][1] is Side.BOTH else Side.ALTERNATING
    yield _work(exercise, number, side, sequence, timing)


def _work(
    exercise: Exercise,
    number: int,
    side: Side,
    sequence: Sequence[tuple[int, Side]],
    timing: Timing,
) -> Step:
    pause = {
        Pause.NONE: ZERO,
        Pause.SAME: timing.pause_same,
        Pause.ALTERNATING: timing.pause_alternating,
        Pause.AFTER_LONG_HOLD: timing.pause_after_long_hold,
    }[exercise.pause]
    return _work_step(
        exercise,
        number,
        side,
        tuple(
            Repetition(
                number=count,
                side=each,
                lift=timing.lift * timing.tempo,
                hold=exercise.hold,
                lower=timing.lower * timing.tempo,
                pause=pause * timing.tempo,
            )
            for count, each in sequence
        ),
    )


def _lap(
    exercise: Exercise, number: int, count: int, timing: Timing, first: Side
) -> Step:
    stride = timing.walk_step * timing.tempo
    out = tuple(
        Repetition(
            number=n,
            side=first if n % 2 else first.other,
            move=Move.STEP,
            lift=stride,
        )
        for n in range(1, count + 1)
    )
    turn = Repetition(
        number=count,
        side=Side.BOTH,
        move=Move.TURN,
        lift=timing.walk_turn * timing.tempo,
    )
    return _work_step(exercise, number, Side.ALTERNATING, (*out, turn, *out, turn))


def _work_step(
    exercise: Exercise, number: int, side: Side, repetitions: tuple[Repetition, ...]
) -> Step:
    return Step(
        kind=StepKind.WORK,
        duration=sum((each.duration for each in repetitions), ZERO),
        exercise=exercise.id,
        side=side,
        set=number,
        repetitions=repetitions,
    )


def nominal_of(prescription: Prescription, timing: Timing | None = None) -> timedelta:
    """Return how long an exercise takes by itself, introduction excluded."""
    _, *steps = exercise_steps(prescription, timing or Timing(), Side.RIGHT)
    return sum((step.duration for step in steps), ZERO)
