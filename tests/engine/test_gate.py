"""What stands before a session: every gate rule, its edge, and what comes first."""

from dataclasses import replace

import pytest

from custom_components.back_exercise.engine.amend import deleted
from custom_components.back_exercise.engine.catalogue import Routine
from custom_components.back_exercise.engine.decision import Outcome, Rule
from custom_components.back_exercise.engine.diary import (
    Context,
    Gate,
    Kind,
    Outcome as Ended,
    ScreenForm,
    SessionKind,
)
from custom_components.back_exercise.engine.reasons import remarks
from custom_components.back_exercise.engine.screen import CAUTION, EMERGENCY, URGENT
from custom_components.back_exercise.engine.today import Ask, Result, Today, lock_of

from .builders import CATALOGUE
from .lives import Life, day, outline


def rules(shown: Today) -> list[Rule]:
    """Return the rules that decided."""
    return [decision.rule for decision in shown.decisions]


@pytest.mark.parametrize(
    ("flag", "rule"),
    [
        *((flag, Rule.G_1) for flag in EMERGENCY),
        *((flag, Rule.G_2) for flag in URGENT),
        *((flag, Rule.G_3) for flag in CAUTION),
    ],
)
def test_every_item_of_the_list_locks_by_its_rule(flag: str, rule: Rule) -> None:
    life = Life(screened=False)
    life.screen(0, flag)

    shown = life.today(0)

    assert (shown.result, rules(shown)) == (Result.LOCKED, [rule])


@pytest.mark.parametrize(
    ("flags", "rule"),
    [
        (("chest_pain", "fever_or_ill", "falls"), Rule.G_1),
        (("fever_or_ill", "falls"), Rule.G_2),
        (("falls",), Rule.G_3),
    ],
)
def test_the_gravest_lock_comes_first(flags: tuple[str, ...], rule: Rule) -> None:
    life = Life(screened=False)
    life.screen(0, *flags)

    assert rules(life.today(0, pain=9, override=True)) == [rule]


@pytest.mark.parametrize("flag", ["chest_pain", "fever_or_ill"])
@pytest.mark.parametrize(
    ("answers", "result"),
    [
        ({}, Result.LOCKED),
        ({"clinician_agreed": True}, Result.LOCKED),
        ({"form": ScreenForm.AGREEMENT, "assessed": True}, Result.LOCKED),
        ({"form": ScreenForm.SHORT, "anything_new": False}, Result.LOCKED),
        ({"assessed": True}, Result.PLAN),
    ],
)
def test_g1_and_g2_open_only_by_an_assessment_and_a_full_list(
    flag: str, answers: dict[str, object], result: Result
) -> None:
    life = Life(screened=False)
    life.screen(0, flag)
    life.screen(1, **answers)

    assert life.today(1).result is result


def test_g3_opens_when_a_clinician_agreed_not_by_leaving_the_item_out() -> None:
    life = Life(screened=False)
    life.screen(0, "pregnancy")
    life.screen(1)
    assert rules(life.today(1)) == [Rule.G_3]

    life.screen(2, form=ScreenForm.AGREEMENT, clinician_agreed=True)
    assert life.today(2).result is Result.PLAN


def test_an_agreement_that_is_not_given_opens_nothing() -> None:
    life = Life(screened=False)
    life.screen(0, "pregnancy")
    life.screen(2, form=ScreenForm.AGREEMENT)

    assert rules(life.today(2)) == [Rule.G_3]


def test_g3_falls_leave_out_what_is_done_standing() -> None:
    life = Life()
    life.at("advanced")
    life.screen(0, "falls", clinician_agreed=True)

    ids = [id_ for id_, _ in outline(life.today(0))]

    assert ids == ["piriformis_stretch", "single_leg_bridges", "side_planks"]


def test_without_a_screen_it_is_locked() -> None:
    shown = Life(screened=False).today(0)

    assert (shown.result, rules(shown)) == (Result.LOCKED, [Rule.SCREEN])


@pytest.mark.parametrize(("on", "result"), [(27, Result.PLAN), (28, Result.LOCKED)])
def test_the_full_list_is_due_after_28_days(on: int, result: Result) -> None:
    life = Life()
    for number in range(3, 25, 3):
        life.session(number)

    assert life.today(on).result is result


