"""script/replay, as somebody would call it."""

import json
from pathlib import Path
import subprocess
import sys
from typing import Any

import pytest

from custom_components.back_exercise.engine.export import write_diary

from .engine.lives import Life

REPLAY = Path(__file__).parent.parent / "script" / "replay"


def replay(*arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
    """Run the script."""
    return subprocess.run(  # noqa: S603  # our own script
        [sys.executable, str(REPLAY), *arguments],
        input=text,
        capture_output=True,
        text=True,
        check=False,
        timeout=25,
    )


@pytest.fixture
def diary(tmp_path: Path) -> Path:
    """Return a file with the diary of E7."""
    life = Life()
    for number in (0, 2, 4, 6, 9):
        life.session(number, pain=2)
    turns: dict[str, dict[str, Any]] = {"isometric_hip_flexion": {"pain_peak": 3}}
    life.session(11, pain=2, turns=turns, next_day=4)
    path = tmp_path / "diary.json"
    path.write_text(json.dumps(write_diary(life.entries)))
    return path


def test_e7_replayed_shows_programme_decisions_and_plan(diary: Path) -> None:
    done = replay(
        str(diary), "--at", "2026-11-15T18:00", "--gate", '{"pain_before": 2}'
    )

    assert done.returncode == 0, done.stderr
    shown = json.loads(done.stdout)
    assert shown["programme"]["hold"] == 2
    assert {d["rule"] for d in shown["sessions"][-1]["decisions"]} >= {"P-2", "D-6"}
    assert shown["sessions"][-1]["closed"] == "2026-11-14T09:00:00+00:00"
    assert shown["today"]["seconds"] == 777
    assert [each["sets"] for each in shown["today"]["exercises"]] == [
        [8],
        [8],
        [8],
        [6],
    ]
    assert shown["today"]["exercises"][0]["seconds"] == 72


def test_the_gates_input_may_stand_in_the_file_and_come_from_standard_input() -> None:
    life = Life()
    data = write_diary(life.entries) | {"gate": {"pain_before": 6}}

    done = replay("-", text=json.dumps(data))

    assert json.loads(done.stdout)["today"]["result"] == "not_today"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "Expecting"),
        ("[]", "diary must be an object"),
        ('{"schema": 1, "entries": []}', "entries must be"),
        ('{"schema": 1, "entries": [{}]}', "entries[0].id must be given"),
        ('{"schema": 9, "entries": []}', "schema must be"),
    ],
)
def test_what_is_not_valid_is_named_and_nothing_is_printed(
    text: str, message: str
) -> None:
    done = replay("-", text=text)

    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_not_there_is_said_so() -> None:
    done = replay("/nowhere/diary.json")

    assert done.returncode == 2
    assert "No such file" in done.stderr
