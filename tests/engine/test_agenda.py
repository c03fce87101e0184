"""The life of a reminder: due, snoozed, and what comes of it, whatever happens."""

from dataclasses import replace
from datetime import datetime, time, timedelta
import json
from typing import Any, Final

import pytest

from custom_components.back_exercise.engine.agenda import look
from custom_components.back_exercise.engine.diary import (
    Activity,
    Context,
    Intensity,
    Outcome,
    Rating,
    Reminded,
    ReminderReason,
)
from custom_components.back_exercise.engine.export import (
    plain,
    read_entry,
    write_entry,
)
from custom_components.back_exercise.engine.occasions import (
    QuietHours,
    ReminderMode,
    Wishes,
)
from custom_components.back_exercise.engine.reminded import (
    FARTHEST,
    OVERLAP,
    horizon,
)
from custom_components.back_exercise.engine.restore import restored

from .reminding import DAY, HOUR, MINUTE, MONDAY, Household, moment, reminder

NIGHT: Final = QuietHours(start=time(22), end=time(7))
NOON: Final = QuietHours(start=time(18, 10), end=time(18, 30))


# Its time comes


def test_before_its_time_nothing_is_due_and_the_next_look_is_at_its_time() -> None:
    agenda = Household(reminder()).at("12:00")

    assert agenda.due is None
    assert agenda.next_at == agenda.next_session == moment("18:00")


def test_at_its_time_it_is_asked_once_and_due_for_an_hour() -> None:
    person = Household(reminder(mode=ReminderMode.START, routine="beginner"))

    agenda = person.at("18:00")

    assert agenda.due is not None
    assert agenda.due.is_new
    assert agenda.due.occasion.reminder.routine == "beginner"
    assert (agenda.due.at, agenda.due.until) == (moment("18:00"), moment("19:00"))
    assert agenda.due.snoozes_left == 3
    assert agenda.next_at == moment("19:00")
    assert agenda.next_session == moment("18:00", 1)
    later = person.at("18:59:59")
    assert later.due is not None
    assert not later.due.is_new
    assert person.story == [("18:00", "due")]


def test_without_an_answer_it_is_missed_after_an_hour() -> None:
    person = Household(reminder())
    person.at("18:00")

    agenda = person.at("19:00")

    assert agenda.due is None
    assert person.story == [("18:00", "due"), ("19:00", "missed", "unanswered")]
    assert agenda.next_at == moment("18:00", 1)


def test_a_time_that_passed_unseen_is_due_for_an_hour_after_it() -> None:
    person = Household(reminder())

    agenda = person.at("18:59")

    assert agenda.due is not None
    assert agenda.due.until == moment("19:00")
    person.at("19:00")
    assert person.story == [("18:59", "due"), ("19:00", "missed", "unanswered")]


def test_a_time_that_passed_unseen_by_more_than_an_hour_is_missed() -> None:
    person = Household(reminder())

    assert person.at("19:00").due is None

    assert person.story == [("19:00", "missed", "passed")]


def test_after_days_without_looking_each_day_is_missed_and_today_is_due() -> None:
    person = Household(reminder(), reminder("07:00", id="b", days=[1, 3]))
    person.at("18:00")
    person.start()
    person.end()

    agenda = person.at("18:10", 4)

    assert agenda.due is not None
    assert person.told == [
        ("a", "Mon", "18:00", "due"),
        ("a", "Mon", "18:15", "done"),
        ("b", "Tue", "18:10", "missed", "passed"),
        ("a", "Tue", "18:10", "missed", "passed"),
        ("a", "Wed", "18:10", "missed", "passed"),
        ("b", "Thu", "18:10", "missed", "passed"),
        ("a", "Thu", "18:10", "missed", "passed"),
        ("a", "Fri", "18:10", "due"),
    ]


