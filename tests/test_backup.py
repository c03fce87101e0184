"""Backups hold whole diaries, and nobody waits for them."""

from contextlib import closing
from pathlib import Path
import shutil
import sqlite3
from unittest.mock import patch

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.back_exercise.backup import (
    async_post_backup,
    async_pre_backup,
)
from custom_components.back_exercise.diary import Diary, path_of
from custom_components.back_exercise.diary_file import Reason, StoreError
from custom_components.back_exercise.engine.diary import Context, Rating
from custom_components.back_exercise.store import Store

RATING = Rating(value=3, context=Context.AT_LARGE)


@pytest.fixture
def path(hass: HomeAssistant, set_up: MockConfigEntry) -> Path:
    """Return where Alex's diary is."""
    return path_of(hass, str(set_up.unique_id))


@pytest.fixture
def diary(set_up: MockConfigEntry) -> Diary:
    """Return Alex's diary."""
    diary: Diary = set_up.runtime_data.diary
    return diary


def ids(path: Path) -> list[str]:
    """Return the ids in a file, and see that it is sound."""
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        found = database.execute("SELECT id FROM entries ORDER BY seq").fetchall()
    return [id_ for (id_,) in found]


async def test_a_backup_holds_everything_up_to_it_and_ratings_go_on(
    hass: HomeAssistant, diary: Diary, path: Path, tmp_path: Path
) -> None:
    await diary.async_add(RATING, source="test")
    await async_pre_backup(hass)
    held = path.read_bytes()
    shutil.copyfile(path, tmp_path / "copy.db")
    (during,) = await diary.async_add(RATING, source="test")
    shutil.copyfile(f"{path}-wal", tmp_path / "copy.db-wal")
    assert path.read_bytes() == held
    await async_post_backup(hass)

    copied = ids(tmp_path / "copy.db")
    assert copied == ids(path)
    assert copied[-1] == during.id


async def test_reloading_during_a_backup_leaves_the_file_as_it_is(
    hass: HomeAssistant, set_up: MockConfigEntry, diary: Diary, path: Path
) -> None:
    await async_pre_backup(hass)
    held = path.read_bytes()
    await diary.async_add(RATING, source="test")
    assert await hass.config_entries.async_reload(set_up.entry_id)
    await set_up.runtime_data.diary.async_add(RATING, source="test")
    assert path.read_bytes() == held
    await async_post_backup(hass)

    assert len(ids(path)) >= 2


async def test_a_backup_is_made_even_if_a_diary_cannot_be_prepared(
    hass: HomeAssistant, diary: Diary, caplog: pytest.LogCaptureFixture
) -> None:
    error = StoreError(Reason.FULL)
    with patch.object(Store, "hold", side_effect=error):
        await async_pre_backup(hass)
    with patch.object(Store, "release", side_effect=error):
        await async_post_backup(hass)
    assert "is in the backup as it is" in caplog.text
    assert "after the backup" in caplog.text
    await diary.async_add(RATING, source="test")
