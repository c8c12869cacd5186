"""TOML → values, fast; and what is wrong with a file, in words and with its line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

import rtoml

from registry.toml_files.faults import (
    not_toml,
    not_utf8,
    stray_carriage_return,
    too_large,
    too_large_number,
    too_new,
    unfinished_merge,
)
from registry.toml_files.writing import MERGE_MARKER

LIMIT: Final = 5_000_000
"""Bytes; a record of this size is a mistake."""

_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_OPEN_BRACE = re.compile(r"""\{(?:[^{}"'#\n]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')*+(?!\})""")
"""An inline table that may go on over lines."""
_LAST_COMMA = re.compile(r",\s*\}")
_NEW_ESCAPE = re.compile(r"\\[ex]")
_PLAIN_TYPES: Final = frozenset({str, bool, float, date})


def read(data: bytes, *, where: str = "") -> dict[str, Any]:
    """The values of a TOML 1.0 file, as str, int, float, bool, `datetime.date`, list and dict.

    `where` names the file in an error. A byte order mark is skipped, and a line end is a line feed also where the file
    says CR LF. Times and date-times come as the `datetime` types they are: no field of a record has them, so
    validation names them. Raises `BrokenFile` with the line for everything else: not UTF-8, a merge that was not
    finished, not TOML, whole numbers beyond 64 bits, more than `LIMIT` bytes.
    """
    if len(data) > LIMIT:
        raise too_large(LIMIT, where)
    text = _decoded(data, where)
    if ("<<<<<<< " in text or ">>>>>>> " in text) and (marker := MERGE_MARKER.search(text)):
        raise unfinished_merge(text.count("\n", 0, marker.start()) + 1, where)
    try:
        values = rtoml.loads(text)
    except rtoml.TomlParsingError as error:
        raise not_toml(text, str(error), where) from None
    if (
        _is_unusual(values.values())
        or ("{" in text and (_OPEN_BRACE.search(text) or _LAST_COMMA.search(text)))
        or ("\\" in text and _NEW_ESCAPE.search(text))
    ):
        _require_common(text, values, where)
    return values


def _decoded(data: bytes, where: str) -> str:
    data = data.removeprefix(_BYTE_ORDER_MARK)
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n")
        if b"\r" in data:
            raise stray_carriage_return(data.count(b"\n", 0, data.index(b"\r")) + 1, where)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise not_utf8(data.count(b"\n", 0, error.start) + 1, where) from None


def _is_unusual(values: Iterable[Any]) -> bool:
    """Whether there is a value that not every reader takes: a time, which may lack its seconds, or a huge number."""
    for value in values:
        kind = type(value)
        if kind in _PLAIN_TYPES:
            continue
        if kind is int:
            if not -(2**63) <= value < 2**63:
                return True
        elif kind is list:
            if _is_unusual(value):
                return True
        elif kind is not dict or _is_unusual(value.values()):
            return True
    return False


def _require_common(text: str, values: dict[str, Any], where: str) -> None:
    """Python's own reader knows TOML 1.0 only, and takes ten times as long: it is asked where there is a suspicion."""
    import tomllib

    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise too_new(str(error), where) from None
    for number in _huge_numbers(values.values()):
        raise too_large_number(text, number, where)


def _huge_numbers(values: Iterable[Any]) -> Iterator[int]:
    for value in values:
        if isinstance(value, dict):
            yield from _huge_numbers(value.values())
        elif isinstance(value, list):
            yield from _huge_numbers(value)
        elif isinstance(value, int) and not -(2**63) <= value < 2**63:
            yield value
