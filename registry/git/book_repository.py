"""A file without a past: the small bare repository that the people book is kept in (DESIGN.md section 5).

It has one branch, `refs/heads/main`, of one commit with one file; beside it, in `refs/vanort/`, what of it was last
shared (`registry.people.shared`). Each version is a commit *without a parent*, and what it replaced is pruned at once,
so that what was taken out of the file is in no object, no pack and no reflog here. The commit's author and dates are
fixed: they tell nobody who edited when, and two copies of the same content have the same commit id.

Writing is serialised by a lock that the operating system releases when its process ends, however it ends; pruning is
done under the same lock, since it takes away the objects of a version that is being written beside it. An interrupted
write leaves its mark, and `tidy` finishes it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from registry.errors import GitTrouble, Moved
from registry.git import loose, refs, trees, trouble
from registry.git.locking import lock
from registry.git.run import Git
from registry.words import _

BRANCH: Final = "refs/heads/main"
FILE: Final = "people.toml"
_BESIDE: Final = "refs/vanort/"
_MESSAGE: Final = "Personboken\n\nEn version utan föregångare: det som tas bort ur boken finns inte kvar.\n"
_NOBODY: Final = {
    f"GIT_{role}_{key}": value
    for role in ("AUTHOR", "COMMITTER")
    for key, value in (("NAME", "Vänort"), ("EMAIL", "people@vanort.invalid"), ("DATE", "946684800 +0000"))
}
_SETTINGS: Final = (
    ("core.logAllRefUpdates", "false"),
    ("core.fsync", "committed,reference"),
    ("core.looseCompression", "0"),  # read at every start; and what is in it can be looked for with plain tools
    ("i18n.commitEncoding", "UTF-8"),
    ("gc.auto", "0"),  # nothing works here beside us
    ("transfer.unpackLimit", "100000"),  # what is fetched becomes loose objects, which pruning takes one by one
)
_UNTIDY: Final = "vanort-untidy"
_PATIENCE: Final = 20.0
"""Seconds to wait for another process that is writing; a write takes some 20 ms."""


class BookRepository:
    """The bare repository `folder`, which need not exist yet. It holds no state and may be shared by threads."""

    __slots__ = ("_git", "folder")

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._git = Git(folder)

    @property
    def exists(self) -> bool:
        """Whether there is anything at all where the repository should be."""
        return os.path.lexists(self.folder)

    def version(self) -> str | None:
        """The commit id of what is stored, None where nothing is. A look at a file, no process. Raises `GitTrouble`."""
        return self._at(BRANCH)

    def read(self, version: str) -> bytes:
        """The file as of the commit `version`. Raises `Moved` if that has been replaced meanwhile, `GitTrouble`.

        No process, but where the objects are packed.
        """
        if (content := self._loose(version)) is not None:
            return content
        try:
            return self._bytes("cat-file", "blob", f"{version}:{FILE}")
        except GitTrouble:
            if self.version() != version:
                raise Moved(_("The people book was replaced while it was read."), _("Read it again.")) from None
            raise

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Alone with the repository, among all processes and threads; not to be nested.

        Raises `GitTrouble` if others take too long.
        """
        with lock(self._lock_path, _PATIENCE) as got:
            if not got:
                raise GitTrouble(
                    _("Another program has been writing the people book for %(seconds)d seconds.")
                    % {"seconds": int(_PATIENCE)},
                    _("Close other windows of Vänort on this registry, and try again."),
                )
            yield

    def make(self, object_format: str) -> None:
        """Make the repository, with hashes of `object_format` ("sha1" or "sha256"). To be called `locked`.

        It is built beside its place and moved there whole. No template: no hooks of the user's run here.
        """
        building = self.folder.with_suffix(".new")
        try:
            shutil.rmtree(building, ignore_errors=True)
            building.mkdir(mode=0o700, parents=True)
            git = Git(building)
            git.text(
                "init", "--quiet", "--bare", "--template=", "--initial-branch=main", f"--object-format={object_format}",
                env={"GIT_DIR": str(building), "GIT_DEFAULT_REF_FORMAT": "files"},
            )  # fmt: skip
            settings = "".join(f"[{section}]\n\t{name} = {value}\n" for section, name, value in _sections())
            with (building / "config").open("a", encoding="utf-8") as config:
                config.write(settings)
            building.rename(self.folder)
        except OSError as error:
            raise trouble.from_os_error(self.folder, error) from error

    def throw_away(self) -> None:
        """Remove the repository. To be called `locked`; raises `GitTrouble` where it cannot be."""
        try:
            shutil.rmtree(self.folder)
        except OSError as error:
            raise trouble.from_os_error(self.folder, error) from error

    def replace(self, content: bytes, expected: str | None) -> str:
        """Store `content` in place of the version `expected` (None: there is none), and forget what it replaces.

        To be called `locked`, on a repository that exists. The answer is the new version. Raises `Moved`, having
        changed nothing, if `expected` is not what is stored, and `GitTrouble`.
        """
        self._touch()
        commit = self._stored(content)
        try:
            self._text("update-ref", "--no-deref", BRANCH, commit, expected or "0" * len(commit))
        except GitTrouble:
            if self.version() != expected:
                raise Moved(
                    _("The people book has been changed by somebody else meanwhile."), _("Try again.")
                ) from None
            raise
        with contextlib.suppress(GitTrouble):  # it is stored; the mark stays, and the next look tries again
            self._forget()
        return commit

    # ---------------------------------------------------------------- versions beside the one that counts

    def kept(self, name: str) -> bytes | None:
        """The content that is kept as `name`, None where nothing is. Raises `GitTrouble`."""
        version = self.kept_version(name)
        return None if version is None else self._loose(version) or self._bytes("cat-file", "blob", f"{version}:{FILE}")

    def kept_version(self, name: str) -> str | None:
        """The version that is kept as `name`. A look at a file, as `version`."""
        return self._at(_BESIDE + name)

    def keep(self, contents: Mapping[str, bytes | None]) -> None:
        """Keep each content under its name, in place of what was there; None: nothing. To be called `locked`."""
        self._touch()
        for name, content in contents.items():
            if content is not None:
                self._text("update-ref", "--no-deref", _BESIDE + name, self._stored(content))
            elif self.kept_version(name) is not None:
                self._text("update-ref", "--no-deref", "-d", _BESIDE + name)
        with contextlib.suppress(GitTrouble):
            self._forget()

    # ---------------------------------------------------------------- forgetting

    @property
    def untidy(self) -> bool:
        """Whether something that is to be forgotten may still be there. A look at a file."""
        return (self.folder / _UNTIDY).exists()

    def tidy(self) -> None:
        """Finish what an interrupted write left behind, unless somebody is writing now; costs one look at a file.

        Quiet where this copy cannot be written: what can't be done is done by whoever can.
        """
        if not self.untidy:
            return
        with contextlib.suppress(GitTrouble), lock(self._lock_path, 0.0) as got:
            if got:
                self._forget()

    def forget(self) -> None:
        """Take away, `locked`, every object that no branch needs, loose or packed. Raises `GitTrouble`."""
        self._touch()
        self._forget()

    # ---------------------------------------------------------------- inside

    @property
    def _lock_path(self) -> Path:
        return self.folder.with_suffix(".lock")

    def _at(self, ref: str) -> str | None:
        if not self.exists:
            return None
        try:
            return refs.read_ref(self.folder, ref)
        except refs.Unreadable:
            return self._text("rev-parse", "--verify", f"{ref}^{{commit}}")

    def _loose(self, version: str) -> bytes | None:
        """The file as of `version`, if all on the way to it lies in files of its own."""
        commit = loose.read(self.folder, version)
        tree = commit and loose.read(self.folder, commit[1].partition(b"\n")[0].removeprefix(b"tree ").decode("ascii"))
        node = tree and trees.parse_tree(tree[1], trees.algorithm_of(version)).get(FILE.encode())
        blob = node and loose.read(self.folder, node.oid.hex())
        return blob[1] if blob else None

    def _stored(self, content: bytes) -> str:
        """The commit of a version with that content, stored."""
        return store_version(self._git, content, {"GIT_DIR": str(self.folder)})

    def _touch(self) -> None:
        """Leave the mark that something here is to be forgotten."""
        try:
            (self.folder / _UNTIDY).touch(mode=0o600)
        except OSError as error:
            raise trouble.from_os_error(self.folder, error) from error

    def _forget(self) -> None:
        try:
            for leftover in ("logs", "objects/info/commit-graphs"):
                shutil.rmtree(self.folder / leftover, ignore_errors=True)
            for leftover in ("objects/info/commit-graph", "FETCH_HEAD", "ORIG_HEAD"):
                (self.folder / leftover).unlink(missing_ok=True)
            packs = self.folder / "objects" / "pack"
            if packs.is_dir() and any(packs.iterdir()):
                for keep in packs.glob("*.keep"):
                    keep.unlink(missing_ok=True)
                self._text("repack", "-a", "-d", "-q")
            self._text("prune", "--expire=now")
            (self.folder / _UNTIDY).unlink(missing_ok=True)
        except OSError as error:
            raise trouble.from_os_error(self.folder, error) from error

    def _bytes(self, *args: str, given: bytes | None = None, env: dict[str, str] | None = None) -> bytes:
        # Named outright, or `safe.bareRepository=explicit` would keep Git out.
        return self._git.bytes(*args, input=given, env={"GIT_DIR": str(self.folder), **(env or {})})

    def _text(self, *args: str, given: bytes | None = None, env: dict[str, str] | None = None) -> str:
        return self._bytes(*args, given=given, env=env).decode("utf-8", "replace").strip()


def store_version(git: Git, content: bytes, env: Mapping[str, str]) -> str:
    """Store a version of the book where `env` says, and give its commit: the same for the same content, everywhere."""
    blob = git.text("hash-object", "-w", "--no-filters", "--stdin", input=content, env=env)
    tree = git.text("mktree", input=f"100644 blob {blob}\t{FILE}\n", env=env)
    return git.text("commit-tree", "--no-gpg-sign", tree, input=_MESSAGE, env={**env, **_NOBODY})


def _sections() -> Iterator[tuple[str, str, str]]:
    for key, value in _SETTINGS:
        section, _dot, name = key.partition(".")
        yield section, name, value
