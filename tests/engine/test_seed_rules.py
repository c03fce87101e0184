"""The article's own rules, R1 to R27 of clinical.md 2, each with its test."""

import re
from typing import Any, Final

import pytest

from custom_components.back_exercise.engine.catalogue import Category, Routine
from custom_components.back_exercise.engine.decision import Outcome, Rule
from custom_components.back_exercise.engine.diary import (
    Form,
    Intensity,
    OfferKind,
    ProgrammeSet,
)
from custom_components.back_exercise.engine.programme import Mode, Status, cap_of
from custom_components.back_exercise.engine.rules.in_session import MomentFacts, judge
from custom_components.back_exercise.engine.rules.week import f1
from custom_components.back_exercise.engine.settings import (
    SettingRefused,
    Settings,
    Timing,
)
from custom_components.back_exercise.engine.today import Result

from .builders import CATALOGUE, WORDS
from .lives import Life, day, indices, outline

BEGINNER = CATALOGUE.routines[Routine.BEGINNER]
SENTENCES: Final = " ".join(WORDS["decisions"].values()).casefold()


def spoken(words: Any) -> str:  # JSON
    """Return everything that is ever said, in one text."""
    if isinstance(words, str):
        return words.casefold()
    each = words.values() if isinstance(words, dict) else words
    return "\n".join(spoken(one) for one in each)


EVERYTHING: Final = spoken(WORDS)


def test_r1_routines_are_worked_through_in_order() -> None:
    life = Life()
    assert life.programme().level is Routine.BEGINNER
    for routine in (Routine.INTERMEDIATE, Routine.ADVANCED):
        assert life.today(0, routine=routine).result is Result.REFUSED
        life.add(0, ProgrammeSet(routine=routine))
        assert life.programme().level is Routine.BEGINNER
    for number in (1, 4, 7, 10, 13, 16):
        life.session(number)
    life.accept(17, OfferKind.LEVEL)
    assert life.programme().routine is Routine.INTERMEDIATE


def test_r2_only_a_failed_trial_lets_doses_pass_the_articles_figures() -> None:
    life = Life()
    for number in range(0, 40, 2):
        life.session(number)
        life.screen(number)
    tops = [CATALOGUE.exercises[id_].article_top for id_ in BEGINNER]
    assert all(
        index <= top
        for index, top in zip(indices(life.programme(), *BEGINNER), tops, strict=True)
    )
    assert cap_of(CATALOGUE, life.programme(), "bridges") == 0

    life.accept(39, OfferKind.LEVEL)
    life.session(40, next_day=4)
    assert life.programme().mode is Mode.BUILD
    assert cap_of(CATALOGUE, life.programme(), "bridges") == 6
    assert cap_of(CATALOGUE, life.programme(), "bird_dogs") == 0


def test_r3_sharp_pain_ends_an_exercise_and_no_setting_changes_that() -> None:
    (decision,) = judge(MomentFacts(settings=Settings(), sharp=True))
    assert (decision.rule, decision.outcome) == (Rule.I_1, Outcome.STOP_EXERCISE)
    for name in ("sharp", "sharp_pain", "I-1", "stop_on_sharp_pain"):
        with pytest.raises(SettingRefused):
            Settings().changed(name, value=False)


def test_r4_what_consistently_worsens_is_suspended() -> None:
    life = Life()
    for number in (0, 2):
        life.session(number, turns={"bridges": {"pain_peak": 3}})

    assert life.programme().standing("bridges").status is Status.SUSPENDED


@pytest.mark.parametrize(
    "missing",
    [
        {"pain": None, "next_day": 0},
        {"peak": None},
        {"effort": None},
        {"next_day": None},
    ],
)
def test_r5_nothing_gets_harder_without_its_answers(missing: dict[str, Any]) -> None:
    life = Life()
    for number in (0, 2, 4, 6):
        life.session(number, **missing)

    assert indices(life.programme(9), *BEGINNER) == [0, 0, 0, 0]


def test_r6_offers_and_repeated_trouble_point_to_the_physiotherapist() -> None:
    for key in ("L-1", "L-3b", "S-1", "S-2", "L-5.advice", "P-5", "G-9"):
        assert "physiotherapist" in WORDS["decisions"][key]
    for key in ("L-6", "S-5", "S-6.lock"):
        assert "professional" in WORDS["decisions"][key]


def test_r7_what_is_decided_for_one_exercise_leaves_the_others() -> None:
    life = Life()
    life.session(0, turns={"bridges": {"pain_peak": 3}}, effort=5)

    assert indices(life.programme(), *BEGINNER) == [0, 0, -1, 0]


def test_r8_nothing_claims_to_be_complete() -> None:
    assert not re.search(r"\b(complete|everything you need|all you need)\b", EVERYTHING)


def test_r9_every_plan_has_every_category() -> None:
    for level in Routine:
        life = Life()
        life.at(level)
        trained = {
            category
            for slot in life.today(0).slots
            for category in slot.exercise.categories
        }
        assert trained == set(Category)


def test_r10_an_exercise_may_belong_to_several_categories() -> None:
    assert len(CATALOGUE.exercises["bird_dogs"].categories) == 2


def test_r11_no_text_ranks_categories_or_exercises() -> None:
    assert not re.search(r"\b(best|better than|superior|most effective)\b", EVERYTHING)


