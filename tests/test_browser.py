"""A browser as a speaker: it comes and goes, and nothing it does stops a session."""

from datetime import datetime, timedelta
from typing import Any, Final

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser

from custom_components.back_exercise.const import DOMAIN
from custom_components.back_exercise.track import LEAD_IN

from .conftest import IN_REPETITION, SESSION, SPOKEN, Ask, PassTime, Until
from .fakes import FakeVoice
from .room import Room, RoomPlayer
from .watching import Card, Page

BY_BROWSER: Final = {**SPOKEN, "speakers": []}
"""Settings of someone with a voice and no speaker."""

SOON: Final = timedelta(seconds=8)
IN_SECOND: Final = timedelta(minutes=3, seconds=30)
TO_THE_END: Final = timedelta(minutes=15)
AT_ONCE: Final = timedelta(milliseconds=20)


@pytest.fixture
def options() -> dict[str, Any]:
    """Have Alex's sessions spoken by whatever browser listens."""
    return BY_BROWSER


@pytest.fixture
def platforms() -> list[Platform]:
    """Load these platforms alone."""
    return [Platform.BINARY_SENSOR, Platform.SENSOR, Platform.SWITCH]


@pytest.fixture
async def page(
    room: Room, voice: FakeVoice, set_up: MockConfigEntry, hass_admin_user: MockUser
) -> Page:
    """Return a page with a card that is to play what is said."""
    page = Page(room, hass_admin_user)
    await page.listens()
    return page


def anchor(card: Card) -> datetime:
    """Return when the track that plays began, as it is shown."""
    return datetime.fromisoformat(card.view["session"]["track"]["begun_at"])


def words_since(page: Page, moment: datetime) -> list[str]:
    """Return what a page was heard to say after a moment."""
    return [word.text for word in page.words if word.at >= moment]


