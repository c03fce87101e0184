"""Plays a plan against the time it is told.

Nothing here waits, speaks or stores. The one who drives a session

1. prepares what it wants (`wanted`) and tells when that is heard (`begin`),
2. lets time pass (`advance`) when it asks for it (`next_at`), and
3. gives it commands (`handle`), first letting time pass up to them.

Each call returns what happened.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Self

from .catalogue import Routine
from .changes import ask_about, ease, in_full, leave_out
from .decision import Decision, Outcome, Rule
from .diary import Context, Measure, SessionKind
from .events import (
    DecisionMade,
    Event,
    ExerciseHurt,
    ExerciseOutcome,
    PauseReason,
    SessionOutcome,
    SessionPaused,
    SessionResumed,
    SessionStarted,
    SharpPain,
)
from .pains import Pains
from .places import (
    exercise_after,
    exercise_before,
    lies_ahead,
    place_behind,
    place_of_way_to,
    place_of_work,
    progress_at,
)
from .plan import CheckIn, Lead, Place, Plan, Question, Repetition, Side, Step, StepKind
from .playing import PAUSE_LIMIT, RESTART_LIMIT, Playing, SessionState, volumes_of
from .rules.gate import FINAL
from .rules.in_session import MomentFacts, judge
from .settings import Settings
from .tally import Count, Tally

__all__ = [
    "ALLOWED",
    "EFFORT_WAIT",
    "PAUSE_LIMIT",
    "RESTART_LIMIT",
    "Command",
    "CommandNotAllowed",
    "Kept",
    "Session",
    "SessionState",
    "Snapshot",
]

EFFORT_WAIT: Final = timedelta(seconds=10)
"""How long the effort is waited for once the pain is known."""


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
    """Something that makes no sense now; nothing was changed."""

    def __init__(self, command: str, state: SessionState) -> None:
        """Remember what was asked, most often a `Command`, and in which state."""
        super().__init__(f"{command} is not possible while {state}")
        self.command = command
        self.state = state


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What a session shows of itself."""

    state: SessionState
    allowed: frozenset[Command]
    routine: Routine
    kind: SessionKind = SessionKind.NORMAL
    at_gate: bool = False
    """Whether it has not got beyond the questions before."""
    question: Question | None = None
    """What a rating would answer."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a session remembers of itself besides its plan."""

    place: Place
    """At the last completed repetition."""
    has_begun: bool
    """It has got beyond the questions before."""
    current: str | None
    """The exercise that was begun and has not ended."""
    begun: tuple[str, ...]
    """The exercises that were begun, the last one last."""
    planned: dict[str, int]
    """What the session began with, by exercise."""
    done: tuple[Count, ...]
    worst: dict[str, int]
    """The worst pain of each exercise that was rated, 0 to 10."""
    stopped: tuple[str, ...]
    """The exercises that were stopped for pain."""


