"""The form of data that everything is compared in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from registry.records.values import is_absent


def normal(data: Mapping[str, Any]) -> dict[str, Any]:
    """`data` without what is no value: None, "", [] and {} are dropped, in tables and in lists, at any depth."""
    plain = ((key, _normal(value)) for key, value in data.items())
    return {key: value for key, value in plain if not is_absent(value)}


def _normal(value: Any) -> Any:
    if isinstance(value, Mapping):
        return normal(value)
    if isinstance(value, (list, tuple)):
        return [item for item in map(_normal, value) if not is_absent(item)]
    return value
