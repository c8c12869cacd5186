"""Whose name stands on the changes: asked once, where Git has none, and kept in the registry's own settings."""

from __future__ import annotations

import re

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from registry.words import N_, _
from tui.commands import Command, HasCommands
from tui.text import plain
from tui.widgets.inputs import LineInput


class IdentityScreen(HasCommands, ModalScreen[tuple[str, str] | None]):
    """Gives (name, e-mail), or None for Esc."""

    COMMAND_TABLE = (
        Command(
            id="identity.take", keys="ctrl+s", label=N_("go on"), help=N_("Keep this name and go on."), priority=True
        ),
        Command(id="identity.leave", keys="escape", label=N_("back"), help=N_("Save nothing yet."), priority=True),
    )

    def __init__(self) -> None:
        super().__init__(classes="dialogue")

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialogue--box"):
            yield Static(plain(_("Who enters the changes?")), classes="dialogue--question")
            yield Static(
                plain(
                    _(
                        "Every change says who entered it, as minutes do, and cannot be made to forget it. "
                        "Give your own name, or your office and its mailbox."
                    )
                ),
                classes="dialogue--detail",
            )
            yield Static(plain(_("Name")))
            yield LineInput(id="identity-name", placeholder=_("Anna Andersson, or International coordinator"))
            yield Static(plain(_("E-mail")))
            yield LineInput(id="identity-mail", placeholder="international@example.org")
            yield Static(classes="dialogue--trouble")
            yield Static(plain(_("Enter goes on, Esc goes back.")), classes="dialogue--hint")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter: the next field, then on."""
        event.stop()
        if event.input.id == "identity-name":
            self.query_one("#identity-mail", Input).focus()
        else:
            self.do_take()

    def do_take(self) -> None:
        """Take what was written, if it will do."""
        name = self.query_one("#identity-name", Input).value.strip()
        mail = self.query_one("#identity-mail", Input).value.strip()
        trouble = ""
        if not re.search(r"[^\W_]", name) or any(sign in name for sign in "<>\n"):
            trouble = _("Write a name, without < and >.")
        elif not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", mail):
            trouble = _("Write an e-mail address, like international@example.org.")
        if trouble:
            self.query_one(".dialogue--trouble", Static).update(plain(trouble))
        else:
            self.dismiss((name, mail))

    def do_leave(self) -> None:
        """Nothing is kept."""
        self.dismiss(None)
