"""What is said at which moment of a step."""

from dataclasses import replace
from datetime import date

import pytest

from custom_components.back_exercise.engine.catalogue import (
    Dose,
    Pattern,
    Position,
    Routine,
)
from custom_components.back_exercise.engine.changes import ask_about
from custom_components.back_exercise.engine.composition import Slot
from custom_components.back_exercise.engine.cues import (
    Cue,
    CueKind,
    RepetitionCues,
    count_in,
    cue_of,
    dose_cue,
    farewell,
    repetition_cues,
    soon_cue,
    step_cues,
)
from custom_components.back_exercise.engine.decision import Decision, Outcome, Rule
from custom_components.back_exercise.engine.diary import Form
from custom_components.back_exercise.engine.plan import (
    CheckIn,
    Detail,
    Lead,
    Plan,
    Prescription,
    Side,
    Step,
    StepKind,
    build_plan,
    prescribe,
)

from .builders import DURATIONS, exercise, indices_of, plan_of, routine, seconds

FLOOR = Form.LEVEL_SURFACE
RIGHT = Side.RIGHT
LEFT = Side.LEFT


def kinds(plan: Plan, step: Step) -> list[CueKind]:
    """Return the kinds of what is said in a step."""
    return [cue.kind for cue in step_cues(plan, step)]


def steps_of(plan: Plan, kind: StepKind) -> list[Step]:
    """Return all steps of a kind."""
    return [step for step in plan.steps if step.kind is kind]


def work_cues(
    id_: str, index: int = 0, work: int = 0, side: Side = RIGHT
) -> list[RepetitionCues]:
    """Return what is said in each repetition of one of an exercise's work steps."""
    plan = plan_of(id_, indices=(index,), first_side=side)
    step = steps_of(plan, StepKind.WORK)[work]
    return [
        repetition_cues(exercise(id_), step, each)
        for each in range(len(step.repetitions))
    ]


def lead_of(lead: Lead, work: Step, repetition: int | None = None) -> Step:
    """Return a lead to work, or to one of its repetitions."""
    return Step(
        kind=StepKind.PREPARE,
        duration=seconds(0),
        exercise=work.exercise,
        side=work.side,
        set=work.set,
        lead=lead,
        upcoming=None if repetition is None else work.repetitions[repetition],
    )


# Words at the beginning of a step


def test_the_welcome_says_what_comes_for_how_long_and_how_to_stop() -> None:
    plan = routine(Routine.INTERMEDIATE)

    assert list(step_cues(plan, plan.steps[1])) == [
        Cue(kind=CueKind.WELCOME, routine=Routine.INTERMEDIATE, number=14, sets=4),
        Cue(kind=CueKind.STOP_ANY_TIME),
        Cue(kind=CueKind.GET_READY, position=Position.SUPINE),
    ]


@pytest.mark.parametrize(
    ("check_in", "minutes"),
    [
        # 815 s, but for the question before, which lies behind
        (CheckIn.EACH_EXERCISE, 13),
        (CheckIn.START_AND_END, 12),
        (CheckIn.OFF, 11),
    ],
)
def test_the_welcome_counts_only_the_time_of_what_will_be_asked(
    check_in: CheckIn, minutes: int
) -> None:
    plan = routine(Routine.BEGINNER, check_in)
    welcome, *_ = step_cues(plan, plan.steps[1])

    assert welcome.number == minutes


def test_the_welcome_says_why_it_is_as_it_is() -> None:
    remarks = (
        Decision(rule=Rule.G_5, outcome=Outcome.GENTLE),
        Decision(
            rule=Rule.S_7, outcome=Outcome.SUBSTITUTE, exercise="bridges", other="bugs"
        ),
    )
    plan = replace(routine(Routine.BEGINNER), remarks=remarks)

    assert list(step_cues(plan, plan.steps[1]))[1:3] == [cue_of(r) for r in remarks]


