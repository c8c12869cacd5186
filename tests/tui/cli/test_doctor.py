"""`vanort doctor`: a line for each thing, a remedy where it is needed, exit code 1 where something is."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from registry.git.graph import chain_of
from registry.health import position
from registry.health.looking import checks
from tests.kit import save, torsby
from tests.tui.cli.running import done, git, vanort
from tui import terminal_health


def findings(registry: Path, **env: str) -> dict[str, str]:
    """What needs attention, by the id of the check."""
    answer = vanort("doctor", "--json", cwd=registry, env=env)
    wrong = {check["id"]: f"{check['message']} {check['remedy']}" for check in answer.json if not check["ok"]}
    assert answer.code == int(bool(wrong))
    return wrong


def test_a_sound_registry_needs_nothing(registry: Path) -> None:
    told = done("doctor", cwd=registry).out.splitlines()
    assert all(line.startswith("✓") for line in told)
    assert len(told) >= 10
    assert "Anna Exempel" in "".join(told)


def test_what_needs_attention_is_named_with_its_remedy(registry: Path) -> None:
    lock = registry / ".git" / "index.lock"
    lock.touch()
    os.utime(lock, (time.time() - 7200, time.time() - 7200))
    (registry / ".git" / "MERGE_HEAD").write_text(git(registry, "rev-parse", "HEAD"))
    (registry / "twin-towns" / "skjern.toml").write_text("x = [")
    wrong = findings(registry)
    assert set(wrong) == {"lock", "unfinished", "hand-edits", "files"}
    assert "2 timmar" in wrong["lock"]
    assert "index.lock" in wrong["lock"]
    assert "vanort doctor --back-out" in wrong["unfinished"]
    assert "vanort discard" in wrong["hand-edits"]
    assert "skjern" in wrong["files"]


def test_a_file_under_a_name_that_no_record_can_have_is_named(registry: Path) -> None:
    (registry / "twin-towns" / "Påskön.toml").write_text('name = "x"\n')
    assert "Påskön.toml" in findings(registry)["files"]


def test_a_detached_head_a_missing_identity_and_a_newer_format_are_named(registry: Path, tmp_path: Path) -> None:
    file = registry / "registry.toml"
    file.write_text(file.read_text().replace("format = 1", "format = 9"))
    git(registry, "commit", "-qam", "Framtiden")
    git(registry, "checkout", "-q", "--detach")
    (tmp_path / "tom").write_text("")
    assert set(findings(registry, GIT_CONFIG_GLOBAL=str(tmp_path / "tom"))) == {"branch", "identity", "format"}


def test_signing_without_its_program_is_named(registry: Path) -> None:
    git(registry, "config", "commit.gpgsign", "true")
    git(registry, "config", "gpg.program", "finns-inte-alls")
    assert set(findings(registry)) == {"signing"}


def test_outside_a_registry_the_rest_is_still_looked_at(tmp_path: Path) -> None:
    outside = done("doctor", cwd=tmp_path)
    assert "✓ Det finns inget register i den här mappen" in outside.out
    assert "Git 2" in outside.out
    named = vanort("-r", str(tmp_path), "doctor", cwd=tmp_path)
    assert (named.code, "✗" in named.out, "vanort init" in named.out) == (1, True, True)


def test_without_git_that_is_what_is_wrong(registry: Path, tmp_path: Path) -> None:
    (tmp_path / "tom").mkdir()
    assert "git" in findings(registry, PATH=str(tmp_path / "tom"))


def test_a_terminal_without_utf_8_is_named(registry: Path) -> None:
    assert "terminal" in findings(registry, PYTHONIOENCODING="latin-1")


def test_what_can_be_seen_to_from_here_is_seen_to(registry: Path) -> None:
    (registry / ".gitattributes").unlink()
    git(registry, "commit", "-qam", "Utan")
    wrong = findings(registry)
    assert set(wrong) == {"merge-driver"}
    assert "vanort doctor --fix" in vanort("doctor", cwd=registry).out
    told = done("doctor", "--fix", cwd=registry).out
    assert "Ordnat: Vanlig Git för samman poster rad för rad" in told
    assert not findings(registry)
    (registry / ".git" / "info" / "attributes").write_text("*.md text\n")
    done("doctor", "--fix", "--json", cwd=registry)
    assert (registry / ".git/info/attributes").read_text() == "*.md text\n*.toml text eol=lf merge=vanort\n"


def test_a_hook_that_never_runs_and_a_server_that_does_not_answer_are_named(registry: Path, tmp_path: Path) -> None:
    hook = registry / ".git" / "hooks" / "commit-msg"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 0\n")
    assert "chmod +x" in findings(registry)["hooks"]
    hook.chmod(0o755)
    assert "Krokar som körs när något sparas: commit-msg" in done("doctor", cwd=registry).out
    git(registry, "init", "-q", "--bare", str(tmp_path / "server.git"))
    git(registry, "remote", "add", "origin", str(tmp_path / "server.git"))
    by_id = {check["id"]: check for check in vanort("doctor", "--online", "--json", cwd=registry).json}
    assert (by_id["server"]["ok"], by_id["server"]["remedy"]) == (False, "Skicka det: vanort sync")
    done("sync", cwd=registry)
    assert "Servern svarar och har registret" in done("doctor", "--online", cwd=registry).out
    (tmp_path / "server.git").rename(tmp_path / "borta")
    assert not findings(registry), "nobody asked for the server"
    answer = vanort("doctor", "--online", cwd=registry)
    assert answer.code == 1
    assert "server.git" in answer.out


def test_a_long_history_is_prepared_for_searching_and_an_office_may_stand_as_who_acts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = torsby(tmp_path / "r")
    save(store, "departments/bun", act="new", name="Barn- och utbildning", mailbox="bun@example.org")
    monkeypatch.setattr(position, "_LONG", 2)
    (slow,) = (check for check in checks(store) if check.id == "commit-graph")
    assert (slow.ok, slow.as_json()["fixable"], slow.mend is not None) == (True, True, True)
    assert slow.mend is not None
    slow.mend()
    assert chain_of(store.repo).exists()
    (there,) = (check for check in checks(store) if check.id == "commit-graph")
    assert there.mend is None
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    (nobody,) = (check for check in checks(store) if check.id == "identity")
    assert nobody.remedy.endswith("Det får vara en funktion: Barn- och utbildning <bun@example.org>.")


@pytest.mark.parametrize(
    ("environment", "size", "amiss", "told"),
    [
        ({"TERM": "xterm-256color", "LANG": "sv_SE.UTF-8"}, (120, 40), set(), "256 färger"),
        ({"TERM": "xterm", "COLORTERM": "truecolor", "LANG": "C"}, (120, 40), set(), "export LC_ALL=C.UTF-8 om å, ä"),
        ({"TERM": "xterm", "NO_COLOR": "1"}, (60, 40), {"size"}, "Utan färger"),
        ({"TERM": "vt100", "SSH_TTY": "/dev/pts/1", "DISPLAY": ":0"}, (80, 24), set(), "Terminalen ombeds att kopiera"),
        ({"TERM": "linux"}, (0, 0), {"clipboard"}, "den här terminalen har inget urklipp"),
        ({"TERM": "screen", "STY": "1.x"}, (80, 24), set(), "screen ombeds att kopiera"),
        ({"TERM": "dumb"}, (80, 24), {"terminal"}, "bara kan visa rader"),
        ({"TERM": "xterm", "WAYLAND_DISPLAY": "w"}, (80, 24), set(), "installera wl-clipboard"),
    ],
)
def test_what_a_terminal_can_is_told_with_its_remedy(
    environment: dict[str, str],
    size: tuple[int, int],
    amiss: set[str],
    told: str,
) -> None:
    found = list(terminal_health.checks({"PATH": "", **environment}, "utf-8", size))
    assert {check.id for check in found if not check.ok} == amiss
    assert told in " ".join(f"{check.message} {check.remedy}" for check in found)
    assert all(check.remedy for check in found if not check.ok)
