"""`vanort people handover` and `vanort people vacant`: offices that change hands, and who has them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from registry.words import _
from tui.cli import completing
from tui.cli.answers import say, say_json, styled
from tui.cli.frame import Asked, Command
from tui.cli.invocation import Invocation
from tui.cli.parameters import json_option

if TYPE_CHECKING:
    from registry.policy.committee import Committee, Member
    from registry.snapshot import Snapshot


def make_handover() -> Command:
    """`vanort people handover`."""
    return Command(
        "handover",
        run_handover,
        _("Hand all that somebody answers for to a successor, or leave their offices vacant, in one change."),
        text=_(
            "Every office that ID has on the day ends on the day before, and begins anew for the successor: coordinator, "
            "exchange officer. Live projects and contacts of towns get the successor at once. A decision given with "
            "--decision is the one by which the successor was appointed."
        ),
        params=[
            click.Argument(["person"], metavar="ID", shell_complete=completing.people),
            click.Option(["--to"], metavar="ID", shell_complete=completing.people, help=_("The successor.")),
            click.Option(
                ["--vacant"], is_flag=True, help=_("There is no successor: the offices are vacant from that day.")
            ),
            _on_option(_("The successor's first day; else today.")),
        ],
        changes=True,
        examples=[
            (
                'vanort people handover p-4tq8ab --to p-9d3fk2 --on 2026-03-25 -m "Ny tjänst från den 25 mars."',
                _("She left on the 24th; it may well be entered later."),
            ),
            (
                'vanort people handover p-4tq8ab --vacant --on 2026-03-24 -m "Slutade den 23 mars."',
                _("Nobody is appointed yet; the seat in the committee is vacant."),
            ),
            (
                "vanort people handover p-4tq8ab --to p-9d3fk2 -m Slutat --dry-run",
                _("What would be handed over today."),
            ),
        ],
    )


def make_vacant() -> Command:
    """`vanort people vacant`."""
    return Command(
        "vacant",
        run_vacant,
        _("The coordination committee as of a day: who sits, and what is vacant."),
        text=_("By what the registry knows now of that day, whenever it was entered."),
        params=[_on_option(_("Another day than today.")), json_option()],
        reads=True,
        examples=[
            ("vanort people vacant", _("Who sits today.")),
            ("vanort people vacant --on 2026-03-23 --json", _("Who sat that day, for a program.")),
        ],
    )


def _on_option(text: str) -> click.Option:
    return click.Option(["--on"], metavar=_("DATE"), help=text)


def _day(typed: str | None) -> Any:
    from datetime import date

    from registry.records.dates import parse_date

    return date.today() if typed is None else parse_date(typed)


def run_handover(
    invocation: Invocation, *, person: str, to: str | None, vacant: bool, on: str | None, asked: Asked
) -> int:
    """Hand over. Raises `BadInput` unless either a successor is named or the vacancy."""
    from registry.change import Change
    from registry.checks import known_decision
    from registry.errors import BadInput, Refused
    from registry.handover import handover
    from tui.cli.saving import carry_out

    old, new = person.strip(), (to or "").strip()
    if bool(new) == vacant:
        raise BadInput(
            _("Either a successor is named or the offices are left vacant."), _("Give --to ID, or else --vacant.")
        )
    store, day = invocation.store, _day(on)
    snapshot, book = store.saved(), store.book
    for name in filter(None, (old, new)):
        book.entry(name)
    if book.erased(new):
        raise Refused(
            _("%(id)s was erased and can have no office.") % {"id": new},
            _("Name a successor who is in the book."),
        )
    decision = str(known_decision(snapshot, asked.decision)) if asked.decision else ""
    found = handover(snapshot, old, new, day, decision)
    return carry_out(invocation, snapshot, Change(found.edits, "", base=snapshot.commit), asked)


def run_vacant(invocation: Invocation, *, on: str | None) -> None:
    """Tell who sits."""
    from registry.policy.committee import committee

    store = invocation.store
    snapshot = store.current()
    found = committee(snapshot, _day(on), store.book)
    if invocation.wants_json:
        say_json(_as_json(found, invocation))
        return
    for text in _lines(found, snapshot, invocation):
        say(text)


def _as_json(found: Committee, invocation: Invocation) -> dict[str, Any]:
    def plain(member: Member) -> dict[str, Any]:
        told = {"ref": member.ref, "title": member.title, "person": member.person, "function": member.function}
        told |= {"name": invocation.store.person(member.person)} if member.person else {}
        told |= {"mailbox": member.mailbox, "since": member.since.isoformat() if member.since else ""}
        return {key: value for key, value in told.items() if value}

    return {
        "day": found.day.isoformat(),
        "members": [plain(member) for member in found.members],
        "vacant": [plain(member) for member in found.vacancies],
        "without_seat": list(found.without_seat),
    }


def _lines(found: Committee, snapshot: Snapshot, invocation: Invocation) -> Iterator[str]:
    from registry.plain_text import line
    from registry.records.dates import show_date
    from tui.cli.columns import aligned

    yield styled(_("The coordination committee, %(day)s") % {"day": show_date(found.day)}, "bold")
    rows = []
    for member in (found.coordinator, *found.officers):
        if member.vacant and member.since:
            who = _("vacant since %(day)s") % {"day": show_date(member.since)}
        else:
            who = _("vacant") if member.vacant else line(invocation.store.person(member.person))
        office = _("in charge of international contacts") if member.ref == "registry" else line(member.title)
        since = _("since %(day)s") % {"day": show_date(member.since)} if member.since and not member.vacant else ""
        rows.append([office, who, line(member.function), line(member.mailbox), since])
    yield from aligned(rows)
    if found.without_seat:
        yield ""
        yield styled(_("Live projects without a seat:"), "bold")
        yield from (f"  {line(snapshot.title(ref))}  {styled(line(ref), 'dim')}" for ref in found.without_seat)
