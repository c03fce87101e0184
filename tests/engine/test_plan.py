"""What a session is made of, to the second, and how it is made easier."""

from datetime import timedelta
from itertools import pairwise

import pytest

from custom_components.back_exercise.engine.catalogue import (
    Dose,
    Pattern,
    Position,
    Routine,
)
from custom_components.back_exercise.engine.changes import (
    ask_about,
    ease,
    in_full,
    leave_out,
)
from custom_components.back_exercise.engine.decision import Decision, Outcome, Rule
from custom_components.back_exercise.engine.plan import (
    CheckIn,
    Detail,
    Move,
    Place,
    Plan,
    Prescription,
    Question,
    Repetition,
    Side,
    Step,
    StepKind,
    build_plan,
    exercise_steps,
    nominal_of,
    prescribe,
)
from custom_components.back_exercise.engine.settings import Settings, Timing

from .builders import (
    DURATIONS,
    SESSIONS,
    exercise,
    indices_of,
    plan_of,
    prescriptions,
    routine,
    seconds,
)

TWO = ("bridges", "bird_dogs")
REMARK = Decision(rule=Rule.G_5, outcome=Outcome.GENTLE)

RIGHT = Side.RIGHT
LEFT = Side.LEFT

ASK = StepKind.ASK
PREPARE = StepKind.PREPARE
WORK = StepKind.WORK
REST = StepKind.REST
CHANGE_SIDE = StepKind.CHANGE_SIDE
CHANGE_POSITION = StepKind.CHANGE_POSITION


def outline(steps: tuple[Step, ...]) -> list[tuple[StepKind, str | None, float]]:
    """Return kind, exercise and seconds of each step."""
    return [(step.kind, step.exercise, step.duration.total_seconds()) for step in steps]


def prescribed(id_: str, index: int = 0, *sets: int) -> Prescription:
    """Return an exercise at an index, with sets that need not be its ladder's."""
    usual = prescribe(exercise(id_), index)
    dose = Dose(sets=sets) if sets else usual.dose
    return Prescription(exercise=usual.exercise, dose=dose, index=index)


def work_of(plan: Plan, id_: str) -> list[Step]:
    """Return the work steps of an exercise."""
    return [step for step in plan.steps if step.kind is WORK and step.exercise == id_]


def repetitions(id_: str, index: int = 0) -> list[list[tuple[int, Side]]]:
    """Return numbers and sides of each work step of an exercise."""
    return [
        [(each.number, each.side) for each in step.repetitions]
        for step in work_of(plan_of(id_, indices=(index,)), id_)
    ]


# Durations


@pytest.mark.parametrize(("id_", "expected"), DURATIONS.items())
def test_an_exercise_lasts_as_long_as_specified_to_the_second_at_every_dose(
    id_: str, expected: tuple[int, ...]
) -> None:
    lengths = [nominal_of(prescribe(exercise(id_), index)) for index in indices_of(id_)]

    assert lengths == list(map(seconds, expected))


@pytest.mark.parametrize(("ids", "indices", "total"), SESSIONS.values(), ids=SESSIONS)
@pytest.mark.parametrize("check_in", CheckIn)
def test_a_session_lasts_as_long_as_specified_whatever_is_asked(
    ids: tuple[str, ...], indices: tuple[int, ...], total: int, check_in: CheckIn
) -> None:
    plan = plan_of(*ids, indices=indices, check_in=check_in)

    assert plan.nominal == seconds(total)


@pytest.mark.parametrize(
    ("id_", "cycle"),
    [
        ("pelvic_tilts", 9),
        ("isometric_hip_flexion", 10),
        ("bridges", 6),
        ("simplified_piriformis_stretch", 16),
        ("piriformis_stretch", 16),
        ("dead_bugs", 7),
        ("bird_dogs", 10),
        ("fire_hydrants", 7),
        ("single_leg_bridges", 7),
        ("side_planks", 20),
        ("single_leg_balance", 20),
    ],
)
def test_a_repetition_is_lift_hold_lower_and_the_pause_after_it(
    id_: str, cycle: int
) -> None:
    each = {
        (repetition.lift, repetition.hold, repetition.lower, repetition.duration)
        for step in work_of(plan_of(id_), id_)
        for repetition in step.repetitions
    }

    assert each == {(seconds(2), exercise(id_).hold, seconds(3), seconds(cycle))}


