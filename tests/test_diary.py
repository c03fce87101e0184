"""What a person records: in order, for good, and never only seemingly."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import closing
import csv
from dataclasses import replace
from datetime import UTC, datetime, timedelta
import io
import json
from pathlib import Path
import sqlite3
import threading
from typing import Any, Final
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ConfigEntryError, ConfigEntryNotReady
from homeassistant.helpers import issue_registry as ir
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)

from custom_components.back_exercise import beginning
from custom_components.back_exercise.diary import (
    RETRY,
    Diary,
    DiaryError,
    path_of,
)
from custom_components.back_exercise.diary_file import Reason, StoreError, files_of
from custom_components.back_exercise.engine.amend import EntryUnknown
from custom_components.back_exercise.engine.course import Taken
from custom_components.back_exercise.engine.diary import (
    Action,
    Activity,
    Context,
    Correction,
    Entry,
    Intensity,
    Kind,
    Logged,
    Payload,
    Rating,
    Screen,
    ScreenForm,
    SessionStarted,
)
from custom_components.back_exercise.engine.export import EntryInvalid, write_diary
from custom_components.back_exercise.engine.fold import fold
from custom_components.back_exercise.engine.programme import new_programme
from custom_components.back_exercise.faults import Faults
from custom_components.back_exercise.store import Store
from custom_components.back_exercise.unowned import async_discard, async_unowned

from .engine.builders import CATALOGUE
from .engine.lives import Life

ID: Final = "a" * 32
NOW: Final = datetime(2026, 11, 2, 18, tzinfo=UTC)
SCREEN: Final = Screen(form=ScreenForm.FULL)

type Open = Callable[..., Coroutine[Any, Any, Diary]]


def rated(value: int, context: Context = Context.AT_LARGE) -> Rating:
    """Return a rating."""
    return Rating(value=value, context=context)


def walked(activity: str = "walking") -> Activity:
    """Return an activity."""
    return Activity(activity=activity, minutes=20, intensity=Intensity.MODERATE)


@pytest.fixture(autouse=True)
def now(freezer: FrozenDateTimeFactory) -> None:
    """Let time stand still."""
    freezer.move_to(NOW)


@pytest.fixture
def entry(hass: HomeAssistant, config_entry: MockConfigEntry) -> MockConfigEntry:
    """Return Alex's entry."""
    config_entry.add_to_hass(hass)
    return config_entry


@pytest.fixture
def path(hass: HomeAssistant) -> Path:
    """Return where the diary is."""
    return path_of(hass, ID)


@pytest.fixture
async def open_diary(
    hass: HomeAssistant, entry: MockConfigEntry
) -> AsyncGenerator[Open]:
    """Return what opens Alex's diary; what is open at the end is closed."""
    diaries: list[Diary] = []

    async def open_diary(diary_id: str = ID) -> Diary:
        faults = Faults(hass, entry)
        diary = await Diary.async_open(hass, diary_id, "Alex", CATALOGUE, faults)
        diaries.append(diary)
        return diary

    yield open_diary
    for diary in diaries:
        await diary.async_close()


@pytest.fixture
async def diary(open_diary: Open) -> Diary:
    """Return Alex's diary, in which is nothing yet."""
    return await open_diary()


async def record(diary: Diary, life: Life) -> None:
    """Record what somebody has lived through."""
    for each in life.entries:
        await diary.async_add(each.payload, source=each.source, at=each.at)


def lived(days: int) -> Life:
    """Return some days with sessions."""
    life = Life()
    for number in range(days):
        life.session(number * 2)
    return life


def failing(reason: Reason = Reason.FULL) -> Any:  # a patch
    """Have nothing written."""
    return patch.object(Store, "append", side_effect=StoreError(reason))


def issues(hass: HomeAssistant) -> set[str | None]:
    """Return what repair issues tell."""
    return {each.translation_key for each in ir.async_get(hass).issues.values()}


async def payloads(diary: Diary, **asked: Any) -> list[Payload]:
    """Return what was recorded, apart from decisions."""
    entries = await diary.async_read(**asked)
    return [each.payload for each in entries if each.kind is not Kind.DECISION]


