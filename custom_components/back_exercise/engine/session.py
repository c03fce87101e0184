"""Plays a plan against the time it is told.

Nothing here waits, speaks or stores. The one who drives a session

1. prepares what it wants (`wanted`) and tells when that is heard (`begin`),
2. lets time pass (`advance`) when it asks for it (`next_at`), and
3. gives it commands (`handle`), first letting time pass up to them.

Each call returns what happened.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from .catalogue import Pattern, Routine
from .changes import ease, leave_out
from .events import (
    Event,
    ExerciseEnded,
    ExerciseOutcome,
    ExerciseStarted,
    PauseReason,
    RepetitionDone,
    SessionEnded,
    SessionOutcome,
    SessionPaused,
    SessionResumed,
    SessionStarted,
    SharpPain,
    StepStarted,
)
from .plan import (
    ZERO,
    Detail,
    Lead,
    Move,
    Place,
    Plan,
    Repetition,
    Side,
    Step,
    StepKind,
)
from .timeline import Stretch, TimedStep, Timeline, stretch_at

PAUSE_LIMIT: Final = timedelta(minutes=15)
"""A longer pause ends the session as partial."""

PAIN_LIMIT: Final = 2
"""So many exercises stopped for pain end the session (I-5)."""


class SessionState(StrEnum):
    """What a session is doing."""

    READY = "ready"
    PREPARING = "preparing"
    """It waits for the stretch it wants."""
    RUNNING = "running"
    ASKING = "asking"
    """It waits for an answer."""
    PAUSED = "paused"
    ENDED = "ended"


class Command(StrEnum):
    """What the person can ask of a session."""

    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    NEXT = "next"
    PREVIOUS = "previous"
    REPEAT = "repeat"
    EXPLAIN = "explain"
    EASIER = "easier"
    SHARP_PAIN = "sharp_pain"
    STOP = "stop"


_PLAYING: Final = frozenset(Command) - {Command.START, Command.RESUME}

ALLOWED: Final = {
    SessionState.READY: frozenset({Command.START}),
    SessionState.PREPARING: _PLAYING,
    SessionState.RUNNING: _PLAYING,
    SessionState.ASKING: _PLAYING - {Command.REPEAT, Command.EXPLAIN, Command.EASIER},
    SessionState.PAUSED: _PLAYING - {Command.PAUSE} | {Command.RESUME},
    SessionState.ENDED: frozenset[Command](),
}
"""The commands that make sense in each state; the place narrows them further."""


class CommandNotAllowed(Exception):
    """A command that makes no sense now; nothing was changed."""

    def __init__(self, command: Command, state: SessionState) -> None:
        """Remember what was asked and in which state."""
        super().__init__(f"{command} is not possible while {state}")
        self.command = command
        self.state = state


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What a session shows of itself."""

    state: SessionState
    allowed: frozenset[Command]
    routine: Routine
    step: StepKind | None = None
    """None before the start and after the end."""
    exercise: str | None = None
    next_exercise: str | None = None
    side: Side | None = None
    set: int | None = None
    sets: int | None = None
    repetition: int | None = None
    """The repetition that comes or goes on, as counted aloud."""
    repetitions: int | None = None
    """The last one of the step, as counted aloud."""
    step_ends_at: datetime | None = None
    """None while nothing plays."""
    progress: float = 0.0
    """Share of the plan that lies behind, 0 to 1, by nominal time."""
    pause_reason: PauseReason | None = None


