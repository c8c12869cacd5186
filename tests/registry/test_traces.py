"""What was erased is looked for in every form and every corner that Git, an editor or a crash might have left it in."""

from __future__ import annotations

import gzip
import subprocess
import unicodedata
import zlib
from pathlib import Path

import pytest

from registry.errors import BadInput, GitTrouble, NotFound
from registry.git.traces import Sought, sought_values
from registry.people.verifying import Verified, require_known, verify
from registry.store import Store
from tests.kit import git, torsby

NAME = "Maja Åkerström"
PERSON = "p-7k2m9x"
ENTRY = f'format = 1\n\n[{PERSON}]\nname = "{NAME}"\n'
NOTICE = f'format = 1\n\n[{PERSON}]\nerased = 2026-11-23\ndecision = "KS 2026-11-20 § 9"\nbasis = "begäran"\n'


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return torsby(tmp_path_factory.mktemp("traces") / "r")


@pytest.mark.parametrize(
    "content",
    [
        NAME.encode("utf-8"),
        NAME.upper().encode("utf-8"),
        unicodedata.normalize("NFD", NAME).encode("utf-8"),
        NAME.encode("latin-1"),
        NAME.encode("cp850"),
        NAME.encode("mac-roman"),
        NAME.encode("utf-16"),
        NAME.encode("utf-16-be"),
        NAME.encode("utf-32"),
        b"Maja \\u00c5kerstr\\u00f6m",
        b"Maja \\u00C5kerstr\\u00F6m",
        b"Maja \\xc5kerstr\\xf6m",
        b"Maja%20%C3%85kerstr%C3%B6m",
        b'"Maja \\303\\205kerstr\\303\\266m.toml"',
        "maja-åkerström".encode(),
        "Åkerström, Maja".encode(),
        "Maja\u00a0Åkerström".encode(),
    ],
)
def test_a_name_is_known_however_it_is_written(content: bytes) -> None:
    sought = Sought.of([NAME])
    assert sought.in_bytes(b"x" + content + b"y")
    assert not sought.in_bytes(b"Maja Akerstrom, Maj \xc3\x85kerstr\xc3\xb6m")


def _loose(store: Store) -> None:
    git(store, "hash-object", "-w", "--stdin", input=f"namn: {NAME}\n")


def _packed(store: Store) -> None:
    oid = git(store, "hash-object", "-w", "--stdin", input=f"namn: {NAME}\n")
    git(store, "pack-objects", "-q", ".git/objects/pack/pack", input=oid)
    git(store, "prune-packed", "-q")


def _cut_off_pack(store: Store) -> None:
    _packed(store)
    pack = next((store.folder / ".git/objects/pack").glob("*.pack"))
    (store.folder / ".git/objects/pack/tmp_pack_x1").write_bytes(pack.read_bytes()[:-25])
    for path in (*pack.parent.glob("pack-*"),):
        path.unlink()


def _half_written_object(store: Store) -> None:
    content = zlib.compress(f"blob 60\0namn: {NAME}\n".encode() + b"x" * 400)
    (store.folder / ".git/objects/17").mkdir(exist_ok=True)
    (store.folder / ".git/objects/17/tmp_obj_x").write_bytes(content[:-6])


def _reflog(store: Store) -> None:
    with (store.folder / ".git/logs/HEAD").open("a") as log:
        log.write(f"{'0' * 40} {git(store, 'rev-parse', 'HEAD').strip()} {NAME} <m@x.se> 1 +0000\tcommit: x\n")


def _setting(store: Store) -> None:
    git(store, "config", "user.name", NAME)


def _path(store: Store) -> None:
    (store.folder / ".git/vanort").mkdir(exist_ok=True)
    (store.folder / ".git/vanort/maja-åkerström.json").touch()


def _note(store: Store) -> None:
    git(store, "notes", "add", "-f", "-m", f"Ring {NAME}")


def _link(store: Store) -> None:
    (store.folder / "lank").symlink_to(f"/borta/{NAME}")


def _gzipped(store: Store) -> None:
    (store.folder / "kopia.gz").write_bytes(gzip.compress(f"namn: {NAME}\n".encode()))


def _book(store: Store) -> None:
    store.people.add({"name": NAME})


