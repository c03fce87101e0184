"""What repairs tell to be wrong: what the tests of faults share."""

from typing import Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir

from custom_components.back_exercise.const import DOMAIN

ENTRY: Final = "01K0ALEX000000000000000000"


def told(hass: HomeAssistant) -> set[str | None]:
    """Return the issues that are told."""
    issues = ir.async_get(hass).issues.values()
    return {each.translation_key for each in issues if each.domain == DOMAIN}


def issues(hass: HomeAssistant) -> set[str]:
    """Return what is told to be wrong, and of what."""
    return {
        issue.replace(f"_{ENTRY}_", " ")
        for domain, issue in ir.async_get(hass).issues
        if domain == DOMAIN
    }
