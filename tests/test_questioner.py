"""How somebody is asked aloud, and what comes of what they say."""

from typing import Any, Final

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from .conftest import SPOKEN, Ask, Past, Recorded, Until, build_past
from .fakes import FakeVoice, async_add_entity
from .room import Room
from .satellite import AskingSatellite

PAIN: Final = "How was your back in that one, from zero to ten?"
EFFORT: Final = "And how hard was it?"
BEFORE: Final = (
    "How is your back right now, from zero to ten? "
    "Zero is no pain at all, ten the worst you can think of."
)
AGAIN: Final = "Sorry, I did not get that. Please say a number from zero to ten."
TILTS: Final = "pelvic_tilts"
HIP: Final = "isometric_hip_flexion"


@pytest.fixture
def options() -> dict[str, Any]:
    """Have Alex's sessions spoken by a satellite."""
    return {**SPOKEN, "speakers": ["assist_satellite.test"]}


@pytest.fixture
def past() -> Past:
    """Return the diary of someone who is asked after each exercise."""
    return build_past(check_in="each_exercise")


@pytest.fixture
async def satellite(
    hass: HomeAssistant, room: Room, voice: FakeVoice
) -> AskingSatellite:
    """Return the satellite `assist_satellite.test`."""
    for component in ("homeassistant", "assist_satellite"):
        assert await async_setup_component(hass, component, {})
    satellite = AskingSatellite(room)
    await async_add_entity(hass, Platform.ASSIST_SATELLITE, satellite)
    return satellite


@pytest.fixture
async def alex(satellite: AskingSatellite, set_up: MockConfigEntry) -> MockConfigEntry:
    """Set Alex up in a room with the satellite."""
    return set_up


@pytest.fixture
async def asked(alex: MockConfigEntry, ask: Ask, until: Until) -> None:
    """Be where the first exercise was done, and is asked about."""
    await ask("start")
    await until("asking", TILTS)


async def test_what_is_answered_aloud_is_recorded_and_the_session_goes_on(
    satellite: AskingSatellite, asked: None, until: Until, recorded: Recorded
) -> None:
    satellite.answers.extend(["about three", "six"])
    await until("running", HIP)

    assert satellite.asked == [PAIN, EFFORT]
    ratings = (await recorded("rating"))[1:]
    assert [(each["measure"], each["value"], each["context"]) for each in ratings] == [
        ("pain", 3, "during"),
        ("effort", 6, "during"),
    ]