def test_a_lap_is_steps_out_a_turn_the_same_back_and_a_turn() -> None:
    lap, *others = work_of(plan_of("monster_walks", indices=(-1,)), "monster_walks")
    out = [(Move.STEP, n, side) for n, side in enumerate([RIGHT, LEFT] * 6, start=1)]
    turn = (Move.TURN, 12, Side.BOTH)

    assert [(each.move, each.number, each.side) for each in lap.repetitions] == [
        *out,
        turn,
        *out,
        turn,
    ]
    assert {(each.move, each.duration) for each in lap.repetitions} == {
        (Move.STEP, seconds(2)),
        (Move.TURN, seconds(3)),
    }
    assert lap.duration == seconds(54)
    assert [each.repetitions for each in others] == [lap.repetitions]


@pytest.mark.parametrize("tempo", [1.0, 1.25, 1.5])
@pytest.mark.parametrize("id_", DURATIONS)
def test_a_slower_tempo_slows_the_way_and_the_pause_but_never_a_hold(
    id_: str, tempo: float
) -> None:
    slow = work_of(plan_of(id_, timing=Timing(tempo=tempo)), id_)
    usual = work_of(plan_of(id_), id_)

    for one, other in zip(slow, usual, strict=True):
        assert list(one.repetitions) == [
            Repetition(
                number=each.number,
                side=each.side,
                move=each.move,
                lift=each.lift * tempo,
                hold=each.hold,
                lower=each.lower * tempo,
                pause=each.pause * tempo,
            )
            for each in other.repetitions
        ]


@pytest.mark.parametrize("tempo", [1.0, 1.25, 1.5])
@pytest.mark.parametrize("id_", sorted(set(DURATIONS) - {"monster_walks"}))
def test_the_way_back_is_never_shorter_than_the_way_there(
    id_: str, tempo: float
) -> None:
    plan = plan_of(id_, timing=Timing(tempo=tempo))
    each = [one for step in work_of(plan, id_) for one in step.repetitions]

    assert all(one.lower >= one.lift for one in each)


@pytest.mark.parametrize(
    "timing",
    [
        {"tempo": 0.99},
        {"tempo": 1.51},
        {"rest": seconds(9)},
        {"rest": seconds(121)},
        {"set_rest": seconds(9)},
        {"set_rest": seconds(121)},
    ],
)
def test_a_session_can_not_be_made_faster_or_rests_be_out_of_bounds(
    timing: dict[str, float],
) -> None:
    with pytest.raises(ValueError, match="is not within"):
        Timing(**timing)  # type: ignore[arg-type]


@pytest.mark.parametrize("rest", [10, 120])
def test_rests_may_be_set_to_the_ends_of_their_range(rest: int) -> None:
    timing = Timing(rest=seconds(rest), set_rest=seconds(rest))
    plan = plan_of("bridges", "pelvic_tilts", indices=(3, 0), timing=timing)

    assert [step.duration for step in plan.steps if step.kind is REST] == [
        seconds(rest),
        seconds(rest),
    ]


# What it is made of


def test_the_beginner_routine_is_written_out_step_by_step() -> None:
    assert outline(routine(Routine.BEGINNER).steps) == [
        (ASK, None, 60),
        (PREPARE, None, 20),
        (PREPARE, "pelvic_tilts", 20),
        (WORK, "pelvic_tilts", 90),
        (ASK, "pelvic_tilts", 15),
        (REST, "isometric_hip_flexion", 15),
        (PREPARE, "isometric_hip_flexion", 20),
        (WORK, "isometric_hip_flexion", 200),
        (ASK, "isometric_hip_flexion", 15),
        (REST, "bridges", 15),
        (PREPARE, "bridges", 20),
        (WORK, "bridges", 60),
        (ASK, "bridges", 15),
        (REST, "simplified_piriformis_stretch", 15),
        (PREPARE, "simplified_piriformis_stretch", 20),
        (WORK, "simplified_piriformis_stretch", 80),
        (CHANGE_SIDE, "simplified_piriformis_stretch", 10),
        (WORK, "simplified_piriformis_stretch", 80),
        (ASK, "simplified_piriformis_stretch", 15),
        (ASK, None, 30),
    ]


