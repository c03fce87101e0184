"""What was chosen is followed when it is renamed, and told of when it is removed."""

from datetime import timedelta
from typing import Any, Final

from homeassistant.config_entries import ConfigSubentryDataWithId
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.back_exercise.const import (
    CONF_ENGINE,
    CONF_NOTIFY,
    CONF_PAIN_INPUT,
    CONF_PERSON,
    CONF_SCHEDULE,
    CONF_SPEAKERS,
)

from .conftest import SPOKEN, Ask, PassTime, build_entry
from .reminding import build_reminder
from .repairing import told
from .room import RoomPlayer

CHOSEN: Final = {
    "media_player": "one",
    "tts": "voice",
    "notify": "phone",
    "input_number": "pain",
    "person": "alex",
    "schedule": "mornings",
}
"""What is registered, by domain."""


@pytest.fixture
def options() -> dict[str, Any]:
    """Return choices of all kinds."""
    return SPOKEN | {
        CONF_SPEAKERS: ["media_player.one", "media_player.two"],
        CONF_ENGINE: "tts.voice",
        CONF_NOTIFY: ["notify.phone"],
        CONF_PAIN_INPUT: "input_number.pain",
    }


@pytest.fixture
def config_entry(options: dict[str, Any]) -> MockConfigEntry:
    """Return a person with a reminder by a schedule."""
    reminder: ConfigSubentryDataWithId = build_reminder(
        None, schedule="schedule.mornings"
    )
    return build_entry("Alex", options, [reminder], person="person.alex")


@pytest.fixture
def registered(entity_registry: er.EntityRegistry) -> er.EntityRegistry:
    """Return the registry, with all that was chosen in it."""
    for domain, name in CHOSEN.items():
        entity_registry.async_get_or_create(
            domain, "test", name, suggested_object_id=name
        )
    return entity_registry


async def test_everything_that_was_chosen_is_followed(
    registered: er.EntityRegistry, set_up: MockConfigEntry, pass_time: PassTime
) -> None:
    for domain, name in CHOSEN.items():
        registered.async_update_entity(
            f"{domain}.{name}", new_entity_id=f"{domain}.{name}_upstairs"
        )
        await pass_time()

    options = set_up.options
    assert options[CONF_SPEAKERS] == ["media_player.one_upstairs", "media_player.two"]
    assert options[CONF_ENGINE] == "tts.voice_upstairs"
    assert options[CONF_NOTIFY] == ["notify.phone_upstairs"]
    assert options[CONF_PAIN_INPUT] == "input_number.pain_upstairs"
    assert set_up.data[CONF_PERSON] == "person.alex_upstairs"
    (reminder,) = set_up.subentries.values()
    assert reminder.data[CONF_SCHEDULE] == "schedule.mornings_upstairs"
    wiring = set_up.runtime_data.wiring
    assert wiring.speakers == ("media_player.one_upstairs", "media_player.two")


async def test_what_was_not_chosen_is_of_no_interest(
    registered: er.EntityRegistry, set_up: MockConfigEntry, pass_time: PassTime
) -> None:
    options = dict(set_up.options)
    registered.async_get_or_create("light", "test", "x", suggested_object_id="one")
    registered.async_update_entity("light.one", new_entity_id="light.two")
    registered.async_remove("light.two")
    await pass_time()

    assert set_up.options == options


async def test_a_speaker_or_voice_is_missed_at_once_and_until_it_is_back(
    hass: HomeAssistant,
    registered: er.EntityRegistry,
    set_up: MockConfigEntry,
    pass_time: PassTime,
) -> None:
    registered.async_remove("media_player.one")
    registered.async_remove("tts.voice")
    await pass_time()
    assert told(hass) >= {"speaker_missing", "engine_missing"}

    for domain, name in list(CHOSEN.items())[:2]:
        registered.async_get_or_create(domain, "test", name, suggested_object_id=name)
    await pass_time()
    assert not told(hass) & {"speaker_missing", "engine_missing"}


@pytest.mark.parametrize(
    "options", [SPOKEN | {CONF_SPEAKERS: ["media_player.one", "media_player.test"]}]
)
@pytest.mark.usefixtures("voice")
async def test_a_session_that_goes_on_is_not_cut_by_a_new_name(
    hass: HomeAssistant,
    player: RoomPlayer,
    registered: er.EntityRegistry,
    set_up: MockConfigEntry,
    ask: Ask,
    pass_time: PassTime,
) -> None:
    await ask("start")
    await pass_time()
    registered.async_update_entity(
        "media_player.one", new_entity_id="media_player.first"
    )
    await pass_time()

    await pass_time(timedelta(minutes=1))
    assert hass.states.is_state("sensor.alex_session", "running")
    assert not player.is_silent
    assert set_up.options[CONF_SPEAKERS][0] == "media_player.first"
