"""What plain Git left half done is finished by our own merge, from the command line, with nothing lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry.sharing.choices import Choice
from registry.sharing.choosing import choose, in_question
from registry.sharing.unfinished import Unsettled, back_out, finish, unfinished
from registry.store import Store
from tests.kit import SKJERN, TRIP, git, save, trailers, write_file
from tests.sharing.kit import copied, done, plain, said, without_our_driver

FILE = f"{TRIP}.toml"


@pytest.fixture
def anna(made: Path, tmp_path: Path) -> Store:
    """Anna's registry: she and Berit, who has shared hers, changed neighbouring lines, and one field both."""
    anna, berit = copied(made, tmp_path)
    for store in (anna, berit):
        without_our_driver(store)
        git(store, "config", "pull.rebase", "false")
    save(berit, TRIP, participants=20, youth=True)
    git(berit, "push", "-q", "origin", "main")
    save(anna, TRIP, participants=30, expected_value="Vänner.")
    git(anna, "fetch", "-q")
    return anna


def settle(store: Store, field: str, chosen: str = "theirs") -> None:
    joined = in_question(store)
    assert joined is not None
    choose(store, joined, TRIP, field, Choice(chosen))  # type: ignore[arg-type]


@pytest.mark.parametrize("how", [("pull", "-q"), ("pull", "-q", "--rebase")])
def test_a_pull_that_ended_in_conflicts_is_finished_field_by_field(anna: Store, how: tuple[str, ...]) -> None:
    mine = git(anna, "rev-parse", "main").strip()
    assert plain(anna, *how).returncode != 0
    answer = said(anna, "doctor", "--finish", "--json")
    assert answer.code == 1
    assert [(found["field"], found["ours"], found["theirs"]) for found in answer.json["conflicts"]] == [
        ("participants", 30, 20)
    ]
    doctor = said(anna, "doctor").out
    assert "vanort doctor --finish" in doctor
    assert "git switch" not in doctor
    assert "vanort doctor --finish" in said(anna, "sync").err
    assert "Shared at" in done(anna, "remote").out
    assert said(anna, "conflicts", "--json").json == answer.json["conflicts"]
    settle(anna, "participants")
    ended = done(anna, "doctor", "--finish", "--json").json
    assert git(anna, "rev-parse", "main").strip() == ended["commit"]
    assert git(anna, "log", "-1", "--format=%P", "main").split() == [
        git(anna, "rev-parse", "origin/main").strip(),
        mine,
    ]
    assert f"Settled: {TRIP} participants theirs" in trailers(anna)
    assert git(anna, "status", "--porcelain") == ""
    record = anna.current().data(TRIP) or {}
    assert (record["participants"], record["youth"], record["expected_value"]) == (20, True, "Vänner.")
    assert unfinished(anna) is None
    assert "<<<<<<<" in (Path(ended["kept"]) / FILE).read_text()


def test_a_change_carried_over_is_finished_as_a_change(anna: Store) -> None:
    assert plain(anna, "cherry-pick", "origin/main").returncode != 0
    found = unfinished(anna)
    assert found is not None
    assert found.brings == (TRIP,)
    with pytest.raises(Unsettled):
        finish(anna)
    assert anna.repo.unfinished() == "cherry-pick"
    settle(anna, "participants")
    ended = finish(anna)
    assert ended.commit == anna.repo.head()
    assert len(git(anna, "log", "-1", "--format=%P").split()) == 1
    assert (anna.current().data(TRIP) or {})["participants"] == 20


def test_a_change_taken_back_is_finished_as_an_undo(anna: Store) -> None:
    save(anna, TRIP, participants=31)
    source = git(anna, "rev-parse", "HEAD~1").strip()
    assert plain(anna, "revert", "--no-edit", source).returncode != 0
    settle(anna, "participants", "ours")
    finish(anna)
    record = anna.current().data(TRIP) or {}
    assert (record["participants"], record.get("expected_value")) == (31, None)
    assert f"Reverts: {source}" in trailers(anna)


