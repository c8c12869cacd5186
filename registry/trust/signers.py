"""Who may sign: the committed file `allowed_signers`, in ssh-keygen's own format (ssh-keygen(1), ALLOWED SIGNERS).

A line is the principals (an e-mail address, or several after commas), options, the kind of key, the key and a comment. Pure:
text in, text out; every line that is not about what is done stays to the byte.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from registry.errors import BadInput, NotFound, Refused
from registry.plain_text import line as one_line
from registry.words import _

FILE: Final = "allowed_signers"
"""Where it lies in the data folder."""
_KIND: Final = re.compile(r"(?:ssh-[a-z0-9-]+|ecdsa-sha2-[a-z0-9-]+|sk-(?:ssh|ecdsa)-[a-z0-9@.-]+)(?:@openssh\.com)?")
_WORD: Final = re.compile(r'(?:"[^"]*"|[^\s"])+')
_OPTION: Final = re.compile(r'([a-z-]+)(?:="([^"]*)")?(?:,|$)', re.IGNORECASE)
_PRINCIPAL: Final = re.compile(r"[^\s,\"!*?<>@]+@[^\s,\"!*?<>@]+")


class PublicKey(NamedTuple):
    """A public key as its file has it."""

    kind: str
    data: str
    """In base64."""
    comment: str = ""

    @property
    def fingerprint(self) -> str:
        """What ssh-keygen calls it: ``SHA256:…``."""
        digest = hashlib.sha256(base64.b64decode(self.data)).digest()
        return "SHA256:" + base64.b64encode(digest).decode("ascii").rstrip("=")

    def __str__(self) -> str:
        return f"{self.kind} {self.data}"


class Signer(NamedTuple):
    """A line of the file: whose key, which key, and from when to when it may sign, as it is written there."""

    principals: str
    key: PublicKey
    valid_after: str
    valid_before: str

    def ended(self, now: datetime) -> bool:
        """Whether it may sign no longer. A time without a Z is taken for UTC."""
        digits = self.valid_before.rstrip("Z").ljust(14, "0")
        return bool(self.valid_before) and digits <= f"{now.astimezone(UTC):%Y%m%d%H%M%S}"


def parse_key(text: str) -> PublicKey:
    """A public key, as one line. Raises `BadInput`; for a private key says that none is asked for."""
    if "PRIVATE KEY" in text:
        raise BadInput(
            _("That is a private key, which stays where it is."),
            _("Give the public one, in the file that ends in .pub."),
        )
    words = text.split(None, 2)
    try:
        if len(words) < 2 or not _KIND.fullmatch(words[0]) or not base64.b64decode(words[1], validate=True):
            raise BadInput(_bad_key(text), _KEY_HINT())
    except binascii.Error:
        raise BadInput(_bad_key(text), _KEY_HINT()) from None
    return PublicKey(words[0], words[1], words[2].strip() if len(words) > 2 else "")


def _bad_key(text: str) -> str:
    return _("“%(text)s” is no public SSH key.") % {"text": one_line(text)[:40]}


def _KEY_HINT() -> str:  # noqa: N802
    return _("Give a file such as ~/.ssh/id_ed25519.pub; without one, make it: ssh-keygen -t ed25519")


def require_principal(text: str) -> str:
    """An e-mail address that can stand for a signer. Raises `BadInput`."""
    if not _PRINCIPAL.fullmatch(text.strip()):
        raise BadInput(
            _("“%(text)s” is no e-mail address.") % {"text": one_line(text)[:60]},
            _("Give the address that stands on the changes, such as anna@example.org."),
        )
    return text.strip()


def signers(text: str) -> Iterator[Signer]:
    """Everyone in the file; lines that are not in the format are passed over, as ssh-keygen does."""
    yield from (found for line in text.splitlines() if (found := _parsed(line)))


def _parsed(line: str) -> Signer | None:
    words = _WORD.findall(line)
    if len(words) < 3 or line.lstrip().startswith("#"):
        return None
    principals, *rest = words
    options = {}
    if not _KIND.fullmatch(rest[0]):
        options = {name.lower(): value for name, value in _OPTION.findall(rest.pop(0))}
    try:
        key = parse_key(" ".join(rest))
    except BadInput:
        return None
    return Signer(principals.strip('"'), key, options.get("valid-after", ""), options.get("valid-before", ""))


def with_signer(text: str, principal: str, key: PublicKey, now: datetime) -> str:
    """The file with a line more: `key` may sign in the name of `principal` from this day on."""
    day = f"{now.astimezone(UTC):%Y%m%d}"
    before = text if not text or text.endswith("\n") else f"{text}\n"
    return f'{before}{principal} namespaces="git",valid-after="{day}" {key}\n'


def may_sign(text: str, principal: str, key: PublicKey, now: datetime) -> bool:
    """Whether `key` may sign in the name of `principal` now, by a line of its own."""
    return any(
        principal in found.principals.split(",") and found.key.data == key.data and not found.ended(now)
        for found in signers(text)
    )


def ended(text: str, wanted: str, now: datetime) -> tuple[str, list[Signer]]:
    """The file with every key that `wanted` names (an address, a fingerprint, a key) ended now, and those keys.

    Ended is a second ago: what is signed from now on is late, whatever clock it claims. Raises `NotFound` where there is
    no such key that still may sign, `Refused` where nobody would be left who may.
    """
    moment = f"{now.astimezone(UTC) - timedelta(seconds=1):%Y%m%d%H%M%SZ}"
    lines, done, left = [], list[Signer](), 0
    for line in text.splitlines():
        found = _parsed(line)
        if found is not None and not found.ended(now):
            if _means(wanted, found):
                done.append(found)
                lines.append(_ended_at(line, found, moment))
                continue
            left += 1
        lines.append(line)
    if not done:
        raise NotFound(
            _("Nobody who may sign is called %(name)s.") % {"name": one_line(wanted)[:80]},
            _("vanort signing shows who may."),
        )
    if not left:
        raise Refused(
            _("Nobody would be left who may sign, and nothing could ever be saved as it should be again."),
            _("Let somebody else sign first: vanort signing --add KEY --principal ADDRESS"),
        )
    return "\n".join(lines) + "\n", done


def _means(wanted: str, found: Signer) -> bool:
    words = wanted.split()
    return wanted in {*found.principals.split(","), found.key.fingerprint} or found.key.data in words


def _ended_at(line: str, found: Signer, moment: str) -> str:
    """The line with its end, in the place of a later one if it has that."""
    if found.valid_before:
        return re.sub(r'(?i)(valid-before=")[^"]*(")', rf"\g<1>{moment}\g<2>", line, count=1)
    words = _WORD.findall(line)
    option = f'valid-before="{moment}"'
    if _KIND.fullmatch(words[1]):
        return line.replace(words[1], f"{option} {words[1]}", 1)
    return line.replace(words[1], f"{words[1]},{option}", 1)