def test_a_list_answered_while_away_is_asked_again_once_28_days_are_over() -> None:
    life = Life()
    life.session(0)
    life.screen(20)
    assert rules(life.today(29)) == [Rule.SCREEN]

    life.screen(29)
    assert life.today(29).result is Result.PLAN


@pytest.mark.parametrize(
    ("anything_new", "result"),
    [(None, Result.PLAN), (False, Result.PLAN), (True, Result.LOCKED)],
)
def test_something_new_asks_for_the_full_list(
    anything_new: bool | None, result: Result
) -> None:
    shown = Life().today(1, anything_new=anything_new)

    assert shown.result is result


def test_something_new_locks_until_the_full_list_is_answered() -> None:
    life = Life()
    life.screen(1, form=ScreenForm.SHORT, anything_new=True)
    life.screen(1.1, form=ScreenForm.SHORT, anything_new=False)
    shown = life.today(2)
    assert (rules(shown), shown.decisions[0].variant) == ([Rule.SCREEN], "new")

    life.screen(2)
    assert life.today(2).result is Result.PLAN


@pytest.mark.parametrize(
    ("sign", "rule"),
    [
        ("leg_numbness_or_weakness", Rule.G_1),
        ("chest_pain", Rule.G_1),
        ("breathlessness", Rule.G_1),
        ("cold_sweat", Rule.G_1),
        ("fever_or_ill", Rule.G_2),
        ("dizziness", Rule.G_3),
        ("pain_below_knee", Rule.G_0),
    ],
)
def test_i6_signs_reported_in_a_session_lock_as_they_match(
    sign: str, rule: Rule
) -> None:
    life = Life()
    life.screen(1, sign, form=ScreenForm.REPORT)

    assert rules(life.today(2))[0] is rule


@pytest.mark.parametrize("routine", [Routine.INTERMEDIATE, Routine.ADVANCED])
def test_a_routine_above_the_programmes_is_refused(routine: Routine) -> None:
    shown = Life().today(0, routine=routine, override=True)

    assert (shown.result, rules(shown)) == (Result.REFUSED, [Rule.R_1])


def test_a_lower_routine_may_be_chosen() -> None:
    life = Life()
    life.at("advanced")

    shown = life.today(0, routine=Routine.INTERMEDIATE)

    assert (shown.routine, shown.kind) == (Routine.INTERMEDIATE, SessionKind.NORMAL)


def test_g7_asks_for_the_day_after_and_takes_it_as_unknown_without() -> None:
    life = Life()
    life.session(0, next_day=None)

    shown = life.today(2)

    assert rules(shown) == [Rule.G_7, Rule.G_0, Rule.A_0]
    assert shown.decisions[0].outcome is Outcome.ASK
    assert shown.plan
    assert shown.plan.ask_next_day
    assert life.programme().session is not None
    life.session(2)
    assert Rule.P_4 in life.rules(session=0)


def test_g7_a_recalled_answer_before_the_gate_is_taken() -> None:
    life = Life()
    life.session(0, next_day=None)
    life.rate(2, 1, recalled=True)

    assert Rule.G_7 not in rules(life.today(2))
    assert life.programme().recent.answered


@pytest.mark.parametrize(
    ("number", "outcome"),
    [
        (0.2, Outcome.NOTHING),  # the same evening
        (0.3, Outcome.NOTHING),  # too early, though it is another day
        (0.49, Outcome.NOTHING),
        (0.51, Outcome.ASK),
        (2.9, Outcome.ASK),
    ],
)
def test_g7_asks_from_12_to_72_hours_after_a_session(
    number: float, outcome: Outcome
) -> None:
    life = Life()
    life.session(0, outcome=Ended.STOPPED, next_day=None)

    shown = life.today(number)

    assert (rules(shown)[0], shown.decisions[0].outcome) == (Rule.G_7, outcome)
    assert shown.plan
    assert shown.plan.ask_next_day is (outcome is Outcome.ASK)


def test_g7_does_not_ask_on_the_same_day_where_the_person_is() -> None:
    life = Life(zone="America/Los_Angeles")
    life.session(0.65, outcome=Ended.STOPPED, next_day=None)  # 01:36 there
    # more than 12 hours later it is the same day there still
    assert life.today(1.17).decisions[0].outcome is Outcome.NOTHING
    life.zone = "Asia/Tokyo"
    assert life.today(1.17).decisions[0].outcome is Outcome.ASK


