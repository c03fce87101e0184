"""What holds for every diary, whatever somebody does."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
import json
from typing import Final

from hypothesis import given, strategies as st

from custom_components.back_exercise.engine.amend import deleted, edited, imported
from custom_components.back_exercise.engine.catalogue import Routine
from custom_components.back_exercise.engine.diary import (
    Activity,
    Context,
    Entry,
    ExerciseDone,
    Gate,
    Intensity,
    Kind,
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
from custom_components.back_exercise.engine.export import read_diary, write_diary
from custom_components.back_exercise.engine.fold import fold
from custom_components.back_exercise.engine.programme import (
    ROUTINES,
    STRICTNESS,
    Programme,
    Status,
)
from custom_components.back_exercise.engine.today import Ask, today

from .builders import CATALOGUE
from .lives import FIRST_DAY, KINDS

PAIN: Final = st.sampled_from([0, 1, 1, 2, 2, 3, 4, 6, 8])
PERHAPS: Final = st.one_of(PAIN, PAIN, PAIN, st.none())
IDS: Final = tuple(CATALOGUE.exercises)

type Moment = tuple[float, Payload]


@st.composite
def whole_session(draw: st.DrawFn) -> list[Moment]:
    """Draw a session as somebody may have recorded it, and its next day."""
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
        Setting(name="highest_repetitions", value={}),
        Setting(name="forbidden", value=["dead_bugs"]),
        Setting(name="forbidden", value=[]),
        Setting(name="suspension_count", value=1),
        Setting(name="band", value=False),
        Setting(name="cushion", value=False),
        Setting(name="bending_bothers", value=True),
    ]
)

SINGLE: Final = st.one_of(
    st.builds(
        Rating,
        value=PAIN,
        context=st.sampled_from(Context),
        measure=st.sampled_from(Measure),
        exercise=st.one_of(st.none(), st.sampled_from(IDS)),
    ),
    st.builds(
        OfferAnswered,
        offer=st.sampled_from(OfferKind),
        accepted=st.sampled_from([True, True, False]),
    ),
    st.builds(
        ProgrammeSet,
        routine=st.one_of(st.none(), st.sampled_from([*ROUTINES, "own"])),
        exercise=st.one_of(st.none(), st.sampled_from([*IDS, "own"])),
        index=st.one_of(st.none(), st.integers(-3, 11)),
        re_enable=st.booleans(),
        clinician_agreed=st.booleans(),
    ),
    st.builds(
        Screen,
        form=st.sampled_from(ScreenForm),
        flags=st.sampled_from(
            [(), (), (), ("fever_or_ill",), ("falls",), ("chest_pain",)]
        ),
        anything_new=st.sampled_from([None, False, True]),
        assessed=st.booleans(),
        clinician_agreed=st.booleans(),
        advice_taken=st.booleans(),
    ),
    SETTINGS,
    st.builds(Gate, result=st.just("not_today"), pain_before=PERHAPS),
    st.builds(
        Activity,
        activity=st.just("walking"),
        minutes=st.integers(1, 90),
        intensity=st.sampled_from(Intensity),
    ),
)

STEP: Final = st.one_of(
    whole_session(),
    whole_session(),
    whole_session(),
    SINGLE.map(lambda payload: [(0.0, payload)]),
)
PAUSE: Final = st.sampled_from([0.2, 1, 1, 2, 2, 2, 3, 4, 6, 9, 16, 30, 95])


@st.composite
def diaries(draw: st.DrawFn, most: int = 14) -> tuple[Entry, ...]:
    """Draw a diary, most of them unlocked at the beginning and now and then."""
    clear = Screen(form=ScreenForm.FULL, assessed=True, clinician_agreed=True)
    agreed = ProgrammeSet(
        routine=draw(st.sampled_from([*ROUTINES, None])), clinician_agreed=True
    )
    moments: list[Moment] = [(0, clear), (0, agreed)]
    at = 0.1
    for step in draw(st.lists(STEP, min_size=1, max_size=most)):
        at += draw(PAUSE)
        moments += [(at + offset, payload) for offset, payload in step]
        if draw(st.integers(0, 3)) == 0:
            moments.append((at + 0.7, replace(clear, advice_taken=True)))
    return tuple(
        entry_of(number, day, payload) for number, (day, payload) in enumerate(moments)
    )


def entry_of(number: int, day: float, payload: Payload, prefix: str = "e") -> Entry:
    """Return an entry of a day."""
    return Entry(
        id=f"{prefix}{number}",
        kind=KINDS[type(payload)],
        at=FIRST_DAY + timedelta(days=day),
        zone="Europe/Berlin",
        payload=payload,
    )


def stamp(diary: Sequence[Entry]) -> Entry:
    """Return what a correction is recorded with, an hour after the last entry."""
    return replace(diary[-1], id="now", at=diary[-1].at + timedelta(hours=1))


def rank(routine: Routine) -> int:
    """Return how far a routine is."""
    return ROUTINES.index(routine)


def harder(before: Programme, after: Programme) -> list[str]:
    """Return everything that is harder than it was."""
    found = [
        name
        for name, old in before.standings.items()
        if after.standing(name).index > old.index
        or STRICTNESS[after.standing(name).status] < STRICTNESS[old.status]
    ]
    if rank(after.routine) > rank(before.routine):
        found.append("level")
    return found


def in_cool_off(programme: Programme, names: Sequence[str], on: datetime) -> list[str]:
    """Return which of some exercises are in their cool-off."""
    return [
        name
        for name in names
        if programme.standing(name).status is Status.SUSPENDED
        and (programme.standing(name).cool_off or on.date()) > on.date()
    ]


@given(diaries())
def test_nothing_gets_harder_without_an_answer_in_a_hold_under_a_lock_or_in_a_cool_off(
    diary: tuple[Entry, ...],
) -> None:
    programme = fold(CATALOGUE, ())
    for entry in diary:
        after = fold(CATALOGUE, [entry], programme)
        found = harder(programme, after)
        obstacles = [
            bool(programme.hold),
            programme.locked,
            after.locked,
            not after.recent.answered,
            after.session is not None and entry.kind is not Kind.SESSION_STARTED,
            bool(in_cool_off(programme, found, entry.at)),
            entry.kind in (Kind.SETTING, Kind.SCREEN, Kind.GATE, Kind.ACTIVITY),
            entry.kind in (Kind.SESSION_STARTED, Kind.EXERCISE_DONE),
        ]
        assert not (found and any(obstacles)), (entry, found, obstacles)
        programme = after


@given(
    diaries(),
    st.sampled_from([None, *Routine]),
    st.sampled_from([None, 0, 1, 3, 5, 7]),
    st.booleans(),
    st.sampled_from([0.01, 1, 5, 8, 20, 40, 100]),
)
def test_no_routine_above_the_programmes_and_no_dose_off_its_ladder_by_any_door(
    diary: tuple[Entry, ...],
    routine: Routine | None,
    pain: int | None,
    override: bool,  # drawn
    later: float,
) -> None:
    programme = fold(CATALOGUE, diary)
    now = (programme.clock or datetime.now(UTC)) + timedelta(days=later)
    ask = Ask(now=now, pain=pain, override=override, routine=routine)

    shown = today(programme, CATALOGUE, ask)

    highest = rank(programme.routine)
    assert rank(shown.routine or Routine.BEGINNER) <= highest
    planned = [
        (slot.index, slot.exercise.cap, rank(slot.exercise.level))
        for slot in shown.slots
    ]
    assert all(level <= highest for _, _, level in planned)
    assert all(-3 <= index <= cap for index, cap, _ in planned)
    assert all(
        slot.prescription.dose in slot.exercise.ladder.doses for slot in shown.slots
    )
    statuses = {programme.standing(slot.exercise.id).status for slot in shown.slots}
    surfaces = {slot.form for slot in shown.slots}
    assert Status.SUSPENDED not in statuses or "level_surface" in surfaces
    assert bool(shown.plan) == (shown.result == "plan")
    assert not (programme.locked and shown.plan)


def looser(before: Programme, after: Programme) -> list[str]:
    """Return everything that is less strict than it was."""
    found = harder(before, after)
    old, new = before.screening, after.screening
    found += sorted(
        (old.emergency - new.emergency)
        | (old.urgent - new.urgent)
        | (old.caution - new.caution)
    )
    comparisons = {
        "lock": before.locked and not after.locked,
        "soft lock": before.soft_lock is not None and after.soft_lock is None,
        "hold": after.hold < before.hold,
        "bad run": after.bad_run < before.bad_run,
        "build": after.mode == "build" and before.mode != "build",
        "sessions": after.sessions_at_level > before.sessions_at_level,
        "target": after.aerobic.target > before.aerobic.target,
        "cool-off": any(
            (after.standing(name).cool_off or each.cool_off) < each.cool_off
            for name, each in before.standings.items()
            if each.cool_off
        ),
    }
    return [*found, *(name for name, is_so in comparisons.items() if is_so)]


@given(diaries(), st.data())
def test_no_deletion_lifts_a_lock_or_suspension_or_raises_a_dose(
    diary: tuple[Entry, ...], data: st.DataObject
) -> None:
    target = data.draw(st.sampled_from(diary)).id
    now = stamp(diary).at

    after = deleted(CATALOGUE, diary, target, stamp(diary))

    assert target not in {entry.id for entry in after}
    assert not looser(fold(CATALOGUE, diary, now=now), fold(CATALOGUE, after))


@given(diaries(), diaries(), st.data())
def test_no_edit_lifts_a_lock_or_suspension_or_raises_a_dose(
    diary: tuple[Entry, ...], other: tuple[Entry, ...], data: st.DataObject
) -> None:
    kinds = {entry.kind for entry in other}
    editable = [entry for entry in diary if entry.kind in kinds]
    target = data.draw(st.sampled_from(editable))
    content = data.draw(
        st.sampled_from([each for each in other if each.kind is target.kind])
    )
    now = stamp(diary).at

    after = edited(CATALOGUE, diary, target.id, content.payload, stamp(diary))

    assert not looser(fold(CATALOGUE, diary, now=now), fold(CATALOGUE, after))


@given(diaries(), diaries(), st.integers(-400, 400))
def test_no_import_lifts_a_lock_or_suspension_or_raises_a_dose(
    diary: tuple[Entry, ...], other: tuple[Entry, ...], days: int
) -> None:
    last = stamp(diary).at
    more = [
        replace(entry, id=f"i{entry.id}", at=min(entry.at + timedelta(days=days), last))
        for entry in other
    ]

    after = imported(CATALOGUE, diary, more, stamp(diary))

    assert not looser(fold(CATALOGUE, diary, now=last), fold(CATALOGUE, after))


@given(diaries())
def test_deleting_the_last_entry_is_as_if_it_had_never_been_but_where_that_loosens(
    diary: tuple[Entry, ...],
) -> None:
    now = stamp(diary).at
    never = fold(CATALOGUE, diary[:-1], now=now)
    made = fold(CATALOGUE, diary, now=now)

    undone = fold(CATALOGUE, deleted(CATALOGUE, diary, diary[-1].id, stamp(diary)))

    assert {name: each.index for name, each in undone.standings.items()} == {
        name: min(each.index, made.standing(name).index)
        for name, each in never.standings.items()
    } | {
        name: made.standing(name).index
        for name in undone.standings.keys() - never.standings.keys()
    }
    assert undone.level is min(never.level, made.level, key=rank)
    assert undone.hold == max(never.hold, made.hold)
    assert undone.recent.before == never.recent.before
    assert undone.recent.closed == never.recent.closed
    assert not looser(never, undone)


@given(diaries(), st.data())
def test_replaying_the_exported_diary_gives_the_same_programme(
    diary: tuple[Entry, ...], data: st.DataObject
) -> None:
    target = data.draw(st.sampled_from(diary)).id
    diary = deleted(CATALOGUE, diary, target, stamp(diary))

    again = read_diary(json.loads(json.dumps(write_diary(diary))))

    assert again == diary
    assert fold(CATALOGUE, again) == fold(CATALOGUE, diary)


@given(diaries())
def test_folding_entry_by_entry_is_folding_all_and_asking_changes_nothing(
    diary: tuple[Entry, ...],
) -> None:
    programme = fold(CATALOGUE, ())
    for entry in diary:
        programme = fold(CATALOGUE, [entry], programme)
        today(programme, CATALOGUE, Ask(now=entry.at + timedelta(days=2), pain=1))

    assert programme == fold(CATALOGUE, diary)


@given(diaries(), SETTINGS)
def test_no_setting_lifts_a_lock_or_suspension_or_raises_a_dose(
    diary: tuple[Entry, ...], setting: Setting
) -> None:
    now = stamp(diary).at
    before = fold(CATALOGUE, diary, now=now)
    change = entry_of(0, 0, setting, "s")

    after = fold(CATALOGUE, [replace(change, at=now)], before)

    assert not looser(before, after)


@given(diaries(), st.sampled_from([0.01, 0.3, 1, 5]))
def test_an_override_lifts_nothing_and_raises_no_dose(
    diary: tuple[Entry, ...], later: float
) -> None:
    programme = fold(CATALOGUE, diary)
    now = diary[-1].at + timedelta(days=later)

    plain = today(programme, CATALOGUE, Ask(now=now, pain=1))
    forced = today(programme, CATALOGUE, Ask(now=now, pain=1, override=True))

    doses = {slot.exercise.id: slot.index for slot in plain.slots}
    assert all(
        slot.index <= doses.get(slot.exercise.id, -1) for slot in forced.slots
    ) or (plain.plan is None)
    assert (plain.result == "locked") == (forced.result == "locked")
    assert plain.plan is not None or forced.plan is None or forced.kind == "gentle"
