"""Which exercises a session consists of: substitutions, add-ons, its length."""

from typing import Any

import pytest

from custom_components.back_exercise.engine.catalogue import Routine
from custom_components.back_exercise.engine.composition import compose
from custom_components.back_exercise.engine.decision import Rule
from custom_components.back_exercise.engine.diary import (
    Form,
    OfferKind,
    ProgrammeSet,
    SessionKind,
)
from custom_components.back_exercise.engine.programme import LEVEL_SURFACE, Status
from custom_components.back_exercise.engine.today import Result

from .builders import CATALOGUE
from .exercises import BALANCE, BRIDGES, SIMPLE, STRETCH
from .lives import Life, day, outline, seconds_of

HARD = "single_leg_bridges"
SHARP = {"sharp": True, "done": 1}
WORSE = {"pain_peak": 3}


def after(level: str, *turns: dict[str, dict[str, Any]]) -> Life:
    """Return somebody at a level with these sessions, two days apart."""
    life = Life()
    life.at(level)
    for number, turn in enumerate(turns):
        life.session(number * 2, turns=turn, effort=5)
    return life


def ids(life: Life, number: float = 6) -> list[str]:
    """Return the exercises of a day's plan."""
    return [id_ for id_, _ in outline(life.today(number))]


def forms(life: Life, number: float = 6) -> dict[str, Form]:
    """Return in which form exercises are done."""
    return {slot.exercise.id: slot.form for slot in life.today(number).slots}


def test_s7_a_suspended_exercise_is_replaced_by_its_easier_form() -> None:
    assert ids(after("intermediate", {STRETCH: SHARP}))[0] == SIMPLE
    assert ids(after("advanced", {HARD: SHARP}))[1] == BRIDGES


def test_s7_a_substitute_that_is_out_itself_is_left_out() -> None:
    life = after("intermediate", {STRETCH: SHARP})
    life.setting("forbidden", [SIMPLE], 1)
    assert ids(life) == ["dead_bugs", "bird_dogs", "fire_hydrants"]

    hurt = after("intermediate", {STRETCH: SHARP}, {SIMPLE: SHARP})
    assert ids(hurt) == ["dead_bugs", "bird_dogs", "fire_hydrants"]


def test_s7_r22_the_balance_moves_to_firm_ground_but_not_after_sharp_pain() -> None:
    worse = after("advanced", {BALANCE: WORSE}, {BALANCE: WORSE})
    assert forms(worse)[BALANCE] is Form.LEVEL_SURFACE
    assert BALANCE not in forms(after("advanced", {BALANCE: SHARP}))
    cushionless = after("advanced")
    cushionless.setting("cushion", value=False)
    assert forms(cushionless)[BALANCE] is Form.LEVEL_SURFACE
    both = [slot.prescription for slot in cushionless.today(1).slots]
    assert [p.exercise.equipment for p in both if p.exercise.id == BALANCE] == [
        ("support",)
    ]


def test_s7_firm_ground_that_made_it_worse_too_leaves_the_balance_out() -> None:
    life = after(
        "advanced",
        {BALANCE: WORSE},
        {BALANCE: WORSE},
        {BALANCE: WORSE},
        {BALANCE: WORSE},
    )

    assert BALANCE not in ids(life, 8)


def test_without_a_band_there_are_no_monster_walks() -> None:
    life = after("advanced")
    life.setting("band", value=False)

    assert "monster_walks" not in ids(life)


@pytest.mark.parametrize("level", ["intermediate", "advanced"])
def test_f2_whom_bending_bothers_does_the_simplified_stretch(level: str) -> None:
    bothered, brittle = after(level), after(level)
    bothered.setting("bending_bothers", value=True)
    brittle.screen(0, "osteoporosis", clinician_agreed=True)

    assert ids(bothered)[0] == SIMPLE
    assert ids(brittle)[0] == SIMPLE


def test_c2_the_advanced_routine_begins_with_a_stretch_that_is_not_out() -> None:
    assert ids(after("advanced"))[0] == STRETCH
    assert ids(after("advanced", {STRETCH: SHARP}))[0] == SIMPLE
    life = after("advanced", {STRETCH: SHARP}, {SIMPLE: SHARP})
    assert ids(life)[0] == HARD


def test_c1_what_was_missing_for_a_week_is_added_from_this_routine_or_a_lower() -> None:
    life = after("intermediate", {STRETCH: SHARP}, {SIMPLE: SHARP})
    assert ids(life) == ["dead_bugs", "bird_dogs", "fire_hydrants"]
    skipped = {"done": 0, "skipped": True, "pain_peak": None, "effort": None}
    nothing = dict.fromkeys(("dead_bugs", "bird_dogs", "fire_hydrants"), skipped)
    idle = after("beginner", {SIMPLE: SHARP}, {})
    assert ids(idle) == ["pelvic_tilts", "isometric_hip_flexion", BRIDGES]

    life = after("intermediate", nothing, nothing)
    life.setting("forbidden", ["dead_bugs", "bird_dogs", "fire_hydrants"], 4)
    shown = life.today(4)
    assert outline(shown) == [("pelvic_tilts", 0), (STRETCH, 0)]
    assert [d.exercise for d in shown.decisions if d.rule is Rule.C_1] == [
        "pelvic_tilts"
    ]


