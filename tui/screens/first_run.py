"""The first screen: make the registry of the policy (Enter is enough), open the demo or a folder, or take part in a shared one."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Static

from registry.errors import VanortError
from registry.words import N_, _
from tui.commands import Command, HasCommands
from tui.notices import tell_error
from tui.text import plain
from tui.widgets.columns import Column
from tui.widgets.command_footer import CommandFooter
from tui.widgets.dialogs import Ask
from tui.widgets.record_list import RecordList
from tui.widgets.record_rows import Rows

if TYPE_CHECKING:
    from registry.store import Store

T = TypeVar("T")


def default_folder() -> Path:
    """Where a new registry is put unless the user says otherwise."""
    return Path.home() / "vanort-torsby"


class FirstRunScreen(HasCommands, Screen[Path | None]):
    """Gives the folder of the registry to open, or None where the user leaves."""

    COMMAND_TABLE = (
        Command(id="first.leave", keys="escape", label=N_("quit"), help=N_("Leave without making anything."), rank=60),
    )

    def compose(self) -> ComposeResult:
        with Vertical(id="first-run"):
            yield Static(plain(_("Vänort")), id="first-title")
            yield Static(
                plain(
                    _(
                        "The registry of a municipality's international contacts.\nEvery change is kept, with who, when, why and under which decision."
                    )
                ),
                id="first-about",
            )
            yield RecordList([Column("what", "", flex=1)], show_header=False, id="first-choices")
            yield Static(id="first-hint")
        yield CommandFooter()

    def on_mount(self) -> None:
        """The first choice is the usual one."""
        choices = self.query_one(RecordList)
        names = {
            "torsby": _("Make the registry of Torsby kommun, with the six twin towns of its policy"),
            "demo": _("Look round in a fictional example with eight years of history"),
            "blank": _("Make an empty registry for another municipality"),
            "open": _("Open a registry that is already here"),
            "clone": _("Take part in a registry that is shared already"),
        }
        choices.set_rows(Rows(list(names), [(name,) for name in names.values()]))
        choices.focus()

    def on_record_list_highlighted(self, event: RecordList.Highlighted) -> None:
        """Say what the choice will do."""
        event.stop()
        hints = {
            "torsby": _("It is put in %(folder)s. Nothing leaves this computer.") % {"folder": default_folder()},
            "demo": _("It is put in a temporary folder. Nothing in it has happened."),
            "blank": _("You are asked for the municipality's name and for a folder."),
            "open": _("You are asked for its folder."),
            "clone": _("You are asked for its address, and for a folder to have a copy in."),
        }
        self.query_one("#first-hint", Static).update(plain(hints.get(event.key or "", "")))

    def on_record_list_opened(self, event: RecordList.Opened) -> None:
        """Do it."""
        event.stop()
        self._take(event.key)

    @work(exclusive=True)
    async def _take(self, choice: str) -> None:
        try:
            folder = await self._made(choice)
        except VanortError as error:
            tell_error(self, error)
            return
        if folder is not None:
            self.dismiss(folder)

    async def _made(self, choice: str) -> Path | None:
        """The folder of the chosen registry, made if it has to be; None where the user changed their mind."""
        if choice == "demo":
            return await self._making(_("The example is being made …"), _demo)
        if choice == "open":
            return await self._asked(_("Which folder?"), str(Path.cwd()))
        if choice == "clone":
            return await self._cloned()
        folder, name = default_folder(), ""
        if choice == "blank":
            given = await self.app.push_screen_wait(
                Ask(_("What is the municipality called?"), example="Granhult kommun")
            )
            if not given:
                return None
            name = given
            wanted = await self._asked(_("In which folder?"), str(Path.home() / "vanort"))
            if wanted is None:
                return None
            folder = wanted
        elif folder.exists() and any(folder.iterdir()):
            if (folder / "registry.toml").exists():
                return folder
            wanted = await self._asked(
                _("%(folder)s is taken. In which folder instead?") % {"folder": folder}, str(folder) + "-2"
            )
            if wanted is None:
                return None
            folder = wanted
        identity = await self._identity()
        if identity is None:
            return None
        return await self._making(_("The registry is being made …"), lambda: _init(folder, choice, name, identity))

    async def _cloned(self) -> Path | None:
        """A copy of one's own of a shared registry; None where the user changed their mind."""
        from tui.screens.address import ask_for_address

        address = await ask_for_address(self, _("Where is the registry shared?"))
        if address is None:
            return None
        folder = await self._asked(_("In which folder?"), str(_folder_for(address)))
        return None if folder is None else await self._copied(address, folder)

    async def _copied(self, address: str, folder: Path) -> Path:
        """Fetch it, whole or not at all; Esc calls it off."""
        from registry.git.addresses import shown
        from registry.sharing.cloning import clone
        from tui.screens.waiting import waiting_for

        what = _("Being copied from %(address)s …") % {"address": shown(address)}
        with ThreadPoolExecutor(1, thread_name_prefix="clone") as thread:

            def submit(work: Callable[[], T]) -> Future[T]:
                return thread.submit(copy_context().run, work)

            store = await waiting_for(self, what, submit, lambda **how: clone(address, folder, **how))
        return store.folder

    async def _asked(self, question: str, value: str) -> Path | None:
        typed = await self.app.push_screen_wait(Ask(question, value=value))
        return Path(typed).expanduser() if typed else None

    async def _identity(self) -> tuple[str, str] | None:
        """Whose name stands on the changes: Git's own where it has one (then "", ""), else asked for."""
        from registry.git.repository import known_identity

        if await asyncio.to_thread(known_identity) is not None:
            return "", ""
        from tui.screens.identity import IdentityScreen

        return await self.app.push_screen_wait(IdentityScreen())

    async def _making(self, words: str, make: object) -> Path:
        self.query_one("#first-hint", Static).update(plain(words))
        store = await asyncio.to_thread(cast("type[Store]", make))
        return store.folder

    def do_leave(self) -> None:
        """Nothing is made."""
        self.dismiss(None)


def _folder_for(address: str) -> Path:
    """A folder for a copy of what is shared there, called as it is there."""
    from registry.records.refs import slug

    name = re.split(r"[/:\\]", address.rstrip("/\\"))[-1].removesuffix(".git")
    home = Path.home()
    taken = {place.name for place in home.iterdir()} if home.is_dir() else set()
    return home / slug(name, taken)


def _demo() -> Store:
    import tempfile

    from registry.starters.demo.make import make_demo

    return make_demo(Path(tempfile.mkdtemp(prefix="vanort-demo-")) / "demo")


def _init(folder: Path, starter: str, name: str, identity: tuple[str, str]) -> Store:
    from registry.starters.make import init

    return init(folder, starter, municipality=name, identity=identity if identity[0] else None)
