"""Every decision that was ever cited: what was changed under it, and what in the records cites it.

The same decision is one, however it was written: with another space, with or without its registry number
(`registry.decision_keys`). Pure: changes and records go in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from registry.decision_keys import Key, body_of, key_of, read_decision, year_of
from registry.differences import FieldChange
from registry.records.entries import ids
from registry.records.fields import Field
from registry.records.kinds import kind_of
from registry.records.paths import get, quoted
from registry.records.types import Date, DecisionText, Table, Tables
from registry.records.values import Data, Value, text

if TYPE_CHECKING:
    from registry.history import Entry
    from registry.snapshot import Record

EXPECTED: Final = "decision_expected"
"""What is hoped for is no decision yet: cited only as expected."""
_BESIDE: Final = ("decision", "treated")
"""The keys of an entry that say which decision its values rest on."""


@dataclass(frozen=True, slots=True)
class Done:
    """A change that was made under a decision."""

    commit: str
    when: datetime
    author: str
    subject: str
    records: tuple[str, ...]

    @classmethod
    def by(cls, entry: Entry) -> Done:
        """What a commit did."""
        return cls(entry.commit, entry.date, entry.author, entry.subject, entry.refs)

    def as_json(self) -> dict[str, Any]:
        """Plain values for scripts."""
        return {
            "commit": self.commit,
            "date": self.when.isoformat(),
            "author": self.author,
            "subject": self.subject,
            "records": list(self.records),
        }


@dataclass(frozen=True, slots=True)
class Cited:
    """A field of a record that names a decision."""

    ref: str
    field: str
    written: str
    expected: bool = False


@dataclass(slots=True)
class Cases:
    """One decision, and all that there is about it."""

    key: Key
    written: list[str] = field(default_factory=list)
    """Every way that it was written, each once."""
    changes: list[Done] = field(default_factory=list)
    cited: list[Cited] = field(default_factory=list)

    @property
    def words(self) -> str:
        """The fullest way that it was written, as minutes write it where it is a decision."""
        fullest = max(self.written, key=len)
        found = read_decision(fullest)
        return str(found) if found is not None else fullest

    @property
    def body(self) -> str:
        """Who decided; "" where that is not told."""
        return body_of(self.written[0])

    @property
    def year(self) -> int | None:
        """The year it was decided in, where it is told."""
        return year_of(self.written[0])

    @property
    def day(self) -> date:
        """For ordering: the day, else the year's first; what tells neither comes last."""
        when = self.key.when
        return when if isinstance(when, date) else date(when, 1, 1) if when else date.min

    def note(self, written: str) -> None:
        """It was written like this, too."""
        if written not in self.written:
            self.written.append(written)

    def as_json(self) -> dict[str, Any]:
        """Plain values for scripts."""
        when = self.key.when
        return {
            "decision": self.words,
            "body": self.body,
            "date": when.isoformat() if isinstance(when, date) else None,
            "year": self.year,
            "written": list(self.written),
            "changes": [done.as_json() for done in self.changes],
            "cited": [{"ref": one.ref, "field": one.field, "expected": one.expected} for one in self.cited],
        }


class Collection:
    """The decisions cited so far; changes and records may come in any order, as they are read."""

    def __init__(self) -> None:
        self._cases: dict[Key, Cases] = {}

    def add_change(self, entry: Entry) -> None:
        """Count what a commit was made under."""
        for written in entry.message.all("Decision"):
            if (case := self._case(written)) is not None:
                case.changes.append(Done.by(entry))

    def add_record(self, record: Record) -> None:
        """Count what a record cites."""
        for cited in citations(record):
            if (case := self._case(cited.written)) is not None:
                case.cited.append(cited)

    def _case(self, written: str) -> Cases | None:
        if (key := key_of(written)) is None:
            return None
        case = self._cases.setdefault(key, Cases(key))
        case.note(" ".join(written.split()))
        return case

    def all(self, body: str = "", year: int | None = None) -> list[Cases]:
        """The decisions, the latest first; of one body, of one year."""
        wanted = (
            case
            for case in self._cases.values()
            if body.casefold() in {"", case.body.casefold()} and year in {None, case.year}
        )
        return sorted(wanted, key=lambda case: (case.day, case.key.paragraph.zfill(8), case.words), reverse=True)


def citations(record: Record) -> Iterator[Cited]:
    """Every field of a record that names a decision."""
    yield from _within(record.ref, kind_of(record.ref).fields, record.data, "")


def _within(ref: str, fields: Iterable[Field], data: Data, prefix: str) -> Iterator[Cited]:
    for described in fields:
        value, path = data.get(described.key), f"{prefix}{quoted(described.key)}"
        if isinstance(described.type, DecisionText) or described.key == EXPECTED:
            if isinstance(value, str) and value.strip():
                yield Cited(ref, path, value, expected=described.key == EXPECTED)
        elif isinstance(described.type, Table) and isinstance(value, Mapping):
            yield from _within(ref, described.fields, value, f"{path}.")
        elif isinstance(described.type, Tables):
            yield from _entries(ref, described, value, path)


def _entries(ref: str, described: Field, value: Value, path: str) -> Iterator[Cited]:
    entries = [entry if isinstance(entry, Mapping) else {} for entry in value] if isinstance(value, list) else []
    for number, (entry, own) in enumerate(zip(entries, ids(entries), strict=True)):
        yield from _within(ref, described.fields, entry, f"{path}[{own or number}].")


# what was changed without one


def undecided(entry: Entry) -> Iterator[FieldChange]:
    """The changes of status, money, commitments or agreements that rest on no decision: neither the commit's, nor one
    that stands beside the value in the same entry. A registry's opening changes nothing.
    """
    if entry.decision or entry.act == "init":
        return
    for change in entry.fields():
        if _matters(change) and not _stands_beside(change, entry.versions[change.ref]):
            yield change


def _matters(change: FieldChange) -> bool:
    return (
        change.weighty
        and change.field is not None
        and not isinstance(change.field.type, Date)
        and (change.path not in {"open_ended"})
    )


def _stands_beside(change: FieldChange, versions: tuple[Data | None, Data | None]) -> bool:
    """Whether the entry that the value stands in, as it was after the change (or before it went), names a decision."""
    where, bracket, _rest = change.path.rpartition("]")
    if not bracket:
        return False
    old, new = versions
    entry = get(new or {}, f"{where}]") or get(old or {}, f"{where}]")
    return isinstance(entry, Mapping) and any(text(entry, key).strip() for key in _BESIDE)
