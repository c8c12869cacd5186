"""The history, with everything that commits made elsewhere may hold."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from registry.errors import NotFound
from registry.git.log import changed_paths, changes_between, walk
from registry.git.repository import Repository
from registry.git.run import commands_run
from registry.git.writer import Write, commit
from tests.registry.git.helpers import FIRST, PROJECT, TOWN, git, registry, save


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    return registry(tmp_path / "r")


def test_commits_come_newest_first_with_author_message_and_what_they_changed(repo: Repository) -> None:
    made = save(
        repo, {TOWN: b"x = 1\n", PROJECT: None, "departments/a.toml": b"a\n"}, "Ämne\n\nText – å\n\nChange: set\n"
    )
    newest, first = walk(repo)
    assert newest.commit == made
    assert newest.parents == (first.commit,)
    assert (newest.author, newest.email) == ("Anna Exempel", "anna@example.org")
    assert newest.message == "Ämne\n\nText – å\n\nChange: set\n"
    assert newest.changed == (("A", "departments/a.toml"), ("D", PROJECT), ("M", TOWN))
    assert newest.changes[1].new is None
    assert git(repo.folder, "cat-file", "blob", str(newest.changes[2].old)).encode() + b"\n" == FIRST[TOWN]
    assert first.parents == ()
    assert {path for _status, path in first.changed} == set(FIRST)
    assert abs(newest.date - datetime.now(UTC)) < timedelta(minutes=5)


def test_an_empty_registry_has_no_history(tmp_path: Path) -> None:
    assert list(walk(Repository.create(tmp_path / "tom"))) == []


def test_the_history_of_one_record_and_of_a_range(repo: Repository) -> None:
    first = repo.head()
    towns = [save(repo, {TOWN: b"%d" % n}) for n in range(3)]
    save(repo, {PROJECT: b"x"})
    assert [raw.commit for raw in walk(repo, paths=[TOWN])] == [*reversed(towns), first]
    assert [raw.commit for raw in walk(repo, rev=f"{towns[0]}..{towns[2]}")] == towns[:0:-1]
    assert len(list(walk(repo, limit=2))) == 2
    assert next(walk(repo, rev=towns[1])).commit == towns[1]
    assert list(walk(repo, paths=["twin-towns/*"])) == [], "a path is a path, not a pattern"


def test_a_rename_is_a_deletion_and_an_addition_whatever_the_settings_say(repo: Repository) -> None:
    for key, value in (
        ("diff.renames", "copies"),
        ("log.follow", "true"),
        ("log.showRoot", "false"),
        ("log.decorate", "full"),
        ("diff.noprefix", "true"),
        ("log.showSignature", "true"),
        ("i18n.logOutputEncoding", "latin1"),
        ("color.ui", "always"),
        ("core.pager", "false"),
        ("log.date", "relative"),
    ):
        repo.set_config(key, value)
    made = save(repo, {TOWN: None, "twin-towns/skjarn.toml": FIRST[TOWN]}, "Bytt namn, å\n")
    newest, first = walk(repo)
    assert newest.changed == (("A", "twin-towns/skjarn.toml"), ("D", TOWN))
    assert newest.message == "Bytt namn, å\n"
    assert len(first.changed) == 3
    assert changed_paths(repo, first.commit, made) == [("A", "twin-towns/skjarn.toml"), ("D", TOWN)]
    assert [raw.commit for raw in walk(repo, paths=["twin-towns/skjarn.toml"])] == [made]


def test_a_merge_tells_what_it_brought_to_its_first_parent_and_the_losing_side_stays_in_the_history(
    repo: Repository,
) -> None:
    base = repo.head()
    ours = save(repo, {TOWN: b"ours\n"})
    git(repo.folder, "switch", "-q", "-c", "theirs", str(base))
    theirs = save(repo, {TOWN: b"theirs\n"})
    git(repo.folder, "switch", "-q", "main")
    merged = commit(repo, Write({}, "Sammanfogat\n", ours, parents=(theirs, ours)))
    newest = next(walk(repo))
    assert newest.parents == (theirs, ours)
    assert newest.changed == (("M", TOWN),)
    assert {raw.commit for raw in walk(repo, paths=[TOWN])} == {merged, ours, theirs, base}
    assert theirs not in {raw.commit for raw in walk(repo, paths=[TOWN], full_history=False)}
    assert ours not in {raw.commit for raw in walk(repo, first_parent=True)}


def _plumbed(repo: Repository, head: bytes, message: bytes) -> str:
    """A commit object of any bytes, put at the branch's tip."""
    raw = b"tree %s\nparent %s\n%s\n\n%s" % (repo.tree("HEAD").encode(), (repo.head() or "").encode(), head, message)
    made = subprocess.run(
        ["git", "hash-object", "-t", "commit", "-w", "--stdin", "--literally"],
        cwd=repo.folder, input=raw, capture_output=True, check=True,
    ).stdout.decode().strip()  # fmt: skip
    git(repo.folder, "update-ref", "refs/heads/main", made)
    return made


