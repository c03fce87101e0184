"""What a session makes of ratings, of sharp pain and of signs that are reported."""

from datetime import timedelta
from typing import Any

import pytest

from custom_components.back_exercise.engine.catalogue import Routine
from custom_components.back_exercise.engine.cues import CueKind
from custom_components.back_exercise.engine.decision import Decision, Outcome, Rule
from custom_components.back_exercise.engine.diary import Context, Measure, SessionKind
from custom_components.back_exercise.engine.events import (
    DecisionMade,
    Event,
    GatePassed,
    SessionEnded,
    SessionOutcome,
)
from custom_components.back_exercise.engine.plan import (
    CheckIn,
    Lead,
    Place,
    Plan,
    Question,
    StepKind,
)
from custom_components.back_exercise.engine.session import (
    EFFORT_WAIT,
    Command,
    CommandNotAllowed,
    Session,
    SessionState,
)
from custom_components.back_exercise.engine.settings import Settings

from .builders import (
    START,
    Player,
    lead_of,
    phrases,
    plan_of,
    playing,
    repetitions_of,
    routine,
    seconds,
    started,
    state_of,
    timetable,
    told,
)

BEGINNER = routine(Routine.BEGINNER)
KNOWN = routine(Routine.BEGINNER, ask_before=False)
ASKED_BOTH = routine(Routine.BEGINNER, ask_next_day=True)
AT_BOTH_ENDS = routine(Routine.BEGINNER, CheckIn.START_AND_END)
UNASKED = routine(Routine.BEGINNER, CheckIn.OFF)

NOT_TODAY = Decision(rule=Rule.G_4, outcome=Outcome.NOT_TODAY)
LOCK = Decision(rule=Rule.SCREEN, outcome=Outcome.LOCK, variant="new")
MESSAGE = Decision(rule=Rule.G_9, outcome=Outcome.MESSAGE)


def rated(
    plan: Plan = BEGINNER,
    *,
    pain_before: int | None = 2,
    until: float = 0.0,
    **settings: Any,
) -> Player:
    """Return a session with a known pain before it, where nothing answers by itself."""
    session = Session(plan, pain_before=pain_before, settings=Settings(**settings))
    return playing(session, until=until, mute=True)


def what(events: list[Event]) -> list[str]:
    """Return what happened, without the times."""
    return list(map(told, events))


def rules(events: list[Event]) -> list[str]:
    """Return the rules that decided something."""
    return [each.decision.rule for each in events if isinstance(each, DecisionMade)]


# The question before


def test_a_session_begins_when_the_question_before_it_lies_behind() -> None:
    player = rated(pain_before=None)

    assert player.session.at_gate
    assert player.session.question is Question.BEFORE
    assert GatePassed(
        at=START + seconds(60), kind=SessionKind.NORMAL, pain_before=None
    ) in player.until(60)
    assert not player.session.at_gate
    assert [e for e in player.to_the_end() if isinstance(e, GatePassed)] == []


@pytest.mark.parametrize(
    "plan",
    [UNASKED, plan_of("bridges", check_in=CheckIn.EACH_EXERCISE, ask_before=False)],
)
def test_where_nothing_is_asked_before_a_session_begins_at_once(plan: Plan) -> None:
    session = Session(plan, kind=SessionKind.GENTLE, pain_before=3)
    events = session.handle(Command.START, START)

    assert what(events) == ["beginner session started", "gentle session begun at 3"]
    assert not session.at_gate


@pytest.mark.parametrize("second", [0, 12.5, 59])
def test_an_answer_goes_on_at_once_with_the_plan_that_it_leads_to(
    second: float,
) -> None:
    player = rated(pain_before=None, until=second)
    gentle = plan_of(
        "bridges", check_in=CheckIn.EACH_EXERCISE, indices=(-1,), ask_before=False
    )
    events = player.session.pass_gate(
        player.now, gentle, kind=SessionKind.GENTLE, pain_before=4
    )
    player.events += events

    assert what(events) == ["gentle session begun at 4"]
    assert player.session.snapshot.kind is SessionKind.GENTLE
    assert player.session.pain_before == 4
    assert what(player.until(second + 20)) == [
        "prepare",
        "bridges started",
        "prepare bridges",
    ]
    player.to_the_end()
    assert "bridges done 8 of 8" in what(player.events)


