"""Phrases laid on steps: nothing overlaps, and everything is where it belongs."""

from datetime import timedelta
from itertools import pairwise

import pytest

from custom_components.back_exercise.engine.catalogue import Routine
from custom_components.back_exercise.engine.cues import Cue, CueKind
from custom_components.back_exercise.engine.plan import (
    CheckIn,
    Lead,
    Move,
    Place,
    Plan,
    Question,
    Step,
    StepKind,
)
from custom_components.back_exercise.engine.settings import Timing
from custom_components.back_exercise.engine.timeline import (
    BREATH,
    GAP,
    LengthOf,
    Spoken,
    Stretch,
    TimedStep,
    Timeline,
    cues_of,
    lay,
    leave_questions,
    stretch_at,
    stretches,
)

from .builders import (
    DURATIONS,
    SESSIONS,
    answering,
    exercise,
    indices_of,
    phrases,
    plan_of,
    routine,
    seconds,
    silent,
    stretch_of,
)

ZERO = seconds(0)

LENGTHS = {
    "silent": silent,
    "usual": phrases(0.7, {CueKind.MOVE: 6, CueKind.SET_UP: 7, CueKind.WELCOME: 5}),
    "long counts": phrases(0.5, {CueKind.COUNT: 3.4}),
    "long releases": phrases(0.5, {CueKind.RELEASE: 4, CueKind.LOWER: 4}),
    "long holds": phrases(0.5, {CueKind.HOLD: 6, CueKind.HALFWAY: 6}),
    "very long": phrases(8),
}
every_length = pytest.mark.parametrize("length_of", LENGTHS.values(), ids=LENGTHS)
HELD = [id_ for id_ in DURATIONS if exercise(id_).hold]
LOWERED = [id_ for id_ in DURATIONS if id_ != "monster_walks"]


def laid(id_: str, length_of: LengthOf = silent, index: int = 0) -> Timeline:
    """Return the timeline of an exercise, introduction and all."""
    plan = plan_of(id_, indices=(index,))
    return lay(plan, all_stretches(plan)[1], length_of)


def all_stretches(plan: Plan) -> list[Stretch]:
    """Return the stretches of a plan."""
    return list(stretches(plan))


def work_steps(timeline: Timeline) -> list[TimedStep]:
    """Return the work of a timeline."""
    return [each for each in timeline.steps if each.step.kind is StepKind.WORK]


def said(timeline: Timeline, kind: CueKind) -> list[Spoken]:
    """Return the cues of a kind."""
    return [spoken for spoken in timeline.spoken if spoken.cue.kind is kind]


def offsets(timeline: Timeline, kind: CueKind) -> list[float]:
    """Return the seconds at which the cues of a kind begin."""
    return [spoken.offset.total_seconds() for spoken in said(timeline, kind)]


# Durations


@pytest.mark.parametrize(("id_", "expected"), DURATIONS.items())
def test_an_exercise_without_words_is_laid_to_the_second_at_every_dose(
    id_: str, expected: tuple[int, ...]
) -> None:
    timelines = [laid(id_, index=index) for index in indices_of(id_)]
    introduction = seconds(20) + exercise(id_).setup

    assert [each.steps[0].end for each in timelines] == [introduction] * len(expected)
    assert [each.length - introduction for each in timelines] == [
        seconds(each) for each in expected
    ]


@pytest.mark.parametrize(("ids", "indices", "total"), SESSIONS.values(), ids=SESSIONS)
def test_a_session_without_words_is_laid_to_the_second_stretch_by_stretch(
    ids: tuple[str, ...], indices: tuple[int, ...], total: int
) -> None:
    plan = plan_of(*ids, indices=indices, check_in=CheckIn.EACH_EXERCISE)
    lengths = [lay(plan, each, silent).length for each in stretches(plan)]
    # a question is waited at for longer than an answer nominally takes
    waits = [answering(plan, step) - step.duration for step in plan.steps if step.asked]

    assert plan.nominal == seconds(total)
    assert sum(lengths, ZERO) == plan.nominal + sum(waits, ZERO)
    assert len(lengths) == 2 + 2 * len(ids) + 1


