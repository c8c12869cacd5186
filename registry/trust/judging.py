"""Judging commits, a portion at a time: what is needed is read in bulk, then each is judged by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from registry.errors import BrokenFile, GitTrouble
from registry.git import signatures, trees
from registry.git.as_stored import copy_of, present
from registry.git.objects import read_objects
from registry.git.repository import Repository
from registry.git.stored_commits import (
    EMPTY_TREE,
    StoredCommit,
    Touched,
    blobs_at,
    merge_bases,
    read_commits,
    tree_changes,
)
from registry.messages import Message, parse
from registry.records.refs import ref_of
from registry.records.values import Data
from registry.toml_files import read
from registry.trust import contents, merges, trailers
from registry.trust.facts import Fact, Verdict
from registry.trust.signers import FILE


class Judge:
    """What judges portions of commits, oldest first; it remembers the latest, whose children come next."""

    def __init__(self, repo: Repository) -> None:
        self._repo = repo
        self._commits: dict[str, StoredCommit] = {}
        self._clock = datetime.now(UTC)
        self._present = present(repo) if copy_of(repo).partial else None

    def judge(self, commits: Sequence[str]) -> Mapping[str, Verdict]:
        """The verdict on each of them; where Git cannot read something of one, that is its verdict."""
        try:
            return self._together(commits)
        except GitTrouble:
            if len(commits) == 1:
                return {commits[0]: Verdict((Fact("lacking"),))}
            half = len(commits) // 2
            return {**self.judge(commits[:half]), **self.judge(commits[half:])}

    def _together(self, commits: Sequence[str]) -> Mapping[str, Verdict]:
        portion = _Portion(self._repo, self._known(commits), self._present, self._clock)
        return {commit: portion.verdict(commit) for commit in commits}

    def _known(self, commits: Sequence[str]) -> _Known:
        """The commits themselves, their parents, and where the sides of merges parted."""
        found = {each.commit: each for each in read_commits(self._repo, commits) if each is not None}
        every = {**self._commits, **found}
        bases = {each.commit: merge_bases(self._repo, each.parents) for each in found.values() if len(each.parents) > 1}
        others = {parent for each in found.values() for parent in each.parents}
        others |= {base for several in bases.values() for base in several}
        missing = sorted(others - every.keys())
        every.update((each.commit, each) for each in read_commits(self._repo, missing) if each is not None)
        self._commits = found
        return _Known(found, every, bases)


class _Known(NamedTuple):
    """Commits to judge, all that they have to do with, and the merge bases of the merges among them."""

    commits: Mapping[str, StoredCommit]
    every: Mapping[str, StoredCommit]
    bases: Mapping[str, list[str]]

    def parents(self, commit: StoredCommit) -> list[StoredCommit]:
        """The parents that this copy has."""
        return [self.every[parent] for parent in commit.parents if parent in self.every]

    def parted(self, commit: StoredCommit) -> StoredCommit | None:
        """Where the sides of a merge parted, if that was in one place."""
        bases = self.bases.get(commit.commit, [])
        return self.every.get(bases[0]) if len(bases) == 1 else None


class _Portion:
    """Some commits, with everything that is needed to judge them read in bulk."""

    def __init__(self, repo: Repository, known: _Known, there: frozenset[str] | None, clock: datetime) -> None:
        self._repo, self._known, self._there, self._clock = repo, known, there, clock
        self._changes = tree_changes(repo, self._pairs())
        self._forged: set[str] = set()
        self._contents = self._read()
        self._signatures = _Signatures(repo, known)
        self._records: dict[str, Data | BrokenFile] = {}

    def _pairs(self) -> Iterator[tuple[str, str]]:
        for each in self._known.commits.values():
            parents = self._known.parents(each)
            if not each.parents:
                yield EMPTY_TREE[trees.algorithm_of(each.commit)], each.tree
            for parent in parents:
                yield parent.tree, each.tree
            if (base := self._known.parted(each)) is not None and parents:
                yield base.tree, parents[0].tree

    def _read(self) -> dict[str, bytes]:
        """The contents of all records that were changed."""
        wanted = {
            blob: None
            for each in self._known.commits.values()
            for touched in self._touched(each)
            if ref_of(touched.path)
            for blob in (touched.old, touched.new)
            if blob and (self._there is None or blob in self._there)
        }
        found: dict[str, bytes] = {}
        for blob, answer in zip(wanted, read_objects(self._repo, list(wanted)), strict=True):
            if answer is not None and answer[0] == "blob":
                found[blob] = answer[1]
                if trees.object_id("blob", answer[1], trees.algorithm_of(blob)) != blob:
                    self._forged.add(blob)
        return found

    def _touched(self, commit: StoredCommit) -> tuple[Touched, ...]:
        """What it changed, against its first parent."""
        if not commit.parents:
            return self._changes.get((EMPTY_TREE[trees.algorithm_of(commit.commit)], commit.tree), ())
        parent = self._known.every.get(commit.parents[0])
        return self._changes.get((parent.tree, commit.tree), ()) if parent else ()

    def _parsed(self, blob: str) -> Data | BrokenFile | None:
        """What a blob holds as a record, or why it is none; None where this copy lacks it."""
        if blob not in self._contents:
            return None
        if blob not in self._records:
            try:
                self._records[blob] = read(self._contents[blob])
            except BrokenFile as fault:
                self._records[blob] = fault
        return self._records[blob]

    def _record(self, blob: str | None) -> Data | None:
        """The record in a blob; None where there is none that can be read."""
        found = None if blob is None else self._parsed(blob)
        return None if isinstance(found, BrokenFile) else found

    def _any_record(self, blob: str) -> Data | None:
        """As `_record`, of any version: those of a merge that are rarely asked for are not read beforehand."""
        if blob not in self._contents:
            found = next(read_objects(self._repo, [blob]))
            if found is None or trees.object_id("blob", found[1], trees.algorithm_of(blob)) != blob:
                return None
            self._contents[blob] = found[1]
        return self._record(blob)

    def verdict(self, commit: str) -> Verdict:
        """What is found of one of the commits."""
        each = self._known.commits.get(commit)
        if each is None:
            return Verdict((Fact("lacking"),))
        message = parse(each.message)
        outside = trailers.made_outside(message)
        signed = self._signatures.of(commit)
        facts = (*self._facts(each, message, outside=outside), *signed.facts)
        return Verdict(tuple(dict.fromkeys(facts)), outside, signed.good, signed.required)

    def _facts(self, each: StoredCommit, message: Message, *, outside: bool) -> Iterator[Fact]:
        if not each.intact:
            yield Fact("forged")
        parents = self._known.parents(each)
        if len(parents) < len(each.parents) or not self._trees_are_there(each, parents):
            yield Fact("lacking")
            return
        touched = self._touched(each)
        yield from trailers.clauses(message)
        yield from (Fact("forged", ref_of(file.path) or "") for file in touched if file.new in self._forged)
        yield from contents.readable(touched, self._parsed)
        strange = list(contents.is_strange(each, parents, self._clock))
        yield from strange
        if len(parents) > 1:
            sides = [self._changes[parent.tree, each.tree] for parent in parents]
            base = self._known.parted(each)
            since = self._changes.get((base.tree, parents[0].tree)) if base else None
            yield from merges.judge(message, sides, since, self._any_record, outside=outside)
            return
        if not outside:
            yield from trailers.compare(message, touched, self._record)
        if not strange:
            yield from contents.dates(each.entered.date(), message, touched, self._record)
        if any(file.path == FILE for file in touched):
            yield from _signers_changed(touched)

    def _trees_are_there(self, each: StoredCommit, parents: Sequence[StoredCommit]) -> bool:
        before = [parent.tree for parent in parents] or [EMPTY_TREE[trees.algorithm_of(each.commit)]]
        return all((tree, each.tree) in self._changes for tree in before)


def _signers_changed(touched: Sequence[Touched]) -> Iterator[Fact]:
    file = next(file for file in touched if file.path == FILE)
    yield Fact("signing-begun" if file.old is None else "signing-ended" if file.new is None else "signers-changed")


class Judged(NamedTuple):
    """How a commit's signature stands."""

    required: bool
    good: bool = False
    facts: tuple[Fact, ...] = ()


