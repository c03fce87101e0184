"""What the guide says of names, limits and ways is what there is."""

from collections.abc import Iterator
from functools import cache
import json
from pathlib import Path
import re
from typing import Any, Final

import hass_frontend
from homeassistant.helpers import entity_registry as er
from homeassistant.util.yaml import load_yaml_dict
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.back_exercise.const import DOMAIN
from custom_components.back_exercise.coordinator import load_catalogue
from custom_components.back_exercise.engine.decision import Rule
from custom_components.back_exercise.engine.diary import Kind
from custom_components.back_exercise.engine.export import read_diary
from custom_components.back_exercise.engine.settings import (
    BOUNDS,
    SWITCHES,
    Settings,
)
from custom_components.back_exercise.event import EventType
from custom_components.back_exercise.rule_answers import GROUPS, limit_ranges

from .conftest import SPOKEN
from .reminding import build_reminder

ROOT: Final = Path(__file__).parent.parent
COMPONENT: Final = ROOT / "custom_components" / DOMAIN
GUIDE: Final = ROOT / "docs" / "guide"
PAGES: Final = [ROOT / "README.md", *sorted(GUIDE.glob("*.md"))]
TEXTS: Final[dict[str, Any]] = json.loads(
    (COMPONENT / "translations" / "en.json").read_text(encoding="utf-8")
)
SPEECH: Final[dict[str, Any]] = json.loads(
    (COMPONENT / "speech" / "en.json").read_text(encoding="utf-8")
)

OF_OTHERS: Final = {"Custom repositories"}
"""What is written in bold and is shown by neither Home Assistant nor us: HACS does."""

CODE: Final = re.compile(r"^```.*?^```$|`[^`]*`", re.MULTILINE | re.DOTALL)
BOLD: Final = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
LINK: Final = re.compile(r"\]\(([^)\s]+)\)")
HEADING: Final = re.compile(r"^#+ (.+)$", re.MULTILINE)
WORD: Final = re.compile(r"[A-Za-z]{2}")
PLACEHOLDER: Final = re.compile(r"\\{\w+\\}")


def strings(texts: Any) -> Iterator[str]:
    """Yield every text in a file of texts."""
    children = texts.values() if isinstance(texts, dict) else texts
    for child in children:
        if isinstance(child, str):
            yield child
        else:
            yield from strings(child)


@cache
def shown_by_home_assistant() -> frozenset[str]:
    """Return what the interface of Home Assistant says by itself."""
    folder = Path(hass_frontend.__file__).parent / "static" / "translations"
    files = (json.loads(path.read_text()) for path in folder.rglob("en-*.json"))
    return frozenset(text for file in files for text in strings(file))


def name_of(path: Path) -> str:
    """Return how a page is called in the names of tests."""
    return str(path.relative_to(ROOT))


def pattern_of(texts: Any) -> re.Pattern[str]:
    """Return what matches each of some texts, with anything in their placeholders.

    Those that are nothing but placeholders are left out: they would match everything.
    """
    escaped = (
        re.escape(text)
        for text in strings(texts)
        if "{" not in text or WORD.search(re.sub(r"{\w+}", "", text))
    )
    return re.compile("|".join(PLACEHOLDER.sub(".+", each) for each in escaped))


def names_in(text: str) -> list[str]:
    """Return what is written in bold."""
    return [" ".join(name.split()) for name in BOLD.findall(CODE.sub("`", text))]


def slugs_of(path: Path) -> set[str]:
    """Return the anchors of a page, as GitHub makes them of its headings."""
    headings = HEADING.findall(CODE.sub("", path.read_text(encoding="utf-8")))
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        for heading in headings
    }


def rows(page: str, heading: str = "") -> list[list[str]]:
    """Return the cells of all tables of a page, or of those below a heading."""
    text = (GUIDE / page).read_text(encoding="utf-8")
    if heading:
        _, found, text = text.partition(f"\n{heading}\n")
        assert found, heading
        text = re.split(r"^#+ ", text, maxsplit=1, flags=re.MULTILINE)[0]
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text.splitlines()
        if line.startswith("|") and not line.startswith("|---")
    ]


def named(page: str, heading: str = "") -> dict[str, list[str]]:
    """Return the other cells of each row whose first one begins with a name."""
    return {
        names_in(first)[0]: rest
        for first, *rest in rows(page, heading)
        if first.startswith("**")
    }


# Names and ways


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_names_in_bold_are_those_that_a_person_sees(path: Path) -> None:
    known = OF_OTHERS | shown_by_home_assistant()
    ours = pattern_of(TEXTS)

    names = names_in(path.read_text(encoding="utf-8"))

    assert [
        name for name in names if name not in known and not ours.fullmatch(name)
    ] == []


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_links_lead_somewhere(path: Path) -> None:
    text = CODE.sub("", path.read_text(encoding="utf-8"))
    links = [link for link in LINK.findall(text) if "://" not in link]
    ends = [
        ((path.parent / page).resolve() if page else path, anchor)
        for page, _, anchor in (link.partition("#") for link in links)
    ]

    assert [str(page) for page, _ in ends if not page.exists()] == []
    assert [
        f"{page.name}#{anchor}"
        for page, anchor in ends
        if anchor and anchor not in slugs_of(page)
    ] == []


def test_every_page_is_in_the_table_of_contents() -> None:
    contents = LINK.findall((GUIDE / "README.md").read_text(encoding="utf-8"))

    assert {path.name for path in GUIDE.glob("*.md")} - {"README.md"} <= {*contents}


