"""Adding and changing reminders, and how somebody is reached by them."""

from typing import Any, Final
from unittest.mock import AsyncMock

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import (
    SOURCE_RECONFIGURE,
    SOURCE_USER,
    ConfigSubentryDataWithId,
)
from homeassistant.const import CONF_NAME
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.back_exercise.const import CONF_ACCEPTED, DOMAIN

from .conftest import NOW, PassTime
from .reminding import ALWAYS, PHONE, Phone, build_reminder
from .walking import Shown, Walk, defaults, fields, placeholders, suggested

BACK: Final = "schedule.back"
SET_AT: Final = "2026-11-23T07:00:00+00:00"

GIVEN: Final = {
    "name": "Morning",
    "days": ["mon", "wed"],
    "time": "07:30:00",
    "what": "start",
    "routine": "programme",
    "at_home": False,
}
STORED: Final = {
    "days": ["mon", "wed"],
    "time": "07:30:00",
    "schedule": None,
    "blocks": [],
    "what": "start",
    "routine": None,
    "at_home": False,
    "since": SET_AT,
}

PRESENT: Final = {
    "notify": [],
    "question": True,
    "question_at": "09:00:00",
    "summary_day": "never",
    "summary_at": "18:00:00",
}
"""What is answered by somebody who changes nothing."""


class ReminderWalk(Walk):
    """Walks through the flow of a reminder."""

    def __init__(self, hass: HomeAssistant, entry: MockConfigEntry) -> None:
        """Walk through those of a person."""
        flows = hass.config_entries.subentries
        super().__init__(hass, flows, "config_subentries", "reminder.")
        self.entry = entry

    async def add(self) -> Shown:
        """Begin to add a reminder."""
        handler: Any = (self.entry.entry_id, "reminder")
        return await self.begin(handler, source=SOURCE_USER)

    async def change(self, subentry_id: str) -> Shown:
        """Begin to change one."""
        handler: Any = (self.entry.entry_id, "reminder")
        return await self.begin(
            handler, source=SOURCE_RECONFIGURE, subentry_id=subentry_id
        )


@pytest.fixture
def reminder_walk(hass: HomeAssistant, config_entry: MockConfigEntry) -> ReminderWalk:
    """Return what walks through the flows of Alex's reminders."""
    return ReminderWalk(hass, config_entry)


@pytest.fixture
async def schedule(hass: HomeAssistant) -> None:
    """Have a schedule at home."""
    block = {"from": "09:00:00", "to": "10:00:00"}
    evening = {"from": "18:00:00", "to": "24:00:00"}
    night = {"from": "00:00:00", "to": "01:00:00"}
    week = {"monday": [evening, block], "tuesday": [night, block]}
    config = {"schedule": {"back": {"name": "Back", **week}}}
    assert await async_setup_component(hass, "schedule", config)


def reminders_of(entry: MockConfigEntry) -> dict[str, dict[str, Any]]:
    """Return the reminders of somebody, by their names."""
    return {each.title: dict(each.data) for each in entry.subentries.values()}


# Adding and changing


async def test_a_reminder_is_added_with_days_and_a_time(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    reminder_walk: ReminderWalk,
    pass_time: PassTime,
) -> None:
    shown = await reminder_walk.add()
    assert defaults(fields(shown))["days"] == ALWAYS
    done = await reminder_walk.answer(**GIVEN)
    await pass_time()

    assert done["type"] is FlowResultType.CREATE_ENTRY
    assert reminders_of(set_up) == {"Morning": STORED}
    assert hass.states.is_state("time.alex_morning_time", "07:30:00")


async def test_a_reminder_has_a_name_days_and_a_time_by_default(
    set_up: MockConfigEntry, reminder_walk: ReminderWalk
) -> None:
    shown = await reminder_walk.add()

    assert defaults(fields(shown)) == {
        "name": "Reminder",
        "days": ALWAYS,
        "what": "remind",
        "routine": "programme",
        "at_home": True,
    }


@pytest.mark.parametrize(
    ("changes", "field", "error"),
    [
        ({"name": "  "}, "name", "name_missing"),
        ({"days": []}, "days", "days_missing"),
        ({"time": None}, "time", "time_missing"),
        ({"schedule": "schedule.gone"}, "schedule", "schedule_unknown"),
    ],
)
async def test_what_is_missing_of_a_reminder_is_said(
    set_up: MockConfigEntry,
    reminder_walk: ReminderWalk,
    pass_time: PassTime,
    *,
    changes: dict[str, Any],
    field: str,
    error: str,
) -> None:
    await reminder_walk.add()
    given = {k: v for k, v in {**GIVEN, **changes}.items() if v is not None}
    shown = await reminder_walk.answer(**given)

    assert shown["errors"] == {field: error}
    assert suggested(fields(shown))["days"] == given["days"]
    await reminder_walk.answer(**GIVEN)
    await pass_time()
    assert reminders_of(set_up) == {"Morning": STORED}


