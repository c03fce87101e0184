"""What is shown of somebody's progress."""

from dataclasses import replace
from datetime import UTC, datetime
import json
from typing import Any

import pytest

from custom_components.back_exercise.engine.amend import deleted
from custom_components.back_exercise.engine.diary import (
    Context,
    Form,
    Intensity,
    Measure,
    Outcome,
    Prescribed,
    SessionEnded,
    SessionKind,
    SessionStarted,
)
from custom_components.back_exercise.engine.export import read_diary, write_diary
from custom_components.back_exercise.engine.fold import fold
from custom_components.back_exercise.engine.plan import Detail
from custom_components.back_exercise.engine.progress import (
    Shown,
    detail_of,
    progress_at,
)
from custom_components.back_exercise.engine.today import Ask, today

from .builders import CATALOGUE
from .exercises import BALANCE, BRIDGES
from .lives import Life, day


def shown(life: Life, number: float) -> Shown:
    """Return what is shown on a day."""
    return progress_at(life.programme(number), day(number), life.zone)


def after(*numbers: float, **facts: Any) -> Life:  # any fact of a session
    """Return somebody who did sessions on some days."""
    life = Life()
    for number in numbers:
        life.screen(number)
        life.session(number, **facts)
    return life


# Weeks


def test_before_anything_there_is_nothing_to_show() -> None:
    assert shown(Life(), 0) == Shown(
        sessions_this_week=0,
        weekly_target=3,
        streak=0,
        aerobic_minutes=0,
        aerobic_target=30,
        adherence=None,
        pain=None,
        pain_at=None,
        effort=None,
        effort_at=None,
        pain_before=None,
        pain_after=None,
        pain_next_day=None,
        pain_trend=None,
        last_session=None,
        last=None,
        done_today=False,
    )


def test_sessions_of_a_week_are_counted_from_monday_on() -> None:
    life = after(0, 2, 5)

    assert shown(life, 6).sessions_this_week == 3
    assert shown(life, 7).sessions_this_week == 0
    life.session(7)
    assert shown(life, 7.1).sessions_this_week == 1


def test_a_session_counts_when_half_of_it_was_half_done_and_from_its_end_on() -> None:
    life = after(0, until="pelvic_tilts", outcome=Outcome.STOPPED)
    assert shown(life, 1).sessions_this_week == 0
    life.session(2, until="isometric_hip_flexion", outcome=Outcome.STOPPED)
    assert shown(life, 2.1).sessions_this_week == 1

    going_on = after(0)
    going_on.session(2, next_day=None)
    del going_on.entries[-1]
    assert shown(going_on, 2.01).sessions_this_week == 1
    assert shown(going_on, 2.5).sessions_this_week == 2


def test_a_session_belongs_to_the_week_and_the_zone_in_which_it_began() -> None:
    life = Life(zone="Pacific/Auckland", screened=False)
    life.screen(-1)
    life.session(-0.3)  # Monday the second, 23:48, there

    assert shown(life, 0).sessions_this_week == 1
    assert progress_at(life.programme(0), day(0), "UTC").sessions_this_week == 1
    assert shown(life, 6.1).sessions_this_week == 0


def test_flying_west_into_the_week_before_loses_no_session() -> None:
    life = Life(zone="Pacific/Auckland", screened=False)
    life.screen(-2)
    life.session(-0.8, next_day=None)  # Monday the second, 11:48, there
    life.zone = "America/Los_Angeles"
    life.session(-0.5, override=True)  # Sunday, 22:00

    assert life.programme().progress.sessions == 2


@pytest.mark.parametrize(
    ("numbers", "on", "streak"),
    [
        ((0, 1, 2), 3, 1),
        ((0, 1), 3, 0),
        ((0, 1, 2), 10, 1),
        ((0, 1, 2, 7, 8), 10, 1),
        ((0, 1, 2, 7, 8, 9), 10, 2),
        ((0, 1, 2, 7, 8), 14, 0),
        ((0, 1, 2), 14, 0),
        ((0, 1, 2, 14, 15, 16), 16, 1),
        ((0, 1, 2, 7, 8, 9, 14), 15, 2),
    ],
)
def test_the_streak_is_of_complete_weeks_and_this_one_once_it_is_on_target(
    numbers: tuple[float, ...], on: float, streak: int
) -> None:
    assert shown(after(*numbers), on + 0.1).streak == streak


