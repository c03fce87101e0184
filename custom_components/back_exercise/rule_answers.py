"""What may be answered about the rules, and what is recorded of it."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final, override

from homeassistant.helpers.selector import (
    BooleanSelector,
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
)
import voluptuous as vol

from .const import CONF_ROUTINE
from .engine.catalogue import Catalogue, Routine
from .engine.diary import ProgrammeSet, Setting
from .engine.programme import Programme, above
from .engine.settings import (
    BLOCK_IF_AGREED,
    BOUNDS,
    SWITCHES,
    SettingRefused,
    Settings,
)
from .screen_steps import CONF_AGREED, Answers, Fields, confirmation

CONF_FORBIDDEN: Final = "forbidden"
HIGHEST_REPETITIONS: Final = "highest_repetitions"

GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "pace": ("tempo", "rest", "set_rest", "start_left"),
    "thresholds": (
        "gate_block_from",
        "gate_gentle_from",
        "flare_rise",
        "pain_stop",
        "rise_stop",
        "pain_end",
        "rise_end",
        "nd_rise",
        "suspension_count",
        "suspension_window",
    ),
    "progress": (
        "clean_pain_max",
        "strict_pain_free",
        "easy_effort",
        "hard_effort",
        "step_gap_days",
        "max_step_ups",
        "min_sessions",
        "min_days",
        "mastered_of_4",
    ),
    "week": ("weekly_sessions", "session_cap", "aerobic_start", "aerobic_ceiling"),
    "about_you": (
        "bending_bothers",
        "cushion",
        "band",
        "rating_wait",
        "speech_privacy",
    ),
}
"""The settings by the step that asks for them."""

_BLOCK: Final = "gate_block_from"
_GENTLE: Final = "gate_gentle_from"
_TEMPO: Final = "tempo"
_SUSPENSION: Final = ("suspension_count", "suspension_window")

_UNITS: Final[Mapping[str, str]] = {
    "tempo": "×",
    "rest": "s",
    "set_rest": "s",
    "rating_wait": "s",
    "step_gap_days": "d",
    "min_days": "d",
    "session_cap": "min",
    "aerobic_start": "min",
    "aerobic_ceiling": "min",
}


class NotAllowed(Exception):
    """An answer that can't be taken; nothing was changed."""

    def __init__(self, field: str, error: str, /, **about: str) -> None:
        """Remember the field, the key of the error and what its text is told."""
        super().__init__(f"{field}: {error}")
        self.field = field
        self.error = error
        self.about = about


class _Number(NumberSelector):
    """A number that is shown with its range; the step refuses others, in words."""

    @override
    def __call__(self, data: Any) -> Any:
        return data


def _box(low: float, high: float, unit: str = "", step: float = 1) -> _Number:
    config = NumberSelectorConfig(
        min=low, max=high, step=step, mode=NumberSelectorMode.BOX
    )
    if unit:
        config["unit_of_measurement"] = unit
    return _Number(config)


