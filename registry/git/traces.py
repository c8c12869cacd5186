"""Looking for bytes in all that a repository holds: files, loose and packed objects, reachable or not, and what is left of packs.

A text is looked for in every form that Git, a draft, a settings file or an editor might hold it in.
"""

from __future__ import annotations

import gzip
import io
import os
import re
import unicodedata
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import quote

from registry.errors import BadInput, GitTrouble
from registry.git import trouble
from registry.git.run import Git
from registry.words import _

SHORTEST: Final = 3
"""Characters; fewer stand everywhere."""
_FEWEST_DIGITS: Final = 6
"""Of a number that is looked for without what stands between its digits; fewer are a part of many."""
_PACKED: Final = b"PACK"
_GZIPPED: Final = b"\x1f\x8b\x08"
_ZLIB: Final = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
_MOST: Final = 1 << 28
"""Bytes that are inflated of one object at most."""


class Trace(NamedTuple):
    """Something found: in which file, or in which object of the repository `where`; `form` is how it is written there."""

    where: str
    what: str
    """"" for a file; else the kind of the object and its id."""
    form: str
    reachable: bool = True
    """Whether some branch or tag leads to the object; of a file always."""


Search = Callable[[bytes], str]
"""Gives how what is sought stands in some bytes, "" where it does not."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for. `forms` are bytes → in which encoding they are it."""

    forms: tuple[tuple[bytes, str], ...] = ()

    @classmethod
    def of(cls, values: Iterable[str]) -> Sought:
        """What `values` look like in each encoding, letter form and case; those that say nothing are left out."""
        made: dict[bytes, str] = {}
        for value in values:
            if len(value.strip()) < SHORTEST:
                continue
            for said in _said_otherwise(value.strip()):
                for content, form in _forms(said):
                    made.setdefault(content, form)
        return cls(tuple(made.items()))

    def in_bytes(self, content: bytes) -> str:
        """How it stands in `content`, "" where it does not. Small and capital a–z are the same."""
        if not self.forms:
            return ""
        lowered = content.lower()
        return next((form for wanted, form in self.forms if wanted in lowered), "")


def sought_values(lines: str) -> list[str]:
    """The values to look for, one a line. Raises `BadInput` for one that stands everywhere."""
    values = [line.strip() for line in lines.splitlines() if line.strip()]
    if short := [value for value in values if len(value) < SHORTEST]:
        raise BadInput(
            _("A value of fewer than %(count)s characters stands everywhere.") % {"count": SHORTEST},
            _("%(count)s such values were given; give the whole name, the whole number.") % {"count": len(short)},
        )
    return values


def _said_otherwise(value: str) -> Iterator[str]:
    """The value, a name with the last name first, and a number without blanks, or with those that do not break."""
    yield value
    words = value.replace(",", " ").split()
    if any(map(str.isdigit, value)):
        yield from ("".join(words), "\u00a0".join(words), "\u202f".join(words))
        if len(digits := re.sub(r"\D", "", value)) > _FEWEST_DIGITS:
            yield digits
    elif len(words) > 1:
        yield from (f"{words[-1]}, {' '.join(words[:-1])}", " ".join(words), "\u00a0".join(words))


def _forms(value: str) -> Iterator[tuple[bytes, str]]:
    for text in {value, value.lower(), value.upper(), value.title()}:
        for norm in ("NFC", "NFD"):
            words = unicodedata.normalize(norm, text)
            ascii_too = words.isascii()
            yield words.encode("utf-8").lower(), "utf-8" if norm == "NFC" or ascii_too else "utf-8 NFD"
            for encoding in ("latin-1", "cp1252", "mac-roman", "cp850"):
                try:
                    yield words.encode(encoding).lower(), encoding
                except UnicodeEncodeError:
                    continue
            for encoding in ("utf-16-le", "utf-16-be"):
                yield words.encode(encoding).strip(b"\0").lower(), encoding
            yield words.encode("utf-32-le").strip(b"\0").lower(), "utf-32"
            yield words.encode("ascii", "backslashreplace").lower(), "\\u"
            yield _escaped(words, 4).lower(), "\\u"
            yield _escaped(words, 8).lower(), "\\U"
            yield quote(words, safe="").encode("ascii").lower(), "url"
            yield quote(words).replace("%20", "+").encode("ascii").lower(), "url"
            yield _octal(words).lower(), "octal"
    yield re.sub(r"[\W_]+", "-", value.lower()).strip("-").encode("utf-8"), "slug"


def _escaped(words: str, digits: int) -> bytes:
    letter = {4: "u", 8: "U"}[digits]
    return "".join(c if c.isascii() else f"\\{letter}{ord(c):0{digits}x}" for c in words).encode("ascii")


def _octal(words: str) -> bytes:
    """As Git writes a path's letters where it quotes them."""
    return b"".join(bytes([byte]) if byte < 0x80 else b"\\%03o" % byte for byte in words.encode("utf-8"))


# ---------------------------------------------------------------- where it is looked for


