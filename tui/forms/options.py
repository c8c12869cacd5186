"""What can be picked by typing: every option has a value, a name, and words that tell it from its namesakes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from registry.plain_text import Search, fold, loosen


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to pick."""

    value: str
    name: str
    detail: str = ""
    """What tells it from others of the same name, and is searched too."""

    @property
    def line(self) -> str:
        """Name and detail."""
        return f"{self.name}, {self.detail}" if self.detail else self.name


class Options:
    """Options in the order that they are offered in, folded once so that a keystroke is one scan."""

    def __init__(self, options: Iterable[Option], *, adds: str = "") -> None:
        """`adds` names what can be added where it is not among them ("a new person"); "" where nothing can."""
        self.all = tuple(options)
        self.adds = adds

    @cached_property
    def by_value(self) -> dict[str, Option]:
        """The options by value."""
        return {option.value: option for option in self.all}

    @cached_property
    def _folded(self) -> tuple[list[str], list[str]]:
        folded = [fold(f"{option.name} {option.detail} {option.value}") for option in self.all]
        return folded, [loosen(text) for text in folded]

    @cached_property
    def _by_name(self) -> dict[str, list[Option]]:
        found: dict[str, list[Option]] = {}
        for option in self.all:
            for name in {fold(option.name), fold(option.line)}:
                found.setdefault(name, []).append(option)
        return found

    def find(self, typed: str, limit: int) -> list[Option]:
        """The options that have all typed words, those whose name begins with them first."""
        search = Search.of(typed)
        if not search:
            return list(self.all[:limit])
        start = loosen(fold(" ".join(typed.split())))
        found = [self.all[at] for at in search.select(*self._folded)]
        found.sort(key=lambda option: not loosen(fold(option.name)).startswith(start))
        return found[:limit]

    def count(self, typed: str) -> int:
        """How many have all typed words."""
        search = Search.of(typed)
        return len(search.select(*self._folded)) if search else len(self.all)

    def named(self, text: str) -> Option | None:
        """The one option that is called `text`, whatever its case and accents; None where none or several are."""
        found = self._by_name.get(fold(" ".join(text.split())), [])
        return found[0] if len(found) == 1 else self.by_value.get(text.strip())

    def text_for(self, value: str) -> str:
        """What stands in the field for `value`: its name, with its detail where others share the name."""
        option = self.by_value.get(value)
        if option is None:
            return value
        return option.name if len(self._by_name.get(fold(option.name), [])) == 1 else option.line
