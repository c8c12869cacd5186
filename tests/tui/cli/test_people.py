"""The people book on the command line; no name ever enters the history."""

from __future__ import annotations

import json
from pathlib import Path

from tests.tui.cli.conftest import PROJECT
from tests.tui.cli.running import done, git, vanort


def test_somebody_is_added_found_shown_and_changed(registry: Path) -> None:
    values = ("name=Maja Exempel", "title=Rektor", "organisation=Stjerneskolan", "email=maja@example.org")
    person = done("people", "add", *values, "--json", cwd=registry).json["id"]
    assert done("people", "list", "rektor", "--json", cwd=registry).json == [
        {"id": person, **dict(value.split("=") for value in values)}
    ]
    assert done("people", "list", "finns-inte", "--json", cwd=registry).json == []
    assert "Stjerneskolan" in done("people", "show", person, cwd=registry).out
    done("people", "set", person, "title=", "telephone=0560-123 45", cwd=registry)
    shown = done("people", "show", person, "--json", cwd=registry).json
    assert shown["telephone"] == "0560-123 45"
    assert "title" not in shown
    assert "Ingenting" in done("people", "set", person, "name=Maja Exempel", cwd=registry).out


def test_names_are_shown_and_never_in_the_history(registry: Path) -> None:
    person = done("people", "add", "name=Maja Exempel", cwd=registry).out.strip()
    done("set", PROJECT, f"responsible={person}", "-m", "Utsedd.", cwd=registry)
    assert "Maja Exempel" in done("show", PROJECT, cwd=registry).out
    assert "Maja Exempel" in done("log", "--fields", "-n", "1", cwd=registry).out
    assert done("show", PROJECT, "--json", cwd=registry).json["responsible"] == person
    everything = git(registry, "log", "--all", "-p", "--format=%B")
    assert person in everything
    assert "Maja" not in everything
    assert "maja" not in git(registry, "ls-files").lower()


def test_the_book_is_exported_outside_the_registry_alone(registry: Path, tmp_path: Path) -> None:
    done("people", "add", "name=Maja Exempel", cwd=registry)
    target = tmp_path / "personer.json"
    done("people", "export", str(target), cwd=registry)
    assert json.loads(target.read_text())[0]["name"] == "Maja Exempel"
    assert vanort("people", "export", str(target), cwd=registry).code == 2
    done("people", "export", str(target), "--overwrite", cwd=registry)
    assert vanort("people", "export", str(registry / "personer.json"), cwd=registry).code == 2
    assert vanort("people", "export", str(tmp_path / "personer.doc"), cwd=registry).code == 2
    assert git(registry, "status", "--porcelain") == ""


def test_people_alone_shows_what_there_is_to_say(registry: Path) -> None:
    answer = vanort("people", cwd=registry)
    assert answer.code == 2
    assert "export" in answer.err
