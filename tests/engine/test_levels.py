"""Which routine: offers, trials, building, stepping back, coming back, by hand."""

from typing import Any

import pytest

from custom_components.back_exercise.engine.apply import apply, settle_offers
from custom_components.back_exercise.engine.catalogue import Routine
from custom_components.back_exercise.engine.decision import Decision, Outcome, Rule
from custom_components.back_exercise.engine.diary import (
    Form,
    OfferKind,
    ProgrammeSet,
    ScreenForm,
    SessionKind,
)
from custom_components.back_exercise.engine.fold import fold
from custom_components.back_exercise.engine.programme import (
    Mode,
    Offer,
    Standing,
    Status,
)
from custom_components.back_exercise.engine.reasons import why
from custom_components.back_exercise.engine.rules.hand import x1
from custom_components.back_exercise.engine.today import Result

from .builders import CATALOGUE
from .exercises import BALANCE
from .lives import Life, day, indices, outline

BEGINNER = CATALOGUE.routines[Routine.BEGINNER]
INTERMEDIATE = CATALOGUE.routines[Routine.INTERMEDIATE]
ADVANCED = CATALOGUE.routines[Routine.ADVANCED]
SIX = (0, 3, 6, 9, 12, 15)


def ready(*, sessions: tuple[float, ...] = SIX, **facts: Any) -> Life:  # any fact
    """Return somebody to whom the intermediate routine is offered."""
    life = Life()
    for number in sessions:
        life.session(number, **facts)
    return life


def in_trial(*trials: dict[str, Any]) -> Life:
    """Return somebody who tries the intermediate routine, after some sessions."""
    life = ready()
    life.accept(16, OfferKind.LEVEL)
    for number, facts in enumerate(trials):
        life.session(17 + 2 * number, **({"effort": 5} | facts))
    return life


def of(life: Life, rule: Rule) -> list[Decision]:
    """Return what a rule decided about the last session."""
    return [decision for decision in life.decided() if decision.rule is rule]


# Offers


@pytest.mark.parametrize(
    ("sessions", "facts", "offered"),
    [
        (SIX, {}, True),
        ((0, 3, 6, 9, 12), {}, False),
        ((0, 3, 5, 7, 10, 13), {}, False),
        ((0, 3, 5, 7, 10, 14), {}, True),
        (SIX, {"effort": 4}, False),
        (SIX, {"pain": 3}, False),
        (SIX, {"turns": {BEGINNER[0]: {"effort": 9}}}, True),
        (SIX, {"turns": {id_: {"effort": 5} for id_ in BEGINNER[:2]}}, False),
        (SIX, {"next_day": None}, False),
        (SIX, {"after": 3}, False),
    ],
)
def test_l1_offers_after_six_sessions_14_days_and_three_of_four_mastered(
    sessions: tuple[float, ...], facts: dict[str, Any], offered: bool
) -> None:
    life = ready(sessions=sessions, **facts)

    assert bool(life.programme(19).offers) == offered
    assert life.programme().level is Routine.BEGINNER


@pytest.mark.parametrize(
    ("name", "value"), [("min_sessions", 7), ("min_days", 16), ("mastered_of_4", 4)]
)
def test_l1_can_be_made_slower(name: str, value: int) -> None:
    life = Life()
    life.setting(name, value)
    for number in SIX:
        life.session(number, turns={BEGINNER[0]: {"effort": 5}})

    assert not life.programme().offers


def test_l1_is_offered_once_and_again_14_days_after_it_was_declined() -> None:
    life = ready()
    life.session(17)
    assert len(life.programme().offers) == 1
    assert not of(life, Rule.L_1)

    life.decline(18, OfferKind.LEVEL)
    assert not life.programme().offers
    for number in (20, 24, 28, 30):
        life.screen(number)
        life.session(number)
        assert not life.programme().offers
    life.session(32)
    assert len(of(life, Rule.L_1)) == 1
    assert len(life.programme().offers) == 1


