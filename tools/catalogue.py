"""The gettext catalogues: what the code says, and its Swedish.

    python tools/catalogue.py check      every sentence of the code has its Swedish, and nothing is left over
    python tools/catalogue.py missing [PATH…]   the sentences without Swedish, as po entries to paste
    python tools/catalogue.py compile    registry/locale/*/LC_MESSAGES/vanort.mo from registry/locale/sv/*.po

Swedish lives in one fragment an area (``registry/locale/sv/<area>.po``); English is the code itself, and its
catalogue is made from it, so both are always complete.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "registry" / "locale"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}


def said(root: Path = ROOT, only: Iterable[str] = ()) -> Catalog:
    """Every sentence in the code of `registry/` and `tui/`, with where it stands."""
    catalogue = Catalog(locale="en", domain="vanort")
    prefixes = tuple(only)
    for package in ("registry", "tui"):
        found = extract_from_dir(str(root / package), [("**.py", "python")], keywords=KEYWORDS, comment_tags=())
        for name, line, message, _comments, context in found:
            where = f"{package}/{name}"
            if not prefixes or where.startswith(prefixes):
                catalogue.add(message, locations=[(where, line)], context=context)
    return catalogue


def swedish(locale: Path = LOCALE) -> Catalog:
    """All the Swedish fragments as one catalogue."""
    whole = Catalog(locale="sv", domain="vanort")
    for fragment in sorted((locale / "sv").glob("*.po")):
        with fragment.open("rb") as handle:
            for message in read_po(handle, locale="sv", charset="utf-8"):
                if message.id:
                    whole.add(message.id, message.string, context=message.context)
    return whole


def _filled(message: Message | None) -> bool:
    if message is None or not message.string:
        return False
    return all(message.string) if isinstance(message.string, (tuple, list)) else True


def missing(root: Path = ROOT, only: Iterable[str] = ()) -> Iterator[Message]:
    """The sentences of the code that have no Swedish."""
    translated = swedish(root / "registry" / "locale")
    for message in said(root, only):
        if message.id and not _filled(translated.get(message.id, message.context)):
            yield message


def unused(root: Path = ROOT) -> Iterator[Message]:
    """Swedish for sentences that the code no longer says."""
    spoken = said(root)
    for message in swedish(root / "registry" / "locale"):
        if message.id and spoken.get(message.id, message.context) is None:
            yield message


def compile_catalogues(root: Path = ROOT) -> list[Path]:
    """Write the binary catalogues that the program reads; they are built, never committed."""
    locale = root / "registry" / "locale"
    english = said(root)
    for message in english:
        if message.id:
            message.string = message.id
    made = []
    for language, catalogue in (("sv", swedish(locale)), ("en", english)):
        target = locale / language / "LC_MESSAGES" / "vanort.mo"
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as handle:
            write_mo(handle, catalogue)
        made.append(target)
    return made


def main(arguments: list[str]) -> int:
    match arguments:
        case ["compile"]:
            for path in compile_catalogues():
                print(path.relative_to(ROOT))
            return 0
        case ["missing", *only]:
            catalogue = Catalog(locale="sv")
            for message in missing(only=only):
                catalogue.add(message.id, locations=message.locations, context=message.context)
            text = io.BytesIO()
            write_po(text, catalogue, omit_header=True, width=120)
            print(text.getvalue().decode())
            return 0
        case ["check"]:
            lacking, left = list(missing()), list(unused())
            for message in lacking:
                print(f"no Swedish: {message.id!r} {message.locations[:1]}")
            for message in left:
                print(f"no longer said: {message.id!r}")
            return 1 if lacking or left else 0
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
