"""What is wrong with a file that is no TOML, in words: the line, what stands there, what to do."""

from __future__ import annotations

import re
from typing import Final

from registry.errors import BrokenFile
from registry.words import N_, _

_POSITION = re.compile(r"(?P<what>.*?) \(?at line (?P<line>\d+),? column \d+\)?", re.DOTALL)
_MARKER_LINE = re.compile(r"[<=>|]{7}(?: |$)")
_VALUE_WITH_SPACES_OR_SIGNS = re.compile(r"[^#=]*=\s*[+-]?\d[\d \u00a0.,:-]*\s*(?:kr\b|%|#|$)")
_NO_VALUE = re.compile(r"[^#=]*=\s*(?:#|$)")

_TABLE: Final = (
    # What the reader's message holds; what is wrong; what to do.
    (
        ("string values must be quoted", "missing opening quote"),
        N_("%(place)s: the text after = does not stand in quotation marks."),
        N_('Write it like name = "Skjern", with straight quotation marks.'),
    ),
    (
        ("invalid basic string, expected `\"`", "invalid literal string, expected `'`", "invalid multi-line"),
        N_("%(place)s: a text has no closing quotation mark."),
        N_('A text of one line stands between " and ", one of several lines between """ and """.'),
    ),
    (
        ("non-double-quote visible", "expected printable", "non-single-quote visible"),
        N_("%(place)s: there is a control character in the text."),
        N_("Remove it; it may be invisible in the editor."),
    ),
    (
        ("key with no value", "invalid key-value pair", "extra `=`"),
        N_("%(place)s: this is neither a key with a value nor a heading."),
        N_('A line is written like name = "Skjern", a heading like [[budget]], a comment begins with #.'),
    ),
    (
        ("unclosed table", "unclosed array table", "missing table open"),
        N_("%(place)s: the heading lacks a bracket."),
        N_("Write it like [evaluation] for one table, [[budget]] for an entry of a list."),
    ),
    (
        ("unclosed array", "in array", "missing array opening"),
        N_("%(place)s: a list is not closed, or something in it is no value."),
        N_('A list is written like ["DK", "NO"].'),
    ),
    (
        ("inline table", "extra assignment", "missing assignment"),
        N_("%(place)s: a table in braces is not closed, or lacks a comma."),
        N_('It is written on one line, like { name = "Skjern", country = "DK" }.'),
    ),
    (
        ("missing comma",),
        N_("%(place)s: a comma is missing between two elements of a list."),
        N_('A list is written like ["DK", "NO"].'),
    ),
    (
        ("duplicate key", "cannot extend"),
        N_("%(place)s: the same key or heading stands there twice."),
        N_("Keep one of the two; entries of a list have double brackets, like [[budget]]."),
    ),
    (
        ("invalid date", "invalid time", "year 0 is", "second must be", "invalid offset"),
        N_("%(place)s: there is no such date, or it is not written as TOML wants it."),
        N_("A date is written like 2026-05-04, without quotation marks."),
    ),
    (
        ("invalid boolean", "invalid float, expected `nan`", "invalid float, expected `inf`"),
        N_("%(place)s: this is neither a text in quotation marks, a number, a date nor true or false."),
        N_('Yes is written true, no is written false, a text like "Skjern".'),
    ),
    (
        ("missing escaped value", "unicode value digits", "unicode hexadecimal value"),
        N_("%(place)s: a backslash in a text is not followed by what TOML expects."),
        N_("Write \\\\ for a backslash, or the text between ' and '."),
    ),
    (
        ("leading zero", "overflowed", "fraction", "mantissa", "exponent", "between digits", "invalid float", "decimal"),
        N_("%(place)s: this is not a number as TOML writes it."),
        N_("A whole number is written like 12500, without spaces, leading zeros or unit."),
    ),
    (
        ("unexpected key or value",),
        N_("%(place)s: something more stands after the value."),
        N_('One line holds one value; a quotation mark in a text is written \\", a comment begins with #.'),
    ),
    (
        ("unquoted key",),
        N_("%(place)s: a key holds a character that keys do not have."),
        N_("Keys are written with a to z, 0 to 9, - and _, or in quotation marks."),
    ),
    (
        ("recursion limit", "cannot recurse"),
        N_("%(place)s: lists or tables are nested too deeply."),
        N_("A record is never nested more than a few levels; look at what came into the file."),
    ),
)  # fmt: skip


