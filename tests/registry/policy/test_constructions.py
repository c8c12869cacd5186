"""What holds without a rule: the clauses of the policy's table that are kept by how the registry is made."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from registry.policy import judge
from registry.policy.attention import one_line_a_record
from registry.policy.stages import ORDER, gate
from registry.snapshot import Record
from registry.toml_files import read
from tests.registry.policy.world import BUN, DAY, KULTUR, TRIP, department, found, project, snapshot, told, world

STARTER = Path(__file__).resolve().parents[3] / "registry" / "starters" / "torsby" / "twin-towns"


def test_one_registry_serves_all_departments_and_one_overview_reads_them() -> None:
    records = {
        **world(),
        BUN: department(officers=None),
        KULTUR: department("KUN", officers=None),
        TRIP: project(purpose=None, department=KULTUR),
    }
    lines = one_line_a_record(judge(snapshot(records), DAY))
    assert {line.worst.ref for line in lines} >= {BUN, KULTUR, TRIP}
    assert len(lines) == len({line.worst.ref for line in lines})


def test_the_starter_has_the_six_towns_of_the_policys_table_unconfirmed() -> None:
    towns = {path.stem: read(path.read_bytes()) for path in STARTER.glob("*.toml")}
    assert {(town["country"], town["name"], town["agreement_year"]) for town in towns.values()} == {
        ("CL", "Påskön", 1987),
        ("DK", "Skjern", 1977),
        ("FI", "Rautalampi", 1992),
        ("FI", "Pernå", 1977),
        ("NO", "Bömlo", 1977),
        ("DE", "Grosskrotzenburg", 1965),
    }
    assert {town["agreement_status"] for town in towns.values()} == {"unconfirmed"}
    records = {**world(), **{f"twin-towns/{name}": town for name, town in towns.items()}}
    assert found(records) == []


@pytest.mark.parametrize("stage", ORDER)
@pytest.mark.parametrize(
    "lacking", ["purpose", "start", "department", "budget", "decisions", "documents", "evaluation"]
)
def test_a_project_with_a_twin_town_meets_the_same_gates_as_any_other(stage: str, lacking: str) -> None:
    ordinary: dict[str, Any] = {"cooperation": "partnership", "twin_towns": None, "countries": ["DK"]}
    with_town = project(stage, **{lacking: None})
    without = project(stage, **{**ordinary, lacking: None})
    assert told(found({**world(), TRIP: with_town})) == told(found({**world(), TRIP: without}))
    for step in ORDER:
        one, other = (
            gate(snapshot({**world(), TRIP: data}), Record(TRIP, data), step, date(2027, 4, 1))
            for data in (with_town, without)
        )
        assert one == other
