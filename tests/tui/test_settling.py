"""Two colleagues who wrote the same thing differently: decided on one screen, in the app, on real copies of one registry."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from registry.change import Change
from registry.git.remotes import shared_with
from registry.people import shared
from registry.sharing.people import share_people
from registry.sharing.wishes import Wishes, wishes
from registry.store import Store
from tests.kit import SKJERN, TRIP, git, save, torsby, trailers
from tests.registry.sharing.pair import called
from tests.sharing.kit import copied, plain, shared_registry, without_our_driver
from tests.tui.form_kit import Writer, writing
from tui.screens.main import MainScreen
from tui.screens.settling import SettlingScreen
from tui.screens.settling.other_value import OtherValueScreen
from tui.screens.settling.together import TogetherScreen
from tui.screens.sharing_settings import SharingScreen
from tui.screens.unfinished import UnfinishedScreen
from tui.widgets.dialogs import Ask, Confirm

PASKON = "twin-towns/paskon"
LONG = "Elever lär känna varandra över gränsen och bor hos familjer under hela veckan.\nResan följs upp."


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shared_registry(tmp_path_factory.mktemp("made"))


def quarrel(made: Path, folder: Path) -> tuple[Store, Store]:
    """Anna's and Berit's registries; both have saved, Berit has shared, Anna has fetched."""
    anna, berit = copied(made, folder)
    save(berit, TRIP, "färjan går inte tidigare", end=date(2026, 5, 12), participants=20, purpose=LONG + " I maj.")
    save(berit, SKJERN, potential="En ny mässa.")
    berit.save(Change({PASKON: None}, "Avtalet är slut.", "", "delete"))
    git(berit, "push", "-q", "origin", "main")
    save(anna, TRIP, "hemresa dagen efter", end=date(2026, 5, 11), participants=30, purpose=LONG + " I juni.")
    save(anna, PASKON, "Nytt brev.", potential="Körutbyte")
    git(anna, "fetch", "-q")
    return anna, berit


async def questions(user: Writer) -> SettlingScreen:
    """Go to them."""
    await user.press("F")
    screen = await user.on(SettlingScreen)
    await user.until("återstår")
    return screen


async def test_what_both_wrote_is_decided_thing_by_thing_shown_and_made_one(made: Path, tmp_path: Path) -> None:
    anna, berit = quarrel(made, tmp_path)
    head = git(anna, "rev-parse", "HEAD")
    async with writing(anna, size=(100, 30)) as user:
        await questions(user)
        assert "4 frågor återstår" in user.screen
        assert re.search(r"Slutdatum +10 maj 2026 +11 maj 2026 +12 maj 2026", user.screen)
        await user.press("end")  # the whole record: removed there, edited here
        text = await user.until("Körutbyte")
        assert "borttagen" in text
        assert re.search(r"Berit Exempel · i dag kl\. \d\d:\d\d · “Avtalet är slut.”", text)
        await user.press("3")
        assert "hela posten" in user.notices[-1], "there is no third value of a whole record"
        await user.press("1")
        await user.until("3 frågor återstår")
        await user.press("home", "down", "down")
        text = await user.until("I juni")
        assert re.search(r"│ deras", text), "long texts stand side by side"
        await user.press("up", "3")
        other = await user.on(OtherValueScreen)
        await user.press("end", "ctrl+u")
        await user.type("25")
        field = next(iter(other.group.values))
        assert field == "participants"
        await user.press("ctrl+s")
        await user.until("2 frågor återstår")
        assert git(anna, "rev-parse", "HEAD") == head, "nothing has moved yet"
        await user.press("escape")
        await user.on(MainScreen)

        # Berit shares again: what was decided and is still the same stays, and the cursor's question comes anew
        save(berit, TRIP, end=date(2026, 5, 13))
        git(berit, "push", "-q", "origin", "main")
        await questions(user)
        assert "2 frågor återstår" in user.screen
        git(anna, "fetch", "-q")
        theirs = git(anna, "rev-parse", "origin/main")
        await user.until("13 maj 2026")
        assert re.search(r"Antal deltagare +– +30 +20 +annat", user.screen)
        await user.press("a", "2")
        together = await user.on(TogetherScreen)
        text = await user.until("De andra får")
        assert "25 (annat)" in text
        assert "Konkreta projekt det kan bli sattes till En ny mässa." in text
        await user.press("escape")
        await user.on(SettlingScreen)
        await user.press("ctrl+s")
        await user.on(TogetherScreen)
        await user.until("De andra får")
        await user.press("ctrl+s")
        await user.main_again()
        assert together not in user.app.screen_stack
    now = anna.committed().data(TRIP) or {}
    assert (now["end"], now["participants"], now["purpose"]) == (date(2026, 5, 13), 25, LONG + " I maj.")
    assert (anna.committed().data(PASKON) or {})["potential"] == "Körutbyte"
    assert git(anna, "log", "-1", "--format=%P").split() == [theirs.strip(), head.strip()]
    assert git(berit, "ls-remote", "origin", "refs/heads/main").split()[0] == git(anna, "rev-parse", "HEAD").strip()
    assert {line for line in trailers(anna) if line.startswith("Settled")} == {
        f"Settled: {PASKON} - ours",
        f"Settled: {TRIP} end theirs",
        f"Settled: {TRIP} participants edited",
        f"Settled: {TRIP} purpose theirs",
    }
    assert git(anna, "status", "--porcelain") == ""


async def test_what_git_left_half_done_is_told_on_opening_and_finished_or_taken_back(
    made: Path, tmp_path: Path
) -> None:
    anna, _berit = quarrel(made, tmp_path)
    git(anna, "config", "merge.vanort.driver", "false")
    assert plain(anna, "pull", "--no-rebase").returncode != 0
    async with writing(anna) as user:
        await user.on(UnfinishedScreen)
        assert "Skjern" in user.screen
        assert "4 frågor ställs först" in user.screen
        await user.press("1")
        await user.on(SettlingScreen)
        await user.until("Avsluta det påbörjade · 4 frågor")
        await user.press("end", "2")
        await user.until("3 frågor återstår")
        await user.press("a", "1")
        await user.on(TogetherScreen)
        await user.until("De andra får")
        await user.press("ctrl+s")
        await user.main_again()
    assert not (anna.folder / ".git/MERGE_HEAD").exists()
    assert (anna.committed().data(TRIP) or {})["participants"] == 30
    assert anna.committed().data(PASKON) is None

    (tmp_path / "again").mkdir()
    anna, _berit = quarrel(made, tmp_path / "again")
    git(anna, "config", "merge.vanort.driver", "false")
    head = git(anna, "rev-parse", "HEAD")
    assert plain(anna, "pull", "--no-rebase").returncode != 0
    async with writing(anna) as user:
        await user.on(UnfinishedScreen)
        await user.press("2")
        await user.on(Confirm)
        await user.press("j")
        await user.main_again()
        await user.until("Det togs tillbaka.")
    assert git(anna, "rev-parse", "HEAD") == head
    assert git(anna, "status", "--porcelain") == ""


async def test_marks_that_plain_git_left_and_somebody_saved_are_settled_in_one_commit(
    made: Path, tmp_path: Path
) -> None:
    anna, berit = copied(made, tmp_path)
    save(berit, TRIP, participants=20)
    git(berit, "push", "-q", "origin", "main")
    save(anna, TRIP, participants=30)
    for store in (anna, berit):
        without_our_driver(store)
    assert plain(anna, "pull", "--no-rebase").returncode != 0
    git(anna, "commit", "-qam", "Hoppsan")
    head = git(anna, "rev-parse", "HEAD")
    async with writing(anna) as user:
        await user.on(UnfinishedScreen)
        await user.press("1")
        await user.on(SettlingScreen)
        await user.until("1 fråga")
        await user.press("2", "a")
        await user.on(TogetherScreen)
        await user.press("ctrl+s")
        await user.main_again()
        await user.until("Det är avslutat.")
    assert (anna.committed().data(TRIP) or {})["participants"] == 20
    assert git(anna, "log", "-1", "--format=%P") == head
    assert f"Settled: {TRIP} participants theirs" in trailers(anna)
    assert git(anna, "status", "--porcelain") == ""


async def test_a_name_that_both_gave_away_is_decided_once_and_each_record_told_under_its_own(
    made: Path, tmp_path: Path
) -> None:
    anna, berit = copied(made, tmp_path)
    perna, both = "twin-towns/perna", "twin-towns/ringkobing"
    called(berit, SKJERN, both)
    git(berit, "push", "-q", "origin", "main")
    called(anna, perna, both)
    git(anna, "fetch", "-q")
    async with writing(anna, size=(110, 40)) as user:
        await questions(user)
        await user.press("end")
        await user.until("är upptaget: Pernå")
        await user.press("2")
        await user.on(TogetherScreen)
        text = await user.until("De andra får")
    for said in (f"registret: {SKJERN} → {both}", f"registret: {both} → {perna}"):
        assert text.count(said) == 1, text
    assert "Namn ändrades" not in text
    assert "Borttagen" not in text


async def test_a_person_whom_both_edited_is_decided_beside_the_records(made: Path, tmp_path: Path) -> None:
    anna, berit = copied(made, tmp_path)
    person = "p-4tq8ab"

    def call(store: Store, title: str) -> str:
        entry = {"name": "Maja Exempel", **({"title": title} if title else {})}
        store.people.change(lambda book: book.with_person(person, entry))
        return share(store)

    def share(store: Store) -> str:
        remote = shared_with(store.repo)
        assert remote is not None
        return share_people(store, remote).state

    assert [call(anna, ""), share(berit), call(berit, "Rektor"), call(anna, "Lärare")] == [*["shared"] * 3, "conflicts"]
    async with writing(anna) as user:
        await questions(user)
        assert re.search(r"Maja Exempel +Titel +– +Lärare +Rektor", user.screen)
        await user.press("2")
        await user.main_again()
    assert Store.open(anna.folder).book.entry(person)["title"] == "Rektor"
    assert not shared.conflicts_left(anna.people)


async def test_where_and_when_it_is_shared_is_shown_and_changed(made: Path, tmp_path: Path) -> None:
    anna, berit = copied(made, tmp_path)
    save(berit, SKJERN, potential="En ny mässa.")
    other, empty = tmp_path / "other", tmp_path / "empty.git"
    plain(tmp_path, "init", "-q", "--bare", str(empty))
    torsby(other)
    git(anna, "config", "remote.origin.url", "https://anna:hemligt@git.example.org/register.git")
    save(anna, SKJERN, potential="Något annat.")
    async with writing(anna) as user:
        await user.press("S")
        await user.on(SharingScreen)
        await user.until("1 ändring av dig att dela")
        assert "git.example.org/register.git" in user.screen
        assert "hemligt" not in user.screen
        await user.press("down", "enter")
        await user.until("● dela när programmet öppnas  ja")
        assert wishes(anna.repo) == Wishes(at_start=True)

        async def connect(address: str) -> None:
            await user.press("home", "enter")
            await user.on(Ask)
            await user.type(address)
            await user.press("enter")

        await connect("ext::sh -c true")
        assert "är ingen adress" in user.screen
        await user.press("escape")
        await connect(str(other))
        await user.until("ett annat register")
        assert "hemligt" in git(anna, "config", "remote.origin.url"), (
            "what is unrelated is explained, and nothing changes"
        )
        await connect(str(empty))
        await user.until("samma här som där")
    assert git(anna, "config", "remote.origin.url").strip() == str(empty)
    assert git(empty, "rev-parse", "main") == git(anna, "rev-parse", "HEAD")