@pytest.mark.parametrize("id_", DURATIONS)
@pytest.mark.parametrize("tempo", [1.0, 1.25, 1.5])
def test_without_words_every_step_has_its_nominal_duration(
    id_: str, tempo: float
) -> None:
    plan = plan_of(
        "bridges",
        id_,
        indices=(3, 0),
        check_in=CheckIn.EACH_EXERCISE,
        timing=Timing(tempo=tempo),
    )

    for stretch in stretches(plan):
        steps = lay(plan, stretch, silent).steps
        assert [each.end - each.start for each in steps] == [
            answering(plan, step) if step.asked else step.duration
            for step in stretch.steps
        ]


# Stretches


def test_a_session_is_played_in_exercises_and_questions() -> None:
    plan = plan_of("bridges", "bird_dogs", check_in=CheckIn.EACH_EXERCISE)

    assert [(each.first, each.end) for each in stretches(plan)] == [
        (0, 1),  # pain before
        (1, 2),  # welcome
        (2, 4),  # bridges
        (4, 5),  # pain
        (5, 9),  # rest, change of position, bird dogs
        (9, 10),  # pain
        (10, 11),  # closing
    ]


def test_questions_that_are_left_keep_their_place_and_their_time() -> None:
    plan = plan_of("bridges", check_in=CheckIn.START_AND_END)
    closing = lay(plan, all_stretches(plan)[-1], LENGTHS["usual"])
    left = leave_questions(closing)

    assert [each.cue.kind for each in left.spoken] == [CueKind.CLOSING]
    assert [each.cue.kind for each in left.left] == [
        CueKind.PAIN_AFTER,
        CueKind.EFFORT_AFTER,
    ]
    assert (*left.spoken, *left.left) == closing.spoken
    assert left.length == closing.length


def test_questions_that_are_not_asked_are_passed_over_but_for_the_last_words() -> None:
    plan = plan_of("bridges", "bird_dogs")

    assert [(each.first, each.end) for each in stretches(plan)] == [
        (1, 2),
        (2, 4),
        (5, 9),
        (10, 11),
    ]


def test_there_is_no_stretch_behind_the_end() -> None:
    plan = plan_of("bridges")

    assert stretch_at(plan, Place(step=len(plan.steps))) is None


def test_a_stretch_from_the_middle_of_a_set_has_what_is_left_of_it() -> None:
    plan = plan_of("bridges", indices=(3,))
    work = plan.first_work("bridges", 1)

    stretch = stretch_at(plan, Place(step=work, repetition=4))

    assert stretch is not None
    first, *others = stretch.steps
    assert [each.number for each in first.repetitions] == [5, 6, 7]
    assert first.duration == seconds(27 - 3 * 3)
    assert others == list(plan.steps[work + 1 : work + 3])
    assert (stretch.first, stretch.skipped, stretch.end) == (work, 4, work + 3)


def test_a_stretch_knows_which_steps_of_the_plan_it_plays() -> None:
    plan = plan_of("bridges", indices=(3,))
    stretch = stretch_at(plan, Place(step=3))

    assert stretch is not None
    assert [stretch.index(number) for number in range(3)] == [3, 4, 5]
    assert stretch.end == 6


def test_a_lead_in_is_no_step_of_the_plan() -> None:
    plan = plan_of("bridges", indices=(3,))
    lead = Step(kind=StepKind.PREPARE, duration=ZERO, lead=Lead.SKIPPED)
    stretch = stretch_at(plan, Place(step=3), lead)

    assert stretch is not None
    assert [stretch.index(number) for number in range(4)] == [None, 3, 4, 5]
    assert stretch.end == 6


def test_repetitions_are_not_left_out_of_what_follows_a_question_passed_over() -> None:
    plan = plan_of("bridges", "bird_dogs")

    stretch = stretch_at(plan, Place(step=4, repetition=3))

    assert stretch == stretch_at(plan, Place(step=5))


# Nothing overlaps


@every_length
@pytest.mark.parametrize("name", Routine)
def test_there_is_always_silence_between_two_cues(
    name: Routine, length_of: LengthOf
) -> None:
    plan = routine(name)

    for stretch in stretches(plan):
        spoken = lay(plan, stretch, length_of).spoken
        assert all(one.end + GAP <= next_.offset for one, next_ in pairwise(spoken))


