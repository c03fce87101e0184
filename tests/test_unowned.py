"""Diaries that belong to nobody."""

from pathlib import Path

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest

from custom_components.back_exercise.const import DOMAIN
from custom_components.back_exercise.unowned import (
    Unowned,
    async_discard,
    async_unowned,
)

from .conftest import NOW, SCREENED, build_entry, record


async def test_before_anybody_was_set_up_there_are_none(hass: HomeAssistant) -> None:
    assert await async_unowned(hass) == []


async def test_the_latest_comes_first_and_the_owned_not_at_all(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    freezer.move_to(NOW)
    owned = build_entry("Alex", {})
    owned.add_to_hass(hass)
    for name in ("Kim", "Alex", "Sam"):
        freezer.tick(60)
        await record(hass, build_entry(name, {}), SCREENED)
    found = await async_unowned(hass)
    assert found == [
        Unowned(
            diary_id=str(build_entry("Sam", {}).unique_id),
            name="Sam",
            entries=1,
            last=dt_util.utcnow(),
        ),
        *found[1:],
    ]
    assert [each.name for each in found] == ["Sam", "Kim"]


@pytest.mark.parametrize(
    ("content", "names"), [(b"", []), (b"no diary at all", [None])]
)
async def test_what_cannot_be_read_is_shown_without_a_name(
    hass: HomeAssistant, content: bytes, names: list[str | None]
) -> None:
    path = Path(hass.config.path(DOMAIN, "abc.db"))
    path.parent.mkdir()
    path.write_bytes(content)
    assert [each.name for each in await async_unowned(hass)] == names
    assert path.read_bytes() == content


async def test_a_diary_in_which_nothing_was_recorded_is_not_offered(
    hass: HomeAssistant,
) -> None:
    await record(hass, build_entry("Kim", {}), ())
    assert await async_unowned(hass) == []


async def test_what_was_not_to_be_can_be_removed(hass: HomeAssistant) -> None:
    await record(hass, build_entry("Kim", {}), SCREENED)
    await record(hass, build_entry("Sam", {}), SCREENED)
    await async_discard(hass, str(build_entry("Kim", {}).unique_id))
    assert [each.name for each in await async_unowned(hass)] == ["Sam"]
    await async_discard(hass, "never_there")
