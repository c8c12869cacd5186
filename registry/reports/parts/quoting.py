"""The policy's own words, where a part of a report answers to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from registry.reports.document import Quote


def quoted(quotes: Mapping[str, str], *clauses: str) -> Iterator[Quote]:
    """What the policy says in these clauses, word by word; of a clause that it has no words for, nothing."""
    for clause in clauses:
        if words := quotes.get(clause, ""):
            yield Quote(words, f"§ {clause}")
