"""What the reading commands answer, for people and for programs."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from tests.tui.cli.conftest import DEPARTMENT, PROJECT
from tests.tui.cli.running import done, environment, git, vanort


def test_a_record_is_shown_as_a_page_with_names_and_words(registry: Path) -> None:
    shown = done("show", PROJECT, cwd=registry).out
    assert shown.startswith("Körresa till Rautalampi\nProjekt · projects/2027/korresa\n")
    lines = [" ".join(text.split()) for text in shown.splitlines()]
    assert "Startdatum 4 maj 2027" in lines
    assert "Förvaltning Barn- och utbildningsförvaltningen" in lines
    assert "Vänorter Rautalampi" in lines
    assert "\x1b" not in shown


def test_a_record_in_json_is_its_keys_and_its_ref(registry: Path) -> None:
    record = done("show", PROJECT, "--json", cwd=registry).json
    assert record["ref"] == PROJECT
    assert record["start"] == "2027-05-04"
    assert record["twin_towns"] == ["twin-towns/rautalampi"]
    assert "stage" not in record  # absent is left out


def test_a_project_without_a_status_is_listed_and_found_as_an_idea_and_leaves_that_in_words(registry: Path) -> None:
    listed = done("list", "projects", "--where", "stage=idea", cwd=registry).out
    assert " idé " in listed
    assert listed.endswith("1 av 1 post\n")
    assert "idé" in done("show", PROJECT, cwd=registry).out

    plan = ("purpose=Sång på båda språken.", "responsible=p-4tq8ab")
    done("set", PROJECT, "stage=planned", *plan, "-m", "Skolan har sagt ja", cwd=registry)

    message = git(registry, "log", "-1", "--format=%B")
    assert message.startswith("Körresa till Rautalampi: idé → planerad\n")
    assert "\nStatus: idé → planerad\n" in message


def test_a_list_is_in_columns_of_the_width_that_letters_take(registry: Path) -> None:
    done("set", "twin-towns/paskon", "name=復活節島", "-m", "rättelse", cwd=registry)
    heading, *rows, count = done("list", "twin-towns", cwd=registry).out.splitlines()
    assert heading.split() == [
        "REF",
        "Namn",
        "Land",
        "Avtalets",
        "status",
        "Kommunalt",
        "beslut",
        "(år)",
        "Senaste",
        "kontakt",
    ]
    assert count == "6 av 6 poster"
    at = heading.index("Land")
    for row in rows:
        wide = 4 if "復活節島" in row else 0
        assert row[at - wide - 2 : at - wide] == "  "
        assert row[at - wide] != " "


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        (["country=Norge"], ["twin-towns/bomlo"]),
        (["country!=NO", "agreement_year>=1990"], None),
        (["name~=SKJ"], ["twin-towns/skjern"]),
        (["last_contact="], None),
        (["name=Påskön", "country=CL"], ["twin-towns/paskon"]),
        (["name=paskon"], []),
    ],
)
def test_a_list_takes_conditions(registry: Path, conditions: list[str], found: list[str] | None) -> None:
    options = [part for condition in conditions for part in ("--where", condition)]
    listed = done("list", "twin-towns", *options, "--json", cwd=registry).json
    every = done("list", "vänorter", "--json", cwd=registry).json
    if found is not None:
        assert [record["ref"] for record in listed] == found
    elif conditions == ["last_contact="]:
        assert listed == every
    else:
        wanted = [town for town in every if town["country"] != "NO" and town["agreement_year"] >= 1990]
        assert listed == wanted
        assert listed


def test_the_registry_is_read_as_of_a_commit_or_a_day(registry: Path) -> None:
    first = git(registry, "rev-list", "--max-parents=0", "HEAD")
    assert done("list", "projects", "--at", first, "--json", cwd=registry).json == []
    assert len(done("list", "projects", "--at", "idag", "--json", cwd=registry).json) == 1
    answer = vanort("show", DEPARTMENT, "--at", first, cwd=registry)
    assert (answer.code, answer.out) == (2, "")
    assert vanort("list", "projects", "--at", "2001", cwd=registry).code == 2


def test_the_history_tells_who_entered_what_and_why_newest_first(registry: Path) -> None:
    entries = done("log", "--json", cwd=registry).json
    assert [entry["change"] for entry in entries] == ["new", "new", "init"]
    newest = entries[0]
    assert set(newest) == {
        *(
            "commit",
            "author",
            "email",
            "date",
            "subject",
            "why",
            "decision",
            "change",
            "overrides",
            "breaches",
            "correction",
            "decisions",
            "records",
            "renamed",
            "known",
            "unreadable",
            "fields",
        )
    }
    assert newest["why"] == "Ny resa."
    assert newest["records"] == [PROJECT]
    assert {"ref": PROJECT, "field": "start", "old": None, "new": "2027-05-04"} in newest["fields"]
    told = done("log", "-n", "1", cwd=registry).out
    assert "infört av Anna Exempel" in told
    assert "Ny resa." in told
    assert "entered by Anna Exempel" in done("--lang", "en", "log", "-n", "1", cwd=registry).out


def test_the_history_of_one_record_is_its_own(registry: Path) -> None:
    done("set", PROJECT, "participants=24", "-m", "ny uppgift", cwd=registry)
    entries = done("log", PROJECT, "--json", cwd=registry).json
    assert [entry["change"] for entry in entries] == ["set", "new"]
    assert done("log", PROJECT, "--fields", "-n", "1", cwd=registry).out.count("24") >= 1
    assert vanort("log", "twin-towns/atlantis", cwd=registry).code == 2


def test_a_history_that_is_cut_off_by_its_reader_ends_quietly(registry: Path) -> None:
    reading, writing = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-m", "tui", "log", "--json"],
        cwd=registry,
        env=environment(),
        stdout=writing,
        stderr=subprocess.PIPE,
    )
    os.close(writing)
    os.close(reading)
    assert process.communicate(timeout=60)[1] == b""
    assert process.returncode == 0


def test_what_differs_between_two_versions_is_told_field_by_field(registry: Path) -> None:
    done("set", PROJECT, "participants=24", "-m", "ny uppgift", cwd=registry)
    assert done("diff", "HEAD~1", "HEAD", "--json", cwd=registry).json == [
        {"ref": PROJECT, "field": "participants", "old": None, "new": 24}
    ]
    told = done("diff", "HEAD~2", "HEAD", PROJECT, cwd=registry).out
    assert "tillagd" in told
    assert done("diff", "HEAD", "HEAD", cwd=registry).out == "Ingenting skiljer.\n"


def test_a_check_ends_with_1_where_something_is_wrong(registry: Path) -> None:
    wanted = done("check", "--json", cwd=registry).json
    assert [(one["clause"], one["ref"]) for one in wanted] == [("board-duty", DEPARTMENT), ("coordinator", "registry")]
    assert {one["severity"] for one in wanted} == {"warning"}
    file = registry / "twin-towns" / "skjern.toml"
    file.write_text(file.read_text() + 'agreement_yaer = 1976\nlast_contact = "igår"\n')
    answer = vanort("check", "--json", cwd=registry)
    assert answer.code == 1
    found = {(finding["clause"], finding["severity"], finding["field"]) for finding in answer.json}
    assert ("schema", "violation", "last_contact") in found
    assert ("schema", "note", "agreement_yaer") in found
    assert set(answer.json[0]) == {"clause", "severity", "ref", "field", "message", "quote"}
    assert vanort("check", cwd=registry).code == 1
    assert vanort("check", "twin-towns/bomlo", cwd=registry).code == 0


def test_colours_are_for_terminals_alone_and_not_with_no_color(registry: Path) -> None:
    def on_a_terminal(**more: str) -> str:
        env = environment(TERM="xterm-256color", **more)
        command = [sys.executable, "-m", "tui", "list", "projects"]
        shown = pexpect.run(shlex.join(command), cwd=str(registry), env=env, timeout=60)
        return bytes(shown).decode()

    assert "\x1b[1mREF" in on_a_terminal()
    assert "\x1b" not in on_a_terminal(NO_COLOR="1")
    assert "\x1b" not in done("list", "projects", cwd=registry, env={"TERM": "xterm-256color"}).out
    assert max(len(line) for line in on_a_terminal(NO_COLOR="1", COLUMNS="60").splitlines()) <= 60


def test_the_registry_is_r_then_the_variable_then_the_folder(registry: Path, tmp_path: Path) -> None:
    other = tmp_path / "annat"
    done("init", str(other), "--starter", "blank", "--municipality", "Granhult kommun", cwd=tmp_path)

    def municipality(*arguments: str, cwd: Path, **env: str) -> str:
        return str(done(*arguments, "show", "registry", "--json", cwd=cwd, env=env).json["municipality"])

    inside = registry / "projects" / "2027"
    assert municipality(cwd=inside) == "Torsby kommun"
    assert municipality(cwd=inside, VANORT_REGISTRY=str(other)) == "Granhult kommun"
    assert municipality("-r", str(registry), cwd=tmp_path, VANORT_REGISTRY=str(other)) == "Torsby kommun"
    after = done("show", "registry", "--json", "-r", str(other), cwd=inside)
    assert after.json["municipality"] == "Granhult kommun"
