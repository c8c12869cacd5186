"""Records that nobody can read: none is sent, those that come are told with the way out, and the rest is shared all the same."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from registry.git import addresses
from registry.git.network_trouble import classified
from registry.sharing.exchanged import exchange
from registry.store import Store
from registry.visits import visited
from tests.kit import SKJERN, TRIP, git, save, write_file
from tests.sharing.kit import copied, done, plain, said, without_our_driver


@pytest.fixture
def both(made: Path, tmp_path: Path) -> tuple[Store, Store]:
    """Anna's and Berit's copies, in which plain Git leaves its marks."""
    both = copied(made, tmp_path)
    for store in both:
        without_our_driver(store)
        git(store, "config", "pull.rebase", "false")
    return both


def test_marks_that_were_saved_by_plain_git_go_nowhere(both: tuple[Store, Store]) -> None:
    anna, berit = both
    save(berit, TRIP, participants=20)
    git(berit, "push", "-q", "origin", "main")
    save(anna, TRIP, participants=30)
    assert plain(anna, "pull", "-q").returncode != 0
    git(anna, "commit", "-qam", "careless")
    shared = git(berit, "rev-parse", "HEAD")
    answer = said(anna, "sync")
    assert answer.code == 2
    assert TRIP in answer.err
    assert "vanort doctor --finish" in answer.err
    assert git(anna, "ls-remote", "origin", "main").split()[0] == shared.strip()
    for met in said(anna, "conflicts", "--json").json:
        last = done(anna, "settle", met["ref"], met["field"], "theirs")
    assert "vanort doctor --finish" in last.out
    done(anna, "doctor", "--finish")
    done(anna, "sync")
    done(berit, "sync")
    assert (berit.current().data(TRIP) or {})["participants"] == 20


def test_a_place_that_is_not_there_and_a_password_that_would_be_read(both: tuple[Store, Store], tmp_path: Path) -> None:
    anna, _berit = both
    (tmp_path / "here" / "shared.git").rename(tmp_path / "unplugged")
    answer = said(anna, "sync", "--json")
    assert (answer.code, answer.json["state"], answer.json["people"]["state"]) == (2, "offline", "offline")
    (tmp_path / "unplugged").rename(tmp_path / "here" / "shared.git")
    address = "https://anna:hemligt@git.example.org/r.git"
    for command in (("remote", address), ("clone", address, str(tmp_path / "copy"))):
        refused = said(anna, *command)
        assert refused.code == 2
        assert "credential.helper" in refused.err
        assert "hemligt" not in refused.err
    asked = classified(addresses.parse(address), 128, "fatal: Authentication failed for 'x'")
    assert "git ls-remote https://git.example.org/r.git in" in asked.hint


def test_what_came_unreadable_is_told_with_the_command_that_mends_it(both: tuple[Store, Store]) -> None:
    anna, berit = both
    visited(anna, anna.repo.head(), datetime.now().astimezone())
    write_file(berit, f"{SKJERN}.toml", 'name = "x')
    write_file(berit, ".gitattributes", "* text\n")
    git(berit, "commit", "-qam", "Snabbt")
    git(berit, "push", "-q", "origin", "main")
    answer = said(anna, "sync")
    assert answer.code == 1
    assert ".gitattributes" in answer.err
    told = next(line for line in answer.err.splitlines() if SKJERN in line)
    assert "--to" in told
    assert ".gitattributes" in said(anna, "doctor").out
    visited(anna, anna.repo.head(), datetime.now().astimezone())
    (to_see,) = [each for each in exchange(anna).new if each.ref == SKJERN]
    assert to_see.in_brief() == "The file could not be read"
    words = told.partition("vanort ")[2].replace("WHY", "Rättat").split()
    assert " ".join(words[:4]) in said(anna, "doctor").out
    done(anna, *words)
    done(anna, "sync")
    assert done(berit, "sync", "--json").json["unreadable"] == []
    assert berit.current().data(SKJERN) == anna.current().data(SKJERN)
    assert anna.current().fault(SKJERN) is None