def test_before_anything_was_recorded_all_since_the_reminder_is_there_counts() -> None:
    person = Household(reminder())

    person.at("12:00", 3)

    assert [day for _, day, *_ in person.told] == ["Mon", "Tue", "Wed"]


def test_what_lies_too_far_back_is_not_made_up_for() -> None:
    person = Household(reminder())

    person.now = MONDAY + 1000 * DAY
    person.look()

    assert 380 < len(person.told) <= FARTHEST / DAY


# What answers it


def test_a_session_that_is_completed_makes_it_done() -> None:
    person = Household(reminder())
    person.at("18:00")

    assert person.start().due is None
    assert person.end().due is None

    assert person.story == [("18:00", "due"), ("18:15", "done")]


def test_a_session_that_was_begun_is_an_answer_too() -> None:
    person = Household(reminder())
    person.at("18:00")
    person.start()

    assert person.end(Outcome.STOPPED).due is None

    assert person.story == [("18:00", "due"), ("18:15", "done", "partly")]


def test_a_session_by_hand_on_that_day_is_as_good_as_the_reminders() -> None:
    person = Household(reminder())
    person.at("10:00")
    person.start()

    agenda = person.end()

    assert agenda.next_session == moment("18:00", 1)
    assert agenda.next_at == moment("18:00")
    assert person.at("18:00").due is None
    assert person.story == [("18:00", "done")]


def test_a_session_of_the_morning_that_was_not_completed_is_none() -> None:
    person = Household(reminder())
    person.at("10:00")
    person.start()
    person.end(Outcome.PARTIAL)

    assert person.at("18:00").due is not None


def test_a_day_with_a_session_is_done_though_nobody_looked_at_its_time() -> None:
    person = Household(reminder())
    person.at("10:00")
    person.start()
    person.end()

    person.at("12:00", 1)

    assert person.told == [("a", "Mon", "12:00", "done")]


def test_during_a_session_nobody_is_asked() -> None:
    person = Household(reminder())
    person.at("17:55")
    person.start()

    assert person.at("18:00").due is None
    assert person.at("19:30").due is None
    person.end()

    assert person.story == [("18:00", "waiting", "session"), ("19:45", "done")]


def test_what_is_long_over_waits_for_no_session() -> None:
    person = Household(reminder())
    person.now = moment("20:00")

    person.start()

    assert person.story == [("20:00", "missed", "passed")]


def test_a_session_that_is_asked_for_in_the_last_minute_is_waited_for() -> None:
    person = Household(reminder())
    person.at("18:00")
    person.running = True

    person.at("19:00")
    person.start()
    person.at("19:20")
    person.end()

    assert person.story == [("18:00", "due"), ("19:35", "done")]


def test_a_start_that_comes_to_nothing_is_no_answer() -> None:
    person = Household(reminder())
    person.at("18:00")
    person.running = True
    person.at("18:59")
    person.running = False

    person.at("19:01")

    assert person.story == [("18:00", "due"), ("19:01", "missed", "unanswered")]


def test_after_a_session_that_was_stopped_over_its_time_nobody_is_asked() -> None:
    person = Household(reminder())
    person.at("17:55")
    person.start()
    person.at("18:00")

    person.end(Outcome.STOPPED)

    assert person.story == [
        ("18:00", "waiting", "session"),
        ("18:15", "done", "partly"),
    ]


def test_a_session_that_nothing_more_is_known_of_is_an_answer() -> None:
    person = Household(reminder())
    person.at("18:00")
    person.start()
    person.running = False

    assert person.at("18:30").due is None

    assert person.story == [("18:00", "due"), ("18:30", "done", "partly")]


def test_an_end_without_a_beginning_counts_for_its_day() -> None:
    person = Household(reminder())
    person.at("10:00")
    person.end()

    assert person.at("18:00").due is None
    assert person.story == [("18:00", "done")]


