"""The pages of the app, as stories on real registries."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kit import BUN, SKJERN, TRIP, files, git, save, torsby, with_trip, write_file
from tests.tui.app_kit import using


async def test_the_overview_says_what_there_is_and_what_to_do_first(tmp_path: Path) -> None:
    async with using(torsby(tmp_path / "r")) as user:
        screen = user.screen
        assert "Torsby kommun · internationella kontakter" in screen
        assert "6  vänorter" in screen
        assert "Lägg till kommunens förvaltningar" in screen
        assert "Registret öppnat: Torsby kommun" in await user.until("infört av Anna Exempel")


async def test_a_file_under_a_name_that_no_record_can_have_is_told_and_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = torsby(tmp_path / "r")
    write_file(store, "twin-towns/Skjern By.toml", 'name = "Skjern"\n')
    monkeypatch.setenv("EDITOR", "true")
    async with using(store, watch=True) as user:
        assert "twin-towns/Skjern By.toml har ett namn" in user.screen
        await user.press("enter")
        await user.until("Byt namn på den: a–z")
        await user.press("j")
        await user.rest()
        assert user.notices, "it was asked to be opened, and a test has no terminal to lend"
        (store.folder / "twin-towns/Skjern By.toml").rename(store.folder / "twin-towns/skjern-by.toml")
        await user.until("Skjern är ändrad för hand")
        await user.until_gone("har ett namn")


async def test_number_keys_lead_to_the_pages_and_a_list_has_a_card(tmp_path: Path) -> None:
    async with using(torsby(tmp_path / "r")) as user:
        await user.press("3")
        assert "Påskön" in user.screen
        await user.press("down", "down")
        assert "Rapa Nui / Isla de Pascua · Chile" in user.screen
        await user.press("5")
        assert "Registret öppnat: Torsby kommun" in user.screen


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_every_page_fits_the_terminal(tmp_path: Path, size: tuple[int, int]) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    async with using(store, size=size) as user:
        for key in "123456":
            await user.press(key)
            lines = user.screen.split("\n")
            assert len(lines) == size[1]
            assert "ctrl+p" in lines[-1]


async def test_a_project_that_says_no_status_stands_in_the_list_as_an_idea(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    save(store, "projects/2026/kor", act="new", title="Körresa")
    async with using(store) as user:
        await user.press("4")
        row = next(line for line in user.screen.split("\n") if "▌" in line)
        assert row.split()[:3] == ["▌", "Körresa", "idé"]


async def test_typing_filters_the_list_and_says_how_many_of_how_many(tmp_path: Path) -> None:
    async with using(torsby(tmp_path / "r")) as user:
        await user.press("3", "slash")
        await user.type("paskon")
        assert "1 av 6" in user.screen
        assert "Grosskrotzenburg" not in user.screen
        await user.press("escape")
        assert "Grosskrotzenburg" in user.screen


async def test_a_link_is_followed_and_come_back_from(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    async with using(store) as user:
        await user.press("4", "f")
        await user.until("Gå till")
        await user.type("barn")
        await user.press("enter")
        screen = await user.until("Nämns av")
        assert "Ungdomsutbyte med Skjern" in screen.split("Nämns av")[1]
        await user.press("b")
        assert user.main.page.id == "projects"


async def test_the_history_tells_a_change_field_by_field_and_takes_it_back(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    save(store, SKJERN, "Kommunchefen ringde", decision="KS 2026-03-10 § 31", agreement_status="active")
    async with using(store) as user:
        await user.press("5")
        screen = await user.until("Kommunchefen ringde")
        assert "beslutat: KS 2026-03-10 § 31" in screen
        assert "obekräftat → gäller" in screen
        await user.press("u")
        await user.until("Ta tillbaka den här ändringen?")
        await user.press("ctrl+s")
        await user.until("Ändringen är tillbakatagen.")
    assert (store.committed().data(SKJERN) or {})["agreement_status"] == "unconfirmed"
    assert "Reverts: " in git(store, "log", "-1", "--format=%B")


async def test_in_a_small_window_the_history_still_says_what_was_changed(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    save(store, SKJERN, "Kommunchefen ringde.", agreement_status="active")
    save(store, SKJERN, name="Skjern och alla dess grannar vid ån i västra Jylland")
    save(store, SKJERN, potential="Skolor", local_name="Skern", successor="Ringkøbing-Skjern", agreement_year=1987)
    async with using(store, size=(80, 24)) as user:
        await user.press("5")
        screen = await user.until("Skjern: avtalets status obekräftat → gäller")
        assert "Skjern och alla dess gran…: lokalt namn" in screen, "a long title gives way to what was done to it"
        await user.main.go_to_record(SKJERN)
        await user.press("h")
        screen = await user.until("· historik")
        assert "Lokalt namn sattes till Skern" in screen.split("Infört")[1].split("\n")[1], (
            "its own history says no title"
        )


async def test_a_question_about_undoing_is_left_with_escape_and_nothing_happens(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    save(store, SKJERN, potential="Skolor")
    head = store.repo.head()
    async with using(store) as user:
        await user.press("u")
        await user.until("Ta tillbaka den här ändringen?")
        await user.press("escape")
    assert store.repo.head() == head


async def test_the_history_of_one_record_opens_from_its_card(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    save(store, TRIP, "Skolan vill vänta", stage="idea", stage_reason="för tidigt")
    async with using(store) as user:
        await user.press("4", "h")
        screen = await user.until("Skolan vill vänta")
        assert "Ungdomsutbyte med Skjern · historik" in screen
        assert "Ny förvaltning" not in screen


async def test_a_hand_edit_is_noticed_while_the_app_is_open_and_never_overwritten(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    async with using(store, watch=True) as user:
        await user.press("3")
        write_file(store, f"{SKJERN}.toml", 'name = "Skjern by"\ncountry = "DK"\n')
        await user.until("Ändrat för hand: Skjern by")
        await user.until("1 ändrad för hand, inte sparad")
        assert files(store)[f"{SKJERN}.toml"] == 'name = "Skjern by"\ncountry = "DK"\n'


async def test_a_commit_made_outside_is_noticed_and_shown(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    async with using(store, watch=True) as user:
        await user.press("2")
        save(store, BUN, name="Kulturförvaltningen", act="new")
        await user.until("Något sparades utanför det här fönstret")
        await user.until("Kulturförvaltningen")


async def test_a_broken_file_is_marked_and_the_card_says_what_is_wrong(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    write_file(store, "twin-towns/trasig.toml", 'name = "A"\ncountry = = "DK"\n')
    async with using(store) as user:
        assert "twin-towns/trasig kan inte läsas" in user.screen
        await user.press("enter")
        screen = await user.until("Tryck o för att öppna filen")
        assert "Skjern" in screen


async def test_the_language_can_be_chosen(tmp_path: Path) -> None:
    async with using(torsby(tmp_path / "r"), language="en") as user:
        assert "1 Overview   2 Departments   3 Twin towns   4 Projects   5 History   6 People" in user.screen
        assert "Add the departments of your municipality" in user.screen


@pytest.mark.parametrize(
    "words", ["[/foo]", "[@click=app.quit]x", "\x1b[31mrött", "a\u202eb", "👩‍👩‍👧 familj", "[Draft] plan"]
)
async def test_text_from_records_is_shown_and_never_obeyed(tmp_path: Path, words: str) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    save(store, TRIP, words, title=words + " resa", purpose=words)
    async with using(store) as user:
        for key in ("4", "h"):
            await user.press(key)
            await user.until("resa")
            assert "\x1b" not in user.screen
        await user.press("escape", "1", "5")
        if words.startswith("["):
            assert words in user.screen


async def test_disabled_commands_say_why(tmp_path: Path) -> None:
    async with using(torsby(tmp_path / "r")) as user:
        await user.press("4", "e")
        assert "Här finns ingen post än; tryck n för att lägga till en." in user.notices


async def test_what_git_ran_can_be_looked_at(tmp_path: Path) -> None:
    async with using(torsby(tmp_path / "r")) as user:
        await user.press("f12")
        assert "git" in await user.until("Vad som körts")
        await user.press("escape")
        assert "I registret" in user.screen


async def test_the_palette_has_every_command(tmp_path: Path) -> None:
    async with using(torsby(tmp_path / "r")) as user:
        await user.press("ctrl+p")
        await user.type("vänorter")
        await user.until("Vänorterna och deras avtal")
        await user.press("enter")
        await user.until("Påskön")


async def test_the_mouse_follows_links_and_chooses_pages(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    async with using(store) as user:
        await user.press("4")
        lines = user.screen.split("\n")
        row = next(at for at, line in enumerate(lines) if "Barn- och utbildningsförvaltningen" in line[70:])
        await user.pilot.click(offset=(lines[row].index("Barn- och", 70) + 3, row))
        await user.rest()
        assert user.main.page.id == "departments"
        await user.pilot.click(offset=(5, 1))
        await user.rest()
        assert user.main.page.id == "overview"
