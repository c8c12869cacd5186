"""How commits descend from one another."""

from __future__ import annotations

from registry.git import trouble
from registry.git.repository import Repository


def latest_merge(repo: Repository, old: str | None, new: str) -> tuple[str, tuple[str, ...]] | None:
    """The last merge on the way from `old` (None: from the beginning) to `new`, and its parents; None without any."""
    wanted = (new,) if old is None else (new, f"^{old}")
    told = repo.git.text("rev-list", "--min-parents=2", "--max-count=1", "--topo-order", "--parents", *wanted).split()
    return (told[0], tuple(told[1:])) if told else None


def first_commit(repo: Repository) -> str:
    """The commit that the history of HEAD began with; of several beginnings the oldest told."""
    return repo.git.text("rev-list", "--max-parents=0", "HEAD").split()[-1]


def merge_bases(repo: Repository, one: str, other: str) -> tuple[str, ...]:
    """The best common ancestors; none of two histories that have nothing in common."""
    args = ("merge-base", "--all", one, other)
    code, out, err = repo.git.start(*args).result()
    if code > 1:  # it is not merely that there is none
        raise trouble.failed(repo.folder, args, code, err)
    return tuple(out.decode("ascii").split())


def is_ancestor(repo: Repository, earlier: str, later: str) -> bool:
    """Whether `later` contains `earlier`; a commit contains itself."""
    return repo.git.ok("merge-base", "--is-ancestor", earlier, later)


def counts(repo: Repository, ours: str, theirs: str) -> tuple[int, int]:
    """How many commits the one has that the other lacks, and the other way round."""
    if ours == theirs:
        return 0, 0
    one, other = repo.git.text(
        "rev-list", "--left-right", "--count", "--end-of-options", f"{ours}...{theirs}", "--"
    ).split()
    return int(one), int(other)


def count(repo: Repository, rev: str) -> int:
    """How many commits a version builds on, itself among them; of ``OLD..NEW`` those that the new one adds."""
    return int(repo.git.text("rev-list", "--count", rev, "--"))


def arriving(repo: Repository, old: str | None, new: str, *, besides_branches: bool) -> list[str]:
    """The commits from `old` (None: from the beginning) to `new`, oldest first; of them those that no branch has, if
    `besides_branches`.
    """
    known = [*((f"^{old}",) if old else ()), *(("--not", "--branches") if besides_branches else ())]
    return repo.git.text("rev-list", "--reverse", "--topo-order", new, *known).split()


def nearest_on_a_branch(repo: Repository, new: str) -> str | None:
    """The latest commit that `new` goes on from and some branch has; None where none has any of it."""
    told = repo.git.text("rev-list", "--boundary", "--topo-order", new, "--not", "--branches").split()
    return next((commit[1:] for commit in told if commit.startswith("-")), None)
