"""The summary of a week: when it is told, to whom, and what it says."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.switch import DOMAIN as SWITCH, SERVICE_TURN_OFF
from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.back_exercise.const import (
    CONF_NOTIFY,
    CONF_QUESTION_AT,
    CONF_QUIET_END,
    CONF_QUIET_START,
    CONF_SUMMARY_AT,
    CONF_SUMMARY_DAY,
    CONF_SUMMARY_SINCE,
)
from custom_components.back_exercise.engine.diary import (
    Activity,
    ExerciseDone,
    Intensity,
    Outcome,
    Prescribed,
    SessionEnded,
    SessionKind,
    SessionStarted,
)

from .conftest import SILENT, Ask, PassTime, Past, Then, reload
from .pasts import AFTER_IT, EVENING
from .reminding import PHONE, Phone, told

pytestmark = pytest.mark.usefixtures("berlin")

HOUR: Final = timedelta(hours=1)
WEEK: Final = timedelta(days=7)

MONDAYS: Final = {
    **SILENT,
    CONF_NOTIFY: [PHONE],
    CONF_QUESTION_AT: None,
    CONF_SUMMARY_DAY: "mon",
    CONF_SUMMARY_AT: "09:00:00",
    CONF_SUMMARY_SINCE: "2026-11-20T08:00:00+00:00",
}


@pytest.fixture
def options() -> dict[str, Any]:
    """Have Alex told of the week on Mondays."""
    return MONDAYS


async def test_the_week_is_told_once_at_its_time(
    hass: HomeAssistant, alex: MockConfigEntry, phone: Phone, pass_time: PassTime
) -> None:
    await pass_time(HOUR - timedelta(minutes=1))
    before = list(phone.messages)
    await pass_time(2 * HOUR)
    await reload(hass, alex, pass_time)

    assert before == []
    (message,) = phone.messages
    assert message.startswith("Week from November 16: 0 of ")
    assert phone.buttons == {}
    assert await told(alex) == ["done"]

    await pass_time(WEEK)
    assert len(phone.messages) == 2


async def test_a_summary_that_was_missed_is_made_up_for_within_a_day(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    alex: MockConfigEntry,
    phone: Phone,
    pass_time: PassTime,
) -> None:
    await hass.config_entries.async_unload(alex.entry_id)
    freezer.tick(20 * HOUR)
    assert await hass.config_entries.async_setup(alex.entry_id)
    await pass_time()
    within_a_day = len(phone.messages)
    await hass.config_entries.async_unload(alex.entry_id)
    freezer.tick(WEEK + 10 * HOUR)
    assert await hass.config_entries.async_setup(alex.entry_id)
    await pass_time()

    assert within_a_day == 1
    assert len(phone.messages) == 1


@pytest.mark.parametrize(
    "options",
    [
        {**MONDAYS, CONF_SUMMARY_DAY: None},
        {
            **MONDAYS,
            CONF_SUMMARY_DAY: "sun",
            CONF_SUMMARY_AT: "12:00:00",
            CONF_SUMMARY_SINCE: EVENING.isoformat(),
        },
    ],
)
async def test_nobody_is_told_who_does_not_want_it_yet(
    alex: MockConfigEntry, phone: Phone, pass_time: PassTime
) -> None:
    await pass_time(2 * HOUR)

    assert phone.messages == []


@pytest.mark.parametrize(
    "options",
    [{**MONDAYS, CONF_QUIET_START: "21:00:00", CONF_QUIET_END: "10:00:00"}],
)
async def test_a_summary_waits_for_the_end_of_quiet_hours(
    alex: MockConfigEntry, phone: Phone, pass_time: PassTime
) -> None:
    await pass_time(2 * HOUR - timedelta(minutes=1))
    before = list(phone.messages)
    await pass_time(HOUR)

    assert before == []
    assert len(phone.messages) == 1


async def test_a_summary_waits_for_the_end_of_a_session(
    alex: MockConfigEntry, phone: Phone, ask: Ask, pass_time: PassTime
) -> None:
    await pass_time(HOUR - timedelta(minutes=1))
    await ask("start", pain_before=1)
    await pass_time(timedelta(minutes=3))
    before = list(phone.messages)
    await ask("stop")

    assert before == []
    assert len(phone.messages) == 1


async def test_reminders_that_are_switched_off_tell_no_summary_either(
    hass: HomeAssistant, alex: MockConfigEntry, phone: Phone, pass_time: PassTime
) -> None:
    await hass.services.async_call(
        SWITCH,
        SERVICE_TURN_OFF,
        {ATTR_ENTITY_ID: "switch.alex_reminders"},
        blocking=True,
    )
    await pass_time(2 * HOUR)

    assert phone.messages == []


# What it says


def done(at: datetime, pain: int) -> Past:
    """Return a session that was done, a quarter of an hour long."""
    started = SessionStarted(
        routine="beginner",
        kind=SessionKind.NORMAL,
        pain_before=pain,
        prescriptions=(Prescribed(exercise="bridges", index=0, planned=10),),
    )
    return [
        Then(at, started),
        Then(at, ExerciseDone(exercise="bridges", planned=10, done=10)),
        Then(at + HOUR / 4, SessionEnded(outcome=Outcome.COMPLETED)),
    ]


TWO_WEEKS: Final[Past] = [
    *AFTER_IT[:2],
    *done(datetime(2026, 11, 10, 17, tzinfo=UTC), 4),
    *done(datetime(2026, 11, 12, 17, tzinfo=UTC), 5),
    *done(datetime(2026, 11, 17, 17, tzinfo=UTC), 2),
    *done(datetime(2026, 11, 19, 17, tzinfo=UTC), 2),
    Then(
        datetime(2026, 11, 21, 17, tzinfo=UTC),
        Activity(activity="walking", minutes=40, intensity=Intensity.MODERATE),
    ),
]


def screened(past: Past) -> Past:
    """Return a past in which the screen came first."""
    first = datetime(2026, 11, 9, 17, tzinfo=UTC)
    return [
        *(each._replace(at=first) for each in past[:2] if isinstance(each, Then)),
        *past[2:],
    ]


@pytest.mark.parametrize("past", [screened(TWO_WEEKS)])
async def test_a_week_is_asked_for_by_any_of_its_days(
    alex: MockConfigEntry, ask: Ask
) -> None:
    answer = await ask("get_summary", day="2026-11-18")

    target = answer["target"]
    assert answer == {
        "name": "Alex",
        "week": "2026-11-16",
        "sessions": 2,
        "target": target,
        "minutes": 30,
        "aerobic_minutes": 40,
        "aerobic_target": answer["aerobic_target"],
        "pain": "less",
        "text": (
            f"Week from November 16: 2 of {target} sessions, 30 minutes in all. "
            f"Active minutes: 40 of {answer['aerobic_target']}. "
            "Before sessions your back was easier than the week before."
        ),
    }


@pytest.mark.parametrize("past", [screened(TWO_WEEKS)])
async def test_the_week_that_is_told_has_nothing_of_pain_in_it(
    alex: MockConfigEntry, phone: Phone, pass_time: PassTime
) -> None:
    await pass_time(HOUR)

    (message,) = phone.messages
    assert "2 of" in message
    assert "back was" not in message


async def test_a_week_that_is_no_day_is_refused(
    alex: MockConfigEntry, ask: Ask
) -> None:
    with pytest.raises(ServiceValidationError) as raised:
        await ask("get_summary", day="some day")
    assert raised.value.translation_key == "field_not_allowed"
