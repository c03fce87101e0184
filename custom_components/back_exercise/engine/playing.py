"""Plays the stretches of a plan against the time, and counts what is done."""

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from .decision import Decision
from .diary import Measure, SessionKind
from .events import (
    Event,
    ExerciseEnded,
    ExerciseOutcome,
    ExerciseStarted,
    GatePassed,
    PauseReason,
    RepetitionDone,
    SessionEnded,
    SessionOutcome,
    StepStarted,
)
from .pains import Pains
from .places import place_past_work, step_at
from .plan import AT_GATE, ZERO, Detail, Lead, Move, Place, Plan, Step, StepKind
from .settings import Settings
from .tally import Tally
from .timeline import Stretch, TimedStep, Timeline, stretch_at

PAUSE_LIMIT: Final = timedelta(minutes=15)
"""A longer pause ends the session as partial."""

RESTART_LIMIT: Final = timedelta(minutes=30)
"""So long a session that was cut off waits to be gone on with."""


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


class Playing:
    """Where a plan is, what plays or is wanted, and what was done."""

    def __init__(
        self,
        plan: Plan,
        *,
        kind: SessionKind = SessionKind.NORMAL,
        pain_before: int | None = None,
        settings: Settings = Settings(),  # noqa: B008 - frozen
    ) -> None:
        """Take the plan; nothing happens before the command to start.

        `pain_before` is 0 to 10, None where nobody has said; `settings` hold the
        thresholds that ratings are judged by.
        """
        self.plan = plan
        self.kind = kind
        self.state = SessionState.READY
        self.wanted: Stretch | None = None
        """What is to be prepared and begun next; None while something plays."""
        self.timeline: Timeline | None = None
        """What plays."""
        self.begun_at: datetime | None = None
        """When the first moment of the timeline was heard."""
        self._place = Place(step=0)
        self._number = 0  # of the timeline's step
        self._has_begun = False  # beyond the questions before
        self._begun: list[str] = []  # exercises, the last one last
        self._current: str | None = None  # the exercise that was begun
        self._planned = volumes_of(plan)
        self._tally = Tally()
        self._pains = Pains(settings, pain_before)
        self._said: set[Measure] = set()  # in answer to the question at the place
        self._answer_by: datetime | None = None  # the rest of an answer
        self._is_smaller = False  # what comes next is to be smaller and slower
        self._paused_at: datetime | None = None
        self._pause_reason: PauseReason | None = None

    @property
    def step(self) -> Step:
        """The plan's step that the session is at, or leads to."""
        return step_at(self.plan, self._place)

    # What drives it

    @property
    def next_at(self) -> datetime | None:
        """When the session wants to be told the time; None if it need not be."""
        if self._paused_at:
            is_restart = self._pause_reason is PauseReason.RESTART
            return self._paused_at + (RESTART_LIMIT if is_restart else PAUSE_LIMIT)
        if self._answer_by:
            return self._answer_by
        if self.timeline and self.begun_at:
            return self.begun_at + self._next_offset(self.timeline)
        return None

    @property
    def upcoming(self) -> Stretch | None:
        """What will be wanted next if nothing is commanded, to be prepared ahead."""
        if self.state is SessionState.PAUSED:
            return self._resumption()
        return self._following(self._present) if self._present else None

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

    def clock_set(self, by: timedelta) -> None:
        """Keep in time: all clocks were put forward by so much, or back."""
        if self.begun_at:
            self.begun_at += by
        if self._paused_at:
            self._paused_at += by
        if self._answer_by:
            self._answer_by += by

    def advance(self, now: datetime) -> list[Event]:
        """Let time pass; return what happened until now, each at its moment."""
        events: list[Event] = []
        while (at := self.next_at) is not None and at <= now:
            if self.state is SessionState.PAUSED:
                self._end(at, SessionOutcome.PARTIAL, events)
            elif self._answer_by:
                self._leave_stretch(at, events)
            else:
                self._pass(at, events)
        return events

    # Where it is, and where it goes

    @property
    def _present(self) -> Stretch | None:
        """What plays or is wanted."""
        return self.timeline.stretch if self.timeline else self.wanted

    def _move(self, place: Place) -> None:
        if place.step != self._place.step:
            self._said.clear()
        self._place = place

    def _finish_work(self, now: datetime, events: list[Event]) -> None:
        """Take work as over of which only the last pause is left."""
        place = place_past_work(self.plan, self._place)
        if place != self._place:
            self._move(place)
            if self.step.kind is StepKind.ASK:
                self._end_exercise(now, self._current, ExerciseOutcome.DONE, events)

    def _go(
        self,
        place: Place,
        now: datetime,
        events: list[Event],
        lead: Step | None = None,
    ) -> None:
        """Go on at a place, or end where there is nothing any more."""
        self._play(self._stretch_at(place, lead), now, events)

    def _stretch_at(self, place: Place, lead: Step | None = None) -> Stretch | None:
        """Return what is played from a place on, smaller where that was found right."""
        stretch = stretch_at(self.plan, place, lead)
        if (
            lead is None
            and self._is_smaller
            and stretch
            and stretch.steps[0].kind is not StepKind.ASK
        ):
            return stretch_at(self.plan, place, self._lead(Lead.SMALLER))
        return stretch

    def _following(self, present: Stretch) -> Stretch | None:
        """Return what comes after a stretch."""
        # what leads to a question may come to lead behind it
        place = self._place if present.is_lead else Place(step=present.end)
        return self._stretch_at(place)

    def _leave_stretch(self, at: datetime, events: list[Event]) -> None:
        """Go on to what comes after the stretch that is over."""
        present = self._present
        assert present  # noqa: S101 - it was played, or is wanted
        following = self._following(present)
        if self.step.kind is not StepKind.ASK:
            self._end_exercise(at, self._current, ExerciseOutcome.DONE, events)
        self._play(following, at, events)

    def _play(
        self, stretch: Stretch | None, now: datetime, events: list[Event]
    ) -> None:
        """Want a stretch, or end where there is none."""
        self._halt()
        if stretch is None:
            self._end(now, SessionOutcome.COMPLETED, events)
            return
        if stretch.steps[0].question not in AT_GATE:
            self._begin_session(now, events)
        self._want(stretch)

    def _want(self, stretch: Stretch) -> None:
        self.wanted = stretch
        self._move(Place(step=stretch.first, repetition=stretch.skipped))
        self._is_smaller &= stretch.steps[0].lead is not Lead.SMALLER
        self.state = SessionState.PREPARING

    def _resumption(self) -> Stretch:
        """Return the stretch that a paused session goes on with."""
        place = place_past_work(self.plan, self._place)
        step = step_at(self.plan, place)
        is_back = self._pause_reason is PauseReason.RESTART
        lead = None
        if step.kind is StepKind.WORK or (
            is_back and step.kind is StepKind.CHANGE_SIDE
        ):
            kind = Lead.SMALLER if self._is_smaller else Lead.RESUMED
            lead = self._lead(kind, step.exercise, place)
            if is_back:
                lead = self._with_way_back(lead)
        stretch = self._stretch_at(place, lead)
        assert stretch  # noqa: S101 - there is one at every place one can pause at
        return stretch

    def _with_way_back(self, lead: Step) -> Step:
        """Leave who was away the time to get into position again."""
        exercise = self.plan.prescription(lead.exercise or "").exercise
        return replace(
            lead,
            duration=self.plan.timing.getting_ready,
            position=exercise.position,
        )

    def _lead(
        self, lead: Lead, exercise: str | None = None, place: Place | None = None
    ) -> Step:
        """Write out the words that a stretch begins with."""
        step = self.plan.steps[place.step] if place else None
        upcoming = None
        if step and place and step.repetitions:
            is_on = place.repetition or lead in (Lead.RESUMED, Lead.SMALLER)
            upcoming = step.repetitions[place.repetition] if is_on else None
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
        self._tally.add(exercise, step.set, repetition.side)
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
            self._move(Place(step=index))
        asking = step.kind is StepKind.ASK and step.asked
        self.state = SessionState.ASKING if asking else SessionState.RUNNING
        is_own = step.kind in (StepKind.PREPARE, StepKind.WORK) and not step.lead
        if is_own and step.exercise:
            self._begin_exercise(at, step.exercise, events)
        events.append(StepStarted(at=at, step=step))

    def _halt(self) -> None:
        self.timeline = None
        self.begun_at = None
        self.wanted = None
        self._answer_by = None

    # Beginnings and ends

    def _begin_session(self, now: datetime, events: list[Event]) -> None:
        """Say that the session is beyond the questions before, once."""
        if not self._has_begun:
            self._has_begun = True
            events.append(
                GatePassed(at=now, kind=self.kind, pain_before=self._pains.before)
            )

    def _end(
        self,
        at: datetime,
        outcome: SessionOutcome,
        events: list[Event],
        reason: str | None = None,
        because: Decision | None = None,
    ) -> None:
        if self.state is SessionState.PAUSED:
            self._finish_work(at, events)
        self._end_exercise(at, self._current, ExerciseOutcome.UNFINISHED, events)
        self._halt()
        self._paused_at = None
        self._pause_reason = None
        self.state = SessionState.ENDED
        events.append(
            SessionEnded(at=at, outcome=outcome, reason=reason, because=because)
        )

    def _begin_exercise(self, at: datetime, exercise: str, events: list[Event]) -> None:
        if exercise != self._current:
            self._current = exercise
            self._begun = [each for each in self._begun if each != exercise]
            self._begun.append(exercise)
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
                done=self._tally.amount(self.plan.prescription(exercise).exercise),
                planned=self._planned[exercise],
            )
        )


def volumes_of(plan: Plan) -> dict[str, int]:
    """Return how much of each exercise is planned."""
    return {each.exercise.id: each.dose.volume for each in plan.prescriptions}
