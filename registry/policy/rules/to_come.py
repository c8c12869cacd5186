"""What a record tells as done, on a day that has not come: outside the policy (`schema`).

Where a clause asks for the decision, its own rule says so (`adoption`, `coordinator`, `political-responsibility`,
`external-commitments`); here is what is left. A registry opened on a day to come would let every project begin before it:
the change that says so is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from registry.findings import SCHEMA, Finding
from registry.policy.case import Case
from registry.policy.reading import decided_on, listed, place
from registry.policy.subjects import Subject
from registry.records.dates import show_date
from registry.words import _

_DECIDED: Final = ("annual_reports", "central_funds", "budget", "agreement_events", "clauses")
"""The lists of the registry's, a department's, a town's and the policy's record whose entries are decided on."""


def days_to_come(case: Case, it: Subject) -> Iterator[Finding]:
    """Decisions of a day that has not come, and a registry that was opened on one."""
    for key in _DECIDED:
        for at, entry in listed(it.data, key):
            if (on := decided_on(entry)) is not None and on > case.day:
                yield _find(case, it, place(it.data, key, at, "decision"), on)
    if it.ref == "registry" and case.opened is not None and case.opened > case.day:
        message = _("is said to be opened on a day that has not come, %(day)s") % {"day": show_date(case.opened)}
        earlier = case.earlier(it)
        moved = earlier is not None and earlier.get("opened") != it.data.get("opened")
        yield case.find(it, SCHEMA, "violation" if moved else "warning", "opened", message)


def _find(case: Case, it: Subject, where: str, on: date) -> Finding:
    message = _("names a decision of a day that has not come, %(day)s") % {"day": show_date(on)}
    return case.find(it, SCHEMA, "warning", where, message)
