"""The exercises and routines that can be led, with every figure they rest on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any


class Routine(StrEnum):
    """The three routines of the article, in the order they are worked through (R1)."""

    BEGINNER = "beginner"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"


class Category(StrEnum):
    """What an exercise trains; it may belong to several (R10)."""

    FLEXIBILITY = "flexibility"
    CORE = "core"
    NEUROMUSCULAR = "neuromuscular"


class Position(StrEnum):
    """The position an exercise starts from."""

    SUPINE = "supine"
    SIDE_LYING = "side_lying"
    QUADRUPED = "quadruped"
    STANDING = "standing"


class Pattern(StrEnum):
    """How the repetitions of a set are shared between the sides."""

    BOTH_TOGETHER = "both_together"
    ALTERNATING_PAIRS = "alternating_pairs"
    """Right, left, right, left; the dose counts each side."""
    ALTERNATING = "alternating"
    """Right, left, right, left; the dose counts all of them."""
    ONE_SIDE_THEN_OTHER = "one_side_then_other"
    """All on the right, then all on the left; the dose counts each side."""
    LAPS = "laps"
    """Steps out, a turn, as many back, a turn; a set is a lap."""


class Pause(StrEnum):
    """What kind of pause follows a repetition."""

    NONE = "none"
    SAME = "same"
    ALTERNATING = "alternating"
    AFTER_LONG_HOLD = "after_long_hold"


class Origin(StrEnum):
    """Where a fact comes from."""

    ARTICLE = "article"
    ADDED = "added"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """How much of an exercise: repetitions of each set (steps of each lap).

    For paired and one-side-then-other exercises a repetition counts per side.
    """

    sets: tuple[int, ...]

    @property
    def volume(self) -> int:
        """All repetitions of all sets."""
        return sum(self.sets)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """The doses an exercise may have; index 0 is the article's at its low end."""

    lowest: int
    doses: tuple[Dose, ...]

    @property
    def highest(self) -> int:
        """The last index."""
        return self.lowest + len(self.doses) - 1

    def dose(self, index: int) -> Dose:
        """Return the dose at an index.

        Raises ValueError where the index is not on the ladder.
        """
        if not self.lowest <= index <= self.highest:
            raise ValueError(f"{index} is not within {self.lowest} to {self.highest}")
        return self.doses[index - self.lowest]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """One of the twelve exercises."""

    id: str
    level: Routine
    categories: tuple[Category, ...]
    position: Position
    pattern: Pattern
    hold: timedelta
    """How long a repetition is held; zero where it is not."""
    hold_is_limit: bool
    """The hold is at most this long, and shorter is as good (R21)."""
    repetitions: tuple[int, int]
    """The article's range, low and high end."""
    equipment: tuple[str, ...]
    setup: timedelta
    """Time to fetch the equipment."""
    pause: Pause
    ladder: Ladder
    article_top: int
    """The highest index within the article's figures."""
    cap: int
    """The highest index in build mode (R2)."""
    origins: Mapping[str, Origin]
    """Where each of the facts comes from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """All exercises by id, and the routines made of them."""

    exercises: Mapping[str, Exercise]
    routines: Mapping[Routine, tuple[str, ...]]

    def routine(self, routine: Routine) -> tuple[Exercise, ...]:
        """Return the exercises of a routine in their order."""
        return tuple(self.exercises[id_] for id_ in self.routines[routine])


def read_catalogue(data: Mapping[str, Any]) -> Catalogue:
    """Read the catalogue from the content of `content/exercises.json`.

    Every fact there is an object of its value and its origin.
    """
    ladders = {
        name: Ladder(
            lowest=ladder["lowest"],
            doses=tuple(Dose(sets=(reps,) * sets) for sets, reps in ladder["doses"]),
        )
        for name, ladder in data["ladders"].items()
    }
    return Catalogue(
        exercises={
            exercise["id"]: _read_exercise(exercise, ladders)
            for exercise in data["exercises"]
        },
        routines={
            Routine(name): tuple(fact["value"])
            for name, fact in data["routines"].items()
        },
    )


def _read_exercise(data: Mapping[str, Any], ladders: Mapping[str, Ladder]) -> Exercise:
    low, high = data["repetitions"]["value"]
    return Exercise(
        id=data["id"],
        level=Routine(data["level"]["value"]),
        categories=tuple(Category(fact["value"]) for fact in data["categories"]),
        position=Position(data["position"]["value"]),
        pattern=Pattern(data["pattern"]["value"]),
        hold=timedelta(seconds=data["hold_seconds"]["value"]),
        hold_is_limit=data["hold_is_limit"]["value"],
        repetitions=(low, high),
        equipment=tuple(fact["value"] for fact in data["equipment"]),
        setup=timedelta(seconds=data["setup_seconds"]["value"]),
        pause=Pause(data["pause"]["value"]),
        ladder=ladders[data["ladder"]["value"]],
        article_top=data["article_top"]["value"],
        cap=data["cap"]["value"],
        origins={
            name: Origin(fact["from"])
            for name, fact in data.items()
            if isinstance(fact, dict)
        },
    )
