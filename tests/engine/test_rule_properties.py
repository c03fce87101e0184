"""What holds for every diary, whatever somebody does."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
import json
import re
from typing import Any, Final
from zoneinfo import ZoneInfo

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.back_exercise.engine.amend import deleted, edited, imported
from custom_components.back_exercise.engine.catalogue import Routine
from custom_components.back_exercise.engine.correction import effects
from custom_components.back_exercise.engine.course import Log
from custom_components.back_exercise.engine.decision import explain
from custom_components.back_exercise.engine.diary import (
    Context,
    Entry,
    ExerciseDone,
    Form,
    Gate,
    Kind,
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
    Mode,
    Programme,
    Status,
    above,
    cap_of,
)
from custom_components.back_exercise.engine.progress import progress_at
from custom_components.back_exercise.engine.reasons import (
    remarks,
    told,
    topic,
    why,
)
from custom_components.back_exercise.engine.rules.closing import gone_up
from custom_components.back_exercise.engine.screen import EMERGENCY, URGENT
from custom_components.back_exercise.engine.today import Ask, Result, Today, today

from .builders import CATALOGUE, WORDS
from .made_up import BEGINNINGS, SETTINGS, ZONE, Author, diaries, entry_of, stamp

NUMBERS: Final = range(len(BEGINNINGS))

MANY: Final = settings(max_examples=100)

PAINS: Final = st.sampled_from([None, 0, 1, 2, 3, 5, 7])
LATER: Final = st.sampled_from([0.01, 0.3, 1, 5, 8, 20, 40, 100])


def rank(routine: str) -> int:
    """Return how far a routine is."""
    return ROUTINES.index(Routine(routine))


# Harder, looser


def harder(before: Programme, after: Programme) -> list[str]:
    """Return everything that is harder than it was."""
    found = [
        name
        for name, old in before.standings.items()
        if after.standing(name).index > old.index
        or STRICTNESS[after.standing(name).status] < STRICTNESS[old.status]
        or (old.level_surface and not after.standing(name).level_surface)
    ]
    if rank(after.routine) > rank(before.routine):
        found.append("level")
    return found


def looser(before: Programme, after: Programme) -> list[str]:
    """Return everything that is less strict than it was."""
    found = harder(before, after)
    old, new = before.screening, after.screening
    found += sorted(
        (old.emergency - new.emergency)
        | (old.urgent - new.urgent)
        | (old.caution - new.caution)
        | (old.marked - new.marked)
    )
    past, recent = before.recent, after.recent
    offered = {(each.kind, each.exercise) for each in before.offers}
    comparisons = {
        "lock": before.locked and not after.locked,
        "soft lock": before.soft_lock is not None and after.soft_lock is None,
        "anything new": old.anything_new and not new.anything_new,
        "screened": _later(new.full_on, old.full_on),
        "hold": after.hold < before.hold,
        "bad run": after.bad_run < before.bad_run,
        "build": after.mode is Mode.BUILD and before.mode is not Mode.BUILD,
        "sessions": after.sessions_at_level > before.sessions_at_level,
        "trial": after.trial.answered > before.trial.answered,
        "struggles": any(
            after.trial.struggles.get(name, 0) < times
            for name, times in before.trial.struggles.items()
        ),
        "since": bool(before.level_since and after.level_since)
        and _later(before.level_since, after.level_since),
        "built since": bool(before.build_since and after.build_since)
        and _later(before.build_since, after.build_since),
        "target": after.aerobic.target > before.aerobic.target,
        "answered": recent.answered and not past.answered,
        "gentle": (before.gentle_kept or gone_up(past))
        and not (after.gentle_kept or gone_up(recent)),
        "completed": _later(past.last_completed, recent.last_completed),
        "ended": bool(past.last_ended and recent.last_ended)
        and _later(recent.last_ended, past.last_ended),
        "not today": not set(past.not_today) <= set(recent.not_today),
        "sharp": any(
            sum(day >= each for day in recent.sharp)
            < sum(day >= each for day in past.sharp)
            for each in past.sharp
        ),
        "offers": any(
            (each.kind, each.exercise) not in offered for each in after.offers
        ),
    }
    found += [
        f"{name} {what}"
        for name, each in before.standings.items()
        for what, is_so in {
            "run": after.standing(name).run > each.run,
            "failed": after.standing(name).failed < each.failed,
            "passed": after.standing(name).passed > each.passed,
            "closed": after.standing(name).closed_since > each.closed_since,
            "hard": after.standing(name).hard_run < each.hard_run,
            "cool-off": _later(each.cool_off, after.standing(name).cool_off),
            "step": _later(each.stepped_on, after.standing(name).stepped_on),
            "by hand": _later(each.raised_by_hand, after.standing(name).raised_by_hand),
        }.items()
        if is_so
    ]
    return [*found, *(name for name, is_so in comparisons.items() if is_so)]


def _later(one: object, other: object) -> bool:
    """Return whether a date or moment is there and after another, or that is not."""
    return one is not None and (other is None or one > other)  # type: ignore[operator]


def in_cool_off(programme: Programme, names: Sequence[str], on: datetime) -> list[str]:
    """Return which of some exercises are in their cool-off."""
    return [
        name
        for name in names
        if programme.standing(name).status in (Status.SUSPENDED, Status.RETIRED)
        and (programme.standing(name).cool_off or on.date()) > on.date()
    ]


def answers_of(entry: Entry) -> Screen:
    """Return the answers of an entry, none to the one question where it has none."""
    payload = entry.payload
    return payload if isinstance(payload, Screen) else Screen(form=ScreenForm.SHORT)


def ask(programme: Programme, days: float, **known: object) -> Today:
    """Return what there is some days after the last entry."""
    now = programme.clock
    assert now is not None
    return today(
        programme,
        CATALOGUE,
        Ask(now=now + timedelta(days=days), zone=ZONE, **known),  # type: ignore[arg-type]
    )


RESULTS: Final = {
    result: number
    for number, result in enumerate(
        (Result.LOCKED, Result.NOT_TODAY, Result.REFUSED, Result.PLAN)
    )
}
KINDS_OF_SESSION: Final = {
    None: 0,
    SessionKind.GENTLE: 1,
    SessionKind.RETURN: 2,
    SessionKind.TRIAL: 3,
    SessionKind.NORMAL: 3,
}


def more(before: Programme, plain: Today, shown: Today) -> list[str]:
    """Return in which way a day is more than another one."""
    doses = {slot.name: slot.index for slot in plain.slots}
    found = [
        slot.name
        for slot in shown.slots
        if slot.index > doses.get(slot.name, before.standing(slot.name).index)
    ]
    if RESULTS[shown.result] > RESULTS[plain.result]:
        found.append("result")
    elif KINDS_OF_SESSION[shown.kind] > KINDS_OF_SESSION[plain.kind]:
        found.append("kind")
    return found


# Nothing gets harder where something speaks against it


def obstacles(before: Programme, after: Programme, entry: Entry) -> list[bool]:
    """Return what speaks against anything getting harder by an entry."""
    by_itself = (
        Kind.SETTING,
        Kind.SCREEN,
        Kind.GATE,
        Kind.ACTIVITY,
        Kind.SESSION_STARTED,
        Kind.EXERCISE_DONE,
    )
    return [
        bool(before.hold),
        bool(after.hold),
        before.locked,
        after.locked,
        not after.recent.answered,
        any(after.recent.bad[-1:]) and entry.kind is not Kind.PROGRAMME_SET,
        after.session is not None and entry.kind is not Kind.SESSION_STARTED,
        bool(in_cool_off(before, harder(before, after), entry.at)),
        entry.kind in by_itself,
    ]


def attempts(programme: Programme) -> Iterator[Payload]:
    """Yield everything that may be tried at any moment to get more."""
    for name, standing in programme.standings.items():
        for steps in (1, 2, 4):
            yield ProgrammeSet(exercise=name, index=standing.index + steps)
        yield ProgrammeSet(exercise=name, re_enable=True)
    yield ProgrammeSet(exercise="single_leg_balance", form=Form.USUAL)
    for routine in Routine:
        yield ProgrammeSet(routine=routine, clinician_agreed=True)
        yield ProgrammeSet(routine=routine)
    for kind in OfferKind:
        yield OfferAnswered(offer=kind, accepted=True)
    yield Rating(value=1, context=Context.NEXT_DAY)


def now(programme: Programme, payload: Payload, hours: float = 0) -> Entry:
    """Return an entry of the moment to which a programme has come, or later."""
    assert programme.clock is not None
    at = programme.clock + timedelta(hours=hours)
    return replace(entry_of(0, 0, payload, "now"), at=at)


@MANY
@given(diaries())
def test_nothing_gets_harder_without_an_answer_in_a_hold_under_a_lock_or_in_a_cool_off(
    diary: tuple[Entry, ...],
) -> None:
    programme = fold(CATALOGUE, ())
    for entry in diary:
        after = fold(CATALOGUE, [entry], programme)
        found = harder(programme, after)
        assert not (found and any(obstacles(programme, after, entry))), (entry, found)
        assert after.hold >= programme.hold or after.recent.answered
        programme = after


def overstepped(before: Programme, after: Programme, entry: Entry) -> list[str]:
    """Return every exercise that rose by more than it may, or too soon by hand.

    Or is tried, alone or with its routine, at more than the lightest it may be.
    """
    found = []
    for name, old in before.standings.items():
        new = after.standing(name)
        rose = new.index > old.index
        by_hand = entry.kind is Kind.PROGRAMME_SET
        days = [
            new.stepped_on - each
            for each in (old.stepped_on, old.raised_by_hand)
            if each and new.stepped_on
        ]
        wrong = (
            new.index > old.index + 1
            or new.index > cap_of(CATALOGUE, before, name)
            or not old.status is new.status is Status.ACTIVE
            or (by_hand and any(each < timedelta(days=7) for each in days))
        )
        tried = new.status is Status.RETRIAL and old.status is not Status.RETRIAL
        found += [name] * ((rose and wrong) or (tried and new.index > -3))
    began = after.mode is Mode.TRIAL and before.mode is not Mode.TRIAL
    ids = CATALOGUE.routines[after.routine]
    return found + [name for name in ids if began and after.standing(name).index > -1]


def left_the_floor(before: Programme, after: Programme, entry: Entry) -> bool:
    """Return whether balance went back to the cushion where it may not (R22)."""
    old, new = (each.standing("single_leg_balance") for each in (before, after))
    firm = before.standing("single_leg_balance_on_level_surface")
    earlier = [
        day for day in (old.stepped_on, firm.stepped_on, firm.raised_by_hand) if day
    ]
    left = old.level_surface and not new.level_surface
    return left and not (
        entry.kind is Kind.PROGRAMME_SET
        and (new.index, new.run, new.clean) == (-3, 0, ())
        and (firm.status, firm.index, firm.clean) == (Status.ACTIVE, 0, (True, True))
        and all(entry.at.date() - day >= timedelta(days=6) for day in earlier)
    )


def went_up(before: Programme, after: Programme, entry: Entry) -> bool:
    """Return whether the level rose without an agreement, a trial or an offer."""
    payload = entry.payload
    agreed = isinstance(payload, ProgrammeSet) and payload.clinician_agreed
    tried = before.mode is Mode.TRIAL and before.trial.answered >= 2
    offered = any(each.kind is OfferKind.LEVEL for each in before.offers)
    accepted = isinstance(payload, OfferAnswered) and payload.accepted
    waited = any(each.accepted for each in before.offers)
    return not agreed and (
        (rank(after.level) > rank(before.level) and not tried)
        or (
            rank(after.routine) > rank(before.routine)
            and not (offered and (accepted or waited))
        )
    )


@MANY
@given(diaries())
def test_a_dose_rises_by_a_step_within_its_cap_and_a_routine_when_it_was_offered(
    diary: tuple[Entry, ...],
) -> None:
    programme = fold(CATALOGUE, ())
    for entry in diary:
        after = fold(CATALOGUE, [entry], programme)
        assert not overstepped(programme, after, entry)
        assert not left_the_floor(programme, after, entry)
        assert not went_up(programme, after, entry)
        programme = after


def try_everything(diary: Sequence[Entry]) -> None:
    """Try at each of a diary's last moments to get more than there is."""
    programme = fold(CATALOGUE, diary[:-20])
    for entry in diary[-20:]:
        programme = fold(CATALOGUE, [entry], programme)
        for attempt in attempts(programme):
            is_answer = isinstance(attempt, Rating)
            tried = now(programme, attempt, 20 * is_answer)
            after = fold(CATALOGUE, [tried], programme)
            found = harder(programme, after)
            assert not (found and any(obstacles(programme, after, tried))), attempt
            assert not overstepped(programme, after, tried), attempt
            assert not left_the_floor(programme, after, tried), attempt
            assert not went_up(programme, after, tried), attempt


