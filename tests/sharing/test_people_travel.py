"""The people book travels: merged by person and field, erased everywhere, never another registry's, no old version left."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest

from registry.erasing import erase as carry_out
from registry.erasing import plan
from registry.git import book_travel
from registry.git.remotes import shared_with
from registry.people import shared
from registry.people.book import Book
from registry.people.book_text import parse_book, write_book
from registry.people.copies import copies
from registry.people.shared import is_shared
from registry.sharing.people import PeopleShared, people_in_question, share_people
from registry.sharing.syncing import sync
from registry.store import Store
from tests.kit import git, torsby
from tests.registry.people_world import MAJA, holds
from tests.sharing.kit import colleague, copied, done, plain, said

ERASED = {"erased": date(2026, 11, 23), "decision": "KS 2026-11-20 § 9", "basis": "begäran"}
REF = "refs/vanort/people"


@pytest.fixture
def pair(made: Path, tmp_path: Path) -> tuple[Store, Store]:
    return copied(made, tmp_path)


def share(store: Store) -> PeopleShared:
    remote = shared_with(store.repo)
    assert remote is not None
    return share_people(store, remote)


def server_of(store: Store) -> Path:
    return store.folder.parent / "shared.git"


def at_server(store: Store) -> Book:
    return parse_book(git(server_of(store), "show", f"{REF}:people.toml").encode())


def erase(store: Store, person: str) -> None:
    store.people.change(lambda book: Book({**book.people, person: ERASED}, book.extra))


def no_trace(store: Store) -> bool:
    """Nothing of the book is in the registry's own repository, or left over from the way."""
    refs = git(store, "for-each-ref", "--format=%(refname)").split()
    left = list((store.repo.local_dir).glob("people.travel/**/*"))
    return (
        not left and not any("people" in ref or "vanort/" in ref for ref in refs) and git(store, "fsck", "--full") == ""
    )


def test_it_goes_to_colleagues_and_comes_back_merged_by_person_and_field(pair: tuple[Store, Store]) -> None:
    anna, berit = pair
    assert share(anna).state == "none"
    maja = anna.people.add(MAJA)
    assert not is_shared(anna.people)
    sent = share(anna)
    assert (sent.state, sent.received, sent.sent) == ("shared", 0, 1)
    assert is_shared(anna.people)
    got = share(berit)
    assert (got.state, got.received, got.sent) == ("shared", 1, 0)
    assert berit.book.name(maja) == MAJA["name"]
    assert (share(anna).received, len(copies(anna.book))) == (0, 2)  # each copy has said that it is one
    assert berit.people.repository.version() == anna.people.repository.version()

    anna.people.set(maja, {"telephone": "0560-999 99"})
    berit.people.set(maja, {"title": "Förvaltningschef"})
    olle = berit.people.add({"name": "Olle Berg"})
    assert share(anna).state == "shared"
    assert share(berit).state == "shared"
    assert share(anna).received == 2
    for store in pair:
        entry = store.book.entry(maja)
        assert (entry["telephone"], entry["title"]) == ("0560-999 99", "Förvaltningschef")
        assert store.book.name(olle) == "Olle Berg"
        assert is_shared(store.people)
        assert no_trace(store)
        assert store.book.problems() == {}
    git(anna, "pull", "-q")
    assert git(server_of(anna), "log", "--format=%P|%an", REF).strip() == "|Vänort"
    assert git(anna, "log", "--all", "--format=%s").count("Personboken") == 0


def test_an_erasure_beats_any_edit_and_leaves_no_old_version_anywhere(pair: tuple[Store, Store]) -> None:
    anna, berit = pair
    maja = anna.people.add(MAJA)
    share(anna)
    share(berit)
    anna.people.set(maja, {"telephone": "0560-999 99"})
    share(anna)
    erase(berit, maja)
    assert holds(berit.people.repository.folder, "Maja Lindqvist") == []  # at once, before anything is shared
    assert not is_shared(berit.people)
    assert share(berit).state == "shared"
    anna.people.set(maja, {"title": "Förvaltningschef"})
    assert share(anna).state == "shared"
    for store in pair:
        assert dict(store.book.entry(maja)) == ERASED
        assert is_shared(store.people)
        assert holds(store.people.repository.folder, "Maja Lindqvist") == []
    subprocess.run(["git", "gc", "-q", "--prune=now"], cwd=server_of(anna), check=True)
    assert holds(server_of(anna), "Maja Lindqvist") == []


