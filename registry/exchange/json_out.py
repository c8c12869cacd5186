"""Records as JSON: each its keys plus `ref`, as every command with ``--json`` gives them (DESIGN.md section 6).

    {"format": 1, "commit": "…", "records": [{"ref": "registry", …}, …]}

Complete: also keys that nobody has described. A key without a value is left out, a date is ISO text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from registry.json_values import finite, plain
from registry.records.kinds import FORMAT
from registry.records.values import is_absent
from registry.snapshot import Record


def as_json(record: Record) -> dict[str, Any]:
    """A record as plain values, dates among them."""
    return {"ref": record.ref, **{key: value for key, value in record.data.items() if not is_absent(value)}}


def json_bytes(records: Iterable[Record], commit: str | None) -> bytes:
    """The file."""
    made = {"format": FORMAT, "commit": commit, "records": [as_json(record) for record in records]}
    try:
        text = json.dumps(made, default=plain, ensure_ascii=False, indent=2, allow_nan=False)
    except ValueError:  # numbers that JSON lacks
        text = json.dumps(finite(made), default=plain, ensure_ascii=False, indent=2)
    return (text + "\n").encode("utf-8", "replace")
