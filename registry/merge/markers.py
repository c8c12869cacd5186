"""A text in which Git could not merge and left its marks, taken apart into the versions that it was made of."""

from __future__ import annotations

from typing import Final, NamedTuple

_OURS: Final = "<<<<<<<"
_BASE: Final = "|||||||"
_THEIRS: Final = "======="
_END: Final = ">>>>>>>"


class Marked(NamedTuple):
    """The two whole texts; `base` is None where the marks do not tell what both grew out of."""

    ours: str
    theirs: str
    base: str | None


def taken_apart(text: str) -> Marked | None:
    """The versions in a text with marks as git-merge(1) describes them; None without marks, or with a mark too few."""
    ours: list[str] = []
    base: list[str] = []
    theirs: list[str] = []
    inside, based, blocks = "", 0, 0
    for line in text.splitlines(keepends=True):
        mark = _mark(line)
        if mark == _OURS and not inside:
            inside, blocks = _OURS, blocks + 1
        elif mark == _BASE and inside == _OURS:
            inside, based = _BASE, based + 1
        elif mark == _THEIRS and inside in {_OURS, _BASE}:
            inside = _THEIRS
        elif mark == _END and inside == _THEIRS:
            inside = ""
        elif mark and (mark != _THEIRS or inside):
            return None
        else:
            for side, kept in ((_OURS, ours), (_BASE, base), (_THEIRS, theirs)):
                if inside in {"", side}:
                    kept.append(line)
    if inside or not blocks:
        return None
    return Marked("".join(ours), "".join(theirs), "".join(base) if based == blocks else None)


def _mark(line: str) -> str:
    bare = line.rstrip("\r\n")
    if bare == _THEIRS:
        return _THEIRS
    return next((mark for mark in (_OURS, _BASE, _END) if bare == mark or bare.startswith(f"{mark} ")), "")
