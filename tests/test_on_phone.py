"""What a session asks on a phone: when, and what becomes of the answers."""

from datetime import timedelta
from typing import Final
from unittest.mock import patch

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.back_exercise.const import CONF_NOTIFY
from custom_components.back_exercise.diary_file import Reason, StoreError
from custom_components.back_exercise.engine.diary import Setting
from custom_components.back_exercise.store import Store

from .conftest import (
    SCREENED,
    SESSION,
    Ask,
    PassTime,
    Past,
    Recorded,
    Until,
)
from .reminding import Phone

pytestmark = pytest.mark.usefixtures("notified")

SECOND: Final = timedelta(seconds=1)
SOON: Final = 9 * SECOND
"""A phone is asked by then."""
BEFORE: Final = "One short question before your session: how is it now?"
AFTER: Final = "One short question after your session: how is it now?"
EFFORT: Final = "And how hard was the session?"
CUT_OFF: Final = "Your session was cut off."
AGAIN: Final = "That could not be recorded."
RANGES: Final = ["0–3", "4–5", "6 or more", "Write a number"]


@pytest.fixture
def past() -> Past:
    """Return the diary of someone who has not said how it is."""
    return [*SCREENED, Setting(name="check_in", value="start_and_end")]


@pytest.fixture
async def asked_before(alex: MockConfigEntry, ask: Ask, pass_time: PassTime) -> None:
    """Be asked on the phone how it is before a session."""
    await ask("start")
    await pass_time(SOON)


@pytest.fixture
async def asked_after(
    alex: MockConfigEntry, ask: Ask, until: Until, pass_time: PassTime
) -> None:
    """Be asked on the phone how it is after a session."""
    await ask("start", pain_before=1)
    await until("asking")
    await pass_time(SOON)


@pytest.mark.usefixtures("asked_before")
async def test_the_question_before_a_session_comes_to_the_phone(phone: Phone) -> None:
    (shown,) = phone.shown.values()

    assert shown["message"].startswith(BEFORE)
    assert [*phone.buttons] == RANGES


@pytest.mark.parametrize(
    ("button", "reply", "pain"),
    [("0–3", None, 3), ("4–5", None, 5), ("Write a number", "2", 2)],
)
@pytest.mark.usefixtures("asked_before")
async def test_an_answer_from_the_phone_lets_the_session_go_on(
    hass: HomeAssistant,
    phone: Phone,
    recorded: Recorded,
    pass_time: PassTime,
    *,
    button: str,
    reply: str | None,
    pain: int,
) -> None:
    phone.press(button, reply)
    await pass_time()

    (rating,) = await recorded("rating")
    assert (rating["value"], rating["context"]) == (pain, "before")
    assert hass.states.is_state(SESSION, "running")
    assert not phone.shown


