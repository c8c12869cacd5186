"""A push that contains a merge: two innocent sides may come together, and no merge is a way around the policy."""

from __future__ import annotations

import subprocess
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from registry.change import Change
from registry.store import Store
from tests.kit import BUN, PLANNED, SKJERN, TRIP, git, save, torsby, with_department
from tests.tui.cli.running import vanort
from tests.tui.cli.server import push

CHOIR = "projects/2026/korresa"
YEAR = date.today().year
AHEAD = {"start": date.today() + timedelta(120), "end": date.today() + timedelta(124)}


def central(amount: int) -> dict[str, Any]:
    return {"id": "b1", "year": YEAR, "source": "central", "planned": amount, "granted": amount}


@pytest.fixture
def mine(tmp_path: Path, server: Path) -> Store:
    """A registry with a frame of 100 000 for two projects, as the server has it."""
    store = with_department(torsby(tmp_path / "mine"))
    frame = {"id": "c1", "year": YEAR, "amount": 100_000, "state": "decided", "decision": "KF 2025-11-24 § 101"}
    save(store, "registry", "Fullmäktige beslutade.", central_funds=[frame])
    for ref in (TRIP, CHOIR):
        save(store, ref, act="new", **{**PLANNED, **AHEAD, "title": ref, "budget": [central(20_000)]})
    assert push(store, server)[0]
    return store


@pytest.fixture
def theirs(mine: Store, server: Path, tmp_path: Path) -> Store:
    """A colleague's clone."""
    subprocess.run(["git", "clone", "-q", str(server), str(tmp_path / "theirs")], check=True)
    return Store.open(tmp_path / "theirs")


def granted(store: Store, ref: str, amount: int, **more: Any) -> None:
    save(store, ref, "KS beviljade.", budget=[central(amount)], **more)


def merge(store: Store, server: Path, *options: str, message: str = "Ihop.") -> None:
    """As plain Git does it."""
    git(store, "pull", "-q", "--no-rebase", "--no-edit", *options, str(server), "main")
    git(store, "commit", "-q", "--amend", "-m", message)


def test_two_sides_within_a_frame_that_they_exceed_together_are_taken_and_told(
    mine: Store, theirs: Store, server: Path, tmp_path: Path
) -> None:
    granted(theirs, CHOIR, 60_000)
    assert push(theirs, server)[0]
    before = git(theirs, "rev-parse", "HEAD").strip()
    granted(mine, TRIP, 60_000)
    merge(mine, server)
    taken, said = push(mine, server)
    assert taken, said
    assert "[central-funds: " in said
    assert "Brought about by two sides" in said
    answer = vanort("check", "--since", before, "--json", cwd=mine.folder)
    assert (answer.code, answer.json) == (0, []), "nobody has to override it"


def test_the_same_by_one_side_alone_is_refused_with_or_without_a_merge(
    mine: Store, theirs: Store, server: Path
) -> None:
    save(theirs, SKJERN, potential="Skolor")
    assert push(theirs, server)[0]
    over = {**(mine.saved().data(TRIP) or {}), "budget": [central(95_000)]}
    mine.save(Change({TRIP: over}, "Vi ville mer.", overrides=("central-funds",)))
    git(mine, "commit", "-q", "--amend", "-m", "Vi ville mer.")
    merge(mine, server)
    taken, said = push(mine, server)
    assert not taken
    assert "[central-funds: " in said


def test_what_is_edited_after_the_merge_is_an_edit(mine: Store, theirs: Store, server: Path) -> None:
    granted(theirs, CHOIR, 60_000)
    assert push(theirs, server)[0]
    granted(mine, TRIP, 30_000)
    merge(mine, server)
    over = {**(mine.saved().data(TRIP) or {}), "budget": [central(50_000)]}
    mine.save(Change({TRIP: over}, "Vi ville mer.", overrides=("central-funds",)))
    git(mine, "commit", "-q", "--amend", "-m", "Vi ville mer.")
    assert not push(mine, server)[0]


