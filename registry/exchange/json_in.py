"""Records out of JSON: what `json_out` writes, and lists of records by other programs.

A key that is given is set, null or an empty value clears it, one that is left out stays as it is. A list or a table is
taken whole. ``ref`` is the record's REF, or only its kind where the name is to be made of the title.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Mapping
from typing import Any, Final

from registry.errors import BadInput, VanortError
from registry.exchange.cells import settled
from registry.exchange.csv_in import text_of
from registry.exchange.places import Bad, Place
from registry.exchange.proposals import Proposing
from registry.json_values import as_read
from registry.progress import PORTION, Progress
from registry.records.entries import same
from registry.records.fields import Field
from registry.records.kinds import FORMAT, KINDS, LISTED, kind_of
from registry.records.refs import parse_ref
from registry.records.types import Date, MapOf, SetOf, Table, Tables
from registry.records.values import Data, Value, is_absent, told
from registry.words import _

_RECORD: Final = "records"


def read_json(content: bytes, name: str) -> list[Any]:
    """The records in the file called `name`, as they stand. Raises `BadInput`."""
    text, _remark = text_of(content, name)
    try:
        found = json.loads(text, object_pairs_hook=_each_once)
    except RecursionError:
        raise _no_records(name) from None
    except BadInput:
        raise
    except ValueError as error:
        line = getattr(error, "lineno", 0)
        raise BadInput(
            _("Line %(line)s of %(file)s is no JSON.") % {"line": line, "file": name},
            _("vanort export makes a file to compare with."),
        ) from None
    if isinstance(found, dict) and isinstance(found.get("format"), int) and found["format"] > FORMAT:
        raise BadInput(
            _("%(file)s has format %(found)s; this program reads format %(known)s.")
            % {"file": name, "found": found["format"], "known": FORMAT},
            _("Install a newer Vänort."),
        )
    records = found.get(_RECORD) if isinstance(found, dict) else found
    if not isinstance(records, list):
        raise _no_records(name)
    return records


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        keys = [key for key, _value in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise BadInput(_("“%(key)s” is given twice in one record.") % {"key": told(twice)}, _("Leave one of them out."))
    return made


def _no_records(name: str) -> BadInput:
    return BadInput(
        _("%(file)s holds no list of records.") % {"file": name}, _("vanort export makes a file to compare with.")
    )


def propose(records: list[Any], name: str, proposing: Proposing) -> Generator[Progress, None, None]:
    """Have `proposing` take all the records of the file called `name`."""
    snapshot = proposing.snapshot
    snapshot.read_ahead(str(one.get("ref", "")) for one in records if isinstance(one, Mapping))
    for number, one in enumerate(records, 1):
        if number % PORTION == 0:
            yield Progress(name, number)
        place = Place("", number)
        if not isinstance(one, Mapping):
            proposing.refuse([Bad(place, _("It is no record."))])
            continue
        try:
            given = one.get("ref")
            named = not (isinstance(given, str) and given in LISTED)
            ref = parse_ref(given if isinstance(given, str) else "") if named else ""
        except VanortError as error:
            proposing.refuse([Bad(place, str(error), "", "ref")])
            continue
        kind = kind_of(ref) if ref else KINDS[str(given)]
        before = (snapshot.data(ref) if ref else None) or {}
        made: dict[str, Value] = dict(before)
        for key, value in one.items():
            if key == "ref" or (key in before and same(as_read(before[key]), value)):
                continue
            field = kind.by_key.get(key)
            made[key] = _typed(field, value) if field is not None else value
            if is_absent(made[key]):
                del made[key]
        proposing.take_whole(ref, kind, made, place)


def _typed(field: Field, value: Value) -> Value:
    """The value as its type has it: a date where JSON has text. What is wrong is left as it is, for the schema to name."""
    kind = field.type
    if isinstance(kind, Date) and isinstance(value, str):
        try:
            return kind.parse(value) if len(value) == len("2026-05-04") else value
        except VanortError:
            return value
    if isinstance(kind, Table) and isinstance(value, Mapping):
        return _inside(field, value)
    if isinstance(kind, Tables) and isinstance(value, list):
        return [_inside(field, entry) if isinstance(entry, Mapping) else entry for entry in value]
    if isinstance(value, str):
        return settled(value)
    return dict(value) if isinstance(kind, (MapOf, SetOf)) and isinstance(value, Mapping) else value


def _inside(field: Field, data: Data) -> dict[str, Value]:
    return {
        key: _typed(field.by_key[key], item) if key in field.by_key else item
        for key, item in data.items()
        if not is_absent(item)
    }
