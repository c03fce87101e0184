"""A week in a few figures."""

from datetime import date, timedelta

import pytest

from custom_components.back_exercise.engine.diary import Intensity, Outcome
from custom_components.back_exercise.engine.export import plain
from custom_components.back_exercise.engine.summary import (
    TOLD_BY,
    PainChange,
    Summary,
    summarise,
)

from .lives import Life, day


def of(life: Life, number: float, *, with_pain: bool = True) -> Summary:
    """Return the summary of the week of a day, counted from the first Monday."""
    return summarise(
        life.programme(number), life.entries, day(number).date(), with_pain=with_pain
    )


def test_a_week_is_told_in_sessions_and_minutes() -> None:
    life = Life()
    for number in (0, 2, 7, 9, 11):
        life.session(number)
    life.activity(8, 30, Intensity.MODERATE)
    life.activity(9.5, 10, Intensity.VIGOROUS)

    summary = of(life, 12)

    assert summary == Summary(
        monday=date(2026, 11, 9),
        sessions=3,
        weekly_target=3,
        # five parts of a thousandth of a day each
        minutes=round(3 * 5 * 1.44),
        aerobic_minutes=50,
        aerobic_target=30,
        pain=PainChange.SAME,
    )
    assert of(life, 6).sessions == 2
    assert of(life, 6).aerobic_minutes == 0


def test_a_week_without_anything_is_told_too() -> None:
    summary = of(Life(), 20)

    assert (summary.sessions, summary.minutes, summary.pain) == (0, 0, None)


def test_only_a_few_kinds_of_entries_matter() -> None:
    life = Life()
    for number in (0, 2, 7, 9):
        life.session(number)
    entries = [each for each in life.entries if each.kind in TOLD_BY]

    programme = life.programme(10)

    assert summarise(programme, entries, day(10).date(), with_pain=True) == of(life, 10)
    # what was before the first that is known
    assert summarise(programme, entries[1:], day(10).date(), with_pain=True).sessions


def test_a_session_that_came_to_little_counts_for_its_minutes_alone() -> None:
    life = Life()
    life.session(0, outcome=Outcome.STOPPED, until="pelvic_tilts")

    summary = of(life, 1)

    assert summary.sessions == 0
    assert summary.minutes == 3


def test_what_goes_on_is_not_counted_yet() -> None:
    life = Life()
    life.session(0, next_day=None)
    life.entries.pop()

    assert (of(life, 0.1).sessions, of(life, 0.1).minutes) == (0, 0)


def test_an_exercise_that_was_taken_up_again_counts_once() -> None:
    life = Life()
    life.session(0, next_day=None)
    life.entries.insert(3, life.entries[2])

    assert of(life, 1).sessions == 1


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ((3, 3), (2, 2), PainChange.LESS),
        ((2, 2), (3, 3), PainChange.MORE),
        ((2, 3), (2, 2), PainChange.SAME),
        ((2,), (2, 2), None),
        ((2, 2), (3,), None),
        ((2, 2, None), (3, 3, None), PainChange.MORE),
    ],
)
def test_pain_is_told_as_a_word_and_only_if_enough_is_known(
    before: tuple[int | None, ...],
    after: tuple[int | None, ...],
    expected: PainChange | None,
) -> None:
    life = Life()
    for number, pain in enumerate(before):
        life.session(number, pain=pain)
    for number, pain in enumerate(after):
        life.session(7 + number, pain=pain)

    summary = of(life, 12)

    assert summary.pain == expected
    assert of(life, 12, with_pain=False).pain is None


def test_no_rating_is_in_it() -> None:
    life = Life()
    for number in (0, 2, 7, 9):
        life.session(number, pain=3)

    data = plain(of(life, 10))

    assert set(data) == {
        "monday",
        "sessions",
        "weekly_target",
        "minutes",
        "aerobic_minutes",
        "aerobic_target",
        "pain",
    }
    assert data["pain"] == "same"


def test_a_session_is_of_the_week_in_which_it_began() -> None:
    life = Life()
    life.session(6 + 5.999 / 24, next_day=None)

    assert life.entries[-1].at - day(7) > timedelta(hours=-18)
    assert (of(life, 6).sessions, of(life, 7).sessions) == (1, 0)
