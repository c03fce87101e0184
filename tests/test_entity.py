"""The device that all entities of a person belong to."""

from datetime import timedelta
from types import MappingProxyType

from homeassistant.config_entries import ConfigSubentry
from homeassistant.const import EVENT_STATE_REPORTED
from homeassistant.core import (
    Event,
    EventStateReportedData,
    HomeAssistant,
    callback,
)
from homeassistant.helpers import device_registry as dr
from pytest_homeassistant_custom_component.common import MockConfigEntry
from syrupy.assertion import SnapshotAssertion

from .conftest import Ask, PassTime
from .reminding import build_reminder


async def test_a_person_is_one_device(
    set_up: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
    snapshot: SnapshotAssertion,
) -> None:
    devices = dr.async_entries_for_config_entry(device_registry, set_up.entry_id)

    assert devices == snapshot


async def test_the_device_of_a_reminder_comes_and_goes_with_it(
    hass: HomeAssistant,
    device_registry: dr.DeviceRegistry,
    set_up: MockConfigEntry,
    pass_time: PassTime,
) -> None:
    def names() -> set[str | None]:
        devices = dr.async_entries_for_config_entry(device_registry, set_up.entry_id)
        return {each.name for each in devices}

    made = build_reminder()
    reminder = ConfigSubentry(
        data=MappingProxyType(dict(made["data"])),
        subentry_id=made["subentry_id"],
        subentry_type=made["subentry_type"],
        title=made["title"],
        unique_id=made["unique_id"],
    )
    assert names() == {"Alex"}
    hass.config_entries.async_add_subentry(set_up, reminder)
    await pass_time()
    assert names() == {"Alex", "Alex Reminder"}
    hass.config_entries.async_remove_subentry(set_up, reminder.subentry_id)
    await pass_time()
    assert names() == {"Alex"}


async def test_in_a_session_no_state_is_written_again_as_it_was(
    hass: HomeAssistant, set_up: MockConfigEntry, ask: Ask, pass_time: PassTime
) -> None:
    again: list[str] = []

    @callback
    def reported(event: Event[EventStateReportedData]) -> None:
        again.append(event.data["entity_id"])

    hass.bus.async_listen(EVENT_STATE_REPORTED, reported, callback(lambda _: True))
    await ask("start")
    await pass_time(timedelta(minutes=4))  # a fifth renews addresses of pictures
    session = hass.states.get("sensor.alex_session")
    assert session
    assert session.state == "running"
    assert again == []