class Session(Playing):
    """A plan being played, and what the person does to it."""

    # Being kept, and coming back

    @property
    def kept(self) -> Kept:
        """What it takes to come back at the last completed repetition."""
        place = self._place
        if self.question is Question.EXERCISE and Measure.PAIN in self._said:
            place = Place(step=place.step + 1)
        return Kept(
            place=place,
            has_begun=self._has_begun,
            current=self._current,
            begun=tuple(self._begun),
            planned=dict(self._planned),
            done=tuple(self._tally),
            worst=dict(self._pains.worst),
            stopped=tuple(self._pains.stopped),
        )

    @classmethod
    def come_back(  # noqa: PLR0913  # all of a session
        cls,
        plan: Plan,
        kept: Kept,
        now: datetime,
        *,
        kind: SessionKind,
        pain_before: int | None,
        settings: Settings,
    ) -> Self:
        """Return a session as it was kept, paused until somebody goes on with it."""
        session = cls(plan, kind=kind, pain_before=pain_before, settings=settings)
        session.state = SessionState.PAUSED
        session._paused_at = now
        session._pause_reason = PauseReason.RESTART
        session._place = kept.place
        session._has_begun = kept.has_begun
        session._begun = list(kept.begun)
        session._current = kept.current
        session._planned = dict(kept.planned)
        session._tally = Tally(kept.done)
        session._pains = Pains(settings, pain_before, kept.worst, kept.stopped)
        return session

    # What it shows

    @property
    def pain_before(self) -> int | None:
        """How it was before the session, 0 to 10; None where nobody said."""
        return self._pains.before

    @property
    def settings(self) -> Settings:
        """What ratings are judged by."""
        return self._pains.settings

    @property
    def at_gate(self) -> bool:
        """Whether it was started and has not got beyond the questions before."""
        idle = (SessionState.READY, SessionState.ENDED)
        return not self._has_begun and self.state not in idle

    @property
    def question(self) -> Question | None:
        """What a rating would answer; None where nothing is asked or about to be."""
        step = self.step
        if (
            not step.asked
            or self.state in (SessionState.READY, SessionState.ENDED)
            or (step.question is Question.AFTER and not self._is_closing)
        ):
            return None
        return step.question

    @property
    def unanswered(self) -> tuple[Measure, ...]:
        """What is being asked and was not answered yet, in the order it is asked."""
        if self.state is not SessionState.ASKING:
            return ()
        measures = (Measure.PAIN, Measure.EFFORT)[: 1 + self.step.with_effort]
        return tuple(each for each in measures if each not in self._said)

    @property
    def rating_of(self) -> tuple[Context, str | None]:
        """What a rating that comes now is of, and of which exercise.

        An exercise is rated until the next one has begun.
        """
        if self.question is Question.NEXT_DAY:
            return Context.NEXT_DAY, None
        if not self._begun:
            return Context.BEFORE, None
        if self._is_closing:
            return Context.AFTER, None
        return Context.DURING, self._begun[-1]

    @property
    def allowed(self) -> frozenset[Command]:
        """The commands that make sense now."""
        allowed = ALLOWED[self.state]
        step = self.step
        if step.exercise is None or step.kind is StepKind.ASK:
            allowed -= {Command.REPEAT, Command.EXPLAIN, Command.EASIER}
        elif place_of_work(self.plan, self._place) is None:
            allowed -= {Command.EXPLAIN}
        if self._exercise_before is None:
            allowed -= {Command.PREVIOUS}
        return allowed

    @property
    def snapshot(self) -> Snapshot:
        """What it shows of itself, frozen."""
        if self.state in (SessionState.READY, SessionState.ENDED):
            return Snapshot(
                state=self.state,
                allowed=self.allowed,
                routine=self.plan.routine,
                kind=self.kind,
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
            kind=self.kind,
            at_gate=self.at_gate,
            question=self.question,
            step=timed.step.kind if timed else step.kind,
            exercise=step.exercise,
            next_exercise=exercise_after(self.plan, self._place),
            side=upcoming.side if upcoming else step.side,
            set=step.set if step.exercise else None,
            sets=len(self.plan.prescription(step.exercise).dose.sets)
            if step.exercise
            else None,
            repetition=upcoming.number if upcoming else None,
            repetitions=step.repetitions[-1].number if step.repetitions else None,
            step_ends_at=self._answer_by or ends_at,
            progress=progress_at(self.plan, self._place),
            pause_reason=self._pause_reason,
        )

    # What is asked of it

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
        if self.state is SessionState.PAUSED:
            self._finish_work(now, events)
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

    # What the person says

    def pass_gate(
        self,
        now: datetime,
        plan: Plan,
        *,
        kind: SessionKind,
        pain_before: int | None,
    ) -> list[Event]:
        """Go on with a plan: a question before was answered, with 0 to 10.

        What the plan still asks is asked, but nothing that lies behind already.
        Raises ValueError where the session is beyond those questions.
        """
        if not self.at_gate:
            raise ValueError("the session is not at a question before it")
        questions = [step.question for step in plan.steps]
        present = self.step.question
        first = questions.index(present) if present in questions else 0
        self.plan = plan
        self.kind = kind
        self._pains.before = pain_before
        self._planned = volumes_of(plan)
        events: list[Event] = []
        stretch = self._stretch_at(Place(step=first))
        assert stretch  # noqa: S101 - there are exercises behind the questions
        if self.state is SessionState.PAUSED:
            self._move(Place(step=stretch.first))
            if self.question is None:
                self._begin_session(now, events)
        else:
            self._play(stretch, now, events)
        return events

    def turn_away(self, now: datetime, decisions: tuple[Decision, ...]) -> list[Event]:
        """End the session because of what the gate decides (G-1 to G-6, W-1).

        One that had begun already is partial.
        """
        events: list[Event] = []
        if self.state is not SessionState.ENDED:
            final = [each for each in decisions if each.outcome in FINAL]
            outcome = SessionOutcome.NOT_TODAY
            if self._has_begun:
                outcome = SessionOutcome.PARTIAL
            self._end(now, outcome, events, because=final[-1] if final else None)
        return events

    def rate(
        self,
        now: datetime,
        *,
        pain: int | None = None,
        effort: int | None = None,
        exercise: str | None = None,
    ) -> list[Event]:
        """Act on a rating of pain or effort, 0 to 10; nothing gets harder by one.

        It is of `exercise`, or of what `rating_of` says where that is None or was
        not begun. What is asked may be answered by it, but not the questions before
        the session: those are for `pass_gate` and `turn_away`.
        Raises CommandNotAllowed where the session has ended.
        """
        if self.state is SessionState.ENDED:
            raise CommandNotAllowed("rate", self.state)
        events: list[Event] = []
        _, present = self.rating_of
        about = exercise if exercise in self._begun else present
        if pain is not None:
            if not self._begun:
                self._note_before(pain)
                return events
            decisions = (
                self._pains.rate(about, pain)
                if about
                else self._pains.rate_closing(pain)
            )
            if self._act_on(decisions, about, now, events):
                return events
        if exercise in (None, present):
            self._take_answer(now, events, pain=pain, effort=effort)
        return events

    def report(self, now: datetime, signs: tuple[str, ...]) -> list[Event]:
        """End the session because of a sign from the warning list (I-6).

        Raises CommandNotAllowed where it has ended already.
        """
        if self.state is SessionState.ENDED:
            raise CommandNotAllowed("report", self.state)
        events: list[Event] = []
        for decision in judge(MomentFacts(settings=self.settings, signs=signs)):
            events.append(DecisionMade(at=now, decision=decision))
            self._end(now, SessionOutcome.PAIN, events, because=decision)
        return events

    def _note_before(self, pain: int) -> None:
        """Take a rating in the welcome, where none was known; the first one counts."""
        if self._has_begun and self.pain_before is None:
            self._pains.before = pain

    def _act_on(
        self,
        decisions: tuple[Decision, ...],
        about: str | None,
        now: datetime,
        events: list[Event],
    ) -> bool:
        """Do what a rating was found to mean; return whether that answers all."""
        events += [DecisionMade(at=now, decision=each) for each in decisions]
        outcomes = {each.outcome: each for each in reversed(decisions)}
        if end := outcomes.get(Outcome.END_SESSION):
            if about is None:  # all was done
                self._end(now, SessionOutcome.COMPLETED, events, because=end)
            else:
                self._stop_exercise(about, now, events)
                self._end(now, SessionOutcome.PAIN, events, because=end)
            return True
        if (
            about
            and Outcome.STOP_EXERCISE in outcomes
            and about not in self._pains.stopped
        ):
            is_here = about == self.step.exercise
            self._stop_exercise(about, now, events)
            if is_here:
                self._rest(Lead.HURT, now, events, about, is_asked=False)
            return is_here
        if any(each.rule is Rule.I_2 for each in decisions):
            is_asked = self.question is Question.EXERCISE
            self._is_smaller |= is_asked or self.state is SessionState.PAUSED
        return False

    def _take_answer(
        self,
        now: datetime,
        events: list[Event],
        *,
        pain: int | None,
        effort: int | None,
    ) -> None:
        """Take a rating as the answer to what is asked, and go on where it is one.

        While it is asked, the effort is waited for; where it is not asked yet, or no
        longer, the pain is enough: the effort may come until the next exercise.
        """
        question, step = self.question, self.step
        if question is None:
            return
        for measure, value in ((Measure.PAIN, pain), (Measure.EFFORT, effort)):
            if value is not None:
                self._said.add(measure)
        if Measure.PAIN not in self._said:
            return
        if self.state is SessionState.ASKING:
            if step.with_effort and Measure.EFFORT not in self._said:
                self._answer_by = now + EFFORT_WAIT
            else:
                self._leave_stretch(now, events)
        elif question is Question.AFTER:
            self._end(now, SessionOutcome.COMPLETED, events)
        elif self.state is SessionState.PAUSED:
            self._move(Place(step=self._place.step + 1))
        elif self._present and self._present.is_lead:
            self._move(place_behind(self.plan, step.exercise or "", is_asked=False))
        else:
            self._leave_stretch(now, events)

    # Commands

    def _start(self, now: datetime, events: list[Event]) -> None:
        events.append(SessionStarted(at=now, routine=self.plan.routine))
        self._go(Place(step=0), now, events)

    def _pause(self, now: datetime, reason: PauseReason, events: list[Event]) -> None:
        if self.question is Question.EXERCISE and Measure.PAIN in self._said:
            self._move(Place(step=self._place.step + 1))
        self._halt()
        self._finish_work(now, events)
        self.state = SessionState.PAUSED
        self._paused_at = now
        self._pause_reason = reason
        events.append(SessionPaused(at=now, reason=reason))

    def _leave_pause(self, now: datetime, events: list[Event]) -> None:
        if self.state is SessionState.PAUSED:
            self._paused_at = None
            self._pause_reason = None
            events.append(SessionResumed(at=now))

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
        before = self._exercise_before
        assert before  # noqa: S101 - not allowed without one
        self._leave_pause(now, events)
        self._end_exercise(now, self._current, ExerciseOutcome.UNFINISHED, events)
        for exercise in (before, self.step.exercise):
            self._tally.forget(exercise)
        # on the way forward again, what hurt must not be met a second time
        self.plan = leave_out(self.plan, self._pains.stopped)
        self._go(Place(step=self.plan.first_step(before)), now, events)

    def _instruct(self, command: Command, now: datetime, events: list[Event]) -> None:
        """Give the instructions in full, then go on, or begin the set again."""
        step = self.step
        exercise = step.exercise or ""
        self._leave_pause(now, events)
        if exercise != self._current:
            # the way to it, and into its position, is not to be lost
            self.plan = in_full(self.plan, exercise)
            self._go(place_of_way_to(self.plan, exercise), now, events)
            return
        place = place_of_work(self.plan, self._place)
        lead = Lead.EXPLAINED
        if command is Command.REPEAT:
            place = Place(step=self.plan.first_work(exercise, step.set))
            lead = Lead.REPEATED
            self._tally.forget(exercise, step.set)
        assert place  # noqa: S101 - there is nothing to explain without one
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
            place = place_behind(self.plan, exercise)
        if self.state is SessionState.PAUSED:
            self._move(place)
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
        place = place_behind(self.plan, exercise)
        if exercise != self._current:
            self._begin_exercise(now, exercise, events)
            place = place_behind(self.plan, exercise, is_asked=False)
        self._end_exercise(now, exercise, outcome, events)
        self._go(place, now, events, self._lead(lead))

    def _sharp_pain(self, now: datetime, events: list[Event]) -> None:
        hurt = self._begun[-1] if self._begun else None
        decisions = self._pains.take_sharp(hurt)
        events.append(SharpPain(at=now, exercise=hurt))
        events += [DecisionMade(at=now, decision=each) for each in decisions]
        if hurt is None:
            self._end(now, SessionOutcome.PAIN, events)
            return
        self._stop_exercise(hurt, now, events, is_told=True)
        ends = [each for each in decisions if each.outcome is Outcome.END_SESSION]
        if ends:
            self._end(now, SessionOutcome.PAIN, events, because=ends[0])
            return
        self._rest(Lead.PAIN, now, events, hurt)

    def _stop_exercise(
        self, hurt: str, now: datetime, events: list[Event], *, is_told: bool = False
    ) -> None:
        """End an exercise for pain; it is not met again in this session."""
        if hurt == self._current:
            self._end_exercise(now, hurt, ExerciseOutcome.PAIN, events)
        elif not is_told and hurt not in self._pains.stopped:
            events.append(ExerciseHurt(at=now, exercise=hurt))
        self._pains.stop(hurt)
        if lies_ahead(self.plan, self._place, hurt):
            self.plan = leave_out(self.plan, [hurt])

    def _rest(
        self,
        lead: Lead,
        now: datetime,
        events: list[Event],
        hurt: str,
        *,
        is_asked: bool = True,
    ) -> None:
        """Rest from an exercise that hurt, then go on behind it."""
        place = self._place
        if hurt in self._ids:
            if is_asked and self.plan.check_in is not CheckIn.OFF:
                self.plan = ask_about(self.plan, hurt)
            place = place_behind(self.plan, hurt, is_asked=is_asked)
        if self.state is SessionState.PAUSED:
            self._move(place)
            return
        step = Step(kind=StepKind.REST, duration=self.plan.timing.set_rest, lead=lead)
        self._go(place, now, events, step)

    # Where it is

    @property
    def _ids(self) -> list[str]:
        return [each.exercise.id for each in self.plan.prescriptions]

    @property
    def _exercise_before(self) -> str | None:
        """The exercise before this one that may be met again."""
        return exercise_before(self.plan, self._place, self._pains.stopped)

    @property
    def _is_closing(self) -> bool:
        """Whether the last words are heard, or were paused."""
        timed = self._timed_step
        return self.step.question is Question.AFTER and (
            self.state is SessionState.PAUSED
            or (timed is not None and timed.step.question is Question.AFTER)
        )

    def _upcoming_repetition(self, step: Step) -> Repetition | None:
        """Return the repetition that comes or goes on; the last when all are done."""
        if not step.repetitions:
            return None
        return step.repetitions[min(self._place.repetition, len(step.repetitions) - 1)]
