"""The SSH keys that a user has: public ones, from the agent and the home folder. Private keys are never looked at."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from pathlib import Path
from typing import Final, NamedTuple

from registry.errors import BadInput, GitTrouble, NotFound
from registry.git.repository import Repository
from registry.plain_text import line
from registry.trust.signers import PublicKey, parse_key
from registry.words import _

_SECONDS: Final = 10.0
_LARGEST: Final = 65_536


class OwnKey(NamedTuple):
    """A key that can be signed with. `place` is its file, None where only the agent has it."""

    key: PublicKey
    place: Path | None

    @property
    def setting(self) -> str:
        """What Git's `user.signingKey` is for it: the file, else the key itself, which the agent then finds."""
        return str(self.place) if self.place is not None else f"key::{self.key}"

    @property
    def name(self) -> str:
        """What it is called: its comment, else its file."""
        return self.key.comment or (self.place.name if self.place else self.key.kind)


def told_key(repo: Repository) -> OwnKey | None:
    """The SSH key that Git was told to sign with in this registry (`user.signingKey`); None for none that is there."""
    told = repo.config("user.signingKey")
    if not told or repo.config("gpg.format") != "ssh":
        return None
    with contextlib.suppress(BadInput, NotFound):
        return find_key(told.removeprefix("key::"))
    return None


def own_keys() -> list[OwnKey]:
    """Those in `~/.ssh/*.pub`, then those that only the agent has (ssh-add -L)."""
    found: dict[str, OwnKey] = {}
    with contextlib.suppress(OSError, RuntimeError):
        for place in sorted((Path.home() / ".ssh").glob("*.pub")):
            with contextlib.suppress(BadInput, OSError):
                key = _read(place)
                found.setdefault(key.data, OwnKey(key, place))
    for text in _in_agent():
        with contextlib.suppress(BadInput):
            key = parse_key(text)
            found.setdefault(key.data, OwnKey(key, None))
    return list(found.values())


def _in_agent() -> list[str]:
    program = shutil.which("ssh-add")
    if program is None or not os.environ.get("SSH_AUTH_SOCK"):
        return []
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        ran = subprocess.run(
            [program, "-L"], stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=_SECONDS
        )
        return ran.stdout.decode("utf-8", "replace").splitlines() if ran.returncode == 0 else []
    return []


def keys_to_choose(repo: Repository) -> list[OwnKey]:
    """The key that Git was told to sign with, if it was, then the others that the user has."""
    told = told_key(repo)
    others = [own for own in own_keys() if told is None or own.key.data != told.key.data]
    return [*filter(None, (told,)), *others]


def find_key(wanted: str) -> OwnKey:
    """The key that `wanted` names: a file, a fingerprint, the key itself. Raises `BadInput`, `NotFound`."""
    for own in own_keys():
        if wanted == own.key.fingerprint or own.key.data in wanted.split():
            return own
    if len(wanted.split()) > 1:
        return OwnKey(parse_key(wanted), None)
    place = Path(os.path.expanduser(wanted)).absolute()  # noqa: PTH111 - ~nobody is no file, and no mistake of ours
    if place.suffix != ".pub" and Path(f"{place}.pub").is_file():
        place = Path(f"{place}.pub")  # the private one was named
    try:
        return OwnKey(_read(place), place)
    except (FileNotFoundError, NotADirectoryError):
        raise NotFound(
            _("There is no key %(key)s.") % {"key": line(wanted)[:100]},
            _("Give a file such as ~/.ssh/id_ed25519.pub; without one, make it: ssh-keygen -t ed25519"),
        ) from None
    except OSError as error:
        raise BadInput(
            _("%(file)s cannot be read: %(reason)s.") % {"file": str(place), "reason": error.strerror or ""}
        ) from None


def _read(place: Path) -> PublicKey:
    with place.open("rb") as file:
        return parse_key(file.read(_LARGEST).decode("utf-8", "replace").strip())


def try_signing(repo: Repository, own: OwnKey) -> None:
    """See that Git can sign with the key here, without asking anybody. Raises `GitTrouble`.

    What is signed for that is a commit that nothing refers to, and that Git throws away in time.
    """
    tree = repo.git.text("mktree", input=b"")
    try:
        repo.git.text(
            "-c", "gpg.format=ssh", "-c", f"user.signingKey={own.setting}", "commit-tree", "-S", "-m", "-", tree
        )
    except GitTrouble as error:
        raise GitTrouble(
            _("Nothing can be signed with the key %(name)s: %(reason)s") % {"name": own.name, "reason": error.message},
            _("Where it has a passphrase, let the agent hold it: ssh-add %(file)s")
            % {"file": str(own.place).removesuffix(".pub") if own.place else ""},
        ) from error


def own_settings(repo: Repository, names: tuple[str, ...]) -> dict[str, str | None]:
    """The repository's own values of Git's settings, None where it has none."""
    return {name: _own(repo, name) for name in names}


def _own(repo: Repository, name: str) -> str | None:
    code, out, _err = repo.git.start("config", "--local", "--null", "--get", name).result()
    return out.decode("utf-8", "replace").removesuffix("\0") if code == 0 else None


def put_back(repo: Repository, settings: dict[str, str | None]) -> None:
    """Give the repository's own settings these values again."""
    for name, value in settings.items():
        if value is None:
            repo.git.ok("config", "--local", "--unset-all", name)
        else:
            repo.set_config(name, value)
