"""Records that can no longer be read: none is sent, those that come are told, and each with the way that leads out of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from registry.errors import BrokenFile, Refused
from registry.git.objects import read_blobs, read_path
from registry.git.versions import Held, differing
from registry.merge.markers import taken_apart
from registry.plain_text import line
from registry.records.refs import path_of, ref_of
from registry.toml_files import read
from registry.words import _, ngettext

if TYPE_CHECKING:
    from registry.store import Store

_LOOKED_AT: Final = 100
"""Changes of a record that are looked through for the last version that can be read."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A record that cannot be read as it is saved, and what is wrong with it."""

    ref: str
    message: str
    marks: bool
    """Whether it is the marks that Git leaves between two versions."""
    readable: str
    """The last commit in which it could be read; "" for none."""

    @property
    def came(self) -> str:
        """That it has come from somebody else."""
        return _("A record has come that cannot be read: %(message)s.") % {"message": self.message.rstrip(".")}

    @property
    def remedy(self) -> str:
        """What brings it in order."""
        if self.marks:
            return _("Have its two versions brought together, field by field: vanort doctor --finish")
        if self.readable:
            return _("Bring back the last version that can be read: vanort restore %(ref)s --to %(commit)s -m WHY") % {
                "ref": self.ref,
                "commit": self.readable[:10],
            }
        return _("Mend the file in an editor, or remove the record: vanort delete %(ref)s -m WHY") % {"ref": self.ref}

    def as_json(self) -> dict[str, str]:
        """`ref`, `message`, `remedy`."""
        return {"ref": self.ref, "message": self.message, "remedy": self.remedy}


def unreadable(store: Store, ref: str, commit: str) -> Unreadable | None:
    """What is wrong with the record as `commit` has it; None where it can be read, or is not there."""
    fault = store.committed(commit).fault(ref)
    if fault is None:
        return None
    text = (read_path(store.repo, commit, path_of(ref)) or b"").decode("utf-8", "replace")
    return Unreadable(ref, line(fault.message), taken_apart(text) is not None, _readable(store, ref, commit))


def newly_unreadable(store: Store, old: str, new: str, *, known: str = "") -> Iterator[Unreadable]:
    """The records that can be read, or are not there, in the commit `old`, and cannot be read in `new`.

    What the commit `known` has in the very same way is left out.
    """
    commits = (old, new, *([known] if known else []))
    changed = {
        path: held
        for path, held in differing(store.repo, commits).items()
        if ref_of(path) and held[1] is not None and held[1] not in {held[0], *held[2:]}
    }
    broken = _broken(store, [held[1] for held in changed.values()])
    before = _broken(store, [held[0] for held in changed.values() if held[1] in broken]) if broken else set()
    for path, held in changed.items():
        if held[1] in broken and held[0] not in before:
            found = unreadable(store, ref_of(path) or "", new)
            if found is not None:
                yield found


def require_readable(store: Store, base: str, ours: str, theirs: str) -> None:
    """Raises `Refused` where a record is saved here so that it cannot be read, and could be in what it was made of."""
    found = list(newly_unreadable(store, base, ours, known=theirs))
    if not found:
        return
    first, more = found[0], len(found) - 1
    said = _("Nothing is sent, since a record saved here cannot be read: %(message)s.") % {
        "message": first.message.rstrip(".")
    }
    if more:
        said += " " + ngettext("So is %(count)s other record.", "So are %(count)s other records.", more) % {
            "count": more
        }
    raise Refused(said, first.remedy)


def _broken(store: Store, held: list[Held | None]) -> set[Held | None]:
    """Those whose content cannot be read as a record."""
    files = {each: each.blob for each in held if each is not None and each.is_file}
    contents = dict(read_blobs(store.repo, dict.fromkeys(files.values())))
    return {each for each, blob in files.items() if not _reads(contents[blob])}


def _reads(content: bytes) -> bool:
    try:
        read(content)
    except BrokenFile:
        return False
    return True


def _readable(store: Store, ref: str, commit: str) -> str:
    for entry in store.history(ref, commit, _LOOKED_AT):
        content = read_path(store.repo, entry.commit, path_of(ref))
        if content is not None and _reads(content):
            return entry.commit
    return ""
