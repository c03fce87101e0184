"""The page for a therapist: what it tells, in which words, and who can open it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from http import HTTPStatus
import logging
import re
from typing import Any, Final, override
from unittest.mock import patch

from aiohttp import web
from aiohttp.test_utils import TestClient
from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.http.auth import async_sign_path
from homeassistant.const import Platform
from homeassistant.core import Context, HomeAssistant
from homeassistant.core_config import async_process_ha_core_config
from homeassistant.exceptions import Unauthorized
import pytest
from pytest_homeassistant_custom_component.common import (
    CLIENT_ID,
    MockConfigEntry,
    MockUser,
)
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.back_exercise.const import DOMAIN
from custom_components.back_exercise.diary import DiaryError
from custom_components.back_exercise.diary_file import Reason
from custom_components.back_exercise.engine.diary import (
    Activity,
    Context as Of,
    Gate,
    Intensity,
    Outcome,
    ProgrammeSet,
    Rating,
    Screen,
    ScreenForm,
    Setting,
)

from .conftest import (
    SESSION,
    SILENT,
    Ask,
    PassTime,
    Past,
    Then,
    build_entry,
    lived,
)
from .engine.lives import Life, day
from .watching import Card

EVIL: Final = "<script>alert('x')</script>"
NAMED: Final = f"Alex {EVIL}"

type Client = TestClient[web.Request, web.Application]
type Open = Callable[..., Any]


def build_life() -> Life:
    """Return ten weeks of somebody who gets on, with a bad week in it."""
    life = Life(screened=False)
    numbers = [7 * week + on for week in range(-7, 3) for on in (0, 2, 4)]
    for number in numbers:
        if number in {-49, -24, 2}:
            life.screen(number - 0.1)
        if number == -17:
            life.session(
                number,
                pain=3,
                peak=6,
                after=6,
                next_day=5,
                outcome=Outcome.PAIN,
                turns={"bridges": {"done": 3, "stopped_for_pain": True}},
                until="bridges",
            )
        elif number == -14:
            life.session(number, pain=5, next_day=3)
        elif number == 9:
            life.session(number, pain=2, next_day=None, effort=None)
        else:
            life.session(number, pain=2 + (number % 3 == 0), effort=2)
        life.add(
            number + 0.8,
            Activity(activity="walking", minutes=25, intensity=Intensity.MODERATE),
        )
    return life


def build_past() -> Past:
    """Return that life, with what is not part of sessions."""
    past = lived(build_life())
    past += [
        Then(
            day(18.1),
            Activity(activity=EVIL, minutes=20, intensity=Intensity.VIGOROUS),
        ),
        Then(day(18.2), Gate(result="not_today", pain_before=7)),
        Then(day(18.3), Gate(result="refused")),
        Then(day(19), Screen(form=ScreenForm.SHORT, anything_new=False)),
        Then(
            day(19.1),
            Screen(form=ScreenForm.AGREEMENT, clinician_agreed=True),
        ),
        Then(day(19.2), Screen(form=ScreenForm.FULL, flags=("falls",), assessed=True)),
        Then(day(19.3), ProgrammeSet(exercise="bridges", index=-2)),
        Then(day(19.4), Setting(name="forbidden", value=["pelvic_tilts"])),
        Then(day(19.5), Rating(value=4, context=Of.AT_LARGE)),
    ]
    return past


@pytest.fixture
def platforms() -> list[Platform]:
    """Load these platforms alone."""
    return [Platform.BINARY_SENSOR, Platform.SENSOR]


def build_silence() -> Past:
    """Return a session of which nothing was told but that it hurt sharply."""
    life = Life()
    life.session(
        18,
        pain=None,
        peak=None,
        after=None,
        effort=None,
        next_day=None,
        turns={"bridges": {"sharp": True, "done": 2}},
    )
    return lived(life)


TEN_WEEKS: Final = build_past()
told_of_ten_weeks = pytest.mark.parametrize("past", [TEN_WEEKS], ids=["ten weeks"])


@pytest.fixture
async def client(
    set_up: MockConfigEntry, hass_client_no_auth: ClientSessionGenerator
) -> Client:
    """Return a browser in which nobody has logged in."""
    return await hass_client_no_auth()


@pytest.fixture
async def link(client: Client, ask: Ask) -> str:
    """Return a link to Alex's sheet."""
    path: str = (await ask("get_sheet"))["path"]
    return path


