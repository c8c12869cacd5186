"""What leaves comes back as it left: no export changes anything when it is taken in again."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from registry.exchange.layout import SHEETS
from registry.records.fields import Field
from registry.records.kinds import KINDS
from registry.records.refs import folder_of
from registry.records.types import (
    Country,
    Date,
    DecisionText,
    FieldType,
    Goal,
    MapOf,
    Money,
    Number,
    OneOf,
    Pattern,
    Person,
    Ref,
    SetOf,
    Table,
    Tables,
    Text,
    YesNo,
)
from registry.words import LANGUAGES, speaking
from tests.registry.exchange.kit import out, taken_in
from tests.registry.policy.world import snapshot

LETTERS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
HOSTILE = [
    "=1+1",
    "@x",
    "-2",
    "'=a",
    "''=a",
    "\tx",
    " två  ord ",
    "å\u030a",
    "_x0041_",
    "\x1b[31m",
    "\r\nx",
    "\ufffe",
    "x" * 40_000,
]
WRONG = st.sampled_from([0, -1, 1.5, True, 10**20, "x", date(1850, 1, 1), datetime(2026, 5, 4, 10), [1, "a"], {"a": 1}])


def values(kind: FieldType) -> st.SearchStrategy[Any]:  # noqa: PLR0912 - a case a type
    """Values of a type as a record holds them."""
    match kind:
        case Text():
            return st.one_of(LETTERS.filter(bool), st.sampled_from(HOSTILE))
        case Number(least=least, most=most):
            return st.integers(least, most)
        case Money():
            return st.integers(0, 10**12)
        case YesNo():
            return st.booleans()
        case Date():
            return st.dates(date(1900, 1, 1), date(2200, 12, 31))
        case OneOf(options):
            return st.sampled_from([option.value for option in options])
        case SetOf(item=item):
            return st.lists(values(item), min_size=1, max_size=3, unique=True)
        case MapOf(key=key, item=item):
            return st.dictionaries(values(key), values(item), min_size=1, max_size=2)
        case Country():
            return st.sampled_from(["DK", "SE", "CL"])
        case Goal():
            return st.sampled_from(["democracy", "knowledge"])
        case Person():
            return st.sampled_from(["p-4tq8ab", "p-7k2m9x"])
        case Ref(folder=folder):
            return st.sampled_from([f"{folder}/a", f"{folder}/b"])
        case DecisionText():
            return st.just("BUN 2026-03-10 § 31, dnr BUN/2026:17")
        case Pattern(sample=sample):
            return st.just(sample)
        case Table(fields=fields):
            return records(fields, least=1)
        case Tables():
            return st.lists(entries(kind), max_size=3).map(lambda found: [e for e in found if e])
    raise AssertionError(kind)


def entries(kind: Tables) -> st.SearchStrategy[dict[str, Any]]:
    own = [field for field in kind.fields if field.key == "id"]
    return records(
        kind.fields if own else (*kind.fields,), least=1, also={} if own else {"id": st.sampled_from(["a", "b2", "c3"])}
    )


def records(
    fields: tuple[Field, ...], least: int = 0, also: dict[str, st.SearchStrategy[Any]] | None = None
) -> st.SearchStrategy[dict[str, Any]]:
    """A few of the fields, now and then with a value that none of them can have, or a key that nobody knows."""
    each = {field.key: st.one_of(values(field.type), values(field.type), values(field.type), WRONG) for field in fields}
    each |= {"nobodys_key": WRONG, **(also or {})}
    keys = st.lists(st.sampled_from(list(each)), min_size=least, max_size=8, unique=True)
    return keys.flatmap(lambda some: st.fixed_dictionaries({key: each[key] for key in some}))


REFS = ["registry", "policy", "departments/a", "twin-towns/a", "projects/2026/a", "projects/2026/b"]
REGISTRIES = st.fixed_dictionaries({ref: records(KINDS[folder_of(ref)].fields) for ref in REFS})


def require_nothing_changes(registry: Any, language: str) -> None:
    """Every file that can be made of the registry is taken in again."""
    now = snapshot(registry)
    with speaking(language):
        made = {"alla.xlsx": out(now, "alla.xlsx"), "alla.json": out(now, "alla.json")}
        made |= {f"{sheet}.csv": out(now, f"{sheet}.csv", sheet=sheet, for_excel=language == "sv") for sheet in SHEETS}
        for name, content in made.items():
            came = taken_in(now, name, content, sheet=name.removesuffix(".csv") if name.endswith(".csv") else "")
            assert not came.edits, (name, came.edits)
            assert not came.bad, (name, [str(bad) for bad in came.bad])


WITHOUT_SHRINKING = [Phase.explicit, Phase.reuse, Phase.generate]
"""To make such registries smaller takes minutes, and they are told well enough as they are."""


@given(REGISTRIES, st.sampled_from(LANGUAGES))
@settings(max_examples=12, phases=WITHOUT_SHRINKING)
def test_no_file_changes_anything_when_it_comes_back(registry: Any, language: str) -> None:
    require_nothing_changes(registry, language)


@pytest.mark.thorough
@given(REGISTRIES, st.sampled_from(LANGUAGES))
@settings(max_examples=600, phases=WITHOUT_SHRINKING)
def test_none_of_many_files_changes_anything(registry: Any, language: str) -> None:
    require_nothing_changes(registry, language)
