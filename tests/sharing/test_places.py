"""Where a registry is shared: odd set-ups, several remotes, another registry, a history that was rewritten."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from registry.errors import BadInput, GitTrouble, NotFound, Refused
from registry.git.network import Progress
from registry.git.remotes import shared_tip, shared_with
from registry.sharing.cloning import clone
from registry.sharing.connecting import connect
from registry.sharing.standing import standing
from registry.sharing.syncing import steps, sync
from registry.store import Store
from tests.kit import SKJERN, TRIP, git, save, torsby, write_file
from tests.registry.git.helpers import in_a_process_that_dies
from tests.sharing.servers import Server, serving


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    (tmp_path / "server").mkdir()
    with serving("path", tmp_path / "server") as server:
        yield server


@pytest.fixture
def shared(anna: Store, server: Server) -> Store:
    """Anna's registry, shared at the server."""
    connect(anna, server.url)
    return anna


def another(server: Server, name: str) -> str:
    """Another empty place beside it."""
    place = server.folder / name
    git(server.folder, "init", "-q", "--bare", "-b", "main", str(place))
    return str(place)


# ---------------------------------------------------------------- which place, which branch


def test_with_one_place_and_no_upstream_that_place_is_taken_and_kept(anna: Store, server: Server) -> None:
    with pytest.raises(Refused, match="not shared with anybody"):
        sync(anna)
    git(anna, "remote", "add", "delat", os.path.relpath(server.url, anna.folder))
    anna.people.add({"name": "Maja Exempel"})
    assert (standing(anna).ahead, standing(anna).behind) == (3, 0)
    synced = sync(anna)
    assert (synced.sent, synced.people and synced.people.sent) == (3, 1)
    assert git(anna, "rev-parse", "--abbrev-ref", "main@{upstream}").strip() == "delat/main"


def test_with_two_places_one_is_to_be_named(shared: Store, server: Server) -> None:
    git(shared, "branch", "--unset-upstream")
    git(shared, "remote", "add", "annan", another(server, "annan.git"))
    with pytest.raises(Refused, match=r"several places .* annan \(") as told:
        sync(shared)
    assert "vanort remote ADDRESS" in told.value.hint
    connect(shared, server.url)
    assert sync(shared).state == "shared"
    remote = shared_with(shared.repo)
    assert remote is not None
    assert (remote.name, remote.branch) == ("origin", "main")


def test_names_and_addresses_that_would_be_taken_for_something_else_are_refused(anna: Store, tmp_path: Path) -> None:
    owned = tmp_path / "owned"
    for section, url in (("--upload-pack=touch " + str(owned), "/srv/x.git"), ("origin", f"ext::touch {owned}")):
        with (anna.folder / ".git" / "config").open("a", encoding="utf-8") as config:
            config.write(f'[remote "{section}"]\n\turl = {url}\n')
        with pytest.raises(BadInput):
            sync(anna)
        git(anna, "config", "--remove-section", f"remote.{section}")
    git(anna, "remote", "add", "origin", f"ssh://-oProxyCommand=touch {owned}/x")
    with pytest.raises(BadInput):
        sync(anna)
    assert not owned.exists()


def test_a_branch_by_another_name_among_ten_thousand_and_a_head_that_names_none(
    shared: Store, server: Server, tmp_path: Path
) -> None:
    tip = git(server.bare, "rev-parse", "main").strip()
    git(server.bare, "branch", "-m", "main", "huvud")
    git(server.bare, "symbolic-ref", "HEAD", "refs/heads/huvud")
    with (server.bare / "packed-refs").open("a") as packed:
        packed.write("# pack-refs with: peeled fully-peeled sorted \n")
        packed.writelines(f"{tip} refs/{kind}/{n:05}\n" for kind in ("heads", "tags") for n in range(5000))
    copy = clone(server.url, tmp_path / "copy")
    assert copy.repo.branch() == "huvud"
    save(copy, TRIP, participants=12)
    assert sync(copy).sent == 1
    assert len(git(copy, "for-each-ref").splitlines()) <= 4
    gone = sync(shared)
    assert (gone.state, gone.kind) == ("refused", "not-there")
    git(server.bare, "symbolic-ref", "HEAD", "refs/heads/ingen")
    with pytest.raises(NotFound, match="several branches"):
        clone(server.url, tmp_path / "unclear")
    git(server.bare, "branch", "main", tip)
    assert clone(server.url, tmp_path / "clear").repo.branch() == "main"
    assert not (tmp_path / "unclear").exists()


