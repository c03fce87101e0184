"""Automations begin with what happens to a person."""

from datetime import timedelta
from typing import Any, Final

from homeassistant.config_entries import ConfigSubentryDataWithId
from homeassistant.const import ATTR_DEVICE_ID, ATTR_ENTITY_ID, STATE_ON, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar, device_registry as dr
from homeassistant.helpers.trigger import async_get_all_descriptions
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
import voluptuous as vol

from custom_components.back_exercise.engine.decision import Outcome
from custom_components.back_exercise.engine.diary import Context
from custom_components.back_exercise.engine.events import SessionOutcome
from custom_components.back_exercise.trigger import TRIGGERS

from .automating import Config, async_follow
from .conftest import SESSION, Ask, PassTime, Play
from .reminding import DUE, build_reminder

pytestmark = pytest.mark.usefixtures("berlin", "unasked")

EVENTS: Final = "event.alex_session_events"
LOCKED: Final = "binary_sensor.alex_locked"
ALEX: Final = {ATTR_ENTITY_ID: EVENTS, "person": "Alex"}
MINUTE: Final = timedelta(minutes=1)
HOUR: Final = timedelta(hours=1)


@pytest.fixture
def platforms() -> list[Platform]:
    """Load the platforms that have the entities that are followed, and one more."""
    return [Platform.BINARY_SENSOR, Platform.EVENT, Platform.SENSOR]


@pytest.fixture
def reminders() -> list[ConfigSubentryDataWithId]:
    """Return two reminders of each day, the second before the first is missed."""
    return [
        build_reminder("09:00:00", "01MORNING", "Morning"),
        build_reminder("09:30:00", "01LATER", "Later"),
    ]


def trigger(name: str, **options: Any) -> Config:
    """Return a trigger of Alex."""
    return {
        "trigger": f"back_exercise.{name}",
        "target": {ATTR_ENTITY_ID: EVENTS},
        "options": options,
    }


# What automations are handed


async def test_the_start_of_a_session_and_of_each_exercise_triggers(
    hass: HomeAssistant, set_up: MockConfigEntry, ask: Ask, pass_time: PassTime
) -> None:
    handed = await async_follow(
        hass, trigger("session_started"), trigger("exercise_started")
    )

    await ask("start")
    await pass_time(4 * MINUTE)
    await ask("stop")

    assert handed == [
        {**ALEX, "routine": "beginner"},
        {**ALEX, "exercise": "pelvic_tilts"},
        {**ALEX, "exercise": "isometric_hip_flexion"},
    ]


async def test_only_the_exercises_that_are_wanted_trigger(
    hass: HomeAssistant, set_up: MockConfigEntry, play: Play
) -> None:
    wanted = trigger("exercise_started", exercise=["bridges", "my_own"])
    handed = await async_follow(hass, wanted)

    await play()

    assert handed == [{**ALEX, "exercise": "bridges"}]


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        ({}, 1),
        ({"outcome": []}, 1),
        ({"outcome": "stopped"}, 1),
        ({"outcome": ["completed", "stopped"]}, 1),
        ({"outcome": ["completed"]}, 0),
    ],
)
async def test_the_end_of_a_session_triggers_if_it_ended_as_is_wanted(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    ask: Ask,
    *,
    wanted: dict[str, Any],
    count: int,
) -> None:
    handed = await async_follow(hass, trigger("session_finished", **wanted))

    await ask("start")
    await ask("stop")

    assert handed == [{**ALEX, "outcome": "stopped"}] * count


async def test_words_of_the_person_are_not_handed_to_automations(
    hass: HomeAssistant, set_up: MockConfigEntry, ask: Ask
) -> None:
    handed = await async_follow(hass, trigger("session_finished"))

    await ask("start")
    await ask("stop", reason="My leg is numb")

    (told,) = handed
    assert "numb" not in str(told)


@pytest.mark.parametrize(
    ("wanted", "pains"),
    [
        ({}, [2, 3, 6]),
        ({"min_pain": 3}, [3, 6]),
        ({"min_pain": 4.0}, [6]),
        ({"context": ["before"]}, [2]),
        ({"context": "after", "min_pain": 1}, [6]),
    ],
)
async def test_pain_triggers_from_a_number_on_and_at_moments_that_are_wanted(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    ask: Ask,
    pass_time: PassTime,
    *,
    wanted: dict[str, Any],
    pains: list[int],
) -> None:
    handed = await async_follow(hass, trigger("pain_reported", **wanted))

    await ask("start", pain_before=2)
    await pass_time(MINUTE)
    await ask("rate", effort=9)
    await ask("rate", pain=3)
    await ask("stop")
    await ask("rate", pain=6)

    assert [each["pain"] for each in handed] == pains
    assert {*handed[0]} == {*ALEX, "pain", "context", "exercise"}


