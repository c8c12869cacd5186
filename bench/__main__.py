"""`python -m bench [--size N]… [--only WORD]`: the rows of the design's table of speed, each beside its limit or peer."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from bench.measure import HEADING
from bench.registries import made
from bench.rows import ROWS


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "--size", type=int, action="append", help="records; may be given several times (1000 and 10000)"
    )
    parser.add_argument("--only", default="", help="only the rows with this word in their name")
    parser.add_argument("--keep", type=Path, help="keep the generated registries here, and use them again")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="vanort-bench-") as temporary:
        home = given.keep or Path(temporary)
        print(HEADING)
        for size in given.size or [1000, 10000]:
            folder = made(home / f"registry-{size}", size)
            for row in ROWS:
                if given.only in row.__name__:
                    for figure in row(folder, size):
                        print(figure.line(), flush=True)


if __name__ == "__main__":
    main()
