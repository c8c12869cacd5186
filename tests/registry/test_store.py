"""Saving: one change, one commit, nothing lost. Every story on a real repository."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from registry.change import Change, deletion, renaming
from registry.errors import Refused, VanortError
from registry.store import Conflicted, Store
from tests.kit import BUN, SKJERN, TRIP, files, git, save, torsby, trailers, with_department, with_trip, write_file


def test_a_saved_change_is_one_commit_that_an_auditor_can_read(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    before = int(git(store, "rev-list", "--count", "HEAD"))

    saved = save(store, SKJERN, "Bekräftat per brev", decision="KS 2026-03-10 § 31", agreement_status="active")

    assert int(git(store, "rev-list", "--count", "HEAD")) == before + 1
    assert git(store, "rev-parse", "HEAD").strip() == saved.commit
    assert git(store, "status", "--porcelain") == ""
    log = git(store, "log", "-1", "--format=%B")
    assert "Skjern: avtalets status obekräftat → gäller" in log
    assert "Bekräftat per brev" in log
    assert "Avtalets status: obekräftat → gäller" in log
    assert trailers(store) == ["Decision: KS 2026-03-10 § 31", f"Record: {SKJERN}", "Change: set"]


def test_comments_and_order_of_what_was_not_touched_survive(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    write_file(store, f"{SKJERN}.toml", '# Skjern, sedan 1977\nname = "Skjern"   # orten\n\ncountry = "DK"\n')
    store.save(store.saving_by_hand([], "Egen ordning"))

    save(store, SKJERN, country="NO")

    assert files(store)[f"{SKJERN}.toml"] == '# Skjern, sedan 1977\nname = "Skjern"   # orten\n\ncountry = "NO"\n'


def test_a_change_that_changes_nothing_makes_no_commit(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    head = store.repo.head()

    saved = store.save(
        Change({SKJERN: {**(store.committed().data(SKJERN) or {}), "potential": "", "contacts": []}}, "Ny uppgift.")
    )

    assert saved.commit is None
    assert store.repo.head() == head


def test_two_people_who_save_different_fields_of_one_record_both_succeed(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    base = store.repo.head()
    seen = dict(store.committed().data(SKJERN) or {})
    save(store, SKJERN, "Kommunchefen ringde", agreement_status="active")

    store.save(Change({SKJERN: {**seen, "potential": "Skolornas utbyte"}}, "Ny uppgift.", base=base))

    data = store.committed().data(SKJERN) or {}
    assert (data["agreement_status"], data["potential"]) == ("active", "Skolornas utbyte")


def test_the_second_of_two_who_change_the_same_field_is_told_both_values_and_nothing_is_lost(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    base = store.repo.head()
    seen = dict(store.committed().data(SKJERN) or {})
    save(store, SKJERN, potential="Idrott")
    head = store.repo.head()

    with pytest.raises(Conflicted) as told:
        store.save(Change({SKJERN: {**seen, "potential": "Skolor"}}, "Ny uppgift.", base=base))

    assert "Idrott" in str(told.value)
    assert "Skolor" in str(told.value)
    assert store.repo.head() == head
    conflict = told.value.conflicts[SKJERN][0]
    assert (conflict.field, conflict.ours, conflict.theirs) == ("potential", "Skolor", "Idrott")


def test_many_processes_saving_different_records_at_once_all_succeed(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    program = (
        "import sys; from pathlib import Path; from registry.store import Store; from registry.change import Change\n"
        "store = Store.open(Path(sys.argv[1])); ref = sys.argv[2]; base = store.repo.head()\n"
        "for n in range(5):\n"
        "    data = dict(store.committed().data(ref)); data['potential'] = f'plan {n}'\n"
        "    store.save(Change({ref: data}, 'Ny uppgift.'))\n"
    )
    towns = ["skjern", "bomlo", "perna", "rautalampi"]
    running = [
        subprocess.Popen([sys.executable, "-c", program, str(store.folder), f"twin-towns/{town}"]) for town in towns
    ]

    assert [process.wait(120) for process in running] == [0] * len(towns)

    now = store.committed()
    assert [(now.data(f"twin-towns/{town}") or {})["potential"] for town in towns] == ["plan 4"] * len(towns)
    assert int(git(store, "rev-list", "--count", "HEAD")) == 1 + 5 * len(towns)
    assert git(store, "status", "--porcelain") == ""


def test_what_was_read_before_a_save_is_never_taken_for_what_came_after(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    for number in range(3):
        assert [record.ref for record in store.saved().records()], "all of it has been read"
        save(store, SKJERN, potential=f"Musik {number}")
        save(store, TRIP, participants=number)
        Store.open(store.folder).save(Change({BUN: None, TRIP: None}, "Nedlagd.") if number == 2 else _moved(store))
        fresh = Store.open(store.folder).saved()
        assert {r.ref: r.data for r in store.saved().records()} == {r.ref: r.data for r in fresh.records()}
        assert store.saved().referrers == fresh.referrers


def _moved(store: Store) -> Change:
    """A change of another record, made by somebody else."""
    return Change(
        {"twin-towns/perna": {**(store.saved().data("twin-towns/perna") or {}), "successor": "Lovisa"}}, "Ny."
    )


def test_a_record_that_others_refer_to_cannot_be_removed(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"))

    with pytest.raises(Refused, match="Ungdomsutbyte med Skjern"):
        deletion(store.committed(), SKJERN)
    with pytest.raises(Refused, match=TRIP):
        store.save(Change({SKJERN: None}, "Bort med den", act="delete"))

    assert SKJERN in store.committed()


def test_a_rename_carries_its_references_along_in_the_same_commit(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    new = "twin-towns/ringkobing-skjern"

    store.save(
        Change(renaming(store.committed(), SKJERN, new), "Orten heter så nu", act="rename", renamed_from={new: SKJERN})
    )

    now = store.committed()
    assert (now.data(TRIP) or {})["twin_towns"] == [new]
    assert SKJERN not in now
    assert f"Renamed-From: {SKJERN}" in trailers(store)
    message = git(store, "log", "-1", "--format=%B")
    assert f"Namn i registret: {SKJERN} → {new}" in message
    assert f"Ungdomsutbyte med Skjern · Vänorter: {SKJERN} → {new}" in message
    assert set(git(store, "show", "--name-only", "--no-renames", "--format=").split()) == {
        f"{new}.toml", f"{SKJERN}.toml", f"{TRIP}.toml"
    }  # fmt: skip
    with pytest.raises(Refused, match=f"{SKJERN}, som inte finns: den heter {new} nu"):
        save(store, "projects/2026/resa", title="Resa", twin_towns=[SKJERN], act="new")


def test_a_reference_to_what_is_not_there_is_refused_with_its_place(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")

    with pytest.raises(Refused, match=r"twin_towns.*twin-towns/narnia"):
        save(store, TRIP, title="Resa", twin_towns=["twin-towns/narnia"], act="new")

    assert TRIP not in store.committed()


def test_a_decision_by_a_body_that_does_not_decide_here_is_refused(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")

    with pytest.raises(VanortError, match="BUN"):
        save(store, SKJERN, decision="BUN 2026-03-10 § 1", potential="x y z")

    with_department(store)
    save(store, SKJERN, decision="BUN 2026-03-10 § 1", potential="x y z")
    assert "Decision: BUN 2026-03-10 § 1" in trailers(store)


def test_status_asks_for_a_reason_in_words(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"))

    with pytest.raises(Refused):
        save(store, TRIP, "Rättelse.", stage="idea", stage_reason="för tidigt")
    with pytest.raises(Refused):
        save(store, TRIP, "x", stage="idea")
    save(store, TRIP, "Skolan vill vänta", stage="idea", stage_reason="för tidigt")

    assert "Ungdomsutbyte med Skjern: planerad → idé" in git(store, "log", "-1", "--format=%s")


def test_a_record_with_a_hand_edit_is_not_overwritten(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    place = write_file(store, f"{SKJERN}.toml", 'name = "Skjern"\ncountry = "NO"\n')

    with pytest.raises(Refused, match=SKJERN):
        save(store, SKJERN, potential="Skolor")

    assert place.read_text(encoding="utf-8") == 'name = "Skjern"\ncountry = "NO"\n'
    save(store, "twin-towns/bomlo", potential="Musik")
    assert [touched.path for touched in store.hand_edits()] == [f"{SKJERN}.toml"]


def test_a_hand_edit_is_committed_to_the_byte_with_the_same_checks(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    text = 'name="Skjern"\n\n\ncountry =  "DK"  # för hand\n'
    write_file(store, f"{SKJERN}.toml", text)

    store.save(store.saving_by_hand([SKJERN], "Städat i filen"))

    assert git(store, "show", f"HEAD:{SKJERN}.toml") == text
    assert "Change: hand-edit" in trailers(store)
    write_file(store, f"{SKJERN}.toml", 'name = "Skjern"\ncountry = "Danmark"\n')
    with pytest.raises(Refused, match="country"):
        store.save(store.saving_by_hand([SKJERN], "Fel land"))


def test_a_hand_edit_that_is_set_aside_is_kept_in_a_file(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    before = files(store)
    write_file(store, f"{SKJERN}.toml", "inte toml")

    kept = store.discard(SKJERN)

    assert files(store) == before
    assert kept is not None
    assert kept.read_text(encoding="utf-8") == "inte toml"


def test_an_undo_is_a_change_of_its_own_and_leaves_what_came_after(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    wrong = save(store, SKJERN, potential="Fel").commit or ""
    save(store, SKJERN, local_name="Skjern by")

    store.save(store.undoing(wrong, "Det var fel ort"))

    data = store.committed().data(SKJERN) or {}
    assert "potential" not in data
    assert data["local_name"] == "Skjern by"
    assert f"Reverts: {wrong}" in trailers(store)
    assert "Change: undo" in trailers(store)


def test_an_undo_that_meets_a_later_change_of_the_same_field_asks(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    wrong = save(store, SKJERN, potential="Fel").commit or ""
    save(store, SKJERN, potential="Rätt")

    with pytest.raises(Conflicted) as told:
        store.undoing(wrong, "Det var fel")
    assert "Skjern" in told.value.message
    assert "Rätt" in told.value.message
    assert not re.search(r"[Nn]ågon annan|[Ss]omebody", str(told.value))


def test_an_undo_follows_the_record_to_its_new_name_and_tells_a_changed_record_by_its_title(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    created = git(store, "rev-parse", "HEAD").strip()
    wrong = save(store, TRIP, participants=24).commit or ""
    new = "projects/2026/korresa"
    store.save(Change(renaming(store.saved(), TRIP, new), "Kortare", act="rename", renamed_from={new: TRIP}))
    save(store, new, start=date(2026, 5, 3))

    store.save(store.undoing(wrong, "Det var fel resa"))
    assert (store.saved().data(new) or {}).get("participants") is None
    assert TRIP not in store.saved()

    with pytest.raises(Conflicted) as told:
        store.undoing(created, "Den skulle inte finnas")
    assert "Ungdomsutbyte med Skjern" in told.value.message
    assert "{" not in told.value.message
    moved = git(store, "rev-parse", "HEAD~1").strip()
    save(store, new, start=date(2026, 5, 2))
    with pytest.raises(Conflicted, match=r"2 maj 2026.*3 maj 2026|2 May 2026.*3 May 2026"):
        store.undoing(moved, "Fel dag")


def test_a_registry_of_a_newer_format_is_read_and_not_written(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    place = store.folder / "registry.toml"
    place.write_text(place.read_text(encoding="utf-8").replace("format = 1", "format = 2"), encoding="utf-8")
    git(store, "commit", "-qam", "format 2")
    store = Store.open(store.folder)

    assert store.current().title(SKJERN) == "Skjern"
    with pytest.raises(Refused, match="2"):
        save(store, SKJERN, potential="Skolor")


def test_new_entries_of_lists_get_an_id_that_later_changes_follow(tmp_path: Path) -> None:
    store = with_department(torsby(tmp_path / "r"))
    save(store, BUN, "Nämnden avsatte pengar", budget=[{"year": 2026, "amount": 80000}])
    first = (store.committed().data(BUN) or {})["budget"][0]

    save(store, BUN, "Nämnden höjde ramen", budget=[{**first, "amount": 90000}])

    assert first["id"][0].isalpha()
    (change,) = next(store.history(BUN)).fields()
    assert (change.path, change.old, change.new) == (f"budget[{first['id']}].amount", 80000, 90000)


def test_an_undo_brings_a_removed_file_back_to_the_byte(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    was = files(store)[f"{SKJERN}.toml"]
    assert was.startswith("#")
    store.save(Change(deletion(store.saved(), SKJERN), "Lades in av misstag", act="delete"))

    store.save(store.undoing("HEAD", "Det var fel ort"))

    assert files(store)[f"{SKJERN}.toml"] == was


def test_the_undo_of_a_rename_is_told_as_one_and_keeps_the_file(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    was = files(store)
    edits = renaming(store.saved(), SKJERN, "twin-towns/skj")
    store.save(Change(edits, "Kortare", act="rename", renamed_from={"twin-towns/skj": SKJERN}))

    store.save(store.undoing("HEAD", "Det gamla var bättre"))

    assert files(store) == was
    assert "Namn i registret: twin-towns/skj → twin-towns/skjern" in git(store, "log", "-1", "--format=%B")
    assert "Renamed-From: twin-towns/skj" in trailers(store)


@pytest.mark.parametrize("broken", [b"<<<<<<< ours\n", b'name = "\xff"\n'])
def test_a_file_that_could_not_be_read_is_no_record_that_was_not_there(tmp_path: Path, broken: bytes) -> None:
    store = torsby(tmp_path / "r")
    was = files(store)[f"{SKJERN}.toml"]
    write_file(store, f"{SKJERN}.toml", broken)
    git(store, "commit", "-qam", "Ett misstag i en editor")
    mistake = git(store, "rev-parse", "HEAD").strip()

    store.save(store.undoing(mistake, "Den förra versionen gällde"))
    assert files(store)[f"{SKJERN}.toml"] == was

    with pytest.raises(Refused, match=r"could not be read|gick inte att läsa"):
        store.undoing("HEAD", "Ångra ångrandet")
    assert files(store)[f"{SKJERN}.toml"] == was


def test_the_undo_of_a_removal_meets_another_record_of_that_name(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    store.save(Change(deletion(store.saved(), TRIP), "Lades in av misstag", act="delete"))
    removal = git(store, "rev-parse", "HEAD").strip()
    save(store, TRIP, act="new", title="Ungdomsutbyte med Skjern", participants=9)

    with pytest.raises(Conflicted):
        store.undoing(removal, "Den behövdes")


def test_the_removal_by_hand_of_a_file_that_cannot_be_read_can_be_saved(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    path = write_file(store, f"{SKJERN}.toml", "<<<<<<< ours\n")
    git(store, "commit", "-qam", "Ett misstag i en editor")
    path.unlink()

    saved = store.save(store.saving_by_hand([], "Posten ska bort"))

    assert saved.refs == (SKJERN,)
    assert git(store, "status", "--porcelain") == ""
    assert trailers(store) == [f"Record: {SKJERN}", "Change: hand-edit"]


def test_two_new_records_of_one_name_do_not_become_one(tmp_path: Path) -> None:
    store = with_department(torsby(tmp_path / "r"))
    base = store.repo.head()
    first = Change({TRIP: {"title": "Resa", "purpose": "Körens resa"}}, "Ny uppgift.", act="new", base=base)
    store.save(first)
    head = store.repo.head()

    with pytest.raises(Refused):
        store.save(Change({TRIP: {"title": "Resa", "participants": 12}}, "Ny uppgift.", act="new", base=base))

    assert store.repo.head() == head
    assert store.save(first).commit is None


def test_a_hand_edit_merged_with_what_was_saved_meanwhile_is_written_as_merged(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    was = files(store)[f"{SKJERN}.toml"]
    base = store.repo.head()
    save(store, SKJERN, potential="Skolor")
    by_hand = write_file(store, f"{SKJERN}.toml", "# Ringde i går\n" + was + "last_contact = 2026-05-04\n")
    change = store.saving_by_hand([SKJERN], "Ringde i går")

    store.save(Change(change.edits, change.why, act="hand-edit", base=base, texts=change.texts))

    text = by_hand.read_text(encoding="utf-8")
    assert text.startswith("# Ringde i går\n")
    assert (store.saved().data(SKJERN) or {})["potential"] == "Skolor"
    assert 'potential = "Skolor"' in text
    assert git(store, "status", "--porcelain") == ""


def test_only_an_exception_that_is_met_is_recorded_as_overridden_and_never_without_words(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    was = store.saved().data(SKJERN) or {}
    said = ("personal-dta\nReverts: y", "no-obligations")
    store.save(Change({SKJERN: {**was, "potential": "Skolor"}}, "Ny idé", overrides=said))
    assert trailers(store) == [f"Record: {SKJERN}", "Change: set"]

    telephone = {SKJERN: {**was, "potential": "Ring 070-174 06 09"}}
    with pytest.raises(Refused):
        store.save(Change(telephone, "Ny uppgift.", overrides=("personal-data",)))
    store.save(Change(telephone, "Växelns nummer", overrides=("personal-data",)))
    assert "Policy-Override: personal-data" in trailers(store)


def test_what_is_set_aside_twice_in_a_moment_is_kept_twice(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    kept = []
    for text in ("# ett\n", "# två\n"):
        write_file(store, f"{SKJERN}.toml", text)
        kept.append(store.discard(SKJERN))

    assert [place.read_text(encoding="utf-8") for place in kept if place] == ["# ett\n", "# två\n"]


def test_a_record_that_git_is_told_to_ignore_is_a_hand_edit_like_any_other(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    write_file(store, ".gitignore", "ny.toml\n*.bak\n")
    write_file(store, "twin-towns/skjern.toml.bak", "")
    write_file(store, "twin-towns/ny.toml", 'name = "Ny"\ncountry = "DK"\n')

    assert [item.path for item in store.hand_edits()] == ["twin-towns/ny.toml"]
    store.save(store.saving_by_hand([], "En ort till"))
    assert "twin-towns/ny" in store.saved()
    assert not store.hand_edits()
