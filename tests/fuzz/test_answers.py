"""Presses of buttons and sentences with whatever may be in them."""

from datetime import timedelta
from typing import Any, Final

from homeassistant.components import conversation
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers.intent import INTENT_NEVERMIND
from homeassistant.setup import async_setup_component
from hypothesis import given, strategies as st
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.back_exercise.const import CONF_NOTIFY, CONF_QUESTION_AT
from custom_components.back_exercise.engine.diary import Entry, Rating
from custom_components.back_exercise.notifications import PRESSED
from tests.conftest import SILENT, Ask, PassTime, Past
from tests.pasts import AFTER_IT
from tests.reminding import PHONE, Phone
from tests.said import ALWAYS, FREE, IN_SESSION

from .anything import ANYTHING, BRIEF, NUMBERS, TEXTS, fields, is_json, is_quiet

pytestmark = pytest.mark.usefixtures("berlin")

WRITTEN: Final = "Write a number"
RATINGS: Final = {str(number) for number in range(11)}
SAID: Final = {
    language: [
        sentence
        for table in (ALWAYS, IN_SESSION)
        for each in table[language].values()
        for sentence in each
    ]
    + FREE[language]
    for language in ALWAYS
}
HOUR: Final = timedelta(hours=1)


@pytest.fixture
def options() -> dict[str, Any]:
    """Have Alex asked on the phone in the morning how it was."""
    return {**SILENT, CONF_NOTIFY: [PHONE], CONF_QUESTION_AT: "09:00:00"}


@pytest.fixture
def past() -> Past:
    """Return the diary of somebody who had a session last evening."""
    return AFTER_IT


@pytest.fixture
async def asked(
    hass: HomeAssistant, phone: Phone, set_up: MockConfigEntry, pass_time: PassTime
) -> Phone:
    """Return a phone that shows the question how it was."""
    await pass_time(HOUR)
    assert WRITTEN in phone.buttons
    return phone


@pytest.fixture
async def in_session(hass: HomeAssistant, set_up: MockConfigEntry, ask: Ask) -> None:
    """Have a session that can be spoken to."""
    assert await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(hass, "conversation", {})
    await ask("start", pain_before=2, override=True)


@pytest.mark.usefixtures("at_once")
@pytest.mark.timeout(3600)
def test_a_press_that_is_no_answer_records_nothing_and_the_question_stays(
    hass: HomeAssistant,
    asked: Phone,
    written: list[Entry],
    pass_time: PassTime,
    caplog: pytest.LogCaptureFixture,
) -> None:
    action = asked.buttons[WRITTEN]
    replies = (ANYTHING | NUMBERS).filter(lambda each: str(each).strip() not in RATINGS)
    real = st.fixed_dictionaries({"action": st.just(action)}) | (
        st.fixed_dictionaries({"action": st.just(action), "reply_text": replies})
    )
    made_up = fields(
        action=st.sampled_from([action[:-1], action.lower(), f"{action} ", [action]]),
        reply_text=st.sampled_from(sorted(RATINGS)),
    ).filter(lambda data: data.get("action") != action)

    @BRIEF
    @given(data=(real | made_up).filter(is_json))
    def check(data: dict[str, Any]) -> None:
        caplog.clear()
        hass.bus.async_fire(PRESSED, data)
        hass.loop.run_until_complete(pass_time())
        assert is_quiet(caplog)
        assert not written
        assert asked.buttons[WRITTEN] == action

    check()


@pytest.mark.usefixtures("at_once", "in_session")
@pytest.mark.parametrize("language", ALWAYS)
@pytest.mark.timeout(3600)
def test_a_sentence_is_answered_and_a_rating_in_it_is_one_of_0_to_10(
    hass: HomeAssistant,
    written: list[Entry],
    caplog: pytest.LogCaptureFixture,
    *,
    language: str,
) -> None:
    words = sorted({word for each in SAID[language] for word in each.split()})
    sentences = st.one_of(
        TEXTS,
        st.sampled_from(SAID[language]),
        st.lists(st.sampled_from(words) | TEXTS | NUMBERS.map(str), max_size=8).map(
            " ".join
        ),
        st.tuples(st.sampled_from(SAID[language]), TEXTS | NUMBERS.map(str)).map(
            " ".join
        ),
    )

    async def say(text: str) -> bool:
        result = await conversation.async_converse(
            hass, text, None, context=Context(), language=language
        )
        await hass.async_block_till_done()
        meant = result.response.intent
        is_never_mind = meant is not None and meant.intent_type == INTENT_NEVERMIND
        return bool(result.response.speech) or is_never_mind

    @BRIEF
    @given(text=sentences.filter(is_json))
    def check(text: str) -> None:
        caplog.clear()
        written.clear()
        assert hass.loop.run_until_complete(say(text))
        assert is_quiet(caplog)
        ratings = [each.payload for each in written if each.kind == "rating"]
        assert all(
            isinstance(each, Rating) and each.value in range(11) for each in ratings
        )

    check()
