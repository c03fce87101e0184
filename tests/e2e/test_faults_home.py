"""What becomes of a session when something happens to Home Assistant itself.

Those of it that need a Home Assistant that is started anew are tried by script/faults
alone. That it is killed again and again is in test_kill.py.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
import json
from pathlib import Path
import shutil
import subprocess
import time
from typing import Any, Final

import pytest

from custom_components.back_exercise.engine.cues import Cue, CueKind
from custom_components.back_exercise.engine.plan import CheckIn
from demo.home import Json, RefusedError

from .hearing import Heard
from .parts import Parts
from .person import Person, Watch, add_person, log_of, watching
from .score import cut, errors_s, match, phrases_of, timetables

SECTION: Final = "Home Assistant"

FIRST: Final = "pelvic_tilts"
SECOND: Final = "simplified_piriformis_stretch"
LATE_S: Final = 0.3
"""Within a track nothing is so late, on a machine with something else to do."""
SILENT_WITHIN_S: Final = 1.0
"""How soon speech is cut on a speaker that can stop."""
IN_WORDS_S: Final = 2.5
"""After so long the exercise is being explained."""
VOLUME: Final = 0.35
"""Of the speaker, before a session makes it louder."""
DISK_KB: Final = 1024
CUT_OFF: Final = Cue(kind=CueKind.CUT_OFF)
SET_CLOCK: Final = Path(__file__).resolve().parent / "set_clock.c"
HOUR_S: Final = 3600
PATIENCE: Final = timedelta(seconds=60)
LATER: Final = "99.0.0"
RESTART_S: Final = 5.0
"""Home Assistant takes its time to end: entries are not the first thing."""

type Say = Callable[[Cue], str]


@pytest.fixture(scope="module")
def say(component: Path) -> Say:
    """Return what gives the words of a cue."""
    return phrases_of(component).text


@pytest.fixture(scope="module")
async def someone(parts: Parts) -> Person:
    """Return a person whose sessions are louder than the speaker is else."""
    return await add_person(parts, "Eva", [parts.mpd], volume=80)


@pytest.fixture
async def eva(someone: Person) -> AsyncIterator[Person]:
    """Return that person; no session is left behind."""
    yield someone
    with suppress(RefusedError):
        await someone.perform("stop")
    await someone.parts.until_quiet("mpd")


@pytest.fixture
async def watch(parts: Parts) -> AsyncIterator[Watch]:
    """Note every change of a state, and see that nothing broke meanwhile."""
    before = len(log_of(parts.house.config))
    async with watching(parts.home) as noted:
        yield noted
    assert "Traceback" not in log_of(parts.house.config)[before:]


async def begin(person: Person, watch: Watch) -> float:
    """Start a session on a speaker that is quiet; return when words are being said."""
    parts = person.parts
    await parts.home.act(
        "media_player.volume_set", {"volume_level": VOLUME}, {"entity_id": parts.mpd}
    )
    at = time.monotonic()
    await person.perform("start", {"pain_before": 1, "override": True})
    await person.until_session(watch, "running", at)
    await asyncio.sleep(IN_WORDS_S)
    return at


async def end(person: Person, watch: Watch) -> None:
    """Stop the session and wait until the last words were said."""
    at = await person.press("stop")
    await person.until_session(watch, "idle", at)
    await person.parts.until_quiet("mpd")


async def volume_of(parts: Parts) -> float:
    """Return how loud the speaker really is, 0 to 1."""
    return int((await parts.ask_player("status"))["volume"]) / 100


async def last_session(person: Person) -> list[Json]:
    """Return what stands in the diary of the last session."""
    diary = await person.perform("get_diary", {"limit": 1000})
    entries: list[Json] = diary["entries"][::-1]
    starts = [n for n, each in enumerate(entries) if each["kind"] == "session_started"]
    return entries[starts[-1] :]


def kinds(entries: list[Json]) -> list[str]:
    """Return what kinds the entries are of."""
    return [str(each["kind"]) for each in entries]


def texts(heard: list[Heard]) -> list[str]:
    """Return what was said."""
    return [each.text for each in heard]


async def check_cut(parts: Parts, begun: float, by: float, *after: str) -> None:
    """See that words were being said and ended by a moment, and what was said then."""
    await parts.until_quiet("mpd")
    heard = await parts.heard("mpd", begun)
    before = heard[: len(heard) - len(after)]
    assert before
    assert before[-1].share < 1
    assert before[-1].off <= by
    assert texts(heard)[len(before) :] == [*after]


async def check_goes_on(person: Person, watch: Watch, say: Say) -> None:
    """See that the session is offered again, paused, and can be gone on with."""
    parts = person.parts
    await parts.home.until(person.entities["session"], "paused")
    await parts.until_quiet("mpd")
    at = await person.press("resume")
    await person.until_session(watch, "running", at)
    await asyncio.sleep(IN_WORDS_S)
    await end(person, watch)
    welcome, *_, last = await parts.heard("mpd", at)
    assert welcome.text.startswith("Welcome.")
    assert last.text == say(Cue(kind=CueKind.STOPPED))
    recorded = kinds(await last_session(person))
    assert recorded.count("session_ended") == 1


@pytest.mark.case("reloaded in mid-session")
async def test_reloaded(parts: Parts, eva: Person, watch: Watch, say: Say) -> None:
    begun = await begin(eva, watch)
    louder = await volume_of(parts)
    at = time.monotonic()
    await entry(eva, "POST", "/reload")
    await check_cut(parts, begun, at + SILENT_WITHIN_S, say(CUT_OFF))

    assert louder == 0.8
    assert await volume_of(parts) == VOLUME
    await check_goes_on(eva, watch, say)


@pytest.mark.case("disabled in mid-session, and enabled again")
async def test_disabled(parts: Parts, eva: Person, watch: Watch, say: Say) -> None:
    begun = await begin(eva, watch)
    at = time.monotonic()
    await disable(eva, "user")
    await watch.until(
        eva.entities["session"], lambda change: change.state == "unavailable", since=at
    )
    await check_cut(parts, begun, at + SILENT_WITHIN_S)
    with pytest.raises(RefusedError):
        await eva.perform("start")

    assert await volume_of(parts) == VOLUME
    await disable(eva, None)
    await check_goes_on(eva, watch, say)


@pytest.mark.case("removed in mid-session, and added again with the diary")
async def test_removed(parts: Parts, watch: Watch, say: Say) -> None:
    fay = await add_person(parts, "Fay", [parts.mpd], volume=80)
    begun = await begin(fay, watch)
    [device] = await devices_of(fay)
    _, diary_id = device["identifiers"][0]
    at = time.monotonic()
    await entry(fay, "DELETE")
    await check_cut(parts, begun, at + SILENT_WITHIN_S)

    assert await volume_of(parts) == VOLUME
    assert await devices_of(fay) == []
    assert fay.entry_id not in json.dumps(await parts.home.ask("repairs/list_issues"))
    back = await add_person(parts, "Fay", [parts.mpd], volume=80, diary=diary_id)
    await check_goes_on(back, watch, say)
    await entry(back, "DELETE")


@pytest.mark.case("the time zone changed in mid-session")
async def test_time_zone(
    parts: Parts, eva: Person, watch: Watch, component: Path
) -> None:
    begun = await begin(eva, watch)
    zone = (await parts.home.ask("get_config"))["time_zone"]
    await parts.home.ask("config/core/update", time_zone="Pacific/Auckland")
    try:
        await eva.until_at(watch, "work", FIRST, begun)
        await end(eva, watch)
        entries = await last_session(eva)
    finally:
        await parts.home.ask("config/core/update", time_zone=zone)

    welcome, first, *_ = timetables(component, parts, CheckIn.EACH_EXERCISE)
    due = [*welcome.texts, first.texts[0]]
    heard = await parts.heard("mpd", begun)
    assert texts(heard)[: len(due)] == due
    assert cut(heard[: len(due)]) == []
    assert kinds(entries).count("session_ended") == 1
    assert [each["zone"] for each in entries if each["kind"] == "session_ended"] == [
        "Pacific/Auckland"
    ]


@pytest.mark.case("two people want one speaker")
async def test_two_people(
    parts: Parts, eva: Person, anna: Person, watch: Watch
) -> None:
    begun = await begin(eva, watch)
    with pytest.raises(RefusedError) as refused:
        await anna.perform("start", {"pain_before": 1, "override": True})
    shown = await parts.home.state(anna.entities["session"])
    await asyncio.sleep(2 * IN_WORDS_S)
    await end(eva, watch)
    at = time.monotonic()
    await anna.perform("start", {"pain_before": 1, "override": True})
    await anna.until_session(watch, "running", at)
    await end(anna, watch)

    assert "is taken by the session of Eva" in str(refused.value)
    assert shown["state"] == "idle"
    assert await volume_of(parts) == VOLUME
    heard = await parts.heard("mpd", begun, at)
    assert cut(heard[:1]) == []


@pytest.mark.long
@pytest.mark.case("updated in mid-session: the files replaced, and restarted")
async def test_updated(
    parts: Parts, eva: Person, watch: Watch, say: Say, component: Path
) -> None:
    begun = await begin(eva, watch)
    at = time.monotonic()
    with later_version(component):
        await parts.restart()
        await parts.home.until(eva.entities["session"], "paused", within=PATIENCE)
        await check_cut(parts, begun, at + RESTART_S, say(CUT_OFF))
        async with watching(parts.home) as seen:
            await check_goes_on(eva, seen, say)
            manifest = await parts.home.ask("manifest/get", integration="back_exercise")
        assert await volume_of(parts) == VOLUME
    await parts.restart()

    assert manifest["version"] == LATER


@pytest.mark.long
@pytest.mark.case("no room on the disk, in mid-session and for a rating")
async def test_disk_full(parts: Parts, eva: Person, say: Say) -> None:
    with small_disk(parts.house.config / "back_exercise") as fill:
        await parts.restart()
        async with watching(parts.home) as watch:
            begun = await begin(eva, watch)
            room = fill()
            await eva.until_at(watch, "work", FIRST, begun)
            with pytest.raises(RefusedError) as refused:
                await eva.perform("rate", {"pain": 1})
            before = await issues(eva)
            at = await eva.press("stop")
            await eva.until_session(watch, "idle", at)
            await parts.until_quiet("mpd")
            room.unlink()
            await eva.perform("rate", {"pain": 2, "context": "at_large"})
            entries = await last_session(eva)
            after = await issues(eva)
            heard = await parts.heard("mpd", begun)
        log = log_of(parts.house.config)

    await parts.restart()
    assert "Traceback" not in log
    assert "there is no room left on the disk" in str(refused.value)
    assert before == {"diary_full"}
    assert after == set()
    assert kinds(entries).count("session_ended") == 1
    ratings = [each["data"]["value"] for each in entries if each["kind"] == "rating"]
    assert ratings[-1:] == [2]
    assert texts(heard)[-1] == say(Cue(kind=CueKind.STOPPED))
    assert cut(heard[:4]) == []


@pytest.mark.long
@pytest.mark.case("the clock put forward by an hour in mid-session, and back")
@pytest.mark.skipif(not shutil.which("cc"), reason="there is no compiler")
async def test_clock_set(
    parts: Parts, eva: Person, component: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offset, clock = parts.folder / "offset", parts.folder / "set_clock.so"
    offset.write_text("0")
    compile_it = ["cc", "-shared", "-fPIC", "-o", str(clock), str(SET_CLOCK), "-ldl"]
    await asyncio.to_thread(subprocess.run, compile_it, check=True)
    with monkeypatch.context() as patch:
        patch.setenv("LD_PRELOAD", str(clock))
        patch.setenv("SET_CLOCK_FILE", str(offset))
        await parts.restart()
    try:
        async with watching(parts.home) as watch:
            begun = await begin(eva, watch)
            offset.write_text(str(HOUR_S))
            await eva.until_at(watch, "work", FIRST, begun)
            worked = time.monotonic()
            offset.write_text("0")
            await eva.until_at(watch, "prepare", SECOND, worked)
            asked = time.monotonic()
            seen = [each.state for each in watch.of(eva.entities["session"], begun)]
            await end(eva, watch)
            entries = await last_session(eva)
        log = log_of(parts.house.config)
    finally:
        await parts.restart()
    assert "Traceback" not in log

    welcome, first, *_ = timetables(component, parts)
    due = [*welcome.texts, *first.texts]
    heard = await parts.heard("mpd", begun, asked)
    assert texts(heard)[: len(due)] == due
    assert cut(heard[: len(due)]) == []
    assert "paused" not in seen
    assert max(map(abs, errors_s(first.dues, match(first.texts, heard)))) < LATE_S
    assert kinds(entries).count("session_ended") == 1
    turns = [
        each["data"]["done"] for each in entries if each["kind"] == "exercise_done"
    ]
    assert turns[0] == 3


async def entry(person: Person, method: str, what: str = "") -> None:
    """Do something with a person's entry."""
    path = f"/api/config/config_entries/entry/{person.entry_id}{what}"
    await person.parts.home.rest(method, path)