def test_an_offer_that_nobody_made_is_accepted_in_vain() -> None:
    life = Life()
    life.accept(1, OfferKind.LEVEL)
    life.accept(1, OfferKind.RETRIAL, exercise="bridges")

    assert life.programme().routine is Routine.BEGINNER


def test_an_accepted_offer_waits_for_the_answer_of_the_last_session() -> None:
    life = ready()
    life.session(17, next_day=None)
    life.accept(17.1, OfferKind.LEVEL)
    assert life.programme().mode is Mode.NORMAL
    unknown = life.copy()
    unknown.session(20, next_day=None)
    assert unknown.programme().mode is Mode.NORMAL

    life.rate(17.7, 1)
    assert life.programme().mode is Mode.TRIAL


def test_an_accepted_offer_goes_when_the_last_session_had_not_settled() -> None:
    life = ready()
    life.session(17, next_day=None)
    life.accept(17.1, OfferKind.LEVEL)
    life.rate(17.7, 4)

    assert (life.programme().mode, life.programme().offers) == (Mode.NORMAL, ())


def test_an_offer_goes_when_something_locks() -> None:
    life = ready()
    life.screen(16, "fever_or_ill")
    life.screen(16.1, assessed=True)
    life.accept(16.2, OfferKind.LEVEL)

    assert life.programme().mode is Mode.NORMAL


# Trial


def test_l2_three_good_sessions_confirm_the_next_routine() -> None:
    life = in_trial({}, {}, {})

    programme = life.programme()
    assert of(life, Rule.L_2)[0].routine is Routine.INTERMEDIATE
    assert (programme.level, programme.mode) == (Routine.INTERMEDIATE, Mode.NORMAL)
    assert indices(programme, *INTERMEDIATE) == [-1, -1, -1, -1]
    assert programme.sessions_at_level == 0
    life.session(23, effort=5)
    assert indices(life.programme(), *INTERMEDIATE) == [0, 0, 0, 0]


def test_l2_no_dose_rises_during_a_trial() -> None:
    life = in_trial({"effort": 1}, {"effort": 1})

    assert indices(life.programme(), *INTERMEDIATE) == [-1, -1, -1, -1]


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"next_day": None}, "unknown"),
        ({"effort": None}, "no effort"),
        ({"peak": None}, "no pain"),
        ({"until": "dead_bugs", "effort": 6}, "not all of it"),
        ({"until": "piriformis_stretch"}, "too short to count"),
        ({"after": 3}, "hold"),
        ({"pain": 4}, "gentle"),
        ({"routine": Routine.BEGINNER}, "another routine"),
    ],
)
def test_l2_a_trial_session_without_every_answer_confirms_nothing(
    facts: dict[str, Any], why: str
) -> None:
    life = in_trial({}, {}, facts)

    assert life.programme(25).mode is Mode.TRIAL, why
    life.session(25, effort=5)
    life.session(27, effort=5)
    assert life.programme().level is Routine.INTERMEDIATE


@pytest.mark.parametrize(
    "facts", [{"next_day": 4}, {"pain": 4, "next_day": 8, "after": 4}]
)
def test_l3_a_bad_session_ends_a_trial_at_once(facts: dict[str, Any]) -> None:
    life = in_trial(facts)

    programme = life.programme()
    assert (programme.level, programme.mode) == (Routine.BEGINNER, Mode.BUILD)
    assert of(life, Rule.L_3)


@pytest.mark.parametrize(
    ("turn", "marks", "mode"),
    [
        ({"effort": 7}, 2, Mode.BUILD),
        ({"effort": 6}, 2, Mode.NORMAL),
        ({"done": 3}, 2, Mode.BUILD),
        ({"effort": 7}, 1, Mode.NORMAL),
    ],
)
def test_l3_two_exercises_that_struggle_twice_lead_back(
    turn: dict[str, Any], marks: int, mode: Mode
) -> None:
    hard = {"turns": {"bird_dogs": turn, "fire_hydrants": turn}}

    life = in_trial(*([hard] * marks), *([{}] * (3 - marks)))

    assert life.programme().mode is mode


