"""From what Git or the operating system says when it fails, to one line that a person can act on."""

from __future__ import annotations

import errno
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from registry.errors import GitTrouble
from registry.plain_text import line
from registry.words import _

_USERINFO = re.compile(r"(?P<scheme>[a-zA-Z][a-zA-Z0-9+.-]*)://(?P<who>[^/@\s'\"]+)@")
_UNREADABLE_SETTINGS = re.compile(r"bad (?:numeric |boolean )?config .*|bogus (?:count|config|format) .*GIT_CONFIG.*")
_DAMAGED_INDEX = re.compile("index file (?:smaller|corrupt)|bad index (?:file|version)|index uses .* extension")
_DAMAGED = re.compile(
    "bad (?:tree |object).*|not a tree object|unable to read (?:tree|sha1 file|[0-9a-f]{40}).*|.*is corrupt"
    "|.*object file .* is empty|inflate: .*|could not (?:read|parse) (?:tree|commit|object).*|missing (?:blob|tree|commit).*"
)
_NO_ROOM = 65_536
_NO_IDENTITY = ("auto-detection is disabled", "Please tell me who you are", "empty ident name", "unable to auto-detect")


class GitFailed(GitTrouble):
    """A Git command ended with an exit code other than 0.

    `code` is that exit code (negative: the signal that ended it), `output` what Git wrote to its standard error, with
    secrets masked and control characters made visible.
    """

    def __init__(self, message: str, hint: str = "", *, code: int, output: str) -> None:
        super().__init__(message, hint)
        self.code = code
        self.output = output


def masked(text: str) -> str:
    """`text` without the names, passwords and tokens in its URLs (the user of an ssh URL is no secret, and stays)."""

    def hide(found: re.Match[str]) -> str:
        scheme, who = found["scheme"], found["who"]
        if scheme.lower().endswith("ssh"):
            who, _colon, secret = who.partition(":")
            return f"{scheme}://{who}{':***' if secret else ''}@"
        return f"{scheme}://***@"

    return _USERINFO.sub(hide, text)


def failed(folder: Path, args: Sequence[str], code: int, stderr: bytes) -> GitFailed:
    """The error for the Git command `args`, run in `folder`, that ended with `code` after writing `stderr`."""
    output = masked("\n".join(map(line, stderr.decode("utf-8", "replace").splitlines()))).strip()
    message, hint = _known(folder, args, output) or _other(args, code, output)
    return GitFailed(message, hint, code=code, output=output)


def _known(folder: Path, args: Sequence[str], output: str) -> tuple[str, str] | None:
    where = {"folder": str(folder)}
    if "promisor remote" in output:  # whatever the server, or the network, said before that
        return (
            _("%(folder)s is a partial copy, and what it lacks could not be fetched: %(reason)s")
            % {**where, "reason": _reason(output)},
            _("Try again where its server can be reached, or make a whole copy: git clone ADDRESS FOLDER"),
        )
    if "dubious ownership" in output:
        return (
            _("%(folder)s belongs to another user of this computer, and Git refuses to work in it.") % where,
            _("If you trust it, run: git config --global --add safe.directory %(folder)s") % where,
        )
    if "not a git repository" in output.lower():
        return not_a_repository(folder)
    if re.search(r"\.lock': File exists", output):
        return locked(folder)
    if re.search("No space left on device|Disk quota exceeded", output) or ("write" in output and _is_full(folder)):
        return disk_full(folder)
    if "Read-only file system" in output:
        return read_only(folder)
    if re.search(r"[Pp]ermission denied(?! \(publickey)|insufficient permission", output):
        return not_permitted(folder)
    if any(sign in output for sign in _NO_IDENTITY):
        return no_identity()
    if found := _UNREADABLE_SETTINGS.search(output):
        return (
            _("Git's settings cannot be read: %(reason)s") % {"reason": line(found[0])},
            _("Mend that line in an editor, or remove it."),
        )
    if _DAMAGED_INDEX.search(output):
        return (
            _("The list that Git keeps of what is saved in %(folder)s (.git/index) is damaged.") % where,
            _("Nothing saved is lost: remove the file .git/index, and run there: git reset"),
        )
    if found := _DAMAGED.search(output):
        return damaged(folder, found[0])
    if "commit-tree" in args and "-S" in args:
        return (
            _("The change could not be signed: %(reason)s") % {"reason": _reason(output)},
            _("Unlock the signing key or see that user.signingKey names it, then save again."),
        )
    return None


def _is_full(folder: Path) -> bool:
    """Git doesn't always say why it could not write."""
    try:
        return shutil.disk_usage(folder).free < _NO_ROOM
    except OSError:
        return False


