"""A document changed in place: what does not differ keeps its bytes.

Comments belong to what they stand directly above, or behind on the same line. An entry of a list takes its comments
along when it moves or goes. When a single key goes, comment lines above it stay: they may be about more than that key.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from registry.errors import BrokenFile
from registry.records.entries import same
from registry.toml_files.reading import read
from registry.toml_files.unfaithful import Unfaithful
from registry.toml_files.writing import write

_COMMENT_LINES = re.compile(r"(?:[ \t\r]*(?:#[^\n]*)?\n)*")


def edit(text: str, new: Mapping[str, Any]) -> str:
    """The document `text`, which `read` must accept, changed so that it reads as `new`.

    Every line that is not about a difference stays as it is, line ends included; a byte order mark goes. Raises
    `BrokenFile` if `text` cannot be read, and `Unfaithful`, our defect, rather than give back anything that does not
    read as exactly `new`.
    """
    old = read(text.encode("utf-8"))
    if same(old, new):
        return text
    text = text.removeprefix("\ufeff")
    windows = "\r\n" in text and text.count("\r\n") == text.count("\n")
    plain = text.replace("\r\n", "\n") if windows else text
    unended = bool(plain) and not plain.endswith("\n")
    for attempt in (_value_by_value, _key_by_key, _anew):
        made = attempt(plain + "\n" if unended else plain, old, new)
        made = made if plain.startswith("\n") else made.lstrip("\n")
        made = made.removesuffix("\n") if unended else made
        made = made.replace("\n", "\r\n") if windows else made
        if _reads_as(made, new):
            return made
    raise Unfaithful("the edited document does not read back as intended")


def _value_by_value(text: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    from registry.toml_files.document import Document

    document = Document(text)
    document.edit_table((), old, new)
    return str(document)


def _key_by_key(text: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """Coarser: each top-level key that differs is written anew, with what is below it."""
    from registry.toml_files.document import Document

    document = Document(text)
    kept = {key: value for key, value in old.items() if key in new and same(value, new[key])}
    document.edit_table((), old, kept)
    document.edit_table((), kept, new)
    return str(document)


def _anew(text: str, _old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """Coarsest: everything anew, below the comment that the document begins with."""
    header = _COMMENT_LINES.match(text)
    return (header.group() if header else "") + write(new)


def _reads_as(text: str, new: Mapping[str, Any]) -> bool:
    try:
        return same(read(text.encode("utf-8")), new)
    except (BrokenFile, UnicodeEncodeError):
        return False
