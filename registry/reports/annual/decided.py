"""The decisions of a year: those that records and changes cite, by day, with what they were about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from registry.decision_keys import Key, key_of, read_decision, year_of
from registry.decisions_cited import Cited, citations
from registry.plain_text import line
from registry.records.decisions import decision_of
from registry.records.kinds import kind_of
from registry.records.paths import get, label_at
from registry.records.project_kind import PROJECT
from registry.records.values import Data, Value, text
from registry.reports.annual.history import Under
from registry.snapshot import Record, Snapshot
from registry.words import lowered

_LONGEST: Final = 1000
"""Characters of a text that may still be a decision."""


@dataclass(slots=True)
class Decided:
    """One decision of the year."""

    key: Key
    words: str = ""
    """The fullest way in which it was written."""
    cited: dict[str, list[str]] = field(default_factory=dict)
    """What each record that cites it is called → as what it does."""
    entered: list[str] = field(default_factory=list)
    """Where no record cites it: what was entered under it."""

    @property
    def on(self) -> date | None:
        """The day; None of an old one of which only the year is known."""
        return self.key.when if isinstance(self.key.when, date) else None

    @property
    def matters(self) -> list[str]:
        """What it was about: ``Ungdomsutbyte med Skjern: start – resan flyttas, budget``."""
        return [f"{title}: {', '.join(whats)}" for title, whats in self.cited.items()] or self.entered

    @property
    def dnr(self) -> str:
        """Its registry number, where one was written."""
        found = read_decision(self.words)
        return "" if found is None else line(found.dnr)


def decided_in(snapshot: Snapshot, year: int, under: Iterable[Under]) -> list[Decided]:
    """By day, body and paragraph. What only is expected is no decision."""
    found: dict[Key, Decided] = {}
    for record in snapshot.records():
        if _names_year(record.data, year):
            for cited in sorted(citations(record), key=lambda one: not one.field.startswith("decisions[")):
                if not cited.expected and (one := _decision(found, cited.written, year)) is not None:
                    whats = one.cited.setdefault(line(record.title), [])
                    if (what := _what(record, cited)) not in whats:
                        whats.append(what)
    for change in under:
        if (one := _decision(found, change.written, year)) is not None and line(change.subject) not in one.entered:
            one.entered.append(line(change.subject))
    return sorted(found.values(), key=lambda one: (one.on or date.max, one.key.body, one.key.paragraph.zfill(8)))


def _decision(found: dict[Key, Decided], written: str, year: int) -> Decided | None:
    """The decision, if it is one of the year."""
    key = key_of(written) if year_of(written) == year else None
    if key is None:
        return None
    one = found.setdefault(key, Decided(key))
    one.words = max(one.words, " ".join(written.split()), key=len)
    return one


def _names_year(value: Value, year: int) -> bool:
    """Whether anything in a record may be a decision of that year: most records need not be gone through field by field."""
    digits = str(year)
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        kind = type(inner)
        if kind is str:
            if digits in inner and _is_of(inner, year):
                return True
        elif (kind is dict or kind is list) and _names_year(inner, year):
            return True
    return False


def _is_of(written: str, year: int) -> bool:
    found = decision_of(" ".join(written.split())) if len(written) < _LONGEST else None
    return found is not None and (found.date.year if found.date else found.year) == year


def _what(record: Record, cited: Cited) -> str:
    """``start – resan flyttas`` of a project's decisions, else what cites it: ``årsrapporter 2025``, ``budget 2026``."""
    where = cited.field.rpartition("]")[0] + "]" if "]" in cited.field else cited.field.partition(".")[0]
    entry = get(record.data, where)
    if where.startswith("decisions[") and isinstance(entry, dict):
        return " – ".join(filter(None, (_kind(entry), line(text(entry, "about")))))
    return lowered(label_at(kind_of(record.ref), where, record.data))


def _kind(entry: Data) -> str:
    described = PROJECT.by_key["decisions"].by_key["kind"]
    return str(described.absent) if "kind" not in entry else line(described.type.show(entry["kind"]))
