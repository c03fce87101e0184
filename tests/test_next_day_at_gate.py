"""How the day after the last session was, asked before another one begins (G-7)."""

from datetime import timedelta
from typing import Any, Final
from unittest.mock import patch

from homeassistant.components.number import DOMAIN as NUMBER, SERVICE_SET_VALUE
from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.back_exercise.diary_file import Reason, StoreError
from custom_components.back_exercise.engine.diary import Setting
from custom_components.back_exercise.store import Store

from .conftest import (
    SESSION,
    SPOKEN,
    Ask,
    PassTime,
    Past,
    Recorded,
    lived,
    reload,
)
from .engine.lives import unanswered
from .reminding import Phone
from .room import RoomPlayer
from .watching import Card

pytestmark = pytest.mark.usefixtures("notified", "phone")

SECOND: Final = timedelta(seconds=1)
SOON: Final = 9 * SECOND
"""A phone is asked by then."""
MINUTE: Final = 61 * SECOND
"""A question before a session is over by then."""
QUESTION: Final = "One short question before your session: how was it, on the day after"
ALOUD: Final = (
    "How was your back the day after your last session, from zero to ten? "
    "Zero is no pain at all, ten the worst you can think of."
)
AMBER: Final = "It hadn’t settled by next day, so the next sessions are lighter."


@pytest.fixture
def past() -> Past:
    """Return the diary of somebody who did not say how the day after was."""
    return lived(unanswered())


def shown(card: Card) -> tuple[str, str | None, bool]:
    """Return the state, what is asked, and whether the session has not begun."""
    session = card.view["session"]
    return card.view["state"], session["question"], session["at_gate"]


async def last_start(recorded: Recorded) -> dict[str, Any]:
    """Return how the last session was begun."""
    started = await recorded("session_started")
    assert len(started) == 4
    return started[-1]


async def indices(recorded: Recorded) -> list[int]:
    """Return the doses of the session that has begun."""
    started = await last_start(recorded)
    return [each["index"] for each in started["prescriptions"]]


async def decided(ask: Ask) -> set[str]:
    """Return the rules whose decisions are in the diary."""
    answer = await ask("get_diary", kinds=["decision"])
    return {each["data"]["rule"] for each in answer["entries"]}


# Answered


async def test_it_is_asked_first_then_how_it_is_now_and_the_plan_is_eased_by_it(
    hass: HomeAssistant, ask: Ask, card: Card, recorded: Recorded
) -> None:
    await ask("start")
    await card.subscribe()
    assert shown(card) == ("asking", "next_day", True)

    answer = await ask("rate", pain=4)
    assert answer["context"] == "next_day"
    assert shown(card) == ("asking", "before", True)
    assert len(await recorded("session_started")) == 3
    assert "P-2" in await decided(ask)

    assert (await ask("rate", pain=2))["context"] == "before"
    started = await last_start(recorded)
    assert hass.states.is_state(SESSION, "running")
    assert (started["kind"], started["pain_before"]) == ("normal", 2)
    assert "G-7" not in started["gate"]
    assert await indices(recorded) == [-1, -1, -1, -1]
    ratings = (await recorded("rating"))[-2:]
    assert [(each["context"], each["recalled"]) for each in ratings] == [
        ("next_day", True),
        ("before", False),
    ]


