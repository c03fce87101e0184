"""Gives the end-to-end tests one real Home Assistant with real parts.

They are a run of their own: `pytest tests/e2e` takes its settings from the pytest.toml
beside this file, which leaves out the plugin pytest-homeassistant-custom-component.
In a run with that plugin (`pytest`, `pytest tests`) they are not collected.

Where Debian's mpd is missing they are skipped, unless BACK_EXERCISE_E2E=require.
"""

from collections.abc import AsyncIterator
import os
from pathlib import Path

import pytest

from demo.home import Home

from .parts import Parts, assemble, missing_tools


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave the tests to a run of their own."""
    if config.pluginmanager.hasplugin("homeassistant"):
        return True
    return None


@pytest.fixture(scope="session")
async def parts(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Parts]:
    """Have everything up for the whole run."""
    if missing := missing_tools():
        reason = f"not installed on this machine: {', '.join(missing)}"
        if os.environ.get("BACK_EXERCISE_E2E") == "require":
            pytest.fail(reason)
        pytest.skip(reason)
    async with assemble(tmp_path_factory.mktemp("parts")) as assembled:
        yield assembled


@pytest.fixture
def home(parts: Parts) -> Home:
    """Return the connection to the real Home Assistant."""
    return parts.home
