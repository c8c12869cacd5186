"""The pictures of the documentation: the app's own screens, drawn from the fictional example.

    python tools/pictures.py            docs/pictures/en/*.svg and docs/pictures/sv/*.svg, made anew
    python tools/pictures.py FOLDER     the same, there

A picture more is a function more in `WAYS`. The same code gives the same pictures, to the byte: the example ends on a fixed day, and that day is today.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from unittest.mock import patch
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

TODAY: Final = date(2026, 9, 14)
SEED: Final = 2004
SIZE: Final = (118, 32)
"""Columns and lines: what a page of text shows without the letters getting small."""
CELL: Final = 12.2
"""How wide a letter is drawn."""
FONT: Final = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace"
READY: Final = {"sv": "I registret", "en": "In the registry"}
"""What stands on the overview once all of it is there."""
PATIENCE: Final = 60.0
"""Seconds until a screen that does not come is given up."""


class Guide:
    """Leads the app to what is to be drawn."""

    def __init__(self, app: Any, pilot: Any) -> None:
        self._app = app
        self._pilot = pilot

    async def press(self, *keys: str) -> None:
        """Press keys and let the app come to rest."""
        await self._pilot.press(*keys)
        await self.rest()

    async def rest(self) -> None:
        """Until nothing has been drawn for a while."""
        before = ""
        while (now := self.screen) != before:
            before = now
            await self._pilot.pause(0.3)

    async def until(self, words: str) -> None:
        """Until `words` are on the screen."""
        limit = time.monotonic() + PATIENCE
        while words not in self.screen:
            if time.monotonic() > limit:
                raise RuntimeError(f"{words!r} never came:\n{self.screen}")
            await self._pilot.pause(0.05)
        await self.rest()

    @property
    def screen(self) -> str:
        """What stands on the screen."""
        strips = self._app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip) for strip in strips)

    async def drawn(self) -> str:
        """The screen as SVG, in which no cursor blinks."""
        for field in self._app.screen.query("Input"):
            field.cursor_blink = False
        await self.rest()
        return cleaned(self._app.export_screenshot(title="Vänort", simplify=True))


async def overview(_guide: Guide) -> None:
    """The first page."""


async def form(guide: Guide) -> None:
    """The form of a department."""
    await guide.press("2")
    await guide.press("e")


async def project(guide: Guide) -> None:
    """A list and the card of a project."""
    await guide.press("4")
    await guide.press("down", "down", "down")


async def save(guide: Guide) -> None:
    """A step of a project, before it is saved."""
    await guide.press("4", "slash", *"demens", "enter")
    await guide.press("m", "enter")


async def budget(guide: Guide) -> None:
    """The money of the year."""
    await guide.press("B")


async def towns(guide: Guide) -> None:
    """The twin towns."""
    await guide.press("3")


async def people(guide: Guide) -> None:
    """The people book."""
    await guide.press("6")


async def history(guide: Guide) -> None:
    """All changes."""
    await guide.press("5")


async def report(guide: Guide) -> None:
    """The annual report."""
    await guide.press("O", "enter")


async def past(guide: Guide) -> None:
    """The overview as it was on a day."""
    await guide.press("V", *"2024-05-17", "enter")
    await guide.until("2024")


WAYS: Final[tuple[Callable[[Guide], Awaitable[None]], ...]] = (
    overview,
    form,
    project,
    save,
    budget,
    towns,
    people,
    history,
    report,
    past,
)
"""How to get to each picture, which is called like its way."""


_BEGINS_BLANK: Final = re.compile(
    r'x="([\d.]+)" (y="[\d.]+") textLength="([\d.]+)"([^>]*>)((?:&#160;)+)(?=[^&<]|&(?!#160;))'
)


def cleaned(svg: str) -> str:
    """The drawing without what it would fetch from elsewhere: fonts come from the reader's own machine."""
    svg = re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    svg = re.sub(r"\s*<!-- Generated with Rich .*? -->", "", svg)
    svg = re.sub(r"font-family: Fira Code[^;]*;", f"font-family: {FONT};", svg)
    svg = re.sub(r"font-family: arial;", "font-family: sans-serif;", svg)
    svg = _BEGINS_BLANK.sub(_begun, svg)
    return "\n".join(line.rstrip() for line in svg.split("\n")) + "\n"


def _begun(text: re.Match[str]) -> str:
    """A text where its first letter stands: some programs pass over the blanks that it begins with."""
    blanks = text[5].count("&") * CELL
    return f'x="{float(text[1]) + blanks:.1f}" {text[2]} textLength="{float(text[3]) - blanks:.1f}"{text[4]}'


@contextmanager
def a_day_of_its_own(home: Path) -> Iterator[None]:
    """A machine on which it is noon of `TODAY` in Sweden, and on which nobody has any settings."""
    noon = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=ZoneInfo("Europe/Stockholm")).timestamp()
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    world = {
        "HOME": str(home),
        "XDG_STATE_HOME": str(home),
        "XDG_CACHE_HOME": str(home),
        "TZ": "Europe/Stockholm",
        "LANG": "C.UTF-8",
        "GIT_CONFIG_NOSYSTEM": "1",
        "COLORTERM": "truecolor",
        "TERM": "xterm-256color",
    }
    with patch.dict(os.environ, kept | world, clear=True), patch("time.time", lambda: noon):
        time.tzset()
        yield
    time.tzset()


async def draw(registry: Path, language: str, way: Callable[[Guide], Awaitable[None]]) -> str:
    """The app, opened on `registry`, led along `way`, and drawn."""
    from tui.app import VanortApp

    app = VanortApp(registry, language=language, watch=False, remembered=False)
    async with app.run_test(size=SIZE) as pilot:
        guide = Guide(app, pilot)
        await guide.until(READY[language])
        await way(guide)
        return await guide.drawn()


def make(folder: Path) -> None:
    """All pictures, into `folder`."""
    from catalogue import compile_catalogues

    from registry.starters.demo.make import make_demo

    compile_catalogues(ROOT)
    with TemporaryDirectory() as place, a_day_of_its_own(Path(place)):
        registry = make_demo(Path(place) / "demo", until=TODAY - timedelta(days=1), seed=SEED).folder
        for language in READY:
            (folder / language).mkdir(parents=True, exist_ok=True)
            for way in WAYS:
                drawn = asyncio.run(draw(registry, language, way))
                (folder / language / f"{way.__name__}.svg").write_text(drawn, encoding="utf-8")


if __name__ == "__main__":
    make(Path(sys.argv[1]) if sys.argv[1:] else ROOT / "docs" / "pictures")
