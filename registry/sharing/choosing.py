"""Deciding what two sides decided differently, one thing after the other; each choice is kept until the merge is made."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from registry.errors import NotFound, Refused
from registry.git.remotes import shared_tip
from registry.plain_text import line
from registry.records.entries import same
from registry.records.refs import is_ref, parse_ref
from registry.sharing.choices import Choice, forget, keep, load, marked
from registry.sharing.joining import Joined, join
from registry.sharing.meetings import NAME, WHOLE_RECORD, Meeting
from registry.sharing.people import people_in_question
from registry.sharing.sides import Sides, sides_of
from registry.sharing.unfinished import unfinished
from registry.words import _

if TYPE_CHECKING:
    from registry.store import Store


def sides_to_settle(store: Store) -> Sides | None:
    """What is saved here and what was last seen where it is shared, where both have gone on; None where they have not."""
    ours, theirs = store.repo.head(), shared_tip(store.repo)
    if ours is None or theirs is None:
        return None
    sides = sides_of(store.repo, ours, theirs)
    return sides if sides.relation == "diverged" else None


def in_question(store: Store) -> Joined | None:
    """Both sides, brought together as far as was chosen; None where there is nothing to bring together.

    What Git was left in the middle of comes first: it is in the way of all else.
    """
    if (left := unfinished(store)) is not None:
        return left.joined
    sides = sides_to_settle(store)
    return None if sides is None else join(store, sides, load(store.repo))


def in_doubt(store: Store) -> tuple[Meeting, ...]:
    """All that waits for a person: of the records, and of the people book."""
    joined = in_question(store)
    return (*(() if joined is None else joined.conflicts), *people_in_question(store))


def choose(store: Store, joined: Joined, ref: str, field: str, choice: Choice) -> Joined:
    """Keep a choice for the conflict of that record and field; returns what both sides come to then.

    `choice` without marks is of the conflict as it is now; one that was settled may be chosen anew. Raises `NotFound`
    where nothing of that name is in conflict, `Refused` where the choice settles nothing: then none is kept.
    """
    meeting = meeting_of(joined, ref, field)
    choice = replace(_of_a_side(meeting, choice), marks=marked(meeting))
    _require_sense(store, joined, meeting, choice)
    earlier = load(store.repo)
    after = join(store, joined.sides, {**earlier, meeting.key: choice})
    left = next((other for other in after.conflicts if other.key == meeting.key and other.marks == meeting.marks), None)
    if left is not None:
        raise Refused(
            _("That does not settle it: %(message)s.") % {"message": left.message.rstrip(".")}
            if left.message
            else _("That does not settle it."),
            _("Choose another value."),
        )
    keep(store.repo, meeting.key, choice)
    forget(store.repo, [key for key in after.outdated if key in earlier])
    return after


def meeting_of(joined: Joined, ref: str, field: str) -> Meeting:
    """The conflict of a record, under any name it has, and a field ("-" or "" for the whole). Raises `NotFound`."""
    wanted = "" if field == "-" else field.strip()
    every = [*joined.conflicts, *(settled.meeting for settled in joined.settled), *joined.twice]
    of_record = [meeting for meeting in every if ref in {meeting.ref, meeting.record, *meeting.names}]
    found = next((meeting for meeting in of_record if meeting.field == wanted), None)
    if found is None:
        named = ", ".join(meeting.field or "-" for meeting in of_record)
        raise NotFound(
            _("There is no conflict about %(field)s in %(ref)s.") % {"field": line(wanted) or "-", "ref": line(ref)},
            _("There is one about: %(fields)s.") % {"fields": line(named)}
            if named
            else _("vanort conflicts lists what there is."),
        )
    return found


def _of_a_side(meeting: Meeting, choice: Choice) -> Choice:
    """The choice of the side whose value was written."""
    if choice.chosen == "edited" and same(choice.value, meeting.ours):
        return Choice("ours")
    if choice.chosen == "edited" and same(choice.value, meeting.theirs):
        return Choice("theirs")
    return choice


def _require_sense(store: Store, joined: Joined, meeting: Meeting, choice: Choice) -> None:
    """Raises `BadInput` or `Refused` for a choice that cannot be made of that conflict."""
    if choice.chosen == "both" and meeting.both and meeting.field != WHOLE_RECORD:
        raise Refused(
            _("Both can be kept only of the whole record; %(field)s has one value.") % {"field": meeting.field},
            _("Keep two records: vanort settle %(ref)s - both") % {"ref": meeting.ref},
        )
    if choice.chosen == "both" and not meeting.both:
        raise Refused(
            _("Both cannot be kept: it is one record."), _("Choose ours or theirs, or write what is to stand instead.")
        )
    if meeting.field == NAME and choice.chosen == "edited":
        ref = parse_ref(str(choice.value))
        if ref.rpartition("/")[0] != meeting.record.rpartition("/")[0]:
            raise Refused(
                _("%(ref)s is in another folder, and a record never moves.") % {"ref": ref},
                _("Choose a name in %(folder)s.") % {"folder": meeting.record.rpartition("/")[0]},
            )
        own = {meeting.record, *meeting.names}
        if any(ref in store.committed(side) for side in joined.sides[:2]) and ref not in own:
            raise Refused(_("There already is a record %(ref)s.") % {"ref": ref}, _("Choose another name."))
    if meeting.field == "" and choice.chosen == "edited" and is_ref(meeting.ref) and isinstance(choice.value, str):
        raise Refused(_("A text is no record."), _("Choose ours or theirs, or write what is to stand instead."))
