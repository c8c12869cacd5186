"""A file taken in: what it would add and change, judged; then one change of what is good, and the rest in a file to mend.

`planning` reads, proposes and judges, a portion at a time; `carry_out` writes what came of it.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from registry.change import Change
from registry.errors import BadInput, Refused
from registry.exchange import mappings
from registry.exchange.layout import Sheet, wanted_sheet
from registry.exchange.places import Place
from registry.exchange.plans import Plan, Source, Steps, judged
from registry.exchange.proposals import Proposing
from registry.exchange.recognising import Recognised, Unmapped, recognise, target
from registry.exchange.sum_rows import without_sums
from registry.exchange.tables import MOST_ROWS, Table, Tables, file_bytes
from registry.outcomes import Saved
from registry.progress import Progress
from registry.records.typed_values import Reader
from registry.resolving import resolver
from registry.words import _, ngettext

if TYPE_CHECKING:
    from registry.store import Store


@dataclass(frozen=True, slots=True)
class Asked:
    """What is said of a file beside its name."""

    sheet: str = ""
    """Which sheet of ours a table is; "" where its name or its headings tell."""
    only: str = ""
    """The one sheet of the file that is to be read; "" for all that are known."""
    mapped: Mapping[str, str] = field(default_factory=dict)
    """Heading → path of the field, "" for a column that is left out."""
    decision: str = ""
    """The decision that it is taken in under."""
    overrides: tuple[str, ...] = ()
    """Clauses whose exception is knowingly recorded."""
    exceptions_are_asked: bool = False
    """Whether somebody is asked about each exception before anything is saved."""


def planning(store: Store, file: Path, asked: Asked, today: date) -> Steps:
    """Read the file, find out what it would change, and judge it. Raises `BadInput` (`Unmapped` among them), `Refused`."""
    check_file(file)
    snapshot = store.saved()
    yield Progress(file.name, 0)
    reader = Reader(resolver(snapshot, lambda: store.book))
    proposing = Proposing(snapshot, reader, today, PROGRAMS[file.suffix.lower()])
    source = yield from proposed(file, file_bytes(file), asked, mappings.load(store.repo), proposing)
    proposal = proposing.finish()
    change = Change(proposal.edits, "", asked.decision, act="import", base=snapshot.commit, overrides=asked.overrides)
    return (yield from judged(store, source, proposal, change, exceptions_are_asked=asked.exceptions_are_asked))


def proposed(
    file: Path, content: bytes, asked: Asked, kept: mappings.Mapped, proposing: Proposing
) -> Generator[Progress, None, Source]:
    """Have `proposing` take all that is in the file's `content`. Raises `BadInput`."""
    if file.suffix.lower() == ".json":
        from registry.exchange.json_in import propose, read_json

        records = read_json(content, file.name)
        yield Progress(file.name, len(records))
        yield from propose(records, file.name, proposing)
        return Source(file, records)
    source = _recognised(file, READERS[file.suffix.lower()](content, file.name), asked, kept)
    for one in sorted(source.recognised, key=lambda one: one.sheet.list is not None):
        yield from proposing.take(one)
    return source


# --- reading --------------------------------------------------------------------------------------------------------


def _read_xlsx(content: bytes, name: str) -> Tables:
    from registry.exchange.xlsx_in import read_xlsx

    return read_xlsx(content, name)


def _read_csv(content: bytes, name: str) -> Tables:
    from registry.exchange.csv_in import read_csv

    return read_csv(content, name)


READERS: Final[Mapping[str, Callable[[bytes, str], Tables]]] = {
    ".xlsx": _read_xlsx,
    ".xlsm": _read_xlsx,
    ".csv": _read_csv,
}
"""By the end of the file's name; ``.json`` is read by `json_in`."""
PROGRAMS: Final = {".xlsx": "Excel", ".xlsm": "Excel", ".csv": "CSV", ".json": "JSON"}
"""What people call a file, by the end of its name: these are taken in."""


_OTHER_SHEETS: Final = frozenset({".xls", ".xlsb", ".xlt", ".xltx", ".xltm", ".ods", ".ots", ".fods", ".numbers"})
"""Workbooks that Excel or LibreOffice can save as one that is taken in."""


def check_file(file: Path) -> None:
    """Raises `BadInput` for a kind of file that is not taken in."""
    if file.suffix.lower() in _OTHER_SHEETS:
        raise BadInput(
            _("“%(file)s” is a workbook of another kind than is taken in.") % {"file": file.name},
            _("Open it in Excel or LibreOffice, and save it anew as .xlsx."),
        )
    if file.suffix.lower() not in PROGRAMS:
        raise BadInput(
            _("“%(file)s” is no kind of file that can be taken in.") % {"file": file.name},
            _("Save it as one that ends in %(suffixes)s.") % {"suffixes": ", ".join(PROGRAMS)},
        )


