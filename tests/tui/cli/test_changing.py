"""What the commands that change something do to files and history, and what they refuse."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from tests.tui.cli.conftest import DEPARTMENT, PROJECT
from tests.tui.cli.running import done, environment, git, vanort


def test_a_value_is_set_in_one_commit_that_plain_git_can_read(registry: Path) -> None:
    answer = done(
        "set", PROJECT, "participants=24", "purpose=Sång.", "-m", "Kören har anmält sig.", "--json", cwd=registry
    )
    assert answer.json == {"commit": git(registry, "rev-parse", "HEAD"), "records": [PROJECT], "findings": []}
    message = git(registry, "log", "-1", "--format=%B")
    assert "Kören har anmält sig." in message
    assert "Antal deltagare: – → 24" in message
    assert message.rstrip().endswith(f"Record: {PROJECT}\nChange: set")
    assert git(registry, "status", "--porcelain") == ""
    assert "participants = 24" in (registry / f"{PROJECT}.toml").read_text()


def test_what_was_changed_is_told_in_words(registry: Path) -> None:
    told = done("set", "twin-towns/skjern", "last_contact=4 maj 2026", "-m", "ny uppgift", cwd=registry).out
    assert told.splitlines()[:2] == ["twin-towns/skjern", "  Senaste kontakt: – → 4 maj 2026"]
    assert told.splitlines()[-1] == f"Sparat: {git(registry, 'rev-parse', 'HEAD')[:10]}"


def test_comments_and_order_of_what_was_not_touched_stay(registry: Path) -> None:
    file = registry / "twin-towns" / "skjern.toml"
    before = "# skrivet för hand\n" + file.read_text().replace("country =", "country  =")
    file.write_text(before)
    done("save", "-m", "Kommentar.", cwd=registry)
    done("set", "twin-towns/skjern", "last_contact=2026-05-04", "-m", "ny uppgift", cwd=registry)
    after = file.read_text()
    assert [line for line in after.splitlines() if "last_contact" not in line] == before.splitlines()


def test_a_change_that_changes_nothing_makes_no_commit(registry: Path) -> None:
    head = git(registry, "rev-parse", "HEAD")
    answer = done("set", "twin-towns/skjern", "name=Skjern", "-m", "Ingenting.", "--json", cwd=registry)
    assert answer.json == {"commit": None, "records": [], "findings": []}
    assert git(registry, "rev-parse", "HEAD") == head


def test_a_dry_run_shows_and_saves_nothing(registry: Path) -> None:
    head = git(registry, "rev-parse", "HEAD")
    told = done("set", PROJECT, "participants=24", "-m", "Prov.", "--dry-run", cwd=registry).out
    assert "Antal deltagare: – → 24" in told
    assert "Ingenting har sparats" in told
    assert git(registry, "rev-parse", "HEAD") == head
    assert git(registry, "status", "--porcelain") == ""


def test_what_is_refused_is_refused_on_a_dry_run_too_and_all_that_stands_in_the_way_is_named(registry: Path) -> None:
    step = ("set", PROJECT, "stage=planned", "-m", "Skolan har en plan.")
    for answer in (vanort(*step, cwd=registry), vanort(*step, "--dry-run", cwd=registry)):
        assert answer.code == 2
        first, *others, hint = answer.err.splitlines()
        assert first.startswith(f"vanort: {PROJECT} ")
        assert others, "a line each"
        assert all(told.startswith(f"{PROJECT} ") and told.endswith(" [planned]") for told in others)
        assert hint == "Rätta det och spara igen."
    told = vanort(*step, "--json", "--dry-run", cwd=registry)
    assert (told.code, told.error["error"].count("\n")) == (2, len(others))
    assert told.json["commit"] is None


@pytest.mark.parametrize("said", ["correction", "rättelse", "Rättelse."])
def test_a_choice_stands_for_a_reason_and_is_spelled_out_in_the_registrys_language(registry: Path, said: str) -> None:
    done("--lang", "en", "set", PROJECT, "participants=24", "-m", said, cwd=registry)
    message = git(registry, "log", "-1", "--format=%B")
    assert "\n\nRättelse.\n\n" in message
    assert "Correction: yes" in message


def test_without_a_reason_nothing_is_changed_and_the_choices_are_named(registry: Path) -> None:
    answer = vanort("set", PROJECT, "participants=24", cwd=registry)
    assert answer.code == 2
    assert "-m" in answer.err
    assert "rättelse, ny uppgift, enligt beslut" in answer.err
    assert "participants" not in (registry / f"{PROJECT}.toml").read_text()


def test_a_status_asks_for_words_and_takes_its_decision(registry: Path) -> None:
    refused = vanort("set", PROJECT, "stage=avböjd", "-m", "rättelse", cwd=registry)
    assert (refused.code, refused.out) == (2, "")
    assert "skäl" in refused.err.lower()
    done("set", PROJECT, "stage=avböjd", "-m", "Nämnden sa nej.", "--decision", "BUN 2026-03-10 § 31", cwd=registry)
    entry = done("log", "-n", "1", "--json", cwd=registry).json[0]
    assert entry["decision"] == "BUN 2026-03-10 § 31"
    assert "Beslut: BUN 2026-03-10 § 31" in done("log", "-n", "1", cwd=registry).out


def test_a_decision_by_nobody_who_decides_here_is_refused(registry: Path) -> None:
    answer = vanort(
        "set", PROJECT, "participants=1", "-m", "Prov.", "--decision", "XYZ 2026-03-10 § 31", "--json", cwd=registry
    )
    assert answer.code == 2
    assert "XYZ" in answer.error["error"]
    assert "BUN" in answer.error["hint"]


def test_a_project_gets_its_name_its_year_and_the_day_it_was_added(registry: Path) -> None:
    made = done(
        "new", "projects", "title=Lärarutbyte Skjern", "start=2030-01-01", "-m", "Ny.", "--json", cwd=registry
    ).json
    today = date.today()
    assert made["records"] == [f"projects/{today.year}/lararutbyte-skjern"]
    record = done("show", made["records"][0], "--json", cwd=registry).json
    assert record["registered"] == today.isoformat()
    assert "recorded_afterwards" not in record


def test_what_began_before_the_registry_is_recorded_afterwards_under_its_year(registry: Path) -> None:
    made = done(
        "new", "projects", "title=Gammal resa", "start=2019-05-01", "-m", "Ur Excel.", "--json", cwd=registry
    ).json
    assert made["records"] == ["projects/2019/gammal-resa"]
    assert done("show", "projects/2019/gammal-resa", "--json", cwd=registry).json["recorded_afterwards"] is True


def test_a_record_like_another_takes_over_what_is_not_about_that_occasion(registry: Path) -> None:
    done("set", PROJECT, "participants=24", "purpose=Sång.", "goals=democracy", "-m", "Mer.", cwd=registry)
    made = done("new", "projects", "title=Körresa igen", "--like", PROJECT, "-m", "Igen.", "--json", cwd=registry).json
    record = done("show", made["records"][0], "--json", cwd=registry).json
    assert record["purpose"] == "Sång."
    assert record["goals"] == ["democracy"]
    assert record["department"] == DEPARTMENT
    assert not {"start", "end", "participants", "stage"} & set(record)


def test_a_name_that_is_taken_is_refused_and_a_made_one_is_numbered(registry: Path) -> None:
    assert vanort("new", PROJECT, "title=X y", "-m", "Igen.", cwd=registry).code == 2
    made = done("new", "departments", "name=Bun", "-m", "En till.", "--json", cwd=registry).json
    assert made["records"] == ["departments/bun-2"]


def test_names_are_understood_where_ids_are_wanted(registry: Path) -> None:
    person = done("people", "add", "name=Maja Exempel", cwd=registry).out.strip()
    values = (
        "department=Barn- och utbildningsförvaltningen",
        "goals=Kunskap, demokrati och förståelse",
        "responsible=maja exempel",
    )
    goals = {goal["label"]: goal["id"] for goal in done("show", "policy", "--json", cwd=registry).json["goals"]}
    label = next(iter(goals))
    done("set", PROJECT, values[0], f"goals={label}", values[2], "-m", "Mer.", cwd=registry)
    record = done("show", PROJECT, "--json", cwd=registry).json
    assert record["responsible"] == person
    assert record["goals"] == [goals[label]]
    assert "Maja Exempel" in done("show", PROJECT, cwd=registry).out
    assert "Maja" not in git(registry, "log", "-1", "-p")


def test_what_others_refer_to_is_not_removed(registry: Path) -> None:
    refused = vanort("delete", DEPARTMENT, "-m", "Lades ner.", cwd=registry)
    assert refused.code == 2
    assert "Körresa till Rautalampi" in refused.err
    done("delete", PROJECT, "-m", "Lades in av misstag.", cwd=registry)
    done("delete", DEPARTMENT, "-m", "Lades ner.", cwd=registry)
    assert not (registry / f"{DEPARTMENT}.toml").exists()
    assert git(registry, "log", "-1", "--format=%B").endswith("Change: delete")


def test_a_record_that_cannot_be_read_is_removed_with_a_reason_unless_others_refer_to_it(registry: Path) -> None:
    for ref in (DEPARTMENT, PROJECT):
        (registry / f"{ref}.toml").write_text("name = [[[\n", encoding="utf-8")
    git(registry, "commit", "-qam", "Trasiga filer")
    done("new", "projects/2027/tio", "title=Tio år", f"department={DEPARTMENT}", "-m", "Ny resa.", cwd=registry)
    refused = vanort("delete", DEPARTMENT, "-m", "Lades ner.", cwd=registry)
    assert (refused.code, "Tio år" in refused.err) == (2, True)
    assert vanort("delete", PROJECT, cwd=registry).code == 2, "a reason is asked for"
    assert PROJECT in done("delete", PROJECT, "-m", "Filen gick inte att rädda.", cwd=registry).out
    assert not (registry / f"{PROJECT}.toml").exists()
    assert git(registry, "status", "--porcelain") == ""
    assert "Change: delete" in git(registry, "log", "-1", "--format=%B")
    assert vanort("set", DEPARTMENT, "name=Bun", "-m", "Ny.", cwd=registry).code == 2, "it can only be removed"


def test_a_rename_carries_along_what_refers_to_it(registry: Path) -> None:
    told = done("rename", DEPARTMENT, "skola", "-m", "rättelse", cwd=registry).out
    assert "departments/bun → departments/skola" in told
    assert done("show", PROJECT, "--json", cwd=registry).json["department"] == "departments/skola"
    assert "Renamed-From: departments/bun" in git(registry, "log", "-1", "--format=%B")
    assert vanort("rename", "registry", "annat", "-m", "rättelse", cwd=registry).code == 2
    assert vanort("rename", "twin-towns/skjern", "../ute", "-m", "rättelse", cwd=registry).code == 2
    assert vanort("rename", "twin-towns/skjern", "perna", "-m", "rättelse", cwd=registry).code == 2


def test_a_change_is_taken_back_by_a_change(registry: Path) -> None:
    done("set", PROJECT, "participants=24", "-m", "Mer.", cwd=registry)
    changed = git(registry, "rev-parse", "HEAD")
    done("set", PROJECT, "purpose=Sång.", "-m", "Mer.", cwd=registry)
    done("undo", changed, "-m", "Gällde ett annat projekt.", cwd=registry)
    record = done("show", PROJECT, "--json", cwd=registry).json
    assert "participants" not in record
    assert record["purpose"] == "Sång."
    assert f"Reverts: {changed}" in git(registry, "log", "-1", "--format=%B")


def test_taking_back_what_was_changed_since_tells_both_values(registry: Path) -> None:
    done("set", PROJECT, "participants=24", "-m", "Mer.", cwd=registry)
    done("set", PROJECT, "participants=30", "-m", "Fler.", cwd=registry)
    answer = vanort("undo", "HEAD~1", "-m", "rättelse", cwd=registry)
    assert answer.code == 2
    assert "30" in answer.err


def test_hand_edits_are_in_the_way_until_they_are_saved_or_set_aside(registry: Path) -> None:
    file = registry / "twin-towns" / "skjern.toml"
    before = file.read_text()
    file.write_text(before + "# för hand\n")
    refused = vanort("set", "twin-towns/skjern", "potential=Musik.", "-m", "Mer.", cwd=registry)
    assert refused.code == 2
    assert "vanort save" in refused.err
    assert "vanort discard" in refused.err
    done("set", "twin-towns/bomlo", "potential=Musik.", "-m", "En annan.", cwd=registry)
    assert file.read_text() == before + "# för hand\n"
    assert done("save", "twin-towns/skjern", "-m", "Kommentar.", "--json", cwd=registry).json["records"] == [
        "twin-towns/skjern"
    ]
    assert "Change: hand-edit" in git(registry, "log", "-1", "--format=%B")
    assert vanort("save", "-m", "Igen.", cwd=registry).code == 2


def test_what_is_set_aside_is_kept(registry: Path) -> None:
    file = registry / "twin-towns" / "skjern.toml"
    before = file.read_text()
    file.write_text("x = [")
    new = registry / "twin-towns" / "nytt.toml"
    new.write_text('name = "Nytt"\n')
    answer = done("discard", "twin-towns/skjern", "twin-towns/nytt", "--json", cwd=registry).json
    assert file.read_text() == before
    assert not new.exists()
    assert Path(answer["kept"]["twin-towns/skjern"]).read_text() == "x = ["
    assert Path(answer["kept"]["twin-towns/nytt"]).read_text() == 'name = "Nytt"\n'
    file.unlink()
    git(registry, "add", "-A")
    done("discard", "twin-towns/skjern", cwd=registry)
    assert file.read_text() == before
    assert git(registry, "status", "--porcelain") == ""
    assert vanort("discard", "twin-towns/skjern", cwd=registry).code == 2


def test_a_newer_format_is_read_and_not_written(registry: Path) -> None:
    file = registry / "registry.toml"
    file.write_text(file.read_text().replace("format = 1", "format = 2"))
    git(registry, "commit", "-qam", "Framtiden")
    assert done("show", "registry", "--json", cwd=registry).json["format"] == 2
    for lang, words in (("sv", "format 2"), ("en", "format 2")):
        answer = vanort("--lang", lang, "set", PROJECT, "participants=1", "-m", "Prov.", cwd=registry)
        assert answer.code == 2
        assert words in answer.err


@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
def test_an_interrupted_command_ends_quietly_and_changes_nothing(registry: Path, tmp_path: Path) -> None:
    who = tmp_path / "pid"
    hook = registry / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(
        f'#!/bin/sh\nuntil [ -s "{who}" ]; do :; done\nkill -INT "$(cat "{who}")"\nexec cat "{tmp_path}/never"\n'
    )
    hook.chmod(0o755)
    os.mkfifo(tmp_path / "never")
    process = subprocess.Popen(
        [sys.executable, "-m", "tui", "set", PROJECT, "participants=24", "-m", "Prov."],
        cwd=registry,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    (tmp_path / "written").write_text(str(process.pid))
    (tmp_path / "written").replace(who)
    out, err = process.communicate(timeout=120)
    assert (process.returncode, out, err) == (130, b"", b"")
    hook.unlink()
    assert git(registry, "rev-list", "--count", "HEAD") == "3"
    assert "participants" not in done("show", PROJECT, "--json", cwd=registry).json
    assert git(registry, "status", "--porcelain") == ""


def test_a_project_is_decided_under_a_decision_that_is_given_once(registry: Path) -> None:
    officer = "officers+={person=p-4tq8ab,function=Rektor,from=2026-01-01}"
    done("set", DEPARTMENT, officer, "-m", "Nämnden har utsett rektorn.", cwd=registry)
    plan = ("purpose=Sång i två länder.", "responsible_function=Körledare", "responsible=p-4tq8ab", "stage=planned")
    line = "budget+={year=2027,source=department,department=departments/bun,planned=45000}"
    done("set", PROJECT, *plan, line, "-m", "Skolan har en plan.", cwd=registry)

    refused = vanort("set", PROJECT, "stage=decided", "-m", "Nämnden sa ja.", "--json", cwd=registry)
    assert refused.code == 2
    assert refused.error["hint"].startswith("Ange beslutet med ändringen")

    given = ("--decision", "BUN 2026-03-10 § 31", "-m", "Nämnden sa ja.")
    shown = done("set", PROJECT, "stage=decided", *given, "--dry-run", cwd=registry).out
    assert "  Beslut BUN 2026-03-10 § 31: – → start" in shown
    done("set", PROJECT, "stage=decided", *given, cwd=registry)
    (entry,) = done("show", PROJECT, "--json", cwd=registry).json["decisions"]
    assert (entry["decision"], entry["kind"]) == ("BUN 2026-03-10 § 31", "start")
    message = git(registry, "log", "-1", "--format=%B").splitlines()
    assert "Beslut BUN 2026-03-10 § 31: – → start" in message
    assert "Decision: BUN 2026-03-10 § 31" in message
