"""What JSON has for the values of TOML that it lacks: dates as ISO text, inf and nan as words."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any


def plain(value: Any) -> Any:
    """One value that `json.dumps` does not know."""
    return dict(value) if isinstance(value, Mapping) else value.isoformat()


def finite(value: Any) -> Any:
    """The value with `inf` and `nan` as words, at any depth."""
    if isinstance(value, Mapping):
        return {key: finite(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [finite(item) for item in value]
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


def as_read(value: Any) -> Any:
    """The value as it would read if it were written as JSON and read again."""
    if isinstance(value, Mapping):
        return {key: as_read(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [as_read(item) for item in value]
    if isinstance(value, float):
        return finite(value)
    return value.isoformat() if hasattr(value, "isoformat") else value
