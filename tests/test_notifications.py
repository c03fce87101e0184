"""Notifications that can be answered: by whom, once, and what the answer counts as."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
import re
from typing import Any, Final
from unittest.mock import AsyncMock, patch

from homeassistant.components.notify import DOMAIN as NOTIFY
from homeassistant.config_entries import ConfigSubentryDataWithId
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.translation import async_get_translations
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.back_exercise.const import (
    CONF_NOTIFY,
    CONF_QUESTION_AT,
    CONF_SECRET,
    DOMAIN,
)
from custom_components.back_exercise.diary_file import Reason, StoreError
from custom_components.back_exercise.engine.diary import (
    Kind,
)
from custom_components.back_exercise.notifications import number_of
from custom_components.back_exercise.store import Store

from .conftest import (
    SESSION,
    SILENT,
    Ask,
    PassTime,
    build_entry,
    build_past,
    record,
    reload,
)
from .pasts import AFTER_IT
from .reminding import PHONE, Phone, build_reminder, is_due, next_session, told
from .room import RoomNotifier

pytestmark = pytest.mark.usefixtures("berlin", "notified", "unasked", "reminded")

HOUR: Final = timedelta(hours=1)
MINUTE: Final = timedelta(minutes=1)
BUTTONS: Final = ["Start", "In 15 minutes", "Skip today"]
RANGES: Final = ["0–3", "4–5", "6 or more", "Write a number"]


def is_idle(hass: HomeAssistant) -> bool:
    """Return whether no session is going on."""
    return hass.states.is_state(SESSION, "idle")


# Reminders


async def test_a_reminder_offers_to_start_to_wait_and_to_skip(
    alex: MockConfigEntry, phone: Phone, pass_time: PassTime
) -> None:
    await pass_time(HOUR)

    (shown,) = phone.shown.values()
    assert [*phone.buttons] == BUTTONS
    assert shown["title"] == "Back Exercise, Alex"
    assert shown["data"]["timeout"] == 3600
    for action in phone.buttons.values():
        assert re.fullmatch(r"BE_[A-Z]+_[0-9a-f]{32}", action)


@pytest.mark.parametrize(
    ("button", "story"),
    [
        ("Start", ["due"]),
        ("In 15 minutes", ["due", "snoozed"]),
        ("Skip today", ["due", "skipped"]),
    ],
)
async def test_a_button_does_what_it_says_and_the_notification_goes(
    hass: HomeAssistant,
    alex: MockConfigEntry,
    phone: Phone,
    pass_time: PassTime,
    *,
    button: str,
    story: list[str],
) -> None:
    await pass_time(HOUR)
    phone.press(button)
    await pass_time()

    assert is_idle(hass) == (button != "Start")
    assert await told(alex) == story
    assert not phone.shown
    assert not is_due(hass)


async def test_a_button_works_once(
    hass: HomeAssistant, alex: MockConfigEntry, phone: Phone, pass_time: PassTime
) -> None:
    await pass_time(HOUR)
    old = phone.buttons["In 15 minutes"]
    phone.send(old)
    phone.send(old)
    await pass_time(15 * MINUTE)
    phone.send(old)
    await pass_time()

    assert await told(alex) == ["due", "snoozed", "due"]
    assert is_due(hass)


async def test_start_pressed_on_two_phones_starts_one_session(
    hass: HomeAssistant, alex: MockConfigEntry, phone: Phone, pass_time: PassTime
) -> None:
    await pass_time(HOUR)
    start = phone.buttons["Start"]
    phone.send(start)
    phone.send(start)
    await pass_time()

    assert not is_idle(hass)
    assert len(phone.messages) == 1


async def test_a_button_is_for_one_person_alone(
    hass: HomeAssistant, alex: MockConfigEntry, phone: Phone, pass_time: PassTime
) -> None:
    data = ConfigSubentryDataWithId(**{**build_reminder(), "subentry_id": "01REMINDER"})
    options = {**SILENT, CONF_NOTIFY: ["notify.mobile_app_sam"], CONF_QUESTION_AT: None}
    sams_phone = Phone(hass, "sam")
    sam = build_entry("Sam", options, [data])
    sam.add_to_hass(hass)
    await record(hass, sam, build_past())
    assert await hass.config_entries.async_setup(sam.entry_id)
    await pass_time(HOUR)

    phone.press("Skip today")
    await pass_time()

    assert set(phone.buttons.values()).isdisjoint(sams_phone.buttons.values())
    assert await told(alex) == ["due", "skipped"]
    assert await told(sam) == ["due"]
    assert sams_phone.shown


@pytest.mark.parametrize("action", [None, "", "BE_START_", "BE_START_" + "0" * 32, "ö"])
async def test_what_somebody_makes_up_does_nothing(
    hass: HomeAssistant,
    alex: MockConfigEntry,
    phone: Phone,
    pass_time: PassTime,
    action: Any,
) -> None:
    await pass_time(HOUR)
    phone.send(action)
    await pass_time()

    assert is_idle(hass)
    assert await told(alex) == ["due"]


async def test_a_button_works_after_a_restart(
    hass: HomeAssistant, alex: MockConfigEntry, phone: Phone, pass_time: PassTime
) -> None:
    await pass_time(HOUR)
    await reload(hass, alex, pass_time)
    phone.press("In 15 minutes")
    await pass_time()

    assert await told(alex) == ["due", "snoozed"]
    assert not phone.shown


async def test_what_cannot_be_started_is_told_on_the_phone(
    hass: HomeAssistant,
    alex: MockConfigEntry,
    phone: Phone,
    pass_time: PassTime,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await pass_time(HOUR)
    options = {**alex.options, "speakers": ["media_player.gone"], "speech": True}
    start = phone.buttons["Start"]
    hass.config_entries.async_update_entry(alex, options=options)
    await pass_time()
    phone.send(start)
    await pass_time()

    assert is_idle(hass)
    assert phone.messages[-1].startswith("Your session could not be started.")
    assert is_due(hass)


async def test_the_secret_lasts_and_is_nobody_elses(
    hass: HomeAssistant, alex: MockConfigEntry, pass_time: PassTime
) -> None:
    secret = alex.data[CONF_SECRET]
    await reload(hass, alex, pass_time)

    assert alex.data[CONF_SECRET] == secret
    assert len(secret) == 64


# Other targets


@pytest.mark.parametrize(
    "options",
    [{**SILENT, CONF_NOTIFY: ["notify.test", PHONE], CONF_QUESTION_AT: None}],
)
async def test_a_notify_entity_gets_the_words_alone(
    hass: HomeAssistant,
    notifier: RoomNotifier,
    alex: MockConfigEntry,
    phone: Phone,
    pass_time: PassTime,
) -> None:
    await pass_time(2 * HOUR)

    assert [text for _, text in notifier.words] == phone.messages
    assert len(phone.messages) == 1


@pytest.mark.parametrize(
    "options",
    [
        {
            **SILENT,
            CONF_NOTIFY: ["notify.gone", "notify.broken", "notify.slow", PHONE],
            CONF_QUESTION_AT: None,
        }
    ],
)
async def test_a_target_that_fails_keeps_nobody_else_from_being_told(
    hass: HomeAssistant,
    alex: MockConfigEntry,
    phone: Phone,
    pass_time: PassTime,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def break_down(_: ServiceCall) -> None:
        raise HomeAssistantError("broken")

    async def hang(_: ServiceCall) -> None:
        await asyncio.Event().wait()

    hass.services.async_register(NOTIFY, "broken", break_down)
    hass.services.async_register(NOTIFY, "slow", hang)
    await pass_time(HOUR + MINUTE)

    assert phone.shown
    assert "notify.gone can't be notified" in caplog.text
    assert "notify.broken could not be notified" in caplog.text
    assert "notify.slow could not be notified" in caplog.text


@pytest.fixture
def missing(issue_registry: ir.IssueRegistry) -> Callable[[], list[str]]:
    """Return what gives the targets of which an issue tells that they are missing."""
    return lambda: [
        issue.translation_placeholders["target"]
        for issue in issue_registry.issues.values()
        if issue.translation_key == "notifier_missing"
        and issue.translation_placeholders
    ]


one_gone = pytest.mark.parametrize(
    "options",
    [{**SILENT, CONF_NOTIFY: ["notify.gone", PHONE], CONF_QUESTION_AT: None}],
)


@one_gone
async def test_a_target_that_is_gone_is_told_of_until_it_is_back(
    hass: HomeAssistant,
    alex: MockConfigEntry,
    missing: Callable[[], list[str]],
    pass_time: PassTime,
) -> None:
    before = missing()
    hass.services.async_register(NOTIFY, "gone", AsyncMock())
    await pass_time(HOUR)

    assert before == ["notify.gone"]
    assert missing() == []


@one_gone
async def test_a_target_that_is_gone_is_told_of_until_it_is_not_chosen_any_more(
    hass: HomeAssistant,
    alex: MockConfigEntry,
    missing: Callable[[], list[str]],
    pass_time: PassTime,
) -> None:
    before = missing()
    options = {**alex.options, CONF_NOTIFY: [PHONE]}
    hass.config_entries.async_update_entry(alex, options=options)
    await pass_time()

    assert before == ["notify.gone"]
    assert missing() == []


async def test_a_phone_that_goes_away_is_told_of(
    hass: HomeAssistant,
    alex: MockConfigEntry,
    missing: Callable[[], list[str]],
    pass_time: PassTime,
) -> None:
    before = missing()
    hass.services.async_remove(NOTIFY, "mobile_app_phone")
    await pass_time(HOUR)

    assert before == []
    assert missing() == [PHONE]


@pytest.mark.parametrize(
    "options", [{**SILENT, CONF_NOTIFY: ["notify.family"], CONF_QUESTION_AT: None}]
)
async def test_only_phones_are_told_to_take_something_back(
    hass: HomeAssistant, set_up: MockConfigEntry, pass_time: PassTime
) -> None:
    calls: list[ServiceCall] = []
    hass.services.async_register(NOTIFY, "family", calls.append)
    await pass_time(2 * HOUR)

    (call,) = calls
    assert [each["title"] for each in call.data["data"]["actions"]] == BUTTONS


# The question of the day after


ASKED: Final = {**SILENT, CONF_NOTIFY: [PHONE], CONF_QUESTION_AT: "09:00:00"}


async def ratings(entry: MockConfigEntry) -> list[int]:
    """Return what was recorded of the day after."""
    entries = await entry.runtime_data.diary.async_read(kinds=(Kind.RATING,))
    return [
        each.payload.value for each in entries if each.payload.context == "next_day"
    ]


@pytest.mark.parametrize("options", [ASKED])
@pytest.mark.parametrize("reminders", [[]])
@pytest.mark.parametrize("past", [AFTER_IT])
@pytest.mark.parametrize(
    ("button", "reply", "value"),
    [
        ("0–3", None, 3),
        ("4–5", None, 5),
        ("6 or more", None, 10),
        ("Write a number", "0", 0),
        ("Write a number", " 7 ", 7),
    ],
)
async def test_the_day_after_is_asked_for_and_answered_on_the_phone(
    hass: HomeAssistant,
    alex: MockConfigEntry,
    phone: Phone,
    pass_time: PassTime,
    *,
    button: str,
    reply: str | None,
    value: int,
) -> None:
    await pass_time(HOUR - MINUTE)
    before = list(phone.messages)
    await pass_time(MINUTE)
    buttons = [*phone.buttons]
    phone.press(button, reply)
    await pass_time()

    assert before == []
    assert buttons == RANGES
    assert await ratings(alex) == [value]
    assert await told(alex) == ["due", "done"]
    assert not phone.shown


@pytest.mark.parametrize("options", [ASKED])
@pytest.mark.parametrize("reminders", [[]])
@pytest.mark.parametrize("past", [AFTER_IT])
async def test_two_answers_to_one_question_count_once(
    hass: HomeAssistant, alex: MockConfigEntry, phone: Phone, pass_time: PassTime
) -> None:
    await pass_time(HOUR)
    low, high = phone.buttons["0–3"], phone.buttons["6 or more"]
    phone.send(low)
    phone.send(high)
    await pass_time()
    phone.send(high)
    await pass_time()

    assert await ratings(alex) == [3]


@pytest.mark.parametrize("options", [ASKED])
@pytest.mark.parametrize("reminders", [[]])
@pytest.mark.parametrize("past", [AFTER_IT])
async def test_what_is_no_rating_is_asked_again(
    hass: HomeAssistant, alex: MockConfigEntry, phone: Phone, pass_time: PassTime
) -> None:
    await pass_time(HOUR)
    phone.press("Write a number", "rather good")
    await pass_time()
    again = phone.messages[-1]
    phone.press("Write a number", "4")
    await pass_time()

    assert again.startswith("That could not be recorded.")
    assert await ratings(alex) == [4]


@pytest.mark.parametrize("options", [ASKED])
@pytest.mark.parametrize("reminders", [[]])
@pytest.mark.parametrize("past", [AFTER_IT])
async def test_an_answer_that_cannot_be_saved_is_asked_for_again(
    hass: HomeAssistant, alex: MockConfigEntry, phone: Phone, pass_time: PassTime
) -> None:
    await pass_time(HOUR)
    with patch.object(Store, "append", side_effect=StoreError(Reason.FULL)):
        phone.press("4–5")
        await pass_time()
        again = phone.messages[-1]
    await pass_time(2 * MINUTE)
    phone.press("4–5")
    await pass_time()

    assert again.startswith("That could not be recorded.")
    assert await ratings(alex) == [5]


@pytest.mark.parametrize("options", [ASKED])
@pytest.mark.parametrize("reminders", [[]])
@pytest.mark.parametrize("past", [AFTER_IT])
async def test_an_answer_given_elsewhere_takes_the_question_back(
    hass: HomeAssistant,
    alex: MockConfigEntry,
    phone: Phone,
    ask: Ask,
    pass_time: PassTime,
) -> None:
    await pass_time(HOUR)
    await ask("rate", pain=2)

    assert await ratings(alex) == [2]
    assert not phone.shown


@pytest.mark.parametrize("reminders", [[]])
@pytest.mark.parametrize("past", [AFTER_IT])
async def test_nobody_is_asked_who_does_not_want_to_be(
    hass: HomeAssistant, alex: MockConfigEntry, phone: Phone, pass_time: PassTime
) -> None:
    await pass_time(30 * HOUR)

    assert not phone.received


@pytest.mark.parametrize("options", [ASKED])
@pytest.mark.parametrize("past", [AFTER_IT])
async def test_a_question_and_a_reminder_stand_side_by_side(
    hass: HomeAssistant, alex: MockConfigEntry, phone: Phone, pass_time: PassTime
) -> None:
    await pass_time(HOUR)
    assert len(phone.shown) == 2
    phone.press("4–5")
    await pass_time()

    assert [*phone.buttons] == BUTTONS
    assert is_due(hass)
    assert next_session(hass) == "Tue 09:00"


@pytest.mark.parametrize(
    ("reply", "number"),
    [
        ("0", 0),
        ("10", 10),
        ("11", None),
        ("-1", None),
        ("3.5", None),
        ("٣", None),
        ("", None),
        (None, None),
        ("9" * 5000, None),
    ],
)
def test_a_written_rating_is_a_whole_number_up_to_ten(
    reply: Any, number: int | None
) -> None:
    assert number_of(reply) == number


# What they say


async def test_no_notification_tells_of_pain(hass: HomeAssistant) -> None:
    texts = await async_get_translations(hass, "en", "selector", [DOMAIN])
    prefix = f"component.{DOMAIN}.selector.notification.options."
    said = {
        key.removeprefix(prefix): text
        for key, text in texts.items()
        if key.startswith(prefix)
    }

    assert said
    for key, text in said.items():
        assert not re.search(r"\b(pain|hurt|sore|ache|symptom|worse)", text.lower())
        is_answer = key.startswith("do_") or key == "question_again"
        assert is_answer or not re.search(r"\d", text)
