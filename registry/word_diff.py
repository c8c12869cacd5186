"""Two versions of a long text as one, word by word: what stayed, what went, what came."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import Final, Literal, NamedTuple

Fate = Literal["same", "gone", "come"]
_WORDS: Final = re.compile(r"\s+|\w+|[^\w\s]")
_MOST: Final = 1_500
"""Words that differ on a side, beyond which the texts are set against each other whole: comparing takes the square."""
_AROUND: Final = 60
"""Characters of what stayed that are shown on either side of a change."""


class Piece(NamedTuple):
    """A stretch of text, and what became of it."""

    fate: Fate
    text: str


def word_diff(old: str, new: str) -> list[Piece]:
    """The pieces that make `old` (without what came) and `new` (without what went)."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    head = _alike(before, after)
    tail = _alike(before[head:][::-1], after[head:][::-1])
    middle_before, middle_after = before[head : len(before) - tail], after[head : len(after) - tail]
    pieces = [Piece("same", "".join(before[:head]))]
    if max(len(middle_before), len(middle_after)) > _MOST:
        pieces += [Piece("gone", "".join(middle_before)), Piece("come", "".join(middle_after))]
    else:
        pieces += _matched(middle_before, middle_after)
    pieces.append(Piece("same", "".join(before[len(before) - tail :])))
    return [piece for piece in pieces if piece.text]


def _alike(one: list[str], other: list[str]) -> int:
    """How many words both begin with."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _matched(before: list[str], after: list[str]) -> Iterator[Piece]:
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(before[a:b]))
        else:
            yield Piece("gone", "".join(before[a:b]))
            yield Piece("come", "".join(after[c:d]))


def shortened(pieces: Iterable[Piece], around: int = _AROUND) -> list[Piece]:
    """The pieces with what stayed cut down to what stands near a change."""
    every = list(pieces)
    made: list[Piece] = []
    for at, (fate, text) in enumerate(every):
        before, after = at > 0, at < len(every) - 1
        if fate == "same" and len(text) > around * (before + after) + 10 and len(every) > 1:
            start = text[:around].rstrip() + " … " if before else "… "
            text = start + (text[-around:].lstrip() if after else "")  # noqa: PLW2901
        made.append(Piece(fate, text))
    return made


def marked(piece: Piece) -> str:
    """A piece as plain text: ``[-gone-]``, ``{+come+}``, as `git diff --word-diff` has it."""
    return {"same": "%s", "gone": "[-%s-]", "come": "{+%s+}"}[piece.fate] % piece.text
