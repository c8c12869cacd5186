"""A list of records on the left, the record's card on the right; one above the other where it is narrow."""

from __future__ import annotations

from typing import cast

from textual import events, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Static

from registry.change import Change, deletion
from registry.errors import VanortError
from registry.records.fields import Kind
from registry.words import N_, _
from tui import hand_edits
from tui.cells import FIRST_ORDER, columns_for, marks_for, rows_for
from tui.commands import Command, HasCommands, Verdict
from tui.notices import tell, tell_error
from tui.screens.list_and_detail import ListAndDetail
from tui.screens.page import Page
from tui.screens.record_card import RecordCard
from tui.session import Session, View
from tui.text import line
from tui.widgets.card import Card
from tui.widgets.record_list import RecordList

_RECORD = N_("Record")


def _chosen(page: BrowsePage) -> Verdict:
    return True if page.ref else _("There is no record here yet; press n to add one.")


def _readable(page: BrowsePage) -> Verdict:
    if not page.ref:
        return _chosen(page)
    return _("This file cannot be read; press o to open it in an editor.") if page.ref in page.view.faults else True


def _saved(page: BrowsePage) -> Verdict:
    if page.ref and page.ref in page.view.unsaved:
        return _("This record was edited by hand. Save that with k, or set it aside with x; then it can be removed.")
    return _chosen(page)


def _edited_by_hand(page: BrowsePage) -> Verdict:
    return True if page.ref in page.view.unsaved else _("This record has not been edited by hand.")


def _has_links(page: BrowsePage) -> Verdict:
    return True if page.links else _("This card leads to no other record.")


def _has_steps(page: BrowsePage) -> Verdict:
    if page.kind.id != "projects":
        return _("Only projects have steps, from idea to evaluated.")
    if page.ref in page.view.unsaved:
        return _("This record was edited by hand; keep that with k, or set it aside with x.")
    return _readable(page)


def _is_project(page: BrowsePage) -> Verdict:
    return _readable(page) if page.kind.id == "projects" else _("This is about projects.")


def _points_out(page: BrowsePage) -> Verdict:
    return True if page.jumps else _("This card points out nothing to mend.")