async def test_only_routines_of_the_programme_are_offered(
    set_up: MockConfigEntry, reminder_walk: ReminderWalk
) -> None:
    shown = await reminder_walk.add()

    assert fields(shown)["routine"].config["options"] == ["programme", "beginner"]


async def test_without_an_open_diary_the_easiest_routine_is_offered(
    hass: HomeAssistant, config_entry: MockConfigEntry, reminder_walk: ReminderWalk
) -> None:
    config_entry.add_to_hass(hass)
    shown = await reminder_walk.add()

    assert fields(shown)["routine"].config["options"] == ["programme", "beginner"]


@pytest.mark.parametrize("expected_lingering_timers", [True])
@pytest.mark.usefixtures("schedule")
async def test_a_reminder_follows_a_schedule(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    reminder_walk: ReminderWalk,
    pass_time: PassTime,
) -> None:
    await reminder_walk.add()
    await reminder_walk.answer(**{**GIVEN, "schedule": BACK})
    await pass_time()

    stored = reminders_of(set_up)["Morning"]
    assert stored["schedule"] == BACK
    # what goes on over midnight begins in the evening
    assert stored["blocks"] == [
        [[0, "09:00:00"], [1, "09:00:00"]],
        [[0, "18:00:00"]],
    ]
    assert hass.states.is_state("time.alex_morning_time", "unavailable")


@pytest.mark.parametrize("reminders", [[build_reminder(routine="beginner")]])
async def test_a_reminder_is_changed(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    reminder_walk: ReminderWalk,
    pass_time: PassTime,
) -> None:
    shown = await reminder_walk.change("01REMINDER")
    filled_in = suggested(fields(shown))
    done = await reminder_walk.answer(**GIVEN)
    await pass_time()

    assert (filled_in["time"], filled_in["routine"]) == ("09:00:00", "beginner")
    assert done["reason"] == "reconfigure_successful"
    assert reminders_of(set_up) == {"Morning": STORED}
    assert hass.states.is_state("switch.alex_reminder", "on")


@pytest.mark.parametrize("reminders", [[build_reminder(routine="advanced")]])
async def test_a_routine_that_is_no_longer_allowed_is_not_suggested(
    set_up: MockConfigEntry, reminder_walk: ReminderWalk
) -> None:
    shown = await reminder_walk.change("01REMINDER")

    assert suggested(fields(shown))["routine"] == "programme"


@pytest.mark.parametrize("reminders", [[build_reminder()]])
async def test_what_does_not_change_the_time_leaves_the_day_as_it_is(
    set_up: MockConfigEntry, reminder_walk: ReminderWalk, pass_time: PassTime
) -> None:
    before = reminders_of(set_up)["Reminder"]
    await reminder_walk.change("01REMINDER")
    same = {"days": ALWAYS, "time": "09:00:00", "name": "Reminder"}
    await reminder_walk.answer(**{**GIVEN, **same})
    await pass_time()

    after = reminders_of(set_up)["Reminder"]
    assert after["since"] == before["since"]
    assert after["what"] == "start"


# The first one


async def to_reminder(hass: HomeAssistant) -> Walk:
    """Walk through the set-up to where the first reminder is asked for."""
    walk = Walk(hass, hass.config_entries.flow, "config")
    await walk.begin(DOMAIN, source=SOURCE_USER)
    await walk.answer(**{CONF_NAME: "Kim", CONF_ACCEPTED: True})
    await walk.answer()
    shown = await walk.answer()
    assert shown["step_id"] == "reminder"
    return walk


async def test_the_set_up_ends_with_a_first_reminder(
    hass: HomeAssistant, no_setup: AsyncMock, freezer: FrozenDateTimeFactory
) -> None:
    freezer.move_to(NOW)
    walk = await to_reminder(hass)
    await walk.answer(days=["sat", "mon"], time="08:00:00")

    (entry,) = hass.config_entries.async_entries(DOMAIN)
    (reminder,) = entry.subentries.values()
    assert reminder.title == "Reminder"
    assert dict(reminder.data) == {
        **STORED,
        "days": ["mon", "sat"],
        "time": "08:00:00",
        "what": "remind",
        "at_home": True,
        "enabled": True,
    }


