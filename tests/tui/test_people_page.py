"""The people book in the app: put right, added to, looked through and taken elsewhere, and never in the history."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from registry.store import Store
from tests.kit import BUN, TRIP, git, save, torsby, trailers, with_trip
from tests.tui.app_kit import using
from tests.tui.form_kit import Writer, writing
from tui.forms.people import EditPersonScreen, PersonScreen
from tui.screens.handover import HandoverScreen
from tui.screens.people import PeoplePage
from tui.screens.saving import SaveScreen
from tui.widgets.dialogs import Ask, Confirm
from tui.widgets.inputs import LineInput
from tui.widgets.record_list import RecordList

WIDE = (140, 44)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A registry with a project, and two people, one of whom is responsible for it."""
    made = with_trip(torsby(tmp_path / "r"))
    person = made.people.add({"name": "Maja Lindkvisst", "title": "Rektor", "organisation": "Stjerneskolan"})
    made.people.add({"name": "Östen Åkerblom", "title": "Handläggare", "email": "osten@example.se"})
    save(made, TRIP, "Ansvarig utsedd.", responsible=person, responsible_function="Rektor")
    return made


def everything_committed(store: Store) -> str:
    """Every object that the registry's history can reach, as text."""
    objects = git(store, "rev-list", "--objects", "--all").splitlines()
    return git(store, "log", "-p", "--all") + "".join(git(store, "cat-file", "-p", one.split()[0]) for one in objects)


def ids(user: Writer) -> list[str]:
    """The people in the list."""
    return user.main.page.query_one(RecordList).keys_shown


async def test_a_misspelt_name_is_put_right_and_right_wherever_it_stands(store: Store) -> None:
    commit = git(store, "rev-parse", "HEAD")
    async with writing(store, size=WIDE) as user:
        await user.press("4")
        assert "Maja Lindkvisst" in user.screen
        await user.press("6", "e")
        await user.on(EditPersonScreen)
        await user.write("name", "Maja Lindqvist")
        await user.press("ctrl+s")
        await user.until("Sparat i personboken.")
        await user.rest()
        assert "Maja Lindqvist" in user.screen
        await user.press("f")
        await user.rest()
        assert user.main.page.id == "projects"
        assert "Maja Lindqvist" in user.screen
        assert "Lindkvisst" not in user.screen
        await user.press("b")
        assert user.main.page.id == "people"
    assert "Lindkvisst" not in "".join(map(str, store.book.people.values()))
    assert git(store, "rev-parse", "HEAD") == commit
    assert "Lindqvist" not in everything_committed(store)


async def test_the_card_says_all_and_which_records_name_the_person(store: Store) -> None:
    person = store.book.find("maja")[0]
    store.people.set(person, {"telephone": "0560-123 45", "retention_basis": "uppdrag"})
    async with using(store) as user:
        await user.press("6")
        assert "Namnen här stannar i personboken, utanför historiken." in user.screen
        for said in (person, "Stjerneskolan", "0560-123 45", "uppdrag"):
            assert said in user.screen
        assert "Ungdomsutbyte med Skjern · ansvarig, Rektor" in user.screen
        await user.press("down")
        assert "Ingen post nämner personen." in user.screen
        await user.press("f")
        assert any("Ingen post nämner personen." in notice for notice in user.notices)


async def test_what_another_program_writes_in_the_book_is_shown_wherever_the_name_stands(store: Store) -> None:
    person = store.book.find("maja")[0]
    async with using(store, watch=True) as user:
        await user.press("6")
        assert "Maja Lindkvisst" in user.screen
        store.people.set(person, {"name": "Maja Lindqvist"})
        await user.until("Maja Lindqvist")
        await user.press("4")
        store.people.set(person, {"name": "Maja Lindqvist Ek"})
        await user.until("Maja Lindqvist Ek")
        assert not user.main.view.unsaved