def test_the_cue_of_a_decision_has_all_that_its_sentence_may_name() -> None:
    decision = Decision(
        rule=Rule.S_3,
        outcome=Outcome.OFFER,
        exercise="bridges",
        value=14,
        until=date(2026, 12, 24),
        routine="beginner",
        other="dead_bugs",
        variant="back",
        inputs={"pain": 3},
    )
    cue = cue_of(decision)

    assert cue == Cue(
        kind=CueKind.DECISION,
        key="S-3.back",
        exercise="bridges",
        other="dead_bugs",
        routine="beginner",
        number=14,
        until=date(2026, 12, 24),
    )
    assert {cue: 1}[cue_of(replace(decision, inputs={}))]


def test_without_the_cushion_the_set_up_is_another() -> None:
    slot = Slot(exercise=exercise("single_leg_balance"), index=0, form=FLOOR)
    plan = build_plan(Routine.ADVANCED, [slot.prescription])
    set_up = next(
        cue for cue in step_cues(plan, plan.steps[2]) if cue.kind is CueKind.SET_UP
    )

    assert set_up.form is FLOOR


@pytest.mark.parametrize(
    ("id_", "expected"),
    [
        (
            "bridges",
            [
                Cue(kind=CueKind.EXERCISE, exercise="bridges"),
                Cue(kind=CueKind.SET_UP, exercise="bridges"),
                Cue(kind=CueKind.MOVE, exercise="bridges"),
                Cue(kind=CueKind.SAFETY, exercise="bridges"),
                Cue(
                    kind=CueKind.DOSE,
                    exercise="bridges",
                    pattern=Pattern.BOTH_TOGETHER,
                    number=10,
                    side=RIGHT,
                ),
            ],
        ),
        (
            "side_planks",
            [
                Cue(kind=CueKind.EXERCISE, exercise="side_planks"),
                Cue(kind=CueKind.SET_UP, exercise="side_planks"),
                Cue(kind=CueKind.MOVE, exercise="side_planks"),
                Cue(kind=CueKind.SAFETY, exercise="side_planks"),
                Cue(kind=CueKind.FIRST_SIDE, exercise="side_planks", side=RIGHT),
                Cue(
                    kind=CueKind.DOSE,
                    exercise="side_planks",
                    pattern=Pattern.ONE_SIDE_THEN_OTHER,
                    number=10,
                    side=RIGHT,
                ),
            ],
        ),
    ],
)
def test_full_instructions_are_name_set_up_move_safety_side_and_dose(
    id_: str, expected: list[Cue]
) -> None:
    plan = plan_of(id_)

    assert list(step_cues(plan, plan.steps[plan.first_step(id_)])) == expected


def test_short_instructions_leave_set_up_and_move_out_but_not_safety() -> None:
    short = prescribe(exercise("bridges"), detail=Detail.SHORT)
    plan = build_plan(Routine.BEGINNER, [short])

    assert kinds(plan, plan.steps[2]) == [
        CueKind.EXERCISE,
        CueKind.SAFETY,
        CueKind.DOSE,
    ]


def test_starting_left_is_said() -> None:
    plan = plan_of("side_planks", first_side=LEFT)
    *_, first_side, dose = step_cues(plan, plan.steps[2])

    assert first_side.side is LEFT
    assert dose.side is LEFT


@pytest.mark.parametrize(
    ("id_", "index", "number", "sets"),
    [
        ("bridges", 0, 10, 1),
        ("bridges", 6, 10, 2),
        ("dead_bugs", 5, 20, 1),
        ("piriformis_stretch", -1, 4, 1),
        ("monster_walks", 11, 15, 5),
    ],
)
def test_the_dose_says_sets_and_repetitions(
    id_: str, index: int, number: int, sets: int
) -> None:
    assert dose_cue(prescribe(exercise(id_), index), RIGHT) == Cue(
        kind=CueKind.DOSE,
        exercise=id_,
        pattern=exercise(id_).pattern,
        number=number,
        sets=sets,
        side=RIGHT,
    )


def test_the_rest_says_what_comes_next_in_wordings_that_change() -> None:
    plan = plan_of("bridges", "dead_bugs", "bird_dogs")

    assert [list(step_cues(plan, step)) for step in steps_of(plan, StepKind.REST)] == [
        [Cue(kind=CueKind.REST, exercise="dead_bugs", turn=1)],
        [Cue(kind=CueKind.REST, exercise="bird_dogs", turn=2)],
    ]