def test_a_third_value_in_the_merge_itself_is_an_edit(mine: Store, theirs: Store, server: Path) -> None:
    granted(theirs, CHOIR, 60_000)
    assert push(theirs, server)[0]
    granted(mine, TRIP, 30_000)
    merge(mine, server)
    file = mine.folder / f"{TRIP}.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("30000", "50000"), encoding="utf-8")
    git(mine, "commit", "-qa", "--amend", "-m", "Ihop, och lite till.")
    taken, said = push(mine, server)
    assert not taken
    assert "[central-funds: " in said


def test_a_merge_that_drops_what_the_others_mended_is_an_edit(mine: Store, theirs: Store, server: Path) -> None:
    owing = {**(mine.saved().data(SKJERN) or {}), "financial_obligations": True}
    mine.save(Change({SKJERN: owing}, "En klausul.", overrides=("no-obligations",)))
    assert push(mine, server)[0]
    git(theirs, "pull", "-q")
    save(theirs, SKJERN, "Klausulen är struken.", financial_obligations=False)
    assert push(theirs, server)[0]
    save(mine, TRIP, participants=24)
    merge(mine, server, "-s", "ours")
    taken, said = push(mine, server)
    assert not taken
    assert "no-obligations" in said


def test_a_side_that_is_chosen_where_both_changed_a_field_is_no_edit(mine: Store, theirs: Store, server: Path) -> None:
    granted(theirs, CHOIR, 60_000)
    save(theirs, TRIP, participants=20)
    assert push(theirs, server)[0]
    granted(mine, TRIP, 60_000)
    save(mine, TRIP, participants=30)
    git(mine, "config", "--remove-section", "merge.vanort")  # by fields, Git's own -X is not heard of
    merge(mine, server, "-X", "ours")
    assert (Store.open(mine.folder).saved().data(TRIP) or {})["participants"] == 30
    taken, said = push(mine, server)
    assert taken, said


def test_a_merge_within_the_push_is_looked_into_as_well(mine: Store, theirs: Store, server: Path) -> None:
    git(mine, "switch", "-qc", "side")
    granted(mine, TRIP, 60_000)
    git(mine, "switch", "-q", "main")
    side = Store.open(mine.folder)
    granted(side, CHOIR, 60_000)
    git(side, "merge", "-q", "--no-ff", "-m", "Ihop här.", "side")
    save(theirs, SKJERN, potential="Skolor")
    assert push(theirs, server)[0]
    merge(side, server)
    taken, said = push(side, server)
    assert taken, said
    assert "[central-funds: " in said


def test_an_officer_who_left_while_a_project_was_decided_stops_no_merge(
    mine: Store, theirs: Store, server: Path
) -> None:
    officer = {"id": "o1", "person": "p-4tq8ab", "function": "Rektor", "from": date(YEAR, 1, 1)}
    save(mine, BUN, "Rektor.", officers=[officer])
    assert push(mine, server)[0]
    git(theirs, "pull", "-q")
    gone = {**officer, "until": date.today() - timedelta(1)}
    save(theirs, BUN, "Rektorn har slutat.", officers=[gone])
    assert push(theirs, server)[0]
    save(mine, TRIP, "Nämnden sa ja.", decision="dnr BUN/2026:17", stage="decided")
    merge(mine, server)
    taken, said = push(mine, server)
    assert taken, said
    assert "exchange-officer" in said


def test_a_reference_to_what_the_others_removed_is_refused_all_the_same(
    mine: Store, theirs: Store, server: Path
) -> None:
    town = "twin-towns/storehammer"
    save(mine, town, act="new", name="Storehammer", country="NO", agreement_status="proposed")
    assert push(mine, server)[0]
    git(theirs, "pull", "-q")
    theirs.save(Change({town: None}, "Dubblett.", act="delete"))
    assert push(theirs, server)[0]
    save(mine, TRIP, twin_towns=[town])
    merge(mine, server)
    taken, said = push(mine, server)
    assert not taken
    assert "references" in said


def test_a_new_branch_with_such_a_merge_in_it_is_taken(
    mine: Store, theirs: Store, server: Path, tmp_path: Path
) -> None:
    granted(theirs, CHOIR, 60_000)
    assert push(theirs, server)[0]
    granted(mine, TRIP, 60_000)
    merge(mine, server)
    answer = vanort("check", "--since", "0" * 40, cwd=mine.folder)
    assert answer.code == 0, answer.out
