"""Keys that arrive in one burst, as from somebody who knows the app well or over a slow line: none is lost or misread."""

from __future__ import annotations

from pathlib import Path

from textual import events
from textual.widgets import Input

from tests.kit import SKJERN, torsby, with_trip, write_file
from tests.tui.app_kit import using
from tests.tui.form_kit import writing
from tui.forms.record_form import RecordForm
from tui.screens.main import MainScreen
from tui.screens.people import PeoplePage
from tui.screens.saving import SaveScreen


async def test_what_is_typed_on_after_the_slash_is_searched_for(tmp_path: Path) -> None:
    async with using(with_trip(torsby(tmp_path / "r"))) as user:
        await user.type("3/skjern")
        assert user.main.page.query_one(Input).value == "skjern"
        assert "1 av " in user.screen
        assert isinstance(user.app.screen, MainScreen), "no letter was a command"
        await user.type("2n")
        assert user.main.page.id == "twin-towns", "in the search, figures are searched for"


async def test_pages_and_their_keys_follow_each_other(tmp_path: Path) -> None:
    async with using(with_trip(torsby(tmp_path / "r"))) as user:
        await user.type("6452")
        assert user.main.page.id == "departments"
        await user.type("6/x")
        assert isinstance(user.main.page, PeoplePage)
        assert user.main.page.query_one(Input).value == "x"
        assert user.app.screen is user.main, "x exports, but not in the search"


async def test_what_is_typed_on_after_e_or_n_goes_into_the_form(tmp_path: Path) -> None:
    async with writing(with_trip(torsby(tmp_path / "r"))) as user:
        await user.press("4")
        await user.type("eHundqxd")
        form = await user.on(RecordForm)
        assert (await user.field("title")).slot.value == "Ungdomsutbyte med SkjernHundqxd"
        assert user.app.screen is form
        await user.press("escape")
        await user.until("Det du har skrivit är inte sparat.")
        await user.press("s")
        await user.main_again()
        await user.type("nKörresa")
        await user.on(RecordForm)
        assert (await user.field("title")).slot.value == "Körresa"


async def test_keys_meant_for_a_form_that_does_not_open_do_nothing(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    async with writing(store) as user:
        await user.press("3")
        write_file(store, f"{SKJERN}.toml", 'name = "Skjern by"\ncountry = "DK"\n')
        user.main.show_view(await user.main.session.look())
        await user.main.go_to_record(SKJERN)
        await user.rest()
        await user.type("ekxd")
        await user.until("Posten är ändrad för hand")
        assert isinstance(user.app.screen, MainScreen)


async def test_what_is_typed_on_after_saving_is_the_reason(tmp_path: Path) -> None:
    async with writing(torsby(tmp_path / "r")) as user:
        await user.edit("3", SKJERN)
        await user.write("potential", "Skolor")
        user.app.post_message(events.Key("ctrl+s", None))
        await user.type("Skolan ringde")
        screen = await user.on(SaveScreen)
        assert screen.query_one("#save-words", Input).value == "Skolan ringde"
