"""Everything that can be asked of a person's session."""

from datetime import timedelta
from typing import Any

from homeassistant.auth.models import User
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import (
    ATTR_AREA_ID,
    ATTR_DEVICE_ID,
    ATTR_ENTITY_ID,
    ATTR_LABEL_ID,
)
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import (
    ServiceValidationError,
    Unauthorized,
    UnknownUser,
)
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    label_registry as lr,
)
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from syrupy.assertion import SnapshotAssertion
import voluptuous as vol

from custom_components.back_exercise.const import DOMAIN
from custom_components.back_exercise.engine.session import Command

from .acting import NEEDED
from .conftest import (
    ADVANCED,
    SILENT,
    SPOKEN,
    Ask,
    PassTime,
    build_entry,
    build_past,
    record,
)
from .fakes import FakeSpeaker, FakeVoice, Mood

ALEX = "sensor.alex_session"
SAM = "sensor.sam_session"

READING = ["get_plan", "get_diary", "export"]
WRITING = [*Command, "say", *NEEDED]
ACTIONS = [*WRITING, *READING]


@pytest.fixture
async def sam(hass: HomeAssistant, set_up: MockConfigEntry) -> MockConfigEntry:
    """Set a second person up."""
    entry = build_entry("Sam", SILENT)
    entry.add_to_hass(hass)
    await record(hass, entry, build_past())
    assert await hass.config_entries.async_setup(entry.entry_id)
    return entry


async def perform(
    hass: HomeAssistant,
    action: str,
    target: dict[str, Any],
    *,
    user: str | None = None,
) -> dict[str, dict[str, Any]]:
    """Perform an action and return what it answers."""
    answers: dict[str, Any] | None = await hass.services.async_call(
        DOMAIN,
        action,
        {**target, **NEEDED.get(action, {})},
        blocking=True,
        context=Context(user_id=user),
        return_response=True,
    )
    assert answers is not None
    return answers


# What they do


async def test_every_action_answers_how_the_session_is(
    ask: Ask, pass_time: PassTime, snapshot: SnapshotAssertion
) -> None:
    assert await ask("start") == snapshot(name="start")
    await pass_time(timedelta(minutes=3, seconds=30))
    for action in (
        "explain",
        "repeat",
        "easier",
        "pause",
        "resume",
        "previous",
        "next",
        "sharp_pain",
        "stop",
    ):
        assert await ask(action) == snapshot(name=action)
        await pass_time(timedelta(seconds=5))


async def test_an_answer_need_not_be_wanted(
    hass: HomeAssistant, set_up: MockConfigEntry
) -> None:
    await hass.services.async_call(
        DOMAIN, "start", {ATTR_ENTITY_ID: ALEX}, blocking=True
    )

    assert not hass.states.is_state(ALEX, "idle")


@pytest.mark.parametrize("past", [build_past(ADVANCED)])
async def test_a_routine_can_be_started_that_is_not_the_chosen_one(ask: Ask) -> None:
    assert (await ask("start", routine="advanced"))["routine"] == "advanced"


async def test_the_plan_is_returned(ask: Ask, snapshot: SnapshotAssertion) -> None:
    assert await ask("get_plan") == snapshot


@pytest.mark.parametrize("past", [build_past(ADVANCED)])
async def test_the_plan_of_another_routine_is_returned(ask: Ask) -> None:
    assert (await ask("get_plan", routine="advanced"))["routine"] == "advanced"


# Whom they mean


@pytest.fixture
def targets(
    device_id: str,
    area_registry: ar.AreaRegistry,
    device_registry: dr.DeviceRegistry,
    label_registry: lr.LabelRegistry,
) -> dict[str, dict[str, str]]:
    """Return ways to name Alex."""
    area = area_registry.async_create("Bedroom")
    label = label_registry.async_create("Back")
    device_registry.async_update_device(
        device_id, area_id=area.id, labels={label.label_id}
    )
    return {
        "device": {ATTR_DEVICE_ID: device_id},
        "entity": {ATTR_ENTITY_ID: "binary_sensor.alex_session_active"},
        "setting": {ATTR_ENTITY_ID: "switch.alex_speech"},
        "area": {ATTR_AREA_ID: area.id},
        "label": {ATTR_LABEL_ID: label.label_id},
    }


