"""Signing set up, handed on and ended: in the registry's own settings, and in the committed file of who may."""

from __future__ import annotations

import os
import signal
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from registry.errors import BadInput, GitTrouble, NotFound, Refused
from registry.git.keys import find_key, own_keys
from registry.trust.signers import ended, may_sign, parse_key, signers, with_signer
from registry.trust.signing import add, key_of, revoke, set_up, standing
from tests.kit import SKJERN, git, save, torsby, trailers
from tests.registry.trust_world import ANNA, BO, key, report, signed

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def test_set_up_with_a_key_of_ones_own(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    own = key(tmp_path, "anna")
    done = set_up(store, own, ANNA, require=True)
    assert git(store, "log", "-1", "--format=%H %G? %GS").split() == [done.commit, "G", ANNA]
    assert trailers(store) == ["Change: signing"]
    assert git(store, "show", "--name-only", "--format=%s").split("\n")[0].startswith("Underskrifter:")
    assert git(store, "status", "--porcelain") == ""
    save(store, SKJERN, potential="Kör.")
    assert git(store, "log", "-1", "--format=%G?").strip() == "G"
    now = standing(store.repo)
    assert (now.signs, now.required, now.key, now.principal) == (True, True, str(own.place), ANNA)
    assert [(each.principals, each.key.fingerprint) for each in now.signers] == [(ANNA, own.key.fingerprint)]
    assert set_up(store, own, ANNA, require=True).commit is None, "twice is once"


def test_to_sign_without_requiring_it_of_anybody(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    assert set_up(store, key(tmp_path, "anna"), ANNA, require=False).commit is None
    assert standing(store.repo).required is False
    save(store, SKJERN, potential="Kör.")
    assert "BEGIN SSH SIGNATURE" in git(store, "cat-file", "commit", "HEAD")


def test_a_key_that_cannot_sign_changes_nothing(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    own = key(tmp_path, "anna")
    (tmp_path / "anna").unlink()
    before = (store.folder / ".git/config").read_text(encoding="utf-8")
    with pytest.raises(GitTrouble, match="anna"):
        set_up(store, own, ANNA, require=True)
    assert (store.folder / ".git/config").read_text(encoding="utf-8") == before
    assert git(store, "rev-list", "--count", "HEAD").strip() == "1"
    with pytest.raises(Refused, match=ANNA):
        set_up(store, own, BO, require=True)
    with pytest.raises(BadInput):
        set_up(store, own, "anna, alla", require=True)


def test_somebody_new_has_the_key_added_by_somebody_who_may(tmp_path: Path) -> None:
    store = signed(tmp_path)
    git(tmp_path, "clone", "-q", str(store.folder), "bo")
    bo = type(store).open(tmp_path / "bo")
    bo.repo.set_identity("Bo Exempel", BO)
    own = key(tmp_path, "bo-key")
    done = set_up(bo, own, BO, require=True)
    assert done.commit is None
    first, _blank, rest = done.to_hand_over.partition(" ")
    assert (first, key_of(done.to_hand_over).data) == (BO, parse_key(rest).data)
    add(store, key_of(done.to_hand_over), BO)
    git(bo, "pull", "-q", "--ff-only")
    save(bo, SKJERN, potential="Kör.")
    assert report(bo).verified
    assert add(store, own.key, BO).commit is None


def test_nobody_ends_the_last_key_and_what_is_ended_is_named(tmp_path: Path) -> None:
    store = signed(tmp_path)
    with pytest.raises(Refused):
        revoke(store, ANNA)
    with pytest.raises(NotFound):
        revoke(store, "ingen@example.org")
    new = key(tmp_path, "anna-ny")
    add(store, new.key, ANNA)
    old = standing(store.repo).signers[0].key.fingerprint
    done, keys = revoke(store, old)
    assert [each.key.fingerprint for each in keys] == [old]
    assert git(store, "log", "-1", "--format=%H %G?").split()[0] == done.commit
    assert [each.ended(datetime.now(UTC)) for each in standing(store.repo).signers] == [True, False]
    assert git(store, "diff", "--numstat", "HEAD~1").split()[:2] == ["1", "1"]
    assert report(store).verified


def test_the_agent_alone_has_a_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = torsby(tmp_path / "r")
    own = key(tmp_path, "anna")
    socket = str(tmp_path / "s")
    said = subprocess.run(["ssh-agent", "-s", "-a", socket], check=True, capture_output=True, text=True).stdout
    pid = int(said.split("SSH_AGENT_PID=")[1].split(";")[0])
    try:
        monkeypatch.setenv("SSH_AUTH_SOCK", socket)
        subprocess.run(["ssh-add", "-q", tmp_path / "anna"], check=True, stdin=subprocess.DEVNULL, capture_output=True)
        (tmp_path / "anna").unlink()
        (tmp_path / "anna.pub").unlink()
        assert [(each.place, each.key.data) for each in own_keys()] == [(None, own.key.data)]
        set_up(store, own_keys()[0], ANNA, require=True)
        save(store, SKJERN, potential="Kör.")
        assert report(store).signed == 1
    finally:
        os.kill(pid, signal.SIGTERM)


def test_keys_are_found_by_file_and_fingerprint_and_a_private_one_is_never_read(tmp_path: Path) -> None:
    home = Path.home() / ".ssh"
    home.mkdir()
    own = key(home, "id_ed25519")
    (home / "skräp.pub").write_text("inte en nyckel", encoding="utf-8")
    assert [each.place for each in own_keys()] == [own.place]
    for name in ("~/.ssh/id_ed25519", "~/.ssh/id_ed25519.pub", own.key.fingerprint, str(own.key)):
        assert find_key(name).key.data == own.key.data
    printed = subprocess.run(["ssh-keygen", "-lf", str(own.place)], check=True, capture_output=True, text=True).stdout
    assert printed.split()[1] == own.key.fingerprint
    (home / "id_ed25519.pub").unlink()
    with pytest.raises(BadInput, match="privat"):
        find_key("~/.ssh/id_ed25519")
    with pytest.raises(NotFound):
        find_key(str(tmp_path / "ingen.pub"))


def test_the_file_of_signers_is_read_as_ssh_keygen_reads_it_and_edited_in_place(tmp_path: Path) -> None:
    anna, bo = key(tmp_path, "anna").key, key(tmp_path, "bo").key
    text = f'# Vi\n{ANNA},a@x.se {anna} Annas dator\n\nbo@* namespaces="git,file",valid-before="20300101" {bo}\nskräp\n'
    assert [(each.principals, each.key.data, each.valid_before) for each in signers(text)] == [
        (f"{ANNA},a@x.se", anna.data, ""),
        ("bo@*", bo.data, "20300101"),
    ]
    assert may_sign(text, ANNA, anna, NOON)
    new, keys = ended(text, bo.fingerprint, NOON)
    assert [each.principals for each in keys] == ["bo@*"]
    assert new == text.replace("20300101", "20260504115959Z")
    new, _keys = ended(text, "a@x.se", NOON)
    assert new == text.replace(f"a@x.se {anna}", f'a@x.se valid-before="20260504115959Z" {anna}')
    more = with_signer("x", ANNA, anna, NOON)
    assert more == f'x\n{ANNA} namespaces="git",valid-after="20260504" {anna}\n'
    (tmp_path / "file").write_text(new + more, encoding="utf-8")
    (tmp_path / "data").write_text("hej", encoding="utf-8")
    subprocess.run(["ssh-keygen", "-q", "-Y", "sign", "-f", tmp_path / "anna", "-n", "git", tmp_path / "data"], check=True, capture_output=True)  # fmt: skip
    asked = ["ssh-keygen", "-Y", "find-principals", "-s", tmp_path / "data.sig", "-f", tmp_path / "file"]
    for when, principals in (("20260504115958Z", [ANNA, "a@x.se"]), ("20270101000000Z", [ANNA])):
        found = subprocess.run([*asked, f"-Overify-time={when}"], check=True, capture_output=True, text=True).stdout
        assert found.split() == principals
