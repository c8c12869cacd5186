"""The guide, read in the app: the page that helps where the user stands, and from there every other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Markdown, Static

from registry.errors import VanortError
from registry.words import N_, _
from tui.commands import Command, HasCommands, Verdict
from tui.forms.record_form import RecordForm
from tui.guide.pages import FIRST, Page, names, page_of, read
from tui.guide.places import page_for
from tui.notices import tell, tell_error
from tui.screens.choose import ChooseScreen
from tui.screens.main import MainScreen
from tui.text import line
from tui.widgets.command_footer import CommandFooter


def _leads_on(screen: GuideScreen) -> Verdict:
    return True if screen.page.links else _("This page leads to no other.")


class GuideScreen(HasCommands, Screen[None]):
    """One page at a time. Esc goes back along the pages that were read, and from the first to where the user was."""

    COMMAND_TABLE = (
        Command(id="guide.leave", keys="escape,b,backspace", label=N_("back"), help=N_("Back to the page before, or to where you were."), group=N_("Guide"), rank=1),
        Command(id="guide.down", keys="down", key_text="↑↓", label=N_("scroll"), help=N_("A line down."), group=N_("Guide"), rank=5),
        Command(id="guide.up", keys="up", label=N_("up"), help=N_("A line up."), group=N_("Guide"), show=False),
        Command(id="guide.page-down", keys="pagedown,space", label=N_("page down"), help=N_("A page down."), group=N_("Guide"), show=False),
        Command(id="guide.page-up", keys="pageup", label=N_("page up"), help=N_("A page up."), group=N_("Guide"), show=False),
        Command(id="guide.follow", keys="f", label=N_("follow"), help=N_("Go to a page that this one leads to."), group=N_("Guide"), enabled=_leads_on, rank=3),
        Command(id="guide.pages", keys="a", label=N_("all pages"), help=N_("Choose among all pages of the guide."), group=N_("Guide"), rank=4),
    )  # fmt: skip

    def __init__(self, page: Page) -> None:
        super().__init__(classes="place")
        self.page = page
        """What is read now."""
        self._way: list[tuple[Page, float]] = []
        """The pages before it, each with the line at which it was left."""

    def compose(self) -> ComposeResult:
        """The name of the page, the page."""
        yield Static(classes="title-line")
        with VerticalScroll(classes="guide--page"):
            yield Markdown(open_links=False)
        yield CommandFooter()

    async def on_mount(self) -> None:
        """Show it."""
        self.query_one(VerticalScroll).focus()
        await self._show()

    async def _show(self, at: float = 0) -> None:
        self.query_one(".title-line", Static).update(line(f" {_('Guide')} · {self.page.title}"))
        await self.query_one(Markdown).update(self.page.text)
        self.query_one(VerticalScroll).scroll_to(y=at, animate=False, force=True)
        self.refresh_bindings()

    async def turn_to(self, name: str) -> None:
        """Read another page."""
        try:
            page = read(name)
        except VanortError as error:
            tell_error(self, error)
            return
        self._way.append((self.page, self.query_one(VerticalScroll).scroll_y))
        self.page = page
        await self._show()

    async def on_markdown_link_clicked(self, event: Markdown.LinkClicked) -> None:
        """A link was clicked: a page of the guide is turned to; of what lies elsewhere, its address is told."""
        event.stop()
        if name := page_of(event.href):
            await self.turn_to(name)
        elif not event.href.startswith("#"):
            tell(self, event.href)

    async def do_leave(self) -> None:
        """Back, page by page."""
        if self._way:
            self.page, at = self._way.pop()
            await self._show(at)
        else:
            self.dismiss(None)

    def do_down(self) -> None:
        """A line down."""
        self.query_one(VerticalScroll).scroll_down(animate=False)

    def do_up(self) -> None:
        """A line up."""
        self.query_one(VerticalScroll).scroll_up(animate=False)

    def do_page_down(self) -> None:
        """A page down."""
        self.query_one(VerticalScroll).scroll_page_down(animate=False)

    def do_page_up(self) -> None:
        """A page up."""
        self.query_one(VerticalScroll).scroll_page_up(animate=False)

    def do_follow(self) -> None:
        """Ask which of the pages that this one leads to."""
        self._ask(_("To which page?"), [name for name, _text in self.page.links])

    def do_pages(self) -> None:
        """Ask which of all."""
        self._ask(_("The pages of the guide"), [name for name in names() if name != self.page.name])

    def _ask(self, question: str, among: Sequence[str]) -> None:
        self.app.push_screen(ChooseScreen(question, [(name, read(name).title) for name in among]), self._chosen)

    async def _chosen(self, name: str | None) -> None:
        if name is not None:
            await self.turn_to(name)


def page_here(screens: Sequence[Screen[Any]]) -> Page:
    """The page for somebody who stands on the last of these screens. Raises `NotFound` where the guide is not installed."""
    own: str = getattr(screens[-1], "guide_page", "") if screens else ""
    name = own or page_for([_place(screen) for screen in screens])
    return read(name if name in names() else FIRST)


def _place(screen: Screen[Any]) -> str:
    """What the table calls it."""
    if isinstance(screen, MainScreen):
        return screen.page.id or ""
    if isinstance(screen, RecordForm):
        return f"form {screen.kind.id}"
    return type(screen).__name__
