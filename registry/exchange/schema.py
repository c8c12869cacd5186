"""The description of records as JSON Schema: for programs that write them, and for editors of the TOML files.

One schema a kind of record, made from its fields. Only words that the older drafts of JSON Schema have too are used,
so that Taplo and Even Better TOML understand all of it. What a schema cannot say is left to `vanort check`: whether what
is referred to is there, and which of two dates is the later. An empty value counts as absent, and is called wrong here:
the key is to be left out.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

from registry.records.countries import COUNTRIES
from registry.records.decisions import PATTERN as DECISION
from registry.records.fields import Field, HasFields, Kind
from registry.records.kinds import KINDS
from registry.records.money import MAXIMUM
from registry.records.refs import ID_PATTERN, PERSON_PATTERN
from registry.records.types import (
    ENTRY_ID,
    LONGEST_TEXT,
    Country,
    Date,
    DecisionText,
    FieldType,
    Goal,
    MapOf,
    Money,
    Number,
    OneOf,
    Pattern,
    Person,
    Ref,
    SetOf,
    Table,
    Tables,
    Text,
    YesNo,
)

Schema = dict[str, Any]

DRAFT: Final = "http://json-schema.org/draft-07/schema#"
_DAYS: Final = r"^(19[0-9]{2}|2[01][0-9]{2}|2200)-[0-9]{2}-[0-9]{2}$"
_ONE_LINE: Final = r"^[^\r\n]*$"


def schema_of(kind: Kind) -> Schema:
    """The schema of a kind of record, in both languages."""
    return {
        "$schema": DRAFT,
        "title": f"{kind.one.sv} / {kind.one.en}",
        **_table(kind),
    }


def schema_text(kind: Kind) -> str:
    """The same as a file."""
    return json.dumps(schema_of(kind), ensure_ascii=False, indent=2) + "\n"


def file_name(kind: Kind) -> str:
    """What the file is called: ``projects.schema.json``."""
    return f"{kind.id}.schema.json"


def taplo_settings(folder: str) -> str:
    """What tells Taplo and Even Better TOML which schema goes with which file; `folder` holds them, relative to the data."""
    blocks = []
    for kind in KINDS.values():
        files = f"{kind.id}.toml" if kind.single else f"{kind.id}/**/*.toml"
        schema = f'schema = {{ path = "{folder}/{file_name(kind)}", enabled = true }}'
        blocks.append(f'[[rule]]\ninclude = ["**/{files}"]\n{schema}\n')
    return "\n".join(blocks)


def _table(described: HasFields) -> Schema:
    made: Schema = {
        "type": "object",
        "properties": {field.key: _field(field) for field in described.by_key.values()},
    }
    return {**made, "required": list(described.required_keys)} if described.required_keys else made


def _field(field: Field) -> Schema:
    words = (f"{field.label.sv}. {field.help.sv}", f"{field.label.en}. {field.help.en}")
    return {"description": "\n\n".join(part.strip() for part in words), **_type(field.type, field)}


def _type(kind: FieldType, field: Field | None = None) -> Schema:  # noqa: PLR0912 - a case a type
    match kind:
        case Text(long=long):
            one_line = {} if long else {"pattern": _ONE_LINE}
            return {"type": "string", "maxLength": LONGEST_TEXT, **one_line}
        case Pattern(pattern=pattern):
            return _string(pattern)
        case Number(least=least, most=most):
            return {"type": "integer", "minimum": least, "maximum": most}
        case Money():
            return {"type": "integer", "minimum": 0, "maximum": MAXIMUM}
        case YesNo():
            return {"type": "boolean"}
        case Date():
            return {"type": "string", "format": "date", "pattern": _DAYS}
        case OneOf(options=options):
            return {"enum": [option.value for option in options]}
        case Country():
            return {"enum": sorted(COUNTRIES)}
        case Goal():
            return _string(ENTRY_ID.pattern)
        case Person():
            return _string(PERSON_PATTERN)
        case Ref(folder=folder):
            year = "[12][0-9]{3}/" if folder == "projects" else ""
            return _string(f"{folder}/{year}{ID_PATTERN}")
        case DecisionText():
            return _string(rf"\s*(?:{DECISION})\s*")
        case SetOf(item=item):
            return {"type": "array", "items": _type(item), "uniqueItems": True}
        case MapOf(key=key, item=item):
            keys = _type(key).get("pattern", ".*")
            return {"type": "object", "patternProperties": {keys: _type(item)}, "additionalProperties": False}
        case Table() if field is not None:
            return _table(field)
        case Tables() if field is not None:
            return {"type": "array", "items": _table(field)}
    raise AssertionError(f"no schema for {kind}")


def _string(pattern: str) -> Schema:
    """A text of that form throughout; groups have no names, which not every reader of schemas knows."""
    return {"type": "string", "pattern": f"^(?:{re.sub(r'[?]P<[a-z]+>', '?:', pattern)})$"}
