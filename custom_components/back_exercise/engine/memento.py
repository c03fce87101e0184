"""A session that is going on as plain data, and back after it was cut off."""

from collections.abc import Collection, Mapping
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from .catalogue import Catalogue, Dose, Exercise, Routine
from .composition import Slot
from .decision import Decision, Outcome, Rule
from .diary import Form, SessionKind
from .plan import (
    CheckIn,
    Detail,
    Place,
    Plan,
    Prescription,
    Side,
    build_plan,
)
from .session import Kept, Session
from .settings import SettingRefused, Settings, Timing
from .tally import Count

FORM: Final = 1
"""The version of the form."""

PAIN: Final = 10
MOST: Final = 10_000
"""What a number may count at most."""

_TIMES: Final = ("rest", "set_rest", "answer_before")


class MementoInvalid(Exception):
    """Data that no session can be made of."""


def remember(session: Session) -> dict[str, Any]:
    """Return what it takes to bring a session back, as plain data.

    Ask for it while the session is going on; it holds ratings. That it was asked for
    the day after the session before is not remembered: it is not asked again.
    """
    plan, kept = session.plan, session.kept
    step = max(0, kept.place.step - plan.ask_next_day)
    return {
        "form": FORM,
        "routine": plan.routine.value,
        "kind": session.kind.value,
        "pain_before": session.pain_before,
        "settings": _plain_settings(session.settings),
        "check_in": plan.check_in.value,
        "ask_before": plan.ask_before,
        "first_side": plan.first_side.value,
        "timing": {
            "tempo": plan.timing.tempo,
            **{name: getattr(plan.timing, name).total_seconds() for name in _TIMES},
        },
        "remarks": [_plain_decision(decision) for decision in plan.remarks],
        "hurt": list(plan.hurt),
        "prescriptions": [
            {
                "exercise": each.exercise.id,
                "index": each.index,
                "sets": list(each.dose.sets),
                "detail": each.detail.value,
                "form": each.form.value,
            }
            for each in plan.prescriptions
        ],
        "place": {"step": step, "repetition": kept.place.repetition},
        "has_begun": kept.has_begun,
        "current": kept.current,
        "begun": list(kept.begun),
        "planned": kept.planned,
        "done": [
            [exercise, set_, side.value, count]
            for exercise, set_, side, count in kept.done
        ],
        "worst": kept.worst,
        "stopped": list(kept.stopped),
    }


def recall(data: Any, catalogue: Catalogue, now: datetime) -> Session:  # noqa: ANN401  # JSON
    """Return a session as it was remembered, paused at its last full repetition.

    Raises MementoInvalid where the data is not what `remember` gives, or speaks of
    what is not in the catalogue.
    """
    try:
        return _recalled(data, catalogue, now)
    except (
        ArithmeticError,
        AttributeError,
        LookupError,
        SettingRefused,
        StopIteration,
        TypeError,
        ValueError,
    ) as err:
        raise MementoInvalid(str(err)) from err


def _recalled(data: Any, catalogue: Catalogue, now: datetime) -> Session:  # noqa: ANN401  # JSON
    if data["form"] != FORM:
        raise ValueError("another form")
    plan = _plan(data, catalogue)
    pain_before = data["pain_before"]
    return Session.come_back(
        plan,
        _kept(data, plan, catalogue),
        now,
        kind=SessionKind(data["kind"]),
        pain_before=None if pain_before is None else _number(pain_before, 0, PAIN),
        settings=_settings(data["settings"]),
    )


def _plan(data: Mapping[str, Any], catalogue: Catalogue) -> Plan:
    timing = data["timing"]
    prescriptions = [
        _prescription(each, catalogue.exercises[each["exercise"]])
        for each in data["prescriptions"]
    ]
    ids = [each.exercise.id for each in prescriptions]
    if len(set(ids)) < len(ids):
        raise ValueError("an exercise stands twice")
    return build_plan(
        Routine(data["routine"]),
        prescriptions,
        timing=Timing(
            tempo=float(timing["tempo"]),
            **{name: timedelta(seconds=float(timing[name])) for name in _TIMES},
        ),
        check_in=CheckIn(data["check_in"]),
        first_side=Side(_known(data["first_side"], (Side.RIGHT, Side.LEFT))),
        ask_before=_flag(data["ask_before"]),
        remarks=tuple(_decision(each) for each in data["remarks"]),
        hurt=tuple(_known(each, ids) for each in data["hurt"]),
    )