# Recording


async def test_what_is_added_has_been_committed(
    hass: HomeAssistant, diary: Diary, path: Path
) -> None:
    assert diary.is_new
    (entry,) = await diary.async_add(rated(3), source="button")
    with closing(sqlite3.connect(path)) as database:
        found = database.execute("SELECT id, kind, at, zone, source FROM entries")
        assert found.fetchall() == [
            (entry.id, "rating", NOW.isoformat(), hass.config.time_zone, "button")
        ]

    assert not diary.is_new
    assert diary.programme.recent.rating == (3, NOW)


async def test_it_is_recorded_in_utc_when_it_was(diary: Diary) -> None:
    at = datetime.fromisoformat("2026-11-02T18:30:00+01:00")
    (entry,) = await diary.async_add(rated(3), source="button", at=at)

    assert entry.at == at
    assert entry.at.tzinfo is UTC


async def test_everything_is_recorded_in_the_order_in_which_it_came(
    diary: Diary,
) -> None:
    waiting = []
    for value in range(0, 10, 2):
        waiting.append(asyncio.ensure_future(diary.async_add(rated(value), source="a")))
        await asyncio.sleep(0)
        diary.add_soon(rated(value + 1), source="b")
        diary.keep({"value": value})
    await asyncio.gather(*waiting)
    await diary.async_settled()
    found = await diary.async_read()

    assert [each.payload for each in found] == [rated(value) for value in range(10)]
    assert diary.programme == fold(CATALOGUE, found)


async def test_what_came_at_the_same_moment_is_written_together(
    diary: Diary,
) -> None:
    with patch.object(
        Store, "append", autospec=True, side_effect=Store.append
    ) as append:
        diary.add_soon(rated(1), source="a")
        diary.keep({"step": 1})
        diary.add_soon(rated(2), source="a")
        diary.keep(None)
        await diary.async_settled()

    assert append.call_count == 1
    assert append.call_args.kwargs["keep"] is None


async def test_the_session_that_goes_on_is_found_at_the_next_start(
    open_diary: Open,
) -> None:
    diary = await open_diary()
    diary.keep({"step": 1})
    diary.keep({"step": 2})
    await diary.async_close()
    again = await open_diary()
    assert again.open_session == {"step": 2}
    again.keep(None)
    await again.async_close()

    assert (await open_diary()).open_session is None


async def test_decisions_are_logged_with_what_led_to_them(diary: Diary) -> None:
    life = lived(2)
    told: list[tuple[tuple[Entry, ...], tuple[Taken, ...]]] = []
    stop = diary.async_listen(lambda *news: told.append(news))
    await record(diary, life)
    stop()
    await diary.async_add(rated(1), source="test")
    logged = await diary.async_read(kinds=[Kind.DECISION])
    taken = [each for _, decisions in told for each in decisions]

    assert [entry.payload for entries, _ in told for entry in entries] == [
        each.payload for each in life.entries
    ]
    assert [each.decision for each in taken] == [each.decision for each in life.log()]
    assert [each.at for each in logged] == [each.at for each in taken]
    assert [
        (each.payload.rule, each.payload.outcome)
        for each in logged
        if isinstance(each.payload, Logged)
    ] == [(each.decision.rule, each.decision.outcome) for each in taken]


async def test_it_is_read_as_asked(diary: Diary) -> None:
    later = NOW + timedelta(hours=1)
    await diary.async_add(rated(1), walked(), source="a")
    await diary.async_add(rated(2), source="a", at=later)

    assert await payloads(diary, start=later) == [rated(2)]
    assert await payloads(diary, end=later, kinds=[Kind.RATING]) == [rated(1)]
    assert await payloads(diary, newest_first=True, limit=1) == [rated(2)]


async def test_time_that_has_passed_is_seen_without_being_recorded(
    diary: Diary,
) -> None:
    life = Life()
    life.session(0, next_day=None)
    await record(diary, life)
    after = diary.at(NOW + timedelta(days=4))

    assert diary.programme.session
    assert after.session is None
    assert diary.at(NOW + timedelta(days=4, seconds=20)) is after
    assert diary.at(NOW + timedelta(days=4, seconds=70)) is not after
    await diary.async_add(rated(1), source="test", at=NOW + timedelta(days=4))
    assert diary.at(NOW + timedelta(days=4)) is not after


