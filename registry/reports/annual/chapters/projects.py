"""The year's projects: by status, department and priority, and those that began and ended."""

from __future__ import annotations

from collections.abc import Iterator

from registry.reports.annual.gathering import AnnualData
from registry.reports.document import Block, Heading, Paragraph
from registry.reports.parts.projects import by_department, by_priority, by_stage, listed
from registry.reports.parts.quoting import quoted
from registry.words import _


def blocks(data: AnnualData) -> Iterator[Block]:
    """Counts first, then lists."""
    found, year = data.projects, {"year": data.year}
    if not found.projects:
        yield Paragraph(_("No project belongs to %(year)s.") % year)
        return
    yield by_stage(found)
    yield by_department(found)
    yield from quoted(data.quotes, *(f"priority-{aim.id}" for aim in found.priorities))
    yield from by_priority(found)
    yield Heading(_("Begun in the year"), 2)
    none = _("No project began in %(year)s.") % year
    yield from listed(_("Projects that began in %(year)s") % year, found.started, found.departments, none)
    yield Heading(_("Ended in the year"), 2)
    none = _("No project ended in %(year)s.") % year
    yield from listed(_("Projects that ended in %(year)s") % year, found.ended, found.departments, none)
    seen = {project.ref for project in (*found.started, *found.ended)}
    others = [project for project in found.projects if project.ref not in seen]
    yield Heading(_("Others of the year"), 2)
    none = _("There are no other projects of %(year)s.") % year
    yield from listed(_("Other projects of %(year)s") % year, others, found.departments, none)
