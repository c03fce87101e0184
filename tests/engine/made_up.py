"""Diaries that hypothesis makes up: lives that go well and badly, and anything else."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from hypothesis import strategies as st

from custom_components.back_exercise.engine.diary import (
    Activity,
    Context,
    Entry,
    ExerciseDone,
    Form,
    Gate,
    Intensity,
    Measure,
    OfferAnswered,
    OfferKind,
    Outcome,
    Payload,
    Prescribed,
    ProgrammeSet,
    Rating,
    Screen,
    ScreenForm,
    SessionEnded,
    SessionKind,
    SessionStarted,
    Setting,
)
from custom_components.back_exercise.engine.fold import fold
from custom_components.back_exercise.engine.programme import (
    BALANCE,
    ROUTINES,
    Programme,
)
from custom_components.back_exercise.engine.reasons import told
from custom_components.back_exercise.engine.today import Ask, today

from .builders import CATALOGUE
from .lives import FIRST_DAY, KINDS

ZONE: Final = "Europe/Berlin"
IDS: Final = tuple(CATALOGUE.exercises)

PAIN: Final = st.sampled_from([0, 1, 1, 2, 2, 3, 4, 6, 8])
PERHAPS: Final = st.one_of(PAIN, PAIN, PAIN, st.none())
PAUSE: Final = st.sampled_from([0.2, 1, 1, 2, 2, 2, 3, 4, 6, 9, 16, 30, 95])

CLEAR: Final = Screen(
    form=ScreenForm.FULL, assessed=True, clinician_agreed=True, advice_taken=True
)

type Moment = tuple[float, Payload]
"""Days after the step began, and what is recorded then."""


def entry_of(number: int, day: float, payload: Payload, prefix: str = "e") -> Entry:
    """Return an entry of a day."""
    return Entry(
        id=f"{prefix}{number}",
        kind=KINDS[type(payload)],
        at=FIRST_DAY + timedelta(days=day),
        zone=ZONE,
        payload=payload,
    )


def stamp(diary: Sequence[Entry], hours: float = 1) -> Entry:
    """Return what a correction is recorded with, some time after the last entry."""
    latest = max(entry.at for entry in diary)
    return replace(diary[-1], id="now", at=latest + timedelta(hours=hours))


# Anything that can be recorded


@st.composite
def whole_session(draw: st.DrawFn) -> list[Moment]:
    """Draw a session as anybody may have recorded it, and its next day."""
    routine = draw(st.sampled_from(ROUTINES))
    pain = draw(st.sampled_from([1, 1, 2, 2, 3, 5, None]))
    good = draw(st.integers(0, 3)) > 0
    ids = CATALOGUE.routines[routine]
    index = draw(st.integers(-3, 6))
    started = SessionStarted(
        routine=routine,
        kind=draw(st.sampled_from(SessionKind)),
        pain_before=pain,
        prescriptions=tuple(
            Prescribed(exercise=id_, index=index, planned=10) for id_ in ids
        ),
        check_in=draw(st.sampled_from(["each_exercise", "start_and_end", "off"])),
        override=draw(st.integers(0, 9)) == 0,
    )
    moments: list[Moment] = [(0, started)]
    for number, id_ in enumerate(ids, start=1):
        fine = ExerciseDone(
            exercise=id_, index=index, planned=10, done=10, pain_peak=pain, effort=2
        )
        any_way = ExerciseDone(
            exercise=id_,
            index=index,
            planned=10,
            done=draw(st.integers(0, 12)),
            pain_peak=draw(PERHAPS),
            effort=draw(PERHAPS),
            sharp=draw(st.integers(0, 7)) == 0,
            stopped_for_pain=draw(st.integers(0, 7)) == 0,
            too_hard=draw(st.integers(0, 7)) == 0,
        )
        moments.append((number / 1000, fine if good else any_way))
    outcome = draw(st.sampled_from(Outcome)) if not good else Outcome.COMPLETED
    after = pain if good else draw(PERHAPS)
    moments.append((0.01, SessionEnded(outcome=outcome, pain_after=after, effort=2)))
    if draw(st.integers(0, 5)):
        value = (pain or 0) if good else draw(PAIN)
        moments.append((0.625, Rating(value=value, context=Context.NEXT_DAY)))
    return moments


SETTINGS: Final = st.sampled_from(
    [
        Setting(name="gate_block_from", value=3),
        Setting(name="gate_block_from", value=7, clinician_agreed=True),
        Setting(name="rise_stop", value=1),
        Setting(name="rise_stop", value=2),
        Setting(name="session_cap", value=12),
        Setting(name="session_cap", value=45),
        Setting(name="easy_effort", value=4),
        Setting(name="highest_repetitions", value={"bridges": 8}),
        Setting(name="highest_repetitions", value={"bridges": 20, BALANCE: 5}),
        Setting(name="highest_repetitions", value={}),
        Setting(name="forbidden", value=["dead_bugs"]),
        Setting(name="forbidden", value=[]),
        Setting(name="suspension_count", value=1),
        Setting(name="band", value=False),
        Setting(name="band", value=True),
        Setting(name="cushion", value=False),
        Setting(name="cushion", value=True),
        Setting(name="bending_bothers", value=True),
        Setting(name="weekly_sessions", value=5),
        Setting(name="check_in", value="start_and_end"),
    ]
)

BY_HAND: Final = st.one_of(
    st.builds(
        ProgrammeSet,
        exercise=st.sampled_from(IDS),
        index=st.integers(-3, 11),
        form=st.sampled_from([None, None, *Form]),
    ),
    st.builds(
        ProgrammeSet, exercise=st.sampled_from(IDS), re_enable=st.just(value=True)
    ),
    st.builds(ProgrammeSet, exercise=st.just(BALANCE), form=st.sampled_from(Form)),
    st.builds(
        ProgrammeSet,
        routine=st.sampled_from([*ROUTINES, "own"]),
        clinician_agreed=st.booleans(),
    ),
    st.just(ProgrammeSet(exercise="own", index=0)),
)

BY_HAND_NOW: Final = st.sampled_from(
    [
        ProgrammeSet(exercise=BALANCE, form=Form.USUAL),
        ProgrammeSet(exercise="dead_bugs", re_enable=True),
        ProgrammeSet(exercise="dead_bugs", index=0),
        ProgrammeSet(exercise="pelvic_tilts", index=0),
        ProgrammeSet(exercise="simplified_piriformis_stretch", index=3),
        ProgrammeSet(exercise="piriformis_stretch", index=1),
        ProgrammeSet(exercise="bridges", index=-1),
        ProgrammeSet(routine="intermediate", clinician_agreed=True),
        ProgrammeSet(routine="advanced"),
    ]
)
"""What may just be about to be possible."""

ANSWERS: Final = st.builds(
    Screen,
    form=st.sampled_from(ScreenForm),
    flags=st.sampled_from(
        [(), (), (), ("fever_or_ill",), ("falls",), ("chest_pain",), ("osteoporosis",)]
    ),
    anything_new=st.sampled_from([None, False, True]),
    assessed=st.booleans(),
    clinician_agreed=st.booleans(),
    advice_taken=st.booleans(),
)

OFFERS: Final = st.builds(
    OfferAnswered,
    offer=st.sampled_from(OfferKind),
    accepted=st.sampled_from([True, True, False]),
)

RATINGS: Final = st.builds(
    Rating,
    value=PAIN,
    context=st.sampled_from(Context),
    measure=st.sampled_from(Measure),
    exercise=st.one_of(st.none(), st.sampled_from(IDS)),
)

SINGLE: Final = st.one_of(
    RATINGS,
    OFFERS,
    BY_HAND,
    ANSWERS,
    SETTINGS,
    st.builds(Gate, result=st.just("not_today"), pain_before=PERHAPS),
    st.builds(
        Activity,
        activity=st.just("walking"),
        minutes=st.integers(1, 90),
        intensity=st.sampled_from(Intensity),
    ),
)


# Lives: sessions as the programme plans them


@dataclass(frozen=True, kw_only=True)
class Day:
    """How a session goes that is done as it is planned."""

    pain: int | None = 1
    effort: int | None = 3
    rise: int = 0
    """Of the exercise that stands out."""
    out: int = 0
    """Which of the exercises stands out."""
    sharp: bool = False
    share: float = 1.0
    """Of the exercise that stands out, so much is done."""
    too_hard: bool = False
    after: int = 0
    """So much more pain after it."""
    next_day: int | None = 0
    """So much more the next day; None without an answer."""
    outcome: Outcome = Outcome.COMPLETED


GOOD: Final = Day()
DAYS: Final = st.one_of(
    st.just(GOOD),
    st.just(GOOD),
    st.just(replace(GOOD, effort=5)),
    st.builds(Day, pain=st.sampled_from([0, 1, 2, 3, 4, None])),
    st.builds(Day, rise=st.integers(1, 4), out=st.integers(0, 4)),
    st.builds(Day, sharp=st.just(value=True), out=st.integers(0, 4)),
    st.builds(
        Day,
        effort=st.sampled_from([5, 8, None]),
        share=st.sampled_from([0.0, 0.4, 0.8]),
        too_hard=st.booleans(),
        out=st.integers(0, 4),
    ),
    st.builds(Day, after=st.integers(0, 3), next_day=st.sampled_from([0, 1, None])),
    st.builds(Day, next_day=st.sampled_from([None, 2, 3])),
    st.builds(Day, outcome=st.sampled_from(Outcome)),
    st.just(Day(outcome=Outcome.PAIN)),
)


def moments_of(programme: Programme, at: datetime, day: Day) -> list[Moment]:
    """Return what is recorded of a session that is done as it is planned."""
    shown = today(programme, CATALOGUE, Ask(now=at, zone=ZONE, pain=day.pain))
    if shown.plan is None or shown.kind is None:
        return [(0, Gate(result=shown.result.value, pain_before=day.pain))]
    started = SessionStarted(
        routine=str(shown.routine),
        kind=shown.kind,
        pain_before=shown.pain,
        prescriptions=tuple(slot.prescribed for slot in shown.slots),
        check_in=programme.settings.check_in,
        told=told(shown),
    )
    before = shown.pain or 0
    moments: list[Moment] = [(0, started)]
    for number, slot in enumerate(shown.slots):
        planned = slot.prescribed.planned
        stands_out = number == day.out % len(shown.slots)
        done = ExerciseDone(
            exercise=slot.exercise.id,
            form=slot.form,
            index=slot.index,
            planned=planned,
            done=int(planned * day.share) if stands_out else planned,
            pain_peak=before + day.rise * stands_out,
            effort=day.effort,
            sharp=day.sharp and stands_out,
            too_hard=day.too_hard and stands_out,
        )
        moments.append(((number + 1) / 1000, done))
    ended = SessionEnded(
        outcome=day.outcome, pain_after=before + day.after, effort=day.effort
    )
    moments.append((0.01, ended))
    if day.next_day is not None:
        value = before + day.next_day
        moments.append((0.625, Rating(value=value, context=Context.NEXT_DAY)))
    return moments


class Author:
    """Writes a diary down, and knows the programme at any time."""

    def __init__(self) -> None:
        """Begin with a clear screen."""
        self.entries: list[Entry] = []
        self.programme = fold(CATALOGUE, ())
        self.day = 0.0
        self.add([(0, CLEAR)])
        self.day = 0.1

    def copy(self) -> Author:
        """Return another one who goes on from here."""
        twin = Author()
        twin.entries = list(self.entries)
        twin.programme = self.programme
        twin.day = self.day
        return twin

    def add(self, moments: Sequence[Moment]) -> None:
        """Record something, now and a little later."""
        new = [
            entry_of(len(self.entries) + number, self.day + offset, payload)
            for number, (offset, payload) in enumerate(moments)
        ]
        self.entries += new
        self.programme = fold(CATALOGUE, new, self.programme)
        self.day += moments[-1][0]

    def live(self, *days: Day, gap: float = 2) -> None:
        """Do sessions as they are planned, each so many days after the one before."""
        for day in days:
            at = FIRST_DAY + timedelta(days=self.day)
            begun = self.day
            self.add(moments_of(self.programme, at, day))
            self.day = max(self.day, begun + gap)


BUSY: Final = Day(effort=5)
HARD: Final = Day(effort=8)
SHARP: Final = Day(sharp=True, out=1, effort=5)
WORSE: Final = Day(rise=2, out=1, effort=5)
SORE: Final = Day(next_day=3, effort=5)
UNANSWERED: Final = Day(next_day=None)


def agreed(routine: str) -> ProgrammeSet:
    """Return the beginning at a routine, with a clinician's agreement."""
    return ProgrammeSet(routine=routine, clinician_agreed=True)


