"""Where the files of a snapshot come from: a commit, or the work tree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from registry.errors import BrokenFile
from registry.git.objects import SUBMODULE, SYMLINK, Entry, list_tree, read_blobs, read_committed
from registry.git.repository import Repository
from registry.git.unchanged import read_unchanged
from registry.git.worktree import LIMIT, is_record_path, list_files, read_file, read_files, too_large
from registry.words import _

if TYPE_CHECKING:
    from registry.git.log import Change
    from registry.git.rows_cache import RowsCache
    from registry.policy.digests import Digest
    from registry.rows import RowTable


class CommitSource:
    """The files of one commit. `cache` gives what is for the latest: its rows are taken from there, and kept."""

    def __init__(self, repo: Repository, commit: str, *, cache: Callable[[], RowsCache] | None = None) -> None:
        self._repo = repo
        self._commit = commit
        self._cache = cache
        self._listed: dict[str, Entry] = {}
        self._whole: set[str] = set()
        self._held: dict[str, bytes | BrokenFile | None] = {}

    @property
    def commit(self) -> str:
        """The commit's id."""
        return self._commit

    def _list(self, folder: str) -> None:
        """Know all the files of the commit, or those of one folder of it."""
        if self._whole & {"", folder}:
            return
        for entry in list_tree(self._repo, self._commit, [folder] if folder else []):
            if is_record_path(entry.path):
                self._listed[entry.path] = entry
        self._whole.add(folder)

    def paths(self, folder: str = "") -> Sequence[str]:
        self._list(folder)
        return [path for path in self._listed if not folder or path.startswith(f"{folder}/")]

    def read(self, path: str) -> bytes | None:
        if path not in self._held:
            self._held[path] = next((raw for _path, raw in self.read_all([path])), None)
        raw = self._held[path]
        if isinstance(raw, BrokenFile):
            raise raw
        return raw

    def read_ahead(self, paths: Sequence[str]) -> None:
        """Hold what `paths` have ready for `read`, by one process for all of them."""
        wanted = [path for path in paths if path not in self._held]
        found = dict(self.read_all(wanted)) if wanted else {}
        self._held.update((path, found.get(path)) for path in wanted)

    def rows(self) -> RowTable | None:
        return None if self._cache is None else self._cache().of(self._commit)

    def digests(self) -> Mapping[str, Digest] | None:
        return None if self._cache is None else self._cache().digests(self._commit)

    def read_all(self, paths: Sequence[str]) -> Iterator[tuple[str, bytes | BrokenFile]]:
        listed = [path for path in paths if self._knows(path)]
        plain: dict[str, Entry] = {}
        for path in listed:
            entry = self._listed.get(path)
            if entry is None:
                continue
            try:
                _require_plain(path, entry.mode, entry.size)
            except BrokenFile as fault:
                yield path, fault
            else:
                plain[path] = entry
        yield from self._read_plain(plain)
        if len(listed) < len(paths):
            yield from self._read_unlisted([path for path in paths if not self._knows(path)])

    def _read_plain(self, entries: dict[str, Entry]) -> Iterator[tuple[str, bytes]]:
        wanted = [(path, entry.blob, entry.size) for path, entry in entries.items()]
        for path, content in read_unchanged(self._repo, wanted):
            del entries[path]
            yield path, content
        paths: dict[str, list[str]] = {}
        for path, entry in entries.items():
            paths.setdefault(entry.blob, []).append(path)
        for blob, content in read_blobs(self._repo, list(paths)):
            for path in paths[blob]:
                yield path, content

    def _knows(self, path: str) -> bool:
        """Whether the folder of `path` has been listed."""
        return bool(self._whole & {"", path.split("/", 1)[0]})

    def _read_unlisted(self, paths: Sequence[str]) -> Iterator[tuple[str, bytes | BrokenFile]]:
        """A few records of a large registry, without a list of all its files: one process, some folders looked into."""
        for path, found in zip(paths, read_committed(self._repo, self._commit, paths), strict=True):
            if found is None:
                continue
            mode, content = found
            try:
                _require_plain(path, mode, len(content))
                yield path, content
            except BrokenFile as fault:
                yield path, fault


class WorktreeSource:
    """The files as they are in the folder now, hand edits included; `commit` is what they are based on."""

    def __init__(self, repo: Repository, commit: str | None) -> None:
        self._repo = repo
        self._commit = commit

    @property
    def commit(self) -> str | None:
        """The commit that the folder is based on."""
        return self._commit

    def paths(self, folder: str = "") -> Sequence[str]:
        return [path for path in list_files(self._repo) if not folder or path.startswith(f"{folder}/")]

    def rows(self) -> None:
        """Nothing is known of files on disk before they are read."""

    def digests(self) -> None:
        """Nor of these."""

    def read(self, path: str) -> bytes | None:
        try:
            return read_file(self._repo, path)
        except FileNotFoundError:
            return None

    def read_ahead(self, paths: Sequence[str]) -> None:
        """A file on disk is read when it is looked at."""

    def read_all(self, paths: Sequence[str]) -> Iterator[tuple[str, bytes | BrokenFile]]:
        return read_files(self._repo, list(paths))


def read_changed(repo: Repository, changes: Iterable[Change]) -> Iterator[tuple[str, bytes | BrokenFile]]:
    """Path and content of the new side of changes, by one process, and no list of any folder; of what was removed, nothing.

    For records that are known not to lie in the folder as they are asked for.
    """
    paths: dict[str, list[str]] = {}
    for change in changes:
        if change.new is None:
            continue
        try:
            _require_plain(change.path, change.mode, 0)
        except BrokenFile as fault:
            yield change.path, fault
        else:
            paths.setdefault(change.new, []).append(change.path)
    for blob, content in read_blobs(repo, list(paths)):
        for path in paths[blob]:
            yield path, content if len(content) <= LIMIT else too_large(path, len(content))


def _require_plain(path: str, mode: str, size: int) -> None:
    if mode in {SYMLINK, SUBMODULE}:
        raise BrokenFile(
            _("%(path)s is a link, not a file.") % {"path": path}, _("Replace it by the file it stands for.")
        )
    if size > LIMIT:
        raise too_large(path, size)
