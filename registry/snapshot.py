"""The whole registry, immutable, as of one commit or of the work tree (DESIGN.md section 1).

Lists, cards, rules, reports, "as of", diffs and merges are pure functions of snapshots. A snapshot reads a record when
it is looked at; what a broken file holds is kept as its fault, and never stops the rest from opening.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from registry.errors import BrokenFile
from registry.records.decisions import ALWAYS
from registry.records.fields import Kind
from registry.records.kinds import KINDS, kind_of
from registry.records.refs import folder_of, is_ref, path_of, ref_of
from registry.records.values import Data, tables, text
from registry.rows import Row, RowTable, row_of
from registry.summary import Summary, summarised
from registry.toml_files import read
from registry.uncollected import without_collecting

if TYPE_CHECKING:
    from registry.policy.digests import Digest


class Source(Protocol):
    """Where the files of a snapshot come from; the Git package has one for commits and one for the work tree."""

    @property
    def commit(self) -> str | None:
        """The commit that it is as of, or is based on; None before the first."""

    def paths(self, folder: str = "") -> Sequence[str]:
        """The files of the data folder, or of one folder in it, that stand where records stand."""

    def read(self, path: str) -> bytes | None:
        """One file, None if it is not there. Raises `BrokenFile`."""

    def rows(self) -> RowTable | None:
        """The rows, where they are known without reading every record."""

    def digests(self) -> Mapping[str, Digest] | None:
        """The digests of all projects that can be read, where they are known without reading every record."""

    def read_ahead(self, paths: Sequence[str]) -> None:
        """Make ready to `read` these, where that is cheaper for several at once."""

    def read_all(self, paths: Sequence[str]) -> Iterator[tuple[str, bytes | BrokenFile]]:
        """Many files, in bulk."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record as it reads in one snapshot."""

    ref: str
    data: Data

    @property
    def kind(self) -> Kind:
        """Its description."""
        return kind_of(self.ref)

    @property
    def title(self) -> str:
        """What people call it; the REF where it has no title."""
        return text(self.data, self.kind.title_key) or self.ref


