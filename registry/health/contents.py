"""What is in the folder and in the people book: whether it can be read, and whether it is saved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from registry.checks import missing
from registry.errors import VanortError
from registry.health.check import Check, some, wrong
from registry.plain_text import line
from registry.records.refs import path_of
from registry.words import _, language, ngettext

if TYPE_CHECKING:
    from registry.snapshot import Snapshot
    from registry.store import Store


def format(store: Store, snapshot: Snapshot) -> Check:
    if "registry" not in snapshot:
        return Check("format", False, missing("registry"))
    if (fault := snapshot.fault("registry")) is not None:
        return wrong("format", fault)
    try:
        store.require_writable(snapshot)
    except VanortError as error:
        return wrong("format", error)
    return Check("format", True, _("The registry's format is one that this program writes"))


def hand_edits(store: Store) -> Check:
    edits = [touched.path for touched in store.hand_edits()]
    if not edits:
        return Check("hand-edits", True, _("Nothing has been edited by hand since it was saved"))
    return Check(
        "hand-edits",
        False,
        _("Edited by hand and not saved: %(files)s") % {"files": some(edits)},
        _("Save it (vanort save -m WHY) or set it aside (vanort discard REF)."),
    )


def files(store: Store, snapshot: Snapshot) -> Check:
    faults = snapshot.faults()
    broken = [fault.message for fault in faults.values()]
    strangers = snapshot.strangers()
    if broken:
        return Check(
            "files",
            False,
            _("Files that cannot be read: %(files)s") % {"files": some(broken)},
            _saved_so(store, list(faults))
            or _("Mend them in an editor, or bring back the saved version: vanort discard REF"),
        )
    if strangers:
        return Check(
            "files",
            False,
            _("Files under names that no record can have: %(files)s") % {"files": some(strangers)},
            _("Move them out of the folder, or rename them: a–z, 0–9 and hyphens."),
        )
    count = len(snapshot.refs())
    return Check(
        "files",
        True,
        ngettext("%(count)s record can be read", "All %(count)s records can be read", count) % {"count": count},
    )


def _saved_so(store: Store, refs: list[str]) -> str:
    """What brings the first of the records in order that were even saved so that they cannot be read; "" for none."""
    from registry.sharing.unreadable import unreadable

    head = store.repo.head()
    if head is None:
        return ""
    edited = {touched.path for touched in store.hand_edits()}
    saved = (unreadable(store, ref, head) for ref in refs if path_of(ref) not in edited)
    return next((found.remedy for found in saved if found is not None), "")


def people(store: Store) -> Check:
    book = store.book
    if book.state in {"broken", "newer"} and book.fault is not None:
        return wrong("people", book.fault)
    count = len(book.people)
    if book.state == "missing":
        return Check("people", True, _("There is no people book yet: adding somebody begins one"))
    return Check(
        "people",
        True,
        ngettext("The people book has %(count)s person", "The people book has %(count)s people", count)
        % {"count": count},
    )


def erasures(store: Store, snapshot: Snapshot) -> Iterator[Check]:
    """That whoever was erased is on record, and the other way about; nothing where nobody was."""
    from registry.erasures import LIST, unrecorded
    from registry.records.values import tables

    if left := unrecorded(store.book, snapshot.registry):
        message = _("Erased from the people book, and not on record: %(ids)s") % {"ids": line(", ".join(left))}
        yield Check(
            "erasures", False, message, _("Put it on record: vanort people erase %(id)s") % {"id": line(left[0])}
        )
    elif count := len(tables(snapshot.registry, LIST)):
        said = ngettext("%(count)s erasure is on record", "%(count)s erasures are on record", count)
        yield Check("erasures", True, said % {"count": count})


def languages(snapshot: Snapshot) -> Check:
    """Which languages are spoken, by the registry and here."""
    said = {"registry": _language_name(snapshot.language), "spoken": _language_name(language())}
    return Check("language", True, _("History and reports are in %(registry)s; you are spoken to in %(spoken)s") % said)


def _language_name(code: str) -> str:
    return _("English") if code == "en" else _("Swedish")
