"""Lays measured phrases on the steps of a stretch: every cue at an exact offset."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import takewhile
from typing import Final

from .cues import (
    QUESTIONS,
    SOON,
    Cue,
    count_in,
    repetition_cues,
    soon_cue,
    step_cues,
)
from .plan import ZERO, Move, Place, Plan, Question, Step, StepKind

BREATH: Final = timedelta(milliseconds=600)
"""Between two sentences of an instruction."""

GAP: Final = timedelta(milliseconds=150)
"""The least silence between two cues of a repetition."""

FADE: Final = timedelta(milliseconds=300)
"""After the last word of all, for players that swallow the end of a file."""

BEAT: Final = timedelta(seconds=1)
"""From one number of the count-in to the next."""

type LengthOf = Callable[[Cue], timedelta]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Steps that are played in one go: what becomes one track."""

    steps: tuple[Step, ...]
    first: int
    """The plan's index of the first step that is not a lead-in."""
    skipped: int = 0
    """How many repetitions of that step lie behind already."""

    def index(self, number: int) -> int | None:
        """Return the plan's index of a step of the stretch; None for a lead-in."""
        lead = bool(self.steps[0].lead)
        return None if number < lead else self.first + number - lead

    @property
    def end(self) -> int:
        """The plan's index of the step after the last one."""
        return self.first + len(self.steps) - bool(self.steps[0].lead)

    @property
    def is_lead(self) -> bool:
        """Whether it is only words that lead to a question, or to what follows it."""
        return self.end == self.first


def stretch_at(plan: Plan, place: Place, lead: Step | None = None) -> Stretch | None:
    """Return what is played in one go from a place on; None at the end of the plan.

    A stretch ends where a question is, or an exercise; the welcome is one of its own,
    and so is what leads to a question: it may be answered before it is asked.
    Questions that are not asked are passed over, but for the last, which has words.
    """
    steps = plan.steps
    first = place.step
    while first < len(steps) and _is_passed_over(steps[first]):
        first += 1
    if first == len(steps):
        return None
    chosen = [steps[first]]
    if chosen[0].kind is not StepKind.ASK and chosen[0].exercise:
        following = steps[first + 1 :]
        chosen += takewhile(lambda step: step.kind is not StepKind.ASK, following)
    skipped = place.repetition if first == place.step else 0
    if skipped:
        chosen[0] = _without(chosen[0], skipped)
    if lead:
        chosen = [lead] if chosen[0].kind is StepKind.ASK else [lead, *chosen]
    return Stretch(steps=tuple(chosen), first=first, skipped=skipped)


def stretches(plan: Plan) -> Iterator[Stretch]:
    """Yield the stretches of a plan that is played without interruption."""
    stretch = stretch_at(plan, Place(step=0))
    while stretch:
        yield stretch
        stretch = stretch_at(plan, Place(step=stretch.end))


def _is_passed_over(step: Step) -> bool:
    return (
        step.kind is StepKind.ASK
        and not step.asked
        and step.question is not Question.AFTER
    )


