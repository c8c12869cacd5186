"""The people book's text, `people.toml`, to and from a `Book`.

The writing is canonical: a table an id in the order of the ids, keys in the order of their description, then those
nobody knows; so the same book is the same bytes, and the same version, wherever it is written. TOML 1.0; comments in
the book are not kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from types import MappingProxyType
from typing import Final

from registry.errors import BadInput, BrokenFile
from registry.people.book import FORMAT, Book
from registry.people.person_kind import ERASED, MERGED, PERSON
from registry.plain_text import visible
from registry.records.values import Data, Value, is_absent
from registry.toml_files.reading import read
from registry.toml_files.writing import key_text, value_text
from registry.words import _

FILE: Final = "people.toml"
_NO_ID: Final = re.compile(r"\0(?!p-)([^\0]*)")
"""Keys that begin no id, among all keys in a row: one look at a text, where a look at each key takes thrice as long."""
_TABLES: Final = frozenset({dict})
_ORDER: Final = (*PERSON.order, *ERASED.order, *MERGED.order)
_KNOWN: Final = frozenset(_ORDER)


def parse_book(raw: bytes) -> Book:
    """The book that the bytes of `people.toml` hold; a newer format is a fault of it.

    Raises `BrokenFile` with the line.
    """
    content = _values(raw)
    version = content.pop("format", FORMAT)
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise _broken(_("%(file)s: the format is not a whole number.") % {"file": FILE})
    strange = [key for key in _NO_ID.findall("\0" + "\0".join(content)) if key in content]
    if not _TABLES.issuperset(map(type, content.values())):
        strange += [key for key, value in content.items() if type(value) is not dict and key not in strange]
    extra = {key: content[key] for key in strange}
    for key in extra:
        del content[key]
    people = MappingProxyType(content)
    if version > FORMAT:
        fault = BrokenFile(
            _("The people book has format %(found)s, and this Vänort knows formats up to %(known)s.")
            % {"found": version, "known": FORMAT},
            _("It can be read and not changed; install a newer Vänort to change it."),
        )
        return Book(people, {**extra, "format": version}, "newer", fault)
    return Book(people, extra)


def _values(raw: bytes) -> dict[str, Value]:
    """What the text holds, by the fast reader alone: the records' reader, which tells what is wrong, where it fails."""
    import rtoml

    try:
        return rtoml.loads(raw.decode("utf-8"))
    except (UnicodeDecodeError, rtoml.TomlParsingError):
        try:
            return read(raw, where=FILE)
        except BrokenFile as error:
            raise _broken(error.message, error.line) from None


def write_book(book: Book) -> bytes:
    """The bytes of `people.toml` for a book that is writable. Raises `BadInput` for what no UTF-8 can hold."""
    lines = [f"format = {FORMAT}"]
    tables = {**{key: value for key, value in book.extra.items() if isinstance(value, dict)}, **book.people}
    lines += [
        f"{key_text(key)} = {value_text(value)}" for key, value in sorted(book.extra.items()) if key not in tables
    ]
    for key, entry in sorted(tables.items()):
        lines += ["", f"[{key_text(key)}]"]
        lines += [f"{key_text(name)} = {value_text(value)}" for name, value in _ordered(entry)]
    try:
        return ("\n".join(lines) + "\n").encode("utf-8")
    except UnicodeEncodeError as error:
        raise BadInput(
            _("“%(text)s” holds something that is not a character.")
            % {"text": visible(error.object[max(0, error.start - 20) : error.end].rpartition("\n")[2])},
            _("Write it again by hand; it was not UTF-8 where it came from."),
        ) from None


def _ordered(entry: Data) -> Iterable[tuple[str, Value]]:
    for key in _ORDER:
        if key in entry and not is_absent(entry[key]):
            yield key, entry[key]
    for key in sorted(entry.keys() - _KNOWN):
        if not is_absent(entry[key]):
            yield key, entry[key]


def rescue() -> str:
    """What to do about a book that cannot be read."""
    return _(
        "The registry works without it, with ids for names. Take the book back from a backup, or from a colleague's export: vanort people import FILE.toml --replace"
    )


def _broken(reason: str, line: int = 0) -> BrokenFile:
    return BrokenFile(_("The people book cannot be read. %(reason)s") % {"reason": reason}, rescue(), line=line)