def test_what_was_put_away_comes_back_as_a_hand_edit(anna: Store) -> None:
    text = (anna.folder / FILE).read_text()
    write_file(anna, FILE, text.replace("participants = 30", "participants = 50") + "youth = true\n")
    git(anna, "stash", "-q")
    save(anna, TRIP, participants=40)
    head = anna.repo.head()
    assert plain(anna, "stash", "pop").returncode != 0
    assert unfinished(anna) is not None
    settle(anna, "participants", "ours")
    ended = finish(anna)
    assert ended.unsaved == (FILE,)
    assert anna.repo.head() == head
    assert [touched.path for touched in anna.hand_edits()] == [FILE]
    record = anna.current().data(TRIP) or {}
    assert (record["participants"], record["youth"]) == (40, True)


def with_marks_saved(anna: Store, style: str) -> str:
    """Somebody without Vänort pulls, and saves the marks that Git left; returns the commit."""
    git(anna, "config", "merge.conflictStyle", style)
    git(anna, "config", "--unset", "merge.vanort.driver")
    (anna.folder / ".gitattributes").write_text("* -merge\n*.toml merge\n")
    git(anna, "commit", "-qam", "Utan drivrutin")
    assert plain(anna, "pull", "-q").returncode != 0
    assert "<<<<<<<" in (anna.folder / FILE).read_text()
    git(anna, "commit", "-qam", "Hoppsan")
    return git(anna, "rev-parse", "HEAD").strip()


def settle_marks(anna: Store, chosen: str = "theirs") -> None:
    asked = {found["field"] for found in said(anna, "conflicts", "--json").json}
    assert "participants" in asked
    for field in asked:
        done(anna, "settle", TRIP, field, "ours" if field == "expected_value" else chosen)


@pytest.mark.parametrize("style", ["merge", "diff3"])
def test_marks_that_were_even_saved_are_settled_in_one_commit_that_tells_of_it(anna: Store, style: str) -> None:
    marked = with_marks_saved(anna, style)
    found = unfinished(anna)
    assert found is not None
    assert (found.kind, found.files) == ("marks", (FILE,))
    (asked,) = found.conflicts
    assert (asked.field, asked.base_known, asked.base) == ("participants", True, None)
    origins = asked.our_origin, asked.their_origin
    assert [origin and origin.author for origin in origins] == ["Anna Exempel", "Berit Exempel"]
    assert said(anna, "doctor", "--finish").code == 1
    settle_marks(anna)
    ended = done(anna, "doctor", "--finish", "--json").json
    assert (ended["unsaved"], ended["kept"]) == ([], None)
    record = anna.current().data(TRIP) or {}
    assert (record["participants"], record["youth"], record["expected_value"]) == (20, True, "Vänner.")

    assert git(anna, "log", "-1", "--format=%H %P").split() == [ended["commit"], marked]
    assert git(anna, "status", "--porcelain") == ""
    assert git(anna, "show", "--format=", "--name-only").split() == [FILE]
    told = git(anna, "log", "-1", "--format=%B")
    title = record["title"]
    assert told.startswith(f"Sammanfört: {title}\n")
    assert f"{title} · Antal deltagare: 30 här, 20 där → 20\n" in told
    assert f"Record: {TRIP}\nChange: merge\n" in told
    assert f"Settled: {TRIP} participants theirs" in trailers(anna)
    assert told.count(" · ") == 2, "what both versions had is not told as new"

    answer = said(anna, "verify", "--json")
    assert answer.code == 1
    judged = [(found["commit"], found["clause"]) for found in answer.json["findings"]]
    assert (marked, "readable") in judged
    assert ended["commit"] not in [commit for commit, _clause in judged]
    assert unfinished(anna) is None


