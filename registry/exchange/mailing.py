"""Whom to write to: the coordination committee, or those around a project, with the addresses of the people book.

For the clipboard, or a file outside the registry: names and addresses never enter the branch.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from registry.errors import BadInput
from registry.people.book import Book
from registry.plain_text import line
from registry.policy.committee import Committee, committee
from registry.policy.offices import holders
from registry.records.values import Data, text, texts
from registry.snapshot import Snapshot
from registry.words import _

COMMITTEE: Final = "committee"
"""What stands for the committee where a project's REF may stand."""
_PLAIN: Final = frozenset(" -.'")


class Addressee(NamedTuple):
    """Somebody to write to."""

    name: str
    """By the people book; the office where only its mailbox is known."""
    email: str


@dataclass(frozen=True, slots=True)
class MailingList:
    """Those who can be written to, each address once, and those who cannot."""

    addressees: tuple[Addressee, ...]
    without: tuple[str, ...]
    """The names (or offices) of those of whom no address is known."""

    def as_text(self, separator: str = "; ") -> str:
        """``Maja Exempel <maja@example.org>; …``, as Outlook takes it; other programs want a comma between."""
        return separator.join(
            f"{_quoted(one.name)} <{one.email}>" if one.name else one.email for one in self.addressees
        )


class _Office(NamedTuple):
    person: str
    function: str
    mailbox: str = ""


def mailing_list(snapshot: Snapshot, book: Book, whom: str, on: date) -> MailingList:
    """The list of the committee as of a day (`whom` is ``committee``), or of a project, by its REF.

    A project's are whoever is responsible, the exchange officers of its departments, the coordinator, and the contacts
    in its twin towns. Raises `BadInput` for anything else.
    """
    found = committee(snapshot, on, book)
    if whom == COMMITTEE:
        return _list(_members(found), book)
    project = snapshot.data(whom) if whom.startswith("projects/") else None
    if project is None:
        raise BadInput(
            _("“%(whom)s” is neither the committee nor a project.") % {"whom": line(whom)},
            _("Write %(example)s.") % {"example": f"{COMMITTEE}, projects/2026/ungdomsutbyte-skjern"},
        )
    return _list(_around(project, snapshot, found, on), book)


def _members(found: Committee) -> Iterator[_Office]:
    return (_Office(member.person, member.function, member.mailbox) for member in found.members)


def _around(project: Data, snapshot: Snapshot, found: Committee, on: date) -> Iterator[_Office]:
    if responsible := text(project, "responsible"):
        yield _Office(responsible, text(project, "responsible_function"))
    for ref in dict.fromkeys([text(project, "department"), *texts(project, "with_departments")]):
        department = snapshot.data(ref) or {} if ref else {}
        seats = holders(department, "officers", on)
        yield from (_Office(seat.person, seat.function, text(department, "mailbox")) for seat in seats)
    if not found.coordinator.vacant:
        yield _Office(found.coordinator.person, found.coordinator.function, found.coordinator.mailbox)
    for ref in texts(project, "twin_towns"):
        yield from (_Office(person, snapshot.title(ref)) for person in texts(snapshot.data(ref) or {}, "contacts"))


def _list(offices: Iterator[_Office], book: Book) -> MailingList:
    addressees: dict[str, Addressee] = {}
    without: list[str] = []
    for office in offices:
        if book.erased(office.person):
            continue
        entry = book.people.get(office.person, {})
        name, email = text(entry, "name"), text(entry, "email") or office.mailbox
        if email:
            addressees.setdefault(email.casefold(), Addressee(line(name or office.function), line(email)))
        else:
            without.append(line(name or office.function or office.person))
    return MailingList(tuple(addressees.values()), tuple(dict.fromkeys(without)))


def _quoted(name: str) -> str:
    """The name as it stands before an address: between quotation marks where a mail program could misread it."""
    if all(letter.isalnum() or letter in _PLAIN for letter in name):
        return name
    return '"' + name.replace("\\", "").replace('"', "'") + '"'
