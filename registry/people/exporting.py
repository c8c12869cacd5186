"""The people book as a file to take elsewhere: for a backup, for scripts, for a mailing list."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Final

from registry.errors import BadInput
from registry.exchange import target as leaving
from registry.exchange.cells import harmless
from registry.people.book import Book, is_erased, is_left, is_merged, notice
from registry.people.book_text import write_book
from registry.people.person_kind import PERSON
from registry.records.values import Value, is_absent
from registry.words import Words, _

_NOTE: Final = Words("Anmärkning", "Note")
SUFFIXES: Final = (".toml", ".json", ".csv")


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
        writer.writerow([person, *map(harmless, cells), harmless(_note(book, person))])
    return ("\ufeff" + out.getvalue()).encode("utf-8", "replace")


def _note(book: Book, person: str) -> str:
    entry = book.people[person]
    if is_merged(entry):
        return _("the same person as %(id)s") % {"id": book.whose(person)}
    return notice(entry) if is_erased(entry) else ""


def check_target(target: Path, registry_folder: Path, *, overwrite: bool) -> None:
    """Raises `BadInput`, `Refused` or `GitTrouble` where the book must not, or cannot, be written to `target`."""
    if target.suffix.lower() not in SUFFIXES:
        text_of(Book(), target.suffix)
    leaving.require_outside(target, registry_folder)
    leaving.check_target(target, overwrite=overwrite)
