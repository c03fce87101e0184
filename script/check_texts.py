"""Checks the texts that Home Assistant shows, and every JSON file.

Says what hassfest would say about translations and icons of a custom integration, so
that it is heard before a push, and that every language has the keys and placeholders
of English.
"""

from collections.abc import Iterator
import json
from pathlib import Path
import re
import sys
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent
INTEGRATION = ROOT / "custom_components" / "back_exercise"
FORBIDDEN = {
    "HTML": re.compile(r"<[a-zA-Z/!]"),
    "a URL (use a placeholder)": re.compile(r"\w+://"),
    "space at an end": re.compile(r"^\s|\s$"),
    "a placeholder in single quotes": re.compile(r"'\{\w+\}'"),
}
KEY = re.compile(r"[a-z0-9_-]+")

type Node = dict[str, Any]
type Texts = dict[tuple[str, ...], str]


def read_json(path: Path) -> Node:
    """Read a JSON file in which no key may stand twice."""

    def once(pairs: list[tuple[str, Any]]) -> Node:
        node = dict(pairs)
        if len(node) < len(pairs):
            keys = [key for key, _ in pairs]
            twice = {key for key in keys if keys.count(key) > 1}
            raise ValueError(f"key stands twice: {', '.join(sorted(twice))}")
        return node

    node: Node = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=once)
    return node


def read_yaml(name: str) -> Node:
    """Read a YAML file of the integration, if it has one."""
    path = INTEGRATION / name
    if not path.exists():
        return {}
    node: Node = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    # What begins with a dot is only there to be repeated.
    return {key: value for key, value in node.items() if not key.startswith(".")}


def flat(node: Any, path: tuple[str, ...] = ()) -> Texts:  # noqa: ANN401  # JSON
    """Return the texts by their path."""
    if isinstance(node, str):
        return {path: node}
    return {
        where: text
        for key, below in node.items()
        for where, text in flat(below, (*path, key)).items()
    }


def placeholders(text: str) -> set[str]:
    """Return the names in the outermost braces, of a plural its count alone."""
    names, depth = set(), 0
    for match in re.finditer(r"\{\s*(\w*)|\}", text):
        if match[0] == "}":
            depth -= 1
        else:
            if depth == 0:
                names.add(match[1])
            depth += 1
    return names


def wrong_in_language(name: str, texts: Texts, english: Texts) -> Iterator[str]:
    """Yield what is wrong with the texts of one language."""
    for path in english.keys() - texts.keys():
        yield f"{name}: misses {'.'.join(path)}"
    for path in texts.keys() - english.keys():
        yield f"{name}: has {'.'.join(path)}, which English has not"
    for path, text in texts.items():
        where = f"{name}: {'.'.join(path)}"
        for what, pattern in FORBIDDEN.items():
            if pattern.search(text):
                yield f"{where} has {what}: {text!r}"
        for key in path:
            if not KEY.fullmatch(key):
                yield f"{where}: the key {key!r} may have only a-z, 0-9, - and _"
        expected = placeholders(english.get(path, text))
        if placeholders(text) != expected:
            yield f"{where}: placeholders must be {sorted(expected)}: {text!r}"


def fields_of(description: Node) -> Iterator[tuple[str, Node]]:
    """Yield the fields of an action, trigger or condition, out of their sections."""
    for name, field in (description.get("fields") or {}).items():
        if field and "fields" in field:
            yield from fields_of(field)
        else:
            yield name, field or {}


def selectors(node: Any) -> Iterator[Node]:  # noqa: ANN401  # YAML
    """Yield every description of a choice whose options are translated."""
    if isinstance(node, dict):
        if "translation_key" in node and "options" in node:
            yield node
        for below in node.values():
            yield from selectors(below)


