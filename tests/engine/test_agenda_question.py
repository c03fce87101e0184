"""The question of the day after a session, and what bars a reminder."""

from datetime import date, datetime, time, timedelta
from typing import Final

import pytest

from custom_components.back_exercise.engine.diary import (
    Context,
    Gate,
    Measure,
    Outcome,
    Rating,
    ReminderReason,
)
from custom_components.back_exercise.engine.occasions import QuietHours
from custom_components.back_exercise.engine.situation import (
    Unanswered,
    barred_by,
    unanswered_of,
)

from .lives import Life, day as evening
from .reminding import DAY, MONDAY, Household, moment, reminder

NIGHT: Final = QuietHours(start=time(22), end=time(7))


def after_session(ended: str = "18:15", at: str = "09:00", **more: object) -> Household:
    """Return somebody who did a session on the Monday."""
    person = Household(question_at=time.fromisoformat(at), **more)  # type: ignore[arg-type]
    person.unanswered = Unanswered(day=MONDAY.date(), ended=moment(ended))
    return person


def test_the_next_day_is_asked_for_in_the_morning_after() -> None:
    person = after_session()

    assert person.at("18:15").next_at == moment("09:00", 1)
    question = person.at("09:00", 1).question

    assert question is not None
    assert question.is_new
    assert (question.at, question.until) == (moment("09:00", 1), moment("06:15", 2))
    again = person.at("12:00", 1).question
    assert again is not None
    assert not again.is_new
    assert person.told == [("next_day", "Tue", "09:00", "due")]


def test_an_answer_makes_it_done() -> None:
    person = after_session()
    person.at("09:00", 1)
    person.add(
        Rating(value=3, context=Context.NEXT_DAY, measure=Measure.EFFORT),
        Rating(value=3, context=Context.AT_LARGE),
    )
    assert person.look().question is not None

    person.answer()

    assert person.look().question is None
    assert person.story[-1] == ("09:00", "done")


def test_without_an_answer_it_is_missed_36_hours_after_the_session() -> None:
    person = after_session()

    agenda = person.until(moment("09:00", 2))

    assert agenda.question is None
    assert person.story == [("09:00", "due"), ("06:15", "missed", "unanswered")]


def test_a_morning_that_passed_unseen_is_asked_for_later() -> None:
    person = after_session()

    assert person.at("20:00", 1).question is not None


def test_what_nobody_saw_in_36_hours_is_missed_once() -> None:
    person = after_session()

    person.at("12:00", 2)
    person.at("13:00", 2)

    assert person.story == [("12:00", "missed", "passed")]


def test_after_the_session_is_closed_nothing_is_asked() -> None:
    person = after_session()

    agenda = person.at("18:15", 3)

    assert (agenda.question, agenda.next_at) == (None, None)


@pytest.mark.parametrize(
    ("ended", "at", "expected"),
    [
        ("18:15", "09:00", moment("09:00", 1)),
        ("06:00", "09:00", moment("09:00", 1)),
        # not within 12 hours
        ("23:10", "09:00", moment("11:10", 1)),
        # with an hour left of the 36
        ("06:00", "22:00", moment("17:00", 1)),
    ],
)
def test_it_is_asked_12_to_36_hours_after_the_end(
    ended: str, at: str, expected: datetime
) -> None:
    assert after_session(ended, at).at("23:59").next_at == expected


def test_a_session_over_midnight_is_of_the_day_it_began() -> None:
    person = after_session()
    person.unanswered = Unanswered(day=MONDAY.date(), ended=moment("00:15", 1))

    assert person.at("00:15", 1).next_at == moment("12:15", 1)


def test_quiet_hours_postpone_it() -> None:
    person = after_session(at="06:00", quiet=NIGHT)

    assert person.at("06:00", 1).question is None
    agenda = person.until(moment("07:00", 1))

    assert agenda.question is not None
    assert person.story == [("07:00", "due")]


def test_what_was_asked_is_not_due_in_quiet_hours() -> None:
    person = after_session(quiet=NIGHT)
    person.at("09:00", 1)

    assert person.at("22:00", 1).question is None
    assert person.story == [("09:00", "due")]


def test_during_a_session_it_is_not_asked() -> None:
    person = after_session()
    person.running = True

    assert person.at("09:00", 1).question is None
    assert person.story == []


