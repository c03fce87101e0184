"""What is understood of an answer, in each language."""

from decimal import Decimal
import json
from pathlib import Path
from typing import Any, Final

from hypothesis import given, strategies as st
import pytest

import custom_components.back_exercise
from custom_components.back_exercise.engine.heard import Heard, understand
from custom_components.back_exercise.engine.screen import ITEMS, REPORTED
from custom_components.back_exercise.engine.session import Command

FOLDER: Final = Path(custom_components.back_exercise.__file__).parent / "hearing"
WORDS: Final[dict[str, Any]] = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in FOLDER.glob("*.json")
}
LEG: Final = frozenset({"leg_numbness_or_weakness"})

SURE: Final = {
    "en": {
        "four": 4,
        "4": 4,
        "Four.": 4,
        "about four": 4,
        "it's around a six": 6,
        "my back is at seven": 7,
        "four out of ten": 4,
        "I'd say 3 of 10": 3,
        "3/10": 3,
        "just a faint pain, two": 2,
        "four and a half": 5,
        "4.5": 5,
        "4,5": 5,
        "four point five": 5,
        "zero": 0,
        "nothing": 0,
        "no pain": 0,
        "none, thank you": 0,
        "it doesn't hurt": 0,
        "ten": 10,
        "10": 10,
        "not four, five": 5,
        "no, five": 5,
        "that one was hard, six": 6,
        "five, yes, five": 5,
    },
    "de": {
        "vier": 4,
        "4": 4,
        "etwa vier": 4,
        "so ungefähr eine sechs": 6,
        "mein Rücken ist bei sieben": 7,
        "vier von zehn": 4,
        "viereinhalb": 5,
        "vier Komma fünf": 5,
        "4,5": 5,
        "null": 0,
        "nichts": 0,
        "keine Schmerzen": 0,
        "tut nicht weh": 0,
        "zehn": 10,
        "nicht vier, fünf": 5,
        "nein, fünf": 5,
        "zwo": 2,
    },
}

UNSURE: Final = {
    "en": {
        "three or four": 4,
        "between three and five": 5,
        "three to four": 4,
        "maybe four": 4,
        "four I think": 4,
        "four, no, five": 5,
        "seven, sorry, six": 6,
        "for": 4,
        "um, to": 2,
        "it's a tree": 3,
        "ate": 8,
        "nothing, maybe": 0,
    },
    "de": {
        "drei oder vier": 4,
        "zwischen drei und fünf": 5,
        "vielleicht vier": 4,
        "vier, nein, fünf": 5,
        "frei": 3,
        "vielleicht nichts": 0,
    },
}

NO_RATING: Final = {
    "en": ["", "   ", "banana", "that one", "not four", "yes", "one moment", "hello?"],
    "de": ["", "Banane", "nicht vier", "ja", "null bis zehn"],
}

OUT_OF_RANGE: Final = {
    "en": [
        "eleven",
        "11",
        "minus two",
        "-2",
        "minus zero",
        "a hundred",
        "10.5",
        "99999",
    ],
    "de": ["elf", "minus zwei", "hundert", "10,5", "10½"],
}

SAID: Final = {
    "en": {
        "sharp pain": Heard(command=Command.SHARP_PAIN, is_sure=False),
        "No! It is sharp": Heard(command=Command.SHARP_PAIN, is_sure=False, yes=False),
        "no sharp pain": Heard(is_sure=False, yes=False),
        "it was stabbing, six": Heard(command=Command.SHARP_PAIN, rating=6),
        "stop": Heard(command=Command.STOP, is_sure=False),
        "I want to stop, it is sharp": Heard(command=Command.STOP, is_sure=False),
        "don’t stop": Heard(is_sure=False),
        "I can't feel my leg": Heard(flags=LEG, is_sure=False),
        "my foot is tingling": Heard(flags=LEG, is_sure=False),
        "it went numb": Heard(flags=LEG, is_sure=False),
        "I have lost feeling in my groin": Heard(
            flags=frozenset({"saddle_numbness"}), is_sure=False
        ),
        "my left leg is weak, five": Heard(flags=LEG, rating=5),
        "I can not feel my foot": Heard(flags=LEG, is_sure=False),
        "I cannot feel my left leg": Heard(flags=LEG, is_sure=False),
        "it is not that I can not feel my foot": Heard(is_sure=False),
        "I can't move my leg": Heard(flags=LEG, is_sure=False),
        "my leg is not numb": Heard(is_sure=False),
        "my leg hurts": Heard(is_sure=False),
        "my chest hurts": Heard(flags=frozenset({"chest_pain"}), is_sure=False),
        "I feel dizzy, stop": Heard(
            flags=frozenset({"dizziness"}), command=Command.STOP, is_sure=False
        ),
        "I can't breathe": Heard(flags=frozenset({"breathlessness"}), is_sure=False),
        "cold sweat": Heard(flags=frozenset({"cold_sweat"}), is_sure=False),
        "pain shooting down my leg": Heard(
            flags=frozenset({"pain_below_knee"}), is_sure=False
        ),
        "numb between my legs": Heard(flags=LEG | {"saddle_numbness"}, is_sure=False),
        "yes": Heard(yes=True, is_sure=False),
        "right, four": Heard(yes=True, rating=4),
        "no": Heard(yes=False, is_sure=False),
        "yes and no": Heard(is_sure=False),
        "skip": Heard(passes=True, is_sure=False),
        "I don't know": Heard(passes=True, is_sure=False),
        "I don't know, four": Heard(rating=4, is_sure=False),
    },
    "de": {
        "stechender Schmerz": Heard(command=Command.SHARP_PAIN, is_sure=False),
        "es ist nicht stechend": Heard(is_sure=False),
        "stopp": Heard(command=Command.STOP, is_sure=False),
        "ich spüre mein Bein nicht mehr": Heard(flags=LEG, is_sure=False),
        "mein linkes Bein kribbelt": Heard(flags=LEG, is_sure=False),
        "mein Bein ist nicht taub": Heard(is_sure=False),
        "keine Brustschmerzen": Heard(is_sure=False),
        "Druck auf der Brust": Heard(flags=frozenset({"chest_pain"}), is_sure=False),
        "mir ist schwindelig": Heard(flags=frozenset({"dizziness"}), is_sure=False),
        "ja, genau": Heard(yes=True, is_sure=False),
        "nein": Heard(yes=False, is_sure=False),
        "weiß nicht": Heard(passes=True, is_sure=False),
    },
}


