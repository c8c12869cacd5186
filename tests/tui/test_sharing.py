"""Sharing from the app: s, the line at the top, what is new and marked until seen, what gets in nobody's way."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Static

from registry.change import Change
from registry.sharing.syncing import sync
from registry.sharing.wishes import Wishes, keep
from registry.store import Store
from registry.visits import last_visit
from tests.kit import BUN, SKJERN, TRIP, git, save, trailers
from tests.sharing.kit import copied, shared_registry
from tests.sharing.servers import silent
from tests.tui.app_kit import User, using
from tui.screens.browse import BrowsePage
from tui.top_line import fitted

PERNA = "twin-towns/perna"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shared")
    with pytest.MonkeyPatch.context() as patch:
        for role in ("AUTHOR", "COMMITTER"):
            patch.setenv(f"GIT_{role}_NAME", "Anna Exempel")
            patch.setenv(f"GIT_{role}_EMAIL", "anna@example.org")
        return shared_registry(folder)


@pytest.fixture
def both(made: Path, tmp_path: Path) -> tuple[Store, Store]:
    """Anna's copy, who sits at the app, and Berit's."""
    return copied(made, tmp_path)


def shared(store: Store) -> None:
    assert sync(store).state == "shared"


def marked(user: User) -> set[str]:
    page = user.main.page
    assert isinstance(page, BrowsePage)
    return {key for key, mark in page.list._view.rows.marks.items() if mark.name == "UNSEEN"}


async def top(user: User, words: str) -> str:
    """The line at the top, once it has these words."""
    await user.until(words)
    return user.screen.split("\n")[0]


async def dialogue(user: User, words: str) -> str:
    """What the dialogue says that has these words."""
    await user.until(words)
    return " ".join(str(each.render()) for each in user.app.screen.query(Static))


async def test_two_change_one_field_and_one_of_them_settles_it(both: tuple[Store, Store]) -> None:
    anna, berit = both
    async with using(anna, size=(80, 24)) as user:
        await top(user, "aldrig delat")
    save(berit, TRIP, "Skolan räknade.", participants=30, youth_ages="15-19")
    save(berit, SKJERN, potential="Körer")
    shared(berit)
    save(anna, TRIP, "Bussen rymmer inte fler.", participants=24)
    save(anna, BUN, mailbox="bun@example.org")

    async with using(anna) as user:
        assert "2 att dela · aldrig delat" in await top(user, "att dela")
        await user.press("N")
        screen = await user.until("2 ändringar")
        assert "Att dela" in screen
        assert "Antal deltagare: – → 24" in screen
        await user.press("s")
        await user.until("1 sak har ändrats olika på båda håll")
        assert "Skjern" in await user.until("Har kommit, och väntar på att föras samman")
        await user.press("escape")
        assert "1 fråga att avgöra · 2 att dela · 2 att hämta" in await top(user, "att avgöra")

        await user.press("s")
        await user.until("1 fråga återstår")
        await user.press("2")
        await user.until("Allt är avgjort")
        await user.press("ctrl+s")
        await user.until("Skickade 3 ändringar.")
        assert "att dela" not in await top(user, " delat ")

        # what Berit did is marked until it has been looked at
        await user.press("4")
        await user.until("• Berit Exempel,")
        assert "15-19" in user.screen
        await user.press("3")
        await user.until("• Berit Exempel,")
        assert marked(user) == {SKJERN}
        await user.press("down")
        assert marked(user) == set()
        await user.press("N")
        await user.until("Inget är nytt för dig")

    shared(berit)
    assert git(berit, "rev-parse", "HEAD^{tree}") == git(anna, "rev-parse", "HEAD^{tree}")
    data = berit.committed().data(TRIP) or {}
    assert (data["participants"], data["youth_ages"]) == (30, "15-19")
    merge = git(berit, "rev-list", "--min-parents=2", "-1", "HEAD").strip()
    assert f"Settled: {TRIP} participants theirs" in trailers(berit, merge)


async def test_what_colleagues_did_is_listed_by_person_and_leads_to_the_record_and_the_change(
    both: tuple[Store, Store],
) -> None:
    anna, berit = both
    save(anna, SKJERN, potential="Skolor")
    shared(anna)
    async with using(anna) as user:
        shared(berit)
        for count in (20, 25):
            save(berit, TRIP, "Nytt besked.", participants=count)
        berit.save(berit.undoing("HEAD", "Det var fel."))
        save(berit, "departments/ks", act="new", name="Kommunstyrelsen")
        shared(berit)
        await user.press("s")
        await user.until("Tog emot 4 ändringar av Berit Exempel.")
        await user.press("N")
        screen = await user.until("nytt för dig · 4 ändringar")
        assert "(och 2 till)" in screen
        assert "Införd i registret" in screen

        await user.press("c")
        await user.until("infört av Berit Exempel")
        await user.press("escape")
        await user.until("nytt för dig · 3 ändringar")
        await user.press("enter")
        await user.until("• Berit Exempel,")
        assert user.main.page.id == "projects"
        await user.press("escape")
        await user.until("Inget är nytt för dig")
    visit = last_visit(anna)
    assert visit is not None
    assert visit.unseen == {}

    save(berit, PERNA, potential="Skolor och körer")
    shared(berit)
    shared(anna)
    async with using(anna) as user:  # what came while the app was closed is marked as well, and x takes marks away
        await user.press("3")
        assert marked(user) == {PERNA}
        await user.press("1", "N")
        await user.until("nytt för dig · 1 ändring")
        await user.press("x")
        await user.until("Inget är nytt för dig")


async def test_the_app_stays_usable_while_the_server_says_nothing_and_s_calls_it_off(both: tuple[Store, Store]) -> None:
    anna, _berit = both
    with silent() as port:
        git(anna, "config", "remote.origin.url", f"git://127.0.0.1:{port}/registret.git")
        async with using(anna, size=(80, 24)) as user:
            for stop in ("s", "escape"):
                await user.press("s")
                await user.until("Frågar servern … · s avbryter")
                await user.press("4")
                await user.until("Ungdomsutbyte med Skjern")
                await user.press("2", "1")
                await user.press(stop)
                await user.until("Avbrutet")
                assert "aldrig delat" in await top(user, "aldrig delat")
                user.app.clear_notifications()
                await user.pilot.pause()


async def test_what_goes_wrong_is_said_in_words_and_shared_another_time(
    both: tuple[Store, Store],
) -> None:
    anna, berit = both
    url = git(anna, "config", "remote.origin.url").strip()
    save(anna, SKJERN, potential="Skolor")
    async with using(anna, size=(80, 24)) as user:
        git(anna, "config", "remote.origin.url", "git://127.0.0.1:1/registret.git")
        await user.press("s")
        await user.until("går inte att nå")
        assert "frånkopplad · 1 att dela" in await top(user, "frånkopplad")

        git(anna, "config", "remote.origin.url", url)
        hook = Path(url) / "hooks" / "pre-receive"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text("#!/bin/sh\necho 'Registret är stängt för årsbokslut.'\nexit 1\n", encoding="utf-8")
        hook.chmod(0o755)
        await user.press("s")
        told = await dialogue(user, "Det blev inte delat")
        assert "Registret är stängt för årsbokslut." in told
        assert "De är sparade här." in told
        await user.press("enter")
        assert "delningen nekad · 1 att dela" in await top(user, "delningen nekad")
        hook.unlink()
        await user.press("s")
        await user.until("Skickade 1 ändring.")

        git(berit, "pull", "-q")
        git(berit, "commit", "-q", "--amend", "--reset-author", "-m", "Omskrivet")
        git(berit, "push", "-q", "--force")
        before = anna.repo.head()
        await user.press("s")
        told = await dialogue(user, "Historiken har skrivits om")
        assert "av Berit Exempel, senast ”Omskrivet”" in told
        assert "Inget har ändrats här." in told
        await user.press("escape")
        await top(user, "delad historik omskriven")
        assert anna.repo.head() == before

        git(anna, "remote", "remove", "origin")
        await user.press("N", "escape")
        await top(user, "inte delat")
        await user.press("s")
        await user.until("Ingenstans än")


async def test_it_is_shared_at_the_start_and_after_a_save_where_that_is_wished_for_and_never_otherwise(
    both: tuple[Store, Store],
) -> None:
    anna, berit = both
    save(berit, SKJERN, potential="Körer")
    shared(berit)

    async def change(user: User, ref: str, **values: object) -> None:
        data = {**(anna.committed().data(ref) or {}), **values}
        assert await user.main.save(Change({ref: data}, "Ny uppgift."))

    async with using(anna) as user:
        await change(user, BUN, mailbox="bun@example.org")
        assert "1 att dela · aldrig delat" in await top(user, "att dela")
    keep(anna.repo, Wishes(at_start=True))
    async with using(anna) as user:
        await user.until("Tog emot 1 ändring av Berit Exempel, skickade 2 ändringar.")
        await change(user, BUN, mailbox="utbildning@example.org")
        await top(user, "1 att dela")
    keep(anna.repo, Wishes(after_save=True))
    async with using(anna, watch=True) as user:
        save(anna, SKJERN, potential="Skolor")
        await user.until("Något sparades utanför")
        await top(user, "2 att dela")
        await change(user, BUN, mailbox="skola@example.org")
        await user.until("Skickade 3 ändringar.")


def test_what_stands_at_the_top_gives_way_in_order() -> None:
    names, told, day = ("Torsby kommun · kontakter", "Torsby kommun"), ("frånkopplad", "2 att dela"), "1 maj 2026"
    shown = [fitted(names, told, day, width) for width in (70, 50, 40, 27, 13)]
    assert shown == [
        (names[0], "frånkopplad · 2 att dela · 1 maj 2026"),
        (names[0], "frånkopplad · 2 att dela"),
        (names[1], "frånkopplad · 2 att dela"),
        (names[1], "frånkopplad"),
        (names[1], ""),
    ]


async def test_a_hand_edit_of_what_came_is_asked_about_when_it_is_kept(both: tuple[Store, Store]) -> None:
    anna, berit = both
    place = anna.folder / f"{SKJERN}.toml"
    place.write_text(place.read_text() + '\npotential = "Mässa"\n')
    save(berit, SKJERN, potential="Kör")
    shared(berit)
    async with using(anna) as user:
        await user.press("s")
        await user.until("ändrat för hand till Mässa, och ändrat till Kör av Berit Exempel")
        await user.press("3", "home", "k")
        await user.until("Någon annan har också ändrat det här")
        await user.press("right", "ctrl+s")
        await user.until("Den andras ändring får stå")
    assert anna.hand_edits() == []
    assert (anna.current().data(SKJERN) or {})["potential"] == "Kör"
