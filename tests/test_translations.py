"""Every text that is asked for is there, with what it wants to be told."""

import ast
from collections.abc import Iterator
from enum import StrEnum
import json
from pathlib import Path
import re
from typing import Any, Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er, issue_registry as ir
from homeassistant.helpers.service import async_get_all_descriptions
from homeassistant.helpers.translation import async_get_translations
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.back_exercise.const import DOMAIN
from custom_components.back_exercise.coordinator import load_catalogue
from custom_components.back_exercise.diary_file import Reason as DiaryReason
from custom_components.back_exercise.engine.catalogue import Routine
from custom_components.back_exercise.engine.context import Reason as RatingReason
from custom_components.back_exercise.engine.events import (
    ExerciseOutcome,
    PauseReason,
    SessionOutcome,
)
from custom_components.back_exercise.engine.plan import Side, StepKind
from custom_components.back_exercise.event import EventType
from custom_components.back_exercise.faults import Faults

pytestmark = pytest.mark.usefixtures("spoken_to", "reminded")

FOLDER: Final = Path(__file__).parent.parent / "custom_components" / DOMAIN
ENGLISH: Final = json.loads((FOLDER / "translations" / "en.json").read_text())
ICONS: Final = json.loads((FOLDER / "icons.json").read_text())

FAMILIES: Final[dict[str, type[StrEnum]]] = {
    "diary_": DiaryReason,
    "rating_": RatingReason,
}
"""Reasons, and what the keys of the exceptions that have them begin with."""

EXERCISES: Final = set(load_catalogue().exercises)


def keys(platforms: dict[str, dict[str, Any]]) -> set[tuple[str, str]]:
    """Return platforms and the keys of their entities."""
    return {(name, key) for name, entities in platforms.items() for key in entities}


def placeholders(text: str) -> set[str]:
    """Return what a text wants to be told."""
    return set(re.findall(r"\{(\w+)\}", text))


def refused() -> Iterator[tuple[str, set[str]]]:
    """Yield each exception in the code, and what it tells its text."""
    for path in FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Call(
                    func=ast.Name(id="refusal"),
                    args=[ast.Constant(value=str(key))],
                    keywords=told,
                ):
                    yield key, {each.arg or "" for each in told}
                case ast.Call(
                    func=ast.Name(id="refusal"),
                    args=[ast.JoinedStr(values=[ast.Constant(value=str(start)), _])],
                ):
                    yield from ((key, set()) for key in _family(start))
                case ast.Call(keywords=keywords):
                    given = {each.arg: each.value for each in keywords}
                    if "translation_domain" in given:
                        yield from _raised(given)


def _raised(given: dict[str | None, ast.expr]) -> Iterator[tuple[str, set[str]]]:
    match given["translation_key"], given.get("translation_placeholders"):
        case ast.Constant(value=str(key)), ast.Dict(keys=told):
            yield key, {ast.literal_eval(each) for each in told if each}
        case ast.Constant(value=str(key)), None:
            yield key, set()
        case ast.JoinedStr(values=[ast.Constant(value=str(start)), _]), ast.Dict(
            keys=told
        ):
            given_by_all = {ast.literal_eval(each) for each in told if each}
            yield from ((key, given_by_all) for key in _family(start))


def _family(start: str) -> Iterator[str]:
    """Yield the keys of exceptions that have one for each reason."""
    yield from (f"{start}{reason.value}" for reason in FAMILIES[start])


@pytest.mark.usefixtures("voice", "speaker", "all_enabled")
async def test_every_entity_has_a_name_and_an_icon(
    set_up: MockConfigEntry, entity_registry: er.EntityRegistry
) -> None:
    entities = er.async_entries_for_config_entry(entity_registry, set_up.entry_id)
    used = {(each.domain, each.translation_key) for each in entities}

    assert used == keys(ENGLISH["entity"])
    assert used == keys(ICONS["entity"])


@pytest.mark.usefixtures("voice", "speaker", "all_enabled")
async def test_every_option_of_an_entity_has_a_name(
    set_up: MockConfigEntry, entity_registry: er.EntityRegistry
) -> None:
    for entity in er.async_entries_for_config_entry(entity_registry, set_up.entry_id):
        options = (entity.capabilities or {}).get("options", ())
        texts = ENGLISH["entity"][entity.domain][entity.translation_key]

        assert set(options) <= texts.get("state", {}).keys()


@pytest.mark.parametrize(
    ("platform", "entity", "attribute", "values"),
    [
        ("sensor", "exercise", "step", set(StepKind)),
        ("sensor", "exercise", "side", set(Side)),
        ("sensor", "exercise", "next_exercise", EXERCISES),
        ("event", "session_events", "event_type", set(EventType)),
        ("event", "session_events", "exercise", EXERCISES),
        ("event", "session_events", "routine", set(Routine)),
        ("event", "session_events", "reason", set(PauseReason)),
        (
            "event",
            "session_events",
            "outcome",
            {*ExerciseOutcome, *SessionOutcome},
        ),
    ],
)
def test_every_value_of_an_attribute_has_a_name(
    platform: str, entity: str, attribute: str, values: set[str]
) -> None:
    texts = ENGLISH["entity"][platform][entity]["state_attributes"][attribute]

    assert texts["state"].keys() == values


async def test_every_action_is_described(
    hass: HomeAssistant, set_up: MockConfigEntry
) -> None:
    registered = hass.services.async_services_for_domain(DOMAIN).keys()
    described = (await async_get_all_descriptions(hass))[DOMAIN]

    assert registered == described.keys()
    assert registered == ENGLISH["services"].keys()
    assert registered == ICONS["services"].keys()


def test_every_exception_has_a_text_that_is_told_what_it_wants() -> None:
    texts = ENGLISH["exceptions"]
    raised = list(refused())

    assert {key for key, _ in raised} == texts.keys()
    for key, told in raised:
        assert placeholders(texts[key]["message"]) <= told


@pytest.mark.parametrize(
    "error", ["unreachable", "not_fetched", "timeout", "failed", "missing"]
)
async def test_every_repair_issue_has_a_text_that_is_told_what_it_wants(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    issue_registry: ir.IssueRegistry,
    error: str,
) -> None:
    faults = Faults(hass, set_up)
    faults.of_speaker("media_player.test", error)
    faults.of_voice("tts.test", has_failed=True)
    faults.of_engine("tts.test", is_missing=True)
    faults.of_notifier("notify.mobile_app_phone", is_missing=True)

    assert len(issue_registry.issues) == 4
    for issue in issue_registry.issues.values():
        texts = ENGLISH["issues"][issue.translation_key]
        told = issue.translation_placeholders or {}
        assert placeholders(json.dumps(texts)) <= told.keys()
        assert issue.is_fixable == ("fix_flow" in texts)


@pytest.mark.parametrize("language", ["en", "de"])
async def test_home_assistant_reads_every_text_without_complaint(
    hass: HomeAssistant, language: str, caplog: pytest.LogCaptureFixture
) -> None:
    texts = json.loads((FOLDER / "translations" / f"{language}.json").read_text())
    for category in texts:
        await async_get_translations(hass, language, category, [DOMAIN])

    assert "Error while parsing" not in caplog.text
    assert "Validation of translation placeholders" not in caplog.text
