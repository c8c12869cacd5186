"""What people do in good faith is told where it is worth telling, and never condemned."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry.change import Change, renaming
from registry.starters.make import init
from registry.store import Store
from registry.trust.signing import add
from tests.kit import BUN, SKJERN, TRIP, git, save, torsby, with_trip, write_file
from tests.registry.trust_world import (
    BO,
    by_hand,
    commit_by_hand,
    crafted,
    found,
    key,
    messages,
    report,
    signed,
)

PASKON = "twin-towns/paskon"


def test_the_starters(tmp_path: Path) -> None:
    for starter in ("torsby", "demo"):
        done = report(init(tmp_path / starter, starter))
        assert done.verified, messages(done)
        assert not done.outside
        assert done.commits == int(git(tmp_path / starter, "rev-list", "--count", "HEAD"))


def test_everything_that_the_app_does(tmp_path: Path) -> None:
    store = with_trip(signed(tmp_path))
    now = store.saved()
    edits = renaming(now, SKJERN, "twin-towns/skjern-by")
    renamed = store.save(Change(edits, "Nytt namn.", act="rename", renamed_from={"twin-towns/skjern-by": SKJERN}))
    store.save(store.undoing(renamed.commit or "", "Nej."))
    write_file(store, f"{SKJERN}.toml", git(store, "show", f"HEAD:{SKJERN}.toml") + "\n# för hand\n")
    store.save(store.saving_by_hand([], "Anteckning."))
    store.save(Change({TRIP: None}, "Fel.", act="delete"))
    deleted = git(store, "rev-parse", "HEAD").strip()
    store.save(store.undoing(deleted, "Rätt ändå."))
    done = report(store)
    assert done.verified, messages(done)
    assert not done.outside
    assert done.signed == done.required == 7


def test_a_registry_whose_signing_began_halfway(tmp_path: Path) -> None:
    from registry.trust.signing import set_up

    store = torsby(tmp_path / "r")
    save(store, SKJERN, potential="Kör.")
    set_up(store, key(tmp_path, "anna"), "anna@example.org", require=True)
    save(store, SKJERN, potential="Kör och teater.")
    done = report(store)
    assert done.verified
    assert (done.commits, done.required, done.signed) == (4, 1, 1)
    assert found(done, notes=True) == {("signature", "")}
    assert "härifrån måste ändringar undertecknas" in messages(done)


def test_plain_git_commits_are_listed_and_not_condemned(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    commit_by_hand(store, f"{SKJERN}.toml", git(store, "show", f"HEAD:{SKJERN}.toml") + "# x\n", "Rättat för hand")
    by_hand(store, "mv", f"{SKJERN}.toml", "twin-towns/skjern-by.toml")
    by_hand(store, "commit", "-qm", "Flyttat")
    by_hand(store, "revert", "--no-edit", "HEAD")
    done = report(store)
    assert done.verified
    assert [each.subject for each in done.outside] == ['Revert "Flyttat"', "Flyttat", "Rättat för hand"]


def test_a_merge_by_plain_git_of_two_who_sign(tmp_path: Path) -> None:
    store = signed(tmp_path)
    bo = key(tmp_path, "bo")
    base = git(store, "rev-parse", "HEAD").strip()
    add(store, bo.key, BO)
    by_hand(store, "checkout", "-q", "-b", "sida", base)
    save(store, PASKON, local_name="Rapa Nui")
    by_hand(store, "checkout", "-q", "main")
    as_bo = {
        "GIT_AUTHOR_NAME": "Bo", "GIT_AUTHOR_EMAIL": BO, "GIT_COMMITTER_NAME": "Bo", "GIT_COMMITTER_EMAIL": BO,
        "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "user.signingKey", "GIT_CONFIG_VALUE_0": bo.setting,
    }  # fmt: skip
    by_hand(store, "merge", "-q", "--no-ff", "--no-edit", "sida", **as_bo)
    done = report(store)
    assert done.verified, messages(done)
    by_hand(store, "branch", "-q", "-D", "sida")
    assert report(store).verified, "a branch that was merged may be tidied away"


def test_a_merge_by_plain_git_that_leaves_something_out_is_told(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    by_hand(store, "checkout", "-q", "-b", "sida")
    save(store, PASKON, potential="Arkeologi.")
    by_hand(store, "checkout", "-q", "main")
    save(store, SKJERN, potential="Kör.")
    by_hand(store, "merge", "-q", "-s", "ours", "--no-edit", "sida")
    done = report(store)
    assert done.verified
    assert found(done, notes=True) == {("merge", PASKON)}


def test_octopus_merges_and_unrelated_histories(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = torsby(tmp_path / "r")
    for number, ref in enumerate(("twin-towns/bomlo", PASKON, SKJERN)):
        by_hand(store, "checkout", "-q", "-b", f"s{number}", "main")
        save(store, ref, potential="Kör.")
    by_hand(store, "checkout", "-q", "main")
    save(store, BUN, name="BUN", act="new")
    by_hand(store, "merge", "-q", "--no-edit", "s0", "s1", "s2")
    assert len(git(store, "log", "-1", "--format=%P").split()) == 4
    other = init(
        tmp_path / "other", "torsby", identity=("Bo Exempel", "bo@example.org")
    )  # made in the same second, too
    save(other, SKJERN, potential="Helt annat.")
    by_hand(store, "fetch", "-q", str(other.folder), "main")
    by_hand(store, "config", "--remove-section", "merge.vanort")  # by fields, Git's own -X is not heard of
    by_hand(store, "merge", "-q", "--allow-unrelated-histories", "-X", "ours", "--no-edit", "FETCH_HEAD")
    done = report(store)
    assert done.verified, messages(done)
    assert found(done, notes=True) == set()
    assert done.commits == 9


def test_dates_in_records_are_held_against_the_dates_of_changes(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    day = {"GIT_AUTHOR_DATE": "2026-06-01T12:00:00+02:00", "GIT_COMMITTER_DATE": "2026-06-01T12:00:00+02:00"}
    registry = git(store, "show", "HEAD:registry.toml")
    commit_by_hand(store, "registry.toml", registry + "\n", "x", **day)
    dinner = 'title = "Middag"\nstage = "ongoing"\nstart = 2026-05-04\n[[commitments]]\nkind = "finance"\nparty = "Torsby IF"\n'
    commit_by_hand(store, f"{TRIP}.toml", dinner, "a\n\nx\n\nDecision: KS 2026-07-10 § 3\nRecord: x", **day)
    late = dinner + "secured_on = 2026-05-01\n"
    commit_by_hand(store, f"{TRIP}.toml", late, "b", **day)
    commit_by_hand(store, f"{TRIP}.toml", late.replace("05-04", "06-04"), "c", **day)
    commit_by_hand(store, f"{TRIP}.toml", late.replace("05-04", "06-05"), "d", **day)
    done = report(store)
    told = {each.subject: [found.field for found in each.findings if found.clause == "dates"] for each in done.told}
    assert told["b"] == ["commitments[0].secured_on"]
    assert told["c"] == ["start"]
    assert "d" not in told or told["d"] == [], "a start that lies ahead may be moved"
    assert told["a"] == ["", "start"]
    assert "starten ändrades från 2026-05-04 till 2026-06-04 efter att den hade passerat, 2026-06-01" in messages(done)
    assert "infört efter start: 2026-06-01, och starten var 2026-05-04" in messages(done)


def test_clocks_of_1970_and_2100_and_strange_authors_and_long_messages(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    who = {"GIT_AUTHOR_NAME": "An\x1b[31mna", "GIT_AUTHOR_EMAIL": "-I x@\x07example.org"}
    crafted(store, "1970", GIT_AUTHOR_DATE="@0 +0000", GIT_COMMITTER_DATE="@0 +0000", **who)
    crafted(store, "2100", GIT_AUTHOR_DATE="@4102444800 +0000", GIT_COMMITTER_DATE="@4102444800 +0000")
    crafted(store, "lång\n\n" + "rad\n" * 10_000)
    raw = git(store, "cat-file", "commit", "HEAD").encode().replace(b"author Anna Exempel", b"author A\xe5nna\xff")
    place = tmp_path / "raw"
    place.write_bytes(raw)
    made = git(store, "hash-object", "-t", "commit", "-w", str(place)).strip()
    by_hand(store, "reset", "-q", "--hard", made)
    done = report(store, accept=True)
    assert done.verified
    assert found(done, notes=True) == {("clock", "")}
    assert len([each for each in done.findings if each.clause == "clock"]) == 3
    assert "2100-01-01" in messages(done)


def test_shallow_and_partial_copies_say_what_they_cannot_know(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    for number in range(4):
        save(store, SKJERN, potential=f"Kör {number}.")
    first = git(store, "rev-list", "--max-parents=0", "HEAD").strip()
    by_hand(store, "config", "uploadpack.allowFilter", "true")
    url = store.folder.as_uri()
    git(tmp_path, "clone", "-q", "--depth", "2", url, "shallow")
    done = report(Store.open(tmp_path / "shallow"), contained=first)
    assert not done.verified
    assert {each.clause for each in done.findings} == {"incomplete"}
    git(tmp_path / "shallow", "fetch", "-q", "--unshallow")
    assert report(Store.open(tmp_path / "shallow"), contained=first).verified

    git(tmp_path, "clone", "-q", "--bare", "--filter=blob:none", url, "partial")
    partial = Store.open(tmp_path / "partial", bare_too=True)
    before = git(tmp_path / "partial", "count-objects", "-v")
    done = report(partial)
    assert not done.verified
    assert {each.clause for each in done.findings} == {"incomplete"}
    assert git(tmp_path / "partial", "count-objects", "-v") == before, "nothing was fetched to find out"


def test_replacements_and_grafts_hide_nothing(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    save(store, SKJERN, potential="Kör.")
    bad = commit_by_hand(store, f"{SKJERN}.toml", "ingen post\n", "Trasig")
    good = commit_by_hand(store, f"{SKJERN}.toml", git(store, "show", f"HEAD~1:{SKJERN}.toml"), "Lagad")
    by_hand(store, "replace", "--graft", good, f"{bad}~1")
    assert "Trasig" not in git(store, "log", "--format=%s")
    done = report(store)
    assert ("readable", SKJERN) in found(done)
    assert ("history", "") in found(done, notes=True)
    assert done.commits == 4


def test_a_bare_repository(tmp_path: Path) -> None:
    store = signed(tmp_path)
    save(store, SKJERN, potential="Kör.")
    git(tmp_path, "clone", "-q", "--bare", str(store.folder), "bare")
    bare = Store.open(tmp_path / "bare", bare_too=True)
    done = report(bare)
    assert done.verified
    assert (done.commits, done.signed) == (3, 1)


def test_another_run_looks_only_at_what_is_new(tmp_path: Path) -> None:
    store = signed(tmp_path)
    save(store, SKJERN, potential="Kör.")
    first = report(store)
    assert (first.looked_at, report(store).looked_at) == (3, 0)
    save(store, SKJERN, potential="Kör och teater.")
    again = report(store)
    assert (again.looked_at, again.commits, again.signed) == (1, 4, 2)
    assert [each.commit for each in again.told] == [each.commit for each in first.told]
    cache = store.repo.local_dir / "cache/verify.msgpack"
    size = cache.stat().st_size
    cache.write_bytes(b"\x93 no cache")
    assert report(store).looked_at == 4
    assert cache.stat().st_size == size, "nothing is kept twice"
    by_hand(store, "reset", "-q", "--hard", "HEAD~1")
    assert report(store, accept=True).looked_at == 0, "a verdict is the commit's, whatever builds on it"


def test_a_run_that_is_cut_off_keeps_what_it_did(tmp_path: Path) -> None:
    from registry.trust.verifying import Verification

    store = torsby(tmp_path / "r")
    for number in range(5):
        save(store, SKJERN, potential=f"Kör {number}.")
    steps = Verification(store.repo, store.repo.head(), portion=2).steps()
    assert [next(steps), next(steps)] == [(0, 6), (2, 6)]
    steps.close()
    assert report(store).looked_at == 4


def test_an_old_date_does_not_hide_what_was_entered_late(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    old = {"GIT_AUTHOR_DATE": "2020-01-01T12:00:00", "GIT_COMMITTER_DATE": "2020-01-01T12:00:00"}
    commit_by_hand(store, f"{TRIP}.toml", 'title = "Resa"\nstart = 2026-01-04\n', "Resa", **old)
    assert found(report(store), notes=True) == {("clock", "")}


def test_plain_git_as_told_in_the_documentation_agrees(tmp_path: Path) -> None:
    store = signed(tmp_path)
    save(store, SKJERN, potential="Kör.")
    outside = commit_by_hand(store, f"{SKJERN}.toml", git(store, "show", f"HEAD:{SKJERN}.toml") + "# x\n", "För hand")
    done = report(store, contained=outside[:12])
    signatures = git(store, "-c", "gpg.ssh.allowedSignersFile=allowed_signers", "log", "--format=%G? %GS %ae")
    good = [line for line in signatures.splitlines() if line == "G anna@example.org anna@example.org"]
    assert len(good) == done.signed + 1, "the commit that begins signing is signed too, and did not have to be"
    listed = git(store, "log", "--invert-grep", "--grep=^Change: ", "--format=%H").split()
    assert listed == [each.commit for each in done.outside] == [outside]
    git(store, "merge-base", "--is-ancestor", outside, "HEAD")
    before = tmp_path / "a"
    before.write_text(git(store, "show", f"{outside}^:allowed_signers"), encoding="utf-8")
    git(store, "-c", f"gpg.ssh.allowedSignersFile={before}", "verify-commit", outside)
    told = git(store, "log", "-2", "--format=%(trailers:key=Change,key=Record)", "--name-status", "--no-renames")
    assert f"Record: {SKJERN}\nChange: set" in told
    git(store, "fsck", "--full")
