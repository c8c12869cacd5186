"""The tutorial as a machine reads it: steps of what is pressed, what is typed, and what is then seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal, NamedTuple

from tests.guide.keys import pilot_key

_STEP: Final = re.compile(r"^(\d+)\. (.*(?:\n   .*)*)", re.MULTILINE)
_PARTS: Final = re.compile(
    r"(?P<verb>\b(?:[Pp]ress|[Tt]ryck|[Tt]ype|[Ss]kriv)\b)"
    r"|`(?P<code>[^`]+)`(?: (?P<times>\d+) (?:times|gånger))?"
    r"|[“”](?P<seen>[^“”]+)”"
    r"|(?P<end>[.:;](?=\s|$))"
)
_TYPES: Final = {"type", "skriv"}


class Doing(NamedTuple):
    """One thing that a step says."""

    step: int
    what: Literal["press", "type", "see"]
    words: str


def read_tutorial(page: Path) -> Iterator[Doing]:
    """All of it, in order. What stands in backticks without a verb in its sentence is only named."""
    for step in _STEP.finditer(page.read_text(encoding="utf-8")):
        verb = ""
        for part in _PARTS.finditer(re.sub(r"\s+", " ", step[2])):
            if part["verb"]:
                verb = part["verb"].lower()
            elif part["end"]:
                verb = ""
            elif part["seen"]:
                yield Doing(int(step[1]), "see", part["seen"])
            elif part["code"] and verb in _TYPES:
                yield Doing(int(step[1]), "type", part["code"])
            elif part["code"] and verb:
                for _time in range(int(part["times"] or 1)):
                    yield Doing(int(step[1]), "press", pilot_key(part["code"]))
