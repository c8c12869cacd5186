"""Lists and inline tables changed element by element, with their line breaks and comments."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from registry.records.entries import fingerprint, pair, same
from registry.toml_files.layout import Item, items
from registry.toml_files.writing import is_tables, key_text, value_text

_LAST_LINE = re.compile(r"\n[ \t]*\Z")


def edited(text: str, old: Any, new: Any, anew: str = "") -> str:
    """The value `text`, which reads as `old`, changed to read as `new`; `anew` is `new` written on its own."""
    if same(old, new):
        return text
    if text[0] == "[" and isinstance(new, (list, tuple)) and old and new:
        return _edited_list(text, old, new)
    if text[0] == "{" and isinstance(new, Mapping) and old and new:
        return _edited_table(text, old, new)
    return anew or value_text(new)


def _edited_list(text: str, old: Sequence[Any], new: Sequence[Any]) -> str:
    there, end, comma = items(text)
    origins = _origins(old, new)
    made = []
    for index, value in enumerate(new):
        if index in origins:
            item = there[origins[index]]
            item.value = edited(item.value, old[origins[index]], value)
        else:
            item = Item(_spacing(there), (), "", value_text(value), "", "")
        made.append(item)
    return _joined("[", _laid_out(there, made), end, "," if comma else "", "]")


def _origins(old: Sequence[Any], new: Sequence[Any]) -> dict[int, int]:
    """Which element of `old` each of `new` is: tables as entries are followed, others where they are equal."""
    if is_tables(old) and is_tables(new):
        return {after: before for before, after in pair(old, new) if before is not None and after is not None}
    places: dict[str, list[int]] = {}
    for index, value in enumerate(old):
        places.setdefault(fingerprint(value), []).append(index)
    found = ((index, places.get(fingerprint(value))) for index, value in enumerate(new))
    return {index: same_ones.pop(0) for index, same_ones in found if same_ones}


def _edited_table(text: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    there, end, _comma = items(text)
    made: list[Item] = []
    placed = set()
    for item in there:
        key = item.key[0]
        if key not in new:
            continue
        if same(old[key], new[key]):
            made.append(item)
        elif len(item.key) == 1:
            item.value = edited(item.value, old[key], new[key])
            made.append(item)
        else:
            continue
        placed.add(key)
    for key, value in new.items():
        if key not in placed:
            made.append(Item(_spacing(there), (key,), f"{key_text(key)} = ", value_text(value), "", ""))
    return _joined("{", _laid_out(there, made), end, "", "}")


def _spacing(there: Sequence[Item]) -> str:
    """What stands before a new item, as it does before the others: a line break with its indentation, or blanks."""
    if found := _LAST_LINE.search(there[-1].above):
        return found.group()
    return there[1].above if len(there) > 1 and "\n" not in there[1].above else " "


def _laid_out(there: Sequence[Item], made: list[Item]) -> list[Item]:
    """`made` with the blanks that belong to places, not to items: before the first, and between two on one line."""
    first, opening, between = there[0], there[0].above, _spacing(there)
    for index, item in enumerate(made):
        if index == 0 and "#" not in item.above + opening:
            item.above = opening
        elif "\n" not in item.above and (index == 0 or item is first):
            item.above = between
    return made


def _joined(opening: str, made: Sequence[Item], end: str, last_comma: str, closing: str) -> str:
    text = opening
    after_comment = False
    for item in made:
        comma = last_comma if item is made[-1] else ","
        text += _on_new_line(item.above) if after_comment else item.above
        text += item.assignment + item.value + item.before_comma + comma + item.comment
        after_comment = bool(item.comment)
    return text + (_on_new_line(end) if after_comment else end) + closing


def _on_new_line(text: str) -> str:
    """A comment runs to the end of its line: what follows it begins on the next."""
    return text if text.startswith("\n") else f"\n{text}"
