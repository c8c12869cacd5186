"""What a file would add and change, record by record and field by field, and each row that cannot be taken; then save."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from registry.differences import FieldChange
from registry.errors import VanortError
from registry.exchange.importing import Asked, remember
from registry.exchange.places import Bad, Place
from registry.exchange.plans import Plan
from registry.exchange.recognising import Recognised, fields_of
from registry.names import RecordNames
from registry.words import N_, _, ngettext
from tui.commands import Command, HasCommands, Verdict
from tui.forms.change_words import told
from tui.notices import tell_error
from tui.screens.list_and_detail import ListAndDetail
from tui.text import hanging, line, plain
from tui.widgets.columns import Column
from tui.widgets.command_footer import CommandFooter
from tui.widgets.record_list import RecordList
from tui.widgets.record_rows import Rows
from tui.widgets.sheet import Item, Sheet

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from tui.screens.main import MainScreen

_GROUP = N_("Import")
_BAD = "! "
_LABELS = 28


def _something_to_save(screen: ImportScreen) -> Verdict:
    return True if screen.plan.change.edits else _("There is nothing to save: the file says what the registry says.")


class ImportScreen(ListAndDetail, HasCommands, Screen[bool]):
    """Gives whether anything was saved."""

    DETAIL = "Sheet"
    COMMAND_TABLE = (
        Command(id="import.go-on", keys="ctrl+s", label=N_("go on"), help=N_("Say why, and save what is good as one change; rows that cannot be taken are kept in a file to mend."), group=_GROUP, enabled=_something_to_save, priority=True, rank=1),
        Command(id="import.leave", keys="escape", label=N_("back"), help=N_("Back; nothing is saved."), group=_GROUP, rank=2),
        Command(id="import.filter", keys="slash", label=N_("search"), help=N_("Show only the rows that have these words."), group=_GROUP, rank=7),
    )  # fmt: skip

    def __init__(self, main: MainScreen, plan: Plan, asked: Asked) -> None:
        super().__init__(classes="place")
        self.main, self.plan, self._asked = main, plan, asked

    def compose(self) -> ComposeResult:
        """What it comes to in figures, the records and rows, and what is said of the one under the cursor."""
        yield Static(classes="title-line")
        yield Static(classes="policy--about import--about")
        yield from self.filter_line()
        with Horizontal(classes="list-and-card"):
            yield RecordList(
                [
                    Column("sign", "", width=2),
                    Column("place", _("Row"), width=18, drop=1),
                    Column("record", _("Record"), flex=2, min=20),
                    Column("what", _("What"), flex=3, min=24, drop=2),
                ],
                empty=_("The file says what the registry says; nothing would change."),
            )
            yield Sheet(classes="detail")
        yield CommandFooter()

    def on_mount(self) -> None:
        """Show the plan."""
        self.query_one(".title-line", Static).update(line(f" {_('Take in')} · {self.plan.source.file.name}"))
        self.query_one(".policy--about", Static).update(self._about())
        self.list.set_rows(Rows(list(self._rows), [self._cells(key) for key in self._rows]))
        self.list.focus()
        self._show_chosen()

    # what is shown

    @cached_property
    def _fields(self) -> dict[str, list[FieldChange]]:
        """REF → what would change."""
        found: dict[str, list[FieldChange]] = {ref: [] for ref in self.plan.change.edits}
        for item in self.plan.verdict.fields:
            found[item.ref].append(item)
        return found

    @cached_property
    def _wrong(self) -> dict[Place, list[Bad]]:
        """Row → what is wrong with it."""
        found: dict[Place, list[Bad]] = {}
        for bad in self.plan.bad:
            found.setdefault(bad.place, []).append(bad)
        return found

    @cached_property
    def _rows(self) -> dict[str, Place | None]:
        """What the list knows its rows by: bad ones first, since they want something done."""
        bad: dict[str, Place | None] = {f"{_BAD}{place}": place for place in self._wrong}
        return {**bad, **dict.fromkeys(self.plan.change.edits)}

    @cached_property
    def _names(self) -> RecordNames:
        before = self.main.view.snapshot
        return RecordNames(before.edited(self.plan.change.edits), before, person=self.main.view.names.person)

    def _about(self) -> Content:
        """The figures, and what is to be told of how the file was read."""
        plan = self.plan
        figures = _(
            "%(added)s added, %(changed)s changed, %(unchanged)s as before, %(bad)s rows that cannot be taken."
        ) % {
            "added": len(plan.added),
            "changed": len(plan.changed),
            "unchanged": plan.unchanged,
            "bad": len(self._wrong),
        }
        read_as = ", ".join(
            f"{heading} = {_taken_for(one, path)}"
            for one in plan.source.recognised
            if not one.as_exported
            for heading, path in one.mapping().items()
        )
        return Content("\n").join(
            [
                line(figures, style="bold"),
                *(line(remark, style="$text-muted") for remark in plan.source.remarks[:2]),
                *([line(read_as, style="$text-muted")] if read_as else []),
            ]
        )

    def _cells(self, key: str) -> tuple[str, ...]:
        place = self._rows[key]
        if place is not None:
            wrong = self._wrong[place]
            return "!", str(place), " · ".join(bad.heading for bad in wrong if bad.heading), wrong[0].reason
        fields = self._fields[key]
        count = len(fields)
        what = ngettext("%(count)s field", "%(count)s fields", count) % {"count": count}
        if key not in self.plan.added:
            what = ", ".join(item.label for item in fields[:4])
        return "+" if key in self.plan.added else "~", str(self.plan.places[key][0]), self._names.record(key), what

    def _show_chosen(self) -> None:
        key = self.list.key
        if key is None:
            self.query_one(Sheet).show(lambda _width: [])
        elif (place := self._rows[key]) is not None:
            self.query_one(Sheet).show(lambda width: list(_told_wrong(self._wrong[place], width)))
        else:
            self.query_one(Sheet).show(lambda width: list(self._told_fields(key, width)))
        self.query_one(".count", Static).update(line(f" {self.list.count_text}"))

    def _told_fields(self, ref: str, width: int) -> Iterator[Item]:
        yield Item(line(self._names.record(ref), style="bold"), skipped=True)
        yield Item(line(ref, style="$text-muted"), skipped=True)
        for item in self._fields[ref]:
            whole = ref in self.plan.added
            yield Item(Content("\n").join(told(item, self._names, _LABELS, width - 2, whole=whole)))
        for finding in self.plan.verdict.introduced:
            if finding.ref == ref:
                yield Item(_wrapped(f"{finding.how_grave}: {finding.message}", width, "$warning"))

    def on_record_list_highlighted(self, event: RecordList.Highlighted) -> None:
        """Another row."""
        event.stop()
        self._show_chosen()

    def on_record_list_changed(self, event: RecordList.Changed) -> None:
        """Other rows."""
        event.stop()
        self._show_chosen()

    # acts

    @work(exclusive=True, group="act")
    async def do_go_on(self) -> None:
        """Where the rest is kept, if there is any; then the ordinary save: why, under which decision, which exceptions."""
        from tui.screens.saving import confirm_change

        rest: Path | None = None
        if self.plan.bad:
            rest = await self._keep_rest()
            if rest is None:
                return
        saved = False
        try:
            about = line(_("From the file %(file)s") % {"file": self.plan.source.file.name})
            saved = bool(await confirm_change(self.main, self.plan.change, about))
        finally:
            if rest is not None and not saved:
                rest.unlink(missing_ok=True)
        if saved:
            store = self.main.session.store
            await self.main.session.run(lambda: remember(store, self.plan, self._asked))
            self.dismiss(True)

    async def _keep_rest(self) -> Path | None:
        """The file with the rows that cannot be taken, written; None where the user thinks better of it."""
        from registry.exchange.rest import check_rest, write_rest
        from tui.widgets.dialogs import Ask

        source = self.plan.source.file
        suffix = ".xlsx" if source.suffix.lower() == ".xlsm" else source.suffix
        name = str(source.with_name(f"{source.stem}-{_('rest')}{suffix}"))
        question = _("Keep the rows that cannot be taken in which file, to mend them there?")

        def trouble(said: str) -> str:
            try:
                check_rest(source, Path(said.strip()))
            except VanortError as error:
                return str(error)
            return ""

        while typed := await self.app.push_screen_wait(Ask(question, value=name, check=trouble)):
            name = typed
            try:
                await self.main.session.run(partial(write_rest, self.plan, Path(name.strip()).expanduser()))
            except VanortError as error:
                tell_error(self, error)
                continue
            return Path(name.strip()).expanduser()
        return None

    def do_leave(self) -> None:
        """Nothing is saved."""
        self.dismiss(False)


def _taken_for(one: Recognised, path: str) -> str:
    """What a column was taken for, in words."""
    return fields_of(one.sheet).get(path, path) or _("left out")


def _told_wrong(wrong: list[Bad], width: int) -> Iterator[Item]:
    """What is wrong with a row, cell by cell."""
    yield Item(line(str(wrong[0].place), style="bold"), skipped=True)
    for bad in wrong:
        where = " ".join(part for part in (bad.cell, bad.heading) if part)
        yield Item(_wrapped(f"{where}: {bad.reason}" if where else bad.reason, width))


def _wrapped(text: str, width: int, style: str = "") -> Content:
    return Content("\n").join(hanging(Content("  "), plain(text, style=style), width - 2))
