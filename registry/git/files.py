"""File operations that hold when the power goes, the disk fills or another program is looking."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import stat
import time
from pathlib import Path
from typing import Final, TypeAlias

from registry.errors import NoRecordFile
from registry.git.trees import Algorithm, object_id
from registry.plain_text import line
from registry.words import _

StrPath: TypeAlias = str | Path
"""Of a thousand files, each is asked for again and again, and pathlib takes its time."""
_TRIES: Final = 20
_NO_LINKS: Final = getattr(os, "O_NOFOLLOW", 0)
_TO_READ: Final = os.O_RDONLY | _NO_LINKS | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def content_id(place: StrPath, algorithm: Algorithm) -> str | None:
    """The id Git would give to the file's content, None if nothing is there. Raises `BrokenFile` for no file."""
    try:
        if not _NO_LINKS:
            _require_file(place, os.lstat(place))
        descriptor = os.open(place, _TO_READ)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        _require_file(place, os.lstat(place))
        raise
    try:
        facts = os.fstat(descriptor)
        _require_file(place, facts)
        digest = hashlib.new(algorithm, b"blob %d\0" % facts.st_size, usedforsecurity=False)
        while piece := os.read(descriptor, min(facts.st_size + 1, 1 << 20)):
            digest.update(piece)
            if len(piece) == facts.st_size:  # all of it, as is usual: spares a second look
                break
    finally:
        os.close(descriptor)
    return digest.hexdigest()


def _require_file(place: StrPath, facts: os.stat_result) -> None:
    if not stat.S_ISREG(facts.st_mode):
        raise NoRecordFile(
            _("%(path)s is not an ordinary file, and a record is one.") % {"path": line(str(place))},
            _("Move away what lies there; vanort discard brings back the saved version."),
        )


def has_content(place: StrPath, wanted: str | None, algorithm: Algorithm) -> bool:
    """Whether the file's content has the id `wanted` (None: isn't there), line ends of Windows apart."""
    found = content_id(place, algorithm)
    if found == wanted or found is None or wanted is None:
        return found == wanted
    content = Path(place).read_bytes()
    return b"\r\n" in content and object_id("blob", content.replace(b"\r\n", b"\n"), algorithm) == wanted


def write_new(place: StrPath, content: bytes, *, like: StrPath | None = None, sync: bool = True) -> None:
    """Write a file that isn't there yet, with the permissions of `like` if there is one, and on the disk if `sync`."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(place, flags, 0o666), "wb") as handle:
        handle.write(content)
        handle.flush()
        if like is not None:
            permit_like(place, like)
        if sync:
            os.fsync(handle.fileno())


def permit_like(place: StrPath, like: StrPath) -> None:
    """Give a file the permissions of another. That they cannot be given is nobody's trouble."""
    with contextlib.suppress(OSError):
        mode = stat.S_IMODE(os.stat(like).st_mode)  # noqa: PTH116 - of a thousand files, each
        if mode != stat.S_IMODE(os.stat(place).st_mode):  # noqa: PTH116
            os.chmod(place, mode)  # noqa: PTH101


def sync(place: StrPath) -> None:
    """Bring what was written to a file to the disk."""
    descriptor = os.open(place, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def link(source: StrPath, target: StrPath) -> bool:
    """Give a file a second name; False where the file system has no second names.

    `target` must not exist (`FileExistsError`). A `source` that is replaced at this moment is taken as it is afterwards.
    """
    for attempt in range(_TRIES):
        try:
            os.link(source, target, follow_symlinks=False)
        except FileExistsError:
            raise
        except FileNotFoundError:  # also where the file it found has lost its last name since: link(2)
            if attempt == _TRIES - 1 or not os.path.lexists(source):
                raise
        except (OSError, NotImplementedError) as error:
            if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EROFS}:
                raise
            return False
        else:
            break
    return True


def copy(source: StrPath, target: StrPath) -> None:
    """Copy a file, its times and permissions included. `target` must not exist (`FileExistsError`)."""
    write_new(target, Path(source).read_bytes())
    shutil.copystat(source, target)


def link_or_copy(source: StrPath, target: StrPath) -> None:
    """Give a file a second name or, where there are none, a copy."""
    if not link(source, target):
        copy(source, target)


def move(source: StrPath, target: StrPath) -> None:
    """Put `source` in the place of `target` in one step, also where they are on different disks."""
    for attempt in range(_TRIES):
        try:
            os.replace(source, target)  # noqa: PTH105
        except OSError as error:
            if error.errno == errno.EXDEV:
                beside = beside_of(Path(target))
                beside.unlink(missing_ok=True)
                write_new(beside, Path(source).read_bytes())
                shutil.copymode(source, beside)
                os.replace(beside, target)  # noqa: PTH105
                return
            if os.name != "nt" or not isinstance(error, PermissionError) or attempt == _TRIES - 1:
                raise
            time.sleep(0.01 * (attempt + 1))  # a virus scanner or an editor has it open
        else:
            return


def beside_of(target: Path) -> Path:
    """Where a file's new content waits when it has to wait on the same disk."""
    return target.with_name(f".{target.name}.vanort-tmp")


def set_executable(place: StrPath, *, executable: bool) -> None:
    """Have whoever may read the file run it as well, or nobody. That it cannot be set is nobody's trouble."""
    with contextlib.suppress(OSError):
        mode = stat.S_IMODE(os.lstat(place).st_mode)
        may = (mode & 0o444) >> 2
        Path(place).chmod(mode | may if executable else mode & ~0o111)


def remove_empty(folder: Path, top: Path) -> None:
    """Remove `folder` and those above it, below `top`, for as long as they are empty."""
    with contextlib.suppress(OSError):
        while folder != top:
            folder.rmdir()
            folder = folder.parent


def is_same(kept: StrPath | None, place: StrPath) -> bool:
    """Whether what is at `place` is what was `kept` of it (None: nothing was there)."""
    if kept is None:
        return not os.path.lexists(place)
    try:
        now = os.lstat(place)
        return os.path.samestat(os.lstat(kept), now) or (
            stat.S_ISREG(now.st_mode) and Path(kept).read_bytes() == Path(place).read_bytes()
        )
    except OSError:
        return False