def test_a_session_after_midnight_makes_the_day_before_done_and_its_own() -> None:
    person = Household(reminder("23:50"))
    person.at("23:50")
    person.at("00:05", 1)
    person.start()
    person.end()

    person.at("23:50", 1)

    assert person.told == [
        ("a", "Mon", "23:50", "due"),
        ("a", "Mon", "00:20", "done"),
        ("a", "Tue", "23:50", "done"),
    ]


def test_after_a_session_that_ended_for_pain_nobody_is_asked_on_that_day() -> None:
    person = Household(reminder())
    person.at("10:00")
    person.start()

    assert person.end(Outcome.PAIN).next_session == moment("18:00", 1)
    assert person.at("18:00").due is None

    assert person.story == [("18:00", "not_planned", "not_today")]


def test_other_entries_change_nothing() -> None:
    person = Household(reminder())
    person.at("18:00")
    person.add(
        Activity(activity="walking", minutes=20, intensity=Intensity.MODERATE),
        Rating(value=1, context=Context.AT_LARGE),
        Rating(value=1, context=Context.NEXT_DAY),
    )
    situation = person.situation

    agenda = look(person.wishes, replace(situation, entries=person.entries))

    assert agenda.due is not None
    assert agenda == look(person.wishes, situation)


# What the person answers


def test_a_snooze_asks_again_after_15_minutes() -> None:
    person = Household(reminder())
    person.at("18:05")

    agenda = person.snooze()

    assert agenda.due is None
    assert agenda.snoozed_until == agenda.next_session == moment("18:20")
    assert agenda.next_at == moment("18:20")
    again = person.at("18:20").due
    assert again is not None
    assert again.is_new
    assert (again.snoozes_left, again.until) == (2, moment("19:20"))


def test_after_three_snoozes_without_an_answer_it_is_missed() -> None:
    person = Household(reminder())
    person.at("18:00")
    for clock in ("18:15", "18:30", "18:45"):
        person.snooze()
        person.at(clock)

    person.until(moment("20:00"))

    assert person.asked == [
        ("a", moment(clock)) for clock in ("18:00", "18:15", "18:30", "18:45")
    ]
    assert person.story[-2:] == [("18:45", "due"), ("19:45", "missed", "unanswered")]


def test_a_fourth_snooze_is_no_snooze() -> None:
    person = Household(reminder())
    person.at("18:00")
    for clock in ("18:15", "18:30", "18:45"):
        person.snooze()
        person.at(clock)

    assert person.snooze().due is None

    assert person.story[-1] == ("18:45", "missed", "snoozed")


def test_a_session_during_a_snooze_ends_it() -> None:
    person = Household(reminder())
    person.at("18:00")
    person.snooze()
    person.start()

    agenda = person.end(after=5 * MINUTE)

    assert agenda.snoozed_until is None
    assert person.story[-1] == ("18:05", "done")


def test_a_snooze_outlives_a_restart() -> None:
    person = Household(reminder())
    person.at("18:00")
    person.snooze()

    agenda = person.at("19:14")

    assert agenda.due is not None
    assert agenda.due.is_new
    assert agenda.due.until == moment("19:15")


def test_a_snooze_whose_end_passed_unseen_is_missed() -> None:
    person = Household(reminder())
    person.at("18:00")
    person.snooze()

    person.at("19:15")

    assert person.story[-1] == ("19:15", "missed", "passed")


def test_skipping_the_day_skips_all_that_is_still_planned_on_it() -> None:
    person = Household(
        reminder("07:00", id="early"), reminder(), reminder("20:00", id="late")
    )
    person.at("07:00")
    person.at("18:00")

    agenda = person.skip()

    assert agenda.open == ()
    assert agenda.next_session == moment("07:00", 1)
    assert person.at("20:00").due is None
    assert person.told[-2:] == [
        ("a", "Mon", "18:00", "skipped"),
        ("late", "Mon", "18:00", "skipped"),
    ]


