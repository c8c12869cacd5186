"""Small questions over the page: one frame, one question, and Esc always means that nothing happens."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Final

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, Static

from registry.words import N_, _, pgettext
from tui.commands import Command, HasCommands
from tui.keys import name_of, split_keys
from tui.text import line, plain
from tui.widgets.inputs import LineInput

_LOW: Final = 16
"""Rows of a window in which a question in full would leave no room to answer it."""


class Answer(Widget, can_focus=True):
    """An answer that can be clicked, or reached with Tab and taken with Enter."""

    ALLOW_SELECT = False

    class Chosen(Message):
        """This answer was taken."""

        def __init__(self, answer: Answer) -> None:
            super().__init__()
            self.answer = answer

    def __init__(self, label: str, key: str, *, id: str, grave: bool = False) -> None:
        super().__init__(id=id, classes="-grave" if grave else "")
        self._text = line(f"{name_of(key)} {label}")

    def render(self) -> Any:
        """The key, then the words."""
        return self._text

    def on_click(self) -> None:
        """A click takes it."""
        self.post_message(self.Chosen(self))

    def on_key(self, event: events.Key) -> None:
        """So do Enter and the space bar, where the focus is; the arrows go to the other answer."""
        if event.key in {"enter", "space"}:
            event.stop()
            self.post_message(self.Chosen(self))
        elif event.key in {"left", "right", "up", "down"}:
            event.stop()
            (self.screen.focus_previous if event.key in {"left", "up"} else self.screen.focus_next)()


def key_for_yes(started_by: str) -> str:
    """The key that means yes: J, or Y in English; never one that started what is being asked about."""
    taken = {key.lower() for key in split_keys(started_by)}
    letters = [pgettext("the key for yes", "y"), "j", "y", "b", "x"]
    return next(letter for letter in letters if letter not in taken)


class Confirm(HasCommands, ModalScreen[bool]):
    """Asks before something that is hard to take back. Gives True for yes, False for Esc.

    The key that started it is given as `started_by` and does nothing here, nor does holding it down: a slip of the
    finger, twice, deletes nothing. The focus is on "no", so Enter keeps things as they are.
    """

    COMMAND_TABLE = (Command(id="confirm.keep", keys="escape", label=N_("no"), help=N_("Nothing happens."), rank=1),)

    def __init__(self, question: str, *, yes: str, no: str = "", detail: str = "", started_by: str = "") -> None:
        """`yes` and `no` are what the answers do, in words ("delete the town", "keep it"). `started_by`: keys."""
        super().__init__(classes="dialogue")
        self._question, self._detail = question, detail
        self._yes, self._no = yes, no or _("no, keep it")
        self._key = key_for_yes(started_by)

    def compose(self) -> ComposeResult:
        """The question, what it is about, and the two answers."""
        with Vertical(classes="dialogue--box"):
            yield Static(plain(self._question), classes="dialogue--question")
            if self._detail:
                yield Static(plain(self._detail), classes="dialogue--detail")
            with Horizontal(classes="dialogue--answers"):
                yield Answer(self._no, "escape", id="no")
                yield Answer(self._yes, self._key, id="yes", grave=True)

    def on_mount(self) -> None:
        """Enter means no until somebody chooses otherwise."""
        self.query_one("#no").focus()

    @on(Answer.Chosen)
    def choose(self, event: Answer.Chosen) -> None:
        """As clicked or entered."""
        self.dismiss(event.answer.id == "yes")

    def on_key(self, event: events.Key) -> None:
        """The letter for yes, small or capital."""
        if event.key.lower() == self._key:
            event.stop()
            self.dismiss(True)

    def do_keep(self) -> None:
        """Nothing happens."""
        self.dismiss(False)


class Told(HasCommands, ModalScreen[None]):
    """Says something that is to be read before one goes on; Enter or Esc puts it away."""

    COMMAND_TABLE = (Command(id="told.leave", keys="escape", label=N_("go on"), help=N_("It has been read."), rank=1),)

    def __init__(self, what: str, *, detail: str) -> None:
        super().__init__(classes="dialogue")
        self._what, self._detail = what, detail

    def compose(self) -> ComposeResult:
        """What happened, what can be done, and the one answer."""
        with Vertical(classes="dialogue--box"):
            yield Static(plain(self._what), classes="dialogue--question")
            with VerticalScroll(classes="dialogue--detail"):
                yield Static(plain(self._detail))
            with Horizontal(classes="dialogue--answers"):
                yield Answer(_("go on"), "escape", id="go-on")

    def on_mount(self) -> None:
        """Enter puts it away."""
        self.query_one("#go-on").focus()

    @on(Answer.Chosen)
    def choose(self) -> None:
        """As clicked or entered."""
        self.dismiss(None)

    def do_leave(self) -> None:
        """It has been read."""
        self.dismiss(None)


class Ask(HasCommands, ModalScreen[str | None]):
    """Asks for one line of text. Gives it, or None for Esc.

    `check` is asked while typing and before the answer is taken: "" if the text will do, else what is wrong with it.
    `attempt` does what the answer is for: while that goes wrong, the dialogue stays and says what it gives.
    """

    COMMAND_TABLE = (Command(id="ask.cancel", keys="escape", label=N_("cancel"), help=N_("Nothing happens."), rank=1),)

    def __init__(
        self,
        question: str,
        *,
        value: str = "",
        example: str = "",
        check: Callable[[str], str] | None = None,
        attempt: Callable[[str], Awaitable[str]] | None = None,
        guide: str = "",
    ) -> None:
        """`example` stands in the empty field; `guide` is the page that helps here, where it is another than below this."""
        super().__init__(classes="dialogue")
        self.guide_page = guide
        self._question, self._value, self._example = question, value, example
        self._check = check or (lambda _text: "")
        self._attempt = attempt

    def compose(self) -> ComposeResult:
        """The question, the field, and what is wrong with what stands in it."""
        with Vertical(classes="dialogue--box"):
            yield Static(plain(self._question), classes="dialogue--question")
            yield LineInput(self._value, placeholder=self._example)
            yield Static(classes="dialogue--trouble")
            yield Static(line(_("Enter takes it, Esc cancels.")), classes="dialogue--hint")

    def on_resize(self, event: events.Resize) -> None:
        """In a low window what is asked and where it is answered come first."""
        self.set_class(event.size.height < _LOW, "-low")

    @on(Input.Changed)
    def look(self, event: Input.Changed) -> None:
        """Say what is wrong, once something is there."""
        self._complain(self._check(event.value) if event.value else "")

    @on(Input.Submitted)
    async def take(self, event: Input.Submitted) -> None:
        """Take the answer if it will do."""
        trouble = self._check(event.value)
        if not trouble and self._attempt is not None:
            trouble = await self._attempt(event.value.strip())
        if trouble:
            self._complain(trouble)
        else:
            self.dismiss(event.value)

    def _complain(self, trouble: str) -> None:
        self.query_one(".dialogue--trouble", Static).update(plain(trouble))

    def do_cancel(self) -> None:
        """Nothing happens."""
        self.dismiss(None)
