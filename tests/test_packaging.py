"""What Home Assistant and HACS demand of an integration that people install.

Their own tools run on GitHub (.github/workflows/validate.yml) and come with neither
package; here it is heard before a push. Texts are checked by script/check_texts.py too.
"""

import ast
from collections.abc import Iterator
import json
from pathlib import Path
import re
import sys
from typing import Any, Final

from awesomeversion import AwesomeVersion, AwesomeVersionStrategy
import hass_frontend
from homeassistant import components
from homeassistant.const import Platform, __version__
from homeassistant.core import HomeAssistant
from homeassistant.helpers.selector import validate_selector
from homeassistant.setup import async_setup_component
from homeassistant.util.yaml import load_yaml_dict
from PIL import Image
import probatio
import pytest

import custom_components.back_exercise as integration
from custom_components.back_exercise.condition import CONDITIONS
from custom_components.back_exercise.const import DOMAIN
from custom_components.back_exercise.coordinator import load_catalogue
from custom_components.back_exercise.trigger import TRIGGERS

ROOT: Final = Path(__file__).parent.parent
FOLDER: Final = ROOT / "custom_components" / DOMAIN
BRAND: Final = FOLDER / "brand"
MODULES: Final = {path: ast.parse(path.read_text()) for path in FOLDER.rglob("*.py")}


