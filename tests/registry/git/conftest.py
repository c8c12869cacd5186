"""The sentences that these tests look for are the English ones."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from registry.words import speaking


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with speaking("en"):
        yield
