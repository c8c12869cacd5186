"""In the app: what somebody is and was, whom the book hardly needs, two made one, an extract, and somebody forgotten."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry.erasing import erase, plan
from registry.erasures import recorded
from registry.people.verifying import verify
from registry.sharing.people import PeopleShared, share_book
from registry.store import Store
from tests.kit import BUN, SKJERN, TRIP, git, save, torsby, trailers, with_trip
from tests.tui.form_kit import Writer, writing
from tui.forms.record_form import RecordForm
from tui.screens.choose import ChooseScreen
from tui.screens.erase import EraseScreen
from tui.screens.people import PeoplePage
from tui.screens.saving import SaveScreen
from tui.widgets.dialogs import Ask, Confirm, Told
from tui.widgets.inputs import LineInput
from tui.widgets.record_list import RecordList

NAME = "Maja Åkerström"
WIDE = (140, 48)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Maja is an officer and responsible, and was a contact; her second entry is a contact now; nobody needs Östen."""
    made = with_trip(torsby(tmp_path / "r"))
    maja = made.people.add({"name": NAME, "email": "maja@example.org", "retention_basis": "uppdrag"})
    second = made.people.add({"name": "Åkerström Maja", "telephone": "0560-123 45"})
    made.people.add({"name": "Östen Ek"})
    save(made, BUN, officers=[{"person": maja, "function": "Rektor"}])
    save(made, TRIP, "Ansvarig utsedd.", responsible=maja)
    save(made, SKJERN, contacts=[maja, second])
    save(made, SKJERN, "En räcker.", contacts=[second])
    return made


def page(user: Writer) -> PeoplePage:
    found = user.main.page
    assert isinstance(found, PeoplePage)
    return found


def words(user: Writer) -> str:
    return " ".join(user.screen.split())


async def to(user: Writer, name: str) -> None:
    """The people book, with the cursor on somebody."""
    await user.press("6")
    page(user).show_row(next(person for person in page(user).book.find(name)))
    await user.rest()


async def test_roles_are_told_filters_narrow_and_two_are_made_one(store: Store, tmp_path: Path) -> None:
    async with writing(store, size=WIDE) as user:
        await to(user, NAME)
        maja = page(user).person
        assert "utbytesansvarig, Rektor" in words(user).split("Nu", 1)[1]
        await user.until("tills det ändrades")  # found in the history
        assert "Skjern · kontaktperson" in words(user).split("Tidigare", 1)[1]

        await user.press("v")
        await user.on(ChooseScreen)
        assert "utan grund (2)" in user.screen
        await user.type("någon post")
        await user.press("enter")
        await user.rest()
        assert "Personer, nämns inte i någon post 1" in user.screen
        assert [page(user).book.name(person) for person in user.main.page.query_one(RecordList).keys_shown] == [
            "Östen Ek"
        ]
        await user.press("v")
        await user.on(ChooseScreen)
        await user.press("enter")
        await user.rest()
        assert "Personer 3" in user.screen

        await to(user, "0560")
        second = page(user).person
        await user.press("m")
        await user.on(ChooseScreen)
        await user.type("maja@")
        await user.press("escape")
        await user.rest()
        assert second in store.book.living()
        await user.press("m")
        await user.on(ChooseScreen)
        await user.type(NAME)
        await user.press("enter")
        await user.on(SaveScreen)
        assert f"blir {NAME}" in words(user)
        await user.said("Samma person, inlagd två gånger.")
        await user.until("en och samma person")
        assert page(user).person == maja
        assert "0560-123 45" in user.screen
    assert store.book.whose(second) == maja
    assert (store.committed().data(SKJERN) or {})["contacts"] == [maja]


async def test_an_extract_is_written_outside_the_registry(store: Store, tmp_path: Path) -> None:
    async with writing(store, size=WIDE) as user:
        await to(user, NAME)
        await user.press("r")
        await user.on(Ask)
        field = user.app.screen.query_one(LineInput)
        field.value = str(store.folder / "utdrag.html")
        await user.press("enter")
        await user.until("ligger i registrets egen mapp")
        await user.on(Ask)
        user.app.screen.query_one(LineInput).value = str(tmp_path / "utdrag.html")
        await user.press("enter")
        await user.until("Registerutdraget skrevs till")
    assert "En räcker." in (tmp_path / "utdrag.html").read_text()