async def disable(person: Person, by: str | None) -> None:
    """Disable a person's entry, or enable it again."""
    await person.parts.home.ask(
        "config_entries/disable", entry_id=person.entry_id, disabled_by=by
    )


async def devices_of(person: Person) -> list[Json]:
    """Return the devices of a person's entry."""
    devices = await person.parts.home.ask("config/device_registry/list")
    return [each for each in devices if person.entry_id in each["config_entries"]]


async def issues(person: Person) -> set[str]:
    """Return what the repairs tell of a person."""
    known: dict[str, Any] = await person.parts.home.ask("repairs/list_issues")
    return {
        issue["translation_key"]
        for issue in known["issues"]
        if issue["domain"] == "back_exercise"
    }


@contextmanager
def later_version(component: Path) -> Iterator[None]:
    """Have the files be those of a later version."""
    manifest, content = component / "manifest.json", component / "content"
    texts = {path: path.read_text() for path in (manifest, content / "exercises.json")}
    exercises = json.loads(texts[content / "exercises.json"])
    for exercise in exercises["exercises"]:
        exercise["hold_seconds"]["value"] += 1
    (content / "exercises.json").write_text(json.dumps(exercises))
    manifest.write_text(json.dumps(json.loads(texts[manifest]) | {"version": LATER}))
    try:
        yield
    finally:
        for path, text in texts.items():
            path.write_text(text)


@contextmanager
def small_disk(folder: Path) -> Iterator[Callable[[], Path]]:
    """Move a folder to a disk with little room; yield what fills that up."""
    kept = folder.with_name("kept")

    def fill() -> Path:
        filler = folder / "filler"
        with filler.open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(1024))
            except OSError:
                return filler

    shutil.copytree(folder, kept)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_KB}k", "tmpfs", str(folder)]
    done = subprocess.run(mount, check=False)
    if done.returncode:
        shutil.rmtree(kept)
        pytest.skip("only root may mount a disk")
    try:
        shutil.copytree(kept, folder, dirs_exist_ok=True)
        yield fill
        shutil.rmtree(kept)
        shutil.copytree(folder, kept)
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
        shutil.copytree(kept, folder, dirs_exist_ok=True)
        shutil.rmtree(kept)
