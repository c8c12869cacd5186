"""Totals are the same from what was kept of the last commit as from its records, whatever happened to either."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from registry.policy.whole import whole_of
from registry.snapshot import Snapshot
from registry.store import Store
from tests.kit import BUN, TRIP, git, save, torsby, with_trip, write_file

OTHER = "projects/2027/korresa"
MONEY = {"id": "b1", "year": 2026, "source": "central", "granted": 45_000}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A registry with two projects that take of the central frame, of which everything has been kept."""
    made = with_trip(torsby(tmp_path / "r"), budget=[MONEY])
    save(made, OTHER, act="new", title="Körresa", budget=[{**MONEY, "granted": 5_000}])
    totals(made)
    return made


def totals(store: Store) -> tuple[object, ...]:
    """What a change is judged against, opened anew: from the cache; it must be what the records themselves say."""
    now = Store.open(store.folder)
    told, read = (_told(snapshot) for snapshot in (now.saved(), now.committed()))
    assert told == read
    return told


def _told(snapshot: Snapshot) -> tuple[object, ...]:
    whole = whole_of(snapshot)
    return whole.taken, whole.live, whole.together, dict(whole.projects.items())


def cache(store: Store) -> Path:
    return store.repo.local_dir / "cache/digests.msgpack"


def test_the_totals_follow_what_is_saved_edited_removed_and_undone(store: Store) -> None:
    assert totals(store)[0] == {("", 2026): 50_000}
    save(store, TRIP, budget=[{**MONEY, "granted": 60_000}], why="Beviljat mer än beräknat.")
    assert totals(store)[0] == {("", 2026): 65_000}

    path = write_file(
        store, f"{OTHER}.toml", 'title = "Körresa"\n[[budget]]\nyear = 2027\nsource = "central"\ngranted = 7\n'
    )
    git(store, "commit", "--quiet", "--all", "--message=För hand")
    assert totals(store)[0] == {("", 2026): 60_000, ("", 2027): 7}

    path.unlink()
    git(store, "commit", "--quiet", "--all", "--message=Borta")
    assert totals(store)[0] == {("", 2026): 60_000}

    git(store, "reset", "--quiet", "--hard", "HEAD~3")
    assert totals(store)[0] == {("", 2026): 50_000}


def test_they_are_taken_from_what_was_kept(store: Store) -> None:
    """So that no record has to be read: what was kept is believed while the folder has the id that it was kept for."""
    version, of, folder, broken, made = msgspec.msgpack.decode(cache(store).read_bytes())
    del made[OTHER]
    cache(store).write_bytes(msgspec.msgpack.encode((version, of, folder, broken, made)))

    assert whole_of(Store.open(store.folder).saved()).taken == {("", 2026): 45_000}


def _of_another_version(kept: list[object]) -> list[object]:
    return [0, *kept[1:]]


def _of_other_parts(kept: list[object]) -> list[object]:
    return [kept[0], ["title"], *kept[2:]]


def _of_a_folder_that_is_no_more(kept: list[object]) -> list[object]:
    return [*kept[:2], "0123456789" * 4, *kept[3:]]


def _of_another_shape(kept: list[object]) -> list[object]:
    return [*kept[:4], {TRIP: ["no", "digest"]}]


@pytest.mark.parametrize(
    "spoiled", [_of_another_version, _of_other_parts, _of_a_folder_that_is_no_more, _of_another_shape]
)
def test_what_cannot_be_used_is_made_anew(store: Store, spoiled: Callable[[list[object]], list[object]]) -> None:
    before = totals(store)
    kept = spoiled(msgspec.msgpack.decode(cache(store).read_bytes()))
    cache(store).write_bytes(msgspec.msgpack.encode(kept))
    assert totals(store) == before
    assert msgspec.msgpack.decode(cache(store).read_bytes()) != kept


@pytest.mark.parametrize("content", [b"", b"\xff\x00 no cache", None])
def test_a_cache_that_is_broken_or_gone_is_nobodys_trouble(store: Store, content: bytes | None) -> None:
    before = totals(store)
    if content is None:
        cache(store).unlink()
    else:
        cache(store).write_bytes(content)
    assert totals(store) == before


def test_a_project_that_was_saved_broken_counts_for_nothing_until_it_is_mended(store: Store) -> None:
    text = (store.folder / f"{OTHER}.toml").read_text(encoding="utf-8")
    write_file(store, f"{OTHER}.toml", "title = \n")
    git(store, "commit", "--quiet", "--all", "--message=trasig")
    cache(store).unlink()
    for _time in range(2):
        assert totals(store)[0] == {("", 2026): 45_000}
    write_file(store, f"{OTHER}.toml", text)
    git(store, "commit", "--quiet", "--all", "--message=lagad")
    assert totals(store)[0] == {("", 2026): 50_000}


def test_a_great_many_changes_are_kept_anew(store: Store) -> None:
    kept = cache(store).read_bytes()
    for number in range(60):
        write_file(
            store, f"projects/2028/resa-{number}.toml", f'title = "Resa"\ndepartment = "{BUN}"\nstage = "planned"\n'
        )
    git(store, "add", ".")
    git(store, "commit", "--quiet", "--message=Många")
    live = totals(store)[1]
    assert isinstance(live, dict)
    assert len(live[BUN]) == 61
    assert cache(store).read_bytes() != kept
