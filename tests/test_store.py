"""A diary on disk: what is confirmed is there, whatever happens to the file."""

from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
import errno
import os
from pathlib import Path
import random
import shutil
import sqlite3
import stat
import subprocess
import sys
from textwrap import dedent
from typing import Any, Final
from unittest.mock import patch

import pytest

from custom_components.back_exercise import diary_file, store as store_module
from custom_components.back_exercise.diary_file import (
    MIGRATIONS,
    Reason,
    StoreError,
    files_of,
)
from custom_components.back_exercise.engine.diary import (
    KINDS,
    Activity,
    Context,
    Entry,
    Gate,
    Intensity,
    Kind,
    Payload,
    Rating,
    Setting,
)
from custom_components.back_exercise.recovery import RECOVERED
from custom_components.back_exercise.store import Store

AT: Final = datetime(2026, 11, 2, 18, 0, 0, 123456, tzinfo=UTC)
CHECKPOINT: Final = ("digest", '{"level": "beginner"}')
PAGE: Final = 4096

type Opened = Callable[[], Store]


def entry(id_: str, payload: Payload | None = None, at: datetime = AT) -> Entry:
    """Return an entry, a rating of 3 if nothing else is said."""
    payload = payload or Rating(value=3, context=Context.NEXT_DAY)
    return Entry(
        id=id_,
        kind=KINDS[type(payload)],
        at=at,
        zone="Europe/Berlin",
        payload=payload,
        source="test",
    )