async def test_somebody_is_added_and_the_cursor_is_on_them(store: Store) -> None:
    async with writing(store, size=WIDE) as user:
        await user.press("6", "slash")
        await user.type("rektor")
        await user.press("enter", "n")
        await user.on(PersonScreen)
        await user.press("ctrl+s")
        await user.until("Skriv ett namn")
        await user.write("name", "Bertil Norr")
        await user.write("retain_until", "2027-12-31")
        await user.press("ctrl+s")
        await user.until("Sparat i personboken.")
        await user.rest()
        page = user.main.page
        assert isinstance(page, PeoplePage)
        assert store.book.name(page.person) == "Bertil Norr"
        assert "Personer 3" in user.screen
    assert "2027-12-31" in str(store.book.entry(store.book.find("bertil")[0])["retain_until"])
    assert "Bertil" not in everything_committed(store)


async def test_the_list_is_searched_by_all_that_the_book_says(store: Store) -> None:
    async with writing(store, size=WIDE) as user:
        await user.press("6")
        assert "Personer 2" in user.screen
        await user.press("slash")
        await user.type("osten@ex")
        assert "1 av 2" in user.screen
        assert [store.book.name(person) for person in ids(user)] == ["Östen Åkerblom"]
        await user.press("escape")
        assert len(ids(user)) == 2


