"""What a session and the day after lead to: P, S and D rules."""

from itertools import pairwise
from typing import Any

import pytest

from custom_components.back_exercise.engine.catalogue import Routine
from custom_components.back_exercise.engine.decision import Decision, Outcome, Rule
from custom_components.back_exercise.engine.diary import (
    Context,
    ExerciseDone,
    Form,
    Measure,
    OfferKind,
    Outcome as Ended,
    Prescribed,
    ProgrammeSet,
    ScreenForm,
    SessionEnded,
    SessionKind,
    SessionStarted,
)
from custom_components.back_exercise.engine.programme import (
    LEVEL_SURFACE,
    Mode,
    Status,
)
from custom_components.back_exercise.engine.today import Result

from .exercises import BALANCE, BRIDGES, BUGS, HIP, SIMPLE, TILTS
from .lives import Life, day, indices, outline

BEGINNER = (TILTS, HIP, BRIDGES, SIMPLE)


def of(life: Life, rule: Rule, session: int = -1) -> list[Decision]:
    """Return what a rule decided about a session."""
    return [each for each in life.decided(session=session) if each.rule is rule]


# The day after


@pytest.mark.parametrize(("after", "held"), [(2, False), (3, True)])
def test_p1_pain_two_higher_after_than_before_holds_for_a_session(
    after: int, held: bool
) -> None:
    life = Life()
    life.session(0)
    life.session(2, after=after)

    assert (Rule.P_1 in life.rules()) == held
    assert life.programme().hold == held
    assert indices(life.programme(), SIMPLE) == [0 if held else 1]
    life.session(4)
    assert life.programme().hold == 0
    assert indices(life.programme(), SIMPLE) == [0 if held else 1]


def test_p1_late_pain_after_counts_if_it_is_higher() -> None:
    life = Life()
    life.session(0, next_day=None)
    life.rate(0.1, 0, Context.AFTER)
    life.rate(0.1, 3, Context.AFTER)
    life.rate(0.1, 9, Context.AFTER, measure=Measure.EFFORT)
    life.rate(0.7, 1)

    assert Rule.P_1 in life.rules()


@pytest.mark.parametrize(
    ("next_day", "rule"), [(1, None), (2, Rule.P_3), (3, Rule.P_2), (None, Rule.P_4)]
)
def test_p2_p3_p4_by_how_the_next_day_was(
    next_day: int | None, rule: Rule | None
) -> None:
    life = Life()
    life.session(0, next_day=next_day)
    life.session(3)

    found = {Rule.P_2, Rule.P_3, Rule.P_4} & set(life.rules(session=0))
    assert found == {rule} - {None}


def test_p2_can_be_made_stricter() -> None:
    life = Life()
    life.setting("nd_rise", 1)
    life.session(0, next_day=2)

    assert Rule.P_2 in life.rules()


def test_p2_keeps_to_the_lowest_dose() -> None:
    life = Life()
    for number in range(6):
        life.session(number * 2, next_day=3)
        life.screen(number * 2 + 1, form=ScreenForm.AGREEMENT, advice_taken=True)

    assert indices(life.programme(), *BEGINNER) == [-3, -3, -3, -3]


@pytest.mark.parametrize(
    ("hours", "next_day", "closed"),
    [(11.9, 1, False), (12.1, 1, True), (2, 4, True), (2, 2, False)],
)
def test_an_answer_within_twelve_hours_closes_only_if_it_eases(
    hours: float, next_day: int, closed: bool
) -> None:
    life = Life()
    life.session(0, next_day=None)
    life.rate(0.005 + hours / 24, next_day)

    assert (life.programme().session is None) == closed


def test_p4_without_an_answer_nothing_rises() -> None:
    life = Life()
    for number in (0, 2, 4, 6):
        life.session(number, next_day=None)
    life.session(8)

    assert indices(life.programme(), *BEGINNER) == [0, 0, 0, 0]


