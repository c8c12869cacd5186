"""A change as a report tells it, and the changes that departed from the policy with their reasons."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from registry.git.log import Matching, search
from registry.history import Entry
from registry.progress import Progress
from registry.records.dates import show_date
from registry.records.types import BARE, Names
from registry.reports.document import Block, Bullets, Facts, Heading, Paragraph
from registry.sentences import Sentence, sentences
from registry.word_diff import marked
from registry.words import _

if TYPE_CHECKING:
    from registry.store import Store

PATIENCE: Final = 0.1
"""Seconds without a find after which it is told how far one is."""
_DEPARTED: Final = Matching(greps=("^Policy-(Override|Breach): ",))


@dataclass(frozen=True, slots=True)
class Told:
    """One change: who entered it and when, why, under which decisions, and what it did, in sentences."""

    version: str
    """The commit's id."""
    on: date
    """The day on which it was entered."""
    author: str
    subject: str
    why: str
    decisions: Sequence[str]
    exceptions: Sequence[str]
    """Clauses of the policy that it knowingly made an exception from."""
    breaches: Sequence[str]
    """Those that were breached: it had happened already."""
    correction: bool
    refs: Sequence[str]
    """The records that it changed; one, where the history of one was asked for."""
    sentences: Sequence[str] = ()


def told(entry: Entry, ref: str = "", names: Names = BARE) -> Told:
    """The change; with `ref` (as the record was called after it) and what it did to that record."""
    return Told(
        entry.commit,
        entry.date.astimezone().date(),
        entry.author,
        entry.subject,
        entry.why,
        entry.decisions,
        entry.exceptions,
        entry.breaches,
        entry.correction,
        (ref,) if ref else entry.refs,
        tuple(map(in_words, sentences(entry, ref, names))) if ref else (),
    )


def in_words(sentence: Sentence) -> str:
    """A sentence as plain text; of a rewritten text what went stands as ``[-…-]``, what came as ``{+…+}``."""
    return " ".join(filter(None, (sentence.words, "".join(map(marked, sentence.pieces)))))


def change_blocks(change: Told) -> Iterator[Block]:
    """A change as a part of a document, under a heading with its day."""
    yield Heading(f"{show_date(change.on)}: {change.subject}", 2)
    rows = [(_("Entered by"), change.author), (_("Why"), change.why)]
    rows += [(_("Decision"), decision) for decision in change.decisions]
    rows += [(_("Departs from the policy"), clause) for clause in change.exceptions]
    rows += [(_("Breach of the policy"), clause) for clause in change.breaches]
    rows.append((_("Version"), change.version[:10]))
    yield Facts([(label, value) for label, value in rows if value])
    if change.correction:
        yield Paragraph(_("A correction of the record, not an event."))
    if change.sentences:
        yield Bullets(change.sentences)


def departed(
    store: Store, commit: str | None, since: date = date.min, until: date = date.max
) -> Generator[Progress, None, list[Told]]:
    """The changes that departed from the policy or breached it, entered between two days, both included, oldest first."""
    found: list[Told] = []
    if commit is None:
        return found
    for raw in search(store.repo, commit, (), _DEPARTED, patience=PATIENCE):
        if raw is None:
            yield Progress(_("Exceptions and breaches on record"), len(found))
            continue
        change = told(Entry(store.repo, raw))
        if (change.exceptions or change.breaches) and since <= change.on <= until:
            found.append(change)
    return found[::-1]
