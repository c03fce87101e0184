"""What one person has recorded, and the programme that follows from it.

Everything that is recorded goes through one queue, so that the order in the file and
in the programme are the same. What is answered as recorded has been committed.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
import csv
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
import functools
import io
import json
from pathlib import Path
from typing import Any, Final, Self
from uuid import uuid4

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.exceptions import (
    ConfigEntryError,
    ConfigEntryNotReady,
    HomeAssistantError,
)
from homeassistant.helpers.event import async_call_later
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from .beginning import Beginning, begin, refold, written
from .const import DOMAIN, LOGGER
from .diary_file import Reason, StoreError, log_of
from .engine.amend import EntryUnknown, deleted, edited, imported
from .engine.catalogue import Catalogue
from .engine.course import Log, Taken
from .engine.diary import (
    KINDS,
    Action,
    Correction,
    Entry,
    Kind,
    Payload,
)
from .engine.export import (
    EntryInvalid,
    read_diary,
    read_entry,
    write_diary,
    write_entry,
)
from .engine.fold import fold
from .engine.programme import Programme
from .faults import Faults
from .rows import row_of
from .scribe import logged
from .store import UNCHANGED, Open, Store, Unchanged

RETRY: Final = timedelta(minutes=1)
"""After so long it is tried again to write what could not be written."""

AT_MOST: Final = 500
"""So many entries are folded anew at the start."""

TOLERANCE: Final = timedelta(days=1)
"""By so much an imported entry may be later than now: clocks differ."""

FOLDER: Final = DOMAIN
"""Where the diaries are, in the folder of the configuration."""

type Listener = Callable[[tuple[Entry, ...], tuple[Taken, ...]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unwritten:
    """What has been recorded, but could not be written yet."""

    entries: tuple[Entry, ...] = ()
    keep: Open | Unchanged = UNCHANGED


_UNWRITTEN: HassKey[dict[str, Unwritten]] = HassKey(f"{DOMAIN}_unwritten")
"""What is left of diaries that were closed, by their ids."""

IN_BACKUP: HassKey[bool] = HassKey(f"{DOMAIN}_in_backup")
"""Whether a backup is being made."""


class DiaryError(HomeAssistantError):
    """Nothing was recorded; it says why, and what to do."""

    def __init__(self, reason: Reason, name: str) -> None:
        """Remember the reason, and whose diary it is."""
        super().__init__(
            translation_domain=DOMAIN,
            translation_key=f"diary_{reason}",
            translation_placeholders={"name": name},
        )
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class _Soon:
    """Something to be written that nobody waits for."""

    entries: tuple[Entry, ...] = ()
    keep: Open | Unchanged = UNCHANGED
    """The session that is going on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Do:
    """Something that has its turn by itself."""

    work: Callable[[], Awaitable[Any]]
    answer: asyncio.Future[Any] | None = None


type _Job = _Soon | _Do


def path_of(hass: HomeAssistant, diary_id: str) -> Path:
    """Return where a diary's file is."""
    return Path(hass.config.path(FOLDER, f"{diary_id}.db"))


