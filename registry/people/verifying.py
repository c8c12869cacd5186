"""Whether anything of somebody is left in a copy of the registry, or at a server: in every file and every object.

Values are looked for where they are given; else every entry of the id that says more than the notice. Values come to
nobody's knowledge: they are neither stored nor repeated in what is found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from registry.errors import BadInput, NotFound
from registry.git.finding import looks_bare
from registry.git.traces import Looked, Search, Sought, Trace, look
from registry.people.person_kind import ERASED, MERGED
from registry.records.refs import is_person
from registry.records.values import tables, text
from registry.words import _

if TYPE_CHECKING:
    from registry.git.repository import Repository
    from registry.store import Store

_NOTICE: Final = frozenset(key.encode("ascii") for key in ("id", *ERASED.order, *MERGED.order))
_KEY: Final = re.compile(rb'^\s*"?([A-Za-z0-9_-]+)"?\s*=', re.MULTILINE)
_JSON_KEY: Final = re.compile(rb'"([A-Za-z0-9_-]+)"\s*:')


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found, and how much was looked at: files, and objects of Git."""

    person: str
    found: tuple[Trace, ...]
    files: int
    objects: int

    def as_json(self) -> dict[str, Any]:
        """`id`, `found` (each `where`, `what`, `form`, `reachable`), `files`, `objects`."""
        return {
            "id": self.person,
            "found": [trace._asdict() for trace in self.found],
            "files": self.files,
            "objects": self.objects,
        }


def verify(repo: Repository, person: str, values: Sequence[str] = (), server: Path | None = None) -> Verified:
    """Look through this copy, and the bare repository `server`. Raises `BadInput`, `NotFound`, `GitTrouble`.

    Whoever asks without values about an id that nobody has, should be told that first (`require_known`).
    """
    server = server.absolute() if server is not None else None
    if not is_person(person):
        raise BadInput(
            _("“%(id)s” is not the id of a person.") % {"id": person}, _("Ids look like p-7k2m9x: vanort people list.")
        )
    if server is not None and not looks_bare(server):
        raise NotFound(
            _("%(folder)s is not a server's repository.") % {"folder": str(server)},
            _("Give the path of a bare repository, on this computer."),
        )
    search = Sought.of(values).in_bytes if values else any_entry_of(person)
    folders = [repo.folder, *(place for place in (repo.git_dir, repo.common_dir) if not _below(place, repo.folder))]
    looked = [look(folder, search) for folder in dict.fromkeys(folders)]
    there = [] if server is None else [_at(server, look(server, search))]
    every = [*looked, *there]
    return Verified(
        person,
        tuple(trace for each in every for trace in each.traces),
        sum(each.files for each in every),
        sum(each.objects for each in every),
    )


def require_known(store: Store, person: str) -> None:
    """Raises `NotFound` for an id that nobody has or had: that nothing of it is found would be false comfort."""
    if not is_person(person) or person in store.book or store.saved().referrers.get(person):
        return
    if any(text(entry, "person") == person for entry in tables(store.saved().registry, "erasures")):
        return
    raise NotFound(
        _("Nobody has the id %(id)s, or had it, as far as this copy knows.") % {"id": person},
        _("See that it is the right one, or give the name and the addresses on standard input."),
    )


def any_entry_of(person: str) -> Search:
    """Finds entries of the id in a book (toml), or in an export of one (json, csv), that hold more than a notice."""
    name = re.escape(person.encode("ascii"))
    table = re.compile(rb'^[ \t]*\[[ \t]*["\']?' + name + rb'["\']?[ \t]*\][^\n]*\n(.*?)(?=^[ \t]*\[|\Z)', re.M | re.S)
    listed = re.compile(rb'\{[^{}]*"id"\s*:\s*"' + name + rb'"[^{}]*\}')
    row = re.compile(rb'^(?:\xef\xbb\xbf)?"?' + name + rb'"?[;,\t]"?[^;,\t"\r\n]', re.M)
    wanted = person.encode("ascii")

    def search(content: bytes) -> str:
        if wanted not in content:
            return ""
        if any(not _NOTICE.issuperset(_KEY.findall(found[1])) for found in table.finditer(content)):
            return "toml"
        if any(not _NOTICE.issuperset(_JSON_KEY.findall(found[0])) for found in listed.finditer(content)):
            return "json"
        return "csv" if row.search(content) else ""

    return search


def _below(place: Path, folder: Path) -> bool:
    return place.resolve().is_relative_to(folder.resolve())


def _at(server: Path, looked: Looked) -> Looked:
    """What was found at a server, by whole paths."""
    moved = [trace._replace(where=str(server / trace.where)) for trace in looked.traces]
    return Looked(moved, looked.files, looked.objects)
