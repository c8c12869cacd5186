"""Files out of the app, and letters to the clipboard: an existing file is asked about, a long one can be called off."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.kit import BUN, TRIP, git, save, torsby, with_trip
from tests.tui.form_kit import writing
from tui.screens.choose import ChooseScreen
from tui.screens.working import WorkingScreen
from tui.widgets.dialogs import Ask, Confirm


async def test_the_registry_goes_to_a_file_and_one_that_is_there_is_asked_about(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    target = tmp_path / "ut.xlsx"
    target.write_bytes(b"kvar")
    async with writing(store) as user:

        async def export(name: str) -> None:
            await user.press("X")
            await user.on(Ask)
            await user.pilot.press("end", "ctrl+u")
            await user.type(name)
            await user.press("enter")

        await export(str(target))
        await user.on(Confirm)
        await user.press("escape")
        await user.on(Ask)
        assert target.read_bytes() == b"kvar"
        await user.press("enter")
        await user.on(Confirm)
        await user.press("j")
        await user.until("Skriven:")
        assert load_workbook(target)["Projekt"]["B2"].value == "Ungdomsutbyte med Skjern"
        await export(str(tmp_path / "finns" / "inte.xlsx"))
        await user.until("Det finns ingen mapp")
        await user.press("escape")
        await export(str(tmp_path / "budget.csv"))
        await user.on(ChooseScreen)
        await user.type("vänorter")
        await user.press("enter")
        await user.until("budget.csv")
        await user.main_again()
        assert (tmp_path / "budget.csv").read_bytes().startswith(b"\xef\xbb\xbfREF;Namn;")


async def test_what_is_called_off_writes_nothing(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    async with writing(store) as user:
        screen = WorkingScreen(user.main.session, "Skriver", lambda _store: iter_for_ever())
        ended = user.app.push_screen(screen)
        await user.pilot.pause()
        await user.press("escape")
        for _round in range(400):
            if user.app.screen is user.main:
                break
            await user.pilot.pause(0.02)
        assert user.app.screen is user.main
        del ended


def iter_for_ever():  # type: ignore[no-untyped-def]
    """Work that never ends by itself."""
    from registry.progress import Progress

    while True:
        yield Progress("Projekt", 1)


async def test_the_committee_and_those_around_a_project_can_be_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "TERM_PROGRAM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    store = with_trip(torsby(tmp_path / "r"), purpose="Elever lär känna varandra.", cost=45_000)
    maja = store.people.add({"name": "Maja Exempel", "email": "maja@example.org"})
    nils = store.people.add({"name": "Nils, den andre", "email": "nils@example.org"})
    bo = store.people.add({"name": "Bo Utan"})
    coordinators = [
        {"person": maja, "function": "Samordnare", "from": date(2026, 1, 1), "decision": "KS 2026-01-13 § 5"}
    ]
    save(store, "registry", coordinators=coordinators)
    save(
        store,
        BUN,
        "Nämnden utsåg.",
        ambition=True,
        officers=[{"person": nils, "function": "Rektor", "from": date(2026, 1, 1)}],
    )
    save(store, TRIP, "Ny ansvarig.", responsible=bo)
    head = git(store, "rev-parse", "HEAD")
    async with writing(store) as user:
        await user.press("K", "m")
        await user.until("Skickat till terminalens urklipp.")
        assert user.app.clipboard == 'Maja Exempel <maja@example.org>; "Nils, den andre" <nils@example.org>'
        await user.press("escape", "4")
        await user.main.go_to_record(TRIP)
        await user.rest()
        await user.main.page.command("record.mailing")  # type: ignore[attr-defined]
        await user.until("Ingen adress är känd till Bo Utan.")
        assert user.app.clipboard.count("@example.org") == 2
        await user.main.page.command("record.memo")  # type: ignore[attr-defined]
        for _round in range(400):
            if user.app.clipboard.startswith("TJÄNSTESKRIVELSE"):
                break
            await user.pilot.pause(0.02)
        memo = user.app.clipboard
    assert "Ungdomsutbyte med Skjern" in memo
    assert "Elever lär känna varandra.\nTid: 4–10 maj 2026.\nMed: Skjern." in memo
    assert "Kostnad: 45\xa0000\xa0kr." in memo
    assert "Bo Utan" not in memo
    assert git(store, "rev-parse", "HEAD") == head
