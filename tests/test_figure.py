"""The figures: bodies that can be, doing what the exercises say."""

from itertools import pairwise, product
import json
import math
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

import pytest

from custom_components.back_exercise.coordinator import load_catalogue
from custom_components.back_exercise.engine.programme import LEVEL_SURFACE
from custom_components.back_exercise.figure import Figures, load_figures
from custom_components.back_exercise.picture import HEIGHT, WIDTH
from custom_components.back_exercise.pose import Pose
from custom_components.back_exercise.space import (
    Point,
    blend,
    cross,
    dot,
    length,
    minus,
    square,
    unit,
)

from .figures import agreement

FIGURES: Final = load_figures()
EXERCISES: Final = tuple(FIGURES)
SIDES: Final = ("right", "left")
PHASES: Final = tuple(step / 10 for step in range(11))
each_movement = pytest.mark.parametrize(
    ("exercise", "side"), list(product(EXERCISES, SIDES))
)
FIXTURE: Final = Path(__file__).parent / "fixtures" / "figures.json"

BONES: Final = (
    ("neck", "waist"),
    ("waist", "pelvis"),
    ("neck", "head"),
    *(
        (f"{upper}_{side}", f"{lower}_{side}")
        for joints in (
            ("shoulder", "elbow", "wrist", "hand"),
            ("hip", "knee", "ankle", "toe"),
        )
        for upper, lower in pairwise(joints)
        for side in "rl"
    ),
    ("shoulder_r", "shoulder_l"),
    ("hip_r", "hip_l"),
)
"""Every distance that a body keeps."""

THICK: Final = {
    "head": 8.4,
    "neck": 8,
    "pelvis": 9,
    "waist": 7.5,
    "knee": 5.5,
    "ankle": 3.8,
    "elbow": 4.1,
    "wrist": 3,
    "hand": 2.6,
    "toe": 3.8,
}
"""How far the body reaches around a joint, in centimetres."""

RESTS: Final = {
    "pelvic_tilts": "head neck pelvis ankle_r ankle_l toe_r toe_l",
    "isometric_hip_flexion": "head neck pelvis ankle_l toe_l wrist_l",
    "bridges": "head neck ankle_r ankle_l toe_r toe_l wrist_r wrist_l",
    "simplified_piriformis_stretch": "head neck pelvis ankle_l toe_l wrist_l",
    "piriformis_stretch": "head neck pelvis",
    "dead_bugs": "head neck pelvis ankle_l toe_l",
    "bird_dogs": "knee_l ankle_l toe_l wrist_r hand_r",
    "fire_hydrants": "knee_l ankle_l toe_l wrist_r hand_r wrist_l hand_l",
    "single_leg_bridges": "head neck ankle_l toe_l wrist_r wrist_l",
    "side_planks": "elbow_r wrist_r hand_r ankle_r",
    "single_leg_balance_on_level_surface": "ankle_r toe_r",
    "monster_walks": "toe_l",
}
"""What lies on the floor through the whole movement, drawn for the right side."""

RAISED: Final = {
    "isometric_hip_flexion": "ankle_r",
    "bridges": "pelvis",
    "piriformis_stretch": "ankle_l",
    "dead_bugs": "ankle_r",
    "bird_dogs": "ankle_r hand_l",
    "fire_hydrants": "knee_r ankle_r",
    "single_leg_bridges": "pelvis",
    "side_planks": "pelvis",
    "single_leg_balance": "ankle_l",
    "single_leg_balance_on_level_surface": "ankle_l",
}
"""What the movement lifts, drawn for the right side."""


def pose(exercise: str, side: str, phase: float) -> Pose:
    return FIGURES.pose(exercise, side, phase)


def poses(exercise: str, side: str) -> list[Pose]:
    """Return the poses of a whole movement."""
    return [pose(exercise, side, phase) for phase in PHASES]


def distance(a: Point, b: Point) -> float:
    return length(minus(a, b))


def angle(at: Point, a: Point, b: Point) -> float:
    """Return the angle between two ways from a joint, in degrees."""
    cosine = dot(unit(minus(a, at)), unit(minus(b, at)))
    return math.degrees(math.acos(min(max(cosine, -1), 1)))


def beside(point: Point, a: Point, b: Point) -> float:
    """Return how far a point is from the line of a bone."""
    return length(cross(minus(point, a), unit(minus(b, a))))


def test_every_exercise_has_a_figure() -> None:
    assert {*EXERCISES} == {*load_catalogue().exercises, LEVEL_SURFACE}
    assert "swimming" not in FIGURES


@each_movement
def test_no_bone_is_ever_shorter_or_longer(exercise: str, side: str) -> None:
    first = pose(EXERCISES[0], "right", 0)
    lengths = [distance(first[a], first[b]) for a, b in BONES]
    for now in poses(exercise, side):
        assert [distance(now[a], now[b]) for a, b in BONES] == pytest.approx(
            lengths, abs=0.01
        )


