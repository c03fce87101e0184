"""What a card shows of a person, as plain data; nothing in it changes by the second.

Moments are ISO 8601 in UTC, durations and offsets seconds.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final

from homeassistant.util.json import JsonArrayType, JsonObjectType

from .answers import decision_of
from .coordinator import State
from .engine.agenda import Agenda
from .engine.catalogue import Pattern
from .engine.composition import Slot
from .engine.decision import Decision, Rule, explain
from .engine.events import PauseReason
from .engine.history import PastSession
from .engine.plan import Side
from .engine.programme import Offer
from .engine.progress import Shown
from .engine.reasons import why
from .engine.session import Session, SessionState, Snapshot
from .engine.timeline import LengthOf, TimedRepetition, TimedStep, lay, stretches
from .engine.today import RATING_STANDS, Today
from .track import Track

IDLE: Final = "idle"

_SIDES: Final = {
    Pattern.BOTH_TOGETHER: "both",
    Pattern.ALTERNATING_PAIRS: "each",
    Pattern.ONE_SIDE_THEN_OTHER: "each",
    Pattern.ALTERNATING: "total",
    Pattern.LAPS: "total",
}
"""What the repetitions of a dose count."""

_MOMENT: Final = timedelta(seconds=1)

_UNLOCKED_BY: Final = {
    Rule.G_1: "assessed",
    Rule.G_2: "assessed",
    Rule.G_3: "agreed",
    Rule.SCREEN: "screen",
}
"""What ends a lock, in the names of texts; professional advice ends the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of one language."""

    sentences: Mapping[str, Any]
    """The content of a file of `speech/`."""
    texts: Mapping[str, str]
    """How a lock is ended, by `assessed`, `agreed`, `screen` and `advice`."""
    signs: JsonArrayType
    """The lists of the safety questions: of each `title`, `advice` and `items`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What there is to see of a person at a moment."""

    now: datetime
    state: State
    session: Session | None
    playing: Track | None
    today: Today | None
    """What would be done now; None while a session goes on."""
    length_of: LengthOf
    """How long a cue is heard; no time where nothing is."""
    counting_down_to: datetime | None
    """When a session starts by itself."""


def view(sight: Sight, words: Words) -> JsonObjectType:
    """Return what is to be seen, apart from what depends on who looks."""
    state = sight.state
    outlook = state.outlook
    return {
        "now": sight.now.isoformat(),
        "state": state.session.state.value if state.session else IDLE,
        "session": _session(sight.session, sight.playing) if sight.session else None,
        "lock": _lock(outlook.lock, words) if outlook.lock else None,
        "signs": _signs(sight, words),
        "today": _today(sight.today, words, sight.length_of) if sight.today else None,
        "pain": _pain(outlook.progress, sight.now),
        "routines": [each.value for each in outlook.routines],
        "routine": state.routine.value,
        "offers": [_offer(each, words) for each in outlook.offers],
        "questions": _questions(state.agenda),
        "reminder": _reminder(state.agenda, sight.counting_down_to),
    }


def speakers(state: State) -> JsonArrayType:
    """Return the speakers that were chosen, and what is wrong with them."""
    return [
        {"entity_id": entity_id, "error": health.error}
        for entity_id, health in state.speakers.items()
    ]


def fades_at(sight: Sight) -> datetime | None:
    """Return when something of a view is over by itself; None where nothing is."""
    at = sight.state.outlook.progress.pain_at
    over = at + RATING_STANDS + _MOMENT if at else None
    return over if over and over > sight.now else None


# The session


def _session(session: Session, playing: Track | None) -> JsonObjectType:
    snapshot = session.snapshot
    exercises = [each.exercise.id for each in session.plan.prescriptions]
    shown = snapshot.exercise or snapshot.next_exercise
    is_paused = snapshot.state is SessionState.PAUSED
    return {
        "kind": snapshot.kind.value,
        "routine": snapshot.routine.value,
        "allowed": [each.value for each in sorted(snapshot.allowed)],
        "at_gate": snapshot.at_gate,
        "question": snapshot.question.value if snapshot.question else None,
        "exercise": snapshot.exercise,
        "next_exercise": snapshot.next_exercise,
        "number": exercises.index(shown) + 1 if shown in exercises else None,
        "of": len(exercises),
        **_place(snapshot),
        "step_ends_at": _moment(snapshot.step_ends_at),
        "progress": round(snapshot.progress, 4),
        "pause_reason": snapshot.pause_reason.value if snapshot.pause_reason else None,
        "paused_until": _moment(session.next_at) if is_paused else None,
        "came_back": snapshot.pause_reason is PauseReason.RESTART,
        "track": _track(playing, session.begun_at)
        if playing and session.begun_at
        else None,
    }


def _place(snapshot: Snapshot) -> JsonObjectType:
    return {
        "step": snapshot.step.value if snapshot.step else None,
        "side": _side(snapshot.side),
        "set": snapshot.set,
        "sets": snapshot.sets,
        "repetition": snapshot.repetition,
        "repetitions": snapshot.repetitions,
    }


def _track(track: Track, begun_at: datetime) -> JsonObjectType:
    return {
        "id": track.id,
        "begun_at": begun_at.isoformat(),
        "steps": [_step(each) for each in track.timeline.steps],
    }


def _step(timed: TimedStep) -> JsonObjectType:
    step = timed.step
    pairs = zip(step.repetitions, timed.repetitions, strict=True)
    return {
        "kind": step.kind.value,
        "exercise": step.exercise,
        "side": _side(step.side),
        "set": step.set if step.exercise else None,
        "start": _seconds(timed.start),
        "end": _seconds(timed.end),
        "repetitions": [
            {
                "number": repetition.number,
                "side": _side(repetition.side),
                "move": repetition.move.value,
                **_moments(moments),
            }
            for repetition, moments in pairs
        ],
    }


def _moments(timed: TimedRepetition) -> JsonObjectType:
    return {
        "start": _seconds(timed.start),
        "lift": _seconds(timed.start),
        "hold": _seconds(timed.reached),
        "lower": _seconds(timed.released),
        "end": _seconds(timed.done),
    }


def _side(side: Side | None) -> str | None:
    return side.value if side in (Side.LEFT, Side.RIGHT) else None


# What there is today


def _today(today: Today, words: Words, length_of: LengthOf) -> JsonObjectType:
    plan = today.plan
    seconds = None
    if plan:
        known = cache(length_of)  # the same cues come again and again
        lengths = (lay(plan, each, known).length for each in stretches(plan))
        seconds = round(sum(lengths, timedelta(0)).total_seconds())
    return {
        "result": today.result.value,
        "kind": today.kind.value if today.kind else None,
        "routine": today.routine.value if today.routine else None,
        "seconds": seconds,
        "exercises": [_exercise(each) for each in today.slots] if plan else [],
        "reasons": [_reason(each, words) for each in why(today)],
    }


def _exercise(slot: Slot) -> JsonObjectType:
    sets = slot.prescription.dose.sets
    return {
        "exercise": slot.exercise.id,
        "sets": len(sets),
        "repetitions": sets[0],
        "sides": _SIDES[slot.exercise.pattern],
        "hold": _seconds(slot.exercise.hold),
    }


# What stands in the way, and what is asked


def _lock(lock: Decision, words: Words) -> JsonObjectType:
    what = words.texts[_UNLOCKED_BY.get(lock.rule, "advice")]
    return _reason(lock, words) | {"what": what}


def _signs(sight: Sight, words: Words) -> JsonArrayType | None:
    """Return what may be new before a session; None where that is not the question."""
    return None if sight.session or sight.state.outlook.lock else words.signs


def _pain(progress: Shown, now: datetime) -> JsonObjectType | None:
    value, at = progress.pain, progress.pain_at
    if value is None or at is None or now - at > RATING_STANDS:
        return None
    return {"value": value, "at": at.isoformat()}


def _offer(offer: Offer, words: Words) -> JsonObjectType:
    return {
        "kind": offer.kind.value,
        "exercise": offer.exercise,
        "sentence": explain(decision_of(offer), words.sentences),
    }


def _questions(agenda: Agenda) -> JsonArrayType:
    question = agenda.question
    if question is None:
        return []
    return [{"question": "next_day", "since": question.at.isoformat()}]


def _reminder(agenda: Agenda, counting_down_to: datetime | None) -> JsonObjectType:
    due = agenda.due
    return {
        "counting_down_to": _moment(counting_down_to),
        "due": due is not None,
        "snoozes_left": due.snoozes_left if due else 0,
    }


# The history


def page(
    sessions: Iterable[PastSession], before: str | None, words: Words
) -> JsonObjectType:
    """Return a page of the history; `before` is what the next page is asked for by."""
    return {"sessions": [_past(each, words) for each in sessions], "before": before}


def _past(session: PastSession, words: Words) -> JsonObjectType:
    return {
        "id": session.id,
        "at": session.at.isoformat(),
        "outcome": session.outcome.value,
        "kind": session.kind,
        "routine": session.routine,
        "minutes": round(session.length / timedelta(minutes=1)),
        "work_seconds": round(session.work.total_seconds()),
        "pain_before": session.pain_before,
        "pain_after": session.pain_after,
        "pain_next_day": session.pain_next_day,
        "exercises": [
            {
                "exercise": turn.exercise,
                "done": turn.done,
                "planned": turn.planned,
                "stopped": turn.stopped,
            }
            for turn in session.turns
        ],
        "decisions": [
            _reason(each, words) | {"exercise": each.exercise}
            for each in session.decisions
            if each.key in words.sentences["decisions"]
        ],
    }


def _reason(decision: Decision, words: Words) -> JsonObjectType:
    return {
        "rule": decision.rule.value,
        "sentence": explain(decision, words.sentences),
    }


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _seconds(duration: timedelta) -> float:
    return round(duration.total_seconds(), 3)
