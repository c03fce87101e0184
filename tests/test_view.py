"""What a card is shown of a person; some of it is what the tests of the card use."""

from collections.abc import Callable
from datetime import datetime, timedelta
import json
from pathlib import Path
from typing import Any, Final

from homeassistant.const import Platform
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import Unauthorized
from homeassistant.helpers.translation import async_get_translations
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser

from custom_components.back_exercise.const import DOMAIN
from custom_components.back_exercise.engine.diary import (
    Screen,
    ScreenForm,
)

from .conftest import (
    ADVANCED,
    IN_REPETITION,
    SCREENED,
    SPOKEN,
    Ask,
    PassTime,
    Play,
    Until,
    build_past,
    lived,
    reload,
)
from .engine.lives import cooled_off
from .reminding import build_reminder
from .room import RoomPlayer
from .watching import Card

RECORDED: Final = Path(__file__).parent.parent / "card" / "test" / "messages.json"
"""What the tests of the card are about; `--snapshot-update` writes it."""


type Recall = Callable[[str, dict[str, Any]], dict[str, Any]]


@pytest.fixture
def platforms() -> list[Platform]:
    """Load these platforms alone."""
    return [Platform.BINARY_SENSOR, Platform.SENSOR]


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


# What it is shown


async def test_the_plan_is_that_of_the_action(card: Card, ask: Ask) -> None:
    await card.subscribe()
    plan = await ask("get_plan")
    today = card.view["today"]

    assert today["result"] == plan["result"]
    assert [each["sentence"] for each in today["reasons"]] == plan["why"]
    assert [(each["exercise"], each["sets"]) for each in today["exercises"]] == [
        (each["exercise"], len(each["sets"])) for each in plan["exercises"]
    ]


async def test_a_silent_session_is_said_to_take_what_it_takes(
    card: Card, play: Play
) -> None:
    await card.subscribe()
    said = card.view["today"]["seconds"]
    begun = dt_util.utcnow()
    await play()
    taken = card.views[-1]["now"]

    assert abs(datetime.fromisoformat(taken) - begun - timedelta(seconds=said)) <= (
        timedelta(seconds=10)
    )


async def test_the_track_has_each_part_of_a_repetition_at_its_moment(
    card: Card, ask: Ask, until: Until
) -> None:
    await card.subscribe()
    await ask("start")
    await until("running", "pelvic_tilts", "work")
    work = card.view["session"]["track"]["steps"][1]
    first, second = work["repetitions"][:2]

    assert work["start"] == first["start"] == first["lift"]
    assert (first["hold"] - first["lift"], first["lower"] - first["hold"]) == (2, 3)
    assert (first["end"] - first["lower"], second["start"] - first["end"]) == (3, 1)


@pytest.mark.parametrize("past", [build_past(ADVANCED)])
async def test_steps_of_a_walk_have_no_way_back(
    card: Card, ask: Ask, until: Until
) -> None:
    await card.subscribe()
    await ask("start", routine="advanced")
    await until("running", "monster_walks", "work")
    track = card.view["session"]["track"]
    [work] = [each for each in track["steps"] if each["kind"] == "work"][:1]
    steps = work["repetitions"]

    assert {each["move"] for each in steps} == {"step", "turn"}
    assert all(each["lower"] == each["end"] for each in steps)
    assert {each["side"] for each in steps} == {"left", "right", None}


async def test_a_pause_tells_until_when_it_can_be_gone_on_with(
    card: Card, ask: Ask, pass_time: PassTime
) -> None:
    await card.subscribe()
    await ask("start")
    await pass_time(IN_REPETITION)
    await ask("pause")
    session = card.view["session"]

    assert session["pause_reason"] == "person"
    assert session["paused_until"] == "2026-11-23T07:16:00+00:00"
    assert not session["came_back"]
    await ask("resume")
    assert card.view["session"]["paused_until"] is None