def test_l3b_building_up_offers_the_trial_again() -> None:
    life = in_trial({"next_day": 4})
    assert life.programme().hold == 2
    offered = []
    for number in range(19, 80, 2):
        life.screen(number)
        life.session(number, effort=2)
        offered.append(bool(life.programme().offers))
    programme = life.programme()

    assert offered[6] is False
    assert programme.offers[0].rule is Rule.L_3B
    built = [programme.standing(id_).index for id_ in BEGINNER]
    assert sum(index >= 2 for index in built) >= 3
    assert max(built) > 0
    life.accept(80, OfferKind.LEVEL)
    assert life.programme().mode is Mode.TRIAL


# Down


def test_l4_two_bad_in_a_row_lower_the_level() -> None:
    life = Life()
    life.at("intermediate")
    life.session(0, next_day=3)
    assert life.programme().level is Routine.INTERMEDIATE
    life.session(2, next_day=3)

    programme = life.programme()
    assert (programme.level, programme.mode) == (Routine.BEGINNER, Mode.NORMAL)
    assert (programme.hold, programme.bad_run) == (2, 2)
    assert indices(programme, *BEGINNER) == [-1, -1, -1, -1]
    assert indices(programme, *INTERMEDIATE) == [-2, -2, -2, -2]


def test_l4_a_good_session_between_ends_the_run() -> None:
    life = Life()
    life.at("intermediate")
    for number, next_day in ((0, 3), (2, 1), (4, 3)):
        life.session(number, next_day=next_day)

    assert life.programme().level is Routine.INTERMEDIATE


def test_l4_does_not_add_to_the_reduction_of_p2() -> None:
    life = Life()
    life.at("intermediate")
    for number in (0, 2):
        life.session(number, next_day=3, routine=Routine.BEGINNER)

    assert indices(life.programme(), *BEGINNER) == [-2, -2, -2, -2]


def test_l5_l6_bad_in_a_row_at_beginner_eases_all_and_then_locks() -> None:
    life = Life()
    life.session(0, next_day=3)
    life.session(2, next_day=3)
    programme = life.programme()
    assert indices(programme, *BEGINNER) == [-2, -2, -2, -2]
    assert programme.hold == 2
    assert [d.variant for d in of(life, Rule.L_5)][-1] == "advice"
    assert not programme.locked

    life.session(4, next_day=3)
    assert life.today(6).decisions[0].rule is Rule.L_6
    life.screen(6, form=ScreenForm.AGREEMENT)
    assert life.today(6).result is Result.LOCKED
    life.screen(7, form=ScreenForm.AGREEMENT, advice_taken=True)
    assert life.today(7).result is Result.PLAN


def test_l7_the_advanced_routine_mastered_goes_on_within_the_articles_ranges() -> None:
    life = Life()
    life.at("advanced")
    for number in range(0, 60, 2):
        life.session(number)
        life.screen(number)

    programme = life.programme()
    told = [taken for taken in life.log() if taken.decision.rule is Rule.L_7]
    assert {taken.decision.outcome for taken in told} == {Outcome.MESSAGE}
    assert [(taken.at - day(0)).days for taken in told] == [2, 30, 58]
    assert not programme.offers
    tops = [CATALOGUE.exercises[id_].article_top for id_ in ADVANCED]
    assert all(
        programme.standing(id_).index <= top
        for id_, top in zip(ADVANCED, tops, strict=True)
    )


# Away


