"""What one person does now: routine, doses, what is left out, and why.

A programme is only made by folding a diary (`fold`). It is changed in place while
that goes on, for a fold of twenty years has to be quick; everyone else only reads it.
"""

from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from .catalogue import Catalogue, Routine
from .decision import Decision, Rule
from .diary import ExerciseDone, Form, OfferKind, Outcome, SessionKind
from .screen import Screening
from .settings import Settings

ROUTINES: Final = tuple(Routine)

LEVEL_SURFACE: Final = "single_leg_balance_on_level_surface"
"""Under this name the programme remembers single-leg balance without the cushion."""

BALANCE: Final = "single_leg_balance"


class Mode(StrEnum):
    """What the programme is at."""

    NORMAL = "normal"
    TRIAL = "trial"
    """The next routine is tried (L-2)."""
    BUILD = "build"
    """Doses may pass the article's figures (L-3)."""


class Status(StrEnum):
    """Whether an exercise is done, from free to strict."""

    ACTIVE = "active"
    RETRIAL = "retrial"
    SUSPENDED = "suspended"
    RETIRED = "retired"


STRICTNESS: Final = {status: number for number, status in enumerate(Status)}


@dataclass(slots=True, kw_only=True)  # frozen ones take much longer to make
class Exposure:
    """What one session's turn at an exercise came to (4.1)."""

    worsening: bool
    """It counts as a mark for S-2."""
    eases: bool
    """Worsening, or so by the session's closing rating: for D-4."""
    clean: bool
    acceptable: bool
    hard: bool
    """Less than 80 % without pain, or an effort of 8 or more (D-3)."""
    struggle: bool
    known: bool
    """Pain, effort and the next day were answered."""


@dataclass(slots=True, kw_only=True)
class Standing:
    """How an exercise stands."""

    index: int = 0
    status: Status = Status.ACTIVE
    rule: Rule | None = None
    """The rule that made it what it is; None at the beginning."""
    run: int = 0
    """Clean exposures in a row at this index."""
    hard_run: int = 0
    marks: tuple[bool, ...] = ()
    """Which of the last exposures were worsening, at most four."""
    clean: tuple[bool, ...] = ()
    """Which of the last two exposures were clean."""
    stepped_on: date | None = None
    cool_off: date | None = None
    """The first day on which it may be offered again."""
    closed_since: int = 0
    """Sessions closed since it was suspended."""
    passed: int = 0
    """Re-trial exposures that made nothing worse."""
    failed: int = 0
    """Re-trials that did."""
    level_surface: bool = False
    """It is done on the level surface because it was too hard (R22)."""
    raised_by_hand: date | None = None


