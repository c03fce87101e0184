"""The sessions of a diary, as they are looked back on."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import pytest

from custom_components.back_exercise.engine.decision import (
    Decision,
    Outcome as Decided,
    Rule,
)
from custom_components.back_exercise.engine.diary import (
    KINDS,
    Activity,
    Context,
    Entry,
    ExerciseDone,
    Intensity,
    Logged,
    Measure,
    Outcome,
    Payload,
    Prescribed,
    Rating,
    SessionEnded,
    SessionKind,
    SessionStarted,
)
from custom_components.back_exercise.engine.history import (
    PastSession,
    Turn,
    decision_of,
    history,
)
from custom_components.back_exercise.engine.settings import Timing

from .builders import CATALOGUE
from .exercises import SIMPLE, TILTS

BEGUN: Final = datetime(2026, 11, 1, 7, tzinfo=UTC)


def entry(payload: Payload, minutes: float = 0, id_: str = "x") -> Entry:
    """Return an entry of some minutes after the beginning."""
    at = BEGUN + timedelta(minutes=minutes)
    return Entry(id=id_, kind=KINDS[type(payload)], at=at, zone="UTC", payload=payload)


def started(minutes: float = 0, id_: str = "first", pain: int | None = 2) -> Entry:
    """Return that a session of two exercises began."""
    payload = SessionStarted(
        routine="beginner",
        kind=SessionKind.NORMAL,
        pain_before=pain,
        prescriptions=(
            Prescribed(exercise=TILTS, index=0, planned=10),
            Prescribed(exercise=SIMPLE, index=0, planned=5),
        ),
    )
    return entry(payload, minutes, id_)


def ended(minutes: float = 12, pain: int | None = None) -> Entry:
    """Return that a session was completed."""
    return entry(SessionEnded(outcome=Outcome.COMPLETED, pain_after=pain), minutes)


def done(exercise: str, amount: int, minutes: float = 5, **more: Any) -> Entry:
    """Return that some of an exercise was done."""
    planned = {TILTS: 10, SIMPLE: 5}.get(exercise, 8)
    payload = ExerciseDone(exercise=exercise, planned=planned, done=amount, **more)
    return entry(payload, minutes)


def rated(value: int, context: Context, minutes: float, **more: str) -> Entry:
    """Return a rating of pain."""
    payload = Rating(value=value, context=context, exercise=more.get("exercise"))
    return entry(payload, minutes)


def logged(rule: str = "P-1", session: str | None = None, minutes: float = 99) -> Entry:
    """Return a decision that was logged."""
    return entry(Logged(rule=rule, outcome="hold", session=session), minutes)


def look(*entries: Entry, **more: bool) -> list[PastSession]:
    """Return the history of some entries."""
    return list(history(CATALOGUE, Timing(), entries, **more))


def test_the_newest_session_comes_first() -> None:
    found = look(started(), ended(), started(1440, "second"), ended(1450))

    assert [(each.id, each.length) for each in found] == [
        ("second", timedelta(minutes=10)),
        ("first", timedelta(minutes=12)),
    ]


def test_what_was_planned_is_there_also_where_nothing_of_it_was_done() -> None:
    [session] = look(started(), done(TILTS, 7, sharp=True), ended())

    assert session.turns == (
        Turn(exercise=TILTS, done=7, planned=10, stopped=True),
        Turn(exercise=SIMPLE, done=0, planned=5, stopped=False),
    )


def test_the_dose_is_what_was_done_without_rests_and_words() -> None:
    [session] = look(started(), done(TILTS, 5), done(SIMPLE, 5), ended())

    # half of ten tilts of 9 s, all of five stretches of 16 s on each side
    assert session.work == timedelta(seconds=45 + 160)


def test_two_turns_at_an_exercise_are_one() -> None:
    [session] = look(started(), done(TILTS, 4), done(TILTS, 9), ended())

    assert session.turns[0].done == 9


@pytest.mark.parametrize("planned", [0, 8])
def test_an_exercise_that_is_unknown_here_is_told_without_a_dose(planned: int) -> None:
    own = ExerciseDone(exercise="own", planned=planned, done=planned)
    [session] = look(started(), entry(own, 5), ended())

    assert session.turns[-1] == Turn(
        exercise="own", done=planned, planned=planned, stopped=False
    )
    assert session.work == timedelta(0)


def test_every_rating_stands_at_its_place() -> None:
    [session] = look(
        started(pain=None),
        rated(3, Context.BEFORE, 1),
        rated(9, Context.BEFORE, 2),
        rated(5, Context.DURING, 3),
        rated(6, Context.AFTER, 3, exercise=TILTS),
        ended(12, pain=4),
        rated(8, Context.BEFORE, 13),
        rated(2, Context.AFTER, 14),
        rated(1, Context.NEXT_DAY, 1440),
    )

    assert (session.pain_before, session.pain_after, session.pain_next_day) == (3, 2, 1)


def test_effort_is_no_pain() -> None:
    effort = Rating(value=9, context=Context.AFTER, measure=Measure.EFFORT)
    [session] = look(started(), ended(12, pain=1), entry(effort, 13))

    assert session.pain_after == 1


def test_the_worst_pain_and_the_hardest_effort_of_a_session_are_known() -> None:
    def effort(value: int, context: Context) -> Entry:
        return entry(
            Rating(value=value, context=context, measure=Measure.EFFORT), minutes=6
        )

    [session] = look(
        started(),
        done(TILTS, 10, pain_peak=3, effort=2),
        rated(5, Context.AFTER, 5, exercise=TILTS),
        rated(4, Context.DURING, 6),
        effort(6, Context.AFTER),
        effort(9, Context.AT_LARGE),
        ended(12),
    )
    [silent] = look(started(), ended())

    assert (session.pain_peak, session.effort) == (5, 6)
    assert (silent.pain_peak, silent.effort) == (None, None)


def test_a_session_ends_once() -> None:
    late = done(SIMPLE, 5, 15)
    [session] = look(started(), ended(12), late, ended(20, pain=9))

    assert session.length == timedelta(minutes=12)
    assert session.pain_after is None
    assert session.turns[1].done == 5


@pytest.mark.parametrize(("going_on", "count"), [(True, 0), (False, 1)])
def test_a_session_that_never_ended_is_partial_once_it_does_not_go_on(
    count: int, *, going_on: bool
) -> None:
    found = look(started(), done(TILTS, 4, 3), going_on=going_on)

    assert [(each.outcome, each.length) for each in found] == [
        (Outcome.PARTIAL, timedelta(minutes=3))
    ] * count


def test_one_that_is_over_stays_while_the_next_is_at_its_gate() -> None:
    assert len(look(started(), ended(), going_on=True)) == 1
    assert look(going_on=True) == []


def test_decisions_stand_with_the_session_they_are_about() -> None:
    second, first = look(
        started(),
        logged("I-2", minutes=3),
        ended(),
        started(1440, "second"),
        logged("D-1", "first", 1440),
        logged("D-4", "long ago", 1440),
        logged("A-1", minutes=1440),
        ended(1450),
    )

    assert [each.rule for each in first.decisions] == [Rule.I_2, Rule.D_1]
    assert [each.rule for each in second.decisions] == [Rule.A_1]


def test_what_comes_before_the_first_session_is_left_out() -> None:
    activity = Activity(activity="walk", minutes=30, intensity=Intensity.MODERATE)
    [session] = look(
        done(TILTS, 3),
        logged(),
        started(),
        entry(activity, 3),
        logged("Z-9"),
        ended(),
    )

    assert session.turns[0].done == 0
    assert session.decisions == ()


def test_a_decision_comes_back_as_it_was_logged() -> None:
    kept = Logged(
        rule="S-1",
        outcome="suspend",
        exercise=TILTS,
        value=14,
        until=date(2026, 12, 1),
        routine="beginner",
        other=SIMPLE,
        variant="retired",
        inputs={"a": 1},
    )

    assert decision_of(kept) == Decision(
        rule=Rule.S_1,
        outcome=Decided.SUSPEND,
        exercise=TILTS,
        value=14,
        until=date(2026, 12, 1),
        routine="beginner",
        other=SIMPLE,
        variant="retired",
        inputs={"a": 1},
    )


@pytest.mark.parametrize(("rule", "outcome"), [("Z-9", "hold"), ("P-1", "dance")])
def test_a_decision_of_rules_to_come_is_not_made_out(rule: str, outcome: str) -> None:
    assert decision_of(Logged(rule=rule, outcome=outcome)) is None
