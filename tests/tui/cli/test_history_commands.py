"""The history asked on the command line: filtered, by decision, between two dates, and for what is no more."""

from __future__ import annotations

from pathlib import Path

from registry.change import Change, renaming
from registry.store import Store
from tests.kit import BUN, SKJERN, TRIP, git, save, torsby, with_trip
from tests.tui.cli.running import done, vanort

DECISION = "BUN 2026-03-10 § 31, dnr BUN/2026:17"


def told(tmp_path: Path) -> Store:
    """A trip: granted under a decision, dearer without one, by two people; a town with another name; one removed."""
    store = with_trip(torsby(tmp_path / "r"))
    line = {
        "year": 2026,
        "source": "department",
        "department": BUN,
        "granted": 45_000,
        "decision": "BUN 2026-03-10 §31",
    }
    save(store, TRIP, "Nämnden beviljade.", decision=DECISION, budget=[line])
    git(store, "config", "user.name", "Bo Exempel")
    save(store, TRIP, "Dyrare buss.", cost=60_000, decision_expected="BUN 2026-06-10")
    edits = renaming(store.saved(), SKJERN, "twin-towns/ringkobing")
    store.save(Change(edits, "Sammanslagen.", act="rename", renamed_from={"twin-towns/ringkobing": SKJERN}))
    store.save(Change({"twin-towns/bomlo": None}, "Upphörde.", "KF 2026-03-10 § 3", act="delete"))
    return store


def subjects(store: Store, *arguments: str) -> list[str]:
    """The subjects that `vanort log` tells."""
    return [entry["subject"] for entry in done("log", "--json", *arguments, cwd=store.folder).json]


def test_options_and_the_typed_filter_find_the_same(tmp_path: Path) -> None:
    store = told(tmp_path)
    granted = subjects(store, "--decision", "BUN", "--field", "budget")
    assert len(granted) == 1
    assert subjects(store, "--filter", "decision:BUN fält:budget") == granted
    assert subjects(store, "--decision", "BUN 2026-03-10 §31") == granted, "another writing of the same decision"
    assert len(subjects(store, "--by", "bo", "--text", "dyrare")) == 1
    assert subjects(store, "--until", "2001") == []
    assert len(subjects(store, "--since", "2001", "-n", "2")) == 2
    text = done("--lang", "sv", "log", "--decision", "KS 1999-01-01 § 1", cwd=store.folder).out
    assert text == "Ingen ändring är sådan. (Ändringar under beslut av eller med KS 1999-01-01 § 1)\n"
    wrong = vanort("--lang", "sv", "log", "--filter", "nämnd:KS", cwd=store.folder)
    assert (wrong.code, wrong.out) == (2, "")
    assert "Det finns inget nyckelord ”nämnd:”." in wrong.err


def test_a_records_log_goes_on_under_its_former_name_and_a_removed_ones_works(tmp_path: Path) -> None:
    store = told(tmp_path)
    changes = [entry["change"] for entry in done("log", "twin-towns/ringkobing", "--json", cwd=store.folder).json]
    assert changes == ["rename", "init"]
    assert [entry["change"] for entry in done("log", "twin-towns/bomlo", "--json", cwd=store.folder).json] == [
        "delete",
        "init",
    ]


def test_decisions_are_one_however_they_are_written(tmp_path: Path) -> None:
    store = told(tmp_path)
    found = {case["decision"]: case for case in done("decisions", "--json", cwd=store.folder).json}
    case = found[DECISION]
    assert case["written"] == ["BUN 2026-03-10 §31", DECISION]
    assert [change["records"] for change in case["changes"]] == [[TRIP]]
    ((cited),) = case["cited"]
    assert (cited["ref"], cited["expected"]) == (TRIP, False)
    assert cited["field"].endswith("].decision")
    assert found["BUN 2026-06-10"]["cited"][0] == {"ref": TRIP, "field": "decision_expected", "expected": True}
    assert list(done("decisions", "--body", "KF", "--year", "2026", "--json", cwd=store.folder).json[0]["changes"])
    assert DECISION in done("decisions", "--year", "2026", cwd=store.folder).out


def test_what_rests_on_no_decision_is_told_apart(tmp_path: Path) -> None:
    store = told(tmp_path)
    found = [
        (one["ref"], one["field"], one["new"])
        for one in done("decisions", "--without", "--json", cwd=store.folder).json
    ]
    assert (TRIP, "cost", 60_000) in found
    assert not [one for one in found if one[1].startswith("budget")]
    assert not [one for one in found if one[0] == "twin-towns/ringkobing"], "a new name changes no agreement"
    save(store, TRIP, "Mer.", budget=[{"id": "b1", "year": 2027, "source": "central", "granted": 5}])
    latest = done("decisions", "--without", "--json", cwd=store.folder).json[0]
    assert latest["field"] == "budget[b1]" or latest["field"].startswith("budget[")


def test_two_dates_have_their_sums_and_the_list_keeps_its_keys(tmp_path: Path) -> None:
    store = told(tmp_path)
    first = git(store, "rev-list", "--max-parents=0", "HEAD").strip()
    summary = done("diff", first, "HEAD", "--summary", "--json", cwd=store.folder).json
    assert summary["added"] == [BUN, TRIP, "twin-towns/ringkobing"]
    assert summary["removed"] == ["twin-towns/bomlo", SKJERN]
    (row,) = summary["money"]
    assert (row["year"], row["source"], row["granted"]) == (2026, "department", {"then": 0, "now": 45_000})
    assert summary["stages"] == [{"stage": "planned", "then": 0, "now": 1}]
    listed = done("diff", first, "HEAD", TRIP, "--json", cwd=store.folder).json
    assert {frozenset(change) for change in listed} == {frozenset({"ref", "field", "old", "new"})}
    save(store, TRIP, "Klart.", purpose="Elever och lärare lär känna varandra över gränsen.")
    assert done("diff", first, "--summary", "--json", cwd=store.folder).json == summary, "until now"
    out = done("diff", "HEAD~1", "HEAD", cwd=store.folder).out
    assert "Elever {+och lärare +}lär känna" in out
    assert "0 kr → 45 000 kr" in done("--lang", "sv", "diff", first, "HEAD", cwd=store.folder).out.replace(
        "\u00a0", " "
    )


def test_removed_records_are_listed_and_renamed_ones_are_not(tmp_path: Path) -> None:
    store = told(tmp_path)
    (gone,) = done("list", "twin-towns", "--removed", "--json", cwd=store.folder).json
    assert (gone["ref"], gone["name"]) == ("twin-towns/bomlo", "Bömlo")
    assert (gone["removed"]["why"], gone["removed"]["decision"]) == ("Upphörde.", "KF 2026-03-10 § 3")
    assert "Bömlo" in done("list", "twin-towns", "--removed", cwd=store.folder).out
    assert done("list", "departments", "--removed", "--json", cwd=store.folder).json == []