async def test_somebody_without_a_speaker_hears_a_whole_session_in_the_browser(
    hass: HomeAssistant, page: Page, room: Room, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(TO_THE_END)

    assert hass.states.is_state(SESSION, "idle")
    assert page.texts[0].startswith("Welcome.")
    assert page.texts[-1].startswith("That was the last one.")
    assert {"Three.", "Two.", "One."} <= set(page.texts)
    assert page.view["sound"] is None
    assert room.files == []


@pytest.mark.parametrize("late", [timedelta(0), timedelta(milliseconds=700)])
async def test_the_clock_follows_the_only_browser(
    page: Page, ask: Ask, pass_time: PassTime, late: timedelta
) -> None:
    page.starts_after = late
    await ask("start")
    await pass_time(IN_REPETITION)

    assert abs(anchor(page) - page.played[-1].begun - LEAD_IN) <= AT_ONCE
    assert page.view["sound"]["id"] == page.view["session"]["track"]["id"]
    assert page.view["listening"]


@pytest.mark.parametrize("options", [SPOKEN])
async def test_a_browser_is_in_step_with_a_player(
    hass: HomeAssistant,
    player: RoomPlayer,
    page: Page,
    ask: Ask,
    pass_time: PassTime,
) -> None:
    player.starts_after = timedelta(milliseconds=900)
    page.starts_after = timedelta(milliseconds=200)
    await ask("start")
    await pass_time(IN_REPETITION)
    begun = [player.played[-1].begun, page.played[-1].begun]

    assert abs(begun[0] - begun[1]) <= AT_ONCE
    assert abs(anchor(page) - LEAD_IN - begun[0]) <= AT_ONCE
    assert player.texts[-1] == page.texts[-1]


async def test_two_browsers_are_in_step(
    room: Room,
    hass_admin_user: MockUser,
    page: Page,
    ask: Ask,
    pass_time: PassTime,
) -> None:
    other = Page(room, hass_admin_user)
    other.starts_after = timedelta(milliseconds=600)
    await other.listens()
    await ask("start")
    await pass_time(IN_REPETITION)

    assert abs(page.played[-1].begun - other.played[-1].begun) <= AT_ONCE
    assert page.view["sound"]["url"] != other.view["sound"]["url"]


async def test_a_page_that_is_loaded_again_joins_in_mid_exercise(
    room: Room,
    hass_admin_user: MockUser,
    page: Page,
    ask: Ask,
    pass_time: PassTime,
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    before = page.view["session"]["track"]
    page.leaves()
    await pass_time(timedelta(seconds=3))
    again = Page(room, hass_admin_user)
    await again.listens()
    joined = dt_util.utcnow()
    await pass_time(timedelta(seconds=20))
    track = again.view["session"]["track"]

    assert track == before
    assert again.view["sound"]["id"] == track["id"]
    assert again.played[-1].begun == page.played[-1].begun
    assert len(words_since(again, joined)) > 3
    await pass_time(TO_THE_END)
    assert again.texts[-1].startswith("That was the last one.")


async def test_what_is_prepared_while_a_page_is_loaded_again_is_heard_too(
    room: Room,
    hass_admin_user: MockUser,
    page: Page,
    ask: Ask,
    until: Until,
    pass_time: PassTime,
) -> None:
    await ask("start")
    await until("running", "pelvic_tilts", "work")
    page.leaves()
    await until("running", "isometric_hip_flexion", "prepare")
    again = Page(room, hass_admin_user)
    await again.listens()
    now = dt_util.utcnow()
    await until("running", "isometric_hip_flexion", "work")
    await pass_time(timedelta(seconds=10))

    assert "In three." in words_since(again, now)


async def test_who_begins_to_listen_in_a_silent_session_hears_the_next_exercise(
    room: Room,
    voice: FakeVoice,
    hass_admin_user: MockUser,
    ask: Ask,
    until: Until,
    pass_time: PassTime,
) -> None:
    await ask("start")
    await until("running", "pelvic_tilts", "work")
    page = Page(room, hass_admin_user)
    await page.listens()
    await until("running", "isometric_hip_flexion", "work")
    await pass_time(timedelta(seconds=10))

    assert "In three." in page.texts


async def test_who_listens_and_leaves_at_once_is_shown_nothing_any_more(
    room: Room, page: Page, hass_admin_user: MockUser, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    other = Page(room, hass_admin_user)
    await other.listens()
    other.send("unsubscribe_events", subscription=other.number)
    shown = len(other.views)
    await pass_time(IN_REPETITION)

    assert shown
    assert len(other.views) == shown


async def test_a_blocked_browser_is_shown_and_the_session_goes_on(
    hass: HomeAssistant, page: Page, ask: Ask, pass_time: PassTime
) -> None:
    page.is_blocked = True
    await ask("start")
    await pass_time(timedelta(seconds=1))
    assert hass.states.is_state(SESSION, "running")
    await pass_time(IN_REPETITION)

    assert page.view["state"] == "running"
    assert page.view["speakers"] == [{"entity_id": "browser", "error": "blocked"}]
    assert page.view["listening"]
    assert page.texts == []
    assert [each for each in ir.async_get(hass).issues if each[0] == DOMAIN] == []


async def test_a_browser_that_is_unblocked_plays_where_the_session_is(
    page: Page, ask: Ask, pass_time: PassTime
) -> None:
    page.is_blocked = True
    await ask("start")
    await pass_time(IN_REPETITION)
    begun = anchor(page)
    page.is_pressed()
    await pass_time(timedelta(seconds=10))

    assert page.view["speakers"] == [{"entity_id": "browser", "error": None}]
    assert anchor(page) == begun
    assert page.played[-1].begun == begun - LEAD_IN


async def test_a_page_that_is_left_while_it_loads_holds_nothing_up(
    hass: HomeAssistant, page: Page, ask: Ask, pass_time: PassTime
) -> None:
    page.ignores = True
    await ask("start")
    await pass_time(timedelta(seconds=1))
    assert hass.states.is_state(SESSION, "preparing")
    page.leaves()
    await pass_time(AT_ONCE)

    assert hass.states.is_state(SESSION, "running")


async def test_a_browser_that_never_plays_is_given_up_for_the_time_being(
    hass: HomeAssistant, page: Page, ask: Ask, pass_time: PassTime
) -> None:
    page.ignores = True
    await ask("start")
    await pass_time(timedelta(seconds=6))

    assert hass.states.is_state(SESSION, "running")
    assert page.view["speakers"] == [{"entity_id": "browser", "error": "not_fetched"}]
    page.ignores = False
    await pass_time(IN_REPETITION)
    assert page.view["speakers"] == [{"entity_id": "browser", "error": None}]


async def test_a_browser_that_goes_silent_does_not_pause_anything(
    hass: HomeAssistant, page: Page, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    page.is_paused()
    await pass_time(AT_ONCE)

    assert hass.states.is_state(SESSION, "running")
    assert page.view["speakers"] == [{"entity_id": "browser", "error": "stopped"}]


async def test_a_command_silences_the_browser_at_once(
    page: Page, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    cut = page.played[-1]
    await ask("pause")
    await pass_time(AT_ONCE)
    assert dt_util.utcnow() - cut.ended <= 2 * AT_ONCE
    await pass_time(SOON)

    assert page.texts[-1].startswith("Paused.")
    assert page.view["session"]["track"] is None


async def test_the_last_words_are_heard_in_the_browser(
    page: Page, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    await ask("stop")
    assert page.view["session"] is None
    assert page.view["sound"]
    await pass_time(SOON)

    assert page.texts[-1] == "We stop here. Rest as long as you like."
    assert page.view["sound"] is None


async def test_a_browser_needs_no_address_in_the_network(
    hass: HomeAssistant, page: Page, ask: Ask, pass_time: PassTime
) -> None:
    hass.config.internal_url = None
    hass.config.api = None
    await ask("start")
    await pass_time(IN_REPETITION)

    assert page.texts[0].startswith("Welcome.")


@pytest.mark.parametrize("options", [{**SPOKEN, "speakers": ["media_player.gone"]}])
async def test_who_listens_may_start_although_the_speakers_are_gone(
    room: Room,
    voice: FakeVoice,
    hass_admin_user: MockUser,
    ask: Ask,
    pass_time: PassTime,
) -> None:
    with pytest.raises(HomeAssistantError, match="no longer in Home Assistant"):
        await ask("start")
    page = Page(room, hass_admin_user)
    await page.listens()
    await ask("start")
    await pass_time(IN_REPETITION)

    assert page.texts[0].startswith("Welcome.")


@pytest.mark.parametrize("options", [{**BY_BROWSER, "engine": None}])
async def test_without_a_voice_there_is_nothing_to_listen_to(
    page: Page, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)

    assert page.view["state"] == "running"
    assert not page.view["listening"]
    assert page.view["speakers"] == [{"entity_id": "browser", "error": "no_engine"}]


async def test_who_may_only_look_does_not_become_a_speaker(
    room: Room, set_up: MockConfigEntry, hass_read_only_user: MockUser
) -> None:
    page = Page(room, hass_read_only_user)
    await page.listens()

    assert not page.view["listening"]
    assert page.view["speakers"] == [{"entity_id": "browser", "error": "not_allowed"}]


@pytest.mark.parametrize("options", [{**BY_BROWSER, "speech": False}])
async def test_with_speech_switched_off_the_browser_is_silent_too(
    page: Page, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)

    assert page.view["sound"] is None
    assert page.played == []


async def test_after_the_entry_was_unloaded_a_page_plays_nothing(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    page: Page,
    room: Room,
    ask: Ask,
    pass_time: PassTime,
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    await hass.config_entries.async_reload(set_up.entry_id)
    await pass_time(SOON)

    assert page.is_silent
    assert page.view["sound"] is None
    shown = len(page.views)
    await ask("resume")
    await pass_time(SOON)
    assert len(page.views) == shown


@pytest.mark.parametrize(
    "told",
    [
        {"subscription": 99, "track": "x", "position": 1, "state": "playing"},
        {"subscription": 1, "track": "x", "position": 1, "state": "stopped"},
    ],
)
async def test_what_is_told_of_something_else_is_of_no_interest(
    page: Page, told: dict[str, Any]
) -> None:
    number = page.send(f"{DOMAIN}/heard", **told)

    assert page.messages[-1] == {
        "id": number,
        "type": "result",
        "success": True,
        "result": None,
    }


@pytest.mark.parametrize(
    "told",
    [
        {"subscription": 1, "track": "x", "position": -1, "state": "playing"},
        {"subscription": 1, "track": "x", "position": 1e9, "state": "playing"},
        {"subscription": 1, "track": "x", "position": 1, "state": "bored"},
    ],
)
async def test_nonsense_is_refused(page: Page, told: dict[str, Any]) -> None:
    page.send(f"{DOMAIN}/heard", **told)

    assert page.messages[-1]["error"]["code"] == "invalid_format"
