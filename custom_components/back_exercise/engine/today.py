"""What would be done today, and why: the gate, and the plan behind it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from .catalogue import Catalogue, Routine
from .composition import Slot, compose, shortened
from .context import next_day_missing
from .course import Course
from .decision import Decision, Outcome, Rule
from .diary import SessionKind
from .plan import CheckIn, Plan, Side, build_plan
from .programme import Mode, Programme
from .progress import detail_of
from .rules.absence import SOME
from .rules.facts import GateFacts, usual
from .rules.gate import FINAL, LOCKS, pass_gate

RATING_STANDS: Final = timedelta(hours=2)
"""So long the latest rating counts as the pain before a session."""

WEEK: Final = timedelta(days=7)


class Result(StrEnum):
    """Whether there is a session now."""

    PLAN = "plan"
    NOT_TODAY = "not_today"
    REFUSED = "refused"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What is known when a session is asked for."""

    now: datetime
    zone: str = "UTC"
    pain: int | None = None
    """0 to 10; without it the latest rating of the last two hours."""
    anything_new: bool | None = None
    """The answer to the one question of the screen."""
    override: bool = False
    """Start although one was completed today (G-6); passes nothing else."""
    routine: Routine | None = None
    """None for the programme's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """What there is today, and every decision that led to it."""

    result: Result
    decisions: tuple[Decision, ...]
    pain: int | None
    """The rating that was taken as the pain before."""
    kind: SessionKind | None = None
    routine: Routine | None = None
    slots: tuple[Slot, ...] = ()
    plan: Plan | None = None
    """With every question asked as the settings say."""
    programme: Programme
    """As it is at the gate: the session before closed, days away taken back."""


def today(programme: Programme, catalogue: Catalogue, ask: Ask) -> Today:
    """Return what would be done, and why. Nothing is recorded or changed by it.

    The session before is taken as closed without an answer where it has none yet
    (G-7), and the plan asks for one where that can be given. Raises ValueError where
    `pain` is not within 0 to 10.
    """
    if ask.pain is not None and not 0 <= ask.pain <= 10:  # noqa: PLR2004  # the scale
        raise ValueError(f"pain {ask.pain} is not within 0 to 10")
    course = Course(catalogue, programme.copy())
    can_answer = next_day_missing(programme, ask.now, ask.zone)
    unanswered = course.begin_gate(ask.now)
    programme = course.programme
    facts = replace(
        _facts(programme, ask), unanswered=unanswered, can_answer=can_answer
    )
    decisions = pass_gate(facts)
    outcomes = [decision.outcome for decision in decisions]
    for final, result in zip(
        FINAL, (Result.LOCKED, Result.REFUSED, Result.NOT_TODAY), strict=True
    ):
        if final in outcomes:
            return Today(
                result=result,
                decisions=decisions,
                pain=facts.pain,
                programme=programme,
            )
    decisions += course.come_back(facts.today, ask.zone)
    routine = min(
        ask.routine or programme.routine, programme.routine, key=list(Routine).index
    )
    kind = _kind(programme, routine, facts, gentle=Outcome.GENTLE in outcomes)
    if kind is SessionKind.GENTLE:
        routine = Routine.BEGINNER
    return _with_plan(programme, catalogue, facts, decisions, kind, routine)


def lock_of(programme: Programme, ask: Ask) -> Decision | None:
    """Return what stands before every session; None where nothing does.

    `programme` is as time has passed until `ask.now`. An emergency comes before
    everything else that locks (4.2).
    """
    facts = _facts(programme, ask)
    return next((decision for rule in LOCKS for decision in rule(facts)), None)


def _facts(programme: Programme, ask: Ask) -> GateFacts:
    zone = ZoneInfo(ask.zone)
    now = ask.now.astimezone(zone)
    day = now.date()
    recent = programme.recent
    pain = ask.pain
    if pain is None and recent.rating:
        value, at = recent.rating
        pain = value if timedelta() <= ask.now - at <= RATING_STANDS else None
    last = recent.last_ended
    completed = recent.last_completed
    return GateFacts(
        programme=programme,
        now=now,
        today=day,
        pain=pain,
        anything_new=ask.anything_new,
        override=ask.override,
        routine=ask.routine or programme.routine,
        unanswered=False,
        can_answer=False,
        days_away=(day - last.astimezone(zone).date()).days if last else None,
        usual=usual(recent, day),
        completed_today=(
            completed is not None and completed.astimezone(zone).date() == day
        ),
        sessions_in_week=sum(
            counted and day - then < WEEK for then, _, counted in recent.sessions
        ),
        too_high_today=any(
            moment.astimezone(zone).date() == day for moment in recent.not_today
        ),
    )


def _kind(
    programme: Programme, routine: Routine, facts: GateFacts, *, gentle: bool
) -> SessionKind:
    if gentle:
        return SessionKind.GENTLE
    if facts.days_away is not None and facts.days_away >= SOME:
        return SessionKind.RETURN
    if programme.mode is Mode.TRIAL and routine is programme.routine:
        return SessionKind.TRIAL
    return SessionKind.NORMAL


def _with_plan(  # noqa: PLR0913, PLR0917  # what a plan depends on
    programme: Programme,
    catalogue: Catalogue,
    facts: GateFacts,
    decisions: tuple[Decision, ...],
    kind: SessionKind,
    routine: Routine,
) -> Today:
    composition = compose(programme, catalogue, routine, kind, facts.today)
    decisions += composition.decisions
    slots, was_shortened = shortened(composition, programme)
    if was_shortened:
        decisions += (
            Decision(
                rule=Rule.D_5,
                outcome=Outcome.EASE,
                value=programme.settings.session_cap,
                variant="shorter",
            ),
        )
    if not slots:
        nothing = Decision(rule=Rule.S_7, outcome=Outcome.NOT_TODAY, variant="nothing")
        return Today(
            result=Result.NOT_TODAY,
            decisions=(*decisions, nothing),
            pain=facts.pain,
            programme=programme,
        )
    slots = tuple(
        replace(slot, detail=detail_of(programme, slot.name, facts.today))
        for slot in slots
    )
    settings = programme.settings
    return Today(
        result=Result.PLAN,
        decisions=decisions,
        pain=facts.pain,
        kind=kind,
        routine=routine,
        slots=slots,
        plan=build_plan(
            routine,
            [slot.prescription for slot in slots],
            timing=settings.timing,
            check_in=CheckIn(settings.check_in),
            first_side=Side.LEFT if settings.start_left else Side.RIGHT,
            ask_before=facts.pain is None and settings.rating_wait > 0,
            ask_next_day=facts.can_answer and settings.rating_wait > 0,
        ),
        programme=programme,
    )
