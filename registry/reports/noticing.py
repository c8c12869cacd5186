"""What every report says at its top of the registry that it was made from: the files of which it knows nothing."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace
from typing import Final

from registry.plain_text import line
from registry.progress import Progress
from registry.records.refs import path_of
from registry.reports.asked import Asked, Making
from registry.reports.document import Document, Notice
from registry.reports.parts.reading import read_through
from registry.words import _, ngettext

_MOST: Final = 50
"""Files that are named at the top of a report."""
_AT_ONCE: Final = 5
"""Those that are named on one line."""


def noted(asked: Asked, making: Making) -> Making:
    """The same report, with what has to be known before its figures are believed."""
    document = yield from making
    return replace(document, notices=(yield from _notices(asked)))


def _notices(asked: Asked) -> Generator[Progress, None, tuple[Notice, ...]]:
    if asked.ref:  # one record that is handed out tells nothing of the others; what it needs of the registry it needs
        unread = [path_of(ref) for ref in asked.concerned() if asked.snapshot.fault(ref)]
    else:
        yield from read_through(asked.snapshot)
        unread = sorted([*map(path_of, asked.snapshot.faults()), *map(_stranger, asked.snapshot.strangers())])
    return (_unreadable(unread),) if unread else ()


def _unreadable(paths: list[str]) -> Notice:
    words = ngettext(
        "%(count)s file in the registry cannot be read. What it holds is missing here, from every sum and every list:",
        "%(count)s files in the registry cannot be read. What they hold is missing here, from every sum and every list:",
        len(paths),
    )
    return Notice(words % {"count": len(paths)}, _first(paths, _MOST))


def _stranger(path: str) -> str:
    return _("%(path)s (a name that no record can have)") % {"path": path}


def _first(items: Sequence[str], most: int) -> list[str]:
    """So many of them; instead of the others, how many they are."""
    more = len(items) - most
    return [*items[:most], _("… and %(count)s more") % {"count": more}] if more > 0 else [*items]


def on_one_line(document: Document) -> list[str]:
    """Its notices, a line each."""
    return [line(f"{one.text} {', '.join(_first(one.items, _AT_ONCE))}") for one in document.notices]
