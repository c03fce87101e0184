"""A session as it is played: what happens when, and what each command does to it."""

from datetime import timedelta

import pytest

from custom_components.back_exercise.engine.catalogue import Dose, Routine
from custom_components.back_exercise.engine.cues import CueKind
from custom_components.back_exercise.engine.events import (
    PauseReason,
    SessionEnded,
    SessionOutcome,
    SharpPain,
    StepStarted,
)
from custom_components.back_exercise.engine.plan import (
    CheckIn,
    Detail,
    Lead,
    Plan,
    Prescription,
    Question,
    Side,
    StepKind,
    build_plan,
)
from custom_components.back_exercise.engine.session import (
    ALLOWED,
    PAUSE_LIMIT,
    Command,
    CommandNotAllowed,
    Session,
    SessionState,
    Snapshot,
)
from custom_components.back_exercise.engine.timeline import lay

from .builders import (
    DURATIONS,
    START,
    Player,
    endings,
    exercise,
    indices_of,
    lead_of,
    phrases,
    plan_of,
    playing,
    repetitions_of,
    routine,
    seconds,
    silent,
    started,
    state_of,
    timetable,
    told,
)

BEGINNER = routine(Routine.BEGINNER)
INTERMEDIATE = routine(Routine.INTERMEDIATE)

PAUSE = Command.PAUSE
RESUME = Command.RESUME
NEXT = Command.NEXT
PREVIOUS = Command.PREVIOUS
REPEAT = Command.REPEAT
EXPLAIN = Command.EXPLAIN
EASIER = Command.EASIER
SHARP_PAIN = Command.SHARP_PAIN
STOP = Command.STOP

RESUMING = 3.6
"""Seconds until work goes on, without phrases: a breath and three beats."""


def preparing(plan: Plan) -> Player:
    """Return a session that was started but of which nothing was begun."""
    player = Player(plan)
    player.press(Command.START)
    return player


def pressed(plan: Plan, command: Command, second: float) -> Player:
    """Return a session in which a command was given at a second."""
    player = playing(plan)
    player.press(command, at=second)
    return player


def what(player: Player, second: float | None = None) -> list[str]:
    """Play until a second, or the end; return what happened, without the times."""
    events = player.to_the_end() if second is None else player.until(second)
    return [told(event) for event in events]


def spoken_in(player: Player) -> list[CueKind]:
    """Return the kinds of what is said in the stretch that plays."""
    return [each.cue.kind for each in player.timelines[-1].spoken]


# A whole session

BEGINNER_TIMETABLE = """\
0 beginner session started
0 ask before
60 normal session begun at None
60 prepare
80 pelvic_tilts started
80 prepare pelvic_tilts
100 work pelvic_tilts both
108 pelvic_tilts 1:1 both
117 pelvic_tilts 1:2 both
126 pelvic_tilts 1:3 both
135 pelvic_tilts 1:4 both
144 pelvic_tilts 1:5 both
153 pelvic_tilts 1:6 both
162 pelvic_tilts 1:7 both
171 pelvic_tilts 1:8 both
180 pelvic_tilts 1:9 both
189 pelvic_tilts 1:10 both
190 pelvic_tilts done 10 of 10
190 ask exercise pelvic_tilts
205 rest isometric_hip_flexion
220 isometric_hip_flexion started
220 prepare isometric_hip_flexion
240 work isometric_hip_flexion alternating
248 isometric_hip_flexion 1:1 right
258 isometric_hip_flexion 1:1 left
268 isometric_hip_flexion 1:2 right
278 isometric_hip_flexion 1:2 left
288 isometric_hip_flexion 1:3 right
298 isometric_hip_flexion 1:3 left
308 isometric_hip_flexion 1:4 right
318 isometric_hip_flexion 1:4 left
328 isometric_hip_flexion 1:5 right
338 isometric_hip_flexion 1:5 left
348 isometric_hip_flexion 1:6 right
358 isometric_hip_flexion 1:6 left
368 isometric_hip_flexion 1:7 right
378 isometric_hip_flexion 1:7 left
388 isometric_hip_flexion 1:8 right
398 isometric_hip_flexion 1:8 left
408 isometric_hip_flexion 1:9 right
418 isometric_hip_flexion 1:9 left
428 isometric_hip_flexion 1:10 right
438 isometric_hip_flexion 1:10 left
440 isometric_hip_flexion done 10 of 10
440 ask exercise isometric_hip_flexion
455 rest bridges
470 bridges started
470 prepare bridges
490 work bridges both
495 bridges 1:1 both
501 bridges 1:2 both
507 bridges 1:3 both
513 bridges 1:4 both
519 bridges 1:5 both
525 bridges 1:6 both
531 bridges 1:7 both
537 bridges 1:8 both
543 bridges 1:9 both
549 bridges 1:10 both
550 bridges done 10 of 10
550 ask exercise bridges
565 rest simplified_piriformis_stretch
580 simplified_piriformis_stretch started
580 prepare simplified_piriformis_stretch
600 work simplified_piriformis_stretch right
615 simplified_piriformis_stretch 1:1 right
631 simplified_piriformis_stretch 1:2 right
647 simplified_piriformis_stretch 1:3 right
663 simplified_piriformis_stretch 1:4 right
679 simplified_piriformis_stretch 1:5 right
680 change_side simplified_piriformis_stretch left
690 work simplified_piriformis_stretch left
705 simplified_piriformis_stretch 1:1 left
721 simplified_piriformis_stretch 1:2 left
737 simplified_piriformis_stretch 1:3 left
753 simplified_piriformis_stretch 1:4 left
769 simplified_piriformis_stretch 1:5 left
770 simplified_piriformis_stretch done 5 of 5
770 ask exercise simplified_piriformis_stretch
785 ask after
815 session completed"""


def test_the_beginner_session_is_played_to_its_timetable() -> None:
    player = playing(BEGINNER)
    player.to_the_end()

    assert timetable(player.events) == BEGINNER_TIMETABLE


def test_what_was_foreseen_is_what_is_wanted_when_nothing_intervenes() -> None:
    player = playing(BEGINNER)
    player.to_the_end()

    assert len(player.foreseen) == 10
    assert all(upcoming == wanted for upcoming, wanted in player.foreseen)


@pytest.mark.parametrize(
    ("check_in", "expected"),
    [
        (CheckIn.EACH_EXERCISE, ["ask before", "ask exercise bridges", "ask after"]),
        (CheckIn.START_AND_END, ["ask before", "ask after"]),
        (CheckIn.OFF, ["ask after"]),
    ],
)
def test_only_what_is_asked_takes_time_but_last_words_are_always_said(
    check_in: CheckIn, expected: list[str]
) -> None:
    player = playing(plan_of("bridges", check_in=check_in), phrases(1))
    played = what(player)

    assert [line for line in map(told, player.events) if line[:3] == "ask"] == expected
    assert CueKind.CLOSING in spoken_in(player)
    assert played[-1] == "session completed"


