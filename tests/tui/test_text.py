"""All text from records reaches the screen through one helper, which nothing in the text can fool."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.widgets import Label, Static

from tests.tui.hostile import HOSTILE
from tui.text import fit, hanging, line, plain, shorten, shorten_subject, steady, wrapped


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_is_shown_and_never_obeyed(text: str) -> None:
    assert not plain(text).spans
    assert not line(text).spans
    assert "\n" not in line(text).plain


def test_what_looks_like_markup_stays_letter_by_letter() -> None:
    assert plain("[Draft] [/foo] [@click=app.quit]x").plain == "[Draft] [/foo] [@click=app.quit]x"


async def test_widgets_show_hostile_text_without_a_stumble() -> None:
    class Page(App[None]):
        def compose(self) -> ComposeResult:
            for text in HOSTILE:
                yield Static(plain(text))
                yield Label(line(text, style="bold", width=30))

    app = Page()
    async with app.run_test(size=(80, 50)) as pilot:
        await pilot.pause()
        assert app.is_running
        shown = app.export_screenshot()
    assert "\x1b" not in shown
    assert "\0" not in shown


@given(st.text(max_size=40), st.integers(0, 30))
def test_a_shortened_text_never_takes_more_cells_than_it_may(text: str, width: int) -> None:
    text = line(text).plain
    assert cell_len(shorten(text, width)) <= width
    assert cell_len(fit(text, width)) == width
    assert cell_len(fit(text, width, "right")) == width


def test_shortening_keeps_what_fits_and_says_what_it_cut() -> None:
    assert shorten("Skjern", 6) == "Skjern"
    assert shorten("Skjern kommun", 7) == "Skjern…"
    assert shorten("日本語", 4) == "日…"
    assert shorten("cafe\u0301s", 4) == "caf…"
    assert shorten("cafe\u0301", 4) == "cafe\u0301"
    assert shorten("x", 0) == ""


def test_a_number_is_padded_from_the_left() -> None:
    assert fit("45 000 kr", 12, "right") == "   45 000 kr"


def test_emoji_of_several_parts_take_the_width_of_their_parts() -> None:
    assert steady("👨\u200d👩\u200d👧 ☎\ufe0f 👍🏽") == "👨👩👧 ☎ 👍"
    assert line("👨\u200d👩").plain == plain("👨\u200d👩").plain == "👨👩"


def test_a_line_of_a_hundred_thousand_characters_is_cut_before_it_is_worked_on() -> None:
    assert len(line("x\x1b" * 50_000).plain) <= 20_001
    assert line("å" * 100_000, width=10).plain == "å" * 9 + "…"


def test_a_subject_that_is_too_long_keeps_what_was_done_and_cuts_the_title() -> None:
    assert shorten_subject("Körresa: idé → planerad", 40) == "Körresa: idé → planerad"
    assert shorten_subject("Körresa till Rautalampi: idé → planerad", 26) == "Körresa t…: idé → planerad"
    assert shorten_subject("Körresa: kostnad, budget 2027, väntat beslut", 26) == "Körresa: kostnad, budget…"
    assert shorten_subject("Nothing of ours that is long", 10) == "Nothing o…"


@given(st.text(), st.integers(0, 60))
def test_a_subject_never_takes_more_cells_than_it_has(text: str, width: int) -> None:
    assert cell_len(shorten_subject(text, width)) <= width


def test_an_amount_stays_whole_where_a_line_is_broken() -> None:
    told = plain("Sökt i allt 70\u00a0560\u00a0000\u00a0kr", style="bold")
    parts = wrapped(told, 16)
    assert [part.plain.rstrip() for part in parts] == ["Sökt i allt", "70\u00a0560\u00a0000\u00a0kr"]
    assert all(part.spans for part in parts)
    assert [part.plain for part in hanging(plain("– "), told, 22)] == [
        "– Sökt i allt",
        "  70\u00a0560\u00a0000\u00a0kr",
    ]
