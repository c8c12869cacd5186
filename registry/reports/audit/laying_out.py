"""The auditor's list on paper: all EU projects in one table, then each with its decisions, documents and reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from registry.records.dates import show_date
from registry.records.kinds import KINDS
from registry.records.values import Data, tables, text
from registry.reports.audit.gathering import STEPS, Audited, EuProject, deadlines, documents
from registry.reports.document import Block, Bullets, Column, Document, Facts, Heading, Paragraph, Table
from registry.reports.parts.fields import inner_words, shown_field
from registry.reports.parts.long_lists import first_of
from registry.reports.parts.money import money
from registry.words import _, language

_KIND: Final = "projects"


def laid_out(audited: Audited, origin: Sequence[tuple[str, str]]) -> Document:
    """The document."""
    return Document(
        _("EU projects: list for auditors"),
        _("Responsible, cost, decisions, documents and reporting as of %(day)s") % {"day": show_date(audited.day)},
        origin,
        tuple(_blocks(audited)),
        language(),
    )


def _blocks(audited: Audited) -> Iterator[Block]:
    yield Heading(_("All EU projects"))
    if not audited.projects:
        yield Paragraph(_("No project in the registry has EU money, planned, applied for or granted."))
        return
    yield Paragraph(
        _("Every project with a budget line of EU money, declined and cancelled ones too, the latest begun first."),
        quiet=True,
    )
    if not audited.named:
        yield Paragraph(
            _(
                "Names of people are left out: the responsible is given by function, and by name where names are asked for."
            ),
            quiet=True,
        )
    shown, rest = first_of(audited.projects)
    yield _overview(audited, shown)
    yield from rest
    yield Heading(_("Project by project"))
    for project in shown:
        yield from _project(project)
    yield from rest


def _overview(audited: Audited, shown: Sequence[EuProject]) -> Table:
    columns = (
        Column(str(KINDS[_KIND].one), weight=3),
        Column(_label("stage")),
        Column(_label("responsible"), weight=2),
        Column(_label("cost"), number=True),
        *(Column(_eu(step), number=True) for step in STEPS),
        Column(_("Missing or late"), number=True),
    )
    rows = [
        (
            project.title,
            shown_field(_KIND, project.data, "stage")[1],
            _responsible(project),
            shown_field(_KIND, project.data, "cost")[1],
            *map(money, project.totals),
            str(len(project.lacks)) if project.lacks else "–",
        )
        for project in shown
    ]
    lacks = sum(len(project.lacks) for project in audited.projects)
    rows.append((_("In all"), "", "", "", *map(money, audited.totals), str(lacks) if lacks else "–"))
    return Table(_("Projects with EU money"), columns, rows, total=True)


def _project(project: EuProject) -> Iterator[Block]:
    yield Heading(project.title, 2)
    rows = [
        (_("Name in the registry"), project.ref),
        shown_field(_KIND, project.data, "stage"),
        (_label("department"), project.department or _missing()),
        (_label("responsible"), _responsible(project)),
        *(shown_field(_KIND, project.data, key) for key in ("start", "end", "cost")),
        (_("Registry number"), ", ".join(project.numbers) or _("not stated")),
    ]
    yield Facts(rows)
    if project.lacks:
        yield Paragraph(_("Missing or late:"))
        yield Bullets(project.lacks)
    else:
        yield Paragraph(_("Nothing is missing or late that a project of this status is to have."))
    yield _lines(project)
    yield from _listed(project, "decisions", tables(project.data, "decisions"), _("No decision is entered."))
    yield from _listed(project, "documents", documents(project), _("No document is entered."))
    yield from _listed(project, "deadlines", deadlines(project), _("No deadline of reporting is entered."))


def _lines(project: EuProject) -> Table:
    keys = ("year", "programme", "grant_agreement", *STEPS, "decision")
    rows = [tuple(_cell("budget", line, key) for key in keys) for line in project.lines]
    numbers = {"year", *STEPS}
    return Table(
        _("EU money: %(title)s") % {"title": project.title},
        [Column(_inner("budget", key), number=key in numbers) for key in keys],
        rows,
    )


_KEYS: Final = {
    "decisions": ("decision", "kind", "about"),
    "documents": ("title", "date", "reference"),
    "deadlines": ("what", "date", "done"),
}


def _listed(project: EuProject, key: str, entries: Sequence[Data], none: str) -> Iterator[Block]:
    if not entries:
        yield Paragraph(none)
        return
    caption = f"{_label(key)}: {project.title}"
    columns = [Column(_inner(key, inner), weight=1 + (at == 0)) for at, inner in enumerate(_KEYS[key])]
    yield Table(caption, columns, [tuple(_cell(key, entry, inner) for inner in _KEYS[key]) for entry in entries])


def _cell(key: str, entry: Data, inner: str) -> str:
    """A value; where it is missing, what that means, and a dash where it means nothing in particular."""
    field = KINDS[_KIND].by_key[key].by_key[inner]
    if inner in entry or field.absent_words is not None:
        return inner_words(_KIND, key, entry, inner)
    return "–"


def _responsible(project: EuProject) -> str:
    function = text(project.data, "responsible_function").strip()
    if not function and text(project.data, "responsible"):
        function = _("function not stated")
    return ", ".join(filter(None, (project.person, function))) or _missing()


def _missing() -> str:
    return _("missing")


def _eu(step: str) -> str:
    return _("EU: %(step)s") % {"step": _inner("budget", step).lower()}


def _label(key: str) -> str:
    return str(KINDS[_KIND].by_key[key].label)


def _inner(key: str, inner: str) -> str:
    return str(KINDS[_KIND].by_key[key].by_key[inner].label)
