"""Entries as rows of a table."""

from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import orjson

from .engine.diary import PAYLOADS, Entry, Kind
from .engine.export import plain
from .engine.restore import restored

type Row = tuple[str, str, str, str, int, str, str]

COLUMNS: Final = "id, kind, at, zone, schema, source, data"


def row_of(entry: Entry) -> Row:
    """Return an entry as a row."""
    data = orjson.dumps(plain(entry.payload)).decode()
    at = entry.at.astimezone(UTC).isoformat()
    kind = entry.kind.value
    return entry.id, kind, at, entry.zone, entry.schema, entry.source, data


def entry_of(row: tuple[Any, ...]) -> Entry | None:
    """Return the entry of a row; None where it can't be one."""
    id_, name, at, zone, schema, source, data = row
    try:
        kind = Kind(name)
        moment = datetime.fromisoformat(at)
        texts = (id_, source)
        if moment.tzinfo is None or not all(isinstance(each, str) for each in texts):
            return None
        return Entry(
            id=id_,
            kind=kind,
            at=moment,
            zone=ZoneInfo(zone).key,
            schema=schema,
            source=source,
            payload=restored(PAYLOADS[kind], orjson.loads(data)),
        )
    except AttributeError, LookupError, OSError, TypeError, ValueError:
        return None