def test_a_week_is_measured_by_the_target_that_was_valid_then() -> None:
    life = after(0, 1, 2)
    life.setting("weekly_sessions", 5, 7.1)
    assert shown(life, 8).streak == 1
    assert shown(life, 8).weekly_target == 5

    earlier = after(0, 1, 2)
    earlier.setting("weekly_sessions", 5, 6)
    assert shown(earlier, 8).streak == 0


def test_minutes_are_of_this_week_though_nothing_was_recorded_since() -> None:
    life = Life()
    life.activity(1, 20, Intensity.MODERATE)
    life.activity(2, 10, Intensity.VIGOROUS)

    assert (shown(life, 6).aerobic_minutes, shown(life, 6).aerobic_target) == (40, 30)
    assert (shown(life, 7).aerobic_minutes, shown(life, 7).aerobic_target) == (0, 35)
    assert life.programme(7).aerobic.minutes == 40


@pytest.mark.parametrize(
    ("numbers", "on", "percent"),
    [
        ((0,), 0.1, 33),
        ((0, 2, 4), 4.1, 100),
        ((0, 2, 4, 5), 6, 100),
        ((0, 2, 4), 13, 50),
        ((0, 2, 4), 27, 25),
        ((0, 2, 4), 29, 17),
        ((0, 2, 4), 40, 0),
    ],
)
def test_adherence_is_sessions_by_target_of_28_days_and_of_fewer_at_the_beginning(
    numbers: tuple[float, ...], on: float, percent: int
) -> None:
    assert shown(after(*numbers), on).adherence == percent


def test_the_days_that_are_kept_are_no_more_than_28() -> None:
    life = after(*range(0, 90, 3))

    assert len(life.programme().progress.counted) == 10


# The last session and ratings


def test_the_last_session_is_shown_from_its_end_on_and_with_its_next_day() -> None:
    life = after(0, pain=2, after=3, effort=4, next_day=1)
    waiting = progress_at(life.programme(0.1), day(0.1), "UTC")
    assert waiting.last is not None
    last = shown(life, 1).last
    assert last is not None

    assert (last.kind, last.routine) == (SessionKind.NORMAL, "beginner")
    assert (last.started, last.ended) == (day(0), day(0.005))
    assert last.outcome is Outcome.COMPLETED
    assert (last.pain_before, last.pain_after, last.effort, last.next_day) == (
        *(2, 3, 4, 1),
    )
    assert shown(life, 1).last_session == last.ended
    assert (shown(life, 1).pain_before, shown(life, 1).pain_after) == (2, 3)
    assert shown(life, 1).pain_next_day == 1


def test_before_its_next_day_the_last_session_is_shown_too() -> None:
    life = after(0, pain=2, next_day=None)

    assert shown(life, 0.1).last_session == day(0.005)
    assert shown(life, 0.1).pain_next_day is None
    life.rate(0.01, 5, Context.AFTER)
    assert shown(life, 0.1).pain_after == 5
    assert shown(life, 4).last_session == day(0.005)


def test_while_a_session_is_going_on_the_one_before_is_shown() -> None:
    life = after(0)
    life.add(
        2,
        SessionStarted(
            routine="beginner",
            kind=SessionKind.NORMAL,
            pain_before=4,
            prescriptions=(Prescribed(exercise=BRIDGES, index=0, planned=10),),
        ),
    )

    assert shown(life, 2.01).last_session == day(0.005)
    assert shown(life, 2.01).pain == 1


def test_the_latest_pain_is_that_of_a_rating_or_of_a_session() -> None:
    life = after(0, pain=2, after=3, next_day=None)
    assert (shown(life, 0.1).pain, shown(life, 0.1).pain_at) == (3, day(0.005))

    life.rate(0.2, 5, Context.AT_LARGE)
    assert (shown(life, 0.3).pain, shown(life, 0.3).pain_at) == (5, day(0.2))
    silent = after(0, pain=2, after=None, next_day=None)
    assert (shown(silent, 0.1).pain, shown(silent, 0.1).pain_at) == (2, day(0))


def test_the_latest_effort_is_shown_with_its_moment() -> None:
    life = after(0, effort=4)
    assert (shown(life, 1).effort, shown(life, 1).effort_at) == (4, day(0.005))

    life.rate(1.1, 6, Context.AFTER, measure=Measure.EFFORT)
    assert (shown(life, 2).effort, shown(life, 2).effort_at) == (6, day(1.1))


