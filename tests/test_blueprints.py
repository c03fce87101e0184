"""The blueprints do what they say, in an automation made of each."""

from collections.abc import AsyncGenerator, Callable, Coroutine
from datetime import timedelta
from pathlib import Path
import shutil
from typing import Any, Final

from homeassistant.components.automation import DOMAIN as AUTOMATION
from homeassistant.components.automation.config import AUTOMATION_BLUEPRINT_SCHEMA
from homeassistant.components.blueprint.models import Blueprint
from homeassistant.const import (
    ATTR_ENTITY_ID,
    CONF_ID,
    ENTITY_MATCH_ALL,
    SERVICE_TURN_OFF,
    Platform,
)
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.helpers.selector import validate_selector
from homeassistant.setup import async_setup_component
from homeassistant.util.yaml import load_yaml_dict
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_mock_service,
)

from .conftest import SESSION, Ask, PassTime, Play
from .room import RoomNotifier

FOLDER: Final = (
    Path(__file__).parent.parent / "blueprints" / "automation" / "back_exercise"
)
FILES: Final = sorted(FOLDER.glob("*.yaml"))
REPOSITORY: Final = "https://github.com/back-exercise/back-exercise/blob/main/"

NOTIFY: Final = {"entity_id": "notify.test"}
BUTTON: Final = "event.button"
SEAT: Final = "binary_sensor.seat"
BELL: Final = "event.doorbell"
POWER: Final = "sensor.coffee"
LIGHT: Final = "light.bedroom"

SECOND: Final = timedelta(seconds=1)
MINUTE: Final = timedelta(minutes=1)
HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)

type Use = Callable[..., Coroutine[Any, Any, None]]


# an automation that waits would be waited for
pytestmark = pytest.mark.usefixtures("berlin", "unasked", "at_once")


@pytest.fixture
def platforms() -> list[Platform]:
    """Load the platforms that automations look at."""
    return [Platform.BINARY_SENSOR, Platform.EVENT, Platform.SENSOR]


@pytest.fixture
async def use(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    device_id: str,
    pass_time: PassTime,
) -> AsyncGenerator[Use]:
    """Return what makes an automation of a blueprint, for Alex."""

    async def use(blueprint: str, **inputs: Any) -> None:
        target = Path(hass.config.path("blueprints", AUTOMATION, FOLDER.name))
        await hass.async_add_executor_job(shutil.copytree, FOLDER, target)
        automation = {
            CONF_ID: "made",
            "alias": "Made",
            "use_blueprint": {
                "path": f"{FOLDER.name}/{blueprint}.yaml",
                "input": {"person": device_id, **inputs},
            },
        }
        assert await async_setup_component(hass, AUTOMATION, {AUTOMATION: [automation]})
        await pass_time()
        assert hass.states.is_state(f"{AUTOMATION}.made", "on")

    yield use
    await hass.services.async_call(
        AUTOMATION, SERVICE_TURN_OFF, {ATTR_ENTITY_ID: ENTITY_MATCH_ALL}, blocking=True
    )


@pytest.fixture
def happens(hass: HomeAssistant, pass_time: PassTime) -> Callable[..., Any]:
    """Return what lets an event entity tell of something, each time a second later."""

    async def happens(entity_id: str, event_type: str | None) -> None:
        await pass_time(SECOND)
        moment = hass.loop.time()
        hass.states.async_set(entity_id, str(moment), {"event_type": event_type})
        await pass_time()

    return happens


def state(hass: HomeAssistant) -> str:
    """Return what Alex's session does."""
    session = hass.states.get(SESSION)
    assert session
    return session.state


# What each file must have


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_blueprint_is_described_and_every_input_can_be_chosen(path: Path) -> None:
    blueprint = Blueprint(
        load_yaml_dict(str(path)),
        path=path.name,
        expected_domain=AUTOMATION,
        schema=AUTOMATION_BLUEPRINT_SCHEMA,
    )

    about = blueprint.metadata
    assert blueprint.validate() is None
    assert about["homeassistant"]["min_version"] == "2026.10.0"
    assert about["source_url"] == (
        f"{REPOSITORY}blueprints/automation/{FOLDER.name}/{path.name}"
    )
    assert about["description"].endswith(".")
    for given in blueprint.inputs.values():
        assert given["name"]
        assert given["description"].endswith(".")
        validate_selector(given["selector"])