async def test_who_answers_at_once_is_not_disturbed(
    alex: MockConfigEntry, phone: Phone, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(7 * SECOND)
    await ask("rate", pain=2)
    await pass_time(SOON)

    assert phone.messages == []


@pytest.mark.usefixtures("asked_before")
async def test_an_answer_by_another_way_takes_it_back(
    phone: Phone, ask: Ask, pass_time: PassTime
) -> None:
    await ask("rate", pain=2)
    await pass_time()

    assert not phone.shown


@pytest.mark.usefixtures("asked_before")
async def test_stopping_the_session_takes_it_back(
    phone: Phone, ask: Ask, pass_time: PassTime, recorded: Recorded
) -> None:
    old = phone.buttons["0–3"]
    await ask("stop")
    await pass_time()
    phone.send(old)
    await pass_time()

    assert not phone.shown
    assert await recorded("rating") == []


@pytest.mark.usefixtures("asked_before")
async def test_pressed_on_two_phones_it_is_recorded_once(
    phone: Phone, recorded: Recorded, pass_time: PassTime
) -> None:
    first, other = phone.buttons["0–3"], phone.buttons["6 or more"]
    phone.send(first)
    phone.send(other)
    phone.send(first)
    await pass_time()

    assert [each["value"] for each in await recorded("rating")] == [3]


@pytest.mark.parametrize("reply", ["eleven", "11", "-1", "2.5", None])
@pytest.mark.usefixtures("asked_before")
async def test_what_is_no_rating_is_asked_again(
    phone: Phone, recorded: Recorded, pass_time: PassTime, reply: str | None
) -> None:
    phone.press("Write a number", reply)
    await pass_time()

    assert phone.messages[-1].startswith(AGAIN)
    assert await recorded("rating") == []

    phone.press("Write a number", "4")
    await pass_time()

    assert [each["value"] for each in await recorded("rating")] == [4]


@pytest.mark.usefixtures("asked_after")
async def test_an_answer_that_could_not_be_saved_is_asked_for_again(
    phone: Phone, recorded: Recorded, until: Until, pass_time: PassTime
) -> None:
    await until("idle")
    with patch.object(Store, "append", side_effect=StoreError(Reason.FULL)):
        phone.press("0–3")
        await pass_time()
    assert phone.messages[-1].startswith(AGAIN)
    phone.press("0–3")
    await pass_time()

    assert [each["value"] for each in await recorded("rating")] == [1, 3]


@pytest.mark.usefixtures("asked_after")
async def test_after_a_session_pain_and_then_effort_are_asked(
    phone: Phone, recorded: Recorded, pass_time: PassTime
) -> None:
    assert phone.messages[-1].startswith(AFTER)
    phone.press("0–3")
    await pass_time(SOON)
    assert phone.messages[-1].startswith(EFFORT)
    assert [*phone.buttons] == ["Write a number"]
    phone.press("Write a number", "6")
    await pass_time()

    ratings = [
        (each["measure"], each["value"], each["context"])
        for each in await recorded("rating")
    ]
    assert ratings == [
        ("pain", 1, "before"),
        ("pain", 3, "after"),
        ("effort", 6, "after"),
    ]
    assert not phone.shown


@pytest.mark.usefixtures("asked_after")
async def test_how_it_is_after_a_session_may_be_said_when_that_is_over(
    hass: HomeAssistant,
    phone: Phone,
    recorded: Recorded,
    until: Until,
    pass_time: PassTime,
) -> None:
    await until("idle")
    await pass_time(timedelta(minutes=10))
    phone.press("4–5")
    await pass_time()

    rating = (await recorded("rating"))[-1]
    assert (rating["value"], rating["context"]) == (5, "after")
    assert not phone.shown


async def test_a_session_that_was_cut_off_is_offered_on_the_phone(
    hass: HomeAssistant,
    alex: MockConfigEntry,
    phone: Phone,
    ask: Ask,
    until: Until,
    pass_time: PassTime,
) -> None:
    await ask("start", pain_before=1)
    await until("running", "pelvic_tilts", "work")
    assert await hass.config_entries.async_reload(alex.entry_id)
    await pass_time(SOON)

    (shown,) = phone.shown.values()
    assert shown["message"].startswith(CUT_OFF)
    assert [*phone.buttons] == ["Go on", "End the session"]
    phone.press("Go on")
    await pass_time()

    assert hass.states.is_state(SESSION, "running")
    assert not phone.shown


async def test_a_session_that_was_cut_off_can_be_ended_on_the_phone(
    hass: HomeAssistant,
    alex: MockConfigEntry,
    phone: Phone,
    ask: Ask,
    until: Until,
    pass_time: PassTime,
    recorded: Recorded,
) -> None:
    await ask("start", pain_before=1)
    await until("running", "pelvic_tilts", "work")
    assert await hass.config_entries.async_reload(alex.entry_id)
    await pass_time(SOON)
    phone.press("End the session")
    await pass_time()

    assert not phone.shown
    assert [each["outcome"] for each in await recorded("session_ended")] == ["stopped"]


async def test_nobody_is_asked_who_has_no_phone(
    hass: HomeAssistant,
    alex: MockConfigEntry,
    phone: Phone,
    ask: Ask,
    pass_time: PassTime,
) -> None:
    options = {**alex.options, CONF_NOTIFY: []}
    hass.config_entries.async_update_entry(alex, options=options)
    await ask("start")
    await pass_time(SOON)

    assert phone.received == []
