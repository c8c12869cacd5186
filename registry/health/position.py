"""Where this copy of the history stands: its branch, its locks, its hooks, what was begun and not ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from registry.git import graph, trouble
from registry.git.ancestry import count
from registry.git.hooks import OF_A_SAVE, Hooks
from registry.health.check import Check
from registry.plain_text import line
from registry.words import _, ngettext

if TYPE_CHECKING:
    from registry.git.repository import Repository
    from registry.snapshot import Snapshot
    from registry.store import Store

_LONG: Final = 5_000
"""Changes from which on searching is slow without the commit-graph."""


def repository(repo: Repository) -> Iterator[Check]:
    """Where the work tree stands: what Git was left in the middle of."""
    state = repo.state()
    if state.branch is None:
        if state.unfinished is None:  # in the middle of a rebase there is none, and that is told
            yield Check("branch", False, *trouble.no_branch())
    elif state.head is None:
        yield Check("branch", False, _("Nothing has been saved yet"), _("Save the first version: vanort save -m WHY"))
    else:
        said = {"branch": line(state.branch), "commit": state.head[:10]}
        yield Check("branch", True, _("The branch is %(branch)s, at %(commit)s") % said)
    if state.locked:
        yield _lock(repo.git_dir / "index.lock")
    if not state.writable:
        yield Check(
            "writable",
            False,
            _("The registry can be read and not written"),
            _("Have the folder made yours to write, or work in a copy of your own: git clone %(folder)s FOLDER")
            % {"folder": str(repo.folder)},
        )


def begun(store: Store, snapshot: Snapshot) -> Iterator[Check]:
    """What was begun with Git and not ended."""
    from registry.sharing.unfinished import unfinished

    if (found := unfinished(store, snapshot)) is None:
        return
    remedy = _("Take it back: vanort doctor --back-out")
    if found.joined is not None:
        remedy = _("Finish it (vanort doctor --finish) or take it back (vanort doctor --back-out).")
    yield Check("unfinished", False, " ".join(filter(None, (found.message, found.why_not))), remedy)


def _lock(file: Path) -> Check:
    try:
        age = datetime.now().astimezone() - datetime.fromtimestamp(file.stat().st_mtime).astimezone()
    except OSError:
        return Check("lock", True, _("A lock was there a moment ago, and is gone"))
    return Check(
        "lock",
        False,
        _("Another program is working in the registry, or was interrupted there %(age)s ago") % {"age": _age(age)},
        _("Wait for it. If nothing else is running, remove %(file)s") % {"file": line(str(file))},
    )


def _age(age: timedelta) -> str:
    minutes = int(age.total_seconds()) // 60
    if minutes < 2:
        seconds = max(0, int(age.total_seconds()))
        return ngettext("%(count)s second", "%(count)s seconds", seconds) % {"count": seconds}
    if minutes < 120:
        return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    if minutes < 48 * 60:
        return ngettext("%(count)s hour", "%(count)s hours", minutes // 60) % {"count": minutes // 60}
    return ngettext("%(count)s day", "%(count)s days", minutes // 1440) % {"count": minutes // 1440}


def interrupted(store: Store) -> Iterator[Check]:
    """What was put right on opening, after a save that was cut off."""
    if store.recovered is not None:
        yield Check("interrupted", True, line(store.recovered.message))


def search_index(repo: Repository) -> Iterator[Check]:
    """Whether what makes the search of a long history fast is there; nothing where the history is short."""
    if repo.bare or graph.chain_of(repo).exists():
        yield Check("commit-graph", True, _("The history is prepared for fast searching"))
    elif (head := repo.head()) is not None and count(repo, head) >= _LONG:
        yield Check(
            "commit-graph",
            True,
            _("The history is not prepared for fast searching yet; searching works all the same"),
            _("The app does it by itself after a while, and so does: vanort doctor --fix"),
            lambda: graph.write_now(repo),
        )


def hooks(repo: Repository) -> Iterator[Check]:
    """The programs of the user's own that Git is to run at a save."""
    elsewhere = repo.config("core.hooksPath")
    there = Hooks(repo, {"core.hookspath": [elsewhere]} if elsewhere else {})
    dead = [name for name in OF_A_SAVE if there.is_dead(name)]
    if dead:
        file = there.folder / dead[0]
        yield Check(
            "hooks",
            False,
            _("The hook %(name)s is there and is never run: it is no program") % {"name": dead[0]},
            _("Make it one (chmod +x %(file)s), or remove it.") % {"file": line(str(file))},
        )
    elif run := [name for name in OF_A_SAVE if there.has(name)]:
        yield Check(
            "hooks", True, _("Hooks that are run when something is saved: %(names)s") % {"names": ", ".join(run)}
        )
