"""A document taken apart into its sections, so that single values, keys, tables and entries can be changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from registry.records.entries import pair, same
from registry.toml_files.inside import edited
from registry.toml_files.layout import Address, Section, Statement, split
from registry.toml_files.writing import is_tables, key_text, line_value, sections, stands_apart, value_text

_INDENTATION = re.compile(r"[ \t]*")
_ENDS_BLANK = re.compile(r"\n[ \t\r]*\n\Z")


class Document:
    """The sections of `text` and what stands below the last one. ``str`` gives the text."""

    def __init__(self, text: str) -> None:
        self._sections, self._end = split(text)

    def __str__(self) -> str:
        return "".join(map(str, self._sections)) + self._end

    def edit_table(self, at: Address, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
        """Makes the table at `at`, which reads as `old`, read as `new`; new keys go below those before them."""
        earlier: list[str] = []
        for key, value in new.items():
            if key not in old:
                self._add(at, key, value, earlier)
            elif not same(old[key], value):
                self._change(at, key, old[key], value, earlier)
            earlier.append(key)
        for key in old:
            if key not in new:
                self._remove((*at, key))
        if at and not new and not self._of(at) and not self._dotted(at):
            self._opened(at)

    def _change(self, at: Address, key: str, old: Any, new: Any, earlier: Sequence[str]) -> None:
        address = (*at, key)
        statement = self._statement(address)
        if statement is not None:
            statement.value = edited(statement.value, old, new, line_value(key, new))
        elif isinstance(old, Mapping) and isinstance(new, Mapping):
            self.edit_table(address, old, new)
        elif is_tables(old) and is_tables(new):
            self._edit_entries(address, old, new)
        else:
            self._remove(address)
            self._add(at, key, new, earlier)

    def _statement(self, address: Address) -> Statement | None:
        return next(
            (
                statement
                for section in self._sections
                if address[: len(section.address)] == section.address
                for statement in section.statements
                if section.address + statement.key == address
            ),
            None,
        )

    # keys

    def _add(self, at: Address, key: str, value: Any, earlier: Sequence[str]) -> None:
        home = next((section for section in self._sections if section.address == at), None)
        dotted = None if home else self._dotted(at)
        if dotted:
            section, index = dotted
            prefix = section.statements[index].key[: len(at) - len(section.address)]
            section.statements.insert(index + 1, _made((*prefix, key), value_text(value)))
        elif stands_apart(_names(at), key, value):
            self._add_sections(at, key, value, earlier)
        else:
            home = home or self._opened(at)
            _insert(home, _made((key,), line_value(key, value)), earlier)

    def _dotted(self, at: Address) -> tuple[Section, int] | None:
        """The last statement that belongs to the table at `at` by its dotted key."""
        found = None
        for section in self._sections:
            if len(section.address) < len(at) and at[: len(section.address)] == section.address:
                for index, statement in enumerate(section.statements):
                    if (section.address + statement.key)[: len(at)] == at:
                        found = section, index
        return found

    def _opened(self, at: Address) -> Section:
        """A section for a table that so far was there only through what is below it, or is so no more."""
        opened = Section(at, self._usual_gap, header=f"[{'.'.join(map(key_text, _names(at)))}]\n")
        if below := self._of(at):
            following = self._sections[below[0]]
            opened.gap, following.gap = following.gap, opened.gap
            self._sections.insert(below[0], opened)
        else:
            above = next(found for size in range(len(at), -1, -1) if (found := self._of(at[:size])))
            self._sections.insert(above[-1] + 1, opened)
        return opened

    def _add_sections(self, at: Address, key: str, value: Any, earlier: Sequence[str]) -> None:
        made = self._new_sections((*at, key), value)
        before = next((found for name in reversed(earlier) if (found := self._of((*at, name)))), None)
        if before is None:
            own = self._of(at)
            before = own[:1] if own and self._sections[own[0]].address == at else own
        place = before[-1] + 1 if before else len(self._sections)
        self._sections[place:place] = made

    def _new_sections(self, address: Address, value: Any) -> list[Section]:
        names = _names(address)
        made = split("".join(sections(names, value)))[0][1:]
        for section in made:
            section.address = address + section.address[len(names) :]
            section.gap = self._usual_gap
        return made

    @property
    def _usual_gap(self) -> str:
        """A blank line between sections, unless this document has none anywhere."""
        gaps = [section.gap for above, section in pairwise(self._sections) if str(above)]
        return "" if gaps and not any(gaps) else "\n"

    # removing

    def _of(self, address: Address) -> list[int]:
        """Where the sections at and below `address` are."""
        size = len(address)
        return [index for index, section in enumerate(self._sections) if section.address[:size] == address]

    def _remove(self, address: Address) -> None:
        for index in reversed(self._of(address)):
            gap = self._sections.pop(index).gap
            if index < len(self._sections):
                self._sections[index].gap = _joined(gap, self._sections[index].gap)
            elif "#" in gap:
                self._end = _joined(gap, self._end)
        for section in self._sections:
            if address[: len(section.address)] == section.address:
                _remove(section, address[len(section.address) :])

    # entries of a list

    def _edit_entries(
        self, address: Address, old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]
    ) -> None:
        origins = {after: before for before, after in pair(old, new) if before is not None and after is not None}
        for after, before in origins.items():
            self.edit_table((*address, before), old[before], new[after])
        if len(old) == len(new) and all(origins.get(index) == index for index in range(len(new))):
            return
        place = self._of(address)[0]
        kept: dict[int, list[Section]] = {index: [] for index in sorted(origins.values())}
        for index in range(len(old)):
            if index not in kept:
                self._remove((*address, index))
        for at in self._of(address):
            section = self._sections[at]
            kept[int(section.address[len(address)])].append(section)
        moved = {id(section) for block in kept.values() for section in block}
        self._sections = [section for section in self._sections if id(section) not in moved]
        blocks = [
            kept[origins[index]] if index in origins else self._new_sections(address, [entry])
            for index, entry in enumerate(new)
        ]
        _stay_in_place([block[0] for block in kept.values()], [block[0] for block in blocks])
        self._sections[place:place] = [section for block in blocks for section in block]


def _names(address: Address) -> tuple[str, ...]:
    return tuple(part for part in address if isinstance(part, str))


def _made(key: tuple[str, ...], value: str) -> Statement:
    return Statement("", key, f"{'.'.join(map(key_text, key))} = ", value, "\n")


def _insert(section: Section, made: Statement, earlier: Iterable[str]) -> None:
    """Below the nearest of the keys before it that stands in this section; at the end if there is none."""
    there = {statement.key[0]: index for index, statement in enumerate(section.statements)}
    place = next((there[key] + 1 for key in reversed(list(earlier)) if key in there), len(section.statements))
    if section.statements:
        beside = section.statements[max(place - 1, 0)]
        indentation = _INDENTATION.match(beside.assignment)
        made.assignment = (indentation.group() if indentation else "") + made.assignment
    elif not section.header:
        made.above, section.tail = section.tail, ""
    section.statements.insert(place, made)


def _remove(section: Section, key: Address) -> None:
    """The statements at and below `key` go; comment lines above them stay, for what comes next."""
    left: list[Statement] = []
    above = ""
    for statement in section.statements:
        if statement.key[: len(key)] == key:
            above = _joined(above, statement.above)
        else:
            statement.above = _joined(above, statement.above)
            left.append(statement)
            above = ""
    if "#" in above:
        section.tail = above + section.tail
    section.statements = left


def _joined(gone: str, following: str) -> str:
    """The lines above something that goes, and those above what follows it; one of two separations is enough."""
    if "#" not in gone:
        return following or gone
    return gone if _ENDS_BLANK.search(gone) and not following.strip() else gone + following


def _stay_in_place(before: Sequence[Section], after: Sequence[Section]) -> None:
    """Blank lines, and comments apart, stay where they are when entries change places or a new one comes first."""
    kept = {id(section) for section in before}
    there = [section for section in after if id(section) in kept]
    for section, gap in zip(there, [section.gap for section in before], strict=True):
        section.gap = gap
    if there and after[0] is not there[0]:
        after[0].gap, there[0].gap = there[0].gap, after[0].gap
