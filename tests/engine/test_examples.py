"""The twelve worked examples of clinical.md 4.6, through the engine's interface."""

import pytest

from custom_components.back_exercise.engine.catalogue import Routine
from custom_components.back_exercise.engine.decision import Outcome, Rule
from custom_components.back_exercise.engine.diary import (
    Intensity,
    OfferKind,
    SessionKind,
)
from custom_components.back_exercise.engine.programme import Mode, Status
from custom_components.back_exercise.engine.rules.in_session import MomentFacts, judge
from custom_components.back_exercise.engine.rules.week import f1, w4
from custom_components.back_exercise.engine.settings import Settings
from custom_components.back_exercise.engine.today import Result

from .builders import CATALOGUE
from .exercises import BRIDGES, BUGS, DOGS, HIP, HYDRANTS, SIMPLE, STRETCH, TILTS
from .lives import Life, day, indices, outline, seconds_of

BEGINNER = (TILTS, HIP, BRIDGES, SIMPLE)
INTERMEDIATE = (STRETCH, BUGS, DOGS, HYDRANTS)


def moment(**facts: object) -> list[Rule]:
    """Return the rules that a moment of a session brings up."""
    judged = judge(MomentFacts(settings=Settings(), **facts))  # type: ignore[arg-type]
    return [decision.rule for decision in judged]


def test_e1_the_first_plan_is_beginner_at_the_articles_doses() -> None:
    shown = Life().today(0, pain=2)

    assert shown.result is Result.PLAN
    assert [decision.rule for decision in shown.decisions] == [Rule.G_0]
    assert (shown.routine, shown.kind) == (Routine.BEGINNER, SessionKind.NORMAL)
    assert outline(shown) == [(id_, 0) for id_ in BEGINNER]
    assert [slot.prescription.dose.sets for slot in shown.slots] == [
        (10,),
        (10,),
        (10,),
        (5,),
    ]
    assert seconds_of(shown) == 815


def test_e2_an_emergency_locks_until_assessed_and_screened_anew() -> None:
    life = Life()
    for number in (0, 2, 4):
        life.session(number, pain=2)
    life.screen(6, "saddle_numbness")

    shown = life.today(6, pain=None)
    assert shown.result is Result.LOCKED
    assert [decision.rule for decision in shown.decisions] == [Rule.G_1]
    assert shown.plan is None
    assert not w4(life.programme())

    again = life.copy()
    again.screen(7)
    assert again.today(7).result is Result.LOCKED
    still = life.copy()
    still.screen(7, "saddle_numbness", assessed=True)
    assert still.today(7).result is Result.LOCKED
    life.screen(7, assessed=True)
    assert life.today(7).result is Result.PLAN


@pytest.mark.parametrize(
    ("pain", "rule", "result", "kind"),
    [
        (3, Rule.G_0, Result.PLAN, SessionKind.NORMAL),
        (4, Rule.G_5, Result.PLAN, SessionKind.GENTLE),
        (5, Rule.G_5, Result.PLAN, SessionKind.GENTLE),
        (6, Rule.G_4, Result.NOT_TODAY, None),
        # product.md 13: unknown is gentle, it does not keep from starting
        (None, Rule.G_8, Result.PLAN, SessionKind.GENTLE),
    ],
)
def test_e3_the_gate_has_these_edges(
    pain: int | None, rule: Rule, result: Result, kind: SessionKind | None
) -> None:
    life = Life()
    for number, before in ((0, 3), (2, 3), (4, 4)):
        life.session(number, pain=before)

    shown = life.today(6, pain=pain)

    assert (shown.decisions[0].rule, shown.result, shown.kind) == (rule, result, kind)


def test_e3_the_gentle_plan_is_beginner_one_step_lower() -> None:
    life = Life()
    for number, before in ((0, 3), (2, 3), (4, 3)):
        life.session(number, pain=before)

    shown = life.today(6, pain=4)

    assert outline(shown) == [(id_, -1) for id_ in BEGINNER]
    assert [slot.prescription.dose.sets for slot in shown.slots] == [
        (8,),
        (8,),
        (8,),
        (4,),
    ]
    assert seconds_of(shown) == 713


def test_e4_one_exercise_stirs_things_up() -> None:
    life = Life()
    life.session(
        0,
        pain=2,
        effort=2,
        turns={BRIDGES: {"pain_peak": 4, "done": 6, "stopped_for_pain": True}},
        after=3,
        next_day=2,
    )

    assert moment(pain_before=2, pain=4) == [Rule.I_3]
    assert moment(pain_before=2, pain=3) == [Rule.I_2]
    assert moment(pain_before=2, pain=6) == [Rule.I_4, Rule.I_3]
    programme = life.programme()
    assert programme.standing(BRIDGES).marks == (True,)
    assert indices(programme, *BEGINNER) == [0, 0, -1, 0]
    assert Rule.D_4 in life.rules()
    assert (programme.bad_run, programme.hold) == (0, 0)
    assert seconds_of(life.today(2, pain=2)) == 803