def test_a_day_can_be_skipped_before_its_time_and_once() -> None:
    person = Household(reminder())
    person.at("09:00")
    person.skip()
    person.skip()

    person.at("18:00")

    assert person.story == [("09:00", "skipped")]


def test_a_skipped_day_is_skipped_for_a_reminder_that_is_added() -> None:
    person = Household(reminder())
    person.at("18:00")
    person.skip()
    added = reminder("20:00", id="b", since=moment("18:30"))
    person.wishes = Wishes(reminders=(*person.wishes.reminders, added))

    assert person.at("20:00").due is None

    assert person.told[-1] == ("b", "Mon", "20:00", "skipped", "day")


def test_after_midnight_the_day_of_the_reminder_is_skipped() -> None:
    person = Household(reminder("23:50"))
    person.at("23:50")
    person.at("00:05", 1)

    agenda = person.skip()

    assert person.told[-1] == ("a", "Mon", "00:05", "skipped")
    assert agenda.next_session == moment("23:50", 1)


def test_after_midnight_the_day_of_a_snooze_is_skipped() -> None:
    person = Household(reminder("23:50"))
    person.at("23:50")
    person.snooze()
    person.at("00:01", 1)

    assert person.skip().snoozed_until is None

    assert person.told[-1] == ("a", "Mon", "00:01", "skipped")


def test_a_refused_start_is_over_but_not_the_day() -> None:
    person = Household(
        reminder("07:00", mode=ReminderMode.START), reminder("18:00", id="b")
    )
    person.at("07:00")

    assert person.refuse().due is None

    assert person.story[-1] == ("07:00", "skipped", "refused")
    assert person.at("18:00").due is not None


def test_a_start_from_which_the_person_left_is_missed() -> None:
    person = Household(reminder(mode=ReminderMode.START))
    person.at("18:00")

    person.refuse(is_absent=True)

    assert person.story[-1] == ("18:00", "missed", "absent")


# What stands in the way


def test_quiet_hours_win_over_its_time() -> None:
    person = Household(reminder("22:30"), quiet=NIGHT)

    person.until(moment("08:00", 1))

    assert person.asked == []
    assert person.told == [
        ("a", "Mon", "22:30", "waiting", "quiet"),
        ("a", "Mon", "23:30", "missed", "quiet"),
    ]


def test_quiet_hours_that_end_within_the_hour_postpone_it() -> None:
    person = Household(reminder("06:30"), quiet=NIGHT)

    agenda = person.until(moment("07:00"))

    assert person.asked == [("a", moment("07:00"))]
    assert agenda.due is not None
    assert agenda.due.until == moment("07:30")


def test_what_was_asked_is_not_due_in_quiet_hours_but_after_them() -> None:
    person = Household(reminder(), quiet=NOON)
    assert person.at("18:00").next_at == moment("18:10")

    quiet = person.at("18:10")
    after = person.at("18:30")

    assert quiet.due is None
    assert quiet.next_at == moment("18:30")
    assert after.due is not None
    assert not after.due.is_new
    assert person.asked == [("a", moment("18:00"))]


def test_a_snooze_into_quiet_hours_is_missed() -> None:
    person = Household(reminder("21:50"), quiet=NIGHT)
    person.at("21:50")
    person.snooze()

    person.until(moment("23:30"))

    assert person.story[-2:] == [
        ("22:05", "waiting", "quiet"),
        ("23:05", "missed", "quiet"),
    ]


def test_who_comes_home_within_the_hour_is_asked_then() -> None:
    person = Household(reminder(must_be_home=True))
    person.home = False
    person.until(moment("18:40"))
    person.home = True

    agenda = person.look()

    assert agenda.due is not None
    assert agenda.due.until == moment("19:00")
    assert person.story == [("18:00", "waiting", "absent"), ("18:40", "due")]


def test_who_stays_away_has_missed_it() -> None:
    person = Household(reminder(must_be_home=True))
    person.home = False

    person.until(moment("20:00"))

    assert person.story == [
        ("18:00", "waiting", "absent"),
        ("19:00", "missed", "absent"),
    ]