def test_c1_a_balance_that_needs_firm_ground_is_not_added_on_the_cushion() -> None:
    skipped = {"done": 0, "skipped": True, "pain_peak": None, "effort": None}
    every = dict.fromkeys(
        (STRETCH, HARD, "side_planks", BALANCE, "monster_walks"), skipped
    )
    life = after("advanced", every, every)
    life.setting("forbidden", ["side_planks", "monster_walks"], 4)
    life.setting("cushion", value=False, number=4)

    assert ids(life, 4) == [STRETCH, HARD, BALANCE]


def test_c1_needs_two_sessions_and_is_not_for_gentle_ones() -> None:
    one = after("intermediate", {})
    one.setting("forbidden", [STRETCH, SIMPLE, "fire_hydrants"], 1)

    assert ids(one, 2) == ["dead_bugs", "bird_dogs"]


def test_a_gentle_session_has_only_active_exercises_and_no_re_trial() -> None:
    life = after("beginner", {BRIDGES: SHARP})

    shown = life.today(4, pain=4)
    assert BRIDGES not in dict(outline(shown))


def test_a_re_trial_is_not_part_of_a_trial() -> None:
    life = after("intermediate", {"dead_bugs": SHARP})
    life.at("beginner", 1)
    for number in (3, 6, 9, 12, 15, 18, 20, 22):
        life.session(number)
    for kind in OfferKind:
        life.accept(23, kind)

    shown = life.today(24)
    assert shown.kind == "trial"
    assert "dead_bugs" not in dict(outline(shown))


def test_where_everything_is_out_there_is_nothing_today() -> None:
    life = Life()
    ids_ = ["pelvic_tilts", "isometric_hip_flexion", BRIDGES, SIMPLE]
    life.setting("forbidden", ids_)

    shown = life.today(0)
    assert (shown.result, shown.decisions[-1].variant) == (Result.NOT_TODAY, "nothing")


def test_the_persons_own_limit_bounds_a_dose_and_leaves_out_what_is_always_more() -> (
    None
):
    life = Life()
    life.setting("highest_repetitions", {BRIDGES: 7, "pelvic_tilts": 4})

    assert ("pelvic_tilts", 0) not in outline(life.today(0))
    assert dict(outline(life.today(0)))[BRIDGES] == -2
    life.setting("highest_repetitions", {}, 1)
    assert dict(outline(life.today(1)))[BRIDGES] == -2


def test_a_forbidden_exercise_comes_back_at_its_lowest() -> None:
    life = Life()
    life.setting("forbidden", [BRIDGES, "own"])
    assert BRIDGES not in dict(outline(life.today(0)))

    life.setting("forbidden", [], 1)
    assert dict(outline(life.today(1)))[BRIDGES] == -3


@pytest.mark.parametrize(("cap", "count"), [(14, 4), (13, 4), (10, 4)])
def test_a_session_keeps_within_the_cap(cap: int, count: int) -> None:
    life = Life()
    life.setting("session_cap", cap)

    shown = life.today(0)
    assert seconds_of(shown) <= cap * 60
    assert len(shown.slots) == count
    assert (shown.decisions[-1].rule is Rule.D_5) == (cap < 14)


def test_a_cap_that_the_lowest_doses_exceed_leaves_the_last_exercises_out() -> None:
    life = Life()
    life.at("advanced")
    life.setting("session_cap", 10)

    shown = life.today(0)
    assert seconds_of(shown) <= 600
    assert {index for _, index in outline(shown)} == {-3}


def test_the_persons_side_and_questions_are_in_the_plan() -> None:
    life = Life()
    life.setting("start_left", value=True)
    life.setting("check_in", "off")

    plan = life.today(0).plan
    assert plan is not None
    assert (plan.first_side, plan.check_in) == ("left", "off")


def test_what_was_built_up_is_not_played_outside_of_building() -> None:
    life = Life()
    life.add(0, ProgrammeSet(exercise=SIMPLE, index=1))
    life.at("intermediate", 1)

    shown = life.today(1, routine=None)
    assert all(slot.index <= slot.exercise.article_top for slot in shown.slots)


def test_c1_adds_no_balance_on_a_cushion_that_is_not_there() -> None:
    skipped = {"done": 0, "skipped": True, "pain_peak": None, "effort": None}
    names = (STRETCH, HARD, "side_planks", BALANCE, "monster_walks")
    life = after("advanced", *(dict.fromkeys(names, skipped) for _ in range(2)))
    life.setting("forbidden", ["monster_walks"], 4)
    life.setting("cushion", value=False, number=4)
    programme = life.programme()
    programme.standings[LEVEL_SURFACE].status = Status.SUSPENDED

    composition = compose(
        programme, CATALOGUE, Routine.ADVANCED, SessionKind.NORMAL, day(4).date()
    )

    found = [slot.exercise.id for slot in composition.slots]
    assert BALANCE not in found
    assert found[0] == "dead_bugs"
