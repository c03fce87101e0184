"""Every figure of clinical.md 1.1 and 1.4, with where it comes from."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from custom_components.back_exercise.engine.catalogue import (
    Category,
    Dose,
    Ladder,
    Origin,
    Pattern,
    Position,
    Routine,
)

from .builders import CATALOGUE, DATA, DURATIONS, exercise

ARTICLE = Origin.ARTICLE
ADDED = Origin.ADDED

CORE = Category.CORE
FLEXIBILITY = Category.FLEXIBILITY
NEUROMUSCULAR = Category.NEUROMUSCULAR

LADDER_A = (
    *((5,), (6,), (8,), (10,), (11,), (12,)),
    *((7, 7), (8, 8), (9, 9), (10, 10)),
)
LADDER_B = ((3,), (3,), (4,), (5,), (6,), (7,), (8,), (9,), (10,))
LADDER_C = ((4,), (6,), (8,), (10,), (12,), (14,), (16,), (18,), (20,))
LADDER_D = ((5,), (6,), (8,), (10,))
LADDER_E = ((2,), (3,), (4,), (5,))
LADDER_F = (
    *((15,), (10,) * 2, (12,) * 2, (10,) * 3, (11,) * 3, (12,) * 3, (13,) * 3),
    *((11,) * 4, (12,) * 4, (13,) * 4, (14,) * 4),
    *((12,) * 5, (13,) * 5, (14,) * 5, (15,) * 5),
)


def raw(id_: str) -> dict[str, Any]:
    """Return an exercise as it stands in the file."""
    return next(each for each in DATA["exercises"] if each["id"] == id_)


def test_the_catalogue_holds_the_twelve_exercises_of_the_article() -> None:
    assert list(CATALOGUE.exercises) == list(DURATIONS)


@pytest.mark.parametrize(
    ("routine", "ids"),
    [
        (
            Routine.BEGINNER,
            (
                "pelvic_tilts",
                "isometric_hip_flexion",
                "bridges",
                "simplified_piriformis_stretch",
            ),
        ),
        (
            Routine.INTERMEDIATE,
            ("piriformis_stretch", "dead_bugs", "bird_dogs", "fire_hydrants"),
        ),
        (
            Routine.ADVANCED,
            (
                "single_leg_bridges",
                "side_planks",
                "single_leg_balance",
                "monster_walks",
            ),
        ),
    ],
)
def test_a_routine_holds_its_exercises_in_the_order_of_the_article(
    routine: Routine, ids: tuple[str, ...]
) -> None:
    assert CATALOGUE.routines[routine] == ids
    assert tuple(each.id for each in CATALOGUE.routine(routine)) == ids
    assert {each.level for each in CATALOGUE.routine(routine)} == {routine}
    assert {exercise(id_).origins["level"] for id_ in ids} == {ARTICLE}
    assert DATA["routines"][routine]["from"] == ARTICLE


@pytest.mark.parametrize(
    ("id_", "position"),
    [
        ("pelvic_tilts", Position.SUPINE),
        ("isometric_hip_flexion", Position.SUPINE),
        ("bridges", Position.SUPINE),
        ("simplified_piriformis_stretch", Position.SUPINE),
        ("piriformis_stretch", Position.SUPINE),
        ("dead_bugs", Position.SUPINE),
        ("bird_dogs", Position.QUADRUPED),
        ("fire_hydrants", Position.QUADRUPED),
        ("single_leg_bridges", Position.SUPINE),
        ("side_planks", Position.SIDE_LYING),
        ("single_leg_balance", Position.STANDING),
        ("monster_walks", Position.STANDING),
    ],
)
def test_an_exercise_starts_from_the_position_of_the_article(
    id_: str, position: Position
) -> None:
    assert exercise(id_).position is position
    assert exercise(id_).origins["position"] is ARTICLE


@pytest.mark.parametrize(
    ("id_", "pattern", "origin"),
    [
        ("pelvic_tilts", Pattern.BOTH_TOGETHER, ARTICLE),
        ("isometric_hip_flexion", Pattern.ALTERNATING_PAIRS, ARTICLE),
        ("bridges", Pattern.BOTH_TOGETHER, ARTICLE),
        ("simplified_piriformis_stretch", Pattern.ONE_SIDE_THEN_OTHER, ARTICLE),
        ("piriformis_stretch", Pattern.ONE_SIDE_THEN_OTHER, ARTICLE),
        ("dead_bugs", Pattern.ALTERNATING, ARTICLE),
        ("bird_dogs", Pattern.ALTERNATING_PAIRS, ARTICLE),
        ("fire_hydrants", Pattern.ALTERNATING_PAIRS, ARTICLE),
        ("single_leg_bridges", Pattern.ALTERNATING_PAIRS, ARTICLE),
        ("side_planks", Pattern.ONE_SIDE_THEN_OTHER, ARTICLE),
        # the article does not say how its sides are shared
        ("single_leg_balance", Pattern.ONE_SIDE_THEN_OTHER, ADDED),
        ("monster_walks", Pattern.LAPS, ARTICLE),
    ],
)
def test_the_sides_share_the_repetitions_as_the_article_has_it(
    id_: str, pattern: Pattern, origin: Origin
) -> None:
    assert exercise(id_).pattern is pattern
    assert exercise(id_).origins["pattern"] is origin


@pytest.mark.parametrize(
    ("id_", "hold", "is_limit"),
    [
        ("pelvic_tilts", 3, False),
        ("isometric_hip_flexion", 3, False),
        ("bridges", 0, False),
        ("simplified_piriformis_stretch", 10, True),
        ("piriformis_stretch", 10, False),
        ("dead_bugs", 0, False),
        ("bird_dogs", 3, False),
        ("fire_hydrants", 0, False),
        ("single_leg_bridges", 0, False),
        ("side_planks", 10, True),
        ("single_leg_balance", 10, True),
        ("monster_walks", 0, False),
    ],
)
def test_a_hold_is_as_long_as_the_article_says(
    id_: str, hold: int, *, is_limit: bool
) -> None:
    assert exercise(id_).hold == timedelta(seconds=hold)
    assert exercise(id_).hold_is_limit is is_limit
    assert exercise(id_).origins["hold_seconds"] is ARTICLE
    assert exercise(id_).origins["hold_is_limit"] is ARTICLE


@pytest.mark.parametrize(
    ("id_", "repetitions", "origin"),
    [
        ("pelvic_tilts", (10, 10), ARTICLE),
        ("isometric_hip_flexion", (10, 10), ARTICLE),
        ("bridges", (10, 10), ARTICLE),
        ("simplified_piriformis_stretch", (5, 10), ARTICLE),
        ("piriformis_stretch", (5, 10), ARTICLE),
        # ten in all or ten on each side: two readings of one sentence
        ("dead_bugs", (10, 20), ADDED),
        ("bird_dogs", (10, 10), ARTICLE),
        ("fire_hydrants", (10, 10), ARTICLE),
        ("single_leg_bridges", (10, 10), ARTICLE),
        ("side_planks", (10, 10), ARTICLE),
        ("single_leg_balance", (5, 5), ARTICLE),
        ("monster_walks", (10, 15), ARTICLE),
    ],
)
def test_the_repetitions_are_those_of_the_article_and_start_at_its_low_end(
    id_: str, repetitions: tuple[int, int], origin: Origin
) -> None:
    assert exercise(id_).repetitions == repetitions
    assert exercise(id_).origins["repetitions"] is origin
    assert exercise(id_).ladder.dose(0).sets[0] == repetitions[0]


@pytest.mark.parametrize(
    ("id_", "categories"),
    [
        ("pelvic_tilts", {NEUROMUSCULAR: ARTICLE, CORE: ADDED}),
        ("isometric_hip_flexion", {CORE: ADDED}),
        ("bridges", {CORE: ARTICLE}),
        ("simplified_piriformis_stretch", {FLEXIBILITY: ARTICLE}),
        ("piriformis_stretch", {FLEXIBILITY: ARTICLE}),
        ("dead_bugs", {CORE: ADDED, NEUROMUSCULAR: ADDED}),
        ("bird_dogs", {CORE: ARTICLE, NEUROMUSCULAR: ADDED}),
        ("fire_hydrants", {NEUROMUSCULAR: ADDED, CORE: ADDED}),
        ("single_leg_bridges", {CORE: ADDED}),
        ("side_planks", {CORE: ARTICLE}),
        ("single_leg_balance", {NEUROMUSCULAR: ARTICLE}),
        ("monster_walks", {NEUROMUSCULAR: ADDED, CORE: ADDED}),
    ],
)
def test_what_an_exercise_trains_is_marked_as_said_or_inferred(
    id_: str, categories: dict[Category, Origin]
) -> None:
    facts = raw(id_)["categories"]

    assert exercise(id_).categories == tuple(categories)
    assert {fact["value"]: fact["from"] for fact in facts} == categories


@pytest.mark.parametrize(
    ("id_", "equipment", "setup"),
    [
        ("pelvic_tilts", {}, 0),
        ("isometric_hip_flexion", {}, 0),
        ("bridges", {}, 0),
        ("simplified_piriformis_stretch", {}, 0),
        ("piriformis_stretch", {}, 0),
        ("dead_bugs", {}, 0),
        ("bird_dogs", {}, 0),
        ("fire_hydrants", {}, 0),
        ("single_leg_bridges", {}, 0),
        ("side_planks", {}, 0),
        ("single_leg_balance", {"cushion": ARTICLE, "support": ADDED}, 10),
        ("monster_walks", {"band": ARTICLE}, 20),
    ],
)
def test_equipment_beyond_the_mat_is_named_and_has_time_to_be_fetched(
    id_: str, equipment: dict[str, Origin], setup: int
) -> None:
    facts = raw(id_)["equipment"]

    assert exercise(id_).equipment == tuple(equipment)
    assert {fact["value"]: fact["from"] for fact in facts} == equipment
    assert exercise(id_).setup == timedelta(seconds=setup)
    assert exercise(id_).origins["setup_seconds"] is ADDED


@pytest.mark.parametrize(
    ("id_", "sets", "article_top", "cap"),
    [
        ("pelvic_tilts", LADDER_A, 0, 6),
        ("isometric_hip_flexion", LADDER_A, 0, 6),
        ("bridges", LADDER_A, 0, 6),
        ("simplified_piriformis_stretch", LADDER_B, 5, 5),
        ("piriformis_stretch", LADDER_B, 5, 5),
        ("dead_bugs", LADDER_C, 5, 5),
        ("bird_dogs", LADDER_A, 0, 6),
        ("fire_hydrants", LADDER_A, 0, 6),
        ("single_leg_bridges", LADDER_A, 0, 0),
        ("side_planks", LADDER_D, 0, 0),
        ("single_leg_balance", LADDER_E, 0, 0),
        ("monster_walks", LADDER_F, 11, 11),
    ],
)
def test_a_ladder_has_the_doses_of_the_specification(
    id_: str, sets: tuple[tuple[int, ...], ...], article_top: int, cap: int
) -> None:
    ladder = exercise(id_).ladder
    indices = range(ladder.lowest, ladder.highest + 1)

    assert ladder.lowest == -3
    assert tuple(ladder.dose(index).sets for index in indices) == sets
    assert exercise(id_).article_top == article_top
    assert exercise(id_).cap == cap
    assert exercise(id_).origins["cap"] is ADDED
    assert DATA["ladders"][raw(id_)["ladder"]["value"]]["from"] == ADDED


@pytest.mark.parametrize("id_", DURATIONS)
def test_the_top_of_the_article_is_the_high_end_of_its_range(id_: str) -> None:
    top = exercise(id_).ladder.dose(exercise(id_).article_top)

    assert top.sets[0] == exercise(id_).repetitions[1]


def test_monster_walks_stay_within_the_laps_of_the_article() -> None:
    walks = exercise("monster_walks")

    assert raw("monster_walks")["laps"] == {"value": [3, 5], "from": ARTICLE}
    assert len(walks.ladder.dose(0).sets) == 3
    assert len(walks.ladder.dose(walks.article_top).sets) == 5


@pytest.mark.parametrize("id_", DURATIONS)
def test_a_step_up_is_never_more_than_a_fifth(id_: str) -> None:
    ladder = exercise(id_).ladder
    volumes = [ladder.dose(i).volume for i in range(ladder.highest + 1)]

    assert all(lower < higher <= lower * 1.2 for lower, higher in pairwise(volumes))


@pytest.mark.parametrize("id_", DURATIONS)
def test_a_lower_rung_is_never_more(id_: str) -> None:
    ladder = exercise(id_).ladder
    indices = range(ladder.lowest, ladder.highest + 1)
    volumes = [ladder.dose(index).volume for index in indices]

    assert volumes == sorted(volumes)


@pytest.mark.parametrize("id_", DURATIONS)
def test_the_number_of_sets_is_never_attributed_to_the_article(id_: str) -> None:
    assert raw(id_)["sets"] == {"value": 1, "from": ADDED}
    assert exercise(id_).origins["sets"] is ADDED
    assert exercise(id_).origins["pause"] is ADDED


@pytest.mark.parametrize("id_", DURATIONS)
def test_only_the_breathing_cue_of_pelvic_tilts_is_the_articles(id_: str) -> None:
    is_theirs = exercise(id_).origins["breathing_cue"] is ARTICLE

    assert is_theirs is (id_ == "pelvic_tilts")


@pytest.mark.parametrize("index", [-4, 7])
def test_a_dose_outside_of_the_ladder_is_refused(index: int) -> None:
    with pytest.raises(ValueError, match=f"{index} is not within -3 to 6"):
        exercise("bridges").ladder.dose(index)


def test_a_ladder_counts_from_its_lowest_index() -> None:
    few, more = Dose(sets=(3,)), Dose(sets=(2, 2))
    ladder = Ladder(lowest=-1, doses=(few, more))

    assert ladder.highest == 0
    assert ladder.dose(-1) is few
    assert ladder.dose(0) is more
    assert more.volume == 4