@dataclass(slots=True, kw_only=True)
class Trial:
    """How a trial of the next routine goes (L-2)."""

    sessions: int = 0
    answered: int = 0
    """Sessions with every answer; only they confirm."""
    struggles: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Something harder that may be accepted."""

    kind: OfferKind
    on: date
    exercise: str | None = None
    routine: Routine | None = None
    rule: Rule
    accepted: bool = False
    """It takes effect when the last session is closed without trouble."""


@dataclass(slots=True, kw_only=True)
class Record:
    """The session that is going on, or waits for its next-day answer."""

    id: str
    routine: str
    kind: SessionKind
    started: datetime
    zone: str
    day: date
    pain_before: int | None
    planned: dict[str, tuple[int, int]]
    """Index and repetitions, by exercise."""
    check_in: str
    settings: Settings
    last: datetime
    """When something of it was recorded last."""
    done: dict[str, ExerciseDone] = field(default_factory=dict)
    rated: dict[str, tuple[int | None, int | None]] = field(default_factory=dict)
    """Pain and effort that were given by themselves, by exercise."""
    ended: datetime | None = None
    outcome: Outcome | None = None
    pain_after: int | None = None
    effort: int | None = None
    suspended: set[str] = field(default_factory=set)
    """What was suspended in it."""
    sharp: set[str] = field(default_factory=set)
    """What hurt sharply in it."""
    counts: bool = False
    """It ended, and enough of it was done (4.1)."""


@dataclass(slots=True, kw_only=True)
class Recent:
    """What the rules remember of the past, no more than they need."""

    before: tuple[tuple[date, int], ...] = ()
    """pain_before of the last five sessions."""
    first: tuple[int, ...] = ()
    """pain_before of the first five sessions."""
    gates: tuple[int, ...] = ()
    """pain_before of the last five gates, sessions or not."""
    rated: tuple[tuple[date, int], ...] = ()
    """The worst pain_before of each of the last seven days that have one."""
    eased_gates: int = 0
    """Gates in a row that were gentle or not today."""
    sharp: tuple[date, ...] = ()
    """The last three sharp pains."""
    sessions: tuple[tuple[date, frozenset[str], bool], ...] = ()
    """Of the last seven days: day, exercises completed, whether it counts."""
    bad: tuple[bool, ...] = ()
    """Whether the last two sessions were bad."""
    closed: int = 0
    first_on: date | None = None
    answered: bool = True
    """The last session that was closed had its next-day answer."""
    last_ended: datetime | None = None
    last_completed: datetime | None = None
    rating: tuple[int, datetime] | None = None
    """The latest rating of pain."""
    not_today: tuple[datetime, ...] = ()
    """The last gate, or rating before a session, that was too high to begin."""


@dataclass(slots=True, kw_only=True)
class Aerobic:
    """The weekly minutes (W-2, W-3)."""

    target: int = 30
    set_start: int = 30
    week: date | None = None
    """The Monday of the week that is counted."""
    minutes: int = 0
    """Equivalent minutes of that week."""
    troubled: bool = False
    """A session of that week was amber or bad."""
    weeks: tuple[int, ...] = ()
    """The minutes of the first two weeks."""


@dataclass(slots=True, kw_only=True)  # frozen ones take much longer to make
class LastSession:
    """A session as it is shown when it is over."""

    id: str
    started: datetime
    ended: datetime
    outcome: Outcome
    routine: str
    kind: SessionKind
    pain_before: int | None
    """0 to 10, as are the others; None where it was not answered."""
    pain_after: int | None
    effort: int | None
    next_day: int | None


@dataclass(slots=True, kw_only=True)
class Progress:
    """What somebody has done, as it is shown; no dose depends on it."""

    week: date | None = None
    """The Monday of the week that is counted."""
    sessions: int = 0
    """Of that week, those that count (4.1)."""
    streak: int = 0
    """Complete weeks on target one after the other, before that week."""
    counted: tuple[date, ...] = ()
    """The days of sessions that count, of the last 28 days."""
    last: LastSession | None = None
    """The last session that was closed."""
    effort: tuple[int, datetime] | None = None
    """The latest rating of effort."""
    met: dict[str, tuple[int, date]] = field(default_factory=dict)
    """In how many sessions an exercise was done, and when last."""
    told: tuple[str, ...] = ()
    """What has been said about the plan and still held at the last session."""


@dataclass(slots=True, kw_only=True)
class Programme:
    """Everything that follows from a diary."""

    level: Routine = Routine.BEGINNER
    mode: Mode = Mode.NORMAL
    standings: dict[str, Standing] = field(default_factory=dict)
    hold: int = 0
    bad_run: int = 0
    level_since: date | None = None
    build_since: date | None = None
    sessions_at_level: int = 0
    trial: Trial = field(default_factory=Trial)
    offers: tuple[Offer, ...] = ()
    declined: dict[str, date] = field(default_factory=dict)
    """When an offer was declined last, by exercise, or by kind for the level."""
    messages: dict[Rule, date] = field(default_factory=dict)
    """When a closing gave a message last, by its rule."""
    screening: Screening = field(default_factory=Screening)
    soft_lock: Rule | None = None
    """The rule that wants a professional's advice first (S-5, S-6, L-6)."""
    settings: Settings = field(default_factory=Settings)
    session: Record | None = None
    recent: Recent = field(default_factory=Recent)
    aerobic: Aerobic = field(default_factory=Aerobic)
    progress: Progress = field(default_factory=Progress)
    changes: tuple[Decision, ...] = ()
    """What the last closing decided."""
    clock: datetime | None = None
    """The latest moment that was told."""
    gentle_kept: bool = False
    """A correction must not end P-6: gentle sessions until the next closing."""
    gentle_from: tuple[int, date] | None = None
    """A correction must not loosen G-5: the pain from which on, and until when."""

    @property
    def routine(self) -> Routine:
        """The highest routine that may be done now."""
        return following(self.level) if self.mode is Mode.TRIAL else self.level

    @property
    def locked(self) -> bool:
        """Whether something locks, apart from a screen that is due by its date."""
        screening = self.screening
        return (
            screening.locked
            or screening.full_on is None
            or screening.anything_new
            or self.soft_lock is not None
        )

    def standing(self, exercise: str) -> Standing:
        """Return how an exercise stands, as it is at the beginning if never met."""
        return self.standings.get(exercise) or Standing()

    def copy(self) -> Programme:
        """Return a copy that can be changed without changing this one."""
        twin = copy(self)
        twin.standings = {id_: copy(each) for id_, each in self.standings.items()}
        twin.declined = dict(self.declined)
        twin.messages = dict(self.messages)
        twin.trial = copy(self.trial)
        twin.trial.struggles = dict(self.trial.struggles)
        twin.recent = copy(self.recent)
        twin.aerobic = copy(self.aerobic)
        twin.progress = copy(self.progress)
        twin.progress.met = dict(self.progress.met)
        if self.session:
            twin.session = copy(self.session)
            twin.session.done = dict(self.session.done)
            twin.session.rated = dict(self.session.rated)
            twin.session.suspended = set(self.session.suspended)
            twin.session.sharp = set(self.session.sharp)
        return twin


