"""The registry in a few figures: what the overview tells, kept beside the rows so that it needs none of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from registry.records.values import Data
    from registry.rows import Row

_TO_COME = frozenset({"planned", "decided"})


class Coming(NamedTuple):
    """A project that is to start."""

    start: str
    """ISO date."""
    ref: str
    title: str


class Summary(NamedTuple):
    """A registry as of some day."""

    day: str
    """ISO date."""
    municipality: str
    language: str
    """As the registry says; "" where it does not."""
    fictional: bool
    coordinated: bool
    """Whether somebody is, or was, in charge of international contacts."""
    counts: Mapping[str, int]
    """Kind → how many records, of the kinds that are listed."""
    stages: Mapping[str, int]
    """Stage → how many projects; without one it is an idea."""
    coming: tuple[Coming, ...]
    """What was planned or decided to start on that day or later, the next first."""


def summarised(registry: Data, rows_of: Callable[[str], Iterable[Row]], day: date) -> Summary:
    """The summary of the record `registry` and of the rows of each kind."""
    from registry.records.kinds import KINDS, LISTED  # a summary that was kept is shown without them
    from registry.records.values import text

    columns = KINDS["projects"].columns
    stage, start = columns.index("stage"), columns.index("start")
    projects = list(rows_of("projects"))
    since = day.isoformat()
    return Summary(
        day=since,
        municipality=text(registry, "municipality"),
        language=text(registry, "language"),
        fictional=bool(registry.get("fictional")),
        coordinated=bool(registry.get("coordinators")),
        counts={kind_id: len(projects if kind_id == "projects" else list(rows_of(kind_id))) for kind_id in LISTED},
        stages=Counter(str(row.cells[stage] or "idea") for row in projects),
        coming=tuple(
            sorted(
                Coming(row.cells[start], row.ref, row.title)
                for row in projects
                if str(row.cells[stage]) in _TO_COME and isinstance(row.cells[start], str) and row.cells[start] >= since
            )
        ),
    )