def test_p4_an_unanswered_day_does_not_end_a_hold_or_a_run_of_bad_sessions() -> None:
    life = Life()
    life.session(0, next_day=3)
    life.session(2, next_day=None)
    programme = life.programme(6)

    assert (programme.hold, programme.bad_run) == (2, 1)


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [(3, 3, True), (3, 2, False), (2, 2, False), (3, 1, False)],
)
def test_p5_little_change_in_six_weeks_brings_a_message(
    first: int, last: int, told: bool
) -> None:
    life = Life()
    life.setting("gate_block_from", 6)
    for number in range(15):
        life.session(number * 3, pain=first if number < 8 else last, effort=5)
        life.screen(number * 3 + 1)

    assert bool(of(life, Rule.P_5)) == told
    assert not of(life, Rule.P_5, session=11)


def test_p5_and_p6_are_said_once_in_28_days() -> None:
    life, sorer = Life(), Life()
    for number in range(26):
        for each, pain in ((life, 3), (sorer, 0 if number < 5 else 2)):
            each.session(number * 3, pain=pain, effort=5)
            each.screen(number * 3 + 1)

    for each, rule, first in ((life, Rule.P_5, 42), (sorer, Rule.P_6, 21)):
        days = [(t.at - day(0)).days for t in each.log() if t.decision.rule is rule]
        said = [days[0], *(on for on in days[1:] if on != days[0])]
        assert said[0] >= first
        assert all(b - a >= 28 for a, b in pairwise(said))
        assert len(said) == 2


# Suspensions


def test_s1_comes_at_once_and_is_not_shortened_by_what_follows() -> None:
    life = Life()
    life.session(0, turns={BRIDGES: {"sharp": True, "done": 1}}, next_day=None)
    standing = life.programme().standing(BRIDGES)
    assert (standing.status, standing.cool_off) == (Status.SUSPENDED, day(14).date())

    life.rate(0.02, 3, Context.DURING, exercise=BRIDGES)
    life.rate(0.625, 1)
    assert len(of(life, Rule.S_1)) == 1
    assert life.programme().standing(BRIDGES).cool_off == day(14).date()


@pytest.mark.parametrize(
    ("marks", "suspended"),
    [
        ((True, True), True),
        ((True, False, True), True),
        ((True, False, False, True), False),
        ((True,), False),
    ],
)
def test_s2_two_of_the_last_three_exposures(
    marks: tuple[bool, ...], suspended: bool
) -> None:
    life = Life()
    for number, mark in enumerate(marks):
        peak = 3 if mark else 1
        life.session(number * 2, turns={HIP: {"pain_peak": peak}}, effort=5)

    assert (life.programme().standing(HIP).status is Status.SUSPENDED) == suspended


def test_s2_can_be_made_stricter() -> None:
    life = Life()
    life.setting("suspension_count", 1)
    life.session(0, turns={HIP: {"pain_peak": 3}})

    assert life.programme().standing(HIP).status is Status.SUSPENDED


def test_s2_counts_what_only_the_next_day_shows() -> None:
    life = Life()
    for number in (0, 2):
        life.session(number, turns={HIP: {"pain_peak": 2}}, next_day=3)

    standing = life.programme().standing(HIP)
    assert (standing.status, standing.cool_off) == (Status.SUSPENDED, day(17).date())


def test_s2_a_rating_that_comes_after_the_exercise_counts() -> None:
    life = Life()
    life.session(0, turns={HIP: {"pain_peak": 3}}, effort=5)
    life.session(2, turns={HIP: {"pain_peak": None}}, effort=5, next_day=None)
    life.rate(2.01, 4, Context.DURING, exercise=HIP)
    life.rate(2.01, 4, Context.DURING, exercise=HIP, measure=Measure.EFFORT)

    assert life.programme().standing(HIP).status is Status.SUSPENDED


def test_a_rating_that_comes_before_the_exercise_ended_is_kept_for_it() -> None:
    life = Life()
    life.session(0, next_day=None, until=TILTS)
    ended = life.entries.pop()
    done = life.entries.pop()
    life.rate(0.0005, 4, Context.DURING, exercise=TILTS)
    life.entries += [done, ended]

    record = life.programme().session
    assert record is not None
    assert record.done[TILTS].pain_peak == 4


