"""The gettext catalogues: what the code says, and its Swedish.

    python tools/catalogue.py check      every sentence of the code has its Swedish, and nothing is left over
    python tools/catalogue.py missing [PATH…]   the sentences without Swedish, as po entries to paste
    python tools/catalogue.py compile    registry/locale/*/LC_MESSAGES/vanort.mo from registry/locale/sv/*.po

Swedish lives in one fragment an area (``registry/locale/sv/<area>.po``); English is the code itself, and its
catalogue is made from it, so both are always complete.
"""

from __future__ import annotations

import ast
import io
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "registry" / "locale"
CALLS = {"_": ("id",), "N_": ("id",), "ngettext": ("id", "plural"), "pgettext": ("context", "id")}
"""The functions that sentences are given to, and what their first arguments are."""


def said(root: Path = ROOT, only: Iterable[str] = ()) -> Catalog:
    """Every sentence in the code of `registry/` and `tui/`, with where it stands.

    The code is parsed, not scanned: a sentence inside an f-string counts too, which text scanners miss before 3.12.
    """
    catalogue = Catalog(locale="en", domain="vanort")
    prefixes = tuple(only)
    for package in ("registry", "tui"):
        for path in sorted((root / package).rglob("*.py")):
            where = path.relative_to(root).as_posix()
            if not prefixes or where.startswith(prefixes):
                for parts, line in _sentences(ast.parse(path.read_text(encoding="utf-8"))):
                    message = (parts["id"], parts["plural"]) if "plural" in parts else parts["id"]
                    catalogue.add(message, locations=[(where, line)], context=parts.get("context"))
    return catalogue


def _sentences(tree: ast.AST) -> Iterator[tuple[dict[str, str], int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            names = CALLS[node.func.id]
            texts = [arg.value for arg in node.args[: len(names)] if isinstance(arg, ast.Constant)]
            if len(texts) == len(names) and all(isinstance(text, str) for text in texts):
                yield dict(zip(names, texts, strict=True)), node.lineno


def swedish(locale: Path = LOCALE) -> Catalog:
    """All the Swedish fragments as one catalogue."""
    whole = Catalog(locale="sv", domain="vanort")
    for fragment in sorted((locale / "sv").glob("*.po")):
        with fragment.open("rb") as handle:
            for message in read_po(handle, locale="sv", charset="utf-8"):
                if message.id:
                    whole.add(message.id, message.string, context=message.context)
    return whole


def repeated(locale: Path = LOCALE) -> Iterator[str]:
    """The sentences that two fragments have Swedish for: only one of them would be said."""
    seen: set[object] = set()
    for fragment in sorted((locale / "sv").glob("*.po")):
        with fragment.open("rb") as handle:
            own = {message.id for message in read_po(handle, locale="sv", charset="utf-8") if message.id}
        yield from (str(one) for one in own & seen)
        seen |= own


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
        beside = target.with_suffix(f".{os.getpid()}")
        with beside.open("wb") as handle:
            write_mo(handle, catalogue)
        beside.replace(target)  # whole or not at all: a program that runs meanwhile may be reading it
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
            lacking, left, twice = list(missing()), list(unused()), list(repeated())
            for message in lacking:
                print(f"no Swedish: {message.id!r} {message.locations[:1]}")
            for message in left:
                print(f"no longer said: {message.id!r}")
            for sentence in twice:
                print(f"in two fragments: {sentence!r}")
            return 1 if lacking or left or twice else 0
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
