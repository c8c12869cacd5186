"""What can be done with a record that was edited by hand, or whose file cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from registry.checks import missing
from registry.errors import VanortError
from registry.words import _
from tui.notices import tell, tell_error
from tui.screens.choose import ChooseScreen

if TYPE_CHECKING:
    from tui.app import VanortApp
    from tui.screens.main import MainScreen


async def keep(main: MainScreen, ref: str) -> None:
    """Save the hand edit, through the same dialogue and checks as any change. Called from a worker."""
    from tui.screens.saving import confirm_change

    try:
        change = await main.session.run(lambda: main.session.store.saving_by_hand([ref], ""))
    except VanortError as error:
        tell_error(main, error)
        return
    await confirm_change(main, change)


async def set_aside(main: MainScreen, ref: str, *, started_by: str = "x") -> None:
    """Ask, then bring back what was last saved. Called from a worker, by the key `started_by`."""
    from tui.widgets.dialogs import Confirm

    sure = Confirm(
        _("Set the hand edit of %(title)s aside?") % {"title": main.view.snapshot.title(ref)},
        yes=_("set it aside"),
        detail=_("What was last saved comes back. The hand edit is kept in a file of its own, outside the registry."),
        started_by=started_by,
    )
    if not await main.app.push_screen_wait(sure):
        return
    try:
        kept = await main.session.run(lambda: main.session.store.discard(ref))
        main.show_view(await main.session.look())
    except VanortError as error:
        tell_error(main, error)
        return
    tell(main, _("The hand edit is kept in %(file)s.") % {"file": kept} if kept else _("What was last saved is back."))


async def open_file(main: MainScreen, ref: str) -> None:
    """Lend the terminal to the user's editor, then look at what it left."""
    await _open(main, f"{ref}.toml")


async def _open(main: MainScreen, path: str) -> None:
    from tui.editor import edit_file

    await edit_file(cast("VanortApp", main.app), main.session.store.folder / path)
    try:
        main.show_view(await main.session.look())
    except VanortError as error:
        tell_error(main, error)


async def ask_about(main: MainScreen, ref: str) -> None:
    """What to do with a record that has no list where keys could do it: the registry, the policy. From a worker."""
    view = main.view
    fault = view.faults.get(ref)
    gone = ref not in view.snapshot
    options = [] if gone else [("open", _("open the file in an editor"))]
    if ref in view.unsaved:
        options += [] if fault or gone else [("keep", _("save what was edited by hand"))]
        options.append(("aside", _("bring back what was last saved")))
    said = (
        missing(ref)
        if gone
        else fault or _("%(title)s is edited by hand and not saved") % {"title": view.snapshot.title(ref)}
    )
    if not options:
        tell(main, said, severity="warning")
        return
    chosen = await main.app.push_screen_wait(ChooseScreen(said, options))
    if chosen == "open":
        await open_file(main, ref)
    elif chosen == "keep":
        await keep(main, ref)
    elif chosen == "aside":
        await set_aside(main, ref, started_by="enter")


async def ask_about_stranger(main: MainScreen, path: str) -> None:
    """Say what to do with a file under a name that no record can have, and offer to open it. Called from a worker."""
    from tui.widgets.dialogs import Confirm

    question = Confirm(
        _("%(file)s has a name that no record can have") % {"file": path},
        yes=_("open the file in an editor"),
        detail=_("It is shown nowhere. Rename it: a–z, 0–9 and hyphens; or move it out of the folder."),
        started_by="enter",
    )
    if await main.app.push_screen_wait(question):
        await _open(main, path)
