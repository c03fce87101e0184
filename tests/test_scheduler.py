"""When somebody is reminded, and what becomes of it."""

from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any, Final
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.switch import DOMAIN as SWITCH
from homeassistant.config_entries import (
    ConfigEntryState,
    ConfigSubentry,
    ConfigSubentryDataWithId,
)
from homeassistant.const import (
    ATTR_ENTITY_ID,
    EVENT_HOMEASSISTANT_STARTED,
    SERVICE_TURN_OFF,
    SERVICE_TURN_ON,
    STATE_HOME,
    STATE_NOT_HOME,
    STATE_OFF,
    STATE_ON,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
)
from homeassistant.core import CoreState, HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.back_exercise.const import (
    CONF_NOTIFY,
    CONF_PERSON,
    CONF_QUESTION_AT,
    CONF_QUIET_END,
    CONF_QUIET_START,
)
from custom_components.back_exercise.diary import Diary, DiaryError
from custom_components.back_exercise.diary_file import Reason, StoreError
from custom_components.back_exercise.engine.diary import (
    Outcome,
    Reminded,
    ReminderOutcome,
    SessionEnded,
    SessionKind,
    SessionStarted,
)
from custom_components.back_exercise.store import Store

from .conftest import (
    NOW,
    SILENT,
    Ask,
    PassTime,
    Past,
    build_entry,
    record,
    reload,
)
from .reminding import (
    DUE,
    PHONE,
    SNOOZE,
    Phone,
    build_reminder,
    is_due,
    next_session,
    press,
    told,
)

pytestmark = pytest.mark.usefixtures("berlin", "notified", "unasked", "reminded")

HOUR: Final = timedelta(hours=1)
MINUTE: Final = timedelta(minutes=1)
PERSON: Final = "person.alex"
MINUTES: Final = "sensor.alex_active_minutes_this_week"
CALENDAR: Final = "calendar.alex_sessions"

STARTED: Final = SessionStarted(
    routine="beginner",
    kind=SessionKind.NORMAL,
    pain_before=2,
    prescriptions=(),
)


async def switch(hass: HomeAssistant, entity_id: str, *, on: bool) -> None:
    """Switch something on or off."""
    await hass.services.async_call(
        SWITCH,
        SERVICE_TURN_ON if on else SERVICE_TURN_OFF,
        {ATTR_ENTITY_ID: entity_id},
        blocking=True,
    )


# What becomes of a day


async def test_a_reminder_is_due_at_its_time_and_not_before(
    hass: HomeAssistant, alex: MockConfigEntry, phone: Phone, pass_time: PassTime
) -> None:
    assert next_session(hass) == "Mon 09:00"
    await pass_time(HOUR - MINUTE)
    assert not is_due(hass)
    assert hass.states.is_state(SNOOZE, STATE_UNAVAILABLE)
    assert not phone.received

    await pass_time(MINUTE)

    assert is_due(hass)
    assert hass.states.is_state(SNOOZE, STATE_UNKNOWN)
    assert len(phone.shown) == 1
    assert await told(alex) == ["due"]
    assert next_session(hass) == "Tue 09:00"


async def test_what_nobody_answers_is_missed_after_an_hour_and_taken_back(
    hass: HomeAssistant, alex: MockConfigEntry, phone: Phone, pass_time: PassTime
) -> None:
    await pass_time(2 * HOUR)

    assert not is_due(hass)
    assert not phone.shown
    assert len(phone.messages) == 1
    assert await told(alex) == ["due", "missed unanswered"]


async def test_three_snoozes_come_back_and_the_fourth_is_missed(
    hass: HomeAssistant,
    alex: MockConfigEntry,
    phone: Phone,
    ask: Ask,
    pass_time: PassTime,
) -> None:
    await pass_time(HOUR)
    answers = []
    for _ in range(4):
        assert is_due(hass)
        answers.append(await ask("snooze"))
        assert not is_due(hass)
        assert not phone.shown
        await pass_time(15 * MINUTE)

    assert len(phone.messages) == 4
    assert [each["snoozed_until"] is not None for each in answers] == [1, 1, 1, 0]
    assert await told(alex) == [
        *["due", "snoozed"] * 3,
        "due",
        "missed snoozed",
    ]