def test_who_need_not_be_home_is_asked_anywhere() -> None:
    person = Household(reminder())
    person.home = False

    assert person.at("18:00").due is not None


def test_who_leaves_after_being_asked_can_still_answer() -> None:
    person = Household(reminder(must_be_home=True))
    person.at("18:00")
    person.home = False

    assert person.at("18:10").due is not None
    person.home = True
    person.at("18:20")
    assert person.asked == [("a", moment("18:00"))]


def test_what_is_in_the_way_is_told_anew_when_it_is_something_else() -> None:
    person = Household(reminder(must_be_home=True), quiet=NOON)
    person.home = False

    person.until(moment("19:00"))

    assert [each[1:] for each in person.story] == [
        ("waiting", "absent"),
        ("waiting", "quiet"),
        ("waiting", "absent"),
        ("missed", "absent"),
    ]


@pytest.mark.parametrize(
    "barred",
    [ReminderReason.LOCKED, ReminderReason.NOT_TODAY, ReminderReason.ENOUGH],
)
def test_what_bars_every_session_bars_its_reminder(barred: ReminderReason) -> None:
    person = Household(reminder())
    person.barred = barred

    assert person.at("18:00").due is None

    assert person.story == [("18:00", "not_planned", barred.value)]


@pytest.mark.parametrize(
    ("barred", "expected"),
    [
        (ReminderReason.LOCKED, None),
        (ReminderReason.NOT_TODAY, moment("18:00", 1)),
        (None, moment("18:00")),
    ],
)
def test_the_next_session_is_on_a_day_that_may_have_one(
    barred: ReminderReason | None, expected: datetime | None
) -> None:
    person = Household(reminder())
    person.barred = barred

    agenda = person.at("12:00")

    assert agenda.next_session == expected
    assert agenda.next_at == moment("18:00")


def test_a_lock_withdraws_what_is_due() -> None:
    person = Household(reminder())
    person.at("18:00")
    person.barred = ReminderReason.LOCKED

    assert person.at("18:10").due is None

    assert person.story[-1] == ("18:10", "not_planned", "locked")


def test_a_lock_ends_a_snooze_at_its_end() -> None:
    person = Household(reminder())
    person.at("18:00")
    person.snooze()
    person.barred = ReminderReason.LOCKED

    person.until(moment("19:00"))

    assert person.story[-1][1:] == ("not_planned", "locked")
    assert person.asked == [("a", moment("18:00"))]


# Several of them


def test_of_the_same_minute_the_one_that_does_most_asks() -> None:
    person = Household(
        reminder(id="notify", mode=ReminderMode.NOTIFY),
        reminder(id="start", mode=ReminderMode.START),
        reminder(id="remind"),
        reminder(id="start too", mode=ReminderMode.START),
    )

    person.at("18:00")

    assert person.asked == [("start", moment("18:00"))]
    assert person.told == [
        ("notify", "Mon", "18:00", "not_planned", "merged"),
        ("start", "Mon", "18:00", "due"),
        ("remind", "Mon", "18:00", "not_planned", "merged"),
        ("start too", "Mon", "18:00", "not_planned", "merged"),
    ]


def test_after_one_was_missed_a_later_one_asks() -> None:
    person = Household(reminder("07:00"), reminder(id="b"))

    person.until(moment("18:00"))

    assert person.asked == [("a", moment("07:00")), ("b", moment("18:00"))]


def test_a_later_one_takes_the_place_of_one_without_an_answer() -> None:
    person = Household(
        reminder("17:30", mode=ReminderMode.NOTIFY),
        reminder(id="b", mode=ReminderMode.START),
    )
    person.at("17:30")

    agenda = person.at("18:00")

    assert agenda.due is not None
    assert agenda.due.occasion.reminder.id == "b"
    assert person.told[1:] == [
        ("a", "Mon", "18:00", "missed", "superseded"),
        ("b", "Mon", "18:00", "due"),
    ]


