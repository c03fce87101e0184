"""How it is: by number, action and helper, and what each rating is of."""

from datetime import timedelta
from typing import Any, Final

from homeassistant.components.number import (
    ATTR_VALUE,
    DOMAIN as NUMBER,
    SERVICE_SET_VALUE,
)
from homeassistant.const import (
    ATTR_ENTITY_ID,
    EVENT_HOMEASSISTANT_STARTED,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
)
from homeassistant.core import Context, CoreState, HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.back_exercise.const import CONF_PAIN_INPUT

from .conftest import SILENT, Ask, PassTime, Recorded, Until, build_past
from .engine.exercises import HIP, SIMPLE, TILTS

pytestmark = pytest.mark.usefixtures("asked_after_each")

HELPER: Final = "input_number.back"
PAIN: Final = "sensor.alex_pain"
PAIN_NOW: Final = "number.alex_pain_now"
EFFORT: Final = "number.alex_effort"


WHOLE: Final = timedelta(minutes=20)
"""By then a beginner session is over, with everything asked and nothing answered."""


async def set_number(hass: HomeAssistant, entity_id: str, value: float) -> None:
    """Set a number."""
    await hass.services.async_call(
        NUMBER,
        SERVICE_SET_VALUE,
        {ATTR_ENTITY_ID: entity_id, ATTR_VALUE: value},
        blocking=True,
    )