def test_the_rest_between_sets_says_how_long_what_comes_and_the_safety_cue() -> None:
    plan = plan_of("bridges", indices=(3,))
    (rest,) = steps_of(plan, StepKind.REST)

    assert list(step_cues(plan, rest)) == [
        Cue(kind=CueKind.SET_REST, exercise="bridges", number=2, seconds=30),
        Cue(kind=CueKind.SAFETY, exercise="bridges"),
    ]


@pytest.mark.parametrize(("first", "second"), [(RIGHT, LEFT), (LEFT, RIGHT)])
def test_the_change_of_side_says_how_long_and_how_to_lie_then(
    first: Side, second: Side
) -> None:
    plan = plan_of("side_planks", first_side=first)
    (change,) = steps_of(plan, StepKind.CHANGE_SIDE)

    assert list(step_cues(plan, change)) == [
        Cue(kind=CueKind.CHANGE_SIDE, side=second, seconds=10),
        Cue(kind=CueKind.FIRST_SIDE, exercise="side_planks", side=second),
    ]


def test_the_change_of_position_says_which() -> None:
    plan = plan_of("bridges", "bird_dogs")
    (change,) = steps_of(plan, StepKind.CHANGE_POSITION)

    assert list(step_cues(plan, change)) == [
        Cue(kind=CueKind.CHANGE_POSITION, position=Position.QUADRUPED)
    ]


def test_the_day_after_is_asked_for_first_and_makes_no_session_longer() -> None:
    plan, usual = (
        plan_of("bridges", check_in=CheckIn.EACH_EXERCISE, ask_next_day=asked)
        for asked in (True, False)
    )
    question, *steps = plan.steps

    assert list(step_cues(plan, question)) == [Cue(kind=CueKind.PAIN_NEXT_DAY)]
    assert tuple(steps) == usual.steps
    assert plan.nominal == usual.nominal
    assert list(step_cues(plan, steps[1])) == list(step_cues(usual, usual.steps[1]))


@pytest.mark.parametrize(
    ("check_in", "expected"),
    [
        (
            CheckIn.EACH_EXERCISE,
            [
                [Cue(kind=CueKind.PAIN_BEFORE)],
                [
                    Cue(kind=CueKind.PAIN_EXERCISE, exercise="bridges"),
                    Cue(kind=CueKind.EFFORT_EXERCISE),
                ],
                [Cue(kind=CueKind.CLOSING, sets=1), Cue(kind=CueKind.PAIN_AFTER)],
            ],
        ),
        (
            CheckIn.START_AND_END,
            [
                [Cue(kind=CueKind.PAIN_BEFORE)],
                [Cue(kind=CueKind.PAIN_EXERCISE, exercise="bridges")],
                [
                    Cue(kind=CueKind.CLOSING, sets=1),
                    Cue(kind=CueKind.PAIN_AFTER),
                    Cue(kind=CueKind.EFFORT_AFTER),
                ],
            ],
        ),
        (
            CheckIn.OFF,
            [
                [Cue(kind=CueKind.PAIN_BEFORE)],
                [Cue(kind=CueKind.PAIN_EXERCISE, exercise="bridges")],
                [Cue(kind=CueKind.CLOSING, sets=1)],
            ],
        ),
    ],
)
def test_questions_are_spoken_and_the_closing_words_even_where_nothing_is_asked(
    check_in: CheckIn, expected: list[list[Cue]]
) -> None:
    plan = plan_of("bridges", check_in=check_in)
    questions = steps_of(plan, StepKind.ASK)

    assert [list(step_cues(plan, step)) for step in questions] == expected


def test_what_hurt_sharply_is_asked_about_in_other_words_and_without_effort() -> None:
    plan = ask_about(plan_of("bridges", check_in=CheckIn.EACH_EXERCISE), "bridges")
    question = next(s for s in steps_of(plan, StepKind.ASK) if s.exercise)

    assert list(step_cues(plan, question)) == [
        Cue(kind=CueKind.PAIN_OF_HURT, exercise="bridges")
    ]


