"""What a change comes to: saved, or in conflict with what somebody else saved meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from registry.errors import Refused
from registry.words import _

if TYPE_CHECKING:
    from registry.change import Verdict
    from registry.findings import Finding
    from registry.merge import Conflict


@dataclass(frozen=True, slots=True)
class Saved:
    """What a change came to. `commit` is None where nothing differed and so nothing was committed."""

    commit: str | None
    refs: tuple[str, ...]
    verdict: Verdict

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What to tell the user of: introduced here, and elsewhere."""
        return (*self.verdict.introduced, *self.verdict.elsewhere)


class Conflicted(Refused):
    """Somebody else changed the same fields since; `conflicts` holds both values, and nothing was written."""

    def __init__(self, conflicts: Mapping[str, tuple[Conflict, ...]], lines: Sequence[str], hint: str = "") -> None:
        super().__init__(
            _("Somebody else has changed the same thing meanwhile: %(fields)s.") % {"fields": "; ".join(lines)},
            hint or _("Look at the record as it is now, and decide which value holds."),
        )
        self.conflicts = dict(conflicts)
