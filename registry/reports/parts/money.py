"""Money as reports tell it: sums by source, department or programme, frames, and each project's cost against what is granted.

Every chart has its table beside it, and whatever sums up to nothing is a sentence instead of a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from registry.plain_text import line
from registry.policy.money import BudgetYear, FrameUse, ProjectMoney, Sums
from registry.records.common_fields import FRAME_STATES
from registry.records.department_kind import DEPARTMENT
from registry.records.money import show_money
from registry.records.project_kind import PROJECT, SOURCES
from registry.reports.document import Bar, Block, Chart, Column, Paragraph, Table
from registry.reports.parts.long_lists import first_of
from registry.words import _, capitalised, ngettext

Rows: TypeAlias = Sequence[tuple[str, Sums]]
"""What the sums are of, by name, in order; two may be called the same."""
UNIT: Final = "kr"
_STEPS: Final = ("planned", "applied", "granted", "spent")
_NONE: Final = "–"


def money(amount: int | None) -> str:
    """``45 000 kr``; a dash where nothing is known, which is not the same as nothing."""
    return _NONE if amount is None else show_money(amount)


def source_name(source: str) -> str:
    """What a budget line's source is called; one that there is not as it stands."""
    labels = {choice.value: str(choice.label) for choice in SOURCES}
    return capitalised(labels.get(source) or line(source) or _("no source"))


def line_label(key: str) -> str:
    """What the records call a value of a budget line: ``Källa``, ``Beviljat``."""
    return str(PROJECT.by_key["budget"].by_key[key].label)


def has_money(found: BudgetYear) -> bool:
    """Whether there is anything to tell of the year's money: a budget line or a frame."""
    return bool(found.projects or found.departments) or is_known(found.central)


def is_known(use: FrameUse) -> bool:
    """Whether a frame is set, proposed or taken of."""
    return use.decided is not None or use.proposed is not None or bool(use.taken)


def in_sentences(found: BudgetYear) -> str:
    """The year's money in a sentence or three."""
    told = [
        _in_all(found) if found.projects else _("No project has money entered for %(year)s.") % {"year": found.year}
    ]
    if found.central.decided is not None:
        told.append(
            _("Of the central frame of %(frame)s, %(taken)s is taken.")
            % {"frame": show_money(found.central.decided), "taken": show_money(found.central.taken)}
        )
    return " ".join(told)


def _in_all(found: BudgetYear) -> str:
    count, total = len(found.projects), found.total
    counted = ngettext(
        "%(count)s project has money entered for %(year)s.",
        "%(count)s projects have money entered for %(year)s.",
        count,
    )
    sums = _("Planned %(planned)s, applied for %(applied)s, granted %(granted)s, spent %(spent)s.")
    return " ".join(
        [
            counted % {"count": count, "year": found.year},
            sums % dict(zip(_STEPS, map(show_money, amounts(total)), strict=True)),
        ]
    )


def steps() -> list[str]:
    """``Planerat``, ``Sökt``, ``Beviljat``, ``Utfall``: as the records' own labels have it."""
    return list(map(line_label, _STEPS))


def amounts(sums: Sums) -> tuple[int, int, int, int]:
    """Planned, applied, granted and spent."""
    return sums.planned, sums.applied, sums.granted, sums.spent


def sums_table(caption: str, first: str, rows: Rows, total: Sums | None = None) -> Table:
    """A row a name, a column a step; with `total` a last row that sums up the others."""
    cells = [(name, *map(money, amounts(sums))) for name, sums in rows]
    if total is not None:
        cells.append((_("In all"), *map(money, amounts(total))))
    columns = [Column(first, weight=2), *(Column(step, number=True) for step in steps())]
    return Table(caption, columns, cells, total=total is not None)


def sums_chart(caption: str, rows: Rows) -> Chart:
    """The same as bars, a group a name."""
    return Chart(caption, steps(), [Bar(name, amounts(sums)) for name, sums in rows], unit=UNIT)