class Snapshot:
    """The registry as of `source`, with `edits` (REF → record, None for removed) laid over it."""

    def __init__(
        self,
        source: Source,
        edits: Mapping[str, Data | None] | None = None,
        table: RowTable | None = None,
    ) -> None:
        """`table` holds the rows as they are before the edits, where they are known."""
        self._source = source
        self._edits = dict(edits or {})
        self._loaded: dict[str, Data | None] = {}
        self._faults: dict[str, BrokenFile] = {}
        self._table = table
        self._rows: dict[str, Mapping[str, Row]] = {}
        self._complete: set[str] = set()
        self._listed: dict[str, frozenset[str]] = {}

    @property
    def commit(self) -> str | None:
        """The commit that this is as of, or based on."""
        return self._source.commit

    @property
    def source(self) -> Source:
        """Where the files come from."""
        return self._source

    # reading one record

    def data(self, ref: str) -> Data | None:
        """The record as plain values; None if there is none, or none that can be read (`fault` says why)."""
        if ref in self._edits:
            return self._edits[ref]
        if ref not in self._loaded:
            self._loaded[ref] = self._read(ref)
        return self._loaded[ref]

    def record(self, ref: str) -> Record | None:
        """The record, or None as `data`."""
        found = self.data(ref)
        return None if found is None else Record(ref, found)

    def text(self, ref: str) -> str | None:
        """The file as it stands, before any edits laid over it; None if it is not there. Raises `BrokenFile`."""
        raw = self._source.read(path_of(ref))
        if (fault := self.fault(ref)) is not None:
            raise fault
        return None if raw is None else raw.decode("utf-8")

    def fault(self, ref: str) -> BrokenFile | None:
        """Why the file of `ref` cannot be read as a record."""
        self.data(ref)
        return self._faults.get(ref)

    def read_ahead(self, refs: Iterable[str]) -> None:
        """Say which records are going to be looked at: together they cost little more than one."""
        wanted = [ref for ref in dict.fromkeys(refs) if ref not in self._edits and ref not in self._loaded]
        if len(wanted) > 1:
            self._source.read_ahead([path_of(ref) for ref in wanted if is_ref(ref)])

    def __contains__(self, ref: str) -> bool:
        if ref in self._edits:
            return self._edits[ref] is not None
        if self._table is not None:
            found = self._table.of(folder_of(ref)) if is_ref(ref) else None
            return found is not None and (ref in found.rows or ref in found.faults)
        if (listed := self._listed.get(folder_of(ref), self._listed.get(""))) is not None:
            return ref in listed
        return self.data(ref) is not None or ref in self._faults

    def _read(self, ref: str) -> Data | None:
        if not is_ref(ref):
            return None  # a hand edit may refer to anything: no record has such a name
        try:
            raw = self._source.read(path_of(ref))
            return None if raw is None else read(raw, where=path_of(ref))
        except BrokenFile as fault:
            self._faults[ref] = fault
            return None

    # reading them all

    def refs(self, kind_id: str = "") -> list[str]:
        """The REFs of the records of one kind, or of all, sorted; broken ones too."""
        found = set(self._own_refs(kind_id))
        for ref, data in self._edits.items():
            (found.discard if data is None else found.add)(ref)
        return sorted(ref for ref in found if not kind_id or folder_of(ref) == kind_id)

    def _own_refs(self, kind_id: str) -> frozenset[str]:
        """The REFs of the files of one kind, or of all, looked for once."""
        if kind_id not in self._listed:
            self._listed[kind_id] = frozenset(self._list(kind_id))
        return self._listed[kind_id]

    def _list(self, kind_id: str) -> Iterable[str]:
        if self._table is not None:
            kinds = [self._table.of(each) for each in ([kind_id] if kind_id else KINDS)]
            return {ref for kind in kinds for known in kind for ref in known}
        if "" in self._listed:
            return (ref for ref in self._listed[""] if folder_of(ref) == kind_id)
        return filter(None, map(ref_of, self._source.paths(kind_id) if kind_id else self._paths))

    def records(self, kind_id: str = "") -> Iterator[Record]:
        """Every readable record of one kind, or of all, sorted by REF."""
        self._load(kind_id)
        for ref in self.refs(kind_id):
            if (record := self.record(ref)) is not None:
                yield record

    def faults(self) -> dict[str, BrokenFile]:
        """REF → what is wrong with its file, for every file that cannot be read as a record."""
        if self._table is None:
            self._load()
            known = self._faults
        else:
            known = self._table.faults()
        return {ref: fault for ref, fault in sorted(known.items()) if ref not in self._edits}

    def strangers(self) -> list[str]:
        """Files that stand where records stand under names that no record can have."""
        return sorted(path for path in self._paths if ref_of(path) is None)

    @cached_property
    def _paths(self) -> Sequence[str]:
        """Every file that stands where records stand, looked for once."""
        return self._source.paths()

    def _load(self, kind_id: str = "") -> None:
        """Read all records of a kind, or all, in bulk."""
        if self._complete & {"", kind_id}:
            return
        wanted = {
            path_of(ref): ref
            for ref in sorted(self._own_refs(kind_id))
            if ref not in self._loaded and ref not in self._faults and kind_id in {"", folder_of(ref)}
        }
        with without_collecting():
            for path, raw in self._source.read_all(list(wanted)):
                ref = wanted[path]
                try:
                    if isinstance(raw, BrokenFile):
                        raise raw
                    self._loaded[ref] = read(raw, where=path)
                except BrokenFile as fault:
                    self._loaded[ref] = None
                    self._faults[ref] = fault
        self._complete.add(kind_id)

    # rows and what refers to what

    @property
    def rows(self) -> Mapping[str, Row]:
        """REF → row, for every record that can be read."""
        if self._rows_known is None:
            self._load()
        return {ref: row for kind_id in KINDS for ref, row in self._rows_by_ref(kind_id).items()}

    def rows_of(self, kind_id: str) -> list[Row]:
        """The rows of one kind, sorted by REF."""
        return [row for _ref, row in sorted(self._rows_by_ref(kind_id).items())]

    def _rows_by_ref(self, kind_id: str) -> Mapping[str, Row]:
        if kind_id not in self._rows:
            self._rows[kind_id] = self._make_rows(KINDS[kind_id])
        return self._rows[kind_id]

    def _make_rows(self, kind: Kind) -> Mapping[str, Row]:
        if (table := self._rows_known) is None:
            records = filter(None, [self.record(kind.id)]) if kind.single else self.records(kind.id)
            return {record.ref: row_of(record.ref, kind, record.data) for record in records}
        known = table.of(kind.id).rows
        edits = {ref: data for ref, data in self._edits.items() if folder_of(ref) == kind.id}
        if not edits:
            return known
        kept = {ref: row for ref, row in known.items() if ref not in edits}
        return kept | {ref: row_of(ref, kind, data) for ref, data in edits.items() if data is not None}

    @cached_property
    def _rows_known(self) -> RowTable | None:
        return self._source.rows() if self._table is None and "" not in self._complete else self._table

    def digests(self) -> Mapping[str, Digest] | None:
        """REF → digest of every project that can be read, where that is known without reading them all."""
        return None if self._edits or self._complete & {"", "projects"} else self._source.digests()

    def summary(self, day: date) -> Summary:
        """The registry in a few figures."""
        known = None if self._edits or self._table is None else self._table.summary
        return known if known and known.day <= day.isoformat() else summarised(self.registry, self.rows_of, day)

    @cached_property
    def referrers(self) -> Mapping[str, tuple[str, ...]]:
        """REF or person id → the REFs of the records that refer to it."""
        found: dict[str, list[str]] = {}
        for row in self.rows.values():
            for target in row.points_to:
                found.setdefault(target, []).append(row.ref)
        return {target: tuple(sorted(refs)) for target, refs in found.items()}

    def title(self, ref: str) -> str:
        """What a record is called; the REF itself where it is not there."""
        if self._table is not None and ref not in self._edits and is_ref(ref):
            return self._table.title(ref) or ref
        record = self.record(ref)
        return ref if record is None else record.title

    # the registry and the policy

    @property
    def registry(self) -> Data:
        """`registry.toml`; empty where it cannot be read."""
        return self.data("registry") or {}

    @property
    def policy(self) -> Data:
        """`policy.toml`; empty where it cannot be read."""
        return self.data("policy") or {}

    @cached_property
    def goals(self) -> tuple[str, ...]:
        """The ids of the policy's goals, in its order."""
        return tuple(dict.fromkeys(own for goal in tables(self.policy, "goals") if (own := text(goal, "id"))))

    @property
    def language(self) -> str:
        """The language of commit messages and reports: ``sv`` unless the registry says otherwise."""
        return text(self.registry, "language") or "sv"

    @cached_property
    def bodies(self) -> frozenset[str]:
        """The abbreviations that decisions may use, beside KF and KS."""
        return self._own_bodies | self._boards

    def decides(self, body: str) -> bool:
        """Whether decisions may name that body. The departments are read only where the registry does not name it."""
        return body in ALWAYS or body in self._own_bodies or body in self._boards

    @cached_property
    def _own_bodies(self) -> frozenset[str]:
        return frozenset(filter(None, (text(body, "short") for body in tables(self.registry, "bodies"))))

    @cached_property
    def _boards(self) -> frozenset[str]:
        return frozenset(filter(None, (text(record.data, "board_short") for record in self.records("departments"))))

    def followed_by(self, source: Source, refs: Iterable[str]) -> Snapshot:
        """The registry as of `source`, which differs from this one's in the records `refs` alone: the rest stays read."""
        new = Snapshot(source)
        changed = frozenset(refs)
        new._loaded = {ref: data for ref, data in self._loaded.items() if ref not in changed}
        new._faults = {ref: fault for ref, fault in self._faults.items() if ref not in changed}
        return new

    @cached_property
    def bodies_by_short(self) -> Mapping[str, tuple[str, ...]]:
        """Abbreviation → the names of all that go by it now: the registry's bodies, the boards of its departments.

        Departments that have ended are left out: their board's abbreviation may be another's today.
        """
        found: dict[str, dict[str, str]] = {}
        for short, name in self._named_bodies():
            if short and name:
                found.setdefault(short, {}).setdefault(" ".join(name.split()).casefold(), name)
        return {short: tuple(names.values()) for short, names in found.items()}

    def _named_bodies(self) -> Iterator[tuple[str, str]]:
        for body in tables(self.registry, "bodies"):
            yield text(body, "short"), text(body, "name")
        for record in self.records("departments"):
            if "active_until" not in record.data:
                yield text(record.data, "board_short"), text(record.data, "board")

    def edited(self, edits: Mapping[str, Data | None]) -> Snapshot:
        """The same registry with these records as given; the files themselves stay."""
        new = Snapshot(self._source, {**self._edits, **edits}, self._table)
        new._loaded = self._loaded
        new._faults = self._faults
        new._complete = self._complete
        new._listed = self._listed
        return new