def test_an_answer_that_comes_before_the_question_is_heard_spares_it() -> None:
    player = Player(BEGINNER, mute=True)
    player.press(Command.START)
    player.pass_gate(KNOWN, 2)

    assert what(player.until(1)) == ["prepare"]


def test_an_answer_in_a_pause_keeps_it_paused_behind_the_question() -> None:
    player = rated(pain_before=None, until=10)
    player.press(Command.PAUSE)

    assert player.session.question is Question.BEFORE
    assert what(player.pass_gate(KNOWN, 2)) == ["normal session begun at 2"]
    assert player.session.state is SessionState.PAUSED
    assert player.session.question is None
    player.press(Command.RESUME)
    assert what(player.until(11)) == ["prepare"]


# The day after the session before (G-7)


def test_the_day_after_comes_first_and_then_the_pain_before() -> None:
    player = rated(ASKED_BOTH, pain_before=None)

    assert player.session.rating_of == (Context.NEXT_DAY, None)
    assert what(player.until(59)) == []
    assert what(player.until(60)) == ["ask before"]
    assert player.session.at_gate
    assert player.session.question is Question.BEFORE
    assert player.session.rating_of == (Context.BEFORE, None)
    assert what(player.until(120)) == ["normal session begun at None", "prepare"]


def test_where_the_pain_before_is_known_only_the_day_after_is_asked_for() -> None:
    plan = routine(Routine.BEGINNER, ask_before=False, ask_next_day=True)
    player = rated(plan)

    assert player.session.question is Question.NEXT_DAY
    assert what(player.until(60)) == ["normal session begun at 2", "prepare"]


def test_the_day_after_that_was_told_leads_to_the_pain_before() -> None:
    player = rated(ASKED_BOTH, pain_before=None, until=10)

    assert player.pass_gate(BEGINNER) == []
    assert player.session.question is Question.BEFORE
    assert what(player.until(11)) == ["ask before"]
    assert player.session.at_gate
    assert what(player.pass_gate(KNOWN, 2)) == ["normal session begun at 2"]


def test_the_day_after_that_was_told_leads_on_where_the_pain_is_known() -> None:
    plan = routine(Routine.BEGINNER, ask_before=False, ask_next_day=True)
    player = rated(plan, until=10)

    assert what(player.pass_gate(KNOWN, 2)) == ["normal session begun at 2"]
    assert not player.session.at_gate


def test_who_tells_the_pain_before_first_is_still_asked_for_the_day_after() -> None:
    player = rated(ASKED_BOTH, pain_before=None, until=10)
    plan = routine(Routine.BEGINNER, ask_before=False, ask_next_day=True)

    assert player.pass_gate(plan, 2) == []
    assert player.session.question is Question.NEXT_DAY
    assert what(player.until(11)) == ["ask next_day"]
    assert what(player.until(70)) == ["normal session begun at 2", "prepare"]


def test_what_was_not_told_of_the_day_after_is_not_asked_again() -> None:
    player = rated(ASKED_BOTH, pain_before=None, until=61)
    plan = routine(Routine.BEGINNER, ask_before=False, ask_next_day=True)

    assert what(player.pass_gate(plan, 2)) == ["normal session begun at 2"]
    assert what(player.until(62)) == ["prepare"]


def test_the_question_of_the_day_after_can_be_passed() -> None:
    player = rated(ASKED_BOTH, pain_before=None, until=10)
    player.press(Command.NEXT)

    assert player.session.question is Question.BEFORE
    player.press(Command.NEXT)
    assert not player.session.at_gate