async def test_the_button_snoozes(
    hass: HomeAssistant, alex: MockConfigEntry, pass_time: PassTime
) -> None:
    await pass_time(HOUR)
    await press(hass, SNOOZE)
    await pass_time()

    assert next_session(hass) == "Mon 09:15"
    assert await told(alex) == ["due", "snoozed"]


async def test_there_is_nothing_to_snooze_before_it_is_due(
    alex: MockConfigEntry, ask: Ask
) -> None:
    with pytest.raises(ServiceValidationError) as raised:
        await ask("snooze")
    assert raised.value.translation_key == "nothing_due"


@pytest.mark.parametrize("before", [timedelta(0), HOUR])
async def test_a_day_is_skipped_before_its_time_and_when_it_is_due(
    hass: HomeAssistant,
    alex: MockConfigEntry,
    phone: Phone,
    ask: Ask,
    pass_time: PassTime,
    before: timedelta,
) -> None:
    await pass_time(before)

    answer = await ask("skip_today")
    await pass_time(3 * HOUR)

    assert answer["next_session"] == "2026-11-24T08:00:00+00:00"
    assert (await told(alex))[-1] == "skipped"
    assert not phone.shown
    assert len(phone.messages) == bool(before)
    with pytest.raises(ServiceValidationError) as raised:
        await ask("skip_today")
    assert raised.value.translation_key == "nothing_to_skip"


async def test_a_session_that_was_done_by_hand_is_not_reminded_of(
    hass: HomeAssistant, alex: MockConfigEntry, phone: Phone, pass_time: PassTime
) -> None:
    diary = alex.runtime_data.diary
    await diary.async_add(STARTED, source="test")
    await diary.async_add(SessionEnded(outcome=Outcome.COMPLETED), source="test")
    await pass_time(2 * HOUR)

    assert not phone.received
    assert await told(alex) == ["done"]
    assert next_session(hass) == "Tue 09:00"


async def test_starting_answers_a_reminder_and_takes_it_back(
    hass: HomeAssistant,
    alex: MockConfigEntry,
    phone: Phone,
    ask: Ask,
    pass_time: PassTime,
) -> None:
    await pass_time(HOUR)
    await ask("start", pain_before=1)

    assert not is_due(hass)
    assert not phone.shown

    await ask("stop")
    assert await told(alex) == ["due", "done partly"]


async def test_a_whole_session_is_what_a_reminder_was_for(
    hass: HomeAssistant, alex: MockConfigEntry, ask: Ask, pass_time: PassTime
) -> None:
    await pass_time(HOUR)
    await ask("start", pain_before=1)
    await pass_time(HOUR / 2)

    assert await told(alex) == ["due", "done"]
    assert next_session(hass) == "Tue 09:00"


async def test_nobody_is_reminded_in_a_session(
    hass: HomeAssistant,
    alex: MockConfigEntry,
    phone: Phone,
    ask: Ask,
    pass_time: PassTime,
) -> None:
    await pass_time(HOUR - MINUTE)
    await ask("start", pain_before=1)
    await pass_time(2 * MINUTE)

    assert not is_due(hass)
    assert not phone.received
    await ask("stop")
    assert (await told(alex))[-1] == "done partly"


@pytest.mark.parametrize("past", [[]])
async def test_nobody_is_reminded_while_sessions_are_locked(
    hass: HomeAssistant, alex: MockConfigEntry, phone: Phone, pass_time: PassTime
) -> None:
    await pass_time(2 * HOUR)

    assert not phone.received
    assert await told(alex) == ["not_planned locked"]
    assert next_session(hass) == STATE_UNKNOWN


# Where and when somebody is


@pytest.fixture
def linked(
    hass: HomeAssistant,
    options: dict[str, Any],
    reminders: list[ConfigSubentryDataWithId],
) -> MockConfigEntry:
    """Return Alex, whose whereabouts are known."""
    hass.states.async_set(PERSON, STATE_NOT_HOME)
    return build_entry("Alex", options, reminders, **{CONF_PERSON: PERSON})


