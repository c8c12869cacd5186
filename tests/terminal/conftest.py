"""Whose terminal it is."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The home folder of somebody who has never used Git."""
    folder = tmp_path / "hem"
    folder.mkdir()
    return folder
