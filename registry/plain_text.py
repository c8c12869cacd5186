"""Text from records made safe to show, to shorten and to search; pure functions on strings.

Whatever somebody wrote, pasted or smuggled into a record is *shown*: a terminal never receives an escape sequence,
and no invisible or direction-changing character makes a line read as something other than what is stored.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_KEPT: Final = frozenset("\n")
_HIDDEN_CATEGORIES: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_JOINER: Final = "\u200d"
_DOTTED_CIRCLE: Final = "\u25cc"
_MARKS_ON_A_LETTER: Final = 3
_LOOKS_EMPTY: Final = re.compile("[\u115f\u1160\u2800\u3164\uffa0\U000e0100-\U000e01ef]")
_WHITE: Final = re.compile(r"[ \t\n\r\f\v\x85\u2028\u2029]+")


def visible(text: str) -> str:
    """`text` with everything invisible made visible; line breaks stay, as ``\\n``, and a tab becomes four spaces.

    Control characters become their pictures (ESC is ``␛``, NUL ``␀``); C1 controls, bidirectional overrides, isolates
    and marks, zero-width characters, unassigned and private code points become ``‹U+202E›``. A joiner inside an emoji
    stays. Of marks stacked on one letter the first three are kept, and a mark without a letter gets a dotted circle,
    so that it cannot climb onto its neighbour.

    >>> visible("a\\x1b[31mb")
    'a␛[31mb'
    """
    if text.isascii() and text.isprintable():
        return text
    if "\r\n" in text:
        text = text.replace("\r\n", "\n")
    if not text.isprintable() or _LOOKS_EMPTY.search(text):
        text = "".join(
            _shown(character)
            if character != _JOINER
            else _joiner(text[index - 1 : index] if index else "", text[index + 1 : index + 2])
            for index, character in enumerate(text)
        )
    return text if text.isascii() else _seat_marks(text)


def line(text: str) -> str:
    """`text` on one line: runs of blanks, tabs and line breaks become one space, the rest as in `visible`."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip(" ")
    return visible(_WHITE.sub(" ", text).strip(" "))


def one_to_one(text: str) -> str:
    """`text` with each hidden character replaced by a single visible one, so that positions in it stay the same.

    For fields being edited, where the cursor counts characters.
    """
    return text if text.isprintable() else "".join(map(_single, text))


@lru_cache(maxsize=4096)
def _shown(character: str) -> str:
    """One character as it may be shown."""
    if character in _KEPT or character == " ":
        return character
    if character == "\t":
        return "    "
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if unicodedata.category(character) in _HIDDEN_CATEGORIES or _LOOKS_EMPTY.match(character):
        return f"‹U+{code:04X}›"
    return character


def _single(character: str) -> str:
    if character == "\t":
        return " "
    shown = _shown(character)
    return shown if len(shown) == 1 else "\ufffd"


@lru_cache(maxsize=4096)
def _is_mark(character: str) -> bool:
    """Whether the character is drawn on top of the one before it."""
    return unicodedata.category(character) in {"Mn", "Me"}


def _seat_marks(text: str) -> str:
    """`text` with no more than three marks on a letter, and none without a letter.

    What is stacked higher covers the lines above, and sorting a long stack takes `unicodedata` quadratic time.
    """
    if not any(map(_is_mark, set(text))):
        return text
    seated: list[str] = []
    stacked = 0
    before = "\n"
    for character in text:
        if not _is_mark(character):
            stacked = 0
        else:
            stacked += 1
            if stacked > _MARKS_ON_A_LETTER:
                continue
            if before == "\n":
                seated.append(_DOTTED_CIRCLE)
        seated.append(character)
        before = character
    return "".join(seated)


def _joiner(before: str, after: str) -> str:
    """A zero-width joiner: itself where it joins two characters that are not ASCII (an emoji family), else shown."""
    if before and after and not before.isascii() and not after.isascii() and after.isprintable():
        return _JOINER
    return "‹U+200D›"


# --- search ---------------------------------------------------------------------------------------------------------

_OWN_LETTERS: Final = frozenset("åäö")
_ALIKE: Final = {"ø": "ö", "æ": "ä", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "œ": "oe", "ŋ": "n"}
_MANY_LETTERS: Final = 200