def contexts(ratings: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Return what ratings are of, without the one that the past ends with."""
    return [
        (each["measure"], each["value"], each["context"], each["exercise"])
        for each in ratings[1:]
    ]


# By number


async def test_a_number_is_recorded_as_a_rating_and_shown(
    hass: HomeAssistant, set_up: MockConfigEntry, recorded: Recorded
) -> None:
    await set_number(hass, PAIN_NOW, 5)

    assert contexts(await recorded("rating")) == [("pain", 5, "at_large", None)]
    assert hass.states.is_state(PAIN_NOW, "5")
    assert hass.states.is_state(PAIN, "5")


async def test_the_same_number_again_is_another_rating(
    hass: HomeAssistant, set_up: MockConfigEntry, recorded: Recorded
) -> None:
    await set_number(hass, PAIN_NOW, 3)
    await set_number(hass, PAIN_NOW, 3)

    assert len(contexts(await recorded("rating"))) == 2


@pytest.mark.parametrize("value", [-1, 11, 100])
async def test_a_number_out_of_range_is_refused(
    hass: HomeAssistant, set_up: MockConfigEntry, recorded: Recorded, value: int
) -> None:
    with pytest.raises(ServiceValidationError):
        await set_number(hass, PAIN_NOW, value)

    assert contexts(await recorded("rating")) == []


async def test_effort_is_refused_while_there_is_nothing_it_could_be_of(
    hass: HomeAssistant, set_up: MockConfigEntry, recorded: Recorded
) -> None:
    with pytest.raises(ServiceValidationError) as refused:
        await set_number(hass, EFFORT, 5)

    assert refused.value.translation_key == "rating_effort"
    assert contexts(await recorded("rating")) == []
    assert hass.states.is_state(EFFORT, STATE_UNKNOWN)


# By a helper


@pytest.fixture
def options(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Have a helper followed."""
    return {**SILENT, CONF_PAIN_INPUT: HELPER}


@pytest.fixture
async def helper(
    hass: HomeAssistant, set_up: MockConfigEntry, pass_time: PassTime
) -> None:
    """Have a helper with a value."""
    hass.states.async_set(HELPER, "4")
    await pass_time()


@pytest.mark.usefixtures("helper")
async def test_a_change_of_the_helper_is_a_rating(
    hass: HomeAssistant, recorded: Recorded, pass_time: PassTime
) -> None:
    hass.states.async_set(HELPER, "6")
    await pass_time()

    assert contexts(await recorded("rating")) == [("pain", 6, "at_large", None)]


@pytest.mark.usefixtures("helper")
async def test_the_value_it_has_already_is_a_rating_too(
    hass: HomeAssistant, recorded: Recorded, pass_time: PassTime
) -> None:
    for _ in range(2):
        hass.states.async_set(HELPER, "4")
        await pass_time()

    assert contexts(await recorded("rating")) == [("pain", 4, "at_large", None)] * 2


@pytest.mark.usefixtures("helper")
async def test_a_helper_that_is_renamed_has_not_been_rated_with(
    hass: HomeAssistant, recorded: Recorded, pass_time: PassTime
) -> None:
    hass.states.async_set(HELPER, "4", {"friendly_name": "My back"})
    await pass_time()

    assert contexts(await recorded("rating")) == []


@pytest.mark.parametrize("options", [{**SILENT, CONF_PAIN_INPUT: "number.dial"}])
@pytest.mark.parametrize(
    ("context", "times"), [(Context(), 0), (Context(user_id="somebody"), 2)]
)
@pytest.mark.usefixtures("set_up")
async def test_what_a_device_repeats_by_itself_is_no_rating(
    hass: HomeAssistant,
    recorded: Recorded,
    pass_time: PassTime,
    *,
    context: Context,
    times: int,
) -> None:
    for _ in range(3):
        hass.states.async_set("number.dial", "4", context=context)
        await pass_time()

    assert contexts(await recorded("rating")) == [("pain", 4, "at_large", None)] * times


@pytest.mark.usefixtures("helper")
@pytest.mark.parametrize(("state", "value"), [("5.0", 5), ("6.5", 7), ("0", 0)])
async def test_a_helper_with_decimals_is_rounded_up_from_the_half(
    hass: HomeAssistant,
    recorded: Recorded,
    pass_time: PassTime,
    *,
    state: str,
    value: int,
) -> None:
    hass.states.async_set(HELPER, state)
    await pass_time()

    assert contexts(await recorded("rating")) == [("pain", value, "at_large", None)]


@pytest.mark.usefixtures("helper")
@pytest.mark.parametrize(
    "state",
    ["11", "-1", "10.4", "nan", "inf", "", "four", STATE_UNAVAILABLE, STATE_UNKNOWN],
)
async def test_what_is_no_rating_is_none(
    hass: HomeAssistant, recorded: Recorded, pass_time: PassTime, state: str
) -> None:
    hass.states.async_set(HELPER, state)
    hass.states.async_set(HELPER, state)
    await pass_time()

    assert contexts(await recorded("rating")) == []


@pytest.mark.usefixtures("helper")
@pytest.mark.parametrize("state", [STATE_UNAVAILABLE, STATE_UNKNOWN])
async def test_a_helper_that_comes_back_has_not_been_rated_with(
    hass: HomeAssistant, recorded: Recorded, pass_time: PassTime, state: str
) -> None:
    hass.states.async_set(HELPER, state)
    hass.states.async_set(HELPER, "4")
    await pass_time()

    assert contexts(await recorded("rating")) == []


async def test_a_helper_that_appears_has_not_been_rated_with(
    hass: HomeAssistant, recorded: Recorded, pass_time: PassTime
) -> None:
    hass.states.async_set(HELPER, "4")
    await pass_time()

    assert contexts(await recorded("rating")) == []


@pytest.mark.usefixtures("helper")
async def test_a_helper_that_goes_is_no_rating(
    hass: HomeAssistant, recorded: Recorded, pass_time: PassTime
) -> None:
    hass.states.async_remove(HELPER)
    await pass_time()

    assert contexts(await recorded("rating")) == []


@pytest.mark.usefixtures("helper")
async def test_what_a_helper_does_while_home_assistant_starts_is_no_rating(
    hass: HomeAssistant, recorded: Recorded, pass_time: PassTime
) -> None:
    hass.set_state(CoreState.starting)
    hass.states.async_set(HELPER, "7")
    hass.states.async_set(HELPER, "7")
    await pass_time()
    hass.set_state(CoreState.running)
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STARTED)

    assert contexts(await recorded("rating")) == []


@pytest.mark.usefixtures("helper")
async def test_another_helper_is_followed_as_soon_as_it_is_chosen(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    recorded: Recorded,
    pass_time: PassTime,
) -> None:
    hass.states.async_set("number.other", "1")
    hass.config_entries.async_update_entry(
        set_up, options={**SILENT, CONF_PAIN_INPUT: "number.other"}
    )
    await pass_time()
    hass.states.async_set(HELPER, "9")
    hass.states.async_set("number.other", "2")
    await pass_time()

    assert contexts(await recorded("rating")) == [("pain", 2, "at_large", None)]