def read(path: Path) -> Any:
    """Read a JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))


MANIFEST: Final = read(FOLDER / "manifest.json")
ENGLISH: Final = read(FOLDER / "translations" / "en.json")
ICONS: Final = read(FOLDER / "icons.json")
HACS: Final = read(ROOT / "hacs.json")
WORKFLOWS: Final = {
    path.name: path.read_text() for path in (ROOT / ".github/workflows").glob("*.yml")
}

# The manifest

REQUIRED: Final = {
    *("domain", "name", "codeowners", "documentation", "iot_class", "version"),
    "issue_tracker",  # asked for by HACS
}
ALLOWED: Final = REQUIRED | {
    *("after_dependencies", "config_flow", "dependencies", "import_executor"),
    *("integration_type", "loggers", "preview_features", "quality_scale"),
    *("requirements", "single_config_entry"),
}
FREE: Final = {
    *(platform.value for platform in Platform),
    *("alert", "automation", "conversation", "default_config", "device_automation"),
    *("frontend", "group", "homeassistant", "input_boolean", "input_button"),
    *("input_datetime", "input_number", "input_select", "input_text", "media_source"),
    *("onboarding", "panel_custom", "persistent_notification", "person", "script"),
    *("shopping_list", "sun", "system_health", "system_log", "timer", "webhook"),
    *("websocket_api", "zone"),
}
"""Integrations of Home Assistant that may be used without naming them."""


def test_the_manifest_has_the_keys_it_must_and_may_have_in_their_order() -> None:
    keys = list(MANIFEST)

    assert REQUIRED <= set(keys) <= ALLOWED
    assert keys == ["domain", "name", *sorted(set(keys) - {"domain", "name"})]


def test_the_manifest_says_what_home_assistant_takes() -> None:
    assert MANIFEST["domain"] == FOLDER.name
    assert not (Path(components.__path__[0]) / DOMAIN).exists()
    assert MANIFEST["iot_class"] == "calculated"
    assert MANIFEST["integration_type"] == "service"
    assert MANIFEST["config_flow"] is True
    assert all(each.startswith("@") for each in MANIFEST["codeowners"])
    for key in ("documentation", "issue_tracker"):
        assert re.fullmatch(r"https://(?!www\.home-assistant\.io)\S+", MANIFEST[key])
    version = AwesomeVersion(
        MANIFEST["version"], ensure_strategy=AwesomeVersionStrategy.SEMVER
    )
    assert version.valid


def used_components() -> Iterator[tuple[str, str]]:
    """Yield the modules and the integrations of Home Assistant that they import."""
    prefix = "homeassistant.components"
    for path, module in MODULES.items():
        for node in ast.walk(module):
            match node:
                case ast.ImportFrom(module=str(name)) if name.startswith(f"{prefix}."):
                    yield path.stem, name.split(".")[2]
                case ast.ImportFrom(module="homeassistant.components", names=names):
                    yield from ((path.stem, each.name) for each in names)
                case ast.Import(names=names):
                    yield from (
                        (path.stem, each.name.split(".")[2])
                        for each in names
                        if each.name.startswith(f"{prefix}.")
                    )


def test_every_integration_that_is_used_is_named_and_is_there() -> None:
    first, later = MANIFEST["dependencies"], MANIFEST["after_dependencies"]
    used = {
        name
        for module, name in used_components()
        # a platform for another integration is only loaded by it
        if name != module and not (FOLDER / f"{name}.py").exists()
    }

    assert {"media_player", "tts"} <= used
    assert used - FREE <= {*first, *later}
    assert not {*first} & {*later}
    assert [*first] == sorted(first)
    assert [*later] == sorted(later)
    for name in (*first, *later):
        assert (Path(components.__path__[0]) / name / "manifest.json").exists()


def imported() -> Iterator[str]:
    """Yield the packages that the code imports, its own apart."""
    for module in MODULES.values():
        for node in ast.walk(module):
            match node:
                case ast.Import(names=names):
                    yield from (each.name.split(".")[0] for each in names)
                case ast.ImportFrom(module=str(name), level=0):
                    yield name.split(".")[0]


def test_nothing_is_needed_that_home_assistant_does_not_bring() -> None:
    constraints = Path(components.__path__[0]).parent / "package_constraints.txt"
    brought = {
        re.split(r"[=<>]", line)[0].lower().replace("-", "_")
        for line in constraints.read_text().splitlines()
    }
    theirs = {*imported()} - {*sys.stdlib_module_names, "homeassistant"}

    assert "requirements" not in MANIFEST
    assert {"orjson", "yarl"} <= theirs
    assert "audioop_lts" in brought  # which is imported as audioop
    assert "probatio" in sys.modules["voluptuous"].__name__  # by Home Assistant
    assert theirs - brought == {"audioop", "voluptuous"}


def test_it_is_set_up_by_the_interface_alone() -> None:
    assert integration.CONFIG_SCHEMA({}) == {}


# Texts, actions, triggers, conditions, icons

SECTIONS: Final = {
    *("common", "conditions", "config", "config_subentries", "device", "entity"),
    *("exceptions", "issues", "options", "selector", "services", "system_health"),
    *("title", "triggers"),
}
NOT_FIELDS: Final = {
    *("area_id", "device_id", "entity_id", "floor_id", "label_id"),
    "metadata",  # the interface's own
}


def test_there_are_only_the_files_and_parts_of_texts_that_are_read() -> None:
    assert not (FOLDER / "strings.json").exists()
    for path in (FOLDER / "translations").iterdir():
        assert re.fullmatch(r"[a-z]{2}(-[A-Z]{2})?\.json", path.name)
        assert read(path).keys() <= SECTIONS
        # what is only resolved when Home Assistant itself is built
        assert "[%key:" not in path.read_text(encoding="utf-8")


def test_every_issue_has_either_a_text_or_a_flow() -> None:
    for texts in ENGLISH["issues"].values():
        assert texts["title"]
        assert ("description" in texts) != ("fix_flow" in texts)


def flows() -> Iterator[dict[str, Any]]:
    """Yield the texts of every flow."""
    yield ENGLISH["config"]
    yield ENGLISH["options"]
    yield from ENGLISH["config_subentries"].values()
    yield from (
        each["fix_flow"] for each in ENGLISH["issues"].values() if "fix_flow" in each
    )


def test_every_step_that_has_texts_is_one_and_the_other_way_round() -> None:
    told = {step for flow in flows() for step in flow["step"]}
    methods, shown = set(), set()
    for module in MODULES.values():
        for node in ast.walk(module):
            match node:
                case ast.AsyncFunctionDef(name=name) if name.startswith("async_step_"):
                    methods.add(name.removeprefix("async_step_"))
                case ast.Call(
                    func=ast.Attribute(attr="async_show_form" | "async_show_menu"),
                    keywords=keywords,
                ):
                    shown |= {
                        str(each.value.value)
                        for each in keywords
                        if each.arg == "step_id"
                        and isinstance(each.value, ast.Constant)
                    }

    assert told - {"confirm"} <= methods  # that is Home Assistant's own
    assert shown <= told


def constants() -> set[str]:
    """Return every string in the code, as a value."""
    return {
        node.value
        for module in MODULES.values()
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_no_field_of_a_form_is_told_of_that_there_is_not() -> None:
    fields = {
        field
        for flow in flows()
        for step in flow["step"].values()
        for part in (step, *step.get("sections", {}).values())
        for field in part.get("data", {})
    }

    exercises = set(load_catalogue().exercises)

    assert exercises < fields
    assert fields - exercises - constants() == set()


def described(kind: str) -> dict[str, dict[str, Any]]:
    """Return what one of the files for the interface describes."""
    content = load_yaml_dict(str(FOLDER / f"{kind}.yaml"))
    return {key: each or {} for key, each in content.items() if not key.startswith(".")}


def fields_of(description: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield fields, out of their sections."""
    for name, field in description.get("fields", {}).items():
        if "fields" in field:
            yield from fields_of(field)
        else:
            yield name, field


