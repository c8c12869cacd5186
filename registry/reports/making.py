"""A report from the question to the document: what may be asked of it, how it is made, what its file is called."""

from __future__ import annotations

from datetime import date

from registry.errors import BadInput
from registry.records.refs import slug
from registry.reports.asked import Making
from registry.reports.document import Document
from registry.reports.reports_known import Report
from registry.words import _, speaking


def require_fitting(report: Report, *, ref: str, year: int | None, meeting: bool) -> None:
    """Raises `BadInput` for what a report cannot be asked for, and where it lacks the record that it is of."""
    named = {"report": report.name}
    if report.of_record and not ref:
        raise BadInput(
            _("The report %(report)s is of one record.") % named,
            _("Name it after the report, like %(example)s.") % {"example": "projects/2026/ungdomsutbyte-skjern"},
        )
    if ref and not report.of_record:
        raise BadInput(
            _("The report %(report)s is of no single record.") % named,
            _("Leave the record out, or ask for the report record."),
        )
    if year is not None and not report.of_year:
        raise BadInput(
            _("The report %(report)s is of no year.") % named,
            _("Leave the year out, or ask for another day with --at."),
        )
    if meeting and not report.of_meeting:
        raise BadInput(_("The report %(report)s is made for no meeting.") % named, _("Leave the meeting out."))


def spoken(language: str, steps: Making) -> Making:
    """The same, made in a language of its own, whatever is spoken around it."""
    while True:
        with speaking(language):
            try:
                told = next(steps)
            except StopIteration as ended:
                document: Document = ended.value
                return document
        yield told


def file_stem(report: Report, *, year: int, meeting: date | None, ref: str) -> str:
    """What its file may be called, without an end: ``arsrapport-2026``, ``utlamnande-korresa``, in the language spoken."""
    parts = [slug(str(report.words))]
    if report.of_year:
        parts.append(str(year))
    if meeting is not None:
        parts.append(meeting.isoformat())
    if ref:
        parts.append(ref.rpartition("/")[2])
    return "-".join(parts)
