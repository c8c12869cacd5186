"""What the inputs of a form look things up in: names, what can be picked, who decides, which decisions are in use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from registry.people import Book
from registry.records.countries import COUNTRIES
from registry.records.decisions import ALWAYS, parse_decision
from registry.records.fields import Field, Kind
from registry.records.kinds import KINDS
from registry.records.types import Country, DecisionText, FieldType, Goal, OneOf, Person, Ref, SetOf, Table, Tables
from registry.records.values import Data, tables, text
from registry.snapshot import Snapshot
from registry.words import _
from tui.forms.options import Option, Options
from tui.session import Session, View

if TYPE_CHECKING:
    from registry.records.types import Names

_DECISIONS_LOOKED_AT = 300
"""How many changes back decisions are offered from."""


@dataclass
class Desk:
    """Made when a form opens, on the registry's thread; looked at while somebody types."""

    session: Session
    view: View
    book: Book
    today: date
    bodies: dict[str, str]
    """Abbreviation → name of every body that decides here."""
    decisions: tuple[str, ...]
    """Those in use, the latest first."""
    quotes: dict[str, str]
    """Clause → the policy's words."""
    _options: dict[FieldType, Options] = field(default_factory=dict)

    @classmethod
    async def open(cls, session: Session, view: View) -> Desk:
        """All that needs the registry, read on its own thread."""
        return await session.run(lambda: cls._read(session, view))

    @classmethod
    def _read(cls, session: Session, view: View) -> Desk:
        store, snapshot = session.store, view.snapshot
        used = (entry.decision for entry in store.history(limit=_DECISIONS_LOOKED_AT))
        return cls(
            session=session,
            view=view,
            book=store.book,
            today=session.today,
            bodies=bodies_of(snapshot),
            decisions=tuple(dict.fromkeys(decision for decision in used if decision)),
            quotes={text(clause, "id"): text(clause, "quote") for clause in tables(snapshot.policy, "clauses")},
        )

    async def read_again(self, view: View) -> None:
        """Something was added from the form: look again at what can be picked."""
        fresh = await self.open(self.session, view)
        self.view, self.book, self.bodies = fresh.view, fresh.book, fresh.bodies
        self._options.clear()

    def written(self, data: Data) -> bool:
        """The record in the form has come to this: its own board decides here too. Whether that is news."""
        now = bodies_of(self.view.snapshot) | dict(_bodies_in(data))
        news, self.bodies = now != self.bodies, now
        return news

    @property
    def names(self) -> Names:
        """What ids are called."""
        return self.view.names

    def options(self, kind: FieldType) -> Options:
        """What can be picked for a value of this type."""
        if kind not in self._options:
            self._options[kind] = self._made(kind)
        return self._options[kind]

    def _made(self, kind: FieldType) -> Options:
        if isinstance(kind, SetOf):
            return self.options(kind.item)
        if isinstance(kind, OneOf):
            return Options(Option(choice.value, str(choice.label)) for choice in kind.options)
        if isinstance(kind, Country):
            return Options(
                sorted((Option(code, str(name), code) for code, name in COUNTRIES.items()), key=lambda one: one.name)
            )
        if isinstance(kind, Goal):
            goals = tables(self.view.snapshot.policy, "goals")
            return Options(Option(text(goal, "id"), text(goal, "label") or text(goal, "id")) for goal in goals)
        if isinstance(kind, Person):
            return Options(self._people(), adds=_("add a person"))
        if isinstance(kind, Ref):
            rows = self.view.snapshot.rows_of(kind.folder)
            one = KINDS[kind.folder].one
            return Options((Option(row.ref, row.title, row.ref.rpartition("/")[2]) for row in rows), adds=_("add: %(kind)s") % {"kind": str(one).lower()})  # fmt: skip
        return Options(())

    def _people(self) -> Iterable[Option]:
        for person in self.book.find(""):
            name = self.book.name(person)
            yield Option(person, name, self.book.line(person).removeprefix(name).removeprefix(", "))

    def in_words(self, decision: str) -> str:
        """``Barn- och utbildningsnämnden, 10 mars 2026, § 31 ✓``. Raises `BadInput`, also for an unknown body."""
        found = parse_decision(" ".join(decision.split()), self.bodies)
        return found.in_words(self.bodies.get(found.body, found.body)) + " ✓"


def bodies_of(snapshot: Snapshot) -> dict[str, str]:
    """Abbreviation → name of the bodies that decide: the registry's own, the boards, and the two that always exist."""
    found = dict(zip(ALWAYS, (_("Municipal Council"), _("Municipal Executive Committee")), strict=True))
    for ref in snapshot.refs("departments"):
        found.update(_bodies_in(snapshot.data(ref) or {}))
    return found | dict(_bodies_in(snapshot.registry))


def _bodies_in(data: Data) -> Iterable[tuple[str, str]]:
    """The bodies that a record tells of: a department's board, and those of the registry."""
    for body in ({"short": data.get("board_short"), "name": data.get("board")}, *tables(data, "bodies")):
        if short := text(body, "short"):
            yield short, text(body, "name") or short


def decisions_in(kind: Kind, data: Data) -> list[str]:
    """The decisions that a record holds itself, each once."""
    return list(dict.fromkeys(_decisions(kind.fields, data)))


def _decisions(fields: Iterable[Field], data: Data) -> Iterable[str]:
    for item in fields:
        value = data.get(item.key)
        if isinstance(item.type, DecisionText) and isinstance(value, str):
            yield value
        elif isinstance(item.type, Table) and isinstance(value, dict):
            yield from _decisions(item.fields, value)
        elif isinstance(item.type, Tables):
            for entry in tables(data, item.key):
                yield from _decisions(item.fields, entry)
