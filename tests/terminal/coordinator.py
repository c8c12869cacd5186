"""The coordinator at a real terminal: what she does again and again, as she would do it, looking at the screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from registry.records.kinds import KINDS
from tests.terminal.terminal import PROGRAM, Terminal, terminal

NAME, MAIL = "Åsa Öberg", "asa.oberg@example.org"


class Coordinator:
    """Somebody who uses the app in Swedish."""

    def __init__(self, window: Terminal, home: Path) -> None:
        self.window = window
        self.registry = home / "vanort-torsby"
        self._kind = KINDS["registry"]

    def make_the_registry(self) -> None:
        """The first screen, with nothing but Enter, and a name where Git has none."""
        self.window.until("Skapa Torsby kommuns register", "Enter öppna")
        self.window.press("enter")
        self.window.until("Vem för in ändringarna?")
        self.window.until_writing_at("Namn")
        self.window.type(NAME)
        self.window.press("enter")
        self.window.until_writing_at("E-post")
        self.window.type(MAIL)
        self.window.press("enter")
        self.on_the_overview()

    def on_the_overview(self) -> None:
        """Wait until the registry is open."""
        self.window.until("Torsby kommun · internationella kontakter", "I registret", "6  vänorter")

    def go(self, key: str, sees: str) -> None:
        """To another page."""
        self.window.press(key)
        self.window.until(sees)

    def open_new(self, kind: str) -> None:
        """The empty form of a kind of record."""
        self._kind = KINDS[kind]
        self.window.press("n")
        self.window.until(self._kind.new.sv, "ctrl+s spara")

    def open_to_edit(self, kind: str, title: str) -> None:
        """The form of the chosen record."""
        self._kind = KINDS[kind]
        self.window.press("e")
        self.window.until(f"{self._kind.one.sv} · {title}", "ctrl+s spara")

    def write(self, label: str, text: str, *, over: str = "") -> None:
        """Go on by Tab to the field with this label, which the line of help tells, and write, `over` what stands there."""
        help_line = next(str(field.help.sv) for field in self._kind.fields if field.label.sv == label)
        self.window.until_true(lambda: _help(self.window.text) != "", "the help of a field")
        for _field in range(40):
            if help_line in _help(self.window.text):
                break
            self.window.press("tab")
            self.window.until_other(_help)
            self.window.until_quiet()
        if over:
            self.window.press("end", "ctrl+u")
            self.window.until_gone(over)
        self.window.type(text)
        self.window.until(text)

    def save(self, why: str = "", decision: str = "") -> None:
        """Save what the form has, choosing the first reason or, by Tab from there, with one in words."""
        self.window.press("ctrl+s")
        self.window.until("Varför", "Beslut", "ctrl+s spara")
        if why:
            self.window.press("tab")
            self.window.until_writing_at("Med ord")
            self.window.type(why)
            self.window.until(why)
        if decision:
            self.window.press("enter")
            self.window.until_writing_at("Beslut")
            self.window.type(decision)
            self.window.until(decision)
        self.window.press("ctrl+s")
        self.window.until_gone("ctrl+s spara")

    def undo(self, seen: str) -> None:
        """Take back the last change, which is told as `seen`."""
        self.window.press("u")
        self.window.until("Ta tillbaka den här ändringen?", seen)
        self.window.press("ctrl+s")
        self.window.until_gone("Ta tillbaka den här ändringen?")

    def quit(self) -> int:
        """Leave; the program's exit code."""
        self.window.press("q")
        return self.window.ended()


def _help(screen: str) -> str:
    """What the form says of the field that one is in: the two lines above the footer."""
    return "\n".join(screen.split("\n")[-3:-1]).strip()


@contextmanager
def at_the_terminal(
    home: Path, *, size: tuple[int, int] = (80, 24), command: Sequence[str] = PROGRAM, **env: str
) -> Iterator[Coordinator]:
    """The app in a terminal window, in Swedish."""
    with terminal(home, size=size, command=command, **env) as window:
        yield Coordinator(window, home)
