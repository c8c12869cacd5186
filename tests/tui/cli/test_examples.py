"""Every example of every help text does what it says, on one registry that has the records it names."""

from __future__ import annotations

import io
import re
import shlex
import shutil
from datetime import date
from pathlib import Path
from subprocess import CalledProcessError

import click
import pytest

from registry.change import Change, renaming
from registry.people import Book
from registry.records.values import Data
from registry.store import Store
from tests.kit import BUN, SKJERN, TRIP, git, save, torsby, with_trip, write_file
from tui.cli.commands import people
from tui.cli.frame import Command
from tui.cli.program import COMMANDS, Program
from tui.cli.running import run

PERSON = "p-7k2m9x"
OFFICER, SUCCESSOR = "p-4tq8ab", "p-9d3fk2"
COMMIT = "1f0c9a2"
HAND_EDITED = ("save", "discard")
NAMED = ("projects/2026/korresa", "projects/2026/provpost")
TO_BE_DECIDED: Data = {
    "title": "Körresa",
    "stage": "planned",
    "purpose": "Sjunga ihop.",
    "start": date(2026, 5, 4),
    "end": date(2026, 5, 10),
    "department": BUN,
    "responsible": PERSON,
    "responsible_function": "Rektor",
    "budget": [{"year": 2026, "source": "department", "department": BUN, "planned": 45000}],
    "decisions": [{"decision": "KS 2026-03-10 § 31", "kind": "start"}],
}
"""A project that lacks nothing but its decided status."""


NAMES = [(name,) for commands in COMMANDS.values() for name in commands if name != "people"]
PEOPLE = [("people", name) for name in people.MAKERS]


def examples(*path: str) -> list[str]:
    """The command lines in the help of a command, as they are printed; also inside eval "$(…)", or piped into source."""
    found: click.Command | None = Program()
    for name in path:
        assert isinstance(found, click.Group)
        found = found.get_command(click.Context(found), name)
    assert isinstance(found, Command)
    lines = [line for example, _meaning in found.examples for line in re.findall(r"vanort [^|)]+", example)]
    assert lines
    return lines


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Torsby's registry as it has been since 2023, with what the examples name."""
    folder = tmp_path_factory.mktemp("examples") / "r"
    with pytest.MonkeyPatch.context() as patch:
        for role in ("AUTHOR", "COMMITTER"):
            patch.setenv(f"GIT_{role}_NAME", "Anna Exempel")
            patch.setenv(f"GIT_{role}_EMAIL", "anna@example.org")
            patch.setenv(f"GIT_{role}_DATE", "2023-05-04T12:00:00+0200")
        store = with_trip(torsby(folder))
        save(store, BUN, officers=[{"person": OFFICER, "function": "Rektor", "from": date(2023, 1, 1)}])
        for ref in NAMED:
            store.save(Change({ref: TO_BE_DECIDED}, "Ny resa.", act="new"))
        save(store, TRIP, "Mer är känt.", purpose="Sång")
        save(store, SKJERN, potential="Skolor")
        names = {PERSON: "Maja Exempel", OFFICER: "Nils Påhittsson", SUCCESSOR: "Östen Exempel"}
        book = Book()
        for person, name in names.items():
            book = book.with_person(person, {"name": name})
        store.people.save(Book(), book)
    return folder


@pytest.mark.parametrize("path", [*NAMES, *PEOPLE], ids=" ".join)
def test_every_example_of_the_help_can_be_run(
    world: Path,
    path: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for number, example in enumerate(examples(*path)):
        folder = tmp_path / str(number) / "r"
        shutil.copytree(world, folder, symlinks=True)
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("Åsa Ingenstans\n".encode())))
        monkeypatch.chdir(folder.parent if path in {("init",), ("clone",), ("serve-setup",)} else folder)
        code = run(made_ready(Store.open(folder), example))
        told = capsys.readouterr()
        if path == ("demo",):
            assert (code, "terminal" in told.err) == (2, True), "the app has nothing to be shown on here"
        elif example == "vanort doctor":
            assert "Git" in told.out
        else:
            assert (code, told.err) == (0, ""), example


