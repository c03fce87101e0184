"""Whether sessions are spoken."""

from homeassistant.components.switch import DOMAIN as SWITCH
from homeassistant.const import (
    ATTR_ENTITY_ID,
    SERVICE_TURN_OFF,
    SERVICE_TURN_ON,
    STATE_OFF,
    STATE_ON,
    Platform,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    snapshot_platform,
)
from syrupy.assertion import SnapshotAssertion

from .conftest import PassTime, reload

SPEECH = "switch.alex_speech"


@pytest.fixture
def platforms() -> list[Platform]:
    """Load this platform alone."""
    return [Platform.SWITCH]


async def test_entities(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    entity_registry: er.EntityRegistry,
    snapshot: SnapshotAssertion,
) -> None:
    await snapshot_platform(hass, entity_registry, snapshot, set_up.entry_id)


@pytest.mark.parametrize(
    ("action", "state"), [(SERVICE_TURN_ON, STATE_ON), (SERVICE_TURN_OFF, STATE_OFF)]
)
async def test_what_is_switched_outlasts_a_restart(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    pass_time: PassTime,
    action: str,
    state: str,
) -> None:
    await hass.services.async_call(
        SWITCH, action, {ATTR_ENTITY_ID: SPEECH}, blocking=True
    )
    assert hass.states.is_state(SPEECH, state)

    await reload(hass, set_up, pass_time)
    assert hass.states.is_state(SPEECH, state)