@pytest.mark.parametrize("way", ["device", "entity", "setting", "area", "label"])
async def test_a_person_can_be_named_in_many_ways(
    hass: HomeAssistant,
    device_id: str,
    targets: dict[str, dict[str, str]],
    way: str,
) -> None:
    answers = await perform(hass, "start", targets[way])

    assert list(answers) == [device_id]
    assert answers[device_id]["state"] != "idle"


async def test_several_persons_can_be_named_at_once(
    hass: HomeAssistant, sam: MockConfigEntry
) -> None:
    answers = await perform(hass, "start", {ATTR_ENTITY_ID: [ALEX, SAM]})

    assert {answer["name"] for answer in answers.values()} == {"Alex", "Sam"}
    assert not hass.states.is_state(ALEX, "idle")
    assert not hass.states.is_state(SAM, "idle")


async def test_of_several_persons_whoever_exercises_is_stopped(
    hass: HomeAssistant, sam: MockConfigEntry
) -> None:
    await perform(hass, "start", {ATTR_ENTITY_ID: SAM})

    await perform(hass, "stop", {ATTR_ENTITY_ID: [ALEX, SAM]})

    assert hass.states.is_state(SAM, "idle")


async def test_of_several_persons_those_not_loaded_are_left_out(
    hass: HomeAssistant, set_up: MockConfigEntry, sam: MockConfigEntry
) -> None:
    await perform(hass, "start", {ATTR_ENTITY_ID: SAM})
    await hass.config_entries.async_unload(set_up.entry_id)

    await perform(hass, "stop", {ATTR_ENTITY_ID: [ALEX, SAM]})

    assert hass.states.is_state(SAM, "idle")


async def test_a_command_that_makes_sense_for_nobody_is_refused(
    hass: HomeAssistant, sam: MockConfigEntry
) -> None:
    with pytest.raises(ServiceValidationError) as refused:
        await perform(hass, "stop", {ATTR_ENTITY_ID: [ALEX, SAM]})

    assert refused.value.translation_key == "command_not_allowed"


# What is refused


@pytest.mark.parametrize(
    ("action", "target"),
    [
        *((action, {ATTR_ENTITY_ID: "sun.sun"}) for action in ACTIONS),
        ("stop", {ATTR_ENTITY_ID: "all"}),
        ("stop", {ATTR_DEVICE_ID: "unknown"}),
        ("stop", {ATTR_AREA_ID: "nowhere"}),
    ],
)
async def test_a_target_that_names_nobody_is_refused(
    hass: HomeAssistant, set_up: MockConfigEntry, action: str, target: dict[str, str]
) -> None:
    with pytest.raises(ServiceValidationError) as refused:
        await perform(hass, action, target)

    assert refused.value.translation_domain == DOMAIN
    assert refused.value.translation_key == "not_ours"


@pytest.mark.parametrize("action", ACTIONS)
async def test_a_person_that_is_not_loaded_is_refused(
    hass: HomeAssistant, set_up: MockConfigEntry, action: str
) -> None:
    await hass.config_entries.async_unload(set_up.entry_id)
    assert set_up.state is ConfigEntryState.NOT_LOADED

    with pytest.raises(ServiceValidationError) as refused:
        await perform(hass, action, {ATTR_ENTITY_ID: ALEX})

    assert refused.value.translation_key == "service_config_entry_not_loaded"


@pytest.mark.parametrize("command", [each for each in Command if each != "start"])
async def test_a_command_without_a_session_is_refused(ask: Ask, command: str) -> None:
    with pytest.raises(ServiceValidationError) as refused:
        await ask(command)

    assert refused.value.translation_key == "command_not_allowed"


async def test_a_second_start_is_refused(ask: Ask) -> None:
    await ask("start")

    with pytest.raises(ServiceValidationError) as refused:
        await ask("start")

    assert refused.value.translation_key == "already_running"
    assert refused.value.translation_placeholders == {"name": "Alex"}


