"""Who decided each value of a record, who entered it, when and why; from each the way to the change that brought it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from textual import work
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from registry.errors import VanortError
from registry.records.kinds import kind_of
from registry.records.paths import label_at
from registry.words import N_, _
from tui.commands import Command, Verdict
from tui.notices import tell_error
from tui.screens.list_and_detail import ListAndDetail
from tui.screens.place import Place
from tui.session import View
from tui.text import line, plain, shorten_label
from tui.widgets.columns import Column
from tui.widgets.record_list import RecordList
from tui.widgets.record_rows import Rows

if TYPE_CHECKING:
    from registry.provenance import Origin
    from tui.screens.main import MainScreen

_GROUP: Final = N_("Who decided")
_COUNTED: Final = re.compile(r"\[\d+\]")
"""An entry that has no id, and so no name that holds in another version."""


def _has_change(screen: ProvenanceScreen) -> Verdict:
    if screen.origin is None:
        return _("There is no value here.")
    if not screen.origin.whole:
        return _("What brought this value is not in this copy.")
    return True if screen.origin.entry is not None else _("This value is not saved yet, so no change brought it.")


def _can_go_back(screen: ProvenanceScreen) -> Verdict:
    if (verdict := _has_change(screen)) is not True:
        return verdict
    if screen.origin is not None and _COUNTED.search(screen.origin.path):
        return _("This entry has no id to be found by in the past; open the change and bring back the whole record.")
    return True


class ProvenanceScreen(ListAndDetail, Place):
    """The values of one record, each with its last change."""

    FOCUSED = "RecordList"
    DETAIL = ".detail"
    SIDE_BY_SIDE = 1_000_000  # never: the list has much to say of each value
    COMMAND_TABLE = (
        Command(id="provenance.filter", keys="slash", label=N_("search"), help=N_("Show only the values that have these words."), group=_GROUP, rank=7),
        Command(id="provenance.as-of", keys="v", label=N_("that day"), help=N_("Open the whole registry as it was after this change."), group=_GROUP, enabled=_has_change, rank=21),
        Command(id="provenance.bring-back", keys="j", label=N_("bring back"), help=N_("Bring back what the value was before its last change."), group=_GROUP, enabled=_can_go_back, writes=True, rank=6),
    )  # fmt: skip

    def __init__(self, main: MainScreen, ref: str) -> None:
        super().__init__(main)
        self.add_class("provenance")
        self._ref = ref
        self._origins: dict[str, Origin] = {}
        self._labels: dict[str, str] = {}

    def body(self) -> Iterator[Widget]:
        """The list, and the chosen value's change beside it."""
        yield from self.filter_line()
        with Horizontal(classes="list-and-card"):
            yield RecordList(
                [
                    Column("field", _("What"), flex=3, min=24, shorten=shorten_label),
                    Column("value", _("Value"), flex=3, min=14),
                    Column("decision", _("Decided by"), flex=2, min=16, style="accent"),
                    Column("author", _("Entered by"), width=18, drop=2),
                    Column("day", _("Entered"), width=10, drop=1),
                ],
                empty=_("This record has no values."),
            )
            with VerticalScroll(classes="detail", can_focus=True):
                yield Static(classes="detail-text")

    @property
    def origin(self) -> Origin | None:
        """The value under the cursor."""
        return self._origins.get(str(self.list.key))

    def show_view(self, view: View) -> None:
        """Read where the values come from."""
        self.title_is(_("Who decided? · %(title)s") % {"title": view.snapshot.title(self._ref)})
        self._read(view)

    @work(exclusive=True, group="look")
    async def _read(self, view: View) -> None:
        ref, session = self._ref, self.session

        def reading() -> tuple[dict[str, Origin], dict[str, str], Rows[str]]:
            found = session.store.origins(ref, view.snapshot)
            kind, data = kind_of(ref), view.snapshot.data(ref) or {}
            labels = {path: label_at(kind, path, data, view.names) for path in found}
            cells = [_cells(origin, labels[path], origin.show(view.names)) for path, origin in found.items()]
            days = [origin.entry.date.timestamp() if origin.entry else None for origin in found.values()]
            return found, labels, Rows(list(found), cells, order={"day": days})

        try:
            self._origins, self._labels, rows = await session.run(reading)
        except VanortError as error:
            tell_error(self, error)
            return
        self.list.set_rows(rows)
        self._show_chosen()

    def _show_chosen(self) -> None:
        self.query_one(".count", Static).update(line(_(" Values  %(count)s") % {"count": self.list.count_text}))
        origin = self.origin
        told = [] if origin is None else list(told_of(origin, self._labels[origin.path], self.view))
        self.query_one(".detail-text", Static).update(Content("\n").join(told))
        self.refresh_bindings()

    def on_record_list_highlighted(self, event: RecordList.Highlighted) -> None:
        """Another value."""
        event.stop()
        self._show_chosen()

    def on_record_list_changed(self, event: RecordList.Changed) -> None:
        """Other rows."""
        event.stop()
        self._show_chosen()

    def on_record_list_opened(self, event: RecordList.Opened) -> None:
        """Enter: the change that brought the value; the cursor stays in the list, for the way back."""
        event.stop()
        event.prevent_default()
        if self.origin is not None and self.origin.entry is not None:
            from tui.screens.change import ChangeScreen

            self.app.push_screen(ChangeScreen(self.main, self.origin.entry.commit))

    @work(exclusive=True, group="act")
    async def do_as_of(self) -> None:
        """The registry as it was after the change."""
        from tui.screens.past import show_past

        if self.origin is not None and self.origin.entry is not None:
            await show_past(self.main, self.origin.entry.commit, self._ref)

    @work(exclusive=True, group="act")
    async def do_bring_back(self) -> None:
        """The value as it was before, through the ordinary dialogue."""
        from tui.bring_back import bring_back

        if (origin := self.origin) is not None and origin.entry is not None:
            await bring_back(self.main, self._ref, f"{origin.entry.commit}^", origin.path)


def _cells(origin: Origin, label: str, value: str) -> tuple[str, ...]:
    entry = origin.entry
    if entry is not None:
        return (label, value, origin.decision, entry.author, entry.date.astimezone().date().isoformat())
    return (label, value, origin.decision, _("not saved") if origin.whole else _("not in this copy"), "")


def told_of(origin: Origin, label: str, view: View) -> Iterator[Content]:
    """The value in full, who decided, who entered it, and why."""
    from registry.origin_words import decided, entered

    yield line(label, style="bold")
    yield plain(origin.show(view.names))
    yield Content("")
    if origin.decision:
        yield line(decided(origin), style="$accent")
    yield line(entered(origin), style="$text-muted")
    if origin.entry is not None:
        yield Content("")
        if origin.entry.why:
            yield plain(origin.entry.why)
        yield line(f"{origin.entry.subject}  {origin.entry.commit[:10]}", style="$text-muted")