@every_length
@pytest.mark.parametrize("name", Routine)
def test_every_cue_is_heard_whole_within_its_stretch(
    name: Routine, length_of: LengthOf
) -> None:
    plan = routine(name)

    for stretch in stretches(plan):
        timeline = lay(plan, stretch, length_of)
        assert timeline.spoken[0].offset == ZERO
        assert timeline.spoken[-1].end <= timeline.length


@every_length
@pytest.mark.parametrize("name", Routine)
def test_every_cue_that_is_laid_was_there_to_be_measured(
    name: Routine, length_of: LengthOf
) -> None:
    plan = routine(name)

    for stretch in stretches(plan):
        needed = set(cues_of(plan, stretch))
        assert {each.cue for each in lay(plan, stretch, length_of).spoken} <= needed


@pytest.mark.parametrize("name", Routine)
def test_with_short_phrases_all_that_was_measured_is_heard(name: Routine) -> None:
    plan = routine(name)

    for stretch in stretches(plan):
        spoken = lay(plan, stretch, phrases(0.4)).spoken
        assert {each.cue for each in spoken} == set(cues_of(plan, stretch))


@every_length
@pytest.mark.parametrize("lead", [Lead.SKIPPED, Lead.TOO_HARD, Lead.PAIN])
def test_a_lead_in_is_followed_by_a_breath(lead: Lead, length_of: LengthOf) -> None:
    plan = plan_of("bridges", "dead_bugs")
    step = Step(kind=StepKind.REST, duration=ZERO, lead=lead)
    stretch = stretch_at(plan, Place(step=4), step)

    assert stretch is not None
    first, second, *_ = lay(plan, stretch, length_of).spoken
    assert second.offset == first.end + BREATH


def resting(rest: float, length_of: LengthOf) -> Timeline:
    """Lay out a rest of so many seconds for an exercise that hurt."""
    plan = plan_of("bridges", "dead_bugs")
    step = Step(kind=StepKind.REST, duration=seconds(rest), lead=Lead.HURT)
    stretch = stretch_at(plan, Place(step=4), step)
    assert stretch is not None
    return lay(plan, stretch, length_of)


def test_a_rest_for_pain_is_said_to_end_ten_seconds_before_it_does() -> None:
    timeline = resting(30, phrases(3))
    first, soon, *_ = timeline.spoken

    assert first.offset == ZERO
    assert soon.cue == Cue(kind=CueKind.GOING_ON, seconds=10)
    assert soon.offset == seconds(20)
    assert timeline.steps[0].end == seconds(30)


def test_what_ends_a_rest_for_pain_is_measured_before() -> None:
    plan = plan_of("bridges", "dead_bugs")
    stretch = resting(30, phrases(3)).stretch
    soon = Cue(kind=CueKind.GOING_ON, seconds=10)

    assert soon in set(cues_of(plan, stretch))


def test_words_that_fill_a_rest_for_pain_need_no_others() -> None:
    timeline = resting(30, phrases(3, {CueKind.DECISION: 20}))

    assert CueKind.GOING_ON not in {each.cue.kind for each in timeline.spoken}


def test_a_slow_voice_tells_of_the_end_of_a_rest_before_it() -> None:
    timeline = resting(30, phrases(3, {CueKind.GOING_ON: 12}))
    _, soon, *_ = timeline.spoken

    assert soon.end + GAP == timeline.steps[0].end


def test_words_that_outlast_their_step_stretch_it_by_a_breath() -> None:
    plan = plan_of("bridges", "bird_dogs")
    length_of = phrases(1, {CueKind.REST: 16})
    rest, change, *_ = lay(plan, stretch_of(plan, 5, 7), length_of).steps

    assert rest.end == change.start == seconds(16) + BREATH
    assert change.end - change.start == seconds(15)


# Instructions and the count-in


def test_short_instructions_leave_their_step_as_long_as_it_is() -> None:
    introduction, *_ = laid("bridges", phrases(1)).steps

    assert introduction.end == seconds(20)


def test_long_instructions_stretch_their_step() -> None:
    introduction, *_ = laid("bridges", phrases(1, {CueKind.MOVE: 30})).steps

    # five sentences with a breath after each, then three beats of 1.15 s
    assert introduction.end == seconds(4 + 30 + 5 * 0.6 + 3 * 1.15)


