"""A record as it stands, or last stood, every change that made it so, and what of it was erased."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from registry.erasures import recorded
from registry.errors import NotFound
from registry.history import Entry
from registry.progress import Progress
from registry.records.display import Group, rows, with_implied
from registry.records.fields import Kind
from registry.records.kinds import kind_of
from registry.records.refs import is_ref
from registry.records.values import Data, Value
from registry.reports.asked import Asked
from registry.reports.parts.history import PATIENCE, Told, told
from registry.reports.parts.renamed import called_in, gave_up
from registry.timeline import history_of
from registry.words import _

_PERSON: Final = re.compile(r"p-[a-z2-9]{6}")


@dataclass(frozen=True, slots=True)
class Life:
    """A record and its history."""

    ref: str
    kind: Kind
    data: Data
    """As it stands; as it last stood where it was removed; empty where its file cannot be read."""
    card: Sequence[Group]
    """All that it says, in words."""
    named: bool
    """Whether people are called by their names."""
    asked_as: str
    """The name that it was asked for by, where it has another one now; else ""."""
    removed: Told | None
    """The change that removed it; None where it is there, or where its removal was not saved."""
    there: bool
    """Whether it is in the registry."""
    fault: str
    """Why its file cannot be read; "" where it can."""
    unsaved: bool
    """Whether what stands in the folder is not what was saved last."""
    changes: Sequence[Told]
    """Every change, the oldest first."""
    incomplete: bool
    """Whether this copy of the history begins later than the record does."""
    erasures: Sequence[Data]
    """The erasures on record of people whom the record names or named."""


def gathered(asked: Asked) -> Generator[Progress, None, Life]:
    """The record `asked.ref`, under the name that it has now; a removed one too. Raises `NotFound`."""
    ref = called_in(asked.store, asked.snapshot, asked.ref)
    snapshot = asked.snapshot
    entries: list[Entry] = []
    if snapshot.commit is not None and is_ref(ref):
        for entry in history_of(asked.store.repo, ref, snapshot.commit, fields=True, patience=PATIENCE):
            if entry is not None:
                entries.append(entry)
            yield Progress(_("History"), len(entries))
    if ref not in snapshot and not entries:
        raise NotFound(
            _("Nothing was ever saved under the name %(ref)s.") % {"ref": asked.ref},
            _("vanort list shows what there is."),
        )
    changes = [told(entry, entry.of, asked.names) for entry in reversed(entries)]
    there, kind = ref in snapshot, kind_of(ref)
    data = (snapshot.data(ref) if there else _last(entries)) or {}
    fault = snapshot.fault(ref) if there else None
    return Life(
        ref,
        kind,
        data,
        rows(kind, with_implied(kind, data), asked.names) if data else (),
        asked.named,
        asked.ref if asked.ref != ref else "",
        changes[-1] if not there and gave_up(entries[0], entries[0].of) else None,
        there,
        fault.message if fault else "",
        _unsaved(asked, ref),
        changes,
        any(entry.begins for entry in entries),
        _erasures(snapshot.registry, [data, *_versions(entries)]),
    )


def _last(entries: Sequence[Entry]) -> Data | None:
    """The record as it last was, of one that is no more."""
    versions = (entry.versions.get(entry.of, (None, None)) for entry in entries)
    return next((new or old for old, new in versions if new or old), None)


def _unsaved(asked: Asked, ref: str) -> bool:
    commit = asked.snapshot.commit
    return commit is None or asked.store.committed(commit).data(ref) != asked.snapshot.data(ref)


def _versions(entries: Sequence[Entry]) -> Iterator[Data]:
    """Every version of the record that the changes tell of."""
    for entry in entries:
        for name in (entry.of, entry.renamed.get(entry.of, entry.of)):
            yield from (data for data in entry.versions.get(name, ()) if data is not None)


def _erasures(registry: Data, versions: Sequence[Data]) -> list[Data]:
    """The erasures of those who are named in any version, in the order in which they were made."""
    known = recorded(registry)
    named = {person for data in versions for person in _people(data)} if known else set[str]()
    found = [entry for person, entry in known.items() if person in named]
    return sorted(found, key=lambda entry: (str(entry.get("date", date.min)), str(entry.get("person", ""))))


def _people(value: Value) -> Iterator[str]:
    """Every id of a person in a value."""
    if isinstance(value, str):
        yield from _PERSON.findall(value)
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _people(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _people(inner)
