"""One record's life where histories part, meet, are cut off and cannot be read."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from registry.change import Change, renaming
from registry.renamed import called_now
from registry.sentences import sentences
from registry.store import Store
from registry.timeline import history_of
from tests.kit import SKJERN, TRIP, git, save, torsby, with_trip, write_file
from tests.tui.cli.running import done, vanort

FOOTBALL = "projects/2026/fotboll"


def told(store: Store, ref: str = FOOTBALL) -> list[tuple[str, str]]:
    """The changes of a record, newest first: the reason, or the subject, and the first sentence of each."""
    entries = [entry for entry in history_of(store.repo, ref, fields=True) if entry is not None]
    return [(entry.why or entry.subject, next(sentences(entry, entry.of)).words) for entry in entries]


def renamed_on_one_side(store: Store, *, here: bool) -> None:
    """On one branch the trip gets another name, on the other it becomes dearer; then they are one."""
    save(store, TRIP, "Syftet", purpose="Vänskap")
    git(store, "checkout", "-q", "-b", "sida")
    for renames in (not here, here):
        if renames:
            edits = renaming(store.saved(), TRIP, FOOTBALL)
            store.save(Change(edits, "Fotboll", act="rename", renamed_from={FOOTBALL: TRIP}))
        else:
            save(store, TRIP, "Dyrare buss", decision="KS 2026-11-24 § 9", cost=15_500)
        git(store, "checkout", "-q", "main")
    git(store, "merge", "-q", "-m", "Merge branch 'sida'", "sida")
    assert (store.saved().data(FOOTBALL) or {})["cost"] == 15_500


@pytest.mark.parametrize("here", [True, False])
def test_a_merge_with_another_name_on_one_side_loses_no_change(tmp_path: Path, here: bool) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    renamed_on_one_side(store, here=here)

    changes = told(store)

    assert {why for why, _words in changes} == {
        "Merge branch 'sida'",
        "Fotboll",
        "Dyrare buss",
        "Syftet",
        "Ny uppgift.",
    }
    words = dict(changes)
    assert words["Dyrare buss"].startswith("Kostnad sattes till")
    assert words["Fotboll"] == f"Nytt namn i registret: {TRIP} → {FOOTBALL}"
    assert sum(said == "Införd i registret" for _why, said in changes) == 1
    assert called_now(store, TRIP) == FOOTBALL
    (dearer,) = done("log", FOOTBALL, "--decision", "KS 2026-11-24 § 9", "--json", cwd=store.folder).json
    assert [field["field"] for field in dearer["fields"]] == ["cost"]
    entries = done("log", FOOTBALL, "--json", cwd=store.folder).json
    rename = next(entry for entry in entries if entry["change"] == "rename")
    assert (rename["renamed"], rename["fields"]) == ({FOOTBALL: TRIP}, [])
    assert "Merge branch" in entries[0]["subject"]
    assert [field["field"] for field in entries[0]["fields"]] == (["cost"] if here else [])


def test_what_a_copy_is_told_to_show_in_place_of_its_history_changes_no_answer(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    for text in ("Ringde", "Brev", "Möte"):
        save(store, SKJERN, text, potential=text)
    commands = (("log", SKJERN, "--json"), ("blame", SKJERN, "--json"), ("show", SKJERN, "--json", "--at", "HEAD~2"))
    before = [done(*command, cwd=store.folder).json for command in commands]
    git(store, "replace", "--graft", "HEAD", "HEAD~3")
    (store.folder / ".git/info").mkdir(exist_ok=True)
    (store.folder / ".git/info/grafts").write_text(git(store, "rev-parse", "HEAD~1"), encoding="ascii")
    itself = git(store, "rev-parse", "HEAD~1").strip()
    git(store, "update-ref", f"refs/replace/{itself}", itself)

    assert [done(*command, cwd=store.folder).json for command in commands] == before
    told = vanort("verify", cwd=store.folder)
    assert "det sparade är vad som har granskats" in told.out + told.err, told


def test_a_message_that_plain_git_wrote_is_told_whatever_it_holds(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    decisions = "".join(f"Decision: KS 2026-0{month}-10 § 3\n" for month in (3, 4, 5))
    write_file(store, f"{SKJERN}.toml", (store.folder / f"{SKJERN}.toml").read_text() + 'potential = "Musik"\n')
    git(store, "commit", "-qaF", "-", input="Skjern\n\n" + "ord\n" * 10_000 + "\n" + decisions)
    for command in (("log", SKJERN), ("blame", SKJERN)):
        text = done(*command, cwd=store.folder).out
        assert len(text.splitlines()) < 100, command
        assert "9980 rader till" in text
        assert text.count("-10 § 3") == 3, command
    latest = done("log", SKJERN, "--json", cwd=store.folder).json[0]
    assert latest["why"].count("ord") == 10_000
    assert latest["decision"] == latest["decisions"][0] == "KS 2026-03-10 § 3"
    assert len(latest["decisions"]) == 3

    git(store, "rm", "-q", f"{SKJERN}.toml")
    tree = git(store, "write-tree").strip()
    raw = f"tree {tree}\nparent {git(store, 'rev-parse', 'HEAD')}author  <> 1767225600 +0000\n"
    nobody = git(
        store, "hash-object", "-t", "commit", "-w", "--stdin", input=f"{raw}committer  <> 1767225600 +0000\n\n"
    )
    git(store, "reset", "-q", "--hard", nobody.strip())
    assert "infört av –\n    –\n" in done("log", "-n", "1", cwd=store.folder).out
    refused = vanort("blame", SKJERN, cwd=store.folder)
    assert f"{SKJERN} togs bort" in refused.err
    assert f"--at {nobody[:10]}^" in refused.err
    assert done("blame", SKJERN, "--at", "HEAD^", cwd=store.folder).out


def test_a_shallow_copy_invents_no_beginning(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    for text in ("Ringde", "Möte"):
        save(store, SKJERN, text, potential=text)
    subprocess.run(["git", "clone", "-q", "--depth=2", f"file://{store.folder}", str(tmp_path / "g")], check=True)

    latest, first = done("log", SKJERN, "--json", cwd=tmp_path / "g").json

    assert (latest["known"], [field["field"] for field in latest["fields"]]) == (True, ["potential"])
    assert (first["known"], first["records"], first["fields"]) == (False, [], [])
    text = done("log", SKJERN, "--fields", cwd=tmp_path / "g").out
    assert "Historiken i den här kopian börjar här" in text
    assert "var Ringde" in text
    assert "Införd i registret" not in str(told(Store.open(tmp_path / "g"), SKJERN))
    for command in (("list", "projects", "--removed"), ("list", "twin-towns", "--removed")):
        assert "så långt tillbaka som den här kopian når" in done(*command, cwd=tmp_path / "g").out


def test_what_could_not_be_read_is_neither_removed_nor_new_and_a_merge_beside_it_is_nothing(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    before = (store.folder / f"{SKJERN}.toml").read_text(encoding="utf-8")
    for content, subject in (("inte = = toml\n", "trasig"), (before, "hel")):
        write_file(store, f"{SKJERN}.toml", content)
        git(store, "commit", "-qam", subject)
    git(store, "checkout", "-q", "--orphan", "annan")
    git(store, "rm", "-rfq", ".")
    write_file(store, "ANTECKNING", "Orelaterat\n")
    git(store, "add", "ANTECKNING")
    git(store, "commit", "-qm", "En annan rot")
    git(store, "checkout", "-q", "main")
    git(store, "merge", "-q", "--allow-unrelated-histories", "-m", "Två rötter", "annan")

    assert [words for _why, words in told(store, SKJERN)] == [
        "Filen kunde läsas igen",
        "Filen gick inte att läsa",
        "Införd i registret",
    ]
    mended, broken, _first = done("log", SKJERN, "--json", cwd=store.folder).json
    assert (broken["fields"], broken["unreadable"], mended["fields"]) == ([], [SKJERN], [])
    text = done("log", SKJERN, "--fields", cwd=store.folder).out
    assert "Filen gick inte att läsa" in text
    assert "Två rötter" not in text
