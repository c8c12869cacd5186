"""Three-way merge of long texts by line, as diff3 does it, but without markers: it merges wholly or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

MOST_LINES: Final = 2_000
"""Beyond this a person decides: comparing texts of more lines can take seconds."""


@dataclass(frozen=True, slots=True)
class _Edit:
    """The base's lines from `start` up to `end` became `lines` on side `side`; an insertion has `start` == `end`."""

    start: int
    end: int
    side: int
    lines: tuple[str, ...]


Settle = Callable[[Sequence[str], Sequence[str], Sequence[str]], list[str]]
"""What is to stand where both sides edited the same lines: of the base's, ours and theirs."""


def merge_lines(base: str, ours: str, theirs: str, *, settle: Settle | None = None) -> str | None:
    """The text with the edits of both sides, or None if they edited the same lines differently and nothing can `settle`.

    Two edits of lines that are neighbours are both kept; two insertions at one place, or an insertion beside lines
    that the other side edited, have no order of their own and are not.
    """
    lines, *sides = (text.split("\n") for text in (base, ours, theirs))
    if max(map(len, (lines, *sides))) > MOST_LINES:
        return None
    merged: list[str] = []
    at = 0
    for group in _groups(sorted(_edits(lines, sides), key=lambda edit: (edit.start, edit.end, edit.side))):
        start, end = min(edit.start for edit in group), max(edit.end for edit in group)
        versions = [_applied(lines, start, end, [edit for edit in group if edit.side == side]) for side in (0, 1)]
        edited = {edit.side for edit in group}
        if len(edited) == 2 and versions[0] != versions[1]:
            if settle is None:
                return None
            versions = [settle(lines[start:end], *versions)] * 2
        merged += [*lines[at:start], *versions[edited.pop()]]
        at = end
    return "\n".join([*merged, *lines[at:]])


def _edits(base: Sequence[str], sides: Sequence[Sequence[str]]) -> list[_Edit]:
    return [
        _Edit(start, end, side, tuple(lines[first:last]))
        for side, lines in enumerate(sides)
        for tag, start, end, first, last in SequenceMatcher(None, base, lines).get_opcodes()
        if tag != "equal"
    ]


def _groups(edits: Sequence[_Edit]) -> list[list[_Edit]]:
    """The edits, those that meet one another together."""
    groups: list[list[_Edit]] = []
    for edit in edits:
        if groups and any(_meet(edit, other) for other in groups[-1]):
            groups[-1].append(edit)
        else:
            groups.append([edit])
    return groups


def _meet(one: _Edit, other: _Edit) -> bool:
    if one.start == one.end or other.start == other.end:
        return one.start <= other.end and other.start <= one.end
    return one.start < other.end and other.start < one.end


def _applied(base: Sequence[str], start: int, end: int, edits: Sequence[_Edit]) -> list[str]:
    made: list[str] = []
    at = start
    for edit in edits:
        made += [*base[at : edit.start], *edit.lines]
        at = edit.end
    return [*made, *base[at:end]]