def test_two_turns_at_an_exercise_count_as_the_worse_of_both() -> None:
    life = Life()
    life.session(0, next_day=None, until=TILTS)
    life.entries.pop()
    life.add(0.002, ExerciseDone(exercise=TILTS, planned=10, done=4, pain_peak=3))
    life.add(0.003, SessionEnded(outcome=Ended.COMPLETED))

    record = life.programme().session
    assert record is not None
    assert (record.done[TILTS].done, record.done[TILTS].pain_peak) == (10, 3)


@pytest.mark.parametrize("stand_in", ["start_and_end", "each_exercise"])
def test_a_closing_rating_that_stands_in_eases_but_never_suspends(
    stand_in: str,
) -> None:
    life = Life()
    for number in (0, 2):
        life.session(
            number, peak=None, effort=None, after=3, next_day=1, check_in=stand_in
        )

    eased = stand_in == "start_and_end"
    assert (Rule.D_4 in life.rules()) == eased
    programme = life.programme()
    assert {programme.standing(id_).status for id_ in BEGINNER} == {Status.ACTIVE}
    assert programme.standing(HIP).marks == (False, False)
    assert indices(programme, HIP) == [-2 if eased else 0]


def test_a_closing_rating_that_stands_in_lets_two_easy_sessions_count() -> None:
    life = Life()
    for number in (0, 2):
        life.session(number, peak=None, check_in="start_and_end")
    assert indices(life.programme(), SIMPLE) == [1]

    silent = Life()
    for number in (0, 2):
        silent.session(number, peak=None, after=None, check_in="start_and_end")
    assert indices(silent.programme(), SIMPLE) == [0]


def out_of_it(life: Life) -> None:
    """Have a re-trial of bridges offered, after sharp pain on the first day."""
    life.session(0, turns={BRIDGES: {"sharp": True, "done": 1}}, effort=5)
    for number in (3, 6, 9, 12):
        life.session(number, effort=5)


def test_s3_a_re_trial_is_offered_after_the_cool_off_and_four_sessions() -> None:
    life = Life()
    out_of_it(life)
    assert not life.programme().offers
    life.session(14, effort=5)

    (offer,) = life.programme().offers
    assert (offer.kind, offer.exercise) == (OfferKind.RETRIAL, BRIDGES)
    assert BRIDGES not in dict(outline(life.today(16)))
    life.accept(15, OfferKind.RETRIAL, exercise=BRIDGES)
    assert dict(outline(life.today(16)))[BRIDGES] == -3


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"pain": 3}, None),
        ({"next_day": None}, "unknown"),
        ({"next_day": 5}, "bad"),
        ({"until": TILTS}, "does not count"),
    ],
)
def test_s3_is_not_offered_after_trouble(
    facts: dict[str, Any], why: str | None
) -> None:
    life = Life()
    life.session(0, turns={BRIDGES: {"sharp": True, "done": 1}}, pain=3, effort=5)
    for number in (5, 10, 15):
        life.session(number, pain=3, effort=5)
    life.session(20, **({"pain": 3, "effort": 5} | facts))

    assert (not life.programme(24).offers) == (why is not None)


def test_s3_the_median_before_the_last_three_sessions_counts() -> None:
    life = Life()
    life.session(0, pain=4, turns={BRIDGES: {"sharp": True, "done": 1}})
    for number in (5, 10, 15):
        life.session(number, pain=4)
    life.screen(16)
    life.session(20, pain=1)

    assert not life.programme().offers


def retried(*peaks: int) -> Life:
    """Return somebody who tried bridges again, with these peaks."""
    life = Life()
    out_of_it(life)
    life.session(14, effort=5)
    life.accept(15, OfferKind.RETRIAL)
    for number, peak in enumerate(peaks):
        life.session(16 + number * 2, turns={BRIDGES: {"pain_peak": peak}}, effort=5)
    return life


def test_s3_two_good_re_trials_bring_an_exercise_back() -> None:
    assert retried(1).programme().standing(BRIDGES).status is Status.RETRIAL
    life = retried(1, 1)

    standing = life.programme().standing(BRIDGES)
    assert (standing.status, standing.index, standing.marks) == (Status.ACTIVE, -3, ())
    assert of(life, Rule.S_3)[0].outcome is Outcome.REACTIVATE


