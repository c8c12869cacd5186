"""`vanort budget`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

import click

from registry.words import _
from tui.cli.answers import say, say_json, styled
from tui.cli.columns import aligned, cells
from tui.cli.frame import Command
from tui.cli.invocation import Invocation
from tui.cli.parameters import at_option, json_option

if TYPE_CHECKING:
    from registry.policy.money import BudgetYear, FrameUse, Sums
    from registry.snapshot import Snapshot

_BAR: Final = 20


def make(summary: str) -> Command:
    """The command."""
    return Command(
        "budget",
        run,
        summary,
        reads=True,
        text=_(
            "Whole kronor: planned, applied for, granted and spent, by source, department and programme; the frames and "
            "what is left of them; each project's cost against what is granted."
        ),
        params=[
            click.Option(
                ["--year"], type=click.IntRange(1, 9999), metavar=_("YEAR"), help=_("Another than this year.")
            ),
            at_option(),
            json_option(),
        ],
        examples=[
            ("vanort budget", _("This year's money.")),
            ("vanort budget --year 2025 --json", _("Another year's, for a program.")),
            ("vanort budget --year 2025 --at 2025-06-30", _("Another year's, as it stood at midsummer.")),
        ],
    )


def run(invocation: Invocation, *, year: int | None, at: str | None) -> None:
    """Tell a year's money."""
    from registry.policy.money import budget, years

    snapshot, day = invocation.store.as_of(at)
    found = budget(snapshot, year or day.year)
    if invocation.wants_json:
        say_json(found.as_json())
        return
    if (
        not found.projects
        and not found.departments
        and found.central.decided is None
        and found.central.proposed is None
    ):
        known = ", ".join(map(str, years(snapshot)))
        say(_("There is no money in the registry for %(year)s.") % {"year": found.year})
        if known:
            say(_("There is for: %(years)s") % {"years": known})
        return
    say(styled(_("Budget %(year)s") % {"year": found.year}, "bold"))
    for text in _tables(found, snapshot):
        say(text)


def _tables(found: BudgetYear, snapshot: Snapshot) -> Iterator[str]:
    from registry.plain_text import line
    from registry.records.project_kind import SOURCES

    labels = {source.value: str(source.label) for source in SOURCES}
    sources = {labels.get(source, line(source)) or _("no source"): sums for source, sums in found.by_source.items()}
    departments = {
        line(snapshot.title(ref)) if ref else _("no department"): s for ref, s in found.by_department.items()
    }
    yield from _sums(_("By source"), {**sources, _("In all"): found.total})
    yield from _sums(_("By department"), departments)
    yield from _sums(_("By programme"), {line(name): sums for name, sums in found.by_programme.items()})
    yield from _frames(found, snapshot)
    yield from _projects(found)


def _sums(heading: str, rows: Mapping[str, Sums]) -> Iterator[str]:
    if not rows:
        return
    head = [heading, *_headings("planned", "applied", "granted", "spent"), ""]
    widest = max(max(sums.planned, sums.granted, sums.spent) for sums in rows.values())
    table = [
        [name, *map(_number, (sums.planned, sums.applied, sums.granted, sums.spent)), _bar(sums, widest)]
        for name, sums in rows.items()
    ]
    yield from _table([head, *table], numbers=range(1, 5))


def _headings(*keys: str) -> list[str]:
    """What records call these amounts, in mid-sentence."""
    from registry.records.project_kind import PROJECT
    from registry.words import lowered

    line = {field.key: field for field in PROJECT.by_key["budget"].fields}
    return [lowered(str((line.get(key) or PROJECT.by_key[key]).label)) for key in keys]


def _bar(sums: Sums, widest: int) -> str:
    """Spent, then what is granted and not spent, then what is planned and not granted, as long as it is much."""
    if widest <= 0:
        return ""
    ends = [min(max(amount, 0), widest) * _BAR // widest for amount in (sums.spent, sums.granted, sums.planned)]
    spent, granted, planned = ends[0], max(ends[:2]), max(ends)
    return "█" * spent + "▓" * (granted - spent) + "░" * (planned - granted)


def _frames(found: BudgetYear, snapshot: Snapshot) -> Iterator[str]:
    from registry.plain_text import line
    from registry.records.common_fields import FRAME_STATES

    frames = {_("central money"): found.central}
    frames |= {line(snapshot.title(ref)): use for ref, use in found.departments.items()}
    states = {state.value: str(state.label) for state in FRAME_STATES}
    head = [_("Frames"), states["proposed"], states["decided"], _("taken"), _("left"), ""]
    yield from _table([head, *(_frame(name, use) for name, use in frames.items())], numbers=range(1, 5))


def _frame(name: str, use: FrameUse) -> list[str]:
    amounts = [_number(amount) for amount in (use.proposed, use.decided, use.taken, use.left)]
    exceeded = use.left is not None and use.left < 0
    return [name, *amounts, _("exceeded") if exceeded else _share(use)]


def _share(use: FrameUse) -> str:
    if not use.decided or use.decided < 0:
        return ""
    taken = min(max(use.taken, 0), use.decided) * _BAR // use.decided
    return "█" * taken + "░" * (_BAR - taken)


def _projects(found: BudgetYear) -> Iterator[str]:
    from registry.plain_text import line

    head = [_("Projects"), *_headings("planned", "granted", "spent", "cost"), _("granted in all"), _("short")]
    table = [
        [line(project.title), *map(_number, (project.sums.planned, project.sums.granted, project.sums.spent)),
         *map(_number, (project.cost, project.granted_in_all, project.short or None))]
        for project in found.projects
    ]  # fmt: skip
    if table:
        yield from _table([head, *table], numbers=range(1, 7))


def _number(amount: int | None) -> str:
    from registry.records.money import show_number

    return "–" if amount is None else show_number(amount)


def _table(rows: Sequence[Sequence[str]], numbers: Iterable[int]) -> Iterator[str]:
    """A heading and its rows, after an empty line; the columns `numbers` end where the longest of them ends."""
    widths = {column: max(cells(row[column]) for row in rows) for column in numbers}
    heading, *lines = aligned(
        [
            [" " * (widths.get(at, 0) - cells(cell)) + cell if at in widths else cell for at, cell in enumerate(row)]
            for row in rows
        ]
    )
    yield ""
    yield styled(heading, "bold")
    yield from lines
