"""What is recorded: entries that are only ever added to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
import datetime as dt
from enum import StrEnum
from typing import Any, Final

SCHEMA: Final = 1
"""The version of the entries' form."""


class Kind(StrEnum):
    """What an entry is about."""

    SESSION_STARTED = "session_started"
    GATE = "gate"
    """A start that led to no session."""
    EXERCISE_DONE = "exercise_done"
    SESSION_ENDED = "session_ended"
    RATING = "rating"
    ACTIVITY = "activity"
    SCREEN = "screen"
    SETTING = "setting"
    OFFER_ANSWERED = "offer_answered"
    PROGRAMME_SET = "programme_set"
    REMINDER = "reminder"
    DECISION = "decision"
    """A log for people; the programme never depends on it."""
    CORRECTION = "correction"


class SessionKind(StrEnum):
    """What a session is for."""

    NORMAL = "normal"
    GENTLE = "gentle"
    RETURN = "return"
    TRIAL = "trial"


class Form(StrEnum):
    """How an exercise is done."""

    USUAL = "usual"
    LEVEL_SURFACE = "level_surface"
    """On the floor instead of the cushion (R22)."""


class Outcome(StrEnum):
    """How a session ended."""

    COMPLETED = "completed"
    STOPPED = "stopped"
    PAIN = "pain"
    PARTIAL = "partial"


class Context(StrEnum):
    """What a rating is of."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"
    NEXT_DAY = "next_day"
    AT_LARGE = "at_large"


class Measure(StrEnum):
    """What a rating measures, 0 to 10."""

    PAIN = "pain"
    EFFORT = "effort"


class Intensity(StrEnum):
    """How hard an activity was."""

    MODERATE = "moderate"
    VIGOROUS = "vigorous"


class ScreenForm(StrEnum):
    """Which questions were answered."""

    FULL = "full"
    SHORT = "short"
    """The one question whether anything is new."""
    REPORT = "report"
    """Signs reported in the middle of a session (I-6)."""
    AGREEMENT = "agreement"
    """A clinician agreed (G-3), or their advice was taken (L-6, S-5, S-6)."""


class OfferKind(StrEnum):
    """What the programme offers."""

    LEVEL = "level"
    RETRIAL = "retrial"


class ReminderOutcome(StrEnum):
    """What became of a reminder: the first three are followed by one of the others."""

    WAITING = "waiting"
    """Its time has come, and it cannot be asked yet."""
    DUE = "due"
    """It was asked."""
    SNOOZED = "snoozed"
    DONE = "done"
    SKIPPED = "skipped"
    MISSED = "missed"
    NOT_PLANNED = "not_planned"


class ReminderReason(StrEnum):
    """Why something became of a reminder."""

    SESSION = "session"
    """Waiting: a session is going on."""
    QUIET = "quiet"
    """Waiting or missed: in quiet hours."""
    ABSENT = "absent"
    """Waiting or missed: the person is not at home."""
    PASSED = "passed"
    """Missed: nobody looked, as Home Assistant was not running, or the clock or
    time zone changed over it."""
    UNANSWERED = "unanswered"
    """Missed: asked, and not answered."""
    SNOOZED = "snoozed"
    """Missed: to be snoozed once more than is possible."""
    SUPERSEDED = "superseded"
    """Missed: asked, and something later took its place."""
    MERGED = "merged"
    """Not planned: another reminder asks."""
    LOCKED = "locked"
    """Not planned: the programme is locked."""
    NOT_TODAY = "not_today"
    """Not planned: too much pain for a session on that day (G-4, I-4)."""
    ENOUGH = "enough"
    """Not planned: as many sessions as may be in seven days (W-1)."""
    CHANGED = "changed"
    """Not planned: switched off, changed or removed meanwhile."""
    PARTLY = "partly"
    """Done: a session was begun, and not completed."""
    REFUSED = "refused"
    """Skipped: the session that would have started by itself was refused."""
    DAY = "day"
    """Skipped: the whole day was skipped."""


class Action(StrEnum):
    """What a correction did."""

    EDIT = "edit"
    DELETE = "delete"
    IMPORT = "import"
    RULES = "rules"
    """The rules are others than when it was decided (a new version)."""
    RECOVERY = "recovery"
    """A damaged diary was recovered, and not all of it could be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prescribed:
    """One exercise of a session's plan."""

    exercise: str
    index: int
    planned: int
    """Repetitions of all sets, of the side with fewer; steps out of all laps."""
    form: Form = Form.USUAL


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionStarted:
    """A session began."""

    routine: str
    kind: SessionKind
    pain_before: int | None
    prescriptions: tuple[Prescribed, ...]
    check_in: str = "each_exercise"
    override: bool = False
    """It was started although one had been completed that day (G-6)."""
    gate: tuple[str, ...] = ()
    """The rules that decided at the gate."""
    told: tuple[str, ...] = ()
    """What has been said about the plan by now, and holds (`reasons.told`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A start was asked for, and no session began."""

    result: str
    pain_before: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseDone:
    """An exercise ended, in whatever way."""

    exercise: str
    planned: int
    done: int
    index: int = 0
    form: Form = Form.USUAL
    sharp: bool = False
    stopped_for_pain: bool = False
    too_hard: bool = False
    skipped: bool = False
    pain_peak: int | None = None
    effort: int | None = None
    hold_achieved: int | None = None
    """Seconds."""
    modified: bool = False
    """Done in a form that a clinician taught."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionEnded:
    """A session ended."""

    outcome: Outcome
    pain_after: int | None = None
    effort: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """A number that the person gave."""

    value: int
    context: Context
    measure: Measure = Measure.PAIN
    exercise: str | None = None
    recalled: bool = False
    """It was asked for later than the day after (G-7)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """Something aerobic, or an exercise of the person's own."""

    activity: str
    minutes: int
    intensity: Intensity


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """The person answered the screen."""

    form: ScreenForm
    flags: tuple[str, ...] = ()
    """The items that were marked."""
    anything_new: bool | None = None
    assessed: bool = False
    """Assessed, and told that exercise is allowed."""
    clinician_agreed: bool = False
    advice_taken: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A setting has a value from now on."""

    name: str
    value: Any
    clinician_agreed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferAnswered:
    """The person accepted or declined an offer."""

    offer: OfferKind
    accepted: bool
    exercise: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeSet:
    """The person changed the programme by hand (X-1)."""

    routine: str | None = None
    exercise: str | None = None
    index: int | None = None
    form: Form | None = None
    re_enable: bool = False
    """A retired exercise is to be tried again."""
    clinician_agreed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded:
    """What became of a reminder on a day; the last of a day's stands."""

    reminder: str
    """The id of the reminder, or of a question that is asked in its way."""
    day: dt.date
    """For which day, where the person was."""
    outcome: ReminderOutcome
    planned: dt.datetime
    """For which moment, UTC."""
    until: dt.datetime | None = None
    """When it is asked again, UTC; only of one that is snoozed."""
    reason: ReminderReason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """A decision, as it was shown."""

    rule: str
    outcome: str
    exercise: str | None = None
    inputs: dict[str, Any] = field(default_factory=dict)
    session: str | None = None
    """The id of the session it followed from; None where it stands beside it."""
    value: int | None = None
    """This and what follows is what its sentence names, as `Decision` has it."""
    until: dt.date | None = None
    routine: str | None = None
    other: str | None = None
    variant: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """Something that stays as strict as it had been decided. Holds no rating."""

    what: str
    value: int | str | None
    rule: str | None = None
    exercise: str | None = None
    date: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """An earlier entry was changed; what it had made stricter stays."""

    action: Action
    target: str | None
    effects: tuple[Effect, ...] = ()


