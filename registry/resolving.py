"""From words to ids, where only the registry can know: a department by its name, a goal by its label, a person by name.

Pure; asked only for what is no id already, so that whoever writes ids pays nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from registry.errors import BadInput
from registry.people.book import Book
from registry.plain_text import fold
from registry.records.typed_values import Resolve
from registry.records.types import FieldType, Goal, Person, Ref
from registry.records.values import Value, tables, text
from registry.snapshot import Snapshot
from registry.words import _


def resolver(snapshot: Snapshot, book: Callable[[], Book]) -> Resolve:
    """What `registry.records.assign` is to ask about a word that it cannot read."""

    def resolve(kind: FieldType, typed: str) -> Value | None:
        if isinstance(kind, Ref):
            return _only(typed, _records(snapshot, kind.folder))
        if isinstance(kind, Goal):
            return _only(typed, ((text(goal, "label"), text(goal, "id")) for goal in tables(snapshot.policy, "goals")))
        if isinstance(kind, Person):
            return _only(typed, ((book().name(person), person) for person in book().people))
        return None

    return resolve


def _records(snapshot: Snapshot, folder: str) -> Iterator[tuple[str, str]]:
    for record in snapshot.records(folder):
        yield record.title, record.ref
        if short := text(record.data, "board_short"):
            yield short, record.ref


def _only(typed: str, named: Iterable[tuple[str, str]]) -> str | None:
    """The id of the one that is called so, case and accents aside. Raises `BadInput` where there are several."""
    wanted = fold(typed)
    found = sorted({found for name, found in named if found and fold(name) == wanted})
    if len(found) > 1:
        raise BadInput(
            _("“%(text)s” may be any of %(ids)s.") % {"text": typed, "ids": ", ".join(found)},
            _("Write the one you mean."),
        )
    return found[0] if found else None
