"""What a reference that leads nowhere was meant for, where the history tells: the record has another name since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from registry.findings import REFERENCES, Finding
from registry.records.kinds import kind_of
from registry.references import references
from registry.renamed import called_now
from registry.words import _

if TYPE_CHECKING:
    from registry.snapshot import Snapshot
    from registry.store import Store


def with_new_names(store: Store, after: Snapshot, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings, those of a reference to a record that was renamed with the name that it has now."""
    return tuple(finding if finding.clause != REFERENCES else _told(store, after, finding) for finding in findings)


def _told(store: Store, after: Snapshot, finding: Finding) -> Finding:
    names = dict.fromkeys(name for old in _missing(after, finding) if (name := called_now(store, old)))
    if not names:
        return finding
    said = _("%(trouble)s: it is called %(names)s now") % {"trouble": finding.message, "names": ", ".join(names)}
    return replace(finding, message=said)


def _missing(after: Snapshot, finding: Finding) -> Iterator[str]:
    """The records that the field refers to by names that there are not."""
    for reference in references(kind_of(finding.ref), after.data(finding.ref) or {}):
        if reference.sort == "record" and reference.path == finding.field and reference.target not in after:
            yield reference.target
