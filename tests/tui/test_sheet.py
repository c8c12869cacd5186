"""The page of lines: what the cursor stands on, and where Enter leads."""

from __future__ import annotations

from textual import on
from textual.content import Content

from tests.tui.pages import PageApp, screen_lines
from tui.widgets.sheet import Item, Sheet, flow, heading


class SheetApp(PageApp):
    """A sheet, and where it led."""

    def __init__(self) -> None:
        self.sheet = Sheet("räknar …")
        self.led: list[str] = []
        super().__init__(self.sheet)

    @on(Sheet.Opened)
    def note(self, event: Sheet.Opened) -> None:
        """Remember it."""
        self.led.append(event.goal)


def items(*goals: str) -> list[Item]:
    """A heading and an item of two lines for each goal."""
    return [*heading("Rubrik"), *(Item(Content(f"{goal}\n  mer om {goal}"), goal) for goal in goals)]


async def test_the_cursor_passes_over_headings_and_takes_all_lines_of_an_item() -> None:
    app = SheetApp()
    async with app.run_test(size=(40, 12)) as pilot:
        app.sheet.show(lambda _width: [*items("a", "b"), *items("c"), Item(Content("ingenstans"))])
        await pilot.press("down", "down", "enter")
        await pilot.pause()
        assert app.led == ["c"]
        marked = [line.strip() for line in screen_lines(app) if "▌" in line]
        assert marked == ["▌ c", "▌   mer om c"]
        await pilot.press("end", "enter")
        await pilot.pause()
        assert app.led == ["c"]
        assert app.sheet.goal == ""


async def test_the_cursor_stays_on_what_leads_to_the_same_place() -> None:
    app = SheetApp()
    async with app.run_test(size=(40, 8)) as pilot:
        app.sheet.show(lambda _width: items("a", "b", "b", "c"))
        await pilot.press("down", "down")
        app.sheet.show(lambda _width: items("x", "y", "b", "a", "b"))
        await pilot.press("enter")
        await pilot.pause()
        assert app.led == ["b"]
        assert app.sheet.cursor == 6
        assert sum("▌" in line for line in screen_lines(app)) == 2


async def test_an_empty_sheet_leads_nowhere() -> None:
    app = SheetApp()
    async with app.run_test(size=(40, 8)) as pilot:
        await pilot.press("down", "up", "end", "pagedown", "enter")
        assert app.led == []
        assert "räknar …" in screen_lines(app)[0]
        assert "▌" not in "".join(screen_lines(app))


def test_parts_stand_beside_each_other_as_far_as_there_is_room() -> None:
    parts = [Content("ett"), Content("två"), Content("tre")]
    assert flow(parts, 40).plain == "  ett · två · tre"
    assert flow(parts, 11).plain == "  ett · två\n  tre"
