"""What is to be decided before what is saved here and what others shared come together: one thing a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from textual import work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from registry.errors import VanortError
from registry.records.refs import is_person
from registry.sharing.choices import Choice
from registry.sharing.settlement import Question, Settlement, decide, is_current, reconsider, settlement
from registry.words import N_, _, ngettext
from tui.commands import Command, HasCommands, Verdict
from tui.notices import tell, tell_error
from tui.screens.settling.question_text import detail, row
from tui.text import line
from tui.widgets.columns import Column
from tui.widgets.command_footer import CommandFooter
from tui.widgets.record_list import RecordList
from tui.widgets.record_rows import Rows

if TYPE_CHECKING:
    from registry.snapshot import Snapshot
    from tui.screens.main import MainScreen
    from tui.session import Session

_GROUP: Final = N_("Deciding")
_LOOK_SECONDS: Final = 2.0
"""How often it is looked whether others have shared something new."""
_MARGIN: Final = 4
"""Cells beside the text of the detail."""


def _asked(screen: SettlingScreen) -> Verdict:
    return True if screen.question is not None else _("There is nothing to decide.")


def _may_both(screen: SettlingScreen) -> Verdict:
    if screen.question is not None and screen.question.meeting.both:
        return True
    return _("Both can be kept only of two new records that were given one name.")


def _has_answer(screen: SettlingScreen) -> Verdict:
    if screen.question is not None and screen.question.choice is not None:
        return True
    return _("This is not decided yet.")


def _several(screen: SettlingScreen) -> Verdict:
    return True if len(screen.of_record) > 1 else _("There is only this to decide about it.")


def _all_decided(screen: SettlingScreen) -> Verdict:
    now = screen.now
    if now is None or now.joined is None:
        return _("There is nothing to bring together.")
    return True if not now.left else screen.left_words + "."


def _was_begun(screen: SettlingScreen) -> Verdict:
    return True if screen.now is not None and screen.now.left_by_git else _("Nothing was begun here with Git.")


class SettlingScreen(HasCommands, Screen[bool]):
    """Gives whether both sides were brought together. Esc at any time leaves everything as it was, and the answers kept."""

    COMMAND_TABLE = (
        Command(id="settle.mine", keys="1", label=N_("mine"), help=N_("What I wrote holds."), group=_GROUP, enabled=_asked, rank=1),
        Command(id="settle.theirs", keys="2", label=N_("theirs"), help=N_("What they wrote holds."), group=_GROUP, enabled=_asked, rank=2),
        Command(id="settle.other", keys="3", label=N_("other"), help=N_("Neither: write what is to hold."), group=_GROUP, enabled=_asked, rank=3),
        Command(id="settle.both", keys="4", label=N_("both"), help=N_("Keep both records, under two names."), group=_GROUP, enabled=_may_both, when_usable=True, rank=4),
        Command(id="settle.whole-record", keys="a", label=N_("all of it"), help=N_("Decide everything about this record in the same way."), group=_GROUP, enabled=_several, when_usable=True, rank=7),
        Command(id="settle.open-again", keys="0", label=N_("ask again"), help=N_("Take the answer back."), group=_GROUP, enabled=_has_answer, when_usable=True, rank=8),
        Command(id="settle.together", keys="ctrl+s", label=N_("bring together"), help=N_("See what comes of it all, and make it so."), group=_GROUP, enabled=_all_decided, when_usable=True, rank=5),
        Command(id="settle.take-back", keys="x", label=N_("take it back"), help=N_("Take back what was begun with Git; copies are kept of what that takes away."), group=_GROUP, enabled=_was_begun, when_usable=True, rank=9),
        Command(id="settle.leave", keys="escape", label=N_("leave"), help=N_("Nothing changes; what you have decided is kept until next time."), group=_GROUP, rank=6),
    )  # fmt: skip

    def __init__(self, session: Session) -> None:
        super().__init__(classes="settling")
        self.session = session
        self.now: Settlement | None = None
        """What there is to decide; None until it has been looked at."""
        self._busy = False

    def compose(self) -> ComposeResult:
        yield Static(line(_("Being brought together …")), classes="title-line")
        yield RecordList(
            [
                Column("record", _("What"), flex=3, min=14),
                Column("field", _("Field"), flex=3, min=12),
                Column("before", _("Before"), flex=2, min=9, drop=1, style="muted"),
                Column("mine", _("Mine"), flex=2, min=10),
                Column("theirs", _("Theirs"), flex=2, min=10),
                Column("chosen", _("Holds"), width=7, style="good"),
            ],
            empty="",
        )
        with VerticalScroll(classes="settling--detail", can_focus=True):
            yield Static()
        yield CommandFooter()

    def on_mount(self) -> None:
        """Look at what there is."""
        self.query_one(RecordList).focus()
        self._look()
        self.set_interval(_LOOK_SECONDS, self._look_again)

    # what is asked

    @property
    def question(self) -> Question | None:
        """The one under the cursor."""
        key = self.query_one(RecordList).key if self.is_mounted else None
        return next((one for one in self.now.questions if one.key == key), None) if self.now else None

    @property
    def of_record(self) -> Sequence[Question]:
        """What is open about the same record; where nothing is, everything."""
        about = self.now.of_record(self.question) if self.now is not None and self.question is not None else ()
        return [question for question in about if question.choice is None] or about

    @property
    def left_words(self) -> str:
        """How many are open, in words."""
        left = self.now.left if self.now is not None else 0
        return ngettext("%(count)s question left", "%(count)s questions left", left) % {"count": left}

    @property
    def _folder(self) -> Snapshot | None:
        """What lies in the folder, where that has been looked at."""
        view = self.session.view
        return view.snapshot if view is not None and view.looked else None

    def _settlement(self) -> Settlement:
        return settlement(self.session.store, self._folder)

    @work(exclusive=True, group="look")
    async def _look(self) -> None:
        try:
            now = await self.session.run(self._settlement)
        except VanortError as error:
            tell_error(self.app, error)
            self.dismiss(False)
            return
        self._show(now)
        if not now.questions and now.joined is None:
            tell(self.app, _why_not(now))
            self.dismiss(False)
        elif not now.left and now.joined is not None:
            self.do_together()

    async def _look_again(self) -> None:
        """Others may have shared, or something may have been saved, in another window or by another program."""
        before = self.now
        if before is None or self._busy or self.app.screen is not self:
            return
        try:
            if await self.session.run(lambda: is_current(self.session.store, before)) or self.now is not before:
                return
            now = await self.session.run(self._settlement)
        except VanortError:  # looked at again soon; what is decided meanwhile tells of it
            return
        if self.now is before:
            self._show(now)
            self._tell_moved(before, now)

    def _tell_moved(self, before: Settlement, now: Settlement) -> None:
        had = sum(question.choice is not None for question in before.questions)
        holds = sum(question.choice is not None for question in now.questions)
        said = _("Something new has been saved or shared meanwhile.")
        if had > holds:
            said += " " + _("What you had decided still holds where nothing has changed.")
        tell(self, said)

    def _show(self, now: Settlement) -> None:
        """Show what there is to decide, the cursor on the same question."""
        self.now = now
        names = self.session.view.names if self.session.view else None
        if names is None or not self.is_mounted:
            return
        listed = self.query_one(RecordList)
        listed.empty = _("There is nothing to decide.")
        questions = now.questions
        listed.set_rows(Rows([one.key for one in questions], [row(one, names) for one in questions]))
        what = _("Finish what was begun") if now.left_by_git else _("Sharing")
        title = f"{what} · {self.left_words if now.left else _('everything is decided')}"
        self.query_one(".title-line", Static).update(line(title))
        self._show_question()

    def on_record_list_highlighted(self, event: RecordList.Highlighted) -> None:
        """Another question."""
        event.stop()
        self._show_question(another=True)

    def on_record_list_opened(self, event: RecordList.Opened) -> None:
        """Enter: into what is read, to scroll it."""
        event.stop()
        self.query_one(".settling--detail").focus()

    def on_resize(self) -> None:
        """Long texts are wrapped elsewhere."""
        self.call_after_refresh(self._show_question)

    @work(exclusive=True, group="detail")
    async def _show_question(self, *, another: bool = False) -> None:
        question, view, scroll = self.question, self.session.view, self.query_one(".settling--detail")
        self.refresh_bindings()
        if question is None or view is None:
            scroll.query_one(Static).update(Content(""))
            return
        width = max(20, scroll.size.width - _MARGIN)
        told = lambda: list(detail(question, view.names, self.session.today, width))  # noqa: E731
        lines = await self.session.run(told)  # who wrote what is looked up in the history
        scroll.query_one(Static).update(Content("\n").join(lines))
        if another:
            scroll.scroll_home(animate=False)

    # answers

    def do_mine(self) -> None:
        """Ours holds."""
        self._answer([self.question], Choice("ours"))

    def do_theirs(self) -> None:
        """Theirs holds."""
        self._answer([self.question], Choice("theirs"))

    def do_both(self) -> None:
        """Two records under two names."""
        self._answer([self.question], Choice("both"))

    @work(exclusive=True, group="act")
    async def do_other(self) -> None:
        """Ask for the third value."""
        from tui.screens.settling.other_value import ask_for_value, cannot_be_written

        if (question := self.question) is None:
            return
        if said := cannot_be_written(question):
            tell(self, said, severity="warning")
            return
        try:
            choice = await ask_for_value(self, question)
        except VanortError as error:
            tell_error(self, error)
            return
        if choice is not None:
            await self._decide([question], choice)

    @work(exclusive=True, group="act")
    async def do_whole_record(self) -> None:
        """Ask which side, then all of them."""
        from tui.screens.settling.whole_record import SideScreen

        about = self.of_record
        if about and (side := await self.app.push_screen_wait(SideScreen(about[0].meeting.title, len(about)))):
            await self._decide(about, Choice(side))

    @work(exclusive=True, group="act")
    async def do_open_again(self) -> None:
        """As if it had not been answered."""
        if (question := self.question) is not None:
            store, folder = self.session.store, self._folder
            self._show(await self.session.run(lambda: reconsider(store, question, folder)))

    @work(exclusive=True, group="act")
    async def _answer(self, questions: Sequence[Question | None], choice: Choice) -> None:
        await self._decide([question for question in questions if question is not None], choice)

    async def _decide(self, questions: Sequence[Question], choice: Choice) -> None:
        """Keep an answer, and go on to the next question; after the last one to what comes of it all."""
        if self.now is None or not questions:
            return
        store, before = self.session.store, self.now

        def deciding() -> Settlement:
            if is_current(store, before):
                return decide(store, before, questions, choice)
            now = self._settlement()  # the answers to what is still the same question hold
            asked = {(one.key, one.meeting.marks): one for one in now.questions}
            still = [asked[known] for one in questions if (known := (one.key, one.meeting.marks)) in asked]
            return decide(store, now, still, choice)

        self._busy = True
        try:
            now = await self.session.run(deciding)
            if any(is_person(one.meeting.ref) for one in questions):
                await self.session.look()
        except VanortError as error:
            tell_error(self, error)
            self._show(await self.session.run(self._settlement))
            return
        finally:
            self._busy = False
        self._show(now)
        self._go_on(questions[-1])
        if not now.left and now.joined is not None:
            self.do_together()
        elif not now.left:
            tell(self.app, _("Everything is decided; it is shared the next time."))
            self.dismiss(True)

    def _go_on(self, last: Question) -> None:
        """To the next that is open, from there on and then from the top."""
        questions = self.now.questions if self.now else ()
        at = next((at for at, one in enumerate(questions) if one.key == last.key), -1)
        after = [*questions[at + 1 :], *questions[: max(0, at)]]
        if (found := next((one for one in after if one.choice is None), None)) is not None:
            self.query_one(RecordList).move_to(found.key)

    # the end

    @work(exclusive=True, group="end")
    async def do_together(self) -> None:
        """Show what comes of it all; if the user says so, it is done."""
        from tui.screens.settling.together import TogetherScreen

        if self.now is None:
            return
        done = await self.app.push_screen_wait(TogetherScreen(self, self.now))
        if done:
            self.dismiss(True)
        else:
            self._after_waiting()

    @work(exclusive=True, group="look")
    async def _after_waiting(self) -> None:
        """What was shown may be another now."""
        try:
            self._show(await self.session.run(self._settlement))
        except VanortError as error:
            tell_error(self, error)

    @work(exclusive=True, group="act")
    async def do_take_back(self) -> None:
        """Ask, then take back what plain Git was left in the middle of."""
        from tui.screens.unfinished import take_back

        if await take_back(self.main, started_by="x"):
            self.dismiss(False)

    def do_leave(self) -> None:
        """Nothing has changed but what was answered."""
        self.dismiss(False)

    @property
    def main(self) -> MainScreen:
        """The screen that the app lives on."""
        from tui.screens.main import MainScreen

        return next(screen for screen in reversed(self.app.screen_stack) if isinstance(screen, MainScreen))


async def settle_now(main: MainScreen) -> bool:
    """Have the user decide what there is to decide; whether there is something to share now. Called from a worker."""
    screen = SettlingScreen(main.session)
    done = await main.app.push_screen_wait(screen)
    if main.session.view is not None:
        main.show_view(main.session.view)
    return bool(done) and screen.now is not None and screen.now.left_by_git is None


async def settle_and_share(main: MainScreen) -> None:
    """As `settle_now`, and then share what came of it. Called from a worker."""
    if await settle_now(main) and main.sharing is not None:
        main.sharing.begin()


def _why_not(now: Settlement) -> str:
    if now.left_by_git is not None and now.left_by_git.why_not:
        return now.left_by_git.why_not
    return _("There is nothing to decide.")
