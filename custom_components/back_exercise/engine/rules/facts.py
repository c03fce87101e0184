"""What the rules are given to decide from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from ..catalogue import Catalogue, Routine
from ..decision import Decision, Rule
from ..diary import ExerciseDone
from ..programme import Exposure, Mode, Programme, Recent, Record, Status
from ..settings import Settings

type Decisions = Iterable[Decision]

USUAL_DAYS: Final = timedelta(days=28)
USUAL_LEAST: Final = 3

MESSAGE_GAP: Final = timedelta(days=28)
"""A message of a closing is not given again before."""

OFFER_GAP: Final = timedelta(days=14)
"""An offer that was declined is not made again before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GateFacts:
    """What a session is to begin with."""

    programme: Programme
    """With the session before it closed (G-7)."""
    now: datetime
    today: date
    pain: int | None
    anything_new: bool | None
    override: bool
    routine: str
    """The one that was asked for, else the programme's."""
    unanswered: bool
    """The session before was closed at this gate, its next day unknown."""
    can_answer: bool
    """Its next day can still be told, until this session begins."""
    days_away: int | None
    """Since the last session of any kind ended; None before the first."""
    usual: float | None
    """The median that pain_before is compared with (4.1); None if undefined."""
    completed_today: bool
    sessions_in_week: int
    """Guided sessions of the last seven days, today included."""
    too_high_today: bool
    """A gate, or a rating before a session, was too high today already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnFacts:
    """An exercise that has just ended, or was rated."""

    name: str
    done: ExerciseDone
    worsening: bool
    status: Status
    """Before this session decided anything about it."""
    marks: tuple[bool, ...]
    """Of the exposures before this one."""
    failed: int
    sharp: tuple[date, ...]
    """Sharp pains of the last 28 days, this one included."""
    settings: Settings
    on: date


@dataclass(slots=True, kw_only=True)
class ClosingFacts:
    """A session whose next day is known, or will never be."""

    programme: Programme
    """As it stands when a rule is asked: those before it have been applied."""
    catalogue: Catalogue
    record: Record
    settings: Settings
    on: date
    """The day of the closing."""
    exposures: Mapping[str, Exposure]
    nd_rise: int | None
    """None where the next day is unknown."""
    amber: bool
    bad: bool
    level: Routine
    """As is the rest below: before this closing changed anything."""
    mode: Mode
    hold: int
    start: Mapping[str, int]
    """Indices."""
    held: int = 0
    """The highest hold that this closing set."""
    settled: set[str] = field(default_factory=set)
    """Exercises that were eased or brought back; they do not rise as well."""

    @property
    def known(self) -> bool:
        """Whether the next day was answered."""
        return self.nd_rise is not None

    @property
    def may_rise(self) -> bool:
        """Whether anything at all may get harder (P-2, P-4, D-6)."""
        return (
            self.known
            and not self.bad
            and not self.hold
            and not self.held
            and not self.programme.locked
        )

    def was_told(self, rule: Rule) -> bool:
        """Return whether a message was given in the last 28 days."""
        last = self.programme.messages.get(rule)
        return last is not None and self.on - last < MESSAGE_GAP

    def was_declined(self, offer: str) -> bool:
        """Return whether an offer was declined in the last 14 days.

        `offer` is an exercise, or the kind of offer that is about none.
        """
        last = self.programme.declined.get(offer)
        return last is not None and self.on - last < OFFER_GAP

    def lower(self, name: str, by: int = 1) -> int:
        """Return an exercise's index so much lower, not below its ladder.

        Reckoned from the beginning of the closing: reductions never add up.
        """
        exercise = self.catalogue.exercises.get(name)
        lowest = exercise.ladder.lowest if exercise else -3
        return max(lowest, self.start.get(name, 0) - by)


def usual(recent: Recent, day: date) -> float | None:
    """Return the median of the last five pain_before of 28 days; None below three."""
    values = [pain for then, pain in recent.before if day - then <= USUAL_DAYS]
    return median(values) if len(values) >= USUAL_LEAST else None


def median(values: Iterable[int]) -> float:
    """Return the median of at least one number."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2
