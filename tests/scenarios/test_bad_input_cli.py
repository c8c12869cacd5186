"""Bad input, by name, on the command line: one clear line in both languages, exit code 2, nothing written, no hang.

What is shown elsewhere is not shown again here:

======================================================  ================================================================
bad input                                               shown by
======================================================  ================================================================
REFs: ``..``, absolute, ``-x``, upper case, Windows     tests/tui/cli/test_bad_input.py, tests/registry/records/test_refs.py
a link out of the folder, broken files                  tests/tui/cli/test_bad_input.py, tests/registry/git/test_reading.py
no repository, bare, no commit, detached, merge, lock   tests/tui/cli/test_bad_input.py, tests/registry/git/test_repository.py
no Git, Git too old, no identity                        tests/tui/cli/test_bad_input.py, tests/registry/git/test_run.py
a full or read-only disk at every step of a save        tests/registry/git/test_disks.py
a crash at every step of a save                         tests/registry/git/test_recovery.py
hooks, signing                                          tests/registry/git/test_hooks_and_signing.py
an answer that cannot be written, a defect of ours      tests/tui/cli/test_bad_input.py
each of these in the app                                tests/scenarios/test_bad_input_app.py
field values; a registry without its own record; newer  this file
formats; damaged histories, settings and local files;
disks; hostile settings and environments; closed
streams; bytes that are no UTF-8; line ends of Windows
======================================================  ================================================================
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.tui.cli.conftest import PROJECT, _made, registry  # noqa: F401 - fixtures
from tests.tui.cli.running import done, environment, git, vanort
from tests.tui.hostile import HOSTILE

TOWN = "twin-towns/skjern"
SET = ("set", PROJECT, "participants=3", "-m", "Prov.")
BOTH = pytest.mark.parametrize("lang", ["sv", pytest.param("en", marks=pytest.mark.thorough)])


def by_hand(path: str, change: Callable[[str], str]) -> Callable[[Path], None]:
    """Edit a file of the registry."""

    def arrange(folder: Path) -> None:
        file = folder / path
        file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")

    return arrange


def saved_outside(arrange: Callable[[Path], None]) -> Callable[[Path], None]:
    """The same, committed with plain Git."""

    def arranged(folder: Path) -> None:
        arrange(folder)
        git(folder, "commit", "-q", "-a", "-m", "Utanför.")

    return arranged


def without(path: str) -> Callable[[Path], None]:
    """Remove a file or folder."""

    def arrange(folder: Path) -> None:
        place = folder / path
        shutil.rmtree(place) if place.is_dir() else place.unlink()

    return arrange


def filled(path: str, content: bytes = b"skr\xe4p") -> Callable[[Path], None]:
    """Put rubbish at a path, whatever was there."""

    def arrange(folder: Path) -> None:
        place = folder / path
        if place.is_dir():
            shutil.rmtree(place)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)

    return arrange


def emptied_objects(folder: Path) -> None:
    """What a power cut leaves on some disks: files of the right name and no content."""
    for place in (folder / ".git" / "objects").rglob("*"):
        if place.is_file():
            place.chmod(0o644)
            place.write_bytes(b"")


def no_objects(folder: Path) -> None:
    shutil.rmtree(folder / ".git" / "objects")
    (folder / ".git" / "objects").mkdir()


def rubbish_for_a_pointer(folder: Path) -> None:
    """A `.git` that is a file, as in a linked work tree, and says nothing."""
    shutil.rmtree(folder / ".git")
    filled(".git")(folder)


NEWER = by_hand("registry.toml", lambda text: text.replace("format = 1", "format = 2"))


@dataclass(frozen=True)
class Bad:
    """A state of the registry, a command, and what is to be said."""

    name: str
    arrange: Callable[[Path], None]
    command: tuple[str, ...]
    sv: str
    en: str
    env: dict[str, str] = field(default_factory=dict)


TABLE = (
    Bad("the registry's record removed by hand", without("registry.toml"), ("show", "registry"), "vanort discard registry", "vanort discard registry"),
    Bad("the registry's record removed for good", saved_outside(without("registry.toml")), ("list", "projects"), "vanort init", "vanort init"),
    Bad("removing the registry's record", lambda _folder: None, ("delete", "registry", "-m", "Prov."), "varje register har en", "every registry has one"),
    Bad("removing the policy", lambda _folder: None, ("delete", "policy", "-m", "Prov."), "varje register har en", "every registry has one"),
    Bad("saving that the policy was removed by hand", without("policy.toml"), ("save", "-m", "Den behövs inte."), "policy.toml saknas", "policy.toml is missing"),
    Bad("a newer format: set", saved_outside(NEWER), SET, "Installera ett nyare Vänort", "Install a newer Vänort"),
    Bad("a newer format: new", saved_outside(NEWER), ("new", "departments/x", "name=X", "-m", "Prov."), "format 2", "format 2"),
    Bad("a newer format: delete", saved_outside(NEWER), ("delete", PROJECT, "-m", "Prov."), "format 2", "format 2"),
    Bad("a newer format: rename", saved_outside(NEWER), ("rename", PROJECT, "annan", "-m", "Prov."), "format 2", "format 2"),
    Bad("a newer format: undo", saved_outside(NEWER), ("undo", "-m", "rättelse"), "format 2", "format 2"),
    Bad("a newer format, written by hand", NEWER, ("save", "-m", "Nyare är bättre."), "format 2", "format 2"),
    Bad("a newer format, set", lambda _folder: None, ("set", "registry", "format=2", "-m", "Nyare."), "format 2", "format 2"),
    Bad("the history removed", without(".git"), SET, "mapp utan historik", "without a history"),
    Bad("Git's settings here broken", filled(".git/config", b"[rubbish"), SET, "Gits inställningar kan inte läsas", "Git's settings cannot be read"),
    Bad("Git's settings here broken, reading", filled(".git/config", b"[rubbish"), ("list", "twin-towns"), "Rätta den raden", "Mend that line"),
    Bad("the index damaged", filled(".git/index"), SET, "git reset", "git reset"),
    Bad("no objects", no_objects, SET, "Historiken", "The history"),
    Bad("no objects, reading", no_objects, ("log",), "säkerhetskopia", "backup"),
    Bad("empty objects", emptied_objects, SET, "är skadad", "is damaged"),
    Bad("a branch that leads nowhere", filled(".git/refs/heads/main", b"0" * 40), ("list", "twin-towns"), "är skadad", "is damaged"),
    Bad("HEAD is rubbish", filled(".git/HEAD"), SET, "mapp utan historik", "without a history"),
    Bad("a pointer that is no text", rubbish_for_a_pointer, SET, "gitfile", "gitfile"),
    Bad("a file where local data lie", filled(".git/vanort"), SET, ".git/vanort kunde inte läsas eller skrivas", ".git/vanort could not be read or written"),
    Bad("a file where the journal lies", filled(".git/vanort/journal"), SET, "Se vad som ligger där", "See what lies there"),
    Bad("the people book damaged", filled(".git/vanort/people.git"), ("people", "add", "name=Maja Exempel"), "Personboken kan inte läsas", "The people book cannot be read"),
    Bad("a value that is no UTF-8", lambda _folder: None, ("set", PROJECT, "title=\udcff", "-m", "Prov."), "inte är ett tecken", "not a character"),
    Bad("a value in a list that is no UTF-8", lambda _folder: None, ("set", PROJECT, "partners+={name='\udcff'}", "-m", "Prov."), "inte är ett tecken", "not a character"),
    Bad("a person's name that is no UTF-8", lambda _folder: None, ("people", "add", "name=\udcff"), "inte är ett tecken", "not a character"),
    Bad("a REF that is no UTF-8", lambda _folder: None, ("show", "\udcff"), "‹U+DCFF›", "‹U+DCFF›"),
    Bad("a version that is no UTF-8", lambda _folder: None, ("show", PROJECT, "--at", "\udcff"), "ingen sådan version", "no such version"),
    Bad("a folder that is not there, inside a registry", lambda _folder: None, ("-r", "nej", "log"), "finns inte", "is not there"),
    Bad("a folder of nobody", lambda _folder: None, ("-r", "~ingen-heter-sa", "log"), "finns inte", "is not there"),
    Bad("settings passed by the environment", lambda _folder: None, SET, "Gits inställningar kan inte läsas", "Git's settings cannot be read", {"GIT_CONFIG_COUNT": "x"}),
    Bad("a date passed by the environment", lambda _folder: None, SET, "rubbish", "rubbish", {"GIT_AUTHOR_DATE": "rubbish"}),
)  # fmt: skip


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of the registry but what is local and may be rebuilt, and the history as far as it moves."""
    kept = [place for place in folder.rglob("*") if place.is_file() and ".git" not in place.relative_to(folder).parts]
    return {str(place): place.read_bytes() for place in kept} | {
        str(place): place.read_bytes() for place in [folder / ".git" / "refs" / "heads" / "main"] if place.is_file()
    }


