"""Swedish and English.

Sentences are gettext messages whose id is the English text; labels of fields and choices are `Words`, given in both
languages where the field is described. A program speaks one language (`speak`), in all its threads and tasks; for a
while and in one place it may be another: the screen is English while a commit message is written in the registry's
Swedish (``with speaking("sv"): …``).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from gettext import NullTranslations

Language = Literal["sv", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("sv", "en")
# no pathlib: everything imports this, and a merge driver is started for every file
LOCALE_DIR: Final = os.path.join(os.path.dirname(__file__), "locale")  # noqa: PTH118, PTH120

_for_a_while: ContextVar[Language | None] = ContextVar("vanort_language", default=None)
_usual: Language = "sv"


@dataclass(frozen=True, slots=True)
class Words:
    """One expression in both languages."""

    sv: str
    en: str

    def __str__(self) -> str:
        return self.en if language() == "en" else self.sv


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue(language: Language) -> NullTranslations:
    import gettext  # a merge driver that merges has nothing to say

    return gettext.translation("vanort", LOCALE_DIR, [language], fallback=True)


def _(message: str) -> str:
    """The sentence in the language spoken now."""
    return _catalogue(language()).gettext(message)


def N_(message: str) -> str:  # noqa: N802 (gettext's own name for it)
    """Marks a sentence for the catalogue where it is only kept, in a table, to be said with `_` later."""
    return message


def ngettext(singular: str, plural: str, n: int) -> str:
    """The sentence for `n` things in the language spoken now."""
    return _catalogue(language()).ngettext(singular, plural, n)


def pgettext(context: str, message: str) -> str:
    """As `_`, for a short word that needs its context to be translated."""
    return _catalogue(language()).pgettext(context, message)


def language() -> Language:
    """The language spoken now."""
    return _for_a_while.get() or _usual


def speak(language: str) -> None:
    """Speak `language` ("sv" or "en"; anything else is Swedish) from now on, everywhere in the program."""
    global _usual  # noqa: PLW0603 - a program has one language, however many tasks draw its screens
    _usual = as_language(language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak `language` for a while, as when a commit message is written."""
    token = _for_a_while.set(as_language(language))
    try:
        yield
    finally:
        _for_a_while.reset(token)


def as_language(name: str) -> Language:
    """`name` if it is a language we have, else Swedish."""
    return name if name in LANGUAGES else "sv"


def from_environment() -> Language | None:
    """The language that the locale asks for (`LANGUAGE`, `LC_ALL`, `LC_MESSAGES`, `LANG`), or None if it names neither."""
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable, "")[:2].lower()
        if value in LANGUAGES:
            return value
    return None


def enumerated(words: Sequence[str]) -> str:
    """``one, another and a third``."""
    if len(words) < 2:
        return "".join(words)
    return _("%(others)s and %(last)s") % {"others": ", ".join(words[:-1]), "last": words[-1]}


def capitalised(label: str) -> str:
    """A word at the beginning of a sentence or a cell: ``beviljat`` becomes ``Beviljat``."""
    return label[:1].upper() + label[1:]


def lowered(label: str) -> str:
    """A label in mid-sentence: ``Beviljat`` becomes ``beviljat``, and ``EU-medel`` stays."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]
