"""A copy of the integration whose beginner routine is short enough to be listened to.

Only its data differ: two exercises, held for three seconds, few repetitions.
"""

from collections.abc import Mapping
import json
from pathlib import Path
import shutil

EXERCISES = {"pelvic_tilts": 3, "simplified_piriformis_stretch": 2}
"""Repetitions (of each side) of the exercises."""
HOLD_S = 3


def shorten(
    component: Path, folder: Path, exercises: Mapping[str, int] = EXERCISES
) -> Path:
    """Copy a component into a folder, with a short beginner routine."""
    copy = folder / component.name
    shutil.copytree(component, copy, ignore=shutil.ignore_patterns("__pycache__"))
    path = copy / "content" / "exercises.json"
    content = json.loads(path.read_text())
    content["routines"]["beginner"]["value"] = [*exercises]
    for name, count in exercises.items():
        content["ladders"][name] = {"lowest": -1, "doses": [[1, 1], [1, count]]}
    for exercise in content["exercises"]:
        if exercise["id"] in exercises:
            exercise["hold_seconds"]["value"] = HOLD_S
            exercise["ladder"]["value"] = exercise["id"]
    path.write_text(json.dumps(content))
    return copy
