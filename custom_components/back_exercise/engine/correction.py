"""Keeps what was decided when the diary is corrected: a correction never loosens."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from math import ceil
from typing import Final

from .catalogue import Routine
from .decision import Rule
from .diary import Effect
from .programme import (
    ROUTINES,
    STRICTNESS,
    Mode,
    Programme,
    Standing,
    Status,
)
from .rules.closing import gone_up
from .rules.facts import USUAL_DAYS, usual
from .settings import BOUNDS

SCREEN_ITEMS: Final = ("emergency", "urgent", "caution", "marked")


def effects(before: Programme, after: Programme) -> tuple[Effect, ...]:
    """Return what of `before` is stricter than `after`, the corrected programme.

    Restricting `after` by it gives of both the stricter in everything. What is
    returned names rules, exercises and dates, and holds no rating (but, where usual
    pain is low, the number below 4 from which on the gate was gentle).
    """
    return (
        *_of_exercises(before, after),
        *_of_level(before, after),
        *_of_locks(before, after),
        *_of_moments(before, after),
    )


def _of_exercises(before: Programme, after: Programme) -> Iterator[Effect]:
    for name, old in before.standings.items():
        new = after.standing(name)
        for what, value, stricter in (
            ("index", old.index, old.index < new.index),
            ("run", old.run, old.run < new.run),
            ("failed", old.failed, old.failed > new.failed),
            ("passed", old.passed, old.passed < new.passed),
            ("closed_since", old.closed_since, old.closed_since < new.closed_since),
            ("hard_run", old.hard_run, old.hard_run > new.hard_run),
            (
                "level_surface",
                int(old.level_surface),
                old.level_surface and not new.level_surface,
            ),
        ):
            if stricter:
                yield Effect(what=what, value=value, exercise=name, rule=old.rule)
        if STRICTNESS[old.status] > STRICTNESS[new.status]:
            yield Effect(what="status", value=old.status, exercise=name, rule=old.rule)
        for what in ("cool_off", "stepped_on", "raised_by_hand"):
            then: date | None = getattr(old, what)
            now: date | None = getattr(new, what)
            if then and (now is None or then > now):
                yield Effect(
                    what=what, value=None, exercise=name, rule=old.rule, date=then
                )


def _of_level(before: Programme, after: Programme) -> Iterator[Effect]:
    old, new = before, after
    for what, value, stricter in (
        (
            "level",
            old.level,
            ROUTINES.index(old.level) < ROUTINES.index(new.level),
        ),
        (
            "mode",
            Mode.NORMAL,
            old.mode is not new.mode and new.mode is not Mode.NORMAL,
        ),
        ("hold", old.hold, old.hold > new.hold),
        ("bad_run", old.bad_run, old.bad_run > new.bad_run),
        (
            "sessions_at_level",
            old.sessions_at_level,
            old.sessions_at_level < new.sessions_at_level,
        ),
        (
            "trial_sessions",
            old.trial.answered,
            old.trial.answered < new.trial.answered,
        ),
        ("target", old.aerobic.target, old.aerobic.target < new.aerobic.target),
        ("unanswered", 1, new.recent.answered and not old.recent.answered),
        (
            "gentle",
            1,
            (old.gentle_kept or gone_up(old.recent))
            and not (new.gentle_kept or gone_up(new.recent)),
        ),
    ):
        if stricter:
            yield Effect(what=what, value=value)
    for what in ("level_since", "build_since"):
        then: date | None = getattr(old, what)
        now: date | None = getattr(new, what)
        if then and now and then > now:
            yield Effect(what=what, value=None, date=then)
    for name, times in old.trial.struggles.items():
        if times > new.trial.struggles.get(name, 0):
            yield Effect(what="struggles", value=times, exercise=name)
    offered = {(offer.kind, offer.exercise) for offer in old.offers}
    for offer in new.offers:
        if (offer.kind, offer.exercise) not in offered:
            yield Effect(what="no_offer", value=offer.kind, exercise=offer.exercise)


def _of_locks(before: Programme, after: Programme) -> Iterator[Effect]:
    old, new = before.screening, after.screening
    for what in SCREEN_ITEMS:
        for item in sorted(getattr(old, what) - getattr(new, what)):
            yield Effect(what=what, value=item)
    if old.anything_new and not new.anything_new:
        yield Effect(what="anything_new", value=1)
    if new.full_on and (old.full_on is None or old.full_on < new.full_on):
        yield Effect(what="full_on", value=None, date=old.full_on)
    if before.soft_lock and not after.soft_lock:
        yield Effect(what="soft_lock", value=before.soft_lock, rule=before.soft_lock)


def _of_moments(before: Programme, after: Programme) -> Iterator[Effect]:
    old, new = before.recent, after.recent
    if old.last_completed and (
        new.last_completed is None or old.last_completed > new.last_completed
    ):
        yield Effect(what="last_completed", value=old.last_completed.isoformat())
    if old.last_ended and new.last_ended and old.last_ended < new.last_ended:
        yield Effect(what="last_ended", value=old.last_ended.isoformat())
    for moment in old.not_today:
        if moment not in new.not_today:
            yield Effect(what="not_today", value=moment.isoformat())
    gentle = _gentle_from(before, before)
    if gentle < _gentle_from(after, before):
        until = _day_of(before) + USUAL_DAYS
        yield Effect(what="gentle_from", value=gentle, date=until)
    for day in set(old.sharp):
        missing = old.sharp.count(day) - new.sharp.count(day)
        for _ in range(missing):
            yield Effect(what="sharp", value=None, rule=Rule.S_1, date=day)


def _day_of(programme: Programme) -> date:
    return programme.clock.date() if programme.clock else date.min


def _gentle_from(programme: Programme, before: Programme) -> int:
    """Return the pain from which sessions are gentle, by the usual pain (G-5b).

    By the settings and on the day before a correction; never more than that from
    which they are gentle in any case (G-5a). What a correction kept counts too.
    """
    day = _day_of(before)
    found = [int(BOUNDS["gate_gentle_from"].high)]
    median = usual(programme.recent, day)
    if median is not None:
        found.append(ceil(median + before.settings.flare_rise))
    kept = programme.gentle_from
    if kept is not None and day <= kept[1]:
        found.append(kept[0])
    return min(found)


def restrict(programme: Programme, kept: Iterable[Effect]) -> None:
    """Make a programme as strict as the effects of a correction say.

    Each makes something easier or leaves it, whatever is said.
    """
    for effect in kept:
        if effect.exercise is not None and effect.what not in ("struggles", "no_offer"):
            name = effect.exercise
            _restrict_exercise(programme.standings.setdefault(name, Standing()), effect)
        else:
            _restrict_rest(programme, effect)


def _restrict_exercise(standing: Standing, effect: Effect) -> None:
    value = effect.value
    match effect.what:
        case "index" if isinstance(value, int) and value < standing.index:
            standing.index = value
            if effect.rule and not standing.cool_off:  # else its rule is another's
                standing.rule = Rule(effect.rule)
        case "run" | "passed" | "closed_since" if isinstance(value, int):
            lower = min(value, getattr(standing, effect.what))
            setattr(standing, effect.what, lower)
        case "failed" | "hard_run" if isinstance(value, int):
            setattr(standing, effect.what, max(value, getattr(standing, effect.what)))
        case "level_surface":
            standing.level_surface = True
        case "status" if isinstance(value, str) and value in Status:
            stricter = Status(value)
            if STRICTNESS[stricter] > STRICTNESS[standing.status]:
                standing.status = stricter
                standing.rule = Rule(effect.rule) if effect.rule else standing.rule
        case "cool_off" | "stepped_on" | "raised_by_hand" if effect.date:
            then = getattr(standing, effect.what) or effect.date
            setattr(standing, effect.what, max(then, effect.date))
        case _:
            pass


def _restrict_rest(programme: Programme, effect: Effect) -> None:  # noqa: C901, PLR0912, PLR0915  # a table in all but name
    value, recent = effect.value, programme.recent
    match effect.what:
        case "level" if value in ROUTINES:
            level = Routine(value)
            if ROUTINES.index(level) < ROUTINES.index(programme.level):
                programme.level = level
        case "mode":
            programme.mode = Mode.NORMAL
        case "hold" | "bad_run" if isinstance(value, int):
            setattr(programme, effect.what, max(value, getattr(programme, effect.what)))
        case "sessions_at_level" if isinstance(value, int):
            programme.sessions_at_level = min(value, programme.sessions_at_level)
        case "trial_sessions" if isinstance(value, int):
            programme.trial.answered = min(value, programme.trial.answered)
        case "struggles" if isinstance(value, int) and effect.exercise:
            struggles = programme.trial.struggles
            struggles[effect.exercise] = max(value, struggles.get(effect.exercise, 0))
        case "target" if isinstance(value, int):
            programme.aerobic.target = min(value, programme.aerobic.target)
        case "unanswered":
            recent.answered = False
        case "gentle":
            programme.gentle_kept = True
        case "gentle_from" if isinstance(value, int) and effect.date:
            lower, until = programme.gentle_from or (value, effect.date)
            programme.gentle_from = (min(lower, value), max(until, effect.date))
        case "level_since" | "build_since" if effect.date:
            then = getattr(programme, effect.what) or effect.date
            setattr(programme, effect.what, max(then, effect.date))
        case "no_offer":
            programme.offers = tuple(
                offer
                for offer in programme.offers
                if (offer.kind, offer.exercise) != (value, effect.exercise)
            )
        case "emergency" | "urgent" | "caution" | "marked" if isinstance(value, str):
            items = getattr(programme.screening, effect.what) | {value}
            programme.screening = replace(programme.screening, **{effect.what: items})
        case "anything_new":
            programme.screening = replace(programme.screening, anything_new=True)
        case "full_on":
            full_on = programme.screening.full_on
            full_on = min(full_on, effect.date) if full_on and effect.date else None
            programme.screening = replace(programme.screening, full_on=full_on)
        case "soft_lock" if isinstance(value, str):
            programme.soft_lock = Rule(value)
        case "last_completed" if isinstance(value, str):
            moment = datetime.fromisoformat(value)
            recent.last_completed = max(moment, recent.last_completed or moment)
        case "last_ended" if isinstance(value, str):
            moment = datetime.fromisoformat(value)
            recent.last_ended = min(moment, recent.last_ended or moment)
        case "not_today" if isinstance(value, str):
            moment = datetime.fromisoformat(value)
            recent.not_today = (*recent.not_today, moment)[-2:]
        case "sharp" if effect.date:
            recent.sharp = tuple(sorted((*recent.sharp, effect.date)))[-3:]
        case _:
            pass
