"""Makes values again of the plain data that `export.plain` made of them.

Nothing is checked: what was recorded once is what it is. Twenty years are read in a
second or two.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

type Reader = Callable[[Any], Any]


def restored[T](kind: type[T], data: Any) -> T:  # noqa: ANN401  # JSON
    """Return the value of a kind that plain data stands for.

    Fields that the kind does not have are passed over, and those that the data does
    not have are as by default. Raises TypeError, ValueError, KeyError or
    AttributeError where it does not stand for such a value.
    """
    anything: Any = kind
    read = _reader(anything)
    value: T = read(data) if read else data
    return value


@cache
def _reader(kind: Any) -> Reader | None:  # noqa: ANN401  # what annotations are
    """Return what makes a value of a kind; None where plain data is the value."""
    if isinstance(kind, UnionType):
        kinds = [each for each in get_args(kind) if each is not NoneType]
        read = _reader(kinds[0]) if len(kinds) == 1 else None
        return read and _perhaps(read)
    origin = get_origin(kind)
    if isinstance(origin, type):
        return _collection(origin, get_args(kind))
    if is_dataclass(kind):
        return _record(kind)
    if issubclass(kind, date):
        read_date: Reader = kind.fromisoformat
        return read_date
    return kind if issubclass(kind, Enum) else None


def _perhaps(read: Reader) -> Reader:
    return lambda value: None if value is None else read(value)


def _collection(origin: Any, kinds: tuple[Any, ...]) -> Reader | None:  # noqa: ANN401 - what annotations are
    if issubclass(origin, Mapping):
        return _mapping(kinds)
    if issubclass(origin, tuple) and kinds[-1] is not ...:
        reads = [_reader(each) or _same for each in kinds]
        return lambda value: tuple(
            read(each) for read, each in zip(reads, value, strict=True)
        )
    item = _reader(kinds[0])
    if item is None:
        make: Reader = origin
        return make
    return lambda value: origin(map(item, value))


def _mapping(kinds: tuple[Any, ...]) -> Reader | None:
    item = _reader(kinds[1])
    if item is None:
        return dict
    return lambda value: {name: item(each) for name, each in value.items()}


def _same(value: Any) -> Any:  # noqa: ANN401  # JSON
    return value


def _record(kind: Any) -> Reader:  # noqa: ANN401 - what annotations are
    hints = get_type_hints(kind)
    reads = {each.name: _reader(hints[each.name]) for each in fields(kind)}
    made = [(name, read) for name, read in reads.items() if read]

    def read(value: Any) -> Any:  # noqa: ANN401  # JSON
        given = {name: each for name, each in value.items() if name in reads}
        for name, make in made:
            if name in given:
                given[name] = make(given[name])
        return kind(**given)

    return read