class Outline(HTMLParser):
    """What a browser makes of a page."""

    def __init__(self, page: str) -> None:
        """Read a page."""
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(page)

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.open.append(tag)

    @override
    def handle_endtag(self, tag: str) -> None:
        while self.open.pop() != tag:
            pass

    @override
    def handle_data(self, data: str) -> None:
        is_read = "style" not in self.open
        self.words += [data.strip()] if is_read and data.strip() else []

    @property
    def text(self) -> str:
        """What is read on it."""
        return " ".join(self.words)

    def count(self, tag: str) -> int:
        """Return how many elements of a kind there are."""
        return sum(each == tag for each, _ in self.tags)


# What it tells


@told_of_ten_weeks
async def test_it_tells_doses_sessions_pain_activity_and_decisions(
    client: Client, link: str
) -> None:
    response = await client.get(link)
    outline = Outline(await response.text())

    assert response.status == HTTPStatus.OK
    assert response.content_type == "text/html"
    for told in (
        "14 Sep 2026 to 22 Nov 2026",
        "US/Pacific",
        "0.1.0",
        "It is not advice",
        "Guided sessions are locked",
        "2 (median of 29 of 30 sessions)",
        "1 × 6 in use (X-1) 14 Sep 2026: 1 × 10",
        "left out, as the person wishes",
        "Walking 75 min (moderate)",
        "3 of 3",
        "Ended for pain Stopped for pain: Bridges 6 2 of 4 3 6 6 5 3",
        "Completed, lighter 7 4 of 4 5 5 5 3 3",
        "because of pain: 20 Nov 2026",
        "17 Oct 2026 P-2 It hadn’t settled by next day, so Bridges is lighter.",
        "21 Nov 2026 Confirmation assessment, agreement or advice confirmed",
        "21 Nov 2026 Whole list something marked; assessment",
    ):
        assert told in outline.text


@told_of_ten_weeks
async def test_what_was_marked_is_not_told(client: Client, link: str) -> None:
    page = await (await client.get(link)).text()

    assert "falls" not in page
    assert "the programme is as you left it" not in page.lower()


@told_of_ten_weeks
async def test_it_is_built_for_those_who_do_not_see_it(
    client: Client, link: str
) -> None:
    outline = Outline(await (await client.get(link)).text())

    assert dict(outline.tags)["html"] == {"lang": "en"}
    assert outline.count("h1") == 1
    assert outline.count("h2") == 6
    assert outline.count("table") == outline.count("caption") == 5
    assert all(attrs.get("scope") for tag, attrs in outline.tags if tag == "th")
    assert all(
        attrs["role"] == "img" and attrs["aria-label"]
        for tag, attrs in outline.tags
        if tag == "svg"
    )


async def test_nothing_is_fetched_run_or_sent(client: Client, link: str) -> None:
    page = await (await client.get(link)).text()
    outline = Outline(page)

    assert {tag for tag, _ in outline.tags}.isdisjoint(
        {"script", "link", "img", "iframe", "form", "a", "object", "base"}
    )
    assert not [
        name
        for _, attrs in outline.tags
        for name in attrs
        if name.startswith("on") or name in {"src", "href", "style"}
    ]
    assert "url(" not in page
    assert "@import" not in page


@told_of_ten_weeks
async def test_names_and_notes_are_nothing_but_text(
    hass: HomeAssistant,
    client: Client,
    link: str,
    set_up: MockConfigEntry,
    pass_time: PassTime,
) -> None:
    hass.config_entries.async_update_entry(set_up, title=NAMED)
    await pass_time()
    page = await (await client.get(link)).text()
    outline = Outline(page)

    assert "<script" not in page
    assert f"Exercise record of {NAMED}" in outline.text
    assert f"{EVIL} 20 min (vigorous)" in outline.text


async def test_a_browser_is_told_to_keep_and_to_run_nothing(
    client: Client, link: str
) -> None:
    headers = (await client.get(link)).headers

    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


@told_of_ten_weeks
async def test_it_tells_as_many_weeks_as_are_asked_for(
    client: Client, ask: Ask
) -> None:
    answer = await ask("get_sheet", weeks=2)
    outline = Outline(await (await client.get(answer["path"])).text())

    assert "9 Nov 2026 to 22 Nov 2026" in outline.text
    assert "of 6 sessions" in outline.text


@pytest.mark.parametrize("past", [[Screen(form=ScreenForm.SHORT, anything_new=False)]])
async def test_of_who_has_recorded_nothing_there_is_little_to_tell(
    client: Client, link: str
) -> None:
    outline = Outline(await (await client.get(link)).text())

    assert "16 Nov 2026 to 22 Nov 2026" in outline.text
    assert outline.text.count("None in this period.") == 2
    assert outline.count("svg") == 0


