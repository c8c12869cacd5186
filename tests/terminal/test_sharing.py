"""Two colleagues, each at a terminal of their own, and a real sshd between them."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest

from registry.sharing.cloning import clone
from registry.sharing.connecting import connect
from registry.store import Store
from tests.kit import TRIP, git, torsby, trailers, with_trip
from tests.sharing.servers import Server, serving
from tests.terminal.coordinator import Coordinator
from tests.terminal.terminal import terminal

TITLE = "Ungdomsutbyte med Skjern"


def at_home(folder: Path, name: str) -> Path:
    """The home folder of somebody whom Git knows."""
    home = folder / name
    home.mkdir()
    identity = f"[user]\n\tname = {name.capitalize()} Exempel\n\temail = {name}@example.org\n"
    (home / ".gitconfig").write_text(identity, encoding="utf-8")
    return home


def unplugged(server: Server) -> str:
    """Pull the cable out; what plugs it in again."""
    ssh = server.folder / "bin" / "ssh"
    plugged = ssh.read_text()
    ssh.write_text("#!/bin/sh\necho 'ssh: connect to host registret: Network is unreachable' >&2\nexit 255\n")
    return plugged


def test_both_change_one_project_offline_one_settles_it_and_both_see_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "server").mkdir()
    with ExitStack() as stack:
        server = stack.enter_context(serving("ssh", tmp_path / "server"))
        monkeypatch.setenv("PATH", server.env["PATH"])
        homes = {name: at_home(tmp_path, name) for name in ("anna", "berit")}
        folders = {name: home / "vanort-torsby" for name, home in homes.items()}
        connect(with_trip(torsby(folders["anna"])), server.url)
        clone(server.url, folders["berit"])
        anna, berit = (
            Coordinator(stack.enter_context(terminal(home, "-r", "vanort-torsby", size=size)), home)
            for home, size in zip(homes.values(), ((80, 24), (120, 40)), strict=True)
        )

        cable = unplugged(server)
        for somebody, day, why in ((anna, "12 maj 2026", "Färjan går då."), (berit, "11 maj 2026", "Skolan börjar.")):
            somebody.on_the_overview()
            somebody.go("4", TITLE)
            somebody.open_to_edit("projects", TITLE)
            somebody.write("Slutdatum", day, over="10 maj 2026")
            if somebody is berit:
                somebody.write("Antal deltagare", "30")
            somebody.save(why)
            somebody.window.until("1 att dela", day.removesuffix(" maj 2026"))
        anna.window.press("s")
        anna.window.until("går inte att nå", "frånkopplad · 1 att dela")

        (server.folder / "bin" / "ssh").write_text(cable)
        anna.window.press("s")
        anna.window.until("Skickade 1 ändring.")

        (server.folder / "known").unlink()  # Berit's computer has not met the server before
        berit.window.press("s")
        berit.window.until("Ska Git fråga, i terminalen?")
        berit.window.press("j")
        berit.window.until("Are you sure you want to continue connecting")
        berit.window.type("yes\r")
        berit.window.until("1 fråga återstår", "Färjan går då.", "Skolan börjar.")
        berit.window.press("2")
        berit.window.until("Allt är avgjort")
        berit.window.press("ctrl+s")
        berit.window.until("Skickade 2 ändringar.")

        anna.window.press("s")
        anna.window.until("Tog emot 2 ändringar av Berit Exempel.")
        for somebody in (anna, berit):
            somebody.window.until("4–12 maj 2026")
        anna.window.until("• Berit Exempel")
        assert (anna.quit(), berit.quit()) == (0, 0)

    stores = [Store.open(folder) for folder in folders.values()]
    assert len({git(store, "rev-parse", "HEAD") for store in stores} | {git(server.bare, "rev-parse", "main")}) == 1
    for store in stores:
        data = store.committed().data(TRIP) or {}
        assert (str(data["end"]), data["participants"]) == ("2026-05-12", 30)
        assert git(store, "status", "--porcelain") == ""
    assert f"Settled: {TRIP} end theirs" in trailers(stores[0])
    log = git(stores[0], "log", "--format=%an %s%n%b")
    assert "Färjan går då." in log
    assert "Skolan börjar." in log
    assert git(stores[0], "log", "-1", "--format=%an").strip() == "Berit Exempel"
