"""Every step of every flow with whatever may be entered."""

from random import Random
from typing import Any, Final, cast

from homeassistant.config_entries import SOURCE_USER
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, InvalidData
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.back_exercise.const import DOMAIN, REMINDER
from tests.walking import Walk, defaults, fields, suggested

from .anything import CASES, SAMPLES

STEPS: Final = 12
"""No walk is longer."""
ENDS: Final = (FlowResultType.CREATE_ENTRY, FlowResultType.ABORT)

SEED: Final = 20261129


def answer(chance: Random, walk: Walk) -> dict[str, Any]:
    """Return an answer to what a flow shows now; most of it makes sense."""
    shown = walk.shown
    if shown["type"] is FlowResultType.MENU:
        menu = cast("list[str]", shown["menu_options"])
        return {"next_step_id": chance.choice([*menu, "nowhere"])}
    form = fields(shown)
    usual = defaults(form) | suggested(form) | {"name": "Kim", "accepted": True}
    given: dict[str, Any] = {}
    for field, selector in form.items():
        name, likely = str(field), []
        config = getattr(selector, "config", {})
        for option in config.get("options", ()):
            value = option if isinstance(option, str) else option["value"]
            likely.append([value] if config.get("multiple") else value)
        if name in usual and chance.random() < 0.8:
            given[name] = usual[name]
        elif chance.random() < 0.7:
            given[name] = chance.choice([*likely, *SAMPLES])
    return given


def walk_anywhere(hass: HomeAssistant, chance: Random, walk: Walk) -> None:
    """Answer what is asked with anything, until the flow ends or it is enough."""

    async def look_again() -> None:
        while walk.shown["type"] is FlowResultType.SHOW_PROGRESS:
            await walk.look()

    for _ in range(STEPS):
        hass.loop.run_until_complete(look_again())
        if walk.shown["type"] in ENDS:
            return
        try:
            hass.loop.run_until_complete(walk.answer(**answer(chance, walk)))
        except InvalidData:
            continue  # the form shows which field
    if walk.shown["type"] not in ENDS:
        walk.flows.async_abort(walk.shown["flow_id"])


@pytest.mark.usefixtures("at_once", "speaker", "voice")
@pytest.mark.timeout(3600)
def test_the_set_up_takes_it_or_says_what_is_wrong(
    hass: HomeAssistant, config_entry: MockConfigEntry
) -> None:
    config_entry.add_to_hass(hass)

    for case in range(CASES):
        walk = Walk(hass, hass.config_entries.flow, "config")
        hass.loop.run_until_complete(walk.begin(DOMAIN, source=SOURCE_USER))
        walk_anywhere(hass, Random(SEED + case), walk)
        for entry in hass.config_entries.async_entries(DOMAIN):
            if entry is not config_entry:
                hass.loop.run_until_complete(
                    hass.config_entries.async_remove(entry.entry_id)
                )


@pytest.mark.usefixtures("at_once", "speaker", "voice")
@pytest.mark.timeout(3600)
def test_the_options_take_it_or_say_what_is_wrong(
    hass: HomeAssistant, set_up: MockConfigEntry, options: dict[str, Any]
) -> None:
    for case in range(CASES):
        walk = Walk(hass, hass.config_entries.options, "options")
        hass.loop.run_until_complete(walk.begin(set_up.entry_id))
        walk_anywhere(hass, Random(SEED + case), walk)
        hass.config_entries.async_update_entry(set_up, options=options)
        hass.loop.run_until_complete(hass.async_block_till_done())


@pytest.mark.usefixtures("at_once", "speaker", "voice")
@pytest.mark.timeout(3600)
def test_a_reminder_takes_it_or_says_what_is_wrong(
    hass: HomeAssistant, set_up: MockConfigEntry
) -> None:
    for case in range(CASES):
        flows = hass.config_entries.subentries
        walk = Walk(hass, flows, "config_subentries", f"{REMINDER}.")
        begun = flows.async_init(
            (set_up.entry_id, REMINDER), context={"source": "user"}
        )
        hass.loop.run_until_complete(walk.see(cast("Any", begun)))
        walk_anywhere(hass, Random(SEED + case), walk)
        for subentry in [*set_up.subentries]:
            hass.config_entries.async_remove_subentry(set_up, subentry)
