"""What every screen of the app can do: help, the palette of all commands, and keys of the user's own choosing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.app import App
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from registry.errors import VanortError
from registry.plain_text import Search, fold
from registry.words import N_, _
from tui.commands import Command, HasCommands, Offer, offers
from tui.keys import split_keys, trouble_with
from tui.notices import tell_error
from tui.text import line

if TYPE_CHECKING:
    _App = App[Any]
else:
    _App = object


class AppCommands(HasCommands, _App):
    """Mixed into the app, named before `App`. The palette on ctrl+p and the help on ? are made of all the tables."""

    ENABLE_COMMAND_PALETTE = False  # Textual's own entry to it, in English only; ours is below

    COMMAND_TABLE: ClassVar[tuple[Command, ...]] = (
        Command(
            id="app.help",
            keys="question_mark,f1",
            label=N_("help"),
            help=N_("Every command that works here, and its key."),
            group=N_("Everywhere"),
            rank=1,
        ),
        Command(
            id="app.guide",
            keys="f3",
            label=N_("guide"),
            help=N_("The page of the guide that helps where you are, and from there every other."),
            group=N_("Everywhere"),
            show=False,
            priority=True,
        ),
        Command(
            id="app.palette",
            keys="ctrl+p",
            label=N_("everything"),
            help=N_("Find a command by its name."),
            group=N_("Everywhere"),
            pinned=True,
            rank=2,
            priority=True,
        ),
    )

    rebound_keys: Mapping[str, str] = {}
    """The user's own keys, by command id."""

    def do_help(self) -> None:
        """Show the help over what is on the screen."""
        from tui.screens.help import HelpScreen

        if isinstance(self.screen, (HelpScreen, CommandPalette)):
            return
        self.push_screen(HelpScreen(offers(self.screen)), _take)

    def do_guide(self) -> None:
        """Read the page of the guide that belongs to what is on the screen."""
        from tui.screens.guide import GuideScreen, page_here

        stack = self.screen_stack
        if any(isinstance(screen, GuideScreen) for screen in stack):
            return
        try:
            page = page_here(stack)
        except VanortError as error:
            tell_error(self, error)
            return
        self.push_screen(GuideScreen(page))

    def do_palette(self) -> None:
        """Show Textual's command palette, with our commands in it."""
        if not CommandPalette.is_open(self):
            palette = CommandPalette(
                [CommandsProvider], placeholder=_("What do you want to do?"), id="--command-palette"
            )
            self.push_screen(palette)

    def rebind(self, keys: Mapping[str, str], known: Iterable[Command]) -> list[str]:
        """Take over the user's own `keys` (command id → keys). Returns what is wrong with the rest, a sentence each."""
        ids = {command.id for command in known}
        good: dict[str, str] = {}
        problems: list[str] = []
        for command_id, wanted in keys.items():
            if command_id not in ids:
                problems.append(_("There is no command called %(id)s.") % {"id": command_id})
            elif not split_keys(wanted):
                problems.append(_("The command %(id)s needs a key.") % {"id": command_id})
            elif trouble := trouble_with(wanted):
                problems.append(trouble)
            else:
                good[command_id] = ",".join(split_keys(wanted))
        self.rebound_keys = good
        self.set_keymap(good)
        return problems


async def _take(offer: Offer | None) -> None:
    if offer is not None:
        await offer.take()


class CommandsProvider(Provider):
    """Our commands in Textual's command palette; those that cannot be used now say why."""

    async def discover(self) -> Hits:
        for offer in self._offers():
            yield DiscoveryHit(_title(offer), partial(_take, offer), text=_name(offer), help=cast(str, _help(offer)))

    async def search(self, query: str) -> Hits:
        wanted = Search.of(query)
        found = False
        for offer in self._offers():
            name, about = fold(_name(offer)), fold(f"{_name(offer)} {offer.help} {offer.group}")
            if not wanted.matches(about):
                continue
            found = True
            score = 1.0 if name.startswith(wanted.words[0]) else 0.8 if wanted.matches(name) else 0.5
            yield Hit(score, _title(offer), partial(_take, offer), text=_name(offer), help=cast(str, _help(offer)))
        if not found:
            yield Hit(0.1, Content(_("No command has these words.")), _nothing, text=query)

    def _offers(self) -> list[Offer]:
        return [offer for offer in offers(self.screen) if offer.command.id != "app.palette"]


def _nothing() -> None:
    """For a row that only says something."""


def _name(offer: Offer) -> str:
    return offer.label[:1].upper() + offer.label[1:]


def _title(offer: Offer) -> Content:
    style = "" if offer.verdict is True else "dim"
    keys = Content.styled(f"  {offer.key_text}", "$text-muted") if offer.key_text else Content("")
    return Content.styled(_name(offer), style) + keys


def _help(offer: Offer) -> Content:
    """Not a `str`, which Textual would read as markup: why something cannot be done may quote a record."""
    verdict = offer.verdict
    return line(offer.help if verdict is True else verdict)