def _recognised(file: Path, content: Tables, asked: Asked, kept: mappings.Mapped) -> Source:
    """The tables that are known, and what is to be told of the others. Raises `BadInput`."""
    wanted = wanted_sheet(asked.sheet) if asked.sheet else None
    found: list[Recognised] = []
    remarks = list(content.remarks)
    for table in _tables(content, asked.only):
        one = _with_said(table, asked, kept, wanted)
        if one is None:
            remarks.append(_("Nothing is known in the sheet “%(name)s”; it is not read.") % {"name": table.name})
            continue
        if one.unknown:
            raise Unmapped(one)
        if len(table.rows) - one.header - 1 > MOST_ROWS:
            raise _too_many(table)
        one, sums = without_sums(one)
        remarks += [_("%(row)s only sums up, and is not read.") % {"row": Place(table.name, row)} for row in sums]
        found.append(one)
    if not found:
        raise BadInput(
            _("No column in the file is known."),
            _("Say what its rows are, --sheet projects, and what its columns are, --map “Heading=title”."),
        )
    return Source(file, content, tuple(found), tuple(remarks))


def _tables(content: Tables, only: str) -> list[Table]:
    """The tables that say anything, or the one that is asked for. Raises `BadInput` where there is none of that name."""
    found = [table for table in content.tables if not only or table.name.casefold() == only.strip().casefold()]
    if not found and only:
        raise BadInput(
            _("There is no sheet “%(name)s” in the file.") % {"name": only},
            _("There is %(known)s.") % {"known": ", ".join(table.name for table in content.tables)},
        )
    return [table for table in found if any(map(any, table.rows))]


def _with_said(table: Table, asked: Asked, kept: mappings.Mapped, wanted: Sheet | None) -> Recognised | None:
    """The table as it is understood with what was said of its columns, now and before."""
    said = {sheet: dict(columns) for sheet, columns in kept.items()}
    first = recognise(table, said, wanted=wanted)
    if not asked.mapped:
        return first
    sheet = wanted or (first.sheet if first is not None else wanted_sheet("projects"))
    for path in asked.mapped.values():
        target(sheet, path)
    return recognise(table, mappings.with_more(said, sheet.id, asked.mapped), wanted=sheet)


def _too_many(table: Table) -> BadInput:
    return BadInput(
        _("%(sheet)s has more than %(limit)s rows.") % {"sheet": table.name or _("The file"), "limit": MOST_ROWS},
        _("Divide it: all that is taken in at a time becomes one change."),
    )


# --- carrying it out ------------------------------------------------------------------------------------------------


def carry_out(
    store: Store, plan: Plan, asked: Asked, *, why: str, correction: bool = False, rest: Path | None = None
) -> Saved:
    """Save what is good as one change; what is not goes to the file `rest`, and where none is given nothing is saved.

    What was said of columns is remembered. Raises `Refused`, and as `Store.save`; then nothing was written anywhere.
    """
    if plan.bad and rest is None:
        raise nothing_saved(plan)
    kept = rest if plan.bad else None
    if kept is not None:
        from registry.exchange.rest import write_rest

        write_rest(plan, kept)
    try:
        saved = store.save(replace(plan.change, why=why, correction=correction))
    except BaseException:
        if kept is not None:
            kept.unlink(missing_ok=True)
        raise
    remember(store, plan, asked)
    return saved


def remember(store: Store, plan: Plan, asked: Asked) -> None:
    """Keep what was said of the columns of a file for the next one."""
    kept = mappings.load(store.repo)
    for one in plan.source.recognised if asked.mapped else ():
        mine = {read.heading.casefold() for read in one.reads}
        said = {heading: path for heading, path in asked.mapped.items() if heading.casefold() in mine}
        kept = mappings.with_more(kept, one.sheet.id, said)
    if asked.mapped:
        mappings.keep(store.repo, kept)


def nothing_saved(plan: Plan) -> Refused:
    """The error for a file with rows that cannot be taken, where nobody has said where to keep them."""
    wrong = len({bad.place for bad in plan.bad})
    said = ngettext(
        "Nothing was saved: %(count)s row cannot be taken.", "Nothing was saved: %(count)s rows cannot be taken.", wrong
    )
    return Refused(said % {"count": wrong}, _("Mend them, or give --keep-rest FILE to save the others."))