async def test_every_action_takes_what_its_description_offers_and_no_more(
    hass: HomeAssistant,
) -> None:
    assert await async_setup_component(hass, DOMAIN, {})
    services = hass.services.async_services_for_domain(DOMAIN)
    descriptions = described("services")

    assert services.keys() == descriptions.keys()
    for name, service in services.items():
        fields = dict(fields_of(descriptions[name]))
        taken = {str(key): key for key in keys_of(service.schema)}
        assert taken.keys() - NOT_FIELDS == fields.keys(), name
        for key, field in fields.items():
            is_required = type(taken[key]).__name__ == "Required"
            assert field.get("required", False) == is_required, (name, key)


def keys_of(schema: Any) -> Iterator[Any]:
    """Yield the keys of a schema, whatever it is wrapped in."""
    if isinstance(schema, dict):
        yield from schema
    elif validators := getattr(schema, "validators", None):
        for each in validators:
            yield from keys_of(each)
    elif isinstance(schema, probatio.Schema):
        yield from keys_of(schema.schema)


def test_every_trigger_and_condition_that_is_described_is_there() -> None:
    assert TRIGGERS.keys() == described("triggers").keys()
    assert CONDITIONS.keys() == described("conditions").keys()


@pytest.mark.parametrize("kind", ["services", "triggers", "conditions"])
def test_every_field_has_a_selector_that_home_assistant_knows(kind: str) -> None:
    descriptions = described(kind)
    assert descriptions
    for description in descriptions.values():
        # a filter by device was taken out of targets
        assert "device" not in description.get("target", {})
        for _, field in fields_of(description):
            assert field.keys() <= {
                *("default", "example", "filter", "required", "selector"),
            }
            validate_selector(field["selector"])


def icons(node: Any) -> Iterator[str]:
    """Yield the names of icons."""
    if isinstance(node, str):
        yield node
    else:
        for each in node.values():
            yield from icons(each)


def test_every_icon_is_one_that_the_interface_has() -> None:
    lists = (hass_frontend.where() / "static" / "mdi").glob("iconList*.json")
    known = {f"mdi:{each['name']}" for path in lists for each in read(path)}
    used = set(icons(ICONS))

    assert len(known) > 7000
    assert ICONS.keys() <= {
        *("conditions", "entity", "sections", "services", "triggers"),
    }
    assert used - known == set()


@pytest.mark.parametrize("kind", ["services", "triggers", "conditions"])
def test_everything_that_is_described_has_an_icon_and_nothing_else(kind: str) -> None:
    assert ICONS[kind].keys() == described(kind).keys()


# Brand

SIZES: Final = {
    "icon.png": ((256, 256), (256, 256)),
    "icon@2x.png": ((512, 512), (512, 512)),
    "logo.png": ((128, 128), (256, 4096)),
    "logo@2x.png": ((256, 256), (512, 8192)),
}
"""Between which the shorter and the longer side of each image may be."""
MOST_BYTES: Final = 40_000
TRIMMED: Final = 0.9


def images() -> list[Path]:
    """Return the files of the brand."""
    return sorted(BRAND.iterdir())


def test_the_brand_has_every_image_in_both_resolutions() -> None:
    names = {path.name for path in images()}

    assert names >= SIZES.keys()
    assert {name.removeprefix("dark_") for name in names} == SIZES.keys()
    for name in names:
        twice = name.replace("@2x", "").replace(".png", "@2x.png")
        assert twice in names


@pytest.mark.parametrize("path", images(), ids=lambda each: each.name)
def test_an_image_of_the_brand_is_small_transparent_trimmed_and_of_its_size(
    path: Path,
) -> None:
    image = Image.open(path)
    short, long = sorted(image.size)
    least, most = SIZES[path.name.removeprefix("dark_")]

    assert image.format == "PNG"
    assert least[0] <= short <= most[0]
    assert least[1] <= long <= most[1]
    assert path.stat().st_size < MOST_BYTES
    assert image.mode == "RGBA"
    alpha = image.getchannel("A")
    assert alpha.getextrema() == (0, 255)
    left, top, right, bottom = alpha.getbbox() or (0, 0, 0, 0)
    # an icon is as high as wide, whatever its form
    assert max((right - left) / image.width, (bottom - top) / image.height) > TRIMMED