@dataclass(slots=True)
class Looked:
    """What came of a look: all that was found, and how much was looked at."""

    traces: list[Trace] = field(default_factory=list)
    files: int = 0
    objects: int = 0


def look(folder: Path, search: Search, *, skip: Iterable[Path] = ()) -> Looked:
    """Look through every file below `folder` and every object of the repositories among them, this one first.

    Raises `GitTrouble` for what cannot be read: what was not looked at cannot be said to be free of it.
    """
    looked = Looked()
    seen = {path.resolve() for path in skip}
    repositories: list[Path] = []
    for path in _files(folder, seen):
        looked.files += 1
        if path.name == "HEAD" and (path.parent / "objects").is_dir():
            repositories.append(path.parent)
        relative = path.relative_to(folder).as_posix()
        if form := search(os.fsencode(relative)):
            looked.traces.append(Trace(relative, "", form))
            continue
        if form := _in_file(path, search):
            looked.traces.append(Trace(relative, "", form))
    for repository in repositories:
        where = repository.relative_to(folder).as_posix()
        _in_objects(repository, where, search, looked)
    return looked


def _files(folder: Path, skip: set[Path]) -> Iterator[Path]:
    def cannot(error: OSError) -> None:
        raise trouble.from_os_error(folder, error) from error

    for top, folders, names in os.walk(folder, onerror=cannot):
        links = [name for name in folders if (Path(top) / name).is_symlink()]
        folders[:] = sorted(name for name in folders if (Path(top) / name).resolve() not in skip)
        for name in sorted([*names, *links]):
            path = Path(top) / name
            if path.is_symlink() or path.is_file():
                yield path


def _in_file(path: Path, search: Search) -> str:
    """How it stands in the file; of a link, in what it leads to by name."""
    try:
        content = os.fsencode(path.readlink()) if path.is_symlink() else path.read_bytes()
    except FileNotFoundError:  # somebody is working here
        return ""
    except OSError as error:
        raise trouble.from_os_error(path, error) from error
    if form := search(content):
        return form
    if content.startswith(_GZIPPED) and (form := search(_gunzipped(content))):
        return form
    if _ZLIB.match(content) and (form := search(_inflated(content))):
        return form
    indexed = path.suffix == ".pack" and path.with_suffix(".idx").exists()  # then its objects are looked at themselves
    if _PACKED in content and not indexed:
        for start in _ZLIB.finditer(content):
            if form := search(_inflated(content[start.start() :])):
                return form
    return ""


def _gunzipped(content: bytes) -> bytes:
    """What a gzip file holds, as far as it can be unpacked."""
    out: list[bytes] = []
    left = _MOST
    try:
        with gzip.open(io.BytesIO(content)) as packed:
            while left > 0 and (piece := packed.read(1 << 16)):
                out.append(piece)
                left -= len(piece)
    except (OSError, EOFError, zlib.error):
        pass
    return b"".join(out)


def _inflated(content: bytes) -> bytes:
    """What the bytes hold as far as they can be inflated; a file that was cut off gives what is there."""
    made = zlib.decompressobj()
    out: list[bytes] = []
    left = _MOST
    for at in range(0, len(content), 1 << 16):
        try:
            out.append(made.decompress(content[at : at + (1 << 16)], left))
        except zlib.error:
            break
        left -= len(out[-1])
        if made.eof or left <= 0:
            break
    return b"".join(out)


def _in_objects(repository: Path, where: str, search: Search, looked: Looked) -> None:
    env = {"GIT_DIR": str(repository)}
    git = Git(repository)
    found: list[tuple[str, str, str]] = []
    with git.reader("cat-file", "--batch-all-objects", "--batch", "--buffer", "--unordered", env=env) as out:
        while header := out.readline():
            oid, kind, size = _described(header, repository)
            content = out.read(int(size) + 1)[:-1]
            looked.objects += 1
            if form := search(content):
                found.append((oid, kind, form))
    if not found:
        return
    reached = _reached(git, env)
    looked.traces += [Trace(where, f"{kind} {oid}", form, oid in reached) for oid, kind, form in found]


def _described(header: bytes, repository: Path) -> tuple[str, str, str]:
    """Id, kind and size of an object. Raises `GitTrouble` for one that cannot be read: it may hold anything."""
    match header.decode("ascii", "replace").split():
        case [oid, kind, size] if size.isdigit():
            return oid, kind, size
        case [oid, *_rest]:
            raise GitTrouble(
                _("The object %(id)s in %(folder)s is damaged, and could not be looked into.")
                % {"id": oid, "folder": str(repository)},
                _("Remove it or mend it, as git fsck tells, and search again: nothing can be said until then."),
            )
    raise GitTrouble(_("The objects in %(folder)s cannot be listed.") % {"folder": str(repository)})


def _reached(git: Git, env: dict[str, str]) -> set[str]:
    try:
        out = git.text("rev-list", "--objects", "--no-object-names", "--all", env=env)
    except GitTrouble:  # damaged: nothing is known to be needed
        return set()
    return set(out.split())