@pytest.mark.parametrize("second", [10, 61])
def test_before_a_session_there_is_no_way_back(second: float) -> None:
    player = rated(ASKED_BOTH, pain_before=None, until=second)

    assert Command.PREVIOUS not in player.session.allowed
    player.until(121)
    assert Command.PREVIOUS not in player.session.allowed


def test_told_in_a_pause_the_day_after_keeps_it_paused_at_what_is_asked_next() -> None:
    player = rated(ASKED_BOTH, pain_before=None, until=10)
    player.press(Command.PAUSE)

    assert player.session.rating_of == (Context.NEXT_DAY, None)
    assert player.pass_gate(BEGINNER) == []
    assert player.session.state is SessionState.PAUSED
    assert player.session.question is Question.BEFORE
    assert what(player.pass_gate(KNOWN, 2)) == ["normal session begun at 2"]
    assert player.session.state is SessionState.PAUSED
    player.press(Command.RESUME)
    assert what(player.until(11)) == ["prepare"]


def test_sharp_pain_at_the_question_of_the_day_after_ends_it() -> None:
    player = rated(ASKED_BOTH, pain_before=None, until=10)

    assert what(player.press(Command.SHARP_PAIN))[-1] == "session pain"


@pytest.mark.parametrize("second", [61, 130, 900])
def test_beyond_the_question_before_it_is_not_answered_again(second: float) -> None:
    player = rated(until=second)
    before = state_of(player.session)

    with pytest.raises(ValueError, match="not at a question"):
        player.pass_gate(KNOWN, 2)

    assert state_of(player.session) == before


def test_before_the_start_there_is_no_question_to_answer() -> None:
    session = Session(BEGINNER)

    assert not session.at_gate
    assert session.question is None
    with pytest.raises(ValueError, match="not at a question"):
        session.pass_gate(START, BEGINNER, kind=SessionKind.NORMAL, pain_before=1)


def test_a_rating_at_the_question_before_decides_nothing_by_itself() -> None:
    player = rated(pain_before=None, until=10)
    before = state_of(player.session)

    assert player.rate(9, 9) == []
    assert state_of(player.session) == before
    assert player.session.pain_before is None


@pytest.mark.parametrize("first", [(), (Command.PAUSE,)], ids=["playing", "paused"])
def test_an_answer_may_mean_that_there_is_no_session(
    first: tuple[Command, ...],
) -> None:
    player = rated(pain_before=None, until=10)
    player.press_all(*first)
    events = player.session.turn_away(player.now, (NOT_TODAY, MESSAGE))

    assert events == [
        SessionEnded(at=player.now, outcome=SessionOutcome.NOT_TODAY, because=NOT_TODAY)
    ]
    assert player.session.state is SessionState.ENDED
    assert player.session.turn_away(player.now, (NOT_TODAY,)) == []


def test_what_is_last_of_all_that_forbids_a_session_is_why() -> None:
    player = rated(pain_before=None, until=10)
    (ended,) = player.session.turn_away(player.now, (NOT_TODAY, LOCK))

    assert isinstance(ended, SessionEnded)
    assert ended.because == LOCK


def test_who_is_locked_in_the_middle_of_a_session_has_done_part_of_it() -> None:
    player = rated(until=130)
    events = player.session.turn_away(player.now, (MESSAGE,))

    assert what(events) == ["pelvic_tilts unfinished 3 of 10", "session partial"]


def test_a_rating_in_the_welcome_is_the_pain_before_where_none_was_known() -> None:
    player = rated(pain_before=None, until=70)
    player.rate(3)
    player.rate(5)

    assert player.session.pain_before == 3


