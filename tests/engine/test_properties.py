"""What holds for every plan, whatever the voice, and whatever the person does."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from typing import override

from hypothesis import given, settings, strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
import pytest

from custom_components.back_exercise.engine.catalogue import Pattern
from custom_components.back_exercise.engine.changes import ease
from custom_components.back_exercise.engine.cues import CueKind
from custom_components.back_exercise.engine.decision import Outcome
from custom_components.back_exercise.engine.events import (
    DecisionMade,
    Event,
    ExerciseEnded,
    ExerciseHurt,
    ExerciseOutcome,
    ExerciseStarted,
    RepetitionDone,
    SessionEnded,
    SessionOutcome,
    SharpPain,
)
from custom_components.back_exercise.engine.plan import (
    Lead,
    Move,
    Place,
    Plan,
    Side,
    Step,
    StepKind,
)
from custom_components.back_exercise.engine.session import (
    RESTART_LIMIT,
    Command,
    Session,
    SessionState,
)
from custom_components.back_exercise.engine.timeline import (
    GAP,
    LengthOf,
    Timeline,
    cues_of,
    lay,
    stretch_at,
    stretches,
)

from .builders import (
    answering,
    mixed_phrases,
    playing,
    seconds,
    silent,
    started,
)
from .made_up_plans import COMMANDS, plans

pytestmark = pytest.mark.timeout(300)
"""Where a property fails, the smallest example is looked for, and that takes time."""

MILLISECONDS = st.sampled_from([0, 400, 1900, 2900, 3500, 4000]) | st.integers(0, 4000)

PHRASES = st.lists(MILLISECONDS, min_size=3, max_size=12).map(
    lambda lengths: mixed_phrases(tuple(seconds(each / 1000) for each in lengths))
)
"""Phrases of up to four seconds, no two cues necessarily alike."""


@st.composite
def places(draw: st.DrawFn, plan: Plan) -> Place:
    """Draw a place within an exercise of a plan."""
    steps = [
        index
        for index, step in enumerate(plan.steps)
        if step.exercise and step.kind is not StepKind.ASK
    ]
    step = draw(st.sampled_from(steps))
    count = len(plan.steps[step].repetitions)
    return Place(step=step, repetition=draw(st.integers(0, count)))


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    """Draw the timeline of anything that may be played in one go."""
    plan = draw(plans())
    place = draw(places(plan))
    work = plan.steps[place.step]
    left = work.repetitions[place.repetition :]
    lead = Step(
        kind=StepKind.PREPARE,
        duration=seconds(0),
        exercise=work.exercise,
        side=work.side,
        lead=draw(st.sampled_from(Lead)),
        upcoming=left[0] if left else None,
    )
    stretch = stretch_at(plan, place, draw(st.sampled_from([None, lead])))
    assert stretch
    return lay(plan, stretch, draw(PHRASES))


def volumes(plan: Plan) -> dict[str, int]:
    """Return how much of each exercise is planned."""
    return {each.exercise.id: each.dose.volume for each in plan.prescriptions}


def longest_sets(plan: Plan) -> dict[str, int]:
    """Return the longest set of each exercise."""
    return {each.exercise.id: max(each.dose.sets) for each in plan.prescriptions}


def is_no_more(new: dict[str, int], old: dict[str, int]) -> bool:
    """Tell whether nothing of a plan is more than it was."""
    return all(amount <= old[id_] for id_, amount in new.items())


# Timelines


@given(timelines())
def test_cues_never_overlap_and_stay_within_what_is_played(timeline: Timeline) -> None:
    spoken = timeline.spoken

    assert all(each.offset >= seconds(0) for each in spoken)
    assert all(each.end <= timeline.length for each in spoken)
    assert all(one.end + GAP <= after.offset for one, after in pairwise(spoken))


@given(timelines())
def test_steps_and_repetitions_follow_each_other(timeline: Timeline) -> None:
    assert timeline.steps[0].start == seconds(0)
    assert all(before.end == after.start for before, after in pairwise(timeline.steps))
    for step in timeline.steps:
        moments = [
            moment for each in step.repetitions for moment in (each.start, each.done)
        ]
        assert [step.start, *moments, step.end] == sorted(
            [step.start, *moments, step.end]
        )
        assert [each.start for each in step.repetitions[:1]] == [
            step.start for _ in step.repetitions[:1]
        ]


@given(timelines())
def test_every_repetition_is_counted_when_it_starts(timeline: Timeline) -> None:
    starts = [each.start for step in timeline.steps for each in step.repetitions]
    counted = (CueKind.COUNT, CueKind.TURN, CueKind.LAP)

    assert [
        each.offset for each in timeline.spoken if each.cue.kind in counted
    ] == starts


@given(timelines())
def test_holds_are_exact_and_the_way_back_is_no_shorter_than_the_way_there(
    timeline: Timeline,
) -> None:
    releases = {
        each.offset
        for each in timeline.spoken
        if each.cue.kind in (CueKind.RELEASE, CueKind.LOWER)
    }
    holds = {each.offset for each in timeline.spoken if each.cue.kind is CueKind.HOLD}
    for step in timeline.steps:
        for timed, repetition in zip(
            step.repetitions, step.step.repetitions, strict=True
        ):
            within = [at for at in releases if timed.start <= at <= timed.done]
            held = [at for at in holds if timed.start <= at <= timed.done]
            for release in within:
                lift = release - repetition.hold - timed.start
                assert lift >= repetition.lift
                assert timed.done - release >= max(lift, repetition.lower)
                assert held in ([], [release - repetition.hold])


@given(timelines())
def test_all_repetitions_of_a_step_last_equally_long(timeline: Timeline) -> None:
    for step in timeline.steps:
        lengths = {
            (repetition.move, timed.done - timed.start)
            for timed, repetition in zip(
                step.repetitions, step.step.repetitions, strict=True
            )
        }
        assert len(lengths) == len({move for move, _ in lengths})


@given(plans(), PHRASES)
def test_the_second_side_of_a_set_lasts_as_long_as_the_first(
    plan: Plan, length_of: LengthOf
) -> None:
    for stretch in stretches(plan):
        sided = [
            each.end - each.start
            for each in lay(plan, stretch, length_of).steps
            if each.step.kind is StepKind.WORK
            and each.step.side in (Side.RIGHT, Side.LEFT)
        ]
        assert sided[0::2] == sided[1::2]


@given(plans(), PHRASES)
def test_words_only_ever_make_a_step_longer(plan: Plan, length_of: LengthOf) -> None:
    for stretch in stretches(plan):
        spoken = lay(plan, stretch, length_of)
        unspoken = lay(plan, stretch, silent)
        assert all(
            one.end - one.start >= other.end - other.start
            for one, other in zip(spoken.steps, unspoken.steps, strict=True)
        )
        assert {each.cue for each in spoken.spoken} <= set(cues_of(plan, stretch))


@given(plans())
def test_without_words_a_session_lasts_its_nominal_time(plan: Plan) -> None:
    asked = [step for step in plan.steps if step.kind is not StepKind.ASK or step.asked]
    lengths = [lay(plan, each, silent).length for each in stretches(plan)]
    nominal = [answering(plan, step) if step.asked else step.duration for step in asked]

    assert sum(lengths, seconds(0)) == sum(nominal, seconds(0))


# Plans


@given(st.data(), plans())
def test_easing_never_asks_more_and_comes_to_an_end(
    data: st.DataObject, plan: Plan
) -> None:
    exercise = plan.steps[data.draw(places(plan)).step].exercise or ""
    rungs = len(plan.prescription(exercise).exercise.ladder.doses)
    eased, times = plan, 0
    while easier := ease(eased, Place(step=eased.first_step(exercise))):
        assert is_no_more(volumes(easier[0]), volumes(eased))
        assert is_no_more(longest_sets(easier[0]), longest_sets(eased))
        assert volumes(easier[0])[exercise] < volumes(eased)[exercise]
        assert easier[0].nominal < eased.nominal
        eased, times = easier[0], times + 1

    assert times < rungs


@given(st.data(), plans())
def test_an_eased_plan_goes_on_within_the_same_exercise(
    data: st.DataObject, plan: Plan
) -> None:
    place = data.draw(places(plan))
    exercise = plan.steps[place.step].exercise
    eased, new_place = ease(plan, place) or (plan, place)
    step = eased.steps[new_place.step]

    assert step.exercise == exercise
    assert new_place.repetition <= len(step.repetitions)
    assert (step.set, new_place.repetition) <= (
        plan.steps[place.step].set,
        max(place.repetition, 0),
    )


@given(plans())
def test_both_sides_are_planned_alike(plan: Plan) -> None:
    for prescription in plan.prescriptions:
        sides = [
            each.side
            for step in plan.steps
            if step.exercise == prescription.exercise.id
            for each in step.repetitions
            if each.move is Move.REPETITION
        ]
        uneven = prescription.exercise.pattern is Pattern.ALTERNATING
        difference = sides.count(plan.first_side) - sides.count(plan.first_side.other)
        assert 0 <= difference <= int(uneven)


# Sessions


@given(plans(), PHRASES)
def test_an_undisturbed_session_does_all_that_is_planned(
    plan: Plan, length_of: LengthOf
) -> None:
    player = playing(plan, length_of)
    player.to_the_end()
    ended = [each for each in player.events if isinstance(each, ExerciseEnded)]

    assert [each.exercise for each in ended] == list(volumes(plan))
    assert {each.outcome for each in ended} == {ExerciseOutcome.DONE}
    assert [each.done for each in ended] == list(volumes(plan).values())
    assert [each.planned for each in ended] == list(volumes(plan).values())
    assert all(upcoming == wanted for upcoming, wanted in player.foreseen)


@given(plans(), st.integers(1, 1_000_000).map(lambda n: timedelta(milliseconds=n)))
def test_how_often_it_is_told_the_time_makes_no_difference(
    plan: Plan, late: timedelta
) -> None:
    punctual, tardy = playing(plan), playing(plan)
    since = len(tardy.events)
    punctual.wait(late)
    events = tardy.session.advance(tardy.now + late)

    # the tardy one catches up to where it needs something new to play
    assert events == punctual.events[since : since + len(events)]
    assert [each.at <= tardy.now + late for each in events] == [True] * len(events)


class Playing(RuleBasedStateMachine):
    """A person who presses anything at any time."""

    @initialize(
        plan=plans(fewest=2, highest=3),
        length_of=PHRASES,
        second=st.integers(0, 600),
        mute=st.booleans(),
    )
    def start(
        self, plan: Plan, length_of: LengthOf, second: int, *, mute: bool
    ) -> None:
        """Start a session, and let it play for a while."""
        self.plan = plan
        self.player = playing(plan, length_of, until=second, mute=mute)
        self.eased = False

    @property
    def session(self) -> Session:
        """What is played."""
        return self.player.session

    @rule(length=st.integers(0, 60_000))
    def wait(self, length: int) -> None:
        """Let it play for up to a minute."""
        self.player.wait(timedelta(milliseconds=length))

    @precondition(lambda self: self.session.state is not SessionState.PAUSED)
    @rule(times=st.integers(1, 12))
    def wait_for_something(self, times: int) -> None:
        """Let it play just until something happens, some times."""
        for _ in range(times):
            self.player.wait(
                (self.session.next_at or self.player.now) - self.player.now
            )

    @rule(length=st.integers(1, 4))
    def wait_long(self, length: int) -> None:
        """Let it play for minutes."""
        self.player.wait(timedelta(minutes=length))

    @rule(command=st.sampled_from(COMMANDS))
    def press(self, command: Command) -> None:
        """Press a button, whether it is offered or not."""
        upcoming = self.session.upcoming
        volume, longest = volumes(self.session.plan), longest_sets(self.session.plan)
        is_done = self.player.press_if_allowed(command)

        self.eased |= is_done and command is Command.EASIER
        assert is_no_more(volumes(self.session.plan), volume)
        assert is_no_more(longest_sets(self.session.plan), longest)
        assert not (is_done and command is Command.RESUME) or (
            self.session.wanted == upcoming
        )

    @rule(command=st.sampled_from([Command.PREVIOUS, Command.NEXT]))
    def change(self, command: Command) -> None:
        """Want another exercise."""
        self.player.press_if_allowed(command)

    @rule(command=st.sampled_from(COMMANDS))
    def press_in_a_pause(self, command: Command) -> None:
        """Pause, press something, and go on."""
        self.player.press_if_allowed(Command.PAUSE)
        self.press(command)
        self.press(Command.RESUME)

    @rule(pain=st.none() | st.integers(0, 3), effort=st.none() | st.integers(0, 10))
    def rate(self, pain: int | None, effort: int | None) -> None:
        """Say how it is or was, asked or not."""
        volume = volumes(self.session.plan)
        if self.session.state is not SessionState.ENDED:
            self.player.rate(pain, effort)
        assert is_no_more(volumes(self.session.plan), volume)

    @precondition(lambda self: len(self.player.events) > 60)
    @rule(pain=st.integers(4, 10))
    def rate_high(self, pain: int) -> None:
        """Say that it is bad, not too early."""
        if self.session.state is not SessionState.ENDED:
            self.player.rate(pain)

    @precondition(lambda self: self.session.at_gate)
    @rule(pain=st.none() | st.integers(0, 5), plan=plans(fewest=2, highest=3))
    def pass_gate(self, pain: int | None, plan: Plan) -> None:
        """Have a question before answered, and another plan for it."""
        self.plan = plan
        self.player.pass_gate(plan, pain)

    @precondition(lambda self: self.session.state is not SessionState.ENDED)
    @rule()
    def be_cut_off(self) -> None:
        """Come back after a restart."""
        self.player.restart()

    @rule(late=st.integers(0, 1500))
    def hear_late(self, late: int) -> None:
        """Find that the stretch began to be heard later than was thought."""
        begun_at = self.session.begun_at
        self.session.anchor((begun_at or self.player.now) + seconds(late / 1000))

    @precondition(lambda self: bool(started(self.player.events)))
    @rule()
    def hurt(self) -> None:
        """Have sharp pain, not before there is anything that could hurt."""
        self.player.press_if_allowed(Command.SHARP_PAIN)

    @precondition(lambda self: len(self.player.events) > 80)
    @rule()
    def stop(self) -> None:
        """Press stop, not too early."""
        self.player.press_if_allowed(Command.STOP)

    @invariant()
    def progress_is_a_share(self) -> None:
        """Progress is from nothing to all."""
        assert 0 <= self.session.snapshot.progress <= 1

    @invariant()
    def it_waits_for_a_stretch_or_a_moment(self) -> None:
        """The one who drives it always has something to do, unless it is over."""
        is_waiting = self.session.wanted is not None or self.session.next_at is not None
        assert is_waiting is (self.session.state is not SessionState.ENDED)

    @override
    def teardown(self) -> None:
        """Drive it to its end, which always comes, and look at all that happened."""
        self.player.wait(RESTART_LIMIT * (self.session.state is SessionState.PAUSED))
        self.player.to_the_end()
        events = self.player.events

        assert [each for each in events if isinstance(each, SessionEnded)] == [
            events[-1]
        ]
        assert [each.at for each in events] == sorted(each.at for each in events)
        assert all(upcoming == wanted for upcoming, wanted in self.player.foreseen)
        assert_nothing_hurts_twice(events)
        assert_starts_and_ends_take_turns(events)
        assert_no_more_is_done_than_planned(self.plan, events, eased=self.eased)


def assert_nothing_hurts_twice(events: Sequence[Event]) -> None:
    """No repetition, nor a start, of what hurt; two that hurt are the end."""
    pains = [
        (number, event.exercise)
        for number, event in enumerate(events)
        if isinstance(event, SharpPain | ExerciseHurt)
        or (isinstance(event, ExerciseEnded) and event.outcome is ExerciseOutcome.PAIN)
    ]
    for number, exercise in pains:
        assert exercise not in {
            event.exercise
            for event in events[number:]
            if isinstance(event, ExerciseStarted | RepetitionDone)
        }
    hurt = {exercise for _, exercise in pains}
    ends = [
        event.decision
        for event in events
        if isinstance(event, DecisionMade)
        and event.decision.outcome is Outcome.END_SESSION
    ]
    (last,) = [event for event in events if isinstance(event, SessionEnded)]

    assert len(hurt) <= 2
    assert bool(ends) is (last.because is not None)
    assert (len(hurt) == 2 or None in hurt or bool(ends)) is (
        last.outcome is SessionOutcome.PAIN or last.because is not None
    )


def assert_starts_and_ends_take_turns(events: Sequence[Event]) -> None:
    """Each start of an exercise is followed by its end."""
    both = [
        each for each in events if isinstance(each, ExerciseStarted | ExerciseEnded)
    ]
    starts, ends = both[0::2], both[1::2]

    assert all(isinstance(each, ExerciseStarted) for each in starts)
    assert all(isinstance(each, ExerciseEnded) for each in ends)
    assert [each.exercise for each in ends] == [each.exercise for each in starts]


def assert_no_more_is_done_than_planned(
    plan: Plan, events: Sequence[Event], *, eased: bool
) -> None:
    """At most what was planned is done; all of it unless it was made easier."""
    planned = volumes(plan)
    ended = [each for each in events if isinstance(each, ExerciseEnded)]

    assert all(0 <= each.done <= planned[each.exercise] for each in ended)
    assert all(each.planned == planned[each.exercise] for each in ended)
    assert eased or all(
        each.done == each.planned
        for each in ended
        if each.outcome is ExerciseOutcome.DONE
    )


TestPlaying = Playing.TestCase
TestPlaying.settings = settings(max_examples=400, stateful_step_count=30)
