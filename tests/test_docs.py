"""Every example of the guide is one that Home Assistant takes, and that runs."""

import json
from pathlib import Path
import re
from typing import Any, Final

from homeassistant.components.automation import DOMAIN as AUTOMATION
from homeassistant.components.recorder import CONFIG_SCHEMA
from homeassistant.const import (
    ATTR_ENTITY_ID,
    CONF_ID,
    ENTITY_MATCH_ALL,
    SERVICE_TURN_OFF,
    Platform,
)
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util.yaml import parse_yaml
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_mock_service,
)

from custom_components.back_exercise.condition import CONDITIONS
from custom_components.back_exercise.const import DOMAIN
from custom_components.back_exercise.trigger import TRIGGERS

from .conftest import build_past, record

GUIDE: Final = Path(__file__).parent.parent / "docs" / "guide"
BLOCK: Final = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EXAMPLES: Final[list[dict[str, Any]]] = [
    parse_yaml(block)  # type: ignore[misc] # an automation
    for path in sorted(GUIDE.glob("*.md"))
    for block in BLOCK.findall(path.read_text())
]
AUTOMATIONS: Final = [each for each in EXAMPLES if "alias" in each]
SECTIONS: Final = [each for each in EXAMPLES if "recorder" in each]
BOARDS: Final = [
    each for each in EXAMPLES if each not in AUTOMATIONS and each not in SECTIONS
]
ENTITY: Final = re.compile(r"\b[a-z_]+\.anna_\w+")
PAGE: Final = (GUIDE / "automations.md").read_text()


@pytest.fixture
def platforms() -> list[Platform]:
    """Load the platforms that automations look at."""
    return [Platform.BINARY_SENSOR, Platform.EVENT, Platform.SENSOR]


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("example", AUTOMATIONS, ids=lambda each: each["alias"])
async def test_an_example_is_taken_and_runs(
    hass: HomeAssistant, set_up: MockConfigEntry, example: dict[str, Any]
) -> None:
    performed = [
        call
        for action in ("light", "switch", "vacuum", "notify")
        for call in (
            async_mock_service(hass, action, "turn_on"),
            async_mock_service(hass, action, "start"),
            async_mock_service(hass, action, "send_message"),
        )
    ]
    config = {**example, CONF_ID: "example"}
    assert await async_setup_component(hass, AUTOMATION, {AUTOMATION: [config]})
    (made,) = hass.states.async_all(AUTOMATION)

    await hass.services.async_call(
        AUTOMATION, "trigger", {ATTR_ENTITY_ID: made.entity_id}, blocking=True
    )
    is_on = made.state
    await hass.services.async_call(
        AUTOMATION, SERVICE_TURN_OFF, {ATTR_ENTITY_ID: ENTITY_MATCH_ALL}, blocking=True
    )

    assert is_on == "on"
    has_started = not hass.states.is_state("sensor.alex_session", "idle")
    assert [call for calls in performed for call in calls] or has_started


async def test_dashboards_show_entities_that_there_are(
    hass: HomeAssistant, config_entry: MockConfigEntry
) -> None:
    config_entry.add_to_hass(hass)
    await record(hass, config_entry, build_past())
    assert await hass.config_entries.async_setup(config_entry.entry_id)
    await hass.async_block_till_done()

    named = {
        entity.replace("anna", "alex")
        for board in BOARDS
        for entity in ENTITY.findall(str(board))
    }

    assert named
    assert named <= {*hass.states.async_entity_ids()}


def test_what_is_for_the_configuration_are_entities_left_out_of_the_recorder() -> None:
    (section,) = SECTIONS

    assert CONFIG_SCHEMA(section)["recorder"]["exclude"]["entities"]


def test_everything_that_automations_can_do_is_told() -> None:
    component = GUIDE.parent.parent / "custom_components" / DOMAIN
    texts = json.loads((component / "translations" / "en.json").read_text())

    assert all(texts["triggers"][name]["name"] in PAGE for name in TRIGGERS)
    assert all(
        texts["conditions"][name]["name"].removeprefix("Session ").lower()
        in PAGE.lower()
        for name in CONDITIONS
    )
    assert [name for name in texts["services"] if f"`{name}`" not in PAGE] == []


def test_every_blueprint_is_told() -> None:
    folder = GUIDE.parent.parent / "blueprints" / "automation" / DOMAIN

    assert [
        path.stem for path in folder.glob("*.yaml") if f"`{path.stem}`" not in PAGE
    ] == []