def test_of_several_that_passed_unseen_one_asks() -> None:
    person = Household(reminder(id="b"), reminder("17:30"))

    person.at("18:10")

    assert person.told == [
        ("a", "Mon", "18:10", "not_planned", "merged"),
        ("b", "Mon", "18:10", "due"),
    ]


def test_one_that_cannot_ask_yet_leaves_the_other_as_it_is() -> None:
    person = Household(reminder("17:30"), reminder(id="b", must_be_home=True))
    person.home = False
    person.at("17:30")

    agenda = person.at("18:00")

    assert agenda.due is not None
    assert agenda.due.occasion.reminder.id == "a"
    assert person.told[-1] == ("b", "Mon", "18:00", "waiting", "absent")


def test_during_a_snooze_no_other_asks() -> None:
    person = Household(reminder("17:50"), reminder(id="b", mode=ReminderMode.START))
    person.at("17:50")
    person.snooze()

    person.at("18:00")
    person.at("18:05")

    assert person.asked == [("a", moment("17:50")), ("a", moment("18:05"))]
    assert ("b", "Mon", "18:00", "not_planned", "merged") in person.told


# Changes


def test_one_that_is_switched_off_while_it_is_due_is_closed() -> None:
    person = Household(reminder())
    person.at("18:00")
    person.wishes = Wishes(reminders=(reminder(enabled=False, since=moment("18:05")),))

    agenda = person.at("18:05")

    assert (agenda.due, agenda.next_at, agenda.next_session) == (None, None, None)
    assert person.story[-1] == ("18:05", "not_planned", "changed")


def test_one_that_is_removed_while_it_waits_is_closed() -> None:
    person = Household(reminder(must_be_home=True))
    person.home = False
    person.at("18:00")
    person.wishes = Wishes()

    person.at("18:05")

    assert person.story[-1] == ("18:05", "not_planned", "changed")


def test_one_that_is_moved_while_it_is_due_asks_at_its_new_time() -> None:
    person = Household(reminder())
    person.at("18:00")
    person.wishes = Wishes(reminders=(reminder("18:30", since=moment("18:05")),))

    assert person.at("18:05").due is None
    person.until(moment("20:00"))

    assert person.asked == [("a", moment("18:00")), ("a", moment("18:30"))]
    assert person.story == [
        ("18:00", "due"),
        ("18:30", "due"),
        ("19:30", "missed", "unanswered"),
    ]


def test_one_that_is_moved_to_a_time_that_is_over_begins_tomorrow() -> None:
    person = Household(reminder())
    person.at("18:00")
    person.wishes = Wishes(reminders=(reminder("17:45", since=moment("18:05")),))

    agenda = person.at("18:05")

    assert agenda.due is None
    assert agenda.next_at == moment("17:45", 1)
    assert person.story[-1] == ("18:05", "not_planned", "changed")


def test_one_that_was_missed_and_is_moved_asks_at_its_new_time() -> None:
    person = Household(reminder("07:00"))
    person.until(moment("09:00"))
    person.wishes = Wishes(reminders=(reminder("18:00", since=moment("09:00")),))

    assert person.at("18:00").due is not None


@pytest.mark.parametrize("change", [{"since": moment("09:00")}, {"enabled": True}])
def test_a_day_that_was_skipped_stays_so_whatever_is_changed(
    change: dict[str, Any],
) -> None:
    person = Household(reminder("07:00"))
    person.at("07:00")
    person.skip()
    person.wishes = Wishes(reminders=(reminder("18:00", **change),))

    assert person.at("18:00").due is None
    assert person.story == [("07:00", "due"), ("07:00", "skipped")]


