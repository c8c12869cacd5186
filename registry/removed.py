"""Records that once were and are not now: what each was, and the change that removed it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from registry.git.log import Matching, search
from registry.git.repository import Repository
from registry.history import Entry
from registry.records.kinds import LISTED, kind_of
from registry.records.values import Data, text
from registry.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Removed:
    """A record that is no more."""

    ref: str
    entry: Entry
    """The change that removed it."""
    data: Data
    """The record as it last was; empty where its file could not be read."""

    @property
    def title(self) -> str:
        """What it was called."""
        return text(self.data, kind_of(self.ref).title_key) or self.ref

    def as_json(self) -> dict[str, Any]:
        """The record as it was, and under ``removed`` when, by whom, why and under which decision."""
        told = self.entry.as_json(fields=False)
        return {
            "ref": self.ref,
            **self.data,
            "removed": {key: told[key] for key in ("commit", "date", "author", "why", "decision")},
        }


def removed(
    repo: Repository, now: Snapshot, kind: str = "", rev: str = "HEAD", *, patience: float | None = None
) -> Iterator[Removed | None]:
    """The records that are not among `now` and once were, of one kind or of all; the last removed first.

    One that has another name now (`Renamed-From`) was not removed. What only a merge removed comes last: as a rule a
    merge tells again what one of its sides did.
    """
    told = set[str]()
    by_merges: dict[str, Entry] = {}
    for raw in search(repo, rev, (kind,) if kind else LISTED, Matching(deletions=True), patience=patience):
        if raw is None:
            yield None
            continue
        entry = Entry(repo, raw)
        for ref in entry.refs:
            if ref in told or ref in now:
                continue
            if len(raw.parents) > 1:
                by_merges.setdefault(ref, entry)
                continue
            told.add(ref)
            if ref not in entry.message.all("Renamed-From"):
                yield _removed(ref, entry)
    yield from (_removed(ref, entry) for ref, entry in by_merges.items() if ref not in told)


def _removed(ref: str, entry: Entry) -> Removed:
    return Removed(ref, entry, entry.versions[ref][0] or {})
