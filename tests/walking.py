"""Walks through flows as the interface does, and reads every text they show."""

from collections.abc import Awaitable, Mapping
from typing import Any, cast, override

from homeassistant.config_entries import ConfigFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowManager, FlowResultType
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.json import json_dumps
from homeassistant.helpers.translation import async_get_translations
import probatio
import voluptuous as vol

from custom_components.back_exercise.const import DOMAIN

type Shown = ConfigFlowResult
"""What a flow shows; those of repairs have less to tell."""


class Walk:
    """Walks through a flow, and sees to it that there is a text for all it shows."""

    shown: Shown
    """What the flow shows now."""

    def __init__(
        self,
        hass: HomeAssistant,
        flows: FlowManager[Any, Any, Any],
        category: str,
        below: str = "",
        told: Mapping[str, str] | None = None,
    ) -> None:
        """Walk through flows of a category: config, options or issues.

        `below` is where in it their texts are, and `told` what these are told besides.
        """
        self.hass = hass
        self.flows = flows
        self.category = category
        self.prefix = f"component.{DOMAIN}.{category}.{below}"
        self.told = dict(told or {})

    async def see(self, beginning: Awaitable[Shown]) -> Shown:
        """See what a flow begins with that was begun elsewhere."""
        return await self._see(await beginning)

    async def begin(self, handler: str, **context: str) -> Shown:
        """Begin a flow."""
        return await self._see(await self.flows.async_init(handler, context=context))

    async def answer(self, **answers: object) -> Shown:
        """Answer a form."""
        return await self._see(
            await self.flows.async_configure(self.shown["flow_id"], answers)
        )

    async def choose(self, *steps: str) -> Shown:
        """Choose from a menu, and from the menus that follow."""
        for step in steps:
            await self.answer(next_step_id=step)
        return self.shown

    async def look(self) -> Shown:
        """Look again once everything is done, as the interface does."""
        await self.hass.async_block_till_done()
        return await self._see(await self.flows.async_configure(self.shown["flow_id"]))

    async def _see(self, shown: Shown) -> Shown:
        self.shown = shown
        if schema := shown.get("data_schema"):
            serializer = cv.custom_serializer
            assert json_dumps(
                probatio.to_field_list(schema, custom_serializer=serializer)
            )
        language = self.hass.config.language
        texts = await async_get_translations(
            self.hass, language, self.category, [DOMAIN]
        )
        told = {**self.told, **placeholders(shown)}
        for key in texts_of(shown):
            texts[self.prefix + key].format(**told)
        for key, text in texts.items():
            if key.startswith(f"{self.prefix}step.{shown.get('step_id')}."):
                text.format(**told)
        await self._read_options(shown)
        return shown

    async def _read_options(self, shown: Shown) -> None:
        """See to it that every option of a choice has a text or a label."""
        language = self.hass.config.language
        texts = await async_get_translations(self.hass, language, "selector", [DOMAIN])
        for selector in fields(shown).values():
            config = getattr(selector, "config", {})
            if key := config.get("translation_key"):
                named = [each for each in config["options"] if isinstance(each, str)]
                for option in named:
                    assert texts[f"component.{DOMAIN}.selector.{key}.options.{option}"]


class WalkWithoutReminder(Walk):
    """Walks through the set-up, and wants no reminder."""

    @override
    async def _see(self, shown: Shown) -> Shown:
        shown = await super()._see(shown)
        return await self.answer() if shown.get("step_id") == "reminder" else shown


def fields(shown: Shown) -> dict[Any, Any]:
    """Return the fields of a form; none of anything else."""
    schema = shown.get("data_schema")
    return schema.schema if schema and shown["type"] is FlowResultType.FORM else {}


def placeholders(shown: Shown) -> Mapping[str, str]:
    """Return what is filled into the texts of a step."""
    return shown.get("description_placeholders") or {}


def texts_of(shown: Shown) -> list[str]:
    """Return the keys of the texts that a step can't do without."""
    step = f"step.{shown.get('step_id')}"
    menu = cast("list[str]", shown.get("menu_options", []))
    more = fields(shown).get("more")
    keys = [f"{step}.data.{field}" for field in fields(shown) if field != "more"]
    if more:
        section = f"{step}.sections.more"
        keys += [f"{section}.name"]
        keys += [f"{section}.data.{field}" for field in more.schema.schema]
    keys += [f"error.{error}" for error in (shown.get("errors") or {}).values()]
    keys += [f"{step}.menu_options.{option}" for option in menu]
    if menu or shown["type"] is FlowResultType.FORM:
        keys += [f"{step}.title"]
    if progress := shown.get("progress_action"):
        keys += [f"progress.{progress}"]
    ours = shown.get("translation_domain") is None
    if (reason := shown.get("reason")) and ours and reason not in OF_HOME_ASSISTANT:
        keys += [f"abort.{reason}"]
    return keys


OF_HOME_ASSISTANT = ("reconfigure_successful", "already_in_progress")
"""Reasons to end that Home Assistant has its own words for."""


def suggested(form: Mapping[Any, Any]) -> dict[str, Any]:
    """Return what the fields of a form are filled in with."""
    return {
        str(field): field.description["suggested_value"]
        for field in form
        if field.description
    }


def defaults(form: Mapping[Any, Any]) -> dict[str, Any]:
    """Return what the fields of a form are where nothing is entered."""
    return {
        str(field): field.default()
        for field in form
        if not isinstance(field.default, vol.Undefined)
    }
