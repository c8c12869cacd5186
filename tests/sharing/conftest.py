"""A registry that several share, made once and copied for each story; the sentences looked for are English."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from registry.store import Store
from registry.words import speaking
from tests.kit import torsby, with_trip
from tests.sharing.kit import shared_registry


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with speaking("en"):
        yield


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shared") / "registret"
    with pytest.MonkeyPatch.context() as patch:
        for role in ("AUTHOR", "COMMITTER"):
            patch.setenv(f"GIT_{role}_NAME", "Anna Exempel")
            patch.setenv(f"GIT_{role}_EMAIL", "anna@example.org")
        with_trip(torsby(folder))
    return folder


@pytest.fixture
def anna(_made: Path, tmp_path: Path) -> Store:
    """Torsby's registry with a department and a trip, shared with nobody yet."""
    folder = tmp_path / "anna"
    shutil.copytree(_made, folder, symlinks=True)
    return Store.open(folder)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two copies of a registry and the bare repository between them, to be copied (`kit.copied`)."""
    with pytest.MonkeyPatch.context() as patch:
        for role in ("AUTHOR", "COMMITTER"):
            patch.setenv(f"GIT_{role}_NAME", "Anna Exempel")
            patch.setenv(f"GIT_{role}_EMAIL", "anna@example.org")
        return shared_registry(tmp_path_factory.mktemp("made"))
