"""The people book on disk: what is kept, what is forgotten, and what happens beside others and in bad times."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from registry.errors import BrokenFile, GitTrouble, Refused, VanortError
from registry.git.repository import Repository
from registry.people import BadPerson, Book, PeopleStore
from registry.people.book_text import write_book
from registry.people.merging import PersonClash
from registry.words import speaking
from tests.registry.people_world import MAJA, a_store, git, holds


def test_somebody_added_is_found_again_by_another_window(tmp_path: Path) -> None:
    store = a_store(tmp_path / "registry")
    person = store.add(MAJA)

    again = PeopleStore(Repository.open(tmp_path / "registry")).load()

    assert again.state == "ready"
    assert again.name(person) == "Maja Lindqvist"
    assert dict(again.entry(person)) == MAJA


def test_plain_git_shows_one_version_without_a_past_that_says_nothing_of_who_edited_it(tmp_path: Path) -> None:
    store = a_store(tmp_path / "registry")
    person = store.add(MAJA)
    store.set(person, {"title": "Förvaltningschef"})

    log = git(store, "log", "--all", "--format=%P|%an|%ae|%cn|%ce|%s")
    assert log.strip() == "|Vänort|people@vanort.invalid|Vänort|people@vanort.invalid|Personboken"
    assert git(store, "for-each-ref", "--format=%(refname)").split() == ["refs/heads/main"]
    assert git(store, "show", "main:people.toml") == (
        f'format = 1\n\n[{person}]\nname = "Maja Lindqvist"\ntitle = "Förvaltningschef"\nemail = "maja@example.org"\n'
        'telephone = "0560-123 45"\n'
    )
    assert "Anna Exempel" not in git(store, "cat-file", "commit", "main")
    git(store, "fsck", "--strict")


def test_the_same_content_is_the_same_version_in_every_copy(tmp_path: Path) -> None:
    one, other = a_store(tmp_path / "one"), a_store(tmp_path / "other")
    one.save(one.load(), Book({"p-7k2m9x": MAJA}))
    other.save(other.load(), Book({"p-7k2m9x": {"name": "X Y"}}))
    other.set("p-7k2m9x", MAJA)

    assert one.repository.version() == other.repository.version() is not None


def test_nothing_is_left_of_what_a_change_replaced(tmp_path: Path) -> None:
    store = a_store(tmp_path / "registry")
    person = store.add(MAJA)
    assert holds(store.repository.folder, "Maja Lindqvist")  # the look itself finds what is there

    store.set(person, {"name": "Maja Berg", "email": None})

    assert holds(store.repository.folder, "Maja Berg")
    assert holds(store.repository.folder, "Maja Lindqvist") == []
    assert holds(store.repository.folder, "maja@example.org") == []


def test_nothing_is_left_of_what_somebody_packed_or_logged_by_hand(tmp_path: Path) -> None:
    store = a_store(tmp_path / "registry")
    person = store.add(MAJA)
    folder = store.repository.folder
    git(store, "gc", "--quiet")
    (folder / "logs" / "refs" / "heads").mkdir(parents=True)
    first = store.repository.version()
    (folder / "logs" / "refs" / "heads" / "main").write_text(f"{'0' * 40} {first} Maja Lindqvist <m@x> 1 +0000\tadd\n")
    assert list(folder.glob("objects/pack/*.pack"))
    for pack in folder.glob("objects/pack/*.pack"):
        pack.with_suffix(".keep").touch()

    store.set(person, {"name": "Maja Berg"})

    assert holds(folder, "Maja Lindqvist") == []
    assert store.load().name(person) == "Maja Berg"
    git(store, "fsck", "--strict")


def test_the_users_own_git_settings_leave_no_trace_in_the_book(tmp_path: Path) -> None:
    template = tmp_path / "template" / "hooks"
    template.mkdir(parents=True)
    hook = template / "reference-transaction"
    hook.write_text(f"#!/bin/sh\necho seen >> {tmp_path / 'hooked'}\n")
    hook.chmod(0o755)
    with Path(os.environ["GIT_CONFIG_GLOBAL"]).open("a") as settings:
        settings.write(
            f"[core]\n\tlogAllRefUpdates = always\n[init]\n\ttemplateDir = {template.parent}\n\tdefaultBranch = trunk\n"
            "[i18n]\n\tcommitEncoding = latin1\n[commit]\n\tgpgSign = true\n[safe]\n\tbareRepository = explicit\n"
        )
    store = a_store(tmp_path / "registry")
    (tmp_path / "hooked").unlink(missing_ok=True)

    person = store.add(MAJA)
    store.set(person, {"name": "Maja Berg"})

    assert store.load().name(person) == "Maja Berg"
    assert holds(store.repository.folder, "Maja Lindqvist") == []
    assert not (tmp_path / "hooked").exists()
    assert "encoding" not in git(store, "-c", "safe.bareRepository=all", "cat-file", "commit", "refs/heads/main")


def test_the_book_has_the_registrys_kind_of_hashes_so_that_one_server_takes_both(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", "--object-format=sha256", str(tmp_path / "registry")], check=True)
    store = PeopleStore(Repository.open(tmp_path / "registry"))
    person = store.add(MAJA)
    store.set(person, {"name": "Maja Berg"})

    assert len(store.repository.version() or "") == 64
    assert store.load().name(person) == "Maja Berg"


@pytest.mark.skipif(os.name != "posix", reason="permissions of this kind")
def test_other_users_of_the_computer_cannot_read_the_book(tmp_path: Path) -> None:
    store = a_store(tmp_path / "registry")
    store.add(MAJA)

    assert stat.S_IMODE(store.repository.folder.stat().st_mode) == 0o700


# ---------------------------------------------------------------- changing


def test_a_change_that_changes_nothing_writes_nothing(tmp_path: Path) -> None:
    store = a_store(tmp_path / "registry")
    person = store.add(MAJA)
    before = (store.repository.folder / "refs/heads/main").stat().st_mtime_ns

    store.set(person, {"title": "Rektor", "organisation": ""})

    assert (store.repository.folder / "refs/heads/main").stat().st_mtime_ns == before


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_written(tmp_path: Path) -> None:
    store = a_store(tmp_path / "registry")

    with pytest.raises(BadPerson) as refused:
        store.add({"email": "maja(at)example", "telephone": "ring växeln", "retain_until": "2026"})

    assert {problem.path for problem in refused.value.problems} == {"name", "email", "telephone", "retain_until"}
    assert "E-post" in refused.value.message
    assert "maja" not in refused.value.hint
    assert store.load().state == "missing"


def test_what_was_wrong_before_does_not_stand_in_the_way_of_another_change(tmp_path: Path) -> None:
    store = a_store(tmp_path / "registry")
    person = store.add(MAJA)
    _overwrite(store, f'format = 1\n[{person}]\nname = "Maja"\nemail = "no address"\nshoe_size = 38\n')

    store.set(person, {"title": "Rektor"})

    assert dict(store.load().entry(person)) == {
        "name": "Maja",
        "email": "no address",
        "title": "Rektor",
        "shoe_size": 38,
    }


def test_an_id_that_nobody_has_gets_a_clear_line(tmp_path: Path) -> None:
    store = a_store(tmp_path / "registry")
    store.add(MAJA)

    with speaking("en"), pytest.raises(VanortError, match="Nobody in the people book has the id p-zzzzz9"):
        store.set("p-zzzzz9", {"title": "Rektor"})


def test_what_is_no_character_is_refused(tmp_path: Path) -> None:
    store = a_store(tmp_path / "registry")

    with pytest.raises(VanortError):
        store.add({"name": "Maja \udcff"})
    assert store.load().state == "missing"


# ---------------------------------------------------------------- beside others


def test_two_windows_change_different_fields_of_one_person(tmp_path: Path) -> None:
    mine = a_store(tmp_path / "registry")
    person = mine.add(MAJA)
    yours = PeopleStore(Repository.open(tmp_path / "registry"))
    seen = yours.load()

    mine.set(person, {"title": "Förvaltningschef"})
    yours.set(person, {"telephone": "0560-160 00"}, base=seen)

    entry = mine.load().entry(person)
    assert (entry["title"], entry["telephone"]) == ("Förvaltningschef", "0560-160 00")


def test_the_same_field_is_refused_with_both_values(tmp_path: Path) -> None:
    mine = a_store(tmp_path / "registry")
    person = mine.add(MAJA)
    yours = PeopleStore(Repository.open(tmp_path / "registry"))
    seen = yours.load()
    mine.set(person, {"title": "Förvaltningschef"})

    with speaking("en"), pytest.raises(PersonClash) as clash:
        yours.set(person, {"title": "Kanslichef", "organisation": "Torsby"}, base=seen)

    assert "Maja Lindqvist, Title: you wrote “Kanslichef”, it is now “Förvaltningschef”" in clash.value.message
    assert [(c.ref, c.field, c.base, c.ours, c.theirs) for c in clash.value.conflicts] == [
        (person, "title", "Rektor", "Kanslichef", "Förvaltningschef")
    ]
    assert "organisation" not in mine.load().entry(person)


_ADD_TEN = """
import sys
from pathlib import Path
from registry.git.repository import Repository
from registry.people import PeopleStore
store = PeopleStore(Repository.open(Path(sys.argv[1])))
for number in range(10):
    store.add({"name": f"{sys.argv[2]} Nummer{number}"})
