"""How it is now, and how loud sessions are."""

from homeassistant.components.number import (
    ATTR_VALUE,
    DOMAIN as NUMBER,
    SERVICE_SET_VALUE,
)
from homeassistant.const import ATTR_ENTITY_ID, STATE_UNKNOWN, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    snapshot_platform,
)
from syrupy.assertion import SnapshotAssertion

from .conftest import PassTime, reload

VOLUME = "number.alex_volume"


@pytest.fixture
def platforms() -> list[Platform]:
    """Load this platform alone."""
    return [Platform.NUMBER]


@pytest.mark.usefixtures("all_enabled")
async def test_entities(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    entity_registry: er.EntityRegistry,
    snapshot: SnapshotAssertion,
) -> None:
    await snapshot_platform(hass, entity_registry, snapshot, set_up.entry_id)


async def test_the_volume_is_disabled_until_someone_wants_it(
    set_up: MockConfigEntry, entity_registry: er.EntityRegistry
) -> None:
    entity = entity_registry.async_get(VOLUME)
    assert entity
    assert entity.disabled_by is er.RegistryEntryDisabler.INTEGRATION


@pytest.mark.usefixtures("all_enabled")
async def test_the_volume_that_is_set_outlasts_a_restart(
    hass: HomeAssistant, set_up: MockConfigEntry, pass_time: PassTime
) -> None:
    assert hass.states.is_state(VOLUME, STATE_UNKNOWN)

    await hass.services.async_call(
        NUMBER,
        SERVICE_SET_VALUE,
        {ATTR_ENTITY_ID: VOLUME, ATTR_VALUE: 29},
        blocking=True,
    )
    assert hass.states.is_state(VOLUME, "29")

    await reload(hass, set_up, pass_time)
    assert hass.states.is_state(VOLUME, "29")
