"""Keeps a session that goes on, and brings it back after Home Assistant was away."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from .engine.catalogue import Catalogue
from .engine.export import plain
from .engine.memento import MementoInvalid, recall, remember
from .engine.session import Session
from .scribe import Scribe, read_prescriptions

STALE: Final = timedelta(minutes=30)
"""A session that was cut off longer ago is not gone on with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comeback:
    """A session that was cut off."""

    session: Session
    """Paused at the last completed repetition."""
    scribe: Scribe
    cut_off_at: datetime
    volumes: Mapping[str, float]
    """How loud each player had been before, 0 to 1, by entity id."""


def keep(
    session: Session, scribe: Scribe, volumes: Mapping[str, float], now: datetime
) -> dict[str, Any]:
    """Return what is needed to bring a session back, as plain data."""
    return {
        "at": now.isoformat(),
        "session": remember(session),
        "prescriptions": plain(scribe.prescriptions),
        "volumes": dict(volumes),
    }


def bring_back(
    data: Mapping[str, Any], catalogue: Catalogue, now: datetime
) -> Comeback | None:
    """Return the session that was kept; None where it can't be made out any more."""
    try:
        return Comeback(
            session=recall(data["session"], catalogue, now),
            scribe=Scribe(read_prescriptions(data["prescriptions"])),
            cut_off_at=datetime.fromisoformat(data["at"]),
            volumes={
                str(player): float(level) for player, level in data["volumes"].items()
            },
        )
    except AttributeError, KeyError, TypeError, ValueError, MementoInvalid:
        return None
