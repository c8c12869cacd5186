"""`vanort doctor`: a line for each thing, a remedy where it is needed, exit code 1 where something is."""

from __future__ import annotations

import os
import time
from pathlib import Path

from tests.tui.cli.running import done, git, vanort


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
    wrong = findings(tmp_path)
    assert set(wrong) == {"registry"}
    assert "vanort init" in wrong["registry"]


def test_without_git_that_is_what_is_wrong(registry: Path, tmp_path: Path) -> None:
    (tmp_path / "tom").mkdir()
    assert "git" in findings(registry, PATH=str(tmp_path / "tom"))


def test_a_terminal_without_utf_8_is_named(registry: Path) -> None:
    assert "terminal" in findings(registry, PYTHONIOENCODING="latin-1")
