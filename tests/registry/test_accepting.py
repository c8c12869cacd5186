"""A text that only looks like personal data is accepted once, with a reason, for everybody."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from registry.accepting import accepting
from registry.errors import Refused
from registry.judgement import findings
from tests.kit import SKJERN, git, save, torsby

NUMBER = "0560-160 00"


def test_a_false_alarm_is_raised_once(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    with pytest.raises(Refused, match="personal-data"):
        save(store, SKJERN, potential=f"Ring växeln på {NUMBER}.")
    with pytest.raises(Refused, match="ser inte ut som"):
        accepting(store.saved(), store.book, "växeln", "Den är allas.")
    store.people.add({"name": "Bo Exempel", "email": "bo@example.org"})
    for somebodys in ("Bo Exempel", "Exempel, Bo", "BO@example.org"):
        with pytest.raises(Refused, match="i personboken"):
            accepting(store.saved(), store.book, somebodys, "Alla vet det.")
    store.save(accepting(store.saved(), store.book, NUMBER, "Växelns nummer."))
    save(store, SKJERN, potential=f"Ring växeln på {NUMBER}.")
    save(store, "twin-towns/paskon", potential=f"Växeln: {NUMBER}", why=f"Växeln har {NUMBER}.")
    assert "Policy-Override" not in git(store, "log", "--format=%B")
    found = [each for each in findings(store.saved(), date.today(), None, store.book) if each.clause == "personal-data"]
    assert found == []
    with pytest.raises(Refused, match="personal-data"):
        save(store, SKJERN, potential="Ring 0560-161 11.")
    with pytest.raises(Refused, match="redan godtagen"):
        accepting(store.saved(), store.book, NUMBER, "Igen.")