async def test_a_session_that_came_back_waits_to_be_gone_on_with(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    card: Card,
    ask: Ask,
    pass_time: PassTime,
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    await reload(hass, set_up, pass_time)
    await card.subscribe()
    session = card.view["session"]

    assert (session["came_back"], session["pause_reason"]) == (True, "restart")
    assert session["paused_until"] == "2026-11-23T07:31:00+00:00"
    assert session["repetition"] == 3


async def test_pain_is_shown_as_long_as_it_counts(
    card: Card, pass_time: PassTime
) -> None:
    await card.subscribe()
    assert card.view["pain"] == {"value": 2, "at": "2026-11-23T07:00:00+00:00"}
    assert card.view["today"]["kind"] == "normal"
    await pass_time(timedelta(hours=2, minutes=2))

    assert card.view["pain"] is None
    assert card.view["today"]["kind"] == "gentle"


async def test_the_lists_at_rest_are_those_of_the_safety_questions(
    hass: HomeAssistant, set_up: MockConfigEntry, card: Card
) -> None:
    await card.subscribe()
    flow = await hass.config_entries.options.async_init(set_up.entry_id)
    form = await hass.config_entries.options.async_configure(
        flow["flow_id"], {"next_step_id": "screen"}
    )
    schema = form["data_schema"]
    assert schema
    texts = await async_get_translations(hass, "en", "options", [DOMAIN])
    items = await async_get_translations(hass, "en", "selector", [DOMAIN])
    asked = f"component.{DOMAIN}.options.step.screen"
    item = f"component.{DOMAIN}.selector.screen_item.options"

    assert card.view["signs"] == [
        {
            "title": texts[f"{asked}.data.{name}"],
            "advice": texts[f"{asked}.data_description.{name}"],
            "items": [items[f"{item}.{each}"] for each in field.config["options"]],
        }
        for name, field in schema.schema.items()
    ]


async def test_the_lists_are_in_the_language_of_who_looks(card: Card) -> None:
    await card.subscribe(language="de")
    signs = card.view["signs"]

    assert [each["title"] for each in signs][1:] == [
        "Trifft jetzt auf mich zu",
        "Über mich",
    ]


async def test_something_new_is_no_question_in_a_session(card: Card, ask: Ask) -> None:
    await card.subscribe()
    await ask("start")

    assert card.view["signs"] is None


async def tell_something_new(hass: HomeAssistant, card: Card, user: MockUser) -> None:
    """Perform the action of the card's button as a user."""
    await hass.services.async_call(
        DOMAIN,
        "screen",
        {"device_id": card.view["device_id"], "anything_new": True},
        blocking=True,
        context=Context(user_id=user.id),
    )


async def test_that_something_is_new_locks_until_the_safety_questions_are_answered(
    hass: HomeAssistant, hass_admin_user: MockUser, card: Card, ask: Ask
) -> None:
    await card.subscribe()
    await tell_something_new(hass, card, hass_admin_user)

    assert card.view["signs"] is None
    assert card.view["lock"] == {
        "rule": "screen",
        "sentence": "Something is new on your list. "
        "Please go through the whole list before the next session.",
        "what": "Go through the safety questions under Settings, Repairs. "
        "It takes a minute.",
    }
    await ask("screen", items=[])
    again = card.view
    assert again["lock"] is None
    assert len(again["signs"]) == 3


async def test_who_may_only_look_sees_the_lists_and_cannot_say_that_something_is_new(
    hass: HomeAssistant, set_up: MockConfigEntry, hass_read_only_user: MockUser
) -> None:
    card = Card(hass, hass_read_only_user)
    await card.subscribe()
    assert not card.view["may_control"]
    assert len(card.view["signs"]) == 3
    with pytest.raises(Unauthorized):
        await tell_something_new(hass, card, hass_read_only_user)

    assert len(card.views) == 1
    assert not set_up.runtime_data.diary.programme.locked


@pytest.mark.parametrize("past", [build_past(pain=4)])
async def test_a_rating_changes_the_plan_at_once(
    card: Card, ask: Ask, pass_time: PassTime
) -> None:
    await card.subscribe()
    assert card.view["today"]["kind"] == "gentle"
    await ask("rate", pain=7)

    assert card.view["pain"]["value"] == 7
    assert card.view["today"]["result"] == "not_today"
    assert card.view["today"]["reasons"][0]["rule"] == "G-4"


async def test_a_day_with_a_completed_session_is_told_by_its_rule(
    card: Card, ask: Ask, until: Until
) -> None:
    await card.subscribe()
    await ask("start", pain_before=2)
    await until("idle")

    assert card.view["today"]["result"] == "not_today"
    assert [each["rule"] for each in card.view["today"]["reasons"]] == ["G-6"]


@pytest.mark.parametrize("past", [lived(cooled_off())])
async def test_an_offer_has_its_sentence(card: Card) -> None:
    await card.subscribe()
    offer = card.view["offers"][0]

    assert (offer["kind"], offer["exercise"]) == ("retrial", "pelvic_tilts")
    assert (
        offer["sentence"] == "Would you like to try Pelvic tilts again, very lightly?"
    )


async def test_the_question_of_the_next_day_is_shown(
    card: Card, play: Play, pass_time: PassTime
) -> None:
    await play()
    await card.subscribe()
    assert card.view["questions"] == []
    await pass_time(timedelta(days=1, hours=3))
    [question] = card.view["questions"]

    assert question["question"] == "next_day"


@pytest.mark.parametrize("reminders", [[build_reminder(what="start")]])
async def test_a_countdown_tells_when_it_is_over_and_is_refused_by_stop(
    card: Card, ask: Ask, pass_time: PassTime
) -> None:
    await card.subscribe()
    await pass_time(
        timedelta(days=1), lambda: bool(card.view["reminder"]["counting_down_to"])
    )
    over = datetime.fromisoformat(card.view["reminder"]["counting_down_to"])
    assert timedelta(0) < over - dt_util.utcnow() <= timedelta(seconds=15)
    assert card.view["reminder"]["due"]
    await ask("stop")

    assert card.view["reminder"]["counting_down_to"] is None
    assert card.view["state"] == "idle"


@pytest.mark.usefixtures("voice")
@pytest.mark.parametrize("options", [SPOKEN])
async def test_a_speaker_that_fails_is_shown(
    card: Card, player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    player.fails = {"play_media"}
    await card.subscribe()
    assert card.view["speakers"] == [{"entity_id": "media_player.test", "error": None}]
    await ask("start")
    await pass_time(IN_REPETITION)

    assert card.view["speakers"][0]["error"] == "failed"


@pytest.mark.parametrize(
    ("flags", "unlocked"),
    [
        (("weight_loss",), "assessed"),
        (("falls",), "clinician"),
    ],
)
async def test_a_lock_tells_what_unlocks_it(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    card: Card,
    flags: tuple[str, ...],
    unlocked: str,
    pass_time: PassTime,
) -> None:
    await card.subscribe()
    screen = Screen(form=ScreenForm.FULL, flags=flags)
    await set_up.runtime_data.async_screen(screen, source="test")
    await pass_time()

    assert unlocked in card.view["lock"]["what"]


@pytest.mark.parametrize("past", [[]])
async def test_who_was_never_asked_is_sent_to_the_questions(card: Card) -> None:
    await card.subscribe()

    assert card.view["lock"]["rule"] == "screen"
    assert "safety questions" in card.view["lock"]["what"]


async def test_an_unknown_language_is_answered_in_english(card: Card) -> None:
    await card.subscribe(language="tlh")

    assert card.view["today"]["reasons"][0]["sentence"] == "An ordinary session today."