def test_a_multi_set_exercise_rests_between_its_sets() -> None:
    player = playing(plan_of("bridges", indices=(3,)))

    assert [
        line for line in timetable(player.until(180)).splitlines() if ":" not in line
    ] == [
        "20 bridges started",
        "20 prepare bridges",
        "40 work bridges both",
        "82 rest bridges",
        "112 work bridges both",
        "154 bridges done 14 of 14",
        "154 ask after",
        "154 session completed",
    ]


def test_laps_are_done_when_both_ways_are_walked() -> None:
    player = playing(plan_of("monster_walks", indices=(-1,)))
    player.to_the_end()

    (ended,) = endings(player.events)
    assert (ended.done, ended.planned) == (24, 24)
    assert len(repetitions_of(player.events, "monster_walks")) == 48


def test_steps_of_a_lap_are_half_done_on_the_way_back() -> None:
    player = playing(plan_of("monster_walks", indices=(-3,)))
    player.press(STOP, at=60 + 30 + 3 + 4)

    (ended,) = endings(player.events)
    assert (ended.done, ended.planned) == (8, 15)  # 15 out and 2 back


@pytest.mark.parametrize(
    ("id_", "second", "done"),
    [
        ("pelvic_tilts", 50, 1),
        ("bird_dogs", 49, 0),  # right only
        ("bird_dogs", 59, 1),
        ("dead_bugs", 55, 2),
        ("side_planks", 200, 0),  # right only
        ("side_planks", 310, 3),
    ],
)
def test_the_side_with_fewer_counts_where_both_have_a_dose(
    id_: str, second: float, done: int
) -> None:
    player = playing(plan_of(id_))
    player.press(STOP, at=second)

    assert [ended.done for ended in endings(player.events)] == [done]


# What it shows


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (
            30,
            Snapshot(
                state=SessionState.ASKING,
                allowed=frozenset({PAUSE, NEXT, SHARP_PAIN, STOP}),
                routine=Routine.INTERMEDIATE,
                at_gate=True,
                question=Question.BEFORE,
                step=StepKind.ASK,
                next_exercise="piriformis_stretch",
                step_ends_at=START + seconds(60),
            ),
        ),
        (
            120,
            Snapshot(
                state=SessionState.RUNNING,
                allowed=ALLOWED[SessionState.RUNNING] - {PREVIOUS},
                routine=Routine.INTERMEDIATE,
                step=StepKind.WORK,
                exercise="piriformis_stretch",
                next_exercise="dead_bugs",
                side=Side.RIGHT,
                set=1,
                sets=1,
                repetition=2,
                repetitions=5,
                step_ends_at=START + seconds(180),
                progress=(20 + 20 + 16) / 740,
            ),
        ),
        (
            185,
            Snapshot(
                state=SessionState.RUNNING,
                allowed=ALLOWED[SessionState.RUNNING] - {PREVIOUS},
                routine=Routine.INTERMEDIATE,
                step=StepKind.CHANGE_SIDE,
                exercise="piriformis_stretch",
                next_exercise="dead_bugs",
                side=Side.LEFT,
                set=1,
                sets=1,
                step_ends_at=START + seconds(190),
                progress=(20 + 20 + 80) / 740,
            ),
        ),
        (
            425,
            Snapshot(
                state=SessionState.RUNNING,
                allowed=ALLOWED[SessionState.RUNNING],
                routine=Routine.INTERMEDIATE,
                step=StepKind.CHANGE_POSITION,
                exercise="bird_dogs",
                next_exercise="fire_hydrants",
                set=1,
                sets=1,
                step_ends_at=START + seconds(435),
                progress=(20 + 190 + 15 + 20 + 70 + 15) / 740,
            ),
        ),
        (
            844.5,
            Snapshot(
                state=SessionState.RUNNING,
                allowed=ALLOWED[SessionState.RUNNING] - {EXPLAIN},
                routine=Routine.INTERMEDIATE,
                step=StepKind.WORK,
                exercise="fire_hydrants",
                side=Side.LEFT,
                set=1,
                sets=1,
                repetition=10,
                repetitions=10,
                step_ends_at=START + seconds(845),
                progress=1,
            ),
        ),
        (
            890,
            Snapshot(
                state=SessionState.ENDED,
                allowed=frozenset(),
                routine=Routine.INTERMEDIATE,
                progress=1,
            ),
        ),
    ],
)
def test_it_shows_where_it_is(second: float, expected: Snapshot) -> None:
    assert playing(INTERMEDIATE, until=second).session.snapshot == expected


def test_before_the_start_it_shows_that_it_can_be_started() -> None:
    assert Session(BEGINNER).snapshot == Snapshot(
        state=SessionState.READY,
        allowed=frozenset({Command.START}),
        routine=Routine.BEGINNER,
    )


def test_while_a_stretch_is_prepared_nothing_ends() -> None:
    session = preparing(BEGINNER).session

    assert session.state is SessionState.PREPARING
    assert session.next_at is None
    assert session.snapshot.step is StepKind.ASK
    assert session.snapshot.step_ends_at is None
    assert session.advance(START + timedelta(hours=1)) == []


def test_the_next_exercise_is_the_next_one_also_between_two() -> None:
    snapshot = playing(BEGINNER, until=210).session.snapshot

    assert snapshot.exercise == "isometric_hip_flexion"
    assert snapshot.next_exercise == "bridges"


def test_a_lead_in_is_shown_as_what_it_is() -> None:
    player = playing(BEGINNER)
    player.press(SHARP_PAIN, at=130)
    player.until(140)

    assert player.session.snapshot.step is StepKind.REST
    assert player.session.snapshot.step_ends_at == START + seconds(160)


# Beginning, anchoring, being late


def test_another_stretch_than_the_wanted_one_is_refused() -> None:
    session = preparing(BEGINNER).session
    other = playing(plan_of("bridges")).timelines[0]
    before = state_of(session)

    with pytest.raises(ValueError, match="not the stretch"):
        session.begin(other, START)

    assert state_of(session) == before


def test_what_was_prepared_before_a_pause_is_refused_in_it() -> None:
    session = preparing(BEGINNER).session
    assert session.wanted
    timeline = lay(session.plan, session.wanted, silent)
    session.handle(PAUSE, START)

    with pytest.raises(ValueError, match="not the stretch"):
        session.begin(timeline, START)


def test_time_runs_from_when_a_stretch_is_heard_not_from_when_it_is_wanted() -> None:
    session = preparing(plan_of("bridges")).session
    assert session.wanted
    timeline = lay(session.plan, session.wanted, silent)

    events = session.begin(timeline, START + seconds(2.5))

    assert timetable(events) == "2.5 prepare"
    assert session.next_at == START + seconds(22.5)


