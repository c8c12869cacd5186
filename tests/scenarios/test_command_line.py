"""Whole stories told on the command line, and read afterwards with nothing but Git."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.tui.cli.running import done, environment, git, vanort


def test_a_coordinator_keeps_a_registry_and_an_auditor_reads_it_with_plain_git(tmp_path: Path) -> None:
    folder = tmp_path / "internationellt"
    done("init", str(folder), cwd=tmp_path)
    assert len(done("list", "twin-towns", "--json", cwd=folder).json) == 6

    name = "name=Barn- och utbildningsförvaltningen"
    done("new", "departments/bun", name, "board_short=BUN", "ambition=ja", "-m", "Ny i registret.", cwd=folder)
    officer = done("people", "add", "name=Maja Exempel", "title=Rektor", cwd=folder).out.strip()
    done(
        "set",
        "departments/bun",
        f"officers+={{person={officer},function=Rektor,from=2026-01-01}}",
        "-m",
        "Utsedd.",
        cwd=folder,
    )

    values = (
        "title=Ungdomsutbyte med Skjern",
        "start=4 maj 2028",
        "end=10 maj 2028",
        "department=bun",
        "twin_towns=skjern",
    )
    made = done("new", "projects", *values, f"responsible={officer}", "-m", "Planeras.", "--json", cwd=folder).json
    project = made["records"][0]
    line = "budget+={year=2028,source=department,department=departments/bun,planned=45 000}"
    unplanned = vanort("set", project, line, "stage=planerad", "-m", "Nu finns en plan.", cwd=folder)
    assert unplanned.code == 2  # the policy: "planeras"
    assert "saknar ett syfte" in unplanned.err
    purpose = "purpose=Elever lär känna varandra över gränsen."
    done("set", project, line, purpose, "stage=planerad", "-m", "Nu finns en plan.", cwd=folder)
    budget = done("show", project, "--json", cwd=folder).json["budget"][0]["id"]
    decision = "BUN 2026-03-10 § 31, dnr BUN/2026:17"
    decided = 'decisions+={decision="BUN 2026-03-10 § 31, dnr BUN/2026:17",kind=start}'
    changes = ("stage=beslutad", f"budget[{budget}].granted=45 000", decided)
    done("set", project, *changes, "-m", "Nämnden beviljade medel för resan.", "--decision", decision, cwd=folder)

    refused = vanort("set", project, "start=2028-05-11", "-m", "rättelse", cwd=folder)
    assert refused.code == 2  # dates after a decision ask for words, and cannot be after the end
    moved = ("start=2028-05-11", "end=2028-05-17")
    done(
        "set", project, *moved, "-m", "Skjern bad om en vecka senare.", "--decision", "BUN 2026-06-10 § 52", cwd=folder
    )

    log = git(folder, "log", "--format=%B", "--", f"{project}.toml")
    assert "Ungdomsutbyte med Skjern: planerad → beslutad" in log
    assert "Nämnden beviljade medel för resan." in log
    assert f"Decision: {decision}" in log
    assert "beviljat: – → 45 000 kr" in log.replace("\u00a0", " ")
    assert "Startdatum: 4 maj 2028 → 11 maj 2028" in log
    assert "Maja" not in git(folder, "log", "-p", "--all")
    assert git(folder, "status", "--porcelain") == ""
    assert git(folder, "fsck", "--no-dangling") == ""

    history = done("log", project, "--json", cwd=folder).json
    assert [entry["decision"] for entry in history] == ["BUN 2026-06-10 § 52", decision, "", ""]
    before = done("show", project, "--at", history[1]["commit"], "--json", cwd=folder).json
    assert before["start"] == "2028-05-04"
    assert vanort("check", cwd=folder).code == 0


def test_two_who_save_different_fields_at_once_both_succeed(tmp_path: Path) -> None:
    folder = tmp_path / "r"
    done("init", str(folder), cwd=tmp_path)
    fields = ["potential=Musik.", "local_name=Skern", "last_contact=2026-05-04", "agreement_year=1999"]
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tui", "set", "twin-towns/skjern", field, "-m", "Samtidigt.", "--json"],
            cwd=folder,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for field in fields
    ]
    for process in running:
        _out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err.decode()
    record = done("show", "twin-towns/skjern", "--json", cwd=folder).json
    assert (record["potential"], record["local_name"]) == ("Musik.", "Skern")
    assert (record["last_contact"], record["agreement_year"]) == ("2026-05-04", 1999)
    assert git(folder, "rev-list", "--count", "HEAD") == "5"
    assert git(folder, "status", "--porcelain") == ""
