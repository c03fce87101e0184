"""What automations would do: what the tests of automations share."""

from collections.abc import Mapping
from typing import Any, Final

from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.trigger import (
    async_initialize_triggers,
    async_validate_trigger_config,
)

from custom_components.back_exercise.const import DOMAIN, LOGGER

BY_ALL: Final = ("alias", "description", "id", "idx", "platform")
"""What every automation is handed, whatever it begins with."""

type Config = Mapping[str, Any]
type Handed = list[dict[str, Any]]


async def async_follow(hass: HomeAssistant, *triggers: Config) -> Handed:
    """Begin an automation with triggers; return what it is handed, each time.

    Raises probatio.Invalid where one of them makes no sense.
    """
    handed: Handed = []

    async def note(variables: dict[str, Any], context: Context | None = None) -> None:
        told = variables["trigger"]
        handed.append({each: told[each] for each in told if each not in BY_ALL})

    written = cv.TRIGGER_SCHEMA([dict(each) for each in triggers])
    configs = await async_validate_trigger_config(hass, written)
    assert await async_initialize_triggers(
        hass, configs, note, DOMAIN, "Test", LOGGER.log
    )
    await hass.async_block_till_done()
    return handed
