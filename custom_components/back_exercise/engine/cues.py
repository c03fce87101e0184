"""What is said at which moment of a step, before anyone knows how long it takes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from .catalogue import Exercise, Pattern, Position
from .decision import Decision, Rule
from .diary import Form
from .plan import (
    AT_GATE,
    ZERO,
    CheckIn,
    Detail,
    Lead,
    Move,
    Plan,
    Prescription,
    Question,
    Repetition,
    Side,
    Step,
    StepKind,
)

HALFWAY_FROM = timedelta(seconds=10)
"""Holds of at least this length have a cue in the middle."""


SOON = timedelta(seconds=10)
"""So long before the end of a rest without a stated length it is said that it ends."""

GUIDED = 2
"""So many repetitions without a hold have a word for the way back; then counts do."""


class CueKind(StrEnum):
    """What a cue is for. The wording is found under this name in `speech/`."""

    WELCOME = "welcome"
    STOP_ANY_TIME = "stop_any_time"
    GET_READY = "get_ready"
    EXERCISE = "exercise"
    SET_UP = "set_up"
    MOVE = "move"
    SAFETY = "safety"
    FIRST_SIDE = "first_side"
    DOSE = "dose"
    COUNT_IN = "count_in"
    COUNT = "count"
    HOLD = "hold"
    HALFWAY = "halfway"
    RELEASE = "release"
    LOWER = "lower"
    ONE_MORE = "one_more"
    TURN = "turn"
    LAP = "lap"
    REST = "rest"
    SET_REST = "set_rest"
    CHANGE_SIDE = "change_side"
    CHANGE_POSITION = "change_position"
    RESUMED = "resumed"
    EASED = "eased"
    SKIPPED = "skipped"
    TOO_HARD = "too_hard"
    PAIN = "pain"
    SMALLER = "smaller"
    GOING_ON = "going_on"
    """A rest for something that hurt is over in a moment."""
    PAIN_NEXT_DAY = "pain_next_day"
    """Before a session, of the day after the one before."""
    PAIN_BEFORE = "pain_before"
    PAIN_EXERCISE = "pain_exercise"
    PAIN_OF_HURT = "pain_of_hurt"
    """After sharp pain (I-1)."""
    EFFORT_EXERCISE = "effort_exercise"
    CLOSING = "closing"
    PAIN_AFTER = "pain_after"
    EFFORT_AFTER = "effort_after"
    DECISION = "decision"
    """The sentence of a decision, found under its key in `decisions`."""
    FAREWELL = "farewell"
    """After the last answer of a session; no other one is planned yet."""
    FAREWELL_TOMORROW = "farewell_tomorrow"
    """The next one is planned for tomorrow."""
    FAREWELL_UNTIL = "farewell_until"
    """The next one is planned for another day."""
    STOPPED = "stopped"
    STOPPED_FOR_PAIN = "stopped_for_pain"
    PAUSED = "paused"
    ONE_MOMENT = "one_moment"
    CUT_OFF = "cut_off"
    """Home Assistant was away in the middle of a session."""
    TEST = "test"
    REMINDER = "reminder"
    COUNTDOWN = "countdown"
    """A session will start by itself; the seconds until then follow."""
    NEXT_DAY = "next_day"
    """The question of the day after a session, outside of one."""
    NEXT_DAY_ALOUD = "next_day_aloud"
    """The same, where the answer can be spoken."""
    READ_BACK = "read_back"
    """A number that may have been misheard, to be agreed to."""
    NOT_UNDERSTOOD = "not_understood"
    """An answer could not be understood, or was none."""


QUESTIONS: Final = frozenset(
    {
        CueKind.PAIN_NEXT_DAY,
        CueKind.PAIN_BEFORE,
        CueKind.PAIN_EXERCISE,
        CueKind.PAIN_OF_HURT,
        CueKind.EFFORT_EXERCISE,
        CueKind.PAIN_AFTER,
        CueKind.EFFORT_AFTER,
    }
)
"""What is asked in a session: of each step the pain first, then the effort."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """What is to be said; the words are a matter of the language."""

    kind: CueKind
    key: str | None = None
    """Of a decision: which sentence."""
    routine: str | None = None
    exercise: str | None = None
    form: Form = Form.USUAL
    """How the exercise is done."""
    other: str | None = None
    """The exercise that is done instead."""
    pattern: Pattern | None = None
    position: Position | None = None
    side: Side | None = None
    number: int | None = None
    sets: int = 1
    seconds: int | None = None
    until: date | None = None
    turn: int = 0
    """Which of several wordings, counted through the session."""


def cue_of(decision: Decision) -> Cue:
    """Return the cue that says the sentence of a decision."""
    return Cue(
        kind=CueKind.DECISION,
        key=decision.key,
        routine=decision.routine,
        exercise=decision.exercise,
        other=decision.other,
        number=decision.value,
        until=decision.until,
    )


def farewell(plan: Plan, today: date, next_session: date | None) -> Cue | None:
    """Return the last words of a session that was completed; None where none are due.

    An answer is not met with silence; where nothing was asked and no session is
    planned, all has been said.
    """
    if next_session is None:
        is_asked = plan.check_in is not CheckIn.OFF
        return Cue(kind=CueKind.FAREWELL) if is_asked else None
    if next_session == today + timedelta(days=1):
        return Cue(kind=CueKind.FAREWELL_TOMORROW)
    return Cue(kind=CueKind.FAREWELL_UNTIL, until=next_session)


def step_cues(plan: Plan, step: Step) -> Iterator[Cue]:
    """Yield what is said one after the other from the beginning of a step.

    Not for work, whose cues have their own moments (`repetition_cues`), nor the
    count-in before it (`count_in`).
    """
    if step.lead:
        yield from _lead_cues(plan, step)
        return
    match step.kind:
        case StepKind.ASK:
            yield from _ask_cues(plan, step)
        case StepKind.PREPARE if step.exercise is None:
            yield Cue(
                kind=CueKind.WELCOME,
                routine=plan.routine,
                number=max(1, round(_time_to_come(plan) / timedelta(minutes=1))),
                sets=len(plan.prescriptions),
            )
            for decision in plan.remarks:
                yield cue_of(decision)
            yield Cue(kind=CueKind.STOP_ANY_TIME)
            yield Cue(kind=CueKind.GET_READY, position=step.position)
        case StepKind.PREPARE:
            yield from _instructions(plan, step)
        case StepKind.REST if step.set > 1:
            yield Cue(
                kind=CueKind.SET_REST,
                exercise=step.exercise,
                number=step.set,
                seconds=_seconds(step.duration),
            )
            yield Cue(kind=CueKind.SAFETY, exercise=step.exercise)
        case StepKind.REST:
            ids = [p.exercise.id for p in plan.prescriptions]
            yield Cue(
                kind=CueKind.REST,
                exercise=step.exercise,
                turn=ids.index(step.exercise or ""),
            )
        case StepKind.CHANGE_SIDE:
            yield Cue(
                kind=CueKind.CHANGE_SIDE,
                side=step.side,
                seconds=_seconds(step.duration),
            )
            yield Cue(kind=CueKind.FIRST_SIDE, exercise=step.exercise, side=step.side)
        case StepKind.CHANGE_POSITION:
            yield Cue(kind=CueKind.CHANGE_POSITION, position=step.position)


def _time_to_come(plan: Plan) -> timedelta:
    """Return how long it takes from the welcome on, with what is really asked."""
    return sum(
        (
            step.duration
            for step in plan.steps
            if step.question not in AT_GATE
            and (step.kind is not StepKind.ASK or step.asked)
        ),
        ZERO,
    )


def soon_cue(step: Step) -> Cue | None:
    """Return what is said `SOON` before the end of a step; None where nothing is."""
    if step.kind is StepKind.REST and step.lead:
        return Cue(kind=CueKind.GOING_ON, seconds=_seconds(SOON))
    return None


def count_in() -> tuple[Cue, ...]:
    """Return the cues of the three seconds before work begins."""
    return tuple(
        Cue(kind=CueKind.COUNT_IN, number=number, turn=turn)
        for turn, number in enumerate((3, 2, 1))
    )


def _instructions(plan: Plan, step: Step) -> Iterator[Cue]:
    prescription = plan.prescription(step.exercise or "")
    exercise = prescription.exercise
    yield Cue(kind=CueKind.EXERCISE, exercise=exercise.id)
    if step.detail is Detail.FULL:
        yield Cue(kind=CueKind.SET_UP, exercise=exercise.id, form=prescription.form)
        yield Cue(kind=CueKind.MOVE, exercise=exercise.id)
    yield Cue(kind=CueKind.SAFETY, exercise=exercise.id)
    if exercise.pattern is Pattern.ONE_SIDE_THEN_OTHER:
        yield Cue(
            kind=CueKind.FIRST_SIDE,
            exercise=exercise.id,
            side=step.side or plan.first_side,
        )
    if is_even(prescription):
        yield dose_cue(prescription, plan.first_side)


def is_even(prescription: Prescription) -> bool:
    """Whether all sets are alike, so that the dose can be said in a few words."""
    return len(set(prescription.dose.sets)) == 1


def dose_cue(prescription: Prescription, first_side: Side) -> Cue:
    """Return the cue that says how much is to be done."""
    dose = prescription.dose
    return Cue(
        kind=CueKind.DOSE,
        exercise=prescription.exercise.id,
        pattern=prescription.exercise.pattern,
        number=dose.sets[0],
        sets=len(dose.sets),
        side=first_side,
    )


def _ask_cues(plan: Plan, step: Step) -> Iterator[Cue]:
    match step.question:
        case Question.NEXT_DAY:
            yield Cue(kind=CueKind.PAIN_NEXT_DAY)
        case Question.BEFORE:
            yield Cue(kind=CueKind.PAIN_BEFORE)
        case Question.EXERCISE if step.exercise in plan.hurt:
            yield Cue(kind=CueKind.PAIN_OF_HURT, exercise=step.exercise)
        case Question.EXERCISE:
            yield Cue(kind=CueKind.PAIN_EXERCISE, exercise=step.exercise)
            if step.with_effort:
                yield Cue(kind=CueKind.EFFORT_EXERCISE)
        case _:
            yield Cue(kind=CueKind.CLOSING, sets=len(plan.prescriptions))
            if step.asked:
                yield Cue(kind=CueKind.PAIN_AFTER)
                if step.with_effort:
                    yield Cue(kind=CueKind.EFFORT_AFTER)


_LEADS: Final = {
    Lead.SKIPPED: CueKind.SKIPPED,
    Lead.TOO_HARD: CueKind.TOO_HARD,
    Lead.PAIN: CueKind.PAIN,
    Lead.SMALLER: CueKind.SMALLER,
}
"""Leads that are one sentence."""


def _lead_cues(plan: Plan, step: Step) -> Iterator[Cue]:
    if step.position:
        yield Cue(kind=CueKind.GET_READY, position=step.position)
    if step.lead in _LEADS:
        yield Cue(kind=_LEADS[step.lead])
    match step.lead:
        case Lead.HURT:
            yield Cue(kind=CueKind.DECISION, key=Rule.I_3)
        case Lead.EASED:
            prescription = plan.prescription(step.exercise or "")
            yield Cue(kind=CueKind.EASED)
            if is_even(prescription):
                yield dose_cue(prescription, plan.first_side)
        case Lead.EXPLAINED | Lead.REPEATED:
            yield from _instructions(plan, step)
    if step.upcoming and step.lead is not Lead.REPEATED:
        yield Cue(
            kind=CueKind.RESUMED,
            exercise=step.exercise,
            side=step.upcoming.side,
            number=step.upcoming.number,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RepetitionCues:
    """What is said in one repetition; None where nothing is."""

    count: Cue
    """At its beginning."""
    hold: Cue | None = None
    """When the position is reached."""
    halfway: Cue | None = None
    """In the middle of the hold."""
    release: Cue | None = None
    """When the way back begins."""
    after: Cue | None = None
    """On the way back, if there is time for it."""


def repetition_cues(exercise: Exercise, step: Step, index: int) -> RepetitionCues:
    """Return what is said in a repetition of a work step."""
    repetition = step.repetitions[index]
    if repetition.move is Move.TURN:
        is_last = index == len(step.repetitions) - 1
        kind = CueKind.LAP if is_last else CueKind.TURN
        return RepetitionCues(count=Cue(kind=kind, number=step.set))
    count = Cue(
        kind=CueKind.COUNT,
        number=repetition.number,
        side=repetition.side
        if step.side is Side.ALTERNATING and repetition.move is Move.REPETITION
        else None,
    )
    if repetition.move is Move.STEP:
        return RepetitionCues(count=count)
    after = Cue(kind=CueKind.ONE_MORE) if _one_more(step, index) else None
    if exercise.hold:
        return RepetitionCues(
            count=count,
            hold=Cue(kind=CueKind.HOLD, exercise=exercise.id),
            halfway=Cue(kind=CueKind.HALFWAY)
            if exercise.hold >= HALFWAY_FROM
            else None,
            release=Cue(kind=CueKind.RELEASE, exercise=exercise.id),
            after=after,
        )
    return RepetitionCues(
        count=count,
        release=Cue(kind=CueKind.LOWER, exercise=exercise.id)
        if repetition.number <= GUIDED
        else None,
        after=after,
    )


def _one_more(step: Step, index: int) -> bool:
    """Tell whether only the last repetition (of each side) comes after this one."""
    following: tuple[Repetition, ...] = step.repetitions[index + 1 :]
    last = step.repetitions[-1].number
    return (
        bool(following)
        and step.repetitions[index].number < last
        and all(repetition.number == last for repetition in following)
    )


def _seconds(duration: timedelta) -> int:
    return round(duration.total_seconds())
