"""Asking for a file to read or to write, and what to do where it is there already."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from registry.words import _

if TYPE_CHECKING:
    from textual.dom import DOMNode

    from tui.session import Session


async def ask_for_file(
    node: DOMNode, question: str, value: str, suffixes: Iterable[str], example: str = ""
) -> Path | None:
    """The file that the user names, with one of these ends; None for Esc. From a worker."""
    from tui.widgets.dialogs import Ask

    ends = tuple(suffixes)

    def trouble(typed: str) -> str:
        """What can be said against a name without looking at the disk."""
        if Path(typed.strip()).suffix.lower() in ends:
            return ""
        return _("The file name must end in %(suffixes)s.") % {"suffixes": ", ".join(ends)}

    typed = await node.app.push_screen_wait(Ask(question, value=value, example=example, check=trouble, guide="files"))
    return Path(typed.strip()) if typed else None


async def may_write(node: DOMNode, session: Session, target: Path) -> bool | None:
    """Whether a file that is there is to be replaced; None where it is to stay. Raises `VanortError`."""
    from registry.exchange.target import Taken, check_target, require_not_own
    from tui.widgets.dialogs import Confirm

    try:
        await session.run(lambda: require_not_own(target, session.store.repo))
        await session.run(lambda: check_target(target))
    except Taken as error:
        replace_it = Confirm(error.message, yes=_("replace it"), no=_("keep it, another name"), started_by="enter")
        return True if await node.app.push_screen_wait(replace_it) else None
    return False
