"""Files of the catalogue, read with the line of every entry, and checked entry by entry."""

import datetime
from collections.abc import Collection, Hashable, Iterator
from pathlib import Path
from typing import Any

import yaml

from reporting.instruments.exceptions import Fault

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Listed(list[Any]):
    """A list that knows the line of each item."""

    line: int
    lines: list[int]


class Mapped(dict[str, Any]):
    """A mapping that knows its line, and the line of each of its keys."""

    line: int
    lines: dict[str, int]


class Faults:
    """Collects what is wrong in one file, so that everything is told at once."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Fault] = []

    def __iter__(self) -> Iterator[Fault]:
        return iter(self.found)

    def add(self, line: int, reason: str) -> None:
        self.found.append(Fault(self.file, line, reason))

    def at(self, entry: Mapped, key: str, reason: str) -> None:
        self.add(entry.lines.get(key, entry.line), reason)


class _LineLoader(_Loader):  # type: ignore[misc]
    """Builds Mapped and Listed, keeps dates as text, and refuses a key that stands twice."""


def _mapping(loader: Any, node: yaml.MappingNode) -> Iterator[Mapped]:
    result = Mapped()
    result.line = node.start_mark.line + 1
    result.lines = {}
    yield result
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, Hashable) or key in result:
            raise yaml.MarkedYAMLError(problem=f"“{key}” stands twice", problem_mark=key_node.start_mark)
        result[str(key)] = loader.construct_object(value_node, deep=True)
        result.lines[str(key)] = key_node.start_mark.line + 1


def _sequence(loader: Any, node: yaml.SequenceNode) -> Iterator[Listed]:
    result = Listed()
    result.line = node.start_mark.line + 1
    result.lines = [item.start_mark.line + 1 for item in node.value]
    yield result
    result.extend(loader.construct_object(item, deep=True) for item in node.value)


def _text(loader: Any, node: yaml.ScalarNode) -> str:
    return str(loader.construct_scalar(node))


_LineLoader.add_constructor("tag:yaml.org,2002:map", _mapping)
_LineLoader.add_constructor("tag:yaml.org,2002:seq", _sequence)
_LineLoader.add_constructor("tag:yaml.org,2002:timestamp", _text)


def read(path: Path, faults: Faults) -> Mapped | None:
    """The content of a YAML file, or None, with a fault, when it cannot be read as a mapping."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_LineLoader)  # noqa: S506 - a safe loader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        faults.add(mark.line + 1 if mark else 1, f"This is not YAML: {error.problem or error.context}.")
        return None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        faults.add(1, f"This file cannot be read: {error}.")
        return None
    if not isinstance(content, Mapped):
        faults.add(1, "The file must be a mapping of keys.")
        return None
    return content


class Checked:
    """Reads values out of one entry and notes what is wrong with them."""

    def __init__(self, entry: Mapped, faults: Faults, what: str) -> None:
        self.entry = entry
        self.faults = faults
        self.what = what

    def allow(self, *keys: str) -> None:
        for key in self.entry:
            if key not in keys:
                self.faults.at(self.entry, key, f"{self.what} has no key “{key}”.")

    def text(self, key: str, *, required: bool = False, longest: int | None = None) -> str:
        value = self.entry.get(key)
        if value is None or value == "":
            if required:
                self.faults.add(self.entry.line, f"{self.what} needs “{key}”.")
            return ""
        if isinstance(value, dict | list | bool):
            self.faults.at(self.entry, key, f"“{key}” must be text.")
            return ""
        text = str(value)
        if longest is not None and len(text) > longest:
            self.faults.at(self.entry, key, f"“{key}” is longer than {longest} characters.")
        return text

    def one_of(self, key: str, allowed: Collection[str], *, default: str = "", required: bool = True) -> str:
        value = self.entry.get(key)
        if value is None:
            if required and not default:
                self.faults.add(self.entry.line, f"{self.what} needs “{key}”.")
            return default
        if value not in allowed:
            self.faults.at(self.entry, key, f"“{value}” is not one of {key}: {', '.join(sorted(allowed))}.")
        return str(value)

    def whole(self, key: str, *, lowest: int = 0) -> int | None:
        value = self.entry.get(key)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or value < lowest:
            self.faults.at(self.entry, key, f"“{key}” must be a whole number from {lowest} on.")
            return None
        return value

    def flag(self, key: str, *, default: bool = False) -> bool:
        value = self.entry.get(key, default)
        if not isinstance(value, bool):
            self.faults.at(self.entry, key, f"“{key}” must be true or false.")
            return default
        return value

    def day(self, key: str) -> datetime.date | None:
        value = self.entry.get(key)
        if value is None:
            return None
        try:
            return datetime.date.fromisoformat(str(value))
        except ValueError:
            self.faults.at(self.entry, key, f"“{key}” must be a date such as 1990-12-18.")
            return None

    def texts(self, key: str, allowed: Collection[str] | None = None) -> list[str]:
        """A list of texts, each one of ``allowed`` if that is given."""
        values = []
        for value, line in self.items(key):
            if isinstance(value, dict | list | bool) or value is None:
                self.faults.add(line, f"“{key}” must be a list of texts.")
            elif allowed is not None and str(value) not in allowed:
                self.faults.add(line, f"“{value}” is not one of {key}: {', '.join(sorted(allowed))}.")
            else:
                values.append(str(value))
        return values

    def entries(self, key: str, *, required: bool = False) -> list[Mapped]:
        """A list of mappings."""
        values = []
        for value, line in self.items(key):
            if isinstance(value, Mapped):
                values.append(value)
            else:
                self.faults.add(line, f"“{key}” must be a list of entries with keys.")
        if required and not values:
            self.faults.add(self.entry.line, f"{self.what} needs “{key}”.")
        return values

    def mapping(self, key: str) -> Mapped:
        value = self.entry.get(key)
        if isinstance(value, Mapped):
            return value
        if value is not None:
            self.faults.at(self.entry, key, f"“{key}” must be a mapping of keys.")
        empty = Mapped()
        empty.line, empty.lines = self.entry.lines.get(key, self.entry.line), {}
        return empty

    def items(self, key: str) -> list[tuple[Any, int]]:
        """The items of a list, each with its line."""
        value = self.entry.get(key)
        if value is None:
            return []
        if not isinstance(value, Listed):
            self.faults.at(self.entry, key, f"“{key}” must be a list.")
            return []
        return list(zip(value, value.lines, strict=True))
