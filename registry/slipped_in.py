"""Personal data in what a push brings in, commit by commit: the history keeps also what the next commit takes away.

A server has no people book to read, so it looks for numbers and addresses alone: in messages, in the free text and the
comments of records, in all other text files, and in what files are called. A commit that says that it knew
(`Policy-Override: personal-data`) may have them, and so may the others of the same push in the same files.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from registry.errors import BrokenFile
from registry.findings import Finding
from registry.free_text import every_text, free_texts, harmless, path_of
from registry.git.ancestry import arriving
from registry.git.log import Change, RawCommit, chosen
from registry.git.objects import read_objects
from registry.git.worktree import LIMIT
from registry.messages import parse
from registry.people.book import Book
from registry.people.slips import KIND_WORDS, Slip, may_hold_one, slips
from registry.personal_data import CLAUSE
from registry.records.refs import folder_of, is_ref, ref_of
from registry.records.refs import path_of as file_of
from registry.records.values import Data
from registry.store import Store
from registry.toml_files import read
from registry.toml_files.layout import comments
from registry.words import _

_AT_ONCE: Final = 200
"""Commits whose files are read together."""
_OF_AUTHORS: Final = frozenset({"allowed_signers", ".mailmap"})
"""Files that say who authors are: as author's lines do, by an address."""
_WHO_SIGNED: Final = re.compile(r"(?m)^[A-Za-z-]+-by: .*<[^<>\n]*>$")
_GITS_OWN: Final = re.compile(r"\AMerge [^\n]*")
_NOBODY: Final = Book()


def slipped_in(store: Store, old: str | None, new: str, day: date) -> list[Finding]:
    """What looks like personal data in the commits from `old` (None: the beginning) to `new`, and on no other branch of a
    server's repository. `day` bounds the dates of birth.
    """
    repo = store.repo
    commits = arriving(repo, old, new, besides_branches=repo.bare)
    search = _Search(store, old, new, day)
    found: list[Finding] = []
    for at in range(0, len(commits), _AT_ONCE):
        raw = list(chosen(repo, commits[at : at + _AT_ONCE]))
        contents = _contents(store, raw)
        for commit in raw:
            found.extend(_in_commit(commit, contents, search))
    return [finding for finding in found if finding.ref not in search.known_to]


def _in_commit(commit: RawCommit, contents: Mapping[str, bytes], search: _Search) -> Iterator[Finding]:
    changes = [change for change in commit.changes or () if change.new]
    if CLAUSE in parse(commit.message).all("Policy-Override"):
        search.known_to.update(ref_of(change.path) or change.path for change in changes)
        return
    unsearched: list[str] = []
    for change in changes:
        yield from search.in_file(commit, change, contents, unsearched)
    yield from search.in_message(commit, unsearched)


def _contents(store: Store, commits: Iterable[RawCommit]) -> dict[str, bytes]:
    """The new files by their blob ids, and the old ones; what is no file, or not there, is left out."""
    changes = [change for commit in commits for change in commit.changes or () if change.new]
    blobs = list(dict.fromkeys(blob for change in changes for blob in (change.new, change.old) if blob))
    found = zip(blobs, read_objects(store.repo, blobs), strict=False)
    return {blob: thing[1] for blob, thing in found if thing and thing[0] == "blob" and len(thing[1]) <= LIMIT}


@dataclass
class _Search:
    """Searches the commits between two."""

    store: Store
    old: str | None
    new: str
    day: date

    def __post_init__(self) -> None:
        self.known_to: set[str] = set()
        """The records and files of which a commit says that it knew."""

    @cached_property
    def _harmless(self) -> frozenset[str]:
        versions = [version for version in (self.old, self.new) if version]
        return frozenset().union(*(harmless(self.store.committed(version)) for version in versions))

    def slips(self, words: str) -> list[Slip]:
        found = slips(words, _NOBODY, today=self.day) if may_hold_one(words) else []
        return [slip for slip in found if slip.text.casefold() not in self._harmless] if found else []

    def new_in(self, words: str, earlier: Sequence[str]) -> Iterator[Slip]:
        """The slips of `words` that none of the earlier texts has."""
        if found := self.slips(words):
            had = Counter(slip.text for text in earlier for slip in self.slips(text))
            yield from (slip for slip in found if slip.text not in had)

    def in_file(
        self, commit: RawCommit, change: Change, contents: Mapping[str, bytes], unsearched: list[str]
    ) -> Iterator[Finding]:
        """What a commit brings into a file; the texts of a record where nothing is looked for go to `unsearched`."""
        ref, short = ref_of(change.path), commit.commit[:10]
        if change.status == "A" and (named := self.slips(change.path.replace("/", "\n"))):
            yield _finding(short, named[0], _("the name of the file"), short)
            return
        words = _text(contents.get(change.new or ""))
        if words is None or change.path in _OF_AUTHORS:
            return
        if len(commit.parents) > 1:
            earlier = [_text(content) for content in self._at_parents(commit, change.path)]
            if words in earlier:
                return
        elif ref and change.status == "A" and (was := parse(commit.message).one("Renamed-From")) and is_ref(was):
            earlier = [_text(content) for content in self._at_parents(commit, file_of(was))]
        else:
            earlier = [_text(contents.get(change.old or ""))]
        had = [text for text in earlier if text is not None]
        data = _data(words) if ref else None
        if ref is None or data is None:
            for slip in self.new_in(words, had):
                yield _finding(ref or change.path, slip, _("a text file"), short)
            return
        before = [each for text in had if (each := _data(text)) is not None]
        unsearched.extend(text for each in (data, *before) for _way, text in every_text(each))
        texts = free_texts(folder_of(ref), data)
        known = [text for each in before for _way, text in free_texts(folder_of(ref), each)]
        for way, text in texts:
            for slip in self.new_in(text, known):
                yield _finding(ref, slip, path_of(data, way), short)
        noted = "\n".join(comments(words))
        for slip in self.new_in(noted, ["\n".join(comments(text)) for text in had]):
            yield _finding(ref, slip, _("a comment"), short)

    def in_message(self, commit: RawCommit, unsearched: Sequence[str]) -> Iterator[Finding]:
        """What stands in the message, but for who made and signed it, and for values of fields that are not searched."""
        words = _WHO_SIGNED.sub("", commit.message)
        if len(commit.parents) > 1:
            words = _GITS_OWN.sub("", words)
        values = [text.casefold() for text in unsearched]
        for slip in self.slips(words):
            said = slip.text.casefold()
            if said != commit.email.casefold() and not any(said in value for value in values):
                yield _finding(commit.commit[:10], slip, _("the message"), commit.commit[:10])

    def _at_parents(self, commit: RawCommit, path: str) -> Iterator[bytes | None]:
        for answer in read_objects(self.store.repo, [f"{parent}:{path}" for parent in commit.parents]):
            yield answer[1] if answer is not None else None


def _text(content: bytes | None) -> str | None:
    """A text file's text; None for what is none."""
    if content is None or b"\0" in content:
        return None
    return content.decode("utf-8", "replace")


def _data(words: str) -> Data | None:
    try:
        return read(words.encode("utf-8"))
    except BrokenFile:
        return None


def _finding(ref: str, slip: Slip, where: str, commit: str) -> Finding:
    """One that does not repeat what it looks like: it is read by more people than the record."""
    words = {"kind": KIND_WORDS[slip.kind], "where": where, "commit": commit}
    message = _("holds what looks like personal data: %(kind)s, in %(where)s of the change %(commit)s") % words
    return Finding(CLAUSE, "exception", ref, "", message)
