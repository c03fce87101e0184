"""Every command of cards with whatever may be sent to it."""

import asyncio
import json
from typing import Any, Final

from homeassistant.components.websocket_api import DOMAIN as WEBSOCKET_API
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.util.json import json_loads
from hypothesis import given, strategies as st
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.back_exercise.browser import Heard
from custom_components.back_exercise.const import DOMAIN
from custom_components.back_exercise.engine.diary import Entry
from tests.conftest import SPOKEN, Ask, PassTime
from tests.watching import SESSION, Card

from .anything import (
    ANYTHING,
    BRIEF,
    EXCEPTIONS,
    MOMENTS,
    TEXTS,
    fields,
    is_json,
    is_quiet,
)

COMMANDS: Final = ("subscribe", "heard", "history", "sheet")

LIKELY: Final[dict[str, st.SearchStrategy[Any]]] = {
    "entity_id": st.sampled_from([SESSION, "sensor.alex_exercise", "light.kitchen"]),
    "language": st.sampled_from(["en", "de", "de-CH", "tlh"]) | TEXTS,
    "listen": st.booleans(),
    "subscription": st.integers(0, 3),
    "track": TEXTS,
    "position": st.floats(0, 3600),
    "state": st.sampled_from([each.value for each in Heard]),
    "before": MOMENTS,
}
"""What is likely in each field, whichever command it is of."""

TURNS: Final = 1000
"""Of the loop; no answer takes more."""


@pytest.fixture
def platforms() -> list[Platform]:
    """Load what commands are asked about."""
    return [Platform.BINARY_SENSOR, Platform.SENSOR]


@pytest.fixture
def options() -> dict[str, Any]:
    """Have a voice, which only browsers are to hear."""
    return {**SPOKEN, "speakers": []}


@pytest.fixture
async def listening(card: Card, ask: Ask, pass_time: PassTime) -> Card:
    """Return a card that plays what is said in a session that goes on."""
    await card.subscribe(listen=True)
    await ask("start", pain_before=2)
    await pass_time()
    assert card.view["sound"]
    return card


def sent(data: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a message as they arrive."""
    return {
        name: json_loads(json.dumps(value))
        for name, value in data.items()
        if is_json({name: value}) and name not in ("id", "type")
    }


async def answer(card: Card, command: str, data: dict[str, Any]) -> dict[str, Any]:
    """Return the answer to a command."""
    number = card.send(command, **data)
    for _ in range(TURNS):
        for each in card.messages:
            if (each["type"], each["id"]) == ("result", number):
                return each
        await asyncio.sleep(0)
    raise AssertionError("no answer")


async def test_every_command_is_tried(
    hass: HomeAssistant, set_up: MockConfigEntry
) -> None:
    registered = hass.data[WEBSOCKET_API]
    ours = {each for each in registered if each.startswith(f"{DOMAIN}/")}

    assert ours == {f"{DOMAIN}/{each}" for each in COMMANDS}


@pytest.mark.usefixtures("at_once", "voice")
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.timeout(3600)
def test_a_command_is_answered_and_records_nothing_and_what_it_begins_can_be_ended(
    hass: HomeAssistant,
    listening: Card,
    written: list[Entry],
    caplog: pytest.LogCaptureFixture,
    *,
    command: str,
) -> None:
    name, card = f"{DOMAIN}/{command}", listening
    _, schema = hass.data[WEBSOCKET_API][name]
    names = {str(each) for each in schema.schema} - {"id", "type"}
    likely = {each: LIKELY.get(each, ANYTHING) for each in names}
    number = card.view["subscription"]
    likely["subscription"] = st.just(number) | LIKELY["subscription"]
    likely["track"] = st.just(card.view["sound"]["id"]) | TEXTS
    likely = {each: of for each, of in likely.items() if each in names}
    person = hass.config_entries.async_entries(DOMAIN)[0].runtime_data

    async def ask_and_end(data: dict[str, Any]) -> dict[str, Any]:
        answered = await answer(card, name, data)
        if answered["success"] and command == "subscribe":
            ended = await answer(
                card, "unsubscribe_events", {"subscription": answered["id"]}
            )
            assert ended["success"]
            card.messages.clear()
            person.async_refresh_state()
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            assert {each["id"] for each in card.messages} <= {number}
        return answered

    @BRIEF
    @given(data=st.fixed_dictionaries(likely) | fields(**likely))
    def check(data: dict[str, Any]) -> None:
        card.messages.clear()
        written.clear()
        caplog.clear()
        answered = hass.loop.run_until_complete(ask_and_end(sent(data)))
        error = answered.get("error", {})
        is_refused_well = error.get("translation_key") in EXCEPTIONS
        assert (
            answered["success"] or error["code"] == "invalid_format" or is_refused_well
        ), error
        assert is_quiet(caplog)
        assert not written

    check()
