"""A server's repository: bare, never rewritten, and asking Vänort before it takes anything in (docs/en/server.md)."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from registry.errors import Refused
from registry.git import trouble
from registry.git.finding import looks_bare
from registry.git.repository import Repository, absolute, require_free
from registry.git.run import Git
from registry.git.server_hooks import MARK, post_receive, pre_receive
from registry.plain_text import line
from registry.words import _

_SETTINGS: Final = (
    ("receive.denyNonFastForwards", "true"),
    ("receive.denyDeletes", "true"),
    ("receive.fsckObjects", "true"),
    ("transfer.fsckObjects", "true"),
    ("receive.maxInputSize", "200m"),
    ("http.receivepack", "true"),  # whoever the web server has let in may push; it asks who that is
    ("core.logAllRefUpdates", "false"),  # a log would remember what was erased
    ("gc.writeCommitGraph", "false"),  # nor is there a list of what was
    ("core.fsync", "committed,reference"),
    ("core.hooksPath", "hooks"),  # whatever else is set on this computer
)


def set_up(folder: Path, program: Sequence[str], language: str, *, shared: bool) -> bool:
    """Make a server's repository in `folder`, or have one that is there be as it should; whether it was made.

    `program` is Vänort, by its whole path; `shared` lets everybody of the folder's group push. Raises `Refused` for a
    folder with something else in it, or with hooks that are not ours.
    """
    folder = absolute(folder)
    made = not looks_bare(folder)
    if made:
        require_free(folder)
    existed = folder.exists()
    try:
        if made:
            _make(folder, shared=shared)
        repo = Repository.open(folder, allow_bare=True)
        hooks = {"pre-receive": pre_receive(program, language), "post-receive": post_receive()}
        for name in hooks:
            _require_ours(folder / "hooks" / name)
        for key, value in _SETTINGS:
            repo.set_config(key, value)
        for name, content in hooks.items():
            _write(folder / "hooks" / name, content)
    except BaseException:
        if made:
            _remove(folder, existed=existed)
        raise
    return made


def _make(folder: Path, *, shared: bool) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise trouble.from_os_error(folder, error) from error
    options = ["--shared=group"] if shared else []
    Git(folder).text("init", "--quiet", "--bare", "--initial-branch=main", "--template=", *options)


def _require_ours(hook: Path) -> None:
    try:
        content = hook.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return
    except OSError as error:
        raise trouble.from_os_error(hook, error) from error
    if MARK not in content:
        raise Refused(
            _("There is another hook already: %(hook)s") % {"hook": line(str(hook))},
            _("Move it away, and call it from ours afterwards; vanort guide server shows how."),
        )


def _write(hook: Path, content: str) -> None:
    try:
        hook.parent.mkdir(exist_ok=True)
        new = hook.with_suffix(".new")
        new.write_text(content, encoding="utf-8")
        new.chmod(0o755)
        new.rename(hook)
    except OSError as error:
        raise trouble.from_os_error(hook, error) from error


def _remove(folder: Path, *, existed: bool) -> None:
    for place in folder.iterdir() if folder.is_dir() else ():
        if place.is_dir() and not place.is_symlink():
            shutil.rmtree(place, ignore_errors=True)
        else:
            place.unlink(missing_ok=True)
    if not existed and folder.is_dir():
        folder.rmdir()