def accepted(offer: OfferKind) -> OfferAnswered:
    """Return that all offers of a kind are accepted."""
    return OfferAnswered(offer=offer, accepted=True)


def begun(
    author: Author | None, *steps: Payload | tuple[Day, ...], gap: float = 2
) -> Author:
    """Return somebody who goes on from there, by sessions and other entries."""
    twin = author.copy() if author else Author()
    for step in steps:
        if isinstance(step, tuple):
            for day in step:
                twin.add([(0, CLEAR)])
                twin.live(day, gap=gap)
        else:
            twin.add([(0, step)])
    return twin


def _of_levels() -> Iterator[Author]:
    """Yield people before, in and after a trial."""
    yield begun(None, ProgrammeSet(routine="advanced"))
    more = ProgrammeSet(exercise="simplified_piriformis_stretch", index=1)
    yield begun(None, (GOOD, BUSY), more)
    offered = begun(None, (GOOD,) * 6, gap=3)
    yield offered
    yield begun(offered, (Day(after=2),))
    yield begun(offered, (UNANSWERED,), CLEAR, gap=4)
    trying = begun(offered, accepted(OfferKind.LEVEL))
    yield trying
    yield begun(trying, (BUSY, BUSY))
    yield begun(trying, (BUSY,) * 3)
    yield begun(trying, (HARD, HARD))
    building = begun(trying, (HARD,) * 3)
    yield building
    built = begun(building, (GOOD,) * 4, gap=3)
    yield built
    yield begun(built, agreed("intermediate"), agreed("beginner"))
    yield begun(built, (GOOD,) * 5, gap=3)
    yield begun(None, agreed("intermediate"), (GOOD, GOOD))
    yield begun(None, agreed("advanced"), (GOOD, GOOD))


