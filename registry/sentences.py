"""What a change did to a record, in sentences: ``Beviljat sattes till 45 000 kr``; long texts word by word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from registry.differences import FieldChange, differences, is_long
from registry.records.types import BARE, Names
from registry.records.values import Data, is_absent
from registry.renamed import old_name
from registry.word_diff import Piece, shortened, word_diff
from registry.words import _

if TYPE_CHECKING:
    from registry.history import Entry


@dataclass(frozen=True, slots=True)
class Sentence:
    """One thing that happened. `pieces` are a long text's words, what went and what came among them."""

    words: str
    pieces: tuple[Piece, ...] = ()
    weighty: bool = False


def sentences(entry: Entry, ref: str, names: Names = BARE) -> Iterator[Sentence]:
    """What the change did to the record that was called `ref` after it."""
    if entry.begins:
        yield from _stood(entry, ref, names)
        return
    former = old_name(entry, ref)
    old, new = _versions(entry, ref, former)
    if former:
        yield Sentence(_("New name in the registry: %(old)s → %(new)s") % {"old": former, "new": ref}, weighty=True)
    was_unread, is_unread = entry.unreadable(ref)
    if was_unread or is_unread:
        said = _("The file could not be read") if is_unread else _("The file could be read again")
        yield Sentence(said, weighty=True)
        return
    if ref not in entry.refs:
        yield Sentence(_("It stayed as it was"))
        return
    if old is None and new is not None:
        yield Sentence(_born(entry), weighty=True)
    elif new is None:
        yield Sentence(_("Removed from the registry"), weighty=True)
        return
    yield from (sentence(change, names) for change in differences(ref, old, new, names))


def _stood(entry: Entry, ref: str, names: Names) -> Iterator[Sentence]:
    """What the record was where this copy of the history begins."""
    yield Sentence(_("The history in this copy begins here; this is how it stood:"), weighty=True)
    for change in differences(ref, None, entry.versions.get(ref, (None, None))[1], names):
        said = _("%(field)s was %(new)s") % {"field": change.label, "new": change.show(change.new, names)}
        yield Sentence(said, (), change.weighty)


def _versions(entry: Entry, ref: str, former: str) -> tuple[Data | None, Data | None]:
    old, new = entry.versions.get(ref, (None, None))
    return entry.versions.get(former, (old, None))[0] if former else old, new


def _born(entry: Entry) -> str:
    return _("Brought back") if entry.act in {"undo", "restore"} else _("Entered in the registry")


def sentence(change: FieldChange, names: Names = BARE) -> Sentence:
    """The sentence of one field."""
    field, old, new = change.label, change.show(change.old, names), change.show(change.new, names)
    if _word_by_word(change):
        pieces = shortened(word_diff(str(change.old), str(change.new)))
        return Sentence(_("%(field)s was rewritten:") % {"field": field}, tuple(pieces), change.weighty)
    entry = change.path.endswith("]")
    if is_absent(change.old) and not (change.standing and change.field and change.field.implied):
        said = _("%(field)s was added: %(new)s") if entry else _("%(field)s was set to %(new)s")
    elif is_absent(change.new) and not (change.standing and change.field and change.field.implied):
        said = _("%(field)s was taken away: %(old)s") if entry else _("%(field)s was cleared; it was %(old)s")
    else:
        said = _("%(field)s was changed from %(old)s to %(new)s")
    return Sentence(said % {"field": field, "old": old, "new": new}, (), change.weighty)


def _word_by_word(change: FieldChange) -> bool:
    return (
        change.field is not None
        and is_long(change.field.type)
        and isinstance(change.old, str)
        and isinstance(change.new, str)
        and bool(change.old.strip() and change.new.strip())
    )