async def test_somebody_who_is_away_is_reminded_on_coming_home(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    phone: Phone,
    pass_time: PassTime,
    linked: MockConfigEntry,
    past: Past,
) -> None:
    await begin(hass, freezer, linked, past)
    await pass_time(HOUR + 20 * MINUTE)
    while_away = list(phone.messages)
    hass.states.async_set(PERSON, STATE_HOME)
    await pass_time()

    assert not while_away
    assert is_due(hass)
    assert await told(linked) == ["waiting absent", "due"]


async def begin(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    entry: MockConfigEntry,
    past: Past,
    now: str = NOW,
) -> None:
    """Set somebody up at a moment."""
    freezer.move_to(now)
    entry.add_to_hass(hass)
    await record(hass, entry, past)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()


@pytest.mark.parametrize(
    "options",
    [
        {
            **SILENT,
            CONF_NOTIFY: [PHONE],
            CONF_QUESTION_AT: None,
            CONF_QUIET_START: "22:00:00",
            CONF_QUIET_END: "09:30:00",
        }
    ],
)
async def test_quiet_hours_put_a_reminder_off(
    hass: HomeAssistant, alex: MockConfigEntry, phone: Phone, pass_time: PassTime
) -> None:
    await pass_time(HOUR + 29 * MINUTE)
    in_quiet_hours = list(phone.messages)
    await pass_time(MINUTE)

    assert not in_quiet_hours
    assert is_due(hass)
    assert await told(alex) == ["waiting quiet", "due"]


async def test_another_time_zone_moves_what_is_to_come(
    hass: HomeAssistant, alex: MockConfigEntry, pass_time: PassTime
) -> None:
    await hass.config.async_update(time_zone="Europe/Lisbon")
    await pass_time()
    assert next_session(hass) == "Mon 09:00"
    await pass_time(HOUR)
    in_berlin = is_due(hass)
    await pass_time(HOUR)

    assert not in_berlin
    assert is_due(hass)
    assert await told(alex) == ["due"]


# Being away


@pytest.mark.parametrize(
    ("now", "story", "messages"),
    [
        ("2026-11-23 08:59:00+00:00", ["due"], 1),
        ("2026-11-23 09:00:00+00:00", ["missed passed"], 0),
    ],
)
async def test_a_time_that_passed_while_away_is_made_up_for_within_an_hour(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    phone: Phone,
    pass_time: PassTime,
    config_entry: MockConfigEntry,
    past: Past,
    *,
    now: str,
    story: list[str],
    messages: int,
) -> None:
    entry = Reminded(
        reminder="01REMINDER",
        day=datetime(2026, 11, 22, tzinfo=UTC).date(),
        outcome=ReminderOutcome.DONE,
        planned=datetime(2026, 11, 22, 8, tzinfo=UTC),
    )
    freezer.move_to("2026-11-22 09:00:00+00:00")
    await begin(hass, freezer, config_entry, [*past, entry], "2026-11-22 09:00:00Z")
    await hass.config_entries.async_unload(config_entry.entry_id)
    freezer.move_to(now)
    assert await hass.config_entries.async_setup(config_entry.entry_id)
    await pass_time()

    assert (await told(config_entry))[1:] == story
    assert len(phone.messages) == messages


async def test_a_snooze_outlasts_a_restart(
    hass: HomeAssistant,
    alex: MockConfigEntry,
    phone: Phone,
    ask: Ask,
    pass_time: PassTime,
) -> None:
    await pass_time(HOUR)
    await ask("snooze")
    await reload(hass, alex, pass_time)
    assert next_session(hass) == "Mon 09:15"
    await pass_time(15 * MINUTE)

    assert is_due(hass)
    assert len(phone.messages) == 2


async def test_what_was_asked_is_not_asked_again_after_a_restart(
    hass: HomeAssistant, alex: MockConfigEntry, phone: Phone, pass_time: PassTime
) -> None:
    await pass_time(HOUR)
    await reload(hass, alex, pass_time)

    assert is_due(hass)
    assert len(phone.messages) == 1