@pytest.mark.parametrize(
    ("pains", "trend"),
    [
        ((4, 4, 4, 4), None),
        ((4, 4, 4, 4, 4), 0),
        ((3, 3, 3, 3, 3, 1, 1, 1), -2),
        ((1, 1, 1, 1, 1, 2, 2, 2), 1),
    ],
)
def test_the_trend_compares_the_last_five_with_the_first_five(
    pains: tuple[int, ...], trend: int | None
) -> None:
    life = Life()
    for number, pain in enumerate(pains):
        life.session(2 * number, pain=pain)

    assert shown(life, 20).pain_trend == trend


def test_done_today_is_a_session_that_was_completed_today() -> None:
    life = after(0)
    assert shown(life, 0.1).done_today
    assert not shown(life, 1).done_today

    stopped = after(0, outcome=Outcome.STOPPED, until=BRIDGES)
    assert not shown(stopped, 0.1).done_today


# How much is said of an exercise


@pytest.mark.parametrize(
    ("numbers", "on", "detail"),
    [
        ((), 0, Detail.FULL),
        ((0, 2), 4, Detail.FULL),
        ((0, 2, 4), 6, Detail.SHORT),
        ((0, 2, 4), 17, Detail.SHORT),
        ((0, 2, 4), 18, Detail.FULL),
        ((0, 2, 4, 18), 20, Detail.SHORT),
    ],
)
def test_an_exercise_is_explained_three_times_and_again_after_14_days(
    numbers: tuple[float, ...], on: float, detail: Detail
) -> None:
    life = after(*numbers)
    programme = life.programme()

    assert detail_of(programme, BRIDGES, day(on).date()) is detail
    plan = life.today(on).plan
    assert plan is not None
    assert {each.detail for each in plan.prescriptions} == {detail}
    assert {step.detail for step in plan.steps if step.exercise and step.position} == {
        detail
    }


def test_what_was_not_done_has_not_been_met() -> None:
    skipped = {"done": 0, "skipped": True, "pain_peak": None, "effort": None}
    life = after(0, 2, 4, turns={BRIDGES: skipped})

    assert detail_of(life.programme(), BRIDGES, day(6).date()) is Detail.FULL
    assert detail_of(life.programme(), "pelvic_tilts", day(6).date()) is Detail.SHORT


def test_the_balance_on_the_floor_is_explained_anew() -> None:
    life = Life()
    life.at("advanced")
    for number in (0, 2, 4):
        life.session(number, effort=5)
    life.setting("cushion", value=False, number=5)

    slots = {slot.exercise.id: slot for slot in life.today(6).slots}

    assert slots[BALANCE].form is Form.LEVEL_SURFACE
    assert slots[BALANCE].detail is Detail.FULL
    assert slots["side_planks"].detail is Detail.SHORT


# Kept by the fold


def test_progress_is_the_same_entry_by_entry_and_after_replaying() -> None:
    life = after(0, 1, 2, 7, 9, 16)
    programme = fold(CATALOGUE, ())
    for entry in life.entries:
        programme = fold(CATALOGUE, [entry], programme)
        progress_at(programme, entry.at, "UTC")
        today(programme, CATALOGUE, Ask(now=entry.at))
    again = read_diary(json.loads(json.dumps(write_diary(life.entries))))

    assert programme.progress == life.programme().progress
    assert fold(CATALOGUE, again).progress == life.programme().progress


def test_a_copy_of_a_programme_keeps_its_own_progress() -> None:
    life = after(0)
    programme = life.programme()
    twin = programme.copy()
    twin.progress.met[BRIDGES] = (9, day(0).date())
    twin.progress.sessions = 9

    assert programme == life.programme()


def test_a_session_that_is_deleted_is_not_counted_any_more() -> None:
    life = after(0, 2)
    ids = [e.id for e in life.entries if isinstance(e.payload, SessionEnded)]
    stamp = replace(life.entries[-1], id="now", at=day(4))

    entries = deleted(CATALOGUE, life.entries, ids[-1], stamp)

    left = progress_at(fold(CATALOGUE, entries), day(4), "UTC")
    assert left.sessions_this_week == 2  # given up, it still counts
    started = [e.id for e in entries if isinstance(e.payload, SessionStarted)]
    entries = deleted(CATALOGUE, entries, started[-1], replace(stamp, id="then"))
    left = progress_at(fold(CATALOGUE, entries), day(4), "UTC")
    assert left.sessions_this_week == 1


def test_a_moment_is_shown_where_the_person_is() -> None:
    life = after(0)
    late = datetime(2026, 11, 8, 23, 30, tzinfo=UTC)

    assert progress_at(life.programme(6), late, "UTC").sessions_this_week == 1
    there = progress_at(life.programme(6), late, "Europe/Berlin")
    assert there.sessions_this_week == 0