def new_programme(catalogue: Catalogue) -> Programme:
    """Return the programme of somebody who has recorded nothing."""
    ids = (*catalogue.exercises, LEVEL_SURFACE)
    return Programme(standings={id_: Standing() for id_ in ids})


def following(routine: Routine) -> Routine:
    """Return the next routine; the last one itself."""
    return ROUTINES[min(ROUTINES.index(routine) + 1, len(ROUTINES) - 1)]


def preceding(routine: Routine) -> Routine:
    """Return the routine before; the first one itself."""
    return ROUTINES[max(ROUTINES.index(routine) - 1, 0)]


def above(routine: str, level: Routine) -> bool:
    """Return whether a routine of the catalogue is above a level.

    A routine of the person's own is not.
    """
    return routine in ROUTINES and ROUTINES.index(Routine(routine)) > ROUTINES.index(
        level
    )


def name_of(exercise: str, form: Form = Form.USUAL) -> str:
    """Return under which name the programme remembers an exercise."""
    return LEVEL_SURFACE if form is Form.LEVEL_SURFACE else exercise


def exercise_of(name: str) -> str:
    """Return the exercise of the catalogue behind a name of the programme."""
    return BALANCE if name == LEVEL_SURFACE else name


def lowest_of(catalogue: Catalogue, name: str) -> int:
    """Return the lowest index of an exercise; 0 for one of the person's own."""
    exercise = catalogue.exercises.get(exercise_of(name))
    return exercise.ladder.lowest if exercise else 0


def cap_of(catalogue: Catalogue, programme: Programme, name: str) -> int:
    """Return the highest index an exercise may rise to now (1.4, R2, L-7).

    Only in build mode, and only in the routine that is built on, it lies beyond
    the article's figures; never beyond the person's own limit.
    """
    exercise = catalogue.exercises.get(exercise_of(name))
    if exercise is None:
        return 0
    builds = programme.mode is Mode.BUILD and exercise.level is programme.level
    cap = exercise.cap if builds else exercise.article_top
    return min(cap, limit_of(catalogue, programme.settings, exercise.id))


def limit_of(catalogue: Catalogue, settings: Settings, exercise: str) -> int:
    """Return the highest index within the person's own limit.

    Below the ladder where not even its lowest dose is.
    """
    ladder = catalogue.exercises[exercise].ladder
    most = settings.highest_repetitions.get(exercise)
    limit = ladder.highest
    if most is not None:
        while limit >= ladder.lowest and ladder.dose(limit).volume > most:
            limit -= 1
    return limit
