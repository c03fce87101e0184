"""All that can be said, and the words of a language for it."""

from collections.abc import Iterator
from datetime import date
import json
import re
from typing import Final

from custom_components.back_exercise.coordinator import load_catalogue
from custom_components.back_exercise.engine.catalogue import Ladder, Routine
from custom_components.back_exercise.engine.composition import Slot
from custom_components.back_exercise.engine.cues import Cue, CueKind
from custom_components.back_exercise.engine.diary import Form
from custom_components.back_exercise.engine.plan import (
    CheckIn,
    Detail,
    Side,
    build_plan,
    prescribe,
)
from custom_components.back_exercise.engine.timeline import cues_of, stretches
from custom_components.back_exercise.phrases import FALLBACK, FOLDER, Phrases

UNFINISHED: Final = re.compile(r"[{}]|  |^\s|\s$|\s[.,:]|None|\.\.")

ANY_TIME: Final = (
    CueKind.EASED,
    CueKind.ONE_MOMENT,
    CueKind.PAIN,
    CueKind.CUT_OFF,
    CueKind.PAUSED,
    CueKind.SKIPPED,
    CueKind.SMALLER,
    CueKind.FAREWELL,
    CueKind.FAREWELL_TOMORROW,
    CueKind.STOPPED,
    CueKind.STOPPED_FOR_PAIN,
    CueKind.TEST,
    CueKind.TOO_HARD,
    CueKind.REMINDER,
    CueKind.NEXT_DAY,
    CueKind.NEXT_DAY_ALOUD,
    CueKind.NOT_UNDERSTOOD,
)


def read(language: str) -> Phrases:
    """Read the sentences of a language."""
    file = FOLDER / f"{language}.json"
    return Phrases(
        language=language, words=json.loads(file.read_text(encoding="utf-8"))
    )


def cues() -> Iterator[Cue]:
    """Yield all that is said in every routine and dose, and between."""
    catalogue = load_catalogue()
    for routine in Routine:
        for side in (Side.RIGHT, Side.LEFT):
            for index in (-2, -1, 0, 2, 7):
                prescriptions = [
                    prescribe(exercise, _within(exercise.ladder, index), Detail.FULL)
                    for exercise in catalogue.routine(routine)
                ]
                plan = build_plan(
                    routine,
                    prescriptions,
                    check_in=CheckIn.EACH_EXERCISE,
                    first_side=side,
                    ask_next_day=True,
                )
                for stretch in stretches(plan):
                    yield from cues_of(plan, stretch)
        for exercise in catalogue.routine(routine):
            for side in (Side.BOTH, Side.RIGHT, Side.LEFT):
                yield Cue(
                    kind=CueKind.RESUMED, exercise=exercise.id, side=side, number=1
                )
    for check_in in CheckIn:
        yield from _asked(check_in)
    yield from (Cue(kind=kind) for kind in ANY_TIME)
    yield Cue(kind=CueKind.GOING_ON, seconds=10)
    yield Cue(kind=CueKind.FAREWELL_UNTIL, until=date(2026, 12, 5))
    yield Cue(kind=CueKind.COUNTDOWN, seconds=15)
    yield from (Cue(kind=CueKind.READ_BACK, number=number) for number in range(11))
    for key in read(FALLBACK).words["decisions"]:
        yield Cue(
            kind=CueKind.DECISION,
            key=key,
            exercise="bridges",
            other="dead_bugs",
            routine="beginner",
            number=30,
        )


def _within(ladder: Ladder, index: int) -> int:
    return min(max(ladder.lowest, index), ladder.highest)


def _asked(check_in: CheckIn) -> Iterator[Cue]:
    """Yield what is asked where something hurt, and what is said on the floor."""
    catalogue = load_catalogue()
    on_the_floor = Slot(
        exercise=catalogue.exercises["single_leg_balance"],
        index=0,
        form=Form.LEVEL_SURFACE,
    )
    plan = build_plan(
        Routine.BEGINNER,
        [on_the_floor.prescription],
        check_in=check_in,
        hurt=("single_leg_balance",),
    )
    for stretch in stretches(plan):
        yield from cues_of(plan, stretch)
