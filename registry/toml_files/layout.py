"""What stands where in a TOML text, every byte of it accounted for.

A text that `read` accepts is cut into sections (what a header opens) of statements (``key = value``), and a list or an
inline table into items, each holding its own comments and blanks; joined again they give the same text. Values are
not interpreted here, only found. Meant for valid TOML: of anything else the result is undefined.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

Address: TypeAlias = tuple[str | int, ...]
"""Where a value is in the data: keys, and after the key of a list of tables the 0-based index of the entry."""

_STRING = r'"""(?:\\.|[^\\])*?"{3,5}|' r"'''.*?'{3,5}|" r'"(?:\\.|[^"\\\n])*"|' r"'[^'\n]*'"
_PART = rf"(?:[A-Za-z0-9_-]+|{_STRING})"
_KEY = rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*"
_PARTS = re.compile(_PART, re.DOTALL)
_SIMPLE_VALUE = re.compile(rf"{_STRING}|\d{{4}}-\d\d-\d\d [0-9:.+Zz-]+|[^\s,\[\]{{}}#]+", re.DOTALL)
_ASSIGNMENT = re.compile(rf"[ \t]*({_KEY})[ \t]*=[ \t]*", re.DOTALL)
_HEADER = re.compile(rf"[ \t]*(\[\[?)[ \t]*({_KEY})[ \t]*\][^\n]*\n", re.DOTALL)
_REST_OF_LINE = re.compile(r"[^\n]*\n")
_BLANK_LINES = re.compile(r"(?:[ \t\r]*(?:#[^\n]*)?\n)*")
_BLANKS = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_STRING_OR_COMMENT = re.compile(rf"{_STRING}|#(?P<comment>[^\n]*)", re.DOTALL)
_COMMENT = re.compile(r"(?:[ \t]*#[^\n]*)?")


@dataclass(slots=True)
class Statement:
    """One ``key = value``, with the blank and comment lines above it."""

    above: str
    key: tuple[str, ...]
    assignment: str
    """Indentation, key and equals sign as they stand."""
    value: str
    rest: str
    """Blanks and comment after the value, with the line's end."""

    def __str__(self) -> str:
        return f"{self.above}{self.assignment}{self.value}{self.rest}"


@dataclass(slots=True)
class Section:
    """A header and the statements below it; the first section of a document has no header."""

    address: Address = ()
    gap: str = ""
    """Blank lines, and comments that blank lines separate from both neighbours."""
    lead: str = ""
    """The comment lines directly above the header."""
    header: str = ""
    statements: list[Statement] = field(default_factory=list)
    tail: str = ""
    """Comment lines directly below the last statement."""

    def __str__(self) -> str:
        return f"{self.gap}{self.lead}{self.header}{''.join(map(str, self.statements))}{self.tail}"


@dataclass(slots=True)
class Item:
    """One element of a list, or one pair of an inline table."""

    above: str
    """Blanks, line breaks and comments before it."""
    key: tuple[str, ...]
    """Empty in a list."""
    assignment: str
    value: str
    before_comma: str
    comment: str
    """The comment on its line, after the comma if there is one."""


def split(text: str) -> tuple[list[Section], str]:
    """The sections of a document whose last line is ended, and the lines after the last of them."""
    sections = [Section()]
    lengths: dict[Address, int] = {}
    at = 0
    while True:
        above, at = _match(_BLANK_LINES, text, at)
        if header := _HEADER.match(text, at):
            sections[-1].tail, gap, lead = _between(above)
            address = _address(_key(header[2]), header[1] == "[[", lengths)
            sections.append(Section(address, gap, lead, header[0]))
            at = header.end()
        elif found := _ASSIGNMENT.match(text, at):
            end = _end_of_value(text, found.end())
            rest, at = _match(_REST_OF_LINE, text, end)
            sections[-1].statements.append(Statement(above, _key(found[1]), found[0], text[found.end() : end], rest))
        else:
            sections[-1].tail, after = _below(above)
            return sections, after


def items(text: str) -> tuple[list[Item], str, bool]:
    """The items of a list or an inline table, what stands before its closing bracket, and whether a comma does."""
    found: list[Item] = []
    in_table = text[0] == "{"
    comma = False
    above, at = _match(_BLANKS, text, 1)
    while text[at] not in "]}":
        key: tuple[str, ...] = ()
        assignment = ""
        if in_table and (pair := _ASSIGNMENT.match(text, at)):
            key, assignment, at = _key(pair[1]), pair[0], pair.end()
        end = _end_of_value(text, at)
        value = text[at:end]
        before_comma, at = _match(_BLANKS, text, end)
        comma = text[at] == ","
        if comma:
            at += 1
        else:
            before_comma, at = "", end
        comment, at = _match(_COMMENT, text, at)
        found.append(Item(above, key, assignment, value, before_comma, comment))
        above, at = _match(_BLANKS, text, at)
    return found, above, comma


def comments(text: str) -> list[str]:
    """Every comment without its ``#``, from top to bottom."""
    found = (match["comment"] for match in _STRING_OR_COMMENT.finditer(text))
    return [comment.strip() for comment in found if comment is not None]


def lines(text: str) -> Iterator[str]:
    """The lines of blanks and comments, each with its end; unlike `str.splitlines`, only at line feeds."""
    return (found.group() for found in _REST_OF_LINE.finditer(text))


def _match(pattern: re.Pattern[str], text: str, at: int) -> tuple[str, int]:
    """What an always matching `pattern` finds at `at`, and where it ends."""
    found = pattern.match(text, at)
    if found is None:
        raise ValueError(f"not valid TOML at {at}")
    return found.group(), found.end()


def _end_of_value(text: str, at: int) -> int:
    opening = text[at]
    if opening not in "[{":
        return _match(_SIMPLE_VALUE, text, at)[1]
    at += 1
    while True:
        at = _match(_BLANKS, text, at)[1]
        if text[at] in "]}":
            return at + 1
        if text[at] == ",":
            at += 1
            continue
        if opening == "{":
            at = _match(_ASSIGNMENT, text, at)[1]
        at = _end_of_value(text, at)


def _key(text: str) -> tuple[str, ...]:
    return tuple(map(_plain, _PARTS.findall(text)))


def _plain(part: str) -> str:
    """A part of a key without its quotation marks and escapes."""
    if part[0] == "'":
        return part[1:-1]
    if part[0] != '"':
        return part
    if "\\" not in part:
        return part[1:-1]
    import tomllib  # for keys that hardly anybody has

    return str(tomllib.loads(f"key = {part}")["key"])


def _address(path: tuple[str, ...], is_entry: bool, lengths: dict[Address, int]) -> Address:
    """Where a header's table is; `lengths` counts the entries of each list so far."""
    address: Address = ()
    for part in path[:-1]:
        address += (part,)
        if address in lengths:
            address += (lengths[address] - 1,)
    address += (path[-1],)
    if is_entry:
        lengths[address] = lengths.get(address, 0) + 1
        address += (lengths[address] - 1,)
    return address


def _between(text: str) -> tuple[str, str, str]:
    """The lines between two sections: those of the first one, those of neither, and those of the second one."""
    between = list(lines(text))
    lead = len(between)
    while lead and between[lead - 1].strip():
        lead -= 1
    tail, gap = _below("".join(between[:lead]))
    return tail, gap, "".join(between[lead:])


def _below(text: str) -> tuple[str, str]:
    """The comment lines directly below a statement, and what comes after them."""
    below = list(lines(text))
    tail = next((number for number, line in enumerate(below) if not line.strip()), len(below))
    return "".join(below[:tail]), "".join(below[tail:])