class Diary:
    """One person's diary, and what follows from it."""

    def __init__(
        self,
        hass: HomeAssistant,
        catalogue: Catalogue,
        name: str,
        faults: Faults | None,
        executor: ThreadPoolExecutor,
    ) -> None:
        """Have nothing yet; `async_open` makes one that has been read."""
        self._hass = hass
        self._catalogue = catalogue
        self._name = name
        self._faults = faults
        self._executor = executor
        self._store: Store
        self._digest = ""
        self._folded = 0
        """Entries since the last checkpoint."""
        self._is_closed = False
        self._jobs: deque[_Job] = deque()
        self._worker: asyncio.Task[None] | None = None
        self._unwritten = Unwritten()
        self._failing: Reason | None = None
        self._retry: CALLBACK_TYPE | None = None
        self._listeners: list[Listener] = []
        self._at: tuple[Programme, datetime, Programme] | None = None
        self.programme = Programme()
        self.is_new = True
        self.open_session: Mapping[str, Any] | None = None

    # Opening and closing

    @classmethod
    async def async_open(
        cls,
        hass: HomeAssistant,
        diary_id: str,
        name: str,
        catalogue: Catalogue,
        faults: Faults | None = None,
    ) -> Self:
        """Read a diary; make it if there is none.

        Raises ConfigEntryNotReady where that may work later, and ConfigEntryError
        where a newer version has written it, both translated.
        """
        executor = ThreadPoolExecutor(1, f"{DOMAIN}_diary")
        diary = cls(hass, catalogue, name, faults, executor)
        try:
            beginning = await diary._run(
                begin,
                path_of(hass, diary_id),
                name,
                catalogue,
                dt_util.utcnow(),
                hass.config.time_zone,
            )
        except StoreError as err:
            await hass.async_add_executor_job(executor.shutdown)
            LOGGER.debug("The diary could not be opened: %s", err)
            if faults and err.reason is not Reason.NEWER:
                faults.of_diary(err.reason)
            refusal = DiaryError(err.reason, name)
            is_newer = err.reason is Reason.NEWER
            raise (ConfigEntryError if is_newer else ConfigEntryNotReady)(
                translation_domain=DOMAIN,
                translation_key=refusal.translation_key,
                translation_placeholders=refusal.translation_placeholders,
            ) from err
        diary._begin(diary_id, beginning)
        if hass.data.get(IN_BACKUP):
            await diary._run(beginning.store.hold, is_begun=True)
        return diary

    @callback
    def _begin(self, diary_id: str, beginning: Beginning) -> None:
        self._store = beginning.store
        self._digest = beginning.digest
        self._folded = beginning.folded
        self.programme = beginning.programme
        self.is_new = beginning.is_new
        self.open_session = beginning.open_session
        if self._faults:
            self._faults.of_diary(None)
            if recovery := beginning.recovery:
                self._faults.of_recovery(
                    entries=recovery.entries, file=recovery.damaged
                )
            if beginning.unreadable:
                self._faults.of_unreadable(entries=beginning.unreadable)
        left = self._hass.data.setdefault(_UNWRITTEN, {}).pop(diary_id, None)
        if left:
            self._unwritten = left
            if not isinstance(left.keep, Unchanged):
                self.open_session = left.keep
            self.programme = fold(self._catalogue, left.entries, self.programme)
            self._try_again(dt_util.utcnow())

    async def async_close(self) -> None:
        """Write what is queued and a checkpoint, and close the file."""
        if self._is_closed:
            return
        self._is_closed = True
        await self._in_turn(self._close)

    async def _close(self) -> None:
        if self._folded or self._failing:
            await self._write(_Soon(), checkpoint=True)
        if self._retry:
            self._retry()
            self._retry = None
        if self._unwritten != Unwritten():
            LOGGER.warning(
                "The diary of %s is closed, and %s entries are not written",
                self._name,
                len(self._unwritten.entries),
            )
            left = self._hass.data.setdefault(_UNWRITTEN, {})
            left[self._store.path.stem] = self._unwritten
        try:
            await self._run(self._store.close)
        except StoreError as err:
            LOGGER.warning("The diary of %s: %s", self._name, err)
        await self._hass.async_add_executor_job(self._executor.shutdown)

    async def _write_left(self) -> None:
        """Write what could not be written before; raises StoreError."""
        if self._unwritten != Unwritten():
            await self._write(_Soon(), must=True)

    async def async_settled(self) -> None:
        """Wait until everything queued has been written or has failed."""
        while self._worker:
            await asyncio.wait((self._worker,))

    # What it tells

    @property
    def is_saved(self) -> bool:
        """Whether what was recorded last is on the disk."""
        return self._failing is None

    async def async_size(self) -> int:
        """Return how many bytes its file has, with the log beside it."""

        def size() -> int:
            paths = (self._store.path, log_of(self._store.path))
            return sum(each.stat().st_size for each in paths if each.exists())

        return await self._hass.async_add_executor_job(size)

    def at(self, now: datetime) -> Programme:
        """Return the programme when time has passed until now.

        By the minute, so that what asks often does not cost much.
        """
        minute = now.replace(second=0, microsecond=0)
        if self._at and self._at[0] is self.programme and self._at[1] == minute:
            return self._at[2]
        passed = fold(self._catalogue, (), self.programme, now=now)
        self._at = (self.programme, minute, passed)
        return passed

    @callback
    def async_listen(self, listener: Listener) -> CALLBACK_TYPE:
        """Be told of entries once they were folded, and the decisions they led to.

        After a correction of earlier entries it is told of none.
        """
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def async_read(
        self,
        *,
        start: datetime | None = None,
        end: datetime | None = None,
        kinds: Collection[Kind] = (),
        limit: int | None = None,
        newest_first: bool = False,
    ) -> list[Entry]:
        """Return entries from start on and before end, in the order of recording.

        Raises DiaryError.
        """

        def is_asked(entry: Entry) -> bool:
            return (
                (start is None or entry.at >= start)
                and (end is None or entry.at < end)
                and (not kinds or entry.kind in kinds)
            )

        async def read() -> list[Entry]:
            found = await self._run(
                lambda: self._store.read(
                    start=start,
                    end=end,
                    kinds=kinds,
                    limit=limit,
                    newest_first=newest_first,
                )
            )
            unwritten = filter(is_asked, self._unwritten.entries)
            if newest_first:
                return [*reversed(list(unwritten)), *found.entries][:limit]
            return [*found.entries, *unwritten][:limit]

        return await self._in_turn(read)

    async def async_export(self) -> dict[str, Any]:
        """Return the whole diary as plain data (docs/export.md). Raises DiaryError."""
        entries = await self.async_read()
        return await self._run(write_diary, entries)

    async def async_export_csv(self) -> str:
        """Return the whole diary as a table. Raises DiaryError."""
        entries = await self.async_read()
        return await self._run(write_csv, entries)

    # Recording

    async def async_add(
        self, *payloads: Payload, source: str, at: datetime | None = None
    ) -> tuple[Entry, ...]:
        """Record something; it has been committed when this returns.

        Raises DiaryError; then nothing is recorded.
        """
        entries = self._entries(payloads, source, at)
        await self._in_turn(lambda: self._write(_Soon(entries=entries), must=True))
        return entries

    @callback
    def add_soon(
        self, *payloads: Payload, source: str, at: datetime | None = None
    ) -> tuple[Entry, ...]:
        """Record something without waiting for it.

        Where it can't be written, it counts nonetheless; it is written as soon as
        that is possible, and before anything else.
        """
        entries = self._entries(payloads, source, at)
        self._enqueue(_Soon(entries=entries))
        return entries

    @callback
    def keep(self, open_session: Mapping[str, Any] | None) -> None:
        """Have the session that is going on written, or that there is none."""
        session = None if open_session is None else dict(open_session)
        self._jobs = deque(
            replace(job, keep=UNCHANGED) if isinstance(job, _Soon) else job
            for job in self._jobs
        )
        self._enqueue(_Soon(keep=session))

    def _entries(
        self, payloads: Iterable[Payload], source: str, at: datetime | None
    ) -> tuple[Entry, ...]:
        moment = dt_util.as_utc(at or dt_util.utcnow())
        return tuple(self._entry(payload, source, moment) for payload in payloads)

    def _entry(self, payload: Payload, source: str, at: datetime) -> Entry:
        return new_entry(payload, source, at, self._hass.config.time_zone)

    # Correcting

    async def async_edit(
        self, entry_id: str, change: Mapping[str, Any], *, source: str
    ) -> Entry:
        """Change fields of an entry's content; everything after it follows.

        Raises EntryUnknown, EntryInvalid or DiaryError; then nothing is changed.
        """
        stamp = self._stamp(source)
        changed: list[Entry] = []

        def amend(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
            entry = next((each for each in entries if each.id == entry_id), None)
            if entry is None or entry.kind in (Kind.CORRECTION, Kind.DECISION):
                raise EntryUnknown(entry_id)
            data = write_entry(entry)
            data["data"] |= change
            changed.append(read_entry(data))
            payload = changed[0].payload
            return edited(self._catalogue, entries, entry_id, payload, stamp)

        await self._amend(amend)
        return changed[0]

    async def async_delete(self, entry_id: str, *, source: str) -> None:
        """Take an entry out for good; everything after it follows.

        Raises EntryUnknown or DiaryError; then nothing is changed.
        """
        stamp = self._stamp(source)
        await self._amend(
            lambda entries: deleted(self._catalogue, entries, entry_id, stamp)
        )

    async def async_import(self, data: Any, *, source: str) -> int:  # noqa: ANN401 - JSON
        """Add the entries of an exported diary; return how many were new.

        Raises EntryInvalid or DiaryError; then nothing is added.
        """
        latest = dt_util.utcnow() + TOLERANCE
        stamp = self._stamp(source)
        more = await self._run(_read_past, data, latest)
        counts: list[int] = []

        def amend(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
            after = imported(self._catalogue, entries, more, stamp)
            counts.append(len(after) - len(entries) - 1)
            return after if counts[0] else entries

        await self._amend(amend)
        return counts[0]

    async def async_erase(self, *, source: str) -> None:
        """Take out everything for good; the diary is empty then.

        Raises DiaryError.
        """

        async def erase() -> None:
            await self._run(self._store.erase)
            LOGGER.info("The diary of %s was erased (%s)", self._name, source)
            self._unwritten = Unwritten()
            self.open_session = None
            self.is_new = True
            self._folded = 0
            self.programme = fold(self._catalogue, ())
            self._publish((), ())

        await self._in_turn(erase)

    def _stamp(self, source: str) -> Entry:
        # the engine fills it in
        empty = Correction(action=Action.EDIT, target=None)
        return self._entry(empty, source, dt_util.utcnow())

    async def _amend(
        self, change: Callable[[tuple[Entry, ...]], tuple[Entry, ...]]
    ) -> None:
        async def amend() -> None:
            await self._write_left()
            programme = await self._run(
                refold, self._store, self._catalogue, self._digest, change
            )
            if programme:
                self.is_new = False
                self._folded = 0
                self.programme = programme
                self._publish((), ())

        await self._in_turn(amend)

    # Upkeep

    async def async_put_back(self) -> None:
        """Write the diary anew where its file was removed or replaced.

        Raises DiaryError.
        """

        async def put_back() -> None:
            await self._run(self._store.put_back)
            await self._write(_Soon(), must=True, checkpoint=True)

        await self._in_turn(put_back)

    async def async_hold(self) -> None:
        """Leave the file as it is while a backup is made; entries go beside it.

        Raises DiaryError.
        """
        await self._in_turn(lambda: self._run(self._store.hold))

    async def async_release(self) -> None:
        """Let the file change again. Raises DiaryError."""
        await self._in_turn(lambda: self._run(self._store.release))

    # The queue

    @callback
    def _enqueue(self, job: _Job) -> None:
        self._jobs.append(job)
        if self._worker is None:
            # what comes at the same moment is written together
            self._worker = self._hass.async_create_task(
                self._work(), f"{DOMAIN}_diary", eager_start=False
            )

    async def _in_turn[T](self, work: Callable[[], Awaitable[T]]) -> T:
        """Do something when it is its turn; it is done even if nobody waits any more.

        Raises DiaryError instead of StoreError.
        """
        answer: asyncio.Future[T] = self._hass.loop.create_future()
        self._enqueue(_Do(work=work, answer=answer))
        try:
            return await answer
        except StoreError as err:
            raise DiaryError(err.reason, self._name) from err

    async def _work(self) -> None:
        try:
            while self._jobs:
                await self._do(self._jobs.popleft())
        finally:
            self._worker = None

    async def _do(self, job: _Job) -> None:
        if isinstance(job, _Do):
            work, answer = job.work, job.answer
        else:
            soon = self._together(job)
            work, answer = functools.partial(self._write, soon), None
        result: Any
        (result,) = await asyncio.gather(work(), return_exceptions=True)
        if answer is None:
            if isinstance(result, BaseException):
                LOGGER.error(
                    "The diary of %s: something could not be recorded",
                    self._name,
                    exc_info=result,
                )
        elif answer.cancelled():
            return
        elif isinstance(result, BaseException):
            answer.set_exception(result)
        else:
            answer.set_result(result)

    def _together(self, first: _Soon) -> _Soon:
        """Return what is queued to be written soon, up to what somebody waits for."""
        entries, keep = first.entries, first.keep
        while self._jobs and isinstance(self._jobs[0], _Soon):
            job = self._jobs[0]
            entries = (*entries, *job.entries)
            keep = keep if isinstance(job.keep, Unchanged) else job.keep
            self._jobs.popleft()
        return _Soon(entries=entries, keep=keep)

    async def _write(
        self, job: _Soon, *, must: bool = False, checkpoint: bool = False
    ) -> None:
        """Fold and write entries, and what could not be written before them.

        Where that fails, and it must not, nothing is folded and StoreError is raised.
        """
        log = Log()
        programme = self.programme
        if job.entries:
            programme = fold(self._catalogue, job.entries, programme, log=log)
        zone = self._hass.config.time_zone
        new = (*job.entries, *(log_entry(taken, zone) for taken in log.taken))
        left = self._unwritten
        keep = left.keep if isinstance(job.keep, Unchanged) else job.keep
        rows = (*left.entries, *new)
        folded = self._folded + len(rows)
        if log.closed or folded > AT_MOST:
            checkpoint = True
        try:
            await self._run(self._commit, rows, keep, programme if checkpoint else None)
        except StoreError as err:
            self._fail(err)
            if must:
                raise
            self._unwritten = Unwritten(entries=rows, keep=keep)
        else:
            self._succeed()
            self._unwritten = Unwritten()
            self._folded = 0 if checkpoint else folded
        if job.entries:
            self.is_new = False
            self.programme = programme
            self._publish(job.entries, tuple(log.taken))

    def _commit(
        self, rows: tuple[Entry, ...], keep: Open | Unchanged, to: Programme | None
    ) -> None:
        checkpoint = (self._digest, written(to)) if to else None
        self._store.append(rows, keep=keep, checkpoint=checkpoint)

    @callback
    def _publish(self, entries: tuple[Entry, ...], taken: tuple[Taken, ...]) -> None:
        for listener in list(self._listeners):
            listener(entries, taken)

    # Failing

    @callback
    def _fail(self, error: StoreError) -> None:
        if self._failing is None:
            LOGGER.warning("The diary of %s can't be written: %s", self._name, error)
        self._failing = error.reason
        if self._faults:
            self._faults.of_diary(error.reason)
        if self._retry is None:
            self._retry = async_call_later(self._hass, RETRY, self._try_again)

    @callback
    def _try_again(self, _: datetime) -> None:
        self._retry = None
        nothing = _Soon()
        # something is written in any case, to see whether it can be
        work = functools.partial(self._write, nothing, checkpoint=True)
        self._enqueue(_Do(work=work))

    @callback
    def _succeed(self) -> None:
        if self._failing is None:
            return
        self._failing = None
        LOGGER.warning("The diary of %s can be written again", self._name)
        if self._faults:
            self._faults.of_diary(None)
        if self._retry:
            self._retry()
            self._retry = None

    async def _run[**P, T](
        self, job: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Do something on the thread of the file."""
        return await self._hass.loop.run_in_executor(
            self._executor, functools.partial(job, *args, **kwargs)
        )


def new_entry(payload: Payload, source: str, at: datetime, zone: str) -> Entry:
    """Return a new entry; the moment is in UTC."""
    return Entry(
        id=uuid4().hex,
        kind=KINDS[type(payload)],
        at=at,
        zone=zone,
        payload=payload,
        source=source,
    )


def log_entry(taken: Taken, zone: str) -> Entry:
    """Return the entry by which a decision is logged."""
    return new_entry(logged(taken.decision, taken.session), "rules", taken.at, zone)


def _read_past(data: Any, latest: datetime) -> tuple[Entry, ...]:  # noqa: ANN401 - JSON
    """Read an exported diary; refuse what is in the future or can't be written."""
    entries = read_diary(data)
    for number, entry in enumerate(entries):
        if entry.at > latest:
            raise EntryInvalid(f"entries[{number}].at", "a moment that is over")
        try:
            row_of(entry)
        except TypeError as err:
            field = f"entries[{number}].data"
            raise EntryInvalid(field, "texts and numbers of usual size") from err
    return entries


def write_csv(entries: Iterable[Entry]) -> str:
    """Return entries as a table, one line each."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(("id", "kind", "at", "zone", "source", "data"))
    for entry in entries:
        row = write_entry(entry)
        data = json.dumps(row["data"], ensure_ascii=False)
        table.writerow(
            (*(row[name] for name in ("id", "kind", "at", "zone")), row["source"], data)
        )
    return text.getvalue()