def test_the_advanced_routine_is_written_out_step_by_step() -> None:
    assert outline(routine(Routine.ADVANCED).steps) == [
        (ASK, None, 60),
        (PREPARE, None, 20),
        (PREPARE, "single_leg_bridges", 20),
        (WORK, "single_leg_bridges", 140),
        (ASK, "single_leg_bridges", 15),
        (REST, "side_planks", 15),
        (CHANGE_POSITION, "side_planks", 10),
        (PREPARE, "side_planks", 20),
        (WORK, "side_planks", 200),
        (CHANGE_SIDE, "side_planks", 10),
        (WORK, "side_planks", 200),
        (ASK, "side_planks", 15),
        (REST, "single_leg_balance", 15),
        (CHANGE_POSITION, "single_leg_balance", 20),
        (PREPARE, "single_leg_balance", 30),
        (WORK, "single_leg_balance", 100),
        (CHANGE_SIDE, "single_leg_balance", 10),
        (WORK, "single_leg_balance", 100),
        (ASK, "single_leg_balance", 15),
        (REST, "monster_walks", 15),
        (PREPARE, "monster_walks", 40),
        (WORK, "monster_walks", 46),
        (WORK, "monster_walks", 46),
        (WORK, "monster_walks", 46),
        (ASK, "monster_walks", 15),
        (ASK, None, 30),
    ]


def test_sets_are_parted_by_rests_that_belong_to_the_set_they_lead_to() -> None:
    steps = plan_of("fire_hydrants", indices=(3,)).steps

    assert [(step.kind, step.set, step.duration) for step in steps[2:-1]] == [
        (PREPARE, 1, seconds(20)),
        (WORK, 1, seconds(98)),
        (REST, 2, seconds(30)),
        (WORK, 2, seconds(98)),
        (ASK, 1, seconds(15)),
    ]


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ("bridges", "pelvic_tilts", []),
        ("bridges", "side_planks", [10]),
        ("side_planks", "bridges", [10]),
        ("bridges", "bird_dogs", [15]),
        ("bird_dogs", "bridges", [15]),
        ("side_planks", "bird_dogs", [15]),
        ("bird_dogs", "side_planks", [15]),
        ("bridges", "monster_walks", [20]),
        ("monster_walks", "bridges", [20]),
        ("side_planks", "monster_walks", [20]),
        ("bird_dogs", "monster_walks", [20]),
        ("monster_walks", "single_leg_balance", []),
    ],
)
def test_a_change_of_position_takes_its_time(
    before: str, after: str, change: list[int]
) -> None:
    steps = plan_of(before, after).steps
    changes = [step for step in steps if step.kind is CHANGE_POSITION]

    assert [step.duration for step in changes] == list(map(seconds, change))
    assert [step.position for step in changes] == [
        exercise(after).position for _ in change
    ]
    assert [step.exercise for step in changes] == [after for _ in change]


def test_the_welcome_leads_to_the_position_of_the_first_exercise() -> None:
    welcome = plan_of("bird_dogs", "bridges").steps[1]

    assert welcome.position is Position.QUADRUPED


@pytest.mark.parametrize(
    ("check_in", "before", "each", "after"),
    [
        (CheckIn.EACH_EXERCISE, True, True, True),
        (CheckIn.START_AND_END, True, False, True),
        (CheckIn.OFF, False, False, False),
    ],
)
def test_only_what_the_check_in_wants_is_asked(
    check_in: CheckIn, *, before: bool, each: bool, after: bool
) -> None:
    steps = plan_of("bridges", "dead_bugs", check_in=check_in).steps
    questions = [step for step in steps if step.kind is ASK]

    assert [(step.question, step.exercise, step.asked) for step in questions] == [
        (Question.BEFORE, None, before),
        (Question.EXERCISE, "bridges", each),
        (Question.EXERCISE, "dead_bugs", each),
        (Question.AFTER, None, after),
    ]