@BOTH
@pytest.mark.parametrize("bad", TABLE, ids=lambda bad: bad.name)
def test_it_is_told_in_one_line_and_nothing_is_written(registry: Path, bad: Bad, lang: str) -> None:  # noqa: F811
    bad.arrange(registry)
    before = contents(registry)
    answer = vanort("--lang", lang, *bad.command, cwd=registry, env=bad.env)
    assert (answer.code, answer.out) == (2, ""), answer
    assert answer.err.startswith("vanort: ")
    assert answer.err.count("\n") == 1
    assert (bad.sv if lang == "sv" else bad.en) in answer.err
    assert "Traceback" not in answer.err
    assert ("ursäkt" if lang == "sv" else "We are sorry") not in answer.err
    assert contents(registry) == before


@BOTH
def test_settings_of_the_user_that_git_cannot_read_are_named_with_their_line(
    registry: Path,  # noqa: F811
    tmp_path: Path,
    lang: str,
) -> None:
    (tmp_path / "trasig").write_text("[user\nname=\n")
    answer = vanort("--lang", lang, *SET, cwd=registry, env={"GIT_CONFIG_GLOBAL": str(tmp_path / "trasig")})
    assert answer.code == 2
    assert ("Gits inställningar kan inte läsas" if lang == "sv" else "Git's settings cannot be read") in answer.err
    assert "line 1 in file" in answer.err


