"""The policy, clause by clause, in words: what it says, how grave, whether it is in force, what serves it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual.content import Content

from registry.findings import SEVERITY_WORDS, Finding
from registry.policy import CLAUSES, Clause, Terms
from registry.policy.clauses import GRAVEST
from registry.records.headings import MANY
from registry.records.policy_kind import POLICY
from registry.records.values import Data, is_absent, text
from registry.words import _, lowered, ngettext
from tui.text import line, plain


@dataclass(frozen=True, slots=True)
class ClauseNow:
    """A clause as it stands today."""

    id: str
    quote: str
    severity: str
    """In words; how far its findings go."""
    off: str | None
    """The decision that switched it off; None where it is in force."""
    served: Clause | None
    """None for an id in the policy that nothing in the program serves."""
    found: Sequence[Finding] = ()

    @property
    def how(self) -> str:
        """In a word or two: how grave, or what it does instead of finding anything."""
        if self.off is not None:
            return _("switched off")
        if self.served is None:
            return _("served by nothing")
        if self.served.rules:
            return self.severity
        return _("orders lists") if self.served.orders else _("by construction")


def clauses_now(policy: Data, found: Sequence[Finding]) -> list[ClauseNow]:
    """Every clause that the program serves, then those that only the policy has."""
    terms = Terms.of(policy)
    by_clause: dict[str, list[Finding]] = {}
    for finding in found:
        by_clause.setdefault(finding.clause, []).append(finding)
    ids = [*CLAUSES, *(own for own in terms.quotes if own not in CLAUSES)]
    return [
        ClauseNow(
            own,
            terms.quotes.get(own, ""),
            str(SEVERITY_WORDS[terms.severities.get(own) or GRAVEST.get(own, "note")]),
            terms.off.get(own),
            CLAUSES.get(own),
            by_clause.get(own, ()),
        )
        for own in ids
    ]


def about(policy: Data) -> Iterator[Content]:
    """The policy's name, its adoption, and which settings are not set: that is said here and nowhere else."""
    title, adopted = text(policy, "title"), text(policy, "adopted")
    said = [title or _("The policy has no title"), _("adopted %(decision)s") % {"decision": adopted} if adopted else ""]
    yield line(" · ".join(part for part in said if part), style="bold")
    unset = [field for field in POLICY.by_key.values() if field.absent_words and is_absent(policy.get(field.key))]
    if unset:
        told = ", ".join(f"{lowered(str(field.label))} ({field.absent})" for field in unset)
        yield line(_("Not set: %(settings)s") % {"settings": told}, style="$text-muted")


def clause_text(clause: ClauseNow, *, counted: bool) -> Iterator[Content]:
    """A clause to read. `counted`: whether it is known by now what it finds."""
    yield line(clause.id, style="bold")
    if clause.quote:
        yield plain(_("“%(quote)s”") % {"quote": clause.quote}, style="italic")
    else:
        yield line(_("The policy does not quote its words."), style="$text-muted")
    yield Content("")
    if clause.off is not None:
        yield line(_("switched off by %(decision)s") % {"decision": clause.off}, style="$warning")
    else:
        yield line(_("in force"))
    yield from _served(clause)
    if clause.served is not None and clause.served.rules and clause.off is None:
        yield Content("")
        yield _counted(len(clause.found)) if counted else line(_("being looked through …"), style="$text-muted")


def _served(clause: ClauseNow) -> Iterator[Content]:
    served = clause.served
    if served is None:
        yield line(_("Nothing in the program serves a clause with this id."), style="$warning")
    elif served.rules:
        yield line(_("severity: %(severity)s") % {"severity": clause.severity})
        kinds = ", ".join(lowered(str(MANY[kind])) for kind in served.rules)
        yield line(_("served by a rule that looks at: %(kinds)s") % {"kinds": kinds})
    elif served.orders:
        yield line(_("served by the order of lists: it finds nothing wrong, it decides what comes first"))
    else:
        yield plain(_("served by construction: %(how)s") % {"how": _(served.construction)})


def _counted(count: int) -> Content:
    if not count:
        return line(_("It finds nothing now."), style="$good")
    found = ngettext(
        "It finds %(count)s thing now; Enter lists it.", "It finds %(count)s things now; Enter lists them.", count
    )
    return line(found % {"count": count}, style="$warning")