def test_s3_a_re_trial_without_answers_brings_nothing_back() -> None:
    life = retried()
    for number in (16, 18):
        life.session(number, peak=None)

    assert life.programme().standing(BRIDGES).status is Status.RETRIAL


def test_s4_worse_in_a_re_trial_suspends_for_28_days() -> None:
    life = retried(3)

    standing = life.programme().standing(BRIDGES)
    assert (standing.status, standing.cool_off) == (Status.SUSPENDED, day(44).date())
    assert of(life, Rule.S_4)


def test_s4_a_re_trial_that_had_not_settled_the_next_day_fails_too() -> None:
    life = retried()
    life.session(16, turns={BRIDGES: {"pain_peak": 2}}, next_day=3)

    assert life.programme().standing(BRIDGES).status is Status.SUSPENDED


def failed_twice() -> Life:
    """Return somebody for whom bridges failed two re-trials."""
    life = retried(3)
    life.screen(25)
    for number in (20, 26, 32, 38, 44):
        life.session(number, effort=5)
    life.screen(45)
    life.accept(45, OfferKind.RETRIAL)
    life.session(46, turns={BRIDGES: {"sharp": True, "done": 1}}, effort=5)
    return life


def test_s4_the_second_failed_re_trial_retires() -> None:
    life = failed_twice()

    assert life.programme().standing(BRIDGES).status is Status.RETIRED
    assert [d.outcome for d in of(life, Rule.S_4)] == [Outcome.RETIRE]
    for number in (50, 55, 60, 65, 70, 75):
        life.screen(number)
        life.session(number, effort=5)
    assert not life.programme().offers


def test_s4_only_the_person_brings_a_retired_exercise_back_as_a_re_trial() -> None:
    life = failed_twice()
    wish = ProgrammeSet(exercise=BRIDGES, re_enable=True)
    life.add(48, wish)
    assert life.programme().standing(BRIDGES).status is Status.RETIRED

    for number in (50, 56, 62, 68, 74):
        life.screen(number)
        life.session(number, effort=5)
    life.add(75, wish)
    standing = life.programme().standing(BRIDGES)
    assert (standing.status, standing.index) == (Status.RETRIAL, -3)


def test_s5_three_sharp_pains_in_28_days_lock_until_advice_was_taken() -> None:
    life = Life()
    for number, id_ in ((0, TILTS), (2, HIP)):
        life.session(number, turns={id_: {"sharp": True}}, effort=5)
    assert not life.programme().locked
    life.at("beginner", 4)
    life.session(4, turns={BRIDGES: {"sharp": True}}, effort=5, next_day=None)

    shown = life.today(5)
    assert (shown.result, shown.decisions[0].rule) == (Result.LOCKED, Rule.S_5)
    life.screen(6, clinician_agreed=True)
    assert life.today(6).result is Result.LOCKED
    life.screen(7, form=ScreenForm.AGREEMENT, advice_taken=True)
    # bridges was the third of four: S-6 locks when the session is closed
    assert life.today(7).decisions[0].rule is not Rule.S_5


def test_s5_sharp_pains_further_apart_do_not_lock() -> None:
    life = Life()
    life.at("intermediate")
    for number, id_ in ((0, TILTS), (2, "bird_dogs")):
        routine = Routine.BEGINNER if id_ == TILTS else None
        life.session(number, turns={id_: {"sharp": True}}, routine=routine, effort=5)
    for number in range(5, 29, 4):
        life.session(number, effort=5)
        life.screen(number)
    life.session(29, turns={"dead_bugs": {"sharp": True}}, effort=5)

    assert life.programme().soft_lock is None


def test_s6_three_of_four_out_lower_the_level() -> None:
    life = Life()
    life.at("intermediate")
    for number, id_ in ((0, "dead_bugs"), (2, "bird_dogs")):
        life.session(number, turns={id_: {"sharp": True}}, effort=5)
    turns = {"fire_hydrants": {"sharp": True}}
    for number in range(4, 34, 5):
        life.screen(number)
        life.session(number, effort=5)
    life.session(34, turns=turns, effort=5)

    programme = life.programme()
    assert (programme.level, programme.hold) == (Routine.BEGINNER, 2)
    assert of(life, Rule.S_6)[0].outcome is Outcome.LEVEL_DOWN
    assert indices(programme, *BEGINNER) == [-1, -1, -1, -1]


