"""The bottom line: what can be done now and by which key. It never wraps; what matters less gives way."""

from __future__ import annotations

from typing import Any, ClassVar, Final, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from tui.commands import Offer, offers_in_footer
from tui.text import shorten
from tui.widgets.tones import toned

_BETWEEN: Final = 3
_MARGIN: Final = 1


class Entry(NamedTuple):
    """A command in the footer: where it stands, and how wide it is, in cells."""

    x: int
    width: int
    offer: Offer


def arrange(offers: list[Offer], width: int) -> list[Entry]:
    """The offers that fit on one line of `width` cells, in their order, the pinned ones at the right edge.

    Where there is no room for all, those of the highest rank are left out.
    """
    shown = list(offers)

    def length(some: list[Offer]) -> int:
        return sum(_length(offer) for offer in some) + _BETWEEN * max(0, len(some) - 1)

    while shown and length(shown) > width - 2 * _MARGIN:
        worst = max(offer.command.rank for offer in shown)
        shown.remove(next(offer for offer in reversed(shown) if offer.command.rank == worst))
    entries: list[Entry] = []
    x = _MARGIN
    for offer in (offer for offer in shown if not offer.command.pinned):
        entries.append(Entry(x, _length(offer), offer))
        x += _length(offer) + _BETWEEN
    right = width - _MARGIN
    for offer in reversed([offer for offer in shown if offer.command.pinned]):
        right -= _length(offer)
        entries.append(Entry(right, _length(offer), offer))
        right -= _BETWEEN
    return sorted(entries)


def _length(offer: Offer) -> int:
    return cell_len(offer.key_text) + 1 + cell_len(offer.label)


class CommandFooter(Widget):
    """One line with the commands of the focused widget, the screen and the app; a click takes one."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"command-footer--off"}

    def on_mount(self) -> None:
        """Follow the focus and whatever else changes what can be done."""
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_updated)

    def _bindings_updated(self, _screen: Screen[Any]) -> None:
        self.refresh()

    def _entries(self) -> list[Entry]:
        return arrange(offers_in_footer(self.screen), self.size.width)

    def render_line(self, y: int) -> Strip:
        """The line. A command that cannot be used now is dimmed."""
        width, base = self.size.width, self.rich_style
        if y:
            return Strip.blank(width, base)
        key = base + toned("key")
        label = base + toned("label")
        off = base + self.get_component_rich_style("command-footer--off", partial=True)
        segments: list[Segment] = []
        at = 0
        for x, length, offer in self._entries():
            usable = offer.verdict is True
            segments += [
                Segment(" " * (x - at), base),
                Segment(offer.key_text + " ", key if usable else off),
                Segment(shorten(offer.label, width), label if usable else off),
            ]
            at = x + length
        return Strip(segments).adjust_cell_length(width, base)

    async def on_click(self, event: events.Click) -> None:
        """As pressing the key."""
        for x, length, offer in self._entries():
            if x <= event.x < x + length:
                event.stop()
                await offer.take()
                return
