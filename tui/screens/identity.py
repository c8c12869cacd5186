"""Whose name stands on the changes: asked once, where Git has none, and kept in the registry's own settings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from registry.words import N_, _
from tui.commands import Command, HasCommands, Verdict
from tui.text import plain
from tui.widgets.inputs import LineInput


def _explained(offices: Sequence[tuple[str, str]]) -> Iterator[str]:
    """What each means for posterity."""
    yield _("Every change says who entered it, as minutes do, and cannot be made to forget it.")
    yield _(
        "Your own name: everybody can see for all time that you entered it, also when you have left and your entry in the "
        "people book is erased. That is what an official's name in a public document is."
    )
    yield _(
        "Your office and its mailbox: nothing personal enters the history, and it cannot be seen which of several who share "
        "the mailbox it was."
    )
    if offices:
        yield _("F2 fills in an office that the registry has a mailbox for.")


def _has_offices(screen: IdentityScreen) -> Verdict:
    return True if screen.offices else _("The registry has no office with a mailbox yet.")


class IdentityScreen(HasCommands, ModalScreen[tuple[str, str] | None]):
    """Gives (name, e-mail), or None for Esc."""

    COMMAND_TABLE = (
        Command(
            id="identity.office",
            keys="f2",
            label=N_("the office's"),
            help=N_("Take an office and its mailbox, as the registry has them; again takes the next one."),
            priority=True,
            enabled=_has_offices,
        ),
        Command(
            id="identity.take", keys="ctrl+s", label=N_("go on"), help=N_("Keep this name and go on."), priority=True
        ),
        Command(id="identity.leave", keys="escape", label=N_("back"), help=N_("Save nothing yet."), priority=True),
    )

    def __init__(self, offices: Sequence[tuple[str, str]] = ()) -> None:
        """`offices` are functions with their mailboxes, to be taken with a key."""
        super().__init__(classes="dialogue")
        self.offices = tuple(offices)
        self._next = 0

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialogue--box"):
            yield Static(plain(_("Who enters the changes?")), classes="dialogue--question")
            yield Static(
                plain("\n\n".join(_explained(self.offices))),
                classes="dialogue--detail",
            )
            yield Static(plain(_("Name")))
            yield LineInput(id="identity-name", placeholder=_("Anna Andersson, or International coordinator"))
            yield Static(plain(_("E-mail")))
            yield LineInput(id="identity-mail", placeholder="international@example.org")
            yield Static(classes="dialogue--trouble")
            yield Static(plain(_("Enter goes on, Esc goes back.")), classes="dialogue--hint")

    def do_office(self) -> None:
        """Fill in an office with its mailbox."""
        name, mail = self.offices[self._next % len(self.offices)]
        self._next += 1
        self.query_one("#identity-name", Input).value = name
        self.query_one("#identity-mail", Input).value = mail

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