async def test_nothing_waits_on_the_event_loop(
    hass: HomeAssistant, open_diary: Open
) -> None:
    threads = set()

    def note(path: Path, name: str) -> Any:  # a connection
        threads.add(threading.current_thread())
        return original(path, name)

    original = Store.open
    with patch.object(Store, "open", note):
        await open_diary()

    assert threads
    assert threading.main_thread() not in threads


# Starting


async def test_the_programme_is_the_same_after_every_start(open_diary: Open) -> None:
    diary = await open_diary()
    await record(diary, lived(12))
    before = diary.programme
    await diary.async_close()
    again = await open_diary()
    assert again.programme == before
    assert again.programme == fold(CATALOGUE, await again.async_read())
    assert not again.is_new


async def test_from_a_checkpoint_only_what_came_after_it_is_read(
    open_diary: Open,
) -> None:
    diary = await open_diary()
    await record(diary, lived(12))
    last = len(await diary.async_read())
    await diary.async_close()
    with patch.object(Store, "each", autospec=True, side_effect=Store.each) as each:
        again = await open_diary()

    assert [call.kwargs for call in each.call_args_list] == [{"after": last}]
    assert again.programme == diary.programme


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM checkpoint",
        "UPDATE checkpoint SET programme = '{'",
        "UPDATE checkpoint SET programme = '[]'",
        """UPDATE checkpoint SET programme = '{"level": "no such level"}'""",
        "UPDATE checkpoint SET digest = 'of other rules'",
        "UPDATE checkpoint SET seq = 99999",
        "UPDATE checkpoint SET digest = 'of other rules', seq = 99999",
    ],
)
async def test_without_a_checkpoint_that_holds_everything_is_folded_anew(
    open_diary: Open, path: Path, statement: str
) -> None:
    diary = await open_diary()
    await record(diary, lived(6))
    before = diary.programme
    await diary.async_close()
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(statement)
    again = await open_diary()

    assert again.programme == before
    assert not await again.async_read(kinds=[Kind.CORRECTION])


async def test_after_a_crash_nothing_is_missing(
    open_diary: Open, hass: HomeAssistant, path: Path
) -> None:
    diary = await open_diary()
    await record(diary, lived(3))
    other = "b" * 32
    for suffix in ("", "-wal"):
        left = await hass.async_add_executor_job(Path(f"{path}{suffix}").read_bytes)
        Path(f"{path_of(hass, other)}{suffix}").write_bytes(left)
    again = await open_diary(other)

    assert again.programme == diary.programme


async def test_where_other_rules_would_give_more_the_lower_result_stands(
    open_diary: Open,
) -> None:
    diary = await open_diary()
    life = lived(4)
    await record(diary, life)
    await diary.async_close()
    text = beginning.written(diary.programme)
    old = json.loads(text)
    old["standings"]["bridges"]["index"] = -2
    old["hold"] = 2
    with patch.object(beginning, "rules_digest", return_value="old rules"):
        store = Store.open(path_of(diary._hass, ID), "Alex")  # noqa: SLF001
        store.append(checkpoint=("old rules", json.dumps(old)))
        store.close()
    again = await open_diary()

    assert again.programme.standing("bridges").index == -2
    assert again.programme.hold == 2
    (correction,) = await again.async_read(kinds=[Kind.CORRECTION])
    assert isinstance(correction.payload, Correction)
    assert correction.payload.action is Action.RULES
    assert {each.what for each in correction.payload.effects} == {"index", "hold"}
    assert again.programme == fold(CATALOGUE, await again.async_read())
    await again.async_close()
    third = await open_diary()
    assert len(await third.async_read(kinds=[Kind.CORRECTION])) == 1