def _of_exercises() -> Iterator[Author]:
    """Yield people with an exercise suspended, in re-trial, or on the floor."""
    out = begun(None, agreed("intermediate"), (SHARP,))
    yield out
    retrying = begun(out, (BUSY,) * 5, accepted(OfferKind.RETRIAL), gap=3)
    yield retrying
    yield begun(retrying, (BUSY,))
    again = begun(retrying, (WORSE,))
    yield again
    later = begun(again, (BUSY,) * 10, accepted(OfferKind.RETRIAL), gap=3)
    yield later
    retired = begun(later, (WORSE,), (BUSY,) * 10, gap=3)
    yield retired
    yield begun(retired, CLEAR, ProgrammeSet(exercise="dead_bugs", re_enable=True))
    balance = Day(too_hard=True, share=0.2, out=3, effort=5)
    floor = begun(None, agreed("advanced"), (balance, balance))
    yield floor
    mastered = begun(floor, (GOOD,) * 6, gap=4)
    yield mastered
    yield begun(mastered, CLEAR, ProgrammeSet(exercise=BALANCE, form=Form.USUAL))
    yield begun(None, agreed("advanced"), (replace(WORSE, out=3),) * 2)


def _of_pain() -> Iterator[Author]:
    """Yield people with something in the way."""
    yield begun(None, (SORE,))
    yield begun(None, (SORE, SORE))
    yield begun(None, (SORE, SORE, SORE))
    yield begun(None, agreed("intermediate"), (SORE,))
    yield begun(None, agreed("intermediate"), (SORE, SORE))
    sharp = begun(None, agreed("intermediate"), (SHARP, replace(SHARP, out=0)))
    yield sharp
    yield begun(sharp, (replace(SHARP, out=2),))
    yield begun(sharp, agreed("beginner"), (BUSY, BUSY))
    yield begun(None, (Day(pain=1, effort=5),) * 5, (Day(pain=3, effort=5),) * 3)
    yield begun(None, (UNANSWERED,))
    yield begun(None, (replace(GOOD, pain=0),) * 3)
    yield begun(None, (GOOD,), Rating(value=8, context=Context.BEFORE))
    yield begun(None, agreed("intermediate"), (GOOD, Day(outcome=Outcome.PAIN)))
    falls = Screen(form=ScreenForm.FULL, flags=("falls",))
    yield begun(None, (GOOD,), falls)
    yield begun(None, (GOOD, UNANSWERED), falls)
    yield begun(None, (GOOD,), Screen(form=ScreenForm.FULL, flags=("chest_pain",)))
    report = Screen(form=ScreenForm.REPORT, flags=("leg_weakness", "dizziness"))
    yield begun(None, (GOOD,), report, Screen(form=ScreenForm.SHORT, anything_new=True))


