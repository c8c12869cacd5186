"""What becomes of an error that no screen has met: one line where it is an event of the world, never a traceback."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.css.query import NoMatches
from textual.worker import WorkerFailed

from registry.errors import VanortError
from tui.notices import tell_error

if TYPE_CHECKING:
    _App = App[Any]
else:
    _App = object


class MeetsFailures(_App):
    """Mixed into the app, named before `App`.

    What was refused or failed while something was done beside the screen (the disk is gone, Git has been removed) is
    told, and the app goes on. A defect of ours ends the app, as Textual has it; but what Textual would print is a
    traceback with the values of every variable, names of people among them. Here it is left in `defect`, to be told
    by whoever started the app.
    """

    defect: Exception | None = None
    """What ended the app, if anything did."""

    def _handle_exception(self, error: Exception) -> None:
        cause = error.error if isinstance(error, WorkerFailed) else error
        if isinstance(error, WorkerFailed) and isinstance(cause, VanortError):
            tell_error(self, cause)
            return
        if isinstance(cause, NoMatches) and not self.is_running:
            return  # the app is leaving: what was being read has no page left to be shown on
        if self.defect is None:
            self.defect = cause if isinstance(cause, Exception) else error
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()