@settings(max_examples=40)
@given(diaries())
def test_no_attempt_gets_more_than_one_step_where_nothing_speaks_against_it(
    diary: tuple[Entry, ...],
) -> None:
    try_everything(diary)


@pytest.mark.parametrize("beginning", BEGINNINGS, ids=NUMBERS)
def test_no_attempt_gets_more_where_something_is_about_to_happen(
    beginning: Author,
) -> None:
    try_everything(beginning.entries)


# Doors


def look_at_the_gate(diary: Sequence[Entry], later: float, **known: Any) -> None:
    """See to it that what is planned keeps within what the programme allows."""
    programme = fold(CATALOGUE, diary)

    shown = ask(programme, later, **known)

    routine = known.get("routine")
    highest = rank(programme.routine)
    assert rank(shown.routine or Routine.BEGINNER) <= highest
    assert routine is None or rank(routine) <= highest or not shown.plan
    for slot in shown.slots:
        ladder = slot.exercise.ladder
        assert rank(slot.exercise.level) <= highest
        assert ladder.lowest <= slot.index <= slot.exercise.cap
        assert slot.index <= programme.standing(slot.name).index
        assert slot.index <= cap_of(CATALOGUE, programme, slot.name)
        assert slot.prescription.dose in ladder.doses
        assert programme.standing(slot.name).status not in (
            Status.SUSPENDED,
            Status.RETIRED,
        )
    assert bool(shown.plan) == (shown.result is Result.PLAN)
    assert not (programme.locked and shown.plan)


