"""What a rating is of that arrives while no session is going on."""

from typing import Any

import pytest

from custom_components.back_exercise.engine.context import (
    ContextRefused,
    Reason,
    check_context,
    context_at,
)
from custom_components.back_exercise.engine.diary import (
    Context,
    Measure,
    Prescribed,
    SessionKind,
    SessionStarted,
)
from custom_components.back_exercise.engine.programme import Programme

from .lives import Life, day

HOUR = 1 / 24
END = 0.005
"""When a session of the first day is over, in days."""


def waiting(**facts: Any) -> Life:  # any fact of a session
    """Return somebody whose session waits for its next-day answer."""
    life = Life()
    life.session(0, **({"next_day": None, "after": None} | facts))
    return life


def going_on() -> Programme:
    """Return somebody in the middle of a session."""
    life = Life()
    life.add(
        0,
        SessionStarted(
            routine="beginner",
            kind=SessionKind.NORMAL,
            pain_before=1,
            prescriptions=(Prescribed(exercise="bridges", index=0, planned=10),),
        ),
    )
    return life.programme()


@pytest.mark.parametrize(
    ("hours", "context"),
    [
        (-0.01, Context.AT_LARGE),
        (0, Context.AFTER),
        (1, Context.AFTER),
        (1.01, Context.AT_LARGE),
        (11.9, Context.AT_LARGE),
        (12, Context.NEXT_DAY),
        (36, Context.NEXT_DAY),
        (36.1, Context.AT_LARGE),
        (71, Context.AT_LARGE),
        (73, Context.AT_LARGE),
    ],
)
def test_the_moment_says_what_a_rating_is_of(hours: float, context: Context) -> None:
    at = day(END + hours * HOUR)

    assert context_at(waiting().programme(END + hours * HOUR), at, "UTC") is context


def test_the_same_evening_is_not_the_next_day() -> None:
    life = Life()
    life.session(-0.5, next_day=None)  # 6:00, over at 6:07
    at = day(0.1)

    assert context_at(life.programme(), at, "UTC") is Context.AT_LARGE
    assert context_at(life.programme(), at, "Asia/Tokyo") is Context.NEXT_DAY


def test_how_it_is_after_is_asked_once() -> None:
    life = waiting(after=2)

    assert context_at(life.programme(), day(END + HOUR / 2), "UTC") is Context.AT_LARGE


def test_what_was_answered_is_not_answered_again() -> None:
    life = waiting()
    life.rate(0.7, 1)

    assert context_at(life.programme(), day(0.8), "UTC") is Context.AT_LARGE


def test_without_a_session_a_rating_is_at_large_and_serves_for_two_hours() -> None:
    life = Life()
    assert context_at(life.programme(), day(0), "UTC") is Context.AT_LARGE

    life.rate(0, 2, Context.AT_LARGE)
    assert life.today(0.08, pain=None).pain == 2
    assert life.today(0.09, pain=None).pain is None


def test_effort_is_of_the_session_for_an_hour() -> None:
    programme = waiting(after=2).programme()
    effort = Measure.EFFORT

    assert context_at(programme, day(END + HOUR), "UTC", effort) is Context.AFTER
    for programme_, number in (
        (programme, END + 1.01 * HOUR),
        (Life().programme(), 0),
    ):
        with pytest.raises(ContextRefused) as caught:
            context_at(programme_, day(number), "UTC", effort)
        assert (caught.value.field, caught.value.reason) == ("effort", Reason.EFFORT)


# A context that is said


@pytest.mark.parametrize(
    ("context", "hours", "later", "value", "recalled"),
    [
        (Context.AT_LARGE, 5, 0, None, False),
        (Context.BEFORE, 50, 0, None, False),
        (Context.AFTER, 0.5, 0, None, False),
        (Context.AFTER, 0.5, 20, None, False),
        (Context.NEXT_DAY, 12, 0, None, False),
        (Context.NEXT_DAY, 36, 0, None, False),
        (Context.NEXT_DAY, 36.1, 0, None, True),
        (Context.NEXT_DAY, 72, 0, None, True),
        (Context.NEXT_DAY, 14, 23, None, True),
        (Context.NEXT_DAY, 2, 0, 3, False),
    ],
)
def test_what_makes_sense_is_taken_and_late_answers_are_recalled(
    context: Context, hours: float, later: float, value: int | None, recalled: bool
) -> None:
    at = END + hours * HOUR
    found = check_context(
        waiting().programme(),
        context,
        day(at),
        now=day(at + later * HOUR),
        value=value,
    )

    assert found is recalled


