"""What somebody is and was by the records; two entries that are one person; all that is held on somebody; whom nobody needs."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from registry.change import Change, renaming
from registry.errors import BadInput, Refused
from registry.one_person import merge
from registry.people import Book
from registry.people.extract_text import text_of, write
from registry.people.extracting import extract
from registry.people.merging import merge_books
from registry.people.reviewing import narrowed
from registry.roles import Role, formerly, roles
from registry.store import Store
from tests.kit import BUN, SKJERN, TRIP, git, save, torsby, with_trip

DAY = date(2026, 11, 23)
ERASED = {"erased": DAY, "decision": "KS 2026-11-20 § 9", "basis": "begäran"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Maja was an officer until June, is responsible for a trip that was renamed, and was a contact once."""
    store = with_trip(torsby(tmp_path_factory.mktemp("made") / "r"))
    maja = store.people.add({"name": "Maja Lindqvist", "email": "maja@example.org", "retention_basis": "uppdrag"})
    other = store.people.add({"name": "Lindqvist, Maja", "telephone": "0560-123 45", "retain_until": date(2026, 1, 31)})
    seat = {"person": maja, "function": "Rektor", "from": date(2026, 1, 1), "until": date(2026, 6, 30)}
    save(store, BUN, officers=[seat])
    save(store, SKJERN, contacts=[maja, other])
    save(store, SKJERN, "Hon har slutat.", contacts=[other])
    save(store, TRIP, "Ansvarig utsedd.", responsible=maja)
    store.save(Change(renaming(store.saved(), TRIP, "projects/2026/resan"), "Kortare.", act="rename", renamed_from={"projects/2026/resan": TRIP}))  # fmt: skip
    return store.folder


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Store:
    return Store.open(Path(shutil.copytree(made, tmp_path / "r", symlinks=True)))


@pytest.fixture
def maja(store: Store) -> str:
    return store.book.find("maja@")[0]


@pytest.fixture
def other(store: Store) -> str:
    return store.book.find("0560")[0]


def told(found: list[Role]) -> list[tuple[str, str, bool]]:
    return [(role.ref, role.field, role.now) for role in found]


def test_roles_are_told_now_and_then(store: Store, maja: str) -> None:
    now = roles(store.current(), maja, DAY)
    assert told(now) == [("projects/2026/resan", "responsible", True), (BUN, "officers", False)]
    assert now[0].words == "ansvarig, Rektor"
    assert now[1].days == "1 januari 2026 – 30 juni 2026"
    then = [role for role in formerly(store, maja, store.current()) if role is not None]
    assert told(then) == [(SKJERN, "contacts", False)]
    assert then[0].days.startswith("tills det ändrades ")
    assert told(roles(store.current(), maja, date(2026, 5, 1)))[0] == (BUN, "officers", True)


def test_two_that_are_one_are_one_in_all_records_and_in_the_past(store: Store, maja: str, other: str) -> None:
    before = store.saved().commit
    assert before is not None
    saved = merge(store, other, maja, "Samma person, inlagd två gånger.")
    assert saved is not None
    assert saved.refs == (SKJERN,)
    book = store.book
    assert book.entry(maja)["telephone"] == "0560-123 45"
    assert book.entry(maja)["name"] == "Maja Lindqvist"
    assert dict(book.entry(other)) == {"merged_into": maja}
    assert (store.committed().data(SKJERN) or {})["contacts"] == [maja]
    assert (store.committed(before).data(SKJERN) or {})["contacts"] == [other]
    assert book.name(other) == "Maja Lindqvist"
    store.people.set(maja, {"name": "Maja Lindqvist Ek"})  # what is put right is right in the past too
    assert store.names(store.committed(before)).person(other) == "Maja Lindqvist Ek"
    assert book.find("maja") == [maja]
    assert book.problems() == {}
    with pytest.raises(Refused, match="ingen uppgift"):
        merge(store, other, maja, "Igen.")
    with pytest.raises(Refused, match="redan en och samma"):
        merge(store, maja, maja, "Igen.")
    erased = book.with_erased(maja, DAY, "KS 2026-11-20 § 9", "begäran")
    assert erased.name(other) == erased.name(maja) == "raderad 2026-11-23, KS 2026-11-20 § 9"
    assert erased.erased(other)