@pytest.mark.parametrize(
    ("left", "where"),
    [
        (_loose, ".git"), (_packed, ".git"), (_cut_off_pack, "tmp_pack"), (_half_written_object, "tmp_obj"),
        (_reflog, "logs/HEAD"), (_setting, "config"), (_path, "vanort"), (_note, ".git"), (_book, "people.git"),
        (_link, "lank"), (_gzipped, "kopia.gz"),
    ],
)  # fmt: skip
def test_it_is_found_wherever_it_was_left(tmp_path: Path, store: Store, left: object, where: str) -> None:
    subprocess.run(["cp", "-a", str(store.folder), str(tmp_path / "r")], check=True)
    here = Store.open(tmp_path / "r")
    assert verify(here.repo, PERSON, [NAME]).found == ()
    left(here)  # type: ignore[operator]
    found = verify(here.repo, PERSON, [NAME]).found
    assert any(where in trace.where for trace in found)
    assert NAME not in str(found)
    if left in {_loose, _packed}:
        assert [trace.reachable for trace in found if trace.what] == [False]
    if left is _note:
        assert any(trace.reachable and trace.what for trace in found)


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("bok.toml", ENTRY, "toml"),
        ("bok.toml", NOTICE, ""),
        ("bok.toml", f'[{PERSON}]\nmerged_into = "p-9d3fk2"\n', ""),
        ("bok.toml", f'[p-9d3fk2]\nname = "X Y"\n[{PERSON}]\nerased = 2026-11-23\n[p-zzzzz9]\nname = "Z"\n', ""),
        ("bok.json", f'[{{"id": "{PERSON}", "name": "M"}}]', "json"),
        ("bok.json", f'[{{"id": "{PERSON}", "erased": "2026-11-23", "decision": "KS", "basis": "b"}}]', ""),
        ("bok.csv", f"Id;Namn\r\n{PERSON};Maja\r\n", "csv"),
        ("bok.csv", f"Id;Namn;Anm\r\n{PERSON};;raderad\r\n", ""),
        ("post.toml", f'[[officers]]\nperson = "{PERSON}"\nfunction = "Rektor"\n', ""),
    ],
)
def test_without_values_an_entry_that_says_more_than_the_notice_is_found(
    tmp_path: Path, store: Store, name: str, content: str, form: str
) -> None:
    subprocess.run(["cp", "-a", str(store.folder), str(tmp_path / "r")], check=True)
    (tmp_path / "r" / name).write_text(content)
    found = verify(Store.open(tmp_path / "r").repo, PERSON).found
    assert [(trace.where, trace.form) for trace in found] == ([(name, form)] if form else [])


def test_a_number_is_known_with_and_without_its_blanks() -> None:
    sought = Sought.of(["0560 - 123 45"])
    assert all(
        sought.in_bytes(f"x{said}y".encode()) for said in ("0560-12345", "056012345", "0560\u00a0-\u00a0123\u00a045")
    )
    assert not sought.in_bytes(b"0560-123 46")


def test_what_cannot_be_looked_into_is_no_comfort_nor_is_an_id_of_nobodys(tmp_path: Path, store: Store) -> None:
    subprocess.run(["cp", "-a", str(store.folder), str(tmp_path / "r")], check=True)
    here = Store.open(tmp_path / "r")
    with pytest.raises(NotFound, match=PERSON):
        require_known(here, PERSON)
    oid = git(here, "hash-object", "-w", "--stdin", input="x").strip()
    empty = tmp_path / "r/.git/objects" / oid[:2] / oid[2:]
    empty.chmod(0o644)
    empty.write_bytes(b"")
    with pytest.raises(GitTrouble, match=oid):
        verify(here.repo, PERSON, [NAME])


def test_a_server_is_searched_as_well_and_what_is_none_is_told(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = tmp_path / "server.git"
    git(store, "clone", "-q", "--bare", str(store.folder), str(server))
    oid = git(server, "hash-object", "-w", "--stdin", input=ENTRY)
    found: Verified = verify(store.repo, PERSON, [NAME], server)
    assert {trace.where.startswith(str(server)) for trace in found.found} == {True}
    assert f"blob {oid.strip()}" in {trace.what for trace in found.found}
    monkeypatch.chdir(tmp_path)
    assert len(verify(store.repo, PERSON, [NAME], Path("server.git")).found) == len(found.found)
    with pytest.raises(NotFound, match="ingen servermapp"):
        verify(store.repo, PERSON, [NAME], tmp_path)
    with pytest.raises(BadInput, match="p-nej"):
        verify(store.repo, "p-nej")
    with pytest.raises(BadInput, match="färre än 3"):
        sought_values("Ek\nMaja\n")
