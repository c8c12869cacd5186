"""The policy on the command line: as of a day, of a year, clause by clause, the money, the offices, a server's hook."""

from __future__ import annotations

import json
import subprocess
from datetime import date
from pathlib import Path

import pytest

from registry.change import Change
from registry.store import Store
from tests.kit import BUN, PLANNED, SKJERN, TRIP, git, save, torsby, with_department, with_trip, write_file
from tests.tui.cli.running import done, vanort
from tests.tui.cli.server import push

NOTHING = "0" * 40


def on(day: str) -> dict[str, str]:
    """The environment in which Git believes that it is noon on that day."""
    return {"GIT_AUTHOR_DATE": f"{day}T12:00:00", "GIT_COMMITTER_DATE": f"{day}T12:00:00"}


def a_year(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Decided in March without being evaluated since, under a policy that asked for evaluations from May on."""

    def it_is(day: str) -> None:
        for name, value in on(day).items():
            monkeypatch.setenv(name, value)

    it_is("2026-01-05")
    store = with_trip(torsby(folder), **{"start": date(2026, 2, 2), "end": date(2026, 2, 6)})
    it_is("2026-05-04")
    save(store, "policy", "Fullmäktige vill ha utvärderingar.", evaluation_days=30)
    it_is("2026-06-08")
    save(store, SKJERN, "Enligt avtalet.", financial_obligations=None, potential="Idrott och musik")
    monkeypatch.delenv("GIT_AUTHOR_DATE")
    monkeypatch.delenv("GIT_COMMITTER_DATE")
    return store


def found(answer: list[dict[str, str]], clause: str, ref: str = TRIP) -> list[str]:
    return [one["field"] for one in answer if one["clause"] == clause and one["ref"] == ref]


def test_a_past_day_is_judged_by_the_registry_and_the_policy_of_that_day_on_that_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = a_year(tmp_path / "r", monkeypatch)

    january = done("check", "--at", "2026-01-31", "--json", cwd=store.folder).json
    april = done("check", "--at", "2026-04-30", "--json", cwd=store.folder).json
    june = done("check", "--at", "2026-06-30", "--json", cwd=store.folder).json

    assert found(january, "documented") == []
    assert found(april, "documented") == ["stage"]  # it had ended, and its status was not moved
    assert found(april, "evaluated") == []  # nobody had asked for it yet
    assert found(june, "evaluated") == ["evaluation.due"]
    commit = git(store, "rev-list", "-1", "--before=2026-06-30", "HEAD").strip()
    of_a_commit = done("check", "--at", commit, "--json", cwd=store.folder).json
    assert found(of_a_commit, "evaluated") == ["evaluation.due"]  # it was made on the 8th


def test_what_is_found_in_a_record_stands_together_the_worst_first_with_the_policys_words(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    content = (store.folder / f"{TRIP}.toml").read_text(encoding="utf-8")
    write_file(store, f"{TRIP}.toml", content.replace('stage = "planned"', 'stage = "decided"'))

    answer = vanort("check", cwd=store.folder)

    assert answer.code == 1
    lines = answer.out.splitlines()
    heading = lines.index(f"Ungdomsutbyte med Skjern  {TRIP}")
    assert heading == 0
    of_it = lines[heading + 1 : lines.index("")]
    assert of_it[0].startswith("  bryter mot policyn ")
    assert sum("[budgeted: budget]" in text for text in of_it) == 1
    assert any("“" in text and "budgeteras" in text for text in of_it)
    assert of_it[-1].startswith(("  att tänka på", "      “"))
    assert "violation" in vanort("--lang", "en", "check", TRIP, cwd=store.folder).out


def test_a_year_is_judged_by_its_dates_clause_by_clause(tmp_path: Path) -> None:
    store = with_department(torsby(tmp_path / "r"))
    officers = [
        {"person": "p-4tq8ab", "function": "Rektor", "from": date(2026, 1, 1), "until": date(2026, 3, 24)},
        {"person": "p-9d3fk2", "function": "Rektor", "from": date(2026, 4, 12)},
    ]
    save(store, BUN, "Infört i oktober.", ambition=True, officers=officers)

    answer = done("check", "--year", "2026", BUN, "--json", cwd=store.folder).json

    gap = next(one for one in answer if one["clause"] == "exchange-officer")
    assert (gap["from"], gap["until"], gap["field"]) == ("2026-03-25", "2026-04-11", "officers")
    told = done("check", "--year", "2026", BUN, cwd=store.folder).out
    assert "25 mars–11 april 2026: Barn- och utbildningsförvaltningen: saknar utbytesansvarig" in told
    assert "“Varje förvaltning" in told
    assert vanort("check", "--year", "9999", cwd=store.folder).code == 2
    assert vanort("check", "--year", "2026", "--at", "2026", cwd=store.folder).code == 2


def by_hand(store: Store, message: str, ref: str, old: str, new: str) -> None:
    """A change that goes past Vänort."""
    content = (store.folder / f"{ref}.toml").read_text(encoding="utf-8")
    assert old in content
    write_file(store, f"{ref}.toml", content.replace(old, new))
    git(store, "commit", "-qam", message)


def test_a_servers_hook_takes_what_the_policy_allows_or_is_owned_up_to_and_refuses_the_rest(
    tmp_path: Path, server: Path
) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    taken, said = push(store, server)  # a new branch: everything
    assert taken, said

    save(store, TRIP, "Fler följer med.", participants=24)
    store.save(
        Change(
            {SKJERN: {**(store.committed().data(SKJERN) or {}), "financial_obligations": True}},
            "Avtalet har en klausul om delade kostnader.",
            overrides=("no-obligations",),
        )
    )
    assert push(store, server)[0]

    good = git(store, "rev-parse", "HEAD").strip()
    by_hand(store, "Beslutad", TRIP, 'stage = "planned"', 'stage = "decided"')
    taken, said = push(store, server)
    assert not taken
    assert "[budgeted: budget]" in said
    assert "no-obligations" not in said  # owned up to, and not new either

    git(store, "commit", "-q", "--amend", "-m", "Beslutad\n\nVi ville så.\n\nPolicy-Breach: budgeted\nChange: set")
    assert "[political-responsibility: decisions]" in push(store, server)[1]

    git(store, "reset", "-q", "--hard", good)
    write_file(store, f"{TRIP}.toml", "title = \n")
    git(store, "commit", "-qam", "Trasig")
    taken, said = push(store, server)
    assert not taken
    assert "[schema]" in said
    assert "Traceback" not in said


def test_between_two_commits_only_what_is_new_counts_and_only_its_own_commit_covers_it(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    bomlo = "twin-towns/bomlo"
    bare = tmp_path / "kopia.git"
    old = git(store, "rev-parse", "HEAD").strip()
    said = "Avtalet\n\nSå står det.\n\nPolicy-Override: no-obligations\nChange: set"
    by_hand(store, said, SKJERN, "financial_obligations = false", "financial_obligations = true")
    by_hand(store, "Avtalet", bomlo, "financial_obligations = false", "financial_obligations = true")
    subprocess.run(["git", "clone", "-q", "--bare", str(store.folder), str(bare)], check=True)

    answer = vanort("-r", str(bare), "check", "--rev", "HEAD", "--since", old, "--json", cwd=tmp_path)

    assert answer.code == 1
    assert [(one["clause"], one["ref"]) for one in answer.json] == [("no-obligations", bomlo)]
    everything = vanort("-r", str(bare), "check", "--since", NOTHING, "--json", cwd=tmp_path)
    assert [one["ref"] for one in everything.json] == [bomlo]
    assert vanort("check", "--since", "HEAD", "--json", cwd=bare).json == []
    assert vanort("check", "--rev", NOTHING, "--since", old, cwd=bare).code == 0  # the branch is removed
    assert vanort("check", "--rev", "HEAD", cwd=bare).code == 2
    assert vanort("check", "--since", "nowhere", cwd=bare).code == 2
    assert vanort("set", SKJERN, "country=NO", "-m", "Fel.", cwd=bare).code == 2  # there is nothing to write in
    assert len(done("list", "twin-towns", "--json", cwd=bare).json) == 6


def test_the_policy_is_told_clause_by_clause_and_what_is_not_set_is_mentioned(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    data = store.committed().data("policy") or {}
    clauses = [
        {**entry, "on": False, "decision": "KF 2026-01-26 § 4"} if entry["id"] == "target-groups" else entry
        for entry in data["clauses"]
    ]
    save(store, "policy", "Fullmäktige stängde av den.", clauses=clauses)

    answer = done("policy", "--json", cwd=store.folder).json

    by_id = {clause["id"]: clause for clause in answer["clauses"]}
    assert list(by_id)[:3] == ["adoption", "platform", "investment"]
    assert by_id["no-obligations"]["severity"] == "exception"
    assert by_id["no-obligations"]["served_by"] == {"rule": ["registry.policy.rules.twin_towns.no_obligations"]}
    assert by_id["goals"]["findings"] == 1
    assert by_id["goals"]["worst"] == "warning"
    off = by_id["target-groups"]
    assert (off["on"], off["decision"], off["findings"]) == (False, "KF 2026-01-26 § 4", 0)
    assert answer["unset"] == ["lead_time_days", "evaluation_days"]
    told = done("policy", cwd=store.folder).out
    assert "Avstängd: KF 2026-01-26 § 4" in told
    assert "Gäller utan regel: ett register har alla förvaltningars poster" in told
    assert "Utvärdering inom (evaluation_days): kontrolleras inte" in told
    before = done("policy", "--at", "HEAD~1", "--json", cwd=store.folder).json
    assert "anmärkning nu" in done("policy", cwd=store.folder).out
    then = done("policy", "--at", "HEAD~1", cwd=store.folder).out
    assert "anmärkning då" in then
    assert "nu:" not in then
    assert next(clause for clause in before["clauses"] if clause["id"] == "target-groups")["findings"] == 1


def test_the_budget_adds_up_to_the_krona(tmp_path: Path) -> None:
    lines = [
        {
            "year": 2026,
            "source": "department",
            "department": BUN,
            "planned": 45_000,
            "granted": 45_000,
            "spent": 41_250,
        },
        {
            "year": 2026,
            "source": "eu",
            "programme": "Erasmus+",
            "planned": 120_000,
            "applied": 120_000,
            "granted": 80_000,
        },
    ]
    store = with_trip(torsby(tmp_path / "r"), cost=165_000, budget=lines)
    save(
        store,
        BUN,
        "Nämnden har beslutat.",
        budget=[{"year": 2026, "amount": 40_000, "state": "decided", "decision": "BUN 2025-12-01 § 77"}],
    )

    answer = done("budget", "--year", "2026", "--json", cwd=store.folder).json

    assert answer["total"] == {
        "planned": 165_000,
        "applied": 120_000,
        "granted": 125_000,
        "spent": 41_250,
        "undecided": 0,
    }
    assert answer["departments"][BUN]["left"] == -5_000
    assert answer["projects"][0]["short"] == 40_000
    told = [" ".join(line.split()) for line in done("budget", "--year", "2026", cwd=store.folder).out.splitlines()]
    assert "Efter källa planerat sökt beviljat utfall" in told
    assert any(line.startswith("EU-medel 120 000 120 000 80 000 0 ▓") for line in told)
    assert "Barn- och utbildningsförvaltningen – 40 000 45 000 −5 000 överskriden" in told
    assert "2026" in done("budget", "--year", "1999", cwd=store.folder).out
    assert (
        done("budget", "--year", "2026", "--at", "HEAD~1", "--json", cwd=store.folder).json["departments"][BUN][
            "decided"
        ]
        is None
    )


def test_she_quits_on_the_24th_it_is_entered_on_the_1st_in_one_commit_and_the_23rd_still_has_her(
    tmp_path: Path,
) -> None:
    store = torsby(tmp_path / "r")
    old = store.people.add({"name": "Maja Exempel"})
    new = store.people.add({"name": "Nils Påhittsson"})
    officers = [{"person": old, "function": "Rektor", "from": date(2026, 1, 1)}]
    with_department(store)
    save(store, BUN, "Utsedd.", ambition=True, officers=officers)
    trips = [f"projects/2026/resa-{number}" for number in (1, 2, 3)]
    for ref in trips:
        save(store, ref, act="new", **{**PLANNED, "responsible": old})
    before = git(store, "rev-list", "--count", "HEAD")
    handover = ("people", "handover", old, "--to", new, "--on", "2026-03-25", "-m", "Slutade den 24 mars.")

    dry = done(*handover, "--dry-run", "--json", cwd=store.folder).json
    assert dry["commit"] is None
    assert git(store, "rev-list", "--count", "HEAD") == before
    answer = done(*handover, "--json", cwd=store.folder).json

    assert sorted(answer["records"]) == sorted([BUN, *trips])
    assert int(git(store, "rev-list", "--count", "HEAD")) == int(before) + 1
    assert "Maja" not in git(store, "log", "-1", "-p")
    assert {store.saved().data(ref)["responsible"] for ref in trips} == {new}  # type: ignore[index]
    for day, name in (("2026-03-23", "Maja Exempel"), ("25 mars 2026", "Nils Påhittsson")):
        told = done("people", "vacant", "--on", day, cwd=store.folder).out
        assert name in told
        assert "ansvarig för internationella kontakter" in told.splitlines()[1]
        assert "vakant" in told.splitlines()[1]
    again = vanort(*handover, cwd=store.folder)
    assert again.code == 2
    assert "ingen roll" in again.err
    assert vanort("people", "handover", new, "--to", "p-222222", "-m", "x", cwd=store.folder).code == 2


def test_a_seat_is_left_vacant_where_there_is_no_successor(tmp_path: Path) -> None:
    store = with_department(torsby(tmp_path / "r"))
    person = store.people.add({"name": "Maja Exempel"})
    save(store, BUN, "Utsedd.", officers=[{"person": person, "function": "Rektor", "from": date(2026, 1, 1)}])
    handover = ("people", "handover", person, "--on", "24 mars 2026", "-m", "Slutade.")
    for wrong in ((), ("--vacant", "--to", person)):
        answer = vanort(*handover, *wrong, cwd=store.folder)
        assert (answer.code, "Antingen anges en efterträdare" in answer.err) == (2, True)
    assert done(*handover, "--vacant", "--json", cwd=store.folder).json["records"] == [BUN]
    answer = done("people", "vacant", "--on", "2026-03-24", "--json", cwd=store.folder).json
    assert answer["members"] == []


def test_the_committee_in_json_has_the_vacant_seats_and_the_projects_without_one(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    person = store.people.add({"name": "Maja Exempel"})
    save(
        store,
        BUN,
        "Hon slutade.",
        ambition=True,
        officers=[{"person": person, "function": "Rektor", "from": date(2026, 1, 1), "until": date(2026, 3, 24)}],
    )
    answer = json.loads(done("people", "vacant", "--on", "2026-04-01", "--json", cwd=store.folder).out)
    assert answer["members"] == []
    assert {seat["ref"]: seat.get("since") for seat in answer["vacant"]} == {"registry": None, BUN: "2026-03-25"}
    assert answer["without_seat"] == [TRIP]


def test_the_history_tells_exceptions_from_breaches(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    town = store.committed().data(SKJERN) or {}
    change = Change({SKJERN: {**town, "financial_obligations": True}}, "Så står det.", overrides=("no-obligations",))
    store.save(change)
    trip = store.committed().data(TRIP) or {}
    happened = {**trip, "stage": "decided", "start": date(2026, 2, 2), "end": date(2026, 2, 6)}
    clauses = ("budgeted", "political-responsibility", "exchange-officer")
    store.save(Change({TRIP: happened}, "Den hölls utan beslut.", overrides=clauses))

    breach, exception = done("log", "--overrides", "--json", cwd=store.folder).json

    assert set(breach["breaches"]) == set(clauses)
    assert breach["overrides"] == breach["breaches"]
    assert (exception["overrides"], exception["breaches"]) == (["no-obligations"], [])
    told = done("log", "--overrides", cwd=store.folder).out
    assert "Brott mot policyn: budgeted" in told
    assert "Avsteg från policyn: no-obligations" in told
    assert "Den hölls utan beslut." in told