@pytest.mark.parametrize(
    ("context", "recalled"), [(Context.NEXT_DAY, True), (Context.BEFORE, False)]
)
def test_the_day_after_that_is_asked_for_at_a_gate_is_recalled(
    *, context: Context, recalled: bool
) -> None:
    at = day(END + 20 * HOUR)

    assert (
        check_context(waiting().programme(), context, at, now=at, at_gate=True)
        is recalled
    )


@pytest.mark.parametrize(
    ("context", "hours", "value", "reason"),
    [
        (Context.NEXT_DAY, 11.9, None, Reason.TOO_EARLY),
        (Context.NEXT_DAY, 11.9, 2, Reason.TOO_EARLY),
        (Context.NEXT_DAY, -0.1, 9, Reason.TOO_EARLY),
        (Context.NEXT_DAY, 72.1, None, Reason.NO_SESSION),
        (Context.AFTER, -0.1, None, Reason.NO_SESSION),
        (Context.AFTER, 1.1, None, Reason.TOO_LATE),
        (Context.DURING, 0.5, None, Reason.NOT_GOING_ON),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_reason(
    context: Context, hours: float, value: int | None, reason: Reason
) -> None:
    at = day(END + hours * HOUR)

    with pytest.raises(ContextRefused) as caught:
        check_context(waiting().programme(), context, at, now=at, value=value)

    assert (caught.value.field, caught.value.reason) == ("context", reason)
    assert caught.value.allowed in str(caught.value)


@pytest.mark.parametrize("context", [Context.AFTER, Context.NEXT_DAY, Context.DURING])
def test_without_a_session_there_is_nothing_to_be_after(context: Context) -> None:
    with pytest.raises(ContextRefused):
        check_context(Life().programme(), context, day(0), now=day(0))


def test_after_72_hours_there_is_no_session_that_waits() -> None:
    with pytest.raises(ContextRefused) as caught:
        check_context(waiting().programme(4), Context.NEXT_DAY, day(4))
    assert caught.value.reason is Reason.NO_SESSION


def test_a_next_day_without_a_rating_before_cannot_have_flared() -> None:
    life = waiting(pain=None)

    with pytest.raises(ContextRefused):
        check_context(life.programme(), Context.NEXT_DAY, day(0.2), value=9)


@pytest.mark.parametrize(
    ("at", "now", "reason"),
    [
        (1.001, 1, Reason.FUTURE),
        (1, 4.001, Reason.TOO_OLD),
    ],
)
def test_a_moment_is_neither_to_come_nor_older_than_72_hours(
    at: float, now: float, reason: Reason
) -> None:
    with pytest.raises(ContextRefused) as caught:
        check_context(Life().programme(), Context.AT_LARGE, day(at), now=day(now))
    assert (caught.value.field, caught.value.reason) == ("at", reason)
    programme = Life().programme(now)
    with pytest.raises(ContextRefused):
        check_context(programme, Context.AT_LARGE, day(at))


def test_clocks_may_be_a_minute_apart() -> None:
    assert not check_context(
        Life().programme(), Context.AT_LARGE, day(1.0006), now=day(1)
    )


def test_in_a_session_a_rating_may_be_of_it_but_not_of_before_it() -> None:
    programme = going_on()

    assert not check_context(programme, Context.DURING, day(0.001), now=day(0.001))
    assert context_at(programme, day(0.001), "UTC") is Context.AT_LARGE
    with pytest.raises(ContextRefused):
        check_context(programme, Context.DURING, day(-0.001), now=day(0.001))


@pytest.mark.parametrize("context", [Context.BEFORE, Context.AT_LARGE])
def test_effort_is_of_an_exercise_or_a_session_and_nothing_else(
    context: Context,
) -> None:
    with pytest.raises(ContextRefused) as caught:
        check_context(
            waiting().programme(),
            context,
            day(0.01),
            now=day(0.01),
            measure=Measure.EFFORT,
        )
    assert caught.value.reason is Reason.EFFORT
