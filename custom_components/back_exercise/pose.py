"""How a body is posed in an exercise: where each joint is at any moment.

`docs/figures.md` tells the form of `content/poses.json`. The card does the same with
`card/src/pose.ts`: change both.
"""

from collections.abc import Mapping
from typing import Any, Final

from .space import (
    Point,
    along,
    blend,
    cross,
    length,
    minus,
    square,
    turn,
    unit,
)

type Pose = dict[str, Point]
"""Where each joint is; `_r` and `_l` are the person's right and left."""

_JOINTS: Final = {
    "arm": ("shoulder", "elbow", "wrist", "hand"),
    "leg": ("hip", "knee", "ankle", "toe"),
}
_SHOULDERS_BELOW_NECK: Final = 6
_OTHER: Final = {"r": "l", "l": "r"}


def pose_at(
    data: Mapping[str, Any], exercise: str, side: str | None, phase: float
) -> Pose:
    """Return where the joints are, from phase 0 (start) to 1 (end of the movement).

    The data is that of `content/poses.json`.
    """
    figure = data["exercises"][exercise]
    frames = frames_of(figure)
    place = min(max(phase, 0.0), 1.0) * (len(frames) - 1)
    index = min(int(place), len(frames) - 2)
    pose = _between(frames[index], frames[index + 1], place - index, data["body"])
    if side != "left":
        return pose
    return {
        other(name): placed(point, figure["mirror"], side)
        for name, point in pose.items()
    }


def frames_of(figure: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the key frames; the data has of the later ones only what is different."""
    first = figure["frames"][0]
    return [first | frame for frame in figure["frames"]]


def placed(
    point: tuple[float, float, float] | list[float], mirror: str, side: str | None
) -> Point:
    """Return where a point is for a side; the data is for the right one."""
    x, y, z = point
    if side != "left":
        return x, y, z
    return (x, y, -z) if mirror == "near_far" else (-x, y, z)


def other(name: str) -> str:
    """Return the name of the same joint or limb on the other side."""
    stem, _, side = name.rpartition("_")
    return f"{stem}_{_OTHER[side]}" if stem else name


def _between(
    start: Mapping[str, Any],
    end: Mapping[str, Any],
    share: float,
    body: Mapping[str, Any],
) -> Pose:
    """Return a pose between two frames: bones turn, and none is stretched."""
    neck = blend(start["neck"], end["neck"], share)
    goal = _swing(
        (start["neck"], start["pelvis"]), (end["neck"], end["pelvis"]), neck, share
    )
    front = turn(start["front"], end["front"], share)
    pose = _trunk(neck, goal, front, turn(_bend(start), _bend(end), share), body)
    head = along(neck, turn(start["head"], end["head"], share), body["neck"])
    pose["head"] = head
    pose["nose"] = along(head, turn(start["face"], end["face"], share), body["face"])
    roots = [
        _trunk(frame["neck"], frame["pelvis"], frame["front"], _bend(frame), body)
        for frame in (start, end)
    ]
    for limb, joints in _JOINTS.items():
        upper, lower, tip = body[limb]
        for side in _OTHER:
            root, middle, last, point = (f"{joint}_{side}" for joint in joints)
            ends = start[f"{limb}_{side}"], end[f"{limb}_{side}"]
            before, after = ends[0][0], ends[1][0]
            goal = (
                before
                if before == after  # It rests on something.
                else _swing(
                    (roots[0][root], before), (roots[1][root], after), pose[root], share
                )
            )
            hint = turn(ends[0][1], ends[1][1], share)
            pose[middle], pose[last] = _reach(pose[root], goal, upper, lower, hint)
            pose[point] = along(pose[last], turn(ends[0][2], ends[1][2], share), tip)
    return pose


def _bend(frame: Mapping[str, Any]) -> Point:
    """Return to where the back is bent."""
    bend: Point = frame.get("bend", frame["front"])
    return bend


def _trunk(
    neck: Point, goal: Point, front: Point, bend: Point, body: Mapping[str, Any]
) -> Pose:
    """Return the spine, and where the limbs begin."""
    waist, pelvis = _reach(neck, goal, body["trunk"], body["trunk"], bend)
    right = unit(cross(front, minus(neck, pelvis)))
    chest = along(neck, unit(minus(waist, neck)), _SHOULDERS_BELOW_NECK)
    return {
        "neck": neck,
        "waist": waist,
        "pelvis": pelvis,
        "shoulder_r": along(chest, right, body["shoulder"]),
        "shoulder_l": along(chest, right, -body["shoulder"]),
        "hip_r": along(pelvis, right, body["hip"]),
        "hip_l": along(pelvis, right, -body["hip"]),
    }


def _reach(
    root: Point, goal: Point, upper: float, lower: float, hint: Point
) -> tuple[Point, Point]:
    """Return the middle joint and the end of two bones that reach for a goal.

    The middle joint points as the hint does. What is out of reach is only pointed at.
    """
    way = minus(goal, root)
    far = min(max(length(way), abs(upper - lower) + 0.1), upper + lower - 0.001)
    ahead = unit(way)
    before = (far**2 + upper**2 - lower**2) / (2 * far)
    beside = (upper**2 - before**2) ** 0.5
    middle = along(along(root, ahead, before), unit(square(hint, ahead)), beside)
    return middle, along(root, ahead, far)


def _swing(
    start: tuple[Point, Point], end: tuple[Point, Point], root: Point, share: float
) -> Point:
    """Return the end of a limb on its way round its root, from one place to another."""
    before, after = minus(start[1], start[0]), minus(end[1], end[0])
    far = length(before) + (length(after) - length(before)) * share
    return along(root, turn(before, after, share), far)
