"""The people book as a file to take elsewhere: for a backup, for scripts, for a mailing list."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import tempfile
from datetime import date
from pathlib import Path
from typing import Final

from registry.errors import BadInput, Refused
from registry.git import trouble
from registry.people.book import Book, is_erased, is_left, is_merged, notice
from registry.people.book_text import write_book
from registry.people.person_kind import PERSON
from registry.records.values import Value, is_absent
from registry.words import Words, _

_NOTE: Final = Words("Anmärkning", "Note")
SUFFIXES: Final = (".toml", ".json", ".csv")
_STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def text_of(book: Book, suffix: str) -> bytes:
    """The book as a file of the kind `suffix`, with the dot. Raises `BadInput` for a kind there is not."""
    kinds = {".toml": write_book, ".json": as_json, ".csv": as_csv}
    if suffix.lower() not in kinds:
        raise BadInput(
            _("People can't be exported as “%(suffix)s”.") % {"suffix": suffix},
            _("Give a file name that ends in %(suffixes)s.") % {"suffixes": ", ".join(SUFFIXES)},
        )
    return kinds[suffix.lower()](book)


def plain(book: Book, person: str) -> dict[str, Value]:
    """A person as in JSON: their keys plus `id`, dates as ISO text."""
    entry = book.entry(person)
    values = {key: value.isoformat() if isinstance(value, date) else value for key, value in entry.items()}
    return {"id": person, **{key: value for key, value in values.items() if not is_absent(value)}}


def as_json(book: Book) -> bytes:
    """A list of people, each their keys plus `id`; an erased one has `erased`, `decision` and `basis`."""
    people = [plain(book, person) for person in sorted(book.people)]
    return (json.dumps(people, ensure_ascii=False, indent=2, default=str) + "\n").encode("utf-8")


def as_csv(book: Book) -> bytes:
    """A row a person, by name, under labels in the language spoken; the last column holds the notice of an erasure.

    UTF-8 with a mark and semicolons: what a Swedish spreadsheet opens with a double click. A cell that would be a
    formula gets an apostrophe before it.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(["Id", *(str(field.label) for field in PERSON.fields), str(_NOTE)])
    for person in [*book.find(""), *(person for person in sorted(book.people) if is_left(book.people[person]))]:
        entry = book.people[person]
        cells = [str(entry.get(field.key, "")) for field in PERSON.fields]
        writer.writerow([person, *map(_harmless, cells), _harmless(_note(book, person))])
    return ("\ufeff" + out.getvalue()).encode("utf-8", "replace")


def _note(book: Book, person: str) -> str:
    entry = book.people[person]
    if is_merged(entry):
        return _("the same person as %(id)s") % {"id": book.whose(person)}
    return notice(entry) if is_erased(entry) else ""


def _harmless(cell: str) -> str:
    """The cell so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.lstrip(" \u00a0").startswith(_STARTS_A_FORMULA) or cell[:1] in {"\t", "\r"} else cell


def check_target(target: Path, registry_folder: Path, *, overwrite: bool) -> None:
    """Raises `BadInput` or `Refused` where the book must not, or cannot, be written to `target`."""
    if target.suffix.lower() not in SUFFIXES:
        text_of(Book(), target.suffix)
    require_outside(target, registry_folder, overwrite=overwrite)


def require_outside(target: Path, registry_folder: Path, *, overwrite: bool) -> None:
    """Raises `Refused` for a file in the registry's own folder, and for one that exists unless told to `overwrite`."""
    from registry.exchange import target as leaving

    leaving.require_outside(target, registry_folder)
    if not overwrite and os.path.lexists(target):
        raise Refused(
            _("%(file)s exists already.") % {"file": str(target)}, _("Choose another name, or remove it first.")
        )


def write_whole(target: Path, content: bytes, *, overwrite: bool) -> None:
    """Write the file whole or not at all, readable by its owner alone. Raises `GitTrouble` or `Refused`."""
    claimed = False
    try:
        if not overwrite:
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            claimed = True
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except FileExistsError as error:
        raise Refused(
            _("%(file)s exists already.") % {"file": str(target)}, _("Choose another name, or remove it first.")
        ) from error
    except BaseException as error:
        if claimed:
            with contextlib.suppress(OSError):
                target.unlink()
        if isinstance(error, OSError):
            raise trouble.from_os_error(target, error) from error
        raise
