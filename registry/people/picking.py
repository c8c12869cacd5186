"""Finding people by typing: all words, in any order, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from registry.plain_text import Search, collate, fold, loosen
from registry.records.values import Data, text

_SEARCHED = ("title", "organisation", "email", "telephone")


@dataclass(frozen=True, slots=True)
class PickList:
    """People in the order of their names, folded once so that a keystroke is one scan."""

    ids: tuple[str, ...]
    folded: tuple[str, ...]
    loose: tuple[str, ...]
    names: tuple[str, ...]
    """The loosened names alone, each with a space before it, so that a word's beginning is found by ``in``."""

    @classmethod
    def of(cls, people: Mapping[str, Data]) -> PickList:
        """The list of `people` (id → entry)."""
        names = _fold_all(text(entry, "name") or person for person, entry in people.items())
        rest = _fold_all(
            "  ".join((*(text(entry, key) for key in _SEARCHED), person)) for person, entry in people.items()
        )
        rows = sorted(zip(map(collate, names), people, names, rest, strict=True))
        folded = tuple(f"{name}  {more}" for _order, _person, name, more in rows)
        return cls(
            ids=tuple(person for _order, person, _name, _more in rows),
            folded=folded,
            loose=tuple(map(loosen, folded)),
            names=tuple(" " + loosen(name) for _order, _person, name, _more in rows),
        )

    def find(self, typed: str, limit: int | None = None) -> list[str]:
        """The ids that match `typed`, best first; see `Book.find`."""
        search = Search.of(typed)
        if not search:
            return list(self.ids[:limit])
        start = " " + loosen(" ".join(fold(typed).split()))
        words = [loosen(word) for word in search.words]
        ranked: list[list[int]] = [[], [], [], []]
        for at in search.select(self.folded, self.loose):
            name = self.names[at]
            if name.startswith(start):
                ranked[0].append(at)
            elif all(f" {word}" in name for word in words):
                ranked[1].append(at)
            else:
                ranked[2 if all(word in name for word in words) else 3].append(at)
        return [self.ids[at] for at in [at for rank in ranked for at in rank][:limit]]


def _fold_all(rows: Iterable[str]) -> tuple[str, ...]:
    """Each row folded, all in one call; a line break in one is a space."""
    lines = [row.replace("\n", " ") for row in rows]
    return tuple(fold("\n".join(lines)).split("\n")) if lines else ()
