"""personal-data: not the policy's but the registry's own: names and numbers of people stay out of a history that lasts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from registry.findings import Finding
from registry.free_text import free_texts, path_of
from registry.policy.case import Case
from registry.policy.subjects import Subject
from registry.records.refs import folder_of
from registry.words import _

if TYPE_CHECKING:
    from registry.people.slips import Slip


def personal_data(case: Case, it: Subject) -> Iterator[Finding]:
    """Free text that looks like an address, a telephone or a personal identity number, or holds a name from the book.

    What it looks like is not repeated: what is found is read by more people than the record. What a change brings in is
    told by `registry.personal_data`, to the one who writes it.
    """
    from registry.people.slips import may_hold_any, may_hold_one

    found = free_texts(folder_of(it.ref), it.data)
    own = it.ref.rsplit("/", 1)[-1]
    whole = "\n".join(words for _way, words in found)
    named = case.book is not None and case.book.name_index.may_be_in(f"{whole}\n{own}")
    if not named:  # most records are let be by one look at all that they say
        if not may_hold_any(whole):
            return
        found = [(way, words) for way, words in found if may_hold_one(words)]
    for way, words in found:
        if seen := _slips(case, words):
            yield _find(case, it, path_of(it.data, way), seen[0])
    if named and (names := [slip for slip in _slips(case, own) if slip.kind == "name"]):
        yield _find(case, it, "", names[0])


def registry_privacy(case: Case, it: Subject) -> Iterator[Finding]:
    """As `personal_data`; and whoever is erased in the people book is on record as that."""
    yield from personal_data(case, it)
    if case.book is None:
        return
    from registry.erasures import LIST, unrecorded

    for person in unrecorded(case.book, it.data):
        message = _("%(id)s is erased in the people book and not on record here; vanort people erase %(id)s enters it")
        yield case.find(it, "personal-data", "exception", LIST, message % {"id": person})


def _slips(case: Case, words: str) -> list[Slip]:
    from registry.people.book import Book
    from registry.people.slips import slips

    return slips(words, case.book or Book(), case.harmless, case.day)


def _find(case: Case, it: Subject, path: str, slip: Slip) -> Finding:
    from registry.people.slips import KIND_WORDS

    message = _("holds what looks like personal data: %(kind)s") % {"kind": KIND_WORDS[slip.kind]}
    return case.find(it, "personal-data", "exception", path, message)
