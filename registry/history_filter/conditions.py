"""What a change in the history can be asked for, one condition each: what it says in words, whether a change meets it,
and what of it Git can look for itself without losing any change that does.

Conditions are pure: they look at an entry's own attributes. Reading what changed in the files is dear, so the one that
asks for it (`Field`) says so, and is asked last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Final

from registry.decision_keys import Key, body_of, key_of
from registry.history_filter.letters import finder, finds, pattern
from registry.history_filter.periods import Period
from registry.messages import mentions
from registry.plain_text import line
from registry.records.dates import show_date
from registry.records.kinds import KINDS
from registry.records.refs import is_ref, path_of
from registry.records.values import Value, is_absent
from registry.words import _

if TYPE_CHECKING:
    from registry.differences import FieldChange
    from registry.history import Entry

_ENTRY: Final = re.compile(r"\[[^\]]*\]")
_UNSURE: Final = "\ufffd"
"""Stands for what was no UTF-8: Git has other bytes there."""


@dataclass(frozen=True)
class Condition:
    """One thing that is asked of a change."""

    reads: ClassVar[bool] = False
    """Whether the records themselves must be read to tell."""

    compares: ClassVar[bool] = False
    """Whether it is about the files that were touched."""

    def in_words(self) -> str:
        """The condition as part of a sentence."""
        raise NotImplementedError

    def meets(self, entry: Entry) -> bool:
        """Whether a change meets it."""
        raise NotImplementedError

    def greps(self) -> tuple[str, ...]:
        """Patterns each of which some line of the message has, of every change that meets it; () for nothing to go by."""
        return ()

    def author(self) -> str:
        """A pattern that the author's line has of every change that meets it, or ""."""
        return ""

    def paths(self) -> tuple[str, ...]:
        """Files or folders one of which every change that meets it touched; () for any."""
        return ()


@dataclass(frozen=True)
class By(Condition):
    """Who entered it: a part of the author's name or address."""

    said: str

    def in_words(self) -> str:
        return _("entered by %(who)s") % {"who": line(self.said)}

    def meets(self, entry: Entry) -> bool:
        told = " ".join(f"{entry.author} <{entry.email}>".split())
        return self._phrase.search(told) is not None

    @cached_property
    def _phrase(self) -> re.Pattern[str]:
        return re.compile(" ".join(map(pattern, self.said.split())))

    def author(self) -> str:
        return ".*".join(pattern(word) for word in self.said.split() if _UNSURE not in word)


@dataclass(frozen=True)
class Under(Condition):
    """The decision that the commit names: a body alone (``KS``), a whole decision, or words of one (``§ 31``)."""

    said: str

    def in_words(self) -> str:
        return _("under a decision %(decision)s") % {"decision": line(self.said)}

    @cached_property
    def _key(self) -> Key | None:
        known = key_of(self.said)
        return known if known is not None and known.exact else key_of(self.said.upper())  # bun 2026-10-06 § 196

    @property
    def _is_body(self) -> bool:
        return self.said.isalpha()

    def meets(self, entry: Entry) -> bool:
        return any(map(self.is_one, entry.message.all("Decision")))

    def is_one(self, decision: str) -> bool:
        """Whether a decision, as somebody wrote it, is one of those that are asked for."""
        if self._is_body:
            return finder(self.said).fullmatch(body_of(decision)) is not None
        if self._key is not None and self._key.exact:
            return key_of(decision) == self._key
        return finds(tuple(self.said.split()), decision)

    def greps(self) -> tuple[str, ...]:
        parts: Sequence[str] = self.said.split()
        if not self._is_body and self._key is not None and self._key.exact:
            parts = [part for part in self._key.parts if part]
        return tuple(f"^Decision: .*{pattern(word)}" for word in parts if _UNSURE not in word)


@dataclass(frozen=True)
class Against(Condition):
    """A clause of the policy that it knowingly went against."""

    clause: str

    def in_words(self) -> str:
        return _("against the clause %(clause)s") % {"clause": line(self.clause)}

    def meets(self, entry: Entry) -> bool:
        return any(finds((self.clause,), clause) for clause in entry.overrides)

    def greps(self) -> tuple[str, ...]:
        return (f"^Policy-(Override|Breach): .*{pattern(self.clause)}",)


@dataclass(frozen=True)
class Of(Condition):
    """A record that it touched: a whole REF, or a part of one."""

    compares: ClassVar[bool] = True
    said: str

    def in_words(self) -> str:
        return _("of the record %(record)s") % {"record": line(self.said)}

    def meets(self, entry: Entry) -> bool:
        if is_ref(self.said):
            return self.said in entry.refs
        return any(self.said.casefold() in ref for ref in entry.refs)

    def paths(self) -> tuple[str, ...]:
        return (path_of(self.said),) if is_ref(self.said) else ()