def test_no_blueprint_is_forgotten() -> None:
    assert [path.stem for path in FILES] == [
        "after_coffee",
        "button_or_tag",
        "daily_reminder",
        "doorbell",
        "long_sitting",
        "session_lights",
        "weekly_summary",
    ]


# The daily reminder


async def test_it_reminds_at_its_time_on_its_days(
    use: Use, notifier: RoomNotifier, pass_time: PassTime
) -> None:
    await use("daily_reminder", notify=NOTIFY, time="09:00:00", days=["mon", "wed"])

    await pass_time(3 * DAY)

    assert notifier.texts == ["It is time for your back exercises."] * 2


async def test_it_does_not_remind_of_what_is_done(
    use: Use, notifier: RoomNotifier, play: Play, pass_time: PassTime
) -> None:
    await use("daily_reminder", notify=NOTIFY, time="09:00:00")

    await play()
    await pass_time(DAY)
    assert notifier.texts == []
    await pass_time(DAY)

    assert len(notifier.texts) == 1


async def test_it_does_not_remind_while_locked_or_active(
    use: Use, notifier: RoomNotifier, ask: Ask, pass_time: PassTime
) -> None:
    await use("daily_reminder", notify=NOTIFY, time="08:05:00")

    await ask("start")
    await pass_time(10 * MINUTE)
    await ask("stop")
    await ask("screen", items=["chest_pain"])
    await pass_time(DAY)

    assert notifier.texts == []


async def test_it_follows_logic_of_ones_own(
    hass: HomeAssistant, use: Use, notifier: RoomNotifier, pass_time: PassTime
) -> None:
    hass.states.async_set(SEAT, "off")
    await use(
        "daily_reminder",
        notify=NOTIFY,
        more_triggers=[{"trigger": "state", "entity_id": SEAT, "to": "on"}],
        conditions=[{"condition": "time", "before": "09:00:00"}],
        message="Now?",
    )

    hass.states.async_set(SEAT, "on")
    await pass_time(DAY)

    assert notifier.texts == ["Now?"]


# A button or a tag


async def test_a_short_press_starts_pauses_and_goes_on_and_a_long_one_stops(
    hass: HomeAssistant, use: Use, happens: Callable[..., Any], pass_time: PassTime
) -> None:
    hass.states.async_set(BUTTON, "unknown", {"event_type": None})
    await use("button_or_tag", buttons=[BUTTON])

    states = []
    for press in ("single", "single", "single", "hold"):
        await happens(BUTTON, press)
        await pass_time(MINUTE)
        states.append(state(hass))

    assert states == ["running", "paused", "running", "idle"]


@pytest.mark.parametrize("press", ["hold", "double", "initial_press"])
async def test_no_other_press_starts_anything(
    hass: HomeAssistant, use: Use, happens: Callable[..., Any], press: str
) -> None:
    hass.states.async_set(BUTTON, "unknown", {"event_type": None})
    await use("button_or_tag", buttons=[BUTTON])

    await happens(BUTTON, press)

    assert state(hass) == "idle"


@pytest.mark.parametrize("entity_id", ["tag.mat", "input_button.mat", "button.mat"])
async def test_a_tag_or_a_helper_starts_too(
    hass: HomeAssistant, use: Use, happens: Callable[..., Any], entity_id: str
) -> None:
    hass.states.async_set(entity_id, "unknown")
    await use("button_or_tag", buttons=[entity_id])

    await happens(entity_id, None)

    assert state(hass) != "idle"


async def test_a_button_that_comes_back_presses_nothing(
    hass: HomeAssistant, use: Use, pass_time: PassTime
) -> None:
    pressed = ("2026-11-22T08:00:00.000+00:00", {"event_type": "single"})
    hass.states.async_set(BUTTON, "unavailable")
    await use("button_or_tag", buttons=[BUTTON])

    hass.states.async_set(BUTTON, *pressed)
    await pass_time()
    hass.states.async_set(BUTTON, pressed[0], {**pressed[1], "friendly_name": "Mat"})
    await pass_time()

    assert state(hass) == "idle"


# After the coffee


