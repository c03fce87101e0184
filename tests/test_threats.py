"""What somebody might want who is not the person, and does not get.

Each threat of docs/threats.md names what shows that it is met; those that are shown
nowhere else are here.
"""

from http import HTTPStatus
import json
import logging
from pathlib import Path
import re
from typing import Any, Final

from homeassistant.components.websocket_api.const import DOMAIN as WEBSOCKET
from homeassistant.const import ATTR_DEVICE_ID
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError, Unauthorized
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.back_exercise.const import DOMAIN
from custom_components.back_exercise.engine.diary import Activity, Intensity
from custom_components.back_exercise.refusal import logged, refusal

from .acting import NEEDED
from .conftest import Ask, Past, Play, build_past
from .watching import Card, picture

ROOT: Final = Path(__file__).parent.parent
PAGE: Final = (ROOT / "docs" / "threats.md").read_text(encoding="utf-8")

NOTE: Final = "Zwickmühle"
"""A word that stands in the diary, and nowhere else."""

ACTIONS: Final[dict[str, dict[str, Any]]] = {
    **NEEDED,
    "import": {"diary": "{}"},
}
"""What can't be left out of an action."""

LOOKING: Final = ["get_plan", "get_diary", "get_summary", "get_sheet", "export"]


@pytest.fixture
def past() -> Past:
    """Return the diary of someone who said what is nobody else's business."""
    activity = Activity(activity=NOTE, minutes=31, intensity=Intensity.MODERATE)
    return build_past(activity, check_in="each_exercise")


async def perform(
    hass: HomeAssistant, device_id: str, action: str, user: MockUser
) -> None:
    """Perform an action as somebody."""
    await hass.services.async_call(
        DOMAIN,
        action,
        {ATTR_DEVICE_ID: device_id, **ACTIONS.get(action, {})},
        blocking=True,
        context=Context(user_id=user.id),
        return_response=True,
    )


# A user who may not


async def test_no_action_is_done_for_a_user_who_may_only_look(
    hass: HomeAssistant, device_id: str, hass_read_only_user: MockUser
) -> None:
    for action in hass.services.async_services_for_domain(DOMAIN).keys() - {*LOOKING}:
        with pytest.raises(Unauthorized):
            await perform(hass, device_id, action, hass_read_only_user)


async def test_no_action_answers_a_user_who_may_see_nothing(
    hass: HomeAssistant, device_id: str, hass_read_only_user: MockUser
) -> None:
    hass_read_only_user.mock_policy({})
    for action in hass.services.async_services_for_domain(DOMAIN):
        with pytest.raises(Unauthorized):
            await perform(hass, device_id, action, hass_read_only_user)


async def test_no_command_of_a_card_answers_a_user_who_may_see_nothing(
    hass: HomeAssistant, set_up: MockConfigEntry, hass_read_only_user: MockUser
) -> None:
    hass_read_only_user.mock_policy({})
    commands = {each for each in hass.data[WEBSOCKET] if each.startswith(f"{DOMAIN}/")}
    # what is heard is told of a subscription, which such a user does not have
    asked = sorted(commands - {f"{DOMAIN}/heard"})
    card = Card(hass, hass_read_only_user)
    answers = [await card.ask(each.removeprefix(f"{DOMAIN}/")) for each in asked]

    assert len(asked) == len(commands) - 1 >= 3
    assert {each["error"]["code"] for each in answers} == {"unauthorized"}
    assert NOTE not in json.dumps(card.messages)


async def test_what_is_heard_is_told_by_whoever_listens_alone(
    hass: HomeAssistant, card: Card, hass_read_only_user: MockUser
) -> None:
    number = await card.subscribe()
    hass_read_only_user.mock_policy({})
    stranger = Card(hass, hass_read_only_user)
    stranger.send(
        f"{DOMAIN}/heard", subscription=number, track="x", position=1, state="playing"
    )

    assert stranger.messages[-1]["result"] is None
    assert stranger.views == []


# A reader of what Home Assistant keeps


async def test_the_log_tells_nothing_of_how_somebody_is(
    hass: HomeAssistant,
    ask: Ask,
    play: Play,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG, f"custom_components.{DOMAIN}")
    await play(3, effort=7)
    await ask("rate", pain=8)
    await ask("log_activity", activity=NOTE, minutes=20)
    await ask("screen", items=[])
    ours = [each.getMessage() for each in caplog.records if DOMAIN in each.name]
    assert ours
    telling = re.compile(r"\bpain\b|effort|\bflag")

    assert not [each for each in ours if telling.search(each)]
    assert NOTE not in "\n".join(ours)


def test_of_a_rule_that_refuses_something_the_log_is_given_its_id_alone() -> None:
    sentence = "Your pain is too high for a session today."

    assert logged(refusal("rule", sentence=sentence, rule="G-4")) == "G-4"
    assert logged(HomeAssistantError("no speaker")) == "no speaker"


async def test_the_diagnostics_tell_nothing_of_how_somebody_is(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    play: Play,
    hass_client: ClientSessionGenerator,
) -> None:
    await play(3, effort=7)
    assert await async_setup_component(hass, "diagnostics", {})
    client = await hass_client()
    url = f"/api/diagnostics/config_entry/{set_up.entry_id}"
    response = await client.get(url)
    told = json.dumps((await response.json())["data"])

    assert response.status == HTTPStatus.OK
    assert NOTE not in told
    assert not re.search(r"\"(pain|effort|rating|flags|note)", told)


# Script where there should be text


async def test_the_picture_of_an_exercise_runs_and_fetches_nothing(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    client = await hass_client_no_auth()
    response = await client.get(picture(hass).attributes["entity_picture"])
    drawn = await response.text()

    assert drawn.startswith("<svg")
    assert not re.search(r"<script|<foreignObject|href|\son\w+=|url\(", drawn)


def test_the_card_makes_text_of_all_that_it_is_given() -> None:
    sources = [*(ROOT / "card" / "src").rglob("*.ts")]
    ways_around = r"unsafe(HTML|SVG|CSS|Static)|innerHTML|outerHTML|insertAdjacentHTML"

    assert sources
    assert not [
        each.name for each in sources if re.search(ways_around, each.read_text())
    ]


# The page


def test_each_test_that_the_page_names_is_there() -> None:
    named = re.findall(r"`(\w+\.py)::(test_\w+)`", PAGE)
    there = {
        (path.name, name)
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(
            r"^(?:async )?def (test_\w+)", path.read_text(), re.MULTILINE
        )
    }

    assert len(named) > 20
    assert {*named} <= there


def test_each_threat_of_the_page_is_met_by_a_test() -> None:
    rows = [
        line
        for line in PAGE.splitlines()
        if line.startswith("| ") and not line.startswith(("| who", "| ---"))
    ]

    assert rows
    assert not [row for row in rows if "`test_" not in row]