async def test_somebody_is_forgotten_after_it_was_seen_what_remains_and_never_by_a_slip(store: Store) -> None:
    maja = store.book.find("maja@")[0]
    async with writing(store, size=WIDE) as user:
        await to(user, NAME)
        await user.press("d")
        await user.on(EraseScreen)
        await user.until("Posterna nämner personen som:")
        assert "Ungdomsutbyte med Skjern · ansvarig, Rektor" in words(user)
        await user.press("ctrl+s")
        assert "Ange beslutet" in user.screen
        await user.put("decision", "KS 2026-11-20 § 9")
        await user.put("basis", f"{NAME} bad om det")
        await user.press("ctrl+s")
        await user.until("innehåller själv personuppgifter")
        await user.put("basis", "begäran, artikel 17")
        await user.until("vakant, visar notisen")
        await user.press("ctrl+s")
        await user.on(Confirm)
        await user.press("ctrl+s", "d", "enter")  # none of the keys that led here, nor Enter
        await user.on(EraseScreen)
        assert store.book.name(maja) == NAME
        await user.press("ctrl+s")
        await user.on(Confirm)
        await user.press("j")
        await user.until("Raderad ur personboken i den här kopian")
        assert "delas inte med någon" in words(user)
        await user.press("escape")
        await user.main_again()
        assert page(user).person == maja
        assert "KS 2026-11-20 § 9" in user.screen
        assert NAME not in user.screen
        await user.press("d")
        assert any("inget kvar" in notice for notice in user.notices)
        await user.press("4")
        assert "raderad" in user.screen
        assert NAME not in user.screen
    assert maja in recorded(store.committed().registry)
    assert "Change: erase" in trailers(store)
    assert verify(store.repo, maja, [NAME, "maja@example.org"]).found == ()
    assert git(store, "status", "--porcelain") == ""


async def test_a_name_becomes_an_id_and_a_false_alarm_is_raised_once(store: Store) -> None:
    osten = store.book.find("östen")[0]
    async with writing(store, size=WIDE) as user:
        await user.edit("3", SKJERN)
        await user.write("potential", "Fråga Östen Ek, eller växeln på 0560-160 00.")
        await user.press("ctrl+s")
        screen = await user.on(SaveScreen)
        await user.write("words", "Östen Ek vet mer.")
        await user.press("ctrl+s")
        await user.until("personuppgift")
        await user.press("f6")
        await user.rest()
        assert "Östen Ek vet mer." not in user.screen
        assert f"{osten} vet mer." in user.screen
        assert "Östen Ek" not in str(screen.group.fields[0]), "what is asked quotes it no more"
        await user.press("f7")
        await user.on(Ask)
        await user.type("Växelns nummer.")
        await user.press("enter")
        await user.on(SaveScreen)
        await user.rest()
        assert screen.verdict.exceptions == ()
        await user.press("ctrl+s")
        await user.main_again()
        assert "Fråga Östen Ek, eller växeln på 0560-160 00." in words(user), "the id shows as the name"
        await user.edit("3", "twin-towns/paskon")
        await user.write("potential", "Växeln: 0560-160 00.")
        await user.save("Numret har växeln.")
        await user.main_again()
    assert (store.committed().data(SKJERN) or {})["potential"] == f"Fråga {osten}, eller växeln på 0560-160 00."
    assert "Östen Ek" not in git(store, "log", "--all", "-p", "--format=%B")
    assert "Policy-Override" not in git(store, "log", "--format=%B")
    assert git(store, "log", "-3", "--format=%(trailers:key=Record,valueonly)").split() == [
        "twin-towns/paskon", SKJERN, "registry"
    ]  # fmt: skip


async def test_a_book_that_was_removed_at_the_server_is_sent_again_from_the_palette(store: Store) -> None:
    git(store, "clone", "-q", "--bare", ".", "../server.git")
    git(store, "remote", "add", "origin", "../server.git")
    assert share_book(store) == PeopleShared("shared", 0, 3)
    git(store, "push", "-q", "--mirror", "origin")
    async with writing(store, size=WIDE) as user:
        await to(user, NAME)
        page(user).do_share_again()
        await user.until("Personboken är delad.")
    assert NAME in git(store.folder.parent / "server.git", "show", "refs/vanort/people:people.toml")


async def test_a_form_left_open_does_not_bring_back_who_is_erased_meanwhile(store: Store) -> None:
    maja = store.book.find("maja@")[0]
    drafts = store.repo.local_dir / "drafts"
    async with writing(store, size=WIDE) as user:
        await user.edit("3", SKJERN)
        await user.put("potential", "Fråga ÅKERSTRÖM, Maja, om 2027.")
        await user.until("utkast från")
        assert len(list(drafts.iterdir())) == 1
        other = Store.open(store.folder)  # another window, or a sync: this one has to see it by itself
        erase(other, plan(other, maja, "KS 2026-11-20 § 9", "begäran"))
        assert list(drafts.iterdir()) == []
        await user.main.look_outside()
        await user.on(Told)
        await user.until("nämner någon som har raderats")
        await user.press("enter")
        form = await user.on(RecordForm)
        await user.press("x")
        await user.until("ändrat · behålls inte")
        assert list(drafts.iterdir()) == []
        await user.press("ctrl+s")
        await user.on(SaveScreen)
        assert "ser ut som en personuppgift" in words(user), "saving still knows the name"
        await user.press("escape")
        await user.put("potential", "Fråga rektorn om 2027.")
        await user.until("utkast från")
        assert form.changed
    assert verify(store.repo, maja, [NAME]).found == ()
