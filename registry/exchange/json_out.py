"""Records as JSON: each its keys plus `ref`, as every command with ``--json`` gives them (DESIGN.md section 6).

    {"format": 1, "commit": "…", "records": [{"ref": "registry", …}, …]}

Complete: also keys that nobody has described. A key without a value is left out, a date is ISO text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from registry.json_values import finite, plain
from registry.progress import Making, each
from registry.records.kinds import FORMAT
from registry.records.values import is_absent
from registry.snapshot import Record

_DEEPER: Final = "\n    "
"""The beginning of a line of a record; a text has no line break of its own in JSON."""


def as_json(record: Record) -> dict[str, Any]:
    """A record as plain values, dates among them."""
    return {"ref": record.ref, **{key: value for key, value in record.data.items() if not is_absent(value)}}


def json_bytes(records: Iterable[Record], commit: str | None) -> Making:
    """The file, made a record at a time."""
    made: list[str] = []
    yield from each("JSON", records, lambda record: made.append(_text(as_json(record)).replace("\n", _DEEPER)))
    head, tail = _text({"format": FORMAT, "commit": commit, "records": []}).rsplit("[]", 1)
    listed = f"[{_DEEPER}{f',{_DEEPER}'.join(made)}\n  ]" if made else "[]"
    return f"{head}{listed}{tail}\n".encode("utf-8", "replace")


def _text(value: dict[str, Any]) -> str:
    try:
        return json.dumps(value, default=plain, ensure_ascii=False, indent=2, allow_nan=False)
    except ValueError:  # numbers that JSON lacks
        return json.dumps(finite(value), default=plain, ensure_ascii=False, indent=2)