async def test_what_ran_out_while_away_is_taken_back(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    alex: MockConfigEntry,
    phone: Phone,
    pass_time: PassTime,
) -> None:
    await pass_time(HOUR)
    await hass.config_entries.async_unload(alex.entry_id)
    freezer.tick(HOUR)
    assert phone.shown
    assert await hass.config_entries.async_setup(alex.entry_id)
    await pass_time()

    assert not phone.shown


async def test_nothing_is_due_before_home_assistant_has_started(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    phone: Phone,
    pass_time: PassTime,
    config_entry: MockConfigEntry,
    past: Past,
) -> None:
    hass.set_state(CoreState.starting)
    await begin(hass, freezer, config_entry, past)
    await pass_time(HOUR + MINUTE)
    before = (is_due(hass), list(phone.messages), await told(config_entry))
    hass.set_state(CoreState.running)
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STARTED)
    await pass_time()

    assert before == (False, [], [])
    assert is_due(hass)
    assert len(phone.messages) == 1


async def test_a_time_that_a_clock_put_forward_left_out_is_told_as_missed(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    alex: MockConfigEntry,
    phone: Phone,
    pass_time: PassTime,
) -> None:
    # timers count on, as they go by a clock that nobody sets
    freezer.tick(20 * HOUR)
    alex.runtime_data.scheduler.look_again()
    await pass_time()

    assert not phone.messages
    assert await told(alex) == ["missed passed"]


async def test_the_day_is_shown_that_a_clock_put_forward_came_to(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    alex: MockConfigEntry,
    ask: Ask,
) -> None:
    await ask("log_activity", activity="walking", minutes=20)
    before = hass.states.get(MINUTES)
    freezer.tick(7 * 24 * HOUR)
    alex.runtime_data.scheduler.look_again()

    assert before
    assert before.state == "20"
    assert hass.states.is_state(MINUTES, "0")


async def test_a_clock_that_went_back_reminds_nobody_twice(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    alex: MockConfigEntry,
    phone: Phone,
    ask: Ask,
    pass_time: PassTime,
) -> None:
    await pass_time(HOUR)
    await ask("skip_today")
    freezer.tick(-2 * HOUR)
    await pass_time(3 * HOUR)

    assert len(phone.messages) == 1
    assert await told(alex) == ["due", "skipped"]


# Several reminders


@pytest.mark.parametrize(
    "reminders",
    [
        [
            build_reminder(),
            build_reminder(subentry_id="02REMINDER", title="Again", what="notify"),
        ]
    ],
)
async def test_two_reminders_at_the_same_minute_ask_once(
    hass: HomeAssistant, alex: MockConfigEntry, phone: Phone, pass_time: PassTime
) -> None:
    await pass_time(HOUR)

    state = hass.states.get(DUE)
    assert state
    assert state.attributes["reminder"] == "Reminder"
    assert len(phone.messages) == 1
    assert sorted(await told(alex)) == ["due", "not_planned merged"]


# Changing them


async def test_all_of_them_are_switched_off_for_a_while(
    hass: HomeAssistant, alex: MockConfigEntry, phone: Phone, pass_time: PassTime
) -> None:
    await switch(hass, "switch.alex_reminders", on=False)
    assert next_session(hass) == STATE_UNKNOWN
    await pass_time(HOUR + MINUTE)
    await switch(hass, "switch.alex_reminders", on=True)
    await pass_time()

    assert not phone.received
    assert next_session(hass) == "Tue 09:00"
    assert hass.states.is_state("switch.alex_reminders", STATE_ON)


async def test_one_of_them_is_switched_off(
    hass: HomeAssistant, alex: MockConfigEntry, phone: Phone, pass_time: PassTime
) -> None:
    await pass_time(HOUR)
    await switch(hass, "switch.alex_reminder", on=False)
    await pass_time()
    is_off = hass.states.is_state("switch.alex_reminder", STATE_OFF)
    await switch(hass, "switch.alex_reminder", on=True)
    await pass_time()

    assert is_off
    assert not phone.shown
    assert await told(alex) == ["due", "not_planned changed"]
    assert next_session(hass) == "Tue 09:00"