async def test_without_a_time_there_is_no_first_reminder(
    hass: HomeAssistant, no_setup: AsyncMock
) -> None:
    walk = await to_reminder(hass)
    done = await walk.answer()

    assert done["type"] is FlowResultType.CREATE_ENTRY
    (entry,) = hass.config_entries.async_entries(DOMAIN)
    assert not entry.subentries


async def test_a_first_reminder_needs_a_day(
    hass: HomeAssistant, no_setup: AsyncMock
) -> None:
    walk = await to_reminder(hass)
    shown = await walk.answer(days=[], time="08:00:00")
    assert shown["errors"] == {"days": "days_missing"}
    done = await walk.answer(days=["mon"], time="08:00:00")

    assert done["type"] is FlowResultType.CREATE_ENTRY


# The options


@pytest.fixture
async def options_walk(hass: HomeAssistant, set_up: MockConfigEntry) -> Walk:
    """Return what has walked to where reminders are set."""
    walk = Walk(hass, hass.config_entries.options, "options")
    await walk.begin(set_up.entry_id)
    await walk.choose("reminders")
    return walk


async def test_phones_quiet_hours_question_and_summary_are_set(
    hass: HomeAssistant, set_up: MockConfigEntry, options_walk: Walk
) -> None:
    Phone(hass)
    assert suggested(fields(options_walk.shown)) == PRESENT
    await options_walk.answer(
        notify=[PHONE],
        quiet_start="22:00:00",
        quiet_end="07:00:00",
        question=False,
        question_at="10:00:00",
        summary_day="sun",
        summary_at="19:00:00",
    )

    assert dict(set_up.options) == {
        **set_up.options,
        "notify": [PHONE],
        "quiet_start": "22:00:00",
        "quiet_end": "07:00:00",
        "question_at": None,
        "summary_day": "sun",
        "summary_at": "19:00:00",
        "summary_since": SET_AT,
    }


async def test_phones_and_notify_entities_are_offered(
    hass: HomeAssistant, set_up: MockConfigEntry
) -> None:
    Phone(hass)
    hass.states.async_set("notify.lamp", "unknown", {"friendly_name": "Lamp"})
    hass.services.async_register("notify", "send_message", AsyncMock())
    walk = Walk(hass, hass.config_entries.options, "options")
    await walk.begin(set_up.entry_id)
    shown = await walk.choose("reminders")

    assert fields(shown)["notify"].config["options"] == [
        {"value": PHONE, "label": PHONE},
        {"value": "notify.lamp", "label": "Lamp"},
    ]


@pytest.mark.parametrize(
    ("changes", "field", "error"),
    [
        ({"notify": ["notify.gone"]}, "notify", "target_unknown"),
        ({"quiet_start": "22:00:00"}, "quiet_end", "quiet_half"),
        ({"quiet_end": "22:00:00"}, "quiet_start", "quiet_half"),
    ],
)
async def test_what_cannot_be_is_said(
    set_up: MockConfigEntry,
    options_walk: Walk,
    *,
    changes: dict[str, Any],
    field: str,
    error: str,
) -> None:
    shown = await options_walk.answer(**{**PRESENT, **changes})
    assert shown["errors"] == {field: error}
    assert placeholders(shown).get("target", "notify.gone") == "notify.gone"

    done = await options_walk.answer(**PRESENT)
    assert done["type"] is FlowResultType.CREATE_ENTRY


@pytest.mark.parametrize(
    "options",
    [
        {
            "speakers": [],
            "engine": None,
            "language": "en",
            "speech": False,
            "notify": ["notify.away"],
            "question_at": None,
            "quiet_start": "22:00:00",
            "quiet_end": "07:00:00",
            "summary_day": "sun",
            "summary_at": "18:00:00",
            "summary_since": "2026-11-01T00:00:00+00:00",
        }
    ],
)
async def test_what_was_set_is_shown_and_stays(
    set_up: MockConfigEntry, options_walk: Walk
) -> None:
    before = dict(set_up.options)
    filled_in = suggested(fields(options_walk.shown))
    await options_walk.answer(**filled_in)

    assert filled_in["question"] is False
    # a phone that is away for now may stay chosen
    assert {key: set_up.options[key] for key in before} == before


def test_a_reminder_is_built_as_it_is_stored() -> None:
    built: ConfigSubentryDataWithId = build_reminder()

    assert built["data"].keys() == STORED.keys()
