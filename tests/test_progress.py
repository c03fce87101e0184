"""How it went over days and weeks: in entities and in the calendar."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from homeassistant.const import ATTR_ENTITY_ID, STATE_UNKNOWN
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from .conftest import Ask, PassTime, Play, Until, lived
from .engine.lives import Life
from .watching import shown

pytestmark = pytest.mark.usefixtures("berlin")

PAIN: Final = "sensor.alex_pain"
LAST: Final = "sensor.alex_last_session"
THIS_WEEK: Final = "sensor.alex_sessions_this_week"
STREAK: Final = "sensor.alex_weeks_on_target"
MINUTES: Final = "sensor.alex_active_minutes_this_week"
CALENDAR: Final = "calendar.alex_sessions"

MONDAY: Final = timedelta(days=7)


# Sessions


async def test_a_session_that_was_done_is_counted_at_once(
    hass: HomeAssistant, ask: Ask, until: Until
) -> None:
    await ask("start")
    await until("idle")
    ended = dt_util.utcnow()

    assert shown(hass, THIS_WEEK) == "1"
    assert shown(hass, STREAK) == "0"
    last = dt_util.parse_datetime(shown(hass, LAST))
    assert last
    assert abs(last - ended) < timedelta(seconds=2)


async def test_a_session_of_which_hardly_anything_was_done_does_not_count(
    hass: HomeAssistant, ask: Ask, until: Until
) -> None:
    await ask("start")
    await until("running", "isometric_hip_flexion", "work")
    await ask("stop")

    assert shown(hass, THIS_WEEK) == "0"
    assert shown(hass, LAST) != STATE_UNKNOWN


async def test_a_week_begins_on_monday_where_the_person_is(
    hass: HomeAssistant, ask: Ask, until: Until, pass_time: PassTime
) -> None:
    await ask("start")
    await until("idle")
    await ask("log_activity", activity="walking", minutes=20)
    await pass_time(datetime(2026, 11, 29, 22, 59, tzinfo=UTC) - dt_util.utcnow())
    assert (shown(hass, THIS_WEEK), shown(hass, MINUTES)) == ("1", "20")
    await pass_time(timedelta(minutes=2))

    assert (shown(hass, THIS_WEEK), shown(hass, MINUTES)) == ("0", "0")


async def test_weeks_on_target_are_counted_and_lost_without_a_word(
    hass: HomeAssistant, ask: Ask, until: Until, pass_time: PassTime
) -> None:
    streaks = []
    for _ in range(2):
        for days in (2, 2, 3):
            await ask("start", pain_before=2)
            await until("idle")
            streaks.append(shown(hass, STREAK))
            await pass_time(timedelta(days=days) - timedelta(minutes=20))
    streaks.append(shown(hass, STREAK))
    await pass_time(timedelta(days=8))
    streaks.append(shown(hass, STREAK))

    assert streaks == ["0", "0", "1", "1", "1", "2", "2", "0"]


async def test_another_time_zone_moves_the_day_at_once(
    hass: HomeAssistant, ask: Ask, until: Until
) -> None:
    await ask("start")
    await until("idle")
    assert shown(hass, THIS_WEEK) == "1"
    # there it is still Sunday, of the week before
    await hass.config.async_update(time_zone="Pacific/Honolulu")
    await hass.async_block_till_done()
    state = hass.states.get(MINUTES)

    assert state
    assert state.attributes["last_reset"].startswith("2026-11-16T00:00:00-10:00")


@pytest.mark.usefixtures("all_enabled")
async def test_what_is_told_of_the_last_session_follows_its_answers(
    hass: HomeAssistant, ask: Ask, play: Play, pass_time: PassTime
) -> None:
    await play(3)
    before = [
        shown(hass, f"sensor.alex_pain_{each}") for each in ("before", "next_day")
    ]
    await ask("rate", pain=4, context="after")
    await pass_time(timedelta(days=1))
    await ask("rate", pain=2)
    after = [
        shown(hass, f"sensor.alex_pain_{each}")
        for each in ("before", "after", "next_day")
    ]

    assert before == ["3", STATE_UNKNOWN]
    assert after == ["3", "4", "2"]
    assert shown(hass, PAIN) == "2"


def three_weeks() -> Life:
    """Return somebody whose pain went up from 2 to 3."""
    life = Life()
    for number, pain in (
        (0, 2),
        (2, 2),
        (4, 2),
        (7, 2),
        (9, 2),
        (11, 3),
        (14, 3),
        (16, 3),
        (18, 3),
    ):
        life.session(number, pain=pain)
    return life


@pytest.mark.parametrize("past", [lived(three_weeks())])
@pytest.mark.usefixtures("all_enabled")
async def test_trend_and_adherence_follow_from_the_past(
    hass: HomeAssistant, set_up: MockConfigEntry
) -> None:
    assert shown(hass, "sensor.alex_pain_trend") == "1"
    # 9 sessions of the 9 or 10 that three in a week make in 22 days
    assert shown(hass, "sensor.alex_sessions_done_of_those_aimed_at") == "95"
    assert shown(hass, STREAK) == "3"


# Activities


async def test_a_target_that_was_reached_is_higher_in_the_next_week(
    hass: HomeAssistant, ask: Ask, until: Until, pass_time: PassTime
) -> None:
    targets = []
    for _ in range(3):
        await ask("log_activity", activity="walking", minutes=40)
        await pass_time(MONDAY)
        state = hass.states.get(MINUTES)
        assert state
        targets.append(state.attributes["target"])

    assert targets[0] >= 30
    assert targets == sorted(targets)
    assert targets[-1] > 30


# Calendar


async def events(hass: HomeAssistant, start: datetime, end: datetime) -> list[Any]:
    """Return what is in the calendar."""
    answer: Any = await hass.services.async_call(
        "calendar",
        "get_events",
        {
            ATTR_ENTITY_ID: CALENDAR,
            "start_date_time": start,
            "end_date_time": end,
        },
        blocking=True,
        return_response=True,
    )
    found: list[Any] = answer[CALENDAR]["events"]
    return found


async def test_sessions_that_were_done_are_in_the_calendar(
    hass: HomeAssistant, ask: Ask, until: Until, pass_time: PassTime
) -> None:
    begun = dt_util.utcnow()
    await ask("start")
    await until("idle")
    await pass_time(timedelta(days=1))
    await ask("start", pain_before=4)
    await until("running", "pelvic_tilts", "work")
    await ask("stop")
    found = await events(hass, begun - timedelta(days=1), begun + timedelta(days=3))

    assert [(each["summary"], each["description"]) for each in found] == [
        ("Beginner routine", "Completed"),
        ("Beginner routine", "Stopped"),
    ]
    assert found[0]["start"] == "2026-11-23T08:00:00+01:00"
    assert (
        await events(hass, begun + timedelta(days=5), begun + timedelta(days=6)) == []
    )


async def test_the_calendar_is_on_while_a_session_goes_on(
    hass: HomeAssistant, ask: Ask, until: Until, pass_time: PassTime
) -> None:
    states = [shown(hass, CALENDAR)]
    await ask("start")
    states.append(shown(hass, CALENDAR))
    await pass_time(timedelta(minutes=5))
    await ask("pause")
    await pass_time(timedelta(minutes=14))
    await ask("resume")
    await pass_time(timedelta(minutes=1))
    await ask("pause")
    await pass_time(timedelta(minutes=14))
    states.append(shown(hass, CALENDAR))
    await ask("stop")
    states.append(shown(hass, CALENDAR))

    assert states == ["off", "on", "on", "off"]


async def test_what_was_deleted_from_the_diary_is_not_in_the_calendar(
    hass: HomeAssistant, ask: Ask, until: Until
) -> None:
    begun = dt_util.utcnow()
    await ask("start")
    await until("idle")
    answer = await ask("get_diary", kinds=["session_started"])
    await ask("delete_entry", entry_id=answer["entries"][0]["id"])

    assert (
        await events(hass, begun - timedelta(days=1), begun + timedelta(days=1)) == []
    )
    assert shown(hass, THIS_WEEK) == "0"
