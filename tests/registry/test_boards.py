"""One abbreviation, one body."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from registry.checks import check
from registry.records.values import Data
from registry.snapshot import Snapshot
from tests.kit import BUN, git, save, torsby, with_department

OTHER = "departments/bygg"
BUILDING: Data = {"name": "Byggförvaltningen", "board": "Byggnadsnämnden", "board_short": "BUN"}


def found(snapshot: Snapshot) -> list[tuple[str, str, str]]:
    """What is said of abbreviations."""
    return [(item.ref, item.field, item.message) for item in check(snapshot) if "BUN" in item.message]


def test_an_abbreviation_stands_for_one_board(tmp_path: Path) -> None:
    store = with_department(torsby(tmp_path / "r"))
    now = store.committed()

    clash = found(now.edited({OTHER: BUILDING}))
    assert [(ref, field) for ref, field, _message in clash] == [(BUN, "board_short"), (OTHER, "board_short")]
    assert "Barn- och utbildningsnämnden, Byggnadsnämnden" in clash[0][2]

    shared = {**BUILDING, "board": "Barn- och  Utbildningsnämnden"}
    assert found(now.edited({OTHER: shared})) == [], "two departments under one board"
    assert found(now.edited({OTHER: {**BUILDING, "active_until": date(1995, 12, 31)}})) == [], "it was another's then"
    assert found(now.edited({OTHER: {**BUILDING, "board": ""}})) == [], "perhaps the same board"


def test_an_abbreviation_of_the_registry_is_no_other_boards(tmp_path: Path) -> None:
    now = with_department(torsby(tmp_path / "r")).committed()
    bodies = [{"short": "BUN", "name": "Bygg- och utvecklingsnämnden"}]
    clash = found(now.edited({"registry": {**now.registry, "bodies": bodies}}))
    assert [(ref, field) for ref, field, _message in clash] == [(BUN, "board_short"), ("registry", "bodies[0].short")]


def test_the_boards_new_name_is_saved_one_department_at_a_time(tmp_path: Path) -> None:
    store = with_department(torsby(tmp_path / "r"))
    save(store, OTHER, act="new", **{**BUILDING, "board": "Barn- och utbildningsnämnden"})
    saved = save(store, BUN, "Nämnden bytte namn.", board="Bildningsnämnden")
    assert [finding.clause for finding in saved.findings] == ["schema"], "it is said, and in nobody's way"
    assert not save(store, OTHER, "Nämnden bytte namn.", board="Bildningsnämnden").findings
    assert git(store, "status", "--porcelain") == ""