class Session:
    """A plan being played."""

    def __init__(self, plan: Plan) -> None:
        """Take the plan; nothing happens before the command to start."""
        self.plan = plan
        self.state = SessionState.READY
        self.wanted: Stretch | None = None
        """What is to be prepared and begun next; None while something plays."""
        self.timeline: Timeline | None = None
        """What plays."""
        self.begun_at: datetime | None = None
        """When the first moment of the timeline was heard."""
        self._place = Place(step=0)
        self._number = 0  # of the timeline's step
        self._current: str | None = None  # the exercise that was begun
        self._prescribed = {
            each.exercise.id: each.dose.volume for each in plan.prescriptions
        }
        self._done: Counter[tuple[str, int, Side]] = Counter()
        self._hurt: list[str] = []
        self._paused_at: datetime | None = None
        self._pause_reason: PauseReason | None = None

    # What it shows

    @property
    def step(self) -> Step:
        """The plan's step that the session is at, or leads to."""
        return self.plan.steps[min(self._place.step, len(self.plan.steps) - 1)]

    @property
    def allowed(self) -> frozenset[Command]:
        """The commands that make sense now."""
        allowed = ALLOWED[self.state]
        step = self.step
        if step.exercise is None or step.kind is StepKind.ASK:
            allowed -= {Command.REPEAT, Command.EXPLAIN, Command.EASIER}
        elif self._place_of_work() is None:
            allowed -= {Command.EXPLAIN}
        if self._exercise_before(step) is None:
            allowed -= {Command.PREVIOUS}
        return allowed

    @property
    def next_at(self) -> datetime | None:
        """When the session wants to be told the time; None if it need not be."""
        if self.state is SessionState.PAUSED and self._paused_at:
            return self._paused_at + PAUSE_LIMIT
        if self.timeline and self.begun_at:
            return self.begun_at + self._next_offset(self.timeline)
        return None

    @property
    def upcoming(self) -> Stretch | None:
        """What will be wanted next if nothing is commanded, to be prepared ahead."""
        if self.state is SessionState.PAUSED:
            return self._resumption()
        present = self.timeline.stretch if self.timeline else self.wanted
        return stretch_at(self.plan, Place(step=present.end)) if present else None

    @property
    def snapshot(self) -> Snapshot:
        """What it shows of itself, frozen."""
        if self.state in (SessionState.READY, SessionState.ENDED):
            return Snapshot(
                state=self.state,
                allowed=self.allowed,
                routine=self.plan.routine,
                progress=float(self.state is SessionState.ENDED),
            )
        step = self.step
        timed = self._timed_step
        ends_at = self.begun_at + timed.end if self.begun_at and timed else None
        upcoming = self._upcoming_repetition(step)
        return Snapshot(
            state=self.state,
            allowed=self.allowed,
            routine=self.plan.routine,
            step=timed.step.kind if timed else step.kind,
            exercise=step.exercise,
            next_exercise=self._next_exercise(step),
            side=upcoming.side if upcoming else step.side,
            set=step.set if step.exercise else None,
            sets=len(self.plan.prescription(step.exercise).dose.sets)
            if step.exercise
            else None,
            repetition=upcoming.number if upcoming else None,
            repetitions=step.repetitions[-1].number if step.repetitions else None,
            step_ends_at=ends_at,
            progress=self._progress(),
            pause_reason=self._pause_reason,
        )

    # What drives it

    def begin(self, timeline: Timeline, at: datetime) -> list[Event]:
        """Begin the stretch that is wanted; its first moment is heard at `at`.

        Raises ValueError where the timeline is of another stretch.
        """
        if timeline.stretch != self.wanted:
            raise ValueError("this is not the stretch that the session wants")
        self.wanted = None
        self.timeline = timeline
        self.begun_at = at
        self._number = 0
        events: list[Event] = []
        self._enter(at, events)
        return events

    def anchor(self, at: datetime) -> None:
        """Correct the moment at which the present stretch began to be heard."""
        if self.timeline:
            self.begun_at = at

    def advance(self, now: datetime) -> list[Event]:
        """Let time pass; return what happened until now, each at its moment."""
        events: list[Event] = []
        while (at := self.next_at) is not None and at <= now:
            if self.state is SessionState.PAUSED:
                self._end(at, SessionOutcome.PARTIAL, events)
            else:
                self._pass(at, events)
        return events

    def answer(self, now: datetime) -> list[Event]:
        """Go on after a question: it was answered, or no answer is wanted."""
        events: list[Event] = []
        if self.step.kind is StepKind.ASK and self.state in (
            SessionState.ASKING,
            SessionState.PREPARING,
        ):
            self._leave_stretch(now, events)
        return events

    def handle(
        self,
        command: Command,
        now: datetime,
        *,
        reason: str | None = None,
        pause_reason: PauseReason = PauseReason.PERSON,
    ) -> list[Event]:
        """Do what the person asks.

        Raises CommandNotAllowed where it makes no sense now; nothing is changed
        then.
        """
        if command not in self.allowed:
            raise CommandNotAllowed(command, self.state)
        events: list[Event] = []
        match command:
            case Command.PAUSE:
                self._pause(now, pause_reason, events)
            case Command.STOP:
                self._end(now, SessionOutcome.STOPPED, events, reason)
            case Command.REPEAT | Command.EXPLAIN:
                self._instruct(command, now, events)
            case _:
                {
                    Command.START: self._start,
                    Command.RESUME: self._resume,
                    Command.NEXT: self._next,
                    Command.PREVIOUS: self._previous,
                    Command.EASIER: self._easier,
                    Command.SHARP_PAIN: self._sharp_pain,
                }[command](now, events)
        return events

    def interrupt(self, now: datetime) -> list[Event]:
        """End the session because it can't be played any longer."""
        events: list[Event] = []
        if self.state is not SessionState.ENDED:
            self._end(now, SessionOutcome.PARTIAL, events)
        return events

    # Commands

    def _start(self, now: datetime, events: list[Event]) -> None:
        events.append(SessionStarted(at=now, routine=self.plan.routine))
        self._go(Place(step=0), now, events)

    def _pause(self, now: datetime, reason: PauseReason, events: list[Event]) -> None:
        self._halt()
        self._finish_work(now, events)
        self.state = SessionState.PAUSED
        self._paused_at = now
        self._pause_reason = reason
        events.append(SessionPaused(at=now, reason=reason))

    def _resume(self, now: datetime, events: list[Event]) -> None:
        stretch = self._resumption()
        self._leave_pause(now, events)
        self._want(stretch)

    def _next(self, now: datetime, events: list[Event]) -> None:
        step = self.step
        self._leave_pause(now, events)
        if (
            step.kind is StepKind.ASK
            or step.exercise is None
            or (
                step.kind in (StepKind.REST, StepKind.CHANGE_POSITION)
                and (step.exercise != self._current)
            )
        ):
            self._go(Place(step=self._place.step + 1), now, events)
        else:
            self._give_up(
                step.exercise, ExerciseOutcome.SKIPPED, Lead.SKIPPED, now, events
            )

    def _previous(self, now: datetime, events: list[Event]) -> None:
        before = self._exercise_before(self.step)
        assert before  # noqa: S101 - not allowed without one
        self._leave_pause(now, events)
        self._end_exercise(now, self._current, ExerciseOutcome.UNFINISHED, events)
        for exercise in (before, self.step.exercise):
            self._forget(exercise)
        # on the way forward again, what hurt must not be met a second time
        self.plan = leave_out(self.plan, self._hurt)
        self._go(Place(step=self.plan.first_step(before)), now, events)

    def _instruct(self, command: Command, now: datetime, events: list[Event]) -> None:
        """Give the instructions in full, then go on, or begin the set again."""
        step = self.step
        exercise = step.exercise or ""
        self._leave_pause(now, events)
        place = self._place_of_work()
        lead = Lead.EXPLAINED
        if command is Command.REPEAT:
            place = Place(step=self.plan.first_work(exercise, step.set))
            lead = Lead.REPEATED
            self._forget(exercise, step.set)
        assert place  # noqa: S101 - there is nothing to explain without one
        self._begin_exercise(now, exercise, events)
        self._go(place, now, events, self._lead(lead, exercise, place))

    def _easier(self, now: datetime, events: list[Event]) -> None:
        exercise = self.step.exercise or ""
        eased = ease(self.plan, self._place)
        if eased is None:
            self._leave_pause(now, events)
            self._give_up(
                exercise, ExerciseOutcome.TOO_HARD, Lead.TOO_HARD, now, events
            )
            return
        self.plan, place = eased
        lead = self._lead(Lead.EASED, exercise, place)
        if self.plan.steps[place.step].kind is StepKind.ASK:
            self._end_exercise(now, exercise, ExerciseOutcome.DONE, events)
            place = self._place_behind(exercise)
        if self.state is SessionState.PAUSED:
            self._place = place
        else:
            self._go(place, now, events, lead)

    def _give_up(
        self,
        exercise: str,
        outcome: ExerciseOutcome,
        lead: Lead,
        now: datetime,
        events: list[Event],
    ) -> None:
        """Leave an exercise early; one that was not begun is not asked about."""
        place = self._place_behind(exercise)
        if exercise != self._current:
            self._begin_exercise(now, exercise, events)
            place = self._place_behind(exercise, is_asked=False)
        self._end_exercise(now, exercise, outcome, events)
        self._go(place, now, events, self._lead(lead))

    def _sharp_pain(self, now: datetime, events: list[Event]) -> None:
        step = self.step
        is_closing = step.kind is StepKind.ASK and step.exercise is None
        if is_closing or (
            step.kind is not StepKind.ASK and step.exercise != self._current
        ):
            # there is none now, or it was not begun yet
            hurt = self._exercise_before(step, blocked=True)
        else:
            hurt = step.exercise
        events.append(SharpPain(at=now, exercise=hurt))
        if hurt is None or len({*self._hurt, hurt}) >= PAIN_LIMIT:
            self._end_exercise(now, hurt, ExerciseOutcome.PAIN, events)
            self._end(now, SessionOutcome.PAIN, events)
            return
        self._hurt.append(hurt)
        self._end_exercise(now, hurt, ExerciseOutcome.PAIN, events)
        lead = Step(
            kind=StepKind.REST, duration=self.plan.timing.set_rest, lead=Lead.PAIN
        )
        if self.state is SessionState.PAUSED:
            self._place = self._place_behind(hurt)
        else:
            self._go_behind(hurt, lead, now, events)

    # Where it is, and where it goes

    def _exercise_before(self, step: Step, *, blocked: bool = False) -> str | None:
        """Return the exercise before a step's, not one that was stopped for pain."""
        ids = [p.exercise.id for p in self.plan.prescriptions]
        if step.exercise is None:
            at = len(ids) if self._place.step > 1 else 0
        else:
            at = ids.index(step.exercise)
        before = [id_ for id_ in ids[:at] if blocked or id_ not in self._hurt]
        return before[-1] if before else None

    def _next_exercise(self, step: Step) -> str | None:
        later = self.plan.steps[self._place.step :]
        ids = (each.exercise for each in later if each.kind is StepKind.PREPARE)
        return next((id_ for id_ in ids if id_ not in (None, step.exercise)), None)

    def _place_of_work(self) -> Place | None:
        """Return the place of the exercise's next repetition; None if all are done."""
        if self._place.repetition < len(self.step.repetitions):
            return self._place
        exercise = self.step.exercise
        following = range(self._place.step + 1, len(self.plan.steps))
        for i in following:
            step = self.plan.steps[i]
            if step.kind is StepKind.WORK and step.exercise == exercise:
                return Place(step=i)
        return None

    def _finish_work(self, now: datetime, events: list[Event]) -> None:
        """Take work as over of which only the last pause is left."""
        repetitions = self.step.repetitions
        if repetitions and self._place.repetition == len(repetitions):
            self._place = Place(step=self._place.step + 1)
            if self.step.kind is StepKind.ASK:
                self._end_exercise(now, self._current, ExerciseOutcome.DONE, events)

    def _place_behind(self, exercise: str, *, is_asked: bool = True) -> Place:
        """Return the place of the question after an exercise, or of what follows it.

        Who leaves an exercise early needs no rest before the next one.
        """
        behind = self.plan.first_step_after(exercise)
        if is_asked and self.plan.steps[behind - 1].asked:
            return Place(step=behind - 1)
        is_rest = self.plan.steps[behind].kind is StepKind.REST
        return Place(step=behind + is_rest)

    def _go_behind(
        self, exercise: str, lead: Step, now: datetime, events: list[Event]
    ) -> None:
        self._go(self._place_behind(exercise), now, events, lead)

    def _go(
        self,
        place: Place,
        now: datetime,
        events: list[Event],
        lead: Step | None = None,
    ) -> None:
        """Want the stretch at a place, or end where there is none."""
        self._halt()
        stretch = stretch_at(self.plan, place, lead)
        if stretch is None:
            self._end(now, SessionOutcome.COMPLETED, events)
        else:
            self._want(stretch)

    def _want(self, stretch: Stretch) -> None:
        self.wanted = stretch
        self._place = Place(step=stretch.first, repetition=stretch.skipped)
        self.state = SessionState.PREPARING

    def _resumption(self) -> Stretch:
        """Return the stretch that a paused session goes on with."""
        lead = None
        if self.step.kind is StepKind.WORK:
            lead = self._lead(Lead.RESUMED, self.step.exercise, self._place)
        stretch = stretch_at(self.plan, self._place, lead)
        assert stretch  # noqa: S101 - there is one at every place one can pause at
        return stretch

    def _lead(
        self, lead: Lead, exercise: str | None = None, place: Place | None = None
    ) -> Step:
        """Write out the words that a stretch begins with."""
        step = self.plan.steps[place.step] if place else None
        upcoming = None
        if step and place and (place.repetition or lead is Lead.RESUMED):
            upcoming = step.repetitions[place.repetition]
        return Step(
            kind=StepKind.PREPARE,
            duration=ZERO,
            exercise=exercise,
            side=step.side if step else None,
            set=step.set if step else 1,
            detail=Detail.FULL,
            lead=lead,
            upcoming=upcoming,
        )

    # Time

    @property
    def _timed_step(self) -> TimedStep | None:
        return self.timeline.steps[self._number] if self.timeline else None

    def _next_offset(self, timeline: Timeline) -> timedelta:
        """Return the offset of the next repetition done, or of the step's end."""
        timed = timeline.steps[self._number]
        done = self._done_in_step(timeline)
        if timed.repetitions and done < len(timed.repetitions):
            return timed.repetitions[done].done
        return timed.end

    def _done_in_step(self, timeline: Timeline) -> int:
        """Return how many repetitions of the timeline's step are done."""
        stretch = timeline.stretch
        is_first = stretch.index(self._number) == stretch.first
        return self._place.repetition - (stretch.skipped if is_first else 0)

    def _pass(self, at: datetime, events: list[Event]) -> None:
        """Let the next thing happen: a repetition is done or a step over."""
        timeline = self.timeline
        assert timeline  # noqa: S101 - next_at is None without one
        timed = timeline.steps[self._number]
        done = self._done_in_step(timeline)
        if timed.repetitions and done < len(timed.repetitions):
            self._repetition_done(at, timed.step, done, events)
            return
        self._number += 1
        if self._number == len(timeline.steps):
            self._leave_stretch(at, events)
        else:
            self._enter(at, events)

    def _repetition_done(
        self, at: datetime, step: Step, done: int, events: list[Event]
    ) -> None:
        repetition = step.repetitions[done]
        exercise = step.exercise or ""
        self._place = replace(self._place, repetition=self._place.repetition + 1)
        if repetition.move is Move.TURN:
            return
        self._done[exercise, step.set, repetition.side] += 1
        events.append(
            RepetitionDone(
                at=at,
                exercise=exercise,
                set=step.set,
                side=repetition.side,
                number=repetition.number,
            )
        )

    def _enter(self, at: datetime, events: list[Event]) -> None:
        """Begin the timeline's present step."""
        timed = self._timed_step
        assert self.timeline  # noqa: S101 - only called while one plays
        assert timed  # noqa: S101 - as above
        step = timed.step
        index = self.timeline.stretch.index(self._number)
        if index is not None and index != self._place.step:
            self._place = Place(step=index)
        asking = step.kind is StepKind.ASK and step.asked
        self.state = SessionState.ASKING if asking else SessionState.RUNNING
        is_own = step.kind in (StepKind.PREPARE, StepKind.WORK) and not step.lead
        if is_own and step.exercise:
            self._begin_exercise(at, step.exercise, events)
        events.append(StepStarted(at=at, step=step))

    def _leave_stretch(self, at: datetime, events: list[Event]) -> None:
        """Go on to what comes after the stretch that is over."""
        step = self.step
        if step.kind is not StepKind.ASK:
            self._end_exercise(at, self._current, ExerciseOutcome.DONE, events)
        self._go(Place(step=self._place.step + 1), at, events)

    def _halt(self) -> None:
        self.timeline = None
        self.begun_at = None
        self.wanted = None

    def _leave_pause(self, now: datetime, events: list[Event]) -> None:
        if self.state is SessionState.PAUSED:
            self._paused_at = None
            self._pause_reason = None
            events.append(SessionResumed(at=now))

    def _end(
        self,
        at: datetime,
        outcome: SessionOutcome,
        events: list[Event],
        reason: str | None = None,
    ) -> None:
        self._end_exercise(at, self._current, ExerciseOutcome.UNFINISHED, events)
        self._halt()
        self._paused_at = None
        self._pause_reason = None
        self.state = SessionState.ENDED
        events.append(SessionEnded(at=at, outcome=outcome, reason=reason))

    # Exercises

    def _begin_exercise(self, at: datetime, exercise: str, events: list[Event]) -> None:
        if exercise != self._current:
            self._current = exercise
            events.append(ExerciseStarted(at=at, exercise=exercise))

    def _end_exercise(
        self,
        at: datetime,
        exercise: str | None,
        outcome: ExerciseOutcome,
        events: list[Event],
    ) -> None:
        """Say how an exercise ended, if it was begun."""
        if exercise is None or exercise != self._current:
            return
        self._current = None
        events.append(
            ExerciseEnded(
                at=at,
                exercise=exercise,
                outcome=outcome,
                done=self._amount(exercise),
                planned=self._prescribed[exercise],
            )
        )

    def _amount(self, exercise: str) -> int:
        """Return how much of an exercise was done, as its dose counts it."""
        done: Counter[Side] = Counter()
        for (id_, _, side), count in self._done.items():
            if id_ == exercise:
                done[side] += count
        match self.plan.prescription(exercise).exercise.pattern:
            case Pattern.ALTERNATING_PAIRS | Pattern.ONE_SIDE_THEN_OTHER:
                return min(done[Side.RIGHT], done[Side.LEFT])
            case Pattern.LAPS:
                return done.total() // 2
            case _:
                return done.total()

    def _forget(self, exercise: str | None, number: int | None = None) -> None:
        """Count an exercise, or a set of it, anew."""
        for key in list(self._done):
            if key[0] == exercise and number in (None, key[1]):
                del self._done[key]

    def _upcoming_repetition(self, step: Step) -> Repetition | None:
        """Return the repetition that comes or goes on; the last when all are done."""
        if not step.repetitions:
            return None
        return step.repetitions[min(self._place.repetition, len(step.repetitions) - 1)]

    def _progress(self) -> float:
        steps = [step for step in self.plan.steps if step.kind is not StepKind.ASK]
        behind = [
            step
            for step in self.plan.steps[: self._place.step]
            if step.kind is not StepKind.ASK
        ]
        done = self.step.repetitions[: self._place.repetition]
        spent = sum((s.duration for s in behind), ZERO)
        spent += sum((r.duration for r in done), ZERO)
        return spent / sum((s.duration for s in steps), ZERO)