def by_source(found: BudgetYear) -> Iterator[Block]:
    """Planned, applied, granted and spent by source, as a table and as bars, and what is still waited for."""
    if not found.projects:
        yield Paragraph(_("No project has money entered for %(year)s.") % {"year": found.year})
        return
    rows = [(source_name(source), sums) for source, sums in found.by_source.items()]
    caption = _("Money by source, %(year)s") % {"year": found.year}
    yield sums_table(caption, line_label("source"), rows, found.total)
    yield sums_chart(caption, rows)
    if waiting := found.total.undecided:
        yield Paragraph(
            _("Of what was applied for, %(sum)s is neither granted nor refused.") % {"sum": show_money(waiting)}
        )
    yield Paragraph(
        _("Planned counts projects that were not declined or cancelled; the others count what they came to."),
        quiet=True,
    )


def department_rows(found: BudgetYear, names: Mapping[str, str]) -> Rows:
    """The sums of each department, by name."""
    return [
        (line(names.get(ref, ref)) if ref else capitalised(_("no department")), sums)
        for ref, sums in found.by_department.items()
    ]


def frame_rows(found: BudgetYear, names: Mapping[str, str]) -> list[tuple[str, FrameUse]]:
    """Each frame by name, and what is taken of it: the central one first. `names` are those of departments, by REF."""
    central = [(_("Central money"), found.central)] if is_known(found.central) else []
    return central + [(line(names.get(ref, ref)), use) for ref, use in found.departments.items()]


def frames(found: BudgetYear, names: Mapping[str, str]) -> Iterator[Block]:
    """What is taken of each frame and what is left, as a table and as bars; what is exceeded is said in words too."""
    rows = frame_rows(found, names)
    if not rows:
        yield Paragraph(_("No frame is set for %(year)s, centrally or in a department.") % {"year": found.year})
        return
    caption = _("Frames, %(year)s") % {"year": found.year}
    columns = [Column(_frame_label(), weight=2), *(Column(label, number=True) for label in _frame_labels())]
    cells = [(name, *map(money, (use.proposed, use.decided, use.taken, use.left))) for name, use in rows]
    yield Table(caption, columns, cells)
    bars = [Bar(name, (use.taken,), use.decided if use.decided is not None else use.proposed) for name, use in rows]
    yield Chart(caption, [_("Taken")], bars, unit=UNIT, frame_label=_frame_label())
    for name, use in rows:
        if use.left is not None and use.left < 0:
            yield Paragraph(
                _("%(name)s: the frame is exceeded by %(sum)s.") % {"name": name, "sum": show_money(-use.left)}
            )
        elif use.decided is None and use.taken:
            yield Paragraph(_no_frame(use) % {"name": name, "sum": show_money(use.taken)})
    yield Paragraph(
        _(
            "Taken is what is granted; of a department's own money also what is planned and not yet granted. Of a project "
            "that was stopped it is what was spent."
        ),
        quiet=True,
    )


def _no_frame(use: FrameUse) -> str:
    if use.proposed is None:
        return _("%(name)s: %(sum)s is taken and no frame is set.")
    return _("%(name)s: %(sum)s is taken and the frame is only proposed.")


def _frame_labels() -> list[str]:
    states = [capitalised(str(choice.label)) for choice in FRAME_STATES]
    return [*states, _("Taken"), _("Left")]


def _frame_label() -> str:
    return str(DEPARTMENT.by_key["budget"].by_key["amount"].label)


def cost_against_granted(found: BudgetYear) -> Iterator[Block]:
    """Each project with money in the year: the year's sums, its whole cost, all that is granted for it, what is short."""
    if not found.projects:
        return
    labels = [*steps(), str(PROJECT.by_key["cost"].label), _("Granted in all years"), _("Short")]
    columns = [Column(str(PROJECT.one), weight=3), *(Column(label, number=True) for label in labels)]
    shown, rest = first_of(found.projects)
    yield Table(_("Projects with money in %(year)s") % {"year": found.year}, columns, list(map(_project_row, shown)))
    yield from rest
    short = [project for project in found.projects if project.short]
    if short:
        yield Paragraph(_short_words(short))


def _project_row(project: ProjectMoney) -> Sequence[str]:
    told = (*amounts(project.sums), project.cost, project.granted_in_all, project.short or None)
    return (line(project.title), *map(money, told))


def _short_words(short: Sequence[ProjectMoney]) -> str:
    return ngettext(
        "%(count)s project costs more than is granted for it, by %(sum)s.",
        "%(count)s projects cost more than is granted for them, by %(sum)s together.",
        len(short),
    ) % {"count": len(short), "sum": show_money(sum(project.short for project in short))}
