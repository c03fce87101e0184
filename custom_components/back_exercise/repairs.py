"""Ways to put right what a repair issue tells of."""

from collections.abc import Callable, Mapping
from typing import Any, Final, override

from homeassistant.components.repairs import (
    ConfirmRepairFlow,
    FlowType,
    RepairsFlow,
    RepairsFlowResult,
)
from homeassistant.components.repairs.models import RepairsFlowContext
from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
import voluptuous as vol

from .address import address_of, async_address_fault
from .const import CONF_NOTIFY, CONF_SPEAKERS, DOMAIN
from .coordinator import BackExerciseConfigEntry, Coordinator
from .diary import DiaryError
from .engine.decision import Rule
from .screen_steps import RecordedScreenSteps, coordinator_of

_MISSING: Final = {
    "speaker_missing": ("voice", CONF_SPEAKERS),
    "notifier_missing": ("reminders", CONF_NOTIFY),
}
"""Issues of what is gone: the step of the options, and the option that lists it."""

type Data = dict[str, str | int | float | None]


class OptionsRepairFlow(RepairsFlow):
    """Leads to the options, where it is chosen what to use."""

    def __init__(self, entry: ConfigEntry, step: str) -> None:
        """Repair what is chosen in a step of the options of an entry."""
        self.entry = entry
        self.step = step

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
        await options.async_configure(flow["flow_id"], {"next_step_id": self.step})
        return self.async_create_entry(
            data={}, next_flow=(FlowType.OPTIONS_FLOW, flow["flow_id"])
        )


class MissingRepairFlow(OptionsRepairFlow):
    """Lets something that is no longer there be replaced or taken out."""

    def __init__(self, entry: ConfigEntry, step: str, option: str, what: str) -> None:
        """Repair an option of an entry that lists what is missing."""
        super().__init__(entry, step)
        self.option = option
        self.what = what

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
        listed = options.get(self.option, ())  # they may be others by now
        kept = [each for each in listed if each != self.what]
        self.hass.config_entries.async_update_entry(
            self.entry, options={**options, self.option: kept}
        )
        return self.async_create_entry(data={})


class LockRepairFlow(
    RecordedScreenSteps[RepairsFlowContext, RepairsFlowResult], RepairsFlow
):
    """Asks what opens a lock, and no more than that."""

    recorded_as = "repair"

    def __init__(self, entry: BackExerciseConfigEntry) -> None:
        """Repair what locks the sessions of an entry."""
        self.entry = entry

    @property
    @override
    def coordinator(self) -> Coordinator:
        return coordinator_of(self.entry)

    async def async_step_init(
        self, _: dict[str, Any] | None = None
    ) -> RepairsFlowResult:
        """Begin with what the present lock asks for; it may have changed."""
        lock = self.coordinator.data.outlook.lock
        if lock is None:
            return self.async_create_entry(data={})
        match lock.rule:
            case Rule.SCREEN:
                return await self.async_step_screen()
            case Rule.G_1:
                return await self.async_step_emergency()
            case Rule.G_2:
                return await self.async_step_urgent()
            case Rule.G_3:
                return await self.async_step_caution()
            case _:
                return await self.async_step_advice_taken()

    @override
    async def async_step_screened(
        self, _: dict[str, Any] | None = None
    ) -> RepairsFlowResult:
        # the end of a flow takes its issue away, also one that has just been told
        if self.coordinator.data.outlook.lock:
            return self.async_abort(reason="still_locked")
        return self.async_create_entry(data={})


class DiaryRepairFlow(RepairsFlow):
    """Puts a diary back where it was, after its file was removed or replaced."""

    def __init__(self, entry: ConfigEntry) -> None:
        """Repair the diary of an entry."""
        self.entry = entry

    async def async_step_init(
        self, _: dict[str, Any] | None = None
    ) -> RepairsFlowResult:
        """Say what is wrong."""
        return await self.async_step_put_back()

    async def async_step_put_back(
        self, user_input: dict[str, Any] | None = None
    ) -> RepairsFlowResult:
        """Ask, and put it back."""
        errors = {}
        if user_input is not None:
            if self.entry.state is not ConfigEntryState.LOADED:
                return self.async_abort(reason="not_loaded")
            try:
                await self.entry.runtime_data.diary.async_put_back()
            except DiaryError as err:
                errors["base"] = f"diary_{err.reason}"
            else:
                return self.async_create_entry(data={})
        return self.async_show_form(
            step_id="put_back",
            data_schema=vol.Schema({}),
            errors=errors,
            description_placeholders={"name": self.entry.title},
        )


class AddressRepairFlow(RepairsFlow):
    """Looks again whether speakers can fetch from Home Assistant's address."""

    def __init__(self, entry: ConfigEntry) -> None:
        """Repair the address for the speakers of an entry."""
        self.entry = entry

    async def async_step_init(
        self, _: dict[str, Any] | None = None
    ) -> RepairsFlowResult:
        """Say what is wrong."""
        return await self.async_step_address()

    async def async_step_address(
        self, user_input: dict[str, Any] | None = None
    ) -> RepairsFlowResult:
        """Say what to enter where, and look again."""
        errors = {}
        if user_input is not None:
            if await async_address_fault(self.hass) is None:
                return self.async_create_entry(data={})
            errors["base"] = "still_wrong"
        return self.async_show_form(
            step_id="address",
            data_schema=vol.Schema({}),
            errors=errors,
            description_placeholders={
                **(self._told or {}),
                "name": self.entry.title,
                "url": address_of(self.hass) or "-",
            },
        )

    @property
    def _told(self) -> dict[str, str] | None:
        issue = ir.async_get(self.hass).async_get_issue(DOMAIN, self.issue_id)
        return issue.translation_placeholders if issue else None


_OF_ENTRIES: Final[Mapping[str, Callable[[BackExerciseConfigEntry], RepairsFlow]]] = {
    "screen_due": LockRepairFlow,
    "locked": LockRepairFlow,
    "diary_gone": DiaryRepairFlow,
    "address": AddressRepairFlow,
    "speaker_looks_at_itself": AddressRepairFlow,
}
"""Issues whose flows need only know of whom they are."""


async def async_create_fix_flow(
    hass: HomeAssistant, issue_id: str, data: Data | None
) -> RepairsFlow:
    """Return the way to put an issue right."""
    data = data or {}
    entry = hass.config_entries.async_get_entry(str(data.get("entry_id")))
    if entry is None:
        return ConfirmRepairFlow()  # nothing is left to be put right
    for key, flow in _OF_ENTRIES.items():
        if issue_id.startswith(key):
            return flow(entry)
    for key, (step, option) in _MISSING.items():
        if issue_id.startswith(key):
            return MissingRepairFlow(entry, step, option, str(data["entity_id"]))
    if issue_id.startswith(("diary_recovered", "diary_unreadable")):
        return ConfirmRepairFlow()  # it is only to be read
    return OptionsRepairFlow(entry, "voice")
