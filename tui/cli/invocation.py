"""One run of the command line: which registry it is about, opened when it is first needed."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from registry.errors import NotFound
from registry.words import _

if TYPE_CHECKING:
    from datetime import date

    from registry.people import Book
    from registry.records.field_type import FieldType
    from registry.records.typed_values import Resolve
    from registry.records.values import Value
    from registry.snapshot import Snapshot
    from registry.store import Store


@dataclass
class Invocation:
    """What every command is given beside its own parameters."""

    arguments: tuple[str, ...] = ()
    """The whole command line after the program's name."""
    folder: Path | None = None
    """``-r DIR``."""
    language: str | None = None
    """``--lang``."""
    json: bool | None = None
    """``--json``; None until the command line has been read."""
    bare_too: bool = False
    """Whether a repository without a work tree will do, such as a server's: for a command that only reads."""
    opens_app: Opening | None = None
    """Set by a command that ends in the app: it is opened once the command line is done with its own."""

    @property
    def wants_json(self) -> bool:
        """Whether ``--json`` was given, as far as can be told where the command line could not be read."""
        return "--json" in self.arguments if self.json is None else self.json

    @property
    def chosen_folder(self) -> Path | None:
        """The registry that was named, by ``-r`` or by ``VANORT_REGISTRY``."""
        if self.folder is not None:
            return self.folder
        named = os.environ.get("VANORT_REGISTRY")
        return Path(named) if named else None

    @cached_property
    def store(self) -> Store:
        """The registry: ``-r``, else ``VANORT_REGISTRY``, else the one that contains the working directory."""
        from registry.store import Store
        from tui.cli.answers import note

        store = Store.open(self.chosen_folder or Path(), bare_too=self.bare_too)
        if store.recovered is not None:
            note(store.recovered.message)
        return store

    def tell_where_it_begins(self) -> None:
        """Say, beside an answer out of the history, that this copy lacks the beginning of it."""
        from registry.health.whole import cut_off
        from tui.cli.answers import note

        if said := cut_off(self.store.repo):
            note(said)

    def snapshot(self, at: str | None = None) -> Snapshot:
        """The registry as it is in the folder, or as of a commit or a day."""
        return self.store.current() if at is None else self.store.at(at)

    def judged(self, at: str | None = None) -> tuple[Snapshot, date, Book | None]:
        """The registry as in `snapshot`, the day that its policy is asked on, and the people book.

        The book has no past, so none goes with a past registry: what was not yet erased then had not been erased.
        """
        snapshot, day = self.store.as_of(at)
        return snapshot, day, self.store.book if at is None else None

    def resolver(self, snapshot: Snapshot) -> Resolve:
        """What makes ids of names, for `registry.records.assign`; its module is imported when a name is met."""

        def resolve(kind: FieldType, typed: str) -> Value | None:
            from registry.resolving import resolver

            return resolver(snapshot, lambda: self.store.book)(kind, typed)

        return resolve

    def existing(self, typed: str, snapshot: Snapshot, *, readable: bool = True, once: bool = False) -> str:
        """The REF that a person typed, of a record that is there and (if need be) can be read.

        `once` where the answer to a record that only once was there can be had from the history.
        Raises `BadInput` for what is no REF, `NotFound` (with the likeliest REF) where there is none, `BrokenFile`.
        """
        from registry.records.refs import parse_ref

        ref = parse_ref(typed)
        snapshot.read_ahead((ref, "registry", "policy"))
        if snapshot.data(ref) is not None:
            return ref
        if (fault := snapshot.fault(ref)) is None:
            raise (gone(ref, self.store) if once else None) or missing(ref, snapshot)
        if readable:
            raise fault
        return ref


@dataclass(frozen=True)
class Opening:
    """The app to be opened, on `folder` (None: the one it remembers, else its first-run screen)."""

    folder: Path | None
    demo: bool = False


def gone(ref: str, store: Store) -> NotFound | None:
    """The error for a record that is no more, and where it can still be asked about; None where it never was."""
    from registry.plain_text import line
    from registry.renamed import called_now

    last = next(store.history(ref, limit=1), None)
    if last is None:
        return None
    if (now := called_now(store, ref)) is not None:
        return NotFound(
            _("%(ref)s is called %(now)s now.") % {"ref": ref, "now": now}, _("Ask about that one, or with --at DATE.")
        )
    said = {"ref": ref, "day": last.date.astimezone().date().isoformat(), "author": line(last.author)}
    return NotFound(
        _("%(ref)s was removed on %(day)s by %(author)s.") % said,
        _("vanort log %(ref)s tells its life; --at %(commit)s^ asks about it as it last was.")
        % {"ref": ref, "commit": last.commit[:10]},
    )


def missing(ref: str, snapshot: Snapshot) -> NotFound:
    """The error for a REF that is well formed and has no record, with the one that was perhaps meant."""
    from difflib import get_close_matches

    from registry.records.kinds import kind_of
    from registry.records.refs import folder_of

    if kind_of(ref).single:
        return NotFound(
            _("There is no record %(ref)s.") % {"ref": ref},
            _("Where it was removed by hand, vanort discard %(ref)s brings it back.") % {"ref": ref},
        )
    near = get_close_matches(ref, snapshot.refs(folder_of(ref)), n=1, cutoff=0.6)
    return NotFound(
        _("There is no record %(ref)s.") % {"ref": ref},
        _("Did you mean %(ref)s?") % {"ref": near[0]}
        if near
        else _("vanort list %(kind)s shows those there are.") % {"kind": folder_of(ref)},
    )
