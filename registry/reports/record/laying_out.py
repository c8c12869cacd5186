"""A record to hand out: what it is, what it says, what was done to it and by whom, what is left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from registry.records.dates import show_date
from registry.records.display import title
from registry.records.values import day, text
from registry.reports.document import Block, Bullets, Document, Facts, Heading, Paragraph
from registry.reports.parts.history import change_blocks
from registry.reports.record.card import card_blocks
from registry.reports.record.gathering import Life
from registry.words import _, language


def laid_out(life: Life, origin: Sequence[tuple[str, str]]) -> Document:
    """The document."""
    return Document(
        title(life.kind, life.data, life.ref),
        _("From the registry of international contacts, with its history"),
        origin,
        (*_about(life), *_stands(life), *_history(life), *_erased(life)),
        language(),
    )


def _about(life: Life) -> Iterator[Block]:
    yield Heading(_("About this document"))
    rows = [(_("Record"), str(life.kind.one)), (_("Name in the registry"), life.ref)]
    if life.asked_as:
        rows.append((_("Asked for by its former name"), life.asked_as))
    yield Facts(rows)
    if life.removed is not None:
        said = _("The record was removed from the registry on %(day)s. Below it stands as it was before that.")
        yield Paragraph(said % {"day": show_date(life.removed.on)})
    elif life.unsaved and life.changes:
        yield Paragraph(_unsaved(life))
    if not life.named:
        yield Paragraph(
            _(
                "Names of people are left out. Where somebody is meant, an id stands, and beside it the office. "
                "Whoever entered a change is named as the official who did it."
            )
        )
    yield Paragraph(
        _(
            "The registry number (diarienummer) of a decision or a document leads to the diarium, which is the formal "
            "archive. Documents are not copied into the registry."
        )
    )


def _unsaved(life: Life) -> str:
    if life.there:
        return _("The record has been changed since it was last saved. Who changed it and why is not on record.")
    return _("The record's file has been removed since it was last saved. Who removed it and why is not on record.")


def _stands(life: Life) -> Iterator[Block]:
    yield Heading(_("The record") if life.there else _("The record as it last was"))
    if life.fault:
        yield Paragraph(_("The record's file cannot be read: %(fault)s") % {"fault": life.fault})
        return
    found = list(card_blocks(life.card))
    yield from found or [Paragraph(_("The record says nothing more than its title."))]


def _history(life: Life) -> Iterator[Block]:
    yield Heading(_("History"))
    if not life.changes:
        yield Paragraph(_("The record has never been saved, and has no history."))
        return
    if life.incomplete:
        yield Paragraph(
            _("This copy of the registry does not have the whole history; what is older stands in another.")
        )
    yield Paragraph(
        _(
            "Every change, the oldest first. Who entered it is not who decided. Where a text was rewritten, [-…-] is what "
            "was taken out, and {+…+} what was put in."
        ),
        quiet=True,
    )
    for change in life.changes:
        yield from change_blocks(change)


def _erased(life: Life) -> Iterator[Block]:
    yield Heading(_("What was erased"))
    if not life.erasures:
        yield Paragraph(_("Nothing is on record as erased of anybody whom this record names or has named."))
        return
    said = _("What the people book said of %(person)s was erased on %(day)s, by %(decision)s. Ground: %(basis)s.")
    yield Bullets(
        [
            said
            % {
                "person": entry.get("person", ""),
                "day": show_date(on) if (on := day(entry, "date")) else _("a day that is not known"),
                "decision": text(entry, "decision"),
                "basis": text(entry, "basis") or _("not stated"),
            }
            for entry in life.erasures
        ]
    )