async def test_what_a_damaged_diary_has_lost_makes_nothing_harder(
    hass: HomeAssistant, open_diary: Open, path: Path
) -> None:
    diary = await open_diary()
    life = lived(4)
    life.session(10, turns={"bridges": {"sharp": True}})
    await record(diary, life)
    suspended = diary.programme.standing("bridges")
    assert suspended.status != "active"
    await diary.async_close()
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("DELETE FROM entries WHERE data LIKE '%\"sharp\":true%'")
    content = path.read_bytes()
    path.write_bytes(b"\xff" * 100 + content[100:])
    again = await open_diary()

    assert again.programme.standing("bridges").status == suspended.status
    (correction,) = await again.async_read(kinds=[Kind.CORRECTION])
    assert isinstance(correction.payload, Correction)
    assert correction.payload.action is Action.RECOVERY
    assert issues(hass) == {"diary_recovered"}


async def test_of_a_diary_that_was_lost_altogether_the_strictest_stays(
    open_diary: Open, path: Path
) -> None:
    diary = await open_diary()
    life = lived(2)
    life.session(4, turns={"bridges": {"sharp": True}})
    await record(diary, life)
    before = diary.programme
    await diary.async_close()
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("DELETE FROM entries")
        database.execute("UPDATE checkpoint SET digest = 'recovered'")
    again = await open_diary()

    assert not again.is_new
    assert again.programme.standing("bridges").status == "suspended"
    assert again.programme.recent.sharp == before.recent.sharp
    assert again.programme == fold(CATALOGUE, await again.async_read())


@pytest.mark.parametrize(
    "data", ["{", '{"value": "two", "context": "before", "measure": "pain"}']
)
async def test_an_entry_that_makes_no_sense_is_left_out_and_told(
    hass: HomeAssistant, open_diary: Open, path: Path, data: str
) -> None:
    diary = await open_diary()
    await diary.async_add(rated(1, Context.BEFORE), source="test")
    await diary.async_add(rated(2, Context.BEFORE), source="test")
    await diary.async_close()
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE entries SET data = ? WHERE seq = 1", (data,))
        database.execute("DELETE FROM checkpoint")
    again = await open_diary()
    assert again.programme.recent.rating == (2, NOW)
    assert issues(hass) == {"diary_unreadable"}
    # it does not stand in the way of corrections either, and stays
    (entry,) = await again.async_add(rated(3), source="test")
    await again.async_delete(entry.id, source="test")
    with closing(sqlite3.connect(path)) as database:
        found = database.execute("SELECT data FROM entries WHERE seq = 1").fetchone()

    assert found == (data,)


async def test_a_newer_diary_is_not_opened(open_diary: Open, path: Path) -> None:
    await (await open_diary()).async_close()
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA user_version = 99")
    with pytest.raises(ConfigEntryError) as raised:
        await open_diary()

    assert raised.value.translation_key == "diary_newer"


async def test_where_it_cannot_be_opened_it_is_told_and_tried_again(
    hass: HomeAssistant, open_diary: Open
) -> None:
    error = StoreError(Reason.READ_ONLY)
    with (
        patch.object(Store, "open", side_effect=error),
        pytest.raises(ConfigEntryNotReady) as raised,
    ):
        await open_diary()
    assert raised.value.translation_key == "diary_read_only"
    assert raised.value.translation_placeholders == {"name": "Alex"}
    assert issues(hass) == {"diary_read_only"}
    await open_diary()

    assert not issues(hass)


async def test_where_reading_fails_the_file_is_let_go(
    open_diary: Open, path: Path
) -> None:
    error = StoreError(Reason.BROKEN)
    with (
        patch.object(Store, "each", side_effect=error),
        pytest.raises(ConfigEntryNotReady),
    ):
        await open_diary()

    assert list(path.parent.iterdir()) == [path]


async def test_nobody_needs_to_be_told(hass: HomeAssistant) -> None:
    diary = await Diary.async_open(hass, ID, "Alex", CATALOGUE)
    with failing():
        diary.add_soon(rated(1), source="test")
        await diary.async_settled()
    await diary.async_close()
    with (
        patch.object(Store, "open", side_effect=StoreError(Reason.FULL)),
        pytest.raises(ConfigEntryNotReady),
    ):
        await Diary.async_open(hass, ID, "Alex", CATALOGUE)

    assert not issues(hass)


# What can't be written


