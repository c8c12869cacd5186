"""However the app ends, nothing that was written is lost, and the terminal is the user's again."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.kit import git
from tests.terminal.coordinator import Coordinator, at_the_terminal

WRITTEN = "Räddningstjänsten"
GIVEN_BACK = (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l", b"\x1b[?2004l")
"""The terminal's own screen, its cursor, its mouse and its way of pasting."""


def begin_a_department(coordinator: Coordinator) -> None:
    """A form with something in it that is not saved."""
    coordinator.make_the_registry()
    coordinator.go("2", "Inga förvaltningar än")
    coordinator.open_new("departments")
    coordinator.write("Namn", WRITTEN)
    coordinator.window.until(f"Förvaltning · {WRITTEN}")


def go_on_with_the_draft(home: Path) -> None:
    """The next start: the draft is offered, and is all there."""
    with at_the_terminal(home) as coordinator:
        coordinator.on_the_overview()
        coordinator.go("2", "Inga förvaltningar än")
        coordinator.window.press("n")
        coordinator.window.until("Det finns ett utkast till en ny post")
        coordinator.window.press("enter")
        coordinator.window.until(f"Förvaltning · {WRITTEN}", "ctrl+s spara")
        coordinator.save()
        coordinator.window.until("Förvaltningar 1")
        assert coordinator.quit() == 0
    assert git(coordinator.registry, "log", "-1", "--format=%s").strip() == f"Ny förvaltning: {WRITTEN}"
    assert git(coordinator.registry, "status", "--porcelain") == ""
    assert not list((coordinator.registry / ".git/vanort/drafts").glob("*.json"))


def test_killed_in_the_middle_of_a_form_the_next_start_offers_what_was_written(home: Path) -> None:
    with at_the_terminal(home) as coordinator:
        begin_a_department(coordinator)
        coordinator.window.until("utkast från")
        coordinator.window.signal(signal.SIGKILL)
        assert coordinator.window.ended() == -signal.SIGKILL
    assert git(coordinator.registry, "status", "--porcelain") == ""
    go_on_with_the_draft(home)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_told_to_end_it_keeps_the_draft_and_gives_the_terminal_back(home: Path, number: signal.Signals) -> None:
    with at_the_terminal(home) as coordinator:
        begin_a_department(coordinator)
        shown = len(coordinator.window.sent)
        coordinator.window.signal(number)
        assert coordinator.window.ended() == 128 + number
        last_words = bytes(coordinator.window.sent[shown:])
    assert all(words in last_words for words in GIVEN_BACK)
    assert b"Traceback" not in coordinator.window.sent
    go_on_with_the_draft(home)


def test_a_window_that_is_closed_ends_it_and_keeps_the_draft(home: Path) -> None:
    with at_the_terminal(home) as coordinator:
        begin_a_department(coordinator)
        coordinator.window.hang_up()
        coordinator.window.wait_for_the_end_unseen()
    go_on_with_the_draft(home)


def test_left_by_its_own_key_it_gives_the_terminal_back(home: Path) -> None:
    with at_the_terminal(home) as coordinator:
        coordinator.make_the_registry()
        assert coordinator.quit() == 0
        assert all(words in coordinator.window.sent for words in GIVEN_BACK)


def test_a_form_that_is_left_with_something_in_it_asks_first(home: Path) -> None:
    with at_the_terminal(home) as coordinator:
        begin_a_department(coordinator)
        coordinator.window.press("escape")
        coordinator.window.until("Det du har skrivit är inte sparat.")
        coordinator.window.press("escape")
        coordinator.window.until_gone("Det du har skrivit är inte sparat.")
        coordinator.window.until(f"Förvaltning · {WRITTEN}")
