"""Where the registry is shared, how this copy stands beside that, and when it is shared by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from textual import work
from textual.content import Content
from textual.widget import Widget

from registry.errors import VanortError
from registry.git.addresses import parse
from registry.sharing.connecting import Connected, connect
from registry.sharing.standing import Standing, standing
from registry.sharing.wishes import Wishes, keep, wishes
from registry.store import Store
from registry.words import N_, _, ngettext
from tui.commands import Command
from tui.notices import remedy, tell, tell_error
from tui.screens.address import ask_for_address
from tui.screens.place import Place
from tui.screens.waiting import waiting_for
from tui.session import View
from tui.text import hanging, line
from tui.when import when
from tui.widgets.sheet import Item, Sheet, heading

_ADDRESS, _AT_START, _AFTER_SAVE = "address", "at-start", "after-save"
_INDENT: Final = Content("  ")


@dataclass(frozen=True)
class _Known:
    """What is known without asking the server; `trouble` says why where it is shared cannot be told."""

    wished: Wishes
    standing: Standing | None
    trouble: str = ""


class _Settings(Sheet):
    """Enter changes what the cursor is on."""

    COMMAND_TABLE: ClassVar[tuple[Command, ...]] = (
        Command(id="sheet.open", keys="enter", label=N_("change"), help=N_("Change what this line says."), rank=3),
    )


class SharingScreen(Place):
    """Settings of this copy alone; nothing here is part of the history."""

    FOCUSED = "Sheet"

    def body(self) -> Iterator[Widget]:
        """The settings, a line each."""
        yield _Settings(_("Being looked at …"))

    def show_view(self, view: View) -> None:  # noqa: ARG002
        """How it stands may be another now."""
        self.title_is(_("Sharing"))
        self._look()

    @work(exclusive=True, group="look")
    async def _look(self) -> None:
        known = await self.session.run(lambda: _look_at(self.session.store))
        if self.is_mounted:
            self.query_one(Sheet).show(lambda width: list(_items(known, self.session.today, width)))
            self._known = known

    _known: _Known | None = None

    def on_sheet_opened(self, event: Sheet.Opened) -> None:
        """Change it."""
        event.stop()
        known = self._known
        if known is None:
            return
        if event.goal == _ADDRESS:
            self._change_address(known)
        elif event.goal == _AT_START:
            self._wish(known.wished._replace(at_start=not known.wished.at_start))
        elif event.goal == _AFTER_SAVE:
            self._wish(known.wished._replace(after_save=not known.wished.after_save))

    @work(exclusive=True, group="act")
    async def _wish(self, wanted: Wishes) -> None:
        repo = self.session.store.repo
        await self.session.run(lambda: keep(repo, wanted))
        if await self.session.run(lambda: wishes(repo)) != wanted:
            tell(self, _("This could not be kept: the folder .git/vanort cannot be written to."), severity="warning")
        self._look()

    @work(exclusive=True, group="act")
    async def _change_address(self, known: _Known) -> None:
        """Ask for the address, and connect to what is there; what cannot be joined is explained, and nothing changes."""
        remote = known.standing.remote if known.standing else None
        now = remote.shown if remote is not None and remote.shown == remote.url else ""
        typed = await ask_for_address(self, _("Where is the registry to be shared?"), now)
        if typed is None or typed == now:
            return
        session = self.session
        what = _("Being connected to %(address)s …") % {"address": parse(typed)}
        try:
            connected = await waiting_for(
                self, what, session.submit, lambda **how: connect(session.store, typed, **how)
            )
        except VanortError as error:
            tell_error(self, error)
        else:
            tell(self, _connected(connected))
        self._look()
        if self.main.sharing is not None:
            await self.main.sharing.look()


def _connected(connected: Connected) -> str:
    if connected.first:
        said = _("All of it has been sent to the empty place; from now on it is shared there.")
    else:
        said = _("The same registry is there, and is shared from now on.")
    return said + " " + _("Some forges keep for a while what is erased from the people book.")


def _look_at(store: Store) -> _Known:
    wished = wishes(store.repo)
    try:
        return _Known(wished, standing(store))
    except VanortError as error:
        return _Known(wished, None, f"{error.message} {remedy(error)}".strip())


def _items(known: _Known, today: date, width: int) -> Iterator[Item]:
    """The lines: where, how it stands, when by itself."""
    now = known.standing
    remote = now.remote if now is not None else None
    yield from heading(_("Where"))
    yield Item(Content("\n").join(_where(known, width)), _ADDRESS)
    if now is not None and remote is not None:
        yield from heading(_("How it stands, as last seen"))
        for said in _stands(now, today):
            yield Item(Content("\n").join(hanging(_INDENT, line(said), width)), skipped=True)
    yield from heading(_("By itself"))
    yield Item(_choice(known.wished.at_start, _("share when the app is opened")), _AT_START)
    yield Item(_choice(known.wished.after_save, _("share after each change that is saved")), _AFTER_SAVE)
    yield Item(Content(""), skipped=True)
    said = _("Saving never waits for the network. What could not be shared is shared the next time.")
    yield Item(Content("\n").join(hanging(_INDENT, line(said, style="$text-muted"), width)), skipped=True)


def _where(known: _Known, width: int) -> Iterator[Content]:
    remote = known.standing.remote if known.standing is not None else None
    if known.trouble:
        yield from hanging(_INDENT, line(known.trouble, style="$warning"), width)
    elif remote is None:
        yield from hanging(_INDENT, line(_("Nowhere yet: it is on this computer alone. Enter says where.")), width)
    else:
        yield from hanging(_INDENT, line(remote.shown, style="bold"), width)
        yield Content.assemble(_INDENT, line(_("branch %(name)s") % {"name": remote.branch}, style="$text-muted"))


def _stands(now: Standing, today: date) -> Iterator[str]:
    if now.last_shared is None:
        yield _("not shared yet")
    else:
        said = {"day": when(now.last_shared, today), "time": f"{now.last_shared.astimezone():%H:%M}"}
        yield _("shared last %(day)s at %(time)s") % said
    ahead = ngettext("%(count)s change of yours to share", "%(count)s changes of yours to share", now.ahead)
    behind = ngettext("%(count)s change of others to take in", "%(count)s changes of others to take in", now.behind)
    yield from (said % {"count": count} for said, count in ((ahead, now.ahead), (behind, now.behind)) if count)
    if not now.ahead and not now.behind:
        yield _("the same here as there")
    yield _("the people book has what is not shared yet") if now.people_unshared else _("the people book is shared")


def _choice(chosen: bool, words: str) -> Content:
    return Content.assemble(
        "  ", "● " if chosen else "○ ", line(words), "  ", line(_("yes") if chosen else _("no"), style="$text-muted")
    )
