"""Writes down what happens in a session, as entries of the diary."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final

from .engine.decision import Decision, Outcome as Decided
from .engine.diary import (
    ExerciseDone,
    Form,
    Logged,
    Outcome,
    Payload,
    Prescribed,
    SessionEnded,
    SessionStarted,
)
from .engine.events import (
    DecisionMade,
    Event,
    ExerciseEnded,
    ExerciseHurt,
    ExerciseOutcome,
    GatePassed,
    SessionEnded as Ended,
    SessionOutcome,
    SharpPain,
)
from .engine.export import plain
from .engine.reasons import told
from .engine.today import Today

_OUTCOMES: Final = {
    SessionOutcome.COMPLETED: Outcome.COMPLETED,
    SessionOutcome.STOPPED: Outcome.STOPPED,
    SessionOutcome.PAIN: Outcome.PAIN,
    SessionOutcome.PARTIAL: Outcome.PARTIAL,
}
"""Who was turned away at the gate began no session."""


class Scribe:
    """Writes down one session, from the gate to its end."""

    def __init__(self, prescriptions: Iterable[Prescribed] = ()) -> None:
        """Know what is prescribed; of a session that goes on, as it began."""
        self._prescribed = {each.exercise: each for each in prescriptions}
        self._today: Today | None = None
        self._override = False
        self._has_begun = bool(self._prescribed)
        self._sharp: set[str] = set()

    @property
    def prescriptions(self) -> tuple[Prescribed, ...]:
        """What is prescribed in this session."""
        return tuple(self._prescribed.values())

    def take(self, today: Today, *, override: bool = False) -> None:
        """Take what the gate decided, as long as the session has not begun."""
        self._today = today
        self._override = override
        self._prescribed = {slot.exercise.id: slot.prescribed for slot in today.slots}

    def note(self, events: Collection[Event]) -> Iterator[Payload]:
        """Yield what is to be recorded of events, in their order."""
        ended = {each.exercise for each in events if isinstance(each, ExerciseEnded)}
        for event in events:
            match event:
                case GatePassed():
                    self._has_begun = True
                    yield self._started(event)
                case SharpPain(exercise=str(exercise)):
                    self._sharp.add(exercise)
                    if exercise not in ended:  # it was over before
                        yield self._done(exercise, sharp=True)
                case ExerciseHurt():
                    yield self._done(event.exercise, stopped_for_pain=True)
                case ExerciseEnded():
                    yield self._ended(event)
                case DecisionMade() if event.decision.outcome is not Decided.NOTHING:
                    yield logged(event.decision)
                case Ended() if self._has_begun and event.outcome in _OUTCOMES:
                    yield SessionEnded(outcome=_OUTCOMES[event.outcome])

    def _started(self, event: GatePassed) -> SessionStarted:
        today = self._today
        assert today  # noqa: S101 - nothing begins without one
        assert today.plan  # noqa: S101 - as above
        return SessionStarted(
            routine=today.plan.routine.value,
            kind=event.kind,
            pain_before=event.pain_before,
            prescriptions=self.prescriptions,
            check_in=today.plan.check_in.value,
            override=self._override,
            gate=tuple(decision.rule.value for decision in today.decisions),
            told=told(today),
        )

    def _ended(self, event: ExerciseEnded) -> ExerciseDone:
        return self._done(
            event.exercise,
            done=event.done,
            sharp=event.exercise in self._sharp,
            stopped_for_pain=event.outcome is ExerciseOutcome.PAIN,
            too_hard=event.outcome is ExerciseOutcome.TOO_HARD,
            skipped=event.outcome is ExerciseOutcome.SKIPPED,
        )

    def _done(self, exercise: str, *, done: int = 0, **marks: bool) -> ExerciseDone:
        prescribed = self._prescribed[exercise]
        return ExerciseDone(
            exercise=exercise,
            form=prescribed.form,
            index=prescribed.index,
            planned=prescribed.planned,
            done=done,
            **marks,
        )


def logged(decision: Decision, session: str | None = None) -> Logged:
    """Return a decision as it is written down, so that it can be told years later.

    `session` is the id of the session it is about, where that is not the last one.
    """
    return Logged(
        rule=decision.rule.value,
        outcome=decision.outcome.value,
        exercise=decision.exercise,
        inputs=plain(decision.inputs),
        session=session,
        value=decision.value,
        until=decision.until,
        routine=decision.routine,
        other=decision.other,
        variant=decision.variant,
    )


def read_prescriptions(data: Iterable[Mapping[str, Any]]) -> Iterator[Prescribed]:
    """Read what was prescribed in a session that was cut off."""
    for each in data:
        yield Prescribed(
            exercise=str(each["exercise"]),
            index=int(each["index"]),
            planned=int(each["planned"]),
            form=Form(each["form"]),
        )
