"""Judging: the whole registry by all rules, and one record at each keystroke in its form."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import count, islice, product
from pathlib import Path
from typing import Final

from bench.measure import A_FRAME, Figure, Took, taking_turns
from bench.registries import REF
from registry.change import Change
from registry.judgement import findings
from registry.people import Book
from registry.records.fields import Field, Kind
from registry.records.kinds import KINDS
from registry.records.validate import validate
from registry.records.values import Data
from registry.store import Store

_PEOPLE: Final = 500
"""In the book whose names are looked for in every text."""
_FIRST: Final = ("Anna", "Erik", "Karin", "Lars", "Maria", "Nils", "Sara", "Per", "Eva", "Olof")
_LAST: Final = ("Andersson", "Berg", "Dahl", "Ek", "Fors", "Gran", "Holm", "Lind", "Nyberg", "Åström")


def judging(folder: Path, size: int) -> Iterator[Figure]:
    """Every rule over every record, read from the folder, beside one pass that reads the same fields."""
    book, today = _book(), date.today()

    def ours() -> object:
        return findings(Store.open(folder).current(), today, book=book)

    def theirs() -> int:
        return sum(_looked_at(record.kind, record.data) for record in Store.open(folder).current().records())

    took = taking_turns(ours, theirs, runs=7)
    yield Figure("all rules over all records", size, took[0], "one pass that reads the same fields", took[1], 3.0)


def typing(folder: Path, size: int) -> Iterator[Figure]:
    """What the form asks of the rules at a keystroke in a field that totals feel, beside a frame."""
    store, sums = Store.open(folder), count(45_000)
    store.keep_open()  # as the app does
    kind = KINDS["projects"]

    def ours() -> None:
        data = dict(store.saved().data(REF) or {})
        first, *rest = data["budget"]
        data["budget"] = [{**first, "granted": next(sums)}, *rest]
        validate(kind, data)
        store.judge(Change({REF: data}, "", base=store.repo.head()))

    took, _none = taking_turns(ours, runs=20)
    store.close()
    frame = Took(A_FRAME, A_FRAME)
    yield Figure("a keystroke in a form", size, took, "a frame of a screen", frame, 1.0)


def _book() -> Book:
    """Some hundred people."""
    names = (" ".join(name) for name in islice(product(_FIRST, _LAST, _LAST), _PEOPLE))
    return Book({f"p-{number + 222222}": {"name": name} for number, name in enumerate(names)})


def _looked_at(described: Kind | Field, data: Data) -> int:
    """How many fields of a record are there, each looked at once, those of its entries too: the rules ask for them all."""
    found = 0
    for field in described.fields:
        value = data.get(field.key)
        if value is None:
            continue
        found += 1
        if field.fields:
            for entry in value if isinstance(value, list) else [value]:
                found += _looked_at(field, entry)
    return found
