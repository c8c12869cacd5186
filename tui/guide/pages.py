"""The pages of the guide: where they lie, what they are called, what stands in them.

In an installed program they lie in this package, where the wheel puts them; in a checkout in `docs/`, where they are
written. A page has the same name in both languages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from registry.errors import NotFound
from registry.words import _, language

FIRST: Final = "index"
"""The page that lists the others."""
_PICTURE: Final = re.compile(r"^!\[.*\]\(.*\)\n\n?", re.MULTILINE)
_LINK: Final = re.compile(r"\[(?P<text>[^]]+)\]\((?P<to>[^)\s]+)\)")


@dataclass(frozen=True, slots=True)
class Page:
    """One page, in one language."""

    name: str
    text: str
    """Markdown, without its pictures."""

    @property
    def title(self) -> str:
        """Its first heading."""
        return self.text.partition("\n")[0].removeprefix("# ")

    @property
    def links(self) -> list[tuple[str, str]]:
        """The pages that it leads to, each once, in order: name, and what the link says first."""
        found: dict[str, str] = {}
        for link in _LINK.finditer(self.text):
            if (name := page_of(link["to"])) and name != self.name:
                found.setdefault(name, link["text"])
        return list(found.items())


def folder() -> Path:
    """Where the pages of the language spoken lie."""
    packed = Path(__file__).parent / language()
    return packed if packed.is_dir() else Path(__file__).parents[2] / "docs" / language()


def names() -> list[str]:
    """Of all pages: the first one, then in the order in which it leads to them, then those that it does not name."""
    there = sorted(path.stem for path in folder().glob("*.md"))
    led = [name for name, _text in read(FIRST).links if name in there] if FIRST in there else []
    return list(dict.fromkeys([FIRST, *led, *there])) if there else []


def read(name: str) -> Page:
    """The page of that name. Raises `NotFound`, with the names that there are."""
    path = folder() / f"{name}.md"
    if re.fullmatch(r"[a-z-]+", name) and path.is_file():
        return Page(name, _PICTURE.sub("", path.read_text(encoding="utf-8")))
    there = ", ".join(sorted(found.stem for found in folder().glob("*.md")))
    if not there:
        raise NotFound(_("The guide is not installed with this program."), _("Install Vänort again."))
    raise NotFound(
        _("The guide has no page called %(name)s.") % {"name": name},
        _("Its pages: %(names)s.") % {"names": there},
    )


def page_of(address: str) -> str:
    """The name of the page that a link in a page leads to; "" where it leads elsewhere."""
    found = re.fullmatch(r"([a-z-]+)\.md(#.*)?", address)
    return found[1] if found else ""
