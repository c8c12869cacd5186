"""The list of records, used as a coordinator uses it."""

from __future__ import annotations

from typing import Any

import pytest
from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.color import Color

from registry.words import speaking
from tests.tui.hostile import HOSTILE
from tests.tui.pages import PageApp, screen_lines
from tui.widgets.columns import Column
from tui.widgets.record_list import RecordList
from tui.widgets.record_rows import Mark, Rows

COLUMNS = (
    Column("name", "Namn", flex=1, min=12),
    Column("country", "Land", width=8, style="muted", drop=1),
    Column("money", "Pengar", width=10, align="right"),
)
TOWNS = ("Skjern", "Pernå", "Bømlo", "Rautalampi", "Påskön", "Åmål")


def towns(names: tuple[str, ...] = TOWNS, **more: Any) -> Rows[str]:
    return Rows(names, [(name, "SE", f"{len(name)} 000 kr") for name in names], **more)


class ListApp(PageApp):
    """A list, and all that it tells."""

    def __init__(self, rows: Rows[Any], **options: Any) -> None:
        self.list: RecordList[Any] = RecordList(COLUMNS, **options)
        self.told: list[tuple[str, Any]] = []
        self.rows = rows
        super().__init__(self.list)

    def on_mount(self) -> None:
        self.list.set_rows(self.rows)
        self.list.focus()

    @on(RecordList.Highlighted)
    @on(RecordList.Opened)
    def note(self, event: RecordList.Highlighted | RecordList.Opened) -> None:
        self.told.append((type(event).__name__, event.key))


def rows_on_screen(app: ListApp) -> list[str]:
    return [line for line in screen_lines(app)[1:-1] if line.strip()]


async def test_the_cursor_moves_and_enter_opens_what_it_is_on() -> None:
    app = ListApp(towns())
    async with app.run_test(notifications=True) as pilot:
        await pilot.press("down", "down", "enter", "end", "down", "home", "up")
        assert app.told == [
            ("Highlighted", "Skjern"),
            ("Highlighted", "Pernå"),
            ("Highlighted", "Bømlo"),
            ("Opened", "Bømlo"),
            ("Highlighted", "Åmål"),
            ("Highlighted", "Skjern"),
        ]


async def test_only_what_is_in_sight_is_drawn_and_paging_reaches_all_of_it() -> None:
    app = ListApp(towns(tuple(f"Ort {number:05}" for number in range(10_000))))
    async with app.run_test(size=(80, 24)) as pilot:
        assert rows_on_screen(app)[0].split()[:3] == ["▌", "Ort", "00000"]
        await pilot.press("pagedown", "pagedown")
        assert app.list.key == "Ort 00042"
        assert any("00042" in line for line in rows_on_screen(app))
        await pilot.press("end")
        assert "Ort 09999" in rows_on_screen(app)[-1]
        assert len(rows_on_screen(app)) == 22
        await pilot.press("pageup")
        assert app.list.key == "Ort 09978"


async def test_every_word_typed_narrows_the_list_and_the_count_says_so() -> None:
    app = ListApp(towns())
    async with app.run_test() as pilot:
        app.list.set_filter("pa se")
        await pilot.pause()
        assert app.list.keys_shown == ["Påskön"]
        with speaking("sv"):
            assert app.list.count_text == "1 av 6"
        with speaking("en"):
            assert app.list.count_text == "1 of 6"
        app.list.set_filter("zzz")
        await pilot.pause()
        assert app.list.key is None
        assert "Inget här innehåller alla de orden." in rows_on_screen(app)[0]
        await pilot.press("enter", "down", "t", "end")
        app.list.set_filter("")
        await pilot.pause()
        assert app.list.count_text == "6"
        assert len(rows_on_screen(app)) == 6