@dataclass(frozen=True)
class Field(Condition):
    """A field that it changed. `keys` are its paths without entries' ids, such as ``budget`` or ``budget.granted``."""

    reads: ClassVar[bool] = True
    compares: ClassVar[bool] = True
    said: str
    keys: frozenset[str]
    kinds: frozenset[str]
    """The kinds of record that have such a field."""

    def in_words(self) -> str:
        return _("with a change of %(field)s") % {"field": line(self.said)}

    def meets(self, entry: Entry) -> bool:
        return any(map(self.is_one, entry.fields()))

    def is_one(self, change: FieldChange) -> bool:
        """Whether a difference is one of the field; also an entry that came or went with a value of it."""
        path = _ENTRY.sub("", change.path)
        return any(
            path == key
            or path.startswith(f"{key}.")
            or (
                key.startswith(f"{path}.")
                and any(_has(value, key[len(path) + 1 :]) for value in (change.old, change.new))
            )
            for key in self.keys
        )

    def paths(self) -> tuple[str, ...]:
        return tuple(path_of(kind) if KINDS[kind].single else kind for kind in sorted(self.kinds))


def _has(value: Value, key: str) -> bool:
    return isinstance(value, Mapping) and not is_absent(value.get(key))


@dataclass(frozen=True)
class In(Condition):
    """The period that it was entered in, by the reader's clock.

    By the author's date, which is the one that is shown. Git narrows by the committer's, and stops at the first that
    is too old: with a clock that was wrong, or a commit that was moved, it would lose some. So it is not asked to.
    """

    period: Period

    def in_words(self) -> str:
        return (
            _("entered in %(period)s") % {"period": self.period.in_words()}
            if self._long
            else (_("entered on %(day)s") % {"day": show_date(self.period.first)})
        )

    @property
    def _long(self) -> bool:
        return self.period.first != self.period.last

    def meets(self, entry: Entry) -> bool:
        return self.period.first <= entry.date.astimezone().date() <= self.period.last


@dataclass(frozen=True)
class Since(In):
    """From the first day of a period on."""

    def in_words(self) -> str:
        return _("entered on %(day)s or later") % {"day": show_date(self.period.first)}

    def meets(self, entry: Entry) -> bool:
        return self.period.first <= entry.date.astimezone().date()


@dataclass(frozen=True)
class Until(In):
    """Up to the last day of a period."""

    def in_words(self) -> str:
        return _("entered on %(day)s or earlier") % {"day": show_date(self.period.last)}

    def meets(self, entry: Entry) -> bool:
        return entry.date.astimezone().date() <= self.period.last


@dataclass(frozen=True)
class Says(Condition):
    """Words in what was written of it: the subject, the reason, the field words. A phrase keeps its blanks."""

    said: str

    def in_words(self) -> str:
        return _("with the words “%(words)s”") % {"words": line(self.said)}

    def meets(self, entry: Entry) -> bool:
        told = " ".join(mentions(entry.message).split())
        return bool(self._phrase.search(told))

    @cached_property
    def _phrase(self) -> re.Pattern[str]:
        return re.compile(" ".join(map(pattern, self.said.split())))

    def greps(self) -> tuple[str, ...]:
        return tuple(pattern(word) for word in self.said.split() if _UNSURE not in word)


def field_condition(said: str) -> Field | None:
    """The field that a person named by key, path or label, in either language; None where no record has such a one."""
    wanted = " ".join(said.casefold().replace("[]", "").split())
    keys, kinds = set[str](), set[str]()
    for kind, key, names in _field_names():
        if wanted in names:
            keys.add(key)
            kinds.add(kind)
    return Field(said, frozenset(keys), frozenset(kinds)) if keys else None


def _field_names() -> Iterator[tuple[str, str, frozenset[str]]]:
    """(kind, key without ids, what it may be called)."""
    for kind in KINDS.values():
        for path, field in kind.walk():
            key = path.replace("[]", "")
            if not (field.key == "id" and "." in key):
                labels = (field.label.sv.casefold(), field.label.en.casefold())
                yield kind.id, key, frozenset({key, field.key, *labels})


def field_words() -> dict[str, str]:
    """Key → label in the language spoken, of every field, for completion."""
    return {
        path.replace("[]", ""): str(field.label)
        for kind in KINDS.values()
        for path, field in kind.walk()
        if field.key != "id"
    }
