"""Assistants with a language model do what a button would, and nothing more."""

from collections.abc import Callable, Coroutine
from datetime import timedelta
import json
from typing import Any, Final

from homeassistant.auth.models import User
from homeassistant.auth.permissions.const import SUBCAT_ALL
from homeassistant.components.homeassistant.exposed_entities import (
    async_expose_entity,
)
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers.llm import (
    LLM_API_ASSIST,
    APIInstance,
    LLMContext,
    ToolInput,
    ToolResult,
    async_get_api,
    selector_serializer,
)
from homeassistant.setup import async_setup_component
import probatio
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser
import voluptuous as vol

from custom_components.back_exercise.const import DOMAIN
from custom_components.back_exercise.engine.diary import Kind
from custom_components.back_exercise.llm import TOOLS, async_get_tools

from .conftest import (
    SESSION,
    SILENT,
    Ask,
    PassTime,
    Past,
    Play,
    build_entry,
    build_past,
    record,
)
from .pasts import SHARP_PAINS

CONVERSATION: Final = "conversation"
PAIN: Final = 7
MINUTE: Final = timedelta(minutes=1)
LOCKED_BY: Final = "saddle_numbness"

type Use = Callable[..., Coroutine[Any, Any, ToolResult]]


def context_of(user: User | None = None) -> LLMContext:
    """Return the context of a request, of somebody who is known or not."""
    return LLMContext(
        platform="test",
        context=Context(user_id=user.id if user else None),
        language="en",
        assistant=CONVERSATION,
        device_id=None,
    )


@pytest.fixture
async def assistant(hass: HomeAssistant) -> None:
    """Have assistants, to which nothing is exposed yet."""
    assert await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(hass, "llm", {})


@pytest.fixture
async def alex(
    hass: HomeAssistant, assistant: None, set_up: MockConfigEntry
) -> MockConfigEntry:
    """Expose Alex to assistants."""
    async_expose_entity(hass, CONVERSATION, SESSION, should_expose=True)
    return set_up


async def api_of(hass: HomeAssistant, user: User | None = None) -> APIInstance:
    """Return what an assistant is given at a request."""
    return await async_get_api(hass, LLM_API_ASSIST, context_of(user))


def ours(api: APIInstance) -> set[str]:
    """Return the names of our tools."""
    names = (tool.name for tool in api.tools)
    return {name for name in names if name.startswith(DOMAIN)}


@pytest.fixture
def use(hass: HomeAssistant, alex: MockConfigEntry, pass_time: PassTime) -> Use:
    """Return what uses a tool, for somebody who is known or not."""

    async def use(tool: str, user: User | None = None, **args: Any) -> ToolResult:
        api = await api_of(hass, user)
        asked = ToolInput(tool_name=f"{DOMAIN}__{tool}", tool_args=args)
        result = await api.async_call_tool(asked)
        await pass_time()
        return result

    return use


# Who is within reach


async def test_nobody_is_within_reach_who_is_not_exposed(
    hass: HomeAssistant, assistant: None, set_up: MockConfigEntry
) -> None:
    api = await api_of(hass)

    assert ours(api) == set()
    assert "Back Exercise" not in api.api_prompt


async def test_there_is_a_tool_for_each_thing_and_words_about_all(
    hass: HomeAssistant, alex: MockConfigEntry
) -> None:
    api = await api_of(hass)

    assert ours(api) == {tool.name for tool in TOOLS}
    assert "do not add advice" in api.api_prompt


async def test_another_api_is_given_nothing(
    hass: HomeAssistant, alex: MockConfigEntry
) -> None:
    assert async_get_tools(hass, context_of(), "another") is None


async def test_of_what_can_be_given_each_tool_makes_a_schema(
    hass: HomeAssistant, alex: MockConfigEntry
) -> None:
    tools = {tool.name: tool for tool in (await api_of(hass)).tools}

    schemas = {
        name: probatio.to_openapi(
            tools[name].parameters,
            custom_serializer=selector_serializer,
            openapi_version="3.1.0",
        )
        for name in (tool.name for tool in TOOLS)
    }

    def given(tool: str) -> set[str]:
        return {*schemas[f"{DOMAIN}__{tool}"]["properties"]}

    assert given("get_session") == given("get_plan") == {"person"}
    assert given("start_session") == {"person", "pain_before", "routine"}
    assert given("control_session") == {"person", "command"}
    assert given("rate") == {"person", "pain", "effort"}
    assert given("log_activity") == {"person", "activity", "minutes", "intensity"}


