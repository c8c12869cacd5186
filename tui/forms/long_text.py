"""The input for words over several lines. It grows with them, Tab leaves it, and F4 lends them to an editor."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, cast

from textual import events
from textual.widgets import TextArea

from registry.words import N_, _
from tui.commands import Command, HasCommands
from tui.forms.desk import Desk
from tui.forms.field_input import FieldInput
from tui.forms.slots import Slot
from tui.notices import tell
from tui.widgets.inputs import LongText

if TYPE_CHECKING:
    from tui.app import VanortApp


class LongField(HasCommands, FieldInput, LongText):
    """Words over several lines."""

    COMMAND_TABLE = (
        Command(
            id="text.editor", keys="f4", label=N_("editor"), help=N_("Write this text in your own editor."), rank=10
        ),
    )

    def __init__(self, slot: Slot, desk: Desk, label: str = "") -> None:
        self.attach(slot, desk, label)
        self._known = self._stored()
        super().__init__(
            self._known, tab_behavior="focus", soft_wrap=True, placeholder=self.absent, classes="field long"
        )

    def _stored(self) -> str:
        if self.slot.typed:
            return self.slot.typed
        value = self.slot.value
        return value if isinstance(value, str) else "" if value is None else str(value)

    def renew(self) -> None:
        """Show what the slot has now."""
        self._known = self._stored()
        self.text = self._known

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """A keystroke."""
        event.stop()
        if self.text != self._known:
            self._known = self.text
            self.slot.put_text(self.text)
            self.edited()

    def on_key(self, event: events.Key) -> None:
        """At the first and the last line the arrows go to the field before and the next."""
        line = self.wrapped_document.location_to_offset(self.cursor_location).y
        if (event.key == "up" and line == 0) or (event.key == "down" and line >= self.wrapped_document.height - 1):
            self.leave_by(event)

    async def do_editor(self) -> None:
        """Lend the text to the user's editor, in a file that only they can read, and take back what they wrote."""
        from tui.editor import edit_file

        with tempfile.TemporaryDirectory(prefix="vanort-") as folder:
            file = Path(folder) / f"{self.slot.field.key}.txt"
            file.write_text(self.text + "\n", encoding="utf-8", errors="surrogatepass")
            if not await edit_file(cast("VanortApp", self.app), file):
                return
            try:
                written = file.read_text(encoding="utf-8").strip("\n")
            except (OSError, UnicodeDecodeError):
                tell(
                    self,
                    _("What the editor left cannot be read as text (UTF-8); the field is as it was."),
                    severity="warning",
                )
                return
        self.text = written
