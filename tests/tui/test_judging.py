"""All that is found in a view, in portions, is what is found at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry.judgement import findings
from tests.kit import torsby, with_trip
from tui import judging
from tui.session import Session


async def test_what_is_found_in_portions_is_what_is_found_at_once_and_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    monkeypatch.setattr(judging, "PORTION", 2)
    session = Session(store.folder)
    try:
        await session.open()
        view = await session.look()
        found = await judging.findings_of(session, view)
        assert list(found) == findings(store.committed(), session.today)
        assert await judging.findings_of(session, view) is found
        assert await judging.findings_of(session, await session.look()) is not found
    finally:
        session.close()
