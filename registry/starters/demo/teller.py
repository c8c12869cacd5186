"""Tells a history: steps on days become records, files and commit messages, as the app would have saved them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Final

from registry.change import Act, Change, renaming
from registry.errors import BrokenFile
from registry.git.bulk import BulkCommit, BulkImport
from registry.git.repository import Identity
from registry.messages import compose
from registry.records.entries import with_ids
from registry.records.kinds import kind_of
from registry.records.paths import put
from registry.records.refs import path_of
from registry.records.values import Data, Value, tables
from registry.snapshot import Snapshot
from registry.starters.demo.days import office_hours
from registry.toml_files import edit, normal, read, same, write

Made = dict[str, Value]
Edit = Callable[[Made], Made | None]
"""What a step does to a record, {} where there is none; None removes it."""


@dataclass(frozen=True)
class Step:
    """One change on one day. `by` is an official of the cast; `edits` are by REF."""

    day: date
    by: str
    why: str
    edits: Mapping[str, Edit]
    decision: str = ""
    act: Act = "set"
    overrides: tuple[str, ...] = ()
    breaches: tuple[str, ...] = ()
    correction: bool = False
    name: str = ""
    """What a later step calls this one."""
    undoes: str = ""
    """The name of the step whose records are brought back as they were."""
    renames: tuple[str, str] | None = None
    """The old and the new REF."""
    by_hand: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """REF → a text in its file and what was written instead, in an editor."""


# --- what steps do to records ---------------------------------------------------------------------------------------


def record(data: Data) -> Edit:
    """The record as it is to be."""
    return lambda _old: dict(data)


def values(changes: Mapping[str, Value]) -> Edit:
    """Values by field path; None clears one."""

    def change(old: Made) -> Made:
        for path, value in changes.items():
            old = put(old, path, value)
        return old

    return change


def entry(key: str, data: Data) -> Edit:
    """An entry added to the list `key`."""
    return lambda old: {**old, key: [*tables(old, key), dict(data)]}


def entries(key: str, which: Callable[[Data], bool], changes: Mapping[str, Value]) -> Edit:
    """Values of those entries of the list `key` that `which` picks."""
    return lambda old: {
        **old,
        key: [{**found, **changes} if which(found) else found for found in tables(old, key)],
    }


def money(source: str, **amounts: Value) -> Edit:
    """Values of the budget lines of a source."""
    return entries("budget", lambda line: line.get("source") == source, amounts)


def both(*changes: Edit) -> Edit:
    """Several edits of one record, in order."""

    def change(old: Made) -> Made | None:
        made: Made | None = old
        for one in changes:
            made = None if made is None else one(made)
        return made

    return change


def removed(_old: Made) -> None:
    """The record is gone."""
    return


# --- the telling ----------------------------------------------------------------------------------------------------


class _Nowhere:
    """The source of a registry that is only told of: every record is laid over it."""

    commit: str | None = None

    def paths(self, folder: str = "") -> Sequence[str]:  # noqa: ARG002
        return ()

    def read(self, path: str) -> bytes | None:  # noqa: ARG002 - as `registry.snapshot.Source` has it
        return None

    def rows(self) -> None:
        """There are none."""

    def digests(self) -> None:
        """Nor of these."""

    def read_ahead(self, paths: Sequence[str]) -> None:
        """There is nothing to read."""

    def read_all(self, paths: Sequence[str]) -> Iterator[tuple[str, bytes | BrokenFile]]:  # noqa: ARG002
        return iter(())


_EMPTY: Final = Snapshot(_Nowhere())


class Teller:
    """Holds the records as they stand at each step of the history, and their files."""

    def __init__(self, bulk: BulkImport, officials: Mapping[str, Identity], rng: random.Random) -> None:
        self.records: dict[str, Data] = {}
        self._texts: dict[str, str] = {}
        self._bulk, self._officials, self._rng = bulk, officials, rng
        self._commits: dict[str, tuple[str, Mapping[str, Data | None]]] = {}

    def tell(self, steps: Iterable[Step], until: date, beside: Mapping[str, bytes]) -> int:
        """Commit the steps up to and including `until`, day by day; `beside` lies in the first one. Returns how many."""
        told = 0
        ordered = sorted((step for step in steps if step.day <= until), key=lambda step: step.day)
        for day, same_day in groupby(ordered, key=lambda step: step.day):
            todays = list(same_day)
            for step, moment in zip(todays, office_hours(day, len(todays), self._rng), strict=True):
                if (change := self._change(step)) is None:
                    continue
                files = {**self._carry_out(change), **({} if told else beside)}
                message = compose(change, self._before, "sv")
                made = self._bulk.add(BulkCommit(files, message, self._officials[step.by], moment))
                if step.name:
                    self._commits[step.name] = made, {ref: self._before.data(ref) for ref in change.edits}
                told += 1
        return told

    def commit_of(self, name: str) -> str:
        """The id of the commit that the step called `name` came to."""
        return self._commits[name][0]

    def _change(self, step: Step) -> Change | None:
        """The step as the change that the app would have made; None where nothing differs."""
        self._before = _EMPTY.edited(self.records)
        edits: Mapping[str, Data | None]
        texts: dict[str, str] = {}
        if step.undoes:
            edits = self._commits[step.undoes][1]
        elif step.renames:
            edits = renaming(self._before, *step.renames)
        elif step.by_hand:
            texts = {ref: self._texts[ref].replace(*words) for ref, words in step.by_hand.items()}
            edits = {ref: read(text.encode()) for ref, text in texts.items()}
        else:
            edits = {ref: self._after(ref, change) for ref, change in step.edits.items()}
        edits = {ref: new for ref, new in edits.items() if ref in texts or not same(new, self.records.get(ref))}
        if not edits:
            return None
        return Change(
            edits=edits,
            why=step.why,
            decision=step.decision,
            act=step.act,
            overrides=step.overrides,
            breaches=step.breaches,
            correction=step.correction,
            renamed_from={step.renames[1]: step.renames[0]} if step.renames else {},
            reverts=self._commits[step.undoes][0] if step.undoes else "",
            texts=texts,
        )

    def _after(self, ref: str, change: Edit) -> Data | None:
        """The record as the form would have handed it over: keys in the order of its description, entries with ids."""
        old = self.records.get(ref, {})
        new = change(dict(old))
        if new is None:
            return None
        plain = normal(new)
        order = kind_of(ref).order
        ordered = {key: plain[key] for key in (*order, *plain) if key in plain}
        return with_ids(kind_of(ref), ordered, old, self._rng)

    def _carry_out(self, change: Change) -> dict[str, bytes | None]:
        """Take the change over, and give the files that it changes."""
        files: dict[str, bytes | None] = {}
        texts: dict[str, str] = {}
        for ref, new in change.edits.items():
            if new is None:
                files[path_of(ref)] = None
                continue
            old = self._texts.get(change.renamed_from.get(ref, ref))
            made = change.texts.get(ref) or (write(new, kind_of(ref).order) if old is None else edit(old, new))
            texts[ref] = made
            files[path_of(ref)] = made.encode("utf-8")
        for ref, new in change.edits.items():
            if new is None:
                del self.records[ref], self._texts[ref]
            else:
                self.records[ref], self._texts[ref] = new, texts[ref]
        return files
