"""Whatever a person has written by hand into a record, an edit changes what is to change and not a byte beside it."""

from __future__ import annotations

import copy
import string
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from registry.toml_files import edit, normal, read, same, write

Draw = Callable[[st.SearchStrategy[Any]], Any]

# Any data that a record may hold

NUMBERS = st.integers(-(2**63), 2**63 - 1)
DATES = st.dates()
TEXTS = st.text(st.characters(exclude_categories=["Cs"])) | st.text("a\"'\\\n\r\t\0 <=>#é\x9b\u202e", max_size=30)
SCALARS = st.booleans() | NUMBERS | DATES | TEXTS | st.floats(allow_nan=True)
KEYS = st.text(string.ascii_lowercase + "_", min_size=1, max_size=6) | st.text(
    st.characters(exclude_categories=["Cs"]), max_size=4
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
RECORDS = st.dictionaries(KEYS, VALUES, max_size=6)


@given(RECORDS, st.lists(KEYS, max_size=4))
def test_what_is_written_reads_back(data: dict[str, Any], order: list[str]) -> None:
    text = write(data, order)
    assert same(read(text.encode()), data)
    assert same(tomllib.loads(text), data)
    assert write(read(text.encode()), order) == text
    assert text == "" or text.endswith("\n")


@settings(deadline=None)
@given(RECORDS, RECORDS)
def test_any_record_can_become_any_other(one: dict[str, Any], other: dict[str, Any]) -> None:
    text = write(one)
    edited = edit(text, other)
    assert same(read(edited.encode()), other)
    assert same(read(edit(edited, one).encode()), one)


@given(RECORDS)
def test_the_normal_form_has_no_absent_values_and_is_its_own_normal_form(data: dict[str, Any]) -> None:
    def values(value: Any) -> Iterator[Any]:
        for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            yield item
            yield from values(item)

    assert not [value for value in values(normal(data)) if value in ("", [], {})]
    assert same(normal(normal(data)), normal(data))


# Documents as people write them, in pieces that each say where they belong


@dataclass
class Piece:
    """Lines that belong to one key, or a whole entry of a list, or to nothing but themselves (`path` is None)."""

    path: tuple[str | int, ...] | None
    text: str
    inner: list[Piece] = field(default_factory=list)


SPACE = st.sampled_from(["", " ", "   ", "\t"])
BLANK = st.sampled_from(["", "", "\n", "\n\n", "  \n"])
SINGLE_VALUES = st.sampled_from(
    [
        '"plain"',
        "'lit \"eral'",
        '"esc \\" \\u00e5 # no comment"',
        "1_000",
        "+17",
        "0xFF",
        "true",
        "false",
        "2026-05-04",
        "1.50",
        '"""\nof two\nlines # not a comment\n"""',
        "'''one\n\ntwo'''",
        '""',
        '"[x]"',
        '"a = 1"',
        '"Påskön 🗿"',
    ]
)


class Author:
    """Draws a document; every comment and every key of it is another one."""

    def __init__(self, draw: Draw) -> None:
        self.draw = draw
        self.count = 0

    def number(self) -> int:
        self.count += 1
        return self.count

    def comment(self) -> str:
        return f"#{self.draw(SPACE)}comment {self.number()}."

    def maybe_comment(self) -> str:
        return f"{self.draw(SPACE)}{self.comment() if self.draw(st.booleans()) else ''}"

    def key(self) -> tuple[str, str]:
        """A key and how it is written."""
        number = self.number()
        written = {f"k{number}": f"k{number}", f"k {number}": f'"k {number}"', f"å.{number}": f"'å.{number}'"}
        key = str(self.draw(st.sampled_from(list(written))))
        return key, written[key]

    def list_value(self) -> str:
        values = [
            self.draw(SINGLE_VALUES | st.just(f'"v{self.number()}"')) for _ in range(self.draw(st.integers(0, 4)))
        ]
        if self.draw(st.booleans()):
            return "[" + ",".join(self.draw(SPACE) + value + self.draw(SPACE) for value in values) + "]"
        lines = []
        for index, value in enumerate(values):
            if self.draw(st.booleans()):
                lines.append(f"    {self.comment()}\n")
            comma = "," if index < len(values) - 1 or self.draw(st.booleans()) else ""
            lines.append(f"    {value}{self.draw(SPACE)}{comma}{self.maybe_comment()}\n")
        return "[" + self.maybe_comment() + "\n" + "".join(lines) + "]"

    def inline_table(self) -> str:
        pairs = [
            f"{self.key()[1]}{self.draw(SPACE)}= {self.draw(SINGLE_VALUES)}"
            for _ in range(self.draw(st.integers(0, 3)))
        ]
        if self.draw(st.booleans()):
            number = self.number()
            pairs += [f"d{number}.a = 1", f"d{number}.b=2"]
        return "{" + ",".join(self.draw(SPACE) + pair + self.draw(SPACE) for pair in pairs) + "}"

    def value(self) -> str:
        kind = self.draw(st.sampled_from(["single", "single", "list", "table", "tables"]))
        if kind == "single":
            return str(self.draw(SINGLE_VALUES))
        if kind == "list":
            return self.list_value()
        if kind == "table":
            return self.inline_table()
        return "[" + ", ".join(self.inline_table() for _ in range(self.draw(st.integers(1, 3)))) + "]"

    def statements(self, path: tuple[str | int, ...]) -> Iterator[Piece]:
        for _ in range(self.draw(st.integers(0, 4))):
            key, written = self.key()
            keys: list[tuple[tuple[str, ...], str]] = [((key,), written)]
            if self.draw(st.integers(0, 4)) == 0:
                keys = [((key, "x"), f"{written}.x"), ((key, "y", "z"), f"{written} . y.'z'")]
            for address, text in keys:
                above = f"{self.comment()}\n" if self.draw(st.booleans()) else ""
                line = f"{self.draw(SPACE)}{text}{self.draw(SPACE)}={self.draw(SPACE)}{self.value()}{self.maybe_comment()}\n"
                yield Piece(None, self.draw(BLANK) + self.floating())
                yield Piece((*path, *address), above + line)

    def floating(self) -> str:
        return f"\n{self.comment()}\n\n" if self.draw(st.integers(0, 5)) == 0 else ""

    def table(self, path: tuple[str | int, ...], header: str) -> Piece:
        above = f"{self.comment()}\n" if self.draw(st.booleans()) else ""
        inner = list(self.statements(path))
        return Piece(path, f"{above}{header}{self.maybe_comment()}\n", inner)

    def document(self) -> list[Piece]:
        pieces = [*self.statements(())]
        for _ in range(self.draw(st.integers(0, 3))):
            key, written = self.key()
            if self.draw(st.booleans()):
                pieces += [Piece(None, self.draw(BLANK) + self.floating()), self.table((key,), f"[{written}]")]
                if self.draw(st.booleans()):
                    pieces.append(self.table((key, "sub"), f"[ {written}.sub ]"))
                continue
            for index in range(self.draw(st.integers(1, 4))):
                entry = self.table((key, index), f"[[{written}]]")
                named = self.draw(st.sampled_from([f'id = "e{self.number()}"', f"unique = {self.number()}"]))
                entry.inner.append(Piece(None, f"{named}\n"))
                if self.draw(st.integers(0, 3)) == 0:
                    below = self.table((key, index, "sub"), f"  [{written}.sub]")
                    entry.inner += [Piece(None, below.text), *below.inner]
                pieces += [Piece(None, self.draw(BLANK) + self.floating()), entry]
        pieces.append(Piece(None, self.draw(BLANK) + self.floating()))
        return pieces


def whole(pieces: list[Piece]) -> str:
    return "".join(piece.text + whole(piece.inner) for piece in pieces)


@st.composite
def documents(draw: Draw) -> list[Piece]:
    return Author(draw).document()


def changed(draw: Draw, old: dict[str, Any]) -> dict[str, Any]:
    """`old` with some keys gone, changed or added, and its lists reordered, shortened and lengthened, at any depth."""
    new: dict[str, Any] = {}
    for key, value in old.items():
        act = draw(st.sampled_from(["keep", "keep", "keep", "inside", "inside", "drop", "replace"]))
        if key in {"id", "unique"} or act == "keep":
            new[key] = copy.deepcopy(value)
        elif act == "replace":
            new[key] = draw(VALUES)
        elif act == "inside" and isinstance(value, dict):
            new[key] = changed(draw, value)
        elif act == "inside" and isinstance(value, list):
            items = [changed(draw, item) if isinstance(item, dict) and draw(st.booleans()) else item for item in value]
            items = [item for item in items if draw(st.integers(0, 3))]
            if draw(st.integers(0, 3)) == 0:
                items = draw(st.permutations(items))
            for _ in range(draw(st.integers(0, 2))):
                made = draw(
                    st.dictionaries(KEYS, SCALARS, max_size=3) if value and isinstance(value[0], dict) else SCALARS
                )
                items.insert(draw(st.integers(0, len(items))), made)
            new[key] = items
        elif act == "inside":
            new[key] = draw(SCALARS)
    for _ in range(draw(st.sampled_from([0, 0, 1, 2]))):
        new.setdefault(draw(KEYS), draw(VALUES))
    return new


MISSING = object()


def found(data: Any, path: tuple[str | int, ...]) -> Any:
    for part in path:
        if isinstance(part, int):
            data = data[part] if isinstance(data, list) and part < len(data) else MISSING
        else:
            data = data.get(part, MISSING) if isinstance(data, dict) else MISSING
        if data is MISSING:
            return MISSING
    return data


def untouched(pieces: list[Piece], old: Any, new: Any, at: int = 0) -> Iterator[str]:
    """The lines of `pieces` that an edit from `old` to `new` has no business with, in order; no entries of lists."""
    for piece in pieces:
        if piece.path is None or any(isinstance(part, int) for part in piece.path[at:]):
            continue
        before, after = found(old, piece.path[at:]), found(new, piece.path[at:])
        if after is not MISSING and (same(before, after) or (piece.inner and isinstance(after, dict))):
            yield piece.text
        yield from untouched(piece.inner, old, new, at)


def untouched_in_entries(pieces: list[Piece], old: Any, new: Any) -> Iterator[str]:
    """Whole entries of lists that are still there as they were, and what is as it was in those edited."""
    for piece in pieces:
        if piece.path is None or not isinstance(piece.path[-1], int):
            continue
        entry, entries = found(old, piece.path), found(new, piece.path[:-1])
        others = [other for other in entries if isinstance(other, dict)] if isinstance(entries, list) else []
        if len(others) != len(entries if isinstance(entries, list) else []):
            continue
        if any(same(entry, other) for other in others):
            yield piece.text + whole(piece.inner)
        elif edited := [other for other in others if "id" in entry and other.get("id") == entry["id"]]:
            yield piece.text
            yield from untouched(piece.inner, entry, edited[0], len(piece.path))


@settings(deadline=None, max_examples=150)
@given(documents(), st.data())
def test_an_edit_changes_what_is_to_change_and_not_a_byte_beside_it(pieces: list[Piece], data: st.DataObject) -> None:
    text = whole(pieces)
    old = read(text.encode())
    new = changed(data.draw, old)
    result = edit(text, new)
    assert same(read(result.encode()), new)
    place = 0
    for lines in untouched(pieces, old, new):
        assert lines in result[place:]
        place = result.index(lines, place) + len(lines)
    for lines in untouched_in_entries(pieces, old, new):
        assert lines in result
    for piece in pieces:
        if piece.path is None:
            assert piece.text.strip() in result


@settings(deadline=None)
@given(documents(), st.booleans(), st.booleans())
def test_an_edit_that_changes_nothing_gives_the_same_bytes(pieces: list[Piece], windows: bool, ended: bool) -> None:
    text = whole(pieces)
    text = text if ended else text.removesuffix("\n")
    text = text.replace("\n", "\r\n") if windows else text
    assert edit(text, read(text.encode())) == text