# What a rating is of


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (10, (Context.BEFORE, None)),
        (70, (Context.BEFORE, None)),
        (90, (Context.DURING, "pelvic_tilts")),
        (150, (Context.DURING, "pelvic_tilts")),
        (200, (Context.DURING, "pelvic_tilts")),  # it is asked
        (225, (Context.DURING, "pelvic_tilts")),  # the rest after it
        (240, (Context.DURING, "isometric_hip_flexion")),
        (850, (Context.AFTER, None)),
    ],
)
@pytest.mark.parametrize("first", [(), (Command.PAUSE,)], ids=["playing", "paused"])
def test_an_exercise_is_rated_until_the_next_one_begins(
    second: float, expected: tuple[Context, str | None], first: tuple[Command, ...]
) -> None:
    player = rated(until=second)
    player.press_all(*first)

    assert player.session.rating_of == expected


def test_before_the_closing_is_heard_the_last_exercise_is_rated() -> None:
    player = playing(plan_of("bridges"), phrases(2), until=60)
    player.press(Command.NEXT)

    assert player.session.rating_of == (Context.DURING, "bridges")
    player.until(61)
    assert player.session.rating_of == (Context.DURING, "bridges")
    player.press(Command.PAUSE, at=64)
    context, _ = player.session.rating_of
    assert context is Context.AFTER


# Answers


def test_pain_and_effort_answer_the_question_at_once() -> None:
    player = rated(until=195)

    assert player.session.question is Question.EXERCISE
    assert player.rate(2, 3) == []
    assert what(player.until(196)) == ["rest isometric_hip_flexion"]


def test_what_is_asked_is_unanswered_until_it_is_said() -> None:
    player = rated(until=100)
    session = player.session
    assert list(session.unanswered) == []
    player.until(195)
    assert list(session.unanswered) == [Measure.PAIN, Measure.EFFORT]
    player.rate(2)
    assert list(session.unanswered) == [Measure.EFFORT]
    player.session.handle(Command.PAUSE, player.now)

    assert list(session.unanswered) == []


def test_with_the_pain_alone_the_effort_is_waited_for_a_little() -> None:
    player = rated(until=195)

    assert player.rate(2) == []
    assert player.session.state is SessionState.ASKING
    assert player.session.next_at == player.now + EFFORT_WAIT
    assert player.session.snapshot.step_ends_at == player.now + EFFORT_WAIT
    assert player.until(204.9) == []
    assert timetable(player.until(205)) == "205 rest isometric_hip_flexion"


def test_the_effort_is_waited_for_as_long_whatever_clocks_show() -> None:
    player = rated(until=195)
    player.rate(2)
    due = player.session.next_at
    assert due

    player.session.clock_set(timedelta(hours=1))

    assert player.session.next_at == due + timedelta(hours=1)


def test_the_effort_may_come_after_the_pain() -> None:
    player = rated(until=195)
    player.rate(2)
    player.rate(effort=4, at=197)

    assert timetable(player.until(198)) == "197 rest isometric_hip_flexion"


def test_the_pain_may_come_after_the_effort() -> None:
    player = rated(until=195)
    player.rate(effort=4)
    assert what(player.until(197)) == []
    player.rate(2)

    assert timetable(player.until(198)) == "197 rest isometric_hip_flexion"


def test_with_the_pain_at_the_last_moment_there_is_still_time_for_the_effort() -> None:
    player = rated(until=219)
    player.rate(2)

    assert what(player.until(228)) == []
    assert timetable(player.until(229)) == "229 rest isometric_hip_flexion"


def test_unanswered_after_thirty_seconds_the_session_goes_on() -> None:
    player = rated(until=190)

    # two questions without length, a breath apart
    assert what(player.until(220.5)) == []
    assert timetable(player.until(220.6)) == "220.6 rest isometric_hip_flexion"


def test_a_rating_of_another_exercise_is_no_answer() -> None:
    player = rated(until=460)
    assert player.session.step.exercise == "isometric_hip_flexion"
    player.rate(2, 3, exercise="pelvic_tilts")

    assert player.session.question is Question.EXERCISE
    assert player.session.state is SessionState.ASKING


def test_the_closing_asks_for_the_pain_alone_where_each_exercise_was_asked_about() -> (
    None
):
    player = rated(until=850)

    assert player.session.question is Question.AFTER
    assert what(player.rate(2)) == ["session completed"]