def test_s6_at_beginner_it_locks() -> None:
    life = Life()
    for number, id_ in ((0, TILTS), (2, TILTS), (4, HIP), (6, HIP)):
        life.session(number, turns={id_: {"pain_peak": 3}}, effort=5)
    life.session(8, turns={BRIDGES: {"sharp": True}}, effort=5)

    assert life.programme().soft_lock is Rule.S_6
    assert life.today(10).decisions[0].rule is Rule.S_6


def test_s6_in_a_trial_ends_the_trial() -> None:
    life = Life()
    life.at("intermediate")
    for number, id_ in ((0, "dead_bugs"), (2, "bird_dogs")):
        life.session(number, turns={id_: {"sharp": True}}, effort=5)
    life.at("beginner", 4)
    for number in range(4, 40, 3):
        life.screen(number)
        life.session(number)
    life.accept(40, OfferKind.LEVEL)
    assert life.programme().mode is Mode.TRIAL
    life.session(41, turns={"fire_hydrants": {"sharp": True}}, effort=5)

    programme = life.programme()
    assert (programme.level, programme.mode) == (Routine.BEGINNER, Mode.BUILD)
    assert of(life, Rule.S_6)[0].outcome is Outcome.BUILD


# Dose


def test_d1_needs_seven_days_between_the_steps_of_an_exercise() -> None:
    life = Life()
    for number in (0, 2, 4, 6, 8, 9):
        life.session(number)
    days = [t.at.date() for t in life.log() if t.decision.rule is Rule.D_1]

    assert days == [day(3).date(), day(10).date()]


def test_d1_the_gap_can_be_made_longer() -> None:
    life = Life()
    life.setting("step_gap_days", 21)
    for number in (0, 2, 4, 6, 8, 10, 12):
        life.session(number)

    assert indices(life.programme(), SIMPLE) == [1]


def test_d1_raises_two_exercises_at_most_the_longest_unchanged_first() -> None:
    life = Life()
    life.at("intermediate")
    for number in (0, 2, 4):
        life.session(number)

    assert indices(life.programme(), "piriformis_stretch", BUGS) == [1, 1]
    one = Life()
    one.setting("max_step_ups", 1)
    one.at("intermediate")
    for number in (0, 2, 4):
        one.session(number)
    assert indices(one.programme(), "piriformis_stretch", BUGS) == [1, 1]
    steps = [t.decision.exercise for t in one.log() if t.decision.rule is Rule.D_1]
    assert steps == ["piriformis_stretch", BUGS]


@pytest.mark.parametrize(
    "turn",
    [
        {"pain_peak": 2},
        {"effort": 4},
        {"effort": None},
        {"pain_peak": None},
        {"done": 4},
        {"too_hard": True},
        {"modified": True},
        {"index": -1},
    ],
)
def test_d1_does_not_rise_when_the_exposure_was_not_clean(turn: dict[str, Any]) -> None:
    life = Life()
    life.session(0)
    life.session(2, turns={SIMPLE: turn})

    assert indices(life.programme(), SIMPLE)[0] <= 0


def test_d1_does_not_rise_within_a_pain_that_is_too_high_to_be_clean() -> None:
    life = Life()
    for number in (0, 2):
        life.session(number, pain=3)

    assert indices(life.programme(), SIMPLE) == [0]


def test_d1_stays_within_the_articles_figures_and_the_persons_limit() -> None:
    life = Life()
    life.setting("highest_repetitions", {SIMPLE: 6, "own": 3})
    for number in range(0, 24, 2):
        life.session(number)

    assert indices(life.programme(), *BEGINNER) == [0, 0, 0, 1]


