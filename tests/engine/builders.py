"""Plans, phrases of chosen lengths, and one who plays a session in no time."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
import json
from pathlib import Path
from typing import Any, Final
from zlib import crc32

from custom_components.back_exercise.engine.catalogue import (
    Catalogue,
    Exercise,
    Routine,
    read_catalogue,
)
from custom_components.back_exercise.engine.cues import Cue, CueKind, step_cues
from custom_components.back_exercise.engine.diary import SessionKind
from custom_components.back_exercise.engine.events import (
    DecisionMade,
    Event,
    ExerciseEnded,
    ExerciseHurt,
    ExerciseStarted,
    GatePassed,
    PauseReason,
    RepetitionDone,
    SessionEnded,
    SessionPaused,
    SessionResumed,
    SessionStarted,
    SharpPain,
    StepStarted,
)
from custom_components.back_exercise.engine.memento import recall, remember
from custom_components.back_exercise.engine.plan import (
    CheckIn,
    Lead,
    Plan,
    Prescription,
    Side,
    Step,
    build_plan,
    prescribe,
)
from custom_components.back_exercise.engine.session import (
    Command,
    CommandNotAllowed,
    Session,
    SessionState,
)
from custom_components.back_exercise.engine.settings import Timing
from custom_components.back_exercise.engine.timeline import (
    BREATH,
    LengthOf,
    Stretch,
    Timeline,
    lay,
)

PACKAGE: Final = Path(__file__).parents[2] / "custom_components" / "back_exercise"
CONTENT: Final = PACKAGE / "content" / "exercises.json"
DATA: Final[Mapping[str, Any]] = json.loads(CONTENT.read_text(encoding="utf-8"))
CATALOGUE: Final[Catalogue] = read_catalogue(DATA)
WORDS: Final[dict[str, Any]] = json.loads(
    (PACKAGE / "speech" / "en.json").read_text(encoding="utf-8")
)

START: Final = datetime(2026, 12, 1, 7, 30, tzinfo=UTC)

_AS_HIP_FLEXION: Final = (100, 120, 160, 200, 220, 240, 310, 350, 390, 430)
_AS_FIRE_HYDRANTS: Final = (70, 84, 112, 140, 154, 168, 226, 254, 282, 310)
_AS_PIRIFORMIS: Final = (106, 106, 138, 170, 202, 234, 266, 298, 330)

DURATIONS: Final[Mapping[str, tuple[int, ...]]] = {
    "pelvic_tilts": (45, 54, 72, 90, 99, 108, 156, 174, 192, 210),
    "isometric_hip_flexion": _AS_HIP_FLEXION,
    "bridges": (30, 36, 48, 60, 66, 72, 114, 126, 138, 150),
    "simplified_piriformis_stretch": _AS_PIRIFORMIS,
    "piriformis_stretch": _AS_PIRIFORMIS,
    "dead_bugs": (28, 42, 56, 70, 84, 98, 112, 126, 140),
    "bird_dogs": _AS_HIP_FLEXION,
    "fire_hydrants": _AS_FIRE_HYDRANTS,
    "single_leg_bridges": _AS_FIRE_HYDRANTS,
    "side_planks": (210, 250, 330, 410),
    "single_leg_balance": (90, 130, 170, 210),
    "monster_walks": (
        *(66, 92, 108, 138, 150, 162, 174, 200),
        *(216, 232, 248, 270, 290, 310, 330),
    ),
}
"""clinical.md 1.4: seconds at each index of the ladder, from -3."""

_BEGINNER: Final = CATALOGUE.routines[Routine.BEGINNER]
_INTERMEDIATE: Final = CATALOGUE.routines[Routine.INTERMEDIATE]
_ADVANCED: Final = CATALOGUE.routines[Routine.ADVANCED]

SESSIONS: Final[Mapping[str, tuple[tuple[str, ...], tuple[int, ...], int]]] = {
    "beginner": (_BEGINNER, (0, 0, 0, 0), 815),
    "intermediate": (_INTERMEDIATE, (0, 0, 0, 0), 890),
    "advanced": (_ADVANCED, (0, 0, 0, 0), 1253),
    "beginner, top of the article": (_BEGINNER, (0, 0, 0, 5), 975),
    "intermediate, top of the article": (_INTERMEDIATE, (5, 5, 0, 0), 1120),
    "advanced, top of the article": (_ADVANCED, (0, 0, 0, 11), 1445),
    "C-2": (("piriformis_stretch", *_ADVANCED), (0, 0, 0, 0, 0), 1473),
    "C-2, top": (("piriformis_stretch", *_ADVANCED), (5, 0, 0, 0, 11), 1825),
    "gentle beginner": (_BEGINNER, (-1, -1, -1, -1), 713),
    "E4": (_BEGINNER, (0, 0, -1, 0), 803),
    "E5": (("piriformis_stretch", "bird_dogs", "fire_hydrants"), (0, 0, 0), 770),
    "E6": (("simplified_piriformis_stretch", *_INTERMEDIATE[1:]), (0, 0, 0, 0), 890),
    "E7": (_BEGINNER, (-1, -1, -1, 1), 777),
    "E9": (_INTERMEDIATE, (-1, -1, -1, -1), 776),
    "E10": (_BEGINNER, (1, 1, 0, 0), 844),
    "E11": (_INTERMEDIATE, (-3, -3, -3, -3), 614),
}
"""clinical.md 1.3 and 4.6: exercises, their indices, and seconds of the session."""


def seconds(number: float) -> timedelta:
    """Return a duration."""
    return timedelta(seconds=number)


def silent(cue: Cue) -> timedelta:
    """Return no length: what the nominal durations are defined with."""
    return timedelta(0)


def phrases(
    others: float = 0.0, kinds: Mapping[CueKind, float] | None = None
) -> LengthOf:
    """Return phrases that last so many seconds, some kinds of cue longer or shorter."""
    lengths = kinds or {}
    return lambda cue: seconds(lengths.get(cue.kind, others))


def mixed_phrases(lengths: tuple[timedelta, ...]) -> LengthOf:
    """Return phrases whose lengths are taken from a few, always the same for a cue."""
    return lambda cue: lengths[crc32(repr(cue).encode()) % len(lengths)]


def exercise(id_: str) -> Exercise:
    """Return an exercise of the catalogue."""
    return CATALOGUE.exercises[id_]


def indices_of(id_: str) -> range:
    """Return the indices of an exercise's ladder."""
    ladder = exercise(id_).ladder
    return range(ladder.lowest, ladder.highest + 1)


