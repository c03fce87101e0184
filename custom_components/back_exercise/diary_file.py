"""The file of a diary: its form, and what is done with files as a whole."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from enum import StrEnum
import errno
import os
from pathlib import Path
import shutil
import sqlite3
from typing import Any, Final

APPLICATION_ID: Final = 0x42455844
"""Tells such a file from those of other programs."""

PATIENCE_S: Final = 5.0
"""How long another program may keep the file to itself."""

type Migration = Callable[[sqlite3.Connection], None]


class Reason(StrEnum):
    """Why a diary could not be read or written."""

    FULL = "full"
    READ_ONLY = "read_only"
    GONE = "gone"
    """The file was removed, or another one is in its place."""
    BUSY = "busy"
    """Another program keeps it to itself."""
    BROKEN = "broken"
    NEWER = "newer"
    """A newer version of the integration has written it."""


class StoreError(Exception):
    """Nothing of what was asked for was done."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        """Remember the reason; the detail holds nothing of the content."""
        super().__init__(f"{reason}: {detail}")
        self.reason = reason


class Damaged(Exception):
    """The file is no diary, or not all of it can be read."""


_BY_CODE: Final = {
    sqlite3.SQLITE_FULL: Reason.FULL,
    sqlite3.SQLITE_READONLY: Reason.READ_ONLY,
    sqlite3.SQLITE_PERM: Reason.READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: Reason.READ_ONLY,
    sqlite3.SQLITE_BUSY: Reason.BUSY,
    sqlite3.SQLITE_LOCKED: Reason.BUSY,
}
_BY_ERRNO: Final = {
    errno.ENOSPC: Reason.FULL,
    errno.EDQUOT: Reason.FULL,
    errno.EROFS: Reason.READ_ONLY,
    errno.EACCES: Reason.READ_ONLY,
    errno.EPERM: Reason.READ_ONLY,
}
DAMAGED: Final = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def code_of(error: sqlite3.Error) -> int:
    """Return the primary code of an error of SQLite."""
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF


@contextmanager
def telling() -> Iterator[None]:
    """Tell by its reason what went wrong."""
    try:
        yield
    except sqlite3.Error as err:
        # a full disk may first show in the index of the log
        full = sqlite3.SQLITE_IOERR_SHMSIZE
        code = getattr(err, "sqlite_errorcode", None)
        reason = Reason.FULL if code == full else _BY_CODE.get(code_of(err))
        name = getattr(err, "sqlite_errorname", type(err).__name__)
        raise StoreError(reason or Reason.BROKEN, name) from err
    except OSError as err:
        reason = _BY_ERRNO.get(err.errno or 0, Reason.BROKEN)
        raise StoreError(reason, os.strerror(err.errno or 0)) from err


# The form


def _make_tables(database: sqlite3.Connection) -> None:
    database.execute("CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
    database.execute(
        "CREATE TABLE entries (seq INTEGER PRIMARY KEY AUTOINCREMENT,"
        " id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, at TEXT NOT NULL,"
        " zone TEXT NOT NULL, schema INTEGER NOT NULL, source TEXT NOT NULL,"
        " data TEXT NOT NULL)"
    )
    database.execute(
        "CREATE TABLE open_session (one INTEGER PRIMARY KEY CHECK (one = 1),"
        " data TEXT NOT NULL)"
    )
    database.execute(
        "CREATE TABLE checkpoint (one INTEGER PRIMARY KEY CHECK (one = 1),"
        " digest TEXT NOT NULL, seq INTEGER NOT NULL, programme TEXT NOT NULL)"
    )


MIGRATIONS: Sequence[Migration] = (_make_tables,)
"""What leads from each version of the form to the next; the first makes it."""

# What is done with files


def connect(path: Path) -> sqlite3.Connection:
    """Open a file that is there; transactions are begun and ended by hand."""
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=PATIENCE_S,
        isolation_level=None,
        check_same_thread=False,  # one thread at a time, but not always the same
    )


def look_into(path: Path) -> sqlite3.Connection:
    """Open a file that nobody uses only to read it; nothing in it is changed."""
    # without a log nothing has to be made beside it to read it
    mode = "mode=ro" if log_of(path).exists() else "mode=ro&immutable=1"
    return sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True)


def fetch(
    database: sqlite3.Connection, question: str, values: Sequence[int | str] = ()
) -> list[tuple[Any, ...]]:
    """Return the rows that answer a question, with None for text that is damaged."""
    with suppress(sqlite3.OperationalError):  # it may be text that is damaged
        return database.execute(question, values).fetchall()
    database.text_factory = as_text
    try:
        return database.execute(question, values).fetchall()
    finally:
        database.text_factory = str


def as_text(stored: bytes) -> str | None:
    """Return text; None where it is damaged."""
    try:
        return stored.decode()
    except UnicodeDecodeError:
        return None


def is_sound(database: sqlite3.Connection) -> bool:
    """Return whether every page of a file is what it should be."""
    found: tuple[str] = database.execute("PRAGMA integrity_check(1)").fetchone()
    return found == ("ok",)


def files_of(path: Path, *, copies_only: bool = False) -> list[Path]:
    """Return the files of a diary: its own, those beside it, and copies of it."""
    own = {path, Path(f"{path}-wal"), Path(f"{path}-shm")}
    there = {each for each in path.parent.glob(f"{path.name}*") if each.is_file()}
    return sorted(there - own if copies_only else there)


def pragma(database: sqlite3.Connection, name: str) -> int:
    """Return a number that SQLite keeps of a file."""
    value: int = database.execute(f"PRAGMA {name}").fetchone()[0]
    return value


def identity(path: Path) -> object:
    """Return what tells a file from any other that is there; None where none is."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino


