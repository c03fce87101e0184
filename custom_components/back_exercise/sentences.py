"""What can be said to Home Assistant, and which of it was.

Files of `sentences/` hold templates in Home Assistant's own form. A template may use
the file's rules, `<rule>`; what stands in braces is taken as it was said.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
import json
from pathlib import Path
import re
from typing import TYPE_CHECKING, Any, Final

from homeassistant.core import HomeAssistant

from .phrases import FALLBACK, Phrases, choose_language, load_hearing, read_phrases

if TYPE_CHECKING:
    from hassil import Intents

FOLDER: Final = Path(__file__).parent / "sentences"

_RULE: Final = re.compile(r"<(\w+)>")
_SLOT: Final = re.compile(r"\{(\w+)\}")


class When(StrEnum):
    """When sentences are meant for us; at other times they may mean anything."""

    ALWAYS = "always"
    IN_SESSION = "in_session"
    """While a session is going on."""
    WHEN_DUE = "when_due"
    """While somebody is reminded."""
    IN_COUNTDOWN = "in_countdown"
    """While a session is about to start by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A sentence that was meant for us."""

    what: str
    """Its key in the file of sentences."""
    text: str
    """All of it, as it was heard."""
    slots: Mapping[str, str]
    """What was said in the places of the braces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentences:
    """What can be said in a language, and what is answered."""

    language: str
    templates: Mapping[When, Mapping[str, tuple[str, ...]]]
    routines: Mapping[str, str]
    """How each routine is called, as a part of a template."""
    answers: Mapping[str, Any]
    hearing: Mapping[str, Any]
    """The words of `engine/heard.py`."""
    phrases: Phrases
    _parsed: dict[When, Intents] = field(default_factory=dict, compare=False)

    def registered(self, when: When) -> list[str]:
        """Return the templates of a moment, with nothing in them that is only ours."""
        routine = f"({'|'.join(self.routines.values())})"
        return [
            template.replace("{routine}", routine)
            for templates in self.templates[when].values()
            for template in templates
        ]

    def understand(self, text: str, moments: Collection[When]) -> Said | None:
        """Return what a sentence means; None where it is none of ours.

        What is meant at a narrower moment comes first.
        """
        for when in reversed([*When]):
            if when in moments and (said := self._recognise(text, when)):
                return said
        return None

    def _recognise(self, text: str, when: When) -> Said | None:
        # it comes with Home Assistant's conversation, without which nobody is heard
        from hassil import recognize_best  # noqa: PLC0415 - may not be there

        if not self.templates[when]:
            return None
        found = recognize_best(text, self._intents(when))
        if found is None:
            return None
        slots = {name: str(each.value).strip() for name, each in found.entities.items()}
        return Said(what=found.intent.name, text=text, slots=slots)

    def _intents(self, when: When) -> Intents:
        if when not in self._parsed:
            self._parsed[when] = self._parse(when)
        return self._parsed[when]

    def _parse(self, when: When) -> Intents:
        from hassil import Intents  # noqa: PLC0415 - may not be there

        templates = self.templates[when]
        routines = [
            {"in": called, "out": routine} for routine, called in self.routines.items()
        ]
        names = {
            name
            for each in templates.values()
            for template in each
            for name in _SLOT.findall(template)
        }
        return Intents.from_dict(
            {
                "language": self.language,
                "intents": {
                    what: {"data": [{"sentences": [*each]}]}
                    for what, each in templates.items()
                },
                "lists": {
                    name: {"values": routines}
                    if name == "routine"
                    else {"wildcard": True}
                    for name in names
                },
            }
        )


@cache
def read_sentences(language: str) -> Sentences:
    """Return the sentences of a language, with the rules of their file written out.

    Reads the disk, once.
    """
    data = json.loads((FOLDER / f"{language}.json").read_text(encoding="utf-8"))
    rules: Mapping[str, str] = data["rules"]

    def written_out(template: str) -> str:
        while _RULE.search(template):
            template = _RULE.sub(lambda match: _group(rules[match[1]]), template)
        return template

    return Sentences(
        language=language,
        templates={
            when: {
                what: tuple(map(written_out, templates))
                for what, templates in data[when].items()
            }
            for when in When
        },
        routines=data["routines"],
        answers=data["answers"],
        hearing=load_hearing(language),
        phrases=read_phrases(language),
    )


def _group(rule: str) -> str:
    """Return a rule as a part of a template: what is optional stays so."""
    return rule if rule.startswith("[") and rule.endswith("]") else f"({rule})"


def languages() -> list[str]:
    """Return the languages that can be spoken to us. Reads the disk."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))


async def async_load_sentences(hass: HomeAssistant, language: str) -> Sentences:
    """Load the sentences that serve a language best; English where none do."""

    def load() -> Sentences:
        return read_sentences(choose_language(language, languages()) or FALLBACK)

    return await hass.async_add_executor_job(load)