@pytest.mark.parametrize(
    ("days", "rule", "index"),
    [
        (6, Rule.A_0, 0),
        (7, Rule.A_1, -1),
        (13, Rule.A_1, -1),
        (14, Rule.A_2, -3),
        (27, Rule.A_2, -3),
        (28, Rule.A_3, -2),
        (89, Rule.A_3, -2),
        (90, Rule.A_4, -2),
    ],
)
def test_days_away_by_their_number(days: int, rule: Rule, index: int) -> None:
    life = Life()
    life.session(0, effort=5)
    life.screen(days)

    shown = life.today(days)

    assert rule in {decision.rule for decision in shown.decisions}
    assert outline(shown) == [(id_, index) for id_ in BEGINNER]
    kind = SessionKind.NORMAL if days < 7 else SessionKind.RETURN
    assert shown.kind is kind


def test_before_the_first_session_nobody_was_away() -> None:
    life = Life()
    life.screen(100)

    assert life.today(100).kind is SessionKind.NORMAL


@pytest.mark.parametrize(
    ("days", "level"), [(27, "advanced"), (28, "intermediate"), (90, "beginner")]
)
def test_a3_and_a4_lower_the_level(days: int, level: str) -> None:
    life = Life()
    life.at("advanced")
    life.session(0, effort=5)
    life.screen(days)

    assert life.today(days).routine == level


def test_a3_ends_a_trial_and_building() -> None:
    trying = in_trial({})
    trying.screen(46)
    assert trying.today(46).routine is Routine.BEGINNER
    trying.session(46)
    assert trying.programme().mode is Mode.NORMAL

    building = in_trial({"next_day": 4})
    building.screen(46)
    building.session(46)
    assert building.programme().mode is Mode.NORMAL


def test_easings_are_not_added_up() -> None:
    life = Life()
    life.session(0, effort=5)

    assert outline(life.today(16, pain=4)) == [(id_, -3) for id_ in BEGINNER]
    assert outline(life.today(10, pain=4)) == [(id_, -1) for id_ in BEGINNER]


def test_a_suspension_survives_any_absence() -> None:
    life = Life()
    life.session(0, turns={"bridges": {"sharp": True}})
    life.screen(100)

    assert "bridges" not in dict(outline(life.today(100)))
    life.session(100)
    assert life.programme().standing("bridges").status is Status.SUSPENDED


def test_a_return_never_raises_a_dose_beyond_the_articles() -> None:
    life = Life()
    life.session(0)
    life.session(8)

    assert life.rules()[-1] is Rule.D_2
    assert indices(life.programme(), *BEGINNER) == [0, 0, 0, 0]


# By hand


@pytest.mark.parametrize(
    ("wish", "outcome", "variant"),
    [
        ({"exercise": "bridges", "index": -2}, Outcome.EASE, "lower"),
        ({"exercise": "bridges", "index": 1}, Outcome.REFUSED, "too_much"),
        (
            {"exercise": "simplified_piriformis_stretch", "index": 1},
            Outcome.STEP_UP,
            "higher",
        ),
        (
            {"exercise": "simplified_piriformis_stretch", "index": 2},
            Outcome.REFUSED,
            "too_much",
        ),
        ({"exercise": "unheard_of", "index": 1}, Outcome.REFUSED, "unknown"),
        ({"exercise": "bridges", "re_enable": True}, Outcome.REFUSED, "not_now"),
        ({"routine": "unheard_of"}, Outcome.REFUSED, "unknown"),
        ({"routine": "advanced"}, Outcome.REFUSED, None),
        (
            {"routine": "advanced", "clinician_agreed": True},
            Outcome.LEVEL_UP,
            "agreed",
        ),
        ({"routine": "beginner"}, Outcome.LEVEL_DOWN, None),
    ],
)
def test_x1_less_at_any_time_more_by_a_step(
    wish: dict[str, Any], outcome: Outcome, variant: str | None
) -> None:
    life = Life()
    life.add(0, ProgrammeSet(**wish))

    (decision,) = [taken.decision for taken in life.log()]
    assert (decision.outcome, decision.variant) == (outcome, variant)


def test_x1_a_wish_without_content_does_nothing() -> None:
    life = Life()
    life.add(0, ProgrammeSet(exercise="bridges"))

    assert life.log() == []


