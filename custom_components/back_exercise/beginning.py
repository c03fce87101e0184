"""How a diary begins: read from the disk and folded, or from where a checkpoint is.

Runs on the thread of the diary's file. A checkpoint is only a shortcut: it holds for
the rules that it was made by, and without one everything is folded anew.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
import functools
import hashlib
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import orjson

from .engine.amend import EntryUnknown
from .engine.catalogue import Catalogue
from .engine.correction import effects
from .engine.course import Log
from .engine.diary import Action, Correction, Entry, Kind, Logged
from .engine.export import EntryInvalid, plain, read_entry, write_entry
from .engine.fold import fold
from .engine.programme import Programme
from .engine.restore import restored
from .recovery import RECOVERED, Recovery
from .store import Open, Store

_HERE: Final = Path(__file__).parent

_NOT_WHAT_IT_SHOULD_BE: Final = (
    ArithmeticError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)
"""What reading or folding something that was changed by others may raise."""

type Entries = tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What a diary begins with."""

    store: Store
    digest: str
    """Of the rules."""
    programme: Programme
    folded: int
    """Entries since the checkpoint."""
    is_new: bool
    open_session: Open
    unreadable: int
    """Rows that are no entries and were left out."""
    recovery: Recovery | None


@functools.cache
def rules_digest() -> str:
    """Return what tells these rules and exercises from those of other versions.

    As of when it is asked first: what runs is what was there then.
    """
    paths = [*(_HERE / "engine").rglob("*.py"), _HERE / "content" / "exercises.json"]
    digest = hashlib.sha256()
    for path in sorted(paths):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(_HERE)} {len(content)} ".encode())
        digest.update(content)
    return digest.hexdigest()


def begin(
    path: Path, name: str, catalogue: Catalogue, now: datetime, zone: str
) -> Beginning:
    """Open a diary and fold it. Raises StoreError."""
    store = Store.open(path, name)
    try:
        return _fold(store, catalogue, now, zone)
    except BaseException:
        store.close()
        raise


def _fold(store: Store, catalogue: Catalogue, now: datetime, zone: str) -> Beginning:
    digest = rules_digest()
    checkpoint = store.checkpoint
    last = store.last
    old = _programme(checkpoint.programme) if checkpoint else None
    seq = checkpoint.seq if checkpoint else 0
    reading = _Reading(store)
    programme = _folded(catalogue, reading, old, after=seq) if old else None
    is_lasting = checkpoint and checkpoint.digest == digest and seq <= last
    folded = reading.entries
    if programme is None or not is_lasting:
        before, reading = programme, _Reading(store)
        programme = _folded(catalogue, reading)
        folded = 0
        kept: Entries = ()
        if checkpoint and before:
            is_recovered = checkpoint.digest == RECOVERED
            action = Action.RECOVERY if is_recovered else Action.RULES
            kept = _keeping(catalogue, before, programme, action, now, zone)
            programme = fold(catalogue, kept, programme)
        if last or kept:
            store.append(kept, checkpoint=(digest, written(programme)))
            last = store.last
    return Beginning(
        store=store,
        digest=digest,
        programme=programme,
        folded=folded,
        is_new=not last,
        open_session=store.open_session,
        unreadable=reading.left_out,
        recovery=store.recovery,
    )


@dataclass(slots=True)
class _Reading:
    """Entries one after the other, and how many there are."""

    store: Store
    entries: int = 0
    left_out: int = 0
    """Rows that are no entries, or hold what they can't."""

    def of(self, *, after: int, only_valid: bool) -> Iterator[Entry]:
        """Yield the entries after a number of the sequence."""
        self.entries = self.left_out = 0
        for entry in self.store.each(after=after):
            if entry is None or (only_valid and not _is_valid(entry)):
                self.left_out += 1
            else:
                self.entries += 1
                yield entry


