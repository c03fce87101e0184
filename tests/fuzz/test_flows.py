"""Every step of every flow with whatever may be entered."""

from random import Random
from typing import Any, cast

from homeassistant.config_entries import SOURCE_USER
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.back_exercise.const import DOMAIN, REMINDER
from tests.walking import Walk

from .anything import CASES
from .straying import SEED, walk_anywhere


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
        hass.loop.run_until_complete(hass.async_block_till_done())
