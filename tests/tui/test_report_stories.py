"""Reports in the app: chosen, read before they are written, turned to another year or language, as of a past day too."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import docx
from hypothesis import given
from hypothesis import strategies as st

from registry.reports.document import Document
from tests.kit import SKJERN, TRIP, git, save, torsby, with_trip, write_file
from tests.registry.reports.documents import documents, often
from tests.tui.form_kit import Writer, writing
from tui.report_text import report_lines
from tui.screens.choose import ChooseScreen
from tui.screens.past import PastScreen
from tui.screens.report import ReportScreen
from tui.widgets.dialogs import Ask, Confirm


async def choose(user: Writer, words: str) -> ReportScreen:
    """A report by a word of its name."""
    await user.press("O")
    await user.on(ChooseScreen)
    await user.type(words)
    await user.press("enter")
    return await user.on(ReportScreen)


async def write_to(user: Writer, target: Path) -> None:
    """Have it written."""
    await user.press("w")
    await user.on(Ask)
    await user.pilot.press("end", "ctrl+u")
    await user.type(str(target))
    await user.press("enter")


async def test_a_report_is_read_turned_to_another_year_and_written_where_the_user_says(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    year, head = date.today().year, git(store, "rev-parse", "HEAD").strip()
    target = tmp_path / "budget.docx"
    target.write_bytes(b"kvar")
    async with writing(store, size=(80, 24)) as user:
        await choose(user, "budget")
        assert f"Budget {year}" in user.screen
        assert head in user.screen
        await user.press("d")
        assert "görs inte för något möte" in user.notices[-1]
        await user.press("escape")
        agenda = await choose(user, "dagordning")
        await user.press("d")
        await user.on(Ask)
        await user.type("10 mars 2026")
        await user.press("enter")
        await user.until("10 mars 2026")
        assert agenda.wanted.meeting == date(2026, 3, 10)
        await user.press("escape")
        screen = await choose(user, "budget")
        await user.press("left")
        await user.until(f"Budget {year - 1}")
        await user.press("l")
        await user.until("Made from version")
        assert " Budget · på engelska · utan namn" in user.screen
        await user.press("w")
        assert f"~/budget-{year - 1}.docx" in (await user.until("Till vilken fil"))
        await user.press("escape")
        await write_to(user, target)
        await user.on(Confirm)
        await user.press("escape")
        await user.on(Ask)
        assert target.read_bytes() == b"kvar"
        await user.press("enter")
        await user.on(Confirm)
        await user.press("j")
        await user.until("Skriven:")
        assert docx.Document(str(target)).core_properties.language == "en-GB"
        await user.on(ReportScreen)
        assert user.app.screen is screen
        await user.press("escape")
        assert user.app.screen is user.main
    assert git(store, "rev-parse", "HEAD").strip() == head
    assert git(store, "status", "--porcelain") == ""


async def test_on_a_record_its_own_report_comes_first_and_one_with_names_stays_out_of_the_folder(
    tmp_path: Path,
) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    maja = store.people.add({"name": "Maja Exempel"})
    save(store, TRIP, "Ny ansvarig.", responsible=maja)
    async with writing(store) as user:
        await user.press("4", "O")
        await user.on(ChooseScreen)
        await user.press("enter")
        screen = await user.on(ReportScreen)
        assert user.screen.split("\n")[1].strip(" ▌") == "Ungdomsutbyte med Skjern"
        told = "\n".join(item.content.plain for item in report_lines(screen.document, 80))
        assert (maja in told, "Maja Exempel" in told) == (True, False)
        await user.press("n")
        await user.until("med namn")
        told = "\n".join(item.content.plain for item in report_lines(screen.document, 80))
        assert "Maja Exempel" in told
        await write_to(user, store.folder / "namn.md")
        await user.until("registrets egen mapp")
        await user.on(Ask)
        await user.pilot.press("end", "ctrl+u")
        await user.type(str(tmp_path / "namn.md"))
        await user.press("enter")
        await user.until("Skriven:")
    assert not (store.folder / "namn.md").exists()
    assert (tmp_path / "namn.md").stat().st_mode & 0o077 == 0


async def test_a_past_day_has_its_own_reports(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    first = git(store, "rev-list", "--max-parents=0", "HEAD").strip()
    save(store, SKJERN, "Nytt namn.", name="Skern")
    write_file(store, "projects/2026/trasig.toml", "= 1\n")
    async with writing(store) as user:
        await choose(user, "vänorter")
        assert "1 fil i registret går inte att läsa" in user.screen
        assert "projects/2026/trasig.toml" in user.screen
        await user.press("escape")
        await user.press("V")
        await user.on(Ask)
        await user.type(first)
        await user.press("enter")
        await user.on(PastScreen)
        screen = await choose(user, "vänorter")
        told = "\n".join(item.content.plain for item in report_lines(screen.document, 100))
        assert first in told
        assert "trasig" not in told
        assert ("Skjern" in told, "Skern" in told) == (True, False)
        assert "SOM DET VAR" in user.screen.split("\n")[0]


@given(documents, st.integers(40, 120))
@often
def test_no_line_of_a_report_is_wider_than_the_screen_and_nothing_in_it_is_markup(
    document: Document, width: int
) -> None:
    lines = [part for item in report_lines(document, width) for part in item.content.split("\n")]
    assert max(part.cell_length for part in lines) <= width
    assert not any("\x1b" in part.plain for part in lines)
