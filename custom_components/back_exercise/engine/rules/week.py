"""The week: aerobic minutes, balance of the exercises, bending (W, C-3, F-1)."""

from collections.abc import Iterator
from typing import Final

from ..catalogue import Catalogue, Routine
from ..decision import Decision, Outcome, Rule
from ..diary import Activity, Intensity
from ..programme import Aerobic, Programme, Status
from .facts import median

ROUND: Final = 5
VIGOROUS: Final = 2
"""A vigorous minute counts for so many (W-2)."""
BASE_WEEKS: Final = 2
BASE_MOST: Final = 150
STRETCH_ON_BACK: Final = "hamstring_stretch_on_back"
"""Named as a choice only: there is no guided dose of it (F-1)."""

BENDING: Final = (
    "toe touch",
    "toe-touch",
    "touch your toes",
    "touch my toes",
    "touching toes",
    "sit-up",
    "sit up",
    "situp",
    "crunch",
    "forward bend",
    "forward fold",
)


def w2(activity: Activity) -> int:
    """W-2: moderate minutes count once, vigorous ones twice."""
    vigorous = activity.intensity is Intensity.VIGOROUS
    return activity.minutes * (VIGOROUS if vigorous else 1)


def w3(aerobic: Aerobic, ceiling: int) -> Iterator[Decision]:
    """W-3: a target reached in a week without trouble grows by a tenth.

    At least by 5, rounded up to 5, never above the ceiling; a whole-number
    reckoning. After the first two weeks it becomes their median, if that is more.
    """
    if aerobic.troubled:
        return
    target = aerobic.target
    if target and aerobic.minutes >= target:
        grown = -(-(10 * target + max(10 * ROUND, target)) // (10 * ROUND)) * ROUND
        target = max(target, min(grown, ceiling))
    if len(aerobic.weeks) == BASE_WEEKS:
        own = round(median(aerobic.weeks) / ROUND) * ROUND
        target = max(target, min(own, BASE_MOST, ceiling))
    if target != aerobic.target:
        yield Decision(
            rule=Rule.W_3,
            outcome=Outcome.TARGET,
            value=target,
            inputs={"minutes": aerobic.minutes, "target": aerobic.target},
        )


def w4(programme: Programme) -> bool:
    """W-4: whether it may be reminded of sessions or activity; never under a lock."""
    return not programme.locked


def bends(text: str) -> bool:
    """Return whether a text names an exercise of repeated forward bending (F-1)."""
    plain = " ".join(text.casefold().replace("_", " ").split())
    return any(each in plain for each in BENDING)


def f1(text: str, programme: Programme, catalogue: Catalogue) -> Iterator[Decision]:
    """F-1: toe touches and sit-ups are not guided; two other choices are named.

    The stretch lying on the back, and a neutral-spine exercise that is not
    suspended: from intermediate bird dogs or fire hydrants, at beginner bridges.
    """
    if not bends(text):
        return
    choices = (
        ("bridges",)
        if programme.level is Routine.BEGINNER
        else ("bird_dogs", "fire_hydrants")
    )
    free = [
        id_
        for id_ in choices
        if programme.standing(id_).status is Status.ACTIVE
        and id_ not in programme.settings.forbidden
        and id_ in catalogue.exercises
    ]
    yield Decision(
        rule=Rule.F_1,
        outcome=Outcome.REFUSED,
        other=free[0] if free else None,
        variant=None if free else "stretch",
        inputs={"text": text, "choices": [STRETCH_ON_BACK, *free]},
    )