def not_toml(text: str, told: str, where: str) -> BrokenFile:
    """`told` is what rtoml said of `text`."""
    found = _POSITION.fullmatch(told)
    what, number = (found["what"], int(found["line"])) if found else (told, 0)
    line = (text.split("\n", number)[number - 1 : number] or [""])[0]
    if "\0" in line:
        return _fault(
            N_("%(place)s: there is a NUL character; the file is damaged or no text."),
            N_("Take back an earlier version from the history."),
            number,
            where,
        )
    if _MARKER_LINE.match(line):
        return unfinished_merge(number, where)
    if ("must be quoted" in what or "missing value" in what) and _NO_VALUE.match(line):
        return _fault(
            N_("%(place)s: there is nothing after =."),
            N_("Write a value, or remove the line: a key without a value is left out."),
            number,
            where,
        )
    if ("must be quoted" in what or "unexpected key" in what) and _VALUE_WITH_SPACES_OR_SIGNS.match(line):
        what = "leading zero"
    for signs, message, hint in _TABLE:
        if any(sign in what for sign in signs):
            return _fault(message, hint, number, where)
    message = _("%(place)s: this is not TOML: %(told)s.") % {"place": _place(number, where), "told": what}
    return BrokenFile(
        message, _("Compare with the other records, or take back an earlier version from the history."), line=number
    )


def too_new(told: str, where: str) -> BrokenFile:
    """`told` is what Python's own reader said of a text that rtoml took."""
    found = _POSITION.fullmatch(told)
    return _fault(
        N_("%(place)s: this is written as only the newest TOML (1.1) allows, and other programs could not read it."),
        N_(
            "Write a table in braces on one line, without a comma at its end; \\u001b for \\e; a time with its seconds."
        ),
        int(found["line"]) if found else 0,
        where,
    )


def too_large_number(text: str, number: int, where: str) -> BrokenFile:
    """A whole number beyond 64 bits, which other programs would cut or refuse."""
    position = text.find(str(number))
    line = text.count("\n", 0, position) + 1 if position >= 0 else 0
    return _fault(
        N_("%(place)s: a number is too large."), N_("Write an identifier of digits in quotation marks."), line, where
    )


def too_large(limit: int, where: str) -> BrokenFile:
    """More than `limit` bytes."""
    return BrokenFile(
        _("%(where)s is larger than %(limit)s MB.") % {"where": where or _("The file"), "limit": limit // 1_000_000},
        _("A record is a page or two of text; look at what came into the file."),
    )


def not_utf8(line: int, where: str) -> BrokenFile:
    """Bytes that are no UTF-8 begin on `line`."""
    return _fault(
        N_("%(place)s: the file is not UTF-8."),
        N_("Open it in an editor and save it with the encoding UTF-8."),
        line,
        where,
    )


def stray_carriage_return(line: int, where: str) -> BrokenFile:
    """A line ends with CR alone, or with CR CR LF."""
    return _fault(
        N_("%(place)s: a line ends in a way that TOML does not know (CR alone)."),
        N_("Save the file with line ends as on Linux (LF) or Windows (CR LF)."),
        line,
        where,
    )


def unfinished_merge(line: int, where: str) -> BrokenFile:
    """The marks that Git leaves where it could not merge begin on `line`."""
    return _fault(
        N_("%(place)s: two versions were not merged to the end; lines with <<<<<<< and >>>>>>> are left."),
        N_("Keep what is right of the two versions and remove those lines."),
        line,
        where,
    )


def _fault(message: str, hint: str, line: int, where: str) -> BrokenFile:
    return BrokenFile(_(message) % {"place": _place(line, where)}, _(hint), line=line)


def _place(line: int, where: str) -> str:
    name = where or _("The file")
    return _("%(where)s, line %(line)s") % {"where": name, "line": line} if line else name
