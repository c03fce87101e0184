"""What pain does while a session is played: facts of a moment in, decisions out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from ..decision import Decision, Outcome, Rule
from ..screen import EMERGENCY, REPORTED, URGENT
from ..settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentFacts:
    """What has just been said or rated in a session."""

    settings: Settings
    exercise: str | None = None
    pain_before: int | None = None
    pain: int | None = None
    """The worst of this exercise; None if not rated."""
    sharp: bool = False
    stopped: int = 0
    """Exercises of this session that were stopped for pain before this one."""
    signs: tuple[str, ...] = ()
    """What was reported, of `screen.REPORTED` or of the screen's items."""
    without_pain: bool = False
    """Stop, skip or too hard was said, and nothing of pain."""
    silent: int = 0
    """Exercises in a row without a rating or any other answer."""

    @property
    def rise(self) -> int | None:
        """Against the session's first rating, never the exercise before (4.1)."""
        if self.pain is None or self.pain_before is None:
            return None
        return self.pain - self.pain_before

    @property
    def stops(self) -> bool:
        """Whether this exercise is to be stopped (I-1, I-3)."""
        return self.sharp or self.too_much

    @property
    def too_much(self) -> bool:
        """Whether the rating alone stops the exercise (I-3)."""
        rise, pain = self.rise, self.pain
        return (rise is not None and rise >= self.settings.rise_stop) or (
            pain is not None and pain >= self.settings.pain_stop
        )

    @property
    def inputs(self) -> dict[str, int | bool | None]:
        """What is decided from."""
        return {
            "pain_before": self.pain_before,
            "pain": self.pain,
            "rise": self.rise,
            "sharp": self.sharp,
            "stopped": self.stopped,
        }


def i6(facts: MomentFacts) -> Iterator[Decision]:
    """I-6: a sign from the warning list ends the session, with the text it matches."""
    items = {REPORTED.get(sign, sign) for sign in facts.signs}
    if not facts.signs:
        return
    variant = "physiotherapist"
    if items & set(EMERGENCY):
        variant = "emergency"
    elif items & set(URGENT):
        variant = "urgent"
    elif items - {None}:
        variant = "clinician"
    yield Decision(
        rule=Rule.I_6,
        outcome=Outcome.END_SESSION,
        variant=variant,
        inputs={"signs": list(facts.signs)},
    )


def i4(facts: MomentFacts) -> Iterator[Decision]:
    """I-4: a rise of 4, or pain of 8, ends the session."""
    rise, pain = facts.rise, facts.pain
    if (rise is not None and rise >= facts.settings.rise_end) or (
        pain is not None and pain >= facts.settings.pain_end
    ):
        yield _end(Rule.I_4, facts)


def i5(facts: MomentFacts) -> Iterator[Decision]:
    """I-5: the second exercise stopped in a session ends it."""
    if facts.stops and facts.stopped:
        yield _end(Rule.I_5, facts)


def i1(facts: MomentFacts) -> Iterator[Decision]:
    """I-1: sharp pain stops the exercise at once; it is not resumed."""
    if facts.sharp:
        yield _stop(Rule.I_1, facts)


def i3(facts: MomentFacts) -> Iterator[Decision]:
    """I-3: a rise of 2, or pain of 6, stops the exercise and its other sets."""
    if facts.too_much:
        yield _stop(Rule.I_3, facts)


def i2(facts: MomentFacts) -> Iterator[Decision]:
    """I-2: at a rise of 1, go on with smaller and slower movement."""
    if facts.rise == 1 and not facts.stops:
        yield Decision(
            rule=Rule.I_2,
            outcome=Outcome.MESSAGE,
            exercise=facts.exercise,
            inputs=facts.inputs,
        )


def i7(facts: MomentFacts) -> Iterator[Decision]:
    """I-7: stop, skip or too hard without pain ends the set, and nothing more."""
    if facts.without_pain and not facts.stops:
        yield Decision(rule=Rule.I_7, outcome=Outcome.NOTHING, exercise=facts.exercise)


SILENT: Final = 2


def i8(facts: MomentFacts) -> Iterator[Decision]:
    """I-8: unanswered is unknown, and the session goes on (product.md 13).

    After two exercises in a row without any answer it asks whether to go on.
    """
    if facts.silent:
        yield Decision(
            rule=Rule.I_8,
            outcome=Outcome.ASK if facts.silent >= SILENT else Outcome.NOTHING,
            exercise=facts.exercise,
            inputs={"silent": facts.silent},
        )


def _end(rule: Rule, facts: MomentFacts) -> Decision:
    return Decision(
        rule=rule,
        outcome=Outcome.END_SESSION,
        exercise=facts.exercise,
        inputs=facts.inputs,
    )


def _stop(rule: Rule, facts: MomentFacts) -> Decision:
    return Decision(
        rule=rule,
        outcome=Outcome.STOP_EXERCISE,
        exercise=facts.exercise,
        inputs=facts.inputs,
    )


MOMENT: Final[tuple[Callable[[MomentFacts], Iterator[Decision]], ...]] = (
    i6,
    i4,
    i5,
    i1,
    i3,
    i2,
    i7,
    i8,
)
"""In the order of precedence (4.2): end session, stop exercise, the rest."""


def judge(facts: MomentFacts) -> tuple[Decision, ...]:
    """Return everything that a moment of a session leads to, the gravest first.

    I-9 (which cue is said when) is decided by `cues`, before the session.
    """
    return tuple(decision for rule in MOMENT for decision in rule(facts))
