"""Somebody is added, used, shared, changed and erased: over three copies and a server that lets nothing be rewritten."""

from __future__ import annotations

import subprocess
import sys
import zlib
from datetime import date
from pathlib import Path
from typing import cast

from registry.erasing import erase, plan
from registry.git.serving import set_up
from registry.people.copies import behind
from registry.people.verifying import verify
from registry.sharing.cloning import clone
from registry.sharing.connecting import connect
from registry.sharing.syncing import Synced, sync
from registry.store import Store
from tests.kit import BUN, SKJERN, TRIP, git, save, torsby, with_trip
from tests.scenarios.kit import card
from tests.tui.app_kit import using
from tests.tui.cli.running import vanort
from tui.screens.people import PeoplePage

FIRST, NAME, MAIL, PHONE = "Maja Öberg", "Maja Åkerström", "maja.akerstrom@example.org", "0560-123 45"
DECISION = "KS 2026-11-20 § 9"
NOTICE = f"raderad {date.today().isoformat()}, {DECISION}"


def three_copies(folder: Path) -> tuple[Store, Store, Store]:
    """Anna's registry, the server's folder, and Berit's and Cilla's copies."""
    anna = with_trip(torsby(folder / "anna"))
    set_up(folder / "server.git", [sys.executable, "-m", "tui"], "sv", shared=False)
    assert git(folder / "server.git", "config", "receive.denyNonFastForwards").strip() == "true"
    assert git(folder / "server.git", "config", "receive.denyDeletes").strip() == "true"
    connect(anna, str(folder / "server.git"))
    return (
        anna,
        clone(str(folder / "server.git"), folder / "berit"),
        clone(str(folder / "server.git"), folder / "cilla"),
    )


def shared(store: Store) -> Synced:
    synced = sync(store)
    assert (synced.state, synced.people and synced.people.state) == ("shared", "shared"), synced
    return synced


def bytes_left(folder: Path, *values: str) -> list[str]:
    """An independent look: files as they are and inflated, and every object that Git knows of."""
    wanted = [
        form for value in values for form in (value.encode("utf-8"), value.encode("latin-1"), value.encode("utf-16-le"))
    ]
    found = []
    for path in folder.rglob("*"):
        if path.is_file():
            raw = path.read_bytes()
            try:
                inflated = zlib.decompressobj().decompress(raw)
            except zlib.error:
                inflated = b""
            found += [str(path) for form in wanted if form in raw or form in inflated]
    for repository in {path.parent for path in folder.rglob("HEAD") if (path.parent / "objects").is_dir()}:
        objects = subprocess.run(
            ["git", f"--git-dir={repository}", "cat-file", "--batch-all-objects", "--batch"],
            capture_output=True,
            check=True,
        ).stdout
        found += [str(repository) for form in wanted if form in objects]
    return found