@pytest.mark.parametrize("past", [build_silence()], ids=["silence"])
async def test_what_nobody_rated_is_a_dash_and_no_mark(
    client: Client, link: str
) -> None:
    outline = Outline(await (await client.get(link)).text())

    assert "Stopped for pain: Bridges 7 3 of 4 – – – – –" in outline.text
    assert re.search(r"left out until \d+ Dec 2026 at least \(S-1\)", outline.text)
    assert "Pain before sessions –" in outline.text
    assert not [attrs for _, attrs in outline.tags if "dot" in str(attrs.get("class"))]


@pytest.mark.parametrize("past", [[]])
async def test_safety_questions_that_nobody_answered_are_told_as_such(
    client: Client, link: str
) -> None:
    outline = Outline(await (await client.get(link)).text())

    assert "They were not answered in this period." in outline.text


@told_of_ten_weeks
async def test_a_session_that_is_going_on_is_left_out(
    client: Client, link: str, ask: Ask
) -> None:
    await ask("screen", items=[], clinician_agreed=True, assessed=True)
    await ask("start", pain_before=2)
    outline = Outline(await (await client.get(link)).text())

    assert "of 30 sessions" in outline.text


@told_of_ten_weeks
async def test_in_german_it_is_german_all_through(client: Client, card: Card) -> None:
    answer = await card.ask("sheet", language="de-CH")
    outline = Outline(await (await client.get(answer["result"]["path"])).text())

    assert dict(outline.tags)["html"] == {"lang": "de"}
    for told in (
        "Übungsbericht von Alex",
        "14. Sep 2026 bis 22. Nov 2026",
        "Gehen 75 Min. (mäßig)",
        "Wegen Schmerzen beendet",
        "3 von 3",
    ):
        assert told in outline.text
    words = set(re.findall(r"\w+", outline.text))
    assert words.isdisjoint({"the", "The", "and", "of", "Pain", "pain", "min", "your"})


# Who can open it


async def test_the_link_tells_until_when_it_can_be_opened(
    hass: HomeAssistant, client: Client, ask: Ask, freezer: FrozenDateTimeFactory
) -> None:
    await async_process_ha_core_config(hass, {"internal_url": "http://10.0.0.2:8123"})
    answer = await ask("get_sheet")
    until = datetime.fromisoformat(answer["valid_until"])
    assert until - datetime.now(UTC) == timedelta(hours=1)
    assert answer["url"] == "http://10.0.0.2:8123" + answer["path"]

    freezer.move_to(until - timedelta(seconds=1))
    assert (await client.get(answer["path"])).status == HTTPStatus.OK
    freezer.move_to(until + timedelta(seconds=1))
    assert (await client.get(answer["path"])).status == HTTPStatus.UNAUTHORIZED


async def test_without_an_address_the_link_is_a_path(
    hass: HomeAssistant, client: Client, ask: Ask
) -> None:
    await hass.config.async_update(internal_url=None)
    hass.config.api = None
    answer = await ask("get_sheet")

    assert answer["url"] == answer["path"]


@pytest.mark.parametrize(
    "forged",
    [
        lambda link: link.split("?")[0],
        lambda link: link.split("&authSig")[0],
        lambda link: link[:-4] + "AAAA",
        lambda link: link.replace("weeks=12", "weeks=52"),
        lambda link: link.replace("language=en", "language=de"),
        lambda link: link + "&more=1",
        lambda link: re.sub(r"authSig=[^.]*", "authSig=eyJhbGciOiJub25lIn0", link),
        lambda link: re.sub(r"\.[^.]*$", ".", link),
    ],
    ids=[
        "bare",
        "unsigned",
        "another signature",
        "more weeks",
        "another language",
        "more",
        "no algorithm",
        "no signature",
    ],
)
async def test_a_link_that_was_changed_opens_nothing(
    client: Client, link: str, forged: Callable[[str], str]
) -> None:
    response = await client.get(forged(link))

    assert response.status == HTTPStatus.UNAUTHORIZED
    assert "Alex" not in await response.text()


async def test_the_link_of_one_person_does_not_open_another_s(
    hass: HomeAssistant, client: Client, link: str, set_up: MockConfigEntry
) -> None:
    sam = build_entry("Sam", SILENT)
    sam.add_to_hass(hass)
    assert await hass.config_entries.async_setup(sam.entry_id)
    response = await client.get(link.replace(set_up.entry_id, sam.entry_id))
    await hass.config_entries.async_unload(sam.entry_id)

    assert response.status == HTTPStatus.UNAUTHORIZED


