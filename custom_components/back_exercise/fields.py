"""What the fields of actions may hold; a refusal names the field and the range."""

from collections.abc import Callable, Collection
from datetime import date
from typing import Any, Final

from homeassistant.helpers import config_validation as cv
from homeassistant.util import dt as dt_util
import voluptuous as vol

from .refusal import refusal

type Check = Callable[[Any], Any]

TEXT_LENGTH: Final = 200

FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2199
"""Days beyond these are slips of the pen, and some can't be reckoned with."""


def checked(field: str, allowed: str, *checks: Any) -> Check:  # noqa: ANN401  # validators
    """Return a validator whose refusal is translated and tells what is allowed.

    `allowed` is put into sentences of any language: figures, names, formats.
    """
    schema = vol.Schema(vol.All(*checks))

    def check(value: Any) -> Any:  # noqa: ANN401  # whatever the caller sent
        try:
            return schema(value)
        # a validator may stumble over what is of another kind, or too large
        except (vol.Invalid, OverflowError, TypeError) as err:
            raise refusal("field_not_allowed", field=field, allowed=allowed) from err

    return check


def whole_number(field: str, low: int, high: int) -> Check:
    """Return the validator of a whole number, which may be written as text."""
    return checked(field, f"{low}–{high}", _whole, vol.Range(min=low, max=high))


def one_of(field: str, names: Collection[str], kind: Check = str) -> Check:
    """Return the validator of one of several names, made into their kind."""
    return checked(field, ", ".join(names), vol.In(list(names)), kind)


def list_of(field: str, names: Collection[str]) -> Check:
    """Return the validator of a list of some of several names."""
    return checked(field, ", ".join(names), cv.ensure_list, [vol.In(list(names))])


def flag(field: str) -> Check:
    """Return the validator of yes or no."""
    return checked(field, "true, false", cv.boolean)


def text(field: str, longest: int = TEXT_LENGTH) -> Check:
    """Return the validator of a text that says something."""
    return checked(
        field,
        f"1–{longest} Aa",
        cv.string,
        _writable,
        str.strip,
        vol.Length(min=1, max=longest),
    )


def day(field: str) -> Check:
    """Return the validator of a day, from 2000 to 2199."""
    return checked(field, "2026-11-23", _figures, cv.date, _in_our_time)


def moment(field: str) -> Check:
    """Return the validator of a moment, from 2000 to 2199.

    It is taken as local time where it has no zone.
    """
    allowed = "2026-11-23 18:30:00"
    return checked(field, allowed, _figures, cv.datetime, _in_our_time, dt_util.as_utc)


def _writable(value: str) -> str:
    """Refuse half a character, which no file can hold. Raises ValueError."""
    value.encode()
    return value


def _figures(value: object) -> object:
    """Refuse a text of other letters: the parser may break down over them."""
    if isinstance(value, str) and not value.isascii():
        raise vol.Invalid("letters that no moment has")
    return value


def _in_our_time[DayT: date](value: DayT) -> DayT:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise vol.Invalid("far away")
    return value


def _whole(value: Any) -> int:  # noqa: ANN401  # whatever the caller sent
    if isinstance(value, bool):
        raise vol.Invalid("a truth value is no number")
    number = float(value)
    if number != int(number):
        raise vol.Invalid("not a whole number")
    return int(number)
