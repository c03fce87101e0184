"""Adds the voice with one click."""

from typing import Any, override

from homeassistant.config_entries import ConfigFlow, ConfigFlowResult

from .const import DOMAIN, NAME


class ComputerVoiceFlow(ConfigFlow, domain=DOMAIN):
    """There is nothing to ask."""

    @override
    async def async_step_user(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Go straight to the one step."""
        return await self.async_step_confirm()

    async def async_step_confirm(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Add it when the person agrees."""
        if user_input is None:
            return self.async_show_form(step_id="confirm")
        return self.async_create_entry(title=NAME, data={})
