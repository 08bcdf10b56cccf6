"""What two versions of the settings say differently, a line each: a person has to read it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_ABSENT = object()
#: What an entry of a list is known by.
_CALLED = ("key", "code")
_NAMED_HOLIDAY = ("name", "from")


def differences(one: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[str]:
    """`+` came, `-` went, `~` changed; the path names the place in the file."""
    left, right = dict(_flat("", one)), dict(_flat("", other))
    for path in dict.fromkeys([*left, *right]):
        before, after = left.get(path, _ABSENT), right.get(path, _ABSENT)
        if before is _ABSENT:
            yield f"+ {path}: {_said(after)}"
        elif after is _ABSENT:
            yield f"- {path}: {_said(before)}"
        elif before != after:
            yield f"~ {path}: {_said(before)} → {_said(after)}"


def _flat(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from _flat(f"{path}.{key}" if path else str(key), each)
    elif isinstance(value, Sequence) and not isinstance(value, str) and _are_entries(value):
        for index, each in enumerate(value):
            yield from _flat(f"{path}[{_called(each, index)}]", each)
    else:
        yield path, value


def _are_entries(values: Sequence[Any]) -> bool:
    return bool(values) and all(isinstance(each, Mapping) for each in values)


def _called(entry: Mapping[str, Any], index: int) -> str:
    """By its key, so that an entry put before it changes nothing about it."""
    own = next((str(entry[name]) for name in _CALLED if name in entry), "")
    if not own and all(isinstance(entry.get(name), str) for name in _NAMED_HOLIDAY):
        own = " ".join(entry[name] for name in _NAMED_HOLIDAY)
    return own or str(index + 1)


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(_said(each) for each in value) + "]"
    return str(value)