def test_sentences_of_an_instruction_are_a_breath_apart() -> None:
    timeline = laid("bridges", phrases(2))
    sentences = timeline.spoken[:5]

    assert [each.offset for each in sentences] == [
        number * (seconds(2) + BREATH) for number in range(5)
    ]


@every_length
@pytest.mark.parametrize("id_", DURATIONS)
def test_the_count_in_ends_exactly_when_work_begins(
    id_: str, length_of: LengthOf
) -> None:
    timeline = laid(id_, length_of, index=0)
    work = work_steps(timeline)[0]
    three, two, one = said(timeline, CueKind.COUNT_IN)[:3]

    assert [each.cue.number for each in (three, two, one)] == [3, 2, 1]
    assert two.offset - three.offset == one.offset - two.offset
    assert work.start - one.offset == one.offset - two.offset


def test_the_count_in_beats_the_second_where_the_numbers_allow_it() -> None:
    assert offsets(laid("bridges", phrases(0.8)), CueKind.COUNT_IN) == [17, 18, 19]


def test_the_count_in_comes_before_every_set_and_side() -> None:
    timeline = laid("side_planks")

    assert [each.start.total_seconds() for each in work_steps(timeline)] == [20, 230]
    assert offsets(timeline, CueKind.COUNT_IN) == [17, 18, 19, 227, 228, 229]


def test_laps_follow_each_other_without_a_count_in() -> None:
    timeline = laid("monster_walks")

    assert offsets(timeline, CueKind.COUNT_IN) == [37, 38, 39]
    assert [each.start.total_seconds() for each in work_steps(timeline)] == [
        40,
        86,
        132,
    ]


# Repetitions


def test_a_repetition_with_a_short_hold_is_heard_like_this() -> None:
    spoken = laid("pelvic_tilts", phrases(0.5)).spoken
    first = [
        (each.offset.total_seconds() - 20, each.cue.kind)
        for each in spoken
        if seconds(20) <= each.offset < seconds(29)
    ]

    assert first == [(0, CueKind.COUNT), (2, CueKind.HOLD), (5, CueKind.RELEASE)]


def test_a_repetition_with_a_long_hold_is_heard_like_this() -> None:
    spoken = laid("side_planks", phrases(0.5)).spoken
    ninth = [
        (each.offset.total_seconds() - 180, each.cue.kind)
        for each in spoken
        if seconds(180) <= each.offset < seconds(200)
    ]

    assert ninth == [
        (0, CueKind.COUNT),
        (2, CueKind.HOLD),
        (7, CueKind.HALFWAY),
        (12, CueKind.RELEASE),
        (19, CueKind.ONE_MORE),
    ]


def test_a_repetition_without_a_hold_is_heard_like_this() -> None:
    spoken = laid("bridges", phrases(0.5)).spoken
    first = [
        (each.offset.total_seconds() - 20, each.cue.kind)
        for each in spoken
        if seconds(20) <= each.offset < seconds(26)
    ]

    assert first == [(0, CueKind.COUNT), (2, CueKind.LOWER)]


@every_length
@pytest.mark.parametrize("id_", DURATIONS)
def test_every_count_is_at_the_start_of_its_repetition(
    id_: str, length_of: LengthOf
) -> None:
    timeline = laid(id_, length_of)
    starts = [each.start for step in work_steps(timeline) for each in step.repetitions]
    counted = {CueKind.COUNT, CueKind.TURN, CueKind.LAP}

    assert [
        each.offset for each in timeline.spoken if each.cue.kind in counted
    ] == starts


@every_length
@pytest.mark.parametrize("id_", HELD)
def test_a_hold_is_exactly_as_long_as_prescribed(id_: str, length_of: LengthOf) -> None:
    timeline = laid(id_, length_of)
    cues = [
        each
        for each in timeline.spoken
        if each.cue.kind in (CueKind.HOLD, CueKind.RELEASE)
    ]
    held = [
        after.offset - before.offset
        for before, after in pairwise(cues)
        if before.cue.kind is CueKind.HOLD
    ]

    assert set(held) <= {exercise(id_).hold}


