"""The people book on its way to a server and back: the ref `refs/vanort/people` there (DESIGN.md section 5).

Nothing of it ever touches the registry's own refs and objects, nor does a fetch under way meet the pruning in the
book's repository: what travels lies in a store of objects of its own, `people.travel`, that is removed at the end, or
by whoever comes next. Commands run in the registry's repository, so that its settings about servers hold.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from registry.errors import BrokenFile, GitTrouble, Moved
from registry.git import network, trouble
from registry.git.addresses import Address
from registry.git.book_repository import FILE, store_version
from registry.git.exchange import PEOPLE
from registry.git.locking import lock
from registry.git.network import Wire
from registry.git.repository import Repository
from registry.words import _

FOLDER: Final = "people.travel"
LIMIT: Final = 50_000_000
"""Bytes; a hundred thousand people are some 20 million."""
_PATIENCE: Final = 120.0
"""Seconds to wait for another process of ours that is sharing the book."""
_QUIET: Final = ("-c", "maintenance.auto=false", "-c", "gc.auto=0", "-c", "push.gpgSign=false")


class Travel:
    """One round of sharing with the server at `address`. See `travelling`."""

    def __init__(self, repo: Repository, address: Address, folder: Path, wire: Wire) -> None:
        self._repo, self._address, self._wire = repo, address, wire
        self._env = {
            "GIT_OBJECT_DIRECTORY": str(folder / "objects"),
            "GIT_ALTERNATE_OBJECT_DIRECTORIES": _quoted(repo.common_dir / "objects"),
        }

    def version(self) -> str | None:
        """The version that the server has, None for none. Raises `NetworkTrouble`."""
        out = self._call("ls-remote", "--", self._address.text, PEOPLE)
        return next(
            (told.split(b"\t")[0].decode("ascii") for told in out.splitlines() if told.endswith(b"people")), None
        )

    def fetch(self, version: str) -> bytes:
        """The content of that version. Raises `NetworkTrouble`; `BrokenFile` for what is no book,
        `Moved` where the server has another by now."""
        self._call(
            "fetch", "--quiet", "--no-tags", "--no-prune", "--no-write-fetch-head", "--no-recurse-submodules",
            "--refmap=", "--", self._address.text, PEOPLE,
        )  # fmt: skip
        git, name = self._repo.git, f"{version}:{FILE}"
        code, out, _err = git.start("cat-file", "-s", name, env=self._env).result()
        if code == 0 and int(out) <= LIMIT:
            return git.bytes("cat-file", "blob", name, env=self._env)
        if code != 0 and not git.ok("cat-file", "-e", version, env=self._env):
            raise Moved(  # it was replaced between the two looks
                _("The people book has been changed by somebody else meanwhile."), _("Try again.")
            )
        raise BrokenFile(
            _("What the server has as the people book is none."),
            _("Nothing of it was taken in. Tell whoever looks after the server."),
        )

    def push(self, content: bytes, expected: str | None) -> None:
        """Put a version with that content in the place of `expected`, None: of nothing.

        Raises `NetworkTrouble`: "rejected" where the server has another than that by now.
        """
        commit = store_version(self._repo.git, content, self._env)
        self._call(
            "push", "--porcelain", "--no-verify", "--no-follow-tags", "--no-signed", "--recurse-submodules=no",
            f"--force-with-lease={PEOPLE}:{expected or ''}", "--", self._address.text, f"{commit}:{PEOPLE}",
        )  # fmt: skip

    def _call(self, *args: str) -> bytes:
        return network.call(self._repo.folder, self._address, *_QUIET, *args, wire=self._wire, env=self._env)


def tidy(repo: Repository) -> None:
    """Remove what a process left on the way that was ended, names perhaps; one look at a folder. Quiet where it can't."""
    folder = repo.local_dir / FOLDER
    if folder.exists():
        with contextlib.suppress(GitTrouble), lock(_lock_of(folder), 0.0) as got:
            if got:
                _remove(folder)


@contextlib.contextmanager
def travelling(repo: Repository, address: Address, wire: Wire) -> Iterator[Travel]:
    """A round of sharing, alone among our processes. Nothing of what came is left afterwards. Raises `GitTrouble`."""
    folder = repo.make_local_dir() / FOLDER
    with lock(_lock_of(folder), _PATIENCE) as got:
        if not got:
            raise GitTrouble(
                _("Another program is sharing the people book, and does not come to an end."),
                _("Close other windows of Vänort on this registry, and try again."),
            )
        _remove(folder)  # what a process left that was ended
        repo.make_local_dir(FOLDER, "objects")
        try:
            yield Travel(repo, address, folder, wire)
        finally:
            _remove(folder)


def _lock_of(folder: Path) -> Path:
    return folder.with_suffix(".travelling")


def _remove(folder: Path) -> None:
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        pass
    except OSError as error:
        raise trouble.from_os_error(folder, error) from error


def _quoted(place: Path) -> str:
    """As Git wants a path in a list of them: in quotation marks where it holds what parts them (git(1))."""
    text = str(place)
    if os.pathsep in text or text.startswith('"'):
        escaped = text.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return text
