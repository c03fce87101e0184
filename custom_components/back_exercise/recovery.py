"""Saves what can be read of a damaged diary."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
import sqlite3
from typing import Any, Final

from .diary_file import (
    as_text,
    beside,
    connect,
    copy_file,
    make,
    pragma,
    remove,
    set_aside,
    sync,
)
from .rows import COLUMNS, entry_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """What was saved of a damaged file."""

    damaged: str
    """The name of the file that was set aside."""
    entries: int


FAR: Final = 200_000
"""Behind a damaged page so many entries are looked for."""

RECOVERED: Final = "recovered"
"""Instead of the digest of a checkpoint: not everything it follows from is there."""


def recover(path: Path, meta: Mapping[str, str]) -> Recovery:
    """Set a damaged file aside, and put what can be read of it in its place.

    Until the new file is whole, everything is as it was. It is read as it is and, where
    that can't be, with the first page of a new file: the tables of all are in the same
    places.
    """
    aside = set_aside(path, "damaged")
    new = make(path, meta)
    with closing(connect(new)) as empty:
        size = pragma(empty, "page_size")
    found = _Found()
    for first_page in (None, new.read_bytes()[:size]):
        with suppress(sqlite3.DatabaseError), _opened(path, first_page) as damaged:
            found = max(found, _rescue(damaged), key=lambda each: len(each.entries))
    new = make(path, meta, found.write)
    remove(path, but_itself=True)
    new.replace(path)
    sync(path.parent)
    return Recovery(damaged=aside.name, entries=len(found.entries))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What could be read of a damaged file."""

    entries: Sequence[tuple[Any, ...]] = ()
    checkpoints: Sequence[tuple[Any, ...]] = ()
    sessions: Sequence[tuple[Any, ...]] = ()

    def write(self, database: sqlite3.Connection) -> None:
        """Write it to a new file."""
        database.executemany(
            f"INSERT OR IGNORE INTO entries (seq, {COLUMNS})"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            self.entries,
        )
        database.executemany(
            f"INSERT OR IGNORE INTO checkpoint VALUES (1, '{RECOVERED}', ?, ?)",
            self.checkpoints,
        )
        database.executemany(
            "INSERT OR IGNORE INTO open_session VALUES (1, ?)", self.sessions
        )


@contextmanager
def _opened(path: Path, first_page: bytes | None) -> Iterator[sqlite3.Connection]:
    """Open a copy of a damaged file, for that changes it."""
    copy = beside(path, "copy")
    remove(copy)
    try:
        copy_file(path, copy, with_log=True)
        if first_page:
            unknown = b"\0" * 4  # how many pages there are: as many as there are
            with copy.open("r+b") as file:
                file.write(first_page[:28] + unknown + first_page[32:])
        with closing(connect(copy)) as database:
            database.text_factory = as_text
            database.execute("SELECT seq FROM entries LIMIT 0")
            yield database
    finally:
        remove(copy)


def _rescue(damaged: sqlite3.Connection) -> _Found:
    return _Found(
        entries=[row for row in _rows_of(damaged) if entry_of(row[1:])],
        checkpoints=_all(
            damaged,
            "SELECT seq, programme FROM checkpoint"
            " WHERE typeof(seq) = 'integer' AND typeof(programme) = 'text'",
        ),
        sessions=_all(
            damaged, "SELECT data FROM open_session WHERE typeof(data) = 'text'"
        ),
    )


def _all(damaged: sqlite3.Connection, question: str) -> Sequence[tuple[Any, ...]]:
    try:
        return damaged.execute(question).fetchall()
    except sqlite3.DatabaseError:
        return ()


def _rows_of(damaged: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    """Read row by row: first on and on, after a damaged page each by its number."""
    last = 0
    try:
        for row in damaged.execute(f"SELECT seq, {COLUMNS} FROM entries ORDER BY seq"):
            yield row
            last = row[0]
    except sqlite3.DatabaseError:
        pass
    else:
        return
    for seq in range(last + 1, _last_of(damaged, last) + 1):
        yield from _all(
            damaged, f"SELECT seq, {COLUMNS} FROM entries WHERE seq = {seq}"
        )


def _last_of(damaged: sqlite3.Connection, seen: int) -> int:
    """Return the number up to which there may be entries."""
    known = [
        *_all(damaged, "SELECT seq FROM sqlite_sequence"),
        *_all(damaged, "SELECT max(seq) FROM entries"),
    ]
    numbers = [number for (number,) in known if isinstance(number, int)]
    return min(max(numbers, default=seen + FAR), seen + FAR)
