"""The coordination committee as lines to read: who sits, which seats are vacant, which projects have none, the meetings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from textual.content import Content

from registry.policy.committee import Committee, Member
from registry.records.dates import show_date
from registry.records.types import Names
from registry.records.values import day, tables, text
from registry.snapshot import Snapshot
from registry.words import _
from tui.text import line
from tui.widgets.sheet import Item, flow, heading


def committee_lines(found: Committee, snapshot: Snapshot, names: Names, width: int) -> Iterator[Item]:
    """Everything there is to say of the committee as of its day."""
    yield from heading(_("Who sits"))
    for member in found.members:
        yield _entry(_title(member, found), _person(member, names), member.ref, width)
    if not found.members:
        yield Item(line(_("Nobody sits in the committee on this day."), style="$text-muted"))
    if found.vacancies:
        yield from heading(_("Vacant seats"))
        for member in found.vacancies:
            yield _entry(
                _title(member, found),
                [Content.styled(_vacant(member), "$warning"), *_office(member)],
                member.ref,
                width,
            )
    if len(found.officers) == 0:
        yield Item(
            line(
                _("A department has a seat once it has ambitions, an exchange officer or a live project."),
                style="$text-muted",
            )
        )
    if found.without_seat:
        yield from heading(_("Live projects that nobody in the committee answers for"))
        for ref in found.without_seat:
            department = text(snapshot.data(ref) or {}, "department")
            why = (
                _("%(department)s: the seat is vacant") % {"department": names.record(department)}
                if department
                else _("no department carries it")
            )
            yield _entry(line(names.record(ref)), [line(why, style="$text-muted")], ref, width)
    yield from _meetings(snapshot, found.day)


def _entry(title: Content, about: list[Content], goal: str, width: int) -> Item:
    return Item(Content("\n").join([title, flow(about, width)]), goal)


def _title(member: Member, found: Committee) -> Content:
    if member is found.coordinator:
        return Content.styled(_("In charge of international contacts"), "bold")
    return line(member.title, style="bold")


def _person(member: Member, names: Names) -> list[Content]:
    parts = [line(names.person(member.person)), *_office(member)]
    if member.since is not None:
        parts.append(Content.styled(_("since %(day)s") % {"day": show_date(member.since)}, "$text-muted"))
    return parts


def _vacant(member: Member) -> str:
    if member.since is None:
        return _("vacant; nobody has been entered")
    return _("vacant since %(day)s") % {"day": show_date(member.since)}


def _office(member: Member) -> list[Content]:
    """The office in words and its mailbox, as far as they are known."""
    return [line(said) for said in (member.function, member.mailbox) if said]


def _meetings(snapshot: Snapshot, on: date) -> Iterator[Item]:
    """Those held by that day, the latest first, after those that are to come."""
    found = [
        (met, text(entry, "minutes")) for entry in tables(snapshot.registry, "meetings") if (met := day(entry, "date"))
    ]
    coming = sorted(met for met, _minutes in found if met > on)
    if coming:
        yield from heading(_("Coming meetings"))
        yield from (Item(Content(show_date(met)), "registry") for met in coming)
    yield from heading(_("Meetings held"))
    held = sorted(((met, minutes) for met, minutes in found if met <= on), reverse=True)
    for met, minutes in held:
        said = line(minutes) if minutes else Content.styled(_("no minutes given"), "$warning")
        yield Item(Content.assemble(f"{show_date(met):<20}", said), "registry")
    if not held:
        yield Item(line(_("No meeting is entered; they are entered in the registry."), style="$text-muted"), "registry")