# What there is


@pytest.mark.parametrize("options", [SPOKEN])
@pytest.mark.parametrize("reminders", [[build_reminder()]])
@pytest.mark.usefixtures("voice", "speaker")
async def test_the_guide_has_every_entity_and_tells_which_are_off(
    entity_registry: er.EntityRegistry, set_up: MockConfigEntry
) -> None:
    there = {
        (
            TEXTS["entity"][entity.domain][entity.translation_key]["name"].format(
                speaker="Kitchen"
            ),
            entity.domain.replace("_", " ") + (", *off*" if entity.disabled_by else ""),
        )
        for entity in er.async_entries_for_config_entry(
            entity_registry, set_up.entry_id
        )
    }

    told = {
        (names_in(first)[0], kind)
        for first, kind, _ in rows("entities.md")
        if first.startswith("**")
    }

    assert told == there


def test_the_guide_has_every_action_with_its_fields() -> None:
    services = load_yaml_dict(COMPONENT / "services.yaml")
    actions = {
        name.strip("`"): (shown, fields)
        for name, shown, _, fields in (
            row for row in rows("automations.md", "## Actions") if len(row) == 4
        )
        if name.startswith("`")
    }

    assert actions.keys() == {each for each in services if not each.startswith(".")}
    for name, (shown, fields) in actions.items():
        told = re.sub(r"\([^)]*\)", "", fields).replace(" ", "")
        there = [
            f"`{field}`" if spec.get("required") else f"*`{field}`*"
            for field, spec in (services[name].get("fields") or {}).items()
        ]
        assert names_in(shown) == [TEXTS["services"][name]["name"]]
        assert sorted(filter(None, told.split(","))) == sorted(there)


@pytest.mark.parametrize("group", GROUPS)
def test_the_guide_has_every_rule_that_can_be_set_with_its_range_and_default(
    group: str,
) -> None:
    step = TEXTS["options"]["step"][group]
    told = named("settings.md", f"### {step['title']}")
    defaults = Settings()

    assert {*told} == {*step["data"].values()}
    for name in GROUPS[group]:
        _, reach, default = told[step["data"][name]]
        value = getattr(defaults, name)
        if name in SWITCHES:
            assert (reach, default) == ("on, off", "on" if value else "off")
        else:
            bounds = BOUNDS[name]
            assert reach.partition(",")[0] == f"{bounds.low:g}–{bounds.high:g}"
            assert default == f"{value:g}"


def test_the_guide_has_every_limit_of_ones_own_with_its_range() -> None:
    told = named("settings.md", "## My own limits")
    labels = TEXTS["options"]["step"]["limits"]["data"]
    catalogue = load_catalogue()

    assert {*told} == {*labels.values()}
    assert {name: told[labels[name]][1] for name in catalogue.exercises} == (
        limit_ranges(catalogue)
    )


@pytest.mark.parametrize(
    "step",
    [
        *(
            pytest.param(TEXTS["options"]["step"][name], id=name)
            for name in ("voice", "language", "programme", "pain_input", "reminders")
        ),
        pytest.param(
            TEXTS["config_subentries"]["reminder"]["step"]["user"]
            | {"title": "A reminder"},
            id="reminder",
        ),
    ],
)
def test_the_guide_has_every_other_setting(step: dict[str, Any]) -> None:
    sections = step.get("sections", {}).values()
    labels = [label for each in (step, *sections) for label in each["data"].values()]

    assert [*named("settings.md", f"## {step['title']}")] == labels


@pytest.mark.parametrize(
    "trigger", TEXTS["triggers"].values(), ids=lambda it: it["name"]
)
def test_the_guide_has_every_trigger_with_what_limits_it(
    trigger: dict[str, Any],
) -> None:
    _, limits, _ = named("automations.md", "## Triggers")[trigger["name"]]

    assert names_in(limits) == [
        field["name"] for field in trigger.get("fields", {}).values()
    ]


def test_the_guide_has_every_condition_and_every_kind_of_event() -> None:
    page = (GUIDE / "automations.md").read_text(encoding="utf-8")

    assert [*named("automations.md", "## Conditions")] == [
        condition["name"] for condition in TEXTS["conditions"].values()
    ]
    assert [each.value for each in EventType if f"`{each}`" not in page] == []


def test_the_example_of_an_exported_diary_can_be_imported() -> None:
    page = (ROOT / "docs" / "export.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```json\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)

    assert [entry.kind for entry in read_diary(json.loads(example))] == [
        Kind.SCREEN,
        Kind.RATING,
    ]


def test_every_rule_is_explained() -> None:
    told = {
        rule.strip() for first, *_ in rows("programme.md") for rule in first.split(",")
    }
    told |= set(re.findall(r"\((\w+-?\w*)\)", (GUIDE / "programme.md").read_text()))

    assert {rule.value for rule in Rule} - told == set()


def test_refusals_are_quoted_as_they_are_shown() -> None:
    shown = [*strings(TEXTS["exceptions"]), *strings(SPEECH["decisions"])]
    quoted = [row[0] for row in rows("troubleshooting.md", "## Start is refused")[1:]]

    assert quoted
    for quote in quoted:
        parts = quote.strip("*").split("…")
        wanted = ".+".join(re.escape(part) for part in parts)
        assert any(re.search(wanted, text) for text in shown), quote
