"""Times of the week as moments: every day one, in every time zone."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

import pytest

from custom_components.back_exercise.engine.occasions import (
    QuietHours,
    Reminder,
    Weekly,
    beginnings,
    moment_from,
    moment_on,
    occasion_on,
    planned,
)

from .reminding import DAY, HOUR, MINUTE

LONG_AGO: Final = datetime(2020, 1, 1, tzinfo=UTC)
BEGIN: Final = datetime(2026, 12, 31, tzinfo=UTC)
END: Final = datetime(2028, 1, 2, tzinfo=UTC)


def daily(at: time, **more: object) -> Reminder:
    """Return a reminder of every day."""
    times = tuple(Weekly(day=number, at=at) for number in range(7))
    return Reminder(**({"id": "a", "times": times, "since": LONG_AGO} | more))  # type: ignore[arg-type]


def shown(moment: datetime, zone: str) -> datetime:
    """Return what the clock shows."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def changes(zone: str) -> Iterator[tuple[datetime, datetime, datetime]]:
    """Yield moment, last clock before and first after of each change of 2027.

    Found by walking through the year, so nothing of what is tested is in it.
    """
    where, step = ZoneInfo(zone), timedelta(hours=12)
    moments = [BEGIN + number * step for number in range((END - BEGIN) // step)]
    for low, high in pairwise(moments):
        start, end = low, high
        if start.astimezone(where).utcoffset() == end.astimezone(where).utcoffset():
            continue
        while end - start > timedelta(seconds=1):
            middle = start + (end - start) // 2
            same = middle.astimezone(where).utcoffset()
            is_before = same == low.astimezone(where).utcoffset()
            start, end = (middle, end) if is_before else (start, middle)
        change = end.replace(microsecond=0)
        offset = low.astimezone(where).utcoffset()
        assert offset is not None
        yield change, (change + offset).replace(tzinfo=None), shown(change, zone)


ZONES: Final = sorted(available_timezones())


@pytest.mark.parametrize("initial", sorted({zone[:4] for zone in ZONES}))
def test_every_day_has_one_moment_in_every_zone_around_both_changes_of_a_year(
    initial: str,
) -> None:
    for zone in (zone for zone in ZONES if zone.startswith(initial)):
        for change, before, after in changes(zone):
            low, high = sorted((before, after))
            middle = low + (high - low) / 2
            for clock in (
                low - HOUR,
                low - MINUTE,
                low,
                low + MINUTE,
                middle.replace(microsecond=0, second=0),
                high - MINUTE,
                high,
                high + MINUTE,
                high + HOUR,
            ):
                check_days(zone, change, (before, after), clock.time())


def check_days(
    zone: str, change: datetime, jump: tuple[datetime, datetime], at: time
) -> None:
    """Check the days around a change, with a reminder at a time."""
    before, after = jump
    today = before.date()
    days = [today + number * DAY for number in range(-1, 3)]
    found = planned([daily(at)], zone, change - 5 * DAY, change + 5 * DAY)
    by_day = [each for each in found if each.day in days]
    assert [each.day for each in by_day] == days, (zone, at)
    for each in by_day:
        wanted = datetime.combine(each.day, at)
        clock = shown(each.at, zone)
        assert clock.date() == each.day, (zone, at)
        is_left_out = before <= wanted < after
        nearest = after if after.date() == each.day else before - MINUTE
        assert clock == (nearest if is_left_out else wanted), (zone, at)
        # the first of two: an hour before, another was shown
        assert each.at.astimezone(ZoneInfo(zone)).fold == 0, (zone, at)


def test_there_are_changes_to_look_at() -> None:
    found = {zone: list(changes(zone)) for zone in ZONES}

    assert sum(len(each) == 2 for each in found.values()) > 100
    assert {
        zone: [
            (before.strftime("%m-%d %H:%M"), after.strftime("%m-%d %H:%M"))
            for _, before, after in found[zone]
        ]
        for zone in ("Australia/Lord_Howe", "America/Nuuk", "Asia/Beirut")
    } == {
        "Australia/Lord_Howe": [
            ("04-04 02:00", "04-04 01:30"),
            ("10-03 02:00", "10-03 02:30"),
        ],
        "America/Nuuk": [
            ("03-27 23:00", "03-28 00:00"),
            ("10-31 00:00", "10-30 23:00"),
        ],
        "Asia/Beirut": [
            ("03-28 00:00", "03-28 01:00"),
            ("10-31 00:00", "10-30 23:00"),
        ],
    }


@pytest.mark.parametrize(
    ("zone", "day", "at", "expected"),
    [
        # left out: the moment at which the clock jumps
        ("Europe/Berlin", date(2027, 3, 28), time(2, 30), "03:00:00+02:00"),
        ("Australia/Lord_Howe", date(2027, 10, 3), time(2, 15), "02:30:00+11:00"),
        ("Antarctica/Troll", date(2027, 3, 28), time(1, 30), "03:00:00+02:00"),
        ("Africa/Cairo", date(2027, 4, 30), time(0, 30), "01:00:00+03:00"),
        # the day is over when it jumps: the last minute before
        ("America/Nuuk", date(2027, 3, 27), time(23, 30), "22:59:00-02:00"),
        # twice: the first
        ("Europe/Berlin", date(2027, 10, 31), time(2, 30), "02:30:00+02:00"),
        ("Australia/Lord_Howe", date(2027, 4, 4), time(1, 45), "01:45:00+11:00"),
        ("America/Nuuk", date(2027, 10, 30), time(23, 30), "23:30:00-01:00"),
        # a time that says it is the second is the first all the same
        ("Europe/Berlin", date(2027, 10, 31), time(2, 30, fold=1), "02:30:00+02:00"),
        ("Europe/Berlin", date(2027, 7, 1), time(18, 0, 0, 5), "18:00:00+02:00"),
    ],
)
def test_a_time_stands_for_one_moment(
    zone: str, day: date, at: time, expected: str
) -> None:
    moment = moment_on(day, at, zone)

    assert moment is not None
    assert moment.tzinfo is UTC
    local = moment.astimezone(ZoneInfo(zone))
    assert local.date() == day
    assert local.isoformat()[11:] == expected


def test_a_day_that_a_place_left_out_has_no_moment() -> None:
    day = date(2011, 12, 30)
    reminder = daily(time(18), since=datetime(2011, 1, 1, tzinfo=UTC))

    assert moment_on(day, time(18), "Pacific/Apia") is None
    assert occasion_on(reminder, day, "Pacific/Apia") is None
    assert moment_from(day, time(18), "Pacific/Apia") == datetime(
        2011, 12, 30, 10, tzinfo=UTC
    )
    start, end = datetime(2011, 12, 28, tzinfo=UTC), datetime(2012, 1, 2, tzinfo=UTC)
    days = [each.day.day for each in planned([reminder], "Pacific/Apia", start, end)]
    assert days == [27, 28, 29, 31, 1]


# What is planned


def test_only_the_days_that_are_wanted_are_planned() -> None:
    reminder = daily(
        time(), times=(Weekly(day=0, at=time(7)), Weekly(day=3, at=time(18)))
    )
    start = datetime(2027, 6, 7, 0, tzinfo=UTC)

    found = planned([reminder], "UTC", start, start + 14 * DAY)

    assert [each.at - start for each in found] == [
        7 * HOUR,
        3 * DAY + 18 * HOUR,
        7 * DAY + 7 * HOUR,
        10 * DAY + 18 * HOUR,
    ]


def test_what_is_planned_is_in_order_and_within_its_limits() -> None:
    reminders = [daily(time(18)), daily(time(7), id="b")]
    start = datetime(2027, 6, 7, 7, tzinfo=UTC)

    found = planned(reminders, "UTC", start, start + DAY)

    assert [(each.reminder.id, each.at - start) for each in found] == [
        ("b", 0 * HOUR),
        ("a", 11 * HOUR),
    ]


def test_nothing_is_planned_of_a_reminder_that_is_off_or_before_it_was_as_it_is() -> (
    None
):
    start = datetime(2027, 6, 7, tzinfo=UTC)
    reminders = [daily(time(18), enabled=False), daily(time(18), since=start + DAY)]

    found = planned(reminders, "UTC", start, start + 2 * DAY)

    assert [each.at for each in found] == [start + DAY + 18 * HOUR]


def test_of_several_times_of_a_day_the_first_counts() -> None:
    times = (Weekly(day=0, at=time(18)), Weekly(day=0, at=time(7)))
    monday = date(2027, 6, 7)

    occasion = occasion_on(daily(time(), times=times), monday, "UTC")

    assert occasion is not None
    assert occasion.at.time() == time(7)


def test_moments_can_be_given_by_something_else() -> None:
    given = (
        datetime.fromisoformat("2027-06-08T07:00:00+02:00"),
        datetime.fromisoformat("2027-06-09T01:00:00+02:00"),
    )
    reminder = daily(time(), times=(), given=given)
    start = datetime(2027, 6, 7, tzinfo=UTC)

    found = planned([reminder], "Europe/Berlin", start, start + 7 * DAY)

    assert [(each.day.day, each.at) for each in found] == [(8, given[0]), (9, given[1])]
    assert found[0].at.tzinfo is UTC


# Blocks of a week


def test_each_first_and_second_block_of_a_day_makes_a_reminder() -> None:
    blocks = {
        0: [(time(7), time(8)), (time(18), time(19))],
        2: [(time(9), time(10))],
        4: [(time(7), time(8)), (time(8), time(9)), (time(12), time(13))],
    }

    assert beginnings(blocks) == (
        (
            Weekly(day=0, at=time(7)),
            Weekly(day=2, at=time(9)),
            Weekly(day=4, at=time(7)),
        ),
        (Weekly(day=0, at=time(18)), Weekly(day=4, at=time(12))),
    )


def test_a_block_that_goes_on_over_midnight_begins_once() -> None:
    blocks = {
        6: [(time(22), time.max)],
        0: [(time(0), time(1)), (time(7), time(8))],
        1: [(time(0), time(1))],
    }

    assert beginnings(blocks) == (
        (
            Weekly(day=0, at=time(7)),
            Weekly(day=1, at=time(0)),
            Weekly(day=6, at=time(22)),
        ),
    )


def test_no_blocks_begin_nothing() -> None:
    assert beginnings({}) == ()


# Quiet hours

NIGHT: Final = QuietHours(start=time(22), end=time(7))
NOON: Final = QuietHours(start=time(13), end=time(13, 30))


@pytest.mark.parametrize(
    ("quiet", "clock", "expected"),
    [
        (NIGHT, time(21, 59), False),
        (NIGHT, time(22), True),
        (NIGHT, time(0), True),
        (NIGHT, time(6, 59, 59), True),
        (NIGHT, time(7), False),
        (NOON, time(12, 59), False),
        (NOON, time(13), True),
        (NOON, time(13, 30), False),
        (QuietHours(start=time(7), end=time(7)), time(7), False),
    ],
)
def test_quiet_hours_have_a_beginning_and_an_end(
    quiet: QuietHours, clock: time, expected: bool
) -> None:
    moment = datetime.combine(date(2027, 6, 7), clock, tzinfo=ZoneInfo("Asia/Tokyo"))

    assert quiet.cover(moment.astimezone(UTC), "Asia/Tokyo") is expected


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2027-06-07T12:00:00+02:00", "2027-06-07T22:00:00+02:00"),
        ("2027-06-07T22:00:00+02:00", "2027-06-08T07:00:00+02:00"),
        ("2027-06-08T06:59:59+02:00", "2027-06-08T07:00:00+02:00"),
        ("2027-06-08T07:00:00+02:00", "2027-06-08T22:00:00+02:00"),
    ],
)
def test_the_next_change_of_quiet_hours_is_known(at: str, expected: str) -> None:
    found = NIGHT.change_after(datetime.fromisoformat(at), "Europe/Berlin")

    assert found == datetime.fromisoformat(expected)


def test_quiet_hours_are_as_the_clock_shows_also_when_it_goes_back() -> None:
    quiet, zone = QuietHours(start=time(22), end=time(2, 30)), "Europe/Berlin"
    moment, seen = datetime(2027, 10, 30, 22, tzinfo=UTC), []
    for _ in range(3):
        moment = quiet.change_after(moment, zone)
        seen.append((moment.hour, moment.minute, quiet.cover(moment, zone)))

    # 2:30 twice: over at the first, and again, after it was quiet anew, at the second
    assert seen == [(0, 30, False), (1, 30, False), (21, 0, True)]


def test_quiet_hours_whose_end_is_left_out_end_with_the_jump() -> None:
    quiet = QuietHours(start=time(12), end=time(23, 30))
    moment = datetime(2027, 3, 27, 20, tzinfo=UTC)

    end = quiet.change_after(moment, "America/Nuuk")
    while quiet.cover(end, "America/Nuuk"):
        end = quiet.change_after(end, "America/Nuuk")

    assert end.astimezone(ZoneInfo("America/Nuuk")).isoformat() == (
        "2027-03-28T00:00:00-01:00"
    )
