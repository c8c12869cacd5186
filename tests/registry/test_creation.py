"""New records: their names, what they are given unasked, what they take over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import pytest

from registry.creation import TAKEN_OVER, new_record
from registry.errors import BadInput, BrokenFile, NotFound, Refused
from registry.records.kinds import KINDS, LISTED
from registry.records.values import Data
from registry.snapshot import Snapshot

TODAY = date(2026, 11, 23)
PROJECTS, TOWNS = KINDS["projects"], KINDS["twin-towns"]


class Nowhere:
    """A source without files."""

    commit: str | None = None

    def paths(self, folder: str = "") -> Sequence[str]:  # noqa: ARG002
        return ()

    def read(self, path: str) -> bytes | None:  # noqa: ARG002
        return None

    def rows(self) -> None:
        return None

    def digests(self) -> None:
        return None

    def read_ahead(self, paths: Sequence[str]) -> None:  # noqa: ARG002
        return None

    def read_all(self, paths: Sequence[str]) -> Iterator[tuple[str, bytes | BrokenFile]]:  # noqa: ARG002
        return iter(())


def snapshot(**records: Data) -> Snapshot:
    """A snapshot of these records, and of a registry opened on 1 January 2026."""
    registry = {"municipality": "Torsby kommun", "opened": date(2026, 1, 1)}
    return Snapshot(
        Nowhere(), {"registry": registry, **{key.replace("__", "/"): data for key, data in records.items()}}
    )


def test_a_project_is_named_after_its_title_in_the_year_it_is_added() -> None:
    ref, data = new_record(PROJECTS, {"title": "Körresa till Bømlo"}, snapshot(), TODAY)
    assert ref == "projects/2026/korresa-till-bomlo"
    assert data == {"title": "Körresa till Bømlo", "registered": TODAY}


@pytest.mark.parametrize(
    ("start", "ref", "afterwards"),
    [
        (date(2019, 5, 1), "projects/2019/resa", True),
        (date(2025, 12, 31), "projects/2025/resa", True),
        (date(2026, 1, 1), "projects/2026/resa", None),
        (date(2027, 5, 1), "projects/2026/resa", None),
    ],
)
def test_what_began_before_the_registry_is_filed_under_the_year_it_began(
    start: date, ref: str, afterwards: bool | None
) -> None:
    made, data = new_record(PROJECTS, {"title": "Resa", "start": start}, snapshot(), TODAY)
    assert made == ref
    assert data.get("recorded_afterwards") is afterwards
    assert data["registered"] == TODAY


def test_what_is_said_outright_wins_over_what_would_be_given() -> None:
    said = {"title": "Resa", "start": date(2019, 5, 1), "registered": date(2018, 1, 1), "recorded_afterwards": False}
    ref, data = new_record(PROJECTS, said, snapshot(), TODAY)
    assert (ref, data) == ("projects/2018/resa", said)


def test_only_projects_are_given_anything() -> None:
    assert new_record(TOWNS, {"name": "Ås"}, snapshot(), TODAY) == ("twin-towns/as", {"name": "Ås"})


def test_a_made_name_is_numbered_and_a_given_one_refused_where_it_is_taken() -> None:
    there = snapshot(**{"twin-towns__as": {"name": "Ås"}, "twin-towns__as-2": {"name": "Ås"}})
    assert new_record(TOWNS, {"name": "Ås"}, there, TODAY)[0] == "twin-towns/as-3"
    assert new_record(TOWNS, {"name": "Ås"}, there, TODAY, ref="twin-towns/annat")[0] == "twin-towns/annat"
    with pytest.raises(Refused, match="twin-towns/as"):
        new_record(TOWNS, {"name": "Ås"}, there, TODAY, ref="twin-towns/as")


@pytest.mark.parametrize("data", [{}, {"title": ""}, {"title": "  "}, {"title": 7}])
def test_a_record_without_a_title_is_refused_with_an_example(data: Data) -> None:
    with pytest.raises(BadInput, match="title=") as refusal:
        new_record(PROJECTS, data, snapshot(), TODAY)
    assert refusal.value.hint


def test_there_is_one_registry_and_one_policy() -> None:
    for kind in ("registry", "policy"):
        with pytest.raises(Refused):
            new_record(KINDS[kind], {"title": "X", "municipality": "X"}, snapshot(), TODAY)


def test_a_record_like_another_takes_over_what_holds_for_more_than_one_occasion() -> None:
    model = {
        "title": "Förra årets resa",
        "stage": "evaluated",
        "start": date(2025, 5, 1),
        "department": "departments/bun",
        "goals": ["democracy"],
        "partners": [{"id": "p7abc", "name": "Skjern IF"}],
        "budget": [{"id": "b2abc", "year": 2025, "source": "central"}],
        "registered": date(2024, 1, 1),
        "purpose": "",
    }
    there = snapshot(projects__2025__resa=model)
    ref, data = new_record(
        PROJECTS, {"title": "Årets resa", "goals": ["knowledge"]}, there, TODAY, like="projects/2025/resa"
    )
    assert ref == "projects/2026/arets-resa"
    assert data == {
        "title": "Årets resa",
        "department": "departments/bun",
        "goals": ["knowledge"],
        "partners": [{"name": "Skjern IF"}],
        "registered": TODAY,
    }
    assert model["partners"] == [{"id": "p7abc", "name": "Skjern IF"}]


def test_the_other_record_must_be_there_and_of_the_same_kind() -> None:
    with pytest.raises(NotFound):
        new_record(PROJECTS, {"title": "X"}, snapshot(), TODAY, like="projects/2025/resa")
    with pytest.raises(BadInput):
        new_record(PROJECTS, {"title": "X"}, snapshot(), TODAY, like="twin-towns/skjern")


def test_every_kind_says_what_is_taken_over_and_only_keys_that_it_has() -> None:
    assert set(TAKEN_OVER) == set(LISTED)
    for kind, keys in TAKEN_OVER.items():
        assert set(keys) <= set(KINDS[kind].by_key)
        assert KINDS[kind].title_key not in keys
