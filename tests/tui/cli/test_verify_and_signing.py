"""`vanort verify` and `vanort signing`, as scripts and auditors use them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.tui.cli.running import done, git, vanort

ANNA = {"GIT_AUTHOR_NAME": "Anna Exempel", "GIT_AUTHOR_EMAIL": "anna@example.org"}


@pytest.fixture
def public(tmp_path: Path) -> Path:
    """A key of Anna's."""
    place = tmp_path / "anna"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", place], check=True, stdin=subprocess.DEVNULL)
    return place.with_name("anna.pub")


def test_a_registry_is_signed_and_verified(registry: Path, public: Path) -> None:
    before = done("signing", "--json", cwd=registry).json
    assert before == {
        "signs": False,
        "key": "",
        "principal": "anna@example.org",
        "required": False,
        "signers": [],
    }
    done("signing", "--key", str(public), cwd=registry)
    required = done("signing", "--require", "--json", cwd=registry).json  # by the key that it was told
    assert set(required) == {"commit", "to_hand_over"}
    done("set", "twin-towns/skjern", "potential=Kör", "-m", "Ny uppgift.", cwd=registry)
    answer = done("verify", "--json", cwd=registry).json
    assert answer["verified"] is True
    assert {key: answer[key] for key in ("commits", "signed", "required", "looked_at", "outside")} == {
        "commits": 5,
        "signed": 1,
        "required": 1,
        "looked_at": 5,
        "outside": [],
    }
    assert answer["commit"] == git(registry, "rev-parse", "HEAD")
    assert "Verifierad." in done("verify", cwd=registry).out
    told = done("signing", cwd=registry).out
    assert "anna@example.org  SHA256:" in told


def test_what_is_found_is_told_with_its_commit_and_exits_1(registry: Path) -> None:
    assert "Verified." in done("verify", "--lang", "en", cwd=registry).out
    place = registry / "twin-towns/skjern.toml"
    place.write_text("ingen post\n", encoding="utf-8")
    git(registry, "commit", "-qam", "Trasig \x1b[31m")
    answer = vanort("verify", cwd=registry)
    assert answer.code == 1
    assert answer.err == ""
    assert "varning" in answer.out
    assert "twin-towns/skjern: den lämnade posten så att den inte kan läsas, på rad 1  [readable]" in answer.out
    assert "Gjorda utan Vänort:" in answer.out
    assert "Inte verifierad." in answer.out
    assert "\x1b" not in answer.out
    found = vanort("verify", "--json", cwd=registry).json
    head = git(registry, "rev-parse", "HEAD")
    assert [(each["clause"], each["severity"], each["ref"], each["commit"]) for each in found["findings"]] == [
        ("readable", "warning", "twin-towns/skjern", head)
    ]
    assert [each["commit"] for each in found["outside"]] == [head]
    assert vanort("verify", "--at", "HEAD~1", cwd=registry).code == 0


def test_a_commit_that_was_printed_is_asked_for_in_a_clone(registry: Path, tmp_path: Path) -> None:
    printed = git(registry, "rev-parse", "HEAD")
    git(tmp_path, "clone", "-q", "--bare", str(registry), "clone")
    assert vanort("verify", "--contains", printed, cwd=tmp_path / "clone").code == 0
    answer = vanort("verify", "--contains", "0123456789abcdef", "--json", cwd=tmp_path / "clone")
    assert answer.code == 1
    assert [each["clause"] for each in answer.json["findings"]] == ["history"]
    wrong = vanort("verify", "--contains", "ingen-gren", cwd=tmp_path / "clone")
    assert wrong.code == 2
    assert "ingen-gren" in wrong.err


def test_a_rewritten_history_is_told_until_it_is_accepted(registry: Path) -> None:
    done("verify", cwd=registry)
    git(registry, "reset", "-q", "--hard", "HEAD~1")
    for _time in range(2):
        answer = vanort("verify", cwd=registry)
        assert answer.code == 1
        assert "main har skrivits om" in answer.out
    done("verify", "--accept", cwd=registry)
    done("verify", cwd=registry)


def test_what_cannot_be_done_is_said_in_a_line(registry: Path, public: Path) -> None:
    for arguments, words in (
        (("--key", "finns-inte.pub"), "finns-inte.pub"),
        (("--key", str(public), "--principal", "nej"), "nej"),
        (("--key", str(public), "--add", str(public)), "--add"),
        (("--principal", "anna@example.org"), "--key"),
        (("--revoke", "anna@example.org"), "undertecknas"),
        (("--add", str(public)), "--principal"),
        (("--require",), "ssh-keygen"),
    ):
        answer = vanort("signing", *arguments, cwd=registry)
        assert answer.code == 2, arguments
        assert words in answer.err, answer.err
        assert answer.err.count("\n") == 1
    assert git(registry, "status", "--porcelain") == ""


def test_an_interrupted_run_ends_quietly_and_goes_on_the_next_time(registry: Path) -> None:
    """Ctrl+C as a terminal sends it, while the first change is looked at by a Git that never answers."""
    import os
    import signal
    import sys

    from tests.tui.cli.running import environment

    fifo = registry.parent / "waits"
    os.mkfifo(fifo)
    slow = registry.parent / "bin"
    slow.mkdir()
    real = subprocess.run(["which", "git"], check=True, capture_output=True, text=True).stdout.strip()
    script = f'#!/bin/sh\ncase "$*" in *diff-tree*) echo here > "{fifo}"; sleep 60;; esac\nexec {real} "$@"\n'
    (slow / "git").write_text(script, encoding="utf-8")
    (slow / "git").chmod(0o755)
    env = environment(PATH=f"{slow}:{os.environ['PATH']}")
    run = subprocess.Popen(
        [sys.executable, "-m", "tui", "verify"], cwd=registry, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    fifo.read_text(encoding="utf-8")
    run.send_signal(signal.SIGINT)
    out, err = run.communicate(timeout=60)
    assert run.returncode == 130
    assert (out, err) == (b"", b"")
    assert vanort("verify", cwd=registry).code == 0
