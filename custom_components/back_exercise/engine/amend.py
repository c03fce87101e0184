"""Edits, deletes and imports entries, so that everything after them follows."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from .catalogue import Catalogue
from .correction import effects
from .diary import Action, Correction, Entry, Kind, Payload
from .fold import fold

type Diary = tuple[Entry, ...]


class EntryUnknown(LookupError):
    """There is no entry of this id that could be corrected."""

    def __init__(self, target: str) -> None:
        """Remember the id."""
        super().__init__(f"there is no entry {target}")
        self.target = target


def edited(
    catalogue: Catalogue,
    diary: Sequence[Entry],
    target: str,
    payload: Payload,
    stamp: Entry,
) -> Diary:
    """Return the diary with other content in an entry.

    `stamp` is an entry with the id, time, zone and source of the correction, which
    is appended and keeps what had been decided. Raises EntryUnknown where there is
    no such entry, or it is a correction itself, and ValueError where the content is
    of another kind.
    """
    entry = _find(diary, target)
    if type(payload) is not type(entry.payload):
        raise ValueError("the content must be of the entry's kind")
    corrected = [
        replace(each, payload=payload) if each is entry else each for each in diary
    ]
    return _kept(catalogue, diary, corrected, stamp, Action.EDIT, target)


def deleted(
    catalogue: Catalogue, diary: Sequence[Entry], target: str, stamp: Entry
) -> Diary:
    """Return the diary without an entry, with what had been decided by it.

    Nothing of its content is left. Raises EntryUnknown as `edited` does.
    """
    entry = _find(diary, target)
    corrected = [each for each in diary if each is not entry]
    return _kept(catalogue, diary, corrected, stamp, Action.DELETE, target)


def imported(
    catalogue: Catalogue, diary: Sequence[Entry], more: Iterable[Entry], stamp: Entry
) -> Diary:
    """Return the diary with entries of another one, in the order of their times.

    Entries that are there already are passed over. Nothing is less strict, and no
    dose higher, than it was before.
    """
    known = {entry.id for entry in diary}
    new = [entry for entry in more if entry.id not in known]
    merged = sorted((*diary, *new), key=lambda entry: entry.at)
    return _kept(catalogue, diary, merged, stamp, Action.IMPORT, None)


def _find(diary: Sequence[Entry], target: str) -> Entry:
    for entry in diary:
        if entry.id == target and entry.kind is not Kind.CORRECTION:
            return entry
    raise EntryUnknown(target)


def _kept(  # noqa: PLR0913, PLR0917  # a correction's facts
    catalogue: Catalogue,
    diary: Sequence[Entry],
    corrected: Sequence[Entry],
    stamp: Entry,
    action: Action,
    target: str | None,
) -> Diary:
    now: datetime = stamp.at
    before = fold(catalogue, diary, now=now)
    after = fold(catalogue, corrected, now=now)
    correction = Correction(
        action=action, target=target, effects=effects(before, after)
    )
    entry = replace(stamp, kind=Kind.CORRECTION, payload=correction)
    return (*corrected, entry)
