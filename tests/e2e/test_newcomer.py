"""A newcomer's path: install, set up, first session, a reminder, remove.

All by the interface, in an empty Home Assistant that the file of a release was
unpacked into. The pictures are kept in recordings/newcomer; those of the guide are
copies of them.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
import os
from pathlib import Path
import time
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import aiohttp
import pytest

from custom_components.back_exercise.engine.cues import Cue, CueKind
from demo.home import Home
from tests.releasing import PACKAGE, ZIP, checkout, release

from . import browser, parts as real
from .browser import ROOT, chromium, looking
from .hearing import Heard
from .newcomer import OURS, SCREEN, Newcomer
from .parts import Parts, assemble
from .person import watching
from .score import phrases_of

VERSION = "1.0.0"
SPEAKER = "Bedroom"
AHEAD = timedelta(seconds=15)
"""A reminder is set so far ahead at least, and at most a minute further."""
SPOKEN_WITHIN_S = 4.0
REMOVING = ROOT / "docs" / "guide" / "removing.md"
HOME_ASSISTANTS = {".storage", "tts"}
"""Folders that Home Assistant keeps for itself, with what is in them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What there is of us in Home Assistant, and files that it did not come with."""

    files: set[Path]
    entities: list[str]
    devices: list[str]
    issues: list[str]
    resources: list[str]
    entries: list[str]
    is_loaded_by_pages: bool


@dataclass(kw_only=True)
class Walked:
    """What was found on the way."""

    version: str = ""
    session: list[Heard] = field(default_factory=list)
    due_at: float = 0.0
    reminded: list[Heard] = field(default_factory=list)
    offered: str = ""
    """What the second set-up says of it."""
    there: Left | None = None
    """What there was while it was set up."""
    left: list[Left] = field(default_factory=list)
    """What was still there, after the first removal and after the second one."""
    faults: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
async def newcomers(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Parts]:
    """Have a Home Assistant up that knows the integration from its release only."""
    if missing := [*real.missing_tools(), *browser.missing_tools()]:
        reason = f"not installed on this machine: {', '.join(missing)}"
        if os.environ.get("BACK_EXERCISE_E2E") == "require":
            pytest.fail(reason)
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("newcomer")
    packed = release(checkout(folder, VERSION), VERSION, folder)
    assert packed.returncode == 0, packed.stderr
    with ZipFile(folder / ZIP) as archive:
        archive.extractall(folder / "parts" / "config" / PACKAGE)
    async with assemble(folder / "parts", ()) as assembled:
        # the two players have the same name from home
        for entity, name in ((assembled.mpd, SPEAKER), (assembled.kitchen, "Kitchen")):
            await assembled.home.ask(
                "config/entity_registry/update", entity_id=entity, name=name
            )
        yield assembled


def files(config: Path) -> set[Path]:
    """Return files and folders that are not Home Assistant's own."""
    found = {path.relative_to(config) for path in config.rglob("*")}
    return {
        path
        for path in found
        if path.parts[0] not in HOME_ASSISTANTS
        and path != Path(".cache")
        and not path.name.startswith("home-assistant")
        and "__pycache__" not in path.parts
    }


async def what_is_left(parts: Parts, before: set[Path]) -> Left:
    """Look for everything of ours, and for files that were not there before."""
    home = parts.home
    entities = await home.ask("config/entity_registry/list")
    devices = await home.ask("config/device_registry/list")
    issues = (await home.ask("repairs/list_issues"))["issues"]
    entries = await home.ask("config_entries/get")
    async with aiohttp.ClientSession() as session, session.get(home.url) as page:
        html = await page.text()
    return Left(
        files=files(parts.house.config) - before,
        entities=[
            each["entity_id"] for each in entities if each["platform"] == PACKAGE.name
        ],
        devices=[
            each["name"] for each in devices if PACKAGE.name in str(each["identifiers"])
        ],
        issues=[each["issue_id"] for each in issues if PACKAGE.name in str(each)],
        resources=[
            each["url"]
            for each in await home.ask("lovelace/resources")
            if PACKAGE.name in each["url"]
        ],
        entries=[each["title"] for each in entries if each["domain"] == PACKAGE.name],
        is_loaded_by_pages=PACKAGE.name in html,
    )


async def soon(home: Home) -> datetime:
    """Return the next full minute that is far enough ahead, where the home is."""
    zone = ZoneInfo((await home.ask("get_config"))["time_zone"])
    earliest = datetime.now(zone) + AHEAD + timedelta(minutes=1)
    return earliest.replace(second=0, microsecond=0)


async def set_up(newcomer: Newcomer) -> None:
    """Walk all steps, the test sentence among them."""
    await newcomer.begins_set_up()
    await newcomer.says_who("Sam")
    await newcomer.has_nothing_to_mark()
    await newcomer.chooses_speaker(SPEAKER)
    await newcomer.tries_speaker()
    await newcomer.finishes()