@BOTH
def test_a_working_directory_that_was_removed_is_told(tmp_path: Path, lang: str) -> None:
    gone = tmp_path / "borta"
    gone.mkdir()
    for command in ("list twin-towns", "-r . log", "init nytt"):
        script = f'cd "{gone}" && rmdir "{gone}" && exec "{sys.executable}" -m tui --lang {lang} {command}'
        ran = subprocess.run(["sh", "-c", script], env=environment(), capture_output=True, text=True, check=False)
        gone.mkdir()
        assert (ran.returncode, ran.stdout) == (2, "")
        assert ("inte längre" if lang == "sv" else "no longer there") in ran.stderr
        assert ran.stderr.count("\n") == 1


def test_check_and_doctor_miss_the_records_that_every_registry_has(registry: Path) -> None:  # noqa: F811
    (registry / "registry.toml").unlink()
    (registry / "policy.toml").unlink()
    found = vanort("check", "--json", cwd=registry)
    assert found.code == 1
    assert {finding["ref"] for finding in found.json if finding["clause"] == "schema"} == {"registry", "policy"}
    checks = {check["id"]: check for check in vanort("doctor", "--json", cwd=registry).json}
    assert not checks["format"]["ok"]
    assert "registry.toml" in checks["format"]["message"]
    done("discard", "registry", "policy", cwd=registry)
    assert vanort("check", cwd=registry).code == 0
    (registry / "registry.toml").write_text("format = [\n")
    checks = {check["id"]: check for check in vanort("doctor", "--json", cwd=registry).json}
    assert not checks["format"]["ok"]


VALUES = [
    text
    for text in (*HOSTILE, "Record: x\nChange: erase", "-x", "--all", "\\", "=", "# x\n[[budget]]\nyear = 1")
    if "\0" not in text and "\ud800" not in text  # neither reaches a command line
]


@pytest.mark.parametrize("text", VALUES, ids=lambda text: ascii(text[:12]))
def test_a_value_is_kept_as_it_is_and_never_acted_upon(registry: Path, text: str) -> None:  # noqa: F811
    done("set", PROJECT, f"purpose={text}", "-m", f"Därför: {text[:1000]}", cwd=registry)
    record = done("show", PROJECT, "--json", cwd=registry).json
    assert record["purpose"] == text
    for command in (("show", PROJECT), ("log", PROJECT, "--fields"), ("log", "--json"), ("diff", "HEAD~1", "HEAD")):
        out = done(*command, cwd=registry).out
        assert not set(out) & {"\x1b", "\x07", "\x9b", "\r", "\u202e", "\u2028", "\0"}
    message = git(registry, "log", "-1", "--format=%B")
    assert not set(message) & {"\x1b", "\x07", "\x9b", "\u202e"}
    trailers = subprocess.run(
        ["git", "interpret-trailers", "--parse"], input=message.encode(), capture_output=True, check=True
    ).stdout.decode()
    assert trailers == f"Record: {PROJECT}\nChange: set\n"
    assert git(registry, "status", "--porcelain") == ""


