"""Field paths: how the command line, findings, history and merges name one value of a record.

``name``, ``evaluation.date``, ``evaluation.results.democracy``, ``budget[b3k9x].granted``, ``budget[2].year``. What
stands in brackets is an entry's id; a number is its 0-based index, for entries without an id (DESIGN.md section 2). A
key that nobody knows and that is no plain word stands in quotation marks: ``"odd.key"``.

Pure: records go in, new records come out, and what is not as described is left as it is or refused in one line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from registry.errors import BadInput
from registry.plain_text import line
from registry.records import entries
from registry.records.fields import Field, Kind
from registry.records.types import BARE, MapOf, Names, Table, Tables, Text
from registry.records.values import Data, Value, is_absent, told
from registry.words import Words, _, lowered

WIDEST_VALUE: Final = 40
"""Characters of one value in the words for an entry."""
_WORD: Final = r"[^\s.\[\]{}=\"'+#,]+"
_PLAIN_KEY: Final = re.compile(_WORD)
_STEP: Final = re.compile(rf'(?P<key>{_WORD}|"(?:[^"\\]|\\.)*")(?:\[(?P<entry>[^\s\[\].]+)\])?(?P<more>\.)?')


class Step(NamedTuple):
    """A key, and which entry of the list under it; None: the whole of what is under the key."""

    key: str
    entry: str | None = None


@dataclass(frozen=True, slots=True)
class FieldPath:
    """The way to one value of a record, from the outside in; never empty."""

    steps: tuple[Step, ...]

    def __str__(self) -> str:
        return ".".join(quoted(key) + (f"[{entry}]" if entry is not None else "") for key, entry in self.steps)


def quoted(key: str) -> str:
    """A key as it stands in a path: as it is, or in quotation marks where a path could not be read otherwise."""
    return key if _PLAIN_KEY.fullmatch(key) else json.dumps(key, ensure_ascii=False)


def parse_path(text: str) -> FieldPath:
    """The path that `text` writes; says nothing of whether there is such a field. Raises `BadInput`."""
    clean, steps, at = text.strip(), [], 0
    while match := _STEP.match(clean, at):
        key = match["key"]
        try:
            steps.append(Step(json.loads(key) if key.startswith('"') else key, match["entry"]))
        except ValueError:
            break
        at = match.end()
        if match["more"] is None:
            break
    else:
        at = -1
    if at != len(clean):
        raise BadInput(
            _("“%(text)s” does not name a field.") % {"text": line(text)},
            _("Write it like %(example)s.") % {"example": "start, evaluation.date, budget[b2026].granted"},
        )
    return FieldPath(tuple(steps))


def as_path(path: FieldPath | str) -> FieldPath:
    """`path` itself, or read from its text."""
    return parse_path(path) if isinstance(path, str) else path


# --- values ---------------------------------------------------------------------------------------------------------


def get(data: Data, path: FieldPath | str) -> Value | None:
    """The value at `path`; None where there is none, or where the record is not built that way."""
    found: Value = data
    for key, entry in as_path(path).steps:
        found = found.get(key) if isinstance(found, Mapping) else None
        if entry is not None:
            index = _index(found, entry)
            found = None if index is None else found[index]
    return found


def put(data: Data, path: FieldPath | str, value: Value | None) -> dict[str, Value]:
    """`data` with `value` at `path`; no value (None, "", []) removes the key, and a table that is emptied goes too.

    An entry that is not in its list yet is added where `value` is a table with that very id. Raises `BadInput` where
    the entry is not there, or where the record holds something else than a table or a list on the way.
    """
    return _put(data, as_path(path).steps, None if is_absent(value) else value, "")


def _put(data: Data, steps: Sequence[Step], value: Value | None, before: str) -> dict[str, Value]:
    (key, entry), rest = steps[0], steps[1:]
    made, here = dict(data), f"{before}{quoted(key)}"
    new: Value
    if entry is not None:
        new = _put_entry(made.get(key), entry, rest, value, here)
    elif rest:
        table = made.get(key)
        if table is not None and not isinstance(table, Mapping):
            raise BadInput(_("%(path)s is not a table, so nothing in it can be set.") % {"path": here})
        new = _put(table or {}, rest, value, f"{here}.")
    else:
        new = value
    if is_absent(new):
        made.pop(key, None)
    else:
        made[key] = new
    return made


def _put_entry(found: Value, entry: str, rest: Sequence[Step], value: Value | None, path: str) -> list[Value]:
    if found is not None and not isinstance(found, (list, tuple)):
        raise BadInput(_("%(path)s is not a list, so nothing in it can be set.") % {"path": path})
    made = list(found or [])
    index = _index(made, entry)
    if index is None:
        if rest or not isinstance(value, Mapping) or value.get("id") != entry:
            raise _no_entry(made, entry, path)
        return [*made, value]
    if rest:
        if not isinstance(made[index], Mapping):
            raise BadInput(_("%(path)s is not a table, so nothing in it can be set.") % {"path": f"{path}[{entry}]"})
        made[index] = _put(made[index], rest, value, f"{path}[{entry}].")
    else:
        made[index] = value
    if is_absent(made[index]):
        del made[index]
    return made


def _index(found: Value, entry: str) -> int | None:
    """Where the entry called `entry` stands in a list; what is no table is counted, and has no id."""
    if not isinstance(found, (list, tuple)):
        return None
    return entries.find([item if isinstance(item, Mapping) else {} for item in found], entry)


def _no_entry(found: Sequence[Value], entry: str, path: str) -> BadInput:
    there = [item if isinstance(item, Mapping) else {} for item in found]
    known = [entries.name(there, index) for index in range(len(there))]
    message = _("There is no “%(entry)s” in %(path)s.") % {"entry": entry, "path": path}
    if not known:
        return BadInput(message, _("The list is empty; %(example)s adds an entry.") % {"example": f"{path}+={{…}}"})
    return BadInput(message, _("There is %(known)s.") % {"known": ", ".join(known)})


# --- descriptions ---------------------------------------------------------------------------------------------------


def field_at(kind: Kind, path: FieldPath | str) -> Field:
    """The description of what is at `path`; of an entry, a field that is one table.

    Raises `BadInput`, with near misses.
    """
    steps = as_path(path).steps
    fields, here, field = kind.fields, "", None
    for number, step in enumerate(steps):
        found = next((item for item in fields if item.key == step.key), None)
        if found is None:
            raise _no_field(kind, fields, here, step.key)
        here = f"{here}{step.key}"
        last = number == len(steps) - 1
        if isinstance(found.type, MapOf) and step.entry is None and not last:
            return _in_map(found, steps[number + 1 :], here)
        field = _stepped_into(found, step.entry, here, last=last)
        fields = field.fields
        here += "." if step.entry is None else f"[{step.entry}]."
    if field is None:  # a path has a step
        raise AssertionError(path)
    return field


def _stepped_into(field: Field, entry: str | None, here: str, *, last: bool) -> Field:
    if isinstance(field.type, Tables):
        if entry is not None:
            return Field(
                field.key, Table(field.fields), field.label, field.help, clause=field.clause, weighty=field.weighty
            )
        if not last:
            raise BadInput(
                _("%(path)s is a list; say which entry.") % {"path": here},
                _("Write it like %(example)s.") % {"example": f"{here}[0].{field.fields[0].key}"},
            )
    elif entry is not None:
        raise BadInput(_("%(path)s is not a list of entries.") % {"path": here}, _leave_out(f"[{entry}]"))
    elif not last and not isinstance(field.type, Table):
        raise BadInput(_("%(path)s has no fields in it.") % {"path": here}, _leave_out("."))
    return field


def _leave_out(what: str) -> str:
    return _("Leave out “%(what)s” and what comes after it.") % {"what": what}


def _in_map(field: Field, rest: Sequence[Step], here: str) -> Field:
    kind = field.type
    if not isinstance(kind, MapOf) or len(rest) != 1 or rest[0].entry is not None:
        raise BadInput(_("%(path)s has no fields in it.") % {"path": f"{here}.{rest[0].key}"}, _leave_out("."))
    key = rest[0].key
    kind.key.parse(key)
    return Field(key, kind.item, Words(key, key), field.help, clause=field.clause, weighty=field.weighty)


def _no_field(kind: Kind, fields: Sequence[Field], here: str, key: str) -> BadInput:
    """Says which field may have been meant: by key, by label in either language, or one inside a list."""
    from difflib import get_close_matches  # a rare need

    meant: dict[str, str] = {}
    for field in fields:
        for word in (field.key, field.label.sv, field.label.en):
            meant.setdefault(word.casefold(), f"{here}{field.key}")
    if not here:
        for pattern, inner in kind.walk():
            meant.setdefault(inner.key, pattern.replace("[]", "[ID]"))
    wanted = key.casefold()
    near = [wanted] if wanted in meant else get_close_matches(wanted, meant, n=3, cutoff=0.7)
    if near:
        hint = _("Did you mean %(near)s?") % {"near": ", ".join(dict.fromkeys(meant[word] for word in near))}
    else:
        hint = _("There is %(known)s.") % {"known": ", ".join(field.key for field in fields)}
    return BadInput(_("There is no field “%(path)s”.") % {"path": line(f"{here}{key}")}, hint)


# --- words ----------------------------------------------------------------------------------------------------------


def label_at(kind: Kind, path: FieldPath | str, data: Data, names: Names = BARE) -> str:
    """The words for what is at `path`: ``Budget 2026, förvaltningens medel, beviljat``, on one line.

    An entry is told by the values that its list names as telling, and by more where two entries would sound alike.
    What nobody has described is called by its key. The language is the one spoken now.
    """
    words: list[str] = []
    fields: tuple[Field, ...] = kind.fields
    inside: Value = data
    around: MapOf | None = None
    for key, entry in as_path(path).steps:
        field = next((item for item in fields if item.key == key), None)
        label = str(field.label) if field else around.key.show(key, names) if around else key
        inside = inside.get(key) if isinstance(inside, Mapping) else None
        if entry is not None:
            index = _index(inside, entry)
            words_for_it = "" if index is None or field is None else tell_entry(field, inside, index, names)
            label = f"{label} {words_for_it or entry}"
            inside = None if index is None else inside[index]
        words.append(lowered(label) if words else label)
        fields = field.fields if field else ()
        around = field.type if field and isinstance(field.type, MapOf) else None
    return line(", ".join(words))


def tell_entry(field: Field, found: Sequence[Value], index: int, names: Names = BARE) -> str:
    """What tells one entry of the list `field` from the others: ``2026, förvaltningens medel``, or "".

    Where two would sound alike, their next values are said as well, until they don't.
    """
    own, least = _told(field, found[index], names)
    others = [_told(field, entry, names)[0] for at, entry in enumerate(found) if at != index]
    for enough in range(least, len(own) + 1):
        if not any(other[:enough] == own[:enough] for other in others):
            return ", ".join(own[:enough])
    return ", ".join(own[:least])


def telling_keys(field: Field, entry: Data) -> tuple[str, ...]:
    """The keys of an entry that tell which it is: those that its list names, else the first one it has."""
    kind = field.type
    if not isinstance(kind, Tables):
        return ()
    said = [item.key for item in kind.fields if not is_absent(entry.get(item.key)) and not _is_long(item)]
    return tuple(key for key in kind.telling if key in said) or tuple(said[:1])


def _is_long(field: Field) -> bool:
    return isinstance(field.type, Text) and field.type.long


def _told(field: Field, entry: Value, names: Names) -> tuple[list[str], int]:
    """An entry's values in words, the telling ones first, and how many of them are to be said at least."""
    if not isinstance(entry, Mapping) or not isinstance(field.type, Tables):
        return [], 0
    telling = telling_keys(field, entry)
    first = [item for key in telling for item in field.type.fields if item.key == key]
    rest = [
        item
        for item in field.type.fields
        if item.key not in telling and not is_absent(entry.get(item.key)) and not _is_long(item)
    ]
    shown = [[told(item.type.show(entry[item.key], names), WIDEST_VALUE) for item in some] for some in (first, rest)]
    said = [list(filter(None, words)) for words in shown]  # `names` may have no word for a person
    return said[0] + said[1], len(said[0])