def _prescription(data: Mapping[str, Any], exercise: Exercise) -> Prescription:
    slot = Slot(
        exercise=exercise,
        index=_number(data["index"], -MOST),
        form=Form(data["form"]),
        detail=Detail(data["detail"]),
    )
    sets = tuple(_number(count, 1) for count in data["sets"])
    if not sets:
        raise ValueError("no sets")
    return replace(slot.prescription, dose=Dose(sets=sets))


def _kept(data: Mapping[str, Any], plan: Plan, catalogue: Catalogue) -> Kept:
    exercises = catalogue.exercises
    ids = [each.exercise.id for each in plan.prescriptions]
    planned = {
        _known(id_, exercises): _number(volume, 1)
        for id_, volume in data["planned"].items()
    }
    current = data["current"]
    if not planned.keys() >= {*ids}:
        raise ValueError("something that was not planned")
    return Kept(
        place=_place(data["place"], plan),
        has_begun=_flag(data["has_begun"]),
        current=None if current is None else _known(current, ids),
        begun=tuple(_known(id_, planned) for id_ in data["begun"]),
        planned=planned,
        done=tuple(_count(each, planned) for each in data["done"]),
        worst={
            _known(id_, planned): _number(pain, 0, PAIN)
            for id_, pain in data["worst"].items()
        },
        stopped=tuple(_known(id_, planned) for id_ in data["stopped"]),
    )


def _place(data: Mapping[str, Any], plan: Plan) -> Place:
    step = _number(data["step"], 0, len(plan.steps) - 1)
    most = len(plan.steps[step].repetitions)
    return Place(step=step, repetition=_number(data["repetition"], 0, most))


def _count(data: Any, planned: Collection[str]) -> Count:  # noqa: ANN401  # JSON
    exercise, set_, side, count = data
    return _known(exercise, planned), _number(set_, 1), Side(side), _number(count, 0)


def _number(value: Any, low: int, high: int = MOST) -> int:  # noqa: ANN401  # JSON
    if type(value) is not int or not low <= value <= high:
        raise ValueError(f"not a whole number from {low} to {high}")
    return value


def _flag(value: Any) -> bool:  # noqa: ANN401  # JSON
    if type(value) is not bool:
        raise ValueError("neither true nor false")
    return value


def _known(value: Any, known: Collection[str]) -> str:  # noqa: ANN401  # JSON
    if not isinstance(value, str) or value not in known:
        raise ValueError("unknown")
    return value


# What is set


def _plain_settings(settings: Settings) -> dict[str, Any]:
    usual = Settings()
    return {
        name: _plain(getattr(settings, name))
        for name in (each.name for each in fields(Settings))
        if getattr(settings, name) != getattr(usual, name)
    }


def _plain(value: Any) -> Any:  # noqa: ANN401  # whatever a setting is
    match value:
        case tuple():
            return list(value)
        case Mapping():
            return dict(value)
        case _:
            return value


def _settings(data: Mapping[str, Any]) -> Settings:
    # each by itself: what hangs together was in order when it was remembered
    alone = Settings(suspension_count=1)
    return replace(
        Settings(),
        **{
            name: getattr(alone.changed(name, value, agreed=True), name)
            for name, value in data.items()
        },
    )


# Why it is as it is


def _plain_decision(decision: Decision) -> dict[str, Any]:
    """Return what its sentence needs; the inputs have been recorded elsewhere."""
    return {
        "rule": decision.rule.value,
        "outcome": decision.outcome.value,
        "exercise": decision.exercise,
        "value": decision.value,
        "until": decision.until.isoformat() if decision.until else None,
        "routine": decision.routine,
        "other": decision.other,
        "variant": decision.variant,
    }


def _decision(data: Mapping[str, Any]) -> Decision:
    value, until = data["value"], data["until"]
    return Decision(
        rule=Rule(data["rule"]),
        outcome=Outcome(data["outcome"]),
        exercise=_text(data["exercise"]),
        value=None if value is None else _number(value, -MOST),
        until=None if until is None else date.fromisoformat(until),
        routine=_text(data["routine"]),
        other=_text(data["other"]),
        variant=_text(data["variant"]),
    )


def _text(value: Any) -> str | None:  # noqa: ANN401  # JSON
    if not isinstance(value, str | None):
        raise TypeError("not a text")
    return value