@pytest.mark.parametrize("reason", [each for each in Reason if each != "newer"])
async def test_where_adding_fails_nothing_is_recorded_and_it_is_told(
    hass: HomeAssistant, diary: Diary, reason: Reason, caplog: pytest.LogCaptureFixture
) -> None:
    before = diary.programme
    told: list[object] = []
    diary.async_listen(lambda *news: told.append(news))
    with failing(reason), pytest.raises(DiaryError) as raised:
        await diary.async_add(rated(9), rated(8), source="button")

    assert raised.value.translation_key == f"diary_{reason}"
    assert diary.programme is before
    assert diary.is_new
    assert not told
    assert await diary.async_read() == []
    assert issues(hass) == {f"diary_{reason}"}
    assert "9" not in [record.getMessage() for record in caplog.records][-1]


async def test_what_a_session_did_counts_and_is_written_once_that_works(
    hass: HomeAssistant, diary: Diary, path: Path, freezer: FrozenDateTimeFactory
) -> None:
    await diary.async_add(SCREEN, source="test")
    with failing():
        first = diary.add_soon(rated(1), source="session")
        diary.keep({"step": 1})
        await diary.async_settled()
        diary.keep({"step": 2})
        second = diary.add_soon(rated(2), source="session")
        await diary.async_settled()
        assert diary.programme.recent.rating == (2, NOW)
        assert [each.payload for each in await diary.async_read()] == [
            SCREEN,
            rated(1),
            rated(2),
        ]
        assert await payloads(diary, newest_first=True, limit=2) == [rated(2), rated(1)]
        assert await payloads(diary, kinds=[Kind.SCREEN]) == [SCREEN]
        assert await payloads(diary, end=NOW) == []
        assert await payloads(diary, start=NOW + timedelta(1)) == []
        freezer.tick(RETRY)
        async_fire_time_changed(hass)
        await diary.async_settled()
        assert issues(hass) == {"diary_full"}
    freezer.tick(RETRY)
    async_fire_time_changed(hass)
    await diary.async_settled()
    with closing(sqlite3.connect(path)) as database:
        found = database.execute("SELECT id FROM entries ORDER BY seq").fetchall()
        kept = database.execute("SELECT data FROM open_session").fetchone()

    assert [id_ for (id_,) in found][1:] == [each.id for each in (*first, *second)]
    assert kept == ('{"step":2}',)
    assert not issues(hass)


async def test_what_could_not_be_written_is_written_before_anything_else(
    diary: Diary,
) -> None:
    with failing():
        diary.add_soon(rated(1), source="session")
        await diary.async_settled()
        with pytest.raises(DiaryError):
            await diary.async_add(rated(2), source="button")
    await diary.async_add(rated(3), source="button")

    assert await payloads(diary) == [rated(1), rated(3)]
    assert diary.programme == fold(CATALOGUE, await diary.async_read())


async def test_a_correction_waits_for_what_could_not_be_written(diary: Diary) -> None:
    (entry,) = await diary.async_add(rated(4), source="test")
    with failing():
        diary.add_soon(rated(1), source="session")
        await diary.async_settled()
        with pytest.raises(DiaryError):
            await diary.async_delete(entry.id, source="test")
    await diary.async_delete(entry.id, source="test")

    assert (await payloads(diary))[0] == rated(1)


async def test_what_could_not_be_written_outlives_reloading(
    hass: HomeAssistant, open_diary: Open, path: Path
) -> None:
    diary = await open_diary()
    with failing():
        diary.add_soon(rated(1), source="session")
        diary.keep({"step": 1})
        await diary.async_close()
    again = await open_diary()
    assert again.programme.recent.rating == (1, NOW)
    assert again.open_session == {"step": 1}
    await again.async_settled()
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT count(*) FROM entries").fetchone() == (1,)
    await again.async_close()

    assert (await open_diary()).open_session == {"step": 1}


async def test_entries_alone_outlive_reloading_too(
    hass: HomeAssistant, open_diary: Open
) -> None:
    diary = await open_diary()
    with failing():
        diary.add_soon(rated(1), source="session")
        await diary.async_close()
    again = await open_diary()

    assert await payloads(again) == [rated(1)]


