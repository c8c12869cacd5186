"""What plain Git was left in the middle of, told when the registry is opened: it is finished, or taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from registry.errors import VanortError
from registry.records.kinds import kind_of
from registry.records.values import text
from registry.sharing.unfinished import Unfinished, back_out, unfinished
from registry.words import N_, _, ngettext
from tui.commands import Command, HasCommands
from tui.notices import tell, tell_error
from tui.text import plain
from tui.widgets.dialogs import Answer, Confirm

if TYPE_CHECKING:
    from tui.screens.main import MainScreen

_NAMED: Final = 5
"""Records that are called by name."""

Wanted = Literal["finish", "back"]


async def see_to_unfinished(main: MainScreen, told: object) -> object:
    """Look for it, and ask what to do unless it was `told` before; what was told now. Called from a worker."""
    folder = main.view.snapshot
    try:
        found = await main.session.run(lambda: unfinished(main.session.store, folder))
    except VanortError as error:
        tell_error(main, error)
        return told
    if found is None or found.begun == told:
        return found.begun if found else None
    if main.app.screen is not main:
        tell(main, found.message + " " + _("F finishes it or takes it back."), severity="warning")
        return found.begun
    wanted = await main.app.push_screen_wait(UnfinishedScreen(found, _told(main, found)))
    if wanted == "finish":
        from tui.screens.settling import settle_now

        await settle_now(main)
    elif wanted == "back":
        await take_back(main, started_by="2")
    return found.begun


def _told(main: MainScreen, found: Unfinished) -> str:
    """What finishing it would bring, or why it cannot be finished here."""
    if found.why_not:
        return found.why_not
    titles = [_title(main, found, ref) for ref in found.brings]
    said = []
    if titles:
        names = ", ".join(titles[:_NAMED]) + (" …" if len(titles) > _NAMED else "")
        said.append(_("Finishing it brings: %(records)s.") % {"records": names})
    if count := len(found.conflicts):
        asked = ngettext("%(count)s question is asked first.", "%(count)s questions are asked first.", count)
        said.append(asked % {"count": count})
    said.append(_("Nothing is lost either way: copies are kept of what goes from the folder."))
    return "\n".join(said)


def _title(main: MainScreen, found: Unfinished, ref: str) -> str:
    """What the record will be called; of one that goes, what it is called now."""
    data = found.joined.records[ref] if found.joined else None
    return text(data or {}, kind_of(ref).title_key) or main.view.snapshot.title(ref)


async def take_back(main: MainScreen, *, started_by: str) -> bool:
    """Ask, then take back what was begun; whether it was. Called from a worker, by the key `started_by`."""
    sure = Confirm(
        _("Take back what was begun with Git?"),
        detail=_("The registry is as it was last saved here. Copies are kept of what lies in the folder."),
        yes=_("take it back"),
        no=_("no, leave it"),
        started_by=started_by,
    )
    if not await main.app.push_screen_wait(sure):
        return False
    session = main.session
    try:
        ended = await session.write(lambda: back_out(session.store))
    except VanortError as error:
        tell_error(main.app, error)
        return False
    if session.view is not None:
        main.show_view(session.view)
    said = _("It was taken back.")
    if ended.kept is not None:
        said += " " + _("What lay in the folder until then is kept in %(folder)s.") % {"folder": ended.kept}
    tell(main.app, said)
    return True


class UnfinishedScreen(HasCommands, ModalScreen[Wanted | None]):
    """Gives what is wanted; None for Esc, which leaves everything as it is."""

    COMMAND_TABLE = (
        Command(id="unfinished.finish", keys="1", label=N_("finish it"), help=N_("Bring both sides together, field by field.")),
        Command(id="unfinished.back", keys="2", label=N_("take it back"), help=N_("As if it had not been begun.")),
        Command(id="unfinished.leave", keys="escape", label=N_("not now"), help=N_("Leave it as it is.")),
    )  # fmt: skip

    def __init__(self, found: Unfinished, told: str) -> None:
        super().__init__(classes="dialogue")
        self._found, self._told = found, told

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialogue--box"):
            yield Static(plain(self._found.message), classes="dialogue--question")
            yield Static(plain(self._told), classes="dialogue--detail")
            with Horizontal(classes="dialogue--answers"):
                if self._found.joined is not None:
                    yield Answer(_("finish it"), "1", id="finish")
                yield Answer(_("take it back"), "2", id="back")
                yield Answer(_("not now"), "escape", id="none")

    def on_mount(self) -> None:
        """Enter takes the first."""
        self.query(Answer).first().focus()

    @on(Answer.Chosen)
    def choose(self, event: Answer.Chosen) -> None:
        """As clicked or entered."""
        chosen = event.answer.id
        self.dismiss("finish" if chosen == "finish" else "back" if chosen == "back" else None)

    def do_finish(self) -> None:
        """Where it can be finished."""
        if self._found.joined is not None:
            self.dismiss("finish")

    def do_back(self) -> None:
        """It is asked once more."""
        self.dismiss("back")

    def do_leave(self) -> None:
        """Nothing happens."""
        self.dismiss(None)