@pytest.mark.parametrize("check_in", CheckIn)
def test_what_is_known_before_is_not_asked_and_lasts_as_long(check_in: CheckIn) -> None:
    plan = plan_of("bridges", check_in=check_in, ask_before=False)

    assert not plan.steps[0].asked
    assert plan.nominal == plan_of("bridges", check_in=check_in).nominal


def test_an_answer_is_waited_for_longer_than_its_nominal_time() -> None:
    settings = Settings(rating_wait=20)
    steps = plan_of(
        "bridges", check_in=CheckIn.EACH_EXERCISE, timing=settings.timing
    ).steps

    assert [
        (step.duration.total_seconds(), step.wait.total_seconds())
        for step in steps
        if step.kind is ASK
    ] == [(60, 20), (15, 30), (30, 30)]


@pytest.mark.parametrize(
    ("check_in", "expected"),
    [
        (CheckIn.EACH_EXERCISE, [False, True, True, False]),
        (CheckIn.START_AND_END, [False, False, False, True]),
    ],
)
def test_effort_is_asked_for_once_for_everything_that_was_done(
    check_in: CheckIn, expected: list[bool]
) -> None:
    steps = plan_of("bridges", "dead_bugs", check_in=check_in).steps

    assert [step.with_effort for step in steps if step.kind is ASK] == expected


@pytest.mark.parametrize(
    ("check_in", "asked"),
    [
        (CheckIn.EACH_EXERCISE, [True, True]),
        (CheckIn.START_AND_END, [True, False]),
        (CheckIn.OFF, [False, False]),
    ],
)
def test_what_hurt_is_asked_about_for_pain_alone_wherever_anything_is_asked(
    check_in: CheckIn, asked: list[bool]
) -> None:
    plan = plan_of("bridges", "dead_bugs", check_in=check_in)
    questions = [
        step
        for step in ask_about(plan, "bridges").steps
        if step.question is Question.EXERCISE
    ]

    assert [step.asked for step in questions] == asked
    assert not questions[0].with_effort
    assert ask_about(plan, "bridges").nominal == plan.nominal


@pytest.mark.parametrize(
    ("id_", "expected"),
    [
        ("pelvic_tilts", [[(n, Side.BOTH) for n in range(1, 6)]]),
        ("bird_dogs", [[(n, side) for n in range(1, 6) for side in (RIGHT, LEFT)]]),
        ("dead_bugs", [[(1, RIGHT), (2, LEFT), (3, RIGHT), (4, LEFT)]]),
        (
            "piriformis_stretch",
            [[(n, side) for n in range(1, 4)] for side in (RIGHT, LEFT)],
        ),
    ],
)
def test_both_sides_get_the_same_and_right_begins(
    id_: str, expected: list[list[tuple[int, Side]]]
) -> None:
    assert repetitions(id_, -3) == expected


@pytest.mark.parametrize("id_", DURATIONS)
def test_starting_left_is_the_same_session_mirrored(id_: str) -> None:
    mirrored = {RIGHT: LEFT, LEFT: RIGHT}
    usual = work_of(plan_of(id_), id_)
    left = work_of(plan_of(id_, first_side=LEFT), id_)

    assert [[each.side for each in step.repetitions] for step in left] == [
        [mirrored.get(each.side, each.side) for each in step.repetitions]
        for step in usual
    ]
    assert [step.duration for step in left] == [step.duration for step in usual]


@pytest.mark.parametrize("id_", DURATIONS)
def test_each_side_is_worked_as_often_as_the_other_at_every_dose(id_: str) -> None:
    for index in indices_of(id_):
        sides = [
            each.side
            for step in work_of(plan_of(id_, indices=(index,)), id_)
            for each in step.repetitions
            if each.move is Move.REPETITION
        ]
        assert sides.count(RIGHT) == sides.count(LEFT)