def wrong_in_descriptions(kind: str, english: Node, icons: Node) -> Iterator[str]:
    """Yield what services.yaml, triggers.yaml or conditions.yaml want and lack."""
    described = read_yaml(f"{kind}.yaml")
    translated: Node = english.get(kind, {})
    with_icon: Node = icons.get(kind, {})
    for name in described.keys() ^ translated.keys():
        yield f"{kind}: {name} must be in {kind}.yaml and in the translations"
    for name in described.keys() ^ with_icon.keys():
        yield f"{kind}: {name} must be in {kind}.yaml and in icons.json"
    for name in described.keys() & translated.keys():
        texts = translated[name]
        for key in {"name", "description"} - texts.keys():
            yield f"{kind}: {name} has no {key}"
        fields = dict(fields_of(described[name] or {}))
        for field in fields.keys() ^ texts.get("fields", {}).keys():
            yield f"{kind}: field {name}.{field} must be described and translated"
        sections = {
            key
            for key, field in ((described[name] or {}).get("fields") or {}).items()
            if field and "fields" in field
        }
        for section in sections ^ texts.get("sections", {}).keys():
            yield f"{kind}: section {name}.{section} must be described and translated"
    for selector in selectors(described):
        key = selector["translation_key"]
        options = {
            option["value"] if isinstance(option, dict) else option
            for option in selector["options"]
        }
        for option in options - (
            english.get("selector", {}).get(key, {}).get("options", {}).keys()
        ):
            yield f"{kind}: selector.{key}.options.{option} is not translated"


def wrong_in_entity_icons(english: Node, icons: Node) -> Iterator[str]:
    """Yield icons of entities and states that do not exist."""
    for platform, entities in icons.get("entity", {}).items():
        texts: Node = english.get("entity", {}).get(platform, {})
        for name in entities.keys() - texts.keys():
            yield f"icons.json: entity.{platform}.{name} is not translated"
        for name in entities.keys() & texts.keys():
            states = texts[name].get("state")
            if states is None:
                continue
            for state in entities[name].get("state", {}).keys() - states.keys():
                yield f"icons.json: entity.{platform}.{name} has no state {state}"


def wrong_in_forms(node: Node, path: str = "") -> Iterator[str]:
    """Yield descriptions of form fields that do not exist."""
    for key in node.get("data_description", {}).keys() - node.get("data", {}).keys():
        yield f"{path}.data_description.{key} has no {path}.data.{key}"
    for key, below in node.items():
        if isinstance(below, dict):
            yield from wrong_in_forms(below, f"{path}.{key}".removeprefix("."))


def json_files() -> Iterator[Path]:
    """Yield the JSON files of the repository, not those of its tools."""
    for folder, folders, files in ROOT.walk():
        folders[:] = [
            name
            for name in folders
            if name not in {"node_modules", "config"} and not name.startswith(".")
        ]
        for name in files:
            if name.endswith(".json") and not name.startswith("tsconfig"):
                yield folder / name


def findings() -> Iterator[str]:
    """Yield everything that is wrong."""
    for path in json_files():
        try:
            read_json(path)
        except ValueError as error:
            yield f"{path.relative_to(ROOT)}: {error}"
            return  # the rest reads some of the same files

    translations = INTEGRATION / "translations"
    if not (translations / "en.json").exists():
        yield "translations/en.json is missing"
        return
    english = read_json(translations / "en.json")
    icons_path = INTEGRATION / "icons.json"
    icons = read_json(icons_path) if icons_path.exists() else {}

    texts = flat(english)
    for path in sorted(translations.glob("*.json")):
        yield from wrong_in_language(path.name, flat(read_json(path)), texts)
    for kind in ("services", "triggers", "conditions"):
        yield from wrong_in_descriptions(kind, english, icons)
    yield from wrong_in_entity_icons(english, icons)
    yield from wrong_in_forms(english)


def main() -> int:
    """Print the findings; 1 if there are any."""
    found = sorted(findings())
    print("\n".join(found) or "Texts are in order.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