def prescriptions(
    ids: tuple[str, ...], indices: tuple[int, ...] = ()
) -> tuple[Prescription, ...]:
    """Return exercises at indices of their ladders, 0 where none are given."""
    chosen = indices or (0,) * len(ids)
    return tuple(
        prescribe(exercise(id_), index) for id_, index in zip(ids, chosen, strict=True)
    )


def plan_of(
    *ids: str,
    indices: tuple[int, ...] = (),
    check_in: CheckIn = CheckIn.OFF,
    timing: Timing | None = None,
    first_side: Side = Side.RIGHT,
    ask_before: bool = True,
    ask_next_day: bool = False,
) -> Plan:
    """Return a session of these exercises, by default with nothing asked."""
    return build_plan(
        Routine.BEGINNER,
        prescriptions(ids, indices),
        timing=timing,
        check_in=check_in,
        first_side=first_side,
        ask_before=ask_before,
        ask_next_day=ask_next_day,
    )


def routine(
    name: Routine,
    check_in: CheckIn = CheckIn.EACH_EXERCISE,
    *,
    ask_before: bool = True,
    ask_next_day: bool = False,
) -> Plan:
    """Return a routine at the article's low end."""
    return build_plan(
        name,
        prescriptions(CATALOGUE.routines[name]),
        check_in=check_in,
        ask_before=ask_before,
        ask_next_day=ask_next_day,
    )


