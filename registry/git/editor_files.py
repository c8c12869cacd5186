"""What tells an editor of TOML files how records are written: beside the history, in this copy alone."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from registry.errors import Refused
from registry.git import trouble
from registry.git.repository import Repository
from registry.words import _

SETTINGS: Final = ".taplo.toml"
"""The file in the data folder that Taplo and Even Better TOML look for."""
_MARK: Final = "# vanort schema --editor\n"
_FOLDER: Final = "schema"


def schema_folder(repo: Repository) -> str:
    """Where the schemas lie, relative to the data folder."""
    return Path(os.path.relpath(repo.local_dir / _FOLDER, repo.folder)).as_posix()


def write_editor_files(repo: Repository, schemas: Mapping[str, str], settings: str) -> Path:
    """Write the schemas (file name → text) and the settings, which Git is told to pass over; where the settings are.

    Raises `Refused` where somebody has settings of their own there, `GitTrouble` where nothing can be written.
    """
    place = repo.folder / SETTINGS
    try:
        if place.exists() and not place.read_text(encoding="utf-8", errors="replace").startswith(_MARK):
            raise Refused(
                _("There are settings of your own in %(file)s.") % {"file": str(place)},
                _("Move them away, or add what vanort schema prints to them."),
            )
        folder = repo.make_local_dir() / _FOLDER
        folder.mkdir(exist_ok=True)
        for name, text in schemas.items():
            (folder / name).write_text(text, encoding="utf-8")
        place.write_text(_MARK + settings, encoding="utf-8")
        _exclude(repo)
    except OSError as error:
        raise trouble.from_os_error(repo.folder, error) from error
    return place


def _exclude(repo: Repository) -> None:
    """Have Git pass over the settings, in this copy alone: `.git/info/exclude`."""
    place = repo.git_dir / "info" / "exclude"
    said = place.read_text(encoding="utf-8", errors="replace") if place.exists() else ""
    if f"/{SETTINGS}\n" not in said:
        place.parent.mkdir(exist_ok=True)
        place.write_text(
            f"{said}{'' if said.endswith(chr(10)) or not said else chr(10)}/{SETTINGS}\n", encoding="utf-8"
        )
