"""The start: what the first frame shows without waiting, and what comes when it is out."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry.store import Store
from tests.kit import torsby
from tests.tui.app_kit import User, using
from tui.app import VanortApp
from tui.screens.main import MainScreen


class FirstFrame(VanortApp):
    """The app as it is until its first frame is out, which is when it `begins`."""

    def _begin(self) -> None:
        """Not yet."""


async def _opened_before(folder: Path) -> Store:
    store = torsby(folder)
    async with using(store):
        pass
    return store


def _looks(app: VanortApp) -> list[list[object]]:
    return [list(strip) for strip in app.screen._compositor.render_strips()]


async def test_a_registry_that_was_open_before_is_shown_at_once(tmp_path: Path) -> None:
    store = await _opened_before(tmp_path / "r")
    app = VanortApp(store.folder, watch=False)
    async with app.run_test(size=(140, 44)) as pilot:
        assert [type(screen) for screen in app.screen_stack] == [MainScreen]
        user = User(app, pilot)
        assert "6  vänorter" in user.screen
        assert "Registret öppnat: Torsby kommun" in await user.until("infört av Anna Exempel")


@pytest.mark.parametrize("size", [(140, 44), (80, 24)])
async def test_the_first_style_sheet_has_all_that_the_first_frame_needs(tmp_path: Path, size: tuple[int, int]) -> None:
    store = await _opened_before(tmp_path / "r")
    app = FirstFrame(store.folder, watch=False)
    async with app.run_test(size=size) as pilot:
        await User(app, pilot).rest()
        at_first = _looks(app)
        app.read_other_styles()
        app.refresh_css(animate=False)
        await User(app, pilot).rest()
        assert _looks(app) == at_first


async def test_who_opens_a_form_before_the_first_frame_is_out_finds_it_as_it_should_be(tmp_path: Path) -> None:
    store = await _opened_before(tmp_path / "r")
    looks = []
    for kind in (FirstFrame, VanortApp):
        app = kind(store.folder, watch=False)
        async with app.run_test(size=(140, 44)) as pilot:
            user = User(app, pilot)
            await user.press("r")
            await user.until("ctrl+s spara")
            await user.rest()
            looks.append(_looks(app))
    assert looks[0] == looks[1]