def answering(plan: Plan, step: Step) -> timedelta:
    """Return how long a question lasts whose sentences have no length."""
    breaths = len(list(step_cues(plan, step))) - 1
    return step.wait + BREATH * breaths


def stretch_of(plan: Plan, first: int, last: int | None = None) -> Stretch:
    """Return a plan's steps from one to another as one stretch."""
    return Stretch(steps=plan.steps[first : (last or first) + 1], first=first)


class Player:
    """Drives a session: begins at once what it wants, and lets time pass."""

    def __init__(
        self, plan: Plan | Session, length_of: LengthOf = silent, *, mute: bool = False
    ) -> None:
        """Take the plan, or a session of it; nothing is started.

        Questions after the first are answered when their nominal time is over,
        without pain and with little effort, unless the person is `mute`.
        """
        self.session = Session(plan) if isinstance(plan, Plan) else plan
        self.length_of = length_of
        self.mute = mute
        self.now = START
        self.events: list[Event] = []
        self.timelines: list[Timeline] = []
        self.foreseen: list[tuple[Stretch | None, Stretch]] = []
        """What was to come next, and what was wanted then."""

    @property
    def second(self) -> float:
        """How long it is since the start."""
        return (self.now - START).total_seconds()

    def press(
        self,
        command: Command,
        at: float | None = None,
        *,
        reason: str | None = None,
        pause_reason: PauseReason = PauseReason.PERSON,
    ) -> list[Event]:
        """Give a command, at a second of the session; return what came of it alone."""
        if at is not None:
            self.until(at)
        events = self.session.handle(
            command, self.now, reason=reason, pause_reason=pause_reason
        )
        self.events += events
        return events

    def press_all(self, *commands: Command) -> None:
        """Give commands one after the other, at once."""
        for command in commands:
            self.press(command)

    def press_if_allowed(self, command: Command) -> bool:
        """Give a command; where it is refused, see to it that nothing has changed."""
        if command in self.session.allowed:
            self.press(command)
            return True
        before = state_of(self.session)
        try:
            self.press(command)
        except CommandNotAllowed:
            assert state_of(self.session) == before
            return False
        raise AssertionError(f"{command} was not refused")

    def rate(
        self,
        pain: int | None = None,
        effort: int | None = None,
        *,
        exercise: str | None = None,
        at: float | None = None,
    ) -> list[Event]:
        """Give a rating, at a second of the session; return what came of it alone."""
        if at is not None:
            self.until(at)
        events = self.session.rate(
            self.now, pain=pain, effort=effort, exercise=exercise
        )
        self.events += events
        return events

    def pass_gate(self, plan: Plan, pain: int | None = None) -> list[Event]:
        """Have a question before answered; return what came of it alone."""
        events = self.session.pass_gate(
            self.now, plan, kind=SessionKind.NORMAL, pain_before=pain
        )
        self.events += events
        return events

    def restart(self) -> None:
        """Be cut off, and come back from what was remembered, paused."""
        data = json.loads(json.dumps(remember(self.session)))
        self.session = recall(data, CATALOGUE, self.now)

    def prepare(self) -> None:
        """Begin what is wanted, if anything is."""
        if stretch := self.session.wanted:
            timeline = lay(self.session.plan, stretch, self.length_of)
            self.timelines.append(timeline)
            self.events += self.session.begin(timeline, self.now)

    def until(self, second: float) -> list[Event]:
        """Play until a second of the session; return what happened."""
        return self._play(START + seconds(second))

    def wait(self, length: timedelta) -> list[Event]:
        """Play for a while; return what happened."""
        return self._play(self.now + length)

    def to_the_end(self) -> list[Event]:
        """Play until the session has ended; return what happened."""
        events = self._play(self.now + timedelta(hours=6))
        assert self.session.state is SessionState.ENDED
        return events

    def _play(self, end: datetime) -> list[Event]:
        since = len(self.events)
        self.prepare()
        while (at := self._next_at()) is not None and at <= end:
            upcoming = self.session.upcoming
            self.now = max(self.now, at)
            if at == self._answer_at():
                self.rate(pain=0, effort=3)
            else:
                self.events += self.session.advance(at)
            if wanted := self.session.wanted:
                self.foreseen.append((upcoming, wanted))
            self.prepare()
        self.now = end
        return self.events[since:]

    def _next_at(self) -> datetime | None:
        moments = (self.session.next_at, self._answer_at())
        return min((at for at in moments if at), default=None)

    def _answer_at(self) -> datetime | None:
        """Return when the person will answer what is being asked."""
        session = self.session
        if (
            self.mute
            or session.state is not SessionState.ASKING
            or session.at_gate
            or not session.begun_at
        ):
            return None
        words = max(each.end for each in self.timelines[-1].spoken)
        return max(session.begun_at + max(words, session.step.duration), self.now)


