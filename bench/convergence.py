"""`python -m bench.convergence`: five colleagues share one registry for thousands of turns (`tests.sharing.convergence`).

A seed tells all that they do. The figures are of what was seen; a fault ends it, and the folder is kept.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import time
from pathlib import Path

from registry.words import speak
from tests.sharing.convergence import simulate


def main() -> None:
    """Run one seed after the other."""
    parser = argparse.ArgumentParser(prog="python -m bench.convergence", description=__doc__)
    parser.add_argument("--steps", type=int, default=1000, help="turns, of any of the five (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="what tells all that they do (default: %(default)s)")
    parser.add_argument(
        "--seeds", type=int, default=1, help="so many seeds, one after the other (default: %(default)s)"
    )
    given = parser.parse_args()
    speak("sv")
    for seed in range(given.seed, given.seed + given.seeds):
        home = Path(tempfile.mkdtemp(prefix=f"vanort-convergence-{seed}-"))
        os.environ.update(_own_world(home))
        began = time.monotonic()
        try:
            seen = simulate(home / "world", seed, given.steps)
        except BaseException:
            print(f"seed {seed}: all of it is kept in {home}", flush=True)
            raise
        shutil.rmtree(home)
        told = ", ".join(f"{count} {what.replace('_', ' ')}" for what, count in seen.items())
        print(f"seed {seed}, {given.steps} turns, {time.monotonic() - began:.0f} s: {told}", flush=True)


def _own_world(home: Path) -> dict[str, str]:
    """The environment without the user's own settings of Git."""
    (home / ".gitconfig").write_text("[user]\n\tname = Anna Exempel\n\temail = anna@example.org\n", encoding="utf-8")
    return {"HOME": str(home), "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": str(home / ".gitconfig")}


if __name__ == "__main__":
    main()