def test_a_merge_meets_what_a_colleague_did_to_either_entry() -> None:
    base = Book({"p-bbbbb2": {"name": "B"}, "p-ccccc3": {"name": "C"}})
    merged = base.with_merged("p-bbbbb2", "p-ccccc3")
    edited = base.with_person("p-bbbbb2", {"name": "B", "title": "Rektor"})
    for sides in ((merged, edited), (edited, merged)):
        met = merge_books(base, *sides)
        assert (met.conflicts, met.book.people["p-ccccc3"]) == ((), {"name": "C", "title": "Rektor"})
        assert met.book.whose("p-bbbbb2") == "p-ccccc3"
    erased = base.with_erased("p-bbbbb2", DAY, "KS 2026-11-20 § 9", "begäran")
    for sides in ((merged, erased), (erased, merged)):
        met = merge_books(base, *sides)
        assert {person: dict(entry) for person, entry in met.book.people.items()} == {
            "p-bbbbb2": ERASED, "p-ccccc3": ERASED
        }  # fmt: skip


def test_whom_the_book_hardly_needs(store: Store, maja: str, other: str) -> None:
    book, named = store.book, store.current().referrers
    nobody = store.people.add({"name": "Ingen Alls"})
    book = store.book
    everybody = book.find("")
    assert set(narrowed(book, everybody, ["unreferenced"], named, DAY)) == {nobody}
    assert narrowed(book, everybody, ["overdue"], named, DAY) == [other]
    assert narrowed(book, everybody, ["overdue"], named, date(2026, 1, 31)) == [], "the last day counts"
    assert set(narrowed(book, everybody, ["without-basis"], named, DAY)) == {other, nobody}
    assert narrowed(book, everybody, ["without-basis", "unreferenced"], named, DAY) == [nobody]
    assert set(narrowed(book, everybody, [], named, DAY)) == {maja, other, nobody}


def test_all_that_is_held_on_somebody_is_told_and_nothing_of_others(store: Store, maja: str, tmp_path: Path) -> None:
    store.people.add({"name": "Östen Åkerblom"})
    save(store, SKJERN, "Ny kontakt.", contacts=[store.book.find("östen")[0]])
    save(store, "projects/2026/resan", "Mer är känt.", purpose="Sång [och] <dans>")
    git(store, "-c", "user.email=maja@example.org", "commit", "-q", "--allow-empty", "-m", "Maja förde in det.")
    found = extract(store, maja, DAY)
    text = text_of(found, "md")
    for words in (
        "Maja Lindqvist",
        "maja@example.org",
        "uppdrag",
        "ansvarig, Rektor",
        "Ansvarig utsedd.",
        "Hon har slutat.",
    ):
        assert words in text
    assert "Östen" not in text
    assert "Mer är känt." not in text
    assert [change.authored for change in found.changes].count(True) == 1
    page = text_of(found, "html")
    assert "<h1>Registerutdrag för Maja Lindqvist</h1>" in page
    data = json.loads(text_of(found, "json"))
    assert (data["id"], data["book"]["email"], len(data["roles"])) == (maja, "maja@example.org", 3)
    hostile = store.people.add({"name": "<b>Evil</b> [x](y)", "title": "*\x1b[31m"})
    assert "<b>" not in text_of(extract(store, hostile), "html")
    assert "\x1b" not in text_of(extract(store, hostile), "html") + text_of(extract(store, hostile), "md")
    write(found, tmp_path / "utdrag.html", store.folder)
    assert (tmp_path / "utdrag.html").read_text() == page
    with pytest.raises(Refused, match="egen mapp"):
        write(found, store.folder / "utdrag.md", store.folder)
    with pytest.raises(BadInput, match="docx"):
        write(found, tmp_path / "utdrag.docx", store.folder)
    with pytest.raises(Refused, match="p-bbbbb2"):
        extract(store, "p-bbbbb2")
