"""While the diary can't be written: the session goes on, and nothing pretends."""

from collections.abc import Generator
from datetime import timedelta
from typing import Any, Final
from unittest.mock import patch

from homeassistant.components.number import SERVICE_SET_VALUE
from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.back_exercise.const import CONF_PAIN_INPUT, DOMAIN
from custom_components.back_exercise.diary_file import Reason, StoreError
from custom_components.back_exercise.store import Store

from .conftest import (
    SESSION,
    SILENT,
    Ask,
    PassTime,
    Recorded,
    Until,
    build_past,
    reload,
)
from .engine.exercises import TILTS

PAIN: Final = "sensor.alex_pain"
LOCKED: Final = "binary_sensor.alex_locked"


class Disk:
    """A disk that can be full."""

    reason: Reason | None = None
    """Why nothing can be written; None where it can."""


@pytest.fixture
def disk(set_up: MockConfigEntry) -> Generator[Disk]:
    """Return the disk that the diary is on."""
    disk, append = Disk(), Store.append

    def try_to_append(store: Store, *args: Any, **kwargs: Any) -> Any:
        if disk.reason:
            raise StoreError(disk.reason)
        return append(store, *args, **kwargs)

    with patch.object(Store, "append", try_to_append):
        yield disk


def issues(issue_registry: ir.IssueRegistry) -> set[str | None]:
    """Return what repairs tell of."""
    return {
        issue.translation_key
        for (domain, _), issue in issue_registry.issues.items()
        if domain == DOMAIN
    }


async def test_a_session_goes_on_while_the_disk_is_full_and_is_told_of(
    hass: HomeAssistant,
    disk: Disk,
    ask: Ask,
    until: Until,
    issue_registry: ir.IssueRegistry,
) -> None:
    await ask("start")
    await until("running", TILTS, "work")
    disk.reason = Reason.FULL
    await until("running", "isometric_hip_flexion", "work")
    assert issues(issue_registry) == {"diary_full"}
    await until("idle")

    assert hass.states.is_state("sensor.alex_sessions_this_week", "1")


async def test_what_a_session_did_is_written_once_there_is_room(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    disk: Disk,
    ask: Ask,
    until: Until,
    pass_time: PassTime,
    recorded: Recorded,
    issue_registry: ir.IssueRegistry,
) -> None:
    await ask("start")
    await until("running", TILTS, "work")
    disk.reason = Reason.FULL
    await until("idle")
    disk.reason = None
    await pass_time(timedelta(minutes=1, seconds=5))
    assert issues(issue_registry) == set()
    await reload(hass, set_up, pass_time)

    assert len(await recorded("exercise_done")) == 4
    assert [each["outcome"] for each in await recorded("session_ended")] == [
        "completed"
    ]
    assert hass.states.is_state("sensor.alex_sessions_this_week", "1")


async def test_sharp_pain_counts_though_it_can_not_be_written(
    disk: Disk, ask: Ask, until: Until, pass_time: PassTime
) -> None:
    await ask("start")
    await until("running", TILTS, "work")
    disk.reason = Reason.FULL
    await ask("sharp_pain")
    await ask("stop")
    await pass_time(timedelta(days=1))
    plan = await ask("get_plan", pain_before=2)

    assert TILTS not in {each["exercise"] for each in plan["exercises"]}


@pytest.mark.parametrize(
    "reason", [Reason.FULL, Reason.READ_ONLY, Reason.GONE, Reason.BUSY, Reason.BROKEN]
)
async def test_a_rating_that_is_not_saved_says_so_and_is_not_shown(
    hass: HomeAssistant,
    disk: Disk,
    ask: Ask,
    recorded: Recorded,
    issue_registry: ir.IssueRegistry,
    reason: Reason,
) -> None:
    disk.reason = reason
    with pytest.raises(HomeAssistantError) as error:
        await ask("rate", pain=7)

    assert error.value.translation_key == f"diary_{reason}"
    assert error.value.translation_placeholders == {"name": "Alex"}
    assert hass.states.is_state(PAIN, "2")
    assert len(await recorded("rating")) == 1
    assert issues(issue_registry) == {f"diary_{reason}"}