async def test_it_is_tried_again_although_nothing_waits(
    hass: HomeAssistant, diary: Diary, freezer: FrozenDateTimeFactory
) -> None:
    with failing(), pytest.raises(DiaryError):
        await diary.async_add(rated(1), source="button")
    freezer.tick(RETRY)
    async_fire_time_changed(hass)
    await diary.async_settled()

    assert not issues(hass)


async def test_what_cannot_be_folded_is_refused_and_the_next_is_recorded(
    diary: Diary, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = Rating(value="x", context=Context.BEFORE)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        await diary.async_add(wrong, source="test")
    assert not caplog.records
    diary.add_soon(wrong, source="test")
    diary.keep({"step": 1})
    await diary.async_settled()
    assert "something could not be recorded" in caplog.text
    caplog.clear()
    await diary.async_add(rated(1), source="test")

    assert await payloads(diary) == [rated(1)]


async def test_it_is_done_even_if_nobody_waits_any_more(diary: Diary) -> None:
    adding = asyncio.ensure_future(diary.async_add(rated(1), source="test"))
    await asyncio.sleep(0)
    adding.cancel()
    await diary.async_settled()

    assert await payloads(diary) == [rated(1)]
    assert diary.programme.recent.rating == (1, NOW)


async def test_closing_twice_does_no_harm(diary: Diary) -> None:
    await diary.async_close()
    await diary.async_close()


async def test_where_closing_fails_it_is_told_in_the_log(
    open_diary: Open, caplog: pytest.LogCaptureFixture
) -> None:
    diary = await open_diary()

    def fail(store: Store) -> None:
        close(store)
        raise StoreError(Reason.BROKEN)

    close = Store.close
    with patch.object(Store, "close", autospec=True, side_effect=fail):
        await diary.async_close()

    assert "The diary of Alex: broken" in caplog.text


async def test_closing_where_the_file_is_gone_is_told_in_the_log(
    diary: Diary, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await diary.async_add(rated(1), source="test")
    path.unlink()
    diary.add_soon(rated(2), source="test")
    await diary.async_close()

    assert "1 entries are not written" in caplog.text
    assert not path.exists()


async def test_a_removed_diary_can_be_put_back(
    hass: HomeAssistant, diary: Diary, path: Path
) -> None:
    await diary.async_add(rated(1), source="test")
    path.unlink()
    diary.add_soon(rated(2), source="test")
    await diary.async_settled()
    assert issues(hass) == {"diary_gone"}
    with (
        patch.object(Store, "put_back", side_effect=StoreError(Reason.FULL)),
        pytest.raises(DiaryError),
    ):
        await diary.async_put_back()
    await diary.async_put_back()
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT count(*) FROM entries").fetchone() == (2,)

    assert not issues(hass)


# Correcting


async def test_an_edited_entry_corrects_what_follows_from_it(diary: Diary) -> None:
    (entry,) = await diary.async_add(rated(2, Context.BEFORE), source="test")
    await diary.async_add(walked(), source="test")
    told: list[object] = []
    diary.async_listen(lambda *news: told.append(news))
    edited = await diary.async_edit(entry.id, {"value": 5}, source="card")
    entries = await diary.async_read()

    assert edited == replace(entry, payload=rated(5, Context.BEFORE))
    assert entries[0] == edited
    assert entries[-1].kind is Kind.CORRECTION
    assert entries[-1].source == "card"
    assert diary.programme == fold(CATALOGUE, entries)
    assert diary.programme.recent.rating == (5, NOW)
    assert told == [((), ())]


async def test_a_deleted_entry_is_gone_and_what_it_made_stricter_stays(
    diary: Diary, path: Path
) -> None:
    life = lived(1)
    life.session(3, turns={"bridges": {"sharp": True, "pain_peak": 7}})
    await record(diary, life)
    (sharp,) = [
        each
        for each in await diary.async_read(kinds=[Kind.EXERCISE_DONE])
        if getattr(each.payload, "sharp", False)
    ]
    suspended = diary.programme.standing("bridges")
    await diary.async_delete(sharp.id, source="card")

    assert sharp.id not in {each.id for each in await diary.async_read()}
    assert diary.programme.standing("bridges").status == suspended.status
    content = b"".join(each.read_bytes() for each in files_of(path))
    assert b'"pain_peak":7' not in content


async def test_of_a_deleted_entry_no_decision_keeps_a_number(
    diary: Diary,
) -> None:
    life = lived(2)
    await record(diary, life)
    (entry,) = await diary.async_add(rated(9, Context.BEFORE), source="test")
    logged = [
        each.payload
        for each in await diary.async_read(kinds=[Kind.DECISION])
        if isinstance(each.payload, Logged)
    ]
    started = next(
        each
        for each in await diary.async_read()
        if isinstance(each.payload, SessionStarted)
    )
    await diary.async_delete(started.id, source="card")
    after = [
        each.payload
        for each in await diary.async_read(kinds=[Kind.DECISION])
        if isinstance(each.payload, Logged)
    ]

    assert len(after) == len(logged)
    assert sum(not each.inputs for each in after) > sum(
        not each.inputs for each in logged
    )
    assert entry.id in {each.id for each in await diary.async_read()}


async def test_what_there_is_not_cannot_be_corrected(diary: Diary) -> None:
    await record(diary, lived(2))
    (decision, *_) = await diary.async_read(kinds=[Kind.DECISION])
    before = await diary.async_read()
    for id_ in ("nothing", decision.id):
        with pytest.raises(EntryUnknown):
            await diary.async_edit(id_, {"value": 1}, source="card")
    with pytest.raises(EntryUnknown):
        await diary.async_delete("nothing", source="card")

    assert await diary.async_read() == before


async def test_a_wrong_change_is_refused_with_its_field(diary: Diary) -> None:
    (entry,) = await diary.async_add(rated(2), source="test")
    with pytest.raises(EntryInvalid) as raised:
        await diary.async_edit(entry.id, {"value": 11}, source="card")

    assert raised.value.field == "data.value"
    assert await payloads(diary) == [rated(2)]


async def test_where_a_correction_cannot_be_written_nothing_is_changed(
    diary: Diary,
) -> None:
    (entry,) = await diary.async_add(rated(2), source="test")
    before = diary.programme
    with (
        patch.object(Store, "amend", side_effect=StoreError(Reason.FULL)),
        pytest.raises(DiaryError),
    ):
        await diary.async_delete(entry.id, source="card")

    assert diary.programme is before
    assert await payloads(diary) == [rated(2)]


async def test_after_a_correction_it_starts_from_what_follows(
    open_diary: Open,
) -> None:
    diary = await open_diary()
    await record(diary, lived(3))
    (first, *_) = await diary.async_read(kinds=[Kind.SESSION_STARTED])
    await diary.async_delete(first.id, source="card")
    before = diary.programme
    await diary.async_close()

    assert (await open_diary()).programme == before


# In and out


async def test_an_exported_diary_can_be_imported(
    diary: Diary, open_diary: Open, freezer: FrozenDateTimeFactory
) -> None:
    await record(diary, lived(3))
    freezer.tick(timedelta(days=7))
    exported = json.loads(json.dumps(await diary.async_export()))
    other = await open_diary("c" * 32)
    count = await other.async_import(exported, source="card")
    entries = await diary.async_read()

    assert count == len(entries)
    assert {each.id for each in entries} < {
        each.id for each in await other.async_read()
    }
    assert other.programme.recent == diary.programme.recent
    assert not other.is_new
    assert await other.async_import(exported, source="card") == 0
    assert len(await other.async_read(kinds=[Kind.CORRECTION])) == 1


async def test_what_is_imported_comes_where_it_belongs(diary: Diary) -> None:
    await diary.async_add(rated(1), source="test", at=NOW - timedelta(hours=2))
    await diary.async_add(rated(3), source="test")
    between = replace(
        (await diary.async_read())[0],
        id="between",
        payload=rated(2),
        at=NOW - timedelta(hours=1),
    )
    assert await diary.async_import(write_diary([between]), source="card") == 1

    assert (await payloads(diary))[:3] == [rated(1), rated(2), rated(3)]
    assert diary.programme == fold(CATALOGUE, await diary.async_read())


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"at": "2027-11-02T18:00:00+00:00"}, "entries[0].at"),
        ({"kind": "nothing"}, "entries[0].kind"),
        (
            {
                "kind": "decision",
                "data": {"rule": "a", "outcome": "b", "inputs": {"a": 2**70}},
            },
            "entries[0].data",
        ),
    ],
)
async def test_what_is_not_valid_is_not_imported(
    diary: Diary, change: dict[str, Any], field: str
) -> None:
    await diary.async_add(rated(1), source="test")
    exported = await diary.async_export()
    exported["entries"][0] |= {"id": "other"} | change
    with pytest.raises(EntryInvalid) as raised:
        await diary.async_import(exported, source="card")

    assert raised.value.field == field
    assert len(await diary.async_read()) == 1