@pytest.mark.parametrize("exercise", EXERCISES)
def test_hands_and_feet_reach_where_the_data_puts_them(exercise: str) -> None:
    frames = FIGURES.frames(exercise)
    for number, frame in enumerate(frames):
        there = pose(exercise, "right", number / (len(frames) - 1))
        assert there["pelvis"] == pytest.approx(frame["pelvis"], abs=0.6)
        for limb, end in (("arm", "wrist"), ("leg", "ankle")):
            for side in "rl":
                goal = frame[f"{limb}_{side}"][0]
                assert there[f"{end}_{side}"] == pytest.approx(goal, abs=0.6)


@each_movement
def test_nothing_goes_through_the_floor(exercise: str, side: str) -> None:
    deep = [
        (joint, point[1])
        for now in poses(exercise, side)
        for joint, point in now.items()
        if point[1] < THICK.get(joint.partition("_")[0], 0) - 1.6
    ]
    assert deep == []


@pytest.mark.parametrize(("exercise", "joints"), RESTS.items())
def test_what_rests_on_the_floor_stays_on_it(exercise: str, joints: str) -> None:
    for joint, now in product(joints.split(), poses(exercise, "right")):
        thick = THICK[joint.partition("_")[0]]
        assert now[joint][1] == pytest.approx(thick, abs=3.2), joint


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize(
    ("exercise", "joint"),
    [(exercise, joint) for exercise, all_ in RAISED.items() for joint in all_.split()],
)
def test_the_movement_raises_what_it_should(
    exercise: str, joint: str, side: str
) -> None:
    stem, _, drawn = joint.partition("_")
    sides = {"": "", "r": "_r", "l": "_l"}
    swapped = {"": "", "r": "_l", "l": "_r"}
    name = stem + {"right": sides, "left": swapped}[side][drawn]
    heights = [pose(exercise, side, phase)[name][1] for phase in PHASES]
    assert heights == sorted(heights)
    assert heights[-1] - heights[0] > 10


@each_movement
def test_joints_bend_as_a_persons_do(exercise: str, side: str) -> None:
    for now, each in product(poses(exercise, side), "rl"):
        hip, knee, ankle, toe = (
            now[f"{joint}_{each}"] for joint in ("hip", "knee", "ankle", "toe")
        )
        shoulder, elbow, wrist, hand = (
            now[f"{joint}_{each}"] for joint in ("shoulder", "elbow", "wrist", "hand")
        )
        neck, waist, pelvis = now["neck"], now["waist"], now["pelvis"]
        assert angle(knee, hip, ankle) >= 35
        assert angle(elbow, shoulder, wrist) >= 30
        assert angle(ankle, knee, toe) >= 60
        assert angle(wrist, elbow, hand) >= 75
        assert angle(hip, waist, knee) >= 40
        assert angle(neck, now["head"], waist) >= 130
        assert angle(waist, neck, pelvis) >= 125
        # A thigh goes far to the front, and hardly to the back.
        right = minus(now["shoulder_r"], now["shoulder_l"])
        front = unit(cross(minus(neck, pelvis), right))
        assert dot(unit(minus(knee, hip)), front) > -0.35
        # A knee folds the shin to the back: away from where the foot points.
        shin = unit(minus(ankle, knee))
        folded, foot = square(minus(hip, knee), shin), square(minus(toe, ankle), shin)
        assert dot(folded, foot) < 100


@pytest.mark.parametrize("exercise", EXERCISES)
def test_left_is_right_mirrored(exercise: str) -> None:
    right, left = pose(exercise, "right", 0.4), pose(exercise, "left", 0.4)
    swapped = {"r": "l", "l": "r"}
    for joint, point in right.items():
        stem, _, side = joint.rpartition("_")
        twin = left[f"{stem}_{swapped[side]}" if stem else joint]
        assert sorted(map(abs, twin)) == pytest.approx(sorted(map(abs, point)))


@each_movement
def test_the_persons_right_is_the_right(exercise: str, side: str) -> None:
    """Seen from the head, with the face forward, right is to the right."""
    now = pose(exercise, side, 0)
    up, face = minus(now["neck"], now["pelvis"]), minus(now["nose"], now["head"])
    assert dot(cross(face, up), minus(now["hip_r"], now["hip_l"])) > 0


def test_one_hand_presses_on_the_raised_knee() -> None:
    now = pose("isometric_hip_flexion", "right", 1)
    assert distance(now["hand_r"], now["knee_r"]) < 9
    assert abs(now["knee_r"][0] - now["hip_r"][0]) < 8


@pytest.mark.parametrize(
    "exercise", ["simplified_piriformis_stretch", "piriformis_stretch"]
)
def test_the_crossed_ankle_lies_on_the_other_knee(exercise: str) -> None:
    for now in poses(exercise, "right"):
        assert beside(now["ankle_r"], now["hip_l"], now["knee_l"]) < 13
        assert distance(now["ankle_r"], now["knee_l"]) < 17


def test_both_hands_hold_behind_the_knee_underneath() -> None:
    for now, wrist in product(
        poses("piriformis_stretch", "right"), ("wrist_r", "wrist_l")
    ):
        assert beside(now[wrist], now["hip_l"], now["knee_l"]) < 14
        assert distance(now[wrist], now["knee_l"]) < 27