async def test_nothing_is_left_of_somebody_in_three_copies_and_a_server(tmp_path: Path) -> None:
    anna, berit, cilla = three_copies(tmp_path)
    maja = anna.people.add({"name": FIRST, "email": MAIL, "telephone": PHONE})
    seat = {"person": maja, "function": "Samordnare", "from": date(2026, 2, 1), "decision": "KS 2026-01-13 § 5"}
    save(anna, "registry", "Utsedd.", coordinators=[seat])
    save(anna, BUN, officers=[{"person": maja, "function": "Rektor", "from": date(2026, 1, 1)}])
    for store in (anna, berit, cilla, anna):
        shared(store)
    save(berit, TRIP, "Ansvarig utsedd.", responsible=maja)
    save(berit, SKJERN, contacts=[maja])
    berit.people.set(maja, {"name": NAME})
    then = berit.saved().commit
    assert then is not None
    for store in (berit, anna, cilla):
        shared(store)
    assert cilla.book.name(maja) == NAME
    git(anna.people.repository.folder, "gc", "-q")  # packed, as any Git may do
    assert bytes_left(tmp_path, NAME), "the look itself finds what is there"

    # offline, while a colleague edits the same person, and another takes them off a town
    address = git(berit, "config", "remote.origin.url").strip()
    git(berit, "config", "remote.origin.url", str(tmp_path / "nowhere.git"))
    erased = erase(berit, plan(berit, maja, DECISION, "begäran, artikel 17"))
    assert (erased.trouble, sync(berit).state) == ("", "offline")
    anna.people.set(maja, {"title": "Förvaltningschef"})
    shared(anna)
    save(cilla, SKJERN, "Slutat.", contacts=[])
    git(berit, "config", "remote.origin.url", address)
    shared(berit)
    assert len(behind(berit.book, maja)) == 2, "two have yet to do it, and are seen to"
    shared(cilla)
    shared(anna)
    shared(berit)
    assert behind(berit.book, maja) == []

    assert bytes_left(tmp_path, NAME, FIRST, MAIL, PHONE, "Åkerström") == []
    for store in (anna, berit, cilla):
        assert verify(store.repo, maja, [NAME, FIRST, MAIL, PHONE], tmp_path / "server.git").found == ()
        assert git(store, "fsck", "--full") == ""
    assert git(tmp_path / "server.git", "fsck", "--full") == ""
    answer = vanort("people", "verify-erased", maja, "--repo", str(tmp_path / "server.git"), "--json", cwd=anna.folder)
    assert (answer.code, answer.json["found"]) == (0, [])
    assert vanort("verify", cwd=cilla.folder).code == 0

    # every card, list and past view has the notice in its place
    async with using(cilla, size=(140, 44)) as user:
        await user.press("2")
        assert NOTICE in card(user)
        await user.press("4")
        assert NOTICE in card(user)
        await user.press("6")
        page = cast("PeoplePage", user.main.page)
        assert page.book.name(page.person) == NOTICE
        assert NOTICE in user.screen
    for at in ((), ("--at", then)):
        for ref in (TRIP, BUN, "registry"):
            shown = vanort("show", ref, *at, cwd=cilla.folder).out
            assert NOTICE in " ".join(shown.split()), (ref, at)
    assert NOTICE in " ".join(vanort("show", SKJERN, "--at", then, cwd=anna.folder).out.split())
    assert NOTICE in vanort("log", TRIP, "--fields", cwd=anna.folder).out
    assert NOTICE in vanort("blame", TRIP, cwd=anna.folder).out
    assert "vakan" in vanort("people", "vacant", cwd=cilla.folder).out
    assert NOTICE in vanort("people", "list", cwd=cilla.folder).out


def test_two_erase_at_once_one_never_comes_back_and_a_server_takes_in_no_number(tmp_path: Path) -> None:
    anna, berit, cilla = three_copies(tmp_path)
    maja = anna.people.add({"name": NAME, "email": MAIL})
    for store in (anna, berit, cilla):
        shared(store)
    late = erase(berit, plan(berit, maja, "KF 2026-11-21 § 1", "gallringsbeslut"))
    assert (late.trouble, erase(anna, plan(anna, maja, DECISION, "begäran")).trouble) == ("", "")
    for store in (anna, berit, anna):
        shared(store)
    for store in (anna, berit):
        told = {entry["decision"] for entry in store.committed().registry["erasures"]}
        assert told == {DECISION, "KF 2026-11-21 § 1"}, "both decisions are on record"
        assert store.book.erased(maja)
        assert bytes_left(store.folder, NAME, MAIL) == []
    assert dict(anna.book.entry(maja)) == dict(berit.book.entry(maja))
    assert vanort("verify", cwd=anna.folder).code == 0

    left = vanort("people", "copies", "--json", cwd=anna.folder).json
    assert sorted(each["left"] for each in left if "left" in each) == [[], [], [maja]], "Cilla's has yet to"
    assert cilla.book.name(maja) == NAME

    file = berit.folder / f"{SKJERN}.toml"
    file.write_text(file.read_text() + 'potential = "Ring Nils på 070-123 45 67."\n')
    git(berit, "commit", "-qam", "För hand, förbi allt.")
    synced = sync(Store.open(berit.folder))
    assert synced.state == "refused"
    assert "070-123" not in git(tmp_path / "server.git", "show", f"main:{SKJERN}.toml")
