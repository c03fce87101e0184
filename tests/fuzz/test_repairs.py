"""Every way to put something right with whatever may be entered."""

import json
from pathlib import Path
from random import Random
from typing import Any, Final

from homeassistant.components.repairs import DOMAIN as REPAIRS, repairs_flow_manager
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.back_exercise.const import DOMAIN
from custom_components.back_exercise.coordinator import Coordinator
from custom_components.back_exercise.engine.diary import Entry, Screen, ScreenForm
from custom_components.back_exercise.engine.screen import ITEMS
from tests.walking import Walk

from .anything import CASES, is_quiet
from .straying import SEED, walk_anywhere

TEXTS: Final = json.loads(
    (
        Path(__file__).parents[2]
        / "custom_components/back_exercise/translations/en.json"
    ).read_text(encoding="utf-8")
)["issues"]
FIXABLE: Final = [key for key, texts in TEXTS.items() if "fix_flow" in texts]
"""A way that is new has texts, and so it is tried."""

LOCKS: Final = [
    Screen(form=ScreenForm.SHORT, anything_new=True),
    *(Screen(form=ScreenForm.REPORT, flags=(item,)) for item in sorted(ITEMS)),
]
"""What has the safety questions asked, each in its way."""

TOLD: Final = dict.fromkeys(
    ("engine", "entries", "file", "name", "speaker", "target", "url"), "?"
)
OF_ANOTHER_NAME: Final = {"screen_new": "screen_due"}
"""Issues that have texts of their own, and no identifier of their own."""
GONE: Final = "01K0GONE000000000000000000"


@pytest.fixture
async def repairs(hass: HomeAssistant) -> None:
    """Have Home Assistant's repairs there."""
    assert await async_setup_component(hass, REPAIRS, {})
    await hass.async_block_till_done()


@pytest.mark.usefixtures("at_once", "speaker", "voice", "repairs")
@pytest.mark.parametrize("key", FIXABLE)
@pytest.mark.timeout(3600)
def test_a_repair_takes_it_or_says_what_is_wrong_and_records_answers_alone(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    options: dict[str, Any],
    written: list[Entry],
    caplog: pytest.LogCaptureFixture,
    *,
    key: str,
) -> None:
    person: Coordinator = set_up.runtime_data
    flows = repairs_flow_manager(hass)
    assert flows

    async def begin(chance: Random) -> Walk:
        await person.async_screen(chance.choice(LOCKS), source="test")
        entry_id = chance.choice([*[set_up.entry_id] * 9, GONE])
        what = chance.choice(["media_player.test", "media_player.gone", "diary"])
        issue_id = f"{OF_ANOTHER_NAME.get(key, key)}_{entry_id}_{what}"
        ir.async_create_issue(
            hass,
            DOMAIN,
            issue_id,
            is_fixable=True,
            data={"entry_id": entry_id, "entity_id": what},
            severity=ir.IssueSeverity.WARNING,
            translation_key=key,
            translation_placeholders=TOLD,
        )
        walk = Walk(hass, flows, "issues", f"{key}.fix_flow.", TOLD)
        await walk.begin(DOMAIN, issue_id=issue_id)
        written.clear()
        return walk

    async def tidy_up() -> None:
        for flow in hass.config_entries.options.async_progress():
            hass.config_entries.options.async_abort(flow["flow_id"])
        hass.config_entries.async_update_entry(set_up, options=options)
        await hass.async_block_till_done()

    for case in range(CASES):
        caplog.clear()
        chance = Random(SEED + case)
        walk = hass.loop.run_until_complete(begin(chance))
        walk_anywhere(hass, chance, walk)
        hass.loop.run_until_complete(tidy_up())
        assert is_quiet(caplog)
        assert {(each.kind, each.source) for each in written} <= {("screen", "repair")}
