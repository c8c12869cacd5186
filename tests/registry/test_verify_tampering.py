"""Somebody tampers with a history, in each of the ways there are, and it is noticed."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry.store import Store
from registry.trust.signing import add, revoke
from tests.kit import SKJERN, git, save, write_file
from tests.registry.trust_world import ANNA, BO, by_hand, commit_by_hand, crafted, found, key, messages, report, signed

PASKON = "twin-towns/paskon"
BOMLO = "twin-towns/bomlo"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A registry with four signed changes, verified."""
    store = signed(tmp_path)
    save(store, SKJERN, potential="Ungdomsutbyte.")
    save(store, BOMLO, potential="Ungdomsutbyte och kör.")
    save(store, PASKON, local_name="Rapa Nui")
    done = report(store)
    assert done.verified
    assert (done.commits, done.signed, done.required, done.outside) == (5, 3, 3, [])
    return store


def test_amended(store: Store) -> None:
    by_hand(store, "config", "commit.gpgSign", "false")
    write_file(store, "twin-towns/skjern.toml", git(store, "show", f"HEAD:{SKJERN}.toml") + "# mer\n")
    by_hand(store, "commit", "-qa", "--amend", "--no-edit")
    done = report(store)
    assert not done.verified
    assert found(done) == {("history", ""), ("signature", ""), ("trailers", SKJERN)}
    assert "main har skrivits om: 1 ändring som har setts där har försvunnit" in messages(done)
    assert "inte undertecknad" in messages(done)


def test_amended_without_the_branch_having_been_seen_and_with_the_old_signature_kept(store: Store) -> None:
    """Somebody puts other words into a signed commit, keeping its signature, in a copy that nobody has verified."""
    (store.repo.local_dir / "marks.json").unlink()
    raw = git(store, "cat-file", "commit", "HEAD").replace("Påskön", "Påsköm")
    forged = git(store, "hash-object", "-t", "commit", "-w", "--stdin", input=raw).strip()
    by_hand(store, "reset", "-q", "--hard", forged)
    done = report(store)
    assert found(done) == {("signature", "")}
    assert "ändrats efter att den undertecknades" in messages(done)


def test_dropped_from_the_end(store: Store) -> None:
    by_hand(store, "reset", "-q", "--hard", "HEAD~2")
    done = report(store)
    assert found(done) == {("history", "")}
    assert "2 ändringar som har setts där har försvunnit" in messages(done)
    assert not report(store).verified, "it is told until somebody takes the history as it is"
    assert report(store, accept=True).verified
    assert report(store).verified


def test_dropped_from_the_middle_and_signed_anew(store: Store) -> None:
    by_hand(store, "rebase", "-q", "--onto", "HEAD~2", "HEAD~1")
    assert found(report(store)) == {("history", "")}


def test_an_auditor_who_never_saw_it_asks_whether_the_printed_commit_is_there(store: Store, tmp_path: Path) -> None:
    printed = git(store, "rev-parse", "HEAD").strip()
    by_hand(store, "reset", "-q", "--hard", "HEAD~1")
    git(tmp_path, "clone", "-q", "--no-local", str(store.folder), "clone")
    clone = Store.open(tmp_path / "clone")
    assert report(clone).verified, "nothing in the clone tells that there was more"
    done = report(clone, contained=printed)
    assert found(done) == {("history", "")}
    assert printed[:12] in messages(done)
    kept = git(store, "rev-parse", "HEAD").strip()
    assert report(clone, contained=kept[:10]).verified


def test_reordered(store: Store) -> None:
    first, second = git(store, "rev-list", "-2", "HEAD").split()
    by_hand(store, "reset", "-q", "--hard", "HEAD~2")
    by_hand(store, "cherry-pick", first)
    by_hand(store, "cherry-pick", second)
    done = report(store)
    assert found(done) == {("history", "")}
    (store.repo.local_dir / "marks.json").unlink()
    by_hand(store, "config", "commit.gpgSign", "false")
    by_hand(store, "commit", "-q", "--amend", "--no-edit")
    assert ("signature", "") in found(report(store))


def test_reauthored(store: Store) -> None:
    by_hand(store, "commit", "-q", "--amend", "--no-edit", "--author", f"Bo Exempel <{BO}>")
    (store.repo.local_dir / "marks.json").unlink()
    done = report(store)
    assert found(done) == {("signature", "")}
    assert f"i {BO}s namn, och undertecknades av {ANNA}" in messages(done)


