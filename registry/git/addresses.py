"""Where a registry is shared: which addresses there may be, and what of them is shown.

A path, `file://`, `https://`, `ssh://` and `user@host:path`, as in git-clone(1), "Git URLs". `http://` and `git://` are
neither secret nor signed, and go no further than this computer. What would have Git run a program (`ext::…`), or take a
name for an option (`-oProxyCommand=…`), is no address.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from registry.errors import BadInput
from registry.git import trouble
from registry.plain_text import line
from registry.words import _

Transport = Literal["file", "https", "http", "ssh", "git"]

_URL: Final = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?:(?P<user>[^/@]*)@)?(?P<host>\[[0-9A-Fa-f:.]+\]|[^/:@]*)(?::(?P<port>\d*))?(?P<path>/.*)?")  # fmt: skip
_SCP: Final = re.compile(r"(?:(?P<user>[^/:@]*)@)?(?P<host>\[[0-9A-Fa-f:.]+\]|[^/:@]+):(?P<path>.+)")
_HOST: Final = re.compile(r"\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9_][A-Za-z0-9_.-]*")
_HELPER: Final = re.compile(r"[^/\[]*::")
_DRIVE: Final = re.compile(r"[A-Za-z]:[\\/]")
_ONLY_HERE: Final = ("http", "git")
_KNOWN: Final[dict[str, Transport]] = {
    "file": "file", "https": "https", "http": "http", "git": "git",
    "ssh": "ssh", "git+ssh": "ssh", "ssh+git": "ssh",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Address:
    """An address that may be used. `text` is what Git is given, `host` is "" on this computer's own disk."""

    text: str
    transport: Transport
    host: str
    path: str

    def __str__(self) -> str:
        return shown(self.text)

    @property
    def allowed(self) -> str:
        """What Git may speak on the way, as `GIT_ALLOW_PROTOCOL` has it: a server may not send us elsewhere."""
        return "http:https" if self.transport == "http" else self.transport


def require_no_password(address: Address) -> None:
    """Raises `BadInput` for an address with a password in it: Git would keep it for everybody to read."""
    found = _URL.fullmatch(address.text)
    if found is None or ":" not in (found["user"] or ""):
        return
    raise BadInput(
        _("There is a password in the address: it would stand in the clear in the file .git/config."),
        _("Give the address without it, and let Git keep it: git config --global credential.helper cache"),
    )


def shown(text: str) -> str:
    """An address as it may be shown: without passwords, on one line."""
    return trouble.masked(line(text))


def parse(typed: str) -> Address:
    """The address that a person or a setting gives; a path of this computer becomes a whole one.

    Raises `BadInput` for what is none, or may not be used.
    """
    text = typed.strip()
    if not text or text.startswith("-") or not text.isprintable() or _HELPER.match(text):
        raise _none(typed)
    if "://" in text:
        return _of_url(text)
    if _DRIVE.match(text) or (found := _SCP.fullmatch(text)) is None:
        return _of_path(text)
    host, path, user = found["host"], found["path"], found["user"]
    if not _HOST.fullmatch(host) or path.startswith("-") or (user is not None and not _is_user(user)):
        raise _none(typed)
    return Address(text, "ssh", host, path)


def anchored(text: str, folder: Path) -> str:
    """An address from the settings of the registry in `folder`, from which Git reads a path that is not whole."""
    whole = "://" in text or text.startswith(("/", "~", "-")) or _HELPER.match(text) or _DRIVE.match(text)
    return text if whole or _SCP.fullmatch(text) or not text else os.path.normpath(folder / text)


def _of_url(text: str) -> Address:
    found = _URL.fullmatch(text)
    transport = _KNOWN.get(found["scheme"].lower()) if found else None
    if found is None or transport is None or " " in found["host"]:
        raise _none(text)
    host, path, user = found["host"], found["path"] or "", found["user"]
    if transport == "file":
        if host not in {"", "localhost"} or not path:
            raise _none(text)
        return Address(text, transport, "", path)
    if not _HOST.fullmatch(host) or not path.strip("/"):
        raise _none(text)
    if transport == "ssh" and user is not None and not _is_user(user.partition(":")[0]):
        raise _none(text)
    if transport in _ONLY_HERE and not _is_this_computer(host):
        raise BadInput(
            _("%(address)s is open to everybody on the way: names and changes could be read and altered.")
            % {"address": shown(text)},
            _("Use an address that begins with https:// or ssh://."),
        )
    return Address(text, transport, host, path)


def _of_path(text: str) -> Address:
    try:
        place = os.path.abspath(Path(text).expanduser())  # noqa: PTH100 - the name that the user knows it by
    except (OSError, RuntimeError) as error:  # ~nobody, or a working directory that is gone
        raise _none(text) from error
    return Address(place, "file", "", place)


def _is_user(name: str) -> bool:
    return bool(name) and not name.startswith("-")


def _is_this_computer(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    import ipaddress  # for the few addresses that need it

    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _none(text: str) -> BadInput:
    return BadInput(
        _("“%(text)s” is no address that a registry can be shared at.") % {"text": shown(text)},
        _("Use a folder, https://HOST/PATH, ssh://USER@HOST/PATH or USER@HOST:PATH."),
    )
