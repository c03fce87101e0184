"""What the tests of whatever may be sent share."""

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.back_exercise.coordinator import Coordinator
from custom_components.back_exercise.engine.course import Taken
from custom_components.back_exercise.engine.diary import Entry


@pytest.fixture
def written(set_up: MockConfigEntry) -> list[Entry]:
    """Return what is recorded from now on."""
    written: list[Entry] = []

    def listen(entries: tuple[Entry, ...], _: tuple[Taken, ...]) -> None:
        written.extend(entries)

    person: Coordinator = set_up.runtime_data
    person.diary.async_listen(listen)
    return written