async def test_a_decision_triggers_with_its_rule_and_sentence(
    hass: HomeAssistant, set_up: MockConfigEntry, ask: Ask, pass_time: PassTime
) -> None:
    handed = await async_follow(hass, trigger("decision_made", decision="suspend"))

    await ask("start")
    await pass_time(MINUTE)
    await ask("sharp_pain")

    (told,) = handed
    assert told["rule"] == "S-1"
    assert told["decision"] == "suspend"
    assert told["exercise"] == "pelvic_tilts"
    assert "pelvic tilts" in told["sentence"].lower()


async def test_each_reminder_triggers_once_and_again_after_a_snooze(
    hass: HomeAssistant, set_up: MockConfigEntry, ask: Ask, pass_time: PassTime
) -> None:
    due = {**trigger("reminder_due"), "target": {ATTR_ENTITY_ID: DUE}}
    handed = await async_follow(hass, due)

    await pass_time(HOUR + HOUR)
    assert hass.states.is_state(DUE, STATE_ON)
    await ask("snooze")
    await pass_time(20 * MINUTE)

    assert [(each["reminder"], each["snoozes_left"]) for each in handed] == [
        ("Morning", 3),
        ("Later", 3),
        ("Later", 2),
    ]


# Whom they are about


@pytest.mark.parametrize("entity_id", [EVENTS, LOCKED, SESSION])
@pytest.mark.parametrize("name", ["session_started", "reminder_due"])
async def test_any_entity_of_a_person_stands_for_the_person(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    ask: Ask,
    pass_time: PassTime,
    *,
    entity_id: str,
    name: str,
) -> None:
    config = {**trigger(name), "target": {ATTR_ENTITY_ID: entity_id}}
    handed = await async_follow(hass, config)

    await pass_time(HOUR)
    await ask("start")

    assert [each["person"] for each in handed] == ["Alex"]


async def test_a_device_or_its_area_stands_for_the_person(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    device_id: str,
    device_registry: dr.DeviceRegistry,
    area_registry: ar.AreaRegistry,
    ask: Ask,
) -> None:
    area = area_registry.async_create("Bedroom")
    device_registry.async_update_device(device_id, area_id=area.id)
    started = trigger("session_started")
    handed = await async_follow(
        hass,
        {**started, "target": {ATTR_DEVICE_ID: device_id}},
        {**started, "target": {"area_id": area.id}},
    )

    await ask("start")

    assert handed == [{**ALEX, "routine": "beginner"}] * 2


async def test_what_belongs_to_others_triggers_nothing(
    hass: HomeAssistant, set_up: MockConfigEntry, ask: Ask
) -> None:
    others = ["event.doorbell", "binary_sensor.door"]
    hass.states.async_set(others[0], "unknown", {"event_type": None})
    started = {**trigger("session_started"), "target": {ATTR_ENTITY_ID: others}}
    handed = await async_follow(hass, started)

    told = {"event_type": "session_started"}
    hass.states.async_set(others[0], "2026-11-23T08:00:00.000+00:00", told)
    await ask("start")

    assert handed == []


async def test_nothing_triggers_while_the_person_is_loaded_again(
    hass: HomeAssistant, set_up: MockConfigEntry, pass_time: PassTime, ask: Ask
) -> None:
    await ask("start")
    await ask("stop")
    await pass_time(HOUR)
    handed = await async_follow(
        hass, trigger("session_finished"), trigger("reminder_due")
    )

    assert await hass.config_entries.async_reload(set_up.entry_id)
    await pass_time(MINUTE)

    assert handed == []


# What is refused, and shown


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("session_finished", {"outcome": ["won"]}),
        ("pain_reported", {"min_pain": 11}),
        ("pain_reported", {"context": ["at night"]}),
        ("decision_made", {"decision": ["anything"]}),
        ("session_started", {"routine": "beginner"}),
    ],
)
async def test_an_option_that_makes_no_sense_is_refused(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    *,
    name: str,
    wanted: dict[str, Any],
) -> None:
    with pytest.raises(vol.Invalid):
        await async_follow(hass, trigger(name, **wanted))


async def test_every_trigger_is_described_with_all_that_can_be_chosen(
    hass: HomeAssistant, set_up: MockConfigEntry
) -> None:
    await async_follow(hass, trigger("session_started"))

    described = await async_get_all_descriptions(hass)
    fields = {
        name: (described[f"back_exercise.{name}"] or {})["fields"] for name in TRIGGERS
    }

    def offered(name: str, field: str) -> set[str]:
        return {*fields[name][field]["selector"]["select"]["options"]}

    assert {name for name in described if name.startswith("back_exercise")} == {
        f"back_exercise.{name}" for name in TRIGGERS
    }
    assert offered("session_finished", "outcome") == {*SessionOutcome}
    assert offered("pain_reported", "context") == {*Context}
    assert offered("decision_made", "decision") == {*Outcome} - {Outcome.NOTHING}
    assert "bridges" in offered("exercise_started", "exercise")