def test_a_rating_that_stopped_an_exercise_is_answered_in_the_words_of_its_rule() -> (
    None
):
    plan = plan_of("bridges")
    step = Step(kind=StepKind.REST, duration=seconds(30), lead=Lead.HURT)

    assert list(step_cues(plan, step)) == [Cue(kind=CueKind.DECISION, key="I-3")]


@pytest.mark.parametrize(
    ("kind", "lead", "expected"),
    [
        (StepKind.REST, Lead.HURT, Cue(kind=CueKind.GOING_ON, seconds=10)),
        (StepKind.REST, Lead.PAIN, Cue(kind=CueKind.GOING_ON, seconds=10)),
        (StepKind.REST, None, None),
        (StepKind.PREPARE, Lead.SKIPPED, None),
    ],
)
def test_the_end_of_a_rest_for_pain_is_announced(
    kind: StepKind, lead: Lead | None, expected: Cue | None
) -> None:
    step = Step(kind=kind, duration=seconds(30), lead=lead)

    assert soon_cue(step) == expected


@pytest.mark.parametrize(
    ("check_in", "next_session", "expected"),
    [
        (CheckIn.START_AND_END, None, Cue(kind=CueKind.FAREWELL)),
        (CheckIn.EACH_EXERCISE, None, Cue(kind=CueKind.FAREWELL)),
        (CheckIn.OFF, None, None),
        (
            CheckIn.OFF,
            date(2027, 1, 1),
            Cue(kind=CueKind.FAREWELL_TOMORROW),
        ),
        (
            CheckIn.START_AND_END,
            date(2027, 1, 2),
            Cue(kind=CueKind.FAREWELL_UNTIL, until=date(2027, 1, 2)),
        ),
    ],
)
def test_the_last_words_tell_the_day_of_the_next_session(
    check_in: CheckIn, next_session: date | None, expected: Cue | None
) -> None:
    plan = plan_of("bridges", check_in=check_in)

    assert farewell(plan, date(2026, 12, 31), next_session) == expected


@pytest.mark.parametrize("lead", [Lead.RESUMED, Lead.SMALLER])
def test_who_was_away_is_first_told_the_position(lead: Lead) -> None:
    plan = plan_of("bridges")
    work = plan.steps[plan.first_work("bridges", 1)]
    step = replace(lead_of(lead, work, 3), position=Position.SUPINE)
    first, *_, last = step_cues(plan, step)

    assert first == Cue(kind=CueKind.GET_READY, position=Position.SUPINE)
    assert last.kind is CueKind.RESUMED


def test_work_has_no_words_at_its_beginning() -> None:
    plan = plan_of("bridges")

    assert kinds(plan, plan.steps[plan.first_work("bridges", 1)]) == []


def test_the_count_in_is_three_two_one() -> None:
    assert [(cue.kind, cue.number) for cue in count_in()] == [
        (CueKind.COUNT_IN, 3),
        (CueKind.COUNT_IN, 2),
        (CueKind.COUNT_IN, 1),
    ]


# Words before the plan goes on


@pytest.mark.parametrize(
    ("lead", "kind"),
    [
        (Lead.SKIPPED, CueKind.SKIPPED),
        (Lead.TOO_HARD, CueKind.TOO_HARD),
        (Lead.PAIN, CueKind.PAIN),
        (Lead.SMALLER, CueKind.SMALLER),
    ],
)
def test_leaving_an_exercise_is_acknowledged_in_a_word(
    lead: Lead, kind: CueKind
) -> None:
    plan = plan_of("bridges")
    step = Step(kind=StepKind.PREPARE, duration=seconds(0), lead=lead)

    assert list(step_cues(plan, step)) == [Cue(kind=kind)]


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        (Lead.RESUMED, []),
        (Lead.EASED, [CueKind.EASED, CueKind.DOSE]),
        (
            Lead.EXPLAINED,
            [
                CueKind.EXERCISE,
                CueKind.SET_UP,
                CueKind.MOVE,
                CueKind.SAFETY,
                CueKind.DOSE,
            ],
        ),
    ],
)
def test_going_on_in_the_middle_of_a_set_says_where_it_goes_on(
    lead: Lead, expected: list[CueKind]
) -> None:
    plan = plan_of("bird_dogs")
    work = plan.steps[plan.first_work("bird_dogs", 1)]
    step = lead_of(lead, work, repetition=7)

    assert kinds(plan, step) == [*expected, CueKind.RESUMED]
    assert list(step_cues(plan, step))[-1] == Cue(
        kind=CueKind.RESUMED, exercise="bird_dogs", side=LEFT, number=4
    )