def test_g7_asks_nothing_of_a_session_in_which_nothing_was_done() -> None:
    life = Life()
    life.session(0, outcome=Ended.STOPPED, next_day=None)
    life.entries = [e for e in life.entries if e.kind is not Kind.EXERCISE_DONE]

    assert life.today(1).decisions[0].outcome is Outcome.NOTHING


@pytest.mark.parametrize(("wait", "asks"), [(60, True), (0, False)])
def test_g7_who_does_not_want_to_be_waited_for_is_not_asked(
    *, wait: int, asks: bool
) -> None:
    life = Life()
    life.setting("rating_wait", wait)
    life.session(0, next_day=None)
    shown = life.today(2)

    assert shown.plan
    assert shown.plan.ask_next_day is asks
    assert shown.decisions[0].outcome is Outcome.ASK


def test_g7_what_is_recalled_is_not_how_it_is_now() -> None:
    life = Life()
    life.session(0, next_day=None)
    life.rate(2, 5, Context.AT_LARGE)
    life.rate(2.01, 0, recalled=True)
    assert life.today(2.02, pain=None).pain == 5

    told = Life()
    told.session(0, next_day=None)
    told.rate(2.01, 0, recalled=True)
    assert told.today(2.02, pain=None).pain is None


def test_g7_the_plan_is_eased_by_what_is_recalled() -> None:
    life = Life()
    life.session(0, next_day=None)
    before = outline(life.today(2))
    life.rate(2, 4, recalled=True)

    shown = life.today(2)

    assert [index - 1 for _, index in before] == [index for _, index in outline(shown)]
    assert [each.key for each in remarks(shown)] == ["P-2.hold"]
    assert shown.plan
    assert not shown.plan.ask_next_day


def test_g7_after_72_hours_a_session_is_closed_unknown() -> None:
    life = Life()
    life.session(0, next_day=None)

    assert life.programme(3).session is not None
    assert life.programme(3.1).session is None
    life.rate(3.2, 1)
    assert not life.programme().recent.answered


def test_a_session_that_was_never_ended_is_taken_as_partial() -> None:
    life = Life()
    life.session(0, next_day=None)
    life.entries.pop()

    assert life.today(0.1).decisions[0].rule is Rule.G_7
    assert life.programme(0.2).session is not None
    ended = life.programme(0.2).session
    assert ended is not None
    assert ended.outcome is Ended.PARTIAL


@pytest.mark.parametrize(
    ("outcome", "override", "result", "rule", "kind"),
    [
        (Ended.COMPLETED, False, Result.NOT_TODAY, Rule.G_6, None),
        (Ended.COMPLETED, True, Result.PLAN, Rule.G_6, SessionKind.GENTLE),
        (Ended.STOPPED, False, Result.PLAN, Rule.G_0, SessionKind.NORMAL),
        (Ended.PARTIAL, False, Result.PLAN, Rule.G_0, SessionKind.NORMAL),
    ],
)
def test_g6_only_a_completed_session_keeps_from_another_on_its_day(
    outcome: Ended,
    override: bool,
    result: Result,
    rule: Rule,
    kind: SessionKind | None,
) -> None:
    life = Life()
    life.session(0, outcome=outcome, next_day=None)

    shown = life.today(0.2, override=override)

    assert (shown.result, shown.kind) == (result, kind)
    assert rule in rules(shown)


def test_g6_is_over_at_midnight_where_the_person_is() -> None:
    life = Life(zone="Pacific/Auckland")
    life.session(0, next_day=None)  # 07:00 on the next day there

    assert life.today(0.6).result is Result.NOT_TODAY
    assert life.today(0.75).result is Result.PLAN


def test_g6_comes_before_the_rating_and_override_passes_nothing_else() -> None:
    life = Life()
    life.session(0, next_day=None)

    assert rules(life.today(0.2, pain=9))[:2] == [Rule.G_7, Rule.G_6]
    assert life.today(0.2, pain=9, override=True).result is Result.NOT_TODAY


@pytest.mark.parametrize(("sessions", "result"), [(4, "plan"), (5, "not_today")])
def test_w1_there_are_at_most_five_sessions_in_seven_days(
    sessions: int, result: str
) -> None:
    life = Life()
    for number in range(sessions):
        life.session(number)

    assert life.today(6).result == result
    assert life.today(7 + sessions / 10).result == "plan"


