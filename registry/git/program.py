"""Which Git there is, whether it will do, and what environment it is run in."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

from registry.errors import GitTrouble
from registry.git import trouble
from registry.words import _

MINIMUM: Final = (2, 36)
"""The oldest Git that will do: `core.fsync`, without which a saved change may not survive a power cut."""

_OTHER_REPOSITORY: Final = (  # `git rev-parse --local-env-vars`, less the settings that a user passes by GIT_CONFIG_*
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_CONFIG",
    "GIT_DIR",
    "GIT_GRAFT_FILE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_NAMESPACE",
    "GIT_NO_REPLACE_OBJECTS",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_QUARANTINE_PATH",
    "GIT_REPLACE_REF_BASE",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
)
_OTHER_MEANING: Final = ("GIT_GLOB_PATHSPECS", "GIT_ICASE_PATHSPECS", "GIT_LITERAL_PATHSPECS", "GIT_NOGLOB_PATHSPECS")
"""What would have a path mean something else than the file of that name."""
_BEHIND_THE_SCREEN: Final = ("LANGUAGE", "GPG_TTY")


def git_version() -> tuple[int, ...]:
    """The installed Git's version, as (2, 39, 5). Raises `GitTrouble` if there is none."""
    return _version_of(_program())


def require_git() -> str:
    """The Git program's path, once it is known to be new enough. Raises `GitTrouble` with what is needed."""
    program = _program()
    found = _version_of(program)
    if found < MINIMUM:
        _version_of.cache_clear()
        raise GitTrouble(
            _("Git %(found)s is too old: Vänort needs Git %(needed)s or newer.")
            % {"found": ".".join(map(str, found)), "needed": ".".join(map(str, MINIMUM))},
            _("Install a newer Git: https://git-scm.com/downloads"),
        )
    return program


def _program() -> str:
    program = _found_on(os.environ.get("PATH"))
    if program is None:
        _found_on.cache_clear()  # it may be installed while the app is open
        raise GitTrouble(
            _("Git is not installed, and Vänort keeps the registry's history with it."),
            _("Install Git %(needed)s or newer: https://git-scm.com/downloads")
            % {"needed": ".".join(map(str, MINIMUM))},
        )
    return program


@lru_cache(maxsize=8)
def _found_on(path: str | None) -> str | None:
    return shutil.which("git", path=path)


@lru_cache(maxsize=8)
def _version_of(program: str) -> tuple[int, ...]:
    try:
        ran = subprocess.run(
            [program, "version"],
            env=git_environment(Path(program).parent),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=60,
        )
    except OSError as error:
        raise GitTrouble(_("Git could not be started: %(reason)s") % {"reason": str(error)}) from error
    if ran.returncode != 0:  # it reads its settings first, and stops at a line that it cannot read
        raise trouble.failed(Path(program).parent, ["version"], ran.returncode, ran.stderr)
    number = re.search(r"(\d+)\.(\d+)(?:\.(\d+))?", ran.stdout.decode("utf-8", "replace"))
    if number is None:
        raise GitTrouble(
            _("%(program)s doesn't say which version of Git it is.") % {"program": program},
            _("Install Git %(needed)s or newer: https://git-scm.com/downloads")
            % {"needed": ".".join(map(str, MINIMUM))},
        )
    return tuple(int(part) for part in number.groups() if part is not None)


def git_environment(folder: Path, overrides: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment that Git is run with in `folder`.

    Nothing is inherited that would lead Git to another repository, or have it talk another language, page, or ask on
    a terminal that a screen is drawn on. What a server's hook says about objects under examination is kept for its
    own repository, so that a pushed commit can be checked before it is let in.
    """
    environment = dict(os.environ)
    quarantine = environment.get("GIT_QUARANTINE_PATH")
    keep: set[str] = set()
    if quarantine and Path(quarantine).parent in {folder / "objects", folder / ".git" / "objects"}:
        keep = {"GIT_QUARANTINE_PATH", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES"}
    for name in (*_OTHER_REPOSITORY, *_OTHER_MEANING, *_BEHIND_THE_SCREEN):
        if name not in keep:
            environment.pop(name, None)
    environment |= {
        "LC_ALL": "C.UTF-8",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_PAGER": "cat",
        "GIT_EDITOR": ":",
        "GIT_CEILING_DIRECTORIES": str(folder.parent),  # an enclosing repository is never taken for this one
        "GIT_NO_REPLACE_OBJECTS": "1",  # git-replace(1), grafts: another history than the one that the ids stand for
        "GIT_GRAFT_FILE": os.devnull,
    }
    if overrides:
        environment |= overrides
    return environment