def _without(step: Step, skipped: int) -> Step:
    """Return a work step without its first repetitions."""
    left = step.repetitions[skipped:]
    return replace(
        step,
        repetitions=left,
        duration=sum((repetition.duration for repetition in left), ZERO),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A cue and when it is heard."""

    offset: timedelta
    """From the beginning of the stretch to the first audible sound."""
    length: timedelta
    """From the first to the last audible sound."""
    cue: Cue

    @property
    def end(self) -> timedelta:
        """When the last sound of it is over."""
        return self.offset + self.length


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedStep:
    """A step and when it begins and ends, counted from the beginning of the stretch."""

    step: Step
    start: timedelta
    end: timedelta
    repetitions: tuple[TimedRepetition, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedRepetition:
    """When a repetition begins, is held, goes back, and counts as done."""

    start: timedelta
    reached: timedelta
    """The end of the movement, where it is held."""
    released: timedelta
    """The hold is over."""
    done: timedelta
    """The way back is over; the pause after it is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A stretch with everything at its exact moment."""

    stretch: Stretch
    steps: tuple[TimedStep, ...]
    spoken: tuple[Spoken, ...]
    left: tuple[Spoken, ...] = ()
    """Questions that are not part of it, for they are asked by who can listen."""

    @property
    def length(self) -> timedelta:
        """From the beginning to the end of the last step."""
        return self.steps[-1].end


def cues_of(plan: Plan, stretch: Stretch) -> Iterator[Cue]:
    """Yield every cue that a stretch may need, so that they can be measured."""
    for number, step in enumerate(stretch.steps):
        if step.kind is StepKind.WORK:
            exercise = plan.prescription(step.exercise or "").exercise
            for index in range(len(step.repetitions)):
                cues = repetition_cues(exercise, step, index)
                yield cues.count
                for cue in (cues.hold, cues.halfway, cues.release, cues.after):
                    if cue:
                        yield cue
        else:
            yield from step_cues(plan, step)
            if soon := soon_cue(step):
                yield soon
            if _leads_to_work(stretch, number):
                yield from count_in()


def lay(plan: Plan, stretch: Stretch, length_of: LengthOf) -> Timeline:
    """Lay the phrases of a stretch on its steps.

    With phrases of no length every step has its nominal duration. An instruction
    stretches its step, and a long count its way into the position, the same for all
    repetitions of a step; a hold is never longer than it should be.
    """
    steps: list[TimedStep] = []
    spoken: list[Spoken] = []
    start = ZERO
    for number, step in enumerate(stretch.steps):
        if step.kind is StepKind.WORK:
            timed, said = _lay_work(plan, step, start, length_of)
        else:
            to_work = _leads_to_work(stretch, number)
            timed, said = _lay_words(plan, step, start, length_of, to_work=to_work)
        steps.append(timed)
        spoken += said
        start = timed.end
    return Timeline(stretch=stretch, steps=tuple(steps), spoken=tuple(spoken))


def leave_questions(timeline: Timeline) -> Timeline:
    """Return a timeline whose questions are left to who can listen to the answer.

    They keep their place and their time.
    """
    is_left = [each.cue.kind in QUESTIONS for each in timeline.spoken]
    pairs = list(zip(timeline.spoken, is_left, strict=True))
    return replace(
        timeline,
        spoken=tuple(each for each, left in pairs if not left),
        left=tuple(each for each, left in pairs if left),
    )


def _leads_to_work(stretch: Stretch, number: int) -> bool:
    following = stretch.steps[number + 1 : number + 2]
    return any(step.kind is StepKind.WORK for step in following)


def _lay_words(
    plan: Plan, step: Step, start: timedelta, length_of: LengthOf, *, to_work: bool
) -> tuple[TimedStep, list[Spoken]]:
    said: list[Spoken] = []
    at = start
    for cue in step_cues(plan, step):
        said.append(Spoken(offset=at, length=length_of(cue), cue=cue))
        at = said[-1].end + BREATH
    if not to_work:
        # what follows may begin with words of its own, hence the breath in `at`
        end = max(start + step.duration, at)
        if soon := soon_cue(step):
            length = length_of(soon)
            offset = end - max(SOON, length + GAP)
            if offset >= at:
                said.append(Spoken(offset=offset, length=length, cue=soon))
        if step.kind is StepKind.ASK:
            end = said[-1].end + (step.wait if step.asked else _fade(said[-1].length))
        return TimedStep(step=step, start=start, end=end), said
    numbers = count_in()
    beat = max(BEAT, max(map(length_of, numbers)) + GAP)
    end = max(start + step.duration, at + beat * len(numbers))
    for place, cue in enumerate(numbers):
        offset = end - beat * (len(numbers) - place)
        said.append(Spoken(offset=offset, length=length_of(cue), cue=cue))
    return TimedStep(step=step, start=start, end=end), said


def _lay_work(
    plan: Plan, step: Step, start: timedelta, length_of: LengthOf
) -> tuple[TimedStep, list[Spoken]]:
    exercise = plan.prescription(step.exercise or "").exercise
    cues = [
        repetition_cues(exercise, step, index) for index in range(len(step.repetitions))
    ]
    moves = [repetition.move for repetition in step.repetitions]
    longest = {
        move: max(
            length_of(each.count)
            for each, its in zip(cues, moves, strict=True)
            if its is move
        )
        for move in set(moves)
    }
    releases = [length_of(each.release) for each in cues if each.release]
    longest_release = max(releases, default=ZERO)
    said: list[Spoken] = []
    repetitions: list[TimedRepetition] = []
    at = start
    for repetition, each in zip(step.repetitions, cues, strict=True):
        lift = max(repetition.lift, _with_gap(longest[repetition.move]))
        reached = at + lift
        released = reached + repetition.hold
        done = released
        if repetition.move is Move.REPETITION:
            done += max(repetition.lower, lift, _with_gap(longest_release))
        repetitions.append(
            TimedRepetition(start=at, reached=reached, released=released, done=done)
        )
        end = done + repetition.pause
        said.append(Spoken(offset=at, length=length_of(each.count), cue=each.count))
        for cue, offset, limit in (
            (each.hold, reached, released),
            (each.halfway, reached + repetition.hold / 2, released),
        ):
            # a hold is never made longer for a word, nor does one wait for another
            if (
                cue
                and offset >= _free_from(said)
                and offset + length_of(cue) + GAP <= limit
            ):
                said.append(Spoken(offset=offset, length=length_of(cue), cue=cue))
        if each.release:
            length = length_of(each.release)
            said.append(Spoken(offset=released, length=length, cue=each.release))
        if each.after:
            length = length_of(each.after)
            offset = end - max(BEAT, length + GAP)
            if offset >= _free_from(said):
                said.append(Spoken(offset=offset, length=length, cue=each.after))
        at = end
    return TimedStep(
        step=step, start=start, end=at, repetitions=tuple(repetitions)
    ), said


def _with_gap(length: timedelta) -> timedelta:
    return length + GAP if length else ZERO


def _fade(length: timedelta) -> timedelta:
    return FADE if length else ZERO


def _free_from(said: list[Spoken]) -> timedelta:
    return said[-1].end + GAP