HOSTILE_SETTINGS = {
    "core.pager": "false", "pager.log": "true", "alias.log": "!false", "alias.status": "!false",
    "core.fsmonitor": "/bin/false", "commit.template": "/nope", "commit.verbose": "true", "commit.cleanup": "scissors",
    "core.hooksPath": "/nope", "log.showSignature": "true", "color.ui": "always", "column.ui": "always",
    "i18n.logOutputEncoding": "latin1", "i18n.commitEncoding": "latin1", "core.quotepath": "true",
    "diff.external": "/bin/false", "diff.orderFile": "/nope", "diff.noprefix": "true", "diff.renames": "copies",
    "diff.ignoreSubmodules": "all", "status.short": "true", "status.branch": "true", "status.showUntrackedFiles": "no",
    "status.relativePaths": "true", "status.renames": "copies", "log.date": "relative", "log.decorate": "full",
    "log.follow": "true", "log.showRoot": "false", "log.mailmap": "true", "format.pretty": "oneline",
    "core.commentChar": "D", "core.abbrev": "4", "core.autocrlf": "true", "core.safecrlf": "true", "core.eol": "crlf",
    "core.ignoreCase": "true", "core.untrackedCache": "true", "core.splitIndex": "true", "index.version": "4",
    "feature.manyFiles": "true", "core.attributesFile": "/nope", "core.excludesFile": "/nope",
    "trailer.separators": "=", "core.editor": "false", "gc.auto": "1", "core.fileMode": "false",
    "core.symlinks": "false", "core.logAllRefUpdates": "false", "safe.bareRepository": "explicit",
}  # fmt: skip


@pytest.mark.parametrize("place", ["--local", "--global"])
def test_hostile_settings_of_git_change_nothing(registry: Path, place: str) -> None:  # noqa: F811
    for key, value in HOSTILE_SETTINGS.items():
        git(registry, "config", place, key, value)
    done("set", PROJECT, "participants=3", "-m", "Åtta fick plats – tre kom.", cwd=registry)
    file = registry / f"{TOWN}.toml"
    file.write_text(file.read_text().replace("Skjern", "Skjärn"))
    (registry / "twin-towns" / "ny.toml").write_text('name = "Ny ort"\ncountry = "NO"\n')
    done("save", "-m", "Rättat för hand.", cwd=registry)
    entries = done("log", "-n", "2", "--json", cwd=registry).json
    assert entries[0]["records"] == ["twin-towns/ny", TOWN]
    assert entries[1]["why"] == "Åtta fick plats – tre kom."
    assert entries[1]["fields"] == [{"ref": PROJECT, "field": "participants", "old": None, "new": 3}]
    done("undo", entries[1]["commit"], "-m", "rättelse", cwd=registry)
    assert "participants" not in done("show", PROJECT, "--json", cwd=registry).json
    assert vanort("check", cwd=registry).code == 0
    raw = subprocess.run(["git", "cat-file", "commit", "HEAD~2"], cwd=registry, capture_output=True, check=True).stdout
    assert "Åtta fick plats – tre kom." in raw.decode("utf-8")
    assert b"\nencoding " not in raw