@pytest.mark.parametrize(
    ("id_", "sides"),
    [
        ("bridges", [Side.BOTH]),
        ("bird_dogs", [Side.ALTERNATING]),
        ("dead_bugs", [Side.ALTERNATING]),
        ("side_planks", [RIGHT, LEFT]),
        ("monster_walks", [Side.ALTERNATING] * 3),
    ],
)
def test_work_says_which_side_it_is_for(id_: str, sides: list[Side]) -> None:
    assert [step.side for step in work_of(plan_of(id_), id_)] == sides


def test_a_change_of_side_names_the_side_that_comes() -> None:
    steps = plan_of("side_planks", first_side=LEFT).steps

    assert [step.side for step in steps if step.kind is CHANGE_SIDE] == [RIGHT]


def test_the_detail_of_the_instructions_is_that_of_the_prescription() -> None:
    short = prescribe(exercise("bridges"), detail=Detail.SHORT)
    introduction, *_ = exercise_steps(short, Timing(), RIGHT)

    assert introduction.detail is Detail.SHORT


def test_a_session_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one exercise"):
        build_plan(Routine.BEGINNER, ())


@pytest.mark.parametrize("index", [-4, 1])
def test_a_dose_that_is_not_on_the_ladder_can_not_be_prescribed(index: int) -> None:
    with pytest.raises(ValueError, match="is not within -3 to 0"):
        prescribe(exercise("side_planks"), index)


def test_a_plan_finds_its_way_about() -> None:
    plan = plan_of("bridges", "bird_dogs", indices=(3, 0))

    assert plan.prescription("bird_dogs").exercise is exercise("bird_dogs")
    assert plan.first_step("bridges") == 2
    assert plan.first_work("bridges", 1) == 3
    assert plan.first_work("bridges", 2) == 5
    assert plan.first_step_after("bridges") == 7
    assert plan.first_step("bird_dogs") == 9
    assert plan.first_step_after("bird_dogs") == len(plan.steps) - 1


# Making it easier

WALKS_DOWN = [
    *([15] * 5, [14] * 5, [13] * 5, [12] * 5),
    *([12, 12, 12, 12, 8], [12, 12, 12, 12, 4], [12] * 4, [11] * 4),
    *([11, 11, 11, 6], [11, 11, 11, 3], [11] * 3, [10] * 3),
    *([10, 10, 4], [10, 10], [10, 5]),
]
TWO_SETS_DOWN = [
    *([10, 10], [9, 9], [8, 8], [7, 7], [7, 5], [7, 4], [7, 3], [7, 1]),
    *([6], [5]),
]


def way_down(id_: str, index: int) -> list[Prescription]:
    """Return an exercise as it is eased and eased again, to the lowest step."""
    steps = [prescribed(id_, index)]
    plan = build_plan(Routine.BEGINNER, steps)
    while eased := ease(plan, Place(step=plan.first_step(id_))):
        plan, _ = eased
        steps.append(plan.prescription(id_))
    return steps


@pytest.mark.parametrize(
    ("id_", "index", "expected"),
    [
        ("pelvic_tilts", 6, TWO_SETS_DOWN),
        ("isometric_hip_flexion", 6, TWO_SETS_DOWN),
        ("bridges", 6, TWO_SETS_DOWN),
        ("bird_dogs", 6, TWO_SETS_DOWN),
        ("fire_hydrants", 6, TWO_SETS_DOWN),
        ("single_leg_bridges", 0, [[10], [8], [6], [5]]),
        ("bridges", 2, [[12], [11], [10], [8], [6], [5]]),
        # the lowest two rungs are the same: there is nothing below the first of them
        ("simplified_piriformis_stretch", 0, [[5], [4], [3]]),
        ("piriformis_stretch", 5, [[10], [9], [8], [7], [6], [5], [4], [3]]),
        ("dead_bugs", 5, [[20], [18], [16], [14], [12], [10], [8], [6], [4]]),
        ("side_planks", 0, [[10], [8], [6], [5]]),
        ("single_leg_balance", 0, [[5], [4], [3], [2]]),
        ("monster_walks", 11, WALKS_DOWN),
    ],
)
def test_easing_goes_down_the_ladder_without_ever_a_longer_set(
    id_: str, index: int, expected: list[list[int]]
) -> None:
    assert [list(each.dose.sets) for each in way_down(id_, index)] == expected


