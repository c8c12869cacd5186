"""One answer of the doctor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from registry.errors import VanortError
from registry.plain_text import line
from registry.words import ngettext

_NAMED: Final = 5
"""Files that are named before the rest is counted."""


@dataclass(frozen=True, slots=True)
class Check:
    """One answer. `id` is for programs; `remedy` is "" where there is nothing to do."""

    id: str
    ok: bool
    message: str
    remedy: str = ""
    mend: Callable[[], None] | None = field(default=None, compare=False, repr=False)
    """Carries the remedy out, where that can be done from here without asking anything. Raises `VanortError`."""

    def as_json(self) -> dict[str, str | bool]:
        """`id`, `ok`, `message`, `remedy`, and `fixable`: whether ``vanort doctor --fix`` carries it out."""
        return {
            "id": self.id,
            "ok": self.ok,
            "message": self.message,
            "remedy": self.remedy,
            "fixable": self.mend is not None,
        }


def wrong(name: str, error: VanortError) -> Check:
    """An error as an answer."""
    return Check(name, False, error.message, error.hint)


def some(names: Sequence[str]) -> str:
    """The first of the names, and how many there are more."""
    told = ", ".join(line(name) for name in names[:_NAMED])
    left = len(names) - _NAMED
    return (
        told
        if left <= 0
        else ngettext("%(told)s and %(count)s more", "%(told)s and %(count)s more", left)
        % {"told": told, "count": left}
    )
