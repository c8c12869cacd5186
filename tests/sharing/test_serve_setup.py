"""A server's own place: what it takes, what it refuses and in which words, and what it forgets."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from registry.errors import Refused
from registry.git.serving import set_up
from registry.sharing.cloning import clone
from registry.sharing.connecting import connect
from registry.sharing.syncing import sync
from registry.store import Store
from tests.kit import SKJERN, TRIP, git, save, write_file
from tests.tui.cli.running import Answer, done, vanort
from tui.cli.running import run


@pytest.fixture
def place(tmp_path: Path) -> Path:
    bare = tmp_path / "registret.git"
    answer = done("serve-setup", str(bare), "--lang", "en", "--json", cwd=tmp_path)
    assert answer.json == {"folder": str(bare), "made": True}
    return bare


def pushed(folder: Path, *refspec: str) -> tuple[bool, str]:
    """Whether plain Git's push was taken, and what was said."""
    ran = subprocess.run(["git", "-C", str(folder), "push", *refspec], capture_output=True, text=True, check=False)
    return ran.returncode == 0, ran.stderr


def test_what_is_shared_there_stays_and_is_judged_before_it_is_taken_in(
    anna: Store, place: Path, tmp_path: Path
) -> None:
    connect(anna, str(place))
    bo = clone(str(place), tmp_path / "bo")
    save(anna, TRIP, participants=12)
    assert sync(anna).sent == 1

    # a commit of plain Git's that the policy does not allow is refused, in words that Bo reads in his own window
    assert sync(bo).received == 1
    write_file(bo, f"{TRIP}.toml", (bo.saved().text(TRIP) or "").replace("departments/bun", "departments/ingen"))
    git(bo, "commit", "-q", "-a", "-m", "Annan förvaltning")
    refused = sync(bo)
    assert (refused.state, refused.ahead) == ("refused", 1)
    assert "departments/ingen" in refused.message
    assert "Not allowed as it stands" in refused.message
    git(bo, "reset", "-q", "--hard", "HEAD~1")
    assert sync(bo).state == "shared"

    # nothing is rewritten or removed, and nothing else is put there
    for refspec, said in (
        (("--force", "origin", "HEAD~1:main"), "non-fast-forward"),
        (("origin", ":main"), "deletion"),
        (("origin", "HEAD:refs/notes/x"), "Only branches, tags and the people book"),
        (("origin", "HEAD:refs/vanort/people"), "has no past"),
    ):
        taken, told = pushed(bo.folder, *refspec)
        assert not taken
        assert said in told
    assert pushed(bo.folder, "origin", "HEAD:refs/heads/utkast", "HEAD:refs/tags/v1")[0]
    assert git(place, "rev-parse", "main").strip() == bo.repo.head() == anna.repo.head()


def test_no_number_and_no_address_comes_in_by_any_way_unless_somebody_owns_up(anna: Store, place: Path) -> None:
    connect(anna, str(place))
    shared, number = anna.repo.head() or "", "811218-9876"
    record = anna.saved().text(SKJERN) or ""
    potential = f'potential = "Ring {number}."\n'

    def attempt(*commits: tuple[str, str, str], branch: str = "main") -> str:
        """What the server says to commits of one file each (path, text, message): "" where it takes them."""
        git(anna, "reset", "-q", "--hard", shared)
        for path, text, message in commits:
            write_file(anna, path, text)
            git(anna, "add", "-A")
            git(anna, "commit", "-q", "-m", message)
        taken, told = pushed(anna.folder, "origin", f"HEAD:refs/heads/{branch}")
        return "" if taken else told

    path = f"{SKJERN}.toml"
    for branch, commits in (
        ("main", [(path, record + "\n", f"Ring {number}")]),
        ("side", [(path, record + "\n", f"Ring {number}")]),
        ("main", [(path, f"{record}# maja@example.org\n", "Anm.")]),
        ("main", [("README", f"Ring {number}\n", "Läs mig")]),
        ("side", [(f"anteckningar/{number}.txt", "Hej\n", "Läs mig")]),
        ("main", [(path, record + potential, "Skolor"), (path, record, "Bort igen")]),
    ):
        assert "personal identity number" in (told := attempt(*commits, branch=branch)) or "e-mail" in told, commits
        assert number not in told
        assert "maja@" not in told
    owned = "Känt\n\nBehövs.\n\nPolicy-Override: personal-data"
    assert attempt((path, record + potential, owned), branch="utkast") == ""
    assert attempt(("README", "Ring 020-91 90 90, dnr 0321-20261\n", "Läs mig\n\nSigned-off-by: B <b@x.se>")) == ""