def in_languages(table: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return the rows of a table, each with its language."""
    return [(language, row) for language, rows in table.items() for row in rows]


def in_languages_with(table: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    """Return the rows of a table with what is expected of them."""
    return [
        (language, *row) for language, rows in table.items() for row in rows.items()
    ]


@pytest.mark.parametrize(("language", "text", "rating"), in_languages_with(SURE))
def test_a_number_is_understood(language: str, text: str, rating: int) -> None:
    heard = understand(text, WORDS[language])

    assert (heard.rating, heard.is_sure) == (rating, True)
    assert (heard.command, heard.flags) == (None, frozenset())


@pytest.mark.parametrize(("language", "text", "rating"), in_languages_with(UNSURE))
def test_what_may_be_meant_otherwise_is_asked_back(
    language: str, text: str, rating: int
) -> None:
    heard = understand(text, WORDS[language])

    assert (heard.rating, heard.is_sure) == (rating, False)


@pytest.mark.parametrize(("language", "text"), in_languages(NO_RATING))
def test_what_is_no_number_is_no_rating(language: str, text: str) -> None:
    heard = understand(text, WORDS[language])

    assert heard.rating is None
    assert not heard.is_out_of_range


@pytest.mark.parametrize(("language", "text"), in_languages(OUT_OF_RANGE))
def test_a_number_that_is_no_rating_is_told_apart(language: str, text: str) -> None:
    heard = understand(text, WORDS[language])

    assert heard.rating is None
    assert heard.is_out_of_range


@pytest.mark.parametrize(("language", "text", "heard"), in_languages_with(SAID))
def test_what_else_is_said_is_understood(
    language: str, text: str, heard: Heard
) -> None:
    assert understand(text, WORDS[language]) == heard


@pytest.mark.parametrize("language", WORDS)
def test_every_sign_is_one_that_can_be_reported(language: str) -> None:
    assert WORDS[language]["flags"].keys() <= {*ITEMS, *REPORTED}
    assert WORDS[language]["flags"].keys() >= {*REPORTED}


@pytest.mark.parametrize("language", WORDS)
def test_every_language_knows_the_same(language: str) -> None:
    assert WORDS[language].keys() == WORDS["en"].keys()
    assert WORDS[language]["flags"].keys() == WORDS["en"]["flags"].keys()
    assert WORDS[language]["numbers"].keys() >= WORDS["en"]["numbers"].keys()


@given(text=st.text(), language=st.sampled_from(sorted(WORDS)))
def test_whatever_is_said_is_a_rating_of_0_to_10_or_none(
    text: str, language: str
) -> None:
    assert understand(text, WORDS[language]).rating in {None, *range(11)}


@given(
    numbers=st.lists(st.integers(0, 10), min_size=2, max_size=4),
    between=st.sampled_from([" ", " or ", " to ", ", "]),
)
def test_of_several_numbers_none_counts_for_less_than_the_highest(
    numbers: list[int], between: str
) -> None:
    heard = understand(between.join(map(str, numbers)), WORDS["en"])

    assert heard.rating == max(numbers)
    assert heard.is_sure == (len({*numbers}) == 1 and between != " or ")


@given(number=st.decimals(0, 10, places=1))
def test_a_part_of_a_number_counts_as_all_of_it(number: Decimal) -> None:
    rating = understand(str(number), WORDS["en"]).rating

    assert rating is not None
    assert number <= rating < number + 1