def make_folder(folder: Path) -> None:
    """Make a folder that only its owner looks into, if there is none."""
    if not folder.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        sync(folder.parent)


def make(
    path: Path,
    meta: Mapping[str, str],
    fill: Callable[[sqlite3.Connection], None] | None = None,
) -> Path:
    """Make a new diary beside a file's place, to be moved there; return its path.

    So there never is one that is only half made.
    """
    with making(path) as new:
        os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        with closing(connect(new)) as database:
            # it is synced as a whole
            database.execute("PRAGMA journal_mode = OFF")
            database.execute("PRAGMA synchronous = OFF")
            database.execute("BEGIN")
            migrate(database, 0)
            write_meta(database, meta)
            if fill:
                fill(database)
            database.execute("COMMIT")
            database.execute("PRAGMA journal_mode = WAL")
        sync(new)
    return new


@contextmanager
def making(path: Path) -> Iterator[Path]:
    """Say where a new file may be made; where that fails nothing is left of it."""
    new = beside(path, "new")
    remove(new)
    try:
        yield new
    except BaseException:
        remove(new)
        raise


def migrate(database: sqlite3.Connection, version: int) -> None:
    """Bring a file from a version of its form to the present one."""
    for step in MIGRATIONS[version:]:
        step(database)
    database.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
    database.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def write_meta(database: sqlite3.Connection, meta: Mapping[str, str]) -> None:
    """Write whose diary it is."""
    database.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", meta.items())


def sync(path: Path) -> None:
    """See to it that a file, or what a folder holds, is on the disk."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def beside(path: Path, what: str) -> Path:
    """Return the path of a file that belongs to another."""
    return path.with_name(f"{path.name}.{what}")


def log_of(path: Path) -> Path:
    """Return where what was written last is, until it is taken over."""
    return path.with_name(f"{path.name}-wal")


def remove(path: Path, *, but_itself: bool = False) -> None:
    """Remove a file with its log: the log first, which is nothing by itself."""
    for suffix in ("-shm", "-wal", ""):
        if suffix or not but_itself:
            path.with_name(f"{path.name}{suffix}").unlink(missing_ok=True)


def copy_file(path: Path, to: Path, *, with_log: bool) -> None:
    """Copy a file, and its log if it has one."""
    shutil.copyfile(path, to)
    if with_log and log_of(path).exists():
        shutil.copyfile(log_of(path), log_of(to))


def set_aside(path: Path, why: str, *, with_log: bool = True) -> Path:
    """Keep a copy of a file and its log under another name; return its path."""
    now = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%f")
    aside = beside(path, f"{why}-{now}")
    copy_file(path, aside, with_log=with_log)
    sync(aside)
    return aside