def test_r12_a_missed_session_costs_nothing_and_is_not_made_up_for() -> None:
    life = Life()
    life.session(0, effort=5)

    assert outline(life.today(6)) == outline(life.today(2))
    assert not re.search(r"\b(missed|streak|lost|failed|lazy)\b", SENTENCES)


@pytest.mark.parametrize(
    "activity",
    [
        "walking",
        "running",
        "cycling",
        "dancing",
        "swimming",
        "soccer",
        "tennis",
        "baseball",
        "climbing",
        "rowing on the lake",
    ],
)
def test_r13_any_aerobic_activity_counts_its_minutes(activity: str) -> None:
    life = Life()
    life.activity(0, 20, Intensity.MODERATE)
    life.activity(0, 20, Intensity.VIGOROUS)

    assert activity
    assert life.programme().aerobic.minutes == 60


@pytest.mark.parametrize("text", ["toe touches", "sit-ups"])
def test_r14_repeated_bending_is_met_with_caution_and_not_guided(text: str) -> None:
    (decision,) = f1(text, Life().programme(), CATALOGUE)

    assert (decision.rule, decision.outcome) == (Rule.F_1, Outcome.REFUSED)
    assert "caution" in WORDS["decisions"]["F-1"]
    assert not {"toe_touches", "sit_ups"} & set(CATALOGUE.exercises)


def test_r15_the_other_choices_lie_on_the_back_or_keep_the_spine_neutral() -> None:
    life = Life()
    life.at("intermediate")

    (decision,) = f1("sit-ups", life.programme(), CATALOGUE)

    assert decision.inputs["choices"] == [
        "hamstring_stretch_on_back",
        "bird_dogs",
        "fire_hydrants",
    ]


def test_r16_pelvic_tilts_have_a_breathing_cue() -> None:
    assert "breathing" in WORDS["exercises"]["pelvic_tilts"]["safety"]


def test_r17_bridges_are_limited_by_pain() -> None:
    assert "no pain" in WORDS["exercises"]["bridges"]["safety"]


def test_r18_hands_and_knees_work_keeps_back_and_hips_where_they_are() -> None:
    assert "level" in WORDS["exercises"]["bird_dogs"]["safety"]
    assert "hips" in WORDS["exercises"]["fire_hydrants"]["safety"]


def test_r19_single_leg_bridges_keep_the_hips_level() -> None:
    assert "level" in WORDS["exercises"]["single_leg_bridges"]["safety"]


def test_r20_lowering_is_never_quicker_than_lifting() -> None:
    timing = Timing()

    assert timing.lower >= timing.lift
    assert not re.search(r"as hard as|push through|no pain,? no gain", EVERYTHING)


@pytest.mark.parametrize(
    "id_", ["simplified_piriformis_stretch", "side_planks", "single_leg_balance"]
)
def test_r21_a_hold_is_never_longer_than_ten_seconds(id_: str) -> None:
    life = Life()
    life.at("advanced")
    exercise = CATALOGUE.exercises[id_]

    assert exercise.hold.total_seconds() == 10
    assert exercise.hold_is_limit


def test_r21_an_early_end_is_no_failure() -> None:
    life = Life()
    turn = {"hold_achieved": 4}
    for number in (0, 2):
        life.session(number, turns={"simplified_piriformis_stretch": turn})

    assert indices(life.programme(), "simplified_piriformis_stretch") == [1]


def test_r22_a_balance_that_is_too_hard_moves_to_firm_ground() -> None:
    life = Life()
    life.at("advanced")
    for number in (0, 2):
        life.session(
            number, turns={"single_leg_balance": {"too_hard": True, "done": 1}}
        )

    forms = {slot.exercise.id: slot.form for slot in life.today(4).slots}
    assert forms["single_leg_balance"] is Form.LEVEL_SURFACE


def test_r23_optional_aids_are_no_equipment() -> None:
    needed = {id_: exercise.equipment for id_, exercise in CATALOGUE.exercises.items()}

    assert needed["pelvic_tilts"] == ()
    assert needed["bird_dogs"] == ()


def test_r24_no_text_stands_in_for_a_doctor() -> None:
    assert not re.search(
        r"\b(diagnos|treatment|therapy|prescrib|cure|heal(s|ed|ing)?\b)", EVERYTHING
    )
    assert "doctor" in WORDS["decisions"]["P-5"]


def test_r25_no_text_names_medication() -> None:
    assert not re.search(
        r"\b(nsaid|ibuprofen|aspirin|paracetamol|opioid|painkiller|medication|drug)",
        EVERYTHING,
    )


def test_r26_no_text_promises_relief_or_calls_anything_safe() -> None:
    assert not re.search(
        r"\b(safe|relief|relieve|prevent|proven|pain-free|will help)\b", SENTENCES
    )


def test_r27_after_sharp_pain_nothing_of_the_exercise_comes_back_for_14_days() -> None:
    life = Life()
    life.session(0, turns={"bridges": {"sharp": True}}, effort=5)
    plans = []
    for number in (2, 5, 8, 11, 13):
        plans.append(dict(outline(life.today(number))))
        life.session(number, effort=5)

    assert all("bridges" not in plan for plan in plans)
    assert life.programme().standing("bridges").cool_off == day(14).date()
