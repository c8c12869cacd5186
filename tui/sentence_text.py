"""Sentences about changes as text on the screen; in long texts what went and what came is marked by signs and by style."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from textual.content import Content

from registry.sentences import Sentence
from registry.word_diff import Piece, marked
from tui.text import hanging, line, plain

_STYLES: Final = {"same": "", "gone": "$error strike", "come": "$success bold"}
_INDENT: Final = "    "


def pieces_text(pieces: Iterable[Piece]) -> Content:
    """A long text with ``[-what went-]`` and ``{+what came+}``."""
    return Content.assemble(*(plain(marked(piece), style=_STYLES[piece.fate]) for piece in pieces))


def sentence_lines(sentence: Sentence, width: int) -> Iterator[Content]:
    """A sentence, wrapped; a long text below it."""
    yield from hanging(Content("· "), line(sentence.words), width)
    if sentence.pieces:
        for part in pieces_text(sentence.pieces).split("\n"):
            yield from hanging(Content(_INDENT), part, width)
