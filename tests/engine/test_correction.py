"""What stays as strict as it was, whatever a correction says."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from custom_components.back_exercise.engine.apply import apply
from custom_components.back_exercise.engine.catalogue import Routine
from custom_components.back_exercise.engine.correction import effects, restrict
from custom_components.back_exercise.engine.decision import Decision, Outcome, Rule
from custom_components.back_exercise.engine.diary import Effect, OfferKind
from custom_components.back_exercise.engine.programme import (
    Mode,
    Offer,
    Programme,
    Status,
)

from .builders import CATALOGUE
from .lives import Life, day

type Change = Callable[[Programme], None]


def screening(**changes: object) -> Change:
    """Return what changes the answers of the screen."""

    def change(programme: Programme) -> None:
        programme.screening = replace(programme.screening, **changes)  # type: ignore[arg-type]

    return change


def setting(where: str, **changes: object) -> Change:
    """Return what changes some part of a programme."""

    def change(programme: Programme) -> None:
        part = {
            "exercise": programme.standings["bridges"],
            "recent": programme.recent,
            "aerobic": programme.aerobic,
            "trial": programme.trial,
            "programme": programme,
        }[where]
        for name, value in changes.items():
            setattr(part, name, value)

    return change


OFFER = Offer(kind=OfferKind.LEVEL, on=day(0).date(), rule=Rule.L_1)
EARLY, LATE = day(0), day(9)


PAIRS: list[tuple[Change, Change]] = [
    (setting("exercise", index=-2), setting("exercise", index=3)),
    (setting("exercise", run=0), setting("exercise", run=2)),
    (setting("exercise", failed=1), setting("exercise", failed=0)),
    (setting("exercise", passed=0), setting("exercise", passed=1)),
    (setting("exercise", closed_since=0), setting("exercise", closed_since=4)),
    (setting("exercise", hard_run=1), setting("exercise", hard_run=0)),
    (
        setting("exercise", level_surface=True),
        setting("exercise", level_surface=False),
    ),
    (
        setting("exercise", status=Status.SUSPENDED, rule=Rule.S_1),
        setting("exercise", status=Status.ACTIVE),
    ),
    (
        setting("exercise", status=Status.RETIRED),
        setting("exercise", status=Status.RETRIAL),
    ),
    (
        setting("exercise", cool_off=LATE.date()),
        setting("exercise", cool_off=EARLY.date()),
    ),
    (
        setting("exercise", stepped_on=LATE.date()),
        setting("exercise", stepped_on=None),
    ),
    (
        setting("programme", level=Routine.BEGINNER),
        setting("programme", level=Routine.ADVANCED),
    ),
    (
        setting("programme", mode=Mode.NORMAL),
        setting("programme", mode=Mode.BUILD),
    ),
    (
        setting("programme", mode=Mode.BUILD),
        setting("programme", mode=Mode.TRIAL),
    ),
    (setting("programme", hold=2), setting("programme", hold=0)),
    (
        setting("programme", gentle_from=(2, LATE.date())),
        setting("programme", gentle_from=(3, LATE.date())),
    ),
    (
        setting("recent", before=((EARLY.date(), 1),) * 3),
        setting("recent", before=((EARLY.date(), 1),) * 2),
    ),
    (setting("programme", bad_run=2), setting("programme", bad_run=0)),
    (
        setting("programme", sessions_at_level=1),
        setting("programme", sessions_at_level=6),
    ),
    (
        setting("programme", level_since=LATE.date()),
        setting("programme", level_since=EARLY.date()),
    ),
    (setting("programme", gentle_kept=True), setting("programme")),
    (
        setting("recent", first=(0,) * 5, gates=(3,) * 5),
        setting("recent", first=(), gates=()),
    ),
    (setting("programme", offers=()), setting("programme", offers=(OFFER,))),
    (setting("programme", soft_lock=Rule.L_6), setting("programme")),
    (setting("trial", answered=0), setting("trial", answered=3)),
    (setting("trial", struggles={"bridges": 2}), setting("trial")),
    (setting("aerobic", target=30), setting("aerobic", target=60)),
    (setting("recent", answered=False), setting("recent", answered=True)),
    (setting("recent", last_completed=LATE), setting("recent")),
    (
        setting("recent", last_completed=LATE),
        setting("recent", last_completed=EARLY),
    ),
    (setting("recent", last_ended=EARLY), setting("recent", last_ended=LATE)),
    (setting("recent", not_today=(LATE,)), setting("recent")),
    (setting("recent", sharp=(EARLY.date(),) * 2), setting("recent")),
    (screening(emergency=frozenset({"chest_pain"})), screening()),
    (screening(urgent=frozenset({"fever_or_ill"})), screening()),
    (screening(caution=frozenset({"falls"})), screening()),
    (screening(marked=frozenset({"falls"})), screening()),
    (screening(anything_new=True), screening(anything_new=False)),
    (screening(full_on=None), screening(full_on=LATE.date())),
    (screening(full_on=EARLY.date()), screening(full_on=LATE.date())),
]


@pytest.mark.parametrize(("strict", "loose"), PAIRS, ids=range(len(PAIRS)))
def test_what_was_stricter_stays_and_nothing_gets_looser(
    strict: Change, loose: Change
) -> None:
    before, after = Life().programme(), Life().programme()
    strict(before)
    loose(after)
    kept = effects(before, after)
    assert kept

    restrict(after, kept)

    assert effects(before, after) == ()


@pytest.mark.parametrize(
    ("strict", "effect"),
    [
        (setting("exercise", index=-3), Effect(what="index", value=2)),
        (
            setting("exercise", status=Status.RETIRED),
            Effect(what="status", value="active"),
        ),
        (
            setting("programme", level=Routine.BEGINNER),
            Effect(what="level", value="advanced"),
        ),
    ],
    ids=["index", "status", "level"],
)
def test_an_effect_never_loosens(strict: Change, effect: Effect) -> None:
    programme, before = Life().programme(), Life().programme()
    strict(programme)
    strict(before)
    exercise = None if effect.what == "level" else "bridges"

    restrict(programme, [replace(effect, exercise=exercise)])

    assert programme == before


def test_a_status_without_its_rule_is_kept_too() -> None:
    programme = Life().programme()

    restrict(programme, [Effect(what="status", value="suspended", exercise="bridges")])

    assert programme.standing("bridges").status is Status.SUSPENDED
    assert programme.standing("bridges").rule is None


def test_an_offer_that_stood_before_stays() -> None:
    before, after = Life().programme(), Life().programme()
    before.offers = after.offers = (OFFER,)

    assert effects(before, after) == ()


def test_a_suspension_needs_no_session() -> None:
    programme = Life().programme()
    decision = Decision(rule=Rule.S_1, outcome=Outcome.SUSPEND, exercise="bridges")

    apply(programme, CATALOGUE, decision, day(0).date())

    assert programme.standing("bridges").cool_off == day(28).date()
