"""Why today's plan is what it is: what is said in the welcome, and all of it."""

from typing import Any

import pytest

from custom_components.back_exercise.engine.correction import restrict
from custom_components.back_exercise.engine.decision import (
    Decision,
    Outcome,
    Rule,
    explain,
)
from custom_components.back_exercise.engine.diary import (
    Context,
    Effect,
    OfferKind,
    ProgrammeSet,
)
from custom_components.back_exercise.engine.programme import (
    BALANCE,
    LEVEL_SURFACE,
    Status,
)
from custom_components.back_exercise.engine.reasons import remarks, told, why
from custom_components.back_exercise.engine.today import Ask, Result, Today, today

from .builders import CATALOGUE, WORDS
from .exercises import BRIDGES, BUGS, DOGS, HIP, SIMPLE, STRETCH, TILTS
from .lives import Life, day

SHARP = {"sharp": True, "done": 1}
WORSE = {"pain_peak": 3}


def said(shown: Today) -> list[str]:
    """Return the remarks of a welcome."""
    return [explain(decision, WORDS) for decision in remarks(shown)]


def reasons(shown: Today) -> list[str]:
    """Return everything that explains a day."""
    return [explain(decision, WORDS) for decision in why(shown)]


def keys(decisions: tuple[Decision, ...]) -> list[str]:
    """Return which sentences decisions have."""
    return [decision.key for decision in decisions]


def after(level: str, *turns: dict[str, dict[str, Any]], **facts: Any) -> Life:
    """Return somebody at a level with these sessions, two days apart."""
    life = Life()
    life.at(level)
    for number, turn in enumerate(turns):
        life.session(number * 2, turns=turn, **({"effort": 5} | facts))
    return life


# What is said in the welcome


def test_where_nothing_changed_nothing_is_said() -> None:
    assert said(Life().today(0)) == []
    assert said(after("beginner", {}, {}).today(4)) == []
    assert reasons(Life().today(0)) == ["An ordinary session today."]


def test_where_there_is_no_session_nothing_is_said_and_its_reason_is_why() -> None:
    life = Life()
    life.screen(0, "chest_pain")

    shown = life.today(1)

    assert shown.result is Result.LOCKED
    assert (remarks(shown), told(shown)) == ((), ())
    assert keys(why(shown)) == ["G-1"]
    assert keys(why(Life().today(0, pain=7))) == ["G-4"]


@pytest.mark.parametrize(
    ("pain", "key"), [(4, "G-5"), (None, "G-8"), (1, None), (3, "G-5")]
)
def test_a_gentle_session_is_said_with_its_reason(
    pain: int | None, key: str | None
) -> None:
    shown = after("beginner", {}, {}, {}).today(6, pain=pain)

    assert keys(remarks(shown)) == [key] * (key is not None)


def test_the_weightiest_reason_of_a_gentle_session_is_said_and_why_has_all() -> None:
    life = Life()
    life.rate(0, 7, Context.BEFORE)

    shown = life.today(0.2, pain=4)

    assert said(shown) == ["Earlier today it was sorer, so this is a lighter session."]
    assert keys(why(shown)) == ["G-4.earlier", "G-5"]


def test_a_second_session_on_a_day_says_why_it_is_lighter() -> None:
    life = after("beginner", {}, next_day=None)

    shown = life.today(0.1, override=True)

    assert keys(remarks(shown)) == ["G-6.anyway"]


def test_being_back_comes_first_and_says_nothing_of_what_was_before() -> None:
    life = after("beginner", {BRIDGES: WORSE})

    shown = life.today(10, pain=4)

    assert keys(remarks(shown)) == ["A-1", "G-5"]
    assert keys(why(life.today(10)))[:2] == ["A-1", "A-1.exercise"]


def test_what_is_left_out_is_said_once_with_its_reason() -> None:
    life = after("intermediate", {BUGS: SHARP})

    assert said(life.today(2)) == [
        (
            "Dead bugs is left out after sharp pain. "
            "If you want it back, ask your physiotherapist first."
        )
    ]
    for number in (2, 4, 6):
        life.session(number, effort=5)
        assert said(life.today(number + 2)) == []
        assert keys(why(life.today(number + 2))) == ["S-1"]


def test_what_is_swapped_is_said_with_its_reason() -> None:
    life = after("intermediate", {STRETCH: WORSE}, {STRETCH: WORSE})

    assert said(life.today(4)) == [
        (
            "Piriformis stretch has made things sorer more than once, so it is out. "
            "If you want it back, ask your physiotherapist first."
        ),
        "Piriformis stretch is swapped for Simplified piriformis stretch.",
    ]
    assert keys(why(life.today(4))) == ["S-2", "S-7"]


