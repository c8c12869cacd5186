"""A record to hand out: all that it says, every change and who entered it, what is left out, also when it is no more."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from registry.errors import NotFound
from registry.store import Store
from tests.kit import BUN, TRIP, git, write_file
from tests.registry.reports.asking import asked, made, part, text
from tests.registry.reports.autumn import DINNER, FORGOTTEN, TODAY, autumn, told

RENAMED = "projects/2026/skolresa-skjern"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The autumn, after which the trip got another name and the dinner was removed."""
    store = autumn(tmp_path_factory.mktemp("reports") / "r")
    git(store, "mv", f"{TRIP}.toml", f"{RENAMED}.toml")
    told(store, f"Resan fick ett annat namn.\n\nBättre så.\n\nRenamed-From: {TRIP}\nChange: rename", {})
    git(store, "rm", "-q", f"{DINNER}.toml")
    told(store, "Middagen togs bort.\n\nDubblett.\n\nChange: delete", {})
    return store


@pytest.mark.parametrize("name", [TRIP, RENAMED])
def test_a_record_is_handed_out_with_its_whole_history_under_any_of_its_names(store: Store, name: str) -> None:
    document = made("record", asked(store, TODAY, ref=name))
    said = text(document)
    assert document.title == "Ungdomsutbyte med Skjern"
    assert f"Namn i registret: {RENAMED}" in said
    assert ("Begärd under sitt tidigare namn" in said) == (name == TRIP)
    assert "Personnamn är utelämnade" in said
    assert "det formella arkivet" in said
    assert "2026, förvaltningens medel" in part(document, "Pengar"), "a list as a table"
    changes = re.findall(r"^\d+ \w+ \d{4}: (.*)$", part(document, "Historik"), re.MULTILINE)
    assert changes == [
        "Vårens projekt.",
        "Rektorn tar över.",
        "Resan flyttas en vecka och blir dyrare.",
        "Resan fick ett annat namn.",
    ]
    history = part(document, "Historik")
    assert history.count("Infört av: Anna Exempel") == 4
    assert "Varför: Bättre så." in history
    assert "Avsteg från policyn: long-term" in history
    assert "Kostnad ändrades från 45 000 kr till 57 000 kr" in history
    assert "[-lär-]{+lärde+}" in history
    assert f"om {FORGOTTEN} raderades den 1 augusti 2026 enligt KS 2026-07-01 § 9. Grund: begäran." in part(
        document, "Det som har raderats"
    )
    assert "Maja" not in said


def test_names_stand_where_they_are_asked_for(store: Store) -> None:
    said = text(made("record", asked(store, TODAY, ref=RENAMED, named=True)))
    assert "Ansvarig: Maja Påhittad" in said
    assert "Personnamn är utelämnade" not in said


def test_a_removed_record_is_handed_out_as_it_last_was(store: Store) -> None:
    document = made("record", asked(store, TODAY, ref=DINNER))
    assert document.title == "Vänortsmiddag"
    assert "Posten togs bort ur registret den" in text(document)
    assert "Norra bygdegården" in part(document, "Posten som den senast var")
    assert "Borttagen ur registret" in part(document, "Historik")
    before = git(store, "rev-parse", "HEAD~1").strip()
    then = text(made("record", asked(store, TODAY, ref=DINNER, at=before)))
    assert "Posten togs bort" not in then
    assert "Middagen togs bort." not in then


def test_what_was_never_saved_is_said_and_what_never_was_is_refused(tmp_path: Path) -> None:
    store = autumn(tmp_path / "r")
    with pytest.raises(NotFound, match="projects/2026/aldrig"):
        made("record", asked(store, TODAY, ref="projects/2026/aldrig"))
    write_file(store, "projects/2026/ny.toml", 'title = "Ny"\n')
    said = text(made("record", asked(store, TODAY, ref="projects/2026/ny")))
    assert "Posten har aldrig sparats och har ingen historik." in said
    (store.folder / f"{BUN}.toml").unlink()
    gone = text(made("record", asked(store, TODAY, ref=BUN)))
    assert "Postens fil har tagits bort sedan den senast sparades." in gone