def test_what_is_taken_out_of_the_people_book_is_forgotten_there(anna: Store, place: Path, tmp_path: Path) -> None:
    connect(anna, str(place))
    book = tmp_path / "book"
    git(tmp_path, "init", "-q", str(book))
    versions = []
    for name in ("Maja Exempel", "Nils Påhittsson", "Östen Exempel"):
        (book / "people.toml").write_text(f'format = 1\n[p-7k2m9x]\nname = "{name}"\n', encoding="utf-8")
        git(book, "checkout", "-q", "--orphan", name.replace(" ", "-"))
        git(book, "add", "-A")
        git(book, "commit", "-q", "-m", "Personboken")
        if versions:  # the last one was packed by the server's own housekeeping
            git(place, "gc", "-q")
        lease = f"--force-with-lease=refs/vanort/people:{versions[-1] if versions else ''}"
        taken, told = pushed(book, lease, str(place), "HEAD:refs/vanort/people")
        assert taken, told
        versions.append(git(book, "rev-parse", "HEAD").strip())
    for old in versions[:-1]:
        everything = git(place, "cat-file", "--batch-all-objects", "--batch-check=%(objectname)").split()
        gone = [old, *(git(book, "rev-parse", f"{old}{part}").strip() for part in ("^{tree}", ":people.toml"))]
        assert not set(gone) & set(everything)
    assert git(place, "show", "refs/vanort/people:people.toml").count("Östen") == 1
    taken, told = pushed(book, str(place), ":refs/vanort/people")
    assert not taken
    assert "never removed" in told
    assert git(place, "fsck", "--strict") == ""
    assert sync(anna).state == "shared"


def test_setting_up_again_mends_and_what_is_somebody_elses_is_left_alone(place: Path, tmp_path: Path) -> None:
    hook = place / "hooks" / "pre-receive"
    as_made = hook.read_text(encoding="utf-8")
    hook.unlink()
    git(place, "config", "receive.denyDeletes", "false")
    answer = done("serve-setup", str(place), "--lang", "en", cwd=tmp_path)
    assert answer.out == f"{place} is set up as it should be.\n"
    assert hook.read_text(encoding="utf-8") == as_made
    assert git(place, "config", "receive.denyDeletes").strip() == "true"
    hook.write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    answer = vanort("serve-setup", str(place), "--lang", "en", cwd=tmp_path)
    assert (answer.code, str(hook) in answer.err) == (2, True)
    assert hook.read_text(encoding="utf-8") == "#!/bin/sh\nexit 0\n"
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "brev.txt").write_text("x")
    with pytest.raises(Refused, match="not empty"):
        set_up(tmp_path / "full", ["/usr/bin/vanort"], "sv", shared=False)
    assert set_up(tmp_path / "group.git", ["/usr/bin/vanort"], "sv", shared=True)
    assert git(tmp_path / "group.git", "config", "core.sharedRepository").strip() in {"1", "group"}


def test_the_command_line_tells_and_answers_all_that_sharing_can_come_to(
    anna: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "registret.git"
    git(tmp_path, "init", "-q", "--bare", "-b", "main", str(place))

    def said(folder: Path, *arguments: str) -> Answer:
        """What the command answers in that folder, in English."""
        monkeypatch.chdir(folder)
        code = run([*arguments, "--lang", "en"])
        told = capsys.readouterr()
        return Answer(code, told.out, told.err)

    told = said(anna.folder, "remote")
    assert told.out == "The registry is not shared. Say where: vanort remote ADDRESS\n"
    assert said(anna.folder, "remote", "--json").json["address"] is None
    assert said(anna.folder, "sync", "--json").error["hint"] == "Say where: vanort remote ADDRESS"
    assert "All of it has been sent" in said(anna.folder, "remote", str(place)).out
    answer = said(tmp_path, "clone", str(place), "bo", "--json").json
    assert (answer["commit"], answer["folder"]) == (anna.repo.head(), str(tmp_path / "bo"))
    bo = Store.open(tmp_path / "bo")
    nothing = {"state": "shared", "ahead": 0, "behind": 0, "received": 0, "sent": 0, "conflicts": [], "unreadable": []}
    nothing["overtaken"] = []
    nothing["people"] = {"state": "none", "received": 0, "sent": 0}
    assert said(bo.folder, "sync", "--json").json == nothing
    assert "Everything is shared" in said(bo.folder, "sync").out

    save(anna, SKJERN, potential="Skolor")
    assert said(anna.folder, "sync", "--json").json == {**nothing, "sent": 1}
    save(bo, SKJERN, potential="Körer")
    left = said(bo.folder, "sync", "--json")
    conflict = {"ref": SKJERN, "field": "potential", "base": None, "ours": "Körer", "theirs": "Skolor"}
    assert (left.code, left.json) == (
        1,
        {**nothing, "state": "conflicts", "ahead": 1, "behind": 1, "conflicts": [conflict]},
    )
    assert "for a person to decide" in said(bo.folder, "sync").out
    shown = said(bo.folder, "remote", "--json").json
    assert (shown["address"], shown["branch"], shown["ahead"], shown["behind"]) == (str(place), "main", 1, 1)
    assert said(bo.folder, "settle", SKJERN, "potential", "ours").code == 0
    assert said(bo.folder, "sync", "--json").json == {**nothing, "received": 1, "sent": 2}
    assert said(anna.folder, "sync").out == "2 changes were received\n"
    assert anna.repo.head() == bo.repo.head()
    assert f"Settled: {SKJERN} potential ours" in git(anna, "log", "-1", "--format=%B")

    place.rename(tmp_path / "elsewhere.git")
    gone = said(anna.folder, "sync", "--json")
    assert (gone.code, gone.json["state"]) == (2, "offline")
    assert "There is no registry at" in gone.error["error"]
    git(anna, "remote", "set-url", "origin", "https://anna:hemligt@127.0.0.1:1/r.git")
    offline = said(anna.folder, "sync")
    assert (offline.code, offline.out) == (2, "")
    assert offline.err == (
        "vanort: 127.0.0.1 cannot be reached, or the line broke. "
        "Try again when there is a connection. What you have saved is not lost.\n"
    )
    assert "hemligt" not in said(anna.folder, "remote").out
