"""Which routine the next session follows, and when it asks how it is."""

from homeassistant.components.select import (
    ATTR_OPTION,
    ATTR_OPTIONS,
    DOMAIN as SELECT,
    SERVICE_SELECT_OPTION,
)
from homeassistant.const import ATTR_ENTITY_ID, Platform
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    snapshot_platform,
)
from syrupy.assertion import SnapshotAssertion

from .conftest import ADVANCED, Ask, PassTime, Past, build_past, reload

ROUTINE = "select.alex_routine"


@pytest.fixture
def platforms() -> list[Platform]:
    """Load this platform alone."""
    return [Platform.SELECT]


@pytest.fixture
def past() -> Past:
    """Return the diary of someone who may start all routines."""
    return build_past(ADVANCED)


async def choose(hass: HomeAssistant, routine: str) -> None:
    """Choose a routine."""
    await hass.services.async_call(
        SELECT,
        SERVICE_SELECT_OPTION,
        {ATTR_ENTITY_ID: ROUTINE, ATTR_OPTION: routine},
        blocking=True,
    )


async def test_entities(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    entity_registry: er.EntityRegistry,
    snapshot: SnapshotAssertion,
) -> None:
    await snapshot_platform(hass, entity_registry, snapshot, set_up.entry_id)


@pytest.mark.parametrize("past", [build_past()])
async def test_only_the_beginner_routine_is_offered_until_a_clinician_agreed(
    hass: HomeAssistant, set_up: MockConfigEntry
) -> None:
    state = hass.states.get(ROUTINE)
    assert state
    assert state.attributes[ATTR_OPTIONS] == ["beginner"]

    with pytest.raises(ServiceValidationError):
        await choose(hass, "advanced")
    assert hass.states.is_state(ROUTINE, "beginner")


async def test_the_next_session_follows_the_routine_chosen(
    hass: HomeAssistant, ask: Ask
) -> None:
    await choose(hass, "intermediate")

    assert hass.states.is_state(ROUTINE, "intermediate")
    assert (await ask("start"))["routine"] == "intermediate"


async def test_the_choice_outlasts_a_restart(
    hass: HomeAssistant, set_up: MockConfigEntry, pass_time: PassTime
) -> None:
    await choose(hass, "advanced")

    await reload(hass, set_up, pass_time)

    assert hass.states.is_state(ROUTINE, "advanced")
