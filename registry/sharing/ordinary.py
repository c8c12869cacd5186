"""What a registry's folder can hold: ordinary files, no links and no other repositories."""

from __future__ import annotations

from registry.errors import Refused
from registry.git.versions import Held
from registry.plain_text import line
from registry.words import _


def require_ordinary(path: str, *versions: Held | None) -> None:
    """Raises `Refused` where what is at `path` in one of the versions is no ordinary file."""
    if any(held is not None and not held.is_file for held in versions):
        raise Refused(
            _("%(path)s is a link or another repository, which a registry cannot hold.") % {"path": line(path)},
            _("Whoever shared it takes it out again, with Git; then share once more."),
        )