def test_unsigned(store: Store) -> None:
    by_hand(store, "config", "commit.gpgSign", "false")
    save(store, SKJERN, local_name="Skjern by")
    assert found(report(store)) == {("signature", "")}


def test_signed_by_an_unknown_key(store: Store, tmp_path: Path) -> None:
    stranger = key(tmp_path, "stranger")
    by_hand(store, "config", "user.signingKey", stranger.setting)
    save(store, SKJERN, local_name="Skjern by")
    done = report(store)
    assert found(done) == {("signature", "")}
    assert stranger.key.fingerprint in messages(done)


def test_signed_by_a_revoked_key_also_with_an_older_date(store: Store, tmp_path: Path) -> None:
    bo = key(tmp_path, "bo")
    add(store, bo.key, BO)
    as_bo = {
        "GIT_AUTHOR_NAME": "Bo", "GIT_AUTHOR_EMAIL": BO, "GIT_COMMITTER_NAME": "Bo", "GIT_COMMITTER_EMAIL": BO,
        "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "user.signingKey", "GIT_CONFIG_VALUE_0": bo.setting,
    }  # fmt: skip
    commit_by_hand(store, "twin-towns/skjern.toml", git(store, "show", f"HEAD:{SKJERN}.toml") + "\n", "Bo", **as_bo)
    assert report(store).verified
    _done, ended = revoke(store, BO)
    assert [each.principals for each in ended] == [BO]
    assert report(store).verified, "what Bo signed in his time stands"
    late = git(store, "show", f"HEAD:{SKJERN}.toml") + "\n"
    commit_by_hand(store, "twin-towns/skjern.toml", late, "sent", **as_bo)
    long_ago = {"GIT_AUTHOR_DATE": "@1700000000 +0100", "GIT_COMMITTER_DATE": "@1700000000 +0100"}
    commit_by_hand(store, "twin-towns/skjern.toml", late + "\n", "förr", **as_bo, **long_ago)
    done = report(store)
    assert [each.subject for each in done.told if any(f.severity == "violation" for f in each.findings)] == [
        "förr",
        "sent",
    ]
    assert bo.key.fingerprint in messages(done)
    assert f"fick inte underteckna i {BO}s namn" in messages(done)


def test_somebody_lets_himself_sign(store: Store, tmp_path: Path) -> None:
    own = key(tmp_path, "own")
    by_hand(store, "config", "user.signingKey", own.setting)
    line = f"{ANNA} {own.key}\n"
    commit_by_hand(store, "allowed_signers", git(store, "show", "HEAD:allowed_signers") + line, "Mer")
    save(store, SKJERN, local_name="Skjern by")
    done = report(store)
    bad = [each.subject for each in done.told if any(f.severity == "violation" for f in each.findings)]
    assert bad == ["Mer"], "the file is judged as it stood before the change"


def test_a_merge_that_begins_before_signing_did_gets_round_nothing(store: Store) -> None:
    """The first parent has no file of signers yet: a way to take the requirement away without a signature."""
    before = git(store, "rev-list", "--max-parents=0", "HEAD").strip()
    crafted(store, "Sammanfogning", parents=(before, "HEAD"), tree=f"{before}^{{tree}}")
    assert ("signature", "") in found(report(store))


def test_trailers_and_content_at_odds(store: Store) -> None:
    skjern = git(store, "show", f"HEAD:{SKJERN}.toml")
    say = "Skjern: ändrad\n\nNy uppgift.\n\nRecord: {ref}\nChange: {act}"
    commit_by_hand(store, f"{SKJERN}.toml", skjern + "\n", say.format(ref="twin-towns/paskon", act="set"))
    assert found(report(store)) == {("trailers", SKJERN), ("trailers", "twin-towns/paskon")}
    commit_by_hand(store, "twin-towns/ny.toml", 'name = "Ny"\n', say.format(ref="twin-towns/ny", act="set"))
    assert ("trailers", "twin-towns/ny") in found(report(store))
    write_file(store, "README.md", "Annat.\n")
    commit_by_hand(store, f"{SKJERN}.toml", skjern, say.format(ref=SKJERN, act="set"))
    by_hand(store, "add", "README.md")
    by_hand(store, "commit", "-q", "--amend", "--no-edit")
    done = report(store, accept=True)
    assert "README.md" in messages(done)


