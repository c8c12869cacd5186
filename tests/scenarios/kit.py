"""What the stories of a coordinator's days share: how a form is filled in, what a card says, what is found."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, cast

from registry.store import Store
from tests.tui.cli.running import vanort
from tests.tui.form_kit import Writer
from tui.forms.choices import ChoiceField
from tui.forms.entry_list import AddLine, EntryLine, EntryList
from tui.screens.browse import BrowsePage

OFFICER = [{"person": "p-4tq8ab", "function": "Rektor", "from": date(2026, 1, 1)}]


def card(user: Writer) -> str:
    """What the card says, on one line."""
    shown = cast("BrowsePage", user.main.page).card
    return " ".join(shown.content.plain.split()) if shown else ""


async def add(user: Writer, entries: str, **values: str) -> None:
    """An entry of a list, filled in."""
    line = next(line for line in user.app.screen.query(AddLine) if _list_of(line) == entries)
    line.focus()
    await user.press("enter")
    await _fill_in(user, values)


async def alter(user: Writer, entries: str, **values: str) -> None:
    """The last entry of a list, opened and changed."""
    line = [line for line in user.app.screen.query(EntryLine) if _list_of(line) == entries][-1]
    line.focus()
    await user.press("enter")
    await _fill_in(user, values)


async def _fill_in(user: Writer, values: dict[str, str]) -> None:
    """Field by field; of a choice, the letter that chooses."""
    for key, text in values.items():
        if isinstance(await user.field(key), ChoiceField):
            await user.press(text)
        else:
            await user.put(key, text)


def _list_of(line: AddLine | EntryLine) -> str:
    return cast("EntryList", line.parent).field.key


def checked(store: Store | Path, *refs: str) -> list[dict[str, Any]]:
    """What `vanort check --json` finds now in these records, or in all."""
    folder = store.folder if isinstance(store, Store) else store
    found: list[dict[str, Any]] = vanort("check", *refs, "--json", cwd=folder).json
    return found