def test_a_link_to_a_repository_is_followed_and_a_place_that_is_none_is_told(
    shared: Store, server: Server, tmp_path: Path
) -> None:
    (tmp_path / "link.git").symlink_to(server.bare)
    assert clone(f"file://{tmp_path}/link.git", tmp_path / "copy").repo.head() == shared.repo.head()
    (tmp_path / "loop.git").symlink_to(tmp_path / "loop.git")
    for nowhere in (tmp_path / "loop.git", tmp_path / "nowhere", Path(__file__)):
        with pytest.raises(GitTrouble, match="There is no registry at"):
            connect(shared, str(nowhere))
    assert sync(shared).state == "shared"


def test_another_registry_or_none_is_never_joined_with_this_one(shared: Store, server: Server, tmp_path: Path) -> None:
    before = git(shared, "config", "--local", "--list")
    other = torsby(tmp_path / "other")
    with pytest.raises(Refused, match="another registry") as told:
        connect(shared, str(other.folder))
    assert "vanort clone" in told.value.hint
    plain = another(server, "plain.git")
    git(server.folder, "clone", "-q", plain, "work")
    git(server.folder / "work", "commit", "-q", "--allow-empty", "-m", "x")
    git(server.folder / "work", "push", "-q", "origin", "HEAD:main")
    with pytest.raises(Refused, match="no registry"):
        connect(shared, plain)
    assert git(shared, "config", "--local", "--list") == before
    assert git(shared, "for-each-ref", "refs/vanort") == ""
    # a place that it has moved to
    moved = another(server, "moved.git")
    assert connect(shared, moved).first
    assert not connect(shared, server.url).first
    assert sync(shared).state == "shared"


# ---------------------------------------------------------------- what somebody else did to it


def test_a_rewritten_history_is_refused_loudly_each_time_and_nothing_is_merged(
    shared: Store, server: Server, tmp_path: Path
) -> None:
    bo = clone(server.url, tmp_path / "bo")
    save(bo, TRIP, "Ny siffra.", participants=12)
    assert sync(bo).sent == 1
    assert sync(shared).received == 1
    seen = shared.repo.head()
    assert seen is not None
    save(shared, SKJERN, potential="Skolor")
    head = shared.repo.head()
    git(bo, "-c", "user.name=Cia Exempel", "-c", "user.email=c@example.org", "commit", "-q", "--amend", "-m", "Snyggare", "--reset-author")  # fmt: skip
    git(bo, "push", "-q", "--force", "origin", "main")
    for by_plain_git in (False, False, True):
        if by_plain_git:  # which follows without a word
            git(shared, "fetch", "-q")
        refused = sync(shared)
        assert (refused.state, refused.ahead) == ("refused", 2 if by_plain_git else 1)
        for said in (
            "has been rewritten: 1 change is gone",
            "by Anna Exempel",
            "1 change by Cia Exempel",
            "“Snyggare”",
        ):
            assert said in refused.message
        assert seen[:12] in refused.hint
        assert shared.repo.head() == head
    # the server's branch is set back, as the hint says, and all is well
    git(server.bare, "fetch", "-q", str(shared.folder), f"+{seen}:refs/heads/main")
    git(shared, "update-ref", "refs/remotes/origin/main", seen)
    assert sync(shared).sent == 1


def test_a_backup_that_was_brought_back_is_told_and_can_be_caught_up(shared: Store, server: Server) -> None:
    old = shared.repo.head()
    save(shared, TRIP, participants=12)
    assert sync(shared).sent == 1
    git(server.bare, "update-ref", "refs/heads/main", str(old))
    refused = sync(shared)
    assert refused.state == "refused"
    assert "Perhaps a backup was brought back" in refused.hint
    assert f"vanort remote {server.url}" in refused.hint
    assert not connect(shared, server.url).first
    assert sync(shared).sent == 1
    git(server.bare, "update-ref", "-d", "refs/heads/main")
    gone = sync(shared)
    assert (gone.state, gone.kind) == ("refused", "not-there")


# ---------------------------------------------------------------- what stands in the way here