@pytest.mark.parametrize("id_", DURATIONS)
def test_easing_always_asks_less_in_sets_that_are_no_longer(id_: str) -> None:
    for index in indices_of(id_):
        for before, after in pairwise(way_down(id_, index)):
            ladder = after.exercise.ladder
            assert after.dose.volume < before.dose.volume
            assert after.dose.volume == ladder.dose(after.index).volume
            assert max(after.dose.sets) <= max(before.dose.sets)
            assert after.index < before.index
            assert nominal_of(after) < nominal_of(before)


@pytest.mark.parametrize("id_", DURATIONS)
def test_nothing_is_easier_than_the_lowest_step(id_: str) -> None:
    plan = plan_of(id_, indices=(-3,))

    assert ease(plan, Place(step=plan.first_step(id_))) is None


@pytest.mark.parametrize("check_in", CheckIn)
def test_easing_leaves_all_other_exercises_and_questions_as_they_were(
    check_in: CheckIn,
) -> None:
    ids = ("pelvic_tilts", "bird_dogs", "bridges")
    plan = plan_of(*ids, check_in=check_in)

    eased = ease(plan, Place(step=plan.first_work("bird_dogs", 1), repetition=3))

    assert eased == (
        plan_of(*ids, indices=(0, -1, 0), check_in=check_in),
        Place(step=plan.first_work("bird_dogs", 1), repetition=3),
    )


@pytest.mark.parametrize(
    ("prescription", "place", "expected"),
    [
        # in its introduction
        (prescribed("bridges"), Place(step=2), Place(step=2)),
        # in a set: on with the next repetition, or what comes after them all
        (
            prescribed("bridges"),
            Place(step=3, repetition=7),
            Place(step=3, repetition=7),
        ),
        (prescribed("bridges"), Place(step=3, repetition=8), Place(step=4)),
        (prescribed("bridges"), Place(step=3, repetition=9), Place(step=4)),
        # in two sets of seven, of which the second becomes five
        (
            prescribed("bridges", 3),
            Place(step=3, repetition=6),
            Place(step=3, repetition=6),
        ),
        (prescribed("bridges", 3), Place(step=4), Place(step=4)),
        (
            prescribed("bridges", 3),
            Place(step=5, repetition=4),
            Place(step=5, repetition=4),
        ),
        (prescribed("bridges", 3), Place(step=5, repetition=5), Place(step=6)),
        # in a second set that falls away
        (prescribed("bridges", -1, 7, 1), Place(step=4), Place(step=4)),
        (prescribed("bridges", -1, 7, 1), Place(step=5), Place(step=4)),
        # on one side, then the other
        (
            prescribed("side_planks", -2),
            Place(step=3, repetition=4),
            Place(step=3, repetition=4),
        ),
        (prescribed("side_planks", -2), Place(step=3, repetition=5), Place(step=4)),
        (prescribed("side_planks", -2), Place(step=4), Place(step=4)),
        (
            prescribed("side_planks", -2),
            Place(step=5, repetition=4),
            Place(step=5, repetition=4),
        ),
        (prescribed("side_planks", -2), Place(step=5, repetition=5), Place(step=6)),
    ],
)
def test_easing_keeps_the_place_or_goes_behind_what_falls_away(
    prescription: Prescription, place: Place, expected: Place
) -> None:
    eased = ease(build_plan(Routine.BEGINNER, [prescription]), place)

    assert eased is not None
    assert eased[1] == expected


def test_easing_what_comes_next_keeps_the_place_before_it() -> None:
    plan = plan_of("bridges", "bird_dogs")
    rest = plan.first_step_after("bridges")

    assert ease(plan, Place(step=rest)) == (
        plan_of("bridges", "bird_dogs", indices=(0, -1)),
        Place(step=rest),
    )