def test_an_anchor_moves_everything_that_is_still_to_come() -> None:
    player = playing(plan_of("bridges"), until=30)
    player.session.anchor(START + seconds(21.2))

    assert player.session.begun_at == START + seconds(21.2)
    assert timetable(player.until(47)) == (
        "41.2 work bridges both\n46.2 bridges 1:1 both"
    )


def test_an_anchor_without_anything_playing_is_ignored() -> None:
    player = playing(BEGINNER)
    player.press(PAUSE, at=130)
    before = state_of(player.session)

    player.session.anchor(START)

    assert state_of(player.session) == before


@pytest.mark.parametrize("by", [seconds(3600), seconds(-3600)])
def test_a_clock_that_is_set_changes_nothing_of_what_is_to_come(by: timedelta) -> None:
    player = playing(plan_of("bridges"), until=30)
    due = player.session.next_at
    assert due

    player.session.clock_set(by)

    assert player.session.next_at == due + by
    assert player.session.advance(START + by + seconds(30)) == []


def test_a_pause_is_as_long_as_it_is_whatever_clocks_show() -> None:
    player = playing(BEGINNER)
    player.press(PAUSE, at=130)
    due = player.session.next_at
    assert due

    player.session.clock_set(seconds(3600))

    assert player.session.next_at == due + seconds(3600)


def test_being_told_late_catches_up_with_every_event_at_its_moment() -> None:
    punctual = playing(plan_of("bridges", indices=(3,)), until=21)
    late = playing(plan_of("bridges", indices=(3,)), until=21)

    events = late.session.advance(START + timedelta(minutes=10))

    assert events == punctual.until(600)[:18]
    assert late.session.state is SessionState.PREPARING
    assert late.session.next_at is None


def test_being_told_too_early_changes_nothing() -> None:
    player = playing(BEGINNER, until=100)

    assert player.session.advance(START + seconds(107.999)) == []


# Questions


def test_the_question_before_is_over_after_its_time() -> None:
    player = playing(BEGINNER, until=59.9)

    assert player.session.state is SessionState.ASKING
    assert timetable(player.until(60)) == "60 normal session begun at None\n60 prepare"


# Pausing

PAUSED_WITHIN = [
    (id_, done)
    for id_, count in {
        "pelvic_tilts": 5,
        "isometric_hip_flexion": 10,
        "dead_bugs": 4,
        "piriformis_stretch": 3,
        "monster_walks": 32,
    }.items()
    for done in range(count)
]


@pytest.mark.parametrize(("id_", "done"), PAUSED_WITHIN)
def test_pause_keeps_the_position_to_the_repetition(id_: str, done: int) -> None:
    plan = plan_of(id_, indices=(-3,))
    uninterrupted = playing(plan)
    uninterrupted.to_the_end()
    player = playing(plan, until=30)
    repetition = player.timelines[-1].steps[1].repetitions[done]
    in_it = 20 + (repetition.start + seconds(0.5)).total_seconds()

    player.press(PAUSE, at=in_it)
    player.press(RESUME, at=in_it + 300)
    player.to_the_end()

    assert [
        (each.set, each.number, each.side)
        for each in repetitions_of(player.events, id_)
    ] == [
        (each.set, each.number, each.side)
        for each in repetitions_of(uninterrupted.events, id_)
    ]
    assert endings(player.events)[0].done == endings(uninterrupted.events)[0].done


@pytest.mark.parametrize("done", range(10))
def test_resuming_says_which_repetition_comes_and_counts_in(done: int) -> None:
    player = playing(plan_of("pelvic_tilts"))
    player.press(PAUSE, at=40 + 9 * done + 4)
    player.press(RESUME, at=300)
    assert player.session.wanted
    lead = player.session.wanted.steps[0]
    events = player.until(300 + RESUMING + 8)

    assert lead.lead is Lead.RESUMED
    assert lead.upcoming is not None
    assert lead.upcoming.number == done + 1
    assert timetable(events).splitlines() == [
        "300 (resumed) prepare pelvic_tilts both",
        "303.6 work pelvic_tilts both",
        f"311.6 pelvic_tilts 1:{done + 1} both",
    ]
    assert spoken_in(player)[:4] == [CueKind.RESUMED, *[CueKind.COUNT_IN] * 3]


def test_while_paused_nothing_happens_and_nothing_is_wanted() -> None:
    player = playing(BEGINNER)
    player.press(PAUSE, at=130)
    paused = player.session.snapshot
    events = player.until(130 + 899)

    assert events == []
    assert player.session.snapshot == paused
    assert player.session.wanted is None
    assert player.session.timeline is None
    assert paused.state is SessionState.PAUSED
    assert paused.pause_reason is PauseReason.PERSON
    assert (paused.step, paused.exercise, paused.repetition) == (
        StepKind.WORK,
        "pelvic_tilts",
        4,
    )
    assert paused.step_ends_at is None


def test_a_pause_by_the_speaker_says_so_until_it_is_over() -> None:
    player = playing(BEGINNER)
    events = player.press(PAUSE, at=130, pause_reason=PauseReason.SPEAKER)

    assert timetable(events) == "130 paused by speaker"
    assert player.session.snapshot.pause_reason is PauseReason.SPEAKER
    player.press(RESUME)
    assert player.session.snapshot.pause_reason is None


@pytest.mark.parametrize("second", [30, 70, 130, 200])
def test_a_pause_of_fifteen_minutes_ends_the_session_as_partial(second: float) -> None:
    player = playing(BEGINNER)
    player.press(PAUSE, at=second)

    assert player.session.next_at == START + seconds(second) + PAUSE_LIMIT
    assert player.until(second + 15 * 60 - 0.001) == []
    last = player.until(second + 15 * 60)[-1]
    assert timetable([last]) == f"{second + 900:g} session partial"
    assert timedelta(minutes=15) == PAUSE_LIMIT


def test_a_pause_that_is_noticed_late_ended_when_it_was_due() -> None:
    player = playing(BEGINNER)
    player.press(PAUSE, at=130)
    events = player.session.advance(START + timedelta(hours=8))

    assert timetable(events) == (
        "1030 pelvic_tilts unfinished 3 of 10\n1030 session partial"
    )


def test_each_pause_has_its_own_fifteen_minutes() -> None:
    player = playing(BEGINNER)
    player.press(PAUSE, at=130)
    player.press(RESUME, at=130 + 899)
    player.press(PAUSE)

    assert player.session.next_at == START + seconds(130 + 899) + PAUSE_LIMIT


@pytest.mark.parametrize(
    ("plan", "second", "expected"),
    [
        (BEGINNER, 30, ["ask before"]),
        (BEGINNER, 70, ["prepare"]),
        (BEGINNER, 90, ["prepare pelvic_tilts"]),
        (BEGINNER, 200, ["ask exercise pelvic_tilts"]),
        (BEGINNER, 210, ["rest isometric_hip_flexion"]),
        (BEGINNER, 685, ["change_side simplified_piriformis_stretch left"]),
        (BEGINNER, 790, ["ask after"]),
        (INTERMEDIATE, 425, ["change_position bird_dogs"]),
        (plan_of("bridges", indices=(3,)), 90, ["rest bridges"]),
    ],
)
def test_between_repetitions_resuming_begins_the_step_again(
    plan: Plan, second: float, expected: list[str]
) -> None:
    player = playing(plan)
    player.press(PAUSE, at=second)
    player.press(RESUME)

    assert what(player, second + 0.5) == expected


