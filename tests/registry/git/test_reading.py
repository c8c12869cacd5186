"""What is saved, and what lies on disk, as the rest of the registry gets to read them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.errors import BadInput, BrokenFile, GitTrouble, NotFound
from registry.git import trees
from registry.git.objects import ObjectReader, list_tree, read_blob, read_blobs, read_path
from registry.git.repository import Repository
from registry.git.worktree import (
    LIMIT,
    Touched,
    fingerprint,
    is_record_path,
    list_files,
    read_file,
    read_files,
    safe_path,
    status,
)
from tests.registry.git.helpers import FIRST, PROJECT, TOWN, git, ran, registry, save


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    return registry(tmp_path / "r")


# what is saved


def test_the_files_of_a_commit_are_listed_with_size_and_kind(repo: Repository) -> None:
    (repo.folder / "länk").symlink_to("registry.toml")
    git(repo.folder, "add", "länk")
    git(repo.folder, "commit", "-qm", "x")
    listed = {entry.path: entry for entry in list_tree(repo, "HEAD")}
    assert listed[TOWN].size == len(FIRST[TOWN])
    assert listed[TOWN].mode == "100644"
    assert listed["länk"].mode == "120000"
    assert [entry.path for entry in list_tree(repo, "HEAD", ["twin-towns"])] == [TOWN]
    assert list_tree(repo, "HEAD", ["nowhere"]) == []
    with pytest.raises(GitTrouble):
        list_tree(repo, "--help")


def test_many_contents_are_read_by_one_process_however_large(repo: Repository) -> None:
    many = {f"departments/d{n}.toml": b"%d " % n * (200_000 if n == 7 else 50) for n in range(60)}
    save(repo, many)
    entries = [entry for entry in list_tree(repo, "HEAD") if entry.path in many]
    before = len(ran(repo))
    found = dict(read_blobs(repo, [entry.blob for entry in entries]))
    assert len(ran(repo)) == before + 1
    assert {entry.path: found[entry.blob] for entry in entries} == many
    assert list(read_blobs(repo, [])) == []


def test_reading_that_is_given_up_ends_its_process(repo: Repository) -> None:
    oids = [entry.blob for entry in list_tree(repo, "HEAD")] * 20_000
    reading = read_blobs(repo, oids)
    assert next(reading)[0] == oids[0]
    reading.close()  # type: ignore[attr-defined]
    assert read_blob(repo, oids[0])


def test_an_object_that_the_history_lacks_is_told(repo: Repository) -> None:
    with pytest.raises(GitTrouble, match="lacks 000000000000"):
        read_blob(repo, "0" * 40)
    with pytest.raises(BadInput):
        read_blob(repo, "HEAD")
    with ObjectReader(repo) as reader:
        assert reader.object("0" * 40) is None


def test_one_path_of_one_commit(repo: Repository) -> None:
    first = repo.head()
    assert first
    save(repo, {TOWN: b"x = 1\n"})
    assert read_path(repo, first, TOWN) == FIRST[TOWN]
    assert read_path(repo, "HEAD", TOWN) == b"x = 1\n"
    assert read_path(repo, "HEAD", "twin-towns") is None
    with pytest.raises(NotFound):
        read_path(repo, "nowhere", TOWN)
    for path in ("a\nb", "./registry.toml", "../x"):
        with pytest.raises(NotFound):
            read_path(repo, first, path)


def test_a_reader_that_stays_open_reads_what_was_saved_meanwhile(repo: Repository) -> None:
    oid = list_tree(repo, "HEAD", [TOWN])[0].blob
    with ObjectReader(repo) as reader:
        assert reader.object(oid) == ("blob", FIRST[TOWN])
        save(repo, {TOWN: b"x = 1\n"})
        assert reader.object(list_tree(repo, "HEAD", [TOWN])[0].blob) == ("blob", b"x = 1\n")
        kind, _tree = reader.object(repo.tree("HEAD")) or ("", b"")
        assert kind == "tree"
    assert reader.object(oid) == ("blob", FIRST[TOWN]), "it starts again"
    reader.close()


def test_a_repository_with_an_open_reader_reads_the_same(repo: Repository) -> None:
    wanted = [TOWN, "registry.toml", "twin-towns/nowhere.toml"]
    without = [read_path(repo, "HEAD", path) for path in wanted]
    with ObjectReader(repo) as reader:
        repo.reader = reader
        assert [read_path(repo, "HEAD", path) for path in wanted] == without
    repo.reader = None


# what lies on disk


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        ("registry.toml", True),
        ("policy.toml", True),
        (TOWN, True),
        (PROJECT, True),
        ("projects/x.toml", False),
        ("departments/.x.toml", False),
        ("departments/a/b.toml", False),
        ("README.md", False),
        ("people.toml", False),
    ],
)
def test_where_records_lie(path: str, is_one: bool) -> None:
    assert is_record_path(path) is is_one


def test_files_are_listed_with_what_is_broken_among_them_and_without_what_editors_leave(
    repo: Repository, tmp_path: Path
) -> None:
    towns = repo.folder / "twin-towns"
    for name in (".skjern.toml.swp", "skjern.toml~", "note.txt", ".#skjern.toml"):
        (towns / name).touch()
    (towns / "mapp.toml").mkdir()
    (towns / "länk.toml").symlink_to(tmp_path / "outside")
    (repo.folder / "projects/2027").symlink_to(tmp_path)
    (tmp_path / "hidden.toml").touch()
    assert list_files(repo) == sorted([*FIRST, "twin-towns/mapp.toml", "twin-towns/länk.toml"])


def test_what_is_no_ordinary_file_is_told_without_being_read(repo: Repository, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("outside", encoding="utf-8")
    towns = repo.folder / "twin-towns"
    (towns / "a.toml").symlink_to(secret)
    (towns / "b.toml").mkdir()
    os.mkfifo(towns / "c.toml")
    with (towns / "d.toml").open("wb") as large:
        large.truncate(LIMIT + 1)
    (towns / "e.toml").symlink_to("skjern.toml")
    (repo.folder / "projects/2027").symlink_to(tmp_path)
    wanted = [f"twin-towns/{letter}.toml" for letter in "abcde"]
    for path in wanted:
        with pytest.raises(BrokenFile) as broken:
            read_file(repo, path)
        assert path in broken.value.message
        assert broken.value.hint
    with pytest.raises(BadInput, match="projects/2027"):
        read_file(repo, "projects/2027/secret")
    with pytest.raises(FileNotFoundError):
        read_file(repo, "twin-towns/gone.toml")
    with pytest.raises(FileNotFoundError):
        read_file(repo, "registry.toml/x")
    found = dict(read_files(repo, [*wanted, TOWN, "twin-towns/gone.toml", "projects/2027/x.toml", PROJECT, "../x"]))
    assert {path for path, content in found.items() if isinstance(content, BrokenFile)} == {
        *wanted,
        "projects/2027/x.toml",
        "../x",
    }
    assert (found[TOWN], found[PROJECT]) == (FIRST[TOWN], FIRST[PROJECT])


def test_a_file_at_the_limit_is_read(repo: Repository) -> None:
    (repo.folder / TOWN).write_bytes(b"x" * LIMIT)
    assert len(read_file(repo, TOWN)) == LIMIT
    (repo.folder / TOWN).write_bytes(b"")
    assert read_file(repo, TOWN) == b""


@pytest.mark.parametrize(
    "path",
    [
        *("", ".", "..", "../x.toml", "/x.toml", "a/../../x", "a//b", "a/./b", ".git/config", ".GIT/config", "git~1/x"),
        *("C:/x", "a\\b", "a\0b", "a\nb", "con", "AUX.toml", "departments/lpt1.toml", "x.", "x ", "a?b", "a|b"),
    ],
)
def test_no_path_leads_out_or_means_something_else_on_another_system(repo: Repository, path: str) -> None:
    with pytest.raises(BadInput):
        safe_path(repo, path)


@pytest.mark.parametrize(
    "path", ["-x.toml", "departments/å.toml", "a b.toml", "console.toml", ".gitattributes", "a..b"]
)
def test_unusual_but_harmless_names_are_let_through(repo: Repository, path: str) -> None:
    assert safe_path(repo, path) == repo.folder / path


def test_hand_edits_are_told_by_kind_and_other_files_are_nobodys_business(repo: Repository) -> None:
    save(repo, {"departments/a.toml": b"a = 1\n", "departments/b.toml": b"b = 1\n", "policy.toml": b"p = 1\n"})
    assert status(repo) == []
    (repo.folder / TOWN).write_bytes(b"edited\n")
    (repo.folder / PROJECT).unlink()
    (repo.folder / "projects/2026/ny med blanksteg.toml").write_bytes(b"new\n")
    (repo.folder / "departments/c.toml").write_bytes(b"staged\n")
    git(repo.folder, "add", "departments/c.toml")
    git(repo.folder, "rm", "-q", "--cached", "departments/a.toml")
    (repo.folder / "policy.toml").write_bytes(b"staged\n")
    git(repo.folder, "add", "policy.toml")
    (repo.folder / "notes.txt").touch()
    (repo.folder / "projects/2026/x.tmp").touch()
    (repo.folder / "README.md").touch()
    expected = [
        Touched("README.md", "untracked"),
        Touched("departments/a.toml", "modified"),
        Touched("departments/c.toml", "added"),
        Touched("policy.toml", "modified"),
        Touched("projects/2026/ny med blanksteg.toml", "untracked"),
        Touched(PROJECT, "deleted"),
        Touched(TOWN, "modified"),
    ]
    assert status(repo) == expected
    assert status(repo, [TOWN, "departments/b.toml"]) == [Touched(TOWN, "modified")]
    assert not (repo.git_dir / "index.lock").exists()


def test_a_conflict_of_a_plain_merge_is_told(repo: Repository) -> None:
    git(repo.folder, "switch", "-q", "-c", "a")
    save(repo, {TOWN: b"a = 1\n"})
    git(repo.folder, "switch", "-q", "main")
    save(repo, {TOWN: b"b = 1\n"})
    git(repo.folder, "merge", "-q", "a", check=False)
    assert status(repo) == [Touched(TOWN, "conflicted")]


def test_the_fingerprint_tells_every_edit_and_every_commit_and_nothing_else(repo: Repository) -> None:
    seen = [fingerprint(repo)]

    def changed() -> bool:
        seen.append(fingerprint(repo))
        return seen[-1] not in seen[:-1]

    assert not changed()
    (repo.folder / "notes.txt").touch()
    assert not changed()
    (repo.folder / TOWN).write_bytes(b'name = "Skjarn"\n')
    assert changed()
    (repo.folder / "departments").mkdir()
    (repo.folder / "departments/ny.toml").touch()
    assert changed()
    (repo.folder / "departments/ny.toml").unlink()
    (repo.folder / TOWN).unlink()
    assert changed()
    git(repo.folder, "add", "-A")
    assert changed()
    git(repo.folder, "commit", "-qm", "x")
    assert changed()
    git(repo.folder, "switch", "-q", "-c", "other")
    assert changed()


# trees, as Git makes them

_NAMES = st.sampled_from(["a", "b", "a-b", "a.toml", "b.toml", "a0", "ö.toml", "A", "aa"])
_PATHS = st.lists(_NAMES, min_size=1, max_size=3).map("/".join)


def _without_clashes(paths: set[str]) -> set[str]:
    """No path that is also a folder of another."""
    return {path for path in paths if not any(other.startswith(f"{path}/") for other in paths)}


@settings(max_examples=15, deadline=None)
@given(st.sets(_PATHS, max_size=12).map(_without_clashes), st.data())
def test_folders_edited_by_us_are_those_that_git_would_make(
    tmp_path_factory: pytest.TempPathFactory, paths: set[str], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("trees")
    git(folder, "init", "-q")
    oid = git(folder, "hash-object", "-w", "--stdin")
    gone = data.draw(st.sets(st.sampled_from(sorted(paths)))) if paths else set()
    changes: dict[str, str | None] = dict.fromkeys(paths, oid)
    _tree, made = trees.edited({}, changes, "sha1")
    folders = _folders(_tree, made, changes)
    edited, _objects = trees.edited(folders, dict.fromkeys(gone), "sha1")
    for path in paths - gone:
        git(folder, "update-index", "--add", "--cacheinfo", f"100644,{oid},{path}")
    assert edited == git(folder, "write-tree")


def _folders(top: str, made: trees.Objects, paths: dict[str, str | None]) -> dict[str, trees.Tree]:
    found = {"": trees.parse_tree(made[top][1], "sha1")}
    for folder in reversed(trees.folders_of(paths)):
        parent, _slash, name = folder.rpartition("/")
        if folder:
            found[folder] = trees.parse_tree(made[found[parent][name.encode()].oid.hex()][1], "sha1")
    return found
