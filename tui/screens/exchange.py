"""What goes to and fro: what others did that I have not looked at, by person and record, and what I have not sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from textual import work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from registry.errors import VanortError
from registry.words import N_, _, ngettext
from tui.commands import Command, Verdict
from tui.notices import tell_error
from tui.screens.place import Place
from tui.screens.shares import Shares
from tui.session import View
from tui.text import line
from tui.when import when_exactly
from tui.widgets.columns import Tone
from tui.widgets.matter_list import Item, MatterList

if TYPE_CHECKING:
    from registry.sharing.exchanged import Exchange, Exchanged
    from tui.screens.main import MainScreen

_GROUP: Final = N_("Sharing")
_BOOK: Final = "people"
_SYMBOLS: Final[dict[str, tuple[str, Tone]]] = {
    "new": ("•", "warning"),
    "waiting": ("○", "warning"),
    "to-send": ("○", "muted"),
}


def _on_a_change(screen: ExchangeScreen) -> Verdict:
    return True if screen.chosen is not None and screen.chosen.commit else _("There is no change here.")


def _something_new(screen: ExchangeScreen) -> Verdict:
    return True if screen.main.visits.unseen else _("There is nothing that you have not seen.")


class ExchangeScreen(Shares, Place):
    """Two sections and, where something waits for a decision, a third between them."""

    FOCUSED = "MatterList"
    COMMAND_TABLE = (
        Command(id="exchange.change", keys="c", label=N_("the change"), help=N_("See the change itself: who, when, why, each value before and after."), group=_GROUP, enabled=_on_a_change, when_usable=True, rank=21),
        Command(id="exchange.all-seen", keys="x", label=N_("all seen"), help=N_("Take away the marks of all that others did."), group=_GROUP, enabled=_something_new, when_usable=True, rank=22),
    )  # fmt: skip

    def __init__(self, main: MainScreen) -> None:
        super().__init__(main)
        self._found: dict[str, _Line] = {}

    @property
    def shared_from(self) -> MainScreen:
        """The main screen below."""
        return self.main

    @property
    def chosen(self) -> _Line | None:
        """The line under the cursor."""
        return self._found.get(self.query_one(MatterList).key or "") if self.is_mounted else None

    def body(self) -> Iterator[Widget]:
        """The list, and the chosen line in full."""
        yield MatterList(empty=_("being looked through …"))
        yield Static(classes="exchange--detail")

    def show_view(self, view: View) -> None:
        """Look what there is now."""
        self.title_is(_("New to you, and yours to share"))
        self._read(view)

    def on_screen_resume(self) -> None:
        """A record or a change may have been looked at meanwhile."""
        if self.is_mounted:
            self._read(self.view)

    @work(exclusive=True, group="look")
    async def _read(self, view: View) -> None:
        from registry.sharing.exchanged import exchange

        store, today, standing = (
            self.session.store,
            self.session.today,
            self.main.sharing and self.main.sharing.standing,
        )

        def reading() -> list[_Line]:
            lines = list(_lines(exchange(store), view, today))
            return [*lines, *_of_the_book(lines)] if standing and standing.people_unshared else lines

        try:
            lines = await self.session.run(reading)
        except VanortError as error:
            tell_error(self, error)
            return
        self._found = {each.item.key: each for each in lines}
        matters = self.query_one(MatterList)
        matters.empty = _("There is nothing new to you, and nothing to send.")
        matters.show([each.item for each in lines])
        self._show_detail()

    def on_record_list_highlighted(self, event: MatterList.Highlighted) -> None:
        """The line in full."""
        event.stop()
        self._show_detail()

    def _show_detail(self) -> None:
        told = self.chosen.told if self.chosen else ()
        self.query_one(".exchange--detail", Static).update(Content("\n").join(line(each) for each in told))
        self.refresh_bindings()

    async def on_record_list_opened(self, event: MatterList.Opened) -> None:
        """To the record; to the change, where the record is no more."""
        event.stop()
        chosen = self._found.get(str(event.key))
        if chosen is None:
            return
        ref = chosen.item.goal
        if ref == _BOOK:
            self.main.trail.leave("")
            await self.main.go(_BOOK)
        elif ref in self.view.snapshot:
            if "/" not in ref:  # it opens in its form, or it has no card that could have been looked at
                self.main.visits.seen(ref)
            await self.lead_to(ref)
        else:
            self.do_change()

    def do_change(self) -> None:
        """The newest change of it, whole."""
        from tui.screens.change import ChangeScreen

        if self.chosen is not None and self.chosen.commit:
            self.main.visits.seen(self.chosen.item.goal)
            self.app.push_screen(ChangeScreen(self.main, self.chosen.commit))

    def do_all_seen(self) -> None:
        """No marks any more."""
        self.main.visits.seen(*self.main.visits.unseen)
        self.main.show_marks()
        self._read(self.view)


class _Line(NamedTuple):
    """A line of the list, what there is to tell of it below, and the change that it is about ("" for none)."""

    item: Item
    told: tuple[str, ...] = ()
    commit: str = ""


def _lines(found: Exchange, view: View, today: date) -> Iterator[_Line]:
    """What is new under the name of who did it, then what waits, then what is to be sent."""
    for author in dict.fromkeys(one.author for one in found.new):
        by_author = [one for one in found.new if one.author == author]
        yield _heading(f"new:{author}", author, by_author, _("new to you"))
        yield from (_line("new", one, view, today) for one in by_author)
    for key, title, some in (
        ("waiting", _("Has come, and waits to be brought together with what you saved"), found.waiting),
        ("to-send", _("To share"), found.to_send),
    ):
        if some:
            yield _heading(key, title, some)
            yield from (_line(key, one, view, today) for one in some)


def _heading(key: str, title: str, some: Sequence[Exchanged], *more: str) -> _Line:
    count = len({entry.commit for one in some for entry in one.entries})
    counted = ngettext("%(count)s change", "%(count)s changes", count) % {"count": count}
    return _Line(Item(f"heading:{key}", "", title, " · ".join([*more, counted])))


def _line(section: str, one: Exchanged, view: View, today: date) -> _Line:
    entry, title, brief = one.entries[0], view.snapshot.title(one.ref), one.in_brief(view.names)
    if (more := len(one.entries) - 1) > 0:
        brief = f"{brief} ({ngettext('and %(count)s more', 'and %(count)s more', more) % {'count': more}})"
    symbol, tone = _SYMBOLS[section]
    item = Item(
        f"{section}:{one.author}:{one.ref}", one.ref, title, brief, symbol, tone, when_exactly(entry.date, today)
    )
    by = _("%(author)s, %(when)s") % {"author": one.author, "when": when_exactly(entry.date, today)}
    return _Line(item, (f"{title} · {brief}", " · ".join(filter(None, (by, entry.why, entry.decision)))), entry.commit)


def _of_the_book(lines: Sequence[_Line]) -> Iterator[_Line]:
    """That names wait to be sent as well; whose is told nowhere but in the book."""
    if not any(each.item.key == "heading:to-send" for each in lines):
        yield _Line(Item("heading:to-send", "", _("To share")))
    yield _Line(
        Item("to-send:people", _BOOK, _("The people book"), _("has something that is not shared"), "○", "muted")
    )
