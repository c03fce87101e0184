"""Every text that is asked for is there."""

import ast
from collections.abc import Iterator
import json
from pathlib import Path
from typing import Any, Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.service import async_get_all_descriptions
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.back_exercise.const import DOMAIN
from custom_components.back_exercise.coordinator import load_catalogue
from custom_components.back_exercise.engine.catalogue import Routine
from custom_components.back_exercise.engine.events import (
    ExerciseOutcome,
    PauseReason,
    SessionOutcome,
)
from custom_components.back_exercise.engine.plan import Side, StepKind
from custom_components.back_exercise.event import EventType

from .conftest import SPOKEN

FOLDER: Final = Path(__file__).parent.parent / "custom_components" / DOMAIN
ENGLISH: Final = json.loads((FOLDER / "translations" / "en.json").read_text())
ICONS: Final = json.loads((FOLDER / "icons.json").read_text())

IN_HOME_ASSISTANT: Final = {"homeassistant"}

pytestmark = pytest.mark.usefixtures("voice", "speaker", "all_enabled")


@pytest.fixture
def options() -> dict[str, Any]:
    """Return the settings of someone who has all kinds of entities."""
    return SPOKEN


async def test_every_entity_has_a_name_and_an_icon(
    set_up: MockConfigEntry, entity_registry: er.EntityRegistry
) -> None:
    entities = er.async_entries_for_config_entry(entity_registry, set_up.entry_id)
    used = {(each.domain, each.translation_key) for each in entities}

    assert used == keys(ENGLISH["entity"]) == keys(ICONS["entity"])


async def test_every_option_of_an_entity_is_named(
    set_up: MockConfigEntry, entity_registry: er.EntityRegistry
) -> None:
    for entity in er.async_entries_for_config_entry(entity_registry, set_up.entry_id):
        options = (entity.capabilities or {}).get("options", ())
        texts = ENGLISH["entity"][entity.domain][entity.translation_key]

        assert set(options) <= texts.get("state", {}).keys()
