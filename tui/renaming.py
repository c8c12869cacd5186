"""Giving a record another id, through the usual dialogue; its references go along in the same commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from registry.change import Change, renaming
from registry.errors import BadInput, VanortError
from registry.records.refs import parse_id
from registry.words import _
from tui.notices import tell_error
from tui.widgets.dialogs import Ask

if TYPE_CHECKING:
    from tui.screens.main import MainScreen


async def rename_record(main: MainScreen, ref: str) -> None:
    """Ask for the new id of `ref`, show what would change, and save it."""
    from tui.screens.saving import confirm_change

    folder, _slash, old = ref.rpartition("/")

    def check(typed: str) -> str:
        try:
            new = parse_id(typed)
        except BadInput as error:
            return str(error)
        return _("There already is a record of that name.") if f"{folder}/{new}" in main.view.snapshot else ""

    typed = await main.app.push_screen_wait(Ask(_("New id for %(ref)s") % {"ref": ref}, value=old, check=check))
    if typed is None or typed.strip() == old:
        return
    new = f"{folder}/{typed.strip()}"
    try:
        edits = renaming(main.view.snapshot, ref, new)
    except VanortError as error:
        tell_error(main, error)
        return
    change = Change(edits, "", act="rename", base=main.view.snapshot.commit, renamed_from={new: ref})
    if await confirm_change(main, change):
        await main.go_to_record(new)
