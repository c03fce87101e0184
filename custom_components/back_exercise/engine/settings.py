"""What can be set, and how far: the pace of a session and the rules' thresholds."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from typing import Any, Final

TEMPO_RANGE: Final = (1.0, 1.5)
"""How much slower than the default a repetition may be; never faster."""

REST_RANGE: Final = (timedelta(seconds=10), timedelta(seconds=120))
"""How long a rest may be set to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Nominal durations, with phrases of no length. All are added to the article.

    Raises ValueError where a tempo or rest lies outside the range it may be set
    within (`TEMPO_RANGE`, `REST_RANGE`): a session can be made slower, not faster.
    """

    tempo: float = 1.0
    """Factor on lift, lower and pause of a repetition; never on a hold."""
    lift: timedelta = timedelta(seconds=2)
    """The way into a position; the article says slowly."""
    lower: timedelta = timedelta(seconds=3)
    """The way out of it, never shorter than the way in (R20)."""
    pause_same: timedelta = timedelta(seconds=1)
    """After a repetition when the same side or both go on: one breath."""
    pause_alternating: timedelta = timedelta(seconds=2)
    """After a repetition when the side changes."""
    pause_after_long_hold: timedelta = timedelta(seconds=5)
    """After a repetition of side planks and single-leg balance."""
    side_change: timedelta = timedelta(seconds=10)
    """Once, when a side is finished."""
    set_rest: timedelta = timedelta(seconds=30)
    """Between two sets of an exercise."""
    walk_step: timedelta = timedelta(seconds=2)
    """One step of the monster walk."""
    walk_turn: timedelta = timedelta(seconds=3)
    """Turning round at the end of a stretch of the monster walk."""
    opening: timedelta = timedelta(seconds=60)
    """The questions before the session."""
    getting_ready: timedelta = timedelta(seconds=20)
    """The welcome, and getting down on the mat."""
    introduction: timedelta = timedelta(seconds=20)
    """The spoken set-up of an exercise."""
    rating: timedelta = timedelta(seconds=15)
    """The questions after an exercise."""
    rest: timedelta = timedelta(seconds=15)
    """Between two exercises."""
    closing: timedelta = timedelta(seconds=30)
    """The last words and the last question."""
    lying_to_side: timedelta = timedelta(seconds=10)
    """Changing between lying on the back and on the side."""
    lying_to_knees: timedelta = timedelta(seconds=15)
    """Changing between lying and hands and knees."""
    floor_to_standing: timedelta = timedelta(seconds=20)
    """Getting up from the floor, or down to it."""
    answer: timedelta = timedelta(seconds=30)
    """How long an answer is waited for after the words of a question (I-8)."""
    answer_before: timedelta = timedelta(seconds=60)
    """The same, of the question before the session (G-8)."""

    def __post_init__(self) -> None:
        """Refuse what would make a session faster or a rest out of range."""
        low, high = TEMPO_RANGE
        if not low <= self.tempo <= high:
            raise ValueError(f"tempo {self.tempo} is not within {low} to {high}")
        shortest, longest = REST_RANGE
        for name in ("rest", "set_rest"):
            if not shortest <= getattr(self, name) <= longest:
                raise ValueError(f"{name} is not within {shortest} to {longest}")


class Stricter(StrEnum):
    """Which way a setting makes the programme easier."""

    LOWER = "lower"
    HIGHER = "higher"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What a number may be set to."""

    low: float
    high: float
    stricter: Stricter = Stricter.NEITHER


def _lower(low: int, high: int) -> Bounds:
    return Bounds(low=low, high=high, stricter=Stricter.LOWER)


def _higher(low: float, high: float) -> Bounds:
    return Bounds(low=low, high=high, stricter=Stricter.HIGHER)


BOUNDS: Final[Mapping[str, Bounds]] = {
    "gate_block_from": _lower(3, 6),
    "gate_gentle_from": _lower(2, 4),
    "flare_rise": _lower(1, 2),
    "rise_stop": _lower(1, 2),
    "nd_rise": _lower(1, 2),
    "pain_stop": _lower(3, 6),
    "pain_end": _lower(4, 8),
    "rise_end": _lower(2, 4),
    "clean_pain_max": _lower(0, 2),
    "easy_effort": _lower(1, 4),
    "hard_effort": _lower(6, 8),
    "suspension_count": _lower(1, 2),
    "suspension_window": _higher(2, 4),
    "step_gap_days": _higher(7, 21),
    "max_step_ups": _lower(1, 2),
    "min_sessions": _higher(6, 20),
    "min_days": _higher(14, 56),
    "mastered_of_4": _higher(3, 4),
    "session_cap": _lower(10, 45),
    "weekly_sessions": Bounds(low=2, high=5),
    "aerobic_start": Bounds(low=0, high=150),
    "aerobic_ceiling": Bounds(low=30, high=300),
    "tempo": _higher(*TEMPO_RANGE),
    "rest": Bounds(low=10, high=120),
    "set_rest": Bounds(low=10, high=120),
    "rating_wait": Bounds(low=0, high=60),
}
"""Settings that are numbers (4.4). A safety setting's bound is its default."""

BLOCK_IF_AGREED: Final = 7
"""What gate_block_from may be once a clinician agreed: the one exception of 4.4."""

SWITCHES: Final[Mapping[str, bool | None]] = {
    "strict_pain_free": True,
    "bending_bothers": True,
    "cushion": None,
    "band": None,
    "speech_privacy": None,
    "start_left": None,
}
"""Settings that are on or off, and which of the two is stricter."""

CHECK_INS: Final = ("each_exercise", "start_and_end", "off")


