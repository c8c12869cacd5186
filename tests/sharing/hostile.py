"""Commits that no Vänort makes, laid onto a server's branch as a careless or hostile Git would."""

from __future__ import annotations

from pathlib import Path

from tests.kit import git

Odd = dict[str, tuple[str, str]]
"""Path → mode and content (or, of a submodule, the commit's id)."""


def lay(bare: Path, odd: Odd, message: str = "Städning", branch: str = "main") -> str:
    """A commit on top of the branch with these files; "" as mode removes one."""
    base = git(bare, "rev-parse", branch).strip()
    tree = _tree(bare, f"{base}^{{tree}}", odd)
    commit = git(bare, "-c", "user.name=Bo Exempel", "-c", "user.email=bo@example.org", "commit-tree", tree, "-p", base, input=message).strip()  # fmt: skip
    git(bare, "update-ref", f"refs/heads/{branch}", commit)
    return commit


def _tree(bare: Path, tree: str, odd: Odd) -> str:
    """The tree with these files; `git mktree` asks nothing of names."""
    entries = {}
    for line in git(bare, "ls-tree", tree).splitlines() if tree else ():
        facts, name = line.split("\t")
        entries[name] = facts
    folders: dict[str, Odd] = {}
    for path, (mode, content) in odd.items():
        first, _slash, rest = path.partition("/")
        if rest:
            folders.setdefault(first, {})[rest] = (mode, content)
        elif not mode:
            del entries[first]
        elif mode == "160000":
            entries[first] = f"{mode} commit {content}"
        else:
            entries[first] = f"{mode} blob {git(bare, 'hash-object', '-w', '--stdin', input=content).strip()}"
    for name, inside in folders.items():
        below = entries[name].split()[2] if name in entries else ""
        entries[name] = f"040000 tree {_tree(bare, below, inside)}"
    return git(
        bare, "mktree", "--missing", input="".join(f"{facts}\t{name}\n" for name, facts in entries.items())
    ).strip()
