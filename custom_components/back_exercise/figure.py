"""The figure of an exercise: a posed body and its things, drawn as shapes.

The card draws the same with `card/src/figure.ts`: change both.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from html import escape
from itertools import pairwise
import json
from pathlib import Path
from typing import Any, Final

from .picture import HEIGHT, WIDTH, Camera, Circle, Shape, arrow_along, hulls
from .pose import Pose, frames_of, other, placed, pose_at
from .space import Point, along, blend, cross, minus, square, unit

type Part = tuple[float, Shape]
"""How near something is, and its shape."""

_GAP: Final = 36
_PAPER: Final = "#f5f3ee"
_COLOURS: Final = {
    "mat": "#c3d8d0",
    "cushion": "#e0b15a",
    "furniture": "#b3aca1",
    "band": "#1f8a5b",
    "arm": "#9aa2aa",
    "far_arm": "#b9bdc0",
    "leg": "#66788a",
    "far_leg": "#9aa6b1",
    "trunk": "#4f5964",
    "moving": "#e0662c",
    "head": "#9aa2aa",
    "hair": "#7a4f35",
    "eye": "#27313b",
    "arrow": "#27313b",
}
_FAR: Final = 6
"""Centimetres behind its counterpart at which a limb is the far one."""
_TURNED_AWAY: Final = -0.5
_ARROW_STEPS: Final = 8


class Figures:
    """Draws the exercises of `content/poses.json`."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data

    def __iter__(self) -> Iterator[str]:
        """Yield the exercises that have a figure."""
        return iter(self._data["exercises"])

    def frames(self, exercise: str) -> list[dict[str, Any]]:
        """Return the key frames of an exercise, each complete."""
        return frames_of(self._data["exercises"][exercise])

    def pose(self, exercise: str, side: str | None, phase: float) -> Pose:
        """Return where the joints are, from phase 0 to 1 of a movement."""
        return pose_at(self._data, exercise, side, phase)

    def shapes(
        self, exercise: str, side: str | None, phase: float, *, arrows: bool = False
    ) -> list[Shape]:
        """Return what is drawn from phase 0 to 1 of a movement, from back to front.

        The arrows show where it goes.
        """
        return _Scene(self._data, exercise, side, phase).shapes(arrows=arrows)

    def svg(self, exercise: str, side: str | None, title: str) -> str:
        """Return a picture of both ends of the movement, for any background."""
        start, end = (
            "".join(map(_path, self.shapes(exercise, side, phase, arrows=True)))
            for phase in (0, 1)
        )
        width = 2 * WIDTH + _GAP
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}"'
            f' role="img"><title>{escape(title)}</title>'
            f'<rect width="{width}" height="{HEIGHT}" rx="12" fill="{_PAPER}"/>'
            f'<g stroke="{_PAPER}" stroke-width="2" stroke-linejoin="round"'
            f' paint-order="stroke">{start}'
            f'<path transform="translate({WIDTH + _GAP / 2} {HEIGHT / 2})"'
            f' fill="{_COLOURS["arrow"]}" d="M-9-2H2V-7L10 0L2 7V2H-9Z"/>'
            f'<g transform="translate({WIDTH + _GAP})">{end}</g></g></svg>'
        )


@cache
def load_figures() -> Figures:
    """Load the figures. Reads the disk, once."""
    path = Path(__file__).parent / "content" / "poses.json"
    return Figures(json.loads(path.read_text(encoding="utf-8")))