@pytest.mark.parametrize(
    ("plan", "second", "expected"),
    [
        # the exercise is done: on with the question, or what follows it
        (
            BEGINNER,
            189.5,
            [
                "pelvic_tilts done 10 of 10",
                "paused by person",
                "resumed",
                "ask exercise pelvic_tilts",
            ],
        ),
        (
            plan_of("bridges", "dead_bugs"),
            99.5,
            [
                "bridges done 10 of 10",
                "paused by person",
                "resumed",
                "rest dead_bugs",
            ],
        ),
        (
            plan_of("bridges"),
            99.5,
            [
                "bridges done 10 of 10",
                "paused by person",
                "resumed",
                "ask after",
                "session completed",
            ],
        ),
        # one side or set is done: on with the other
        (
            BEGINNER,
            679.5,
            [
                "paused by person",
                "resumed",
                "change_side simplified_piriformis_stretch left",
            ],
        ),
        (
            plan_of("bridges", indices=(3,)),
            81.5,
            ["paused by person", "resumed", "rest bridges"],
        ),
    ],
)
def test_after_the_last_repetition_of_a_step_resuming_goes_on_with_what_follows(
    plan: Plan, second: float, expected: list[str]
) -> None:
    player = playing(plan, until=second)
    since = len(player.events)
    player.press(PAUSE)
    player.press(RESUME)
    player.until(second + 0.5)

    assert list(map(told, player.events[since:])) == expected


def test_a_lap_that_is_walked_is_not_walked_again_after_a_pause() -> None:
    player = playing(plan_of("monster_walks", indices=(-2,)))
    player.press(PAUSE, at=60 + 46)
    player.press(RESUME)
    player.to_the_end()

    assert endings(player.events)[0].done == 20


def test_pausing_while_a_stretch_is_prepared_prepares_it_anew() -> None:
    player = preparing(BEGINNER)
    wanted = player.session.wanted
    player.press(PAUSE)
    assert player.session.wanted is None
    player.press(RESUME)

    assert player.session.wanted == wanted


@pytest.mark.parametrize("second", [30, 90, 130, 189.5, 679.5, 790])
def test_what_a_paused_session_goes_on_with_can_be_prepared_in_the_pause(
    second: float,
) -> None:
    player = playing(BEGINNER)
    player.press(PAUSE, at=second)
    upcoming = player.session.upcoming
    player.press(RESUME)

    assert upcoming is not None
    assert player.session.wanted == upcoming


def test_before_the_start_and_after_the_end_nothing_is_to_be_prepared() -> None:
    ready, ended = Session(BEGINNER), pressed(BEGINNER, STOP, 130).session

    assert (ready.upcoming, ready.wanted, ready.next_at) == (None, None, None)
    assert (ended.upcoming, ended.wanted, ended.next_at) == (None, None, None)


# Next


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        # questions and the welcome are passed over
        (30, ["normal session begun at None", "prepare"]),
        (70, ["pelvic_tilts started", "prepare pelvic_tilts"]),
        (200, ["rest isometric_hip_flexion"]),
        (790, ["session completed"]),
        # so is the rest before an exercise
        (210, ["isometric_hip_flexion started", "prepare isometric_hip_flexion"]),
        # an exercise is skipped, and asked about
        (
            90,
            [
                "pelvic_tilts skipped 0 of 10",
                "(skipped) prepare",
                "ask exercise pelvic_tilts",
            ],
        ),
        (
            130,
            [
                "pelvic_tilts skipped 3 of 10",
                "(skipped) prepare",
                "ask exercise pelvic_tilts",
            ],
        ),
        (
            685,
            [
                "simplified_piriformis_stretch skipped 0 of 5",
                "(skipped) prepare",
                "ask exercise simplified_piriformis_stretch",
            ],
        ),
    ],
)
def test_next_leaves_what_is_going_on(second: float, expected: list[str]) -> None:
    player = playing(BEGINNER, until=second)
    since = len(player.events)
    player.press(NEXT)
    player.until(second + 1)

    assert list(map(told, player.events[since:])) == expected


def test_next_skips_all_sets_of_an_exercise() -> None:
    player = playing(plan_of("bridges", "dead_bugs", indices=(3, 0)))
    player.press(NEXT, at=90)

    assert what(player, 93) == [
        "(skipped) prepare",
        "dead_bugs started",
        "prepare dead_bugs",
    ]
    assert told(endings(player.events)[0]) == "bridges skipped 7 of 14"


def test_next_in_a_change_of_position_goes_on_with_the_exercise() -> None:
    player = playing(INTERMEDIATE)
    player.press(NEXT, at=425)

    assert what(player, 426) == ["bird_dogs started", "prepare bird_dogs"]


def test_next_keeps_the_change_of_position_that_the_next_exercise_needs() -> None:
    player = playing(plan_of("dead_bugs", "bird_dogs"))
    player.press(NEXT, at=60)

    assert what(player, 61) == ["(skipped) prepare", "change_position bird_dogs"]


def test_next_before_an_exercise_has_begun_leaves_it_out_without_a_question() -> None:
    player = playing(BEGINNER, until=70)
    player.press(NEXT)
    events = player.press(NEXT)

    assert list(map(told, events)) == [
        "pelvic_tilts started",
        "pelvic_tilts skipped 0 of 10",
    ]
    assert what(player, 71) == [
        "(skipped) prepare",
        "isometric_hip_flexion started",
        "prepare isometric_hip_flexion",
    ]


def test_next_in_a_pause_goes_on() -> None:
    player = playing(BEGINNER)
    player.press(PAUSE, at=130)

    assert list(map(told, player.press(NEXT, at=200))) == [
        "resumed",
        "pelvic_tilts skipped 3 of 10",
    ]
    assert player.session.state is SessionState.PREPARING


def test_skipping_everything_still_comes_to_the_closing() -> None:
    player = playing(plan_of("bridges", "dead_bugs"), until=30)
    player.press(NEXT)
    player.press(NEXT, at=31)

    assert what(player) == [
        "(skipped) prepare",
        "ask after",
        "session completed",
    ]


# Previous


@pytest.mark.parametrize(
    ("second", "before"),
    [
        (210, "pelvic_tilts"),
        (230, "pelvic_tilts"),
        (300, "pelvic_tilts"),
        (450, "pelvic_tilts"),
        (460, "isometric_hip_flexion"),
        (700, "bridges"),
        (790, "simplified_piriformis_stretch"),
    ],
)
def test_previous_goes_back_to_the_exercise_before(second: float, before: str) -> None:
    player = playing(BEGINNER)
    player.press(PREVIOUS, at=second)

    assert what(player, second + 0.5) == [f"{before} started", f"prepare {before}"]


