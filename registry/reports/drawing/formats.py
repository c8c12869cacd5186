"""What a report can be drawn as: one entry each, imported when it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Final

from registry.errors import BadInput
from registry.reports.document import Document
from registry.words import _, speaking


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file, by its name on the command line."""

    name: str
    suffixes: tuple[str, ...]
    """Of its files, the usual one first."""
    is_text: bool = True
    """Whether it can go to a terminal or a pipe."""

    def draw(self, document: Document, day: date) -> bytes:
        """The whole file: of the same document and day the same to the byte. `day` is when it says that it was made."""
        module = {"md": "markdown", "html": "html_page", "docx": "word"}[self.name]
        drawn: Callable[[Document, date], bytes] = import_module(f"registry.reports.drawing.{module}").draw
        with speaking(document.language):
            return drawn(document, day)


FORMATS: Final = {
    known.name: known
    for known in (
        Format("md", (".md", ".markdown")),
        Format("html", (".html", ".htm")),
        Format("docx", (".docx",), is_text=False),
    )
}
"""By name."""


def suffixes() -> Iterable[str]:
    """The ends that a report's file may have."""
    return (suffix for known in FORMATS.values() for suffix in known.suffixes)


def require_fitting(chosen: Format, file: Path) -> None:
    """Raises `BadInput` where the end of the file's name is that of another format."""
    other = next((known for known in FORMATS.values() if file.suffix.lower() in known.suffixes), chosen)
    if other is not chosen:
        raise BadInput(
            _("“%(file)s” is called as a file of another format than %(format)s.")
            % {"file": file.name, "format": chosen.name},
            _("Leave --format out, or give a file name that ends in %(suffixes)s.") % {"suffixes": chosen.suffixes[0]},
        )


def format_of(file: Path) -> Format:
    """What a file of this name is drawn as. Raises `BadInput` where its end says nothing."""
    suffix = file.suffix.lower()
    for known in FORMATS.values():
        if suffix in known.suffixes:
            return known
    raise BadInput(
        _("“%(file)s” names no kind of file that a report can be.") % {"file": file.name},
        _("Give a file name that ends in %(suffixes)s.")
        % {"suffixes": ", ".join(known.suffixes[0] for known in FORMATS.values())},
    )
