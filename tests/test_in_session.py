"""What pain and silence do while a session is played: heard, shown and recorded."""

from datetime import timedelta
from typing import Any, Final

from homeassistant.const import STATE_UNKNOWN
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest

from .conftest import (
    EXERCISE,
    SESSION,
    Ask,
    PassTime,
    Play,
    Recorded,
    Until,
    build_past,
)
from .engine.exercises import BRIDGES, HIP, SIMPLE, TILTS
from .room import RoomPlayer

pytestmark = pytest.mark.usefixtures("spoken_to", "asked_after_each", "voice", "player")


LEFT_OUT: Final = (
    "Stop there and rest. Well done for noticing. We leave that one out, and go on "
    "only if you feel ready. If you would rather not, press stop."
)


def marks(done: dict[str, Any]) -> tuple[Any, ...]:
    """Return what an exercise came to."""
    names = ("exercise", "sharp", "stopped_for_pain", "too_hard", "skipped")
    return tuple(done[name] for name in names)


async def test_i1_sharp_pain_is_answered_within_a_second(
    player: RoomPlayer, ask: Ask, until: Until, pass_time: PassTime
) -> None:
    await ask("start")
    await until("running", TILTS, "work")
    await pass_time(timedelta(seconds=12.3))
    said = dt_util.utcnow()
    await ask("sharp_pain")
    assert player.is_silent
    await pass_time(timedelta(seconds=20))

    words = next(each for each in player.words if each.at >= said)
    assert words.text == LEFT_OUT
    assert words.at - said < timedelta(seconds=1)


async def test_i1_what_hurt_is_asked_about_and_not_met_again(
    player: RoomPlayer,
    ask: Ask,
    follow: Play,
    until: Until,
    pass_time: PassTime,
    recorded: Recorded,
) -> None:
    await ask("start")
    await until("running", TILTS, "work")
    await ask("sharp_pain")
    await until("asking", TILTS)
    await pass_time(timedelta(seconds=10))
    heard = len(player.words)
    await ask("rate", pain=3)
    await follow(2)

    assert "How much did it hurt, from zero to ten?" in player.texts
    assert not any("Pelvic tilts" in text for text in player.texts[heard:])
    assert marks((await recorded("exercise_done"))[0]) == (
        TILTS,
        True,
        True,
        False,
        False,
    )
    assert (await recorded("session_ended"))[0]["outcome"] == "completed"


@pytest.mark.parametrize(
    ("pain", "outcome"), [(5, "completed"), (6, "pain"), (8, "pain")]
)
async def test_i1_the_number_that_is_given_then_counts_too(
    ask: Ask, follow: Play, until: Until, recorded: Recorded, *, pain: int, outcome: str
) -> None:
    await ask("start")
    await until("running", TILTS, "work")
    await ask("sharp_pain")
    await until("asking", TILTS)
    await ask("rate", pain=pain)
    await follow(2)

    assert (await recorded("session_ended"))[0]["outcome"] == outcome


async def test_i2_a_little_more_pain_makes_what_comes_smaller_and_slower(
    player: RoomPlayer, ask: Ask, until: Until, pass_time: PassTime, recorded: Recorded
) -> None:
    await ask("start")
    await until("asking", TILTS)
    await ask("rate", pain=3, effort=3)
    await pass_time(timedelta(seconds=20))

    assert "From here on, make the movements smaller and slower." in player.texts
    assert ("I-2", "message") in [
        (each["rule"], each["outcome"]) for each in await recorded("decision")
    ]
    assert not (await recorded("exercise_done"))[0]["stopped_for_pain"]


async def test_i3_much_more_pain_during_an_exercise_stops_it_at_once(
    hass: HomeAssistant,
    player: RoomPlayer,
    ask: Ask,
    until: Until,
    pass_time: PassTime,
    recorded: Recorded,
) -> None:
    await ask("start")
    await until("running", TILTS, "work")
    await pass_time(timedelta(seconds=20))
    await ask("rate", pain=4)
    await pass_time(timedelta(seconds=10))

    assert player.texts[-1] == (
        "That one stirred things up. We leave it for today and move on after a rest."
    )
    assert hass.states.is_state(SESSION, "running")
    (done,) = await recorded("exercise_done")
    assert (done["exercise"], done["stopped_for_pain"], done["done"]) == (
        TILTS,
        True,
        2,
    )
    await until("running", HIP, "work")


async def test_i3_said_in_the_question_it_marks_the_exercise(
    ask: Ask, until: Until, recorded: Recorded
) -> None:
    await ask("start")
    await until("asking", TILTS)
    await ask("rate", pain=4)
    await until("running", HIP, "work")

    assert any(each["stopped_for_pain"] for each in await recorded("exercise_done"))


@pytest.mark.parametrize("pain", [6, 10])
async def test_i4_far_more_pain_ends_the_session(
    hass: HomeAssistant,
    player: RoomPlayer,
    ask: Ask,
    until: Until,
    pass_time: PassTime,
    recorded: Recorded,
    pain: int,
) -> None:
    await ask("start")
    await until("asking", TILTS)
    await ask("rate", pain=pain)
    await pass_time(timedelta(seconds=20))

    assert hass.states.is_state(SESSION, "idle")
    assert player.texts[-1].startswith("We’ll finish here. How do you feel now?")
    assert (await recorded("session_ended"))[0]["outcome"] == "pain"