def test_previous_says_how_far_the_exercise_came_and_counts_both_anew() -> None:
    player = playing(plan_of("bridges", "dead_bugs"))
    events = player.press(PREVIOUS, at=100 + 35 + 15)
    player.to_the_end()

    assert list(map(told, events)) == ["dead_bugs unfinished 2 of 10"]
    assert list(map(told, endings(player.events))) == [
        "bridges done 10 of 10",
        "dead_bugs unfinished 2 of 10",
        "bridges done 10 of 10",
        "dead_bugs done 10 of 10",
    ]


def test_previous_in_a_pause_goes_on() -> None:
    player = playing(BEGINNER)
    player.press(PAUSE, at=300)

    assert list(map(told, player.press(PREVIOUS))) == [
        "resumed",
        "isometric_hip_flexion unfinished 3 of 10",
    ]
    assert player.session.snapshot.exercise == "pelvic_tilts"


def test_previous_never_goes_to_an_exercise_that_was_stopped_for_pain() -> None:
    player = playing(INTERMEDIATE)
    player.press(SHARP_PAIN, at=330)  # dead bugs
    player.until(480)
    assert player.session.snapshot.exercise == "bird_dogs"
    player.press(PREVIOUS)

    assert what(player, 481) == [
        "piriformis_stretch started",
        "prepare piriformis_stretch",
    ]


@pytest.mark.parametrize("second", [370, 420, 480])
def test_going_on_after_previous_leaves_out_what_was_stopped_for_pain(
    second: float,
) -> None:
    player = playing(INTERMEDIATE)
    player.press(SHARP_PAIN, at=330)  # dead bugs
    player.press(PREVIOUS, at=second)
    since = len(player.events)
    player.to_the_end()

    assert started(player.events[since:]) == [
        "piriformis_stretch",
        "bird_dogs",
        "fire_hydrants",
    ]
    assert "change_position bird_dogs" in map(told, player.events[since:])
    assert told(player.events[-1]) == "session completed"


def test_the_first_exercise_stopped_for_pain_leaves_nothing_before_the_second() -> None:
    player = playing(BEGINNER)
    player.press(SHARP_PAIN, at=130)
    player.until(230)

    assert player.session.snapshot.exercise == "isometric_hip_flexion"
    assert PREVIOUS not in player.session.allowed


# Repeat and explain


def test_repeat_gives_the_instructions_then_the_set_again() -> None:
    player = playing(plan_of("pelvic_tilts"), phrases(0.5))
    player.press(REPEAT, at=70)
    assert lead_of(player) is Lead.REPEATED
    player.to_the_end()

    assert spoken_in(player) == [CueKind.CLOSING]
    instructions = [each.cue.kind for each in player.timelines[-2].spoken[:8]]
    assert instructions == [
        CueKind.EXERCISE,
        CueKind.SET_UP,
        CueKind.MOVE,
        CueKind.SAFETY,
        CueKind.DOSE,
        *[CueKind.COUNT_IN] * 3,
    ]
    numbers = [each.number for each in repetitions_of(player.events, "pelvic_tilts")]
    assert numbers == [1, 2, 3, *range(1, 11)]
    assert list(map(told, endings(player.events))) == ["pelvic_tilts done 10 of 10"]


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (60, (1, 1)),
        (81.5, (1, 1)),  # in the last pause of the first set
        (90, (2, 1)),  # the rest belongs to the second
        (130, (2, 1)),
    ],
)
def test_repeat_begins_the_set_anew_and_keeps_those_before(
    second: float, expected: tuple[int, int]
) -> None:
    player = playing(plan_of("bridges", indices=(3,)))
    player.press(REPEAT, at=second)
    since = len(player.events)
    player.to_the_end()

    first = repetitions_of(player.events[since:], "bridges")[0]
    assert (first.set, first.number) == expected
    assert endings(player.events)[0].done == 14


@pytest.mark.parametrize("second", [120, 185, 220])
def test_repeat_on_either_side_begins_with_the_first(second: float) -> None:
    player = playing(plan_of("side_planks"), until=second)
    player.press(REPEAT)
    player.until(second + 30)

    assert player.session.step.side is Side.RIGHT
    assert player.session.snapshot.repetition == 2


def test_explain_gives_the_instructions_then_goes_on_where_it_was() -> None:
    player = playing(plan_of("bird_dogs"), phrases(0.5))
    player.press(EXPLAIN, at=40 + 35)
    assert lead_of(player) is Lead.EXPLAINED
    player.to_the_end()

    instructions = [each.cue.kind for each in player.timelines[-2].spoken[:9]]
    assert instructions == [
        CueKind.EXERCISE,
        CueKind.SET_UP,
        CueKind.MOVE,
        CueKind.SAFETY,
        CueKind.DOSE,
        CueKind.RESUMED,
        *[CueKind.COUNT_IN] * 3,
    ]
    numbers = [
        (each.number, each.side) for each in repetitions_of(player.events, "bird_dogs")
    ]
    assert numbers == [(n, s) for n in range(1, 11) for s in (Side.RIGHT, Side.LEFT)]


@pytest.mark.parametrize("command", [REPEAT, EXPLAIN])
@pytest.mark.parametrize(
    ("plan", "second", "number"),
    [
        (BEGINNER, 90, 1),
        (plan_of("bridges", indices=(3,)), 90, 2),
    ],
)
def test_before_work_repeat_and_explain_give_the_instructions_of_what_comes(
    command: Command, plan: Plan, second: float, number: int
) -> None:
    player = playing(plan)
    player.press(command, at=second)
    player.until(second + 7)

    assert CueKind.SET_UP in spoken_in(player)
    assert player.session.snapshot.step is StepKind.WORK
    assert player.session.snapshot.set == number


BRIEFLY = [
    Prescription(exercise=each, dose=Dose(sets=(10,)), detail=Detail.SHORT)
    for each in map(exercise, ("pelvic_tilts", "bridges", "bird_dogs"))
]


@pytest.mark.parametrize("command", [REPEAT, EXPLAIN])
@pytest.mark.parametrize(
    ("second", "expected"),
    [
        # the rest before an exercise in the same position
        (140, ["bridges started", "prepare bridges"]),
        # the rest before an exercise in another position, and the change to it
        (235, ["change_position bird_dogs"]),
        (250, ["change_position bird_dogs"]),
    ],
)
def test_repeat_and_explain_between_exercises_go_to_the_next_and_introduce_it_in_full(
    command: Command, second: float, expected: list[str]
) -> None:
    plan = build_plan(Routine.BEGINNER, BRIEFLY, check_in=CheckIn.OFF)
    player = playing(plan)
    player.press(command, at=second)

    assert what(player, second + 1) == expected
    player.until(second + 30)
    assert CueKind.SET_UP in spoken_in(player)
    assert player.session.snapshot.exercise == expected[-1].split()[1]
    player.to_the_end()
    assert told(player.events[-1]) == "session completed"


