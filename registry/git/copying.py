"""A copy of a shared registry, made beside its place and moved there whole."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from registry.errors import NotFound
from registry.git import exchange, network, remotes, trouble
from registry.git.addresses import Address
from registry.git.network import Wire
from registry.git.remotes import USUAL, Remote
from registry.git.repository import Repository, require_free
from registry.plain_text import line
from registry.words import _


@contextlib.contextmanager
def copying(address: Address, folder: Path, wire: Wire) -> Iterator[tuple[Repository, Remote]]:
    """A copy with the history of one branch and no files yet; it is in `folder` once the block has ended well.

    If the block fails, or is cut off, there is nothing at `folder`. Raises `Refused`, `NetworkTrouble`, `NotFound`.
    """
    require_free(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        building = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}-"))
    except OSError as error:
        raise trouble.from_os_error(folder, error) from error
    try:
        yield _fetched(address, building / "copy", wire)
        try:
            if folder.exists():
                folder.rmdir()
            (building / "copy").rename(folder)
        except OSError as error:
            raise trouble.from_os_error(folder, error) from error
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _fetched(address: Address, place: Path, wire: Wire) -> tuple[Repository, Remote]:
    network.call(
        place.parent, address,
        "clone", "--progress", "--no-checkout", "--single-branch", "--no-tags", "--no-local", f"--origin={USUAL}",
        "--", address.text, str(place),
        wire=wire,
    )  # fmt: skip
    repo = Repository.open(place)
    repo.keep_own_settings()
    branch = repo.branch()
    if branch is None or repo.head() is None:
        branch = _other_branch(repo, address, wire)
    remote = Remote(USUAL, address.text, branch)
    remotes.keep(repo, remote)
    return repo, remote


def _other_branch(repo: Repository, address: Address, wire: Wire) -> str:
    """Take the branch that the server's HEAD should have named. Raises `NotFound`."""
    heads = network.heads(repo.folder, address, wire)
    branch = heads.choice()
    if branch is None:
        if not heads.branches:
            raise NotFound(
                _("There is nothing at %(address)s yet.") % {"address": address},
                _("Share a registry there first: vanort remote ADDRESS, in its folder."),
            )
        raise NotFound(
            _("%(address)s has several branches, and does not say which one is the registry: %(names)s")
            % {"address": address, "names": line(", ".join(sorted(heads.branches)[:10]))},
            _("Have whoever looks after the server set its HEAD to one of them."),
        )
    remote = Remote(USUAL, address.text, branch)
    commit = exchange.fetch(repo, remote, wire)
    repo.git.ok("config", "--local", "--remove-section", f"branch.{repo.branch()}")
    repo.git.text("symbolic-ref", "HEAD", f"refs/heads/{branch}")
    repo.git.text("update-ref", f"refs/heads/{branch}", commit)
    remotes.move(repo, remote, commit)
    return branch


def check_out(repo: Repository) -> None:
    """Write the files of HEAD. No hook runs."""
    repo.git.text("read-tree", "--reset", "-u", "HEAD")
