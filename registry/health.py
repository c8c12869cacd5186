"""Whether everything is as it should be round a registry, and what to do where it is not: `vanort doctor`.

Each check looks and changes no record; that a registry cannot be opened is itself one of the answers.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from registry.checks import missing
from registry.errors import VanortError
from registry.git import merge_driver, trouble
from registry.git.repository import Repository
from registry.git.run import git_version, require_git
from registry.plain_text import line
from registry.words import _, language, ngettext

if TYPE_CHECKING:
    from registry.snapshot import Snapshot
    from registry.store import Store

_NAMED: Final = 5
"""Files that are named before the rest is counted."""


@dataclass(frozen=True, slots=True)
class Check:
    """One answer. `id` is for programs; `remedy` is "" where there is nothing to do."""

    id: str
    ok: bool
    message: str
    remedy: str = ""

    def as_json(self) -> dict[str, str | bool]:
        """`id`, `ok`, `message`, `remedy`."""
        return asdict(self)


def git() -> Check:
    """Whether Git is there, and new enough."""
    try:
        require_git()
    except VanortError as error:
        return _wrong("git", error)
    return Check("git", True, _("Git %(version)s") % {"version": ".".join(map(str, git_version()))})


def checks(store: Store) -> Iterator[Check]:
    """All that can be asked of an opened registry, one after the other."""
    repo = store.repo
    yield Check("registry", True, _("The registry is in %(folder)s") % {"folder": line(str(store.folder))})
    yield _identity(repo)
    yield from _repository(repo)
    yield _whole(store.repo)
    if store.recovered is not None:
        yield Check("interrupted", True, line(store.recovered.message))
    snapshot = store.current()
    yield from _unfinished(store, snapshot)
    yield _format(store, snapshot)
    yield _hand_edits(store)
    yield _files(snapshot)
    if not repo.bare:
        yield _merge_driver(repo)
    yield _local(repo)
    yield _people(store)
    yield from _erasures(store, snapshot)
    yield Check(
        "language",
        True,
        _("History and reports are in %(registry)s; you are spoken to in %(spoken)s")
        % {"registry": _language_name(snapshot.language), "spoken": _language_name(language())},
    )
    yield _signing(repo)
    yield _sharing(store)


def _wrong(name: str, error: VanortError) -> Check:
    return Check(name, False, error.message, error.hint)


def _identity(repo: Repository) -> Check:
    found = repo.identity()
    if found is None:
        return Check("identity", False, *trouble.no_identity())
    said = {"name": line(found.name), "email": line(found.email)}
    return Check("identity", True, _("You are %(name)s <%(email)s>") % said)


def _repository(repo: Repository) -> Iterator[Check]:
    """Where the work tree stands: what Git was left in the middle of."""
    state = repo.state()
    if state.branch is None:
        yield Check(
            "branch",
            False,
            _("No branch is checked out, so that what is saved could be lost"),
            _("Go back to the branch: git switch main"),
        )
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


def _unfinished(store: Store, snapshot: Snapshot) -> Iterator[Check]:
    """What was begun with Git and not ended."""
    from registry.sharing.unfinished import unfinished

    if (found := unfinished(store, snapshot)) is None:
        return
    remedy = _("Take it back: vanort doctor --back-out")
    if found.joined is not None:
        remedy = _("Finish it (vanort doctor --finish) or take it back (vanort doctor --back-out).")
    yield Check("unfinished", False, " ".join(filter(None, (found.message, found.why_not))), remedy)


def cut_off(repo: Repository) -> str:
    """That the history of this copy is cut off, and what that means; "" where it is whole."""
    if not repo.shallow_at():
        return ""
    return _("This copy has only the latest part of the history: what was before is not known here, and is not told.")


def none_removed(repo: Repository, none: str) -> str:
    """`none`, that nothing was ever removed, where this copy of the history can tell; else that it cannot."""
    return _("Nothing was removed as far back as this copy reaches.") if repo.shallow_at() else none


def _whole(repo: Repository) -> Check:
    if said := cut_off(repo):
        return Check("history", False, said, _("Fetch all of it: git fetch --unshallow"))
    return Check("history", True, _("The history is whole"))


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


def _format(store: Store, snapshot: Snapshot) -> Check:
    if "registry" not in snapshot:
        return Check("format", False, missing("registry"))
    if (fault := snapshot.fault("registry")) is not None:
        return _wrong("format", fault)
    try:
        store.require_writable(snapshot)
    except VanortError as error:
        return _wrong("format", error)
    return Check("format", True, _("The registry's format is one that this program writes"))


def _hand_edits(store: Store) -> Check:
    edits = [touched.path for touched in store.hand_edits()]
    if not edits:
        return Check("hand-edits", True, _("Nothing has been edited by hand since it was saved"))
    return Check(
        "hand-edits",
        False,
        _("Edited by hand and not saved: %(files)s") % {"files": _some(edits)},
        _("Save it (vanort save -m WHY) or set it aside (vanort discard REF)."),
    )


def _files(snapshot: Snapshot) -> Check:
    broken = [fault.message for fault in snapshot.faults().values()]
    strangers = snapshot.strangers()
    if broken:
        return Check(
            "files",
            False,
            _("Files that cannot be read: %(files)s") % {"files": _some(broken)},
            _("Mend them in an editor, or bring back the saved version: vanort discard REF"),
        )
    if strangers:
        return Check(
            "files",
            False,
            _("Files under names that no record can have: %(files)s") % {"files": _some(strangers)},
            _("Move them out of the folder, or rename them: a–z, 0–9 and hyphens."),
        )
    count = len(snapshot.refs())
    return Check(
        "files",
        True,
        ngettext("%(count)s record can be read", "All %(count)s records can be read", count) % {"count": count},
    )


def _some(names: list[str]) -> str:
    told = ", ".join(line(name) for name in names[:_NAMED])
    left = len(names) - _NAMED
    return (
        told
        if left <= 0
        else ngettext("%(told)s and %(count)s more", "%(told)s and %(count)s more", left)
        % {"told": told, "count": left}
    )


def _local(repo: Repository) -> Check:
    """Where drafts, the cache and the people book are kept."""
    try:
        repo.make_local_dir("cache")
    except VanortError as error:
        return _wrong("local", error)
    return Check("local", True, _("There is room for drafts and for what makes lists fast"))


def _merge_driver(repo: Repository) -> Check:
    """Whether plain Git merges records as Vänort does; that it is to is set here and now, for this copy."""
    try:
        merge_driver.install(repo)
    except VanortError as error:
        return _wrong("merge-driver", error)
    if not merge_driver.is_named(repo):
        return Check(
            "merge-driver",
            False,
            _("Plain Git merges records line by line: .gitattributes does not say otherwise"),
            _("Add the line “%(line)s” to .gitattributes, and commit it with Git") % {"line": merge_driver.ATTRIBUTE},
        )
    return Check("merge-driver", True, _("Plain Git merges records field by field here"))


def _people(store: Store) -> Check:
    book = store.book
    if book.state in {"broken", "newer"} and book.fault is not None:
        return _wrong("people", book.fault)
    count = len(book.people)
    if book.state == "missing":
        return Check("people", True, _("There is no people book yet: adding somebody begins one"))
    return Check(
        "people",
        True,
        ngettext("The people book has %(count)s person", "The people book has %(count)s people", count)
        % {"count": count},
    )


def _erasures(store: Store, snapshot: Snapshot) -> Iterator[Check]:
    """That whoever was erased is on record, and the other way about; nothing where nobody was."""
    from registry.erasing import LIST, unrecorded
    from registry.records.values import tables

    if left := unrecorded(store.book, snapshot):
        message = _("Erased from the people book, and not on record: %(ids)s") % {"ids": line(", ".join(left))}
        yield Check(
            "erasures", False, message, _("Put it on record: vanort people erase %(id)s") % {"id": line(left[0])}
        )
    elif count := len(tables(snapshot.registry, LIST)):
        said = ngettext("%(count)s erasure is on record", "%(count)s erasures are on record", count)
        yield Check("erasures", True, said % {"count": count})


def _signing(repo: Repository) -> Check:
    """Whether changes are signed, and can be."""
    if (repo.config("commit.gpgsign") or "").lower() not in {"true", "yes", "on", "1"}:
        return Check("signing", True, _("Changes are not signed"))
    ssh = repo.config("gpg.format") == "ssh"
    program = (repo.config("gpg.ssh.program") or "ssh-keygen") if ssh else (repo.config("gpg.program") or "gpg")
    if shutil.which(program) is None:
        return Check(
            "signing",
            False,
            _("Changes are to be signed, and %(program)s is not installed") % {"program": line(program)},
            _("Install it, or sign no more: git config commit.gpgsign false"),
        )
    if ssh and not repo.config("user.signingKey"):
        return Check(
            "signing",
            False,
            _("Changes are to be signed, and no key is named"),
            _("Name it: git config user.signingKey ~/.ssh/id_ed25519.pub"),
        )
    return Check("signing", True, _("Changes are signed with %(program)s") % {"program": line(program)})


def _sharing(store: Store) -> Check:
    """Where it is shared, without asking the server."""
    from registry.sharing.standing import standing

    try:
        now = standing(store)
        if now.remote is None:
            return Check("sharing", True, _("The registry is not shared with anybody"))
        address = str(now.remote.address)
    except VanortError as error:
        return _wrong("sharing", error)
    said = _("Shared at %(address)s: %(ahead)s to send and %(behind)s to take in, as last seen")
    return Check("sharing", True, said % {"address": address, "ahead": now.ahead, "behind": now.behind})


def _language_name(code: str) -> str:
    return _("English") if code == "en" else _("Swedish")
