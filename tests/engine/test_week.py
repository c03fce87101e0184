"""The week: aerobic minutes, missing categories, bending."""

import pytest

from custom_components.back_exercise.engine.diary import Intensity
from custom_components.back_exercise.engine.programme import Aerobic
from custom_components.back_exercise.engine.rules.week import bends, f1, w3, w4

from .builders import CATALOGUE
from .lives import Life


@pytest.mark.parametrize(
    ("target", "minutes", "ceiling", "new"),
    [
        (60, 70, 150, 70),
        (60, 59, 150, 60),
        (30, 30, 150, 35),
        (100, 100, 150, 110),
        (105, 105, 150, 120),
        (145, 200, 150, 150),
        (150, 200, 150, 150),
        (150, 200, 300, 165),
        (0, 0, 150, 0),
    ],
)
def test_w3_a_reached_target_grows_by_a_tenth(
    target: int, minutes: int, ceiling: int, new: int
) -> None:
    aerobic = Aerobic(target=target, minutes=minutes)

    assert [d.value for d in w3(aerobic, ceiling)] == [new] * (new != target)


def test_w3_a_week_with_trouble_or_without_its_answer_leaves_the_target() -> None:
    life = Life()
    life.session(0, next_day=4)
    life.activity(1, 100, Intensity.MODERATE)
    life.activity(7, 1, Intensity.MODERATE)
    assert life.programme().aerobic.target == 30

    waiting = Life()
    waiting.activity(1, 100, Intensity.MODERATE)
    waiting.session(6, next_day=None)
    waiting.activity(7, 1, Intensity.MODERATE)
    assert waiting.programme().aerobic.target == 30


def test_w3_after_two_weeks_the_target_is_what_the_person_does() -> None:
    life = Life()
    for week in range(2):
        life.activity(week * 7, 52, Intensity.VIGOROUS)
    life.activity(14, 1, Intensity.MODERATE)
    assert life.programme().aerobic.target == 105

    life.activity(15, 110, Intensity.MODERATE)
    for week in (3, 4):
        life.activity(week * 7, 1, Intensity.MODERATE)
    assert life.programme().aerobic.target == 120


def test_w3_the_start_and_the_ceiling_can_be_set() -> None:
    life = Life()
    life.setting("aerobic_ceiling", 40)
    life.setting("aerobic_start", 100)

    assert life.programme().aerobic.target == 40


def test_w2_what_is_logged_for_a_past_week_counts_for_none() -> None:
    life = Life()
    life.activity(8, 10, Intensity.MODERATE)
    life.activity(3, 100, Intensity.MODERATE)

    assert life.programme().aerobic.minutes == 10


def test_w4_under_a_lock_nothing_reminds() -> None:
    life = Life()
    assert w4(life.programme())

    life.screen(1, "falls")
    assert not w4(life.programme())


@pytest.mark.parametrize(
    "text", ["sit-ups 20", "Sit Ups", "TOE  TOUCHES", "toe_touches sitting", "crunches"]
)
def test_f1_recognises_repeated_bending(text: str) -> None:
    assert bends(text)


@pytest.mark.parametrize("text", ["walking", "bridges", "sitting up straight"])
def test_f1_leaves_other_exercises_alone(text: str) -> None:
    assert not bends(text)
    assert list(f1(text, Life().programme(), CATALOGUE)) == []


def test_f1_names_what_is_not_taken_out() -> None:
    life = Life()
    assert [d.other for d in f1("sit-ups", life.programme(), CATALOGUE)] == ["bridges"]
    life.session(0, turns={"bridges": {"sharp": True}})
    (decision,) = f1("sit-ups", life.programme(), CATALOGUE)
    assert (decision.other, decision.variant) == (None, "stretch")

    other = Life()
    other.at("intermediate")
    other.session(0, turns={"bird_dogs": {"sharp": True}})
    (decision,) = f1("sit-ups", other.programme(), CATALOGUE)
    assert decision.inputs["choices"] == ["hamstring_stretch_on_back", "fire_hydrants"]