def test_e5_sharp_pain_takes_an_exercise_out() -> None:
    life = Life()
    life.at("intermediate")
    life.session(
        0, turns={BUGS: {"sharp": True, "pain_peak": 4, "done": 3}}, next_day=1
    )

    assert moment(pain_before=1, pain=4, sharp=True) == [Rule.I_1, Rule.I_3]
    programme = life.programme()
    standing = programme.standing(BUGS)
    assert standing.status is Status.SUSPENDED
    assert standing.cool_off == day(14).date()
    assert Rule.S_1 in life.rules()
    assert programme.bad_run == 0
    shown = life.today(2)
    assert [id_ for id_, _ in outline(shown)] == [STRETCH, DOGS, HYDRANTS]
    assert seconds_of(shown) == 770


def test_e6_what_consistently_worsens_is_taken_out_and_replaced() -> None:
    life = Life()
    life.at("intermediate")
    life.session(0, pain=2, effort=5)
    life.session(2, pain=2, effort=5, turns={STRETCH: {"pain_peak": 4}})
    assert indices(life.programme(), STRETCH) == [-1]
    life.session(
        4,
        pain=2,
        effort=5,
        turns={STRETCH: {"pain_peak": 4, "done": 2, "stopped_for_pain": True}},
        after=3,
        next_day=2,
    )

    standing = life.programme().standing(STRETCH)
    assert (standing.status, standing.cool_off) == (
        Status.SUSPENDED,
        day(18).date(),
    )
    assert Rule.S_2 in life.rules()
    shown = life.today(6, pain=2)
    assert outline(shown) == [(SIMPLE, 0), (BUGS, 0), (DOGS, 0), (HYDRANTS, 0)]
    assert seconds_of(shown) == 890


def built_up() -> Life:
    """Return somebody at beginner whose stretch has been raised twice."""
    life = Life()
    for number in (0, 2, 4, 6, 9):
        life.session(number, pain=2)
    assert indices(life.programme(), SIMPLE) == [2]
    return life


def test_e7_not_settled_by_the_next_day_eases_everything() -> None:
    life = built_up()
    life.session(11, pain=2, turns={HIP: {"pain_peak": 3}}, after=2, next_day=4)

    programme = life.programme()
    assert Rule.P_2 in life.rules()
    assert indices(programme, *BEGINNER) == [-1, -1, -1, 1]
    assert (programme.hold, programme.bad_run) == (2, 1)
    marks = [programme.standing(id_).marks[-1] for id_ in BEGINNER]
    assert marks == [False, True, False, False]
    assert seconds_of(life.today(13, pain=2)) == 777
    holds = []
    for number in (13, 15):
        life.session(number, pain=2)
        holds.append(life.programme().hold)
        assert indices(life.programme(), *BEGINNER) == [-1, -1, -1, 1]
    assert holds == [1, 0]
    life.session(17, pain=2)
    assert indices(life.programme(), *BEGINNER)[:3] == [0, 0, 0]


def test_e8_two_clean_sessions_raise_what_the_article_has_a_range_for() -> None:
    life = Life()
    life.session(0, pain=2)
    assert [life.programme().standing(id_).run for id_ in BEGINNER] == [1, 1, 1, 1]
    life.session(2, pain=2)

    assert indices(life.programme(), *BEGINNER) == [0, 0, 0, 1]
    rules = life.rules()
    assert Rule.D_1 in rules
    assert Rule.L_1 not in rules
    stretch = life.today(4, pain=2).slots[-1].prescription
    assert stretch.dose.sets == (6,)


def test_e8_in_strict_mode_nothing_is_clean_with_any_pain() -> None:
    life = Life()
    life.setting("strict_pain_free", value=True)
    for number in (0, 2):
        life.session(number, pain=2)

    assert indices(life.programme(), *BEGINNER) == [0, 0, 0, 0]
    assert [life.programme().standing(id_).run for id_ in BEGINNER] == [0, 0, 0, 0]


def ready_for_more(*, sessions: int = 6) -> Life:
    """Return somebody at beginner to whom the next routine is offered."""
    life = Life()
    numbers = (0, 4, 8, 10, 12, 15)[:sessions]
    for number in numbers:
        life.session(number, turns={HIP: {"effort": 5}})
    return life


def test_e9_the_next_routine_is_offered_and_never_taken_by_itself() -> None:
    before = ready_for_more(sessions=5)
    assert before.programme().offers == ()
    life = ready_for_more()

    offer = next(d for d in life.decided() if d.rule is Rule.L_1)
    assert (offer.outcome, offer.routine) == (Outcome.OFFER, Routine.INTERMEDIATE)
    assert (offer.inputs["sessions"], offer.inputs["days"]) == (6, 15)
    assert offer.inputs["mastered"] == [TILTS, BRIDGES, SIMPLE]
    declined = life.copy()
    declined.decline(16, OfferKind.LEVEL)
    assert outline(declined.today(17)) == outline(life.today(17))
    assert life.today(17).routine is Routine.BEGINNER
    life.accept(16, OfferKind.LEVEL)
    shown = life.today(17)
    assert (shown.routine, shown.kind) == (Routine.INTERMEDIATE, SessionKind.TRIAL)
    assert outline(shown) == [(id_, -1) for id_ in INTERMEDIATE]
    assert seconds_of(shown) == 776


