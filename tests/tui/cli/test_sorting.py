"""`vanort list --sort`: the policy's order unless another is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.cli.conftest import PROJECT
from tests.tui.cli.running import done, vanort
from tests.tui.cli.test_help_and_language import completed

OLD, YOUNG, LATE = "projects/2028/skidresa", "projects/2026/lager", "projects/2029/konsert"


@pytest.fixture
def several(registry: Path) -> Path:
    """Four projects: two within Europe, of which one for the young, and two elsewhere or nowhere."""
    for ref, *values in (
        (OLD, "title=Ärendet om skidor", "start=2028-02-01", "stage=cancelled", "stage_reason=Snön kom inte det året."),
        (YOUNG, "title=Läger", "start=2026-06-01", "youth=true", "countries=FI"),
        (LATE, "title=Konsert i Santiago", "countries=CL"),
    ):
        done("new", ref, *values, "-m", "Nytt projekt.", cwd=registry)
    return registry


def listed(folder: Path, *options: str, kind: str = "projects") -> list[str]:
    """The REFs, as a program reads them and as a person does: in the same order."""
    refs = [record["ref"] for record in done("list", kind, *options, "--json", cwd=folder).json]
    rows = done("list", kind, *options, cwd=folder).out.splitlines()[1:-1]
    assert [row.split()[0] for row in rows] == refs
    return refs


def test_projects_come_as_the_policy_prioritises_them_unless_asked_otherwise(several: Path) -> None:
    assert listed(several) == listed(several, "--sort", "priority") == [YOUNG, PROJECT, OLD, LATE]
    assert listed(several, "--sort", "ref") == [YOUNG, PROJECT, OLD, LATE]
    assert listed(several, "--sort=-ref") == [LATE, OLD, PROJECT, YOUNG]


def test_a_list_is_sorted_by_what_it_shows_and_what_has_no_value_comes_last_either_way(several: Path) -> None:
    assert listed(several, "--sort", "start") == [YOUNG, PROJECT, OLD, LATE]
    assert listed(several, "--sort", "-start") == [OLD, PROJECT, YOUNG, LATE]
    assert listed(several, "--sort", "title") == [LATE, PROJECT, YOUNG, OLD]  # Ä comes last in Swedish
    assert listed(several, "--sort", "-stage")[0] == OLD  # along the way of a project, not by the letters
    assert listed(several, "--sort", "department")[0] == PROJECT
    assert listed(several, "--sort", "start", "--where", "countries=FI") == [YOUNG]


def test_towns_where_the_cooperation_works_come_first_and_numbers_are_sorted_as_numbers(several: Path) -> None:
    worked = "cooperation+={date=2026-03-01,working=true,note=Det fungerar mycket bra för alla}"
    done("set", "twin-towns/skjern", worked, "-m", "Ny uppgift.", cwd=several)
    assert listed(several, kind="twin-towns")[0] == "twin-towns/skjern"
    by_year = listed(several, "--sort", "agreement_year", kind="twin-towns")
    years = {town["ref"]: town["agreement_year"] for town in done("list", "twin-towns", "--json", cwd=several).json}
    assert [years[ref] for ref in by_year] == sorted(years.values())
    before = listed(several, "--at", "HEAD~1", kind="twin-towns")
    assert before != listed(several, kind="twin-towns")


def test_a_key_that_a_list_cannot_be_sorted_by_is_named_with_those_there_are(several: Path) -> None:
    answer = vanort("list", "projects", "--sort", "startt", "--lang", "en", cwd=several)
    assert (answer.code, answer.out) == (2, "")
    assert "cannot be sorted by “startt”" in answer.err
    assert "Did you mean start?" in answer.err
    refused = vanort("list", "departments", "--sort", "budget", "--json", cwd=several)
    assert "kan inte ordnas efter ”budget”" in refused.error["error"]
    assert "ref, name, board_short, ambition" in refused.error["hint"]


def test_the_shell_completes_the_keys_of_the_kind(several: Path) -> None:
    assert completed(several, "list", "projects", "--sort", "p") == ["priority"]
    assert completed(several, "list", "projects", "--sort", "st") == ["stage", "start"]
    assert "priority" not in completed(several, "list", "departments", "--sort", "")
    assert completed(several, "list", "projects", "--where", "youth=t") == ["youth=true"]
