"""Small facts that this copy alone keeps, each a JSON file in `.git/vanort/`: never committed, whole or not at all."""

from __future__ import annotations

import contextlib
import json
from typing import Any

from registry.errors import GitTrouble
from registry.git.local_files import write_local
from registry.git.repository import Repository


def load(repo: Repository, name: str) -> Any:
    """What is kept under `name`. Raises `FileNotFoundError` where nothing is, `OSError` or `ValueError` where it is spoiled."""
    return json.loads((repo.local_dir / name).read_bytes())


def keep(repo: Repository, name: str, value: Any) -> None:
    """Remember it. Where nothing can be written, nothing is remembered, and that is nobody's trouble."""
    with contextlib.suppress(OSError, GitTrouble):
        write_local(repo, name, json.dumps(value, indent=0).encode("utf-8"))
