"""Values → TOML 1.0 in one canonical form.

What is single comes first, one key a line, then tables as ``[x]`` and lists of tables as ``[[x]]``, a blank line before
each: so two people's additions stand on lines of their own, and each may be given a comment. A table inside a table
(``evaluation.results``) stays on its line if it is short and flat.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from typing import Any, Final

WIDTH: Final = 100
"""Columns that a list or an inline table may take before it is spread over lines."""

MERGE_MARKER = re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE)
"""What `git merge` leaves in a file that it could not merge."""

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_SHORT_ESCAPES: Final = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_ESCAPED = re.compile(r'["\\\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]')
"""Control and direction characters are escaped beyond what TOML asks for: `git log -p` sends a file to a terminal."""

_ENDING_QUOTE = re.compile(r'(?<="")"|"\Z')
"""A quotation mark that would end a multi-line string."""


def write(data: Mapping[str, Any], order: Sequence[str] = ()) -> str:
    """A new document; the keys named in `order` come first, in that order, the others as `data` has them."""
    return "".join(table_lines((), data, order)).removeprefix("\n")


def table_lines(path: tuple[str, ...], data: Mapping[str, Any], order: Sequence[str] = ()) -> Iterator[str]:
    """What stands below the header of the table at `path`: its keys, then its tables with their own headers."""
    keys = [key for key in dict.fromkeys((*order, *data)) if key in data]
    for key in keys:
        if not stands_apart(path, key, data[key]):
            yield f"{key_text(key)} = {line_value(key, data[key])}\n"
    for key in keys:
        if stands_apart(path, key, data[key]):
            yield from sections((*path, key), data[key])


def sections(path: tuple[str, ...], value: Any) -> Iterator[str]:
    """A table or a list of tables with headers, a blank line before each."""
    name = ".".join(map(key_text, path))
    if isinstance(value, Mapping):
        yield f"\n[{name}]\n"
        yield from table_lines(path, value)
        return
    for entry in value:
        yield f"\n[[{name}]]\n"
        yield from table_lines(path, entry)


def stands_apart(path: tuple[str, ...], key: str, value: Any) -> bool:
    """Whether `value`, as `key` of the table at `path`, gets headers of its own."""
    if isinstance(value, Mapping):
        return not path or not _is_flat(value) or len(key_text(key)) + 3 + len(value_text(value)) > WIDTH
    return is_tables(value)


def is_tables(value: Any) -> bool:
    """Whether `value` is a list of tables, with at least one."""
    return isinstance(value, (list, tuple)) and bool(value) and all(isinstance(item, Mapping) for item in value)


def _is_flat(table: Mapping[str, Any]) -> bool:
    return not any(
        isinstance(item, (Mapping, list, tuple)) or (isinstance(item, str) and "\n" in item) for item in table.values()
    )


def line_value(key: str, value: Any) -> str:
    """`value` as it stands after ``key =``: a text of several lines as such, a list too long for one line spread."""
    if isinstance(value, str) and "\n" in value and not MERGE_MARKER.search(value):
        return _lines_of_text(value)
    made = value_text(value)
    if isinstance(value, (list, tuple)) and len(value) > 1 and len(key_text(key)) + 3 + len(made) > WIDTH:
        return "[\n" + "".join(f"    {value_text(item)},\n" for item in value) + "]"
    return made


def value_text(value: Any) -> str:
    """`value` on one line."""
    if isinstance(value, str):
        return f'"{_ESCAPED.sub(_escape, value)}"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, Mapping):
        inside = ", ".join(f"{key_text(key)} = {value_text(item)}" for key, item in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(value_text, value))}]"
    raise TypeError(f"TOML has no {type(value).__name__}")


def key_text(key: str) -> str:
    """`key` as TOML writes it, quoted where it must be."""
    return key if _BARE_KEY.fullmatch(key) else value_text(key)


def _escape(found: re.Match[str]) -> str:
    character = found.group()
    return _SHORT_ESCAPES.get(character) or f"\\u{ord(character):04x}"


def _lines_of_text(text: str) -> str:
    """A multi-line basic string; only quotation marks that could end it early are escaped."""
    escaped = _ESCAPED.sub(lambda found: found.group() if found.group() in '\n"' else _escape(found), text)
    escaped = _ENDING_QUOTE.sub(r'\\"', escaped)
    return f'"""\n{escaped}"""'
