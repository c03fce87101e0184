"""An automation made of each blueprint, over the API that the editor uses, runs."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
import shutil
from typing import Any

import pytest

from demo.home import Json

from .parts import Parts
from .person import Person, add_person

FOLDER = Path(__file__).parents[2] / "blueprints" / "automation" / "back_exercise"
NOTIFY = {"entity_id": "notify.phone"}
BUTTON, BELL = "event.button", "event.doorbell"
SEAT, POWER = "binary_sensor.seat", "sensor.coffee"
LIGHT = "light.bedroom"
ALWAYS = {"after": "00:00:00", "before": "23:59:59"}


@pytest.fixture(scope="module")
async def fay(parts: Parts) -> AsyncIterator[Person]:
    """Have a person who follows the screen, where the blueprints are installed."""
    target = parts.house.config / "blueprints" / "automation" / FOLDER.name
    await asyncio.to_thread(shutil.copytree, FOLDER, target, dirs_exist_ok=True)
    fay = await add_person(parts, "Fay", [])
    yield fay
    await parts.home.rest("DELETE", f"/api/config/config_entries/entry/{fay.entry_id}")


async def put(parts: Parts, entity_id: str, state: str, **attributes: Any) -> None:
    """Have an entity be in a state."""
    body = {"state": state, "attributes": attributes}
    await parts.home.rest("POST", f"/api/states/{entity_id}", body)


async def make(parts: Parts, person: Person, blueprint: str, **inputs: Any) -> str:
    """Make an automation of a blueprint for a person; return its entity."""
    registry = await parts.home.ask("config/entity_registry/list")
    session = person.entities["session"]
    device = next(
        each["device_id"] for each in registry if each["entity_id"] == session
    )
    config = {
        "alias": blueprint,
        "use_blueprint": {
            "path": f"{FOLDER.name}/{blueprint}.yaml",
            "input": {"person": device, **inputs},
        },
    }
    path = f"/api/config/automation/config/{blueprint}"
    await parts.home.rest("POST", path, config)
    entity_id = f"automation.{blueprint}"
    await parts.home.until(entity_id, "on")
    return entity_id


async def has_run(parts: Parts, blueprint: str) -> Json:
    """Wait until an automation has run to its end; return how it ended."""
    async with asyncio.timeout(40):
        while True:
            traces = await parts.home.ask(
                "trace/list", domain="automation", item_id=blueprint
            )
            ended = [each for each in traces if each["state"] == "stopped"]
            if ended and ended[-1]["script_execution"] not in (
                None,
                "failed_conditions",
            ):
                return ended[-1]["script_execution"]
            await asyncio.sleep(0.2)


def soon() -> str:
    """Return a time of the day that comes in some seconds."""
    moment = datetime.now().astimezone() + timedelta(seconds=8)
    return moment.strftime("%H:%M:%S")


async def test_the_reminder_and_the_week_are_sent(parts: Parts, fay: Person) -> None:
    day = datetime.now().astimezone().strftime("%a").lower()
    await make(parts, fay, "daily_reminder", notify=NOTIFY, time=soon())
    await make(parts, fay, "weekly_summary", notify=NOTIFY, time=soon(), day=day)

    assert await has_run(parts, "daily_reminder") == "finished"
    assert await has_run(parts, "weekly_summary") == "finished"


async def test_long_sitting_is_told(parts: Parts, fay: Person) -> None:
    await put(parts, SEAT, "off")
    inputs = {"seat": SEAT, "notify": NOTIFY, "sitting": {"seconds": 1}, **ALWAYS}
    await make(parts, fay, "long_sitting", **inputs)

    await put(parts, SEAT, "on")

    assert await has_run(parts, "long_sitting") == "finished"


async def test_coffee_starts_a_session_with_lights_a_bell_and_a_button(
    parts: Parts, fay: Person
) -> None:
    session = fay.entities["session"]
    await put(parts, POWER, "1200")
    await put(parts, BELL, "unknown", event_type=None)
    await put(parts, BUTTON, "unknown", event_type=None)
    await put(parts, LIGHT, "on", brightness=13)
    at_once = {"settled": {"seconds": 0}, "delay": {"seconds": 0}, **ALWAYS}
    await make(parts, fay, "session_lights", lights=[LIGHT])
    await make(parts, fay, "after_coffee", power=POWER, **at_once)
    await make(
        parts, fay, "doorbell", doorbells=[BELL], pause={"seconds": 3}, goes_on=True
    )
    await make(parts, fay, "button_or_tag", buttons=[BUTTON])
    await fay.perform("rate", {"pain": 1})

    await put(parts, POWER, "5")
    await parts.home.until(session, "running", within=timedelta(seconds=30))
    await put(parts, BELL, "2026-11-29T10:00:00.000+00:00", event_type="ring")
    await parts.home.until(session, "paused")
    await parts.home.until(session, "running", within=timedelta(seconds=30))
    await put(parts, BUTTON, "2026-11-29T10:00:01.000+00:00", event_type="single")
    await parts.home.until(session, "paused")
    await put(parts, BUTTON, "2026-11-29T10:00:02.000+00:00", event_type="hold")
    await parts.home.until(session, "idle")

    for blueprint in ("after_coffee", "doorbell", "button_or_tag", "session_lights"):
        assert await has_run(parts, blueprint) == "finished"
