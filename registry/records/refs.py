"""REFs: a record's path in the data folder without ``.toml`` (DESIGN.md section 2).

`registry`, `policy`, `departments/bun`, `twin-towns/paskon`, `projects/2026/ungdomsutbyte-skjern`. Ids are lower-case
ASCII slugs, so that a REF is the same file on every system and never leaves the folder.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from typing import Final

from registry.errors import BadInput
from registry.records.values import told
from registry.words import _

SINGLES: Final = ("registry", "policy")
FOLDERS: Final = ("departments", "twin-towns", "projects")
LONGEST: Final = 60
ID_PATTERN: Final = r"[a-z0-9]+(?:-[a-z0-9]+)*"
PERSON_PATTERN: Final = r"p-[a-z2-9]{6}"
_SLUG = re.compile(ID_PATTERN)
_YEAR = re.compile(r"[12]\d{3}")
_PERSON = re.compile(PERSON_PATTERN)
_RESERVED: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)
_LETTERS: Final = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "œ": "oe"})


def slug(text: str, taken: Container[str] = ()) -> str:
    """An id for something called `text`: ``Påskön`` → ``paskon``; numbered if it is among `taken`."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS)).encode("ascii", "ignore").decode()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].strip("-") or "post"
    if base in _RESERVED:
        base = f"{base}-1"
    name, number = base, 2
    while name in taken:
        name, number = f"{base}-{number}", number + 1
    return name


def is_ref(text: str) -> bool:
    """Whether `text` is a well-formed REF; says nothing of whether the record is there."""
    match text.split("/"):
        case [single]:
            return single in SINGLES
        case [("departments" | "twin-towns"), name]:
            return _is_id(name)
        case ["projects", year, name]:
            return bool(_YEAR.fullmatch(year)) and _is_id(name)
    return False


def _is_id(name: str) -> bool:
    return bool(_SLUG.fullmatch(name)) and len(name) <= LONGEST + 8 and name not in _RESERVED


def parse_ref(text: str) -> str:
    """`text` as a REF; a trailing ``.toml`` and backslashes are forgiven.

    Raises `BadInput` saying what a REF looks like.
    """
    ref = text.strip().replace("\\", "/").removesuffix(".toml")
    if not is_ref(ref):
        raise BadInput(
            _("“%(text)s” is not the name of a record.") % {"text": told(text)},
            _("Write it like departments/bun, twin-towns/paskon or projects/2026/ungdomsutbyte-skjern, in lower case."),
        )
    return ref


def parse_id(text: str) -> str:
    """`text` as the last part of a REF, for a rename. Raises `BadInput`."""
    name = text.strip()
    if not _is_id(name):
        raise BadInput(
            _("“%(text)s” cannot be the name of a record.") % {"text": told(text)},
            _("Use a–z, 0–9 and single hyphens: %(example)s.") % {"example": slug(text)},
        )
    return name


def path_of(ref: str) -> str:
    """The file of a well-formed REF, relative to the data folder, with forward slashes."""
    return f"{ref}.toml"


def ref_of(path: str) -> str | None:
    """The REF of a file of the data folder, or None if the file is not a record."""
    ref = path.removesuffix(".toml")
    return ref if path.endswith(".toml") and is_ref(ref) else None


def folder_of(ref: str) -> str:
    """``projects`` for ``projects/2026/x``; the REF itself for the single records."""
    return ref.split("/", 1)[0]


def is_person(text: str) -> bool:
    """Whether `text` is a person id, ``p-`` and six of a–z and 2–9."""
    return bool(_PERSON.fullmatch(text))