def test_the_closing_asks_for_both_where_the_exercises_were_not_asked_about() -> None:
    player = rated(AT_BOTH_ENDS, until=735)

    assert player.session.question is Question.AFTER
    assert player.rate(2) == []
    assert what(player.rate(effort=3)) == ["session completed"]


@pytest.mark.parametrize(
    ("second", "pain"), [(90, 2), (130, 2), (225, 2), (685, None), (850, None)]
)
def test_a_rating_that_nobody_asked_for_changes_nothing(
    second: float, pain: int | None
) -> None:
    player = rated(until=second)
    before = state_of(player.session)

    assert player.rate(pain, 3) == []
    assert state_of(player.session) == before


def test_an_answer_before_its_question_is_heard_spares_it() -> None:
    player = rated(plan_of("bridges", "dead_bugs", check_in=CheckIn.EACH_EXERCISE))
    player.until(159.5)
    player.events += player.session.advance(player.now + seconds(1))
    player.now += seconds(1)

    assert player.session.state is SessionState.PREPARING
    assert player.session.question is Question.EXERCISE
    player.rate(2)
    assert what(player.until(161)) == ["rest dead_bugs"]


@pytest.mark.parametrize(
    ("command", "lead"),
    [(Command.NEXT, "(skipped) prepare"), (Command.SHARP_PAIN, "(pain) rest")],
)
@pytest.mark.parametrize("is_heard", [False, True])
def test_an_answer_while_something_else_is_said_spares_the_question(
    command: Command, lead: str, *, is_heard: bool
) -> None:
    player = playing(Session(BEGINNER, pain_before=2), phrases(2), mute=True)
    player.press(command, at=140)
    player.until(140 + is_heard)
    player.rate(2, 3)
    events = player.until(175)

    assert [line for line in what(player.events) if "(" in line] == [lead]
    assert "ask exercise pelvic_tilts" not in what(events)
    assert "prepare isometric_hip_flexion" in what(events)


@pytest.mark.parametrize("effort", [None, 3])
def test_an_answer_in_a_pause_at_a_question_keeps_it_paused_behind(
    effort: int | None,
) -> None:
    player = rated(until=195)
    player.press(Command.PAUSE)

    assert player.session.question is Question.EXERCISE
    assert player.rate(2, effort) == []
    assert player.session.state is SessionState.PAUSED
    assert player.session.question is None
    player.press(Command.RESUME)
    assert what(player.until(196)) == ["rest isometric_hip_flexion"]


def test_a_pause_after_half_an_answer_is_behind_the_question() -> None:
    player = rated(until=195)
    player.rate(2)
    player.press(Command.PAUSE)
    player.press(Command.RESUME)

    assert what(player.until(196)) == ["rest isometric_hip_flexion"]


def test_the_last_answer_in_a_pause_completes_the_session() -> None:
    player = rated(until=850)
    player.press(Command.PAUSE)

    assert what(player.rate(2)) == ["session completed"]


def test_once_it_has_ended_nothing_can_be_rated_or_reported() -> None:
    player = rated(until=130)
    player.press(Command.STOP)

    with pytest.raises(CommandNotAllowed, match="rate is not possible while ended"):
        player.rate(2)
    with pytest.raises(CommandNotAllowed, match="report is not possible while ended"):
        player.session.report(player.now, ("dizziness",))


# I-2


def test_a_little_more_pain_makes_what_comes_next_smaller_and_slower() -> None:
    player = rated(until=195)
    events = player.rate(3, 3)

    assert what(events) == ["I-2: message"]
    assert lead_of(player) is Lead.SMALLER
    assert what(player.until(197)) == [
        "(smaller) prepare",
        "rest isometric_hip_flexion",
    ]
    assert player.timelines[-1].spoken[0].cue.kind is CueKind.SMALLER