def test_one_that_was_refused_and_is_moved_asks_at_its_new_time() -> None:
    person = Household(reminder("07:00", mode=ReminderMode.START))
    person.at("07:00")
    person.refuse()
    person.wishes = Wishes(reminders=(reminder("18:00", since=moment("09:00")),))

    assert person.at("18:00").due is not None


def test_nothing_is_planned_where_there_is_no_reminder() -> None:
    agenda = Household().at("18:00")

    assert (agenda.due, agenda.next_at, agenda.record) == (None, None, ())


# Clocks and time zones


def test_a_clock_that_goes_back_asks_nothing_twice() -> None:
    person = Household(reminder())
    person.at("18:00")

    person.at("17:50")
    person.at("18:00")
    person.at("18:59")

    assert person.asked == [("a", moment("18:00"))]


def test_a_clock_that_goes_back_a_day_does_not_end_that_day() -> None:
    person = Household(reminder(), reminder("19:30", id="b"))
    person.at("18:00", 1)

    agenda = person.at("18:00")

    assert agenda.due is not None
    assert agenda.due.is_new
    assert agenda.due.occasion.day == MONDAY.date()
    assert person.at("18:00", 1).due is not None
    assert [each for each in person.told if each[1] == "Tue"][0:1] == [
        ("a", "Tue", "18:00", "due")
    ]


def test_what_a_clock_that_was_ahead_called_missed_is_asked_at_its_time() -> None:
    person = Household(reminder())
    person.at("12:00", 20)

    person.now = moment("12:00", 3)
    person.until(moment("18:00", 3))

    assert person.asked == [("a", moment("18:00", 3))]


def test_what_waited_by_a_clock_that_was_ahead_is_closed_if_it_is_not_planned() -> None:
    person = Household(reminder(must_be_home=True))
    person.home = False
    person.at("18:30", 1)
    person.at("12:00")
    person.wishes = Wishes()

    person.look()

    assert person.told[-1] == ("a", "Tue", "12:00", "not_planned", "changed")


def test_a_snooze_by_a_clock_that_was_ahead_holds_up_nothing() -> None:
    person = Household(reminder())
    person.at("18:00", 1)
    person.snooze()

    agenda = person.at("18:00")

    assert agenda.due is not None
    assert agenda.due.occasion.day == MONDAY.date()


def test_a_clock_that_goes_back_before_a_change_forgets_no_snooze() -> None:
    person = Household(reminder(since=moment("17:59")))
    person.at("18:00")
    person.at("17:58")
    person.at("18:01")
    person.now = moment("17:58")
    person.until(moment("18:02"))
    person.snooze()

    agenda = person.at("18:17")

    assert agenda.due is not None
    assert agenda.due.snoozes_left == 2
    assert len(person.asked) == 2


def test_a_clock_that_is_put_right_by_seconds_repeats_nothing() -> None:
    person = Household(reminder())
    person.at("19:00:00")

    person.at("18:59:30")

    assert person.story == [("19:00", "missed", "passed")]


def test_a_journey_west_asks_no_day_twice() -> None:
    person = Household(reminder(), zone="Europe/Berlin")
    person.until(moment("17:30"))
    person.zone = "America/New_York"

    person.until(moment("23:30"))

    assert person.asked == [("a", moment("16:00"))]
    assert [each[1:3] for each in person.told[-1:]] == [("Mon", "17:00")]


def test_what_waits_on_a_journey_west_is_asked_in_the_evening_there() -> None:
    person = Household(reminder(must_be_home=True), zone="Europe/Berlin")
    person.home = False
    person.until(moment("16:10"))
    person.zone, person.home = "America/New_York", True

    person.until(moment("22:30"))

    assert person.asked == [("a", moment("22:00"))]


def test_what_is_due_on_a_journey_stays_so_until_its_hour_is_over() -> None:
    person = Household(reminder(), zone="Europe/Berlin")
    person.at("16:00")
    person.zone = "America/New_York"

    agenda = person.at("16:30")

    assert agenda.due is not None
    assert agenda.due.until == moment("17:00")
    assert agenda.due.occasion.at == moment("16:00")
    assert agenda.next_session == moment("22:00", 1)
    assert len(agenda.open) == 1


