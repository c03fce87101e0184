"""What a therapist reads of a diary."""

from dataclasses import replace
from datetime import date
from typing import Final

import pytest

from custom_components.back_exercise.engine.catalogue import Routine
from custom_components.back_exercise.engine.diary import (
    Activity,
    Entry,
    Gate,
    Intensity,
    Kind,
    Logged,
    Outcome as Ended,
    Payload,
    ProgrammeSet,
    Screen,
    ScreenForm,
    SessionStarted,
)
from custom_components.back_exercise.engine.programme import LEVEL_SURFACE, Status
from custom_components.back_exercise.engine.sheet import (
    Active,
    Answered,
    Change,
    Dosed,
    Sheet,
    Usual,
    begins_on,
    sheet,
)

from .builders import CATALOGUE
from .lives import Life, day

FIRST: Final = date(2026, 11, 2)


def entry(number: float, kind: Kind, payload: Payload) -> Entry:
    """Return something that was recorded on a day."""
    return Entry(id="x", kind=kind, at=day(number), zone="UTC", payload=payload)


def read(
    life: Life,
    *more: Entry,
    until: float = 13.2,
    first: date = FIRST,
    going_on: bool = False,
) -> Sheet:
    """Return the sheet of a life, from its first day to another."""
    return sheet(
        CATALOGUE,
        life.programme(until),
        (*life.entries, *more),
        first=first,
        now=day(until),
        zone="UTC",
        going_on=going_on,
    )


def dosed(found: Sheet, name: str) -> Dosed:
    """Return an exercise of a sheet."""
    [row] = [each for each in found.doses if each.name == name]
    return row


@pytest.fixture
def life() -> Life:
    """Return two weeks with a lighter session in them."""
    life = Life()
    for number, pain in ((0.1, 1), (2, 5), (4, 1), (7, 1), (9, 1), (11, 1)):
        life.session(number, pain=pain, effort=2)
    return life


def test_sessions_come_in_the_order_of_time_with_what_made_them_other(
    life: Life,
) -> None:
    found = read(life)

    assert [(each.day.day, each.session.kind) for each in found.sessions] == [
        (2, "normal"),
        (4, "gentle"),
        (6, "normal"),
        (9, "normal"),
        (11, "normal"),
        (13, "normal"),
    ]
    assert {each.done for each in found.sessions} == {4}


def test_the_rules_of_the_gate_are_named_once_and_not_the_ordinary_one() -> None:
    life = Life()
    life.session(1)
    begun = life.entries[1]
    assert isinstance(begun.payload, SessionStarted)
    gate = ("G-0", "G-5", "S-7", "S-7")
    life.entries[1] = replace(begun, payload=replace(begun.payload, gate=gate))

    assert read(life).sessions[0].gate == ("G-5", "S-7")


def test_what_was_stopped_for_pain_is_named() -> None:
    life = Life()
    life.session(
        1,
        turns={"bridges": {"done": 2, "stopped_for_pain": True}},
        outcome=Ended.PAIN,
        until="bridges",
    )
    [attended] = read(life).sessions

    assert attended.stopped == ("bridges",)
    assert attended.done == 2


def test_the_usual_pain_is_the_median_of_what_is_known(life: Life) -> None:
    life.session(12, pain=2, next_day=None)
    found = read(life)

    assert found.before == found.after == Usual(median=1, known=7)
    assert found.next_day == Usual(median=1, known=6)


def test_where_nothing_was_rated_there_is_no_usual_pain() -> None:
    assert read(Life()).before == Usual(median=None, known=0)


def test_a_dose_is_told_from_the_day_on_which_sessions_had_it(life: Life) -> None:
    life.add(8, ProgrammeSet(exercise="bridges", index=-2))
    life.session(12.5, next_day=None)
    bridges = dosed(read(life), "bridges")

    assert bridges.standing.index == -2
    assert bridges.changes == (
        Change(day=date(2026, 11, 2), index=0),
        Change(day=date(2026, 11, 15), index=-2),
    )


def test_the_dose_of_a_lighter_session_is_no_change() -> None:
    life = Life()
    life.session(1, pain=5)

    assert dosed(read(life), "bridges").changes == ()


def test_the_exercises_are_those_of_the_routine_of_sessions_and_those_out() -> None:
    life = Life()
    life.session(1, turns={"bridges": {"sharp": True}})
    life.setting("forbidden", ["side_planks", "pelvic_tilts"], 3)
    life.at("intermediate", 4)
    found = read(life)

    assert [each.name for each in found.doses] == [
        *CATALOGUE.routines[Routine.INTERMEDIATE],
        "pelvic_tilts",
        "isometric_hip_flexion",
        "bridges",
        "simplified_piriformis_stretch",
        "side_planks",
    ]
    assert dosed(found, "bridges").standing.status is Status.SUSPENDED
    assert dosed(found, "side_planks").is_forbidden
    assert not dosed(found, "bird_dogs").is_forbidden


