"""What of this computer a registry needs: Git, somebody to name, room for what is local, what signs."""

from __future__ import annotations

import shutil
from datetime import date
from typing import TYPE_CHECKING

from registry.errors import VanortError
from registry.git import trouble
from registry.git.run import git_version, require_git
from registry.health.check import Check, wrong
from registry.plain_text import line
from registry.policy.offices import mailboxes
from registry.words import _

if TYPE_CHECKING:
    from registry.git.repository import Repository
    from registry.snapshot import Snapshot


def git() -> Check:
    """Whether Git is there, and new enough."""
    try:
        require_git()
    except VanortError as error:
        return wrong("git", error)
    return Check("git", True, _("Git %(version)s") % {"version": ".".join(map(str, git_version()))})


def identity(repo: Repository, snapshot: Snapshot) -> Check:
    """Whether Git knows who acts; where not, which office's name and mailbox could stand there."""
    found = repo.identity()
    if found is None:
        message, remedy = trouble.no_identity()
        for office, mailbox in mailboxes(snapshot, date.today())[:1]:
            said = {"office": line(office), "mailbox": line(mailbox)}
            remedy += ". " + _("It may be an office's: %(office)s <%(mailbox)s>.") % said
        return Check("identity", False, message, remedy)
    said = {"name": line(found.name), "email": line(found.email)}
    return Check("identity", True, _("You are %(name)s <%(email)s>") % said)


def local(repo: Repository) -> Check:
    """Where drafts, the cache and the people book are kept."""
    try:
        repo.make_local_dir("cache")
    except VanortError as error:
        return wrong("local", error)
    return Check("local", True, _("There is room for drafts and for what makes lists fast"))


def signing(repo: Repository) -> Check:
    """Whether changes are signed, and can be."""
    if (repo.config("commit.gpgsign") or "").lower() not in {"true", "yes", "on", "1"}:
        return Check("signing", True, _("Changes are not signed"))
    ssh = repo.config("gpg.format") == "ssh"
    program = (repo.config("gpg.ssh.program") or "ssh-keygen") if ssh else (repo.config("gpg.program") or "gpg")
    if shutil.which(program) is None:
        return Check(
            "signing",
            False,
            _("Changes are to be signed, and %(program)s is not installed") % {"program": line(program)},
            _("Install it, or sign no more: git config commit.gpgsign false"),
        )
    if ssh and not repo.config("user.signingKey"):
        return Check(
            "signing",
            False,
            _("Changes are to be signed, and no key is named"),
            _("Name it: git config user.signingKey ~/.ssh/id_ed25519.pub"),
        )
    return Check("signing", True, _("Changes are signed with %(program)s") % {"program": line(program)})