HOSTILE_ENVIRONMENTS = (
    {"GIT_DIR": "/nope"},
    {"GIT_WORK_TREE": "/nope", "GIT_INDEX_FILE": "/nope/index", "GIT_OBJECT_DIRECTORY": "/nope"},
    {"GIT_NAMESPACE": "x", "GIT_REPLACE_REF_BASE": "refs/heads/"},
    {"GIT_LITERAL_PATHSPECS": "1", "GIT_ICASE_PATHSPECS": "1"},
    {"GIT_GLOB_PATHSPECS": "1"},
    {"GIT_EXTERNAL_DIFF": "/bin/false", "GIT_DIFF_OPTS": "-u0", "GIT_PAGER": "false", "GIT_EDITOR": "false"},
    {"GIT_TRACE": "1", "GIT_TRACE_SETUP": "2"},
    {"GIT_DEFAULT_HASH": "sha256", "GIT_OPTIONAL_LOCKS": "x", "GIT_FLUSH": "x"},
    {"LANG": "C", "LC_ALL": "C"},
    {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    {"LANG": "sv_SE.ISO-8859-1", "LANGUAGE": "../../etc"},
    {"TERM": "dumb", "COLUMNS": "x", "FORCE_COLOR": "1"},
    {"TZ": "Ingenstans/Alls"},
    {"TMPDIR": "/nope", "XDG_STATE_HOME": "/proc/nope", "XDG_CACHE_HOME": "/proc/nope"},
    {"PYTHONOPTIMIZE": "2"},
)


@pytest.mark.parametrize("env", HOSTILE_ENVIRONMENTS, ids=lambda env: next(iter(env)))
def test_a_hostile_environment_changes_nothing(registry: Path, env: dict[str, str]) -> None:  # noqa: F811
    done("set", PROJECT, "participants=3", "-m", "Prov.", cwd=registry, env=env)
    file = registry / f"{TOWN}.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("Skjern", "Skjärn"), encoding="utf-8")
    done("save", "-m", "Prov prov.", cwd=registry, env=env)
    entries = done("log", "-n", "2", "--json", cwd=registry, env=env).json
    assert entries[0]["subject"] == "Skjärn: ändrad för hand"
    assert entries[1]["subject"] == "Körresa till Rautalampi: antal deltagare – → 3"
    assert git(registry, "log", "-1", "--format=%s") == "Skjärn: ändrad för hand"
    assert git(registry, "status", "--porcelain") == ""


def test_without_a_home_git_is_told_who_acts_or_the_change_is_refused(registry: Path) -> None:  # noqa: F811
    env = {name: value for name, value in environment().items() if name not in {"HOME", "GIT_CONFIG_GLOBAL"}}
    ran = subprocess.run(
        [sys.executable, "-m", "tui", *SET], cwd=registry, env=env, capture_output=True, text=True, check=False
    )
    assert ran.returncode in {0, 2}  # Git may find the home by the user's number
    assert "Traceback" not in ran.stderr
    shown = subprocess.run(
        [sys.executable, "-m", "tui", "show", PROJECT], cwd=registry, env=env, capture_output=True, check=False
    )
    assert shown.returncode == 0


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_take_nothing_and_break_nothing(registry: Path, closed: str) -> None:  # noqa: F811
    def shell(command: str) -> subprocess.CompletedProcess[str]:
        script = f'"{sys.executable}" -m tui {command} {closed}'
        return subprocess.run(
            ["sh", "-c", script],
            cwd=registry,
            env=environment(),
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    saved = shell(f"set {PROJECT} participants=3 -m Prov.")
    assert (saved.returncode, saved.stderr) == (0, "")
    assert done("show", PROJECT, "--json", cwd=registry).json["participants"] == 3
    assert git(registry, "status", "--porcelain") == ""
    assert shell("list twin-towns").returncode == 0
    missed = shell("show twin-towns/finns-inte")
    assert (missed.returncode, missed.stdout) == (2, "")
    app = shell("")
    assert app.returncode == 2
    assert "Traceback" not in app.stderr


def test_a_reader_that_has_had_enough_is_no_error(registry: Path) -> None:  # noqa: F811
    for command in ("log", "list twin-towns --json", "--help", "show policy"):
        script = f'("{sys.executable}" -m tui {command}; echo "$?" >&2) | head -n 1'
        ran = subprocess.run(
            ["sh", "-c", script], cwd=registry, env=environment(), capture_output=True, text=True, check=True
        )
        assert ran.stderr == "0\n"
        assert ran.stdout.count("\n") == 1


def test_line_ends_of_windows_are_no_edit_and_are_saved_as_line_ends_of_the_registry(registry: Path) -> None:  # noqa: F811
    file = registry / f"{TOWN}.toml"
    was = file.read_bytes()
    file.write_bytes(was.replace(b"\n", b"\r\n"))
    assert vanort("save", "-m", "Ingenting.", cwd=registry).code == 2
    done("set", TOWN, "potential=Musik", "-m", "Prov.", cwd=registry)
    assert b"\r" not in file.read_bytes()

    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"Musik", b"Idrott").replace(b"\n", b"\r\n"))
    done("save", "-m", "Rättat i Anteckningar.", cwd=registry)
    assert file.read_bytes() == was + b'potential = "Idrott"\n'
    assert git(registry, "status", "--porcelain") == ""
    done("set", TOWN, "potential=Sång", "-m", "Prov.", cwd=registry)