def playing(
    plan: Plan | Session,
    length_of: LengthOf = silent,
    *,
    until: float = 0.0,
    mute: bool = False,
) -> Player:
    """Return a session that was started, and played until a second."""
    player = Player(plan, length_of, mute=mute)
    player.press(Command.START)
    player.until(until)
    return player


def state_of(session: Session) -> tuple[object, ...]:
    """Return everything that a session shows."""
    return (
        session.snapshot,
        session.plan,
        session.wanted,
        session.timeline,
        session.begun_at,
        session.next_at,
        session.state,
    )


def timetable(events: list[Event]) -> str:
    """Write down when what happened, a line for each event."""
    return "\n".join(
        f"{(event.at - START).total_seconds():g} {told(event)}" for event in events
    )


def told(event: Event) -> str:  # noqa: C901, PLR0911, PLR0912  # one for each kind of event
    """Return in a few words what happened."""
    match event:
        case SessionStarted():
            return f"{event.routine} session started"
        case StepStarted():
            return _told_step(event.step)
        case ExerciseStarted():
            return f"{event.exercise} started"
        case RepetitionDone(set=set_, side=side, number=number):
            return f"{event.exercise} {set_}:{number} {side}"
        case ExerciseEnded():
            return f"{event.exercise} {event.outcome} {event.done} of {event.planned}"
        case GatePassed():
            return f"{event.kind} session begun at {event.pain_before}"
        case SharpPain():
            return f"sharp pain in {event.exercise}"
        case ExerciseHurt():
            return f"{event.exercise} had hurt"
        case DecisionMade():
            return f"{event.decision.rule}: {event.decision.outcome}"
        case SessionPaused():
            return f"paused by {event.reason}"
        case SessionResumed():
            return "resumed"
        case SessionEnded():
            return f"session {event.outcome}"
        case _:
            raise AssertionError(event)


def _told_step(step: Step) -> str:
    parts = (
        step.lead and f"({step.lead})",
        step.kind,
        step.question,
        step.exercise,
        step.side,
    )
    return " ".join(part for part in parts if part)


def repetitions_of(events: list[Event], id_: str) -> list[RepetitionDone]:
    """Return the repetitions done of an exercise."""
    return [
        event
        for event in events
        if isinstance(event, RepetitionDone) and event.exercise == id_
    ]


def endings(events: list[Event]) -> list[ExerciseEnded]:
    """Return how exercises ended."""
    return [event for event in events if isinstance(event, ExerciseEnded)]


def started(events: list[Event]) -> list[str]:
    """Return the exercises that were begun, in order."""
    return [event.exercise for event in events if isinstance(event, ExerciseStarted)]


def lead_of(player: Player) -> Lead | None:
    """Return the lead of the stretch that is wanted."""
    assert player.session.wanted
    return player.session.wanted.steps[0].lead
