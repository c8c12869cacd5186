"""What may arrive from a shared registry: it is looked at before anything here moves.

Records that cannot be read, or that the policy does not like, are let in and told. What is refused is what no copy of
Vänort writes and what could do harm on somebody's disk, or would make the folder no registry.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from registry.errors import BrokenFile, Refused
from registry.git.arrivals import all_names, arrivals, brought_by
from registry.git.objects import SUBMODULE, SYMLINK, Entry, read_path
from registry.git.repository import Repository
from registry.git.worktree import LIMIT, is_safe_path
from registry.plain_text import line
from registry.records.kinds import FORMAT
from registry.records.refs import path_of
from registry.records.values import number
from registry.toml_files import read
from registry.words import _

MOST_FILES: Final = 250_000
"""Files in a registry: ten thousand projects are many."""


class Unwelcome(Refused):
    """What arrives cannot be taken in; nothing has moved."""


def require_welcome(repo: Repository, ours: str | None, theirs: str) -> None:
    """Raises `Unwelcome` for the first thing in the commit `theirs`, and not in `ours`, that cannot be taken in."""
    _require_registry(repo, theirs)
    entries, new = arrivals(repo, ours, theirs)
    if len(entries) > MOST_FILES:
        raise Unwelcome(
            _("%(count)d files would arrive: that is no registry.") % {"count": len(entries)}, _remedy_for_place()
        )
    for path, wrong in (*_strange(entries), *_alike(repo, theirs, new)):
        raise Unwelcome(_told(repo, ours, theirs, path, wrong), _remedy())


def _require_registry(repo: Repository, theirs: str) -> None:
    raw = read_path(repo, theirs, path_of("registry"))
    if raw is None:
        raise Unwelcome(_("What is shared there is no registry: it has no registry.toml."), _remedy_for_place())
    if len(raw) > LIMIT:
        raise Unwelcome(_("What is shared there is no registry: its registry.toml is too large."), _remedy_for_place())
    try:
        found = number(read(raw), "format")
    except BrokenFile as error:
        raise Unwelcome(
            _("The registry.toml that would arrive cannot be read: %(reason)s") % {"reason": error.message}, _remedy()
        ) from error
    if found is not None and found > FORMAT:
        raise Unwelcome(
            _("What is shared there has format %(found)s; this program knows format %(known)s.")
            % {"found": found, "known": FORMAT},
            _("Install a newer Vänort. Until then your changes are saved here."),
        )


def _strange(entries: Iterable[Entry]) -> Iterator[tuple[str, str]]:
    """Path and what is wrong with it, of what is no ordinary file of ordinary size under an ordinary name."""
    for entry in entries:
        if entry.mode == SUBMODULE:
            yield entry.path, _("it is another repository inside the registry (a submodule)")
        elif entry.mode == SYMLINK:
            yield entry.path, _("it is a link to another file")
        elif not is_safe_path(entry.path) or entry.path.rpartition("/")[2].lower() == ".gitmodules":
            yield entry.path, _("a file of that name could do harm on somebody's computer")
        elif entry.size > LIMIT:
            yield entry.path, _("it is far too large, %(size)d MB") % {"size": entry.size // 1_000_000}


def _alike(repo: Repository, theirs: str, new: Collection[str]) -> Iterator[tuple[str, str]]:
    """New names that are others' on the disks of many computers: they differ in capitals alone, or in how an å is written."""
    if not new:
        return
    arriving = {_folded(place) for path in new for place in _on_the_way(path)}
    known: dict[str, str] = {}
    for path in all_names(repo, theirs):
        if (folded := _folded(path)) in arriving and (other := known.setdefault(folded, path)) != path:
            yield path, _("on many computers it is the same file as %(other)s") % {"other": line(other)}


def _on_the_way(path: str) -> Iterator[str]:
    """The path, and the folders that it leads through."""
    while path:
        yield path
        path = path.rpartition("/")[0]


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()


def _told(repo: Repository, ours: str | None, theirs: str, path: str, wrong: str) -> str:
    said = _("%(path)s is not taken in: %(wrong)s.") % {"path": line(path), "wrong": wrong}
    brought = brought_by(repo, ours, theirs, path)
    if brought is None:
        return said
    subject, author, day = map(line, brought)
    by = _("It came with “%(subject)s” by %(author)s, %(day)s.") % {"subject": subject, "author": author, "day": day}
    return f"{said} {by}"


def _remedy() -> str:
    return _("Nothing has changed here. Have whoever shared it take it away, and share again then.")


def _remedy_for_place() -> str:
    return _("See that the address is right; vanort remote shows where a registry is shared.")
