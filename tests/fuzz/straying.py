"""Walks through flows on which anything may be entered."""

from random import Random
from typing import Any, Final, cast

from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, InvalidData

from tests.walking import Walk, defaults, fields, suggested

from .anything import SAMPLES

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
