"""Keeps time where the clock of the machine is set in mid-session.

A machine whose clock has no battery gets the right time from the network, perhaps an
hour off and long after it was started.
"""

from datetime import datetime, timedelta
import time
from typing import Final

from homeassistant.util import dt as dt_util

NOTICEABLE: Final = timedelta(milliseconds=100)
"""By less than that no clock is set: it is made to run a little faster or slower."""

_AT_ONCE_S: Final = 0.01
_TRIES: Final = 10


def steady() -> float:
    """Return the time of a clock that is never set, in seconds."""
    return time.monotonic()


def steady_at(at: datetime) -> float:
    """Return when it is a moment, as things are now, by the clock that is never set."""
    return steady() + (at - dt_util.utcnow()).total_seconds()


class Clock:
    """Notices by how much the clock of the machine is set."""

    def __init__(self) -> None:
        """Begin to notice."""
        self._ahead = _ahead()

    def was_set(self) -> timedelta:
        """Return by how much it was put forward since this was last asked."""
        ahead = _ahead()
        by = ahead - self._ahead
        if abs(by) < NOTICEABLE:
            return timedelta(0)
        self._ahead = ahead
        return by


def _ahead() -> timedelta:
    """Return by how much the clock of the machine is ahead of the steady one.

    Where the machine stands still between the two readings, they are taken anew.
    """
    for _ in range(_TRIES):
        before, now, after = steady(), dt_util.utcnow(), steady()
        if after - before < _AT_ONCE_S:
            break
    return timedelta(seconds=now.timestamp() - before)