def test_a_set_that_is_repeated_is_introduced_in_full_but_begins_anew() -> None:
    plan = plan_of("bird_dogs")
    work = plan.steps[plan.first_work("bird_dogs", 1)]

    assert kinds(plan, lead_of(Lead.REPEATED, work, repetition=7)) == [
        CueKind.EXERCISE,
        CueKind.SET_UP,
        CueKind.MOVE,
        CueKind.SAFETY,
        CueKind.DOSE,
    ]


@pytest.mark.parametrize("first", [RIGHT, LEFT])
@pytest.mark.parametrize("work", [0, 1])
def test_an_explanation_names_the_side_that_comes_not_the_one_that_was_first(
    first: Side, work: int
) -> None:
    plan = plan_of("side_planks", first_side=first)
    step = steps_of(plan, StepKind.WORK)[work]
    cues = step_cues(plan, lead_of(Lead.EXPLAINED, step))

    assert [cue.side for cue in cues if cue.kind is CueKind.FIRST_SIDE] == [step.side]


def test_easing_to_sets_of_different_length_names_no_dose() -> None:
    sets = Dose(sets=(7, 5))
    plan = build_plan(
        Routine.BEGINNER, [Prescription(exercise=exercise("bridges"), dose=sets)]
    )
    work = plan.steps[plan.first_work("bridges", 1)]

    assert list(step_cues(plan, lead_of(Lead.EASED, work))) == [Cue(kind=CueKind.EASED)]


def test_easing_says_the_dose_that_is_left() -> None:
    plan = plan_of("bird_dogs", indices=(-2,))
    work = plan.steps[plan.first_work("bird_dogs", 1)]

    assert list(step_cues(plan, lead_of(Lead.EASED, work))) == [
        Cue(kind=CueKind.EASED),
        Cue(
            kind=CueKind.DOSE,
            exercise="bird_dogs",
            pattern=Pattern.ALTERNATING_PAIRS,
            number=6,
            side=RIGHT,
        ),
    ]


# Words in a repetition


@pytest.mark.parametrize(
    ("id_", "index", "expected"),
    [
        ("bridges", -3, [(n, None) for n in range(1, 6)]),
        ("bird_dogs", -3, [(n, side) for n in range(1, 6) for side in (RIGHT, LEFT)]),
        ("dead_bugs", -3, [(1, RIGHT), (2, LEFT), (3, RIGHT), (4, LEFT)]),
        ("side_planks", -3, [(n, None) for n in range(1, 6)]),
    ],
)
def test_counts_name_the_side_wherever_it_changes(
    id_: str, index: int, expected: list[tuple[int, Side | None]]
) -> None:
    counts = [each.count for each in work_cues(id_, index)]

    assert [(cue.number, cue.side) for cue in counts] == expected
    assert {cue.kind for cue in counts} == {CueKind.COUNT}


def test_counts_name_the_left_side_first_where_it_begins() -> None:
    first, second, *_ = work_cues("bird_dogs", side=LEFT)

    assert (first.count.side, second.count.side) == (LEFT, RIGHT)


@pytest.mark.parametrize(
    ("id_", "is_held", "has_halfway"),
    [
        ("pelvic_tilts", True, False),
        ("isometric_hip_flexion", True, False),
        ("bridges", False, False),
        ("simplified_piriformis_stretch", True, True),
        ("piriformis_stretch", True, True),
        ("dead_bugs", False, False),
        ("bird_dogs", True, False),
        ("fire_hydrants", False, False),
        ("single_leg_bridges", False, False),
        ("side_planks", True, True),
        ("single_leg_balance", True, True),
        ("monster_walks", False, False),
    ],
)
def test_holds_have_a_start_and_the_long_ones_a_halfway(
    id_: str, *, is_held: bool, has_halfway: bool
) -> None:
    cues = work_cues(id_)

    assert {bool(each.hold) for each in cues} == {is_held}
    assert {bool(each.halfway) for each in cues} == {has_halfway}