def test_a_mark_before_the_text_that_plain_git_saved_is_no_obstacle(registry: Path) -> None:  # noqa: F811
    file = registry / f"{TOWN}.toml"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    git(registry, "commit", "-q", "-a", "-m", "Med märke.")
    done("set", TOWN, "potential=Musik", "-m", "Prov.", cwd=registry)
    assert done("show", TOWN, "--json", cwd=registry).json["potential"] == "Musik"


def test_a_name_that_collides_in_all_but_case_is_found_and_never_taken_for_the_record(registry: Path) -> None:  # noqa: F811
    if (registry / "TWIN-TOWNS").exists():
        pytest.skip("this disk does not tell upper case from lower")
    (registry / "twin-towns" / "Skjern.toml").write_text('name = "En annan"\ncountry = "SE"\n')
    assert done("show", TOWN, "--json", cwd=registry).json["name"] == "Skjern"
    found = vanort("check", "--json", cwd=registry)
    assert [finding["ref"] for finding in found.json if finding["clause"] == "schema"] == ["twin-towns/Skjern.toml"]
    assert vanort("save", "-m", "Prov prov.", cwd=registry).code == 2
    assert git(registry, "rev-list", "--count", "HEAD") == "3"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)]
    if (
        not hasattr(os, "geteuid")
        or os.geteuid() != 0
        or subprocess.run(mount, check=False, capture_output=True).returncode
    ):
        pytest.skip("a small disk can only be mounted by root")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


WRITES = (
    SET,
    ("new", "departments/x", "name=X", "-m", "Prov."),
    ("delete", PROJECT, "-m", "Prov."),
    ("rename", PROJECT, "annan", "-m", "Prov."),
    ("undo", "-m", "rättelse"),
    ("save", "-m", "Prov prov."),
    ("discard", TOWN),
    ("people", "add", "name=Maja Exempel"),
)
READS = (("list", "twin-towns"), ("show", PROJECT), ("log",), ("diff", "HEAD~1", "HEAD"))


@BOTH
def test_a_full_disk_is_told_by_every_command_that_writes_and_met_by_none_that_reads(
    registry: Path,  # noqa: F811
    disk: Path,
    lang: str,
) -> None:
    shutil.copytree(registry, disk / "r", symlinks=True)
    edited = disk / "r" / f"{TOWN}.toml"
    edited.write_text(edited.read_text() + 'potential = "Musik"\n')
    room = os.statvfs(disk)
    (disk / "fyllning").write_bytes(b"\0" * (room.f_bavail * room.f_bsize))
    before = contents(disk / "r")
    for command in WRITES:
        answer = vanort("--lang", lang, *command, cwd=disk / "r")
        assert (answer.code, answer.out) == (2, "")
        assert ("full; ingenting sparades" if lang == "sv" else "is full; nothing was saved") in answer.err
        assert answer.err.count("\n") == 1
    assert contents(disk / "r") == before
    for command in READS:
        done(*command, cwd=disk / "r")
    (disk / "fyllning").unlink()
    done(*SET, cwd=disk / "r")
    done("save", "-m", "Nu gick det.", cwd=disk / "r")


@BOTH
def test_a_disk_that_can_only_be_read_is_told_by_every_command_that_writes(
    registry: Path,  # noqa: F811
    disk: Path,
    lang: str,
) -> None:
    shutil.copytree(registry, disk / "r", symlinks=True)
    edited = disk / "r" / f"{TOWN}.toml"
    edited.write_text(edited.read_text() + 'potential = "Musik"\n')
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    for command in WRITES:
        answer = vanort("--lang", lang, *command, cwd=disk / "r")
        assert (answer.code, answer.out) == (2, "")
        assert ("bara kan läsas" if lang == "sv" else "can only be read") in answer.err
        assert answer.err.count("\n") == 1
    for command in READS:
        done(*command, cwd=disk / "r")
    assert vanort("doctor", cwd=disk / "r").code == 1
