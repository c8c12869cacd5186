"""The answer of `vanort verify`: what was verified, what was found, what was made without Vänort."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

from registry.errors import NotFound
from registry.findings import Finding, Severity, worst_first
from registry.git.as_stored import as_stored
from registry.git.marks import contains
from registry.git.repository import Repository
from registry.git.stored_commits import read_commits
from registry.trust import marks
from registry.trust.verifying import Progress, Verified, verify
from registry.trust.words import HISTORY, INCOMPLETE, finding
from registry.words import _, ngettext

_HEX: Final = re.compile(r"[0-9a-fA-F]{7,64}")


class Told(NamedTuple):
    """A commit that there is something to tell of."""

    commit: str
    author: str
    email: str
    entered: datetime | None
    subject: str
    outside: bool
    findings: tuple[Finding, ...]

    def as_json(self) -> dict[str, str]:
        """The keys that scripts rely on, of a commit made without Vänort."""
        return {
            "commit": self.commit,
            "author": self.author,
            "email": self.email,
            "date": self.entered.isoformat() if self.entered else "",
            "subject": self.subject,
        }


@dataclass(frozen=True)
class Report:
    """What came of it."""

    commit: str | None
    commits: int
    signed: int
    required: int
    looked_at: int
    told: tuple[Told, ...]
    """Newest first."""
    general: tuple[Finding, ...]
    """What is about the history as a whole, and about no commit."""
    first_look: bool = False
    """There was no mark yet, and no commit was named: what disappeared before cannot be told."""

    @property
    def verified(self) -> bool:
        """Whether all was found as it should be; notes are told, and change nothing."""
        return not any(found.severity != "note" for found in self.findings)

    @property
    def findings(self) -> Iterator[Finding]:
        """Every one, those of the history as a whole first."""
        yield from self.general
        for each in self.told:
            yield from each.findings

    @property
    def outside(self) -> list[Told]:
        """What was made without Vänort: listed, not condemned."""
        return [each for each in self.told if each.outside]

    def as_json(self) -> dict[str, Any]:
        """The keys that scripts rely on; a finding has the commit that it is about, "" for the whole history."""
        found = [{**found.as_json(), "commit": ""} for found in self.general]
        found += [{**found.as_json(), "commit": each.commit} for each in self.told for found in each.findings]
        return {
            "verified": self.verified,
            "commit": self.commit,
            "commits": self.commits,
            "signed": self.signed,
            "required": self.required,
            "looked_at": self.looked_at,
            "outside": [each.as_json() for each in self.outside],
            "findings": found,
        }


def report(repo: Repository, found: Verified, *, contained: str | None = None, accept: bool = False) -> Report:
    """What was found, in the language spoken now; `contained` is a commit that has to be in the history.

    With `accept` the branches are taken as they are now, whatever was seen there before.
    """
    look = marks.look(repo, accept=accept)
    return Report(
        found.tip,
        found.commits,
        found.signed,
        found.required,
        found.looked_at,
        _told(repo, found),
        (*_copy(found), *_marks(look), *_contained(repo, found, contained)),
        first_look=look.first and contained is None,
    )


def verified(
    repo: Repository,
    tip: str | None,
    *,
    contained: str | None = None,
    accept: bool = False,
    told: Callable[[Progress], None] | None = None,
) -> Report:
    """Go through the history that `tip` builds on, and say what came of it. Raises `NotFound` for no commit at all."""
    if contained is not None and not _HEX.fullmatch(contained):
        repo.resolve(contained)  # a name that means nothing is a mistake; a number that is not there is a finding
    return report(repo, verify(repo, tip, told), contained=contained, accept=accept)


def _told(repo: Repository, found: Verified) -> tuple[Told, ...]:
    """The commits with their author and subject, read by one process."""
    stored = read_commits(as_stored(repo), [commit for commit, _verdict in found.told])
    told = []
    for (commit, verdict), each in zip(found.told, stored, strict=True):
        findings = tuple(worst_first(map(finding, verdict.facts)))
        email = each.email.decode("utf-8", "replace") if each else ""
        subject = each.message.lstrip("\n").partition("\n")[0] if each else ""
        author, entered = (each.author, each.entered) if each else ("", None)
        told.append(Told(commit, author, email, entered, subject, verdict.outside, findings))
    return tuple(told)


def _copy(found: Verified) -> Iterator[Finding]:
    if found.copy.shallow:
        yield Finding(
            INCOMPLETE,
            "warning",
            "",
            "",
            _(
                "This copy is shallow: what lies before its first commits cannot be known. A whole one: git fetch --unshallow"
            ),
        )
    if found.copy.partial:
        yield Finding(
            INCOMPLETE, "note", "", "", _("This copy is partial: what it has left at the server was not looked at.")
        )
    if found.copy.altered:
        yield Finding(
            HISTORY,
            "note",
            "",
            "",
            _(
                "This copy shows parts of the history otherwise than they are stored (grafts, replacements); verified was what is stored."
            ),
        )


def _marks(look: marks.Look) -> Iterator[Finding]:
    if look.damaged:
        yield Finding(
            HISTORY, "note", "", "", _("What had been seen of the branches could not be read, and is remembered anew.")
        )
    for lost in look.lost:
        grave: Severity = "warning" if lost.unknowable else "note" if lost.removed else "violation"
        yield Finding(INCOMPLETE if lost.unknowable else HISTORY, grave, "", "", f"{lost}.")


def _contained(repo: Repository, found: Verified, wanted: str | None) -> Iterator[Finding]:
    if wanted is None:
        return
    plain = as_stored(repo)
    try:
        commit = plain.resolve(wanted)
    except NotFound:
        commit = None
    if commit is not None and found.tip is not None and contains(plain, found.tip, commit):
        return
    if found.copy.shallow:
        message = _("Whether the history has %(commit)s cannot be known in a shallow copy.")
        yield Finding(INCOMPLETE, "warning", "", "", message % {"commit": wanted[:12]})
    else:
        message = _("The history does not have %(commit)s: it was rewritten, or is another one.")
        yield Finding(HISTORY, "violation", "", "", message % {"commit": wanted[:12]})


def in_words(done: Report) -> Iterator[str]:
    """What was verified, a sentence a line; without what was found."""
    yield ngettext("%(count)s change was looked at", "%(count)s changes were looked at", done.commits) % {
        "count": done.commits
    }
    if done.required:
        yield _("%(signed)s of the %(required)s that had to be signed are, by somebody who might") % {
            "signed": done.signed,
            "required": done.required,
        }
    else:
        yield _("No change had to be signed: nobody has said who may (vanort signing)")
    if outside := len(done.outside):
        yield ngettext("%(count)s was made without Vänort", "%(count)s were made without Vänort", outside) % {
            "count": outside
        }
    if done.first_look:
        yield _(
            "This is the first look in this copy: what disappeared before it can only be told with --contains COMMIT"
        )
