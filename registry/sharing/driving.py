"""`vanort merge-driver`: one record merged by fields for plain Git, which starts a process for every file.

It does without click, GitPython and Textual, and imports little: what it takes to start is taken once for each file.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from registry.errors import BrokenFile
from registry.git import merge_driver
from registry.merge import merge_record
from registry.merge.alike import is_one
from registry.merge.texts import merged_text
from registry.records.kinds import kind_of
from registry.records.refs import ref_of
from registry.toml_files import read

_WRONG: Final = 2
_GIVEN: Final = 5


def main(arguments: Sequence[str]) -> int:
    """Merge BASE and THEIRS into OURS: three files, the length of Git's markers, and the path that they are of.

    0: merged. 1 and more: conflicts, marked in OURS as Git would. 129: nothing could be done, and Git stops.
    """
    if len(arguments) != _GIVEN:
        import sys

        print("vanort merge-driver BASE OURS THEIRS MARKER-SIZE PATH", file=sys.stderr)
        return _WRONG
    base, ours, theirs, marker_size, path = arguments
    try:
        contents = [_content(place) for place in (base, ours, theirs)]
        merged = merged_file(path, *contents)
        if merged is not None:
            with open(ours, "wb") as file:  # noqa: PTH123 - pathlib is milliseconds of a start that is all there is
                file.write(merged)
            return 0
        if conflicts := merge_driver.by_lines(ours, base, theirs, marker_size):
            return conflicts
        if ref_of(path) is None:
            return 0
        _mark(ours, contents[1], contents[2], int(marker_size))  # by lines it would agree, by fields it does not
    except (OSError, ValueError):
        return merge_driver.FAILED
    return 1


def merged_file(path: str, base: bytes, ours: bytes, theirs: bytes) -> bytes | None:
    """The record's file, merged; None where it is none, cannot be read, or is for a person to decide.

    For a record that both sides have added Git gives an empty base.
    """
    ref = ref_of(path)
    if ref is None:
        return None
    try:
        before, mine, other = (read(content) if content else None for content in (base, ours, theirs))
    except BrokenFile:
        return None
    if mine is None or other is None or (before is None and not is_one(kind_of(ref), mine, other)):
        return None
    merged = merge_record(kind_of(ref), before, mine, other)
    if merged.conflicts or merged.data is None:
        return None
    texts = [content.decode("utf-8") for content in (base, ours, theirs)]
    text = merged_text(None if before is None else texts[0], texts[1], texts[2], merged.data, kind_of(ref).order)
    return text.encode("utf-8")


def _content(place: str) -> bytes:
    with open(place, "rb") as file:  # noqa: PTH123
        return file.read()


def _mark(place: str, ours: bytes, theirs: bytes, size: int) -> None:
    """Both versions whole, between Git's markers."""
    with open(place, "wb") as file:  # noqa: PTH123
        file.write(b"<" * size + b" ours\n" + _ended(ours))
        file.write(b"=" * size + b"\n" + _ended(theirs) + b">" * size + b" theirs\n")


def _ended(content: bytes) -> bytes:
    return content if content.endswith(b"\n") else content + b"\n"
