"""Cues in the words of a language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
import json
from pathlib import Path
from typing import Any, Final

from homeassistant.core import HomeAssistant
from homeassistant.util.language import matches

from .engine.cues import Cue, CueKind
from .engine.decision import sentence
from .engine.diary import Form
from .engine.plan import Side

FOLDER: Final = Path(__file__).parent / "speech"
HEARING: Final = Path(__file__).parent / "hearing"
FALLBACK: Final = "en"

_OF_EXERCISE: Final = {CueKind.SET_UP, CueKind.MOVE, CueKind.SAFETY}
_OF_POSITION: Final = {CueKind.GET_READY, CueKind.CHANGE_POSITION}


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """The sentences of one language."""

    language: str
    words: Mapping[str, Any]

    def text(self, cue: Cue) -> str:
        """Return what is said for a cue."""
        if cue.kind is CueKind.DECISION:
            text = self._sentence(cue)
        else:
            text = self._template(cue).format(
                exercise=self._exercise(cue).get("name", ""),
                number=self._number(cue.number),
                routine=self.words["routines"].get(cue.routine, ""),
                seconds=self._number(cue.seconds),
                sets=self._number(cue.sets),
                side=self._side(cue),
                date=self._date(cue.until),
                weekday=self._weekday(cue.until),
            )
        # every sentence begins with a capital, also where a number word does
        sentences = text.split(". ")
        return ". ".join(each[:1].upper() + each[1:] for each in sentences)

    def _sentence(self, cue: Cue) -> str:
        return sentence(
            self.words,
            cue.key or "",
            exercise=cue.exercise,
            other=cue.other,
            routine=cue.routine,
            value=self._number(cue.number),
            until=self._date(cue.until),
        )

    def _template(self, cue: Cue) -> str:
        exercise, cues = self._exercise(cue), self.words["cues"]
        kind: str = cue.kind
        template: Any
        if cue.kind in _OF_POSITION:
            template = self.words["positions"][cue.position][kind]
        elif cue.kind is CueKind.EXERCISE:
            template = exercise["name"] + "."
        elif cue.form is not Form.USUAL and f"{kind}_{cue.form}" in exercise:
            template = exercise[f"{kind}_{cue.form}"]
        elif cue.kind in _OF_EXERCISE or kind in exercise:
            template = exercise[kind]
        elif cue.kind is CueKind.DOSE:
            name = "dose" if cue.sets == 1 else "dose_in_sets"
            template = cues[name][cue.pattern]
        elif cue.sets == 1 and f"{kind}_one" in cues:
            template = cues[f"{kind}_one"]
        elif self._side(cue) and f"{kind}_side" in cues:
            template = cues[f"{kind}_side"]
        else:
            template = cues[kind]
        if isinstance(template, Mapping):
            template = template[cue.side]
        if isinstance(template, list):
            template = template[cue.turn % len(template)]
        return str(template)

    def _exercise(self, cue: Cue) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.words["exercises"].get(cue.exercise, {})
        return found

    def _number(self, number: int | None) -> str:
        if number is None:
            return ""
        numbers = self.words["numbers"]
        return str(numbers[number] if 0 <= number < len(numbers) else number)

    def _date(self, day: date | None) -> str:
        if day is None:
            return ""
        month = self.words["months"][day.month - 1]
        return str(self.words["date"].format(day=day.day, month=month))

    def _weekday(self, day: date | None) -> str:
        return str(self.words["weekdays"][day.weekday()]) if day else ""

    def _side(self, cue: Cue) -> str:
        if cue.side in (Side.RIGHT, Side.LEFT):
            return str(self.words["sides"][cue.side])
        return ""


def languages() -> list[str]:
    """Return the languages there are sentences in. Reads the disk."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))


@cache
def read_phrases(language: str) -> Phrases:
    """Return the sentences of a language of ours. Reads the disk, once."""
    words = json.loads((FOLDER / f"{language}.json").read_text(encoding="utf-8"))
    return Phrases(language=language, words=words)


def choose_language(wanted: str, available: list[str]) -> str | None:
    """Return the language of ours that serves a wanted one best, None if none does."""
    return next(iter(matches(wanted, available)), None)


@cache
def load_hearing(language: str) -> Mapping[str, Any]:
    """Return the words of `engine/heard.py` in a language of ours.

    Reads the disk, once.
    """
    file = HEARING / f"{language}.json"
    if not file.exists():
        file = HEARING / f"{FALLBACK}.json"
    words: Mapping[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return words


async def async_load_phrases(hass: HomeAssistant, language: str) -> Phrases:
    """Load the sentences that serve a language best; English where none do."""

    def load() -> Phrases:
        return read_phrases(choose_language(language, languages()) or FALLBACK)

    return await hass.async_add_executor_job(load)
