"""What can happen in a session. Every event carries the moment it was due."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .catalogue import Routine
from .decision import Decision
from .diary import Context, Measure, SessionKind
from .plan import Side, Step


class ExerciseOutcome(StrEnum):
    """How an exercise ended."""

    DONE = "done"
    SKIPPED = "skipped"
    TOO_HARD = "too_hard"
    PAIN = "pain"
    UNFINISHED = "unfinished"
    """The session ended, or went back, before it was done."""


class SessionOutcome(StrEnum):
    """How a session ended."""

    COMPLETED = "completed"
    STOPPED = "stopped"
    """By the person."""
    PAIN = "pain"
    PARTIAL = "partial"
    """It was paused for too long, or interrupted."""
    NOT_TODAY = "not_today"
    """The answer to the question before it meant that there is none now."""


class PauseReason(StrEnum):
    """Who or what paused a session."""

    PERSON = "person"
    SPEAKER = "speaker"
    """Playback was paused or stopped on the speaker itself."""
    RESTART = "restart"
    """Home Assistant was away; the session waits to be gone on with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened at a moment of the session's clock."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionStarted(Event):
    """A session was started; it is being prepared."""

    routine: Routine


@dataclass(frozen=True, slots=True, kw_only=True)
class GatePassed(Event):
    """The session is beyond the question before it, answered or not: it begins."""

    kind: SessionKind
    pain_before: int | None
    """0 to 10; None where nobody said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepStarted(Event):
    """A step began to be heard."""

    step: Step


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseStarted(Event):
    """The introduction of an exercise began."""

    exercise: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RepetitionDone(Event):
    """A repetition was completed, its way back included."""

    exercise: str
    set: int
    side: Side
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseEnded(Event):
    """An exercise is over.

    `done` and `planned` are repetitions of all sets: of the side with fewer where
    both sides count, steps out of all laps for walks. Planned is what the session began
    with, whatever was eased since.
    """

    exercise: str
    outcome: ExerciseOutcome
    done: int
    planned: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SharpPain(Event):
    """The person said that an exercise hurt sharply (I-1)."""

    exercise: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseHurt(Event):
    """An exercise that is over already counts as stopped for pain (I-3)."""

    exercise: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated(Event):
    """The person gave a number of how it is or was, 0 to 10."""

    measure: Measure
    value: int
    context: Context
    exercise: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionMade(Event):
    """A rule decided something."""

    decision: Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPaused(Event):
    """The session stands still."""

    reason: PauseReason


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionResumed(Event):
    """The session goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionEnded(Event):
    """The session is over."""

    outcome: SessionOutcome
    reason: str | None = None
    """What the person gave as the reason for stopping."""
    because: Decision | None = None
    """The decision that ended it (I-4, I-5, I-6, or of the gate)."""