def test_explain_in_the_change_of_side_names_the_side_that_comes() -> None:
    player = playing(BEGINNER)
    player.press(EXPLAIN, at=685)
    player.until(690)
    sides = [
        each.cue.side
        for each in player.timelines[-1].spoken
        if each.cue.kind is CueKind.FIRST_SIDE
    ]

    assert sides == [Side.LEFT]
    assert player.session.step.side is Side.LEFT


def test_explain_in_the_last_pause_of_a_side_explains_the_other() -> None:
    player = playing(BEGINNER)
    player.press(EXPLAIN, at=679.5)
    player.until(690)

    assert player.session.snapshot.step is StepKind.WORK
    assert player.session.step.side is Side.LEFT


@pytest.mark.parametrize("command", [REPEAT, EXPLAIN])
def test_repeat_and_explain_in_a_pause_go_on(command: Command) -> None:
    player = playing(BEGINNER)
    player.press(PAUSE, at=130)

    assert list(map(told, player.press(command))) == ["resumed"]
    assert player.session.state is SessionState.PREPARING


# Easier


@pytest.mark.parametrize("id_", DURATIONS)
def test_easier_plans_less_in_sets_that_are_no_longer_at_every_dose(id_: str) -> None:
    for index in indices_of(id_):
        player = playing(plan_of(id_, indices=(index,)), until=30)
        before = player.session.plan.prescription(id_).dose
        player.press(EASIER)
        after = player.session.plan.prescription(id_).dose
        player.to_the_end()
        (ended,) = endings(player.events)

        assert ended.outcome in ("done", "too_hard")
        assert (after.volume < before.volume) is (ended.outcome == "done")
        assert max(after.sets) <= max(before.sets)
        assert ended.planned == before.volume
        assert ended.done == after.volume * (ended.outcome == "done")


@pytest.mark.parametrize(
    ("second", "number"),
    [(30, 1), (41, 1), (77, 7), (83, 8)],
)
def test_easier_goes_on_where_it_was_with_less_to_come(
    second: float, number: int
) -> None:
    player = playing(plan_of("bridges"))
    player.press(EASIER, at=second)
    assert lead_of(player) is Lead.EASED
    since = len(player.events)
    player.to_the_end()

    numbers = [each.number for each in repetitions_of(player.events[since:], "bridges")]
    assert numbers == list(range(number, 9))
    assert list(map(told, endings(player.events))) == ["bridges done 8 of 10"]


def test_easier_says_so_with_the_new_dose_and_where_it_goes_on() -> None:
    player = playing(plan_of("bridges"), phrases(0.5))
    player.press(EASIER, at=60)
    player.prepare()

    assert spoken_in(player)[:6] == [
        CueKind.EASED,
        CueKind.DOSE,
        CueKind.RESUMED,
        *[CueKind.COUNT_IN] * 3,
    ]
    assert player.timelines[-1].spoken[1].cue.number == 8


def test_easier_twice_goes_down_two_steps() -> None:
    player = playing(plan_of("bridges"), until=50)
    player.press(EASIER)
    player.press(EASIER)
    player.to_the_end()

    assert list(map(told, endings(player.events))) == ["bridges done 6 of 10"]


def test_easier_in_two_sets_shortens_the_second() -> None:
    player = playing(plan_of("bridges", indices=(3,)))
    player.press(EASIER, at=60)
    player.to_the_end()

    done = [
        (each.set, each.number) for each in repetitions_of(player.events, "bridges")
    ]
    assert done == [(1, n) for n in range(1, 8)] + [(2, n) for n in range(1, 6)]
    assert list(map(told, endings(player.events))) == ["bridges done 12 of 14"]


def test_easier_at_the_lowest_step_ends_the_exercise_without_blame() -> None:
    player = playing(plan_of("bridges", "dead_bugs", indices=(-3, 0)))
    events = player.press(EASIER, at=52)

    assert list(map(told, events)) == ["bridges too_hard 2 of 5"]
    assert lead_of(player) is Lead.TOO_HARD
    assert what(player, 53) == [
        "(too_hard) prepare",
        "dead_bugs started",
        "prepare dead_bugs",
    ]


@pytest.mark.parametrize(
    ("check_in", "expected"),
    [
        (CheckIn.EACH_EXERCISE, "ask exercise bridges"),
        (CheckIn.START_AND_END, "dead_bugs started"),
        (CheckIn.OFF, "dead_bugs started"),
    ],
)
def test_easier_is_the_end_of_it_where_as_much_was_done_already(
    check_in: CheckIn, expected: str
) -> None:
    plan = plan_of("bridges", "dead_bugs", check_in=check_in, ask_before=False)
    player = playing(plan)
    events = player.press(EASIER, at=40 + 8 * 6 - 0.5)
    assert list(map(told, events)) == ["bridges done 8 of 10"]

    assert what(player, 89)[:2] == ["(eased) prepare bridges", expected]
    assert started(player.events).count("bridges") == 1


def test_easier_in_the_rest_before_an_exercise_is_about_that_one() -> None:
    player = playing(plan_of("bridges", "dead_bugs"))
    player.press(EASIER, at=105)
    since = len(player.events)

    assert player.session.plan.prescription("dead_bugs").dose == Dose(sets=(8,))
    assert player.session.plan.prescription("bridges").dose == Dose(sets=(10,))
    assert what(player, 200)[:4] == [
        "(eased) prepare dead_bugs",
        "rest dead_bugs",
        "dead_bugs started",
        "prepare dead_bugs",
    ]
    assert started(player.events[since:]) == ["dead_bugs"]


@pytest.mark.parametrize(
    ("id_", "index", "second", "done", "planned"),
    [
        ("bridges", 0, 60, 8, 10),
        ("bridges", 0, 98, 9, 10),  # nine were done, and that was enough
        ("bird_dogs", 0, 90, 8, 10),
        ("side_planks", -2, 60, 5, 6),
        ("bridges", 3, 60, 12, 14),
    ],
)
def test_easier_in_a_pause_changes_what_comes_after_it(
    id_: str, index: int, second: float, done: int, planned: int
) -> None:
    player = playing(plan_of(id_, indices=(index,)))
    player.press(PAUSE, at=second)
    player.press(EASIER)
    assert player.session.state is SessionState.PAUSED
    player.press(RESUME)
    player.to_the_end()

    (ended,) = endings(player.events)
    assert (ended.done, ended.planned, ended.outcome) == (done, planned, "done")


def test_easier_at_the_lowest_step_in_a_pause_ends_the_exercise_and_goes_on() -> None:
    player = playing(plan_of("bridges", indices=(-3,)))
    player.press(PAUSE, at=52)

    assert list(map(told, player.press(EASIER))) == [
        "resumed",
        "bridges too_hard 2 of 5",
    ]
    assert player.session.state is SessionState.PREPARING


