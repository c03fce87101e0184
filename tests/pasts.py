"""What people have recorded before a test begins."""

from typing import Final

from custom_components.back_exercise.engine.diary import (
    ExerciseDone,
    Outcome,
    Payload,
    Prescribed,
    SessionEnded,
    SessionKind,
    SessionStarted,
)

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
