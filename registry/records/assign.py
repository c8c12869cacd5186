"""``KEY=VALUE`` on the command line: assignments to the fields of a record (DESIGN.md section 6).

====================================  =================================================================
``start=2026-05-04``                  sets a value, as a person would type it, or as TOML
``start=``                            clears it
``budget[b3k9x].granted=45 000``      in an entry, by its id (or ``[2]``, the 0-based index of one without)
``budget+={year=2026, source=eu}``    adds an entry
``budget[b3k9x]-=``                   removes one
``evaluation.date=25 aug``            in a table
``goals+=democracy``, ``goals-=…``    adds to a set, and takes from it
====================================  =================================================================
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, cast

from registry.errors import BadInput
from registry.plain_text import line
from registry.records import entries
from registry.records.fields import Field, Kind
from registry.records.paths import FieldPath, field_at, get, parse_path, put
from registry.records.typed_values import Reader, Resolve, entry_example, unresolved
from registry.records.types import MapOf, SetOf, Tables
from registry.records.values import Data, Value, is_absent, told
from registry.words import _

Sign = Literal["=", "+=", "-="]
_EXAMPLE: Final = "start=2026-05-04"


@dataclass(frozen=True, slots=True)
class Assignment:
    """One argument taken apart; `value` is still as typed."""

    path: FieldPath
    sign: Sign
    value: str


def parse_assignment(text: str) -> Assignment:
    """`text` taken apart at its first ``=`` that stands in no quoted key. Raises `BadInput`."""
    at, in_quotes = 0, False
    while at < len(text) and (in_quotes or text[at] != "="):
        in_quotes ^= text[at] == '"' and text[at - 1 : at] != "\\"
        at += 1
    if at >= len(text):
        raise BadInput(
            _("“%(text)s” gives no field a value.") % {"text": told(text)},
            _("Write it like %(example)s.") % {"example": _EXAMPLE},
        )
    sign = cast(Sign, f"{text[at - 1]}=") if at and text[at - 1] in "+-" else "="
    return Assignment(parse_path(text[: at + 1 - len(sign)]), sign, text[at + 1 :])


def assign(kind: Kind, data: Data, assignments: Sequence[str], resolve: Resolve = unresolved) -> dict[str, Value]:
    """`data` with the `assignments` made, one after the other; `data` itself stays as it is.

    `resolve` turns words that only the registry can know (a goal's label, a department's abbreviation) into ids. New
    entries have no id yet: whoever saves gives them one (`entries.with_ids`). Raises `BadInput` for the first
    assignment that cannot be made, naming the key, with an example.
    """
    made = dict(data)
    given: set[str] = set()
    for text in assignments:
        _require_characters(text)
        wanted = parse_assignment(text)
        _require_once(wanted, given)
        made = _assigned(kind, made, wanted, Reader(resolve))
    return made


def _require_once(wanted: Assignment, given: set[str]) -> None:
    """Raises `BadInput` where a place is given two values: one of them would be lost without a word."""
    if wanted.sign == "=":
        place = str(wanted.path)
        if place in given:
            raise BadInput(
                _("%(path)s is given a value twice.") % {"path": wanted.path},
                _("Leave one of them out."),
            )
        given.add(place)


def _require_characters(text: str) -> None:
    """Raises `BadInput` for what no UTF-8 can hold: bytes of the command line that were none."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise BadInput(
            _("“%(text)s” holds something that is not a character.") % {"text": line(text[: error.end])},
            _("Write it again by hand; it was not UTF-8 where it came from."),
        ) from None


def _assigned(kind: Kind, data: Data, wanted: Assignment, reader: Reader) -> dict[str, Value]:
    path = wanted.path
    if not wanted.value.strip() and wanted.sign != "+=" and get(data, path) is not None:
        _refuse_emptying(wanted)
        return put(data, path, None)
    field = field_at(kind, path)
    if wanted.sign == "=":
        return _with_value(data, path, reader.read(field, wanted.value, str(path)))
    if wanted.sign == "+=" and not wanted.value.strip():
        example = f"{path}+={entry_example(field) if isinstance(field.type, Tables) else field.type.example}"
        raise BadInput(
            _("%(path)s+= does not say what is to be added.") % {"path": path},
            _("Write it like %(example)s.") % {"example": example},
        )
    if isinstance(field.type, SetOf):
        return _with_set(data, wanted, field, reader)
    if isinstance(field.type, Tables):
        return _with_entries(kind, data, wanted, reader)
    if isinstance(field.type, MapOf) and wanted.sign == "+=":
        more = reader.read(field, wanted.value, str(path)) or {}
        found = get(data, path)
        return put(data, path, {**(found if isinstance(found, Mapping) else {}), **more})
    if path.steps[-1].entry is not None and wanted.sign == "-=" and not wanted.value.strip():
        return put(data, path, None)  # says that there is no such entry
    raise BadInput(
        _("%(path)s is not a list, so nothing can be added to it or taken from it.") % {"path": path},
        _("Write it like %(example)s.") % {"example": f"{path}={field.type.example}"},
    )


def _refuse_emptying(wanted: Assignment) -> None:
    """``goals-=`` with nothing after it would empty a whole list by a slip; ``goals=`` says that outright."""
    if wanted.sign == "-=" and wanted.path.steps[-1].entry is None:
        raise BadInput(
            _("%(path)s-= does not say what is to be taken away.") % {"path": wanted.path},
            _("%(path)s= clears all of it.") % {"path": wanted.path},
        )


def _with_value(data: Data, path: FieldPath, value: Value | None) -> dict[str, Value]:
    """An entry that is set as a whole keeps the id it is followed by."""
    found = get(data, path)
    if path.steps[-1].entry is not None and isinstance(value, Mapping) and isinstance(found, Mapping) and "id" in found:
        value = {"id": found["id"], **value}
    return put(data, path, value)


def _with_set(data: Data, wanted: Assignment, field: Field, reader: Reader) -> dict[str, Value]:
    found = get(data, wanted.path)
    now = list(found) if isinstance(found, (list, tuple)) else []
    if wanted.sign == "-=" and wanted.value.strip() in now:  # also what is wrong there can be taken away
        return put(data, wanted.path, [item for item in now if item != wanted.value.strip()])
    named = reader.read(field, wanted.value, str(wanted.path)) or []
    if wanted.sign == "+=":
        return put(data, wanted.path, [*now, *(item for item in named if item not in now)])
    return put(data, wanted.path, [item for item in now if item not in named])


def _with_entries(kind: Kind, data: Data, wanted: Assignment, reader: Reader) -> dict[str, Value]:
    *outer, last = wanted.path.steps
    if wanted.sign == "-=":
        return put(data, FieldPath((*outer, last._replace(entry=wanted.value.strip()))), None)
    found = get(data, wanted.path)
    now = list(found) if isinstance(found, (list, tuple)) else []
    if found is not None and not isinstance(found, (list, tuple)):
        raise BadInput(_("%(path)s is not a list, so nothing in it can be set.") % {"path": wanted.path})
    one = field_at(kind, FieldPath((*outer, last._replace(entry=str(len(now))))))
    entry = reader.read(one, wanted.value, str(wanted.path))
    own = entries.entry_id(entry) if isinstance(entry, Mapping) else None
    if own is not None and any(isinstance(other, Mapping) and entries.entry_id(other) == own for other in now):
        raise BadInput(
            _("%(path)s has an entry “%(id)s” already.") % {"path": wanted.path, "id": own},
            _("Leave out the id; a new one is given."),
        )
    return put(data, wanted.path, [*now, *([] if is_absent(entry) else [entry])])
