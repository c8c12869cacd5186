"""Long texts word by word, and which writings are one decision."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.decision_keys import key_of
from registry.word_diff import marked, shortened, word_diff

TEXTS = st.text(st.sampled_from("ab å\n.,-"), max_size=40)


@given(TEXTS, TEXTS)
def test_the_pieces_make_both_texts(old: str, new: str) -> None:
    pieces = word_diff(old, new)
    assert "".join(piece.text for piece in pieces if piece.fate != "come") == old
    assert "".join(piece.text for piece in pieces if piece.fate != "gone") == new


def test_what_stayed_is_cut_down_and_what_changed_is_marked() -> None:
    long = "ord " * 100
    pieces = shortened(word_diff(f"{long}nämnden beslutar", f"{long}nämnden avslår"))
    told = "".join(map(marked, pieces))
    assert told.startswith("… ")
    assert told.endswith("nämnden [-beslutar-]{+avslår+}")
    assert len(told) < 120


def test_texts_that_have_nothing_in_common_do_not_take_for_ever() -> None:
    pieces = word_diff("a b " * 50_000, "c d " * 50_000)
    assert [piece.fate for piece in pieces] == ["gone", "come", "same"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("KS 2026-03-10 § 31", "KS 2026-03-10 §31, dnr KS/2026:17", True),
        ("KS 2026-03-10 § 31", "KS\u00a02026-03-10  §\u00a031", True),
        ("KS 2026-03-10 § 31 a", "KS 2026-03-10 § 31a", True),
        ("KS 2026-03-10 § 31", "KS 2026-03-10 § 31 a", False),
        ("KS 2026-03-10 § 31", "BUN 2026-03-10 § 31", False),
        ("dnr KS/2026:17", "dnr KS/2026:18", False),
        ("KF 1987", "KF  1987", True),
        ("muntligt", "Muntligt ", True),
    ],
)
def test_which_writings_are_one_decision(one: str, other: str, same: bool) -> None:
    assert (key_of(one) == key_of(other)) is same
