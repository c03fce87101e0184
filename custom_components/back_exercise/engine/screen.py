"""The safety screen: what locks the programme, and what opens it again."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from .diary import Screen, ScreenForm

EMERGENCY: Final = (
    "saddle_numbness",
    "bladder_or_bowel",
    "both_legs",
    "leg_weakness",
    "sexual_function",
    "chest_pain",
    "serious_accident",
)
"""New or getting worse (G-1)."""

URGENT: Final = (
    "fever_or_ill",
    "weight_loss",
    "lump_or_shape",
    "no_ease_or_night",
    "cough_or_strain",
    "between_shoulder_blades",
    "past_cancer",
    "weak_immunity",
    "minor_fall_fragile_bones",
)
"""To be seen today (G-2)."""

CAUTION: Final = (
    "under_18",
    "pregnancy",
    "recent_operation_or_fracture",
    "osteoporosis",
    "inflammatory_disease",
    "heart_or_lung",
    "falls",
    "told_not_to_exercise",
)
"""To be agreed with a clinician (G-3)."""

REPORTED: Final = {
    "leg_numbness_or_weakness": "leg_weakness",
    "chest_pain": "chest_pain",
    "breathlessness": "chest_pain",
    "cold_sweat": "chest_pain",
    "dizziness": "heart_or_lung",
    "pain_below_knee": None,
}
"""Signs that may be reported in a session (I-6), and the item each is treated as."""

LISTS: Final[Mapping[str, tuple[str, ...]]] = {
    "emergency": EMERGENCY,
    "urgent": URGENT,
    "caution": CAUTION,
}
"""The full list, the gravest first, by the names of texts."""

ITEMS: Final = frozenset(item for items in LISTS.values() for item in items)

FULL_EVERY: Final = timedelta(days=28)
"""How long the answers to the full list stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """What the answers so far add up to."""

    emergency: frozenset[str] = frozenset()
    """Items that lock (G-1) until assessed and screened anew."""
    urgent: frozenset[str] = frozenset()
    caution: frozenset[str] = frozenset()
    """Items for which no clinician has agreed yet (G-3)."""
    marked: frozenset[str] = frozenset()
    """Caution items of the last full list, agreed or not."""
    full_on: date | None = None
    """When the full list was answered last; None if never."""
    anything_new: bool = False
    """The one question was answered with yes, and no full list since."""

    @property
    def locked(self) -> bool:
        """Whether an item locks."""
        return bool(self.emergency or self.urgent or self.caution)

    @property
    def falls(self) -> bool:
        """Whether exercises in standing are left out (G-3)."""
        return "falls" in self.marked

    @property
    def bending_with_care(self) -> bool:
        """Whether repeated bending is left out (F-2)."""
        return "osteoporosis" in self.marked


def screened(before: Screening, answers: Screen, on: date) -> Screening:
    """Return what the answers add up to with those before.

    A lock by an emergency or urgent item opens only by a full list without any,
    answered together with the confirmation of an assessment (G-1, G-2); a caution
    item by the confirmation that a clinician agreed (G-3).
    """
    flags = frozenset(answers.flags)
    match answers.form:
        case ScreenForm.REPORT:
            signs = {REPORTED.get(flag, flag) or "" for flag in flags}
            return replace(
                before,
                emergency=before.emergency | signs & set(EMERGENCY),
                urgent=before.urgent | signs & set(URGENT),
                caution=before.caution | signs & set(CAUTION),
            )
        case ScreenForm.SHORT:
            return replace(
                before,
                anything_new=before.anything_new or answers.anything_new is True,
            )
        case ScreenForm.AGREEMENT:
            caution = frozenset[str]() if answers.clinician_agreed else before.caution
            return replace(before, caution=caution)
        case _:
            return _full(before, answers, flags, on)


def _full(
    before: Screening, answers: Screen, flags: frozenset[str], on: date
) -> Screening:
    emergency = flags & set(EMERGENCY)
    urgent = flags & set(URGENT)
    if emergency or urgent or not answers.assessed:
        emergency |= before.emergency
        urgent |= before.urgent
    marked = flags & set(CAUTION)
    caution = frozenset[str]() if answers.clinician_agreed else marked | before.caution
    return Screening(
        emergency=emergency,
        urgent=urgent,
        caution=caution,
        marked=marked,
        full_on=on,
    )


def full_due(screening: Screening, today: date, last_session: date | None) -> bool:
    """Return whether the full list is to be answered before a session.

    At the beginning, every 28 days, and after 28 days away: then it must have been
    answered when they were over.
    """
    answered = screening.full_on
    if answered is None or screening.anything_new or today - answered >= FULL_EVERY:
        return True
    return (
        last_session is not None
        and today - last_session >= FULL_EVERY
        and answered - last_session < FULL_EVERY
    )
