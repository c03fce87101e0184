"""The table of faults names exactly the cases that are tried on real parts."""

import ast
from collections.abc import Iterator
from pathlib import Path
import re
from typing import Final

import pytest

ROOT: Final = Path(__file__).parent.parent
PAGE: Final = (ROOT / "docs" / "faults.md").read_text()
MODULES: Final = {
    path.stem: ast.parse(path.read_text())
    for path in sorted((ROOT / "tests" / "e2e").glob("test_faults_*.py"))
}
COLUMNS: Final = 4


def section_of(module: ast.Module) -> str:
    """Return the section of the page that a module of tests belongs to."""
    (section,) = (
        node.value.value
        for node in module.body
        if isinstance(node, ast.AnnAssign)
        and isinstance(node.target, ast.Name)
        and node.target.id == "SECTION"
        and isinstance(node.value, ast.Constant)
    )
    return str(section)


def cases_of(module: ast.Module) -> Iterator[str]:
    """Yield the cases of a module: `Case("...")`, or marked `case("...")`."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            named = node.func
            name = named.attr if isinstance(named, ast.Attribute) else ""
            name = named.id if isinstance(named, ast.Name) else name
            if name in ("Case", "case") and isinstance(node.args[0], ast.Constant):
                yield str(node.args[0].value)


def rows_of(section: str) -> list[list[str]]:
    """Return the cells of the table in a section."""
    text = PAGE.split(f"\n## {section}\n")[1].split("\n## ")[0]
    lines = re.findall(r"^\|(.+)\|$", text, re.MULTILINE)
    return [[cell.strip() for cell in line.split("|")] for line in lines][2:]


@pytest.mark.parametrize("module", MODULES.values(), ids=MODULES)
def test_the_table_names_exactly_the_cases_that_are_tried(module: ast.Module) -> None:
    tried = [*cases_of(module)]

    assert tried
    assert [row[0] for row in rows_of(section_of(module))] == tried


@pytest.mark.parametrize("module", MODULES.values(), ids=MODULES)
def test_of_each_case_is_told_what_is_heard_and_seen_and_kept(
    module: ast.Module,
) -> None:
    rows = rows_of(section_of(module))

    assert [row for row in rows if len(row) != COLUMNS or not all(row)] == []


def test_every_section_of_the_table_is_tried() -> None:
    told = re.findall(r"^## (.+)\n\n(?:[^#|]+\n\n)?\|", PAGE, re.MULTILINE)

    assert told == sorted(map(section_of, MODULES.values()), key=told.index)