@pytest.mark.parametrize(("days", "index"), [(6, 1), (7, 2)])
def test_x1_one_step_in_seven_days(days: int, index: int) -> None:
    life = Life()
    stretch = "simplified_piriformis_stretch"
    for number, to in ((0, 1), (days, 2)):
        life.add(number, ProgrammeSet(exercise=stretch, index=to))

    assert indices(life.programme(), stretch) == [index]


def test_x1_passes_no_lock_hold_suspension_trial_or_open_answer() -> None:
    stretch = "simplified_piriformis_stretch"
    higher = ProgrammeSet(exercise=stretch, index=1)
    agreed = ProgrammeSet(routine="advanced", clinician_agreed=True)
    locked, held, hurt, waiting, silent = (Life() for _ in range(5))
    locked.screen(0, "fever_or_ill")
    held.session(0, effort=5, after=3)
    hurt.session(0, effort=5, turns={stretch: {"sharp": True}})
    waiting.session(0, effort=5, next_day=None)
    silent.session(0, effort=5, next_day=None)
    trying = in_trial({})
    before = trying.programme().standing(stretch).index
    every = ((locked, 1), (held, 1), (hurt, 1), (waiting, 1), (silent, 4))
    for life, number in every:
        life.add(number, higher)
        assert life.programme().standing(stretch).index == 0
    for life, number in ((locked, 1), (held, 1), (waiting, 1), (silent, 4)):
        life.add(number, agreed)
        assert life.programme().level is Routine.BEGINNER
    trying.add(18, ProgrammeSet(exercise=stretch, index=before + 1))
    assert trying.programme().standing(stretch).index == before


def test_x1_setting_a_lower_level_ends_a_trial() -> None:
    life = in_trial({})
    life.add(18, ProgrammeSet(routine="beginner"))

    assert (life.programme().routine, life.programme().mode) == (
        Routine.BEGINNER,
        Mode.NORMAL,
    )
    life.add(18, ProgrammeSet(routine="beginner"))
    assert life.programme().sessions_at_level == 0


def test_l3b_needs_three_of_four_to_be_built_up() -> None:
    life = in_trial({"next_day": 4})
    for number in range(19, 50, 2):
        life.screen(number)
        turns = {id_: {"effort": 5} for id_ in BEGINNER[:2]}
        life.session(number, effort=2, turns=turns)

    assert not life.programme().offers


def test_sharp_pain_in_one_exercise_does_not_end_a_trial() -> None:
    life = in_trial({"turns": {"dead_bugs": {"sharp": True}}})

    assert life.programme().mode is Mode.TRIAL


def test_two_reasons_to_step_back_step_back_once() -> None:
    programme = Life().programme()
    programme.level = Routine.ADVANCED
    down = Decision(rule=Rule.L_4, outcome=Outcome.LEVEL_DOWN, routine="intermediate")
    for _ in range(2):
        apply(programme, CATALOGUE, down, day(0).date(), dict.fromkeys(INTERMEDIATE, 0))

    assert programme.level is Routine.INTERMEDIATE
    assert indices(programme, *INTERMEDIATE) == [-1, -1, -1, -1]


def test_a_re_trial_that_was_accepted_waits_for_no_longer_cool_off() -> None:
    programme = Life().programme()
    standing = programme.standings["bridges"]
    standing.status, standing.cool_off = Status.SUSPENDED, day(20).date()
    programme.offers = (
        Offer(
            kind=OfferKind.RETRIAL,
            on=day(0).date(),
            exercise="bridges",
            rule=Rule.S_3,
            accepted=True,
        ),
    )

    settle_offers(programme, CATALOGUE, day(19).date())

    assert standing.status is Status.SUSPENDED
    assert len(programme.offers) == 0


