"""A registry made by the command line itself, copied for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.registry.sharing.conftest import pair, template
from tests.tui.cli.running import done
from tests.tui.cli.server import served

__all__ = ["pair", "template"]

DEPARTMENT = "departments/bun"
PROJECT = "projects/2027/korresa"


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "registret"
    person = {"GIT_AUTHOR_NAME": "Anna Exempel", "GIT_AUTHOR_EMAIL": "anna@example.org"}
    person |= {name.replace("AUTHOR", "COMMITTER"): value for name, value in person.items()}
    done("init", str(folder), cwd=folder.parent, env=person)
    name = "name=Barn- och utbildningsförvaltningen"
    done("new", DEPARTMENT, name, "board_short=BUN", "-m", "Ny förvaltning.", cwd=folder, env=person)
    values = ("title=Körresa till Rautalampi", "start=2027-05-04", "end=2027-05-10", "department=departments/bun")
    done("new", PROJECT, *values, "twin_towns=rautalampi", "-m", "Ny resa.", cwd=folder, env=person)
    return folder


@pytest.fixture
def registry(_made: Path, tmp_path: Path) -> Path:
    """Torsby's registry with one department and one project, in three commits."""
    folder = tmp_path / "registret"
    shutil.copytree(_made, folder, symlinks=True)
    return folder


@pytest.fixture
def server(tmp_path: Path) -> Path:
    """A bare repository whose hook asks Vänort."""
    return served(tmp_path)
