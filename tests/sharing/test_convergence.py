"""Five colleagues come together, whatever they did; `python -m bench.convergence` lets them do more."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.sharing.convergence import simulate


def test_whatever_five_colleagues_do_they_come_together_and_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", os.environ["PATH"])  # which it changes
    seen = simulate(tmp_path, seed=20, steps=50)
    assert seen["merges"] > 3
    assert seen["settled"] > 0
