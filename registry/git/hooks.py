"""Hooks, as githooks(5) has them for `git commit`; where there is none, nothing is run."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from registry.errors import Refused
from registry.git.repository import Repository
from registry.plain_text import line, visible
from registry.words import _

OF_A_SAVE: Final = ("pre-commit", "prepare-commit-msg", "commit-msg", "post-commit", "post-merge")
"""The hooks that a save runs."""


class HookRefused(Refused):
    """A hook ended with an exit code other than 0. `output` is all it wrote, made visible."""

    def __init__(self, message: str, hint: str = "", *, output: str) -> None:
        super().__init__(message, hint)
        self.output = output


class Hooks:
    """The hooks of one repository, by its settings (name → values, the last holds)."""

    def __init__(self, repo: Repository, settings: Mapping[str, Sequence[str]]) -> None:
        self._repo = repo
        own = settings.get("core.hookspath")
        self.folder = repo.folder / os.path.expanduser(own[-1]) if own and own[-1] else repo.common_dir / "hooks"  # noqa: PTH111
        self._configured = any(
            name.startswith("hook.") for name in settings
        )  # newer Gits have hooks in the settings too

    def has(self, name: str) -> bool:
        """Whether Git would run a hook `name`."""
        place: Path = self.folder / name
        return self._configured or (place.is_file() and os.access(place, os.X_OK))

    def is_dead(self, name: str) -> bool:
        """Whether there is a file of that name that Git passes over, since nobody may run it."""
        return (self.folder / name).is_file() and not self.has(name)

    def run(self, name: str, *args: str, env: Mapping[str, str]) -> None:
        """Run it if there is one. Raises `HookRefused` with what it said."""
        if not self.has(name):
            return
        code, _out, err = self._repo.git.start("hook", "run", "--ignore-missing", name, "--", *args, env=env).result()
        if code != 0:
            output = visible(err.decode("utf-8", "replace")).strip()
            said = [line(part) for part in output.splitlines() if part.strip()]
            raise HookRefused(
                _("The save was refused by the hook %(name)s: %(said)s")
                % {"name": name, "said": said[0] if said else _("it gave no reason")},
                " ".join(said[1:6]) or _("Whoever set up the hook knows what it asks for."),
                output=output,
            )
