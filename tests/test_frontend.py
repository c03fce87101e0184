"""The card: served under an address of its content, and loaded by every dashboard."""

from collections.abc import Iterator
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from unittest.mock import patch

from homeassistant.components.frontend import DATA_EXTRA_MODULE_URL
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.back_exercise.const import DOMAIN
from custom_components.back_exercise.frontend import CARD

from .conftest import SILENT, PassTime, build_entry, build_past, record, reload


@pytest.fixture
def platforms() -> list[Platform]:
    """Load nothing that is not needed."""
    return []


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Return the folder that is served."""
    with patch("custom_components.back_exercise.frontend.FOLDER", tmp_path):
        yield tmp_path


@pytest.fixture(params=["one();", "another();"])
def written(request: pytest.FixtureRequest, folder: Path) -> str:
    """Return what is in the card's file."""
    content: str = request.param
    (folder / CARD).write_text(content)
    return content


def loaded(hass: HomeAssistant) -> list[str]:
    """Return what dashboards load of ours."""
    urls = hass.data[DATA_EXTRA_MODULE_URL].urls
    return sorted(each for each in urls if DOMAIN in each)


async def test_every_dashboard_loads_the_card_that_there_is(
    hass: HomeAssistant, set_up: MockConfigEntry, hass_client: ClientSessionGenerator
) -> None:
    [url] = loaded(hass)
    response = await (await hass_client()).get(url)
    text = await response.text()

    assert response.status == HTTPStatus.OK
    assert "javascript" in response.content_type
    assert "max-age" in response.headers["Cache-Control"]
    assert "back-exercise-card" in text


async def test_it_is_loaded_once_however_many_people_exercise(
    hass: HomeAssistant, set_up: MockConfigEntry
) -> None:
    kim = build_entry("Kim", SILENT)
    kim.add_to_hass(hass)
    await record(hass, kim, build_past())
    assert await hass.config_entries.async_setup(kim.entry_id)

    assert len(loaded(hass)) == 1
    assert await hass.config_entries.async_unload(kim.entry_id)


async def test_it_stays_while_somebody_is_set_up_and_goes_with_the_last(
    hass: HomeAssistant, set_up: MockConfigEntry, pass_time: PassTime
) -> None:
    kim = build_entry("Kim", SILENT)
    kim.add_to_hass(hass)
    await record(hass, kim, build_past())
    assert await hass.config_entries.async_setup(kim.entry_id)
    await hass.config_entries.async_remove(kim.entry_id)
    assert len(loaded(hass)) == 1
    await reload(hass, set_up, pass_time)
    assert len(loaded(hass)) == 1
    await hass.config_entries.async_remove(set_up.entry_id)

    assert loaded(hass) == []


async def test_somebody_who_is_set_up_again_has_the_card_again(
    hass: HomeAssistant, set_up: MockConfigEntry
) -> None:
    await hass.config_entries.async_remove(set_up.entry_id)
    await hass.config_entries.async_add(set_up)

    assert len(loaded(hass)) == 1


async def test_another_content_has_another_address(
    hass: HomeAssistant, written: str, set_up: MockConfigEntry
) -> None:
    digest = sha256(written.encode()).hexdigest()

    assert loaded(hass) == [f"/back_exercise/frontend/{CARD}?v={digest[:16]}"]


async def test_without_its_file_everything_else_works(
    hass: HomeAssistant,
    folder: Path,
    set_up: MockConfigEntry,
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert loaded(hass) == []
    assert "The card is missing" in [
        each.message.partition(":")[0] for each in caplog.get_records("setup")
    ]
    await hass.config_entries.async_remove(set_up.entry_id)