def _plain(value: Any) -> Any:  # noqa: ANN401  # JSON
    """Return a whole number as one: the interface sends 3 or 3.0."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


# Settings


def setting_fields(settings: Settings, group: str) -> Fields:
    """Return the fields of a group of settings, with their present values."""
    fields: Fields = {}
    for name in GROUPS[group]:
        value = getattr(settings, name)
        field = vol.Optional(name, default=value)
        if name in SWITCHES:
            fields[field] = BooleanSelector()
            continue
        step = 0.05 if name == _TEMPO else 1
        fields[field] = _box(*_reach(name), _UNITS.get(name, ""), step)
        if name == _BLOCK:
            agreed = vol.Optional(CONF_AGREED, default=value == BLOCK_IF_AGREED)
            fields[agreed] = BooleanSelector()
    return fields


def setting_ranges(group: str) -> dict[str, str]:
    """Return what each number of a group may be set to, as it is shown."""
    return {name: _range(*_reach(name)) for name in GROUPS[group] if name in BOUNDS}


def changed_settings(
    settings: Settings, group: str, answers: Answers
) -> tuple[Setting, ...]:
    """Return what is to be recorded of the answers about a group of settings.

    In an order in which each follows from those before. Raises NotAllowed.
    """
    given = {name: _plain(answers[name]) for name in GROUPS[group]}
    left = {
        name: value for name, value in given.items() if value != getattr(settings, name)
    }
    agreed = left.get(_BLOCK) == BLOCK_IF_AGREED
    if agreed and not answers[CONF_AGREED]:
        raise NotAllowed(CONF_AGREED, "block_agreement_needed")
    made: list[Setting] = []
    while left:
        for name, value in left.items():
            with suppress(SettingRefused):
                settings = settings.changed(name, value, agreed=agreed)
                break
        else:
            raise _refused(settings, next(iter(left)), left)
        del left[name]
        is_agreed = agreed and name == _BLOCK
        made.append(Setting(name=name, value=value, clinician_agreed=is_agreed))
    return tuple(made)


def _refused(settings: Settings, name: str, left: Mapping[str, Any]) -> NotAllowed:
    low, high = _reach(name)
    if name == _GENTLE:
        high = min(high, settings.gate_block_from - 1)
    value = left[name]
    if name in _SUSPENSION and isinstance(value, int) and low <= value <= high:
        return NotAllowed("suspension_window", "window_too_small")
    error = "number_out_of_range" if name == _TEMPO else "out_of_range"
    return NotAllowed(name, error, range=_range(low, high))


def _reach(name: str) -> tuple[float, float]:
    bounds = BOUNDS[name]
    return bounds.low, BLOCK_IF_AGREED if name == _BLOCK else bounds.high


def _range(low: float, high: float) -> str:
    return f"{low:g}–{high:g}"


# The person's own limits


def limit_fields(catalogue: Catalogue) -> Fields:
    """Return the fields of what is left out, and of the most of each exercise."""
    left_out = SelectSelector(
        SelectSelectorConfig(
            options=[*catalogue.exercises],
            multiple=True,
            mode=SelectSelectorMode.LIST,
            translation_key="exercise",
        )
    )
    fields: Fields = {vol.Optional(CONF_FORBIDDEN, default=list): left_out}
    for id_ in catalogue.exercises:
        fields[vol.Optional(id_)] = _box(1, _most(catalogue, id_))
    return fields


def limit_ranges(catalogue: Catalogue) -> dict[str, str]:
    """Return what the most of each exercise may be, as it is shown."""
    return {id_: _range(1, _most(catalogue, id_)) for id_ in catalogue.exercises}


def present_limits(settings: Settings) -> Answers:
    """Return the limits in the form of answers."""
    return {CONF_FORBIDDEN: [*settings.forbidden], **settings.highest_repetitions}


def changed_limits(
    settings: Settings, catalogue: Catalogue, answers: Answers
) -> tuple[Setting, ...]:
    """Return what is to be recorded of the answers about limits.

    What was set for exercises that are not asked about stays. Raises NotAllowed.
    """
    chosen = answers[CONF_FORBIDDEN]
    forbidden = [id_ for id_ in settings.forbidden if id_ not in catalogue.exercises]
    forbidden += [id_ for id_ in catalogue.exercises if id_ in chosen]
    highest = {
        id_: most
        for id_, most in settings.highest_repetitions.items()
        if id_ not in catalogue.exercises
    }
    for id_ in catalogue.exercises:
        most = _plain(answers.get(id_))
        if most is None:
            continue
        high = _most(catalogue, id_)
        if type(most) is not int or not 1 <= most <= high:
            raise NotAllowed(id_, "out_of_range", range=_range(1, high))
        highest[id_] = most
    made: list[Setting] = []
    if set(forbidden) != set(settings.forbidden):
        made.append(Setting(name=CONF_FORBIDDEN, value=forbidden))
    if highest != settings.highest_repetitions:
        made.append(Setting(name=HIGHEST_REPETITIONS, value=highest))
    return tuple(made)


def _most(catalogue: Catalogue, exercise: str) -> int:
    """Return the most repetitions that the programme ever has of an exercise."""
    return max(dose.volume for dose in catalogue.exercises[exercise].ladder.doses)


# The routine


def routine_fields(programme: Programme) -> Fields:
    """Return the fields that choose a routine."""
    routine = SelectSelector(
        SelectSelectorConfig(
            options=[routine.value for routine in Routine],
            mode=SelectSelectorMode.LIST,
            translation_key=CONF_ROUTINE,
        )
    )
    chosen = vol.Required(CONF_ROUTINE, default=programme.routine.value)
    return {chosen: routine, **confirmation(CONF_AGREED)}


def wish_of(programme: Programme, answers: Answers) -> ProgrammeSet | None:
    """Return what is to be recorded of a choice of routine; None for no change.

    Raises NotAllowed where a clinician's agreement is wanting.
    """
    routine = answers[CONF_ROUTINE]
    if routine == programme.routine:
        return None
    is_above = above(routine, programme.level)
    if is_above and not answers[CONF_AGREED]:
        raise NotAllowed(CONF_AGREED, "agreement_needed")
    return ProgrammeSet(routine=routine, clinician_agreed=is_above)
