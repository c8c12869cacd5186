"""`python -m bench`: the rows of the design's table of speed, each beside its limit or peer from the same run."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from bench.measure import HEADING
from bench.registries import made
from bench.rows import ROWS


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--size", type=int, action="append", help="records; may be repeated (default: 1000 and 10000)")
    parser.add_argument("--only", action="append", choices=[row.__name__ for row in ROWS], help="these rows only")
    parser.add_argument("--keep", type=Path, help="keep the generated registries in this folder, and use them again")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="vanort-bench-") as temporary:
        home = (given.keep or Path(temporary)).absolute()
        print(HEADING)
        for size in given.size or [1000, 10000]:
            folder = made(home / f"registry-{size}", size)
            for row in ROWS:
                if not given.only or row.__name__ in given.only:
                    for figure in row(folder, size):
                        print(figure.line(), flush=True)


if __name__ == "__main__":
    main()