async def first_session(parts: Parts, newcomer: Newcomer) -> list[Heard]:
    """Start on the device's page, answer, listen for a while, and stop."""
    said = phrases_of(parts.house.config / PACKAGE)
    since = time.monotonic()
    await newcomer.commands("Start")
    await newcomer.sees("Waiting for an answer")
    # who answers before it is asked aloud is not asked aloud
    question = said.text(Cue(kind=CueKind.PAIN_BEFORE))
    await parts.until_said("mpd", question, since)
    await newcomer.rates("Pain now", 2)
    last = said.text(Cue(kind=CueKind.STOP_ANY_TIME))
    await parts.until_said("mpd", last, since)
    await newcomer.picture_of_controls("5-session")
    await newcomer.commands("Stop")
    await parts.until_quiet("mpd", timedelta(seconds=2))
    return await parts.heard("mpd", since)


async def take_over(newcomer: Newcomer) -> str:
    """Set up again with the diary that was kept, and no speaker."""
    await newcomer.begins_set_up()
    await newcomer.says_who("Sam")
    await newcomer.sees("Is one of these diaries yours?")
    await newcomer.picture("diary")
    offered = newcomer.page.locator("ha-formfield, ha-radio-option")
    texts = await offered.all_inner_texts()
    await newcomer.presses("Submit")
    await newcomer.has_nothing_to_mark()
    await newcomer.wants_no_speaker()
    await newcomer.finishes()
    return " | ".join(texts)


@pytest.fixture(scope="module")
async def walked(newcomers: Parts) -> Walked:
    """Walk the whole path."""
    parts, found = newcomers, Walked()
    house = parts.house
    before = files(house.config)
    async with (
        chromium() as opened,
        looking(opened, house.url, house.token, viewport=SCREEN) as look,
        watching(parts.home) as watch,
    ):
        look.page.set_default_timeout(20_000)
        newcomer = Newcomer(page=look.page)
        await set_up(newcomer)
        found.session = await first_session(parts, newcomer)

        await look.page.goto(OURS)
        await newcomer.sees(f"Version {VERSION}")
        found.version = await look.page.get_by_text("Version ").first.inner_text()
        at = await soon(parts.home)
        found.due_at = at.timestamp() - time.time() + time.monotonic()
        await newcomer.adds_reminder(at)
        await newcomer.picture("integration")
        entities = await parts.home.entities(PACKAGE.name)
        due = next(entities[key] for key in entities if key.endswith("_due"))
        await watch.until(
            due, lambda each: each.state == "on", within=timedelta(seconds=80)
        )
        await parts.until_quiet("mpd", timedelta(seconds=2))
        found.reminded = await parts.heard("mpd", found.due_at - 2)

        found.there = await what_is_left(parts, before)
        await newcomer.deletes()
        found.left.append(await what_is_left(parts, before))
        found.offered = await take_over(newcomer)
        await parts.home.act(
            f"{PACKAGE.name}.delete_diary", {"confirmed": True}, {"entity_id": due}
        )
        await newcomer.deletes()
        found.left.append(await what_is_left(parts, before))
        found.faults = look.faults
    return found


async def test_the_version_of_the_release_is_shown(walked: Walked) -> None:
    assert VERSION in walked.version


async def test_the_first_session_asks_welcomes_and_stops_as_it_is_told(
    newcomers: Parts, walked: Walked
) -> None:
    said = phrases_of(newcomers.house.config / PACKAGE)
    texts = [each.text for each in walked.session]

    assert texts[0] == said.text(Cue(kind=CueKind.PAIN_BEFORE))
    assert texts[1].startswith("Welcome. This is your beginner routine: four exercises")
    assert texts[-1] == said.text(Cue(kind=CueKind.STOPPED))


async def test_a_reminder_that_was_added_by_hand_is_spoken_at_its_minute(
    newcomers: Parts, walked: Walked
) -> None:
    said = phrases_of(newcomers.house.config / PACKAGE)
    (reminder,) = walked.reminded
    late = reminder.on - walked.due_at

    assert reminder.text == said.text(Cue(kind=CueKind.REMINDER))
    assert reminder.whole
    assert (
        0
        <= late
        <= SPOKEN_WITHIN_S + sum(newcomers.stalls_s(walked.due_at, reminder.off))
    )


async def test_what_was_removed_leaves_its_diary_and_nothing_else(
    walked: Walked,
) -> None:
    first, _ = walked.left
    folder, diary = sorted(first.files)

    assert str(folder) == PACKAGE.name
    assert diary.parent == folder
    assert diary.suffix == ".db"
    assert "Sam" in walked.offered


async def test_what_was_erased_and_removed_leaves_no_file(walked: Walked) -> None:
    _, second = walked.left

    assert second.files == set()


async def test_nothing_is_registered_or_loaded_once_it_is_removed(
    walked: Walked,
) -> None:
    there = walked.there
    assert there is not None
    assert there.entities
    assert len(there.devices) == len(["Sam", "Sam Reminder"])
    assert there.entries == ["Sam"]
    assert there.is_loaded_by_pages
    for left in walked.left:
        assert left.entities == left.devices == left.issues == left.resources == []
        assert left.entries == []
        assert not left.is_loaded_by_pages


async def test_nothing_of_ours_fails_in_the_browser_on_the_way(walked: Walked) -> None:
    assert walked.faults == []


async def test_the_guide_says_what_stays_and_how_to_be_rid_of_it() -> None:
    guide = " ".join(REMOVING.read_text().split())

    assert "`back_exercise.delete_diary`" in guide
    assert "`tts.clear_cache`" in guide
    assert "The diary is kept" in guide
    assert "leaves no file behind" in guide
