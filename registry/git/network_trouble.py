"""From what Git, ssh and a server say when sharing fails, to one line that a person can act on.

Git speaks English here (`LC_ALL=C.UTF-8`); a server speaks as it likes, and what it says is shown and never obeyed.
"""

from __future__ import annotations

import os
import re
import shlex
from typing import Final, Literal

from registry.errors import GitTrouble
from registry.git import trouble
from registry.git.addresses import Address
from registry.plain_text import line
from registry.words import _

Kind = Literal[
    "offline", "credentials", "host-key", "not-there", "refused", "rejected", "hung", "full", "cancelled", "other"
]  # fmt: skip

_MOST_LINES: Final = 30
_LONGEST_LINE: Final = 300
_FULL: Final = re.compile("No space left on device|quota exceeded|out of disk space", re.IGNORECASE)
_KEY_CHANGED: Final = re.compile("REMOTE HOST IDENTIFICATION HAS CHANGED|host key .* has changed", re.IGNORECASE)
_KEY_UNKNOWN: Final = re.compile("Host key verification failed|No .* host key is known|certificate verify|server certificate|SSL certificate", re.IGNORECASE)  # fmt: skip
_WHO: Final = re.compile(
    r"Authentication failed|could not read (?:Username|Password)|terminal prompts disabled|Invalid username or password"
    r"|Permission denied \(|returned error: 40[13]|HTTP 40[13]|Too many authentication failures|HTTP Basic: Access denied"
    r"|Permission to .* denied|insufficient permission for adding an object",
    re.IGNORECASE,
)
_NOT_THERE: Final = re.compile(
    "does not appear to be a git repository|repository .* not found|Repository not found"
    "|repository not exported|access denied or repository|returned error: 404|does not exist|not a git repository|invalid gitfile"
    "|no such repository|not valid: is this a git repository",
    re.IGNORECASE,
)
_OFFLINE: Final = re.compile(
    "Could not resolve|Couldn't connect|Failed to connect|unable to connect|Connection refused|Network is unreachable"
    "|No route to host|timed out|Operation too slow|Temporary failure in name resolution|Name or service not known|unable to look up"
    "|Connection (?:was )?(?:reset|closed)|hung up|early EOF|unexpected disconnect|Broken pipe|transfer closed"
    "|returned error: 5|HTTP/2 stream|send-pack: unexpected|the remote end",
    re.IGNORECASE,
)
_RACE: Final = re.compile(
    r"fetch first|non-fast-forward|stale info|cannot lock ref|failed to (?:lock|update ref)|incorrect old value"
    r"|reference already exists|needs force|failed to update ref",
)
_REFUSED: Final = re.compile(
    "remote rejected|hook declined|protected branch|prohibited|denying|refusing|read-only|not allowed", re.IGNORECASE
)
_HOSTILE: Final = re.compile(r"fsck error|(?:error|fatal): object [0-9a-f]{40,64}: (?P<what>\w+): |(?:pack|packed).* is corrupt|bad object|index-pack failed|unpack-objects failed", re.IGNORECASE)  # fmt: skip
_OTHER_HASHES: Final = re.compile("mismatched algorithms|object.format", re.IGNORECASE)
_PACKING: Final = re.compile("Enumerating|Counting|Compressing|Delta compression|Total |Resolving|Writing|Unpacking")


class NetworkTrouble(GitTrouble):
    """Sharing failed; `kind` says how, for programs, and `said` is what the server said, made safe, a line each."""

    def __init__(self, kind: Kind, message: str, hint: str = "", said: tuple[str, ...] = ()) -> None:
        super().__init__(message, hint)
        self.kind: Final = kind
        self.said: Final = said


class NoBranch(NetworkTrouble):
    """The server has no branch of that name; it may have none at all."""

    def __init__(self, address: Address) -> None:
        super().__init__(
            "not-there",
            _("%(place)s does not have the branch that the registry is shared in.") % {"place": _place(address)},
            _("See where the registry is shared: vanort remote"),
        )


def cancelled() -> NetworkTrouble:
    """It was called off by whoever had begun it."""
    return NetworkTrouble("cancelled", _("Called off: nothing more was sent or received."))


def hung(address: Address, seconds: float) -> NetworkTrouble:
    """The other side has taken too long."""
    return NetworkTrouble(
        "hung",
        _("%(place)s has not answered for %(seconds)d seconds, and is waited for no longer.")
        % {"place": _place(address), "seconds": round(seconds)},
        _("Try again later, or ask whoever looks after the server. What you have saved is not lost."),
    )


def classified(address: Address, code: int, errors: str, output: str = "") -> NetworkTrouble:
    """What the failure of a command that talked with `address` means; `output` is what `push --porcelain` listed."""
    lines = [trouble.masked(line(said)) for said in errors.splitlines() if said.strip()]
    if any("couldn't find remote ref" in said for said in lines):
        return NoBranch(address)
    listed = [line(said) for said in output.splitlines() if said.startswith("!")]
    by_server = tuple(_by_server(lines))[:_MOST_LINES]
    text = "\n".join([*lines, *listed])
    own = "\n".join(said for said in lines if not said.startswith("remote:"))
    message, hint, kind = _known(address, text, own, "\n".join(listed), by_server) or _other(code, lines)
    return NetworkTrouble(kind, message, hint, by_server)


