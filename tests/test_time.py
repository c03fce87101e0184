"""The time of day of a reminder."""

from datetime import timedelta

from homeassistant.components.time import DOMAIN as TIME, SERVICE_SET_VALUE
from homeassistant.const import ATTR_ENTITY_ID, ATTR_TIME, STATE_UNAVAILABLE, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    snapshot_platform,
)
from syrupy.assertion import SnapshotAssertion

from custom_components.back_exercise.const import DOMAIN

from .conftest import PassTime
from .reminding import build_reminder, is_due, next_session

pytestmark = pytest.mark.usefixtures("berlin", "reminded")

CLOCK = "time.alex_reminder_time"
HOUR = timedelta(hours=1)


async def set_time(hass: HomeAssistant, time: str) -> None:
    """Set the time of Alex's reminder."""
    await hass.services.async_call(
        TIME,
        SERVICE_SET_VALUE,
        {ATTR_ENTITY_ID: CLOCK, ATTR_TIME: time},
        blocking=True,
    )


@pytest.mark.parametrize("platforms", [[Platform.TIME]])
async def test_entities(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    entity_registry: er.EntityRegistry,
    snapshot: SnapshotAssertion,
) -> None:
    await snapshot_platform(hass, entity_registry, snapshot, set_up.entry_id)


async def test_a_reminder_is_a_device_reached_through_the_person(
    set_up: MockConfigEntry, device_registry: dr.DeviceRegistry, device_id: str
) -> None:
    device = device_registry.async_get_device_by_identifier(
        (DOMAIN, "01REMINDER"), set_up.entry_id
    )

    assert device
    assert device.via_device_id == device_id
    assert device.config_subentry_id == "01REMINDER"
    assert device.name == "Alex Reminder"


async def test_another_time_counts_at_once_and_without_a_reload(
    hass: HomeAssistant, set_up: MockConfigEntry, pass_time: PassTime
) -> None:
    before = set_up.runtime_data
    await set_time(hass, "10:00:00")
    await pass_time()
    following = next_session(hass)
    await pass_time(HOUR)
    at_nine = is_due(hass)
    await pass_time(HOUR)

    assert hass.states.is_state(CLOCK, "10:00:00")
    assert following == "Mon 10:00"
    assert not at_nine
    assert is_due(hass)
    assert set_up.runtime_data is before


async def test_a_time_that_is_over_counts_from_tomorrow_on(
    hass: HomeAssistant, set_up: MockConfigEntry, pass_time: PassTime
) -> None:
    await set_time(hass, "07:30:00")
    await pass_time(HOUR)

    assert not is_due(hass)
    assert next_session(hass) == "Tue 07:30"


@pytest.mark.parametrize(
    "reminders", [[build_reminder(None, schedule="schedule.gone")]]
)
async def test_a_schedule_has_a_time_of_its_own(
    hass: HomeAssistant, set_up: MockConfigEntry
) -> None:
    assert hass.states.is_state(CLOCK, STATE_UNAVAILABLE)