async def test_the_cursor_stays_on_its_record_when_other_rows_come() -> None:
    app = ListApp(towns(tuple(f"Ort {number:05}" for number in range(1000))))
    async with app.run_test(size=(80, 24)) as pilot:
        app.list.move_to("Ort 00500")
        await pilot.press("up", "up", "up")
        before = next(i for i, line in enumerate(screen_lines(app)) if "▌" in line)
        app.list.set_rows(towns(tuple(f"Ort {number:05}" for number in range(300, 1000))))
        await pilot.pause()
        assert app.list.key == "Ort 00497"
        assert next(i for i, line in enumerate(screen_lines(app)) if "▌" in line) == before
        told = len(app.told)
        app.list.set_rows(towns(tuple(f"Ort {number:05}" for number in range(300, 1000) if number != 497)))
        await pilot.pause()
        assert app.list.key == "Ort 00498"
        assert app.told[told:] == [("Highlighted", "Ort 00498")]


async def test_when_the_last_row_goes_the_cursor_goes_to_the_one_before() -> None:
    app = ListApp(towns())
    async with app.run_test() as pilot:
        await pilot.press("end")
        app.list.set_rows(towns(TOWNS[:-1]))
        await pilot.pause()
        assert app.list.key == "Påskön"


async def test_headings_sort_when_clicked_and_the_other_way_when_clicked_again() -> None:
    app = ListApp(towns(order={"money": [len(name) for name in TOWNS]}))
    async with app.run_test() as pilot:
        await pilot.click(app.list, offset=(4, 0))
        assert app.list.keys_shown == ["Bømlo", "Pernå", "Påskön", "Rautalampi", "Skjern", "Åmål"]
        assert "Namn ↑" in screen_lines(app)[0]
        await pilot.click(app.list, offset=(75, 0))
        assert app.list.keys_shown[0] == "Åmål"
        await pilot.click(app.list, offset=(75, 0))
        assert app.list.keys_shown[0] == "Rautalampi"
        assert "Pengar ↓" in screen_lines(app)[0]
        assert app.list.key == "Skjern"


async def test_a_key_sorts_by_the_next_column_and_at_last_as_the_rows_came() -> None:
    app = ListApp(towns())
    async with app.run_test() as pilot:
        seen = []
        for _turn in range(4):
            await pilot.press("t")
            seen.append(app.list.sorted_by)
        assert seen == [("name", False), ("country", False), ("money", False), ("", False)]
        assert app.list.keys_shown == list(TOWNS)
        await pilot.press("T")
        assert app.list.sorted_by == ("name", True)


async def test_rows_may_be_given_while_the_page_is_being_composed() -> None:
    class Early(PageApp):
        def compose(self) -> ComposeResult:
            early = RecordList[str](COLUMNS)
            early.set_rows(towns())
            early.sort("name")
            early.move_to("Pernå")
            yield early

    app = Early()
    async with app.run_test() as pilot:
        await pilot.pause()
        early = app.query_one(RecordList)
        assert early.key == "Pernå"
        assert screen_lines(app)[2].startswith("▌  Pernå")
        early.set_filter("bömlo")
        assert early.keys_shown == ["Bømlo"]


async def test_the_mouse_chooses_and_a_double_click_opens() -> None:
    app = ListApp(towns())
    async with app.run_test() as pilot:
        await pilot.click(app.list, offset=(5, 3))
        assert app.told[-1] == ("Highlighted", "Bømlo")
        await pilot.click(app.list, offset=(5, 4), times=2)
        assert app.told[-2:] == [("Highlighted", "Rautalampi"), ("Opened", "Rautalampi")]
        told = len(app.told)
        await pilot.click(app.list, offset=(5, 15), times=2)
        assert len(app.told) == told


@pytest.mark.parametrize("width", [20, 40, 80, 160])
async def test_hostile_text_never_breaks_a_column_or_the_list(width: int) -> None:
    rows = Rows(range(len(HOSTILE)), [(text, text, text) for text in HOSTILE])
    app = ListApp(rows)
    async with app.run_test(size=(width, 40)) as pilot:
        await pilot.press("down", "down")
        app.list.set_filter("foo")
        await pilot.pause()
        app.list.set_filter("")
        await pilot.pause()
        for line in screen_lines(app):
            assert cell_len(line) == width
            assert line.isprintable()
        assert "[/foo]" in screen_lines(app)[1]