class _Scene:
    """One moment of an exercise, as it is seen."""

    def __init__(
        self, data: Mapping[str, Any], exercise: str, side: str | None, phase: float
    ) -> None:
        self._data, self._exercise = data, exercise
        self._side, self._phase = side, phase
        self._figure = data["exercises"][exercise]
        self._pose = pose_at(data, exercise, side, phase)
        self._start = pose_at(data, exercise, side, 0)
        self._camera = Camera(self._figure, side)

    def shapes(self, *, arrows: bool) -> list[Shape]:
        parts = [self._trunk(), *self._head(), *self._limbs(), *self._props()]
        parts.sort(key=lambda part: part[0])
        return [
            self._mat(),
            *(shape for _, shape in parts),
            *(self._arrows() if arrows else ()),
        ]

    def _mat(self) -> Shape:
        corners = (self._placed((x, 0, z)) for x, z in self._figure["mat"])
        return hulls("mat", [self._camera.circle(corner, 1.5) for corner in corners])

    def _trunk(self) -> Part:
        pose = self._pose
        right = unit(minus(pose["shoulder_r"], pose["shoulder_l"]))
        spine = unit(minus(pose["waist"], pose["neck"]))

        def pair(centre: Point, width: float, radius: float) -> list[Circle]:
            return [
                self._camera.circle(along(centre, right, apart), radius)
                for apart in (width, -width)
            ]

        waist = pair(pose["waist"], 6, 7.5)
        shape = hulls(
            self._tone("trunk", "trunk"),
            [
                *pair(along(pose["neck"], spine, 6), 13, 6.5),
                *pair(along(pose["neck"], spine, 13), 7, 9.5),
                *waist,
            ],
            [*waist, *pair(pose["pelvis"], 7.5, 9)],
        )
        return self._camera.depth(blend(pose["neck"], pose["pelvis"], 0.5)), shape

    def _head(self) -> Iterator[Part]:
        neck, head = self._pose["neck"], self._pose["head"]
        face = unit(minus(self._pose["nose"], head))
        up = unit(square(minus(head, neck), face))
        across = cross(face, up)
        near = self._camera.depth(head)
        towards = self._camera.depth(along(head, face, 1)) - near

        def ball(forward: float, upward: float, radius: float) -> Circle:
            centre = along(along(head, face, forward), up, upward)
            return self._camera.circle(centre, radius)

        hair = hulls("hair", [ball(-2, 1.6, 9.4), ball(-4.5, -3.5, 6)])
        skin = hulls(
            "head",
            [ball(1.4, -0.4, 8.4), ball(3.4, -6, 5)],
            [ball(7.5, 0.2, 2.4), ball(11.2, -2, 1.4)],
        )
        back, front = (skin, hair) if towards < _TURNED_AWAY else (hair, skin)
        throat = [self._camera.circle(neck, 5), ball(0, -5, 4.6)]
        yield near - 0.2, hulls("head", throat)
        yield near, back
        yield near + 0.1, front
        for apart in (3.6, -3.6):
            eye = along(along(along(head, face, 8), up, 1.4), across, apart)
            if self._camera.depth(eye) > near + 1:
                yield near + 0.2, hulls("eye", [self._camera.circle(eye, 1.1)])

    def _limbs(self) -> Iterator[Part]:
        nearer = self._figure.get("nearer", {})
        for side in "rl":
            for limb, joints, groups in (
                ("arm", ("shoulder", "elbow", "wrist"), self._arm(side)),
                ("leg", ("hip", "knee", "ankle"), self._leg(side)),
            ):
                name = f"{limb}_{side}"
                tone = self._tone(
                    name, "far_" + limb if self._is_far(joints[0], side) else limb
                )
                root, middle, end = (self._pose[f"{joint}_{side}"] for joint in joints)
                near = self._camera.depth(blend(middle, blend(root, end, 0.5), 0.4))
                yield near + nearer.get(self._named(name), 0), hulls(tone, *groups)

    def _is_far(self, joint: str, side: str) -> bool:
        """Tell whether a limb is the far one, as the movement begins."""
        name = f"{joint}_{side}"
        behind = minus(self._start[other(name)], self._start[name])
        return self._camera.depth(behind) > _FAR

    def _arm(self, side: str) -> Iterator[tuple[Circle, ...]]:
        sizes = {"shoulder": 5.6, "elbow": 4.1, "wrist": 3, "hand": 2.6}
        return pairwise(
            self._camera.circle(self._pose[f"{joint}_{side}"], size)
            for joint, size in sizes.items()
        )

    def _leg(self, side: str) -> Iterator[list[Circle]]:
        root, knee, ankle, toe = (
            self._pose[f"{joint}_{side}"] for joint in ("hip", "knee", "ankle", "toe")
        )
        ahead = unit(minus(toe, ankle))
        sole = unit(square(minus(ankle, knee), ahead))
        heel = along(along(ankle, ahead, -2.5), sole, 1.6)
        for balls in (
            ((root, 8.2), (knee, 5.6)),
            ((knee, 5.5), (ankle, 3.8)),
            ((ankle, 3.8), (heel, 3.4), (along(toe, sole, 2.6), 2.4)),
        ):
            yield [self._camera.circle(*ball) for ball in balls]

    def _props(self) -> Iterator[Part]:
        """Yield the things used: hulls of balls, in the room or on joints."""
        for prop in self._figure.get("props", ()):
            balls = [(self._point(place), radius) for place, radius in prop["balls"]]
            near = sum(self._camera.depth(point) for point, _ in balls) / len(balls)
            circles = [self._camera.circle(*ball) for ball in balls]
            yield near + prop.get("nearer", 0), hulls(prop["tone"], circles)

    def _arrows(self) -> Iterator[Shape]:
        """Yield arrows along the ways of joints, or where the data puts them."""
        for arrow in self._figure["arrows"]:
            if arrow["at"] == self._phase:
                way = (
                    [self._placed(point) for point in arrow["way"]]
                    if "way" in arrow
                    else self._way(**arrow["of"])
                )
                flat = [self._camera.circle(point, 0)[:2] for point in way]
                yield arrow_along(flat, self._camera.scale)

    def _way(self, joint: str, start: float, end: float) -> list[Point]:
        """Return the way of a joint from one phase to another."""
        phases = (
            start + (end - start) * step / _ARROW_STEPS
            for step in range(_ARROW_STEPS + 1)
        )
        return [
            pose_at(self._data, self._exercise, self._side, phase)[self._named(joint)]
            for phase in phases
        ]

    def _tone(self, part: str, tone: str) -> str:
        moving = map(self._named, self._figure["moving"])
        return "moving" if part in moving else tone

    def _point(self, place: str | list[float]) -> Point:
        if isinstance(place, str):
            return self._pose[self._named(place)]
        return self._placed(place)

    def _placed(self, point: Point | list[float]) -> Point:
        return placed(point, self._figure["mirror"], self._side)

    def _named(self, part: str) -> str:
        return other(part) if self._side == "left" else part


def _path(shape: Shape) -> str:
    outlines = "".join(
        "M" + " ".join(f"{x:.1f},{y:.1f}" for x, y in outline) + "Z"
        for outline in shape.outlines
    )
    bare = ' stroke="none"' if shape.tone == "eye" else ""
    return f'<path fill="{_COLOURS[shape.tone]}"{bare} d="{outlines}"/>'