def _other(args: Sequence[str], code: int, output: str) -> tuple[str, str]:
    command = f"git {next((part for part in args if not part.startswith('-') and '=' not in part), '')}".strip()
    reason = _reason(output)
    if reason:
        return _("%(command)s failed: %(reason)s") % {"command": command, "reason": reason}, ""
    return _("%(command)s failed with exit code %(code)d") % {"command": command, "code": code}, ""


def _reason(output: str) -> str:
    """The line of `output` that says most: the first fatal or error, else the first."""
    lines = [said.strip() for said in output.splitlines() if said.strip()]
    for said in lines:
        if said.startswith(("fatal: ", "error: ")):
            return said.partition(": ")[2]
    return lines[0] if lines else ""


def not_a_repository(folder: Path) -> tuple[str, str]:
    """Message and hint for a folder that Git knows nothing about."""
    return (
        _("%(folder)s is a folder without a history, not a registry.") % {"folder": str(folder)},
        _("Name the folder that holds registry.toml with -r FOLDER, or make a new registry: vanort init FOLDER"),
    )


def damaged(folder: Path, what: str) -> tuple[str, str]:
    """Message and hint for a history that lacks some of its objects, or holds spoiled ones."""
    return (
        _("The history in %(folder)s is damaged: %(what)s") % {"folder": str(folder), "what": what},
        _("Keep the folder as it is, and fetch the registry from a colleague's copy or a backup. git fsck tells more."),
    )


def bare(folder: Path) -> tuple[str, str]:
    """Message and hint for a repository without a work tree."""
    return (
        _("%(folder)s is a bare repository: a history without the files beside it.") % {"folder": str(folder)},
        _("Make a copy to work in: git clone %(folder)s FOLDER") % {"folder": str(folder)},
    )


def unfinished(what: str) -> tuple[str, str]:
    """Message and hint for a merge, rebase, cherry-pick, revert or bisect that someone has begun."""
    if what == "bisect":
        return (
            _("Someone is looking for a fault in the history here with Git, and hasn't ended it."),
            _("End it: vanort doctor --back-out"),
        )
    return (
        _("Someone began a %(what)s here with Git, and hasn't finished it.") % {"what": what},
        _("Finish it (vanort doctor --finish) or take it back (vanort doctor --back-out)."),
    )


def no_branch() -> tuple[str, str]:
    """Message and hint for an old version that is checked out."""
    return (
        _("No branch is checked out, so that what is saved could be lost"),
        _("Go back to the branch: git switch main"),
    )


def locked(folder: Path) -> tuple[str, str]:
    """Message and hint for a lock file that somebody else holds, or left."""
    return (
        _("Another program is working in %(folder)s, or was interrupted there (index.lock or another .lock file).")
        % {"folder": str(folder)},
        _("Wait for it and try again. If nothing else is running, remove the .lock file in the folder .git."),
    )


def disk_full(folder: Path) -> tuple[str, str]:
    """Message and hint for a disk or quota without room."""
    return (
        _("The disk that holds %(folder)s is full; nothing was saved.") % {"folder": str(folder)},
        _("Make room and save again."),
    )


def read_only(folder: Path) -> tuple[str, str]:
    """Message and hint for a file system that takes no writing."""
    return (
        _("%(folder)s is on a disk that can only be read; nothing was saved.") % {"folder": str(folder)},
        _("Copy the registry to a disk that can be written (git clone), or have it made writable."),
    )


def not_permitted(folder: Path) -> tuple[str, str]:
    """Message and hint for missing permissions."""
    return (
        _("You are not permitted to read or write everything in %(folder)s.") % {"folder": str(folder)},
        _("Have whoever looks after the computer make the folder yours to read and write."),
    )


def no_identity() -> tuple[str, str]:
    """Message and hint for a commit without an author."""
    return (
        _("Git doesn't know who you are, and every change says who made it."),
        _('Run: git config --global user.name "Your Name", and git config --global user.email you@example.org'),
    )


def from_os_error(folder: Path, error: OSError) -> GitTrouble:
    """The error for a failed file operation of our own in `folder`."""
    if error.errno in {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}:
        return GitTrouble(*disk_full(folder))
    if error.errno == errno.EROFS:
        return GitTrouble(*read_only(folder))
    if error.errno in {errno.EACCES, errno.EPERM}:
        return GitTrouble(*not_permitted(folder))
    return GitTrouble(
        _("%(path)s could not be read or written: %(reason)s")
        % {"path": line(str(error.filename or folder)), "reason": error.strerror or str(error)},
        _("See what lies there and whether the disk is well, then try again."),
    )
