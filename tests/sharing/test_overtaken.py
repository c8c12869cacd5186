"""A hand edit of what a colleague has changed meanwhile: told when it comes, and asked about when the hand edit is saved."""

from __future__ import annotations

from pathlib import Path

from registry.git import hand_bases
from registry.settling import settle
from registry.store import Conflicted, Store
from tests.kit import SKJERN, TRIP, git, save, write_file
from tests.sharing.kit import copied, done, said

FILE = f"{TRIP}.toml"


def by_hand(store: Store, old: str, new: str) -> None:
    text = (store.folder / FILE).read_text()
    assert old in text
    write_file(store, FILE, text.replace(old, new))


def participants(store: Store) -> object:
    return (store.committed().data(TRIP) or {})["participants"]


def test_a_hand_edit_does_not_silently_win_over_what_came(made: Path, tmp_path: Path) -> None:
    anna, berit = copied(made, tmp_path)
    save(berit, TRIP, participants=10)
    done(berit, "sync")
    done(anna, "sync")
    by_hand(anna, "participants = 10", "participants = 30")
    save(berit, TRIP, participants=20, youth=True)
    done(berit, "sync")
    answer = done(anna, "sync")
    assert "participants" in answer.err.lower()
    for word in ("30", "20", "Berit Exempel"):
        assert word in answer.err
    refused = said(anna, "save", "-m", "Rättelse.")
    assert refused.code == 2
    assert "20 by Berit Exempel" in refused.err
    assert "--ours" in refused.err
    assert participants(anna) == 20
    change = anna.saving_by_hand([TRIP], "Rättelse.")
    try:
        anna.save(change)
    except Conflicted as clash:
        met = clash
    assert [conflict.field for conflict in met.conflicts[TRIP]] == ["participants"]
    theirs = settle(anna, change, {(TRIP, "participants"): "theirs"})
    assert (theirs.edits[TRIP] or {})["participants"] == 20
    done(anna, "save", "--ours", "-m", "Rättelse.")
    assert participants(anna) == 30
    assert (anna.committed().data(TRIP) or {})["youth"] is True
    assert hand_bases.load(anna.repo) == {}
    by_hand(anna, "participants = 30", "participants = 31")
    save(anna, SKJERN, potential="Mässa")
    done(anna, "save", "-m", "Rättelse.")
    assert participants(anna) == 31


def test_their_value_in_the_file_answers_and_other_fields_are_never_asked_about(made: Path, tmp_path: Path) -> None:
    anna, berit = copied(made, tmp_path)
    by_hand(anna, 'stage = "planned"', 'stage = "planned"\nparticipants = 30')
    save(berit, TRIP, youth=True)
    done(berit, "sync")
    assert done(anna, "sync", "--json").json["overtaken"] == []
    save(berit, TRIP, participants=20)
    done(berit, "sync")
    (told,) = done(anna, "sync", "--json").json["overtaken"]
    assert "20" in told
    by_hand(anna, "participants = 30", "participants = 20\nexpected_value = 'Vänner.'")
    done(anna, "save", "-m", "Rättelse.")
    assert (participants(anna), (anna.committed().data(TRIP) or {})["expected_value"]) == (20, "Vänner.")
    assert git(anna, "status", "--porcelain") == ""
