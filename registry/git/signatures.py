"""Whether a signature is good and whose it is, asked of ssh-keygen(1), several at a time.

Git's own `%G?` asks it twice for each commit, and of the file of allowed signers as it is now. Here each commit is judged
by the file that applies to it, for the identity that it claims, at the time that it claims: one process a commit.
All times are UTC, so that a file means the same on every machine.
"""

from __future__ import annotations

import base64
import binascii
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final, Literal, NamedTuple

from registry.errors import GitTrouble
from registry.words import _

Standing = Literal["good", "bad", "other-signer", "not-then", "unknown-key", "other-format"]
_ARMOUR: Final = b"-----BEGIN SSH SIGNATURE-----"
_NAMESPACE: Final = "git"
_AT_ONCE: Final = max(2, os.cpu_count() or 2)


class Signed(NamedTuple):
    """A signature to look at: of `payload`, in the name of `email`, made when it says, under the file `allowed`."""

    payload: bytes
    signature: bytes
    email: bytes
    when: datetime
    allowed: bytes


class Found(NamedTuple):
    """`key` is the fingerprint of the key, `signer` who it belongs to, where they are known; else ""."""

    standing: Standing
    key: str = ""
    signer: str = ""


def can_check() -> bool:
    """Whether there is a program to ask."""
    return shutil.which("ssh-keygen") is not None


def check(wanted: Sequence[Signed]) -> list[Found]:
    """How each of them stands, in that order. Raises `GitTrouble` where there is no program to ask."""
    if not wanted:
        return []
    program = shutil.which("ssh-keygen")
    if program is None:
        raise GitTrouble(
            _("ssh-keygen is not installed, and signatures are looked at with it."),
            _("Install OpenSSH: https://www.openssh.com/portable.html"),
        )
    with tempfile.TemporaryDirectory(prefix="vanort-signatures-") as folder:
        files = _written(Path(folder), {each.allowed for each in wanted})
        pool = ThreadPoolExecutor(_AT_ONCE)
        try:
            return list(pool.map(partial(_check, program, Path(folder), files), range(len(wanted)), wanted))
        finally:
            pool.shutdown(cancel_futures=True)  # who interrupts waits for those that have begun, not for all


def _written(folder: Path, contents: set[bytes]) -> Mapping[bytes, Path]:
    files = {}
    for number, content in enumerate(contents):
        files[content] = folder / f"allowed-{number}"
        files[content].write_bytes(content)
    return files


def _check(program: str, folder: Path, files: Mapping[bytes, Path], number: int, asked: Signed) -> Found:
    if not asked.signature.startswith(_ARMOUR):
        return Found("other-format")
    place = folder / f"signature-{number}"
    place.write_bytes(asked.signature + b"\n")
    allowed = str(files[asked.allowed])
    when = f"-Overify-time={min(asked.when.astimezone(UTC), _LATEST):%Y%m%d%H%M%S}"

    def ask(*args: str | bytes) -> tuple[bool, str]:
        ran = subprocess.run(
            [program, "-Y", *args, "-s", place],
            input=asked.payload,
            capture_output=True,
            check=False,
            env={**os.environ, "TZ": "UTC", "LC_ALL": "C"},
            start_new_session=True,  # Ctrl+C is ours to take: an interrupted look is no verdict
        )
        if ran.returncode < 0:
            raise GitTrouble(_("ssh-keygen was ended before it had looked at a signature."))
        return ran.returncode == 0, ran.stdout.decode("utf-8", "replace").strip()

    key = _key(asked.signature)
    own = fingerprint(key) if key else ""
    if ask("verify", "-f", allowed, "-I", asked.email.replace(b"\0", b"?") or b"-", "-n", _NAMESPACE, when)[0]:
        return Found("good", own, asked.email.decode("utf-8", "replace"))
    if not ask("check-novalidate", "-n", _NAMESPACE)[0]:
        return Found("bad", own)
    signers = ask("find-principals", "-f", allowed, when)[1].replace(",", "\n").split("\n")  # of a line, or a line each
    if signers[0] and ask("verify", "-f", allowed, "-I", signers[0], "-n", _NAMESPACE, when)[0]:
        return Found("other-signer", own, ", ".join(signers))
    if key is not None and key in _keys(asked.allowed):
        return Found("not-then", own)
    return Found("unknown-key", own)


_LATEST: Final = datetime(9999, 12, 31, tzinfo=UTC)


def _key(signature: bytes) -> bytes | None:
    """The public key in a signature: `SSHSIG`, a version, then the key (PROTOCOL.sshsig of OpenSSH)."""
    try:
        blob = base64.b64decode(b"".join(signature.strip().split(b"\n")[1:-1]), validate=True)
    except binascii.Error:
        return None
    length = int.from_bytes(blob[10:14], "big")
    key = blob[14 : 14 + length]
    return key if blob.startswith(b"SSHSIG") and len(key) == length and length else None


def _keys(allowed: bytes) -> Iterator[bytes]:
    """Every key that stands in a file of allowed signers, at whatever time it may sign."""
    for line in allowed.split(b"\n"):
        for word in () if line.lstrip().startswith(b"#") else line.split():
            if word.startswith(b"AAAA"):
                try:
                    yield base64.b64decode(word, validate=True)
                except binascii.Error:
                    continue


def fingerprint(key: bytes) -> str:
    """What ssh-keygen calls a public key: ``SHA256:…``."""
    import hashlib

    return "SHA256:" + base64.b64encode(hashlib.sha256(key).digest()).decode("ascii").rstrip("=")