@pytest.mark.parametrize(("cap", "index"), [(14, 0), (15, 1)])
def test_d5_a_step_that_would_make_the_session_too_long_is_left_out(
    cap: int, index: int
) -> None:
    life = Life()
    life.setting("session_cap", cap)
    life.setting("rest", 20)  # 830 seconds now, 862 with the step
    life.session(0)
    life.session(2)

    assert indices(life.programme(), SIMPLE) == [index]
    assert bool(of(life, Rule.D_5)) == (index == 0)


@pytest.mark.parametrize(
    ("facts", "index"),
    [
        ({}, -1),
        ({"turns": {BRIDGES: {"done": 5}}}, -1),
        ({"turns": {BRIDGES: {"pain_peak": 2}}}, -1),
        ({"turns": {BRIDGES: {"done": 4}}}, -2),
        ({"turns": {BRIDGES: {"pain_peak": None}}}, -2),
        ({"turns": {BRIDGES: {"too_hard": True}}}, -2),
        ({"turns": {BRIDGES: {"index": -3}}}, -2),
        ({"next_day": None}, -2),
        ({"after": 3}, -2),
        ({"pain": 4}, -2),
    ],
)
def test_d2_an_acceptable_session_brings_one_step_back(
    facts: dict[str, Any], index: int
) -> None:
    life = Life()
    life.session(0)
    life.add(1, ProgrammeSet(exercise=BRIDGES, index=-2))
    life.session(2, **facts)

    assert indices(life.programme(6), BRIDGES) == [index]


def test_d2_stops_at_the_articles_dose_and_at_the_persons_limit() -> None:
    life = Life()
    life.add(0, ProgrammeSet(exercise=BRIDGES, index=-1))
    life.add(0, ProgrammeSet(exercise=TILTS, index=-1))
    life.setting("highest_repetitions", {TILTS: 8})
    for number in (0, 2, 4):
        life.session(number, effort=5)

    assert indices(life.programme(), BRIDGES, TILTS) == [0, -1]


@pytest.mark.parametrize(
    ("turns", "index"),
    [
        (({"done": 7}, {"done": 7}), -1),
        (({"effort": 8}, {"effort": 8}), -1),
        (({"done": 7}, {"effort": 8}), -1),
        (({"done": 8}, {"done": 8}), 0),
        (({"done": 7}, {}, {"done": 7}), 0),
        (({"done": 0, "skipped": True, "pain_peak": None},) * 2, 0),
        (({"done": 0, "too_hard": True, "pain_peak": None},) * 2, -1),
    ],
)
def test_d3_too_hard_twice_in_a_row_is_one_less(
    turns: tuple[dict[str, Any], ...], index: int
) -> None:
    life = Life()
    for number, turn in enumerate(turns):
        life.session(number * 2, turns={BRIDGES: turn}, effort=5)

    assert indices(life.programme(), BRIDGES) == [index]


def test_d3_r22_single_leg_balance_first_gets_firm_ground() -> None:
    life = Life()
    life.at("advanced")
    for number in (0, 2):
        life.session(number, turns={BALANCE: {"effort": 8}}, effort=5)

    shown = life.today(4)
    forms = {slot.exercise.id: slot.form for slot in shown.slots}
    assert forms[BALANCE] is Form.LEVEL_SURFACE
    assert indices(life.programme(), BALANCE) == [0]
    for number in (4, 6):
        life.session(number, turns={BALANCE: {"effort": 8}}, effort=5)
    assert indices(life.programme(), BALANCE, LEVEL_SURFACE) == [0, -1]


def test_d3_ratings_of_the_balance_go_to_the_form_that_was_done() -> None:
    life = Life()
    life.at("advanced")
    life.setting("cushion", value=False)
    life.session(0, effort=5)
    life.session(2, effort=5, next_day=None)
    life.rate(2.02, 5, Context.DURING, exercise=BALANCE)

    record = life.programme().session
    assert record is not None
    assert record.done[LEVEL_SURFACE].pain_peak == 5


def test_d4_is_not_added_to_the_reduction_of_p2() -> None:
    life = Life()
    life.session(0, turns={BRIDGES: {"pain_peak": 3}}, next_day=3)

    assert indices(life.programme(), *BEGINNER) == [-1, -1, -1, -1]
    assert not of(life, Rule.D_4)