@MANY
@given(diaries(), st.sampled_from([None, *Routine]), PAINS, st.booleans(), LATER)
def test_no_routine_above_the_programmes_and_no_dose_off_its_ladder_at_the_gate(
    diary: tuple[Entry, ...],
    routine: Routine | None,
    pain: int | None,
    override: bool,  # drawn
    later: float,
) -> None:
    look_at_the_gate(diary, later, routine=routine, pain=pain, override=override)


@pytest.mark.parametrize("beginning", BEGINNINGS, ids=NUMBERS)
@pytest.mark.parametrize("pain", [1, 4])
def test_no_dose_is_above_its_cap_where_something_is_about_to_happen(
    beginning: Author, pain: int
) -> None:
    look_at_the_gate(beginning.entries, 1, pain=pain)


STARTS: Final[tuple[dict[str, Any], ...]] = (
    {},
    {"pain_before": None},
    {"pain_before": 3},
    {"pain_before": 5},
    {"override": True},
    {"kind": SessionKind.RETURN},
    {"kind": SessionKind.TRIAL},
    {"routine": Routine.INTERMEDIATE},
    {"routine": Routine.ADVANCED},
)
"""How a session may have been started, other than an ordinary one."""


def is_wrong(programme: Programme, start: Entry) -> bool:
    """Return whether a session is started where it may not be an ordinary one."""
    assert isinstance(start.payload, SessionStarted)
    payload, recent = start.payload, programme.recent
    moments = filter(None, (recent.last_completed, *recent.not_today))
    zone = ZoneInfo(ZONE)
    day = start.at.astimezone(zone).date()
    return (
        programme.locked
        or above(payload.routine, programme.routine)
        or payload.pain_before is None
        or payload.pain_before >= programme.settings.gate_gentle_from
        or payload.override
        or programme.gentle_kept
        or gone_up(recent)
        or any(moment.astimezone(zone).date() == day for moment in moments)
    )


