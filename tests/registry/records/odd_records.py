"""Records as hands, other programs and accidents leave them: anything that TOML can hold, under keys that matter."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from registry.records.fields import Field, Kind
from registry.records.kinds import KINDS
from registry.records.types import Table, Tables

ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.booleans()
    | st.integers(-3, 3000)
    | st.floats()
    | st.text(max_size=4)
    | st.dates()
    | st.datetimes()
    | st.times(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=4,
)
"""What TOML can hold."""


def _about(field: Field) -> st.SearchStrategy[Any]:
    """Mostly something like what the field takes."""
    if isinstance(field.type, Table):
        return ANYTHING | _table(field.fields)
    if isinstance(field.type, Tables):
        return ANYTHING | _table(field.fields) | st.lists(_table(field.fields) | ANYTHING, max_size=3)
    return ANYTHING | st.sampled_from(["b1", "x", "", "2026-05-04", "KS 1987", "met"])


def _table(fields: tuple[Field, ...]) -> st.SearchStrategy[dict[str, Any]]:
    known = {field.key: _about(field) for field in fields}
    return st.lists(st.sampled_from(sorted(known)), max_size=4, unique=True).flatmap(
        lambda keys: st.fixed_dictionaries(
            {key: known[key] for key in keys}, optional={"odd": ANYTHING, "a.b c": ANYTHING, "": ANYTHING}
        )
    )


def _of_kind(kind: Kind) -> st.SearchStrategy[tuple[Kind, dict[str, Any]]]:
    return st.tuples(st.just(kind), _table(kind.fields))


ODD_RECORDS: st.SearchStrategy[tuple[Kind, dict[str, Any]]] = st.sampled_from(list(KINDS.values())).flatmap(_of_kind)
"""A kind, and something that stands where such a record should."""
