"""What a person says of their back is asked for, heard, heeded and remembered."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
import time
from typing import Any

import pytest

from custom_components.back_exercise.engine.cues import Cue, CueKind
from custom_components.back_exercise.engine.decision import Rule
from demo.home import RefusedError

from .hearing import Heard
from .parts import Parts
from .person import Person, Watch, add_person, watching
from .score import cut, overlapping, phrases_of, timetables

FIRST, SECOND = "pelvic_tilts", "simplified_piriformis_stretch"
BEFORE, RISEN, AFTER, EFFORT = 2, 4, 2, 5
SILENT_WITHIN_S = 1.0
"""How soon speech is cut."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """A session in which an exercise hurt, and what came of starting another."""

    watch: Watch
    person: Person
    heard: list[Heard]
    """In the session."""
    risen_at: float
    """When it was said that the first exercise hurts."""
    refusal: str
    """What the button to start answered afterwards."""
    told: list[Heard]
    """What was said then."""


@pytest.fixture(scope="module")
async def rated(parts: Parts, component: Path) -> Rated:
    """Start without a rating, answer, stop an exercise, finish and start again."""
    phrases = phrases_of(component)
    eve = await add_person(parts, "Eve", [parts.mpd])
    async with watching(parts.home) as watch:
        begin = await eve.press("start")
        await eve.until_session(watch, "asking", begin)
        question = phrases.text(Cue(kind=CueKind.PAIN_BEFORE))
        await parts.until_said("mpd", question, begin)
        answered_at = await eve.rate("pain_now", BEFORE)

        work = await eve.until_at(watch, "work", FIRST, answered_at)
        await asyncio.sleep(work.at + 3.0 - time.monotonic())
        risen_at = await eve.rate("pain_now", RISEN)

        await eve.until_at(watch, "prepare", SECOND, risen_at)
        asking = await eve.until_session(
            watch, "asking", risen_at, within=timedelta(minutes=3)
        )
        question = phrases.text(Cue(kind=CueKind.EFFORT_AFTER))
        await parts.until_said("mpd", question, asking.at)
        await eve.rate("pain_now", AFTER)
        over_at = await eve.rate("effort", EFFORT)
        await eve.until_session(watch, "idle", over_at)
        await parts.until_quiet("mpd")

        again_at = time.monotonic()
        with pytest.raises(RefusedError) as refused:
            await eve.press("start")
        await parts.until_quiet("mpd", timedelta(seconds=4))
    return Rated(
        watch=watch,
        person=eve,
        heard=await parts.heard("mpd", begin, again_at),
        risen_at=risen_at,
        refusal=str(refused.value),
        told=await parts.heard("mpd", again_at),
    )


@pytest.fixture(scope="module")
def sentence(component: Path) -> Any:
    """Return what gives the sentence of a rule."""
    phrases = phrases_of(component)
    return lambda rule: phrases.text(Cue(kind=CueKind.DECISION, key=rule))


async def test_it_is_asked_before_and_goes_on_with_the_answer(
    parts: Parts, rated: Rated, component: Path, sentence: Any
) -> None:
    phrases = phrases_of(component)
    question = phrases.text(Cue(kind=CueKind.PAIN_BEFORE))
    going_on = phrases.text(Cue(kind=CueKind.GOING_ON, seconds=10))
    farewell = phrases.text(Cue(kind=CueKind.FAREWELL))
    welcome, first, second, closing = timetables(component, parts)
    texts = [each.text for each in rated.heard]

    hurt = texts.index(sentence(Rule.I_3))
    assert texts[: 1 + len(welcome.texts)] == [question, *welcome.texts]
    begun = rated.heard[1 + len(welcome.texts) : hurt]
    # What was cut after its first sounds may be taken for what begins alike.
    known = [each.text for each in begun if each is not begun[-1] or each.whole]
    assert known == first.texts[: len(known)]
    rest = 1
    assert texts[hurt + 1 :] == [
        going_on,
        *second.texts[rest:],
        *closing.texts,
        farewell,
    ]


async def test_what_hurts_is_cut_at_once_and_left_for_the_day(
    rated: Rated, sentence: Any
) -> None:
    hurt = next(each for each in rated.heard if each.text == sentence(Rule.I_3))
    before = [each for each in rated.heard if each.on < hurt.on]

    assert before[-1].off <= rated.risen_at + SILENT_WITHIN_S
    assert cut([each for each in rated.heard if each is not before[-1]]) == []
    assert overlapping(rated.heard) == []


async def test_what_was_said_is_in_the_diary(rated: Rated) -> None:
    answer = await rated.person.perform("get_diary", {"limit": 1000})

    entries = [*reversed(answer["entries"])]
    ratings = [
        (data["context"], data["measure"], data["value"], data["exercise"])
        for kind, data in ((each["kind"], each["data"]) for each in entries)
        if kind == "rating"
    ]
    assert ratings == [
        ("before", "pain", BEFORE, None),
        ("during", "pain", RISEN, FIRST),
        ("after", "pain", AFTER, None),
        ("after", "effort", EFFORT, None),
    ]
    turns = {
        each["data"]["exercise"]: each["data"]["stopped_for_pain"]
        for each in entries
        if each["kind"] == "exercise_done"
    }
    assert turns == {FIRST: True, SECOND: False}
    assert [
        each["data"]["outcome"] for each in entries if each["kind"] == "session_ended"
    ] == ["completed"]


async def test_another_session_on_that_day_is_refused_in_words(
    rated: Rated, sentence: Any
) -> None:
    one_a_day = sentence(Rule.G_6)

    assert one_a_day in rated.refusal
    assert [each.text for each in rated.told] == [one_a_day]
    assert cut(rated.told) == []