class BrowsePage(HasCommands, RecordCard, ListAndDetail, Page):
    """The records of one kind."""

    DETAIL = "Card"
    COMMAND_TABLE = (
        Command(id="record.edit", keys="e", label=N_("edit"), help=N_("Change this record in a form."), group=_RECORD, writes=True, enabled=_readable, rank=5),
        Command(id="record.new", keys="n", label=N_("new"), help=N_("Add a record."), group=_RECORD, writes=True, rank=6),
        Command(id="record.like", keys="c", label=N_("new like this"), help=N_("Add a record like this one."), group=_RECORD, writes=True, enabled=_readable, show=False),
        Command(id="record.filter", keys="slash", label=N_("search"), help=N_("Show only the rows that have these words."), group=_RECORD, rank=7),
        Command(id="record.next-step", keys="m", label=N_("next step"), help=N_("Take a project a step on, or see what it lacks."), group=_RECORD, writes=True, enabled=_has_steps, rank=8),
        Command(id="record.mend", keys="a", label=N_("mend"), help=N_("Go to a field that the card points out."), group=_RECORD, writes=True, enabled=_points_out, rank=22),
        Command(id="record.changes", keys="h", label=N_("history"), help=N_("Every change of this record."), group=_RECORD, enabled=_chosen, rank=20),
        Command(id="record.who", keys="w", label=N_("who decided"), help=N_("Who decided each value, who entered it, when and why."), group=_RECORD, enabled=_readable, rank=21),
        Command(id="record.follow", keys="f", label=N_("follow"), help=N_("Go to a record that this card names."), group=_RECORD, enabled=_has_links, rank=25),
        Command(id="record.remove", keys="delete,d", label=N_("remove"), help=N_("Remove this record; its history stays."), group=_RECORD, writes=True, enabled=_saved, show=False),
        Command(id="record.rename", keys="y", label=N_("new id"), help=N_("Give the record another name in the folder; references go along."), group=_RECORD, writes=True, enabled=_readable, show=False),
        Command(id="record.keep", keys="k", label=N_("keep hand edit"), help=N_("Save what was edited by hand."), group=_RECORD, writes=True, enabled=_edited_by_hand, show=False),
        Command(id="record.set-aside", keys="x", label=N_("set hand edit aside"), help=N_("Bring back what was last saved; the hand edit is kept in a file."), group=_RECORD, writes=True, enabled=_edited_by_hand, show=False),
        Command(id="record.open-file", keys="o", label=N_("open the file"), help=N_("Open the record's file in your editor."), group=_RECORD, writes=True, enabled=_chosen, show=False),
        Command(id="record.mailing", keys="", label=N_("mailing list"), help=N_("Copy the addresses of those around the project, from the people book."), group=_RECORD, enabled=_is_project, show=False),
        Command(id="record.memo", keys="", label=N_("memorandum"), help=N_("Copy the text of a memorandum to the board about the project."), group=_RECORD, enabled=_is_project, show=False),
        Command(id="record.hand-out", keys="", label=N_("hand out"), help=N_("The record with its whole history as a document to hand out."), group=_RECORD, enabled=_chosen, show=False),
        Command(id="record.copy", keys="ctrl+y", label=N_("copy"), help=N_("Copy the card as text."), group=_RECORD, enabled=_readable, show=False),
    )  # fmt: skip

    def __init__(self, session: Session, kind: Kind, *, id: str) -> None:
        super().__init__(session, id=id)
        self.kind = kind
        self.stale = True
        self.forget_looks()

    def compose(self) -> ComposeResult:
        yield from self.filter_line()
        with Horizontal(classes="list-and-card"):
            yield RecordList(columns_for(self.kind), empty=self._empty())
            yield Card()

    def _empty(self) -> str:
        first = {
            "departments": _("No departments yet.\nPress n to add the first: one for each förvaltning."),
            "twin-towns": _("No twin towns yet.\nPress n to add one."),
            "projects": _("No projects yet.\nPress n to write one down: an idea is enough."),
        }
        told = first[self.kind.id]
        return told.partition("\n")[0] if self.session.read_only else told

    # what is shown

    @property
    def ref(self) -> str:
        """The record under the cursor; "" in an empty list."""
        return cast("str | None", self.list.key) or ""

    def show_view(self, view: View) -> None:  # noqa: ARG002
        """Show a new state of the registry: at once if the page is in sight, else when it is."""
        self.stale = True
        self.forget_looks()
        if self.display and self.main.page is self:
            self.enter()

    def enter(self) -> None:
        """The page comes into sight."""
        if self.stale:
            self.stale = False
            if not self.list.total and self.kind.id in FIRST_ORDER:
                self.list.sort(FIRST_ORDER[self.kind.id])
            rows = rows_for(self.kind, self.view, self.view.snapshot.rows_of(self.kind.id), self.session.today)
            self.list.set_rows(rows)
            self.show_marks()
            self.show_card()
            self._show_count()
        if not self.query_one(Input).has_focus:
            self.list.focus()

    def show_marks(self) -> None:
        """Mark the rows that are out of the ordinary."""
        if not self.stale:
            self.list.set_marks(marks_for(self.kind, self.view, self.main.visits.unseen))

    def show_record(self, ref: str, at: str = "") -> None:
        """Put the cursor on a record, clearing a filter that hides it, and mark the field `at` on its card."""
        self.point_out(ref, at)
        self.show_row(ref)
        self.show_card()

    def on_record_list_highlighted(self, event: RecordList.Highlighted) -> None:
        """Another record: its card. The one that was left has been seen, if its card stood still."""
        event.stop()
        self.show_marks()
        self.show_card()

    def on_record_list_changed(self, event: RecordList.Changed) -> None:
        """Other rows: how many of how many."""
        event.stop()
        self._show_count()

    def on_resize(self, _event: events.Resize) -> None:
        """The card has another width."""
        self.call_after_refresh(self.show_card)

    def _show_count(self) -> None:
        self.query_one(".count", Static).update(line(f" {self.kind.many}  {self.list.count_text}"))

    # acts

    def do_edit(self) -> None:
        """Open the form."""
        self.main.edit(self.ref)

    def do_new(self) -> None:
        """Open an empty form."""
        from tui.screens.form import add_record

        add_record(self.main, self.kind)

    def do_like(self) -> None:
        """Open a form filled in like this record."""
        from tui.screens.form import add_record

        add_record(self.main, self.kind, like=self.ref)

    def do_changes(self) -> None:
        """Show the record's history."""
        from tui.screens.record_history import RecordHistoryScreen

        self.app.push_screen(RecordHistoryScreen(self.session, self.view, self.ref))

    def do_who(self) -> None:
        """Who is behind each value."""
        from tui.screens.provenance import ProvenanceScreen

        self.app.push_screen(ProvenanceScreen(self.main, self.ref))

    @work(exclusive=True, group="act")
    async def do_next_step(self) -> None:
        """Offer the project's steps, the next one first."""
        from tui.next_step import take_step

        await take_step(self.main, self.ref)

    @work(exclusive=True, group="act")
    async def do_remove(self) -> None:
        """Show what would go, ask why, and save."""
        from tui.screens.saving import confirm_change

        ref = self.ref
        try:
            edits = deletion(self.view.snapshot, ref)
        except VanortError as error:
            tell_error(self, error)
            return
        if await confirm_change(self.main, Change(edits, "", act="delete", base=self.view.snapshot.commit)):
            tell(self, _("Removed; u brings it back."))

    @work(exclusive=True, group="act")
    async def do_rename(self) -> None:
        """Ask for the new id, then save."""
        from tui.renaming import rename_record

        await rename_record(self.main, self.ref)

    @work(exclusive=True, group="act")
    async def do_keep(self) -> None:
        """Save the hand edit, through the same dialogue and checks."""
        await hand_edits.keep(self.main, self.ref)

    @work(exclusive=True, group="act")
    async def do_set_aside(self) -> None:
        """Ask, then bring back what was last saved."""
        await hand_edits.set_aside(self.main, self.ref)

    async def do_open_file(self) -> None:
        """Lend the terminal to the user's editor."""
        await hand_edits.open_file(self.main, self.ref)

    @work(exclusive=True, group="act")
    async def do_mailing(self) -> None:
        """The addresses to the clipboard."""
        from tui.letters import copy_mailing_list

        await copy_mailing_list(self, self.session, self.view, self.ref, self.session.today)

    @work(exclusive=True, group="act")
    async def do_memo(self) -> None:
        """The text to the clipboard."""
        from tui.letters import copy_memo

        await copy_memo(self, self.session, self.view, self.ref)

    @work(exclusive=True, group="act")
    async def do_hand_out(self) -> None:
        """The report of this record."""
        from tui.reporting import report_of_record

        await report_of_record(self.main, self.ref)

    async def do_copy(self) -> None:
        """The card's text to the clipboard."""
        from tui.clipboard import copy_and_tell

        if self.card:
            await copy_and_tell(self, self.card.content.plain)