def test_g8_without_a_rating_the_session_is_gentle_and_never_counts_upward() -> None:
    life = Life()
    for number in (0, 2, 4):
        life.session(number, pain=None, next_day=0)

    assert life.today(6, pain=None).kind is SessionKind.GENTLE
    assert outline(life.today(6, pain=0))[3] == ("simplified_piriformis_stretch", 0)


@pytest.mark.parametrize(
    ("hours", "kind", "pain"),
    [(2, SessionKind.NORMAL, 3), (2.1, SessionKind.GENTLE, None)],
)
def test_g8_the_latest_rating_of_two_hours_is_the_pain_before(
    hours: float, kind: SessionKind, pain: int | None
) -> None:
    life = Life()
    life.rate(1, 3, Context.AT_LARGE)
    life.rate(0.99, 0, Context.AT_LARGE)  # told later, but not the latest

    shown = life.today(1 + hours / 24, pain=None)

    assert (shown.kind, shown.pain) == (kind, pain)


@pytest.mark.parametrize(
    ("block", "pain", "result"),
    [
        (6, 5, Result.PLAN),
        (6, 6, Result.NOT_TODAY),
        (3, 2, Result.PLAN),
        (3, 3, Result.NOT_TODAY),
    ],
)
def test_g4_from_the_block_on_there_is_no_session(
    block: int, pain: int, result: Result
) -> None:
    life = Life()
    life.setting("gate_block_from", block)

    shown = life.today(1, pain=pain)

    assert shown.result is result
    assert (Rule.G_4 in rules(shown)) == (result is Result.NOT_TODAY)


def test_g4_seven_is_possible_once_a_clinician_agreed() -> None:
    life = Life()
    life.setting("gate_block_from", 7, clinician_agreed=True)

    assert life.today(1, pain=6).kind is SessionKind.GENTLE
    assert life.today(1, pain=7).result is Result.NOT_TODAY


def test_g4_lower_again_on_the_same_day_is_gentle_at_most() -> None:
    life = Life()
    life.add(1, Gate(result="not_today", pain_before=7))

    shown = life.today(1.1, pain=1)
    assert (shown.kind, shown.decisions[0].variant) == (SessionKind.GENTLE, "earlier")
    assert life.today(2, pain=1).kind is SessionKind.NORMAL


def test_g4_a_high_rating_earlier_that_day_is_remembered_too() -> None:
    life = Life()
    life.rate(1, 6, Context.BEFORE)

    assert life.today(1.1, pain=1).kind is SessionKind.GENTLE


@pytest.mark.parametrize("result", ["refused", "locked"])
def test_a_start_that_was_refused_or_locked_leaves_no_trace(result: str) -> None:
    life = Life()
    life.session(0, next_day=None)
    life.add(1, Gate(result=result, pain_before=7))

    assert life.programme().session is not None
    assert life.today(1.1, pain=1).kind is SessionKind.NORMAL


def test_how_the_day_after_is_can_be_told_though_there_is_no_session_on_it() -> None:
    life = Life()
    life.session(0, pain=2, next_day=None)
    life.add(0.7, Gate(result="not_today", pain_before=7))
    life.rate(0.8, 7, Context.NEXT_DAY)

    assert Rule.P_2 in life.rules()


def test_a_gate_without_a_number_makes_no_day_high() -> None:
    life = Life()
    life.add(1, Gate(result="not_today"))

    assert life.today(1.1, pain=1).kind is SessionKind.NORMAL


@pytest.mark.parametrize(
    ("history", "pain", "case"),
    [
        ((0, 0, 0), 2, "b"),
        ((0, 0, 0), 1, None),
        ((0, 0), 3, None),
        ((1, 1, 3, 3), 4, "a"),
    ],
)
def test_g5b_two_above_the_usual_is_gentle(
    history: tuple[int, ...], pain: int, case: str | None
) -> None:
    life = Life()
    for number, before in enumerate(history):
        life.session(number * 2, pain=before)

    shown = life.today(len(history) * 2, pain=pain)

    assert shown.decisions[0].inputs.get("case") == case


