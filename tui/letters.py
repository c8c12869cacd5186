"""What goes to the clipboard to be written with elsewhere: addresses for an e-mail, the text of a memorandum."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual.dom import DOMNode

from registry.errors import VanortError
from registry.words import _
from tui.clipboard import copy_and_tell
from tui.notices import tell, tell_error

if TYPE_CHECKING:
    from registry.exchange.mailing import MailingList
    from tui.session import Session, View


async def copy_mailing_list(node: DOMNode, session: Session, view: View, whom: str, on: date) -> None:
    """Copy the addresses of the committee or of those around a project, and say of whom there is none."""

    def finding() -> MailingList:
        from registry.exchange.mailing import mailing_list

        return mailing_list(view.snapshot, session.store.book, whom, on)

    try:
        found = await session.run(finding)
    except VanortError as error:
        tell_error(node, error)
        return
    if found.without:
        told = _("No address is known of %(names)s.") % {"names": ", ".join(found.without)}
        tell(node, told, severity="warning")
    if found.addressees:
        await copy_and_tell(node, found.as_text())


async def copy_memo(node: DOMNode, session: Session, view: View, ref: str) -> None:
    """Copy the text of a memorandum about a project."""

    def writing() -> str:
        from registry.exchange.memo import memo

        return memo(view.snapshot, ref, session.today)

    try:
        text = await session.run(writing)
    except VanortError as error:
        tell_error(node, error)
        return
    await copy_and_tell(node, text)