def start_everything(diary: Sequence[Entry], hours: float) -> None:
    """Begin a session after each of a diary's last moments, whatever stands before."""
    programme = fold(CATALOGUE, diary[:-20])
    for entry in diary[-20:]:
        programme = fold(CATALOGUE, [entry], programme)
        for different in STARTS:
            usual = SessionStarted(
                routine=programme.routine,
                kind=SessionKind.NORMAL,
                pain_before=1,
                prescriptions=(),
            )
            start = now(programme, replace(usual, **different), hours)
            begun = fold(CATALOGUE, [start], programme).session
            assert begun is not None
            assert begun.kind is SessionKind.GENTLE or not is_wrong(programme, start)


@settings(max_examples=40)
@given(diaries(), st.sampled_from([0.1, 5, 24]))
def test_what_was_started_where_it_may_not_be_counts_as_gentle(
    diary: tuple[Entry, ...], hours: float
) -> None:
    start_everything(diary, hours)


@pytest.mark.parametrize("beginning", BEGINNINGS, ids=NUMBERS)
def test_what_is_started_where_something_is_about_to_happen_counts_as_gentle(
    beginning: Author,
) -> None:
    start_everything(beginning.entries, 24)


@MANY
@given(diaries(), st.sampled_from(ROUTINES), st.sampled_from([1, 30]))
def test_a_gentle_session_makes_nothing_harder_however_well_it_goes(
    diary: tuple[Entry, ...], routine: Routine, hours: float
) -> None:
    before = fold(CATALOGUE, diary)
    ids = CATALOGUE.routines[routine]
    payloads: list[Payload] = [
        SessionStarted(
            routine=routine,
            kind=SessionKind.GENTLE,
            pain_before=1,
            prescriptions=tuple(
                Prescribed(exercise=id_, index=0, planned=10) for id_ in ids
            ),
        ),
        *(
            ExerciseDone(exercise=id_, planned=10, done=10, pain_peak=1, effort=2)
            for id_ in ids
        ),
        SessionEnded(outcome=Outcome.COMPLETED, pain_after=1, effort=2),
    ]
    entries = [now(before, payload, hours) for payload in payloads]
    morning = Rating(value=1, context=Context.NEXT_DAY)

    begun = fold(CATALOGUE, entries[:1], before)
    over = fold(CATALOGUE, [*entries, now(before, morning, hours + 14)], before)

    assert over.session is None
    assert over.sessions_at_level <= begun.sessions_at_level
    assert not [
        name
        for name, each in begun.standings.items()
        if over.standing(name).index > each.index
    ]
    assert rank(over.level) <= rank(begun.level)


