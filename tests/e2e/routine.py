"""A copy of the integration whose beginner routine is short enough to be listened to.

Only its data differ: two exercises, held for three seconds, few repetitions. Where
nobody listens, it can be hurried too, and nobody waits 15 minutes for a snooze.
"""

from collections.abc import Mapping
from datetime import timedelta
import json
from pathlib import Path
import re
import shutil

EXERCISES = {"pelvic_tilts": 3, "simplified_piriformis_stretch": 2}
"""Repetitions (of each side) of the exercises."""
HOLD_S = 3


def shorten(
    component: Path,
    folder: Path,
    exercises: Mapping[str, int] = EXERCISES,
    hold_s: float = HOLD_S,
) -> Path:
    """Copy a component into a folder, with a short beginner routine."""
    copy = folder / component.name
    shutil.copytree(component, copy, ignore=shutil.ignore_patterns("__pycache__"))
    path = copy / "content" / "exercises.json"
    content = json.loads(path.read_text())
    content["routines"]["beginner"]["value"] = [*exercises]
    for name, count in exercises.items():
        content["ladders"][name] = {
            "lowest": -1,
            "doses": [[1, max(1, count // 2)], [1, count]],
        }
    for exercise in content["exercises"]:
        if exercise["id"] in exercises:
            exercise["hold_seconds"]["value"] = hold_s
            exercise["ladder"]["value"] = exercise["id"]
    path.write_text(json.dumps(content))
    return copy


def hurry(component: Path, seconds: Mapping[str, float]) -> None:
    """Change nominal durations of a copy."""
    path = component / "engine" / "settings.py"
    text = path.read_text()
    for name, value in seconds.items():
        line = rf"(?m)^(    {name}: timedelta = timedelta)\(seconds=\d+\)$"
        text, count = re.subn(line, rf"\g<1>(seconds={value})", text)
        if count != 1:
            raise LookupError(name)
    path.write_text(text)


def hasten(component: Path, snooze: timedelta) -> None:
    """Change how long a reminder is snoozed in a copy: nothing but that one number."""
    path = component / "engine" / "verdict.py"
    old = "SNOOZE: Final = timedelta(minutes=15)\n"
    text = path.read_text()
    if text.count(old) != 1:
        raise LookupError(old)
    new = f"SNOOZE: Final = timedelta(seconds={snooze.total_seconds():g})\n"
    path.write_text(text.replace(old, new))
