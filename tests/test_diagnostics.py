"""What helps to find a fault, without telling who it is about."""

from datetime import timedelta
from http import HTTPStatus
import json
from typing import Any

from homeassistant.components.diagnostics import REDACTED
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
from syrupy.assertion import SnapshotAssertion

from .conftest import SPOKEN, Ask, PassTime, build_entry

# Who asks logs in when time stands still already: set_up comes before hass_client.

pytestmark = pytest.mark.usefixtures("voice", "speaker")


@pytest.fixture
def config_entry() -> MockConfigEntry:
    """Return a person who is known to Home Assistant."""
    return build_entry("Alex", SPOKEN, person="person.alex")


async def download(
    hass: HomeAssistant, entry: MockConfigEntry, hass_client: ClientSessionGenerator
) -> Any:
    """Return the diagnostics of an entry, as they are downloaded."""
    assert await async_setup_component(hass, "diagnostics", {})
    client = await hass_client()
    response = await client.get(f"/api/diagnostics/config_entry/{entry.entry_id}")
    assert response.status == HTTPStatus.OK
    return (await response.json())["data"]


async def test_diagnostics(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    hass_client: ClientSessionGenerator,
    snapshot: SnapshotAssertion,
) -> None:
    assert await download(hass, set_up, hass_client) == snapshot


async def test_diagnostics_during_a_session(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    hass_client: ClientSessionGenerator,
    ask: Ask,
    pass_time: PassTime,
) -> None:
    await hass.services.async_call(
        "switch", "turn_off", {"entity_id": "switch.alex_speech"}, blocking=True
    )
    await ask("start")
    await pass_time(timedelta(minutes=1))

    session = (await download(hass, set_up, hass_client))["session"]

    assert session["state"] == "running"
    assert session["exercise"] == "pelvic_tilts"
    assert "pause" in session["allowed"]


async def test_diagnostics_do_not_tell_who_it_is(
    hass: HomeAssistant, set_up: MockConfigEntry, hass_client: ClientSessionGenerator
) -> None:
    told = await download(hass, set_up, hass_client)

    assert told["data"]["name"] == told["data"]["person"] == REDACTED
    assert "alex" not in json.dumps(told).lower()
