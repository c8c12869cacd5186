"""Personal data that a change would put into the history, which cannot forget (DESIGN.md section 5).

Free text, reasons, the names of files and the comments of hand edits that look like an e-mail address, a telephone number or a personnummer, or
hold a name from the people book, are an exception to override. Only what a change brings in is found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from registry.change import Change
from registry.findings import Finding
from registry.people.book import Book
from registry.people.slips import KIND_WORDS, Slip, slips
from registry.records import entries
from registry.records.fields import Field
from registry.records.kinds import kind_of
from registry.records.types import Table, Tables, Text
from registry.records.values import Data, Value, tables, text
from registry.snapshot import Snapshot
from registry.toml_files.layout import comments
from registry.words import _

CLAUSE: Final = "personal-data"
REASON: Final = "why"
"""The field of a finding in the reason itself."""


def personal_data(before: Snapshot, change: Change, book: Book, today: date | None = None) -> list[Finding]:
    """What looks like personal data in the reason of `change` and in the texts that it adds or changes."""
    after = before.edited(change.edits)
    search = _Search(after, book, today)
    main = next(iter(change.edits), "")
    found = [_names_unknown(main)] if book.state == "broken" else []
    found.extend(_finding(main, REASON, slip, _("the reason")) for slip in search.slips(change.why))
    for ref, new in change.edits.items():
        if new is None:
            continue
        if ref not in before:
            slug = ref.rpartition("/")[2]
            found.extend(_finding(ref, "", slip, ref) for slip in search.slips(slug) if slip.kind == "name")
        known = dict(_searched(kind_of(ref).fields, before.data(change.renamed_from.get(ref, ref)) or {}))
        for path, words in _searched(kind_of(ref).fields, new):
            if words != (earlier := known.get(path, "")):
                found.extend(_finding(ref, path, slip, "") for slip in search.new(words, earlier))
        if ref in change.texts:
            words, earlier = _comments(change.texts[ref]), _comments(_text_before(before, ref))
            found.extend(_finding(ref, "", slip, _("a comment")) for slip in search.new(words, earlier))
    return found


def _names_unknown(ref: str) -> Finding:
    """That names were not looked for, since the book cannot be read: said, and in nobody's way."""
    message = _("the people book cannot be read, so nothing was searched for the names in it; vanort doctor says more")
    return Finding(CLAUSE, "note", ref, "", message)


def _comments(text: str) -> str:
    return "\n".join(comments(text))


def _text_before(before: Snapshot, ref: str) -> str:
    """The file as it was saved; "" where there was none, or none that could be read."""
    return (before.text(ref) or "") if before.fault(ref) is None else ""


@dataclass(frozen=True)
class _Search:
    """Searches texts; which addresses are offices' is only looked up where an address is found."""

    snapshot: Snapshot
    book: Book
    today: date | None

    @cached_property
    def offices(self) -> frozenset[str]:
        return frozenset(mailbox.casefold() for mailbox in mailboxes(self.snapshot))

    def slips(self, words: str) -> list[Slip]:
        found = slips(words, self.book, today=self.today)
        return [slip for slip in found if slip.kind != "email" or slip.text.casefold() not in self.offices]

    def new(self, words: str, earlier: str) -> Iterator[Slip]:
        """The slips of `words` that `earlier` does not have as often."""
        found = self.slips(words)
        had = Counter((slip.kind, slip.text) for slip in self.slips(earlier)) if found else Counter()
        for slip in found:
            key = (slip.kind, slip.text)
            if had[key]:
                had[key] -= 1
            else:
                yield slip


def _finding(ref: str, path: str, slip: Slip, where: str) -> Finding:
    message = _("“%(text)s” looks like personal data (%(kind)s); the history cannot forget it")
    if where:
        message = _("“%(text)s” in %(where)s looks like personal data (%(kind)s); the history cannot forget it")
    words = {"text": slip.text, "kind": KIND_WORDS[slip.kind], "where": where}
    return Finding(CLAUSE, "exception", ref, path, message % words)


def _searched(fields: Sequence[Field], data: Data, before: str = "") -> Iterator[tuple[str, str]]:
    """Every free text with its path; an entry without id is called by its index.

    What stands under a key that nobody knows may be anything, and so is searched.
    """
    described = {field.key for field in fields}
    for key, value in data.items():
        if key not in described and key != "id":
            yield from _any_text(value, f"{before}{key}")
    for field in fields:
        value, path = data.get(field.key), f"{before}{field.key}"
        if isinstance(field.type, Text) and field.type.searched and isinstance(value, str):
            yield path, value
        elif isinstance(field.type, Table) and isinstance(value, Mapping):
            yield from _searched(field.fields, value, f"{path}.")
        elif isinstance(field.type, Tables) and entries.is_tables(value):
            for index, entry in enumerate(value):
                yield from _searched(field.fields, entry, f"{path}[{entries.name(value, index)}].")


def _any_text(value: Value, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _any_text(item, f"{path}.{key}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _any_text(item, f"{path}[{index}]")


def mailboxes(snapshot: Snapshot) -> frozenset[str]:
    """The addresses of offices, which may stand in words: the departments' and the coordinators'."""
    found = {text(coordinator, "mailbox") for coordinator in tables(snapshot.registry, "coordinators")}
    found |= {text(snapshot.data(ref) or {}, "mailbox") for ref in snapshot.refs("departments")}
    return frozenset(mailbox for mailbox in found if mailbox)
