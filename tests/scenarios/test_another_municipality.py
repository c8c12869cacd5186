"""Another municipality's policy on every screen and in every answer: its own words, and Torsby's name nowhere.

`tests/registry/policy/test_another_policy.py` has the policy, and what its rules find.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from registry.records.kinds import kind_of
from registry.records.refs import path_of
from registry.starters.make import init
from registry.store import Store
from registry.toml_files import write
from tests.kit import git, write_file
from tests.registry.policy.test_another_policy import GRANHULT, everything
from tests.registry.policy.world import BUN, SKJERN, TRIP
from tests.tui.form_kit import writing
from tui.cli.running import run
from tui.screens.policy import PolicyScreen

CLIMATE: Final = "Varje samarbete ska tjäna klimatet."
EVALUATED: Final = "Inom nittio dagar berättar vi vad det gav."
PLANNED: Final = "Vi planerar tillsammans."


def granhult(folder: Path) -> Store:
    """A registry from the blank starter, with Granhult's policy and records in which much is against it, saved."""
    store = init(folder, "blank", municipality="Granhults kommun")
    for ref, record in everything().items():
        made = {**record, "external_organiser": "Granhults IF"} if "external_organiser" in record else record
        write_file(store, path_of(ref), write(made, kind_of(ref).order))
    assert write(GRANHULT, kind_of("policy").order) == (folder / "policy.toml").read_text(encoding="utf-8")
    git(store, "add", "-A")
    git(store, "commit", "-q", "-m", "Granhults register.")
    return store


def say(capsys: pytest.CaptureFixture[str], store: Store, *arguments: str) -> str:
    """What the real command line says; it never names Torsby."""
    assert run(["-r", str(store.folder), *arguments]) in {0, 1}
    captured = capsys.readouterr()
    assert captured.err == ""
    assert "torsby" not in captured.out.casefold(), arguments
    return captured.out


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_command_quotes_its_sentences_and_nobody_elses(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    store = granhult(tmp_path / "r")
    lang = ("--lang", language)

    check = say(capsys, store, *lang, "check", "--at", "2027-06-30")
    assert f"“{CLIMATE}”" in check
    assert f"“{EVALUATED}”" in check
    assert "no-new-agreements" not in check
    assert "central-funds" not in check

    policy = say(capsys, store, *lang, "policy")
    assert "Granhults kommuns internationella program" in policy
    assert all(f"“{quote}”" in policy for quote in (CLIMATE, EVALUATED, PLANNED, "vi bygger vidare på det vi har"))
    assert "KF 2021-06-14 § 56" in policy  # what switched the central funds off
    say(capsys, store, *lang, "policy", "--json")

    assert "1\xa0000\xa0000" in say(capsys, store, *lang, "budget", "--year", "2027")
    for command in (
        ("check", "--json"), ("check", "--year", "2026"), ("budget", "--json"), ("show", "policy"), ("show", "registry"),
        ("show", TRIP), ("show", BUN), ("show", SKJERN), ("list", "projects"), ("list", "twin-towns"), ("log",), ("doctor",),
    ):  # fmt: skip
        say(capsys, store, *lang, *command)


@pytest.mark.thorough
@pytest.mark.parametrize("language", ["sv", "en"])
async def test_every_page_place_card_and_form_speaks_its_words(tmp_path: Path, language: str) -> None:
    store = granhult(tmp_path / "r")
    seen: list[str] = []
    async with writing(store, size=(160, 60), language=language) as user:

        async def see(*keys: str) -> str:
            await user.press(*keys)
            seen.append(user.screen)
            return user.screen

        assert "Granhults kommun" in await see()
        for page in "23456":
            await see(page)
        await see("4")
        await user.main.go_to_record(TRIP)
        card = await see()
        assert CLIMATE in card
        form = await user.edit("4", TRIP)
        goals = await user.field("goals")
        assert CLIMATE in await see()
        assert [choice.name for choice in getattr(goals, "choices", ())] == ["Klimat", "democracy"]
        await see(*["ctrl+down"] * (len(form.boxes) - 1))
        await user.press("escape")
        await user.main_again()
        for place in "BKA":
            await see(place)
            await user.press("escape")
        await see("P")
        await user.on(PolicyScreen)
        policy = await see(*["down"] * 4)
        assert CLIMATE in policy
        for _clause in range(30):
            await see("down")
    assert [screen for screen in seen if "torsby" in screen.casefold()] == []