class _Signatures:
    """The signatures of some commits: those that have to be, by the file of who may sign as it stood before each."""

    def __init__(self, repo: Repository, known: _Known) -> None:
        self._repo, self._known = repo, known
        self._judged = self._judge()

    def of(self, commit: str) -> Judged:
        """How it stands with one of them."""
        return self._judged.get(commit) or Judged(required=False)

    def _judge(self) -> Mapping[str, Judged]:
        judged: dict[str, Judged] = {}
        asked: list[tuple[str, signatures.Signed]] = []
        for commit, files in self._files().items():
            each = self._known.commits[commit]
            if not each.signature:
                judged[commit] = Judged(required=True, facts=(Fact("unsigned"),))
            elif not signatures.can_check():
                judged[commit] = Judged(required=True, facts=(Fact("not-checked"),))
            else:
                asked += [(commit, self._asked(each, file)) for file in files]
        for (commit, _signed), found in zip(asked, signatures.check([each for _commit, each in asked]), strict=True):
            before = judged.get(commit) or Judged(required=True, good=True)
            if found.standing != "good":
                author = self._known.commits[commit].email.decode("utf-8", "replace")
                fact = Fact(found.standing, values=(author, found.key, found.signer))
                before = Judged(required=True, facts=(*before.facts, fact))
            judged[commit] = before
        return judged

    def _asked(self, each: StoredCommit, allowed: bytes) -> signatures.Signed:
        """A key that was ended is not helped by an older date: a commit is no older than what it builds on."""
        parent = self._known.every[each.parents[0]]
        return signatures.Signed(
            each.payload, each.signature, each.email, max(each.committed, parent.committed), allowed
        )

    def _files(self) -> Mapping[str, list[bytes]]:
        """Commit → the contents of the files that it has to be signed under; of those that need no signature, nothing."""
        children = [each for each in self._known.commits.values() if self._known.parents(each)]
        wanted = [(parent.tree, FILE) for each in children for parent in self._known.parents(each)]
        found = iter(blobs_at(self._repo, wanted))
        under: dict[str, list[str]] = {}
        for each in children:
            blobs = {blob for _parent, blob in zip(self._known.parents(each), found, strict=False)}
            if len(blobs) > 1:
                blobs -= self._before_parting(each)
            if several := sorted(blob for blob in blobs if blob is not None):
                under[each.commit] = several
        every = sorted({blob for blobs in under.values() for blob in blobs})
        contents = {
            blob: answer[1] if answer else b""
            for blob, answer in zip(every, read_objects(self._repo, every), strict=True)
        }
        return {commit: [contents[blob] for blob in blobs] for commit, blobs in under.items()}

    def _before_parting(self, each: StoredCommit) -> set[str | None]:
        """The file as it was where the sides of a merge parted: a side that kept it has nothing to say in this."""
        base = self._known.parted(each)
        return set(blobs_at(self._repo, [(base.tree, FILE)])) if base is not None else {None}
