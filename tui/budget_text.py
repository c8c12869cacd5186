"""A year's money as lines to read: frames with bars, tables of sums, projects with their cost against what is granted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from textual.content import Content

from registry.policy.money import BudgetYear, FrameUse, ProjectMoney, Sums
from registry.records.money import show_money
from registry.records.project_kind import SOURCES
from registry.records.types import Names
from registry.words import _
from tui.text import fit, line, one_line
from tui.widgets.sheet import Item, flow, heading

_GAP: Final = 2
_LEAST_NAME: Final = 14
_SHORTEST_BAR, _LONGEST_BAR = 6, 24
_FULL, _EMPTY, _PROPOSED = "█", "░", "▒"


def budget_lines(found: BudgetYear, years: Sequence[int], names: Names, width: int) -> Iterator[Item]:
    """Everything there is to say of the year, for a page `width` cells wide."""
    frames = [(_("Central money"), "registry", found.central)] if _is_known(found.central) else []
    frames += [(names.record(ref), ref, use) for ref, use in found.departments.items()]
    if not frames and not found.projects:
        yield from _nothing(found.year, years)
        return
    yield from heading(_("Frames"))
    yield from _frames(frames, width)
    if not frames:
        yield Item(line(_("No frame is set for this year."), style="$text-muted"))
    if not found.projects:
        yield Item(Content(""), skipped=True)
        yield Item(line(_("No project has a budget line for this year."), style="$text-muted"))
        return
    yield from _tables(found, names, width)


def _is_known(use: FrameUse) -> bool:
    return use.decided is not None or use.proposed is not None or bool(use.taken)


def _nothing(year: int, years: Sequence[int]) -> Iterator[Item]:
    yield Item(Content(""), skipped=True)
    yield Item(line(_("No money is entered for %(year)s.") % {"year": year}, style="bold"))
    if years:
        span = f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0])
        yield Item(line(_("There is money in %(years)s; ← and → change the year.") % {"years": span}))
    yield Item(Content(""), skipped=True)
    yield Item(line(_("The frame of central money is entered in the registry"), style="$text-muted"), "registry")
    yield Item(line(_("The frame of a department on the department, under Departments (2)"), style="$text-muted"))
    yield Item(line(_("The money of a project on the project's budget lines, under Projects (4)"), style="$text-muted"))


# frames


def _frames(frames: Sequence[tuple[str, str, FrameUse]], width: int) -> Iterator[Item]:
    """``Name  ██████░░░░  165 000 kr of 250 000 kr · 85 000 kr left``; what is over the frame is said in words."""
    sums = [_taken_of(use) for _name, _ref, use in frames]
    widest = max((len(said) for said in sums), default=0)
    words = [
        Content.assemble(fit(said, widest, "right"), *_rest(use))
        for said, (_n, _r, use) in zip(sums, frames, strict=True)
    ]
    room = width - max((len(said.plain) for said in words), default=0) - 2 * _GAP
    label = max(
        _LEAST_NAME, min(room - _SHORTEST_BAR, max((len(one_line(name)) for name, _r, _u in frames), default=0))
    )
    cells = max(_SHORTEST_BAR, min(_LONGEST_BAR, room - label))
    for (name, ref, use), said in zip(frames, words, strict=True):
        yield Item(Content.assemble(fit(one_line(name), label), " " * _GAP, _bar(use, cells), " " * _GAP, said), ref)


def _taken_of(use: FrameUse) -> str:
    frame = _frame(use)
    taken = show_money(use.taken)
    return taken if frame is None else _("%(taken)s of %(frame)s") % {"taken": taken, "frame": show_money(frame)}


def _frame(use: FrameUse) -> int | None:
    return use.proposed if use.decided is None else use.decided


def _bar(use: FrameUse, cells: int) -> Content:
    frame = _frame(use)
    if frame is None:
        return Content(" " * cells)
    over = use.taken > frame
    share = 1.0 if over else max(use.taken, 0) / frame if frame else 0.0
    full = min(cells, round(share * cells)) or (1 if use.taken > 0 else 0)
    if use.taken < frame:
        full = min(full, cells - 1)  # a bar that looks full is full
    return Content.assemble(
        Content.styled(_FULL * full, "$bad" if over and use.decided is not None else "$accent"),
        Content.styled((_PROPOSED if use.decided is None else _EMPTY) * (cells - full), "$text-muted"),
    )


def _rest(use: FrameUse) -> Iterator[Content]:
    """What is left, over, proposed or not set."""
    if use.left is not None and use.left < 0:
        yield Content(" · ")
        yield Content.styled(_("%(sum)s over the frame") % {"sum": show_money(-use.left)}, "$bad bold")
    elif use.left is not None:
        yield Content(" · ")
        yield Content(_("%(sum)s left") % {"sum": show_money(use.left)})
    else:
        yield Content(" · ")
        yield Content.styled(_("no frame is set") if use.proposed is None else _("only proposed"), "$warning")
    if use.decided is not None and use.proposed is not None:
        yield _muted(" · " + _("%(sum)s more proposed") % {"sum": show_money(use.proposed)})


def _muted(text: str) -> Content:
    return Content.styled(text, "$text-muted")


# sums


def _tables(found: BudgetYear, names: Names, width: int) -> Iterator[Item]:
    titles = (_("planned"), _("applied"), _("granted"), _("spent"))
    every = [
        found.total,
        *found.by_source.values(),
        *found.by_department.values(),
        *found.by_programme.values(),
        *(project.sums for project in found.projects),
    ]
    column = max(*(len(title) for title in titles), *(len(cell) for sums in every for cell in _cells(sums)))
    label = max(_LEAST_NAME, width - 4 * (column + _GAP))

    def row(name: str, cells: Sequence[str], style: str = "") -> Content:
        told = fit(one_line(name), label) + "".join(" " * _GAP + fit(cell, column, "right") for cell in cells)
        return Content.styled(told, style) if style else Content(told)

    def table(title: str, rows: Mapping[str, tuple[str, Sums]]) -> Iterator[Item]:
        yield Item(Content(""), skipped=True)
        yield Item(row(title, titles, "$accent bold"), skipped=True)
        for key, (name, sums) in rows.items():
            goal = key if key.startswith("departments/") else ""
            yield Item(row(name, _cells(sums)), goal)

    sources = {choice.value: str(choice.label) for choice in SOURCES}
    by_source = {key: (sources.get(key, key) or _("no source"), sums) for key, sums in found.by_source.items()}
    yield from table(_("By source"), by_source)
    yield Item(row(_("in all"), _cells(found.total), "bold"))
    if found.total.undecided:
        waiting = _("Applied for, not granted: %(sum)s") % {"sum": show_money(found.total.undecided)}
        yield Item(Content.styled(waiting, "$warning"))
    departments = {
        key: (names.record(key) if key else _("no department"), sums) for key, sums in found.by_department.items()
    }
    yield from table(_("By department"), departments)
    if found.by_programme:
        yield from table(_("By programme"), {key: (key, sums) for key, sums in found.by_programme.items()})
    yield Item(Content(""), skipped=True)
    yield Item(row(_("Projects"), titles, "$accent bold"), skipped=True)
    for project in found.projects:
        told = Content("\n").join([row(project.title, _cells(project.sums)), flow(list(_cost(project)), width)])
        yield Item(told, project.ref)


def _cells(sums: Sums) -> tuple[str, str, str, str]:
    return (_amount(sums.planned), _amount(sums.applied), _amount(sums.granted), _amount(sums.spent))


def _amount(amount: int) -> str:
    return show_money(amount) if amount else "–"


def _cost(project: ProjectMoney) -> Iterator[Content]:
    """``costs 180 000 kr``, ``granted in all 45 000 kr``, ``135 000 kr short``."""
    cost = _("no cost given") if project.cost is None else _("costs %(sum)s") % {"sum": show_money(project.cost)}
    yield _muted(cost)
    yield _muted(_("granted in all %(sum)s") % {"sum": show_money(project.granted_in_all)})
    if project.short:
        yield Content.styled(_("%(sum)s short") % {"sum": show_money(project.short)}, "$warning")
    if waiting := project.sums.undecided:
        yield Content.styled(_("%(sum)s applied for, not granted") % {"sum": show_money(waiting)}, "$warning")