def was_unlocked(before: Programme, after: Programme, entry: Entry) -> bool:
    """Return whether something was opened in another way than the screen asks."""
    old, new = before.screening, after.screening
    answers = answers_of(entry)
    full = answers.form is ScreenForm.FULL
    grave = {*EMERGENCY, *URGENT} & {*answers.flags}
    return (
        not (
            old.emergency | old.urgent <= new.emergency | new.urgent
            or (full and answers.assessed and not grave)
        )
        or not (old.caution <= new.caution or answers.clinician_agreed)
        or not (new.anything_new >= old.anything_new or full)
        or (
            before.soft_lock not in (None, after.soft_lock) and not answers.advice_taken
        )
    )


ANSWERS_GIVEN: Final = tuple(
    Screen(form=form, flags=flags, anything_new=False, **confirmed)
    for form in ScreenForm
    for flags in ((), ("falls",), ("fever_or_ill",))
    for confirmed in (
        {},
        {"assessed": True},
        {"clinician_agreed": True},
        {"advice_taken": True},
    )
)


def unlock_everything(diary: Sequence[Entry]) -> None:
    """Answer the screen in every way after a diary, and try everything else."""
    programme = fold(CATALOGUE, diary[:-20])
    for entry in diary[-20:]:
        after = fold(CATALOGUE, [entry], programme)
        assert not was_unlocked(programme, after, entry)
        programme = after
    start = SessionStarted(
        routine=programme.routine,
        kind=SessionKind.NORMAL,
        pain_before=1,
        prescriptions=(),
        override=True,
    )
    gate = Gate(result="not_today", pain_before=1)
    for payload in (*ANSWERS_GIVEN, start, gate, *attempts(programme)):
        tried = now(programme, payload)
        after = fold(CATALOGUE, [tried], programme)
        assert not was_unlocked(programme, after, tried), payload


@settings(max_examples=40)
@given(diaries())
def test_a_lock_is_lifted_by_answering_the_screen_as_it_asks_and_by_nothing_else(
    diary: tuple[Entry, ...],
) -> None:
    unlock_everything(diary)


@pytest.mark.parametrize("beginning", BEGINNINGS, ids=NUMBERS)
def test_a_lock_that_is_there_is_lifted_as_the_screen_asks(
    beginning: Author,
) -> None:
    unlock_everything(beginning.entries)