@pytest.mark.parametrize("name", ["silent", "usual", "long releases"])
@pytest.mark.parametrize("id_", HELD)
def test_every_hold_has_its_word_at_the_beginning_where_there_is_time(
    id_: str, name: str
) -> None:
    timeline = laid(id_, LENGTHS[name])
    holds = [each.offset for each in said(timeline, CueKind.HOLD)]
    releases = [each.offset for each in said(timeline, CueKind.RELEASE)]

    assert holds == [each - exercise(id_).hold for each in releases]


@every_length
@pytest.mark.parametrize("id_", HELD)
def test_release_is_said_when_the_hold_is_over_whatever_else_is_said(
    id_: str, length_of: LengthOf
) -> None:
    timeline = laid(id_, length_of)
    lift = lift_of(timeline, length_of)
    starts = [each.start for step in work_steps(timeline) for each in step.repetitions]

    assert [each.offset for each in said(timeline, CueKind.RELEASE)] == [
        start + lift + exercise(id_).hold for start in starts
    ]


def lift_of(timeline: Timeline, length_of: LengthOf) -> timedelta:
    """Return how long the way there is: two seconds, or the longest count."""
    counts = [each.length for each in said(timeline, CueKind.COUNT)]
    return max(seconds(2), max(counts) + GAP)


@every_length
@pytest.mark.parametrize("id_", LOWERED)
def test_the_way_back_is_never_shorter_than_the_way_there(
    id_: str, length_of: LengthOf
) -> None:
    timeline = laid(id_, length_of)
    lift = lift_of(timeline, length_of)

    assert all(
        each.done - each.start - lift - exercise(id_).hold >= max(lift, seconds(3))
        for step in work_steps(timeline)
        for each in step.repetitions
    )


@every_length
@pytest.mark.parametrize("id_", DURATIONS)
def test_both_sides_get_the_same(id_: str, length_of: LengthOf) -> None:
    timeline = laid(id_, length_of)
    lengths = {
        each.done - each.start
        for step in work_steps(timeline)
        for each, repetition in zip(
            step.repetitions, step.step.repetitions, strict=True
        )
        if repetition.move is not Move.TURN
    }

    assert len(lengths) == 1


@pytest.mark.parametrize("id_", ["side_planks", "piriformis_stretch"])
@every_length
def test_the_second_side_lasts_as_long_as_the_first(
    id_: str, length_of: LengthOf
) -> None:
    first, second = work_steps(laid(id_, length_of))

    assert first.end - first.start == second.end - second.start


def test_one_long_count_slows_the_way_there_of_every_repetition() -> None:
    def length_of(cue: Cue) -> timedelta:
        return seconds(2.85 * (cue.kind is CueKind.COUNT and cue.number == 7))

    (work,) = work_steps(laid("bridges", length_of))
    starts = [each.start for each in work.repetitions]

    assert {after - before for before, after in pairwise(starts)} == {seconds(7)}
    assert work.end - work.start == seconds(10 * 7)


def test_a_very_long_count_slows_the_way_back_as_much() -> None:
    (work,) = work_steps(laid("bridges", phrases(0, {CueKind.COUNT: 4.85})))

    assert {each.done - each.start for each in work.repetitions} == {seconds(10)}


def test_a_long_release_slows_the_way_back_of_every_repetition() -> None:
    (work,) = work_steps(laid("bridges", phrases(0, {CueKind.LOWER: 3.85})))

    assert {each.done - each.start for each in work.repetitions} == {seconds(6)}


def test_a_repetition_is_done_before_the_pause_after_it() -> None:
    (work,) = work_steps(laid("pelvic_tilts"))

    assert [(each.start, each.done) for each in work.repetitions] == [
        (seconds(20 + 9 * n), seconds(28 + 9 * n)) for n in range(10)
    ]
    assert work.end == seconds(110)


def test_a_step_or_turn_is_done_when_the_next_begins() -> None:
    lap, *_ = work_steps(laid("monster_walks", index=-3))
    _, *starts = [each.start for each in lap.repetitions]

    assert [each.done for each in lap.repetitions] == [*starts, lap.end]