class SettingRefused(Exception):
    """A setting that does not exist or may not have a value; nothing was changed."""

    def __init__(self, field: str, allowed: str) -> None:
        """Remember the setting and what it may be."""
        super().__init__(f"{field} must be {allowed}")
        self.field = field
        self.allowed = allowed


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Thresholds of the rules and what a person says of themselves (4.4, 11).

    Pain and effort are 0 to 10, days and sessions whole numbers.
    """

    gate_block_from: int = 6
    gate_gentle_from: int = 4
    flare_rise: int = 2
    rise_stop: int = 2
    nd_rise: int = 2
    pain_stop: int = 6
    pain_end: int = 8
    rise_end: int = 4
    clean_pain_max: int = 2
    strict_pain_free: bool = False
    easy_effort: int = 3
    hard_effort: int = 7
    suspension_count: int = 2
    suspension_window: int = 3
    step_gap_days: int = 7
    max_step_ups: int = 2
    min_sessions: int = 6
    min_days: int = 14
    mastered_of_4: int = 3
    session_cap: int = 30
    """Minutes."""
    weekly_sessions: int = 3
    aerobic_start: int = 30
    """Minutes a week, as is the ceiling."""
    aerobic_ceiling: int = 150
    tempo: float = 1.0
    rest: int = 15
    """Seconds, as is the rest between sets."""
    set_rest: int = 30
    rating_wait: int = 60
    """Seconds that a start waits for a rating (G-8)."""
    speech_privacy: bool = True
    start_left: bool = False
    check_in: str = "each_exercise"
    bending_bothers: bool = False
    """Bending forward bothers the person (F-2)."""
    cushion: bool = True
    """There is something soft to stand on."""
    band: bool = True
    """There is a resistance band."""
    forbidden: tuple[str, ...] = ()
    """Exercises that the person wants left out."""
    highest_repetitions: Mapping[str, int] = field(default_factory=dict)
    """The person's own limit of all repetitions, by exercise."""

    @property
    def timing(self) -> Timing:
        """The timing model as it is set."""
        return Timing(
            tempo=self.tempo,
            rest=timedelta(seconds=self.rest),
            set_rest=timedelta(seconds=self.set_rest),
            answer_before=timedelta(seconds=self.rating_wait),
        )

    @property
    def clean_pain(self) -> int:
        """The worst pain an exercise may have had and be clean (R2)."""
        return 0 if self.strict_pain_free else self.clean_pain_max

    def changed(self, name: str, value: Any, *, agreed: bool = False) -> Settings:  # noqa: ANN401  # JSON
        """Return the settings with one of them changed.

        `agreed` says that the person confirmed a clinician's agreement.
        Raises SettingRefused where there is no such setting, or the value lies
        outside what it may be set to; safety settings only ever get stricter than
        their default.
        """
        if name in BOUNDS:
            number: Any = _number(name, value, agreed=agreed)
            new = replace(self, **{name: number})
        elif name in SWITCHES:
            if not isinstance(value, bool):
                raise SettingRefused(name, "true or false")
            switch: Any = value
            new = replace(self, **{name: switch})
        elif name == "check_in":
            if value not in CHECK_INS:
                raise SettingRefused(name, "one of " + ", ".join(CHECK_INS))
            new = replace(self, check_in=value)
        elif name == "forbidden":
            new = replace(self, forbidden=_names(name, value))
        elif name == "highest_repetitions":
            new = replace(self, highest_repetitions=_limits(name, value))
        else:
            raise SettingRefused(name, "a setting that exists")
        return _consistent(new, name)

    def stricter(self, other: Settings) -> Settings:
        """Return of each threshold the stricter of two settings."""
        if self is other:
            return self
        chosen: dict[str, Any] = {}
        for name, bounds in BOUNDS.items():
            if bounds.stricter is not Stricter.NEITHER:
                pick = min if bounds.stricter is Stricter.LOWER else max
                chosen[name] = pick(getattr(self, name), getattr(other, name))
        chosen["strict_pain_free"] = self.strict_pain_free or other.strict_pain_free
        return replace(self, **chosen)


def _number(name: str, value: Any, *, agreed: bool) -> float:  # noqa: ANN401  # JSON
    bounds = BOUNDS[name]
    high = bounds.high
    if name == "gate_block_from" and agreed:
        high = BLOCK_IF_AGREED
    kinds = (int, float) if name == "tempo" else (int,)
    if (
        isinstance(value, bool)
        or not isinstance(value, kinds)
        or not bounds.low <= value <= high
    ):
        raise SettingRefused(name, f"a number from {bounds.low} to {high}")
    return value


def _names(name: str, value: Any) -> tuple[str, ...]:  # noqa: ANN401  # JSON
    if not isinstance(value, list | tuple) or not all(
        isinstance(each, str) for each in value
    ):
        raise SettingRefused(name, "a list of exercises")
    return tuple(value)


def _limits(name: str, value: Any) -> dict[str, int]:  # noqa: ANN401  # JSON
    if not isinstance(value, Mapping) or not all(
        isinstance(each, str)
        and isinstance(most, int)
        and not isinstance(most, bool)
        and most >= 1
        for each, most in value.items()
    ):
        raise SettingRefused(name, "repetitions of at least 1 by exercise")
    return dict(value)


def _consistent(settings: Settings, changed: str) -> Settings:
    """Return the settings with what hangs together in order.

    Raises SettingRefused where the one that was changed does not fit.
    """
    if settings.gate_gentle_from >= settings.gate_block_from:
        if changed == "gate_gentle_from":
            highest = settings.gate_block_from - 1
            raise SettingRefused(changed, f"at most {highest}, below the block")
        return replace(settings, gate_gentle_from=settings.gate_block_from - 1)
    if (settings.suspension_count, settings.suspension_window) == (2, 2):
        # two of two would be later than two of three
        raise SettingRefused(changed, "a count of 1, or a window of at least 3")
    return settings
