"""One person's diary on disk: a file of SQLite.

Nothing here knows of Home Assistant. Everything waits for the disk, so it is only ever
used on a thread of its own. What is said to be saved has been committed and synced.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
import sqlite3
from typing import Any, Final, Self

import orjson

from .diary_file import (
    APPLICATION_ID,
    DAMAGED,
    MIGRATIONS,
    Damaged,
    Reason,
    StoreError,
    beside,
    code_of,
    connect,
    fetch,
    files_of,
    identity,
    is_sound,
    log_of,
    make,
    make_folder,
    making,
    migrate,
    pragma,
    remove,
    set_aside,
    sync,
    telling,
    write_meta,
)
from .engine.diary import Entry, Kind
from .recovery import Recovery, recover
from .rows import COLUMNS, Row, entry_of, row_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """What followed from the entries up to one, to start from."""

    digest: str
    """Of the rules by which it followed."""
    seq: int
    programme: str
    """As JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What could be read."""

    entries: tuple[Entry, ...]
    unreadable: int
    """Rows that are no entries. They stay in the file."""


AT_A_TIME: Final = 1000
"""So many rows are read at once."""


class Unchanged:
    """Leaves the session that is going on as it was."""


UNCHANGED: Final = Unchanged()

type Open = dict[str, Any] | None


class Store:
    """A diary's file, from opening to closing."""

    def __init__(self, path: Path, name: str) -> None:
        """Take the file's place and whose diary it is. Nothing is opened yet."""
        self.path = path
        self.recovery: Recovery | None = None
        self.holds = False
        """Whether the file stays as it is, and all that is new goes beside it."""
        self._meta = {"diary_id": path.stem, "name": name}
        self._database: sqlite3.Connection
        self._place: tuple[object, object] = (None, None)
        self._has_to_settle = False

    # Opening and closing

    @classmethod
    def open(cls, path: Path, name: str) -> Self:
        """Open a diary; make it if there is none, and recover it if it is damaged.

        Raises StoreError.
        """
        store = cls(path, name)
        with telling():
            store._open_or_recover()
        return store

    def _open_or_recover(self) -> None:
        make_folder(self.path.parent)
        if not self.path.exists():
            make(self.path, self._meta).replace(self.path)
            sync(self.path.parent)
        try:
            self._open()
        except Damaged:
            self.recovery = recover(self.path, self._meta)
            self._open()

    def _open(self) -> None:
        self._database = connect(self.path)
        try:
            self._prepare()
        except BaseException as err:
            # nothing is to be changed in a damaged file
            self._database.setconfig(sqlite3.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE)
            self._database.close()
            if isinstance(err, sqlite3.DatabaseError) and code_of(err) in DAMAGED:
                raise Damaged from err
            raise
        self._place = self._places()

    def _prepare(self) -> None:
        database = self._database
        version = pragma(database, "user_version")
        if version > len(MIGRATIONS):
            raise StoreError(Reason.NEWER, f"version {version}")
        is_ours = pragma(database, "application_id") == APPLICATION_ID
        if not version or not is_ours or not is_sound(database):
            raise Damaged
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        database.execute("PRAGMA secure_delete = ON")
        database.execute("PRAGMA foreign_keys = ON")
        if version < len(MIGRATIONS):
            with closing(sqlite3.connect(beside(self.path, f"v{version}.bak"))) as copy:
                database.backup(copy)
            with self._transaction():
                migrate(database, version)
        if dict(fetch(database, "SELECT name, value FROM meta")) != self._meta:
            with self._transaction():
                write_meta(database, self._meta)

    def close(self) -> None:
        """Close the file; nothing is left beside it. Raises StoreError."""
        database = self._database
        with closing(database), telling():
            own, log = self._place
            if identity(self.path) == own and not self.holds:
                database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                return
            # its log must neither be taken over now nor, by another file, later
            database.setconfig(sqlite3.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE)
            if identity(self.path) != own and identity(log_of(self.path)) == log:
                log_of(self.path).unlink(missing_ok=True)

    # Reading

    def each(self, *, after: int = 0) -> Iterator[Entry | None]:
        """Yield what was recorded after a number of the sequence, decisions apart.

        None for a row that is no entry. A few at a time, for there may be many.
        """
        rows: Sequence[tuple[Any, ...]] = [(after,)]
        while rows:
            with telling():
                rows = fetch(
                    self._database,
                    f"SELECT {COLUMNS}, seq FROM entries"
                    " WHERE seq > ? AND kind != ? ORDER BY seq LIMIT ?",
                    (rows[-1][-1], Kind.DECISION.value, AT_A_TIME),
                )
            for row in rows:
                yield entry_of(row[:-1])

    def read(
        self,
        *,
        start: datetime | None = None,
        end: datetime | None = None,
        kinds: Collection[Kind] = (),
        limit: int | None = None,
        newest_first: bool = False,
    ) -> Read:
        """Return entries in the order of recording, or the other way round.

        `start` is a time from which on and `end` one before which they were. Of
        `kinds`, if any are given.
        """
        where = ["1"]
        values: list[int | str] = []
        for time, compare in ((start, ">="), (end, "<")):
            if time is not None:
                where.append(f"at {compare} ?")
                values.append(time.astimezone(UTC).isoformat())
        if kinds:
            where.append(f"kind IN ({', '.join('?' * len(kinds))})")
            values += [kind.value for kind in kinds]
        order = "DESC" if newest_first else "ASC"
        with telling():
            rows = fetch(
                self._database,
                f"SELECT {COLUMNS} FROM entries WHERE {' AND '.join(where)}"
                f" ORDER BY seq {order} LIMIT ?",
                (*values, -1 if limit is None else limit),
            )
        entries = tuple(entry for row in rows if (entry := entry_of(row)))
        return Read(entries=entries, unreadable=len(rows) - len(entries))

    @property
    def last(self) -> int:
        """The number of the last entry; 0 where there is none."""
        with telling():
            row = self._database.execute("SELECT max(seq) FROM entries").fetchone()
        return row[0] or 0

    @property
    def open_session(self) -> Open:
        """The session that was going on when the row was written."""
        with telling():
            rows = fetch(self._database, "SELECT data FROM open_session")
        for (text,) in rows:
            with suppress(ValueError):
                data: Open = orjson.loads(text)
                return data
        return None

    @property
    def checkpoint(self) -> Checkpoint | None:
        """The last checkpoint, if there is one."""
        with telling():
            rows = fetch(
                self._database, "SELECT digest, seq, programme FROM checkpoint"
            )
        for digest, seq, programme in rows:
            return Checkpoint(digest=digest, seq=seq, programme=programme)
        return None

    # Writing

    def append(
        self,
        entries: Iterable[Entry] = (),
        *,
        keep: Open | Unchanged = UNCHANGED,
        checkpoint: tuple[str, str] | None = None,
    ) -> int:
        """Add entries, and write or clear the session that is going on.

        An entry that is there already is passed over. `checkpoint` are the digest of
        the rules and the programme, as JSON, that follow from the diary with these
        entries. Returns the number of the last entry. Raises StoreError.
        """
        rows = [row_of(entry) for entry in entries]
        before = self.last
        with telling():
            with self._transaction():
                self._insert(rows)
                if not isinstance(keep, Unchanged):
                    self._keep(keep)
                if checkpoint:
                    self._write_checkpoint(*checkpoint)
            if rows and self._places() != self._place:
                # removed in the moment of the commit: it is not in the diary
                self._database.execute("DELETE FROM entries WHERE seq > ?", (before,))
                self._database.execute("DELETE FROM checkpoint")
                raise StoreError(Reason.GONE, "while it was written")
            return self.last

    def amend(
        self,
        *,
        removed: Iterable[str] = (),
        changed: Iterable[Entry] = (),
        added: Iterable[Entry] = (),
        checkpoint: tuple[str, str],
    ) -> int:
        """Take entries out for good, change the content of some, and add some.

        All of it or nothing. Of what was taken out or changed nothing is left in the
        file. Returns the number of the last entry. Raises StoreError.
        """
        with telling():
            with self._transaction():
                self._database.executemany(
                    "DELETE FROM entries WHERE id = ?", ((each,) for each in removed)
                )
                self._database.executemany(
                    "UPDATE entries SET data = ? WHERE id = ?",
                    ((row_of(each)[-1], each.id) for each in changed),
                )
                self._insert(row_of(each) for each in added)
                self._write_checkpoint(*checkpoint)
            self._forget()
            return self.last

    def erase(self) -> None:
        """Take out everything for good. Raises StoreError."""
        with telling():
            with self._transaction():
                self._database.execute("DELETE FROM entries")
                self._database.execute("DELETE FROM open_session")
                self._database.execute("DELETE FROM checkpoint")
            self._forget()
            for path in files_of(self.path, copies_only=True):
                path.unlink()

    def put_back(self) -> None:
        """Write the diary anew where its file was; what is there is set aside.

        Raises StoreError; then everything is as before.
        """
        with telling():
            make_folder(self.path.parent)
            with making(self.path) as new:
                with closing(sqlite3.connect(new)) as copy:
                    self._database.backup(copy)
                new.chmod(0o600)
                sync(new)
                if self.path.exists():
                    has_log = identity(log_of(self.path)) not in (None, self._place[1])
                    set_aside(self.path, "replaced", with_log=has_log)
                remove(self.path, but_itself=True)
                new.replace(self.path)
            sync(self.path.parent)
            old = self._database
            try:
                self._open()
            except BaseException:
                self._database = old
                raise
            # the log in the place of its own is another one's now
            old.setconfig(sqlite3.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE)
            old.close()

    def hold(self, *, is_begun: bool = False) -> None:
        """Leave the file as it is for the time of a backup, which may have begun.

        Entries are written nonetheless, to the log beside it; together they are a
        whole diary at every moment. Raises StoreError.
        """
        self.holds = True
        with telling():
            self._database.execute("PRAGMA wal_autocheckpoint = 0")
            if not is_begun:
                self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def release(self) -> None:
        """Let the log be taken over into the file again. Raises StoreError."""
        self.holds = False
        with telling():
            self._database.execute("PRAGMA wal_autocheckpoint = 1000")
            if self._has_to_settle:
                self._settle()

    def _insert(self, rows: Iterable[Row]) -> None:
        self._database.executemany(
            f"INSERT INTO entries ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO NOTHING",
            rows,
        )

    def _keep(self, session: Open) -> None:
        if session is None:
            self._database.execute("DELETE FROM open_session")
        else:
            self._database.execute(
                "INSERT OR REPLACE INTO open_session VALUES (1, ?)",
                (orjson.dumps(session).decode(),),
            )

    def _write_checkpoint(self, digest: str, programme: str) -> None:
        self._database.execute(
            "INSERT OR REPLACE INTO checkpoint"
            " SELECT 1, ?, coalesce(max(seq), 0), ? FROM entries",
            (digest, programme),
        )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """Write all of it and see that it is in the file, or nothing."""
        database = self._database
        self._check_place()
        database.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._check_place()
            database.execute("COMMIT")
        except BaseException:
            if database.in_transaction:  # some errors end it by themselves
                database.execute("ROLLBACK")
            raise

    def _forget(self) -> None:
        """Leave nothing of the old content in the log and in older copies."""
        self._has_to_settle = True
        if not self.holds:
            self._settle()

    def _settle(self) -> None:
        # it is done already; where this fails, closing does it
        with suppress(sqlite3.Error, OSError):
            for path in self.path.parent.glob(f"{self.path.name}.v*.bak"):
                path.unlink()
            done = self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            self._has_to_settle = done[0] != 0  # another program is reading it

    # Where it is

    def _places(self) -> tuple[object, object]:
        return identity(self.path), identity(log_of(self.path))

    def _check_place(self) -> None:
        if self._place != (None, None) and self._places() != self._place:
            raise StoreError(Reason.GONE, "removed or replaced")
