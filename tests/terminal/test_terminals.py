"""Terminals differ, and so do the people at them."""

from __future__ import annotations

import sysconfig
from pathlib import Path

import pytest

from tests.kit import git, torsby
from tests.terminal.coordinator import Coordinator, at_the_terminal
from tests.terminal.terminal import terminal

SCRIPT = Path(sysconfig.get_path("scripts")) / "vanort"


def test_the_installed_program_opens_the_app(home: Path) -> None:
    with at_the_terminal(home, command=[str(SCRIPT)]) as coordinator:
        coordinator.make_the_registry()
        assert coordinator.quit() == 0
    assert git(coordinator.registry, "log", "--format=%s").strip() == "Registret öppnat: Torsby kommun"


def test_where_git_knows_who_it_is_nobody_is_asked(home: Path) -> None:
    (home / ".gitconfig").write_text("[user]\n\tname = Siv Berg\n\temail = siv@example.org\n", encoding="utf-8")
    with at_the_terminal(home) as coordinator:
        coordinator.window.until("Skapa Torsby kommuns register", "Enter öppna")
        coordinator.window.press("enter")
        coordinator.on_the_overview()
        assert coordinator.quit() == 0
    assert git(coordinator.registry, "log", "--format=%an <%ae>").strip() == "Siv Berg <siv@example.org>"


def test_the_registry_opened_last_is_opened_again(home: Path) -> None:
    with at_the_terminal(home) as coordinator:
        coordinator.make_the_registry()
        coordinator.quit()
    with at_the_terminal(home) as coordinator:
        coordinator.on_the_overview()
        coordinator.quit()


def test_a_terminal_that_does_not_know_its_size_shows_the_registry_all_the_same(home: Path) -> None:
    torsby(home / "r")
    for _the_first_and_another_time in range(2):
        with terminal(home, "-r", "r", size=(0, 0)) as window:
            window.until("Torsby kommun · internationella kontakter", "I registret", "6  vänorter")
            window.press("q")
            assert window.ended() == 0


def test_without_colour_where_the_user_wants_none(home: Path) -> None:
    with at_the_terminal(home, NO_COLOR="1") as coordinator:
        coordinator.make_the_registry()
        coordinator.go("3", "Skjern")
        assert not [colour for colour in coordinator.window.colours if _is_a_hue(colour)]
    with at_the_terminal(home) as coordinator:
        coordinator.on_the_overview()
        assert [colour for colour in coordinator.window.colours if _is_a_hue(colour)]


def _is_a_hue(colour: str) -> bool:
    """Whether a colour, six hexadecimal digits or a name, is more than light and dark."""
    return colour != "default" and not colour[0:2] == colour[2:4] == colour[4:6]


def test_in_english_where_that_is_asked_for(home: Path) -> None:
    with terminal(home, "--lang", "en") as window:
        window.until("Make the registry of Torsby kommun", "Enter open")
        window.press("escape")
        assert window.ended() == 0
    assert not (home / "vanort-torsby").exists()


SWEDISH, ENGLISH = {"Översikt", "redigera", "sök", "Land"}, {"Overview", "edit", "search", "Country"}


@pytest.mark.parametrize(
    ("arguments", "help_is_called", "spoken", "unspoken"),
    [([], "Hjälp", SWEDISH, ENGLISH), (["--lang", "en"], "Help", ENGLISH, SWEDISH)],
)
def test_the_app_speaks_one_language_everywhere_whatever_the_desktop_speaks(
    home: Path, arguments: list[str], help_is_called: str, spoken: set[str], unspoken: set[str]
) -> None:
    with at_the_terminal(home) as coordinator:
        coordinator.make_the_registry()
        coordinator.quit()
    with terminal(home, *arguments, size=(120, 30), LANG="en_US.UTF-8") as window:
        window.until("Torsby kommun", "6  ")
        window.press("3")
        screen = window.until("Skjern", *spoken)
        assert not [word for word in unspoken if word in screen]
        window.press("?")
        screen = window.until(f" {help_is_called} ", "PgDn")
        assert not [word for word in unspoken if word in screen]


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
def test_letters_that_arrive_in_pieces_are_letters(home: Path, size: tuple[int, int]) -> None:
    with at_the_terminal(home, size=size) as coordinator:
        coordinator.make_the_registry()
        coordinator.go("2", "Inga förvaltningar än")
        coordinator.open_new("departments")
        coordinator.write("Namn", "Miljö")
        for piece in "nämnden på Ön".encode():
            coordinator.window.send(bytes([piece]))
        coordinator.window.until("Förvaltning · Miljönämnden på Ön")
        coordinator.save()
        coordinator.window.until("Förvaltningar 1")
        coordinator.quit()
    file = coordinator.registry / "departments/miljonamnden-pa-on.toml"
    assert 'name = "Miljönämnden på Ön"' in file.read_text(encoding="utf-8")


def test_the_window_may_change_its_size_at_any_time(home: Path) -> None:
    with at_the_terminal(home) as coordinator:
        coordinator.make_the_registry()
        coordinator.go("3", "Skjern")
        for size in ((132, 43), (40, 10), (80, 24)):
            coordinator.window.resize(*size)
            screen = coordinator.window.until("Torsby kommun", "ctrl+p allt", "Bömlo")
            assert max(len(line) for line in screen.split("\n")) <= size[0]
        assert coordinator.quit() == 0


def test_a_paste_of_many_lines_is_text_and_presses_no_keys(home: Path) -> None:
    with at_the_terminal(home) as coordinator:
        _paste(coordinator, "Kultur\rq\x13\x1bu")
        coordinator.window.until("ctrl+s spara", "Kultur")
        assert git(coordinator.registry, "rev-list", "--count", "HEAD").strip() == "1"


def _paste(coordinator: Coordinator, text: str) -> None:
    coordinator.make_the_registry()
    coordinator.go("2", "Inga förvaltningar än")
    coordinator.open_new("departments")
    coordinator.window.until("Hela namnet.")
    coordinator.window.send(b"\x1b[200~" + text.encode() + b"\x1b[201~")


@pytest.mark.parametrize("command", [[], ["demo"]])
def test_without_a_terminal_it_says_so_and_what_to_do(home: Path, command: list[str]) -> None:
    from tests.tui.cli.running import vanort

    answer = vanort(*command, cwd=home)
    assert answer.code == 2
    assert "terminal" in answer.err
    assert len(answer.err.splitlines()) <= 2


def test_the_doctor_knows_the_terminal_and_asks_who_acts(home: Path) -> None:
    torsby(home / "r")
    with terminal(home, "-r", "r", "doctor", "--fix", size=(70, 40), NO_COLOR="1") as window:
        window.until("Vems namn ska stå på dina ändringar?")
        window.type("Internationell samordnare\r")
        window.until("Och vilken e-postadress")
        window.type("international@example.org\r")
        seen = window.until("Utan färger, som NO_COLOR ber om", "Terminalen ombeds att kopiera")
        assert "Den har 70 kolumner och 40 rader" in seen
        assert window.ended() == 1
    assert git(home / "r", "config", "--local", "user.email").strip() == "international@example.org"