def test_after_a_gentle_session_what_is_left_out_is_said_again() -> None:
    life = after("intermediate", {BUGS: SHARP}, {}, {})
    assert remarks(life.today(6)) == ()
    life.session(6, pain=4, effort=5)

    assert keys(remarks(life.today(8))) == ["S-1"]


def test_a_reason_that_still_holds_is_not_said_again() -> None:
    life = Life()
    life.session(0, pain=None, next_day=0)
    life.session(2, pain=None, next_day=0)

    assert keys(remarks(life.today(4, pain=None))) == []
    assert keys(why(life.today(4, pain=None)))[:1] == ["G-8"]
    assert keys(remarks(life.today(4, pain=4))) == ["G-5"]


def test_a_welcome_has_two_remarks_at_most() -> None:
    life = after("advanced", {STRETCH: SHARP}, {"side_planks": SHARP})
    life.setting("band", value=False, number=3)

    assert len(remarks(life.today(4))) == 2
    assert len(why(life.today(4))) > 2


@pytest.mark.parametrize(
    ("turns", "sentence"),
    [
        (
            {BRIDGES: WORSE},
            "Bridges stirred things up, so there is a little less of it.",
        ),
        (
            {BRIDGES: WORSE, HIP: {"pain_peak": 2, "stopped_for_pain": True}},
            "Some exercises stirred things up, so there is a little less of them.",
        ),
    ],
)
def test_what_the_last_closing_eased_is_said_once(
    turns: dict[str, Any], sentence: str
) -> None:
    life = after("beginner", turns)

    assert said(life.today(2)) == [sentence]
    life.session(2, effort=5, next_day=None)
    assert sentence not in said(life.today(3))


def test_what_an_unanswered_session_changed_is_said_at_the_next_gate() -> None:
    life = after("beginner", {BRIDGES: WORSE}, next_day=None)

    shown = life.today(3.1)

    assert keys(remarks(shown)) == ["D-4"]
    assert keys(why(shown)) == ["P-4", "D-4"]


def test_a_session_is_not_told_to_be_unanswered_while_it_may_be_answered() -> None:
    life = after("beginner", {BRIDGES: WORSE}, next_day=None)

    assert keys(why(life.today(0.4))) == ["D-4"]
    assert keys(why(life.today(2))) == ["D-4"]


def test_an_amber_day_is_said_in_one_sentence() -> None:
    life = after("beginner", {}, next_day=4)

    shown = life.today(2)

    assert said(shown) == [
        "It hadn’t settled by next day, so the next sessions are lighter."
    ]
    assert keys(why(shown)) == ["P-2.hold", *["P-2"] * 4]


def test_a_step_up_is_said_at_the_session_it_is_for() -> None:
    life = after("beginner", {}, {}, effort=3)

    assert said(life.today(4)) == [
        (
            "Two easy sessions in a row – a little more of "
            "Simplified piriformis stretch from now on. You can say no."
        )
    ]
    assert keys(remarks(life.today(4, pain=4))) == ["G-5"]


def test_two_steps_up_are_one_sentence() -> None:
    life = after("intermediate", {}, {}, effort=3)

    assert said(life.today(4)) == [
        (
            "Two easy sessions in a row – a little more of Piriformis stretch and "
            "Dead bugs from now on. You can say no."
        )
    ]
    assert keys(why(life.today(4))) == ["D-1", "D-1"]


def test_going_back_up_after_days_away_is_one_sentence() -> None:
    life = after("beginner", {})
    life.session(10, effort=5)

    shown = life.today(12)

    assert said(shown) == [
        "That went well, so several exercises go up a step towards their usual amount."
    ]
    assert keys(why(shown)) == ["D-2"] * 4


def test_a_step_back_is_said_and_explains_the_doses() -> None:
    life = after("intermediate", {}, {}, next_day=4)

    shown = life.today(4)

    assert keys(remarks(shown)) == ["L-4", "P-2.hold"]
    assert keys(why(shown)) == ["L-4", "P-2.hold", *["L-4.exercise"] * 4]


def test_two_bad_sessions_at_beginner_are_said_with_the_advice() -> None:
    life = after("beginner", {}, {}, next_day=4)

    assert keys(remarks(life.today(4))) == ["P-2.hold", "L-5.advice"]


def test_holding_steady_is_said_once_and_explained_while_it_lasts() -> None:
    life = after("beginner", {}, {BRIDGES: {"effort": 5}}, after=3)
    assert keys(remarks(life.today(4))) == ["P-1"]
    assert keys(why(life.today(4))) == ["P-1"]

    amber = after("beginner", {}, next_day=4)
    amber.session(2, effort=5)
    assert remarks(amber.today(4)) == ()
    assert keys(why(amber.today(4))) == ["D-6", *["P-2"] * 4]