# Corrections


def delete_everything(diary: Sequence[Entry]) -> None:
    """Delete each of a diary's last entries, one at a time."""
    before = fold(CATALOGUE, diary, now=stamp(diary).at)
    plain = ask(before, 0.9, pain=3)
    for entry in diary[-12:]:
        left = deleted(CATALOGUE, diary, entry.id, stamp(diary))
        after = fold(CATALOGUE, left)
        assert entry not in left
        assert not looser(before, after), entry
        assert isinstance(entry.payload, Setting) or not more(
            before, plain, ask(after, 0.9, pain=3)
        ), entry


@settings(max_examples=40)
@given(diaries())
def test_no_deletion_lifts_a_lock_or_suspension_or_raises_a_dose(
    diary: tuple[Entry, ...],
) -> None:
    delete_everything(diary)


@pytest.mark.parametrize("beginning", BEGINNINGS, ids=NUMBERS)
def test_no_deletion_loosens_where_something_is_about_to_happen(
    beginning: Author,
) -> None:
    delete_everything(beginning.entries)


@MANY
@given(diaries(), PAINS, st.sampled_from([0.01, 0.9]), st.data())
def test_after_a_deletion_there_is_no_more_to_be_done_than_without_it(
    diary: tuple[Entry, ...],
    pain: int | None,
    later: float,
    data: st.DataObject,
) -> None:
    kept = [entry for entry in diary if not isinstance(entry.payload, Setting)]
    target = data.draw(st.sampled_from(kept)).id
    before = fold(CATALOGUE, diary, now=stamp(diary).at)

    after = fold(CATALOGUE, deleted(CATALOGUE, diary, target, stamp(diary)))

    plain, shown = (ask(each, later, pain=pain) for each in (before, after))
    assert not more(before, plain, shown), (plain.decisions, shown.decisions)


@MANY
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


@MANY
@given(diaries(), diaries(), st.integers(-400, 400))
def test_no_import_lifts_a_lock_or_suspension_or_raises_a_dose(
    diary: tuple[Entry, ...], other: tuple[Entry, ...], days: int
) -> None:
    last = stamp(diary).at
    added = [
        replace(entry, id=f"i{entry.id}", at=min(entry.at + timedelta(days=days), last))
        for entry in other
    ]

    after = imported(CATALOGUE, diary, added, stamp(diary))

    assert not looser(fold(CATALOGUE, diary, now=last), fold(CATALOGUE, after))


@MANY
@given(diaries())
def test_deleting_the_last_entry_is_as_if_it_had_never_been_but_where_that_loosens(
    diary: tuple[Entry, ...],
) -> None:
    now = stamp(diary).at
    never = fold(CATALOGUE, diary[:-1], now=now)
    made = fold(CATALOGUE, diary, now=now)

    undone = fold(CATALOGUE, deleted(CATALOGUE, diary, diary[-1].id, stamp(diary)))

    assert effects(made, never) or undone == never
    assert not looser(never, undone)
    assert not looser(made, undone)
    for name, each in undone.standings.items():
        assert each.index == min(never.standing(name).index, made.standing(name).index)
    assert undone.level is min(never.level, made.level, key=rank)
    assert undone.hold == max(never.hold, made.hold)
    assert undone.recent.before == never.recent.before
    assert undone.recent.gates == never.recent.gates
    assert undone.recent.closed == never.recent.closed
    assert undone.settings == never.settings
    assert undone.progress == never.progress


@given(diaries(), st.data(), PAINS)
def test_replaying_the_exported_diary_gives_the_same_programme_and_plan(
    diary: tuple[Entry, ...], data: st.DataObject, pain: int | None
) -> None:
    target = data.draw(st.sampled_from(diary)).id
    diary = deleted(CATALOGUE, diary, target, stamp(diary))

    again = read_diary(json.loads(json.dumps(write_diary(diary))))

    assert again == diary
    programme = fold(CATALOGUE, again)
    assert programme == fold(CATALOGUE, diary)
    plain, shown = (
        ask(each, 1, pain=pain) for each in (fold(CATALOGUE, diary), programme)
    )
    assert plain == shown


