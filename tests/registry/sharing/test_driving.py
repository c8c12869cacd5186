"""Those who use plain Git: their merges are by field where Vänort is installed, and leave Git's markers where it cannot be."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from registry.git import merge_driver
from registry.merge import texts
from registry.sharing.driving import merged_file
from tests.kit import BUN, SKJERN, TRIP, files, git
from tests.registry.sharing.pair import Pair, by_git, data, saved, status


@pytest.fixture
def on_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`vanort` as a shell finds it."""
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "vanort"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tui "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(Path(texts.__file__).parents[2]))


def pulled(pair: Pair) -> subprocess.CompletedProcess[str]:
    """A plain `git pull` of what the others have shared."""
    git(pair.theirs, "push", "-q", str(pair.server), "HEAD:main")
    pull = ["git", "pull", "-q", "--no-rebase", "--no-edit"]
    return subprocess.run(pull, cwd=pair.mine.folder, capture_output=True, text=True, check=False)


@pytest.mark.usefixtures("on_path")
def test_a_plain_pull_merges_by_field(pair: Pair) -> None:
    mine, theirs, _server = pair
    saved(theirs, TRIP, participants=20, goals=["democracy"])
    saved(mine, TRIP, youth=True, goals=["knowledge"])
    saved(theirs, "twin-towns/granhult", name="Granhult", country="SE", potential="Skolor")
    saved(mine, "twin-towns/granhult", name="Granhult", country="SE", agreement_year=1990)

    said = pulled(pair)

    assert said.returncode == 0, said.stderr
    assert data(mine, TRIP)["goals"] == ["democracy", "knowledge"]
    assert (data(mine, TRIP)["participants"], data(mine, TRIP)["youth"]) == (20, True)
    assert data(mine, "twin-towns/granhult")["agreement_year"] == 1990
    assert status(mine) == []


@pytest.mark.usefixtures("on_path")
def test_what_a_person_has_to_decide_is_marked_as_git_marks_it(pair: Pair) -> None:
    mine, theirs, _server = pair
    saved(theirs, TRIP, participants=20, purpose="Deras")
    saved(mine, TRIP, participants=30)
    by_git(theirs, "departments/odd'name; touch x.toml", "a = 1\n")

    said = pulled(pair)

    assert said.returncode == 1
    held = files(mine)[f"{TRIP}.toml"]
    assert "<<<<<<< ours\nparticipants = 30\n=======\nparticipants = 20\n>>>>>>> theirs\n" in held
    assert f"UU {TRIP}.toml" in status(mine)
    assert not (mine.folder / "x").exists()


def test_without_vanort_git_merges_by_lines(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    mine, theirs, _server = pair
    saved(theirs, SKJERN, potential="Skolor")
    saved(mine, SKJERN, potential="Idrott")
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    assert pulled(pair).returncode == 1
    assert "<<<<<<< ours" in files(mine)[f"{SKJERN}.toml"]


def test_what_by_lines_would_agree_and_by_fields_does_not(tmp_path: Path) -> None:
    """Two new records of one name, with not a line in common place: Git alone would make one of them."""
    base, ours, theirs = (tmp_path / name for name in ("base", "ours", "theirs"))
    base.write_text('name = "A"\n\n\n\nboard = "N"\n', encoding="utf-8")
    ours.write_text('name = "A"\nboard = "N"\n\n[[budget]]\nid = "a"\nyear = 2026\namount = 1\n', encoding="utf-8")
    theirs.write_text("", encoding="utf-8")
    code = subprocess.run(
        [sys.executable, "-m", "tui", "merge-driver", *map(str, (base, ours, theirs)), "7", f"{BUN}.toml"], check=False
    ).returncode
    assert code >= 1
    assert "<<<<<<< ours" in ours.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", ["README.md", "departments/Ej Ett Namn.toml", "x/y.toml"])
def test_what_is_no_record_is_left_to_git(path: str) -> None:
    assert merged_file(path, b"a = 1\n", b"a = 1\nb = 1\n", b"a = 1\nc = 1\n") is None


def test_a_wrong_call_says_what_is_wanted_and_the_driver_starts_without_the_rest() -> None:
    ran = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "tui", "merge-driver"], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 2
    assert "vanort merge-driver BASE OURS THEIRS MARKER-SIZE PATH" in ran.stderr
    loaded = {line.rpartition("|")[2].strip() for line in ran.stderr.splitlines()}
    assert "registry.merge" in loaded
    assert not loaded & {"click", "git", "textual", "registry.store", "registry.git.run", "subprocess"}


def test_a_registry_has_it_from_the_beginning_and_doctor_puts_it_back(pair: Pair) -> None:
    mine, _theirs, _server = pair
    assert git(mine, "config", "merge.vanort.driver").startswith("command -v vanort >/dev/null || exec git merge-file")
    git(mine, "config", "--remove-section", "merge.vanort")
    merge_driver.install(mine.repo)
    assert dict(merge_driver.SETTINGS)["merge.vanort.driver"] == git(mine, "config", "merge.vanort.driver").strip()
    assert merge_driver.is_named(mine.repo)
    (mine.folder / ".gitattributes").write_text("*.toml text\n", encoding="utf-8")
    assert not merge_driver.is_named(mine.repo)