@pytest.mark.parametrize("method", ["post", "put", "delete"])
async def test_it_can_only_be_read(client: Client, link: str, method: str) -> None:
    response = await client.request(method, link)

    assert response.status == HTTPStatus.METHOD_NOT_ALLOWED


@pytest.mark.parametrize(
    ("entry_id", "status"),
    [
        ("nobody", HTTPStatus.NOT_FOUND),
        ("of_another_integration", HTTPStatus.NOT_FOUND),
    ],
)
async def test_of_nobody_there_is_no_sheet(
    hass: HomeAssistant, client: Client, entry_id: str, status: HTTPStatus
) -> None:
    MockConfigEntry(domain="hue", entry_id="of_another_integration").add_to_hass(hass)
    path = async_sign_path(
        hass, f"/api/back_exercise/sheet/{entry_id}", timedelta(hours=1)
    )

    assert (await client.get(path)).status == status


@pytest.mark.parametrize("weeks", ["0", "53", "many", ""])
async def test_a_signed_link_to_no_weeks_is_refused(
    hass: HomeAssistant, client: Client, set_up: MockConfigEntry, weeks: str
) -> None:
    path = async_sign_path(
        hass,
        f"/api/back_exercise/sheet/{set_up.entry_id}?weeks={weeks}",
        timedelta(hours=1),
    )

    assert (await client.get(path)).status == HTTPStatus.BAD_REQUEST


async def test_a_link_opens_nothing_once_the_person_is_gone(
    hass: HomeAssistant, client: Client, link: str, set_up: MockConfigEntry
) -> None:
    await hass.config_entries.async_unload(set_up.entry_id)
    unloaded = await client.get(link)
    await hass.config_entries.async_remove(set_up.entry_id)
    removed = await client.get(link)

    assert unloaded.status == removed.status == HTTPStatus.NOT_FOUND


async def test_a_diary_that_cannot_be_read_is_told_as_such(
    client: Client, link: str, set_up: MockConfigEntry
) -> None:
    with patch.object(
        set_up.runtime_data.diary,
        "async_read",
        side_effect=DiaryError(Reason.BUSY, "Alex"),
    ):
        response = await client.get(link)

    assert response.status == HTTPStatus.SERVICE_UNAVAILABLE


async def test_a_link_opens_nothing_once_its_user_may_not_look_any_more(
    hass: HomeAssistant,
    client: Client,
    set_up: MockConfigEntry,
    hass_read_only_user: MockUser,
) -> None:
    token = await hass.auth.async_create_refresh_token(hass_read_only_user, CLIENT_ID)
    path = async_sign_path(
        hass,
        f"/api/back_exercise/sheet/{set_up.entry_id}",
        timedelta(hours=1),
        refresh_token_id=token.id,
    )
    assert (await client.get(path)).status == HTTPStatus.OK
    hass_read_only_user.mock_policy({"entities": {"entity_ids": {SESSION: True}}})
    assert (await client.get(path)).status == HTTPStatus.NOT_FOUND
    hass.auth.async_remove_refresh_token(token)
    assert (await client.get(path)).status == HTTPStatus.UNAUTHORIZED


async def test_who_may_not_read_all_of_a_person_gets_no_link(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    device_id: str,
    hass_read_only_user: MockUser,
) -> None:
    hass_read_only_user.mock_policy({"entities": {"entity_ids": {SESSION: True}}})
    answer = await Card(hass, hass_read_only_user).ask("sheet")
    with pytest.raises(Unauthorized):
        await hass.services.async_call(
            DOMAIN,
            "get_sheet",
            {"device_id": device_id},
            blocking=True,
            return_response=True,
            context=Context(user_id=hass_read_only_user.id),
        )

    assert answer["error"]["code"] == "unauthorized"


async def test_a_card_gets_a_link_of_its_own_user(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    client: Client,
    hass_ws_client: WebSocketGenerator,
) -> None:
    socket = await hass_ws_client()
    await socket.send_json_auto_id(
        {"type": f"{DOMAIN}/sheet", "entity_id": SESSION, "language": "en"}
    )
    answer = await socket.receive_json()
    response = await client.get(answer["result"]["path"])
    await socket.close()

    assert response.status == HTTPStatus.OK


async def test_neither_link_nor_log_tells_anything_of_the_diary(
    client: Client, link: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await client.get(link)
    ours = [
        each.getMessage()
        for each in caplog.records
        if each.name.startswith(("custom_components", "homeassistant"))
    ]

    assert set(re.findall(r"[?&](\w+)=", link)) == {"language", "weeks", "authSig"}
    assert "Alex" not in link
    assert not [each for each in ours if "authSig" in each or "median" in each]
