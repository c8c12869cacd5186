"""What a form asks before it is left, and when it finds what was written earlier."""

from __future__ import annotations

from typing import NamedTuple

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from registry.drafts import Draft
from registry.records.dates import show_date
from registry.records.kinds import kind_of
from registry.records.values import text
from registry.words import N_, _, pgettext
from tui.commands import Command, HasCommands
from tui.text import plain
from tui.widgets.dialogs import Answer


class Reply(NamedTuple):
    """An answer: its id, its key, and what it does, in words."""

    id: str
    key: str
    words: str
    grave: bool = False


class Choose(HasCommands, ModalScreen[str]):
    """A question with a few answers, one of them on Esc. Gives the id of the one that was taken."""

    COMMAND_TABLE = (Command(id="choose.leave", keys="escape", label=N_("back"), help=N_("Nothing happens."), rank=1),)

    def __init__(self, question: str, replies: tuple[Reply, ...], *, detail: str = "") -> None:
        super().__init__(classes="dialogue")
        self._question, self._detail, self._replies = question, detail, replies

    def compose(self) -> ComposeResult:
        """The question, what it is about, and the answers."""
        with Vertical(classes="dialogue--box"):
            yield Static(plain(self._question), classes="dialogue--question")
            if self._detail:
                yield Static(plain(self._detail), classes="dialogue--detail")
            with Horizontal(classes="dialogue--answers"):
                for reply in self._replies:
                    yield Answer(reply.words, reply.key, id=reply.id, grave=reply.grave)

    def on_mount(self) -> None:
        """Enter is the first answer until somebody chooses otherwise."""
        self.query(Answer).first().focus()

    @on(Answer.Chosen)
    def choose(self, event: Answer.Chosen) -> None:
        """As clicked or entered."""
        self.dismiss(event.answer.id or self._replies[0].id)

    def on_key(self, event: events.Key) -> None:
        """The letters of the answers, small or capital."""
        for reply in self._replies:
            if event.key.lower() == reply.key:
                event.stop()
                self.dismiss(reply.id)
                return

    def do_leave(self) -> None:
        """As the answer on Esc."""
        self.dismiss(next(reply.id for reply in self._replies if reply.key == "escape"))


def leaving() -> Choose:
    """Gives "stay", "keep" or "drop"."""
    return Choose(
        _("What you have written is not saved."),
        (
            Reply("stay", "escape", _("write on")),
            Reply("keep", pgettext("the key for keeping a draft", "k"), _("leave, keep it as a draft")),
            Reply("drop", pgettext("the key for throwing away", "t"), _("throw it away"), grave=True),
        ),
    )


def found(draft: Draft, title: str) -> Choose:
    """Gives "later", "go-on" or "drop"."""
    return _about(
        draft,
        _("There is a draft of %(title)s.") % {"title": title},
        _("go on with it"),
        _("It was kept on %(when)s and never saved."),
    )


def removed(draft: Draft) -> Choose:
    """Gives "later", "go-on" or "drop", of a draft whose record is no more."""
    kind = kind_of(draft.key)
    title = text(draft.data, kind.title_key) or draft.key
    return _about(
        draft,
        _("There is a draft of %(title)s, which has been removed since.") % {"title": title},
        _("add it as a new record"),
        _("It was kept on %(when)s and never saved."),
    )


def _about(draft: Draft, question: str, go_on: str, detail: str) -> Choose:
    when = _("%(day)s at %(time)s") % {"day": show_date(draft.when.date()), "time": f"{draft.when:%H:%M}"}
    return Choose(
        question,
        (
            Reply("go-on", "enter", go_on),
            Reply("drop", pgettext("the key for throwing away", "t"), _("throw it away"), grave=True),
            Reply("later", "escape", _("back")),
        ),
        detail=detail % {"when": when},
    )