def test_the_hand_is_at_the_knee_that_it_eases_away() -> None:
    for now in poses("simplified_piriformis_stretch", "right"):
        assert beside(now["knee_r"], now["wrist_r"], now["hand_r"]) < 10
        assert distance(now["hand_r"], now["knee_r"]) < 13


def test_opposite_arm_and_leg_move_together() -> None:
    for exercise in ("dead_bugs", "bird_dogs"):
        start, end = (pose(exercise, "right", phase) for phase in (0, 1))
        moved = {
            joint
            for joint in ("hand_r", "hand_l", "toe_r", "toe_l")
            if distance(start[joint], end[joint]) > 1
        }
        assert moved == {"hand_l", "toe_r"}


def test_the_plank_is_one_straight_line() -> None:
    now = pose("side_planks", "right", 1)
    feet = blend(now["ankle_r"], now["ankle_l"], 0.5)
    assert angle(now["pelvis"], now["neck"], feet) > 175


def test_the_bridge_is_one_straight_line() -> None:
    now = pose("bridges", "right", 1)
    assert angle(now["hip_r"], now["shoulder_r"], now["knee_r"]) > 155


def test_a_step_begins_where_that_of_the_other_foot_ended() -> None:
    ended, begins = (
        pose("monster_walks", "right", 1),
        pose("monster_walks", "left", 0),
    )
    for joint, point in ended.items():
        assert begins[joint] == pytest.approx(point, abs=0.01)


def test_the_stepping_foot_swings_clear_of_the_floor() -> None:
    heights = [now["toe_r"][1] for now in poses("monster_walks", "right")]
    assert max(heights) > heights[0] + 5
    assert heights[0] == pytest.approx(THICK["toe"], abs=1.5)
    assert heights[-1] == pytest.approx(THICK["toe"], abs=1.5)


@each_movement
def test_all_of_it_is_inside_the_picture(exercise: str, side: str) -> None:
    points = [
        point
        for phase in PHASES
        for shape in FIGURES.shapes(exercise, side, phase, arrows=True)
        for outline in shape.outlines
        for point in outline
    ]
    assert all(0 < x < WIDTH and 0 < y < HEIGHT for x, y in points)


@pytest.mark.parametrize(
    ("exercise", "tones"),
    [
        ("single_leg_balance", {"cushion", "furniture"}),
        ("single_leg_balance_on_level_surface", {"furniture"}),
        ("monster_walks", {"band"}),
    ],
)
def test_what_is_needed_is_shown(exercise: str, tones: set[str]) -> None:
    things = {"cushion", "furniture", "band"}
    drawn = {shape.tone for shape in FIGURES.shapes(exercise, "right", 0)}
    assert drawn & things == tones


@pytest.mark.parametrize("exercise", EXERCISES)
def test_every_figure_has_a_mat_a_face_and_something_that_moves(exercise: str) -> None:
    tones = [shape.tone for shape in FIGURES.shapes(exercise, "right", 1)]
    assert tones[0] == "mat"
    assert {"moving", "head", "hair"} <= {*tones}


@pytest.mark.parametrize("exercise", EXERCISES)
def test_an_arrow_shows_where_the_movement_goes(exercise: str) -> None:
    shapes = FIGURES.shapes(exercise, "right", 0, arrows=True)
    assert shapes[-1].tone == "arrow"
    assert all(shape.tone != "arrow" for shape in FIGURES.shapes(exercise, None, 0.5))


def test_the_picture_is_titled_and_loads_nothing() -> None:
    picture = FIGURES.svg("bridges", None, "Bridges <left & right>")
    root = ET.fromstring(picture)  # noqa: S314  # drawn here
    space = "{http://www.w3.org/2000/svg}"
    assert root.findtext(f"{space}title") == "Bridges <left & right>"
    assert {element.tag for element in root.iter()} == {
        f"{space}{tag}" for tag in ("svg", "title", "rect", "g", "path")
    }
    assert "href" not in picture
    assert "url(" not in picture
    assert len(picture) < 30_000


def test_a_moment_outside_the_movement_is_its_nearest_end() -> None:
    assert pose("bridges", "right", -1) == pose("bridges", "right", 0)
    assert pose("bridges", "right", 2) == pose("bridges", "right", 1)


def test_the_card_and_the_picture_are_drawn_alike() -> None:
    """The card's tests hold its drawing to the same numbers."""
    agreed = json.loads(FIXTURE.read_text(encoding="utf-8"))
    drawn = agreement(FIGURES)
    assert drawn.keys() == agreed.keys()
    for moment, shapes in drawn.items():
        tones = [shape[0] for shape in shapes]
        assert tones == [shape[0] for shape in agreed[moment]], moment
        for shape, other in zip(shapes, agreed[moment], strict=True):
            assert shape[1:] == pytest.approx(other[1:], abs=0.02), moment


def test_the_figures_can_be_made_of_other_data() -> None:
    assert list(Figures({"body": {}, "exercises": {}})) == []
