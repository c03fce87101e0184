"""Counts what was done of each exercise."""

from collections import Counter
from collections.abc import Iterable, Iterator

from .catalogue import Exercise, Pattern
from .plan import Side

type Count = tuple[str, int, Side, int]
"""Exercise, set from 1, side, and how many repetitions of them are done."""


class Tally:
    """The repetitions done in a session, by exercise, set and side."""

    def __init__(self, counts: Iterable[Count] = ()) -> None:
        """Go on from counts; from nothing without them."""
        self._done: Counter[tuple[str, int, Side]] = Counter(
            {(exercise, set_, side): count for exercise, set_, side, count in counts}
        )

    def add(self, exercise: str, set_: int, side: Side) -> None:
        """Count a repetition or step."""
        self._done[exercise, set_, side] += 1

    def forget(self, exercise: str | None, set_: int | None = None) -> None:
        """Count an exercise, or a set of it, anew."""
        for key in list(self._done):
            if key[0] == exercise and set_ in (None, key[1]):
                del self._done[key]

    def amount(self, exercise: Exercise) -> int:
        """Return how much of an exercise was done, as its dose counts it."""
        done: Counter[Side] = Counter()
        for (id_, _, side), count in self._done.items():
            if id_ == exercise.id:
                done[side] += count
        match exercise.pattern:
            case Pattern.ALTERNATING_PAIRS | Pattern.ONE_SIDE_THEN_OTHER:
                return min(done[Side.RIGHT], done[Side.LEFT])
            case Pattern.LAPS:
                return done.total() // 2
            case _:
                return done.total()

    def __iter__(self) -> Iterator[Count]:
        """Yield what was counted."""
        for (exercise, set_, side), count in self._done.items():
            yield exercise, set_, side, count
