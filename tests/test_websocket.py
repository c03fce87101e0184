"""What cards are shown of a person: all there is, at once, and only what changes."""

from collections.abc import Callable
from datetime import timedelta
import json
from pathlib import Path
from typing import Any, Final

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser

from custom_components.back_exercise.engine.diary import (
    Screen,
    ScreenForm,
)

from .conftest import (
    ADVANCED,
    SCREENED,
    SPOKEN,
    Ask,
    PassTime,
    Play,
    Until,
    build_past,
)
from .watching import Card

RECORDED: Final = Path(__file__).parent.parent / "card" / "test" / "messages.json"
"""What the tests of the card are about; `--snapshot-update` writes it."""

IN_REPETITION: Final = timedelta(minutes=1)

type Recall = Callable[[str, dict[str, Any]], dict[str, Any]]


@pytest.fixture
def platforms() -> list[Platform]:
    """Load these platforms alone."""
    return [Platform.BINARY_SENSOR, Platform.SENSOR]


@pytest.fixture
def card(
    hass: HomeAssistant, set_up: MockConfigEntry, hass_admin_user: MockUser
) -> Card:
    """Return a card on the dashboard of somebody who may do everything."""
    return Card(hass, hass_admin_user)


@pytest.fixture
def recall(request: pytest.FixtureRequest) -> Recall:
    """Return what gives the recorded message of a name, recorded anew if wanted."""

    def recall(name: str, message: dict[str, Any]) -> dict[str, Any]:
        messages: dict[str, dict[str, Any]] = {}
        if RECORDED.exists():
            messages = json.loads(RECORDED.read_text())
        if request.config.getoption("update_snapshots"):
            messages[name] = message
            text = json.dumps(dict(sorted(messages.items())), indent=2)
            RECORDED.parent.mkdir(parents=True, exist_ok=True)
            RECORDED.write_text(text + "\n")
        return messages[name]

    return recall


def without_chance(message: Any, name: str = "message") -> Any:
    """Return a message with names in the place of ids, which are others each time."""
    if isinstance(message, dict):
        return {
            key: f"{name} {key}"
            if key in ("id", "device_id", "history_changed", "url")
            else without_chance(each, key)
            for key, each in message.items()
        }
    if isinstance(message, list):
        return [
            without_chance(each, f"{name} {number}")
            for number, each in enumerate(message)
        ]
    return message


# What is recorded for the tests of the card


async def test_the_recorded_view_at_rest_is_current(card: Card, recall: Recall) -> None:
    await card.subscribe()

    assert without_chance(card.view) == recall("idle", without_chance(card.view))


@pytest.mark.usefixtures("voice", "player")
@pytest.mark.parametrize("options", [SPOKEN])
async def test_the_recorded_view_of_a_running_session_is_current(
    card: Card, ask: Ask, pass_time: PassTime, recall: Recall
) -> None:
    await card.subscribe()
    await ask("start")
    await pass_time(IN_REPETITION)

    assert card.view["state"] == "running"
    assert without_chance(card.view) == recall("running", without_chance(card.view))


@pytest.mark.parametrize("past", [build_past(ADVANCED)])
async def test_the_recorded_view_of_an_exercise_with_sides_is_current(
    card: Card, ask: Ask, until: Until, recall: Recall
) -> None:
    await card.subscribe()
    await ask("start", routine="advanced")
    await until("running", "side_planks", "work")

    assert without_chance(card.view) == recall("sides", without_chance(card.view))


async def test_the_recorded_view_of_a_paused_session_is_current(
    card: Card, ask: Ask, pass_time: PassTime, recall: Recall
) -> None:
    await card.subscribe()
    await ask("start")
    await pass_time(IN_REPETITION)
    await ask("pause")

    assert without_chance(card.view) == recall("paused", without_chance(card.view))


@pytest.mark.parametrize("past", [build_past(check_in="each_exercise")])
async def test_the_recorded_view_of_a_question_is_current(
    card: Card, ask: Ask, until: Until, recall: Recall
) -> None:
    await card.subscribe()
    await ask("start")
    await until("asking")

    assert card.view["session"]["question"] == "exercise"
    assert without_chance(card.view) == recall("asking", without_chance(card.view))


@pytest.mark.parametrize(
    "past", [[*SCREENED, Screen(form=ScreenForm.FULL, flags=("bladder_or_bowel",))]]
)
async def test_the_recorded_view_of_a_lock_is_current(
    card: Card, recall: Recall
) -> None:
    await card.subscribe()

    assert card.view["lock"]["rule"] == "G-1"
    assert without_chance(card.view) == recall("locked", without_chance(card.view))


@pytest.mark.parametrize("past", [build_past(check_in="each_exercise")])
async def test_the_recorded_history_is_current(
    card: Card, play: Play, ask: Ask, pass_time: PassTime, recall: Recall
) -> None:
    for pain in (2, 1, 1):
        await play(pain)
        await ask("rate", pain=pain, context="after")
        await pass_time(timedelta(days=1))
        await ask("rate", pain=pain, context="next_day")
    history = await card.history()

    assert len(history["sessions"]) == 3
    assert without_chance(history) == recall("history", without_chance(history))
