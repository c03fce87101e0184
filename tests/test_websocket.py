"""Who may subscribe to a person, and when a card is shown something."""

from datetime import timedelta
from typing import Any

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.back_exercise.const import DOMAIN

from .conftest import (
    IN_REPETITION,
    SESSION,
    Ask,
    PassTime,
    Play,
    Until,
    reload,
)
from .watching import Card


@pytest.fixture
def platforms() -> list[Platform]:
    """Load these platforms alone."""
    return [Platform.BINARY_SENSOR, Platform.SENSOR]


async def test_a_card_is_answered_first_and_shown_everything_at_once(
    card: Card,
) -> None:
    number = await card.subscribe()

    assert [(each["type"], each["id"]) for each in card.messages] == [
        ("result", number),
        ("event", number),
    ]
    assert card.view["subscription"] == number


async def test_repetitions_and_seconds_show_nothing(
    card: Card, ask: Ask, until: Until, pass_time: PassTime
) -> None:
    await card.subscribe()
    await ask("start")
    await until("running", "pelvic_tilts", "work")
    await pass_time()
    shown = len(card.views)
    await pass_time(timedelta(seconds=40))

    assert len(card.views) == shown


async def test_a_whole_session_shows_as_little_as_its_steps_need(
    card: Card, play: Play
) -> None:
    await card.subscribe()
    await play()
    states = [view["state"] for view in card.views]

    assert states[0] == states[-1] == "idle"
    assert len(card.views) < 60


async def test_what_changes_together_is_shown_together(
    card: Card, set_up: MockConfigEntry, pass_time: PassTime
) -> None:
    await card.subscribe()
    await pass_time()
    for _ in range(5):
        set_up.runtime_data.async_refresh_state()
    await pass_time()
    assert len(card.views) == 1
    options = {**set_up.options, "speakers": ["media_player.gone"]}
    await set_up.runtime_data.preferences.async_set_speech(on=True)
    await set_up.runtime_data.preferences.async_set_speech(on=False)
    await pass_time()

    assert set_up.options != options
    assert len(card.views) == 1


async def test_a_command_that_is_refused_shows_nothing(card: Card, ask: Ask) -> None:
    await card.subscribe()
    with pytest.raises(HomeAssistantError):
        await ask("resume")

    assert len(card.views) == 1


async def test_who_has_unsubscribed_is_shown_nothing_any_more(
    card: Card, ask: Ask, pass_time: PassTime
) -> None:
    number = await card.subscribe()
    card.send("unsubscribe_events", subscription=number)
    await ask("start")
    await pass_time(IN_REPETITION)

    assert len(card.views) == 1


async def test_a_page_that_was_left_is_shown_nothing_any_more(
    card: Card, ask: Ask, pass_time: PassTime
) -> None:
    await card.subscribe()
    card.leaves()
    await ask("start")
    await pass_time(IN_REPETITION)

    assert len(card.views) == 1


async def test_a_card_that_subscribes_again_after_a_reload_is_shown_everything(
    hass: HomeAssistant, set_up: MockConfigEntry, card: Card, pass_time: PassTime
) -> None:
    first = await card.subscribe()
    await reload(hass, set_up, pass_time)
    card.send("unsubscribe_events", subscription=first)
    assert card.messages[-1]["success"]
    second = await card.subscribe()

    assert card.view["subscription"] == second


async def test_after_the_entry_was_removed_nothing_is_shown(
    hass: HomeAssistant, set_up: MockConfigEntry, card: Card, pass_time: PassTime
) -> None:
    await card.subscribe()
    await hass.config_entries.async_remove(set_up.entry_id)
    await pass_time(timedelta(hours=3))
    answer = await card.ask("subscribe")

    assert len(card.views) == 1
    assert answer["error"]["code"] == "not_found"


# Who may look


async def test_who_may_not_see_the_person_is_turned_away(
    hass: HomeAssistant, set_up: MockConfigEntry, hass_read_only_user: MockUser
) -> None:
    hass_read_only_user.mock_policy({"entities": {"domains": {"light": True}}})
    card = Card(hass, hass_read_only_user)
    answers = [await card.ask(each) for each in ("subscribe", "history")]

    assert [each["error"]["code"] for each in answers] == ["unauthorized"] * 2
    assert card.views == []


async def test_who_may_see_only_one_entity_does_not_see_the_diary(
    hass: HomeAssistant, set_up: MockConfigEntry, hass_read_only_user: MockUser
) -> None:
    hass_read_only_user.mock_policy({"entities": {"entity_ids": {SESSION: True}}})
    answer = await Card(hass, hass_read_only_user).ask("history")

    assert answer["error"]["code"] == "unauthorized"


async def test_who_may_only_look_is_told_so(
    hass: HomeAssistant, set_up: MockConfigEntry, hass_read_only_user: MockUser
) -> None:
    card = Card(hass, hass_read_only_user)
    await card.subscribe()

    assert not card.view["may_control"]


async def test_who_may_not_look_any_more_is_shown_nothing_more(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    hass_read_only_user: MockUser,
    ask: Ask,
) -> None:
    card = Card(hass, hass_read_only_user)
    await card.subscribe()
    hass_read_only_user.mock_policy({})
    await ask("start")

    assert [view["state"] for view in card.views] == ["idle"]


async def test_an_entity_of_somebody_else_is_not_found(
    card: Card, entity_registry: er.EntityRegistry
) -> None:
    entity_registry.async_get_or_create("light", "hue", "1", suggested_object_id="x")
    answers = [
        await card.ask("subscribe", entity_id=each)
        for each in ("light.x", "sensor.nothing")
    ]

    assert [each["error"]["code"] for each in answers] == ["not_found"] * 2
    assert answers[0]["error"]["translation_key"] == "not_ours"


async def test_a_person_whose_entry_is_not_loaded_is_not_found(
    hass: HomeAssistant, set_up: MockConfigEntry, card: Card
) -> None:
    await hass.config_entries.async_unload(set_up.entry_id)
    answer = await card.ask("subscribe")

    assert answer["error"]["code"] == "not_found"
    assert answer["error"]["translation_key"] == "service_config_entry_not_loaded"


@pytest.mark.parametrize(
    "message",
    [
        {"entity_id": "nonsense", "language": "en"},
        {"entity_id": SESSION, "language": []},
        {"entity_id": SESSION, "language": "en", "more": 1},
    ],
)
async def test_nonsense_is_refused(card: Card, message: dict[str, Any]) -> None:
    card.send(f"{DOMAIN}/subscribe", **message)

    assert card.messages[-1]["error"]["code"] == "invalid_format"


@pytest.mark.parametrize(
    "before", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "1999-12-31"]
)
async def test_a_moment_far_from_our_time_is_refused_with_words(
    card: Card, before: str
) -> None:
    answer = await card.ask("history", before=before)

    assert answer["error"]["translation_key"] == "field_not_allowed"


async def test_it_works_over_a_real_connection(
    set_up: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    client = await hass_ws_client()
    await client.send_json_auto_id(
        {"type": f"{DOMAIN}/subscribe", "entity_id": SESSION, "language": "en"}
    )

    assert (await client.receive_json())["success"]
    assert (await client.receive_json())["event"]["name"] == "Alex"
    await client.close()
