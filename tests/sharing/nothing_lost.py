"""An auditor's look at a history that was shared: at each merge, each value is what a side made of it, or was settled.

It knows nothing of the registry's own merge: it reads the files with Python's reader, takes each record to leaves (a
value, one of a set, a line of a long text, a field of an entry) and compares four versions of each. A record is followed
under other names by what it holds: a project by `received_from`, which here is unique and never edited, others by name.
"""

from __future__ import annotations

import subprocess
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from registry.records.kinds import KINDS
from registry.records.types import Text

LONG = {
    field.key for kind in KINDS.values() for field in kind.fields if isinstance(field.type, Text) and field.type.long
}
WHOLE = ""
TWIN = "@twin"
TOWNS = "twin_towns\t"

Leaves = Mapping[str, Any]
"""Path → value; the path of one of a set or of a line holds it, after a tab, and its value is True."""


class Lost(AssertionError):
    """A value that is gone and that nobody gave up."""


class Auditor:
    """Looks at the history in one repository."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.twins: set[str] = set()
        """Records of which there are two since two people kept one that a third had removed, under two names: not judged."""
        self._records = lru_cache(maxsize=4000)(self._read)

    def git(self, *arguments: str) -> str:
        ran = subprocess.run(["git", *arguments], cwd=self.folder, capture_output=True, check=True)
        return ran.stdout.decode("utf-8")

    def require_nothing_lost(self, tip: str = "HEAD") -> int:
        """Look at every merge that `tip` builds on; how many there were. Raises `Lost`."""
        merges = self.git("log", "--merges", "--format=%H %P", tip).splitlines()
        for told in merges:
            merge, *parents = told.split()
            lost = list(self.lost(merge, *parents))
            if lost:
                raise Lost(f"{merge}: " + "; ".join(lost) + "\n" + self.git("log", "-1", merge))
        return len(merges)

    def lost(self, merge: str, one: str, other: str) -> Iterator[str]:
        """What a merge made of a value that nobody had chosen."""
        bases = [self.records(base) for base in self.git("merge-base", "--all", one, other).split()]
        ours, theirs, made = self.records(one), self.records(other), self.records(merge)
        settled = self.settled(merge, [*bases, ours, theirs, made])
        for who in {*ours, *theirs, *made, *(who for base in bases for who in base)}:
            versions = [base.get(who, {}) for base in bases]
            mine, other_, result = ours.get(who, {}), theirs.get(who, {}), made.get(who, {})
            if any(TWIN in leaves for leaves in (*versions, mine, other_, result)):
                self.twins.add(who)
                continue
            for path in {*mine, *other_, *result, *(path for version in versions for path in version)}:
                if path.startswith(TOWNS) and any(leaf.startswith(f"{TOWNS}twin-towns/") for leaf in result):
                    continue  # plain Git renamed a town under a reference: that is broken, and for `check` to tell
                was = [version.get(path) for version in versions]
                allowed = may_be(was, mine.get(path), other_.get(path))
                if result.get(path) not in allowed and not any(is_of(path, field) for field in settled.get(who, ())):
                    yield f"{who} {path!r}: {was} | {mine.get(path)!r} | {other_.get(path)!r} became {result.get(path)!r}"

    def settled(self, merge: str, versions: Iterable[Mapping[str, Leaves]]) -> dict[str, set[str]]:
        """Record → the fields that somebody has decided in that merge."""
        called: dict[str, set[str]] = {}  # two records may have been given one name
        for version in versions:
            for who, leaves in version.items():
                called.setdefault(leaves["@ref"], set()).add(who)
        found: dict[str, set[str]] = {}
        for told in self.git("log", "-1", "--format=%(trailers:key=Settled,valueonly)", merge).split("\n"):
            if not told.strip():
                continue
            ref, field, _chosen = told.split(" ")
            for who in called.get(ref, {ref}):
                found.setdefault(who, set()).add(WHOLE if field == "-" else field)
        return found

    def records(self, commit: str) -> Mapping[str, Leaves]:
        """Every record of a commit, by what it is followed by, in leaves."""
        return self._records(commit)

    def _read(self, commit: str) -> Mapping[str, Leaves]:
        listed = [line.partition("\t") for line in self.git("ls-tree", "-r", commit).splitlines()]
        paths = {path.removesuffix(".toml"): facts.split()[2] for facts, _tab, path in listed if path.endswith(".toml")}
        known = {ref: self.blob(blob) for ref, blob in paths.items()}
        names = {ref: identity(ref, data) for ref, data in known.items()}
        found: dict[str, Leaves] = {}
        for ref, data in known.items():
            twin = {TWIN: True} if names[ref] in found else {}
            found[names[ref]] = {**dict(leaves_of(data, names)), "@ref": ref, WHOLE: True, **twin}
        return found

    @lru_cache(maxsize=20000)  # noqa: B019 - an auditor lives as long as its audit
    def blob(self, blob: str) -> Mapping[str, Any]:
        return tomllib.loads(self.git("cat-file", "blob", blob))


def may_be(was: list[Any], ours: Any, theirs: Any) -> list[Any]:
    """What a value may have become without anybody being asked; nothing where both sides changed it differently."""
    if ours == theirs:
        return [ours]
    if len({repr(each) for each in was}) > 1:  # histories that crossed: either side may be the later one
        return [ours, theirs]
    (base,) = was[:1] or [None]
    return [theirs] if ours == base else [ours] if theirs == base else []


def identity(ref: str, data: Mapping[str, Any]) -> str:
    """What a record is followed by, whatever it is called."""
    return str(
        data.get("received_from")
        or (ref if ref in KINDS else f"{ref.split('/', maxsplit=1)[0]} {data.get('name', ref)}")
    )


def is_of(path: str, field: str) -> bool:
    """Whether a leaf is of a field that was settled."""
    return (
        field == WHOLE
        or (field == "ref" and path == "@ref")
        or (path.startswith(field) and path[len(field) : len(field) + 1] in {"", ".", "[", "\t"})
    )


def leaves_of(data: Mapping[str, Any], names: Mapping[str, str], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """The leaves of a record; a reference is to what the record is followed by."""
    for key, value in data.items():
        path = prefix + key
        if isinstance(value, Mapping):
            yield from leaves_of(value, names, f"{path}.")
        elif isinstance(value, list):
            for each in value:
                if isinstance(each, Mapping) and "id" in each:
                    yield f"{path}[{each['id']}]", True
                    yield from leaves_of(each, names, f"{path}[{each['id']}].")
                else:
                    yield f"{path}\t{names.get(str(each), str(each))}", True
        elif key in LONG and isinstance(value, str):
            for line in value.split("\n"):
                yield f"{path}\t{line}", True
        elif value != "":
            yield path, names.get(value, value) if isinstance(value, str) else value
