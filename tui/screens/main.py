"""The screen that the app lives on: a line that says where one is, the pages under number keys, the footer."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import ContentSwitcher, Static

from registry.errors import VanortError
from registry.records.dates import show_date
from registry.records.headings import MANY
from registry.records.refs import is_person
from registry.words import N_, _, ngettext
from tui.commands import Command, HasCommands, Verdict
from tui.forms.writing import Writing
from tui.notices import tell, tell_error, tell_refusal
from tui.screens.files import LeadsToFiles
from tui.screens.overview import OverviewPage
from tui.screens.page import Page
from tui.screens.place import Place
from tui.screens.places import LeadsToPlaces
from tui.screens.shares import Shares
from tui.screens.sharing_places import LeadsToSharing
from tui.session import Session, View
from tui.text import line
from tui.top_line import fitted
from tui.trail import Trail
from tui.visits import Visits
from tui.widgets.command_footer import CommandFooter
from tui.widgets.navigation import Navigation, Tab

if TYPE_CHECKING:
    from registry.change import Change
    from registry.trust.marks import Lost
    from tui.sharing import Sharing

_GO = N_("Go to")


def _out_of_the_ordinary(view: View) -> list[str]:
    parts = []
    if view.unsaved:
        count = len(view.unsaved)
        parts.append(
            ngettext("%(count)s edited by hand, not saved", "%(count)s edited by hand, not saved", count)
            % {"count": count}
        )
    if view.faults:
        count = len(view.faults)
        parts.append(
            ngettext("%(count)s file cannot be read", "%(count)s files cannot be read", count) % {"count": count}
        )
    return parts


def _came_from_somewhere(screen: MainScreen) -> Verdict:
    return True if screen.trail else _("You have followed no link.")


def _is_being_shared(screen: MainScreen) -> Verdict:
    return True if screen.sharing is not None and screen.sharing.running else _("Nothing is being shared now.")


def _something_to_undo(screen: MainScreen) -> Verdict:
    return True if screen.view.commit else _("Nothing has been saved yet.")


class MainScreen(LeadsToPlaces, LeadsToFiles, LeadsToSharing, Shares, HasCommands, Screen[None]):
    """One registry, opened."""

    COMMAND_TABLE: ClassVar[tuple[Command, ...]] = (
        Command(id="go.overview", keys="1", label=N_("overview"), help=N_("What there is, and what was done last."), group=_GO, show=False),
        Command(id="go.departments", keys="2", label=N_("departments"), help=N_("The departments and their exchange officers."), group=_GO, show=False),
        Command(id="go.twin-towns", keys="3", label=N_("twin towns"), help=N_("The twin towns and their agreements."), group=_GO, show=False),
        Command(id="go.projects", keys="4", label=N_("projects"), help=N_("The projects, from idea to evaluated."), group=_GO, show=False),
        Command(id="go.history", keys="5", label=N_("history"), help=N_("Every change, newest first."), group=_GO, show=False),
        Command(id="go.people", keys="6", label=N_("people"), help=N_("Who the ids in the records are; kept outside the history."), group=_GO, show=False),
        Command(id="go.back", keys="escape,b,backspace", label=N_("back"), help=N_("Back to where a link or a line was followed."), group=_GO, enabled=_came_from_somewhere, when_usable=True, rank=9),
        Command(id="registry.stop", keys="escape", label=N_("stop sharing"), help=N_("Call off what is being shared now."), group=N_("Sharing"), enabled=_is_being_shared, when_usable=True, rank=8),
        Command(id="registry.undo", keys="u", label=N_("undo"), help=N_("Take back your last change; that is a change too."), group=N_("Record"), writes=True, enabled=_something_to_undo, rank=40),
        Command(id="registry.redo", keys="U", label=N_("redo"), help=N_("Bring back the change that was undone last; that is a change too."), group=N_("Record"), writes=True, enabled=_something_to_undo, show=False),
        Command(id="registry.signing", keys="", label=N_("set up signing"), help=N_("Sign the changes with an SSH key, and say who may."), group=N_("Everywhere"), writes=True, show=False),
    )  # fmt: skip

    def __init__(self, session: Session, view: View) -> None:
        super().__init__()
        self.session = session
        self.view = view
        self.trail = Trail(self)
        """Where links were followed from."""
        self.visits = Visits(session)
        """What others did that the user has not looked at."""
        self.sharing: Sharing | None = None
        """How it is shared, once the first frame is out."""
        self._trouble = ("", False)
        """Why the folder could not be looked at the last time, and whether that was told."""
        self._watched: str | None = None
        """The commit at which it was seen last whether anything has disappeared."""
        self._lost: tuple[Lost, ...] = ()
        self._unfinished: object = None
        """What plain Git was left in the middle of, as it was told last."""

    def compose(self) -> ComposeResult:
        with Horizontal(id="top"):
            yield Static(id="where")
            yield Static(id="day")
        yield Navigation(self._tabs())
        with ContentSwitcher(initial="overview", id="pages"):
            yield OverviewPage(self.session, id="overview")
        yield CommandFooter()

    def _tabs(self) -> list[Tab]:
        return [
            Tab("overview", "1", _("Overview")),
            *(
                Tab(kind, str(number), str(MANY[kind]))
                for number, kind in enumerate(("departments", "twin-towns", "projects"), 2)
            ),
            Tab("history", "5", _("History")),
            Tab("people", "6", str(MANY["people"])),
        ]

    def on_mount(self) -> None:
        """Show what was last saved; the app calls `begin` when that is in sight."""
        self.show_view(self.view)
        self.page.enter()

    def begin(self) -> None:
        """Look at the folder itself, and read what was done last: work that the first frame would have to wait for."""
        if not self.session.read_only:
            from tui.sharing import Sharing

            self.sharing = Sharing(self)
        for page in self.query(Page):
            page.begin()
        self._look()
        self._tell_where_it_begins()

    # the pages

    @property
    def page(self) -> Page:
        """The page in sight."""
        switcher = self.query_one("#pages", ContentSwitcher)
        return switcher.query_exactly_one(f"#{switcher.current}", Page)

    async def go(self, page: str) -> Page:
        """Show a page, made when it is first gone to: the app starts sooner."""
        switcher = self.query_one("#pages", ContentSwitcher)
        if not switcher.query(f"#{page}"):
            await switcher.add_content(self._new_page(page), id=page)
        switcher.current = page
        self.query_one(Navigation).current = page
        self.page.enter()
        return self.page

    def _new_page(self, page: str) -> Page:
        if page == "history":
            from tui.screens.history import HistoryPage

            return HistoryPage(self.session, id=page)
        if page == "people":
            from tui.screens.people import PeoplePage

            return PeoplePage(self.session, id=page)
        from registry.records.kinds import KINDS
        from tui.screens.browse import BrowsePage

        return BrowsePage(self.session, KINDS[page], id=page)

    async def go_to_record(self, ref: str, at: str = "") -> None:
        """Show a record on the page of its kind, a person on theirs; the registry and the policy open in their forms.

        `at` is the path of the field that it is about.
        """
        if is_person(ref):
            (await self.go("people")).show_record(ref)
            return
        folder, slash, _name = ref.partition("/")
        if not slash:  # there is one of its kind
            self.edit(ref, at)
        else:
            (await self.go(folder)).show_record(ref, at)

    async def follow(self, came_from: str, ref: str, at: str = "") -> None:
        """Follow a link from the record, the person or the page `came_from`, or from the places above this screen.

        `at` is the path of the field that it is about. Esc leads back there; the registry and the policy open in their forms above it all.
        """
        if "/" in ref or is_person(ref):
            self.trail.leave(came_from)
        await self.go_to_record(ref, at)
        self.refresh_bindings()

    async def do_back(self) -> None:
        """Back along the trail."""
        await self.trail.back()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Esc where there is no way back is no mistake, and nothing is said of it; while it is shared, it calls that off."""
        if parameters == ("registry.stop",):
            return not self.trail and _is_being_shared(self) is True
        return bool(self.trail) if parameters == ("go.back",) else super().check_action(action, parameters)

    async def _turn_to(self, page: str) -> None:
        """Go to a page of one's own accord, not along a link."""
        await self.trail.forget()
        await self.go(page)

    async def on_navigation_chosen(self, event: Navigation.Chosen) -> None:
        """A page's name was clicked."""
        await self._turn_to(event.page)

    async def do_overview(self) -> None:
        """Go to the overview."""
        await self._turn_to("overview")

    async def do_departments(self) -> None:
        """Go to the departments."""
        await self._turn_to("departments")

    async def do_twin_towns(self) -> None:
        """Go to the twin towns."""
        await self._turn_to("twin-towns")

    async def do_projects(self) -> None:
        """Go to the projects."""
        await self._turn_to("projects")

    async def do_history(self) -> None:
        """Go to the history."""
        await self._turn_to("history")

    async def do_people(self) -> None:
        """Go to the people book."""
        await self._turn_to("people")

    # the registry as it is now

    def show_view(self, view: View) -> None:
        """Show a new state of the registry on every page."""
        if not self.is_running:  # the app was left meanwhile
            return
        self.view = view
        self.set_class(bool(view.read_only), "-read-only")
        self.show_top()
        self.query_one("#top").set_class(view.fictional, "-fictional")
        for page in self.query(Page):
            page.show_view(view)
        for place in self.app.screen_stack:
            if isinstance(place, Place):
                place.look()
            elif isinstance(place, Writing):
                place.follow()
        self.refresh_bindings()
        if view.looked and self.sharing is not None:
            self._look_around(self.sharing, view)
        if view.looked and view.commit != self._watched:
            self._watched = view.commit
            self._watch_history()

    @work(group="watch")
    async def _watch_history(self) -> None:
        """Tell where the history was rewritten; when the first frame is out, and after every change of it."""
        from tui.screens.rewritten import tell_if_rewritten

        try:
            self._lost = await tell_if_rewritten(self, self._lost)
        except VanortError as error:
            tell_error(self, error)

    def show_top(self) -> None:
        """The line at the top: where one is, what is out of the ordinary, how it is shared, which day it is."""
        view = self.view
        names = [
            _("%(municipality)s · international contacts") % {"municipality": view.municipality},
            view.municipality,
        ]
        if view.fictional:
            names = [_("FICTIONAL EXAMPLE · %(where)s") % {"where": name} for name in names]
        if view.read_only:
            names = [f"{self.session.mark} · {name}" for name in names]
        shared = [] if self.sharing is None else self.sharing.words()
        told = [*_out_of_the_ordinary(view), *shared]
        where, state = fitted(names, told, show_date(self.session.today), self.size.width - 4)
        self.query_one("#where", Static).update(line(where))
        self.query_one("#day", Static).update(line(state))

    def show_marks(self) -> None:
        """Mark in every list what is new to the user now."""
        for page in self.query(Page):
            page.show_marks()

    def on_resize(self) -> None:
        """There is more room, or less."""
        self.show_top()

    def on_screen_resume(self) -> None:
        """What stood above this screen is gone; where it is shared may have been changed there."""
        if self.is_mounted:
            self.page.resume()
            if self.sharing is not None and self.view.looked:
                self._look_around(self.sharing, self.view)

    @work(exclusive=True, group="around")
    async def _look_around(self, sharing: Sharing, view: View) -> None:
        """What others did, and how it is shared; no list waits for it."""
        try:
            await self.visits.look(view.commit)
            self.show_marks()
            await sharing.look()
        except VanortError as error:
            tell_error(self, error)

    @work(exclusive=True, group="begins")
    async def _tell_where_it_begins(self) -> None:
        from registry.health.whole import cut_off

        store = self.session.store
        if said := await self.session.run(lambda: cut_off(store.repo)):
            tell(self, said, severity="warning")

    @work(exclusive=True, group="look")
    async def _look(self) -> None:
        try:
            self.show_view(await self.session.look())
        except VanortError as error:
            tell_error(self, error)
        else:
            self._see_to_unfinished()

    @work(exclusive=True, group="unfinished")
    async def _see_to_unfinished(self) -> None:
        from tui.screens.unfinished import see_to_unfinished

        self._unfinished = await see_to_unfinished(self, self._unfinished)

    async def look_outside(self) -> None:
        """Called every second: if somebody edited or committed, show it and say so; if not, there is time for upkeep."""
        try:
            if not await self.session.changed_outside():
                await self.session.keep_graph()
                return
            view = await self.session.look()
        except VanortError as error:
            self._tell_if_it_lasts(error)
            return
        self._trouble = ("", False)
        before = self.view  # as of now: while this one looked, another look may have shown and told it
        self.show_view(view)
        if view.commit not in {before.commit, self.session.written}:
            tell(self, _("Something was saved outside this window; it is shown now."))
        elif view.unsaved - before.unsaved:
            names = ", ".join(view.snapshot.title(ref) for ref in sorted(view.unsaved - before.unsaved)[:3])
            tell(self, _("Edited by hand: %(records)s") % {"records": names})
        self._see_to_unfinished()

    def _tell_if_it_lasts(self, error: VanortError) -> None:
        """A repository in the middle of an act is no news; one that is as bad a second later is, once."""
        again, told = self._trouble[0] == str(error), self._trouble[1]
        if again and not told:
            tell_error(self, error)
        self._trouble = (str(error), again)

    # acts

    def edit(self, ref: str, at: str = "") -> None:
        """Open the form of a record, with the cursor in the field of the path `at`; where nothing can be changed, a
        record that has no page of its own is shown.
        """
        from registry.records.kinds import kind_of

        if not self.session.read_only:
            from tui.screens.form import edit_record

            edit_record(self, ref, at)
        elif kind_of(ref).single:
            from tui.screens.card import CardScreen

            self.app.push_screen(CardScreen(self, ref))
        else:
            tell_refusal(self, self.session.read_only)

    def do_stop(self) -> None:
        """Share no more of it."""
        if self.sharing is not None:
            self.sharing.call_off()

    @work(exclusive=True, group="act")
    async def do_undo(self) -> None:
        """Show one's own last change and ask whether to take it back."""
        from tui.screens.undo import undo_last

        await undo_last(self)

    @work(exclusive=True, group="act")
    async def do_redo(self) -> None:
        """Show what was undone last and ask whether to bring it back."""
        from tui.screens.undo import redo_last

        await redo_last(self)

    @work(exclusive=True, group="act")
    async def do_signing(self) -> None:
        """Set up signing."""
        from tui.screens.signing import set_up_signing

        try:
            await set_up_signing(self)
        except VanortError as error:
            tell_error(self, error)

    async def save(self, change: Change) -> bool:
        """Save a change and show the result; what is refused is said. Whether it was saved."""
        if self.session.read_only:
            tell_refusal(self, self.session.read_only)
            return False
        try:
            await self.session.save(change)
        except VanortError as error:
            tell_error(self, error)
            return False
        finally:
            if self.session.view is not None:
                self.show_view(self.session.view)
        return True
