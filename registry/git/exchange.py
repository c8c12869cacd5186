"""What is fetched from a shared registry and pushed to it: one branch, into a ref that nothing else looks at.

What arrives is not yet in the remote's tracking ref, so that it can be judged before anything moves.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from registry.git import network, refs
from registry.git.network import QUIET_WIRE, Wire
from registry.git.remotes import Remote
from registry.git.repository import Repository

ARRIVED: Final = "refs/vanort/arrived"
PEOPLE: Final = "refs/vanort/people"
"""Where a server has the people book (`registry.git.book_travel`)."""


class Tips(NamedTuple):
    """What a server has: the commit of the shared branch, and the version of the people book; None for none."""

    branch: str | None
    people: str | None


def look(repo: Repository, remote: Remote, wire: Wire = QUIET_WIRE) -> Tips:
    """Ask what the server has, and fetch nothing. Raises `NetworkTrouble`."""
    branch = f"refs/heads/{remote.branch}"
    out = network.call(repo.folder, remote.address, "ls-remote", "--", remote.name, branch, PEOPLE, wire=wire)
    told = (line.partition("\t") for line in out.decode("utf-8", "replace").splitlines())
    found = {name: value for value, _tab, name in told}
    return Tips(found.get(branch), found.get(PEOPLE))


def fetch(repo: Repository, remote: Remote, wire: Wire = QUIET_WIRE, *, by_address: bool = False) -> str:
    """Fetch the remote's branch, however many others there are; its commit. Raises `NetworkTrouble`, `NoBranch`.

    `by_address` is for a remote that is not among Git's settings yet.
    """
    address = remote.address
    network.call(
        repo.folder, address,
        "fetch", "--progress", "--no-tags", "--no-auto-maintenance", "--no-write-commit-graph",
        "--no-recurse-submodules", "--no-write-fetch-head", "--no-prune", "--refmap=",
        "--", address.text if by_address else remote.name, f"+refs/heads/{remote.branch}:{ARRIVED}",
        wire=wire,
    )  # fmt: skip
    return repo.resolve(ARRIVED) if (found := _arrived(repo)) is None else found


def _arrived(repo: Repository) -> str | None:
    try:
        return refs.read_ref(repo.common_dir, ARRIVED)
    except refs.Unreadable:
        return None


def forget(repo: Repository) -> None:
    """Keep nothing of what was fetched and not taken in: Git tidies it away in time."""
    repo.git.ok("update-ref", "-d", ARRIVED)


def push(repo: Repository, remote: Remote, commit: str, wire: Wire = QUIET_WIRE, *, by_address: bool = False) -> None:
    """Have the remote's branch be `commit`, which builds on what is there. Raises `NetworkTrouble`.

    It is of the kind "rejected" where somebody was quicker.
    """
    address = remote.address
    network.call(
        repo.folder, address,
        "push", "--porcelain", "--progress", "--no-follow-tags", "--recurse-submodules=no",
        "--", address.text if by_address else remote.name, f"{commit}:refs/heads/{remote.branch}",
        wire=wire,
    )  # fmt: skip