def _keeping(  # noqa: PLR0913, PLR0917 - a correction's facts
    catalogue: Catalogue,
    before: Programme,
    after: Programme,
    action: Action,
    now: datetime,
    zone: str,
) -> Entries:
    """Return the entry by which nothing gets less strict, if there has to be one."""
    kept = effects(
        fold(catalogue, (), before, now=now), fold(catalogue, (), after, now=now)
    )
    if not kept:
        return ()
    correction = Correction(action=action, target=None, effects=kept)
    entry = Entry(
        id=uuid4().hex,
        kind=Kind.CORRECTION,
        at=now,
        zone=zone,
        payload=correction,
        source="rules",
    )
    return (entry,)


def _folded(
    catalogue: Catalogue,
    reading: _Reading,
    programme: Programme | None = None,
    *,
    after: int = 0,
) -> Programme:
    """Fold what is read, without what can't be folded."""
    try:
        entries = reading.of(after=after, only_valid=False)
        return fold(catalogue, entries, programme)
    except _NOT_WHAT_IT_SHOULD_BE:
        entries = reading.of(after=after, only_valid=True)
        return fold(catalogue, entries, programme)


def _is_valid(entry: Entry) -> bool:
    try:
        read_entry(write_entry(entry))
    except EntryInvalid:
        return False
    return True


def _programme(text: str) -> Programme | None:
    """Read the programme of a checkpoint; None where it is of another form."""
    try:
        return restored(Programme, orjson.loads(text))
    except _NOT_WHAT_IT_SHOULD_BE:
        return None


def written(programme: Programme) -> str:
    """Write a programme for a checkpoint."""
    return orjson.dumps(plain(programme)).decode()


def refold(
    store: Store,
    catalogue: Catalogue,
    digest: str,
    change: Callable[[Entries], Entries],
) -> Programme | None:
    """Change the diary in the file, and return what follows from it now.

    All of it or nothing; None where nothing is changed. `change` is given all entries
    and returns what they are to be; what it raises is passed on. Raises StoreError.
    """
    before = store.read().entries
    try:
        after = change(before)
    except EntryUnknown:
        raise
    except _NOT_WHAT_IT_SHOULD_BE:
        before = tuple(filter(_is_valid, before))
        after = change(before)
    if after is before:
        return None
    log = Log()
    programme = fold(catalogue, after, log=log)
    after = _without_grounds(after, _gone(catalogue, before, log))
    known = {entry.id: entry for entry in before}
    is_there = {entry.id for entry in after}
    stays = [entry.id for entry in before if entry.id in is_there]
    if [entry.id for entry in after[: len(stays)]] == stays:
        removed = [id_ for id_ in known if id_ not in is_there]
        changed = [each for each in after if known.get(each.id, each) != each]
        added = after[len(stays) :]
    else:  # some have come between
        removed, changed, added = list(known), [], after
    store.amend(
        removed=removed,
        changed=changed,
        added=added,
        checkpoint=(digest, written(programme)),
    )
    return programme


def _gone(catalogue: Catalogue, before: Entries, log: Log) -> Counter[str]:
    """Return decisions that don't follow any more, as they are logged."""
    old = Log()
    fold(catalogue, before, log=old)
    taken, still = (
        Counter(
            _key(
                each.decision.rule,
                each.decision.outcome,
                each.decision.exercise,
                each.decision.inputs,
            )
            for each in those.taken
        )
        for those in (old, log)
    )
    return taken - still


def _without_grounds(entries: Entries, gone: Counter[str]) -> Entries:
    """Take from the log what decisions were made from that don't follow any more.

    It may be what was deleted. That they were made stays in the log.
    """
    result = []
    for entry in entries:
        logged = entry.payload
        if isinstance(logged, Logged) and logged.inputs:
            key = _key(logged.rule, logged.outcome, logged.exercise, logged.inputs)
            if gone[key] > 0:
                gone[key] -= 1
                entry = replace(entry, payload=replace(logged, inputs={}))  # noqa: PLW2901 - the same, without
        result.append(entry)
    return tuple(result)


def _key(
    rule: str, outcome: str, exercise: str | None, inputs: Mapping[str, Any]
) -> str:
    parts = plain((rule, outcome, exercise, inputs))
    return orjson.dumps(parts, option=orjson.OPT_SORT_KEYS).decode()
