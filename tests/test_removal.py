"""Whoever is removed leaves nothing behind but the diary, and not that if it is erased.

What is looked at is the whole folder of the configuration.
"""

from pathlib import Path

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
)

from custom_components.back_exercise.diary import path_of

from .conftest import (
    IN_REPETITION,
    SILENT,
    Ask,
    PassTime,
    build_entry,
    build_past,
    record,
)
from .room import RoomPlayer

pytestmark = pytest.mark.usefixtures("spoken_to")


def files(hass: HomeAssistant) -> set[Path]:
    """Return what is in the folder of the configuration.

    But for Home Assistant's folder for what is not backed up, and what is in that of
    its voices: they keep what they spoke, whoever it was for.
    """
    folder = Path(hass.config.config_dir)
    found = {each.relative_to(folder) for each in folder.rglob("*")}
    found = {each for each in found if each.parts[0] != "tts"}
    return {folder / each for each in found - {Path(".cache")}}


@pytest.fixture
def before(hass: HomeAssistant) -> set[Path]:
    """Return what is in the folder of the configuration before anybody is set up."""
    return files(hass)


async def remove(
    hass: HomeAssistant, entry: MockConfigEntry, pass_time: PassTime
) -> None:
    """Remove a person, as somebody does it in the interface."""
    await hass.config_entries.async_remove(entry.entry_id)
    await pass_time(IN_REPETITION)


@pytest.mark.usefixtures("voice")
async def test_removed_in_mid_session_only_the_diary_stays(
    hass: HomeAssistant,
    before: set[Path],
    set_up: MockConfigEntry,
    player: RoomPlayer,
    ask: Ask,
    pass_time: PassTime,
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    diary = path_of(hass, str(set_up.unique_id))
    during = files(hass) - before
    assert {each.suffix for each in during} >= {".db", ".db-wal", ".wav"}
    await remove(hass, set_up, pass_time)

    assert player.is_silent
    assert files(hass) - before == {diary.parent, diary}


@pytest.mark.usefixtures("voice", "player")
async def test_of_an_erased_diary_not_even_the_file_stays(
    hass: HomeAssistant,
    before: set[Path],
    set_up: MockConfigEntry,
    ask: Ask,
    pass_time: PassTime,
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    await ask("stop")
    await pass_time(IN_REPETITION)
    await ask("delete_diary", confirmed=True)
    await remove(hass, set_up, pass_time)

    assert files(hass) == before


@pytest.mark.parametrize("options", [SILENT])
async def test_others_keep_theirs(
    hass: HomeAssistant,
    before: set[Path],
    set_up: MockConfigEntry,
    ask: Ask,
    pass_time: PassTime,
) -> None:
    kim = build_entry("Kim", SILENT)
    await record(hass, kim, build_past())
    await ask("delete_diary", confirmed=True)
    await remove(hass, set_up, pass_time)

    kept = path_of(hass, str(kim.unique_id))
    assert files(hass) - before == {kept.parent, kept}


@pytest.mark.parametrize("options", [SILENT])
async def test_what_was_set_aside_is_kept_where_nothing_could_be_recovered(
    hass: HomeAssistant, before: set[Path], config_entry: MockConfigEntry
) -> None:
    path = path_of(hass, str(config_entry.unique_id))
    path.parent.mkdir()
    path.write_bytes(b"all of it is damaged" * 1000)
    config_entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(config_entry.entry_id)
    await hass.async_block_till_done()
    await hass.config_entries.async_remove(config_entry.entry_id)
    await hass.async_block_till_done()

    (aside,) = path.parent.glob("*.damaged*")
    assert aside.read_bytes() == b"all of it is damaged" * 1000


@pytest.mark.parametrize("options", [SILENT])
async def test_one_who_never_was_loaded_can_be_removed(
    hass: HomeAssistant, before: set[Path], config_entry: MockConfigEntry
) -> None:
    config_entry.add_to_hass(hass)
    await hass.config_entries.async_remove(config_entry.entry_id)
    await hass.async_block_till_done()

    assert files(hass) == before
