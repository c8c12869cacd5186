"""`vanort people erase`, `verify-erased` and `copies`: forgetting somebody, and seeing that it was done."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from registry.words import _
from tui.cli import completing
from tui.cli.answers import say, say_json, styled, tell_error
from tui.cli.columns import aligned
from tui.cli.frame import Command
from tui.cli.invocation import Invocation
from tui.cli.parameters import json_option
from tui.cli.talking import talking
from tui.erasure_text import erased_lines, plan_lines

if TYPE_CHECKING:
    from registry.erasing import Erased, Plan
    from registry.people import Book
    from registry.sharing.people import PeopleShared


def make_erase() -> Command:
    """`vanort people erase`."""
    return Command(
        "erase",
        run_erase,
        _("Erase somebody from the people book, under a decision."),
        text=_(
            "What the book says is removed at once, in this copy and at the server; colleagues' copies do the same when they "
            "next share. Records go on to hold the id, which shows as the notice of the erasure; offices count as vacant. The "
            "erasure is put on record without personal data, and cannot be undone."
        )
        + "\n\n"
        + _("A basis that names archives or disposal (gallring) makes it a disposal, any other an erasure."),
        params=[
            click.Argument(["person"], metavar="ID", shell_complete=completing.people),
            click.Option(["--decision"], metavar=_("DECISION"), default="", help=_("Under which it is done.")),
            click.Option(["--basis"], metavar=_("WORDS"), default="", help=_("Why, without personal data.")),
            click.Option(
                ["--successor"],
                metavar="ID",
                default="",
                shell_complete=completing.people,
                help=_("Who has the offices from today, and is named instead."),
            ),
            click.Option(
                ["--dry-run"], is_flag=True, help=_("Only show where the person appears, and what will remain.")
            ),
            json_option(),
        ],
        examples=[
            (
                'vanort people erase p-7k2m9x --decision "KS 2026-11-20 § 9" --basis gallringsbeslut --dry-run',
                _("What it would do."),
            ),
            (
                'vanort people erase p-7k2m9x --decision "KS 2026-11-20 § 9" --basis "begäran, artikel 17"',
                _("It is done; it never asks."),
            ),
        ],
    )


def make_verify() -> Command:
    """`vanort people verify-erased`."""
    return Command(
        "verify-erased",
        run_verify,
        _("See that nothing of somebody is left in this copy, or at a server."),
        text=_(
            "Every file and every object is searched, whether anything leads to it or not. Values to look for, one a line, are "
            "read from standard input, in every form that Git might hold them; they are never stored. Without any, every entry "
            "of the id is looked for that says more than the notice. The exit code is 1 where something is found."
        ),
        params=[
            click.Argument(["person"], metavar="ID"),
            click.Option(
                ["--repo"],
                metavar=_("FOLDER"),
                type=click.Path(path_type=Path),
                help=_("Search this bare repository as well."),
            ),
            json_option(),
        ],
        examples=[
            (
                "cat values.txt | vanort people verify-erased p-7k2m9x",
                _("A file with the name, the address, the number."),
            ),
            ("vanort people verify-erased p-7k2m9x --repo /srv/git/torsby.git", _("The server as well.")),
        ],
    )


def make_copies() -> Command:
    """`vanort people copies`."""
    return Command(
        "copies",
        run_copies,
        _("Which copies of the registry have carried out the erasures."),
        text=_(
            "A copy is known from the first time it shared the people book, by an id at random; one that only plain Git knows "
            "is not. The copy you are in is marked."
        ),
        params=[json_option()],
        examples=[("vanort people copies", _("A line for each copy, with what it has yet to do."))],
    )


# ---------------------------------------------------------------- erase


def run_erase(invocation: Invocation, *, person: str, decision: str, basis: str, successor: str, dry_run: bool) -> int:
    """Erase somebody."""
    from registry.erasing import erase, plan

    store = invocation.store
    planned = plan(store, person.strip(), decision, basis, successor=successor.strip())
    if not invocation.wants_json:
        for text in plan_lines(planned, store.saved().title):
            say(text)
    if dry_run:
        if invocation.wants_json:
            say_json(_as_json(planned, None, None, store.book))
        else:
            say(_("Nothing has been erased: this was a dry run."))
        return 0
    erased = erase(store, planned)
    shared = _share(invocation)
    if invocation.wants_json:
        say_json(_as_json(planned, erased, shared, store.book))
    else:
        for text in erased_lines(erased, shared, store.book, planned.person):
            say(text)
    if erased.trouble:
        hint = f"{erased.hint} {_('Then give the same command again.')}".strip()
        message = _("It is erased, and not on record yet: %(reason)s") % {"reason": erased.trouble}
        tell_error(message, hint, json_wanted=invocation.wants_json)
        return 1  # what was asked for is done, and something is left for a person
    return 0


def _share(invocation: Invocation) -> PeopleShared | None:
    """Send the book, where it is shared; None where it is not."""
    from registry.git.network import Wire
    from registry.sharing.people import share_book

    with talking(invocation) as how:
        return share_book(invocation.store, Wire(how["progress"], None, how["ask"]))


def _as_json(planned: Plan, erased: Erased | None, shared: PeopleShared | None, book: Book) -> dict[str, Any]:
    from registry.people.copies import behind

    return {
        "id": planned.person,
        "commit": erased.commit if erased else None,
        "records": [ref for ref in planned.change.edits if erased and erased.commit],
        "roles": [role.as_json() for role in planned.appears.roles],
        "replaced": [role.as_json() for role in planned.replaced],
        "vacant": [role.as_json() for role in planned.vacant],
        "written": list(planned.appears.written),
        "authored": planned.appears.authored,
        "named": planned.appears.named,
        "removed": list(erased.forgotten.removed) if erased else [],
        "doubtful": list(erased.forgotten.doubtful) if erased else [],
        "people": shared.as_json() if shared else None,
        "copies": [copy.id for copy in behind(book, planned.person) if not erased or copy.id != erased.here],
    }


# ---------------------------------------------------------------- verify-erased, copies


def run_verify(invocation: Invocation, *, person: str, repo: Path | None) -> int:
    """Search everything; 1 where something is found."""
    from registry.git.traces import sought_values
    from registry.people.verifying import require_known, verify
    from registry.plain_text import line

    values = [] if sys.stdin is None or sys.stdin.isatty() else sought_values(_given())
    if not values:
        require_known(invocation.store, person.strip())
    verified = verify(invocation.store.repo, person.strip(), values, repo.expanduser() if repo else None)
    if invocation.wants_json:
        say_json(verified.as_json())
        return int(bool(verified.found))
    for trace in verified.found:
        lost = "" if trace.reachable else "  " + _("(nothing leads to it)")
        say(f"{line(trace.where)}  {trace.what}  {styled(trace.form, 'dim')}{lost}".rstrip())
    looked = _("%(files)s files and %(objects)s objects were searched.") % {
        "files": verified.files,
        "objects": verified.objects,
    }
    said = (
        _("Found, as listed; vanort guide privacy says what can be done.")
        if verified.found
        else _("Nothing was found.")
    )
    say(f"{said} {looked}")
    if not values:
        say(
            _(
                "Without values only the id's own entries are looked for; give the name and the addresses on standard input."
            )
        )
    return int(bool(verified.found))


def _given() -> str:
    """What stands on standard input, whatever it is encoded in."""
    raw = sys.stdin.buffer.read() if hasattr(sys.stdin, "buffer") else sys.stdin.read().encode("utf-8")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def run_copies(invocation: Invocation) -> None:
    """List the copies."""
    from registry.people.copies import copies, own

    store = invocation.store
    book, here = store.book, own(store.repo)
    erased = [person for person in sorted(book.people) if book.erased(person)]
    found = [(copy, [person for person in erased if person not in copy.erased]) for copy in copies(book)]
    if invocation.wants_json:
        say_json(
            [
                {"id": copy.id, "here": copy.id == here, "since": copy.since, "reported": copy.on, "left": left}
                for copy, left in found
            ]
        )
        return
    rows = []
    for copy, left in found:
        done = _("has yet to erase %(ids)s") % {"ids": ", ".join(left)} if left else _("has erased all that is erased")
        mine = _("this copy") if copy.id == here else ""
        rows.append([copy.id, mine, copy.on.isoformat() if copy.on else "", done])
    for text in aligned(rows):
        say(text)
    if not found:
        say(_("No copy has shared the people book yet."))
