"""A session that was cut off comes back where it was."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
import json
from typing import Any

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.back_exercise.engine.catalogue import Dose, Position, Routine
from custom_components.back_exercise.engine.composition import Slot
from custom_components.back_exercise.engine.cues import CueKind
from custom_components.back_exercise.engine.decision import Decision, Outcome, Rule
from custom_components.back_exercise.engine.diary import Form, SessionKind
from custom_components.back_exercise.engine.events import (
    Event,
    ExerciseEnded,
    PauseReason,
    RepetitionDone,
)
from custom_components.back_exercise.engine.memento import (
    MementoInvalid,
    recall,
    remember,
)
from custom_components.back_exercise.engine.plan import (
    CheckIn,
    Lead,
    Plan,
    Question,
    Side,
    build_plan,
)
from custom_components.back_exercise.engine.session import (
    RESTART_LIMIT,
    Command,
    Session,
    SessionState,
)
from custom_components.back_exercise.engine.settings import Settings, Timing
from custom_components.back_exercise.engine.timeline import stretches

from .builders import (
    CATALOGUE,
    START,
    Player,
    endings,
    exercise,
    plan_of,
    playing,
    routine,
    seconds,
    started,
    told,
)
from .made_up_plans import COMMANDS, plans

BEGINNER = routine(Routine.BEGINNER)
INTERMEDIATE = routine(Routine.INTERMEDIATE, CheckIn.OFF)

REMARK = Decision(
    rule=Rule.S_1,
    outcome=Outcome.SUSPEND,
    exercise="bridges",
    value=14,
    until=date(2026, 12, 15),
    routine="beginner",
    other="pelvic_tilts",
    variant="back",
)


def rich_plan() -> Plan:
    """Return a plan in which everything differs from what is usual."""
    level = Slot(
        exercise=exercise("single_leg_balance"), index=-1, form=Form.LEVEL_SURFACE
    )
    own = replace(level.prescription, exercise=exercise("bridges"), form=Form.USUAL)
    return build_plan(
        Routine.ADVANCED,
        [level.prescription, replace(own, dose=Dose(sets=(3, 2)))],
        timing=Timing(
            tempo=1.25,
            rest=seconds(20),
            set_rest=seconds(45),
            answer_before=seconds(15),
        ),
        check_in=CheckIn.START_AND_END,
        first_side=Side.LEFT,
        remarks=(REMARK,),
        hurt=("bridges",),
    )


def cut_off(player: Player) -> Session:
    """Return what comes back of a session."""
    return recall(
        json.loads(json.dumps(remember(player.session))), CATALOGUE, player.now
    )


def signs_of(events: list[Event]) -> list[str]:
    """Return repetitions and ends of exercises and of the session, in order."""
    kinds = (RepetitionDone, ExerciseEnded)
    return [told(event) for event in events if isinstance(event, kinds)]


# What comes back


def test_a_session_comes_back_as_it_was_set_up() -> None:
    session = Session(
        rich_plan(),
        kind=SessionKind.TRIAL,
        pain_before=3,
        settings=Settings(
            rise_stop=1,
            gate_block_from=3,
            gate_gentle_from=2,
            suspension_count=1,
            suspension_window=2,
            tempo=1.25,
            forbidden=("dead_bugs",),
            highest_repetitions={"bridges": 8},
        ),
    )
    session.handle(Command.START, START)
    data = json.loads(json.dumps(remember(session)))
    back = recall(data, CATALOGUE, START)

    assert back.plan == session.plan
    assert back.kind is SessionKind.TRIAL
    assert back.pain_before == 3
    assert back.settings == session.settings
    assert back.kept == session.kept
    assert remember(back) == data


@pytest.mark.parametrize("second", [0, 30, 70, 90, 130, 200, 210, 300, 685, 790])
def test_it_comes_back_paused_where_it_was(second: float) -> None:
    player = playing(BEGINNER, until=second)
    before = player.session.snapshot
    back = cut_off(player).snapshot

    assert back.state is SessionState.PAUSED
    assert back.pause_reason is PauseReason.RESTART
    assert (back.step, back.exercise, back.side, back.set, back.repetition) == (
        before.step,
        before.exercise,
        before.side,
        before.set,
        before.repetition,
    )
    assert back.progress == before.progress
    assert back.at_gate == before.at_gate


def test_at_the_question_before_it_comes_back_to_be_asked_it() -> None:
    player = playing(BEGINNER, until=30)
    player.restart()

    assert player.session.at_gate
    assert player.session.question is Question.BEFORE
    player.press(Command.RESUME)
    assert [told(each) for each in player.until(31)] == ["ask before"]


def test_the_day_after_the_session_before_lies_behind_when_it_comes_back() -> None:
    plan = routine(Routine.BEGINNER, ask_next_day=True)
    early, late = playing(plan, until=30), playing(plan, until=130 + 60)
    before = late.session.snapshot
    early.restart()
    late.restart()
    back = late.session.snapshot

    assert early.session.question is Question.BEFORE
    assert not late.session.plan.ask_next_day
    assert back.exercise == "pelvic_tilts"
    assert (back.step, back.repetition) == (before.step, before.repetition)


def test_in_the_welcome_it_comes_back_to_it_without_beginning_twice() -> None:
    player = playing(BEGINNER, until=70)
    player.restart()
    player.press(Command.RESUME)
    player.to_the_end()

    told_of = [told(each) for each in player.events]
    assert told_of.count("normal session begun at None") == 1
    assert told_of.count("prepare") == 2


@pytest.mark.parametrize("second", [30, 130, 200, 685])
def test_it_waits_for_half_an_hour_to_be_gone_on_with(second: float) -> None:
    player = playing(BEGINNER, until=second)
    player.restart()

    assert timedelta(minutes=30) == RESTART_LIMIT
    assert player.session.next_at == player.now + RESTART_LIMIT
    assert player.until(second + 30 * 60 - 1) == []
    assert told(player.until(second + 30 * 60)[-1]) == "session partial"


def test_a_pause_after_it_has_the_usual_limit() -> None:
    player = playing(BEGINNER, until=130)
    player.restart()
    player.press_all(Command.RESUME, Command.PAUSE)

    assert player.session.next_at == player.now + timedelta(minutes=15)


@pytest.mark.parametrize(
    ("second", "position"), [(300, Position.SUPINE), (550, Position.QUADRUPED)]
)
def test_going_on_after_it_leaves_time_to_get_into_position_and_says_where_it_is(
    second: float, position: Position
) -> None:
    player = playing(INTERMEDIATE, until=second)
    player.restart()
    player.press(Command.RESUME)
    player.until(second + 1)
    lead, _ = player.timelines[-1].steps[:2]

    assert [each.cue.kind for each in player.timelines[-1].spoken[:5]] == [
        CueKind.GET_READY,
        CueKind.RESUMED,
        *[CueKind.COUNT_IN] * 3,
    ]
    assert player.timelines[-1].spoken[0].cue.position is position
    assert lead.end == seconds(20)


def test_going_on_in_the_change_of_side_leaves_time_to_get_into_position() -> None:
    player = playing(BEGINNER, until=685)
    player.restart()
    player.press(Command.RESUME)
    assert player.session.wanted
    lead = player.session.wanted.steps[0]

    assert (lead.lead, lead.position) == (Lead.RESUMED, Position.SUPINE)
    assert lead.upcoming is None


@pytest.mark.parametrize(
    ("second", "command", "expected"),
    [
        # all repetitions were done, and only the last pause was left
        (189.5, Command.RESUME, "pelvic_tilts done 10 of 10"),
        (189.5, Command.NEXT, "pelvic_tilts done 10 of 10"),
        (189.5, Command.STOP, "pelvic_tilts done 10 of 10"),
        (188, Command.STOP, "pelvic_tilts unfinished 9 of 10"),
    ],
)
def test_what_was_done_to_the_end_is_done(
    second: float, command: Command, expected: str
) -> None:
    player = playing(BEGINNER, until=second)
    player.restart()
    player.press(command)
    player.to_the_end()

    assert told(endings(player.events)[0]) == expected


def test_what_was_done_to_the_end_is_done_also_where_nobody_goes_on() -> None:
    player = playing(BEGINNER, until=189.5)
    player.restart()

    assert [told(each) for each in player.to_the_end()] == [
        "pelvic_tilts done 10 of 10",
        "session partial",
    ]


def test_what_hurt_and_how_much_is_remembered() -> None:
    session = Session(BEGINNER, pain_before=2)
    player = playing(session, until=130)
    player.rate(3)
    player.press(Command.SHARP_PAIN)
    player.until(230)
    player.restart()
    player.press(Command.RESUME)
    events = player.press(Command.SHARP_PAIN)

    assert told(events[-1]) == "session pain"
    assert player.session.kept.worst == {"pelvic_tilts": 3}
    assert player.session.kept.stopped == ("pelvic_tilts", "isometric_hip_flexion")


def test_half_an_answer_is_remembered_as_one() -> None:
    player = playing(Session(BEGINNER, pain_before=2), until=195, mute=True)
    player.rate(2)
    player.restart()
    player.press(Command.RESUME)

    assert [told(each) for each in player.until(196)] == ["rest isometric_hip_flexion"]


def test_the_question_after_sharp_pain_comes_back_as_it_was() -> None:
    player = playing(routine(Routine.BEGINNER, CheckIn.START_AND_END), until=130)
    player.press(Command.SHARP_PAIN)
    player.until(140)
    player.restart()

    assert player.session.question is Question.EXERCISE
    assert player.session.plan.hurt == ("pelvic_tilts",)


@settings(max_examples=150)
@given(
    st.data(),
    plans(fewest=1, highest=3),
    st.integers(0, 900),
    st.lists(st.sampled_from(COMMANDS), max_size=4),
)
def test_a_session_that_was_cut_off_plays_what_a_paused_one_would(
    data: st.DataObject, plan: Plan, second: int, commands: list[Command]
) -> None:
    player, twin = playing(plan, until=second), playing(plan, until=second)
    for command in commands:
        length = timedelta(milliseconds=data.draw(st.integers(0, 90_000)))
        for each in (player, twin):
            each.press_if_allowed(command)
            each.wait(length)
    since = len(player.events), len(twin.events)
    if player.session.state is not SessionState.ENDED:
        player.restart()
        twin.press_if_allowed(Command.PAUSE)
        # how the day after the session before was is not asked again
        asked = twin.session.plan.ask_next_day
        assert player.session.plan.steps == twin.session.plan.steps[asked:]
        player.press(Command.RESUME)
        twin.press(Command.RESUME)
    player.to_the_end()
    twin.to_the_end()

    assert signs_of(player.events[since[0] :]) == signs_of(twin.events[since[1] :])
    assert started(player.events[since[0] :]) == started(twin.events[since[1] :])
    assert all(upcoming == wanted for upcoming, wanted in player.foreseen)


# What does not


CHANGES: dict[str, Callable[[dict[str, Any]], Any]] = {
    "no object": lambda data: [data],
    "nothing": dict.fromkeys,
    "another form": lambda data: data | {"form": 2},
    "no such routine": lambda data: data | {"routine": "expert"},
    "no such kind": lambda data: data | {"kind": 1},
    "pain out of range": lambda data: data | {"pain_before": 11},
    "pain of another type": lambda data: data | {"pain_before": "3"},
    "a setting out of range": lambda data: data | {"settings": {"rise_stop": 9}},
    "no such setting": lambda data: data | {"settings": {"volume": 9}},
    "settings as a list": lambda data: data | {"settings": ["rise_stop"]},
    "no such check-in": lambda data: data | {"check_in": "never"},
    "not a flag": lambda data: data | {"ask_before": 1},
    "no side to begin": lambda data: data | {"first_side": "both"},
    "too fast": lambda data: data | {"timing": data["timing"] | {"tempo": 0.5}},
    "an endless rest": lambda data: data | {"timing": data["timing"] | {"rest": 1e99}},
    "no times": lambda data: data | {"timing": {}},
    "no such rule": lambda data: data | {"remarks": [{"rule": "Z-1"}]},
    "a remark without a text": lambda data: (
        data | {"remarks": [data["remarks"][0] | {"exercise": 3}]}
    ),
    "nothing prescribed": lambda data: data | {"prescriptions": []},
    "an exercise twice": lambda data: (
        data | {"prescriptions": data["prescriptions"] * 2}
    ),
    "no such exercise": lambda data: prescribed(data, exercise="sit_ups"),
    "an index off the ladder": lambda data: prescribed(data, index=50),
    "no sets": lambda data: prescribed(data, sets=[]),
    "a set of nothing": lambda data: prescribed(data, sets=[0]),
    "endless sets": lambda data: prescribed(data, sets=[10**9]),
    "no such detail": lambda data: prescribed(data, detail="long"),
    "no such form": lambda data: prescribed(data, form="upside_down"),
    "hurt what is not there": lambda data: data | {"hurt": ["side_planks"]},
    "behind the plan": lambda data: data | {"place": {"step": 99, "repetition": 0}},
    "behind the set": lambda data: data | {"place": {"step": 3, "repetition": 99}},
    "no place": lambda data: data | {"place": None},
    "not current": lambda data: data | {"current": "side_planks"},
    "begun without a plan": lambda data: data | {"begun": ["side_planks"]},
    "begun by a number": lambda data: data | {"begun": [3]},
    "planned nothing": lambda data: data | {"planned": {}},
    "planned what is not there": lambda data: (
        data | {"planned": data["planned"] | {"sit_ups": 10}}
    ),
    "done half": lambda data: data | {"done": [["bridges", 1]]},
    "done what was not planned": lambda data: (
        data | {"done": [["side_planks", 1, "right", 1]]}
    ),
    "done less than nothing": lambda data: (
        data | {"done": [["bridges", 1, "both", -1]]}
    ),
    "worst out of range": lambda data: data | {"worst": {"bridges": 11}},
    "stopped what was not planned": lambda data: data | {"stopped": ["side_planks"]},
}


def prescribed(data: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return what was remembered with its first exercise changed."""
    first, *others = data["prescriptions"]
    return data | {"prescriptions": [first | changes, *others]}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_nothing_can_be_made_of_is_refused(
    change: Callable[[dict[str, Any]], Any],
) -> None:
    session = Session(rich_plan(), pain_before=2)
    session.handle(Command.START, START)
    data = json.loads(json.dumps(remember(session)))
    recall(data, CATALOGUE, START)

    with pytest.raises(MementoInvalid):
        recall(change(data), CATALOGUE, START)


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=5,
)


@settings(max_examples=400)
@given(st.data(), JUNK)
def test_junk_in_any_field_is_refused_or_plays_to_an_end(
    data: st.DataObject, junk: Any
) -> None:
    player = playing(plan_of("bridges", "side_planks"), until=100)
    remembered = json.loads(json.dumps(remember(player.session)))
    field = data.draw(st.sampled_from(sorted(remembered)))
    try:
        session = recall(remembered | {field: junk}, CATALOGUE, player.now)
    except MementoInvalid:
        return
    player.session = session
    player.press(Command.RESUME)
    player.to_the_end()
    assert list(stretches(session.plan))


def test_a_level_surface_needs_no_cushion_after_it_either() -> None:
    player = playing(rich_plan(), until=20)
    first, _ = cut_off(player).plan.prescriptions

    assert first.form is Form.LEVEL_SURFACE
    assert "cushion" not in first.exercise.equipment
    assert first.exercise.setup == timedelta()