def test_g5b_what_is_older_than_28_days_is_not_usual() -> None:
    life = Life()
    for number in (0, 2, 4):
        life.session(number, pain=0)
    life.screen(33)

    kinds = [life.today(number, pain=3).decisions[0].rule for number in (27, 33)]

    assert kinds == [Rule.G_5, Rule.G_0]


def low_at_first() -> Life:
    """Return somebody whose usual pain is 1, with one session that was entered."""
    life = Life()
    for number in (0, 2, 4):
        life.session(number, pain=1, effort=5)
    return life


def without(life: Life, *, session: int) -> Life:
    """Return the diary without one of its sessions' beginnings."""
    ids = [e.id for e in life.entries if e.kind is Kind.SESSION_STARTED]
    stamp = replace(life.entries[-1], id="now", at=day(5))
    twin = life.copy()
    twin.entries = list(deleted(CATALOGUE, life.entries, ids[session], stamp))
    return twin


def test_g5b_a_deleted_rating_does_not_raise_the_pain_from_which_it_is_gentle() -> None:
    life = low_at_first()
    left = without(life, session=0)

    for each in (life, left):
        assert each.today(6, pain=3).kind is SessionKind.GENTLE
        assert each.today(6, pain=2).kind is SessionKind.NORMAL
    assert left.today(6, pain=3).decisions[0].inputs["case"] == "b"
    assert left.programme().gentle_from == (3, day(33).date())


def test_g5b_what_a_deletion_kept_ends_after_28_days_and_outlasts_another() -> None:
    left = without(without(low_at_first(), session=0), session=0)
    left.screen(32.5)

    assert left.programme().gentle_from == (3, day(33).date())
    assert Rule.G_5 in rules(left.today(33, pain=3))
    assert Rule.G_5 not in rules(left.today(34, pain=3))


def test_what_locks_can_be_asked_for_without_asking_for_a_session() -> None:
    life = Life()
    life.screen(0, "chest_pain", "falls")
    ask = Ask(now=day(1))

    lock = lock_of(life.programme(), ask)

    assert lock is not None
    assert lock.rule is Rule.G_1
    assert lock_of(Life().programme(), ask) is None


def test_p6_usual_pain_two_above_the_beginning_is_gentle_until_below() -> None:
    life = Life()
    for number in range(5):
        life.session(number * 2, pain=0, effort=5)
    for number in range(5, 8):
        life.session(number * 2, pain=3, effort=5)
    shown = life.today(16, pain=1)
    assert Rule.P_6 in rules(shown)
    assert shown.kind is SessionKind.GENTLE

    for number in range(8, 11):
        life.session(number * 2, pain=0, effort=5)
    assert Rule.P_6 in life.rules(session=7)
    assert life.today(22, pain=1).kind is SessionKind.NORMAL


@pytest.mark.parametrize(("days", "told"), [(2, False), (3, True)])
def test_g9_high_on_three_of_seven_rated_days_brings_a_message(
    days: int, told: bool
) -> None:
    life = Life()
    for number in range(days - 1):
        life.rate(number, 7, Context.BEFORE)
        life.rate(number + 0.3, 1, Context.BEFORE)

    shown = life.today(days, pain=6)

    assert (Rule.G_9 in rules(shown)) == told
    assert shown.decisions[-1].outcome is (
        Outcome.MESSAGE if told else Outcome.NOT_TODAY
    )


@pytest.mark.parametrize(
    ("pains", "told"), [((4, 4), True), ((4, 1), False), ((4,), False)]
)
def test_g9_three_eased_gates_in_a_row_bring_a_message(
    pains: tuple[int, ...], told: bool
) -> None:
    life = Life()
    for number, pain in enumerate(pains):
        life.session(number * 2, pain=pain)

    assert (Rule.G_9 in rules(life.today(6, pain=4))) == told


def test_g9_sessions_without_a_rating_say_nothing_of_pain() -> None:
    life = Life()
    for number in range(4):
        life.session(number * 2, pain=None, next_day=0)

    assert Rule.G_9 not in rules(life.today(8, pain=None))


@pytest.mark.parametrize("pain", [-1, 11])
def test_a_pain_off_the_scale_is_not_taken(pain: int) -> None:
    with pytest.raises(ValueError, match="not within 0 to 10"):
        Life().today(0, pain=pain)
