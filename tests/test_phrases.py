"""Every cue there can be has words, in every language there is."""

from dataclasses import replace
from datetime import date
import re
from string import Formatter
from typing import Any

from homeassistant.core import HomeAssistant
import pytest

from custom_components.back_exercise.engine.catalogue import Pattern
from custom_components.back_exercise.engine.cues import Cue, CueKind, cue_of
from custom_components.back_exercise.engine.decision import Decision, Outcome, Rule
from custom_components.back_exercise.engine.diary import Form
from custom_components.back_exercise.engine.plan import (
    Side,
)
from custom_components.back_exercise.phrases import (
    FALLBACK,
    Phrases,
    async_load_phrases,
    languages,
)

from .phrasing import UNFINISHED, cues, read


def shape(words: Any) -> Any:  # JSON
    """Return what there is in a language, and what each sentence wants to be told."""
    match words:
        case str():
            return {name for _, name, _, _ in Formatter().parse(words) if name}
        case list():
            return [shape(each) for each in words]
        case _:
            return {key: shape(each) for key, each in words.items()}


def test_every_kind_of_cue_is_tried() -> None:
    assert {cue.kind for cue in cues()} == set(CueKind)


@pytest.mark.parametrize("language", languages())
def test_every_cue_becomes_whole_sentences(language: str) -> None:
    phrases = read(language)
    for cue in set(cues()):
        text = phrases.text(cue)
        assert text, cue
        assert not UNFINISHED.search(text), text
        assert text[0] == text[0].upper(), text
        assert text[-1] in ".?!", text


@pytest.mark.parametrize("language", languages())
def test_every_decision_is_spoken_as_it_is_shown_but_for_figures(language: str) -> None:
    phrases = read(language)
    for key in phrases.words["decisions"]:
        rule, _, variant = key.partition(".")
        decision = Decision(
            rule=Rule(rule),
            outcome=Outcome.MESSAGE,
            exercise="bridges",
            other="dead_bugs",
            routine="beginner",
            value=30,
            until=date(2026, 12, 5),
            variant=variant or None,
        )
        text = phrases.text(cue_of(decision))
        assert not UNFINISHED.search(text), text
        assert text[0] == text[0].upper(), text
        assert not re.search(r"\d", text), text


@pytest.mark.parametrize("language", languages())
def test_every_language_has_all_that_english_has(language: str) -> None:
    assert shape(read(language).words) == shape(read(FALLBACK).words)


def test_a_single_exercise_is_not_spoken_of_as_several() -> None:
    welcome = Cue(kind=CueKind.WELCOME, routine="beginner", number=2, sets=1)
    assert read("en").text(welcome) == (
        "Welcome. This is your beginner routine, today with a single exercise."
    )


def test_a_single_lap_is_not_spoken_of_as_several() -> None:
    dose = Cue(
        kind=CueKind.DOSE, pattern=Pattern.LAPS, number=15, sets=1, side=Side.RIGHT
    )
    assert read("en").text(dose).startswith("One lap, fifteen steps out")


@pytest.mark.parametrize(
    ("value", "spoken"), [(30, "thirty"), (60, "sixty"), (150, "150"), (-1, "-1")]
)
def test_a_figure_is_spoken_in_words_as_far_as_there_are_words(
    value: int, spoken: str
) -> None:
    decision = Decision(rule=Rule.W_3, outcome=Outcome.TARGET, value=value)
    text = read("en").text(cue_of(decision))
    assert text == f"You reached your active minutes, so next week’s aim is {spoken}."


@pytest.mark.parametrize(
    ("until", "spoken"), [(date(2026, 12, 5), "Until December 5."), (None, "Until .")]
)
def test_a_date_is_spoken_in_words_of_the_language(
    until: date | None, spoken: str
) -> None:
    words = {**read("en").words, "decisions": {"S-1": "Until {until}."}}
    decision = Decision(rule=Rule.S_1, outcome=Outcome.SUSPEND, until=until)
    phrases = Phrases(language="en", words=words)
    assert phrases.text(cue_of(decision)) == spoken


def test_without_the_cushion_nobody_is_told_to_stand_on_it() -> None:
    phrases = read("en")
    cue = Cue(kind=CueKind.SET_UP, exercise="single_leg_balance")
    assert "cushion" in phrases.text(cue)
    on_the_floor = phrases.text(replace(cue, form=Form.LEVEL_SURFACE))
    assert on_the_floor.startswith("Stand on the floor")


def test_sides_are_named_where_sides_are_changed() -> None:
    phrases = read("en")
    left = Cue(kind=CueKind.COUNT, number=3, side=Side.LEFT)
    assert phrases.text(left) == "Left, three."
    assert phrases.text(Cue(kind=CueKind.COUNT, number=3)) == "Three."


def test_wording_changes_where_the_same_would_grate() -> None:
    phrases = read("en")
    said = [
        phrases.text(Cue(kind=CueKind.REST, exercise="bridges", turn=turn))
        for turn in range(4)
    ]
    assert len(set(said)) == 3
    assert said[0] == said[3]


def test_a_number_word_that_begins_a_sentence_begins_with_a_capital() -> None:
    cue = Cue(kind=CueKind.SET_REST, exercise="bridges", number=2, seconds=30)
    assert read("en").text(cue) == "Rest for thirty seconds. Then set two."


def test_the_day_of_the_next_session_is_told_by_weekday_and_date() -> None:
    cue = Cue(kind=CueKind.FAREWELL_UNTIL, until=date(2026, 12, 5))
    assert read("en").text(cue) == (
        "That is all for today. Your next session is on Saturday, December 5."
    )


@pytest.mark.parametrize("wanted", ["de", "de-DE", "de-AT", "de-CH", "de_DE"])
async def test_whoever_speaks_german_is_spoken_to_in_german(
    hass: HomeAssistant, wanted: str
) -> None:
    phrases = await async_load_phrases(hass, wanted)
    assert phrases.language == "de"
    assert phrases.text(Cue(kind=CueKind.PAUSED)) == "Pause."


@pytest.mark.parametrize("wanted", ["en", "en-GB", "en_US", "tlh", ""])
async def test_a_language_without_sentences_of_its_own_is_spoken_to_in_english(
    hass: HomeAssistant, wanted: str
) -> None:
    phrases = await async_load_phrases(hass, wanted)
    assert phrases.language == "en"
    assert phrases.text(Cue(kind=CueKind.PAUSED)) == "Paused."