@pytest.mark.parametrize(
    ("lap", "walked", "sets"),
    [
        (1, 4, (10, 10, 4)),  # three laps of ten become twenty-four steps out
        (2, 15, (10, 10, 4)),  # on the way back the lap stays as it is
        (3, 2, (10, 10, 4)),
        (3, 7, (10, 10, 7)),  # further out than that: turn round now
        (3, 10, (10, 10, 10)),  # at the turn
        (3, 14, (10, 10, 10)),
    ],
)
def test_easing_a_walk_lets_who_is_under_way_get_back(
    lap: int, walked: int, sets: tuple[int, ...]
) -> None:
    plan = build_plan(Routine.BEGINNER, [prescribed("monster_walks", 0)])
    place = Place(step=plan.first_work("monster_walks", lap), repetition=walked)

    eased = ease(plan, place)

    assert eased is not None
    assert eased[0].prescription("monster_walks").dose.sets == sets
    assert eased[1] == place


def test_easing_in_a_lap_keeps_the_way_back_as_long_as_the_way_out() -> None:
    plan = build_plan(Routine.BEGINNER, [prescribed("monster_walks", 0)])
    last = plan.first_work("monster_walks", 3)
    walked_out = 7

    eased = ease(plan, Place(step=last, repetition=walked_out))

    assert eased is not None
    lap = eased[0].steps[eased[1].step]
    to_come = lap.repetitions[eased[1].repetition :]
    assert [each.move for each in to_come].count(Move.TURN) == 2


# Leaving exercises out


def test_leaving_an_exercise_out_is_the_plan_without_it() -> None:
    ids = ("dead_bugs", "bird_dogs", "bridges")
    plan = build_plan(
        Routine.INTERMEDIATE,
        prescriptions(ids, (0, 0, 3)),
        timing=Timing(rest=seconds(20)),
        check_in=CheckIn.START_AND_END,
        first_side=LEFT,
        ask_before=False,
        remarks=(REMARK,),
        hurt=("bird_dogs", "bridges"),
    )

    assert leave_out(plan, ["bird_dogs"]) == build_plan(
        Routine.INTERMEDIATE,
        prescriptions(("dead_bugs", "bridges"), (0, 3)),
        timing=Timing(rest=seconds(20)),
        check_in=CheckIn.START_AND_END,
        first_side=LEFT,
        ask_before=False,
        remarks=(REMARK,),
        hurt=("bridges",),
    )


def test_instructions_in_full_leave_everything_else_as_it_was() -> None:
    brief = [prescribe(exercise(id_), detail=Detail.SHORT) for id_ in TWO]
    plan = in_full(build_plan(Routine.BEGINNER, brief), "bridges")

    assert plan == build_plan(
        Routine.BEGINNER, [prescribe(exercise("bridges")), brief[1]]
    )


def test_leaving_nothing_out_changes_nothing() -> None:
    plan = plan_of("bird_dogs", "bridges", check_in=CheckIn.EACH_EXERCISE)

    assert leave_out(plan, []) == plan


def test_leaving_everything_out_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one exercise"):
        leave_out(plan_of("bridges"), ["bridges"])


def test_an_eased_plan_without_another_exercise_stays_eased() -> None:
    plan = plan_of("bridges", "bird_dogs")
    eased = ease(plan, Place(step=plan.first_step("bridges")))

    assert eased is not None
    assert leave_out(eased[0], {"bird_dogs"}) == plan_of("bridges", indices=(-1,))


@pytest.mark.parametrize(
    "pattern", [Pattern.ONE_SIDE_THEN_OTHER, Pattern.ALTERNATING_PAIRS]
)
def test_a_dose_of_sides_counts_each_of_them(pattern: Pattern) -> None:
    plan = routine(Routine.ADVANCED)
    chosen = [p for p in plan.prescriptions if p.exercise.pattern is pattern]

    for prescription in chosen:
        work = work_of(plan, prescription.exercise.id)
        count = sum(len(step.repetitions) for step in work)
        assert count == 2 * prescription.dose.volume


def test_a_repetition_without_times_is_its_lift() -> None:
    stride = Repetition(number=1, side=RIGHT, move=Move.STEP, lift=seconds(2))

    assert stride.duration == timedelta(seconds=2)