async def test_the_book_is_exported_but_not_into_the_registry(store: Store, tmp_path: Path) -> None:
    async with writing(store, size=WIDE) as user:
        await user.press("6", "x")
        await user.on(Ask)
        field = user.app.screen.query_one(LineInput)
        field.value = str(store.folder / "people.csv")
        await user.press("enter")
        await user.until("ligger i registrets egen mapp")
        await user.on(Ask)
        field = user.app.screen.query_one(LineInput)
        assert field.value == str(store.folder / "people.csv")
        field.value = str(tmp_path / "people.docx")
        await user.press("enter")
        await user.until("Filnamnet ska sluta på .toml, .json, .csv.")
        field.value = str(tmp_path / "people.csv")
        await user.press("enter")
        await user.until("Personboken skrevs till")
    assert not (store.folder / "people.csv").exists()
    rows = list(csv.reader((tmp_path / "people.csv").read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    assert [row[1] for row in rows] == ["Namn", "Maja Lindkvisst", "Östen Åkerblom"]


async def test_the_same_field_changed_meanwhile_is_told_with_both_values_and_nothing_is_lost(store: Store) -> None:
    person = store.book.find("maja")[0]
    async with writing(store, size=WIDE) as user:
        await user.press("6", "e")
        await user.on(EditPersonScreen)
        await user.write("title", "Lärare")
        store.people.set(person, {"title": "Skolchef", "organisation": "Kommunen"})
        await user.press("ctrl+s")
        await user.until("du skrev “Lärare”, nu står det “Skolchef”")
        assert store.book.entry(person)["title"] == "Skolchef"
        await user.press("ctrl+s")
        await user.until("Sparat i personboken.")
    entry = store.book.entry(person)
    assert (entry["title"], entry["organisation"]) == ("Lärare", "Kommunen")


async def test_esc_asks_only_where_something_was_written(store: Store) -> None:
    async with writing(store, size=WIDE) as user:
        await user.press("6", "e")
        await user.on(EditPersonScreen)
        await user.press("escape")
        await user.main_again()
        await user.press("e")
        await user.on(EditPersonScreen)
        await user.write("title", "Lärare")
        await user.press("escape")
        await user.on(Confirm)
        await user.press("escape")
        await user.on(EditPersonScreen)
        await user.press("escape")
        await user.on(Confirm)
        await user.press("j")
        await user.main_again()
    assert store.book.entry(store.book.find("maja")[0])["title"] == "Rektor"


@pytest.fixture
def officer(store: Store) -> Store:
    """The same registry, where the one who is responsible is the department's exchange officer too."""
    person = store.book.find("maja")[0]
    seat = {"person": person, "function": "Rektor", "from": date(2026, 1, 1)}
    save(store, BUN, "Utsedd.", ambition=True, officers=[seat])
    save(store, TRIP, "Nya dagar.", start=date.today() + timedelta(30), end=date.today() + timedelta(34))
    return store


async def test_all_roles_are_handed_to_a_successor_in_one_commit(officer: Store) -> None:
    maja, osten = officer.book.find("maja")[0], officer.book.find("östen")[0]
    count = int(git(officer, "rev-list", "--count", "HEAD"))
    async with writing(officer, size=(80, 24)) as user:
        await user.press("6", "l")
        await user.on(HandoverScreen)
        await user.write("successor", "öst")
        await user.press("enter")
        await user.put("on", "24 mars 2026")
        await user.put("decision", "BUN 2026-03-10 § 31")
        assert "Från 24 mars 2026 övertar Östen Åkerblom:" in user.screen
        assert "Barn- och utbildningsförvaltningen · Utbytesansvariga · Rektor" in user.screen
        assert "Ungdomsutbyte med Skjern · Ansvarig · Rektor" in user.screen
        await user.save("Rektorn slutade.")
        await user.main_again()
        assert "Sparat." in user.notices
    assert int(git(officer, "rev-list", "--count", "HEAD")) == count + 1
    assert {"Decision: BUN 2026-03-10 § 31", f"Record: {BUN}", f"Record: {TRIP}"} <= {*trailers(officer)}
    before, after = (officer.committed().data(BUN) or {})["officers"]
    assert (before["person"], before["until"]) == (maja, date(2026, 3, 23))
    assert (after["person"], after["from"], after["decision"]) == (osten, date(2026, 3, 24), "BUN 2026-03-10 § 31")
    assert (officer.committed().data(TRIP) or {})["responsible"] == osten
    assert "Åkerblom" not in everything_committed(officer)


async def test_a_handover_that_comes_to_nothing_says_why_in_a_line_and_esc_changes_nothing(officer: Store) -> None:
    last = git(officer, "rev-parse", "HEAD")
    async with writing(officer, size=(80, 24)) as user:
        await user.press("6", "l")
        dialogue = await user.on(HandoverScreen)
        await user.press("ctrl+s")
        assert "Skriv från vilken dag." in user.screen
        await user.put("on", "1 januari 2026")
        await user.press("ctrl+s")
        assert user.app.screen is dialogue
        said = " ".join(user.screen.replace("│", " ").split())
        assert "Maja Lindkvisst har uppdraget från 1 januari 2026" in said
        assert "vanort" not in said
        await user.put("on", "24 mars 2026")
        await user.press("ctrl+s")
        await user.on(SaveScreen)
        await user.press("escape")
        await user.on(HandoverScreen)
        assert "Vakant från 24 mars 2026:" in user.screen, "what was filled in is still there"
        await user.press("escape")
        await user.main_again()
        await user.press("down", "l")
        assert any("Ingen post nämner personen." in notice for notice in user.notices)
    assert git(officer, "rev-parse", "HEAD") == last
    assert git(officer, "status", "--porcelain") == ""


async def test_a_successor_who_is_not_in_the_book_is_added_from_there(officer: Store) -> None:
    async with writing(officer, size=WIDE) as user:
        await user.press("6", "l")
        await user.on(HandoverScreen)
        await user.write("successor", "Bertil Norr")
        await user.press("down", "enter")
        await user.on(PersonScreen)
        await user.press("ctrl+s")
        await user.on(HandoverScreen)
        await user.put("on", "24 mars 2026")
        await user.until("övertar Bertil Norr")
    assert officer.book.find("bertil")


async def test_a_book_that_cannot_be_read_is_said_and_cannot_be_edited(store: Store) -> None:
    folder = store.people.repository.folder
    for ref in (folder / "refs" / "heads").iterdir():
        ref.write_text("0123456789012345678901234567890123456789\n", encoding="ascii")
    async with using(store) as user:
        await user.press("6")
        assert "Personboken kan inte läsas" in user.screen
        assert "Ingen står i personboken" not in user.screen
        for key in ("n", "e"):
            await user.press(key)
            assert isinstance(user.app.screen, type(user.main))
            assert len([told for told in user.notices if "Personboken kan inte läsas" in told]) == 1, user.notices


async def test_a_registry_without_a_book_says_so_until_somebody_is_added(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    async with writing(store, size=WIDE) as user:
        await user.press("6")
        assert "har ingen personbok" in user.screen
        assert "Ingen står i personboken" in user.screen
        await user.press("n")
        await user.on(PersonScreen)
        await user.write("name", "Bertil Norr")
        await user.press("ctrl+s")
        await user.until("Namnen här stannar i personboken, utanför historiken.")
    assert store.book.find("bertil")


async def test_a_book_of_a_newer_format_is_shown_and_left_alone(store: Store) -> None:
    repository = store.people.repository
    version = repository.version()
    assert version is not None
    with repository.locked():
        repository.replace(repository.read(version).replace(b"format = 1", b"format = 2"), version)
    async with using(store) as user:
        await user.press("6")
        assert "Maja Lindkvisst" in user.screen
        await user.press("e")
        assert any("format 2" in notice for notice in user.notices)
        assert isinstance(user.app.screen, type(user.main))


async def test_a_name_is_shown_as_it_is_written(store: Store) -> None:
    store.people.add({"name": "[@click=app.quit]Ärlig[/foo] [bold]"})
    async with using(store) as user:
        await user.press("6", "home")
        assert "[@click=app.quit]Ärlig[/foo] [bold]" in user.screen


async def test_what_was_erased_stands_last_and_stays_erased(store: Store) -> None:
    repository = store.people.repository
    version = repository.version()
    assert version is not None
    erased = '\n[p-zz99zz]\nerased = 2026-11-23\ndecision = "KS 2026-11-20 § 9"\nbasis = "begäran"\n'
    with repository.locked():
        repository.replace(repository.read(version) + erased.encode(), version)
    async with using(store) as user:
        await user.press("6", "end")
        assert "raderad 2026-11-23, KS 2026-11-20 § 9" in user.screen
        await user.press("e")
        assert any("Det som är raderat" in notice for notice in user.notices)


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_everything_fits_a_small_terminal(store: Store, size: tuple[int, int]) -> None:
    async with writing(store, size=size) as user:
        await user.press("6")
        lines = user.screen.split("\n")
        assert any("Östen Åkerblom" in line for line in lines)
        if size == (80, 24):
            assert all(said in lines[-1] for said in ("d radera", "ctrl+p allt"))
        assert sum("Maja Lindkvisst" in line for line in lines) == 2  # in the list, and on the card below it
        await user.press("e")
        await user.on(EditPersonScreen)
        await user.write("retention_basis", "uppdrag")
        assert "uppdrag" in user.screen
        await user.press("ctrl+s")
        await user.until("Sparat i personboken.")
    assert store.book.entry(store.book.find("maja")[0])["retention_basis"] == "uppdrag"


async def test_the_page_speaks_english(store: Store) -> None:
    async with using(store, language="en") as user:
        await user.press("6")
        assert "6 People" in user.screen
        assert "These names stay in the people book, outside the history." in user.screen
        assert "responsible, Rektor" in user.screen
        await user.press("x")
        assert "Write the whole people book to which file?" in user.screen


async def test_what_cannot_be_read_is_said_once_and_gone_to(store: Store) -> None:
    async with writing(store, size=WIDE) as user:
        await user.press("6", "n")
        dialogue = await user.on(PersonScreen)
        await user.write("name", "Sara Sandin")
        mail = await user.write("email", "sara")
        await user.field("name")
        await user.press("ctrl+s")
        assert user.screen.count("”sara”") == 1
        assert "Ett fält går inte att läsa än; det säger varför." in user.screen
        assert dialogue.focused is mail
