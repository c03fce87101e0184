"""What people have recorded before a test begins."""

from datetime import UTC, datetime, timedelta
from typing import Final

from custom_components.back_exercise.engine.diary import (
    ExerciseDone,
    Outcome,
    Payload,
    Prescribed,
    SessionEnded,
    SessionKind,
    SessionStarted,
    Setting,
)

from .conftest import SCREENED, Past, Then

_THREE: Final = ("pelvic_tilts", "isometric_hip_flexion", "bridges")

SHARP_PAINS: Final[tuple[Payload, ...]] = (
    SessionStarted(
        routine="beginner",
        kind=SessionKind.NORMAL,
        pain_before=1,
        prescriptions=tuple(
            Prescribed(exercise=id_, index=0, planned=10) for id_ in _THREE
        ),
    ),
    *(ExerciseDone(exercise=id_, planned=10, done=2, sharp=True) for id_ in _THREE),
    SessionEnded(outcome=Outcome.PAIN),
)
"""Three sharp pains: a soft lock (S-5)."""

EVENING: Final = datetime(2026, 11, 22, 17, tzinfo=UTC)

YESTERDAY: Final = [
    Then(
        EVENING,
        SessionStarted(
            routine="beginner",
            kind=SessionKind.NORMAL,
            pain_before=2,
            prescriptions=(Prescribed(exercise="bridges", index=0, planned=10),),
        ),
    ),
    Then(EVENING, ExerciseDone(exercise="bridges", planned=10, done=10)),
    Then(
        EVENING + timedelta(minutes=15),
        SessionEnded(outcome=Outcome.COMPLETED, pain_after=2),
    ),
]
"""A session of the evening before."""

AFTER_IT: Final[Past] = [
    *(Then(EVENING - timedelta(hours=1), each) for each in SCREENED),
    Then(EVENING - timedelta(hours=1), Setting(name="check_in", value="off")),
    *YESTERDAY,
]
"""The diary of somebody who had that session, and is asked nothing in sessions."""
