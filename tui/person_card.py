"""Somebody in the people book as a page to read: what the book says of them, what they are by the records, and what they were."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from textual.content import Content

from registry.people import Book
from registry.people.book import kind_of_entry
from registry.records.display import rows
from registry.roles import Role, roles, vacated
from registry.words import _
from tui.card_text import CardText, section_text
from tui.cards.sheet import heading, link
from tui.session import View
from tui.text import line


def person_card(
    view: View, book: Book, person: str, width: int, *, today: date, former: Sequence[Role] | None = None
) -> CardText:
    """The page of `person` (an id of the book), for a card `width` cells wide; its links are the records.

    `former` are the roles that only the history tells of; None while they are looked for.
    """
    entry = book.people[person]
    parts = [line(book.name(person), style="bold"), line(person, style="$text-muted")]
    for section in rows(kind_of_entry(entry), entry, view.names):
        parts.extend(section_text(section.label, section.rows, width))
    held = roles(view.snapshot, person, today)
    held = vacated(held) if book.erased(person) else held
    now = [role for role in held if role.now]
    before = [*(role for role in held if not role.now), *(former or ())]
    if now:
        parts += [*heading(_("Now")), *_told(view, now)]
    if before:
        parts += [*heading(_("Before")), *_told(view, before)]
    if not held:
        parts += [Content(""), line(_("No record names this person."), style="$text-muted")]
    if former is None:
        parts += [Content(""), line(_("The history is looked through …"), style="$text-muted")]
    named = dict.fromkeys(role.ref for role in (*now, *before) if role.ref in view.snapshot)
    return CardText(Content("\n").join(parts), tuple(named))


def _told(view: View, held: Sequence[Role]) -> Iterator[Content]:
    for role in held:
        title = link(view, role.ref) if role.ref in view.snapshot else line(role.title)
        yield Content.assemble("  ", title, " · ", line(", ".join(filter(None, (role.words, role.days)))))
