"""Help, language, versions, completion; and what is never imported on the way."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tui.cli.conftest import PROJECT
from tests.tui.cli.running import done, environment, git, vanort
from tui.cli.program import COMMANDS

NAMES = [name for commands in COMMANDS.values() for name in commands]
PEOPLE = ["list", "show", "add", "set", "handover", "vacant", "export"]
HELPS = [[], *([name] for name in NAMES), *(["people", name] for name in PEOPLE)]


@pytest.mark.parametrize("command", HELPS, ids=" ".join)
def test_every_help_text_speaks_both_languages_and_has_examples(tmp_path: Path, command: list[str]) -> None:
    swedish = done("--lang", "sv", *command, "--help", cwd=tmp_path).out
    english = done("--lang", "en", *command, "-h", cwd=tmp_path).out
    assert swedish.startswith("Användning: vanort")
    assert english.startswith("Usage: vanort")
    assert "Flaggor:" in swedish
    assert "Options:" in english
    if command not in ([], ["people"]):
        assert "Exempel:" in swedish
        assert "Examples:" in english
        assert english.rpartition("Examples:")[2].count("vanort ") >= 1
    said = {
        line.strip()
        for line in english.splitlines()
        if len(line.split()) > 4 and not line.strip().startswith("vanort ")
    }
    assert not said & {line.strip() for line in swedish.splitlines()}


def test_every_command_of_the_table_is_in_the_help(tmp_path: Path) -> None:
    shown = done("--help", cwd=tmp_path).out
    for name in NAMES:
        assert re.search(rf"^  {name}  ", shown, re.MULTILINE)


def test_the_language_is_the_options_then_the_registrys_then_the_locales_then_swedish(
    registry: Path, tmp_path: Path
) -> None:
    def first(*arguments: str, cwd: Path, **env: str) -> str:
        return done(*arguments, "--help", cwd=cwd, env=env).out.split(":")[0]

    assert first(cwd=tmp_path) == "Användning"
    assert first(cwd=tmp_path, LANG="en_GB.UTF-8") == "Usage"
    assert first(cwd=registry, LANG="en_GB.UTF-8") == "Användning"
    done("set", "registry", "language=en", "-m", "On the council's wish.", cwd=registry)
    assert first(cwd=registry, LANG="sv_SE.UTF-8") == "Usage"
    assert first("-r", str(registry), cwd=tmp_path, LANG="sv_SE.UTF-8") == "Usage"
    assert first("--lang", "sv", cwd=registry) == "Användning"
    assert first("log", "--lang=sv", cwd=registry) == "Användning"


def test_the_history_is_in_the_registrys_language_whoever_writes_it(registry: Path) -> None:
    done("--lang", "en", "set", PROJECT, "participants=24", "-m", "Fler.", cwd=registry)
    assert "Antal deltagare: – → 24" in git(registry, "log", "-1", "--format=%B")


def test_the_versions_are_told(tmp_path: Path) -> None:
    assert re.fullmatch(r"vanort \S+, Git \d[\d.]+, Python 3\.\d+\.\S+\n", done("--version", cwd=tmp_path).out)
    empty = tmp_path / "tom"
    empty.mkdir()
    assert ", Git –, " in done("--version", cwd=tmp_path, env={"PATH": str(empty)}).out


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        ["show", PROJECT],
        ["list", "projects"],
        ["log"],
        ["check"],
        ["doctor"],
        ["set", PROJECT, "participants=24", "-m", "Fler."],
        ["people", "list"],
        ["completion", "zsh"],
    ],
    ids=" ".join,
)
def test_no_command_imports_the_app_or_what_the_app_needs(registry: Path, arguments: list[str]) -> None:
    code = (
        "import sys; from tui.cli import main; code = main(sys.argv[1:]); "
        "print(sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr); sys.exit(code)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=registry, env=environment(), capture_output=True, check=True
    )
    imported = set(re.findall(r"'(\w+)'", ran.stderr.decode().splitlines()[-1]))
    assert not imported & {"textual", "rich", "git", "watchfiles", "openpyxl"}
    if arguments[0] in {"--help", "show", "list", "log"}:
        assert "tomlkit" not in imported


def test_help_imports_no_command_but_its_own(tmp_path: Path) -> None:
    code = (
        "import sys; from tui.cli import main; main(['show', '--help']); "
        "print([name for name in sys.modules if name.startswith('tui.cli.commands.')], file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment(), capture_output=True, check=True)
    assert ran.stderr.decode().strip() == "['tui.cli.commands.show']"


def test_the_app_without_a_terminal_says_so_and_nothing_hangs(registry: Path, tmp_path: Path) -> None:
    for arguments in ([], ["demo"], ["-r", str(registry)]):
        for lang, words in (("sv", "behöver en terminal"), ("en", "needs a terminal")):
            answer = vanort("--lang", lang, *arguments, cwd=tmp_path)
            assert (answer.code, answer.out) == (2, "")
            assert words in answer.err


def completed(cwd: Path, *words: str, of: str = "zsh") -> list[str]:
    """What the shell would offer for the last of `words`."""
    env = {
        "_VANORT_COMPLETE": f"{of}_complete",
        "COMP_WORDS": " ".join(["vanort", *words]),
        "COMP_CWORD": str(len(words)),
    }
    out = done(cwd=cwd, env=env).out.splitlines()
    return [line.partition(",")[2] for line in out] if of == "bash" else out[1::3]


def test_commands_records_keys_choices_and_reasons_complete(registry: Path) -> None:
    assert completed(registry, "ren") == ["rename"]
    assert completed(registry, "show", "twin-towns/s") == ["twin-towns/skjern"]
    assert completed(registry, "list", "pr") == ["projects"]
    assert completed(registry, "set", PROJECT, "expected") == ["expected_value="]
    assert completed(registry, "set", PROJECT, "stage=c") == ["stage=completed", "stage=cancelled"]
    assert completed(registry, "set", PROJECT, "-m", "cor") == ["correction"]
    assert completed(registry, "new", "departments/x", "boa") == ["board=", "board_short="]
    assert completed(registry, "init", "x", "--starter", "b") == ["blank"]
    assert completed(registry, "people", "exp") == ["export"]
    person = done("people", "add", "name=Maja Exempel", cwd=registry).out.strip()
    assert completed(registry, "people", "show", "p-") == [person]


def test_bash_hands_over_a_key_and_its_value_as_three_words(registry: Path) -> None:
    assert completed(registry, "set", PROJECT, "stage", "=", "c", of="bash") == ["completed", "cancelled"]
    assert "planned" in completed(registry, "set", PROJECT, "stage", "=", of="bash")


def test_completion_outside_a_registry_offers_nothing_and_says_nothing(tmp_path: Path) -> None:
    assert completed(tmp_path, "show", "twin") == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_for_the_shell_is_printed(tmp_path: Path, shell: str) -> None:
    script = done("completion", shell, cwd=tmp_path).out
    assert f"_VANORT_COMPLETE={shell}_complete" in script
    if shell == "bash":
        subprocess.run(["bash", "-n"], input=script.encode(), check=True)


def test_a_terminal_that_cannot_show_a_letter_is_no_error(registry: Path) -> None:
    env = {"PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    assert "K\\xf6rresa" in done("show", PROJECT, cwd=registry, env=env).out
    assert done("show", PROJECT, "--json", cwd=registry, env=env).json["title"] == "Körresa till Rautalampi"


def test_the_users_language_setting_is_left_alone(registry: Path) -> None:
    code = "import os; from tui.cli import main; main(['--lang', 'en', 'log', '-n', '1']); print(os.environ.get('LANGUAGE'))"
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=registry, env=environment(LANGUAGE="fi"), capture_output=True, check=True
    )
    assert ran.stdout.decode().splitlines()[-1] == "fi"
    assert "LANGUAGE" not in os.environ
