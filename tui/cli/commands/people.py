"""`vanort people …`: the people book, which is kept beside the history (DESIGN.md section 5)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

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
        return list(MAKERS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command, made now."""
        if cmd_name not in MAKERS:
            return None
        from importlib import import_module

        module, maker = MAKERS[cmd_name]
        found = import_module(f"tui.cli.commands.{module}") if module else sys.modules[__name__]
        command: click.Command = getattr(found, maker)()
        return command


def make(summary: str) -> click.Command:
    """The group of commands."""
    return People(summary)


MAKERS: Final = {
    "list": ("", "_list"),
    "show": ("", "_show"),
    "add": ("", "_add"),
    "set": ("", "_set"),
    "merge": ("people_sharing", "make_merge"),
    "handover": ("people_offices", "make_handover"),
    "vacant": ("people_offices", "make_vacant"),
    "extract": ("people_extract", "make_extract"),
    "erase": ("people_erasing", "make_erase"),
    "verify-erased": ("people_erasing", "make_verify"),
    "copies": ("people_erasing", "make_copies"),
    "share": ("people_sharing", "make_share"),
    "accept": ("people_accepting", "make_accept"),
    "export": ("", "_export"),
    "import": ("people_importing", "make_import"),
}
"""Command → its module, "" for this one, and what makes it there."""


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
        params=[
            click.Argument(["words"], metavar=_("[WORD]..."), nargs=-1),
            click.Option(["--unreferenced"], is_flag=True, help=_("Only those whom no record names.")),
            click.Option(["--overdue"], is_flag=True, help=_("Only those who were to be gone by now.")),
            click.Option(["--without-basis"], is_flag=True, help=_("Only those without a basis for keeping them.")),
            json_option(),
        ],
        examples=[
            ("vanort people list --unreferenced --without-basis", _("Those whom the book hardly needs.")),
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


def run_list(invocation: Invocation, *, words: tuple[str, ...], **filters: bool) -> None:
    """List the people of the book, with what each is by the records."""
    from datetime import date

    from registry.people.exporting import plain
    from registry.people.reviewing import FILTERS, narrowed
    from registry.plain_text import line
    from registry.roles import as_json, roles, vacated

    book, today = _book(invocation), date.today()
    snapshot, _by_hand = invocation.store.with_hand_edits()
    found = book.find(" ".join(words))
    if not words:
        found += [person for person in sorted(book.people) if book.erased(person)]
    wanted = [each for each in FILTERS if filters[each.replace("-", "_")]]
    found = narrowed(book, found, wanted, snapshot.referrers, today)
    held = {person: roles(snapshot, person, today) for person in found}
    held |= {person: vacated(held[person]) for person in found if book.erased(person)}
    if invocation.wants_json:
        say_json([{**plain(book, person), **as_json(held[person])} for person in found])
        return
    rows = []
    for person in found:
        now = list(dict.fromkeys(role.words for role in held[person] if role.now))
        rows.append([person, *map(line, [*_cells(book, person), "; ".join(now)])])
    for text in aligned(rows):
        say(text)
    if not found and book.state == "missing" and book.fault is not None:
        say(str(book.fault))
        return
    say(styled(ngettext("%(count)s person", "%(count)s people", len(found)) % {"count": len(found)}, "dim"))


def _cells(book: Book, person: str) -> list[str]:
    entry = book.people[person]
    return [book.name(person), *(str(entry.get(key, "")) for key in ("title", "organisation", "email", "telephone"))]


def run_show(invocation: Invocation, *, person: str) -> None:
    """Show one person: what the book says, and what they are and were by the records."""
    from datetime import date

    from registry.people import ERASED, MERGED, PERSON
    from registry.people.exporting import plain
    from registry.plain_text import line
    from registry.roles import as_json, formerly, roles, vacated

    book, name = _book(invocation), person.strip()
    entry = book.entry(name)
    snapshot, _by_hand = invocation.store.with_hand_edits()
    held = roles(snapshot, name, date.today())
    held = vacated(held) if book.erased(name) else held
    before = [role for role in formerly(invocation.store, name, snapshot) if role is not None]
    if invocation.wants_json:
        say_json({**plain(book, name), **as_json([*held, *before])})
        return
    say(styled(line(book.name(name)), "bold"))
    fields = {**ERASED.by_key, **MERGED.by_key, **PERSON.by_key}
    rows = [
        [
            str(fields[key].label) if key in fields else key,
            line(fields[key].type.show(value) if key in fields else str(value)),
        ]
        for key, value in entry.items()
    ]
    for text in aligned(rows):
        say(f"  {text}")
    for title, told in (
        (_("Now"), [role for role in held if role.now]),
        (_("Before"), [*(role for role in held if not role.now), *before]),
    ):
        if told:
            say(styled(title, "bold"))
        for text in aligned(
            [[line(role.title), line(role.words), role.days, styled(role.ref, "dim")] for role in told]
        ):
            say(f"  {text}")
    if not held:
        say(styled(_("No record names this person."), "dim"))


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
