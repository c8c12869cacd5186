"""The tutorial, followed step by step on the example, on the smallest screen: what it says is what is seen."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from pathlib import Path
from shutil import copytree

import pytest

from registry.starters.make import init
from registry.store import Store
from tests.guide.tutorial import Doing, read_tutorial
from tests.tui.app_kit import User, using

DOCS = Path(__file__).parents[2] / "docs"


async def do(user: User, doing: Doing) -> None:
    """One thing, as somebody would who reads the page."""
    if doing.what == "press":
        await user.press(doing.words)
    elif doing.what == "type":
        await user.type(doing.words)
    else:
        await user.until(doing.words)


def test_a_tutorial_is_read_as_it_is_meant(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "# T\n\n1. Press `F4` 2 times: “It\n   opens.” `x` is named.\n2. Skriv `é å`, tryck `Enter`.\n", "utf-8"
    )

    assert list(read_tutorial(page)) == [
        Doing(1, "press", "f4"),
        Doing(1, "press", "f4"),
        Doing(1, "see", "It opens."),
        Doing(2, "type", "é å"),
        Doing(2, "press", "enter"),
    ]


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example as it is today."""
    return init(tmp_path_factory.mktemp("tutorial") / "demo", "demo").folder


@pytest.mark.parametrize("language", ["sv", "en"])
async def test_whoever_follows_the_tutorial_sees_what_it_says(language: str, example: Path, tmp_path: Path) -> None:
    await follow(Store.open(copytree(example, tmp_path / "demo")), language)


@pytest.mark.thorough
@pytest.mark.parametrize("today", [date(2026, 12, 31), date(2027, 5, 20), date(2028, 2, 29)], ids=str)
async def test_it_holds_on_any_day_of_the_year(today: date, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pictures  # type: ignore[import-not-found]

    monkeypatch.setattr(pictures, "TODAY", today)
    with pictures.a_day_of_its_own(tmp_path):
        for who in ("AUTHOR", "COMMITTER"):
            monkeypatch.setenv(f"GIT_{who}_DATE", f"{today}T12:00:00+0200")
            monkeypatch.setenv(f"GIT_{who}_NAME", "Anna Exempel")
            monkeypatch.setenv(f"GIT_{who}_EMAIL", "anna@example.org")
        await follow(init(tmp_path / "demo", "demo"), "sv")


async def follow(store: Store, language: str) -> None:
    """The tutorial in that language, from its first step to its last."""
    doings = list(read_tutorial(DOCS / language / "tutorial.md"))
    steps = [number for number, _group in groupby(doing.step for doing in doings)]
    assert steps == list(range(1, max(steps) + 1))

    async with using(store, size=(80, 24), language=language) as user:
        *all_but_one, last = doings
        for doing in all_but_one:
            try:
                await do(user, doing)
            except AssertionError as error:
                raise AssertionError(f"step {doing.step}: {error}") from None
        assert last == Doing(max(steps), "press", "q")
        await user.pilot.press("q")
        assert user.app._exit