# Sharp pain


@pytest.mark.parametrize(
    ("first", "then"), [((), ()), ((PAUSE,), (RESUME,))], ids=["playing", "paused"]
)
@pytest.mark.parametrize(
    ("plan", "second", "hurt"),
    [
        (BEGINNER, 90, "pelvic_tilts"),  # its introduction
        (BEGINNER, 130, "pelvic_tilts"),
        (BEGINNER, 189.5, "pelvic_tilts"),  # its last pause
        (BEGINNER, 200, "pelvic_tilts"),  # the question about it
        (BEGINNER, 210, "pelvic_tilts"),  # the rest after it
        (BEGINNER, 230, "isometric_hip_flexion"),
        (BEGINNER, 300, "isometric_hip_flexion"),
        (BEGINNER, 620, "simplified_piriformis_stretch"),
        (BEGINNER, 685, "simplified_piriformis_stretch"),  # its change of side
        (BEGINNER, 775, "simplified_piriformis_stretch"),
        (INTERMEDIATE, 425, "dead_bugs"),  # the change of position after it
        (plan_of("bridges", "dead_bugs", indices=(3, 0)), 90, "bridges"),
        (plan_of("bridges", "dead_bugs", indices=(3, 0)), 120, "bridges"),
    ],
)
def test_sharp_pain_ends_the_exercise_for_this_session_at_any_moment(
    plan: Plan,
    second: float,
    hurt: str,
    first: tuple[Command, ...],
    then: tuple[Command, ...],
) -> None:
    player = playing(plan, until=second)
    player.press_all(*first)
    events = player.press(SHARP_PAIN)
    player.press_all(*then)
    after = player.to_the_end()

    assert [each.exercise for each in events if isinstance(each, SharpPain)] == [hurt]
    assert repetitions_of(after, hurt) == []
    assert hurt not in started(after)
    assert told(after[-1]) == "session completed"


def test_after_sharp_pain_there_is_a_rest_then_the_question() -> None:
    player = playing(BEGINNER)
    events = player.press(SHARP_PAIN, at=130)

    assert timetable(events).splitlines() == [
        "130 sharp pain in pelvic_tilts",
        "130 I-1: stop_exercise",
        "130 pelvic_tilts pain 3 of 10",
    ]
    assert timetable(player.until(191)).splitlines() == [
        "130 (pain) rest",
        "160 ask exercise pelvic_tilts",
        "175 rest isometric_hip_flexion",
        "190 isometric_hip_flexion started",
        "190 prepare isometric_hip_flexion",
    ]


def test_after_sharp_pain_where_nothing_is_asked_there_is_one_rest() -> None:
    player = playing(plan_of("bridges", "bird_dogs"))
    player.press(SHARP_PAIN, at=60)

    assert timetable(player.until(106)).splitlines() == [
        "60 (pain) rest",
        "90 change_position bird_dogs",
        "105 bird_dogs started",
        "105 prepare bird_dogs",
    ]


def test_sharp_pain_in_a_pause_stays_paused_behind_the_exercise() -> None:
    player = playing(BEGINNER)
    player.press(PAUSE, at=130)
    player.press(SHARP_PAIN, at=140)

    assert player.session.state is SessionState.PAUSED
    assert player.session.next_at == START + seconds(130) + PAUSE_LIMIT
    player.press(RESUME)
    assert what(player, 141) == ["ask exercise pelvic_tilts"]


def test_a_second_exercise_stopped_for_pain_ends_the_session() -> None:
    player = playing(BEGINNER)
    player.press(SHARP_PAIN, at=130)
    events = player.press(SHARP_PAIN, at=230)

    assert timetable(events).splitlines() == [
        "230 sharp pain in isometric_hip_flexion",
        "230 I-5: end_session",
        "230 I-1: stop_exercise",
        "230 isometric_hip_flexion pain 1 of 10",
        "230 session pain",
    ]
    assert player.session.state is SessionState.ENDED


def test_a_second_exercise_stopped_for_pain_in_a_pause_ends_the_session() -> None:
    player = playing(BEGINNER)
    player.press(SHARP_PAIN, at=130)
    player.press(PAUSE, at=230)
    events = player.press(SHARP_PAIN)

    assert told(events[-1]) == "session pain"
    assert player.session.next_at is None


@pytest.mark.parametrize("second", [131, 161, 180])
def test_the_same_exercise_hurting_on_is_still_one_exercise(second: float) -> None:
    player = playing(BEGINNER)
    player.press(SHARP_PAIN, at=130)
    events = player.press(SHARP_PAIN, at=second)

    assert list(map(told, events)) == [
        "sharp pain in pelvic_tilts",
        "I-1: stop_exercise",
    ]
    assert lead_of(player) is Lead.PAIN


@pytest.mark.parametrize("command", [SHARP_PAIN, NEXT])
@pytest.mark.parametrize("is_begun", [False, True])
def test_pain_before_the_next_exercise_has_begun_belongs_to_the_one_before(
    command: Command, *, is_begun: bool
) -> None:
    player = playing(plan_of("bridges", "dead_bugs", "pelvic_tilts"), phrases(3))
    player.press(command, at=60)
    player.until(60 + is_begun)
    events = player.press(SHARP_PAIN)
    player.to_the_end()

    assert told(events[0]) == "sharp pain in bridges"
    assert started(player.events) == ["bridges", "dead_bugs", "pelvic_tilts"]


def test_easing_what_comes_next_does_not_take_the_pain_from_what_was_before() -> None:
    player = playing(plan_of("bridges", "dead_bugs", "pelvic_tilts"), phrases(1))
    player.press(EASIER, at=105)
    events = player.press(SHARP_PAIN, at=106)

    assert told(events[0]) == "sharp pain in bridges"


def test_sharp_pain_in_the_closing_is_about_the_last_exercise() -> None:
    player = playing(BEGINNER)
    events = player.press(SHARP_PAIN, at=790)

    assert told(events[0]) == "sharp pain in simplified_piriformis_stretch"
    assert lead_of(player) is Lead.PAIN


@pytest.mark.parametrize("second", [0, 30, 70])
def test_sharp_pain_outside_of_any_exercise_ends_the_session(second: float) -> None:
    player = playing(BEGINNER)
    events = player.press(SHARP_PAIN, at=second)

    assert list(map(told, events)) == [
        "sharp pain in None",
        "I-1: stop_exercise",
        "session pain",
    ]


def test_sharp_pain_before_the_first_exercise_is_begun_ends_the_session() -> None:
    player = playing(BEGINNER, until=70)
    player.press(NEXT)

    assert list(map(told, player.press(SHARP_PAIN))) == [
        "sharp pain in None",
        "I-1: stop_exercise",
        "session pain",
    ]