type Payload = (
    SessionStarted
    | Gate
    | ExerciseDone
    | SessionEnded
    | Rating
    | Activity
    | Screen
    | Setting
    | OfferAnswered
    | ProgrammeSet
    | Reminded
    | Logged
    | Correction
)

PAYLOADS: Final[Mapping[Kind, type[Payload]]] = {
    Kind.SESSION_STARTED: SessionStarted,
    Kind.GATE: Gate,
    Kind.EXERCISE_DONE: ExerciseDone,
    Kind.SESSION_ENDED: SessionEnded,
    Kind.RATING: Rating,
    Kind.ACTIVITY: Activity,
    Kind.SCREEN: Screen,
    Kind.SETTING: Setting,
    Kind.OFFER_ANSWERED: OfferAnswered,
    Kind.PROGRAMME_SET: ProgrammeSet,
    Kind.REMINDER: Reminded,
    Kind.DECISION: Logged,
    Kind.CORRECTION: Correction,
}
"""What an entry of a kind holds."""

KINDS: Final = {payload: kind for kind, payload in PAYLOADS.items()}
"""The kind of an entry, by what it holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that was recorded."""

    id: str
    kind: Kind
    at: dt.datetime
    """UTC."""
    zone: str
    """The time zone that the person was in."""
    payload: Payload
    source: str = "unknown"
    schema: int = SCHEMA