@pytest.mark.usefixtures("at_once")
async def test_a_new_reminder_gets_its_entities_once_no_session_goes_on(
    hass: HomeAssistant, alex: MockConfigEntry, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start", pain_before=1)
    hass.config_entries.async_add_subentry(
        alex, subentry(build_reminder("10:00:00", "02REMINDER", "Later"))
    )
    await pass_time()
    in_session = hass.states.get("switch.alex_later")
    await ask("stop")
    # the last words come first
    await pass_time(timedelta(seconds=10))

    assert in_session is None
    assert hass.states.is_state("switch.alex_later", STATE_ON)


async def test_a_reminder_that_is_removed_takes_its_device_along(
    hass: HomeAssistant, alex: MockConfigEntry, phone: Phone, pass_time: PassTime
) -> None:
    await pass_time(HOUR)
    hass.config_entries.async_remove_subentry(alex, "01REMINDER")
    await pass_time()

    assert hass.states.get("switch.alex_reminder") is None
    assert next_session(hass) == STATE_UNKNOWN
    assert not phone.shown


def subentry(data: ConfigSubentryDataWithId) -> ConfigSubentry:
    """Return a reminder to be added."""
    return ConfigSubentry(
        data=MappingProxyType(dict(data["data"])),
        subentry_id=data["subentry_id"],
        subentry_type=data["subentry_type"],
        title=data["title"],
        unique_id=None,
    )


# Schedules


def schedule(**days: list[dict[str, str]]) -> dict[str, Any]:
    """Return the configuration of a schedule."""
    return {"schedule": {"back": {"name": "Back", **days}}}


@pytest.mark.parametrize("expected_lingering_timers", [True])
@pytest.mark.parametrize(
    "reminders", [[build_reminder(None, schedule="schedule.back", what="notify")]]
)
async def test_a_schedule_reminds_at_the_beginning_of_its_blocks(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    phone: Phone,
    pass_time: PassTime,
    config_entry: MockConfigEntry,
    past: Past,
) -> None:
    freezer.move_to("2026-11-22 07:00:00+00:00")
    block = {"from": "09:00:00", "to": "10:00:00"}
    evening = {"from": "18:00:00", "to": "19:00:00"}
    config = schedule(monday=[block, evening], wednesday=[block])
    assert await async_setup_component(hass, "schedule", config)
    await begin(hass, freezer, config_entry, past, "2026-11-22 07:00:00Z")
    await pass_time()
    assert next_session(hass) == "Mon 09:00"
    # switched over to the new times only from now on
    edited = schedule(monday=[block, evening], tuesday=[evening])
    with patch("homeassistant.config.load_yaml_config_file", return_value=edited):
        await hass.services.async_call("schedule", "reload", blocking=True)
    await pass_time(26 * HOUR)
    assert len(phone.messages) == 1
    assert next_session(hass) == "Mon 18:00"
    await pass_time(9 * HOUR)
    assert next_session(hass) == "Tue 18:00"


# The diary


async def test_a_correction_of_the_diary_counts_at_once(
    hass: HomeAssistant, alex: MockConfigEntry, pass_time: PassTime
) -> None:
    diary = alex.runtime_data.diary
    await diary.async_add(STARTED, source="test")
    (ended,) = await diary.async_add(
        SessionEnded(outcome=Outcome.COMPLETED), source="test"
    )
    assert next_session(hass) == "Tue 09:00"

    await diary.async_delete(ended.id, source="test")
    await pass_time()

    assert next_session(hass) == "Mon 09:00"


async def test_a_full_disk_makes_nobody_be_reminded_twice(
    hass: HomeAssistant, alex: MockConfigEntry, phone: Phone, pass_time: PassTime
) -> None:
    full = StoreError(Reason.FULL, "no space")
    with patch.object(Store, "append", side_effect=full):
        await pass_time(HOUR + 10 * MINUTE)
        is_shown = is_due(hass)
        await press(hass, SNOOZE)
        await pass_time(16 * MINUTE)

    assert is_shown
    assert len(phone.messages) == 2
    await pass_time(MINUTE)
    assert await told(alex) == ["due", "snoozed", "due"]


async def test_a_correction_that_cannot_be_read_leaves_the_agenda_as_it_was(
    hass: HomeAssistant,
    alex: MockConfigEntry,
    phone: Phone,
    pass_time: PassTime,
    caplog: pytest.LogCaptureFixture,
) -> None:
    diary = alex.runtime_data.diary
    (ended,) = await diary.async_add(
        SessionEnded(outcome=Outcome.COMPLETED), source="test"
    )
    with patch.object(Diary, "async_read", side_effect=DiaryError(Reason.BUSY, "")):
        await diary.async_delete(ended.id, source="test")
        await pass_time()

    assert "is not up to date" in caplog.text
    assert next_session(hass) == "Tue 09:00"


async def test_what_is_recorded_while_the_diary_is_read_anew_counts(
    hass: HomeAssistant, alex: MockConfigEntry, pass_time: PassTime
) -> None:
    diary = alex.runtime_data.diary
    (ended,) = await diary.async_add(
        SessionEnded(outcome=Outcome.COMPLETED), source="test"
    )
    await diary.async_delete(ended.id, source="test")
    diary.add_soon(STARTED, SessionEnded(outcome=Outcome.COMPLETED), source="test")
    await pass_time()

    assert next_session(hass) == "Tue 09:00"


async def test_without_a_diary_that_can_be_read_nothing_begins(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    config_entry: MockConfigEntry,
    past: Past,
) -> None:
    freezer.move_to(NOW)
    config_entry.add_to_hass(hass)
    await record(hass, config_entry, past)
    with patch.object(Diary, "async_read", side_effect=DiaryError(Reason.BUSY, "Alex")):
        assert not await hass.config_entries.async_setup(config_entry.entry_id)

    assert config_entry.state is ConfigEntryState.SETUP_RETRY
    assert await hass.config_entries.async_unload(config_entry.entry_id)


# The calendar


async def planned(hass: HomeAssistant, days: int) -> list[str]:
    """Return what the calendar shows of the days from now on."""
    answer: Any = await hass.services.async_call(
        "calendar",
        "get_events",
        {
            ATTR_ENTITY_ID: CALENDAR,
            "start_date_time": dt_util.now().isoformat(),
            "end_date_time": (dt_util.now() + timedelta(days=days)).isoformat(),
        },
        blocking=True,
        return_response=True,
    )
    return [
        f"{each['start'][:16]} {each['summary']}"
        for each in answer[CALENDAR]["events"]
        if each["description"] == "Planned"
    ]


@pytest.mark.parametrize(
    "reminders",
    [
        [
            build_reminder(routine="beginner"),
            build_reminder("20:00:00", "02REMINDER", "Again", days=["tue"]),
        ]
    ],
)
async def test_the_calendar_shows_one_session_for_each_day_to_come(
    hass: HomeAssistant, alex: MockConfigEntry, ask: Ask, pass_time: PassTime
) -> None:
    assert await planned(hass, 2) == [
        "2026-11-23T09:00 Beginner routine",
        "2026-11-24T09:00 Beginner routine",
    ]
    state = hass.states.get(CALENDAR)
    assert state
    assert state.attributes["start_time"] == "2026-11-23 09:00:00"

    await ask("skip_today")
    assert await planned(hass, 2) == ["2026-11-24T09:00 Beginner routine"]


@pytest.mark.parametrize("reminders", [[]])
async def test_without_a_reminder_nothing_is_planned(
    hass: HomeAssistant, alex: MockConfigEntry
) -> None:
    assert await planned(hass, 7) == []
    assert hass.states.is_state(CALENDAR, STATE_OFF)


async def test_somebody_who_is_linked_later_is_followed_at_once(
    hass: HomeAssistant, alex: MockConfigEntry, phone: Phone, pass_time: PassTime
) -> None:
    hass.states.async_set(PERSON, STATE_NOT_HOME)
    data = {**alex.data, CONF_PERSON: PERSON}
    hass.config_entries.async_update_entry(alex, data=data)
    await pass_time(HOUR)
    away = list(phone.messages)
    hass.states.async_set(PERSON, STATE_HOME)
    await pass_time()

    assert away == []
    assert len(phone.messages) == 1