def test_a_session_before_it_was_answered_takes_its_place() -> None:
    person = after_session()
    person.at("09:00", 1)
    person.now = moment("10:15", 1)
    person.unanswered = Unanswered(day=(MONDAY + DAY).date(), ended=person.now)

    agenda = person.look()

    assert agenda.question is None
    assert agenda.next_at == moment("09:00", 2)
    assert person.story[-1] == ("10:15", "missed", "superseded")


def test_while_locked_it_is_not_asked() -> None:
    person = after_session()
    person.barred = ReminderReason.LOCKED

    assert person.at("09:00", 1).question is None
    assert person.story == [("09:00", "not_planned", "locked")]


def test_too_much_pain_for_a_session_is_all_the_more_asked_about() -> None:
    person = after_session()
    person.barred = ReminderReason.NOT_TODAY

    assert person.at("09:00", 1).question is not None


def test_it_can_be_done_without() -> None:
    person = after_session()
    person.at("09:00", 1)
    person.wishes = Household().wishes

    agenda = person.at("09:30", 1)

    assert (agenda.question, agenda.next_at) == (None, None)
    assert person.story[-1] == ("09:30", "not_planned", "changed")


def test_it_stands_beside_a_reminder() -> None:
    person = after_session()
    person.wishes = Household(reminder("09:00"), question_at=time(9)).wishes

    agenda = person.at("09:00", 1)

    assert agenda.due is not None
    assert agenda.question is not None
    assert [each[0] for each in person.told] == ["a", "a", "next_day"]


def test_in_another_time_zone_it_is_still_the_same_question() -> None:
    person = after_session("18:15", "05:00")
    person.at("06:15", 1)
    person.zone = "America/Los_Angeles"  # where it is Monday

    agenda = person.look()

    assert agenda.question is not None
    assert not agenda.question.is_new
    assert agenda.question.day == (MONDAY + DAY).date()
    assert len(person.told) == 1


# What of the programme matters


def test_a_session_waits_for_its_next_day_until_it_is_answered() -> None:
    life = Life()
    assert unanswered_of(life.programme(0)) is None
    life.session(0, next_day=None)

    found = unanswered_of(life.programme(0.5))

    assert found is not None
    assert found.day == date(2026, 11, 2)
    assert evening(0) < found.ended < evening(0.1)
    life.rate(0.6, 2)
    assert unanswered_of(life.programme(0.7)) is None


def test_of_a_session_that_goes_on_or_had_nothing_in_it_nothing_is_asked() -> None:
    life = Life()
    life.session(0, next_day=None)
    start, exercises, ended = life.entries[1], life.entries[2:-1], life.entries[-1]
    assert len(exercises) > 1

    life.entries = [life.entries[0], start, exercises[0]]
    assert unanswered_of(life.programme(0.01)) is None
    life.entries = [life.entries[0], start, ended]
    assert unanswered_of(life.programme(0.01)) is None


def test_nothing_bars_a_session_of_somebody_who_answered_the_screen() -> None:
    assert barred_by(Life().programme(0), evening(0), "UTC") is None


def test_a_lock_bars_it() -> None:
    programme = Life(screened=False).programme(0)

    assert barred_by(programme, evening(0), "UTC") is ReminderReason.LOCKED


def test_too_much_pain_bars_it_on_that_day() -> None:
    life = Life()
    life.add(0, Gate(result="not_today", pain_before=7))

    assert (
        barred_by(life.programme(0.1), evening(0.1), "UTC") is ReminderReason.NOT_TODAY
    )
    assert barred_by(life.programme(1), evening(1), "UTC") is None


def test_as_many_sessions_as_may_be_in_a_week_bar_another() -> None:
    life = Life()
    for number in range(5):
        life.session(number)

    assert barred_by(life.programme(4.9), evening(4.9), "UTC") is ReminderReason.ENOUGH
    assert barred_by(life.programme(7), evening(7), "UTC") is None


def test_a_session_that_was_stopped_at_once_is_no_reason_not_to_be_reminded() -> None:
    life = Life()
    life.session(0, outcome=Outcome.STOPPED, until="pelvic_tilts")

    later = evening(0) + timedelta(minutes=30)
    assert barred_by(life.programme(0.1), later, "UTC") is None
