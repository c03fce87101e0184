"""The page of the system shows what there is of Back Exercise, and of nobody."""

from datetime import timedelta
import json
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.core_config import async_process_ha_core_config
from homeassistant.helpers.translation import async_get_translations
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    get_system_health_info,
)

from custom_components.back_exercise.const import DOMAIN
from custom_components.back_exercise.diary import Diary, path_of
from custom_components.back_exercise.diary_file import Reason, StoreError
from custom_components.back_exercise.engine.diary import Context, Rating
from custom_components.back_exercise.store import Store

from .conftest import SILENT, SPOKEN, Ask, PassTime, build_entry


@pytest.fixture
def options() -> dict[str, Any]:
    """Return the settings of someone with two speakers, one of which is gone."""
    return SPOKEN | {"speakers": ["media_player.test", "media_player.gone"]}


async def shown(hass: HomeAssistant) -> dict[str, Any]:
    """Return what the page of the system shows."""
    assert await async_setup_component(hass, "system_health", {})
    info: dict[str, Any] = await get_system_health_info(hass, DOMAIN)
    return info


@pytest.mark.usefixtures("voice", "speaker")
async def test_it_shows_persons_diaries_voices_speakers_and_what_is_registered(
    hass: HomeAssistant, set_up: MockConfigEntry
) -> None:
    assert await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(hass, "conversation", {})
    await hass.async_block_till_done()
    info = await shown(hass)

    assert info.pop("version").count(".") == 2
    files = path_of(hass, str(set_up.unique_id)).parent.glob("*.db*")
    size = sum(
        each.stat().st_size for each in files if each.suffix in {".db", ".db-wal"}
    )
    assert size > 10_000
    assert info == {
        "persons": 1,
        "persons_loaded": 1,
        "sessions": 0,
        "diaries_saved": "1/1",
        "diaries_size": f"{size / 1000:.0f} kB",
        "engines_reachable": "1/1",
        "speakers_reachable": "1/2",
        "address": "ok",
        "sentences": True,
        "card": True,
    }


@pytest.mark.usefixtures("voice", "speaker")
async def test_it_shows_what_is_wrong(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    pass_time: PassTime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    build_entry("Ben", SILENT).add_to_hass(hass)
    hass.states.async_set("tts.test", "unavailable")
    await async_process_ha_core_config(hass, {"internal_url": "http://127.0.0.1:8123"})
    diary: Diary = set_up.runtime_data.diary

    def fail(*_: object, **__: object) -> None:
        raise StoreError(Reason.FULL)

    monkeypatch.setattr(Store, "append", fail)
    diary.add_soon(Rating(value=7, context=Context.AT_LARGE), source="test")
    await pass_time(timedelta(seconds=1))
    info = await shown(hass)
    monkeypatch.undo()

    assert info["persons"] == 2
    assert info["persons_loaded"] == 1
    assert info["diaries_saved"] == "0/1"
    assert info["engines_reachable"] == "0/1"
    assert info["address"] == "loopback"
    assert info["sentences"] is False


@pytest.mark.parametrize("options", [SILENT])
async def test_it_counts_sessions_and_tells_of_nobody(
    hass: HomeAssistant, set_up: MockConfigEntry, ask: Ask
) -> None:
    await ask("start", pain_before=2)
    info = await shown(hass)

    assert info["sessions"] == 1
    assert info["speakers_reachable"] == info["engines_reachable"] == "0/0"
    assert "alex" not in json.dumps(info).lower()


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.usefixtures("set_up")
@pytest.mark.parametrize("options", [SILENT])
async def test_everything_that_is_shown_has_a_name(
    hass: HomeAssistant, language: str
) -> None:
    info = await shown(hass)
    texts = await async_get_translations(hass, language, "system_health", [DOMAIN])
    start = f"component.{DOMAIN}.system_health.info."

    assert {key.removeprefix(start) for key in texts} == info.keys()
