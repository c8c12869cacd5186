"""The data folder's files as they lie on disk: which there are, what they hold, what was edited by hand.

What is read here was perhaps written by hand, or by somebody hostile: no path leads out of the folder, no link is
followed, and nothing that isn't an ordinary file of ordinary size is opened for reading.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from registry.errors import BadInput, BrokenFile, NoRecordFile
from registry.git import files
from registry.git.repository import Repository
from registry.git.trees import algorithm_of
from registry.plain_text import line
from registry.words import _

Kind = Literal["modified", "added", "deleted", "untracked", "conflicted"]

LIMIT: Final = 5_000_000
"""Bytes; a record is one or two kilobytes, and a larger file than this is no record."""

_SINGLE: Final = ("registry.toml", "policy.toml")
_BESIDE: Final = ("README.md", ".gitattributes")
_FOLDERS: Final = ("departments", "twin-towns")
_PROJECTS: Final = "projects"
_RECORD: Final = re.compile(r"(?:registry|policy|(?:departments|twin-towns|projects/[^/]+)/[^/.][^/]*)\.toml")
_PLAIN: Final = re.compile(r"""(?!\.{1,2}$)[^\x00-\x1f\\/:*?"<>|]*[^\x00-\x1f\\/:*?"<>| .]""")
_RESERVED: Final = re.compile(r"\.git|git~\d+|(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
_NO_LINKS: Final = getattr(os, "O_NOFOLLOW", 0)
_NO_WAITING: Final = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_BITS: Final = (1 << 64) - 1


@dataclass(frozen=True, slots=True)
class Touched:
    """A file of the data folder that isn't as it was last saved. `untracked` is new and unknown to Git."""

    path: str
    kind: Kind


def is_record_path(path: str) -> bool:
    """Whether `path` is where a record lies: `registry.toml`, `departments/*.toml`, `projects/*/*.toml` …"""
    return _RECORD.fullmatch(path) is not None


def safe_path(repo: Repository, path: str) -> Path:
    """Where `path` (relative, with /) lies on disk. Raises `BadInput` if it would lead out of the data folder.

    Links on the way count as leading out: `projects/2026` may not be one.
    """
    if not is_safe_path(path):
        raise BadInput(_("%(path)s is not the name of a file in the registry.") % {"path": line(path)})
    top, at = str(repo.folder), path.find("/")
    while at >= 0:
        if os.path.islink(f"{top}/{path[:at]}"):  # noqa: PTH114 - a thousand files may arrive at once
            raise BadInput(
                _("%(path)s is a link to another place, and the registry keeps to its own folder.")
                % {"path": line(path[:at])},
                _("Replace the link with an ordinary folder."),
            )
        at = path.find("/", at + 1)
    return repo.folder / path


def safe_paths(repo: Repository, paths: Iterable[str]) -> dict[str, str]:
    """As `safe_path` of each, where many are in a few folders: each folder is looked at once."""
    folders: set[str] = set()
    places: dict[str, str] = {}
    for path in paths:
        folder, _slash, name = path.rpartition("/")
        if folder in folders and _is_plain_name(name):
            places[path] = f"{repo.folder}{os.sep}{path}"
        else:
            places[path] = str(safe_path(repo, path))
            folders.add(folder)
    return places


def is_safe_path(path: str) -> bool:
    """Whether a file may be called so in a registry: on no system does the name lead elsewhere."""
    return all(map(_is_plain_name, path.split("/")))


def _is_plain_name(name: str) -> bool:
    """Whether a file or folder may be called so: on every system, and without meaning anything to Git."""
    return _PLAIN.fullmatch(name) is not None and not _RESERVED.fullmatch(name)


def read_file(repo: Repository, path: str) -> bytes:
    """What the file holds.

    Raises `FileNotFoundError` if it isn't there, `BrokenFile` if it isn't an ordinary file of at most `LIMIT` bytes.
    """
    return _read(str(safe_path(repo, path)), path)


def read_files(repo: Repository, paths: Sequence[str]) -> Iterator[tuple[str, bytes | BrokenFile]]:
    """As `read_file` for many: each path with its content, or with what is wrong. Files that vanish are left out."""
    known: dict[str, str] = {}  # folders that have been looked at
    for path in paths:
        folder, _slash, name = path.rpartition("/")
        try:
            if folder not in known or not _is_plain_name(name):
                known[folder] = str(safe_path(repo, path).parent)
            yield path, _read(f"{known[folder]}/{name}", path)
        except BrokenFile as error:
            yield path, error
        except BadInput as error:
            yield path, BrokenFile(error.message, error.hint)
        except FileNotFoundError:
            continue


def _read(place: str, path: str) -> bytes:
    if not _NO_LINKS and os.path.islink(place):  # noqa: PTH114 - see `read_files`: every microsecond counts 10,000 times
        raise _link(path)
    try:
        descriptor = os.open(place, os.O_RDONLY | _NO_LINKS | _NO_WAITING)
    except FileNotFoundError:
        raise
    except NotADirectoryError as error:
        raise FileNotFoundError(error.errno, error.strerror, error.filename) from error
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise _link(path) from error
        raise _unreadable(path, error) from error
    try:
        facts = os.fstat(descriptor)
        if not stat.S_ISREG(facts.st_mode):
            raise _no_file(path)
        if facts.st_size > LIMIT:
            raise too_large(path, facts.st_size)
        pieces = []
        while piece := os.read(descriptor, facts.st_size + 1):
            pieces.append(piece)
            if len(piece) == facts.st_size:  # all of it, as is usual: spares a second look
                break
        return b"".join(pieces)
    except OSError as error:
        raise _unreadable(path, error) from error
    finally:
        os.close(descriptor)


