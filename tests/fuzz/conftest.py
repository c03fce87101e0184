"""What the tests of whatever may be sent share."""

import logging

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.back_exercise.coordinator import Coordinator
from custom_components.back_exercise.engine.course import Taken
from custom_components.back_exercise.engine.diary import Entry


@pytest.fixture(autouse=True)
def terse(hass: HomeAssistant, caplog: pytest.LogCaptureFixture) -> None:
    """Log what is wrong alone: it takes time, and half a character can't be printed."""
    caplog.set_level(logging.WARNING)


@pytest.fixture
def written(set_up: MockConfigEntry) -> list[Entry]:
    """Return what is recorded from now on."""
    written: list[Entry] = []

    def listen(entries: tuple[Entry, ...], _: tuple[Taken, ...]) -> None:
        written.extend(entries)

    person: Coordinator = set_up.runtime_data
    person.diary.async_listen(listen)
    return written