def many(count: int) -> list[Entry]:
    """Return entries that fill some pages."""
    return [
        entry(f"e{number}", Gate(result=f"{number} " + "x" * 150))
        for number in range(count)
    ]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the diary is."""
    return tmp_path / "back_exercise" / "abc.db"


@pytest.fixture
def opened(path: Path) -> Iterator[Opened]:
    """Return what opens the diary; what is open at the end is closed."""
    stores: list[Store] = []

    def open_() -> Store:
        stores.append(Store.open(path, "Alex"))
        return stores[-1]

    yield open_
    for store in stores:
        with suppress(StoreError):  # most tests have closed it
            store.close()


@pytest.fixture
def store(opened: Opened) -> Store:
    """Return a new diary."""
    return opened()


def ids(store: Store, **asked: Any) -> list[str]:
    """Return the ids of entries that can be read."""
    return [each.id for each in store.read(**asked).entries]


def rows(path: Path) -> list[str]:
    """Return the ids in a file, and see that it is sound."""
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        found = database.execute("SELECT id FROM entries ORDER BY seq").fetchall()
    return [id_ for (id_,) in found]


# What is written is there


def test_an_entry_is_read_as_it_was_written(store: Store) -> None:
    berlin = datetime.fromisoformat("2026-11-02T19:00:00.000001+01:00")
    entries = (
        entry("a", at=berlin),
        entry("b", Setting(name="highest_repetitions", value={"bridges": 4})),
        entry(
            "c",
            Activity(activity="Żeglarstwo 🚣", minutes=1, intensity=Intensity.MODERATE),
        ),
    )
    store.append(entries)

    assert store.read().entries == entries
    assert store.read().entries[0].at.tzinfo is UTC


def test_what_was_written_is_there_after_opening_anew(opened: Opened) -> None:
    first = opened()
    first.append([entry("a")], keep={"volume": 0.4}, checkpoint=CHECKPOINT)
    first.close()
    again = opened()

    assert ids(again) == ["a"]
    assert again.open_session == {"volume": 0.4}
    assert again.checkpoint
    assert (again.checkpoint.digest, again.checkpoint.programme) == CHECKPOINT
    assert again.checkpoint.seq == again.last == 1


def test_a_session_that_is_over_is_kept_no_longer(store: Store) -> None:
    store.append(keep={"step": 1})
    store.append(keep={"step": 2})
    assert store.open_session == {"step": 2}
    store.append([entry("a")])
    assert store.open_session == {"step": 2}
    store.append(keep=None)
    assert store.open_session is None


def test_a_kept_session_that_makes_no_sense_is_none(store: Store, path: Path) -> None:
    store.append(keep={"step": 1})
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE open_session SET data = '{'")

    assert store.open_session is None


def test_entries_are_found_by_time_kind_and_number(store: Store) -> None:
    store.append(
        [
            entry("a"),
            entry("b", Gate(result="refused"), at=AT + timedelta(seconds=0.5)),
            entry("c", at=AT.replace(microsecond=0) + timedelta(seconds=1)),
        ]
    )

    assert ids(store, start=AT + timedelta(microseconds=1)) == ["b", "c"]
    assert ids(store, end=AT + timedelta(seconds=0.5)) == ["a"]
    assert ids(store, start=AT, end=AT) == []
    assert ids(store, kinds=[Kind.GATE]) == ["b"]
    assert ids(store, limit=2, newest_first=True) == ["c", "b"]
    assert [each and each.id for each in store.each(after=1)] == ["b", "c"]


def test_an_entry_that_is_there_already_is_passed_over(store: Store) -> None:
    store.append([entry("a"), entry("b")])
    store.append([entry("b"), entry("c")])

    assert ids(store) == ["a", "b", "c"]


# The file


def test_the_file_is_only_for_its_owner_and_nothing_is_left_beside_it(
    store: Store, path: Path
) -> None:
    store.append(many(100))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    store.close()

    assert list(path.parent.iterdir()) == [path]
    assert len(rows(path)) == 100


def test_the_file_says_what_it_is(store: Store, path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        version = database.execute("PRAGMA user_version").fetchone()
        application = database.execute("PRAGMA application_id").fetchone()
        meta = dict(database.execute("SELECT * FROM meta"))

    assert version == (len(MIGRATIONS),)
    assert application == (0x42455844,)
    assert meta == {"diary_id": "abc", "name": "Alex"}


def test_every_commit_is_synced(store: Store) -> None:
    database = store._database  # noqa: SLF001 - a setting of the connection only
    assert database.execute("PRAGMA synchronous").fetchone() == (2,)
    assert database.execute("PRAGMA secure_delete").fetchone() == (1,)
    assert database.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_a_new_name_is_written_to_the_file(opened: Opened, path: Path) -> None:
    opened().close()
    Store.open(path, "Kim").close()
    with closing(sqlite3.connect(path)) as database:
        assert database.execute(
            "SELECT value FROM meta WHERE name = 'name'"
        ).fetchone() == ("Kim",)


def test_a_half_made_file_is_made_anew(path: Path, opened: Opened) -> None:
    path.parent.mkdir()
    path.with_name("abc.db.new").write_bytes(b"half")
    opened().close()

    assert list(path.parent.iterdir()) == [path]


def test_a_row_that_is_no_entry_is_left_out_and_stays(store: Store, path: Path) -> None:
    store.append([entry(each) for each in "abcdefgh"])
    with closing(sqlite3.connect(path)) as database, database:
        for id_, column, value in (
            ("a", "data", '{"value": 3}'),
            ("b", "data", "{"),
            ("c", "kind", "nothing"),
            ("d", "at", "yesterday"),
            ("e", "at", "2026-11-02T18:00:00"),
            ("f", "zone", "../nowhere"),
            ("g", "data", "[1]"),
        ):
            database.execute(
                f"UPDATE entries SET {column} = ? WHERE id = ?",  # noqa: S608 - named above
                (value, id_),
            )
    read = store.read()

    assert [each.id for each in read.entries] == ["h"]
    assert read.unreadable == 7
    assert [each and each.id for each in store.each()] == [*[None] * 7, "h"]
    assert len(rows(path)) == 8


# Other versions


def _second(database: sqlite3.Connection) -> None:
    database.execute("ALTER TABLE entries ADD COLUMN more TEXT")


def _failing(database: sqlite3.Connection) -> None:
    _second(database)
    database.execute("SELECT nothing FROM nowhere")


def test_an_older_form_is_brought_to_the_present_one_and_a_copy_is_kept(
    opened: Opened, path: Path
) -> None:
    first = opened()
    first.append(many(50))
    first.close()
    before = path.read_bytes()
    later = (*MIGRATIONS, _second)
    with (
        patch.object(store_module, "MIGRATIONS", later),
        patch.object(diary_file, "MIGRATIONS", later),
    ):
        store = opened()
        assert ids(store) == [f"e{number}" for number in range(50)]
    copy = path.with_name("abc.db.v1.bak")

    assert copy.stat().st_size == len(before)
    assert rows(copy) == ids(store)
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA user_version").fetchone() == (2,)
        database.execute("SELECT more FROM entries")


def test_where_bringing_it_up_fails_the_file_is_as_it_was(
    opened: Opened, path: Path
) -> None:
    first = opened()
    first.append(many(50))
    first.close()
    later = (*MIGRATIONS, _failing)
    with (
        patch.object(store_module, "MIGRATIONS", later),
        patch.object(diary_file, "MIGRATIONS", later),
        pytest.raises(StoreError) as raised,
    ):
        opened()

    assert raised.value.reason is Reason.BROKEN
    assert len(ids(opened())) == 50


def test_a_newer_form_is_refused_and_left_alone(opened: Opened, path: Path) -> None:
    opened().close()
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    with pytest.raises(StoreError) as raised:
        opened()

    assert raised.value.reason is Reason.NEWER
    assert path.read_bytes() == before


# Damage


@pytest.fixture
def filled(opened: Opened, path: Path) -> list[Entry]:
    """Have a diary of many pages, closed; return its entries."""
    store = opened()
    entries = many(400)
    store.append(entries, keep={"step": 7}, checkpoint=CHECKPOINT)
    store.close()
    return entries


def damage(path: Path, at: int, what: bytes) -> None:
    """Overwrite a part of a file."""
    with path.open("r+b") as file:
        file.seek(at)
        file.write(what)


def page_of(path: Path, text: bytes) -> int:
    """Return where the page begins that has a text."""
    return path.read_bytes().index(text) // PAGE * PAGE


@pytest.mark.parametrize("length", [16, 100, PAGE])
def test_with_a_damaged_header_everything_is_recovered(
    filled: list[Entry], opened: Opened, path: Path, length: int
) -> None:
    damage(path, 0, b"\xff" * length)
    damaged = path.read_bytes()
    store = opened()

    assert store.recovery
    assert store.recovery.entries == 400
    assert path.with_name(store.recovery.damaged).read_bytes() == damaged
    assert list(store.read().entries) == filled
    assert store.open_session == {"step": 7}
    assert store.checkpoint
    assert store.checkpoint.digest == RECOVERED
    assert store.checkpoint.seq == 400
    store.append([entry("new")])
    assert store.last == 401
    store.close()
    assert len(files_of(path)) == 2
    assert opened().recovery is None


def test_of_a_damaged_page_only_its_entries_are_lost(
    filled: list[Entry], opened: Opened, path: Path
) -> None:
    damage(path, page_of(path, b'"200 xxx'), b"\x00" * PAGE)
    store = opened()
    found = ids(store)

    assert store.recovery
    assert store.recovery.entries == len(found)
    assert 360 < len(found) < 400
    assert {"e0", "e399"} < set(found)
    assert "e200" not in found
    assert rows(path) == found


def test_with_the_rest_cut_off_what_is_left_is_recovered(
    filled: list[Entry], opened: Opened, path: Path
) -> None:
    os.truncate(path, path.stat().st_size // 2 // PAGE * PAGE)
    store = opened()

    assert store.recovery
    assert 0 < store.recovery.entries < 400


@pytest.mark.parametrize("content", [b"", b"no database", b"\x00" * 3 * PAGE])
def test_what_is_no_diary_is_set_aside(
    opened: Opened, path: Path, content: bytes
) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    store = opened()

    assert store.recovery
    assert store.recovery.entries == 0
    assert path.with_name(store.recovery.damaged).read_bytes() == content
    assert ids(store) == []


def test_another_programs_file_is_set_aside(opened: Opened, path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE entries (seq INTEGER PRIMARY KEY, note TEXT)")
        database.execute("INSERT INTO entries VALUES (1, 'mine')")
        database.execute("PRAGMA user_version = 1")
    store = opened()

    assert store.recovery
    assert store.recovery.entries == 0


def test_what_was_still_in_the_log_is_recovered_too(
    filled: list[Entry], opened: Opened, path: Path, tmp_path: Path
) -> None:
    store = opened()
    store.append([entry("in the log")])
    kept = tmp_path / "kept"
    shutil.copytree(path.parent, kept)  # as a power cut leaves it
    store.close()
    shutil.copytree(kept, path.parent, dirs_exist_ok=True)
    damage(path, page_of(path, b'"200 xxx'), b"\xff" * PAGE)
    damaged = path.read_bytes()
    again = opened()

    assert again.recovery
    assert ids(again)[-1] == "in the log"
    assert path.with_name(again.recovery.damaged).read_bytes() == damaged
    assert path.with_name(f"{again.recovery.damaged}-wal").exists()


def test_damage_anywhere_never_stops_the_start(
    filled: list[Entry], opened: Opened, path: Path
) -> None:
    whole = path.read_bytes()
    chance = random.Random(4)  # noqa: S311 - no secret
    for _ in range(40):
        path.write_bytes(whole)
        at = chance.randrange(len(whole))
        damage(path, at, chance.randbytes(chance.choice((1, 8, 300))))
        store = opened()
        assert store.read().entries
        store.append([entry("new")])
        store.close()
        assert "new" in rows(path)


def test_with_no_room_to_recover_the_damaged_file_stays(
    filled: list[Entry], opened: Opened, path: Path
) -> None:
    damage(path, 0, b"\xff" * PAGE)
    before = path.read_bytes()
    full = OSError(errno.ENOSPC, "No space left on device")
    with (
        patch("shutil.copyfile", side_effect=full),
        pytest.raises(StoreError) as raised,
    ):
        opened()

    assert raised.value.reason is Reason.FULL
    assert list(path.parent.iterdir()) == [path]
    assert path.read_bytes() == before
    assert len(ids(opened())) == 400


def test_with_no_room_for_what_is_recovered_the_damaged_file_stays(
    filled: list[Entry], opened: Opened, path: Path
) -> None:
    damage(path, 0, b"\xff" * PAGE)
    before = path.read_bytes()
    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorcode = sqlite3.SQLITE_FULL
    with (
        patch(
            "custom_components.back_exercise.recovery._Found.write", side_effect=full
        ),
        pytest.raises(StoreError) as raised,
    ):
        opened()

    assert raised.value.reason is Reason.FULL
    assert path.read_bytes() == before
    assert not path.with_name("abc.db.new").exists()
    assert len(ids(opened())) == 400


def test_where_no_file_can_be_opened_it_is_told(opened: Opened, path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(StoreError) as raised:
        opened()

    assert raised.value.reason is Reason.READ_ONLY


def test_what_cannot_be_read_is_told(store: Store) -> None:
    store.close()
    with pytest.raises(StoreError) as raised:
        store.read()

    assert raised.value.reason is Reason.BROKEN


def test_damage_while_it_is_open_is_told(
    filled: list[Entry], opened: Opened, path: Path
) -> None:
    store = opened()
    database = store._database  # noqa: SLF001 - it remembers what it has read
    database.execute("PRAGMA shrink_memory")
    damage(path, page_of(path, b'"200 xxx'), b"\xff" * PAGE)
    with pytest.raises(StoreError) as raised:
        store.read()

    assert raised.value.reason is Reason.BROKEN


def test_damaged_text_is_left_out(store: Store, path: Path) -> None:
    store.append([entry("a"), entry("b")])
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE entries SET id = CAST(X'FF' AS TEXT) WHERE seq = 1")

    assert ids(store) == ["b"]
    assert store.read().unreadable == 1


# What can't be written


def fill_up(store: Store) -> None:
    """Let the file grow no more: SQLite says what it says of a full disk."""
    database = store._database  # noqa: SLF001 - a setting of the connection only
    (pages,) = database.execute("PRAGMA page_count").fetchone()
    database.execute(f"PRAGMA max_page_count = {pages}")


def test_on_a_full_disk_nothing_of_it_is_written(store: Store, path: Path) -> None:
    store.append([entry("a")])
    fill_up(store)
    with pytest.raises(StoreError) as raised:
        store.append(many(100), keep={"step": 1}, checkpoint=CHECKPOINT)

    assert raised.value.reason is Reason.FULL
    assert ids(store) == rows(path) == ["a"]
    assert store.open_session is None
    assert store.checkpoint is None


def test_once_there_is_room_again_it_is_written(store: Store) -> None:
    fill_up(store)
    with pytest.raises(StoreError):
        store.append(many(100))
    database = store._database  # noqa: SLF001 - a setting of the connection only
    database.execute("PRAGMA max_page_count = 1000000")
    store.append(many(100))

    assert len(ids(store)) == 100


def test_a_file_that_is_read_only_is_told_from_others(store: Store) -> None:
    database = store._database  # noqa: SLF001 - a setting of the connection only
    database.execute("PRAGMA query_only = ON")
    with pytest.raises(StoreError) as raised:
        store.append([entry("a")])

    assert raised.value.reason is Reason.READ_ONLY
    assert ids(store) == []


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.EROFS, Reason.READ_ONLY),
        (errno.EACCES, Reason.READ_ONLY),
        (errno.ENOSPC, Reason.FULL),
        (errno.EDQUOT, Reason.FULL),
        (errno.EIO, Reason.BROKEN),
    ],
)
def test_a_folder_that_cannot_be_made_is_told_by_its_reason(
    opened: Opened, number: int, reason: Reason
) -> None:
    error = OSError(number, os.strerror(number))
    with (
        patch.object(Path, "mkdir", side_effect=error),
        pytest.raises(StoreError) as raised,
    ):
        opened()

    assert raised.value.reason is reason


def test_what_another_program_keeps_to_itself_is_busy(store: Store, path: Path) -> None:
    database = store._database  # noqa: SLF001 - a setting of the connection only
    database.execute("PRAGMA busy_timeout = 1")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError) as raised:
            store.append([entry("a")])
    store.append([entry("b")])

    assert raised.value.reason is Reason.BUSY
    assert ids(store) == ["b"]


# Removed and replaced


@pytest.mark.parametrize("suffix", ["", "-wal"])
def test_what_goes_to_a_removed_file_is_not_taken_as_saved(
    store: Store, path: Path, suffix: str
) -> None:
    store.append([entry("a")])
    Path(f"{path}{suffix}").unlink()
    with pytest.raises(StoreError) as raised:
        store.append([entry("b")])

    assert raised.value.reason is Reason.GONE
    assert ids(store) == ["a"]


def test_what_was_removed_in_the_moment_of_the_commit_is_not_taken_as_saved(
    store: Store, path: Path
) -> None:
    store.append([entry("a")])
    place = store._place  # noqa: SLF001 - what it is compared with
    elsewhere = (None, None)
    with (
        patch.object(store, "_places", side_effect=[place, place, elsewhere]),
        pytest.raises(StoreError) as raised,
    ):
        store.append([entry("b")], checkpoint=CHECKPOINT)

    assert raised.value.reason is Reason.GONE
    assert ids(store) == ["a"]
    assert store.checkpoint is None


@pytest.mark.parametrize("also", ["", "-wal", "-shm"])
def test_a_removed_diary_can_be_put_back(store: Store, path: Path, also: str) -> None:
    store.append(many(100), checkpoint=CHECKPOINT)
    path.unlink()
    Path(f"{path}{also}").unlink(missing_ok=True)
    with pytest.raises(StoreError):
        store.append([entry("b")])
    store.put_back()
    store.append([entry("b")])
    store.close()

    assert rows(path) == [f"e{number}" for number in range(100)] + ["b"]
    assert list(path.parent.iterdir()) == [path]


def test_the_folder_may_be_gone_as_well(store: Store, path: Path) -> None:
    store.append([entry("a")])
    shutil.rmtree(path.parent)
    store.put_back()

    assert rows(path) == ["a"]


def test_what_is_in_its_place_is_kept_when_it_is_put_back(
    store: Store, path: Path, tmp_path: Path
) -> None:
    store.append([entry("a")])
    other_path = tmp_path / "other.db"
    other = Store.open(other_path, "Kim")
    other.append([entry("other")])
    other.close()
    other_path.replace(path)
    with pytest.raises(StoreError) as raised:
        store.append([entry("b")])
    store.put_back()
    (aside,) = path.parent.glob("abc.db.replaced-*")

    assert raised.value.reason is Reason.GONE
    assert rows(aside) == ["other"]
    assert rows(path) == ["a"]


def test_where_it_cannot_be_put_back_its_content_is_still_known(
    store: Store, path: Path
) -> None:
    store.append([entry("a")])
    path.unlink()
    full = OSError(errno.ENOSPC, "No space left on device")
    with (
        patch.object(Path, "replace", side_effect=full),
        pytest.raises(StoreError) as raised,
    ):
        store.put_back()
    assert raised.value.reason is Reason.FULL
    assert not path.with_name("abc.db.new").exists()
    with (
        patch.object(store_module, "connect", side_effect=sqlite3.OperationalError),
        pytest.raises(StoreError) as raised,
    ):
        store.put_back()
    assert raised.value.reason is Reason.BROKEN
    store.put_back()

    assert rows(path) == ["a"]


def test_closing_leaves_a_file_in_its_place_alone(
    store: Store, path: Path, tmp_path: Path
) -> None:
    store.append([entry("a")])
    other_path = tmp_path / "other.db"
    other = Store.open(other_path, "Kim")
    other.append([entry("other")])
    for suffix in ("", "-wal"):
        shutil.copyfile(f"{other_path}{suffix}", f"{path}{suffix}.tmp")
        Path(f"{path}{suffix}.tmp").replace(f"{path}{suffix}")
    other.close()
    store.close()

    assert rows(path) == ["other"]


# Taken out for good


def bytes_of(path: Path) -> bytes:
    """Return everything that is in the files of a diary."""
    return b"".join(each.read_bytes() for each in files_of(path))


def test_of_what_is_deleted_or_changed_nothing_is_left_in_the_files(
    store: Store, path: Path
) -> None:
    secrets = [entry(f"s{n}", Gate(result=f"secret {n} " * 20)) for n in range(60)]
    copy = path.with_name("abc.db.v0.bak")
    store.append([entry("a"), *secrets, entry("z", Gate(result="secret too"))])
    copy.write_bytes(b"secret")
    assert b"secret" in bytes_of(path)
    store.amend(
        removed=[each.id for each in secrets],
        changed=[entry("z", Gate(result="nothing"))],
        added=[entry("y")],
        checkpoint=CHECKPOINT,
    )

    assert b"secret" not in bytes_of(path)
    assert ids(store) == ["a", "z", "y"]
    assert store.checkpoint
    assert store.checkpoint.seq == store.last


def test_an_amendment_is_made_as_a_whole_or_not_at_all(store: Store) -> None:
    store.append([entry("a"), entry("b")])
    fill_up(store)
    with pytest.raises(StoreError) as raised:
        store.amend(removed=["a"], added=many(100), checkpoint=CHECKPOINT)

    assert raised.value.reason is Reason.FULL
    assert ids(store) == ["a", "b"]


def test_an_amendment_is_made_even_if_another_program_reads(
    store: Store, path: Path
) -> None:
    store.append([entry("a", Gate(result="secret")), entry("b")])
    database = store._database  # noqa: SLF001 - a setting of the connection only
    database.execute("PRAGMA busy_timeout = 1")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT * FROM entries").fetchall()
        store.amend(removed=["a"], checkpoint=CHECKPOINT)
        assert ids(store) == ["b"]
    store.close()

    assert b"secret" not in bytes_of(path)


def test_erasing_leaves_nothing(store: Store, path: Path) -> None:
    store.append(many(100), keep={"step": "xxx"}, checkpoint=CHECKPOINT)
    for name in ("v0.bak", "damaged-20261102T180000.000001", "replaced-2"):
        path.with_name(f"abc.db.{name}").write_bytes(b"xxx")
    store.erase()

    assert b"xxx" not in bytes_of(path)
    assert ids(store) == []
    assert store.open_session is None
    assert store.checkpoint is None
    assert {each.name for each in files_of(path)} <= {
        "abc.db",
        "abc.db-wal",
        "abc.db-shm",
    }


# Backups


def test_a_copy_made_while_it_is_written_is_a_whole_diary(
    store: Store, path: Path, tmp_path: Path
) -> None:
    store.append(many(1000))
    store.hold()
    held = path.read_bytes()
    store.append([entry("during")])
    shutil.copyfile(path, tmp_path / "copy.db")
    more = Gate(result="more" * 40)
    store.append([entry(f"more {number}", more) for number in range(3000)])
    store.amend(removed=["e0"], checkpoint=CHECKPOINT)
    shutil.copyfile(f"{path}-wal", tmp_path / "copy.db-wal")
    store.append([entry("after")])

    assert path.read_bytes() == held
    assert rows(tmp_path / "copy.db") == ids(store)[:-1]
    store.release()
    assert b'"0 xxx' not in bytes_of(path)
    assert len(rows(path)) == 1000 - 1 + 1 + 3000 + 1


def test_closing_during_a_backup_leaves_the_file_as_it_is(
    opened: Opened, path: Path
) -> None:
    store = opened()
    store.hold()
    held = path.read_bytes()
    store.append(many(10))
    store.close()
    assert path.read_bytes() == held
    again = opened()
    again.hold(is_begun=True)

    assert path.read_bytes() == held
    assert len(ids(again)) == 10
    again.release()


# Being killed

KILLED: Final = dedent(
    """
    import importlib, sys, types
    root, path = sys.argv[1:3]
    sys.path.insert(0, root)
    import custom_components
    # the package itself would load Home Assistant
    package = types.ModuleType("custom_components.back_exercise")
    package.__path__ = [f"{root}/custom_components/back_exercise"]
    sys.modules[package.__name__] = package
    from datetime import UTC, datetime
    from pathlib import Path
    from uuid import uuid4
    from custom_components.back_exercise.engine.diary import Entry, Gate, Kind
    from custom_components.back_exercise.store import Store

    store = Store.open(Path(path), "Alex")
    while True:
        entries = [
            Entry(id=uuid4().hex, kind=Kind.GATE, at=datetime.now(UTC), zone="UTC",
                  payload=Gate(result="x" * 100))
            for _ in range(3)
        ]
        store.append(entries, keep={"last": entries[-1].id}, checkpoint=("d", "{}"))
        print(*(entry.id for entry in entries), flush=True)
    """
)


def test_what_was_confirmed_is_there_after_being_killed(
    path: Path, opened: Opened
) -> None:
    chance = random.Random(9)  # noqa: S311 - no secret
    confirmed: list[str] = []
    for _ in range(4):
        writer = subprocess.Popen(  # noqa: S603 - what is above
            [sys.executable, "-c", KILLED, str(Path(__file__).parents[1]), str(path)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert writer.stdout
        for _ in range(chance.randrange(5, 60)):
            confirmed += writer.stdout.readline().split()
        writer.kill()
        confirmed += writer.stdout.read().split()
        writer.wait()
        store = opened()
        there = ids(store)
        assert store.recovery is None
        assert set(confirmed) <= set(there)
        assert len(there) % 3 == 0
        assert store.open_session == {"last": there[-1]}
        store.close()
        assert rows(path) == there