@pytest.mark.usefixtures("helper")
async def test_a_helper_answers_what_a_session_asks(
    hass: HomeAssistant,
    ask: Ask,
    until: Until,
    recorded: Recorded,
    pass_time: PassTime,
) -> None:
    await ask("start")
    await until("asking", TILTS)
    hass.states.async_set(HELPER, "2")
    await pass_time(timedelta(seconds=11))

    assert contexts(await recorded("rating")) == [("pain", 2, "during", TILTS)]
    assert hass.states.is_state("sensor.alex_session", "running")


# What it is of


async def test_while_nothing_happens_it_is_at_large(ask: Ask) -> None:
    assert await ask("rate", pain=3) == {"name": "Alex", "context": "at_large"}


@pytest.mark.parametrize("past", [build_past(check_in="each_exercise")[:-1]])
async def test_at_the_gate_it_is_before(ask: Ask, recorded: Recorded) -> None:
    await ask("start")

    assert (await ask("rate", pain=3))["context"] == "before"
    (started,) = await recorded("session_started")
    assert (started["kind"], started["pain_before"]) == ("normal", 3)


async def test_in_the_welcome_it_is_before(ask: Ask) -> None:
    await ask("start")

    assert (await ask("rate", pain=3))["context"] == "before"


async def test_in_an_exercise_and_its_question_it_is_of_that_exercise(
    ask: Ask, until: Until, recorded: Recorded
) -> None:
    await ask("start")
    await until("running", TILTS, "work")
    await ask("rate", pain=1)
    await until("asking", TILTS)
    await ask("rate", pain=2, effort=3)
    await until("running", HIP, "rest")
    await ask("rate", effort=4)

    assert contexts(await recorded("rating")) == [
        ("pain", 1, "during", TILTS),
        ("pain", 2, "during", TILTS),
        ("effort", 3, "during", TILTS),
        ("effort", 4, "during", TILTS),
    ]


async def test_of_an_exercise_that_was_the_worst_counts(
    ask: Ask, until: Until, pass_time: PassTime, recorded: Recorded
) -> None:
    await ask("start")
    await until("asking", TILTS)
    await ask("rate", pain=2, effort=3)
    await until("running", HIP, "work")
    await ask("rate", pain=3, exercise=TILTS)

    assert contexts(await recorded("rating"))[-1] == ("pain", 3, "during", TILTS)


async def test_in_the_closing_question_it_is_after(
    hass: HomeAssistant, ask: Ask, until: Until, recorded: Recorded
) -> None:
    await ask("start")
    await until("asking", SIMPLE)
    await ask("rate", pain=2, effort=3)
    await until("asking", STATE_UNKNOWN)

    assert (await ask("rate", pain=3, effort=2))["context"] == "after"
    assert contexts(await recorded("rating"))[-2:] == [
        ("pain", 3, "after", None),
        ("effort", 2, "after", None),
    ]
    assert hass.states.is_state("sensor.alex_session", "idle")


@pytest.mark.parametrize(
    ("later", "context"),
    [
        (timedelta(minutes=5), "after"),
        (timedelta(minutes=59), "after"),
        (timedelta(minutes=61), "at_large"),
        (timedelta(hours=11, minutes=30), "at_large"),
        (timedelta(hours=12), "next_day"),
        (timedelta(hours=35), "next_day"),
        (timedelta(hours=37), "at_large"),
        (timedelta(hours=73), "at_large"),
    ],
)
async def test_after_a_session_the_time_since_says_what_it_is_of(
    ask: Ask, until: Until, pass_time: PassTime, *, later: timedelta, context: str
) -> None:
    await ask("start")
    await until("idle")
    await pass_time(later)

    assert (await ask("rate", pain=3))["context"] == context


async def test_the_next_day_is_answered_once(
    ask: Ask, until: Until, pass_time: PassTime
) -> None:
    await ask("start")
    await until("idle")
    await pass_time(timedelta(hours=14))

    assert (await ask("rate", pain=3))["context"] == "next_day"
    assert (await ask("rate", pain=3))["context"] == "at_large"


async def test_the_day_after_may_be_recalled_later_if_it_is_said_so(
    ask: Ask, until: Until, pass_time: PassTime, recorded: Recorded
) -> None:
    await ask("start")
    await until("idle")
    await pass_time(timedelta(hours=60))
    answer = await ask("rate", pain=3, context="next_day")

    assert answer["context"] == "next_day"
    assert (await recorded("rating"))[-1]["recalled"]