def made_ready(store: Store, example: str) -> list[str]:
    """The arguments of an example, once the registry is as it takes for granted."""
    known = git(store, "rev-parse", "--short", "HEAD~1").strip()
    _program, *arguments = shlex.split(example.replace(COMMIT, known))
    if "REPO.git" in arguments:  # a server's hook, which is given what is pushed
        git(store, "clone", "-q", "--bare", ".", "REPO.git")
        pushed = {"$new": git(store, "rev-parse", "HEAD").strip(), "$old": git(store, "rev-parse", "HEAD~1").strip()}
        arguments = [pushed.get(argument, argument) for argument in arguments]
    elif arguments[0] == "sync" or arguments[:2] == ["people", "share"]:
        git(store, "clone", "-q", "--bare", ".", "../registret.git")
        git(store, "remote", "add", "origin", "../registret.git")
    elif arguments[0] in {"clone", "remote"}:  # the servers of the examples are folders here
        git(store, "clone", "-q", "--bare", ".", "../server/registret.git")
        for address in ("git@git.example.org:", "/mnt/gemensamt/"):
            git(store, "config", "--global", "--add", f"url.{store.folder.parent}/server/.insteadOf", address)
    elif "--repo" in arguments:
        git(store, "clone", "-q", "--bare", ".", "../server.git")
        arguments[arguments.index("--repo") + 1] = "../server.git"
    elif arguments[:2] == ["people", "import"]:
        arguments[2] = str(store.folder.parent / "backup.toml")
        store.people.export(Path(arguments[2]))
    elif arguments[0] == "settle":
        _at_odds(store)
    elif "--finish" in arguments:
        _left_half_done(store)
    elif arguments[0] == "signing":
        _ready_to_sign(store, arguments)
    elif arguments[0] in {"import", "mailing"}:
        _something_to_work_with(store, arguments)
    elif arguments[0] in HAND_EDITED:
        write_file(store, f"{SKJERN}.toml", (store.saved().text(SKJERN) or "").replace("Skolor", "Musikskolor"))
    elif arguments[0] == "new" and arguments[1] in store.saved():
        edits = renaming(store.saved(), arguments[1], "departments/annan")
        store.save(Change(edits, "Namnet behövs.", act="rename"))
    return arguments


def _something_to_work_with(store: Store, arguments: list[str]) -> None:
    """Addresses in the book; what was exported before, or a sheet from before there was a registry."""
    from openpyxl import Workbook

    if arguments[0] == "mailing":
        book = store.book
        for person, mail in ((OFFICER, "nils@example.org"), (PERSON, "maja@example.org")):
            book = book.with_person(person, {"name": "Nils Påhittsson", "email": mail})
        store.people.save(store.book, book)
    elif arguments[1] == "registret.xlsx":
        assert run(["export", str(store.folder / arguments[1])]) == 0
    else:
        sheet = Workbook()
        sheet.active.append(["Aktivitet", "Start"])
        sheet.active.append(["Körresa", date(2019, 5, 4)])
        sheet.save(store.folder / arguments[1])


def _at_odds(store: Store) -> None:
    """What was shared, and what is saved here, differ in a field of one record, and in whether there is another."""
    git(store, "clone", "-q", "--bare", ".", "../server.git")
    other = store.folder.with_name("other")
    git(store, "clone", "-q", "../server.git", str(other))
    (other / f"{SKJERN}.toml").unlink()
    save(Store.open(other), NAMED[0], participants=20)
    git(other, "commit", "-qam", "Skjern finns inte längre")
    git(other, "push", "-q", "origin", "HEAD:main")
    save(store, NAMED[0], participants=30)
    save(store, SKJERN, potential="Musikskolor")
    git(store, "remote", "add", "origin", "../server.git")
    git(store, "fetch", "-q", "origin")


def _left_half_done(store: Store) -> None:
    """Two branches that plain Git cannot merge by lines, and that are one by fields."""
    git(store, "config", "--remove-section", "merge.vanort")
    git(store, "branch", "other")
    save(store, NAMED[0], goals=["democracy"])
    git(store, "switch", "-q", "other")
    save(Store.open(store.folder), NAMED[0], goals=["knowledge"])
    git(store, "switch", "-q", "main")
    with pytest.raises(CalledProcessError):
        git(store, "merge", "-q", "other")


def _ready_to_sign(store: Store, arguments: list[str]) -> None:
    """A key of one's own and one of Bo's; where he is let in or out, the registry is signed already, by both."""
    from registry.trust.signing import add, set_up
    from tests.registry.trust_world import ANNA, BO, key

    home = Path.home() / ".ssh"
    home.mkdir(exist_ok=True)
    for place in home.iterdir():
        place.unlink()
    own = key(home, "id_ed25519")
    if {"--add", "--revoke"} & set(arguments):
        set_up(store, own, ANNA, require=True)
        bo = key(store.folder, "bo")
        if "--revoke" in arguments:
            add(store, bo.key, BO)
