"""Signing set up in three questions: which key, whose it is, and whether signatures are required from now on.

The key is one that the user has; nothing here reads a private key or asks for a passphrase. Who may sign stands in the
committed file `allowed_signers` (`registry.trust.signers`), each change of which is a commit of its own. It is judged by
the file as it stood before, and so only somebody who may sign can say who else may.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from registry.errors import GitTrouble, Refused
from registry.git.keys import OwnKey, own_settings, put_back, try_signing
from registry.git.objects import read_path
from registry.git.repository import Repository
from registry.git.writer import Write, commit
from registry.messages import reason
from registry.store import Store
from registry.trust.signers import (
    FILE,
    PublicKey,
    Signer,
    ended,
    may_sign,
    parse_key,
    require_principal,
    signers,
    with_signer,
)
from registry.trust.trailers import SIGNING
from registry.words import _, speaking

_SETTINGS: Final = ("gpg.format", "user.signingKey", "commit.gpgSign", "gpg.ssh.allowedSignersFile")
_ON: Final = frozenset({"", "true", "yes", "on", "1"})


@dataclass(frozen=True)
class Standing:
    """How it stands with signing in a registry."""

    signs: bool
    """Whether changes made here are signed."""
    key: str
    """What they are signed with, as Git's setting says; "" for nothing."""
    principal: str
    """The address that stands on changes made here; "" where Git knows none."""
    required: bool
    """Whether changes have to be signed, by what is committed."""
    signers: tuple[Signer, ...]
    now: datetime

    def as_json(self) -> dict[str, Any]:
        """The keys that scripts rely on."""
        return {
            "signs": self.signs,
            "key": self.key,
            "principal": self.principal,
            "required": self.required,
            "signers": [
                {
                    "principal": each.principals,
                    "key": each.key.fingerprint,
                    "kind": each.key.kind,
                    "valid_after": each.valid_after,
                    "valid_before": each.valid_before,
                    "may_sign": not each.ended(self.now),
                }
                for each in self.signers
            ],
        }


@dataclass(frozen=True)
class Done:
    """What setting it up came to. `commit` is None where nothing had to be committed."""

    commit: str | None
    to_hand_over: str = ""
    """The user's key, where somebody who may sign has to add it."""


def standing(repo: Repository) -> Standing:
    """How it stands."""
    identity = repo.identity()
    text = committed(repo)
    on = (repo.config("commit.gpgSign") or "false").lower() in _ON and repo.config("gpg.format") == "ssh"
    return Standing(
        signs=on,
        key=(repo.config("user.signingKey") or "") if on else "",
        principal=identity.email if identity else "",
        required=text is not None,
        signers=tuple(signers(text or "")),
        now=_now(),
    )


def committed(repo: Repository) -> str | None:
    """The committed file of who may sign; None where there is none, and nothing has to be signed."""
    head = repo.head()
    found = read_path(repo, head, FILE) if head is not None else None
    return None if found is None else found.decode("utf-8", "replace")


def set_up(store: Store, own: OwnKey, principal: str, *, require: bool) -> Done:
    """Sign with `own` from now on, in the registry's own settings; and, with `require`, have everybody sign.

    Where others may sign already and this key may not, the settings are made and the key is theirs to add. Raises
    `BadInput`, `Refused` for an address that is not the one on the changes, `GitTrouble` where nothing can be signed with
    the key; then all is as before.
    """
    repo, principal = store.repo, require_principal(principal)
    _require_own(repo, principal)
    try_signing(repo, own)
    before = own_settings(repo, _SETTINGS)
    try:
        values = ("ssh", own.setting, "true", FILE)
        for name, value in zip(_SETTINGS, values, strict=True):
            repo.set_config(name, value)
        text = committed(repo)
        if text is not None and not may_sign(text, principal, own.key, _now()):
            return Done(None, f"{principal} {own.key}")
        if text is not None or not require:
            return Done(None)
        return Done(_write(store, with_signer("", principal, own.key, _now()), _begun(store, principal, own.key)))
    except BaseException:
        put_back(repo, before)
        raise


def add(store: Store, key: PublicKey, principal: str) -> Done:
    """Let `key` sign in the name of `principal` too, by a commit. Raises `Refused` where nothing has to be signed yet."""
    text, principal = committed(store.repo), require_principal(principal)
    if text is None:
        raise Refused(
            _("Nothing has to be signed in this registry yet."),
            _("Set up signing with your own key first: vanort signing"),
        )
    if may_sign(text, principal, key, _now()):
        return Done(None)
    with speaking(store.committed().language):
        said = _message(
            _("Signing: %(principal)s may sign") % {"principal": principal},
            _("With the key %(key)s, from now on.") % {"key": key.fingerprint},
        )
    return Done(_write(store, with_signer(text, principal, key, _now()), said))


def revoke(store: Store, wanted: str) -> tuple[Done, list[Signer]]:
    """End the keys that `wanted` names (an address, a fingerprint, a key) as of now, in one commit; and those keys.

    Raises `NotFound`, `Refused`.
    """
    text = committed(store.repo)
    if text is None:
        raise Refused(_("Nothing has to be signed in this registry yet."), _("There is nothing to revoke."))
    new, keys = ended(text, wanted, _now())
    who = ", ".join(dict.fromkeys(each.principals for each in keys))
    with speaking(store.committed().language):
        said = _message(
            _("Signing: %(principal)s may sign no longer") % {"principal": who},
            "\n".join(_("The key %(key)s has ended.") % {"key": each.key.fingerprint} for each in keys),
        )
    return Done(_write(store, new, said)), keys


def key_of(text: str) -> PublicKey:
    """The public key in a text: alone, or after an address as `to_hand_over` has it. Raises `BadInput`."""
    first, _blank, rest = text.strip().partition(" ")
    return parse_key(rest if "@" in first and not first.startswith("sk-") else text)


def _begun(store: Store, principal: str, key: PublicKey) -> str:
    with speaking(store.committed().language):
        return _message(
            _("Signing: changes have to be signed from now on"),
            _("%(principal)s may sign, with the key %(key)s.") % {"principal": principal, "key": key.fingerprint},
        )


def _message(subject: str, why: str) -> str:
    return f"{subject}\n\n{reason(why)}\n\nChange: {SIGNING}\n"


def _write(store: Store, text: str, message: str) -> str:
    """Commit the file of who may sign, by the ordinary writer. Raises `GitTrouble`."""
    head = store.repo.head()
    if head is None:
        raise GitTrouble(_("Nothing has been saved in this registry yet."))
    return commit(store.repo, Write({FILE: text.encode("utf-8")}, message, base=head))


def _require_own(repo: Repository, principal: str) -> None:
    identity = repo.identity()
    if identity is None or identity.email != principal:
        raise Refused(
            _("Changes made here stand in the name of %(email)s, and would be signed for %(principal)s.")
            % {"email": identity.email if identity else "–", "principal": principal},
            _("Give that address, or change it: git config user.email %(principal)s") % {"principal": principal},
        )


def _now() -> datetime:
    return datetime.now(UTC)
