"""Gives the end-to-end tests one real Home Assistant with real parts.

They are a run of their own: `pytest tests/e2e` takes its settings from the pytest.toml
beside this file, which leaves out the plugin pytest-homeassistant-custom-component.
In a run with that plugin (`pytest`, `pytest tests`) they are not collected.

Where Debian's mpd is missing they are skipped, unless BACK_EXERCISE_E2E=require.
"""

from collections.abc import AsyncIterator
from datetime import timedelta
import os
from pathlib import Path

import pytest

from demo import setup
from demo.home import Home

from .parts import Parts, assemble, missing_tools
from .person import Person, add_person
from .routine import hasten, shorten

SNOOZE = timedelta(seconds=25)
"""How long a reminder is snoozed here; everybody else waits 15 minutes."""


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave the tests to a run of their own."""
    if config.pluginmanager.hasplugin("homeassistant"):
        return True
    return None


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Leave what takes long to script/faults."""
    if os.environ.get("BACK_EXERCISE_FAULTS") == "all":
        return
    left = [each for each in items if each.get_closest_marker("long")]
    items[:] = [each for each in items if each not in left]
    config.hook.pytest_deselected(items=left)


@pytest.fixture(scope="session")
def component(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the integration, with a routine that is short enough to be listened to."""
    copy = shorten(setup.BACK_EXERCISE, tmp_path_factory.mktemp("component"))
    hasten(copy, SNOOZE)
    return copy


@pytest.fixture(scope="session")
async def parts(
    component: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Parts]:
    """Have everything up for the whole run."""
    if missing := missing_tools():
        reason = f"not installed on this machine: {', '.join(missing)}"
        if os.environ.get("BACK_EXERCISE_E2E") == "require":
            pytest.fail(reason)
        pytest.skip(reason)
    folder, phones = tmp_path_factory.mktemp("parts"), {"mobile_app": None}
    async with assemble(folder, [component], phones) as assembled:
        yield assembled


@pytest.fixture(scope="session")
async def anna(parts: Parts) -> Person:
    """Return a person who has a media player, and a volume of their own."""
    return await add_person(parts, "Anna", [parts.mpd], volume=80)


@pytest.fixture(scope="session")
async def dora(parts: Parts) -> Person:
    """Return another one: who has completed a session has had it for the day."""
    return await add_person(parts, "Dora", [parts.mpd])


@pytest.fixture(scope="session")
async def ben(parts: Parts) -> Person:
    """Return a person who has a media player and a satellite."""
    return await add_person(parts, "Ben", [parts.mpd, parts.satellite])


@pytest.fixture(scope="session")
async def cleo(parts: Parts) -> Person:
    """Return a person who has a satellite."""
    return await add_person(parts, "Cleo", [parts.satellite])


@pytest.fixture
def home(parts: Parts) -> Home:
    """Return the connection to the real Home Assistant."""
    return parts.home