def fold(text: str) -> str:
    """`text` as it is searched: casefolded, accents taken off, but å, ä and ö kept as letters of their own.

    ø counts as ö and æ as ä, so that Bømlo and Bömlo find each other. Line breaks stay, so that many rows can be
    folded in one call: ``fold("\\n".join(rows)).split("\\n")``.

    >>> fold("Påskön Café BØMLO")
    'påskön cafe bömlo'
    """
    if text.isascii():
        return text.lower()
    if any(map(_is_mark, set(text))):
        text = unicodedata.normalize("NFC", _seat_marks(text))
    folded = text.casefold()
    letters = set(folded)
    if len(letters) > _MANY_LETTERS:
        return folded.translate({ord(letter): _folded(letter) for letter in letters})
    for letter in letters:
        if letter > "\x7f" and (plain := _folded(letter)) != letter:
            folded = folded.replace(letter, plain)
    return folded


@lru_cache(maxsize=4096)
def _folded(letter: str) -> str:
    """One casefolded character as `fold` gives it."""
    if letter in _OWN_LETTERS or letter.isascii():
        return letter
    if letter in _ALIKE:
        return _ALIKE[letter]
    return "".join(part for part in unicodedata.normalize("NFKD", letter).casefold() if not _is_mark(part))


def loosen(folded: str) -> str:
    """Folded text as somebody without the keys å, ä and ö would type it.

    >>> loosen("påskön")
    'paskon'
    """
    return folded.replace("å", "a").replace("ä", "a").replace("ö", "o")


_WIDER: Final = {"a": "[aåä]", "o": "[oö]"}


@dataclass(frozen=True, slots=True)
class Search:
    """What somebody typed into a search box: words that must all be found, in any order, anywhere in the text.

    A typed ``a`` or ``o`` also finds å, ä and ö; a typed å, ä or ö finds only itself (and ø as ö, æ as ä). Letter by
    letter: ``pasön`` finds Påsön, and ``påson`` does too, but ``påsån`` does not.
    """

    words: tuple[str, ...]
    """The folded words, without repeats."""

    @classmethod
    def of(cls, typed: str) -> Search:
        """The search that `typed` asks for; blanks separate words."""
        return cls(tuple(dict.fromkeys(fold(typed).split())))

    def __bool__(self) -> bool:
        return bool(self.words)

    def matches(self, folded: str) -> bool:
        """Whether all words are found in `folded` (as `fold` makes it)."""
        return bool(self.select([folded], [loosen(folded)]))

    def narrows(self, earlier: Search) -> bool:
        """Whether all that this search finds, `earlier` has found too: somebody typed on."""
        return all(any(old in new for new in self.words) for old in earlier.words)

    def select(self, folded: Sequence[str], loose: Sequence[str], among: Iterable[int] | None = None) -> list[int]:
        """The positions in `folded` at which all words are found, in the order of `among` (all of them, if None).

        `loose` is `loosen` of each of `folded`; it is scanned first, and the few that remain are looked at closely.
        """
        found: Iterable[int] = range(len(loose)) if among is None else among
        for plain in sorted({loosen(word) for word in self.words}, key=len, reverse=True):
            if isinstance(found, range):
                found = [position for position, text in enumerate(loose) if plain in text]
            else:
                found = [position for position in found if plain in loose[position]]
        for word in self.words:
            if word != loosen(word):
                exact = _pattern(word).search
                found = [at for at in found if word in folded[at] or exact(folded[at])]
        return list(found)


@lru_cache(maxsize=64)
def _pattern(word: str) -> re.Pattern[str]:
    return re.compile("".join(_WIDER.get(letter, re.escape(letter)) for letter in word))


_AFTER_Z: Final = str.maketrans("åäö", "{|}")


def collate_folded(folded: str) -> str:
    """The sort key, in Swedish order, of text that `fold` has folded."""
    return folded.translate(_AFTER_Z)


def collate(text: str) -> str:
    """A sort key in Swedish order: case and accents do not count, and å, ä, ö come after z."""
    return collate_folded(fold(text))