def test_d6_a_hold_counts_down_at_closings_that_are_not_amber() -> None:
    life = Life()
    life.session(0, next_day=3)
    holds = []
    for number in (2, 4, 6):
        life.session(number)
        holds.append((life.programme().hold, bool(of(life, Rule.D_6))))

    assert holds == [(1, True), (0, True), (0, False)]


# Sessions that were not as planned


def test_bad_is_ended_for_pain_or_two_stopped() -> None:
    runs = []
    for facts in (
        {"outcome": Ended.PAIN},
        {"turns": {TILTS: {"stopped_for_pain": True}, HIP: {"sharp": True}}},
        {"turns": {TILTS: {"pain_peak": 8}}},
        {"turns": {TILTS: {"pain_peak": 5}}},
        {"turns": {TILTS: {"pain_peak": 4}}},
        {"turns": {TILTS: {"pain_peak": 3}, HIP: {"pain_peak": 3}}},
    ):
        life = Life()
        life.session(0, **facts)
        runs.append(life.programme().bad_run)

    assert runs == [1, 1, 1, 1, 0, 1]


def test_a_session_that_reached_less_than_half_does_not_count() -> None:
    life = Life()
    for number in (0, 2):
        life.session(number, until=TILTS)
    assert life.programme().sessions_at_level == 0

    life.session(4, until=HIP)
    assert life.programme().sessions_at_level == 1


def test_a_session_of_own_exercises_is_recorded_and_changes_no_dose() -> None:
    life = Life()
    for number in (0, 2):
        life.add(
            number,
            SessionStarted(
                routine="own",
                kind=SessionKind.NORMAL,
                pain_before=1,
                prescriptions=(Prescribed(exercise="own", index=0, planned=10),),
            ),
        )
        life.add(
            number + 0.01,
            ExerciseDone(exercise="own", planned=10, done=10, pain_peak=3, effort=9),
        )
        life.add(number + 0.02, SessionEnded(outcome=Ended.COMPLETED))
        life.rate(number + 0.6, 1)

    programme = life.programme()
    assert programme.standing("own").status is Status.SUSPENDED
    assert indices(programme, *BEGINNER) == [0, 0, 0, 0]


def test_a_session_without_a_plan_counts_for_nothing() -> None:
    life = Life()
    life.add(
        0,
        SessionStarted(
            routine="own", kind=SessionKind.NORMAL, pain_before=1, prescriptions=()
        ),
    )
    life.add(0.01, SessionEnded(outcome=Ended.COMPLETED))
    life.rate(0.7, 1)

    assert life.programme().recent.sessions[-1][2] is False


def test_what_comes_without_a_session_changes_nothing() -> None:
    life = Life()
    before = life.programme()
    life.add(0, ExerciseDone(exercise=TILTS, planned=10, done=10, sharp=True))
    life.add(0, SessionEnded(outcome=Ended.PAIN))
    life.rate(0, 5)
    life.rate(0, 5, measure=Measure.EFFORT)

    after = life.programme()
    assert (after.standings, after.bad_run) == (before.standings, before.bad_run)


def test_an_effort_the_next_day_is_no_answer() -> None:
    life = Life()
    life.session(0, next_day=None)
    life.rate(0.7, 1, measure=Measure.EFFORT)

    assert life.programme().session is not None


@pytest.mark.parametrize("value", [0, 9])
def test_a_rating_before_that_comes_too_late_serves_to_judge_what_follows(
    value: int,
) -> None:
    life = Life()
    life.session(0, pain=None, next_day=None)
    del life.entries[2:]
    life.rate(0.0005, value, Context.BEFORE)
    life.rate(0.0006, 5, Context.BEFORE)

    record = life.programme().session
    assert record is not None
    assert (record.pain_before, record.kind) == (value, SessionKind.GENTLE)


def test_a_setting_that_another_excludes_has_no_effect_when_it_is_replayed() -> None:
    life = Life()
    life.setting("suspension_count", 1)
    life.setting("suspension_window", 2)
    life.setting("suspension_count", 2)

    assert life.programme().settings.suspension_count == 1