def on_the_floor(*numbers: int) -> Life:
    """Return somebody whose balance was too hard, and what they did on the floor."""
    life = Life()
    life.at("advanced")
    for number in (0, 2):
        life.session(number, turns={BALANCE: {"too_hard": True, "done": 1}}, effort=5)
    for number in numbers:
        life.session(number)
    return life


def to(form: Form) -> ProgrammeSet:
    """Return the wish to do the balance in another form."""
    return ProgrammeSet(exercise=BALANCE, form=form)


def test_r22_back_to_the_cushion_is_by_hand_at_the_lowest_and_where_it_is_easy() -> (
    None
):
    life = on_the_floor(4, 6, 8)
    forms = {slot.exercise.id: slot.form for slot in life.today(10).slots}
    assert forms[BALANCE] is Form.LEVEL_SURFACE

    life.add(9, to(Form.USUAL))

    slots = {slot.exercise.id: slot for slot in life.today(10).slots}
    assert (slots[BALANCE].form, slots[BALANCE].index) == (Form.USUAL, -3)
    assert [d.key for d in why(life.today(10)) if d.exercise == BALANCE] == [
        "R22.cushion"
    ]
    life.session(10)
    assert indices(life.programme(), BALANCE) == [-2]


@pytest.mark.parametrize(
    ("life", "number", "variant"),
    [
        (on_the_floor(4), 5, "not_now"),
        (on_the_floor(4, 6), 6.1, "not_now"),
        (Life(), 0, "cushion"),
    ],
    ids=["not mastered", "not answered", "on the cushion"],
)
def test_r22_the_cushion_is_refused_with_its_reason(
    life: Life, number: float, variant: str
) -> None:
    programme = fold(
        CATALOGUE, [e for e in life.entries if e.at <= day(number)], now=day(number)
    )

    (refused,) = x1(programme, CATALOGUE, to(Form.USUAL), day(number).date())

    assert (refused.outcome, refused.variant) == (Outcome.REFUSED, variant)


def test_r22_the_cushion_waits_a_week_after_any_step_and_needs_one() -> None:
    life = on_the_floor(4, 6, 8)
    programme = life.programme()
    programme.standings[BALANCE].stepped_on = day(5).date()
    (refused,) = x1(programme, CATALOGUE, to(Form.USUAL), day(9).date())
    assert refused.variant == "too_much"

    life.setting("cushion", value=False, number=9)
    (refused,) = x1(life.programme(), CATALOGUE, to(Form.USUAL), day(9).date())
    assert refused.variant == "cushion"


def test_r22_to_the_floor_is_possible_at_any_time() -> None:
    life = Life()
    life.at("advanced")
    life.session(0, next_day=None)
    life.screen(1, "falls")
    life.screen(1.1, clinician_agreed=True)
    life.add(2, to(Form.LEVEL_SURFACE))

    slots = {slot.exercise.id: slot for slot in life.today(2.1).slots}
    assert slots[BALANCE].form is Form.LEVEL_SURFACE
    assert "R22" in [decision.key for decision in why(life.today(2.1))]


def test_s3_a_declined_re_trial_is_offered_again_after_14_days() -> None:
    life = Life()
    life.session(0, turns={"bridges": {"sharp": True, "done": 1}}, effort=5)
    for number in (3, 6, 9, 12, 15):
        life.session(number, effort=5)
    assert life.programme().offers
    life.decline(16, OfferKind.RETRIAL)
    for number in (18, 21, 24):
        life.session(number, effort=5)
        life.screen(number + 1)
    assert not life.programme().offers

    for number in (27, 30):
        life.session(number, effort=5)
    assert [offer.exercise for offer in life.programme().offers] == ["bridges"]


def test_x1_an_own_exercise_has_no_ladder_to_go_up() -> None:
    life = Life()
    life.session(0, effort=5)
    programme = life.programme()
    programme.standings["own"] = Standing()
    wish = ProgrammeSet(exercise="own", index=1)

    (decision,) = x1(programme, CATALOGUE, wish, day(1).date())

    assert decision.outcome is Outcome.REFUSED
