"""The history as entries: what was changed comes from the files, so commits made without Vänort tell it too."""

from __future__ import annotations

from pathlib import Path

from tests.kit import SKJERN, git, save, torsby, write_file


def test_entries_tell_who_when_why_and_what(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    save(store, SKJERN, "Bekräftat per brev", decision="KS 2026-03-10 § 31", agreement_status="active")

    entry = next(store.history())
    told = entry.as_json()

    assert (entry.author, entry.email) == ("Anna Exempel", "anna@example.org")
    assert told["decision"] == "KS 2026-03-10 § 31"
    assert told["why"] == "Bekräftat per brev"
    assert told["records"] == [SKJERN]
    assert told["fields"] == [{"ref": SKJERN, "field": "agreement_status", "old": "unconfirmed", "new": "active"}]


def test_a_commit_made_with_plain_git_is_part_of_the_history(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    write_file(store, f"{SKJERN}.toml", 'name = "Skjern"\ncountry = "DK"\nlast_contact = 2026-01-02\n')
    git(store, "commit", "-qam", "ringde\n\nbara så")

    entry = next(store.history(SKJERN))

    assert (entry.subject, entry.why, entry.act) == ("ringde", "bara så", "")
    assert "last_contact" in [change.path for change in entry.fields()]


def test_the_history_of_a_record_has_its_own_changes_only(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    save(store, SKJERN, potential="Skolor")
    save(store, "twin-towns/bomlo", potential="Musik")

    assert [entry.act for entry in store.history(SKJERN)] == ["set", "init"]
    assert len(list(store.history())) == 3


def test_a_file_that_could_not_be_read_in_the_past_does_not_stop_the_history(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    write_file(store, f"{SKJERN}.toml", "inte = = toml\n")
    git(store, "commit", "-qam", "trasig")
    write_file(store, f"{SKJERN}.toml", 'name = "Skjern"\ncountry = "DK"\n')
    git(store, "commit", "-qam", "hel")

    assert [entry.subject for entry in store.history(SKJERN)][:2] == ["hel", "trasig"]
    assert all(entry.fields() is not None for entry in store.history(SKJERN))


def test_an_entry_of_one_records_history_is_the_whole_change(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    (opened,) = store.history(SKJERN)

    assert set(opened.as_json()["records"]) == set(store.saved().refs())
    assert {change.ref for change in opened.fields(refs=(SKJERN,))} == {SKJERN}
    assert {change.ref for change in opened.fields()} == set(store.saved().refs())
