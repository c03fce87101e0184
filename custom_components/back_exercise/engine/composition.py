"""Which exercises a session consists of, and how much of each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from .catalogue import Catalogue, Category, Exercise, Routine
from .decision import Decision, Outcome, Rule
from .diary import Form, Prescribed, SessionKind
from .plan import ZERO, Detail, Prescription, build_plan
from .programme import (
    BALANCE,
    LEVEL_SURFACE,
    ROUTINES,
    Programme,
    Status,
    cap_of,
    limit_of,
    name_of,
)

WALKS: Final = "monster_walks"
STRETCH: Final = "piriformis_stretch"
SIMPLE_STRETCH: Final = "simplified_piriformis_stretch"
SUBSTITUTES: Final = {STRETCH: SIMPLE_STRETCH, "single_leg_bridges": "bridges"}
"""What is done instead of a suspended exercise (S-7)."""

OUT: Final = (Status.SUSPENDED, Status.RETIRED)
DAYS: Final = 7
SESSIONS: Final = 2
"""So many sessions in so many days show whether a category is missing (C-1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One exercise of a session."""

    exercise: Exercise
    index: int
    form: Form = Form.USUAL
    detail: Detail = Detail.FULL
    """How much of its instructions is said."""

    @property
    def name(self) -> str:
        """Under which the programme remembers it."""
        return name_of(self.exercise.id, self.form)

    @property
    def prescription(self) -> Prescription:
        """What the plan is made of; the level surface needs no cushion."""
        exercise = self.exercise
        if self.form is Form.LEVEL_SURFACE:
            equipment = tuple(each for each in exercise.equipment if each != "cushion")
            exercise = replace(exercise, equipment=equipment, setup=ZERO)
        return Prescription(
            exercise=exercise,
            index=self.index,
            dose=exercise.ladder.dose(self.index),
            form=self.form,
            detail=self.detail,
        )

    @property
    def prescribed(self) -> Prescribed:
        """What the diary records of it."""
        return Prescribed(
            exercise=self.exercise.id,
            index=self.index,
            planned=self.exercise.ladder.dose(self.index).volume,
            form=self.form,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """The exercises of a session, and why they are not simply the routine's."""

    slots: tuple[Slot, ...]
    decisions: tuple[Decision, ...]


class _Composer:
    """Puts a session together from a programme."""

    def __init__(
        self,
        programme: Programme,
        catalogue: Catalogue,
        kind: SessionKind,
        indices: Mapping[str, int],
    ) -> None:
        self.programme = programme
        self.catalogue = catalogue
        self.kind = kind
        self.indices = indices
        self.slots: list[Slot] = []
        self.decisions: list[Decision] = []

    def compose(self, routine: Routine, today: date) -> Composition:
        ids = self.catalogue.routines[routine]
        if self.kind is SessionKind.GENTLE:
            for id_ in ids:
                if self._is_active(id_) and self._obstacle(id_) is None:
                    self._put(id_, highest=-1)
        else:
            if routine is Routine.ADVANCED:
                self._stretch_first()
            for id_ in ids:
                self._place(id_)
            if self.kind is SessionKind.NORMAL:
                self._complete(routine, today)
        return Composition(slots=tuple(self.slots), decisions=tuple(self.decisions))

    def _is_active(self, name: str) -> bool:
        return self.programme.standing(name).status is Status.ACTIVE

    def _obstacle(self, id_: str) -> Rule | None:
        """Return the rule that leaves an exercise out whatever its status."""
        programme = self.programme
        settings = programme.settings
        lowest = self.catalogue.exercises[id_].ladder.lowest
        if id_ in settings.forbidden:
            return Rule.LIMIT
        if limit_of(self.catalogue, settings, id_) < lowest:
            return Rule.LIMIT
        if id_ in (BALANCE, WALKS) and programme.screening.falls:
            return Rule.G_3
        if id_ == WALKS and not settings.band:
            return Rule.S_7
        return None

    def _put(
        self,
        id_: str,
        *,
        highest: int | None = None,
        form: Form = Form.USUAL,
        first: bool = False,
    ) -> None:
        name = LEVEL_SURFACE if form is Form.LEVEL_SURFACE else id_
        index = min(
            self.indices.get(name, self.programme.standing(name).index),
            cap_of(self.catalogue, self.programme, name),
        )
        if highest is not None:
            index = min(index, highest)
        exercise = self.catalogue.exercises[id_]
        slot = Slot(
            exercise=exercise, index=max(index, exercise.ladder.lowest), form=form
        )
        self.slots.insert(0 if first else len(self.slots), slot)

    def _place(self, id_: str) -> None:
        obstacle = self._obstacle(id_)
        status = self.programme.standing(id_).status
        bending = self._bending_with_care and id_ == STRETCH
        if obstacle:
            self._leave_out(obstacle, id_)
        elif id_ == BALANCE:
            self._place_balance(status)
        elif bending:
            self._substitute(Rule.F_2, id_)
        elif status in OUT:
            self._substitute(Rule.S_7, id_)
        elif status is Status.RETRIAL and self.kind is SessionKind.TRIAL:
            self._leave_out(Rule.S_7, id_, "trial")
        else:
            self._put(id_)

    @property
    def _bending_with_care(self) -> bool:
        programme = self.programme
        return (
            programme.settings.bending_bothers or programme.screening.bending_with_care
        )

    def _place_balance(self, status: Status) -> None:
        """S-7: the level surface instead of the cushion, but not after sharp pain."""
        standing = self.programme.standing(BALANCE)
        level = not self.programme.settings.cushion or standing.level_surface
        if status in OUT:
            if standing.rule is not Rule.S_2:
                self._leave_out(Rule.S_7, BALANCE)
                return
            level = True
        if not level:
            self._put(BALANCE)
        elif self._is_active(LEVEL_SURFACE):
            self._put(BALANCE, form=Form.LEVEL_SURFACE)
            self._decide(Rule.S_7, Outcome.SUBSTITUTE, BALANCE, variant="level_surface")
        else:
            self._leave_out(Rule.S_7, BALANCE)

    def _substitute(self, rule: Rule, id_: str) -> None:
        other = SUBSTITUTES.get(id_)
        if (
            other is None
            or not self._is_active(other)
            or self._obstacle(other) is not None
        ):
            self._leave_out(rule, id_)
            return
        self._put(other)
        self._decide(rule, Outcome.SUBSTITUTE, id_, other=other)

    def _leave_out(self, rule: Rule, id_: str, variant: str = "left_out") -> None:
        if id_ == WALKS and not self.programme.settings.band and rule is Rule.S_7:
            variant = "band"
        self._decide(
            rule,
            Outcome.LEAVE_OUT,
            id_,
            variant=None if rule is Rule.LIMIT else variant,
        )

    def _stretch_first(self) -> None:
        """C-2: the advanced routine has no stretch of its own."""
        standing = self.programme.standing(STRETCH)
        simple = (
            self._bending_with_care
            or standing.status in OUT
            or self._obstacle(STRETCH) is not None
            or (standing.status is Status.RETRIAL and self.kind is SessionKind.TRIAL)
        )
        id_ = SIMPLE_STRETCH if simple else STRETCH
        if simple and not (self._is_active(id_) and self._obstacle(id_) is None):
            return
        self._put(id_)
        self._decide(Rule.C_2, Outcome.ADD, id_)

    def _complete(self, routine: Routine, today: date) -> None:
        """C-1: what was missing for a week is added, from this routine or a lower."""
        sessions = [
            done
            for day, done, _ in self.programme.recent.sessions
            if timedelta() <= today - day < timedelta(days=DAYS)
        ]
        if len(sessions) < SESSIONS:
            return
        exercises = self.catalogue.exercises
        done = [exercises[id_] for each in sessions for id_ in each if id_ in exercises]
        planned = [slot.exercise for slot in self.slots]
        trained = {
            category for each in (*done, *planned) for category in each.categories
        }
        for category in Category:
            if category not in trained:
                for id_ in self._of(category, routine):
                    self._put(id_, highest=0, first=True)
                    self._decide(Rule.C_1, Outcome.ADD, id_)
                    trained |= set(exercises[id_].categories)
                    break

    def _of(self, category: Category, routine: Routine) -> Iterator[str]:
        """Yield the active exercises of a category, from this routine downward."""
        for each in reversed(ROUTINES[: ROUTINES.index(routine) + 1]):
            for id_ in self.catalogue.routines[each]:
                if (
                    category in self.catalogue.exercises[id_].categories
                    and self._is_active(id_)
                    and self._obstacle(id_) is None
                    and not (id_ == STRETCH and self._bending_with_care)
                    and not (id_ == BALANCE and not self._firm_or_soft)
                ):
                    yield id_

    @property
    def _firm_or_soft(self) -> bool:
        """Whether the balance may be done on the cushion."""
        standing = self.programme.standing(BALANCE)
        return self.programme.settings.cushion and not standing.level_surface

    def _decide(
        self,
        rule: Rule,
        outcome: Outcome,
        exercise: str,
        *,
        other: str | None = None,
        variant: str | None = None,
    ) -> None:
        self.decisions.append(
            Decision(
                rule=rule,
                outcome=outcome,
                exercise=exercise,
                other=other,
                variant=variant,
            )
        )


def compose(  # noqa: PLR0913, PLR0917  # what a session depends on
    programme: Programme,
    catalogue: Catalogue,
    routine: Routine,
    kind: SessionKind,
    today: date,
    indices: Mapping[str, int] | None = None,
) -> Composition:
    """Return the exercises of a session in their order (S-7, C-1, C-2, F-2).

    `indices` take the place of the programme's. No index is above what the
    programme allows, and there may be no exercise at all.
    """
    composer = _Composer(programme, catalogue, kind, indices or {})
    return composer.compose(routine, today)


def length_of(slots: tuple[Slot, ...], programme: Programme) -> timedelta:
    """Return how long exercises last as a session, with phrases of no length."""
    if not slots:
        return ZERO
    return build_plan(
        Routine.BEGINNER,  # no matter for the length
        [slot.prescription for slot in slots],
        timing=programme.settings.timing,
    ).nominal


def session_length(
    programme: Programme,
    catalogue: Catalogue,
    today: date,
    indices: Mapping[str, int],
) -> timedelta:
    """Return how long the next session would last with other indices (D-5)."""
    composition = compose(
        programme, catalogue, programme.routine, SessionKind.NORMAL, today, indices
    )
    return length_of(composition.slots, programme)


def shortened(
    composition: Composition, programme: Programme
) -> tuple[tuple[Slot, ...], bool]:
    """Return the exercises within the session cap, and whether that took anything.

    First every dose goes down step by step, then the last exercises go.
    """
    slots = composition.slots
    cap = timedelta(minutes=programme.settings.session_cap)
    while length_of(slots, programme) > cap and len(slots) > 1:
        lower = tuple(
            replace(slot, index=max(slot.index - 1, slot.exercise.ladder.lowest))
            for slot in slots
        )
        slots = lower if lower != slots else slots[:-1]
    return slots, slots != composition.slots
