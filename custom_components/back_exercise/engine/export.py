"""The diary as plain data, and back: the form that is exported and imported."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Final
from zoneinfo import ZoneInfo

from . import diary
from .catalogue import Routine
from .decision import Rule
from .diary import SCHEMA, Entry, Kind
from .screen import ITEMS, REPORTED
from .settings import CHECK_INS, SettingRefused, Settings
from .today import Ask

LONGEST: Final = 200
"""Characters that a text may have."""

MOST: Final = 10_000
"""Repetitions, seconds or sessions that a number may count."""

GATE_RESULTS: Final = ("not_today", "refused", "locked")

type Reader = Callable[[Any, str], Any]


class EntryInvalid(Exception):
    """Data that is not an entry; nothing of it was taken."""

    def __init__(self, field: str, allowed: str) -> None:
        """Remember which field is wrong, and what it may be."""
        super().__init__(f"{field} must be {allowed}")
        self.field = field
        self.allowed = allowed


def _number(low: int, high: int) -> Reader:
    def read(value: Any, field: str) -> int:  # noqa: ANN401  # JSON
        if type(value) is not int or not low <= value <= high:
            raise EntryInvalid(field, f"a whole number from {low} to {high}")
        return value

    return read


def _flag(value: Any, field: str) -> bool:  # noqa: ANN401  # JSON
    if type(value) is not bool:
        raise EntryInvalid(field, "true or false")
    return value


def _text(value: Any, field: str) -> str:  # noqa: ANN401  # JSON
    if not isinstance(value, str) or not 1 <= len(value) <= LONGEST:
        raise EntryInvalid(field, f"a text of 1 to {LONGEST} characters")
    return value


def _one_of(allowed: type[StrEnum] | Sequence[str]) -> Reader:
    by_value = {str(each): each for each in allowed}

    def read(value: Any, field: str) -> str:  # noqa: ANN401  # JSON
        if not isinstance(value, str) or value not in by_value:
            raise EntryInvalid(field, "one of " + ", ".join(by_value))
        return by_value[value]

    return read


def _moment(value: Any, field: str) -> datetime:  # noqa: ANN401  # JSON
    try:
        moment = datetime.fromisoformat(value)
    except TypeError, ValueError:
        raise EntryInvalid(field, "a moment in ISO 8601") from None
    if moment.tzinfo is None:
        raise EntryInvalid(field, "a moment in ISO 8601 with its offset from UTC")
    return moment.astimezone(UTC)


def _day(value: Any, field: str) -> date:  # noqa: ANN401  # JSON
    try:
        return date.fromisoformat(value)
    except TypeError, ValueError:
        raise EntryInvalid(field, "a date in ISO 8601") from None


def _zone(value: Any, field: str) -> str:  # noqa: ANN401  # JSON
    try:
        return ZoneInfo(value).key
    except TypeError, ValueError, OSError, LookupError:
        raise EntryInvalid(field, "the name of a time zone") from None


def _perhaps(reader: Reader) -> Reader:
    return lambda value, field: None if value is None else reader(value, field)


def _list(reader: Reader) -> Reader:
    def read(value: Any, field: str) -> tuple[Any, ...]:  # noqa: ANN401  # JSON
        if not isinstance(value, list):
            raise EntryInvalid(field, "a list")
        return tuple(
            reader(each, f"{field}[{number}]") for number, each in enumerate(value)
        )

    return read


def _anything(value: Any, field: str) -> Any:  # noqa: ANN401  # JSON
    return value


def _object(value: Any, field: str) -> dict[str, Any]:  # noqa: ANN401  # JSON
    if not isinstance(value, Mapping):
        raise EntryInvalid(field, "an object")
    return dict(value)


def _record(kind: type[Any], /, **readers: Reader) -> Reader:
    required = {
        each.name
        for each in fields(kind)
        if each.default is MISSING and each.default_factory is MISSING
    }

    def read(value: Any, field: str) -> Any:  # noqa: ANN401  # JSON
        data = _object(value, field)
        for name in data.keys() - readers.keys():
            raise EntryInvalid(f"{field}.{name}", "left out; there is no such field")
        for name in sorted(required - data.keys()):
            raise EntryInvalid(f"{field}.{name}", "given")
        return kind(
            **{name: readers[name](data[name], f"{field}.{name}") for name in data}
        )

    return read


_EFFECT: Final = _record(
    diary.Effect,
    what=_text,
    value=_anything,
    rule=_perhaps(_one_of(Rule)),
    exercise=_perhaps(_text),
    date=_perhaps(_day),
)


def _effect(value: Any, field: str) -> diary.Effect:  # noqa: ANN401  # JSON
    effect: diary.Effect = _EFFECT(value, field)
    if effect.what in ("last_completed", "last_ended", "not_today"):
        _moment(effect.value, f"{field}.value")
    elif effect.what == "soft_lock":
        _one_of(Rule)(effect.value, f"{field}.value")
    return effect


_RATING: Final = _number(0, 10)
_COUNT: Final = _number(0, MOST)
_INDEX: Final = _number(-3, 11)

_READERS: Final[Mapping[Kind, Reader]] = {
    Kind.SESSION_STARTED: _record(
        diary.SessionStarted,
        routine=_text,
        kind=_one_of(diary.SessionKind),
        pain_before=_perhaps(_RATING),
        prescriptions=_list(
            _record(
                diary.Prescribed,
                exercise=_text,
                index=_INDEX,
                planned=_COUNT,
                form=_one_of(diary.Form),
            )
        ),
        check_in=_one_of(CHECK_INS),
        override=_flag,
        gate=_list(_text),
        told=_list(_text),
    ),
    Kind.GATE: _record(
        diary.Gate, result=_one_of(GATE_RESULTS), pain_before=_perhaps(_RATING)
    ),
    Kind.EXERCISE_DONE: _record(
        diary.ExerciseDone,
        exercise=_text,
        planned=_COUNT,
        done=_COUNT,
        index=_INDEX,
        form=_one_of(diary.Form),
        sharp=_flag,
        stopped_for_pain=_flag,
        too_hard=_flag,
        skipped=_flag,
        pain_peak=_perhaps(_RATING),
        effort=_perhaps(_RATING),
        hold_achieved=_perhaps(_COUNT),
        modified=_flag,
    ),
    Kind.SESSION_ENDED: _record(
        diary.SessionEnded,
        outcome=_one_of(diary.Outcome),
        pain_after=_perhaps(_RATING),
        effort=_perhaps(_RATING),
    ),
    Kind.RATING: _record(
        diary.Rating,
        value=_RATING,
        context=_one_of(diary.Context),
        measure=_one_of(diary.Measure),
        exercise=_perhaps(_text),
        recalled=_flag,
    ),
    Kind.ACTIVITY: _record(
        diary.Activity,
        activity=_text,
        minutes=_number(1, 1440),
        intensity=_one_of(diary.Intensity),
    ),
    Kind.SCREEN: _record(
        diary.Screen,
        form=_one_of(diary.ScreenForm),
        flags=_list(_one_of(sorted({*ITEMS, *REPORTED}))),
        anything_new=_perhaps(_flag),
        assessed=_flag,
        clinician_agreed=_flag,
        advice_taken=_flag,
    ),
    Kind.SETTING: _record(
        diary.Setting, name=_text, value=_anything, clinician_agreed=_flag
    ),
    Kind.OFFER_ANSWERED: _record(
        diary.OfferAnswered,
        offer=_one_of(diary.OfferKind),
        accepted=_flag,
        exercise=_perhaps(_text),
    ),
    Kind.PROGRAMME_SET: _record(
        diary.ProgrammeSet,
        routine=_perhaps(_text),
        exercise=_perhaps(_text),
        index=_perhaps(_INDEX),
        form=_perhaps(_one_of(diary.Form)),
        re_enable=_flag,
        clinician_agreed=_flag,
    ),
    Kind.REMINDER: _record(
        diary.Reminded,
        reminder=_text,
        day=_day,
        outcome=_one_of(diary.ReminderOutcome),
        planned=_moment,
        until=_perhaps(_moment),
        reason=_perhaps(_one_of(diary.ReminderReason)),
    ),
    Kind.DECISION: _record(
        diary.Logged,
        rule=_text,
        outcome=_text,
        exercise=_perhaps(_text),
        inputs=_object,
        session=_perhaps(_text),
        value=_perhaps(_number(-MOST, MOST)),
        until=_perhaps(_day),
        routine=_perhaps(_text),
        other=_perhaps(_text),
        variant=_perhaps(_text),
    ),
    Kind.CORRECTION: _record(
        diary.Correction,
        action=_one_of(diary.Action),
        target=_perhaps(_text),
        effects=_list(_effect),
    ),
}

_ENTRY: Final[Mapping[str, Reader]] = {
    "id": _text,
    "kind": _one_of(Kind),
    "at": _moment,
    "zone": _zone,
    "schema": _number(1, SCHEMA),
    "source": _text,
    "data": _object,
}


def read_entry(data: Any) -> Entry:  # noqa: ANN401  # JSON
    """Read an entry from plain data.

    Raises EntryInvalid, which names the field and what it may be, where a field is
    missing, unknown or out of its range.
    """
    plain = _object(data, "entry")
    for name in plain.keys() - _ENTRY.keys():
        raise EntryInvalid(name, "left out; there is no such field")
    for name in _ENTRY:
        if name not in plain and name != "source":
            raise EntryInvalid(name, "given")
    head = {name: _ENTRY[name](plain[name], name) for name in plain}
    payload = _READERS[head["kind"]](head.pop("data"), "data")
    if isinstance(payload, diary.Setting):
        _check_setting(payload)
    return Entry(payload=payload, **head)


def _check_setting(setting: diary.Setting) -> None:
    # of what hangs together, the other may have been set to what fits
    settings = Settings(suspension_count=1)
    try:
        settings.changed(setting.name, setting.value, agreed=setting.clinician_agreed)
    except SettingRefused as refused:
        field = "data.value" if hasattr(settings, setting.name) else "data.name"
        raise EntryInvalid(field, refused.allowed) from refused


def read_diary(data: Any) -> tuple[Entry, ...]:  # noqa: ANN401  # JSON
    """Read the entries of an exported diary, in the order of recording.

    Raises EntryInvalid where the form is not one that is known, an entry is not
    valid, or two entries have the same id. The field tells the entry's number.
    """
    plain = _object(data, "diary")
    _number(1, SCHEMA)(plain.get("schema"), "schema")
    entries: list[Entry] = []
    ids: set[str] = set()
    for number, each in enumerate(_list(_anything)(plain.get("entries"), "entries")):
        try:
            entry = read_entry(each)
        except EntryInvalid as invalid:
            field = f"entries[{number}].{invalid.field}"
            raise EntryInvalid(field, invalid.allowed) from invalid
        if entry.id in ids:
            raise EntryInvalid(f"entries[{number}].id", "different from all others")
        ids.add(entry.id)
        entries.append(entry)
    return tuple(entries)


def write_entry(entry: Entry) -> dict[str, Any]:
    """Return an entry as plain data, every field written out."""
    return {
        "id": entry.id,
        "kind": entry.kind.value,
        "at": entry.at.isoformat(),
        "zone": entry.zone,
        "schema": entry.schema,
        "source": entry.source,
        "data": plain(entry.payload),
    }


def write_diary(entries: Iterable[Entry]) -> dict[str, Any]:
    """Return a diary as plain data; `read_diary` gives the same entries again."""
    return {"schema": SCHEMA, "entries": [write_entry(entry) for entry in entries]}


def plain(value: Any) -> Any:  # noqa: ANN401  # JSON
    """Return a value as JSON has it."""
    if is_dataclass(value):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, set | frozenset):
        return sorted(plain(each) for each in value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value


_ASK: Final = {
    "pain_before": _perhaps(_RATING),
    "anything_new": _perhaps(_flag),
    "override": _flag,
    "routine": _perhaps(_one_of(Routine)),
}


def read_gate(data: Any, now: datetime, zone: str) -> Ask:  # noqa: ANN401  # JSON
    """Read what is known at the gate: pain_before, anything_new, override, routine.

    Raises EntryInvalid where a field is unknown or out of its range.
    """
    plain_data = _object(data, "gate")
    for name in plain_data.keys() - _ASK.keys():
        raise EntryInvalid(f"gate.{name}", "left out; there is no such field")
    read = {name: _ASK[name](plain_data[name], f"gate.{name}") for name in plain_data}
    return Ask(
        now=now,
        zone=_zone(zone, "zone"),
        pain=read.get("pain_before"),
        anything_new=read.get("anything_new"),
        override=read.get("override", False),
        routine=read.get("routine"),
    )