async def test_several_people_are_told_apart_by_name(
    hass: HomeAssistant, alex: MockConfigEntry, use: Use
) -> None:
    other = build_entry("Ben", SILENT)
    other.add_to_hass(hass)
    await record(hass, other, build_past())
    assert await hass.config_entries.async_setup(other.entry_id)
    await hass.async_block_till_done()
    async_expose_entity(hass, CONVERSATION, "sensor.ben_session", should_expose=True)

    await use("start_session", person="Ben", pain_before=2)

    assert hass.states.is_state(SESSION, "idle")
    assert not hass.states.is_state("sensor.ben_session", "idle")
    with pytest.raises(vol.Invalid):
        await use("get_session")
    with pytest.raises(vol.Invalid):
        await use("get_session", person="Cleo")


async def test_who_is_not_exposed_any_more_is_out_of_reach(
    hass: HomeAssistant, alex: MockConfigEntry
) -> None:
    api = await api_of(hass)
    async_expose_entity(hass, CONVERSATION, SESSION, should_expose=False)

    asked = ToolInput(tool_name=f"{DOMAIN}__start_session", tool_args={})
    result = await api.async_call_tool(asked)

    assert result.error
    assert "Expose the session sensor of Alex" in str(result.data["error"])
    assert hass.states.is_state(SESSION, "idle")


@pytest.mark.parametrize(
    ("rights", "refused"),
    [
        ({"read": True, "control": True}, (False, False)),
        ({"read": True}, (False, True)),
        ({}, (True, True)),
    ],
)
async def test_users_can_do_with_an_assistant_what_they_may_do_themselves(
    hass: HomeAssistant,
    use: Use,
    *,
    rights: dict[str, bool],
    refused: tuple[bool, bool],
) -> None:
    user = MockUser().add_to_hass(hass)
    user.mock_policy({"entities": {SUBCAT_ALL: rights}} if rights else {})

    read = await use("get_session", user)
    started = await use("start_session", user)

    assert (read.error, started.error) == refused
    assert hass.states.is_state(SESSION, "idle") == refused[1]


async def test_a_user_who_is_gone_can_do_nothing(hass: HomeAssistant, use: Use) -> None:
    result = await use("start_session", MockUser())

    assert result.error
    assert "You may not do this for Alex" in str(result.data["error"])


# What it does


async def test_a_session_is_led_from_start_to_stop(
    hass: HomeAssistant, use: Use, pass_time: PassTime
) -> None:
    states = []
    await use("start_session", pain_before=2)
    await pass_time(MINUTE)
    for command in ("pause", "resume", "explain", "next", "stop"):
        result = await use("control_session", command=command)
        assert not result.error
        states.append(result.data["state"])

    assert states[0] == "paused"
    assert states[-1] == "idle"
    assert hass.states.is_state(SESSION, "idle")


async def test_what_is_recorded_tells_that_it_came_from_an_assistant(
    use: Use, ask: Ask, pass_time: PassTime
) -> None:
    await use("start_session", pain_before=2)
    await pass_time(MINUTE)
    await use("rate", pain=3, effort=4)
    await use("control_session", command="stop")
    await use("log_activity", activity="walking", minutes=30)

    answer = await ask(
        "get_diary", kinds=[Kind.SESSION_STARTED, Kind.RATING, Kind.ACTIVITY]
    )
    written = {
        (each["kind"], each["source"])
        for each in answer["entries"]
        if each["source"] != "test"
    }
    assert written == {
        ("session_started", "assistant"),
        ("rating", "assistant"),
        ("activity", "assistant"),
    }


async def test_sharp_pain_ends_the_exercise(
    use: Use, ask: Ask, pass_time: PassTime
) -> None:
    await use("start_session", pain_before=2)
    await pass_time(MINUTE)
    result = await use("control_session", command="sharp_pain")

    assert not result.error
    answer = await ask("get_diary", kinds=[Kind.EXERCISE_DONE])
    assert answer["entries"][0]["data"]["sharp"]


async def test_it_tells_where_in_a_session_somebody_is(
    use: Use, pass_time: PassTime
) -> None:
    before = (await use("get_session")).data
    await use("start_session", pain_before=2)
    await pass_time(MINUTE)
    during = (await use("get_session")).data

    assert (before["state"], before["possible_commands"]) == ("idle", ["start"])
    assert "exercise" not in before
    assert during["exercise"] == "Pelvic tilts"
    assert during["next_exercise"] == "Isometric hip flexion"
    assert during["state"] == "running"
    assert str(during["step_ends_at"]).startswith("2026-11-22T23:0")


