"""Where the files of a snapshot come from: a commit, or the work tree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from registry.errors import BrokenFile
from registry.git.objects import Entry, list_tree, read_blob, read_blobs
from registry.git.repository import Repository
from registry.git.worktree import LIMIT, is_record_path, list_files, read_file, read_files, too_large
from registry.words import _

_LINK, _SUBMODULE = "120000", "160000"


class CommitSource:
    """The files of one commit."""

    def __init__(self, repo: Repository, commit: str) -> None:
        self._repo = repo
        self._commit = commit

    @property
    def commit(self) -> str:
        """The commit's id."""
        return self._commit

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """Path → blob, for the paths where records stand."""
        return {entry.path: entry for entry in list_tree(self._repo, self._commit) if is_record_path(entry.path)}

    def paths(self) -> Sequence[str]:
        return list(self.entries)

    def read(self, path: str) -> bytes | None:
        if "entries" in self.__dict__:
            entry = self.entries.get(path)
        else:  # one record of a large registry: its own entry is enough
            found = list_tree(self._repo, self._commit, [path])
            entry = found[0] if found and found[0].path == path else None
        if entry is None:
            return None
        _require_plain(entry)
        return read_blob(self._repo, entry.blob)

    def read_all(self, paths: Sequence[str]) -> Iterator[tuple[str, bytes | BrokenFile]]:
        plain: dict[str, list[str]] = {}
        for path in paths:
            entry = self.entries[path]
            try:
                _require_plain(entry)
            except BrokenFile as fault:
                yield path, fault
            else:
                plain.setdefault(entry.blob, []).append(path)
        for blob, content in read_blobs(self._repo, list(plain)):
            for path in plain[blob]:
                yield path, content


class WorktreeSource:
    """The files as they are in the folder now, hand edits included; `commit` is what they are based on."""

    def __init__(self, repo: Repository, commit: str | None) -> None:
        self._repo = repo
        self._commit = commit

    @property
    def commit(self) -> str | None:
        """The commit that the folder is based on."""
        return self._commit

    def paths(self) -> Sequence[str]:
        return list_files(self._repo)

    def read(self, path: str) -> bytes | None:
        try:
            return read_file(self._repo, path)
        except FileNotFoundError:
            return None

    def read_all(self, paths: Sequence[str]) -> Iterator[tuple[str, bytes | BrokenFile]]:
        return read_files(self._repo, list(paths))


def _require_plain(entry: Entry) -> None:
    if entry.mode in {_LINK, _SUBMODULE}:
        raise BrokenFile(
            _("%(path)s is a link, not a file.") % {"path": entry.path}, _("Replace it by the file it stands for.")
        )
    if entry.size > LIMIT:
        raise too_large(entry.path, entry.size)
