"""Personal data that a change would put into the history, which cannot forget (DESIGN.md section 5).

Free text, reasons, the names of files and the comments of hand edits that look like an e-mail address, a telephone
number or a personnummer, or hold a name from the people book, are an exception to override. Only what a change brings in
is found; what stands in a registry is told by `registry.policy.rules.privacy`, which searches the same texts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, Final

from registry.change import Change
from registry.erasures import LIST, recorded, taken_off
from registry.findings import Finding
from registry.free_text import free_texts, harmless, path_of
from registry.people.book import Book
from registry.people.slips import KIND_WORDS, Slip, slips
from registry.records.kinds import KINDS, kind_of
from registry.records.refs import folder_of, slug
from registry.records.values import Data, text
from registry.references import references
from registry.snapshot import Snapshot
from registry.toml_files.layout import comments
from registry.words import _

CLAUSE: Final = "personal-data"
REASON: Final = "why"
"""The field of a finding in the reason itself."""
DECISION: Final = "decision"
"""The field of one in the decision under which it is saved, where an official's name may stand: "Delegation"."""


def personal_data(before: Snapshot, change: Change, book: Book, today: date | None = None) -> list[Finding]:
    """What looks like personal data in the reason and the decision of `change` and in the texts that it adds or changes."""
    after = before.edited(change.edits)
    search = _Search(after, book, today)
    main = next(iter(change.edits), "")
    found = [_names_unknown(main)] if book.state == "broken" else []
    if "registry" in change.edits and (lost := taken_off(before.registry, change.edits["registry"] or {})):
        found.append(_stays(lost))
    gone = recorded(before.registry)
    found.extend(_finding(main, REASON, slip, _("the reason")) for slip in search.slips(change.why))
    found.extend(
        _finding(main, DECISION, slip, _("the decision")) for slip in search.slips(change.decision) if slip.person
    )
    for ref, new in change.edits.items():
        if new is None:
            continue
        found.extend(_named_anew(ref, before.data(change.renamed_from.get(ref, ref)) or {}, new, gone))
        if ref not in before:
            slug = ref.rpartition("/")[2]
            found.extend(_finding(ref, "", slip, ref) for slip in search.slips(slug) if slip.kind == "name")
        known = dict(_texts(ref, before.data(change.renamed_from.get(ref, ref)) or {}))
        for path, words in _texts(ref, new):
            if words != (earlier := known.get(path, "")):
                found.extend(_finding(ref, path, slip, "") for slip in search.new(words, earlier))
        if ref in change.texts:
            words, earlier = _comments(change.texts[ref]), _comments(_text_before(before, ref))
            found.extend(_finding(ref, "", slip, _("a comment")) for slip in search.new(words, earlier))
    return found


def with_references(before: Snapshot, change: Change, book: Book) -> Change:
    """The change with the person's id in place of each name of the book, and address of one, that it would bring in.

    In the words that it adds or changes, and in the reason; what is to be saved to the byte is left as it is. A new
    record is named anew after its title, if that had the name. The very change where there is nothing to replace.
    """
    search = _Search(before.edited(change.edits), book, None)
    edits = dict(change.edits)
    for ref, new in change.edits.items():
        if new is None or ref in change.texts:
            continue
        old = before.data(change.renamed_from.get(ref, ref)) or {}
        known = dict(_texts(ref, old))
        for way, words in free_texts(folder_of(ref), new):
            if words != known.get(path_of(new, way), "") and (said := _referring(words, search)) != words:
                edits[ref] = _with(edits[ref], way, said)
        if ref not in before and edits[ref] != new and any(slip.person for slip in search.slips(ref)):
            edits = {_renamed(before, ref, edits) if each == ref else each: data for each, data in edits.items()}
    why = _referring(change.why, search)
    return change if edits == change.edits and why == change.why else replace(change, edits=edits, why=why)


def _renamed(before: Snapshot, ref: str, edits: Mapping[str, Data | None]) -> str:
    """What a new record is called by the title that it has in the edits."""
    folder, _slash, _name = ref.rpartition("/")
    title = text(edits[ref] or {}, KINDS[folder_of(ref)].title_key)
    taken = {
        each.rpartition("/")[2] for each in (*before.refs(), *edits) if each.startswith(f"{folder}/") and each != ref
    }
    return f"{folder}/{slug(title, taken)}" if title else ref


def false_alarms(before: Snapshot, change: Change, book: Book) -> list[str]:
    """The texts that the change would bring in, and that look like personal data without being of anybody in the book."""
    search = _Search(before.edited(change.edits), book, None)
    found = search.slips(change.why)
    for ref, new in change.edits.items():
        known = dict(_texts(ref, before.data(change.renamed_from.get(ref, ref)) or {}))
        for path, words in _texts(ref, new or {}):
            if words != (earlier := known.get(path, "")):
                found.extend(search.new(words, earlier))
    return list(dict.fromkeys(slip.text for slip in found if not slip.person))


def _referring(words: str, search: _Search) -> str:
    """The words with ids in place of names."""
    for slip in reversed(search.slips(words)):
        if slip.person:
            words = f"{words[: slip.start]}{slip.person}{words[slip.end :]}"
    return words


def _with(value: Any, way: Sequence[str | int], words: str) -> Any:
    """The value with other words at the end of the way."""
    if not way:
        return words
    step, rest = way[0], way[1:]
    changed: Any = dict(value) if isinstance(step, str) else list(value)
    changed[step] = _with(changed[step], rest, words)
    return changed


def _names_unknown(ref: str) -> Finding:
    """That names were not looked for, since the book cannot be read: said, and in nobody's way."""
    message = _("the people book cannot be read, so nothing was searched for the names in it; vanort doctor says more")
    return Finding(CLAUSE, "note", ref, "", message)


def _named_anew(ref: str, old: Data, new: Data, gone: Container[str]) -> Iterator[Finding]:
    """The ids of people who are on record as erased, which the record comes to name: that may be meant, and is told."""
    known = {reference.target for reference in references(kind_of(ref), old)}
    for reference in references(kind_of(ref), new):
        person = reference.target
        if reference.sort == "person" and person not in known and person in gone:
            message = _("names %(id)s, who has been erased: it shows as the notice of that")
            yield Finding(CLAUSE, "warning", ref, reference.path, message % {"id": person})


def _stays(ids: Sequence[str]) -> Finding:
    """That an erasure stays on record: other copies learn of it by the record alone."""
    message = _("the erasure of %(ids)s is on record and stays: what was erased is nowhere, and other copies go by it")
    return Finding(CLAUSE, "violation", "registry", LIST, message % {"ids": ", ".join(ids)})


def _texts(ref: str, data: Data) -> Iterator[tuple[str, str]]:
    """Every free text with its path, by which it is known in two versions of the record."""
    return ((path_of(data, way), words) for way, words in free_texts(folder_of(ref), data))


def _comments(text: str) -> str:
    return "\n".join(comments(text))


def _text_before(before: Snapshot, ref: str) -> str:
    """The file as it was saved; "" where there was none, or none that could be read."""
    return (before.text(ref) or "") if before.fault(ref) is None else ""


@dataclass(frozen=True)
class _Search:
    """Searches texts; what of it is harmless is only looked up where something is found."""

    snapshot: Snapshot
    book: Book
    today: date | None

    @cached_property
    def harmless(self) -> frozenset[str]:
        return harmless(self.snapshot)

    def slips(self, words: str) -> list[Slip]:
        found = slips(words, self.book, today=self.today)
        return [slip for slip in found if slip.text.casefold() not in self.harmless]

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
