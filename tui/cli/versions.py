"""Which versions are at work: for `--version`, and for the report of a crash."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

from registry.errors import VanortError
from registry.git.run import git_version, require_git


def own_version() -> str:
    """Vänort's version; ``?`` where it runs without having been installed."""
    try:
        return version("vanort")
    except PackageNotFoundError:
        return "?"


def versions() -> str:
    """``vanort 0.1.0, Git 2.39.5, Python 3.11.7``; a dash where there is no Git."""
    try:
        git = ".".join(map(str, git_version()))
    except VanortError:
        git = "–"
    return f"vanort {own_version()}, Git {git}, Python {platform.python_version()}"


def git_trouble() -> str:
    """Why the Git that there is will not do, with what to do; "" where it will."""
    try:
        require_git()
    except VanortError as error:
        return str(error)
    return ""
