"""How fast a session goes: the timing model and the limits it may be set within."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

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

    def __post_init__(self) -> None:
        """Refuse what would make a session faster or a rest out of range."""
        low, high = TEMPO_RANGE
        if not low <= self.tempo <= high:
            raise ValueError(f"tempo {self.tempo} is not within {low} to {high}")
        shortest, longest = REST_RANGE
        for name in ("rest", "set_rest"):
            if not shortest <= getattr(self, name) <= longest:
                raise ValueError(f"{name} is not within {shortest} to {longest}")
