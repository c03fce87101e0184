"""What a newer version has written meets this one: nothing is lost, and it is told."""

from contextlib import closing
import json
from pathlib import Path
import sqlite3
from typing import Any, Final

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.translation import async_get_translations
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.back_exercise.const import CONF_SPEECH, DOMAIN
from custom_components.back_exercise.diary import Diary, path_of
from custom_components.back_exercise.engine.diary import Context, Rating

from .conftest import SILENT, Past, build_entry, build_past, record
from .repairing import told

RATING: Final = Rating(value=3, context=Context.AT_LARGE)


@pytest.fixture
async def path(hass: HomeAssistant, config_entry: MockConfigEntry, past: Past) -> Path:
    """Return where the diary of Alex is, who was set up by another version."""
    config_entry.add_to_hass(hass)
    await record(hass, config_entry, past)
    return path_of(hass, str(config_entry.unique_id))


def change(path: Path, *statements: str, **values: str) -> None:
    """Change a diary's file as another version would."""
    with closing(sqlite3.connect(path)) as database, database:
        for statement in statements:
            database.execute(statement, values)


async def start(hass: HomeAssistant) -> None:
    """Start with what there is."""
    await async_setup_component(hass, DOMAIN, {})
    await hass.async_block_till_done()


@pytest.mark.parametrize("language", ["en", "de"])
async def test_an_entry_of_a_newer_version_is_left_alone_and_it_is_told_what_to_do(
    hass: HomeAssistant, config_entry: MockConfigEntry, path: Path, language: str
) -> None:
    kept = path.read_bytes()
    options = {**config_entry.options, "speakers": {"of": "another form"}}
    hass.config_entries.async_update_entry(config_entry, version=2, options=options)
    await start(hass)

    assert config_entry.state is ConfigEntryState.MIGRATION_ERROR
    assert config_entry.options == options
    assert config_entry.version == 2
    assert path.read_bytes() == kept
    (issue,) = (
        each for each in ir.async_get(hass).issues.values() if each.domain == DOMAIN
    )
    assert issue.translation_key == "entry_newer"
    texts = await async_get_translations(hass, language, "issues", [DOMAIN])
    for text in ("title", "description"):
        told_so = texts[f"component.{DOMAIN}.issues.entry_newer.{text}"]
        assert "Alex" in told_so.format(**dict(issue.translation_placeholders or {}))


async def test_others_are_set_up_all_the_same(
    hass: HomeAssistant, config_entry: MockConfigEntry, path: Path
) -> None:
    hass.config_entries.async_update_entry(config_entry, version=2)
    kim = build_entry("Kim", SILENT)
    kim.add_to_hass(hass)
    await record(hass, kim, build_past())
    await start(hass)

    assert kim.state is ConfigEntryState.LOADED
    assert config_entry.state is ConfigEntryState.MIGRATION_ERROR
    await hass.config_entries.async_unload(kim.entry_id)


