"""From rows to edits: what would be added and changed, and each row that cannot be taken, with the cell and the reason.

A row that names its record by REF says all of it that the sheet has columns for: an empty cell clears. One that does
not is the record that is called the same (and starts the same day), or a new one; what it leaves empty it says nothing
of. Nothing is ever removed by an import: neither records nor entries that a file does not have.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import is_
from typing import Final

from registry.creation import new_record
from registry.errors import BadInput, VanortError
from registry.exchange.cells import Cell, as_text, settled
from registry.exchange.entry_rows import Numbered, put_into, with_rows
from registry.exchange.places import Bad, Place
from registry.exchange.recognising import Reads, Recognised
from registry.exchange.table_rows import TableRows, is_blank_cell
from registry.plain_text import fold
from registry.progress import PORTION, Progress
from registry.records.entries import content, same
from registry.records.fields import Kind
from registry.records.kinds import kind_of
from registry.records.refs import folder_of, parse_ref
from registry.records.typed_values import Reader
from registry.records.values import Data, Value, is_absent, text, told
from registry.snapshot import Snapshot
from registry.toml_files import normal
from registry.words import _, speaking

_MANY: Final = 500
"""Rows from which on all records of a kind are read at once."""


@dataclass
class Draft:
    """A record as it is to be, and the rows that say so."""

    ref: str
    """"" until a new one gets its name."""
    kind: Kind
    before: Data | None
    data: Data
    """`before` itself as long as nothing is changed."""
    places: list[Place] = field(default_factory=list)
    own: Place | None = None
    """The row of the record itself."""


@dataclass(frozen=True)
class Proposal:
    """What a file comes to."""

    edits: Mapping[str, Data]
    """REF → the whole record, of those that are added or changed."""
    added: frozenset[str]
    places: Mapping[str, Sequence[Place]]
    """REF → the rows that it came from, the record's own first."""
    bad: Sequence[Bad]
    unchanged: int
    """Records that the file has as they are."""