def test_smaller_and_slower_is_said_once_and_may_wait_for_the_effort() -> None:
    player = rated(until=195)
    player.rate(3)
    player.until(480)

    assert [line for line in what(player.events) if "(smaller)" in line] == [
        "(smaller) prepare"
    ]
    assert all(upcoming == wanted for upcoming, wanted in player.foreseen)


def test_a_little_more_pain_while_working_is_only_noted() -> None:
    player = rated(until=130)
    before = state_of(player.session)

    assert what(player.rate(3)) == ["I-2: message"]
    assert state_of(player.session) == before


def test_a_little_more_pain_in_a_pause_makes_the_rest_of_the_set_smaller() -> None:
    player = rated(until=130)
    player.press(Command.PAUSE)
    player.rate(3)
    player.press(Command.RESUME)
    player.until(131)

    assert [each.cue.kind for each in player.timelines[-1].spoken[:2]] == [
        CueKind.SMALLER,
        CueKind.RESUMED,
    ]


def test_before_the_closing_nothing_has_to_be_smaller() -> None:
    player = rated(plan_of("bridges", check_in=CheckIn.EACH_EXERCISE), until=165)
    player.rate(3, 3)

    assert lead_of(player) is None


# I-3


def test_too_much_pain_ends_the_exercise_and_goes_on_after_a_rest() -> None:
    player = rated(until=130)
    events = player.rate(4)

    assert what(events) == ["I-3: stop_exercise", "pelvic_tilts pain 3 of 10"]
    assert timetable(player.until(161)).splitlines() == [
        "130 (hurt) rest",
        "160 isometric_hip_flexion started",
        "160 prepare isometric_hip_flexion",
    ]
    assert player.timelines[-1].spoken[0].cue.key == "I-3"


def test_too_much_pain_skips_the_remaining_sets() -> None:
    player = rated(plan_of("bridges", "dead_bugs", indices=(3, 0)), until=60)
    player.rate(4)
    player.to_the_end()

    assert {each.set for each in repetitions_of(player.events, "bridges")} == {1}
    assert started(player.events) == ["bridges", "dead_bugs"]


def test_too_much_pain_in_a_pause_stays_paused_behind_the_exercise() -> None:
    player = rated(until=130)
    player.press(Command.PAUSE)
    player.rate(4)

    assert player.session.state is SessionState.PAUSED
    player.press(Command.RESUME)
    assert what(player.until(131)) == [
        "isometric_hip_flexion started",
        "prepare isometric_hip_flexion",
    ]


def test_too_much_pain_in_answer_to_the_question_counts_and_leads_to_a_rest() -> None:
    player = rated(until=195)
    events = player.rate(4)

    assert what(events) == ["I-3: stop_exercise", "pelvic_tilts had hurt"]
    assert what(player.until(196)) == ["(hurt) rest"]
    assert Command.PREVIOUS not in player.session.allowed


def test_too_much_pain_told_in_the_rest_only_counts() -> None:
    player = rated(until=225)
    playing_on = player.session.timeline
    events = player.rate(4)

    assert what(events) == ["I-3: stop_exercise", "pelvic_tilts had hurt"]
    assert player.session.timeline is playing_on


def test_an_exercise_counts_as_stopped_once() -> None:
    player = rated(until=225)
    player.rate(4)

    assert what(player.rate(5)) == ["I-3: stop_exercise"]


def test_what_hurt_before_going_back_is_not_met_again() -> None:
    player = rated(until=300)
    player.press(Command.PREVIOUS)
    player.rate(4, exercise="isometric_hip_flexion", at=330)
    player.to_the_end()

    assert started(player.events) == [
        "pelvic_tilts",
        "isometric_hip_flexion",
        "pelvic_tilts",
        "bridges",
        "simplified_piriformis_stretch",
    ]