@settings(max_examples=40)
@given(diaries())
def test_folding_entry_by_entry_is_folding_all_and_asking_changes_nothing(
    diary: tuple[Entry, ...],
) -> None:
    programme = fold(CATALOGUE, ())
    for entry in diary:
        programme = fold(CATALOGUE, [entry], programme)
        shown = today(programme, CATALOGUE, Ask(now=entry.at + timedelta(days=2)))
        told(shown)
        progress_at(programme, entry.at, ZONE)

    assert programme == fold(CATALOGUE, diary)


@MANY
@given(diaries(), SETTINGS)
def test_no_setting_lifts_a_lock_or_suspension_or_raises_a_dose(
    diary: tuple[Entry, ...], setting: Setting
) -> None:
    now = stamp(diary).at
    before = fold(CATALOGUE, diary, now=now)
    change = entry_of(0, 0, setting, "s")

    after = fold(CATALOGUE, [replace(change, at=now)], before)

    assert not looser(before, after)
    shown = ask(after, 0.01, pain=1)
    assert all(slot.index <= before.standing(slot.name).index for slot in shown.slots)
    assert all(
        rank(slot.exercise.level) <= rank(before.routine) for slot in shown.slots
    )
    assert not (before.locked and shown.plan)


@MANY
@given(diaries(), PAINS, st.sampled_from([0.01, 0.3, 1, 5]))
def test_an_override_lifts_nothing_and_raises_no_dose(
    diary: tuple[Entry, ...], pain: int | None, later: float
) -> None:
    programme = fold(CATALOGUE, diary)

    plain = ask(programme, later, pain=pain)
    forced = ask(programme, later, pain=pain, override=True)

    doses = {slot.name: slot.index for slot in plain.slots}
    assert all(slot.index <= doses.get(slot.name, -1) for slot in forced.slots)
    assert (plain.result is Result.LOCKED) == (forced.result is Result.LOCKED)
    assert plain.plan is not None or (
        forced.plan is None or forced.kind is SessionKind.GENTLE
    )


# Reasons


@MANY
@given(diaries(), PAINS, LATER, st.booleans())
def test_a_welcome_says_two_new_things_at_most_and_every_day_has_its_reasons(
    diary: tuple[Entry, ...],
    pain: int | None,
    later: float,
    override: bool,  # drawn
) -> None:
    shown = ask(fold(CATALOGUE, diary), later, pain=pain, override=override)

    said, before = remarks(shown), shown.programme.progress.told
    changed = {topic(each) for each in shown.programme.changes}
    assert len(said) <= 2
    assert not {topic(each) for each in said} & {*before} - changed
    assert {*told(shown)} <= {*before} | {topic(each) for each in said}
    assert why(shown)
    for decision in (*said, *why(shown), *shown.decisions, *shown.programme.changes):
        assert not re.search(r"None|\{|  |^$", explain(decision, WORDS))


RULES: Final = {
    *("P-1", "P-2", "P-2.hold", "P-4", "P-6", "S-1", "S-2", "S-3", "S-3.back"),
    *("S-4", "S-4.retired", "S-5", "D-1", "D-2", "D-3", "D-3.level_surface", "D-4"),
    *("D-6", "D-6.over", "L-1", "L-2", "L-3", "L-3b", "L-4", "L-5", "L-6", "L-7"),
    *("A-1", "A-2", "A-3", "A-4", "R1", "R22", "R22.cushion", "W-3", "X-1"),
    *("X-1.agreed", "X-1.higher", "X-1.lower", "X-1.not_now", "X-1.too_much"),
    *("X-1.re_enabled", "X-1.cushion", "X-1.unknown"),
}


def test_the_diaries_that_are_made_up_meet_the_rules() -> None:
    met: set[str] = set()

    def live(diary: Sequence[Entry]) -> None:
        log = Log()
        fold(CATALOGUE, diary, log=log)
        met.update(taken.decision.key for taken in log.taken)
        assert all(explain(taken.decision, WORDS) for taken in log.taken)

    for beginning in BEGINNINGS:
        live(beginning.entries)
    settings(max_examples=300)(given(diaries())(live))()

    assert sorted(RULES - met) == []


@pytest.mark.parametrize("beginning", BEGINNINGS, ids=NUMBERS)
def test_every_beginning_is_a_diary_that_can_be_gone_on_with(
    beginning: Author,
) -> None:
    assert fold(CATALOGUE, beginning.entries) == beginning.programme
