"""Five colleagues who share one registry for a long time, at random: edits, offline spells, crashes, plain Git, settlements.

What they do is told by a seed, so that a fault can be had again. At the end everybody shares until nothing moves, and
then all copies are equal, every edit is in the history, every record can be read, and no merge has lost a value that
nobody gave up (`nothing_lost`). The people book travels along, and whoever was erased stays erased everywhere.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from registry.change import Change, renaming
from registry.checks import check
from registry.errors import Refused, VanortError
from registry.people.book import Book, is_erased
from registry.records.refs import is_person, path_of
from registry.records.values import Data, Value
from registry.sharing import choosing
from registry.sharing.choices import Choice
from registry.sharing.cloning import clone
from registry.sharing.meetings import NAME, Meeting
from registry.sharing.people import decide
from registry.sharing.syncing import Synced, sync
from registry.sharing.unfinished import Unsettled, back_out, finish, unfinished
from registry.starters.make import init
from registry.store import Store
from registry.toml_files import edit
from tests.registry.git.helpers import die_at_mutation, in_a_process_that_dies
from tests.sharing.kit import plain
from tests.sharing.nothing_lost import Auditor

PEOPLE: Final = ("anna", "berit", "cilla", "david", "erik")
_GOALS: Final = ("democracy", "knowledge", "development")
_COUNTRIES: Final = ("DK", "FI", "NO", "DE", "LV")
_LONG: Final = ("purpose", "expected_value", "continuation", "established_contact")
_ERASED: Final = {"erased": date(2026, 11, 23), "decision": "KS 2026-11-20 § 9", "basis": "begäran"}
_RENAMED_SINCE: Final = re.compile(
    r"(?P<ref>\S+) \S+: hänvisar till (?P<old>\S+), som inte finns: den heter (?P<new>\S+) nu"
)
_ROUNDS: Final = 40
"""Of everybody sharing in turn; two suffice where nobody has anything to decide."""


@dataclass
class Colleague:
    """One copy. `away` counts the turns for which it does not reach the server."""

    name: str
    store: Store
    away: int = 0

    @property
    def folder(self) -> Path:
        return self.store.folder

    def again(self) -> None:
        """Open the registry anew, as after a crash."""
        self.store = Store.open(self.folder)


@dataclass
class World:
    """All of them, and what they did."""

    folder: Path
    rng: random.Random
    colleagues: list[Colleague] = field(default_factory=list)
    edits: int = 0
    done: Counter[str] = field(default_factory=Counter)
    erased: set[str] = field(default_factory=set)
    told: list[str] = field(default_factory=list)
    """What was done, a line each: to find what led to a fault."""

    @classmethod
    def begun(cls, folder: Path, seed: int) -> World:
        """A registry with some records, shared, and a copy of it for each colleague."""
        world = cls(folder, random.Random(seed))
        first = init(folder / "first", "torsby", identity=("Börje Börjare", "borje@example.org"))
        server = folder / "shared.git"
        plain(folder, "init", "-q", "--bare", "--initial-branch=main", str(server))
        plain(server, "config", "receive.denyNonFastForwards", "true")
        for name in ("bun", "kultur"):
            data = {"name": f"Förvaltningen {name}", "board_short": name.upper()}
            first.save(Change({f"departments/{name}": data}, "Ny förvaltning.", act="new"))
        plain(first, "remote", "add", "origin", str(server))
        assert sync(first).state == "shared"
        for name in PEOPLE:
            store = clone(str(server), folder / name)
            store.repo.set_identity(f"{name.capitalize()} Exempel", f"{name}@example.org")
            world.colleagues.append(Colleague(name, store))
        shutil.rmtree(folder / "first")
        return world

    def run(self, steps: int) -> None:
        """So many turns, of anybody."""
        for _step in range(steps):
            self.turn()

    def turn(self) -> None:
        """Somebody does something."""
        who = self.rng.choice(self.colleagues)
        who.away = max(0, who.away - 1)
        weights = {
            self.edit: 40,
            self.add: 6,
            self.rename: 4,
            self.delete: 2,
            self.edit_by_hand: 3,
            self.edit_with_plain_git: 5,
            self.edit_people: 6,
            self.go_away: 2,
        }
        if not who.away:
            weights |= {self.share: 22, self.share_and_be_killed: 6, self.pull_with_plain_git: 6}
        (act,) = self.rng.choices(list(weights), list(weights.values()))
        self.told.append(f"{who.name}: {act.__name__}")
        try:
            act(who)
        except VanortError as error:
            if not isinstance(error, Refused):
                raise
            self.done["refused"] += 1
            self.told[-1] += f" ({error})"
        else:
            self.done[act.__name__] += 1

    # ---------------------------------------------------------------- editing

    def token(self) -> str:
        """What this edit is found by in the history."""
        self.edits += 1
        return f"ändring-{self.edits:05}."

    def saved(self, who: Colleague, change: Callable[[str], Change]) -> None:
        """Save a change; one that is refused was no edit."""
        token = self.token()
        try:
            if who.store.save(change(token)).commit is None:
                self.edits -= 1
        except VanortError:
            self.edits -= 1
            raise

    def a_record(self, who: Colleague, kind: str = "") -> str | None:
        """One of the records there are, of those not edited by hand."""
        kinds = (kind,) if kind else ("projects", "projects", "projects", "twin-towns", "departments")
        by_hand = {touched.path for touched in who.store.hand_edits()}
        refs = [ref for ref in who.store.saved().refs(self.rng.choice(kinds)) if path_of(ref) not in by_hand]
        return self.rng.choice(refs) if refs else None

    def edit(self, who: Colleague) -> None:
        if (ref := self.a_record(who)) is None:
            return
        data = who.store.saved().data(ref)
        if data is not None:
            self.saved(who, lambda token: Change({ref: self.edited(ref, data, token)}, token))

    def edited(self, ref: str, data: Data, token: str) -> dict[str, Value]:
        """The record with something in it another."""
        rng, new = self.rng, dict(data)
        if ref.startswith("departments"):
            new["mailbox"] = f"{token[:-1].replace('ä', 'a')}@example.org"
        elif ref.startswith("twin-towns"):
            way = rng.choice(("potential", "last_contact", "cooperation"))
            if way == "potential":
                new[way] = self.longer(new.get(way, ""), token)
            elif way == "last_contact":
                new[way] = date(2026, 1, 1) + timedelta(rng.randrange(300))
            else:
                new[way] = self.listed(
                    new.get(way, []), {"date": date(2026, 3, 1), "working": True, "note": token}, "note"
                )
        else:
            way = rng.choice(("number", "set", "long", "entries", "title", "several"))
            if way in {"number", "several"}:
                new["participants"] = rng.randrange(1, 500)
            if way == "set":
                key, values = rng.choice((("goals", _GOALS), ("countries", _COUNTRIES)))
                new[key] = sorted(set(new.get(key, [])) ^ {rng.choice(values)})
            if way in {"long", "several"}:
                key = rng.choice(_LONG)
                new[key] = self.longer(new.get(key, ""), token)
            if way == "entries":
                new["deadlines"] = self.listed(
                    new.get("deadlines", []), {"what": token, "date": date(2027, 1, 1)}, "what"
                )
            if way == "title":
                new["title"] = f"Utbyte {token}"
        return {key: value for key, value in new.items() if value not in ("", [])}

    def longer(self, text: str, token: str) -> str:
        """A long text with a line more, less or otherwise."""
        lines = text.split("\n") if text else []
        at = self.rng.randrange(len(lines) + 1)
        if lines and at < len(lines) and self.rng.random() < 0.4:
            lines[at] = token
        else:
            lines.insert(at, token)
        return "\n".join(lines)

    def listed(self, entries: list[Any], new: dict[str, Value], key: str) -> list[Value]:
        """A list of tables with one more, less or otherwise."""
        made = [dict(entry) for entry in entries]
        at = self.rng.randrange(len(made)) if made else 0
        way = self.rng.random()
        if made and way < 0.2:
            del made[at]
        elif made and way < 0.5:
            made[at][key] = new[key]
        else:
            made.append(new)
        return made

    def add(self, who: Colleague) -> None:
        # now and then two give the same name to two projects
        ref = f"projects/2026/projekt-{self.rng.randrange(1, 60)}"
        if ref in who.store.saved():
            return
        data = {"stage": "idea", "department": self.rng.choice(("departments/bun", "departments/kultur"))}
        if towns := who.store.saved().refs("twin-towns"):
            data["twin_towns"] = [self.rng.choice(towns)]
        self.saved(
            who,
            lambda token: Change(
                {ref: {**data, "title": f"Utbyte {token}", "received_from": f"nr {token}"}}, token, act="new"
            ),
        )

    def rename(self, who: Colleague) -> None:
        ref = self.a_record(who, self.rng.choice(("projects", "projects", "twin-towns")))
        if ref is None:
            return
        new = f"{ref.split('-nytt-')[0]}-nytt-{self.rng.randrange(1000)}"
        before = who.store.saved()
        if new not in before:
            edits = renaming(before, ref, new)
            self.saved(
                who, lambda token: Change(edits, token, act="rename", base=before.commit, renamed_from={new: ref})
            )

    def delete(self, who: Colleague) -> None:
        if (ref := self.a_record(who, "projects")) is not None:
            self.saved(who, lambda token: Change({ref: None}, token, act="delete"))

    def edit_by_hand(self, who: Colleague) -> None:
        """An edit that lies in the folder, unsaved, for a while; then it is saved."""
        if who.store.hand_edits():
            self.saved(who, lambda token: who.store.saving_by_hand((), token))
            return
        if (ref := self.a_record(who, "projects")) is None or (text := who.store.saved().text(ref)) is None:
            return
        data = self.edited(ref, who.store.saved().data(ref) or {}, f"för hand {self.rng.randrange(10**6)}.")
        (who.folder / path_of(ref)).write_text(edit(text, data), encoding="utf-8")

    def edit_with_plain_git(self, who: Colleague) -> None:
        if (ref := self.a_record(who, "projects")) is None or (text := who.store.saved().text(ref)) is None:
            return
        token = self.token()
        data = {**(who.store.saved().data(ref) or {}), "participants": self.rng.randrange(500, 999)}
        (who.folder / path_of(ref)).write_text(f"# {token}\n" + edit(text, data), encoding="utf-8")
        ran = plain(who.store, "commit", "-q", "-m", token, "--", path_of(ref))
        assert ran.returncode == 0, ran.stderr

    def edit_people(self, who: Colleague) -> None:
        rng, people, book = self.rng, who.store.people, who.store.book
        there = [person for person, entry in book.people.items() if not is_erased(entry)]
        if not there or rng.random() < 0.3:
            people.add({"name": f"Person {rng.randrange(10**6)}"})
        elif rng.random() < 0.1:
            gone = rng.choice(there)
            people.change(lambda now: Book({**now.people, gone: _ERASED}, now.extra))
            self.erased.add(gone)
        else:
            key = rng.choice(("title", "organisation"))
            people.set(rng.choice(there), {key: f"{key} {rng.randrange(10**6)}"})

    # ---------------------------------------------------------------- sharing

    def go_away(self, who: Colleague) -> None:
        who.away = self.rng.randrange(5, 40)

    def share(self, who: Colleague) -> Synced:
        """Share, and settle what comes up, once; what moved meanwhile is for another turn."""
        synced = sync(who.store)
        assert synced.state in {"shared", "conflicts"}, synced
        if synced.state == "conflicts":
            self.settle(who)
            synced = sync(who.store)
        assert synced.people is not None
        assert synced.people.state in {"shared", "none", "conflicts"}, synced.people
        return synced

    def settle(self, who: Colleague) -> None:
        """Decide everything that is in doubt, at random."""
        for _try in range(200):
            doubts = choosing.in_doubt(who.store)
            if not doubts:
                return
            self.done["settled"] += 1
            self.choose(who, self.rng.choice(doubts))
        raise AssertionError(f"what is decided is in doubt again: {doubts}")

    def choose(self, who: Colleague, meeting: Meeting) -> None:
        if is_person(meeting.ref):
            decide(who.store, meeting, Choice(self.rng.choice(("ours", "theirs"))))
            return
        joined = choosing.in_question(who.store)
        assert joined is not None
        for choice in self.choices(meeting):
            try:
                choosing.choose(who.store, joined, meeting.ref, meeting.field, choice)
            except Refused:
                continue  # it would leave something wrong
            return
        raise AssertionError(f"nothing settles {meeting}")

    def choices(self, meeting: Meeting) -> Iterator[Choice]:
        """What can be chosen, in some order."""
        found = [Choice("ours"), Choice("theirs")]
        if meeting.both:
            found.append(Choice("both"))
        if meeting.field == "participants":
            found.append(Choice("edited", self.rng.randrange(1000, 2000)))
        if meeting.field == NAME:
            found.append(Choice("edited", f"{meeting.record.rpartition('/')[0]}/annat-{self.rng.randrange(10**6)}"))
        self.rng.shuffle(found)
        yield from found

    def share_and_be_killed(self, who: Colleague) -> None:
        """SIGKILL before one of the things that sharing does to the disk, or one of the programs it starts."""
        killed = in_a_process_that_dies(lambda: sync(who.store), die_at_mutation(self.rng.randrange(60)))
        self.done["killed"] += killed
        who.again()

    def pull_with_plain_git(self, who: Colleague) -> None:
        """`git pull`, merging or rebasing; what Git cannot do is finished or taken back; then `git push`."""
        how = self.rng.choice(("--no-rebase", "--rebase"))
        if plain(who.store, "pull", "-q", "--no-edit", how).returncode != 0:
            found = unfinished(who.store)
            if found is None:  # Git refused to begin: there are hand edits
                return
            self.done[f"unfinished {found.kind}"] += 1
            if self.rng.random() < 0.4 or found.joined is None:
                back_out(who.store)
                return
            try:
                self.settle(who)
                finish(who.store)
            except Unsettled as error:
                raise AssertionError("it had been settled") from error
        self.mend(who)
        plain(who.store, "push", "-q", "origin", "main")

    def mend(self, who: Colleague) -> None:
        """Plain Git knows no references: what it brought together may refer to what has another name, or is gone."""
        now = who.store.saved()
        for ref in sorted({found.ref for found in check(now) if found.clause == "references"}):
            towns = [town for town in (now.data(ref) or {}).get("twin_towns", []) if town in now]
            mended = {**(now.data(ref) or {}), "twin_towns": towns}
            self.done["mended"] += 1
            self.saved(who, lambda token, ref=ref, mended=mended: Change({ref: mended}, token))

    def save_by_hand(self, who: Colleague) -> None:
        """Save what was edited by hand; where it is refused for a name that plain Git has brought another for, mend that."""
        for _try in range(_ROUNDS):
            try:
                self.saved(who, lambda token: replace(who.store.saving_by_hand((), token), begun={}))
            except Refused as refused:
                told = _RENAMED_SINCE.search(str(refused))
                if told is None:
                    raise
                place = who.folder / f"{told['ref']}.toml"
                text = place.read_text(encoding="utf-8")
                place.write_text(text.replace(told["old"], told["new"]), encoding="utf-8")
                self.done["mended"] += 1
            else:
                return
        raise AssertionError("it is not to be mended")

    # ---------------------------------------------------------------- in the end

    def come_together(self) -> None:
        """Everybody shares until nothing moves."""
        for who in self.colleagues:
            who.again()
            if unfinished(who.store) is not None:
                back_out(who.store)
            if who.store.hand_edits():  # over what came meanwhile, where it comes to that
                self.save_by_hand(who)
        for _round in range(_ROUNDS):
            quiet = True
            for who in self.colleagues:
                synced = self.share(who)
                people = synced.people
                moved = synced.received or synced.sent or (people and (people.received or people.sent))
                quiet = quiet and synced.state == "shared" and not moved
            if quiet:
                return
        raise AssertionError("it does not come to rest")

    def verify(self) -> Mapping[str, int]:
        """All that must hold; figures of what was seen."""
        heads = {who.name: who.store.repo.head() for who in self.colleagues}
        assert len(set(heads.values())) == 1, heads
        first = self.colleagues[0]
        auditor = Auditor(first.folder)
        messages = auditor.git("log", "--format=%B")
        missing = [number for number in range(1, self.edits + 1) if f"ändring-{number:05}." not in messages]
        assert not missing, f"edits that are not in the history: {missing}"
        for who in self.colleagues:
            assert plain(who.store, "status", "--porcelain").stdout == "", who.name
            assert plain(who.store, "fsck", "--full", "--strict").returncode == 0, who.name
            snapshot = who.store.saved()
            assert snapshot.faults() == {}
            assert [found for found in check(snapshot) if found.severity == "violation"] == []
            assert who.store.book.people == first.store.book.people
            assert all(is_erased(who.store.book.entry(person)) for person in self.erased)
        merges = auditor.require_nothing_lost()
        return {"edits": self.edits, "merges": merges, "twins": len(auditor.twins), **self.done}


def simulate(folder: Path, seed: int, steps: int) -> Mapping[str, int]:
    """All of it, in an empty folder. Raises `AssertionError` with what the colleagues did last where something is wrong."""
    if shutil.which("vanort") is None:  # so that plain Git finds the merge driver
        os.environ["PATH"] = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    world = World.begun(folder, seed)
    try:
        world.run(steps)
        world.come_together()
        return world.verify()
    except BaseException as error:
        error.add_note(f"seed {seed}, after {len(world.told)} turns:\n" + "\n".join(world.told[-25:]))
        raise