async def test_a_number_that_is_not_saved_says_so_too(
    hass: HomeAssistant, disk: Disk
) -> None:
    disk.reason = Reason.FULL
    with pytest.raises(HomeAssistantError) as error:
        await hass.services.async_call(
            "number",
            SERVICE_SET_VALUE,
            {ATTR_ENTITY_ID: "number.alex_pain_now", "value": 6},
            blocking=True,
        )

    assert error.value.translation_key == "diary_full"
    assert hass.states.is_state("number.alex_pain_now", "2")


@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("log_activity", {"activity": "walking", "minutes": 20}),
        ("set_programme", {"exercise": TILTS, "index": -1}),
        ("screen", {"items": []}),
        ("start", {"pain_before": 3}),
        ("import", {"diary": {}}),
    ],
)
async def test_no_action_pretends(
    hass: HomeAssistant, disk: Disk, ask: Ask, *, action: str, data: dict[str, Any]
) -> None:
    before = await ask("get_diary")
    disk.reason = Reason.FULL
    with pytest.raises(HomeAssistantError):
        await ask(action, **data)

    assert await ask("get_diary") == before
    assert hass.states.is_state(SESSION, "idle")


async def test_a_rating_in_a_session_that_is_not_saved_still_stops_what_hurts(
    hass: HomeAssistant, disk: Disk, ask: Ask, until: Until
) -> None:
    await ask("start")
    await until("running", TILTS, "work")
    disk.reason = Reason.FULL
    with pytest.raises(HomeAssistantError):
        await ask("rate", pain=9)

    assert hass.states.is_state(SESSION, "idle")


async def test_a_sign_that_is_not_saved_still_ends_the_session(
    hass: HomeAssistant, disk: Disk, ask: Ask, until: Until
) -> None:
    await ask("start")
    await until("running", TILTS, "work")
    disk.reason = Reason.FULL
    with pytest.raises(HomeAssistantError):
        await ask("screen", reported=["chest_pain"])

    assert hass.states.is_state(SESSION, "idle")
    assert hass.states.is_state(LOCKED, "on")


async def test_what_locks_is_written_once_there_is_room(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    disk: Disk,
    ask: Ask,
    pass_time: PassTime,
) -> None:
    disk.reason = Reason.FULL
    with pytest.raises(HomeAssistantError):
        await ask("screen", items=["chest_pain"])
    disk.reason = None
    await pass_time(timedelta(minutes=1, seconds=5))
    await reload(hass, set_up, pass_time)

    assert hass.states.is_state(LOCKED, "on")


async def test_what_opens_a_lock_does_not_unless_it_is_saved(
    hass: HomeAssistant, disk: Disk, ask: Ask
) -> None:
    await ask("screen", items=["chest_pain"])
    disk.reason = Reason.FULL
    with pytest.raises(HomeAssistantError):
        await ask("screen", items=[], assessed=True)

    assert hass.states.is_state(LOCKED, "on")


@pytest.mark.parametrize("past", [build_past(check_in="each_exercise")[:-1]])
async def test_an_answer_at_the_gate_that_is_not_saved_still_keeps_from_starting(
    hass: HomeAssistant, disk: Disk, ask: Ask
) -> None:
    await ask("start")
    disk.reason = Reason.FULL
    with pytest.raises(HomeAssistantError):
        await ask("rate", pain=7)

    assert hass.states.is_state(SESSION, "idle")


@pytest.mark.parametrize("options", [{**SILENT, CONF_PAIN_INPUT: "input_number.back"}])
async def test_a_helper_that_is_not_saved_is_told_without_its_number(
    hass: HomeAssistant,
    disk: Disk,
    ask: Ask,
    pass_time: PassTime,
    caplog: pytest.LogCaptureFixture,
) -> None:
    hass.states.async_set("input_number.back", "4")
    await pass_time()
    disk.reason = Reason.FULL
    hass.states.async_set("input_number.back", "7")
    await pass_time()
    told = [each.getMessage() for each in caplog.records if "helper" in each.message]

    assert len(told) == 1
    assert "7" not in told[0]
    assert hass.states.is_state(PAIN, "2")
