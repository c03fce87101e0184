"""Points in the room of a figure, and ways between them.

The card does the same with `card/src/space.ts`: change both.
"""

import math
from typing import Final

_SAME: Final = 1e-6
"""Directions that differ by so little, in radians, are one."""

type Point = tuple[float, float, float]
"""Centimetres: to the right, up, towards the viewer; the floor is at height 0."""


def turn(start: Point, end: Point, share: float) -> Point:
    """Return a direction turned evenly from one to another."""
    a, b = unit(start), unit(end)
    angle = math.acos(min(max(dot(a, b), -1.0), 1.0))
    if angle < _SAME:
        return a
    return plus(
        times(a, math.sin((1 - share) * angle) / math.sin(angle)),
        times(b, math.sin(share * angle) / math.sin(angle)),
    )


def blend(a: Point, b: Point, share: float) -> Point:
    """Return a point on the straight way from one to another."""
    return plus(times(a, 1 - share), times(b, share))


def along(point: Point, way: Point, far: float) -> Point:
    """Return the point that is so far from another in a direction."""
    return plus(point, times(way, far))


def square(way: Point, ahead: Point) -> Point:
    """Return the part of a way that is square to a direction."""
    return minus(way, times(ahead, dot(way, ahead)))


def plus(a: Point, b: Point) -> Point:
    """Add."""
    return a[0] + b[0], a[1] + b[1], a[2] + b[2]


def minus(a: Point, b: Point) -> Point:
    """Return the way from the second point to the first."""
    return a[0] - b[0], a[1] - b[1], a[2] - b[2]


def times(a: Point, by: float) -> Point:
    """Return a way so many times as long."""
    return a[0] * by, a[1] * by, a[2] * by


def dot(a: Point, b: Point) -> float:
    """Return how far two ways go together."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Point, b: Point) -> Point:
    """Return a way that is square to both."""
    return (
        a[1] * b[2] - a[2] * b[1],
        a[2] * b[0] - a[0] * b[2],
        a[0] * b[1] - a[1] * b[0],
    )


def length(a: Point) -> float:
    """Return how long a way is."""
    return math.sqrt(dot(a, a))


def unit(a: Point) -> Point:
    """Return the direction of a way: of length 1."""
    return times(a, 1 / length(a))