async def test_the_table_has_a_line_for_each_entry(diary: Diary) -> None:
    (first, second) = await diary.async_add(
        rated(1), walked('a "quoted", word'), source="test"
    )
    table = list(csv.DictReader(io.StringIO(await diary.async_export_csv())))

    assert [row["id"] for row in table] == [first.id, second.id]
    assert table[0]["kind"] == "rating"
    assert table[0]["at"] == NOW.isoformat()
    assert table[1]["source"] == "test"
    assert json.loads(table[1]["data"])["activity"] == 'a "quoted", word'


async def test_an_erased_diary_is_as_new(open_diary: Open, path: Path) -> None:
    diary = await open_diary()
    await record(diary, lived(2))
    diary.keep({"step": 1})
    told: list[object] = []
    diary.async_listen(lambda *news: told.append(news))
    await diary.async_erase(source="card")

    assert diary.is_new
    assert diary.programme == new_programme(CATALOGUE)
    assert await diary.async_read() == []
    assert told == [((), ())]
    assert b"bridges" not in b"".join(each.read_bytes() for each in files_of(path))
    await diary.async_close()
    again = await open_diary()
    assert again.is_new
    assert again.open_session is None


# Diaries that belong to nobody


async def test_diaries_that_belong_to_nobody_are_found_and_left_as_they_are(
    hass: HomeAssistant, open_diary: Open, entry: MockConfigEntry
) -> None:
    assert await async_unowned(hass) == []
    own = await open_diary(str(entry.unique_id))
    old, new, empty = [await open_diary(each * 32) for each in "cde"]
    await record(old, lived(2))
    await new.async_add(rated(1), source="test", at=NOW + timedelta(days=9))
    for each in (own, old, empty):
        await each.async_close()
    path_of(hass, "f" * 32).write_bytes(b"damaged")
    path_of(hass, "0" * 32).touch()
    before = {each: each.read_bytes() for each in path_of(hass, "").parent.iterdir()}
    found = await async_unowned(hass)

    assert {each: each.read_bytes() for each in before} == before
    assert len(before) == len(list(path_of(hass, "").parent.iterdir()))
    by_id = {each.diary_id[0]: each for each in found}
    assert set(by_id) == set("cdf")
    assert [by_id[each].name for each in "cdf"] == ["Alex", "Alex", None]
    assert by_id["d"].last == NOW + timedelta(days=9)


async def test_a_diary_can_be_deleted_with_all_its_copies(
    hass: HomeAssistant, open_diary: Open, path: Path
) -> None:
    other = await open_diary("b" * 32)
    await other.async_close()
    diary = await open_diary()
    await diary.async_add(rated(1), source="test")
    await diary.async_close()
    path.with_name(f"{path.name}.v0.bak").write_bytes(b"copy")
    await async_discard(hass, ID)
    await async_discard(hass, ID)

    assert list(path.parent.iterdir()) == [path_of(hass, "b" * 32)]


def test_the_digest_is_of_rules_and_exercises() -> None:
    beginning.rules_digest.cache_clear()
    digest = beginning.rules_digest()
    beginning.rules_digest.cache_clear()
    with patch.object(Path, "read_bytes", return_value=b"other"):
        other = beginning.rules_digest()
    beginning.rules_digest.cache_clear()

    assert digest == beginning.rules_digest() != other