def test_what_hurt_just_before_it_was_to_begin_again_is_left_out() -> None:
    player = rated(plan_of("bridges", "dead_bugs", "pelvic_tilts"), until=330)
    assert player.session.step.question is Question.AFTER
    player = rated(plan_of("bridges", "dead_bugs", "pelvic_tilts"), until=200)
    player.press(Command.PREVIOUS)
    events = player.rate(4)

    assert what(events) == ["I-3: stop_exercise", "dead_bugs had hurt"]
    player.to_the_end()
    assert started(player.events) == ["bridges", "dead_bugs", "bridges", "pelvic_tilts"]


def test_a_rating_of_what_has_not_begun_is_of_what_goes_on() -> None:
    player = rated(until=130)
    events = player.rate(4, exercise="bridges")

    assert what(events) == ["I-3: stop_exercise", "pelvic_tilts pain 3 of 10"]


@pytest.mark.parametrize("pain", [3, 0, 2])
def test_the_worst_rating_of_an_exercise_counts(pain: int) -> None:
    player = rated(until=130)
    player.rate(3)

    assert rules(player.rate(pain, at=150)) == ["I-2"]


def test_thresholds_can_be_stricter() -> None:
    player = rated(until=130, rise_stop=1)

    assert rules(player.rate(3)) == ["I-3"]


def test_without_a_rating_before_only_what_is_high_by_itself_stops() -> None:
    player = rated(pain_before=None, until=130)

    assert rules(player.rate(5)) == []
    assert rules(player.rate(6)) == ["I-3"]


# I-4, I-5


@pytest.mark.parametrize("pain", [6, 8, 10])
@pytest.mark.parametrize("first", [(), (Command.PAUSE,)], ids=["playing", "paused"])
def test_a_steep_rise_ends_the_session_and_says_why(
    pain: int, first: tuple[Command, ...]
) -> None:
    player = rated(until=130)
    player.press_all(*first)
    events = player.rate(pain)
    ended = events[-1]

    assert rules(events) == ["I-4", "I-3"]
    assert "pelvic_tilts pain 3 of 10" in what(events)
    assert isinstance(ended, SessionEnded)
    assert ended.outcome is SessionOutcome.PAIN
    assert ended.because is not None
    assert ended.because.rule is Rule.I_4


def test_a_steep_rise_of_what_is_over_counts_before_the_end() -> None:
    player = rated(until=225)

    assert what(player.rate(8)) == [
        "I-4: end_session",
        "I-3: stop_exercise",
        "pelvic_tilts had hurt",
        "session pain",
    ]


@pytest.mark.parametrize("way", ["rating", "sharp"])
def test_the_second_exercise_stopped_for_pain_ends_the_session(way: str) -> None:
    player = rated(until=130)
    player.rate(4)
    player.until(230)
    events = {
        "rating": lambda: player.rate(4),
        "sharp": lambda: player.press(Command.SHARP_PAIN),
    }[way]()
    ended = events[-1]

    assert rules(events)[0] == "I-5"
    assert isinstance(ended, SessionEnded)
    assert ended.because is not None
    assert ended.because.rule is Rule.I_5
    assert "isometric_hip_flexion pain 1 of 10" not in what(events)[:1]


def test_a_high_rating_at_the_end_has_its_words_but_all_was_done() -> None:
    player = rated(until=850)
    events = player.rate(8)
    ended = events[-1]

    assert rules(events) == ["I-4"]
    assert isinstance(ended, SessionEnded)
    assert ended.outcome is SessionOutcome.COMPLETED
    assert ended.because is not None


def test_some_more_pain_at_the_end_is_for_the_closing_rules() -> None:
    player = rated(until=850)

    assert what(player.rate(5)) == ["session completed"]


# I-1


@pytest.mark.parametrize("plan", [BEGINNER, AT_BOTH_ENDS])
def test_after_sharp_pain_it_is_asked_how_much_it_was(plan: Plan) -> None:
    player = rated(plan, until=130)
    events = player.press(Command.SHARP_PAIN)

    assert rules(events) == ["I-1"]
    assert player.session.question is Question.EXERCISE
    assert timetable(player.until(161)).splitlines() == [
        "130 (pain) rest",
        "160 ask exercise pelvic_tilts",
    ]
    assert [each.cue.kind for each in player.timelines[-1].spoken] == [
        CueKind.PAIN_OF_HURT
    ]


