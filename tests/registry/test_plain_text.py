"""What somebody wrote into a record is shown as it is, and found as people type it."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.plain_text import Search, collate, fold, line, loosen, one_to_one, visible


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("\x1b[31mröd\x1b[0m", "␛[31mröd␛[0m"),
        ("a\0b", "a␀b"),
        ("a\rb\x07\x7f", "a␍b␇␡"),
        ("\x9b31m", "‹U+009B›31m"),
        ("abc\u202etxt.exe", "abc‹U+202E›txt.exe"),
        ("\u2066a\u2069\u200e\u200f", "‹U+2066›a‹U+2069›‹U+200E›‹U+200F›"),
        ("pass\u200bword\ufeff", "pass‹U+200B›word‹U+FEFF›"),
        ("\ud800", "‹U+D800›"),
        ("\U000e0041", "‹U+E0041›"),
        ("x\U000e0100", "x‹U+E0100›"),
        ("x\u3164y\u2800", "x‹U+3164›y‹U+2800›"),
        ("a\u200db", "a‹U+200D›b"),
        ("\u0301x", "\u25cc\u0301x"),
        ("Z" + "\u0301" * 50, "Z" + "\u0301" * 3),
        ("ett\r\ntvå\tx", "ett\ntvå    x"),
    ],
)
def test_what_is_invisible_is_made_visible(written: str, shown: str) -> None:
    assert visible(written) == shown


@pytest.mark.parametrize(
    "text", ["Påskön", "45\u00a0000 kr", "👨\u200d👩\u200d👧", "☎\ufe0f", "e\u0301", "日本語", "[/foo] [b]x"]
)
def test_ordinary_text_is_left_as_it_is(text: str) -> None:
    assert visible(text) == text


@given(st.text(st.characters(codec=None), max_size=60))
def test_nothing_that_a_terminal_obeys_is_ever_left(text: str) -> None:
    for shown in (visible(text), line(text), one_to_one(text)):
        left = {unicodedata.category(character) for character in shown.replace("\n", "").replace("\u200d", "")}
        assert not left & {"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"}
    assert "\n" not in line(text)
    assert len(one_to_one(text)) == len(text)


def test_a_line_has_no_line_breaks_and_no_double_blanks() -> None:
    assert line("  ett\r\n\ttvå \u2028 tre\n") == "ett två tre"
    assert line("two  blanks") == "two blanks"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("paskon", True),
        ("påskön", True),
        ("PÅSKÖN", True),
        ("pa\u030asko\u0308n", True),
        ("paskön", True),
        ("påskon", True),
        ("påskån", False),
        ("päskön", False),
        ("rapa påsk", True),
        ("påsk oslo", False),
        ("", True),
    ],
)
def test_a_typed_letter_finds_what_a_swede_expects(typed: str, found: bool) -> None:
    assert Search.of(typed).matches(fold("Påskön, Rapa Nui")) is found


def test_norwegian_and_danish_letters_find_their_swedish_sisters() -> None:
    for typed in ("bömlo", "bømlo", "bomlo"):
        assert Search.of(typed).matches(fold("Bømlo"))
        assert Search.of(typed).matches(fold("Bömlo"))
    assert not Search.of("bømlo").matches(fold("Bomlo"))


def test_many_rows_fold_in_one_call_as_they_do_one_by_one() -> None:
    rows = ["Påskön", "Café", "", "Straße", "\u0301", "ﬁn", "e\u0301", "K\u212b"]
    assert fold("\n".join(rows)).split("\n") == [fold(row) for row in rows]


def test_text_in_hundreds_of_different_letters_folds_like_any_other() -> None:
    letters = "".join(chr(code) for code in range(0xC0, 0x250) if chr(code).isalpha())
    assert fold(letters) == "".join(fold(letter) for letter in letters)


def test_a_search_looks_only_where_it_is_told_and_keeps_that_order() -> None:
    folded = [fold(row) for row in ("Skjern", "Pernå", "Skärn", "Skjern 2")]
    loose = [loosen(row) for row in folded]
    assert Search.of("sk").select(folded, loose) == [0, 2, 3]
    assert Search.of("sk").select(folded, loose, [3, 1, 0]) == [3, 0]
    assert Search.of("skä").select(folded, loose) == [2]
    assert Search.of("").select(folded, loose, [2, 1]) == [2, 1]


def test_typing_on_narrows_the_search_and_rubbing_out_does_not() -> None:
    assert Search.of("skj 20").narrows(Search.of("sk"))
    assert not Search.of("sk").narrows(Search.of("skj"))


def test_swedish_order_ends_with_the_three_letters() -> None:
    names = ["Ömlo", "Zürich", "Äs", "Ås", "arvika", "Érd", "Eda"]
    random.Random(1).shuffle(names)
    assert sorted(names, key=collate) == ["arvika", "Eda", "Érd", "Zürich", "Ås", "Äs", "Ömlo"]