async def test_text_of_double_width_leaves_the_next_column_where_it_was() -> None:
    app = ListApp(towns(("日本語の交流プロジェクト", "👨\u200d👩\u200d👧 på resa", "Skjern")))
    async with app.run_test(size=(60, 10)):
        starts = {cell_len(line[: line.index("SE")]) for line in rows_on_screen(app)}
        assert len(starts) == 1


async def test_a_text_without_room_ends_in_an_ellipsis_and_a_narrow_list_leaves_a_column_out() -> None:
    app = ListApp(towns(("En mycket lång titel som inte får plats",)))
    async with app.run_test(size=(30, 10)):
        line = rows_on_screen(app)[0]
        assert "En mycket lång…" in line
        assert "SE" not in line
        assert line.rstrip().endswith("000 kr")


async def test_marked_rows_say_in_words_what_is_the_matter_if_there_is_room() -> None:
    marks = {"Skjern": Mark.EDITED_BY_HAND, "Pernå": Mark.BROKEN, "Bømlo": Mark.NEW}
    app = ListApp(towns(marks=marks))
    async with app.run_test(size=(80, 12)) as pilot:
        lines = rows_on_screen(app)
        assert lines[0].startswith("▌~ Skjern  ändrad för hand")
        assert lines[1].startswith(" ! Pernå  går inte att läsa")
        assert lines[2].startswith(" + Bømlo  ny")
        await pilot.resize_terminal(30, 12)
        await pilot.pause()
        assert rows_on_screen(app)[1].startswith(" ! Pernå   ")


async def test_an_empty_list_says_what_to_do_and_offers_nothing_to_open() -> None:
    app = ListApp(Rows(), empty="Inga vänorter än.\nTryck n för att lägga till en.")
    async with app.run_test(notifications=True) as pilot:
        assert "Inga vänorter än." in rows_on_screen(app)[0]
        assert "Tryck n" in rows_on_screen(app)[1]
        assert "öppna" not in screen_lines(app)[-1]
        await pilot.press("enter", "up", "end", "pagedown")
        await pilot.pause()
        assert app.told == []
        assert {notice.message for notice in app._notifications} == {"Listan är tom."}
        app.list.set_rows(towns())
        await pilot.pause()
        assert "öppna" in screen_lines(app)[-1]


async def test_the_cursor_is_seen_without_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = ListApp(towns())
    async with app.run_test(size=(60, 10)):
        assert app.no_color
        first = app.list.render_line(1)
        assert first.text.startswith("▌")
        assert all(segment.style.reverse for segment in first if segment.style)
        assert not any(segment.style.reverse for segment in app.list.render_line(2) if segment.style)


async def test_a_focused_list_looks_unlike_one_that_is_not() -> None:
    app = ListApp(towns())
    async with app.run_test(size=(60, 10)) as pilot:

        def cursor_background() -> Color:
            style = list(app.list.render_line(1))[2].style
            assert style is not None
            assert style.bgcolor is not None
            return Color.from_rich_color(style.bgcolor)

        focused = cursor_background()
        app.screen.set_focus(None)
        await pilot.pause()
        assert cursor_background() != focused


async def test_a_screen_can_tell_two_lists_apart() -> None:
    class Two(PageApp):
        heard: tuple[str, ...] = ()

        @on(RecordList.Opened, "#right")
        def hear(self, event: RecordList.Opened) -> None:
            self.heard += (event.key,)

    left, right = RecordList[str](COLUMNS, id="left"), RecordList[str](COLUMNS, id="right")
    app = Two(left, right)
    async with app.run_test() as pilot:
        for side in (left, right):
            side.set_rows(towns((side.id or "",)))
            side.focus()
            await pilot.press("enter")
        assert app.heard == ("right",)


async def test_the_last_column_is_whole_beside_the_scrollbar_of_a_long_list() -> None:
    app = ListApp(towns(tuple(f"Ort {number}" for number in range(60))))
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        assert app.list.show_vertical_scrollbar
        assert "Pengar" in screen_lines(app)[0]
        assert rows_on_screen(app)[0].rstrip(" ▁▂▃▄▅▆▇█").endswith("5 000 kr")
