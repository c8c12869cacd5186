"""A server that asks Vänort what a push brings in, and pushes to it as plain Git makes them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from registry.store import Store
from tests.tui.cli.running import ROOT, environment


def push(store: Store, bare: Path) -> tuple[bool, str]:
    """Whether the server took it, and what it said."""
    ran = subprocess.run(
        ["git", "-C", str(store.folder), "push", "-q", str(bare), "HEAD:main"],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.returncode == 0, ran.stderr


def served(folder: Path) -> Path:
    """A bare repository whose hook asks Vänort, as a municipality's server would."""
    bare = folder / "server.git"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(bare)], check=True)
    hook = bare / "hooks" / "pre-receive"
    hook.write_text(
        "#!/bin/sh\nwhile read old new ref; do\n"
        f'  PYTHONPATH="{ROOT}" "{sys.executable}" -m tui --lang en -r . check --rev "$new" --since "$old" >&2 || exit 1\n'
        "done\n"
    )
    hook.chmod(0o755)
    return bare