def ready() -> Life:
    """Return somebody to whom the intermediate routine is offered."""
    life = Life()
    for number in (0, 3, 6, 9, 12, 15):
        life.session(number, turns={HIP: {"effort": 5}})
    return life


def test_an_offer_is_said_last_and_once() -> None:
    life = ready()
    first = life.today(17)
    assert keys(remarks(first))[-1:] == ["L-1"]
    assert "L-1" not in keys(remarks(life.today(17, pain=4)))
    assert "L-1" not in keys(why(first))

    life.session(17, effort=5)
    assert life.programme().offers
    assert "L-1" not in keys(remarks(life.today(19)))
    declined = ready()
    declined.decline(16, OfferKind.LEVEL)
    assert "L-1" not in keys(remarks(declined.today(17)))


def test_an_accepted_offer_is_no_offer_any_more() -> None:
    life = ready()
    life.accept(16, OfferKind.LEVEL)

    shown = life.today(17)

    assert said(shown) == ["Today you try your intermediate routine, lightly."]
    assert keys(why(shown)) == ["L-2.trial", *["L-2.exercise"] * 4]
    life.session(17, effort=5)
    assert remarks(life.today(19)) == ()


def test_an_offer_that_was_accepted_but_waits_is_not_said() -> None:
    life = ready()
    offer = life.programme().offers[0]
    life.session(17, next_day=None, effort=5)
    life.accept(17.1, offer.kind)
    life.rate(17.7, 1)

    assert "L-1" not in keys(remarks(life.today(19)))


def test_a_confirmed_routine_and_a_failed_trial_are_said() -> None:
    good, hard = ready(), ready()
    for life, effort in ((good, 5), (hard, 8)):
        life.accept(16, OfferKind.LEVEL)
        for number in (17, 19, 21):
            life.session(number, effort=effort)

    assert keys(remarks(good.today(23)))[:1] == ["L-2"]
    assert keys(remarks(hard.today(23)))[:1] == ["L-3"]
    assert keys(why(hard.today(23)))[0] == "L-3"
    hard.session(23, effort=5)
    assert keys(why(hard.today(25)))[0] == "L-3.build"
    assert "L-3" not in keys(remarks(hard.today(23, pain=4)))


def test_a_message_of_the_gate_and_one_of_a_closing_are_said() -> None:
    life = Life()
    for number in (0, 1):
        life.session(number, pain=4, next_day=4)
    shown = life.today(3, pain=4)
    assert keys(remarks(shown)) == ["G-9"]
    assert keys(why(shown)) == ["G-5", "G-9"]

    mastered = after("advanced", {}, {}, effort=3)
    assert "L-7" in keys(why(mastered.today(4)))


# Why an exercise is as it is


def in_retrial(exercise: str = BUGS) -> Life:
    """Return somebody who tries a suspended exercise again."""
    life = after("intermediate", {exercise: SHARP})
    for number in (3, 6, 9, 12, 15):
        life.session(number, effort=5)
    life.accept(16, OfferKind.RETRIAL, exercise=exercise)
    return life


def test_a_re_trial_says_so_and_then_that_it_is_back() -> None:
    life = in_retrial()
    assert keys(why(life.today(18))) == ["S-3.retrial"]

    for number in (18, 20):
        life.session(number, effort=5)
    assert keys(remarks(life.today(22))) == ["S-3.back"]
    assert keys(why(life.today(22))) == ["S-3.back"]


def test_a_re_trial_waits_for_a_trial_to_be_over() -> None:
    life = after("intermediate", {BUGS: SHARP})
    life.at("beginner", 1)
    for number in (3, 6, 9, 12, 15, 18, 20, 22):
        life.session(number)
    for kind in OfferKind:
        life.accept(23, kind)

    assert "Dead bugs waits until the new routine has been tried." in reasons(
        life.today(24)
    )


def test_a_retired_exercise_is_explained_and_so_is_its_way_back() -> None:
    life = in_retrial()
    life.session(18, effort=5, turns={BUGS: WORSE})
    programme = life.programme()
    standing = programme.standings[BUGS]
    standing.status = Status.RETIRED
    shown = today(programme, CATALOGUE, Ask(now=day(20), pain=1))
    assert keys(why(shown)) == ["S-4.retired"]

    standing.cool_off = None
    standing.status, standing.rule = Status.RETRIAL, Rule.X_1
    shown = today(programme, CATALOGUE, Ask(now=day(20), pain=1))
    assert "X-1.re_enabled" in keys(why(shown))


