"""What Git commands the app has run, for those who want to know."""

from __future__ import annotations

import shlex

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Static

from registry.git.run import commands_run
from registry.words import N_, _
from tui.commands import Command, HasCommands
from tui.text import line
from tui.widgets.columns import Column
from tui.widgets.command_footer import CommandFooter
from tui.widgets.record_list import RecordList
from tui.widgets.record_rows import Rows


class GitCommandsScreen(HasCommands, Screen[None]):
    """The latest commands, newest first; secrets are masked by the runner."""

    COMMAND_TABLE = (
        Command(id="commands.leave", keys="escape", label=N_("back"), help=N_("Back to where you were.")),
        Command(id="commands.copy", keys="c", label=N_("copy"), help=N_("Copy the command under the cursor.")),
    )

    def compose(self) -> ComposeResult:
        yield Static(line(_(" What was run")), classes="title-line")
        yield RecordList(
            [
                Column("when", _("Time"), width=8),
                Column("seconds", _("Took"), width=8, align="right"),
                Column("code", _("Result"), width=8, align="right"),
                Column("command", _("Command"), flex=1),
            ],
            empty=_("Nothing has been run yet."),
        )
        yield CommandFooter()

    def on_mount(self) -> None:
        """Fill the list."""
        self._ran = list(reversed(commands_run()))
        cells = [
            (
                ran.when.strftime("%H:%M:%S"),
                f"{ran.seconds * 1000:.0f} ms",
                "–" if ran.code is None else str(ran.code),
                shlex.join(ran.argv),
            )
            for ran in self._ran
        ]
        listed = self.query_one(RecordList)
        listed.set_rows(Rows([str(number) for number in range(len(cells))], cells))
        listed.focus()

    def do_leave(self) -> None:
        """Back."""
        self.dismiss(None)

    async def do_copy(self) -> None:
        """The command to the clipboard."""
        from tui.clipboard import copy_and_tell

        key = self.query_one(RecordList).key
        if key is not None:
            await copy_and_tell(self, shlex.join(self._ran[int(key)].argv))