def test_a_journey_east_over_its_time_loses_no_day() -> None:
    person = Household(reminder(), zone="America/New_York")
    person.until(moment("16:00"))
    person.zone = "Asia/Tokyo"

    person.until(moment("10:00", 1))

    assert person.told == [
        ("a", "Mon", "16:00", "missed", "passed"),
        ("a", "Tue", "09:00", "due"),
        ("a", "Tue", "10:00", "missed", "unanswered"),
    ]


def test_a_journey_east_to_within_the_hour_is_still_asked() -> None:
    person = Household(reminder(), zone="UTC")
    person.at("16:30")
    person.zone = "Europe/Berlin"

    assert person.look().due is not None


def test_a_session_before_a_journey_is_of_the_day_it_was_done() -> None:
    person = Household(reminder(since=moment("10:00")), zone="Asia/Tokyo")
    person.now = moment("20:00")  # Tuesday, 5 in the morning
    person.start()
    person.end()
    person.zone = "America/Los_Angeles"

    person.until(moment("02:00", 2))  # Tuesday, 19:00

    assert person.asked == []
    assert [each[1:4:2] for each in person.told] == [("Mon", "done"), ("Tue", "done")]


def test_a_journey_west_into_a_day_that_is_done_asks_nobody_again() -> None:
    person = Household(reminder("01:00", days=[1]), zone="Asia/Tokyo")
    person.at("10:00")  # Monday, 19:00
    person.start()
    person.end()
    person.at("16:00")  # Tuesday, 1:00
    person.snooze()
    person.zone = "America/Los_Angeles"  # Monday, 9:00

    person.at("16:15")

    assert person.asked == [("a", moment("16:00"))]
    assert person.story[-1][1:] == ("done",)


# What has to be known


def test_the_entries_that_are_needed_are_those_of_a_few_days() -> None:
    wishes = Wishes(reminders=(reminder(), reminder(id="b", since=MONDAY + 5 * DAY)))
    now = MONDAY + 90 * DAY

    assert horizon(wishes, now, now - HOUR) == now - HOUR - OVERLAP
    assert horizon(wishes, now, None) == MONDAY - OVERLAP
    assert horizon(wishes, now, now + DAY) == now - OVERLAP
    assert horizon(wishes, MONDAY + 1000 * DAY, None) == MONDAY + 1000 * DAY - FARTHEST
    assert horizon(Wishes(), now, None) == now - OVERLAP


def test_entries_of_a_reminder_that_is_gone_say_nothing_of_others() -> None:
    person = Household(reminder(id="gone"))
    person.at("18:00")
    person.at("19:00")
    person.wishes = Wishes(reminders=(reminder("19:30"),))

    assert person.at("19:30").due is not None


def test_a_week_of_its_own_pace_is_told_whole() -> None:
    person = Household(reminder(days=[0, 2, 4]), quiet=NIGHT)

    person.until(MONDAY + timedelta(days=14))

    outcomes = [each for each in person.told if each[3] != "due"]
    assert [(each[1], *each[3:]) for each in outcomes] == [
        (day, "missed", "unanswered") for day in ("Mon", "Wed", "Fri") * 2
    ]


def test_what_is_recorded_is_read_again_as_it_was() -> None:
    person = Household(reminder(must_be_home=True))
    person.home = False
    person.at("18:00")
    person.home = True
    person.at("18:30")
    person.snooze()
    person.at("20:00")

    assert [each[1] for each in person.story] == ["waiting", "due", "snoozed", "missed"]
    for entry in person.entries:
        assert read_entry(json.loads(json.dumps(write_entry(entry)))) == entry
        assert restored(Reminded, plain(entry.payload)) == entry.payload