async def test_i5_the_second_exercise_that_is_stopped_ends_the_session(
    hass: HomeAssistant,
    player: RoomPlayer,
    ask: Ask,
    until: Until,
    pass_time: PassTime,
    recorded: Recorded,
) -> None:
    await ask("start")
    await until("running", TILTS, "work")
    await ask("sharp_pain")
    await until("running", HIP, "work")
    await ask("rate", pain=4)
    await pass_time(timedelta(seconds=20))

    assert hass.states.is_state(SESSION, "idle")
    assert player.texts[-1].startswith("Two were uncomfortable, so we’ll finish here.")
    stopped = [marks(each)[0] for each in await recorded("exercise_done")]
    assert stopped == [TILTS, HIP]
    assert (await recorded("session_ended"))[0]["outcome"] == "pain"


@pytest.mark.parametrize(("command", "mark"), [("next", "skipped"), ("stop", None)])
async def test_i7_without_pain_leaving_off_is_no_mark(
    ask: Ask, until: Until, recorded: Recorded, *, command: str, mark: str | None
) -> None:
    await ask("start")
    await until("running", TILTS, "work")
    await ask(command)
    (done,) = await recorded("exercise_done")

    assert {name for name, value in done.items() if value is True} == {mark} - {None}


async def test_i7_too_hard_at_the_lowest_step_ends_the_exercise_without_blame(
    player: RoomPlayer, ask: Ask, until: Until, pass_time: PassTime, recorded: Recorded
) -> None:
    await ask("start")
    await until("running", TILTS, "work")
    for _ in range(4):
        await ask("easier")
        await pass_time(timedelta(seconds=5))

    assert "That’s fine. We end this one here." in player.texts
    (done,) = await recorded("exercise_done")
    assert marks(done) == (TILTS, False, False, True, False)


async def test_i8_a_question_that_is_not_answered_is_over_after_30_seconds(
    hass: HomeAssistant, ask: Ask, until: Until, pass_time: PassTime, recorded: Recorded
) -> None:
    await ask("start")
    await until("asking", TILTS)
    asked = dt_util.utcnow()
    await pass_time(
        timedelta(minutes=2), lambda: not hass.states.is_state(SESSION, "asking")
    )
    took = dt_util.utcnow() - asked

    assert timedelta(seconds=30) <= took <= timedelta(seconds=38)
    assert (await recorded("exercise_done"))[0]["pain_peak"] is None


async def test_i8_a_session_without_any_answer_goes_on_to_its_end(
    hass: HomeAssistant, ask: Ask, until: Until, pass_time: PassTime, recorded: Recorded
) -> None:
    await ask("start")
    await until("idle")
    await pass_time(timedelta(days=1))
    plan = await ask("get_plan", pain_before=2)

    assert (await recorded("session_ended"))[0] == {
        "outcome": "completed",
        "pain_after": None,
        "effort": None,
    }
    assert {each["index"] for each in plan["exercises"]} == {0}


async def test_the_answer_of_pain_is_waited_for_and_then_briefly_the_effort(
    hass: HomeAssistant, ask: Ask, until: Until, pass_time: PassTime
) -> None:
    await ask("start")
    await until("asking", TILTS)
    await ask("rate", pain=2)
    assert hass.states.is_state(SESSION, "asking")
    await pass_time(timedelta(seconds=9))
    assert hass.states.is_state(SESSION, "asking")
    await pass_time(timedelta(seconds=2))

    assert not hass.states.is_state(SESSION, "asking")


@pytest.mark.parametrize(
    ("past", "asked"),
    [
        (
            build_past(check_in="each_exercise"),
            [TILTS, HIP, BRIDGES, SIMPLE, STATE_UNKNOWN],
        ),
        (build_past(check_in="start_and_end"), [STATE_UNKNOWN]),
        (build_past(check_in="off"), []),
    ],
    ids=["each_exercise", "start_and_end", "off"],
)
async def test_the_check_in_says_what_is_asked(
    hass: HomeAssistant, ask: Ask, pass_time: PassTime, asked: list[str]
) -> None:
    found: list[str] = []

    def is_over() -> bool:
        exercise = hass.states.get(EXERCISE)
        assert exercise
        place = exercise.state
        is_new = hass.states.is_state(SESSION, "asking") and place not in found
        found.extend([place] * is_new)
        return hass.states.is_state(SESSION, "idle")

    await ask("start")
    await pass_time(timedelta(hours=1), is_over)

    assert found == asked


@pytest.mark.parametrize("past", [build_past(check_in="start_and_end")])
async def test_asked_at_the_end_alone_the_answer_stands_for_all(
    ask: Ask, play: Play, pass_time: PassTime, recorded: Recorded
) -> None:
    await play(2, effort=3)
    await pass_time(timedelta(days=1))
    await ask("rate", pain=2)
    ratings = await recorded("rating")

    assert [(each["context"], each["exercise"]) for each in ratings[-3:]] == [
        ("after", None),
        ("after", None),
        ("next_day", None),
    ]


async def test_no_number_of_pain_is_ever_said(player: RoomPlayer, play: Play) -> None:
    await play(2, answers={TILTS: {"pain": 3}, HIP: {"pain": 4}})
    asked = [text for text in player.texts if "your back" in text or "pain" in text]

    assert not any(
        number in text.lower().split()
        for text in asked
        for number in ("two", "three", "four")
        if "zero" not in text
    )


async def test_what_has_changed_is_said_once_in_the_welcome(
    player: RoomPlayer, ask: Ask, play: Play, pass_time: PassTime
) -> None:
    await play(2, answers={BRIDGES: {"pain": 4}})
    remark = "Bridges stirred things up, so there is a little less of it."
    await pass_time(timedelta(days=1))
    await ask("rate", pain=2)
    await pass_time(timedelta(days=1))
    first = len(player.words)
    await play(2)
    second = len(player.words)
    await pass_time(timedelta(days=1))
    await ask("rate", pain=2)
    await pass_time(timedelta(days=1))
    await play(2)

    assert remark in player.texts[first:second]
    assert remark not in player.texts[second:]
