"""Taking part in a registry that is shared already, from the first screen."""

from __future__ import annotations

from pathlib import Path

from tests.kit import git, torsby
from tests.sharing.kit import plain
from tests.tui.form_kit import Writer
from tui.app import VanortApp
from tui.screens.first_run import FirstRunScreen
from tui.widgets.dialogs import Ask


async def test_a_shared_registry_is_copied_and_opened_and_what_is_none_leaves_nothing_behind(tmp_path: Path) -> None:
    store = torsby(tmp_path / "register")
    plain(tmp_path, "clone", "-q", "--bare", str(store.folder), "delat.git")
    folder = tmp_path / "kopia"
    app = VanortApp(watch=False)
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        user = Writer(app, pilot)
        await user.on(FirstRunScreen)

        async def take_part(address: Path) -> None:
            await user.press("end", "enter")
            await user.on(Ask)
            await user.type(str(address))
            await user.press("enter")
            await user.until("I vilken mapp?")
            await user.press("end", "ctrl+u")
            await user.type(str(folder))
            await user.press("enter")

        (tmp_path / "tom").mkdir()
        await take_part(tmp_path / "tom")
        await user.until("finns")
        await user.on(FirstRunScreen)
        assert not folder.exists()
        await take_part(tmp_path / "delat.git")
        await user.until("6  vänorter")
        assert app.session is not None
        assert app.session.folder == folder
    assert git(folder, "rev-parse", "HEAD") == git(store, "rev-parse", "HEAD")
    assert sorted(place.name for place in tmp_path.iterdir()) == ["delat.git", "kopia", "register", "tom"]
