"""The picture of the exercise: both ends of the movement, whatever card shows it."""

from datetime import timedelta
from http import HTTPStatus

from homeassistant.const import EVENT_STATE_CHANGED, STATE_UNAVAILABLE, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_capture_events,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
from syrupy.assertion import SnapshotAssertion
from syrupy.filters import props

from .conftest import ADVANCED, Ask, PassTime, Play, Until, build_past
from .watching import IMAGE, picture


@pytest.fixture
def platforms() -> list[Platform]:
    """Load these platforms alone."""
    return [Platform.IMAGE, Platform.SENSOR]


class Gallery:
    """What shows the picture."""

    def __init__(self, hass: HomeAssistant, client: ClientSessionGenerator) -> None:
        """Log in as anybody does."""
        self._hass = hass
        self._client = client

    async def look(self) -> str:
        """Return the picture as it is now."""
        client = await self._client()
        response = await client.get(picture(self._hass).attributes["entity_picture"])
        assert response.status == HTTPStatus.OK
        assert response.content_type == "image/svg+xml"
        return await response.text()


@pytest.fixture
def gallery(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> Gallery:
    """Return what shows the picture."""
    return Gallery(hass, hass_client_no_auth)


@pytest.mark.parametrize("platforms", [[Platform.IMAGE]])
async def test_entities(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    entity_registry: er.EntityRegistry,
    snapshot: SnapshotAssertion,
) -> None:
    [entity] = er.async_entries_for_config_entry(entity_registry, set_up.entry_id)

    assert entity == snapshot(name="entry")
    assert picture(hass) == snapshot(
        name="state", exclude=props("access_token", "entity_picture")
    )


async def test_at_rest_it_shows_what_a_session_begins_with(
    set_up: MockConfigEntry, gallery: Gallery
) -> None:
    text = await gallery.look()

    assert text.startswith("<svg")
    assert "<title>Pelvic tilts</title>" in text


async def test_in_a_session_it_shows_the_exercise(
    ask: Ask, until: Until, gallery: Gallery
) -> None:
    await ask("start")
    await until("running", "bridges", "work")

    assert "<title>Bridges</title>" in await gallery.look()


@pytest.mark.parametrize("past", [build_past(ADVANCED)])
async def test_it_shows_the_side(
    hass: HomeAssistant, ask: Ask, until: Until, pass_time: PassTime, gallery: Gallery
) -> None:
    await ask("start", routine="advanced")
    await until("running", "side_planks", "work")
    right, changed = await gallery.look(), picture(hass).state
    await until("running", "side_planks", "change_side")
    left = await gallery.look()

    assert "<title>Side planks</title>" in left
    assert right != left
    assert picture(hass).state != changed


async def test_repetitions_and_pauses_do_not_change_it(
    hass: HomeAssistant, ask: Ask, until: Until, pass_time: PassTime
) -> None:
    await ask("start")
    await until("running", "isometric_hip_flexion", "work")
    before = picture(hass)
    await pass_time(timedelta(seconds=30))
    await ask("pause")
    await ask("resume")

    assert picture(hass).state == before.state


async def test_a_whole_session_changes_it_once_for_each_exercise(
    hass: HomeAssistant, play: Play
) -> None:
    states: list[str] = [picture(hass).state]

    def changed(_: object) -> None:
        states.append(picture(hass).state)

    hass.bus.async_listen("state_changed", changed)
    await play()

    # four exercises, both sides of the last, and back to rest
    assert len(set(states)) <= 7


async def test_after_the_session_of_the_day_it_shows_what_the_next_begins_with(
    play: Play, gallery: Gallery
) -> None:
    await play()

    assert "<title>Pelvic tilts</title>" in await gallery.look()


@pytest.mark.parametrize("past", [[]])
async def test_while_sessions_are_locked_it_shows_none(
    hass: HomeAssistant, set_up: MockConfigEntry
) -> None:
    assert picture(hass).state == STATE_UNAVAILABLE


async def test_at_rest_it_costs_the_recorder_nothing(
    hass: HomeAssistant, set_up: MockConfigEntry, pass_time: PassTime
) -> None:
    changes = async_capture_events(hass, EVENT_STATE_CHANGED)
    await pass_time(timedelta(hours=1))

    assert [each for each in changes if each.data["entity_id"] == IMAGE] == []


async def test_with_the_picture_its_address_changes(
    hass: HomeAssistant, ask: Ask, until: Until
) -> None:
    before = picture(hass).attributes["entity_picture"]
    await ask("start")
    await until("running", "bridges", "work")

    assert picture(hass).attributes["entity_picture"] != before