async def test_more_than_the_beginner_routine_is_refused_until_a_clinician_agreed(
    hass: HomeAssistant, ask: Ask
) -> None:
    with pytest.raises(ServiceValidationError) as refused:
        await ask("start", routine="intermediate")
    plan = await ask("get_plan", routine="intermediate")

    assert refused.value.translation_placeholders == {
        "rule": "R1",
        "sentence": plan["why"][0],
    }
    assert (plan["result"], plan["exercises"]) == ("refused", [])
    assert hass.states.is_state(ALEX, "idle")


@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("start", {"pain": 3}),
        ("pause", {"reason": "Tired"}),
        ("say", {"message": "Hello"}),
        ("rate", {"pain": 3, "value": 3}),
    ],
)
async def test_unknown_fields_are_refused(
    ask: Ask, action: str, data: dict[str, Any]
) -> None:
    with pytest.raises(vol.Invalid, match="not a valid option"):
        await ask(action, **data)


@pytest.mark.parametrize("action", ACTIONS)
async def test_a_target_is_needed(
    hass: HomeAssistant, set_up: MockConfigEntry, action: str
) -> None:
    with pytest.raises(vol.Invalid, match="at least one of"):
        await perform(hass, action, {})


# Who may


@pytest.mark.parametrize("action", WRITING)
async def test_who_may_only_look_can_not_command(
    hass: HomeAssistant, device_id: str, hass_read_only_user: User, action: str
) -> None:
    with pytest.raises(Unauthorized):
        await perform(
            hass, action, {ATTR_DEVICE_ID: device_id}, user=hass_read_only_user.id
        )

    assert hass.states.is_state(ALEX, "idle")


@pytest.mark.parametrize("action", READING)
async def test_who_may_only_look_can_see_the_plan_and_the_diary(
    hass: HomeAssistant, device_id: str, hass_read_only_user: User, action: str
) -> None:
    answers = await perform(
        hass, action, {ATTR_DEVICE_ID: device_id}, user=hass_read_only_user.id
    )

    assert list(answers) == [device_id]


@pytest.mark.parametrize("action", READING)
async def test_who_may_see_nothing_can_not_see_the_diary(
    hass: HomeAssistant, device_id: str, hass_read_only_user: User, action: str
) -> None:
    hass_read_only_user.mock_policy({})  # type: ignore[attr-defined] # of tests
    with pytest.raises(Unauthorized):
        await perform(
            hass, action, {ATTR_DEVICE_ID: device_id}, user=hass_read_only_user.id
        )


async def test_an_unknown_user_can_not_command(
    hass: HomeAssistant, device_id: str
) -> None:
    with pytest.raises(UnknownUser):
        await perform(hass, "start", {ATTR_DEVICE_ID: device_id}, user="nobody")


async def test_an_administrator_can_command(
    hass: HomeAssistant, device_id: str, hass_admin_user: User
) -> None:
    await perform(hass, "start", {ATTR_DEVICE_ID: device_id}, user=hass_admin_user.id)

    assert not hass.states.is_state(ALEX, "idle")


# The test sentence


@pytest.mark.parametrize("options", [SPOKEN])
@pytest.mark.parametrize(
    ("mood", "came_of_it"), [(Mood.PLAYS, "played"), (Mood.FAILS, "failed")]
)
async def test_the_test_sentence_tells_what_came_of_it_on_each_speaker(
    hass: HomeAssistant,
    voice: FakeVoice,
    speaker: FakeSpeaker,
    ask: Ask,
    pass_time: PassTime,
    *,
    mood: Mood,
    came_of_it: str,
) -> None:
    speaker.mood = mood
    saying = hass.async_create_background_task(ask("say"), "say")
    await pass_time(timedelta(minutes=1))

    assert await saying == {
        "name": "Alex",
        "speakers": {"media_player.test": came_of_it},
    }
    assert len(voice.texts) == 1


@pytest.mark.parametrize("options", [SPOKEN])
async def test_the_test_sentence_is_refused_without_a_speaker(ask: Ask) -> None:
    with pytest.raises(ServiceValidationError) as refused:
        await ask("say")

    assert refused.value.translation_key == "speakers_missing"
