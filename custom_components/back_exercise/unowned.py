"""Diaries that belong to nobody: of people who are no longer set up."""

from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
import sqlite3

from homeassistant.core import HomeAssistant

from .const import DOMAIN
from .diary import path_of
from .diary_file import files_of, look_into
from .engine.diary import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Unowned:
    """A diary that may be taken over."""

    diary_id: str
    name: str | None
    """Of whom it was; None where the file can't be read as it is."""
    entries: int
    last: datetime
    """When something was recorded last; when a damaged file was changed last."""


async def async_unowned(hass: HomeAssistant) -> list[Unowned]:
    """Return the diaries that hold something and belong to no entry, latest first.

    Nothing in their files is changed.
    """
    folder = path_of(hass, "").parent
    owned = {entry.unique_id for entry in hass.config_entries.async_entries(DOMAIN)}

    def look() -> list[Unowned]:
        paths = [path for path in folder.glob("*.db") if path.stem not in owned]
        found = (_look_into(path) for path in paths)
        return sorted(filter(None, found), key=lambda each: each.last, reverse=True)

    return await hass.async_add_executor_job(look)


async def async_discard(hass: HomeAssistant, diary_id: str) -> None:
    """Remove the files of a diary that nothing could be recorded in."""

    def discard() -> None:
        for path in files_of(path_of(hass, diary_id)):
            path.unlink(missing_ok=True)

    await hass.async_add_executor_job(discard)


async def async_leave_behind(hass: HomeAssistant, diary_id: str) -> None:
    """Keep the diary of somebody who was removed, unless nothing is in it.

    It may have been erased before, or there never was anything.
    """
    path = path_of(hass, diary_id)

    def leave() -> None:
        if path.exists() and _look_into(path) is not None:
            return
        if files_of(path, copies_only=True):
            return  # what was set aside, damaged, may hold all there is
        for each in files_of(path):
            each.unlink(missing_ok=True)
        with suppress(OSError):  # others' diaries are in it, or it never was there
            path.parent.rmdir()

    await hass.async_add_executor_job(leave)


def _look_into(path: Path) -> Unowned | None:
    """Return what a file holds; None where it holds nothing."""
    name, entries, status = None, 0, path.stat()
    if not status.st_size:
        return None
    last = datetime.fromtimestamp(status.st_mtime, UTC)
    try:
        with closing(look_into(path)) as database:
            query = "SELECT value FROM meta WHERE name = 'name'"
            (name,) = database.execute(query).fetchone() or (path.stem,)
            query = "SELECT count(*), max(at) FROM entries WHERE kind != ?"
            entries, at = database.execute(query, (Kind.DECISION.value,)).fetchone()
    except sqlite3.DatabaseError:
        pass
    else:
        if not entries:
            return None
        last = datetime.fromisoformat(at)
    return Unowned(diary_id=path.stem, name=name, entries=entries, last=last)
