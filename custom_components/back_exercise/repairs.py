"""Ways to put right what a repair issue tells of."""

from typing import Any, override

from homeassistant.components.repairs import (
    ConfirmRepairFlow,
    FlowType,
    RepairsFlow,
    RepairsFlowResult,
)
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
import voluptuous as vol

from .const import CONF_SPEAKERS

type Data = dict[str, str | int | float | None]


class VoiceRepairFlow(RepairsFlow):
    """Leads to the options, where speakers and voice are chosen."""

    def __init__(self, entry: ConfigEntry) -> None:
        """Repair how the sessions of an entry are spoken."""
        self.entry = entry

    async def async_step_init(
        self, _: dict[str, Any] | None = None
    ) -> RepairsFlowResult:
        """Say what is wrong."""
        return self.async_show_form(step_id="choose", data_schema=vol.Schema({}))

    async def async_step_choose(
        self, _: dict[str, Any] | None = None
    ) -> RepairsFlowResult:
        """Go on in the options; what is still wrong is told of again."""
        options = self.hass.config_entries.options
        flow = await options.async_init(self.entry.entry_id)
        await options.async_configure(flow["flow_id"], {"next_step_id": "voice"})
        return self.async_create_entry(
            data={}, next_flow=(FlowType.OPTIONS_FLOW, flow["flow_id"])
        )


class SpeakerRepairFlow(VoiceRepairFlow):
    """Lets a speaker that is no longer there be replaced or taken out."""

    def __init__(self, entry: ConfigEntry, speaker: str) -> None:
        """Repair how the sessions of an entry are spoken."""
        super().__init__(entry)
        self.speaker = speaker

    @override
    async def async_step_init(
        self, _: dict[str, Any] | None = None
    ) -> RepairsFlowResult:
        return self.async_show_menu(step_id="init", menu_options=["choose", "remove"])

    async def async_step_remove(
        self, _: dict[str, Any] | None = None
    ) -> RepairsFlowResult:
        """Take it out."""
        options = self.entry.options
        kept = [each for each in options[CONF_SPEAKERS] if each != self.speaker]
        self.hass.config_entries.async_update_entry(
            self.entry, options={**options, CONF_SPEAKERS: kept}
        )
        return self.async_create_entry(data={})


async def async_create_fix_flow(
    hass: HomeAssistant, issue_id: str, data: Data | None
) -> RepairsFlow:
    """Return the way to put an issue right."""
    data = data or {}
    entry = hass.config_entries.async_get_entry(str(data.get("entry_id")))
    if entry is None:
        return ConfirmRepairFlow()  # nothing is left to be put right
    if issue_id.startswith("speaker_missing"):
        return SpeakerRepairFlow(entry, str(data["entity_id"]))
    return VoiceRepairFlow(entry)
