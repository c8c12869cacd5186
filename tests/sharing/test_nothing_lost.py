"""The auditor itself: it finds a value that a merge dropped, and takes what somebody settled for settled."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry.sharing.joining import join
from registry.sharing.sides import sides_of
from tests.kit import SKJERN, TRIP, git, save
from tests.sharing.kit import copied, shared_registry
from tests.sharing.nothing_lost import Auditor, Lost


def test_a_dropped_value_is_found_unless_somebody_settled_it(tmp_path: Path) -> None:
    anna, berit = copied(shared_registry(tmp_path), tmp_path)
    save(berit, TRIP, participants=20, goals=["democracy"])
    git(berit, "push", "-q", "origin", "main")
    save(anna, TRIP, expected_value="Vänner.\nFler vänner.", goals=["knowledge"])
    git(anna, "fetch", "-q")
    head, tip = git(anna, "rev-parse", "main").strip(), git(anna, "rev-parse", "origin/main").strip()
    text = (join(anna, sides_of(anna.repo, head, tip)).files[f"{TRIP}.toml"] or b"").decode()
    auditor = Auditor(anna.folder)

    def merged(text: str, trailer: str = "") -> str:
        (anna.folder / f"{TRIP}.toml").write_text(text)
        git(anna, "add", "-A")
        tree = git(anna, "write-tree").strip()
        return git(anna, "commit-tree", "-p", tip, "-p", head, tree, input=f"Ihop\n\n{trailer}\n").strip()

    assert auditor.require_nothing_lost(merged(text)) == 1
    for gone, field in (
        ("participants = 20\n", "participants"),
        ("Fler vänner.", "expected_value"),
        ('"democracy"', "goals"),
    ):
        spoiled = text.replace(f"{gone}, ", "").replace(gone, "")
        assert spoiled != text
        with pytest.raises(Lost, match=field):
            auditor.require_nothing_lost(merged(spoiled))
        with pytest.raises(Lost, match=field):
            auditor.require_nothing_lost(merged(spoiled, f"Settled: {SKJERN} {field} ours"))
        for settled in (field, "-"):
            assert auditor.require_nothing_lost(merged(spoiled, f"Settled: {TRIP} {settled} ours")) == 1
