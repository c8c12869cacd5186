"""How far each branch and each remote's branches had come when they were last looked at: local, never committed.

`.git/vanort/marks.json`, beside the caches and no cache: what was once seen cannot be made anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from registry.git import local_json
from registry.git.refs import is_id
from registry.git.repository import Repository

_NAME: Final = "marks.json"


def load(repo: Repository) -> dict[str, str] | None:
    """Full name of the branch → commit; {} before the first look, None where the file is damaged."""
    try:
        found = local_json.load(repo, _NAME)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        return None
    if not isinstance(found, dict) or not all(isinstance(each, str) and is_id(each) for each in found.values()):
        return None
    return found


def keep(repo: Repository, marks: Mapping[str, str]) -> None:
    """Remember them, whole or not at all. Where nothing can be written, nothing is remembered."""
    local_json.keep(repo, _NAME, dict(sorted(marks.items())))


def tips(repo: Repository) -> dict[str, str]:
    """Where every branch is, here and at the remotes as last fetched; by their full names."""
    out = repo.git.text(
        "for-each-ref", "--format=%(objectname) %(objecttype) %(symref) %(refname)", "refs/heads", "refs/remotes"
    )
    found = {}
    for line in out.splitlines():
        commit, kind, symbolic, name = line.split(" ", 3)
        if kind == "commit" and not symbolic:
            found[name] = commit
    head = repo.at_head()
    if head.branch is None and head.commit is not None:
        found["HEAD"] = head.commit
    return found


def contains(repo: Repository, newer: str, older: str) -> bool:
    """Whether the commit `newer` is, or builds on, `older`; also where `older` is not in this copy at all."""
    return repo.git.ok("merge-base", "--is-ancestor", older, newer)
