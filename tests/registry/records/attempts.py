"""Trying what may be refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from registry.errors import BadInput


def attempt(function: Callable[..., Any], *arguments: Any) -> Any:
    """What the function gives, or the `BadInput` it refuses with; anything else it raises is a defect."""
    try:
        return function(*arguments)
    except BadInput as error:
        return error
