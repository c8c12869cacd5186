"""The file of a merged record: it reads as the merge says, and holds the comments of both sides."""

from __future__ import annotations

from collections.abc import Sequence

from registry.errors import BrokenFile
from registry.merge.lines import merge_lines
from registry.records.entries import same
from registry.records.values import Data
from registry.toml_files import edit, read, write


def merged_text(base: str | None, ours: str, theirs: str, data: Data, order: Sequence[str] = ()) -> str:
    """The file that reads as `data`, made of two that come from `base` (None: each was new).

    Where the edits of both sides stand in lines of their own, they all stay as they were written. Else each version is
    edited to read as `data`, so that comments and layout alone are left to be merged. It does not matter which side is
    called ours.
    """
    if ours == theirs and _reads_as(ours, data):
        return ours
    if base is not None and (plain := merge_lines(base, ours, theirs)) is not None and _reads_as(plain, data):
        return plain
    one, other = sorted((edit(ours, data), edit(theirs, data)))
    origin = write(data, order) if base is None else _edited(base, data, order)
    tries = (merge_lines(origin, one, other, settle=settle) for settle in (None, _with_comments))
    together = next((text for text in tries if text is not None and _reads_as(text, data)), one)
    return _with_the_rest(together, (ours, theirs), set(_comments(base or "")), data)


def _comments(text: str) -> list[str]:
    from registry.toml_files.layout import comments  # needed where lines do not agree by themselves

    return comments(text)


def _edited(text: str, data: Data, order: Sequence[str]) -> str:
    try:
        return edit(text, data)
    except BrokenFile:  # what both sides come from need not have been readable
        return write(data, order)


def _reads_as(text: str, data: Data) -> bool:
    try:
        return same(read(text.encode("utf-8")), data)
    except (BrokenFile, UnicodeEncodeError):
        return False


def _with_comments(base: Sequence[str], one: Sequence[str], other: Sequence[str]) -> list[str]:
    """Lines that both sides edited: those of the one, with the comments that only the other has in front."""
    known = {*_comments("\n".join(base)), *_comments("\n".join(one))}
    return [*(f"# {comment}" for comment in _comments("\n".join(other)) if comment not in known), *one]


def _with_the_rest(text: str, sides: Sequence[str], before: set[str], data: Data) -> str:
    """The text, with the comments below it that a side added to what is gone now: nobody decided that they go."""
    known = before | set(_comments(text))
    added = sorted({comment for side in sides for comment in _comments(side)} - known)
    together = (text if text.endswith("\n") else text + "\n") + "".join(f"# {comment}\n" for comment in added)
    return together if added and _reads_as(together, data) else text
