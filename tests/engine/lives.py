"""Diaries of made-up people, recorded through the engine as the integration would."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from custom_components.back_exercise.engine.catalogue import Routine
from custom_components.back_exercise.engine.course import Log, Taken
from custom_components.back_exercise.engine.decision import Decision, Rule
from custom_components.back_exercise.engine.diary import (
    Activity,
    Context,
    Entry,
    ExerciseDone,
    Gate,
    Intensity,
    Kind,
    OfferAnswered,
    OfferKind,
    Outcome as Ended,
    Payload,
    ProgrammeSet,
    Rating,
    Screen,
    ScreenForm,
    SessionEnded,
    SessionStarted,
    Setting,
)
from custom_components.back_exercise.engine.fold import fold
from custom_components.back_exercise.engine.programme import Programme
from custom_components.back_exercise.engine.reasons import told
from custom_components.back_exercise.engine.today import Ask, Today, today

from .builders import CATALOGUE

FIRST_DAY: Final = datetime(2026, 11, 2, 18, tzinfo=UTC)
"""A Monday."""

KINDS: Final[Mapping[type, Kind]] = {
    SessionStarted: Kind.SESSION_STARTED,
    Gate: Kind.GATE,
    ExerciseDone: Kind.EXERCISE_DONE,
    SessionEnded: Kind.SESSION_ENDED,
    Rating: Kind.RATING,
    Activity: Kind.ACTIVITY,
    Screen: Kind.SCREEN,
    Setting: Kind.SETTING,
    OfferAnswered: Kind.OFFER_ANSWERED,
    ProgrammeSet: Kind.PROGRAMME_SET,
}


def day(number: float) -> datetime:
    """Return the evening of a day, counted from the first."""
    return FIRST_DAY + timedelta(days=number)


class Life:
    """A diary in the making."""

    def __init__(self, *, screened: bool = True, zone: str = "UTC") -> None:
        """Begin with a clear screen on the first day, if there is to be one."""
        self.entries: list[Entry] = []
        self.zone = zone
        if screened:
            self.screen(0)

    def add(self, number: float, payload: Payload) -> Entry:
        """Record something on a day, with a fraction of a day after 18:00."""
        entry = Entry(
            id=f"e{len(self.entries)}",
            kind=KINDS[type(payload)],
            at=day(number),
            zone=self.zone,
            payload=payload,
            source="test",
        )
        self.entries.append(entry)
        return entry

    def screen(self, number: float, *flags: str, **answers: Any) -> None:  # any payload
        """Answer the full list, or another form of the screen."""
        answers.setdefault("form", ScreenForm.FULL)
        self.add(number, Screen(flags=flags, **answers))

    def setting(
        self, name: str, value: Any, number: float = 0, **more: Any
    ) -> None:  # any payload
        """Change a setting."""
        self.add(number, Setting(name=name, value=value, **more))

    def at(self, routine: str, number: float = 0) -> None:
        """Begin at a routine, with a clinician's agreement."""
        self.add(number, ProgrammeSet(routine=routine, clinician_agreed=True))

    def rate(
        self,
        number: float,
        value: int,
        context: Context = Context.NEXT_DAY,
        **more: Any,  # any payload
    ) -> None:
        """Give a rating."""
        self.add(number, Rating(value=value, context=context, **more))

    def accept(
        self, number: float, offer: OfferKind, **more: Any
    ) -> None:  # any payload
        """Accept an offer."""
        self.add(number, OfferAnswered(offer=offer, accepted=True, **more))

    def decline(
        self, number: float, offer: OfferKind, **more: Any
    ) -> None:  # any payload
        """Decline an offer."""
        self.add(number, OfferAnswered(offer=offer, accepted=False, **more))

    def activity(self, number: float, minutes: int, intensity: Intensity) -> None:
        """Log an activity."""
        self.add(
            number, Activity(activity="walking", minutes=minutes, intensity=intensity)
        )

    def session(  # what differs from one session to the next
        self,
        number: float,
        *,
        pain: int | None = 1,
        next_day: int | None = -1,
        turns: Mapping[str, Mapping[str, Any]] | None = None,
        peak: int | None = -1,
        effort: int | None = 3,
        after: int | None = -1,
        outcome: Ended = Ended.COMPLETED,
        until: str | None = None,
        override: bool = False,
        routine: Routine | None = None,
        check_in: str = "each_exercise",
    ) -> None:
        """Play today's plan as it is, and answer the next morning.

        Peaks, closing and next day are as the pain before where they are -1.
        `turns` says what was different for single exercises, `until` after which
        exercise it was over.
        """
        ask = Ask(
            now=day(number),
            zone=self.zone,
            pain=pain,
            override=override,
            routine=routine,
        )
        shown = today(self.programme(), CATALOGUE, ask)
        assert shown.plan is not None, shown.decisions
        assert shown.kind is not None
        before = 0 if pain is None else pain
        self.add(
            number,
            SessionStarted(
                routine=str(shown.routine),
                kind=shown.kind,
                pain_before=shown.pain,
                prescriptions=tuple(slot.prescribed for slot in shown.slots),
                check_in=check_in,
                override=override,
                told=told(shown),
            ),
        )
        at = number + 0.001
        for slot in shown.slots:
            planned = slot.prescribed.planned
            turn: dict[str, Any] = {
                "planned": planned,
                "done": planned,
                "index": slot.index,
                "form": slot.form,
                "pain_peak": before if peak == -1 else peak,
                "effort": effort,
            } | dict((turns or {}).get(slot.exercise.id, {}))
            self.add(at, ExerciseDone(exercise=slot.exercise.id, **turn))
            at += 0.001
            if slot.exercise.id == until:
                break
        closing = before if after == -1 else after
        self.add(at, SessionEnded(outcome=outcome, pain_after=closing, effort=effort))
        if next_day is not None:
            self.rate(number + 0.625, before if next_day == -1 else next_day)

    def programme(self, number: float | None = None) -> Programme:
        """Return what follows, on a day if one is given."""
        now = None if number is None else day(number)
        return fold(CATALOGUE, self.entries, now=now)

    def log(self) -> list[Taken]:
        """Return every decision in the order in which it was taken."""
        log = Log()
        fold(CATALOGUE, self.entries, log=log)
        return log.taken

    def decided(self, *, session: int = -1) -> list[Decision]:
        """Return the decisions about a session, by default the last."""
        ids = [e.id for e in self.entries if e.kind is Kind.SESSION_STARTED]
        return [t.decision for t in self.log() if t.session == ids[session]]

    def rules(self, *, session: int = -1) -> list[Rule]:
        """Return the rules that decided about a session, without repetition."""
        return list(dict.fromkeys(d.rule for d in self.decided(session=session)))

    def today(
        self, number: float, pain: int | None = 1, **more: Any
    ) -> Today:  # any payload
        """Return what there is on a day."""
        ask = Ask(now=day(number), zone=self.zone, pain=pain, **more)
        return today(self.programme(), CATALOGUE, ask)

    def copy(self) -> Life:
        """Return the same diary, to be gone on with differently."""
        twin = Life(screened=False, zone=self.zone)
        twin.entries = list(self.entries)
        return twin


def indices(programme: Programme, *exercises: str) -> list[int]:
    """Return the indices of exercises."""
    return [programme.standing(each).index for each in exercises]


def seconds_of(shown: Today) -> float:
    """Return how long the plan lasts with phrases of no length."""
    assert shown.plan is not None
    return shown.plan.nominal.total_seconds()


def outline(shown: Today) -> list[tuple[str, int]]:
    """Return exercises and indices of a plan."""
    return [(slot.exercise.id, slot.index) for slot in shown.slots]


def unanswered(next_day: int = 2) -> Life:
    """Return somebody who did not say how it was after the session two days ago.

    `next_day` is what they said after the two before.
    """
    life = Life()
    for number in (12, 15):
        life.session(number, pain=2, next_day=next_day, effort=5)
    life.session(18.5, pain=2, next_day=None, effort=5)
    return life


def cooled_off() -> Life:
    """Return somebody to whom a re-trial of an exercise is offered."""
    life = Life()
    life.session(0, turns={"pelvic_tilts": {"sharp": True, "done": 2}})
    for number in (4, 8, 12, 16, 18):
        life.session(number)
    return life