def test_the_level_surface_is_an_exercise_of_its_own() -> None:
    life = Life()
    life.at("advanced")
    life.setting("cushion", value=False)
    life.session(1)
    names = [each.name for each in read(life).doses]

    assert LEVEL_SURFACE in names


def test_an_exercise_that_is_unknown_here_has_no_dose(life: Life) -> None:
    begun = life.entries[1]
    assert isinstance(begun.payload, SessionStarted)
    own = replace(begun.payload.prescriptions[0], exercise="own")
    life.entries[1] = replace(
        begun, payload=replace(begun.payload, prescriptions=(own,))
    )

    assert "own" not in [each.name for each in read(life).doses]


def test_each_week_has_its_sessions_and_activities(life: Life) -> None:
    life.activity(1, 20, Intensity.MODERATE)
    life.activity(2.5, 25, Intensity.MODERATE)
    life.activity(3, 10, Intensity.VIGOROUS)
    life.activity(7.1, 30, Intensity.MODERATE)
    weeks = read(life).weeks

    assert [each.summary.monday for each in weeks] == [FIRST, date(2026, 11, 9)]
    assert [each.summary.sessions for each in weeks] == [3, 3]
    assert [each.summary.aerobic_minutes for each in weeks] == [65, 30]
    assert weeks[0].active == (
        Active(activity="walking", intensity=Intensity.MODERATE, minutes=45),
        Active(activity="walking", intensity=Intensity.VIGOROUS, minutes=10),
    )


def test_a_session_over_the_midnight_of_a_sunday_is_of_the_week_before() -> None:
    life = Life()
    life.session(6.2495)  # from 23:59

    assert [each.summary.sessions for each in read(life).weeks] == [1, 0]


def test_decisions_stand_with_their_day_each_once_and_none_that_decides_nothing(
    life: Life,
) -> None:
    told = [
        entry(3, Kind.DECISION, Logged(rule="P-1", outcome="hold")),
        entry(3.1, Kind.DECISION, Logged(rule="P-1", outcome="hold")),
        entry(3.2, Kind.DECISION, Logged(rule="A-0", outcome="nothing")),
        entry(3.3, Kind.DECISION, Logged(rule="Z-9", outcome="hold")),
        entry(4, Kind.DECISION, Logged(rule="P-1", outcome="hold")),
    ]
    found = read(life, *told).decisions

    assert [(each.day.day, each.decision.rule) for each in found] == [
        (5, "P-1"),
        (6, "P-1"),
    ]


def test_days_with_too_much_pain_are_told_once_and_other_refusals_not(
    life: Life,
) -> None:
    told = [
        entry(5, Kind.GATE, Gate(result="not_today", pain_before=7)),
        entry(5.1, Kind.GATE, Gate(result="not_today", pain_before=8)),
        entry(6, Kind.GATE, Gate(result="locked")),
    ]

    assert read(life, *told).turned_away == (date(2026, 11, 7),)


def test_of_the_safety_questions_it_is_told_that_they_were_answered() -> None:
    life = Life()
    life.screen(1, "falls", clinician_agreed=True)
    life.screen(2, form=ScreenForm.SHORT, anything_new=True)
    life.screen(3, form=ScreenForm.AGREEMENT, advice_taken=True)
    found = read(life)

    assert [
        (each.day.day, each.form, each.is_marked, each.is_cleared)
        for each in found.screens
    ] == [
        (2, "full", False, False),
        (3, "full", True, True),
        (4, "short", True, False),
        (5, "agreement", False, True),
    ]
    assert found.is_locked
    assert isinstance(found.screens[0], Answered)


def test_what_was_before_and_what_is_to_come_is_left_out(life: Life) -> None:
    later = entry(
        20,
        Kind.ACTIVITY,
        Activity(activity="walking", minutes=9, intensity=Intensity.MODERATE),
    )
    before = entry(20, Kind.SCREEN, Screen(form=ScreenForm.FULL))
    found = read(life, later, before, first=date(2026, 11, 9))

    assert [each.day.day for each in found.sessions] == [9, 11, 13]
    assert [each.summary.aerobic_minutes for each in found.weeks] == [0]
    assert found.screens == ()


def test_a_session_that_is_going_on_is_left_out(life: Life) -> None:
    life.entries = life.entries[:-6]

    assert len(read(life, going_on=True).sessions) == 5
    assert len(read(life).sessions) == 6


def test_a_sheet_begins_on_a_monday_not_before_the_first_session(life: Life) -> None:
    programme = life.programme()
    today = date(2026, 11, 18)

    assert begins_on(programme, today, 1) == date(2026, 11, 16)
    assert begins_on(programme, today, 2) == date(2026, 11, 9)
    assert begins_on(programme, today, 12) == FIRST
    assert begins_on(Life().programme(), today, 12) == date(2026, 11, 16)
