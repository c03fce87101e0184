"""A therapist's sheet as one page to be printed; it needs nothing but itself."""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from .engine.catalogue import Catalogue, Exercise, Pattern
from .engine.decision import Decision, explain
from .engine.programme import Status, exercise_of
from .engine.sheet import Dosed, Sheet
from .sheet_chart import chart_of

FOLDER: Final = Path(__file__).parent / "content"

_EACH_SIDE: Final = (Pattern.ALTERNATING_PAIRS, Pattern.ONE_SIDE_THEN_OTHER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The words of one language."""

    language: str
    sentences: Mapping[str, Any]
    """The content of a file of `speech/`."""
    texts: Mapping[str, str]
    """Those of the sheet, by their names."""
    activities: Mapping[str, str]
    """The names of activities that may be chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """Of whom a sheet is, and how it was made."""

    name: str
    made_at: datetime
    """Where the person is."""
    zone: str
    version: str


@cache
def style() -> str:
    """Return how it looks. Reads the disk, once."""
    return (FOLDER / "sheet.css").read_text(encoding="utf-8")


@cache
def policy() -> str:
    """Return what a browser may do with the page: show it, and nothing else."""
    digest = b64encode(sha256(style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    )


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True,
        loader=FileSystemLoader(FOLDER),
        trim_blocks=True,
        undefined=StrictUndefined,
    )
    return environment.get_template("sheet.html")


def render(
    sheet: Sheet, catalogue: Catalogue, wording: Wording, imprint: Imprint
) -> str:
    """Return the page; nothing in it is taken as anything but text. Reads the disk."""
    speaker = _Speaker(wording, catalogue)
    words = wording.sentences
    return _template().render(
        language=wording.language,
        style=style(),
        sheet=sheet,
        chart=chart_of(sheet),
        name=imprint.name,
        made_at=imprint.made_at,
        zone=imprint.zone,
        version=imprint.version,
        routine=words["routines"].get(sheet.routine, sheet.routine),
        usuals=(
            ("before", sheet.before),
            ("after", sheet.after),
            ("next_day", sheet.next_day),
        ),
        doses=[speaker.row(each) for each in sheet.doses],
        decisions=[
            (each.day, each.decision.rule.value, speaker.sentence(each.decision))
            for each in sheet.decisions
        ],
        text=speaker.text,
        day=speaker.day,
        days=speaker.days,
        number=speaker.number,
        minutes=_minutes,
        exercises=speaker.exercises,
        outcome=words["outcomes"].__getitem__,
        activity=lambda name: wording.activities.get(name, name),
    )


def _minutes(length: timedelta) -> int:
    return round(length / timedelta(minutes=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A line of the table of doses."""

    exercise: str
    dose: str
    status: str
    changes: tuple[tuple[date, str], ...]


class _Speaker:
    """Says things in the words of one language."""

    def __init__(self, wording: Wording, catalogue: Catalogue) -> None:
        """Take the words, and the exercises that doses are of."""
        self._wording = wording
        self._catalogue = catalogue

    def text(self, key: str, /, **values: object) -> str:
        """Return a text of the sheet."""
        return self._wording.texts[key].format(**values)

    def day(self, day: date) -> str:
        """Return a day with its year."""
        month = self._wording.sentences["months"][day.month - 1]
        return self.text("date", day=day.day, month=month[:3], year=day.year)

    def days(self, days: Iterable[date]) -> str:
        """Return several days."""
        return ", ".join(self.day(each) for each in days)

    def number(self, value: float) -> str:
        """Return a median."""
        return f"{value:g}".replace(".", self.text("decimal_point"))

    def exercises(self, names: Iterable[str]) -> str:
        """Return the names of exercises."""
        return ", ".join(self._exercise(each) for each in names)

    def sentence(self, decision: Decision) -> str:
        """Return the sentence of a decision; a dash where there is none any more."""
        words = self._wording.sentences
        return explain(decision, words) if decision.key in words["decisions"] else "–"

    def row(self, dosed: Dosed) -> _Row:
        """Return an exercise's line."""
        exercise = self._catalogue.exercises[exercise_of(dosed.name)]
        return _Row(
            exercise=self._exercise(dosed.name),
            dose=self._dose(exercise, dosed.standing.index),
            status=" ".join(self._status(dosed)),
            changes=tuple(
                (each.day, self._amount(exercise, each.index)) for each in dosed.changes
            ),
        )

    def _exercise(self, name: str) -> str:
        found: str = (
            self._wording.sentences["exercises"].get(name, {}).get("name", name)
        )
        return found

    def _dose(self, exercise: Exercise, index: int) -> str:
        text = self._amount(exercise, index)
        if exercise.hold:
            seconds = round(exercise.hold.total_seconds())
            text += ", " + self.text("hold", seconds=seconds)
        return text

    def _amount(self, exercise: Exercise, index: int) -> str:
        ladder = exercise.ladder
        # an older version may have known a dose that this one does not
        sets = ladder.dose(min(max(index, ladder.lowest), ladder.highest)).sets
        text = self.text("dose", sets=len(sets), repetitions=sets[0])
        if exercise.pattern in _EACH_SIDE:
            text += " " + self.text("each_side")
        return text

    def _status(self, dosed: Dosed) -> Iterator[str]:
        standing = dosed.standing
        if dosed.is_forbidden:
            yield self.text("forbidden")
            return
        if standing.status is Status.SUSPENDED and standing.cool_off:
            yield self.text("suspended_until", day=self.day(standing.cool_off))
        else:
            yield self.text(f"status_{standing.status}")
        if standing.rule is not None:
            yield f"({standing.rule})"