async def test_a_rating_may_be_of_an_earlier_moment(
    ask: Ask, until: Until, pass_time: PassTime
) -> None:
    await ask("start")
    await until("idle")
    ended = dt_util.utcnow()
    await pass_time(timedelta(hours=20))
    earlier = ended + timedelta(minutes=10)

    assert (await ask("rate", pain=3, at=earlier.isoformat()))["context"] == "after"


async def test_a_moment_without_a_zone_is_local(
    hass: HomeAssistant, ask: Ask, pass_time: PassTime
) -> None:
    await hass.config.async_set_time_zone("Europe/Berlin")
    await ask("rate", pain=3, at="2026-11-23 07:30:00")
    answer = await ask("get_diary", limit=1)

    assert answer["entries"][0]["at"] == "2026-11-23T06:30:00+00:00"


# What it can't be


@pytest.mark.parametrize(
    ("data", "key"),
    [
        ({}, "nothing_rated"),
        ({"effort": 3}, "rating_effort"),
        ({"pain": 3, "context": "during"}, "rating_not_going_on"),
        ({"pain": 3, "context": "after"}, "rating_no_session"),
        ({"pain": 3, "context": "next_day"}, "rating_no_session"),
        ({"pain": 3, "exercise": TILTS}, "rating_exercise"),
        ({"pain": 3, "at": "2026-11-23T07:10:00+00:00"}, "rating_future"),
        ({"pain": 3, "at": "2026-11-19T07:10:00+00:00"}, "rating_too_old"),
        ({"effort": 3, "context": "before"}, "rating_effort"),
    ],
)
async def test_what_a_rating_can_not_be_of_is_refused_and_not_recorded(
    ask: Ask, recorded: Recorded, *, data: dict[str, Any], key: str
) -> None:
    with pytest.raises(ServiceValidationError) as refused:
        await ask("rate", **data)

    assert refused.value.translation_key == key
    assert contexts(await recorded("rating")) == []


@pytest.mark.parametrize(
    ("later", "context", "key"),
    [
        (timedelta(hours=2), "after", "rating_too_late"),
        (timedelta(hours=11), "next_day", "rating_too_early"),
        (timedelta(hours=80), "next_day", "rating_no_session"),
        (timedelta(minutes=5), "during", "rating_not_going_on"),
    ],
)
async def test_what_comes_too_early_or_too_late_is_refused(
    ask: Ask,
    until: Until,
    pass_time: PassTime,
    recorded: Recorded,
    *,
    later: timedelta,
    context: str,
    key: str,
) -> None:
    await ask("start")
    await until("idle")
    await pass_time(later)
    with pytest.raises(ServiceValidationError) as refused:
        await ask("rate", pain=2, context=context)

    assert refused.value.translation_key == key
    assert contexts(await recorded("rating")) == []


async def test_a_flare_is_of_the_next_day_however_early(
    ask: Ask, until: Until, pass_time: PassTime
) -> None:
    await ask("start")
    await until("idle")
    await pass_time(timedelta(hours=8))

    assert (await ask("rate", pain=5, context="next_day"))["context"] == "next_day"


async def test_an_exercise_that_is_not_of_this_session_is_refused(
    ask: Ask, until: Until, recorded: Recorded
) -> None:
    await ask("start")
    await until("running", TILTS, "work")
    with pytest.raises(ServiceValidationError) as refused:
        await ask("rate", pain=2, exercise="side_planks")

    assert refused.value.translation_key == "rating_exercise"
    assert contexts(await recorded("rating")) == []


async def test_effort_before_the_first_exercise_is_refused(
    ask: Ask, recorded: Recorded
) -> None:
    await ask("start")
    with pytest.raises(ServiceValidationError) as refused:
        await ask("rate", pain=2, effort=3)

    assert refused.value.translation_key == "rating_effort"
    assert contexts(await recorded("rating")) == []


async def test_what_it_is_of_can_be_said_in_a_session_too(
    ask: Ask, until: Until, recorded: Recorded
) -> None:
    await ask("start")
    await until("running", TILTS, "work")
    await ask("rate", pain=2, context="before")

    assert contexts(await recorded("rating")) == [("pain", 2, "before", None)]


async def test_while_it_is_paused_a_rating_is_taken_and_resumes_nothing(
    hass: HomeAssistant, ask: Ask, until: Until
) -> None:
    await ask("start")
    await until("running", TILTS, "work")
    await ask("pause")
    answer = await ask("rate", pain=2)

    assert answer["context"] == "during"
    assert hass.states.is_state("sensor.alex_session", "paused")
