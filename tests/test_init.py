"""Setting up, changing settings, unloading: never into somebody's session."""

from datetime import timedelta
from pathlib import Path
from typing import Final

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.back_exercise.const import DOMAIN

from .conftest import (
    ADVANCED,
    IN_REPETITION,
    SESSION,
    SPOKEN,
    Ask,
    PassTime,
    build_past,
    reload,
)
from .room import RoomPlayer

pytestmark = pytest.mark.usefixtures("spoken_to")

WHOLE: Final = timedelta(minutes=12)
OTHER_WIRING: Final = {**SPOKEN, "speakers": ["media_player.other"]}


async def test_what_an_interrupted_run_has_left_is_cleared_away(
    hass: HomeAssistant,
) -> None:
    folder = Path(hass.config.cache_path(DOMAIN))
    folder.mkdir(parents=True)
    (folder / "left.wav").write_bytes(b"RIFF")
    assert await async_setup_component(hass, DOMAIN, {})

    assert not folder.exists()


async def test_an_entry_can_be_loaded_and_unloaded_again_and_again(
    hass: HomeAssistant, set_up: MockConfigEntry, pass_time: PassTime
) -> None:
    for _ in range(3):
        await reload(hass, set_up, pass_time)

    assert set_up.state is ConfigEntryState.LOADED
    assert hass.states.is_state(SESSION, "idle")


@pytest.mark.usefixtures("voice", "player")
async def test_other_speakers_are_used_from_the_next_session_on(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    player: RoomPlayer,
    other_player: RoomPlayer,
    ask: Ask,
    pass_time: PassTime,
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    hass.config_entries.async_update_entry(set_up, options=OTHER_WIRING)
    await pass_time(WHOLE)
    assert player.texts[-1].startswith("That was the last one.")
    assert other_player.calls == []
    await ask("start", override=True)
    await pass_time(timedelta(seconds=8))

    assert other_player.texts[0].startswith("Welcome.")
    assert player.texts[-1].startswith("That was the last one.")


@pytest.mark.usefixtures("voice", "player")
async def test_the_last_words_are_not_cut_by_a_reload_that_waited(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    player: RoomPlayer,
    ask: Ask,
    pass_time: PassTime,
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    hass.config_entries.async_update_entry(set_up, options=OTHER_WIRING)
    await ask("stop")
    await pass_time(timedelta(seconds=10))

    assert player.texts[-1] == "We stop here. Rest as long as you like."
    assert set_up.runtime_data.wiring.speakers == ("media_player.other",)


@pytest.mark.usefixtures("voice", "player", "other_player")
async def test_without_a_session_other_speakers_are_used_at_once(
    hass: HomeAssistant, set_up: MockConfigEntry, pass_time: PassTime
) -> None:
    hass.config_entries.async_update_entry(set_up, options=OTHER_WIRING)
    await pass_time()

    assert set_up.runtime_data.wiring.speakers == ("media_player.other",)


@pytest.mark.parametrize("past", [build_past(ADVANCED)])
@pytest.mark.usefixtures("voice")
async def test_other_settings_are_applied_in_mid_session(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    player: RoomPlayer,
    ask: Ask,
    pass_time: PassTime,
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    before = set_up.runtime_data
    hass.config_entries.async_update_entry(
        set_up, options={**SPOKEN, "routine": "beginner"}
    )
    await pass_time()

    assert set_up.runtime_data is before
    assert hass.states.is_state("select.alex_routine", "beginner")
    assert hass.states.is_state(SESSION, "running")
    assert not player.is_silent


@pytest.mark.usefixtures("voice", "player", "other_player")
async def test_an_entry_that_is_removed_in_mid_session_is_gone_for_good(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    ask: Ask,
    pass_time: PassTime,
    player: RoomPlayer,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    # a reload waits for the end of the session
    hass.config_entries.async_update_entry(set_up, options=OTHER_WIRING)
    await pass_time()
    await hass.config_entries.async_remove(set_up.entry_id)
    await pass_time()

    assert player.is_silent
    assert hass.states.get(SESSION) is None
    assert [each for each in caplog.records if each.levelname == "ERROR"] == []