def _link(path: str) -> BrokenFile:
    return BrokenFile(
        _("%(path)s is a link to another file, and a record is a file of its own.") % {"path": line(path)},
        _("Replace the link with the file itself."),
    )


def _unreadable(path: str, error: OSError) -> BrokenFile:
    return BrokenFile(
        _("%(path)s can't be read: %(reason)s") % {"path": line(path), "reason": error.strerror or str(error)}
    )


def too_large(path: str, size: int) -> BrokenFile:
    """The error for a file of `size` bytes, more than `LIMIT`."""
    return NoRecordFile(
        _("%(path)s is too large for a record: %(size)d million bytes.") % {"path": line(path), "size": size // 10**6},
        _("Move it out of the registry's folder; vanort discard brings back the saved version."),
    )


def _no_file(path: str) -> BrokenFile:
    return NoRecordFile(
        _("%(path)s is not an ordinary file, and a record is one.") % {"path": line(path)},
        _("Move away what lies there; vanort discard brings back the saved version."),
    )


def _scan(folder: str, prefix: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """The entries of a folder that is no link, each with its path in the registry; nothing if it isn't there."""
    try:
        if os.path.islink(folder):  # noqa: PTH114 - 10,000 records are looked at each second
            return
        with os.scandir(folder) as entries:
            for entry in entries:
                yield prefix + entry.name, entry
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return


def _records(repo: Repository) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Everything on disk that lies where a record lies, whatever it is."""
    top = str(repo.folder)
    for path, entry in _scan(top, ""):
        if path in _SINGLE:
            yield path, entry
    for name in _FOLDERS:
        yield from _named_as_records(f"{top}/{name}", f"{name}/")
    for path, entry in _scan(f"{top}/{_PROJECTS}", f"{_PROJECTS}/"):
        if entry.is_dir(follow_symlinks=False):
            yield from _named_as_records(entry.path, f"{path}/")


def _named_as_records(folder: str, prefix: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    for path, entry in _scan(folder, prefix):
        if entry.name.endswith(".toml") and not entry.name.startswith("."):
            yield path, entry


def list_files(repo: Repository) -> list[str]:
    """The paths of all records on disk, sorted; also folders and links that lie where a record should."""
    return sorted(path for path, _entry in _records(repo))


def fingerprint(repo: Repository) -> str:
    """A value that changes when a record is edited, added or removed on disk, or when the branch moves.

    It is for comparing with others of the same process. Names, sizes and times are looked at, no contents: some 20 ms at 10,000 records, without a process.
    """
    head, unfinished, index = repo.at_head(), repo.unfinished(), ""
    with contextlib.suppress(FileNotFoundError):
        facts = (repo.git_dir / "index").stat()
        index = f"{facts.st_mtime_ns} {facts.st_size} {facts.st_ino}"
    told = 0
    for path, entry in _records(repo):
        try:
            facts = entry.stat(follow_symlinks=False)
        except FileNotFoundError:
            continue
        # a sum needs no order, and folders are read in any
        told += hash((path, facts.st_mtime_ns, facts.st_size, facts.st_ino, facts.st_mode)) & _BITS
    return f"{head} {unfinished} {index} {told:x}"


def status(repo: Repository, paths: Sequence[str] = ()) -> list[Touched]:
    """The files of the data folder, or those of `paths`, that aren't as last saved, by path.

    Other files in the folder are nobody's business.
    """
    out = repo.git.bytes(
        "--literal-pathspecs",
        "status",
        "--porcelain=v2",
        "-z",
        "--no-renames",
        "--untracked-files=all",
        "--ignored=traditional",  # a file that Git is told to ignore is a record all the same
        "--ignore-submodules=all",
        "--",
        *(paths or (*_SINGLE, *_BESIDE, *_FOLDERS, _PROJECTS)),
    )
    touched: dict[str, Kind] = {}
    for entry in out.split(b"\0"):
        if not entry:
            continue
        path, kind, saved = _touched(entry)
        if kind == "modified" and _differs_in_line_ends_alone(repo, path, saved):
            continue
        if path in _BESIDE or is_record_path(path):
            # deleted from what is to be saved, and yet on disk: two lines of one file
            touched[path] = "modified" if {touched.get(path), kind} == {"deleted", "untracked"} else kind
    return [Touched(path, kind) for path, kind in sorted(touched.items())]


def _differs_in_line_ends_alone(repo: Repository, path: str, saved: str) -> bool:
    """Whether an editor of Windows has rewritten the file, and left what it says: Git lists it by its size alone."""
    try:
        return files.has_content(safe_path(repo, path), saved, algorithm_of(saved))
    except (BadInput, BrokenFile, OSError):
        return False


def _touched(entry: bytes) -> tuple[str, Kind, str]:
    """One entry of `git status --porcelain=v2 -z` (git-status(1), "Porcelain Format Version 2"), with the blob saved."""
    text = entry.decode("utf-8", "surrogateescape")
    if text.startswith(("? ", "! ")):
        return text[2:], "untracked", ""
    if text.startswith("u "):
        return text.split(" ", 10)[10], "conflicted", ""
    _one, xy, *_facts, saved, staged, path = text.split(" ", 8)
    kind: Kind = "deleted" if "D" in xy else "added" if xy[0] == "A" else "modified"
    return path, kind, saved if saved == staged else ""
