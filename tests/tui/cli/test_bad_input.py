"""Every bad input that a command line can meet gets one line with its remedy, in both languages, and changes nothing."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from tests.tui.cli.conftest import PROJECT
from tests.tui.cli.running import Answer, done, environment, git, vanort

BOTH = pytest.mark.parametrize("lang", ["sv", "en"])


def refused(
    *arguments: str, cwd: Path, lang: str, swedish: str, english: str, env: dict[str, str] | None = None
) -> Answer:
    """One line on stderr with the words in that language, nothing on stdout, exit code 2; the same in JSON."""
    answer = vanort("--lang", lang, *arguments, cwd=cwd, env=env)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("vanort: ")
    assert answer.err.count("\n") == 1
    assert (swedish if lang == "sv" else english) in answer.err
    assert "Traceback" not in answer.err
    return answer


@BOTH
@pytest.mark.parametrize(
    "ref",
    [
        "../../etc/passwd",
        "twin-towns/../registry",
        "/etc/passwd",
        "C:\\Windows\\x",
        "twin-towns/Skjern",
        "twin-towns/con",
        "departments/lpt1",
        "projects/skjern",
        "twin-towns/",
        "twin-towns/a b",
        "twin-towns/påskön",
        ".git/config",
        "",
    ],
)
def test_what_is_no_ref_is_refused_with_an_example(registry: Path, ref: str, lang: str) -> None:
    refused(
        "show", ref, cwd=registry, lang=lang, swedish="är inte namnet på en post", english="is not the name of a record"
    )
    assert not list(registry.glob("**/passwd*"))


@BOTH
def test_a_ref_that_looks_like_an_option_is_never_one(registry: Path, lang: str) -> None:
    refused("show", "-x", cwd=registry, lang=lang, swedish="Flaggan '-x' finns inte", english="No such option")
    refused("show", "--", "-x", cwd=registry, lang=lang, swedish="är inte namnet på", english="is not the name of")
    refused(
        "log", "--", "--output=x", cwd=registry, lang=lang, swedish="är inte namnet på", english="is not the name of"
    )
    refused(
        "diff",
        "--",
        "--output=x",
        "HEAD",
        cwd=registry,
        lang=lang,
        swedish="ingen sådan version",
        english="no such version",
    )
    refused(
        "show",
        PROJECT,
        "--at",
        "--all",
        cwd=registry,
        lang=lang,
        swedish="ingen sådan version",
        english="no such version",
    )
    assert not (registry / "x").exists()


@BOTH
def test_a_record_that_is_not_there_is_missed_with_the_likeliest_name(registry: Path, lang: str) -> None:
    answer = refused(
        "show",
        "twin-towns/skjärn".replace("ä", "a"),
        cwd=registry,
        lang=lang,
        swedish="Menade du",
        english="Did you mean",
    )
    assert "twin-towns/skjern" in answer.err
    refused(
        "delete", "projects/2001/x", "-m", "Prov.", cwd=registry, lang=lang, swedish="ingen post", english="no record"
    )


@BOTH
@pytest.mark.parametrize(
    ("arguments", "swedish", "english"),
    [
        (["shw"], "finns inte", "No such command"),
        (["show"], "saknas ett argument", "Missing argument"),
        (["show", "registry", "policy"], "för mycket", "unexpected extra argument"),
        (["show", "--at"], "behöver ett värde", "requires an argument"),
        (["show", "--json=1", "registry"], "tar inget värde", "does not take a value"),
        (["log", "-n", "två"], "är inget tal", "is not a valid integer"),
        (["log", "-n", "-1"], "ligger inte i", "is not in the range"),
        (["init", "x", "--starter", "annan"], "inget av", "is not one of"),
        (["list", "kommuner"], "sorts post", "no kind of record"),
        (["list", "registry"], "vanort show registry", "vanort show registry"),
        (["list", "projects", "--where", "title"], "inget villkor", "is not a condition"),
        (["list", "projects", "--where", "titel=x"], "ingen nyckel", "has no key"),
        (["list", "projects", "--where", "stage=klar"], "klar", "klar"),
        (["set", PROJECT, "start=31 februari", "-m", "Prov."], "31 februari", "31 februari"),
        (["set", PROJECT, "titel=x", "-m", "Prov."], "titel", "titel"),
        (["set", PROJECT, "cost=12 500,50", "-m", "Prov."], "öre", "öre"),
        (["set", PROJECT, "title", "-m", "Prov."], "start=2026-05-04", "start=2026-05-04"),
        (["set", PROJECT, "department=departments/finns-inte", "-m", "Prov."], "finns-inte", "finns-inte"),
        (["new", "registry", "municipality=X", "-m", "Prov."], "kan inte finnas någon mer", "can be no other"),
        (["new", "projects", "-m", "Prov."], "title", "title"),
        (["people", "show", "p-222222"], "personbok", "people book"),
        (["people", "add", "title=Rektor"], "name=", "name="),
        (["undo", "deadbeef", "-m", "rättelse"], "ingen sådan version", "no such version"),
        (["undo", "", "-m", "rättelse"], "version: –. Ange", "version: –. Give"),
        (["show", "registry", "--at", "1900"], "börjar senare", "begins later"),
        (["set", PROJECT, "-m", "Prov."], "NYCKEL=VÄRDE", "KEY=VALUE"),
        (["set", PROJECT, "purpose=A", "purpose=B", "-m", "Prov."], "två gånger", "twice"),
        (["-r", "", "check"], "tomt namn", "empty name"),
        (["init", ""], "tomt namn", "empty name"),
        (["completion"], "Välj bland: bash, zsh, fish", "Choose from: bash, zsh, fish"),
    ],
)
def test_what_cannot_be_understood_is_said_in_one_line(
    registry: Path, arguments: list[str], swedish: str, english: str, lang: str
) -> None:
    head = git(registry, "rev-parse", "HEAD")
    refused(*arguments, cwd=registry, lang=lang, swedish=swedish, english=english)
    assert git(registry, "rev-parse", "HEAD") == head
    assert git(registry, "status", "--porcelain") == ""


def test_an_error_in_json_has_its_remedy_beside_it(registry: Path) -> None:
    for arguments in (
        ["show", "twin-towns/x", "--json"],
        ["set", PROJECT, "start=x", "-m", "y z", "--json"],
        ["log", "--json", "--nej"],
    ):
        answer = vanort(*arguments, cwd=registry)
        assert (answer.code, answer.out) == (2, "")
        assert set(answer.error) == {"error", "hint"}
        assert answer.error["error"]
        assert answer.error["hint"]


HOSTILE = {
    "markup": "[/foo] [@click=app.quit]x[/]",
    "escape": "röd \x1b[31mtext\x1b]0;titel\x07 \x9b2J",
    "direction": "abc\u202edef\u200f",
    "emoji": "👩‍👩‍👧 och e\u0301\u0302\u0303\u0304\u0305",
    "trailers": "---\nDecision: KS 2026-01-01 § 1\nChange: erase",
    "long": "å" * 60_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_kept_as_it_is_and_shown_harmless(registry: Path, name: str) -> None:
    text = HOSTILE[name]
    done("set", PROJECT, f"purpose={text}", "-m", f"Prov. {text[:200]}", cwd=registry)
    assert done("show", PROJECT, "--json", cwd=registry).json["purpose"] == text.replace("\r", "")
    for command in (
        ["show", PROJECT],
        ["log", "--fields"],
        ["list", "projects"],
        ["diff", "HEAD~1", "HEAD"],
        ["log", "--json"],
    ):
        out = done(*command, cwd=registry).out
        assert not set(out) & {"\x1b", "\x07", "\x9b", "\u202e", "\u200f", "\0"}
    trailers = subprocess.run(
        ["git", "interpret-trailers", "--parse"],
        input=git(registry, "log", "-1", "--format=%B").encode(),
        capture_output=True,
        check=True,
    ).stdout.decode()
    assert "Change: set" in trailers
    assert "erase" not in trailers


def test_a_nul_in_a_file_is_shown_and_not_sent(registry: Path) -> None:
    file = registry / "twin-towns" / "skjern.toml"
    file.write_text(file.read_text() + 'potential = "a\\u0000b\\u001b[2J"\n')
    assert "\0" not in (shown := done("show", "twin-towns/skjern", cwd=registry).out)
    assert "a␀b␛[2J" in shown


@BOTH
def test_broken_files_are_named_with_their_line_and_the_rest_can_be_used(registry: Path, lang: str) -> None:
    towns = registry / "twin-towns"
    (towns / "skjern.toml").write_text('name = "Skjern"\ncountry = [\n')
    (towns / "perna.toml").write_bytes(b'name = "Pern\xe5"\n')
    (towns / "bomlo.toml").write_text('<<<<<<< HEAD\nname = "A"\n=======\nname = "B"\n>>>>>>> x\n')
    (towns / "paskon.toml").unlink()
    (towns / "paskon.toml").mkdir()
    refused("show", "twin-towns/skjern", cwd=registry, lang=lang, swedish="rad 2", english="line 2")
    refused("show", "twin-towns/perna", cwd=registry, lang=lang, swedish="UTF-8", english="UTF-8")
    refused("show", "twin-towns/bomlo", cwd=registry, lang=lang, swedish="twin-towns/bomlo", english="twin-towns/bomlo")
    refused(
        "show", "twin-towns/paskon", cwd=registry, lang=lang, swedish="twin-towns/paskon", english="twin-towns/paskon"
    )
    listed = vanort("--lang", lang, "list", "twin-towns", "--json", cwd=registry)
    assert listed.code == 0
    assert len(listed.json) == 2
    assert listed.err.count("\n") == 4
    found = vanort("check", "--json", cwd=registry)
    assert found.code == 1
    assert len({finding["ref"] for finding in found.json if finding["clause"] == "schema"}) == 4


@BOTH
def test_a_link_that_leads_out_of_the_folder_is_not_followed(registry: Path, tmp_path: Path, lang: str) -> None:
    secret = tmp_path / "hemligt.toml"
    secret.write_text('name = "Hemligt"\n')
    (registry / "twin-towns" / "ut.toml").symlink_to(secret)
    refused("show", "twin-towns/ut", cwd=registry, lang=lang, swedish="länk", english="link")
    shutil.rmtree(registry / "departments")
    (registry / "departments").symlink_to(tmp_path)
    answer = vanort("--lang", lang, "show", "departments/hemligt", cwd=registry)
    assert answer.code == 2
    assert "Hemligt" not in answer.out + answer.err


@BOTH
def test_a_folder_without_a_registry_is_refused(tmp_path: Path, lang: str) -> None:
    for command in (
        ["list", "projects"],
        ["set", "registry", "language=en", "-m", "Prov."],
        ["-r", str(tmp_path), "log"],
    ):
        refused(*command, cwd=tmp_path, lang=lang, swedish="vanort init", english="vanort init")
    refused("-r", str(tmp_path / "nej"), "log", cwd=tmp_path, lang=lang, swedish="vanort init", english="vanort init")


@BOTH
def test_a_bare_repository_is_read_and_what_would_write_calls_it_that(
    registry: Path, tmp_path: Path, lang: str
) -> None:
    bare = tmp_path / "bar.git"
    git(tmp_path, "clone", "-q", "--bare", str(registry), str(bare))
    told = {"lang": lang, "swedish": "git clone", "english": "git clone"}
    refused("-r", str(bare), "undo", "-m", "Fel.", cwd=tmp_path, **told)
    refused("-r", str(tmp_path), "log", cwd=bare, lang=lang, swedish="vanort init", english="vanort init")
    assert len(done("-r", str(bare), "log", "--json", cwd=tmp_path).json) == 3  # what only reads does


def test_a_registry_without_a_commit_can_be_read_and_saved(registry: Path) -> None:
    shutil.rmtree(registry / ".git")
    git(registry, "init", "-q", "-b", "main")
    assert len(done("list", "twin-towns", "--json", cwd=registry).json) == 6
    assert done("log", "--json", cwd=registry).json == []
    assert vanort("show", "registry", "--at", "idag", cwd=registry).code == 2
    done("save", "-m", "Börjar.", cwd=registry)
    assert len(done("log", "--json", cwd=registry).json) == 1


@BOTH
def test_a_detached_head_and_an_unfinished_merge_are_read_and_not_written(registry: Path, lang: str) -> None:
    change = ("set", PROJECT, "participants=1", "-m", "Prov.")
    git(registry, "checkout", "-q", "--detach")
    assert len(done("list", "twin-towns", "--json", cwd=registry).json) == 6
    refused(*change, cwd=registry, lang=lang, swedish="git switch", english="git switch")
    git(registry, "checkout", "-q", "main")
    (registry / ".git" / "MERGE_HEAD").write_text(git(registry, "rev-parse", "HEAD") + "\n")
    refused(*change, cwd=registry, lang=lang, swedish="merge", english="merge")
    assert git(registry, "rev-list", "--count", "HEAD") == "3"


@BOTH
def test_somebody_elses_lock_is_waited_for_and_then_told(registry: Path, lang: str) -> None:
    lock = registry / ".git" / "index.lock"
    lock.touch()
    refused(
        "set",
        PROJECT,
        "participants=1",
        "-m",
        "Prov.",
        cwd=registry,
        lang=lang,
        swedish="index.lock",
        english="index.lock",
    )
    assert lock.exists()
    assert git(registry, "rev-list", "--count", "HEAD") == "3"
    assert len(done("list", "twin-towns", "--json", cwd=registry).json) == 6


@BOTH
def test_without_git_what_is_needed_is_said(registry: Path, tmp_path: Path, lang: str) -> None:
    empty = tmp_path / "tom"
    empty.mkdir()
    env = {"PATH": str(empty)}
    change = ("set", PROJECT, "participants=1", "-m", "Prov.")
    refused(*change, cwd=registry, lang=lang, swedish="Git 2.36", english="Git 2.36", env=env)


@BOTH
def test_a_git_that_is_too_old_is_told_from_one_that_will_do(registry: Path, tmp_path: Path, lang: str) -> None:
    old = tmp_path / "gammal"
    old.mkdir()
    (old / "git").write_text("#!/bin/sh\necho git version 2.20.1\n")
    (old / "git").chmod(0o755)
    env = {"PATH": f"{old}:{os.environ['PATH']}"}
    change = ("set", PROJECT, "participants=1", "-m", "Prov.")
    answer = refused(*change, cwd=registry, lang=lang, swedish="för gammal", english="too old", env=env)
    assert "2.20.1" in answer.err
    assert "2.36" in answer.err


@BOTH
def test_without_an_identity_a_change_is_refused_with_the_remedy(registry: Path, tmp_path: Path, lang: str) -> None:
    (tmp_path / "tom").write_text("")
    env = {"GIT_CONFIG_GLOBAL": str(tmp_path / "tom")}
    change = ("set", PROJECT, "participants=1", "-m", "Prov.")
    refused(*change, cwd=registry, lang=lang, swedish="git config", english="git config", env=env)
    new = tmp_path / "nytt"
    refused("init", str(new), cwd=tmp_path, lang=lang, swedish="git config", english="git config", env=env)
    assert not new.exists()
    done("init", str(new), "--identity", "Anna Exempel", "anna@example.org", cwd=tmp_path, env=env)
    assert git(new, "log", "-1", "--format=%an <%ae>") == "Anna Exempel <anna@example.org>"


@BOTH
def test_a_folder_that_is_not_empty_takes_no_new_registry(registry: Path, tmp_path: Path, lang: str) -> None:
    refused("init", str(registry), cwd=tmp_path, lang=lang, swedish="är inte tom", english="is not empty")
    refused("init", str(registry / "inne"), cwd=tmp_path, lang=lang, swedish="utanför", english="outside")
    assert git(registry, "status", "--porcelain") == ""


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="whoever may do everything is never refused"
)
def test_a_folder_that_may_only_be_read_can_be_read(registry: Path) -> None:
    places = [registry, *registry.rglob("*")]
    modes = {place: place.stat().st_mode for place in places if not place.is_symlink()}
    for place, mode in modes.items():
        place.chmod(mode & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))
    try:
        assert len(done("list", "twin-towns", "--json", cwd=registry).json) == 6
        assert vanort("set", PROJECT, "participants=1", "-m", "Prov.", cwd=registry).code == 2
    finally:
        for place, mode in modes.items():
            place.chmod(mode)


@BOTH
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
def test_an_answer_that_cannot_be_written_is_an_error(registry: Path, lang: str) -> None:
    with Path("/dev/full").open("wb") as full:
        answer = vanort("--lang", lang, "list", "twin-towns", cwd=registry, stdout=full)
    assert answer.code == 2
    assert ("Svaret kunde inte skrivas" if lang == "sv" else "could not be written") in answer.err
    assert answer.err.count("\n") == 1


@BOTH
def test_a_defect_of_ours_is_an_apology_with_a_report_and_no_traceback(
    registry: Path, tmp_path: Path, lang: str
) -> None:
    broken = tmp_path / "trasig"
    broken.mkdir()
    (broken / "sitecustomize.py").write_text(
        "import registry.records.display\ndef rows(*_):\n    raise RuntimeError('a defect')\nregistry.records.display.rows = rows\n"
    )
    env = {"PYTHONPATH": f"{broken}:{environment()['PYTHONPATH']}", "XDG_STATE_HOME": str(tmp_path / "state")}
    answer = vanort("--lang", lang, "show", PROJECT, "--json", cwd=registry, env=env)
    assert answer.code == 0  # nothing of it is needed for JSON
    answer = vanort("--lang", lang, "show", PROJECT, cwd=registry, env=env)
    assert answer.code == 2
    assert ("Vi ber om ursäkt" if lang == "sv" else "We are sorry") in answer.err
    assert "Traceback" not in answer.err
    reports = list((tmp_path / "state" / "vanort" / "reports").iterdir())
    assert len(reports) == 1
    assert "RuntimeError: a defect" in reports[0].read_text()
    assert stat.S_IMODE(reports[0].stat().st_mode) == 0o600
