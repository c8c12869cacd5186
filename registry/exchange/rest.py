"""The rows that could not be taken in, as a file of the same sort to mend and take in: each says what is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from registry.errors import BadInput
from registry.exchange.cells import Cell
from registry.exchange.places import Bad
from registry.exchange.recognising import PROBLEM, Recognised
from registry.exchange.target import write_whole
from registry.words import _

if TYPE_CHECKING:
    from registry.exchange.plans import Plan


def check_rest(file: Path, rest: Path) -> None:
    """Raises `BadInput` where the rest of `file` cannot be kept under that name: it is a file of the same sort."""
    own = {".xlsm": ".xlsx"}.get(file.suffix.lower(), file.suffix.lower())
    if rest.suffix.lower() != own:
        raise BadInput(
            _("What is left of %(file)s cannot be kept in %(rest)s.") % {"file": file.name, "rest": rest.name},
            _("Give a file name that ends in %(suffixes)s.") % {"suffixes": own},
        )


def write_rest(plan: Plan, rest: Path) -> None:
    """Write it. Raises as `target.write_whole`."""
    check_rest(plan.source.file, rest)
    write_whole(rest, _content(plan))


def _content(plan: Plan) -> bytes:
    from registry.progress import all_of

    if isinstance(plan.source.content, list):
        wrong = dict.fromkeys(bad.place.row for bad in plan.bad)
        made = {
            "format": 1,
            "errors": [bad.as_json() for bad in plan.bad],
            "records": [plan.source.content[row - 1] for row in wrong],
        }
        return (json.dumps(made, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")
    if plan.source.file.suffix.lower() == ".csv":
        from registry.exchange.csv_text import csv_bytes

        (one,) = plan.source.recognised
        return all_of(csv_bytes("CSV", *_rows(one, plan.bad), for_excel=True))
    from registry.exchange.xlsx_out import Page, workbook

    tables = [(one, _rows(one, plan.bad)) for one in plan.source.recognised]
    return all_of(workbook(Page(one.table.name, headings, rows) for one, (headings, rows) in tables if rows))


def _rows(one: Recognised, bad: Sequence[Bad]) -> tuple[list[str], list[list[Cell]]]:
    """The headings and the rows of a table that are bad, what is wrong in a last column."""
    wrong: dict[int, list[Bad]] = {}
    for each in bad:
        if each.place.table == one.table.name:
            wrong.setdefault(each.place.row, []).append(each)
    width = max((len(one.table.rows[row - 1]) for row in wrong), default=0)
    first = [str(cell) if cell is not None else "" for cell in one.table.rows[one.header]]
    keep = [at for at in range(max(width, len(first))) if at >= len(first) or not _is_problem(first[at])]
    headings = [first[at] if at < len(first) else "" for at in keep]
    rows: list[list[Cell]] = []
    for row, found in sorted(wrong.items()):
        cells = one.table.rows[row - 1]
        told = " · ".join(f"{each.heading}: {each.reason}" if each.heading else each.reason for each in found)
        rows.append([*(cells[at] if at < len(cells) else None for at in keep), told])
    return [*headings, str(PROBLEM)], rows


def _is_problem(heading: str) -> bool:
    return heading.strip() in {PROBLEM.sv, PROBLEM.en}
