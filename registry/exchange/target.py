"""A file that leaves: written whole or not at all, never over another one unasked, and where names stay out of history."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from registry.errors import GitTrouble, Refused
from registry.git import trouble
from registry.words import _

if TYPE_CHECKING:
    from registry.git.repository import Repository


class Taken(Refused):
    """There is such a file already."""


def taken(target: Path) -> Taken:
    """The error for a file that is there already."""
    return Taken(
        _("%(file)s exists already.") % {"file": str(target)}, _("Choose another name, or say that it may be replaced.")
    )


def check_target(target: Path, *, overwrite: bool = False) -> None:
    """Raises `Taken`, `Refused` or `GitTrouble` where a file cannot be written to `target`: before the work for it begins."""
    try:
        _check(target, overwrite=overwrite)
    except OSError as error:
        raise trouble.from_os_error(target, error) from error


def _check(target: Path, *, overwrite: bool) -> None:
    folder = target.absolute().parent
    if not folder.is_dir():
        raise Refused(
            _("There is no folder %(folder)s.") % {"folder": str(folder)}, _("Make it first, or choose another.")
        )
    if target.is_dir():
        raise Refused(_("%(file)s is a folder.") % {"file": str(target)}, _("Give the file a name of its own."))
    if target.exists() and not target.is_file():
        raise Refused(_("%(file)s is no ordinary file.") % {"file": str(target)}, _("Give the file a name of its own."))
    if not overwrite and os.path.lexists(target):
        raise taken(target)
    if not os.access(folder := _place(target).parent, os.W_OK):
        raise _not_writable(folder)


def _place(target: Path) -> Path:
    """Where the content is to lie: what a link points at."""
    return Path(os.path.realpath(target)) if target.is_symlink() else target.absolute()


def _not_writable(folder: Path) -> GitTrouble:
    return GitTrouble(
        _("No file can be written in the folder %(folder)s.") % {"folder": str(folder)},
        _("Choose a folder that you may write in."),
    )


def require_outside(target: Path, registry_folder: Path) -> None:
    """Raises `Refused` where `target`, which holds names of people, lies in the registry's own folder."""
    if target.resolve().is_relative_to(registry_folder.resolve()):
        raise Refused(
            _("%(file)s lies in the registry's own folder, from where names could enter the shared history.")
            % {"file": str(target)},
            _("Choose a file outside %(folder)s.") % {"folder": str(registry_folder)},
        )


def require_not_own(target: Path, repo: Repository) -> None:
    """Raises `Refused` where a file at `target` would stand in the place of one of the registry's own."""
    from registry.git.own_files import is_own

    if is_own(repo, target):
        raise Refused(
            _("%(file)s is the place of one of the registry's own files.") % {"file": str(target)},
            _("Choose a file outside %(folder)s.") % {"folder": str(repo.folder)},
        )


def write_whole(target: Path, content: bytes, *, overwrite: bool = False, private: bool = False) -> None:
    """Write the file whole or not at all, to where a link points; `private`: readable by its owner alone.

    Raises `Taken` where it is there, `GitTrouble` where the folder takes no file or the disk is full.
    """
    name = ""
    try:
        place = _place(target)
        handle, name = tempfile.mkstemp(prefix=".vanort-", dir=place.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if not private:
            Path(name).chmod(0o666 & ~_mask())
        if overwrite:
            Path(name).replace(place)
        else:
            _claim(Path(name), target)
    except FileExistsError as error:
        raise taken(target) from error
    except PermissionError as error:
        raise _not_writable(target.absolute().parent) from error
    except OSError as error:
        raise trouble.from_os_error(target, error) from error
    finally:
        if name:
            with contextlib.suppress(OSError):
                Path(name).unlink()


def _claim(made: Path, target: Path) -> None:
    """Give the finished file its name, if nobody has it: by a second name, or where there are none by an empty file."""
    try:
        os.link(made, target)
    except FileExistsError:
        raise
    except OSError:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        made.replace(target)


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