async def brew(hass: HomeAssistant, pass_time: PassTime) -> None:
    """Make coffee: the machine heats up twice."""
    for watts in (0, 1200, 5, 1200, 5):
        hass.states.async_set(POWER, str(watts))
        await pass_time(MINUTE)


async def test_a_session_starts_some_time_after_the_coffee(
    hass: HomeAssistant, use: Use, pass_time: PassTime
) -> None:
    await use("after_coffee", power=POWER)

    await brew(hass, pass_time)
    await pass_time(15 * MINUTE)
    before = state(hass)
    await pass_time(2 * MINUTE)

    assert (before, state(hass)) == ("idle", "running")


@pytest.mark.parametrize(
    "hours", [{"after": "10:00:00"}, {"after": "04:00:00", "before": "07:00:00"}]
)
async def test_coffee_at_other_hours_starts_nothing(
    hass: HomeAssistant, use: Use, pass_time: PassTime, hours: dict[str, str]
) -> None:
    await use("after_coffee", power=POWER, **hours)

    await brew(hass, pass_time)
    await pass_time(HOUR)

    assert state(hass) == "idle"


async def test_a_second_coffee_starts_nothing_once_it_is_done(
    hass: HomeAssistant, use: Use, play: Play, pass_time: PassTime
) -> None:
    await use("after_coffee", power=POWER)
    await play()

    await brew(hass, pass_time)
    await pass_time(20 * MINUTE)

    assert state(hass) == "idle"


# Lights


@pytest.fixture
async def lights(hass: HomeAssistant) -> list[ServiceCall]:
    """Return what is asked of a light, which is on and dim."""
    assert await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(hass, "scene", {})
    hass.states.async_set(LIGHT, "on", {"brightness": 13, "color_mode": "brightness"})
    return async_mock_service(hass, "light", "turn_on")


@pytest.mark.parametrize("action", ["stop", "sharp_pain"])
async def test_lights_are_set_for_the_session_and_put_back(
    hass: HomeAssistant,
    use: Use,
    lights: list[ServiceCall],
    ask: Ask,
    pass_time: PassTime,
    action: str,
) -> None:
    await use("session_lights", lights=[LIGHT], brightness=60)

    await ask("start")
    hass.states.async_set(LIGHT, "on", {"brightness": 153, "color_mode": "brightness"})
    await pass_time(2 * MINUTE)
    asked = [dict(call.data) for call in lights]
    await ask(action)
    await pass_time(30 * MINUTE)

    assert asked == [
        {"entity_id": [LIGHT], "brightness_pct": 60, "color_temp_kelvin": 2700}
    ]
    assert [call.data["brightness"] for call in lights[1:]] == [13]
    assert hass.states.async_entity_ids("scene") == []


async def test_lights_that_nobody_remembers_are_left_alone(
    hass: HomeAssistant, use: Use, lights: list[ServiceCall], ask: Ask
) -> None:
    await ask("start")
    await use("session_lights", lights=[LIGHT])

    await ask("stop")

    assert lights == []


# Long sitting


async def test_long_sitting_is_told_once(
    hass: HomeAssistant, use: Use, notifier: RoomNotifier, pass_time: PassTime
) -> None:
    hass.states.async_set(SEAT, "off")
    bell = {"action": "input_button.press", "target": {"entity_id": "input_button.x"}}
    pressed = async_mock_service(hass, "input_button", "press")
    await use("long_sitting", seat=SEAT, notify=NOTIFY, actions=[bell])

    hass.states.async_set(SEAT, "on")
    await pass_time(44 * MINUTE)
    before = len(notifier.texts)
    await pass_time(3 * HOUR)

    assert before == 0
    assert notifier.texts == [
        "You have been sitting for a while. Get up and move a little."
    ]
    assert len(pressed) == 1


async def test_getting_up_begins_it_anew(
    hass: HomeAssistant, use: Use, notifier: RoomNotifier, pass_time: PassTime
) -> None:
    await use("long_sitting", seat=SEAT, notify=NOTIFY)

    for seat in ("on", "off", "on"):
        hass.states.async_set(SEAT, seat)
        await pass_time(40 * MINUTE)

    assert notifier.texts == []