def test_e9_a_dose_that_rose_four_days_ago_does_not_rise_again() -> None:
    life = Life()
    for number in (0, 2, 4, 7, 9, 11):
        life.session(number)

    steps = [
        (taken.at.date(), taken.decision.exercise)
        for taken in life.log()
        if taken.decision.rule is Rule.D_1
    ]
    assert steps == [(day(3).date(), SIMPLE), (day(10).date(), SIMPLE)]


def test_e10_a_trial_that_is_a_struggle_leads_to_building() -> None:
    life = ready_for_more()
    life.accept(16, OfferKind.LEVEL)
    hard = {"effort": 7}
    life.session(17, turns={DOGS: hard}, effort=5)
    life.session(19, turns={DOGS: hard, HYDRANTS: hard}, effort=5)
    assert life.programme().mode is Mode.TRIAL
    stretch = life.programme().standing(SIMPLE).index
    life.session(21, turns={HYDRANTS: {"effort": 8}}, effort=5)

    programme = life.programme()
    assert Rule.L_3 in life.rules()
    assert (programme.level, programme.mode) == (Routine.BEGINNER, Mode.BUILD)
    assert indices(programme, *BEGINNER) == [0, 0, 0, stretch]
    assert {each.run for each in programme.standings.values()} == {0}
    life.session(23)
    life.session(25)
    steps = [d for d in life.decided() if d.rule is Rule.D_1]
    assert [d.exercise for d in steps] == [TILTS, HIP]
    assert indices(life.programme(), TILTS, HIP, BRIDGES) == [1, 1, 0]


def test_e10_the_built_plan_lasts_as_long_as_specified() -> None:
    life = Life()
    life.setting("highest_repetitions", {SIMPLE: 5})
    for number in (0, 4, 8, 10, 12, 15):
        life.session(number)
    life.accept(16, OfferKind.LEVEL)
    for number in (17, 19, 21):
        life.session(number, effort=7)
    for number in (23, 25):
        life.session(number)

    assert outline(life.today(27)) == [(TILTS, 1), (HIP, 1), (BRIDGES, 0), (SIMPLE, 0)]
    assert seconds_of(life.today(27)) == 844


@pytest.mark.parametrize(
    ("away", "rule", "index", "seconds"),
    [(6, None, 0, 890), (10, Rule.A_1, -1, 776), (16, Rule.A_2, -3, 614)],
)
def test_e11_back_after_some_days_it_begins_lighter(
    away: int, rule: Rule | None, index: int, seconds: int
) -> None:
    life = Life()
    life.at("intermediate")
    life.session(0, pain=2, effort=5)

    shown = life.today(away, pain=2)

    assert outline(shown) == [(id_, index) for id_ in INTERMEDIATE]
    assert seconds_of(shown) == seconds
    outcomes = [d.rule for d in shown.decisions if d.outcome is Outcome.RETURN]
    assert outcomes == [rule] * (rule is not None)


def test_e11_after_an_acceptable_session_it_goes_up_by_one() -> None:
    life = Life()
    life.at("intermediate")
    life.session(0, pain=2)
    life.session(16, pain=2)

    assert life.today(17.9, pain=2).kind is SessionKind.NORMAL
    assert indices(life.programme(), *INTERMEDIATE) == [-2, -2, -2, -2]
    assert Rule.D_2 in life.rules()


def test_e11_after_thirty_days_the_screen_comes_first_and_a_lower_level() -> None:
    life = Life()
    life.at("intermediate")
    life.session(0, pain=2)

    assert life.today(30, pain=2).result is Result.LOCKED
    life.screen(30)
    shown = life.today(30, pain=2)
    assert (shown.routine, shown.kind) == (Routine.BEGINNER, SessionKind.RETURN)
    assert outline(shown) == [(id_, -2) for id_ in BEGINNER]


def test_e12_balance_activity_and_bending_in_one_week() -> None:
    life = Life()
    life.at("advanced")
    life.setting("aerobic_start", 60)
    ids = ("single_leg_bridges", "side_planks", "single_leg_balance", "monster_walks")
    skipped = {STRETCH: {"done": 0, "skipped": True, "pain_peak": None, "effort": 0}}
    for number in (0, 2):
        life.session(number, turns=skipped, effort=5)
    life.activity(3, 40, Intensity.MODERATE)
    life.activity(4, 15, Intensity.VIGOROUS)

    shown = life.today(4)
    assert outline(shown) == [(STRETCH, 0), *((id_, 0) for id_ in ids)]
    assert seconds_of(shown) == 1473
    assert [d.rule for d in shown.decisions if d.outcome is Outcome.ADD] == [Rule.C_2]
    assert life.programme().aerobic.minutes == 70
    life.activity(7, 1, Intensity.MODERATE)
    assert life.programme().aerobic.target == 70
    (refused,) = f1("sit-ups 20", life.programme(), CATALOGUE)
    assert refused.outcome is Outcome.REFUSED
    assert refused.inputs["choices"] == ["hamstring_stretch_on_back", DOGS, HYDRANTS]
