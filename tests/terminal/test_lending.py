"""Where a server wants to know more, the app steps aside and Git asks on the terminal; ctrl+c there leads back to the app."""

from __future__ import annotations

from pathlib import Path

from registry.store import Store
from tests.kit import git, torsby
from tests.sharing.kit import plain
from tests.sharing.servers import PASSWORD, serving
from tests.terminal.coordinator import at_the_terminal
from tests.terminal.terminal import Terminal


def asks(window: Terminal, since: int) -> int:
    """Wait until Git asks for a password; how much the terminal had been sent by then."""
    window.until_true(lambda: b"Password for" in window.sent[since:], "Git to ask")
    return len(window.sent)


def take_part(window: Terminal, address: str, folder: Path) -> int:
    """From the first screen to Git's question."""
    window.until("Delta i ett register")
    window.press("end")
    window.until("Du får ange dess adress")
    window.press("enter")
    window.until("Var delas registret?")
    window.type(address)
    window.press("enter")
    window.until("I vilken mapp?")
    window.press("end", "ctrl+u")
    window.type(str(folder))
    window.press("enter")
    window.until("Ska Git fråga, i terminalen?")
    sent = len(window.sent)
    window.press("j")
    return asks(window, sent)


def test_a_copy_is_taken_with_a_password_that_git_asks_for_and_ctrl_c_leads_back(home: Path, tmp_path: Path) -> None:
    store = torsby(tmp_path / "register")
    plain(tmp_path, "clone", "-q", "--bare", str(store.folder), "shared.git")
    folder = home / "kopia"
    with serving("http", tmp_path, tmp_path / "shared.git") as server, at_the_terminal(home) as coordinator:
        window = coordinator.window
        take_part(window, server.url, folder)
        window.press("ctrl+c")
        window.until("Avbrutet", "Delta i ett register")
        assert not folder.exists()
        sent = take_part(window, server.url, folder)
        window.type(PASSWORD + "\r")
        asks(window, sent)  # the people book is another connection
        window.type(PASSWORD + "\r")
        coordinator.on_the_overview()
        assert coordinator.quit() == 0
    assert Store.open(folder).repo.head() == git(store, "rev-parse", "HEAD").strip()
