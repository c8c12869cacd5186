"""Hand edits that were overtaken: what came has changed the same thing, which a person decides before they are saved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from registry.differences import clipped
from registry.git import hand_bases
from registry.merge import merge_record
from registry.plain_text import line
from registry.records.kinds import kind_of
from registry.records.refs import ref_of
from registry.sharing.meetings import Meeting
from registry.sharing.sides import Sides
from registry.words import _

if TYPE_CHECKING:
    from registry.store import Store

_TITLE = 60
_VALUE = 72


def begun(store: Store) -> Mapping[str, str]:
    """REF → the commit that the hand edit of it was begun on, of those that may have been overtaken."""
    return {ref: commit for path, commit in hand_bases.load(store.repo).items() if (ref := ref_of(path))}


def overtaken(store: Store, on: Mapping[str, str], refs: Iterable[str]) -> Iterator[Meeting]:
    """Each thing that was edited by hand and has another value by what came; ours is the hand edit.

    `on` is as `begun` tells. A record that cannot be read is left out.
    """
    head, now, saved = store.repo.head(), store.current(), store.saved()
    for ref in refs:
        if ref not in on or head is None or now.fault(ref) is not None:
            continue
        base, ours, theirs = store.committed(on[ref]).data(ref), now.data(ref), saved.data(ref)
        for conflict in merge_record(kind_of(ref), base, ours, theirs).conflicts:
            yield Meeting(
                ref,
                conflict.field,
                conflict.base,
                conflict.ours,
                conflict.theirs,
                title=saved.title(ref),
                record=ref,
                names=(ref,),
                where=(store.repo, Sides(on[ref], head, (on[ref],))),
                known=tuple(data for data in (ours, theirs, base) if data is not None),
            )


def told(store: Store, meeting: Meeting) -> str:
    """``Ungdomsutbyte med Skjern, Deltagare: edited here to 30, and changed to 20 by Berit Exempel``."""
    names = store.names(store.saved())
    origin = meeting.their_origin
    said = {
        "title": clipped(meeting.title, _TITLE),
        "field": meeting.label_by(names),
        "ours": meeting.show(meeting.ours, names, _VALUE),
        "theirs": meeting.show(meeting.theirs, names, _VALUE),
        "name": line(origin.author) if origin else _("somebody else"),
    }
    return _("%(title)s, %(field)s: edited by hand to %(ours)s, and changed to %(theirs)s by %(name)s") % said