def test_long_counts_slow_steps_and_turns_each_by_themselves() -> None:
    length_of = phrases(0, {CueKind.COUNT: 2.35, CueKind.TURN: 3.85})
    lap, *_ = work_steps(laid("monster_walks", length_of))

    assert lap.end - lap.start == seconds(2 * (10 * 2.5 + 4))


# Words that have no room


@pytest.mark.parametrize(
    ("length", "number"), [(2.84, 10), (2.85, 10), (2.86, 0), (5, 0)]
)
def test_the_word_hold_is_left_out_where_it_would_make_the_hold_longer(
    length: float, number: int
) -> None:
    timeline = laid("pelvic_tilts", phrases(0, {CueKind.HOLD: length}))

    assert len(said(timeline, CueKind.HOLD)) == number
    assert timeline.length == seconds(110)


@pytest.mark.parametrize(
    ("hold", "halfway", "number"),
    [
        (0.5, 1, 20),
        (4.85, 1, 20),
        (4.86, 1, 0),
        (6, 1, 0),
        (9, 0, 0),
        (0.5, 4.85, 20),
        (0.5, 4.86, 0),
    ],
)
def test_halfway_is_said_in_the_middle_or_not_at_all(
    hold: float, halfway: float, number: int
) -> None:
    timeline = laid(
        "side_planks", phrases(0, {CueKind.HOLD: hold, CueKind.HALFWAY: halfway})
    )
    said_at = zip(
        offsets(timeline, CueKind.HALFWAY),
        offsets(timeline, CueKind.HOLD),
        strict=False,
    )

    assert len(said(timeline, CueKind.HALFWAY)) == number
    assert [middle - start for middle, start in said_at] == [5] * number
    assert timeline.length == seconds(430)


@pytest.mark.parametrize(
    ("length", "expected"), [(0.5, [43]), (0.85, [43]), (1.85, [42]), (3.9, [])]
)
def test_one_more_is_said_at_the_end_of_the_repetition_or_not_at_all(
    length: float, expected: list[float]
) -> None:
    length_of = phrases(0, {CueKind.ONE_MORE: length, CueKind.COUNT: 1.85})
    timeline = laid("bridges", length_of, index=-3)  # the fourth ends at 44

    assert offsets(timeline, CueKind.ONE_MORE) == expected


def test_one_more_is_left_out_where_the_release_is_too_long() -> None:
    length_of = phrases(0.5, {CueKind.RELEASE: 2.85, CueKind.ONE_MORE: 1.85})

    assert said(laid("pelvic_tilts", length_of), CueKind.ONE_MORE) == []


# Questions


@pytest.mark.parametrize("length", [0, 3, 14])
@pytest.mark.parametrize("check_in", [CheckIn.EACH_EXERCISE, CheckIn.START_AND_END])
def test_an_answer_is_waited_for_from_the_end_of_the_words(
    check_in: CheckIn, length: float
) -> None:
    plan = plan_of(
        "bridges", check_in=check_in, timing=Timing(answer_before=seconds(20))
    )
    waits = {
        step.question: timeline.length - timeline.spoken[-1].end
        for stretch in stretches(plan)
        for step in stretch.steps[:1]
        for timeline in [lay(plan, stretch, phrases(length))]
        if step.asked
    }

    assert waits.pop(Question.BEFORE) == seconds(20)
    assert set(waits.values()) == {seconds(30)}


@pytest.mark.parametrize(("length", "expected"), [(0, 0), (3, 3.3), (40, 40.3)])
def test_the_closing_fades_after_its_words_where_nothing_is_asked(
    length: float, expected: float
) -> None:
    plan = plan_of("bridges")
    closing = stretch_of(plan, len(plan.steps) - 1)

    assert lay(plan, closing, phrases(length)).length == seconds(expected)


def test_what_leads_to_a_question_is_played_by_itself() -> None:
    plan = plan_of("bridges", check_in=CheckIn.EACH_EXERCISE)
    lead = Step(kind=StepKind.PREPARE, duration=ZERO, lead=Lead.SKIPPED)
    stretch = stretch_at(plan, Place(step=4), lead)

    assert stretch is not None
    assert stretch.steps == (lead,)
    assert (stretch.first, stretch.end, stretch.is_lead) == (4, 4, True)
    assert [each.is_lead for each in stretches(plan)] == [False] * 5
