"""Automations ask how a person's day stands."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from homeassistant.const import ATTR_DEVICE_ID, ATTR_ENTITY_ID, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.condition import (
    ConditionChecker,
    async_from_config,
    async_get_all_descriptions,
    async_validate_condition_config,
)
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
import voluptuous as vol

from custom_components.back_exercise.condition import CONDITIONS
from custom_components.back_exercise.const import DOMAIN

from .conftest import (
    SESSION,
    SILENT,
    Ask,
    PassTime,
    Play,
    build_entry,
    build_past,
    record,
)
from .reminding import DUE

pytestmark = pytest.mark.usefixtures("berlin", "unasked", "reminded")

ACTIVE: Final = "binary_sensor.alex_session_active"
EVENTS: Final = "event.alex_session_events"
LOCKED: Final = "binary_sensor.alex_locked"
MINUTE: Final = timedelta(minutes=1)
HOUR: Final = timedelta(hours=1)

type Check = Callable[[], bool | None]


@pytest.fixture
def platforms() -> list[Platform]:
    """Load the platforms that have the entities that are looked at, and one more."""
    return [Platform.BINARY_SENSOR, Platform.EVENT, Platform.SENSOR]


async def condition(
    hass: HomeAssistant, name: str, entity_id: str | list[str] = SESSION, **more: Any
) -> ConditionChecker:
    """Return a condition of Alex, ready to be asked."""
    config = {
        "condition": f"{DOMAIN}.{name}",
        "target": {ATTR_ENTITY_ID: entity_id},
        **more,
    }
    checked = await async_validate_condition_config(hass, cv.CONDITION_SCHEMA(config))
    return await async_from_config(hass, checked)


async def test_a_session_is_active_until_it_ends_pauses_included(
    hass: HomeAssistant, set_up: MockConfigEntry, ask: Ask
) -> None:
    active = await condition(hass, "is_active")
    answers = [active.async_check()]
    for action in ("start", "pause", "stop"):
        await ask(action)
        answers.append(active.async_check())

    assert answers == [False, True, True, False]


async def test_how_long_it_has_been_so_can_be_asked(
    hass: HomeAssistant, set_up: MockConfigEntry, ask: Ask, pass_time: PassTime
) -> None:
    long = await condition(hass, "is_active", options={"for": {"minutes": 1}})
    await ask("start")
    before = long.async_check()
    await pass_time(MINUTE)

    assert (before, long.async_check()) == (False, True)


async def test_a_reminder_is_due_until_it_is_answered(
    hass: HomeAssistant, set_up: MockConfigEntry, ask: Ask, pass_time: PassTime
) -> None:
    due = await condition(hass, "is_due")
    before = due.async_check()
    await pass_time(HOUR)
    during = due.async_check()
    await ask("skip_today")

    assert (before, during, due.async_check()) == (False, True, False)


async def test_sessions_are_locked_by_what_was_marked(
    hass: HomeAssistant, set_up: MockConfigEntry, ask: Ask
) -> None:
    locked = await condition(hass, "is_locked")
    before = locked.async_check()
    await ask("screen", items=["saddle_numbness"])

    assert (before, locked.async_check()) == (False, True)


async def test_a_session_that_was_stopped_does_not_count_as_done(
    hass: HomeAssistant, set_up: MockConfigEntry, ask: Ask
) -> None:
    done = await condition(hass, "done_today")
    await ask("start")
    await ask("stop")

    assert done.async_check() is False


async def test_a_completed_session_is_done_until_the_day_is_over(
    hass: HomeAssistant, set_up: MockConfigEntry, play: Play, pass_time: PassTime
) -> None:
    done = await condition(hass, "done_today")
    await play()
    in_the_morning = done.async_check()
    await pass_time(14 * HOUR)
    in_the_evening = done.async_check()
    await pass_time(2 * HOUR)

    assert (in_the_morning, in_the_evening, done.async_check()) == (True, True, False)
    assert done.needs_polling


async def test_nothing_is_so_for_somebody_who_is_not_loaded(
    hass: HomeAssistant, set_up: MockConfigEntry, play: Play, pass_time: PassTime
) -> None:
    asked = [await condition(hass, name) for name in ("done_today", "is_locked")]
    await play()
    await pass_time(HOUR)
    assert await hass.config_entries.async_unload(set_up.entry_id)
    answers = [each.async_check() for each in asked]
    assert await hass.config_entries.async_setup(set_up.entry_id)
    await hass.async_block_till_done()

    assert answers == [False, False]


@pytest.mark.parametrize("entity_id", [ACTIVE, DUE, EVENTS, LOCKED, SESSION])
@pytest.mark.parametrize("name", ["is_active", "done_today"])
async def test_any_entity_of_a_person_stands_for_the_person(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    ask: Ask,
    play: Play,
    *,
    entity_id: str,
    name: str,
) -> None:
    asked = await condition(hass, name, entity_id)
    await play()
    await ask("start", override=True)

    assert asked.async_check() is True


async def test_a_device_stands_for_the_person(
    hass: HomeAssistant, set_up: MockConfigEntry, device_id: str, ask: Ask
) -> None:
    active = await condition(hass, "is_active", target={ATTR_DEVICE_ID: device_id})
    await ask("start")

    assert active.async_check() is True


async def test_what_belongs_to_others_is_not_asked(
    hass: HomeAssistant, set_up: MockConfigEntry
) -> None:
    hass.states.async_set("binary_sensor.door", "on")
    active = await condition(hass, "is_active", "binary_sensor.door")

    assert active.async_check() is False


@pytest.mark.parametrize(
    ("behavior", "answers"), [("any", (True, True)), ("all", (False, False))]
)
async def test_of_several_people_any_or_all_can_be_asked_for(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    play: Play,
    ask: Ask,
    *,
    behavior: str,
    answers: tuple[bool, bool],
) -> None:
    other = build_entry("Ben", SILENT)
    other.add_to_hass(hass)
    await record(hass, other, build_past())
    assert await hass.config_entries.async_setup(other.entry_id)
    await hass.async_block_till_done()
    both = [SESSION, "sensor.ben_session"]
    options = {"behavior": behavior}
    done = await condition(hass, "done_today", both, options=options)
    active = await condition(hass, "is_active", both, options=options)
    await play()
    await ask("start", override=True)

    assert (done.async_check(), active.async_check()) == answers


@pytest.mark.parametrize("target", [{ATTR_ENTITY_ID: LOCKED}, None])
async def test_who_waits_for_a_condition_is_told_of_its_changes(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    device_id: str,
    ask: Ask,
    *,
    target: dict[str, Any] | None,
) -> None:
    active = await condition(
        hass, "is_active", target=target or {ATTR_DEVICE_ID: device_id}
    )
    told: list[bool | None] = []
    unsubscribe = await active.async_track_changes(
        lambda: told.append(active.async_check())
    )
    await ask("start")
    await ask("stop")
    unsubscribe()
    await ask("start")

    assert told == [True, False]


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("is_active", {"behavior": "some"}),
        ("done_today", {"behavior": "some"}),
        ("done_today", {"for": {"minutes": 1}}),
    ],
)
async def test_an_option_that_makes_no_sense_is_refused(
    hass: HomeAssistant, set_up: MockConfigEntry, *, name: str, options: dict[str, Any]
) -> None:
    with pytest.raises(vol.Invalid):
        await condition(hass, name, options=options)


async def test_every_condition_is_described(
    hass: HomeAssistant, set_up: MockConfigEntry
) -> None:
    await condition(hass, "is_active")

    described = await async_get_all_descriptions(hass)

    ours = {name for name in described if name.startswith(DOMAIN)}
    assert ours == {f"{DOMAIN}.{name}" for name in CONDITIONS}
    assert all(described[name] for name in ours)
