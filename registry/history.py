"""The history as entries: each commit with its reason, decision and fields (DESIGN.md section 6, JSON).

An entry's prose and trailers come from its message; what changed comes from the files themselves, read when it is
asked for, so that a commit made without Vänort tells its fields as well.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Final, NamedTuple, TypeAlias

from registry.differences import FieldChange, differences
from registry.errors import BrokenFile
from registry.git.log import Change as FileChange
from registry.git.log import RawCommit, walk
from registry.git.objects import read_objects
from registry.git.repository import Repository
from registry.messages import Message, parse
from registry.records.refs import path_of, ref_of
from registry.records.types import BARE, Names
from registry.records.values import Data
from registry.renamed import renamings
from registry.toml_files import read

Versions: TypeAlias = dict[str, tuple[Data | None, Data | None]]
_AT_ONCE: Final = 50


class Made(NamedTuple):
    """What a commit made of a record."""

    data: Data | None
    """None where it took it away, or left what cannot be read."""
    new: bool
    """Whether there was no such file before."""


@dataclass(frozen=True)
class Entry:
    """One commit of the registry's history."""

    repo: Repository
    raw: RawCommit
    complete: bool = True
    """Whether `raw` tells all files that it changed, and not those alone that were asked for."""
    of: str = ""
    """Where one record's history was asked for, what it was called after this change."""
    formerly: str = ""
    """What that was called before, where it is known though the message does not tell: a merge brought the new name."""

    @property
    def commit(self) -> str:
        """The commit's id."""
        return self.raw.commit

    @property
    def author(self) -> str:
        """Who entered it; who decided is `decision`."""
        return self.raw.author

    @property
    def email(self) -> str:
        """The author's address."""
        return self.raw.email

    @property
    def date(self) -> datetime:
        """When it was entered, with its time zone."""
        return self.raw.date

    @cached_property
    def message(self) -> Message:
        """The message, taken apart."""
        return parse(self.raw.message)

    @property
    def subject(self) -> str:
        """The first line."""
        return self.message.subject

    @property
    def why(self) -> str:
        """The reason."""
        return self.message.why

    @property
    def decision(self) -> str:
        """The decision that it was made under, or ""."""
        return self.message.one("Decision")

    @property
    def decisions(self) -> tuple[str, ...]:
        """All that it names: `decision` is the first of them."""
        return self.message.all("Decision")

    @property
    def act(self) -> str:
        """The kind of change; "" for a commit made without Vänort."""
        return self.message.one("Change")

    @property
    def exceptions(self) -> tuple[str, ...]:
        """The clauses that it knowingly made an exception from."""
        return self.message.all("Policy-Override")

    @property
    def overrides(self) -> tuple[str, ...]:
        """The clauses that were overridden or breached."""
        return self.message.all("Policy-Override") + self.message.all("Policy-Breach")

    @property
    def breaches(self) -> tuple[str, ...]:
        """Those of them that were breached: what had already happened, and the policy does not allow."""
        return self.message.all("Policy-Breach")

    @property
    def reverts(self) -> str:
        """The commit that it takes back, or ""."""
        return self.message.one("Reverts")

    @property
    def correction(self) -> bool:
        """Whether it corrects the record, and tells of no event."""
        return self.message.one("Correction") == "yes"

    @cached_property
    def changes(self) -> tuple[FileChange, ...]:
        """The files that it changed, against its first parent; read when it is asked for, where they are not all known."""
        if self.raw.changes is not None and self.complete:
            return self.raw.changes
        return next(walk(self.repo, self.commit, limit=1)).changes or ()

    @cached_property
    def begins(self) -> bool:
        """Whether this copy of the history begins here though it went on (a shallow clone): what it changed is not known."""
        return not self.raw.parents and self.commit in self.repo.shallow_at()

    @cached_property
    def refs(self) -> tuple[str, ...]:
        """The records whose files it changed, as the tree tells; none where that is not known."""
        return () if self.begins else tuple(filter(None, (ref_of(change.path) for change in self.changes)))

    @property
    def files(self) -> dict[str, tuple[bytes | None, bytes | None]]:
        """REF → its file before and after, to the byte; None where there was none."""
        contents = _contents(self.repo, self.changes)
        return {
            ref: (contents.get(change.old or ""), contents.get(change.new or ""))
            for change in self.changes
            if (ref := ref_of(change.path)) and not self.begins
        }

    def unreadable(self, ref: str) -> tuple[bool, bool]:
        """Whether the record's file was there and could not be read: before the change, and after it."""
        return _unreadable(self.versions.get(ref, (None, None)), self._change_of(ref))

    def _change_of(self, ref: str) -> FileChange | None:
        return next((change for change in self.changes if ref_of(change.path) == ref), None)

    @cached_property
    def versions(self) -> Versions:
        """REF → the record before and after; None where there was none, or none that could be read."""
        return _read(self.repo, self.changes)

    @cached_property
    def renamed(self) -> dict[str, str]:
        """New REF → old REF of the records that it gave another name."""
        return {new: old for old, new in renamings(self)}

    def fields(self, names: Names = BARE, refs: tuple[str, ...] = ()) -> list[FieldChange]:
        """Every field that it gave another value, of the records `refs` or of all of them; no others are read.

        A record with a new name is compared with what it was before.
        """
        if self.begins:
            return []
        if not refs or "versions" in self.__dict__:
            versions = self.versions
        else:
            wanted = {*refs, *(self.renamed.get(ref, ref) for ref in refs)}
            versions = _read(self.repo, [change for change in self.changes if ref_of(change.path) in wanted])
        gone = self.renamed.values()
        told = (ref for ref in versions if (not refs or ref in refs) and ref not in gone)
        return [change for ref in told for change in self._fields_of(ref, versions, names)]

    def _fields_of(self, ref: str, versions: Versions, names: Names) -> list[FieldChange]:
        """The fields of one record; of a file that could not be read, none are known to differ."""
        if any(_unreadable(versions[ref], self._change_of(ref))):
            return []
        old, new = versions[ref]
        if (former := self.renamed.get(ref)) is not None:
            old = versions.get(former, (None, None))[0]
        return differences(ref, old, new, names)

    def as_json(self, *, fields: bool = True) -> dict[str, Any]:
        """The keys that scripts rely on."""
        return {
            "commit": self.commit,
            "author": self.author,
            "email": self.email,
            "date": self.date.isoformat(),
            "subject": self.subject,
            "why": self.why,
            "decision": self.decision,
            "decisions": list(self.decisions),
            "change": self.act,
            "overrides": list(self.overrides),
            "breaches": list(self.breaches),
            "correction": self.correction,
            "records": list(self.refs),
            "renamed": self.renamed,
            "known": not self.begins,
            "unreadable": [ref for ref in self.refs if self.unreadable(ref)[1]] if fields else [],
            "fields": [change.as_json() for change in self.fields()] if fields else [],
        }


