"""What somebody means by an answer, as far as it can be understood.

A sign of something serious comes before "stop", that before "sharp pain", and all of
these before a rating. A rating is never made better than it may have been meant.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from itertools import pairwise, takewhile
import re
from typing import Any, Final

from .session import Command

HIGHEST: Final = 10

_WORD: Final = re.compile(r"-?\d+(?:[.,]\d+)?|[^\W\d_]+(?:'[^\W\d_]+)*|[,.;:!?–-]")
_OF_TEN: Final = re.compile(r"(\d)\s*/\s*10\b")
_MARKS: Final = frozenset(",.;:!?–-")
_PLAIN: Final = str.maketrans({"\u2019": "'", "\u2212": "-", "½": ".5"})
_ANY: Final = "*"
"""At the end of a word of the data: whatever it goes on with."""
_HALF: Final = Decimal("0.5")
_NEAR: Final = 3
"""So many words before something can take it back: "no", "not"."""

type Words = Mapping[str, Any]
"""The words of a language: the form of `hearing/en.json`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What an answer says."""

    flags: frozenset[str] = frozenset()
    """Signs that are reported (I-6): items of the screen, or of `REPORTED`."""
    command: Command | None = None
    """STOP or SHARP_PAIN."""
    rating: int | None = None
    """0 to 10; of several numbers the highest, halves are rounded up."""
    is_sure: bool = True
    """Whether the rating may be taken without asking back."""
    is_out_of_range: bool = False
    """A number was named that is no rating."""
    yes: bool | None = None
    """Agreed to or denied; None where neither was said."""
    passes: bool = False
    """The question is left unanswered on purpose."""


def understand(text: str, words: Words) -> Heard:
    """Return what an answer says; nothing of all that where it makes no sense."""
    said = _split(text)
    flags = frozenset(
        flag for flag, groups in words["flags"].items() if _reports(said, groups, words)
    )
    command = None
    if _says(said, words["stop"], words):
        command = Command.STOP
    elif _says(said, words["sharp"], words):
        command = Command.SHARP_PAIN
    passes = _has(said, words["pass"])
    agreed, denied = (_has(said, words[key]) for key in ("yes", "no"))
    heard = _rating(said, words)
    return Heard(
        flags=flags,
        command=command,
        rating=heard.rating,
        is_sure=heard.is_sure,
        is_out_of_range=heard.is_out_of_range,
        yes=None if agreed == denied else agreed,
        passes=passes and heard.rating is None,
    )


def _split(text: str) -> list[str]:
    return _WORD.findall(_OF_TEN.sub(r"\1", text.lower().translate(_PLAIN)))


def _is(word: str, wanted: str) -> bool:
    if wanted.endswith(_ANY):
        return word.startswith(wanted.removesuffix(_ANY))
    return word == wanted


def _finds(said: Sequence[str], phrases: Iterable[str]) -> Iterator[int]:
    """Yield where one of several phrases begins."""
    for text in phrases:
        phrase = text.split()
        for at in range(len(said) - len(phrase) + 1):
            part = said[at : at + len(phrase)]
            if all(_is(*pair) for pair in zip(part, phrase, strict=True)):
                yield at


def _has(said: Sequence[str], phrases: Iterable[str]) -> bool:
    """Return whether one of several phrases is said."""
    return next(_finds(said, phrases), None) is not None


def _is_denied(said: Sequence[str], at: int, words: Words) -> bool:
    """Return whether a word shortly before something, not cut off by a mark, denies it.

    "No sharp pain" has none, "no, sharp pain" has.
    """
    before = takewhile(
        lambda word: word not in _MARKS, reversed(said[max(0, at - _NEAR) : at])
    )
    return any(_is(word, no) for word in before for no in words["not"])


def _says(said: Sequence[str], phrases: Iterable[str], words: Words) -> bool:
    return any(not _is_denied(said, at, words) for at in _finds(said, phrases))


def _reports(
    said: Sequence[str], groups: Sequence[Sequence[str]], words: Words
) -> bool:
    """Return whether one of each group of phrases is said, and not denied.

    The "not" of "can not feel" is part of the sign: it denies nothing.
    """
    blank = [*said]
    for phrase in (each for group in groups for each in group if " " in each):
        length = len(phrase.split())
        for at in _finds(said, (phrase,)):
            if not _is_denied(said, at, words):
                blank[at : at + length] = [""] * length
    return all(
        any(
            not blank[at] or not _is_denied(blank, at, words)
            for at in _finds(said, group)
        )
        for group in groups
    )


# Ratings


@dataclass(frozen=True, slots=True, kw_only=True)
class _Number:
    at: int
    """Where it begins among the words."""
    end: int
    value: Decimal
    is_denied: bool = False


def _rating(said: Sequence[str], words: Words) -> Heard:
    named = [*_numbers(_without(said, words["not_numbers"]), words)]
    numbers = [each for each in named if not each.is_denied]
    if not numbers:
        return _without_number(said, words, is_denied=bool(named))
    if any(not 0 <= each.value <= HIGHEST for each in numbers):
        return Heard(is_sure=False, is_out_of_range=True)
    is_mended = any(
        _has(said[before.end : after.at], words["rather"])
        for before, after in pairwise(named)
    )
    value = numbers[-1].value if is_mended else max(each.value for each in numbers)
    is_one = len({each.value for each in numbers}) == 1
    is_vague = _has(said, words["vague"])
    return Heard(rating=_whole(value), is_sure=is_one and not is_vague)


def _without_number(said: Sequence[str], words: Words, *, is_denied: bool) -> Heard:
    """Return the rating of an answer that names no number."""
    left = [word for word in said if word not in _MARKS | {*words["filler"]}]
    alike: int | None = words["sounds_like"].get(" ".join(left))
    if alike is not None:
        return Heard(rating=alike, is_sure=False)
    if not is_denied and _has(said, words["nothing"]):
        return Heard(rating=0, is_sure=not _has(said, words["vague"]))
    return Heard(is_sure=False)


def _without(said: Sequence[str], phrases: Iterable[str]) -> list[str]:
    """Return the words without some phrases, in whose place nothing stands."""
    left = [*said]
    for phrase in phrases:
        length = len(phrase.split())
        for at in _finds(said, (phrase,)):
            left[at : at + length] = [""] * length
    return left


def _numbers(said: Sequence[str], words: Words) -> Iterator[_Number]:
    """Yield the numbers that are named, halves added."""
    values: dict[str, str] = {
        word: value for value, names in words["numbers"].items() for word in names
    }
    halves = [each.split() for each in words["and_a_half"]]
    at = 0
    while at < len(said):
        value = _value(said[at], values)
        end = at + 1
        if value is not None:
            for half in halves:
                if [*said[end : end + len(half)]] == half:
                    value, end = value + _HALF, end + len(half)
                    break
            if at and said[at - 1] in words["minus"]:
                value = -value - 1  # minus zero is none either
            yield _Number(
                at=at,
                end=end,
                value=value,
                is_denied=bool(at) and said[at - 1] in words["not_this_number"],
            )
        at = end


def _value(word: str, values: Mapping[str, str]) -> Decimal | None:
    text = values.get(word, word).replace(",", ".")
    is_number = text.removeprefix("-").replace(".", "", 1)
    return Decimal(text) if is_number.isascii() and is_number.isdigit() else None


def _whole(value: Decimal) -> int:
    return int(value.to_integral_value(ROUND_CEILING))