BEGINNINGS: Final = (*_of_levels(), *_of_exercises(), *_of_pain())
"""People to whom something is about to happen."""

GOOD_TIMES: Final = st.tuples(
    st.sampled_from([GOOD, GOOD, BUSY]), st.integers(2, 4), st.sampled_from([2, 3])
)
"""Sessions that go the same way: how, how many, how many days apart."""

STEP: Final = st.one_of(
    GOOD_TIMES,
    DAYS,
    DAYS,
    DAYS,
    whole_session(),
    SINGLE,
    BY_HAND,
    BY_HAND_NOW,
    st.sampled_from(OfferKind).map(accepted),
)


@st.composite
def diaries(draw: st.DrawFn, most: int = 8) -> tuple[Entry, ...]:
    """Draw a diary: mostly a life, with anything between, unlocked now and then."""
    author = draw(st.sampled_from(BEGINNINGS)).copy()
    for step in draw(st.lists(STEP, min_size=1, max_size=most)):
        author.day += draw(PAUSE)
        if draw(st.integers(0, 2)) == 0:
            author.add([(0, CLEAR)])
        match step:
            case (Day() as day, int(times), int(gap)):
                author.live(*[day] * times, gap=gap)
            case Day() as day:
                author.live(day)
            case list() as moments:
                author.add(moments)
            case payload:
                author.add([(0.0, payload)])
    return tuple(author.entries)
