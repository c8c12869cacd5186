"""Long texts merge by line, wholly or not at all."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.merge.lines import MOST_LINES, merge_lines


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged"),
    [
        ("a\nb\nc", "A\nb\nc", "a\nb\nC", "A\nb\nC"),
        ("a\nb", "A\nb", "a\nB", "A\nB"),
        ("a\nb\nc", "a\nc", "a\nb\nc\nd", "a\nc\nd"),
        ("a\nb\nc", "x\na\nb\nc", "a\nb\nc\ny", "x\na\nb\nc\ny"),
        ("a\nb\nc", "a\nX\nc", "a\nX\nC", None),
        ("a\nb\nc\nd", "a\nX\nc\nd", "a\nX\nc\nD", "a\nX\nc\nD"),
        ("a\nb", "a\nx\nb", "a\nx\nb", "a\nx\nb"),
        ("a\nb", "a\nx\nb", "a\ny\nb", None),
        ("a\nb", "a\nx\nb", "a\nB", None),
        ("a", "", "a\nb", None),
        ("a\r\nb\r\nc", "A\r\nb\r\nc", "a\r\nb\r\nC", "A\r\nb\r\nC"),
        ("a\n", "a\n\n", "b\n", "b\n\n"),
    ],
)
def test_edits_of_other_lines_are_both_kept_and_of_the_same_lines_asked_about(
    base: str, ours: str, theirs: str, merged: str | None
) -> None:
    assert merge_lines(base, ours, theirs) == merged
    assert merge_lines(base, theirs, ours) == merged


TEXT = st.lists(st.sampled_from("abc"), max_size=7).map("\n".join)


@given(TEXT, TEXT, TEXT)
def test_it_does_not_matter_who_merges_and_no_line_is_made_up(base: str, ours: str, theirs: str) -> None:
    merged = merge_lines(base, ours, theirs)
    assert merged == merge_lines(base, theirs, ours)
    assert merge_lines(base, ours, base) == merge_lines(base, base, ours) == merge_lines(base, ours, ours) == ours
    if merged is not None:
        assert set(merged.split("\n")) <= {line for text in (base, ours, theirs) for line in text.split("\n")} | {""}


def test_a_text_of_very_many_lines_is_left_to_a_person_and_never_makes_anyone_wait() -> None:
    began = time.perf_counter()
    many = "\n" * MOST_LINES
    assert merge_lines(many, f"{many}a", f"b{many}") is None
    most = "\n".join("ab"[line % 3 % 2] for line in range(MOST_LINES))
    merge_lines(most, most[: MOST_LINES // 2], most[MOST_LINES // 3 :])
    assert time.perf_counter() - began < 5