async def test_with_the_newer_version_back_nothing_is_told_any_more(
    hass: HomeAssistant,
    config_entry: MockConfigEntry,
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hass.config_entries.async_update_entry(config_entry, version=2)
    ir.async_create_issue(
        hass,
        DOMAIN,
        f"entry_newer_{config_entry.entry_id}_entry",
        is_fixable=False,
        severity=ir.IssueSeverity.WARNING,
        translation_key="entry_newer",
    )
    package = f"custom_components.{DOMAIN}"
    monkeypatch.setattr(f"{package}.faults.ENTRY_VERSION", 2)
    monkeypatch.setattr(f"{package}.config_flow.BackExerciseConfigFlow.VERSION", 2)
    await start(hass)

    assert config_entry.state is ConfigEntryState.LOADED
    assert told(hass) == set()


async def test_an_entry_with_more_in_it_works_and_keeps_what_is_not_known(
    hass: HomeAssistant, config_entry: MockConfigEntry, path: Path
) -> None:
    hass.config_entries.async_update_entry(
        config_entry,
        minor_version=7,
        data={**config_entry.data, "newer": 1},
        options={**config_entry.options, "newer": {"yes": [1]}},
    )
    await start(hass)
    assert config_entry.state is ConfigEntryState.LOADED
    await hass.services.async_call(
        "switch", "turn_on", {"entity_id": "switch.alex_speech"}, blocking=True
    )
    await hass.async_block_till_done()

    assert config_entry.minor_version == 7
    assert config_entry.data["newer"] == 1
    assert config_entry.options["newer"] == {"yes": [1]}
    assert config_entry.options[CONF_SPEECH] is True


@pytest.mark.parametrize("language", ["en", "de"])
async def test_a_diary_of_a_newer_form_is_left_alone_and_it_is_told_what_to_do(
    hass: HomeAssistant, config_entry: MockConfigEntry, path: Path, language: str
) -> None:
    change(
        path,
        "ALTER TABLE entries RENAME COLUMN data TO content",
        "PRAGMA user_version = 2",
    )
    kept = path.read_bytes()
    await start(hass)

    assert config_entry.state is ConfigEntryState.SETUP_ERROR
    assert config_entry.error_reason_translation_key == "diary_newer"
    texts = await async_get_translations(hass, language, "exceptions", [DOMAIN])
    placeholders = config_entry.error_reason_translation_placeholders or {}
    assert "Alex" in texts[f"component.{DOMAIN}.exceptions.diary_newer.message"].format(
        **placeholders
    )
    assert path.read_bytes() == kept


async def test_a_diary_of_a_newer_form_stays_even_if_its_person_is_removed(
    hass: HomeAssistant, config_entry: MockConfigEntry, path: Path
) -> None:
    change(path, "DROP TABLE meta", "DROP TABLE entries", "PRAGMA user_version = 2")
    kept = path.read_bytes()
    await start(hass)
    await hass.config_entries.async_remove(config_entry.entry_id)
    await hass.async_block_till_done()

    assert path.read_bytes() == kept


async def test_entries_of_kinds_that_are_not_known_yet_stay_and_are_told(
    hass: HomeAssistant, config_entry: MockConfigEntry, path: Path
) -> None:
    newer = json.dumps({"steps": 3000})
    change(
        path,
        "INSERT INTO entries (id, data, kind, at, zone, schema, source)"
        " SELECT 'newer', :data, 'steps_walked', at, zone, 2, source"
        " FROM entries LIMIT 1",
        data=newer,
    )
    await start(hass)
    diary: Diary = config_entry.runtime_data.diary
    await diary.async_add(RATING, source="test")
    assert await hass.config_entries.async_unload(config_entry.entry_id)

    assert told(hass) == {"diary_unreadable"}
    with closing(sqlite3.connect(path)) as database:
        query = "SELECT kind, schema, data FROM entries WHERE id = 'newer'"
        assert database.execute(query).fetchall() == [("steps_walked", 2, newer)]


async def test_a_session_that_a_newer_version_kept_is_not_gone_on_with(
    hass: HomeAssistant, config_entry: MockConfigEntry, path: Path
) -> None:
    kept: dict[str, Any] = {"at": "2026-11-23T07:00:00+00:00", "score": [1, 2]}
    change(path, "INSERT INTO open_session VALUES (1, :data)", data=json.dumps(kept))
    await start(hass)

    assert config_entry.state is ConfigEntryState.LOADED
    assert hass.states.is_state("sensor.alex_session", "idle")


async def test_a_checkpoint_of_newer_rules_is_not_trusted(
    hass: HomeAssistant, config_entry: MockConfigEntry, path: Path
) -> None:
    await start(hass)
    expected = config_entry.runtime_data.diary.programme
    assert await hass.config_entries.async_unload(config_entry.entry_id)
    change(
        path,
        "UPDATE checkpoint SET digest = 'newer',"
        " programme = json_set(programme, '$.newer', 1)",
    )
    assert await hass.config_entries.async_setup(config_entry.entry_id)
    await hass.async_block_till_done()

    assert config_entry.runtime_data.diary.programme == expected
