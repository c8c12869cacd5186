"""Findings for people: a record's together, the worst first, each with its clause and the policy's own words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from registry.findings import SEVERITIES, SEVERITY_WORDS, Finding
from registry.plain_text import line
from registry.records.dates import show_period
from registry.records.refs import is_ref
from tui.cli.answers import SEVERITY_STYLES, styled
from tui.cli.columns import fitted

if TYPE_CHECKING:
    from registry.policy.year import Lapse
    from registry.words import Words


def by_record(findings: Iterable[Finding], title: Callable[[str], str]) -> Iterator[str]:
    """The lines: a heading a record, in the order of its first finding; a quotation once a record and clause."""
    records: dict[str, list[Finding]] = {}
    for finding in findings:
        records.setdefault(finding.ref, []).append(finding)
    for ref, found in records.items():
        name = title(ref) if is_ref(ref) else ref  # a file under a name that no record can have is found too
        yield styled(line(name), "bold") + (f"  {styled(line(ref), 'dim')}" if name != ref else "")
        for clause in dict.fromkeys(finding.clause for finding in found):
            same = [finding for finding in found if finding.clause == clause]
            for finding in same:
                place = f"  [{clause}{f': {line(finding.field)}' if finding.field else ''}]"
                yield f"  {grave(finding)}  {line(finding.message)}{styled(place, 'dim')}"
            if same[0].quote:
                yield f"      “{line(same[0].quote)}”"
        yield ""


def by_clause(lapses: Mapping[str, Iterable[Lapse]], title: Callable[[str], str]) -> Iterator[str]:
    """The lines: a heading a clause with its quotation, then each lapse with the days that it lasted."""
    for clause, found in lapses.items():
        yield styled(clause, "bold")
        quoted = False
        for lapse in found:
            if lapse.finding.quote and not quoted:
                quoted = True
                yield f"  “{line(lapse.finding.quote)}”"
            period = show_period(lapse.since, lapse.until)
            told = f"{line(title(lapse.finding.ref))}: {line(lapse.finding.message)}"
            yield f"  {grave(lapse.finding)}  {period}: {told}" + styled(f"  {lapse.finding.ref}", "dim")
        yield ""


def grave(finding: Finding, words: Words | None = None) -> str:
    """How grave, in a column of its own; in other `words` where it is no matter of the policy."""
    width = max(len(str(SEVERITY_WORDS[one])) for one in SEVERITIES)
    return styled(fitted(str(words or finding.how_grave), width), SEVERITY_STYLES[finding.severity])