class Proposing:
    """Gathers what tables say. Take the sheets of records before those of their lists, and `finish` at the end."""

    def __init__(self, snapshot: Snapshot, reader: Reader, today: date, program: str) -> None:
        self.snapshot, self._reader, self._today, self._program = snapshot, reader, today, program
        self._drafts: dict[str, Draft] = {}
        self._fresh: dict[tuple[str, str], list[Draft]] = {}
        """(kind, folded title) → drafts without a REF."""
        self._titles: dict[str, dict[str, list[str]]] = {}
        self._bad: list[Bad] = []

    # --- tables -----------------------------------------------------------------------------------------------------

    def take(self, recognised: Recognised) -> Generator[Progress, None, None]:
        """All rows of a table, yielding now and then so that others get a turn."""
        table, sheet = recognised.table, recognised.sheet
        self._read_ahead(recognised)
        rows = TableRows(recognised, self._reader)
        owned: dict[int, tuple[Draft, list[Numbered]]] = {}
        for number in range(recognised.header + 1, len(table.rows)):
            if (number - recognised.header) % PORTION == 0:
                yield Progress(table.name or str(sheet.words), number)
            place = Place(table.name, number + 1)
            if rows.is_blank(number):
                continue
            if wrong := rows.spoilt(number, place):
                self._bad.extend(wrong)
            elif sheet.list is None:
                self._take_record(rows, number, place)
            elif (draft := self._owner(rows, number, place)) is not None:
                owned.setdefault(id(draft), (draft, []))[1].append(Numbered(number, place))
        for draft, numbers in owned.values():
            self._take_entries(draft, rows, numbers)

    def _read_ahead(self, recognised: Recognised) -> None:
        refs = [read.at for read in recognised.reads if read.role == "ref"]
        rows = recognised.table.rows[recognised.header + 1 :]
        if len(rows) >= _MANY and refs:
            for _record in self.snapshot.records(recognised.sheet.kind.id):
                break  # the first of them reads them all, in bulk
        elif refs:
            named = (row[refs[0]] for row in rows if refs[0] < len(row))
            self.snapshot.read_ahead(ref for ref in named if isinstance(ref, str))

    def _take_record(self, rows: TableRows, number: int, place: Place) -> None:
        try:
            draft, named = self._draft_of(rows, number, place)
        except _Wrong as refused:
            self._bad.append(refused.bad)
            return
        changes, wrong = rows.differing(number, place, draft.data, clears=named)
        if wrong:
            self._bad.extend(wrong)
            return
        if changes:
            draft.data = _changed(draft.data, changes)
        self._keep(draft, place, own=True)

    def _draft_of(self, rows: TableRows, number: int, place: Place) -> tuple[Draft, bool]:
        """The record that a row is of, and whether the row names it by REF. Raises `_Wrong`."""
        sheet = rows.recognised.sheet
        if rows.ref is not None and not is_blank_cell(given := rows.cell(number, rows.ref.at)):
            ref = self._ref(rows, number, place, given)
            draft = self._drafts.get(ref) or self._existing(ref, rows, number, place)
            if draft.own is not None:
                raise _Wrong(rows.bad(place, number, rows.ref, _("It stands in %(row)s already.") % {"row": draft.own}))
            return draft, True
        title = rows.peek(number, sheet.kind.title_key)
        if not isinstance(title, str):
            reason = _("The row has no %(field)s.") % {"field": sheet.kind.by_key[sheet.kind.title_key].label}
            raise _Wrong(rows.unreadable(number, place, sheet.kind.title_key) or Bad(place, reason))
        start = rows.peek(number, "start") if sheet.kind.id == "projects" else None
        alike = [ref for ref in self._called(sheet.kind, title) if self._starts(ref, start)]
        if len(alike) > 1:
            reason = _("It may be any of %(refs)s; write the one meant in a column REF.") % {"refs": ", ".join(alike)}
            raise _Wrong(Bad(place, reason))
        if alike:
            draft = self._drafts.get(alike[0]) or self._existing(alike[0], rows, number, place)
        else:
            same_name = self._fresh.get((sheet.kind.id, fold(title)), [])
            found = next((one for one in same_name if same(one.data.get("start"), start)), None)
            draft = found or Draft("", sheet.kind, None, {})
        if draft.own is not None:
            raise _Wrong(Bad(place, _("It stands in %(row)s already.") % {"row": draft.own}))
        return draft, False

    def _ref(self, rows: TableRows, number: int, place: Place, given: Cell) -> str:
        assert rows.ref is not None  # noqa: S101 - for the type alone
        try:
            ref = parse_ref(as_text(given))
        except BadInput as error:
            raise _Wrong(rows.bad(place, number, rows.ref, str(error))) from None
        if folder_of(ref) != rows.recognised.sheet.kind.id:
            reason = _("%(ref)s is another kind of record.") % {"ref": ref}
            raise _Wrong(rows.bad(place, number, rows.ref, reason))
        return ref

    def _existing(self, ref: str, rows: TableRows, number: int, place: Place) -> Draft:
        """A draft of the record that is there, or of a new one that is to have that name."""
        if (fault := self.snapshot.fault(ref)) is not None:
            raise _Wrong(Bad(place, str(fault)))
        before = self.snapshot.data(ref)
        if before is None and rows.recognised.sheet.list is not None:
            reason = _("There is no record %(ref)s.") % {"ref": ref}
            raise _Wrong(rows.bad(place, number, rows.ref, reason) if rows.ref else Bad(place, reason))
        return Draft(ref, kind_of(ref), before, {} if before is None else before)

    def _called(self, kind: Kind, title: str) -> list[str]:
        """The REFs of the records that are called so."""
        if kind.id not in self._titles:
            titles: dict[str, list[str]] = {}
            for row in self.snapshot.rows_of(kind.id):
                titles.setdefault(fold(row.title), []).append(row.ref)
            self._titles[kind.id] = titles
        return self._titles[kind.id].get(fold(title), [])

    def _starts(self, ref: str, start: Value) -> bool:
        if start is None:
            return True
        own = (self.snapshot.data(ref) or {}).get("start")
        return own is None or same(own, start)

    def _keep(self, draft: Draft, place: Place, *, own: bool = False) -> None:
        draft.places.append(place)
        if own:
            draft.own = place
        if draft.ref:
            self._drafts[draft.ref] = draft
        elif own:
            self._fresh.setdefault((draft.kind.id, fold(text(draft.data, draft.kind.title_key))), []).append(draft)

    # --- entries ----------------------------------------------------------------------------------------------------

    def _take_entries(self, draft: Draft, rows: TableRows, numbers: Sequence[Numbered]) -> None:
        """All that a table says of one list of a record."""
        if rows.recognised.sheet.list is None:
            return
        key = rows.recognised.sheet.list.key
        found = draft.data.get(key)
        entries, taken, bad = with_rows(found if isinstance(found, list) else [], rows, numbers)
        self._bad.extend(bad)
        if taken and not (isinstance(found, list) and len(found) == len(entries) and all(map(is_, found, entries))):
            draft.data = {**draft.data, key: entries}
        draft.places.extend(taken)

    def _owner(self, rows: TableRows, number: int, place: Place) -> Draft | None:
        """The record that an entry belongs to; None where there is none, which is told."""
        try:
            draft = self._owned_by(rows, number, place)
        except _Wrong as refused:
            self._bad.append(refused.bad)
            return None
        if draft.ref:
            self._drafts[draft.ref] = draft
        return draft

    def _owned_by(self, rows: TableRows, number: int, place: Place) -> Draft:
        """The record that an entry belongs to: by REF, else by what it is called. Raises `_Wrong`."""
        kind = rows.recognised.sheet.kind
        if rows.ref is not None and not is_blank_cell(given := rows.cell(number, rows.ref.at)):
            ref = self._ref(rows, number, place, given)
            return self._drafts.get(ref) or self._existing(ref, rows, number, place)
        said = rows.cell(number, rows.record.at) if rows.record is not None else None
        if is_blank_cell(said):
            raise _Wrong(Bad(place, _("The row does not say which record it belongs to.")))
        title = settled(as_text(said))
        fresh = self._fresh.get((kind.id, fold(title)), [])
        refs = self._called(kind, title)
        if len(fresh) + len(refs) != 1:
            reason = (
                _("There is no record called “%(title)s”.") if not fresh and not refs
                else _("Several records are called “%(title)s”; write the one meant in the column REF.")
            )  # fmt: skip
            raise _Wrong(Bad(place, reason % {"title": told(title)}))
        return fresh[0] if fresh else self._drafts.get(refs[0]) or self._existing(refs[0], rows, number, place)

    # --- the end ----------------------------------------------------------------------------------------------------

    def take_whole(self, ref: str, kind: Kind, data: Data, place: Place) -> None:
        """A record that is given as a whole, and not as a row: what JSON has."""
        known = self._drafts.get(ref)
        if known is not None:
            self._bad.append(Bad(place, _("It stands in %(row)s already.") % {"row": known.own or known.places[0]}))
            return
        if ref and (fault := self.snapshot.fault(ref)) is not None:
            self._bad.append(Bad(place, str(fault)))
            return
        draft = Draft(ref, kind, self.snapshot.data(ref) if ref else None, dict(data))
        self._keep(draft, place, own=True)

    def refuse(self, bad: Iterable[Bad]) -> None:
        """Rows that somebody else has found something wrong with."""
        self._bad.extend(bad)

    def finish(self) -> Proposal:
        """All of it: new records get their names, and what began before the registry is said to be recorded afterwards."""
        edits: dict[str, Data] = {}
        added: set[str] = set()
        places: dict[str, Sequence[Place]] = {}
        unchanged = 0
        fresh = [draft for drafts in self._fresh.values() for draft in drafts]
        if fresh:
            self.snapshot.refs()  # listed once, so that no name that is free has to be looked for
        for draft in sorted(
            (one for one in (*self._drafts.values(), *fresh) if one.places), key=lambda one: one.places[0]
        ):
            if draft.before is not None:
                if draft.data is draft.before or same(normal(draft.before), normal(draft.data)):
                    unchanged += 1
                    continue
                ref, data = draft.ref, draft.data
            else:
                try:
                    ref, data = self._new(draft, added)
                except VanortError as error:
                    self._bad.extend(Bad(place, str(error)) for place in draft.places)
                    continue
                added.add(ref)
            edits[ref] = data
            places[ref] = tuple(draft.places)
        return Proposal(edits, frozenset(added), places, tuple(self._bad), unchanged)

    def _new(self, draft: Draft, taken: set[str]) -> tuple[str, dict[str, Value]]:
        """The name of a record that is to be added, and all that it says."""
        given = {key: value for key, value in draft.data.items() if not is_absent(value)}
        if draft.kind.single:
            return draft.ref, given
        ref, made = new_record(draft.kind, given, self.snapshot, self._today, ref=draft.ref, taken=taken)
        if made.get("recorded_afterwards") is True and is_absent(made.get("source")) and draft.own is not None:
            with speaking(self.snapshot.language):
                row = _("row %(row)s") if self._program != "JSON" else _("record %(row)s")
                made["source"] = f"{self._program}, {row % {'row': draft.own.row}}"
        return ref, made


class _Wrong(Exception):
    """A row that cannot be taken."""

    def __init__(self, bad: Bad) -> None:
        super().__init__(str(bad))
        self.bad = bad


def _changed(before: Data, changes: Sequence[tuple[Reads, Value | None]]) -> Data:
    """The record with what a row says of it; columns that are one entry of a list make one together."""
    made = dict(before)
    entries: dict[str, dict[str, Value]] = {}
    for read, value in changes:
        if read.column is not None:
            into = made if read.entry is None else entries.setdefault(read.entry.key, {})
            put_into(into, read.column.keys, value)
    for key, entry in entries.items():
        _add_entry(made, key, entry)
    return made


def _add_entry(data: dict[str, Value], key: str, entry: Data) -> None:
    """Add an entry to a list, unless there is one that says just that already."""
    found = data.get(key)
    entries = list(found) if isinstance(found, list) else []
    if not any(isinstance(one, Mapping) and content(entry).items() <= content(one).items() for one in entries):
        data[key] = [*entries, dict(entry)]
