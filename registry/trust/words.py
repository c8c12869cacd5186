"""What was found, in words: a finding for each fact, with the clause that it goes against (docs/en/trust.md)."""

from __future__ import annotations

from typing import Final, NamedTuple

from registry.findings import Finding, Severity
from registry.plain_text import line
from registry.trust.facts import Fact
from registry.words import N_, Words, _

HISTORY: Final = "history"
SIGNATURE: Final = "signature"
TRAILERS: Final = "trailers"
MERGE: Final = "merge"
READABLE: Final = "readable"
OBJECTS: Final = "objects"
DATES: Final = "dates"
CLOCK: Final = "clock"
INCOMPLETE: Final = "incomplete"
CLAUSES: Final = (HISTORY, SIGNATURE, TRAILERS, MERGE, READABLE, OBJECTS, DATES, CLOCK, INCOMPLETE)
"""The clauses that findings of `vanort verify` have."""


class _Said(NamedTuple):
    clause: str
    severity: Severity
    sentence: str
    """Marked with `N_`; ``%(names)s`` are filled in from the fact's values."""
    names: tuple[str, ...] = ()


_SIGNER: Final = ("author", "key", "signer")
SAID: Final[dict[str, _Said]] = {
    # history
    "forged": _Said(OBJECTS, "violation", N_("what is stored is not what its id stands for: it was changed on the disk")),
    "lacking": _Said(INCOMPLETE, "warning", N_("this copy lacks a part of it, and so it cannot be known: it is shallow, partial or damaged")),
    # who signed
    "unsigned": _Said(SIGNATURE, "violation", N_("it is not signed, and had to be")),
    "bad": _Said(SIGNATURE, "violation", N_("its signature is of something else: it was changed after it was signed"), _SIGNER),
    "other-signer": _Said(SIGNATURE, "violation", N_("it stands in the name of %(author)s, and was signed by %(signer)s"), _SIGNER),
    "not-then": _Said(SIGNATURE, "violation", N_("the key %(key)s might not sign in the name of %(author)s at that time"), _SIGNER),
    "unknown-key": _Said(SIGNATURE, "violation", N_("nobody who might sign had the key that it was signed with, %(key)s"), _SIGNER),
    "other-format": _Said(SIGNATURE, "violation", N_("it was not signed with an SSH key, and so by nobody who might"), _SIGNER),
    "not-checked": _Said(INCOMPLETE, "warning", N_("its signature was not looked at: ssh-keygen is not installed here")),
    "signing-begun": _Said(SIGNATURE, "note", N_("from here on, changes have to be signed")),
    "signing-ended": _Said(SIGNATURE, "note", N_("from here on, changes need not be signed any more")),
    "signers-changed": _Said(SIGNATURE, "note", N_("it changed who may sign")),
    # what it says that it did
    "unknown-act": _Said(TRAILERS, "note", N_("it says that it is a change of a kind that this program does not know: %(act)s"), ("act",)),
    "unknown-clause": _Said(TRAILERS, "note", N_("it says that it goes against a clause that this program does not know: %(clause)s"), ("clause",)),
    "untold": _Said(TRAILERS, "violation", N_("it changed this record and does not say so")),
    "not-done": _Said(TRAILERS, "violation", N_("it says that it changed this record, and did not")),
    "beside": _Said(TRAILERS, "violation", N_("it says that it is a change of the kind “%(act)s”, and changed the file %(path)s"), ("path", "act")),
    "not-renamed": _Said(TRAILERS, "violation", N_("it says that this record got another name, and it did not")),
    "renamed-and-changed": _Said(TRAILERS, "violation", N_("it says that this is %(old)s under another name, and what stands there is something else"), ("old",)),
    "new-set": _Said(TRAILERS, "violation", N_("it says that it added this record, and changed one that there was")),
    "new-delete": _Said(TRAILERS, "violation", N_("it says that it added this record, and removed it")),
    "set-new": _Said(TRAILERS, "violation", N_("it says that it changed this record, and added it")),
    "set-delete": _Said(TRAILERS, "violation", N_("it says that it changed this record, and removed it")),
    "delete-set": _Said(TRAILERS, "violation", N_("it says that it removed this record, and changed it")),
    "delete-new": _Said(TRAILERS, "violation", N_("it says that it removed this record, and added it")),
    "merge-more": _Said(MERGE, "violation", N_("it brings two sides together, and made a change here that neither of them had made %(path)s"), ("path",)),
    "merge-lost": _Said(MERGE, "violation", N_("it brings two sides together, and left out what one of them had changed here %(path)s"), ("path",)),
    "merge-more-outside": _Said(MERGE, "note", N_("it brings two sides together, and made a change here that neither of them had made %(path)s"), ("path",)),
    "merge-lost-outside": _Said(MERGE, "note", N_("it brings two sides together, and left out what one of them had changed here %(path)s"), ("path",)),
    # what it left behind
    "stranger": _Said(READABLE, "warning", N_("it left the file %(path)s where records stand, and no record can have that name"), ("path",)),
    "no-file": _Said(READABLE, "warning", N_("it left a link here, and not a file")),
    "unreadable": _Said(READABLE, "warning", N_("it left the record so that it cannot be read, at line %(line)s"), ("line",)),
    # dates
    "ahead": _Said(CLOCK, "note", N_("it is dated %(date)s, which had not come yet: nothing is known of when it was made"), ("date",)),
    "before": _Said(CLOCK, "note", N_("it is dated %(date)s, before what it builds on, %(before)s: nothing is known of when it was made"), ("date", "before")),
    "no-clock": _Said(CLOCK, "note", N_("it is dated 1970, as by a computer without a clock: nothing is known of when it was made")),
    "decided-later": _Said(DATES, "note", N_("it was entered on %(entered)s under a decision of a later day, %(decision)s"), ("decision", "entered")),
    "entered-after-start": _Said(DATES, "note", N_("entered after the start: on %(entered)s, and it started on %(start)s"), ("entered", "start")),
    "start-moved": _Said(DATES, "note", N_("the start was changed from %(old)s to %(new)s after it had passed, on %(entered)s"), ("old", "new", "entered")),
    "settled-late": _Said(DATES, "note", N_("entered after the start: on %(entered)s, and it started on %(start)s"), ("entered", "start")),
}  # fmt: skip


_GRAVITY: Final[dict[Severity, Words]] = {
    "violation": Words("stämmer inte", "violation"),
    "warning": Words("varning", "warning"),
}


def how_grave(found: Finding) -> Words:
    """How grave a finding of the history is, in words: it is no matter of the policy."""
    return _GRAVITY.get(found.severity, found.how_grave)


def finding(fact: Fact) -> Finding:
    """The fact in the language spoken now."""
    said = SAID[fact.code]
    filled = dict.fromkeys(said.names, "")
    filled.update(zip(said.names, map(line, fact.values), strict=False))
    return Finding(said.clause, said.severity, fact.ref, fact.field, (_(said.sentence) % filled).rstrip())