async def test_a_rating_is_taken_for_what_it_is_of(use: Use) -> None:
    result = await use("rate", pain=4)

    assert result.data["recorded_as"] == "at_large"


async def test_a_part_of_a_number_counts_as_all_of_it(
    hass: HomeAssistant, use: Use
) -> None:
    await use("rate", pain=3.2)

    assert hass.states.is_state("sensor.alex_pain", "4")


async def test_activity_counts_and_bending_forward_is_answered_with_a_choice(
    use: Use,
) -> None:
    walked = await use("log_activity", activity="walking", minutes=20)
    bent = await use(
        "log_activity", activity="sit-ups", minutes=5, intensity="vigorous"
    )

    assert walked.data["active_minutes_this_week"] == 20
    assert walked.data["sentences"] == []
    assert len(bent.data["sentences"]) == 1  # type: ignore[arg-type] # a list


async def test_the_plan_is_told_with_its_reasons(
    use: Use, play: Play, pass_time: PassTime
) -> None:
    await play()
    data = (await use("get_plan")).data

    assert data["result"] == "not_today"
    assert data["exercises"] == []
    assert data["why"] != []


async def test_the_plan_names_the_exercises(use: Use) -> None:
    data: Any = (await use("get_plan")).data

    assert data["exercises"][0] == {
        "exercise": "Pelvic tilts",
        "sets": [10],
        "hold_seconds": 3.0,
    }
    assert data["seconds"] > 0


# What it does not do


@pytest.mark.parametrize("past", [build_past(pain=PAIN)])
async def test_no_pain_is_told_in_numbers(use: Use, past: Past) -> None:
    session = (await use("get_session")).data
    plan = (await use("get_plan")).data

    assert str(PAIN) not in json.dumps(session)
    assert str(PAIN) not in json.dumps(plan["why"])
    assert plan["why"] != []
    assert "decisions" not in plan


@pytest.mark.parametrize("past", [build_past(*SHARP_PAINS)])
async def test_a_lock_can_not_be_passed(
    hass: HomeAssistant, use: Use, past: Past
) -> None:
    standing = (await use("get_session")).data
    results = [
        await use("start_session"),
        await use("start_session", pain_before=0, routine="beginner"),
    ]

    assert all(result.error for result in results)
    assert standing["locked"]
    assert hass.states.is_state(SESSION, "idle")


async def test_a_second_session_on_a_day_can_not_be_had(
    hass: HomeAssistant, use: Use, play: Play
) -> None:
    await play()
    result = await use("start_session", pain_before=0)

    assert result.error
    assert hass.states.is_state(SESSION, "idle")
    with pytest.raises(vol.Invalid):
        await use("start_session", override=True)


async def test_too_much_pain_is_turned_away_as_from_a_button(
    hass: HomeAssistant, use: Use
) -> None:
    result = await use("start_session", pain_before=8)

    assert result.error
    assert hass.states.is_state(SESSION, "idle")


async def test_a_routine_above_the_programme_is_refused(
    hass: HomeAssistant, use: Use
) -> None:
    result = await use("start_session", pain_before=1, routine="advanced")

    assert result.error
    assert hass.states.is_state(SESSION, "idle")


async def test_what_makes_no_sense_now_is_refused_in_words(use: Use) -> None:
    result = await use("control_session", command="pause")

    assert result.error
    assert "is not possible at this point" in str(result.data["error"])


@pytest.mark.parametrize(
    ("tool", "args"),
    [
        ("control_session", {"command": "start"}),
        ("control_session", {"command": "unlock"}),
        ("rate", {"pain": 11}),
        ("rate", {"pain": "a lot"}),
        ("log_activity", {"activity": " ", "minutes": 5}),
        ("log_activity", {"activity": "walking", "minutes": 0}),
    ],
)
async def test_what_can_not_be_meant_is_refused(
    use: Use, *, tool: str, args: dict[str, Any]
) -> None:
    with pytest.raises(vol.Invalid):
        await use(tool, **args)


async def test_no_tool_touches_locks_rules_or_limits(
    hass: HomeAssistant, alex: MockConfigEntry
) -> None:
    api = await api_of(hass)

    others = {
        "screen",
        "set_programme",
        "answer_offer",
        "edit_entry",
        "delete_entry",
        "delete_diary",
        "import",
        "export",
        "get_diary",
    }
    assert not {name.partition("__")[2] for name in ours(api)} & others
