"""Somebody in the people book as a page to read: what the book says of them, and which records name them."""

from __future__ import annotations

from textual.content import Content

from registry.people import ERASED, PERSON, Book
from registry.records.display import rows
from registry.words import _
from tui.card_text import CardText, referred_to_by, section_text
from tui.session import View
from tui.text import line


def person_card(view: View, book: Book, person: str, width: int) -> CardText:
    """The page of `person` (an id of the book), for a card `width` cells wide; its links are the records."""
    kind = ERASED if book.erased(person) else PERSON
    parts = [line(book.name(person), style="bold"), line(person, style="$text-muted")]
    for section in rows(kind, book.people[person], view.names):
        parts.extend(section_text(section.label, section.rows, width))
    named_by = view.snapshot.referrers.get(person, ())
    parts.extend(referred_to_by(view, named_by))
    if not named_by:
        parts.extend([Content(""), line(_("No record names this person."), style="$text-muted")])
    return CardText(Content("\n").join(parts), named_by)
