"""What is new to a user: what others did, until it has been looked at, under the name that a record has now."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from registry.change import Change, renaming
from registry.git.visits import Visit, keep
from registry.sharing.exchanged import exchange, unseen
from registry.store import Store
from registry.visits import last_visit, seen, visited
from tests.kit import SKJERN, TRIP, git, save, torsby, with_trip

NEW_NAME = "projects/2026/resa-till-skjern"
NOW = datetime.fromisoformat("2026-05-01T09:00:00+02:00")


def news(store: Store) -> dict[str, int]:
    """REF → by how many changes it is new."""
    visit = visited(store, store.repo.head(), NOW)
    assert visit == last_visit(store)
    return {} if visit is None else {ref: len(commits) for ref, commits in visit.unseen.items()}


def as_bo(elsewhere: pytest.MonkeyPatch) -> None:
    elsewhere.setenv("GIT_AUTHOR_NAME", "Bo Exempel")
    elsewhere.setenv("GIT_AUTHOR_EMAIL", "bo@example.org")


def test_what_others_did_is_new_until_looked_at_whatever_becomes_of_the_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    assert news(store) == {}, "on the first visit everything is known"
    with monkeypatch.context() as elsewhere:
        as_bo(elsewhere)
        save(store, TRIP, participants=20)
        save(store, SKJERN, potential="Skolor")
    assert list(news(store).items()) == [(SKJERN, 1), (TRIP, 1)], "the newest first"
    with monkeypatch.context() as elsewhere:
        as_bo(elsewhere)
        edits = renaming(store.saved(), TRIP, NEW_NAME)
        store.save(Change(edits, "Kortare.", act="rename", renamed_from={NEW_NAME: TRIP}))
        # a merge by plain Git tells nothing that its two sides did not
        git(store, "checkout", "-q", "-b", "side", "HEAD^")
        git(store, "commit", "-q", "--allow-empty", "-m", "Vid sidan om")
        git(store, "checkout", "-q", "main")
        git(store, "merge", "-q", "--no-ff", "--no-edit", "side")
    save(store, SKJERN, potential="Skolor och körer")
    assert news(store) == {NEW_NAME: 2, SKJERN: 1}, "one's own changes are no news, nor do they make seen"

    told = [(one.author, one.ref, len(one.entries)) for one in exchange(store).new]
    assert sorted(told) == [("Bo Exempel", NEW_NAME, 2), ("Bo Exempel", SKJERN, 1)]
    first = next(one for one in exchange(store).new if one.ref == NEW_NAME)
    assert first.in_brief() == f"Nytt namn i registret: {TRIP} → {NEW_NAME}"

    seen(store, [NEW_NAME, "projects/2026/another"])
    assert news(store) == {SKJERN: 1}
    assert exchange(store).to_send == (), "shared with nobody, nothing waits to be sent"

    # commits that a rewritten history no longer has, and a file that somebody has spoiled, are no trouble
    head = store.repo.head()
    assert head is not None
    keep(store.repo, Visit("0" * 40, NOW, {TRIP: ("1" * 40, head)}))
    assert [len(one.entries) for one in unseen(store, (last_visit(store) or Visit("", NOW)).unseen)] == [1]
    assert news(store) == {TRIP: 2}
    place = store.folder / ".git/vanort/visit.json"
    for spoiled in ("[]", "{", place.read_text().replace('"unseen": {', '"unseen": 7, "x": {')):
        place.write_text(spoiled)
        assert news(store) == {}
