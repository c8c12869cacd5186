"""Both themes are read at arm's length: WCAG 2.2 asks for a contrast of 4.5 to 1 for text (1.4.3), 3 to 1 for the
cursor and what has the focus (1.4.11)."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.theme import Theme

from tests.tui.pages import PageApp
from tui.themes import DARK, LIGHT, THEMES, preferred
from tui.widgets.columns import Column
from tui.widgets.record_list import RecordList
from tui.widgets.record_rows import Mark, Rows


def luminance(color: Color) -> float:
    parts = [part / 255 for part in color.rgb]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str | Color, other: str | Color) -> float:
    light, dark = sorted(
        (luminance(Color.parse(color) if isinstance(color, str) else color) for color in (one, other)), reverse=True
    )
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_is_that_of_wcag() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_text_colour_can_be_read_on_every_ground(theme: Theme) -> None:
    grounds = [theme.background, theme.panel, theme.variables["chosen"], theme.variables["chosen-away"]]
    texts = [theme.foreground, theme.variables["text-muted"], theme.accent, theme.success, theme.warning, theme.error]
    for ground in grounds:
        for text in texts:
            assert contrast(str(text), str(ground)) >= 4.5, (text, ground)
    for strong in (theme.accent, theme.error):
        assert contrast(theme.variables["on-accent"], str(strong)) >= 4.5


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
async def test_every_segment_of_a_list_as_drawn_can_be_read(theme: Theme) -> None:
    tones = ["", "muted", "strong", "accent", "good", "warning", "bad"]
    columns = [Column(f"c{i}", "Titel", width=8, style=tone) for i, tone in enumerate(tones)]  # type: ignore[arg-type]
    rows = RecordList[int](columns)
    app = PageApp(rows)
    async with app.run_test(size=(100, 10)) as pilot:
        app.theme = theme.name
        rows.set_rows(Rows(range(3), [["text"] * len(tones)] * 3, marks={0: Mark.BROKEN, 1: Mark.NEW}))
        for focus in (rows, None):
            app.screen.set_focus(focus)
            await pilot.pause()
            for y in range(4):
                for segment in rows.render_line(y):
                    assert segment.style is not None
                    assert segment.style.color is not None
                    assert segment.style.bgcolor is not None
                    ground = Color.from_rich_color(segment.style.bgcolor)
                    least = 3 if segment.text == "▌" else 4.5
                    if segment.text.strip():
                        assert contrast(Color.from_rich_color(segment.style.color), ground) >= least, segment


async def test_one_key_goes_from_light_to_dark_and_back() -> None:
    app = PageApp()
    async with app.run_test() as pilot:
        first = app.theme
        await pilot.press("f9")
        assert {first, app.theme} == {LIGHT.name, DARK.name}
        await pilot.press("f9")
        assert app.theme == first


@pytest.mark.parametrize(
    ("said", "theme"), [("15;0", DARK), ("0;15", LIGHT), ("0;default;15", LIGHT), ("12;8", DARK), ("", DARK)]
)
def test_the_first_theme_is_the_terminals_own_ground(said: str, theme: Theme) -> None:
    assert preferred({"COLORFGBG": said}) == theme.name


async def test_another_theme_than_ours_still_finds_every_colour() -> None:
    app = PageApp(RecordList[int]([Column("a", "A", flex=1)]))
    async with app.run_test() as pilot:
        app.theme = "nord"
        await pilot.pause()
        assert app.is_running
