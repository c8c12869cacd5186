"""What can be refused or fail, each with one clear line and its remedy.

Every error that a user can cause derives from `VanortError`; the command line prints it as ``message`` and ``hint``
(exit code 2), the app shows it in a notice. A plain Python exception is a defect of ours.
"""

from __future__ import annotations

from typing import ClassVar


class VanortError(Exception):
    """Refused or failed; nothing was written.

    `message` says what is wrong and where, `hint` what to do. Both are whole sentences in the user's language.
    """

    by_hand: ClassVar[bool] = False
    """Whether a hand edit is in the way: `hint` names the commands that see to it, the app has keys of its own."""

    more: tuple[str, ...] = ()

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class BadInput(VanortError):
    """A value, REF, decision or option that a person typed cannot be understood."""


class BrokenFile(VanortError):
    """A file of the data folder cannot be read as a record. `line` is 1-based, 0 where no line can be named."""

    def __init__(self, message: str, hint: str = "", *, line: int = 0) -> None:
        super().__init__(message, hint)
        self.line = line


class NoRecordFile(BrokenFile):
    """What stands where a record's file is to stand is none: a folder, a link, something far too large."""

    by_hand = True


class NotFound(VanortError):
    """A record, person, commit or folder that was asked for is not there."""


class NotThen(NotFound):
    """What is to be brought back was not there yet at the time that it was looked for."""


class Refused(VanortError):
    """The change is understood and not allowed as it stands: a finding, a missing reason, a hand edit in the way.

    `more` is what stands in the way beside what `message` says, a line each.
    """

    def __init__(self, message: str, hint: str = "", *, more: tuple[str, ...] = ()) -> None:
        super().__init__(message, hint)
        self.more = more


class HandEdited(Refused):
    """A record is edited by hand and not saved, so that no other change of it can be saved."""

    by_hand = True


class Moved(VanortError):
    """The branch, or a file, is no longer what the change was based on (a compare-and-swap failed)."""


class GitTrouble(VanortError):
    """Git is missing, too old, locked, interrupted or failed; the line says which."""