def test_a_clause_that_there_is_not_is_noticed_whoever_wrote_it(store: Store) -> None:
    skjern = git(store, "show", f"HEAD:{SKJERN}.toml")
    known = "Policy-Override: no-obligations\nPolicy-Breach: planned"
    commit_by_hand(store, f"{SKJERN}.toml", skjern + "\n", f"Skjern\n\nx\n\n{known}")
    assert "sats" not in messages(report(store))
    made = f"Skjern\n\nx\n\nPolicy-Override: hittat-pa\nRecord: {SKJERN}\nChange: set"
    for message in ("Skjern\n\nx\n\nPolicy-Breach: hittat-pa", made):
        commit_by_hand(store, f"{SKJERN}.toml", f"{skjern}# {len(message)}\n", message)
    done = report(store)
    assert messages(done).count("går emot en sats som det här programmet inte känner till: hittat-pa") == 2
    assert done.verified, "a newer version may know it"


def test_a_rename_that_puts_another_record_in_the_old_ones_place(store: Store) -> None:
    by_hand(store, "rm", "-q", f"{SKJERN}.toml")
    message = f"Nytt namn\n\nx\n\nRenamed-From: {SKJERN}\nRecord: twin-towns/annan\nChange: rename"
    commit_by_hand(store, "twin-towns/annan.toml", 'name = "Annan"\ncountry = "DK"\n', message)
    done = report(store)
    assert found(done) == {("trailers", "twin-towns/annan")}
    assert SKJERN in messages(done)


def test_a_file_that_is_no_record_in_between(store: Store) -> None:
    skjern = git(store, "show", f"HEAD:{SKJERN}.toml")
    commit_by_hand(store, f"{SKJERN}.toml", "detta är ingen post\n", "Trasig")
    commit_by_hand(store, "twin-towns/Ny Ort.toml", 'name = "Ny"\n', "Främling")
    by_hand(store, "rm", "-q", "twin-towns/Ny Ort.toml")
    commit_by_hand(store, f"{SKJERN}.toml", skjern, "Lagad")
    done = report(store)
    assert found(done) == {("readable", SKJERN), ("readable", "")}
    assert "rad 1" in messages(done)
    assert [each.subject for each in done.outside] == ["Lagad", "Främling", "Trasig"]


def test_an_object_changed_on_the_disk(store: Store) -> None:
    """A blob is exchanged in place: every id stays, and so every signature is good."""
    import zlib

    blob = git(store, "rev-parse", f"HEAD:{SKJERN}.toml").strip()
    place = store.folder / ".git/objects" / blob[:2] / blob[2:]
    content = zlib.decompress(place.read_bytes())
    place.chmod(0o644)
    place.write_bytes(zlib.compress(content.replace(b"Skjern", b"Skjerm")))
    (store.repo.local_dir / "cache/verify.msgpack").unlink()
    assert found(report(store)) == {("objects", SKJERN)}


def test_a_merge_commit_of_the_apps_that_does_more_or_less_than_merge(store: Store) -> None:
    base = git(store, "rev-parse", "HEAD").strip()
    save(store, SKJERN, potential="Kör.")
    ours = git(store, "rev-parse", "HEAD").strip()
    by_hand(store, "checkout", "-q", "-b", "sida", base)
    save(store, PASKON, potential="Arkeologi.")
    theirs = git(store, "rev-parse", "HEAD").strip()
    by_hand(store, "checkout", "-q", "main")
    by_hand(store, "reset", "-q", "--hard", ours)
    merged = "Sammanfogat\n\nx\n\nRecord: twin-towns/paskon\nChange: merge"
    crafted(store, merged, parents=(ours, theirs), tree=f"{ours}^{{tree}}", sign=True)
    done = report(store)
    assert found(done) == {("merge", "twin-towns/paskon")}, "their change was left out"
    by_hand(store, "reset", "-q", "--hard", ours)
    by_hand(store, "merge", "-q", "--no-edit", "sida")
    write_file(store, "twin-towns/bomlo.toml", 'name = "Bömlo"\ncountry = "NO"\n')
    by_hand(store, "commit", "-qa", "--amend", "-m", merged)
    assert found(report(store, accept=True)) == {("merge", "twin-towns/bomlo")}
    by_hand(store, "checkout", "-q", "HEAD~", "--", "twin-towns/bomlo.toml")
    by_hand(store, "commit", "-q", "--amend", "-m", merged)
    assert report(store, accept=True).verified
