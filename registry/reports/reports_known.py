"""Which reports there are: one entry each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Final

from registry.reports.asked import Asked, Making
from registry.words import N_, Words


@dataclass(frozen=True, slots=True)
class Report:
    """A report by its name in commands; it is imported when it is made."""

    name: str
    words: Words
    about: str
    """What it holds, in a line: a message for the catalogue."""
    of_year: bool = False
    """Tells of a year."""
    of_meeting: bool = False
    """Is made for a meeting's day."""
    of_record: bool = False
    """Is of one record."""

    def making(self, asked: Asked) -> Making:
        """What makes it, a portion at a time."""
        from registry.reports.noticing import noted

        making: Callable[[Asked], Making] = import_module(f"registry.reports.{self.name.replace('-', '_')}").making
        return noted(asked, making(asked))


REPORTS: Final = {
    report.name: report
    for report in (
        Report("annual", Words("Årsrapport", "Annual report"), N_("The year for the board: results, projects, money, agreements, evaluations, decisions."), of_year=True),
        Report("agenda", Words("Kommittédagordning", "Committee agenda"), N_("What the coordination committee has before it at its next meeting."), of_meeting=True),
        Report("compliance", Words("Policyefterlevnad", "Policy compliance"), N_("The policy clause by clause, and whether it was followed."), of_year=True),
        Report("budget", Words("Budget", "Budget"), N_("A year's money by source, department and programme, against its frames."), of_year=True),
        Report("twin-towns", Words("Vänorter", "Twin towns"), N_("The twin towns: agreements, last project, last contact, jubilees.")),
        Report("evaluations", Words("Utvärderingar", "Evaluations"), N_("What was evaluated in a year, what it gave and taught, and what is overdue."), of_year=True),
        Report("audit", Words("Revisorslista", "Auditor's list"), N_("Each EU project: who answers for it, total cost, decisions, documents, reporting, grant agreement.")),
        Report("record", Words("Utlämnande", "Record for handing out"), N_("One record with its whole history."), of_record=True),
    )
}  # fmt: skip
"""By name, in the order in which they are offered."""