def test_marks_without_a_past_keep_the_comments_of_both(anna: Store) -> None:
    """Git's usual style does not tell what was before, and of marks that were never saved nobody knows who wrote them."""
    text = (anna.folder / FILE).read_text()
    marks = "<<<<<<< min\n# Anna räknade\nparticipants = 30\n=======\n# Berit räknade\nparticipants = 20\n>>>>>>> din\n"
    write_file(anna, FILE, "# Vår resa\n" + text.replace("participants = 30\n", marks))
    whole = (anna.folder / f"{SKJERN}.toml").read_text()
    write_file(anna, f"{SKJERN}.toml", whole + "<<<<<<< min\n# Annas\n||||||| förr\n=======\n# Berits\n>>>>>>> din\n")
    (asked,) = said(anna, "conflicts", "--json").json
    assert (asked["field"], asked["base"], asked["ours"]) == ("participants", None, 30)
    told = said(anna, "conflicts").out
    assert "before: not known" in told
    assert "Exempel" not in told
    settle(anna, "participants", "ours")
    assert finish(anna).commit is None
    assert (anna.current().data(TRIP) or {})["participants"] == 30
    assert {"# Vår resa", "# Anna räknade", "# Berit räknade"} <= {*(anna.folder / FILE).read_text().splitlines()}
    assert {"# Annas", "# Berits"} <= {*(anna.folder / f"{SKJERN}.toml").read_text().splitlines()}


def test_marks_that_were_not_saved_are_settled_in_the_folder(anna: Store) -> None:
    with_marks_saved(anna, "merge")
    marks = (anna.folder / FILE).read_text()
    settle_marks(anna)
    saved = finish(anna).commit
    assert saved == anna.repo.head()
    write_file(anna, FILE, marks)
    assert back_out(anna).unsaved == ()
    write_file(anna, FILE, marks)
    settle_marks(anna, "ours")
    ended = finish(anna)
    assert (ended.commit, ended.unsaved) == (None, (FILE,))
    assert [touched.path for touched in anna.hand_edits()] == [FILE]
    assert ended.kept is not None
    assert (ended.kept / FILE).read_text() == marks


def test_saved_marks_are_not_settled_against_the_policy(anna: Store) -> None:
    stage = 'stage = "planned"\n'
    text = (anna.folder / FILE).read_text()
    write_file(anna, FILE, text.replace(stage, f'<<<<<<< min\n{stage}=======\nstage = "idea"\n>>>>>>> din\n'))
    git(anna, "commit", "-qam", "Hoppsan")
    done(anna, "settle", TRIP, "stage", "decided")
    before = anna.repo.head(), git(anna, "status", "--porcelain")
    answer = said(anna, "doctor", "--finish")
    assert answer.code == 2
    assert "[budgeted]" in answer.err
    assert "vanort settle" in answer.err
    assert (anna.repo.head(), git(anna, "status", "--porcelain")) == before
    done(anna, "settle", TRIP, "stage", "theirs")
    done(anna, "doctor", "--finish")


def test_saved_marks_in_a_folder_of_windows_are_mended_and_nothing_is_told_as_new(anna: Store) -> None:
    with_marks_saved(anna, "merge")
    marks = (anna.folder / FILE).read_bytes()
    write_file(anna, FILE, marks.replace(b"\n", b"\r\n"))
    settle_marks(anna)
    assert finish(anna).commit == anna.repo.head()
    assert f"Settled: {TRIP} participants theirs" in trailers(anna)
    assert git(anna, "status", "--porcelain") == ""
    assert "\r" not in git(anna, "show", f"HEAD:{FILE}")
    for way in (("save", "-m", "Märkena bort"), ("restore", TRIP, "--to", "HEAD~1", "-m", "Märkena bort")):
        write_file(anna, FILE, marks)
        git(anna, "commit", "-qam", "Hoppsan igen")
        if way[0] == "save":
            assert back_out(anna).unsaved == (FILE,)
        done(anna, *way)
        assert " · " not in git(anna, "log", "-1", "--format=%B"), "it holds what it held when it could last be read"


def test_what_only_git_can_go_on_with_is_taken_back(anna: Store) -> None:
    save(anna, SKJERN, potential="Mässa")
    plain(anna, "cherry-pick", "origin/main", "HEAD~1")
    answer = said(anna, "doctor", "--finish")
    assert answer.code == 2
    assert "--back-out" in answer.err
    done(anna, "doctor", "--back-out")
    assert git(anna, "status", "--porcelain") == ""
    assert said(anna, "doctor", "--back-out").code == 2
    plain(anna, "rebase", "-q", "-i", "HEAD~1", "--exec", "false")
    assert anna.repo.unfinished() == "rebase"
    assert said(anna, "doctor", "--finish").code == 2
    done(anna, "doctor", "--back-out")
    assert said(anna, "doctor", "--finish", "--back-out").code == 2
