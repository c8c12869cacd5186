"""What an auditor would ask for and the registry does not have, stated plainly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from registry.policy.reading import said
from registry.policy.subjects import COMPLETED, DECIDED, LEVELS, STOPPED
from registry.records.dates import show_date
from registry.records.values import Data, day, number, tables, text
from registry.words import _


def lacking(data: Data, lines: Sequence[Data], on: date) -> Iterator[str]:
    """What is missing or late in an EU project as of a day; `lines` are its budget lines of EU money."""
    level = LEVELS.get(text(data, "stage"), 0)
    if not said(data.get("responsible_function")):
        yield _("the function of the responsible is missing")
    if number(data, "cost") is None:
        yield _("the total cost is missing")
    if not all(said(line.get("programme")) for line in lines):
        yield _("the programme is missing")
    if level != STOPPED:
        yield from _money(lines, level)
    if level >= DECIDED and not tables(data, "decisions"):
        yield _("a decision is missing")
    yield from _papers(data, level, on)


def _money(lines: Sequence[Data], level: int) -> Iterator[str]:
    if any(number(line, "applied") and number(line, "granted") is None for line in lines):
        yield _("the funder has not decided on what was applied for")
    granted = [line for line in lines if number(line, "granted")]
    if not all(text(line, "grant_agreement").strip() for line in granted):
        yield _("the number of the grant agreement is missing")
    if level >= COMPLETED and any(number(line, "spent") is None for line in granted):
        yield _("what was spent of the EU money is missing")


def _papers(data: Data, level: int, on: date) -> Iterator[str]:
    documents, deadlines = tables(data, "documents"), tables(data, "deadlines")
    if level >= COMPLETED and not documents:
        yield _("documents are missing")
    for document in documents:
        if not said(document.get("reference")):
            yield _("%(document)s: where it is to be found is missing") % {"document": text(document, "title")}
    if level >= DECIDED and not deadlines:
        yield _("by when it is to be reported is missing")
    for deadline in deadlines:
        due = day(deadline, "date")
        if due is not None and due < on and "done" not in deadline:
            late = {"what": text(deadline, "what"), "day": show_date(due)}
            yield _("%(what)s was to be done by %(day)s and is not noted as done") % late