@pytest.mark.parametrize(
    ("index", "key"), [(-1, "X-1.lower"), (1, "X-1.higher"), (0, "G-0")]
)
def test_a_dose_by_hand_is_explained_as_long_as_it_is_not_the_usual_one(
    index: int, key: str
) -> None:
    life = Life()
    life.add(0, ProgrammeSet(exercise=SIMPLE, index=index))

    assert keys(why(life.today(1))) == [key]


def test_the_persons_own_limits_are_explained() -> None:
    life = Life()
    life.setting("highest_repetitions", {BRIDGES: 7})
    assert keys(why(life.today(0))) == ["limit.dose"]

    forbidden = Life()
    forbidden.setting("forbidden", [BRIDGES])
    assert keys(why(forbidden.today(0))) == ["limit"]


def test_bending_is_explained_also_where_there_is_nothing_instead() -> None:
    life = after("intermediate")
    life.setting("bending_bothers", value=True)
    assert keys(why(life.today(0))) == ["F-2"]

    life.setting("forbidden", [SIMPLE])
    assert keys(why(life.today(0))) == ["F-2.left_out"]


def test_a_shorter_session_and_a_step_that_was_left_out_are_explained() -> None:
    life = Life()
    life.setting("session_cap", 10)
    assert "D-5.shorter" in keys(why(life.today(0)))

    full = Life()
    full.setting("session_cap", 14)
    for number in (0, 2):
        full.session(number)
    assert keys(why(full.today(4))) == ["D-5"]


def test_the_balance_on_the_floor_says_why() -> None:
    hard = {"too_hard": True, "done": 1}
    too_hard = after("advanced", *[{BALANCE: hard}] * 2)
    assert "D-3.level_surface" in keys(why(too_hard.today(4)))
    assert "D-3.level_surface" in keys(remarks(too_hard.today(4)))

    worse = after("advanced", *[{BALANCE: WORSE}] * 2)
    assert keys(why(worse.today(4)))[:3] == ["C-2", "S-2", "S-7.level_surface"]
    cushionless = after("advanced")
    cushionless.setting("cushion", value=False)
    assert "S-7.level_surface" in keys(why(cushionless.today(0)))
    both = after("advanced", *[{BALANCE: hard}] * 2, *[{BALANCE: WORSE}] * 2)
    found = why(both.today(8))
    assert LEVEL_SURFACE in [each.exercise for each in found]
    assert any("on the floor has made" in each for each in reasons(both.today(8)))


def test_a_rule_that_is_not_known_explains_nothing() -> None:
    programme = Life().programme()
    kept = [
        Effect(what="index", value=-2, exercise=TILTS),
        Effect(what="status", value="suspended", exercise=BRIDGES),
    ]
    restrict(programme, kept)

    shown = today(programme, CATALOGUE, Ask(now=day(0), pain=1))

    assert keys(why(shown)) == ["S-7.left_out"]


def test_a_floor_whose_reason_is_another_is_only_told() -> None:
    life = after("advanced", *[{BALANCE: {"too_hard": True, "done": 1}}] * 2)
    life.session(12, effort=5)  # after days away its rule is that of coming back

    assert "S-7.level_surface" in keys(why(life.today(14)))


def test_an_easing_that_a_lower_one_overtook_is_not_told_twice() -> None:
    life = after("beginner", {}, {}, next_day=4)

    doses = [each for each in why(life.today(4)) if each.exercise == BRIDGES]

    assert [each.rule for each in doses] == [Rule.P_2]


def test_a_correction_keeps_the_reason_with_the_dose() -> None:
    programme = Life().programme()
    restrict(programme, [Effect(what="index", value=-1, exercise=TILTS, rule="D-4")])

    shown = today(programme, CATALOGUE, Ask(now=day(0), pain=1))

    assert keys(why(shown)) == ["D-4"]


def test_two_routines_down_at_once_say_the_last() -> None:
    ids = ("single_leg_bridges", "side_planks", BALANCE)
    life = after("advanced")
    programme = life.programme()
    for id_ in (STRETCH, BUGS, DOGS):
        programme.standings[id_].status = Status.SUSPENDED
    programme.changes = tuple(
        Decision(rule=Rule.S_6, outcome=Outcome.LEVEL_DOWN, routine=routine)
        for routine in ("intermediate", "beginner")
    )
    programme.level = CATALOGUE.exercises[BRIDGES].level
    shown = today(programme, CATALOGUE, Ask(now=day(0), pain=1))

    assert ids
    assert [each.routine for each in remarks(shown)] == ["beginner"]
