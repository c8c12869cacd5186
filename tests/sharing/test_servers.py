"""On every kind of server: connect, clone, share, a race, a server that breaks, refuses, hangs or lets nobody in."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from registry.errors import BadInput
from registry.git.network import Limits, Progress, Wire
from registry.sharing.cloning import clone
from registry.sharing.connecting import connect
from registry.sharing.standing import standing
from registry.sharing.syncing import Synced, Where, steps, sync
from registry.store import Store
from tests.kit import SKJERN, TRIP, git, save
from tests.registry.people_world import MAJA
from tests.sharing.servers import KINDS, PASSWORD, Server, know_host, let_in, new_key, serving, silent


@pytest.fixture(params=KINDS)
def server(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    (tmp_path / "server").mkdir()
    with serving(request.param, tmp_path / "server") as server:
        for name, value in server.env.items():
            monkeypatch.setenv(name, value)
        yield server


def shared(store: Store) -> Synced:
    synced = sync(store)
    assert synced.state == "shared", synced
    return synced


def ended(running: Generator[Where, None, Synced]) -> Synced:
    """What it comes to, once all its steps are done."""
    while True:
        try:
            next(running)
        except StopIteration as end:
            synced: Synced = end.value
            return synced


def tip(server: Server) -> str:
    return git(server.bare, "rev-parse", "main").strip()


def test_colleagues_share_over_it_whatever_it_does(anna: Store, server: Server, tmp_path: Path) -> None:
    # Anna shares at the empty place; Bo takes a copy
    assert connect(anna, server.url).first
    assert tip(server) == anna.repo.head()
    told: list[Progress] = []
    maja = anna.people.add(MAJA)
    people = shared(anna).people
    assert people is not None
    assert (people.state, people.sent) == ("shared", 1)
    bo = clone(server.url, tmp_path / "bo", progress=told.append)
    assert {progress.phase for progress in told} >= {"asking"}
    assert bo.repo.head() == anna.repo.head()
    assert bo.book.name(maja) == MAJA["name"]
    assert git(bo, "status", "--porcelain", "--branch").splitlines() == ["## main...origin/main"]
    assert (shared(bo).received, shared(anna).sent) == (0, 0)

    # each changes another field of one record, Bo while Anna is about to send
    save(anna, TRIP, participants=20)
    save(bo, TRIP, purpose="Sång.")
    halfway = steps(anna)
    assert [next(halfway) for _step in range(3)] == ["network", "registry", "network"]
    assert shared(bo).sent == 1
    after = ended(halfway)
    assert (after.state, after.received, after.sent) == ("shared", 1, 2)
    assert shared(bo).received == 2
    assert anna.repo.head() == bo.repo.head() == tip(server)
    assert [anna.saved().data(TRIP)[key] for key in ("participants", "purpose")] == [20, "Sång."]  # type: ignore[index]
    assert git(anna, "status", "--porcelain") == ""

    # the server is killed as it takes in what Bo sends; nothing is lost, and the next time it goes
    save(bo, SKJERN, potential="Skolor")
    server.hook("pre-receive", "kill -9 $PPID")
    before = tip(server)
    broken = sync(bo)
    assert broken.state in {"offline", "refused"}
    assert (broken.ahead, broken.behind, broken.sent) == (1, 0, 0)
    assert "line broke" in broken.message, broken
    assert tip(server) == before

    # it refuses, in words of its own, which cannot do anything to a terminal
    server.hook("pre-receive", r"printf '\033[31mNot today.\n\033]0;owned\007' >&2; exit 1")
    refused = sync(bo)
    assert (refused.state, refused.ahead) == ("refused", 1)
    assert "Not today." in refused.message
    assert refused.message.isprintable()
    assert standing(bo).ahead == 1
    server.hook("pre-receive", "")
    assert shared(bo).sent == 1
    assert standing(bo).last_shared is not None

    # called off, before and in the middle
    stop = threading.Event()
    stop.set()
    assert sync(anna, cancel=stop).kind == "cancelled"
    assert shared(anna).received == 1


@pytest.mark.parametrize("kind", ["daemon", "ssh", "http"])
def test_a_server_that_hangs_or_is_gone_is_given_up_in_time(
    anna: Store, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    scheme = {"daemon": "git://{}", "ssh": "ssh://anna@{}", "http": "http://{}"}[kind]
    monkeypatch.setenv("GIT_SSH_COMMAND", "ssh -oBatchMode=yes -oStrictHostKeyChecking=no")
    with silent() as port:
        address = scheme.format(f"127.0.0.1:{port}") + "/registret.git"
        git(anna, "remote", "add", "origin", address)
        hung = ended(steps(anna, Wire(limits=Limits(quiet=0.5, whole=5.0))))
        assert (hung.state, hung.kind) == ("offline", "hung")
        assert "127.0.0.1" in hung.message
        stop, answers = threading.Event(), []
        patient = Wire(lambda _how: stop.set(), stop)
        waiting = threading.Thread(target=lambda: answers.append(ended(steps(anna, patient))))
        waiting.start()
        waiting.join(20)
        assert [answer.kind for answer in answers] == ["cancelled"]
    gone = sync(anna)
    assert (gone.state, gone.kind) == ("offline", "offline")
    assert gone.ahead == 3


@pytest.mark.parametrize("server", ["http"], indirect=True)
def test_a_wrong_password_is_told_and_asked_for_by_nobody(
    anna: Store, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect(anna, server.url)
    let_in(server, "fel")
    refused = sync(anna)
    assert (refused.state, refused.kind) == ("refused", "credentials")
    assert "did not let you in" in refused.message
    monkeypatch.delenv("GIT_CONFIG_COUNT")
    monkeypatch.setenv("SSH_ASKPASS", "/bin/false")
    assert sync(anna).kind == "credentials"
    with_secret = server.url.replace("anna@", f"anna:{PASSWORD}@")
    with pytest.raises(BadInput, match="password in the address"):
        connect(anna, with_secret)
    git(anna, "remote", "set-url", "origin", with_secret)  # plain Git would take it
    shown = standing(anna).remote
    assert shown is not None
    assert PASSWORD not in shown.shown


@pytest.mark.parametrize("server", ["ssh"], indirect=True)
def test_a_key_that_is_not_known_on_either_side_is_told(anna: Store, server: Server) -> None:
    connect(anna, server.url)
    port = int(server.url.split(":")[2].partition("/")[0])
    (server.folder / "known").write_text("")
    unknown = sync(anna)
    assert (unknown.state, unknown.kind) == ("refused", "host-key")
    assert "git ls-remote ssh://" in unknown.hint
    new_key(server.folder / "host")
    know_host(server, port)
    new_key(server.folder / "host")
    changed = sync(anna)
    assert changed.kind == "host-key"
    assert "another key than it used to" in changed.message
    know_host(server, port)
    (server.folder / "authorized").write_text((server.folder / "stranger.pub").read_text())
    assert sync(anna).kind == "credentials"