async def test_sitting_at_night_or_in_a_session_is_nobodys_business(
    hass: HomeAssistant, use: Use, notifier: RoomNotifier, ask: Ask, pass_time: PassTime
) -> None:
    hass.states.async_set(SEAT, "off")
    await use("long_sitting", seat=SEAT, notify=NOTIFY, sitting={"minutes": 2})

    await ask("start")
    hass.states.async_set(SEAT, "on")
    await pass_time(5 * MINUTE)
    await ask("stop")
    hass.states.async_set(SEAT, "off")
    await pass_time(13 * HOUR)
    hass.states.async_set(SEAT, "on")
    await pass_time(HOUR)

    assert notifier.texts == []


# The week


async def test_the_week_is_sent_without_a_word_of_pain(
    use: Use, notifier: RoomNotifier, play: Play, ask: Ask, pass_time: PassTime
) -> None:
    await use("weekly_summary", notify=NOTIFY)
    await play()
    await ask("log_activity", activity="walking", minutes=25)

    await pass_time(7 * DAY)

    assert notifier.texts == ["Sessions: 1 of 3. Active minutes: 25 of 30."]


async def test_on_a_monday_it_is_the_week_that_is_over(
    use: Use, notifier: RoomNotifier, play: Play, pass_time: PassTime
) -> None:
    await use("weekly_summary", notify=NOTIFY, day="mon", time="07:00:00")
    await play()

    await pass_time(7 * DAY)

    assert [text.partition(" of ")[0] for text in notifier.texts] == ["Sessions: 1"]


# The doorbell


async def test_a_ring_pauses_and_the_session_goes_on_after_it(
    hass: HomeAssistant,
    use: Use,
    happens: Callable[..., Any],
    ask: Ask,
    pass_time: PassTime,
) -> None:
    hass.states.async_set(BELL, "unknown", {"event_type": None})
    await use("doorbell", doorbells=[BELL])
    await ask("start")
    await pass_time(MINUTE)

    states = []
    await happens(BELL, "ring")
    states.append(state(hass))
    await pass_time(4 * MINUTE)
    states.append(state(hass))
    await pass_time(MINUTE)
    states.append(state(hass))

    assert states == ["paused", "paused", "running"]


@pytest.mark.parametrize(
    ("entity_id", "ring"),
    [("binary_sensor.bell", ("on", {})), ("input_button.bell", ("now", {}))],
)
async def test_other_kinds_of_bells_pause_too(
    hass: HomeAssistant,
    use: Use,
    ask: Ask,
    pass_time: PassTime,
    *,
    entity_id: str,
    ring: tuple[str, dict[str, Any]],
) -> None:
    hass.states.async_set(entity_id, "off")
    await use("doorbell", doorbells=[entity_id], goes_on=False)
    await ask("start")
    await pass_time(MINUTE)

    hass.states.async_set(entity_id, *ring)
    await pass_time(10 * MINUTE)

    assert state(hass) == "paused"


async def test_who_paused_or_went_on_before_is_left_alone(
    hass: HomeAssistant,
    use: Use,
    happens: Callable[..., Any],
    ask: Ask,
    pass_time: PassTime,
) -> None:
    hass.states.async_set(BELL, "unknown", {"event_type": None})
    await use("doorbell", doorbells=[BELL])
    await ask("start")
    await pass_time(MINUTE)

    await ask("pause")
    await happens(BELL, "ring")
    await pass_time(6 * MINUTE)
    paused_before = state(hass)
    await ask("resume")
    await pass_time(MINUTE)
    await happens(BELL, "ring")
    await ask("resume")
    await ask("pause")
    await pass_time(6 * MINUTE)

    assert (paused_before, state(hass)) == ("paused", "paused")


async def test_motion_at_the_door_is_no_ring_and_without_a_session_nothing_is_done(
    hass: HomeAssistant,
    use: Use,
    happens: Callable[..., Any],
    ask: Ask,
    caplog: pytest.LogCaptureFixture,
) -> None:
    hass.states.async_set(BELL, "unknown", {"event_type": None})
    await use("doorbell", doorbells=[BELL])

    await happens(BELL, "ring")
    await ask("start")
    await happens(BELL, "motion")

    assert state(hass) in ("preparing", "running")
    assert "Error" not in caplog.text
