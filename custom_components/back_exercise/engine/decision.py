"""What the rules decide, and the sentence for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class Rule(StrEnum):
    """The rules of clinical.md, by their ids; the last block is ours."""

    G_0 = "G-0"
    G_1 = "G-1"
    G_2 = "G-2"
    G_3 = "G-3"
    G_4 = "G-4"
    G_5 = "G-5"
    G_6 = "G-6"
    G_7 = "G-7"
    G_8 = "G-8"
    G_9 = "G-9"
    I_1 = "I-1"
    I_2 = "I-2"
    I_3 = "I-3"
    I_4 = "I-4"
    I_5 = "I-5"
    I_6 = "I-6"
    I_7 = "I-7"
    I_8 = "I-8"
    I_9 = "I-9"
    P_1 = "P-1"
    P_2 = "P-2"
    P_3 = "P-3"
    P_4 = "P-4"
    P_5 = "P-5"
    P_6 = "P-6"
    S_1 = "S-1"
    S_2 = "S-2"
    S_3 = "S-3"
    S_4 = "S-4"
    S_5 = "S-5"
    S_6 = "S-6"
    S_7 = "S-7"
    D_1 = "D-1"
    D_2 = "D-2"
    D_3 = "D-3"
    D_4 = "D-4"
    D_5 = "D-5"
    D_6 = "D-6"
    L_1 = "L-1"
    L_2 = "L-2"
    L_3 = "L-3"
    L_3B = "L-3b"
    L_4 = "L-4"
    L_5 = "L-5"
    L_6 = "L-6"
    L_7 = "L-7"
    A_0 = "A-0"
    A_1 = "A-1"
    A_2 = "A-2"
    A_3 = "A-3"
    A_4 = "A-4"
    F_1 = "F-1"
    F_2 = "F-2"
    W_1 = "W-1"
    W_2 = "W-2"
    W_3 = "W-3"
    W_4 = "W-4"
    C_1 = "C-1"
    C_2 = "C-2"
    C_3 = "C-3"
    X_1 = "X-1"
    X_2 = "X-2"
    R_1 = "R1"
    """Routines are worked through in order; one above the programme's is refused."""
    R_22 = "R22"
    """Balance that is too hard is done on a level surface; and back, by hand."""
    SCREEN = "screen"
    """The full list is due (4.3, below the gate's table)."""
    LIMIT = "limit"
    """The person's own limit (product.md 11)."""


class Outcome(StrEnum):
    """What a decision does."""

    LOCK = "lock"
    NOT_TODAY = "not_today"
    REFUSED = "refused"
    END_SESSION = "end_session"
    STOP_EXERCISE = "stop_exercise"
    SUSPEND = "suspend"
    RETIRE = "retire"
    LEVEL_DOWN = "level_down"
    EASE = "ease"
    LEVEL_SURFACE = "level_surface"
    GENTLE = "gentle"
    RETURN = "return"
    HOLD = "hold"
    BUILD = "build"
    STEP_UP = "step_up"
    CUSHION = "cushion"
    """Balance is done on the cushion again (R22)."""
    REACTIVATE = "reactivate"
    RETRIAL = "retrial"
    LEVEL_UP = "level_up"
    OFFER = "offer"
    SUBSTITUTE = "substitute"
    LEAVE_OUT = "leave_out"
    ADD = "add"
    SKIP_STEP = "skip_step"
    TARGET = "target"
    ASK = "ask"
    MESSAGE = "message"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a rule decided, and from what."""

    rule: Rule
    outcome: Outcome
    exercise: str | None = None
    """The exercise it is about, if it is about one."""
    value: int | None = None
    """The new index, hold or target; the days of a cool-off."""
    until: date | None = None
    """Until when a cool-off lasts."""
    routine: str | None = None
    """The routine it leads to."""
    other: str | None = None
    """The exercise that is done instead."""
    variant: str | None = None
    """Which of the rule's sentences fits."""
    inputs: Mapping[str, Any] = field(default_factory=dict)
    """What it was decided from, as plain values."""

    @property
    def key(self) -> str:
        """Where its sentence is found under `decisions` in `speech/`."""
        return f"{self.rule}.{self.variant}" if self.variant else self.rule


def explain(decision: Decision, words: Mapping[str, Any]) -> str:
    """Return the sentence for a decision.

    `words` is the content of a file of `speech/`. The sentence has no pain in
    numbers. Raises KeyError where the language has no sentence for it.
    """
    return sentence(
        words,
        decision.key,
        exercise=decision.exercise,
        other=decision.other,
        routine=decision.routine,
        value=decision.value,
        until=decision.until.isoformat() if decision.until else "",
    )


def sentence(  # noqa: PLR0913  # all that a sentence may name
    words: Mapping[str, Any],
    key: str,
    *,
    exercise: str | None,
    other: str | None,
    routine: str | None,
    value: int | str | None,
    until: str,
) -> str:
    """Return the sentence of a key with what it names, `value` and `until` as given.

    Raises KeyError where the language has no sentence for it.
    """
    exercises = words["exercises"]
    text: str = words["decisions"][key]
    return text.format(
        exercise=exercises.get(exercise, {}).get("name", exercise or ""),
        other=exercises.get(other, {}).get("name", other or ""),
        routine=words["routines"].get(routine, routine or ""),
        value=value,
        until=until,
    )
