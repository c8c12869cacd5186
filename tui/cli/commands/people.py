"""`vanort people …`: the people book, which is kept beside the history (DESIGN.md section 5)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from registry.words import _, ngettext
from tui.cli import completing
from tui.cli.answers import say, say_json, styled
from tui.cli.columns import aligned
from tui.cli.frame import SETTINGS, Command
from tui.cli.invocation import Invocation
from tui.cli.parameters import json_option

if TYPE_CHECKING:
    from registry.people import Book


class People(click.Group):
    """The group; its commands are made when they are asked for, like all others."""

    def __init__(self, summary: str) -> None:
        super().__init__(
            "people",
            context_settings=dict(SETTINGS),
            help=summary
            + "\n\n"
            + _("Records hold an id and an office; the name stays in the book, from where it can be erased."),
            short_help=summary,
            options_metavar="",
            subcommand_metavar=_("COMMAND [ARGUMENTS]..."),
        )

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """As the help text has them."""
        return ["list", "show", "add", "set", "handover", "vacant", "export"]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command, made now."""
        if cmd_name in {"handover", "vacant"}:
            from tui.cli.commands import people_offices

            return people_offices.make_handover() if cmd_name == "handover" else people_offices.make_vacant()
        makers = {"list": _list, "show": _show, "add": _add, "set": _set, "export": _export}
        return makers[cmd_name]() if cmd_name in makers else None


def make(summary: str) -> click.Command:
    """The group of commands."""
    return People(summary)


def _id_argument() -> click.Argument:
    return click.Argument(["person"], metavar="ID", shell_complete=completing.people)


def _values_argument() -> click.Argument:
    return click.Argument(
        ["assignments"], metavar=_("KEY=VALUE..."), nargs=-1, required=True, shell_complete=completing.person_values
    )


def _list() -> Command:
    return Command(
        "list",
        run_list,
        _("Who is in the book."),
        params=[click.Argument(["words"], metavar=_("[WORD]..."), nargs=-1), json_option()],
        examples=[
            ("vanort people list", _("Everybody, by name.")),
            ("vanort people list rektor skjern", _("Those in whose entry all the words are found.")),
        ],
    )


def _show() -> Command:
    return Command(
        "show",
        run_show,
        _("All that the book has about somebody."),
        params=[_id_argument(), json_option()],
        examples=[("vanort people show p-7k2m9x", _("One person."))],
    )


def _add() -> Command:
    return Command(
        "add",
        run_add,
        _("Put somebody into the book, and give the id that records use."),
        text=_("Keys: name, title, email, telephone, organisation, retain_until, retention_basis."),
        params=[_values_argument(), json_option()],
        examples=[
            ('vanort people add name="Maja Exempel" title=Rektor organisation=Stjerneskolan', _("Prints the new id."))
        ],
    )


def _set() -> Command:
    return Command(
        "set",
        run_set,
        _("Change what the book has about somebody."),
        text=_("KEY= clears. An office that changes hands is a change of the record, not of the person."),
        params=[_id_argument(), _values_argument(), json_option()],
        examples=[("vanort people set p-7k2m9x telephone='0560-123 45' email=", _("One value changed, one cleared."))],
    )


def _export() -> Command:
    return Command(
        "export",
        run_export,
        _("Write the whole book to a file outside the registry: .toml, .json or .csv."),
        params=[
            click.Argument(["file"], metavar=_("FILE"), type=click.Path(path_type=Path)),
            click.Option(["--overwrite"], is_flag=True, help=_("Also where the file exists already.")),
            json_option(),
        ],
        examples=[("vanort people export ~/people-backup.toml", _("A backup; it holds personal data."))],
    )


def _book(invocation: Invocation) -> Book:
    """The book. Raises its fault where it cannot be read."""
    book = invocation.store.book
    if book.state == "broken" and book.fault is not None:
        raise book.fault
    return book


def run_list(invocation: Invocation, *, words: tuple[str, ...]) -> None:
    """List the people of the book."""
    from registry.people.exporting import plain
    from registry.plain_text import line

    book = _book(invocation)
    found = book.find(" ".join(words))
    if not words:
        found += [person for person in sorted(book.people) if book.erased(person)]
    if invocation.wants_json:
        say_json([plain(book, person) for person in found])
        return
    for text in aligned([[person, *map(line, _cells(book, person))] for person in found]):
        say(text)
    if not found and book.state == "missing" and book.fault is not None:
        say(str(book.fault))
        return
    say(styled(ngettext("%(count)s person", "%(count)s people", len(found)) % {"count": len(found)}, "dim"))


def _cells(book: Book, person: str) -> list[str]:
    entry = book.people[person]
    return [book.name(person), *(str(entry.get(key, "")) for key in ("title", "organisation", "email", "telephone"))]


def run_show(invocation: Invocation, *, person: str) -> None:
    """Show one person."""
    from registry.people import ERASED, PERSON
    from registry.people.exporting import plain
    from registry.plain_text import line

    book = _book(invocation)
    entry = book.entry(person.strip())
    if invocation.wants_json:
        say_json(plain(book, person.strip()))
        return
    say(styled(line(book.name(person.strip())), "bold"))
    fields = {**ERASED.by_key, **PERSON.by_key}
    rows = [
        [
            str(fields[key].label) if key in fields else key,
            line(fields[key].type.show(value) if key in fields else str(value)),
        ]
        for key, value in entry.items()
    ]
    for text in aligned(rows):
        say(f"  {text}")


def run_add(invocation: Invocation, *, assignments: tuple[str, ...]) -> None:
    """Add somebody."""
    data = {key: value for key, value in _assigned({}, assignments).items() if value is not None}
    person = invocation.store.people.add(data)
    if invocation.wants_json:
        say_json({"id": person})
    else:
        say(person)


def run_set(invocation: Invocation, *, person: str, assignments: tuple[str, ...]) -> None:
    """Change somebody's entry."""
    book = _book(invocation)
    name = person.strip()
    before = book.entry(name)
    after = _assigned(before, assignments)
    changes = {key: after.get(key) for key in {**before, **after} if before.get(key) != after.get(key)}
    if changes:
        invocation.store.people.set(name, changes, book)
    if invocation.wants_json:
        say_json({"id": name, "changed": sorted(changes)})
    else:
        say(_("Saved in the people book.") if changes else _("Nothing differs, so nothing was saved."))


def _assigned(before: Any, assignments: tuple[str, ...]) -> dict[str, Any]:
    from registry.people import PERSON
    from registry.records.assign import assign

    return dict(assign(PERSON, before, assignments))


def run_export(invocation: Invocation, *, file: Path, overwrite: bool) -> None:
    """Write the book to a file."""
    target = file.expanduser()
    invocation.store.people.export(target, overwrite=overwrite)
    if invocation.wants_json:
        say_json({"file": str(target)})
    else:
        say(
            _("The people book was written to %(file)s. It holds personal data: keep it where nobody else reads.")
            % {"file": str(target)}
        )
