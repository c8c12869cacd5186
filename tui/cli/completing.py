"""What the shell completes: records, keys, choices, reasons. Never fails; where nothing is known, nothing is offered.

Bash hands over ``stage=pl`` as three words, ``stage`` ``=`` ``pl``; the other shells as one.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from click.shell_completion import CompletionItem

from registry.errors import VanortError
from tui.cli.invocation import Invocation

_LATEST: Final = 500
"""Changes that completion looks at: it must be quick."""

if TYPE_CHECKING:
    from registry.git.repository import Repository
    from registry.records.field_type import FieldType
    from registry.records.fields import Kind


def refs(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The records of the registry, folder by folder."""
    found: list[CompletionItem] = []
    with contextlib.suppress(VanortError, OSError):
        from registry.git.worktree import list_files
        from registry.records.refs import ref_of

        every = [ref for path in list_files(_repository(ctx)) if (ref := ref_of(path))]
        found = [CompletionItem(ref) for ref in every if ref.startswith(incomplete)]
    return found


def new_refs(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The kinds, where the name is to be made of the title; and the folders to name a record in."""
    from datetime import date

    from registry.records.kinds import LISTED

    folders = [f"{kind}/{date.today().year}/" if kind == "projects" else f"{kind}/" for kind in LISTED]
    return [CompletionItem(name) for name in (*LISTED, *folders) if name.startswith(incomplete)]


def kinds(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The kinds that can be listed."""
    from registry.records.kinds import KINDS, LISTED

    return [CompletionItem(kind, help=str(KINDS[kind].many)) for kind in LISTED if kind.startswith(incomplete)]


def sheets(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The sheets that a workbook has."""
    from registry.exchange.layout import SHEETS

    return [CompletionItem(key, help=str(sheet.words)) for key, sheet in SHEETS.items() if key.startswith(incomplete)]


def reports(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The reports that can be made."""
    from registry.reports.reports_known import REPORTS
    from registry.words import _

    return [
        CompletionItem(name, help=_(report.about)) for name, report in REPORTS.items() if name.startswith(incomplete)
    ]


def sort_keys(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """What a list of the kind that the command line names can be sorted by."""
    kind = _kind(ctx)
    if kind is None or kind.single:
        return []
    from tui.cli.sorting import keys_of

    labels = {key: str(kind.by_key[key].label) for key in kind.columns}
    return [CompletionItem(key, help=labels.get(key, "")) for key in keys_of(kind) if key.startswith(incomplete)]


def reasons(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The choices that may stand for a reason in words."""
    from registry.change import REASONS

    return [CompletionItem(key, help=str(words)) for key, words in REASONS.items() if key.startswith(incomplete)]


def assignments(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """KEY=VALUE for the kind of record that the command line names: keys, then the choices of a key."""
    kind = _kind(ctx)
    if kind is None:
        return []
    before = list(ctx.params.get(param.name or "") or ())
    if not incomplete and before and before[-1] in kind.by_key:  # bash: stage = (click takes the sign away)
        return [CompletionItem(value) for value in _values(kind, before[-1])]
    if len(before) >= 2 and before[-1] == "=":  # bash: stage = pl
        return [CompletionItem(value) for value in _values(kind, before[-2]) if value.startswith(incomplete)]
    key, equals, begun = incomplete.partition("=")
    if equals:
        return [CompletionItem(f"{key}={value}") for value in _values(kind, key) if value.startswith(begun)]
    return [
        CompletionItem(f"{field.key}=", help=str(field.label))
        for field in kind.fields
        if field.key.startswith(key) and not field.automatic
    ]


def person_values(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """KEY= of a person."""
    from registry.people import PERSON

    return [
        CompletionItem(f"{field.key}=", help=str(field.label))
        for field in PERSON.fields
        if field.key.startswith(incomplete)
    ]


def people(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The ids of the people book, with names."""
    found: list[CompletionItem] = []
    with contextlib.suppress(VanortError, OSError):
        from registry.people import PeopleStore

        book = PeopleStore(_repository(ctx)).load()
        found = [
            CompletionItem(person, help=book.name(person)) for person in book.people if person.startswith(incomplete)
        ]
    return found


def _repository(ctx: click.Context) -> Repository:
    from registry.git.repository import Repository

    return Repository.discover(ctx.ensure_object(Invocation).chosen_folder or Path())


def _kind(ctx: click.Context) -> Kind | None:
    from registry.records.kinds import KINDS
    from registry.records.refs import folder_of

    unread = (
        ctx.args[0] if ctx.args else ""
    )  # where an option still waits for its value, click has assigned no argument
    return KINDS.get(folder_of(str(ctx.params.get("ref") or ctx.params.get("kind") or unread)))


def _values(kind: Kind, key: str) -> Iterator[str]:
    field = kind.by_key.get(key)
    yield from _choices(field.type) if field else ()


def _choices(kind: FieldType) -> Iterator[str]:
    from registry.records.types import OneOf, SetOf, YesNo

    if isinstance(kind, OneOf):
        yield from (option.value for option in kind.options)
    elif isinstance(kind, YesNo):
        yield from ("true", "false")
    elif isinstance(kind, SetOf):
        yield from _choices(kind.item)


def filters(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """How a filter of the history may go on; who entered something is taken from the latest changes."""
    found: list[CompletionItem] = []
    with contextlib.suppress(VanortError, OSError):
        from registry.git.log import walk
        from registry.history_filter import complete
        from registry.history_filter.gathering import known_of
        from registry.store import Store

        store = Store(_repository(ctx))
        raws = walk(store.repo, limit=_LATEST)
        known = known_of(store.at_start(), ((raw.author, raw.message) for raw in raws))
        found = [CompletionItem(item.text, help=item.about) for item in complete(incomplete, known)]
    return found
