"""What a person's diary means now: locks, offers, progress."""

from dataclasses import dataclass
from datetime import datetime

from .engine.catalogue import Routine
from .engine.decision import Decision
from .engine.plan import CheckIn
from .engine.programme import ROUTINES, Offer, Programme
from .engine.progress import Shown, progress_at
from .engine.today import Ask, lock_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What follows from a diary at a moment."""

    lock: Decision | None
    """What stands before every session; None where nothing does."""
    offers: tuple[Offer, ...]
    """What may be accepted or declined."""
    routines: tuple[Routine, ...]
    """Those that may be started, from easy to hard."""
    check_in: CheckIn
    progress: Shown


def look(programme: Programme, now: datetime, zone: str) -> Outlook:
    """Return what follows from a programme, to which time has passed until now."""
    highest = ROUTINES.index(programme.routine)
    return Outlook(
        lock=lock_of(programme, Ask(now=now, zone=zone)),
        offers=tuple(offer for offer in programme.offers if not offer.accepted),
        routines=ROUTINES[: highest + 1],
        check_in=CheckIn(programme.settings.check_in),
        progress=progress_at(programme, now, zone),
    )