def test_two_who_edit_one_field_are_asked_and_nothing_goes_before_it_is_settled(pair: tuple[Store, Store]) -> None:
    anna, berit = pair
    maja = anna.people.add(MAJA)
    share(anna)
    share(berit)
    anna.people.set(maja, {"telephone": "0560-111 11", "title": "Lärare", "email": "maja.l@example.org"})
    berit.people.set(maja, {"telephone": "0560-222 22", "title": "Kurator", "email": "m@example.org"})
    berit.people.set(maja, {"organisation": "Stjerneskolan"})
    share(anna)
    met = share(berit)
    assert met.state == "conflicts"
    assert {(found.ref, found.field) for found in met.conflicts} == {
        (maja, "telephone"), (maja, "title"), (maja, "email")
    }  # fmt: skip
    assert people_in_question(berit) == met.conflicts
    assert at_server(berit).people[maja]["telephone"] == "0560-111 11"
    assert share(berit).state == "conflicts"

    listed = said(berit, "conflicts")
    assert listed.code == 1
    assert "0560-111 11" in listed.out
    told = said(berit, "conflicts", "--json").json
    assert {(each["ref"], each["field"], each["theirs"]) for each in told} >= {(maja, "telephone", "0560-111 11")}
    done(berit, "settle", maja, "telephone", "ours")
    done(berit, "settle", maja, "title", "theirs")
    assert said(berit, "settle", maja, "email", "ingen adress").code == 2
    done(berit, "settle", maja, "email", "maja@skolan.example")
    assert people_in_question(berit) == ()
    assert said(berit, "settle", maja, "email", "ours").code == 2
    assert not is_shared(berit.people)
    synced = done(berit, "sync", "--json").json
    assert (synced["state"], synced["people"]) == ("shared", {"state": "shared", "received": 0, "sent": 1})
    assert share(anna).state == "shared"
    entry = {**MAJA, "telephone": "0560-222 22", "title": "Lärare", "email": "maja@skolan.example"}
    for store in pair:
        assert dict(store.book.entry(maja)) == {**entry, "organisation": "Stjerneskolan"}
        assert is_shared(store.people)


def test_nobody_drops_out_of_the_book_unasked(pair: tuple[Store, Store]) -> None:
    anna, berit = pair
    maja, olle = anna.people.add(MAJA), anna.people.add({"name": "Olle Berg"})
    share(anna)
    share(berit)
    berit.people.change(lambda book: book.without(maja).without(olle))
    met = share(berit)
    assert met.state == "conflicts"
    assert [(found.field, found.ours) for found in met.conflicts] == [("", None)] * 2
    assert set(at_server(berit).people) == {maja, olle}
    shared.settle(berit.people, maja, "", "theirs")
    shared.settle(berit.people, olle, "", "ours")
    assert share(berit).state == "shared"
    assert set(at_server(berit).people) == set(berit.book.people) == {maja}

    back = share(anna)
    assert [(found.ref, found.theirs) for found in back.conflicts] == [(olle, None)]
    assert set(anna.book.people) == {maja, olle}
    shared.settle(anna.people, olle, "", "ours")
    assert share(anna).state == "shared"
    assert share(berit).received == 1
    assert set(berit.book.people) == {maja, olle}

    for left in (anna.people.repository.folder / "refs/heads/main", anna.people.repository.folder / "packed-refs"):
        left.unlink(missing_ok=True)  # a book that is gone empties nobody's
    assert share(anna).state == "shared"
    assert set(anna.book.people) == {maja, olle}


def test_what_a_colleague_settled_is_asked_of_nobody_else(pair: tuple[Store, Store]) -> None:
    anna, berit = pair
    maja = anna.people.add(MAJA)
    anna.people.add({"name": "Olle Berg"})
    for store in (anna, berit, anna):
        share(store)
    whole, server = git(server_of(anna), "rev-parse", REF).strip(), server_of(anna)
    berit.people.change(lambda book: book.without(maja))
    share(berit)
    shared.settle(berit.people, maja, "", "ours")
    assert share(berit).state == "shared"
    assert [each.ref for each in share(anna).conflicts] == [maja]
    assert said(anna, "conflicts").code == 1
    git(server, "update-ref", REF, whole)  # a colleague decided that she stays
    assert share(anna).state == "shared"
    assert people_in_question(anna) == ()
    assert (said(anna, "conflicts").code, maja in anna.book) == (0, True)


def test_a_new_empty_place_gets_the_book_and_asks_nobody(pair: tuple[Store, Store]) -> None:
    anna, berit = pair
    maja, olle = anna.people.add(MAJA), anna.people.add({"name": "Olle Berg"})
    share(anna)
    share(berit)
    new = server_of(anna).with_name("new.git")
    plain(new.parent, "init", "-q", "--bare", "-b", "main", str(new))
    done(berit, "remote", str(new))
    assert set(parse_book(git(new, "show", f"{REF}:people.toml").encode()).people) == {maja, olle}
    for command in ("sync", "conflicts"):
        done(berit, command)
    done(anna, "remote", str(new))
    done(anna, "sync")
    assert set(anna.book.people) == set(berit.book.people) == {maja, olle}


def test_another_registrys_book_is_not_taken_in(pair: tuple[Store, Store], tmp_path: Path) -> None:
    anna, _berit = pair
    anna.people.add(MAJA)
    share(anna)
    other = torsby(tmp_path / "sunne")
    other.people.add({"name": "Siv Sunne"})
    git(other, "remote", "add", "origin", str(server_of(anna)))
    answer = share(other)
    assert answer.state == "refused"
    assert "another registry" in answer.message
    assert [entry["name"] for entry in other.book.people.values()] == ["Siv Sunne"]
    assert [entry["name"] for entry in at_server(anna).people.values()] == [MAJA["name"]]
    assert not is_shared(other.people)


