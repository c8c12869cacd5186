"""A text that only looks like personal data, accepted once with a reason, so that nobody is asked about it again.

It stands in `registry.toml`, for all copies and for the server's hook: what it is not, is nobody's secret.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from registry.change import Change
from registry.errors import BadInput, Refused
from registry.free_text import harmless
from registry.people.slips import slips
from registry.plain_text import line
from registry.records.values import says_nothing
from registry.words import _

if TYPE_CHECKING:
    from registry.people import Book
    from registry.snapshot import Snapshot

LIST: Final = "not_personal"
"""The key of `registry.toml`."""


def accepting(snapshot: Snapshot, book: Book, false_alarm: str, why: str) -> Change:
    """The change that accepts a text, as it was found. Raises `Refused` for one that is not found, or is a person's."""
    words = false_alarm.strip()
    if says_nothing(why):
        raise BadInput(_("The change has no reason."), _("Say in a few words why it is made."))
    if words.casefold() in harmless(snapshot):
        raise Refused(_("“%(text)s” is accepted already.") % {"text": line(words)}, _("Save what you wanted to save."))
    found = slips(words, book)
    if any(slip.person for slip in found):
        raise Refused(
            _("“%(text)s” is somebody's in the people book, and no false alarm.") % {"text": line(words)},
            _("Say it with the person's id, or without."),
        )
    if not any(slip.text == words for slip in found):
        raise Refused(
            _("“%(text)s” does not look like personal data.") % {"text": line(words)},
            _("Give the text just as it was found, and no more."),
        )
    registry: dict[str, Any] = dict(snapshot.registry)
    registry[LIST] = [*registry.get(LIST, []), {"text": words, "why": why.strip()}]
    return Change({"registry": registry}, why, base=snapshot.commit)