def test_after_sharp_pain_nothing_is_asked_where_check_ins_are_off() -> None:
    player = rated(UNASKED, until=130)
    player.press(Command.SHARP_PAIN)

    assert player.session.question is None
    assert "ask exercise pelvic_tilts" not in what(player.to_the_end())


def test_the_number_of_sharp_pain_is_answer_enough() -> None:
    player = rated(until=130)
    player.press(Command.SHARP_PAIN)
    events = player.rate(4, at=165)

    assert rules(events) == ["I-3"]
    assert timetable(player.until(166)) == "165 rest isometric_hip_flexion"


@pytest.mark.parametrize("second", [135, 165])
def test_a_high_number_of_sharp_pain_ends_the_session(second: float) -> None:
    player = rated(until=130)
    player.press(Command.SHARP_PAIN)
    events = player.rate(8, at=second)

    assert what(events) == ["I-4: end_session", "I-3: stop_exercise", "session pain"]


def test_sharp_pain_right_after_going_back_is_of_what_was_done_last() -> None:
    player = rated(plan_of("bridges", "dead_bugs", "pelvic_tilts"), until=200)
    player.press(Command.PREVIOUS)
    events = player.press(Command.SHARP_PAIN)
    player.to_the_end()

    assert told(events[0]) == "sharp pain in dead_bugs"
    assert started(player.events) == ["bridges", "dead_bugs", "bridges", "pelvic_tilts"]


def test_sharp_pain_once_more_in_what_is_left_out_goes_on_where_it_is() -> None:
    player = rated(plan_of("bridges", "dead_bugs", "pelvic_tilts"), until=200)
    player.press(Command.PREVIOUS)
    player.press(Command.SHARP_PAIN)
    player.until(205)
    player.press(Command.SHARP_PAIN)
    player.to_the_end()

    assert started(player.events) == ["bridges", "dead_bugs", "bridges", "pelvic_tilts"]


# I-6


@pytest.mark.parametrize(
    ("sign", "variant"),
    [("chest_pain", "emergency"), ("pain_below_knee", "physiotherapist")],
)
@pytest.mark.parametrize("first", [(), (Command.PAUSE,)], ids=["playing", "paused"])
def test_a_sign_from_the_list_ends_the_session_with_its_words(
    sign: str, variant: str, first: tuple[Command, ...]
) -> None:
    player = rated(until=130)
    player.press_all(*first)
    events = player.session.report(player.now, (sign,))
    ended = events[-1]

    assert what(events) == [
        "I-6: end_session",
        "pelvic_tilts unfinished 3 of 10",
        "session pain",
    ]
    assert isinstance(ended, SessionEnded)
    assert ended.because is not None
    assert ended.because.key == f"I-6.{variant}"


def test_no_sign_is_no_reason_to_end() -> None:
    player = rated(until=130)

    assert player.session.report(player.now, ()) == []
    assert player.session.state is SessionState.RUNNING


def test_a_pause_after_the_pain_of_the_closing_asks_again() -> None:
    player = rated(AT_BOTH_ENDS, until=735)
    player.rate(2)
    player.press(Command.PAUSE)
    player.press(Command.RESUME)

    assert what(player.until(736)) == ["ask after"]
    assert player.session.question is Question.AFTER


def test_the_wait_for_the_effort_is_noticed_late_at_its_moment() -> None:
    player = rated(until=195)
    player.rate(2)
    events = player.session.advance(player.now + timedelta(minutes=5))

    assert events == []
    assert player.session.wanted
    assert player.session.wanted.first == BEGINNER.first_step_after("pelvic_tilts")
    assert player.session.upcoming is not None
    assert player.session.step.kind is StepKind.REST
    assert player.session.kept.place == Place(step=player.session.wanted.first)
