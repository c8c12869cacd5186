"""Values as people write them on a command line: what they would type on the screen, else TOML (DESIGN.md section 6).

A text is taken as it stands, unless the whole of it is a quoted TOML string. Anything else is read as a person types
it (``4 maj``, ``12 500 kr``, ``ja``, ``Danmark``), and where that fails as TOML (``["democracy"]``, ``"DK"``). A
table is a TOML inline table whose values may be typed as well: ``{year=2026, planned=12 500, decision=KS 1987}``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import rtoml

from registry.errors import BadInput
from registry.records.field_type import worded
from registry.records.fields import Field
from registry.records.types import FieldType, MapOf, SetOf, Table, Tables, Text
from registry.records.values import Value, is_absent, told
from registry.words import _

Resolve = Callable[[FieldType, str], Value | None]
"""What only the whole registry can make of a word: the id of the goal, record or person that is called so, or None."""

_KEY: Final = r"(?:[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')"
_PAIR: Final = re.compile(
    rf"\s*(?P<key>{_KEY})\s*=\s*"
    r"(?P<value>\"(?:[^\"\\]|\\.)*\"|'[^']*'|\[[^\]]*\]|\{[^}]*\}|.*?)\s*"
    rf"(?:,\s*(?={_KEY}\s*=)|,?\s*$)",
    re.DOTALL,
)
"""A key and its value in an inline table. A comma ends a value only where a key follows: decisions hold commas."""


def unresolved(_kind: FieldType, _text: str) -> Value | None:
    """Nothing is known beyond what is typed."""
    return None


def entry_example(field: Field) -> str:
    """An entry of the list `field`, as one would type it."""
    return Table(field.fields).example


def toml_value(text: str) -> Value | None:
    """The value that `text` is as TOML, or None where it is none, or more than one value."""
    try:
        found = rtoml.loads(f"v = {text}")
    except rtoml.TomlParsingError:
        return None
    return found.get("v") if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads typed values; `resolve` makes ids of words."""

    resolve: Resolve = unresolved

    def read(self, field: Field, text: str, where: str) -> Value | None:
        """The value that `text` means in `field`; None where it is blank.

        Raises `BadInput` with one line that begins with `where`, what the value is for: ``budget.planned``.
        """
        return self._read(field.type, field.fields, text, where) if text.strip() else None

    def _read(self, kind: FieldType, fields: Sequence[Field], text: str, where: str) -> Value:
        if isinstance(kind, Table) or (isinstance(kind, (Tables, MapOf, SetOf)) and text.strip()[0] in "[{"):
            return self._structure(kind, fields, text.strip(), where)
        try:
            return kind.parse(_unquoted(text)) if isinstance(kind, Text) else self.typed(kind, text)
        except BadInput as error:
            found = None if isinstance(kind, Text) else toml_value(text)
            if found is None:
                raise _at(where, kind, error) from None
            return self._from_toml(kind, fields, found, where)

    def typed(self, kind: FieldType, text: str) -> Value:
        """What `text` means as it is typed, words that only the registry knows among it. Raises `BadInput`."""
        if isinstance(kind, SetOf):
            parts = (part for part in re.split(r"[,;\n]", text) if part.strip())
            return _each_once(self.typed(kind.item, part) for part in parts)
        try:
            return kind.parse(text)
        except BadInput:
            if (found := self.resolve(kind, " ".join(text.split()))) is None:
                raise
            return found

    def _structure(self, kind: FieldType, fields: Sequence[Field], text: str, where: str) -> Value:
        """A list or a table; a table that is no TOML is taken apart, and its values are read as typed."""
        if (found := toml_value(text)) is not None:
            return self._from_toml(kind, fields, found, where)
        if not isinstance(kind, (Table, MapOf)) or not (text.startswith("{") and text.endswith("}")):
            raise _at(where, kind, BadInput(_("“%(text)s” cannot be read.") % {"text": told(text)}))
        made: dict[str, Value] = {}
        inside, at = text[1:-1], 0
        while inside[at:].strip():
            if (pair := _PAIR.match(inside, at)) is None or pair.end() == at:
                wrong = BadInput(_("“%(text)s” is no key with a value.") % {"text": told(inside[at:].strip())})
                raise _at(where, kind, wrong)
            key, at = pair["key"].strip("\"'"), pair.end()
            if pair["value"]:
                made[key] = self._read_inner(kind, fields, key, pair["value"], where)
        return made

    def _read_inner(self, kind: Table | MapOf, fields: Sequence[Field], key: str, text: str, where: str) -> Value:
        inner = f"{where}.{key}"
        if isinstance(kind, MapOf):
            self._from_toml(kind.key, (), key, where)
            return self._read(kind.item, (), text, inner)
        field = _field(fields, key, where)
        return self._read(field.type, field.fields, text, inner)

    def _from_toml(self, kind: FieldType, fields: Sequence[Field], value: Value, where: str) -> Value:
        """A TOML value as `kind` has it; a string in it may be what a person would type."""
        if isinstance(kind, Table) and isinstance(value, Mapping):
            pairs = [(key, item, _field(fields, key, where)) for key, item in value.items() if not is_absent(item)]
            return {
                key: self._from_toml(field.type, field.fields, item, f"{where}.{key}") for key, item, field in pairs
            }
        if isinstance(kind, Tables) and isinstance(value, list):
            return [
                self._from_toml(Table(tuple(fields)), fields, item, f"{where}[{at}]") for at, item in enumerate(value)
            ]
        if isinstance(kind, SetOf) and isinstance(value, list):
            return _each_once(self._from_toml(kind.item, (), item, where) for item in value)
        if isinstance(kind, MapOf) and isinstance(value, Mapping):
            return {
                self._from_toml(kind.key, (), key, where): self._from_toml(kind.item, (), item, f"{where}.{key}")
                for key, item in value.items()
            }
        if (reason := kind.problem(value)) is None:
            return value
        try:
            if isinstance(value, str):
                return self.typed(kind, value)
        except BadInput as error:
            raise _at(where, kind, error) from None
        raise _at(where, kind, BadInput(f"{worded(value, reason)}."))


def _unquoted(text: str) -> str:
    """The text inside, where the whole is one quoted TOML string; else as it stands."""
    clean = text.strip()
    found = toml_value(clean) if clean[:1] in {'"', "'"} else None
    return found if isinstance(found, str) else text


def _each_once(values: Iterable[Value]) -> list[Value]:
    made: list[Value] = []
    for value in values:
        if value not in made:
            made.append(value)
    return made


def _field(fields: Sequence[Field], key: str, where: str) -> Field:
    found = next((field for field in fields if field.key == key), None)
    if found is None:
        known = ", ".join(field.key for field in fields)
        raise BadInput(
            _("There is no field “%(path)s”.") % {"path": told(f"{where}.{key}")},
            _("There is %(known)s.") % {"known": known},
        )
    return found


def _at(where: str, kind: FieldType, error: BadInput) -> BadInput:
    """The same, beginning with what it is about and ending with an example."""
    example = f"{where}+={Table(kind.fields).example}" if isinstance(kind, Tables) else f"{where}={kind.example}"
    hint = error.hint or _("Write it like %(example)s.") % {"example": example}
    return BadInput(f"{where}: {error.message}", hint)
