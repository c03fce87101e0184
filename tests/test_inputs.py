"""The page of what may be sent tells of every test that there is, and of no other."""

import ast
from pathlib import Path
import re
from typing import Final

PAGE: Final = Path(__file__).parent.parent / "docs" / "inputs.md"
FUZZ: Final = Path(__file__).parent / "fuzz"
HEADING: Final = 2
"""Rows of a table before what it holds."""


def test_each_row_names_one_test_and_each_test_has_a_row() -> None:
    table, _, _ = PAGE.read_text(encoding="utf-8").partition("\n## ")
    lines = table.splitlines()
    rows = [line for line in lines if line.startswith("|")][HEADING:]
    named = [re.findall(r"`(test_\w+)`", row) for row in rows]
    tests = [
        node.name
        for path in FUZZ.glob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
    ]

    assert tests
    assert sorted(named) == sorted([name] for name in tests)
