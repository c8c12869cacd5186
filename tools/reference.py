"""What of the documentation is made from the program itself, so that it says what the program does.

    python tools/reference.py check     it is as the program says
    python tools/reference.py make      docs/en/keys.md, docs/sv/keys.md, docs/man/man1/vanort.1, docs/man/sv/man1/vanort.1

A test runs the check.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]


def made() -> Iterator[tuple[Path, str]]:
    """Each file, below `docs/`, and what stands in it."""
    from keys_page import keys_page
    from man_page import man_page

    from registry.words import LANGUAGES, speaking
    from tui.cli.language import click_speaking

    for language in LANGUAGES:
        with speaking(language):
            yield Path(language) / "keys.md", keys_page(language)
            with click_speaking(language):
                yield Path("man", *([] if language == "en" else [language]), "man1", "vanort.1"), man_page(language)


def main(arguments: list[str]) -> int:
    if arguments not in (["check"], ["make"]):
        print(__doc__)
        return 2
    from catalogue import compile_catalogues

    compile_catalogues(ROOT)
    stale = 0
    for path, text in made():
        target = ROOT / "docs" / path
        if target.is_file() and target.read_text(encoding="utf-8") == text:
            continue
        stale = 1
        print(f"docs/{path}")
        if arguments == ["make"]:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
    return stale if arguments == ["check"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