@pytest.mark.parametrize(
    "path",
    [each for each in images() if "@2x" in each.name],
    ids=lambda each: each.name,
)
def test_an_image_for_fine_screens_is_exactly_twice_as_large(path: Path) -> None:
    once = Image.open(path.with_name(path.name.replace("@2x", "")))

    assert Image.open(path).size == (once.width * 2, once.height * 2)


# HACS, and what the repository must have


def test_hacs_is_told_what_it_knows_and_finds_the_file_that_releases_make() -> None:
    assert HACS.keys() <= {
        *("content_in_root", "country", "filename", "hacs", "hide_default_branch"),
        *("homeassistant", "name", "persistent_directory", "render_readme"),
        "zip_release",
    }
    assert HACS["name"] == MANIFEST["name"]
    assert HACS["zip_release"] is True
    assert HACS["filename"] == f"{DOMAIN}.zip"
    assert HACS["filename"] in WORKFLOWS["release.yml"]
    assert AwesomeVersion(HACS["homeassistant"]) <= AwesomeVersion(__version__)
    assert HACS["homeassistant"].rsplit(".", 1)[0] == __version__.rsplit(".", 1)[0]


def test_hacs_finds_one_integration_and_what_people_read() -> None:
    (only,) = (
        each for each in FOLDER.parent.iterdir() if (each / "manifest.json").exists()
    )
    assert only == FOLDER
    assert (ROOT / "README.md").read_text().startswith("# Back Exercise")
    assert "Permission is hereby granted" in (ROOT / "LICENSE").read_text()


def test_the_tools_of_home_assistant_and_hacs_look_at_every_push() -> None:
    validate = WORKFLOWS["validate.yml"]

    assert "home-assistant/actions/hassfest@" in validate
    assert "hacs/action@" in validate
    assert "category: integration" in validate
    assert "push:" in validate
    assert "pull_request:" in validate


def test_every_other_action_of_a_workflow_is_pinned_to_a_commit() -> None:
    follows = {"home-assistant/actions/hassfest@master", "hacs/action@main"}
    used = {
        action
        for text in WORKFLOWS.values()
        for action in re.findall(r"uses: (\S+)", text)
        if not action.startswith("./")
    }

    assert follows <= used
    for action in used - follows:
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", action)


# The quality scale

RULES: Final = {
    *("action-setup", "appropriate-polling", "brands", "common-modules", "config-flow"),
    *("config-flow-test-coverage", "dependency-transparency", "docs-actions"),
    *("docs-conditions", "docs-high-level-description", "docs-triggers"),
    *("docs-installation-instructions", "docs-removal-instructions"),
    *("entity-event-setup", "entity-unique-id", "has-entity-name", "runtime-data"),
    *("test-before-configure", "test-before-setup", "unique-config-entry"),
    # Silver
    *("action-exceptions", "config-entry-unloading", "docs-configuration-parameters"),
    *("docs-installation-parameters", "entity-unavailable", "integration-owner"),
    *("log-when-unavailable", "parallel-updates", "reauthentication-flow"),
    "test-coverage",
    # Gold
    *("devices", "diagnostics", "discovery", "discovery-update-info"),
    *("docs-data-update", "docs-examples", "docs-known-limitations"),
    *("docs-supported-devices", "docs-supported-functions", "docs-troubleshooting"),
    *("docs-use-cases", "dynamic-devices", "entity-category", "entity-device-class"),
    *("entity-disabled-by-default", "entity-translations", "exception-translations"),
    *("icon-translations", "reconfiguration-flow", "repair-issues", "stale-devices"),
    # Platinum
    *("async-dependency", "inject-websession", "strict-typing"),
}


def test_every_rule_of_the_quality_scale_is_done_or_exempt_with_a_reason() -> None:
    rules = load_yaml_dict(str(FOLDER / "quality_scale.yaml"))["rules"]

    assert len(RULES) == 54
    assert rules.keys() == RULES
    open_rules = {
        name
        for name, rule in rules.items()
        if rule != "done"
        and not (isinstance(rule, dict) and rule.keys() == {"status", "comment"})
    }
    assert open_rules == set()
    # what is seen in the code
    for name in ("async_setup_services", "ConfigEntryNotReady", "runtime_data"):
        assert name in (FOLDER / "__init__.py").read_text()
    for platform in integration.PLATFORMS:
        assert "PARALLEL_UPDATES = 0" in (FOLDER / f"{platform}.py").read_text()
    for name in ("config_flow", "diagnostics", "entity", "repairs"):
        assert (FOLDER / f"{name}.py").exists()
    for rule in rules.values():
        if rule != "done":
            assert rule["status"] == "exempt"
            assert rule["comment"].strip().endswith(".")