def test_sharp_pain_after_going_back_leaves_both_out() -> None:
    player = playing(BEGINNER)
    player.press(SHARP_PAIN, at=300)  # isometric hip flexion
    player.press(PREVIOUS, at=370)
    events = player.press(SHARP_PAIN, at=395)  # pelvic tilts

    assert told(events[0]) == "sharp pain in pelvic_tilts"
    assert told(events[-1]) == "session pain"


# Stop and interruption


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (0, ["session stopped"]),
        (30, ["session stopped"]),
        (70, ["session stopped"]),
        (90, ["pelvic_tilts unfinished 0 of 10", "session stopped"]),
        (130, ["pelvic_tilts unfinished 3 of 10", "session stopped"]),
        (200, ["session stopped"]),
        (210, ["session stopped"]),
        (
            685,
            ["simplified_piriformis_stretch unfinished 0 of 5", "session stopped"],
        ),
        (790, ["session stopped"]),
    ],
)
@pytest.mark.parametrize("first", [(), (PAUSE,)], ids=["playing", "paused"])
def test_stop_ends_the_session_at_any_moment(
    second: float, expected: list[str], first: tuple[Command, ...]
) -> None:
    player = playing(BEGINNER, until=second)
    player.press_all(*first)

    assert list(map(told, player.press(STOP))) == expected
    assert player.session.state is SessionState.ENDED
    assert player.session.next_at is None
    assert player.session.wanted is None
    assert player.until(second + 3600) == []


def test_the_reason_to_stop_is_kept() -> None:
    player = playing(BEGINNER)

    assert player.press(STOP, at=30, reason="the doorbell") == [
        SessionEnded(
            at=START + seconds(30),
            outcome=SessionOutcome.STOPPED,
            reason="the doorbell",
        )
    ]


def test_a_session_can_be_stopped_while_it_is_prepared() -> None:
    player = preparing(BEGINNER)

    assert list(map(told, player.press(STOP))) == ["session stopped"]


@pytest.mark.parametrize("first", [(), (PAUSE,)], ids=["playing", "paused"])
def test_an_interruption_ends_the_session_as_partial_and_only_once(
    first: tuple[Command, ...],
) -> None:
    player = playing(BEGINNER, until=130)
    player.press_all(*first)
    events = player.session.interrupt(START + seconds(131))

    assert timetable(events).splitlines() == [
        "131 pelvic_tilts unfinished 3 of 10",
        "131 session partial",
    ]
    assert player.session.interrupt(START + seconds(132)) == []


# What is refused

MID_SESSION = {PAUSE, NEXT, SHARP_PAIN, STOP}
MID_EXERCISE = {REPEAT, EXPLAIN, EASIER}


SITUATIONS: dict[str, tuple[Player, set[Command]]] = {
    "ready": (Player(BEGINNER), {Command.START}),
    "preparing a question": (preparing(BEGINNER), MID_SESSION),
    "preparing an exercise": (
        pressed(BEGINNER, NEXT, 70),
        MID_SESSION | MID_EXERCISE,
    ),
    "asking before": (playing(BEGINNER, until=30), MID_SESSION),
    "welcome": (playing(BEGINNER, until=70), MID_SESSION),
    "first introduction": (playing(BEGINNER, until=90), MID_SESSION | MID_EXERCISE),
    "first exercise": (playing(BEGINNER, until=130), MID_SESSION | MID_EXERCISE),
    "its last pause": (
        playing(BEGINNER, until=189.5),
        (MID_SESSION | MID_EXERCISE) - {EXPLAIN},
    ),
    "asking about the first": (playing(BEGINNER, until=200), MID_SESSION),
    "rest": (playing(BEGINNER, until=210), MID_SESSION | MID_EXERCISE | {PREVIOUS}),
    "second exercise": (
        playing(BEGINNER, until=300),
        MID_SESSION | MID_EXERCISE | {PREVIOUS},
    ),
    "asking about the second": (
        playing(BEGINNER, until=445),
        MID_SESSION | {PREVIOUS},
    ),
    "change of position": (
        playing(INTERMEDIATE, until=425),
        MID_SESSION | MID_EXERCISE | {PREVIOUS},
    ),
    "change of side": (
        playing(BEGINNER, until=685),
        MID_SESSION | MID_EXERCISE | {PREVIOUS},
    ),
    "last pause of the first side": (
        playing(BEGINNER, until=679.5),
        MID_SESSION | MID_EXERCISE | {PREVIOUS},
    ),
    "closing": (playing(BEGINNER, until=790), MID_SESSION | {PREVIOUS}),
    "paused in a question": (
        pressed(BEGINNER, PAUSE, 30),
        MID_SESSION - {PAUSE} | {RESUME},
    ),
    "paused in the second exercise": (
        pressed(BEGINNER, PAUSE, 300),
        (MID_SESSION | MID_EXERCISE | {PREVIOUS, RESUME}) - {PAUSE},
    ),
    "ended": (pressed(BEGINNER, STOP, 130), set()),
}


@pytest.mark.parametrize(("player", "expected"), SITUATIONS.values(), ids=SITUATIONS)
def test_only_what_makes_sense_is_offered(
    player: Player, expected: set[Command]
) -> None:
    assert player.session.allowed == expected
    assert player.session.snapshot.allowed == expected


@pytest.mark.parametrize(
    ("player", "command"),
    [
        (player, command)
        for player, allowed in SITUATIONS.values()
        for command in Command
        if command not in allowed
    ],
)
def test_what_is_not_offered_is_refused_and_changes_nothing(
    player: Player, command: Command
) -> None:
    before = state_of(player.session)

    with pytest.raises(CommandNotAllowed) as refusal:
        player.session.handle(command, player.now)

    assert (refusal.value.command, refusal.value.state) == (command, before[-1])
    assert str(refusal.value) == f"{command} is not possible while {before[-1]}"
    assert state_of(player.session) == before


def test_what_was_refused_leaves_no_trace_in_the_rest_of_the_session() -> None:
    player = playing(BEGINNER)
    for second in range(5, 815, 10):
        player.until(second)
        for command in set(Command) - player.session.allowed:
            assert player.press_if_allowed(command) is False
    player.to_the_end()

    assert timetable(player.events) == BEGINNER_TIMETABLE


def test_a_command_makes_no_event_out_of_the_future() -> None:
    player = playing(BEGINNER)
    events = player.press(NEXT, at=130)

    assert {event.at for event in events} == {START + seconds(130)}


def test_a_step_is_told_with_everything_that_belongs_to_it() -> None:
    player = playing(BEGINNER, until=100)
    step = player.events[-1]

    assert step == StepStarted(at=START + seconds(100), step=BEGINNER.steps[3])


def test_a_dose_that_is_not_of_the_ladder_is_led_as_it_stands() -> None:
    own = Prescription(exercise=exercise("bridges"), dose=Dose(sets=(3, 2)))
    player = playing(build_plan(Routine.BEGINNER, [own], check_in=CheckIn.OFF))
    player.to_the_end()

    assert list(map(told, endings(player.events))) == ["bridges done 5 of 5"]
