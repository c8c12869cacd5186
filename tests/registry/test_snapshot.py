"""The whole registry as of a commit or of the folder; one broken file never stops the rest."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from registry.checks import check
from registry.store import Store
from tests.kit import BUN, SKJERN, TRIP, git, save, torsby, with_trip, write_file

BROKEN = {
    "no toml": b"name = = 3\n",
    "not utf-8": b'name = "P\xe5sk\xf6n"\n',
    "merge markers": b'<<<<<<< HEAD\nname = "A"\n=======\nname = "B"\n>>>>>>> b\n',
    "empty of sense": b"\x00\x01\x02",
    "50 MB": b"# " + b"x" * 50_000_000,
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_listed_and_the_rest_opens(tmp_path: Path, content: bytes) -> None:
    store = torsby(tmp_path / "r")
    write_file(store, "twin-towns/trasig.toml", content)

    for snapshot in (store.current(), store.with_hand_edits()[0]):
        assert len(snapshot.rows_of("twin-towns")) == 6
        assert list(snapshot.faults()) == ["twin-towns/trasig"]
        assert snapshot.data("twin-towns/trasig") is None
    (found,) = check(store.current())
    assert (found.clause, found.severity, found.ref) == ("schema", "violation", "twin-towns/trasig")


def test_the_line_of_a_broken_file_is_told(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    write_file(store, "twin-towns/trasig.toml", 'name = "A"\ncountry = "DK"\nagreement_year = nittonhundra\n')

    fault = store.current().faults()["twin-towns/trasig"]

    assert fault.line == 3
    assert "3" in check(store.current())[0].message


def test_a_folder_where_a_file_should_be_is_listed(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    (store.folder / "twin-towns" / "mapp.toml").mkdir()

    assert list(store.current().faults()) == ["twin-towns/mapp"]


def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    secret = tmp_path / "hemligt.toml"
    secret.write_text('name = "Hemligt"\ncountry = "DK"\n', encoding="utf-8")
    (store.folder / "twin-towns" / "lank.toml").symlink_to(secret)

    snapshot = store.current()

    assert snapshot.data("twin-towns/lank") is None
    assert "twin-towns/lank" in snapshot.faults()
    git(store, "add", "twin-towns/lank.toml")
    git(store, "commit", "-qm", "en länk")
    assert store.committed().data("twin-towns/lank") is None
    assert "twin-towns/lank" in store.committed().faults()


def test_a_file_under_a_name_that_no_record_can_have_is_reported(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    write_file(store, "twin-towns/Stor Bokstav.toml", 'name = "A"\ncountry = "DK"\n')

    (found,) = check(store.current())

    assert "Stor Bokstav" in found.message
    assert len(store.current().refs("twin-towns")) == 6


def test_what_refers_to_a_record_is_known_both_ways(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"))

    snapshot = store.committed()

    assert snapshot.referrers[SKJERN] == (TRIP,)
    assert snapshot.referrers[BUN] == (TRIP,)


def test_rows_from_the_cache_are_those_of_the_records(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    store.at_start()
    save(store, SKJERN, "Kommunchefen ringde", agreement_status="active")

    cached, fresh = Store.open(store.folder).at_start(), store.committed()

    assert json.dumps(dict(sorted(cached.rows.items()))) == json.dumps(dict(sorted(fresh.rows.items())))


def test_a_spoilt_cache_is_made_anew(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    store.at_start()
    for kept in (store.repo.local_dir / "cache").iterdir():
        kept.write_bytes(b"\xff" * 40)

    assert len(Store.open(store.folder).at_start().rows_of("twin-towns")) == 6


def test_an_earlier_day_is_another_snapshot(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    first = store.repo.resolve("HEAD")
    save(store, SKJERN, "Kommunchefen ringde", agreement_status="active")

    assert (store.at(first).data(SKJERN) or {})["agreement_status"] == "unconfirmed"
    assert (store.at("HEAD").data(SKJERN) or {})["agreement_status"] == "active"


def test_every_problem_of_a_record_is_found_each_with_its_place(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    write_file(
        store,
        f"{TRIP}.toml",
        'title = "Resa"\nstage = "klar"\nstart = 2026-05-10\nend = 2026-05-04\ncost = 12500.5\n'
        'department = "departments/finns-inte"\ngoals = ["lycka"]\nokand = "röd"\n\n[[budget]]\nyear = "2026"\nsource = "central"\n',
    )

    found = {(finding.clause, finding.severity, finding.field) for finding in check(store.current())}

    assert {("schema", "violation", field) for field in ("stage", "end", "cost", "budget[0].year")} <= found
    assert {("references", "violation", field) for field in ("department", "goals")} <= found
    assert any(clause == "schema" and severity == "note" for clause, severity, _field in found)


def test_a_registry_whose_lists_are_something_else_is_told_and_opens(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    write_file(store, "registry.toml", 'format = 1\nmunicipality = "Torsby kommun"\nbodies = 5\n')
    write_file(store, "policy.toml", 'title = "Policy"\ngoals = 5\n')

    found = {(finding.ref, finding.field) for finding in check(store.current())}

    assert {("registry", "bodies"), ("policy", "goals")} <= found
    assert store.names(store.current()).goal("democracy") == "democracy"