def test_authors_and_messages_that_are_no_text_are_read_all_the_same(repo: Repository) -> None:
    _plumbed(
        repo,
        b"author \xff\xfe Anna \x1b[31m <a\xe5@x> 1700000000 +0100\ncommitter C <c> 1700000001 -0930",
        b"\xe5\xe4\xf6 \x1b]0;title\x07\n:100644 no change\n\n" + b"0" * 40 + b"\n",
    )
    newest, first = walk(repo)
    assert "\x1b[31m" in newest.author
    assert "�" in newest.author
    assert newest.message.endswith(":100644 no change\n\n" + "0" * 40 + "\n")
    assert "\x1b]0;title\x07" in newest.message
    assert newest.date.utcoffset() == timedelta(hours=1)
    assert newest.committed.utcoffset() == -timedelta(hours=9, minutes=30)
    assert newest.changed == ()
    assert len(first.changed) == 3


def test_a_message_in_another_encoding_that_says_so_is_converted(repo: Repository) -> None:
    who = b"author A <a> 1 +0000\ncommitter A <a> 1 +0000\nencoding ISO-8859-1"
    _plumbed(repo, who, "Påskön".encode("latin-1"))
    assert next(walk(repo)).message.strip() == "Påskön"


@pytest.mark.parametrize(
    ("written", "year"),
    [
        ("0 +0000", 1970),
        ("4102444800 +0000", 2100),
        ("99999999999999 +0000", None),
        ("1700000000 +9999", 2023),
        ("1700000000 -2400", 2023),
    ],
)
def test_clocks_that_are_wrong_are_data(repo: Repository, written: str, year: int | None) -> None:
    _plumbed(repo, f"author A <a> {written}\ncommitter A <a> {written}".encode(), b"x\n")
    newest = next(walk(repo))
    assert newest.date.tzinfo is not None
    assert year is None or newest.date.year == year


def test_an_empty_message_and_an_empty_author_are_no_obstacle(repo: Repository) -> None:
    _plumbed(repo, b"author  <> 1 +0000\ncommitter  <> 1 +0000", b"")
    save(repo, {TOWN: b"x\n"})
    after, empty, first = walk(repo)
    assert (empty.author, empty.email, empty.message.strip()) == ("", "", "")
    assert after.changed == (("M", TOWN),)
    assert len(first.changed) == 3


def test_file_names_of_any_bytes_are_kept(repo: Repository) -> None:
    name = b"twin-towns/\xff\n\x1b.toml".decode("utf-8", "surrogateescape")
    (repo.folder / name).write_bytes(b"x")
    git(repo.folder, "add", "-A")
    git(repo.folder, "commit", "-qm", "x")
    newest = next(walk(repo))
    assert newest.changed == (("A", name),)
    assert len(list(walk(repo))) == 2


def test_the_first_commits_come_before_the_last_are_read(repo: Repository) -> None:
    for n in range(5):
        save(repo, {TOWN: b"%d" % n})
    commits = walk(repo)
    next(commits)
    commits.close()  # type: ignore[attr-defined]
    assert "log" in commands_run()[-1].argv


def test_what_two_commits_differ_by_is_told_with_its_blobs(repo: Repository) -> None:
    first = repo.head()
    made = save(repo, {TOWN: b"x = 1\n", PROJECT: None, "departments/ny.toml": b"ny\n"})
    changes = changes_between(repo, str(first), made)
    assert [change.path for change in changes] == ["departments/ny.toml", PROJECT, TOWN]
    assert [(change.old is None, change.new is None) for change in changes] == [
        (True, False),
        (False, True),
        (False, False),
    ]


@pytest.mark.parametrize("rev", ["nowhere", "--all", "-p", "nowhere..HEAD"])
def test_a_revision_that_is_none_is_not_found(repo: Repository, rev: str) -> None:
    with pytest.raises(NotFound):
        list(walk(repo, rev=rev))