"""


def test_processes_that_add_people_at_once_all_succeed_and_leave_no_past(tmp_path: Path) -> None:
    store = a_store(tmp_path / "registry")
    processes = [
        subprocess.Popen([sys.executable, "-c", _ADD_TEN, str(tmp_path / "registry"), name])
        for name in ("Anna", "Björn", "Cecilia")
    ]

    assert [process.wait(timeout=120) for process in processes] == [0, 0, 0]

    names = sorted(str(entry["name"]) for entry in store.load().people.values())
    assert names == sorted(f"{name} Nummer{n}" for name in ("Anna", "Björn", "Cecilia") for n in range(10))
    assert len(git(store, "cat-file", "--batch-all-objects", "--batch-check").splitlines()) == 3
    git(store, "fsck", "--strict")


_CHANGE_ONE = """
import sys
from pathlib import Path
from registry.git.repository import Repository
from registry.people import PeopleStore
PeopleStore(Repository.open(Path(sys.argv[1]))).set(sys.argv[2], {"name": "Maja Berg"})
"""


@pytest.mark.skipif(os.name != "posix", reason="signals of this kind")
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", ["hash-object", "mktree", "commit-tree", "update-ref", "prune"])
def test_a_process_killed_at_any_step_leaves_one_version_and_nothing_of_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, when: str
) -> None:
    store = a_store(tmp_path / "registry")
    person = store.add(MAJA)
    path = os.environ["PATH"]
    _a_git_that_kills_its_parent(tmp_path / "bin", step, when)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{path}")
    killed = subprocess.run([sys.executable, "-c", _CHANGE_ONE, str(tmp_path / "registry"), person], check=False)
    monkeypatch.setenv("PATH", path)
    assert killed.returncode == -signal.SIGKILL

    name = PeopleStore(Repository.open(tmp_path / "registry")).load().name(person)

    stored = step == "prune" or (step, when) == ("update-ref", "after")
    assert name == ("Maja Berg" if stored else "Maja Lindqvist")
    assert holds(store.repository.folder, "Maja Lindqvist" if stored else "Maja Berg") == []
    store.set(person, {"title": "Kanslichef"})
    assert store.load().entry(person)["title"] == "Kanslichef"


def _a_git_that_kills_its_parent(folder: Path, step: str, when: str) -> None:
    real = subprocess.run(["which", "git"], capture_output=True, text=True, check=True).stdout.strip()
    folder.mkdir()
    script = folder / "git"
    kill = "kill -9 $PPID; exit 1"
    script.write_text(
        "#!/bin/sh\n"
        f'case " $* " in *" {step} "*)\n'
        + (f"  {kill} ;;\n" if when == "before" else f'  "{real}" "$@"; {kill} ;;\n')
        + f'esac\nexec "{real}" "$@"\n'
    )
    script.chmod(0o755)


# ---------------------------------------------------------------- bad times


def test_a_missing_book_shows_ids_as_they_are_and_begins_with_the_first_person(tmp_path: Path) -> None:
    store = a_store(tmp_path / "registry")

    book = store.load()

    assert (book.state, book.name("p-7k2m9x"), book.find("maja")) == ("missing", "p-7k2m9x", [])
    assert book.fault is not None
    assert "personbok" in book.fault.message
    assert not store.repository.folder.exists()  # looking makes nothing
    person = store.add(MAJA)
    assert store.load().name(person) == "Maja Lindqvist"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ('format = 1\n[p-7k2m9x]\nname = "Maja', 3),
        ("format = 1\n<<<<<<< ours\n", 2),
        (b"format = 1\n[p-7k2m9x]\nname = 'Bj\xf6rn'\n", 3),
        ("format = 'one'\n", 0),
    ],
)
def test_a_broken_book_opens_read_only_with_a_line_that_says_where(
    tmp_path: Path, content: str | bytes, line: int
) -> None:
    store = a_store(tmp_path / "registry")
    store.add(MAJA)
    _overwrite(store, content)

    book = store.load()

    assert (book.state, book.writable, book.name("p-7k2m9x")) == ("broken", False, "p-7k2m9x")
    assert book.fault is not None
    assert isinstance(book.fault, BrokenFile)
    assert book.fault.line == line
    assert "people.toml" in book.fault.message
    with pytest.raises(BrokenFile):
        store.add(MAJA)
    assert git(store, "show", "main:people.toml").startswith("format = ")


def _lose_the_objects(folder: Path) -> None:
    for path in folder.glob("objects/??/*"):
        path.unlink()


def _empty_the_branch(folder: Path) -> None:
    (folder / "refs/heads/main").write_text("")


def _a_file_in_its_place(folder: Path) -> None:
    folder.rename(folder.with_suffix(".away"))
    folder.write_text("not a folder")


@pytest.mark.parametrize("harm", [_lose_the_objects, _empty_the_branch, _a_file_in_its_place])
def test_a_damaged_store_never_stops_the_registry_and_is_never_written_over(tmp_path: Path, harm: object) -> None:
    store = a_store(tmp_path / "registry")
    store.add(MAJA)
    assert callable(harm)
    harm(store.repository.folder)

    store = PeopleStore(Repository.open(tmp_path / "registry"))
    book = store.load()

    assert (book.state, book.name("p-7k2m9x")) == ("broken", "p-7k2m9x")
    assert book.fault is not None
    assert "personbok" in str(book.fault).lower()
    before = _files(tmp_path / "registry")
    with pytest.raises(VanortError):
        store.add(MAJA)
    assert _files(tmp_path / "registry") == before


def test_a_store_that_only_git_finds_damaged_is_read_and_not_written(tmp_path: Path) -> None:
    store = a_store(tmp_path / "registry")
    person = store.add(MAJA)
    (store.repository.folder / "HEAD").unlink()

    with pytest.raises(GitTrouble):
        store.set(person, {"title": "Kanslichef"})

    assert PeopleStore(Repository.open(tmp_path / "registry")).load().entry(person)["title"] == "Rektor"


def test_a_book_of_a_newer_format_is_read_and_not_changed(tmp_path: Path) -> None:
    store = a_store(tmp_path / "registry")
    person = store.add(MAJA)
    newer = f'format = 2\n\n[{person}]\nname = "Maja Lindqvist"\npronouns = {{ subject = "hon" }}\n'
    _overwrite(store, newer)

    book = store.load()

    assert (book.state, book.name(person)) == ("newer", "Maja Lindqvist")
    with pytest.raises(BrokenFile, match="format 2"):
        store.set(person, {"title": "Rektor"})
    assert git(store, "show", "main:people.toml") == newer


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root writes everywhere")
def test_a_read_only_disk_reads_and_says_why_it_cannot_write(tmp_path: Path) -> None:
    store = a_store(tmp_path / "registry")
    person = store.add(MAJA)
    folders = [store.repository.folder, store.repository.folder.parent]
    for folder in folders:
        folder.chmod(0o500)
    try:
        assert store.load().name(person) == "Maja Lindqvist"
        with pytest.raises(GitTrouble):
            store.set(person, {"title": "Kanslichef"})
    finally:
        for folder in folders:
            folder.chmod(0o700)


# ---------------------------------------------------------------- export


def test_the_book_is_exported_as_it_is_stored(tmp_path: Path) -> None:
    store = a_store(tmp_path / "registry")
    store.add(MAJA)

    store.export(tmp_path / "people.toml")

    assert (tmp_path / "people.toml").read_text(encoding="utf-8") == git(store, "show", "main:people.toml")
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "people.toml").stat().st_mode) == 0o600


def test_a_broken_book_can_be_taken_out_as_it_is_and_as_nothing_else(tmp_path: Path) -> None:
    store = a_store(tmp_path / "registry")
    store.add(MAJA)
    _overwrite(store, "format = 1\n[p-7k2m9x\n")

    store.export(tmp_path / "rescued.toml")

    assert (tmp_path / "rescued.toml").read_text() == "format = 1\n[p-7k2m9x\n"
    with pytest.raises(BrokenFile):
        store.export(tmp_path / "people.json")
    assert not (tmp_path / "people.json").exists()


def test_an_export_overwrites_nothing_unasked_and_leaves_nothing_half_done(tmp_path: Path) -> None:
    store = a_store(tmp_path / "registry")
    store.add(MAJA)
    target = tmp_path / "people.csv"
    target.write_text("mine")

    with pytest.raises(Refused):
        store.export(target)
    assert target.read_text() == "mine"
    store.export(target, overwrite=True)
    assert "Maja Lindqvist" in target.read_text(encoding="utf-8-sig")
    with pytest.raises(VanortError):
        store.export(tmp_path / "nowhere" / "people.csv")
    with pytest.raises(VanortError, match="xlsx"):
        store.export(tmp_path / "people.xlsx")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["people.csv", "registry"]


def test_the_book_is_never_exported_to_where_it_could_enter_the_history(tmp_path: Path) -> None:
    store = a_store(tmp_path / "registry")
    store.add(MAJA)
    (tmp_path / "link").symlink_to(tmp_path / "registry", target_is_directory=True)

    for target in (tmp_path / "registry" / "people.csv", tmp_path / "link" / "people.json"):
        with pytest.raises(Refused):
            store.export(target)
        assert not target.exists()


def _overwrite(store: PeopleStore, content: str | bytes) -> None:
    """Store `content` as somebody with plain Git might."""
    raw = content.encode() if isinstance(content, str) else content
    with store.repository.locked():
        store.repository.replace(raw, store.repository.version())


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock"}


def test_an_empty_book_is_written_as_its_format_alone() -> None:
    assert write_book(Book()) == b"format = 1\n"
