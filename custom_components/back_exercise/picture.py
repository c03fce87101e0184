"""What a picture of the room is made of: balls seen by a camera, and hulls round them.

The card does the same with `card/src/picture.ts`: change both.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
import math
from typing import Any, Final

from .space import Point

type Circle = tuple[float, float, float]
"""Across, down and radius, in the units of the picture."""
type Outline = tuple[tuple[float, float], ...]
"""The corners of a closed line, in the units of the picture."""

WIDTH: Final = 240
HEIGHT: Final = 160
_ROUND: Final = tuple(
    (math.cos(math.tau * step / 32), math.sin(math.tau * step / 32))
    for step in range(32)
)
"""The directions in which an outline has corners: it looks round on a television."""
_SAME: Final = 1e-6
"""Circles that reach equally far but for so little do so in every language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One filled shape of a picture."""

    tone: str
    """What its colour says: moving, arm, leg, trunk, head, mat, band, …"""
    outlines: tuple[Outline, ...]


class Camera:
    """Where an exercise is looked at from."""

    def __init__(self, figure: Mapping[str, Any], side: str | None) -> None:
        yaw, pitch, self.scale, self._x, self._y = figure["camera"]
        if side == "left" and figure["mirror"] == "picture":
            yaw, self._x = -yaw, WIDTH - self._x
        self._turn = math.sin(math.radians(yaw)), math.cos(math.radians(yaw))
        self._tilt = math.sin(math.radians(pitch)), math.cos(math.radians(pitch))

    def _turned(self, point: Point) -> Point:
        (sin, cos), (up, level) = self._turn, self._tilt
        x, y, z = point
        across, near = x * cos + z * sin, z * cos - x * sin
        return across, y * level - near * up, near * level + y * up

    def depth(self, point: Point) -> float:
        """Return how near a point is."""
        return self._turned(point)[2]

    def circle(self, point: Point, radius: float) -> Circle:
        """Return where a ball is seen."""
        x, y, _ = self._turned(point)
        return self._x + x * self.scale, self._y - y * self.scale, radius * self.scale


def hulls(tone: str, *groups: Sequence[Circle]) -> Shape:
    """Return a shape of one tone: the outlines of groups of circles."""
    return Shape(tone=tone, outlines=tuple(hull(circles) for circles in groups))


def hull(circles: Sequence[Circle]) -> Outline:
    """Return the outline around circles, as if a rubber band lay round them."""
    return tuple(_farthest(circles, *direction) for direction in _ROUND)


def _farthest(circles: Sequence[Circle], cos: float, sin: float) -> tuple[float, float]:
    """Return the point of some circles that is farthest in a direction."""
    farthest = -math.inf
    point = (0.0, 0.0)
    for x, y, radius in circles:
        far = x * cos + y * sin + radius
        if far > farthest + _SAME:
            farthest = far
            point = (x + radius * cos, y + radius * sin)
    return point


def arrow_along(way: Sequence[tuple[float, float]], scale: float) -> Shape:
    """Return an arrow along a way: a ribbon and its head."""
    (x0, y0), (x1, y1) = way[-2:]
    length = math.hypot(x1 - x0, y1 - y0)
    dx, dy = (x1 - x0) / length, (y1 - y0) / length
    size = 3 * scale
    head = (
        (x1 - dy * size, y1 + dx * size, 0.5),
        (x1 + dx * size * 1.7, y1 + dy * size * 1.7, 0.5),
        (x1 + dy * size, y1 - dx * size, 0.5),
    )
    width = 0.9 * scale
    ribbon = ([(*a, width), (*b, width)] for a, b in pairwise(way))
    return hulls("arrow", *ribbon, head)