@pytest.mark.parametrize(("hold", "has_halfway"), [(9.999, False), (10, True)])
def test_halfway_is_said_from_ten_seconds_on(hold: float, *, has_halfway: bool) -> None:
    held = replace(exercise("bird_dogs"), hold=seconds(hold))
    plan = plan_of("bird_dogs")
    work = plan.steps[plan.first_work("bird_dogs", 1)]

    assert bool(repetition_cues(held, work, 0).halfway) is has_halfway


@pytest.mark.parametrize("id_", [id_ for id_ in DURATIONS if exercise(id_).hold])
def test_every_hold_is_released(id_: str) -> None:
    releases = [each.release for each in work_cues(id_)]

    assert set(releases) == {Cue(kind=CueKind.RELEASE, exercise=id_)}


@pytest.mark.parametrize(
    ("id_", "expected"),
    [("bridges", 2), ("dead_bugs", 2), ("fire_hydrants", 4)],
)
def test_without_a_hold_lowering_is_only_said_in_the_first_two(
    id_: str, expected: int
) -> None:
    releases = [each.release for each in work_cues(id_)]

    assert set(releases[:expected]) == {Cue(kind=CueKind.LOWER, exercise=id_)}
    assert set(releases[expected:]) == {None}


@pytest.mark.parametrize(
    ("id_", "index", "expected"),
    [
        ("bridges", 0, [8]),
        ("bird_dogs", 0, [17]),  # after both sides' ninth
        ("dead_bugs", 0, [8]),
        ("side_planks", 0, [8]),
        ("single_leg_balance", -3, [0]),
        ("monster_walks", 0, []),
    ],
)
def test_one_more_is_said_before_the_last_one_of_each_side(
    id_: str, index: int, expected: list[int]
) -> None:
    cues = work_cues(id_, index)

    assert [i for i, each in enumerate(cues) if each.after] == expected
    assert {cues[i].after for i in expected} <= {Cue(kind=CueKind.ONE_MORE)}


def test_a_lap_counts_steps_and_says_when_to_turn_and_which_lap_is_done() -> None:
    out, turn, back, lap = (
        [work_cues("monster_walks", work=1)[i] for i in chosen]
        for chosen in (range(10), [10], range(11, 21), [21])
    )

    assert [each.count for each in out] == [each.count for each in back]
    assert [each.count.number for each in out] == list(range(1, 11))
    assert {each.count.side for each in out} == {None}
    assert turn == [RepetitionCues(count=Cue(kind=CueKind.TURN, number=2))]
    assert lap == [RepetitionCues(count=Cue(kind=CueKind.LAP, number=2))]
    assert {(each.hold, each.release, each.after) for each in out} == {
        (None, None, None)
    }


# Safety


@pytest.mark.parametrize("id_", [id_ for id_ in DURATIONS if id_ != "monster_walks"])
@pytest.mark.parametrize("detail", Detail)
def test_the_safety_cue_is_said_before_every_set(id_: str, detail: Detail) -> None:
    for index in indices_of(id_):
        prescription = prescribe(exercise(id_), index, detail)
        plan = build_plan(Routine.BEGINNER, [prescription])
        said = [step.set for step in plan.steps if CueKind.SAFETY in kinds(plan, step)]
        assert said == list(range(1, len(prescription.dose.sets) + 1))


@pytest.mark.parametrize("detail", Detail)
def test_the_safety_cue_is_said_before_the_laps(detail: Detail) -> None:
    walks = prescribe(exercise("monster_walks"), 0, detail)
    plan = build_plan(Routine.ADVANCED, [walks])

    assert CueKind.SAFETY in kinds(plan, plan.steps[2])
