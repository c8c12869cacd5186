"""What a registry's folder tells at a glance, before anything is opened or parsed."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

from registry.words import LANGUAGES, Language, as_language

_LOOKED_AT: Final = 4096
_LANGUAGE: Final = re.compile(rb"""^[ \t]*language[ \t]*=[ \t]*["']([a-z]{2})["']""", re.MULTILINE)
_TABLE: Final = re.compile(rb"^[ \t]*\[", re.MULTILINE)


def language_of(start: Path) -> Language | None:
    """The language of the registry that contains `start`; None where there is no registry, or it does not say.

    For the words of help texts and of what goes wrong while opening; it never fails. What the registry's language *is*
    is the snapshot's to say.
    """
    try:
        start = Path(os.path.abspath(start))  # noqa: PTH100 - resolve() would follow the user's links
    except OSError:  # the working directory has been removed
        return None
    for folder in (start, *start.parents):
        try:
            with (folder / "registry.toml").open("rb") as handle:
                top = handle.read(_LOOKED_AT)
        except OSError:
            continue
        found = _LANGUAGE.search(_TABLE.split(top, maxsplit=1)[0])
        return as_language(found[1].decode()) if found and found[1].decode() in LANGUAGES else None
    return None