@pytest.mark.parametrize("options", [SPOKEN])
async def test_what_follows_from_it_is_explained_in_the_welcome(
    player: RoomPlayer, voice: object, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start", pain_before=2)
    await pass_time(SOON)
    assert player.texts == [ALOUD]

    await ask("rate", pain=4)
    await pass_time(timedelta(seconds=30))
    assert AMBER in player.texts
    assert not any(text.startswith("How is your back") for text in player.texts)


async def test_an_ordinary_day_after_changes_nothing(
    ask: Ask, recorded: Recorded
) -> None:
    await ask("start", pain_before=2)
    await ask("rate", pain=2)

    assert await indices(recorded) == [0, 0, 0, 0]
    assert "P-4" not in await decided(ask)


async def test_where_the_pain_before_is_known_nothing_else_is_asked(
    hass: HomeAssistant, ask: Ask, recorded: Recorded
) -> None:
    await ask("start", pain_before=3)
    assert hass.states.is_state(SESSION, "asking")
    await ask("rate", pain=1)

    assert hass.states.is_state(SESSION, "running")
    assert (await last_start(recorded))["pain_before"] == 3


async def test_a_rating_of_the_last_two_hours_is_not_taken_for_the_day_after(
    hass: HomeAssistant, ask: Ask, recorded: Recorded
) -> None:
    await ask("rate", pain=3)
    await ask("start")
    await ask("rate", pain=0)

    assert hass.states.is_state(SESSION, "running")
    assert (await last_start(recorded))["pain_before"] == 3


async def test_the_pain_before_that_is_told_first_does_not_answer_it(
    hass: HomeAssistant, ask: Ask, card: Card, recorded: Recorded
) -> None:
    await ask("start")
    await ask("rate", pain=3, context="before")
    await card.subscribe()
    assert shown(card) == ("asking", "next_day", True)
    await ask("rate", pain=2)

    assert hass.states.is_state(SESSION, "running")
    assert (await last_start(recorded))["pain_before"] == 3


async def test_the_number_answers_what_is_asked(
    hass: HomeAssistant, ask: Ask, recorded: Recorded
) -> None:
    await ask("start")
    await hass.services.async_call(
        NUMBER,
        SERVICE_SET_VALUE,
        {ATTR_ENTITY_ID: "number.alex_pain_now", "value": 4},
        blocking=True,
    )

    rating = (await recorded("rating"))[-1]
    assert (rating["value"], rating["context"]) == (4, "next_day")


async def test_told_as_of_the_day_after_it_is_an_answer_too(
    hass: HomeAssistant, ask: Ask, recorded: Recorded
) -> None:
    await ask("start", pain_before=2)
    await ask("rate", pain=4, at=dt_util.utcnow() - timedelta(days=1))

    assert (await recorded("rating"))[-1]["context"] == "next_day"
    assert hass.states.is_state(SESSION, "running")
    assert await indices(recorded) == [-1, -1, -1, -1]


async def test_it_is_no_effort(ask: Ask, recorded: Recorded) -> None:
    await ask("start")
    before = await recorded("rating")
    with pytest.raises(ServiceValidationError):
        await ask("rate", effort=4)

    assert await recorded("rating") == before


async def test_told_in_a_pause_it_is_taken_and_the_session_stays_paused(
    hass: HomeAssistant, ask: Ask, recorded: Recorded
) -> None:
    await ask("start", pain_before=2)
    await ask("pause")
    assert (await ask("rate", pain=4))["context"] == "next_day"

    assert hass.states.is_state(SESSION, "paused")
    assert await indices(recorded) == [-1, -1, -1, -1]


async def test_what_can_not_be_saved_is_asked_again(
    ask: Ask, card: Card, pass_time: PassTime, recorded: Recorded
) -> None:
    await ask("start", pain_before=2)
    before = await recorded("rating")
    with (
        patch.object(Store, "append", side_effect=StoreError(Reason.FULL)),
        pytest.raises(HomeAssistantError),
    ):
        await ask("rate", pain=4)
    await pass_time()
    await card.subscribe()

    assert shown(card) == ("asking", "next_day", True)
    assert await recorded("rating") == before


# Not answered


async def test_without_an_answer_the_session_goes_on_and_the_last_one_is_unknown(
    hass: HomeAssistant,
    ask: Ask,
    card: Card,
    pass_time: PassTime,
    recorded: Recorded,
) -> None:
    await ask("start")
    await pass_time(MINUTE)
    await card.subscribe()
    assert shown(card) == ("asking", "before", True)
    assert "P-4" not in await decided(ask)

    await ask("rate", pain=2)
    started = await last_start(recorded)
    assert hass.states.is_state(SESSION, "running")
    assert (started["kind"], started["pain_before"]) == ("normal", 2)
    assert "G-7" in started["gate"]
    assert "P-4" in await decided(ask)
    assert await indices(recorded) == [0, 0, 0, 0]


async def test_nobody_has_to_answer_anything(
    hass: HomeAssistant, ask: Ask, pass_time: PassTime, recorded: Recorded
) -> None:
    await ask("start")
    await pass_time(2 * MINUTE)
    started = await last_start(recorded)

    assert hass.states.is_state(SESSION, "running")
    assert (started["kind"], started["pain_before"]) == ("gentle", None)
    assert "P-4" in await decided(ask)


async def test_next_passes_it(
    hass: HomeAssistant, ask: Ask, card: Card, recorded: Recorded
) -> None:
    await ask("start")
    await ask("next")
    await card.subscribe()
    assert shown(card) == ("asking", "before", True)
    await ask("next")

    assert hass.states.is_state(SESSION, "running")
    assert "P-4" in await decided(ask)


async def test_stopping_there_begins_nothing_and_it_can_still_be_told(
    hass: HomeAssistant, ask: Ask, recorded: Recorded
) -> None:
    await ask("start")
    await ask("stop")

    assert hass.states.is_state(SESSION, "idle")
    assert len(await recorded("session_started")) == 3
    assert "P-4" not in await decided(ask)
    plan = await ask("get_plan", pain_before=2)
    assert (plan["decisions"][0]["rule"], plan["decisions"][0]["outcome"]) == (
        "G-7",
        "ask",
    )


@pytest.mark.parametrize(
    "past",
    [
        [*lived(unanswered()), Setting(name="rating_wait", value=0)],
        [*lived(unanswered()), Setting(name="check_in", value="off")],
    ],
    ids=["no wait", "no questions"],
)
async def test_who_does_not_want_to_be_asked_begins_at_once(
    hass: HomeAssistant, ask: Ask
) -> None:
    await ask("start", pain_before=2)

    assert hass.states.is_state(SESSION, "running")
    assert "P-4" in await decided(ask)


async def test_the_plan_does_not_say_that_there_is_no_answer_while_it_can_be_given(
    ask: Ask,
) -> None:
    plan = await ask("get_plan", pain_before=2)

    assert plan["decisions"][0]["outcome"] == "ask"
    assert plan["why"] == ["An ordinary session today."]


async def test_where_there_is_no_session_today_it_is_not_asked(
    hass: HomeAssistant, ask: Ask, recorded: Recorded
) -> None:
    with pytest.raises(ServiceValidationError):
        await ask("start", pain_before=7)

    assert hass.states.is_state(SESSION, "idle")
    assert (await recorded("gate"))[-1] == {"result": "not_today", "pain_before": 7}


async def test_where_there_was_no_session_it_can_still_be_told_and_counts(
    ask: Ask, recorded: Recorded
) -> None:
    with pytest.raises(ServiceValidationError):
        await ask("start", pain_before=7)
    await ask("rate", pain=7, context="next_day")

    assert (await recorded("rating"))[-1]["recalled"]
    assert "P-2" in await decided(ask)


async def test_too_much_pain_now_ends_it_at_the_second_question(
    hass: HomeAssistant, ask: Ask, recorded: Recorded
) -> None:
    await ask("start")
    await ask("rate", pain=2)
    await ask("rate", pain=7)

    assert hass.states.is_state(SESSION, "idle")
    assert (await recorded("gate"))[-1] == {"result": "not_today", "pain_before": 7}
    assert len(await recorded("session_started")) == 3


@pytest.mark.parametrize("past", [lived(unanswered(next_day=4))])
async def test_an_answer_may_mean_that_sessions_are_locked(
    hass: HomeAssistant, ask: Ask, recorded: Recorded
) -> None:
    sessions = await recorded("session_started")
    await ask("start", pain_before=2)
    await ask("rate", pain=4)

    assert hass.states.is_state(SESSION, "idle")
    assert hass.states.is_state("binary_sensor.alex_locked", "on")
    assert await recorded("session_started") == sessions


async def test_a_restart_there_begins_nothing_and_it_is_asked_at_the_next_start(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    ask: Ask,
    card: Card,
    pass_time: PassTime,
    recorded: Recorded,
) -> None:
    await ask("start")
    await reload(hass, set_up, pass_time)
    assert hass.states.is_state(SESSION, "idle")
    assert len(await recorded("session_started")) == 3

    await ask("start")
    await card.subscribe()
    assert shown(card) == ("asking", "next_day", True)


async def test_a_restart_after_it_was_not_answered_comes_back_where_it_was(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    ask: Ask,
    card: Card,
    pass_time: PassTime,
) -> None:
    await ask("start", pain_before=2)
    await pass_time(MINUTE + 45 * SECOND)
    await card.subscribe()
    place = card.view["session"]["exercise"], card.view["session"]["repetition"]
    await reload(hass, set_up, pass_time)
    await card.subscribe()
    back = card.view["session"]

    assert back["came_back"]
    assert (back["exercise"], back["repetition"]) == place


# On the phone


async def test_it_comes_to_the_phone_and_then_the_other_question(
    hass: HomeAssistant,
    phone: Phone,
    ask: Ask,
    pass_time: PassTime,
    recorded: Recorded,
) -> None:
    await ask("start")
    await pass_time(SOON)
    assert phone.messages[-1].startswith(QUESTION)
    phone.press("4–5")
    await pass_time()
    rating = (await recorded("rating"))[-1]
    assert (rating["value"], rating["context"]) == (5, "next_day")
    assert not phone.shown

    await pass_time(SOON)
    assert phone.messages[-1].startswith("One short question before your session: how")
    phone.press("0–3")
    await pass_time()
    assert (await recorded("rating"))[-1]["context"] == "before"
    assert hass.states.is_state(SESSION, "running")


async def test_once_it_is_over_the_phone_does_not_show_it(
    phone: Phone, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start", pain_before=2)
    await pass_time(SOON)
    assert phone.shown
    await pass_time(MINUTE)

    assert not phone.shown
