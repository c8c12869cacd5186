"""The history page searched as one types: the whole history, not the rows that happen to be loaded."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from textual.widgets import Input

from registry.change import Change, renaming
from registry.git.bulk import BulkCommit, BulkImport, making
from registry.git.repository import Identity
from registry.store import Store
from tests.kit import SKJERN, git, save, torsby
from tests.tui.app_kit import using
from tui.screens.history import HistoryPane

KARIN = Identity("Karin Exempel", "karin@example.org")
BO = Identity("Bo [/i] Exempel", "bo@example.org")


def with_long_history(folder: Path, commits: int = 7_000) -> Store:
    """A town whose oldest change was Bo's, under a decision; all since was Karin's."""
    with making(folder) as repo:
        told = BulkImport(repo)
        when = datetime.fromisoformat("2020-01-01T09:00:00+01:00")
        top: dict[str, bytes | None] = {"registry.toml": b'format = 1\nmunicipality = "Torsby"\nlanguage = "sv"\n'}
        told.add(BulkCommit(top, "Register öppnat\n", KARIN, when))
        for number in range(commits):
            first = number == 0
            text = f'name = "Skjern"\ncountry = "DK"\nagreement_year = {1900 + number % 100}\n'
            message = f"Skjern: ändring {number}\n\nNy uppgift.\n\n"
            message += "Decision: KS 2020-01-01 § 7\n" if first else ""
            message += f"Record: {SKJERN}\nChange: set\n"
            at = when + timedelta(hours=number + 1)
            told.add(BulkCommit({f"{SKJERN}.toml": text.encode()}, message, BO if first else KARIN, at))
        told.land()
    return Store.open(folder)


async def test_the_oldest_change_is_found_though_the_list_does_not_reach_so_far(tmp_path: Path) -> None:
    store = with_long_history(tmp_path / "r")
    async with using(store, size=(140, 30)) as user:
        await user.press("5")
        screen = await user.until("de senaste 5000")
        assert "Skjern: ändring 6999" in screen
        await user.press("slash")
        await user.type("beslut:KS")
        await user.until("Skjern: ändring 0")
        screen = await user.until("beslutat: KS 2020-01-01 § 7")
        assert "Ändringar under beslut av eller med KS" in screen
        assert "beslutat: KS 2020-01-01 § 7" in screen
        assert len(user.main.query_one(HistoryPane)._entries) == 1
        await user.press("escape")
        await user.until("de senaste 5000")


async def test_the_filter_says_how_it_goes_on_and_what_is_wrong_with_it(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    save(store, SKJERN, "Kommunchefen ringde", decision="KS 2026-03-10 § 31", agreement_status="active")
    git(store, "-c", "user.name=Bo [/i] Exempel", "commit", "--allow-empty", "-qm", "Utan Vänort")
    async with using(store, size=(100, 30)) as user:
        await user.press("5", "slash")
        screen = await user.until("→ tar den första: av: vem som införde")
        await user.type("av:bo")
        screen = await user.until('av:"Bo [/i] Exempel"')
        assert "Ändringar införda av bo" in screen
        screen = await user.until("Utan Vänort")
        assert "Kommunchefen ringde" not in screen
        await user.press("right")
        assert user.main.query_one(HistoryPane).query_one(Input).value == "av:bo", "it does not begin as it was typed"
        await user.press(*["backspace"] * 5)
        await user.type("besl")
        await user.press("right")
        assert user.main.query_one(HistoryPane).query_one(Input).value == "beslut:"
        assert "Inget står efter ”beslut:” än. Visas: alla ändringar." in user.screen
        assert "avtalets status" in await user.until("Utan Vänort"), "it keeps all, as it says"
        await user.type("KF")
        assert "Ingen ändring är sådan." in await user.until("Ingen ändring är sådan.")
        await user.press(*["backspace"] * 2)
        await user.type('"KS 2026-03-10 §31"')
        await user.press("enter")
        screen = await user.until("Kommunchefen ringde")
        assert "tar den första" not in screen, "the help is for who types"


async def test_a_renamed_records_history_goes_on_under_its_former_name_and_tells_texts_word_by_word(
    tmp_path: Path,
) -> None:
    store = torsby(tmp_path / "r")
    save(store, SKJERN, potential="Skolor och körer möts varje vår.")
    again = "Skolor och kommuner möts varje vår."
    save(store, SKJERN, "Bekräftat per brev.", potential=again, agreement_status="active")
    edits = renaming(store.saved(), SKJERN, "twin-towns/ringkobing")
    store.save(Change(edits, "Sammanslagen.", act="rename", renamed_from={"twin-towns/ringkobing": SKJERN}))
    save(store, "twin-towns/ringkobing", local_name="Ringkøbing-Skjern")
    async with using(store, size=(150, 40)) as user:
        await user.main.go_to_record("twin-towns/ringkobing")
        await user.press("h")
        screen = await user.until("Lokalt namn sattes till Ringkøbing-Skjern")
        assert "Nytt namn i registret: " in screen
        assert "Införd i registret" in screen
        await user.press("down", "down")
        screen = await user.until("[-körer-]{+kommuner+}")
        assert "Avtalets status ändrades från obekräftat till gäller" in " ".join(screen.split())
        await user.press("slash")
        await user.type("fält:agreement_status")
        screen = await user.until("Ändringar 2")
        assert "Lokalt namn sattes" not in screen