def test_a_folder_in_no_state_for_it_and_a_sync_beside_another_are_told(shared: Store) -> None:
    running = steps(shared)
    next(running)
    with pytest.raises(Refused, match="in another window"):
        sync(shared)
    running.close()
    assert sync(shared).state == "shared"
    (shared.folder / ".git" / "MERGE_HEAD").write_text(f"{shared.repo.head()}\n")
    with pytest.raises(GitTrouble, match="merge"):
        sync(shared)
    (shared.folder / ".git" / "MERGE_HEAD").unlink()
    git(shared, "checkout", "-q", "--detach")
    with pytest.raises(GitTrouble, match="No branch is checked out"):
        sync(shared)
    assert standing(shared).remote is not None


def test_a_hand_edit_that_was_staged_stays_and_is_told_and_one_that_was_not_goes_along(
    shared: Store, server: Server, tmp_path: Path
) -> None:
    bo = clone(server.url, tmp_path / "bo")
    save(bo, TRIP, participants=12)
    sync(bo)
    text = (shared.saved().text(TRIP) or "").replace("Elever", "Eleverna")
    write_file(shared, f"{TRIP}.toml", text.replace("Eleverna", "Några"))
    git(shared, "add", "-A")
    write_file(shared, f"{TRIP}.toml", text)
    head = shared.repo.head()
    refused = sync(shared)
    assert (refused.state, refused.behind, shared.repo.head()) == ("refused", 1, head)
    assert TRIP in refused.message
    assert (shared.folder / f"{TRIP}.toml").read_text() == text
    git(shared, "reset", "-q")
    assert sync(shared).received == 1
    assert [(edit.path, edit.kind) for edit in shared.hand_edits()] == [(f"{TRIP}.toml", "modified")]
    assert (shared.current().data(TRIP) or {})["participants"] == 12


def test_what_is_saved_while_it_is_under_way_goes_along(shared: Store, server: Server, tmp_path: Path) -> None:
    bo = clone(server.url, tmp_path / "bo")
    save(bo, TRIP, participants=12)
    sync(bo)
    save(shared, SKJERN, potential="Skolor")
    running = steps(shared)
    assert [next(running), next(running)] == ["network", "registry"]
    save(shared, SKJERN, potential="Skolor och körer")
    assert next(running) == "network"
    save(shared, TRIP, purpose="Sång.")
    for _step in running:
        pass
    assert shared_tip(shared.repo) == shared.repo.head()
    assert git(server.bare, "rev-parse", "main").strip() == shared.repo.head()
    assert [shared.saved().data(TRIP)[key] for key in ("participants", "purpose")] == [12, "Sång."]  # type: ignore[index]


def test_a_copy_that_was_cut_off_leaves_nothing_where_it_was_to_be(
    shared: Store, server: Server, tmp_path: Path
) -> None:
    def die(_progress: Progress) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    assert in_a_process_that_dies(lambda: clone(server.url, tmp_path / "copy", progress=die), lambda: None)
    assert not (tmp_path / "copy").exists()
    (tmp_path / "copy").mkdir()
    assert clone(server.url, tmp_path / "copy").repo.head() == shared.repo.head()
    with pytest.raises(Refused, match="not empty"):
        clone(server.url, tmp_path / "copy")
    with pytest.raises(Refused, match="lies inside"):
        clone(server.url, tmp_path / "copy" / "inside")


def test_a_server_whose_disk_is_full_says_so_and_has_taken_nothing(anna: Store, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("a small disk can only be mounted by root")
    try:
        for kind in ("path", "http"):
            (disk / kind).mkdir()
            with serving(kind, disk / kind) as server, pytest.MonkeyPatch.context() as patch:
                for name, value in server.env.items():
                    patch.setenv(name, value)
                connect(anna, server.url)
                before = git(server.bare, "rev-parse", "main")
                save(anna, TRIP, participants=12 if kind == "path" else 13)
                filler = disk / "filler"
                with filler.open("wb") as handle:
                    handle.write(b"\0" * os.statvfs(disk).f_bavail * os.statvfs(disk).f_bsize)
                full = sync(anna)
                assert (full.state, full.kind, full.ahead) == ("refused", "full", 1), full
                filler.unlink()
                assert git(server.bare, "rev-parse", "main") == before
                assert sync(anna).sent == 1
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)