def _by_server(lines: list[str]) -> list[str]:
    """What the server said itself, without Git's own words on how it packs."""
    said = (told.removeprefix("remote:").strip() for told in lines if told.startswith("remote:"))
    return [told[:_LONGEST_LINE] for told in said if told and not _PACKING.match(told)]


_Told = tuple[str, str, Kind]


def _known(address: Address, text: str, own: str, listed: str, said: tuple[str, ...]) -> _Told | None:
    where = {"place": _place(address), "address": str(address)}
    if listed and _RACE.search(listed):
        return _("Somebody else shared a change at the same moment."), _("Share again."), "rejected"
    if _FULL.search("\n".join(said)) or (listed and _FULL.search(text)):
        return (
            _("There is no room left on %(place)s: nothing was taken in.") % where,
            _("Your changes are saved here. Tell whoever looks after the server, and share again then."),
            "full",
        )
    if _FULL.search(own):
        return (
            _("The disk of this computer is full: nothing was received."),
            _("Make room on the disk, and share again."),
            "full",
        )
    if listed and "[remote failure]" not in listed:
        return _refused(address, listed, said)
    if _KEY_CHANGED.search(own):
        return (
            _("%(place)s shows another key than it used to: it may be somebody else pretending to be it.") % where,
            _("Do not go on before whoever looks after the server has told you, by telephone, that the key is new."),
            "host-key",
        )
    if _KEY_UNKNOWN.search(own):
        return (
            _("This computer does not know %(place)s yet, and cannot tell whether it is the right one.") % where,
            _("Compare its key with what you were told: run %(command)s in a terminal.") % {"command": _try(address)},
            "host-key",
        )
    if _WHO.search(own):
        return (
            _("%(place)s did not let you in.") % where,
            _("See that your name, password or key is right: run %(command)s in a terminal, where you can be asked.")
            % {"command": _try(address)},
            "credentials",
        )
    if _REFUSED.search(own):
        return _refused(address, listed, said)
    if found := _HOSTILE.search(own):
        what = found["what"] or _("damaged data")
        return (
            _("What %(place)s sends is not sound, and was not taken in: %(what)s.") % {**where, "what": what},
            _("Nothing has changed here. Tell whoever looks after the server; git fsck there tells more."),
            "refused",
        )
    if _OTHER_HASHES.search(text):
        return (
            _("%(address)s keeps its history with another kind of checksums than this copy.") % where,
            _("Have whoever looks after the server make the place anew, with the same object format."),
            "other",
        )
    if _NOT_THERE.search(text):
        return _not_there(address)
    if _OFFLINE.search(text):
        return (
            _("%(place)s cannot be reached, or the line broke.") % where,
            _("Try again when there is a connection. What you have saved is not lost."),
            "offline",
        )
    return None


def _not_there(address: Address) -> _Told:
    where = {"address": str(address)}
    if address.transport == "file" and not os.path.exists(address.path):  # noqa: PTH110 - a folder that may not be looked into raises nothing
        return (
            _("There is no registry at %(address)s: perhaps it is on a disk that is not connected.") % where,
            _("Connect it and share again, or see that the address is right: vanort remote. Nothing saved is lost."),
            "offline",
        )
    return (
        _("There is no registry at %(address)s, or you may not see it.") % where,
        _("See that the address is right; vanort remote shows where a registry is shared."),
        "not-there",
    )


def _refused(address: Address, listed: str, said: tuple[str, ...]) -> _Told:
    reason = re.search(r"\[remote rejected\] \((.*)\)|\[rejected\] \((.*)\)", listed)
    told = "; ".join(said) or (next(filter(None, reason.groups()), "") if reason else "") or _("it gave no reason")
    return (
        _("%(place)s did not take the changes: %(said)s") % {"place": _place(address), "said": told},
        _("They are saved here. Mend what it asks for, and share again."),
        "refused",
    )


def _other(code: int, lines: list[str]) -> _Told:
    reason = next((said.partition(": ")[2] for said in lines if said.startswith(("fatal: ", "error: "))), "")
    reason = reason or next(iter(lines), "") or _("exit code %(code)d") % {"code": code}
    return _("Sharing failed: %(reason)s") % {"reason": reason}, _("Nothing has changed here. Try again."), "other"


def _place(address: Address) -> str:
    """What the other side is called in a sentence."""
    return address.host or str(address)


def _try(address: Address) -> str:
    """A line to paste into a terminal, where Git asks for what is not to be shown."""
    return f"git ls-remote {shlex.quote(str(address).replace('://***@', '://').replace(':***@', '@'))}"