def test_a_server_that_refuses_is_told_and_the_book_stays_here(pair: tuple[Store, Store]) -> None:
    anna, _berit = pair
    maja = anna.people.add(MAJA)
    git(server_of(anna), "config", "receive.hideRefs", "refs/vanort")
    answer = share(anna)
    assert answer.state == "refused"
    assert "people book" in answer.message
    assert "refs/vanort/people" in answer.hint
    assert not is_shared(anna.people)
    assert maja in anna.book
    git(server_of(anna), "config", "--unset", "receive.hideRefs")
    server_of(anna).rename(server_of(anna).with_name("borta.git"))
    assert share(anna).state in {"offline", "refused"}
    server_of(anna).with_name("borta.git").rename(server_of(anna))
    assert share(anna).state == "shared"


def test_a_book_that_cannot_be_used_is_left_at_the_server(
    pair: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, _berit = pair
    monkeypatch.setattr(book_travel, "LIMIT", 1_000)
    maja = anna.people.add(MAJA)
    server = server_of(anna)
    for content, told in (
        ("format = 9\n", "format 9"),
        ("format = 1\n[p-7k2m9x\n", "cannot be read"),
        ("format = 1\n" + "#" * 2_000, "none"),
    ):
        blob = git(server, "hash-object", "-w", "--stdin", input=content).strip()
        tree = git(server, "mktree", input=f"100644 blob {blob}\tpeople.toml\n").strip()
        there = git(server, "commit-tree", "-m", "x", tree).strip()
        git(server, "update-ref", REF, there)
        answer = share(anna)
        assert answer.state == "refused"
        assert told in answer.message
        assert git(server, "rev-parse", REF).strip() == there
        assert set(anna.book.people) == {maja}
        assert no_trace(anna)


def test_who_was_slower_merges_and_sends_again(pair: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch) -> None:
    from registry.git.book_travel import Travel

    anna, berit = pair
    maja = anna.people.add(MAJA)
    olle = berit.people.add({"name": "Olle Berg"})
    push, raced = Travel.push, []

    def slow(travel: Travel, content: bytes, expected: str | None) -> None:
        if not raced:
            raced.append(1)
            assert share(berit).state == "shared"
        push(travel, content, expected)

    monkeypatch.setattr(Travel, "push", slow)
    assert share(anna).state == "shared"
    assert set(at_server(anna).people) == set(anna.book.people) == {maja, olle}


def test_what_a_killed_process_left_on_the_way_is_gone_after_the_next_round(pair: tuple[Store, Store]) -> None:
    anna, _berit = pair
    anna.people.add(MAJA)
    left = anna.repo.make_local_dir("people.travel", "objects") / "ab"
    left.write_bytes(write_book(Book({"p-7k2m9x": MAJA})))
    assert share(anna).state == "shared"
    assert not left.exists()
    left.parent.mkdir(parents=True)
    left.write_bytes(write_book(Book({"p-7k2m9x": MAJA})))
    anna.people.add({"name": "Olle Berg"})
    assert not left.exists()
    newcomer = colleague(server_of(anna).parent, "cilla")
    assert share(newcomer).received == 1


def test_a_book_that_somebody_removed_at_the_server_is_missed_and_sent_again_when_asked(
    pair: tuple[Store, Store],
) -> None:
    anna, berit = pair
    maja = anna.people.add(MAJA)
    share(anna)
    share(berit)
    git(anna, "push", "--quiet", "--mirror", "origin")  # a backup, as somebody thought
    assert git(server_of(anna), "for-each-ref", REF) == ""
    for store in pair:
        answer = share(store)
        assert (answer.state, "people share --again" in answer.hint) == ("gone", True)
        assert maja in store.book
    remote = shared_with(anna.repo)
    assert remote is not None
    assert share_people(anna, remote, again=True).state == "shared"
    assert share(berit).state == "shared"
    assert set(at_server(anna).people) == {maja}


def test_an_erasure_on_record_is_carried_out_where_the_book_does_not_travel(pair: tuple[Store, Store]) -> None:
    anna, berit = pair
    maja = anna.people.add(MAJA)
    share(anna)
    share(berit)
    git(server_of(anna), "config", "receive.hideRefs", "refs/vanort")
    git(server_of(anna), "config", "uploadpack.hideRefs", "refs/vanort")
    carry_out(anna, plan(anna, maja, "KS 2026-11-20 § 9", "begäran"))
    assert sync(anna).state == "shared"
    synced = sync(berit)
    assert synced.people is not None
    assert synced.people.state in {"refused", "gone"}
    assert dict(berit.book.entry(maja)) == {**ERASED, "erased": date.today()}
    assert holds(berit.people.repository.folder, "Maja Lindqvist") == []
