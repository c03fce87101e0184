"""The chart of a therapist's sheet, in black and white: pain, and what was done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from .engine.sheet import Attended, Sheet

WIDTH: Final = 680.0
_PAIN: Final = 110.0
_GAP: Final = 16.0
_WORK: Final = 46.0
_BOTTOM: Final = _PAIN + _GAP + _WORK
_BAR: Final = 5.0
_EDGE: Final = 8.0
"""So far from the edge the first day and the last are."""
_DOT: Final = 3.0
_WORST: Final = 10
_LABELLED: Final = (0, 5, 10)
_MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A line that a height is read from."""

    y: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """The work of a session."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """A line, or a mark on it; `of` is `before`, `after` or `next_day`."""

    of: str
    d: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A day that is named."""

    x: float
    y: float
    anchor: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """What is drawn, in units of its own; the day's place is that in the period."""

    box: str
    width: float
    grid: tuple[Grid, ...]
    bars: tuple[Bar, ...]
    lines: tuple[Path, ...]
    dots: tuple[Path, ...]
    ticks: tuple[Tick, ...]


def chart_of(sheet: Sheet) -> Chart | None:
    """Return the chart of a sheet; None where there is no session."""
    sessions = sheet.sessions
    if not sessions:
        return None
    most = max((each.session.work / _MINUTE for each in sessions), default=0) or 1.0
    days = max((sheet.last - sheet.first).days, 1)

    def x_of(day: date) -> float:
        part = (day - sheet.first).days / days
        return round(_EDGE + part * (WIDTH - 2 * _EDGE), 1)

    places = [(x_of(each.day), each) for each in sessions]
    return Chart(
        box=f"-22 -8 {WIDTH + 30:g} {_BOTTOM + 24:g}",
        width=WIDTH,
        grid=(
            *(Grid(y=_height(pain), label=str(pain)) for pain in _LABELLED),
            Grid(y=_BOTTOM - _WORK, label=f"{most:.0f}"),
            Grid(y=_BOTTOM, label="0"),
        ),
        bars=tuple(_bar(x, each, most) for x, each in places),
        lines=tuple(_lines(places)),
        dots=tuple(_dots(places)),
        ticks=(
            Tick(x=0, y=_BOTTOM + 12, anchor="start", day=sheet.first),
            Tick(x=WIDTH, y=_BOTTOM + 12, anchor="end", day=sheet.last),
        ),
    )


def _height(pain: int) -> float:
    return round(_PAIN * (1 - pain / _WORST), 1)


def _bar(x: float, attended: Attended, most: float) -> Bar:
    height = round(_WORK * (attended.session.work / _MINUTE) / most, 1)
    return Bar(x=round(x - _BAR / 2, 1), y=_BOTTOM - height, width=_BAR, height=height)


def _lines(places: Sequence[tuple[float, Attended]]) -> Iterator[Path]:
    """Yield lines through what was rated; they end where a rating is missing."""
    for of in ("before", "after"):
        steps, is_on = [], False
        for x, attended in places:
            pain = getattr(attended.session, f"pain_{of}")
            if pain is not None:
                steps.append(f"{'L' if is_on else 'M'}{x:g} {_height(pain):g}")
            is_on = pain is not None
        yield Path(of=of, d=" ".join(steps))


def _dots(places: Sequence[tuple[float, Attended]]) -> Iterator[Path]:
    """Yield marks: a disc before, a ring after, a triangle for the next day."""
    for x, attended in places:
        session = attended.session
        if session.pain_before is not None:
            yield Path(of="before", d=_disc(x, _height(session.pain_before), _DOT - 1))
        if session.pain_after is not None:
            yield Path(of="after", d=_disc(x, _height(session.pain_after), _DOT))
        if session.pain_next_day is not None:
            yield Path(of="next_day", d=_triangle(x, _height(session.pain_next_day)))


def _disc(x: float, y: float, r: float) -> str:
    half = f"a{r:g} {r:g} 0 1 0"
    return f"M{x - r:g} {y:g}{half} {2 * r:g} 0{half} {-2 * r:g} 0z"


def _triangle(x: float, y: float) -> str:
    return f"M{x:g} {y - _DOT - 2:g}l{_DOT + 1:g} {2 * _DOT:g}h{-2 * _DOT - 2:g}z"
