"""Whether a session is going on."""

from homeassistant.const import STATE_OFF, STATE_ON, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    snapshot_platform,
)
from syrupy.assertion import SnapshotAssertion

from .conftest import Ask

ACTIVE = "binary_sensor.alex_session_active"


@pytest.fixture
def platforms() -> list[Platform]:
    """Load this platform alone."""
    return [Platform.BINARY_SENSOR]


async def test_entities(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    entity_registry: er.EntityRegistry,
    snapshot: SnapshotAssertion,
) -> None:
    await snapshot_platform(hass, entity_registry, snapshot, set_up.entry_id)


async def test_a_session_is_active_until_it_ends_pauses_included(
    hass: HomeAssistant, ask: Ask
) -> None:
    shown = []
    for action in ("start", "pause", "resume", "stop"):
        await ask(action)
        state = hass.states.get(ACTIVE)
        assert state
        shown.append(state.state)

    assert shown == [STATE_ON, STATE_ON, STATE_ON, STATE_OFF]