def _unreadable(versions: tuple[Data | None, Data | None], change: FileChange | None) -> tuple[bool, bool]:
    """Whether a file was there and was no record, before and after a change of it."""
    if change is None:
        return False, False
    return change.old is not None and versions[0] is None, change.new is not None and versions[1] is None


def readable(content: bytes | None) -> Data | None:
    """The record in a file of the past; None where there was no file, or none that could be read."""
    if content is None:
        return None
    try:
        return read(content)
    except BrokenFile:
        return None


def history(
    repo: Repository, ref: str = "", rev: str = "HEAD", limit: int | None = None, *, fields: bool = False
) -> Iterator[Entry]:
    """Every change, newest first, streaming; of one record where `ref` is given. Merges' losing sides are included.

    `fields` reads what all of them changed by the dozen, where every entry is going to be asked for its fields.
    """
    paths = (path_of(ref),) if ref else ()
    entries = (Entry(repo, raw) for raw in walk(repo, rev, paths, limit=limit))
    return filter(None, with_versions(repo, entries)) if fields else entries


def with_versions(repo: Repository, entries: Iterator[Entry | None]) -> Iterator[Entry | None]:
    """The entries with what they changed read by the dozen; at a pause (None) at once, what there is."""
    waiting: list[Entry] = []
    for entry in entries:
        if entry is not None:
            waiting.append(entry)
        if entry is None or len(waiting) == _AT_ONCE:
            yield from _read_together(repo, waiting)
            waiting = []
        if entry is None:
            yield None
    yield from _read_together(repo, waiting)


def _read_together(repo: Repository, several: Sequence[Entry]) -> Iterator[Entry]:
    contents = _contents(repo, [change for entry in several for change in entry.changes])
    for entry in several:
        entry.__dict__["versions"] = _versions(entry.changes, contents)  # as the cached property would
        yield entry


def made_by(repo: Repository, commits: Sequence[RawCommit], refs: Collection[str]) -> Iterator[Mapping[str, Made]]:
    """What each of the commits made of the records `refs`, all read at once; no others are, and none as it was before."""
    asked = [[change for change in raw.changes or () if ref_of(change.path) in refs] for raw in commits]
    contents = _blobs(repo, [change.new for changes in asked for change in changes])
    for changes in asked:
        yield {
            ref: Made(readable(contents.get(change.new or "")), change.old is None)
            for change in changes
            if (ref := ref_of(change.path))
        }


def _read(repo: Repository, changes: Sequence[FileChange]) -> Versions:
    return _versions(changes, _contents(repo, changes))


def _contents(repo: Repository, changes: Sequence[FileChange]) -> dict[str, bytes]:
    """Blob → content, of all the records among the files that were changed."""
    return _blobs(repo, [blob for change in changes if ref_of(change.path) for blob in (change.old, change.new)])


def _blobs(repo: Repository, blobs: Iterable[str | None]) -> dict[str, bytes]:
    """Their contents, each read once; of what is no blob, nothing."""
    wanted = list(dict.fromkeys(filter(None, blobs)))
    found = zip(wanted, read_objects(repo, wanted), strict=True)
    return {blob: item[1] for blob, item in found if item is not None and item[0] == "blob"}


def _versions(changes: Sequence[FileChange], contents: Mapping[str, bytes]) -> Versions:
    return {
        ref: (readable(contents.get(change.old or "")), readable(contents.get(change.new or "")))
        for change in changes
        if (ref := ref_of(change.path))
    }
